//! Killed, out of room, forbidden to write, or two at once: what a command leaves is whole, and the next one tidies up.
//!
//! `FAULTS=200 cargo test faults` kills 200 builds, and reads a site through 100.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use clausebook::pipeline::publish::Outcome;

use crate::cli::{Desk, Done, clausebook};
use crate::folder::{MARKER, is_whole, litter, tree};
use crate::site::TestSite;

type Tree = BTreeMap<String, Vec<u8>>;

/// Default number of kills.
const KILLS: u32 = 40;

fn kills() -> u32 {
    std::env::var("FAULTS").map_or(KILLS, |asked| asked.parse().expect("FAULTS is a number"))
}

/// The moment of one of many kills: spread evenly over a span, in an order without a pattern.
fn moment(round: u32, span: Duration) -> Duration {
    span.mul_f64((f64::from(round) * 0.618_033_988_75).fract())
}

/// Says that a fault could not be made here, which nobody must take for a pass.
pub fn skip(what: &str, why: &str) {
    eprintln!("\n!!! NOT TESTED: {what}: {why} !!!\n");
}

/// Writes a site of some documents in which `word` is on every page.
fn documents(desk: &Desk, name: &str, word: &str, count: u32) {
    desk.site(name, "1.1 One.");
    desk.put(&format!("{name}/only-{word}.md"), "+++\ntitle = \"Only here\"\n+++\n\n1.1 One.\n");
    for n in 1..=count {
        let clauses = (1..=8)
            .map(|clause| format!("1.{clause} The {word} clause. See [[paper-{}#1.{clause}]].\n\n", n % count + 1));
        let text = format!("+++\ntitle = \"Paper {n}\"\n+++\n\n{}", clauses.collect::<String>());
        desk.put(&format!("{name}/paper-{n}.md"), &text);
    }
}

