//! Titles of laws that are not in the register.
//!
//! Takes the tokens of a text and the names found in it; returns a doubt for each title that no row
//! declares. A name that is only a part of such a title gives way to it.

use std::ops::Range;

use super::citation::Doubt;
use super::known;
use super::names::{Name, Sort, ambiguous, give_way, undeclared_at, undeclared_with_row};
use super::register::Register;
use super::tokens::{Kind, Token, Tokens};
use super::words::{is_law, overlaps};

/// Reports words that look like the title of a law and are not in the register: capitals before
/// "Act 2004", "Regulations 2005", "Bill". Removes a name that is only a part of such a title.
pub(super) fn undeclared(tokens: &Tokens<'_>, register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found: Vec<Name> = Vec::new();
    for at in laws(tokens) {
        let Some(end) = title_end(tokens, at) else { continue };
        let done = found.last().map_or(0, |name| name.tokens.end);
        let Some(mut start) = title_start(tokens, at..end, names, done) else { continue };
        // Words after the brackets of a title make it another title.
        if let Some(begun) = brackets_before(tokens, at).and_then(|open| name_before(&found, open))
            && begun < start
        {
            start = begun;
            found.pop();
            doubts.pop();
        }
        let name = Name::new(tokens, start..end, Vec::new(), Sort::Title);
        doubts.push(undeclared_with_row(tokens, name.place.clone(), register));
        found.push(name);
    }
    give_way(names, found);
}

/// The tokens that may end the title of a law.
fn laws(tokens: &Tokens<'_>) -> impl Iterator<Item = usize> {
    let all = tokens.within(0..tokens.len()).iter().enumerate();
    all.filter(|(_, token)| {
        matches!(token.text.as_bytes().first(), Some(b'A' | b'B' | b'M' | b'O' | b'R'))
            && (is_law(token.bare()) || is_joint_or_bill(token.bare()))
    })
    .map(|(at, _)| at)
}

fn is_joint_or_bill(word: &str) -> bool {
    matches!(word, "Acts" | "Bill")
}

/// The last name that ends at a token or before it.
fn last_before(names: &[Name], at: usize) -> Option<&Name> {
    names.get(names.partition_point(|name| name.tokens.end <= at).checked_sub(1)?)
}

/// The token after a title that ends with the law at a token, with the year of one that has a year.
fn title_end(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let next = tokens.at(at + 1);
    if tokens.at(at).bare() == "Bill" {
        // "Bill Smith" is a man.
        return (!(next.is_word() && next.is_capital())).then_some(at + 1);
    }
    let between = usize::from(matches!(next.kind, Kind::Open | Kind::Comma | Kind::Of));
    // "Acts (1801 to 1987)" is no Act of 1801.
    let closed = next.kind != Kind::Open || tokens.at(at + 3).kind == Kind::Close;
    (tokens.at(at + 1 + between).is_year() && closed).then_some(at + 2 + between)
}

/// The token that begins an undeclared title whose last words are some tokens, from the law on.
/// None if it is no title, or one that is declared. `done` is the token after the last undeclared
/// title.
fn title_start(tokens: &Tokens<'_>, law: Range<usize>, names: &[Name], done: usize) -> Option<usize> {
    let (at, end) = (law.start, law.end);
    let bill = tokens.at(at).bare() == "Bill";
    let next = names.partition_point(|name| name.tokens.end <= at);
    let before = last_before(names, at);
    let floor = before.map_or(0, |name| name.tokens.end);
    if let Some(own) = names.get(next).filter(|name| name.tokens.start < end) {
        // A longer name of the register.
        if own.tokens.end > end {
            return None;
        }
        // "Environmental Information Regulations 1992", where the register has those of another
        // year.
        if own.tokens.end < end {
            return Some(own.tokens.start);
        }
        let longer = capitals_before(tokens, own.tokens.start, floor, true);
        return (own.sort == Sort::Title && longer.count > 0).then_some(longer.start);
    }
    // "the Children Act 2004 Bill"
    if bill && let Some(before) = before.filter(|name| name.tokens.end == at && name.sort == Sort::Title) {
        return Some(before.tokens.start);
    }
    // "Banking Act 2009 (Parts 2 and 3 Consequential Amendments) Regulations 2025"
    if !bill
        && let Some(open) = brackets_before(tokens, at)
        && let Some(begun) = name_before(names, open)
    {
        return Some(begun);
    }
    let run = capitals_before(tokens, at, floor, false);
    // "Offences against the Person": the table of Acts knows words that are small in other titles.
    if run.count > 0
        && let Some(start) = known::longer_title(tokens, floor.max(done)..run.start, end)
    {
        return Some(start);
    }
    if run.count < if bill { 2 } else { 1 } {
        return None;
    }
    // "Children Act 2004 (Children’s Services) Regulations 2005"
    let begun = before.filter(|name| {
        !bill
            && name.sort == Sort::Title
            && tokens.are(name.tokens.end..run.start, &[Kind::Open])
            && run.start <= name.tokens.end + 1
    });
    Some(begun.map_or(run.start, |name| name.tokens.start))
}

