//! Furniture of pages, at their heads and feet: running titles and page numbers.
//!
//! Takes the lines of a text with pages; returns those that are words of the paper. A line is
//! furniture if it is at the head or foot of its page and is so on other pages, whatever its
//! figures are, or if it is a page's number alone.

use std::collections::HashMap;

use super::lines::ForeignLine;
use crate::import::report::{About, Report};

/// Lines at the head and at the foot of a page that may be furniture.
const DEEP: usize = 3;

/// Returns the lines without furniture, which is reported.
pub fn without<'t>(lines: Vec<ForeignLine<'t>>, report: &mut Report) -> Vec<ForeignLine<'t>> {
    if !lines.iter().any(|line| line.ends_page) {
        return lines;
    }
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    let pages: Vec<&[ForeignLine<'_>]> = lines.split(|line| line.ends_page).collect();
    for page in &pages {
        for (_, foot, line) in edges(page) {
            *seen.entry((foot, shape(line.text))).or_default() += 1;
        }
    }
    let many = pages.len();
    let mut gone: Vec<(u32, u32, &str)> = Vec::new();
    for page in &pages {
        for (outer, foot, line) in edges(page) {
            let shape = shape(line.text);
            let times = seen.get(&(foot, shape.clone())).copied().unwrap_or(0);
            let repeats = times >= 3 || times == 2 && many <= 4;
            let number = is_page_number(line.text);
            // A clause that begins each page is no running head: only its figures differ.
            let clause = shape.starts_with('#') && shape.trim_start_matches(['#', '.', ' ']).len() > 12;
            let figure = shape == "#" && !outer;
            if number || repeats && !clause && !figure && shape.chars().count() < 120 {
                report.leave_out(
                    About::Furniture,
                    line.place,
                    "a head, a foot or a number of the page is left out",
                    line.text,
                );
                gone.push((line.place.page, line.place.line, line.text));
            }
        }
    }
    let mut gone = gone.into_iter().peekable();
    let mut keep = |line: &ForeignLine<'t>| {
        let is_gone = gone.peek().is_some_and(|(page, number, text)| {
            (*page, *number) == (line.place.page, line.place.line) && *text == line.text && !line.ends_page
        });
        if is_gone {
            gone.next();
        }
        !is_gone
    };
    lines.iter().filter(|line| keep(line)).cloned().collect()
}

/// The lines with words at the head and at the foot of a page, in order, each once. The first value
/// says that no line with words is further out, the second that it is a foot.
fn edges<'a, 't>(page: &'a [ForeignLine<'t>]) -> Vec<(bool, bool, &'a ForeignLine<'t>)> {
    let worded: Vec<&ForeignLine<'t>> = page.iter().filter(|line| !line.text.trim().is_empty()).collect();
    let count = worded.len();
    let at_edge = worded.into_iter().enumerate().filter(|(n, _)| *n < DEEP || n + DEEP >= count);
    at_edge.map(|(n, line)| (n == 0 || n + 1 == count, n + DEEP >= count && n >= DEEP.min(count / 2), line)).collect()
}

/// A line with a sign for each of its figures.
fn shape(line: &str) -> String {
    let mut shape = String::new();
    for c in line.trim().chars() {
        match c {
            '0'..='9' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            c if c.is_whitespace() && shape.ends_with(' ') => {}
            c if c.is_whitespace() => shape.push(' '),
            c => shape.push(c),
        }
    }
    shape
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
