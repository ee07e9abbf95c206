//! Stopped, or refused by the disk, at every step: what a command leaves is the old state or the new, or becomes it with the
//! next command.
//!
//! strace kills the program at one call, or has the call fail: at each renaming in turn. `FAULTS=1 cargo test interrupted`
//! does that at every call that writes, links, makes, deletes or opens anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use clausebook::source::Hash;

use crate::cli::{Desk, clausebook};
use crate::faults::skip;
use crate::folder::{MARKER, is_whole, tree};

type Tree = BTreeMap<String, Vec<u8>>;

const JOURNAL: &str = ".clausebook-journal";

/// Calls at which something becomes visible.
const RENAMES: &str = "?rename,?renameat,renameat2";
/// All other calls that change the disk or could be refused.
const OTHERS: &[&str] = &[
    "fsync,?syncfs",
    "?unlink,unlinkat,?rmdir",
    "?link,linkat",
    "?mkdir,mkdirat",
    "fchmod,?chmod,fchmodat",
    "write,openat",
];

/// A command, the path that it changes, and the commands that may follow when it was stopped.
struct Case {
    line: &'static str,
    changes: &'static str,
    next: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        line: "publish content --date 2026-11-24 --note Words. -j 1",
        changes: "content/",
        next: &["check content", "build content --output other", "publish content --date 2026-11-24 --note Words."],
    },
    Case {
        line: "renumber paper 1.2 --insert --write-moves content",
        changes: "content/",
        next: &["check content", "theme list content", "cite section content"],
    },
    Case { line: "build content -j 1", changes: "public/", next: &["build content", "check content"] },
    Case {
        line: "bundle content --output site.zip -j 1",
        changes: "site.zip",
        next: &["verify site.zip", "bundle content --output site.zip"],
    },
    Case {
        line: "bundle content --single --output site.html -j 1",
        changes: "site.html",
        next: &["check content", "bundle content --single --output site.html"],
    },
    Case {
        line: "epub content --output site.epub -j 1",
        changes: "site.epub",
        next: &["check content", "epub content --output site.epub"],
    },
    Case {
        line: "theme eject style.css content",
        changes: "content/",
        next: &["check content", "theme eject style.css content"],
    },
    Case { line: "new fresh", changes: "fresh/", next: &["new fresh", "check fresh"] },
];

/// A desk with everything that the commands can make, of a site that has changed since.
fn desk() -> (Desk, Tree) {
    let desk = Desk::new();
    desk.site("content", "1.1 One.\n\n1.2 The board meets in the spring of each year.\n\n1.3 Three.");
    for other in ["a", "b", "c"] {
        let text = format!("+++\ntitle = \"Paper {other}\"\n+++\n\n1.1 The {other} clause. See [[paper#1.2]].\n");
        desk.put(&format!("content/{other}.md"), &text);
    }
    for line in [
        "publish content --date 2026-11-01 --note First.",
        "build content",
        "bundle content --output site.zip",
        "bundle content --single --output site.html",
        "epub content --output site.epub",
    ] {
        desk.run(line).ends_with(0);
    }
    for other in ["a", "b", "c"] {
        let path = format!("content/{other}.md");
        let text = fs::read_to_string(desk.path(&path)).unwrap();
        desk.put(&path, &text.replace("clause. See", "clause, in other words. See"));
    }
    let before = desk.tree("");
    (desk, before)
}

/// Makes a folder what a tree says.
fn reset(folder: &Path, wanted: &Tree) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            fs::remove_dir_all(entry.path()).unwrap();
        } else {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    for (path, bytes) in wanted {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
    }
}

