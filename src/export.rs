//! The data files, the sitemap and the feed; maps and compressed files for servers.
//!
//! Takes the resolved site, and for one file the finished pages; gives files that others may rely
//! on (the manual, "Data for others"). Addresses in them are from the site's root. Reads no markup
//! but for its ids.

pub mod comparisons;
pub mod compressed;
mod edition;
pub mod epub;
mod feed;
pub mod pins;
mod redirects;
pub mod svg;
pub mod text;

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use crate::config::TermRef;
use crate::corpus::history::History;
use crate::corpus::{CitingPlace, Corpus, Entry, EntryId, Goal, Place, PlacePart};
use crate::document::{ClauseId, ClauseRelationKind, Relation};
use crate::law::Provision;
use crate::output::{Artefact, OutPath};

/// For how many documents rows are made at a time.
const TOGETHER: usize = 256;

// The keys of a row are in the order of the alphabet, which is the order of the fields here.

/// A clause in `data/clauses.json`.
#[derive(Serialize)]
struct ClauseRow<'a> {
    citations: Vec<CitationRow<'a>>,
    document: &'a str,
    heading: Vec<&'a str>,
    label: Option<&'a str>,
    notes: Vec<&'a str>,
    notes_by_editor: Vec<String>,
    number: String,
    /// The other numbers that the clause has: 1.3 to 1.5 of "1.2–1.5".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    numbers: Vec<String>,
    /// Number of the clause that a sub-clause belongs to.
    parent: Option<String>,
    /// The number with the word that is printed before it: "Rule 12".
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<String>,
    references: Vec<ReferenceRow>,
    referred_by: Vec<String>,
    /// The clause of the official text that it restates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    restates: Vec<String>,
    /// The series that the number belongs to: "Schedule 2".
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<&'a str>,
    terms: Vec<&'a str>,
    text: String,
    /// Words of the clause's own heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    url: String,
}

#[derive(PartialEq, Eq, Hash, Clone, Serialize)]
struct ReferenceRow {
    /// Relation of the one to the other, if `relations.toml` says it; nothing for a mention in the
    /// text.
    kind: Option<&'static str>,
    to: String,
}

#[derive(PartialEq, Eq, Hash, Clone, Serialize)]
struct CitationRow<'a> {
    /// The text as it was on the document's day.
    as_at_url: Option<String>,
    authority: &'a str,
    path: Option<String>,
    pinpoint: Option<String>,
    /// Path of the other end of a range.
    to: Option<String>,
    /// The text as it is now.
    url: Option<String>,
}

/// A document in `data/documents.json`.
#[derive(Serialize)]
struct DocumentRow<'a> {
    clauses: usize,
    id: &'a str,
    issuer: Option<&'a str>,
    kind: Option<&'a str>,
    published: Option<String>,
    short: &'a str,
    status: Option<&'a str>,
    terms: Vec<&'a str>,
    title: &'a str,
    url: &'a str,
}

/// An authority in `data/authorities.json`.
#[derive(Serialize)]
struct AuthorityRow<'a> {
    cited: Vec<CitedRow>,
    key: &'a str,
    kind: &'a str,
    title: &'a str,
    url: Option<String>,
}

#[derive(Serialize)]
struct CitedRow {
    clauses: Vec<String>,
    path: Option<String>,
    pinpoint: Option<String>,
    /// Path of the other end of a range.
    to: Option<String>,
    url: Option<String>,
}

/// Every file but the one of ids. `feed` is the name of the feed.
pub fn files(corpus: &Corpus, history: &History, pages: &[&OutPath], feed: &str) -> Vec<(OutPath, Artefact)> {
    let mut files = Vec::new();
    let mut add = |path: &str, artefact: Artefact| files.extend(OutPath::new(path).map(|path| (path, artefact)));
    let papers: Vec<EntryId> = corpus.papers().map(|(at, _)| at).collect();
    // The rows of all clauses are long: no more than some documents' are in memory twice.
    let mut clauses = JsonLines::new('[');
    for some in papers.chunks(TOGETHER) {
        let made: Vec<String> = some.par_iter().map(|at| clauses_of(corpus, *at)).collect();
        made.iter().for_each(|rows| clauses.add(rows));
    }
    add("data/clauses.json", clauses.finish(']'));
    add("data/documents.json", list(&documents(corpus)));
    add("data/authorities.json", list(&authorities(corpus)));
    add("data/edition.json", edition::edition(corpus, history, feed));
    if let Some(base) = &corpus.config.base_url {
        add("sitemap.xml", Artefact::text(feed::sitemap(base, pages)));
        add(feed, Artefact::text(feed::atom(corpus, history, base, feed)));
    }
    for (path, text) in redirects::maps(corpus, history) {
        add(path, Artefact::text(text));
    }
    files
}

