//! An edition in one page: a document, a pack or the whole site, with its style, its script and its pictures within it.
//!
//! Takes the resolved site, the theme, and the bytes of pictures and styles; gives markup. What has a page of its own on the
//! site has a section here, and its addresses begin with its id: `guidance-2008.html#3.37` is `#guidance-2008--3.37`. What is
//! not in the page is linked where the site is found, if that is known, else named by its citation.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::medium::Medium;
use super::page::Builder;
use super::theme::{self, Making, Theme};
use super::view::{self, Html};
use crate::corpus::{Cited, Citing, Corpus, Entry, Place, PlacePart, Role};
use crate::diagnostic::Diagnostic;
use crate::output::{AUTHORITIES_PAGE, HOME_PAGE, OutPath, media_type};
use crate::source::{Hash, SourceMap};
use crate::underway::Begun;

/// The deepest heading of HTML.
const DEEPEST: u8 = 6;

/// What is in an edition in one page.
pub struct Contained {
    /// The id under which each page of the site stands in it, and how it is called.
    parts: BTreeMap<OutPath, (String, String)>,
    /// Where the rest of the site is found.
    base: Option<String>,
    /// The data address of each picture.
    pictures: BTreeMap<OutPath, String>,
}

impl Contained {
    /// The id here of what has an id on a page.
    pub(super) fn id(&self, page: &OutPath, id: &str) -> String {
        match self.parts.get(page) {
            Some((own, _)) => format!("{own}--{id}"),
            None => id.to_owned(),
        }
    }

    /// The address of a page, or of a place on it; empty if nothing leads there.
    pub(super) fn address(&self, page: &OutPath, fragment: Option<&str>) -> String {
        match (self.parts.get(page), &self.base, fragment) {
            (Some(_), _, Some(fragment)) => format!("#{}", self.id(page, fragment)),
            (Some((own, _)), _, None) => format!("#{own}"),
            (None, Some(base), Some(fragment)) => format!("{base}{page}#{fragment}"),
            (None, Some(base), None) => format!("{base}{page}"),
            (None, None, _) => String::new(),
        }
    }

    /// How what would be a page of its own is called.
    pub(super) fn name(&self, page: &OutPath) -> Option<&str> {
        self.parts.get(page).map(|(_, name)| name.as_str())
    }

    /// The data address of a picture.
    pub(super) fn picture(&self, path: &OutPath) -> Option<String> {
        self.pictures.get(path).cloned()
    }
}

/// What an edition in one page is made from, beside the site.
pub struct Materials<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The style sheets of the site, the tokens first.
    pub style: String,
    /// The logo.
    pub logo: Option<Vec<u8>>,
    /// Reads a file of the site, by its path below the site's folder.
    pub read: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// For the places of what is wrong in a template.
    pub sources: &'a SourceMap,
    /// The page as it is listed while it is made.
    pub begun: Option<Begun<'a>>,
}

/// Makes the page: of the document `of`, or of the whole site.
pub fn single(corpus: &Corpus, of: Option<usize>, mut materials: Materials<'_>) -> Result<String, Box<Diagnostic>> {
    let begun = materials.begun.take();
    let materials = &materials;
    let shown = documents_of(corpus, of);
    let contained = contained(corpus, of, &shown, materials);
    let (page, authorities_page) = (HOME_PAGE.path(), AUTHORITIES_PAGE.path());
    let at_page = |page| Builder {
        corpus,
        comparisons: &[],
        page,
        index: None,
        timeline: None,
        medium: Medium::Single(&contained),
    };
    let shift = u8::from(of.is_none() || shown.len() > 1);
    let home = corpus.entries.iter().position(|entry| entry.role == Role::Home).filter(|_| of.is_none());
    let (items, notes) = home.and_then(|at| Some(at_page(&corpus.entry(at)?.page).body(at))).unwrap_or_default();
    let documents: Vec<view::SingleDocument> = shown
        .iter()
        .filter_map(|at| Some((*at, corpus.entry(*at)?)))
        .map(|(at, entry)| document(&at_page(&entry.page), at, entry, shift))
        .collect();
    let glossaries = if of.is_none() { glossaries(corpus) } else { Vec::new() };
    let words = glossaries.into_iter().filter_map(|at| {
        let entry = corpus.entry(at)?;
        let view::GlossaryPage { title, mut parts, notes, .. } = at_page(&entry.page).glossary(at)?;
        for part in &mut parts {
            if let view::GlossaryPart::Heading { level, .. } = part {
                *level = (*level + shift).min(DEEPEST);
            }
        }
        Some(view::SingleWords { id: entry.document.id.to_string(), title, parts, notes })
    });
    let authorities = authorities(corpus, &at_page(&authorities_page), &shown);
    let builder = at_page(&page);
    let shell = builder.shell(&[]);
    let first = of.and_then(|at| corpus.entry(at));
    let groups = if shift > 0 { groups(&builder, &shown, of) } else { Vec::new() };
    let style = within_style(&materials.style) + &theme::lean(theme::embedded("single/single.css").unwrap_or_default());
    let script = theme::lean(theme::embedded("single/single.js").unwrap_or_default());
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        allowed(&script),
        allowed(&style)
    );
    let view = view::SinglePage {
        title: first.map_or_else(|| shell.site.clone(), |entry| entry.document.front.title.clone()),
        site: shell.site,
        logo: materials.logo.as_deref().map(|logo| data("image/svg+xml", logo)),
        language: shell.language,
        description: match first {
            Some(entry) => builder.in_a_sentence(entry),
            None => corpus.config.description.clone(),
        },
        policy,
        style: Html::new(&style),
        script: Html::new(&script),
        home_id: home.and_then(|at| Some(corpus.entry(at)?.document.id.to_string())),
        items,
        notes,
        groups,
        documents,
        words: words.collect(),
        authorities,
        authorities_id: AUTHORITIES_PAGE.stem().to_owned(),
        address: corpus.config.base_url.clone(),
        host: shell.host,
        edition: shell.edition,
        licence: shell.licence,
        contact: shell.contact,
        footer: shell.footer,
        generator: shell.generator,
    };
    materials.theme.page("single.html", &view, Making { page: &page, sources: materials.sources, begun })
}

