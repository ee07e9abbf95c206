//! The lines that begin something of their own: with a number, a label, or the figure of a note.
//!
//! Takes the lines of one paragraph; says of each whether it begins a block. A number that is named
//! by the words above it, as in "see paragraph", begins none, but the next one of a series does.

use std::borrow::Cow;

use crate::document::{Number, is_first_label, is_label, is_next_label};
use crate::import::bounds::DEEPEST;
use crate::import::inline;
use crate::import::rising::{self, NumberDoubts};
use crate::parse::{is_quantity, openers};

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
    label(line).is_some_and(|(form, label)| match form {
        LabelForm::Bracketed | LabelForm::Closed => true,
        LabelForm::Stopped => !is_figure(&label),
        LabelForm::Bare | LabelForm::Square | LabelForm::Raised => false,
    })
}

/// Returns whether a line begins with a label of any form.
pub fn is_labelled(line: &str) -> bool {
    label(line).is_some()
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
    /// `[1]`, which begins a note.
    Square,
    /// `¹` or `<sup>1</sup>`, which begins a note.
    Raised,
}

impl LabelForm {
    /// The lines that a list of these labels has at least.
    fn least(self) -> usize {
        match self {
            LabelForm::Bare => FEW,
            // A raised figure at the start of a line is no mark of a word.
            LabelForm::Raised => 1,
            _ => 2,
        }
    }

    /// Whether a list of these labels may begin with any of them.
    fn begins_anywhere(self) -> bool {
        matches!(self, LabelForm::Square | LabelForm::Raised)
    }
}

/// Returns whether a label is a figure.
pub fn is_figure(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_digit())
}

/// The figure of a note with which a line begins, raised or in square brackets: its form, its value
/// and the words behind it.
fn figure_of_note(line: &str) -> Option<(LabelForm, u32, &str)> {
    let figures = |text: &str| text.parse().ok().filter(|_| is_figure(text) && text.len() <= MOST_FIGURES);
    if let Some((figure, words)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return Some((LabelForm::Square, figures(figure)?, words));
    }
    if let Some((figure, words)) = line.strip_prefix("<sup>").and_then(|rest| rest.split_once("</sup>")) {
        return Some((LabelForm::Raised, figures(figure.trim())?, words));
    }
    let words = line.trim_start_matches(|c| inline::raised_digit(c).is_some());
    let raised = line.get(..line.len() - words.len())?;
    let figure: String = raised.chars().filter_map(inline::raised_digit).collect();
    Some((LabelForm::Raised, figures(&figure)?, words))
}

/// The most digits of the figure of a note.
const MOST_FIGURES: usize = 3;

/// The label that a line begins with, behind which words follow.
fn label(line: &str) -> Option<(LabelForm, Cow<'_, str>)> {
    if let Some((form, figure, words)) = figure_of_note(line) {
        return (!words.trim().is_empty()).then(|| (form, figure.to_string().into()));
    }
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
    (is_label(inner) && !rest.is_empty()).then(|| (form, inner.into()))
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

/// Words that make a word such as "section" one of its own, which no number follows.
const DETERMINERS: [&str; 12] =
    ["this", "that", "the", "a", "an", "any", "each", "every", "such", "no", "its", "their"];

/// Ties between some words and a label or a number behind them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberTie {
    /// None.
    Free,
    /// A word such as "in" or "by", which a number may follow as anything else may.
    Weak,
    /// A word such as "paragraph", which names the number.
    Strong,
}

fn tie(before: &str) -> NumberTie {
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default().to_lowercase();
    let last = last.trim_start_matches('(').trim_start_matches("sub").trim_start_matches('-');
    let other = words.next().unwrap_or_default();
    // "Paragraphs (a) and" goes on with another label.
    if matches!(last, "and" | "or" | "to") && begins_with_label(&format!("{other} x")) {
        return NumberTie::Strong;
    }
    if CLAUSE_WORDS.contains(&last) {
        let is_own = DETERMINERS.contains(&other.to_lowercase().as_str());
        return if is_own { NumberTie::Weak } else { NumberTie::Strong };
    }
    match last {
        "item" | "items" | "point" => NumberTie::Strong,
        "under" | "of" | "in" | "within" | "by" | "at" => NumberTie::Weak,
        _ => NumberTie::Free,
    }
}

