//! Checks that files left by systems and programs do no harm: they are no fault of a site, an old
//! site with them can be replaced, and a copy with them is whole. Clausebook's own files in a
//! site's folder are not reported as unused.

use std::fs;

use crate::cli::Desk;
use crate::folder::{is_whole, tree};

/// Files as systems, editors and office programs name them.
const LITTER: [&str; 26] = [
    ".DS_Store",
    "._paper.docx",
    ".localized",
    "Icon\r",
    "__MACOSX/._paper.docx",
    "__MACOSX/.DS_Store",
    "Thumbs.db",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "Desktop.ini",
    "$RECYCLE.BIN/desktop.ini",
    "~$letter.docx",
    "~$Budget 2008.xlsx",
    "~WRL0001.tmp",
    ".~lock.letter.odt#",
    ".directory",
    ".nfs0000000000a1b2c3",
    ".fuse_hidden0000000100000001",
    ".dropbox",
    "paper.md~",
    "#paper.html#",
    ".#paper.md",
    ".paper.html.swp",
    "4913",
    "paper/Thumbs.db",
];

/// A desk with a site and as much litter in its folder, or in another, as there is.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk
}

fn put_litter(desk: &Desk, folder: &str) {
    for name in LITTER {
        desk.put(&format!("{folder}/{name}"), "left by a system");
    }
}

#[test]
fn litter_among_the_sources_is_passed_over() {
    let desk = desk();
    put_litter(&desk, "site");
    for folder in ["$RECYCLE.BIN", "System Volume Information", ".Trashes", ".Trash-1000", "@eaDir", "__MACOSX"] {
        desk.put(&format!("site/{folder}/$R1234.md"), "A text that somebody threw away.");
    }
    let done = desk.run("check site --deny warnings --format short");
    assert_eq!((done.status, done.stdout.as_str()), (0, ""), "{}", done.stderr);
    // What people name a little like it is theirs.
    desk.put("site/thumbs.png", "x");
    let done = desk.run("check site --deny warnings --format short");
    assert!(done.status == 1 && done.stdout.contains("thumbs.png:1:1: warning[unused-file]"), "{}", done.stdout);
}

#[test]
fn litter_in_a_theme_and_in_a_site_that_is_extended_is_passed_over() {
    let desk = desk();
    desk.put("site/site.toml", "title = \"A site\"\ntheme = \"town\"\n[extends]\nsite = \"../upstream\"\n");
    desk.put("themes/town/static/town.css", "p { color: red }");
    desk.put("upstream/site.toml", "title = \"Upstream\"\n");
    desk.put("upstream/rules.md", "+++\ntitle = \"Rules\"\n+++\n\n1.1 One.\n");
    for folder in ["upstream", "themes/town", "themes/town/static"] {
        put_litter(&desk, folder);
    }
    let done = desk.run("build site --deny warnings");
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(tree(&desk.path("public")).keys().all(|path| !path.to_lowercase().contains("thumbs")));
}

#[test]
fn litter_in_the_output_goes_with_the_old_site() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    let clean = desk.tree("public");
    // Though nothing has changed, it does not stay among what is published.
    put_litter(&desk, "public");
    let done = desk.run("build site");
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert_eq!(desk.tree("public"), clean);
    put_litter(&desk, "public");
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 Two.\n");
    let done = desk.run("build site");
    assert_eq!(done.status, 0, "{}", done.stderr);
    let built = desk.tree("public");
    assert!(is_whole(&built) && built.len() == clean.len());
    // So does a folder that holds nothing else.
    desk.put("new/.DS_Store", "x");
    assert_eq!(desk.run("build site --output new").status, 0);
    assert_eq!(desk.tree("new"), built);
}

#[test]
fn what_a_person_put_into_a_folder_of_a_system_is_kept() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    for path in ["$RECYCLE.BIN/$R1234.docx", "__MACOSX/letter.docx", "notes.bak", "desktop.ini.txt"] {
        desk.put(&format!("public/{path}"), "Months of work.");
        let done = desk.run("build site");
        assert!(done.status == 2 && done.stderr.contains(path), "{path}: {}", done.stderr);
        assert_eq!(fs::read_to_string(desk.path(&format!("public/{path}"))).unwrap(), "Months of work.");
        let verified = desk.run("verify public");
        assert!(verified.status == 1 && verified.stdout.contains(&format!("added: {path}")), "{}", verified.stdout);
        fs::remove_file(desk.path(&format!("public/{path}"))).unwrap();
    }
    assert_eq!(desk.run("build site").status, 0);
}

#[test]
fn a_copy_is_whole_whatever_systems_left_in_it() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    desk.put("public/.DS_Store", "x");
    desk.put("public/paper/Thumbs.db", "x");
    let done = desk.run("verify public");
    let said = "Passed over 2 files that a system or an editor left there: .DS_Store, paper/Thumbs.db\npublic is whole";
    assert!(done.status == 0 && done.stdout.is_empty() && done.stderr.starts_with(said), "{}", done.stderr);
    assert!(!done.stderr.contains("again"), "{}", done.stderr);
    let done = desk.run("verify public --json");
    let report: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(report["whole"], true);
    assert_eq!(report["passed-over"], serde_json::json!([".DS_Store", "paper/Thumbs.db"]));
    put_litter(&desk, "public");
    let done = desk.run("verify public");
    assert!(done.status == 0 && done.stderr.contains("and 6 more"), "{}", done.stderr);
    // Beside a fault it is not among the faults, and no copy is fetched for it.
    desk.put("public/paper.html", "x");
    let done = desk.run("verify public");
    assert_eq!((done.status, done.stdout.as_str()), (1, "changed: paper.html\n"), "{}", done.stderr);
}

