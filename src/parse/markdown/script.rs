//! The words being written: their pieces, where they belong, and the mentions in them.
//!
//! Takes pieces in the order of the file; ends a line at each block, and makes mentions of what
//! cites a work in it. Knows neither what is open nor what a clause is.

use std::ops::Range;

use super::citations::{CitedWords, TextLine};
use super::context::Context;
use super::sheet::Sheet;
use crate::arena::Arena;
use crate::document::{ClauseId, Mark, NoteId, Picture, Piece, Reference, ReferenceId, Target, Within};
use crate::law::Pinpoint;
use crate::source::Span;

/// The text and the notes in the making.
pub struct Script {
    text: Sheet,
    notes: Sheet,
    within: Within,
    mentions: Mentions,
}

/// All that the pieces of a body refer to by its id, in order.
#[derive(Default)]
pub struct Mentions {
    /// The mentions.
    pub references: Arena<Reference>,
    /// The pictures.
    pub pictures: Arena<Picture>,
    /// The marks of notes.
    pub marks: Arena<Mark>,
    /// Places that look like provisions of a work and name none.
    pub loose: Vec<(Span, Pinpoint)>,
}

impl Default for Script {
    fn default() -> Self {
        Script {
            text: Sheet::default(),
            notes: Sheet::default(),
            within: Within::Document,
            mentions: Mentions::default(),
        }
    }
}

impl Script {
    /// Returns what the words are in.
    pub fn within(&self) -> Within {
        self.within
    }

    /// Goes on in another place; returns the one before. The words of a note go apart.
    pub fn enter(&mut self, within: Within) -> Within {
        std::mem::replace(&mut self.within, within)
    }

    fn sheet(&self) -> &Sheet {
        if matches!(self.within, Within::Note(_)) { &self.notes } else { &self.text }
    }

    fn sheet_mut(&mut self) -> &mut Sheet {
        if matches!(self.within, Within::Note(_)) { &mut self.notes } else { &mut self.text }
    }

    /// Returns the index of the next piece.
    pub fn position(&self) -> usize {
        self.sheet().len()
    }

    /// Adds a piece that begins or ends a block, or is one, and so ends the line before it. Returns
    /// its index.
    pub fn push_block(&mut self, cx: &Context<'_>, piece: Piece) -> usize {
        self.end_line(cx);
        self.sheet_mut().push_block(piece)
    }

    /// Adds a piece to the line.
    pub fn push(&mut self, piece: Piece) {
        self.sheet_mut().push(piece, 0..0);
    }

    /// Adds words to the line as a piece of their own.
    pub fn push_apart(&mut self, words: &str, place: Range<usize>) {
        self.sheet_mut().push(Piece::Text(words.to_owned()), place);
    }

    /// Adds words to the line.
    pub fn push_words(&mut self, words: &str, place: &Range<usize>) {
        self.sheet_mut().push_words(words, place);
    }

    /// Returns the last piece, of the line or of the block before it.
    pub fn last(&self) -> Option<&Piece> {
        self.sheet().last()
    }

    /// Cuts the words at the end of the line to `length` bytes.
    pub fn cut_words(&mut self, length: usize) {
        self.sheet_mut().cut_words(length);
    }

    /// Cuts words off the start of the line: the number that the paragraph or heading begins with.
    pub fn cut_start(&mut self, length: usize) {
        self.sheet_mut().cut_start(length);
    }

    /// Takes back the last ends of blocks.
    pub fn take_back(&mut self, ends: usize) {
        self.sheet_mut().take_back(ends);
    }

    /// Ends the line: what cites a work in it becomes a mention of that work.
    pub fn end_line(&mut self, cx: &Context<'_>) {
        let line = self.sheet_mut().take_line();
        if line.is_empty() {
            return;
        }
        let line = TextLine::new(line);
        let (citations, loose) = line.citations(cx);
        self.mentions.loose.extend(loose.into_iter().map(|(place, pinpoint)| (cx.span(&place), pinpoint)));
        let mut links = Vec::with_capacity(citations.len());
        for CitedWords { range, target, written, place } in citations {
            links.push((range, self.refer(cx, target, written, &place)));
        }
        links.sort_by_key(|(range, _)| range.start);
        self.sheet_mut().end_line(line.with_mentions(&links));
    }

    /// Ends the line of a heading or of a word to be defined, which cites nothing. Returns its
    /// words as plain text; those of a mention, which leads nobody knows where yet, are what it
    /// will print.
    pub fn end_title(&mut self) -> String {
        let line = self.sheet_mut().take_line();
        let words = line.iter().map(|(piece, _)| match piece {
            Piece::Text(text) | Piece::Code(text) => text.as_str(),
            Piece::HardBreak => " ",
            Piece::Reference(at) => self.mentions.references[*at].words(),
            _ => "",
        });
        let words = words.collect();
        self.sheet_mut().end_line(line.into_iter().map(|(piece, _)| piece));
        words
    }

    /// Makes the item that began with the piece `item` the sub-clause `clause`.
    pub fn make_sub_clause(&mut self, item: usize, clause: ClauseId) {
        self.text.make_sub_clause(item, clause);
        self.within = Within::Clause(clause);
    }

    /// Records a mention; returns its id.
    pub fn refer(&mut self, cx: &Context<'_>, target: Target, written: String, range: &Range<usize>) -> ReferenceId {
        self.mentions.references.push(Reference { target, written, span: cx.span(range), within: self.within })
    }

    /// Adds a picture to the line.
    pub fn push_picture(&mut self, picture: Picture) {
        let picture = self.mentions.pictures.push(picture);
        self.push(Piece::Picture(picture));
    }

    /// Adds the mark of a note to the line.
    pub fn push_mark(&mut self, note: NoteId, span: Span) {
        let mark = self.mentions.marks.push(Mark { note, span, within: self.within });
        self.push(Piece::NoteMark(mark));
    }

    /// Returns the pieces of the text, those of the notes, and what both refer to.
    pub fn finish(self) -> (Vec<Piece>, Vec<Piece>, Mentions) {
        (self.text.into_pieces(), self.notes.into_pieces(), self.mentions)
    }
}
