//! Hostile files in a site: bytes that are no text, bad names, and what is no file.

use std::fs;
use std::path::Path;

use super::Case;

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

pub fn cases() -> Vec<Case> {
    let sound = "+++\ntitle = \"A\"\n+++\n\n1.1 Text.\n";
    let with = |bytes: &[u8]| [sound.as_bytes(), bytes].concat();
    let paper =
        |path: &str| Case::fault(format!("a document at {path}"), "invalid-id", format!("{path}:1")).file(path, sound);
    let mut cases = vec![
        Case::inert("a byte-order mark").file("a.md", format!("\u{feff}{sound}")).shows("a.html", "Text."),
        Case::fault("two byte-order marks", "missing-front-matter", "a.md:1")
            .file("a.md", format!("\u{feff}\u{feff}{sound}")),
        Case::inert("line ends of Windows").file("a.md", sound.replace('\n', "\r\n")).shows("a.html", "Text."),
        Case::inert("line ends of an old Macintosh").file("a.md", sound.replace('\n', "\r")).shows("a.html", "Text."),
        Case::fault("UTF-16", "not-utf8", "a.md:1").file("a.md", utf16(sound)),
        Case::fault("Latin-1", "not-utf8", "a.md:6").file("a.md", with(b"caf\xe9\n")),
        Case::fault("a slash in too many bytes", "not-utf8", "a.md:6").file("a.md", with(b"\xc0\xaf\n")),
        Case::fault("half a pair", "not-utf8", "a.md:6").file("a.md", with(b"\xed\xa0\x80\n")),
        Case::fault("past the last character", "not-utf8", "a.md:6").file("a.md", with(b"\xf4\x90\x80\x80\n")),
        Case::fault("a letter cut off", "not-utf8", "a.md:6").file("a.md", with(b"caf\xc3")),
        Case::fault("a file of nothing", "missing-front-matter", "a.md:1").file("a.md", ""),
        Case::fault("a file of one mark", "missing-front-matter", "a.md:1").file("a.md", "+++"),
        Case::fault("a picture named as a document", "control-character", "p.md:1").file("p.md", b"\x01PNG\r\n\x1a\n"),
        Case::fault("a file of more than 4 MiB", "too-large", "a.md:1").file("a.md", "1.1 x\n".repeat(800_000)),
        Case::fault("settings that are not UTF-8", "not-utf8", "site.toml:1").file("site.toml", b"title = \"\xff\"\n"),
        paper("con.md"),
        paper("lpt9.md"),
        Case::inert("a document at UPPER.md").file("UPPER.md", sound).shows("upper.html", "Text."),
        Case::inert("a document at with space.md").file("with space.md", sound).shows("with-space.html", "Text."),
        Case::inert("a document at café.md").file("café.md", sound).shows("cafe.html", "Text."),
        Case::fault("a document with a bidi override in its name", "invalid-id", "a\u{fffd}b.md:1")
            .file("a\u{202e}b.md", sound),
        paper("-x.md"),
        paper("<script>.md"),
        paper("a'b\"c.md"),
        paper("search.md"),
        paper(&format!("{}.md", "x".repeat(70))),
        Case::fault("twins of one name", "duplicate-id", "x/b.md:1").file("x/b.md", sound),
        Case::fault("a picture with a name in another script", "invalid-id", "a.md:5")
            .file("рicture.png", "x")
            .body("1.1 ![x](рicture.png)"),
        Case::fault("a picture that climbs", "broken-link", "a.md:5").body("1.1 ![x](../../etc/passwd)"),
        Case::fault("a picture by its whole path", "missing-file", "a.md:5").body("1.1 ![x](/etc/passwd)"),
        Case::inert("a picture with a script in it")
            .file("p.svg", "<svg onload=\"alert(1)\"/>")
            .body("1.1 ![x](p.svg)"),
        Case::inert("a folder in a folder in a folder").file(&format!("{}x.txt", "d/".repeat(200)), "x"),
        Case::inert("hidden files").file(".env", "SECRET=1").file(".git/config", "x").file("..md", "x"),
    ];
    if cfg!(unix) {
        cases.extend(special());
    }
    cases
}

#[cfg(not(unix))]
fn special() -> Vec<Case> {
    Vec::new()
}

/// Cases that need a file system.
#[cfg(unix)]
fn special() -> Vec<Case> {
    use std::os::unix::fs::symlink;
    fn pipe(path: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }
    let refused = |name: &str, file: &str, prepare: fn(&Path)| {
        Case::fault(name, "unreadable-source", format!("{file}:1")).prepare(prepare)
    };
    vec![
        refused("a link out of the site", "c.md", |top| {
            fs::write(top.join("secret.md"), "secret").unwrap();
            symlink("../secret.md", top.join("content/c.md")).unwrap();
        }),
        refused("a link to a whole path", "c.md", |top| symlink("/etc/passwd", top.join("content/c.md")).unwrap()),
        refused("a link to itself", "c.md", |top| symlink("c.md", top.join("content/c.md")).unwrap()),
        refused("a link to nothing", "c.md", |top| symlink("nowhere.md", top.join("content/c.md")).unwrap()),
        refused("a link to a device without end", "c.md", |top| {
            symlink("/dev/zero", top.join("content/c.md")).unwrap()
        }),
        refused("a folder that is a link out", "packs", |top| symlink("/etc", top.join("content/packs")).unwrap()),
        refused("a folder that is a link to the site", "packs", |top| symlink(".", top.join("content/packs")).unwrap()),
        refused("a pipe", "c.md", |top| pipe(&top.join("content/c.md"))),
        refused("a pipe as a picture", "p.png", |top| pipe(&top.join("content/p.png"))),
        refused("a socket", "c.md", |top| {
            drop(std::os::unix::net::UnixListener::bind(top.join("content/c.md")).unwrap());
        }),
        refused("a link as a template", "theme/templates/not-found.html", |top| {
            fs::create_dir_all(top.join("content/theme/templates")).unwrap();
            symlink("/etc/passwd", top.join("content/theme/templates/not-found.html")).unwrap();
        }),
        refused("a link as a file of the theme", "theme/static/x.css", |top| {
            fs::create_dir_all(top.join("content/theme/static")).unwrap();
            symlink("/etc/passwd", top.join("content/theme/static/x.css")).unwrap();
        }),
        refused("a link as the ledger", "permalinks/b.txt", |top| {
            fs::create_dir(top.join("content/permalinks")).unwrap();
            symlink("/etc/passwd", top.join("content/permalinks/b.txt")).unwrap();
        }),
        Case::inert("a link within the site").prepare(|top| {
            fs::rename(top.join("content/b.md"), top.join("content/index-b.txt")).unwrap();
            symlink("index-b.txt", top.join("content/b.md")).unwrap();
        }),
        Case::fault("a name that is not UTF-8", "unreadable-source", "caf\u{fffd}.md:1").prepare(|top| {
            use std::os::unix::ffi::OsStrExt;
            fs::write(top.join("content").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
        }),
    ]
}
