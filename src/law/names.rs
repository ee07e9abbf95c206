//! Names of works in a text, by the forms that the register declares.
//!
//! Takes the tokens of a text and the register; returns each name with every work that has it.

use std::ops::Range;

use super::citation::{Doubt, DoubtKind};
use super::known::near_title;
use super::register::{Form, Register};
use super::rows::NewRow;
use super::tokens::{Kind, Token, Tokens};
use super::words::{is_law, overlaps};

/// A name with every work that has it.
pub(super) struct Name {
    /// Tokens of the name.
    pub tokens: Range<usize>,
    /// Bytes of the name.
    pub place: Range<usize>,
    pub authorities: Vec<usize>,
    pub sort: Sort,
}

/// Sort of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Words of a title.
    Title,
    /// One of several that share words: no pinpoint beside them is of one alone.
    OneOfSeveral,
    /// A number that a title may have after it: "SI 2005/2149", "2003 c. 17".
    Number,
    /// Words that a place beside them belongs to, and that cite nothing by themselves: "this Act",
    /// "ibid", "Annex B".
    Holder,
}

impl Name {
    /// A name that some tokens are.
    pub fn new(tokens: &Tokens<'_>, range: Range<usize>, authorities: Vec<usize>, sort: Sort) -> Self {
        let mut end = range.end;
        let within = tokens.within(range.clone());
        let count = |kind| within.iter().filter(|token| token.kind == kind).count();
        // "Children Act (2004)" ends with the bracket that it opened.
        if count(Kind::Open) > count(Kind::Close) && tokens.at(end).kind == Kind::Close && !tokens.at(end).spaced {
            end += 1;
        }
        let place = tokens.bytes(&(range.start..end));
        let last = tokens.before(end);
        let place = place.start..place.end - (last.text.len() - last.bare().len()).min(place.len());
        Name { tokens: range.start..end, place, authorities, sort }
    }
}

/// The names of the register in a text: at each place the longest.
pub(super) fn names(tokens: &Tokens<'_>, register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        let first = tokens.at(next);
        if !first.is_word() {
            next += 1;
            continue;
        }
        let bare = first.bare();
        let possessive = if bare.len() < first.text.len() { register.forms(bare) } else { &[] };
        let forms = register.forms(first.text).iter().chain(possessive);
        if let Some((end, form)) = forms.filter_map(|form| Some((written(tokens, next, form)?, form))).next() {
            // "[2018] UKSC 49"
            let bracket = tokens.before(next).kind == Kind::SquareOpen && form.marks.starts_with('[');
            let start = next - usize::from(bracket || form.article.is_some());
            names.push(Name::new(tokens, start..end, form.authorities.clone(), Sort::Title));
            next = end;
        } else if first.text == "Acts"
            && let Some((several, end)) = joint_names(tokens, next, register)
            && several
                .first()
                .is_some_and(|first| names.last().is_none_or(|last| last.tokens.end <= first.tokens.start))
        {
            let unknown = several.iter().filter(|name| name.authorities.is_empty());
            doubts.extend(unknown.map(|name| undeclared_at(tokens, name.place.clone())));
            names.extend(several);
            next = end;
        } else {
            next += 1;
        }
    }
    names
}

