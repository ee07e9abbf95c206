//! The check against the ledger: that every address that was published is still what it was, or that `moves.toml` says what
//! became of it.
//!
//! Takes the resolved site and the ledger; gives the history of each document, and every address that is lost, that something
//! else bears now, or that is explained although nothing happened to it. Likeness only proposes: what became of a clause is for
//! a person to say.

mod fates;
mod history;
mod notes;
mod proposals;
mod rows;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::Corpus;
use crate::corpus::anchors::Anchor;
use crate::corpus::history::History;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Number;
use crate::document::ledger::{
    Address, AnchorKind, Apart, KnownBy, Ledger, MoveKind, Published, SITE_LEDGER, TextHash, lead,
};
use fates::{Fate, Moves};
pub use rows::with_edition;

/// A provision at one of the addresses that it has had.
#[derive(Debug)]
struct Provision<'a> {
    address: Address,
    /// Its rows for this address, the oldest first.
    rows: Vec<&'a Published>,
    /// The last of them that is not of the kind `gone`.
    last: &'a Published,
    state: State<'a>,
}

impl Provision<'_> {
    /// The edition in which it was first published at this address.
    fn since(&self) -> usize {
        self.rows.first().map_or(0, |row| row.edition)
    }

    /// The edition in which the address was given up.
    fn gone(&self) -> Option<usize> {
        self.rows.last().filter(|row| row.kind == AnchorKind::Gone).map(|row| row.edition)
    }

    /// Whether this is the first address that it had.
    fn is_at_its_first(&self) -> bool {
        self.last.key == Address::key(&self.address.anchor, self.address.nth)
    }

    /// Its number, by which it is put in order.
    fn number(&self) -> Option<Number> {
        Number::parse(self.last.number.trim_start_matches('¶'))
    }
}

/// What the site has at the address of a provision.
#[derive(Debug)]
enum State<'a> {
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
type States<'a> = Vec<(&'a str, Vec<State<'a>>)>;

/// What the ledger and the site have of one document.
struct Standing<'a> {
    corpus: &'a Corpus,
    id: &'a str,
    entry: Option<usize>,
    rows: &'a [Published],
    /// Whether the document is, byte for byte, the one that was published last, nothing of it had been given up, and no two
    /// branches had published different things at one address of it.
    settled: bool,
    /// Of a settled document it is looked for only if another needs it.
    held: OnceLock<Held<'a>>,
}

/// The addresses of a document, as they were published and as they are.
#[derive(Debug)]
struct Held<'a> {
    anchors: Vec<Anchor>,
    /// By address, those who had it one after another.
    provisions: BTreeMap<&'a str, Vec<Provision<'a>>>,
    /// By address, the index into `anchors`.
    live: FxHashMap<String, usize>,
    /// By address, the hashes of the words there now, if anything was published of the document.
    words: FxHashMap<String, KnownBy>,
}

impl Held<'_> {
    /// Whether the words at an address are those with this hash.
    fn has_words(&self, anchor: &str, published: TextHash) -> bool {
        self.words.get(anchor).is_some_and(|now| now.is(published))
    }
}

impl<'a> Standing<'a> {
    fn new(corpus: &'a Corpus, id: &'a str, rows: &'a [Published], moves: &Moves<'a>) -> Self {
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

    fn held(&self) -> &Held<'a> {
        self.held.get_or_init(|| {
            let state = || if self.settled { State::Stays } else { State::Lost };
            held(self.corpus, self.id, self.entry, self.rows, state)
        })
    }

    fn anchor(&self, anchor: &str) -> Option<&Anchor> {
        self.held().anchors.get(*self.held().live.get(anchor)?)
    }

    /// Whether the site has an address.
    fn has(&self, anchor: &str) -> bool {
        self.held().live.contains_key(anchor)
    }

    /// Every provision of the document at each address that it has had, in the order of addresses.
    fn provisions(&self) -> impl Iterator<Item = &Provision<'a>> {
        self.held().provisions.values().flatten()
    }

    /// Those that had an address, one after another.
    fn had(&self, anchor: &str) -> &[Provision<'a>] {
        self.held().provisions.get(anchor).map_or(&[], Vec::as_slice)
    }

    /// The one that had an address and has it still.
    fn stays(&self, anchor: &str) -> Option<&Provision<'a>> {
        self.had(anchor).iter().find(|provision| matches!(provision.state, State::Stays))
    }

    /// Whether what has an address had no part in it when it was published last.
    fn is_new(&self, anchor: &str) -> bool {
        self.has(anchor) && self.bearer(anchor) > self.had(anchor).len()
    }

    /// Which of the provisions that had an address has it now; one more than there were if it is new there.
    fn bearer(&self, anchor: &str) -> usize {
        let had = self.had(anchor);
        let stays = had.iter().rev().find(|provision| !matches!(provision.state, State::Left(_)));
        stays.map_or(had.len() + 1, |provision| provision.address.nth)
    }
}

/// All documents that the site has or that were published, by id.
type Standings<'a> = BTreeMap<&'a str, Standing<'a>>;

/// Those that are not as they were published last.
fn changed<'s, 'a>(standings: &'s Standings<'a>) -> impl Iterator<Item = &'s Standing<'a>> {
    standings.values().filter(|standing| !standing.settled)
}

