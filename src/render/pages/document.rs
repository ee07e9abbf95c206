//! The page of a document: guidance, a pack, a timeline or a map.

use crate::corpus::{DocumentRole, Entry, EntryId, Other};
use crate::document::Relation;
use crate::output::{ABOUT_PAGE, PLACES};
use crate::render::components::body::body;
use crate::render::components::cards::{card, description, publication, source, title_link};
use crate::render::components::cited::{cited, cited_for_participants};
use crate::render::components::contents::contents;
use crate::render::components::counterparts;
use crate::render::components::editions::changes_between;
use crate::render::components::map::map;
use crate::render::components::papers::{Papers, papers};
use crate::render::components::square::qr_code_of_page;
use crate::render::components::structured;
use crate::render::components::terms::terms;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{DocumentPage, Link, RelationLine, Shell, Words};
use crate::strings::phrase;

/// Returns the view of a document's page.
pub fn view(cx: &RenderContext<'_>, at: EntryId) -> DocumentPage {
    let entry = cx.corpus.entry(at);
    let front = &entry.document.front;
    let own = body(cx, at);
    let Papers { papers, previous, next } = papers(cx, at);
    let (previous, next) =
        if entry.resolution.publication.is_some() { neighbours(cx, at, entry) } else { (previous, next) };
    let publication = publication(cx, entry);
    let titles = [Some(front.title.as_str()), publication.as_ref().map(|publication| publication.words.as_str())];
    let titles: Vec<&str> = titles.into_iter().flatten().collect();
    DocumentPage {
        shell: Shell { description: description(cx, entry), ..shell(cx, &titles) },
        document: card(cx, entry),
        structured: structured::report(cx.corpus, entry),
        source: source(cx, entry),
        relations: relations(cx, at),
        counterparts: counterparts::choice(cx, at),
        terms: terms(cx, &entry.resolution.document_terms),
        referred_by: cx.place_links(None, &entry.resolution.referrers),
        contents: contents(cx, entry),
        items: own.items,
        notes_for_facilitator: !own.notes.is_empty() && own.notes.iter().all(|note| note.facilitator),
        notes: own.notes,
        previous,
        next,
        papers,
        files: entry.resolution.files.iter().skip(1).map(|file| title_link(cx, *file)).collect(),
        cited: cited(cx, at),
        cited_for_participants: cited_for_participants(cx, at),
        map: (entry.role == DocumentRole::Map).then(|| map(cx)),
        previews: (entry.page != ABOUT_PAGE).then(|| cx.page.link_to(&PLACES.path())),
        square: qr_code_of_page(cx).filter(|_| entry.role == DocumentRole::Pack),
    }
}

/// Returns lines that say what a document is to others.
pub fn relations(cx: &RenderContext<'_>, at: EntryId) -> Vec<RelationLine> {
    let lines = cx.corpus.entry(at).resolution.relations.iter().map(|(relation, other)| {
        let (kind, words) = (relation.as_str().to_owned(), relation_words(cx, *relation));
        match other {
            Other::Held(other) => {
                let Link { words: title, url } = title_link(cx, *other);
                RelationLine { kind, words, title, url, changes: changes_between(cx, at, *relation, *other) }
            }
            Other::NotHeld(title) => RelationLine { kind, words, title: title.clone(), url: None, changes: None },
        }
    });
    lines.collect()
}

fn relation_words(cx: &RenderContext<'_>, relation: Relation) -> Words {
    match relation {
        Relation::Replaces => cx.say(phrase::RelationReplaces),
        Relation::ReplacedBy => cx.say(phrase::RelationReplacedBy),
        Relation::Supplements => cx.say(phrase::RelationSupplements),
        Relation::SupplementedBy => cx.say(phrase::RelationSupplementedBy),
        Relation::Summarises => cx.say(phrase::RelationSummarises),
        Relation::SummarisedBy => cx.say(phrase::RelationSummarisedBy),
        Relation::Restates => cx.say(phrase::RelationRestates),
        Relation::RestatedBy => cx.say(phrase::RelationRestatedBy),
        Relation::PublishedWith => cx.say(phrase::RelationPublishedWith),
    }
}

/// Links to the files before and after, in a publication of several.
fn neighbours(cx: &RenderContext<'_>, at: EntryId, entry: &Entry) -> (Option<Link>, Option<Link>) {
    let first = entry.resolution.publication.map(|first| cx.corpus.entry(first));
    let files = first.map_or(&[][..], |first| first.resolution.files.as_slice());
    let place = files.iter().position(|file| *file == at).unwrap_or(0);
    let link = |index: Option<usize>| Some(title_link(cx, *files.get(index?)?));
    (link(place.checked_sub(1)), link(place.checked_add(1)))
}
