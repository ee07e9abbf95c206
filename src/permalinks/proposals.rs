//! Reports and proposals for an address that is lost or that something else has.
//!
//! Takes what the ledger and the site have; gives a diagnostic for each, with what is most like it
//! now and a row for `moves.toml` to paste. Only proposes: it decides nothing.

use std::collections::{BTreeSet, HashMap};

use super::provision::{AddressState, AddressedProvision, DocumentStanding, Standings, changed};
use crate::corpus::anchors::Anchor;
use crate::corpus::{Corpus, Entry};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::document::ledger::{Address, AnchorKind, Ledger, MoveKind, Sketch};

/// Number of words from the start of a clause that a message quotes, to show which clause it is.
const SHOWN_WORDS: usize = 10;

/// Something on the site that no published address stands for.
struct Candidate<'a> {
    document: &'a str,
    anchor: &'a Anchor,
    entry: &'a Entry,
    /// Sketches of the words, as of a short text and as of a long one: either may be compared with
    /// what was published.
    sketches: [Sketch; 2],
}

/// Reports every address that is lost or that something else has.
pub(super) fn report(corpus: &Corpus, ledger: &Ledger, standings: &Standings<'_>, faults: &mut Vec<Diagnostic>) {
    let sound = |provision: &&AddressedProvision<'_>| {
        matches!(provision.state, AddressState::Stays | AddressState::Kept | AddressState::Left(_))
    };
    if changed(standings).flat_map(DocumentStanding::provisions).all(|provision| sound(&provision)) {
        return;
    }
    let candidates = Candidates::new(corpus, standings);
    for standing in changed(standings) {
        let page = standing.provisions_at("").last();
        if let Some(page) = page.filter(|page| matches!(page.state, AddressState::Lost)) {
            faults.push(candidates.lost_document(page, standing, ledger));
            continue;
        }
        for provision in standing.provisions() {
            match provision.state {
                AddressState::Lost if !is_consequence(standing, provision) => {
                    faults.push(candidates.lost(provision, standing, ledger));
                }
                AddressState::Doubtful => faults.extend(candidates.reused(provision, standing, ledger)),
                _ => {}
            }
        }
    }
}

/// Whether what a provision was in is lost itself: one row may speak for both.
fn is_consequence(standing: &DocumentStanding<'_>, provision: &AddressedProvision<'_>) -> bool {
    let within = provision.last.place.1.as_str();
    let above = standing.provisions_at(within).last();
    let is_part = matches!(provision.last.kind, AnchorKind::SubClause | AnchorKind::Label | AnchorKind::Note);
    is_part && above.is_some_and(|above| matches!(above.state, AddressState::Lost | AddressState::Doubtful))
}

struct Candidates<'a> {
    all: Vec<Candidate<'a>>,
    by_hash: HashMap<u32, Vec<usize>>,
}

impl<'a> Candidates<'a> {
    fn new(corpus: &'a Corpus, standings: &'a Standings<'_>) -> Self {
        let mut candidates = Candidates { all: Vec::new(), by_hash: HashMap::new() };
        // All addresses of a settled document are spoken for.
        for standing in changed(standings) {
            let Some(entry) = standing.entry.map(|at| corpus.entry(at)) else { continue };
            let kinds = [AnchorKind::Clause, AnchorKind::SubClause, AnchorKind::Note];
            let free = standing.held().anchors.iter().filter(|anchor| standing.stays(&anchor.anchor).is_none());
            for anchor in free.filter(|anchor| kinds.contains(&anchor.kind)) {
                let words = entry.kept_words(anchor);
                let sketches = Sketch::short_and_long(&words);
                let at = candidates.all.len();
                let hashes: BTreeSet<u32> = sketches.iter().flat_map(Sketch::hashes).copied().collect();
                hashes.into_iter().for_each(|hash| candidates.by_hash.entry(hash).or_default().push(at));
                candidates.all.push(Candidate { document: standing.id, anchor, entry, sketches });
            }
        }
        candidates
    }

    /// Finds the candidate that is most like a provision; nothing if none is like enough.
    fn nearest(&self, provision: &AddressedProvision<'_>) -> Option<&Candidate<'a>> {
        let published = provision.last;
        let kind = if published.kind == AnchorKind::Label { AnchorKind::Clause } else { published.kind };
        let found = published.sketch.hashes().iter().filter_map(|hash| self.by_hash.get(hash)).flatten();
        let found: BTreeSet<usize> = found.copied().collect();
        let likeness = |candidate: &Candidate<'_>| {
            candidate.sketches.iter().map(|sketch| published.sketch.likeness(sketch)).fold(0.0, f32::max)
        };
        let same_document = |candidate: &Candidate<'_>| candidate.document == provision.address.document;
        found
            .into_iter()
            .filter_map(|at| self.all.get(at))
            .filter(|candidate| candidate.anchor.kind == kind)
            .map(|candidate| (likeness(candidate), candidate))
            .filter(|(likeness, _)| *likeness >= published.sketch.least_share())
            .max_by(|(a, one), (b, two)| a.total_cmp(b).then(same_document(one).cmp(&same_document(two))))
            .map(|(_, candidate)| candidate)
    }

