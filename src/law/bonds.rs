//! Bonds: how closely a run of places and a title beside it belong together.
//!
//! Takes the tokens between the two; returns the bond, or none where words part them. Says of a run
//! whether the words after it make it a place in something else.

use super::provision::Unit;
use super::runs::{Places, Run, note};
use super::title::{Title, as_amended};
use super::tokens::{Kind, Tokens};

/// Closeness of a run to a title, from the closest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// "section 10 of the …", "… (section 10)"
    Said,
    /// "s 10 …", "… s 10"
    Beside,
    /// "section 10, …", "…, section 10"
    Comma,
    /// "section 10 (…)", where the brackets hold nothing but the title
    Bracketed,
}

/// Returns the bond of a run to the title after it, by the tokens between the two.
pub(super) fn bond_after(tokens: &Tokens<'_>, run: &Run, title: &Title) -> Option<Bond> {
    let (end, start) = (run.end(), title.tokens.start);
    if let Some(bond) = bond_in_brackets(tokens, run, title) {
        return Some(bond);
    }
    if calls_a_document(tokens, title.tokens.end) {
        return None;
    }
    let mut at = note(tokens, end).unwrap_or(end);
    let (noted, mut comma, mut linked) = (at > end, false, false);
    // "(section 13) of the …"
    let closed = !noted && tokens.at(end).kind == Kind::Close && tokens.before(run.start()).kind == Kind::Open;
    at += usize::from(closed);
    while at < start {
        match tokens.at(at).kind {
            Kind::Comma => comma = true,
            Kind::Quote | Kind::SquareOpen => {}
            Kind::Of | Kind::To | Kind::In if !linked => linked = true,
            Kind::The if at + 1 == start || tokens.at(at + 1).kind == Kind::Quote => {
                // "In Part 2 the Gambling Act 2005 is explained": a part of the paper.
                if !linked {
                    return None;
                }
            }
            _ => return None,
        }
        at += 1;
    }
    match () {
        () if linked => Some(Bond::Said),
        () if noted && !comma || closed || !tokens.at(end).spaced && tokens.at(end).is_word() => None,
        () if comma => Some(Bond::Comma),
        () => Some(Bond::Beside),
    }
}

/// Returns the bond of a run to a title that is in brackets after it: "section 13 (Licensing Act
/// 2003)", "s 13 (of the LA 2003)".
fn bond_in_brackets(tokens: &Tokens<'_>, run: &Run, title: &Title) -> Option<Bond> {
    let open = run.end();
    let between = open + 1..title.tokens.start;
    let is_closed = matches!(tokens.at(open).kind, Kind::Open) && tokens.at(title.tokens.end).kind == Kind::Close;
    if !is_closed || between.len() > 2 || !tokens.are(between.clone(), &[Kind::Of, Kind::To, Kind::The]) {
        return None;
    }
    if tokens.within(between).first().is_some_and(|first| first.kind != Kind::The) {
        return Some(Bond::Said);
    }
    // A Part or a chapter before the name of a law may be one of the paper: "Part 2 (Care Act
    // 2014)".
    let units = [Unit::Section, Unit::Regulation, Unit::Article, Unit::Rule, Unit::Schedule];
    let is_law = run.pieces.iter().all(|piece| piece.unit().is_some_and(|unit| units.contains(&unit)));
    is_law.then_some(Bond::Bracketed)
}

/// Documents that are called by the title of a law before them. Each is one thing, so that no
/// sentence begins with the word alone.
const DOCUMENTS: [&str; 13] = [
    "statement",
    "form",
    "module",
    "course",
    "report",
    "checklist",
    "questionnaire",
    "template",
    "application",
    "plan",
    "leaflet",
    "summary",
    "policy",
];

/// Words with which a sentence may go on after a title.
const GO_ON: [&str; 24] = [
    "a", "an", "the", "is", "are", "was", "were", "has", "have", "had", "must", "may", "shall", "should", "can",
    "will", "would", "no", "any", "each", "every", "by", "as", "for",
];

/// Whether the words after a title make it the name of a document: "Part 3 of the Gambling Act 2005
/// application form".
fn calls_a_document(tokens: &Tokens<'_>, end: usize) -> bool {
    let is_plain = |at: &usize| {
        let token = tokens.at(*at);
        token.kind == Kind::Word && !token.is_capital() && !token.is_any(&GO_ON)
    };
    let mut words = (end..end + 2).take_while(is_plain);
    words.any(|at| tokens.at(at).is_any(&DOCUMENTS))
}

/// Papers and works that have places of their own, as the last word of a name before one.
const PLACED: [&str; 22] = [
    "policy",
    "plan",
    "leaflet",
    "notice",
    "guidance",
    "lease",
    "will",
    "handbook",
    "code",
    "convention",
    "charter",
    "treaty",
    "constitution",
    "delegation",
    "deed",
    "agreement",
    "contract",
    "manual",
    "report",
    "regulation",
    "toolkit",
    "protocol",
];

