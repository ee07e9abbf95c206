//! The check against the ledger: that every address that was published is still what it was, or
//! that `moves.toml` says what became of it.
//!
//! Takes the resolved site and the ledger; gives the history of each document, and every address
//! that is lost, that something else has now, or that is explained although nothing happened to
//! it. Likeness only proposes: what became of a clause is for a person to say.

mod edition;
mod history;
mod local_notes;
mod mentions;
mod moves;
mod pins;
mod proposals;
mod provision;
mod standing;

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::corpus::history::History;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::Ledger;
pub use edition::with_edition;
use moves::Moves;
use standing::standings;

/// Compares the site with its ledger; nothing is compared if nothing was published yet.
pub fn check(corpus: &Corpus, ledger: &Ledger, faults: &mut Vec<Diagnostic>) -> History {
    let moves = Moves::new(&ledger.moves, faults);
    if ledger.documents.is_empty() {
        local_notes::check(corpus, ledger, (&BTreeMap::new(), &BTreeMap::new()), faults);
        moves.report_unpublished(&BTreeMap::new(), faults);
        return History::none(&corpus.entries);
    }
    let had_pages = ledger.editions.iter().find(|edition| edition.clause_pages);
    if let Some(edition) = had_pages.filter(|_| !corpus.config.clause_pages) {
        let message = format!("edition {} had a page for each clause by itself", edition.name);
        let fault = Diagnostic::new(Code::LostPermalink, edition.span, message);
        faults.push(fault.help("remove `clause-pages = false` from site.toml: old links lead to those pages"));
    }
    let standings = standings(corpus, ledger, &moves);
    proposals::report(corpus, ledger, &standings, faults);
    moves.report_unpublished(&standings, faults);
    moves.check_targets(&standings, faults);
    moves.check_likeness(corpus, &standings, faults);
    mentions::check(corpus, &standings, &ledger.apart, faults);
    let pins = pins::tables(corpus, &standings);
    local_notes::check(corpus, ledger, (&standings, &pins), faults);
    History { pins, ..history::history(corpus, ledger, &standings) }
}
