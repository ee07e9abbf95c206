//! The result of parsing a body.
//!
//! Holds what `parse` puts into a [`Document`](crate::document::Document), whose fields these become.

use crate::arena::Arena;
use crate::document::{Clause, DefinedWord, Item, Mark, Note, Picture, Piece, Reference, Section};
use crate::law::Pinpoint;
use crate::source::Span;

/// The content of a file after its front matter.
#[derive(Debug, Default)]
pub struct Body {
    /// The pieces: those of the text, then those of the notes.
    pub pieces: Vec<Piece>,
    /// The order of headings, clauses and other blocks.
    pub items: Vec<Item>,
    /// The headings.
    pub sections: Arena<Section>,
    /// The clauses and sub-clauses.
    pub clauses: Arena<Clause>,
    /// The notes.
    pub notes: Arena<Note>,
    /// The marks of the notes.
    pub marks: Arena<Mark>,
    /// The mentions.
    pub references: Arena<Reference>,
    /// The pictures.
    pub pictures: Arena<Picture>,
    /// The words that definition lists define.
    pub words: Vec<DefinedWord>,
    /// Places that look like provisions of a work and name none.
    pub loose: Vec<(Span, Pinpoint)>,
}
