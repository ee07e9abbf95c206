//! The labels of series, and the run of a series' numbers that rise.
//!
//! Takes words of headings and the numbers below them; says what begins a series and which numbers
//! are out of its order.

use std::collections::BTreeSet;

use super::ids::anchor_of;
use super::number::{Number, is_label};

/// Returns whether a word is the label of a series, as the 2 of "Schedule 2": a figure with or
/// without letters, one or two letters, or a Roman numeral.
pub fn is_series_label(label: &str) -> bool {
    let digits = label.len() - label.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letters = label.get(digits..).unwrap_or_default();
    let figure = (1..=3).contains(&digits) && letters.len() <= 2 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    let capitals = !label.is_empty() && label.bytes().all(|b| b.is_ascii_uppercase());
    let roman = capitals && label.len() <= 7 && label.bytes().all(|b| b"IVXL".contains(&b));
    figure || roman || capitals && is_label(label)
}

/// Returns whether a number needs no series, since it begins with the label of the series: A.1 in
/// Annex A.
pub fn bears_label(number: &Number, series: &str) -> bool {
    let label = series.rsplit(char::is_whitespace).next().unwrap_or_default();
    let written = number.to_string();
    let first = written.split('.').next().unwrap_or_default();
    first == label && first.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The most bytes of an id before numbers.
const MOST_SERIES_ID: usize = 64;

/// Returns the id before the numbers of a series: that of its heading, if its author gave one.
pub fn series_id(name: &str, given: Option<&str>, outer: Option<&str>) -> String {
    match (given, outer) {
        (Some(given), _) => given.to_owned(),
        (None, outer) => {
            let own = anchor_of(name);
            let with_outer = outer.map(|outer| format!("{outer}-{own}"));
            // What is too long cannot be mentioned.
            with_outer.filter(|id| id.len() <= MOST_SERIES_ID).unwrap_or(own)
        }
    }
}

/// Returns the indices of a longest run of numbers that rise. Each is given by its first and its
/// last: "3 to 5" is one. Of two that are the same, the first is in the run.
pub fn longest_run<T: Ord>(numbers: &[(&T, &T)]) -> BTreeSet<usize> {
    // For each length, the end of a run of it that has the lowest last number (patience sorting).
    let mut ends: Vec<(usize, &T)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, (first, last)) in numbers.iter().enumerate() {
        let length = ends.partition_point(|(_, end)| end < first);
        before.push(ends.get(..length).and_then(|shorter| shorter.last()).map(|(at, _)| *at));
        match ends.get_mut(length) {
            Some((_, end)) if *end <= last => {}
            Some(end) => *end = (at, last),
            None => ends.push((at, last)),
        }
    }
    let previous = |at: &usize| before.get(*at).copied().flatten();
    std::iter::successors(ends.last().map(|(at, _)| *at), previous).collect()
}
