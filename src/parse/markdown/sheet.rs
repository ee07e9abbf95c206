//! Pieces in the making: those of the text, or those of the notes.
//!
//! Knows where the line begins that is being written: the words since the last block began or
//! ended, in which citations are looked for. Only the pieces of that line have places.

use std::ops::Range;

use crate::document::{ClauseId, Element, Piece};

/// The pieces of finished lines, and the line that is being written.
#[derive(Debug, Default)]
pub struct Sheet {
    pieces: Vec<Piece>,
    line: Vec<(Piece, Range<usize>)>,
}

impl Sheet {
    /// Adds a piece to the line. Words have a place, in which citations are found again; other
    /// pieces need none.
    pub fn push(&mut self, piece: Piece, place: Range<usize>) {
        self.line.push((piece, place));
    }

    /// Adds words; those of one paragraph that only a line break parts are one piece, so that a
    /// term may run over it.
    pub fn push_words(&mut self, words: &str, place: &Range<usize>) {
        match self.line.last_mut() {
            Some((Piece::Text(text), before)) if text.ends_with('\n') || words == "\n" => {
                text.push_str(words);
                before.end = place.end;
            }
            _ => self.push(Piece::Text(words.to_owned()), place.clone()),
        }
    }

    /// Adds the start or end of a block, or a whole one, after the line has ended; returns its
    /// index.
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

    /// Cuts `length` bytes of words off the start of the line, with elements that are empty then
    /// and the gap that follows.
    pub fn cut_start(&mut self, length: usize) {
        if length == 0 {
            return;
        }
        let mut left = length;
        for (piece, _) in &mut self.line {
            let Piece::Text(text) = piece else { continue };
            let cut = left.min(text.len());
            *text = text.get(cut..).unwrap_or_default().to_owned();
            left -= cut;
            if left == 0 {
                *text = text.trim_start().to_owned();
                break;
            }
        }
        while let Some(at) = self.empty_at_start() {
            self.line.drain(at);
        }
        if let Some((Piece::Text(text), _)) = self.line.first_mut() {
            *text = text.trim_start().to_owned();
        }
    }

    /// The first pieces of the line that hold no words: an empty text, a break, or an element with
    /// nothing in it.
    fn empty_at_start(&self) -> Option<Range<usize>> {
        let at = self
            .line
            .iter()
            .position(|(piece, _)| !matches!(piece, Piece::Open(Element::Strong | Element::Emphasis)))?;
        match self.line.get(at).map(|(piece, _)| piece)? {
            Piece::Text(text) if text.is_empty() => Some(at..at + 1),
            Piece::HardBreak if at == 0 => Some(at..at + 1),
            Piece::Close if at > 0 => Some(at - 1..at + 1),
            _ => None,
        }
    }

    /// Takes back the last pieces, all of them ends of blocks.
    pub fn take_back(&mut self, ends: usize) {
        let closes = self.pieces.iter().rev().take(ends).take_while(|piece| **piece == Piece::Close).count();
        self.pieces.truncate(self.pieces.len() - closes);
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
