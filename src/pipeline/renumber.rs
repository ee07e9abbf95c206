//! A clause's number changed, with every mention of it.
//!
//! Takes a site as it was read, a clause, and what is to become of its number; gives every change
//! of bytes that this needs, the rows that tell readers of the old addresses, and the words that
//! may name an old number and were left alone. The site is built again from the changes before they
//! are given: each mention must lead to the clause that it led to. Reads nothing and writes
//! nothing.

mod numbers;
mod places;
mod proof;
mod rows;
mod words;

use std::collections::BTreeMap;

use super::{Caches, Hooks, Options, Resolved, load, resolve};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::ledger::Ledger;
use crate::document::{ClauseRelation, Number};
use crate::site::ReadSite;
use crate::source::MOVES;
use crate::source::{Edit, Origin, SourceMap, Span};
use numbers::Numbers;
use places::NumberPlaces;
use rows::LedgerStanding;
pub use rows::{MoveRow, pasted};

/// Change to a clause's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberChange {
    /// The clause, and those behind it up to a gap, go one up, so that a new one can be written in
    /// its place.
    Insert,
    /// The clause gets this number.
    To(Number),
}

/// Why nothing can be changed.
#[derive(Clone, Debug)]
pub struct RenumberRefusal {
    /// A sentence without a full stop.
    pub message: String,
    /// Help on how to fix it; may be empty.
    pub help: String,
    /// Errors in the site, if they are the reason.
    pub faults: Vec<Diagnostic>,
}

impl RenumberRefusal {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        RenumberRefusal { message: message.into(), help: help.into(), faults: Vec::new() }
    }
}

/// All that a change of numbers comes to.
#[derive(Clone, Debug)]
pub struct Renumbering {
    /// The old and the new number of each clause, in the document's order.
    pub clauses: Vec<(Number, Number)>,
    /// Every change, each once, in the order of files and places.
    pub edits: Vec<Edit>,
    /// Number of mentions that change in each file, by the file's path.
    pub mentions: BTreeMap<String, usize>,
    /// Words that may name an old number and are no mention, with the number that it would now be.
    pub unsure: Vec<(Span, Number)>,
    /// Rows of `moves.toml` that would lead from an address to itself, and say nothing any more.
    pub idle: Vec<Span>,
    /// The rows that `moves.toml` needs for what was published, from the last clause to the first:
    /// each could be read after the one before it.
    pub rows: Vec<MoveRow>,
    /// Whether the document has been published: else nobody knows its old addresses.
    pub published: bool,
    /// The texts that the places are of; `moves.toml` is among them, empty if it is not there.
    pub sources: SourceMap,
}

impl Renumbering {
    /// Adds those rows that are not in doubt to the end of `moves.toml`.
    pub fn write_rows(&mut self) {
        let rows = pasted(&self.rows);
        let Some(file) = self.sources.find(MOVES).filter(|_| !rows.is_empty()) else { return };
        let end = file.text.len();
        let gap = match &*file.text {
            "" => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        self.edits.push(Edit { span: Span::new(file.id, end..end), text: format!("{gap}{rows}") });
    }
}

/// Works out what changes if the clause `number` of the document `id` is renumbered.
///
/// # Errors
///
/// If the change cannot be made, or if it would do anything but change numbers.
pub fn renumber(
    read: &ReadSite,
    (id, number): (&str, &Number),
    change: &NumberChange,
) -> Result<Renumbering, RenumberRefusal> {
    let mut read = read.clone();
    if read.site.sources.find(MOVES).is_none() {
        read.site.sources.insert(MOVES, "");
    }
    let NumberedSite { resolved: Resolved { site, corpus, faults, .. }, relations, ledger } = &numbered(&read);
    // A clause that was moved is out of order until it has its new number.
    let in_the_way = |fault: &Diagnostic| {
        let moved = matches!(change, NumberChange::To(_)) && fault.code == Code::NumberOutOfOrder;
        fault.severity() == Severity::Error && !moved
    };
    let mut errors: Vec<Diagnostic> = faults.iter().filter(|fault| in_the_way(fault)).cloned().collect();
    diagnostic::sort(&mut errors, &site.sources);
    if !errors.is_empty() {
        let twice = errors.iter().any(|fault| fault.code == Code::DuplicateNumber);
        let help = if twice {
            "make room first, and write the new clause then: while two clauses have one number, nobody can tell which is meant"
        } else {
            "fix them first: what leads nowhere now would lead to the wrong clause then"
        };
        return Err(RenumberRefusal { faults: errors, ..RenumberRefusal::new("the site has errors", help) });
    }
    let numbers = Numbers::new(corpus, id, number, change)?;
    let ledger = ledger.as_ref().map_err(Clone::clone)?;
    let mut standing = LedgerStanding::new(ledger);
    let rows = standing.rows(corpus, &numbers, change);
    let mut places = NumberPlaces::new(corpus, &numbers, &site.sources);
    places.clauses();
    places.mentions()?;
    places.relations(relations)?;
    let idle = places.moves(&ledger.moves, &standing)?;
    let (edits, mentions) = places.finish();
    let is_borrowed = |edit: &&Edit| site.sources.file(edit.span.file).origin == Origin::Upstream;
    if let Some(edit) = edits.iter().find(is_borrowed) {
        let file = site.sources.file(edit.span.file);
        let message = format!("`{}` belongs to the site that is extended, and would have to change", file.shown);
        return Err(RenumberRefusal::new(message, "renumber the clause there"));
    }
    proof::check(&read, (faults, ledger), corpus, &numbers, &edits)?;
    Ok(Renumbering {
        clauses: numbers.changes().map(|(_, clause, new)| (clause.number.clone(), new.clone())).collect(),
        unsure: words::doubtful_numbers(corpus, &numbers, &edits, &site.sources),
        rows,
        published: ledger.documents.contains_key(id),
        edits,
        mentions,
        idle,
        sources: site.sources.clone(),
    })
}

/// A site as far as its numbers and mentions go, not compared with what was published.
struct NumberedSite<'a> {
    resolved: Resolved<'a>,
    relations: Vec<ClauseRelation>,
    /// Ledger of published addresses, with the rows of `moves.toml`; a refusal if it has errors.
    ledger: Result<Ledger, RenumberRefusal>,
}

fn numbered(read: &ReadSite) -> NumberedSite<'_> {
    let mut loaded = load(read, &Options::default(), Hooks::default());
    let (ledger, mut faults) = (std::mem::take(&mut loaded.ledger), std::mem::take(&mut loaded.of_ledger));
    faults.retain(|fault| fault.severity() == Severity::Error);
    let refusal = || RenumberRefusal::new("the ledger of published addresses has errors", "fix it first");
    let ledger = if faults.is_empty() { Ok(ledger) } else { Err(RenumberRefusal { faults, ..refusal() }) };
    let relations = loaded.relations.clone();
    NumberedSite { resolved: resolve(loaded, &mut Caches::default(), Hooks::default()), relations, ledger }
}
