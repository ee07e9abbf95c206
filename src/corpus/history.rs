//! Published addresses, each with what became of it.
//!
//! Holds, for each document, the addresses that its page keeps for readers who come by an old link,
//! and the pages that only lead on. Takes nothing by itself; `permalinks` makes it from the ledger.
//! Holds addresses and words, and no index into the corpus but those of the document's own clauses
//! and headings.

use std::collections::BTreeMap;

use super::Entry;
use super::pins::PinTable;
use crate::arena::{Arena, Table};
use crate::config::Config;
use crate::date::PartialDate;
use crate::document::ledger::{AnchorKind, MoveKind};
use crate::document::{ClauseId, SectionId};
use crate::output::OutPath;
use crate::source::Origin;
use crate::strings::Strings;

/// Published history of a site, from its ledger.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// History of each document.
    pub documents: Table<Entry, DocumentHistory>,
    /// Pages that are no longer where they were.
    pub gone: Vec<WithdrawnPage>,
    /// Fragments of the table of authorities that nothing cites any more, each with the key of its
    /// work.
    pub provisions: Vec<(String, String)>,
    /// The editions, the newest first.
    pub editions: Vec<EditionChanges>,
    /// For each document that is not as it was published last, by its id, what became of its
    /// published clauses.
    pub pins: BTreeMap<String, PinTable>,
}

impl History {
    /// The history of documents of which nothing was published yet.
    pub fn none(entries: &Arena<Entry>) -> Self {
        History { documents: entries.map(|_, _| DocumentHistory::default()), ..History::default() }
    }

    /// Returns the name of the edition of the site that a text is from, which may be the one that
    /// the site extends.
    pub fn edition_of(&self, origin: Origin, config: &Config, strings: &Strings) -> Option<String> {
        let declared = match origin {
            Origin::Own => config.edition.as_ref(),
            Origin::Upstream => config.upstream.as_ref().and_then(|upstream| upstream.edition.as_ref()),
        };
        let published = || self.editions.iter().find(|edition| edition.origin == origin);
        declared.cloned().or_else(|| Some(published()?.with_day(strings)))
    }

    /// Returns the name of the site's edition: the one in the settings, or else the last that was
    /// published, with its day.
    pub fn edition(&self, config: &Config, strings: &Strings) -> Option<String> {
        config.edition.clone().or_else(|| Some(self.editions.first()?.with_day(strings)))
    }
}

/// Published history of a document, from the ledger.
#[derive(Clone, Debug, Default, Hash)]
pub struct DocumentHistory {
    /// Addresses that its page keeps, each with where.
    pub formers: Vec<(FormerPlace, FormerAddress)>,
    /// Changes of each clause since it was first published, with the index of the clause.
    pub lines: Vec<(ClauseId, Vec<Since>)>,
}

/// A change of a clause since it was first published, with the name of the edition that brought it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Since {
    /// It is new.
    New(String),
    /// It has its number since then.
    Number(String),
    /// The words changed.
    Reworded(String),
}

/// Place on a page where a former address is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormerPlace {
    /// At the head of a clause that took it over, or that has its number now.
    Clause(ClauseId),
    /// At the heading that took it over.
    Section(SectionId),
    /// Before this clause, in the place of a clause that is gone.
    Before(ClauseId),
    /// At the end of the page.
    End,
}

/// An address that is no longer what it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormerAddress {
    /// The fragment.
    pub anchor: String,
    /// Kind of thing that had the address.
    pub was: AnchorKind,
    /// Number that readers knew it by; empty for a heading.
    pub number: String,
    /// Kind of change: moved, split, withdrawn and so on.
    pub kind: MoveKind,
    /// Places that took the address over.
    pub heirs: Vec<Successor>,
    /// Why.
    pub reason: Option<String>,
    /// The edition from which on it is so, if that is published.
    pub since: Option<String>,
    /// Whether something else has the address now.
    pub reused: bool,
}

/// Place that took an address over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Successor {
    /// Page of the place.
    pub page: OutPath,
    /// Fragment on that page; none for the page itself.
    pub fragment: Option<String>,
    /// Page that shows the clause by itself, if the site has such pages.
    pub alone: Option<OutPath>,
    /// Citation of the place from another document.
    pub citation: String,
    /// Citation of the place within its own document.
    pub short: String,
}

/// A page that only leads on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WithdrawnPage {
    /// Path that the page had.
    pub path: OutPath,
    /// Name of the page: the document's id, the citation of the clause, or the path of any other
    /// page.
    pub title: String,
    /// Record of what became of the page as a whole; one for each provision that had the page.
    pub whole: Vec<FormerAddress>,
    /// Records of what became of the addresses on it.
    pub formers: Vec<FormerAddress>,
}

impl WithdrawnPage {
    /// Returns the place to which a reader is sent at once. There is one only if a single record
    /// says that the page moved or was renumbered, to a single place. Otherwise the page itself
    /// tells readers what became of it.
    pub fn forward(&self) -> Option<&Successor> {
        match self.whole.as_slice() {
            [one] if matches!(one.kind, MoveKind::Moved | MoveKind::Renumbered) => match one.heirs.as_slice() {
                [heir] => Some(heir),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Edition with the changes that it brought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EditionChanges {
    /// Name of the edition, marked as local if the site extends another and this edition is its
    /// own.
    pub name: String,
    /// Day of the edition.
    pub date: Option<PartialDate>,
    /// Note by its maker on what is new.
    pub note: Option<String>,
    /// Origin of the edition: this site, or the site that it extends.
    pub origin: Origin,
    /// Whether it is the first: everything in it is new, and nothing is listed.
    pub first: bool,
    /// Changes by document.
    pub documents: Vec<DocumentChanges>,
}

impl EditionChanges {
    /// Returns its name with its day, if that is known.
    pub fn with_day(&self, strings: &Strings) -> String {
        match self.date {
            Some(day) => format!("{}, {}", self.name, strings.date(day)),
            None => self.name.clone(),
        }
    }

    /// Returns the fragment on the page of changes, made of the edition's name. The suffix
    /// ` (local)` becomes `-local`.
    pub fn anchor(&self) -> String {
        format!("edition-{}", self.name.replace(" (", "-").replace(')', ""))
    }
}

/// Changes that an edition brought to a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentChanges {
    /// Short title of the document, and its page if the site still has it.
    pub document: (String, Option<OutPath>),
    /// Kinds of change, each with the clauses that it happened to.
    pub changes: Vec<(ChangeKind, Vec<Successor>)>,
}

/// Kind of change to a clause in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    New,
    /// The words changed.
    Reworded,
    /// It has another number or place.
    Renumbered,
    /// It is no longer there.
    Gone,
}
