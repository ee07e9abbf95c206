//! The lines of a text: where they are, what they begin with, and whether one goes on in the next.

use std::collections::HashSet;

use crate::document::{Number, is_first_label, is_label, is_next_label};
use crate::import::blocks::PaperPlace;
use crate::import::bounds::DEEPEST;
use crate::parse::openers;

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

impl ForeignLine<'_> {
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
    // "Section 2." has its number behind a word.
    let named = openers::opener(line, ["", ""]).is_some_and(|opener| {
        let rest = line.get(opener.whole.end..).unwrap_or_default().trim_start();
        !opener.word.is_empty() && opener.stopped && rest.starts_with(char::is_uppercase)
    });
    // "(a)" may begin with a small letter, since its sentence goes on; "1.1" and "1." not.
    named || label && (bare.starts_with('(') || capital) || many && capital || number && (stopped || column) && capital
}

/// Returns whether a line begins with a label that can only be one of an item: `(a)`, `b)`, `(1)`.
pub fn begins_with_label(line: &str) -> bool {
    label(line)
        .is_some_and(|(form, label)| form != LabelForm::Bare && (form != LabelForm::Stopped || !is_figure(label)))
}

/// Signs around a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LabelForm {
    /// `(a)`
    Bracketed,
    /// `a)`
    Closed,
    /// `a.`
    Stopped,
    /// `1` before a capital letter.
    Bare,
}

fn is_figure(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_digit())
}

/// The label that a line begins with, behind which words follow.
fn label(line: &str) -> Option<(LabelForm, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let inner = word.trim_start_matches('(').trim_end_matches([')', '.']);
    let form = match (word.strip_prefix(inner), word.strip_prefix('(').and_then(|word| word.strip_prefix(inner))) {
        (_, Some(")")) => LabelForm::Bracketed,
        (Some(")"), _) => LabelForm::Closed,
        (Some("."), _) => LabelForm::Stopped,
        (Some(""), _) if is_figure(inner) && rest.starts_with(char::is_uppercase) => LabelForm::Bare,
        _ => return None,
    };
    (is_label(inner) && !rest.is_empty()).then_some((form, inner))
}

/// Words before the number of a clause.
pub const CLAUSE_WORDS: [&str; 15] = [
    "paragraph",
    "paragraphs",
    "para",
    "paras",
    "clause",
    "clauses",
    "section",
    "sections",
    "rule",
    "rules",
    "article",
    "articles",
    "regulation",
    "regulations",
    "see",
];

/// Returns whether a label or a number behind some words is a mention, and begins nothing.
pub fn names_a_number(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default().to_lowercase();
    let last = last.trim_start_matches('(').trim_start_matches("sub").trim_start_matches('-');
    // "Paragraphs (a) and" goes on with another label.
    let joins =
        matches!(last, "and" | "or" | "to") && words.next().is_some_and(|word| begins_with_label(&format!("{word} x")));
    joins
        || CLAUSE_WORDS.contains(&last)
        || matches!(last, "under" | "of" | "in" | "within" | "by" | "at" | "item" | "items" | "point")
}

/// The least lines that begin with bare figures for these to be numbers.
const FEW: usize = 3;

/// Returns for each line of a paragraph whether it begins something of its own: with a number, or
/// with a label of a list whose labels follow one another there, such as `a.` and `b.`
pub fn starts(lines: &[&str]) -> Vec<bool> {
    let mut starts: Vec<bool> = lines.iter().map(|line| begins_with_number(line)).collect();
    // The lists that are open, each with its lines.
    let mut open: Vec<(LabelForm, &str, Vec<usize>)> = Vec::new();
    let mut close = |(form, _, at): (LabelForm, &str, Vec<usize>)| {
        if at.len() >= if form == LabelForm::Bare { FEW } else { 2 } {
            at.into_iter().for_each(|at| starts.iter_mut().skip(at).take(1).for_each(|start| *start = true));
        }
    };
    for (at, line) in lines.iter().enumerate() {
        let Some((form, label)) = label(line) else { continue };
        let next = |(other, last, _): &(LabelForm, &str, Vec<usize>)| *other == form && is_next_label(last, label);
        if let Some(place) = open.iter().rposition(next) {
            open.drain(place + 1..).for_each(&mut close);
            if let Some((_, last, places)) = open.last_mut() {
                *last = label;
                places.push(at);
            }
        } else if is_first_label(label) || at == 0 {
            open.push((form, label, vec![at]));
            if open.len() > DEEPEST {
                close(open.remove(0));
            }
        }
    }
    open.into_iter().for_each(close);
    for (start, before) in starts.iter_mut().skip(1).zip(lines) {
        *start = *start && !names_a_number(before);
    }
    starts
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
    /// Whether the lines of an item are further in than its label.
    hangs: bool,
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
        let words = words.map(|word| bare(word).to_lowercase()).collect();
        let (mut hanging, mut flush) = (0, 0);
        for (item, next) in lines.iter().zip(lines.iter().skip(1)) {
            let is_item = begins_with_label(item.text.trim()) || after_bullet(item.text.trim()).is_some();
            if is_item && next.text.trim().starts_with(char::is_lowercase) {
                *(if next.indent > item.indent { &mut hanging } else { &mut flush }) += 1;
            }
        }
        Wrapping { width, hangs: hanging > 0 && hanging >= 2 * flush, words }
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
        // A line that would have held the next word ended on purpose.
        self.hangs || self.width.is_none_or(|width| end + next < width * 8 / 10)
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
