//! Pipes and devices at every place that a person or a site names: no command waits for what may never come.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::cli::{Desk, clausebook};

/// The longest that a command may take here, on a busy machine. Each has next to nothing to do.
const DEADLINE: Duration = Duration::from_secs(30);

/// Runs a command line with nothing to read; returns its exit status and what it said, or nothing if it had to be killed.
fn run(desk: &Desk, line: &str) -> Option<(i32, String)> {
    let errors = desk.path("said");
    let mut child = clausebook()
        .current_dir(desk.top.path())
        .args(line.split_whitespace())
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(desk.path("printed")).unwrap())
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            let read = |path: &Path| std::fs::read_to_string(path).unwrap();
            return Some((status.code().unwrap_or(-1), read(&errors) + &read(&desk.path("printed"))));
        }
        if Instant::now() > end {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        sleep(Duration::from_millis(10));
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The commands, each with a path that a person names; `PLACE` is the pipe or the device.
const NAMED: [&str; 25] = [
    "build PLACE",
    "build site --output PLACE",
    "build site --output PLACE/public",
    "check PLACE",
    "serve PLACE",
    "publish PLACE --note First.",
    "renumber paper 1.1 PLACE --insert",
    "cite x PLACE",
    "theme list PLACE",
    "theme eject base.html PLACE",
    "epub PLACE",
    "epub site --output PLACE/book.epub",
    "bundle PLACE",
    "bundle site --output PLACE",
    "bundle site --output PLACE/x.zip",
    "bundle site --single --output PLACE/x.html",
    "bundle site --sign PLACE",
    "bundle --new-key PLACE",
    "bundle --new-key PLACE/key",
    "verify PLACE",
    "verify site --key PLACE",
    "compare PLACE site",
    "compare site/paper.md PLACE",
    "compare PLACE/paper.md site/paper.md",
    "new PLACE",
];

#[test]
#[cfg(unix)]
fn no_command_waits_for_a_pipe_or_a_device_that_a_person_names() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    pipe(&desk.path("pipe"));
    // Endings by which a path may be told to be something else.
    for name in ["pipe.zip", "pipe.epub"] {
        pipe(&desk.path(name));
    }
    std::os::unix::fs::symlink("pipe", desk.path("link")).unwrap();
    let mut wrong = Vec::new();
    for place in ["pipe", "link", "pipe.zip", "pipe.epub", "/dev/zero"] {
        // The system itself refuses to make a site of a device in a thousand ways: those that open it are enough.
        let lines = NAMED.iter().filter(|_| !place.contains('.')).copied();
        let lines = lines.chain(["verify PLACE", "bundle site --output PLACE", "epub site --output PLACE"]);
        for line in lines {
            let line = line.replace("PLACE", place);
            match run(&desk, &line) {
                None => wrong.push(format!("`{line}` had not ended after {DEADLINE:?}")),
                Some((2, said)) if said.starts_with("error: ") => {}
                Some((status, said)) => wrong.push(format!("`{line}` ended with {status}: {said}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[cfg(unix)]
fn no_command_waits_for_a_pipe_or_a_device_that_a_site_names() {
    let mut wrong = Vec::new();
    for (place, settings, status) in [
        ("themes/town", "theme = \"town\"\n", 2),
        ("themes", "theme = \"town\"\n", 1),
        ("themes/town/static", "theme = \"town\"\n", 1),
        ("themes/town/theme.toml", "theme = \"town\"\n", 1),
        ("upstream", "[extends]\nsite = \"../upstream\"\n", 1),
        ("upstream", "[extends]\nsite = \"../upstream/\"\n", 1),
        ("upstream.zip", "[extends]\nsite = \"../upstream.zip\"\n", 1),
        ("up", "[extends]\nsite = \"../up/stream\"\n", 1),
        ("site/permalinks", "", 1),
        ("site/notes", "", 1),
        ("site/theme", "", 1),
        ("site/theme/templates", "", 1),
    ] {
        for device in [false, true] {
            let desk = Desk::new();
            desk.site("site", "1.1 One.");
            desk.put("site/site.toml", &format!("title = \"Site\"\n{settings}"));
            let path = desk.path(place);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            if device {
                std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
            } else {
                pipe(&path);
            }
            for line in ["build site", "check site", "cite x site", "theme list site", "compare site site"] {
                let builds = matches!(line, "build site" | "check site");
                match run(&desk, line) {
                    None => wrong.push(format!("`{line}` with {place} had not ended after {DEADLINE:?}")),
                    Some((ended, said)) if builds && (ended != status || !said.contains("error")) => {
                        wrong.push(format!("`{line}` with {place} ended with {ended}: {said}"));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_file_that_a_command_makes_beside_is_no_reason_to_wait() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    for place in [".public.clausebook-lock", "public/.clausebook", "copy/MANIFEST.json", "copy/MANIFEST.json.minisig"] {
        std::fs::create_dir_all(desk.path(place).parent().unwrap()).unwrap();
        pipe(&desk.path(place));
    }
    for line in ["build site", "verify public", "verify copy"] {
        let (status, said) = run(&desk, line).unwrap_or_else(|| panic!("`{line}` had not ended"));
        assert_eq!(status, 2, "`{line}`: {said}");
    }
}
