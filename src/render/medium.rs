//! What a page is a part of: the site, a book, or an edition in one page.
//!
//! Takes where something stands in the site; gives how it is named and reached where the page will be read. Never decides what
//! is shown: `epub` and `single` do.

use super::epub::{Held, web_address};
use super::single::Contained;
use crate::book::picture_type;
use crate::output::OutPath;

/// What a page is a part of.
#[derive(Clone, Copy, Default)]
pub(super) enum Medium<'a> {
    /// A site of pages.
    #[default]
    Site,
    /// A book.
    Book(&'a Held<'a>),
    /// An edition in one page.
    Single(&'a Contained),
}

impl<'a> Medium<'a> {
    /// The book, if it is one.
    pub(super) fn book(self) -> Option<&'a Held<'a>> {
        match self {
            Medium::Book(book) => Some(book),
            Medium::Site | Medium::Single(_) => None,
        }
    }

    /// Whether it is an edition in one page.
    pub(super) fn is_single(self) -> bool {
        matches!(self, Medium::Single(_))
    }

    /// The address of a page, or of a place on it, from another page; empty if nothing leads there.
    pub(super) fn link(self, from: &OutPath, page: &OutPath, fragment: Option<&str>) -> String {
        match (self, fragment) {
            (Medium::Book(book), _) => book.link(from, page, fragment),
            (Medium::Single(contained), _) => contained.address(page, fragment),
            (Medium::Site, Some(fragment)) if page == from => format!("#{fragment}"),
            (Medium::Site, Some(fragment)) => format!("{}#{fragment}", from.link_to(page)),
            (Medium::Site, None) => from.link_to(page),
        }
    }

    /// An id of a page as it stands here: in an edition in one page, what would be a page of its own comes before it.
    pub(super) fn id(self, page: &OutPath, id: &str) -> String {
        match self {
            Medium::Single(contained) => contained.id(page, id),
            Medium::Site | Medium::Book(_) => id.to_owned(),
        }
    }

    /// How a part of an edition in one page is told from the others in words.
    pub(super) fn name(self, page: &OutPath) -> Option<&'a str> {
        match self {
            Medium::Single(contained) => contained.name(page),
            Medium::Site | Medium::Book(_) => None,
        }
    }

    /// An address elsewhere as it may stand here, if it may.
    pub(super) fn elsewhere(self, url: &str) -> Option<String> {
        match self {
            Medium::Book(_) => web_address(url),
            Medium::Site | Medium::Single(_) => Some(url.to_owned()),
        }
    }

    /// The address of a picture, if it can be shown: readers of books need not know every kind.
    pub(super) fn picture(self, from: &OutPath, path: &OutPath) -> Option<String> {
        match self {
            Medium::Single(contained) => contained.picture(path),
            Medium::Book(held) if picture_type(path).is_none() || held.leaves_out(path) => None,
            Medium::Site | Medium::Book(_) => Some(from.link_to(path)),
        }
    }
}
