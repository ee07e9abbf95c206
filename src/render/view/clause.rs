//! All that a template can see of a clause, among others and on a page by itself.

use serde::Serialize;

use super::shared::{Card, Former, Html, Link, Note, PaperAuthority, Shell, Source, TermLink};

/// A clause.
#[derive(Clone, Debug, Serialize)]
pub struct Clause {
    /// Its fragment on its document's page: `3.37`, `para-7`; none where it is drawn in again.
    pub id: Option<String>,
    /// Its number as readers see it: `3.37`, `¶7`.
    pub number: String,
    /// The author's id for it, which is an address too.
    pub label: Option<String>,
    /// Its words.
    pub html: Html,
    /// Whether it has so many words that paper may break it.
    pub long: bool,
    /// Its terms.
    pub terms: Vec<TermLink>,
    /// What it is to clauses of other documents, by kind.
    pub relations: Vec<ClauseRelations>,
    /// What it was in the edition before, and what it became in the one after: "Reworded from" 3.36.
    pub history: Vec<ClauseRelations>,
    /// What it cites, in its notes too.
    pub citations: Vec<Citation>,
    /// What mentions it, its sub-clauses among it.
    pub referred_by: Vec<Link>,
    /// Its address on its document's page, if that can be reached from here.
    pub url: Option<String>,
    /// Its page by itself, if it has one.
    pub page: Option<String>,
    /// Addresses that it took over, and what bore its own before it.
    pub formers: Vec<Former>,
    /// What happened to it since the first edition of the site, in a line.
    pub since: Option<String>,
    /// The note of the body whose copy this is.
    pub local: Option<LocalNote>,
}

/// A local note on a clause.
#[derive(Clone, Debug, Serialize)]
pub struct LocalNote {
    /// Its fragment: `local-3.37`.
    pub id: String,
    /// Whose it is: "Local note, Anytown CVS".
    pub title: String,
    /// Its words.
    pub html: Html,
}

/// What a clause is to others, in one way.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseRelations {
    /// "Summarises"
    pub words: String,
    /// The others.
    pub links: Vec<Link>,
}

/// A work that a clause cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// "Children Act 2004, s 10(1)(b)"
    pub words: String,
    /// Its place in the table of authorities, if that can be reached from here.
    pub url: Option<String>,
    /// The text as it now stands, if the work is legislation.
    pub now: Option<String>,
    /// The text on the document's day: "as at 3 April 2008".
    pub then: Option<Link>,
}

/// `clause.html`
#[derive(Clone, Debug, Serialize)]
pub struct ClausePage {
    /// What is around it.
    pub shell: Shell,
    /// Its document in a few words.
    pub document: Card,
    /// The official text that its document restates.
    pub source: Option<Source>,
    /// The headings it stands under, outermost first.
    pub trail: Vec<Link>,
    /// The clause.
    pub clause: Clause,
    /// Its notes.
    pub notes: Vec<Note>,
    /// "Guidance 2008, paragraph 3.37"
    pub citation: String,
    /// What "Copy as quotation" copies: the clause's own words, then where they are from, each on its line.
    pub quotation: String,
    /// Its address to hand out: absolute if there is a base address, else from the site's root.
    pub address: String,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// The address as a QR code, if there is a base address.
    pub square: Option<Html>,
    /// What the page says of the clause to machines: JSON-LD, for a `script` of that type.
    pub structured: Html,
    /// The clause before it.
    pub previous: Option<Link>,
    /// The clause after it.
    pub next: Option<Link>,
}