/// Compares the site with its ledger; nothing is compared if nothing was published yet.
pub fn check(corpus: &Corpus, ledger: &Ledger, faults: &mut Vec<Diagnostic>) -> History {
    let moves = Moves::new(&ledger.moves, faults);
    if ledger.documents.is_empty() {
        notes::check(corpus, ledger, &BTreeMap::new(), faults);
        moves.report_unpublished(&BTreeMap::new(), faults);
        return History::default();
    }
    let had_pages = ledger.editions.iter().find(|edition| edition.clause_pages);
    if let Some(edition) = had_pages.filter(|_| !corpus.config.clause_pages) {
        let message = format!("edition {} had a page for each clause by itself", edition.name);
        let fault = Diagnostic::new(Code::LostPermalink, edition.span, message);
        faults.push(fault.help("take `clause-pages = false` out of site.toml: old links lead to those pages"));
    }
    let standings = standings(corpus, ledger, &moves);
    proposals::report(corpus, ledger, &standings, faults);
    moves.report_unpublished(&standings, faults);
    moves.check_targets(&standings, faults);
    moves.check_likeness(corpus, &standings, faults);
    changed_targets(corpus, &standings, &ledger.apart, faults);
    notes::check(corpus, ledger, &standings, faults);
    history::history(corpus, ledger, &standings)
}

fn standings<'a>(corpus: &'a Corpus, ledger: &'a Ledger, moves: &Moves<'a>) -> Standings<'a> {
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
        let covered = |provision: &Provision<'a>| fates::covered(corpus, standings, provision, moves);
        let is_part = |provision: &Provision<'a>| provision.last.kind == AnchorKind::SubClause;
        let mut states: Vec<State<'a>> = provisions
            .iter()
            .map(|provision| {
                // A part of a clause that went elsewhere went with it, whatever bears its letter now.
                let part = || if is_part(provision) { covered(provision) } else { None };
                fates::explicit(provision, moves).or_else(part).map_or(State::Lost, State::Left)
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
        let bearer = fates::bearer_in(self.standing.had(clause), provision.last.edition)?;
        let stays =
            fates::explicit(bearer, moves).is_none() && self.are_those_of(self.standing.anchor(clause)?, bearer, moves);
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

/// Mentions that led to a provision when they were published and would lead to another now, without a word changed.
///
/// What bears an address now may be new there since the last edition. Or it had it first in an edition of another branch,
/// which the edition of the mention did not know.
fn changed_targets(corpus: &Corpus, standings: &Standings<'_>, apart: &Apart, faults: &mut Vec<Diagnostic>) {
    let reused: Vec<(&str, &str)> = changed(standings)
        .flat_map(|standing| {
            let addresses = standing.held().provisions.keys().filter(|anchor| standing.is_new(anchor));
            addresses.map(|anchor| (standing.id, *anchor))
        })
        .collect();
    if reused.is_empty() && apart.is_empty() {
        return;
    }
    let came_apart = |(document, anchor): (&str, &str), edition: usize| {
        let stays = standings.get(document).and_then(|standing| Some((standing.had(anchor), standing.stays(anchor)?)));
        stays.is_some_and(|(had, stays)| had.len() > 1 && apart.are(stays.since(), edition))
    };
    // What bears an address now, with the addresses under which it was published: who mentioned it there has followed it.
    let mut followed: HashMap<(&str, &str), Vec<u16>> = HashMap::new();
    for provision in changed(standings).flat_map(Standing::provisions) {
        let State::Left(fate) = &provision.state else { continue };
        let Address { document, anchor, .. } = &provision.address;
        for to in &fate.to {
            let places = followed.entry((&to.document, &to.anchor)).or_default();
            places.push(lead(&format!("{document}#{anchor}")));
        }
    }
    for standing in standings.values() {
        let Some(entry) = standing.entry.and_then(|at| corpus.entry(at)) else { continue };
        for provision in standing.provisions() {
            let fate = matches!(provision.state, State::Stays | State::Left(_));
            let lives = match &provision.state {
                State::Left(Fate { to, .. }) => to.first().map(|to| to.anchor.as_str()),
                _ => Some(provision.address.anchor.as_str()),
            };
            let whole = matches!(provision.last.kind, AnchorKind::Clause | AnchorKind::Note);
            let Some(anchor) = lives.filter(|_| fate && whole).and_then(|anchor| standing.anchor(anchor)) else {
                continue;
            };
            for (reference, place) in entry.leads(anchor) {
                let Some(to) = corpus.entry(place.entry) else { continue };
                let address = corpus.address(place).and_then(|(_, fragment)| fragment).unwrap_or_default();
                let document = to.document.id.as_str();
                let published = provision.last.leads.contains(&lead(&format!("{document}#{address}")));
                let place_now = (document, address.as_str());
                let followed = followed.get(&place_now).into_iter().flatten();
                let has_followed = followed.into_iter().any(|place| provision.last.leads.contains(place));
                let is_another = reused.contains(&place_now) || came_apart(place_now, provision.last.edition);
                if !published || has_followed || !is_another {
                    continue;
                }
                let Some(reference) = entry.document.references.get(reference) else { continue };
                let message = format!(
                    "`{}` led to another clause when it was published: {} bears its number now",
                    reference.written, address
                );
                let clause = corpus.url(place);
                let moved = standings.get(document).map_or(&[][..], |standing| standing.had(&address));
                let mut now = moved.iter().filter_map(|provision| match &provision.state {
                    State::Left(fate) => fate.to.first(),
                    _ => None,
                });
                let help = match now.next_back() {
                    Some(now) => format!(
                        "write `[[{now}]]` for the clause that was meant; if {clause} is meant, give the mention words of its own: `[[{address}|…]]`"
                    ),
                    None => {
                        "the clause that was meant is no longer there: take the mention out or reword it".to_owned()
                    }
                };
                faults.push(Diagnostic::new(Code::ChangedTarget, reference.span, message).help(help));
            }
        }
    }
}
