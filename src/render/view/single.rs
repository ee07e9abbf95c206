//! What a template can see of an edition in one page.

use serde::Serialize;

use super::document::{Item, MapLine, RelationLine};
use super::lists::{AuthorityKind, GlossaryPart, Group};
use super::shared::{Card, ContentsLine, Html, Link, Note, Source};

/// `single.html`: a document, a pack or the whole site in one page that needs no other file. Of a link without an address,
/// what it leads to is not in the page, nor at any address that is known.
#[derive(Clone, Debug, Serialize)]
pub struct SinglePage {
    /// The title of the site, or of the document.
    pub title: String,
    /// The site's name.
    pub site: String,
    /// Its logo as a data address, if its picture can be held in one.
    pub logo: Option<String>,
    /// The language of its words (BCP 47).
    pub language: String,
    /// It in a sentence.
    pub description: Option<String>,
    /// What the page may load: the content of a policy that allows its own style and script, and pictures within it.
    pub policy: String,
    /// All of its style.
    pub style: Html,
    /// All of its script: search within the page.
    pub script: Html,
    /// The fragment that stands for the home page, if it is of the whole site.
    pub home_id: Option<String>,
    /// The author's own words on the home page.
    pub items: Vec<Item>,
    /// Their notes.
    pub notes: Vec<Note>,
    /// The documents in the settings' groups, if there are several.
    pub groups: Vec<Group>,
    /// The documents, in the same order.
    pub documents: Vec<SingleDocument>,
    /// The glossary, if it is of the whole site; after it the one that a site adds to another's.
    pub words: Vec<SingleWords>,
    /// What the documents cite.
    pub authorities: Vec<AuthorityKind>,
    /// The fragment of the table of authorities.
    pub authorities_id: String,
    /// Where the site can be found.
    pub address: Option<String>,
    /// Who hosts this copy.
    pub host: Option<String>,
    /// Which edition of the site this is.
    pub edition: Option<String>,
    /// On what terms it may be copied.
    pub licence: Option<String>,
    /// Where to report a mistake.
    pub contact: Option<Link>,
    /// A line for the foot, from the theme.
    pub footer: Option<String>,
    /// The program and its version.
    pub generator: String,
}

/// A document of an edition in one page.
#[derive(Clone, Debug, Serialize)]
pub struct SingleDocument {
    /// Its fragment: its id.
    pub id: String,
    /// It in a few words.
    pub document: Card,
    /// `document`, `pack`, `timeline` or `map`.
    pub role: String,
    /// Whether any of its clauses stands beside its number.
    pub numbered: bool,
    /// The official text that it restates.
    pub source: Option<Source>,
    /// What it is to other documents.
    pub relations: Vec<RelationLine>,
    /// Its headings, in order.
    pub contents: Vec<ContentsLine>,
    /// What it is made of, in order.
    pub items: Vec<Item>,
    /// Its notes.
    pub notes: Vec<Note>,
    /// The fragment of the heading over its notes.
    pub notes_id: String,
    /// Of a document of the kind `map`: how the documents are related, in words.
    pub lines: Vec<MapLine>,
}

/// The glossary of an edition in one page.
#[derive(Clone, Debug, Serialize)]
pub struct SingleWords {
    /// Its fragment.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is made of, in order.
    pub parts: Vec<GlossaryPart>,
    /// Its notes.
    pub notes: Vec<Note>,
}
