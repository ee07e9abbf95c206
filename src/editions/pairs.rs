//! Pairs of clauses of two editions that go together.
//!
//! Takes the clauses of both; gives for each the one it became, and beside that the clauses it was
//! split into or merged from. What is rare counts: two clauses are alike by the pairs of
//! neighbouring words that they share, and a pair that occurs in many clauses says little. Clauses
//! that share none are never looked at together, so that a long text takes little more than its
//! length.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::passages::{New, NewId, Old, OldId, Passage};
use super::words::{ComparedWord, WordKey};
use super::{ClausePosition, KnownMoves};
use crate::arena::{Arena, Id, Table};

/// Matches between the clauses of two editions.
pub(super) struct Pairs {
    /// The new clause that each old one became.
    of_old: Table<Old, Option<NewId>>,
    of_new: Table<New, Option<OldId>>,
    /// Further new clauses that have the words of an old one.
    parts: Table<Old, Vec<NewId>>,
    is_part: BTreeSet<NewId>,
    /// Further old clauses whose words a new one has.
    sources: Table<New, Vec<OldId>>,
    is_source: BTreeSet<OldId>,
    /// New position of each old clause, by its old position. If the clause went to several places,
    /// the first that was found.
    went: HashMap<ClausePosition, ClausePosition>,
    /// Position of the main clause that an old one became, by the position of each further part of
    /// that old one. Both are in the new edition.
    with: HashMap<ClausePosition, ClausePosition>,
}

impl Pairs {
    pub(super) fn main_of_old(&self, old: OldId) -> Option<NewId> {
        self.of_old[old]
    }

    pub(super) fn main_of_new(&self, new: NewId) -> Option<OldId> {
        self.of_new[new]
    }

    /// Returns the place in the new edition to which the words of an old clause went.
    pub(super) fn target_of(&self, old: ClausePosition) -> Option<ClausePosition> {
        self.went.get(&old).copied()
    }

    /// The clause that stands for a new one where mentions are compared: one of an old clause's
    /// parts stands for all.
    pub(super) fn representative(&self, new: ClausePosition) -> ClausePosition {
        self.with.get(&new).copied().unwrap_or(new)
    }

    pub(super) fn parts(&self, old: OldId) -> &[NewId] {
        &self.parts[old]
    }

    pub(super) fn sources(&self, new: NewId) -> &[OldId] {
        &self.sources[new]
    }

    pub(super) fn is_part(&self, new: NewId) -> bool {
        self.is_part.contains(&new)
    }

    pub(super) fn is_source(&self, old: OldId) -> bool {
        self.is_source.contains(&old)
    }

    fn is_free_old(&self, old: OldId) -> bool {
        self.main_of_old(old).is_none() && !self.is_source(old)
    }

    fn is_free_new(&self, new: NewId) -> bool {
        self.main_of_new(new).is_none() && !self.is_part(new)
    }

    fn join(&mut self, old: OldId, new: NewId) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }

    fn add_part(&mut self, old: OldId, new: NewId) {
        self.parts[old].push(new);
        self.is_part.insert(new);
    }

    fn add_source(&mut self, old: OldId, new: NewId) {
        self.sources[new].push(old);
        self.is_source.insert(old);
    }
}

/// The clauses of both editions.
type EditionPair<'p> = (&'p Table<Old, Passage>, &'p Table<New, Passage>);

