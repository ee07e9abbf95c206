//! A clause with all that is at it: its words, terms and relations, the law that it cites, and
//! what refers to it.

use std::ops::Range;

use crate::corpus::history::FormerPlace;
use crate::corpus::{Cited, Entry, EntryId, Place, PlacePart};
use crate::document::{Clause, ClauseId, ClauseRelationKind, Document, SectionId};
use crate::law::Provision;
use crate::output::AUTHORITIES_PAGE;
use crate::render::components::editions::history;
use crate::render::components::formers::{formers, line};
use crate::render::components::notes::local_note;
use crate::render::components::terms::terms;
use crate::render::context::RenderContext;
use crate::render::html::{self, PageState};
use crate::render::view::{self, CitationView, ClauseRelations, Html, Link, ListLink, TermLink, Words};
use crate::strings::phrase;

/// The most letters of a number beside its clause.
const WIDE_NUMBER: usize = 7;
/// The most words of a clause that stays whole on paper.
const WHOLE_WORDS: usize = 120;

/// Returns a clause of a document as it is on the document's page, whose head says the terms of the
/// whole document.
pub fn clause(cx: &RenderContext<'_>, state: &mut PageState<'_>, at: EntryId, index: ClauseId) -> view::ClauseView {
    let resolution = &cx.corpus.entry(at).resolution;
    let own = resolution.terms[index].iter().filter(|term| !resolution.is_of_whole(**term));
    clause_with(cx, state, (at, index), terms(cx, own))
}

/// Returns a clause as it is away from the head of its document.
pub fn clause_alone(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    at: EntryId,
    index: ClauseId,
) -> view::ClauseView {
    let all = terms(cx, &cx.corpus.entry(at).resolution.terms[index]);
    clause_with(cx, state, (at, index), all)
}

fn clause_with(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    (at, index): (EntryId, ClauseId),
    terms: Vec<TermLink>,
) -> view::ClauseView {
    let entry = cx.corpus.entry(at);
    let document = &entry.document;
    let clause = &document.clauses[index];
    let has_page = cx.corpus.has_clause_pages(entry) && cx.links.has_clause_pages();
    let (relations, history) = (relations(cx, at, index), history(cx, at, index));
    let (citations, referred_by) =
        (citations(cx, entry, &entry.document.with_heading(clause)), referrers(cx, entry, at, index));
    let related = relations.iter().chain(&history).map(|relation| relation.links.len()).sum::<usize>();
    view::ClauseView {
        id: Some(cx.id(&document.clause_anchor(clause))),
        wide: !clause.word.is_empty() || document.printed_number(clause).chars().count() > WIDE_NUMBER,
        number: document.printed_number(clause),
        level: level(document, clause),
        label: clause.label.as_ref().map(|label| cx.id(label)),
        html: Html::new(&html::clause_words(state, at, clause)),
        long: entry.plain_text(&clause.body).bytes().filter(|byte| *byte == b' ').count() >= WHOLE_WORDS,
        terms,
        links: related + citations.len() + referred_by.len(),
        relations,
        history,
        citations,
        referred_by,
        url: cx.address_of(Place { entry: at, part: PlacePart::Clause(index) }),
        page: entry.clause_page(clause).filter(|_| has_page).and_then(|page| cx.address(&page)),
        formers: formers(cx, at, FormerPlace::Clause(index)),
        since: line(cx, at, index),
        local: local_note(cx, state, entry, index),
        counterparts: Vec::new(),
        language: cx.language(entry),
    }
}

/// Level of a clause's number as a heading. Under the page's own title it is the second.
fn level(document: &Document, clause: &Clause) -> Option<u8> {
    let level = |section: SectionId| document.sections[section].level;
    match clause.heading {
        Some(own) => document.sections[own].title.is_empty().then(|| level(own)),
        None => Some((clause.section.map_or(1, level) + 1).clamp(2, 6)),
    }
}

/// Links to what mentions a clause or a part of it, from without.
fn referrers(cx: &RenderContext<'_>, entry: &Entry, at: EntryId, index: ClauseId) -> Vec<Link> {
    let parts = own_parts(entry, index);
    let is_own =
        |place: &Place| place.entry == at && matches!(place.part, PlacePart::Clause(clause) if parts.contains(&clause));
    let referrers = parts.iter().flat_map(|part| &entry.resolution.clause_referrers[*part]);
    cx.place_links(Some(at), referrers.filter(|place| !is_own(place)))
}

