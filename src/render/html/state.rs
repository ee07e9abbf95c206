//! State of a page while its words are written.
//!
//! Takes the page's context; remembers the notes, tables and sub-clauses that were written, and
//! returns ids and classes that depend on them. Writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Entry, EntryId, WordId};
use crate::document::NoteId;
use crate::render::context::RenderContext;

/// A page while its words are written.
pub struct PageState<'a> {
    pub(super) cx: RenderContext<'a>,
    /// Marks of each note on this page so far, by entry and note.
    pub(super) marks: BTreeMap<(EntryId, NoteId), Vec<BackLink>>,
    pub(super) tables: usize,
    /// The ids of sub-clauses written so far.
    pub(super) ids: BTreeSet<String>,
    /// The addresses of other sites linked so far, but those of the law.
    addresses: BTreeSet<String>,
    /// Those of them that are linked in words for participants.
    for_participants: BTreeSet<String>,
    /// Words of the glossary that were linked since the last heading.
    pub(super) hinted: BTreeSet<WordId>,
    /// Whether what is written now is left out where a pack is printed for participants.
    pub(super) facilitator: bool,
    /// Whether clauses of several documents are on the page, so that the ids of notes name their
    /// document.
    pub(super) mixed: bool,
}

/// The way back from a note to a mark of it.
#[derive(Clone, Debug)]
pub struct BackLink {
    /// The id of the mark.
    pub id: String,
    /// Place of the mark: "3.37", or the words of a heading.
    pub words: String,
    /// Whether it is left out where a pack is printed for participants.
    pub facilitator: bool,
}

impl<'a> PageState<'a> {
    /// Returns the state of an empty page; `mixed` if clauses of several documents will be on
    /// it.
    pub fn new(cx: &RenderContext<'a>, mixed: bool) -> Self {
        PageState {
            cx: *cx,
            marks: BTreeMap::new(),
            tables: 0,
            ids: BTreeSet::new(),
            addresses: BTreeSet::new(),
            for_participants: BTreeSet::new(),
            hinted: BTreeSet::new(),
            facilitator: false,
            mixed,
        }
    }

    /// Goes on with the numbers of tables from other words of the same page.
    pub fn go_on_from(&mut self, other: &PageState<'_>) {
        self.tables = other.tables;
    }

    /// Begins a section, in which words of the glossary are linked again.
    pub fn begin_section(&mut self) {
        self.hinted.clear();
    }

    /// Whether an id has not been on the page before.
    pub fn is_first(&mut self, id: &str) -> bool {
        self.ids.insert(id.to_owned())
    }

    /// Returns the class of a link to another site by which paper has an address once: in the words
    /// of a link, or else after the first link to it that is printed. A pack is printed for
    /// facilitators, or without their words.
    pub(super) fn address_class(&mut self, address: &str, words: &str) -> Option<&'static str> {
        let known = !self.addresses.insert(address.to_owned());
        let known_to_participants = self.facilitator || !self.for_participants.insert(address.to_owned());
        if bare(words) == bare(address) || known && known_to_participants {
            Some("again")
        } else {
            known.then_some("again-for-facilitator")
        }
    }

    /// Whether all marks of a note so far are in words that are left out where a pack is printed
    /// for participants.
    pub fn is_for_facilitator(&self, entry: EntryId, note: NoteId) -> bool {
        let marks = self.marks.get(&(entry, note)).map_or(&[][..], Vec::as_slice);
        !marks.is_empty() && marks.iter().all(|mark| mark.facilitator)
    }

    /// Returns the notes marked so far, by entry and note, each with the ways back.
    pub fn marked(&self) -> impl Iterator<Item = ((EntryId, NoteId), &[BackLink])> {
        self.marks.iter().map(|(note, back)| (*note, back.as_slice()))
    }

    /// Returns the id of a note on this page.
    pub fn note_id(&self, entry: EntryId, note: NoteId) -> String {
        self.cx.id(&format!("note-{}", self.note_key(entry, note)))
    }

    pub(super) fn note_key(&self, entry: EntryId, note: NoteId) -> String {
        let entry = self.cx.corpus.entry(entry);
        self.id_among(entry, &entry.document.note_key(note))
    }

    /// An id of a document among those of the page. Of one that is drawn in, it names the document:
    /// two may have a clause of one number.
    pub(super) fn id_among(&self, entry: &Entry, id: &str) -> String {
        if self.mixed && entry.page != *self.cx.page { format!("{}-{id}", entry.document.id) } else { id.to_owned() }
    }
}

/// Returns an address as people write it, without its scheme and the stroke at its end.
fn bare(address: &str) -> &str {
    let address = address.trim();
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    rest.trim_end_matches('/')
}
