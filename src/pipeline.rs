//! The stages of a build in their order.
//!
//! Takes a site as it was read; gives everything that will be published, and every fault that was found. One function for
//! every command that builds, so that what is checked is what is written. Reads nothing and writes nothing.

mod beside;
mod caches;
pub mod cite;
pub mod copies;
pub mod editions;
mod limits;
pub mod publish;
pub mod renumber;
pub mod suggest;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use crate::cache::{self, Cache};
use crate::compare;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::corpus::fingerprint::Fingerprints;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::Document;
use crate::document::ledger::Ledger;
use crate::export;
use crate::law::Register;
use crate::output::{Artefact, OutPath, Output};
use crate::parse;
use crate::render::{self, theme};
use crate::resolve::{self, Beside};
use crate::search;
use crate::source::{FileId, Hash, Site, SourceFile, Span};
use crate::underway::{Begun, Piece, UnderWay, Work};
use beside::{before_parsing, brand, ledger, register, registered, relations, upstream};
pub use beside::{beyond, register_of, settings};
pub use caches::{Caches, MadePage, Parsed};
pub use limits::begin_whole;

/// The file that makes a folder a site.
pub const SETTINGS: &str = "site.toml";
/// The register of authorities.
pub const REGISTER: &str = "authorities.toml";
/// What clauses are to one another.
pub const RELATIONS: &str = "relations.toml";

/// What a command line may set over the settings.
#[derive(Clone, Debug, Default, Hash)]
pub struct Options {
    /// The base address.
    pub base_url: Option<String>,
}

/// A part of a build, as people are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files to texts.
    Read,
    /// Texts to documents.
    Parse,
    /// Documents to a site.
    Resolve,
    /// The site to an index for search.
    Index,
    /// The site to pages.
    Render,
    /// The site to data files.
    Export,
    /// Pages and files to a folder.
    Write,
}

/// What goes on beside a build.
#[derive(Clone, Copy)]
pub struct Company<'a> {
    /// Is told of each stage as it begins, and how many documents or pages it has before it.
    pub begins: &'a (dyn Fn(Stage, usize) + Sync),
    /// Takes each page as it is finished, and gives what is to be published in its place.
    pub keep: &'a (dyn Fn(&OutPath, Artefact) -> Artefact + Sync),
    /// Is shown the resolved site and the ledger with which it was compared.
    pub resolved: &'a (dyn Fn(&Corpus, &Ledger) + Sync),
    /// Whether texts are also compressed, if the settings ask for it: for a site that a server may send.
    pub compresses: bool,
    /// Makes something else of what pages are made from, and gives what is wrong with it.
    pub also: &'a (dyn Fn(render::Ground<'_>) -> Vec<Diagnostic> + Sync),
    /// Where each document is listed while it is read, and each page while it is made.
    pub under_way: Option<&'a UnderWay>,
}

impl Default for Company<'_> {
    fn default() -> Self {
        let also = &|_: render::Ground<'_>| Vec::new();
        Company {
            begins: &|_, _| (),
            keep: &|_, page| page,
            resolved: &|_, _| (),
            compresses: false,
            also,
            under_way: None,
        }
    }
}

/// The hash of all that a build is made from: the program, the site as it was read, and what the command line says.
pub fn inputs(site: &Site, theme_found: bool, options: &Options) -> Hash {
    let texts: Vec<_> = site.sources.iter().map(|file| (&file.path, file.hash)).collect();
    cache::key((env!("CLAUSEBOOK_SOURCE"), texts, &site.assets, theme_found, options))
}

/// What a build gives.
#[derive(Debug)]
pub struct Build {
    /// The site, if nothing stopped it.
    pub output: Option<Output>,
    /// Everything that is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where a mention or a row of the register would make a link.
    pub suggestions: Vec<suggest::Suggestion>,
    /// How many documents and clauses there are.
    pub documents: usize,
    /// See `documents`.
    pub clauses: usize,
}

