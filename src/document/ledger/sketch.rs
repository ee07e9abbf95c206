//! Words of published clauses as a ledger keeps them: a hash that knows the same words, and a
//! sketch that knows them when they are reworded.
//!
//! Takes words on one line; returns values that are written and read as short texts. Keeps no word.

use std::collections::BTreeSet;
use std::fmt;

use crate::document::spelling::{other_forms, same_letters};
use crate::source::Hash;

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

    /// Returns the first 24 bits, in which a reader's pin keeps words.
    pub fn short(self) -> String {
        format!("{:06x}", self.0 >> 24)
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
    use super::Sketch;

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
}
