//! Commands replace an older output only if this program made it of this site and nobody changed
//! it. They keep its mode, and stop early if they cannot write it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::cli::{Desk, clausebook};
use crate::faults::{SmallDisk, skip};
use crate::folder::{MARKER, litter};

/// Two sites of different words in folders of their names.
fn two_sites() -> Desk {
    let desk = Desk::new();
    for name in ["one", "two"] {
        desk.site(name, &format!("1.1 The words of {name}."));
        desk.put(&format!("{name}/site.toml"), &format!("title = \"Site {name}\"\n"));
    }
    desk
}

// Damaged.

/// Changes the bytes of a file, and neither its size nor its time.
fn damage(path: &Path) {
    let before = fs::metadata(path).unwrap();
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
    let old = before.modified().unwrap() - Duration::from_secs(1000);
    fs::File::options().append(true).open(path).unwrap().set_modified(old).unwrap();
}

#[test]
fn what_a_build_ends_well_with_passes_verify_though_a_file_of_the_last_was_damaged() {
    let desk = Desk::new();
    desk.site("site", "1.1 One. ![The plan](plan.png)");
    desk.put("site/plan.png", "a picture");
    desk.put("site/other.md", "+++\ntitle = \"Other\"\n+++\n\n1.1 Other.\n");
    desk.run("build site").ends_with(0);
    let picture = desk.tree("public").into_keys().find(|path| path.ends_with(".png")).unwrap();
    for changed in [false, true] {
        for path in ["other.html", "static/site.css", &picture] {
            let Some(path) = Some(desk.path("public").join(path)).filter(|path| path.exists()) else {
                assert!(path.starts_with("static/"));
                continue;
            };
            let before = fs::read(&path).unwrap();
            damage(&path);
            desk.run("verify public").ends_with(1);
            if changed {
                let old = fs::read_to_string(desk.path("site/paper.md")).unwrap();
                desk.put("site/paper.md", &format!("{old}\nMore words.\n"));
            }
            let done = desk.run("build site").ends_with(0);
            assert!(!done.stderr.contains("Nothing has changed"), "{}", done.shown());
            desk.run("verify public").ends_with(0);
            assert!(fs::read(&path).unwrap() == before, "{}", path.display());
        }
    }
    let done = desk.run("build site").ends_with(0);
    assert!(done.stderr.contains("Nothing has changed"), "{}", done.shown());
}

// Whose it is.

#[test]
fn a_build_that_is_not_told_where_replaces_no_other_site() {
    let desk = two_sites();
    desk.run("build one").ends_with(0);
    let before = desk.tree("public");
    let done = desk.run("build two").ends_with(2);
    let said = "error: `public` holds another site, which was not built from `two`\n\
                help: name another folder with `--output`, or replace that site with `--output public`\n";
    assert_eq!(done.stderr, said);
    assert!(desk.tree("public") == before);
    desk.run("build two --output elsewhere").ends_with(0);
    desk.run("build two --output public").ends_with(0);
    desk.run("build two").ends_with(0);
    desk.run("build one").ends_with(2);
}

#[test]
fn a_site_is_the_same_under_another_title_and_when_all_is_moved() {
    let desk = Desk::new();
    desk.site("work/content", "1.1 One.");
    let build = |folder: &str| desk.run_in(folder, ["build"]).ends_with(0);
    build("work");
    desk.put("work/content/site.toml", "title = \"Another title\"\n");
    build("work");
    fs::rename(desk.path("work"), desk.path("moved")).unwrap();
    desk.put("moved/content/site.toml", "title = \"A third title\"\n");
    build("moved");
    // By another way to the same folder.
    desk.run_in("moved", ["build", "../moved/content"]).ends_with(0);
    // A marker of an older clausebook does not say whose it is.
    let marker = desk.path("moved/public").join(MARKER);
    let text = fs::read_to_string(&marker).unwrap();
    let (header, rest) = text.split_once('\n').unwrap();
    fs::write(&marker, format!("{}\n{rest}", header.split_once(" site ").unwrap().0)).unwrap();
    desk.site("moved/other", "1.1 Other.");
    desk.run_in("moved", ["build", "other"]).ends_with(0);
    desk.run_in("moved", ["build", "content"]).ends_with(2);
}

