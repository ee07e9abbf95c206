//! Which pages a corpus has, and the finished page for each.
//!
//! Takes the resolved site and a theme; gives markup by path. Each page is a view, made here, run through its template;
//! pages are made in parallel and given in one order. Never writes a file, and never lets a template look anything up.

mod brand;
mod browse;
mod cited;
mod compare;
mod documents;
pub mod epub;
mod history;
pub mod html;
mod inputs;
mod lists;
mod map;
mod medium;
mod notes;
mod page;
pub mod previews;
mod quotation;
pub mod single;
mod square;
mod structured;
pub mod theme;
pub mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::compare::Compared;
use crate::config::TermRef;
use crate::corpus::fingerprint::Fingerprints;
use crate::corpus::{Corpus, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::{
    ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, HOME_PAGE, NOT_FOUND_PAGE, OutPath, SEARCH_PAGE,
};
use crate::source::{SourceMap, Span};
use crate::underway::{Piece, UnderWay, Work};
use medium::Medium;
use theme::{Making, Theme};

/// One finished page.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Its path in the output.
    pub path: OutPath,
    /// What was made of its markup.
    pub made: T,
    /// What it was made from, for messages about its path.
    pub origin: Option<Span>,
    /// Whether it lists clauses of the whole site.
    pub is_list: bool,
}

/// What a page is made from.
#[derive(Clone, Copy, Debug)]
enum Subject {
    /// With the entry of its own words, if the site has any.
    Home(Option<usize>),
    Document(usize),
    Clause(usize, usize),
    Taxonomy(usize),
    Term(TermRef),
    Browse,
    Authorities,
    Glossary(usize),
    /// Two editions compared: index into the ground's comparisons.
    Compared(usize),
    /// With the entry of the author's own words about this copy, if there are any.
    About(Option<usize>),
    Search,
    NotFound,
    Changes,
    /// A page that only leads on: index into the history.
    Gone(usize),
}

impl Subject {
    /// Whether it lists clauses of the whole site.
    fn is_list(self) -> bool {
        matches!(self, Subject::Taxonomy(_) | Subject::Term(_) | Subject::Browse | Subject::Authorities)
    }
}

/// What pages are made from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The resolved site.
    pub corpus: &'a Corpus,
    /// Its editions compared.
    pub comparisons: &'a [Compared],
    /// Its hashes.
    pub fingerprints: &'a Fingerprints,
    /// The theme.
    pub theme: &'a Theme,
    /// For the places of what is wrong in a template.
    pub sources: &'a SourceMap,
    /// The first file of the search index, if there is one.
    pub index: Option<&'a OutPath>,
    /// Where each page is listed while it is made.
    pub under_way: Option<&'a UnderWay>,
}

/// Makes every page that is not known. `make` takes the markup of each as soon as it is finished. `waiting` are lists that
/// will do for now as they were.
pub fn pages<T: Clone + Send + Sync>(
    ground: Ground<'_>,
    known: &Cache<T>,
    waiting: &BTreeMap<OutPath, T>,
    make: impl Fn(&OutPath, String) -> T + Sync,
) -> (Vec<Page<T>>, Vec<Diagnostic>) {
    let Ground { corpus, comparisons, theme, sources, index, under_way, .. } = ground;
    let path = |subject| match subject {
        Subject::Compared(at) => comparisons.get(at)?.file("html"),
        _ => path(corpus, subject),
    };
    let timeline = corpus.entries.iter().find(|entry| entry.role == Role::Timeline).map(|entry| &entry.page);
    let made: Vec<Result<Page<T>, Box<Diagnostic>>> = subjects(ground)
        .into_par_iter()
        .map(|subject| {
            let path = path(subject).ok_or_else(|| Box::new(unnamed(ground, subject)))?;
            let builder = page::Builder { corpus, comparisons, page: &path, index, timeline, medium: Medium::Site };
            let render = || {
                let place = origin(ground, subject).unwrap_or_else(|| theme.fallback());
                let words = Piece::new(Work::Words(path.clone()), place);
                let begun = under_way.map(|under_way| under_way.begin(words));
                builder.render(subject, theme, Making { page: &path, sources, begun })
            };
            let made = match waiting.get(&path) {
                Some(made) => made.clone(),
                None => {
                    known.get(|| inputs::of(ground, subject, &path), || render().map(|markup| make(&path, markup)))?
                }
            };
            Ok(Page { origin: origin(ground, subject), path, made, is_list: subject.is_list() })
        })
        .collect();
    let mut pages = Vec::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    for page in made {
        match page {
            Ok(page) => pages.push(page),
            // A template that is wrong is wrong on many pages: once is enough.
            Err(fault) if faults.iter().any(|known| known.span == fault.span) => {}
            Err(fault) => faults.push(*fault),
        }
    }
    (pages, faults)
}

