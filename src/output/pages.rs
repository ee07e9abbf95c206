//! Paths of the pages that every site may have besides its documents.
//!
//! Holds each path once, as a constant that gives an [`OutPath`] without failing. Whoever makes,
//! links to or looks for such a page takes its path from here.

use std::fmt;

use super::OutPath;

/// A page, or a file beside the pages, that is at the same path on every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnPage(&'static str);

/// The home page.
pub const HOME_PAGE: OwnPage = OwnPage("index.html");
/// The page of all terms.
pub const BROWSE_PAGE: OwnPage = OwnPage("browse.html");
/// The page about this copy.
pub const ABOUT_PAGE: OwnPage = OwnPage("about.html");
/// The page of authorities.
pub const AUTHORITIES_PAGE: OwnPage = OwnPage("authorities.html");
/// The page of what each edition brought.
pub const CHANGES_PAGE: OwnPage = OwnPage("changes.html");
/// The page of search.
pub const SEARCH_PAGE: OwnPage = OwnPage("search.html");
/// The page that a host shows for an address that it does not find.
pub const NOT_FOUND_PAGE: OwnPage = OwnPage("404.html");
/// The script that says in which files of search the words of each page are.
pub const PLACES: OwnPage = OwnPage("data/places.js");
/// The page of a reader's own list.
pub const LIST_PAGE: OwnPage = OwnPage("list.html");
/// The script that names the editions and documents of which a reader's list may hold clauses.
pub const PINS: OwnPage = OwnPage("data/pins.js");
/// The feed, if there is one.
pub const FEED: OwnPage = OwnPage("feed.xml");

/// Pages whose names no document may take: each is made whatever the documents are.
const ALWAYS_MADE: [OwnPage; 6] = [AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, LIST_PAGE, SEARCH_PAGE, NOT_FOUND_PAGE];
/// Folders of files that clausebook makes.
const OWN_FOLDERS: [&str; 3] = ["compare", "data", "static"];

/// Reports whether a name is that of a page or folder that clausebook makes by itself.
pub fn is_own_name(name: &str) -> bool {
    ALWAYS_MADE.iter().any(|page| page.stem() == name) || OWN_FOLDERS.contains(&name)
}

impl OwnPage {
    /// Returns the path as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns the path without its ending, which no other page's id can be: a fragment for it
    /// where pages are parts of one.
    pub fn stem(self) -> &'static str {
        self.0.rsplit_once('.').map_or(self.0, |(stem, _)| stem)
    }

    /// Returns the path.
    pub fn path(self) -> OutPath {
        OutPath(self.0.into())
    }
}

impl fmt::Display for OwnPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl PartialEq<OwnPage> for OutPath {
    fn eq(&self, own: &OwnPage) -> bool {
        self.as_str() == own.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_one_that_may_be_published() {
        let all = [
            HOME_PAGE,
            BROWSE_PAGE,
            ABOUT_PAGE,
            AUTHORITIES_PAGE,
            CHANGES_PAGE,
            SEARCH_PAGE,
            NOT_FOUND_PAGE,
            FEED,
            LIST_PAGE,
            PINS,
            PLACES,
        ];
        for own in all {
            assert_eq!(OutPath::new(own.as_str()), Some(own.path()));
        }
    }
}
