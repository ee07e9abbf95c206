//! Checks that a site gives the same bytes with any number of threads and any order of its files.

use std::collections::BTreeMap;
use std::path::Path;

use clausebook::diagnostic::{self, Format};
use clausebook::disk;
use clausebook::pipeline::{self, Build, Options};
use clausebook::source::{Site, SourceMap};

use crate::site::TestSite;

/// The repository's own site, with its texts put in as `order` says.
fn content(order: impl FnOnce(&mut Vec<(String, String)>)) -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (site, faults) = disk::read(&root, SourceMap::new()).unwrap();
    assert!(faults.is_empty());
    let mut texts: Vec<(String, String)> =
        site.sources.iter().map(|file| (file.path.to_string(), file.text.to_string())).collect();
    assert!(texts.len() > 5);
    order(&mut texts);
    let mut sources = SourceMap::new();
    for (path, text) in &texts {
        sources.insert(path, text);
    }
    Site { sources, ..site }
}

fn build(site: &Site) -> Build {
    let options = Options { base_url: Some("https://example.org/trusts/".to_owned()) };
    pipeline::build(&pipeline::read_site(site.clone(), Vec::new(), false), &options)
}

fn with_threads(threads: usize, site: &Site) -> Build {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| build(site))
}

fn same(a: &Build, b: &Build) {
    let (Some(a), Some(b)) = (&a.output, &b.output) else { panic!("nothing was built") };
    assert!(a.len() > 100);
    let differing: Vec<&str> = a
        .iter()
        .filter(|(path, artefact)| b.get(path.as_str()) != Some(*artefact))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(differing, Vec::<&str>::new());
    assert!(a == b);
}

#[test]
fn twice_gives_the_same_bytes() {
    let site = content(|_| ());
    same(&build(&site), &build(&site));
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let site = content(|_| ());
    let one = with_threads(1, &site);
    same(&one, &with_threads(2, &site));
    same(&one, &with_threads(5, &site));
}

#[test]
fn the_order_in_which_files_come_changes_nothing() {
    let plain = build(&content(|_| ()));
    same(&plain, &build(&content(|texts| texts.reverse())));
    same(&plain, &build(&content(|texts| texts.rotate_left(3))));
}

#[test]
fn faults_come_in_the_same_order_too() {
    let mut site = TestSite::new();
    for paper in 0..20 {
        site =
            site.paper(&format!("p{paper}"), "1.1 [[9.9]] [[x]] [^x].\n\n1.3 <b>.\n\n1.3 Again. {.x}\n\n[^u]: unused");
    }
    let texts: BTreeMap<usize, String> = (1..4)
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let built = pool.install(|| site.build());
            (threads, diagnostic::show(&built.diagnostics, &built.sources, "", Format::Json))
        })
        .collect();
    assert!(texts[&1].lines().count() >= 100);
    assert_eq!(texts[&1], texts[&2]);
    assert_eq!(texts[&1], texts[&3]);
}