/// The token after a form, if it is written at a token.
fn written(tokens: &Tokens<'_>, start: usize, form: &Form) -> Option<usize> {
    let mut at = start;
    let last = form.words.len().checked_sub(1)?;
    let article = tokens.before(start);
    if form.article.as_ref().is_some_and(|wanted| !same_word(wanted, article.text, form.exact)) {
        return None;
    }
    for (n, wanted) in form.words.iter().enumerate() {
        let mut marks = 0;
        while n > 0 && !is_wanted(tokens.at(at), wanted, n == last, form.exact) {
            let year = is_year_next(tokens, at, wanted);
            marks += usize::from(!tokens.at(at).is_word());
            if marks > 3 || !may_be_between(tokens.at(at), form, n, year, tokens.before(at)) {
                return None;
            }
            at += 1;
        }
        if !is_wanted(tokens.at(at), wanted, n == last, form.exact) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Whether the word that a name needs next is the year, and it follows.
fn is_year_next(tokens: &Tokens<'_>, at: usize, wanted: &str) -> bool {
    tokens.at(at + 1).bare() == wanted && tokens.at(at + 1).is_year()
}

/// Whether a token may be before a word of a name: "Children Act (2004)", "Act, 2004", "Act of
/// 2004".
fn may_be_between(token: Token<'_>, form: &Form, word: usize, year: bool, before: Token<'_>) -> bool {
    match token.kind {
        Kind::Dash | Kind::Slash => true,
        Kind::Comma | Kind::Open if year => true,
        Kind::Comma if is_etc(form, word) => true,
        Kind::Of => year && is_law(before.text),
        Kind::Stop => form.stops.contains(&word),
        Kind::Quote => form.marks.contains(['\'', '’', '‘', '"', '“', '”']),
        _ => !token.is_word() && form.marks.contains(token.text),
    }
}

/// Whether "etc" is before or after a gap between the words of a name. Writers put a comma on
/// either side of it, whatever the title has.
fn is_etc(form: &Form, word: usize) -> bool {
    [word, word.wrapping_sub(1)]
        .iter()
        .any(|at| form.words.get(*at).is_some_and(|word| word.eq_ignore_ascii_case("etc")))
}

fn is_wanted(token: Token<'_>, wanted: &str, last: bool, exact: bool) -> bool {
    same_word(wanted, token.text, exact) || last && same_word(wanted, token.bare(), exact)
}

fn same_word(wanted: &str, written: &str, exact: bool) -> bool {
    if !wanted.eq_ignore_ascii_case(written) {
        return wanted == "and" && written == "&"
            || written.len() > wanted.len()
                && written.contains('’')
                && same_word(wanted, &written.replace('’', "'"), exact);
    }
    // Nothing but capitals tells "CA 2004" from "ca 2004".
    let initials = || wanted.len() > 1 && wanted.bytes().all(|b| b.is_ascii_uppercase());
    wanted == written || !exact && !initials()
}

/// "Children Acts 1989 and 2004": works whose titles differ in their years alone. `at` is the token
/// "Acts"; gives the names and the token after them.
fn joint_names(tokens: &Tokens<'_>, at: usize, register: &Register) -> Option<(Vec<Name>, usize)> {
    let listed = tokens.within(at + 1..(at + 25).min(tokens.len()));
    let listed = listed.iter().take_while(|token| token.is_year() || matches!(token.kind, Kind::And | Kind::Comma));
    let years: Vec<usize> =
        (at + 1..at + 1 + listed.count()).filter(|year| tokens.at(*year).kind == Kind::Number).collect();
    let [first_year, _, ..] = years.as_slice() else { return None };
    // The longest subject that has an Act of each of the years.
    (at.saturating_sub(16)..at).filter(|first| tokens.at(*first).is_word()).find_map(|first| {
        let subject: Vec<&str> =
            tokens.within(first..at).iter().filter(|token| token.is_word()).map(|token| token.text).collect();
        let named = |year: &str| -> Vec<usize> {
            let wanted = || subject.iter().copied().chain(["Act", year]);
            let form = register.forms(tokens.at(first).text).iter().find(|form| {
                form.words.len() == subject.len() + 2
                    && form.words.iter().zip(wanted()).all(|(form, wanted)| same_word(form, wanted, false))
            });
            form.map_or(Vec::new(), |form| form.authorities.clone())
        };
        let names = years.iter().map(|year| {
            let from = if year == first_year { first } else { *year };
            Name::new(tokens, from..year + 1, named(tokens.at(*year).bare()), Sort::OneOfSeveral)
        });
        let names: Vec<Name> = names.collect();
        let end = names.last()?.tokens.end;
        names.iter().any(|name| !name.authorities.is_empty()).then_some((names, end))
    })
}

/// Lets names give way to those of which they are a part.
pub(super) fn give_way(names: &mut Vec<Name>, found: Vec<Name>) {
    if found.is_empty() {
        return;
    }
    names.retain(|name| !overlaps(&found, |other| &other.tokens, &name.tokens));
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start);
}

pub(super) fn undeclared_at(tokens: &Tokens<'_>, place: Range<usize>) -> Doubt {
    let title = tokens.on_one_line(&place);
    Doubt {
        kind: DoubtKind::Undeclared,
        place,
        message: format!("“{title}” looks like a work that the register does not declare"),
        help: "add a row for it, or an alias to the row it has".to_owned(),
    }
}

/// As [`undeclared_at`], with the row to paste if the words name one work for sure.
pub(super) fn undeclared_with_row(tokens: &Tokens<'_>, place: Range<usize>, register: &Register) -> Doubt {
    let doubt = undeclared_at(tokens, place);
    let title = tokens.on_one_line(&doubt.place);
    match NewRow::of(&title, register, |key| register.find(key).is_some()) {
        Some(row) => Doubt { help: format!("{}:\n{}", doubt.help, row.toml().trim_end()), ..doubt },
        None => match near_title(&title, register) {
            Some(near) => {
                Doubt { help: format!("near is “{near}”: correct the title, or {}", doubt.help), ..doubt }
            }
            None => doubt,
        },
    }
}

pub(super) fn ambiguous(tokens: &Tokens<'_>, place: Range<usize>, authorities: &[usize], register: &Register) -> Doubt {
    let keys = authorities.iter().filter_map(|at| Some(format!("`{}`", register.row(Some(*at))?.key)));
    let words = tokens.on_one_line(&place);
    Doubt {
        kind: DoubtKind::Ambiguous,
        message: format!("“{words}” may be {}", keys.collect::<Vec<_>>().join(" or ")),
        help: "write the title in full, or name the work by its key: `[[key s 10]]`".to_owned(),
        place,
    }
}
