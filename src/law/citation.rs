//! Results of the recogniser: citations, doubts, and pinpoints that name no work.

use std::ops::Range;

use super::provision::{Pinpoint, Provision};

/// Placeholder in a text for something that is not words, such as a link or code. Nothing is joined
/// across it.
pub const BARRIER: char = '\u{fffc}';

/// A work cited, with the places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Index into [`Register::authorities`](super::Register::authorities).
    pub authority: usize,
    /// All of it: "section 10(1) of the Children Act 2004".
    pub whole: Range<usize>,
    /// The words that name the work, if any do.
    pub title: Option<Range<usize>>,
    /// The provisions, each with its place.
    pub provisions: Vec<(Provision, Range<usize>)>,
}

/// Words that look like a citation and are not linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Kind of doubt.
    pub kind: DoubtKind,
    /// Place in the text.
    pub place: Range<usize>,
    /// The fault, in a sentence.
    pub message: String,
    /// Advice on how to fix it.
    pub help: String,
}

/// Kind of a [`Doubt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// A name that the register does not declare.
    Undeclared,
    /// A name that several works of the register have.
    Ambiguous,
    /// A chapter or a number that is not the one in the register.
    Mismatch,
}

/// Result of [`recognise`](super::recognise).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The citations, from left to right, none within another.
    pub citations: Vec<Citation>,
    /// The doubts, from left to right.
    pub doubts: Vec<Doubt>,
    /// Pinpoints that name no work, from left to right, with their byte ranges.
    pub loose: Vec<(Pinpoint, Range<usize>)>,
}
