//! All that pages are rendered from.

use crate::corpus::fingerprint::Fingerprints;
use crate::corpus::history::History;
use crate::corpus::{Corpus, DocumentRole};
use crate::editions::Compared;
use crate::output::OutPath;
use crate::render::context::RenderContext;
use crate::render::links::Links;
use crate::render::theme::{PageTemplate, Theme};
use crate::source::{SourceMap, Span};
use crate::underway::{Task, TaskKind, UnderWay};

/// Everything that the pages of a build are rendered from.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// The resolved site.
    pub corpus: &'a Corpus,
    /// Published addresses, with what became of each.
    pub history: &'a History,
    /// Editions of its documents, compared.
    pub comparisons: &'a [Compared],
    /// Hashes of the site and of its documents.
    pub fingerprints: &'a Fingerprints,
    /// The theme.
    pub theme: &'a Theme,
    /// For the places of what is wrong in a template.
    pub sources: &'a SourceMap,
    /// The first file of the search index, if there is one.
    pub index: Option<&'a OutPath>,
    /// List of the pages that are being made.
    pub under_way: Option<&'a UnderWay>,
}

impl<'a> Inputs<'a> {
    /// Returns the context of a page in a medium that is not the site: it has no page of search,
    /// and no timeline of its own.
    pub fn context(&self, page: &'a OutPath, links: &'a dyn Links) -> RenderContext<'a> {
        let Inputs { corpus, history, comparisons, .. } = *self;
        let strings = self.theme.strings();
        RenderContext { corpus, history, comparisons, page, index: None, timeline: None, links, strings }
    }

    /// Lists a page as one that is being made, for the template that will run. `place` is named
    /// should it never end.
    pub fn making(&self, page: &'a OutPath, place: Option<Span>) -> PageTemplate<'a> {
        let words = Task::new(TaskKind::Words(page.clone()), place.unwrap_or_else(|| self.theme.fallback()));
        let begun = self.under_way.map(|under_way| under_way.begin(words));
        PageTemplate { page, sources: self.sources, begun }
    }

    /// Returns the page of dates in their order, if the site has one.
    pub fn timeline(&self) -> Option<&'a OutPath> {
        self.corpus.entries.iter().find(|entry| entry.role == DocumentRole::Timeline).map(|entry| &entry.page)
    }
}
