//! The ledger: every address that was ever published, and what became of those that are gone.
//!
//! Holds the rows of `permalinks/` as typed values, and what is kept of a text so that it can be
//! known again. Takes words; gives hashes and sketches of them that are the same in every release
//! of clausebook, for they are in files. Compares nothing with the site: `resolve` does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use super::apart::ConcurrentEditions;
use super::spelling::{other_forms, same_letters};
use crate::date::PartialDate;
use crate::source::{Hash, Origin, Span, Written};

/// The ledger under which the pages that belong to no document are.
pub const SITE_LEDGER: &str = "_site";

/// Everything in `permalinks/`.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The editions, the oldest first.
    pub editions: Vec<Edition>,
    /// The rows of each document, by its id; those of one address in the order of editions.
    pub documents: BTreeMap<String, Vec<Published>>,
    /// Rows of `moves.toml`, in which people record what became of addresses.
    pub moves: Vec<Move>,
    /// Pairs of editions that knew nothing of one another.
    pub apart: ConcurrentEditions,
}

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
        let below = upstream.editions.len();
        upstream.editions.append(&mut self.editions);
        upstream.moves.append(&mut self.moves);
        upstream.apart = self.apart.after(below);
        for (id, mut rows) in self.documents {
            rows.iter_mut().for_each(|row| row.edition += below);
            upstream.documents.entry(id).or_default().append(&mut rows);
        }
        upstream
    }

    /// The name of an edition for readers, who must be able to tell those of one site from those of
    /// the other.
    pub fn name_of(&self, edition: usize) -> Option<String> {
        let Edition { name, origin, .. } = self.editions.get(edition)?;
        let local = *origin == Origin::Own && self.borrowed() > 0;
        Some(if local { format!("{name} (local)") } else { name.clone() })
    }

    /// Returns the number of editions of the extended site, which come first in the list.
    pub fn borrowed(&self) -> usize {
        self.editions.iter().filter(|edition| edition.origin == Origin::Upstream).count()
    }
}

/// A line of the ledger: an address in an edition that brought something new to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The fragment; empty for the page itself.
    pub anchor: String,
    /// Index into [`Ledger::editions`].
    pub edition: usize,
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

/// The first 48 bits of the SHA-256 of some words in lower case, one space between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextHash(u64);

impl TextHash {
    /// The hash of words that already are on one line.
    pub fn of(words: &str) -> Self {
        Self::of_source(Hash::of(words.to_lowercase().as_bytes()))
    }

    /// The hash of the first eight of them.
    pub fn of_opening(words: &str) -> Self {
        let end = words.match_indices(' ').nth(7).map_or(words.len(), |(at, _)| at);
        Self::of(words.get(..end).unwrap_or(words))
    }

    /// The first bits of the hash of a whole file.
    pub fn of_source(hash: Hash) -> Self {
        TextHash(hash.bytes().iter().take(6).fold(0, |short, byte| short << 8 | u64::from(*byte)))
    }

    /// The hash that `text` shows.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        u64::from_str_radix(text, 16).ok().filter(|_| sound).map(TextHash)
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// Hashes by which words may be known in a ledger.
///
/// Ledgers have the hash of words as they are compared, and older ones that of words as they were
/// typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBy {
    now: TextHash,
    older: Vec<TextHash>,
}

impl KnownBy {
    /// The hashes of words that already are on one line, as their author typed them.
    pub fn new(written: &str) -> Self {
        let older = other_forms(written).iter().map(|form| TextHash::of(form)).collect();
        KnownBy { now: TextHash::of(&same_letters(written)), older }
    }

    /// Whether words with a hash in a ledger are these.
    pub fn is(&self, published: TextHash) -> bool {
        self.all().any(|hash| hash == published)
    }

    /// Returns every hash, the one that is published first.
    pub fn all(&self) -> impl Iterator<Item = TextHash> {
        std::iter::once(self.now).chain(self.older.iter().copied())
    }
}

/// Sketch of a text, to recognise the text when it is reworded. It holds the sixteen smallest
/// hashes of the text's pairs of words, or of its runs of three letters if the text is short. The
/// share of the smallest hashes that two texts have in common estimates how alike the texts are (A.
/// Broder, "On the resemblance and containment of documents", 1997). No text can be put together
/// again from its hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    short: bool,
    /// Hashes of 24 bits, rising.
    smallest: Vec<u32>,
}

/// Largest number of hashes that a sketch keeps.
const KEPT: usize = 16;
/// A text of fewer words is short.
const SHORT: usize = 12;
/// The least share of two texts that makes them the same text, reworded. Short texts share runs of
/// letters by chance.
const ALIKE: f32 = 0.25;
const SHORT_ALIKE: f32 = 0.45;
/// The figures in which a sketch is written.
const FIGURES: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

impl Sketch {
    /// The sketch of words that are on one line.
    pub fn of(words: &str) -> Self {
        Self::like(words, words.split(' ').count() < SHORT)
    }

    /// The sketches of words as of a short text and as of a long one.
    pub fn short_and_long(words: &str) -> [Self; 2] {
        [Self::like(words, true), Self::like(words, false)]
    }

    /// The sketch of words as this one was made, so that the two can be compared.
    pub fn with_same_length(&self, words: &str) -> Self {
        Self::like(words, self.short)
    }

