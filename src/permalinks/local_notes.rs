//! Local notes against what became of the clauses that they are on.
//!
//! Takes the notes of a site that extends another and the ledger of that one; gives each note whose
//! clause was reworded, renumbered or withdrawn since the edition with which its author compared it
//! last. Only a person can say whether the note still holds.

use super::moves::provision_in_edition;
use super::provision::{AddressState, AddressedProvision, DocumentStanding, ProvisionOutcome, Standings};
use crate::corpus::{Corpus, DocumentRole, Entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::{Address, AnchorKind, EditionId, Ledger};
use crate::document::{Clause, join_with_and};
use crate::source::{Origin, Span};

/// Reports notes that are on nothing, on another clause than they were, or on words that have
/// changed.
pub(super) fn check(corpus: &Corpus, ledger: &Ledger, standings: &Standings<'_>, faults: &mut Vec<Diagnostic>) {
    for notes in corpus.entries.iter().filter(|entry| entry.role == DocumentRole::Notes) {
        let Some(on) = notes.resolution.annotates.map(|on| corpus.entry(on)) else { continue };
        let is_borrowed = on.document.origin == Origin::Upstream && ledger.borrowed().next().is_some();
        let reviewed = if is_borrowed { reviewed(notes, ledger, faults) } else { None };
        let standing = standings.get(on.document.id.as_str());
        for (_, note) in notes.document.whole_clauses() {
            faults.extend(fault(on, note, ledger, standing, reviewed));
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
    standing: Option<&DocumentStanding<'_>>,
    reviewed: Option<EditionId>,
) -> Option<Diagnostic> {
    let (document, number) = (&on.document, &note.number);
    let clause = document.clauses.iter().find(|clause| clause.number == *number);
    let anchor = document.clause_anchor(clause.unwrap_or(note));
    // Whether or not its clause is there, the ledger says what had the number when the note was
    // compared.
    let compared = reviewed.zip(standing).and_then(|(edition, standing)| {
        let published = provision_in_edition(standing.provisions_at(&anchor), edition)?;
        Some((edition, standing, published))
    });
    let short = &document.front.short;
    let error = |message: String| Diagnostic::new(Code::UnmatchedLocalNote, note.span, message);
    let Some((edition, standing, published)) = compared else {
        if clause.is_some() {
            return None;
        }
        let numbers: Vec<String> = document.whole_clauses().map(|(_, clause)| clause.number.to_string()).collect();
        let fault =
            error(format!("{short} has no clause {number}")).help("write the number of the clause that it is on");
        return Some(fault.nearest(&number.to_string(), numbers.iter().map(String::as_str)));
    };
    let name = ledger.name_of(edition);
    match &published.state {
        AddressState::Stays if has_its_words(standing, published, edition, &anchor) => None,
        AddressState::Stays => {
            let message = format!("{short}, {number}, was reworded since edition {name}, and this note is on it");
            Some(
                Diagnostic::new(Code::OutdatedLocalNote, note.span, message).help(
                    "read both again; once every note in this file holds, write the newest edition as `reviewed`",
                ),
            )
        }
        AddressState::Left(fate) => {
            let what = if clause.is_some() { "is another clause" } else { "is no more" };
            let help = match successors(fate, document.id.as_str()).as_slice() {
                [] => "it was withdrawn: remove the note, or write it on another clause".to_owned(),
                to => format!("what it was on is {} now: give the note that number", join_with_and(to)),
            };
            Some(error(format!("since edition {name}, {number} of {short} {what}, and this note is on it")).help(help))
        }
        // The ledger's own check says so.
        AddressState::Doubtful | AddressState::Kept | AddressState::Lost => None,
    }
}

/// Whether a provision has the words that it had in an edition.
fn has_its_words(
    standing: &DocumentStanding<'_>,
    provision: &AddressedProvision<'_>,
    edition: EditionId,
    anchor: &str,
) -> bool {
    let then = provision.rows.iter().rfind(|row| row.edition <= edition && row.kind != AnchorKind::Gone);
    let now = standing.held().words.get(anchor);
    then.zip(now).is_none_or(|(then, now)| now.is(then.words))
}

fn successors<'f>(fate: &'f ProvisionOutcome<'_>, document: &str) -> Vec<&'f str> {
    let shown = |to: &'f Address| if to.document == document { to.anchor.as_str() } else { to.document.as_str() };
    fate.to.iter().map(shown).collect()
}
