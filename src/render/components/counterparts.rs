//! Counterparts of a clause, in other words: the official text beside its restatement, and the
//! other way round.
//!
//! Takes a clause; returns those that are paired with it, with their notes. Their ids name their
//! document, so that none is that of a place of the page. Books and the single page have none: both
//! documents are in them.

use crate::corpus::{EntryId, Other, PlacePart};
use crate::document::{ClauseId, Relation};
use crate::render::components::notes::{WrittenNotes, add_back_links, back_links, notes};
use crate::render::context::RenderContext;
use crate::render::html::{self, PageState};
use crate::render::view::{CounterpartView, Html, ItemView, Words};
use crate::strings::phrase;

/// State of the counterparts on a page while they are written.
pub struct CounterpartState<'a> {
    state: PageState<'a>,
    written: WrittenNotes,
}

impl<'a> CounterpartState<'a> {
    /// Returns the state of a page without a counterpart.
    pub fn new(cx: &RenderContext<'a>) -> Self {
        CounterpartState { state: PageState::new(cx, true), written: WrittenNotes::new() }
    }
}

/// Returns the counterparts of a clause, whose own words were written to `own`.
pub fn counterparts(
    cx: &RenderContext<'_>,
    (own, on_page): (&mut PageState<'_>, &mut CounterpartState<'_>),
    at: EntryId,
    index: ClauseId,
) -> Vec<CounterpartView> {
    let found = cx.corpus.entry(at).resolution.counterparts.get(&index).map_or(&[][..], Vec::as_slice);
    let mut views = Vec::new();
    on_page.state.go_on_from(own);
    for (relation, place) in found.iter().filter(|_| cx.links.has_clause_pages()) {
        let PlacePart::Clause(other) = place.part else { continue };
        let entry = cx.corpus.entry(place.entry);
        let html = html::clause_words(&mut on_page.state, place.entry, &entry.document.clauses[other]);
        let notes = notes(cx, &mut on_page.state, &mut on_page.written, place.entry);
        views.push(CounterpartView {
            title: title(cx, *relation),
            source: cx.place_link(None, *place),
            html: Html::new(&html),
            notes,
            language: cx.language(entry),
        });
    }
    own.go_on_from(&on_page.state);
    views
}

/// Gives the notes of counterparts their ways back, when all of a page are written.
pub fn finish(on_page: &CounterpartState<'_>, items: &mut [ItemView]) {
    let back = back_links(&on_page.state);
    for item in items {
        if let ItemView::Clause(clause) = item {
            clause.counterparts.iter_mut().for_each(|other| add_back_links(&mut other.notes, &back));
        }
    }
}

/// Gives the notes of one clause's counterparts their ways back.
pub fn finish_alone(on_page: &CounterpartState<'_>, found: &mut [CounterpartView]) {
    let back = back_links(&on_page.state);
    found.iter_mut().for_each(|other| add_back_links(&mut other.notes, &back));
}

/// Returns the name of what is beside the clauses of a document, if something does: readers
/// choose whether they see it.
pub fn choice(cx: &RenderContext<'_>, at: EntryId) -> Option<Words> {
    let resolution = &cx.corpus.entry(at).resolution;
    let (relation, _) = resolution
        .relations
        .iter()
        .filter(|(_, other)| matches!(other, Other::Held(_)) && !resolution.counterparts.is_empty())
        .find(|(relation, _)| matches!(relation, Relation::Restates | Relation::RestatedBy))?;
    Some(title(cx, *relation))
}

fn title(cx: &RenderContext<'_>, relation: Relation) -> Words {
    match relation {
        Relation::Restates => cx.say(phrase::CounterpartOfficial),
        _ => cx.say(phrase::CounterpartPlain),
    }
}
