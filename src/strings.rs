//! The words of the program in the site's language: plurals, dates and lists too.
//!
//! Takes the catalogues of the program, of the theme and of the site; returns words by the type of
//! their key ([`phrase`]). Words that no catalogue has in the site's language are English and
//! marked as such. Never returns what an author wrote, knows no markup, and looks nothing up by the
//! words that it shows.

pub mod language;
pub mod phrase;
mod read;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::cache;
use crate::config::ClauseUnit;
use crate::date::PartialDate;
use crate::document::{Status, capital};
use crate::source::Key;
use phrase::Phrase;
pub use read::load;

/// The language of the catalogue that has every key.
pub const ENGLISH: &str = "en";

/// Prefix of the keys of words that only scripts use.
const SCRIPT: &str = "script.";

/// Prefix of those of the script of search.
const SCRIPT_OF_SEARCH: &str = "script.search.";

/// Prefix of those of the scripts of a reader's own list.
const SCRIPT_OF_LIST: &str = "script.list.";

/// Prefix of those of the script of an edition in one page.
const SCRIPT_OF_SINGLE: &str = "script.find.";

/// Keys of words that scripts use, and pages too.
const SHARED: [&str; 1] = ["search.editors-note"];

/// The words of the program in a site; none until the catalogues are read.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// The language of the site (BCP 47).
    language: String,
    texts: BTreeMap<String, CatalogueText>,
    months: Vec<CatalogueText>,
    key: Key,
}

/// The text of a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct CatalogueText {
    /// The forms of a plural by their class, or one text of the class `other`.
    forms: BTreeMap<String, String>,
    /// Whether it is English on a page that is not.
    is_foreign: bool,
}

/// Words of the program, ready for a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    text: String,
    is_foreign: bool,
}

impl Words {
    /// Takes what an author wrote, where there may be words of either.
    pub fn own(text: &str) -> Self {
        Words { text: text.to_owned(), is_foreign: false }
    }

    /// Returns the words as plain text, for attributes and for sentences.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Joins words to one text.
    pub fn joined(words: impl IntoIterator<Item = Words>, with: &str) -> Self {
        let words: Vec<Words> = words.into_iter().collect();
        let text = words.iter().map(Words::text).collect::<Vec<_>>().join(with);
        Words { text, is_foreign: words.iter().any(|words| words.is_foreign) }
    }

    /// Returns the words with a capital letter.
    #[must_use]
    pub fn capital(self) -> Self {
        Words { text: capital(&self.text), ..self }
    }

