//! Runs of places: the pinpoints of a text, each with the list that it is one of.
//!
//! Takes the tokens of a text and its titles; returns each run outside the titles as lists of
//! places, one for each unit that is named. Knows no work.

use std::ops::Range;

use super::cursor::Cursor;
use super::pinpoint::{PlacedProvision, Reader, is_ordinal};
use super::provision::Unit;
use super::title::{Title, as_amended};
use super::tokens::{Kind, Tokens};

/// A unit with the numbers that are of it: "ss 10, 11 and 12".
#[derive(Clone)]
pub(super) struct Places {
    pub tokens: Range<usize>,
    /// The provisions, each with its tokens.
    pub provisions: Vec<PlacedProvision>,
    /// Whether words that are no part of a list are before it: "section 10 (plans) and section 11
    /// of the …".
    pub apart: bool,
}

impl Places {
    /// The unit of its outermost division.
    pub fn unit(&self) -> Option<Unit> {
        self.provisions.first()?.0.divisions.first().map(|division| division.unit)
    }
}

/// Places in one list.
pub(super) struct Run {
    pub pieces: Vec<Places>,
}

impl Run {
    /// The first token.
    pub fn start(&self) -> usize {
        self.pieces.first().map_or(0, |piece| piece.tokens.start)
    }

    /// The token after the last.
    pub fn end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.tokens.end)
    }
}

/// Every run of places outside the titles.
pub(super) fn runs(tokens: &Tokens<'_>, titles: &[Title]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut titles = titles.iter().peekable();
    // The token after the last title.
    let mut last = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(title) = titles.next_if(|title| title.tokens.start <= at) {
            at = at.max(title.tokens.end);
            last = at;
            let limit = titles.peek().map_or(tokens.len(), |next| next.tokens.start);
            if let Some(piece) = title.unsaid.and_then(|unit| unsaid(tokens, at, limit, unit)) {
                at = piece.tokens.end;
                runs.push(Run { pieces: vec![piece] });
            }
            continue;
        }
        if !begins(tokens, at) {
            at += 1;
            continue;
        }
        // A pinpoint ends where a title begins: "sections 10 and 12, Children Act 2004".
        let limit = titles.peek().map_or(tokens.len(), |title| title.tokens.start);
        // "Equality Act 2010, s 3 – section 7 of the …"
        let follows = tokens.are(last..at, &[Kind::Comma, Kind::Colon, Kind::Dash, Kind::Open, Kind::Quote]);
        let limit = if last > 0 && follows { dash_before_unit(tokens, at, limit).unwrap_or(limit) } else { limit };
        let run = read(tokens, at, limit);
        at = run.end().max(at + 1);
        if !run.pieces.is_empty() {
            runs.push(run);
        }
    }
    runs
}

/// The first dash between spaces that has a unit after it.
fn dash_before_unit(tokens: &Tokens<'_>, start: usize, limit: usize) -> Option<usize> {
    (start..limit).find(|at| {
        let (dash, next) = (tokens.at(*at), tokens.at(at + 1));
        dash.kind == Kind::Dash && dash.spaced && next.spaced && matches!(next.kind, Kind::Unit(..) | Kind::Level)
    })
}

/// Whether a place may begin at a token.
fn begins(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.at(at).kind {
        Kind::Unit(Unit::Schedule, _) => !is_ordinal(tokens.before(at).text),
        Kind::Unit(..) | Kind::Level => true,
        _ => false,
    }
}

/// Reads the run that begins at a token, up to a limit.
pub(super) fn read(tokens: &Tokens<'_>, at: usize, limit: usize) -> Run {
    let mut run = Run { pieces: Vec::new() };
    let mut next = Some((at, false));
    while let Some((start, apart)) = next {
        let mut reader = Reader::new(tokens, start, limit);
        let Some(provisions) = reader.piece(None) else { break };
        let provisions = provisions.into_iter().map(|(provision, place)| (provision.folded(), place)).collect();
        run.pieces.push(Places { tokens: start..reader.cursor.at, provisions, apart });
        next = joined(tokens, reader.cursor.at, limit);
    }
    run
}

/// Returns the first token of the next unit of a run, if words join one, and whether they are more
/// than a list has: "section 10, Part 2", "section 10 of, and Schedule 2 to, the …", "section 10
/// (plans) and section 11 of the …".
fn joined(tokens: &Tokens<'_>, end: usize, limit: usize) -> Option<(usize, bool)> {
    let after = note(tokens, end).unwrap_or(end);
    let linked = after + usize::from(matches!(tokens.at(after).kind, Kind::Of | Kind::To));
    let mut cursor = Cursor::new(tokens, linked, limit);
    cursor.separator()?;
    let sound = linked == after || cursor.behind().kind == Kind::And;
    (sound && cursor.at < limit && begins(tokens, cursor.at)).then_some((cursor.at, linked > end))
}

/// Returns the token after the round brackets at a token, or after "as amended": "section 10
/// (cooperation) of the".
pub(super) fn note(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    if let Some(after) = as_amended(tokens, at) {
        return Some(after);
    }
    if tokens.at(at).kind != Kind::Open {
        return None;
    }
    let end = (at + 1..at + 40)
        .find(|at| matches!(tokens.at(*at).kind, Kind::Open | Kind::Close | Kind::Barrier | Kind::End))?;
    (tokens.at(end).kind == Kind::Close).then_some(end + 1)
}

/// Reads places whose unit the title before them leaves unsaid: "CPR 1.1(2)", "CPR 21",
/// "[2018] UKSC 49 at [35]".
fn unsaid(tokens: &Tokens<'_>, at: usize, limit: usize, unit: Unit) -> Option<Places> {
    let (mut start, mut unit) = (at, unit);
    if unit == Unit::Paragraph {
        start += usize::from(tokens.at(at).kind == Kind::Comma);
        start += usize::from(tokens.at(start).is_any(&["at"]));
        (tokens.at(start).kind == Kind::SquareOpen).then_some(())?;
    } else {
        let number = tokens.at(at);
        (number.kind == Kind::Number && number.spaced).then_some(())?;
        // Without a point it is a Part, after initials alone.
        if !number.text.contains('.') {
            let initials = tokens.before(at).text.bytes().all(|b| b.is_ascii_uppercase());
            (initials && number.text.len() <= 3).then_some(())?;
            unit = Unit::Part;
        }
    }
    let mut reader = Reader::new(tokens, start, limit);
    let provisions = reader.unsaid(unit)?;
    let piece = Places { tokens: start..reader.cursor.at, provisions, apart: false };
    (unit != Unit::Part || !counts_things(tokens, piece.tokens.end)).then_some(piece)
}

/// Words that may follow the number of a Part. Any other makes it a number of something else, as in
/// "CPR 14 days" and a list with "CPR 1 Gloves 2".
const AFTER_PARTS: [&str; 22] = [
    "and", "or", "of", "in", "under", "to", "is", "are", "was", "has", "does", "do", "may", "must", "applies", "apply",
    "provides", "requires", "governs", "sets", "which", "that",
];

/// Whether the words after a number say what it is a number of.
fn counts_things(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.at(at);
    next.is_word() && !next.is_any(&AFTER_PARTS) || next.kind == Kind::Colon && tokens.at(at + 1).kind == Kind::Number
}