pub(super) fn find(old: &Table<Old, Passage>, new: &Table<New, Passage>, moves: &KnownMoves) -> Pairs {
    let mut pairs = Pairs {
        of_old: old.map(|_, _| None),
        of_new: new.map(|_, _| None),
        parts: old.map(|_, _| Vec::new()),
        is_part: BTreeSet::new(),
        sources: new.map(|_, _| Vec::new()),
        is_source: BTreeSet::new(),
        went: HashMap::new(),
        with: HashMap::new(),
    };
    let sketches = Sketches::new(old, new);
    let withdrawn = known(&mut pairs, &sketches, (old, new), moves);
    by_label(&mut pairs, (old, new), &withdrawn);
    by_text(&mut pairs, (old, new), &withdrawn);
    by_words(&mut pairs, &sketches, (old, new), &withdrawn);
    join_by_place(&mut pairs, &sketches, (old, new), &withdrawn);
    let merged: BTreeMap<OldId, NewId> =
        pairs.sources.pairs().flat_map(|(new, sources)| sources.iter().map(move |old| (*old, new))).collect();
    let went = |(at, passage): (OldId, &Passage)| {
        let into = pairs.main_of_old(at).or_else(|| merged.get(&at).copied())?;
        Some((passage.at, new[into].at))
    };
    pairs.went = old.pairs().filter_map(went).collect();
    let part = |(old, part): (OldId, NewId)| Some((new[part].at, new[pairs.main_of_old(old)?].at));
    let parts = pairs.parts.pairs().flat_map(|(old, parts)| parts.iter().map(move |part| (old, *part)));
    pairs.with = parts.filter_map(part).collect();
    pairs
}

/// Joins what `moves` says of clauses. Gives the old clauses that were withdrawn, which go with
/// nothing.
fn known(pairs: &mut Pairs, sketches: &Sketches, (old, new): EditionPair<'_>, moves: &KnownMoves) -> BTreeSet<OldId> {
    let by_anchor: HashMap<&str, NewId> = new.pairs().map(|(at, new)| (new.anchor.as_str(), at)).collect();
    let mut withdrawn = BTreeSet::new();
    for (at, passage) in old.pairs() {
        let Some(to) = moves.get(&passage.anchor) else { continue };
        if to.is_empty() {
            withdrawn.insert(at);
        }
        let mut found: Vec<NewId> = to.iter().filter_map(|anchor| by_anchor.get(anchor.as_str()).copied()).collect();
        found.sort_by_key(|new| (Reverse(sketches.alike(at, *new)), *new));
        for new in found {
            if pairs.is_free_new(new) && pairs.main_of_old(at).is_none() {
                pairs.join(at, new);
            } else if pairs.is_free_new(new) {
                pairs.add_part(at, new);
            } else if pairs.is_free_old(at) && !pairs.is_part(new) {
                pairs.add_source(at, new);
            }
        }
    }
    withdrawn
}

/// Joins clauses to which their author gave one id.
fn by_label(pairs: &mut Pairs, (old, new): EditionPair<'_>, withdrawn: &BTreeSet<OldId>) {
    let by_label: HashMap<&str, NewId> =
        new.pairs().filter_map(|(at, new)| Some((new.label.as_deref()?, at))).collect();
    for (at, passage) in old.pairs().filter(|(at, _)| !withdrawn.contains(at)) {
        let found = passage.label.as_deref().and_then(|label| by_label.get(label));
        if let Some(new) = found.filter(|new| pairs.is_free_old(at) && pairs.is_free_new(**new)) {
            pairs.join(at, *new);
        }
    }
}