/// Builds a site. `found` is what reading it found wrong; `theme_found`, whether the theme's folder is there.
pub fn build(site: &Site, found: Vec<Diagnostic>, theme_found: bool, options: &Options) -> Build {
    let company = Company { compresses: true, ..Company::default() };
    rebuild(site, found, theme_found, options, &mut Caches::default(), company)
}

/// The same, with what earlier builds of the site left, and in company.
pub fn rebuild(
    site: &Site,
    found: Vec<Diagnostic>,
    theme_found: bool,
    options: &Options,
    caches: &mut Caches,
    company: Company<'_>,
) -> Build {
    let mut faults = found;
    let (mut config, unread) = before_parsing(site, &mut faults);
    if let Some(base_url) = &options.base_url {
        config.base_url = Some(base_url.clone());
    }
    config.brand = config.brand.over(brand(site, &config.theme.0, &unread, &mut faults));
    let config = Arc::new(config);
    let limits = config.limits.clone();
    let whole = |doing| begin_whole(company.under_way, site, &limits, doing);
    let begun = whole("reading the register of works");
    let declared = register(site, &unread, &mut faults);
    let register = registered(&declared);
    drop(begun);
    let text = |path: &str| site.sources.find(path).map(|file| (file.id, file.hash, unread.contains(&file.id)));
    let texts = [SETTINGS, REGISTER].map(|path| (text(path), text(&upstream(path))));
    let ground = cache::key((texts, options));
    (company.begins)(Stage::Parse, site.sources.iter().filter(|file| is_document(file)).count());
    let known = (ground, &caches.documents);
    let documents = documents(site, &config, &register, &unread, known, company.under_way, &mut faults);
    caches.documents.turn();
    (company.begins)(Stage::Resolve, documents.len());
    let begun = whole("resolving the links of the site");
    let relations = relations(site, &unread, &mut faults);
    let ledger = ledger(site, &unread, &mut faults);
    let suggestions = suggest::suggestions(&documents, &register, &faults, &site.sources);
    let place = site.sources.find(SETTINGS).map(SourceFile::start);
    let resolved = place.map(|place| {
        or_report(place, || {
            let Site { assets, products, sources, .. } = site;
            let beside = Beside { clause_relations: &relations, ledger: &ledger, assets, products, sources };
            let (corpus, more) = resolve::corpus(documents, config.clone(), declared, beside, &caches.words);
            (Some(corpus), more)
        })
    });
    let (corpus, more) = resolved.unwrap_or_default();
    faults.extend(more);
    caches.words.turn();
    drop(begun);
    if let Some(corpus) = &corpus {
        let _begun = whole("comparing the site with what was published");
        (company.resolved)(corpus, &ledger);
    }
    let theme = {
        let _begun = place.and_then(|place| begin(company.under_way, Work::Templates, place));
        let broken = site.sources.iter().any(|file| unread.contains(&file.id) && file.path.ends_with(".html"));
        let mut load = || theme(site, &config, theme_found, &mut caches.themes, &mut faults);
        if broken { None } else { load() }
    };
    let theme_files = theme::files(site, &config.theme.0, &config.brand, &mut faults);
    let mut output = None;
    if let (Some(place), Some(corpus), Some(theme)) = (place, &corpus, theme)
        && !has_errors(&faults)
    {
        let fingerprints =
            if caches.pages.keeps() { Fingerprints::new(corpus, ground) } else { Fingerprints::default() };
        let made = |theme| publish(corpus, &fingerprints, theme, site, caches, company);
        let (published, more) = or_report(place, || made((&*theme, theme_files)));
        faults.extend(more);
        output = published;
        caches.previews.turn();
        caches.comparisons.turn();
        if caches.lists_can_wait {
            caches.pages.grow();
        } else {
            caches.pages.turn();
        }
    }
    without_consequences(site, &mut faults);
    diagnostic::sort(&mut faults, &site.sources);
    let papers = || corpus.iter().flat_map(Corpus::papers);
    let build = Build {
        output: output.filter(|_| !has_errors(&faults)),
        diagnostics: faults,
        suggestions,
        documents: papers().count(),
        clauses: papers().map(|(_, entry)| entry.document.whole_clauses().count()).sum(),
    };
    // What no one will read again is given back while the caller goes on.
    rayon::spawn(move || drop(corpus));
    build
}

