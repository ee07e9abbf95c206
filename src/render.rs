//! Renders every page of a site.
//!
//! Takes the resolved site and a theme; returns markup by path. Each page is a view, made here, run
//! through its template; pages are made in parallel and given in one order. Never writes a file,
//! and never lets a template look anything up.
//!
//! Imports go one way: `links` (addresses in a medium) ← `context` (the page) ← `html` (words) ←
//! `components` (parts of views) ← `pages` (views) ← this file, `epub` and `single`, which run
//! templates over views.

mod brand;
mod components;
mod context;
pub mod epub;
pub mod html;
mod inputs;
mod links;
mod pages;
mod reading_order;
pub mod single;
mod subject;
pub mod theme;
pub mod view;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::diagnostic::{Code, Diagnostic};
use crate::output::OutPath;
use crate::source::Span;
use context::RenderContext;
pub use inputs::Inputs;
use links::site::SiteLinks;
use subject::Subject;

/// One finished page.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// Path in the output.
    pub path: OutPath,
    /// Product that was made of its markup.
    pub made: T,
    /// Place in the sources that it comes from, for messages about its path.
    pub origin: Option<Span>,
    /// Whether it lists clauses of the whole site.
    pub is_list: bool,
}

/// Makes every page that is not known. `make` takes the markup of each as soon as it is finished.
/// `waiting` are lists that will do for now as they were.
pub fn pages<T: Clone + Send + Sync>(
    inputs: Inputs<'_>,
    known: &Cache<T>,
    waiting: &BTreeMap<OutPath, T>,
    make: impl Fn(&OutPath, String) -> T + Sync,
) -> (Vec<Page<T>>, Vec<Diagnostic>) {
    let Inputs { corpus, history, comparisons, theme, index, .. } = inputs;
    let timeline = inputs.timeline();
    let page = |subject: Subject<'_>| {
        let path = subject.path(inputs).ok_or_else(|| Box::new(unnamed(inputs, subject)))?;
        let origin = subject.origin(inputs);
        let render = || {
            let strings = theme.strings();
            let links = &SiteLinks;
            let cx = RenderContext { corpus, history, comparisons, page: &path, index, timeline, links, strings };
            pages::markup(&cx, subject, theme, inputs.making(&path, origin))
        };
        let made = match waiting.get(&path) {
            Some(made) => made.clone(),
            None => known
                .get(|| subject::page_key(inputs, subject, &path), || render().map(|markup| make(&path, markup)))?,
        };
        Ok(Page { origin, path, made, is_list: subject.is_list() })
    };
    let made: Vec<Result<Page<T>, Box<Diagnostic>>> = Subject::all(inputs).into_par_iter().map(page).collect();
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

/// Returns how many pages a site has.
pub fn count(inputs: Inputs<'_>) -> usize {
    Subject::all(inputs).len()
}

/// Reports a page without a path. Stages before this one refuse names that make none, at the place
/// of the name.
fn unnamed(inputs: Inputs<'_>, subject: Subject<'_>) -> Diagnostic {
    let place = subject.origin(inputs).unwrap_or_else(|| inputs.theme.fallback());
    let message = format!("the page of this cannot be published: its path has more than {} characters", OutPath::MAX);
    Diagnostic::new(Code::InvalidId, place, message)
        .help("give the document a shorter `id`, or its folders shorter names")
}
