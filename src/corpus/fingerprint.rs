//! Keys of documents, each with all that it borrows from the others.
//!
//! Takes the resolved site; gives a key for each document and one for what every page may show of
//! the site. Two builds in which both are the same make the same of the document: its page but for
//! the theme, its rows, its record for search.
//!
//! A place of another document goes in as what readers are shown of it (page, heading, number) and
//! not as an index, so that a paragraph more in one document changes the key of none.

use std::collections::BTreeSet;
use std::hash::{Hash as _, Hasher as _};

use super::{Corpus, DocumentRole, Entry, EntryId, Goal, Other, Place, PlacePart};
use crate::arena::Table;
use crate::cache::{Digest, key};
use crate::config::TermRef;
use crate::source::Key;

/// The keys of a corpus. By default there are none, for a build that keeps nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints {
    /// Key of the settings and the register, of every document's front matter and page, of the
    /// glossary, and of the paths of files that documents refer to.
    pub site: Option<Key>,
    /// Key of each entry: of its own text, and of what the others lend it.
    pub entries: Table<Entry, Key>,
}

impl Fingerprints {
    /// The keys of a corpus. `ground` is that of the texts which are no documents.
    pub fn new(corpus: &Corpus, ground: Key) -> Self {
        let mut site = Digest::default();
        ground.hash(&mut site);
        for entry in &corpus.entries {
            let own = &entry.document;
            (own.id.as_str(), entry.page.as_str(), own.head).hash(&mut site);
            if entry.role == DocumentRole::Glossary {
                own.key.hash(&mut site);
            }
        }
        for (path, (page, _)) in &corpus.assets {
            (path, page.as_str()).hash(&mut site);
        }
        let site = Some(site.key());
        let alone = corpus.entries.par_map(|_, entry| of_entry(corpus, entry));
        // A pack shows clauses of other documents as these show them.
        let whole = |at: EntryId, entry: &Entry| {
            let drawn = corpus.all_drawn_in(entry).map(|(from, _)| from);
            // And a document, local notes.
            let drawn: BTreeSet<EntryId> = drawn.chain(entry.resolution.notes).collect();
            let drawn: Vec<Key> = drawn.into_iter().map(|at| alone[at]).collect();
            key((site, alone[at], drawn))
        };
        let entries = corpus.entries.map(whole);
        Fingerprints { site, entries }
    }

    /// The key of an entry.
    pub fn entry(&self, at: EntryId) -> Option<Key> {
        (!self.entries.is_empty()).then(|| self.entries[at])
    }
}

/// The key of what readers are shown of some places.
pub fn of_places<'a>(corpus: &Corpus, places: impl IntoIterator<Item = &'a Place>) -> Key {
    let mut digest = Digest::default();
    places.into_iter().for_each(|at| place(corpus, *at, &mut digest));
    digest.key()
}

fn of_entry(corpus: &Corpus, entry: &Entry) -> Key {
    let mut digest = Digest::default();
    let to = &mut digest;
    let lent = &entry.resolution;
    (entry.document.key, entry.page.as_str()).hash(to);
    for target in &lent.targets {
        target.words.hash(to);
        match &target.to {
            Goal::Place(at) => place(corpus, *at, to),
            Goal::Clauses(entry, first, last) => {
                for clause in first.through(*last) {
                    place(corpus, Place { entry: *entry, part: PlacePart::Clause(clause) }, to);
                }
            }
            Goal::Note(entry, note) => {
                let label = &corpus.entry(*entry).document.notes[*note].label;
                (page(corpus, *entry), label).hash(to);
            }
            Goal::Authority(at, provisions) => (at, provisions).hash(to),
            Goal::Asset(path, fragment) => (path.as_str(), fragment).hash(to),
            Goal::Nowhere => to.write_u8(0),
        }
        to.write_u8(1);
    }
    (&lent.terms, &lent.document_terms, &lent.note_numbers).hash(to);
    for list in lent.clause_referrers.iter().chain(&lent.section_referrers).chain([&lent.referrers]) {
        list.iter().for_each(|at| place(corpus, *at, to));
        to.write_u8(2);
    }
    for list in &lent.clause_relations {
        for (kind, at) in list {
            kind.hash(to);
            place(corpus, *at, to);
        }
        to.write_u8(3);
    }
    for (relation, other) in &lent.relations {
        relation.hash(to);
        match other {
            Other::Held(other) => page(corpus, *other).hash(to),
            Other::NotHeld(title) => title.hash(to),
        }
    }
    for (clause, list) in &lent.counterparts {
        clause.hash(to);
        for (relation, at) in list {
            relation.hash(to);
            place(corpus, *at, to);
        }
    }
    page_of(corpus, lent.publication).hash(to);
    // A publication's first file counts the clauses of all.
    for file in &lent.files {
        (page(corpus, *file), corpus.entry(*file).document.whole_clauses().count()).hash(to);
    }
    digest.key()
}

/// Hashes the number of clauses that carry each of some terms, which is shown wherever the term is.
pub fn of_counts<'a>(corpus: &Corpus, terms: impl IntoIterator<Item = &'a TermRef>) -> Key {
    let terms: BTreeSet<&TermRef> = terms.into_iter().collect();
    key(terms.into_iter().map(|term| (term, corpus.members.get(term).map(Vec::len))).collect::<Vec<_>>())
}

fn page(corpus: &Corpus, at: EntryId) -> &str {
    corpus.entry(at).page.as_str()
}

fn page_of(corpus: &Corpus, at: Option<EntryId>) -> Option<&str> {
    at.map(|at| page(corpus, at))
}

fn place(corpus: &Corpus, place: Place, to: &mut Digest) {
    page(corpus, place.entry).hash(to);
    let document = &corpus.entry(place.entry).document;
    match place.part {
        PlacePart::Whole => to.write_u8(0),
        PlacePart::Section(at) => {
            let section = &document.sections[at];
            (&section.anchor, &section.title).hash(to);
        }
        PlacePart::Clause(at) => {
            let clause = &document.clauses[at];
            (document.clause_number(clause), document.cited_number(&clause.number), &clause.label).hash(to);
        }
    }
}
