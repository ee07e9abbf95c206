//! Real papers, where they are beside the repository: their words are not ours, so only counts and places are here.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clausebook::import::PaperFormat;

use super::{clauses_of, imported, words};

/// Paragraphs that a page tears, often with a note between the parts: the paper, the line where a paragraph breaks off,
/// and the line where it goes on.
const TORN_BY_PAGES: [(usize, usize, usize); 22] = [
    (0, 37, 38),
    (1, 44, 46),
    (1, 120, 122),
    (1, 147, 153),
    (1, 173, 179),
    (1, 201, 209),
    (1, 230, 238),
    (1, 248, 256),
    (1, 275, 283),
    (1, 290, 296),
    (1, 302, 310),
    (1, 320, 328),
    (1, 336, 343),
    (1, 355, 361),
    (1, 373, 375),
    (1, 388, 394),
    (1, 400, 402),
    (1, 418, 420),
    (1, 440, 442),
    (1, 462, 464),
    (1, 475, 477),
    (2, 27, 29),
];

/// Notes whose parts are apart: the figure alone on its line and the words two lines on, or the words and an address.
const TORN_NOTES: [(usize, usize, usize); 16] = [
    (0, 16, 17),
    (0, 19, 20),
    (0, 41, 43),
    (0, 123, 125),
    (0, 127, 129),
    (1, 189, 191),
    (1, 218, 220),
    (1, 234, 236),
    (1, 252, 254),
    (1, 266, 268),
    (1, 279, 281),
    (1, 292, 294),
    (1, 306, 308),
    (1, 324, 326),
    (1, 339, 341),
    (1, 390, 392),
];

/// The papers, in the order of their names.
fn seeds() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    if paths.is_empty() {
        return None;
    }
    Some(paths)
}

const NOT_THERE: &str = "NOT CHECKED: the real papers are not beside the repository, so no import of one was made";

/// The words of a paper without the markup that some lines have. Raised figures are figures, and a mail address that leads
/// to itself is written once.
fn plain(source: &str) -> String {
    let mut plain = source.to_owned();
    for markup in ["<sup>", "</sup>", "<b>", "</b>", "<br>", "<input type=\"checkbox\"/>", "](#)"] {
        plain = plain.replace(markup, " ");
    }
    let parts = plain.split("](mailto:").enumerate();
    plain = parts.map(|(n, part)| if n == 0 { part } else { part.split_once(')').unwrap_or((part, "")).1 }).collect();
    for (raised, digit) in "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9') {
        // The digits of one figure stay together.
        plain = plain.replace(raised, &format!("\u{1}{digit}"));
    }
    let mut figures = String::new();
    let mut raised = false;
    for c in plain.chars() {
        match c {
            '\u{1}' if !raised => (raised, figures) = (true, figures + " "),
            '\u{1}' => {}
            c => {
                raised = raised && c.is_ascii_digit();
                figures.push(c);
            }
        }
    }
    figures
}

/// The words of a text that was made, without front matter and the addresses of mentions.
fn words_made(text: &str) -> String {
    let body = text.splitn(3, "+++").nth(2).unwrap();
    let mut out = String::new();
    for (n, part) in body.split("[[").enumerate() {
        let shown = part.split_once("]]").filter(|_| n > 0);
        match shown.map(|(inner, rest)| (inner.split('|').next_back().unwrap_or(inner), rest)) {
            Some((inner, rest)) => out.push_str(&format!(" {inner} {rest}")),
            None => out.push_str(part),
        }
    }
    out.replace("[^", " ")
}

#[test]
fn real_papers_keep_every_number_note_and_word() {
    let Some(paths) = seeds() else { return println!("{NOT_THERE}") };
    let (mut clauses, mut notes) = (0, 0);
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let begun = Instant::now();
        let made = imported(PaperFormat::Text, source.as_bytes());
        let took = begun.elapsed().as_secs_f64();
        // Two imports, in a build that is not optimised.
        assert!(took < 2.0, "{} takes {took} s", path.display());
        clauses_of(&made);
        if made.report.numbering != "headings" {
            clauses += made.report.clauses;
        }
        notes += made.report.notes;
        // A title that was a line of the paper is in the front matter, and the report says where it was taken from.
        let left_out: u32 = made.report.remarks.iter().map(|remark| remark.left_out).sum();
        let before = words(&plain(&source));
        let mut after = words(&words_made(&made.text));
        if before != after {
            let front = made.text.lines().find_map(|line| line.strip_prefix("title = ")).unwrap();
            words(front).into_iter().for_each(|(word, count)| *after.entry(word).or_default() += count);
        }
        assert_eq!((before, left_out), (after, 0), "{}", path.display());
    }
    assert_eq!((clauses, notes), (121, 28));
}

#[test]
fn what_pages_and_notes_tear_in_real_papers_is_joined() {
    let Some(paths) = seeds() else { return println!("{NOT_THERE}") };
    let mut apart = Vec::new();
    for (n, path) in paths.iter().enumerate() {
        let source = fs::read_to_string(path).unwrap();
        let made = imported(PaperFormat::Text, source.as_bytes()).text;
        let bare = |text: &str| -> Vec<String> {
            let words = plain(text);
            let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        let lines: Vec<Vec<String>> = made.lines().map(|line| bare(&words_made(&format!("++++++{line}")))).collect();
        let whole: Vec<&str> = source.lines().collect();
        for (_, before, after) in TORN_BY_PAGES.into_iter().chain(TORN_NOTES).filter(|(paper, ..)| *paper == n) {
            let (head, tail) = (bare(whole[before - 1]), bare(whole[after - 1]));
            let around: Vec<String> =
                head[head.len().saturating_sub(3)..].iter().chain(tail.iter().take(3)).cloned().collect();
            if !lines.iter().any(|line| line.windows(around.len()).any(|words| words == around)) {
                apart.push((n, before));
            }
        }
    }
    assert_eq!(apart, [], "{} of {} are apart", apart.len(), TORN_BY_PAGES.len() + TORN_NOTES.len());
}