/// A clause and the sub-clauses behind it.
fn own_parts(entry: &Entry, clause: ClauseId) -> Vec<ClauseId> {
    let after = entry.document.clauses.after(clause);
    let subs = after.take_while(|(_, clause)| clause.parent.is_some()).map(|(sub, _)| sub);
    std::iter::once(clause).chain(subs).collect()
}

/// Relations of a clause to clauses of other documents, by kind.
fn relations(cx: &RenderContext<'_>, at: EntryId, index: ClauseId) -> Vec<ClauseRelations> {
    let relations = &cx.corpus.entry(at).resolution.clause_relations[index];
    let mut found: Vec<ClauseRelations> = Vec::new();
    for (kind, place) in relations {
        let link = Link { words: cx.corpus.citation_from(at, *place), url: cx.address_of(*place) };
        let words = relation_words(cx, *kind);
        match found.last_mut() {
            Some(last) if last.words == words => last.links.push(link),
            _ => found.push(ClauseRelations { words, links: vec![link] }),
        }
    }
    found
}

fn relation_words(cx: &RenderContext<'_>, kind: ClauseRelationKind) -> Words {
    match kind {
        ClauseRelationKind::Summarises => cx.say(phrase::RelationSummarises),
        ClauseRelationKind::SummarisedBy => cx.say(phrase::RelationSummarisedBy),
        ClauseRelationKind::Updates => cx.say(phrase::RelationUpdates),
        ClauseRelationKind::UpdatedBy => cx.say(phrase::RelationUpdatedBy),
        ClauseRelationKind::Quotes => cx.say(phrase::RelationQuotes),
        ClauseRelationKind::QuotedBy => cx.say(phrase::RelationQuotedBy),
        ClauseRelationKind::Implements => cx.say(phrase::RelationImplements),
        ClauseRelationKind::ImplementedBy => cx.say(phrase::RelationImplementedBy),
        ClauseRelationKind::Differs => cx.say(phrase::RelationDiffers),
        ClauseRelationKind::SeeAlso => cx.say(phrase::RelationSeeAlso),
    }
}

/// Citations of a clause, each place in each work once.
fn citations(cx: &RenderContext<'_>, entry: &Entry, body: &Range<usize>) -> Vec<CitationView> {
    let mut citations: Vec<CitationView> = Vec::new();
    for (at, provisions) in entry.citations_in(body) {
        let cited = &cx.corpus.authorities[at];
        let whole = provisions.is_empty().then_some(None);
        for provision in whole.into_iter().chain(provisions.iter().map(Some)) {
            let citation = citation(cx, entry, cited, provision);
            if !citations.contains(&citation) {
                citations.push(citation);
            }
        }
    }
    citations
}

fn citation(cx: &RenderContext<'_>, entry: &Entry, cited: &Cited, provision: Option<&Provision>) -> CitationView {
    let authority = &cited.authority;
    let is_law = authority.work.is_some();
    let day = entry.document.front.published.filter(|_| is_law);
    let address = |day| authority.cited_address(provision, day);
    let id = match provision.filter(|provision| cited.has_row(provision)) {
        Some(provision) => format!("{}-{}", authority.key, provision.slug()),
        None => authority.key.clone(),
    };
    CitationView {
        words: authority.title_with(provision.map_or(&[], std::slice::from_ref)),
        url: cx.address_on(&AUTHORITIES_PAGE.path(), &id),
        now: cx.elsewhere(address(None).filter(|_| is_law)),
        then: day.and_then(|day| {
            let url = cx.elsewhere(address(Some(day)))?;
            let date = cx.strings.date(day.last_day());
            Some(ListLink { words: cx.say(phrase::ClauseThen { date: date.text() }), url })
        }),
        changed: changes(cx, &authority.changed(provision)),
    }
}

/// Returns changes of a work as one text.
pub fn changes(cx: &RenderContext<'_>, changes: &[&str]) -> Option<String> {
    (!changes.is_empty()).then(|| changes.join(&cx.strings.text(phrase::ListGroup)))
}
