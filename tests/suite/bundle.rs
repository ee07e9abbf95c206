//! A bundle is the same for the same site, and `verify` names every file of a copy that is not what was handed out; what a
//! stranger made of it is refused or named, and never followed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};

use clausebook::bundle::BundlePath;
use clausebook::bundle::signature::{self, VerifyingKey};
use clausebook::disk;
use clausebook::source::Hash;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipArchive, ZipWriter};

use crate::cli::Desk;

/// The folder in the bundles of these tests.
const TOP: &str = "a-site";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.site("site", "1.1 One, with [a plan](pictures/plan.svg).\n\n1.2 Two refers to [[1.1]].");
    desk.put("site/pictures/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    desk.put("site/pictures/unused.svg", "<svg/>\n");
    desk
}

/// Bundles the site as `b.zip` and unpacks that in `here`.
fn bundled() -> Desk {
    let desk = desk();
    done(&desk, "bundle site -o b.zip");
    unpack(&desk, "b.zip", "here");
    desk
}

fn done(desk: &Desk, line: &str) -> String {
    let done = desk.run(line);
    assert_eq!(done.status, 0, "{line}: {}{}", done.stdout, done.stderr);
    done.stderr
}

/// The files of a zip, in its order.
fn files(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
    let count = zip.len();
    let file = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(file).collect()
}

