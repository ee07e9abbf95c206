//! The search index: what the page of search reads, from a folder on disk as from a server.
//!
//! Takes the resolved site; gives scripts. It reads the model and not the pages. Never asks the
//! browser to stem a word: every form of a word is in the vocabulary, beside the term that all its
//! forms share.
//!
//! # The format, version 4
//!
//! A page opened from a folder may load nothing but classic scripts, so each file is one call:
//! `clausebookShard("p3", "…")`, its name and what it holds. A file is called `p3-x7k2q.js`: its
//! kind, its place, and the beginning of a hash of what it holds. What is not JSON is numbers
//! (`code.rs`): rising numbers are the first, then the steps less one. Documents that are searched
//! only on request have an index of the same format in `on-request/`, whose files have that before
//! their names. `data/places.js`, which has one name in every build, says in which files `t` the
//! records of each page are: previews of links find their words by it.
//!
//! | File | Holds |
//! | --- | --- |
//! | `index` | JSON: the kinds of all records, in order (`shards::kinds`); where each shard begins and how its name ends; groups of names; rows of several everyday words of which the last is short (`everyday.rs`); filters. Of a small site, the shards `v` and `p` too |
//! | `v` | 700 words in the order of their UTF-16, front-coded, each with its term. `#3.37` is the number of a clause, not of a sub-clause; `#note-12` that of a note; `@ca2004/section/10` a place in the law |
//! | `p` | the postings of some terms: two lengths, then how many records hold each term, then these records as rising numbers, then the weight of the term in each, 1 to 30 |
//! | `q` | of a term in more than 4,096 records, the records that `p` has not, and their weights |
//! | `x` | of the terms of the `p` of the same number, the places in each record; none of a term that has a `q` |
//! | `t` | JSON as it is: records for readers: number, fragment, headings, text, each with its page (`excerpts.rs`). A preview of a link reads them too |
//! | `w` | what readers may type for words of the site, by their first two letters, of several words those of the last: rows of everyday words, `kid:children young;` (`everyday.rs`), and families, `resolution 5ve;` (`families.rs`); it is loaded for a word that the site has almost nowhere, or that may be the last of several |
//! | `d` | a part of the common words of English (`dictionary.rs`), of an English site; it is loaded when a word of that part may be a slip |
//! | `fa`, `fb` … | JSON: a filter: its options, each with its records |
//!
//! A record is a document, a heading, a clause with its footnotes, a passage outside clauses, an
//! editor's note, a word of the glossary or an authority. What a document's or a heading's words
//! say holds for the clauses under it: the browser hands it down. An editor's note follows what it
//! is in.

mod aliases;
mod code;
mod dictionary;
mod everyday;
mod excerpts;
mod families;
mod files;
mod places;
mod postings;
mod records;
mod shards;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::TermRef;
use crate::corpus::{Cited, Corpus, DocumentRole, Entry, EntryId, PlacePart};
use crate::document::{ClauseId, Status, alphabetical};
use crate::output::{Artefact, OutPath, PLACES};
use places::RecordPlaces;
use records::Draft;
use shards::{CutIndex, Filter, FilterOption, OnRequest};

/// The version of the format.
const VERSION: u32 = 4;
/// The folder of the index.
const FOLDER: &str = "search";
/// The folder in it of the index of documents that are searched only on request.
const ON_REQUEST: &str = "on-request/";

/// The index of a site.
#[derive(Clone, Debug, Default)]
pub struct Shards {
    /// Path of the file that a page loads first.
    pub start: Option<OutPath>,
    /// All its files.
    pub files: Vec<(OutPath, Artefact)>,
}

/// Words of the program that results of a search show, in the language of the site.
#[derive(Clone, Debug)]
pub struct ResultWords {
    /// Title of the filter by document.
    pub document: String,
    /// Title of the filter by status.
    pub status: String,
    /// Words for each status.
    pub statuses: [(Status, String); 4],
    /// Title of the filter by what is cited.
    pub works: String,
    /// Title of the table of authorities.
    pub law: String,
    /// Name of all local notes together.
    pub local_notes: String,
    /// Words with which an editor's note may begin. A result says the same before the note.
    pub editors_note: String,
}

impl ResultWords {
    /// Returns the word for a status.
    fn of_status(&self, status: Status) -> &str {
        self.statuses.iter().find(|(of, _)| *of == status).map_or(status.as_str(), |(_, word)| word)
    }
}

/// Makes the index. `authorities_page` is where the works of the register are.
///
/// Documents that are searched only on request have an index of their own, so that nobody who does
/// not ask for it loads it, and its words are not taken for those of the papers. A site that has no
/// others finds them as any.
pub fn shards(corpus: &Corpus, authorities_page: &str, result_words: &ResultWords) -> Shards {
    let found_in = |entry: &Entry| entry.role.is_paper() || entry.role == DocumentRole::Notes;
    let papers: Vec<EntryId> = corpus.entries.pairs().filter(|(_, entry)| found_in(entry)).map(|(at, _)| at).collect();
    let kinds = &corpus.config.on_request_kinds;
    let (mut asked_for, mut papers): (Vec<EntryId>, Vec<EntryId>) =
        papers.into_iter().partition(|at| corpus.entry(*at).is_of(kinds));
    if papers.is_empty() {
        std::mem::swap(&mut asked_for, &mut papers);
    }
    let mut on_request = None;
    let (mut files, mut places) = (Vec::new(), Vec::new());
    if !asked_for.is_empty() {
        let is_used = |kind: &str| asked_for.iter().any(|at| corpus.entry(*at).is_of(&[kind.to_owned()]));
        let used = corpus.config.kinds.iter().filter(|(kind, _)| is_used(kind));
        let names = used.map(|(_, title)| title.clone()).collect();
        let cut = cut(corpus, &asked_for, None, result_words, ON_REQUEST, None);
        on_request = Some(OnRequest { start: cut.start, names });
        files = cut.files;
        places.push(cut.places);
    }
    let cut = cut(corpus, &papers, Some(authorities_page), result_words, "", on_request);
    files.extend(cut.files);
    places.push(cut.places);
    let path = |name: &str| OutPath::new(&format!("{FOLDER}/{name}.js"));
    Shards {
        start: path(&cut.start),
        files: files
            .into_iter()
            .filter_map(|(name, text)| Some((path(&name)?, Artefact::text(text))))
            .chain([(PLACES.path(), Artefact::text(files::script_of("places", &places)))])
            .collect(),
    }
}

