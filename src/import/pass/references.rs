//! References: fields of Word, links within a page, and words such as "paragraph 3.2".
//!
//! Takes blocks with their roles; makes mentions of what leads to a clause that exists. What leads
//! nowhere stays words, and is reported.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::PaperNumbering;
use super::roles::BlockRole;
use crate::document::Number;
use crate::import::blocks::{Block, BlockKind, PaperPlace, TextRun};
use crate::import::report::{About, Report};

/// Words before the number of a clause.
const WORDS: [&str; 15] = [
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "clause",
    "clauses",
    "section",
    "sections",
    "rule",
    "rules",
    "article",
    "articles",
    "regulation",
    "regulations",
    "see",
];

/// Clauses that can be mentioned.
struct ReferenceTargets<'a> {
    /// Every number that has an address.
    numbers: BTreeSet<&'a Number>,
    bookmarks: BTreeMap<String, Number>,
    found: &'a PaperNumbering,
}

/// Makes mentions.
pub fn link(
    blocks: &mut [Block],
    notes: &mut BTreeMap<String, Vec<Vec<TextRun>>>,
    (roles, found): (&[BlockRole], &PaperNumbering),
    report: &mut Report,
) {
    let mut targets = ReferenceTargets { numbers: BTreeSet::new(), bookmarks: BTreeMap::new(), found };
    for (block, role) in blocks.iter().zip(roles) {
        if let BlockRole::Clause(number) | BlockRole::Sub(_, _, number) = role {
            targets.numbers.insert(number);
            targets.bookmarks.extend(block.bookmarks.iter().map(|mark| (mark.clone(), number.clone())));
        }
    }
    let mut series: Option<String> = None;
    for (block, role) in blocks.iter_mut().zip(roles) {
        if let BlockRole::Clause(number) = role {
            series = number.series().map(str::to_owned);
        }
        if matches!(role, BlockRole::Heading(_)) || block.is_heading() {
            continue;
        }
        let place = block.place;
        replace(&mut block.runs, &targets, (series.as_deref(), place), report);
        if let BlockKind::Table(table) = &mut block.kind {
            for cell in table.rows.iter_mut().flatten() {
                replace(cell, &targets, (series.as_deref(), place), report);
            }
        }
    }
    for body in notes.values_mut().flatten() {
        replace(body, &targets, (None, PaperPlace::default()), report);
    }
}

fn replace(
    runs: &mut Vec<TextRun>,
    targets: &ReferenceTargets<'_>,
    (series, place): (Option<&str>, PaperPlace),
    report: &mut Report,
) {
    let mut replaced = Vec::with_capacity(runs.len());
    for run in runs.drain(..) {
        match run {
            TextRun::Field { words, to } => replaced.push(field(words, &to, targets, place, report)),
            TextRun::Words { text, link: Some(link), style } if link.starts_with('#') => {
                let mark = link.trim_start_matches('#');
                let number =
                    targets.bookmarks.get(mark).or_else(|| targets.numbers.get(&Number::parse_anchor(mark)?).copied());
                match number {
                    Some(number) => replaced.push(mention(number, text)),
                    None => {
                        report.add(
                            About::Link,
                            place,
                            "a link within the paper leads to no clause, and is words",
                            &text,
                        );
                        replaced.push(TextRun::Words { text, link: None, style });
                    }
                }
            }
            TextRun::Words { text, link: None, style } if !style.code => {
                for part in parts(&text, targets, series) {
                    match part {
                        Part::Words(text) => replaced.push(TextRun::Words { text: text.to_owned(), link: None, style }),
                        Part::Number(number, words, at) => {
                            let says = format!("{words} became a mention");
                            report.add(About::Reference, place, says, &words_before(&text, at, words));
                            replaced.push(mention(number, words.to_owned()));
                        }
                    }
                }
            }
            run => replaced.push(run),
        }
    }
    *runs = replaced;
}

/// The number with the words before it, by which people find it.
fn words_before(text: &str, at: usize, number: &str) -> String {
    let before: Vec<&str> = text.get(..at).unwrap_or_default().split_whitespace().collect();
    let last = before.get(before.len().saturating_sub(5)..).unwrap_or_default();
    format!("{} {number}", last.join(" "))
}

