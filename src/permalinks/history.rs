//! History for pages, made from what became of each published address.
//!
//! Takes what became of each provision; gives the addresses that each page keeps, the pages that
//! only lead on, and what each edition brought.

use std::collections::{BTreeMap, BTreeSet};

use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, Standings};
use crate::corpus::anchors::{Anchor, work_of};
use crate::corpus::history::{
    ChangeKind, DocumentChanges, EditionChanges, FormerAddress, FormerPlace, History, Since, Successor, WithdrawnPage,
};
use crate::corpus::{Corpus, Entry, EntryId, Place, PlacePart, page_of_clause};
use crate::document::ledger::{Address, AnchorKind, EditionId, Ledger, MoveKind, SITE_LEDGER};
use crate::document::{ClauseId, Number, shown_from_ledger};
use crate::output::OutPath;
use crate::strings::phrase;

pub(super) fn history(corpus: &Corpus, ledger: &Ledger, standings: &Standings<'_>) -> History {
    let maker = HistoryBuilder { corpus, ledger, standings };
    let mut history = History { editions: maker.editions(), ..History::none(&corpus.entries) };
    // Of what is as it was first published there is nothing to tell.
    let is_told = |standing: &DocumentStanding<'_>| {
        !standing.settled || standing.rows.iter().any(|row| row.edition.previous().is_some())
    };
    for (id, standing) in standings.iter().filter(|(_, standing)| is_told(standing)) {
        if *id == SITE_LEDGER {
            maker.site(standing, &mut history);
        } else {
            maker.document(id, standing, &mut history);
        }
    }
    history
}

struct HistoryBuilder<'m, 'a> {
    corpus: &'m Corpus,
    ledger: &'m Ledger,
    standings: &'m Standings<'a>,
}

impl HistoryBuilder<'_, '_> {
    fn document(&self, id: &str, standing: &DocumentStanding<'_>, history: &mut History) {
        let entry = standing.entry.map(|at| (at, self.corpus.entry(at)));
        let mut pages: BTreeMap<OutPath, Vec<FormerAddress>> = BTreeMap::new();
        let mut alone: BTreeMap<OutPath, (String, Vec<FormerAddress>)> = BTreeMap::new();
        let mut kept: Vec<(FormerPlace, FormerAddress)> = Vec::new();
        for provision in standing.provisions() {
            let is_here = |page: &str| entry.is_some_and(|(_, entry)| entry.page.as_str() == page);
            if matches!(provision.state, AddressState::Stays) && provision.rows.iter().all(|row| is_here(&row.place.0))
            {
                continue;
            }
            let written: BTreeSet<&str> = provision.rows.iter().map(|row| row.place.0.as_str()).collect();
            let moved: Vec<OutPath> = written
                .iter()
                .filter_map(|page| OutPath::new(page))
                .filter(|page| entry.is_none_or(|(_, entry)| entry.page != *page))
                .collect();
            let former = match &provision.state {
                AddressState::Left(fate) => self.former(provision, fate, standing),
                // The document is where it was not: what is on it is too.
                AddressState::Stays if !moved.is_empty() => self.carried_address(id, provision),
                _ => continue,
            };
            if provision.last.kind == AnchorKind::Clause {
                for page in written {
                    if let Some(path) = self.alone(page, provision, standing) {
                        let title = self.title(id, provision);
                        alone.entry(path).or_insert((title, Vec::new())).1.push(former.clone());
                    }
                }
            }
            for page in moved {
                // On a page that is gone nothing else has the address.
                pages.entry(page).or_default().push(FormerAddress { reused: false, ..former.clone() });
            }
            if let (AddressState::Left(_), Some((_, entry))) = (&provision.state, entry) {
                let spot = self.place_of_former(entry, provision, &former);
                kept.push((spot, former));
            }
        }
        for (path, mut formers) in pages {
            formers.sort_by(|a, b| a.anchor.cmp(&b.anchor));
            let at = formers.iter().position(|former| former.anchor.is_empty());
            let whole = match at {
                Some(at) => formers.remove(at),
                None => continue,
            };
            // Another document may have its page there now.
            match self.corpus.entries.find(|entry| entry.page == path) {
                Some(at) => {
                    let formers = formers.into_iter().map(|former| (FormerPlace::End, former));
                    history.documents[at].formers.extend(formers);
                }
                None => {
                    let title = id.to_owned();
                    history.gone.push(WithdrawnPage { path, title, whole: vec![whole], formers });
                }
            }
        }
        let alone =
            alone.into_iter().map(|(path, (title, whole))| WithdrawnPage { path, title, whole, formers: Vec::new() });
        history.gone.extend(alone);
        // What became of local notes is told on the page that they are on.
        let annotated = entry.and_then(|(_, entry)| entry.resolution.annotates);
        if let Some(at) = annotated {
            history.documents[at].formers.extend(kept.drain(..).map(|(_, former)| (FormerPlace::End, former)));
        }
        if let Some((at, _)) = entry {
            let document = &mut history.documents[at];
            merge_reused(&mut kept);
            // An id that an author gave comes before the words about its clause, which are about it
            // too.
            let order = |former: &FormerAddress| {
                (former.number.clone(), former.was != AnchorKind::Label, former.anchor.clone())
            };
            kept.sort_by_cached_key(|(spot, former)| (*spot, order(former)));
            document.formers.extend(kept);
            document.lines = self.lines(standing);
        }
    }

