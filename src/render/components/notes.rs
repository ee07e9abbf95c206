//! The notes that are on a page: footnotes with their ways back, and local notes under their
//! clauses.
//!
//! Takes what was marked while words were written; returns the notes as a template prints them,
//! each once.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Entry, EntryId};
use crate::document::{ClauseId, NoteId};
use crate::render::context::RenderContext;
use crate::render::html::{self, PageState};
use crate::render::view::{Html, Link, LocalNote, NoteView};
use crate::strings::phrase;

/// Notes that are written, each by its entry.
pub type WrittenNotes = BTreeSet<(EntryId, NoteId)>;

/// Returns the local note on a clause.
pub fn local_note(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    entry: &Entry,
    index: ClauseId,
) -> Option<LocalNote> {
    let (notes, note) = (entry.resolution.notes?, *entry.resolution.local_notes.get(&index)?);
    let of = cx.corpus.entry(notes);
    let document = &of.document;
    let clause = &document.clauses[note];
    let html = Html::new(&html::words(state, notes, &clause.body, true));
    let title = cx.say(phrase::ClauseLocal { body: cx.corpus.config.local_body() });
    let (id, label) = (cx.id(&document.clause_anchor(clause)), title.to_string());
    Some(LocalNote { id, title, label, html, language: cx.language(of) })
}

/// Returns all notes that are marked on the page of one document, those in local notes too, with
/// their ways back.
pub fn all_notes(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    written: &mut WrittenNotes,
    at: EntryId,
) -> Vec<NoteView> {
    let local = cx.corpus.entry(at).resolution.notes;
    let mut found: Vec<NoteView> =
        std::iter::once(at).chain(local).flat_map(|of| notes(cx, state, written, of)).collect();
    add_back_links(&mut found, &back_links(state));
    found
}

/// Returns the notes of a document that are marked on the page and not yet written, with those that
/// they mark in turn.
pub fn notes(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    written: &mut WrittenNotes,
    of: EntryId,
) -> Vec<NoteView> {
    let mut notes = Vec::new();
    let entry = cx.corpus.entry(of);
    loop {
        let marked = state.marked().map(|(key, _)| key);
        let due = marked.filter(|key| key.0 == of && !written.contains(key));
        let (rest, shared): (Vec<_>, Vec<_>) = due.partition(|(at, note)| state.is_for_facilitator(*at, *note));
        // First those for participants: what they mark in turn is for participants, too.
        let facilitator = shared.is_empty();
        let due = if facilitator { rest } else { shared };
        if due.is_empty() {
            break;
        }
        for (at, note) in due {
            written.insert((at, note));
            let Some(body) = &entry.document.notes[note].body else { continue };
            let number = entry.resolution.note_numbers[note].unwrap_or(0);
            let html = html::words_for(state, facilitator, at, body);
            let id = state.note_id(at, note);
            let language = cx.language(entry);
            notes.push(NoteView { id, number, html: Html::new(&html), back: Vec::new(), facilitator, language });
        }
    }
    notes.sort_by_key(|note| note.number);
    notes
}

/// Returns the ways back from each note of a page, by the note's id.
pub fn back_links(state: &PageState<'_>) -> BTreeMap<String, Vec<Link>> {
    let ways = state.marked().map(|((entry, note), marks)| {
        let links = marks.iter().map(|back| Link { words: back.words.clone(), url: Some(format!("#{}", back.id)) });
        (state.note_id(entry, note), links.collect())
    });
    ways.collect()
}

/// Gives each note its ways back.
pub fn add_back_links(notes: &mut [NoteView], ways: &BTreeMap<String, Vec<Link>>) {
    for note in notes {
        note.back = ways.get(&note.id).cloned().unwrap_or_default();
    }
}
