//! The search index: what the page of search reads, from a folder on disk as from a server.
//!
//! Takes the resolved site; gives scripts. It reads the model and not the pages. Never asks the browser to stem a word:
//! every form of a word stands in the vocabulary, beside the term that all its forms share.
//!
//! # The format, version 1
//!
//! A page opened from a folder may load nothing but classic scripts, so each file is one call:
//! `clausebookShard("p3", "…")`, its name and what it holds. A file is called `p3-x7k2q.js`: its kind, its place, and the
//! beginning of a hash of what it holds. What is not JSON is numbers (`code.rs`): rising numbers are the first, then the
//! steps less one.
//!
//! | File | Holds |
//! | --- | --- |
//! | `index` | JSON: the kinds of all records, in order (`shards::kinds`); where each shard begins and how its name ends; groups of names; filters. Of a small site, the shards `v` and `p` too |
//! | `v` | 700 words in the order of their UTF-16, front-coded, each with its term. `#3.37` is the number of a clause, `@ca2004/section/10` a place in the law |
//! | `p` | the postings of some terms: two lengths, then how many records hold each term, then these records as rising numbers, then the weight of the term in each, 1 to 30 |
//! | `q` | of a term in more than 4,096 records, the records that `p` has not, and their weights |
//! | `x` | of the terms of the `p` of the same number, the places in each record; none of a term that has a `q` |
//! | `t` | JSON: records for readers: number, fragment, headings, text, each with its page |
//! | `fa`, `fb` … | JSON: a filter: its options, each with its records |
//!
//! A record is a document, a heading, a clause with its notes, a passage outside clauses, a word of the glossary or an
//! authority. What a document's or a heading's words say holds for the clauses under it: the browser hands it down.

mod aliases;
mod code;
mod neighbours;
mod postings;
mod records;
mod shards;
mod words;

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::{self, Cache};
use crate::config::TermRef;
use crate::corpus::Corpus;
use crate::corpus::fingerprint::Fingerprints;
use crate::document::Status;
use crate::output::{Artefact, OutPath};
pub use records::Draft;
use records::Kind;
use shards::{Filter, FilterOption};

/// The version of the format.
const VERSION: u32 = 1;
/// The folder of the index.
const FOLDER: &str = "search";

/// The index of a site.
#[derive(Debug, Default)]
pub struct Shards {
    /// Its first file.
    pub start: Option<OutPath>,
    /// All its files.
    pub files: Vec<(OutPath, Artefact)>,
}

/// Makes the index. `authorities_page` is where the works of the register stand; `known` is the records of documents that
/// are the same as they were.
pub fn shards(
    corpus: &Corpus,
    fingerprints: &Fingerprints,
    authorities_page: &str,
    known: &Cache<Arc<Draft>>,
) -> Shards {
    let papers: Vec<usize> = corpus.papers().map(|(at, _)| at).collect();
    let draft = |at: &usize| {
        let made = || {
            let kind = corpus.entry(*at).and_then(|entry| entry.document.front.kind.as_ref());
            let quiet = kind.is_some_and(|kind| corpus.config.quiet_kinds.contains(&kind.value));
            Ok::<_, Infallible>(Arc::new(records::of_document(corpus, *at, quiet)))
        };
        // The fingerprint holds the settings and the register too.
        known.get(|| cache::key(fingerprints.entry(*at)), made).unwrap_or_default()
    };
    let mut drafts: Vec<Arc<Draft>> = papers.par_iter().map(draft).collect();
    let filters = filters(corpus, &papers, &drafts);
    let near = neighbours::neighbours(corpus, &papers, &drafts);
    drafts.extend(records::of_lists(corpus, authorities_page).into_iter().map(Arc::new));
    let groups = aliases::groups(corpus);
    let postings = postings::index(&drafts, &groups, &words::Stems::new(&corpus.config.language));
    shards::cut(&drafts, &near, &postings, &filters)
}

/// The most choices of a filter: a list of more helps nobody.
const MOST_OPTIONS: usize = 60;

/// The ways to narrow a search: document, status, the terms of each taxonomy, and the works most cited.
fn filters<'a>(corpus: &'a Corpus, papers: &[usize], drafts: &[Arc<Draft>]) -> Vec<Filter<'a>> {
    // The first record of each draft, and where the last ends.
    let mut starts = vec![0];
    for draft in drafts {
        starts.push(starts.last().copied().unwrap_or_default() + draft.records.len());
    }
    let entries = || {
        papers.iter().zip(starts.windows(2)).filter_map(|(at, ends)| match ends {
            [start, end] => Some((corpus.entry(*at)?, *start..*end)),
            _ => None,
        })
    };
    let option = |key: &'a str, title: &'a str, records: Vec<usize>| {
        let mut text = String::new();
        code::rising(&mut text, records);
        FilterOption { key, title, records: text }
    };
    let mut filters = Vec::new();
    let documents: Vec<_> = entries()
        .map(|(entry, records)| option(entry.document.id.as_str(), &entry.document.front.short, records.collect()))
        .collect();
    filters.push(Filter { key: "document", title: "Document", options: documents });
    let statuses = Status::ALL.iter().map(|(word, status)| {
        let of_status = entries().filter(|(entry, _)| entry.document.front.status == Some(*status));
        option(word, word, of_status.flat_map(|(_, records)| records).collect())
    });
    filters.push(Filter { key: "status", title: "Status", options: statuses.collect() });
    for (at, taxonomy) in corpus.config.taxonomies.iter().enumerate() {
        let options = taxonomy.terms.iter().enumerate().map(|(term, declared)| {
            let term = TermRef { taxonomy: at, term };
            let mut records = BTreeSet::new();
            for ((entry, range), draft) in entries().zip(drafts) {
                let clauses = draft.records.iter().enumerate().filter(|(_, record)| record.kind == Kind::Clause);
                let whole = entry.document.whole_clauses();
                for ((record, _), (clause, _)) in clauses.zip(whole) {
                    let terms = entry.resolution.terms.get(clause).map_or(&[][..], Vec::as_slice);
                    if terms.contains(&term) {
                        records.insert(range.start + record);
                    }
                }
            }
            option(&declared.slug, &declared.title, records.into_iter().collect())
        });
        filters.push(Filter { key: &taxonomy.slug, title: &taxonomy.title, options: options.collect() });
    }
    for filter in &mut filters {
        filter.options.retain(|option| !option.records.is_empty());
    }
    filters.retain(|filter| (2..=MOST_OPTIONS).contains(&filter.options.len()));
    filters
}