/// Takes out what is only a consequence of a file that could not be read: every term of settings that are no TOML, or too
/// large, would be reported as unknown wherever it stands.
fn without_consequences(site: &Site, faults: &mut Vec<Diagnostic>) {
    let broken = |path: &str| {
        let file = site.sources.find(path).map(|file| file.id);
        let unread = |fault: &Diagnostic| fault.severity() == Severity::Error && Some(fault.span.file) == file;
        faults.iter().any(|fault| unread(fault) && matches!(fault.code, Code::InvalidToml | Code::TooLarge))
    };
    let (settings, register) = (broken(SETTINGS), broken(REGISTER));
    faults.retain(|fault| match fault.code {
        Code::UnknownTerm | Code::UnknownKind | Code::UnknownKey => !settings,
        Code::UnknownAuthority | Code::UnresolvedReference | Code::UndeclaredAuthority => !register,
        _ => true,
    });
}

fn has_errors(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.severity() == Severity::Error)
}

/// Parses every document, in parallel; what is given is in the order of paths all the same.
fn documents(
    site: &Site,
    config: &Config,
    register: &Register,
    unread: &BTreeSet<FileId>,
    (ground, known): (Hash, &Cache<Parsed>),
    under_way: Option<&UnderWay>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Arc<Document>> {
    let files: Vec<&SourceFile> =
        site.sources.iter().filter(|file| is_document(file) && !unread.contains(&file.id)).collect();
    let indexes: BTreeMap<&str, &SourceFile> =
        files.iter().filter_map(|file| Some((file.path.strip_suffix("index.md")?, *file))).collect();
    let parsed: Vec<Parsed> = files
        .par_iter()
        .map(|file| {
            let folder = file.path.rfind('/').map_or("", |at| file.path.get(..=at).unwrap_or_default());
            let publication = indexes.get(folder).copied().filter(|index| !folder.is_empty() && index.id != file.id);
            let key = || {
                cache::key((ground, file.id, &file.path, file.hash, publication.map(|index| (index.id, index.hash))))
            };
            let parse = || {
                let _begun = begin(under_way, Work::Document, file.start());
                let (document, faults) =
                    or_report(file.start(), || parse::document(file, publication, config, register));
                Ok::<_, Infallible>((document.map(Arc::new), faults.into()))
            };
            known.get(key, parse).unwrap_or_default()
        })
        .collect();
    let mut documents = Vec::new();
    for (document, more) in parsed {
        faults.extend(more.iter().cloned());
        documents.extend(document);
    }
    documents
}

fn is_document(file: &SourceFile) -> bool {
    file.path.ends_with(".md") && !file.path.starts_with("../")
}

/// The theme that the settings ask for.
fn theme(
    site: &Site,
    config: &Config,
    found: bool,
    known: &mut Cache<Arc<theme::Theme>>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Arc<theme::Theme>> {
    let (name, asked) = &config.theme;
    let load = || match theme::load(site, name, *asked, found) {
        (Some(theme), wrong) if wrong.is_empty() => Ok(Arc::new(theme)),
        (theme, wrong) => Err((theme.map(Arc::new), wrong)),
    };
    let loaded = known.get(|| theme::key(site, name, *asked, found), load);
    known.turn();
    match loaded {
        Ok(theme) => Some(theme),
        Err((theme, wrong)) => {
            faults.extend(wrong);
            theme
        }
    }
}

/// Lists some work as under way, if anyone is to know.
fn begin(under_way: Option<&UnderWay>, work: Work, place: Span) -> Option<Begun<'_>> {
    under_way.map(|under_way| under_way.begin(Piece::new(work, place)))
}

/// A panic is a bug of clausebook: it becomes a fault of the file that raised it, and the rest goes on.
fn or_report<T>(place: Span, work: impl FnOnce() -> (Option<T>, Vec<Diagnostic>)) -> (Option<T>, Vec<Diagnostic>) {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let fault = Diagnostic::new(Code::InternalError, place, "clausebook failed here")
            .help("this is a fault of clausebook: please report it with the file");
        (None, vec![fault])
    })
}

