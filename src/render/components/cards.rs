//! A document in a few words: its title, who published it and when, its status, and the text that
//! it restates.

use crate::corpus::{Entry, EntryId, Other};
use crate::document::{Relation, Status};
use crate::render::context::RenderContext;
use crate::render::context::shell::local_words;
use crate::render::view::{Card, Link, Source, Words};
use crate::strings::{Strings, phrase};

/// Returns a document in a few words.
pub fn card(cx: &RenderContext<'_>, entry: &Entry) -> Card {
    let front = &entry.document.front;
    let kind = front.kind.as_ref();
    Card {
        id: entry.document.id.to_string(),
        title: front.title.clone(),
        publication: publication(cx, entry),
        short: front.short.clone(),
        url: cx.address(&entry.page),
        kind: kind.and_then(|kind| cx.corpus.config.kind_title(&kind.value)).map(str::to_owned),
        issuer: front.issuer.clone(),
        published: front.published.map(|date| cx.strings.date(date)),
        published_iso: front.published.map(|date| date.to_string()),
        status: front.status.map(|status| status.as_str().to_owned()),
        status_word: status_word(cx.strings, entry),
        status_line: status_line(cx, entry),
        status_rest: status_rest(cx, entry),
        status_words: status_words(cx, entry),
        clauses: count_clauses(cx, entry),
        local: local_words(cx, entry),
        language: cx.language(entry),
    }
}

/// Returns the cards of documents that are in order, each by its entry.
pub fn cards(cx: &RenderContext<'_>, entries: impl IntoIterator<Item = EntryId>) -> Vec<Card> {
    entries.into_iter().map(|at| card(cx, cx.corpus.entry(at))).collect()
}

/// Returns a sentence: what a document is, who published it and when, and its status.
pub fn description(cx: &RenderContext<'_>, entry: &Entry) -> Option<String> {
    let card = card(cx, entry);
    let published = [card.issuer, card.published.map(|words| words.to_string())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let parts = [card.kind, Some(published), card.status_words.map(|words| words.to_string())].into_iter().flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

/// Returns a link to the publication of which a document is a part.
pub fn publication(cx: &RenderContext<'_>, entry: &Entry) -> Option<Link> {
    let first = entry.resolution.publication.filter(|_| entry.resolution.files.is_empty())?;
    Some(title_link(cx, first))
}

/// Returns a link to a document by its full title.
pub fn title_link(cx: &RenderContext<'_>, at: EntryId) -> Link {
    let entry = cx.corpus.entry(at);
    Link { words: entry.document.front.title.clone(), url: cx.address(&entry.page) }
}

/// Returns the official text that a document restates.
pub fn source(cx: &RenderContext<'_>, entry: &Entry) -> Option<Source> {
    let source = entry.document.front.source.as_ref()?;
    Some(Source { title: source.title.clone(), url: cx.elsewhere(source.url.clone()) })
}

/// Returns the status in a word, unless it is current: where a sentence would be under every
/// clause.
pub fn status_word(strings: &Strings, entry: &Entry) -> Option<Words> {
    match entry.document.front.status? {
        Status::Current => None,
        Status::Draft => Some(strings.say(phrase::StatusDraftWord)),
        Status::Superseded => Some(strings.say(phrase::StatusSupersededWord)),
        Status::Withdrawn => Some(strings.say(phrase::StatusWithdrawnWord)),
    }
}

/// The status in a sentence that names no other document: the author's own, or ours unless it is
/// current or not said.
fn status_line(cx: &RenderContext<'_>, entry: &Entry) -> Option<Words> {
    if let Some(note) = &entry.document.front.status_note {
        return Some(Words::own(note));
    }
    match entry.document.front.status? {
        Status::Current => None,
        Status::Draft => Some(cx.say(phrase::StatusDraft)),
        Status::Superseded => Some(cx.say(phrase::StatusSuperseded)),
        Status::Withdrawn => Some(cx.say(phrase::StatusWithdrawn)),
    }
}

/// The sentence of the status as it follows the word: an author's own may begin with it.
fn status_rest(cx: &RenderContext<'_>, entry: &Entry) -> Option<Words> {
    let line = status_line(cx, entry)?;
    let word = status_word(cx.strings, entry);
    let after = word.and_then(|word| line.text().strip_prefix(word.text())?.strip_prefix(": ").map(Words::own));
    Some(after.map_or(line, Words::capital))
}

/// The status in a sentence with what replaced the document: the author's own, or ours unless it
/// is current or not said.
fn status_words(cx: &RenderContext<'_>, entry: &Entry) -> Option<Words> {
    let by = entry.resolution.relations.iter().find_map(|(relation, other)| match (relation, other) {
        (Relation::ReplacedBy, Other::Held(other)) => Some(cx.corpus.entry(*other).document.front.short.clone()),
        (Relation::ReplacedBy, Other::NotHeld(title)) => Some(title.clone()),
        _ => None,
    });
    let front = &entry.document.front;
    match by.filter(|_| front.status == Some(Status::Superseded) && front.status_note.is_none()) {
        Some(by) => Some(cx.say(phrase::StatusSupersededBy { document: &by })),
        None => status_line(cx, entry),
    }
}

/// Number of clauses of a document; the first file of a publication stands for all.
fn count_clauses(cx: &RenderContext<'_>, entry: &Entry) -> usize {
    let files = entry.resolution.files.iter().map(|file| cx.corpus.entry(*file));
    let of_files: usize = files.map(|file| file.document.whole_clauses().count()).sum();
    if entry.resolution.files.is_empty() { entry.document.whole_clauses().count() } else { of_files }
}
