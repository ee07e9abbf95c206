//! Front matter in YAML, as other programs write it.
//!
//! Takes the text between two lines `---`; gives the table that the same keys make in TOML, with
//! their places. Reads what the keys need: texts, `true` and `false`, lists and tables. Follows no
//! alias, and never nests deeper than the keys do.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::date::PartialDate;
use crate::document::{collapse_spaces, join_with_and};

/// The most bytes of such front matter, and the deepest that its values may be in one another.
const MOST: usize = 64 << 10;
const DEEPEST: usize = 8;

/// Fault in the syntax: its place in the text, and a sentence.
pub(super) type Broken = (Range<usize>, String);

/// A list or a table that is being read.
enum OpenCollection<'a> {
    List(DeArray<'a>),
    /// A table, with the key whose value comes next.
    Table(DeTable<'a>, Option<Spanned<String>>),
}

/// Parses YAML into a table.
pub(super) fn table(text: &str) -> Result<DeTable<'_>, Broken> {
    if text.len() > MOST {
        return Err((0..0, "it is longer than 64 KiB".to_owned()));
    }
    // The parser counts characters.
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let offset = |at: usize| offsets.get(at).copied().unwrap_or(text.len());
    let mut open: Vec<(OpenCollection<'_>, usize)> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = offset(error.marker().index());
            (at..at, error.info().to_owned())
        })?;
        let place = offset(span.start.index())..offset(span.end.index());
        let ended = match event {
            Event::MappingStart(..) => {
                open.push((OpenCollection::Table(DeTable::new(), None), place.start));
                None
            }
            Event::SequenceStart(..) => {
                open.push((OpenCollection::List(DeArray::new()), place.start));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(|(ended, start)| {
                let value = match ended {
                    OpenCollection::List(list) => DeValue::Array(list),
                    OpenCollection::Table(table, _) => DeValue::Table(table),
                };
                (Some(value), start..place.end.max(start))
            }),
            Event::Scalar(words, style, ..) => match open.last_mut() {
                Some((OpenCollection::Table(table, key @ None), _)) => {
                    if table.keys().any(|known| known.get_ref().as_ref() == words.as_ref()) {
                        return Err((place, format!("the key `{words}` is here twice")));
                    }
                    *key = Some(Spanned::new(place, words.into_owned()));
                    continue;
                }
                _ => Some((scalar(&words, style), place)),
            },
            Event::Alias(_) => return Err((place, "an alias is not read".to_owned())),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                None
            }
        };
        if open.len() > DEEPEST {
            return Err((place_of_last(&open), format!("its values are more than {DEEPEST} deep in one another")));
        }
        let Some((value, place)) = ended else { continue };
        match open.last_mut() {
            Some((OpenCollection::List(list), _)) => {
                if let Some(value) = value {
                    list.push(Spanned::new(place, value));
                }
            }
            Some((OpenCollection::Table(table, key), _)) => {
                let Some(key) = key.take() else { return Err((place, "a key is a word".to_owned())) };
                // A key without a value says nothing.
                if let Some(value) = value {
                    let key = Spanned::new(key.span(), key.into_inner().into());
                    table.insert(key, Spanned::new(place, value));
                }
            }
            None => match value {
                Some(DeValue::Table(table)) => return Ok(with_our_keys(table)),
                _ => return Err((place, "it is no list of keys with their values".to_owned())),
            },
        }
    }
    Ok(DeTable::new())
}

fn place_of_last(open: &[(OpenCollection<'_>, usize)]) -> Range<usize> {
    let start = open.last().map_or(0, |(_, start)| *start);
    start..start
}

/// Returns a value, unless it stands for nothing.
fn scalar(words: &str, style: ScalarStyle) -> Option<DeValue<'static>> {
    match words {
        "" | "~" | "null" | "Null" | "NULL" if style == ScalarStyle::Plain => None,
        "true" | "True" | "TRUE" if style == ScalarStyle::Plain => Some(DeValue::Boolean(true)),
        "false" | "False" | "FALSE" if style == ScalarStyle::Plain => Some(DeValue::Boolean(false)),
        _ => Some(DeValue::String(collapse_spaces(words).into())),
    }
}

/// Gives the keys that other programs use for ours the names that ours have, where their values can
/// be read.
fn with_our_keys(mut table: DeTable<'_>) -> DeTable<'_> {
    for (theirs, ours) in [("date", "published"), ("author", "issuer"), ("authors", "issuer")] {
        let known = table.keys().any(|key| key.get_ref().as_ref() == ours);
        let found = table.iter().find(|(key, _)| key.get_ref().as_ref() == theirs);
        let Some((key, value)) = found.filter(|_| !known) else { continue };
        let words = match ours {
            "published" => value.get_ref().as_str().and_then(day),
            _ => names(value.get_ref()),
        };
        if let Some(words) = words {
            let (theirs, place) = (key.clone(), value.span());
            let key = Spanned::new(theirs.span(), ours.to_owned().into());
            table.remove(&theirs);
            table.insert(key, Spanned::new(place, DeValue::String(words.into())));
        }
    }
    table
}

/// Returns the day of a date that may say the time of the day, too.
fn day(written: &str) -> Option<String> {
    let day = written.split(['T', ' ']).next()?;
    PartialDate::parse(day).map(|_| day.to_owned())
}

/// Returns one name, or several in a row.
fn names(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(name) => Some(name.to_string()),
        DeValue::Array(list) => {
            let names: Option<Vec<&str>> = list.iter().map(|name| name.get_ref().as_str()).collect();
            names.filter(|names| !names.is_empty()).map(|names| join_with_and(&names))
        }
        _ => None,
    }
}
