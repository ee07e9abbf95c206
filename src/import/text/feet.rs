//! Notes at the feet of printed pages: the lines with which they begin.
//!
//! Takes the lines of a page; gives those that begin with a figure which is behind a word of the
//! same page. Figures that count up to the foot of the page are those of notes, whatever is
//! between them. Where the type of lines is known, the foot is what is in small type.

use std::collections::BTreeSet;

use super::lines::{self, FootPart, ForeignLine, LineType};
use crate::import::inline::raised_digit;
use crate::import::rising::NumberDoubts;
use crate::import::sentences::is_ended;

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

/// Returns the places of the lines that begin notes at the feet of their pages. Of two lines with
/// the same figure, the one about which there is less doubt begins it: "2 May 1998" may be within
/// a note.
pub fn first_lines(lines: &[ForeignLine<'_>]) -> BTreeSet<(u32, u32)> {
    let mut found = BTreeSet::new();
    for page in lines.split(|line| line.ends_page) {
        let marks = marks(page);
        let mut last: Option<(u32, i32, (u32, u32))> = None;
        for (at, line) in page.iter().enumerate().rev() {
            let Some(figure) = figure(line.text).filter(|figure| marks.contains(figure)) else { continue };
            let words = line.text.trim().trim_start_matches(|c: char| c.is_ascii_digit());
            let above = at.checked_sub(1).and_then(|above| page.get(above)).map(|above| above.text);
            let doubt = NumberDoubts::of(words, above).weight();
            let place = (line.place.page, line.place.line);
            match last {
                Some((other, less, _)) if other == figure && less <= doubt => break,
                Some((other, ..)) if other != figure && figure + 1 != other => break,
                Some((other, _, place)) if other != figure => {
                    found.insert(place);
                }
                _ => {}
            }
            last = Some((figure, doubt, place));
        }
        found.extend(last.map(|(.., place)| place));
    }
    found
}

/// Whether a line begins with a raised figure, as no line of the body does: there a mark is behind
/// its word.
fn begins_raised(line: &ForeignLine<'_>) -> bool {
    line.text.trim_start().starts_with(|c| raised_digit(c).is_some())
}

/// Returns lines whose parts of notes are known: from the first figure in small type, below a rule,
/// or raised at the start of a line, to the foot of the page. Lines above that go on with the last
/// note of the page before, and are moved to it.
pub fn by_type(lines: Vec<ForeignLine<'_>>) -> Vec<ForeignLine<'_>> {
    if !lines.iter().any(|line| line.face == LineType::Small || begins_raised(line) || lines::is_rule(line.text)) {
        return lines;
    }
    let mut out: Vec<ForeignLine<'_>> = Vec::with_capacity(lines.len());
    // The place behind the last line of the last note, if it is at the foot of the page before.
    let mut open: Option<usize> = None;
    let mut last: Option<u32> = None;
    for page in lines.split_inclusive(|line| line.ends_page) {
        let foot = Foot::of(page, open.and_then(|at| out.get(at.checked_sub(1)?)), last);
        last = foot.last.or(last);
        let (body, rest) = page.split_at_checked(foot.begin).unwrap_or((page, &[]));
        let (moved, own) = rest.split_at_checked(foot.first - foot.begin).unwrap_or((rest, &[]));
        if let Some(at) = open {
            let words = moved.iter().filter(|line| !line.text.trim().is_empty());
            let moved: Vec<_> = words.map(|line| ForeignLine { foot: FootPart::GoesOn, ..line.clone() }).collect();
            out.splice(at..at, moved);
        }
        out.extend_from_slice(body);
        open = None;
        for (at, line) in own.iter().enumerate() {
            let foot_part = if line.ends_page { FootPart::None } else { foot.part(foot.first + at) };
            if foot_part != FootPart::None {
                open = Some(out.len() + 1);
            }
            out.push(ForeignLine { foot: foot_part, ..line.clone() });
        }
    }
    out
}

/// The foot of a page.
struct Foot {
    /// The place of its first line: of one that goes on with a note of the page before, or of the
    /// first note.
    begin: usize,
    /// The place of the line with which its first note begins.
    first: usize,
    /// The places of the lines with which its notes begin.
    begins: BTreeSet<usize>,
    /// The figure of its last note.
    last: Option<u32>,
    /// The place behind its last line.
    end: usize,
}

impl Foot {
    /// Finds the foot of a page. `before` is the last line of a note on the page before, and
    /// `highest` the figure of the last note of all.
    fn of(page: &[ForeignLine<'_>], before: Option<&ForeignLine<'_>>, highest: Option<u32>) -> Self {
        let is_of_foot = |line: &ForeignLine<'_>| line.face == LineType::Small || line.text.trim().is_empty();
        let small = page.iter().rev().take_while(|line| is_of_foot(line)).count();
        let raised = page.iter().position(begins_raised).unwrap_or(page.len());
        let marks = marks(page);
        let ruled = page.iter().rposition(|line| lines::is_rule(line.text)).map_or(page.len(), |rule| rule + 1);
        let below = page.iter().skip(ruled).find(|line| !line.text.trim().is_empty());
        let has_mark = |figure| marks.contains(&figure) || highest.is_some_and(|highest| highest + 1 == figure);
        let is_note = |line: &ForeignLine<'_>| {
            let is_small = line.text.trim_start().starts_with(char::is_lowercase);
            let begins = begins_raised(line) || figure(line.text).is_some_and(has_mark);
            begins || is_small && before.is_some_and(|before| !is_ended(before.text))
        };
        let ruled = if below.is_some_and(is_note) { ruled } else { page.len() };
        let top = raised.min(page.len() - small).min(ruled);
        let mut begins: BTreeSet<usize> = BTreeSet::new();
        let mut last: Option<u32> = None;
        for (at, line) in page.iter().enumerate().skip(top) {
            let text = line.text.trim();
            let raised: String = text.chars().map_while(raised_digit).collect();
            let bare = figure(text).or_else(|| text.parse().ok().filter(|_| lines::is_figure_alone(text)));
            let bare = bare.filter(|figure| match last {
                Some(last) => last + 1 == *figure,
                None => has_mark(*figure),
            });
            if let Some(figure) = raised.parse().ok().or(bare) {
                begins.insert(at);
                last = Some(figure);
            }
        }
        let first_words = page.iter().enumerate().skip(top).find(|(_, line)| !line.text.trim().is_empty());
        let goes_on = first_words.is_some_and(|(at, line)| {
            let small = line.text.trim_start().starts_with(char::is_lowercase);
            !begins.contains(&at) && before.is_some_and(|before| small || !is_ended(before.text))
        });
        let first = begins.first().copied();
        // What is behind a gap and begins nothing is of a note only if its sentence goes on.
        let mut end = page.len();
        let mut above = "";
        for (at, line) in page.iter().enumerate().skip(first.unwrap_or(page.len())) {
            let gap = at.checked_sub(1).and_then(|at| page.get(at)).is_some_and(|line| line.text.trim().is_empty());
            if line.text.trim().is_empty() {
                continue;
            }
            let parted = gap && !begins.contains(&at) && is_ended(above);
            if parted || matches!(line.face, LineType::Large(_)) {
                end = at;
                break;
            }
            above = line.text;
        }
        match first {
            Some(first) => Foot { begin: if goes_on { top } else { first }, first, begins, last, end },
            None if goes_on => {
                let last = page.iter().rposition(|line| !line.text.trim().is_empty()).map_or(top, |last| last + 1);
                Foot { begin: top, first: last, begins, last: None, end: last }
            }
            None => Foot { begin: page.len(), first: page.len(), begins, last: None, end: page.len() },
        }
    }

    /// The part of a note that a line of the page is.
    fn part(&self, at: usize) -> FootPart {
        match self.begins.contains(&at) {
            true => FootPart::Begins,
            false if self.begins.range(..at).next().is_some() && at < self.end => FootPart::GoesOn,
            false => FootPart::None,
        }
    }
}
