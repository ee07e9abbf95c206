//! Terms that clauses carry, and the clauses of each term.
//!
//! Takes documents with the terms that their authors wrote, and the taxonomies of the site; gives
//! those of each clause, which come down to it from front matter and headings. Reports a term that
//! no taxonomy has.

use std::collections::BTreeMap;

use super::Documents;
use crate::arena::Table;
use crate::config::{Config, TermRef};
use crate::corpus::{Entry, Member};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Clause, Document, Section};
use crate::source::Written;

/// Terms that a document and its clauses carry.
#[derive(Default)]
pub(super) struct Terms {
    /// Those of the whole document.
    pub(super) document_terms: Vec<TermRef>,
    /// Those of each clause, its headings' and its document's among them.
    pub(super) clauses: Table<Clause, Vec<TermRef>>,
}

/// Terms come down from front matter to headings to clauses to sub-clauses.
pub(super) fn terms(documents: &Documents, config: &Config, faults: &mut Vec<Diagnostic>) -> Table<Entry, Terms> {
    let found = documents.par_map(|_, filed| terms_of(&filed.document, config));
    found
        .into_iter()
        .map(|(terms, more)| {
            faults.extend(more);
            terms
        })
        .collect()
}

/// Passes terms down in one document. Returns the errors found, too.
fn terms_of(document: &Document, config: &Config) -> (Terms, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let document_terms = find_terms(&document.front.terms, config, &mut Vec::new());
    let sections: Table<Section, Vec<TermRef>> =
        document.sections.map(|_, section| find_terms(&section.terms, config, &mut faults));
    let mut clauses = document.clauses.map(|_, _| Vec::new());
    for (at, clause) in document.clauses.pairs() {
        let mut terms = find_terms(&clause.terms, config, &mut faults);
        match clause.parent {
            Some(parent) => terms.extend_from_slice(&clauses[parent]),
            None => {
                let trail = document.trail(clause.section);
                let above = trail.iter().flat_map(|section| &sections[*section]);
                terms.extend(document_terms.iter().chain(above));
            }
        }
        terms.sort();
        terms.dedup();
        clauses[at] = terms;
    }
    (Terms { document_terms, clauses }, faults)
}

/// Lists the clauses that carry each term. A sub-clause is listed under a term only if its clause
/// is not.
pub(super) fn members(documents: &Documents, terms: &Table<Entry, Terms>) -> BTreeMap<TermRef, Vec<Member>> {
    let mut members: BTreeMap<TermRef, Vec<Member>> = BTreeMap::new();
    for (entry, filed) in documents.pairs() {
        let of_clause = &terms[entry].clauses;
        for (clause, own) in filed.document.clauses.pairs() {
            let above = own.parent.map(|parent| &of_clause[parent]);
            for term in of_clause[clause].iter().filter(|term| above.is_none_or(|above| !above.contains(term))) {
                members.entry(*term).or_default().push(Member { entry, clause });
            }
        }
    }
    members
}

fn find_terms(written: &[Written<String>], config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<TermRef> {
    let mut found = Vec::new();
    for term in written {
        match config.find_term(&term.value) {
            Some(term) => found.push(term),
            None => {
                let message = format!("no taxonomy has a term `{}`", term.value);
                let fault = Diagnostic::new(Code::UnknownTerm, term.span, message)
                    .help("declare it in site.toml, under the terms of a taxonomy")
                    .nearest_after(faults, &term.value, config.term_slugs());
                faults.push(fault);
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
