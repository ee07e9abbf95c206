//! A book, ready to be packed.
//!
//! Holds what `render` makes of a document or of the site for readers of EPUB: chapters in their
//! order, and what the book says of itself. Takes nothing by itself; `export` makes one file of it.
//! Holds no picture's bytes: those are read as it is packed.

use crate::output::{OutPath, media_type};

/// The file in a book that says what the book is.
pub const PACKAGE: &str = "EPUB/package.opf";

/// A book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// Metadata of the book.
    pub facts: BookMetadata,
    /// Pages in the order of reading, the title page first.
    pub chapters: Vec<Chapter>,
    /// Style sheet for all its pages (CSS).
    pub style: String,
    /// The pictures that are in it: the path beside its chapters, and that below the site's
    /// folder.
    pub pictures: Vec<(OutPath, String)>,
    /// Pictures of its documents that it cannot hold, by the same paths.
    pub left_out: Vec<(OutPath, String)>,
}

/// Metadata of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookMetadata {
    /// Title of the book.
    pub title: String,
    /// The language of its words (BCP 47).
    pub language: String,
    /// Identifier that stays the same in every edition: a `urn:uuid`.
    pub identifier: String,
    /// The day from which its words are, as `2026-11-24`.
    pub modified: String,
    /// Publication date of the content, as precise as its author gave it.
    pub date: Option<String>,
    /// Publisher of the book.
    pub publisher: Option<String>,
    /// The title of the text that it restates.
    pub source: Option<String>,
    /// Description in one sentence.
    pub description: Option<String>,
    /// Terms on which the book may be copied.
    pub rights: Option<String>,
    /// Summary of how the book serves readers who do not read it by sight.
    pub accessibility: String,
}

/// A page of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Path in the book's folder: `text/guidance-2008.xhtml`.
    pub path: String,
    /// Markup: well-formed XHTML.
    pub markup: String,
    /// Role of the page in its book.
    pub role: ChapterRole,
    /// Whether there is a drawing in it.
    pub is_drawn: bool,
}

/// Role of a page in a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChapterRole {
    /// The title page.
    Title,
    /// The contents, which readers' programs show as a menu too.
    Contents,
    /// Words.
    Text,
}

/// The kinds of pictures that every reader of books shows (EPUB 3.2, "Core Media Types").
const PICTURES: [&str; 4] = ["image/gif", "image/jpeg", "image/png", "image/svg+xml"];

/// The media type of a picture, if every reader of books shows it.
pub fn picture_type(path: &OutPath) -> Option<&'static str> {
    Some(media_type(path.as_str())).filter(|kind| PICTURES.contains(kind))
}
