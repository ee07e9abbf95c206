//! The type of a printed page: its raised figures, and the lines in small or in large type.
//!
//! Takes the text that `pdftotext -layout` prints of a PDF and the boxes of its words that
//! `pdftotext -bbox` prints; gives the text with raised digits of Unicode and a sign at the end of
//! each line in another type than the body's. A line whose words are not found among the boxes
//! stays as it is.

use std::collections::BTreeMap;

use super::inline::raised_of;

/// The sign behind a line in small type.
pub const SMALL: char = '\u{1f}';
/// The sign behind a line in large type: one for the largest, two for the next.
pub const LARGE: char = '\u{1e}';

/// The highest parts of the body's type, in hundredths, that small type has, and the lowest of
/// large type.
const BOUNDS: (u32, u32) = (94, 115);
/// The highest part of the type beside it, in hundredths, that a raised figure has.
const RAISED: u32 = 80;
/// The most digits of a raised figure.
const MOST_DIGITS: usize = 3;
/// The letters of a page among which a line is looked for.
const NEAR: usize = 4000;
/// The fewest letters of a line that is looked for further on.
const FEW: usize = 8;
/// The most letters of a heading.
const LONGEST: usize = 120;
/// The most sizes of headings.
const MOST_SIZES: usize = 4;
/// The most bytes of a word.
const LONGEST_WORD: usize = 4000;

/// A word with its box, in hundredths of a point.
struct BoxedWord {
    letters: String,
    left: u32,
    top: u32,
    bottom: u32,
}

impl BoxedWord {
    fn height(&self) -> u32 {
        self.bottom.saturating_sub(self.top)
    }
}

/// A letter of a page with the height of its type.
#[derive(Clone, Copy)]
struct PrintedLetter {
    letter: char,
    height: u32,
    raised: bool,
}

/// Returns a text with the signs of its type.
pub fn with_type(layout: &str, boxes: &str) -> String {
    let layout: String = layout.chars().filter(|c| !matches!(*c, SMALL | LARGE)).collect();
    let pages: Vec<Vec<PrintedLetter>> = pages(boxes).into_iter().map(letters).collect();
    let body = middle(pages.iter().flatten());
    if body == 0 {
        return layout;
    }
    let mut lines: Vec<(String, u32)> = Vec::new();
    for (n, page) in layout.split('\u{c}').enumerate() {
        let before = lines.len();
        page_lines(page, pages.get(n).map(Vec::as_slice).unwrap_or_default(), &mut lines);
        if let Some((first, _)) = lines.get_mut(before).filter(|_| n > 0) {
            first.insert(0, '\u{c}');
        }
    }
    fill(&mut lines);
    let ranks = ranks(&lines, body);
    let mut out = String::with_capacity(layout.len() + lines.len());
    for (at, (text, height)) in lines.into_iter().enumerate() {
        if at > 0 && !text.starts_with('\u{c}') {
            out.push('\n');
        }
        out.push_str(&text);
        if height > 0 && height * 100 < body * BOUNDS.0 {
            out.push(SMALL);
        } else if let Some(rank) = ranks.get(&height).filter(|_| is_head(&text)) {
            out.extend(std::iter::repeat_n(LARGE, *rank));
        }
    }
    out
}

/// Adds the lines of a page, each with the height of its type, or 0 if that is not known.
fn page_lines(page: &str, letters: &[PrintedLetter], lines: &mut Vec<(String, u32)>) {
    let texts: Vec<&str> = page.split('\n').collect();
    let mut at = 0;
    // The place of a figure that was put before the line above it.
    let mut moved: Option<usize> = None;
    for (line, text) in texts.iter().enumerate() {
        if moved == Some(line) {
            lines.push((String::new(), 0));
            continue;
        }
        let found = place(text, letters, at);
        let length: usize = text.split_whitespace().map(count).sum();
        let Some((from, part)) = found.and_then(|from| Some((from, letters.get(from..from + length)?))) else {
            lines.push(((*text).to_owned(), 0));
            continue;
        };
        let mut words = raised(text, part);
        // A figure that is raised far is printed on the line below its words.
        let skipped = letters.get(at..from).unwrap_or_default();
        let figure: String = skipped.iter().filter(|letter| letter.raised).map(|letter| letter.letter).collect();
        let next = (line + 1..texts.len()).find(|next| texts.get(*next).is_some_and(|text| !text.trim().is_empty()));
        let is_below = next.and_then(|next| texts.get(next)).is_some_and(|text| text.trim() == figure);
        if !figure.is_empty() && figure.len() == skipped.len() && is_below {
            moved = next;
            let digits: String = figure.chars().filter_map(raised_of).collect();
            words = format!("{digits} {}", words.trim_start());
        }
        lines.push((words, middle(part.iter())));
        at = from + part.len();
    }
}

fn count(word: &str) -> usize {
    word.chars().count()
}

/// Whether a line in large type may be a heading.
fn is_head(text: &str) -> bool {
    text.contains(char::is_alphabetic) && text.trim().chars().count() <= LONGEST
}

