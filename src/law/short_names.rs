//! Short names that a document defines for the works that it cites: "the Children Act 2004 (“the
//! 2004 Act”)".
//!
//! Takes the names that definitions made; finds them in the texts after those, where they mean the
//! work of the title, whatever else the register knows by that name.

use super::names::{Name, Sort};
use super::register::Register;
use super::title::Title;
use super::tokens::{Kind, Tokens};
use super::words::{is_year, overlaps};

/// The most short names that a document may define.
pub(super) const MOST: usize = 64;

/// A short name, and the work that it means.
#[derive(Clone, Debug)]
pub(super) struct ShortName {
    /// Words of the name, without "the".
    words: Vec<String>,
    /// Whether it is known by the "the" before it alone: "the Act", and not "the 2004 Act".
    needs_the: bool,
    /// The work; none if it is in doubt.
    authority: Option<usize>,
    /// The title that the text has before the definition.
    title: String,
}

impl ShortName {
    /// Returns a name with these words, which means no work yet.
    pub fn new(words: Vec<String>, needs_the: bool) -> Self {
        ShortName { words, needs_the, authority: None, title: String::new() }
    }

    /// Returns the name, meaning a work.
    pub fn meaning(self, authority: Option<usize>, title: &str) -> Self {
        ShortName { authority, title: title.to_owned(), ..self }
    }

    /// Whether two definitions of a name are of one work, as far as their titles tell.
    fn is_of_one_work(&self, other: &ShortName) -> bool {
        let (one, two) = (self.title.to_lowercase(), other.title.to_lowercase());
        match (self.authority, other.authority) {
            (Some(mine), Some(theirs)) => mine == theirs,
            // "the Children Act" and later "the Children Act 2004"
            _ => one.starts_with(&two) || two.starts_with(&one),
        }
    }

    /// Whether one of its words is a year.
    pub fn has_year(&self) -> bool {
        self.words.iter().any(|word| is_year(word))
    }
}

/// Short names that a document has defined so far.
#[derive(Clone, Debug, Default)]
pub struct ShortNames {
    all: Vec<ShortName>,
}

impl ShortNames {
    /// Adds a name, and returns its index. A name that was defined for another work is in doubt
    /// from here on: the error is the sentence that says so.
    pub(super) fn add(&mut self, mut name: ShortName) -> (usize, Result<(), String>) {
        let before = self.all.iter().position(|other| other.words == name.words);
        let before = before.map(|before| self.all.swap_remove(before));
        let mut sound = Ok(());
        if let Some(before) = before.filter(|before| !before.is_of_one_work(&name)) {
            let the = if name.needs_the { "the " } else { "" };
            let (words, one, two) = (name.words.join(" "), &before.title, &name.title);
            sound = Err(format!("“{the}{words}” is defined here for “{two}”, and before for “{one}”"));
            name.authority = None;
        }
        if self.all.len() < MOST {
            self.all.push(name);
            return (self.all.len() - 1, sound);
        }
        (MOST, sound)
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