fn mention(number: &Number, words: String) -> TextRun {
    let to = match number.series() {
        Some(series) => format!("{series}.{}", number.without_series()),
        None => number.to_string(),
    };
    TextRun::Mention { to, words }
}

/// The mention that a field becomes. Its words may be "paragraph 3.2": only the number is one.
fn field(words: String, to: &str, targets: &ReferenceTargets<'_>, place: PaperPlace, report: &mut Report) -> TextRun {
    match targets.bookmarks.get(to) {
        Some(number) if !words.trim().is_empty() => mention(number, words),
        _ => {
            report.add(About::Reference, place, "a reference leads to no clause, and is words", &words);
            TextRun::words(words)
        }
    }
}

/// A part of some words.
enum Part<'a, 't> {
    Words(&'t str),
    /// A number that is mentioned, its words, and their place.
    Number(&'a Number, &'t str, usize),
}

/// Cuts words at the numbers in them that mention clauses: "paragraphs 3.2 and 3.4(b)".
fn parts<'a, 't>(text: &'t str, targets: &ReferenceTargets<'a>, series: Option<&str>) -> Vec<Part<'a, 't>> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut expects: Option<usize> = None;
    for (at, word) in words_of(text) {
        let bare =
            word.trim_end_matches([',', ';', ':', '.', '?', '!', '”', '’', '"']).trim_start_matches(['(', '“', '‘']);
        let lower = bare.to_lowercase();
        if let Some(depth) = depth_meant(&lower, targets.found) {
            expects = Some(depth);
            continue;
        }
        if expects.is_some() && matches!(lower.as_str(), "and" | "or" | "to") {
            continue;
        }
        let from = at + word.find(bare).unwrap_or(0);
        let mut bare = bare;
        // A bracket that closes more than it opens is that of the sentence.
        while bare.ends_with(')') && bare.matches(')').count() > bare.matches('(').count() {
            bare = bare.strip_suffix(')').unwrap_or(bare).trim_end_matches(['.', ',', ';']);
        }
        let number = Number::parse(bare).filter(|number| expects.is_some_and(|depth| number.depth() >= depth));
        let target = number.and_then(|number| target(targets, &number, series));
        let after = text.get(from + bare.len()..).unwrap_or_default();
        let Some(number) = target.filter(|_| !is_of_other(after)) else {
            expects = None;
            continue;
        };
        parts.push(Part::Words(text.get(done..from).unwrap_or_default()));
        parts.push(Part::Number(number, bare, from));
        done = from + bare.len();
        // The list may go on, but not behind a stop.
        expects = expects.filter(|_| !word.ends_with(['.', ';', ':']));
    }
    parts.push(Part::Words(text.get(done..).unwrap_or_default()));
    parts.retain(|part| !matches!(part, Part::Words("")));
    parts
}

fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let at = from;
        from = at + word.len() + text.get(at + word.len()..)?.chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((at, word))
    })
}

/// The parts that a number behind a word has at least to be of this paper: "section 10" may be of
/// any Act. None for a word that is not of clauses.
fn depth_meant(word: &str, found: &PaperNumbering) -> Option<usize> {
    let singular = word.trim_end_matches('s');
    match found.unit.as_deref() {
        Some(unit) if unit == singular || unit == word => Some(1),
        _ if !WORDS.contains(&word) => None,
        _ if singular.starts_with("para") => Some(1),
        None if !matches!(singular, "regulation" | "article") => Some(2),
        _ => None,
    }
}

/// Whether the words behind a number say that it is of another paper.
fn is_of_other(after: &str) -> bool {
    let after = after.trim_start_matches([',', ' ']);
    let Some(of) = after.strip_prefix("of ").or_else(|| after.strip_prefix("to ")) else { return false };
    !of.starts_with("this ") && !of.starts_with("these ") && !of.starts_with(|c: char| c.is_ascii_digit())
}

/// The clause that a number means: in the series where it is, or in none.
fn target<'a>(targets: &ReferenceTargets<'a>, number: &Number, series: Option<&str>) -> Option<&'a Number> {
    let within = series.map(|series| number.clone().in_the_series(Some(&series.into())));
    within.and_then(|within| targets.numbers.get(&within).copied()).or_else(|| targets.numbers.get(number).copied())
}