/// Returns whether a label or a number behind some words is a mention, and begins nothing.
pub fn names_a_number(before: &str) -> bool {
    tie(before) != NumberTie::Free
}

/// The least lines that begin with bare figures for these to be numbers.
const FEW: usize = 3;

/// Lists that are open among some lines: the form of their labels, the last of these, their lines.
type OpenLabels<'t> = (LabelForm, Cow<'t, str>, Vec<usize>);

/// Returns for each line of a paragraph whether it begins something of its own: with a number, or
/// with a label of a list whose labels follow one another there, such as `a.` and `b.` Behind words
/// such as "in" or "by" only the next number or label of the series does.
pub fn starts(lines: &[&str]) -> Vec<bool> {
    let mut starts: Vec<bool> = lines.iter().map(|line| begins_with_number(line)).collect();
    next_numbers(lines, &mut starts);
    let labels: Vec<Option<(LabelForm, Cow<'_, str>)>> = lines.iter().map(|line| label(line)).collect();
    let mut open: Vec<OpenLabels<'_>> = Vec::new();
    let mut close = |(form, _, at): OpenLabels<'_>| {
        if at.len() >= form.least() {
            at.into_iter().for_each(|at| starts.iter_mut().skip(at).take(1).for_each(|start| *start = true));
        }
    };
    for (at, found) in labels.iter().enumerate() {
        let Some((form, label)) = found else { continue };
        let next = |(other, last, _): &OpenLabels<'_>| other == form && is_next_label(last, label);
        if let Some(place) = open.iter().rposition(next) {
            open.drain(place + 1..).for_each(&mut close);
            if let Some((_, last, places)) = open.last_mut() {
                last.clone_from(label);
                places.push(at);
            }
        } else if is_first_label(label) || at == 0 || form.begins_anywhere() {
            open.push((*form, label.clone(), vec![at]));
            if open.len() > DEEPEST {
                close(open.remove(0));
            }
        }
    }
    open.into_iter().for_each(close);
    free_of_mentions(lines, &labels, &mut starts);
    starts
}

/// Returns which lines begin with bare figures that count up from 1 through a text: "4 A member
/// pays". Lines that are `none` begin nothing.
pub fn counted(lines: &[Option<&str>]) -> Vec<usize> {
    let mut candidates: Vec<(u32, NumberDoubts)> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut above: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(line) = line.map(str::trim).filter(|line| !line.is_empty()) else { continue };
        if let Some((figure, words)) = bare_figure(line) {
            candidates.push((figure, NumberDoubts::of(words, above)));
            places.push(at);
        }
        above = Some(line);
    }
    let found = rising::counting(&candidates);
    if found.len() < FEW { Vec::new() } else { found.into_iter().filter_map(|at| places.get(at).copied()).collect() }
}

/// Returns the bare figure that some words begin with and the words behind it, if a clause may
/// begin so.
pub fn bare_figure(words: &str) -> Option<(u32, &str)> {
    let (figure, rest) = words.split_once(char::is_whitespace)?;
    let begins = is_figure(figure) && rest.trim_start().starts_with(char::is_uppercase) && !is_quantity(words);
    let value = figure.parse::<u32>().ok().filter(|value| value.to_string() == figure)?;
    begins.then_some((value, rest))
}

