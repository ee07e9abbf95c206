//! Words of a text that may cite a work.
//!
//! Splits a text into words with their places, and answers the small questions that the recogniser
//! asks of a word.

use std::ops::Range;

use crate::date;

/// The words of a text with their places: runs of letters and figures, with apostrophes inside
/// them.
pub fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let from = text.get(start..)?;
        let end = word_length(from);
        at = start + end;
        Some((start, from.get(..end)?))
    })
}

/// The length of the word that a text begins with.
pub(super) fn word_length(from: &str) -> usize {
    let bytes = from.as_bytes();
    let mut end = 0;
    loop {
        // Letters and figures of ASCII, as most are, need no decoding.
        let rest = bytes.get(end..).unwrap_or_default();
        end += rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if bytes.get(end).is_none_or(|byte| byte.is_ascii() && *byte != b'\'') {
            break end;
        }
        let mut next = from.get(end..).unwrap_or_default().chars();
        match next.next() {
            Some(c) if c.is_alphanumeric() => end += c.len_utf8(),
            Some(c @ ('\'' | '’')) if next.next().is_some_and(char::is_alphanumeric) => end += c.len_utf8(),
            _ => break end,
        }
    }
}

/// Whether a number is a year in which an Act may have been passed, and not the number of a
/// section.
pub fn is_year(number: &str) -> bool {
    number.len() == 4 && number.bytes().all(|b| b.is_ascii_digit()) && number.parse().is_ok_and(date::is_year)
}

/// Returns a word without the ending of a possessive: "2004's" is 2004.
pub(super) fn without_possessive(word: &str) -> &str {
    if word.as_bytes().last() != Some(&b's') {
        return word;
    }
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether one of `places`, which are in order, shares a letter with `place`.
pub(super) fn overlaps<T>(places: &[T], range: impl Fn(&T) -> &Range<usize>, place: &Range<usize>) -> bool {
    let next = places.partition_point(|other| range(other).end <= place.start);
    places.get(next).is_some_and(|other| range(other).start < place.end)
}

/// Whether a word ends the title of a law.
pub(super) fn is_law(word: &str) -> bool {
    matches!(word, "Act" | "Regulations" | "Order" | "Rules" | "Measure")
}
