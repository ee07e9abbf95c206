//! All that a template can see of a document: its own page, with what it is made of, and the page about this copy.

use serde::Serialize;

use super::clause::Clause;
use super::shared::{Card, ContentsLine, Former, Html, Link, Note, PaperAuthority, Shell, Source, TermLink};

/// `document.html`, `pack.html`, `timeline.html` and `map.html`
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage {
    /// What is around it.
    pub shell: Shell,
    /// The document in a few words.
    pub document: Card,
    /// What the page says of it to machines: JSON-LD, for a `script` of that type.
    pub structured: Html,
    /// The official text that it restates.
    pub source: Option<Source>,
    /// What it is to other documents.
    pub relations: Vec<RelationLine>,
    /// Terms that hold for all of it.
    pub terms: Vec<TermLink>,
    /// What mentions it as a whole.
    pub referred_by: Vec<Link>,
    /// Its headings, in order.
    pub contents: Vec<ContentsLine>,
    /// What it is made of, in order.
    pub items: Vec<Item>,
    /// Its notes.
    pub notes: Vec<Note>,
    /// Whether all of them are for the facilitator of a pack.
    pub notes_for_facilitator: bool,
    /// Of a publication in several files: the file before and the one after.
    pub previous: Option<Link>,
    /// See `previous`.
    pub next: Option<Link>,
    /// Of a publication's first file: its files in order.
    pub files: Vec<Link>,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// Of a pack, those that its clauses cite, drawn in or its own.
    pub cited_for_participants: Vec<PaperAuthority>,
    /// Of a document of the kind `map`: the documents and their relations.
    pub map: Option<Map>,
    /// The script of what the page refers to on other pages, if it does.
    pub previews: Option<String>,
    /// The page's address as a QR code, if the settings give a base address.
    pub square: Option<Html>,
}

/// How the documents fit together.
#[derive(Clone, Debug, Serialize)]
pub struct Map {
    /// An SVG with a numbered line for each pair that is related.
    pub drawing: Html,
    /// What each line means, in the order of their numbers.
    pub lines: Vec<MapLine>,
}

/// A line of the map in words.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// A document; without an address, a work that the site does not hold.
    pub from: Link,
    /// "summarises"
    pub words: String,
    /// The other.
    pub to: Link,
}

/// "Replaces …"
#[derive(Clone, Debug, Serialize)]
pub struct RelationLine {
    /// "Replaces"
    pub words: String,
    /// The other document's title.
    pub title: String,
    /// Its address, if the site holds it.
    pub url: Option<String>,
    /// The page of what changed, if the one replaces the other.
    pub changes: Option<String>,
}

/// One thing in a document's order; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Item {
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its fragment.
        id: String,
        /// Its words.
        html: Html,
        /// What mentions it.
        referred_by: Vec<Link>,
        /// Addresses that it took over.
        formers: Vec<Former>,
        /// Whether all that is under it, in a pack, is for the facilitator.
        facilitator: bool,
    },
    /// Addresses of what is no longer here.
    Gone {
        /// The addresses.
        formers: Vec<Former>,
    },
    /// A clause.
    Clause(Clause),
    /// Words that belong to no clause.
    Block {
        /// The words.
        html: Html,
    },
    /// A clause of another document.
    Drawn {
        /// The clause.
        clause: Clause,
        /// Where it stands: "Guidance 2008, paragraph 3.37".
        source: Link,
        /// The status of its document in a word, unless it is current.
        status_words: Option<String>,
        /// Its notes.
        notes: Vec<Note>,
    },
}

/// `about.html`
#[derive(Clone, Debug, Serialize)]
pub struct AboutPage {
    /// What is around it.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// The headings of the author's own words, in order.
    pub contents: Vec<ContentsLine>,
    /// The author's own words; without any, the theme has some.
    pub items: Vec<Item>,
    /// Their notes.
    pub notes: Vec<Note>,
}
