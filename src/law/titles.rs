//! Titles: the names in a text, each settled on one work.
//!
//! Takes the words of a text and the register; returns each name with the work that it means, and each doubt. A name in
//! doubt keeps its place, so that no pinpoint beside it is joined to another work.

use std::ops::Range;

use super::citation::{BARRIER, Doubt, DoubtKind};
use super::names::{Name, ambiguous, names};
use super::register::Register;
use super::words::Word;
use super::work::{Authority, AuthorityKind};
use super::{instruments, undeclared};

/// A name in the text.
pub struct Title {
    /// Byte range of the name in the text.
    pub place: Range<usize>,
    /// The work; none if it is in doubt.
    pub authority: Option<usize>,
    /// Whether it is one of several that share words: no pinpoint beside them is of one alone.
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

fn mismatch(place: Range<usize>, message: String) -> Doubt {
    Doubt { kind: DoubtKind::Mismatch, place, message, help: "mend the text or the register".to_owned() }
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
