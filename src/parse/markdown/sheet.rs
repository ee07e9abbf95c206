//! Pieces in the making: those of the text, or those of the notes.
//!
//! Knows where the line begins that is being written: the words since the last block began or ended, in which citations
//! are looked for. Only the pieces of that line have places.

use std::ops::Range;

use crate::document::{ClauseId, Element, Piece};

/// The pieces of finished lines, and the line that is being written.
#[derive(Debug, Default)]
pub struct Sheet {
    pieces: Vec<Piece>,
    line: Vec<(Piece, Range<usize>)>,
}

impl Sheet {
    /// Adds a piece to the line. Words have a place, in which citations are found again; other pieces need none.
    pub fn push(&mut self, piece: Piece, place: Range<usize>) {
        self.line.push((piece, place));
    }

    /// Adds words; those of one paragraph that only a line break parts are one piece, so that a term may run over it.
    pub fn push_words(&mut self, words: &str, place: &Range<usize>) {
        match self.line.last_mut() {
            Some((Piece::Text(text), before)) if text.ends_with('\n') || words == "\n" => {
                text.push_str(words);
                before.end = place.end;
            }
            _ => self.push(Piece::Text(words.to_owned()), place.clone()),
        }
    }

    /// Adds the start or end of a block, or a whole one, after the line has ended; returns its index.
    pub fn push_block(&mut self, piece: Piece) -> usize {
        self.pieces.push(piece);
        self.pieces.len() - 1
    }

    /// Returns the number of pieces.
    pub fn len(&self) -> usize {
        self.pieces.len() + self.line.len()
    }

    /// Returns the last piece.
    pub fn last(&self) -> Option<&Piece> {
        self.line.last().map(|(piece, _)| piece).or(self.pieces.last())
    }

    /// Cuts the words at the end of the line to `length` bytes, and trims them.
    pub fn cut_words(&mut self, length: usize) {
        if let Some((Piece::Text(text), _)) = self.line.last_mut() {
            text.truncate(length);
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                self.line.pop();
            }
        }
    }

    /// Takes the line away, to be changed.
    pub fn take_line(&mut self) -> Vec<(Piece, Range<usize>)> {
        std::mem::take(&mut self.line)
    }

    /// Ends the line with these pieces.
    pub fn end_line(&mut self, pieces: impl IntoIterator<Item = Piece>) {
        self.pieces.extend(pieces);
    }

    /// Makes the item that began with the piece `item` the sub-clause `clause`.
    pub fn make_sub_clause(&mut self, item: usize, clause: ClauseId) {
        if let Some(Piece::Open(Element::Item(sub))) = self.pieces.get_mut(item) {
            *sub = Some(clause);
        }
    }

    /// Returns all pieces.
    pub fn into_pieces(mut self) -> Vec<Piece> {
        let line = self.take_line();
        self.end_line(line.into_iter().map(|(piece, _)| piece));
        self.pieces
    }
}
