//! The names of works in a text.
//!
//! Takes the words of a text and the register; gives each name with the work that it stands for, and each doubt. A name in
//! doubt keeps its place, so that no pinpoint beside it is joined to another work.

use std::ops::Range;

use super::{BARRIER, Doubt, Word, instruments, is_year, overlaps, undeclared, without_possessive};
use crate::diagnostic::Code;
use crate::document::{Authority, AuthorityKind, Form, Register, on_one_line};

/// A name in the text.
pub struct Title {
    /// Where it stands.
    pub place: Range<usize>,
    /// The work; none if it is in doubt.
    pub authority: Option<usize>,
    /// Whether it is one of several that share words: no pinpoint beside them is of one alone.
    pub one_of_several: bool,
}

/// A name with every work that bears it.
pub(super) struct Name {
    pub place: Range<usize>,
    pub authorities: Vec<usize>,
    pub one_of_several: bool,
}

/// Every name of a work in a text, in order, none within another.
pub fn find(text: &str, words: &[Word<'_>], register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Title> {
    let mut names = names(text, words, register, doubts);
    instruments::find(text, words, register, &mut names, doubts);
    undeclared::undeclared(text, words, &mut names, doubts);
    undeclared::undated(text, words, register, &mut names, doubts);
    names.into_iter().fold(Vec::new(), |mut titles, name| {
        settle(text, name, register, &mut titles, doubts);
        titles
    })
}

/// The names of the register in a text: at each place the longest.
fn names(text: &str, words: &[Word<'_>], register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut next = 0;
    while let Some((start, first)) = words.get(next).copied() {
        let bare = without_possessive(first);
        let possessive = if bare.len() < first.len() { register.forms(bare) } else { &[] };
        let hit = register.forms(first).iter().chain(possessive).find_map(|form| {
            let run = words.get(next..next + form.words.len())?;
            let last = form.words.len().checked_sub(1)?;
            let same = form.words.iter().zip(run).enumerate().all(|(n, (wanted, (_, written)))| {
                same_word(wanted, written, form.exact)
                    || n == last && same_word(wanted, without_possessive(written), form.exact)
            });
            let close = run.windows(2).all(|pair| match pair {
                [(a, word), (b, next)] => {
                    let between = text.get(a + word.len()..*b);
                    between.is_some_and(|between| is_within_name(between, without_possessive(next), form))
                }
                _ => false,
            });
            let ((at, written), wanted) = (run.last()?, form.words.last()?);
            let whole = if same_word(wanted, written, form.exact) { written } else { without_possessive(written) };
            (same && close).then(|| (form, at + whole.len()))
        });
        if let Some((form, end)) = hit {
            names.push(Name {
                place: start..closed(text, start, end),
                authorities: form.authorities.clone(),
                one_of_several: false,
            });
            next += form.words.len();
        } else if first == "Acts"
            && let Some((several, used)) = joint_names(words, next, register)
            && !overlaps(
                &names,
                |name: &Name| &name.place,
                &(several.first().map_or(start, |name| name.place.start)..start),
            )
        {
            let unknown = several.iter().filter(|name| name.authorities.is_empty());
            doubts.extend(unknown.map(|name| undeclared_at(text, name.place.clone())));
            names.extend(several);
            next += used;
        } else {
            next += 1;
        }
    }
    names
}

fn same_word(wanted: &str, written: &str, exact: bool) -> bool {
    if !wanted.eq_ignore_ascii_case(written) {
        return written.len() > wanted.len()
            && written.contains('’')
            && same_word(wanted, &written.replace('’', "'"), exact);
    }
    // Nothing but capitals tells "CA 2004" from "ca 2004".
    let initials = || wanted.len() > 1 && wanted.bytes().all(|b| b.is_ascii_uppercase());
    wanted == written || !exact && !initials()
}

/// Whether what stands between two words of a name can stand there: "Children Act (2004)", "Act, 2004".
fn is_within_name(between: &str, next: &str, form: &Form) -> bool {
    let may_stand = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '–' | '/')
            || is_year(next) && matches!(c, '(' | ',')
            || form.marks.contains(c)
    };
    let ends_sentence = || between.split_once('.').is_some_and(|(_, after)| after.starts_with(char::is_whitespace));
    between.chars().all(may_stand) && between.chars().filter(|c| !c.is_whitespace()).count() <= 3 && !ends_sentence()
}

