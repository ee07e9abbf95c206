//! The third value of a build: the pages and files of a site.
//!
//! Takes a resolved site and its theme; gives every page, data file and index of search. Each goes
//! to the sink of finished pages as soon as it is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::limits::begin_whole;
use super::{Caches, Hooks, MadePage, Resolved, Stage, begin, has_errors, or_report};
use crate::cache::Cache;
use crate::corpus::Corpus;
use crate::corpus::fingerprint::Fingerprints;
use crate::diagnostic::Diagnostic;
use crate::document::Status;
use crate::editions::{self, Compared, Comparison};
use crate::export;
use crate::output::{AUTHORITIES_PAGE, Artefact, FEED, OutPath};
use crate::render::{self, Inputs, theme};
use crate::search;
use crate::source::{SETTINGS, SourceFile};
use crate::strings::{Strings, phrase};
use crate::underway::TaskKind;

/// The theme of a site.
#[derive(Debug)]
pub struct SiteTheme {
    /// Templates of the theme.
    pub templates: Arc<theme::Theme>,
    /// The files that it puts beside the pages, by path.
    pub files: BTreeMap<String, Artefact>,
}

/// The pages and files of a site.
#[derive(Debug)]
pub struct Rendered {
    pub(super) pages: Vec<render::Page<MadePage>>,
    pub(super) data: Vec<(OutPath, Artefact)>,
    pub(super) theme_files: BTreeMap<String, Artefact>,
    /// Diagnostics of the templates.
    pub(super) faults: Vec<Diagnostic>,
}

/// Loads the theme that the settings ask for. Returns nothing if no page can be made with it, or if
/// anything in the site or in it is an error; and what is wrong in it.
pub fn load_theme(
    resolved: &Resolved<'_>,
    caches: &mut Caches,
    hooks: Hooks<'_>,
) -> (Option<SiteTheme>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let place = resolved.site.sources.find(SETTINGS).map(SourceFile::start);
    let _begun = place.and_then(|place| begin(hooks.under_way, TaskKind::Templates, place));
    let config = &resolved.corpus.config;
    let files = theme::files(resolved.site, &config.theme.0, &config.brand, &resolved.strings, &mut faults);
    let (templates, wrong) =
        if resolved.unread_template { (None, Vec::new()) } else { templates(resolved, &mut caches.themes) };
    faults.extend(wrong);
    let is_sound = resolved.is_sound() && !has_errors(&faults);
    (templates.filter(|_| is_sound).map(|templates| SiteTheme { templates, files }), faults)
}

fn templates(
    resolved: &Resolved<'_>,
    known: &mut Cache<Arc<theme::Theme>>,
) -> (Option<Arc<theme::Theme>>, Vec<Diagnostic>) {
    let strings = &resolved.strings;
    let (site, found) = (resolved.site, resolved.theme_found);
    let (name, asked) = &resolved.corpus.config.theme;
    let load = || match theme::load(site, name, *asked, found, strings) {
        (Some(theme), wrong) if wrong.is_empty() => Ok(Arc::new(theme)),
        (theme, wrong) => Err((theme.map(Arc::new), wrong)),
    };
    let loaded = known.get(|| theme::key(site, name, *asked, found, strings), load);
    known.turn();
    loaded.map_or_else(|wrong| wrong, |theme| (Some(theme), Vec::new()))
}

/// Makes every page and file of a site that is sound. Returns nothing if that fails: then the
/// faults say why.
pub fn render(
    resolved: &Resolved<'_>,
    theme: SiteTheme,
    caches: &mut Caches,
    hooks: Hooks<'_>,
) -> (Option<Rendered>, Vec<Diagnostic>) {
    let Some(place) = resolved.site.sources.find(SETTINGS).map(SourceFile::start) else { return (None, Vec::new()) };
    let rendered = or_report(place, || (Some(pages_and_files(resolved, theme, caches, hooks)), Vec::new()));
    caches.comparisons.turn();
    if caches.lists_can_wait {
        caches.pages.grow();
    } else {
        caches.pages.turn();
    }
    rendered
}

