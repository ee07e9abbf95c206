//! What the ledger and the site have of each document, compared.
//!
//! Takes the resolved site, the rows of the ledger and what `moves.toml` says; gives, of each provision at each address that
//! it has had, whether it is there still, went elsewhere, or is lost. Likeness of words only raises doubts: it decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::moves::{self, Fate, Moves};
use crate::corpus::Corpus;
use crate::corpus::anchors::Anchor;
use crate::document::Number;
use crate::document::ledger::{Address, AnchorKind, KnownBy, Ledger, MoveKind, Published, SITE_LEDGER, TextHash};

/// A provision at one of the addresses that it has had.
#[derive(Debug)]
pub(super) struct Provision<'a> {
    pub(super) address: Address,
    /// Its rows for this address, the oldest first.
    pub(super) rows: Vec<&'a Published>,
    /// The last of them that is not of the kind `gone`.
    pub(super) last: &'a Published,
    pub(super) state: State<'a>,
}

impl Provision<'_> {
    /// The edition in which it was first published at this address.
    pub(super) fn since(&self) -> usize {
        self.rows.first().map_or(0, |row| row.edition)
    }

    /// The edition in which the address was given up.
    pub(super) fn gone(&self) -> Option<usize> {
        self.rows.last().filter(|row| row.kind == AnchorKind::Gone).map(|row| row.edition)
    }

    /// Whether this is the first address that it had.
    pub(super) fn is_at_its_first(&self) -> bool {
        self.last.key == Address::key(&self.address.anchor, self.address.nth)
    }

    /// Its number, by which it is put in order.
    pub(super) fn number(&self) -> Option<Number> {
        Number::parse(self.last.number.trim_start_matches('¶'))
    }
}

/// What the site has at the address of a provision.
#[derive(Debug)]
pub(super) enum State<'a> {
    /// The provision, in these words or in others.
    Stays,
    /// Something that is not like it.
    Doubtful,
    /// Nothing, or something else, as `moves.toml` says.
    Left(Fate<'a>),
    /// Nothing cites it now; the table of authorities keeps its address by itself.
    Kept,
    /// Nothing, and nobody says why.
    Lost,
}

/// By address, the states of those who had it.
pub(super) type States<'a> = Vec<(&'a str, Vec<State<'a>>)>;

/// What the ledger and the site have of one document.
pub(super) struct Standing<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) id: &'a str,
    pub(super) entry: Option<usize>,
    pub(super) rows: &'a [Published],
    /// Whether the document is, byte for byte, the one that was published last, nothing of it had been given up, and no two
    /// branches had published different things at one address of it.
    pub(super) settled: bool,
    /// Of a settled document it is looked for only if another needs it.
    pub(super) held: OnceLock<Held<'a>>,
}

/// The addresses of a document, as they were published and as they are.
#[derive(Debug)]
pub(super) struct Held<'a> {
    pub(super) anchors: Vec<Anchor>,
    /// By address, those who had it one after another.
    pub(super) provisions: BTreeMap<&'a str, Vec<Provision<'a>>>,
    /// By address, the index into `anchors`.
    pub(super) live: FxHashMap<String, usize>,
    /// By address, the hashes of the words there now, if anything was published of the document.
    pub(super) words: FxHashMap<String, KnownBy>,
}

impl Held<'_> {
    /// Whether the words at an address are those with this hash.
    pub(super) fn has_words(&self, anchor: &str, published: TextHash) -> bool {
        self.words.get(anchor).is_some_and(|now| now.is(published))
    }
}

impl<'a> Standing<'a> {
    pub(super) fn new(corpus: &'a Corpus, id: &'a str, rows: &'a [Published], moves: &Moves<'a>) -> Self {
        let entry = corpus.find(id);
        let is_page = |row: &&Published| row.anchor.is_empty();
        let settled =
            entry.and_then(|at| corpus.entry(at)).zip(rows.iter().rfind(is_page)).is_some_and(|(entry, page)| {
                page.words == TextHash::of_source(entry.document.hash)
                    && page.place.0 == entry.page.as_str()
                    && rows.iter().all(|row| row.kind != AnchorKind::Gone && row.written_key.is_none())
                    && !moves.are_about(id)
            });
        Standing { corpus, id, entry, rows, settled, held: OnceLock::new() }
    }

