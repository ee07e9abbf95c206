//! Checks that reads are complete, writes are whole, and a person's files are never deleted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use clausebook::diagnostic::{Code, Diagnostic};
use clausebook::disk::{DiskError, WriteReport, check_output, read, read_theme, write};
use clausebook::output::{Artefact, OutPath, Output};
use clausebook::source::{Hash, Site, SourceMap};
use tempfile::TempDir;

use crate::folder::{MARKER, litter, marker, tree};

/// A folder with a site in it, and the place where its output goes.
struct Place {
    top: TempDir,
    root: PathBuf,
    out: PathBuf,
}

impl Place {
    fn new() -> Self {
        let top = tempfile::tempdir().unwrap();
        let (root, out) = (top.path().join("content"), top.path().join("public"));
        fs::create_dir(&root).unwrap();
        fs::write(root.join("site.toml"), "title = \"A site\"\n").unwrap();
        Place { top, root, out }
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self) -> (Site, Vec<Diagnostic>) {
        read(&self.root, SourceMap::new()).unwrap()
    }

    fn write(&self, output: &Output) -> Result<WriteReport, DiskError> {
        write(output, &self.root, &self.out)
    }

    /// Finds files beside the site and its output.
    fn litter(&self) -> Vec<String> {
        litter(self.top.path(), &["content", "public", "themes"])
    }
}

/// The paths of a site's texts; its other files are among the sources only so that a diagnostic can name them.
fn texts(site: &Site) -> Vec<&str> {
    site.sources.iter().map(|file| &*file.path).filter(|path| !site.assets.contains_key(*path)).collect()
}

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        output.add(OutPath::new(path).unwrap(), Artefact::text(*text)).unwrap();
    }
    output
}

fn copied(from: &str, bytes: &[u8]) -> Output {
    let mut output = output(&[("new.html", "new")]);
    let artefact = Artefact::Copied { from: from.to_owned(), hash: Hash::of(bytes) };
    output.add(OutPath::new("z/copied.png").unwrap(), artefact).unwrap();
    output
}

/// The tree that `write` makes of an output of made files.
fn expected(output: &Output) -> BTreeMap<String, Vec<u8>> {
    let made = output.iter().map(|(path, made)| (path.to_string(), made.bytes().unwrap().to_vec()));
    let mut files: BTreeMap<_, _> = made.collect();
    files.insert(MARKER.to_owned(), marker(&files));
    files
}

fn one_page() -> Output {
    output(&[("index.html", "one")])
}

#[track_caller]
fn refused(result: Result<WriteReport, DiskError>, why: &str) {
    let error = result.unwrap_err();
    assert!(error.message.contains(why), "{error}");
}

// Which folders are refused.