/// Makes every page and file. `theme` comes with the files that it puts beside the pages.
fn publish(
    corpus: &Corpus,
    fingerprints: &Fingerprints,
    (theme, theme_files): (&theme::Theme, BTreeMap<String, Artefact>),
    site: &Site,
    caches: &Caches,
    company: Company<'_>,
) -> (Option<Output>, Vec<Diagnostic>) {
    let formats = if company.compresses { corpus.config.compress.as_slice() } else { &[] };
    let twins = export::compressed::Twins::new(formats);
    let keep = |path: &OutPath, file| twins.keep(path, file, company.keep);
    let company = Company { keep: &keep, ..company };
    let whole = |doing| begin_whole(company.under_way, site, &corpus.config.limits, doing);
    let begun = whole("making the index of search");
    let mut index = index(corpus, caches, company);
    drop(begun);
    let kept = |(path, file): (OutPath, Artefact)| {
        let file = (company.keep)(&path, file);
        (path, file)
    };
    let index_files: Vec<_> = std::mem::take(&mut index.files).into_par_iter().map(kept).collect();
    let begun = whole("comparing documents with those that they replace");
    let comparisons = &compare::editions(corpus, fingerprints, &caches.comparisons);
    drop(begun);
    let sources = &site.sources;
    let index_start = index.start.as_ref();
    let under_way = company.under_way;
    let ground = render::Ground { corpus, comparisons, fingerprints, theme, sources, index: index_start, under_way };
    (company.begins)(Stage::Render, render::count(ground));
    let mut lists = caches.lists.lock().unwrap_or_else(PoisonError::into_inner);
    let waiting = if caches.lists_can_wait { std::mem::take(&mut *lists) } else { BTreeMap::new() };
    let also = (company.also)(ground);
    let (pages, mut faults) = render::pages(ground, &caches.pages, &waiting, |path, markup| {
        let ids = export::ids_line(path, &markup);
        ((company.keep)(path, Artefact::text(markup)), ids.into())
    });
    faults.extend(also);
    if caches.pages.keeps() {
        let kept = pages.iter().filter(|page| page.is_list).map(|page| (page.path.clone(), page.made.clone()));
        *lists = kept.collect();
    }
    (company.begins)(Stage::Export, corpus.entries.len());
    let begun = whole("making the data files and previews");
    let mut data = data(corpus, &pages, caches);
    let compared: Vec<_> =
        comparisons.par_iter().map(|compared| export::comparisons::files(corpus, compared)).collect();
    data.extend(compared.into_iter().flatten());
    data.extend(render::previews::scripts(corpus, fingerprints, &caches.previews));
    drop(begun);
    let mut data: Vec<_> = data.into_par_iter().map(kept).collect();
    data.extend(index_files);
    theme_files.par_iter().for_each(|(path, file)| twins.add(path, file, company.keep));
    data.extend(twins.finish());
    let output = assemble(corpus, pages, data, theme_files, site, &mut faults);
    (Some(output), faults)
}

