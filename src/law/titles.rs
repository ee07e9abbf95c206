//! Titles: the names in a text, each settled on one work.
//!
//! Takes the tokens of a text and the register; returns each name with the work that it means, and
//! each doubt. A name in doubt keeps its place, so that no pinpoint beside it is joined to another
//! work.

use std::ops::Range;

use super::bonds::CHAPTERS;
use super::citation::{Doubt, DoubtKind};
use super::definitions::{Titled, amends, definition};
use super::names::{Name, Sort, ambiguous, names};
use super::register::Register;
use super::short_names::{MOST, ShortName, ShortNames};
use super::title::{Title, as_amended};
use super::tokens::{Kind, Tokens};
use super::work::{Authority, AuthorityKind};
use super::{holders, numbered, numbers, undeclared};

/// Every name of a work in a text, in order, none within another. Adds the short names that the
/// text defines to `short`.
pub(super) fn find(
    tokens: &Tokens<'_>,
    register: &Register,
    default: Option<usize>,
    short: &mut ShortNames,
    doubts: &mut Vec<Doubt>,
) -> Vec<Title> {
    let mut found = names(tokens, register, doubts);
    numbered::numbers(tokens, register, &mut found, doubts);
    undeclared::undeclared(tokens, register, &mut found, doubts);
    undeclared::undated(tokens, register, &mut found, doubts);
    holders::holders(tokens, register, default, &mut found);
    let mut titles: Vec<Title> = Vec::with_capacity(found.len());
    let mut defined = Vec::new();
    // Places of numbers that go with a title which no row declares: its doubt is theirs.
    let mut numbers: Vec<usize> = Vec::new();
    for name in found {
        // A name in the brackets of the title before is part of it.
        if titles.last().is_some_and(|title| name.tokens.start < title.tokens.end) {
            continue;
        }
        let start = name.place.start;
        match settle(tokens, name, register, &mut titles, doubts) {
            Some(title) => titles.push(title),
            None => numbers.push(start),
        }
        if let Some(title) = titles.last_mut() {
            absorb(tokens, title, register, doubts, &mut defined);
        }
    }
    doubts.retain(|doubt| doubt.kind != DoubtKind::Undeclared || numbers.binary_search(&doubt.place.start).is_err());
    short.apply(tokens, 0, register, &mut titles);
    for Defined { brackets, name } in defined {
        let (index, sound) = short.add(name);
        if let Err(message) = sound {
            let help = "give each of the works a short name of its own, or cite this one by its title".to_owned();
            doubts.push(Doubt { kind: DoubtKind::Ambiguous, place: tokens.bytes(&brackets), message, help });
        }
        short.apply_from(tokens, (brackets.end, index), register, &mut titles);
    }
    titles
}

/// A short name that a text defines, and the tokens of the brackets that do.
struct Defined {
    brackets: Range<usize>,
    name: ShortName,
}

/// The title that a name is; none if it is the number of the title before it.
fn settle(
    tokens: &Tokens<'_>,
    name: Name,
    register: &Register,
    titles: &mut [Title],
    doubts: &mut Vec<Doubt>,
) -> Option<Title> {
    if let Some(title) = titles.last_mut().filter(|title| title.sort != Sort::Holder)
        && name.sort == Sort::Number
    {
        let known = register.row(title.authority);
        let between = title.tokens.end..name.tokens.start;
        let bracketed = between.len() == 1 && tokens.are(between.clone(), &[Kind::Open]);
        let closed = tokens.at(name.tokens.end).kind == Kind::Close;
        // A number in brackets or after a comma that repeats the title belongs to it.
        if name.authorities.first().copied() == title.authority
            && title.sort == Sort::Title
            && (bracketed && closed || between.is_empty() || between.len() == 1 && tokens.are(between, &[Kind::Comma]))
        {
            let end = name.tokens.end + usize::from(bracketed);
            title.tokens.end = end;
            title.place.end = tokens.bytes(&title.tokens).end.max(name.place.end);
            return None;
        }
        if let Some(known) = known
            && bracketed
            && matches!(known.kind, AuthorityKind::Instrument | AuthorityKind::Act)
        {
            let said = known.work.as_deref().unwrap_or("otherwise");
            let number = tokens.on_one_line(&name.place);
            doubts.push(mismatch(name.place.clone(), format!("the register says {said}, not {number}")));
            return Some(Title::new(name, None, register));
        }
    }
    let authority = match name.authorities.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            doubts.push(ambiguous(tokens, name.place.clone(), several, register));
            None
        }
    };
    Some(Title::new(name, authority, register))
}

fn mismatch(place: Range<usize>, message: String) -> Doubt {
    Doubt { kind: DoubtKind::Mismatch, place, message, help: "correct the text or the register".to_owned() }
}

