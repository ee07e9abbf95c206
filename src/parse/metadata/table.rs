//! A TOML table with the places of its keys and values.
//!
//! Takes a part of a file; gives each value of the type that was asked for, or what is wrong with
//! it. What was not asked for is reported at the end, so that no key is passed over in silence.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::yaml;
use crate::config::size;
use crate::date::PartialDate;
use crate::diagnostic::{Code, Diagnostic, is_bidi_control};
use crate::document::is_slug;
use crate::source::{SourceFile, Span, Written};

/// A TOML table, the keys that were asked for, and where it is.
pub(super) struct TomlTable<'a> {
    table: &'a DeTable<'a>,
    file: &'a SourceFile,
    /// Offset of the TOML in its file.
    offset: usize,
    /// The place of the table's header, for what is missing in it.
    pub(super) header: Span,
    what: &'static str,
    /// Whether a key that is unknown was written for another program.
    foreign: bool,
    asked: RefCell<Vec<String>>,
}

/// Parses a range of a file as TOML and reads its top table; none if there is nothing to read.
pub(super) fn with_table<T>(
    file: &SourceFile,
    range: Range<usize>,
    what: &'static str,
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&TomlTable<'_>, &mut Vec<Diagnostic>) -> T,
) -> Option<T> {
    let text = file.slice(range.clone());
    let (table, errors) = DeTable::parse_recoverable(text);
    let broken = !errors.is_empty();
    for error in errors {
        let at = error.span().map_or(range.clone(), |span| range.start + span.start..range.start + span.end);
        let message = error.message().trim().trim_end_matches('.').replace('\n', "; ");
        faults.push(
            Diagnostic::new(Code::InvalidToml, Span::new(file.id, at), format!("this is not TOML: {message}"))
                .help("TOML is described at toml.io"),
        );
    }
    if broken {
        // What is after a break in the syntax may be misread: further faults would mislead.
        return None;
    }
    Some(read_whole(table.get_ref(), (file, range.start), (what, false), faults, read))
}

/// Parses a range of a file as YAML and reads its top table; none if there is nothing to read.
pub(super) fn with_yaml<T>(
    file: &SourceFile,
    range: Range<usize>,
    what: &'static str,
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&TomlTable<'_>, &mut Vec<Diagnostic>) -> T,
) -> Option<T> {
    match yaml::table(file.slice(range.clone())) {
        Ok(table) => Some(read_whole(&table, (file, range.start), (what, true), faults, read)),
        Err((at, message)) => {
            let at = range.start + at.start..range.start + at.end;
            let message = format!("this is not YAML that can be read: {message}");
            let fault = Diagnostic::new(Code::InvalidYaml, Span::new(file.id, at), message);
            faults.push(fault.help("write a line `title: …`, or front matter in TOML between two lines `+++`"));
            None
        }
    }
}