/// Command lines that make an output, each with the default file name.
const OUTPUTS: &[(&str, &str)] = &[
    ("bundle SITE", "a-site.zip"),
    ("bundle SITE --single", "a-site.html"),
    ("bundle SITE --single=paper", "paper.html"),
    ("epub SITE", "a-site.epub"),
    ("epub SITE --of paper", "paper.epub"),
];

#[test]
fn a_file_is_replaced_only_if_this_program_made_it_of_this_site() {
    for (line, file) in OUTPUTS {
        let desk = Desk::new();
        desk.site("one", "1.1 One.");
        desk.site("two", "1.1 Two.");
        // Of one name to the file system, and of two names to people.
        desk.put("two/site.toml", "title = \"A site!\"\n");
        let run = |site: &str, more: &str| desk.run(&format!("{} {more}", line.replace("SITE", site)));
        // A file of somebody else, of the right name and of the right kind.
        for theirs in ["not ours", "PK\u{3}\u{4}", "<!doctype html><title>A site</title>"] {
            desk.put(file, theirs);
            for more in ["", &format!("--output {file}")] {
                let done = run("one", more).ends_with(2);
                assert!(done.stderr.contains("cannot be written: it is there and is not a"), "{}", done.shown());
                assert!(done.stderr.contains("help: name another file with `--output`"), "{}", done.shown());
                assert_eq!(fs::read(desk.path(file)).unwrap(), theirs.as_bytes(), "{line} {more}");
            }
        }
        fs::remove_file(desk.path(file)).unwrap();
        run("one", "").ends_with(0);
        let made = fs::read(desk.path(file)).unwrap();
        run("one", "").ends_with(0);
        // That of another site only for who names it.
        let done = run("two", "").ends_with(2);
        assert!(done.stderr.contains("of this site"), "{}", done.shown());
        assert!(fs::read(desk.path(file)).unwrap() == made, "{line}");
        run("two", &format!("--output {file}")).ends_with(0);
        assert!(fs::read(desk.path(file)).unwrap() != made, "{line}");
        run("two", "").ends_with(0);
        assert_eq!(litter(desk.top.path(), &["one", "two", file]), Vec::<String>::new());
    }
}

// Its mode.

#[cfg(unix)]
#[test]
fn a_folder_or_file_that_is_replaced_keeps_its_mode_and_its_group() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    const GROUP: u32 = 64_998;
    let desk = Desk::new();
    desk.site("content", "1.1 One.");
    let lines = [
        "build content",
        "bundle content --output a-site.zip",
        "bundle content --single --output a-site.html",
        "epub content --output a-site.epub",
    ];
    let all = || {
        lines.iter().for_each(|line| drop(desk.run(line).ends_with(0)));
        desk.run("publish content --note Words. --date 2026-11-24").ends_with(0);
    };
    all();
    let modes = [
        ("public", 0o2775),
        ("public/data", 0o2770),
        ("public/paper.html", 0o640),
        ("public/data/clauses.json", 0o604),
        ("a-site.zip", 0o600),
        ("a-site.html", 0o640),
        ("a-site.epub", 0o600),
        ("content/permalinks/paper.txt", 0o600),
        ("content/permalinks/editions.toml", 0o660),
    ];
    for (path, mode) in modes {
        // Root alone may choose a group that it is not in; for others the groups are those that they were.
        let _ = chown(desk.path(path), None, Some(GROUP));
        fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).unwrap();
    }
    let found = || modes.map(|(path, _)| fs::metadata(desk.path(path)).unwrap()).map(|file| (file.ino(), file.gid()));
    let before = found();
    let old = fs::read_to_string(desk.path("content/paper.md")).unwrap();
    desk.put("content/paper.md", &format!("{old}\n1.2 Two, which is new.\n"));
    all();
    for ((path, mode), (before, now)) in modes.into_iter().zip(before.into_iter().zip(found())) {
        assert_ne!(before.0, now.0, "{path} was to be replaced");
        assert_eq!(before.1, now.1, "the group of {path}");
        assert_eq!(
            format!("{:o}", fs::metadata(desk.path(path)).unwrap().mode() & 0o7777),
            format!("{mode:o}"),
            "{path}"
        );
    }
}

// Out of room.