/// The files that a command changes and a person sees.
fn seen(tree: &Tree, changes: &str) -> Tree {
    let is_seen =
        |path: &str| path.split('/').all(|part| !part.starts_with('.') || [MARKER, ".gitattributes"].contains(&part));
    let files = tree.iter().filter(|(path, _)| path.starts_with(changes) && is_seen(path));
    files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// The hidden files of clausebook in a tree.
fn litter(tree: &Tree) -> Vec<&String> {
    tree.keys().filter(|path| path.contains(".clausebook-")).collect()
}

/// Runs a command under strace.
fn strace(desk: &Desk, arguments: &[&str], line: &str) -> Option<i32> {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(arguments).arg("--").arg(env!("CARGO_BIN_EXE_clausebook"));
    command.args(line.split_whitespace()).current_dir(desk.top.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().code()
}

/// Whether strace can be used here. Fails where all tests must run.
fn has_strace() -> bool {
    let works = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).status();
    if works.is_ok_and(|status| status.success()) {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "strace must be there, and be allowed to trace");
    skip("a kill at every step", "strace cannot be used here");
    false
}

/// Counts the most calls of a set by any thread.
fn calls(desk: &Desk, set: &str, line: &str) -> usize {
    let log = tempfile::NamedTempFile::new().unwrap();
    assert_eq!(
        strace(desk, &["-o", log.path().to_str().unwrap(), "-e", &format!("trace={set}")], line),
        Some(0),
        "{line}"
    );
    let mut threads: BTreeMap<String, usize> = BTreeMap::new();
    for row in fs::read_to_string(log.path()).unwrap().lines() {
        let (thread, call) = row.split_once(' ').unwrap();
        if call.trim_start().starts_with(|c: char| c.is_ascii_lowercase()) {
            *threads.entry(thread.to_owned()).or_default() += 1;
        }
    }
    threads.into_values().max().unwrap_or_default()
}

/// Stops a command at each call of a set, and runs another after it. Returns how often, and how often it had begun to change
/// what a person sees.
fn stop_at_each(case: &Case, set: &str, fault: &str) -> (usize, usize) {
    let (desk, before) = desk();
    let line = case.line;
    let calls = calls(&desk, set, line);
    let old = seen(&before, case.changes);
    let new = seen(&desk.tree(""), case.changes);
    assert_ne!(old, new, "{line} changes nothing");
    let mut half = 0;
    for call in 1..=calls {
        reset(desk.top.path(), &before);
        let inject = format!("inject={set}:{fault}:when={call}");
        strace(&desk, &["-o", "/dev/null", "-e", &format!("trace={set}"), "-e", &inject], line);
        let left = seen(&desk.tree(""), case.changes);
        half += usize::from(left != old && left != new);
        let at = format!("{line}: {fault} at call {call} of {calls} of {set}");
        let next = case.next[call % case.next.len()];
        let done = desk.run(next);
        let tree_now = desk.tree("");
        let now = seen(&tree_now, case.changes);
        assert!(now == old || now == new, "{at}, then {next}: half\n{}{:?}", done.shown(), tree_now.keys());
        // The next command that changes anything there tidies up.
        if line.starts_with(next) {
            assert!(now == new, "{at}: not done again\n{}", done.shown());
            assert_eq!(litter(&tree_now), Vec::<&String>::new(), "{at}");
        }
        assert!(!tree_now.keys().any(|path| path.ends_with(JOURNAL)), "{at}, then {next}: {}", done.shown());
        if case.changes == "public/" {
            let marked = |(path, bytes): (String, Vec<u8>)| Some((path.strip_prefix("public/")?.to_owned(), bytes));
            assert!(is_whole(&now.into_iter().filter_map(marked).collect()), "{at}");
        }
    }
    (calls, half)
}

fn stop_all(case: &Case) {
    if !has_strace() {
        return;
    }
    let all = std::env::var_os("FAULTS").is_some();
    let faults: &[&str] =
        if all { &["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES"] } else { &["signal=KILL", "error=EIO"] };
    let others = if all { OTHERS } else { &[] };
    for set in [RENAMES].iter().chain(others) {
        for fault in faults {
            let (calls, half) = stop_at_each(case, set, fault);
            assert!(*set != RENAMES || calls > 0, "{} renames nothing", case.line);
            eprintln!("{}: {fault} at each of {calls} of {set}: {half} half, and all of them settled", case.line);
        }
    }
}

#[test]
fn publish_stopped_at_any_step_leaves_the_old_edition_or_the_new() {
    stop_all(&CASES[0]);
}

#[test]
fn renumber_stopped_at_any_step_leaves_the_old_numbers_or_the_new() {
    stop_all(&CASES[1]);
}

#[test]
fn build_stopped_at_any_step_leaves_the_old_site_or_the_new() {
    stop_all(&CASES[2]);
}

#[test]
fn bundles_and_books_stopped_at_any_step_are_the_old_or_the_new() {
    CASES[3..6].iter().for_each(stop_all);
}

#[test]
fn theme_eject_and_new_stopped_at_any_step_leave_nothing_or_all() {
    CASES[6..].iter().for_each(stop_all);
}

#[test]
fn a_change_that_the_disk_does_not_confirm_at_its_end_is_said_to_be_made() {
    if !has_strace() {
        return;
    }
    for case in &CASES[..2] {
        let (desk, before) = desk();
        let last = calls(&desk, "fsync", case.line);
        let new = seen(&desk.tree(""), case.changes);
        reset(desk.top.path(), &before);
        let inject = format!("inject=fsync:error=EIO:when={last}");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", &inject, "--"]);
        command.arg(env!("CARGO_BIN_EXE_clausebook")).args(case.line.split_whitespace()).current_dir(desk.top.path());
        let done = command.output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains("is made, but the disk does not confirm it"), "{said}");
        assert!(seen(&desk.tree(""), case.changes) == new, "{}", case.line);
    }
}