/// The index of some documents, cut up. With `authorities_page`, the lists of the site and the
/// filters are in it; the folder of its files is below that of the index.
fn cut(
    corpus: &Corpus,
    papers: &[EntryId],
    authorities_page: Option<&str>,
    names: &ResultWords,
    folder: &str,
    on_request: Option<OnRequest>,
) -> CutIndex {
    let draft = |at: &EntryId| {
        let quiet = corpus.entry(*at).is_of(&corpus.config.quiet_kinds);
        Arc::new(records::of_document(corpus, *at, quiet, names))
    };
    let mut drafts: Vec<Arc<Draft>> = papers.par_iter().map(draft).collect();
    let places = RecordPlaces::new(papers, &drafts);
    let mut filters = filters(corpus, &places, names);
    let mut near = places.neighbours(corpus, &drafts);
    // The words of the glossary come first among the lists.
    if let Some(page) = authorities_page {
        near.extend(places.of_words(corpus));
        drafts.extend(records::of_lists(corpus, page, names).into_iter().map(Arc::new));
    } else {
        filters.clear();
    }
    let groups = aliases::groups(corpus);
    let postings = postings::index(&drafts, &groups, &words::Stems::new(&corpus.config.language));
    shards::cut(&drafts, &near, postings, &filters, folder, on_request)
}

/// The most choices of a filter: a list of more helps nobody.
const MOST_OPTIONS: usize = 60;
/// Greatest number of works in the filter of works: those that most clauses cite.
const MOST_WORKS: usize = 24;

/// The ways to narrow a search: document, status, the terms of each taxonomy, and the works most
/// cited.
fn filters<'a>(corpus: &'a Corpus, places: &RecordPlaces, names: &'a ResultWords) -> Vec<Filter<'a>> {
    let entries = || places.documents.iter().map(|(at, records)| (corpus.entry(*at), records.clone()));
    let option = |key: &'a str, title: &'a str, records: Vec<usize>| {
        let mut text = String::new();
        code::rising(&mut text, records);
        FilterOption { key, title, records: text }
    };
    let mut filters = Vec::new();
    let documents: Vec<_> = entries()
        .map(|(entry, records)| {
            let front = &entry.document.front;
            let title = if entry.role == DocumentRole::Notes { &names.local_notes } else { &front.short };
            option(entry.document.id.as_str(), title, records.collect())
        })
        .collect();
    filters.push(Filter { key: "document", title: &names.document, options: documents });
    let statuses = Status::ALL.iter().map(|(word, status)| {
        let of_status = entries().filter(|(entry, _)| entry.document.front.status == Some(*status));
        option(word, names.of_status(*status), of_status.flat_map(|(_, records)| records).collect())
    });
    filters.push(Filter { key: "status", title: &names.status, options: statuses.collect() });
    let of_clauses = |clauses: &mut dyn Iterator<Item = (EntryId, ClauseId)>| -> Vec<usize> {
        let records = clauses.filter_map(|clause| places.of_clause(clause));
        let records: BTreeSet<usize> = records.flat_map(|record| places.with_notes(record)).collect();
        records.into_iter().collect()
    };
    for (at, taxonomy) in corpus.config.taxonomies.pairs() {
        let options = taxonomy.terms.pairs().map(|(term, declared)| {
            let members = corpus.members.get(&TermRef { taxonomy: at, term }).into_iter().flatten();
            let records = of_clauses(&mut members.map(|member| (member.entry, member.clause)));
            option(&declared.slug, &declared.title, records)
        });
        filters.push(Filter { key: &taxonomy.slug, title: &taxonomy.title, options: options.collect() });
    }
    let mut works: Vec<(usize, FilterOption<'_>)> = Vec::new();
    for Cited { authority, whole, provisions, .. } in &corpus.authorities {
        let citing = whole.iter().chain(provisions.values().flatten()).filter_map(|citing| match citing.place.part {
            PlacePart::Clause(clause) => Some((citing.place.entry, clause)),
            PlacePart::Whole | PlacePart::Section(_) => None,
        });
        let records = of_clauses(&mut { citing });
        works.push((records.len(), option(&authority.key, &authority.title, records)));
    }
    works.sort_by_key(|(cited, _)| std::cmp::Reverse(*cited));
    works.truncate(MOST_WORKS);
    let mut works: Vec<_> = works.into_iter().map(|(_, option)| option).collect();
    works.sort_by_cached_key(|option| (alphabetical(option.title), option.key));
    filters.push(Filter { key: "law", title: &names.works, options: works });
    for filter in &mut filters {
        filter.options.retain(|option| !option.records.is_empty());
    }
    filters.retain(|filter| (2..=MOST_OPTIONS).contains(&filter.options.len()));
    filters
}
