//! The numbers that Word counts.
//!
//! Takes `numbering.xml`; counts each numbered paragraph as Word does: lists that share a
//! definition share their counters, a level begins again behind a higher one unless it says
//! otherwise, and a list may begin anew with a number of its own.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::xml;
use crate::import::blocks::Label;
use crate::roman;

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// The level behind which this one begins again, from 1; 0 for none.
    restart: Option<usize>,
    style: Option<String>,
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".to_owned(), String::new());
        Level { start: 1, format, text, restart: None, style: None, legal: false }
    }
}

/// A definition of levels that lists share.
#[derive(Clone, Debug, Default)]
struct Definition {
    levels: Vec<Level>,
    /// The name by which fields count in it.
    name: Option<String>,
    /// The style of numbering whose list has the levels.
    link: Option<String>,
}

/// A list.
#[derive(Clone, Debug, Default)]
struct CountedList {
    definition: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub struct WordLists {
    definitions: BTreeMap<String, Definition>,
    lists: BTreeMap<String, CountedList>,
    /// The lists by the names of their definitions.
    names: BTreeMap<String, String>,
}

/// The counters while a document is read.
#[derive(Debug, Default)]
pub struct Counters {
    at: BTreeMap<String, Vec<Option<u32>>>,
    /// Levels whose own start has been used.
    begun: BTreeSet<(String, usize)>,
}

impl WordLists {
    /// Reads the part.
    pub fn of(tree: &Document<'_>) -> Self {
        let mut numbering = WordLists::default();
        for node in tree.root_element().children() {
            if xml::is(node, "abstractNum") {
                let mut definition = Definition {
                    name: xml::value(node, "name").map(str::to_owned),
                    link: xml::value(node, "numStyleLink").map(str::to_owned),
                    ..Definition::default()
                };
                definition.levels.resize(LEVELS, Level::default());
                for inner in node.children().filter(|inner| xml::is(*inner, "lvl")) {
                    if let Some((at, level)) = level(inner)
                        && let Some(place) = definition.levels.get_mut(at)
                    {
                        *place = level;
                    }
                }
                if let Some(id) = xml::attribute(node, "abstractNumId") {
                    numbering.definitions.insert(id.to_owned(), definition);
                }
            } else if xml::is(node, "num")
                && let (Some(id), Some(definition)) = (xml::attribute(node, "numId"), xml::value(node, "abstractNumId"))
            {
                let mut list = CountedList { definition: definition.to_owned(), ..CountedList::default() };
                for inner in node.children().filter(|inner| xml::is(*inner, "lvlOverride")) {
                    let at = xml::attribute(inner, "ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                    if let Some(start) = xml::number(inner, "startOverride") {
                        list.starts.insert(at, start);
                    }
                    if let Some((_, level)) = xml::child(inner, "lvl").and_then(level) {
                        list.levels.insert(at, level);
                    }
                }
                numbering.lists.insert(id.to_owned(), list);
            }
        }
        numbering
    }

    /// Returns the list of a name.
    pub fn list_named(&self, name: &str) -> Option<String> {
        self.names.get(name).cloned()
    }

    /// Follows definitions that only name a style of numbering, so that each list has a name of its
    /// own. `list_of` gives the list of such a style.
    pub fn follow(&mut self, list_of: &dyn Fn(&str) -> Option<String>) {
        for list in self.lists.clone().keys() {
            for _ in 0..4 {
                let definition = self.lists.get(list).map(|list| list.definition.clone()).unwrap_or_default();
                let link = self.definitions.get(&definition).and_then(|definition| definition.link.clone());
                let other = link.and_then(|link| list_of(&link)).and_then(|other| self.lists.get(&other));
                let Some(other) = other.map(|other| other.definition.clone()) else { break };
                if let Some(list) = self.lists.get_mut(list) {
                    list.definition = other;
                }
            }
        }
        for (id, list) in &self.lists {
            let definition = self.definitions.get(&list.definition);
            if let Some(name) = definition.and_then(|definition| definition.name.clone()) {
                self.names.entry(name).or_insert_with(|| id.clone());
            }
        }
    }

    fn level(&self, list: &str, at: usize) -> Option<&Level> {
        let list = self.lists.get(list)?;
        list.levels.get(&at).or_else(|| self.definitions.get(&list.definition)?.levels.get(at))
    }