/// Joins clauses with the same words: those that occur once in both editions; then, of several with
/// one text, those under one number; then those beside clauses that are joined.
fn by_text(pairs: &mut Pairs, (old, new): EditionPair<'_>, withdrawn: &BTreeSet<OldId>) {
    let mut texts: BTreeMap<String, (Vec<OldId>, Vec<NewId>)> = BTreeMap::new();
    for (at, passage) in old.pairs().filter(|(at, _)| !withdrawn.contains(at)) {
        if pairs.is_free_old(at) {
            texts.entry(text_of(passage)).or_default().0.push(at);
        }
    }
    for (at, passage) in new.pairs().filter(|(at, _)| pairs.is_free_new(*at)) {
        texts.entry(text_of(passage)).or_default().1.push(at);
    }
    texts.retain(|_, (olds, news)| !olds.is_empty() && !news.is_empty());
    for (olds, news) in texts.values() {
        if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
            pairs.join(*old, *new);
        }
    }
    for (olds, news) in texts.values() {
        let numbers: HashMap<&str, NewId> = news.iter().map(|at| (new[*at].number.as_str(), *at)).collect();
        for at in olds.iter().filter(|_| olds.len() + news.len() > 2) {
            let found = numbers.get(old[*at].number.as_str());
            if let Some(new) = found.filter(|new| pairs.is_free_old(*at) && beside(pairs, *at, **new)) {
                pairs.join(*at, *new);
            }
        }
        for new in news {
            let next = |at: OldId| olds.binary_search(&at).is_ok() && pairs.is_free_old(at);
            let after = new.previous().and_then(|at| pairs.main_of_new(at)).and_then(|at| old.next(at));
            let before = pairs.of_new.next(*new).and_then(|at| pairs.main_of_new(at)).and_then(OldId::previous);
            let found = [after, before].into_iter().flatten().find(|at| next(*at));
            if let Some(found) = found.filter(|_| pairs.is_free_new(*new)) {
                pairs.join(found, *new);
            }
        }
        let left: Vec<OldId> = olds.iter().copied().filter(|old| pairs.is_free_old(*old)).collect();
        let free: Vec<NewId> = news.iter().copied().filter(|new| pairs.is_free_new(*new)).collect();
        for (old, new) in left.into_iter().zip(free) {
            pairs.join(old, new);
        }
    }
}

/// Whether the clause before or after two clauses goes together, or nothing is known of either.
fn beside(pairs: &Pairs, old: OldId, new: NewId) -> bool {
    let before = old.previous().zip(new.previous()).map(|(old, new)| (pairs.main_of_old(old), Some(new)));
    let after = (pairs.of_old.next(old).and_then(|old| pairs.main_of_old(old)), pairs.of_new.next(new));
    let known: Vec<_> = before.into_iter().chain([after]).filter(|(found, _)| found.is_some()).collect();
    known.is_empty() || known.iter().any(|(found, wanted)| found == wanted)
}

