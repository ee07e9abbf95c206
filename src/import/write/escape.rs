//! Signs that would be read as something else than words.

use crate::document::{Numbering, is_label};
use crate::import::pass::opener;

/// Escapes what a paragraph begins with, if it would open a block, a clause or a sub-clause.
pub fn start(text: &str, numbering: Numbering) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    let second = letters.next();
    match (first, second) {
        (Some('#' | '>' | '|' | '=' | '~' | ':'), _) => format!("\\{text}"),
        (Some('+' | '-'), _) => format!("\\{text}"),
        (Some('('), Some(_)) if text.split(char::is_whitespace).next().is_some_and(is_bracketed_label) => {
            format!("\\{text}")
        }
        (Some('•' | '·' | '▪' | '‣' | '◦'), _) => text.to_owned(),
        _ => number(text, numbering),
    }
}

/// Whether a word in brackets would be read as a label: "(a)", "(1A)", but not "(see)".
fn is_bracketed_label(word: &str) -> bool {
    let inner = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
    inner.is_some_and(|inner| is_label(inner) || inner.starts_with(|c: char| c.is_ascii_digit()))
}

/// Escapes a number that a paragraph begins with.
fn number(text: &str, numbering: Numbering) -> String {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let item = digits > 0 && word.get(digits..).is_some_and(|rest| matches!(rest, "." | ")"));
    // "End." is a word.
    let lettered = word
        .strip_suffix(['.', ')'])
        .is_some_and(|label| !label.starts_with(|c: char| c.is_ascii_digit()) && is_label(label));
    let opens = opener(text).is_some_and(|opener| {
        opener.number.depth() > 1 || opener.through.is_some() || opener.stopped || !opener.word.is_empty()
    });
    // "1.1>" is no number, but begins as one.
    let rest = word.get(digits..).unwrap_or_default();
    let begins = digits > 0
        && rest.starts_with('.')
        && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let figures = matches!(numbering, Numbering::Decimal | Numbering::Simple) && (opens || begins);
    if item || lettered || figures { stop_within(text) } else { text.to_owned() }
}

/// Puts other brackets around what would be read as the label of an item: there an escaped label is
/// a label all the same.
pub fn start_of_item(text: &str, numbering: Numbering) -> String {
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let stopped = || text.split_once(['.', ')']).filter(|(label, _)| label.bytes().all(|b| b.is_ascii_lowercase()));
    match bracketed.or_else(stopped) {
        Some((label, rest)) if is_label(label) => format!("\\[{label}\\]{rest}"),
        _ => start(text, numbering),
    }
}

/// Escapes the first stop or bracket of a text.
pub fn stop(text: &str) -> String {
    stop_within(text)
}

fn stop_within(text: &str) -> String {
    let from = text.find(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic()).unwrap_or(0);
    // A sign further on than the number is none of it.
    let figures = text.find(|c: char| c.is_ascii_digit()).unwrap_or(from);
    let gap = text.get(figures..).and_then(|rest| rest.find(char::is_whitespace));
    let number = text.get(from..gap.map_or(text.len(), |gap| figures + gap));
    let sign = number.and_then(|number| number.find(['.', ')', ':', '–', '-']));
    match sign.and_then(|at| text.split_at_checked(from + at)) {
        Some((head, tail)) if !head.ends_with('\\') && tail.starts_with(|c: char| c.is_ascii()) => {
            format!("{head}\\{tail}")
        }
        // "Section 2" alone has no sign to escape: its figure is written by its code.
        _ => match text.find(|c: char| c.is_ascii_digit()).and_then(|at| Some((at, text.as_bytes().get(at)?))) {
            Some((at, figure)) => {
                let (head, tail) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
                format!("{head}&#{figure};{tail}")
            }
            None => text.to_owned(),
        },
    }
}