/// The documents that are shown, in the order of the home page; a publication stands with all of its files.
fn documents_of(corpus: &Corpus, of: Option<usize>) -> Vec<usize> {
    let navigation = corpus.config.navigation.iter().flat_map(|group| &group.items);
    let named = navigation.filter_map(|item| corpus.find(&item.value));
    let papers = || corpus.papers().map(|(at, _)| at);
    let wanted: Vec<usize> = match of {
        Some(at) => vec![at],
        None => {
            named.filter(|at| corpus.entry(*at).is_some_and(|entry| entry.role.is_paper())).chain(papers()).collect()
        }
    };
    let files = |at: usize| {
        let files = corpus.entry(at).map_or(&[][..], |entry| entry.resolution.files.as_slice());
        std::iter::once(at).chain(files.iter().copied()).collect::<Vec<_>>()
    };
    let mut seen = HashSet::new();
    wanted.into_iter().flat_map(files).filter(|at| seen.insert(*at)).collect()
}

/// The glossary, and the one that a site adds to that of another.
fn glossaries(corpus: &Corpus) -> Vec<usize> {
    let entries = corpus.entries.iter().enumerate();
    entries.filter(|(_, entry)| entry.role == Role::Glossary).map(|(at, _)| at).collect()
}

/// The local notes on the shown documents.
fn local_notes(corpus: &Corpus, shown: &[usize]) -> impl Iterator<Item = usize> {
    shown.iter().filter_map(|at| corpus.entry(*at)?.resolution.notes)
}

fn contained(corpus: &Corpus, of: Option<usize>, shown: &[usize], materials: &Materials<'_>) -> Contained {
    let home = corpus.entries.iter().position(|entry| entry.role == Role::Home);
    let whole = home.into_iter().chain(glossaries(corpus)).filter(|_| of.is_none());
    let entries: Vec<&Entry> = shown.iter().copied().chain(whole).filter_map(|at| corpus.entry(at)).collect();
    let part = |entry: &&Entry| {
        let document = &entry.document;
        (entry.page.clone(), (document.id.to_string(), document.front.short.clone()))
    };
    let mut parts: BTreeMap<OutPath, (String, String)> = entries.iter().map(part).collect();
    let authorities = AUTHORITIES_PAGE.stem().to_owned();
    parts.insert(AUTHORITIES_PAGE.path(), (authorities, "The law".to_owned()));
    let drawn = drawn_in(corpus, shown);
    let others = drawn.iter().filter_map(|(at, _)| corpus.entry(*at));
    let notes = local_notes(corpus, shown).filter_map(|at| corpus.entry(at));
    let named = entries.iter().copied().chain(others).chain(notes).flat_map(|entry| &entry.document.pictures);
    let paths: BTreeSet<&str> = named.map(|picture| picture.path.as_str()).collect();
    let pictures = paths.into_iter().filter_map(|from| {
        let (path, _) = corpus.assets.get(from)?;
        Some((path.clone(), data(kind_of(from)?, &(materials.read)(from)?)))
    });
    Contained { parts, base: corpus.config.base_url.clone(), pictures: pictures.collect() }
}

