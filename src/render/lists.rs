//! The views of lists: terms, authorities, the glossary.

use std::collections::BTreeSet;
use std::ops::Range;

use super::html::PageState;
use super::notes::{lead_back, ways_back};
use super::page::Builder;
use super::previews::first_words;
use super::view::{self, Html, Link};
use crate::config::TermRef;
use crate::corpus::{Cited, Citing, Place, PlacePart, Word};
use crate::document::{Clause, Document, Element, Item, Piece, alphabetical};
use crate::law::{AuthorityKind, Provision};
use crate::output::AUTHORITIES_PAGE;

impl Builder<'_> {
    pub(super) fn term_page(&self, term: TermRef) -> Option<view::TermPage> {
        let link = self.term(term)?;
        let taxonomy = self.taxonomy_link(term.taxonomy);
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
                    opening: first_words(
                        &without_label(&entry.opening_words(&clause.body, OPENING_WORDS + 4), clause),
                        OPENING_WORDS,
                    ),
                });
            }
        }
        Some(view::TermPage {
            shell: self.shell(&[&link.title, &taxonomy.words]),
            term: link,
            taxonomy,
            documents: documents.into_iter().map(|(_, document)| document).collect(),
        })
    }

    pub(super) fn authorities(&self) -> view::AuthoritiesPage {
        view::AuthoritiesPage { shell: self.shell(&["The law"]), kinds: self.authorities_of(&self.corpus.authorities) }
    }

    /// Authorities by kind, each with what cites it.
    pub(super) fn authorities_of(&self, cited: &[Cited]) -> Vec<view::AuthorityKind> {
        let state = self.state(false);
        let not_cited = if self.corpus.has_examples() { NOT_CITED_BUT_IN_EXAMPLES } else { NOT_CITED };
        let mut kinds = Vec::new();
        let mut add = |word: &str, title: &str, words: Option<&str>, is_of_kind: &dyn Fn(&Cited) -> bool| {
            let is_shown =
                |cited: &&Cited| is_of_kind(cited) && self.medium.book().is_none_or(|book| book.cites(cited));
            let mut authorities: Vec<view::Authority> =
                cited.iter().filter(is_shown).map(|cited| self.authority(cited)).collect();
            authorities.sort_by_cached_key(|work| (alphabetical(&work.title), work.id.clone()));
            if !authorities.is_empty() {
                let (title, words) = (title.to_owned(), words.map(str::to_owned));
                kinds.push(view::AuthorityKind { title, id: state.here(&format!("kind-{word}")), words, authorities });
            }
        };
        for (word, title, kind) in AuthorityKind::ALL {
            add(word, title, None, &|cited| cited.authority.kind == kind && cited.is_cited());
        }
        add("not-cited", "Not cited", Some(not_cited), &|cited| !cited.is_cited());
        kinds
    }

    /// Links to what cites a work: the clause, or the note that it marks.
    fn citing_links(&self, citing: &BTreeSet<Citing>) -> Vec<Link> {
        let state = self.state(false);
        let stands = |citing: &&Citing| self.medium.book().is_none_or(|book| book.shows(citing.place));
        let links = citing.iter().filter(stands).filter_map(|citing| {
            let Link { words, url } = self.place_link(None, citing.place);
            let Some(note) = citing.note else { return Some(Link { words, url }) };
            let entry = self.corpus.entry(citing.place.entry)?;
            let number = entry.resolution.note_numbers.get(note).copied().flatten()?;
            Some(Link { words: format!("{words}, note\u{a0}{number}"), url: state.note_url(entry, note) })
        });
        links.collect()
    }

    pub(super) fn authority(&self, cited: &Cited) -> view::Authority {
        let authority = &cited.authority;
        let state = self.state(false);
        let became = authority.became.as_ref().and_then(|key| {
            let other = self.corpus.authorities.iter().find(|other| other.authority.key == *key)?;
            let url = state.join(&AUTHORITIES_PAGE.path(), Some(key));
            Some(Link { words: other.authority.title.clone(), url })
        });
        let rows = cited.rows();
        let shown = |(_, places): &(&Provision, &BTreeSet<Citing>)| {
            self.medium.book().is_none_or(|book| places.iter().any(|citing| book.shows(citing.place)))
        };
        let provisions = rows.iter().filter(shown).map(|(provision, places)| view::Provision {
            id: state.here(&format!("{}-{}", authority.key, provision.slug())),
            shown: provision.shown(),
            url: self.elsewhere(authority.provision_address(provision)),
            cited: self.citing_links(places),
        });
        let formers = self.corpus.history.provisions.iter().filter(|(key, _)| *key == authority.key);
        view::Authority {
            id: state.here(&authority.key),
            title: authority.title.clone(),
            url: self.elsewhere(authority.address()),
            printed: authority.archived.as_ref().and(authority.url.clone()),
            chapter: authority.chapter.clone(),
            made: authority.made.map(|date| date.in_words()),
            became,
            cited: self.citing_links(&cited.whole),
            provisions: provisions.collect(),
            formers: formers.map(|(_, fragment)| fragment.clone()).collect(),
        }
    }

    pub(super) fn glossary(&self, at: usize) -> Option<view::GlossaryPage> {
        let entry = self.corpus.entry(at)?;
        let document = &entry.document;
        let mut state = self.state(false);
        let mut parts = Vec::new();
        // A book of less than the site explains the words that it uses, and no more.
        let is_part = self.medium.book().is_some_and(|book| !book.is_whole);
        for item in &document.items {
            match item {
                Item::Heading(_) if is_part => {}
                Item::Heading(section) => {
                    let section = document.sections.get(*section)?;
                    let html = Html::new(&state.words(at, &section.heading, false));
                    parts.push(view::GlossaryPart::Heading {
                        level: section.level,
                        id: state.here(&section.anchor),
                        html,
                    });
                }
                Item::Block(range) if is_list_of_words(document, range) => {
                    let words = self.corpus.glossary.words.iter();
                    let words = words.filter(|word| word.entry == at && range.contains(&word.meaning.start));
                    let words = words.filter(|word| self.medium.book().is_none_or(|book| book.explains(word)));
                    let words: Vec<_> = words.map(|word| self.word(&mut state, at, word)).collect();
                    if !words.is_empty() {
                        parts.push(view::GlossaryPart::Words { words });
                    }
                }
                Item::Block(_) if is_part => {}
                Item::Block(range) => {
                    parts.push(view::GlossaryPart::Block { html: Html::new(&state.words(at, range, false)) });
                }
                Item::Clause(_) | Item::DrawIn(_) => {}
            }
        }
        let mut notes = self.notes(&mut state, &mut BTreeSet::new(), at);
        lead_back(&mut notes, &ways_back(&state));
        let title = document.front.title.clone();
        Some(view::GlossaryPage { shell: self.shell(&[&title]), title, parts, notes })
    }

    pub(super) fn word(&self, state: &mut PageState<'_>, at: usize, word: &Word) -> view::Word {
        view::Word {
            id: state.here(&word.anchor),
            term: word.term.clone(),
            abbreviation: word.abbreviation.clone(),
            meaning: Html::new(&meaning(state, at, &word.meaning)),
            uses: {
                let stands = |place: &&Place| self.medium.book().is_none_or(|book| book.shows(**place));
                self.place_links(None, word.uses.iter().filter(stands))
            },
        }
    }
}

fn is_list_of_words(document: &Document, range: &Range<usize>) -> bool {
    matches!(document.pieces.get(range.start), Some(Piece::Open(Element::DefinitionList)))
}

/// A word's meaning without the element that the glossary's page gives it.
fn meaning(state: &mut PageState<'_>, at: usize, range: &Range<usize>) -> String {
    let html = state.words(at, range, false);
    let html = html.trim();
    html.strip_prefix("<dd>").and_then(|html| html.strip_suffix("</dd>")).unwrap_or(html).to_owned()
}

/// The sentence before the works that nothing cites.
const NOT_CITED: &str = "No document cites these works.";

/// The same where some document's citations do not count.
const NOT_CITED_BUT_IN_EXAMPLES: &str = "No document cites these works, apart from documents that give only examples.";

/// How many words of a clause stand for it in a list.
const OPENING_WORDS: usize = 20;

/// The words of a sub-clause without the label that its number shows already.
fn without_label(text: &str, clause: &Clause) -> String {
    let label = clause.number.labels().last().map(|label| format!("({label}) "));
    label.and_then(|label| text.strip_prefix(&label)).unwrap_or(text).to_owned()
}
