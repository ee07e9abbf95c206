//! Published provisions of each document, with what the site has at their addresses now.
//!
//! Holds provisions at the addresses that they have had, each with its state: whether it stays,
//! where it went, or that it is lost. Takes the rows of a document and its anchors; the states are
//! for `standing` to find.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::corpus::anchors::{Anchor, site_anchors};
use crate::corpus::{Corpus, EntryId};
use crate::document::Number;
use crate::document::ledger::{
    Address, AnchorKind, EditionId, KnownBy, Move, MoveKind, Published, SITE_LEDGER, TextHash,
};

/// Outcome for a provision that left its address: the kind of change, and the new addresses.
#[derive(Clone, Debug)]
pub(super) struct ProvisionOutcome<'a> {
    /// The row that says so; none if nobody need say it.
    pub(super) row: Option<&'a Move>,
    pub(super) kind: MoveKind,
    /// Addresses that took it over: those in the row or, if the row is about what it is part of,
    /// those of its parts there.
    pub(super) to: Vec<Address>,
}

/// A provision at one of the addresses that it has had.
#[derive(Debug)]
pub(super) struct AddressedProvision<'a> {
    pub(super) address: Address,
    /// Ledger rows of the provision for this address, the oldest first.
    pub(super) rows: Vec<&'a Published>,
    /// The last of them that is not of the kind `gone`.
    pub(super) last: &'a Published,
    pub(super) state: AddressState<'a>,
}

impl AddressedProvision<'_> {
    /// The edition in which it was first published at this address.
    pub(super) fn since(&self) -> EditionId {
        self.rows.first().unwrap_or(&self.last).edition
    }

    /// The edition in which the address was given up.
    pub(super) fn gone(&self) -> Option<EditionId> {
        self.rows.last().filter(|row| row.kind == AnchorKind::Gone).map(|row| row.edition)
    }

    /// Whether this is the first address that it had.
    pub(super) fn is_at_its_first(&self) -> bool {
        self.last.key == Address::key(&self.address.anchor, self.address.nth)
    }

    /// Parses the provision's number, by which provisions are put in order.
    pub(super) fn number(&self) -> Option<Number> {
        Number::parse(self.last.number.trim_start_matches('¶'))
    }
}

/// State of a provision's address, by what the site has there now.
#[derive(Debug)]
pub(super) enum AddressState<'a> {
    /// The provision, in these words or in others.
    Stays,
    /// Something that is not like it.
    Doubtful,
    /// Nothing, or something else, as `moves.toml` says.
    Left(ProvisionOutcome<'a>),
    /// Nothing cites it now; the table of authorities keeps its address by itself.
    Kept,
    /// Nothing, and nobody says why.
    Lost,
}

/// By address, the states of those who had it.
pub(super) type States<'a> = Vec<(&'a str, Vec<AddressState<'a>>)>;

/// Document as the ledger and the site have it.
pub(super) struct DocumentStanding<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) id: &'a str,
    pub(super) entry: Option<EntryId>,
    pub(super) rows: &'a [Published],
    /// Whether the document is, byte for byte, the one that was published last, nothing of it had
    /// been given up, and no two branches had published different things at one address of it.
    pub(super) settled: bool,
    /// Addresses of the document, collected on first use: nothing may need those of a settled
    /// document.
    pub(super) held: OnceLock<DocumentAddresses<'a>>,
}

/// The addresses of a document, as they were published and as they are.
#[derive(Debug)]
pub(super) struct DocumentAddresses<'a> {
    pub(super) anchors: Vec<Anchor>,
    /// By address, those who had it one after another.
    pub(super) provisions: BTreeMap<&'a str, Vec<AddressedProvision<'a>>>,
    /// By address, the index into `anchors`.
    pub(super) live: FxHashMap<String, usize>,
    /// By address, the hashes of the words there now, if anything was published of the document.
    pub(super) words: FxHashMap<String, KnownBy>,
}

impl DocumentAddresses<'_> {
    /// Whether the words at an address are those with this hash.
    pub(super) fn has_words(&self, anchor: &str, published: TextHash) -> bool {
        self.words.get(anchor).is_some_and(|now| now.is(published))
    }
}

impl<'a> DocumentStanding<'a> {
    pub(super) fn new(corpus: &'a Corpus, id: &'a str, rows: &'a [Published], is_moved: bool) -> Self {
        let entry = corpus.find(id);
        let is_page = |row: &&Published| row.anchor.is_empty();
        let settled = entry.map(|at| corpus.entry(at)).zip(rows.iter().rfind(is_page)).is_some_and(|(entry, page)| {
            page.words == TextHash::of_source(entry.document.hash.get())
                && page.place.0 == entry.page.as_str()
                && rows.iter().all(|row| row.kind != AnchorKind::Gone && row.written_key.is_none())
                && !is_moved
        });
        DocumentStanding { corpus, id, entry, rows, settled, held: OnceLock::new() }
    }

