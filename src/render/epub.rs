//! A document, a pack or the whole site as a book for readers of EPUB.
//!
//! Takes what pages are made from; gives a [`Book`]: the same views run through templates of their
//! own, with links that lead to what the book holds. A document is one chapter, so that addresses
//! in the book look like those of the site. Never packs the book, and looks at no clock: its day is
//! that of the edition, or of its newest document.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::components::cards::{card, description, source};
use super::context::shell::{local_words, shell};
use super::inputs::Inputs;
use super::links::Links as _;
use super::links::book::{BookLinks, file};
use super::reading_order::{ReadingGroup, reading_order, with_files};
use super::subject::Subject;
use super::view::{BookContentsPage, BookLine, BookTitlePage, Link, Shell};
use super::{pages, theme};
use crate::book::{Book, BookMetadata, Chapter, ChapterRole};
use crate::corpus::{Entry, EntryId};
use crate::diagnostic::Diagnostic;
use crate::output::{HOME_PAGE, OutPath};
use crate::source::Hash;
use crate::strings::{Words, phrase};

/// The day of a book that neither an edition nor a document dates: the first that a zip file can
/// name.
const NO_DAY: &str = "1980-01-01";

/// The deepest headings in the contents of a book.
const DEEPEST: u8 = 3;

/// Makes a book of a document, or of the site if none is named; nothing of a site without a text.
/// If a publication has several files, the first stands for all. `unfit` are the pictures that no
/// book can hold: their words take their places.
///
/// # Errors
///
/// Faults in the templates.
pub fn book(
    inputs: Inputs<'_>,
    of: Option<EntryId>,
    unfit: &BTreeSet<OutPath>,
) -> Result<Option<Book>, Vec<Diagnostic>> {
    let corpus = inputs.corpus;
    let groups = match of {
        Some(at) => vec![ReadingGroup { title: None, entries: with_files(corpus, at) }],
        None => {
            // The site's own words come first.
            let home = corpus.home();
            let home = ReadingGroup { title: None, entries: home.into_iter().collect() };
            std::iter::once(home).chain(reading_order(corpus, inputs.theme.strings())).collect()
        }
    };
    let entries: Vec<EntryId> = groups.iter().flat_map(|group| group.entries.iter().copied()).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let held = BookLinks::new(corpus, &entries, of.is_none(), unfit);
    let mut subjects: Vec<Subject<'_>> = entries.iter().map(|at| Subject::Document(*at)).collect();
    if corpus.authorities.iter().any(|cited| held.cites(cited)) {
        subjects.push(Subject::Authorities);
    }
    let explaining: BTreeSet<EntryId> = held.words().map(|word| word.entry).collect();
    subjects.extend(explaining.into_iter().map(Subject::Glossary));
    let of = of.map(|at| corpus.entry(at));
    let made: Vec<ChapterResult> = subjects.par_iter().map(|subject| chapter(inputs, &held, *subject)).collect();
    let front = [title_page(inputs, &held, of), contents_page(inputs, &held, of, &groups, &subjects)];
    let (mut chapters, mut faults) = (Vec::new(), Vec::new());
    for made in front.into_iter().chain(made) {
        match made {
            Ok(chapter) => chapters.extend(chapter),
            Err(fault) => faults.push(*fault),
        }
    }
    // A template that is wrong is wrong in many chapters: once is enough.
    faults.dedup_by(|a, b| a.span == b.span);
    if !faults.is_empty() {
        return Err(faults);
    }
    let style = theme::book_style(inputs.sources, &corpus.config.theme.0);
    let (left_out, pictures) = held.pictures().into_iter().partition(|(path, _)| held.leaves_out(path));
    Ok(Some(Book { facts: facts(inputs, &held, of, &entries), chapters, style, pictures, left_out }))
}

type ChapterResult = Result<Option<Chapter>, Box<Diagnostic>>;

fn chapter(inputs: Inputs<'_>, held: &BookLinks<'_>, subject: Subject<'_>) -> ChapterResult {
    let Some(path) = subject.path(inputs) else { return Ok(None) };
    let cx = inputs.context(&path, held);
    let making = inputs.making(&path, None);
    let theme = inputs.theme;
    let mut is_drawn = false;
    let markup = match subject {
        Subject::Authorities => theme.page("epub-authorities.xhtml", &pages::authorities::view(&cx), making),
        Subject::Glossary(at) => theme.page("epub-glossary.xhtml", &pages::glossary::view(&cx, at), making),
        Subject::Document(at) => {
            let page = pages::document::view(&cx, at);
            is_drawn = page.map.is_some();
            theme.page("epub-document.xhtml", &page, making)
        }
        _ => return Ok(None),
    };
    Ok(Some(Chapter { path: text_file(&path), markup: in_xml(markup?), role: ChapterRole::Text, is_drawn }))
}

/// The title page: whose words these are, and what they are worth.
fn title_page(inputs: Inputs<'_>, held: &BookLinks<'_>, of: Option<&Entry>) -> ChapterResult {
    let corpus = inputs.corpus;
    let page = HOME_PAGE.path();
    let cx = inputs.context(&page, held);
    let mut shell = shell(&cx, &[]);
    shell.local = of.and_then(|entry| local_words(&cx, entry));
    shell.contact = shell.contact.and_then(|contact| {
        let url = cx.elsewhere(contact.url)?;
        Some(Link { url: Some(url), words: contact.words })
    });
    let view = BookTitlePage {
        title: book_title(&shell, of),
        shell,
        document: of.map(|entry| card(&cx, entry)),
        source: of.and_then(|entry| source(&cx, entry)),
        restates: corpus.papers().any(|(_, entry)| entry.document.front.source.is_some()),
        description: corpus.config.description.clone().filter(|_| of.is_none()),
        edition_day: inputs.history.editions.first().and_then(|edition| Some(cx.strings.date(edition.date?))),
    };
    let markup = in_xml(inputs.theme.page("epub-title.xhtml", &view, inputs.making(&page, None))?);
    let path = "title.xhtml".to_owned();
    Ok(Some(Chapter { path, markup, role: ChapterRole::Title, is_drawn: false }))
}

