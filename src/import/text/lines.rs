//! The lines of a text: where they are, what they begin with, and whether one goes on in the next.

use std::collections::HashSet;

use super::starts::{begins_with_label, is_figure, is_labelled, names_a_number};
use crate::date::MONTHS;
use crate::document::{Number, SERIES, is_label, is_series_label};
use crate::import::blocks::PaperPlace;
use crate::import::inline::raised_digit;
use crate::import::printed::{LARGE, SMALL};
use crate::import::sentences::ends_open;

/// One line.
#[derive(Clone, Debug)]
pub struct ForeignLine<'t> {
    /// The line without its end.
    pub text: &'t str,
    /// The number of spaces before its words.
    pub indent: usize,
    /// The place in the file.
    pub place: PaperPlace,
    /// Whether it is the end of a page, and has no words.
    pub ends_page: bool,
    /// The type that it is printed in.
    pub face: LineType,
    /// The part of a note at the foot of its page that it is.
    pub foot: FootPart,
}

/// Type in which a line is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineType {
    /// That of the body, or a type that is not known.
    #[default]
    Body,
    /// Small type.
    Small,
    /// Large type, by its rank among those of headings.
    Large(u8),
}

/// Part of a note at the foot of a page, where the type of lines tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FootPart {
    /// No part of one.
    #[default]
    None,
    /// The line with which it begins.
    Begins,
    /// A line behind that.
    GoesOn,
}

/// A line without the signs of its type.
fn with_face(line: &str) -> (&str, LineType) {
    if let Some(words) = line.strip_suffix(SMALL) {
        return (words, LineType::Small);
    }
    let words = line.trim_end_matches(LARGE);
    match u8::try_from(line.len() - words.len()) {
        Ok(rank @ 1..=6) => (words, LineType::Large(rank)),
        _ => (words, LineType::Body),
    }
}

impl ForeignLine<'_> {
    /// Makes the end of a page.
    pub fn end_of_page(place: PaperPlace) -> Self {
        ForeignLine { text: "", indent: 0, place, ends_page: true, face: LineType::Body, foot: FootPart::None }
    }

    /// Returns the letters up to the end of its words.
    pub fn end(&self) -> usize {
        self.text.trim_end().chars().count()
    }
}

/// Cuts a text into lines. A form feed is a line of its own that ends a page.
pub fn of(text: &str) -> Vec<ForeignLine<'_>> {
    let has_pages = text.contains('\u{c}');
    let mut lines = Vec::new();
    for (page, part) in (1u32..).zip(text.split('\u{c}')) {
        if page > 1 {
            let last = lines.last().map_or(1, |line: &ForeignLine<'_>| line.place.line);
            let place = PaperPlace { page: page - 1, line: last };
            lines.push(ForeignLine::end_of_page(place));
        }
        let before = lines.last().map_or(0, |line| line.place.line);
        for (line, text) in (before + 1..).zip(part.lines()) {
            let (text, face) = with_face(text);
            let indent = text.len() - text.trim_start_matches(' ').len();
            let place = PaperPlace { page: if has_pages { page } else { 0 }, line };
            lines.push(ForeignLine { text, indent, place, ends_page: false, face, foot: FootPart::None });
        }
    }
    lines
}

/// Returns whether a line is a rule across the page.
pub fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next().filter(|sign| "-_*=—─".contains(*sign)) else { return false };
    let more = signs.try_fold(0, |count, sign| (sign == first).then_some(count + 1));
    more.is_some_and(|more| more > 1)
}

/// Signs of items that are no part of Markdown.
const BULLETS: [char; 14] = ['•', '·', '▪', '■', '●', '○', '◦', '‣', '–', '\u{f0b7}', '\u{f0a7}', '➢', '*', '+'];