    pub(super) fn held(&self) -> &DocumentAddresses<'a> {
        self.held.get_or_init(|| {
            let state = || if self.settled { AddressState::Stays } else { AddressState::Lost };
            held(self.corpus, self.id, self.entry, self.rows, state)
        })
    }

    pub(super) fn anchor(&self, anchor: &str) -> Option<&Anchor> {
        self.held().anchors.get(*self.held().live.get(anchor)?)
    }

    /// Whether the site has an address.
    pub(super) fn has(&self, anchor: &str) -> bool {
        self.held().live.contains_key(anchor)
    }

    /// Every provision of the document at each address that it has had, in the order of addresses.
    pub(super) fn provisions(&self) -> impl Iterator<Item = &AddressedProvision<'a>> {
        self.held().provisions.values().flatten()
    }

    /// Those that had an address, one after another.
    pub(super) fn provisions_at(&self, anchor: &str) -> &[AddressedProvision<'a>] {
        self.held().provisions.get(anchor).map_or(&[], Vec::as_slice)
    }

    /// The one that had an address and has it still.
    pub(super) fn stays(&self, anchor: &str) -> Option<&AddressedProvision<'a>> {
        self.provisions_at(anchor).iter().find(|provision| matches!(provision.state, AddressState::Stays))
    }

    /// Whether what has an address had no part in it when it was published last.
    pub(super) fn is_new(&self, anchor: &str) -> bool {
        self.has(anchor) && self.ordinal_now(anchor) > self.provisions_at(anchor).len()
    }

    /// Returns the ordinal, from 1, of the provision that has an address now, among those that have
    /// had it. If something new has the address, the ordinal is one more than there were.
    pub(super) fn ordinal_now(&self, anchor: &str) -> usize {
        let had = self.provisions_at(anchor);
        let stays = had.iter().rev().find(|provision| !matches!(provision.state, AddressState::Left(_)));
        stays.map_or(had.len() + 1, |provision| provision.address.nth)
    }
}

/// All documents that the site has or that were published, by id.
pub(super) type Standings<'a> = BTreeMap<&'a str, DocumentStanding<'a>>;

/// Those that are not as they were published last.
pub(super) fn changed<'s, 'a>(standings: &'s Standings<'a>) -> impl Iterator<Item = &'s DocumentStanding<'a>> {
    standings.values().filter(|standing| !standing.settled)
}

/// Collects the rows and the anchors of a document, before they are compared.
fn held<'a>(
    corpus: &Corpus,
    id: &str,
    entry: Option<EntryId>,
    rows: &'a [Published],
    state: impl Fn() -> AddressState<'a>,
) -> DocumentAddresses<'a> {
    let anchors = match (id, entry) {
        (SITE_LEDGER, _) => site_anchors(corpus),
        (_, Some(at)) => corpus.anchors(at),
        (_, None) => Vec::new(),
    };
    let live = anchors.iter().enumerate().map(|(at, anchor)| (anchor.anchor.clone(), at)).collect();
    let mut at_addresses: BTreeMap<&str, Vec<(&str, Vec<&'a Published>)>> = BTreeMap::new();
    for row in rows {
        let at_address = at_addresses.entry(row.anchor.as_str()).or_default();
        match at_address.iter_mut().find(|(key, _)| *key == row.key) {
            Some((_, rows)) => rows.push(row),
            None => at_address.push((&row.key, vec![row])),
        }
    }
    let provisions = at_addresses.into_iter().map(|(anchor, keys)| {
        let provisions = keys.into_iter().enumerate().filter_map(|(n, (_, rows))| {
            let last = *rows.iter().rev().find(|row| row.kind != AnchorKind::Gone)?;
            let address = Address { document: id.to_owned(), anchor: anchor.to_owned(), nth: n + 1 };
            Some(AddressedProvision { address, rows, last, state: state() })
        });
        (anchor, provisions.collect())
    });
    let provisions: BTreeMap<_, _> = provisions.collect();
    let mut words = FxHashMap::default();
    if let Some(entry) = entry.map(|at| corpus.entry(at)).filter(|_| !provisions.is_empty()) {
        let known = anchors.iter().filter(|anchor| anchor.kind.is_known_by_words());
        words.extend(known.map(|anchor| (anchor.anchor.clone(), entry.known_by(anchor))));
    }
    DocumentAddresses { anchors, provisions, live, words }
}
