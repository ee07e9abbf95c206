//! A clause as people quote it: plain text to be copied.
//!
//! Takes a clause; gives its own words in quotation marks, then where they are from: the citation,
//! the document with its status, who restates it, the edition and the address. Editor's notes,
//! local notes and footnotes are never in it.

use crate::corpus::Entry;
use crate::document::Clause;
use crate::render::components::cards::card;
use crate::render::context::RenderContext;
use crate::source::Origin;
use crate::strings::phrase;

/// Returns the quotation of a clause. The address is in it only if it leads to the page from
/// anywhere.
pub fn quotation(cx: &RenderContext<'_>, entry: &Entry, clause: &Clause, citation: &str) -> String {
    let config = &cx.corpus.config;
    let document = card(cx, entry);
    let facts = [Some(document.title), document.issuer, document.published.map(|words| words.to_string())];
    let extended = config.upstream.as_ref().filter(|_| entry.document.origin == Origin::Upstream);
    let site = extended.map_or(config.name(), |upstream| &upstream.title);
    let from = match entry.document.front.source {
        Some(_) => cx.text(phrase::QuotationRestated { site }),
        None => cx.text(phrase::QuotationFrom { site }),
    };
    let words = entry.own_words(&clause.body);
    let title = entry.document.clause_title(clause).unwrap_or_default();
    let words = [title, &words].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
    let lines = [
        (!words.is_empty()).then(|| cx.text(phrase::CitationQuoted { words: &words })),
        Some(citation.to_owned()),
        Some(facts.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        document.status_words.map(|words| words.to_string()),
        Some(from),
        cx.history
            .edition_of(entry.document.origin, config, cx.strings)
            .map(|edition| cx.text(phrase::QuotationEdition { edition: &edition })),
        config.base_url.as_ref().map(|base| format!("{base}{}", cx.page)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
