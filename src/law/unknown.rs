//! Initials and short titles beside a place that no row declares: "s 6 HRA", "Care Act, s 42".
//!
//! Takes the tokens of a text, its titles and its runs of places; adds such words as titles of no
//! work, so that a place of theirs is given to no other.

use std::ops::Range;

use super::names::{Name, Sort};
use super::register::Register;
use super::runs::{Places, Run};
use super::title::Title;
use super::tokens::{Kind, Token, Tokens};
use super::words::{is_law, overlaps};

/// Adds the unknown names beside the places of some runs. Returns whether there are any.
pub(super) fn unknown(tokens: &Tokens<'_>, register: &Register, runs: &[Run], titles: &mut Vec<Title>) -> bool {
    let mut last = 0;
    let beside = |piece: &Places| {
        // The numeral of "Part III, Part 4" is no name.
        let before = before(tokens, piece.tokens.start).filter(|name| name.start >= last);
        last = piece.tokens.end;
        if is_loud(tokens, piece) { [None, None] } else { [before, after(tokens, piece.tokens.end)] }
    };
    let ranges = runs.iter().flat_map(|run| &run.pieces).flat_map(beside);
    let mut found: Vec<Title> = Vec::new();
    for range in ranges.flatten() {
        let is_new = found.last().is_none_or(|last| last.tokens.end <= range.start);
        if is_new && !overlaps(titles, |title| &title.tokens, &range) {
            found.push(Title::new(Name::new(tokens, range, Vec::new(), Sort::Title), None, register));
        }
    }
    let is_any = !found.is_empty();
    if is_any {
        titles.extend(found);
        titles.sort_by_key(|title| title.tokens.start);
    }
    is_any
}

/// Whether a unit is in capitals throughout, as the words beside it then are too.
fn is_loud(tokens: &Tokens<'_>, piece: &Places) -> bool {
    let unit = tokens.at(piece.tokens.start).text;
    unit.len() > 1 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// The most words of a short title.
const LONGEST: usize = 8;

/// Returns the name directly after a place: "s 6 HRA 1998", "s 4 (MCA)", "s 9 Care Act".
fn after(tokens: &Tokens<'_>, end: usize) -> Option<Range<usize>> {
    let bracketed = tokens.at(end).kind == Kind::Open;
    let start = end + usize::from(bracketed);
    let ends = |at: usize| at + usize::from(tokens.at(at).is_year());
    let end = if is_initials(tokens.at(start)) {
        ends(start + 1)
    } else {
        let is_first = tokens.at(start).kind == Kind::Word && tokens.at(start).is_capital();
        let mut words = (start + 1..start + LONGEST).take_while(|at| is_of_title(tokens.at(*at)));
        let law = words.find(|at| is_law(tokens.at(*at).bare()))?;
        is_first.then_some(ends(law + 1))?
    };
    (!bracketed || tokens.at(end).kind == Kind::Close).then_some(start..end)
}

/// Returns the name directly before a place: "HRA, s 6", "HRA 1998 s 6", "Care Act s 42".
fn before(tokens: &Tokens<'_>, start: usize) -> Option<Range<usize>> {
    let end = start - usize::from(start > 0 && tokens.before(start).kind == Kind::Comma);
    let last = end - usize::from(end > 0 && tokens.before(end).is_year());
    let last = last.checked_sub(1)?;
    if is_initials(tokens.at(last)) {
        return Some(last..end);
    }
    is_law(tokens.at(last).bare()).then_some(())?;
    let words = (last.saturating_sub(LONGEST)..last).rev().take_while(|at| is_of_title(tokens.at(*at)));
    let first = words.filter(|at| tokens.at(*at).is_capital()).last()?;
    Some(first..end)
}

fn is_of_title(token: Token<'_>) -> bool {
    match token.kind {
        Kind::Word => token.is_capital(),
        Kind::And | Kind::Of => true,
        // "Order" and "Rules" end a title.
        Kind::Unit(..) => is_law(token.bare()),
        _ => false,
    }
}

/// Whether a word may be the initials of a work: "HRA", "EqA".
fn is_initials(token: Token<'_>) -> bool {
    let word = token.bare();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let ends = |letter: Option<&u8>| letter.is_some_and(u8::is_ascii_uppercase);
    token.kind == Kind::Word
        && (2..=8).contains(&word.len())
        && capitals >= 2
        && word.bytes().all(|b| b.is_ascii_alphabetic())
        && ends(word.as_bytes().first())
        && ends(word.as_bytes().last())
}
