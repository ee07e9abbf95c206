//! Numbers that a program has printed without a gap before their words: "1.1All money".
//!
//! Takes a text; gives it with the gaps, if several of its lines begin so. One alone may be a name.

use std::borrow::Cow;

/// The least lines with numbers of several parts that are so.
const FEW: usize = 3;

/// Returns a text with a gap behind the numbers and labels of its lines.
pub fn apart(text: &str) -> Cow<'_, str> {
    let many = |line: &str| number(line).is_some_and(|end| line.get(..end).is_some_and(|number| dots(number) > 0));
    if text.lines().filter(|line| many(line)).count() < FEW {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 50);
    for line in text.split_inclusive('\n') {
        match number(line).or_else(|| label(line)).and_then(|end| line.split_at_checked(end)) {
            Some((number, words)) => out.extend([number, " ", words]),
            None => out.push_str(line),
        }
    }
    out.into()
}

/// The stops within a number.
fn dots(number: &str) -> usize {
    number.trim().trim_end_matches('.').matches('.').count()
}

/// The end of the number that a line begins with, if a word follows without a gap.
fn number(line: &str) -> Option<usize> {
    let words = line.trim_start_matches([' ', '\u{c}']);
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = words.get(..words.len() - rest.len())?;
    let sound = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('.') && !number.contains("..");
    let mut letters = rest.chars();
    let is_word =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    (sound && number.len() <= 12 && is_word).then(|| line.len() - rest.len())
}

/// The end of the label that a line begins with, if a word follows without a gap: "(a)the".
fn label(line: &str) -> Option<usize> {
    let words = line.trim_start_matches(' ').strip_prefix('(')?;
    let (label, rest) = words.split_once(')')?;
    let is_label = crate::document::is_label(label);
    (is_label && rest.starts_with(char::is_alphabetic)).then(|| line.len() - rest.len())
}
