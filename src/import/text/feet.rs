//! Notes at the feet of printed pages: the lines with which they begin.
//!
//! Takes the lines of a page; gives those that begin with a figure which is behind a word of the
//! same page. Figures that count up to the foot of the page are those of notes, whatever is
//! between them.

use std::collections::BTreeSet;

use super::lines::ForeignLine;

/// The most digits of the figure of a note.
const MOST: usize = 3;

/// Returns the figures that are behind words of a page, without a space: "hall1 and".
pub fn marks(page: &[ForeignLine<'_>]) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for line in page {
        let mut before = ' ';
        let mut word = false;
        for (at, c) in line.text.char_indices() {
            if c.is_ascii_digit() && !before.is_ascii_digit() && word {
                let rest = line.text.get(at..).unwrap_or_default();
                let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                let ends = rest.get(length..).is_none_or(|rest| !rest.starts_with(char::is_alphanumeric));
                found.extend(
                    rest.get(..length)
                        .filter(|figure| ends && figure.len() <= MOST)
                        .and_then(|f| f.parse::<u32>().ok()),
                );
            }
            // "1.4" has no mark.
            word = c.is_alphabetic() || word && ".,;:)]?!”’\"".contains(c);
            before = c;
        }
    }
    found
}

/// Returns the figure with which a line begins, if words follow it.
pub fn figure(line: &str) -> Option<u32> {
    let (figure, words) = line.trim().split_once(char::is_whitespace)?;
    let is_figure = (1..=MOST).contains(&figure.len()) && figure.bytes().all(|b| b.is_ascii_digit());
    (is_figure && !words.trim().is_empty()).then(|| figure.parse().ok())?
}

/// Returns the places of the lines that begin notes at the feet of their pages.
pub fn first_lines(lines: &[ForeignLine<'_>]) -> BTreeSet<(u32, u32)> {
    let mut found = BTreeSet::new();
    for page in lines.split(|line| line.ends_page) {
        let marks = marks(page);
        let mut below: Option<u32> = None;
        for line in page.iter().rev() {
            let Some(figure) = figure(line.text).filter(|figure| marks.contains(figure)) else { continue };
            if below.is_some_and(|below| figure + 1 != below) {
                break;
            }
            found.insert((line.place.page, line.place.line));
            below = Some(figure);
        }
    }
    found
}