fn start(folder: &Path, line: &str) -> Child {
    let mut command = clausebook();
    command.current_dir(folder).args(line.split_whitespace()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Starts a command, and kills it after a time. A process is told nothing of its end (SIGKILL).
fn kill_after(folder: &Path, line: &str, time: Duration) {
    let mut process = start(folder, line);
    sleep(time);
    process.kill().unwrap();
    process.wait().unwrap();
}

/// Two sites, `old` and `new`, with what each is built as; and how long the quicker build took.
fn two_sites(desk: &Desk, count: u32) -> ([Tree; 2], Duration) {
    let mut took = Duration::MAX;
    let built = ["old", "new"].map(|name| {
        documents(desk, name, name, count);
        let start = Instant::now();
        desk.run(&format!("build {name} --output public")).ends_with(0);
        took = took.min(start.elapsed());
        let files = desk.tree("public");
        assert!(is_whole(&files));
        files
    });
    assert_ne!(built[0], built[1]);
    (built, took)
}

// Killed.

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new() {
    let desk = Desk::new();
    let (whole, took) = two_sites(&desk, 24);
    let beside = || litter(desk.top.path(), &["old", "new", "public"]);
    let (mut interrupted, mut replaced) = (0, 0);
    let mut shown = 1;
    for round in 0..kills() {
        // Without an old site, now and then.
        if round % 10 == 9 {
            fs::remove_dir_all(desk.path("public")).unwrap();
        }
        let next = usize::from(round % 2 == 1);
        let there = desk.path("public").exists();
        kill_after(
            desk.top.path(),
            &format!("build {} --output public", ["old", "new"][next]),
            moment(round, took.mul_f32(1.5)),
        );
        interrupted += usize::from(!beside().is_empty());
        if desk.path("public").exists() {
            let files = desk.tree("public");
            assert!(is_whole(&files), "round {round}: the folder does not hold what its marker says");
            let found = whole.iter().position(|whole| *whole == files).expect("the old site or the new");
            replaced += usize::from(found != shown);
            shown = found;
        } else {
            assert!(!there, "round {round}: the site is gone");
        }
        if round % 4 == 3 {
            // The next build, of what is shown already or of the other site.
            let next = if round % 8 == 3 { shown } else { 1 - shown };
            desk.run(&format!("build {} --output public", ["old", "new"][next])).ends_with(0);
            assert!(desk.tree("public") == whole[next], "round {round}");
            assert_eq!(beside(), Vec::<String>::new(), "round {round}");
            shown = next;
        }
    }
    eprintln!("{} builds killed: {interrupted} while they wrote, {replaced} after they had replaced the site", kills());
    assert!(interrupted > 0, "no kill came while something was written");
}

/// Each file is as it was or as it is to be, and nothing else is there that is read as part of the site.
#[track_caller]
fn whole_files(found: &Tree, before: &Tree, after: &Tree) {
    for (path, bytes) in found.iter().filter(|(path, _)| !is_hidden(path)) {
        assert!([before, after].iter().any(|tree| tree.get(path) == Some(bytes)), "{path} is neither old nor new");
    }
    for path in before.keys().filter(|path| after.contains_key(*path)) {
        assert!(found.contains_key(path), "{path} is gone");
    }
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Puts files into a folder as they are in a tree, with none but hidden ones beside them.
fn put_back(folder: &Path, wanted: &Tree) {
    for path in tree(folder).keys().filter(|path| !is_hidden(path) && !wanted.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, bytes) in wanted {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
    }
}

const PUBLISH: &str = "publish content --date 2026-11-24 --note Words.";
const RENUMBER: &str = "renumber paper-1 1.2 --insert content";

/// A site in `content`, before and after a command that changes files of it; and how long that takes.
fn changed_by(desk: &Desk, line: &str) -> (Tree, Tree, Duration) {
    documents(desk, "content", "a", 30);
    for n in 2..=30 {
        let text = fs::read_to_string(desk.path(&format!("content/paper-{n}.md"))).unwrap();
        desk.put(&format!("content/paper-{n}.md"), &format!("{text}1.9 See [[paper-1#1.4]].\n"));
    }
    let before = desk.tree("content");
    let start = Instant::now();
    desk.run(line).ends_with(0);
    let took = start.elapsed();
    let after = desk.tree("content");
    assert!(after.keys().all(|path| !is_hidden(path)));
    assert!(after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).count() > 29);
    (before, after, took)
}

/// Kills a command at moments spread over the time that it takes. Few of them fall between two renames, on a quick disk none:
/// those moments are met one by one in `interrupted`.
fn killed_command_leaves_whole_files(line: &str) {
    let desk = Desk::new();
    let (before, after, took) = changed_by(&desk, line);
    let root = desk.path("content");
    let mut halfway = 0;
    for round in 0..kills() / 2 {
        put_back(&root, &before);
        kill_after(desk.top.path(), line, moment(round, took));
        let found = tree(&root);
        whole_files(&found, &before, &after);
        halfway += usize::from(found != before && found != after);
        if round % 4 == 3 {
            // As `git checkout` would: what is hidden stays, and the command that is run next deletes it.
            put_back(&root, &before);
            desk.run(line).ends_with(0);
            assert!(tree(&root) == after, "round {round}");
        }
    }
    eprintln!("{line}: {halfway} of {} kills left something half done", kills() / 2);
}

#[test]
fn publish_killed_at_any_moment_leaves_whole_files() {
    killed_command_leaves_whole_files(PUBLISH);
}

#[test]
fn renumber_killed_at_any_moment_leaves_whole_files() {
    killed_command_leaves_whole_files(RENUMBER);
}

/// The moments at which a kill between two files could leave a ledger that is neither the old nor the new.
#[test]
fn an_edition_of_which_only_some_files_were_written_is_noticed() {
    const WORDS: &str =
        "The board meets in the spring and in the autumn of each year, and keeps minutes of what it decides.";
    let site = TestSite::new();
    let site = site.paper("a", &format!("1.1 One.\n\n1.2 {WORDS}")).paper("b", &format!("1.1 {WORDS} See [[a#1.2]]."));
    let site = site.published();
    let site = site.edit("a.md", "each year", "every year").edit("b.md", "keeps", "publishes").paper("c", "1.1 New.");
    // `editions.toml` comes first: rows may not name an edition that is not there.
    let Outcome::Edition { files, .. } = site.publish(Some("Words changed.")) else { panic!("nothing to publish") };
    let written: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let (file, ledger) = written.split_last().unwrap();
    assert_eq!(ledger, ["editions.toml", "a.txt", "b.txt", "c.txt"].map(|name| format!("permalinks/{name}")));
    assert!(file.starts_with("permalinks/edition-"), "{file}");
    for written in 1..ledger.len() {
        let half = files[..written].iter().fold(site.clone(), |site, (path, text)| site.file(path, text));
        let faults = half.build().short();
        assert_eq!(faults.matches("damaged-ledger").count(), ledger.len() - written, "{faults}");
    }
    let whole = files.iter().fold(site, |site, (path, text)| site.file(path, text));
    whole.build().without_errors();
    assert!(matches!(whole.publish(Some("Again.")), Outcome::Nothing));
}

// Out of room.

/// A small disk of its own in the folder `small`, as root can make one; nothing where it cannot be made.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    pub fn new(desk: &Desk, what: &str) -> Option<Self> {
        let place = desk.path("small");
        fs::create_dir_all(&place).unwrap();
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "clausebook-test"]).arg(&place).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(SmallDisk(place));
        }
        skip(what, "a disk cannot be mounted here (run the tests as root on Linux)");
        None
    }

    /// Fills it, but for so many kibibytes. Room that was freed a moment ago may take another moment to be there.
    pub fn fill(&self, free: u64) {
        let start = Instant::now();
        loop {
            let mut filler = fs::File::create(self.filler()).unwrap();
            let piece = [b'x'; 4096];
            let mut size = 0;
            let full = loop {
                match filler.write(&piece) {
                    Ok(written) => size += written as u64,
                    Err(error) => break error,
                }
                assert!(size < 32 << 20, "the disk is not small");
            };
            assert_eq!(full.kind(), std::io::ErrorKind::StorageFull, "after {size} bytes: {full}");
            if size > free << 10 {
                return filler.set_len(size - (free << 10)).unwrap();
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{size} bytes are all the room of the disk");
            sleep(Duration::from_millis(100));
        }
    }

    /// Empties it. A file that is cut first gives its room back at once.
    pub fn empty(&self) {
        fs::File::create(self.filler()).unwrap();
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }

    fn remount(&self, options: &str) {
        assert!(Command::new("mount").args(["-o", options]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Runs a command that may write no file larger than some blocks of 512 bytes, as if it were at the end of a quota. Where it
/// does not hear of it (`heeds` is not), the system ends it there.
#[cfg(unix)]
fn run_with_little_room(desk: &Desk, line: &str, blocks: u32, heeds: bool) -> std::process::Output {
    let trap = if heeds { "trap '' XFSZ; " } else { "" };
    let script = format!("{trap}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_clausebook")]).args(line.split_whitespace());
    shell.current_dir(desk.top.path()).stdin(Stdio::null()).output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_build_without_room_for_a_file_leaves_the_old_site() {
    let desk = Desk::new();
    let (whole, _) = two_sites(&desk, 12);
    for (blocks, heeds) in [(0, true), (8, true), (40, true), (8, false)] {
        let done = run_with_little_room(&desk, "build old --output public", blocks, heeds);
        let said = String::from_utf8(done.stderr).unwrap();
        if heeds {
            assert_eq!(done.status.code(), Some(2), "{blocks}: {said}");
            assert!(said.starts_with("error: cannot write `"), "{said}");
            assert_eq!(litter(desk.top.path(), &["old", "new", "public"]), Vec::<String>::new());
        } else {
            assert_eq!(done.status.code(), None, "it was ended by a signal");
        }
        assert!(desk.tree("public") == whole[1], "{blocks}");
    }
    desk.run("build old --output public").ends_with(0);
    assert!(desk.tree("public") == whole[0]);
    assert_eq!(litter(desk.top.path(), &["old", "new", "public"]), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn publish_and_renumber_without_room_for_a_file_change_none() {
    for line in [PUBLISH, RENUMBER] {
        let desk = Desk::new();
        let (before, ..) = changed_by(&desk, line);
        put_back(&desk.path("content"), &before);
        // One file of many is too large for its room.
        let mut text = fs::read_to_string(desk.path("content/paper-20.md")).unwrap();
        for n in 10..400 {
            text.push_str(&format!("\n1.{n} Words, and words, and words.\n"));
        }
        desk.put("content/paper-20.md", &text);
        let before = desk.tree("content");
        let done = run_with_little_room(&desk, line, 16, true);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{line}: {said}");
        assert!(said.contains("error: cannot write `content/") && said.contains("paper-20"), "{said}");
        assert!(desk.tree("content") == before, "{line}");
        // Ended by the system, it leaves files that are read as nothing, which the next one deletes.
        assert_eq!(run_with_little_room(&desk, line, 16, false).status.code(), None);
        let left = desk.tree("content");
        assert!(left.keys().any(|path| is_hidden(path)), "{line} was to be ended halfway");
        assert!(left.iter().filter(|(path, _)| !is_hidden(path)).eq(before.iter()), "{line}");
        desk.run(line).ends_with(0);
        assert!(desk.tree("content").keys().all(|path| !is_hidden(path)), "{line}");
    }
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let desk = Desk::new();
    let Some(disk) = SmallDisk::new(&desk, "a full disk") else { return };
    documents(&desk, "old", "old", 12);
    documents(&desk, "new", "new", 12);
    documents(&desk, "small/content", "a", 12);
    desk.run("build old --output small/public").ends_with(0);
    let (site, content) = (desk.tree("small/public"), desk.tree("small/content"));
    let beside = || litter(&disk.0, &["public", "content", "filler"]);
    // Never enough for the pages of the other site, which are more than half of it.
    let size = u64::try_from(site.values().map(Vec::len).sum::<usize>() / 1024).unwrap();
    for free in [0, 4, 40, size / 4, size / 2] {
        disk.fill(free);
        let done = desk.run("build new --output small/public").ends_with(2);
        assert!(done.stderr.contains("No space left"), "{}", done.shown());
        assert!(desk.tree("small/public") == site, "with {free} KiB");
        assert_eq!(beside(), Vec::<String>::new());
        if free < 40 {
            for line in ["publish small/content --date 2026-11-24", "renumber paper-1 1.2 --insert small/content"] {
                let done = desk.run(line).ends_with(2);
                assert!(done.stderr.contains("No space left"), "{}", done.shown());
                assert!(desk.tree("small/content") == content, "{line} with {free} KiB");
            }
        }
        disk.empty();
    }
    desk.run("build new --output small/public").ends_with(0);
    assert!(is_whole(&desk.tree("small/public")));
    assert_eq!(beside(), Vec::<String>::new());
}

// Forbidden to write.

#[test]
fn a_disk_that_is_read_only_is_said_and_left() {
    let desk = Desk::new();
    let Some(disk) = SmallDisk::new(&desk, "a disk that is read-only") else { return };
    documents(&desk, "old", "old", 3);
    documents(&desk, "new", "new", 3);
    documents(&desk, "small/content", "a", 3);
    desk.run("build old --output small/public").ends_with(0);
    let before = desk.tree("small");
    disk.remount("remount,ro");
    for line in [
        "build new --output small/public",
        "build new --output small/deep/public",
        "publish small/content",
        "renumber paper-1 1.2 --insert small/content",
    ] {
        let done = desk.run(line).ends_with(2);
        assert!(
            done.stderr.starts_with("error: cannot ") && done.stderr.contains("Read-only file system"),
            "{}",
            done.shown()
        );
    }
    assert!(desk.tree("small") == before);
    disk.remount("remount,rw");

    // Only the output: a disk of its own, which cannot be exchanged for a folder beside it.
    let out = desk.path("small/public");
    let bind = |arguments: &[&str]| Command::new("mount").args(arguments).arg(&out).status().unwrap().success();
    assert!(bind(&["--bind", out.to_str().unwrap()]));
    assert!(bind(&["-o", "remount,bind,ro"]));
    let done = desk.run("build new --output small/public");
    assert!(Command::new("umount").arg(&out).status().unwrap().success());
    let done = done.ends_with(2);
    assert!(done.stderr.starts_with("error: cannot ") && done.stderr.contains("help: "), "{}", done.shown());
    assert!(desk.tree("small") == before);
    desk.run("build new --output small/public").ends_with(0);
}

/// Forbids writing by permissions. Root is refused nothing, so the command runs as `nobody`.
#[cfg(unix)]
#[test]
fn what_one_may_not_write_is_said_and_left() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let desk = Desk::new();
    documents(&desk, "site", "one", 3);
    let own = desk.path("clausebook");
    // By another process: a file that this one had open for writing could not be run while another test starts one.
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_clausebook")).arg(&own).status().unwrap().success());
    let is_root = fs::metadata(desk.top.path()).unwrap().uid() == 0;
    let run = |line: &str| {
        let mut command = Command::new(&own);
        command.current_dir(desk.path("work")).args(line.split_whitespace());
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let mode = |path: &str, mode: u32| fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(desk.path("work")).unwrap();
    mode("", 0o755);
    if is_root {
        chown(desk.path("work"), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let (status, said) = run("build ../site");
    assert_eq!(status, Some(0), "{said}");
    desk.put("site/more.md", "+++\ntitle = \"More\"\n+++\n\n1.1 More.\n");
    let before = desk.tree("work");
    // The folder in which the output stands, the output, and a folder in it.
    for path in ["work", "work/public", "work/public/static"] {
        mode(path, 0o555);
        let (status, said) = run("build ../site");
        mode(path, 0o755);
        assert_eq!(status, Some(2), "{path}: {said}");
        assert!(said.starts_with("error: cannot ") && said.contains("ermission denied"), "{said}");
        assert!(desk.tree("work") == before, "{path}");
    }
    let (status, said) = run("build ../site");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(litter(&desk.path("work"), &["public"]), Vec::<String>::new());
    // A file or a folder in the way.
    let (status, said) = run("build ../site --output public/index.html/public");
    assert_eq!(status, Some(2), "{said}");
    fs::create_dir(desk.path("work/.public.clausebook-lock")).unwrap();
    desk.put("site/most.md", "+++\ntitle = \"Most\"\n+++\n\n1.1 Most.\n");
    let (status, said) = run("build ../site");
    assert!(status == Some(2) && said.starts_with("error: cannot write beside `"), "{said}");
}

/// A link that lies in wait under the hidden name of a new file leads no text out of the site.
#[cfg(unix)]
#[test]
fn a_link_in_the_way_of_a_new_file_is_not_written_through() {
    let desk = Desk::new();
    documents(&desk, "content", "a", 1);
    desk.put("outside.txt", "mine");
    fs::create_dir(desk.path("content/permalinks")).unwrap();
    // The number of a process is known only once it runs: the shell's, which becomes the command.
    let script = "for name in .paper-1.txt .editions.toml; do ln -s ../../outside.txt content/permalinks/$name.clausebook-new-$$; done; exec \"$0\" publish";
    let done = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_clausebook")])
        .current_dir(desk.top.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(fs::read_to_string(desk.path("outside.txt")).unwrap(), "mine");
}

// At once.

#[test]
fn of_two_builds_at_once_one_writes_its_site_whole() {
    let desk = Desk::new();
    let (whole, took) = two_sites(&desk, 12);
    let waits = |done: &Done| done.status == 2 && done.stderr.contains("another build is writing `public`");
    // Two builds that meet for certain: the test holds what a build holds while it writes.
    let lock = File::create(desk.path(".public.clausebook-lock")).unwrap();
    lock.lock().unwrap();
    let held = desk.run("build new --output public");
    assert!(waits(&held), "{}", held.shown());
    drop(lock);
    assert!(whole.contains(&desk.tree("public")));
    // And two that meet where chance has it, or miss each other on a busy machine.
    for round in 0..8 {
        let line = |name: &str| format!("build {name} --output public");
        let run = |name: &'static str| desk.run(&line(name));
        let done = scope(|scope| {
            let first = scope.spawn(|| run("old"));
            sleep(moment(round, took / 2));
            [run("new"), first.join().unwrap()]
        });
        for done in &done {
            assert!(done.status == 0 || waits(done), "{}", done.shown());
        }
        assert!(done.iter().any(|done| done.status == 0));
        assert!(whole.contains(&desk.tree("public")), "round {round}");
        assert_eq!(litter(desk.top.path(), &["old", "new", "public"]), Vec::<String>::new(), "round {round}");
    }
}

#[test]
fn a_reader_misses_nothing_while_builds_go_on() {
    let desk = Desk::new();
    let (whole, _) = two_sites(&desk, 12);
    let builds = kills() / 2;
    let done = AtomicBool::new(false);
    let public = desk.path("public");
    // What both sites have: to be there at any time.
    let common: Vec<&String> = whole[0].keys().filter(|path| whole[1].contains_key(*path)).collect();
    assert!(common.len() > 100);
    let reads = scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0_usize;
            while !done.load(Ordering::Relaxed) {
                for path in &common {
                    let bytes =
                        fs::read(public.join(path)).unwrap_or_else(|error| panic!("read {reads}, {path}: {error}"));
                    assert!(whole.iter().any(|whole| whole[*path] == bytes), "{path} is of neither site");
                    reads += 1;
                }
                // A folder that was found holds all that it lists, for as long as it is the one that is shown.
                let marker = fs::read(public.join(MARKER)).unwrap();
                assert!(whole.iter().any(|whole| whole[MARKER] == marker));
            }
            reads
        });
        for round in 0..builds {
            if reader.is_finished() {
                break;
            }
            desk.run(&format!("build {} --output public", ["old", "new"][round as usize % 2])).ends_with(0);
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    });
    eprintln!("{reads} reads during {builds} builds, and none missed");
    assert!(reads > 1000);
    assert_eq!(litter(desk.top.path(), &["old", "new", "public"]), Vec::<String>::new());
}