/// `data/ids.json`: every id on every page, from the lines that [`ids_line`] makes.
pub fn ids<'a>(lines_of_pages: impl Iterator<Item = &'a str> + Clone) -> Option<(OutPath, Artefact)> {
    OutPath::new("data/ids.json").map(|path| (path, lines('{', lines_of_pages, '}')))
}

/// The line of a page in `data/ids.json`.
pub fn ids_line(path: &OutPath, markup: &str) -> String {
    format!("{}:{}", json(path.as_str()), json(&ids_in(markup)))
}

/// The ids in markup in which every quotation mark of the text is escaped.
fn ids_in(markup: &str) -> Vec<&str> {
    let starts = markup.match_indices(" id=\"").map(|(at, found)| at + found.len());
    starts.filter_map(|start| markup.get(start..)?.split('"').next()).collect()
}

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| serde_json::Value::from(error.to_string()).to_string())
}

fn list<T: Serialize>(rows: &[T]) -> Artefact {
    let rows: Vec<String> = rows.iter().map(json).collect();
    lines('[', rows.iter().map(String::as_str), ']')
}

fn lines<'a>(open: char, rows: impl Iterator<Item = &'a str>, close: char) -> Artefact {
    let mut lines = JsonLines::new(open);
    rows.for_each(|row| lines.add(row));
    lines.finish(close)
}

/// One row a line, so that two builds can be compared line by line.
struct JsonLines(String);

impl JsonLines {
    fn new(open: char) -> Self {
        JsonLines(open.into())
    }

    /// Adds a text that may hold several rows, or none.
    fn add(&mut self, rows: &str) {
        if !rows.is_empty() {
            self.0.push_str(if self.0.len() == 1 { "\n" } else { ",\n" });
            self.0.push_str(rows);
        }
    }

    fn finish(mut self, close: char) -> Artefact {
        if self.0.len() > 1 {
            self.0.push('\n');
        }
        self.0.push(close);
        self.0.push('\n');
        Artefact::text(self.0)
    }
}

/// The rows of a document's clauses, with a comma and a line's end between them.
fn clauses_of(corpus: &Corpus, at: EntryId) -> String {
    let mut rows = String::new();
    let entry = corpus.entry(at);
    let document = &entry.document;
    for (index, clause) in document.clauses.pairs() {
        let parent = clause.parent.map(|parent| &document.clauses[parent]);
        let referrers = entry.resolution.clause_referrers[index].iter();
        let stated = |kind: &ClauseRelationKind| ClauseRelationKind::STATED.iter().any(|(stated, _, _)| stated == kind);
        let all = &entry.resolution.clause_relations[index];
        let relations = all.iter().filter(|(kind, _)| stated(kind));
        let relations: Vec<ReferenceRow> =
            relations.map(|(kind, place)| ReferenceRow { to: corpus.url(*place), kind: Some(kind.word()) }).collect();
        let related = all.iter().filter(|(kind, _)| stated(&kind.inverse())).map(|(_, place)| corpus.url(*place));
        let beside = entry.resolution.counterparts.get(&index).into_iter().flatten();
        let restated = beside.filter(|(relation, _)| *relation == Relation::Restates);
        let whole = document.with_heading(clause);
        let notes = entry.notes_in(&whole).into_iter().map(|note| &document.notes[note]);
        let row = ClauseRow {
            citations: citations(corpus, entry, &whole),
            document: document.id.as_str(),
            heading: entry.trail(clause.section).into_iter().map(|section| section.title.as_str()).collect(),
            label: clause.label.as_deref(),
            notes: notes.map(|note| note.label.as_str()).collect(),
            notes_by_editor: entry.editors_notes(&clause.body),
            number: clause.number.without_series().to_string(),
            numbers: clause.further_numbers().iter().map(|number| number.without_series().to_string()).collect(),
            parent: parent.map(|parent| parent.number.without_series().to_string()),
            printed: (!clause.word.is_empty()).then(|| document.printed_number(clause)),
            references: references(corpus, entry, &whole).into_iter().chain(relations).collect(),
            referred_by: unique(referrers.map(|place| corpus.url(*place)).chain(related)),
            restates: restated.map(|(_, place)| corpus.url(*place)).collect(),
            series: clause.number.series().map(|series| document.series_name(series)),
            terms: slugs(corpus, &entry.resolution.terms[index]),
            text: entry.own_words(&clause.body),
            title: document.clause_title(clause),
            url: corpus.url(Place { entry: at, part: PlacePart::Clause(index) }),
        };
        if !rows.is_empty() {
            rows.push_str(",\n");
        }
        rows.push_str(&json(&row));
    }
    rows
}

