//! `permalinks/moves.toml`: what became of clauses that have been published.
//!
//! Takes the file; gives the places that each row names, with where they are written. Whether a row is right is not known here.

use super::table::with_table;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Written};

/// The tables of the file, by what happened.
const EVENTS: [&str; 6] = ["moved", "renumbered", "split", "merged", "withdrawn", "reworded"];

/// A row: the addresses that were published, and those that took over.
#[derive(Clone, Debug, Default)]
pub struct Move {
    /// The old addresses, as they are written: `guidance-2008#3.38`.
    pub from: Vec<Written<String>>,
    /// The new ones; none for what was withdrawn.
    pub to: Vec<Written<String>>,
}

/// Reads `moves.toml`.
pub fn moves(file: &SourceFile) -> (Vec<Move>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    with_table(file, 0..file.text.len(), "the moves", &mut faults, |table, faults| {
        for event in EVENTS {
            for row in table.tables(event, "a row of the moves", faults) {
                found.push(Move { from: row.texts("from", faults), to: row.texts("to", faults) });
            }
        }
    });
    (found, faults)
}
