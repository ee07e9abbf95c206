//! Rows of `moves.toml`: they say what became of an address.
//!
//! Takes the rows that people wrote and what the site has; gives where a provision went, also if
//! only the clause that it was in, or its whole document, has a row. Reports rows that explain
//! nothing, and those that lead to what has moved on.

use std::collections::{HashMap, HashSet};

use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, Standings, changed};
use crate::corpus::Corpus;
use crate::corpus::anchors::Anchor;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::{Address, AnchorKind, EditionId, Move, MoveKind, TextHash};
use crate::source::Span;

/// Limit on how deep places are nested in one another: a ledger that was tampered with may go round
/// in a circle.
const MAX_DEPTH: usize = 12;

/// The rows of `moves.toml`, by what they explain.
pub(super) struct Moves<'a> {
    rows: &'a [Move],
    by_address: HashMap<&'a Address, (&'a Move, Span)>,
    affirmed: HashMap<&'a Address, Vec<&'a str>>,
    documents: HashSet<&'a str>,
}

impl<'a> Moves<'a> {
    pub(super) fn new(rows: &'a [Move], faults: &mut Vec<Diagnostic>) -> Self {
        let documents = rows.iter().flat_map(|row| &row.from).map(|from| from.value.document.as_str()).collect();
        let mut moves = Moves { rows, by_address: HashMap::new(), affirmed: HashMap::new(), documents };
        for row in rows {
            if let Some(was) = &row.was {
                row.from.iter().for_each(|from| moves.affirmed.entry(&from.value).or_default().push(&was.value));
            }
            if row.kind == MoveKind::Reworded {
                continue;
            }
            for from in &row.from {
                if let Some((_, first)) = moves.by_address.insert(&from.value, (row, from.span)) {
                    let message = format!("two rows say what became of `{}`", from.value);
                    let fault = Diagnostic::new(Code::SpuriousMove, from.span, message).label(first, "the other");
                    faults.push(fault.help("keep the one that is true now"));
                }
            }
        }
        moves
    }