#[test]
fn a_folder_whose_place_is_wrong_is_refused() {
    let place = Place::new();
    let top = place.top.path();
    let wrong = |out: &Path, why: &str| {
        refused(write(&one_page(), &place.root, out), why);
        assert!(check_output(&place.root, out).unwrap_err().message.contains(why));
    };
    wrong(&place.root, "it is the site");
    wrong(&place.root.join("../content/."), "it is the site");
    wrong(top, "the site is inside it");
    wrong(Path::new("/"), "not the name of a folder");
    wrong(&place.root.join(".."), "not the name of a folder");
    wrong(Path::new("."), "it is the current folder");
    wrong(&std::env::current_dir().unwrap().join("../").join("."), "not the name of a folder");
    wrong(std::env::current_dir().unwrap().parent().unwrap(), "is inside it");
    wrong(&top.join("absent/../public"), "does not exist");
    if let Some(home) = std::env::home_dir().filter(|home| home.parent().is_some() && home.is_dir()) {
        wrong(&home, "your home folder");
    }
    fs::write(top.join("file"), "").unwrap();
    wrong(&top.join("file"), "it is not a folder");
    wrong(&top.join("file/public"), "annot");
    assert_eq!(tree(&place.root).len(), 1);
    assert_eq!(place.litter(), ["file"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_refused_wherever_it_leads() {
    let place = Place::new();
    let top = place.top.path();
    fs::create_dir(top.join("elsewhere")).unwrap();
    for leads_to in ["elsewhere", "absent", "content"] {
        std::os::unix::fs::symlink(top.join(leads_to), &place.out).unwrap();
        refused(place.write(&one_page()), "it is a link");
        refused(write(&one_page(), &place.root, &place.out.join("")), "it is a link");
        fs::remove_file(&place.out).unwrap();
    }
    // A link on the way to it is not.
    std::os::unix::fs::symlink(top.join("elsewhere"), top.join("way")).unwrap();
    write(&one_page(), &place.root, &top.join("way/public")).unwrap();
    assert_eq!(tree(&top.join("elsewhere/public")), expected(&one_page()));
}

#[test]
fn what_a_person_made_is_never_deleted() {
    let place = Place::new();
    place.write(&output(&[("index.html", "one"), ("a/b.html", "two")])).unwrap();
    let refused_with = |named: &str| {
        let before = tree(&place.out);
        let error = place.write(&one_page()).unwrap_err();
        assert!(error.message.contains(named), "{error}");
        assert_eq!(error.help.as_deref(), Some("move that out, or delete the folder yourself"));
        assert_eq!(check_output(&place.root, &place.out).unwrap_err(), error);
        assert_eq!(tree(&place.out), before);
        assert!(place.litter().is_empty());
    };

    fs::write(place.out.join("a/notes.txt"), "mine").unwrap();
    refused_with("did not write: `a/notes.txt`");
    fs::remove_file(place.out.join("a/notes.txt")).unwrap();

    fs::create_dir(place.out.join("empty")).unwrap();
    refused_with("`empty`");
    fs::remove_dir(place.out.join("empty")).unwrap();

    fs::write(place.out.join("a/b.html"), "2wo").unwrap();
    refused_with("`a/b.html` (changed)");
    fs::write(place.out.join("a/b.html"), "two").unwrap();

    for n in 0..7 {
        fs::write(place.out.join(format!("{n}.txt")), "mine").unwrap();
    }
    refused_with("`0.txt`, `1.txt`, `2.txt`, `3.txt`, `4.txt` and 2 more");
    for n in 0..7 {
        fs::remove_file(place.out.join(format!("{n}.txt"))).unwrap();
    }

    #[cfg(unix)]
    {
        fs::remove_file(place.out.join("index.html")).unwrap();
        std::os::unix::fs::symlink("a/b.html", place.out.join("index.html")).unwrap();
        refused_with("`index.html`");
        fs::remove_file(place.out.join("index.html")).unwrap();
    }

    // What is missing is nobody's loss.
    place.write(&one_page()).unwrap();
    assert_eq!(tree(&place.out), expected(&one_page()));

    // Without a marker that is whole, all of it is someone else's.
    fs::write(place.out.join(".clausebook"), "clausebook output 1\nhalf a li").unwrap();
    refused_with("`.clausebook`, `index.html`");
    fs::remove_file(place.out.join(".clausebook")).unwrap();
    refused_with("`index.html`");
}

// What is written.

#[test]
fn a_site_is_replaced_whole_and_what_is_the_same_is_linked() {
    let place = Place::new();
    let out = place.top.path().join("not/there/yet/public");
    place.put("img/a.png", b"picture");
    let with = |files: &[(&str, &str)]| {
        let mut output = output(files);
        let artefact = Artefact::Copied { from: "img/a.png".to_owned(), hash: Hash::of(b"picture") };
        output.add(OutPath::new("img/a.png").unwrap(), artefact).unwrap();
        output
    };
    check_output(&place.root, &out).unwrap();
    assert!(!place.top.path().join("not").exists());
    let first = write(&with(&[("a.html", "same"), ("b/c.html", "old"), ("d/e.html", "gone")]), &place.root, &out);
    assert_eq!(first.unwrap(), WriteReport { files: 4, bytes: 18, changed: 4 });
    #[cfg(unix)]
    let inode = |path: &str| std::os::unix::fs::MetadataExt::ino(&fs::metadata(out.join(path)).unwrap());
    #[cfg(unix)]
    let before = ["a.html", "img/a.png", "b/c.html"].map(inode);

    let second = write(&with(&[("a.html", "same"), ("b/c.html", "new")]), &place.root, &out);
    assert_eq!(second.unwrap(), WriteReport { files: 3, bytes: 14, changed: 1 });
    let files = tree(&out);
    assert_eq!(files.keys().collect::<Vec<_>>(), [".clausebook", "a.html", "b/c.html", "img/a.png"]);
    assert_eq!((&files["b/c.html"][..], &files["img/a.png"][..]), (&b"new"[..], &b"picture"[..]));
    assert!(!out.join("d").exists());
    #[cfg(unix)]
    {
        let after = ["a.html", "img/a.png", "b/c.html"].map(inode);
        assert_eq!(before[..2], after[..2]);
        assert_ne!(before[2], after[2]);
    }
    assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_empty_folder_is_taken_and_one_inside_the_site_is_no_part_of_it() {
    let place = Place::new();
    let out = place.root.join("public");
    fs::create_dir(&out).unwrap();
    write(&one_page(), &place.root, &out).unwrap();
    assert_eq!(tree(&out), expected(&one_page()));
    let (site, diagnostics) = place.read();
    assert_eq!(site.sources.iter().map(|file| &*file.path).collect::<Vec<_>>(), ["site.toml"]);
    assert!(site.assets.is_empty() && diagnostics.is_empty());
}

#[test]
fn a_copied_file_must_be_what_it_was() {
    let place = Place::new();
    place.put("img/a.png", b"picture");
    place.write(&one_page()).unwrap();
    refused(place.write(&copied("img/a.png", b"another")), "`img/a.png` was changed while the site was built");
    refused(place.write(&copied("img/b.png", b"picture")), "cannot read `img/b.png`");
    refused(place.write(&copied("../themes/none/static/x.css", b"")), "cannot read `../themes/none/static/x.css`");
    fs::write(place.top.path().join("secret"), "s").unwrap();
    refused(place.write(&copied("../secret", b"s")), "leads out of the folder");
    assert_eq!(tree(&place.out), expected(&one_page()));
    assert_eq!(place.litter(), ["secret"]);
}

#[test]
fn what_dead_builds_left_is_swept_but_not_what_someone_put_there() {
    let place = Place::new();
    place.write(&one_page()).unwrap();
    let sibling = |what: &str| place.top.path().join(format!(".public.clausebook-{what}"));
    // Died while building, and died while deleting.
    fs::create_dir_all(sibling("new-1").join("a")).unwrap();
    fs::write(sibling("new-1").join("a/half.html"), "hal").unwrap();
    fs::create_dir(sibling("new-2")).unwrap();
    fs::copy(place.out.join(".clausebook"), sibling("new-2").join(".clausebook")).unwrap();
    fs::write(sibling("lock"), "").unwrap();
    // Not one of ours.
    fs::create_dir(sibling("new-folder")).unwrap();
    place.write(&one_page()).unwrap();
    assert_eq!(place.litter(), [".public.clausebook-new-folder"]);
    fs::remove_dir(sibling("new-folder")).unwrap();

    fs::create_dir(sibling("new-3")).unwrap();
    fs::copy(place.out.join(".clausebook"), sibling("new-3").join(".clausebook")).unwrap();
    fs::write(sibling("new-3").join("notes.txt"), "mine").unwrap();
    refused(place.write(&one_page()), "`notes.txt`");
    fs::remove_dir_all(sibling("new-3")).unwrap();

    // Died between the two renames of a system that cannot exchange: the old site is put back, even if the build fails.
    fs::rename(&place.out, sibling("old-4")).unwrap();
    refused(place.write(&copied("absent.png", b"")), "cannot read `absent.png`");
    assert_eq!(tree(&place.out), expected(&one_page()));
    assert!(place.litter().is_empty());
}

#[test]
fn what_someone_puts_there_during_a_build_is_kept() {
    let place = Place::new();
    place.write(&one_page()).unwrap();
    let notes = place.out.join("notes.txt");
    let result = std::thread::scope(|scope| {
        let writer = scope.spawn(|| place.write(&large("one")));
        while !writer.is_finished() && !place.litter().iter().any(|name| name.contains("-new-")) {}
        fs::write(&notes, "mine").unwrap();
        writer.join().unwrap()
    });
    // Whether it came before the exchange or after it.
    assert_eq!(fs::read(&notes).unwrap(), b"mine");
    let mut left = tree(&place.out);
    left.remove("notes.txt");
    assert_eq!(left, expected(&if result.is_ok() { large("one") } else { one_page() }));
    assert!(place.litter().is_empty());
}

// Under faults.

/// A site that fills some folders, and differs from that of another `word` in half of its files.
fn large(word: &str) -> Output {
    let mut output = Output::default();
    for n in 0..400 {
        let word = if n % 2 == 0 { word } else { "same" };
        let path = OutPath::new(&format!("{}/{}/{n}.html", n % 7, n % 3)).unwrap();
        output.add(path, Artefact::text(format!("{n} {word} ").repeat(300))).unwrap();
    }
    output.add(OutPath::new(&format!("only-{word}.html")).unwrap(), Artefact::text(word)).unwrap();
    output
}

/// Not a test of its own: what the next one starts as a process, and kills.
#[test]
fn writer_that_is_killed() {
    let Some(top) = std::env::var_os("CLAUSEBOOK_TEST_WRITE_UNTIL_KILLED") else { return };
    let (root, out) = (Path::new(&top).join("content"), Path::new(&top).join("public"));
    let outputs = [large("one"), large("two")];
    for output in outputs.iter().cycle() {
        write(output, &root, &out).unwrap();
    }
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new() {
    let place = Place::new();
    let outputs = [large("one"), large("two")];
    let whole = outputs.each_ref().map(expected);
    let started = Instant::now();
    write(&outputs[0], &place.root, &place.out).unwrap();
    write(&outputs[1], &place.root, &place.out).unwrap();
    let one_write = started.elapsed() / 2;
    let mut found_litter = 0;
    for round in 0..30_u32 {
        if round % 5 == 0 && place.out.exists() {
            fs::remove_dir_all(&place.out).unwrap();
        }
        let was_there = place.out.exists();
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writing::writer_that_is_killed"])
            .env("CLAUSEBOOK_TEST_WRITE_UNTIL_KILLED", place.top.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Spread evenly over the first two writes, in an order without a pattern.
        std::thread::sleep(one_write * 2 * (round * 11 % 30) / 30 + Duration::from_millis(5));
        assert!(writer.try_wait().unwrap().is_none(), "the writer ended by itself");
        writer.kill().unwrap();
        writer.wait().unwrap();
        found_litter += usize::from(!place.litter().is_empty());
        if place.out.exists() {
            let found = tree(&place.out);
            assert!(whole.contains(&found), "round {round}: {} files", found.len());
        } else {
            assert!(!was_there, "round {round}: the site is gone");
        }
        if round % 3 == 0 {
            let next = round as usize / 3 % 2;
            place.write(&outputs[next]).unwrap();
            assert_eq!(tree(&place.out), whole[next]);
            assert!(place.litter().is_empty());
        }
    }
    assert!(found_litter > 0, "no kill came while something was written");
}

#[test]
fn a_reader_finds_one_site_or_the_other_while_a_build_runs() {
    let place = Place::new();
    let outputs = [large("one"), large("two")];
    place.write(&outputs[0]).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for output in outputs.iter().cycle().skip(1).take(4) {
                place.write(output).unwrap();
            }
        });
        while !writer.is_finished() {
            fs::read(place.out.join("1/1/1.html")).unwrap();
        }
    });
}

#[test]
fn of_two_builds_at_once_one_refuses_or_waits() {
    let place = Place::new();
    let outputs = [large("one"), large("two")];
    let whole = outputs.each_ref().map(expected);
    for _ in 0..3 {
        let barrier = Barrier::new(2);
        let results = std::thread::scope(|scope| {
            let [one, two] = outputs.each_ref().map(|output| {
                let (place, barrier) = (&place, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    place.write(output)
                })
            });
            [one.join().unwrap(), two.join().unwrap()]
        });
        assert!(results.iter().any(Result::is_ok), "{results:?}");
        for error in results.into_iter().filter_map(Result::err) {
            assert!(error.message.starts_with("another build is writing `"), "{error}");
        }
        assert!(whole.contains(&tree(&place.out)));
        assert!(place.litter().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_parent_that_cannot_be_written_is_a_sentence() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = Place::new();
    if fs::metadata(&place.root).unwrap().uid() == 0 {
        return; // root may write anywhere
    }
    place.write(&one_page()).unwrap();
    fs::set_permissions(place.top.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let result = place.write(&output(&[("index.html", "two")]));
    fs::set_permissions(place.top.path(), fs::Permissions::from_mode(0o755)).unwrap();
    refused(result, "cannot write beside");
    assert_eq!(tree(&place.out), expected(&one_page()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let place = Place::new();
    let disk = place.top.path().join("small");
    fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "clausebook-test"]).arg(&disk).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        return; // only root may mount; `a_copied_file_must_be_what_it_was` fails halfway through a build, too
    }
    struct Unmount<'a>(&'a Path);
    impl Drop for Unmount<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).status();
        }
    }
    let _unmount = Unmount(&disk);
    let out = disk.join("public");
    write(&one_page(), &place.root, &out).unwrap();
    let error = write(&large("one"), &place.root, &out).unwrap_err();
    assert!(error.message.starts_with("cannot write `") && error.message.contains("No space left"), "{error}");
    assert_eq!(tree(&out), expected(&one_page()));
    assert_eq!(fs::read_dir(&disk).unwrap().count(), 1);
}

