//! Names and addresses of places in the medium that a page is read in: the site, a book, or an
//! edition in one page.
//!
//! Declares what pages ask of a medium, and nothing of any medium; each has a file below. A medium
//! says what it holds and where that is, and never what a page shows of it.

pub mod book;
pub mod held;
pub mod single;
pub mod site;

use crate::corpus::{Cited, GlossaryWord, Place};
use crate::output::OutPath;

/// A medium that pages are read in. Unless it says otherwise, it holds all that the site holds,
/// under the same ids.
pub trait Links: Sync {
    /// Returns the address of a page, or of a place on it, as a link on `from` has it; none if
    /// nothing leads there.
    fn address(&self, from: &OutPath, page: &OutPath, fragment: Option<&str>) -> Option<String>;

    /// Returns an id of a page as it is here, where several pages may be parts of one.
    fn id(&self, _page: &OutPath, id: &str) -> String {
        id.to_owned()
    }

    /// Returns the words that tell a page from the others that are parts of one.
    fn name(&self, _page: &OutPath) -> Option<&str> {
        None
    }

    /// Returns an address elsewhere in the form that this medium takes, if it takes it.
    fn elsewhere(&self, url: &str) -> Option<String> {
        Some(url.to_owned())
    }

    /// Returns the address of a picture, if it can be shown.
    fn picture(&self, from: &OutPath, picture: &OutPath) -> Option<String> {
        Some(from.link_to(picture))
    }

    /// Returns the `epub:type` of the mark of a note, if readers look for one.
    fn note_mark_type(&self) -> Option<&'static str> {
        None
    }

    /// Whether it holds all of the site.
    fn is_whole(&self) -> bool {
        true
    }

    /// Whether it holds a place, at its own address or drawn in.
    fn shows(&self, _place: Place) -> bool {
        true
    }

    /// Whether its table of authorities has a work.
    fn cites(&self, _cited: &Cited) -> bool {
        true
    }

    /// Whether its glossary has a word.
    fn explains(&self, _word: &GlossaryWord) -> bool {
        true
    }

    /// Whether clauses have pages of their own here.
    fn has_clause_pages(&self) -> bool {
        true
    }

    /// Whether links from before an address changed may lead here.
    fn keeps_former_addresses(&self) -> bool {
        true
    }
}
