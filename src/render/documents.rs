//! The views of the home page, documents, packs and single clauses.
//!
//! Takes the resolved site; gives each document's order as a template prints it, with the notes that stand on the page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::html::PageState;
use super::notes::{lead_back, ways_back};
use super::page::Builder;
use super::previews::{self, first_words};
use super::square::square;
use super::structured;
use super::view::{self, Html, Link};
use crate::corpus::history::Spot;
use crate::corpus::{Entry, Goal, Other, Place, PlacePart, Role};
use crate::document::{Clause, Item};
use crate::law::Provision;
use crate::output::AUTHORITIES_PAGE;

/// The most words of a clause that stays whole on paper.
const WHOLE_WORDS: usize = 120;

/// How many words of a clause describe its page.
const DESCRIPTION_WORDS: usize = 25;

impl Builder<'_> {
    pub(super) fn home(&self, at: Option<usize>) -> view::HomePage {
        let mut groups = Vec::new();
        let mut shown = BTreeSet::new();
        for group in &self.corpus.config.navigation {
            let found: Vec<usize> = group.items.iter().filter_map(|item| self.corpus.find(&item.value)).collect();
            shown.extend(found.iter().copied());
            let documents =
                found.iter().filter_map(|at| self.corpus.entry(*at)).map(|entry| self.card(entry)).collect();
            groups.push(view::Group { title: group.title.clone(), documents });
        }
        let in_publication: BTreeSet<usize> =
            self.corpus.entries.iter().flat_map(|entry| entry.resolution.files.iter().skip(1).copied()).collect();
        let others = self.corpus.papers().filter(|(at, _)| !shown.contains(at) && !in_publication.contains(at));
        let documents: Vec<view::Card> = others.map(|(_, entry)| self.card(entry)).collect();
        if !documents.is_empty() {
            let title = if groups.is_empty() { "Documents" } else { "More documents" };
            groups.push(view::Group { title: title.to_owned(), documents });
        }
        let (items, notes) = at.map(|at| self.body(at)).unwrap_or_default();
        let shell = self.shell(&[]);
        let link = |wanted: &str| {
            let found = shell.navigation.iter().find(|link| link.words == wanted)?;
            Some(Link { words: found.words.clone(), url: found.url.clone() })
        };
        let (authorities, glossary) = (link("The law"), link("Words"));
        let taxonomies = (0..self.corpus.config.taxonomies.len()).map(|at| self.taxonomy(at)).collect();
        view::HomePage { shell, items, notes, groups, taxonomies, authorities, glossary }
    }

    /// What a document is made of, in its order, and its notes.
    pub(super) fn body(&self, at: usize) -> (Vec<view::Item>, Vec<view::Note>) {
        let Some(entry) = self.corpus.entry(at) else { return Default::default() };
        let document = &entry.document;
        let mut state = self.state(entry.role == Role::Pack);
        let mut written = BTreeSet::new();
        let mut items = Vec::new();
        let facilitators = facilitators_sections(entry);
        let mut order = document.items.iter().peekable();
        while let Some(item) = order.next() {
            match item {
                Item::Heading(section) => {
                    let Some(heading) = document.sections.get(*section) else { continue };
                    let referrers = entry.resolution.section_referrers.get(*section).into_iter().flatten();
                    let facilitator = facilitators.contains(section);
                    items.push(view::Item::Heading {
                        level: heading.level,
                        id: state.here(&heading.anchor),
                        html: Html::new(&state.words_for(facilitator, at, &heading.heading)),
                        referred_by: self.place_links(Some(at), referrers),
                        formers: self.formers(at, Spot::Section(*section)),
                        facilitator,
                    });
                }
                Item::Clause(clause) => {
                    let before = self.formers(at, Spot::Before(*clause));
                    if !before.is_empty() {
                        items.push(view::Item::Gone { formers: before });
                    }
                    items.extend(self.clause(&mut state, at, *clause).map(view::Item::Clause));
                }
                Item::Block(range) => {
                    // Paragraphs and lists that follow one another are one block of words.
                    let mut whole = range.clone();
                    while let Some(Item::Block(next)) = order.next_if(|next| matches!(next, Item::Block(_))) {
                        whole.end = next.end;
                    }
                    let html = state.words_for(entry.role == Role::Pack, at, &whole);
                    items.push(view::Item::Block { html: Html::new(&html) });
                }
                Item::DrawIn(reference) => {
                    items.extend(self.drawn(&mut state, entry, *reference, &mut written));
                }
            }
        }
        let end = self.formers(at, Spot::End);
        if !end.is_empty() {
            items.push(view::Item::Gone { formers: end });
        }
        let mut notes = self.notes(&mut state, &mut written, at);
        notes.extend(entry.resolution.notes.into_iter().flat_map(|local| self.notes(&mut state, &mut written, local)));
        let back = ways_back(&state);
        lead_back(&mut notes, &back);
        for item in &mut items {
            if let view::Item::Drawn { notes, .. } = item {
                lead_back(notes, &back);
            }
        }
        (items, notes)
    }

    pub(super) fn document(&self, at: usize) -> Option<view::DocumentPage> {
        let entry = self.corpus.entry(at)?;
        let document = &entry.document;
        let (items, notes) = self.body(at);
        let front = &document.front;
        let terms = entry.resolution.document_terms.iter().filter_map(|term| self.term(*term)).collect();
        let (previous, next) = self.neighbours(at);
        let shell = match self.publication(entry) {
            Some(publication) => self.shell(&[&front.title, &publication.words]),
            None => self.shell(&[&front.title]),
        };
        let files = entry.resolution.files.iter().skip(1).filter_map(|file| self.title_link(*file));
        Some(view::DocumentPage {
            shell: view::Shell { description: self.in_a_sentence(entry), ..shell },
            document: self.card(entry),
            structured: structured::report(self.corpus, entry),
            source: self.source(entry),
            relations: self.relations(at),
            terms,
            referred_by: self.place_links(None, &entry.resolution.referrers),
            contents: self.contents(entry),
            items,
            notes_for_facilitator: !notes.is_empty() && notes.iter().all(|note| note.facilitator),
            notes,
            previous,
            next,
            files: files.collect(),
            cited: self.cited(at),
            cited_for_participants: self.cited_for_participants(at),
            map: (entry.role == Role::Map).then(|| self.map()),
            previews: previews::address(self.corpus, entry).map(|path| self.page.link_to(&path)),
            square: self.square().filter(|_| entry.role == Role::Pack),
        })
    }

    /// The page's own address as a QR code, if it has one that leads here from anywhere.
    fn square(&self) -> Option<Html> {
        square(&format!("{}{}", self.corpus.config.base_url.as_deref()?, self.page))
    }

    /// The page about this copy, with the author's own words if there are any.
    pub(super) fn about(&self, at: Option<usize>) -> view::AboutPage {
        let entry = at.and_then(|at| self.corpus.entry(at));
        let title = entry.map_or("About this copy", |entry| &entry.document.front.title).to_owned();
        let (items, notes) = at.map(|at| self.body(at)).unwrap_or_default();
        let contents = entry.map(|entry| self.contents(entry)).unwrap_or_default();
        view::AboutPage { shell: self.shell(&[&title]), title, contents, items, notes }
    }

    pub(super) fn source(&self, entry: &Entry) -> Option<view::Source> {
        let source = entry.document.front.source.as_ref()?;
        Some(view::Source { title: source.title.clone(), url: self.elsewhere(source.url.clone()) })
    }

    /// A link to a document by its full title.
    pub(super) fn title_link(&self, at: usize) -> Option<Link> {
        let entry = self.corpus.entry(at)?;
        Some(Link { words: entry.document.front.title.clone(), url: self.link_to(&entry.page) })
    }

    /// Of a publication in several files: the file before and the file after.
    pub(super) fn neighbours(&self, at: usize) -> (Option<Link>, Option<Link>) {
        let first = self.corpus.entry(at).and_then(|entry| entry.resolution.publication);
        let Some(first) = first.and_then(|first| self.corpus.entry(first)) else { return (None, None) };
        let files = &first.resolution.files;
        let place = files.iter().position(|file| *file == at).unwrap_or(0);
        let link = |index: Option<usize>| self.title_link(*files.get(index?)?);
        (link(place.checked_sub(1)), link(place.checked_add(1)))
    }

    pub(super) fn relations(&self, at: usize) -> Vec<view::RelationLine> {
        let relations = self.corpus.entry(at).map_or(&[][..], |entry| entry.resolution.relations.as_slice());
        let lines = relations.iter().filter_map(|(relation, other)| {
            let words = relation.words().to_owned();
            Some(match other {
                Other::Held(other) => {
                    let changes = self.changes_between(at, *relation, *other);
                    let other = self.corpus.entry(*other)?;
                    let title = other.document.front.title.clone();
                    let url = Some(self.link_to(&other.page)).filter(|url| !url.is_empty());
                    view::RelationLine { words, title, url, changes }
                }
                Other::NotHeld(title) => view::RelationLine { words, title: title.clone(), url: None, changes: None },
            })
        });
        lines.collect()
    }

    pub(super) fn clause(&self, state: &mut PageState<'_>, at: usize, index: usize) -> Option<view::Clause> {
        let entry = self.corpus.entry(at)?;
        let clause = entry.document.clauses.get(index)?;
        let parts = own_parts(entry, index);
        let referrers = parts.iter().filter_map(|part| entry.resolution.clause_referrers.get(*part)).flatten();
        let referrers: Vec<&Place> = referrers
            .filter(|place| place.entry != at || !matches!(place.part, PlacePart::Clause(c) if parts.contains(&c)))
            .collect();
        let terms = entry.resolution.terms.get(index).into_iter().flatten();
        let page = self.corpus.has_clause_pages(entry) && !self.medium.is_single();
        Some(view::Clause {
            id: state.here(&entry.document.clause_anchor(clause)),
            number: entry.document.shown_number(&clause.number),
            label: clause.label.as_ref().map(|label| state.here(label)),
            html: Html::new(&state.words(at, &clause.body, true)),
            long: entry.plain_text(&clause.body).bytes().filter(|byte| *byte == b' ').count() >= WHOLE_WORDS,
            terms: terms.filter_map(|term| self.term(*term)).collect(),
            relations: self.clause_relations(state, at, index),
            history: self.history(at, index),
            citations: self.citations(state, entry, &clause.body),
            referred_by: self.place_links(Some(at), referrers),
            url: state.url(Place { entry: at, part: PlacePart::Clause(index) }),
            page: entry.clause_page(clause).filter(|_| page).map(|page| self.page.link_to(&page)),
            formers: self.formers(at, Spot::Clause(index)),
            since: self.line(at, index),
            local: self.local_note(state, entry, index),
        })
    }

    /// What a clause is to clauses of other documents, by kind.
    fn clause_relations(&self, state: &PageState<'_>, at: usize, index: usize) -> Vec<view::ClauseRelations> {
        let relations = self.corpus.entry(at).and_then(|entry| entry.resolution.clause_relations.get(index));
        let mut found: Vec<view::ClauseRelations> = Vec::new();
        for (kind, place) in relations.into_iter().flatten() {
            let link = Link { words: self.corpus.citation_from(at, *place), url: state.url(*place) };
            match found.last_mut() {
                Some(last) if last.words == kind.words() => last.links.push(link),
                _ => found.push(view::ClauseRelations { words: kind.words().to_owned(), links: vec![link] }),
            }
        }
        found
    }

    /// What a clause cites, each place in each work once.
    fn citations(&self, state: &PageState<'_>, entry: &Entry, body: &Range<usize>) -> Vec<view::Citation> {
        let mut citations: Vec<view::Citation> = Vec::new();
        let page = AUTHORITIES_PAGE.path();
        for reference in entry.references_in(body) {
            let target = entry.resolution.targets.get(reference).map(|target| &target.to);
            let Some(Goal::Authority(at, provisions)) = target else { continue };
            let Some(cited) = self.corpus.authorities.get(*at) else { continue };
            let authority = &cited.authority;
            let mut add = |provision: Option<&Provision>| {
                let law = authority.work.is_some();
                let day = entry.document.front.published.filter(|_| law);
                let address = |day| authority.cited_address(provision, day);
                let id = provision.filter(|provision| cited.has_row(provision)).map_or_else(
                    || authority.key.clone(),
                    |provision| format!("{}-{}", authority.key, provision.slug()),
                );
                let citation = view::Citation {
                    words: match provision {
                        Some(provision) => format!("{}, {}", authority.title, provision.shown()),
                        None => authority.title.clone(),
                    },
                    url: state.join(&page, Some(&id)),
                    now: self.elsewhere(address(None).filter(|_| law)),
                    then: day.and_then(|day| {
                        let url = self.elsewhere(address(Some(day)))?;
                        Some(Link { words: format!("as at {}", day.last_day().in_words()), url })
                    }),
                };
                if !citations.contains(&citation) {
                    citations.push(citation);
                }
            };
            if provisions.is_empty() {
                add(None);
            }
            provisions.iter().for_each(|provision| add(Some(provision)));
        }
        citations
    }

    /// The clauses that a pack draws in at one place.
    pub(super) fn drawn(
        &self,
        state: &mut PageState<'_>,
        pack: &Entry,
        reference: usize,
        written: &mut BTreeSet<(usize, usize)>,
    ) -> Vec<view::Item> {
        let Some((at, whole)) = self.corpus.drawn_in(pack, reference) else { return Vec::new() };
        let Some(entry) = self.corpus.entry(at) else { return Vec::new() };
        let drawn = whole.into_iter().filter_map(|index| {
            let mut clause = self.clause(state, at, index)?;
            // On a page with clauses of several documents a number alone is no address.
            let anchor = entry.document.clauses.get(index).map(|clause| entry.document.clause_anchor(clause))?;
            clause.id = state.here(&format!("{}-{anchor}", entry.document.id));
            if !state.is_first(&clause.id) {
                clause.id.clear();
            }
            clause.label = None;
            clause.referred_by.clear();
            clause.formers.clear();
            clause.history.clear();
            clause.local = None;
            let source = self.place_link(None, Place { entry: at, part: PlacePart::Clause(index) });
            let notes = self.notes(state, written, at);
            Some(view::Item::Drawn { clause, source, status_words: self.status_word(entry), notes })
        });
        drawn.collect()
    }

    pub(super) fn clause_page(&self, at: usize, index: usize) -> Option<view::ClausePage> {
        let entry = self.corpus.entry(at)?;
        let document = &entry.document;
        let mut state = self.state(false);
        // What is told of it where it stands among the others is not told again.
        let clause = view::Clause { history: Vec::new(), ..self.clause(&mut state, at, index)? };
        let mut notes = self.notes(&mut state, &mut BTreeSet::new(), at);
        let local = entry.resolution.notes;
        notes.extend(local.into_iter().flat_map(|local| self.notes(&mut state, &mut BTreeSet::new(), local)));
        lead_back(&mut notes, &ways_back(&state));
        let place = Place { entry: at, part: PlacePart::Clause(index) };
        let citation = self.corpus.citation(place);
        let whole = |at: usize| document.clauses.get(at).filter(|clause| clause.parent.is_none());
        let neighbour = |found: Option<&Clause>| {
            let clause = found?;
            let page = entry.clause_page(clause)?;
            Some(Link { words: document.shown_number(&clause.number), url: self.page.link_to(&page) })
        };
        let section = document.clauses.get(index)?.section;
        let trail = document
            .trail(section)
            .into_iter()
            .map(|section| self.place_link(Some(at), Place { entry: at, part: PlacePart::Section(section) }));
        let shell = self.shell(&[&clause.number, &document.front.short]);
        let words = entry.opening_words(&document.clauses.get(index)?.body, DESCRIPTION_WORDS + 4);
        let base = self.corpus.config.base_url.as_deref().unwrap_or_default();
        Some(view::ClausePage {
            shell: view::Shell {
                description: Some(first_words(&words, DESCRIPTION_WORDS)),
                local: self.local(entry),
                ..shell
            },
            document: self.card(entry),
            source: self.source(entry),
            trail: trail.collect(),
            clause,
            notes,
            cited: self.cited_by_clause(at, index),
            square: self.square(),
            structured: structured::clause(entry, &citation),
            quotation: self.quotation(entry, document.clauses.get(index)?, &citation),
            citation,
            address: format!("{base}{}", self.page),
            previous: neighbour((0..index).rev().find_map(whole)),
            next: neighbour((index + 1..document.clauses.len()).find_map(whole)),
        })
    }

    /// The headings with the numbers of the clauses under each.
    pub(super) fn contents(&self, entry: &Entry) -> Vec<view::ContentsLine> {
        let document = &entry.document;
        let state = self.state(false);
        let facilitators = facilitators_sections(entry);
        let mut numbers: BTreeMap<usize, (String, String)> = BTreeMap::new();
        for (_, clause) in document.whole_clauses() {
            for section in document.trail(clause.section) {
                let number = document.shown_number(&clause.number);
                numbers
                    .entry(section)
                    .and_modify(|(_, last)| last.clone_from(&number))
                    .or_insert((number.clone(), number));
            }
        }
        let lines = document.sections.iter().enumerate().map(|(at, section)| view::ContentsLine {
            level: section.level,
            title: section.title.clone(),
            url: format!("#{}", state.here(&section.anchor)),
            clauses: numbers.get(&at).map(
                |(first, last)| {
                    if first == last { first.clone() } else { format!("{first} to {last}") }
                },
            ),
            facilitator: facilitators.contains(&at),
        });
        lines.collect()
    }
}

/// Returns the sections of a pack under which there is nothing for participants: no clause, drawn in or its own.
fn facilitators_sections(entry: &Entry) -> BTreeSet<usize> {
    let document = &entry.document;
    let mut sections: BTreeSet<usize> = (0..document.sections.len()).filter(|_| entry.role == Role::Pack).collect();
    let mut current = None;
    for item in &document.items {
        match item {
            Item::Heading(section) => current = Some(*section),
            Item::Clause(_) | Item::DrawIn(_) => {
                document.trail(current).iter().for_each(|shared| {
                    sections.remove(shared);
                });
            }
            Item::Block(_) => {}
        }
    }
    sections
}

/// A clause and its sub-clauses, by their indices.
fn own_parts(entry: &Entry, clause: usize) -> Vec<usize> {
    let document = &entry.document;
    let sub = |at: &usize| document.clauses.get(*at).is_some_and(|c: &Clause| c.parent.is_some());
    let subs = (clause + 1..document.clauses.len()).take_while(sub);
    std::iter::once(clause).chain(subs).collect()
}