/// Reports a page without a path. Stages before this one refuse names that make none, at the place of the name.
fn unnamed(ground: Ground<'_>, subject: Subject) -> Diagnostic {
    let place = origin(ground, subject).unwrap_or_else(|| ground.theme.fallback());
    let message = format!("the page of this cannot be published: its path has more than {} characters", OutPath::MAX);
    Diagnostic::new(Code::InvalidId, place, message)
        .help("give the document a shorter `id`, or its folders shorter names")
}

/// How many pages a corpus has.
pub fn count(ground: Ground<'_>) -> usize {
    subjects(ground).len()
}

fn subjects(Ground { corpus, comparisons, .. }: Ground<'_>) -> Vec<Subject> {
    let home = corpus.entries.iter().position(|entry| entry.role == Role::Home);
    let mut subjects = vec![Subject::NotFound, Subject::Search, Subject::Home(home)];
    if !corpus.authorities.is_empty() {
        subjects.push(Subject::Authorities);
    }
    if !corpus.config.taxonomies.is_empty() {
        subjects.push(Subject::Browse);
    }
    let about = corpus.entries.iter().position(|entry| entry.page == ABOUT_PAGE);
    subjects.push(Subject::About(about));
    for (at, taxonomy) in corpus.config.taxonomies.iter().enumerate() {
        subjects.push(Subject::Taxonomy(at));
        subjects.extend((0..taxonomy.terms.len()).map(|term| Subject::Term(TermRef { taxonomy: at, term })));
    }
    if !corpus.history.editions.is_empty() {
        subjects.push(Subject::Changes);
    }
    subjects.extend((0..corpus.history.gone.len()).map(Subject::Gone));
    for (at, entry) in corpus.entries.iter().enumerate() {
        match entry.role {
            Role::Home | Role::Notes => {}
            _ if about == Some(at) => {}
            Role::Glossary => subjects.push(Subject::Glossary(at)),
            _ => subjects.push(Subject::Document(at)),
        }
        if corpus.has_clause_pages(entry) {
            subjects.extend(entry.document.whole_clauses().map(|(clause, _)| Subject::Clause(at, clause)));
        }
    }
    subjects.extend((0..comparisons.len()).map(Subject::Compared));
    subjects
}

fn path(corpus: &Corpus, subject: Subject) -> Option<OutPath> {
    match subject {
        Subject::Home(_) => Some(HOME_PAGE.path()),
        Subject::Document(at) | Subject::Glossary(at) => Some(corpus.entry(at)?.page.clone()),
        Subject::Clause(at, clause) => {
            let entry = corpus.entry(at)?;
            entry.clause_page(entry.document.clauses.get(clause)?)
        }
        Subject::Taxonomy(at) => OutPath::new(&format!("{}/index.html", corpus.config.taxonomies.get(at)?.slug)),
        Subject::Term(term) => {
            let taxonomy = corpus.config.taxonomies.get(term.taxonomy)?;
            OutPath::new(&format!("{}/{}.html", taxonomy.slug, taxonomy.terms.get(term.term)?.slug))
        }
        Subject::Browse => Some(BROWSE_PAGE.path()),
        Subject::About(_) => Some(ABOUT_PAGE.path()),
        Subject::Authorities => Some(AUTHORITIES_PAGE.path()),
        Subject::Search => Some(SEARCH_PAGE.path()),
        Subject::NotFound => Some(NOT_FOUND_PAGE.path()),
        Subject::Changes => Some(CHANGES_PAGE.path()),
        Subject::Gone(at) => Some(corpus.history.gone.get(at)?.path.clone()),
        Subject::Compared(_) => None,
    }
}

/// The address of a taxonomy or term from the site's root.
pub fn term_path(corpus: &Corpus, term: TermRef) -> Option<OutPath> {
    path(corpus, Subject::Term(term))
}

fn origin(Ground { corpus, comparisons, .. }: Ground<'_>, subject: Subject) -> Option<Span> {
    match subject {
        Subject::Compared(at) => Some(Span::new(corpus.entry(comparisons.get(at)?.new)?.document.file, 0..0)),
        Subject::Home(at) | Subject::About(at) => Some(Span::new(corpus.entry(at?)?.document.file, 0..0)),
        Subject::Document(at) | Subject::Glossary(at) => Some(Span::new(corpus.entry(at)?.document.file, 0..0)),
        Subject::Clause(at, clause) => Some(corpus.entry(at)?.document.clauses.get(clause)?.span),
        Subject::Taxonomy(at) => Some(corpus.config.taxonomies.get(at)?.span),
        Subject::Term(term) => Some(corpus.config.taxonomies.get(term.taxonomy)?.terms.get(term.term)?.span),
        Subject::Browse
        | Subject::Authorities
        | Subject::Search
        | Subject::NotFound
        | Subject::Changes
        | Subject::Gone(_) => None,
    }
}
