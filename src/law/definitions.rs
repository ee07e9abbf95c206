//! Definitions of short names: "the Children Act 2004 (“the 2004 Act”)".
//!
//! Takes the tokens after a title; returns the names that the brackets there define. A name with a
//! year that the title does not have is none of the title, nor is one that calls a work of another
//! kind: "the Equality Act 2010 (“the Duty”)".

use std::ops::Range;

use super::short_names::ShortName;
use super::tokens::{Kind, Token, Tokens};
use super::words::{is_law, words_of};
use super::work::{Authority, AuthorityKind};

/// Names that brackets define, and the tokens of the brackets.
pub(super) struct DefinedNames {
    pub names: Vec<ShortName>,
    pub brackets: Range<usize>,
    /// Whether the brackets hold nothing else.
    pub is_whole: bool,
}

/// A title that brackets may define a name of.
#[derive(Clone, Copy)]
pub(super) struct Titled<'a> {
    /// Tokens of its own words.
    pub tokens: &'a Range<usize>,
    /// The work that it is the title of, if a row declares one.
    pub work: Option<&'a Authority>,
}

/// Returns what is defined after a title. `end` is the token after all that goes with it.
pub(super) fn definition(tokens: &Tokens<'_>, title: Titled<'_>, end: usize) -> Option<DefinedNames> {
    if let Some(found) = in_brackets(tokens, title, end) {
        return Some(found);
    }
    // "(as amended by the Homelessness Act 2002) (“the 1996 Act”)"
    if let Some(after) = tokens.after_brackets(end).filter(|_| is_amended(tokens, end + 1)) {
        return in_brackets(tokens, title, after);
    }
    // ", as amended by the Homelessness Act 2002 (“the 1996 Act”)": its year tells whose name it
    // is.
    let lead = end + usize::from(tokens.at(end).kind == Kind::Comma);
    if !is_amended(tokens, lead) {
        return None;
    }
    let sentence = (lead..lead + 30).take_while(|at| !matches!(tokens.at(*at).kind, Kind::Stop | Kind::Semicolon));
    let mut opened = sentence.filter(|at| tokens.at(*at).kind == Kind::Open);
    let found = opened.find_map(|open| in_brackets(tokens, title, open))?;
    found.names.iter().all(ShortName::has_year).then_some(found)
}

/// Whether "as amended by" begins at a token.
fn is_amended(tokens: &Tokens<'_>, at: usize) -> bool {
    let verb = at + usize::from(tokens.at(at).is_any(&["as"]));
    tokens.at(verb).is_any(&["amended", "inserted", "substituted", "modified", "extended"])
        && tokens.at(verb + 1).is_any(&["by"])
}

/// Whether a title is what amends another: "as amended by the Homelessness Act 2002". A name after
/// it may be that of either.
pub(super) fn amends(tokens: &Tokens<'_>, start: usize) -> bool {
    let the = usize::from(tokens.before(start).kind == Kind::The);
    start >= the + 2 && is_amended(tokens, start - the - 2)
}

/// Words that may be in the brackets before the name.
const LEADS: [&str; 40] = [
    "hereafter",
    "hereinafter",
    "henceforth",
    "referred",
    "called",
    "known",
    "abbreviated",
    "termed",
    "shortened",
    "collectively",
    "together",
    "simply",
    "to",
    "as",
    "in",
    "this",
    "these",
    "our",
    "the",
    "and",
    "or",
    "for",
    "short",
    "from",
    "now",
    "on",
    "here",
    "below",
    "throughout",
    "also",
    "guidance",
    "guide",
    "document",
    "note",
    "notes",
    "paper",
    "policy",
    "report",
    "code",
    "manual",
];

/// The most words of a short name.
const LONGEST: usize = 6;

/// Reads brackets such as "(“the 1996 Act” or “HA 1996”)", "(the Act)" and "(hereafter HA 1996)".
fn in_brackets(tokens: &Tokens<'_>, title: Titled<'_>, open: usize) -> Option<DefinedNames> {
    let end = tokens.after_brackets(open)?;
    let close = end - 1;
    let mut at = open + 1;
    let mut names = Vec::new();
    loop {
        let lead = (at..close).take_while(|at| is_lead(tokens, *at)).count();
        // A name of several works is none of one.
        if tokens.within(at..at + lead).iter().any(|word| word.is_any(&["together", "collectively"])) {
            break;
        }
        // An article is part of what is read next.
        let article = usize::from(lead > 0 && tokens.at(at + lead - 1).kind == Kind::The);
        let Some((after, name)) = named(tokens, title, at + lead - article) else { break };
        names.push(name);
        at = after;
        if at >= close || !matches!(tokens.at(at).kind, Kind::And | Kind::Comma | Kind::Slash) {
            break;
        }
        at += 1;
    }
    (!names.is_empty()).then_some(DefinedNames { names, brackets: open..end, is_whole: at == close })
}

fn is_lead(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at).kind == Kind::Comma || tokens.at(at).is_any(&LEADS)
}