// What is read.

fn codes(diagnostics: &[Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|d| d.code).collect()
}

/// The code, line and column of each diagnostic.
fn places(site: &Site, diagnostics: &[Diagnostic]) -> Vec<(Code, String, (usize, usize))> {
    let place = |d: &Diagnostic| {
        let file = site.sources.file(d.span.file);
        (d.code, file.path.to_string(), file.line_column(d.span.start))
    };
    diagnostics.iter().map(place).collect()
}

#[test]
fn a_site_is_texts_and_assets_in_path_order() {
    let place = Place::new();
    place.put("b.md", "b");
    place.put("a/z.md", "z");
    place.put("a-b.md", "ab");
    place.put("theme/templates/deep/page.html", "<p>");
    place.put("theme/static/page.html", "<p>");
    place.put("img/a.png", [0xff, 0x00]);
    for passed_over in [".hidden.md", ".git/config.toml", "b.md~", "#b.md#", "4913"] {
        place.put(passed_over, "");
    }
    let (site, diagnostics) = place.read();
    assert_eq!(diagnostics, []);
    let sources = texts(&site);
    assert_eq!(sources, ["a-b.md", "a/z.md", "b.md", "site.toml", "theme/templates/deep/page.html"]);
    let assets: Vec<_> = site.assets.iter().map(|(path, hash)| (path.as_str(), *hash)).collect();
    assert_eq!(assets, [("img/a.png", Hash::of(&[0xff, 0x00])), ("theme/static/page.html", Hash::of(b"<p>"))]);
}

