//! Local notes to the clauses that they are on.
//!
//! Takes the notes of a site that extends another, which are written as clauses with the numbers of those that they are on;
//! gives each its place on the page of that document. A note on nothing is reported by `ledger::notes`, which knows what
//! became of its clause. Never changes what stands in the other document.

use std::sync::Arc;

use crate::corpus::{Corpus, Entry, Resolution, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Item};
use crate::source::Span;

/// Adds notes to the entries, each with the page of the document that it is on.
pub(super) fn join(notes: Vec<Arc<Document>>, entries: &mut Vec<Entry>, faults: &mut Vec<Diagnostic>) {
    for document in notes {
        let named = document.annotates.clone().unwrap_or_default();
        let papers = || entries.iter().filter(|entry| entry.role.is_paper());
        let Some(page) = papers().find(|entry| entry.document.id.as_str() == named).map(|entry| entry.page.clone())
        else {
            let message = format!("these are notes on `{named}`, and the site has no such document");
            let fault = Diagnostic::new(Code::UnmatchedLocalNote, Span::new(document.file, 0..0), message)
                .help("name the file by the id of a document")
                .nearest(&named, papers().map(|entry| entry.document.id.as_str()));
            faults.push(fault);
            continue;
        };
        entries.push(Entry { document, page, role: Role::Notes, resolution: Resolution::default() });
    }
}

/// Finds the clause that each note is on, and numbers the notes' own notes after those of the document.
pub(super) fn place(corpus: &mut Corpus, faults: &mut Vec<Diagnostic>) {
    let of_notes = |(at, entry): (usize, &Entry)| Some((at, corpus.find(entry.document.annotates.as_deref()?)?));
    let pairs: Vec<(usize, usize)> = corpus.entries.iter().enumerate().filter_map(of_notes).collect();
    for (at, on) in pairs {
        let Some((notes, target)) = corpus.entry(at).zip(corpus.entry(on)) else { continue };
        let document = notes.document.clone();
        misplaced(&document, faults);
        let already = target.resolution.note_numbers.iter().flatten().count();
        let mut placed = target.resolution.local_notes.clone();
        for (note, clause) in document.whole_clauses() {
            let found = target.document.clauses.iter().position(|other| other.number == clause.number);
            let Some(found) = found else { continue };
            if let Some(first) = placed.get(&found).and_then(|first| document.clauses.get(*first)) {
                let message = format!("there are two notes on {}", clause.number);
                let fault = Diagnostic::new(Code::DuplicateNumber, clause.span, message);
                faults.push(fault.label(first.span, "the first").help("make one of them"));
                continue;
            }
            placed.insert(found, note);
        }
        if let Some(target) = corpus.entries.get_mut(on) {
            target.resolution.local_notes = placed;
            target.resolution.notes = Some(at);
        }
        if let Some(notes) = corpus.entries.get_mut(at) {
            notes.resolution.annotates = Some(on);
            notes.resolution.note_numbers.iter_mut().flatten().for_each(|number| *number += already);
        }
    }
}

/// Reports parts of a file of notes that are in no note and would be shown nowhere, and ids on
/// notes, which could be those of the document's own clauses.
fn misplaced(document: &Document, faults: &mut Vec<Diagnostic>) {
    let mut fault = |span, message: &str, help: &str| {
        faults.push(Diagnostic::new(Code::MisplacedLocalWords, span, message).help(help));
    };
    let help = "begin each note with the number of the clause that it is on: `3.37 In our area …`";
    let whole = Span::new(document.file, 0..0);
    for item in &document.items {
        match item {
            Item::Clause(_) => {}
            Item::Heading(at) => {
                let span = document.sections.get(*at).map_or(whole, |section| section.span);
                fault(span, "notes have no headings: they stand under the clauses that they are on", help);
            }
            Item::Block(_) | Item::DrawIn(_) => fault(whole, "something in this file belongs to no note", help),
        }
    }
    for clause in document.clauses.iter().filter(|clause| clause.label.is_some()) {
        let help = "take the id out: the note's address is that of its clause, with `local-` before it";
        fault(clause.span, "a note has no id of its own", help);
    }
}
