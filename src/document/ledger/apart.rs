//! Editions that knew nothing of one another, for two branches of a site published them.
//!
//! Takes the seals of editions and of those after which each was published; says of any two whether
//! they are apart. In a site without branches nothing is held.

use std::collections::{BTreeMap, BTreeSet};

use super::EditionId;

/// Pairs of editions that two branches published, so that neither edition knew the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConcurrentEditions {
    /// By edition, what it knew; nothing if that was all before it.
    known: Vec<Option<KnownEditions>>,
}

/// The editions that an edition knew, by their place in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct KnownEditions {
    /// All before this one.
    below: usize,
    /// And these.
    more: BTreeSet<usize>,
}

impl KnownEditions {
    fn has(&self, place: usize) -> bool {
        place < self.below || self.more.contains(&place)
    }

    fn add(&mut self, other: &KnownEditions) {
        self.below = self.below.max(other.below);
        self.more.extend(&other.more);
    }

    fn tidied(mut self) -> Self {
        while self.more.remove(&self.below) {
            self.below += 1;
        }
        self.more.retain(|edition| *edition > self.below);
        self
    }
}

impl ConcurrentEditions {
    /// Finds them by the seals of each edition, and the seals of those that it was published after,
    /// if it says so.
    pub fn new<S: Ord>(editions: &[(&[S], Option<&[S]>)]) -> Self {
        let seals = editions.iter().enumerate().flat_map(|(at, (seals, _))| seals.iter().map(move |seal| (seal, at)));
        let by_seal: BTreeMap<&S, usize> = seals.collect();
        let mut known: Vec<Option<KnownEditions>> = Vec::new();
        for (at, (_, after)) in editions.iter().enumerate() {
            let knew = after.map(|after| {
                let mut knew = KnownEditions::default();
                for parent in after.iter().filter_map(|seal| by_seal.get(seal)) {
                    match known.get(*parent) {
                        Some(Some(theirs)) => knew.add(theirs),
                        Some(None) => knew.add(&KnownEditions { below: *parent, ..KnownEditions::default() }),
                        None => {}
                    }
                    knew.more.insert(*parent);
                }
                knew.tidied()
            });
            known.push(knew.filter(|knew| knew.below < at));
        }
        if known.iter().all(Option::is_none) { ConcurrentEditions::default() } else { ConcurrentEditions { known } }
    }

    /// Whether no two editions are apart.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Whether two editions, by their place in the ledger, are apart.
    pub fn are(&self, one: EditionId, other: EditionId) -> bool {
        let (one, other) = (one.position(), other.position());
        let knows = |one: usize, other: usize| match self.known.get(one) {
            Some(Some(known)) => known.has(other),
            _ => other < one,
        };
        one != other && !knows(one, other) && !knows(other, one)
    }

    /// Adds `by` to the index of every edition, to make room for others before them, which all of
    /// them knew.
    pub(super) fn after(self, by: usize) -> Self {
        if self.is_empty() {
            return self;
        }
        let moved = |known: KnownEditions| KnownEditions {
            below: known.below + by,
            more: known.more.into_iter().map(|edition| edition + by).collect(),
        };
        let before = std::iter::repeat_n(None, by);
        ConcurrentEditions { known: before.chain(self.known.into_iter().map(|known| known.map(moved))).collect() }
    }
}