/// Returns the first token of the brackets directly before a token, however many pairs they are.
fn brackets_before(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut first = None;
    let (mut next, mut depth) = (at, 0usize);
    while next > at.saturating_sub(LONGEST_TITLE) {
        next = next.checked_sub(1)?;
        match tokens.at(next).kind {
            Kind::Close => depth += 1,
            Kind::Open if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    first = Some(next);
                }
            }
            Kind::Semicolon | Kind::Barrier | Kind::End => break,
            _ if depth == 0 => break,
            _ => {}
        }
    }
    first
}

/// Returns the first token of the title that ends directly before a token.
fn name_before(names: &[Name], end: usize) -> Option<usize> {
    let name = last_before(names, end).filter(|name| name.sort == Sort::Title && name.tokens.end == end)?;
    Some(name.tokens.start)
}

struct Capitals {
    /// The first token of the run.
    start: usize,
    count: usize,
}

/// The most tokens that a title is looked for in.
const LONGEST_TITLE: usize = 40;

/// The run of capitalised words before a token, with the small words that titles have between them,
/// but not over `floor`. Before a name of the register (`closely`) a word must be closer to be
/// taken for a part of it.
fn capitals_before(tokens: &Tokens<'_>, at: usize, floor: usize, closely: bool) -> Capitals {
    let mut run = Capitals { start: at, count: 0 };
    for next in (floor.max(at.saturating_sub(LONGEST_TITLE))..at).rev() {
        let token = tokens.at(next);
        if !token.is_word() {
            // "Children, Act 2004" is no title, though one may have commas further on.
            let parted = run.count == 0 && token.kind == Kind::Comma;
            if parted || !is_mark_of_title(tokens, next, closely) {
                break;
            }
            continue;
        }
        let figure = !closely && token.text.len() <= 2 && is_no(tokens, next);
        // The second half of "Well-being" is part of a word with a capital.
        let hyphened = tokens.before(next).kind == Kind::Dash && !tokens.before(next).spaced && !token.spaced;
        let tail = hyphened && next.checked_sub(2).is_some_and(|first| first >= floor && tokens.at(first).is_capital());
        if !(token.is_capital() || is_small(token, closely) || figure || tail)
            || token.is_capital() && begins_otherwise(tokens, next, closely)
        {
            break;
        }
        if token.is_capital() {
            run.start = next;
            run.count += 1;
        }
    }
    run.start = balanced(tokens, run.start, at, floor);
    run
}

/// Whether a mark may be between the words of a title.
fn is_mark_of_title(tokens: &Tokens<'_>, at: usize, closely: bool) -> bool {
    match tokens.at(at).kind {
        Kind::Dash => true,
        Kind::Open | Kind::Close | Kind::Comma => !closely,
        // "Occupiers’ Liability Act"
        Kind::Quote => !closely && tokens.before(at).text.ends_with('s') && !tokens.at(at).spaced,
        Kind::Stop => tokens.before(at).is_any(&["no", "etc"]),
        _ => false,
    }
}

fn is_no(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.before(at).text == "No" || tokens.before(at).kind == Kind::Stop && tokens.at(at.wrapping_sub(2)).text == "No"
}

fn is_small(token: Token<'_>, closely: bool) -> bool {
    token.text == "and"
        || token.text == "&"
        || matches!(token.text, "of" | "for")
        || !closely && matches!(token.text, "in" | "to" | "on" | "with" | "etc" | "at" | "against")
}

