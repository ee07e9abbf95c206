//! The pages that a site has: a subject for each, with its path, the place in the sources that it
//! comes from, and the key by which it is known when it need not be made anew.
//!
//! The key differs whenever the page's view would. Whoever lets a view show more of
//! the site adds it to the key: `tests/suite/rebuild.rs` finds what was forgotten.

use std::collections::BTreeSet;

use super::components::sheets;
use super::inputs::Inputs;
use crate::cache::key;
use crate::config::{TaxonomyId, TermRef};
use crate::corpus::fingerprint::{of_counts, of_places};
use crate::corpus::history::WithdrawnPage;
use crate::corpus::{Corpus, DocumentRole, Entry, EntryId, Member, Neighbours, Place, PlacePart};
use crate::document::{ClauseId, NoteId};
use crate::editions::{Compared, ComparedEdition};
use crate::output::{
    ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, HOME_PAGE, LIST_PAGE, NOT_FOUND_PAGE, OutPath, SEARCH_PAGE,
};
use crate::source::{Key, Span};

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
    /// A sheet of the clauses that carry a term.
    Term(TermRef, usize),
    /// A sheet of a group of documents: the number of the group, and of the sheet in it.
    Papers(usize, usize),
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
    /// A reader's own list.
    List,
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
        let Inputs { corpus, history, comparisons, .. } = inputs;
        let home = corpus.home();
        let mut subjects = vec![Subject::NotFound, Subject::List, Subject::Search, Subject::Home(home)];
        subjects.extend(sheets::of_groups(corpus).into_iter().map(|(group, sheet)| Subject::Papers(group, sheet)));
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
            for term in corpus.config.terms_of(at) {
                let sheets = 0..sheets::of_term(corpus, term).len();
                subjects.extend(sheets.map(|sheet| Subject::Term(term, sheet)));
            }
        }
        if !history.editions.is_empty() {
            subjects.push(Subject::Changes);
        }
        subjects.extend(history.gone.iter().map(Subject::Gone));
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
            Subject::Term(term, sheet) => sheets::page_of_term(corpus, term, sheet),
            Subject::Papers(group, sheet) => sheets::page_of_group(group, sheet),
            Subject::Browse => Some(BROWSE_PAGE.path()),
            Subject::About(_) => Some(ABOUT_PAGE.path()),
            Subject::Authorities => Some(AUTHORITIES_PAGE.path()),
            Subject::Search => Some(SEARCH_PAGE.path()),
            Subject::List => Some(LIST_PAGE.path()),
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
            Subject::Term(term, _) => Some(corpus.config.term(term).span),
            Subject::Browse
            | Subject::Papers(..)
            | Subject::Authorities
            | Subject::Search
            | Subject::List
            | Subject::NotFound
            | Subject::Changes
            | Subject::Gone(_) => None,
        }
    }

    /// Whether its page lists clauses of the whole site.
    pub fn is_list(self) -> bool {
        matches!(self, Subject::Taxonomy(_) | Subject::Term(..) | Subject::Browse | Subject::Authorities)
    }
}

/// Returns the key of all that a page is made from.
pub fn page_key(inputs: Inputs<'_>, subject: Subject<'_>, path: &OutPath) -> Key {
    let Inputs { corpus, fingerprints, theme, index, .. } = inputs;
    let own = match subject {
        Subject::Document(at) if corpus.entry(at).role == DocumentRole::Map => {
            let own = (fingerprints.entry(at), counts(corpus, at), of_papers(corpus, at));
            key((own, of_map(corpus), &inputs.history.documents[at]))
        }
        Subject::Document(at) => {
            let history = (of_history(inputs, at), &inputs.history.documents[at]);
            key((
                fingerprints.entry(at),
                counts(corpus, at),
                of_papers(corpus, at),
                history,
                of_counterparts(inputs, at),
            ))
        }
        Subject::Clause(at, _) => {
            let history = (of_history(inputs, at), &inputs.history.documents[at]);
            key((fingerprints.entry(at), counts(corpus, at), history, of_counterparts(inputs, at)))
        }
        // A card says how many clauses its document has.
        Subject::Home(at) => {
            let of_terms = of_counts(corpus, corpus.members.keys());
            key((at.and_then(|at| fingerprints.entry(at)), lengths(corpus), of_terms))
        }
        Subject::Papers(..) => key(lengths(corpus)),
        Subject::Taxonomy(_) => of_counts(corpus, corpus.members.keys()),
        Subject::Term(term, _) => of_term(inputs, term),
        Subject::Authorities => {
            let rows = corpus.authorities.iter().map(|cited| {
                let citing = || cited.provisions.values().chain([&cited.whole]).flatten();
                let notes: Vec<_> = citing().map(|citing| note(corpus, citing.place.entry, citing.note)).collect();
                let lengths: Vec<usize> = cited.provisions.values().map(|citing| citing.len()).collect();
                let provisions: Vec<_> = cited.provisions.keys().collect();
                key((provisions, lengths, of_places(corpus, citing().map(|citing| &citing.place)), notes))
            });
            key((rows.collect::<Vec<_>>(), &inputs.history.provisions, corpus.has_examples()))
        }
        Subject::Changes => key((&inputs.history.editions, of_order(corpus))),
        Subject::Gone(gone) => key(gone),
        Subject::Glossary(at) => {
            let uses = corpus.glossary.words.iter().map(|word| of_places(corpus, &word.uses));
            key((fingerprints.entry(at), uses.collect::<Vec<_>>()))
        }
        Subject::Browse => of_browse(corpus),
        Subject::About(at) => key(at.map(|at| (fingerprints.entry(at), counts(corpus, at)))),
        Subject::Compared(compared) => {
            let files = [compared.old, compared.new]
                .into_iter()
                .flat_map(|edition| ComparedEdition::new(corpus, edition).files);
            key(files.map(|file| fingerprints.entry(file)).collect::<Vec<_>>())
        }
        Subject::Search => key(index.map(OutPath::as_str)),
        Subject::List | Subject::NotFound => key(()),
    };
    // Every page leads to that of search, if there is an index; which one it is matters to none but
    // that page. Every page names the edition.
    let config = &corpus.config;
    let edition = inputs.history.edition(config, theme.strings());
    let brand = (config.name(), config.host(), &config.brand.logo_words, &config.brand.footer);
    key((theme.key(), edition, brand, fingerprints.site, index.is_some(), path.as_str(), own))
}

