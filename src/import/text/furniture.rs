//! Furniture of pages, at their heads and feet: running titles and page numbers.
//!
//! Takes the lines of a text with pages; returns those that are words of the paper. A line is
//! furniture if nothing but furniture is further out on its page, and it comes again on other pages
//! with no other difference than that of the pages. The last line of a note is none: its figure is
//! behind a word of the page.

use std::collections::{BTreeSet, HashMap};

use super::feet;
use super::lines::ForeignLine;
use crate::import::report::{About, Report};

/// Lines at the head and at the foot of a page that may be furniture.
const DEEP: usize = 3;
/// The most letters of a line that is furniture.
const SHORT: usize = 120;
/// The most figures of a line that is furniture.
const FEW: usize = 4;

/// The words of lines at the heads or at the feet of pages, with the values of their figures:
/// those that they have, and those of the figures that count with the pages.
type RepeatedLine = (bool, String, Vec<(bool, i64)>);

/// Returns the lines without furniture, which is reported.
pub fn without<'t>(lines: Vec<ForeignLine<'t>>, report: &mut Report) -> Vec<ForeignLine<'t>> {
    if !lines.iter().any(|line| line.ends_page) {
        return lines;
    }
    let pages: Vec<&[ForeignLine<'_>]> = lines.split(|line| line.ends_page).collect();
    let mut times: HashMap<RepeatedLine, usize> = HashMap::new();
    for (number, page) in (0..).zip(&pages) {
        let repeated =
            [false, true].into_iter().flat_map(|foot| edge(page, foot).flat_map(move |line| keys(line, foot, number)));
        // Each once on a page.
        for key in repeated.collect::<BTreeSet<RepeatedLine>>() {
            *times.entry(key).or_default() += 1;
        }
    }
    let enough = if pages.len() <= 4 { 2 } else { 3 };
    let mut gone: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (number, page) in (0..).zip(&pages) {
        let marks = feet::marks(page);
        for foot in [false, true] {
            let repeats = |line: &ForeignLine<'_>| {
                keys(line, foot, number).iter().any(|key| times.get(key).is_some_and(|times| *times >= enough))
            };
            let is_of_note = |line: &str| feet::figure(line).is_some_and(|figure| marks.contains(&figure));
            let is_furniture = |line: &&ForeignLine<'_>| {
                is_page_number(line.text) || repeats(line) && !has_clause_number(line.text) && !is_of_note(line.text)
            };
            for line in edge(page, foot).take_while(is_furniture) {
                if gone.insert((line.place.page, line.place.line)) {
                    let says = "a head, a foot or a number of the page is left out";
                    report.leave_out(About::Furniture, line.place, says, line.text);
                }
            }
        }
    }
    let is_gone = |line: &ForeignLine<'_>| !line.ends_page && gone.contains(&(line.place.page, line.place.line));
    lines.iter().filter(|line| !is_gone(line)).cloned().collect()
}

/// The lines with words at the head or at the foot of a page, from its edge inwards.
fn edge<'a, 't>(page: &'a [ForeignLine<'t>], foot: bool) -> impl Iterator<Item = &'a ForeignLine<'t>> {
    let last = page.len().saturating_sub(1);
    let inwards = move |n: usize| page.get(if foot { last.checked_sub(n)? } else { n });
    (0..page.len()).map_while(inwards).filter(|line| !line.text.trim().is_empty()).take(DEEP)
}

/// Keys that a line shares with those of other pages that are the same furniture. Each figure is
/// the same on all pages, or counts with them.
fn keys(line: &ForeignLine<'_>, foot: bool, page: i64) -> Vec<RepeatedLine> {
    let (shape, figures) = shape(line.text);
    if shape.chars().count() >= SHORT || figures.len() > FEW {
        return Vec::new();
    }
    let mut values: Vec<Vec<(bool, i64)>> = vec![Vec::new()];
    for figure in figures {
        let with = |counts: bool| {
            let value = if counts { figure.saturating_sub(page) } else { figure };
            values.iter().map(move |values| values.iter().copied().chain([(counts, value)]).collect())
        };
        values = with(false).chain(with(true)).collect();
    }
    values.into_iter().map(|values| (foot, shape.clone(), values)).collect()
}

/// The words of a line with a sign for each figure, and the figures.
fn shape(line: &str) -> (String, Vec<i64>) {
    let mut shape = String::new();
    let mut figures: Vec<i64> = Vec::new();
    let mut digit_before = false;
    for c in line.trim().chars() {
        let digit = c.to_digit(10).map(i64::from);
        match (digit, figures.last_mut()) {
            (Some(digit), Some(figure)) if digit_before => {
                *figure = figure.saturating_mul(10).saturating_add(digit);
            }
            (Some(digit), _) => {
                shape.push('#');
                figures.push(digit);
            }
            _ if c.is_whitespace() && shape.ends_with(' ') => {}
            _ => shape.push(if c.is_whitespace() { ' ' } else { c }),
        }
        digit_before = digit.is_some();
    }
    (shape, figures)
}

/// Whether a line begins with a number of several parts, as a clause does.
fn has_clause_number(line: &str) -> bool {
    let rest = line.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.trim().len()
        && rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_page_number(line: &str) -> bool {
    let line = line.trim().trim_matches(['-', '–', '—', '|', ' ']).to_lowercase();
    let digits = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["page", n] => digits(n),
        ["page", n, "of", of] => digits(n) && digits(of),
        _ => false,
    }
}
