//! The notes that stand on a page: footnotes with their ways back, and local notes under their clauses.
//!
//! Takes what was marked while words were written; gives the notes as a template prints them, each once.

use std::collections::{BTreeMap, BTreeSet};

use super::html::PageState;
use super::page::Builder;
use super::view::{self, Html, Link};
use crate::corpus::Entry;

impl Builder<'_> {
    /// The local note on a clause.
    pub(super) fn local_note(&self, state: &mut PageState<'_>, entry: &Entry, index: usize) -> Option<view::LocalNote> {
        let (notes, note) = (entry.resolution.notes?, *entry.resolution.local_notes.get(&index)?);
        let document = &self.corpus.entry(notes)?.document;
        let clause = document.clauses.get(note)?;
        let html = Html::new(&state.words(notes, &clause.body, true));
        let title = format!("Local note, {}", self.corpus.config.local_body());
        Some(view::LocalNote { id: state.here(&document.clause_anchor(clause)), title, html })
    }

    /// The notes of a document that are marked on a page and not yet written, with those that they mark in turn.
    pub(super) fn notes(
        &self,
        state: &mut PageState<'_>,
        written: &mut BTreeSet<(usize, usize)>,
        of: usize,
    ) -> Vec<view::Note> {
        let mut notes = Vec::new();
        let Some(entry) = self.corpus.entry(of) else { return notes };
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
                let Some(body) = entry.document.notes.get(note).and_then(|note| note.body.clone()) else { continue };
                let number = entry.resolution.note_numbers.get(note).copied().flatten().unwrap_or(0);
                let html = state.words_for(facilitator, at, &body);
                let id = state.note_id(at, note);
                notes.push(view::Note { id, number, html: Html::new(&html), back: Vec::new(), facilitator });
            }
        }
        notes.sort_by_key(|note| note.number);
        notes
    }
}

/// The ways back from each note of a page, by the note's id.
pub(super) fn ways_back(state: &PageState<'_>) -> BTreeMap<String, Vec<Link>> {
    let ways = state.marked().map(|((entry, note), marks)| {
        let links = marks.iter().map(|back| Link { words: back.words.clone(), url: format!("#{}", back.id) });
        (state.note_id(entry, note), links.collect())
    });
    ways.collect()
}

pub(super) fn lead_back(notes: &mut [view::Note], ways: &BTreeMap<String, Vec<Link>>) {
    for note in notes {
        note.back = ways.get(&note.id).cloned().unwrap_or_default();
    }
}