    /// Returns the citation of a clause. The document's id replaces its short title if the document
    /// is gone.
    fn title(&self, id: &str, provision: &AddressedProvision<'_>) -> String {
        let document = self.corpus.find(id).map(|at| &self.corpus.entry(at).document);
        let short = document.map_or(id, |document| document.front.short.as_str());
        let number = &provision.last.number;
        match (document, Number::parse(number)) {
            (Some(document), Some(number)) => format!("{short}, {}", document.cited_number(&number)),
            _ => format!("{short}, {}\u{a0}{number}", self.corpus.config.unit.one),
        }
    }

    /// Returns the number that readers knew a provision by.
    fn shown_number(&self, provision: &AddressedProvision<'_>) -> String {
        let (id, number) = (&provision.address.document, &provision.last.number);
        let document = self.corpus.find(id).map(|at| &self.corpus.entry(at).document);
        document.map_or(number.clone(), |document| shown_from_ledger(document, number))
    }

    fn former(
        &self,
        provision: &AddressedProvision<'_>,
        fate: &ProvisionOutcome<'_>,
        standing: &DocumentStanding<'_>,
    ) -> FormerAddress {
        let published = provision.last;
        FormerAddress {
            anchor: provision.address.anchor.clone(),
            was: published.kind,
            number: self.shown_number(provision),
            kind: fate.kind,
            heirs: fate.to.iter().filter_map(|to| self.successor(to)).collect(),
            reason: fate.row.and_then(|row| row.reason.clone()),
            since: provision.gone().map(|edition| self.ledger.name_of(edition)),
            reused: standing.has(&provision.address.anchor),
        }
    }

    /// A provision that is where it was on a page that is not.
    fn carried_address(&self, id: &str, provision: &AddressedProvision<'_>) -> FormerAddress {
        let published = provision.last;
        FormerAddress {
            anchor: provision.address.anchor.clone(),
            was: published.kind,
            number: self.shown_number(provision),
            kind: MoveKind::Moved,
            heirs: self.successor(&Address::first(id, &provision.address.anchor)).into_iter().collect(),
            reason: None,
            since: None,
            reused: false,
        }
    }

    fn successor(&self, to: &Address) -> Option<Successor> {
        if to.document == SITE_LEDGER {
            let (page, fragment) = to.anchor.split_once('#').map_or((to.anchor.as_str(), None), |(p, f)| (p, Some(f)));
            let (citation, short) = (to.anchor.clone(), to.anchor.clone());
            let page = OutPath::new(page)?;
            return Some(Successor { page, fragment: fragment.map(str::to_owned), alone: None, citation, short });
        }
        let standing = self.standings.get(to.document.as_str())?;
        self.successor_at(standing.entry?, standing.anchor(&to.anchor)?)
    }