// Settled by hand-made journals.

/// Writes a journal of these steps into the folder `content`: path, old text, new text.
fn journal(desk: &Desk, steps: &[(&str, Option<&str>, &str)]) {
    let hash = |text: &str| Hash::of(text.as_bytes()).to_string();
    let mut text = "clausebook journal 1\n".to_owned();
    for (path, old, new) in steps {
        text += &format!("{} {} 7 {path}\n", old.map_or("-".to_owned(), hash), hash(new));
    }
    let end = hash(&text);
    desk.put(&format!("content/{JOURNAL}"), &format!("{text}end {end}\n"));
}

/// Writes the new file of a step.
fn wait(desk: &Desk, path: &str, new: &str) {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    desk.put(&format!("content/{folder}/.{name}.clausebook-new-7"), new);
}

fn paper(words: &str) -> String {
    format!("+++\ntitle = \"Paper\"\n+++\n\n1.1 {words}\n")
}

/// A site of which a change to `a.md`, `b.md` and `c.md` was stopped after `a.md`.
fn half_changed() -> Desk {
    let desk = Desk::new();
    desk.site("content", "1.1 One.");
    let steps = ["a.md", "b.md", "c.md"];
    for path in steps {
        desk.put(&format!("content/{path}"), &paper("Old."));
    }
    desk.put("content/a.md", &paper("New."));
    for path in &steps[1..] {
        wait(&desk, path, &paper("New."));
    }
    journal(&desk, &steps.map(|path| (path, Some(OLD), NEW)));
    desk
}

const OLD: &str = "+++\ntitle = \"Paper\"\n+++\n\n1.1 Old.\n";
const NEW: &str = "+++\ntitle = \"Paper\"\n+++\n\n1.1 New.\n";

#[test]
fn whoever_reads_a_half_changed_site_completes_the_change_and_says_so() {
    let lines = ["check content", "build content", "compare content content", "bundle content", "theme list content"];
    for line in lines.into_iter().chain(["compare content/b.md content/c.md"]) {
        let desk = half_changed();
        let done = desk.run(line).ends_with(0);
        let said = "content. Its change of 3 files is complete now.\n";
        assert!(done.stderr.contains("A command was stopped while it changed "), "{line}: {}", done.shown());
        assert!(done.stderr.contains(said), "{line}: {}", done.shown());
        let tree = desk.tree("content");
        assert!(["a.md", "b.md", "c.md"].iter().all(|path| tree[*path] == NEW.as_bytes()), "{line}");
        assert_eq!(litter(&tree), Vec::<&String>::new(), "{line}");
        assert!(!desk.run(line).stderr.contains("was stopped"), "{line}");
    }
}

#[test]
fn a_change_is_not_made_again_by_the_command_that_completes_it() {
    let desk = half_changed();
    let done = desk.run("renumber paper 1.1 --insert content").ends_with(2);
    assert!(done.stderr.contains("was completed just now"), "{}", done.shown());
    assert!(desk.tree("content")["paper.md"].ends_with(b"1.1 One.\n"));
    desk.run("renumber paper 1.1 --insert content").ends_with(0);
}

#[test]
fn new_makes_no_site_of_one_that_another_command_was_changing() {
    let desk = half_changed();
    for said in ["Its change of 3 files is complete now.", ""] {
        let done = desk.run("new content").ends_with(2);
        assert!(done.stderr.contains("`content` exists and is not an empty folder"), "{}", done.shown());
        assert!(done.stderr.contains(said) && !done.stderr.contains("Made a small site"), "{}", done.shown());
    }
    let desk = half_changed();
    desk.put("content/a.md", OLD);
    let done = desk.run("new content").ends_with(2);
    assert!(done.stderr.contains("What it left has been removed."), "{}", done.shown());
    assert!(done.stderr.contains("`content` exists and is not an empty folder"), "{}", done.shown());
}

