//! The ledger compared with the site, document by document.
//!
//! Takes the resolved site, the rows of the ledger and what `moves.toml` says; gives, of each
//! provision at each address that it has had, whether it is there still, went elsewhere, or is
//! lost. Likeness of words only raises doubts: it decides nothing.

use std::collections::BTreeSet;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::moves::{self, Moves};
use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, Standings, States};
use crate::corpus::Corpus;
use crate::corpus::anchors::{Anchor, work_of};
use crate::document::ledger::{Address, AnchorKind, Ledger, MoveKind, SITE_LEDGER, TextHash};

pub(super) fn standings<'a>(corpus: &'a Corpus, ledger: &'a Ledger, moves: &Moves<'a>) -> Standings<'a> {
    let ids = corpus.by_id.keys().chain(ledger.documents.keys()).map(String::as_str);
    let ids: BTreeSet<&'a str> = ids.chain([SITE_LEDGER]).collect();
    let of_id = |id: &'a str| {
        let rows = ledger.documents.get(id).map_or(&[][..], Vec::as_slice);
        (id, DocumentStanding::new(corpus, id, rows, moves.are_about(id)))
    };
    let mut standings: Standings<'a> = ids.into_par_iter().map(of_id).collect();
    // What became of a clause depends on what the site has elsewhere.
    let found: Vec<(&str, States<'a>)> = standings
        .par_iter()
        .filter(|(_, standing)| !standing.settled && !standing.rows.is_empty())
        .map(|(id, standing)| (*id, states(corpus, &standings, standing, moves)))
        .collect();
    for (id, states) in found {
        let Some(held) = standings.get_mut(id).and_then(|standing| standing.held.get_mut()) else { continue };
        for (anchor, states) in states {
            let provisions = held.provisions.get_mut(anchor).into_iter().flatten();
            provisions.zip(states).for_each(|(provision, state)| provision.state = state);
        }
    }
    standings
}

/// Works out the state of each provision of a document, by address.
fn states<'a>(
    corpus: &Corpus,
    standings: &Standings<'a>,
    standing: &DocumentStanding<'a>,
    moves: &Moves<'a>,
) -> States<'a> {
    let words = PublishedWords::new(corpus, standing);
    let of_address = |(anchor, provisions): (&&'a str, &Vec<AddressedProvision<'a>>)| {
        let covered = |provision: &AddressedProvision<'a>| moves::outcome_of_part(corpus, standings, provision, moves);
        let is_part = |provision: &AddressedProvision<'a>| provision.last.kind == AnchorKind::SubClause;
        let mut states: Vec<AddressState<'a>> = provisions
            .iter()
            .map(|provision| {
                // A part of a clause that went elsewhere went with it, whatever has its letter
                // now.
                let part = || if is_part(provision) { covered(provision) } else { None };
                moves::explicit(provision, moves).or_else(part).map_or(AddressState::Lost, AddressState::Left)
            })
            .collect();
        // The last who had an address and did not leave it has it still, if anything is there.
        let bearer = states.iter().rposition(|state| matches!(state, AddressState::Lost));
        for (at, (state, provision)) in states.iter_mut().zip(provisions).enumerate() {
            if !matches!(state, AddressState::Lost) {
                continue;
            }
            let live = standing.anchor(anchor).filter(|_| bearer == Some(at));
            *state = match live {
                Some(live) if words.are_those_of(live, provision, moves) => AddressState::Stays,
                _ => {
                    // Of a part it was asked above.
                    let with_another = if is_part(provision) { None } else { covered(provision) };
                    match with_another.or_else(|| words.clause_without_its_id(provision, moves)) {
                        Some(fate) => AddressState::Left(fate),
                        None if live.is_some() => AddressState::Doubtful,
                        None if work_of(corpus, anchor).is_some() => AddressState::Kept,
                        None => AddressState::Lost,
                    }
                }
            };
        }
        (*anchor, states)
    };
    standing.held().provisions.iter().map(of_address).collect()
}

/// Index of a document's published words, without those that are unchanged at their address. Finds
/// the provisions that words on the site may be confused with.
struct PublishedWords<'s, 'a> {
    corpus: &'s Corpus,
    standing: &'s DocumentStanding<'a>,
    /// The provisions that had just these words.
    exact: FxHashMap<TextHash, Vec<&'s AddressedProvision<'a>>>,
    /// The provisions that share a hash of a sketch.
    alike: FxHashMap<u32, Vec<&'s AddressedProvision<'a>>>,
}

impl<'s, 'a> PublishedWords<'s, 'a> {
    fn new(corpus: &'s Corpus, standing: &'s DocumentStanding<'a>) -> Self {
        let mut words = PublishedWords { corpus, standing, exact: FxHashMap::default(), alike: FxHashMap::default() };
        for provision in standing.provisions() {
            let kind = provision.last.kind;
            // What still has its words cannot have lent them to another.
            let changed = !standing.held().has_words(&provision.address.anchor, provision.last.words);
            if !changed || !matches!(kind, AnchorKind::Clause | AnchorKind::SubClause | AnchorKind::Note) {
                continue;
            }
            words.exact.entry(provision.last.words).or_default().push(provision);
            for hash in provision.last.sketch.hashes() {
                words.alike.entry(*hash).or_default().push(provision);
            }
        }
        words
    }

    /// An id that an author took away is an address of its clause all the same, as long as that
    /// stays.
    fn clause_without_its_id(
        &self,
        provision: &AddressedProvision<'a>,
        moves: &Moves<'a>,
    ) -> Option<ProvisionOutcome<'a>> {
        let (_, clause) = &provision.last.place;
        if provision.last.kind != AnchorKind::Label || self.standing.has(&provision.address.anchor) {
            return None;
        }
        let bearer = moves::provision_in_edition(self.standing.provisions_at(clause), provision.last.edition)?;
        let stays =
            moves::explicit(bearer, moves).is_none() && self.are_those_of(self.standing.anchor(clause)?, bearer, moves);
        let to = vec![Address::first(&provision.address.document, clause)];
        stays.then_some(ProvisionOutcome { row: None, kind: MoveKind::Moved, to })
    }

    /// Whether what is at an address is the provision that was published there.
    fn are_those_of(&self, live: &Anchor, provision: &AddressedProvision<'_>, moves: &Moves<'_>) -> bool {
        let published = provision.last;
        if !published.kind.is_known_by_words() || !live.kind.is_known_by_words() {
            return published.kind == live.kind;
        }
        let Some(now) = self.standing.held().words.get(&live.anchor) else { return false };
        if now.is(published.words) || moves.confirms_rewording(&provision.address, published.words) {
            return true;
        }
        let Some(entry) = self.standing.entry.map(|at| self.corpus.entry(at)) else { return false };
        let sketch = published.sketch.with_same_length(&entry.kept_words(live));
        let own = published.sketch.likeness(&sketch);
        let is_other =
            |other: &&&AddressedProvision<'_>| other.last.kind == published.kind && other.last.key != published.key;
        let exact = now.all().filter_map(|hash| self.exact.get(&hash)).flatten().any(|other| is_other(&other));
        let mut near = sketch.hashes().iter().filter_map(|hash| self.alike.get(hash)).flatten().filter(is_other);
        let nearer = |other: &AddressedProvision<'_>| other.last.sketch.likeness(&sketch) > own + MUCH_MORE;
        own >= published.sketch.least_share() && !exact && !near.any(|other| nearer(other))
    }
}

/// By how much more another text must be alike to raise a doubt.
const MUCH_MORE: f32 = 0.25;