    /// Whether the words are English on a page that is not.
    pub fn is_foreign(&self) -> bool {
        self.is_foreign
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Strings {
    /// Returns the language of the site (BCP 47).
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Returns the key of all words.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Returns words for a place of their own.
    pub fn say<P: Phrase>(&self, phrase: P) -> Words {
        let Some(text) = self.texts.get(P::KEY) else { return Words { text: String::new(), is_foreign: false } };
        let form = text.form(&self.language, phrase.count());
        let filled = fill(form, |hole| match (hole, phrase.count()) {
            ("count", Some(count)) => Some(Cow::Owned(count.to_string())),
            _ => phrase.word(hole).map(Cow::Borrowed),
        });
        Words { text: filled, is_foreign: text.is_foreign }
    }

    /// Returns words for an attribute or for a part of a sentence.
    pub fn text<P: Phrase>(&self, phrase: P) -> String {
        self.say(phrase).text
    }

    /// Returns the word for a clause where the site sets none.
    pub fn unit(&self) -> ClauseUnit {
        ClauseUnit { one: self.text(phrase::CitationUnit), many: self.text(phrase::CitationUnits) }
    }

    /// Returns the word for a status, as in a list of choices.
    pub fn status(&self, status: Status) -> String {
        match status {
            Status::Draft => self.text(phrase::StatusDraftChoice),
            Status::Current => self.text(phrase::StatusCurrentChoice),
            Status::Superseded => self.text(phrase::StatusSupersededChoice),
            Status::Withdrawn => self.text(phrase::StatusWithdrawnChoice),
        }
    }

    /// Returns a date as people write it.
    pub fn date(&self, date: PartialDate) -> Words {
        let year = date.year.to_string();
        let month = date.month.and_then(|month| self.months.get(usize::from(month).checked_sub(1)?));
        match (date.day, month) {
            (Some(day), Some(month)) => self.say(phrase::DateDay {
                day: &day.to_string(),
                month: month.form(&self.language, None),
                year: &year,
            }),
            (None, Some(month)) => self.say(phrase::DateMonth { month: month.form(&self.language, None), year: &year }),
            _ => Words { text: year, is_foreign: false },
        }
    }

    /// Returns the number of the month that is written so, here or in English.
    pub fn month(&self, written: &str) -> Option<u8> {
        let own = self.months.iter().position(|month| month.form(&self.language, None) == written);
        let english = (1..=12).find(|month| {
            let date = PartialDate { year: 1, month: Some(*month), day: None };
            date.in_words().split(' ').next() == Some(written)
        });
        own.and_then(|at| u8::try_from(at + 1).ok()).or(english)
    }

    /// Joins words as prose: `a`, `a and b`, `a, b and c`.
    pub fn list(&self, words: &[impl AsRef<str>]) -> String {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        match words.as_slice() {
            [others @ .., last] if !others.is_empty() => {
                let next = self.text(phrase::ListNext);
                format!("{}{}{last}", others.join(&next), self.text(phrase::ListLast))
            }
            _ => words.concat(),
        }
    }

    /// Returns the form of a key's text that holds for a number, and whether it is English on a
    /// page that is not; none of a key that no catalogue has. Words in braces are still in it.
    pub fn form(&self, key: &str, count: Option<usize>) -> Option<(&str, bool)> {
        let text = self.texts.get(key)?;
        Some((text.form(&self.language, count), text.is_foreign))
    }

    /// Returns the keys of all words.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// Returns the words that a script uses, as JSON: of a plural its forms.
    pub fn for_script(&self, script: PageScript<'_>) -> String {
        let of_search = |key: &str| key.starts_with(SCRIPT_OF_SEARCH);
        let of_single = |key: &str| key.starts_with(SCRIPT_OF_SINGLE);
        let of_list = |key: &str| key.starts_with(SCRIPT_OF_LIST);
        let is_needed = |key: &str| match script {
            PageScript::Site => key.starts_with(SCRIPT) && !of_search(key) && !of_single(key) && !of_list(key),
            PageScript::Search => of_search(key) || SHARED.contains(&key),
            PageScript::Reader(text) => {
                of_list(key) && key.strip_prefix(SCRIPT).is_some_and(|own| text.contains(&format!("\"{own}\"")))
            }
            PageScript::Single => of_single(key) || SHARED.contains(&key),
        };
        let of_scripts = self.texts.iter().filter(|(key, _)| is_needed(key));
        let texts: Map<String, Value> = of_scripts
            .map(|(key, text)| {
                let one = text.forms.len() == 1;
                let value = if one { json!(text.form(&self.language, None)) } else { json!(text.forms) };
                // Search has words of its own section alone, and names them without it. Those of a
                // list keep its name, for they may be on the page of search.
                let own = match script {
                    PageScript::Search => key.strip_prefix(SCRIPT_OF_SEARCH),
                    PageScript::Reader(_) => key.strip_prefix(SCRIPT),
                    PageScript::Site | PageScript::Single => None,
                };
                (own.unwrap_or(key).to_owned(), value)
            })
            .collect();
        let is_foreign = self.texts.iter().any(|(key, text)| key.starts_with(SCRIPT) && text.is_foreign);
        let language = if is_foreign { ENGLISH } else { &self.language };
        // JSON is a script but for `<`, which could end the element that it is in.
        json!({ "language": language, "foreign": is_foreign, "texts": texts })
            .to_string()
            .replace('<', "\\u003c")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029")
    }
}

impl CatalogueText {
    fn form(&self, language: &str, count: Option<usize>) -> &str {
        let language = if self.is_foreign { ENGLISH } else { language };
        let class = count.map_or("other", |count| language::plural(language, count));
        self.forms.get(class).or_else(|| self.forms.get("other")).map_or("", String::as_str)
    }
}

/// A script with words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageScript<'s> {
    /// That of every page.
    Site,
    /// That of search.
    Search,
    /// One of those of a reader's own list, with its text: it gets the words that it names.
    Reader(&'s str),
    /// That of an edition in one page.
    Single,
}

/// Puts words in the place of those in braces. What is no word in braces stays as it is.
pub fn fill<'w>(text: &str, word: impl Fn(&str) -> Option<Cow<'w, str>>) -> String {
    let mut filled = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            TextPart::Text(text) => filled.push_str(text),
            TextPart::Hole(hole) => filled.push_str(&word(hole).unwrap_or_default()),
        }
    }
    filled
}

/// A part of a text: as it is, or a word in braces.
pub enum TextPart<'t> {
    /// It is shown as it is.
    Text(&'t str),
    /// Name of a word in braces.
    Hole(&'t str),
}

/// Splits a text at its words in braces.
pub fn parts(text: &str) -> Vec<TextPart<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, after)) = after.split_once('}') else { break };
        parts.extend([TextPart::Text(before), TextPart::Hole(hole)]);
        rest = after;
    }
    parts.push(TextPart::Text(rest));
    parts
}

/// Returns the key of texts, for [`Strings::key`].
fn key_of(language: &str, texts: &BTreeMap<String, CatalogueText>, months: &[CatalogueText]) -> Key {
    cache::key((language, texts, months))
}