/// The first token of a run of words that closes no bracket which it did not open: not "Wales) Act
/// 2014".
fn balanced(tokens: &Tokens<'_>, start: usize, at: usize, floor: usize) -> usize {
    let mut open = 0;
    for next in start..at {
        match tokens.at(next).kind {
            Kind::Open => open += 1,
            Kind::Close if open > 0 => open -= 1,
            Kind::Close => {
                let opened = start > floor && tokens.before(start).kind == Kind::Open;
                let after = || (next + 1..at).find(|next| tokens.at(*next).is_capital()).unwrap_or(at);
                return if opened { start - 1 } else { after() };
            }
            _ => {}
        }
    }
    start
}

/// Words with which a sentence begins, or what is beside a title.
const OPENERS: [&str; 36] = [
    "The",
    "A",
    "An",
    "This",
    "That",
    "These",
    "See",
    "Under",
    "In",
    "By",
    "From",
    "For",
    "Of",
    "To",
    "On",
    "At",
    "With",
    "Since",
    "Following",
    "When",
    "While",
    "If",
    "As",
    "And",
    "Or",
    "But",
    "Both",
    "Each",
    "Every",
    "Also",
    "Section",
    "Sections",
    "Act",
    "Acts",
    "Ibid",
    "Cf",
];

/// Whether a capital is here for another reason than that a title has it: a sentence or a pinpoint
/// begins, or ends, or another title does.
fn begins_otherwise(tokens: &Tokens<'_>, at: usize, closely: bool) -> bool {
    let token = tokens.at(at);
    let numeral = token.text.len() <= 6
        && token.text.bytes().all(|b| b.is_ascii_uppercase())
        && matches!(tokens.before(at).kind, Kind::Unit(..));
    // "Every Child Matters" begins a title with such a word, but such a title has no year.
    OPENERS.contains(&token.text)
        || numeral
        || matches!(token.kind, Kind::Unit(..) | Kind::Level)
        || closely && token.bare().len() < token.text.len()
}

/// "the Children Act", which may be that of 1989 or that of 2004; "the Human Rights Act".
pub(super) fn undated(tokens: &Tokens<'_>, register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found = Vec::new();
    for at in laws(tokens) {
        let word = tokens.at(at).bare();
        if !is_law(word) || overlaps(names, |name| &name.tokens, &(at..at + 1)) {
            continue;
        }
        let floor = last_before(names, at).map_or(0, |name| name.tokens.end);
        let run = capitals_before(tokens, at, floor, false);
        let title = |first: usize| -> Vec<&str> {
            tokens.within(first..at + 1).iter().filter(|token| token.is_word()).map(|token| token.bare()).collect()
        };
        // Not from within a bracket: "Scotland) Act".
        let may_begin = |first: &usize| tokens.at(*first).is_word() && balanced(tokens, *first, at, floor) == *first;
        let longest = (run.start..at).filter(may_begin).find_map(|first| {
            let known = register.undated(&title(first));
            (!known.is_empty()).then_some((first, known))
        });
        // "Children Act 2004 (Amendment) Regulations" is another work, whose year is left out.
        let opened = (run.start == floor && tokens.at(floor).kind == Kind::Open).then_some(floor);
        let begun = brackets_before(tokens, at).or(opened).and_then(|open| name_before(names, open));
        if let Some(begun) = begun {
            let name = Name::new(tokens, begun..at + 1, Vec::new(), Sort::Title);
            doubts.push(undeclared_at(tokens, name.place.clone()));
            found.push(name);
            continue;
        }
        let goes_on = tokens.at(at + 1).is_word() && tokens.at(at + 1).is_capital();
        let range: Range<usize> = if let Some((first, known)) = longest {
            let name = Name::new(tokens, first..at + 1, Vec::new(), Sort::Title);
            doubts.push(match known {
                [only] => {
                    let title = register.row(Some(*only)).map_or("", |authority| &authority.title);
                    let help = format!("write “{title}”, or make the short form an alias of it");
                    Doubt { help, ..undeclared_at(tokens, name.place) }
                }
                several => ambiguous(tokens, name.place, several, register),
            });
            first..at + 1
        } else if word == "Act" && run.count >= 2 && !goes_on {
            let name = Name::new(tokens, run.start..at + 1, Vec::new(), Sort::Title);
            doubts.push(undeclared_with_row(tokens, name.place, register));
            run.start..at + 1
        } else {
            continue;
        };
        found.push(Name::new(tokens, range, Vec::new(), Sort::Title));
    }
    give_way(names, found);
}
