//! The result of parsing a body.
//!
//! Holds what `parse` puts into a [`Document`](crate::document::Document), whose fields these become.

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
    pub sections: Vec<Section>,
    /// The clauses and sub-clauses.
    pub clauses: Vec<Clause>,
    /// The notes.
    pub notes: Vec<Note>,
    /// The marks of the notes.
    pub marks: Vec<Mark>,
    /// The mentions.
    pub references: Vec<Reference>,
    /// The pictures.
    pub pictures: Vec<Picture>,
    /// The words that definition lists define.
    pub words: Vec<DefinedWord>,
    /// Places that look like provisions of a work and name none.
    pub loose: Vec<(Span, Pinpoint)>,
}
