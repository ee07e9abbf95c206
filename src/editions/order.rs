//! Clauses that left their place.
//!
//! Takes the clauses of two editions and which goes with which; gives those that are out of the
//! order of the others, or that went from under one heading to under another. A heading that is
//! new, or gone, or called otherwise, moves none.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::Pairs;
use super::passages::{New, NewId, Old, OldId, Passage};
use super::{ComparedEdition, EditionFileId};
use crate::arena::Table;
use crate::document::SectionId;

/// A heading of an edition: its file, and its place there.
type Heading = (EditionFileId, SectionId);

/// The clauses of the old edition that left their place.
pub(super) struct Order(BTreeSet<OldId>);

impl Order {
    pub(super) fn moved(&self, old: OldId) -> bool {
        self.0.contains(&old)
    }
}

pub(super) fn moved_clauses(
    old: &ComparedEdition<'_>,
    new: &ComparedEdition<'_>,
    (old_passages, new_passages): (&Table<Old, Passage>, &Table<New, Passage>),
    pairs: &Pairs,
) -> Order {
    let joined: Vec<(OldId, NewId, &Passage, &Passage)> = old_passages
        .pairs()
        .filter_map(|(at, passage)| {
            let new = pairs.main_of_old(at)?;
            Some((at, new, passage, &new_passages[new]))
        })
        .collect();
    let same = same_headings(old, new);
    // Of two clauses that cannot both have stayed, the one that kept its number and its heading
    // did.
    let weigh = |old: &Passage, new: &Passage| {
        let heading = match (old.section, new.section) {
            (Some(old), Some(new)) => same.get(&old) == Some(&new),
            (old, new) => old.is_none() && new.is_none(),
        };
        8 + u64::from(old.number == new.number) + 2 * u64::from(heading)
    };
    let weights: Vec<(usize, u64)> = joined.iter().map(|(_, at, old, new)| (at.position(), weigh(old, new))).collect();
    let in_order = heaviest_rise(&weights);
    let mut moved: BTreeSet<OldId> = BTreeSet::new();
    for (index, (at, ..)) in joined.iter().enumerate() {
        if !in_order.contains(&index) {
            moved.insert(*at);
        }
    }
    let stayed = joined.iter().filter(|(at, ..)| !moved.contains(at));
    let known = all_headings(same, stayed.filter_map(|(_, _, old, new)| old.section.zip(new.section)));
    let taken: BTreeSet<&Heading> = known.values().collect();
    for (at, _, old, new) in &joined {
        let (from, to) = (old.section.and_then(|heading| known.get(&heading)), new.section);
        if let (Some(from), Some(to)) = (from, to)
            && *from != to
            && taken.contains(&to)
        {
            moved.insert(*at);
        }
    }
    Order(moved)
}

/// The headings that are called the same in both editions, or have one id, each once in either.
fn same_headings(old: &ComparedEdition<'_>, new: &ComparedEdition<'_>) -> BTreeMap<Heading, Heading> {
    let names = |edition: &ComparedEdition<'_>, by_anchor: bool| {
        let mut names: BTreeMap<String, Vec<Heading>> = BTreeMap::new();
        for file in edition.files.ids() {
            let entry = edition.entry(file);
            for (at, section) in entry.document.sections.pairs() {
                let trail = || entry.trail(Some(at)).iter().map(|section| section.title.as_str()).collect::<Vec<_>>();
                let name = if by_anchor { section.anchor.clone() } else { trail().join("\n") };
                names.entry(name).or_default().push((file, at));
            }
        }
        names
    };
    let mut found: BTreeMap<Heading, Heading> = BTreeMap::new();
    let mut taken: BTreeSet<Heading> = BTreeSet::new();
    for by_anchor in [false, true] {
        let others = names(new, by_anchor);
        for (name, headings) in names(old, by_anchor) {
            if let ([heading], Some([other])) = (headings.as_slice(), others.get(&name).map(Vec::as_slice))
                && !found.contains_key(heading)
                && taken.insert(*other)
            {
                found.insert(*heading, *other);
            }
        }
    }
    found
}

/// Adds headings that are called otherwise: where most clauses under the one now are under the
/// other.
fn all_headings(
    mut known: BTreeMap<Heading, Heading>,
    stayed: impl Iterator<Item = (Heading, Heading)>,
) -> BTreeMap<Heading, Heading> {
    let taken: BTreeSet<Heading> = known.values().copied().collect();
    let mut votes: BTreeMap<(Heading, Heading), usize> = BTreeMap::new();
    for (old, new) in stayed.filter(|(old, new)| !known.contains_key(old) && !taken.contains(new)) {
        *votes.entry((old, new)).or_default() += 1;
    }
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let mut taken: BTreeSet<Heading> = BTreeSet::new();
    for ((old, new), _) in votes {
        if !known.contains_key(&old) && taken.insert(new) {
            known.insert(old, new);
        }
    }
    known
}

/// The indices of the heaviest of all runs whose values rise.
fn heaviest_rise(values: &[(usize, u64)]) -> BTreeSet<usize> {
    let size = values.iter().map(|(value, _)| value + 1).max().unwrap_or(0);
    // The best run that ends at a value up to each: a tree of prefixes (Fenwick).
    let mut best: Vec<(u64, Option<usize>)> = vec![(0, None); size + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    let mut end: (u64, Option<usize>) = (0, None);
    for (index, (value, weight)) in values.iter().enumerate() {
        let mut run: (u64, Option<usize>) = (0, None);
        let mut at = *value;
        while at > 0 {
            run = best.get(at).copied().filter(|other| other.0 > run.0).unwrap_or(run);
            at -= at & at.wrapping_neg();
        }
        before.push(run.1);
        let with = (run.0 + weight, Some(index));
        let mut at = value + 1;
        while let Some(other) = best.get_mut(at) {
            if with.0 > other.0 {
                *other = with;
            }
            at += at & at.wrapping_neg();
        }
        if with.0 > end.0 {
            end = with;
        }
    }
    let mut found = BTreeSet::new();
    let mut next = end.1;
    while let Some(index) = next {
        found.insert(index);
        next = before.get(index).copied().flatten();
    }
    found
}