    pub(super) fn held(&self) -> &Held<'a> {
        self.held.get_or_init(|| {
            let state = || if self.settled { State::Stays } else { State::Lost };
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
    pub(super) fn provisions(&self) -> impl Iterator<Item = &Provision<'a>> {
        self.held().provisions.values().flatten()
    }

    /// Those that had an address, one after another.
    pub(super) fn had(&self, anchor: &str) -> &[Provision<'a>] {
        self.held().provisions.get(anchor).map_or(&[], Vec::as_slice)
    }

    /// The one that had an address and has it still.
    pub(super) fn stays(&self, anchor: &str) -> Option<&Provision<'a>> {
        self.had(anchor).iter().find(|provision| matches!(provision.state, State::Stays))
    }

    /// Whether what has an address had no part in it when it was published last.
    pub(super) fn is_new(&self, anchor: &str) -> bool {
        self.has(anchor) && self.bearer(anchor) > self.had(anchor).len()
    }

    /// Which of the provisions that had an address has it now; one more than there were if it is new there.
    pub(super) fn bearer(&self, anchor: &str) -> usize {
        let had = self.had(anchor);
        let stays = had.iter().rev().find(|provision| !matches!(provision.state, State::Left(_)));
        stays.map_or(had.len() + 1, |provision| provision.address.nth)
    }
}

/// All documents that the site has or that were published, by id.
pub(super) type Standings<'a> = BTreeMap<&'a str, Standing<'a>>;

/// Those that are not as they were published last.
pub(super) fn changed<'s, 'a>(standings: &'s Standings<'a>) -> impl Iterator<Item = &'s Standing<'a>> {
    standings.values().filter(|standing| !standing.settled)
}

pub(super) fn standings<'a>(corpus: &'a Corpus, ledger: &'a Ledger, moves: &Moves<'a>) -> Standings<'a> {
    let ids = corpus.by_id.keys().chain(ledger.documents.keys()).map(String::as_str);
    let ids: BTreeSet<&'a str> = ids.chain([SITE_LEDGER]).collect();
    let of_id = |id: &'a str| {
        let rows = ledger.documents.get(id).map_or(&[][..], Vec::as_slice);
        (id, Standing::new(corpus, id, rows, moves))
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

/// What a document's ledger and the document hold, before they are compared.
fn held<'a>(
    corpus: &Corpus,
    id: &str,
    entry: Option<usize>,
    rows: &'a [Published],
    state: impl Fn() -> State<'a>,
) -> Held<'a> {
    let anchors = match (id, entry) {
        (SITE_LEDGER, _) => corpus.site_anchors(),
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
            Some(Provision { address, rows, last, state: state() })
        });
        (anchor, provisions.collect())
    });
    let provisions: BTreeMap<_, _> = provisions.collect();
    let mut words = FxHashMap::default();
    if let Some(entry) = entry.and_then(|at| corpus.entry(at)).filter(|_| !provisions.is_empty()) {
        let known = anchors.iter().filter(|anchor| anchor.kind.is_known_by_words());
        words.extend(known.map(|anchor| (anchor.anchor.clone(), entry.known_by(anchor))));
    }
    Held { anchors, provisions, live, words }
}