/// Whether a run directly follows the name of something that no row declares: "Standing Orders,
/// section 3, …", "Regulation (EU) No 910/2014, art 3, …". A work after a comma has no claim to it.
pub(super) fn follows_a_name(tokens: &Tokens<'_>, run: &Run) -> bool {
    let comma = usize::from(run.start() > 0 && tokens.before(run.start()).kind == Kind::Comma);
    let Some(last) = run.start().checked_sub(comma + 1) else { return false };
    let word = tokens.at(last);
    if word.is_any(&PLACED) {
        return true;
    }
    // "In England, section 13" is no name: one has another capital before it.
    let joins = |at: &usize| {
        let token = tokens.at(*at);
        matches!(token.kind, Kind::Of | Kind::To | Kind::In | Kind::And | Kind::The) || token.is_any(&["on", "for"])
    };
    let named = || {
        let first = (0..last).rev().find(|at| !joins(at));
        word.is_capital() && first.is_some_and(|first| tokens.at(first).is_word() && tokens.at(first).is_capital())
    };
    comma == 1 && (last > 0 && tokens.before(last).kind == Kind::Slash || named())
}

/// Words that single out a place, after a comma or a bracket.
const LEADS: [&str; 5] = ["particularly", "especially", "notably", "specifically", "including"];

/// Returns the token after words that single out a place: "in particular,", "and, in particular,".
fn after_lead(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let and = usize::from(tokens.at(at).kind == Kind::And);
    let start = at + and + usize::from(and == 1 && tokens.at(at + 1).kind == Kind::Comma);
    let is_phrase = tokens.at(start).is_any(&["in"]) && tokens.at(start + 1).is_any(&["particular"]);
    let end = if is_phrase { start + 2 } else { start + 1 };
    let is_lead = is_phrase || and == 0 && tokens.at(start).is_any(&LEADS);
    is_lead.then(|| end + usize::from(tokens.at(end).kind == Kind::Comma))
}

/// Words before the chapter of an Act: one in brackets that the title did not take is at odds with
/// it.
pub(super) const CHAPTERS: [&str; 8] = ["c", "ch", "chapter", "cap", "asp", "anaw", "asc", "nawm"];

/// Returns the bond of a run to the title before it, by the tokens between the two.
pub(super) fn bond_before(tokens: &Tokens<'_>, title: &Title, start: usize) -> Option<Bond> {
    let mut bond = Bond::Beside;
    let mut at = title.tokens.end;
    // "Licensing Act 2003 (England and Wales), s 13"
    while at < start
        && !tokens.at(at + 1).is_any(&CHAPTERS)
        && let Some(after) = tokens.after_brackets(at).filter(|after| *after <= start)
    {
        at = after;
    }
    let parted = at > title.tokens.end;
    while at < start {
        let token = tokens.at(at);
        bond = match token.kind {
            Kind::Quote | Kind::SquareClose => bond,
            Kind::Open | Kind::SquareOpen if bond == Bond::Beside => Bond::Said,
            Kind::Comma | Kind::Colon | Kind::Dash if bond == Bond::Beside => Bond::Comma,
            // "Care Act 2014 at s 9"
            _ if token.is_any(&["at"]) && at + 1 == start => bond,
            _ if (bond != Bond::Beside || token.kind == Kind::And) && after_lead(tokens, at) == Some(start) => {
                at = start;
                if bond == Bond::Beside { Bond::Comma } else { bond }
            }
            _ => return None,
        };
        at += 1;
    }
    // What brackets part from its title is no closer to it than after a comma.
    let bond = if parted && bond == Bond::Beside { Bond::Comma } else { bond };
    (title.tokens.end <= start).then_some(bond)
}

/// Whether words after a run make it a place in something else: "the Children Act 2004, section 2
/// of this guidance".
pub(super) fn is_elsewhere(tokens: &Tokens<'_>, run: &Run) -> bool {
    let end = as_amended(tokens, run.end()).unwrap_or(run.end());
    let (first, second) = (tokens.at(end), tokens.at(end + 1));
    match first.kind {
        Kind::Of => !second.is_any(&["which"]),
        Kind::To | Kind::In if !first.is_any(&["under"]) => {
            second.is_any(&["this", "that", "our", "your", "their"])
                || second.kind == Kind::The
                    && matches!(tokens.at(run.start()).kind, Kind::Unit(Unit::Section | Unit::Schedule, _))
        }
        _ => first.is_any(&["below", "above", "overleaf", "hereof"]),
    }
}

/// Words for papers about a law, before its title: "Explanatory Notes to the Care Act 2014".
const PAPERS: [&str; 12] = [
    "guidance",
    "guide",
    "notes",
    "memorandum",
    "code",
    "manual",
    "handbook",
    "commentary",
    "circular",
    "briefing",
    "toolkit",
    "report",
];

/// Whether a run after a title may be of a paper that is named before it: "Explanatory Notes to the
/// Care Act 2014, paragraph 42".
pub(super) fn is_of_a_paper(tokens: &Tokens<'_>, title: &Title, run: &Run) -> bool {
    let unit = run.pieces.first().and_then(Places::unit);
    let start = title.tokens.start;
    let before = tokens.within(start.saturating_sub(12)..start).iter().rev();
    let mut words = before.take_while(|token| token.is_word() || matches!(token.kind, Kind::Quote | Kind::Comma));
    matches!(unit, Some(Unit::Paragraph | Unit::Page | Unit::Chapter)) && words.any(|word| word.is_any(&PAPERS))
}