    /// The row about just this provision.
    pub(super) fn row(&self, address: &Address) -> Option<&'a Move> {
        self.by_address.get(address).map(|(row, _)| *row)
    }

    /// Whether any row speaks of a document or of a place in it.
    pub(super) fn are_about(&self, document: &str) -> bool {
        self.documents.contains(document)
    }

    /// Whether a person said that other words are there by intent.
    pub(super) fn confirms_rewording(&self, address: &Address, published: TextHash) -> bool {
        let was = published.to_string();
        self.affirmed.get(address).is_some_and(|hashes| hashes.contains(&was.as_str()))
    }

    /// Rows about what was never published, or has not moved.
    pub(super) fn report_unpublished(&self, standings: &Standings<'_>, faults: &mut Vec<Diagnostic>) {
        for row in self.rows {
            for from in &row.from {
                let address = &from.value;
                let standing = standings.get(address.document.as_str());
                let Some(provision) = find(standings, address) else {
                    let message = format!("`{address}` was never published");
                    let fault = Diagnostic::new(Code::SpuriousMove, from.span, message);
                    let known =
                        standing.map(|s| s.held().provisions.keys().copied().collect::<Vec<_>>()).unwrap_or_default();
                    let near = crate::diagnostic::nearest(&address.anchor, known.into_iter().filter(|k| !k.is_empty()));
                    faults.push(fault.help(match near {
                        Some(near) => format!("did you mean `{}#{near}`? Else remove the row", address.document),
                        None => "remove the row, or fix the address".to_owned(),
                    }));
                    continue;
                };
                let had = |was: &str| {
                    let known = row.from.iter().filter_map(|from| find(standings, &from.value)).flat_map(|p| &p.rows);
                    known.into_iter().any(|row| row.words.to_string() == was)
                };
                if let Some(was) = row.was.as_ref().filter(|was| !had(&was.value)) {
                    let message = format!("`{address}` was never published with the words that `was` names");
                    let fault = Diagnostic::new(Code::SpuriousMove, was.span, message);
                    faults.push(fault.help("remove the row, or write it as the message proposed it"));
                } else if matches!(row.kind, MoveKind::Moved | MoveKind::Renumbered | MoveKind::Withdrawn)
                    && row.to.iter().any(|to| to.value == *address)
                {
                    let message = format!("this row leads from `{address}` to itself");
                    let fault = Diagnostic::new(Code::SpuriousMove, from.span, message);
                    faults.push(fault.help("remove the row; if the words were replaced, make it `[[reworded]]`"));
                } else if matches!(provision.state, AddressState::Left(_)) && is_still_there(standing, provision) {
                    let message = format!("`{address}` is still there, in the words in which it was published");
                    let fault = Diagnostic::new(Code::SpuriousMove, from.span, message);
                    faults.push(fault.help("remove the row"));
                }
            }
        }
    }

    /// Rows that lead to what is not like what went there. Of what was published at its new address
    /// the ledger knows that it is the same; until then a row that was written for one clause may
    /// come to lead to another.
    pub(super) fn check_likeness(&self, corpus: &Corpus, standings: &Standings<'_>, faults: &mut Vec<Diagnostic>) {
        for provision in changed(standings).flat_map(DocumentStanding::provisions) {
            let AddressState::Left(fate) = &provision.state else { continue };
            let published = provision.last;
            let is_new = |to: &Address| standings.get(to.document.as_str()).is_some_and(|s| s.is_new(&to.anchor));
            if !published.kind.is_known_by_words()
                || fate.kind == MoveKind::Withdrawn
                || self.confirms_rewording(&provision.address, published.words)
                || !fate.to.iter().any(is_new)
            {
                continue;
            }
            let words = |to: &Address| {
                let standing = standings.get(to.document.as_str())?;
                Some(corpus.entry(standing.entry?).kept_words(standing.anchor(&to.anchor)?))
            };
            let words: Vec<String> = fate.to.iter().filter_map(words).collect();
            let shared = matches!(fate.kind, MoveKind::Split | MoveKind::Merged);
            if published.sketch.is_held_by(&words, shared) {
                continue;
            }
            let Some(row) = fate.row else { continue };
            let own = row.from.iter().find(|from| from.value == provision.address);
            let Some(place) = own.or(row.from.first()) else { continue };
            let to = fate.to.iter().map(|to| format!("`{to}`")).collect::<Vec<_>>().join(", ");
            let message = format!("{to} is not like what was published as `{}`", provision.address);
            faults.push(Diagnostic::new(Code::UnlikeTarget, place.span, message).help(format!(
                "write where it is now; or if it was reworded as well, add `was = \"{}\"` to a row about it",
                published.words
            )));
        }
    }

    /// Rows that lead to what has moved on or is not there.
    pub(super) fn check_targets(&self, standings: &Standings<'_>, faults: &mut Vec<Diagnostic>) {
        for to in self.rows.iter().flat_map(|row| &row.to) {
            let address = &to.value;
            let standing = standings.get(address.document.as_str());
            let bearer = standing.map_or(1, |standing| standing.ordinal_now(&address.anchor));
            let live = standing.is_some_and(|standing| standing.has(&address.anchor));
            if live && bearer == address.nth {
                continue;
            }
            let on = match find(standings, address).map(|provision| &provision.state) {
                Some(AddressState::Left(ProvisionOutcome { to, .. })) => to.first(),
                _ => None,
            };
            let message = match on {
                Some(_) => format!("`{address}` has moved on since"),
                None => format!("`{address}` is nothing that the site has"),
            };
            let other = Address { nth: bearer, ..address.clone() };
            let help = match (on, live) {
                (Some(on), true) => {
                    format!("write where it is now, `{on}`; or `{other}` for what has the address now")
                }
                (Some(on), false) => format!("write where it is now: `{on}`"),
                (None, true) => format!("write `{other}` for what has the address now"),
                (None, false) => "write the address of what took it over, or make it `[[withdrawn]]`".to_owned(),
            };
            faults.push(Diagnostic::new(Code::MoveNotFinal, to.span, message).help(help));
        }
    }
}

fn find<'s, 'a>(standings: &'s Standings<'a>, address: &Address) -> Option<&'s AddressedProvision<'a>> {
    standings.get(address.document.as_str())?.provisions_at(&address.anchor).get(address.nth.checked_sub(1)?)
}

/// Whether what is said to have left is where it was, word for word.
fn is_still_there(standing: Option<&DocumentStanding<'_>>, provision: &AddressedProvision<'_>) -> bool {
    let Some(standing) = standing else { return false };
    if !provision.last.kind.is_known_by_words() {
        return standing.anchor(&provision.address.anchor).is_some_and(|anchor| anchor.kind == provision.last.kind);
    }
    // Words that are in several places tell nothing.
    let same = |anchor: &&Anchor| {
        anchor.kind == provision.last.kind && standing.held().has_words(&anchor.anchor, provision.last.words)
    };
    let twins = standing.held().anchors.iter().filter(same).count();
    standing.held().has_words(&provision.address.anchor, provision.last.words) && twins == 1
}

/// Returns the fate of a provision by a row about the provision itself; nothing if it has no row or
/// stayed.
pub(super) fn explicit<'a>(provision: &AddressedProvision<'a>, moves: &Moves<'a>) -> Option<ProvisionOutcome<'a>> {
    let row = moves.row(&provision.address)?;
    let to: Vec<Address> = row.to.iter().map(|to| to.value.clone()).collect();
    (!to.contains(&provision.address)).then_some(ProvisionOutcome { row: Some(row), kind: row.kind, to })
}

