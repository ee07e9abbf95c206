//! Places of the site as people name them and as links reach them.
//!
//! Takes a place; gives its page and fragment, and its citation from another document or from its
//! own. Asks only what a document says of itself and what it is on, so that `resolve` can cite
//! before the corpus is made.

use super::{Corpus, Entry, EntryId, Place, PlacePart};
use crate::arena::Table;
use crate::document::{Document, Relation, is_slug};
use crate::output::OutPath;
use crate::strings::{Strings, phrase};

/// A document in its place among those of the site.
pub trait Placed {
    /// The document.
    fn document(&self) -> &Document;
    /// The document that it is on, if it holds local notes.
    fn annotates(&self) -> Option<EntryId>;
}

impl Placed for Entry {
    fn document(&self) -> &Document {
        &self.document
    }

    fn annotates(&self) -> Option<EntryId> {
        self.resolution.annotates
    }
}

impl Corpus {
    /// The page and fragment of a place.
    pub fn address(&self, place: Place) -> (&OutPath, Option<String>) {
        let Entry { document, page, .. } = self.entry(place.entry);
        let fragment = match place.part {
            PlacePart::Whole => None,
            PlacePart::Section(section) => Some(document.sections[section].anchor.clone()),
            PlacePart::Clause(clause) => Some(document.clause_anchor(&document.clauses[clause])),
        };
        (page, fragment)
    }

    /// The address of a place from the site's root: `guidance-2008.html#3.37`.
    pub fn url(&self, place: Place) -> String {
        match self.address(place) {
            (page, Some(fragment)) => format!("{page}#{fragment}"),
            (page, None) => page.to_string(),
        }
    }

    /// Returns the citation of a place from another document: "Guidance 2008, paragraph 3.37".
    pub fn citation(&self, place: Place) -> String {
        citation(&self.entries, &self.strings, place)
    }

    /// Returns the short title by which a document is cited. Local notes are cited by the document
    /// that they are on.
    pub fn short(&self, at: EntryId) -> String {
        short(&self.entries, &self.strings, at)
    }

    /// Returns the citation of a place from another document, with a suffix if the place is in a
    /// draft counterpart of what that document speaks of.
    pub fn citation_from(&self, from: EntryId, place: Place) -> String {
        citation_from(&self.entries, &self.strings, from, place)
    }

    /// Returns the citation of a place within its own document: "3.37", or a heading's words.
    pub fn short_citation(&self, place: Place) -> String {
        short_citation(&self.entries, place)
    }
}

/// Returns the citation of a place from another document: "Guidance 2008, paragraph 3.37".
pub fn citation<D: Placed>(documents: &Table<Entry, D>, strings: &Strings, place: Place) -> String {
    let document = documents[place.entry].document();
    let short = short(documents, strings, place.entry);
    match place.part {
        PlacePart::Whole => short,
        PlacePart::Section(section) => format!("{short}, “{}”", document.sections[section].title),
        PlacePart::Clause(clause) => format!("{short}, {}", document.cited_clause(&document.clauses[clause])),
    }
}

/// Returns the same citation, with a suffix if the place is in a draft counterpart of what the
/// other document speaks of.
pub fn citation_from<D: Placed>(documents: &Table<Entry, D>, strings: &Strings, from: EntryId, place: Place) -> String {
    let citation = citation(documents, strings, place);
    let is_draft = is_draft_counterpart(documents, from, place.entry);
    if is_draft { strings.text(phrase::CitationDraft { citation: &citation }) } else { citation }
}

/// Returns the citation of a place within its own document: "3.37", or a heading's words.
pub fn short_citation<D: Placed>(documents: &Table<Entry, D>, place: Place) -> String {
    let document = documents[place.entry].document();
    match place.part {
        PlacePart::Whole => document.front.short.clone(),
        PlacePart::Section(section) => document.sections[section].title.clone(),
        PlacePart::Clause(clause) => document.clause_number(&document.clauses[clause]),
    }
}

fn short<D: Placed>(documents: &Table<Entry, D>, strings: &Strings, at: EntryId) -> String {
    match documents[at].annotates() {
        Some(on) => {
            let document = &documents[on].document().front.short;
            strings.text(phrase::CitationLocalNote { document })
        }
        None => documents[at].document().front.short.clone(),
    }
}

/// Whether a document speaks of a work that the site does not hold and of which it holds only the
/// draft `to`: what the one says of the other is then said of its draft counterpart.
fn is_draft_counterpart<D: Placed>(documents: &Table<Entry, D>, from: EntryId, to: EntryId) -> bool {
    let not_held =
        |at: EntryId| documents[at].document().front.relations.iter().filter(|(_, other)| !is_slug(&other.value));
    let drafts: Vec<&str> = not_held(to)
        .filter(|(relation, _)| *relation == Relation::ReplacedBy)
        .map(|(_, other)| other.value.as_str())
        .collect();
    from != to && not_held(from).any(|(_, other)| drafts.contains(&other.value.as_str()))
}
