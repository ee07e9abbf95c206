//! Local notes against what became of the clauses that they are on.
//!
//! Takes the notes of a site that extends another and the ledger of that one; gives each note whose
//! clause was reworded, renumbered or withdrawn since the edition with which its author compared it
//! last. Only a person can say whether the note still holds.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::provision::Standings;
use crate::corpus::pins::{Pin, PinFate, PinTable};
use crate::corpus::{Corpus, DocumentRole, Entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::{Address, EditionId, Ledger};
use crate::document::{Clause, join_with_and};
use crate::source::{Origin, Span};

/// Reports notes that are on nothing, on another clause than they were, or on words that have
/// changed. `tables` are those of the documents that are not as they were published last.
pub(super) fn check(
    corpus: &Corpus,
    ledger: &Ledger,
    (standings, tables): (&Standings<'_>, &BTreeMap<String, PinTable>),
    faults: &mut Vec<Diagnostic>,
) {
    for notes in corpus.entries.iter().filter(|entry| entry.role == DocumentRole::Notes) {
        let Some(on) = notes.resolution.annotates.map(|on| corpus.entry(on)) else { continue };
        let is_borrowed = on.document.origin == Origin::Upstream && ledger.borrowed().next().is_some();
        let reviewed = if is_borrowed { reviewed(notes, ledger, faults) } else { None };
        let standing = standings.get(on.document.id.as_str()).filter(|_| reviewed.is_some());
        let pins = standing.and_then(|standing| match standing.settled {
            true => Some(Cow::Owned(PinTable::of_settled(standing.rows))),
            false => tables.get(standing.id).map(Cow::Borrowed),
        });
        for (_, note) in notes.document.whole_clauses() {
            faults.extend(fault(on, note, ledger, pins.as_deref(), reviewed));
        }
    }
}

/// The edition with which notes were compared, as their author says.
fn reviewed(notes: &Entry, ledger: &Ledger, faults: &mut Vec<Diagnostic>) -> Option<EditionId> {
    let theirs = || ledger.borrowed();
    let newest = theirs().next_back().map_or("", |(_, edition)| edition.name.as_str());
    let Some(written) = &notes.document.front.reviewed else {
        let place = Span::new(notes.document.file, 0..0);
        let message = "nobody says with which edition these notes were compared";
        faults.push(Diagnostic::new(Code::UnreviewedLocalNotes, place, message).help(format!(
            "compare them with the clauses that they are on, and write `reviewed = \"{newest}\"` between lines `+++`"
        )));
        return None;
    };
    let found = theirs().find(|(_, edition)| edition.name == written.value).map(|(at, _)| at);
    if found.is_none() {
        let message = format!("the site that is extended has no edition `{}`", written.value);
        let fault = Diagnostic::new(Code::InvalidValue, written.span, message);
        faults.push(
            fault
                .help(format!("its newest edition is `{newest}`"))
                .nearest(&written.value, theirs().map(|(_, edition)| edition.name.as_str())),
        );
    }
    found
}

/// Returns the diagnostic for one note, if something is wrong with it.
fn fault(
    on: &Entry,
    note: &Clause,
    ledger: &Ledger,
    pins: Option<&PinTable>,
    reviewed: Option<EditionId>,
) -> Option<Diagnostic> {
    let (document, number) = (&on.document, &note.number);
    let clause = document.clauses.iter().find(|clause| clause.number == *number);
    let anchor = &document.clause_anchor(clause.unwrap_or(note));
    let short = &document.front.short;
    let error = |message: String| Diagnostic::new(Code::UnmatchedLocalNote, note.span, message);
    // Whether or not its clause is there, the ledger says what had the number when the note was
    // compared.
    let pin = Pin { anchor, edition: reviewed, words: None };
    let fate = pins.filter(|_| reviewed.is_some()).map_or(PinFate::Unknown, |pins| pins.became(pin, None));
    let name = || reviewed.map(|edition| ledger.name_of(edition)).unwrap_or_default();
    match fate {
        PinFate::Unknown if clause.is_none() => {
            let numbers: Vec<String> = document.whole_clauses().map(|(_, clause)| clause.number.to_string()).collect();
            let fault =
                error(format!("{short} has no clause {number}")).help("write the number of the clause that it is on");
            Some(fault.nearest(&number.to_string(), numbers.iter().map(String::as_str)))
        }
        PinFate::Reworded => {
            let message = format!("{short}, {number}, was reworded since edition {}, and this note is on it", name());
            Some(
                Diagnostic::new(Code::OutdatedLocalNote, note.span, message).help(
                    "read both again; once every note in this file holds, write the newest edition as `reviewed`",
                ),
            )
        }
        PinFate::Left { to, .. } => {
            let what = if clause.is_some() { "is another clause" } else { "is no more" };
            let help = match successors(&to, document.id.as_str()).as_slice() {
                [] => "it was withdrawn: remove the note, or write it on another clause".to_owned(),
                to => format!("what it was on is {} now: give the note that number", join_with_and(to)),
            };
            let message = format!("since edition {}, {number} of {short} {what}, and this note is on it", name());
            Some(error(message).help(help))
        }
        // Of what is in doubt, the ledger's own check says so.
        PinFate::Same | PinFate::Unknown | PinFate::Doubtful => None,
    }
}

fn successors<'f>(to: &'f [Address], document: &str) -> Vec<&'f str> {
    let shown = |to: &'f Address| if to.document == document { to.anchor.as_str() } else { to.document.as_str() };
    to.iter().map(shown).collect()
}
