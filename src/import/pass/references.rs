//! References: fields of Word, links within a page, and words such as "paragraph 3.2".
//!
//! Takes blocks with their roles; makes mentions of what leads to a clause that exists. What leads
//! nowhere or may be of another text stays words, and is reported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::numbers::PaperNumbering;
use super::roles::BlockRole;
use crate::document::{Number, anchor_of, is_of_other_text};
use crate::import::blocks::{Block, BlockKind, PaperPlace, TextRun, plain};
use crate::import::report::{About, Report};
use crate::import::text::CLAUSE_WORDS;

/// Clauses that can be mentioned.
struct ReferenceTargets<'a> {
    /// Every number that has an address.
    numbers: BTreeSet<&'a Number>,
    bookmarks: BTreeMap<String, Number>,
    /// The ids of headings that are mentioned, by their bookmarks.
    headings: BTreeMap<String, String>,
    found: &'a PaperNumbering,
}

/// Makes mentions.
pub fn link(
    blocks: &mut [Block],
    notes: &mut BTreeMap<String, Vec<Vec<TextRun>>>,
    (roles, found): (&[BlockRole], &PaperNumbering),
    report: &mut Report,
) {
    let headings = mentioned_headings(blocks, notes, roles);
    let mut targets = ReferenceTargets { numbers: BTreeSet::new(), bookmarks: BTreeMap::new(), headings, found };
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

/// Gives an id to each heading that a field or a link leads to, in place of its bookmarks; returns
/// the ids by these. Other headings have none.
fn mentioned_headings(
    blocks: &mut [Block],
    notes: &BTreeMap<String, Vec<Vec<TextRun>>>,
    roles: &[BlockRole],
) -> BTreeMap<String, String> {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    let mut want = |runs: &[TextRun]| {
        wanted.extend(runs.iter().filter_map(|run| match run {
            TextRun::Field { to, words } if !words.trim().is_empty() => Some(to.clone()),
            TextRun::Words { link: Some(link), .. } => link.strip_prefix('#').map(str::to_owned),
            _ => None,
        }));
    };
    for block in blocks.iter() {
        want(&block.runs);
        if let BlockKind::Table(table) = &block.kind {
            table.rows.iter().flatten().for_each(|cell| want(cell));
        }
    }
    notes.values().flatten().for_each(|body| want(body));
    let mut found = BTreeMap::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    // The id of a heading that begins a series is before the numbers of the series.
    let mut is_of_series = false;
    let mut of_series: Vec<bool> = Vec::with_capacity(roles.len());
    for role in roles.iter().rev() {
        if let BlockRole::Clause(number) = role {
            is_of_series = number.series().is_some();
        }
        of_series.push(is_of_series);
    }
    for ((block, role), of_series) in blocks.iter_mut().zip(roles).zip(of_series.into_iter().rev()) {
        if !matches!(role, BlockRole::Heading(_)) {
            continue;
        }
        let marks = std::mem::take(&mut block.bookmarks);
        if of_series || !marks.iter().any(|mark| wanted.contains(mark)) {
            continue;
        }
        let id = format!("head-{}", anchor_of(&block.plain()));
        let id = if used.contains(&id) { format!("{id}-{}", used.len() + 1) } else { id };
        used.insert(id.clone());
        found.extend(marks.into_iter().map(|mark| (mark, id.clone())));
        block.bookmarks.push(id);
    }
    found
}

fn replace(
    runs: &mut Vec<TextRun>,
    targets: &ReferenceTargets<'_>,
    (series, place): (Option<&str>, PaperPlace),
    report: &mut Report,
) {
    let mut replaced = Vec::with_capacity(runs.len());
    let whole = plain(runs);
    let mut next = 0;
    for run in runs.drain(..) {
        let from = next;
        next += plain(std::slice::from_ref(&run)).len();
        match run {
            TextRun::Field { words, to } => replaced.push(field(words, &to, targets, place, report)),
            TextRun::Words { text, link: Some(link), style } if link.starts_with('#') => {
                let mark = link.trim_start_matches('#');
                let number =
                    targets.bookmarks.get(mark).or_else(|| targets.numbers.get(&Number::parse_anchor(mark)?).copied());
                match (number, targets.headings.get(mark)) {
                    (Some(number), _) => replaced.push(mention(number, text)),
                    (None, Some(id)) if !text.trim().is_empty() => {
                        replaced.push(TextRun::Mention { to: format!("#{id}"), words: text });
                    }
                    (None, _) => {
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
                let (found, doubts) = parts(&whole, from..next, targets, series);
                for (words, at) in doubts {
                    let says = format!("{words} may be of another text, and is words");
                    report.add(About::Reference, place, says, &words_before(&text, at, words));
                }
                for part in found {
                    match part {
                        Part::Words(text) => replaced.push(TextRun::Words { text: text.to_owned(), link: None, style }),
                        Part::Number(number, words, at) => {
                            let says = "words became a mention";
                            report.tell(About::Reference, place, says, &words_before(&text, at, words));
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
        _ => match targets.headings.get(to) {
            Some(id) if !words.trim().is_empty() => TextRun::Mention { to: format!("#{id}"), words },
            _ => {
                report.add(About::Reference, place, "a reference leads to no clause, and is words", &words);
                TextRun::words(words)
            }
        },
    }
}

/// A part of some words.
enum Part<'a, 't> {
    Words(&'t str),
    /// A number that is mentioned, its words, and their place.
    Number(&'a Number, &'t str, usize),
}

/// Numbers that are looked for behind a word such as "paragraphs".
#[derive(Clone, Copy)]
struct ExpectedNumbers {
    /// The parts that each has at least.
    depth: usize,
    /// Whether nothing around them names another text.
    is_own: bool,
}

/// Numbers that may be of another text, each with its place.
type Doubts<'t> = Vec<(&'t str, usize)>;

/// Cuts words at the numbers in them that mention clauses: "paragraphs 3.2 and 3.4(b)". The words
/// are a range of those of their paragraph.
fn parts<'a, 't>(
    whole: &'t str,
    range: Range<usize>,
    targets: &ReferenceTargets<'a>,
    series: Option<&str>,
) -> (Vec<Part<'a, 't>>, Doubts<'t>) {
    let start = range.start;
    let text = whole.get(range).unwrap_or_default();
    let (mut parts, mut doubts) = (Vec::new(), Vec::new());
    let mut done = 0;
    let mut expects: Option<ExpectedNumbers> = None;
    // The end of the number before, and whether it is of this paper.
    let mut last: Option<(usize, bool)> = None;
    for (at, word) in words_of(text) {
        let bare =
            word.trim_end_matches([',', ';', ':', '.', '?', '!', '”', '’', '"']).trim_start_matches(['(', '“', '‘']);
        let lower = bare.to_lowercase();
        let from = at + word.find(bare).unwrap_or(0);
        if let Some(depth) = depth_meant(&lower, targets.found) {
            let before = last.filter(|(end, _)| is_list(text.get(*end..from).unwrap_or_default()));
            let around = (start + from, start + from + bare.len());
            expects =
                Some(ExpectedNumbers { depth, is_own: is_own(whole, around, &lower, before.map(|(_, own)| own)) });
            continue;
        }
        if expects.is_some() && matches!(lower.as_str(), "and" | "or" | "to") {
            continue;
        }
        let bare = without_bracket(bare);
        let number = Number::parse(bare);
        let end = from + bare.len();
        let target = number.as_ref().filter(|number| expects.is_some_and(|expects| number.depth() >= expects.depth));
        let target = target.and_then(|number| target_of(targets, number, series));
        let is_own = expects.is_some_and(|expects| expects.is_own);
        if number.is_some() && expects.is_some() {
            last = Some((end, is_own && target.is_some()));
        }
        let Some(number) = target else {
            expects = None;
            continue;
        };
        if is_own {
            parts.push(Part::Words(text.get(done..from).unwrap_or_default()));
            parts.push(Part::Number(number, bare, from));
            done = end;
        } else {
            doubts.push((bare, from));
        }
        // The list may go on, but not behind a stop.
        expects = expects.filter(|_| !word.ends_with(['.', ';', ':']));
    }
    parts.push(Part::Words(text.get(done..).unwrap_or_default()));
    parts.retain(|part| !matches!(part, Part::Words("")));
    (parts, doubts)
}

/// A number without a bracket that closes more than it opens: that is of the sentence.
fn without_bracket(mut bare: &str) -> &str {
    while bare.ends_with(')') && bare.matches(')').count() > bare.matches('(').count() {
        bare = bare.strip_suffix(')').unwrap_or(bare).trim_end_matches(['.', ',', ';']);
    }
    bare
}

/// Whether words between two numbers make a list of them: "paragraph 1 and paragraph 2".
fn is_list(between: &str) -> bool {
    matches!(between.trim_matches([',', ' ', '(']), "" | "and" | "or" | "to" | "and/or")
}

/// Whether the numbers behind a word are of this paper. `before` says it of the number that the
/// word follows in a list.
fn is_own(whole: &str, (from, to): (usize, usize), word: &str, before: Option<bool>) -> bool {
    let behind = behind_list(whole.get(to..).unwrap_or_default(), word.trim_end_matches('s'));
    // "See" begins anew, whatever is before it.
    let names = if before.is_some() || word == "see" { "" } else { whole.get(..from).unwrap_or_default() };
    before != Some(false) && !is_of_other_text(names, behind)
}

/// The most words of a list of numbers.
const LONGEST_LIST: usize = 60;

/// The words behind a list of numbers: "1.1, 1.2 and paragraph 1.3 of the Act". `unit` is the word
/// before it.
fn behind_list<'t>(text: &'t str, unit: &str) -> &'t str {
    let mut behind = text;
    for (at, word) in words_of(text).take(LONGEST_LIST) {
        let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
        let number = without_bracket(bare);
        if Number::parse(number).is_some() {
            if number.len() < bare.len() || bare.len() < word.trim_end_matches(',').len() {
                return "";
            }
            behind = text.get(at + word.len()..).unwrap_or_default();
        } else if !matches!(bare, "and" | "or" | "to") && bare.to_lowercase().trim_end_matches('s') != unit {
            break;
        }
    }
    behind
}

/// Returns the words of a text with their places.
pub fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
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
        _ if !CLAUSE_WORDS.contains(&word) => None,
        _ if singular.starts_with("para") => Some(1),
        None if !matches!(singular, "regulation" | "article") => Some(2),
        _ => None,
    }
}

/// The clause that a number means: in the series where it is, or in none.
fn target_of<'a>(targets: &ReferenceTargets<'a>, number: &Number, series: Option<&str>) -> Option<&'a Number> {
    let within = series.map(|series| number.clone().in_the_series(Some(&series.into())));
    within.and_then(|within| targets.numbers.get(&within).copied()).or_else(|| targets.numbers.get(number).copied())
}