/// Whether a year after a law's last word belongs to it.
pub(super) fn is_before_year(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '(' | ','))
}

/// With the bracket that a name opened: "(2004)".
pub(super) fn closed(text: &str, start: usize, end: usize) -> usize {
    let name = text.get(start..end).unwrap_or_default();
    let open = name.matches('(').count() > name.matches(')').count();
    if open && text.get(end..).is_some_and(|rest| rest.starts_with(')')) { end + 1 } else { end }
}

/// "Children Acts 1989 and 2004": works whose titles differ in their years alone. `at` is the place of "Acts" in the
/// words; gives the names and how many words after it they use.
fn joint_names(words: &[Word<'_>], at: usize, register: &Register) -> Option<(Vec<Name>, usize)> {
    let after = words.get(at + 1..)?;
    let listed = after
        .iter()
        .take(16)
        .take_while(|(_, word)| is_year(without_possessive(word)) || matches!(*word, "and" | "or"))
        .count();
    let years: Vec<(usize, &str)> = after
        .iter()
        .take(listed)
        .map(|(place, word)| (*place, without_possessive(word)))
        .filter(|(_, word)| is_year(word))
        .collect();
    if years.len() < 2 {
        return None;
    }
    // The longest subject that has an Act of each of the years.
    (at.saturating_sub(12)..at).find_map(|first| {
        let subject = words.get(first..at)?;
        let named = |year: &str| -> Option<&Form> {
            let wanted = || subject.iter().map(|(_, word)| *word).chain(["Act", year]);
            register.forms(subject.first()?.1).iter().find(|form| {
                form.words.len() == subject.len() + 2
                    && form.words.iter().zip(wanted()).all(|(form, wanted)| same_word(form, wanted, false))
            })
        };
        let names = years.iter().enumerate().map(|(n, (place, year))| {
            let from = if n == 0 { subject.first()?.0 } else { *place };
            let authorities = named(year).map_or(Vec::new(), |form| form.authorities.clone());
            Some(Name { place: from..place + year.len(), authorities, one_of_several: true })
        });
        let names: Vec<Name> = names.collect::<Option<_>>()?;
        if names.iter().all(|name| name.authorities.is_empty()) {
            return None;
        }
        let last = years.last()?.0;
        Some((names, 1 + after.iter().take_while(|(place, _)| *place <= last).count()))
    })
}

/// The name whose number in brackets this is: "… Regulations 2005 (SI 2005/2149)".
pub(super) fn bracketed_after<'n>(text: &str, place: &Range<usize>, names: &'n [Name]) -> Option<&'n Name> {
    let before = names.partition_point(|name| name.place.end <= place.start).checked_sub(1)?;
    let name = names.get(before)?;
    let opens = text.get(name.place.end..place.start)?.trim_start() == "(";
    (opens && text.get(place.end..)?.starts_with([')', ' ', ','])).then_some(name)
}

// ── Which work a name means ─────────────────────────────────────────────────────────────────────────────────────

