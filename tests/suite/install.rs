//! Promises to those who do not know clausebook yet: examples that build, commands of README that are
//! there, exit statuses, JSON, and one version everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cli::Desk;
use crate::folder::tree;

const EXAMPLES: [&str; 4] = ["rules", "policy", "guidance", "standard"];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The chapter of the manual about installing.
fn chapter() -> String {
    text("content/manual/install.md")
}

/// The first cells of the table that follows a clause of that chapter.
fn first_cells(clause: &str) -> Vec<String> {
    let chapter = chapter();
    let after = chapter.split_once(&format!("{{#{clause}}}")).unwrap().1;
    let rows = after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.skip(2).map(|row| row.split('|').nth(1).unwrap().trim().to_owned()).collect()
}

#[test]
fn every_example_builds_without_a_warning_and_has_all_its_files() {
    let desk = Desk::new();
    let settings = text("src/starter/.gitattributes").into_bytes();
    for name in EXAMPLES {
        desk.run(&format!("new --from {name} {name}")).ends_with(0);
        let mut kept = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/examples").join(name));
        kept.insert(".gitattributes".to_owned(), settings.clone());
        assert!(desk.tree(name) == kept, "{name}: a file is left out");
        desk.run(&format!("build {name} --deny warnings --output {name}-built")).ends_with(0);
        // Each cites a law, or explains its words, or has relations: it is no bare text.
        assert!(desk.path(&format!("{name}-built/index.html")).is_file());
    }
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/examples")).unwrap();
    assert_eq!(folders.count(), EXAMPLES.len());
    let law = fs::read_to_string(desk.path("policy-built/personal-data.html")).unwrap();
    assert!(law.contains("legislation.gov.uk/ukpga/2018/12/section/170"), "the law is a link");
    let annex = fs::read_to_string(desk.path("standard-built/labels.html")).unwrap();
    assert!(
        annex.contains("id=\"annex-a.1\"") && annex.contains("id=\"4.1-a\""),
        "numbers begin again, items have labels"
    );
    let summary = fs::read_to_string(desk.path("guidance-built/food-hygiene/2.1.html")).unwrap();
    assert!(summary.contains("one-page.html#1"), "a summary is shown at what it summarises");
    desk.run("new --from minutes other").ends_with(2);
}

/// The lines of commands in the blocks of a text.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.push(line.to_owned());
        }
    }
    found
}

#[test]
fn the_commands_of_readme_are_there() {
    let desk = Desk::new();
    let readme = text("README.md");
    let commands = commands(&readme);
    let ours = commands
        .iter()
        .filter_map(|line| line.strip_prefix("clausebook ").or_else(|| line.strip_prefix("cargo run -- ")));
    let mut known = 0;
    for line in ours {
        // Words in quotation marks are one.
        let parts = line.split('"').enumerate();
        let words =
            parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
        let done = desk.run_in("", words.chain(["--help"])).ends_with(0);
        assert!(done.stdout.contains("Usage: clausebook "), "{line}");
        known += 1;
    }
    assert!(known >= 12, "{known}");
    // A fresh machine with Rust: .ci/run runs these as they are written.
    let run = text(".ci/run");
    for line in ["cargo test", "cargo run -- serve --open", "cargo run -- build --deny warnings"] {
        assert!(commands.iter().any(|command| command == line), "README lacks: {line}");
        let is_run =
            |command: &str| command.split_once(line).is_some_and(|(_, rest)| !rest.trim_start().starts_with('-'));
        assert!(run.lines().any(is_run), ".ci/run lacks: {line}");
    }
    // The three of the first screen, as they are written; the one that waits is for `serve`.
    let first: Vec<&str> = readme.split("```").nth(1).unwrap().trim().lines().collect();
    for line in first.iter().filter(|line| !line.contains(" serve ")) {
        desk.run(line.strip_prefix("clausebook ").unwrap()).ends_with(0);
    }
    assert!(first.len() == 3 && desk.path("public/index.html").is_file());
}