#[test]
fn a_change_of_which_no_file_was_replaced_is_taken_back() {
    let desk = half_changed();
    // As `git checkout` would do it.
    desk.put("content/a.md", OLD);
    let done = desk.run("check content").ends_with(0);
    assert!(done.stderr.contains("What it left has been removed."), "{}", done.shown());
    let tree = desk.tree("content");
    assert!(["a.md", "b.md", "c.md"].iter().all(|path| tree[*path] == OLD.as_bytes()));
    assert_eq!(litter(&tree), Vec::<&String>::new());
}

#[test]
fn a_journal_that_was_never_put_in_its_place_is_deleted_by_the_next_publish() {
    let desk = Desk::new();
    desk.site("content", "1.1 One.");
    desk.run("publish content").ends_with(0);
    desk.put(&format!("content/.{JOURNAL}.clausebook-new-7"), "clausebook journal 1\n");
    desk.site("content", "1.1 One.\n\n1.2 Two.");
    desk.put("content/site.toml", "title = \"A site\"\nhas-editions = true\n");
    desk.run("publish content --note Words.").ends_with(0);
    assert_eq!(litter(&desk.tree("content")), Vec::<&String>::new());
}

#[test]
fn what_a_person_changed_since_is_never_written_over() {
    for (path, text) in [("content/b.md", Some("mine")), ("content/.b.md.clausebook-new-7", None)] {
        let desk = half_changed();
        match text {
            Some(text) => desk.put(path, text),
            None => fs::remove_file(desk.path(path)).unwrap(),
        }
        let before = desk.tree("content");
        for line in ["check content", "build content", "publish content", "renumber paper 1.1 --insert content"] {
            let done = desk.run(line).ends_with(2);
            assert!(done.stderr.contains("a command was stopped while it changed `content`"), "{}", done.shown());
            assert!(done.stderr.contains("`b.md`") && done.stderr.contains("then delete"), "{}", done.shown());
            assert!(desk.tree("content") == before, "{line}");
        }
        fs::remove_file(desk.path(&format!("content/{JOURNAL}"))).unwrap();
        assert_ne!(desk.run("check content").status, 2);
    }
}

#[test]
fn a_new_site_of_which_no_file_is_there_yet_is_taken_back() {
    let desk = Desk::new();
    for path in ["site.toml", "a.md"] {
        wait(&desk, path, NEW);
    }
    journal(&desk, &[("site.toml", None, NEW), ("a.md", None, NEW)]);
    let done = desk.run("check content").ends_with(2);
    assert!(
        done.stderr.contains("What it left has been removed.") && done.stderr.contains("no site"),
        "{}",
        done.shown()
    );
    assert!(desk.tree("content").is_empty());
}

#[test]
fn publish_that_completes_its_own_edition_says_that_it_is_published() {
    const LINE: &str = "publish content --edition first --date 2026-11-24";
    let desk = Desk::new();
    desk.site("content", "1.1 One.");
    let before = desk.tree("content");
    desk.run(LINE).ends_with(0);
    let after = desk.tree("content");
    let changed: Vec<(&str, Option<&str>, &str)> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, new)| {
            let text = |bytes| std::str::from_utf8(bytes).unwrap();
            (path.as_str(), before.get(path).map(|old| text(old)), text(new))
        })
        .collect();
    assert!(changed.len() > 2, "{changed:?}");
    for (path, old, new) in &changed[1..] {
        match old {
            Some(old) => desk.put(&format!("content/{path}"), old),
            None => fs::remove_file(desk.path(&format!("content/{path}"))).unwrap(),
        }
        wait(&desk, path, new);
    }
    journal(&desk, &changed);
    let done = desk.run(LINE).ends_with(0);
    assert!(done.stderr.ends_with("Edition first is published now.\n"), "{}", done.shown());
    assert!(desk.tree("content") == after);
    desk.run(LINE).ends_with(2);
}

