//! What became of addresses that were published.
//!
//! Holds, for each document, the addresses that its page keeps for readers who come by an old link, and the pages that
//! only lead on. Takes nothing by itself; `resolve` makes it from the ledger. Holds addresses and words, and no index into the
//! corpus but those of the document's own clauses and headings.

use crate::document::ledger::{AnchorKind, MoveKind};
use crate::output::OutPath;
use crate::source::Origin;

/// What the ledger knows of a site.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// By the index of the document among the entries; empty if nothing was published yet.
    pub documents: Vec<DocumentHistory>,
    /// Pages that are no longer where they were.
    pub gone: Vec<GonePage>,
    /// Fragments of the table of authorities that nothing cites any more, each with the key of its work.
    pub provisions: Vec<(String, String)>,
    /// The editions, the newest first.
    pub editions: Vec<EditionChanges>,
}

/// What the ledger knows of a document.
#[derive(Clone, Debug, Default, Hash)]
pub struct DocumentHistory {
    /// Addresses that its page keeps, each with where.
    pub formers: Vec<(Spot, Former)>,
    /// What happened to a clause since it was first published, by its index.
    pub lines: Vec<(usize, String)>,
}

/// Where on a page a former address is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// At the head of a clause that took it over, or that bears its number now.
    Clause(usize),
    /// At the heading that took it over.
    Section(usize),
    /// Where a clause was withdrawn: before this one.
    Before(usize),
    /// At the end of the page.
    End,
}

/// An address that is no longer what it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Former {
    /// The fragment.
    pub anchor: String,
    /// What stood there.
    pub was: AnchorKind,
    /// How readers called it.
    pub number: String,
    /// What became of it.
    pub kind: MoveKind,
    /// What took it over.
    pub heirs: Vec<Heir>,
    /// Why.
    pub reason: Option<String>,
    /// The edition from which on it is so, if that is published.
    pub since: Option<String>,
    /// Whether something else bears the address now.
    pub reused: bool,
}

/// What took an address over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heir {
    /// Its page.
    pub page: OutPath,
    /// Its fragment there.
    pub fragment: Option<String>,
    /// Its page by itself.
    pub alone: Option<OutPath>,
    /// How it is cited from another document.
    pub citation: String,
    /// How it is cited from its own.
    pub short: String,
}

/// A page that only leads on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GonePage {
    /// Its path.
    pub path: OutPath,
    /// How it was called.
    pub title: String,
    /// What became of the page as a whole, or of each that had the page.
    pub whole: Vec<Former>,
    /// What became of each address on it.
    pub formers: Vec<Former>,
}

impl GonePage {
    /// What a reader is led to at once: the one that stands for all that had the page. Whatever else became of it is for
    /// readers to see.
    pub fn forward(&self) -> Option<&Heir> {
        match self.whole.as_slice() {
            [one] if matches!(one.kind, MoveKind::Moved | MoveKind::Renumbered) => match one.heirs.as_slice() {
                [heir] => Some(heir),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What an edition brought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EditionChanges {
    /// Its name.
    pub name: String,
    /// Its day: in words, and as ISO 8601 has it.
    pub date: Option<(String, String)>,
    /// What its maker says of it.
    pub note: Option<String>,
    /// Whose it is, of a site that extends another.
    pub origin: Origin,
    /// Whether it is the first: everything in it is new, and nothing is listed.
    pub first: bool,
    /// What changed, by document.
    pub documents: Vec<DocumentChanges>,
}

impl EditionChanges {
    /// Returns its name with its day, if that is known.
    pub fn with_day(&self) -> String {
        let day = self.date.as_ref().map(|(words, _)| format!(", {words}")).unwrap_or_default();
        format!("{}{day}", self.name)
    }

    /// Its fragment on the page of changes: its name, which has a space only if it is told to be local.
    pub fn anchor(&self) -> String {
        format!("edition-{}", self.name.replace(" (", "-").replace(')', ""))
    }
}

/// What an edition brought to a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentChanges {
    /// How the document is cited, and its page if the site still has it.
    pub document: (String, Option<OutPath>),
    /// What happened, each with the clauses that it happened to.
    pub changes: Vec<(Change, Vec<Heir>)>,
}

/// What happened to a clause in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is new.
    New,
    /// Its words changed.
    Reworded,
    /// It has another number or place.
    Renumbered,
    /// It is no longer there.
    Gone,
}