/// Reads a top table, and reports what is not asked for.
fn read_whole<'a, T>(
    table: &'a DeTable<'a>,
    (file, offset): (&'a SourceFile, usize),
    (what, foreign): (&'static str, bool),
    faults: &mut Vec<Diagnostic>,
    read: impl FnOnce(&TomlTable<'_>, &mut Vec<Diagnostic>) -> T,
) -> T {
    let header = Span::new(file.id, offset..offset);
    let table = TomlTable { table, file, offset, header, what, foreign, asked: RefCell::new(Vec::new()) };
    let value = read(&table, faults);
    table.finish(faults);
    value
}

impl<'a> TomlTable<'a> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id, self.offset + range.start..self.offset + range.end)
    }

    fn get(&self, key: &str) -> Option<(&'a DeValue<'a>, Span)> {
        self.asked.borrow_mut().push(key.to_owned());
        let (_, value) = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some((value.get_ref(), self.span(value.span())))
    }

    /// The place of the value of a key.
    pub(super) fn place(&self, key: &str) -> Option<Span> {
        self.get(key).map(|(_, span)| span)
    }

    pub(super) fn text(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<Written<String>> {
        let (value, span) = self.get(key)?;
        let text = string(value).filter(|text| !text.is_empty());
        if text.is_none() {
            wrong(
                key,
                span,
                "a text on one line, in quotation marks, neither empty nor with control characters",
                faults,
            );
        }
        text.map(|text| Written::new(text, span))
    }

    /// A text that readers see: with the quotation marks and apostrophes of print, as in the
    /// documents.
    pub(super) fn words(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<String> {
        self.text(key, faults).map(|text| with_curly_quotes(&text.value))
    }

    pub(super) fn required_words(&self, key: &str, faults: &mut Vec<Diagnostic>) -> String {
        self.required_text(key, faults).map(|text| with_curly_quotes(&text.value)).unwrap_or_default()
    }

    pub(super) fn required_text(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<Written<String>> {
        self.require(key, faults).then(|| self.text(key, faults))?
    }

    fn require(&self, key: &str, faults: &mut Vec<Diagnostic>) -> bool {
        let there = self.get(key).is_some();
        if !there {
            let message = format!("`{key}` is missing from {}", self.what);
            faults
                .push(Diagnostic::new(Code::MissingKey, self.header, message).help(format!("add a line `{key} = …`")));
        }
        there
    }

    pub(super) fn flag(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<bool> {
        let (value, span) = self.get(key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            wrong(key, span, "`true` or `false`, without quotation marks", faults);
        }
        flag
    }

    /// A whole number from 1 to `most`.
    pub(super) fn count(&self, key: &str, most: u64, faults: &mut Vec<Diagnostic>) -> Option<u64> {
        let (value, span) = self.get(key)?;
        let count = value.as_integer().filter(|number| number.radix() == 10);
        let count = count.and_then(|number| number.as_str().parse().ok()).filter(|count| (1..=most).contains(count));
        if count.is_none() {
            wrong(key, span, &format!("a whole number from 1 to {most}"), faults);
        }
        count
    }

    /// A number of bytes up to `most`, with its unit.
    pub(super) fn size(&self, key: &str, most: u64, faults: &mut Vec<Diagnostic>) -> Option<u64> {
        let (value, span) = self.get(key)?;
        let bytes = |text: &str| {
            let (number, unit) = text.split_once(' ')?;
            let unit: u64 = match unit {
                "KiB" => 1 << 10,
                "MiB" => 1 << 20,
                "GiB" => 1 << 30,
                _ => return None,
            };
            number.parse::<u64>().ok()?.checked_mul(unit).filter(|bytes| (1..=most).contains(bytes))
        };
        let bytes = value.as_str().and_then(bytes);
        if bytes.is_none() {
            let wanted =
                format!("a size in quotation marks, such as \"512 KiB\" or \"4 MiB\", up to \"{}\"", size(most));
            wrong(key, span, &wanted, faults);
        }
        bytes
    }

    /// A text or a list of texts.
    pub(super) fn texts(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Vec<Written<String>> {
        let Some((value, span)) = self.get(key) else { return Vec::new() };
        let Some(array) = value.as_array() else { return self.text(key, faults).into_iter().collect() };
        let mut texts = Vec::new();
        for item in array.iter() {
            match string(item.get_ref()).filter(|text| !text.is_empty()) {
                Some(text) => texts.push(Written::new(text, self.span(item.span()))),
                None => wrong(key, span, "a text or a list of texts", faults),
            }
        }
        texts
    }

    pub(super) fn date(&self, key: &str, faults: &mut Vec<Diagnostic>) -> Option<PartialDate> {
        let (value, span) = self.get(key)?;
        let written = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.as_str().to_owned(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let date = PartialDate::parse(&written);
        if date.is_none() {
            wrong(key, span, "a date: 2008-04-03, \"2008-04\" or \"2008\"", faults);
        }
        date
    }

    pub(super) fn table(&self, key: &str, what: &'static str, faults: &mut Vec<Diagnostic>) -> Option<TomlTable<'a>> {
        let (value, span) = self.get(key)?;
        let Some(table) = value.as_table() else {
            wrong(key, span, "a table", faults);
            return None;
        };
        Some(inner(self, table, span, what))
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&self, key: &str, what: &'static str, faults: &mut Vec<Diagnostic>) -> Vec<TomlTable<'a>> {
        let Some((value, span)) = self.get(key) else { return Vec::new() };
        let tables: Option<Vec<TomlTable<'a>>> = value.as_array().and_then(|array| {
            array
                .iter()
                .map(|item| Some(inner(self, item.get_ref().as_table()?, self.span(item.span()), what)))
                .collect()
        });
        if tables.is_none() {
            wrong(key, span, &format!("a list of tables, each under `[[{key}]]`"), faults);
        }
        tables.unwrap_or_default()
    }

    /// The tables `[key.NAME]`, each NAME a slug.
    pub(super) fn named_tables(
        &self,
        key: &str,
        what: &'static str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<(Written<String>, TomlTable<'a>)> {
        self.table(key, what, faults).map(|outer| outer.all_tables(what, faults)).unwrap_or_default()
    }

    /// All tables in this one, whatever their names.
    pub(super) fn any_tables(
        &self,
        what: &'static str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<(Written<String>, TomlTable<'a>)> {
        let mut found = Vec::new();
        for (name, value) in self.entries() {
            self.asked.borrow_mut().push(name.value.clone());
            match value.as_table() {
                Some(table) => {
                    let inner = inner(self, table, name.span, what);
                    found.push((name, inner));
                }
                None => wrong(&name.value, name.span, &format!("a table that describes {what}"), faults),
            }
        }
        found
    }

    /// All tables in this one, each under a slug.
    pub(super) fn all_tables(
        &self,
        what: &'static str,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<(Written<String>, TomlTable<'a>)> {
        let mut tables = self.any_tables(what, faults);
        tables.retain(|(name, _)| check_slug(name, faults));
        tables
    }

    fn entries(&self) -> impl Iterator<Item = (Written<String>, &'a DeValue<'a>)> {
        self.table.iter().map(|(name, value): (&Spanned<DeString<'_>>, &'a Spanned<DeValue<'_>>)| {
            (Written::new(name.get_ref().to_string(), self.span(name.span())), value.get_ref())
        })
    }

    /// Reports every key that was not asked for.
    pub(super) fn finish(&self, faults: &mut Vec<Diagnostic>) {
        let asked = self.asked.borrow();
        for (name, _) in self.entries() {
            if asked.contains(&name.value) {
                continue;
            }
            if self.foreign {
                let message = format!("the key `{}` in {} is not read", name.value, self.what);
                let fault = Diagnostic::new(Code::UnreadKey, name.span, message);
                let fault = fault.help("remove it, or leave it for the program that it is for");
                faults.push(fault.nearest_after(faults, &name.value, asked.iter().map(String::as_str)));
            } else {
                let message = format!("there is no key `{}` in {}", name.value, self.what);
                let fault = Diagnostic::new(Code::UnknownKey, name.span, message);
                let fault = fault.nearest_after(faults, &name.value, asked.iter().map(String::as_str));
                faults.push(fault);
            }
        }
    }
}

fn inner<'a>(outer: &TomlTable<'a>, table: &'a DeTable<'a>, header: Span, what: &'static str) -> TomlTable<'a> {
    let (file, offset, foreign) = (outer.file, outer.offset, outer.foreign);
    TomlTable { table, file, offset, header, what, foreign, asked: RefCell::new(Vec::new()) }
}

fn wrong(key: &str, span: Span, wanted: &str, faults: &mut Vec<Diagnostic>) {
    faults.push(Diagnostic::new(Code::InvalidValue, span, format!("`{key}` must be {wanted}")));
}

fn string(value: &DeValue<'_>) -> Option<String> {
    let text = value.as_str()?.trim();
    // What turns a page round, or may be in no XML, has no place in a title.
    let unfit = |c: char| c.is_control() || is_bidi_control(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    (!text.contains(unfit)).then(|| text.to_owned())
}

/// A text that is a slug.
pub(super) fn slug(table: &TomlTable<'_>, key: &str, faults: &mut Vec<Diagnostic>) -> Option<Written<String>> {
    let text = table.text(key, faults)?;
    check_slug(&text, faults).then_some(text)
}

/// A choice.
pub(super) fn one_of<T: Copy>(
    table: &TomlTable<'_>,
    key: &str,
    choices: &[(&str, T)],
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    choice((key, table.foreign), &table.text(key, faults)?, choices, faults)
}

/// A choice, or a list of them.
pub(super) fn all_of<T: Copy>(
    table: &TomlTable<'_>,
    key: &str,
    choices: &[(&str, T)],
    faults: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let texts = table.texts(key, faults);
    texts.iter().filter_map(|text| choice((key, table.foreign), text, choices, faults)).collect()
}

/// A choice that must be made.
pub(super) fn required_one_of<T: Copy>(
    table: &TomlTable<'_>,
    key: &str,
    choices: &[(&str, T)],
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    table.require(key, faults).then(|| one_of(table, key, choices, faults))?
}

/// A table of texts by key.
pub(super) fn titles(outer: &TomlTable<'_>, key: &str, faults: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let Some(table) = outer.table(key, "a table of titles", faults) else { return Vec::new() };
    let mut titles = Vec::new();
    for (name, value) in table.entries() {
        match string(value).filter(|text| !text.is_empty()) {
            Some(text) => titles.push((name.value, with_curly_quotes(&text))),
            None => wrong(&name.value, name.span, "a text in quotation marks", faults),
        }
    }
    titles
}

/// A table of lists of texts by key, whatever the keys.
pub(super) fn lists(outer: &TomlTable<'_>, key: &str, faults: &mut Vec<Diagnostic>) -> Vec<(String, Vec<String>)> {
    let Some(table) = outer.table(key, "a table of lists", faults) else { return Vec::new() };
    let names: Vec<String> = table.entries().map(|(name, _)| name.value).collect();
    let lists = names.into_iter().map(|name| {
        let texts = table.texts(&name, faults).into_iter().map(|text| with_curly_quotes(&text.value)).collect();
        (with_curly_quotes(&name), texts)
    });
    lists.collect()
}

/// The one of some words that is written. What another program calls so may have words of its own.
fn choice<T: Copy>(
    (key, foreign): (&str, bool),
    text: &Written<String>,
    choices: &[(&str, T)],
    faults: &mut Vec<Diagnostic>,
) -> Option<T> {
    let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
    if found.is_none() {
        let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let message = format!("`{key}` must be one of {}", words.join(", "));
        let code = if foreign { Code::UnreadKey } else { Code::InvalidValue };
        let fault = Diagnostic::new(code, text.span, message);
        faults.push(fault.nearest(&text.value, choices.iter().map(|(word, _)| *word)));
    }
    found
}

/// Straight quotation marks and apostrophes as print has them.
pub(super) fn with_curly_quotes(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '‘' | '“' | '–');
        printed.push(match c {
            '\'' if opens => '‘',
            '\'' => '’',
            '"' if opens => '“',
            '"' => '”',
            _ => c,
        });
        before = c;
    }
    printed
}

pub(super) fn check_slug(name: &Written<String>, faults: &mut Vec<Diagnostic>) -> bool {
    let sound = is_slug(&name.value);
    if !sound {
        let message = format!("`{}` cannot be a name", name.value);
        faults.push(
            Diagnostic::new(Code::InvalidId, name.span, message)
                .help("names are lower-case letters, figures and hyphens, at most 64"),
        );
    }
    sound
}