/// The words of a clause, whatever it mentions.
fn text_of(passage: &Passage) -> String {
    let words = passage.body.iter().chain(&passage.notes).map(|word| match &word.key {
        WordKey::Letters(letters) => letters.as_str(),
        _ => MENTION,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Placeholder for a mention of a clause, so that the number in it makes no difference.
const MENTION: &str = "\u{1}";

/// Two words that are beside one another, with the clauses of the old and of the new edition that
/// have them.
#[derive(Default)]
struct WordPair(Vec<OldId>, Vec<NewId>);

/// The rare word pairs of every clause.
struct Sketches {
    old: Table<Old, Vec<Id<WordPair>>>,
    new: Table<New, Vec<Id<WordPair>>>,
    /// Weight of each word pair, in thousandths: the rarer the pair, the greater.
    weights: Table<WordPair, u64>,
    places: Arena<WordPair>,
}

impl Sketches {
    fn new(old: &Table<Old, Passage>, new: &Table<New, Passage>) -> Self {
        let mut words: HashMap<String, u32> = HashMap::new();
        let mut known: HashMap<(u32, u32), Id<WordPair>> = HashMap::new();
        let mut places: Arena<WordPair> = Arena::default();
        let mut sketch = |passage: &Passage| {
            let mut last = 0;
            let mut found = BTreeSet::new();
            let mut add = |last: u32, word: u32| {
                found.insert(*known.entry((last, word)).or_insert_with(|| places.push(WordPair::default())));
            };
            for word in passage.body.iter().chain(&passage.notes).filter(|word| word.is_word()) {
                let next = u32::try_from(words.len()).unwrap_or(u32::MAX).saturating_add(1);
                let word = *words.entry(folded(word)).or_insert(next);
                add(last, word);
                last = word;
            }
            add(last, 0);
            found.into_iter().collect::<Vec<Id<WordPair>>>()
        };
        let old = old.map(|_, passage| sketch(passage));
        let new = new.map(|_, passage| sketch(passage));
        for (passage, pairs) in old.pairs() {
            pairs.iter().for_each(|pair| places[*pair].0.push(passage));
        }
        for (passage, pairs) in new.pairs() {
            pairs.iter().for_each(|pair| places[*pair].1.push(passage));
        }
        let total = old.len() + new.len();
        let weights = places.map(|_, WordPair(olds, news)| {
            // Whole thousandths, so that sums do not depend on their order.
            let rarity = total as f64 / (olds.len() + news.len()).max(2) as f64;
            (rarity.ln() * 1000.0).max(0.0) as u64 + 50
        });
        Sketches { weights, old, new, places }
    }

    fn weight(&self, pairs: &[Id<WordPair>]) -> u64 {
        pairs.iter().map(|pair| self.weights[*pair]).sum()
    }

    fn shared(&self, old: OldId, new: NewId) -> Vec<Id<WordPair>> {
        common(&self.old[old], &self.new[new])
    }

    /// Returns the share of their weight that two clauses have in common, in thousandths.
    fn alike(&self, old: OldId, new: NewId) -> u64 {
        let whole = self.weight(&self.old[old]) + self.weight(&self.new[new]);
        2000 * self.weight(&self.shared(old, new)) / whole.max(1)
    }

    /// Returns the share of the smaller clause's weight that the other clause has too, in
    /// thousandths.
    fn shared_weight(&self, old: OldId, new: NewId) -> u64 {
        let smaller = self.weight(&self.old[old]).min(self.weight(&self.new[new]));
        1000 * self.weight(&self.shared(old, new)) / smaller.max(1)
    }
}

fn folded(word: &ComparedWord) -> String {
    match &word.key {
        WordKey::Letters(letters) => letters.to_lowercase(),
        _ => MENTION.to_owned(),
    }
}

/// Returns the values that two sorted lists have in common.
fn common(one: &[Id<WordPair>], other: &[Id<WordPair>]) -> Vec<Id<WordPair>> {
    one.iter().copied().filter(|pair| other.binary_search(pair).is_ok()).collect()
}

/// A word pair that occurs in more pairs of clauses than this brings none together.
const MOST_MEETINGS: usize = 64;
/// The least that two clauses must share to be one, in thousandths.
const ALIKE: u64 = 300;
/// The least of the smaller one that the other must hold, if they share less than that.
const HELD: u64 = 700;
/// The fewest word pairs that say so.
const FEWEST_PAIRS: usize = 8;

/// Joins clauses by their words, the most alike first; what is left may be a part of one that is
/// joined.
fn by_words(pairs: &mut Pairs, sketches: &Sketches, (old, new): EditionPair<'_>, withdrawn: &BTreeSet<OldId>) {
    let mut candidates: BTreeSet<(OldId, NewId)> = BTreeSet::new();
    for WordPair(olds, news) in &sketches.places {
        if olds.len() * news.len() > MOST_MEETINGS {
            continue;
        }
        for old in olds.iter().filter(|old| !withdrawn.contains(old)) {
            let free = |new: &&NewId| pairs.is_free_old(*old) || pairs.is_free_new(**new);
            candidates.extend(news.iter().filter(free).map(|new| (*old, *new)));
        }
    }
    let mut scored = Vec::new();
    for (from, to) in candidates {
        let (alike, held) = (sketches.alike(from, to), sketches.shared_weight(from, to));
        let (one, other) = (&old[from], &new[to]);
        if alike >= ALIKE || held >= HELD / 2 {
            let context = 60 * u64::from(one.number == other.number) + 40 * u64::from(beside(pairs, from, to));
            scored.push((Reverse(alike.max(held / 2) + context), from.position().abs_diff(to.position()), from, to));
        }
    }
    scored.sort_unstable();
    for (_, _, from, to) in scored {
        match (pairs.is_free_old(from), pairs.is_free_new(to)) {
            (true, true) => {
                let much = sketches.shared(from, to).len() >= FEWEST_PAIRS && sketches.shared_weight(from, to) >= HELD;
                if sketches.alike(from, to) >= ALIKE || much {
                    pairs.join(from, to);
                }
            }
            (false, true) => split(pairs, sketches, from, to),
            (true, false) => merge(pairs, sketches, from, to),
            (false, false) => {}
        }
    }
}

/// The least of a part that must come from what its clause lost, in thousandths.
const PART: u64 = 500;
/// The fewest word pairs of a part.
const FEWEST_OF_PART: usize = 5;

/// Whether the word pairs that two clauses share, without those that others account for, make up
/// most of the part.
fn is_made_of<'s>(
    sketches: &Sketches,
    shared: Vec<Id<WordPair>>,
    part: &[Id<WordPair>],
    others: impl Iterator<Item = &'s Vec<Id<WordPair>>> + Clone,
) -> bool {
    let own = shared.into_iter().filter(|pair| !others.clone().any(|other| other.binary_search(pair).is_ok()));
    let own: Vec<Id<WordPair>> = own.collect();
    own.len() >= FEWEST_OF_PART && sketches.weight(&own) * 1000 >= sketches.weight(part) * PART
}

/// Takes a new clause for a part of an old one, if it has words that the old one lost.
fn split(pairs: &mut Pairs, sketches: &Sketches, old: OldId, new: NewId) {
    let Some(main) = pairs.main_of_old(old).filter(|main| pairs.sources(*main).is_empty()) else { return };
    let others = pairs.parts(old).iter().chain([&main]).map(|other| &sketches.new[*other]);
    if is_made_of(sketches, sketches.shared(old, new), &sketches.new[new], others) {
        pairs.add_part(old, new);
    }
}

/// Takes an old clause for a source of a new one, if that has words which it has from nowhere else.
fn merge(pairs: &mut Pairs, sketches: &Sketches, old: OldId, new: NewId) {
    let Some(main) = pairs.main_of_new(new).filter(|main| pairs.parts(*main).is_empty()) else { return };
    let others = pairs.sources(new).iter().chain([&main]).map(|other| &sketches.old[*other]);
    if is_made_of(sketches, sketches.shared(old, new), &sketches.old[old], others) {
        pairs.add_source(old, new);
    }
}

/// The least that two clauses must share to be one if they have one number, or the same neighbour,
/// in thousandths.
const BARELY_ALIKE: u64 = 100;

/// Evidence that two clauses share a place.
#[derive(Clone, Copy)]
enum SharedPlace {
    /// Their number.
    Number,
    /// The clause before both.
    Before,
    /// The clause after both.
    After,
}

/// Joins clauses that still share a little: under one number in one place, or beside clauses that
/// are joined.
fn join_by_place(pairs: &mut Pairs, sketches: &Sketches, (old, new): EditionPair<'_>, withdrawn: &BTreeSet<OldId>) {
    let numbers: HashMap<&str, NewId> = new.pairs().map(|(at, new)| (new.number.as_str(), at)).collect();
    let mut join = |at: OldId, by: SharedPlace| {
        if withdrawn.contains(&at) || !pairs.is_free_old(at) {
            return;
        }
        let found = match by {
            SharedPlace::Number => numbers.get(old[at].number.as_str()).copied().filter(|new| beside(pairs, at, *new)),
            SharedPlace::Before => at.previous().and_then(|at| pairs.main_of_old(at)).and_then(|at| new.next(at)),
            SharedPlace::After => old.next(at).and_then(|at| pairs.main_of_old(at)).and_then(NewId::previous),
        };
        let found = found.filter(|new| pairs.is_free_new(*new));
        if let Some(new) = found.filter(|new| sketches.alike(at, *new) >= BARELY_ALIKE) {
            pairs.join(at, new);
        }
    };
    old.ids().for_each(|at| join(at, SharedPlace::Number));
    old.ids().for_each(|at| join(at, SharedPlace::Before));
    old.ids().rev().for_each(|at| join(at, SharedPlace::After));
}
