//! The ledger: every address that was ever published, and what became of those that are gone.
//!
//! Holds the rows of `permalinks/` as typed values, and what is kept of a text so that it can be
//! known again. Takes words; gives hashes and sketches of them that are the same in every release
//! of clausebook, for they are in files. Compares nothing with the site: `resolve` does.

mod apart;
mod sketch;

use std::collections::BTreeMap;
use std::fmt;

use crate::arena::{Arena, Id, Table};
use crate::date::PartialDate;
use crate::source::{Origin, Span, Written};
pub use apart::ConcurrentEditions;
pub use sketch::{KnownBy, Sketch, TextHash, hash_of_target};

/// The ledger under which the pages that belong to no document are.
pub const SITE_LEDGER: &str = "_site";

/// Everything in `permalinks/`.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The editions, the oldest first.
    pub editions: Arena<Edition>,
    /// The rows of each document, by its id; those of one address in the order of editions.
    pub documents: BTreeMap<String, Vec<Published>>,
    /// Rows of `moves.toml`, in which people record what became of addresses.
    pub moves: Vec<Move>,
    /// Pairs of editions that knew nothing of one another.
    pub apart: ConcurrentEditions,
}

/// Place of an edition in its ledger.
pub type EditionId = Id<Edition>;

/// A time at which the site was published with words that it had not had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Name by which rows of the ledger refer to the edition.
    pub name: String,
    /// Day on which it was published, if known.
    pub date: Option<PartialDate>,
    /// Publisher's note on the edition.
    pub note: Option<String>,
    /// Whether each clause had a page by itself.
    pub clause_pages: bool,
    /// Hashes of its sums, by which a row that is missing is found: one for each branch that
    /// published an edition of this name; none if an older program published it, which wrote no
    /// sums.
    pub seals: Vec<TextHash>,
    /// Seals of the last editions that were known when it was published; none if nothing says
    /// which, as in ledgers of older programs: then it is taken to have known all editions before
    /// it.
    pub after: Option<Vec<TextHash>>,
    /// Site that published it: this one, or the one that it extends.
    pub origin: Origin,
    /// Byte range of its name in `editions.toml`.
    pub span: Span,
}

impl Ledger {
    /// This ledger, of a site that extends another, with that of the other below it. Rows of the
    /// two cannot be of one document, but for those of the site's own pages.
    pub fn over(mut self, mut upstream: Ledger) -> Ledger {
        upstream.apart = self.apart.after(upstream.editions.len());
        let moved: Table<Edition, EditionId> = self.editions.map(|_, edition| upstream.editions.push(edition.clone()));
        upstream.moves.append(&mut self.moves);
        for (id, mut rows) in self.documents {
            rows.iter_mut().for_each(|row| row.edition = moved[row.edition]);
            upstream.documents.entry(id).or_default().append(&mut rows);
        }
        upstream
    }

    /// The name of an edition for readers, who must be able to tell those of one site from those of
    /// the other.
    pub fn name_of(&self, edition: EditionId) -> String {
        let Edition { name, origin, .. } = &self.editions[edition];
        let is_local = *origin == Origin::Own && self.editions.iter().any(|other| other.origin == Origin::Upstream);
        if is_local { format!("{name} (local)") } else { name.clone() }
    }

    /// Returns the editions of the extended site, which come first in the list.
    pub fn borrowed(&self) -> impl DoubleEndedIterator<Item = (EditionId, &Edition)> {
        self.editions.pairs().filter(|(_, edition)| edition.origin == Origin::Upstream)
    }

    /// Returns the editions of this site.
    pub fn own(&self) -> impl DoubleEndedIterator<Item = (EditionId, &Edition)> {
        self.editions.pairs().filter(|(_, edition)| edition.origin == Origin::Own)
    }
}

/// A line of the ledger: an address in an edition that brought something new to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The fragment; empty for the page itself.
    pub anchor: String,
    /// Edition that brought it.
    pub edition: EditionId,
    /// Kind of thing that was at the address.
    pub kind: AnchorKind,
    /// The number or the words by which readers know it: `3.37(a)`.
    pub number: String,
    /// The first address of what is there, which never changes.
    pub key: String,
    /// The key that its line has, if another branch gave that to another provision at the same
    /// address.
    pub written_key: Option<String>,
    /// The page, and on it the fragment of what it was in: a heading, or a clause.
    pub place: (String, String),
    /// The hash of its first words.
    pub opening: TextHash,
    /// The hash of all its words.
    pub words: TextHash,
    /// Sketch of its words, to recognise them when they are reworded.
    pub sketch: Sketch,
    /// Short hashes of the addresses to which its mentions led.
    pub leads: Vec<u16>,
    /// Byte range of the line in its file.
    pub span: Span,
}

/// Kind of thing at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnchorKind {
    /// A whole page.
    Page,
    /// A heading.
    Heading,
    /// A clause.
    Clause,
    /// An item with a label inside a clause.
    SubClause,
    /// An author's id for a clause.
    Label,
    /// A note.
    Note,
    /// A word of the glossary, or a work or a place in one.
    Word,
    /// Nothing any more: the address was given up in this edition.
    Gone,
}

