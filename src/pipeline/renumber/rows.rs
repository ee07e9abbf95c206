//! Rows that tell readers of old addresses where to go.
//!
//! Takes the ledger and the new numbers; gives a row of `moves.toml` for each clause that was
//! published under its old number, and which of those that have had an address has it after the
//! change.

use std::collections::BTreeSet;

use super::NumberChange;
use super::numbers::{CorpusClause, Numbers};
use crate::corpus::Corpus;
use crate::document::ledger::{Address, Ledger, MoveKind};
use crate::document::{Clause, Number};

/// A row for `moves.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveRow {
    /// The address under which the clause was published: `guidance-2008#3.38`.
    pub from: Address,
    /// The one that it has now.
    pub to: Address,
    /// Why.
    pub reason: &'static str,
}

/// Rows as they are pasted into `moves.toml`.
pub fn pasted(rows: &[MoveRow]) -> String {
    let row = |MoveRow { from, to, reason }: &MoveRow| MoveKind::Renumbered.row(from, Some(to), None, reason) + "\n";
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Ledger, with the addresses that their provisions have left since they were published.
pub(super) struct LedgerStanding<'a> {
    ledger: &'a Ledger,
    left: BTreeSet<Address>,
}

impl<'a> LedgerStanding<'a> {
    /// As the rows of `moves.toml` have it.
    pub(super) fn new(ledger: &'a Ledger) -> Self {
        let moved = ledger.moves.iter().filter(|row| row.kind != MoveKind::Reworded);
        LedgerStanding { ledger, left: moved.flat_map(|row| &row.from).map(|from| from.value.clone()).collect() }
    }

    /// The rows that a change needs, from the last clause to the first. What they are about has
    /// left its address then.
    pub(super) fn rows(&mut self, corpus: &Corpus, numbers: &Numbers<'_>, change: &NumberChange) -> Vec<MoveRow> {
        let reason = match change {
            NumberChange::Insert => "A clause was inserted before it.",
            NumberChange::To(_) => "It was given another number.",
        };
        let published = |(place, clause, new): (CorpusClause, &Clause, &Number)| {
            let id = corpus.entry(place.entry).document.id.to_string();
            let from = self.stays(&id, &clause.number.anchor())?;
            Some((from, id, new.anchor()))
        };
        let published: Vec<(Address, String, String)> = numbers.changes().filter_map(published).collect();
        self.left.extend(published.iter().map(|(from, _, _)| from.clone()));
        let row = |(from, id, anchor): (Address, String, String)| {
            let to = self.bearer(&id, &anchor, "");
            MoveRow { from, to, reason }
        };
        published.into_iter().rev().map(row).collect()
    }

    /// Counts the provisions that have had an address one after another.
    fn had(&self, id: &str, anchor: &str) -> usize {
        let rows = self.ledger.documents.get(id).into_iter().flatten().filter(|row| row.anchor == anchor);
        rows.map(|row| &row.key).collect::<BTreeSet<_>>().len()
    }

    /// The last of them, unless they have all left: then what is there now is new.
    fn stays(&self, id: &str, anchor: &str) -> Option<Address> {
        let had = (1..=self.had(id, anchor)).map(|nth| Address { nth, ..Address::first(id, anchor) });
        had.rev().find(|address| !self.left.contains(address))
    }

    /// Returns the address, with its ordinal, of the provision at a clause or, with a `rest` such
    /// as `-a`, at a part of it.
    pub(super) fn bearer(&self, id: &str, clause: &str, rest: &str) -> Address {
        let anchor = format!("{clause}{rest}");
        // The parts of a clause leave with it.
        let stays = self.stays(id, clause).and_then(|_| self.stays(id, &anchor));
        stays.unwrap_or_else(|| Address { nth: self.had(id, &anchor) + 1, ..Address::first(id, &anchor) })
    }
}
