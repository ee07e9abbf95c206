//! The table of authorities: works by kind, each with what cites it and its provisions.

use std::collections::BTreeSet;

use crate::corpus::{Cited, CitingPlace};
use crate::document::alphabetical;
use crate::law::{Authority, AuthorityKind, Provision};
use crate::output::AUTHORITIES_PAGE;
use crate::render::components::bounds;
use crate::render::components::clauses::changes;
use crate::render::context::RenderContext;
use crate::render::view::{self, AuthorityView, Link, Words};
use crate::strings::phrase;

/// Returns the works that the medium's table has, by kind; those that nothing cites come last.
pub fn works_by_kind(cx: &RenderContext<'_>) -> Vec<view::AuthorityKindView> {
    let has_examples = cx.corpus.has_examples();
    let lengths = |cited: &Cited| {
        let rows = cited.rows().into_values().map(|places| places.len());
        rows.chain([cited.whole.len()]).collect::<Vec<usize>>()
    };
    let lengths: Vec<usize> = cx.corpus.authorities.iter().flat_map(lengths).collect();
    let share = bounds::share(cx, lengths.into_iter());
    let not_cited = if has_examples { cx.say(phrase::LawNotCitedExamples) } else { cx.say(phrase::LawNotCitedWords) };
    let mut kinds = Vec::new();
    let mut add = |word: &str, title: Words, words: Option<Words>, is_of_kind: &dyn Fn(&Cited) -> bool| {
        let works = cx.corpus.authorities.iter().filter(|cited| is_of_kind(cited) && cx.links.cites(cited));
        let mut authorities: Vec<AuthorityView> = works.map(|cited| work(cx, cited, share)).collect();
        authorities.sort_by_cached_key(|work| (alphabetical(&work.title), work.id.clone()));
        if !authorities.is_empty() {
            kinds.push(view::AuthorityKindView { title, id: cx.id(&format!("kind-{word}")), words, authorities });
        }
    };
    for (word, kind) in AuthorityKind::ALL {
        add(word, kind_words(cx, kind), None, &|cited| cited.authority.kind == kind && cited.is_cited());
    }
    add("not-cited", cx.say(phrase::LawNotCited), Some(not_cited), &|cited| !cited.is_cited());
    kinds
}

fn kind_words(cx: &RenderContext<'_>, kind: AuthorityKind) -> Words {
    match kind {
        AuthorityKind::Act => cx.say(phrase::LawAct),
        AuthorityKind::Instrument => cx.say(phrase::LawInstrument),
        AuthorityKind::Bill => cx.say(phrase::LawBill),
        AuthorityKind::Eu => cx.say(phrase::LawEu),
        AuthorityKind::Case => cx.say(phrase::LawCase),
        AuthorityKind::Guidance => cx.say(phrase::LawGuidance),
        AuthorityKind::Report => cx.say(phrase::LawReport),
        AuthorityKind::Other => cx.say(phrase::LawOther),
    }
}

/// A work; each of its lists names no more places than the page's share.
fn work(cx: &RenderContext<'_>, cited: &Cited, share: usize) -> AuthorityView {
    let authority = &cited.authority;
    let others = || cx.corpus.authorities.iter().map(|other| &other.authority);
    let row = |other: &Authority| Link {
        words: other.title.clone(),
        url: cx.address_on(&AUTHORITIES_PAGE.path(), &other.key),
    };
    let became = authority.became.as_ref().and_then(|key| others().find(|other| other.key == *key));
    let formerly = others().filter(|other| other.became.as_ref() == Some(&authority.key));
    let rows = cited.rows();
    let shown =
        |(_, places): &(&Provision, &BTreeSet<CitingPlace>)| places.iter().any(|citing| cx.links.shows(citing.place));
    let provisions = rows.iter().filter(shown).map(|(provision, places)| {
        let mut cited = citing_links(cx, places);
        view::ProvisionView {
            id: cx.id(&format!("{}-{}", authority.key, provision.slug())),
            shown: provision.shown(),
            url: cx.elsewhere(authority.provision_address(provision)),
            more: bounds::cut(&mut cited, share),
            search: bounds::search_for(
                cx,
                &format!("{} {}", provision.shown().replace('\u{a0}', " "), authority.title),
            ),
            cited,
        }
    });
    let formers = cx.history.provisions.iter().filter(|(key, _)| *key == authority.key);
    let formers = formers.filter(|_| cx.links.keeps_former_addresses());
    let mut whole = citing_links(cx, &cited.whole);
    AuthorityView {
        id: cx.id(&authority.key),
        title: authority.title.clone(),
        url: cx.elsewhere(authority.address()),
        printed: authority.archived.as_ref().and(authority.url.clone()),
        chapter: authority.chapter.clone(),
        made: authority.made.map(|date| cx.strings.date(date)),
        became: became.map(row),
        formerly: formerly.map(row).collect(),
        checked: authority.checked.map(|day| cx.strings.date(day)),
        changes: changes(cx, &authority.changes.iter().map(|change| change.words.as_str()).collect::<Vec<_>>()),
        more: bounds::cut(&mut whole, share),
        search: bounds::search_for(cx, &authority.title),
        cited: whole,
        provisions: provisions.collect(),
        formers: formers.map(|(_, fragment)| fragment.clone()).collect(),
    }
}

/// Links to what cites a work: the clause, or the note that it marks.
fn citing_links(cx: &RenderContext<'_>, citing: &BTreeSet<CitingPlace>) -> Vec<Link> {
    let shown = citing.iter().filter(|citing| cx.links.shows(citing.place));
    let links = shown.filter_map(|citing| {
        let link = cx.place_link(None, citing.place);
        let Some(note) = citing.note else { return Some(link) };
        let entry = cx.corpus.entry(citing.place.entry);
        let number = entry.resolution.note_numbers[note]?;
        let words = cx.text(phrase::CitationNote { place: &link.words, number: &number.to_string() });
        Some(Link { words, url: cx.address_of_note(entry, note) })
    });
    links.collect()
}
