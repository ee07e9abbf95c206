//! Traps: places where Markdown reads something other than the author of a clause meant.
//!
//! Takes the source of a block; says whether a number in it is lost there. Each function here is
//! one trap of the manual's chapter on numbers. Never decides what to do about it: `markdown`
//! reports it.

use std::ops::Range;

use super::openers;
use crate::document::{Number, Numbering};

/// Whether a word has the form of a decimal number, sound or not: `3.37`, `A.1`, `3.37a`.
pub fn looks_like_decimal(word: &str) -> bool {
    let Some((first, rest)) = word.split_once('.') else { return false };
    let digits = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    let letters = (1..=2).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_uppercase());
    (digits || letters) && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is a number with a stop and a capital joined to it: "3.Fees".
pub fn lacks_space(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = word.strip_suffix(rest).unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit()) && number.ends_with('.') && rest.starts_with(char::is_uppercase)
}

/// Whether a line would open a clause if it began a paragraph.
pub fn opens_clause(line: &str, scheme: (Numbering, [&str; 2])) -> bool {
    let (numbering, unit) = scheme;
    let line = line.trim_start();
    let found = openers::of_paragraph(line, numbering, unit);
    let found = found.filter(|found| !found.loose && !openers::is_doubtful(found, line));
    found.is_some_and(|found| !found.word.is_empty() || numbering != Numbering::Decimal || !is_quantity(line))
}

/// The names in the markers of boxes.
const BOXES: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Returns whether a box is called so.
pub fn is_box(name: &str) -> bool {
    BOXES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Words that count or measure, so that the figure before them is an amount and not a clause's
/// number.
const MEASURES: [&str; 24] = [
    "million",
    "billion",
    "trillion",
    "thousand",
    "hundred",
    "per",
    "percent",
    "%",
    "percentage",
    "times",
    "km",
    "kg",
    "m",
    "cm",
    "miles",
    "metres",
    "hectares",
    "tonnes",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "points",
];

/// Whether a paragraph opens with an amount: "3.5 million", "2.5%".
pub fn is_quantity(paragraph: &str) -> bool {
    let mut words = paragraph.split_whitespace();
    let figure = words.next().unwrap_or_default();
    figure.ends_with('%')
        || words
            .next()
            .is_some_and(|word| MEASURES.contains(&word.trim_end_matches([',', '.', ';', ':']).to_lowercase().as_str()))
}

/// The clause's number at the start of a line that follows `sentence` without a blank line between
/// them, unless the sentence merely wraps to it: then no capital follows, or it does not go on from
/// `current`.
pub fn number_at_line_start<'a>(
    line: &'a str,
    sentence: &str,
    scheme: (Numbering, [&str; 2]),
    current: Option<&Number>,
) -> Option<&'a str> {
    let line = line.trim();
    if !opens_clause(line, scheme) {
        return None;
    }
    let found = openers::of_paragraph(line, scheme.0, scheme.1)?;
    let word = line.get(found.place.clone())?;
    let rest = line.get(found.whole.end..)?.trim_start();
    let capital = rest.starts_with(|c: char| c.is_uppercase() || "[*_\"'‘“".contains(c));
    let goes_on = current.is_some_and(|current| current.without_series().is_followed_by(&found.number));
    let ended = sentence.trim_end().ends_with(['.', ':', ';', '?', '!', ']', '}', ')', '|']);
    (capital || goes_on && ended).then_some(word)
}

/// The first line of some text that would open a clause, as the offset and the number.
pub fn first_opener<'t>(text: &'t str, scheme: (Numbering, [&str; 2])) -> Option<(usize, &'t str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        if opens_clause(words, scheme) {
            return Some((at + line.len() - words.len(), words.split_whitespace().next()?));
        }
        at += line.len();
    }
    None
}

/// A clause's number at the start of an item, with its offset.
pub fn number_in_item(item: &str) -> Option<(usize, &str)> {
    let ordered = || item.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')']);
    let after = item.strip_prefix(['-', '*', '+']).or_else(ordered)?;
    let words = after.trim_start();
    let word = words.split_whitespace().next()?;
    let rest = words.strip_prefix(word)?.trim_start();
    let clause = looks_like_decimal(word) && Number::parse(word).is_some() && !is_quantity(words);
    (clause && rest.starts_with(char::is_uppercase)).then_some((item.len() - words.len(), word))
}

/// The words in a range of a file.
fn words_in<'f>(file: &'f str, range: &Range<usize>) -> &'f str {
    file.get(range.clone()).unwrap_or_default()
}

/// The labels of `[^label]` in words that Markdown left as they were, with their offsets in the
/// file.
pub fn undefined_marks(file: &str, range: &Range<usize>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = words_in(file, range);
    while let Some((_, after)) = rest.split_once("[^") {
        let Some((label, _)) = after.split_once(']') else { break };
        rest = after;
        let at = range.end - after.len() - 2;
        let sound = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        if sound && !is_escaped(file, at) {
            found.push((at, label.to_owned()));
        }
    }
    found
}

/// The offset in the file of `[[` in words that Markdown left as they were.
pub fn loose_brackets(file: &str, range: &Range<usize>) -> Option<usize> {
    let places = words_in(file, range).match_indices("[[");
    places.map(|(at, _)| range.start + at).find(|at| !is_escaped(file, *at))
}

