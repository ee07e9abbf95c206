//! Measures search on a large site: `cargo bench --bench search [-- CLAUSES]`, by hand.
//!
//! Prints the time of a full build, and the size of each part of the index, compressed as a host
//! does. Where there is a Chromium, also prints what a first search loads and takes, what a warm
//! one takes, and how many of the ten best results the first lists of postings find.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::disallowed_methods, reason = "it writes the site that it measures")]
#![allow(dead_code, reason = "the driver of the browser is that of the tests")]

#[path = "../tests/browser/browser.rs"]
mod browser;
mod corpus;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use browser::{Look, Page};
use clausebook::source::Site;
use clausebook::{disk, pipeline};
use corpus::{Dice, Size};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

/// Number of queries asked.
const QUERIES: usize = 200;

fn main() {
    let clauses = env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(100_000);
    let size = Size { documents: (clauses / 12).max(1), clauses };
    println!("{} clauses in {} documents", size.clauses, size.documents);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search-source");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search-site");
    let _there_may_be_none = fs::remove_dir_all(&root);
    corpus::write(size, &root).unwrap();
    let (site, faults) = disk::read(&root, Default::default()).unwrap();
    build(&site, faults, &root, &out);
    sizes(&out);
    drive(&out, size);
}

fn build(site: &Site, faults: Vec<clausebook::diagnostic::Diagnostic>, root: &Path, out: &Path) {
    let from = Instant::now();
    let built = pipeline::build(&pipeline::read_site(site.clone(), faults, false), &pipeline::Options::default());
    println!("full build in memory: {:.1} s", from.elapsed().as_secs_f64());
    disk::write(&built.output.expect("the corpus has no fault"), root, out).unwrap();
}

fn packed(bytes: &[u8]) -> usize {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap().len()
}

fn sizes(out: &Path) {
    let mut parts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    for file in fs::read_dir(out.join("search")).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let kind = name
            .trim_start_matches("index")
            .chars()
            .next()
            .filter(|c| *c != '-')
            .map_or("index".to_owned(), String::from);
        let size = packed(&fs::read(&file).unwrap());
        let part = parts.entry(kind).or_default();
        *part = (part.0 + 1, part.1 + size, part.2.max(size));
    }
    println!("{:6} {:>7} {:>12} {:>9}", "part", "files", "bytes (gzip)", "largest");
    for (kind, (files, bytes, largest)) in &parts {
        println!("{kind:6} {files:>7} {bytes:>12} {largest:>9}");
    }
    let index: usize =
        parts.iter().filter(|(kind, _)| !["d", "t", "x"].contains(&kind.as_str())).map(|(_, part)| part.1).sum();
    let files: usize = parts.values().map(|part| part.0).sum();
    println!("index without text, places and common words: {index} bytes (gzip); {files} files");
}

/// Queries of one to four words of the corpus, the same each time.
fn queries(size: Size) -> Vec<String> {
    let mut dice = Dice::new(7, 7);
    (0..QUERIES)
        .map(|_| {
            let text = corpus::document(size, dice.below(size.documents));
            let words: Vec<&str> =
                text.split_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())).collect();
            let at = dice.below(words.len().saturating_sub(8).max(1));
            let count = 1 + dice.below(4);
            (0..count).map(|n| words[(at + 2 * n).min(words.len() - 1)]).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn drive(out: &Path, size: Size) {
    let Some(browser) = browser::browser() else { return };
    let url = |query: &str| format!("file://{}/search.html{query}", out.display());
    let queries = queries(size);
    for slow in [1, 6] {
        let page = browser.page(Look { slow, ..Look::WIDE });
        page.go(&url(""));
        let took = ask(&page, &queries[0]);
        let moved: usize =
            page.requests().iter().map(|url| file_of(url)).map(|path| packed(&fs::read(path).unwrap())).sum();
        println!(
            "first search ({slow} times slower): {moved} bytes (gzip) in {} files, {took:.0} ms",
            page.requests().len()
        );
    }
    let page = browser.page(Look::WIDE);
    page.go(&url(""));
    let mut first: Vec<f64> = queries.iter().map(|query| ask(&page, query)).collect();
    let mut warm: Vec<f64> = queries.iter().map(|query| ask(&page, query)).collect();
    let mut moved: Vec<usize> = Vec::new();
    for query in queries.iter().take(40) {
        let page = browser.page(Look::WIDE);
        page.go(&url(""));
        ask(&page, query);
        moved.push(page.requests().iter().map(|url| packed(&fs::read(file_of(url)).unwrap())).sum());
    }
    moved.sort_unstable();
    first.sort_by(f64::total_cmp);
    warm.sort_by(f64::total_cmp);
    println!(
        "a query's first files: {:.0} ms; warm: {:.1} ms (medians); slowest warm {:.0} ms",
        first[QUERIES / 2],
        warm[QUERIES / 2],
        warm[QUERIES - 1]
    );
    println!(
        "first searches move {} bytes (gzip), median of {}; most {}",
        moved[moved.len() / 2],
        moved.len(),
        moved[moved.len() - 1]
    );
    let shared: f64 = queries
        .iter()
        .map(|query| {
            page.eval::<f64>(&format!(
                "(async () => {{ const ten = async every => (await clausebookSearch.find({}, {{ every }}, 10)).list.slice(0, 10); \
                 const all = await ten(true), some = new Set(await ten(false)); \
                 return all.length ? all.filter(record => some.has(record)).length / all.length : 1; }})()",
                json!(query)
            ))
        })
        .sum();
    println!("of the ten best by all postings, {:.0}% are found by the first lists", 100.0 * shared / QUERIES as f64);
}

fn file_of(url: &str) -> String {
    url.strip_prefix("file://").unwrap().split(['?', '#']).next().unwrap().to_owned()
}

/// Asks, and gives how long the answer took, in milliseconds, the excerpts among it.
fn ask(page: &Page, query: &str) -> f64 {
    page.eval(&format!(
        "(async () => {{ const from = performance.now(); document.querySelector('input[type=search]').focus(); \
         while (!clausebookSearch.start()) await new Promise(done => setTimeout(done, 1)); \
         await clausebookSearch.find({}, {{}}, 10); return performance.now() - from; }})()",
        json!(query)
    ))
}
