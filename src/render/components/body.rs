//! All that a document is made of, in its order, and the notes that are under it.

use crate::corpus::history::FormerPlace;
use crate::corpus::{DocumentRole, Entry, EntryId, Place, PlacePart, drawn_in};
use crate::document::{Item, ReferenceId, SectionId};
use crate::render::components::cards::status_word;
use crate::render::components::clauses::{clause, clause_alone};
use crate::render::components::contents::facilitators_sections;
use crate::render::components::counterparts::{self, CounterpartState};
use crate::render::components::formers::formers;
use crate::render::components::notes::{WrittenNotes, add_back_links, all_notes, back_links, notes};
use crate::render::context::RenderContext;
use crate::render::html::{self, PageState};
use crate::render::view::{self, Html, NoteView};

/// The items of a document in its order, and its notes.
#[derive(Default)]
pub struct DocumentBody {
    /// The items.
    pub items: Vec<view::ItemView>,
    /// The notes.
    pub notes: Vec<NoteView>,
}

/// Returns the items and the notes of a document.
pub fn body(cx: &RenderContext<'_>, at: EntryId) -> DocumentBody {
    let entry = cx.corpus.entry(at);
    let mut state = PageState::new(cx, entry.role == DocumentRole::Pack);
    let mut written = WrittenNotes::new();
    let mut beside = CounterpartState::new(cx);
    let mut items = Vec::new();
    let mut level = 1;
    let facilitators = facilitators_sections(entry);
    let mut order = entry.document.items.iter().peekable();
    while let Some(item) = order.next() {
        match item {
            Item::Heading(section) => {
                level = entry.document.sections[*section].level;
                items.push(heading(cx, &mut state, at, *section, facilitators.contains(section)));
            }
            Item::Clause(index) => {
                items.extend(gone(cx, at, FormerPlace::Before(*index)));
                let own = clause(cx, &mut state, at, *index);
                let counterparts = counterparts::counterparts(cx, (&mut state, &mut beside), at, *index);
                items.push(view::ItemView::Clause(view::ClauseView { counterparts, ..own }));
            }
            Item::Block(range) => {
                // Paragraphs and lists that follow one another are one block of words.
                let mut whole = range.clone();
                while let Some(Item::Block(next)) = order.next_if(|next| matches!(next, Item::Block(_))) {
                    whole.end = next.end;
                }
                let html = html::words_for(&mut state, entry.role == DocumentRole::Pack, at, &whole);
                items.push(view::ItemView::Block { html: Html::new(&html), language: cx.language(entry) });
            }
            Item::DrawIn(reference) => {
                let clauses = drawn(cx, &mut state, entry, *reference, &mut written);
                items.extend(clauses.into_iter().map(|drawn| below(drawn, level)));
            }
        }
    }
    items.extend(gone(cx, at, FormerPlace::End));
    counterparts::finish(&beside, &mut items);
    let notes = all_notes(cx, &mut state, &mut written, at);
    // A note of a drawn clause may be marked again further on.
    let back = back_links(&state);
    for item in &mut items {
        if let view::ItemView::Drawn { notes, .. } = item {
            add_back_links(notes, &back);
        }
    }
    DocumentBody { items, notes }
}

fn heading(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    at: EntryId,
    section: SectionId,
    facilitator: bool,
) -> view::ItemView {
    let entry = cx.corpus.entry(at);
    let heading = &entry.document.sections[section];
    state.begin_section();
    view::ItemView::Heading {
        level: heading.level,
        id: cx.id(&heading.anchor),
        html: Html::new(&html::words_for(state, facilitator, at, &heading.heading)),
        referred_by: cx.place_links(Some(at), &entry.resolution.section_referrers[section]),
        formers: formers(cx, at, FormerPlace::Section(section)),
        facilitator,
        language: cx.language(entry),
    }
}

/// A drawn clause with its number as a heading below one of this level.
fn below(mut drawn: view::ItemView, level: u8) -> view::ItemView {
    if let view::ItemView::Drawn { clause, .. } = &mut drawn {
        clause.level = clause.level.map(|_| (level + 1).clamp(2, 6));
    }
    drawn
}

/// The addresses that were at a spot, if any were.
fn gone(cx: &RenderContext<'_>, at: EntryId, spot: FormerPlace) -> Option<view::ItemView> {
    let formers = formers(cx, at, spot);
    (!formers.is_empty()).then_some(view::ItemView::Gone { formers })
}

/// The clauses that a pack draws in at one place.
fn drawn(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    pack: &Entry,
    reference: ReferenceId,
    written: &mut WrittenNotes,
) -> Vec<view::ItemView> {
    let Some((at, whole)) = drawn_in(&cx.corpus.entries, pack, reference) else { return Vec::new() };
    let entry = cx.corpus.entry(at);
    let drawn = whole.into_iter().map(|index| {
        let own = clause_alone(cx, state, at, index);
        // On a page with clauses of several documents a number alone is no address.
        let anchor = entry.document.clause_anchor(&entry.document.clauses[index]);
        let id = cx.id(&format!("{}-{anchor}", entry.document.id));
        let clause = view::ClauseView {
            id: state.is_first(&id).then_some(id),
            label: None,
            referred_by: Vec::new(),
            formers: Vec::new(),
            history: Vec::new(),
            local: None,
            ..own
        };
        let source = cx.place_link(None, Place { entry: at, part: PlacePart::Clause(index) });
        let notes = notes(cx, state, written, at);
        view::ItemView::Drawn { clause, source, status_words: status_word(cx.strings, entry), notes }
    });
    drawn.collect()
}