#[test]
fn a_folder_without_a_site_is_refused() {
    let place = Place::new();
    fs::remove_file(place.root.join("site.toml")).unwrap();
    assert!(read(&place.root, SourceMap::new()).unwrap_err().message.contains("it has no `site.toml`"));
    assert!(read(&place.root.join("absent"), SourceMap::new()).unwrap_err().message.starts_with("cannot read"));
}

#[test]
fn a_path_keeps_its_id_and_a_lost_file_is_forgotten() {
    let place = Place::new();
    place.put("a.md", "a");
    place.put("b.md", "b");
    let id = |site: &Site, path: &str| site.sources.find(path).map(|file| file.id);
    let (first, _) = place.read();
    fs::remove_file(place.root.join("a.md")).unwrap();
    place.put("0.md", "0");
    let (second, _) = read(&place.root, first.sources.clone()).unwrap();
    assert_eq!(id(&second, "a.md"), None);
    assert_eq!(id(&second, "b.md"), id(&first, "b.md"));
    place.put("a.md", "again");
    let (third, _) = read(&place.root, second.sources).unwrap();
    assert_eq!(id(&third, "a.md"), id(&first, "a.md"));
}

#[test]
fn texts_are_made_even_and_what_is_wrong_has_a_place() {
    let place = Place::new();
    place.put("a.md", "\u{feff}one\r\ntwo\rthree\n");
    place.put("b.md", b"one\r\n\xc3\xa9 caf\xe9 and more\ntwo");
    place.put("c.md", "a\n\u{0}b\u{7}\u{c}\u{85}\t\u{1}\u{2}\u{3}");
    place.put("d.md", "a \u{202e}b");
    // Larger than any site could allow.
    place.put("e.md", vec![b'x'; (64 << 20) + 1]);
    let (site, diagnostics) = place.read();
    let at = |code, path: &str, line, column| (code, path.to_owned(), (line, column));
    let c = |line, column| at(Code::ControlCharacter, "c.md", line, column);
    assert_eq!(
        places(&site, &diagnostics),
        [
            at(Code::NotUtf8, "b.md", 2, 6),
            c(2, 1),
            c(2, 3),
            c(2, 4),
            c(2, 5),
            c(2, 7),
            at(Code::BidiControl, "d.md", 1, 3),
            at(Code::TooLarge, "e.md", 1, 1),
        ]
    );
    let text = |path: &str| site.sources.find(path).unwrap().text.to_string();
    assert_eq!(text("a.md"), "one\ntwo\nthree\n");
    assert_eq!(text("b.md"), "one\né caf\u{fffd} and more");
    assert_eq!(text("e.md"), "");
    assert!(diagnostics[0].message.contains("0xE9"));
    assert_eq!(diagnostics[5].help.as_deref(), Some("remove it, and 2 more in this file"));
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_but_a_file_of_the_site_is_opened() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let place = Place::new();
    let root = &place.root;
    fs::write(place.top.path().join("secret.md"), "secret").unwrap();
    place.put("docs/a.md", "a");
    place.put("docs/b.png", "b");
    symlink("docs/a.md", root.join("in.md")).unwrap();
    symlink(root.join("docs/b.png"), root.join("in.png")).unwrap();
    let links = [
        ("out.md", "../secret.md"),
        ("zero.png", "/dev/zero"),
        ("dir", "docs"),
        ("lost", "nowhere"),
        ("me.md", "me.md"),
    ];
    for (name, target) in links {
        symlink(target, root.join(name)).unwrap();
    }
    for pipe in ["pipe.md", "pipe.png"] {
        assert!(Command::new("mkfifo").arg(root.join(pipe)).status().unwrap().success());
    }
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket.md")).unwrap();
    fs::write(root.join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
    let (site, diagnostics) = place.read();
    assert!(codes(&diagnostics).iter().all(|code| *code == Code::UnreadableSource), "{diagnostics:?}");
    let paths: Vec<_> = places(&site, &diagnostics).into_iter().map(|(_, path, _)| path).collect();
    let bad = ["caf\u{fffd}.md", "dir", "lost", "me.md", "out.md", "pipe.md", "pipe.png", "socket.md", "zero.png"];
    assert_eq!(paths, bad);
    assert!(bad.iter().all(|path| site.sources.find(path).unwrap().text.is_empty()));
    assert_eq!(&*site.sources.find("in.md").unwrap().text, "a");
    assert_eq!(site.assets["in.png"], Hash::of(b"b"));
    assert!(diagnostics[4].message.ends_with("it is a link that leads out of the folder"));
}

#[test]
fn a_theme_beside_the_site_is_read_and_copied() {
    let place = Place::new();
    let theme = place.top.path().join("themes/plain");
    for (path, text) in [
        ("theme.toml", "name = \"plain\""),
        ("templates/base.html", "<p>"),
        ("templates/notes.txt", "no"),
        ("static/css/x.css", "p{}"),
        ("README.md", "no"),
    ] {
        fs::create_dir_all(theme.join(path).parent().unwrap()).unwrap();
        fs::write(theme.join(path), text).unwrap();
    }
    let (mut site, mut diagnostics) = place.read();
    assert!(read_theme(&place.root, "plain", &mut site, &mut diagnostics).unwrap());
    assert_eq!(diagnostics, []);
    let sources = texts(&site);
    assert_eq!(sources, ["../themes/plain/templates/base.html", "../themes/plain/theme.toml", "site.toml"]);
    let from = "../themes/plain/static/css/x.css";
    assert_eq!(site.assets.keys().collect::<Vec<_>>(), [from]);
    place.write(&copied(from, b"p{}")).unwrap();
    assert_eq!(tree(&place.out)["z/copied.png"], b"p{}");

    for absent in ["absent", "", ".", "..", "../content", "plain/static", "/"] {
        assert!(!read_theme(&place.root, absent, &mut site, &mut diagnostics).unwrap(), "{absent}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc", place.top.path().join("themes/link")).unwrap();
        let error = read_theme(&place.root, "link", &mut site, &mut diagnostics).unwrap_err();
        assert!(error.message.starts_with("cannot read the theme `themes/link`"), "{error}");
    }
    assert_eq!(diagnostics, []);
}