/// Returns which lines begin with a number of several parts that is none of the paper: it is within
/// a sentence, between two numbers that follow one another.
pub fn within_sentences(lines: &[Option<&str>]) -> Vec<usize> {
    let mut numbered: Vec<(usize, Number, bool)> = Vec::new();
    let mut above: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let line = line.map(str::trim).unwrap_or_default();
        let own = number_of(line).filter(|number| number.depth() > 1 && begins_with_number(line));
        if let Some(number) = own {
            let torn = above.is_some_and(|above| !above.is_empty() && !above.ends_with(['.', '?', '!', ';', ':', ']']));
            numbered.push((at, number, torn));
        }
        above = Some(line);
    }
    let mut found = Vec::new();
    let mut last: Option<&Number> = None;
    for (n, (at, number, torn)) in numbered.iter().enumerate() {
        let next = numbered.get(n + 1).map(|(_, next, _)| next);
        let between = last.zip(next).is_some_and(|(last, next)| last.is_followed_by(next));
        if *torn && between && last.is_some_and(|last| !last.is_followed_by(number)) {
            found.push(*at);
        } else {
            last = Some(number);
        }
    }
    found
}

/// Lets a number of several parts begin something before a small letter too, if it follows the last
/// one and the line above it is whole.
fn next_numbers(lines: &[&str], starts: &mut [bool]) {
    let mut last: Option<Number> = None;
    let mut above = "";
    for (line, start) in lines.iter().zip(starts) {
        let own = number_of(line).filter(|number| number.depth() > 1);
        let whole = above.ends_with(['.', '?', '!', ']']);
        let follows = || last.as_ref().zip(own.as_ref()).is_some_and(|(last, own)| last.is_followed_by(own));
        *start |= whole && !is_quantity(line) && follows();
        if *start && own.is_some() {
            last = own;
        }
        above = line;
    }
}

/// Takes away the starts of lines whose number or label is mentioned by the words above it.
fn free_of_mentions(lines: &[&str], labels: &[Option<(LabelForm, Cow<'_, str>)>], starts: &mut [bool]) {
    let mut number: Option<Number> = None;
    let mut open: Vec<(LabelForm, Cow<'_, str>)> = Vec::new();
    let mut before = "";
    for (at, ((line, found), start)) in lines.iter().zip(labels).zip(starts).enumerate() {
        let tie = if at == 0 { NumberTie::Free } else { tie(before) };
        before = line;
        if !*start {
            continue;
        }
        let own = number_of(line);
        let follows = || match (&own, found) {
            (Some(own), _) => match &number {
                Some(number) => number.is_followed_by(own),
                // "The club's rules" is above "1. Money", which "1.1" follows.
                None => {
                    let mut later = lines.iter().skip(at + 1).filter_map(|line| number_of(line));
                    Number::nth(1) == *own && later.any(|later| own.is_followed_by(&later))
                }
            },
            (None, Some((form, label))) => {
                let next = |(other, last): &(LabelForm, Cow<'_, str>)| other == form && is_next_label(last, label);
                let later = || labels.iter().skip(at + 1).flatten();
                let begins = || {
                    is_first_label(label) && later().any(|(other, next)| other == form && is_next_label(label, next))
                };
                tie == NumberTie::Weak && (open.iter().any(next) || begins())
            }
            (None, None) => false,
        };
        *start = tie == NumberTie::Free || follows();
        if *start && own.is_some() {
            open.clear();
            number = own;
        } else if let (true, Some(found)) = (*start, found) {
            open.retain(|(form, last)| *form != found.0 || !is_next_label(last, &found.1));
            open.push(found.clone());
            if open.len() > DEEPEST {
                open.remove(0);
            }
        }
    }
}

/// The number of a clause or of a heading that a line begins with.
fn number_of(line: &str) -> Option<Number> {
    let word = line.split_whitespace().next()?.trim_matches(['*', '_']).trim_end_matches([')', '.', ':']);
    let named = || openers::opener(line, ["", ""]).filter(|opener| !opener.word.is_empty());
    let number = Number::parse(word).or_else(|| named().map(|opener| opener.number))?;
    (number.labels().is_empty() && number.series().is_none()).then_some(number)
}
