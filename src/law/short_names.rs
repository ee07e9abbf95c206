//! Short names that a document defines for the works that it cites: "the Children Act 2004 (“the 2004 Act”)".
//!
//! Takes the tokens after a title; gives the name that they define. Finds the names that were defined before in the texts
//! after them, where they mean the work of the title, whatever else the register knows by that name.

use super::names::{Name, Sort};
use super::register::Register;
use super::title::Title;
use super::tokens::{Kind, Tokens};
use super::words::{is_law, overlaps};

/// The most short names that a document may define.
pub(super) const MOST: usize = 64;

/// A short name, and the work that it means.
#[derive(Clone, Debug)]
pub(super) struct ShortName {
    /// Words of the name, without "the".
    words: Vec<String>,
    /// Whether it is known by the "the" before it alone: "the Act", and not "the 2004 Act".
    needs_the: bool,
    /// The work; none if its title is in doubt.
    authority: Option<usize>,
}

impl ShortName {
    /// The name, meaning a work.
    pub fn of(self, authority: Option<usize>) -> Self {
        ShortName { authority, ..self }
    }
}

/// Short names that a document has defined so far.
#[derive(Clone, Debug, Default)]
pub struct ShortNames {
    all: Vec<ShortName>,
}

impl ShortNames {
    /// Adds a name, and returns its index. One that has the same words gives way.
    pub(super) fn add(&mut self, name: ShortName) -> usize {
        self.all.retain(|other| other.words != name.words);
        if self.all.len() < MOST {
            self.all.push(name);
            return self.all.len() - 1;
        }
        MOST
    }

    /// Puts the names that were defined before among the titles of a text.
    pub(super) fn apply(&self, tokens: &Tokens<'_>, from: usize, register: &Register, titles: &mut Vec<Title>) {
        if !self.all.is_empty() {
            apply(&self.all, tokens, from, register, titles);
        }
    }

    /// Puts one name among the titles after its definition.
    pub(super) fn apply_from(
        &self,
        tokens: &Tokens<'_>,
        (from, name): (usize, usize),
        register: &Register,
        titles: &mut Vec<Title>,
    ) {
        if let Some(name) = self.all.get(name) {
            apply(std::slice::from_ref(name), tokens, from, register, titles);
        }
    }
}

fn apply(names: &[ShortName], tokens: &Tokens<'_>, from: usize, register: &Register, titles: &mut Vec<Title>) {
    let mut found: Vec<Title> = Vec::new();
    let mut at = from;
    while at < tokens.len() {
        let hit = names.iter().filter_map(|name| Some((written(tokens, at, name)?, name))).max_by_key(|(end, _)| *end);
        let Some((end, name)) = hit else {
            at += 1;
            continue;
        };
        let the = at > from && tokens.before(at).kind == Kind::The;
        let range = at - usize::from(the)..end;
        // A longer title that holds the words is another.
        let near = titles.partition_point(|title| title.tokens.end <= range.start);
        let longer = titles.iter().skip(near).take_while(|title| title.tokens.start < range.end);
        let longer = longer.into_iter().any(|title| title.tokens.start < range.start || title.tokens.end > range.end);
        if !longer {
            let title = Name::new(tokens, range, Vec::new(), Sort::Title);
            found.push(Title::new(title, name.authority, register));
        }
        at = end;
    }
    if !found.is_empty() {
        titles.retain(|title| !overlaps(&found, |other| &other.tokens, &title.tokens));
        titles.extend(found);
        titles.sort_by_key(|title| title.tokens.start);
    }
}

/// The token after a name, if it is written at a token.
fn written(tokens: &Tokens<'_>, start: usize, name: &ShortName) -> Option<usize> {
    let same = |(n, word): (usize, &String)| {
        let token = tokens.at(start + n);
        token.text == word || n + 1 == name.words.len() && token.bare() == word
    };
    if !name.words.iter().enumerate().all(same) || name.needs_the && tokens.before(start).kind != Kind::The {
        return None;
    }
    let end = start + name.words.len();
    // "the Act of Settlement", "the Act 2004" and "the Code Committee" are others.
    let next = tokens.at(end);
    let other = next.kind == Kind::Of && name.needs_the && tokens.at(end + 1).is_capital()
        || name.needs_the && next.is_word() && (next.is_capital() || next.kind == Kind::Number);
    (!other).then_some(end)
}

/// The short name that a bracket after a title defines, and the token after the bracket: "(“the 2004 Act”)", "(the Act)",
/// "(referred to in this guidance as “the Act”)".
pub(super) fn definition(tokens: &Tokens<'_>, at: usize) -> Option<(usize, ShortName)> {
    if tokens.at(at).kind != Kind::Open {
        return None;
    }
    let mut start = at + 1;
    while start < at + 12 && (tokens.at(start).is_word() || tokens.at(start).kind == Kind::Comma) {
        start += 1;
    }
    let quoted = tokens.at(start).kind == Kind::Quote;
    let lead = tokens.before(start);
    let start = if quoted { start + 1 } else { at + 1 };
    let the = tokens.at(start).kind == Kind::The || quoted && lead.kind == Kind::The;
    let first = start + usize::from(tokens.at(start).kind == Kind::The);
    let mut end = first;
    while end < first + 6 && (tokens.at(end).is_word() || tokens.at(end).kind == Kind::Dash) {
        end += 1;
    }
    let close = if quoted { (tokens.at(end).kind == Kind::Quote).then_some(end + 1)? } else { end };
    let words = tokens.within(first..end);
    let (only, last) = (words.first()?, words.last()?);
    let called = is_law(last.text) || matches!(last.text, "Bill" | "Code" | "Directive" | "Convention" | "Guidance");
    let sound = words.iter().any(|word| word.is_capital()) && (quoted || the && called);
    let needs_the = the && words.len() == 1 && !only.text.bytes().skip(1).any(|b| b.is_ascii_uppercase());
    let words = words.iter().map(|word| word.text.to_owned()).collect();
    (sound && tokens.at(close).kind == Kind::Close)
        .then_some((close + 1, ShortName { words, needs_the, authority: None }))
}
