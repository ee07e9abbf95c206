//! The preview never goes on showing old words in silence: whatever takes the place of a folder that it watches is seen, and
//! what cannot be seen is said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::serve::{Preview, document, put};

/// A way in which a folder or a file comes to be another one of the same name.
type Replace = fn(&Path);

/// A hidden name beside a path, which no site reads.
fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(format!(".{name}-{}", path.file_name().unwrap().to_str().unwrap()))
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-R").args([from, to]).status().unwrap().success());
}

fn delete(path: &Path) {
    if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

const WAYS: [(&str, Replace); 4] = [
    ("replaced by a copy", |path| {
        copy(path, &beside(path, "new"));
        fs::rename(path, beside(path, "old")).unwrap();
        fs::rename(beside(path, "new"), path).unwrap();
    }),
    ("moved away and back", |path| {
        fs::rename(path, beside(path, "old")).unwrap();
        fs::rename(beside(path, "old"), path).unwrap();
    }),
    ("deleted and made anew", |path| {
        copy(path, &beside(path, "new"));
        delete(path);
        copy(&beside(path, "new"), path);
    }),
    ("replaced while the old one stays open elsewhere", |path| {
        copy(path, &beside(path, "new"));
        fs::rename(path, beside(path, "older")).unwrap();
        copy(&beside(path, "new"), path);
    }),
];

/// Replaces what is at `place` in every way, and after each edits `file` there twice; each edit must come to `page`.
fn follows(preview: &Preview, place: &Path, file: &str, page: &str, text: impl Fn(&str) -> String) {
    for (n, (way, replace)) in WAYS.iter().enumerate() {
        replace(place);
        // Whatever the preview does at once is over by then: from here on only what it watches helps.
        sleep(Duration::from_millis(400));
        for edit in 0..2 {
            let words = format!("Edit {edit} after it was {way}.");
            put(place, file, &text(&words));
            preview.until(page, &words);
        }
        for name in ["old", "new", "older"] {
            let path = beside(place, name);
            if path.exists() {
                // Aside and not deleted: no number of a file may come back.
                fs::rename(&path, beside(place, &format!("{name}-{n}"))).unwrap();
            }
        }
    }
}

#[test]
fn a_site_whose_folder_is_replaced_is_followed() {
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &[]);
    follows(&preview, &preview.root(), "a.md", "/a.html", |words| document("A", words));
    // By polling no less.
    let preview = Preview::new(&[("a.md", &document("A", "One."))], &["--poll"]);
    follows(&preview, &preview.root(), "a.md", "/a.html", |words| document("A", words));
}

#[test]
fn a_folder_within_the_site_that_is_replaced_is_followed() {
    let preview = Preview::new(&[("deep/er/a.md", &document("A", "One."))], &[]);
    for (place, file) in [("deep", "er/a.md"), ("deep/er", "a.md")] {
        let place = preview.root().join(place);
        follows(&preview, &place, file, "/deep/er/a.html", |words| document("A", words));
    }
    // A restored branch: the folder is gone for a while, and comes back with a text of the same size and the same age.
    let file = preview.root().join("deep/er/a.md");
    fs::write(&file, document("A", "Four.")).unwrap();
    preview.until("/deep/er/a.html", "Four.");
    let age = fs::metadata(&file).unwrap().modified().unwrap();
    fs::remove_dir_all(preview.root().join("deep")).unwrap();
    preview.becomes("it is gone", || !preview.get("/deep/er/a.html").text().contains("Four."));
    preview.put("deep/er/a.md", &document("A", "Five."));
    fs::File::options().write(true).open(&file).unwrap().set_modified(age).unwrap();
    preview.until("/deep/er/a.html", "Five.");
}

#[test]
fn a_theme_whose_folder_is_replaced_is_followed() {
    let preview = Preview::new(
        &[
            ("site.toml", "title = \"A\"\ntheme = \"ours\"\n"),
            ("../themes/ours/templates/home.html", "<p>Ours</p>"),
            ("theme/templates/not-found.html", "<p>None</p>"),
        ],
        &[],
    );
    let page = |words: &str| format!("<p>{words}</p>");
    for (place, file) in [("themes/ours", "templates/home.html"), ("themes", "ours/templates/home.html")] {
        follows(&preview, &preview.top.path().join(place), file, "/index.html", page);
    }
    follows(&preview, &preview.root().join("theme"), "templates/not-found.html", "/nowhere", page);
}

