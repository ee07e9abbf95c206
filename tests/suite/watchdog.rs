//! Work without end is ended, whatever command does it; work that only has to wait for the processor is not.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, available_parallelism};
use std::time::{Duration, Instant};

use clausebook::config::Limits;
use clausebook::disk::processor_time;
use clausebook::source::{SourceMap, Span};
use clausebook::underway::{Task, TaskKind, UnderWay};
use clausebook::watchdog::watched;
use wait4::Wait4 as _;

use crate::cli::{Desk, clausebook};

/// Programs that keep every processor busy until they are dropped.
struct Busy(Vec<Child>);

impl Busy {
    fn new() -> Self {
        let processors = available_parallelism().map_or(2, usize::from);
        let spin = || {
            let mut shell = Command::new("sh");
            shell.args(["-c", "while :; do :; done"]).stdin(Stdio::null()).stdout(Stdio::null());
            shell.spawn().unwrap()
        };
        Busy((0..4 * processors).map(|_| spin()).collect())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }
}

/// Works until the program has taken so much processor time, or until it is told to stop.
fn burn(time: Duration, stop: &AtomicBool) {
    let start = processor_time(None).unwrap();
    while processor_time(None).unwrap() - start < time && !stop.load(Ordering::Relaxed) {
        std::hint::black_box((0..10_000u64).sum::<u64>());
    }
}

/// Does a piece of work with a limit of one second; returns what was said of it.
fn limited(work: TaskKind, does: impl FnOnce(&AtomicBool)) -> Option<String> {
    let mut sources = SourceMap::new();
    let place = Span::new(sources.insert("a.md", ""), 0..0);
    let (under_way, limits) = (UnderWay::default(), Limits { seconds: 1, ..Limits::default() });
    let (said, stop) = (Mutex::new(None), AtomicBool::new(false));
    let end = |fault: clausebook::diagnostic::Diagnostic| {
        *said.lock().unwrap() = Some(fault.message);
        stop.store(true, Ordering::Relaxed);
    };
    watched(&under_way, &limits, &end, || {
        let _begun = under_way.begin(Task::new(work, place));
        does(&stop);
    });
    said.into_inner().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_piece_that_waits_takes_no_time_and_one_that_works_does() {
    for work in [TaskKind::Document, TaskKind::Whole("resolving")] {
        let idle = limited(work.clone(), |_| thread::sleep(Duration::from_millis(1_500)));
        // Other tests of this program work meanwhile, which counts as work on the whole site.
        if matches!(work, TaskKind::Document) {
            assert_eq!(idle, None);
        }
        let said = limited(work, |stop| burn(Duration::from_secs(60), stop));
        assert!(said.as_deref().is_some_and(|said| said.starts_with("after 1 second, ")), "{said:?}");
    }
}

/// A site with a template that goes round so many thousand times, and a limit of so many seconds.
fn site_with_loop(desk: &Desk, template: &str, rounds: u64, seconds: u64) {
    let settings = format!("title = \"A site\"\n[limits]\nseconds = {seconds}\n");
    desk.put("site/site.toml", &settings);
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 One.\n\n1.2 Two.\n");
    let text = format!(
        "<p>{{% for a in range(end={rounds}) %}}{{% for b in range(end=1000) %}}{{% endfor %}}{{% endfor %}}</p>"
    );
    desk.put(&format!("site/theme/templates/{template}"), &text);
}

/// Builds a site; returns the status, what was said, the processor time and the time by the clock.
fn build(desk: &Desk) -> (i32, String, Duration, Duration) {
    let start = Instant::now();
    let log = desk.path("log");
    let mut child = clausebook()
        .current_dir(desk.top.path())
        .args(["build", "site", "--jobs", "1"])
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let used = child.wait4().unwrap();
    let said = fs::read_to_string(&log).unwrap();
    (used.status.code().unwrap_or(-1), said, used.rusage.utime, start.elapsed())
}

#[test]
#[cfg(target_os = "linux")]
fn a_busy_machine_makes_no_page_too_slow() {
    let desk = Desk::new();
    // As many rounds as take a third of the limit or so, on this machine.
    let mut rounds = 1;
    let cost = |rounds| {
        site_with_loop(&desk, "not-found.html", rounds, 600);
        let (status, said, used, _) = build(&desk);
        assert_eq!(status, 0, "{said}");
        used
    };
    let without = cost(1);
    while cost(rounds).saturating_sub(without) < Duration::from_millis(250) {
        rounds *= 2;
        assert!(rounds < 10_000, "no number of rounds takes long");
    }
    site_with_loop(&desk, "not-found.html", rounds, 1);
    let busy = Busy::new();
    let (status, said, used, clock) = build(&desk);
    drop(busy);
    assert!(clock > used, "the machine was not busy");
    assert_eq!(status, 0, "{said}\nafter {clock:?}, of which {used:?} at work");
}

/// Runs a command that must end by itself; returns its status and what it said.
fn run(desk: &Desk, line: &str) -> (i32, String) {
    let done = desk.run(line);
    (done.status, done.stdout + &done.stderr)
}

#[test]
fn a_template_without_end_is_ended_by_every_command_that_runs_it() {
    let loops = "{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% for c in range(end=9999) %}\
                 {% endfor %}{% endfor %}{% endfor %}";
    for (template, lines) in [
        ("not-found.html", &["build site", "check site --suggest", "bundle site"][..]),
        ("single.html", &["bundle site --single", "bundle site --single=paper"]),
        ("epub-document.xhtml", &["epub site", "epub site --of paper"]),
        ("epub-title.xhtml", &["epub site"]),
    ] {
        let desk = Desk::new();
        site_with_loop(&desk, template, 1, 1);
        desk.put(&format!("site/theme/templates/{template}"), loops);
        for line in lines {
            let (status, said) = run(&desk, line);
            assert_eq!(status, 1, "{line}: {said}");
            assert!(said.contains("error[too-slow]") && said.contains(template), "{line}: {said}");
            assert!(!desk.path("public").exists() && !desk.path("site/permalinks").exists(), "{line}");
        }
        // What runs no template is not held up by one.
        for line in [
            "cite x site",
            "theme list site",
            "compare site site",
            "renumber paper 1.2 site --insert --dry-run",
            "publish site --note First.",
        ] {
            let (status, said) = run(&desk, line);
            assert_eq!(status, 0, "{line}: {said}");
        }
    }
}

#[test]
fn a_text_that_takes_too_long_is_ended_by_every_command_that_reads_it() {
    let desk = Desk::new();
    let clauses = "1.1 See [[1.1]], *the* section 10(1) of the Children Act 2004.\n\n".repeat(200_000);
    desk.put("site/site.toml", "title = \"A site\"\n[limits]\nseconds = 1\nfile = \"64 MiB\"\n");
    desk.put("site/paper.md", &format!("+++\ntitle = \"A\"\nnumbering = \"none\"\n+++\n\n{clauses}"));
    for line in [
        "build site",
        "check site",
        "bundle site --single",
        "epub site",
        "publish site",
        "compare site site",
        "compare site/paper.md site/paper.md",
        "renumber paper 1.1 site --insert",
    ] {
        let (status, said) = run(&desk, line);
        assert_eq!(status, 1, "{line}: {said}");
        assert!(said.contains("error[too-slow]"), "{line}: {said}");
    }
}
