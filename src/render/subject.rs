//! The pages that a site has: a subject for each, with its path and the place in the sources that
//! it comes from.

use super::inputs::Inputs;
use crate::config::{TaxonomyId, TermRef};
use crate::corpus::history::WithdrawnPage;
use crate::corpus::{DocumentRole, EntryId};
use crate::document::ClauseId;
use crate::editions::Compared;
use crate::output::{
    ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, HOME_PAGE, NOT_FOUND_PAGE, OutPath, SEARCH_PAGE,
};
use crate::source::Span;

/// The subject of a page. An entry, a clause, a taxonomy and whatever else is in a list is named by
/// its place there.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The home page, with the entry of its own words if the site has any.
    Home(Option<EntryId>),
    /// A document.
    Document(EntryId),
    /// A clause by itself: the entry of its document, and the clause in that.
    Clause(EntryId, ClauseId),
    /// A taxonomy.
    Taxonomy(TaxonomyId),
    /// A term.
    Term(TermRef),
    /// All terms.
    Browse,
    /// The table of authorities.
    Authorities,
    /// A glossary.
    Glossary(EntryId),
    /// Two editions compared.
    Compared(&'a Compared),
    /// This copy, with the entry of the author's own words about it if there are any.
    About(Option<EntryId>),
    /// Search.
    Search,
    /// An address that the host does not find.
    NotFound,
    /// Changes of each edition.
    Changes,
    /// A page that only leads on.
    Gone(&'a WithdrawnPage),
}

impl<'a> Subject<'a> {
    /// Returns the subject of every page, in an order that is the same each time.
    pub fn all(inputs: Inputs<'a>) -> Vec<Subject<'a>> {
        let Inputs { corpus, comparisons, .. } = inputs;
        let home = corpus.home();
        let mut subjects = vec![Subject::NotFound, Subject::Search, Subject::Home(home)];
        if !corpus.authorities.is_empty() {
            subjects.push(Subject::Authorities);
        }
        if !corpus.config.taxonomies.is_empty() {
            subjects.push(Subject::Browse);
        }
        let about = corpus.entries.find(|entry| entry.page == ABOUT_PAGE);
        subjects.push(Subject::About(about));
        for at in corpus.config.taxonomies.ids() {
            subjects.push(Subject::Taxonomy(at));
            subjects.extend(corpus.config.terms_of(at).map(Subject::Term));
        }
        if !corpus.history.editions.is_empty() {
            subjects.push(Subject::Changes);
        }
        subjects.extend(corpus.history.gone.iter().map(Subject::Gone));
        for (at, entry) in corpus.entries.pairs() {
            match entry.role {
                DocumentRole::Home | DocumentRole::Notes => {}
                _ if about == Some(at) => {}
                DocumentRole::Glossary => subjects.push(Subject::Glossary(at)),
                _ => subjects.push(Subject::Document(at)),
            }
            if corpus.has_clause_pages(entry) {
                subjects.extend(entry.document.whole_clauses().map(|(clause, _)| Subject::Clause(at, clause)));
            }
        }
        subjects.extend(comparisons.iter().map(Subject::Compared));
        subjects
    }

    /// Returns the path of its page; none of a name that makes no path.
    pub fn path(self, inputs: Inputs<'_>) -> Option<OutPath> {
        let corpus = inputs.corpus;
        match self {
            Subject::Home(_) => Some(HOME_PAGE.path()),
            Subject::Document(at) | Subject::Glossary(at) => Some(corpus.entry(at).page.clone()),
            Subject::Clause(at, clause) => {
                let entry = corpus.entry(at);
                entry.clause_page(&entry.document.clauses[clause])
            }
            Subject::Taxonomy(at) => corpus.taxonomy_page(at),
            Subject::Term(term) => corpus.term_page(term),
            Subject::Browse => Some(BROWSE_PAGE.path()),
            Subject::About(_) => Some(ABOUT_PAGE.path()),
            Subject::Authorities => Some(AUTHORITIES_PAGE.path()),
            Subject::Search => Some(SEARCH_PAGE.path()),
            Subject::NotFound => Some(NOT_FOUND_PAGE.path()),
            Subject::Changes => Some(CHANGES_PAGE.path()),
            Subject::Gone(gone) => Some(gone.path.clone()),
            Subject::Compared(compared) => compared.file("html"),
        }
    }

    /// Returns the place in the sources that it comes from, for messages.
    pub fn origin(self, inputs: Inputs<'_>) -> Option<Span> {
        let corpus = inputs.corpus;
        match self {
            Subject::Compared(compared) => Some(Span::new(corpus.entry(compared.new).document.file, 0..0)),
            Subject::Home(at) | Subject::About(at) => Some(Span::new(corpus.entry(at?).document.file, 0..0)),
            Subject::Document(at) | Subject::Glossary(at) => Some(Span::new(corpus.entry(at).document.file, 0..0)),
            Subject::Clause(at, clause) => Some(corpus.entry(at).document.clauses[clause].span),
            Subject::Taxonomy(at) => Some(corpus.config.taxonomies[at].span),
            Subject::Term(term) => Some(corpus.config.term(term).span),
            Subject::Browse
            | Subject::Authorities
            | Subject::Search
            | Subject::NotFound
            | Subject::Changes
            | Subject::Gone(_) => None,
        }
    }

    /// Whether its page lists clauses of the whole site.
    pub fn is_list(self) -> bool {
        matches!(self, Subject::Taxonomy(_) | Subject::Term(_) | Subject::Browse | Subject::Authorities)
    }
}
