//! The views of lists: terms, authorities, the glossary.

use super::html::PageState;
use super::page::Builder;
use super::view::{self, Html, Link};
use crate::config::TermRef;
use crate::corpus::{Cited, Place, PlacePart};
use crate::document::{AuthorityKind, Clause, Element, Item, Piece};

impl Builder<'_> {
    pub(super) fn term_page(&self, term: TermRef) -> Option<view::TermPage> {
        let link = self.term(term)?;
        let taxonomy = self.taxonomy(term.taxonomy);
        let mut documents: Vec<(usize, view::TermDocument)> = Vec::new();
        for member in self.corpus.members.get(&term).into_iter().flatten() {
            let Some(entry) = self.corpus.entry(member.entry) else { continue };
            let Some(clause) = entry.document.clauses.get(member.clause) else { continue };
            if documents.last().is_none_or(|(at, _)| *at != member.entry) {
                documents.push((member.entry, view::TermDocument { document: self.card(entry), clauses: Vec::new() }));
            }
            let place = Place { entry: member.entry, part: PlacePart::Clause(member.clause) };
            if let Some((_, document)) = documents.last_mut() {
                document.clauses.push(view::ClauseLine {
                    number: entry.document.shown_number(&clause.number),
                    url: self.state(false).url(place),
                    heading: entry.trail(clause.section).last().map(|section| section.title.clone()),
                    opening: opening(&without_label(&entry.plain_text(&clause.body), clause)),
                });
            }
        }
        Some(view::TermPage {
            shell: self.shell(&[&link.title, &taxonomy.title]),
            term: link,
            taxonomy: Link { words: taxonomy.title, url: taxonomy.url },
            documents: documents.into_iter().map(|(_, document)| document).collect(),
        })
    }

    pub(super) fn authorities(&self) -> view::AuthoritiesPage {
        let mut kinds = Vec::new();
        for (word, title, kind) in AuthorityKind::ALL {
            let mut authorities: Vec<view::Authority> = self
                .corpus
                .authorities
                .iter()
                .filter(|cited| cited.authority.kind == kind)
                .map(|cited| self.authority(cited))
                .collect();
            authorities.sort_by(|a, b| (&a.title, &a.id).cmp(&(&b.title, &b.id)));
            if !authorities.is_empty() {
                kinds.push(view::AuthorityKind { title: title.to_owned(), id: format!("kind-{word}"), authorities });
            }
        }
        view::AuthoritiesPage { shell: self.shell(&["The law"]), kinds }
    }

    pub(super) fn authority(&self, cited: &Cited) -> view::Authority {
        let authority = &cited.authority;
        let became = authority.became.as_ref().and_then(|key| {
            let other = self.corpus.authorities.iter().find(|other| other.authority.key == key.value)?;
            Some(Link { words: other.authority.title.clone(), url: format!("#{}", key.value) })
        });
        let provisions = cited.provisions.iter().map(|(provision, places)| view::Provision {
            id: format!("{}-{}", authority.key, provision.slug()),
            shown: provision.shown(),
            url: authority.provision_address(provision),
            cited: self.place_links(None, places),
        });
        view::Authority {
            id: authority.key.clone(),
            title: authority.title.clone(),
            url: authority.address(),
            chapter: authority.chapter.clone(),
            made: authority.made.map(|date| date.in_words()),
            became,
            cited: self.place_links(None, &cited.whole),
            provisions: provisions.collect(),
        }
    }

    pub(super) fn glossary(&self, at: usize) -> Option<view::GlossaryPage> {
        let entry = self.corpus.entry(at)?;
        let mut state = self.state(false);
        let blocks = entry.document.items.iter().map_while(|item| match item {
            Item::Block(range) => Some(range),
            _ => None,
        });
        let is_list = |range: &&std::ops::Range<usize>| {
            let first = entry.document.pieces.get(range.start);
            matches!(first, Some(Piece::Open(Element::DefinitionList)))
        };
        let before: String =
            blocks.take_while(|range| !is_list(range)).map(|range| state.words(at, range, false)).collect();
        let words = self.corpus.glossary.words.iter().map(|word| view::Word {
            id: word.anchor.clone(),
            term: word.term.clone(),
            abbreviation: word.abbreviation.clone(),
            meaning: Html::new(&meaning(&mut state, at, &word.meaning)),
            uses: self.place_links(None, &word.uses),
        });
        let words = words.collect();
        let title = entry.document.front.title.clone();
        Some(view::GlossaryPage { shell: self.shell(&[&title]), title, before: Html::new(&before), words })
    }
}

/// A word's meaning without the element that the glossary's page gives it.
fn meaning(state: &mut PageState<'_>, at: usize, range: &std::ops::Range<usize>) -> String {
    let html = state.words(at, range, false);
    let html = html.trim();
    html.strip_prefix("<dd>").and_then(|html| html.strip_suffix("</dd>")).unwrap_or(html).to_owned()
}

/// How many words of a clause stand for it in a list.
const OPENING_WORDS: usize = 20;

fn opening(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    match words.get(..OPENING_WORDS) {
        Some(first) if words.len() > OPENING_WORDS + 2 => {
            format!("{} …", first.join(" ").trim_end_matches([',', ';', ':']))
        }
        _ => text.to_owned(),
    }
}

/// The words of a sub-clause without the label that its number shows already.
fn without_label(text: &str, clause: &Clause) -> String {
    let label = clause.number.labels().last().map(|label| format!("({label}) "));
    label.and_then(|label| text.strip_prefix(&label)).unwrap_or(text).to_owned()
}
