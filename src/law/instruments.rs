//! Instruments by their numbers: "SI 2005/2149".
//!
//! Takes the words of a text and the register; gives the names that are numbers. A number that no row has is a doubt.

use super::citation::Doubt;
use super::names::{Name, bracketed_after, undeclared_at};
use super::register::Register;
use super::words::{Word, is_year, overlaps, without_possessive};

/// "SI 2005/2149", "S.I. 2005 No. 2149 (W. 3)", "SSI 2005/7", "SR 2005/7".
pub fn find(text: &str, words: &[Word<'_>], register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found: Vec<Name> = Vec::new();
    for (n, (start, word)) in words.iter().enumerate() {
        if word.len() > 4 || !word.bytes().all(|b| b.is_ascii_uppercase()) {
            continue;
        }
        let Some((collections, used)) = text.get(*start..).and_then(collections) else { continue };
        let rest = words.get(n + used..).unwrap_or_default();
        let Some((_, year)) = rest.first().filter(|(_, word)| is_year(word)) else { continue };
        let skipped =
            rest.get(1).is_some_and(|(_, word)| ["no", "nos", "number"].contains(&word.to_lowercase().as_str()));
        let number = rest.get(if skipped { 2 } else { 1 });
        let Some((place, number)) = number.map(|(place, word)| (*place, without_possessive(word))) else { continue };
        let whole = *start..place + number.len();
        let inside = text.get(start + word.len()..place).unwrap_or_default();
        let near = inside.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '.' | '/' | ','));
        if !near || !number.bytes().all(|b| b.is_ascii_digit()) || overlaps(names, |name| &name.place, &whole) {
            continue;
        }
        let authority = collections.iter().find_map(|kind| register.work(&format!("{kind}/{year}/{number}")));
        let end = with_series(text, whole.end);
        if authority.is_none() && bracketed_after(text, &whole, names).is_none() {
            doubts.push(undeclared_at(text, whole.clone()));
        }
        found.push(Name {
            place: whole.start..end,
            authorities: authority.into_iter().collect(),
            one_of_several: false,
        });
    }
    names.extend(found);
    names.sort_by_key(|name| name.place.start);
}

/// The collections of numbered instruments, by what stands before the number. Welsh and Northern Irish ones are numbered
/// among those of the United Kingdom.
const SERIES: [(&str, &[&str]); 5] = [
    ("SI", &["uksi", "wsi", "nisi"]),
    ("SSI", &["ssi"]),
    ("WSI", &["wsi", "uksi"]),
    ("NISI", &["nisi"]),
    ("SR", &["nisr"]),
];

/// The collections in which a number may lie before which `written` stands, and how many words name them: "S.I." is two.
pub fn collections(written: &str) -> Option<(&'static [&'static str], usize)> {
    let end = written.find(|c: char| !(c.is_ascii_uppercase() || c == '.')).unwrap_or(written.len());
    let head = written.get(..end).filter(|head| head.len() <= 8)?;
    let letters: String = head.chars().filter(|c| *c != '.').collect();
    let (_, collections) = SERIES.iter().find(|(name, _)| *name == letters)?;
    Some((*collections, if head.contains('.') { letters.len() } else { 1 }))
}

/// With the number within a series that follows: "(W. 116)".
fn with_series(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let series = rest.trim_start().strip_prefix('(').and_then(|inner| {
        let close = inner.bytes().take(10).position(|b| b == b')')?;
        let (letters, figure) = inner.get(..close)?.split_once(['.', ' '])?;
        let figure = figure.trim_matches(['.', ' ', '\u{a0}']);
        let sound = matches!(letters, "W" | "C" | "S" | "L" | "NI" | "N") && !figure.is_empty();
        (sound && figure.bytes().all(|b| b.is_ascii_digit())).then(|| rest.len() - inner.len() + close + 1)
    });
    end + series.unwrap_or(0)
}