#[test]
fn a_site_that_is_extended_is_not_completed_from_outside() {
    let desk = half_changed();
    desk.put("local/site.toml", "title = \"Local\"\n[extends]\nsite = \"../content\"\n");
    desk.put("local/index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n");
    let before = desk.tree("content");
    let done = desk.run("check local").ends_with(1);
    assert!(done.stderr.contains("a command was stopped while it changed the site"), "{}", done.shown());
    assert!(desk.tree("content") == before);
}

#[test]
fn a_journal_from_a_stranger_writes_nothing_that_is_not_a_text_of_the_site() {
    let paths = [
        "../outside.md",
        "x/../../outside.md",
        ".git/hooks/x.md",
        ".hidden.md",
        "x\\y.md",
        "c:x.md",
        "program",
        "x/program.sh",
        "",
        "./a.md",
        "/tmp/outside.md",
    ];
    for path in paths {
        let desk = half_changed();
        desk.put("outside.md", OLD);
        desk.put("content/.git/hooks/x.md", OLD);
        wait(&desk, path.trim_start_matches("x/../"), NEW);
        journal(&desk, &[("a.md", Some(OLD), NEW), (path, Some(OLD), NEW), ("b.md", Some(OLD), NEW)]);
        let before = desk.tree("");
        let done = desk.run("check content").ends_with(2);
        assert!(done.stderr.contains("is damaged, or clausebook did not write it"), "{path}: {}", done.shown());
        assert!(desk.tree("") == before, "{path}");
    }
    // The same file twice, and a journal that was cut off.
    let desk = half_changed();
    journal(&desk, &[("a.md", Some(OLD), NEW), ("b.md", Some(OLD), NEW), ("b.md", Some(OLD), NEW)]);
    desk.run("check content").ends_with(2);
    let desk = half_changed();
    let whole = fs::read(desk.path(&format!("content/{JOURNAL}"))).unwrap();
    for length in 0..whole.len() {
        if length % 40 == 0 || length + 3 > whole.len() {
            fs::write(desk.path(&format!("content/{JOURNAL}")), &whole[..length]).unwrap();
            let before = desk.tree("");
            desk.run("check content").ends_with(2);
            assert!(desk.tree("") == before, "cut off after {length} bytes");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_journal_leads_through_no_link_and_waits_on_no_pipe() {
    use std::os::unix::fs::symlink;
    // A folder that is a link, a new file that is one, a place that is one.
    for link in ["folder", "new", "place"] {
        let desk = half_changed();
        desk.put("outside/b.md", OLD);
        desk.put("outside/.b.md.clausebook-new-7", NEW);
        let path = if link == "folder" { "sub/b.md" } else { "b.md" };
        match link {
            "folder" => symlink("../outside", desk.path("content/sub")).unwrap(),
            "new" => {
                fs::remove_file(desk.path("content/.b.md.clausebook-new-7")).unwrap();
                symlink("../outside/.b.md.clausebook-new-7", desk.path("content/.b.md.clausebook-new-7")).unwrap();
            }
            _ => {
                fs::remove_file(desk.path("content/b.md")).unwrap();
                symlink("../outside/b.md", desk.path("content/b.md")).unwrap();
            }
        }
        journal(&desk, &[("a.md", Some(OLD), NEW), (path, Some(OLD), NEW)]);
        let before = tree(&desk.path("outside"));
        desk.run("check content").ends_with(2);
        assert!(tree(&desk.path("outside")) == before, "{link}");
    }
    let desk = half_changed();
    let journal = desk.path(&format!("content/{JOURNAL}"));
    fs::remove_file(&journal).unwrap();
    assert!(Command::new("mkfifo").arg(&journal).status().unwrap().success());
    let done = desk.run("check content").ends_with(2);
    assert!(done.stderr.contains("it is not a file but a pipe"), "{}", done.shown());
}

/// A command that runs while another puts its files in place waits for it.
#[test]
fn a_reader_waits_for_a_change_that_is_being_made() {
    let desk = half_changed();
    let lock = fs::File::open(desk.path("content")).unwrap();
    lock.lock().unwrap();
    let reader =
        clausebook().args(["check", "content"]).current_dir(desk.top.path()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert!(desk.tree("content").contains_key(JOURNAL));
    lock.unlock().unwrap();
    assert!(reader.wait_with_output().unwrap().status.success());
    assert!(!desk.tree("content").contains_key(JOURNAL));
}
