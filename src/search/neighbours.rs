//! Which records have to do with which: the clauses that each mentions, is mentioned by, or is related to.
//!
//! Takes the resolved site and the drafts of its documents; gives the neighbours of each record by their numbers. It is
//! made anew for each index, for a number holds for one index only.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::records::Draft;
use crate::corpus::{Corpus, Entry, Goal, Place, PlacePart};

/// For each record of the drafts of `papers`, the records of clauses that have to do with it, rising.
pub(super) fn neighbours(corpus: &Corpus, papers: &[usize], drafts: &[Arc<Draft>]) -> Vec<Vec<usize>> {
    let mut firsts = Vec::new();
    let mut count = 0;
    for draft in drafts {
        firsts.push(count);
        count += draft.records.len();
    }
    let clauses = clauses(papers, drafts, &firsts);
    let of_draft = |((at, draft), first): ((&usize, &Arc<Draft>), &usize)| {
        let of_record = |(clause, own): (Option<usize>, usize)| {
            let places = corpus.entry(*at).zip(clause).map(|(entry, clause)| near(entry, clause)).unwrap_or_default();
            let mut records: Vec<usize> = places.iter().filter_map(|place| clause_record(&clauses, *place)).collect();
            records.sort_unstable();
            records.dedup();
            records.retain(|record| *record != own);
            records
        };
        draft.records.iter().map(|record| record.clause).zip(*first..).map(of_record).collect::<Vec<_>>()
    };
    papers.par_iter().zip(drafts).zip(&firsts).flat_map_iter(of_draft).collect()
}

/// The clauses that a clause mentions, is mentioned by, or has to do with.
fn near(entry: &Entry, clause: usize) -> Vec<(usize, usize)> {
    let resolution = &entry.resolution;
    let Some(body) = entry.document.clauses.get(clause).map(|clause| &clause.body) else { return Vec::new() };
    let targets = entry.references_in(body).into_iter().filter_map(|at| resolution.targets.get(at));
    let mentioned = targets.filter_map(|target| match target.to {
        Goal::Place(place) => Some(place),
        _ => None,
    });
    let mentioning = resolution.clause_referrers.get(clause).into_iter().flatten().copied();
    let related = resolution.clause_relations.get(clause).into_iter().flatten().map(|(_, place)| *place);
    let clauses = mentioned.chain(mentioning).chain(related);
    let clauses = clauses.filter_map(|place: Place| match place.part {
        PlacePart::Clause(clause) => Some((place.entry, clause)),
        PlacePart::Whole | PlacePart::Section(_) => None,
    });
    clauses.collect()
}

/// For each document, its whole clauses with their records.
type Clauses = HashMap<usize, Vec<(usize, usize)>>;

fn clauses(papers: &[usize], drafts: &[Arc<Draft>], firsts: &[usize]) -> Clauses {
    let of_draft = |((at, draft), first): ((&usize, &Arc<Draft>), &usize)| {
        let records = draft.records.iter().map(|record| record.clause).zip(*first..);
        (*at, records.filter_map(|(clause, record)| Some((clause?, record))).collect())
    };
    papers.iter().zip(drafts).zip(firsts).map(of_draft).collect()
}

/// The record of a clause, or of the clause that a sub-clause belongs to: the last one not after it.
fn clause_record(clauses: &Clauses, (entry, clause): (usize, usize)) -> Option<usize> {
    let own = clauses.get(&entry)?;
    let after = own.partition_point(|(index, _)| *index <= clause);
    own.get(after.checked_sub(1)?).map(|(_, record)| *record)
}
