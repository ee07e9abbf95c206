//! Local notes to the clauses that they are on.
//!
//! Takes the notes of a site that extends another, which are written as clauses with the numbers of
//! those that they are on; gives each its place on the page of that document. A note on nothing is
//! reported by `permalinks`, which knows what became of its clause. Never changes what is in
//! the other document.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Documents, UnresolvedDocument};
use crate::arena::Table;
use crate::corpus::{DocumentRole, Entry, EntryId};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ClauseId, Document, Item};
use crate::source::Span;

/// Local notes on a document.
#[derive(Default)]
pub(super) struct LocalNotes {
    /// Entry that holds them.
    pub(super) entry: Option<EntryId>,
    /// For a clause of the document, the clause of that entry.
    pub(super) on_clauses: BTreeMap<ClauseId, ClauseId>,
}

/// Adds notes to the documents, each with the page of the one that it is on.
pub(super) fn join(notes: Vec<Arc<Document>>, documents: Documents, faults: &mut Vec<Diagnostic>) -> Documents {
    let mut filed = Vec::new();
    for document in notes {
        let named = document.annotates.clone().unwrap_or_default();
        let is_named = |filed: &UnresolvedDocument| filed.role.is_paper() && filed.document.id.as_str() == named;
        let Some(on) = documents.find(is_named) else {
            let papers = documents.iter().filter(|filed| filed.role.is_paper());
            let message = format!("these are notes on `{named}`, and the site has no such document");
            let fault = Diagnostic::new(Code::UnmatchedLocalNote, Span::new(document.file, 0..0), message)
                .help("name the file by the id of a document")
                .nearest(&named, papers.map(|filed| filed.document.id.as_str()));
            faults.push(fault);
            continue;
        };
        let page = documents[on].page.clone();
        filed.push(UnresolvedDocument { document, page, role: DocumentRole::Notes, annotates: Some(on) });
    }
    documents.into_iter().chain(filed).collect()
}

/// Finds the clause that each note is on.
pub(super) fn on_clauses(documents: &Documents, faults: &mut Vec<Diagnostic>) -> Table<Entry, LocalNotes> {
    let mut local = documents.map(|_, _| LocalNotes::default());
    for (at, notes) in documents.pairs() {
        let Some(on) = notes.annotates else { continue };
        misplaced(&notes.document, faults);
        let LocalNotes { entry, on_clauses } = &mut local[on];
        *entry = Some(at);
        for (note, clause) in notes.document.whole_clauses() {
            let found = documents[on].document.clauses.find(|other| other.number == clause.number);
            let Some(found) = found else { continue };
            if let Some(first) = on_clauses.get(&found) {
                let message = format!("there are two notes on {}", clause.number);
                let fault = Diagnostic::new(Code::DuplicateNumber, clause.span, message);
                let first = notes.document.clauses[*first].span;
                faults.push(fault.label(first, "the first").help("make one of them"));
                continue;
            }
            on_clauses.insert(found, note);
        }
    }
    local
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
                let span = document.sections[*at].span;
                fault(span, "notes have no headings: they are under the clauses that they are on", help);
            }
            Item::Block(_) | Item::DrawIn(_) => fault(whole, "something in this file belongs to no note", help),
        }
    }
    for clause in document.clauses.iter().filter(|clause| clause.label.is_some()) {
        let help = "remove the id: the note's address is that of its clause, with `local-` before it";
        fault(clause.span, "a note has no id of its own", help);
    }
}
