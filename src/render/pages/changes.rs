//! The page of what each edition brought.

use std::collections::BTreeMap;

use crate::corpus::Entry;
use crate::corpus::history::{ChangeKind, DocumentChanges, EditionChanges, Successor};
use crate::output::OutPath;
use crate::render::components::formers::successor_address;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{ChangesPage, EditionChange, EditionDocument, EditionView, Link, Words};
use crate::strings::phrase;

/// Documents by their pages.
type Pages<'a> = BTreeMap<&'a OutPath, &'a Entry>;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> ChangesPage {
    let pages: Pages<'_> = cx.corpus.papers().map(|(_, entry)| (&entry.page, entry)).collect();
    let editions = cx.history.editions.iter().map(|changes| edition(cx, &pages, changes));
    ChangesPage { shell: shell(cx, &[&cx.text(phrase::ChangesTitle)]), editions: editions.collect() }
}

fn edition(cx: &RenderContext<'_>, pages: &Pages<'_>, changes: &EditionChanges) -> EditionView {
    EditionView {
        id: changes.anchor(),
        name: changes.name.clone(),
        date: changes.date.map(|day| cx.strings.date(day)),
        date_iso: changes.date.map(|day| day.to_string()),
        note: changes.note.clone(),
        first: changes.first,
        documents: changes.documents.iter().map(|changes| document(cx, pages, changes)).collect(),
    }
}

fn document(cx: &RenderContext<'_>, pages: &Pages<'_>, changes: &DocumentChanges) -> EditionDocument {
    let (title, page) = &changes.document;
    let order = page.as_ref().and_then(|page| Some(order(pages.get(page)?))).unwrap_or_default();
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