    /// Returns the depth of a level: the number of levels above it, without those that begin a
    /// series, such as "Schedule 1".
    pub fn depth(&self, list: &str, at: usize) -> usize {
        let begins =
            |at: &usize| self.level(list, *at).is_some_and(|level| level.text.starts_with(char::is_alphabetic));
        at - (0..at).filter(begins).count()
    }

    /// Returns the level of a list that a style is tied to.
    pub fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        (0..LEVELS).find(|at| self.level(list, *at).is_some_and(|level| level.style.as_deref() == Some(style)))
    }

    /// Counts one paragraph and returns its label.
    pub fn count(&self, counters: &mut Counters, list: &str, at: usize) -> Label {
        let at = at.min(LEVELS - 1);
        let (Some(found), Some(level)) = (self.lists.get(list), self.level(list, at)) else { return Label::None };
        let values = counters.at.entry(found.definition.clone()).or_insert_with(|| vec![None; LEVELS]);
        let own = found.starts.get(&at).filter(|_| counters.begun.insert((list.to_owned(), at)));
        let now = match (own, values.get(at).copied().flatten()) {
            (Some(start), _) => *start,
            (None, Some(before)) => before.saturating_add(1),
            (None, None) => level.start,
        };
        if let Some(value) = values.get_mut(at) {
            *value = Some(now);
        }
        for deeper in at + 1..LEVELS {
            let restarts = match self.level(list, deeper).and_then(|level| level.restart) {
                Some(0) => false,
                Some(behind) => at < behind,
                None => true,
            };
            if let Some(value) = values.get_mut(deeper).filter(|_| restarts) {
                *value = None;
            }
        }
        match level.format.as_str() {
            "bullet" => Label::Bullet,
            "none" if !level.text.contains('%') && level.text.trim().is_empty() => Label::None,
            _ => {
                let values = values.clone();
                let text = self.text(list, level, &values);
                if text.is_empty() { Label::None } else { Label::Printed(text) }
            }
        }
    }

    /// The text of a level, in which `%1` is for the number of the first level.
    fn text(&self, list: &str, level: &Level, values: &[Option<u32>]) -> String {
        let mut text = String::new();
        let mut letters = level.text.chars();
        while let Some(c) = letters.next() {
            let digit = if c == '%' { letters.clone().next().and_then(|c| c.to_digit(10)) } else { None };
            let Some(at) = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) else {
                text.push(c);
                continue;
            };
            letters.next();
            let Some(of) = self.level(list, at) else { continue };
            let value = values.get(at).copied().flatten().unwrap_or(of.start);
            let format = if level.legal && of.format != "decimalZero" { "decimal" } else { of.format.as_str() };
            text.push_str(&formatted(value, format));
        }
        text.trim().to_owned()
    }
}

fn level(node: Node<'_, '_>) -> Option<(usize, Level)> {
    let at: usize = xml::attribute(node, "ilvl")?.parse().ok()?;
    let level = Level {
        start: xml::number(node, "start").unwrap_or(0),
        format: xml::value(node, "numFmt").unwrap_or("decimal").to_owned(),
        text: xml::value(node, "lvlText").unwrap_or_default().to_owned(),
        restart: xml::number(node, "lvlRestart"),
        style: xml::value(node, "pStyle").map(str::to_owned),
        legal: xml::is_on(Some(node), "isLgl").unwrap_or(false),
    };
    Some((at, level))
}

/// Returns a number in one of Word's forms.
pub fn formatted(n: u32, format: &str) -> String {
    match format {
        "decimalZero" if n < 10 => format!("0{n}"),
        "lowerLetter" => letters(n, b'a'),
        "upperLetter" => letters(n, b'A'),
        "lowerRoman" => roman::numeral(n).to_lowercase(),
        "upperRoman" => roman::numeral(n),
        "ordinal" => {
            let ending = match (n % 10, n % 100) {
                (1, hundredth) if hundredth != 11 => "st",
                (2, hundredth) if hundredth != 12 => "nd",
                (3, hundredth) if hundredth != 13 => "rd",
                _ => "th",
            };
            format!("{n}{ending}")
        }
        "none" => String::new(),
        _ => n.to_string(),
    }
}

/// The letter of a number; behind z, doubled: aa, bb.
fn letters(n: u32, first: u8) -> String {
    let Some(n) = n.checked_sub(1).filter(|n| *n < 26 * 20) else { return n.to_string() };
    let letter = u8::try_from(n % 26).unwrap_or(0) + first;
    char::from(letter).to_string().repeat(usize::try_from(n / 26).unwrap_or(0) + 1)
}
