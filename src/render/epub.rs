//! A document, a pack or the whole site as a book for readers of EPUB.
//!
//! Takes what pages are made from; gives a [`Book`]: the same views run through templates of their own, with links that lead
//! to what the book holds. A document is one chapter, so that addresses in the book look like those of the site. Never packs
//! the book, and looks at no clock: its day is that of the edition, or of its newest document.

mod held;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::medium::Medium;
use super::page::Builder;
use super::theme::Making;
use super::{Ground, Subject, path, theme, view};
use crate::book::{Book, Chapter, ChapterRole, Facts};
use crate::corpus::{Corpus, Entry, Role};
use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::output::{HOME_PAGE, OutPath};
use crate::source::Hash;
use crate::underway::{Piece, Work};
pub use held::{Held, web_address};

/// The day of a book that neither an edition nor a document dates: the first that a zip file can name.
const NO_DAY: &str = "1980-01-01";

/// The deepest headings in the contents of a book.
const DEEPEST: u8 = 3;

/// Makes a book of a document, or of the site if none is named; nothing of a site without a text. Of a publication in several
/// files, the first stands for all. `unfit` are the pictures that no book can hold: their words stand in their places.
///
/// # Errors
///
/// What is wrong in the templates.
pub fn book(ground: Ground<'_>, of: Option<usize>, unfit: &BTreeSet<OutPath>) -> Result<Option<Book>, Vec<Diagnostic>> {
    let corpus = ground.corpus;
    let parts = match of {
        Some(at) => vec![Part { title: None, entries: with_files(corpus, at) }],
        None => parts(corpus),
    };
    let entries: Vec<usize> = parts.iter().flat_map(|part| part.entries.iter().copied()).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let held = Held::new(corpus, &entries, of.is_none(), unfit);
    let mut subjects: Vec<Subject> = entries.iter().map(|at| Subject::Document(*at)).collect();
    if corpus.authorities.iter().any(|cited| held.cites(cited)) {
        subjects.push(Subject::Authorities);
    }
    let explaining: BTreeSet<usize> = held.words().map(|word| word.entry).collect();
    subjects.extend(explaining.into_iter().map(Subject::Glossary));
    let maker = Maker { ground, held: &held, of: of.and_then(|at| corpus.entry(at)) };
    let made: Vec<Made> = subjects.par_iter().map(|subject| maker.chapter(*subject)).collect();
    let (mut chapters, mut faults) = (Vec::new(), Vec::new());
    for made in [maker.title(), maker.contents(&parts, &subjects)].into_iter().chain(made) {
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
    let style = theme::book_style(ground.sources, &corpus.config.theme.0);
    let (left_out, pictures) = held.pictures().into_iter().partition(|(path, _)| held.leaves_out(path));
    Ok(Some(Book { facts: maker.facts(&entries), chapters, style, pictures, left_out }))
}

/// Documents that stand together in the contents, under a title if they have one.
struct Part {
    title: Option<String>,
    entries: Vec<usize>,
}

/// A document with the other files of its publication, if it is the first.
fn with_files(corpus: &Corpus, at: usize) -> Vec<usize> {
    let files = corpus.entry(at).map(|entry| entry.resolution.files.clone()).unwrap_or_default();
    if files.is_empty() { vec![at] } else { files }
}

/// The documents of the site as its home page lists them, after its own words.
fn parts(corpus: &Corpus) -> Vec<Part> {
    let mut taken = BTreeSet::new();
    let mut take = |entries: Vec<usize>| entries.into_iter().filter(|at| taken.insert(*at)).collect::<Vec<_>>();
    let home = corpus.entries.iter().position(|entry| entry.role == Role::Home);
    let mut parts = vec![Part { title: None, entries: take(home.into_iter().collect()) }];
    for group in &corpus.config.navigation {
        let items = group.items.iter().filter_map(|item| corpus.find(&item.value));
        let papers = items.filter(|at| corpus.entry(*at).is_some_and(|entry| entry.role.is_paper()));
        let entries = take(papers.flat_map(|at| with_files(corpus, at)).collect());
        parts.push(Part { title: Some(group.title.clone()), entries });
    }
    let others = take(corpus.papers().flat_map(|(at, _)| with_files(corpus, at)).collect());
    let title = parts.get(1).map(|_| "More documents".to_owned());
    parts.push(Part { title, entries: others });
    parts.retain(|part| !part.entries.is_empty());
    parts
}

struct Maker<'a> {
    ground: Ground<'a>,
    held: &'a Held<'a>,
    /// The document whose book it is.
    of: Option<&'a Entry>,
}

