//! Pages that are set in two columns.
//!
//! Takes the lines of pages as `pdftotext` lays them out, with the columns side by side; gives the
//! lines of the left column and then those of the right. A line across both stays between what is
//! above and below it. A table of short cells is none.

use super::lines::ForeignLine;
use crate::import::report::{About, Report};

/// Spaces between the columns.
const GAP: usize = 2;
/// The least lines that have words in both columns.
const FEW: usize = 6;
/// The least letters that most lines have in each column.
const NARROW: usize = 22;
/// The furthest letter of a line at which a column begins.
const WIDE: usize = 400;

/// Returns the lines with the columns of each page one after another.
pub fn apart<'t>(lines: Vec<ForeignLine<'t>>, report: &mut Report) -> Vec<ForeignLine<'t>> {
    let mut out = Vec::with_capacity(lines.len());
    for page in lines.split_inclusive(|line| line.ends_page) {
        match gutter(page) {
            Some(gutter) => {
                let first = page.iter().find(|line| !line.text.trim().is_empty());
                if let Some(first) = first {
                    let says = "a page in two columns was read one column after the other";
                    report.add(About::Joined, first.place, says, first.text);
                }
                cut(page, gutter, &mut out);
            }
            None => out.extend_from_slice(page),
        }
    }
    out
}

/// A line as columns see it.
enum ColumnLine {
    Blank,
    /// Words on the left alone.
    Left,
    /// Words on the right alone, from a letter.
    Right(usize),
    /// Words on both sides, the left up to a letter, the right from another.
    Both(usize, usize),
    /// Words across the gap.
    Across,
}

impl ColumnLine {
    fn of(text: &str, gutter: usize) -> Self {
        let Some(first) = text.chars().position(|c| c != ' ') else { return ColumnLine::Blank };
        let end = text.trim_end().chars().count();
        if end <= gutter {
            return ColumnLine::Left;
        }
        if first >= gutter {
            return ColumnLine::Right(first);
        }
        match gaps(text).find(|(from, to)| (*from..=*to).contains(&gutter)) {
            Some((from, to)) => ColumnLine::Both(from, to),
            None => ColumnLine::Across,
        }
    }
}

/// The gaps between the words of a line, each from a letter to another.
fn gaps(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut spaces: Option<usize> = None;
    let mut begun = false;
    text.chars().enumerate().filter_map(move |(at, c)| {
        if c == ' ' {
            spaces = spaces.or(begun.then_some(at));
            return None;
        }
        begun = true;
        spaces.take().map(|from| (from, at)).filter(|(from, to)| to - from >= GAP)
    })
}

/// The place of the gap between two columns of a page, if it has them.
fn gutter(page: &[ForeignLine<'_>]) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for line in page {
        for (from, to) in gaps(line.text).take_while(|(_, to)| *to <= WIDE) {
            counts.resize(counts.len().max(to + 1), 0);
            counts.iter_mut().take(to + 1).skip(from).for_each(|count| *count += 1);
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most >= FEW)?;
    let mut found = counts.iter().enumerate().filter(|(_, count)| **count == most).map(|(at, _)| at);
    let (first, last) = (found.clone().next()?, found.next_back()?);
    let gutter = if counts.get(first..=last)?.iter().all(|count| *count == most) { last } else { first };
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), 0);
    let mut alone = 0;
    for line in page {
        match ColumnLine::of(line.text, gutter) {
            ColumnLine::Both(from, to) => {
                left.push(from.saturating_sub(line.indent));
                right.push(line.text.trim_end().chars().count().saturating_sub(to));
            }
            ColumnLine::Across => across += 1,
            ColumnLine::Left | ColumnLine::Right(_) => alone += 1,
            ColumnLine::Blank => {}
        }
    }
    let both = left.len();
    let middle = |lengths: &mut Vec<usize>| {
        lengths.sort_unstable();
        lengths.get(both / 2).copied().unwrap_or(0)
    };
    let (left, right) = (middle(&mut left), middle(&mut right));
    // The columns are of about the same width, and few lines are across both.
    let alike = left * 10 >= right * 6 && right * 10 >= left * 6;
    let full = left >= NARROW && right >= NARROW;
    (both >= FEW && full && alike && across * 4 <= both && alone <= 2 * both).then_some(gutter)
}

/// Puts the lines of the left column before those of the right, between lines across both.
fn cut<'t>(page: &[ForeignLine<'t>], gutter: usize, out: &mut Vec<ForeignLine<'t>>) {
    let begin = page.iter().filter_map(|line| match ColumnLine::of(line.text, gutter) {
        ColumnLine::Both(_, to) => Some(to),
        _ => None,
    });
    let begin = begin.min().unwrap_or(gutter);
    let mut right: Vec<ForeignLine<'t>> = Vec::new();
    for line in page {
        let found = ColumnLine::of(line.text, gutter);
        if line.ends_page || matches!(found, ColumnLine::Across) {
            turn(&mut right, out);
            out.push(line.clone());
            continue;
        }
        let (own, other) = match found {
            ColumnLine::Left => (line.text, ""),
            ColumnLine::Right(first) => ("", parted(line.text, begin.min(first)).1),
            ColumnLine::Both(from, _) => (parted(line.text, from).0, parted(line.text, begin).1),
            ColumnLine::Blank | ColumnLine::Across => ("", ""),
        };
        out.push(column_line(line, own));
        right.push(column_line(line, other));
    }
    turn(&mut right, out);
}

/// Puts the right column behind the left, which ends there as a page does.
fn turn<'t>(right: &mut Vec<ForeignLine<'t>>, out: &mut Vec<ForeignLine<'t>>) {
    if right.iter().any(|line| !line.text.is_empty())
        && let Some(last) = out.last()
    {
        let place = last.place;
        out.push(ForeignLine::end_of_page(place));
    }
    out.append(right);
}

fn column_line<'t>(line: &ForeignLine<'t>, text: &'t str) -> ForeignLine<'t> {
    let indent = text.len() - text.trim_start_matches(' ').len();
    ForeignLine { text, indent, ..line.clone() }
}

/// A text before and from a letter.
fn parted(text: &str, letter: usize) -> (&str, &str) {
    let at = text.char_indices().nth(letter).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}
