//! Documents that a medium holds, if that may be less than the site.
//!
//! Takes the documents; says whether a place is among them, or among the clauses that their packs
//! draw in.

use std::collections::BTreeSet;

use crate::corpus::{Cited, Corpus, DocumentRole, EntryId, Place, PlacePart};
use crate::document::ClauseId;

/// The documents in a book, or in an edition in one page.
pub struct IncludedDocuments<'a> {
    corpus: &'a Corpus,
    /// The documents, and the local notes on them, which are printed with them.
    entries: BTreeSet<EntryId>,
    /// The clauses that the packs among them draw in, each whole.
    drawn: BTreeSet<(EntryId, ClauseId)>,
}

impl<'a> IncludedDocuments<'a> {
    /// Takes the documents by their entries.
    pub fn new(corpus: &'a Corpus, documents: &[EntryId]) -> Self {
        let notes = documents.iter().filter_map(|at| corpus.entry(*at).resolution.notes);
        let packs = documents.iter().map(|at| corpus.entry(*at)).filter(|entry| entry.role == DocumentRole::Pack);
        let drawn = packs.flat_map(|pack| corpus.all_drawn_in(pack));
        let drawn = drawn.flat_map(|(at, clauses)| clauses.into_iter().map(move |clause| (at, clause)));
        IncludedDocuments { corpus, entries: documents.iter().copied().chain(notes).collect(), drawn: drawn.collect() }
    }

    /// Whether all of a document is held, with the notes on it.
    pub fn has(&self, entry: EntryId) -> bool {
        self.entries.contains(&entry)
    }

    /// Whether a whole clause is drawn in.
    pub fn draws_in(&self, entry: EntryId, clause: ClauseId) -> bool {
        self.drawn.contains(&(entry, clause))
    }

    /// Returns the documents of which anything is held.
    pub fn documents(&self) -> BTreeSet<EntryId> {
        self.entries.iter().copied().chain(self.drawn.iter().map(|(entry, _)| *entry)).collect()
    }

    /// Whether a place is held, at its own address or drawn in.
    pub fn shows(&self, place: Place) -> bool {
        let drawn = || match place.part {
            PlacePart::Clause(clause) => {
                self.draws_in(place.entry, self.corpus.entry(place.entry).document.whole_clause(clause))
            }
            _ => false,
        };
        self.has(place.entry) || drawn()
    }

    /// Whether anything that is held cites a work.
    pub fn cites(&self, cited: &Cited) -> bool {
        cited.provisions.values().flatten().chain(&cited.whole).any(|citing| self.shows(citing.place))
    }
}