type Made = Result<Option<Chapter>, Box<Diagnostic>>;

impl<'a> Maker<'a> {
    fn builder<'b>(&'b self, page: &'b OutPath) -> Builder<'b> {
        let Ground { corpus, comparisons, .. } = self.ground;
        Builder { corpus, comparisons, page, index: None, timeline: None, medium: Medium::Book(self.held) }
    }

    /// A chapter is under way as a page is.
    fn making<'p>(&'p self, page: &'p OutPath) -> Making<'p> {
        let Ground { theme, sources, under_way, .. } = self.ground;
        let words = Piece::new(Work::Words(page.clone()), theme.fallback());
        Making { page, sources, begun: under_way.map(|under_way| under_way.begin(words)) }
    }

    fn chapter(&self, subject: Subject) -> Made {
        let Ground { corpus, theme, .. } = self.ground;
        let Some(path) = path(corpus, subject) else { return Ok(None) };
        let builder = self.builder(&path);
        let mut is_drawn = false;
        let markup = match subject {
            Subject::Authorities => theme.page("epub-authorities.xhtml", &builder.authorities(), self.making(&path)),
            Subject::Glossary(at) => theme.page("epub-glossary.xhtml", &builder.glossary(at), self.making(&path)),
            Subject::Document(at) => {
                let page = builder.document(at);
                is_drawn = page.as_ref().is_some_and(|page| page.map.is_some());
                theme.page("epub-document.xhtml", &page, self.making(&path))
            }
            _ => return Ok(None),
        };
        let path = format!("text/{}", held::file(path.as_str()));
        Ok(Some(Chapter { path, markup: in_xml(markup?), role: ChapterRole::Text, is_drawn }))
    }

    /// The title page: whose words these are, and what they are worth.
    fn title(&self) -> Made {
        let Ground { corpus, theme, .. } = self.ground;
        let page = HOME_PAGE.path();
        let builder = self.builder(&page);
        let mut shell = builder.shell(&[]);
        shell.local = self.of.and_then(|entry| builder.local(entry));
        shell.contact = shell
            .contact
            .and_then(|contact| Some(view::Link { url: builder.elsewhere(Some(contact.url))?, words: contact.words }));
        let view = view::BookTitlePage {
            title: self.book_title(&shell),
            shell,
            document: self.of.map(|entry| builder.card(entry)),
            source: self.of.and_then(|entry| builder.source(entry)),
            restates: corpus.papers().any(|(_, entry)| entry.document.front.source.is_some()),
            description: corpus.config.description.clone().filter(|_| self.of.is_none()),
            edition_day: corpus.history.editions.first().and_then(|edition| Some(edition.date.as_ref()?.0.clone())),
        };
        let markup = in_xml(theme.page("epub-title.xhtml", &view, self.making(&page))?);
        let path = "title.xhtml".to_owned();
        Ok(Some(Chapter { path, markup, role: ChapterRole::Title, is_drawn: false }))
    }

    fn book_title(&self, shell: &view::Shell) -> String {
        self.of.map_or(&shell.site, |entry| &entry.document.front.title).clone()
    }

