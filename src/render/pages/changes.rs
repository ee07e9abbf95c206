//! The page of what each edition brought.

use crate::corpus::history::{Change, DocumentChanges, EditionChanges, Heir};
use crate::render::components::formers::heir_address;
use crate::render::context::Context;
use crate::render::context::shell::{edition_day, shell};
use crate::render::strings::phrase;
use crate::render::view::{ChangesPage, Edition, EditionChange, EditionDocument, Link, Words};

/// Returns the view of the page.
pub fn view(cx: &Context<'_>) -> ChangesPage {
    let editions = cx.corpus.history.editions.iter().map(|changes| edition(cx, changes));
    ChangesPage { shell: shell(cx, &[&cx.text(phrase::ChangesTitle)]), editions: editions.collect() }
}

fn edition(cx: &Context<'_>, changes: &EditionChanges) -> Edition {
    Edition {
        id: changes.anchor(),
        name: changes.name.clone(),
        date: edition_day(cx, changes),
        date_iso: changes.date.as_ref().map(|(_, iso)| iso.clone()),
        note: changes.note.clone(),
        first: changes.first,
        documents: changes.documents.iter().map(|changes| document(cx, changes)).collect(),
    }
}

fn document(cx: &Context<'_>, changes: &DocumentChanges) -> EditionDocument {
    let (title, page) = &changes.document;
    let change = |(change, clauses): &(Change, Vec<Heir>)| EditionChange {
        words: words(cx, *change),
        clauses: clauses
            .iter()
            .map(|clause| Link { words: clause.short.clone(), url: heir_address(cx, clause) })
            .collect(),
    };
    EditionDocument {
        document: Link { words: title.clone(), url: page.as_ref().and_then(|page| cx.address(page)) },
        changes: changes.changes.iter().map(change).collect(),
    }
}

fn words(cx: &Context<'_>, change: Change) -> Words {
    match change {
        Change::New => cx.say(phrase::ChangesNew),
        Change::Reworded => cx.say(phrase::ChangesReworded),
        Change::Renumbered => cx.say(phrase::ChangesRenumbered),
        Change::Gone => cx.say(phrase::ChangesWithdrawn),
    }
}