    fn successor_at(&self, at: EntryId, anchor: &Anchor) -> Option<Successor> {
        let entry = self.corpus.entry(at);
        let place = Place { entry: at, part: anchor.part };
        let note = |words: String| match anchor.kind {
            AnchorKind::Note => {
                self.corpus.strings.text(phrase::CitationNote { place: &words, number: &anchor.number })
            }
            _ => words,
        };
        let clause = match anchor.part {
            PlacePart::Clause(clause) => Some(&entry.document.clauses[entry.document.whole_clause(clause)]),
            _ => None,
        };
        Some(Successor {
            page: entry.page.clone(),
            fragment: Some(anchor.anchor.clone()).filter(|anchor| !anchor.is_empty()),
            alone: clause.and_then(|clause| entry.clause_page(clause)).filter(|_| self.corpus.has_clause_pages(entry)),
            citation: note(self.corpus.citation(place)),
            short: note(self.corpus.short_citation(place)),
        })
    }

    /// The path of the page that a clause had by itself, unless something has that address now.
    fn alone(
        &self,
        page: &str,
        provision: &AddressedProvision<'_>,
        standing: &DocumentStanding<'_>,
    ) -> Option<OutPath> {
        let entry = standing.entry.map(|at| self.corpus.entry(at));
        if !self.corpus.config.clause_pages || entry.is_some_and(|entry| !self.corpus.has_clause_pages(entry)) {
            return None;
        }
        // The page is there if the clause is: as the provision itself, or as another with its
        // number.
        let anchor = &provision.address.anchor;
        let is_there = entry.is_some_and(|entry| entry.page.as_str() == page)
            && standing.anchor(anchor).is_some_and(|found| found.kind == AnchorKind::Clause);
        if is_there { None } else { page_of_clause(page, anchor) }
    }

    /// Returns the place on the page where an address is kept.
    fn place_of_former(
        &self,
        entry: &Entry,
        provision: &AddressedProvision<'_>,
        former: &FormerAddress,
    ) -> FormerPlace {
        let document = &entry.document;
        let whole = |clause: ClauseId| FormerPlace::Clause(document.whole_clause(clause));
        let part_of = |anchor: &str| {
            let standing = self.standings.get(document.id.as_str())?;
            Some(standing.anchor(anchor)?.part)
        };
        if former.reused {
            return match part_of(&former.anchor) {
                Some(PlacePart::Clause(clause)) => whole(clause),
                Some(PlacePart::Section(section)) => FormerPlace::Section(section),
                _ => FormerPlace::End,
            };
        }
        let here = former.heirs.first().filter(|heir| heir.page == entry.page && former.kind != MoveKind::Withdrawn);
        if let Some(heir) = here {
            match part_of(heir.fragment.as_deref().unwrap_or_default()) {
                Some(PlacePart::Clause(clause)) => return whole(clause),
                Some(PlacePart::Section(section)) => return FormerPlace::Section(section),
                _ => {}
            }
        }
        // Numbers rise through a document: a clause that is gone was before the first that has a
        // higher one.
        let next =
            provision.number().and_then(|number| document.whole_clauses().find(|(_, clause)| clause.number > number));
        next.map_or(FormerPlace::End, |(clause, _)| FormerPlace::Before(clause))
    }

    /// Pages of terms, and the table of authorities, whose places come and go with what cites them.
    fn site(&self, standing: &DocumentStanding<'_>, history: &mut History) {
        for provision in standing.provisions() {
            let anchor = &provision.address.anchor;
            match (&provision.state, anchor.split_once('#')) {
                (AddressState::Kept, Some((_, fragment))) => {
                    let key = work_of(self.corpus, anchor);
                    history.provisions.extend(key.map(|key| (key.to_owned(), fragment.to_owned())));
                }
                (AddressState::Left(fate), None) => {
                    let former = self.former(provision, fate, standing);
                    let Some(path) = OutPath::new(anchor).filter(|_| !former.reused) else { continue };
                    let title = anchor.clone();
                    history.gone.push(WithdrawnPage { path, title, whole: vec![former], formers: Vec::new() });
                }
                _ => {}
            }
        }
    }

    /// The changes of each clause that is not as it was first published.
    fn lines(&self, standing: &DocumentStanding<'_>) -> Vec<(ClauseId, Vec<Since>)> {
        let mut lines = Vec::new();
        for anchor in standing.held().anchors.iter().filter(|anchor| anchor.kind == AnchorKind::Clause) {
            let PlacePart::Clause(clause) = anchor.part else { continue };
            let Some(provision) = standing.stays(&anchor.anchor) else { continue };
            let mut parts = Vec::new();
            let name = |edition| self.ledger.name_of(edition);
            if provision.since().previous().is_some() {
                let kind = if provision.is_at_its_first() { Since::New } else { Since::Number };
                parts.push(kind(name(provision.since())));
            }
            for pair in provision.rows.windows(2) {
                if let [before, after] = pair
                    && before.words != after.words
                    && after.kind == AnchorKind::Clause
                {
                    parts.push(Since::Reworded(name(after.edition)));
                }
            }
            if !parts.is_empty() {
                lines.push((clause, parts));
            }
        }
        lines
    }

