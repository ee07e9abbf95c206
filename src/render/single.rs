//! An edition in one page: a document, a pack or the whole site, with its style, its script and its
//! pictures within it.
//!
//! Takes the resolved site, the theme, and the bytes of pictures and styles; gives markup. What has
//! a page of its own on the site has a section here, and its addresses begin with its id:
//! `guidance-2008.html#3.37` is `#guidance-2008--3.37`. What is not in the page is linked where the
//! site is found, if that is known, else named by its citation.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::components::body::{DocumentBody, body};
use super::components::cards::{card, description, source};
use super::components::contents::contents;
use super::components::map::map;
use super::components::works::works_by_kind;
use super::context::RenderContext;
use super::context::shell::shell;
use super::inputs::Inputs;
use super::links::held::IncludedDocuments;
use super::links::single::{SingleLinks, SinglePart};
use super::pages;
use super::pages::document::relations;
use super::reading_order::{reading_order, with_files};
use super::theme::{self, PageTemplate};
use super::view::{
    AuthorityKindView, GlossaryPage, GlossaryPart, GroupView, Html, ItemView, SingleDocument, SinglePage, SingleWords,
};
use crate::corpus::{Corpus, DocumentRole, Entry, EntryId};
use crate::diagnostic::Diagnostic;
use crate::output::{AUTHORITIES_PAGE, HOME_PAGE, OutPath, media_type};
use crate::source::Hash;
use crate::strings::phrase;
use crate::underway::TaskGuard;

/// The deepest heading of HTML.
const DEEPEST: u8 = 6;

/// Files that an edition in one page holds, besides the site.
pub struct Materials<'a> {
    /// The style sheets of the site, the tokens first.
    pub style: String,
    /// The logo.
    pub logo: Option<Vec<u8>>,
    /// Reads a file of the site, by its path below the site's folder.
    pub read: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// The page as it is listed while it is made.
    pub begun: Option<TaskGuard<'a>>,
}

/// Makes the page: of the document `of`, or of the whole site.
pub fn single(inputs: Inputs<'_>, of: Option<EntryId>, materials: Materials<'_>) -> Result<String, Box<Diagnostic>> {
    let shown = match of {
        Some(at) => with_files(inputs.corpus, at),
        None => {
            reading_order(inputs.corpus, inputs.theme.strings()).into_iter().flat_map(|group| group.entries).collect()
        }
    };
    let links = links(inputs, of, &shown, materials.read);
    let page = HOME_PAGE.path();
    let view = view(inputs, &links, of, &shown, &materials);
    inputs.theme.page(
        "single.html",
        &view,
        PageTemplate { page: &page, sources: inputs.sources, begun: materials.begun },
    )
}

fn view(
    inputs: Inputs<'_>,
    links: &SingleLinks<'_>,
    of: Option<EntryId>,
    shown: &[EntryId],
    materials: &Materials<'_>,
) -> SinglePage {
    let corpus = inputs.corpus;
    let (page, table) = (HOME_PAGE.path(), AUTHORITIES_PAGE.path());
    let cx = &inputs.context(&page, links);
    // Headings are below those of their document, unless it is the page.
    let lower = u8::from(of.is_none() || shown.len() > 1);
    let home = corpus.home().filter(|_| of.is_none());
    let home = home.map(|at| (at, corpus.entry(at)));
    let own = home.map(|(at, entry)| body(&inputs.context(&entry.page, links), at)).unwrap_or_default();
    let documents = shown.iter().map(|at| (*at, corpus.entry(*at)));
    let first = of.map(|at| corpus.entry(at));
    let glossaries = glossaries(corpus).filter(|_| of.is_none());
    let shell = shell(cx, &[]);
    let style = within_style(&materials.style) + theme::published("single/single.css").unwrap_or_default();
    let script = theme::single_script(inputs.theme.strings());
    SinglePage {
        title: first.map_or_else(|| shell.site.clone(), |entry| entry.document.front.title.clone()),
        site: shell.site,
        logo: materials.logo.as_deref().map(|logo| data("image/svg+xml", logo)),
        language: shell.language,
        direction: shell.direction,
        description: match first {
            Some(entry) => description(cx, entry),
            None => corpus.config.description.clone(),
        },
        policy: policy(&style, &script),
        style: Html::new(&style),
        script: Html::new(&script),
        home_id: home.map(|(_, entry)| entry.document.id.to_string()),
        items: own.items,
        notes: own.notes,
        groups: if lower > 0 { groups(cx, shown, of) } else { Vec::new() },
        documents: documents
            .map(|(at, entry)| document(&inputs.context(&entry.page, links), at, entry, lower))
            .collect(),
        words: glossaries.map(|(at, entry)| words(&inputs.context(&entry.page, links), at, entry, lower)).collect(),
        authorities: authorities(&inputs.context(&table, links)),
        authorities_id: AUTHORITIES_PAGE.stem().to_owned(),
        address: corpus.config.base_url.clone(),
        host: shell.host,
        edition: shell.edition,
        licence: shell.licence,
        contact: shell.contact,
        footer: shell.footer,
        generator: shell.generator,
    }
}

/// The glossary, and the one that a site adds to that of another.
fn glossaries(corpus: &Corpus) -> impl Iterator<Item = (EntryId, &Entry)> {
    corpus.entries.pairs().filter(|(_, entry)| entry.role == DocumentRole::Glossary)
}

