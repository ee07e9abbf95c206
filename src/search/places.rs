//! Places of documents and clauses among the records of one index, and records that have to do
//! with each other.
//!
//! Takes the drafts of documents; gives the numbers of their records. These hold for one index
//! only: a paragraph more in one document moves all that come after it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::records::{Draft, RecordKind};
use crate::corpus::{Corpus, Entry, EntryId, GlossaryWord, Goal, Place, PlacePart};
use crate::document::ClauseId;

/// The numbers of records.
pub(super) struct RecordPlaces {
    /// Each document with its records, in their order.
    pub(super) documents: Vec<(EntryId, Range<usize>)>,
    /// For each document, its whole clauses with their records.
    clauses: HashMap<EntryId, Vec<(ClauseId, usize)>>,
    /// For each clause with editor's notes, by its record, the records of these.
    notes: HashMap<usize, Range<usize>>,
}

impl RecordPlaces {
    /// Counts the records of `drafts`, which are those of the documents `papers`.
    pub(super) fn new(papers: &[EntryId], drafts: &[Arc<Draft>]) -> Self {
        let mut places = RecordPlaces { documents: Vec::new(), clauses: HashMap::new(), notes: HashMap::new() };
        let mut start = 0;
        for (at, draft) in papers.iter().zip(drafts) {
            let end = start + draft.records.len();
            let clauses = draft.records.iter().zip(start..end).filter_map(|(record, n)| Some((record.clause?, n)));
            let clauses: Vec<(ClauseId, usize)> = clauses.collect();
            for (_, clause) in &clauses {
                let after = draft.records.iter().skip(clause + 1 - start);
                let notes = after.take_while(|record| record.kind == RecordKind::Note).count();
                if notes > 0 {
                    places.notes.insert(*clause, clause + 1..clause + 1 + notes);
                }
            }
            places.clauses.insert(*at, clauses);
            places.documents.push((*at, start..end));
            start = end;
        }
        places
    }

    /// The record of a clause, or of the clause that a sub-clause belongs to: the last one not
    /// after it.
    pub(super) fn of_clause(&self, (entry, clause): (EntryId, ClauseId)) -> Option<usize> {
        let own = self.clauses.get(&entry)?;
        let after = own.partition_point(|(index, _)| *index <= clause);
        own.get(after.checked_sub(1)?).map(|(_, record)| *record)
    }

    /// Returns the record of a clause and those of its editor's notes, which are found by what the
    /// clause is found by.
    pub(super) fn with_notes(&self, record: usize) -> Range<usize> {
        record..self.notes.get(&record).map_or(record + 1, |notes| notes.end)
    }

    /// For each record, those of the clauses that it has to do with, rising.
    pub(super) fn neighbours(&self, corpus: &Corpus, drafts: &[Arc<Draft>]) -> Vec<Vec<usize>> {
        let of_document = |((at, records), draft): (&(EntryId, Range<usize>), &Arc<Draft>)| {
            let of_record = |(clause, own): (Option<ClauseId>, usize)| {
                let clauses = clause.into_iter().flat_map(|clause| near(corpus.entry(*at), clause));
                let mut found: Vec<usize> = clauses.filter_map(|clause| self.of_clause(clause)).collect();
                found.sort_unstable();
                found.dedup();
                found.retain(|record| *record != own);
                found
            };
            draft.records.iter().map(|record| record.clause).zip(records.clone()).map(of_record).collect::<Vec<_>>()
        };
        self.documents.par_iter().zip(drafts).flat_map_iter(of_document).collect()
    }

    /// For each word of the glossary, the records of the clauses that its meaning leads to: there
    /// it is explained.
    pub(super) fn of_words(&self, corpus: &Corpus) -> Vec<Vec<usize>> {
        let of_word = |word: &GlossaryWord| {
            let places = mentioned(corpus.entry(word.entry), &word.meaning);
            clauses(places).filter_map(|clause| self.of_clause(clause)).collect::<BTreeSet<_>>().into_iter().collect()
        };
        corpus.glossary.words.iter().map(of_word).collect()
    }
}

/// The places that some pieces mention.
fn mentioned<'a>(entry: &'a Entry, range: &Range<usize>) -> impl Iterator<Item = Place> + use<'a> {
    let targets = entry.references_in(range).into_iter().map(|at| &entry.resolution.targets[at]);
    targets.filter_map(|target| match target.to {
        Goal::Place(place) => Some(place),
        _ => None,
    })
}

/// Those places that are clauses, each with its document.
fn clauses(places: impl Iterator<Item = Place>) -> impl Iterator<Item = (EntryId, ClauseId)> {
    places.filter_map(|place| match place.part {
        PlacePart::Clause(clause) => Some((place.entry, clause)),
        PlacePart::Whole | PlacePart::Section(_) => None,
    })
}

/// The clauses that a clause mentions, is mentioned by, or has to do with.
fn near(entry: &Entry, clause: ClauseId) -> Vec<(EntryId, ClauseId)> {
    let resolution = &entry.resolution;
    let body = &entry.document.clauses[clause].body;
    let mentioning = resolution.clause_referrers[clause].iter().copied();
    let related = resolution.clause_relations[clause].iter().map(|(_, place)| *place);
    clauses(mentioned(entry, body).chain(mentioning).chain(related)).collect()
}