/// Returns the words of an item behind its sign.
pub fn after_bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(BULLETS).or_else(|| line.strip_prefix('-')).or_else(|| {
        // Some programs print the letter o for a ring.
        line.strip_prefix('o').filter(|rest| rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  "))
    })?;
    let words = rest.trim_start();
    (rest.len() > words.len() && !words.is_empty()).then_some(words)
}

/// Returns whether some words are a number or the label of an item, and nothing else.
pub fn is_number(words: &str) -> bool {
    let inner = words.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let label = is_label(inner) && (inner.len() < words.len() || is_figure(inner));
    label || Number::parse(inner).is_some_and(|number| number.labels().is_empty())
}

/// Returns whether a line is the figure of a note and nothing else.
pub fn is_figure_alone(line: &str) -> bool {
    let line = line.trim();
    let digits = line.chars().all(|c| c.is_ascii_digit() || raised_digit(c).is_some());
    (1..=3).contains(&line.chars().count()) && digits
}

/// Returns a word without the signs around it.
pub fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The most letters of a heading right below a paragraph.
const LONGEST_HEAD: usize = 60;

/// Returns whether a line can only be a heading: it names a part, such as "Schedule 2", or is in
/// capitals, and no sign ends it.
pub fn is_head(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let word = words.next().unwrap_or_default();
    let label = words.next().unwrap_or_default().trim_end_matches([':', '–', '—', '-', '.']);
    let names_part = is_series_label(label) && SERIES.iter().any(|series| series.eq_ignore_ascii_case(word));
    let capitals = line.chars().filter(|c| c.is_alphabetic()).count() > 3 && !line.contains(char::is_lowercase);
    let begins = word.starts_with(char::is_uppercase);
    begins && (names_part || capitals) && line.chars().count() <= LONGEST_HEAD && !line.ends_with(['.', ';', ',', ':'])
}

/// The most words of a heading right below a paragraph.
const FEW_WORDS: usize = 9;

/// Returns whether a line may be a heading: it is short, begins with a capital and has no sign at
/// its end.
pub fn may_be_head(line: &str) -> bool {
    let short = line.chars().count() <= LONGEST_HEAD && line.split_whitespace().count() <= FEW_WORDS;
    let whole = !line.ends_with(|c: char| !c.is_alphanumeric() && c != ')') && !ends_open(line);
    short && whole && line.starts_with(char::is_uppercase) && !line.contains(". ") && !is_named(line)
}

/// The most letters of a name before a colon.
const LONGEST_NAME: usize = 24;

/// Whether a line begins with a name before a colon: "Present: A. Baker".
fn is_named(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(name, _)| {
        let letters = name.chars().all(|c| c.is_alphabetic() || c == ' ');
        letters && name.starts_with(char::is_uppercase) && name.len() <= LONGEST_NAME
    })
}

/// Wrapping of the lines of a text, and the words that it has.
#[derive(Debug)]
pub struct Wrapping {
    /// The usual length of a line; none if each line is a paragraph.
    width: Option<usize>,
    /// The length of a line whose words go on in the next; none if those of no line do.
    full: Option<usize>,
    /// Whether the lines of an item are further in than its label.
    hangs: bool,
    /// The words in small letters.
    pub words: HashSet<String>,
}

/// The most letters of the lines of a text whose paragraphs are wrapped.
const LONGEST: usize = 160;
/// The least letters of a full line.
const NARROWEST: usize = 30;
/// The letters of a line that is full although none of the text goes on with a small letter.
const WIDE: usize = 60;

