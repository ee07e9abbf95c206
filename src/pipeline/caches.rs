//! Caches that one build leaves to the next.
//!
//! Holds a cache for each product of a stage that can be told by a hash. There is no graph of what
//! depends on what: a key holds all that its value is made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cache::Cache;
use crate::corpus::WordId;
use crate::diagnostic::Diagnostic;
use crate::document::{ClauseId, Document};
use crate::editions::Comparison;
use crate::output::{Artefact, OutPath};
use crate::render::theme::Theme;
use crate::search::Shards;

/// A parsed document, unless its file has no name that a page can have; and what is wrong in it.
pub type Parsed = (Option<Arc<Document>>, Arc<[Diagnostic]>);

/// A finished page with the ids on it.
pub type MadePage = (Artefact, Arc<str>);

/// The caches. By default nothing is kept, as befits a program that builds once.
#[derive(Debug, Default)]
pub struct Caches {
    /// Parsed documents, with what is wrong in them: by path, text, settings and register.
    pub documents: Cache<Parsed>,
    /// The glossary's words that the clauses of a document use: by its text and the glossary.
    pub words: Cache<Arc<[(ClauseId, WordId)]>>,
    /// Changes from one edition to another: by the fingerprints of both.
    pub comparisons: Cache<Arc<Comparison>>,
    /// The index of search as it was made last.
    pub index: Option<Shards>,
    /// The pages of lists of clauses as they were made last.
    pub lists: BTreeMap<OutPath, MadePage>,
    /// The data files as they were made last.
    pub data: Vec<(OutPath, Artefact)>,
    /// Whether the last index, lists and data files will do for now, if there are any: each is made
    /// from the whole site, and takes longer than an edited page does.
    pub lists_can_wait: bool,
    /// The templates: by their texts.
    pub themes: Cache<Arc<Theme>>,
    /// Finished pages: by theme, fingerprints, and what else a page shows.
    pub pages: Cache<MadePage>,
}

impl Caches {
    /// Caches that keep what they are given, for a program that builds again and again.
    pub fn keeping() -> Self {
        Caches {
            documents: Cache::keeping(),
            words: Cache::keeping(),
            comparisons: Cache::keeping(),
            themes: Cache::keeping(),
            pages: Cache::keeping(),
            ..Caches::default()
        }
    }
}
