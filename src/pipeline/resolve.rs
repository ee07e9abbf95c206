//! The second value of a build: a site whose documents are parsed and put together.
//!
//! Takes a loaded site; gives its corpus, compared with what was published, and everything that is
//! wrong so far. Documents are parsed in parallel, and come in the order of their paths all the
//! same.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use rayon::prelude::*;

use super::limits::begin_whole;
use super::suggest::{Suggestion, suggestions, with_proposed_rows};
use super::{Caches, Hooks, Loaded, Parsed, Stage, begin, has_errors, or_report};
use crate::cache::{self, Cache};
use crate::corpus::Corpus;
use crate::corpus::history::History;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::ledger::Ledger;
use crate::document::{Document, FrontMatter};
use crate::parse;
use crate::permalinks;
use crate::resolve::{SiteInputs, corpus};
use crate::source::{FileId, Key, SETTINGS, Site, SourceFile, folder, is_index, text_stem};
use crate::strings::Strings;
use crate::underway::TaskKind;

/// A site whose documents are put together.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The texts and files.
    pub site: &'a Site,
    /// The documents, with what each has from the others; without a document if they could not be
    /// put together.
    pub corpus: Corpus,
    /// Ledger of published addresses, with which the corpus was compared.
    pub ledger: Ledger,
    /// Published addresses, with what became of each.
    pub history: History,
    /// Proposals for links that a mention or a row of the register would make.
    pub suggestions: Vec<Suggestion>,
    /// Words of pages.
    pub strings: Arc<Strings>,
    /// Diagnostics so far.
    pub faults: Vec<Diagnostic>,
    /// See [`Loaded::theme_found`].
    pub(super) theme_found: bool,
    /// Whether a template cannot be read.
    pub(super) unread_template: bool,
    /// See [`Loaded::ground`].
    pub(super) ground: Key,
}

impl Resolved<'_> {
    /// Whether something can be made of the site: it has settings, and nothing in it is an error.
    pub fn is_sound(&self) -> bool {
        self.site.sources.find(SETTINGS).is_some() && !has_errors(&self.faults)
    }

    /// Number of documents and of their clauses.
    pub fn counts(&self) -> (usize, usize) {
        let clauses = self.corpus.papers().map(|(_, entry)| entry.document.whole_clauses().count());
        (self.corpus.papers().count(), clauses.sum())
    }
}

/// Parses the documents of a site and puts them together.
pub fn resolve<'a>(loaded: Loaded<'a>, caches: &mut Caches, hooks: Hooks<'_>) -> Resolved<'a> {
    let site = loaded.site;
    (hooks.begins)(Stage::Parse, site.sources.iter().filter(|file| is_document(site, file)).count());
    let (documents, faults) = documents(&loaded, &caches.documents, hooks);
    caches.documents.turn();
    let Loaded { config, strings, declared, register, relations, ledger, unread, ground, theme_found, .. } = loaded;
    // While a text is there in two forms, nobody knows which of the others agree with it.
    let is_joined = !loaded.faults.iter().any(|fault| fault.code == Code::UnfinishedMerge);
    let mut all: Vec<Diagnostic> = [loaded.faults, loaded.of_ledger].concat();
    all.extend(faults.into_iter().filter(|_| is_joined));
    (hooks.begins)(Stage::Resolve, documents.len());
    let _begun = begin_whole(hooks.under_way, site, &config.limits, "resolving the links of the site");
    let suggestions = suggestions(&documents, &register, &all, &site.sources);
    with_proposed_rows(&mut all, &suggestions);
    // Whoever has no register is told by the command how many works one would have.
    all.retain(|fault| !register.is_empty() || fault.code != Code::UndeclaredAuthority);
    let mut resolved = None;
    // A text that is compared may be in no site, and have no settings.
    if let Some(place) = site.sources.find(SETTINGS).or_else(|| site.sources.iter().next()).map(SourceFile::start) {
        let Site { assets, products, sources, .. } = site;
        let beside = SiteInputs { clause_relations: &relations, assets, products, sources };
        let (made, faults) = or_report(place, || {
            let (corpus, mut faults) = corpus(documents, (config, strings.clone()), declared, beside, &caches.words);
            let history = permalinks::check(&corpus, &ledger, &mut faults);
            (Some((corpus, history)), faults)
        });
        all.extend(faults.into_iter().filter(|_| is_joined));
        resolved = made;
    }
    caches.words.turn();
    let (corpus, history) = resolved.unwrap_or_default();
    let unread_template = |id: &FileId| site.sources.file(*id).path.ends_with(".html");
    Resolved {
        site,
        corpus,
        ledger,
        history,
        suggestions,
        strings,
        faults: all,
        theme_found,
        unread_template: unread.iter().any(unread_template),
        ground,
    }
}

/// Parses every document that can be read.
fn documents(loaded: &Loaded<'_>, known: &Cache<Parsed>, hooks: Hooks<'_>) -> (Vec<Arc<Document>>, Vec<Diagnostic>) {
    let Loaded { site, config, register, unread, ground, .. } = loaded;
    let files: Vec<&SourceFile> =
        site.sources.iter().filter(|file| is_document(site, file) && !unread.contains(&file.id)).collect();
    let indexes = files.iter().filter(|file| is_index(&file.path) && !folder(&file.path).is_empty());
    let publications: BTreeMap<&str, (&SourceFile, FrontMatter)> =
        indexes.filter_map(|index| Some((folder(&index.path), (*index, parse::publication(index, config)?)))).collect();
    let parsed: Vec<Parsed> = files
        .par_iter()
        .map(|file| {
            let publication = publications.get(folder(&file.path)).filter(|(index, _)| index.id != file.id);
            let of_publication = publication.map(|(index, _)| (index.id, index.key));
            let key = || cache::key((ground, file.id, &file.path, file.key, of_publication));
            let parse = || {
                let _begun = begin(hooks.under_way, TaskKind::Document, file.start());
                let (document, faults) = or_report(file.start(), || {
                    parse::document(file, publication.map(|(_, front)| front), config, register)
                });
                Ok::<_, Infallible>((document.map(Arc::new), faults.into()))
            };
            known.get(key, parse).unwrap_or_default()
        })
        .collect();
    let (documents, faults): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    (documents.into_iter().flatten().collect(), faults.iter().flat_map(|faults| faults.iter().cloned()).collect())
}

/// Returns whether a file is the text of a document. What only repositories have is named, and not
/// read.
fn is_document(site: &Site, file: &SourceFile) -> bool {
    text_stem(&file.path).is_some() && !file.path.starts_with("../") && !site.assets.contains_key(&*file.path)
}