/// What became of each provision of a document, by address.
fn states<'a>(corpus: &Corpus, standings: &Standings<'a>, standing: &Standing<'a>, moves: &Moves<'a>) -> States<'a> {
    let words = Words::new(corpus, standing);
    let of_address = |(anchor, provisions): (&&'a str, &Vec<Provision<'a>>)| {
        let covered = |provision: &Provision<'a>| moves::covered(corpus, standings, provision, moves);
        let is_part = |provision: &Provision<'a>| provision.last.kind == AnchorKind::SubClause;
        let mut states: Vec<State<'a>> = provisions
            .iter()
            .map(|provision| {
                // A part of a clause that went elsewhere went with it, whatever bears its letter now.
                let part = || if is_part(provision) { covered(provision) } else { None };
                moves::explicit(provision, moves).or_else(part).map_or(State::Lost, State::Left)
            })
            .collect();
        // The last who had an address and did not leave it has it still, if anything stands there.
        let bearer = states.iter().rposition(|state| matches!(state, State::Lost));
        for (at, (state, provision)) in states.iter_mut().zip(provisions).enumerate() {
            if !matches!(state, State::Lost) {
                continue;
            }
            let live = standing.anchor(anchor).filter(|_| bearer == Some(at));
            *state = match live {
                Some(live) if words.are_those_of(live, provision, moves) => State::Stays,
                _ => {
                    // Of a part it was asked above.
                    let with_another = if is_part(provision) { None } else { covered(provision) };
                    match with_another.or_else(|| words.clause_without_its_id(provision, moves)) {
                        Some(fate) => State::Left(fate),
                        None if live.is_some() => State::Doubtful,
                        None if corpus.work_of(anchor).is_some() => State::Kept,
                        None => State::Lost,
                    }
                }
            };
        }
        (*anchor, states)
    };
    standing.held().provisions.iter().map(of_address).collect()
}

/// Which published words those of a document may be confused with.
struct Words<'s, 'a> {
    corpus: &'s Corpus,
    standing: &'s Standing<'a>,
    /// The provisions that had just these words.
    exact: FxHashMap<TextHash, Vec<&'s Provision<'a>>>,
    /// The provisions that share a hash of a sketch.
    alike: FxHashMap<u32, Vec<&'s Provision<'a>>>,
}

impl<'s, 'a> Words<'s, 'a> {
    fn new(corpus: &'s Corpus, standing: &'s Standing<'a>) -> Self {
        let mut words = Words { corpus, standing, exact: FxHashMap::default(), alike: FxHashMap::default() };
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

    /// An id that an author took away is an address of its clause all the same, as long as that stays.
    fn clause_without_its_id(&self, provision: &Provision<'a>, moves: &Moves<'a>) -> Option<Fate<'a>> {
        let (_, clause) = &provision.last.place;
        if provision.last.kind != AnchorKind::Label || self.standing.has(&provision.address.anchor) {
            return None;
        }
        let bearer = moves::bearer_in(self.standing.had(clause), provision.last.edition)?;
        let stays =
            moves::explicit(bearer, moves).is_none() && self.are_those_of(self.standing.anchor(clause)?, bearer, moves);
        let to = vec![Address::first(&provision.address.document, clause)];
        stays.then_some(Fate { row: None, kind: MoveKind::Moved, to })
    }

    /// Whether what stands at an address is the provision that was published there.
    fn are_those_of(&self, live: &Anchor, provision: &Provision<'_>, moves: &Moves<'_>) -> bool {
        let published = provision.last;
        if !published.kind.is_known_by_words() || !live.kind.is_known_by_words() {
            return published.kind == live.kind;
        }
        let Some(now) = self.standing.held().words.get(&live.anchor) else { return false };
        if now.is(published.words) || moves.affirm(&provision.address, published.words) {
            return true;
        }
        let Some(entry) = self.standing.entry.and_then(|at| self.corpus.entry(at)) else { return false };
        let sketch = published.sketch.same_way(&entry.kept_words(live));
        let own = published.sketch.likeness(&sketch);
        let is_other = |other: &&&Provision<'_>| other.last.kind == published.kind && other.last.key != published.key;
        let exact = now.all().filter_map(|hash| self.exact.get(&hash)).flatten().any(|other| is_other(&other));
        let mut near = sketch.hashes().iter().filter_map(|hash| self.alike.get(hash)).flatten().filter(is_other);
        let nearer = |other: &Provision<'_>| other.last.sketch.likeness(&sketch) > own + MUCH_MORE;
        own >= published.sketch.enough() && !exact && !near.any(|other| nearer(other))
    }
}

/// By how much more another text must be alike to raise a doubt.
const MUCH_MORE: f32 = 0.25;
