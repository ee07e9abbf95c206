//! The page of one clause by itself.

use crate::corpus::{Entry, EntryId, Place, PlacePart, first_words};
use crate::document::{Clause, ClauseId};
use crate::render::components::cards::{card, source};
use crate::render::components::cited::cited_by_clause;
use crate::render::components::clauses::clause_alone;
use crate::render::components::counterparts::{self, CounterpartState};
use crate::render::components::notes::{WrittenNotes, all_notes};
use crate::render::components::quotation::quotation;
use crate::render::components::square::qr_code_of_page;
use crate::render::components::structured;
use crate::render::context::RenderContext;
use crate::render::context::shell::{local_words, shell};
use crate::render::html::PageState;
use crate::render::view::{ClausePage, Link, Shell};

/// Number of words of a clause that describe its page.
const DESCRIPTION_WORDS: usize = 25;
/// Number of words from which a clause is not short.
const SHORT: usize = 50;
/// Number of words from which a clause is long.
const LONG: usize = 140;

/// Returns the view of a clause's page.
pub fn view(cx: &RenderContext<'_>, at: EntryId, index: ClauseId) -> ClausePage {
    let entry = cx.corpus.entry(at);
    let document = &entry.document;
    let own = &document.clauses[index];
    let mut state = PageState::new(cx, false);
    let mut beside = CounterpartState::new(cx);
    let mut clause = clause_alone(cx, &mut state, at, index);
    clause.counterparts = counterparts::counterparts(cx, (&mut state, &mut beside), at, index);
    counterparts::finish_alone(&beside, &mut clause.counterparts);
    let notes = all_notes(cx, &mut state, &mut WrittenNotes::new(), at);
    let citation = cx.corpus.citation(Place { entry: at, part: PlacePart::Clause(index) });
    let trail = document.trail(own.section).into_iter();
    let trail = trail.map(|section| cx.place_link(Some(at), Place { entry: at, part: PlacePart::Section(section) }));
    let opening = entry.opening_words(&own.body, DESCRIPTION_WORDS + 4);
    let link = |(_, clause): (ClauseId, &Clause)| page_link(cx, entry, clause);
    let is_whole = |(_, clause): &(ClauseId, &Clause)| clause.parent.is_none();
    ClausePage {
        shell: Shell {
            description: Some(first_words(&opening, DESCRIPTION_WORDS)),
            local: local_words(cx, entry),
            ..shell(cx, &[&clause.number, &document.front.short])
        },
        document: card(cx, entry),
        source: source(cx, entry),
        trail: trail.collect(),
        size: size(entry, own),
        clause,
        notes,
        cited: cited_by_clause(cx, at, index),
        square: qr_code_of_page(cx),
        structured: structured::clause(entry, &citation),
        quotation: quotation(cx, entry, own, &citation),
        citation,
        address: format!("{}{}", cx.corpus.config.base_url.as_deref().unwrap_or_default(), cx.page),
        previous: document.clauses.before(index).rev().find(is_whole).and_then(link),
        next: document.clauses.after(index).find(is_whole).and_then(link),
    }
}

/// The size of a clause's letters, by the number of its words.
fn size(entry: &Entry, clause: &Clause) -> &'static str {
    match entry.plain_text(&clause.body).bytes().filter(|byte| *byte == b' ').count() {
        ..SHORT => "short",
        SHORT..LONG => "medium",
        _ => "long",
    }
}

/// A link to the page of another clause of the document.
fn page_link(cx: &RenderContext<'_>, entry: &Entry, clause: &Clause) -> Option<Link> {
    let page = entry.clause_page(clause)?;
    Some(Link { words: entry.document.clause_number(clause), url: cx.address(&page) })
}