fn extending(upstream: &str) -> String {
    format!("title = \"Ours\"\nclause-pages = false\n[extends]\nsite = \"{upstream}\"\n")
}

#[test]
fn a_site_that_is_extended_and_replaced_is_followed() {
    let preview = Preview::new(
        &[
            ("site.toml", &extending("../upstream")),
            ("../upstream/site.toml", "title = \"Theirs\"\n"),
            ("../upstream/rules.md", &document("Rules", "By the hour.")),
        ],
        &[],
    );
    preview.until("/rules.html", "By the hour.");
    follows(&preview, &preview.top.path().join("upstream"), "rules.md", "/rules.html", |words| {
        document("Rules", words)
    });
}

#[test]
fn a_bundle_that_is_extended_and_replaced_is_followed() {
    let top = tempfile::tempdir().unwrap();
    let bundle = |words: &str, name: &str| {
        put(&top.path().join("halls"), "site.toml", "title = \"Halls\"\nedition = \"2026\"\n");
        put(&top.path().join("halls"), "rules.md", &document("Rules", words));
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        let path = top.path().join(name);
        command.current_dir(top.path()).args(["bundle", "halls", "--with-sources", "--output"]).arg(&path);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        path
    };
    let bundles: Vec<PathBuf> = (0..5).map(|n| bundle(&format!("Bundle {n}."), &format!("{n}.zip"))).collect();
    let preview = Preview::new(&[("site.toml", "title = \"Ours\"\n"), ("a.md", &document("A", "One."))], &[]);
    let place = preview.top.path().join("halls.zip");
    fs::copy(&bundles[0], &place).unwrap();
    preview.put("site.toml", &extending("../halls.zip"));
    preview.until("/rules.html", "Bundle 0.");
    // Written over.
    fs::copy(&bundles[1], &place).unwrap();
    preview.until("/rules.html", "Bundle 1.");
    // Renamed over, as whoever downloads it does.
    fs::copy(&bundles[2], beside(&place, "new")).unwrap();
    fs::rename(beside(&place, "new"), &place).unwrap();
    preview.until("/rules.html", "Bundle 2.");
    fs::copy(&bundles[3], beside(&place, "new")).unwrap();
    fs::rename(beside(&place, "new"), &place).unwrap();
    preview.until("/rules.html", "Bundle 3.");
    // Deleted, which is said, and put there again.
    fs::remove_file(&place).unwrap();
    let mut page = preview.listen("rules.html");
    while !page.up_to("faults").1.contains("invalid-upstream") {}
    fs::copy(&bundles[4], &place).unwrap();
    preview.until("/rules.html", "Bundle 4.");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_the_site_is_followed_when_it_leads_elsewhere() {
    use std::os::unix::fs::symlink;
    let mut shell = Command::new("sh");
    shell.args(["-c", "ln -s content current; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_clausebook")]);
    let preview = Preview::started_by(shell, &[("a.md", &document("A", "One."))], &["current"]);
    let top = preview.top.path();
    for n in 0..3 {
        let site = format!("release-{n}");
        copy(&preview.root(), &top.join(&site));
        put(&top.join(&site), "a.md", &document("A", &format!("Release {n}.")));
        symlink(&site, top.join("next")).unwrap();
        fs::rename(top.join("next"), top.join("current")).unwrap();
        preview.until("/a.html", &format!("Release {n}."));
        put(&top.join(&site), "a.md", &document("A", &format!("Release {n}, edited.")));
        preview.until("/a.html", &format!("Release {n}, edited."));
    }
    // A document may be a link to a hidden file of the site, which no report names.
    let site = top.join("release-2");
    put(&site, ".store/b", &document("B", "Stored."));
    symlink(".store/b", site.join("b.md")).unwrap();
    preview.until("/b.html", "Stored.");
    put(&site, ".store/b", &document("B", "Stored anew."));
    preview.until("/b.html", "Stored anew.");
}

/// Runs clausebook with what it says on standard error in the file `said`.
fn heard(before: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{before} exec \"$0\" \"$@\" 2> said"), env!("CARGO_BIN_EXE_clausebook")]);
    shell
}

fn said(preview: &Preview) -> String {
    fs::read_to_string(preview.top.path().join("said")).unwrap()
}

