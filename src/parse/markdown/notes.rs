//! Notes, their marks and their definitions.
//!
//! Takes labels; gives each the note that it means, whichever of its mark and its definition comes
//! first. Reports what is defined twice or never marked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::context::Context;
use crate::arena::Arena;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Mark, Note, NoteId, notes_in_order};

/// The notes read so far.
#[derive(Debug, Default)]
pub struct Notes {
    list: Arena<Note>,
    /// Each note, by its label in lower case.
    by_label: BTreeMap<String, NoteId>,
    /// Place in the file of the last note that was defined, if nothing has come after it.
    last: Option<Range<usize>>,
}

impl Notes {
    /// Returns the note that a label at `place` means.
    pub fn find(&mut self, cx: &Context<'_>, label: &str, place: Range<usize>) -> NoteId {
        let key = label.to_lowercase();
        if let Some(known) = self.by_label.get(&key) {
            return *known;
        }
        let sound = (1..=64).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !sound {
            let help = "a note's label is letters, figures, hyphens and low lines";
            cx.report(Code::InvalidId, place.clone(), format!("`{label}` cannot label a note"), help);
        }
        cx.bound((self.list.len(), cx.reading.limits.notes), "notes", place.clone());
        let note = self.list.push(Note { label: label.to_owned(), body: None, span: cx.span(&place) });
        self.by_label.insert(key, note);
        note
    }

    /// Begins the definition of a note; returns the note.
    pub fn begin(&mut self, cx: &Context<'_>, label: &str, range: &Range<usize>) -> NoteId {
        self.last = Some(range.clone());
        let here = range.start..range.start + label.len() + 4;
        let span = cx.span(&here);
        let note = self.find(cx, label, here);
        let known = &mut self.list[note];
        if known.body.is_some() {
            let message = format!("the note `{label}` is defined twice");
            let fault = Diagnostic::new(Code::DuplicateFootnote, span, message);
            cx.add(fault.label(known.span, "first defined here").help("give one of them another label"));
        } else {
            known.span = span;
        }
        note
    }

    /// Reports a block that follows a note and was indented to belong to it, but not by enough.
    pub fn left(&mut self, cx: &Context<'_>, block: &Range<usize>) {
        let Some(note) = self.last.take().filter(|note| note.end <= block.start) else { return };
        let between = cx.source(&(note.end..block.start));
        let above = cx.source(&(0..block.start));
        let own = cx.source(block);
        let own = own.len() - own.trim_start_matches(' ').len();
        let indentation = above.len() - above.trim_end_matches(' ').len() + own;
        let label = cx.source(&note).trim_start().trim_start_matches("[^").split(']').next().unwrap_or_default();
        if between.trim().is_empty() && (1..=3).contains(&indentation) {
            let message = format!("this does not belong to the note `{label}` above it, but to the text");
            let help = "to go on with the note, indent it by four spaces; if it is text, by none";
            let first = cx.source(block).lines().next().map_or(0, str::len);
            cx.report(Code::OutsideNote, block.start..block.start + first, message, help);
        }
    }

    /// Ends the definition of a note, which is these pieces.
    pub fn end(&mut self, note: NoteId, pieces: Range<usize>) {
        self.list[note].body = Some(pieces);
    }

    /// Returns all notes, whose pieces come after `before` others, and reports those that have no
    /// mark.
    pub fn finish(mut self, cx: &Context<'_>, marks: &Arena<Mark>, before: usize) -> Arena<Note> {
        let marked: BTreeSet<NoteId> = notes_in_order(marks).into_iter().collect();
        for at in self.list.ids() {
            let note = &mut self.list[at];
            let Some(body) = &mut note.body else { continue };
            *body = body.start + before..body.end + before;
            if !marked.contains(&at) {
                let message = format!("the note `{}` is never cited", note.label);
                let help = format!("cite it with `[^{}]`, or remove it", note.label);
                cx.add(Diagnostic::new(Code::UnusedFootnote, note.span, message).help(help));
            }
        }
        self.list
    }
}
