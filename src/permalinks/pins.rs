//! Tables of pins: what became of each published clause, edition by edition.
//!
//! Takes the standing of a document; returns its table, in which anyone can look up a clause that
//! they kept at an edition. Decides nothing by itself: the states of provisions are those that
//! `standing` found.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::moves::provision_in_edition;
use super::provision::{AddressState, AddressedProvision, DocumentStanding, Standings};
use crate::corpus::Corpus;
use crate::corpus::pins::{PinFate, PinRow, PinTable};
use crate::document::ledger::{Address, AnchorKind, EditionId, KnownBy, Published, SITE_LEDGER, TextHash};

/// Returns the tables of the documents that are not as they were published last.
pub(super) fn tables(corpus: &Corpus, standings: &Standings<'_>) -> BTreeMap<String, PinTable> {
    let has_pins =
        |standing: &&DocumentStanding<'_>| !standing.settled && standing.id != SITE_LEDGER && !standing.rows.is_empty();
    let standings_of: Vec<_> = standings.values().filter(has_pins).collect();
    let made = standings_of.into_par_iter().map(|own| (own.id.to_owned(), table(corpus, standings, own)));
    made.collect()
}

/// Returns the table of one of them.
fn table<'a>(corpus: &Corpus, standings: &Standings<'a>, standing: &DocumentStanding<'a>) -> PinTable {
    let maker = TableMaker { corpus, standings, standing };
    let of_address = |(anchor, had): (&&str, &Vec<AddressedProvision<'_>>)| {
        let rows = maker.rows(had);
        (!rows.is_empty()).then(|| ((*anchor).to_owned(), rows))
    };
    PinTable { rows: standing.held().provisions.iter().filter_map(of_address).collect() }
}

struct TableMaker<'m, 'a> {
    corpus: &'m Corpus,
    standings: &'m Standings<'a>,
    standing: &'m DocumentStanding<'a>,
}

impl TableMaker<'_, '_> {
    /// The rows of an address; none if it never was that of a clause.
    fn rows(&self, had: &[AddressedProvision<'_>]) -> Vec<PinRow> {
        let mut rows: Vec<PinRow> = Vec::new();
        if had.iter().all(|provision| provision.last.kind != AnchorKind::Clause) {
            return rows;
        }
        let editions: BTreeSet<EditionId> =
            had.iter().flat_map(|provision| &provision.rows).map(|row| row.edition).collect();
        for edition in editions {
            let is_clause = |provision: &&AddressedProvision<'_>| provision.last.kind == AnchorKind::Clause;
            let provision = provision_in_edition(had, edition).filter(is_clause);
            let then = provision.and_then(|provision| {
                let published = provision.rows.iter().rfind(|row| row.edition <= edition)?;
                Some(self.row(provision, published, edition))
            });
            let row = then.unwrap_or(PinRow { edition, words: None, fate: PinFate::Unknown });
            if rows.last().is_none_or(|last| (last.words, &last.fate) != (row.words, &row.fate)) {
                rows.push(row);
            }
        }
        rows
    }

    fn row(&self, provision: &AddressedProvision<'_>, published: &Published, edition: EditionId) -> PinRow {
        let mut words = published.words;
        let fate = match &provision.state {
            AddressState::Stays => match self.standing.held().words.get(&provision.address.anchor) {
                Some(now) if now.is(words) => {
                    words = hash_of(now);
                    PinFate::Same
                }
                _ => PinFate::Reworded,
            },
            AddressState::Left(fate) => {
                let reworded = match fate.to.as_slice() {
                    [to] => self.words_at(to).is_some_and(|now| !now.is(words)),
                    _ => false,
                };
                PinFate::Left { kind: fate.kind, to: fate.to.clone(), reworded }
            }
            AddressState::Doubtful | AddressState::Kept | AddressState::Lost => PinFate::Doubtful,
        };
        PinRow { edition, words: Some(words), fate }
    }

    /// The words that an address has now.
    fn words_at(&self, to: &Address) -> Option<KnownBy> {
        let standing = self.standings.get(to.document.as_str())?;
        Some(self.corpus.entry(standing.entry?).known_by(standing.anchor(&to.anchor)?))
    }
}

/// Returns the hash under which words are published now.
fn hash_of(known: &KnownBy) -> TextHash {
    known.all().next().unwrap_or_default()
}