impl AnchorKind {
    /// Every kind with the word for it in a ledger.
    pub const WORDS: [(AnchorKind, &'static str); 8] = [
        (AnchorKind::Page, "page"),
        (AnchorKind::Heading, "heading"),
        (AnchorKind::Clause, "clause"),
        (AnchorKind::SubClause, "sub-clause"),
        (AnchorKind::Label, "label"),
        (AnchorKind::Note, "note"),
        (AnchorKind::Word, "word"),
        (AnchorKind::Gone, "gone"),
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, name)| *name == word).map(|(kind, _)| *kind)
    }

    /// Whether its words say what it is. A heading, a word or a page is known by its address alone,
    /// which was made from its words or chosen for it.
    pub fn is_known_by_words(self) -> bool {
        matches!(self, AnchorKind::Clause | AnchorKind::SubClause | AnchorKind::Label | AnchorKind::Note)
    }
}

/// An address as people write it in `moves.toml`: `guidance-2008#3.37`, `guidance-2008`,
/// `outcomes/stay-safe.html`; and of several provisions that had it one after another, which:
/// `guidance-2008#3.37~2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The document, or [`SITE_LEDGER`].
    pub document: String,
    /// The fragment; empty for all of the document. Of [`SITE_LEDGER`], a page, with a fragment if
    /// it has one.
    pub anchor: String,
    /// 1 for the first provision that had this address.
    pub nth: usize,
}

impl Address {
    /// The first provision at an address.
    pub fn first(document: &str, anchor: &str) -> Self {
        Address { document: document.to_owned(), anchor: anchor.to_owned(), nth: 1 }
    }

    /// Returns the permanent key of a provision, from its first address: `3.37`, or `3.37~2` for
    /// the second provision there.
    pub fn key(anchor: &str, nth: usize) -> String {
        if nth > 1 { format!("{anchor}~{nth}") } else { anchor.to_owned() }
    }

    /// The address that `text` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, nth) = match text.rsplit_once('~') {
            Some((text, nth)) => (text, nth.parse().ok().filter(|nth| *nth > 0)?),
            None => (text, 1),
        };
        let fits =
            !text.is_empty() && text.len() <= 256 && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        let (document, anchor) = match text.split_once('#') {
            Some((page, _)) if page.ends_with(".html") => (SITE_LEDGER, text.to_owned()),
            Some((document, anchor)) if !anchor.is_empty() => (document, anchor_of(anchor)),
            Some(_) => return None,
            None if text.ends_with(".html") => (SITE_LEDGER, text.to_owned()),
            None => (text, String::new()),
        };
        fits.then(|| Address { document: document.to_owned(), anchor, nth })
    }
}

/// The fragment that a number has, if it is written as one: `3.37(a)` is `3.37-a`.
fn anchor_of(written: &str) -> String {
    if written.contains('(') {
        written.replace(")(", "-").replace('(', "-").replace(')', "")
    } else {
        written.to_owned()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.document.as_str(), self.anchor.as_str()) {
            (SITE_LEDGER, page) => f.write_str(page)?,
            (document, "") => f.write_str(document)?,
            (document, anchor) => write!(f, "{document}#{anchor}")?,
        }
        if self.nth > 1 { write!(f, "~{}", self.nth) } else { Ok(()) }
    }
}

/// A row of `moves.toml`.
#[derive(Clone, Debug)]
pub struct Move {
    /// Kind of change.
    pub kind: MoveKind,
    /// Published addresses that the row is about.
    pub from: Vec<Written<Address>>,
    /// Addresses that replace them, if any.
    pub to: Vec<Written<Address>>,
    /// Reason for the change, in a sentence.
    pub reason: Option<String>,
    /// Hash of the words that were published, in a row that accepts new words in their place.
    pub was: Option<Written<String>>,
    /// Byte range of the first address in `from`.
    pub span: Span,
}

/// Kind of change to a published address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveKind {
    /// It is elsewhere.
    Moved,
    /// It has another number.
    Renumbered,
    /// It is now several.
    Split,
    /// Several are now one.
    Merged,
    /// It is no more.
    Withdrawn,
    /// It is where it was, in words so different that clausebook asks.
    Reworded,
}

impl MoveKind {
    /// Every kind with the name of its tables.
    pub const WORDS: [(MoveKind, &'static str); 6] = [
        (MoveKind::Moved, "moved"),
        (MoveKind::Renumbered, "renumbered"),
        (MoveKind::Split, "split"),
        (MoveKind::Merged, "merged"),
        (MoveKind::Withdrawn, "withdrawn"),
        (MoveKind::Reworded, "reworded"),
    ];

    /// The name of its tables.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// A row of `moves.toml`, to be pasted into it; `was` is the hash of words that were replaced.
    pub fn row(self, from: &Address, to: Option<&Address>, was: Option<TextHash>, reason: &str) -> String {
        let to = to.map(|to| format!("to = \"{to}\"\n")).unwrap_or_default();
        let was = was.map(|was| format!("was = \"{was}\"\n")).unwrap_or_default();
        format!("[[{}]]\nfrom = \"{from}\"\n{to}{was}reason = \"{reason}\"", self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, TextHash};

    #[test]
    fn what_is_written_is_read() {
        for text in ["guidance-2008", "guidance-2008#3.37", "guidance-2008#3.37-a~2", "outcomes/be-healthy.html"] {
            assert_eq!(Address::parse(text).map(|address| address.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Address::parse("g#3.37(a)(ii)"), Address::parse("g#3.37-a-ii"));
        assert_eq!(Address::parse("g#"), None);
        let hash = TextHash::of("words");
        assert_eq!(TextHash::parse(&hash.to_string()), Some(hash));
    }
}