/// Takes what goes with a title into it: its chapter, its number in a series, the short name that
/// it defines, "as amended".
fn absorb(
    tokens: &Tokens<'_>,
    title: &mut Title,
    register: &Register,
    doubts: &mut Vec<Doubt>,
    defined: &mut Vec<Defined>,
) {
    if title.sort == Sort::Holder {
        return;
    }
    let known = register.row(title.authority);
    let own = title.tokens.clone();
    loop {
        let end = title.tokens.end;
        if let Some(known) = known
            && let Some(figure) = chapter(known)
            && let Some((after, bare, written)) = chapter_after(tokens, end)
        {
            if figure != written {
                let said = known.chapter.clone().unwrap_or(format!("c. {figure}"));
                let place = tokens.bytes(&(end..after));
                doubts.push(mismatch(place, format!("the register says {said}, not c. {bare}")));
                return;
            }
            title.tokens.end = after;
            title.place.end = tokens.bytes(&(end..after)).end;
        } else if numbers::with_series(tokens, end) > end {
            title.tokens.end = numbers::with_series(tokens, end);
            title.place.end = tokens.bytes(&title.tokens).end;
        } else if let Some(found) =
            definition(tokens, Titled { tokens: &own, work: known }, end).filter(|_| title.sort != Sort::OneOfSeveral)
            && defined.len() < MOST
        {
            let words = tokens.on_one_line(&tokens.bytes(&own));
            let is_ambiguous = amends(tokens, own.start);
            for name in found.names {
                let authority = title.authority.filter(|_| !is_ambiguous || name.has_year());
                defined.push(Defined { brackets: found.brackets.clone(), name: name.meaning(authority, &words) });
            }
            if found.brackets.start != end || !found.is_whole {
                return;
            }
            title.tokens.end = found.brackets.end;
        } else if end == own.end && known.is_some_and(|known| is_its_year(tokens, end, known)) {
            title.tokens.end = end + 1;
            title.place.end = tokens.at(end).end();
        } else if let Some(after) = as_amended(tokens, end) {
            title.tokens.end = after;
        } else if let Some(after) =
            known.filter(|known| known.kind == AuthorityKind::Case).and_then(|_| numbers::report(tokens, end))
        {
            title.tokens.end = after;
        } else if is_of_another_paper(tokens, end) && title.sort == Sort::Title {
            title.sort = Sort::OneOfSeveral;
            return;
        } else {
            return;
        }
    }
}

/// Whether the year of a title follows an alias that has none: "FPR 2010".
fn is_its_year(tokens: &Tokens<'_>, at: usize, known: &Authority) -> bool {
    let (alias, year) = (tokens.before(at), tokens.at(at));
    year.is_year() && year.spaced && alias.kind == Kind::Word && known.title.ends_with(year.text)
}

/// The figure of an Act's chapter, if the register knows it.
fn chapter(authority: &Authority) -> Option<u32> {
    let given = authority.chapter.as_deref().or_else(|| authority.work.as_deref()?.rsplit('/').next())?;
    let tokens = Tokens::new(given);
    let last = tokens.before(tokens.len());
    (authority.kind == AuthorityKind::Act).then(|| numbers::figure(last)).flatten()
}

/// "(c. 31)", "(Chapter 31)", "c 31", "(asp 10)" after a title: the token after it, the number as
/// written, and its figure.
fn chapter_after<'t>(tokens: &Tokens<'t>, at: usize) -> Option<(usize, &'t str, u32)> {
    let bracketed = tokens.at(at).kind == Kind::Open;
    let word = at + usize::from(bracketed);
    let known = tokens.at(word).is_any(&CHAPTERS);
    let (end, number) = numbers::chapter_number(tokens, word + 1)?;
    // Without brackets a chapter of the Act may be meant, unless it is "c."
    let ends = if bracketed { tokens.at(end).kind == Kind::Close } else { tokens.at(word).is_any(&["c"]) };
    (known && ends).then_some((end + usize::from(bracketed), number.text, numbers::figure(number)?))
}

/// Words between a title and the word for a paper about it: "Equality Act 2010 Statutory Code of
/// Practice".
const ABOUT: [&str; 10] = [
    "statutory",
    "explanatory",
    "easements",
    "reference",
    "practice",
    "implementation",
    "draft",
    "revised",
    "accompanying",
    "impact",
];

/// Papers that are called by the title of a law.
const PAPERS: [&str; 18] = [
    "guidance",
    "guide",
    "guides",
    "guidelines",
    "factsheet",
    "factsheets",
    "notes",
    "memorandum",
    "handbook",
    "toolkit",
    "leaflet",
    "booklet",
    "circular",
    "consultation",
    "assessment",
    "commentary",
    "easements",
    "manual",
];

/// Whether words after a title make it the name of another work: "the Children Act 1989 guidance",
/// "… 1983: Code of Practice".
fn is_of_another_paper(tokens: &Tokens<'_>, end: usize) -> bool {
    let colon = usize::from(tokens.at(end).kind == Kind::Colon && tokens.at(end + 1).is_capital());
    let first = end + colon;
    let at = first + (first..first + 2).take_while(|at| tokens.at(*at).is_any(&ABOUT)).count();
    let word = tokens.at(at);
    let code = word.is_any(&["code", "codes"]) && tokens.at(at + 1).kind == Kind::Of;
    // "the Care Act 2014 assessment" is one made under it.
    let about = at > first || !word.is_any(&["notes", "assessment", "manual", "memorandum"]);
    let before = tokens.before(at);
    code || about && word.is_any(&PAPERS) || at > first && before.is_any(&["easements"])
}