/// Makes the index of search, unless the last will do for now.
fn index(corpus: &Corpus, caches: &Caches, company: Company<'_>) -> search::Shards {
    let mut last = caches.index.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(last) = last.as_ref().filter(|_| caches.lists_can_wait) {
        return last.clone();
    }
    (company.begins)(Stage::Index, corpus.entries.len());
    let index = search::shards(corpus, render::AUTHORITIES_PAGE);
    if caches.pages.keeps() {
        *last = Some(index.clone());
    }
    index
}

/// Makes the data files, unless the last will do for now.
fn data(corpus: &Corpus, pages: &[render::Page<MadePage>], caches: &Caches) -> Vec<(OutPath, Artefact)> {
    let mut last = caches.data.lock().unwrap_or_else(PoisonError::into_inner);
    if caches.lists_can_wait && !last.is_empty() {
        return last.clone();
    }
    let paths: Vec<&OutPath> = pages.iter().map(|page| &page.path).collect();
    let mut data = export::files(corpus, &paths, render::FEED);
    let mut by_path: Vec<_> = pages.iter().collect();
    by_path.sort_by_key(|page| &page.path);
    data.extend(export::ids(by_path.into_iter().map(|page| &*page.made.1)));
    if caches.pages.keeps() {
        last.clone_from(&data);
    }
    data
}

/// Gathers what the products made; two sources for one path are a fault.
fn assemble(
    corpus: &Corpus,
    pages: Vec<render::Page<MadePage>>,
    data: Vec<(OutPath, Artefact)>,
    theme_files: BTreeMap<String, Artefact>,
    site: &Site,
    faults: &mut Vec<Diagnostic>,
) -> Output {
    let mut output = Output::default();
    let fallback = site.sources.find(SETTINGS).map(SourceFile::start);
    let mut origins: BTreeMap<OutPath, Option<Span>> = BTreeMap::new();
    let mut add = |path: OutPath, artefact: Artefact, origin: Option<Span>, faults: &mut Vec<Diagnostic>| {
        let Err((path, _)) = output.add(path.clone(), artefact) else {
            origins.insert(path, origin);
            return;
        };
        let other = origins.get(&path).copied().flatten();
        if let Some(span) = origin.or(other).or(fallback) {
            let fault = Diagnostic::new(Code::PathClash, span, format!("two things would be published as `{path}`"));
            let fault = match other.filter(|_| origin.is_some()) {
                Some(other) => fault.label(other, "the other comes from here"),
                None => fault,
            };
            faults.push(fault.help("rename one of them, or its folder"));
        }
    };
    for page in pages {
        add(page.path, page.made.0, page.origin, faults);
    }
    for (path, artefact) in data {
        add(path, artefact, None, faults);
    }
    for (name, artefact) in theme_files {
        match OutPath::new(&name) {
            Some(path) => add(path, artefact, None, faults),
            None => faults.extend(fallback.map(|span| {
                let why = OutPath::refusal(&name);
                let message = format!("the theme's file `{name}` cannot be published under its name: {why}");
                Diagnostic::new(Code::InvalidId, span, message).help("rename the file or its folder")
            })),
        }
    }
    for (from, (path, hash)) in &corpus.assets {
        let origin = site.sources.find(from).map(SourceFile::start);
        add(path.clone(), Artefact::copied(site, from, *hash), origin, faults);
    }
    output
}

#[cfg(test)]
mod tests {
    use super::or_report;
    use crate::diagnostic::Code;
    use crate::source::{SourceMap, Span};

    #[test]
    fn a_panic_becomes_a_fault_of_the_file() {
        let mut sources = SourceMap::new();
        let place = Span::new(sources.insert("a.md", "text"), 0..0);
        let (value, faults) = or_report::<()>(place, || panic!("a bug"));
        assert_eq!(value, None);
        assert_eq!(
            faults.iter().map(|fault| (fault.code, fault.span)).collect::<Vec<_>>(),
            [(Code::InternalError, place)]
        );
        let (value, faults) = or_report(place, || (Some(1), Vec::new()));
        assert_eq!((value, faults.len()), (Some(1), 0));
    }
}