/// Returns the name that begins at a token, and the token after it.
fn named(tokens: &Tokens<'_>, title: Titled<'_>, at: usize) -> Option<(usize, ShortName)> {
    let the = tokens.at(at).kind == Kind::The;
    let at = at + usize::from(the);
    let quoted = tokens.at(at).kind == Kind::Quote;
    let inner = at + usize::from(quoted);
    let the = the || tokens.at(inner).kind == Kind::The;
    let first = inner + usize::from(tokens.at(inner).kind == Kind::The);
    let words = (first..first + LONGEST).take_while(|at| {
        let token = tokens.at(*at);
        token.is_word() && (quoted || token.kind != Kind::And) || token.kind == Kind::Dash
    });
    let end = first + words.count();
    let words = tokens.within(first..end);
    let (only, last) = (words.first()?, words.last()?);
    let own = tokens.within(title.tokens.clone());
    let years: Vec<&str> = own.iter().filter(|t| t.is_year()).map(|t| t.bare()).collect();
    let is_other_year = |word: &Token<'_>| word.is_year() && !years.is_empty() && !years.contains(&word.bare());
    if words.iter().any(is_other_year) || !words.iter().any(|word| word.is_capital()) {
        return None;
    }
    let after = if quoted {
        (tokens.at(end).kind == Kind::Quote && may_name(words, own, title.work)).then_some(end + 1)?
    } else {
        let called = the && CALLED.contains(&last.text) && may_name(words, own, title.work);
        (called || is_initials(words, own)).then_some(end)?
    };
    let inner = only.text.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    let needs_the = (the || CALLED.contains(&only.text)) && words.len() == 1 && !inner;
    let words = words.iter().map(|word| word.text.to_owned()).collect();
    Some((after, ShortName::new(words, needs_the)))
}

/// Words that end a name without quotation marks.
const CALLED: [&str; 10] =
    ["Act", "Regulations", "Order", "Rules", "Measure", "Bill", "Code", "Directive", "Convention", "Guidance"];

/// Words that end the name of an instrument, if its title has them.
const INSTRUMENTS: [&str; 6] = ["Regulations", "Order", "Rules", "Scheme", "Code", "Directions"];

/// Words that call guidance.
const GUIDANCE: [&str; 5] = ["Guidance", "Guide", "Code", "Handbook", "Manual"];

/// Words that call a report.
const REPORTS: [&str; 5] = ["Report", "Plan", "Strategy", "Paper", "Review"];

/// Whether words in quotation marks may be a name of a work with a title, by the kind of work that
/// their last one calls: "the Commission" is none of an Act.
fn may_name(words: &[Token<'_>], title: &[Token<'_>], work: Option<&Authority>) -> bool {
    let Some(last) = words.iter().rev().find(|word| !word.is_year()) else { return false };
    if abbreviates(last.text, title) {
        return true;
    }
    let last = last.bare();
    let in_row = |word: &str| work.is_some_and(|work| words_of(&work.title).any(|(_, own)| own == word));
    let in_title = title.iter().any(|own| own.bare() == last) || in_row(last);
    match work.map(|work| work.kind) {
        Some(AuthorityKind::Act) => matches!(last, "Act" | "Law") || last == "Measure" && in_title,
        Some(AuthorityKind::Bill) => last == "Bill",
        Some(AuthorityKind::Instrument) => INSTRUMENTS.contains(&last) && in_title,
        // The law that a paper is about is in its title too.
        Some(kind) if !kind.is_law() && (is_law(last) || last == "Bill") => false,
        Some(AuthorityKind::Guidance) => in_title || GUIDANCE.contains(&last),
        Some(AuthorityKind::Report) => in_title || REPORTS.contains(&last),
        Some(_) => in_title,
        None => in_title || CALLED.contains(&last),
    }
}

/// Whether a word is made of initials of a title: "EqA" of the Equality Act, "TOLATA" of the Trusts
/// of Land and Appointment of Trustees Act.
fn abbreviates(word: &str, title: &[Token<'_>]) -> bool {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_uppercase).collect();
    let words = title.iter().filter(|word| word.is_word() && !word.is_year());
    let mut initials = words.filter_map(|word| word.text.chars().next()).map(|first| first.to_ascii_uppercase());
    letters.len() >= 2
        && initials.next() == letters.first().copied()
        && letters.iter().skip(1).all(|letter| initials.any(|initial| initial == *letter))
}

/// Whether words are the initials of a title, with or without its year: "MCA" of the Mental
/// Capacity Act 2005, "HA 1996" of the Housing Act 1996, "PACE" of the Police and Criminal Evidence
/// Act 1984.
fn is_initials(words: &[Token<'_>], title: &[Token<'_>]) -> bool {
    let (first, dated) = match words {
        [first] => (first, false),
        [first, year] if year.is_year() => (first, true),
        _ => return false,
    };
    let letters: String = first.text.chars().filter(char::is_ascii_uppercase).collect();
    let is_short = letters.len() < 2 || first.text.len() > 8 || !dated && first.text.len() < 3;
    if is_short || !first.text.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let initials = |all: bool| -> String {
        let words = title.iter().filter(|word| word.is_word() && !word.is_year() && (all || word.is_capital()));
        words.filter_map(|word| word.text.chars().next()).map(|first| first.to_ascii_uppercase()).collect()
    };
    [initials(true), initials(false)]
        .iter()
        .any(|initials| *initials == letters || letters.len() >= 3 && initials.starts_with(&letters))
}