fn pages_and_files(resolved: &Resolved<'_>, theme: SiteTheme, caches: &mut Caches, hooks: Hooks<'_>) -> Rendered {
    let Resolved { site, corpus, ground, .. } = resolved;
    let formats = if hooks.compresses { corpus.config.compress.as_slice() } else { &[] };
    let twins = export::compressed::CompressedForms::new(formats);
    let keep = |path: &OutPath, file| twins.keep(path, file, hooks.keep);
    let kept = |(path, file): (OutPath, Artefact)| {
        let file = keep(&path, file);
        (path, file)
    };
    let whole = |doing| begin_whole(hooks.under_way, site, &corpus.config.limits, doing);
    let begun = whole("making the index of search");
    let mut index = index(corpus, theme.templates.strings(), caches, hooks);
    drop(begun);
    let index_files: Vec<_> = std::mem::take(&mut index.files).into_par_iter().map(kept).collect();
    let fingerprints = if caches.pages.keeps() { Fingerprints::new(corpus, *ground) } else { Fingerprints::default() };
    let comparisons = &comparisons(resolved, &fingerprints, &caches.comparisons, hooks);
    let inputs =
        Inputs { index: index.start.as_ref(), ..inputs(resolved, &theme, (comparisons, &fingerprints), hooks) };
    (hooks.begins)(Stage::Render, render::count(inputs));
    let lists = std::mem::take(&mut caches.lists);
    let waiting = if caches.lists_can_wait { lists } else { BTreeMap::new() };
    let (pages, faults) = render::pages(inputs, &caches.pages, &waiting, |path, markup| {
        let ids = export::ids_line(path, &markup);
        (keep(path, Artefact::text(markup)), ids.into())
    });
    if caches.pages.keeps() {
        let kept = pages.iter().filter(|page| page.is_list).map(|page| (page.path.clone(), page.made.clone()));
        caches.lists = kept.collect();
    }
    (hooks.begins)(Stage::Export, corpus.entries.len());
    let begun = whole("making the data files");
    let mut data = data(resolved, &pages, caches);
    let compared: Vec<_> =
        comparisons.par_iter().map(|compared| export::comparisons::files(corpus, compared)).collect();
    data.extend(compared.into_iter().flatten());
    drop(begun);
    let mut data: Vec<_> = data.into_par_iter().map(kept).collect();
    data.extend(index_files);
    theme.files.par_iter().for_each(|(path, file)| twins.add(path, file, hooks.keep));
    data.extend(twins.finish());
    Rendered { pages, data, theme_files: theme.files, faults }
}

/// Returns the inputs of pages that have no index of search beside them.
pub(super) fn inputs<'a>(
    resolved: &'a Resolved<'_>,
    theme: &'a SiteTheme,
    (comparisons, fingerprints): (&'a [Compared], &'a Fingerprints),
    hooks: Hooks<'a>,
) -> Inputs<'a> {
    Inputs {
        corpus: &resolved.corpus,
        history: &resolved.history,
        comparisons,
        fingerprints,
        theme: &theme.templates,
        sources: &resolved.site.sources,
        index: None,
        under_way: hooks.under_way,
    }
}

/// Compares each document with the one that it replaces.
pub(super) fn comparisons(
    resolved: &Resolved<'_>,
    fingerprints: &Fingerprints,
    known: &Cache<Arc<Comparison>>,
    hooks: Hooks<'_>,
) -> Vec<Compared> {
    let (corpus, doing) = (&resolved.corpus, "comparing documents with those that they replace");
    let _begun = begin_whole(hooks.under_way, resolved.site, &corpus.config.limits, doing);
    editions::compare_all((corpus, &resolved.history), fingerprints, known)
}

/// Makes the index of search, unless the last will do for now.
fn index(corpus: &Corpus, strings: &Strings, caches: &mut Caches, hooks: Hooks<'_>) -> search::Shards {
    if let Some(last) = caches.index.as_ref().filter(|_| caches.lists_can_wait) {
        return last.clone();
    }
    (hooks.begins)(Stage::Index, corpus.entries.len());
    let index = search::shards(corpus, AUTHORITIES_PAGE.as_str(), &search_names(strings));
    if caches.pages.keeps() {
        caches.index = Some(index.clone());
    }
    index
}

/// Returns the words of the program that a result of a search shows.
fn search_names(strings: &Strings) -> search::ResultWords {
    search::ResultWords {
        document: strings.text(phrase::SearchDocument),
        status: strings.text(phrase::SearchStatus),
        statuses: Status::ALL.map(|(_, of)| (of, strings.status(of))),
        works: strings.text(phrase::SearchLaw),
        law: strings.text(phrase::SiteLaw),
        local_notes: strings.text(phrase::SearchLocalNotes),
        editors_note: strings.text(phrase::SearchEditorsNote),
    }
}

/// Makes the data files, unless the last will do for now.
fn data(
    Resolved { corpus, ledger, history, .. }: &Resolved<'_>,
    pages: &[render::Page<MadePage>],
    caches: &mut Caches,
) -> Vec<(OutPath, Artefact)> {
    if caches.lists_can_wait && !caches.data.is_empty() {
        return caches.data.clone();
    }
    let paths: Vec<&OutPath> = pages.iter().map(|page| &page.path).collect();
    let mut data = export::files(corpus, history, &paths, FEED.as_str());
    let mut by_path: Vec<_> = pages.iter().collect();
    by_path.sort_by_key(|page| &page.path);
    data.extend(export::pins::files(corpus, ledger, history));
    data.extend(export::ids(by_path.into_iter().map(|page| &*page.made.1)));
    if caches.pages.keeps() {
        caches.data.clone_from(&data);
    }
    data
}
