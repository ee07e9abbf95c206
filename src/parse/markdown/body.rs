//! The result of parsing a body.
//!
//! Holds what `parse` puts into a [`Document`](crate::document::Document), whose fields these
//! become.

use crate::arena::Arena;
use crate::document::{Clause, DefinedWord, Item, Mark, Note, Picture, Piece, Reference, Section};
use crate::law::Pinpoint;
use crate::source::Span;

/// A heading at the head of a text that is the title of the document.
#[derive(Debug)]
pub struct TitleHeading {
    /// The words, as plain text on one line.
    pub words: String,
    /// The author's id.
    pub anchor: Option<String>,
}

/// The content of a file after its front matter.
#[derive(Debug, Default)]
pub struct Body {
    /// The heading that is the title.
    pub title: Option<TitleHeading>,
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
