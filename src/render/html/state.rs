//! What is known of a page while its words are written.
//!
//! Takes the resolved site and an address; gives ids and addresses as they are on that page, and remembers the notes, tables and
//! sub-clauses that were written. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, Entry, Place};
use crate::output::OutPath;
use crate::render::medium::Medium;

/// What is known of a page while its words are written.
pub struct PageState<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) page: &'a OutPath,
    /// How often each note has been marked on this page, by entry and note.
    pub(super) marks: BTreeMap<(usize, usize), Vec<Back>>,
    pub(super) tables: usize,
    /// The ids of sub-clauses written so far.
    pub(super) ids: BTreeSet<String>,
    /// The addresses of other sites linked so far, but those of the law.
    pub(super) addresses: BTreeSet<String>,
    /// Whether clauses of several documents stand on the page, so that the ids of notes name their document.
    pub(super) mixed: bool,
    /// What the page is a part of.
    pub(super) medium: Medium<'a>,
}

/// The way back from a note to a mark of it.
#[derive(Clone, Debug)]
pub struct Back {
    /// The id of the mark.
    pub id: String,
    /// Where it stands: "3.37", or the words of a heading.
    pub words: String,
}

impl<'a> PageState<'a> {
    /// An empty page at an address; `mixed` if clauses of several documents will stand on it.
    pub fn new(corpus: &'a Corpus, page: &'a OutPath, mixed: bool) -> Self {
        let medium = Medium::Site;
        let (ids, addresses) = (BTreeSet::new(), BTreeSet::new());
        PageState { corpus, page, marks: BTreeMap::new(), tables: 0, ids, addresses, mixed, medium }
    }

    /// The same page as a part of something else.
    pub(in crate::render) fn within(self, medium: Medium<'a>) -> Self {
        PageState { medium, ..self }
    }

    /// An id as it stands here: in an edition in one page, what would be a page of its own comes before it.
    pub fn here(&self, id: &str) -> String {
        self.medium.id(self.page, id)
    }

    /// Whether an id has not stood on the page before.
    pub(in crate::render) fn is_first(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// The notes marked so far, by entry and note, each with the ways back.
    pub fn marked(&self) -> impl Iterator<Item = ((usize, usize), &[Back])> {
        self.marks.iter().map(|(note, back)| (*note, back.as_slice()))
    }

    /// The id of a note on this page.
    pub fn note_id(&self, entry: usize, note: usize) -> String {
        self.here(&format!("note-{}", self.note_key(entry, note)))
    }

    pub(super) fn note_key(&self, entry: usize, note: usize) -> String {
        let Some(entry) = self.corpus.entry(entry) else { return String::new() };
        self.id_among(entry, &entry.document.note_key(note))
    }

    /// An id of a document among those of the page. Of one that is drawn in, it names the document: two may have a clause of
    /// one number.
    pub(super) fn id_among(&self, entry: &Entry, id: &str) -> String {
        if self.mixed && entry.page != *self.page { format!("{}-{id}", entry.document.id) } else { id.to_owned() }
    }

    /// The address of a place, from this page.
    pub fn url(&self, place: Place) -> String {
        match self.corpus.address(place) {
            Some((page, fragment)) => self.join(page, fragment.as_deref()),
            None => String::new(),
        }
    }

    /// The address of a note on its own document's page, from this page.
    pub fn note_url(&self, entry: &Entry, note: usize) -> String {
        self.join(&entry.page, Some(&format!("note-{}", entry.document.note_key(note))))
    }

    /// The address of a page and a fragment on it, from this page; empty if nothing leads there.
    pub fn join(&self, page: &OutPath, fragment: Option<&str>) -> String {
        self.medium.link(self.page, page, fragment)
    }
}