/// Returns the fate of a provision by a row about the clause or document that it was part of.
pub(super) fn outcome_of_part<'a>(
    corpus: &Corpus,
    standings: &Standings<'a>,
    provision: &AddressedProvision<'a>,
    moves: &Moves<'a>,
) -> Option<ProvisionOutcome<'a>> {
    with_its_clause(corpus, standings, provision, moves, MAX_DEPTH)
        .or_else(|| with_its_document(corpus, standings, provision, moves))
}

/// A sub-clause, a note or an id goes where its clause went.
fn with_its_clause<'a>(
    corpus: &Corpus,
    standings: &Standings<'a>,
    provision: &AddressedProvision<'a>,
    moves: &Moves<'a>,
    depth: usize,
) -> Option<ProvisionOutcome<'a>> {
    let depth = depth.checked_sub(1)?;
    if !matches!(provision.last.kind, AnchorKind::SubClause | AnchorKind::Label | AnchorKind::Note) {
        return None;
    }
    let (_, within) = &provision.last.place;
    let had = standings.get(provision.address.document.as_str())?.provisions_at(within);
    let clause = provision_in_edition(had, provision.last.edition)?;
    if !matches!(clause.last.kind, AnchorKind::Clause | AnchorKind::SubClause) {
        return None;
    }
    let fate = explicit(clause, moves)
        .or_else(|| with_its_clause(corpus, standings, clause, moves, depth))
        .or_else(|| with_its_document(corpus, standings, clause, moves))?;
    let part = |to: &Address| {
        let anchor = match provision.last.kind {
            AnchorKind::SubClause => {
                format!("{}{}", to.anchor, provision.address.anchor.strip_prefix(within.as_str())?)
            }
            _ => provision.address.anchor.clone(),
        };
        let part = Address::first(&to.document, &anchor);
        standings.get(to.document.as_str())?.has(&anchor).then_some(part)
    };
    let parts: Vec<Address> = fate.to.iter().filter_map(part).collect();
    let to = match fate.kind {
        _ if !parts.is_empty() => parts,
        // One clause stands for the other, but its part is not there: that needs a word of its own.
        MoveKind::Moved | MoveKind::Renumbered => return None,
        _ => fate.to,
    };
    Some(ProvisionOutcome { to, ..fate })
}

/// Finds the provision that had an address in an edition, among all that have had the address.
pub(super) fn provision_in_edition<'s, 'a>(
    had: &'s [AddressedProvision<'a>],
    edition: EditionId,
) -> Option<&'s AddressedProvision<'a>> {
    let row =
        |provision: &AddressedProvision<'a>| provision.rows.iter().rev().find(|row| row.edition <= edition).copied();
    let earlier = had.iter().filter_map(|provision| Some((provision, row(provision)?)));
    let earlier = earlier.filter(|(_, row)| row.kind != AnchorKind::Gone);
    earlier.max_by_key(|(_, row)| row.edition).map(|(provision, _)| provision)
}

/// Whatever has no row of its own goes where its document went, if it is there.
fn with_its_document<'a>(
    corpus: &Corpus,
    standings: &Standings<'a>,
    provision: &AddressedProvision<'a>,
    moves: &Moves<'a>,
) -> Option<ProvisionOutcome<'a>> {
    let row = moves.row(&Address::first(&provision.address.document, ""))?;
    if provision.address.anchor.is_empty() || corpus.find(&provision.address.document).is_some() {
        return None;
    }
    if row.kind == MoveKind::Withdrawn {
        let to = row.to.iter().map(|to| to.value.clone()).collect();
        return Some(ProvisionOutcome { row: Some(row), kind: row.kind, to });
    }
    let there = |document: &Address| {
        let found = standings.get(document.document.as_str())?;
        let anchor = found.anchor(&provision.address.anchor)?;
        let entry = found.entry.map(|at| corpus.entry(at))?;
        let words = || entry.kept_words(anchor);
        let published = provision.last;
        let same = anchor.kind == published.kind
            && (!published.kind.is_known_by_words()
                || entry.known_by(anchor).is(published.words)
                || moves.confirms_rewording(&provision.address, published.words)
                || published.sketch.is_alike(&published.sketch.with_same_length(&words())));
        same.then(|| Address::first(&document.document, &provision.address.anchor))
    };
    let to: Vec<Address> = row.to.iter().filter_map(|to| there(&to.value)).take(1).collect();
    (!to.is_empty()).then_some(ProvisionOutcome { row: Some(row), kind: row.kind, to })
}
