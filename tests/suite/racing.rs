//! Commands at the same time: of the editions that were published none is lost, and no command writes over what another
//! wrote since it read.
//!
//! `RACES=200 cargo test racing` holds 200 rounds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use clausebook::disk;
use clausebook::source::SourceMap;

use crate::cli::{Desk, clausebook};
use crate::folder::tree;

/// Default number of rounds.
const ROUNDS: u32 = 10;
const RACERS: u32 = 3;
/// Longest wait for a command before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

fn rounds() -> u32 {
    std::env::var("RACES").map_or(ROUNDS, |asked| asked.parse().expect("RACES is a number"))
}

/// Writes the document of a racer, with words of a round.
fn write(desk: &Desk, racer: u32, round: u32) {
    let text = format!("+++\ntitle = \"Paper {racer}\"\n+++\n\n1.1 Words of round {round}.\n\n1.2 Others.\n");
    // In one step, as editors do: another racer must not read half of it.
    desk.put(&format!("site/.paper-{racer}"), &text);
    fs::rename(desk.path(&format!("site/.paper-{racer}")), desk.path(&format!("site/paper-{racer}.md"))).unwrap();
}

/// All rows of the ledger.
fn rows(desk: &Desk) -> BTreeSet<String> {
    let files = tree(&desk.path("site/permalinks")).into_iter().filter(|(path, _)| path.ends_with(".txt"));
    let texts = files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()));
    let lines = |(path, text): (String, String)| {
        text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{path}: {line}")).collect::<Vec<_>>()
    };
    // Of a page the hash follows its file: it is brought up to date.
    texts.flat_map(lines).filter(|row| !row.contains(" page ")).collect()
}

fn editions(desk: &Desk) -> String {
    fs::read_to_string(desk.path("site/permalinks/editions.toml")).unwrap_or_default()
}

fn start(folder: &Path, line: &str) -> Child {
    let mut command = clausebook();
    command.current_dir(folder).args(line.split_whitespace()).stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn racing_publishes_lose_no_edition_and_no_row() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    let (mut published, mut before) = (Vec::new(), BTreeSet::new());
    for round in 0..rounds() {
        let mut race = |name: String, status: i32| match status {
            0 => published.push(name),
            status => assert_eq!(status, 2, "{name}"),
        };
        let line = |racer| format!("publish site --note Words. --edition r{round}-{racer}");
        if round % 2 == 0 {
            // All read the same words.
            (0..RACERS).for_each(|racer| write(&desk, racer, round));
            let racers = (0..RACERS).map(|racer| (racer, start(desk.top.path(), &line(racer)))).collect::<Vec<_>>();
            for (racer, mut process) in racers {
                race(format!("r{round}-{racer}"), process.wait().unwrap().code().unwrap());
            }
        } else {
            // Each comes with words of its own, while others read or write.
            let statuses = scope(|scope| {
                let racer = |racer| {
                    let (desk, line) = (&desk, line(racer));
                    scope.spawn(move || {
                        sleep(Duration::from_millis(u64::from(racer * round % 7) * 10));
                        write(desk, racer, round);
                        (racer, start(desk.top.path(), &line).wait().unwrap().code().unwrap())
                    })
                };
                let racers: Vec<_> = (0..RACERS).map(racer).collect();
                racers.into_iter().map(|racer| racer.join().unwrap()).collect::<Vec<_>>()
            });
            statuses.into_iter().for_each(|(racer, status)| race(format!("r{round}-{racer}"), status));
        }
        let (listed, now) = (editions(&desk), rows(&desk));
        for name in &published {
            assert!(listed.contains(&format!("name = \"{name}\"")), "round {round}: {name} is lost\n{listed}");
        }
        assert!(now.is_superset(&before), "round {round}: lost {:?}", before.difference(&now).collect::<Vec<_>>());
        before = now;
    }
    desk.run("check site").ends_with(0);
    eprintln!("{} rounds: {} editions published", rounds(), published.len());
    assert!(published.len() >= rounds() as usize / 2);
}

#[test]
fn what_was_published_since_a_site_was_read_is_not_written_over() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.run("publish site --edition first").ends_with(0);
    let root = desk.path("site");
    let files = [("permalinks/editions.toml".to_owned(), "lost".to_owned())];
    let changes = |change: &dyn Fn(), path: &str| {
        let (site, _) = disk::read(&root, SourceMap::new()).unwrap();
        change();
        let before = desk.tree("site");
        let error = disk::save(&disk::lock(&root).unwrap(), &files, &site.sources).unwrap_err();
        assert!(error.message.ends_with(&format!("{path}` was changed while it was being read")), "{error}");
        assert!(desk.tree("site") == before);
    };
    let append = |path: &str| fs::write(root.join(path), fs::read_to_string(root.join(path)).unwrap() + "\n").unwrap();
    changes(&|| append("permalinks/editions.toml"), "editions.toml");
    changes(&|| append("permalinks/index.txt"), "index.txt");
    changes(&|| append("paper.md"), "paper.md");
    changes(&|| desk.put("site/permalinks/new.txt", ""), "new.txt");
    changes(&|| fs::remove_file(root.join("permalinks/paper.txt")).unwrap(), "paper.txt");
    // What is not read is not compared.
    let (site, _) = disk::read(&root, SourceMap::new()).unwrap();
    desk.put("site/permalinks/.hidden.txt", "");
    disk::save(&disk::lock(&root).unwrap(), &files, &site.sources).unwrap();
}