#[test]
fn an_exit_status_is_one_of_those_that_the_manual_lists() {
    let desk = Desk::new();
    desk.site("clean", "1.1 One.");
    desk.site("warned", "1.1 One.\n\n1.3 Three.");
    desk.site("wrong", "1.1 See [[9.9]].");
    desk.put("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 One.\n");
    desk.put("b.md", "+++\ntitle = \"A\"\n+++\n\n1.1 Two.\n");
    desk.run("bundle clean -o whole.zip").ends_with(0);
    desk.run("build clean -o broken").ends_with(0);
    fs::remove_file(desk.path("broken/paper.html")).unwrap();
    desk.put("cut.zip", "PK");
    let mut seen = BTreeSet::new();
    for (line, status) in [
        ("check clean", 0),
        ("check warned", 0),
        ("build warned -o out", 0),
        ("text warned --of paper", 0),
        ("compare a.md a.md", 0),
        ("verify whole.zip", 0),
        ("explain number-gap", 0),
        ("--version", 0),
        ("check warned --deny warnings", 1),
        ("build wrong", 1),
        ("bundle wrong", 1),
        ("epub wrong", 1),
        ("text wrong --of paper", 1),
        ("publish wrong", 1),
        ("renumber paper 1.1 --to 1.2 wrong", 1),
        ("compare a.md b.md", 1),
        ("verify broken", 1),
        ("check nowhere", 2),
        ("chekc", 2),
        ("build clean --jobs many", 2),
        ("compare a.md nowhere.md", 2),
        ("verify clean", 2),
        ("verify cut.zip", 2),
        ("text clean --of nothing", 2),
        ("explain nothing", 2),
        ("new clean", 2),
        ("init clean", 2),
        ("import nowhere.docx", 2),
        ("theme eject nothing clean", 2),
        ("-C nowhere check", 2),
    ] {
        let done = desk.run(line);
        assert_eq!(done.status, status, "{line}: {}", done.shown());
        seen.insert(status.to_string());
    }
    assert_eq!(first_cells("exit-status").into_iter().collect::<BTreeSet<_>>(), seen);
}

#[cfg(unix)]
#[test]
fn a_file_that_the_system_does_not_give_is_no_fault_of_the_texts() {
    let desk = Desk::new();
    desk.site("locked", "1.1 See [[other#1.1]].");
    desk.put("locked/other.md", "+++\ntitle = \"Other\"\n+++\n\n1.1 One.\n");
    desk.run("publish locked --note Both").ends_with(0);
    fs::remove_file(desk.path("locked/other.md")).unwrap();
    std::os::unix::fs::symlink("nowhere.md", desk.path("locked/other.md")).unwrap();
    let done = desk.run("check locked --format short").ends_with(1);
    assert_eq!(done.stdout.lines().count(), 1, "{}", done.stdout);
    assert!(done.stdout.starts_with("locked/other.md:1:1: error[unreadable-source]"), "{}", done.stdout);
}

#[test]
fn a_path_that_is_shown_is_a_word_of_a_shell() {
    let desk = Desk::new();
    for (folder, word) in [("a b", "'a b'"), ("$HOME", "'$HOME'"), ("it's", r"'it'\''s'"), ("dou\"ble", "'dou\"ble'")] {
        let done = desk.run_in("", ["new", folder]).ends_with(0);
        let shown = format!("clausebook build {word}\n");
        assert!(cfg!(windows) || done.stderr.contains(&shown), "{}", done.shown());
    }
    // A text is named in what is wrong with it as it was to the command.
    desk.site("site", "1.1 See [[9.9]].");
    let done = desk.run("check site/paper.md --format short").ends_with(1);
    assert!(done.stdout.starts_with("site/paper.md:"), "{}", done.stdout);
}

#[test]
fn every_command_that_prints_a_result_prints_it_as_json() {
    let desk = Desk::new();
    desk.site("site", "1.1 Under the Children Act 2004 partners meet.\n\n1.3 Three.");
    let row = "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n";
    desk.put("site/authorities.toml", row);
    desk.put("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 One.\n");
    desk.put("b.md", "+++\ntitle = \"A\"\n+++\n\n1.1 Two.\n");
    desk.put("texts/a.md", "# A\n\n1.1 One. See [x](x.md).\n");
    desk.put("paper.txt", "A paper\n\n1.1 One.\n\n1.2 Two.\n");
    desk.run("bundle site -o site.zip").ends_with(0);
    let mut asked = BTreeSet::new();
    let mut values = BTreeMap::new();
    for line in [
        "build site --format json -o out",
        "check site --format json",
        "bundle site --format json -o json.zip",
        "epub site --format json",
        "text site --of paper --format json",
        "publish site --format json",
        "check site --stale 12 --format json",
        "compare a.md b.md --format json",
        "cite Children+Act+2004 site --json",
        "verify site.zip --json",
        "explain --json",
        "explain number-gap --json",
        "init texts --json",
        "theme list site --json",
    ] {
        let done = desk.run_in("", line.split(' ').map(|word| word.replace('+', " ")));
        assert!(done.status < 2 && !done.stdout.is_empty(), "{line}: {}", done.shown());
        asked.insert(line.split(' ').find(|word| *word != "theme").unwrap().to_owned());
        // The text itself is what `text` prints; its faults are before it.
        let first = if line.starts_with("text ") { 1 } else { usize::MAX };
        for printed in done.stdout.lines().take(first) {
            let value: Value =
                serde_json::from_str(printed).unwrap_or_else(|error| panic!("{line}: {error}: {printed}"));
            values.insert(line, value);
        }
    }
    assert_eq!(values["check site --format json"]["code"], "number-gap");
    assert_eq!(values["check site --stale 12 --format json"]["key"], "ca2004");
    assert!(values["explain number-gap --json"]["explanation"].as_str().unwrap().contains("number"));
    assert_eq!(values["explain --json"][0]["severity"], "error");
    let seen = &values["init texts --json"][0];
    assert_eq!(
        (&seen["file"], &seen["links_to_fix"], &seen["front_matter"]),
        (&"a.md".into(), &1.into(), &false.into())
    );
    let part = &values["theme list site --json"].as_array().unwrap()[0];
    assert!(part["from"] == "default" && part["own"].as_str().unwrap().starts_with("theme/"), "{part}");
    desk.run("import paper.txt --to imported --report report.json").ends_with(0);
    let report: Value = serde_json::from_slice(&fs::read(desk.path("report.json")).unwrap()).unwrap();
    assert_eq!(report[0]["clauses"], 2);
    asked.insert("import".to_owned());
    // The manual has a row for each.
    let cells = first_cells("json").join(" ");
    let listed = cells
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|cell| cell.split(' ').find(|word| *word != "theme").unwrap().to_owned());
    assert_eq!(listed.collect::<BTreeSet<_>>(), asked);
}

