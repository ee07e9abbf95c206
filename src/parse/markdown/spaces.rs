//! One notion of space for all that begins a line.
//!
//! Takes a text; gives the same text, byte for byte as long, in which any space around a marker, a
//! number or a label is an ASCII one, so that Markdown and clausebook see it. Word processors leave
//! no-break, thin and invisible spaces there. Invisible characters inside a number cannot be passed
//! over so: they are reported. Code keeps what it has.

use std::borrow::Cow;
use std::ops::Range;

use super::context::Context;
use crate::diagnostic::Code;
use crate::document::is_label;
use crate::document::spelling::{beyond_ascii, is_invisible};
use crate::parse::openers;

/// Returns the text with plain spaces around the markers of its lines.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !beyond_ascii(text).any(|c| c.is_whitespace() || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut fence = None;
    for line in text.split_inclusive('\n') {
        let begun = fence_of(line);
        let in_code = fence.is_some();
        match (&fence, begun) {
            (None, Some(opened)) => fence = Some(opened),
            (Some((sign, length)), Some((other, closes))) if *sign == other && closes >= *length => fence = None,
            _ => {}
        }
        if in_code || fence.is_some() { plain.push_str(line) } else { push_line(&mut plain, line) }
    }
    Cow::Owned(plain)
}

/// The sign and the length of a fence of code that a line is.
fn fence_of(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start_matches([' ', '>', '\t']);
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == sign).count();
    (length >= 3).then_some((sign, length))
}

fn is_gap(c: char) -> bool {
    c != '\n' && c != '\r' && (c.is_whitespace() || is_invisible(c))
}

/// Adds a line with plain spaces before, between and after its markers and its first word.
fn push_line(plain: &mut String, line: &str) {
    let mut rest = line;
    loop {
        rest = push_gap(plain, rest);
        let Some(marker) = marker(rest) else { break };
        let (marker, after) = rest.split_at_checked(marker).unwrap_or((rest, ""));
        plain.push_str(marker);
        rest = after;
        if marker.starts_with('#') {
            rest = push_gap(plain, rest);
            break;
        }
    }
    // A number or a label is followed by a gap as a marker is.
    let word = rest.find(|c: char| c.is_whitespace() || is_invisible(c)).unwrap_or(rest.len());
    let (word, after) = rest.split_at_checked(word).unwrap_or((rest, ""));
    plain.push_str(word);
    let bare = word.trim_matches(['*', '_']);
    let opens = openers::opener(bare, ["", ""]).is_some() || label(bare);
    let rest = if opens && starts_with_space(after) { push_gap(plain, after) } else { after };
    plain.push_str(rest);
}

/// Whether a gap has a space that is seen, and not only invisible characters within a word.
fn starts_with_space(gap: &str) -> bool {
    gap.chars().take_while(|c| is_gap(*c)).any(char::is_whitespace)
}

fn label(word: &str) -> bool {
    let inner = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.or_else(|| word.strip_suffix(['.', ')'])).is_some_and(is_label)
}

/// Adds the gap that a text begins with, as plain spaces; returns what follows it.
fn push_gap<'t>(plain: &mut String, text: &'t str) -> &'t str {
    let rest = text.trim_start_matches(is_gap);
    for c in text.strip_suffix(rest).unwrap_or_default().chars() {
        if c.is_ascii() {
            plain.push(c);
        } else {
            (0..c.len_utf8()).for_each(|_| plain.push(' '));
        }
    }
    rest
}

/// The length of the marker of a quotation, a heading, an item, a note or a meaning that a text
/// begins with.
fn marker(text: &str) -> Option<usize> {
    if text.starts_with('>') {
        return Some(1);
    }
    let length = match text.chars().next()? {
        '#' => text.len() - text.trim_start_matches('#').len(),
        '-' | '*' | '+' | ':' => 1,
        '0'..='9' => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            text.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)?
        }
        '[' if text.starts_with("[^") => text.find("]:")? + 2,
        _ => return None,
    };
    let gap = text.get(length..)?;
    (gap.starts_with(is_gap) && starts_with_space(gap)).then_some(length)
}

/// Reports an invisible character in the number or label that a paragraph begins with, which then
/// is none.
pub fn report_invisible(cx: &Context<'_>, paragraph: &Range<usize>) {
    let source = cx.source(paragraph);
    let word = source.split_whitespace().next().unwrap_or_default();
    if !word.contains(is_invisible) {
        return;
    }
    let visible: String = word.chars().filter(|c| !is_invisible(*c)).collect();
    if !(openers::of_paragraph(&visible, cx.reading.numbering, cx.reading.unit).is_some() || label(&visible)) {
        return;
    }
    if let Some((at, c)) = word.char_indices().find(|(_, c)| is_invisible(*c)) {
        let here = paragraph.start + at..paragraph.start + at + c.len_utf8();
        let message = format!("an invisible character (U+{:04X}) is in the number `{visible}`", u32::from(c));
        cx.report(Code::MalformedNumber, here, message, "type the number again");
    }
}