/// Files by the names of litter that a browser shows or runs.
const SHOWN: [&str; 13] = [
    "._START-HERE.html",
    "._plan.png",
    ".~lock.x.js",
    "START.html~",
    "paper/._more.SVG~",
    "paper/~$index.html",
    "~$START-HERE.html",
    "~$START-HERE.txt",
    "~$call.mp4",
    "~$letter.pdf",
    "~$read.json",
    "~$setup.exe",
    "~$style.css",
];

#[test]
fn what_a_browser_shows_is_no_litter_of_a_copy() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    assert_eq!(desk.run("bundle site -o copy.zip").status, 0);
    zip::ZipArchive::new(fs::File::open(desk.path("copy.zip")).unwrap()).unwrap().extract(desk.path("copy")).unwrap();
    let copy = fs::read_dir(desk.path("copy")).unwrap().next().unwrap().unwrap().file_name();
    let copy = format!("copy/{}", copy.to_str().unwrap());
    for folder in ["public", &copy] {
        for name in SHOWN {
            desk.put(&format!("{folder}/{name}"), "Go elsewhere.");
        }
        let done = desk.run(&format!("verify {folder}"));
        let wanted: String = SHOWN.iter().map(|name| format!("added: {name}\n")).collect();
        assert_eq!((done.status, done.stdout), (1, wanted), "{}", done.stderr);
        assert!(!done.stderr.contains("Passed over"), "{}", done.stderr);
    }
}

#[test]
fn what_a_browser_shows_is_not_deleted_with_the_old_site_and_is_litter_among_the_sources() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    for name in SHOWN {
        desk.put(&format!("public/{name}"), "Months of work.");
        let done = desk.run("build site");
        assert!(done.status == 2 && done.stderr.contains(name), "{name}: {}", done.stderr);
        assert_eq!(fs::read_to_string(desk.path(&format!("public/{name}"))).unwrap(), "Months of work.");
        fs::remove_file(desk.path(&format!("public/{name}"))).unwrap();
    }
    for name in SHOWN {
        desk.put(&format!("site/{name}"), "Months of work.");
    }
    let done = desk.run("check site --deny warnings --format short");
    assert_eq!((done.status, done.stdout.as_str()), (0, ""), "{}", done.stderr);
}

#[test]
fn every_file_that_is_passed_over_is_named_where_there_are_few() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    let names: Vec<String> = (10..30).map(|n| format!("._{n}.docx")).collect();
    for name in &names {
        desk.put(&format!("public/{name}"), "x");
    }
    let done = desk.run("verify public");
    assert!(done.status == 0 && done.stderr.contains(&names.join(", ")), "{}", done.stderr);
}

#[test]
#[cfg(unix)]
fn a_link_by_the_name_of_litter_is_a_fault_of_a_copy() {
    let desk = desk();
    assert_eq!(desk.run("build site").status, 0);
    std::os::unix::fs::symlink("/etc/passwd", desk.path("public/.DS_Store")).unwrap();
    let done = desk.run("verify public");
    assert!(done.status == 1 && done.stdout.contains("link: .DS_Store"), "{}", done.stdout);
    let done = desk.run("build site");
    assert!(done.status == 2 && done.stderr.contains(".DS_Store"), "{}", done.stderr);
}

#[test]
fn what_clausebook_puts_into_the_folder_of_a_site_is_no_unused_file() {
    let desk = desk();
    for line in ["bundle", "epub", "bundle --single", "bundle --single=paper", "epub --of paper", "build"] {
        let done = desk.run_in("site", line.split_whitespace());
        assert_eq!(done.status, 0, "{line}: {}", done.stderr);
    }
    let made: Vec<_> = ["a-site.zip", "a-site.epub", "a-site.html", "paper.html", "paper.epub"].into();
    for name in &made {
        assert!(desk.path("site").join(name).is_file(), "{name}");
    }
    let check = || desk.run("check site --deny warnings --format short");
    let done = check();
    assert_eq!((done.status, done.stdout.as_str()), (0, ""), "{}", done.stderr);
    // It is known by what is in it: under another name it is the same, and another file under its name is not.
    fs::create_dir(desk.path("site/handed-out")).unwrap();
    fs::rename(desk.path("site/a-site.zip"), desk.path("site/handed-out/may.zip")).unwrap();
    assert_eq!(check().status, 0);
    for name in ["a-site.zip", "a-site.epub", "a-site.html"] {
        desk.put(&format!("site/{name}"), "<!doctype html><title>Not made by clausebook</title>");
        let done = check();
        let wanted = format!("site/{name}:1:1: warning[unused-file]");
        assert!(done.status == 1 && done.stdout.contains(&wanted), "{}", done.stdout);
        fs::remove_file(desk.path(&format!("site/{name}"))).unwrap();
    }
    // One that a document links to is published as any file is.
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 Take [all of it](handed-out/may.zip).\n");
    assert_eq!(desk.run("build site --deny warnings").status, 0);
    assert!(desk.path("public/handed-out/may.zip").is_file());
}
