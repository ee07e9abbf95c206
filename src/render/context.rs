//! The page that a view is made for, and all that the view may draw on.
//!
//! Holds the resolved site, the page's path and the medium that it is read in; returns addresses
//! and ids as they are on that page. Small and never changed: views are free functions that take it
//! by reference. Never decides what a page shows.

pub mod shell;

use std::collections::{BTreeSet, HashSet};

use super::links::Links;
use super::view::{Language, Link};
use crate::corpus::history::History;
use crate::corpus::{Corpus, Entry, EntryId, Place};
use crate::document::NoteId;
use crate::editions::Compared;
use crate::output::OutPath;
use crate::source::Origin;
use crate::strings::phrase::Phrase;
use crate::strings::{Strings, Words};

/// Everything that the view of a page is made from.
#[derive(Clone, Copy)]
pub struct RenderContext<'a> {
    /// The resolved site.
    pub corpus: &'a Corpus,
    /// Published addresses, with what became of each.
    pub history: &'a History,
    /// Editions of its documents, compared.
    pub comparisons: &'a [Compared],
    /// The page.
    pub page: &'a OutPath,
    /// The first file of the search index.
    pub index: Option<&'a OutPath>,
    /// The page of dates in their order.
    pub timeline: Option<&'a OutPath>,
    /// The medium that the page is read in.
    pub links: &'a dyn Links,
    /// The words of the program.
    pub strings: &'a Strings,
}

impl RenderContext<'_> {
    /// Returns words of the program for a place of their own.
    pub fn say<P: Phrase>(&self, phrase: P) -> Words {
        self.strings.say(phrase)
    }

    /// Returns words of the program for an attribute or for a part of a sentence.
    pub fn text<P: Phrase>(&self, phrase: P) -> String {
        self.strings.text(phrase)
    }

    /// Returns the address of a page from this one.
    pub fn address(&self, page: &OutPath) -> Option<String> {
        self.links.address(self.page, page, None)
    }

    /// Returns the address of a place on a page.
    pub fn address_on(&self, page: &OutPath, fragment: &str) -> Option<String> {
        self.links.address(self.page, page, Some(fragment))
    }

    /// Returns the address of a place of the site.
    pub fn address_of(&self, place: Place) -> Option<String> {
        let (page, fragment) = self.corpus.address(place);
        self.links.address(self.page, page, fragment.as_deref())
    }

    /// Returns the address of a note on its own document's page.
    pub fn address_of_note(&self, entry: &Entry, note: NoteId) -> Option<String> {
        self.address_on(&entry.page, &format!("note-{}", entry.document.note_key(note)))
    }

    /// Returns an address elsewhere in the form that it may have here.
    pub fn elsewhere(&self, url: Option<String>) -> Option<String> {
        self.links.elsewhere(&url?)
    }

    /// Returns an id of this page as it is here.
    pub fn id(&self, id: &str) -> String {
        self.links.id(self.page, id)
    }

    /// Returns the language of a document, if it is not that of the site.
    pub fn language(&self, entry: &Entry) -> Option<Language> {
        let config = &self.corpus.config;
        let upstream = config.upstream.as_ref().filter(|_| entry.document.origin == Origin::Upstream);
        let own = entry.document.front.language.as_ref().or_else(|| upstream.map(|upstream| &upstream.language));
        own.filter(|own| !own.eq_ignore_ascii_case(&config.language)).map(|own| Language::new(own))
    }

    /// Returns a link to a place: by number from its own document, by full citation from another.
    pub fn place_link(&self, from: Option<EntryId>, place: Place) -> Link {
        let words = match from {
            Some(from) if from == place.entry => self.corpus.short_citation(place),
            _ => self.corpus.citation(place),
        };
        Link { words, url: self.address_of(place) }
    }

    /// Returns such links in the site's order, each once.
    pub fn place_links<'p>(&self, from: Option<EntryId>, places: impl IntoIterator<Item = &'p Place>) -> Vec<Link> {
        let mut seen = HashSet::new();
        let links = places.into_iter().collect::<BTreeSet<_>>().into_iter().map(|place| self.place_link(from, *place));
        links.filter(|link| seen.insert(link.clone())).collect()
    }
}
