//! The names by which mentions may call the places of a document.
//!
//! Takes a document; gives its clauses by number, and its places by id. What is named twice is the
//! first: that it is so is reported elsewhere.

use std::collections::{BTreeMap, HashMap};

use crate::corpus::PlacePart;
use crate::document::{ClauseId, Document, Number};

/// The clauses of a document by their numbers.
pub(super) fn numbers(document: &Document) -> HashMap<Number, ClauseId> {
    let mut numbers = HashMap::with_capacity(document.clauses.len());
    for (clause, c) in document.clauses.pairs() {
        for number in c.further_numbers().into_iter().chain([c.number.clone()]) {
            numbers.entry(number).or_insert(clause);
        }
    }
    numbers
}

/// The places of a document by their ids.
pub(super) fn ids(document: &Document) -> BTreeMap<String, PlacePart> {
    let sections = document.sections.pairs().filter(|(_, section)| section.clause.is_none());
    let mut ids: BTreeMap<_, _> = sections.map(|(at, s)| (s.anchor.clone(), PlacePart::Section(at))).collect();
    if let Some(anchor) = &document.title_anchor {
        ids.entry(anchor.clone()).or_insert(PlacePart::Whole);
    }
    for (at, section) in document.sections.pairs() {
        if let Some(series) = &section.series {
            ids.entry(series.id.to_string()).or_insert(PlacePart::Section(at));
        }
    }
    for (clause, c) in document.clauses.pairs() {
        ids.entry(document.clause_anchor(c)).or_insert(PlacePart::Clause(clause));
        if let Some(label) = &c.label {
            ids.entry(label.clone()).or_insert(PlacePart::Clause(clause));
        }
    }
    ids
}
