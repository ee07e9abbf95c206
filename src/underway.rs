//! What is being worked at just now.
//!
//! Holds a list of the documents that are being read and of the pages that are being made, each with the place that is named
//! should it never end. The stages add to it and take from it; whoever has a clock looks at it. Never reads one itself.

use std::sync::{Arc, Mutex, PoisonError};

use crate::output::OutPath;
use crate::source::Span;

/// One thing that is done, and may never end if an author means it or is unlucky.
#[derive(Clone, Debug)]
pub struct Piece {
    /// What is done.
    pub work: Work,
    /// The file that it is done with, or the one that most likely holds it up.
    pub place: Span,
    /// Other files that may hold it up.
    pub perhaps: Arc<[Span]>,
}

/// What is done with a file.
#[derive(Clone, Debug)]
pub enum Work {
    /// A document is read.
    Document,
    /// The templates are read.
    Templates,
    /// The words of a page are written.
    Words(OutPath),
    /// A template makes a page.
    Template(&'static str, OutPath),
}

impl Piece {
    /// Work with a file.
    pub fn new(work: Work, place: Span) -> Self {
        Piece { work, place, perhaps: Arc::new([]) }
    }
}

/// The list. Few things are done at one time, one by each thread.
#[derive(Debug, Default)]
pub struct UnderWay {
    listed: Mutex<Listed>,
}

#[derive(Debug, Default)]
struct Listed {
    /// How many there have been.
    count: u64,
    pieces: Vec<(u64, Piece)>,
}

impl UnderWay {
    /// Lists a piece until what is given is dropped.
    pub fn begin(&self, piece: Piece) -> Begun<'_> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        listed.count += 1;
        let number = listed.count;
        listed.pieces.push((number, piece));
        Begun { under_way: self, number }
    }

    /// All that is under way, each with a number that no other piece ever has; in no order.
    pub fn pieces(&self) -> Vec<(u64, Piece)> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner).pieces.clone()
    }
}

/// A piece that is under way.
#[derive(Debug)]
pub struct Begun<'a> {
    under_way: &'a UnderWay,
    number: u64,
}

impl Begun<'_> {
    /// Ends the piece, and lists another in its place.
    pub fn then(self, piece: Piece) -> Self {
        self.under_way.begin(piece)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        let mut listed = self.under_way.listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = listed.pieces.iter().position(|(number, _)| *number == self.number) {
            listed.pieces.swap_remove(at);
        }
    }
}
