//! What a template can see of editions: pages that only lead on, what each edition of the site brought, and two editions of a
//! document compared.

use serde::Serialize;

use super::clause::ClauseRelations;
use super::shared::{Card, Former, FormerLine, Html, Link, Shell};

/// `gone.html`
#[derive(Clone, Debug, Serialize)]
pub struct GonePage {
    /// What is around it.
    pub shell: Shell,
    /// How it was called.
    pub title: String,
    /// What became of the page.
    pub whole: Vec<FormerLine>,
    /// Where a reader is led at once, if one thing stands for all of it.
    pub forward: Option<String>,
    /// What became of each address on it.
    pub formers: Vec<Former>,
}

/// `changes.html`
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// What is around it.
    pub shell: Shell,
    /// The editions, the newest first.
    pub editions: Vec<Edition>,
}

/// An edition and what it brought.
#[derive(Clone, Debug, Serialize)]
pub struct Edition {
    /// Its fragment.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its day in words.
    pub date: Option<String>,
    /// Its day as ISO 8601 has it.
    pub date_iso: Option<String>,
    /// What its maker says of it.
    pub note: Option<String>,
    /// Whether it is the first.
    pub first: bool,
    /// What changed, by document.
    pub documents: Vec<EditionDocument>,
}

/// What an edition brought to a document.
#[derive(Clone, Debug, Serialize)]
pub struct EditionDocument {
    /// The document; without an address if it is gone.
    pub document: Link,
    /// What changed.
    pub changes: Vec<EditionChange>,
}

/// What happened to some clauses.
#[derive(Clone, Debug, Serialize)]
pub struct EditionChange {
    /// "Reworded"
    pub words: String,
    /// The clauses.
    pub clauses: Vec<Link>,
}

/// `compare.html`
#[derive(Clone, Debug, Serialize)]
pub struct ComparePage {
    /// What is around it.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// The old edition.
    pub old: Card,
    /// The new one.
    pub new: Card,
    /// How many clauses are unchanged, reworded and so on.
    pub counts: Vec<Count>,
    /// Where a duty word or a citation changed.
    pub flagged: Vec<ClauseRelations>,
    /// What changed, in the order of the new edition.
    pub changes: Vec<CompareItem>,
    /// The old numbers beside the new.
    pub concordance: Vec<ConcordanceRow>,
    /// The same as a file for spreadsheets.
    pub csv: Option<String>,
    /// All of it for programs.
    pub json: Option<String>,
}

/// How many there are of something.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// Of what: "reworded".
    pub words: String,
    /// How many.
    pub count: usize,
}

/// One thing of a comparison; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum CompareItem {
    /// The heading over what follows.
    Heading {
        /// Its words.
        title: String,
    },
    /// A change.
    Change(Change),
    /// Clauses in which no word changed.
    Quiet {
        /// "12 paragraphs unchanged: 3.4 to 3.15"
        words: String,
        /// The clauses.
        rows: Vec<ConcordanceRow>,
    },
}

/// What became of a clause.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Its fragment.
    pub id: String,
    /// Its classes: "renumbered and reworded".
    pub words: String,
    /// The first of them.
    pub class: String,
    /// The clauses of the old edition.
    pub old: Vec<Link>,
    /// Those of the new one.
    pub new: Vec<Link>,
    /// What must not be missed, each in a sentence.
    pub flags: Vec<String>,
    /// Its words with what went and what came; where little stayed, first the old words and then the new.
    pub texts: Vec<ChangeText>,
}

/// Words of a change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeText {
    /// "Before" or "Now", where the words are given whole.
    pub title: Option<String>,
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
    pub words: String,
    /// Where it stands on this page, if it is not folded.
    pub url: Option<String>,
}