/// Number of clauses of each document.
fn lengths(corpus: &Corpus) -> Vec<usize> {
    corpus.entries.iter().map(|entry| entry.document.whole_clauses().count()).collect()
}

/// The page of changes tells clauses that follow one another as a run, and papers before what is
/// searched only on request.
fn of_order(corpus: &Corpus) -> Key {
    let order = |entry: &Entry| {
        let whole = entry.document.whole_clauses();
        whole.map(|(_, clause)| entry.document.clause_anchor(clause)).collect::<Vec<_>>()
    };
    let kinds = &corpus.config.on_request_kinds;
    let papers = corpus.papers().map(|(_, entry)| (entry.page.as_str(), entry.is_of(kinds), order(entry)));
    key(papers.collect::<Vec<_>>())
}

/// A document's page names the documents beside it, with their days.
fn of_papers(corpus: &Corpus, at: EntryId) -> Key {
    let own = &corpus.entry(at).resolution;
    let Neighbours { group, previous, next } = &own.neighbours;
    let paper = |at: EntryId| {
        let entry = corpus.entry(at);
        let front = &entry.document.front;
        (&front.short, front.published.map(|day| day.to_string()), entry.page.as_str())
    };
    let place = group.iter().position(|paper| *paper == own.publication.unwrap_or(at));
    let listed: Vec<_> = group.iter().copied().map(paper).collect();
    key((listed, place, previous.map(paper), next.map(paper)))
}

/// Number of clauses that carry each term on a document's page, or on that of one that it draws in.
fn counts(corpus: &Corpus, at: EntryId) -> Key {
    let entry = corpus.entry(at);
    if entry.document.front.kind.as_ref().is_some_and(|kind| kind.value == crate::document::PACK) {
        return of_counts(corpus, corpus.members.keys());
    }
    of_counts(corpus, entry.resolution.terms.iter().flatten().chain(&entry.resolution.document_terms))
}

/// The words of a document that this one restates, or that restates it, are beside its own.
fn of_counterparts(inputs: Inputs<'_>, at: EntryId) -> Vec<Option<Key>> {
    let resolution = &inputs.corpus.entry(at).resolution;
    let others: BTreeSet<EntryId> = resolution.counterparts.values().flatten().map(|(_, place)| place.entry).collect();
    others.into_iter().map(|other| inputs.fingerprints.entry(other)).collect()
}

/// A clause says what became of it from one edition to the next.
fn of_history(inputs: Inputs<'_>, at: EntryId) -> Key {
    let told = inputs.comparisons.iter().filter(|compared| compared.concerns(inputs.corpus, at)).map(|compared| {
        let changes = compared.comparison.changes.iter().map(|change| (&change.classes, &change.old, &change.new));
        key((&compared.stem, changes.collect::<Vec<_>>()))
    });
    key(told.collect::<Vec<_>>())
}

/// The map says how many clauses of one document are related to clauses of another.
fn of_map(corpus: &Corpus) -> Key {
    let related = corpus.entries.pairs().flat_map(|(at, entry)| {
        let of_clause =
            |relations: &Vec<(_, Place)>| relations.iter().map(|(_, place)| place.entry).collect::<Vec<_>>();
        let lists = entry.resolution.clause_relations.iter().filter(|relations| !relations.is_empty());
        lists.map(move |relations| (at, of_clause(relations)))
    });
    key(related.collect::<Vec<_>>())
}

/// The page that crosses the first two taxonomies lists the clauses that carry a term of each.
fn of_browse(corpus: &Corpus) -> Key {
    let crossed = corpus.members.iter().filter(|(term, _)| term.taxonomy.position() < 2).map(|(term, members)| {
        let places: Vec<Place> = members.iter().map(place_of).collect();
        (term, of_places(corpus, &places))
    });
    key((of_counts(corpus, corpus.members.keys()), crossed.collect::<Vec<_>>()))
}

fn place_of(member: &Member) -> Place {
    Place { entry: member.entry, part: PlacePart::Clause(member.clause) }
}

/// A term's page shows the opening words of every clause, and the headings over them.
fn of_term(inputs: Inputs<'_>, term: TermRef) -> Key {
    let Inputs { corpus, fingerprints, .. } = inputs;
    let places: Vec<Place> = corpus.members.get(&term).into_iter().flatten().map(place_of).collect();
    let mut entries: Vec<EntryId> = places.iter().map(|place| place.entry).collect();
    entries.dedup();
    let entries: Vec<_> = entries.into_iter().map(|at| fingerprints.entry(at)).collect();
    key((places.len(), of_places(corpus, &places), entries))
}

/// A note of a document as it is cited: by its number and label.
fn note(corpus: &Corpus, entry: EntryId, note: Option<NoteId>) -> Option<(usize, &str)> {
    let (entry, note) = (corpus.entry(entry), note?);
    let number = entry.resolution.note_numbers[note]?;
    Some((number, entry.document.notes[note].label.as_str()))
}
