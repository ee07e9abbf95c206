//! Notes, their marks and their definitions.
//!
//! Takes labels; gives each the note that it means, whichever of its mark and its definition comes first. Reports what is
//! defined twice or never marked.

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
}

impl Notes {
    /// Returns the note that a label at `place` means.
    pub fn find(&mut self, cx: &Context<'_>, label: &str, place: Range<usize>) -> NoteId {
        let key = label.to_lowercase();
        if let Some(known) = self.by_label.get(&key) {
            return *known;
        }
        let sound = (1..=64).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !sound {
            let help = "a note's label is letters, figures and hyphens";
            cx.report(Code::InvalidId, place.clone(), format!("`{label}` cannot label a note"), help);
        }
        cx.bound((self.list.len(), cx.reading.limits.notes), "notes", place.clone());
        let note = self.list.push(Note { label: label.to_owned(), body: None, span: cx.span(&place) });
        self.by_label.insert(key, note);
        note
    }

    /// Begins the definition of a note; returns the note.
    pub fn begin(&mut self, cx: &Context<'_>, label: &str, range: &Range<usize>) -> NoteId {
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

    /// Ends the definition of a note, which is these pieces.
    pub fn end(&mut self, note: NoteId, pieces: Range<usize>) {
        self.list[note].body = Some(pieces);
    }

    /// Returns all notes, whose pieces come after `before` others, and reports those that have no mark.
    pub fn finish(mut self, cx: &Context<'_>, marks: &Arena<Mark>, before: usize) -> Arena<Note> {
        let marked: BTreeSet<NoteId> = notes_in_order(marks).into_iter().collect();
        for at in self.list.ids() {
            let note = &mut self.list[at];
            let Some(body) = &mut note.body else { continue };
            *body = body.start + before..body.end + before;
            if !marked.contains(&at) {
                let message = format!("the note `{}` is never cited", note.label);
                let help = format!("cite it with `[^{}]`, or take it out", note.label);
                cx.add(Diagnostic::new(Code::UnusedFootnote, note.span, message).help(help));
            }
        }
        self.list
    }
}