fn document(builder: &Builder<'_>, at: usize, entry: &Entry, shift: u8) -> view::SingleDocument {
    let (mut items, notes) = builder.body(at);
    lower(&mut items, shift);
    let role = match entry.role {
        Role::Pack => "pack",
        Role::Timeline => "timeline",
        Role::Map => "map",
        _ => "document",
    };
    view::SingleDocument {
        id: entry.document.id.to_string(),
        document: builder.card(entry),
        role: role.to_owned(),
        numbered: items.iter().any(|item| matches!(item, view::Item::Clause(_))),
        source: builder.source(entry),
        relations: builder.relations(at),
        contents: builder.contents(entry),
        items,
        notes,
        notes_id: builder.state(false).here("notes"),
        lines: if entry.role == Role::Map { builder.map().lines } else { Vec::new() },
    }
}

/// Puts headings below that of their document.
fn lower(items: &mut [view::Item], shift: u8) {
    for item in items {
        if let view::Item::Heading { level, .. } = item {
            *level = (*level + shift).min(DEEPEST);
        }
    }
}

/// The groups of the home page with no more than the documents that are shown.
fn groups(builder: &Builder<'_>, shown: &[usize], of: Option<usize>) -> Vec<view::Group> {
    let cards = |shown: &[usize]| {
        shown.iter().filter_map(|at| Some(builder.card(builder.corpus.entry(*at)?))).collect::<Vec<_>>()
    };
    if of.is_some() {
        return vec![view::Group { title: "Parts".to_owned(), documents: cards(shown) }];
    }
    let mut groups = builder.home(None).groups;
    for group in &mut groups {
        group.documents.retain(|card| !card.url.is_empty());
    }
    groups.retain(|group| !group.documents.is_empty());
    groups
}

/// The clauses of other documents that the shown ones draw in.
fn drawn_in(corpus: &Corpus, shown: &[usize]) -> BTreeSet<(usize, usize)> {
    let packs = shown.iter().filter_map(|at| corpus.entry(*at)).filter(|entry| entry.role == Role::Pack);
    let drawn = packs.flat_map(|pack| corpus.all_drawn_in(pack));
    drawn.flat_map(|(at, clauses)| clauses.into_iter().map(move |clause| (at, clause))).collect()
}

/// The table of what the shown documents cite.
fn authorities(corpus: &Corpus, builder: &Builder<'_>, shown: &[usize]) -> Vec<view::AuthorityKind> {
    let drawn = drawn_in(corpus, shown);
    let shown: Vec<usize> = shown.iter().copied().chain(local_notes(corpus, shown)).collect();
    let is_shown = |citing: &Citing| {
        let Place { entry, part } = citing.place;
        shown.contains(&entry)
            || matches!(part, PlacePart::Clause(clause)
                if corpus.entry(entry).is_some_and(|other| drawn.contains(&(entry, other.document.whole_clause(clause)))))
    };
    let shown_of = |citing: &BTreeSet<Citing>| citing.iter().copied().filter(is_shown).collect::<BTreeSet<Citing>>();
    let cited = corpus.authorities.iter().filter_map(|cited| {
        let provisions = cited.provisions.iter().map(|(provision, citing)| (provision.clone(), shown_of(citing)));
        let cited = Cited {
            authority: cited.authority.clone(),
            declared: cited.declared,
            whole: shown_of(&cited.whole),
            provisions: provisions.filter(|(_, citing)| !citing.is_empty()).collect(),
        };
        (!cited.whole.is_empty() || !cited.provisions.is_empty()).then_some(cited)
    });
    let cited: Vec<Cited> = cited.collect();
    let mut kinds = builder.authorities_of(&cited);
    let ids: HashSet<String> =
        kinds.iter().flat_map(|kind| &kind.authorities).map(|authority| format!("#{}", authority.id)).collect();
    for authority in kinds.iter_mut().flat_map(|kind| &mut kind.authorities) {
        authority.formers.clear();
        // What a Bill became has no row unless it is cited, too.
        if let Some(became) = authority.became.as_mut().filter(|became| !ids.contains(&became.url)) {
            became.url.clear();
        }
    }
    kinds
}

/// What a browser shows such a file as, if it is a picture.
fn kind_of(path: &str) -> Option<&'static str> {
    Some(media_type(path)).filter(|kind| kind.starts_with("image/"))
}

fn data(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", BASE64.encode(bytes))
}

/// The source by which a policy allows a style or a script that stands in the page.
fn allowed(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Hash::of(text.as_bytes()).bytes()))
}

/// A style that cannot end the element in which it stands: `<\/` is `</` where CSS has a string, and nothing elsewhere.
fn within_style(style: &str) -> String {
    style.replace("</", "<\\/")
}
