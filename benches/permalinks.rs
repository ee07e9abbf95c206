//! Measures the permalink check in a build: `cargo bench --bench permalinks [-- ANCHORS]`, by hand.
//!
//! Publishes a large site, then builds it with its ledger. Prints how many addresses were checked,
//! and how much of the build, in processor seconds, was spent reading the ledger and comparing the
//! site with it. Then does the same with every document edited.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![allow(clippy::disallowed_methods, reason = "it writes the site that it measures")]

#[allow(dead_code, reason = "a part of the corpus is enough here")]
mod corpus;

use std::path::Path;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};
use std::{env, fs};

use clausebook::corpus::Corpus;
use clausebook::date::PartialDate;
use clausebook::document::ledger::Ledger;
use clausebook::pipeline::publish::{EditionDetails, Outcome, publish};
use clausebook::pipeline::{self, Caches, Hooks, Options};
use clausebook::source::PERMALINKS;
use clausebook::source::{Site, SourceFile};
use clausebook::{disk, parse, permalinks};
use corpus::Size;

/// Repetitions of a step too short to measure once.
const TIMES: u32 = 5;

fn main() {
    let anchors: usize = env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(100_000);
    // A clause of the corpus has two addresses, with those of its items, notes and heading.
    let size = Size { documents: (anchors / 24).max(1), clauses: anchors / 2 };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("permalinks-source");
    let _there_may_be_none = fs::remove_dir_all(&root);
    corpus::write(size, &root).unwrap();
    let (mut site, faults) = disk::read(&root, Default::default()).unwrap();
    assert!(faults.is_empty());
    let outcome = Mutex::new(None);
    let wanted = EditionDetails { name: None, date: PartialDate::parse("2026-11-24").unwrap(), note: None };
    let sources = site.sources.clone();
    build(&site, &|corpus, ledger| {
        *outcome.lock().unwrap() = Some(publish(corpus, ledger, &sources, &wanted));
    });
    let Some(Outcome::Edition { files, rows, .. }) = outcome.into_inner().unwrap() else {
        panic!("the corpus cannot be published");
    };
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    println!("{rows} addresses in {} documents; the ledger has {} kB", size.documents, bytes / 1_000);
    for (path, text) in &files {
        site.sources.insert(path, text);
    }
    measure("nothing changed", &site);
    // One word in most clauses.
    let texts: Vec<(String, String)> = site
        .sources
        .iter()
        .filter(|file| file.path.ends_with(".md"))
        .map(|file| (file.path.to_string(), edited(&file.text)))
        .collect();
    for (path, text) in &texts {
        site.sources.insert(path, text);
    }
    measure("every document edited", &site);
}

/// A text with another word in the place of the third of each line.
fn edited(text: &str) -> String {
    let line = |line: &str| match line.splitn(4, ' ').collect::<Vec<_>>().as_slice() {
        [number, one, _, rest] if number.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{number} {one} another {rest}\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn build(site: &Site, resolved: &(dyn Fn(&Corpus, &Ledger) + Sync)) -> Duration {
    let from = processors();
    let read = pipeline::read_site(site.clone(), Vec::new(), false);
    let (caches, hooks) = (&mut Caches::default(), Hooks::default());
    let site = pipeline::resolve(pipeline::load(&read, &Options::default(), hooks), caches, hooks);
    resolved(&site.corpus, &site.ledger);
    let built = pipeline::finish(site, caches, hooks);
    assert!(built.output.is_some(), "{:?}", built.diagnostics.first());
    processors().saturating_sub(from)
}

/// Returns the processor time of this process, user and system: a busy machine disturbs it less
/// than the clock. Falls back to the clock.
fn processors() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    // Fields 14 and 15 of proc(5), in hundredths of a second; the command's name and what comes before it are cut off.
    match ticks(11).zip(ticks(12)) {
        Some((user, system)) => Duration::from_millis(10 * (user + system)),
        None => START.elapsed(),
    }
}

fn measure(what: &str, site: &Site) {
    let checked = Mutex::new(Duration::ZERO);
    let whole = build(site, &|corpus, ledger| {
        let from = processors();
        for _ in 0..TIMES {
            let mut faults = Vec::new();
            let history = permalinks::check(corpus, ledger, &mut faults);
            assert!(faults.is_empty() && !history.editions.is_empty(), "{:?}", faults.first());
        }
        *checked.lock().unwrap() = processors().saturating_sub(from);
    });
    let from = processors();
    let files: Vec<&SourceFile> = site.sources.iter().filter(|file| file.path.starts_with(PERMALINKS)).collect();
    (0..TIMES).for_each(|_| drop(parse::metadata::ledger::ledger(&files)));
    let read = processors().saturating_sub(from) / TIMES;
    let checked = checked.into_inner().unwrap();
    // The build has one check in it, beside those that were made to be measured.
    let build = whole.saturating_sub(checked);
    let compared = checked / TIMES;
    let without = build.saturating_sub(compared + read);
    println!(
        "{what}: reading the ledger {} ms, comparing {} ms, the rest of the build {} ms: {:.1}%",
        read.as_millis(),
        compared.as_millis(),
        without.as_millis(),
        (read + compared).as_secs_f64() / without.as_secs_f64() * 100.0
    );
}
