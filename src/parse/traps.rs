//! Where Markdown reads something other than the author of a clause meant.
//!
//! Takes the source of a block; says whether a number in it is lost there. Each function here is one trap of the manual's
//! chapter on numbers. Never decides what to do about it: `markdown` reports it.

use crate::document::{Number, Numbering};

/// Whether a word has the form of a decimal number, sound or not: `3.37`, `A.1`, `3.37a`.
pub fn looks_like_decimal(word: &str) -> bool {
    let Some((first, rest)) = word.split_once('.') else { return false };
    let digits = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    let letters = (1..=2).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_uppercase());
    (digits || letters) && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The number in `17A.`
pub fn simple_number(word: &str) -> Option<Number> {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let number = Number::parse(word.strip_suffix('.')?)?;
    (digits && number.depth() == 1 && number.labels().is_empty()).then_some(number)
}

/// Whether a line would open a clause if it began a paragraph.
pub fn opens_clause(line: &str, numbering: Numbering) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    match numbering {
        Numbering::Decimal => looks_like_decimal(word) && Number::parse(word).is_some() && !is_quantity(line),
        Numbering::Simple => simple_number(word).is_some(),
        Numbering::Auto | Numbering::None => false,
    }
}

/// The number in `**3.37**` or `_17._`
pub fn emphasised_number(word: &str) -> Option<&str> {
    let bare = word.trim_matches(['*', '_']);
    let emphasised = bare.len() < word.len() && word.starts_with(['*', '_']);
    (emphasised && (looks_like_decimal(bare) || simple_number(bare).is_some())).then_some(bare)
}

/// Words that count or measure, so that the figure before them is an amount and not a clause's number.
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

/// The clause numbers that begin a line inside a paragraph, with their offsets. A number that a sentence merely wraps to
/// is told from them by what stands round it: an end before it, a capital after it.
pub fn numbers_inside(paragraph: &str, numbering: Numbering, current: Option<&Number>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut ended = false;
    for (n, line) in paragraph.split_inclusive('\n').enumerate() {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let line = line.trim();
        let word = line.split_whitespace().next().unwrap_or_default();
        if n > 0 && opens_clause(line, numbering) {
            let rest = line.get(word.len()..).unwrap_or_default().trim_start();
            let capital = rest.starts_with(|c: char| c.is_uppercase() || "[*_\"'‘“".contains(c));
            let number = Number::parse(word.trim_end_matches('.'));
            let next = match (current, &number) {
                (Some(current), Some(number)) => current.is_followed_by(number),
                _ => false,
            };
            if capital || next && ended {
                found.push((start, word.to_owned()));
            }
        }
        ended = line.ends_with(['.', ':', ';', '?', '!', ']', '}', ')']);
    }
    found
}

/// A clause's number at the start of a bulleted item, with its offset.
pub fn number_in_item(item: &str) -> Option<(usize, &str)> {
    let after = item.strip_prefix(['-', '*', '+'])?;
    let words = after.trim_start();
    let word = words.split_whitespace().next()?;
    let rest = words.get(word.len()..)?.trim_start();
    let clause = looks_like_decimal(word) && Number::parse(word).is_some() && !is_quantity(words);
    (clause && rest.starts_with(char::is_uppercase)).then_some((item.len() - words.len(), word))
}

/// The labels of `[^label]` in words that Markdown left as they were, with their offsets.
pub fn undefined_marks(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices("[^") {
        let rest = source.get(at + 2..).unwrap_or_default();
        let Some(end) = rest.find(']') else { continue };
        let label = rest.get(..end).unwrap_or_default();
        let sound = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
        if sound && !escaped(source, at) {
            found.push((at, label.to_owned()));
        }
    }
    found
}

/// The offset of `[[` in words that Markdown left as they were.
pub fn loose_brackets(source: &str) -> Option<usize> {
    source.match_indices("[[").map(|(at, _)| at).find(|at| !escaped(source, *at))
}

/// The place and length of a mention in a table's row whose `|` ends the cell.
pub fn pipe_in_mention(row: &str) -> Option<(usize, usize)> {
    row.match_indices("[[").find_map(|(at, _)| {
        let rest = row.get(at..)?;
        let end = rest.find("]]")?;
        let inner = rest.get(..end)?;
        let pipe = inner.match_indices('|').any(|(pipe, _)| !escaped(inner, pipe));
        (pipe && !escaped(row, at)).then_some((at, end + 2))
    })
}

fn escaped(source: &str, at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// The place and length of a clause's number that begins a line of HTML, or follows a comment on its line.
pub fn number_in_html(source: &str, numbering: Numbering) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let after = line.rfind("-->").map_or(0, |end| end + 3);
        let words = line.get(after..).unwrap_or_default();
        let start = at + after + words.len() - words.trim_start().len();
        at += line.len();
        let words = words.trim();
        // After a comment, any words at all are a paragraph lost.
        if opens_clause(words, numbering) || after > 0 && numbering == Numbering::Auto && !words.is_empty() {
            return Some((start, words.split_whitespace().next().map_or(0, str::len)));
        }
    }
    None
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
