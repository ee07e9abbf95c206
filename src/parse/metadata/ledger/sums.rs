//! Sums of the ledger's rows, by which a row that is missing or changed is found.
//!
//! An edition in `editions.toml` has a sum of its rows in each document: the document, how many
//! rows there are, and the first 24 bits of the hash of each, in rising order. What `publish`
//! brings up to date in a row is not hashed. Two branches that published an edition of one name
//! both have their sums: the rows must be those of either.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rayon::prelude::*;

use super::fields;
use crate::arena::Arena;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::is_slug;
use crate::document::ledger::{AnchorKind, Edition, EditionId, Published, SITE_LEDGER, TextHash};
use crate::source::{EDITIONS, Hash, SourceFile, Span, Written};

/// The first bits of the hash of a row.
type RowHash = [u8; 3];

/// Returns what no command changes in a row: all but its edition, the hash of a page's source, and
/// its leads.
pub(super) fn kept_text(row: &Published) -> String {
    let [anchor, _, kind, number, key, page, within, opening, words, sketch, _] = fields(row, "");
    let words = if row.kind == AnchorKind::Page { String::new() } else { words };
    [anchor, kind, number, key, page, within, opening, words, sketch].join(" ")
}

fn row_hash(row: &Published) -> RowHash {
    let [first, second, third, ..] = *Hash::of(kept_text(row).as_bytes()).bytes();
    [first, second, third]
}

/// Returns the sum of the rows that an edition has in a document.
pub fn sum<'a>(document: &str, rows: impl IntoIterator<Item = &'a Published>) -> String {
    let mut hashes: Vec<RowHash> = rows.into_iter().map(row_hash).collect();
    hashes.sort_unstable();
    format!("{document} {} {}", hashes.len(), URL_SAFE_NO_PAD.encode(hashes.as_flattened()))
}

/// Returns the hash of the sums of an edition, in whatever order they are.
pub fn seal<'a>(sums: impl IntoIterator<Item = &'a str>) -> TextHash {
    let mut sums: Vec<&str> = sums.into_iter().collect();
    sums.sort_unstable();
    TextHash::of_source(Hash::of(sums.join("\n").as_bytes()))
}

/// Number of rows of each hash that an edition has in a document.
type Counts = BTreeMap<RowHash, usize>;

/// The sums of all editions: by edition, with its place, the rows of each document.
#[derive(Default)]
pub(super) struct Sums {
    editions: BTreeMap<EditionId, BTreeMap<String, Counts>>,
    /// Editions of which there may be rows that no sum has.
    open: BTreeSet<EditionId>,
}

/// A file of the ledger as it was read.
pub(super) struct Rows<'a> {
    pub(super) document: String,
    pub(super) file: &'a SourceFile,
    pub(super) rows: Vec<Published>,
    /// Number of rows of each edition that the list of editions does not have.
    pub(super) unlisted: BTreeMap<&'a str, usize>,
    /// Whether each line could be read.
    pub(super) whole: bool,
}

impl Sums {
    /// Takes the sums that are at an edition.
    pub(super) fn add(&mut self, edition: EditionId, sums: &[Written<String>], faults: &mut Vec<Diagnostic>) {
        for sum in sums {
            let Some((document, counts)) = parse(&sum.value) else {
                let fault = Diagnostic::new(Code::MalformedLedger, sum.span, "this is not a sum of rows of the ledger");
                faults.push(fault.help(take_back(EDITIONS)));
                continue;
            };
            let documents = self.editions.entry(edition).or_default();
            let known = documents.entry(document).or_default();
            for (hash, count) in counts {
                let most = known.entry(hash).or_default();
                *most = count.max(*most);
            }
        }
    }

    /// Notes that not all rows of an edition have sums: those that another branch published may
    /// lack them.
    pub(super) fn allow_more(&mut self, edition: EditionId) {
        self.open.insert(edition);
    }

