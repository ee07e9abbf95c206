//! The targets of the fuzzer, over their kept corpus and a bounded number of mutations of it, the same in every run.
//! `TRIALS=20 cargo test fuzz` makes twenty times as many. Searching on is for cargo-fuzz: `tests/fuzz/targets.rs`.

use std::fs;
use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

/// The inputs that are kept for a target, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Numbers that are the same in every run (xorshift64*, G. Marsaglia and S. Vigna).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next()).unwrap() % bound.max(1)
    }
}

/// Bytes that mean something to one grammar or another, or should not.
const MARKS: &[u8] = b"\n[](){}#*`<>|\"'\\&.,:;-_ \0\xff\t";

/// An input with a few changes: bytes set, taken out, put in, said again, and the middle of another input put into it.
fn mutated(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut input = corpus[chance.below(corpus.len())].clone();
    for _ in 0..1 + chance.below(6) {
        let at = chance.below(input.len() + 1);
        let end = (at + 1 + chance.below(12)).min(input.len());
        match chance.below(5) {
            0 if at < input.len() => input[at] = u8::try_from(chance.below(256)).unwrap(),
            1 => drop(input.drain(at.min(end)..end)),
            2 => input.insert(at, MARKS[chance.below(MARKS.len())]),
            3 => {
                let again = input[at.min(end)..end].repeat(1 + chance.below(4));
                input.splice(at..at, again);
            }
            _ => {
                let other = &corpus[chance.below(corpus.len())];
                let from = chance.below(other.len());
                let part = &other[from..(from + 1 + chance.below(40)).min(other.len())];
                input.splice(at..at, part.iter().copied());
            }
        }
    }
    input
}

fn run(name: &str, target: fn(&[u8]), mutations: usize) {
    let times: usize = std::env::var("TRIALS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let corpus = corpus(name);
    assert!(corpus.len() >= 5, "{name} has no corpus");
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let more = (0..mutations * times).map(|_| mutated(&corpus, &mut chance)).collect::<Vec<_>>();
    for input in corpus.iter().chain(&more) {
        let held = std::panic::catch_unwind(|| target(input));
        assert!(held.is_ok(), "{name} fails with {:?}", String::from_utf8_lossy(input));
    }
}

#[test]
fn any_front_matter_and_any_settings_are_read_or_refused() {
    run("front_matter", targets::front_matter, 150);
}

#[test]
fn any_text_comes_to_sound_pages_or_to_errors() {
    run("body_to_html", targets::body_to_html, 60);
}

#[test]
fn any_words_cite_what_they_are_shown_to_cite() {
    run("citation", targets::citation, 2_000);
}

#[test]
fn any_request_is_answered_by_what_was_asked_for_or_not_at_all() {
    run("request_line", targets::request_line, 10_000);
}

#[test]
fn any_zip_is_a_container_that_would_be_written_so_or_is_refused() {
    run("container", targets::container, 4_000);
}

#[test]
fn any_manifest_is_read_as_it_would_be_printed_or_refused() {
    run("manifest", targets::manifest, 2_000);
}

#[test]
fn any_ledger_is_read_as_it_would_be_printed_or_refused() {
    run("ledger", targets::ledger, 100);
}

#[test]
fn any_text_from_outside_comes_in_and_builds() {
    run("import_text", targets::import_text, 60);
}

#[test]
fn any_markdown_from_outside_comes_in_and_builds() {
    run("import_markdown", targets::import_markdown, 60);
}

#[test]
fn any_page_from_outside_comes_in_and_builds() {
    run("import_html", targets::import_html, 60);
}

#[test]
fn any_document_from_outside_comes_in_and_builds() {
    run("import_docx", targets::import_docx, 60);
}

/// Queries are read by scripts, which node runs as a page would.
#[test]
fn any_query_finds_what_is_there_or_nothing() {
    let times: usize = std::env::var("TRIALS").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/search_query.mjs");
    match std::process::Command::new("node").arg(script).arg((150 * times).to_string()).output() {
        Ok(done) => assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr)),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "node is missing: {error}");
            eprintln!("NOTHING WAS CHECKED: node is missing ({error})");
        }
    }
}