/// Adds a name as the title of one work, with the chapter or number that stands after it in brackets.
fn settle(text: &str, name: Name, register: &Register, titles: &mut Vec<Title>, doubts: &mut Vec<Doubt>) {
    let Name { mut place, authorities, one_of_several } = name;
    if let Some(title) = titles.last_mut()
        && let Some(known) = title.authority.and_then(|at| register.authorities.get(at))
        && text.get(title.place.end..place.start).is_some_and(|between| between.trim_start() == "(")
        && text.get(place.clone()).and_then(instruments::collections).is_some()
        && authorities.len() < 2
    {
        // A number in brackets after the title of the same work belongs to it.
        if authorities.first().copied() == title.authority
            && text.get(place.end..).is_some_and(|rest| rest.starts_with(')'))
        {
            title.place.end = place.end + 1;
            return;
        }
        let number = text.get(place.clone()).unwrap_or_default();
        if known.kind == AuthorityKind::Instrument {
            let said = known.work.as_deref().unwrap_or("otherwise");
            doubts.push(mismatch(place.clone(), format!("the register says {said}, not {number}")));
            titles.push(Title { place, authority: None, one_of_several });
            return;
        }
    }
    let authority = match authorities.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            doubts.push(ambiguous(text, place.clone(), several, register));
            None
        }
    };
    if let Some(authority) = authority.and_then(|at| register.authorities.get(at))
        && let Some(known) = chapter(authority)
        && let Some((end, written)) = chapter_after(text, place.end)
    {
        if known == written {
            place.end = end;
        } else {
            let said = authority.chapter.clone().unwrap_or(format!("c. {known}"));
            let blank = text.get(place.end..end).map_or(0, |words| words.len() - words.trim_start().len());
            doubts.push(mismatch(place.end + blank..end, format!("the register says {said}, not c. {written}")));
        }
    }
    titles.push(Title { place, authority, one_of_several });
}

pub(super) fn undeclared_at(text: &str, place: Range<usize>) -> Doubt {
    let title = on_one_line(text.get(place.clone()).unwrap_or_default());
    Doubt {
        code: Code::UndeclaredAuthority,
        place,
        message: format!("“{title}” looks like a work that authorities.toml does not declare"),
        help: "add a row for it, or an alias to the row it has".to_owned(),
    }
}

pub(super) fn ambiguous(text: &str, place: Range<usize>, authorities: &[usize], register: &Register) -> Doubt {
    let keys = authorities.iter().filter_map(|at| Some(format!("`{}`", register.authorities.get(*at)?.key)));
    let words = on_one_line(text.get(place.clone()).unwrap_or_default());
    Doubt {
        code: Code::AmbiguousAuthority,
        message: format!("“{words}” may be {}", keys.collect::<Vec<_>>().join(" or ")),
        help: "write the title in full, or name the work by its key: `[[key s 10]]`".to_owned(),
        place,
    }
}

fn mismatch(place: Range<usize>, message: String) -> Doubt {
    Doubt { code: Code::ChapterMismatch, place, message, help: "mend the text or the register".to_owned() }
}

/// The figure of an Act's chapter, if the register knows it.
fn chapter(authority: &Authority) -> Option<String> {
    let given = authority.chapter.as_deref().or_else(|| authority.work.as_deref()?.rsplit('/').next())?;
    let digits: String = given.chars().filter(char::is_ascii_digit).collect();
    (authority.kind == AuthorityKind::Act && !digits.is_empty()).then_some(digits)
}

/// "(c. 31)", "(Chapter 31)", "c 31" after a title: where it ends, and the figure.
fn chapter_after(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    let words = rest.trim_start();
    let inner = words.strip_prefix('(');
    let words = inner.unwrap_or(words);
    let length = words.len().min(24);
    let head: String = words.chars().take(length).take_while(|c| *c != BARRIER).collect();
    let mut figures = head.char_indices().skip_while(|(_, c)| !c.is_ascii_digit());
    let start = figures.next()?.0;
    let end = figures.find(|(_, c)| !c.is_ascii_digit()).map_or(head.len(), |(end, _)| end);
    let (before, figure) = (head.get(..start)?, head.get(start..end)?);
    let word = before.trim_matches(|c: char| c.is_whitespace() || c == '.').to_lowercase();
    let known = matches!(word.as_str(), "c" | "ch" | "chapter" | "cap" | "asp" | "anaw" | "asc" | "nawm");
    let ends = match inner {
        Some(_) => head.get(end..)?.trim_start().starts_with(')'),
        // Without brackets a chapter of the Act may be meant, unless it is "c."
        None => word == "c" && !head.get(end..)?.starts_with(|c: char| c.is_alphanumeric()),
    };
    let close = inner.map_or(0, |_| head.get(end..).and_then(|tail| Some(tail.find(')')? + 1)).unwrap_or(0));
    (known && ends && figure.len() <= 4).then(|| (at + rest.len() - words.len() + end + close, figure.to_owned()))
}