fn unpack(desk: &Desk, zip: &str, to: &str) {
    for (name, bytes) in files(&fs::read(desk.path(zip)).unwrap()) {
        let path = desk.path(&format!("{to}/{name}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A zip of these files, as `bundle` wrote it when the crate `zip` did it: none of them is stored.
fn zipped<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name, options.system(System::Unix).unix_permissions(0o644)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns the faults that `verify` finds in a copy.
fn faults(desk: &Desk, copy: &str) -> String {
    let done = desk.run(&format!("verify {copy}"));
    assert_eq!(done.status, 1, "{}{}", done.stdout, done.stderr);
    done.stdout
}

/// Returns the refusal of `verify`.
fn refusal(desk: &Desk, copy: &str) -> String {
    let done = desk.run(&format!("verify {copy}"));
    assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{}", done.stderr);
    done.stderr
}

#[test]
fn the_same_site_gives_the_same_bytes_with_any_number_of_threads() {
    let desk = desk();
    done(&desk, "bundle site -o one.zip --jobs 1");
    done(&desk, "bundle site -o two.zip --jobs 3");
    done(&desk, "bundle site -o sources.zip --with-sources");
    done(&desk, "bundle site -o sources-too.zip --with-sources --jobs 1");
    let read = |name: &str| fs::read(desk.path(name)).unwrap();
    assert!(read("one.zip") == read("two.zip"));
    assert!(read("sources.zip") == read("sources-too.zip"));
    assert!(read("one.zip") != read("sources.zip"));
}

#[test]
fn a_bundle_is_the_site_that_build_writes_in_one_folder_in_order_with_its_manifest() {
    let desk = bundled();
    done(&desk, "build site -o public");
    let zip = files(&fs::read(desk.path("b.zip")).unwrap());
    let names: Vec<&String> = zip.iter().map(|(name, _)| name).collect();
    assert!(names.is_sorted());
    let mut site: BTreeMap<String, Vec<u8>> = desk.tree("public");
    site.remove(".clausebook").unwrap();
    let mut inside: BTreeMap<String, Vec<u8>> = zip
        .iter()
        .map(|(name, bytes)| (name.strip_prefix("a-site/").expect("in the folder").to_owned(), bytes.clone()))
        .collect();
    let manifest: serde_json::Value = serde_json::from_slice(&inside.remove("MANIFEST.json").unwrap()).unwrap();
    let rows = manifest["files"].as_array().unwrap();
    assert_eq!(rows.len(), inside.len());
    for row in rows {
        let bytes = &inside[row["path"].as_str().unwrap()];
        assert_eq!(row["sha256"].as_str().unwrap(), Hash::of(bytes).to_string());
        assert_eq!(row["size"], bytes.len());
    }
    assert_eq!(manifest["name"], "A site");
    assert_eq!(manifest["documents"], serde_json::json!([{ "id": "paper", "title": "Paper" }]));
    let words = String::from_utf8(inside.remove("START-HERE.txt").unwrap()).unwrap();
    assert!(words.contains("double-click") || words.contains("Double-click"));
    assert!(words.lines().count() > 10 && words.matches('\n').count() == words.matches("\r\n").count());
    assert!(inside == site);
}

#[test]
fn the_edition_and_its_day_are_those_that_the_author_gave_and_name_the_file() {
    let desk = desk();
    desk.put(
        "site/permalinks/editions.toml",
        "[[edition]]\nname = \"1\"\ndate = 2025-03-04\n\n[[edition]]\nname = \"2\"\ndate = 2026-05-06\n",
    );
    let identity = |desk: &Desk| {
        let done = desk.run("bundle site");
        assert_eq!(done.status, 0, "{}", done.stderr);
        let zip = fs::read_dir(desk.top.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let name = zip.into_iter().find(|name| name.ends_with(".zip")).unwrap();
        let report: serde_json::Value =
            serde_json::from_str(&desk.run(&format!("verify {name} --json")).stdout).unwrap();
        let mut archive = ZipArchive::new(fs::File::open(desk.path(&name)).unwrap()).unwrap();
        let day = archive.by_index(0).unwrap().last_modified().unwrap();
        fs::remove_file(desk.path(&name)).unwrap();
        format!("{name} {} {} {}-{}-{}", report["edition"], report["date"], day.year(), day.month(), day.day())
    };
    assert_eq!(identity(&desk), "a-site-edition-2.zip \"2\" \"2026-05-06\" 2026-5-6");
    desk.put("site/site.toml", "title = \"A site\"\nedition = \"1\"\n");
    assert_eq!(identity(&desk), "a-site-edition-1.zip \"1\" \"2025-03-04\" 2025-3-4");
    desk.put("site/site.toml", "title = \"A site\"\nedition = \"Spring print\"\n");
    assert_eq!(identity(&desk), "a-site-edition-Spring-print.zip \"Spring print\" null 1980-1-1");
}

#[test]
fn a_site_with_errors_makes_no_bundle_and_what_is_no_bundle_is_never_replaced() {
    let desk = desk();
    desk.put("letter.zip", "a letter");
    desk.put("theirs.zip", "");
    fs::write(desk.path("theirs.zip"), zipped([("x/MANIFEST.txt", &b"x"[..])])).unwrap();
    for out in ["letter.zip", "theirs.zip", "site"] {
        let before = desk.tree("");
        let done = desk.run(&format!("bundle site -o {out}"));
        assert_eq!(done.status, 2, "{out}: {}", done.stderr);
        assert!(desk.tree("") == before, "{out}");
    }
    done(&desk, "bundle site -o b.zip");
    desk.put("site/index.md", "+++\ntitle = \"Home\"\n+++\n\nOther words.\n");
    let old = fs::read(desk.path("b.zip")).unwrap();
    done(&desk, "bundle site -o b.zip");
    assert!(fs::read(desk.path("b.zip")).unwrap() != old);
    desk.put("site/paper.md", "+++\ntitle = \"Paper\"\n+++\n\n1.1 See [[9.9]].\n");
    let before = desk.tree("");
    assert_eq!(desk.run("bundle site -o b.zip").status, 1);
    assert!(desk.tree("") == before);
}

#[cfg(unix)]
#[test]
fn a_bundle_is_not_written_through_a_link() {
    let desk = bundled();
    std::os::unix::fs::symlink("b.zip", desk.path("link.zip")).unwrap();
    let before = fs::read(desk.path("b.zip")).unwrap();
    let done = desk.run("bundle site -o link.zip");
    assert!(done.status == 2 && done.stderr.contains("it is a link"), "{}", done.stderr);
    assert!(fs::read(desk.path("b.zip")).unwrap() == before);
}

#[test]
fn the_sources_build_the_same_site_where_they_are_unpacked() {
    let desk = desk();
    desk.put("site/site.toml", "title = \"A site\"\ntheme = \"ours\"\n");
    desk.put("themes/ours/brand.css", ":root { --accent: #123456; }\n");
    desk.put("site/notes.txt~", "hidden");
    done(&desk, "bundle site -o b.zip --with-sources");
    unpack(&desk, "b.zip", "here");
    assert!(desk.run("verify here/a-site").status == 0);
    let here = desk.tree(&format!("here/{TOP}"));
    assert!(here.contains_key("source/pictures/plan.svg") && here.contains_key("themes/ours/brand.css"));
    assert!(!here.contains_key("source/pictures/unused.svg"));
    done(&desk, "build here/a-site/source -o again");
    done(&desk, "build site -o public");
    assert!(
        desk.tree("again") == desk.tree("public") || {
            let without = |mut tree: BTreeMap<String, Vec<u8>>| tree.remove(".clausebook").map(|_| tree);
            without(desk.tree("again")) == without(desk.tree("public"))
        }
    );
    let (manifest, sources) =
        disk::read_bundle(&desk.path("b.zip"), None, &|path| path.starts_with("source/")).unwrap();
    assert_eq!(manifest.name, "A site");
    assert_eq!(sources["source/paper.md"], fs::read(desk.path("site/paper.md")).unwrap());
    assert!(sources.keys().all(|path| path.starts_with("source/")) && sources.len() == 4, "{:?}", sources.keys());
}

#[test]
fn a_copy_is_whole_until_a_file_is_changed_added_or_removed_and_each_is_named() {
    let desk = bundled();
    done(&desk, "build site -o public");
    for (copy, page) in [("here/a-site", "here/a-site/paper.html"), ("public", "public/paper.html")] {
        assert!(done(&desk, &format!("verify {copy}")).contains("is whole"));
        let old = fs::read(desk.path(page)).unwrap();
        let mut changed = old.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(desk.path(page), &changed).unwrap();
        desk.put(&format!("{copy}/deep/er/new.txt"), "");
        fs::remove_file(desk.path(&format!("{copy}/about.html"))).unwrap();
        assert_eq!(faults(&desk, copy), "missing: about.html\nadded: deep/er/new.txt\nchanged: paper.html\n");
        let json = desk.run(&format!("verify {copy} --json"));
        let report: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!(report["whole"], false);
        assert_eq!(report["faults"][0], serde_json::json!({ "path": "about.html", "what": "missing" }));
    }
    assert!(refusal(&desk, "here").contains("did you mean `here/a-site`?"));
    assert!(refusal(&desk, "site").contains("it has no MANIFEST.json"));
}

#[test]
fn one_changed_byte_of_any_file_is_named() {
    let desk = bundled();
    for (path, bytes) in desk.tree("here/a-site") {
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        let place = desk.path(&format!("here/a-site/{path}"));
        fs::write(&place, changed).unwrap();
        let done = desk.run("verify here/a-site");
        if path == "MANIFEST.json" {
            assert_ne!(done.status, 0, "{path}");
        } else {
            assert_eq!((done.status, done.stdout), (1, format!("changed: {path}\n")));
        }
        fs::write(&place, bytes).unwrap();
    }
}

#[test]
fn a_zip_is_checked_as_it_is() {
    let desk = bundled();
    assert!(done(&desk, "verify b.zip").contains("is whole"));
    let mut inside = files(&fs::read(desk.path("b.zip")).unwrap());
    inside.retain(|(name, _)| name != "a-site/about.html");
    for (name, bytes) in &mut inside {
        if name == "a-site/paper.html" {
            bytes[100] ^= 1;
        }
    }
    inside.push(("a-site/new.html".to_owned(), b"new".to_vec()));
    inside.sort();
    let packed = |inside: &[(String, Vec<u8>)]| {
        let zip = zipped(inside.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        fs::write(desk.path("c.zip"), zip).unwrap();
    };
    packed(&inside);
    let named = "missing: about.html\nadded: new.html\nchanged: paper.html\n";
    assert_eq!(faults(&desk, "c.zip"), named);
    assert!(disk::read_bundle(&desk.path("c.zip"), None, &|_| true).is_err());
    // What another program packed anew has more than a bundle.
    inside.push(("__MACOSX/x".to_owned(), b"x".to_vec()));
    packed(&inside);
    assert!(refusal(&desk, "c.zip").contains("or unpack it and check the folder"));
}

#[test]
fn the_zip_of_an_older_clausebook_is_whole() {
    let desk = desk();
    desk.put("site/theme/static/empty.css", "");
    desk.put("site/\u{e9}t\u{e9}.md", "+++\ntitle = \"Summer\"\nid = \"summer\"\n+++\n\nWords.\n");
    done(&desk, "bundle site --with-sources -o b.zip");
    let inside = files(&fs::read(desk.path("b.zip")).unwrap());
    assert!(inside.iter().any(|(name, bytes)| name.ends_with("empty.css") && bytes.is_empty()));
    assert!(inside.iter().any(|(name, _)| !name.is_ascii()));
    let older = zipped(inside.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    fs::write(desk.path("older.zip"), older).unwrap();
    assert!(done(&desk, "verify older.zip").contains("is whole"));
    // And it gives way to a new one.
    done(&desk, "bundle site -o older.zip");
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_named_and_neither_followed_nor_opened() {
    use std::os::unix::fs::symlink;
    let desk = bundled();
    let here = desk.path("here/a-site");
    let page = fs::read(here.join("paper.html")).unwrap();
    // A link to the very same bytes is a link all the same, and so is one to a folder that would hold the right files.
    fs::write(desk.path("same.html"), page).unwrap();
    fs::remove_file(here.join("paper.html")).unwrap();
    symlink("../../same.html", here.join("paper.html")).unwrap();
    fs::rename(here.join("static"), desk.path("static")).unwrap();
    symlink("../../static", here.join("static")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(here.join("pipe")).status();
    let found = faults(&desk, "here/a-site");
    let mut lines: Vec<&str> = found.lines().collect();
    lines.retain(|line| !line.starts_with("missing: static/"));
    let mut expected = vec![
        "link: paper.html (a link, which is not followed)",
        "special: pipe (neither a file nor a folder)",
        "link: static (a link, which is not followed)",
    ];
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("\n!!! NOT TESTED: a pipe in a copy: this system cannot make one !!!\n");
        expected.remove(1);
    }
    assert_eq!(lines, expected);
    assert!(found.contains("missing: static/style.css"));
    fs::rename(here.join("MANIFEST.json"), desk.path("m.json")).unwrap();
    symlink("../../m.json", here.join("MANIFEST.json")).unwrap();
    assert!(refusal(&desk, "here/a-site").contains("MANIFEST.json"));
}

#[test]
fn a_hostile_manifest_is_refused_at_its_line() {
    let desk = bundled();
    let place = desk.path("here/a-site/MANIFEST.json");
    let whole = fs::read_to_string(&place).unwrap();
    let refused = |text: &str, why: &str| {
        fs::write(&place, text).unwrap();
        let said = refusal(&desk, "here/a-site");
        assert!(said.contains(why), "{why}: {said}");
        // And in a zip, where nothing may be unpacked to be checked.
        fs::write(desk.path("m.zip"), zipped([("a-site/MANIFEST.json", text.as_bytes())])).unwrap();
        assert!(refusal(&desk, "m.zip").contains(why), "{why}");
    };
    let line = 1 + whole.lines().position(|line| line.contains("\"paper.html\"")).unwrap();
    for path in
        ["../../secret", "/etc/passwd", "a/../../b", "c:/x", "a\\\\b", "nul", ".hidden", "a//b", &"x".repeat(500)]
    {
        refused(&whole.replace("\"paper.html\"", &format!("\"{path}\"")), &format!("MANIFEST.json:{line}:"));
    }
    refused(&whole.replace("\"paper.html\"", "\"about.html\""), "`about.html` twice");
    refused(&whole.replace("\"paper.html\"", "\"MANIFEST.json\""), "MANIFEST.json");
    refused(&whole.replacen("\"bundle\": 1", "\"bundle\": 2", 1), "a later clausebook");
    refused("clausebook", "MANIFEST.json:1:1:");
    refused("[]", "MANIFEST.json:1:");
    refused(&"[".repeat(100_000), "MANIFEST.json:1:");
    refused("", "MANIFEST.json:1:0:");
    refused(&whole.replacen("\"size\": ", "\"size\": -", 1), "MANIFEST.json:");
    // What it says of sizes is only compared.
    let size = whole.lines().find(|line| line.contains("\"size\"")).unwrap();
    fs::write(&place, whole.replacen(size, "\"size\": 18446744073709551615,", 1)).unwrap();
    assert!(faults(&desk, "here/a-site").starts_with("changed: "));
}

#[test]
fn a_hostile_zip_is_refused() {
    let desk = bundled();
    let whole = fs::read(desk.path("b.zip")).unwrap();
    let manifest = files(&whole).into_iter().find(|(name, _)| name == "a-site/MANIFEST.json").unwrap().1;
    let refused = |zip: &[u8], why: &str| {
        fs::write(desk.path("h.zip"), zip).unwrap();
        let said = refusal(&desk, "h.zip");
        assert!(said.contains(why), "{why}: {said}");
        assert!(disk::read_bundle(&desk.path("h.zip"), None, &|_| true).is_err());
    };
    refused(&[&whole[..], b"more"].concat(), "after its end");
    refused(&[b"more", &whole[..]].concat(), "before its files");
    refused(b"", "it is no zip");
    refused(&whole[..whole.len() - 1], "it is no zip");
    refused(&whole[whole.len() - 22..], "between them and its end");
    let mut twice = zipped([("a-site/MANIFEST.json", &manifest[..]), ("a-site/one", b"1"), ("a-site/two", b"2")]);
    for at in 0..twice.len() - 3 {
        if &twice[at..at + 3] == b"two" {
            twice[at..at + 3].copy_from_slice(b"one");
        }
    }
    refused(&twice, "is there twice");
    // The name that is read first differs from the one in the list at the end.
    let mut two_names = zipped([("a-site/MANIFEST.json", &manifest[..])]);
    let at = two_names.windows(8).position(|name| name == b"MANIFEST").unwrap();
    two_names[at] = b'N';
    refused(&two_names, "its `MANIFEST.json` is not packed as");
    let zeros = vec![0; 16 << 20];
    refused(&zipped([("a-site/MANIFEST.json", &manifest[..]), ("a-site/bomb", &zeros)]), "unpacked to far more");
    refused(&zipped([("a-site/paper.html", &b"x"[..])]), "it has no MANIFEST.json");
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.start_file("a-site/MANIFEST.json", SimpleFileOptions::default()).unwrap();
    link.write_all(&manifest).unwrap();
    link.add_symlink("a-site/paper.html", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    refused(&link.finish().unwrap().into_inner(), "is not a plain file");
    // Every byte of a sound one changed: whatever comes of it, it is neither whole nor a panic.
    let small = zipped([("a-site/MANIFEST.json", &manifest[..])]);
    for at in 0..small.len() {
        let mut changed = small.clone();
        changed[at] ^= 0x41;
        fs::write(desk.path("f.zip"), changed).unwrap();
        assert!(disk::read_bundle(&desk.path("f.zip"), None, &|_| true).is_err());
    }
}

#[test]
fn names_that_some_system_would_read_otherwise_do_not_go_into_a_bundle() {
    let desk = desk();
    desk.put("site/theme/static/nul.txt", "x");
    assert_ne!(desk.run("bundle site -o b.zip").status, 0);
    let desk = self::desk();
    desk.put("site/Old draft?.md", "+++\ntitle = \"Old\"\nid = \"old\"\n+++\n\nWords.\n");
    done(&desk, "bundle site -o b.zip");
    let refused = desk.run("bundle site -o c.zip --with-sources");
    assert!(refused.status == 2 && refused.stderr.contains("`source/Old draft?.md`"), "{}", refused.stderr);
    assert!(BundlePath::new("source/été.md").is_some());
}

#[test]
fn the_bundle_that_is_asked_for_is_of_that_site_and_of_that_edition_or_a_later_one() {
    let desk = desk();
    let line = key(&desk, "our.key");
    desk.put("site/site.toml", "title = \"Children's site\"\nedition = \"2\"\n");
    done(&desk, "bundle site -o b.zip --sign our.key");
    unpack(&desk, "b.zip", "here");
    let verify = |copy: &str, more: &[&str]| {
        let run = desk.run_in("", ["verify", copy].iter().chain(more));
        (run.status, run.stdout, run.stderr)
    };
    for copy in ["b.zip", "here/children-s-site", "here/childrens-site"] {
        if !desk.path(copy).exists() {
            continue;
        }
        // The name as a keyboard writes it is that of the page, which has the apostrophe of print.
        let (status, _, said) = verify(copy, &["--key", &line, "--name", "Children's site", "--edition", "2"]);
        assert!(
            status == 0 && said.contains("Children\u{2019}s site, edition 2 (") && !said.contains("note:"),
            "{said}"
        );
        for edition in ["1", "1.9", "2.0"] {
            assert_eq!(verify(copy, &["--edition", edition]).0, 0, "{edition}");
        }
        let (status, named, _) = verify(copy, &["--key", &line, "--edition", "3"]);
        assert_eq!(
            (status, named.as_str()),
            (1, "other-edition: MANIFEST.json (edition 2, and you asked for 3 or later)\n")
        );
        assert_eq!(
            verify(copy, &["--edition", "Spring print"]).1,
            "other-edition: MANIFEST.json (edition 2, and you asked for Spring print)\n"
        );
        let (status, named, _) = verify(copy, &["--key", &line, "--name", "Another site"]);
        let said = "other-site: MANIFEST.json (a copy of Children\u{2019}s site, and you asked for Another site)\n";
        assert_eq!((status, named.as_str()), (1, said));
        let (_, json, _) = verify(copy, &["--name", "Another site", "--edition", "3", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&report["name-asked"], &report["edition-asked"]), (&"Another site".into(), &"3".into()));
        assert_eq!(report["faults"].as_array().unwrap().len(), 2);
        // What was not asked is said.
        for (more, wanted) in [
            (&["--key", &line][..], "note: any site and edition that this key signed would pass"),
            (&["--key", &line, "--edition", "2"], "note: any site that this key signed would pass"),
            (
                &["--key", &line, "--name", "Children\u{2019}s site"],
                "note: any edition that this key signed would pass",
            ),
        ] {
            let (status, _, said) = verify(copy, more);
            assert!(status == 0 && said.contains(wanted), "{said}");
        }
    }
    // A copy without an edition is older than any that could be asked for.
    desk.put("site/site.toml", "title = \"A site\"\n");
    done(&desk, "bundle site -o none.zip --sign our.key");
    assert_eq!(
        verify("none.zip", &["--edition", "0"]).1,
        "other-edition: MANIFEST.json (no edition, and you asked for 0 or later)\n"
    );
    assert!(!verify("none.zip", &["--key", &line, "--name", "A site"]).2.contains("note:"));
    done(&desk, "build site -o public");
    assert!(verify("public", &["--edition", "1"]).2.contains("notes neither name nor edition"));
}

/// A key without a password in `NAME`, and its public half in `NAME.pub`; gives the line that stands for the latter.
fn key(desk: &Desk, name: &str) -> String {
    let (secret, public, line) = signature::new_key(None).unwrap();
    desk.put(name, &secret);
    desk.put(&format!("{name}.pub"), &public);
    line
}

#[test]
fn a_signed_bundle_is_known_by_its_key_and_by_no_other() {
    let desk = desk();
    let line = key(&desk, "our.key");
    let other = key(&desk, "other.key");
    done(&desk, "bundle site -o b.zip --sign our.key");
    unpack(&desk, "b.zip", "here");
    for copy in ["b.zip", "here/a-site"] {
        for right in ["our.key.pub", line.as_str()] {
            assert!(done(&desk, &format!("verify {copy} --key {right}")).contains("signed by the key that you named"));
        }
        assert!(done(&desk, &format!("verify {copy}")).contains("`--key` checks the signature"));
        for wrong in ["other.key.pub", other.as_str()] {
            let done = desk.run(&format!("verify {copy} --key {wrong}"));
            let said = "not-signed: MANIFEST.json.minisig (not by the key that you named)\n";
            assert_eq!((done.status, done.stdout.as_str()), (1, said));
        }
        for none in ["our.key", "site/index.md", "no-such-file"] {
            assert_eq!(desk.run(&format!("verify {copy} --key {none}")).status, 2);
        }
    }
    // Whoever changes a page and the list with it is found out by the signature.
    let manifest = fs::read_to_string(desk.path("here/a-site/MANIFEST.json")).unwrap();
    desk.put("here/a-site/MANIFEST.json", &manifest.replacen("\"name\": \"A site\"", "\"name\": \"A sitf\"", 1));
    assert_eq!(desk.run("verify here/a-site").status, 0);
    assert_eq!(desk.run(&format!("verify here/a-site --key {line}")).status, 1);
    desk.put("here/a-site/MANIFEST.json", &manifest);
    fs::remove_file(desk.path("here/a-site/MANIFEST.json.minisig")).unwrap();
    let done = desk.run(&format!("verify here/a-site --key {line}"));
    assert_eq!(
        (done.status, done.stdout.as_str()),
        (1, "not-signed: MANIFEST.json.minisig (the copy has no signature)\n")
    );
    assert!(done.stderr.contains("is not signed by the key that you named"), "{}", done.shown());
    for (line, wanted) in [
        ("verify b.zip --key RWnonsense", "error: `RWnonsense` is no public key, and there is no file of this name\n"),
        ("verify nope.zip", "error: cannot read `nope.zip`: No such file"),
        ("verify b.zip --edition= ", "error: `--edition` names nothing\n"),
        ("verify b.zip --name=", "error: `--name` names nothing\n"),
    ] {
        let done = desk.run(line).ends_with(2);
        assert!(done.stderr.starts_with(wanted) && !done.stderr.contains("get the copy"), "{}", done.shown());
    }
    // Unpacked, and packed by another program.
    pack_again(&desk, "here/a-site", "again.zip");
    assert!(refusal(&desk, "again.zip").contains("it has an entry for a folder: another program packed it"));
}

#[test]
fn all_but_the_signature_is_the_same_in_two_signed_bundles() {
    let desk = desk();
    key(&desk, "our.key");
    done(&desk, "bundle site -o one.zip --sign our.key");
    done(&desk, "bundle site -o two.zip --sign our.key");
    let unsigned = |name: &str| {
        let mut files = files(&fs::read(desk.path(name)).unwrap());
        files.retain(|(name, _)| name != "a-site/MANIFEST.json.minisig");
        files
    };
    assert!(unsigned("one.zip") == unsigned("two.zip"));
}

/// Packs a folder with an entry for each folder in it, as most programs do.
fn pack_again(desk: &Desk, folder: &str, zip: &str) {
    let mut writer = ZipWriter::new(fs::File::create(desk.path(zip)).unwrap());
    writer.add_directory("a-site", SimpleFileOptions::default()).unwrap();
    for (path, bytes) in desk.tree(folder) {
        writer.start_file(format!("a-site/{path}"), SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn names_that_some_systems_write_otherwise_or_nobody_sees_are_refused_with_their_reason() {
    for unseen in ["\u{fe0f}", "\u{34f}", "\u{180e}", "\u{3164}", "\u{e0041}", "\u{200b}", "\u{202e}"] {
        let why = BundlePath::refusal(&format!("a{unseen}b.txt")).unwrap();
        assert!(why.contains("a character that cannot be seen"), "{unseen:?}: {why}");
    }
    for single in ["\u{212a}", "\u{212b}"] {
        let why = BundlePath::refusal(&format!("a{single}b.txt")).unwrap();
        assert!(why.ends_with("is written in another way by some programs"), "{why}");
    }
    assert!(BundlePath::refusal("cafe\u{301}.txt").unwrap().contains("a letter and its accent are two characters"));
    assert_eq!(BundlePath::refusal("café 新しい.txt"), None);
}

#[test]
fn a_new_key_is_not_made_in_the_folder_of_a_site() {
    let desk = Desk::new();
    desk.site("site", "1.1 One.");
    desk.put("site/keys/read.txt", "");
    for (folder, key) in [("", "site/our.key"), ("site", "our.key"), ("site/keys", "our.key")] {
        let done = desk.run_in(folder, ["bundle", "--new-key", key]).ends_with(2);
        assert!(done.stderr.contains(&format!("error: `{key}` would be in the folder of a site")), "{}", done.shown());
        assert!(done.stderr.contains("help: name a place outside it"), "{}", done.shown());
    }
    let done = desk.run_in("site", ["bundle", "--new-key", "../our.key"]).ends_with(2);
    assert!(done.stderr.contains("there is no terminal"), "{}", done.shown());
}

#[test]
fn a_key_that_cannot_be_used_says_why_and_is_never_shown() {
    let desk = desk();
    let (secret, _, _) = signature::new_key(Some("our password".to_owned())).unwrap();
    desk.put("locked.key", &secret);
    desk.put("no.key", "untrusted comment: a key\nRWno\n");
    let asked = |key: &str| {
        let mut command = crate::cli::clausebook();
        command.current_dir(desk.top.path()).args(["bundle", "site", "-o", "b.zip", "--sign", key]);
        // Without a terminal of its own, so that nobody is asked.
        #[cfg(unix)]
        let mut command = {
            let mut setsid = std::process::Command::new("setsid");
            setsid.current_dir(desk.top.path()).arg("-w").arg(command.get_program()).args(command.get_args());
            setsid
        };
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let locked = asked("locked.key");
    assert!(locked.contains("no terminal to ask for it on"), "{locked}");
    assert!(!locked.contains(secret.lines().nth(1).unwrap()));
    assert!(asked("no.key").contains("holds no secret key"));
    assert!(asked("none.key").contains("cannot read"));
    assert!(!desk.path("b.zip").exists());
    let open = signature::secret_key(&secret, Some("our password".to_owned()));
    assert!(open.is_ok());
    let wrong = signature::secret_key(&secret, Some("another".to_owned()));
    assert!(matches!(wrong, Err(signature::Unusable::WrongPassword)));
}

#[test]
fn signatures_are_those_of_minisign() {
    let (secret, public, line) = signature::new_key(None).unwrap();
    assert!(secret.starts_with("untrusted comment: ") && public.contains(&line) && line.starts_with("RW"));
    let key = signature::secret_key(&secret, None).unwrap();
    let signed = signature::sign(b"text", &key, &Default::default()).unwrap();
    // That of the word `test`, by the program `minisign` itself.
    let theirs = VerifyingKey::read("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3").unwrap();
    let by_them = "untrusted comment: signature from minisign secret key\n\
        RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n\
        trusted comment: timestamp:1633700835\tfile:test\tprehashed\n\
        wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n";
    assert!(theirs.has_signed(b"test", by_them) && !theirs.has_signed(b"tess", by_them));
    assert!(!theirs.has_signed(b"text", &signed));
    let lines: Vec<&str> = signed.lines().collect();
    assert!(matches!(lines.as_slice(), [a, b, c, _] if a.starts_with("untrusted comment: ")
        && b.starts_with("RU") && c.starts_with("trusted comment: ")));
    let public = VerifyingKey::read(&public).unwrap();
    assert!(public.has_signed(b"text", &signed));
    assert!(!public.has_signed(b"texu", &signed));
    for (at, _) in signed.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
        let mut changed = signed.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let _ = public.has_signed(b"text", &String::from_utf8_lossy(&changed));
    }
    for hostile in ["", "\n\n\n\n", "untrusted comment: x\nRUQf6LRC\ntrusted comment: \n", &signed[..signed.len() / 2]]
    {
        assert!(!public.has_signed(b"text", hostile));
    }
}
