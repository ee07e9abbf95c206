//! The `{#id .term}` after a clause or a heading.
//!
//! Takes the words at the end of a line; gives the ids and terms with their places. Whether a term
//! is declared is for `resolve` to say.

use std::ops::Range;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, is_bidi_control};
use crate::document::{Clause, is_author_id};
use crate::source::{Span, Written};

/// Help for attributes that nothing takes.
pub const NO_HOLDER: &str =
    "attributes go at the end of a clause's first paragraph, of an item with a label or of a heading";

/// Finds attributes at the end of some words from a range of the file. Returns the length of the
/// words before them, and their place.
pub fn at_end(cx: &Context<'_>, words: &str, range: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let trimmed = words.trim_end();
    let (before, inner) = trimmed.strip_suffix('}')?.rsplit_once('{')?;
    if !inner.starts_with(['#', '.']) {
        return None;
    }
    // If the author escaped a part of them, they are words, and are not in the file as they are in
    // the text.
    let place = cx.find(range, trimmed.strip_prefix(before)?)?;
    let escaped = place.start > 0 && cx.source(&(place.start - 1..place.start)) == "\\";
    (!escaped).then_some((before.len(), place))
}

/// Gives the id and the terms at a place to the clause that they are for.
pub fn give(cx: &Context<'_>, clause: &mut Clause, place: &Range<usize>) {
    let written = cx.source(place).trim_start_matches('{').trim_end_matches('}');
    for token in written.split_whitespace() {
        let at = cx.last(place, token);
        if let Some(id) = token.strip_prefix('#') {
            if clause.label.is_some() {
                cx.add(malformed(at, token).help("one clause takes one id"));
            } else if is_id(cx, id, at.start..at.end) {
                clause.label = Some(id.to_owned());
            }
        } else if let Some(term) = token.strip_prefix('.').filter(|term| !term.is_empty()) {
            clause.terms.push(Written::new(term.to_owned(), at));
        } else {
            cx.add(malformed(at, token));
        }
    }
}

/// Returns whether an author may give this id, and reports one that may not be given.
pub fn is_id(cx: &Context<'_>, id: &str, place: Range<usize>) -> bool {
    let sound = is_author_id(id);
    if !sound {
        let shown: String = id.chars().filter(|c| !is_bidi_control(*c)).collect();
        let help = "an id is lower-case letters, figures, hyphens, full stops and low lines, begins with a letter, not with `note-` or `para-`, and is not `main` or `notes`";
        cx.report(Code::InvalidId, place, format!("`{shown}` cannot be an id"), help);
    }
    sound
}

/// Returns the fault of attributes that cannot be read.
pub fn malformed(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::MalformedAttributes, span, format!("`{written}` is not read as an id or a term"))
        .help("write `{#id .term}` with spaces between")
}
