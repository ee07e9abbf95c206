//! `data/edition.json`: which edition of which site a copy is, for programs that ask whether it is
//! up to date.
//!
//! Takes the resolved site; gives one object. Its dates are those of the ledger: a build has no
//! clock.

use serde::Serialize;

use crate::corpus::Corpus;
use crate::corpus::history::History;
use crate::output::{Artefact, CHANGES_PAGE};

#[derive(Serialize)]
struct EditionFile<'a> {
    base_url: Option<&'a str>,
    clauses: usize,
    documents: usize,
    /// As the foot of each page names it.
    edition: Option<String>,
    feed: Option<String>,
    generator: &'static str,
    host: Option<&'a str>,
    /// The last edition in the ledger.
    published: Option<PublishedEdition<'a>>,
    site: &'a str,
}

#[derive(Serialize)]
struct PublishedEdition<'a> {
    date: Option<String>,
    name: &'a str,
    note: Option<&'a str>,
    url: String,
}

/// The file. `feed` is the name of the feed.
pub(super) fn edition(corpus: &Corpus, history: &History, feed: &str) -> Artefact {
    let config = &corpus.config;
    let base_url = config.base_url.as_deref();
    let last = history.editions.first();
    let file = EditionFile {
        base_url,
        clauses: corpus.papers().map(|(_, entry)| entry.document.whole_clauses().count()).sum(),
        documents: corpus.papers().count(),
        edition: history.edition(config, &corpus.strings),
        feed: base_url.map(|base| format!("{base}{feed}")),
        generator: concat!("clausebook ", env!("CARGO_PKG_VERSION")),
        host: config.host(),
        published: last.map(|edition| PublishedEdition {
            date: edition.date.map(|day| day.to_string()),
            name: &edition.name,
            note: edition.note.as_deref(),
            url: format!("{CHANGES_PAGE}#{}", edition.anchor()),
        }),
        site: config.name(),
    };
    let json = serde_json::to_string_pretty(&file).unwrap_or_default();
    Artefact::text(json + "\n")
}
