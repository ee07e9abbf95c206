//! Additions of an edition to the ledger.
//!
//! Takes the resolved site and the ledger, between which the check found nothing wrong; gives the
//! ledger as it is with the edition. A row is added for an address that is new, that has other
//! words, or that was given up; no row is ever removed.

use std::collections::BTreeMap;

use super::moves::Moves;
use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, changed};
use super::standing::standings;
use crate::corpus::anchors::Anchor;
use crate::corpus::{Corpus, Entry};
use crate::document::ledger::{
    Address, AnchorKind, Edition, EditionId, Ledger, MoveKind, Published, SITE_LEDGER, Sketch, TextHash, hash_of_target,
};

/// The ledger with an edition more; or, if nothing is new but the targets of some mentions,
/// without one; or nothing if the ledger says all that there is.
pub fn with_edition(corpus: &Corpus, ledger: &Ledger, edition: Edition) -> Option<(Ledger, bool)> {
    let moves = Moves::new(&ledger.moves, &mut Vec::new());
    let standings = standings(corpus, ledger, &moves);
    // By the key that a provision keeps: what took an address over in the same document.
    let mut inherited: BTreeMap<Address, &str> = BTreeMap::new();
    for provision in changed(&standings).flat_map(DocumentStanding::provisions) {
        if let AddressState::Left(ProvisionOutcome { kind, to, .. }) = &provision.state
            && matches!(kind, MoveKind::Moved | MoveKind::Renumbered)
            && let [to] = to.as_slice()
            && to.document == provision.address.document
            && standings
                .get(to.document.as_str())
                .and_then(|standing| standing.anchor(&to.anchor))
                .is_some_and(|anchor| anchor.kind == provision.last.kind)
        {
            inherited.entry(Address { nth: 1, ..to.clone() }).or_insert(&provision.last.key);
        }
    }
    let mut next = ledger.clone();
    let at = next.editions.push(edition);
    let mut added = false;
    let mut touched = false;
    for standing in changed(&standings) {
        let id = standing.id;
        let entry = standing.entry.map(|at| corpus.entry(at));
        let rows = next.documents.entry(id.to_owned()).or_default();
        for anchor in &standing.held().anchors {
            let had = standing.provisions_at(&anchor.anchor);
            let mut row = row(corpus, id, entry, anchor, at);
            match standing.stays(&anchor.anchor) {
                Some(stays) if is_same(stays, &row, standing) => {
                    let last = stays.last;
                    let known = rows
                        .iter_mut()
                        .rev()
                        .find(|r| r.anchor == last.anchor && r.key == last.key && r.edition == last.edition);
                    // The same words may have been typed otherwise: the hash of a page alone is
                    // brought up to date.
                    let words = if row.kind == AnchorKind::Page { row.words } else { stays.last.words };
                    if let Some(known) = known.filter(|known| known.leads != row.leads || known.words != words) {
                        (known.leads, known.words) = (row.leads, words);
                        touched = true;
                    }
                }
                Some(stays) => {
                    row.key.clone_from(&stays.last.key);
                    rows.push(row);
                    added = true;
                }
                None => {
                    // Not if what had the address before has the key, and became a part of what has
                    // it now.
                    let key = inherited.get(&Address::first(id, &anchor.anchor)).map(|key| (*key).to_owned());
                    let key = key.filter(|key| had.iter().all(|provision| provision.last.key != *key));
                    row.key = key.unwrap_or_else(|| Address::key(&anchor.anchor, had.len() + 1));
                    rows.push(row);
                    added = true;
                }
            }
        }
        for provision in standing.provisions() {
            if matches!(provision.state, AddressState::Left(_)) && provision.gone().is_none() {
                rows.push(gone_row(at, provision.last));
                added = true;
            }
        }
    }
    if !added {
        next.editions.clone_from(&ledger.editions);
    }
    next.documents.retain(|_, rows| !rows.is_empty());
    (added || touched).then_some((next, added))
}

/// A row that says that an address was given up in an edition.
fn gone_row(edition: EditionId, last: &Published) -> Published {
    Published {
        edition,
        kind: AnchorKind::Gone,
        opening: TextHash::default(),
        words: TextHash::default(),
        sketch: Sketch::default(),
        leads: Vec::new(),
        written_key: None,
        ..last.clone()
    }
}

/// Whether a provision is as it was published, wherever its mentions lead.
fn is_same(provision: &AddressedProvision<'_>, row: &Published, standing: &DocumentStanding<'_>) -> bool {
    let last = provision.last;
    // Of a page the hash is that of its source, in which a blank line may have come.
    let same_words =
        last.words == row.words || row.kind == AnchorKind::Page || standing.held().has_words(&row.anchor, last.words);
    provision.gone().is_none() && same_words && last.kind == row.kind && last.place.0 == row.place.0
}

fn row(corpus: &Corpus, id: &str, entry: Option<&Entry>, anchor: &Anchor, edition: EditionId) -> Published {
    let page = match entry {
        Some(entry) => entry.page.to_string(),
        None if id == SITE_LEDGER => anchor.anchor.split_once('#').map_or(&*anchor.anchor, |(page, _)| page).to_owned(),
        None => String::new(),
    };
    let mut row = Published {
        anchor: anchor.anchor.clone(),
        edition,
        kind: anchor.kind,
        number: anchor.number.clone(),
        key: String::new(),
        written_key: None,
        place: (page, anchor.within.clone()),
        opening: TextHash::default(),
        words: TextHash::default(),
        sketch: Sketch::default(),
        leads: Vec::new(),
        span: anchor.span,
    };
    if let Some(entry) = entry.filter(|_| anchor.kind == AnchorKind::Page) {
        row.words = TextHash::of_source(entry.document.hash.get());
    }
    if let Some(entry) = entry.filter(|_| anchor.kind.is_known_by_words()) {
        let words = entry.kept_words(anchor);
        row.opening = TextHash::of_opening(&words);
        row.words = TextHash::of(&words);
        row.sketch = Sketch::of(&words);
        let leads = entry.mention_targets(anchor).into_iter().map(|(_, place)| {
            let document = &corpus.entry(place.entry).document.id;
            hash_of_target(&format!("{document}#{}", corpus.address(place).1.unwrap_or_default()))
        });
        row.leads = leads.collect();
        row.leads.sort_unstable();
        row.leads.dedup();
    }
    row
}
