//! The works that a document cites, for its last sheet of paper.
//!
//! Takes a document or a pack; gives each work with its provisions, and the numbers of the paragraphs that cite them there. On a
//! screen, each paragraph says what it cites, and the page of authorities has the whole.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Builder;
use super::view;
use crate::corpus::{Entry, Goal, Place, PlacePart, Role};
use crate::document::{Within, alphabetical};
use crate::law::{AuthorityKind, Provision};

/// The places that cite each provision of each work; those that cite a work as a whole come first.
type Citing = BTreeMap<usize, BTreeMap<Option<Provision>, BTreeSet<Place>>>;

impl Builder<'_> {
    /// The works that a document cites, in the order of the page of authorities.
    pub(super) fn cited(&self, at: usize) -> Vec<view::PaperAuthority> {
        let Some(entry) = self.corpus.entry(at) else { return Vec::new() };
        let mut citing = Citing::new();
        add(&mut citing, at, entry, |_| true);
        // The local notes on it are printed with it.
        if let Some((notes, on)) = entry.resolution.notes.and_then(|notes| Some((notes, self.corpus.entry(notes)?))) {
            add(&mut citing, notes, on, |_| true);
        }
        self.add_drawn(&mut citing, entry);
        self.works(at, citing)
    }

    /// Returns the works that a pack cites in what participants have on paper: its clauses, drawn in or its own.
    pub(super) fn cited_for_participants(&self, at: usize) -> Vec<view::PaperAuthority> {
        let Some(entry) = self.corpus.entry(at).filter(|entry| entry.role == Role::Pack) else { return Vec::new() };
        let mut citing = Citing::new();
        add(&mut citing, at, entry, |part| matches!(part, PlacePart::Clause(_)));
        self.add_drawn(&mut citing, entry);
        self.works(at, citing)
    }

    /// Returns the works that a clause and the local note on it cite and that have an address: its page has no other place
    /// for it, and names them in the words of the clause.
    pub(super) fn cited_by_clause(&self, at: usize, clause: usize) -> Vec<view::PaperAuthority> {
        let Some(entry) = self.corpus.entry(at) else { return Vec::new() };
        let mut citing = Citing::new();
        add(&mut citing, at, entry, |part| is_in(entry, part, |whole| whole == clause));
        if let Some((notes, note)) = entry.resolution.notes.zip(entry.resolution.local_notes.get(&clause))
            && let Some(on) = self.corpus.entry(notes)
        {
            add(&mut citing, notes, on, |part| is_in(on, part, |whole| whole == *note));
        }
        let mut works = self.works(at, citing);
        works.retain(|work| work.url.is_some());
        works
    }

    fn add_drawn(&self, citing: &mut Citing, pack: &Entry) {
        for (from, clauses) in self.corpus.all_drawn_in(pack) {
            let Some(drawn) = self.corpus.entry(from) else { continue };
            add(citing, from, drawn, |part| is_in(drawn, part, |whole| clauses.contains(&whole)));
        }
    }

    fn works(&self, at: usize, citing: Citing) -> Vec<view::PaperAuthority> {
        let day = self.corpus.entry(at).and_then(Entry::law_as_at);
        let mut works: Vec<_> = citing
            .into_iter()
            .filter_map(|(work, places)| {
                let authority = &self.corpus.authorities.get(work)?.authority;
                let kind = AuthorityKind::ALL.iter().position(|(_, _, kind)| *kind == authority.kind);
                Some((kind, authority, places))
            })
            .collect();
        works.sort_by_cached_key(|(kind, authority, _)| (*kind, alphabetical(&authority.title)));
        let works = works.into_iter().map(|(_, authority, provisions)| view::PaperAuthority {
            title: authority.title.clone(),
            url: self.elsewhere(authority.address_at(day)),
            provisions: provisions
                .into_iter()
                .map(|(provision, places)| view::PaperProvision {
                    shown: provision.map(|provision| provision.shown()),
                    places: places.into_iter().map(|place| self.place_words(at, place)).collect::<Vec<_>>().join(", "),
                })
                .collect(),
        });
        works.collect()
    }

    fn place_words(&self, from: usize, place: Place) -> String {
        match place.part {
            _ if place.entry != from => self.corpus.citation(place),
            PlacePart::Section(_) => format!("“{}”", self.corpus.short_citation(place)),
            PlacePart::Whole => "the opening".to_owned(),
            PlacePart::Clause(_) => self.corpus.short_citation(place),
        }
    }
}

/// Returns whether a part of a document belongs to a whole clause that is wanted.
fn is_in(entry: &Entry, part: PlacePart, wanted: impl Fn(usize) -> bool) -> bool {
    matches!(part, PlacePart::Clause(clause) if wanted(entry.document.whole_clause(clause)))
}

/// Adds what a document cites in the parts that are wanted; a note is cited from where it is marked.
fn add(citing: &mut Citing, at: usize, entry: &Entry, wanted: impl Fn(PlacePart) -> bool) {
    let document = &entry.document;
    let mut marks: BTreeMap<usize, Vec<Within>> = BTreeMap::new();
    document.marks.iter().for_each(|mark| marks.entry(mark.note).or_default().push(mark.within));
    for (reference, target) in document.references.iter().zip(&entry.resolution.targets) {
        let Goal::Authority(work, provisions) = &target.to else { continue };
        let places = match reference.within {
            Within::Note(note) => marks.get(&note).cloned().unwrap_or_default(),
            within => vec![within],
        };
        let parts = places.into_iter().filter_map(|within| match within {
            Within::Clause(clause) => Some(PlacePart::Clause(clause)),
            Within::Section(section) => Some(PlacePart::Section(section)),
            Within::Document => Some(PlacePart::Whole),
            // A note that another marks stands where that one does.
            Within::Note(_) => None,
        });
        let places: Vec<Place> = parts.filter(|part| wanted(*part)).map(|part| Place { entry: at, part }).collect();
        let whole = provisions.is_empty().then_some(None);
        for provision in whole.into_iter().chain(provisions.iter().cloned().map(Some)) {
            if !places.is_empty() {
                citing.entry(*work).or_default().entry(provision).or_default().extend(&places);
            }
        }
    }
}
