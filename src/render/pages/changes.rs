//! The page of what each edition brought.

use crate::corpus::history::{ChangeKind, DocumentChanges, EditionChanges, Successor};
use crate::render::components::formers::successor_address;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{ChangesPage, EditionChange, EditionDocument, EditionView, Link, Words};
use crate::strings::phrase;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> ChangesPage {
    let editions = cx.corpus.history.editions.iter().map(|changes| edition(cx, changes));
    ChangesPage { shell: shell(cx, &[&cx.text(phrase::ChangesTitle)]), editions: editions.collect() }
}

fn edition(cx: &RenderContext<'_>, changes: &EditionChanges) -> EditionView {
    EditionView {
        id: changes.anchor(),
        name: changes.name.clone(),
        date: changes.date.map(|day| cx.strings.date(day)),
        date_iso: changes.date.map(|day| day.to_string()),
        note: changes.note.clone(),
        first: changes.first,
        documents: changes.documents.iter().map(|changes| document(cx, changes)).collect(),
    }
}

fn document(cx: &RenderContext<'_>, changes: &DocumentChanges) -> EditionDocument {
    let (title, page) = &changes.document;
    let change = |(change, clauses): &(ChangeKind, Vec<Successor>)| EditionChange {
        words: words(cx, *change),
        clauses: clauses
            .iter()
            .map(|clause| Link { words: clause.short.clone(), url: successor_address(cx, clause) })
            .collect(),
    };
    EditionDocument {
        document: Link { words: title.clone(), url: page.as_ref().and_then(|page| cx.address(page)) },
        changes: changes.changes.iter().map(change).collect(),
    }
}

fn words(cx: &RenderContext<'_>, change: ChangeKind) -> Words {
    match change {
        ChangeKind::New => cx.say(phrase::ChangesNew),
        ChangeKind::Reworded => cx.say(phrase::ChangesReworded),
        ChangeKind::Renumbered => cx.say(phrase::ChangesRenumbered),
        ChangeKind::Gone => cx.say(phrase::ChangesWithdrawn),
    }
}