    fn contents(&self, parts: &[Part], subjects: &[Subject]) -> Made {
        let Ground { corpus, theme, .. } = self.ground;
        let page = HOME_PAGE.path();
        let shell = self.builder(&page).shell(&[]);
        let file = |subject: Subject| Some(format!("text/{}", held::file(path(corpus, subject)?.as_str())));
        let mut lines = Vec::new();
        for part in parts {
            let documents = part.entries.iter().filter_map(|at| Some(document_line(corpus.entry(*at)?)));
            match &part.title {
                Some(title) => {
                    lines.push(view::BookLine { words: title.clone(), url: String::new(), lines: documents.collect() })
                }
                None => lines.extend(documents),
            }
        }
        let mut glossary = None;
        for subject in subjects {
            let words = match subject {
                Subject::Authorities => "The law and other sources".to_owned(),
                Subject::Glossary(at) => {
                    glossary = glossary.or_else(|| file(*subject));
                    corpus.entry(*at).map(|entry| entry.document.front.title.clone()).unwrap_or_default()
                }
                _ => continue,
            };
            lines.extend(file(*subject).map(|url| view::BookLine { words, url, lines: Vec::new() }));
        }
        let start = subjects.first().and_then(|subject| file(*subject));
        let view = view::BookContentsPage { title: self.book_title(&shell), shell, lines, start, glossary };
        let markup = in_xml(theme.page("epub-contents.xhtml", &view, self.making(&page))?);
        let path = "contents.xhtml".to_owned();
        Ok(Some(Chapter { path, markup, role: ChapterRole::Contents, is_drawn: false }))
    }

    fn facts(&self, entries: &[usize]) -> Facts {
        let corpus = self.ground.corpus;
        let config = &corpus.config;
        let front = self.of.map(|entry| &entry.document.front);
        let site = config.brand.name.as_ref().unwrap_or(&config.title);
        let host = config.host.as_ref().or(config.brand.host.as_ref());
        let edition = corpus.history.editions.first().and_then(|edition| Some(edition.date.as_ref()?.1.clone()));
        let published = entries.iter().filter_map(|at| corpus.entry(*at)?.document.front.published);
        let newest = published.map(|date| date.last_day()).max();
        let day = edition.as_deref().and_then(PartialDate::parse).map(|date| date.last_day()).or(newest);
        let page = self.of.map_or("", |entry| entry.page.as_str());
        let source = front.and_then(|front| front.source.as_ref());
        // Who published the paper does not publish it in other words.
        let issuer = front.and_then(|front| front.issuer.as_ref()).filter(|_| source.is_none());
        Facts {
            title: front.map_or(site, |front| &front.title).clone(),
            language: config.language.clone(),
            identifier: identifier(&format!("{}\n{page}", config.base_url.as_ref().unwrap_or(&config.title))),
            modified: day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string()),
            date: match front {
                Some(front) => front.published.map(|date| date.to_string()),
                None => edition,
            },
            publisher: Some(issuer.or(host).unwrap_or(site).clone()),
            source: source.map(|source| source.title.clone()),
            description: match self.of {
                Some(entry) => self.builder(&entry.page).in_a_sentence(entry),
                None => config.description.clone(),
            },
            rights: config.licence.clone(),
        }
    }
}

/// A document in the contents, with its upper headings.
fn document_line(entry: &Entry) -> view::BookLine {
    let url = format!("text/{}", held::file(entry.page.as_str()));
    let mut lines: Vec<view::BookLine> = Vec::new();
    for section in entry.document.sections.iter().filter(|section| section.level <= DEEPEST) {
        let url = format!("{url}#{}", section.anchor);
        let line = view::BookLine { words: section.title.clone(), url, lines: Vec::new() };
        match lines.last_mut() {
            Some(above) if section.level == DEEPEST => above.lines.push(line),
            _ => lines.push(line),
        }
    }
    view::BookLine { words: entry.document.front.title.clone(), url, lines }
}

/// Markup without the letters that XML cannot hold (XML 1.0, 2.2): they stand only among an author's words.
fn in_xml(markup: String) -> String {
    let unfit = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if markup.contains(unfit) { markup.replace(unfit, "\u{fffd}") } else { markup }
}

/// What a book is known by, made from a name: a UUID of the eighth version, whose bits are its maker's (RFC 9562, 5.8).
fn identifier(name: &str) -> String {
    let hash = Hash::of(format!("clausebook epub\n{name}").as_bytes()).to_string();
    let part = |range: std::ops::Range<usize>| hash.get(range).unwrap_or_default().to_owned();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0..8), part(8..12), part(12..15), part(15..18), part(18..30))
}
