//! Views of editions: pages that only lead on, what each edition of the site
//! brought, and two editions of a document compared.

use serde::Serialize;

use super::clause::ClauseRelations;
use super::shared::{Card, FormerLine, FormerView, Html, Link, Shell, Words};

/// `gone.html`
#[derive(Clone, Debug, Serialize)]
pub struct GonePage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Title that it had.
    pub title: String,
    /// Lines that say what became of the page.
    pub whole: Vec<FormerLine>,
    /// Address that a reader is led to at once, if one thing stands for all of it.
    pub forward: Option<String>,
    /// Addresses that were on it, with what became of each.
    pub formers: Vec<FormerView>,
}

/// `changes.html`
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The editions, the newest first.
    pub editions: Vec<EditionView>,
    /// The name of what is searched only on request: "Manual".
    pub on_request: String,
}

/// An edition and what it brought.
#[derive(Clone, Debug, Serialize)]
pub struct EditionView {
    /// Fragment.
    pub id: String,
    /// Name.
    pub name: String,
    /// Day in words.
    pub date: Option<Words>,
    /// Day in ISO 8601.
    pub date_iso: Option<String>,
    /// Note by its maker.
    pub note: Option<String>,
    /// Whether it is the first.
    pub first: bool,
    /// Changes, by document, in the order of the home page.
    pub documents: Vec<EditionDocument>,
    /// Changes in documents that are searched only on request; none where there are no others.
    pub on_request: Vec<EditionDocument>,
}

/// Changes of an edition in one document.
#[derive(Clone, Debug, Serialize)]
pub struct EditionDocument {
    /// The document; without an address if it is gone.
    pub document: Link,
    /// Changes.
    pub changes: Vec<EditionChange>,
}

/// A kind of change, with the clauses that it happened to.
#[derive(Clone, Debug, Serialize)]
pub struct EditionChange {
    /// "Reworded"
    pub words: Words,
    /// The clauses.
    pub clauses: Vec<Link>,
}

/// `compare.html`
#[derive(Clone, Debug, Serialize)]
pub struct ComparePage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Title.
    pub title: Words,
    /// The old edition.
    pub old: Card,
    /// The new one.
    pub new: Card,
    /// Number of clauses that are unchanged, reworded and so on.
    pub counts: Vec<Count>,
    /// Clauses in which a duty word or a citation changed.
    pub flagged: Vec<ClauseRelations>,
    /// Changes, in the order of the new edition.
    pub changes: Vec<CompareItem>,
    /// The old numbers beside the new.
    pub concordance: Vec<ConcordanceRow>,
    /// Address of all of it as a table for spreadsheets.
    pub csv: Option<String>,
    /// All of it for programs.
    pub json: Option<String>,
}

/// A number of things of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// Kind: "reworded".
    pub words: Words,
    /// Number.
    pub count: usize,
}

/// One thing of a comparison; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum CompareItem {
    /// The heading over what follows.
    Heading {
        /// Words.
        title: String,
    },
    /// A change.
    Change(ChangeView),
    /// Clauses in which no word changed.
    Quiet {
        /// "12 paragraphs unchanged: 3.4 to 3.15"
        words: Words,
        /// The clauses.
        rows: Vec<ConcordanceRow>,
    },
}

/// A clause of either edition, with what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// Fragment.
    pub id: String,
    /// Classes of the change: "renumbered and reworded".
    pub words: Words,
    /// The first of them.
    pub class: String,
    /// The clauses of the old edition.
    pub old: Vec<Link>,
    /// Those of the new one.
    pub new: Vec<Link>,
    /// Sentences about changes that must not be missed.
    pub flags: Vec<Words>,
    /// Words with what went and what came; where little stayed, first the old words and then the
    /// new.
    pub texts: Vec<ChangeText>,
}

/// Words of a change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeText {
    /// "Before" or "Now", where the words are given whole.
    pub title: Option<Words>,
    /// The words.
    pub html: Html,
}

/// Numbers that go together.
#[derive(Clone, Debug, Serialize)]
pub struct ConcordanceRow {
    /// The clauses of the old edition.
    pub old: Vec<Link>,
    /// Those of the new one.
    pub new: Vec<Link>,
    /// The classes of the change.
    pub words: Words,
    /// Address on this page, if it is not folded.
    pub url: Option<String>,
}
