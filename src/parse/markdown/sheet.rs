//! Pieces in the making, each with the place it comes from.
//!
//! Holds the pieces of the text, or of the notes. Knows where the line begins that is being written: the words since the
//! last block began or ended, in which citations are looked for.

use std::ops::Range;

use crate::document::Piece;

/// Pieces and their places.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// Where each stands in the file.
    places: Vec<Range<usize>>,
    line: usize,
}

impl Sheet {
    /// Adds a piece.
    pub fn push(&mut self, piece: Piece, place: Range<usize>) {
        self.pieces.push(piece);
        self.places.push(place);
    }

    /// Adds words; those of one paragraph that only a line break parts are one piece, so that a term may run over it.
    pub fn push_words(&mut self, words: &str, place: Range<usize>) {
        match (self.pieces.last_mut(), self.places.last_mut()) {
            (Some(Piece::Text(text)), Some(before)) if text.ends_with('\n') || words == "\n" => {
                text.push_str(words);
                before.end = place.end;
            }
            _ => self.push(Piece::Text(words.to_owned()), place),
        }
    }

    /// Cuts the last words short.
    pub fn cut_words(&mut self, length: usize) {
        if let Some(Piece::Text(text)) = self.pieces.last_mut() {
            text.truncate(length);
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                self.pieces.pop();
                self.places.pop();
            }
        }
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The next piece begins a line.
    pub fn begin_line(&mut self) {
        self.line = self.pieces.len();
    }

    /// Takes the pieces of the line that is being written off the sheet, with their places.
    pub fn take_line(&mut self) -> Vec<(Piece, Range<usize>)> {
        let line = self.line.min(self.pieces.len());
        self.pieces.split_off(line).into_iter().zip(self.places.split_off(line)).collect()
    }
}
