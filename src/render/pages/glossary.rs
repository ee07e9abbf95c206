//! The page of the glossary: its words with their meanings, and the clauses that use them.

use std::ops::Range;

use crate::corpus::{EntryId, GlossaryWord};
use crate::document::{Document, Element, Item, Piece, plain_letters};
use crate::render::components::bounds;
use crate::render::components::notes::{WrittenNotes, all_notes};
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::html::{self, PageState};
use crate::render::view::{self, GlossaryPage, GlossaryPart, Html, Link};

/// Number of words from which a glossary has letters.
const LONG: usize = 30;

/// Returns the view of a glossary. A medium of less than the site has only the words that it
/// explains.
pub fn view(cx: &RenderContext<'_>, at: EntryId) -> GlossaryPage {
    let entry = cx.corpus.entry(at);
    let document = &entry.document;
    let mut state = PageState::new(cx, false);
    let mut parts = Vec::new();
    let is_part = !cx.links.is_whole();
    let own = cx.corpus.glossary.words.iter().filter(|word| word.entry == at);
    let share = bounds::share(cx, own.map(|word| word.uses.len()));
    for item in &document.items {
        match item {
            Item::Block(range) if is_list_of_words(document, range) => {
                let words = cx.corpus.glossary.words.iter();
                let words = words.filter(|word| word.entry == at && range.contains(&word.meaning.start));
                let words = words.filter(|word| cx.links.explains(word));
                let words: Vec<view::WordView> = words.map(|own| word(cx, &mut state, at, own, share)).collect();
                if !words.is_empty() {
                    parts.push(GlossaryPart::Words { words });
                }
            }
            Item::Heading(_) | Item::Block(_) if is_part => {}
            Item::Heading(section) => {
                let section = &document.sections[*section];
                let html = Html::new(&html::words(&mut state, at, &section.heading, false));
                parts.push(GlossaryPart::Heading { level: section.level, id: cx.id(&section.anchor), html });
            }
            Item::Block(range) => {
                parts.push(GlossaryPart::Block { html: Html::new(&html::words(&mut state, at, range, false)) });
            }
            Item::Clause(_) | Item::DrawIn(_) => {}
        }
    }
    let notes = all_notes(cx, &mut state, &mut WrittenNotes::new(), at);
    let title = document.front.title.clone();
    let letters = letters(cx, &mut parts);
    GlossaryPage { shell: shell(cx, &[&title]), title, letters, parts, notes }
}

/// A word; it names no more clauses than the page's share.
fn word(
    cx: &RenderContext<'_>,
    state: &mut PageState<'_>,
    at: EntryId,
    word: &GlossaryWord,
    share: usize,
) -> view::WordView {
    let mut uses = cx.place_links(None, word.uses.iter().filter(|place| cx.links.shows(**place)));
    view::WordView {
        letter: None,
        id: cx.id(&word.anchor),
        term: word.term.clone(),
        abbreviation: word.abbreviation.clone(),
        meaning: Html::new(&meaning(state, at, &word.meaning)),
        more: bounds::cut(&mut uses, share),
        search: bounds::search_for(cx, &word.term),
        uses,
    }
}

/// Marks the first word of each letter, and returns links to them; none unless the glossary is one
/// long list in the order of the alphabet.
fn letters(cx: &RenderContext<'_>, parts: &mut [GlossaryPart]) -> Vec<Link> {
    let mut lists = parts.iter_mut().filter_map(|part| match part {
        GlossaryPart::Words { words } => Some(words),
        GlossaryPart::Heading { .. } | GlossaryPart::Block { .. } => None,
    });
    let (Some(words), None) = (lists.next(), lists.next()) else { return Vec::new() };
    let initials: Vec<String> = words.iter().map(|word| initial(&word.term)).collect();
    if words.len() < LONG || initials.iter().any(String::is_empty) || !initials.is_sorted() {
        return Vec::new();
    }
    let mut links: Vec<Link> = Vec::new();
    for (word, initial) in words.iter_mut().zip(initials) {
        if links.last().is_none_or(|last| last.words != initial) {
            let id = cx.id(&format!("Letter-{}", initial.replace('–', "-")));
            links.push(Link { words: initial.clone(), url: Some(format!("#{id}")) });
            word.letter = Some(view::LetterView { words: initial, id });
        }
    }
    links
}

/// The letter under which a word is looked up, without its accent; none for a sign.
fn initial(term: &str) -> String {
    let letters = plain_letters(term);
    let first = letters.chars().find(|c| c.is_alphanumeric());
    match first {
        Some(c) if c.is_numeric() => "0–9".to_owned(),
        Some(c) => c.to_uppercase().collect(),
        None => String::new(),
    }
}

fn is_list_of_words(document: &Document, range: &Range<usize>) -> bool {
    matches!(document.pieces.get(range.start), Some(Piece::Open(Element::DefinitionList)))
}

/// A word's meaning without the element that the glossary's page gives it.
fn meaning(state: &mut PageState<'_>, at: EntryId, range: &Range<usize>) -> String {
    let html = html::words(state, at, range, false);
    let html = html.trim();
    html.strip_prefix("<dd>").and_then(|html| html.strip_suffix("</dd>")).unwrap_or(html).to_owned()
}
