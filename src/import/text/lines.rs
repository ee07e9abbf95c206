//! The lines of a text: where they are, what they begin with, and whether one goes on in the next.

use std::collections::HashSet;

use crate::document::{Number, is_label};
use crate::import::blocks::PaperPlace;

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
}

/// Cuts a text into lines. A form feed is a line of its own that ends a page.
pub fn of(text: &str) -> Vec<ForeignLine<'_>> {
    let has_pages = text.contains('\u{c}');
    let mut lines = Vec::new();
    for (page, part) in (1u32..).zip(text.split('\u{c}')) {
        if page > 1 {
            let last = lines.last().map_or(1, |line: &ForeignLine<'_>| line.place.line);
            let place = PaperPlace { page: page - 1, line: last };
            lines.push(ForeignLine { text: "", indent: 0, place, ends_page: true });
        }
        let before = lines.last().map_or(0, |line| line.place.line);
        for (line, text) in (before + 1..).zip(part.lines()) {
            let indent = text.len() - text.trim_start_matches(' ').len();
            let place = PaperPlace { page: if has_pages { page } else { 0 }, line };
            lines.push(ForeignLine { text, indent, place, ends_page: false });
        }
    }
    lines
}

/// Returns whether a line is a rule across the page.
pub fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && ["-", "_", "*", "=", "—", "─"].iter().any(|sign| line.replace(sign, "").is_empty())
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

/// Returns whether a line begins with a number or a label, behind which words follow.
pub fn begins_with_number(line: &str) -> bool {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim_start();
    let bare = word.trim_matches(['*', '_']);
    let inner = bare.trim_start_matches('(').trim_end_matches([')', '.', ':']);
    let stopped = inner.len() < bare.len();
    let label = is_label(inner) && bare.ends_with([')', '.']);
    let number = Number::parse(inner).is_some_and(|number| number.labels().is_empty());
    let many = number && inner.contains('.');
    let capital = rest.starts_with(|c: char| c.is_uppercase() || "[*_\"'‘“".contains(c));
    // "2     Money": a page prints the number in a column of its own.
    let column = line.get(word.len()..).is_some_and(|gap| gap.starts_with("  ") || gap.starts_with('\t'));
    // "(a)" may begin with a small letter, since its sentence goes on; "1.1" and "1." not.
    label && (bare.starts_with('(') || capital) || many && capital || number && (stopped || column) && capital
}

/// Returns whether a line is the figure of a note and nothing else.
pub fn is_figure_alone(line: &str) -> bool {
    let line = line.trim();
    (1..=3).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_digit())
}

/// Returns a word without the signs around it.
pub fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Wrapping of the lines of a text, and the words that it has.
#[derive(Debug)]
pub struct Wrapping {
    /// The usual length of a full line; none if each line is a paragraph.
    width: Option<usize>,
    /// The words in small letters.
    pub words: HashSet<String>,
}

/// Words with which no sentence and no heading ends.
const OPEN_WORDS: [&str; 22] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "that", "the", "their",
    "to", "which", "with", "will", "its",
];

/// Returns whether a text ends with a word that ends no sentence.
pub fn ends_open(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    OPEN_WORDS.contains(&last.to_lowercase().as_str())
}

impl Wrapping {
    /// Finds how the lines of a text are wrapped.
    pub fn of(lines: &[ForeignLine<'_>]) -> Self {
        let mut lengths: Vec<usize> =
            lines.iter().map(|line| line.text.trim_end().chars().count()).filter(|length| *length > 0).collect();
        lengths.sort_unstable();
        let longest = lengths.last().copied().unwrap_or(0);
        let most = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        let width = (longest <= 160).then_some(most);
        let words = lines.iter().flat_map(|line| line.text.split_whitespace());
        Wrapping { width, words: words.map(|word| bare(word).to_lowercase()).collect() }
    }

    /// Returns whether a line goes on with what was read before it.
    pub fn joins(&self, before: &str, line: &str) -> bool {
        let first = line.trim().trim_start_matches(['*', '_', '"', '“', '‘', '(']);
        if first.starts_with(char::is_lowercase) || ends_open(before) || before.ends_with('-') {
            return true;
        }
        let Some(width) = self.width else { return line.trim().starts_with('<') };
        // The last line of a paragraph is short; a line that would have held the next word ended on
        // purpose.
        let last = before.chars().count();
        let next = line.split_whitespace().next().unwrap_or_default().chars().count();
        last + next + 1 > width * 8 / 10
    }
}
