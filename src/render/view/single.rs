//! Values that a template can see of an edition in one page.

use serde::Serialize;

use super::document::{ItemView, MapLine, RelationLine};
use super::lists::{AuthorityKindView, GlossaryPart, GroupView};
use super::shared::{Card, ContentsLine, Html, Link, NoteView, Source};

/// `single.html`: a document, a pack or the whole site in one page that needs no other file. Of a
/// link without an address, what it leads to is not in the page, nor at any address that is known.
#[derive(Clone, Debug, Serialize)]
pub struct SinglePage {
    /// The title of the site, or of the document.
    pub title: String,
    /// The site's name.
    pub site: String,
    /// Logo as a data address, if its picture can be held in one.
    pub logo: Option<String>,
    /// The language of its words (BCP 47).
    pub language: String,
    /// Direction of its writing: `ltr` or `rtl`.
    pub direction: &'static str,
    /// It in a sentence.
    pub description: Option<String>,
    /// Content security policy: it allows the page's own style and script, and pictures within it.
    pub policy: String,
    /// All of its style.
    pub style: Html,
    /// All of its script: search within the page.
    pub script: Html,
    /// The fragment that stands for the home page, if it is of the whole site.
    pub home_id: Option<String>,
    /// The author's own words on the home page.
    pub items: Vec<ItemView>,
    /// Their notes.
    pub notes: Vec<NoteView>,
    /// The documents in the settings' groups, if there are several.
    pub groups: Vec<GroupView>,
    /// The documents, in the same order.
    pub documents: Vec<SingleDocument>,
    /// The glossary, if it is of the whole site; after it the one that a site adds to another's.
    pub words: Vec<SingleWords>,
    /// Works that the documents cite.
    pub authorities: Vec<AuthorityKindView>,
    /// The fragment of the table of authorities.
    pub authorities_id: String,
    /// Address of the site.
    pub address: Option<String>,
    /// Name of the body that hosts this copy.
    pub host: Option<String>,
    /// Name of this edition of the site.
    pub edition: Option<String>,
    /// Terms on which the site may be copied.
    pub licence: Option<String>,
    /// Address for reports of mistakes.
    pub contact: Option<Link>,
    /// A line for the foot, from the theme.
    pub footer: Option<String>,
    /// The program and its version.
    pub generator: String,
}

/// A document of an edition in one page.
#[derive(Clone, Debug, Serialize)]
pub struct SingleDocument {
    /// Fragment, which is its id.
    pub id: String,
    /// It in a few words.
    pub document: Card,
    /// `document`, `pack`, `timeline` or `map`.
    pub role: String,
    /// Whether any of its clauses is beside its number.
    pub numbered: bool,
    /// The official text that it restates.
    pub source: Option<Source>,
    /// Relations to other documents.
    pub relations: Vec<RelationLine>,
    /// Headings, in order.
    pub contents: Vec<ContentsLine>,
    /// Parts of it, in order.
    pub items: Vec<ItemView>,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// The fragment of the heading over its notes.
    pub notes_id: String,
    /// Relations of the documents in words, for a document of the kind `map`: those that a drawing
    /// shows.
    pub lines: Vec<MapLine>,
    /// The other relations.
    pub other_lines: Vec<MapLine>,
}

/// The glossary of an edition in one page.
#[derive(Clone, Debug, Serialize)]
pub struct SingleWords {
    /// Fragment.
    pub id: String,
    /// Title.
    pub title: String,
    /// Parts of it, in order.
    pub parts: Vec<GlossaryPart>,
    /// Notes.
    pub notes: Vec<NoteView>,
}
