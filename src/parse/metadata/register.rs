//! `authorities.toml`: the register of works that may be cited.
//!
//! Takes the files of the register; gives its rows with their places, and what cannot be told apart
//! in them. Whether a work is cited is for `resolve` to say.

use super::table::{TomlTable, one_of, required_one_of, titles, with_table};
use super::web_address;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Declared;
use crate::law::{Authority, AuthorityKind, Change, Unit};
use crate::source::{SourceFile, Span, Written};

/// The collections of legislation.gov.uk that a `work` may be in.
const COLLECTIONS: [&str; 22] = [
    "ukpga", "ukla", "ukppa", "ukcm", "uksi", "wsi", "ssi", "nisi", "nisr", "nisro", "uksro", "asp", "anaw", "asc",
    "mwa", "nia", "aosp", "apgb", "aep", "eur", "eudr", "eudn",
];

/// Reads `authorities.toml`; of a site that extends another, that of the other before its own.
pub fn authorities<'a>(files: impl IntoIterator<Item = &'a SourceFile>) -> (Vec<Declared>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut rows: Vec<RegisterRow> = Vec::new();
    for file in files {
        let found = with_table(file, 0..file.text.len(), "the register", &mut faults, |table, faults| {
            let rows = table.all_tables("an authority", faults).into_iter();
            rows.map(|(key, fields)| row(key, &fields, faults)).collect::<Vec<_>>()
        });
        for row in found.unwrap_or_default() {
            if let Some(first) = rows.iter().find(|known| known.authority.key == row.authority.key) {
                let message =
                    format!("the authority `{}` is declared by the site that is extended, too", row.authority.key);
                let fault = Diagnostic::new(Code::DuplicateId, row.span, message).label(first.span, "declared here");
                faults.push(fault.help("remove the row, or give the work another key"));
                continue;
            }
            rows.push(row);
        }
    }
    for row in &rows {
        if let Some(clash) = clashing_key(&row.authority.key, &rows) {
            let message =
                format!("the key `{}` cannot be told from {clash} on the page of authorities", row.authority.key);
            faults.push(Diagnostic::new(Code::InvalidId, row.span, message).help("choose another key"));
        }
    }
    for named in rows.iter().flat_map(|row| &row.named) {
        if !rows.iter().any(|other| other.authority.key == named.value) {
            let message = format!("no authority `{}` is declared", named.value);
            let known = rows.iter().map(|other| other.authority.key.as_str());
            faults.push(Diagnostic::new(Code::UnknownAuthority, named.span, message).nearest(&named.value, known));
        }
    }
    let declared = rows.into_iter().map(|row| Declared { authority: row.authority, span: row.span });
    (declared.collect(), faults)
}

/// Describes whatever else on the page of authorities has, or may have, the id that a key makes.
fn clashing_key(key: &str, rows: &[RegisterRow]) -> Option<String> {
    if ["main", "notes"].contains(&key) || key.starts_with("kind-") {
        return Some("an id that the page has".to_owned());
    }
    let other = rows.iter().map(|row| &row.authority).find(|other| {
        let rest = key.strip_prefix(&other.key).and_then(|rest| rest.strip_prefix('-'));
        let unit = rest.and_then(|rest| rest.split('-').next());
        unit.is_some_and(|unit| Unit::ALL.iter().any(|known| known.abbreviation().0 == unit))
    });
    other.map(|other| format!("a provision of `{}`", other.key))
}

/// A row of the register, with the places that a message about it names.
struct RegisterRow {
    authority: Authority,
    span: Span,
    /// Keys of other rows: what it became, and what it replaced.
    named: Vec<Written<String>>,
}

fn row(key: Written<String>, row: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> RegisterRow {
    let title = row.required_words("title", faults);
    let kinds: Vec<(&str, AuthorityKind)> = AuthorityKind::ALL.iter().map(|(word, kind)| (*word, *kind)).collect();
    let kind = required_one_of(row, "kind", &kinds, faults).unwrap_or(AuthorityKind::Other);
    let work = row.text("work", faults).and_then(|work| {
        let sound = is_work(&work.value);
        if !sound {
            let message = format!("`{}` is not the path of a work at legislation.gov.uk", work.value);
            faults.push(
                Diagnostic::new(Code::InvalidValue, work.span, message).help("write one such as \"ukpga/2004/31\""),
            );
        }
        sound.then_some(work.value)
    });
    let units: Vec<(&str, Unit)> = Unit::ALL.iter().map(|unit| (unit.word(), *unit)).collect();
    let unit = one_of(row, "unit", &units, faults).or_else(|| usual_unit(kind, &title));
    let numerals = one_of(row, "part-numerals", &[("arabic", false), ("roman", true)], faults);
    let became = row.text("became", faults);
    let replaces = row.texts("replaces", faults);
    let authority = Authority {
        key: key.value,
        title,
        kind,
        work,
        url: row.text("url", faults).and_then(|url| web_address(&url, faults)),
        chapter: row.text("chapter", faults).map(|t| t.value),
        aliases: row.texts("aliases", faults).into_iter().map(|t| t.value).collect(),
        unit,
        part_map: titles(row, "part-map", faults).into_iter().collect(),
        roman_parts: numerals.unwrap_or(false),
        made: row.date("made", faults),
        became: became.as_ref().map(|became| became.value.clone()),
        replaces: replaces.iter().map(|key| key.value.clone()).collect(),
        archived: row.text("archived", faults).and_then(|url| web_address(&url, faults)),
        checked: row.date("checked", faults),
        changes: row.texts("changed", faults).iter().map(|words| Change::new(&words.value)).collect(),
    };
    row.finish(faults);
    RegisterRow { authority, span: key.span, named: became.into_iter().chain(replaces).collect() }
}

/// Whether a text is the path of a work: "ukpga/2004/31", "ukpga/Geo5/15-16/19",
/// "ukpga/Edw8and1Geo6/1/6".
fn is_work(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let reign = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    match parts.as_slice() {
        [collection, year, last] => COLLECTIONS.contains(collection) && number(year) && number(last),
        [collection, monarch, years, last] => {
            COLLECTIONS.contains(collection) && reign(monarch) && years.split('-').all(number) && number(last)
        }
        _ => false,
    }
}

/// Returns the unit that a work of this kind and title is divided into, unless the register says
/// otherwise.
fn usual_unit(kind: AuthorityKind, title: &str) -> Option<Unit> {
    match kind {
        AuthorityKind::Act => Some(Unit::Section),
        AuthorityKind::Bill => Some(Unit::Clause),
        AuthorityKind::Eu => Some(Unit::Article),
        AuthorityKind::Guidance | AuthorityKind::Report => Some(Unit::Paragraph),
        AuthorityKind::Instrument if title.contains("Regulations") => Some(Unit::Regulation),
        AuthorityKind::Instrument if title.contains("Rules") => Some(Unit::Rule),
        AuthorityKind::Instrument if title.contains("Order") => Some(Unit::Article),
        _ => None,
    }
}
