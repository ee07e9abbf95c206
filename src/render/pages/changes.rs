//! The page of what each edition brought.

use std::collections::BTreeMap;
use std::mem;

use crate::corpus::Entry;
use crate::corpus::history::{ChangeKind, DocumentChanges, EditionChanges, Successor};
use crate::output::OutPath;
use crate::render::components::formers::successor_address;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::reading_order::reading_order;
use crate::render::view::{ChangesPage, EditionChange, EditionDocument, EditionView, Link, Words};
use crate::strings::phrase;

/// Documents by their pages, each with its place in the order of the home page.
type Pages<'a> = BTreeMap<&'a OutPath, (usize, &'a Entry)>;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> ChangesPage {
    let in_order = reading_order(cx.corpus, cx.strings).into_iter().flat_map(|group| group.entries);
    let entries = in_order.map(|at| cx.corpus.entry(at)).enumerate();
    let pages: Pages<'_> = entries.map(|(place, entry)| (&entry.page, (place, entry))).collect();
    let editions = cx.history.editions.iter().map(|changes| edition(cx, &pages, changes));
    let config = &cx.corpus.config;
    let on_request = config.on_request_kinds.iter().filter_map(|kind| config.kind_title(kind));
    ChangesPage {
        shell: shell(cx, &[&cx.text(phrase::ChangesTitle)]),
        editions: editions.collect(),
        on_request: on_request.collect::<Vec<_>>().join(", "),
    }
}

fn edition(cx: &RenderContext<'_>, pages: &Pages<'_>, changes: &EditionChanges) -> EditionView {
    let known = |changes: &DocumentChanges| pages.get(changes.document.1.as_ref()?);
    let is_on_request = |changes: &&DocumentChanges| {
        known(changes).is_some_and(|(_, entry)| entry.is_of(&cx.corpus.config.on_request_kinds))
    };
    let mut in_order: Vec<&DocumentChanges> = changes.documents.iter().collect();
    in_order.sort_by_key(|changes| known(changes).map_or(usize::MAX, |(place, _)| *place));
    let (mut on_request, mut documents): (Vec<_>, Vec<_>) = in_order.into_iter().partition(is_on_request);
    if documents.is_empty() {
        mem::swap(&mut on_request, &mut documents);
    }
    let views = |documents: Vec<&DocumentChanges>| documents.into_iter().map(|one| document(cx, pages, one)).collect();
    EditionView {
        id: changes.anchor(),
        name: changes.name.clone(),
        date: changes.date.map(|day| cx.strings.date(day)),
        date_iso: changes.date.map(|day| day.to_string()),
        note: changes.note.clone(),
        first: changes.first,
        documents: views(documents),
        on_request: views(on_request),
    }
}

fn document(cx: &RenderContext<'_>, pages: &Pages<'_>, changes: &DocumentChanges) -> EditionDocument {
    let (title, page) = &changes.document;
    let order = page.as_ref().and_then(|page| Some(order(pages.get(page)?.1))).unwrap_or_default();
    let change = |(change, clauses): &(ChangeKind, Vec<Successor>)| EditionChange {
        words: words(cx, *change),
        clauses: runs(clauses, &order).into_iter().map(|run| link(cx, run)).collect(),
    };
    EditionDocument {
        document: Link { words: title.clone(), url: page.as_ref().and_then(|page| cx.address(page)) },
        changes: changes.changes.iter().map(change).collect(),
    }
}

/// The places of a document's whole clauses in its order, by their fragments on its page.
fn order(entry: &Entry) -> BTreeMap<String, usize> {
    let whole = entry.document.whole_clauses();
    whole.enumerate().map(|(at, (_, clause))| (entry.document.clause_anchor(clause), at)).collect()
}

/// Parts a list of clauses into runs of those that follow one another.
fn runs<'a>(clauses: &'a [Successor], order: &BTreeMap<String, usize>) -> Vec<&'a [Successor]> {
    let place = |clause: &Successor| order.get(clause.fragment.as_ref()?).copied();
    let follows = |one: &Successor, other: &Successor| place(one).is_some_and(|at| place(other) == Some(at + 1));
    // Two have their own links, which are as short.
    let short = |run: &'a [Successor]| run.chunks(if run.len() > 2 { run.len() } else { 1 });
    clauses.chunk_by(follows).flat_map(short).collect()
}

/// A link to the first clause of a run, which names the last one too.
fn link(cx: &RenderContext<'_>, run: &[Successor]) -> Link {
    let ends = |first: &Successor, last: &Successor| match run.len() {
        1 => first.short.clone(),
        _ => cx.text(phrase::ListSpan { first: &first.short, last: &last.short }),
    };
    let words = run.first().zip(run.last()).map(|(first, last)| ends(first, last)).unwrap_or_default();
    Link { words, url: run.first().and_then(|first| successor_address(cx, first)) }
}

fn words(cx: &RenderContext<'_>, change: ChangeKind) -> Words {
    match change {
        ChangeKind::New => cx.say(phrase::ChangesNew),
        ChangeKind::Reworded => cx.say(phrase::ChangesReworded),
        ChangeKind::Renumbered => cx.say(phrase::ChangesRenumbered),
        ChangeKind::Gone => cx.say(phrase::ChangesWithdrawn),
    }
}
