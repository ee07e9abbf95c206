//! Branches of a site that both published.
//!
//! Takes the files that editions have of their own, each of which names the editions that were
//! known when it was published; gives which editions knew nothing of one another. Takes rows of
//! such editions; gives a key of its own to a provision that two branches published at one address
//! under one key: they are two provisions, and neither may be lost for the other.

use std::collections::{BTreeMap, BTreeSet};

use super::EDITION_FILE;
use crate::arena::Arena;
use crate::diagnostic::Diagnostic;
use crate::document::ledger::{Address, AnchorKind, ConcurrentEditions, Edition, Published, TextHash};
use crate::parse::metadata::table::with_table;
use crate::source::{PERMALINKS, SourceFile, UPSTREAM};

/// Returns the path of the file that says that an edition was published.
pub fn edition_file(seal: TextHash) -> String {
    format!("{PERMALINKS}{EDITION_FILE}{seal}.toml")
}

/// Returns the seal in the path of an edition's own file.
pub(super) fn seal_in(path: &str) -> Option<TextHash> {
    let name = path.strip_prefix(UPSTREAM).unwrap_or(path).strip_prefix(PERMALINKS)?;
    TextHash::parse(name.strip_prefix(EDITION_FILE)?.strip_suffix(".toml")?)
}

/// Reads from the files of editions after which others each was published.
pub(super) fn parents(files: &[&SourceFile], editions: &mut Arena<Edition>, faults: &mut Vec<Diagnostic>) {
    for (file, seal) in files.iter().filter_map(|file| Some((*file, seal_in(&file.path)?))) {
        let after = with_table(file, 0..file.text.len(), "an edition", faults, |table, faults| {
            table.required_text("name", faults);
            table.texts("after", faults)
        });
        let after = after.and_then(|after| after.iter().map(|seal| TextHash::parse(&seal.value)).collect());
        let is_known = |seal: &TextHash| editions.iter().any(|edition| edition.seals.contains(seal));
        // A file without them is that of an edition from before, or its parents are of another
        // site.
        let Some(after) = after.filter(|after: &Vec<_>| !after.is_empty() && after.iter().all(is_known)) else {
            continue;
        };
        if let Some(edition) = editions.iter_mut().find(|edition| edition.seals.contains(&seal)) {
            edition.after.get_or_insert_default().extend(after);
        }
    }
}

/// Gives each provision at an address a key of its own.
pub(super) fn part(rows: &mut [Published], apart: &ConcurrentEditions) {
    if apart.is_empty()
        && !rows.windows(2).any(|pair| matches!(pair, [a, b] if a.edition == b.edition && a.key == b.key))
    {
        return;
    }
    let mut at_address: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        at_address.entry(&row.anchor).or_default().push(at);
    }
    let mut keys: Vec<(usize, String)> = Vec::new();
    for places in at_address.into_values() {
        keys.extend(keys_at(places.iter().filter_map(|at| Some((*at, rows.get(*at)?))), apart));
    }
    for (at, key) in keys {
        if let Some(row) = rows.get_mut(at) {
            row.written_key = Some(std::mem::replace(&mut row.key, key));
        }
    }
}

/// Returns the keys of those rows at one address that are not of the provision that had their key
/// first.
fn keys_at<'a>(rows: impl Iterator<Item = (usize, &'a Published)>, apart: &ConcurrentEditions) -> Vec<(usize, String)> {
    // Each with its key, the key in its lines, and its first row.
    let mut provisions: Vec<(String, &str, &Published)> = Vec::new();
    let mut keys = Vec::new();
    for (at, row) in rows {
        let knows = |first: &Published| first.edition != row.edition && !apart.are(first.edition, row.edition);
        let is_one = |first: &Published| {
            !row.kind.is_known_by_words()
                || first.kind != row.kind
                || first.words == row.words
                || first.sketch.is_alike(&row.sketch)
        };
        let of_key: Vec<_> = provisions.iter().filter(|(_, written, _)| *written == row.key).collect();
        let found = of_key.iter().find(|(_, _, first)| knows(first));
        let found = found.or_else(|| of_key.iter().find(|(_, _, first)| row.kind == AnchorKind::Gone || is_one(first)));
        match found {
            Some((key, ..)) if *key == row.key => {}
            Some((key, ..)) => keys.push((at, key.clone())),
            None if of_key.is_empty() => provisions.push((row.key.clone(), &row.key, row)),
            None => {
                let taken: BTreeSet<&str> = provisions.iter().map(|(key, ..)| key.as_str()).collect();
                let free = (taken.len() + 1..).map(|nth| Address::key(&row.anchor, nth));
                let Some(key) = free.take(taken.len() + 1).find(|key| !taken.contains(key.as_str())) else { continue };
                keys.push((at, key.clone()));
                provisions.push((key, &row.key, row));
            }
        }
    }
    keys
}
