//! The works that a document cites, for its last sheet of paper.
//!
//! Takes a document or a pack; gives each work with its provisions, and the numbers of the
//! paragraphs that cite them there. On a screen, each paragraph says what it cites, and the page of
//! authorities has the whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{AuthorityId, Corpus, DocumentRole, Entry, EntryId, Place, PlacePart, parts_around};
use crate::document::{ClauseId, alphabetical};
use crate::law::{AuthorityKind, Provision};
use crate::render::context::RenderContext;
use crate::render::view::{PaperAuthority, PaperProvision};
use crate::strings::phrase;

/// The places that cite each provision of each work; those that cite a work as a whole come first.
type CitersByProvision = BTreeMap<AuthorityId, BTreeMap<Option<Provision>, BTreeSet<Place>>>;

/// Returns the works that a document cites, in the order of the page of authorities.
pub fn cited(cx: &RenderContext<'_>, at: EntryId) -> Vec<PaperAuthority> {
    let entry = cx.corpus.entry(at);
    let mut citing = CitersByProvision::new();
    add(&mut citing, at, entry, |_| true);
    // The local notes on it are printed with it.
    if let Some(notes) = entry.resolution.notes {
        add(&mut citing, notes, cx.corpus.entry(notes), |_| true);
    }
    add_drawn(cx.corpus, &mut citing, entry);
    works(cx, at, citing)
}

/// Returns the works that a pack cites in what participants have on paper: its clauses, drawn in or
/// its own.
pub fn cited_for_participants(cx: &RenderContext<'_>, at: EntryId) -> Vec<PaperAuthority> {
    let entry = cx.corpus.entry(at);
    if entry.role != DocumentRole::Pack {
        return Vec::new();
    }
    let mut citing = CitersByProvision::new();
    add(&mut citing, at, entry, |part| matches!(part, PlacePart::Clause(_)));
    add_drawn(cx.corpus, &mut citing, entry);
    works(cx, at, citing)
}

/// Returns the works that a clause and the local note on it cite and that have an address: its page
/// has no other place for it, and names them in the words of the clause.
pub fn cited_by_clause(cx: &RenderContext<'_>, at: EntryId, clause: ClauseId) -> Vec<PaperAuthority> {
    let entry = cx.corpus.entry(at);
    let mut citing = CitersByProvision::new();
    add(&mut citing, at, entry, |part| is_in(entry, part, |whole| whole == clause));
    if let Some((notes, note)) = entry.resolution.notes.zip(entry.resolution.local_notes.get(&clause)) {
        let on = cx.corpus.entry(notes);
        add(&mut citing, notes, on, |part| is_in(on, part, |whole| whole == *note));
    }
    let mut works = works(cx, at, citing);
    works.retain(|work| work.url.is_some());
    works
}

fn add_drawn(corpus: &Corpus, citing: &mut CitersByProvision, pack: &Entry) {
    for (from, clauses) in corpus.all_drawn_in(pack) {
        let drawn = corpus.entry(from);
        add(citing, from, drawn, |part| is_in(drawn, part, |whole| clauses.contains(&whole)));
    }
}

fn works(cx: &RenderContext<'_>, at: EntryId, citing: CitersByProvision) -> Vec<PaperAuthority> {
    let day = cx.corpus.entry(at).law_as_at();
    let mut works: Vec<_> = citing
        .into_iter()
        .map(|(work, places)| {
            let authority = &cx.corpus.authorities[work].authority;
            let kind = AuthorityKind::ALL.iter().position(|(_, kind)| *kind == authority.kind);
            (kind, authority, places)
        })
        .collect();
    works.sort_by_cached_key(|(kind, authority, _)| (*kind, alphabetical(&authority.title)));
    let works = works.into_iter().map(|(_, authority, provisions)| PaperAuthority {
        title: authority.title.clone(),
        url: cx.elsewhere(authority.address_at(day)),
        provisions: provisions
            .into_iter()
            .map(|(provision, places)| PaperProvision {
                shown: provision.map(|provision| provision.shown()),
                places: places
                    .into_iter()
                    .map(|place| place_words(cx, at, place))
                    .collect::<Vec<_>>()
                    .join(&cx.text(phrase::ListNext)),
            })
            .collect(),
    });
    works.collect()
}

fn place_words(cx: &RenderContext<'_>, from: EntryId, place: Place) -> String {
    let short = || cx.corpus.short_citation(place);
    match place.part {
        _ if place.entry != from => cx.corpus.citation(place),
        PlacePart::Section(_) => cx.text(phrase::CitationQuoted { words: &short() }),
        PlacePart::Whole => cx.text(phrase::CitationOpening),
        PlacePart::Clause(_) => short(),
    }
}

/// Returns whether a part of a document belongs to a whole clause that is wanted.
fn is_in(entry: &Entry, part: PlacePart, wanted: impl Fn(ClauseId) -> bool) -> bool {
    matches!(part, PlacePart::Clause(clause) if wanted(entry.document.whole_clause(clause)))
}

/// Adds what a document cites in the parts that are wanted; a note is cited from where it is
/// marked.
fn add(citing: &mut CitersByProvision, at: EntryId, entry: &Entry, wanted: impl Fn(PlacePart) -> bool) {
    for citation in entry.citations() {
        let parts = parts_around(&entry.document, citation.within).into_iter().filter(|part| wanted(*part));
        let places: Vec<Place> = parts.map(|part| Place { entry: at, part }).collect();
        if places.is_empty() {
            continue;
        }
        let work = citing.entry(citation.authority).or_default();
        let whole = citation.provisions.is_empty().then_some(None);
        for provision in whole.into_iter().chain(citation.provisions.iter().cloned().map(Some)) {
            work.entry(provision).or_default().extend(&places);
        }
    }
}