    /// Reports each file that does not have the rows of an edition as they were published. The
    /// ledger is in `folder`.
    pub(super) fn check(
        &self,
        folder: &str,
        editions: &Arena<Edition>,
        files: &[Rows<'_>],
        faults: &mut Vec<Diagnostic>,
    ) {
        let in_file = |file: &Rows<'_>| {
            let by_edition = file.rows.chunk_by(|a, b| a.edition == b.edition);
            let rows: BTreeMap<EditionId, &[Published]> =
                by_edition.filter_map(|rows| Some((rows.first()?.edition, rows))).collect();
            let compared = self.editions.iter().filter_map(|(at, documents)| {
                let rows = rows.get(at).copied().unwrap_or_default();
                compare((&editions[*at], self.open.contains(at)), file.file, rows, documents.get(&file.document))
            });
            compared.collect::<Vec<_>>()
        };
        let found: Vec<Diagnostic> = files.par_iter().filter(|file| file.whole).flat_map(in_file).collect();
        faults.extend(found);
        let there: BTreeSet<&str> = files.iter().map(|file| file.document.as_str()).collect();
        for (at, documents) in &self.editions {
            let edition = &editions[*at];
            for (document, counts) in documents.iter().filter(|(document, _)| !there.contains(document.as_str())) {
                let path = format!("{folder}{document}.txt");
                let rows = rows_of(counts.values().sum(), edition);
                let message = format!("`{path}` is missing, with {rows}");
                faults.push(Diagnostic::new(Code::DamagedLedger, edition.span, message).help(take_back(&path)));
            }
        }
    }
}

/// Compares the rows that an edition has in a file with those that it had when it was published. An
/// open edition may have more.
fn compare(
    (edition, is_open): (&Edition, bool),
    file: &SourceFile,
    rows: &[Published],
    published: Option<&Counts>,
) -> Option<Diagnostic> {
    let mut missing = published.cloned().unwrap_or_default();
    let mut unknown: Vec<Span> = Vec::new();
    for row in rows {
        match missing.get_mut(&row_hash(row)) {
            Some(count @ 1..) => *count -= 1,
            _ if is_open => {}
            _ => unknown.push(row.span),
        }
    }
    let missing: usize = missing.values().sum();
    let changed = missing.min(unknown.len());
    let (gone, added) = (missing - changed, unknown.len() - changed);
    let is = |count: usize| if count == 1 { "is" } else { "are" };
    let faults = [(gone, "missing"), (changed, "changed"), (added, "not as it was published")];
    let parts: Vec<String> = faults
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {} {what}", rows_of(*count, edition), is(*count)))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let place = unknown.first().copied().unwrap_or(file.start());
    let fault = Diagnostic::new(Code::DamagedLedger, place, parts.join(", and "));
    Some(fault.help(take_back(&file.shown)))
}

fn rows_of(count: usize, edition: &Edition) -> String {
    format!("{count} {} of edition {}", if count == 1 { "row" } else { "rows" }, edition.name)
}

pub(super) fn take_back(path: &str) -> String {
    format!(
        "take `{path}` back from your version control; if you joined two branches, join them again and keep the lines of both"
    )
}

fn parse(sum: &str) -> Option<(String, Counts)> {
    let [document, count, hashes] = <[&str; 3]>::try_from(sum.split(' ').collect::<Vec<_>>()).ok()?;
    let bytes = URL_SAFE_NO_PAD.decode(hashes).ok()?;
    let (hashes, rest) = bytes.as_chunks::<3>();
    let whole = rest.is_empty() && count.parse() == Ok(hashes.len()) && !hashes.is_empty();
    if !whole || !(is_slug(document) || document == SITE_LEDGER) {
        return None;
    }
    let mut counts = Counts::new();
    hashes.iter().for_each(|hash| *counts.entry(*hash).or_default() += 1);
    Some((document.to_owned(), counts))
}
