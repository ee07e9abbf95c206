//! Clauses of a document beside those of the document that it restates.
//!
//! Takes documents and their relations; gives each clause the one of the same number at the other
//! end, and reports the clauses that have none. Sub-clauses are with the clause that they are in.

use std::collections::{BTreeMap, BTreeSet};

use super::Documents;
use crate::arena::Table;
use crate::corpus::{Entry, EntryId, Other, Place, PlacePart};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ClauseId, Document, Number, Relation, join_with_and};
use crate::source::Written;

/// The most clauses that one message names.
const NAMED: usize = 12;

/// The clauses of other documents beside those of one.
pub(super) type Counterparts = BTreeMap<ClauseId, Vec<(Relation, Place)>>;

/// Pairs the clauses of each document with those of the documents that it restates.
pub(super) fn pairs(
    documents: &Documents,
    relations: &Table<Entry, Vec<(Relation, Other)>>,
    faults: &mut Vec<Diagnostic>,
) -> Table<Entry, Counterparts> {
    let mut found = documents.map(|_, _| Counterparts::new());
    for (at, lines) in relations.pairs() {
        for (relation, other) in lines {
            let (Relation::Restates, Other::Held(official)) = (relation, other) else { continue };
            let plain = &*documents[at].document;
            let known = numbers(&documents[*official].document);
            let mut met = BTreeSet::new();
            for (clause, own) in plain.whole_clauses() {
                let Some(beside) = known.get(&own.number) else {
                    unmatched(&documents[*official].document, plain, clause, faults);
                    continue;
                };
                met.insert(*beside);
                let mut pair = |one: (EntryId, ClauseId), relation, other: (EntryId, ClauseId)| {
                    let place = Place { entry: other.0, part: PlacePart::Clause(other.1) };
                    found[one.0].entry(one.1).or_default().push((relation, place));
                };
                pair((at, clause), Relation::Restates, (*official, *beside));
                pair((*official, *beside), Relation::RestatedBy, (at, clause));
            }
            let official = &*documents[*official].document;
            let left = official.whole_clauses().filter(|(clause, _)| !met.contains(clause));
            let left: Vec<String> = left.map(|(_, clause)| official.clause_number(clause)).collect();
            let key = plain
                .front
                .relations
                .iter()
                .find(|(key, other)| *key == Relation::Restates && other.value == official.id.as_str());
            if let Some((_, key)) = key.filter(|_| !left.is_empty()) {
                faults.push(not_restated(official, key, &left));
            }
        }
    }
    found
}

/// The clauses of a document by their numbers.
fn numbers(document: &Document) -> BTreeMap<&Number, ClauseId> {
    let mut numbers = BTreeMap::new();
    for (at, clause) in document.whole_clauses() {
        numbers.entry(&clause.number).or_insert(at);
    }
    numbers
}

fn unmatched(official: &Document, plain: &Document, clause: ClauseId, faults: &mut Vec<Diagnostic>) {
    let clause = &plain.clauses[clause];
    let number = plain.clause_number(clause);
    let message = format!("{number} has no counterpart in `{}`, which this document restates", official.id);
    let fault = Diagnostic::new(Code::NoCounterpart, clause.span, message);
    faults.push(fault.help(format!("give it the number of the clause of `{}` that it restates", official.id)));
}

fn not_restated(official: &Document, key: &Written<String>, left: &[String]) -> Diagnostic {
    let mut named: Vec<&str> = left.iter().take(NAMED).map(String::as_str).collect();
    let more = left.len().saturating_sub(NAMED);
    let rest = format!("{more} more");
    if more > 0 {
        named.push(&rest);
    }
    let (clauses, have) = if left.len() == 1 { ("clause", "has") } else { ("clauses", "have") };
    let message =
        format!("{} {clauses} of `{}` {have} no counterpart here: {}", left.len(), official.id, join_with_and(&named));
    Diagnostic::new(Code::NoCounterpart, key.span, message)
        .help("write clauses with these numbers: each is shown beside the one of its number")
}