/// A command that a signal stops when it is about to write: `strace` sends it with the first call that puts a new file on
/// the disk. The command has read by then, and has put nothing in its place.
struct Stopped {
    strace: Child,
    command: String,
}

impl Stopped {
    /// Starts a command and waits until it is stopped; nothing where there is no `strace`.
    fn start(desk: &Desk, line: &str, more: &[&str]) -> Option<Self> {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", "trace=fsync,flock", "-e", "inject=fsync:signal=SIGSTOP:when=1"]).args(more);
        strace.args(["-o", "/dev/null"]).arg(env!("CARGO_BIN_EXE_clausebook")).args(line.split_whitespace());
        strace.current_dir(desk.top.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let Ok(mut strace) = strace.spawn() else {
            eprintln!("\n!!! NOT TESTED: a publish that is stopped: there is no strace !!!\n");
            return None;
        };
        let end = Instant::now() + PATIENCE;
        let children = format!("/proc/{0}/task/{0}/children", strace.id());
        while Instant::now() < end {
            assert!(strace.try_wait().unwrap().is_none(), "the command has ended");
            let child = fs::read_to_string(&children).unwrap_or_default();
            let command = child.split_whitespace().next().unwrap_or_default();
            let status = fs::read_to_string(format!("/proc/{command}/status")).unwrap_or_default();
            // As a process under strace is shown.
            if status.contains("\nState:\tt") && is_writing(desk) {
                let command = command.to_owned();
                return Some(Stopped { strace, command });
            }
            sleep(Duration::from_millis(20));
        }
        panic!("the command was not stopped");
    }

    /// Lets it go on; returns its exit status, and what it said.
    fn goes_on(self) -> (i32, String) {
        assert!(Command::new("kill").args(["-CONT", &self.command]).status().unwrap().success());
        let output = self.strace.wait_with_output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }
}

/// Whether a new file is on its way into the ledger.
fn is_writing(desk: &Desk) -> bool {
    tree(&desk.path("site/permalinks")).keys().any(|path| path.contains(".clausebook-new-"))
}

fn published_desk() -> Desk {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.run("publish site --edition first").ends_with(0);
    write(&desk, 1, 1);
    desk
}

#[test]
fn while_one_publishes_another_refuses() {
    let desk = published_desk();
    let Some(stopped) = Stopped::start(&desk, "publish site --note New. --edition second", &[]) else { return };
    for line in
        ["publish site --note New. --edition third", "renumber paper 1.1 --insert site", "theme eject base.html site"]
    {
        let done = desk.run(line).ends_with(2);
        assert!(done.stderr.contains("another command is changing the files of"), "{}", done.stderr);
        assert!(done.stderr.contains("run this command again"), "{}", done.stderr);
    }
    let (status, said) = stopped.goes_on();
    assert_eq!(status, 0, "{said}");
    let done = desk.run("publish site --note New. --edition third").ends_with(2);
    assert!(done.stderr.contains("no words have changed since the last edition"), "{}", done.stderr);
    assert!(editions(&desk).contains("name = \"second\"") && !editions(&desk).contains("third"));
}

#[test]
fn a_publish_that_was_stopped_refuses_if_the_ledger_has_changed() {
    // An editor or a version control takes no lock.
    let desk = published_desk();
    let Some(stopped) = Stopped::start(&desk, "publish site --note New. --edition second", &[]) else { return };
    let text = editions(&desk).replace("\"first\"", "\"reworded\"");
    desk.put("site/permalinks/editions.toml", &text);
    let (status, said) = stopped.goes_on();
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("editions.toml` was changed while it was being read"), "{said}");
    assert!(said.contains("run the command again"), "{said}");
    assert_eq!(editions(&desk), text);
    assert!(!is_writing(&desk));
}

#[test]
fn where_no_folder_can_be_locked_a_stopped_publish_does_not_write_over_another() {
    let desk = published_desk();
    let no_locks = ["-e", "inject=flock:error=ENOLCK"];
    let Some(stopped) = Stopped::start(&desk, "publish site --note New. --edition second", &no_locks) else { return };
    // Also for this one: else it would hold the lock.
    desk.run("publish site --note New. --edition third").ends_with(0);
    let (status, said) = stopped.goes_on();
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("was changed while it was being read"), "{said}");
    assert!(editions(&desk).contains("name = \"third\"") && !editions(&desk).contains("second"));
    desk.run("check site").ends_with(0);
}
