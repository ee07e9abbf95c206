//! `relations.toml`: what clauses are to clauses of other documents.
//!
//! Takes the file; gives each relation as it is written, with its place. Whether it leads anywhere
//! is for `resolve` to say.

use super::table::with_table;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ClauseRelation, ClauseRelationKind};
use crate::parse::addresses::place_of_mention;
use crate::source::{SourceFile, Written};

/// Reads `relations.toml`: a table for each document, in it a table for each clause, in that a list
/// for each kind.
pub fn relations(file: &SourceFile) -> (Vec<ClauseRelation>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    with_table(file, 0..file.text.len(), "the relations", &mut faults, |table, faults| {
        for (document, clauses) in table.all_tables("the relations of a document", faults) {
            for (clause, kinds) in clauses.any_tables("the relations of a clause", faults) {
                let written = Written::new(format!("{}#{}", document.value, clause.value), clause.span);
                let Some(from) = place(&written, faults) else { continue };
                for (kind, word, _) in ClauseRelationKind::STATED {
                    for other in kinds.texts(word, faults) {
                        if let Some(to) = place(&other, faults) {
                            found.push(ClauseRelation { from: from.clone(), kind, to });
                        }
                    }
                }
                kinds.finish(faults);
            }
            clauses.finish(faults);
        }
    });
    (found, faults)
}

/// A place of the site, `DOCUMENT#CLAUSE`.
fn place(written: &Written<String>, faults: &mut Vec<Diagnostic>) -> Option<Written<crate::document::Target>> {
    let target = place_of_mention(&written.value);
    if target.is_none() {
        let fault =
            Diagnostic::new(Code::MalformedReference, written.span, format!("`{}` names no clause", written.value));
        faults.push(fault.help("write a document and a clause: `guidance-2008#3.37`"));
    }
    target.map(|target| Written::new(target, written.span))
}
