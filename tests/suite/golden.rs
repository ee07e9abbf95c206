//! The golden site: the site that `clausebook new` makes, and the folder that it becomes, byte for byte.
//!
//! `SNAPSHOTS=overwrite cargo test golden` writes the folder anew: read the difference as you would code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clausebook::disk;
use clausebook::output::Output;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;

use crate::folder::tree;
use crate::links::{broken_links, repeated_ids};

fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Builds the starter site at an address, which gives it a feed and a sitemap.
fn golden() -> Output {
    let root = place("src/starter");
    let (mut site, mut faults) = disk::read(&root, SourceMap::new()).unwrap();
    let theme = disk::read_theme(&root, "default", &mut site, &mut faults).unwrap();
    let options = Options { base_url: Some("https://example.org/upper-wick/".to_owned()) };
    let build = pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &options);
    assert!(build.diagnostics.is_empty(), "{:#?}", build.diagnostics);
    build.output.unwrap()
}

/// The files of the site but its style and scripts, of which the marker `.clausebook` has the hashes: whoever changes one
/// looks at pages, and not at a second copy of it.
fn written() -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    disk::write(&golden(), &place("src/starter"), &out).unwrap();
    let mut files = tree(&out);
    files.retain(|path, _| !path.starts_with("static/"));
    files
}

/// Compares `found` with `wanted`: a line for each file that is missing, new or different.
fn differences(wanted: &BTreeMap<String, Vec<u8>>, found: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    let difference = |path: &String| match (wanted.get(path), found.get(path)) {
        (Some(_), None) => Some(format!("{path}: missing")),
        (None, Some(_)) => Some(format!("{path}: new")),
        (Some(wanted), Some(found)) if wanted != found => Some(format!("{path}:{}", first_difference(wanted, found))),
        _ => None,
    };
    paths.into_iter().filter_map(difference).collect()
}

/// The number of the first line that differs, as it was and as it is.
fn first_difference(wanted: &[u8], found: &[u8]) -> String {
    let lines = |bytes| String::from_utf8_lossy(bytes).split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (wanted, found) = (lines(wanted), lines(found));
    let at = (0..).find(|at| wanted.get(*at) != found.get(*at)).unwrap();
    let shown = |lines: &[String]| lines.get(at).map_or("nothing".to_owned(), |line| format!("{line:?}"));
    format!("{}\n    was {}\n    is  {}", at + 1, shown(&wanted), shown(&found))
}

#[test]
fn the_golden_site_is_what_it_was() {
    let (place, found) = (place("tests/golden/public"), written());
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        if place.exists() {
            fs::remove_dir_all(&place).unwrap();
        }
        for (path, bytes) in &found {
            let path = place.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let differences = differences(&tree(&place), &found);
    assert!(
        differences.is_empty(),
        "the site differs from tests/golden/public; if it should, `SNAPSHOTS=overwrite cargo test golden`:\n{}",
        differences.join("\n")
    );
}

#[test]
fn every_link_of_the_golden_site_lands() {
    let output = golden();
    assert_eq!(broken_links(&output), Vec::<String>::new());
    assert_eq!(repeated_ids(&output), Vec::<String>::new());
}

#[test]
fn a_difference_is_named_by_file_and_line() {
    let folder = |files: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    };
    let wanted = folder(&[("a.html", "1\n2\n3\n"), ("b.html", "1\n"), ("c.html", "1\n"), ("e.html", "1\n")]);
    let found = folder(&[("a.html", "1\nII\n3\n"), ("c.html", "1\n2\n"), ("d.html", ""), ("e.html", "1\n")]);
    insta::assert_snapshot!(differences(&wanted, &found).join("\n"), @r#"
    a.html:2
        was "2\n"
        is  "II\n"
    b.html: missing
    c.html:2
        was nothing
        is  "2\n"
    d.html: new
    "#);
}