#[test]
fn a_build_stops_at_the_first_page_that_cannot_be_written() {
    let desk = Desk::new();
    let Some(disk) = SmallDisk::new(&desk, "a build that stops at the first failed write") else { return };
    // The gap is a warning, which is said once all pages are made.
    desk.site("site", "1.1 One.\n\n1.3 Three.");
    let done = desk.run("build site --output small/public").ends_with(0);
    assert!(done.stderr.contains("warning"), "{}", done.shown());
    desk.put("site/more.md", "+++\ntitle = \"More\"\n+++\n\n1.1 More.\n");
    let before = desk.tree("small/public");
    disk.fill(0);
    let done = desk.run("build site --output small/public").ends_with(2);
    assert!(done.stderr.starts_with("error: cannot write `small/public/"), "{}", done.shown());
    assert!(!done.stderr.contains("warning"), "{}", done.shown());
    assert!(desk.tree("small/public") == before);
    assert_eq!(litter(&desk.path("small"), &["public", "filler"]), Vec::<String>::new());
}

/// As on a full disk, but for those who cannot make one: the system lets no file have more than 1024 bytes.
#[cfg(target_os = "linux")]
#[test]
fn a_build_stops_at_the_first_page_that_is_longer_than_a_file_may_be() {
    let desk = Desk::new();
    // The gap is a warning, which is said once all pages are made.
    desk.site("site", "1.1 One.\n\n1.3 Three.");
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" build site", env!("CARGO_BIN_EXE_clausebook")]);
    let done = shell.current_dir(desk.top.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.starts_with("error: cannot write `public/") && !said.contains("warning"), "{said}");
    assert_eq!(litter(desk.top.path(), &["site"]), Vec::<String>::new());
}

#[test]
fn new_leaves_nothing_on_a_full_disk() {
    let desk = Desk::new();
    let Some(disk) = SmallDisk::new(&desk, "`new` on a full disk") else { return };
    for free in [0, 4, 12, 24] {
        disk.fill(free);
        let done = desk.run("new small/a/fresh").ends_with(2);
        assert!(done.stderr.contains("No space left"), "{}", done.shown());
        assert_eq!(litter(&desk.path("small"), &["filler"]), Vec::<String>::new(), "with {free} KiB");
        disk.empty();
    }
    fs::create_dir(desk.path("small/empty")).unwrap();
    desk.run("new small/empty").ends_with(0);
    desk.run("check small/empty").ends_with(0);
    desk.run("new small/empty").ends_with(2);
    desk.put("small/mine/handbook/x.md", "mine");
    desk.run("new small/mine").ends_with(2);
}

// Threads.

#[test]
fn more_threads_than_can_be_of_use_are_not_started() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    for jobs in ["5000", "0", "18446744073709551615"] {
        let mut check = clausebook();
        check.args(["check", "site", "--jobs", jobs]).current_dir(desk.top.path()).stderr(Stdio::null());
        let mut check = check.spawn().unwrap();
        let start = Instant::now();
        let status = loop {
            match check.try_wait().unwrap() {
                Some(status) => break status,
                None if start.elapsed() > Duration::from_secs(60) => {
                    check.kill().unwrap();
                    panic!("--jobs {jobs} does not end");
                }
                None => sleep(Duration::from_millis(20)),
            }
        };
        assert!(status.success(), "--jobs {jobs}");
    }
}

/// Root may start as many threads as it likes, so the command is run as a user that has no other process.
#[cfg(target_os = "linux")]
#[test]
fn a_system_without_a_thread_to_give_is_an_error_in_words() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    const USER: u32 = 64_999;
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    if fs::metadata(desk.top.path()).unwrap().uid() != 0 {
        return skip("no thread to be had", "another user cannot be taken on here (run the tests as root)");
    }
    let own = desk.path("clausebook");
    // By another process: a file that this one had open for writing could not be run while another test starts one.
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_clausebook")).arg(&own).status().unwrap().success());
    fs::set_permissions(desk.top.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let lines = ["check site", "check site -j 1", "publish site", "cite words site", "verify site", "theme list site"];
    let none = lines.map(|line| (line, 1));
    // One for the work, and none for the watchdog.
    for (line, most) in none.into_iter().chain([("check site -j 1", 2)]) {
        let mut command = Command::new("prlimit");
        command.arg(format!("--nproc={most}")).arg(&own).args(line.split(' '));
        command.current_dir(desk.top.path()).uid(USER).gid(USER);
        let done = command.output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{line}: {said}");
        assert!(said.starts_with("error: the system starts too few threads for this command: "), "{line}: {said}");
    }
}
