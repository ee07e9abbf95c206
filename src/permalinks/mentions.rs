//! Mentions that led to a provision when they were published and would lead to another now, without
//! a word changed.
//!
//! Takes what the ledger and the site have of each document; gives a fault for each such mention.
//! A provision may be new at an address since the last edition; or it had it first in an
//! edition of another branch, which the edition of the mention did not know.

use std::collections::{HashMap, HashSet};

use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, Standings, changed};
use crate::corpus::{Corpus, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::{Address, AnchorKind, ConcurrentEditions, hash_of_target};
use crate::document::{Reference, ReferenceId};

/// Addresses that something else has now, with what is needed to judge each mention of them.
struct Targets<'s, 'a> {
    corpus: &'s Corpus,
    standings: &'s Standings<'a>,
    apart: &'s ConcurrentEditions,
    /// Documents and addresses in them that something new has.
    reused: HashSet<(&'s str, &'s str)>,
    /// By what has an address now, the addresses under which it was published: who mentioned it
    /// there has followed it.
    followed: HashMap<(&'s str, &'s str), Vec<u16>>,
}

/// Reports them.
pub(super) fn check(
    corpus: &Corpus,
    standings: &Standings<'_>,
    apart: &ConcurrentEditions,
    faults: &mut Vec<Diagnostic>,
) {
    let mut reused = HashSet::new();
    for standing in changed(standings) {
        let addresses = standing.held().provisions.keys().filter(|anchor| standing.is_new(anchor));
        reused.extend(addresses.map(|anchor| (standing.id, *anchor)));
    }
    if reused.is_empty() && apart.is_empty() {
        return;
    }
    let mut followed: HashMap<(&str, &str), Vec<u16>> = HashMap::new();
    for provision in changed(standings).flat_map(DocumentStanding::provisions) {
        let AddressState::Left(fate) = &provision.state else { continue };
        let Address { document, anchor, .. } = &provision.address;
        for to in &fate.to {
            followed
                .entry((&to.document, &to.anchor))
                .or_default()
                .push(hash_of_target(&format!("{document}#{anchor}")));
        }
    }
    let targets = Targets { corpus, standings, apart, reused, followed };
    for standing in standings.values() {
        for provision in standing.provisions() {
            faults.extend(mentions_of(standing, provision, &targets));
        }
    }
}

/// The faults of the mentions in a provision.
fn mentions_of(
    standing: &DocumentStanding<'_>,
    provision: &AddressedProvision<'_>,
    targets: &Targets<'_, '_>,
) -> Vec<Diagnostic> {
    let lives = match &provision.state {
        AddressState::Left(ProvisionOutcome { to, .. }) => to.first().map(|to| to.anchor.as_str()),
        AddressState::Stays => Some(provision.address.anchor.as_str()),
        AddressState::Doubtful | AddressState::Kept | AddressState::Lost => None,
    };
    let whole = matches!(provision.last.kind, AnchorKind::Clause | AnchorKind::Note);
    let entry = standing.entry.map(|at| targets.corpus.entry(at));
    let Some((anchor, entry)) = lives.filter(|_| whole).and_then(|anchor| standing.anchor(anchor)).zip(entry) else {
        return Vec::new();
    };
    let led_elsewhere = |(reference, place): (ReferenceId, Place)| {
        let reference = &entry.document.references[reference];
        fault(reference, place, provision, targets)
    };
    entry.mention_targets(anchor).into_iter().filter_map(led_elsewhere).collect()
}

/// The fault of a mention in a provision that leads to a place now, if it led to another when it
/// was published.
fn fault(
    reference: &Reference,
    place: Place,
    provision: &AddressedProvision<'_>,
    targets: &Targets<'_, '_>,
) -> Option<Diagnostic> {
    let Targets { corpus, standings, apart, reused, followed } = targets;
    let document = corpus.entry(place.entry).document.id.as_str();
    let address = corpus.address(place).1.unwrap_or_default();
    let now = (document, address.as_str());
    let (leads, edition) = (&provision.last.leads, provision.last.edition);
    let has_followed = followed.get(&now).into_iter().flatten().any(|place| leads.contains(place));
    if has_followed || !leads.contains(&hash_of_target(&format!("{document}#{address}"))) {
        return None;
    }
    let standing = standings.get(document);
    let had = standing.map_or(&[][..], |standing| standing.provisions_at(&address));
    let came_apart = || {
        let stays = standing.and_then(|standing| standing.stays(&address));
        had.len() > 1 && stays.is_some_and(|stays| apart.are(stays.since(), edition))
    };
    if !reused.contains(&now) && !came_apart() {
        return None;
    }
    let message = format!("`{}` used to mean another clause: {address} has its number now", reference.written);
    let clause = corpus.url(place);
    let mut heirs = had.iter().filter_map(|provision| match &provision.state {
        AddressState::Left(fate) => fate.to.first(),
        _ => None,
    });
    let help = match heirs.next_back() {
        Some(heir) => format!(
            "write `[[{heir}]]` for the clause that was meant; if {clause} is meant, give the mention words of its own: `[[{address}|…]]`"
        ),
        None => "the clause that was meant is no longer there: remove the mention or reword it".to_owned(),
    };
    Some(Diagnostic::new(Code::ChangedTarget, reference.span, message).help(help))
}
