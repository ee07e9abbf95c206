//! A column at the right of a text, in which minutes name who is to act.
//!
//! Takes the lines of a text; finds the letter at which such a column begins, and cuts its words
//! off a line. The words of a table are none: its lines are beside others that have gaps too.

use super::lines::ForeignLine;
use super::rows;

/// The least lines that have words in the column.
const FEW: usize = 2;
/// Letters by which the beginnings of its words may differ.
const SLACK: usize = 2;
/// The most letters and words that are in it on one line.
const NARROW: (usize, usize) = (16, 3);
/// The least words before it on a line.
const LEAST: usize = 3;
/// The gap before it.
const GAP: &str = "   ";

/// Returns the letter at which the column begins.
pub fn column(lines: &[ForeignLine<'_>]) -> Option<usize> {
    let has_gap = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| rows::is_row(line.text));
    let alone = |at: usize| !has_gap(at.checked_sub(1)) && !has_gap(Some(at + 1));
    let found: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(at, _)| alone(*at))
        .filter_map(|(_, line)| split(line.text).map(|(column, ..)| column))
        .collect();
    let near = |column: usize| found.iter().filter(|other| other.abs_diff(column) <= SLACK).count();
    let column = found.iter().copied().max_by_key(|column| (near(*column), std::cmp::Reverse(*column)))?;
    // No other words of the text are there.
    let across = lines.iter().filter(|line| split(line.text).is_none() && line.end() > column).count();
    (near(column) >= FEW && across * 10 <= lines.len()).then_some(column)
}

/// Returns the words of a line before the column, and those in it.
pub fn cut(text: &str, column: usize) -> Option<(&str, &str)> {
    split(text).filter(|(at, ..)| at.abs_diff(column) <= SLACK).map(|(_, own, aside)| (own, aside))
}

/// The letter at which the last words of a line begin behind a gap, the words before it, and these.
fn split(text: &str) -> Option<(usize, &str, &str)> {
    let text = text.trim_end();
    let (own, aside) = text.rsplit_once(GAP)?;
    let own = own.trim_end();
    let few = aside.chars().count() <= NARROW.0 && aside.split_whitespace().count() <= NARROW.1;
    let sound =
        own.split_whitespace().count() >= LEAST && own.contains(char::is_lowercase) && !own.trim().contains(GAP);
    let begins = aside.starts_with(char::is_uppercase);
    (few && sound && begins).then(|| (text.chars().count() - aside.chars().count(), own, aside))
}