#[test]
fn a_site_that_is_gone_is_said_to_be_lost_until_it_is_back() {
    for polling in [&[][..], &["--poll"]] {
        let preview = Preview::started_by(heard(""), &[("a.md", &document("A", "One."))], polling);
        let mut page = preview.listen("a.html");
        page.up_to("faults");
        let aside = preview.top.path().join("aside");
        fs::rename(preview.root(), &aside).unwrap();
        let (_, faults) = page.up_to("faults");
        assert!(faults.contains("the preview has lost sight of the site, and keeps looking for it"), "{faults}");
        assert!(faults.contains("\"stale\":true"), "{faults}");
        assert!(preview.get("/a.html").text().contains("One."), "the last good pages stay");
        // An empty folder in its place is no site either.
        fs::create_dir(preview.root()).unwrap();
        let (_, faults) = page.up_to("faults");
        assert!(faults.contains("no `site.toml`"), "{faults}");
        preview.put("a.md", &document("A", "No settings yet."));
        fs::remove_dir_all(preview.root()).unwrap();
        fs::rename(&aside, preview.root()).unwrap();
        let mut faults = page.up_to("faults").1;
        while !faults.contains("\"faults\":[]") {
            faults = page.up_to("faults").1;
        }
        let said = said(&preview);
        assert!(said.contains("The preview has lost sight of the site."), "{said}");
        assert!(said.matches("lost sight").count() <= 4, "said again and again: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_watch_to_give_the_preview_looks_by_itself_and_says_so() {
    // The bounds of a user are those of a name space, which anyone may lower for a process of theirs.
    let mut possible = Command::new("unshare");
    possible.args(["-Ur", "sh", "-c", "echo 1 > /proc/sys/user/max_inotify_watches"]);
    if !possible.output().is_ok_and(|done| done.status.success()) {
        eprintln!("\n!!! NOT TESTED: a system without watches: no name space of users can be made here !!!\n");
        return;
    }
    for (bound, name) in [
        ("1 > /proc/sys/user/max_inotify_watches", "max_user_watches"),
        ("0 > /proc/sys/user/max_inotify_instances", "max_user_instances"),
    ] {
        let mut shell = Command::new("unshare");
        let script = format!("echo {bound}; exec \"$0\" \"$@\" 2> said");
        shell.args(["-Ur", "sh", "-c", &script, env!("CARGO_BIN_EXE_clausebook")]);
        let preview = Preview::started_by(shell, &[("deep/a.md", &document("A", "One."))], &[]);
        preview.becomes("it is said", || said(&preview).contains(name));
        assert!(said(&preview).contains("looks at every file twice a second"), "{}", said(&preview));
        follows(&preview, &preview.root(), "deep/a.md", "/deep/a.html", |words| document("A", words));
        assert_eq!(said(&preview).matches(name).count(), 1, "said once");
    }
}

/// A folder that the site does not read may be closed to whoever writes: the preview is not concerned.
#[cfg(unix)]
#[test]
fn a_closed_folder_that_is_not_read_holds_up_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let closed = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o0)).unwrap();
    let mut shell = Command::new("sh");
    // Root is refused nothing, so the command is run as nobody in particular.
    let script = "mkdir -p content/.store/closed content/.git && chmod 0 content/.store/closed && chmod 0 content/.git && chmod 755 . && \
                  cp \"$0\" own && if [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid 65534 --regid 65534 --clear-groups ./own \"$@\"; \
                  else exec ./own \"$@\"; fi";
    shell.args(["-c", script, env!("CARGO_BIN_EXE_clausebook")]);
    let preview = Preview::started_by(shell, &[("a.md", &document("A", "One."))], &[]);
    preview.put("a.md", &document("A", "Two."));
    preview.until("/a.html", "Two.");
    // One that is read and closed is a fault, and the rest goes on; opened, it is read.
    preview.put("deep/b.md", &document("B", "Three."));
    preview.until("/deep/b.html", "Three.");
    let deep = preview.root().join("deep");
    closed(&deep);
    let mut page = preview.listen("a.html");
    while !page.up_to("faults").1.contains("cannot be read") {}
    fs::set_permissions(&deep, fs::Permissions::from_mode(0o755)).unwrap();
    preview.put("deep/b.md", &document("B", "Four."));
    preview.until("/deep/b.html", "Four.");
    // So that the folder can be deleted by anyone.
    for path in [".store/closed", ".git"] {
        fs::set_permissions(preview.root().join(path), fs::Permissions::from_mode(0o755)).unwrap();
    }
}
