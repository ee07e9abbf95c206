//! All that a template can see of a document: its own page, with what it is made of, and the page
//! about this copy.

use serde::Serialize;

use super::clause::ClauseView;
use super::shared::{
    Card, ContentsLine, FormerView, Html, Language, Link, NoteView, PaperAuthority, PaperLink, Shell, Source, TermLink,
    Words,
};

/// `document.html`, `pack.html`, `timeline.html` and `map.html`
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The document in a few words.
    pub document: Card,
    /// JSON-LD about it, for a `script` of that type.
    pub structured: Html,
    /// The official text that it restates.
    pub source: Option<Source>,
    /// Relations to other documents.
    pub relations: Vec<RelationLine>,
    /// The name of what is beside its clauses in other words, if something is: "Official text".
    pub counterparts: Option<Words>,
    /// Terms that hold for all of it.
    pub terms: Vec<TermLink>,
    /// Links to the places that mention it as a whole.
    pub referred_by: Vec<Link>,
    /// Headings, in order.
    pub contents: Vec<ContentsLine>,
    /// Parts of it, in order.
    pub items: Vec<ItemView>,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// Whether all of them are for the facilitator of a pack.
    pub notes_for_facilitator: bool,
    /// Link to the file before in a publication of several files, else to the document before in
    /// its group.
    pub previous: Option<Link>,
    /// Link to the one after.
    pub next: Option<Link>,
    /// The documents of its group, itself too, in order; none if they are too many for a list.
    pub papers: Vec<PaperLink>,
    /// Links to the files of a publication, in order, on the page of its first.
    pub files: Vec<Link>,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// Those works that the clauses of a pack cite, drawn in or its own.
    pub cited_for_participants: Vec<PaperAuthority>,
    /// Map of the documents and their relations, for a document of the kind `map`.
    pub map: Option<Map>,
    /// The script that says where the words of other pages are, for previews of links to them.
    pub previews: Option<String>,
    /// The page's address as a QR code, if the settings give a base address.
    pub square: Option<Html>,
}

/// A map of the documents and their relations.
#[derive(Clone, Debug, Serialize)]
pub struct Map {
    /// An SVG with a numbered line for each pair of which one replaces, supplements or summarises
    /// the other.
    pub drawing: Html,
    /// Meaning of each line, in the order of their numbers.
    pub lines: Vec<MapLine>,
    /// Relations that are not drawn.
    pub others: Vec<MapLine>,
    /// Counts of the clauses of each document that are related to clauses of each, if any are.
    pub table: Option<MapTable>,
}

/// The documents that have related clauses, across and down.
#[derive(Clone, Debug, Serialize)]
pub struct MapTable {
    /// The documents across, by date.
    pub papers: Vec<Link>,
    /// Their rows, in the same order.
    pub rows: Vec<MapRow>,
}

/// A document's row in the table of the map.
#[derive(Clone, Debug, Serialize)]
pub struct MapRow {
    /// The document.
    pub paper: Link,
    /// Number of its clauses that are related to clauses of each document across.
    pub cells: Vec<usize>,
}

/// A line of the map in words.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// A document; without an address, a work that the site does not hold.
    pub from: Link,
    /// "summarises"
    pub words: Words,
    /// The other.
    pub to: Link,
}

/// "Replaces …"
#[derive(Clone, Debug, Serialize)]
pub struct RelationLine {
    /// Relation as settings name it: `replaced-by`.
    pub kind: String,
    /// "Replaces"
    pub words: Words,
    /// The other document's title.
    pub title: String,
    /// Address, if the site holds it.
    pub url: Option<String>,
    /// The page of what changed, if the one replaces the other.
    pub changes: Option<String>,
}

/// One thing in a document's order; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ItemView {
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Fragment.
        id: String,
        /// Words.
        html: Html,
        /// Links to the places that mention it.
        referred_by: Vec<Link>,
        /// Addresses that it took over.
        formers: Vec<FormerView>,
        /// Whether all that is under it, in a pack, is for the facilitator.
        facilitator: bool,
        /// Language of its words, if it is not that of the site.
        language: Option<Language>,
    },
    /// Addresses of what is no longer here.
    Gone {
        /// The addresses.
        formers: Vec<FormerView>,
    },
    /// A clause.
    Clause(ClauseView),
    /// Words that belong to no clause.
    Block {
        /// The words.
        html: Html,
        /// Language of the words, if it is not that of the site.
        language: Option<Language>,
    },
    /// A clause of another document.
    Drawn {
        /// The clause.
        clause: ClauseView,
        /// Link to its own place: "Guidance 2008, paragraph 3.37".
        source: Link,
        /// The status of its document in a word, unless it is current.
        status_words: Option<Words>,
        /// Notes.
        notes: Vec<NoteView>,
    },
}

/// `about.html`
#[derive(Clone, Debug, Serialize)]
pub struct AboutPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Title.
    pub title: Words,
    /// The headings of the author's own words, in order.
    pub contents: Vec<ContentsLine>,
    /// The author's own words; without any, the theme has some.
    pub items: Vec<ItemView>,
    /// Their notes.
    pub notes: Vec<NoteView>,
}