    /// Returns the share of this text that some others hold, from 0 to 1, as its kept hashes show.
    fn share_in(&self, others: &[String]) -> f32 {
        let held: BTreeSet<u32> = others.iter().flat_map(|words| hashes(words, self.short)).collect();
        let found = self.smallest.iter().filter(|hash| held.contains(hash)).count();
        let of = |count: usize| u16::try_from(count).map_or(0.0, f32::from);
        if self.smallest.is_empty() { 0.0 } else { of(found) / of(self.smallest.len()) }
    }

    /// Whether one text is this one, reworded; or several, or one that took others over as well,
    /// hold enough of it.
    pub fn is_held_by(&self, others: &[String], shared: bool) -> bool {
        match others {
            [one] if !shared => self.is_alike(&self.with_same_length(one)),
            // A long text holds most runs of letters.
            _ => self.share_in(others) >= if self.short { 0.75 } else { ALIKE },
        }
    }

    fn like(words: &str, short: bool) -> Self {
        let mut smallest = hashes(words, short);
        smallest.truncate(KEPT);
        Sketch { short, smallest }
    }

    /// Returns how alike two texts are, from 0 to 1. A short text and a long one cannot be
    /// compared: 0.
    pub fn likeness(&self, other: &Sketch) -> f32 {
        if self.short != other.short {
            return 0.0;
        }
        let (mut a, mut b) = (self.smallest.iter().peekable(), other.smallest.iter().peekable());
        let (mut shared, mut seen) = (0u16, 0u16);
        while usize::from(seen) < KEPT {
            let (Some(one), Some(two)) = (a.peek().copied(), b.peek().copied()) else {
                // Beyond its last hash a long text has others that were not kept.
                let left = if a.peek().is_some() { a.count() } else { b.count() };
                seen += u16::try_from(left.min(KEPT - usize::from(seen))).unwrap_or(0);
                break;
            };
            shared += u16::from(one == two);
            seen += 1;
            if one <= two {
                a.next();
            }
            if two <= one {
                b.next();
            }
        }
        if seen == 0 { 0.0 } else { f32::from(shared) / f32::from(seen) }
    }

    /// Whether two texts are one, reworded.
    pub fn is_alike(&self, other: &Sketch) -> bool {
        self.likeness(other) >= self.least_share()
    }

    /// The least share that tells.
    pub fn least_share(&self) -> f32 {
        if self.short { SHORT_ALIKE } else { ALIKE }
    }

    /// The hashes, for an index.
    pub fn hashes(&self) -> &[u32] {
        &self.smallest
    }

    /// The sketch that `text` shows.
    pub fn parse(text: &str) -> Option<Self> {
        let short = match text.as_bytes().first()? {
            b'l' => true,
            b'w' => false,
            _ => return None,
        };
        let figure = |byte: &u8| FIGURES.iter().position(|figure| figure == byte).and_then(|at| u32::try_from(at).ok());
        let body = text.as_bytes().get(1..)?;
        if body.len() % 4 != 0 || body.len() > 4 * KEPT {
            return None;
        }
        let number = |four: &[u8]| four.iter().try_fold(0, |number, byte| Some(number << 6 | figure(byte)?));
        Some(Sketch { short, smallest: body.chunks(4).map(number).collect::<Option<_>>()? })
    }
}

impl fmt::Display for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.short { "l" } else { "w" })?;
        for hash in &self.smallest {
            for shift in [18, 12, 6, 0] {
                let figure = usize::try_from(hash >> shift & 63).ok().and_then(|at| FIGURES.get(at)).copied();
                write!(f, "{}", char::from(figure.unwrap_or(b'0')))?;
            }
        }
        Ok(())
    }
}

/// The hashes of all pairs of words or runs of letters, rising, each once.
fn hashes(words: &str, short: bool) -> Vec<u32> {
    let words = words.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut hashes: Vec<u32> = Vec::new();
    if short {
        let line: Vec<char> = std::iter::once(' ').chain(words.flat_map(|word| word.chars().chain([' ']))).collect();
        hashes.extend(line.windows(3).map(|run| hash(run.iter().copied())));
    } else {
        let words: Vec<&str> = words.collect();
        hashes.extend(words.windows(2).map(|pair| hash(pair.iter().flat_map(|word| word.chars().chain([' '])))));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// 24 bits of FNV-1a (64 bits), stirred once more so that its small values are spread evenly.
fn hash(text: impl Iterator<Item = char>) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for c in text {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    u32::try_from(hash >> 40).unwrap_or(0)
}

/// The short hash of where a mention leads.
pub fn hash_of_target(address: &str) -> u16 {
    u16::try_from(hash(address.chars()) & 0xffff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Address, Sketch, TextHash};

    #[test]
    fn a_reworded_text_is_known_and_another_is_not() {
        let old =
            "Partners must agree in writing how the board takes decisions and who may speak for each of them there.";
        let new = "Partners should agree in writing how the board takes its decisions and who speaks for each of them.";
        let other =
            "Each school holds a meeting for parents once a term and tells them of it two weeks before the day.";
        let sketch = Sketch::of(old);
        assert!(sketch.is_alike(&sketch.with_same_length(new)));
        assert!(!sketch.is_alike(&sketch.with_same_length(other)));
        assert_eq!(Sketch::parse(&sketch.to_string()), Some(sketch));
        let short = Sketch::of("the schools of the area");
        assert!(short.is_alike(&short.with_same_length("the schools in the area")));
        assert!(!short.is_alike(&short.with_same_length("police and probation")));
    }

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
