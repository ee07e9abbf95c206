//! Scripts that say what became of a clause that a reader kept: `data/pins.js` and one a document.
//!
//! Takes the resolved site, its ledger and what became of published clauses; gives scripts, since a
//! page from a folder may load nothing else. No word of a clause is in them.
//!
//! | Script | Holds |
//! | --- | --- |
//! | `data/pins.js` | the editions, the oldest first, each as the first six figures of the hash of its name; how many of them are those of the site that is extended; the site's address; each document: its id, with its page unless that is the id with `.html` |
//! | `data/pins/ID.js` | whether the document is of the site that is extended; for each clause its entry |
//!
//! An entry is a text if nothing has happened to the clause: the short hash of its words, and after
//! it the number of the edition that published them, if any has. Else it is a list: the short hash
//! of what is there now, or 0; then a row for each edition that brought something else: its number,
//! the short hash or 0, what became of it ([`word`]), what took it over, whether in other words.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::corpus::anchors::words_of_clauses;
use crate::corpus::history::History;
use crate::corpus::pins::{PinFate, PinRow, PinTable};
use crate::corpus::{Corpus, DocumentRole, Entry};
use crate::document::ledger::{AnchorKind, Ledger, SITE_LEDGER, TextHash};
use crate::output::{Artefact, OutPath, PINS};
use crate::source::Origin;

/// Returns the scripts of a site.
pub fn files(corpus: &Corpus, ledger: &Ledger, history: &History) -> Vec<(OutPath, Artefact)> {
    let holds_clauses =
        |entry: &&Entry| entry.role != DocumentRole::Notes && entry.document.whole_clauses().next().is_some();
    let entries: BTreeMap<&str, &Entry> =
        corpus.entries.iter().filter(holds_clauses).map(|entry| (entry.document.id.as_str(), entry)).collect();
    let gone = ledger.documents.iter().filter(|(id, rows)| {
        *id != SITE_LEDGER && corpus.find(id).is_none() && rows.iter().any(|row| row.kind == AnchorKind::Clause)
    });
    let ids: BTreeSet<&str> = entries.keys().copied().chain(gone.map(|(id, _)| id.as_str())).collect();
    let documents = ids.iter().map(|id| match entries.get(id) {
        Some(entry) if entry.page.as_str().strip_suffix(".html") == Some(*id) => json!(id),
        Some(entry) => json!([id, entry.page.as_str()]),
        None => json!([id]),
    });
    let index = json!({
        "editions": ledger.editions.pairs().map(|(at, _)| TextHash::of(&ledger.name_of(at)).short()).collect::<Vec<_>>(),
        "upstream": ledger.borrowed().count(),
        "base": corpus.config.base_url,
        "documents": documents.collect::<Vec<_>>(),
    });
    let of_document = |id: &&str| {
        let value = document(entries.get(*id).copied(), ledger, history, id);
        Some((OutPath::new(&format!("data/pins/{id}.js"))?, script(&format!("pins/{id}"), &value)))
    };
    let mut files: Vec<_> = ids.par_iter().filter_map(of_document).collect();
    files.push((PINS.path(), script("pins", &index)));
    files
}

fn script(name: &str, value: &Value) -> Artefact {
    // In JSON within a script, no text may end that.
    let value = value.to_string().replace('<', "\\u003c");
    Artefact::text(format!("clausebookShard({},{value});\n", json!(name)))
}

/// Returns what the script of a document holds.
fn document(entry: Option<&Entry>, ledger: &Ledger, history: &History, id: &str) -> Value {
    let rows = ledger.documents.get(id);
    let settled = || rows.map(|rows| PinTable::of_settled(rows)).unwrap_or_default();
    let changed = history.pins.get(id);
    let made = if changed.is_none() { settled() } else { PinTable::default() };
    let table = changed.unwrap_or(&made);
    let mut clauses = serde_json::Map::new();
    let is_settled = changed.is_none() && rows.is_some();
    let live = entry.map(|entry| live_words(entry, is_settled.then_some(table))).unwrap_or_default();
    let anchors: BTreeSet<&str> =
        table.rows.keys().map(String::as_str).chain(live.keys().map(String::as_str)).collect();
    for anchor in anchors {
        let rows = table.rows.get(anchor).map_or(&[][..], Vec::as_slice);
        clauses.insert(anchor.to_owned(), entry_of(live.get(anchor).copied(), rows));
    }
    let is_upstream = match (entry, rows.and_then(|rows| rows.first())) {
        (Some(entry), _) => entry.document.origin == Origin::Upstream,
        (None, Some(row)) => ledger.editions[row.edition].origin == Origin::Upstream,
        (None, None) => false,
    };
    json!({ "upstream": u8::from(is_upstream), "clauses": clauses })
}

/// Hashes of the words of whole clauses, by their address. Those of a document that is as it was
/// published are in its table.
fn live_words(entry: &Entry, published: Option<&PinTable>) -> BTreeMap<String, TextHash> {
    if let Some(table) = published {
        let last = |rows: &Vec<PinRow>| rows.last().and_then(|row| row.words);
        return table.rows.iter().filter_map(|(anchor, rows)| Some((anchor.clone(), last(rows)?))).collect();
    }
    words_of_clauses(entry)
}

/// Returns the entry of a clause.
fn entry_of(now: Option<TextHash>, rows: &[PinRow]) -> Value {
    match (now, rows) {
        (Some(now), []) => json!(now.short()),
        (Some(now), [row]) if row.fate == PinFate::Same && row.words == Some(now) => {
            json!(format!("{}{}", now.short(), row.edition.position()))
        }
        _ => {
            let hash = |words: Option<TextHash>| words.map_or(json!(0), |words| json!(words.short()));
            let rows = rows.iter().map(|row| {
                let mut cells = vec![json!(row.edition.position()), hash(row.words), json!(word(&row.fate))];
                if let PinFate::Left { to, reworded, .. } = &row.fate {
                    cells.push(to.iter().map(|to| json!(format!("{}#{}", to.document, to.anchor))).collect());
                    if *reworded {
                        cells.push(json!(1));
                    }
                }
                Value::Array(cells)
            });
            Value::Array(std::iter::once(hash(now)).chain(rows).collect())
        }
    }
}

/// The word for what became of a clause.
fn word(fate: &PinFate) -> &'static str {
    match fate {
        PinFate::Same => "same",
        PinFate::Reworded => "reworded",
        PinFate::Left { kind, .. } => kind.word(),
        PinFate::Unknown | PinFate::Doubtful => "unknown",
    }
}