fn book_title(shell: &Shell, of: Option<&Entry>) -> String {
    of.map_or(&shell.site, |entry| &entry.document.front.title).clone()
}

fn contents_page(
    inputs: Inputs<'_>,
    held: &BookLinks<'_>,
    of: Option<&Entry>,
    groups: &[ReadingGroup],
    subjects: &[Subject<'_>],
) -> ChapterResult {
    let corpus = inputs.corpus;
    let page = HOME_PAGE.path();
    let shell = shell(&inputs.context(&page, held), &[]);
    let file = |subject: Subject| Some(text_file(&subject.path(inputs)?));
    let mut lines = Vec::new();
    for group in groups {
        let documents = group.entries.iter().map(|at| document_line(corpus.entry(*at)));
        match &group.title {
            Some(title) => lines.push(BookLine { words: title.clone(), url: None, lines: documents.collect() }),
            None => lines.extend(documents),
        }
    }
    let mut glossary = None;
    for subject in subjects {
        let words = match subject {
            Subject::Authorities => inputs.theme.strings().say(phrase::LawTitle),
            Subject::Glossary(at) => {
                glossary = glossary.or_else(|| file(*subject));
                Words::own(&corpus.entry(*at).document.front.title)
            }
            _ => continue,
        };
        lines.extend(file(*subject).map(|url| BookLine { words, url: Some(url), lines: Vec::new() }));
    }
    let start = subjects.first().and_then(|subject| file(*subject));
    let view = BookContentsPage { title: book_title(&shell, of), shell, lines, start, glossary };
    let markup = in_xml(inputs.theme.page("epub-contents.xhtml", &view, inputs.making(&page, None))?);
    let path = "contents.xhtml".to_owned();
    Ok(Some(Chapter { path, markup, role: ChapterRole::Contents, is_drawn: false }))
}

fn facts(inputs: Inputs<'_>, held: &BookLinks<'_>, of: Option<&Entry>, entries: &[EntryId]) -> BookMetadata {
    let corpus = inputs.corpus;
    let config = &corpus.config;
    let front = of.map(|entry| &entry.document.front);
    let site = config.brand.name.as_ref().unwrap_or(&config.title);
    let host = config.host.as_ref().or(config.brand.host.as_ref());
    let edition = inputs.history.editions.first().and_then(|edition| edition.date);
    let published = entries.iter().filter_map(|at| corpus.entry(*at).document.front.published);
    let newest = published.map(|date| date.last_day()).max();
    let day = edition.map(|date| date.last_day()).or(newest);
    let page = of.map_or("", |entry| entry.page.as_str());
    let source = front.and_then(|front| front.source.as_ref());
    // Who published the paper does not publish it in other words.
    let issuer = front.and_then(|front| front.issuer.as_ref()).filter(|_| source.is_none());
    BookMetadata {
        title: front.map_or(site, |front| &front.title).clone(),
        language: front.and_then(|front| front.language.as_ref()).unwrap_or(&config.language).clone(),
        identifier: identifier(&format!("{}\n{page}", config.base_url.as_ref().unwrap_or(&config.title))),
        modified: day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string()),
        date: match front {
            Some(front) => front.published.map(|date| date.to_string()),
            None => edition.map(|date| date.to_string()),
        },
        publisher: Some(issuer.or(host).unwrap_or(site).clone()),
        source: source.map(|source| source.title.clone()),
        description: match of {
            Some(entry) => description(&inputs.context(&entry.page, held), entry),
            None => config.description.clone(),
        },
        rights: config.licence.clone(),
        accessibility: inputs.theme.strings().text(phrase::BookAccessibility),
    }
}

/// The file in the book of the text of a page.
fn text_file(page: &OutPath) -> String {
    format!("text/{}", file(page.as_str()))
}

/// A document in the contents, with its upper headings.
fn document_line(entry: &Entry) -> BookLine {
    let url = text_file(&entry.page);
    let mut lines: Vec<BookLine> = Vec::new();
    for section in entry.document.sections.iter().filter(|section| section.level <= DEEPEST) {
        let url = Some(format!("{url}#{}", section.anchor));
        let line = BookLine { words: Words::own(&section.title), url, lines: Vec::new() };
        match lines.last_mut() {
            Some(above) if section.level == DEEPEST => above.lines.push(line),
            _ => lines.push(line),
        }
    }
    BookLine { words: Words::own(&entry.document.front.title), url: Some(url), lines }
}

/// Markup without the letters that XML cannot hold (XML 1.0, 2.2): they are only among an
/// author's words.
fn in_xml(markup: String) -> String {
    let unfit = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if markup.contains(unfit) { markup.replace(unfit, "\u{fffd}") } else { markup }
}

/// Identifier of a book, made from a name: a UUID of the eighth version, whose bits are its maker's
/// (RFC 9562, 5.8).
fn identifier(name: &str) -> String {
    let hash = Hash::of(format!("clausebook epub\n{name}").as_bytes()).to_string();
    let part = |range: std::ops::Range<usize>| hash.get(range).unwrap_or_default().to_owned();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0..8), part(8..12), part(12..15), part(15..18), part(18..30))
}
