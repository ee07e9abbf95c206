//! Rows that a register lacks: what to write for a work that a text names.
//!
//! Takes the words that look like a title; returns the row, with the path of an Act that the
//! program knows. Never guesses: of words that may mean several works there is no row.

use super::known::{KnownAct, known_act, known_act_at, known_act_without_year, longer_title, near_title};
use super::numbers::{instrument_after, paths_of_number};
use super::register::Register;
use super::tokens::{Kind, Tokens};
use super::words::is_law;

/// A row for the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// Key that no row has.
    pub key: String,
    /// Title of the work.
    pub title: String,
    /// Kind of the work, as the register writes it.
    pub kind: &'static str,
    /// Path at legislation.gov.uk, if the program knows the work.
    pub work: Option<String>,
    /// The words of the text, if they are no title.
    pub alias: Option<String>,
}

impl NewRow {
    /// Returns the row for the words of a text, if they name one work for sure and no row has it.
    /// `is_taken` says whether a key has a row already.
    pub fn of(words: &str, register: &Register, is_taken: impl Fn(&str) -> bool) -> Option<NewRow> {
        if let Some(paths) = paths_of_number(words) {
            return NewRow::of_number(words, &paths, is_taken);
        }
        let tokens = Tokens::new(words);
        let written: Vec<&str> =
            tokens.within(0..tokens.len()).iter().filter(|token| token.is_word()).map(|token| token.text).collect();
        if !register.undated(&written).is_empty() {
            return None;
        }
        let known = known_act(words);
        let short = if known.is_none() { known_act_without_year(words) } else { None };
        let act: Option<&KnownAct> = known.or(short);
        if let Some(act) = act
            && register.work(&act.work).is_some()
        {
            return None;
        }
        // Near a title that is known the words may be a slip of it, and half a bracket is half a
        // title.
        let brackets = |kind| tokens.within(0..tokens.len()).iter().filter(|token| token.kind == kind).count();
        if act.is_none() && near_title(words, register).is_some() || brackets(Kind::Open) != brackets(Kind::Close) {
            return None;
        }
        // What begins with small words, or is a number alone, is no title.
        let last = tokens.before(tokens.len());
        let dated =
            last.is_year() && (0..tokens.len()).any(|at| is_law(tokens.at(at).text) || tokens.at(at).text == "Acts");
        let first = tokens.at(0);
        if act.is_none() && !(first.is_capital() && first.kind != Kind::Number && (dated || last.text == "Bill")) {
            return None;
        }
        // Words before a title that is known are no part of it: "Appendix A Digital Economy Act
        // 2017".
        if act.is_none() && longer_title(&tokens, 1..tokens.len(), tokens.len()).is_some() {
            return None;
        }
        let title = act.map_or_else(|| words.to_owned(), |act| act.title.clone());
        let alias = short.map(|_| words.to_owned());
        let (kind, work) = (kind_of(&written), act.map(|act| act.work.clone()));
        Some(NewRow { key: free_key(&title, is_taken), title, kind, work, alias })
    }

    /// Returns the row for a number that has no title beside it: of an Act that the program knows,
    /// or of an instrument, whose title a person must add.
    fn of_number(words: &str, paths: &[String], is_taken: impl Fn(&str) -> bool) -> Option<NewRow> {
        if let Some(act) = known_act_at(paths) {
            let (title, work) = (act.title.clone(), Some(act.work.clone()));
            return Some(NewRow { key: free_key(&title, is_taken), title, kind: "act", work, alias: None });
        }
        let work = instrument_after(words)?;
        let key = numbered(work.replace('/', "-"), is_taken);
        Some(NewRow { key, title: words.to_owned(), kind: "instrument", work: Some(work), alias: None })
    }

    /// Returns what a person must add to the row, if it is not whole.
    pub fn lacks(&self) -> Option<&'static str> {
        match &self.work {
            None => Some("`work` or `url`"),
            Some(_) if paths_of_number(&self.title).is_some() => Some("`title`"),
            Some(_) => None,
        }
    }

    /// Returns the row with the path of an instrument, where it is known from its number alone.
    pub fn with_work(mut self, work: Option<String>) -> NewRow {
        if self.kind == "instrument" && self.work.is_none() {
            self.work = work;
        }
        self
    }

    /// The row as the register writes it.
    pub fn toml(&self) -> String {
        let mut toml = format!("[{}]\ntitle = {}\nkind = \"{}\"\n", self.key, quoted(&self.title), self.kind);
        if let Some(work) = &self.work {
            toml.push_str(&format!("work = \"{work}\"\n"));
        }
        if let Some(alias) = &self.alias {
            toml.push_str(&format!("aliases = [{}]\n", quoted(alias)));
        }
        toml
    }
}

/// A key made of a title's initials and year that no row has: `ea1996`.
fn free_key(title: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let initials = title.split(|c: char| !c.is_alphanumeric()).filter_map(|word| {
        let first = word.chars().next()?;
        if first.is_ascii_digit() {
            Some(word.to_owned())
        } else {
            first.is_uppercase().then(|| first.to_lowercase().to_string())
        }
    });
    let stem: String = initials.collect::<String>().chars().filter(char::is_ascii_alphanumeric).take(48).collect();
    let stem = if stem.is_empty() { "work".to_owned() } else { stem };
    numbered(stem, is_taken)
}

/// Returns a key, with the first number that makes it free if it is taken.
fn numbered(stem: String, is_taken: impl Fn(&str) -> bool) -> String {
    let key = (1..).map(|n| if n == 1 { stem.clone() } else { format!("{stem}-{n}") }).find(|key| !is_taken(key));
    key.unwrap_or(stem)
}

fn kind_of(words: &[&str]) -> &'static str {
    // "Public Order Act 1986", "Children Act 2004 (Commencement) Order 2005"
    match words.iter().rfind(|word| is_law(word) || **word == "Bill") {
        Some(&"Bill") => "bill",
        Some(&("Regulations" | "Order" | "Rules")) => "instrument",
        _ => "act",
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