fn unique<T: Clone + Eq + Hash>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    values.filter(|value| seen.insert(value.clone())).collect()
}

fn slugs<'a>(corpus: &'a Corpus, terms: &[TermRef]) -> Vec<&'a str> {
    terms.iter().map(|term| corpus.config.term(*term).slug.as_str()).collect()
}

/// Lists the places on the site that the mentions in some pieces, and in the notes marked there,
/// lead to. Names each once.
fn references(corpus: &Corpus, entry: &Entry, range: &Range<usize>) -> Vec<ReferenceRow> {
    let targets = entry.references_in(range).into_iter().map(|at| &entry.resolution.targets[at]);
    let urls = targets.flat_map(|target| match &target.to {
        Goal::Place(place) => vec![corpus.url(*place)],
        Goal::Clauses(other, first, last) => {
            let places = first.through(*last).map(|clause| Place { entry: *other, part: PlacePart::Clause(clause) });
            let whole =
                |place: &Place| matches!(place.part, PlacePart::Clause(clause) if is_whole(corpus, *other, clause));
            // A range of whole clauses names no sub-clause by itself.
            let ends_are_whole = is_whole(corpus, *other, *first);
            places.filter(|place| !ends_are_whole || whole(place)).map(|place| corpus.url(place)).collect()
        }
        _ => Vec::new(),
    });
    unique(urls.map(|to| ReferenceRow { to, kind: None }))
}

fn is_whole(corpus: &Corpus, entry: EntryId, clause: ClauseId) -> bool {
    corpus.entry(entry).document.clauses[clause].parent.is_none()
}

fn citations<'a>(corpus: &'a Corpus, entry: &Entry, range: &Range<usize>) -> Vec<CitationRow<'a>> {
    let mut rows = Vec::new();
    for (authority, provisions) in entry.citations_in(range) {
        let cited = &corpus.authorities[authority];
        let authority = &cited.authority;
        let row = |provision: Option<&Provision>| CitationRow {
            authority: &authority.key,
            pinpoint: provision.map(plain_pinpoint),
            path: provision.map(|provision| authority.path(provision)),
            to: provision.and_then(Provision::other_end).map(|end| authority.path(&end)),
            url: authority.cited_address(provision, None),
            as_at_url: entry
                .document
                .front
                .published
                .filter(|_| authority.work.is_some())
                .and_then(|day| authority.cited_address(provision, Some(day))),
        };
        if provisions.is_empty() {
            rows.push(row(None));
        }
        rows.extend(provisions.iter().map(|provision| row(Some(provision))));
    }
    unique(rows.into_iter())
}

/// A pinpoint with ordinary spaces, since data is compared and not printed.
fn plain_pinpoint(provision: &Provision) -> String {
    provision.shown().replace('\u{a0}', " ")
}

fn documents(corpus: &Corpus) -> Vec<DocumentRow<'_>> {
    let rows = corpus.papers().map(|(_, entry)| {
        let (document, front) = (&entry.document, &entry.document.front);
        DocumentRow {
            id: document.id.as_str(),
            title: &front.title,
            short: &front.short,
            kind: front.kind.as_ref().map(|kind| kind.value.as_str()),
            issuer: front.issuer.as_deref(),
            published: front.published.map(|date| date.to_string()),
            status: front.status.map(|status| status.as_str()),
            url: entry.page.as_str(),
            terms: slugs(corpus, &entry.resolution.document_terms),
            clauses: document.whole_clauses().count(),
        }
    });
    rows.collect()
}

fn authorities(corpus: &Corpus) -> Vec<AuthorityRow<'_>> {
    let urls = |citing: &BTreeSet<CitingPlace>| unique(citing.iter().map(|citing| corpus.url(citing.place)));
    let rows = corpus.authorities.iter().map(|cited| {
        let authority = &cited.authority;
        let whole = (!cited.whole.is_empty()).then(|| CitedRow {
            pinpoint: None,
            path: None,
            to: None,
            url: authority.address(),
            clauses: urls(&cited.whole),
        });
        let provisions = cited.provisions.iter().map(|(provision, places)| CitedRow {
            pinpoint: Some(plain_pinpoint(provision)),
            path: Some(authority.path(provision)),
            to: provision.other_end().map(|end| authority.path(&end)),
            url: authority.provision_address(provision),
            clauses: urls(places),
        });
        AuthorityRow {
            key: &authority.key,
            title: &authority.title,
            kind: authority.kind.word(),
            url: authority.address(),
            cited: whole.into_iter().chain(provisions).collect(),
        }
    });
    rows.collect()
}