impl Wrapping {
    /// Finds how the lines of a text are wrapped.
    pub fn of(lines: &[ForeignLine<'_>]) -> Self {
        // Lines whose words go on in the next with a small letter are full.
        let pairs = || lines.iter().zip(lines.iter().skip(1));
        let goes_on = |next: &ForeignLine<'_>| {
            let next = next.text.trim();
            next.starts_with(char::is_lowercase) && !is_labelled(next) && after_bullet(next).is_none()
        };
        let mut full: Vec<usize> = pairs()
            .filter(|(line, next)| !line.text.trim().is_empty() && goes_on(next))
            .map(|(line, _)| line.end())
            .collect();
        let mut all: Vec<usize> = lines.iter().map(ForeignLine::end).filter(|length| *length > 0).collect();
        let longest = all.iter().max().copied().unwrap_or(0);
        let usual = |lengths: &mut Vec<usize>| {
            lengths.sort_unstable();
            lengths.get(lengths.len() * 9 / 10).copied().filter(|_| longest <= LONGEST)
        };
        let (width, full) = (usual(&mut all), usual(&mut full).filter(|full| *full >= NARROWEST));
        let full = full.or(width.filter(|width| *width >= WIDE));
        let words = lines.iter().flat_map(|line| line.text.split_whitespace());
        let words = words.map(|word| bare(word).to_lowercase()).collect();
        let (mut hanging, mut flush) = (0, 0);
        for (item, next) in pairs() {
            let is_item = begins_with_label(item.text.trim()) || after_bullet(item.text.trim()).is_some();
            if is_item && next.text.trim().starts_with(char::is_lowercase) {
                *(if next.indent > item.indent { &mut hanging } else { &mut flush }) += 1;
            }
        }
        Wrapping { width, full, hangs: hanging > 0 && hanging >= 2 * flush, words }
    }

    /// Returns whether a line is flush below an item, as words of what the item is in. The item
    /// has an indent, an end of its last line, and words.
    pub fn is_flush(&self, (indent, end, before): (usize, usize, &str), line: &ForeignLine<'_>) -> bool {
        // "And" alone on its line is between this item and the next.
        let alone = matches!(line.text.trim().trim_end_matches([',', ';']), "and" | "or" | "and/or");
        if alone || line.indent > indent || before.ends_with('-') || ends_open(before) {
            return false;
        }
        let next = line.text.split_whitespace().next().unwrap_or_default().chars().count();
        // Further out than the label, a line goes on with it only if that was full.
        if line.indent + 2 <= indent && self.width.is_some_and(|width| end + next < width) {
            return true;
        }
        // A line that would have held the next word ended on purpose.
        self.hangs || self.width.is_none_or(|width| end + next < width * 8 / 10)
    }

    /// Returns whether a line would have held the first word of the next, so that it ended on
    /// purpose.
    pub fn ends_early(&self, line: &ForeignLine<'_>, next: &str) -> bool {
        let next = next.split_whitespace().next().unwrap_or_default().chars().count();
        self.full.is_some_and(|full| line.end() + next < full * 8 / 10)
    }

    /// Returns whether a line goes on with what was read before it, whose last line has an end.
    pub fn joins(&self, (before, end): (&str, usize), line: &str) -> bool {
        // "Present: A. Baker" and "Apologies: C. Dunn" are lines of their own.
        if is_named(before) && is_named(line.trim()) {
            return false;
        }
        let first = line.trim().trim_start_matches(['*', '_', '"', '“', '‘', '(']);
        let named = first.starts_with(|c: char| c.is_ascii_digit()) && names_a_number(before);
        // "More than" goes on with "2.5 per cent".
        let mut words = first.split_whitespace();
        let figure = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            && words.next().is_some_and(|word| word.starts_with(char::is_lowercase))
            && !before.ends_with(['.', ':', ';', '?', '!']);
        // "By 31" goes on with "December".
        let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(bare(word)));
        let month =
            before.ends_with(|c: char| c.is_ascii_digit()) && first.split_whitespace().next().is_some_and(is_month);
        let goes_on = first.starts_with(char::is_lowercase) || named || figure || month;
        if goes_on || ends_open(before) || before.ends_with('-') {
            return true;
        }
        let Some(full) = self.full else { return line.trim().starts_with('<') };
        // The last line of a paragraph is short; a line that would have held the next word ended on
        // purpose.
        let next = line.split_whitespace().next().unwrap_or_default().chars().count();
        end + next + 1 > full * 8 / 10
    }
}
