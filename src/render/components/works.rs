//! The table of authorities: works by kind, each with what cites it and its provisions.

use std::collections::BTreeSet;

use crate::corpus::{Cited, Citing};
use crate::document::alphabetical;
use crate::law::{AuthorityKind, Provision};
use crate::output::AUTHORITIES_PAGE;
use crate::render::context::Context;
use crate::render::view::{self, Authority, Link};

/// The sentence before the works that nothing cites.
const NOT_CITED: &str = "No document cites these works.";

/// Sentence before them where some document's citations do not count.
const NOT_CITED_BUT_IN_EXAMPLES: &str = "No document cites these works, apart from documents that give only examples.";

/// Returns the works that the medium's table has, by kind; those that nothing cites come last.
pub fn works_by_kind(cx: &Context<'_>) -> Vec<view::AuthorityKind> {
    let not_cited = if cx.corpus.has_examples() { NOT_CITED_BUT_IN_EXAMPLES } else { NOT_CITED };
    let mut kinds = Vec::new();
    let mut add = |word: &str, title: &str, words: Option<&str>, is_of_kind: &dyn Fn(&Cited) -> bool| {
        let works = cx.corpus.authorities.iter().filter(|cited| is_of_kind(cited) && cx.links.cites(cited));
        let mut authorities: Vec<Authority> = works.map(|cited| work(cx, cited)).collect();
        authorities.sort_by_cached_key(|work| (alphabetical(&work.title), work.id.clone()));
        if !authorities.is_empty() {
            let (title, words) = (title.to_owned(), words.map(str::to_owned));
            kinds.push(view::AuthorityKind { title, id: cx.id(&format!("kind-{word}")), words, authorities });
        }
    };
    for (word, title, kind) in AuthorityKind::ALL {
        add(word, title, None, &|cited| cited.authority.kind == kind && cited.is_cited());
    }
    add("not-cited", "Not cited", Some(not_cited), &|cited| !cited.is_cited());
    kinds
}

fn work(cx: &Context<'_>, cited: &Cited) -> Authority {
    let authority = &cited.authority;
    let became = authority.became.as_ref().and_then(|key| {
        let other = cx.corpus.authorities.iter().find(|other| other.authority.key == *key)?;
        let url = cx.address_on(&AUTHORITIES_PAGE.path(), key);
        Some(Link { words: other.authority.title.clone(), url })
    });
    let rows = cited.rows();
    let shown =
        |(_, places): &(&Provision, &BTreeSet<Citing>)| places.iter().any(|citing| cx.links.shows(citing.place));
    let provisions = rows.iter().filter(shown).map(|(provision, places)| view::Provision {
        id: cx.id(&format!("{}-{}", authority.key, provision.slug())),
        shown: provision.shown(),
        url: cx.elsewhere(authority.provision_address(provision)),
        cited: citing_links(cx, places),
    });
    let formers = cx.corpus.history.provisions.iter().filter(|(key, _)| *key == authority.key);
    let formers = formers.filter(|_| cx.links.keeps_former_addresses());
    Authority {
        id: cx.id(&authority.key),
        title: authority.title.clone(),
        url: cx.elsewhere(authority.address()),
        printed: authority.archived.as_ref().and(authority.url.clone()),
        chapter: authority.chapter.clone(),
        made: authority.made.map(|date| date.in_words()),
        became,
        cited: citing_links(cx, &cited.whole),
        provisions: provisions.collect(),
        formers: formers.map(|(_, fragment)| fragment.clone()).collect(),
    }
}

/// Links to what cites a work: the clause, or the note that it marks.
fn citing_links(cx: &Context<'_>, citing: &BTreeSet<Citing>) -> Vec<Link> {
    let shown = citing.iter().filter(|citing| cx.links.shows(citing.place));
    let links = shown.filter_map(|citing| {
        let link = cx.place_link(None, citing.place);
        let Some(note) = citing.note else { return Some(link) };
        let entry = cx.corpus.entry(citing.place.entry);
        let number = entry.resolution.note_numbers[note]?;
        let words = format!("{}, note\u{a0}{number}", link.words);
        Some(Link { words, url: cx.address_of_note(entry, note) })
    });
    links.collect()
}