    /// Returns each edition with its changes, the newest first. No changes are listed for the first
    /// edition, where all is new.
    fn editions(&self) -> Vec<EditionChanges> {
        let mut editions: Vec<EditionChanges> = Vec::new();
        for (at, edition) in self.ledger.editions.pairs() {
            let is_first = at.previous().is_none();
            let documents = if is_first { Vec::new() } else { self.changes(at) };
            let name = self.ledger.name_of(at);
            let note = edition.note.clone();
            editions.push(EditionChanges {
                name,
                date: edition.date,
                note,
                origin: edition.origin,
                first: is_first,
                documents,
            });
        }
        editions.reverse();
        editions
    }

    fn changes(&self, edition: EditionId) -> Vec<DocumentChanges> {
        let mut documents = Vec::new();
        let has_rows = |standing: &DocumentStanding<'_>| standing.rows.iter().any(|row| row.edition == edition);
        for (id, standing) in self.standings.iter().filter(|(_, standing)| has_rows(standing)) {
            let mut changes: BTreeMap<ChangeKind, Vec<(Option<Number>, Successor)>> = BTreeMap::new();
            for provision in standing.provisions() {
                if provision.last.kind != AnchorKind::Clause {
                    continue;
                }
                let Some(row) = provision.rows.iter().find(|row| row.edition == edition) else { continue };
                let before = provision.rows.iter().take_while(|row| row.edition < edition).last();
                let change = match before {
                    _ if row.kind == AnchorKind::Gone => match &provision.state {
                        AddressState::Left(fate) if !fate.to.is_empty() => continue,
                        _ => ChangeKind::Gone,
                    },
                    None if provision.is_at_its_first() => ChangeKind::New,
                    None => ChangeKind::Renumbered,
                    Some(before) if before.words != row.words => ChangeKind::Reworded,
                    Some(_) => continue,
                };
                let number = provision.number();
                changes
                    .entry(change)
                    .or_default()
                    .extend(self.as_listed(provision, standing).map(|heir| (number, heir)));
            }
            if changes.is_empty() {
                continue;
            }
            let entry = standing.entry.map(|at| self.corpus.entry(at));
            let short = entry.map_or_else(|| (*id).to_owned(), |entry| entry.document.front.short.clone());
            let sorted = changes.into_iter().map(|(change, mut clauses)| {
                clauses.sort_by(|(a, _), (b, _)| a.cmp(b));
                (change, clauses.into_iter().map(|(_, heir)| heir).collect())
            });
            let document = (short, entry.map(|entry| entry.page.clone()));
            documents.push(DocumentChanges { document, changes: sorted.collect() });
        }
        documents
    }

    /// A clause in a list of changes: by the address that it had then, which leads to what it is
    /// now.
    fn as_listed(&self, provision: &AddressedProvision<'_>, standing: &DocumentStanding<'_>) -> Option<Successor> {
        let page = match standing.entry.map(|at| self.corpus.entry(at)) {
            Some(entry) => entry.page.clone(),
            None => OutPath::new(&provision.last.place.0)?,
        };
        let (fragment, short) = (Some(provision.address.anchor.clone()), self.shown_number(provision));
        Some(Successor { page, fragment, alone: None, citation: short.clone(), short })
    }
}

/// Moves each address that several provisions had one after another, and none has now, to the end
/// of the page: the page has the address once, and says there what became of each provision.
fn merge_reused(kept: &mut [(FormerPlace, FormerAddress)]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for (_, former) in kept.iter().filter(|(_, former)| !former.reused) {
        *count.entry(former.anchor.clone()).or_default() += 1;
    }
    for (spot, former) in kept.iter_mut().filter(|(_, former)| !former.reused) {
        if count.get(&former.anchor).is_some_and(|count| *count > 1) {
            *spot = FormerPlace::End;
        }
    }
}
