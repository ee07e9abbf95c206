//! Views of pages, a file for each kind.
//!
//! Each file takes the page's context and the thing that the page is of; returns all that its
//! template can see. [`markup`] gives each view of the site its template. A medium of another kind
//! uses the views that it needs, with links of its own.

pub mod about;
pub mod authorities;
pub mod browse;
pub mod changes;
pub mod clause;
pub mod compare;
pub mod document;
pub mod glossary;
pub mod gone;
pub mod home;
pub mod list;
pub mod search;
pub mod taxonomy;
pub mod term;

use crate::corpus::DocumentRole;
use crate::diagnostic::Diagnostic;
use crate::render::context::RenderContext;
use crate::render::subject::Subject;
use crate::render::theme::{PageTemplate, Theme};

/// Makes the view of a page and runs its template.
pub fn markup(
    cx: &RenderContext<'_>,
    subject: Subject<'_>,
    theme: &Theme,
    making: PageTemplate<'_>,
) -> Result<String, Box<Diagnostic>> {
    match subject {
        Subject::Home(at) => theme.page("home.html", &home::view(cx, at), making),
        Subject::Document(at) => {
            let template = match cx.corpus.entry(at).role {
                DocumentRole::Pack => "pack.html",
                DocumentRole::Timeline => "timeline.html",
                DocumentRole::Map => "map.html",
                _ => "document.html",
            };
            theme.page(template, &document::view(cx, at), making)
        }
        Subject::Clause(at, clause) => theme.page("clause.html", &clause::view(cx, at, clause), making),
        Subject::Taxonomy(at) => theme.page("taxonomy.html", &taxonomy::view(cx, at), making),
        Subject::Term(term, sheet) => theme.page("term.html", &term::view(cx, term, sheet), making),
        Subject::Papers(group, sheet) => theme.page("papers.html", &home::sheet(cx, group, sheet), making),
        Subject::Browse => theme.page("browse.html", &browse::view(cx), making),
        Subject::About(at) => theme.page("about.html", &about::view(cx, at), making),
        Subject::Authorities => theme.page("authorities.html", &authorities::view(cx), making),
        Subject::Glossary(at) => theme.page("glossary.html", &glossary::view(cx, at), making),
        Subject::Changes => theme.page("changes.html", &changes::view(cx), making),
        Subject::Gone(gone) => theme.page("gone.html", &gone::view(cx, gone), making),
        Subject::Compared(compared) => theme.page("compare.html", &compare::view(cx, compared), making),
        Subject::Search => theme.page("search.html", &search::view(cx), making),
        Subject::List => theme.page("list.html", &list::view(cx), making),
        Subject::NotFound => theme.page("not-found.html", &search::not_found(cx), making),
    }
}
