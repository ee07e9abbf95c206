//! All that a template can see of a clause, among others and on a page by itself.

use serde::Serialize;

use super::shared::{
    Card, FormerView, Html, Language, Link, ListLink, NoteView, PaperAuthority, Shell, Source, TermLink, Words,
};

/// A clause.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseView {
    /// Fragment on its document's page: `3.37`, `para-7`; none where it is drawn in again.
    pub id: Option<String>,
    /// Number as readers see it: `3.37`, `¶7`.
    pub number: String,
    /// Level of the heading that its number is, below the one that it is under; none if it has a
    /// heading of its own.
    pub level: Option<u8>,
    /// The author's id for it, which is an address too.
    pub label: Option<String>,
    /// Words.
    pub html: Html,
    /// Whether its number has so many letters that it needs a line of its own: `Section 1`.
    pub wide: bool,
    /// Whether it has so many words that paper may break it.
    pub long: bool,
    /// Terms.
    pub terms: Vec<TermLink>,
    /// Relations to clauses of other documents, by kind.
    pub relations: Vec<ClauseRelations>,
    /// History from the edition before to the one after: "Reworded from" 3.36.
    pub history: Vec<ClauseRelations>,
    /// Citations, in its notes too.
    pub citations: Vec<CitationView>,
    /// Links to the places that mention it, or a sub-clause of it.
    pub referred_by: Vec<Link>,
    /// Number of links of its relations, its history, its citations and what refers to it.
    pub links: usize,
    /// Address on its document's page, if that can be reached from here.
    pub url: Option<String>,
    /// Address of its page by itself, if it has one.
    pub page: Option<String>,
    /// Addresses that it took over, and what had its own before it.
    pub formers: Vec<FormerView>,
    /// Line about all that happened to it since the first edition of the site.
    pub since: Option<Words>,
    /// The note of the body whose copy this is.
    pub local: Option<LocalNote>,
    /// Other wordings of it, where the document restates another or is restated.
    pub counterparts: Vec<CounterpartView>,
    /// Language of its words, if it is not that of the site.
    pub language: Option<Language>,
}

/// A clause of the document that another restates, or of one that restates it.
#[derive(Clone, Debug, Serialize)]
pub struct CounterpartView {
    /// "Official text" or "In plain words"
    pub title: Words,
    /// Link to it in its document.
    pub source: Link,
    /// Words.
    pub html: Html,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// Language of its words, if it is not that of the site.
    pub language: Option<Language>,
}

/// A local note on a clause.
#[derive(Clone, Debug, Serialize)]
pub struct LocalNote {
    /// Fragment: `local-3.37`.
    pub id: String,
    /// Title, with the body that wrote it: "Local note, Anytown CVS".
    pub title: Words,
    /// Title as plain text, for an attribute.
    pub label: String,
    /// Words.
    pub html: Html,
    /// Language of its words, if it is not that of the site.
    pub language: Option<Language>,
}

/// A relation of a clause to others.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseRelations {
    /// "Summarises"
    pub words: Words,
    /// The others.
    pub links: Vec<Link>,
}

/// A work that a clause cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitationView {
    /// "Children Act 2004, s 10(1)(b)"
    pub words: String,
    /// Address in the table of authorities, if that can be reached from here.
    pub url: Option<String>,
    /// The text as it is now, if the work is legislation.
    pub now: Option<String>,
    /// The text on the document's day: "as at 3 April 2008".
    pub then: Option<ListLink>,
    /// Change that the register knows of: "s 10 amended by …".
    pub changed: Option<String>,
}

/// `clause.html`
#[derive(Clone, Debug, Serialize)]
pub struct ClausePage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Document in a few words.
    pub document: Card,
    /// The official text that its document restates.
    pub source: Option<Source>,
    /// The headings it is under, outermost first.
    pub trail: Vec<Link>,
    /// The clause.
    pub clause: ClauseView,
    /// Size of its letters by its length: `short`, `medium` or `long`.
    pub size: &'static str,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// "Guidance 2008, paragraph 3.37"
    pub citation: String,
    /// Text that "Copy as quotation" copies: the clause's own words, then where they are from, each
    /// on its line.
    pub quotation: String,
    /// Address to hand out: absolute if there is a base address, else from the site's root.
    pub address: String,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// The address as a QR code, if there is a base address.
    pub square: Option<Html>,
    /// JSON-LD about the clause, for a `script` of that type.
    pub structured: Html,
    /// The clause before it.
    pub previous: Option<Link>,
    /// The clause after it.
    pub next: Option<Link>,
}
