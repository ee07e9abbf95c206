//! Pins: places that people keep, with what became of each since the edition in which they kept it.
//!
//! Holds the published words of each clause, edition by edition, and what became of them. Takes a
//! pin; returns what became of it. `permalinks` makes the tables from the ledger, local notes ask
//! them at build time, and `export` publishes them for readers' lists. A pin is never said to be
//! another provision: where the ledger does not know, the answer is that it does not.

use std::collections::BTreeMap;

use crate::document::ledger::{Address, AnchorKind, EditionId, MoveKind, Published, TextHash};

/// A clause that someone keeps, as it was when they kept it.
#[derive(Clone, Copy, Debug)]
pub struct Pin<'a> {
    /// Fragment of the clause on its document's page.
    pub anchor: &'a str,
    /// The newest edition at that time; none if nobody knows.
    pub edition: Option<EditionId>,
    /// Short hash of its words at that time; none if nobody knows.
    pub words: Option<&'a str>,
}

/// Fate of a pin: what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PinFate {
    /// It is where it was, in the same words.
    Same,
    /// It is where it was, in other words.
    Reworded,
    /// It left its address.
    Left {
        /// Kind of change.
        kind: MoveKind,
        /// Addresses that took it over.
        to: Vec<Address>,
        /// Whether the one address that it went to has other words.
        reworded: bool,
    },
    /// The ledger does not say what had the address then.
    Unknown,
    /// The ledger and the site disagree: the check of the ledger reports it.
    Doubtful,
}

/// Words that an address had from an edition on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinRow {
    /// The first edition that had them.
    pub edition: EditionId,
    /// Hash of the words; none if the address had been given up.
    pub words: Option<TextHash>,
    /// Fate of the provision that had them.
    pub fate: PinFate,
}

/// Published words of the clauses of a document, by their address, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinTable {
    /// Rows of each address.
    pub rows: BTreeMap<String, Vec<PinRow>>,
}

impl PinTable {
    /// Returns the table of a document that is as it was published last: each address has had one
    /// provision.
    pub fn of_settled(published: &[Published]) -> Self {
        let mut table = PinTable::default();
        for row in published.iter().filter(|row| row.kind == AnchorKind::Clause) {
            let rows = table.rows.entry(row.anchor.clone()).or_default();
            let last = Some(row.words);
            let earlier = rows.iter_mut().filter(|earlier: &&mut PinRow| earlier.words != last);
            earlier.for_each(|earlier| earlier.fate = PinFate::Reworded);
            // The words of an earlier edition may have come back.
            rows.iter_mut().filter(|earlier| earlier.words == last).for_each(|earlier| earlier.fate = PinFate::Same);
            rows.push(PinRow { edition: row.edition, words: last, fate: PinFate::Same });
        }
        table
    }

    /// Returns what became of a pin. `now` is the hash of the words that are at its address now,
    /// if a clause is there.
    pub fn became(&self, pin: Pin<'_>, now: Option<TextHash>) -> PinFate {
        if let (Some(words), Some(now)) = (pin.words, now)
            && now.short() == words
        {
            return PinFate::Same;
        }
        let rows = self.rows.get(pin.anchor).map_or(&[][..], Vec::as_slice);
        let is_known = |row: &&PinRow| pin.edition.is_none_or(|edition| row.edition <= edition);
        let found = match pin.words {
            // Words tell more than an edition: they may have been read before they were published.
            Some(words) => {
                let has_them = |row: &&PinRow| row.words.is_some_and(|known| known.short() == words);
                let known = rows.iter().filter(is_known).rfind(has_them);
                known.or_else(|| rows.iter().find(has_them))
            }
            None if pin.edition.is_none() && now.is_some() => return PinFate::Same,
            None if pin.edition.is_none() => rows.iter().rfind(|row| row.words.is_some()),
            None => rows.iter().rfind(is_known).filter(|row| row.words.is_some()),
        };
        found.map_or(PinFate::Unknown, |row| row.fate.clone())
    }
}