    fn lost(&self, provision: &AddressedProvision<'_>, standing: &DocumentStanding<'_>, ledger: &Ledger) -> Diagnostic {
        let address = &provision.address;
        let message = format!(
            "`{address}` {}was published in edition {} and is no longer there",
            quoted_fragment(provision),
            edition(ledger, provision)
        );
        let fault = Diagnostic::new(Code::LostPermalink, provision.last.span, message);
        match self.nearest(provision) {
            None if !provision.last.kind.is_known_by_words() => {
                let free = standing.held().anchors.iter().filter(|anchor| {
                    anchor.kind == provision.last.kind && standing.provisions_at(&anchor.anchor).is_empty()
                });
                match diagnostic::nearest(&address.anchor, free.map(|anchor| anchor.anchor.as_str())) {
                    Some(near) => fault.help(format!(
                        "`#{near}` is new and most like it; if it is that, add to permalinks/moves.toml:\n{}",
                        pasted(MoveKind::Moved, address, Some(&Address::first(&address.document, near)), None)
                    )),
                    None => fault.help(withdrawn(address)),
                }
            }
            Some(found) => fault.label(found.anchor.span, "this is most like it").help(format!(
                "if {} took it over, add to permalinks/moves.toml:\n{}",
                found.shown(),
                found.row(provision)
            )),
            None => fault.help(withdrawn(address)),
        }
    }

    fn reused(
        &self,
        provision: &AddressedProvision<'_>,
        standing: &DocumentStanding<'_>,
        ledger: &Ledger,
    ) -> Option<Diagnostic> {
        let address = &provision.address;
        let live = standing.anchor(&address.anchor)?;
        let opening = self
            .all
            .iter()
            .find(|candidate| candidate.document == address.document && candidate.anchor.anchor == address.anchor)
            .map(|candidate| format!(": “{}”", candidate.opening()));
        let message = format!(
            "what was published as `{address}` in edition {} is not like what is there now{}",
            edition(ledger, provision),
            opening.unwrap_or_default()
        );
        let fault =
            Diagnostic::new(Code::ReusedPermalink, live.span, message).label(provision.last.span, "what was published");
        let reworded = pasted(MoveKind::Reworded, address, None, Some(provision));
        let help = match self
            .nearest(provision)
            .filter(|found| found.anchor.anchor != address.anchor || found.document != address.document)
        {
            Some(found) => format!(
                "what was published is most like {}: if it is that, add to permalinks/moves.toml:\n{}\nif it is still the same provision, reworded, add:\n{reworded}",
                found.shown(),
                found.row(provision)
            ),
            None => format!(
                "if it is still the same provision, reworded, add to permalinks/moves.toml:\n{reworded}\nif it was withdrawn and its number used again, add:\n{}",
                pasted(MoveKind::Withdrawn, address, None, None)
            ),
        };
        Some(fault.help(help))
    }

    /// A document that is gone needs one row for all that is elsewhere under the same number.
    fn lost_document(
        &self,
        page: &AddressedProvision<'_>,
        standing: &DocumentStanding<'_>,
        ledger: &Ledger,
    ) -> Diagnostic {
        let message = format!(
            "the document `{}` was published in edition {} and is no longer there, with {} addresses on it",
            standing.id,
            edition(ledger, page),
            standing.held().provisions.len() - 1
        );
        let fault = Diagnostic::new(Code::LostPermalink, page.last.span, message);
        let mut votes: HashMap<&str, usize> = HashMap::new();
        for provision in standing.provisions() {
            if let Some(found) = self.nearest(provision) {
                *votes.entry(found.document).or_default() += 1;
            }
        }
        let heir = votes.into_iter().max_by(|(a, most), (b, more)| most.cmp(more).then(b.cmp(a))).map(|(heir, _)| heir);
        match heir {
            Some(heir) => fault.help(format!(
                "`{heir}` is most like it: if it has another name now, add to permalinks/moves.toml:\n{}",
                pasted(MoveKind::Moved, &page.address, Some(&Address::first(heir, "")), None)
            )),
            None => fault.help(withdrawn(&page.address)),
        }
    }
}

impl Candidate<'_> {
    fn opening(&self) -> String {
        let words =
            self.anchor.body.as_ref().map(|body| self.entry.opening_words(body, SHOWN_WORDS + 1)).unwrap_or_default();
        let shown: Vec<&str> = words.split(' ').take(SHOWN_WORDS).collect();
        let more = if words.split(' ').nth(SHOWN_WORDS).is_some() { " …" } else { "" };
        format!("{}{more}", shown.join(" "))
    }

    fn shown(&self) -> String {
        format!("`{}`, “{}”,", Address::first(self.document, &self.anchor.anchor), self.opening())
    }

    fn row(&self, provision: &AddressedProvision<'_>) -> String {
        let here = self.document == provision.address.document;
        let kind = if here { MoveKind::Renumbered } else { MoveKind::Moved };
        pasted(kind, &provision.address, Some(&Address::first(self.document, &self.anchor.anchor)), None)
    }
}

fn withdrawn(address: &Address) -> String {
    let row = pasted(MoveKind::Withdrawn, address, None, None);
    format!("nothing new on the site is like it; if it was withdrawn, add to permalinks/moves.toml:\n{row}")
}

fn edition<'l>(ledger: &'l Ledger, provision: &AddressedProvision<'_>) -> &'l str {
    &ledger.editions[provision.last.edition].name
}

/// A row to paste, but for its reason.
fn pasted(kind: MoveKind, from: &Address, to: Option<&Address>, was: Option<&AddressedProvision<'_>>) -> String {
    kind.row(from, to, was.map(|was| was.last.words), "…")
}

/// Formats the fragment that a provision was in, in brackets for a message; empty if it was in
/// none.
fn quoted_fragment(provision: &AddressedProvision<'_>) -> String {
    match provision.last.place.1.as_str() {
        "" => String::new(),
        within => format!("(in `#{within}`) "),
    }
}