/// Returns the place of the first `[!NOTE]`, or marker of another box, in words that Markdown left
/// as they were.
pub fn loose_marker(file: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mut rest = words_in(file, range);
    while let Some((_, after)) = rest.split_once("[!") {
        rest = after;
        let start = range.end - after.len() - 2;
        if let Some((name, _)) = after.split_once(']')
            && is_box(name)
            && !is_escaped(file, start)
        {
            return Some(start..start + name.len() + 3);
        }
    }
    None
}

/// The places and lengths of the mentions in a table's row whose `|` ends the cell.
pub fn pipes_in_mentions(row: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut rest = row;
    while let Some((before, after)) = rest.split_once("]]") {
        if let Some((outside, inner)) = before.rsplit_once("[[") {
            let start = row.len() - rest.len() + outside.len();
            let pipe = inner.match_indices('|').any(|(pipe, _)| !is_escaped(inner, pipe));
            if pipe && !is_escaped(row, start) {
                found.push((start, inner.len() + 4));
            }
        }
        rest = after;
    }
    found
}

/// The places of the cells of a table's row.
pub fn cells(row: &str) -> Vec<Range<usize>> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, _) in row.match_indices('|').filter(|(at, _)| !is_escaped(row, *at)) {
        // What is before a stroke at the head of the row is no cell.
        if at > 0 && !row.get(..at).unwrap_or_default().trim().is_empty() {
            found.push(start..at);
        }
        start = at + 1;
    }
    if !row.get(start..).unwrap_or_default().trim().is_empty() {
        found.push(start..row.len());
    }
    found
}

/// The place and length of code in a table's row whose `|` ends the cell.
pub fn pipe_in_code(row: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(next) = row.get(at..).and_then(|rest| rest.find('`')) {
        let start = at + next;
        if is_escaped(row, start) {
            at = start + 1;
            continue;
        }
        let rest = row.get(start..)?;
        let fence = rest.len() - rest.trim_start_matches('`').len();
        let inner = rest.get(fence..)?;
        // The next run of as many backticks.
        let mut from = 0;
        let length = loop {
            let Some(found) = inner.get(from..).and_then(|rest| rest.find('`')) else { break None };
            let run = inner.get(from + found..)?;
            let run = run.len() - run.trim_start_matches('`').len();
            if run == fence {
                break Some(from + found);
            }
            from += found + run;
        };
        let Some(length) = length else {
            at = start + fence;
            continue;
        };
        let code = inner.get(..length)?;
        if code.match_indices('|').any(|(pipe, _)| !is_escaped(code, pipe)) {
            return Some((start, length + 2 * fence));
        }
        at = start + length + 2 * fence;
    }
    None
}

/// Whether a character is preceded by an odd number of backslashes.
pub fn is_escaped(source: &str, at: usize) -> bool {
    source.as_bytes().iter().take(at).rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// The place and length of a clause's number that begins a line of HTML, or follows a comment on
/// its line.
pub fn number_in_html(source: &str, scheme: (Numbering, [&str; 2])) -> Option<(usize, usize)> {
    let visible = blank_comments(source);
    let mut at = 0;
    for (line, shown) in source.split_inclusive('\n').zip(visible.split_inclusive('\n')) {
        let start = at + shown.len() - shown.trim_start().len();
        at += line.len();
        let words = shown.trim();
        // After a comment, any words at all are a paragraph lost where every paragraph is a clause.
        let paragraph = scheme.0 == Numbering::Auto && line.contains("-->") && !words.is_empty();
        if opens_clause(words, scheme) || paragraph {
            return Some((start, words.split_whitespace().next().map_or(0, str::len)));
        }
    }
    None
}

/// HTML of the same length, with spaces in the place of its comments; one that is never closed is
/// none.
fn blank_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, inner)) = rest.split_once("<!--") {
        let Some((comment, after)) = inner.split_once("-->") else { break };
        kept.push_str(before);
        let bytes = "<!--".bytes().chain(comment.bytes()).chain("-->".bytes());
        kept.extend(bytes.map(|b| if b == b'\n' { '\n' } else { ' ' }));
        rest = after;
    }
    kept + rest
}

/// HTML without its comments, which are between authors.
pub fn without_comments(html: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// The place of `{#…}` or `{.…}` at the end of a line, unless its author escaped it.
pub fn last_attributes(line: &str) -> Option<Range<usize>> {
    let line = line.trim_end_matches(['#', ' ', '\t', '\r']);
    let start = line.rfind("{#").max(line.rfind("{."))?;
    let whole = line.ends_with('}') && !line.ends_with("\\}");
    (whole && !is_escaped(line, start)).then_some(start..line.len())
}

/// The places of `{#id}` and `{.term}` that are followed by more words.
pub fn attributes_inside(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((inner, behind)) = after.split_once('}') else { break };
        rest = after;
        let at = source.len() - after.len() - 1;
        let named =
            inner.strip_prefix(['#', '.']).is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        let sound = named && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"#.- _".contains(&b));
        let followed = !behind.trim().is_empty();
        if sound && followed && !is_escaped(source, at) {
            found.push(at..at + inner.len() + 2);
        }
    }
    found
}