fn links<'a>(
    inputs: Inputs<'a>,
    of: Option<EntryId>,
    shown: &[EntryId],
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> SingleLinks<'a> {
    let corpus = inputs.corpus;
    let home = corpus.home();
    let whole = home.into_iter().chain(glossaries(corpus).map(|(at, _)| at)).filter(|_| of.is_none());
    let entries: Vec<EntryId> = shown.iter().copied().chain(whole).collect();
    let documents = IncludedDocuments::new(corpus, &entries);
    let mut names = BTreeSet::new();
    let part = |entry: &Entry| {
        let (id, short) = (entry.document.id.to_string(), entry.document.front.short.clone());
        // Of two documents with one title the second says which it is.
        let name = if names.insert(short.clone()) { short } else { format!("{short} ({id})") };
        (entry.page.clone(), SinglePart { id, name })
    };
    let mut parts: BTreeMap<OutPath, _> = entries.iter().map(|at| corpus.entry(*at)).map(part).collect();
    let table =
        SinglePart { id: AUTHORITIES_PAGE.stem().to_owned(), name: inputs.theme.strings().text(phrase::SiteLaw) };
    parts.insert(AUTHORITIES_PAGE.path(), table);
    let named = documents.documents().into_iter().map(|at| corpus.entry(at));
    let paths: BTreeSet<&str> =
        named.flat_map(|entry| &entry.document.pictures).map(|picture| picture.path.as_str()).collect();
    let pictures = paths.into_iter().filter_map(|from| {
        let (path, _) = corpus.assets.get(from)?;
        Some((path.clone(), data(kind_of(from)?, &read(from)?)))
    });
    SingleLinks { documents, parts, base: corpus.config.base_url.clone(), pictures: pictures.collect() }
}

fn document(cx: &RenderContext<'_>, at: EntryId, entry: &Entry, lower: u8) -> SingleDocument {
    let DocumentBody { mut items, notes } = body(cx, at);
    for item in &mut items {
        if let ItemView::Heading { level, .. } = item {
            *level = (*level + lower).min(DEEPEST);
        }
    }
    let role = match entry.role {
        DocumentRole::Pack => "pack",
        DocumentRole::Timeline => "timeline",
        DocumentRole::Map => "map",
        _ => "document",
    };
    let map = (entry.role == DocumentRole::Map).then(|| map(cx));
    let (lines, other_lines) = map.map(|map| (map.lines, map.others)).unwrap_or_default();
    SingleDocument {
        id: entry.document.id.to_string(),
        document: card(cx, entry),
        role: role.to_owned(),
        numbered: items.iter().any(|item| matches!(item, ItemView::Clause(_))),
        source: source(cx, entry),
        relations: relations(cx, at),
        contents: contents(cx, entry),
        items,
        notes,
        notes_id: cx.id("notes"),
        lines,
        other_lines,
    }
}

fn words(cx: &RenderContext<'_>, at: EntryId, entry: &Entry, lower: u8) -> SingleWords {
    let GlossaryPage { title, mut parts, notes, .. } = pages::glossary::view(cx, at);
    for part in &mut parts {
        if let GlossaryPart::Heading { level, .. } = part {
            *level = (*level + lower).min(DEEPEST);
        }
    }
    SingleWords { id: entry.document.id.to_string(), title, parts, notes }
}

/// The groups of the home page with no more than the documents that are shown.
fn groups(cx: &RenderContext<'_>, shown: &[EntryId], of: Option<EntryId>) -> Vec<GroupView> {
    if of.is_some() {
        return vec![pages::home::group_view(cx, cx.say(phrase::DocumentParts), false, shown)];
    }
    let mut groups = pages::home::groups(cx);
    for group in &mut groups {
        group.documents.retain(|card| card.url.is_some());
    }
    groups.retain(|group| !group.documents.is_empty());
    groups
}

/// The table of what the shown documents cite.
fn authorities(cx: &RenderContext<'_>) -> Vec<AuthorityKindView> {
    let mut kinds = works_by_kind(cx);
    let works = kinds.iter().flat_map(|kind| &kind.authorities);
    let ids: HashSet<String> = works.map(|work| format!("#{}", work.id)).collect();
    for work in kinds.iter_mut().flat_map(|kind| &mut kind.authorities) {
        // What a Bill became, or an Act was, has no row unless it is cited, too.
        for other in work.became.iter_mut().chain(&mut work.formerly) {
            other.url.take_if(|url| !ids.contains(url));
        }
    }
    kinds
}

/// Content security policy of the page: its own style and script, and pictures within it.
fn policy(style: &str, script: &str) -> String {
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        allowed(script),
        allowed(style)
    )
}

/// Media type of a file, if it is a picture.
fn kind_of(path: &str) -> Option<&'static str> {
    Some(media_type(path)).filter(|kind| kind.starts_with("image/"))
}

fn data(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64.encode(bytes))
}

/// The source by which a policy allows a style or a script that is in the page.
fn allowed(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Hash::of(text.as_bytes()).bytes()))
}

/// A style that cannot end the element in which it is: `<\/` is `</` where CSS has a string,
/// and nothing elsewhere.
fn within_style(style: &str) -> String {
    style.replace("</", "<\\/")
}