#[test]
fn one_version_is_named_everywhere() {
    let version = env!("CARGO_PKG_VERSION");
    let changes = text("CHANGELOG.md");
    assert!(changes.contains(&format!("\n## [{version}] - ")), "CHANGELOG.md has no section for {version}");
    let chapter = chapter();
    let named: Vec<_> = chapter.split(['@', ' ']).filter_map(|word| word.trim().strip_prefix('v')).collect();
    let named = named.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let named: Vec<_> = named.map(|word| word.lines().next().unwrap()).collect();
    // Actions of others have numbers of one part.
    let ours: Vec<_> = named.iter().filter(|word| word.contains('.')).collect();
    assert!(ours.len() == 2 && ours.iter().all(|word| **word == version), "{ours:?}");
}

#[test]
fn the_manual_is_whole_as_a_site_of_its_own() {
    // As .ci/release/pack.py puts it into a package.
    let desk = Desk::new();
    for from in [".ci/release/manual", "content/manual"] {
        for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(from)) {
            desk.put(&format!("manual/{path}"), std::str::from_utf8(&bytes).unwrap());
        }
    }
    desk.run("build manual --deny warnings --output built").ends_with(0);
    let home = fs::read_to_string(desk.path("built/index.html")).unwrap();
    for path in tree(&desk.path("manual")).keys().filter(|path| path.ends_with(".md") && *path != "index.md") {
        assert!(
            home.contains(&format!("\"{}.html\"", path.trim_end_matches(".md"))),
            "{path} is not in the navigation"
        );
    }
}

/// A release is asked for by a tag: it must be the version, and the changes must have a section.
#[cfg(unix)]
#[test]
fn a_tag_that_is_not_the_version_is_refused() {
    let check = |tag: &str| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/release/check-tag");
        std::process::Command::new(script).arg(tag).output().unwrap()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert!(check(&format!("v{version}")).status.success());
    for tag in [version, "v9.9.9", "v0.2", "main"] {
        let done = check(tag);
        assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("Cargo.toml says"), "{tag}");
    }
}

/// Workflows are checked by programs that a release needs; where one is missing, that is said. Actions of others are named by
/// their commits, and nobody's secret is in a workflow.
#[test]
fn workflows_name_commits_and_are_checked_where_they_can_be() {
    let mut seen = 0;
    for path in
        [".github/workflows/ci.yml", ".github/workflows/release.yml", ".github/actions/clausebook-action/action.yml"]
    {
        let text = text(path);
        for line in text.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")) {
            let commit = line.split_once('@').and_then(|(_, rest)| rest.split(' ').next()).unwrap();
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{path}: {line}");
            assert!(line.contains(" # v"), "{path}: {line} does not say its version");
            seen += 1;
        }
        assert!(!text.contains("secrets."), "{path}");
        // What a workflow runs is there.
        for script in text.split_whitespace().filter(|word| word.starts_with(".ci/")) {
            let script = script.trim_matches(['"', '\'', ',']);
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(script).exists(), "{path}: {script}");
        }
    }
    assert!(seen >= 10, "{seen}");
    if cfg!(unix) {
        let lint = std::process::Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/release/lint"))
            .env_remove("CI")
            .output()
            .unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&lint.stdout), String::from_utf8_lossy(&lint.stderr));
        assert!(lint.status.success(), "{said}");
        if said.contains("NOT CHECKED") {
            eprintln!("{said}");
        }
    }
}