/// Ranks of the heights of headings, from 1. Where many lines are in large type, none is a heading.
fn ranks(lines: &[(String, u32)], body: u32) -> BTreeMap<u32, usize> {
    let is_large = |height: u32| height * 100 > body * BOUNDS.1;
    let worded = lines.iter().filter(|(text, _)| !text.trim().is_empty()).count();
    let mut heights: Vec<u32> =
        lines.iter().filter(|(text, height)| is_large(*height) && is_head(text)).map(|(_, height)| *height).collect();
    if heights.len() * 3 > worded {
        return BTreeMap::new();
    }
    heights.sort_unstable();
    heights.dedup();
    let mut ranks = BTreeMap::new();
    let mut rank = 0;
    let mut last: Option<u32> = None;
    for height in heights.into_iter().rev() {
        // Sizes that differ by little are one.
        if last.is_none_or(|last| height * 100 < last * 96) {
            rank += 1;
            last = Some(height);
        }
        ranks.insert(height, rank.min(MOST_SIZES));
    }
    ranks
}

/// Gives the height of small lines to those between them whose words were not found.
fn fill(lines: &mut [(String, u32)]) {
    let mut last: Option<u32> = None;
    let mut unknown: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, u32)> = Vec::new();
    for (at, (text, height)) in lines.iter().enumerate() {
        if text.starts_with('\u{c}') {
            last = None;
            unknown.clear();
        }
        if text.trim().is_empty() {
            continue;
        }
        if *height == 0 {
            unknown.push(at);
            continue;
        }
        if last == Some(*height) {
            found.extend(unknown.iter().map(|at| (*at, *height)));
        }
        unknown.clear();
        last = Some(*height);
    }
    for (at, height) in found {
        if let Some(line) = lines.get_mut(at) {
            line.1 = height;
        }
    }
}

/// The words of each page, from lines such as
/// `<word xMin="72.0" yMin="64.1" xMax="85.4" yMax="74.2">list</word>`.
fn pages(boxes: &str) -> Vec<Vec<BoxedWord>> {
    let mut pages: Vec<Vec<BoxedWord>> = Vec::new();
    for line in boxes.lines().map(str::trim_start) {
        if line.starts_with("<page ") {
            pages.push(Vec::new());
        } else if let (Some(page), Some(word)) = (pages.last_mut(), line.strip_prefix("<word ").and_then(boxed)) {
            page.push(word);
        }
    }
    pages
}

fn boxed(line: &str) -> Option<BoxedWord> {
    let (attributes, rest) = line.split_once('>')?;
    let words = rest.split_once("</word>")?.0;
    let number = |name: &str| {
        let value = attributes.split_once(name)?.1.strip_prefix("=\"")?.split_once('"')?.0;
        // A saturating cast: what is off the page is at its edge.
        value.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| (value * 100.0) as u32)
    };
    let letters = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
    let word = BoxedWord { letters, left: number("xMin")?, top: number("yMin")?, bottom: number("yMax")? };
    (word.letters.len() <= LONGEST_WORD).then_some(word)
}

/// The letters of a page, row by row.
fn letters(mut words: Vec<BoxedWord>) -> Vec<PrintedLetter> {
    words.sort_by_key(|word| (word.top / 2 + word.bottom / 2, word.left));
    let mut rows: Vec<Vec<BoxedWord>> = Vec::new();
    let (mut top, mut bottom) = (0, 0);
    for word in words {
        let shared = bottom.min(word.bottom).saturating_sub(top.max(word.top));
        match rows.last_mut() {
            Some(row) if shared * 2 > word.height().min(bottom.saturating_sub(top)) => {
                (top, bottom) = (top.min(word.top), bottom.max(word.bottom));
                row.push(word);
            }
            _ => {
                (top, bottom) = (word.top, word.bottom);
                rows.push(vec![word]);
            }
        }
    }
    let mut found = Vec::new();
    for mut row in rows {
        row.sort_by_key(|word| word.left);
        let tallest = row.iter().max_by_key(|word| word.height()).map(|word| (word.height(), word.bottom));
        for word in &row {
            let figure = word.letters.bytes().all(|b| b.is_ascii_digit()) && word.letters.len() <= MOST_DIGITS;
            let raised = figure
                && tallest.is_some_and(|(height, bottom)| {
                    word.height() * 100 < height * RAISED && bottom.saturating_sub(word.bottom) * 10 > height
                });
            let height = word.height();
            found.extend(word.letters.chars().map(|letter| PrintedLetter { letter, height, raised }));
        }
    }
    found
}

/// The height of most letters, without raised figures.
fn middle<'a>(letters: impl Iterator<Item = &'a PrintedLetter>) -> u32 {
    let mut heights: BTreeMap<u32, usize> = BTreeMap::new();
    for letter in letters.filter(|letter| !letter.raised) {
        *heights.entry(letter.height).or_default() += 1;
    }
    heights.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(height, _)| height)
}

/// The place of the letters of a line among those of its page, from where the line before it ended.
fn place(line: &str, letters: &[PrintedLetter], at: usize) -> Option<usize> {
    let wanted: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_here = |from: usize| {
        let here = letters.get(from..from + wanted.len());
        here.is_some_and(|here| here.iter().zip(&wanted).all(|(here, wanted)| here.letter == *wanted))
    };
    if wanted.is_empty() {
        return None;
    }
    if is_here(at) || wanted.len() < FEW {
        return Some(at).filter(|at| is_here(*at));
    }
    let last = letters.len().min(at + NEAR);
    (at..last).find(|from| is_here(*from)).or_else(|| (at.saturating_sub(NEAR)..at).find(|from| is_here(*from)))
}

/// The words of a line with raised digits.
fn raised(line: &str, letters: &[PrintedLetter]) -> String {
    let mut letters = letters.iter();
    let with = |c: char| {
        let raised = !c.is_whitespace() && letters.next().is_some_and(|letter| letter.raised);
        if raised { raised_of(c).unwrap_or(c) } else { c }
    };
    line.chars().map(with).collect()
}
