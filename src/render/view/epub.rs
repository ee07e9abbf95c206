//! Views that only a book has: its title page and its contents. Its chapters have the views of the
//! site's pages.

use serde::Serialize;

use super::shared::{Card, Shell, Source, Words};

/// `epub-title.xhtml`
#[derive(Clone, Debug, Serialize)]
pub struct BookTitlePage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The book's title.
    pub title: String,
    /// The document whose book it is; none for that of the site.
    pub document: Option<Card>,
    /// The official text that the document restates.
    pub source: Option<Source>,
    /// Whether any document of the site restates an official text.
    pub restates: bool,
    /// The site in a sentence.
    pub description: Option<String>,
    /// The day of the newest edition, in words.
    pub edition_day: Option<Words>,
}

/// `epub-contents.xhtml`
#[derive(Clone, Debug, Serialize)]
pub struct BookContentsPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The book's title.
    pub title: String,
    /// Documents in the order of reading, in groups if the site has them.
    pub lines: Vec<BookLine>,
    /// The file where the text begins.
    pub start: Option<String>,
    /// The file of the glossary.
    pub glossary: Option<String>,
}

/// A line of a book's contents.
#[derive(Clone, Debug, Serialize)]
pub struct BookLine {
    /// A title or a heading.
    pub words: Words,
    /// Address; none for a group.
    pub url: Option<String>,
    /// Lines below it.
    pub lines: Vec<BookLine>,
}
