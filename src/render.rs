//! Which pages a corpus has, and the finished page for each.
//!
//! Takes the resolved site and a theme; gives markup by path. Each page is a view, made here, run through its template;
//! pages are made in parallel and given in one order. Never writes a file, and never lets a template look anything up.

pub mod html;
pub mod theme;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::config::TermRef;
use crate::corpus::{Corpus, Entry, Goal, Other, Place, PlacePart, Role};
use crate::diagnostic::Diagnostic;
use crate::document::{AuthorityKind, Clause, Item, Relation, Status};
use crate::output::OutPath;
use crate::source::{SourceMap, Span};
use html::PageState;
use theme::Theme;
use view::{Html, Link};

/// The page of authorities.
pub const AUTHORITIES_PAGE: &str = "authorities.html";
/// The feed, if there is one.
pub const FEED: &str = "feed.xml";

/// One finished page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the output.
    pub path: OutPath,
    /// Its markup.
    pub markup: String,
    /// What it was made from, for messages about its path.
    pub origin: Option<Span>,
}

/// What a page is made from.
#[derive(Clone, Copy, Debug)]
enum Subject {
    Home(usize),
    Document(usize),
    Clause(usize, usize),
    Taxonomy(usize),
    Term(TermRef),
    Authorities,
    Glossary(usize),
    NotFound,
}

/// Makes every page.
pub fn pages(corpus: &Corpus, theme: &Theme, sources: &SourceMap) -> (Vec<Page>, Vec<Diagnostic>) {
    let made: Vec<Result<Page, Box<Diagnostic>>> = subjects(corpus)
        .into_par_iter()
        .filter_map(|subject| Some((subject, path(corpus, subject)?)))
        .map(|(subject, path)| {
            let markup = Builder { corpus, page: &path }.render(subject, theme, sources)?;
            Ok(Page { origin: origin(corpus, subject), path, markup })
        })
        .collect();
    let mut pages = Vec::new();
    let mut faults: Vec<Diagnostic> = Vec::new();
    for page in made {
        match page {
            Ok(page) => pages.push(page),
            // A template that is wrong is wrong on many pages: once is enough.
            Err(fault) if faults.iter().any(|known| known.span == fault.span) => {}
            Err(fault) => faults.push(*fault),
        }
    }
    (pages, faults)
}

fn subjects(corpus: &Corpus) -> Vec<Subject> {
    let mut subjects = vec![Subject::NotFound];
    if !corpus.authorities.is_empty() {
        subjects.push(Subject::Authorities);
    }
    for (at, taxonomy) in corpus.config.taxonomies.iter().enumerate() {
        subjects.push(Subject::Taxonomy(at));
        subjects.extend((0..taxonomy.terms.len()).map(|term| Subject::Term(TermRef { taxonomy: at, term })));
    }
    for (at, entry) in corpus.entries.iter().enumerate() {
        subjects.push(match entry.role {
            Role::Home => Subject::Home(at),
            Role::Glossary => Subject::Glossary(at),
            Role::Pack | Role::Document => Subject::Document(at),
        });
        if corpus.config.clause_pages && entry.role == Role::Document {
            let clauses = entry.document.clauses.iter().enumerate();
            subjects.extend(clauses.filter(|(_, c)| c.parent.is_none()).map(|(clause, _)| Subject::Clause(at, clause)));
        }
    }
    subjects
}

fn path(corpus: &Corpus, subject: Subject) -> Option<OutPath> {
    match subject {
        Subject::Home(at) | Subject::Document(at) | Subject::Glossary(at) => Some(corpus.entry(at)?.page.clone()),
        Subject::Clause(at, clause) => {
            let entry = corpus.entry(at)?;
            entry.clause_page(entry.document.clauses.get(clause)?)
        }
        Subject::Taxonomy(at) => OutPath::new(&format!("{}/index.html", corpus.config.taxonomies.get(at)?.slug)),
        Subject::Term(term) => {
            let taxonomy = corpus.config.taxonomies.get(term.taxonomy)?;
            OutPath::new(&format!("{}/{}.html", taxonomy.slug, taxonomy.terms.get(term.term)?.slug))
        }
        Subject::Authorities => OutPath::new(AUTHORITIES_PAGE),
        Subject::NotFound => OutPath::new("404.html"),
    }
}

/// The address of a taxonomy or term from the site's root.
pub fn term_path(corpus: &Corpus, term: TermRef) -> Option<OutPath> {
    path(corpus, Subject::Term(term))
}

fn origin(corpus: &Corpus, subject: Subject) -> Option<Span> {
    match subject {
        Subject::Home(at) | Subject::Document(at) | Subject::Glossary(at) => {
            Some(Span::new(corpus.entry(at)?.document.file, 0..0))
        }
        Subject::Clause(at, clause) => Some(corpus.entry(at)?.document.clauses.get(clause)?.span),
        Subject::Taxonomy(at) => Some(corpus.config.taxonomies.get(at)?.span),
        Subject::Term(term) => Some(corpus.config.taxonomies.get(term.taxonomy)?.terms.get(term.term)?.span),
        Subject::Authorities | Subject::NotFound => None,
    }
}

/// Makes views for one page.
struct Builder<'a> {
    corpus: &'a Corpus,
    page: &'a OutPath,
}

impl Builder<'_> {
    fn render(&self, subject: Subject, theme: &Theme, sources: &SourceMap) -> Result<String, Box<Diagnostic>> {
        let page = self.page;
        match subject {
            Subject::Home(at) => theme.page("home.html", &self.home(at), page, sources),
            Subject::Document(at) => {
                let pack = self.corpus.entry(at).is_some_and(|entry| entry.role == Role::Pack);
                theme.page(if pack { "pack.html" } else { "document.html" }, &self.document(at), page, sources)
            }
            Subject::Clause(at, clause) => theme.page("clause.html", &self.clause_page(at, clause), page, sources),
            Subject::Taxonomy(at) => {
                let taxonomy = self.taxonomy(at);
                let shell = self.shell(&[&taxonomy.title]);
                theme.page("taxonomy.html", &view::TaxonomyPage { shell, taxonomy }, page, sources)
            }
            Subject::Term(term) => theme.page("term.html", &self.term_page(term), page, sources),
            Subject::Authorities => theme.page("authorities.html", &self.authorities(), page, sources),
            Subject::Glossary(at) => theme.page("glossary.html", &self.glossary(at), page, sources),
            Subject::NotFound => {
                let shell = self.shell(&["Page not found"]);
                let lists =
                    shell.navigation.iter().map(|link| Link { words: link.words.clone(), url: link.url.clone() });
                let lists = lists.collect();
                theme.page("not-found.html", &view::NotFoundPage { shell, lists }, page, sources)
            }
        }
    }

    // ── What every page has ─────────────────────────────────────────────────────────────────────────────────────

    /// `titles` go from the particular to the general; the site's name comes last.
    fn shell(&self, titles: &[&str]) -> view::Shell {
        let config = &self.corpus.config;
        let mut navigation = Vec::new();
        let mut add = |words: &str, path: Option<OutPath>| {
            if let Some(path) = path {
                let current = &path == self.page;
                navigation.push(view::NavigationLink {
                    words: words.to_owned(),
                    url: self.page.link_to(&path),
                    current,
                });
            }
        };
        add("Home", OutPath::new("index.html"));
        for (at, taxonomy) in config.taxonomies.iter().enumerate() {
            add(&taxonomy.title, path(self.corpus, Subject::Taxonomy(at)));
        }
        if !self.corpus.authorities.is_empty() {
            add("The law", OutPath::new(AUTHORITIES_PAGE));
        }
        let glossary = self.corpus.glossary.entry.and_then(|at| self.corpus.entry(at));
        add("Words", glossary.map(|entry| entry.page.clone()));
        let canonical = config.base_url.as_ref().map(|base| match self.page.as_str() {
            "index.html" => base.clone(),
            path => format!("{base}{path}"),
        });
        let feed = OutPath::new(FEED).filter(|_| config.base_url.is_some());
        view::Shell {
            title: titles.iter().copied().chain([config.title.as_str()]).collect::<Vec<_>>().join(" – "),
            site: config.title.clone(),
            language: config.language.clone(),
            navigation,
            root: "../".repeat(self.page.as_str().matches('/').count()),
            canonical,
            feed: feed.map(|feed| self.page.link_to(&feed)),
            host: config.host.clone(),
            generator: concat!("clausebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn state(&self, mixed: bool) -> PageState<'_> {
        PageState::new(self.corpus, self.page, mixed)
    }

    fn card(&self, entry: &Entry) -> view::Card {
        let front = &entry.document.front;
        let kind = front.kind.as_ref();
        view::Card {
            id: entry.document.id.to_string(),
            title: front.title.clone(),
            short: front.short.clone(),
            url: self.page.link_to(&entry.page),
            kind: kind.and_then(|kind| self.corpus.config.kind_title(&kind.value)).map(str::to_owned),
            issuer: front.issuer.clone(),
            published: front.published.map(|date| date.in_words()),
            published_iso: front.published.map(|date| date.to_string()),
            status: front.status.map(|status| status.as_str().to_owned()),
            status_words: self.status_words(entry),
            clauses: entry.document.clauses.iter().filter(|clause| clause.parent.is_none()).count(),
        }
    }

    /// The status in a sentence, unless it is current or not said.
    fn status_words(&self, entry: &Entry) -> Option<String> {
        let by = entry.resolution.relations.iter().find_map(|(relation, other)| match (relation, other) {
            (Relation::ReplacedBy, Other::Held(other)) => Some(self.corpus.entry(*other)?.document.front.short.clone()),
            (Relation::ReplacedBy, Other::NotHeld(title)) => Some(title.clone()),
            _ => None,
        });
        match (entry.document.front.status?, by) {
            (Status::Current, _) => None,
            (Status::Draft, _) => Some("This is a draft and not in force.".to_owned()),
            (Status::Superseded, Some(by)) => Some(format!("This is superseded: it was replaced by {by}.")),
            (Status::Superseded, None) => Some("This is superseded: it is kept for the record.".to_owned()),
            (Status::Withdrawn, _) => Some("This is withdrawn: it is kept for the record.".to_owned()),
        }
    }

    fn term(&self, term: TermRef) -> Option<view::TermLink> {
        let declared = self.corpus.config.taxonomies.get(term.taxonomy)?.terms.get(term.term)?;
        Some(view::TermLink {
            slug: declared.slug.clone(),
            title: declared.title.clone(),
            description: declared.description.clone(),
            url: self.page.link_to(&path(self.corpus, Subject::Term(term))?),
            count: self.corpus.members.get(&term).map_or(0, Vec::len),
        })
    }

    fn taxonomy(&self, at: usize) -> view::TaxonomyList {
        let declared = self.corpus.config.taxonomies.get(at);
        let terms = 0..declared.map_or(0, |taxonomy| taxonomy.terms.len());
        view::TaxonomyList {
            slug: declared.map(|taxonomy| taxonomy.slug.clone()).unwrap_or_default(),
            title: declared.map(|taxonomy| taxonomy.title.clone()).unwrap_or_default(),
            url: path(self.corpus, Subject::Taxonomy(at)).map(|path| self.page.link_to(&path)).unwrap_or_default(),
            terms: terms.filter_map(|term| self.term(TermRef { taxonomy: at, term })).collect(),
        }
    }

    /// A link to a place: by number from its own document, by full citation from another.
    fn place_link(&self, from: Option<usize>, place: Place) -> Link {
        let words = match from {
            Some(from) if from == place.entry => self.corpus.short_citation(place),
            _ => self.corpus.citation(place),
        };
        Link { words, url: self.state(false).url(place) }
    }

    fn place_links<'p>(&self, from: Option<usize>, places: impl IntoIterator<Item = &'p Place>) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for place in places.into_iter().collect::<BTreeSet<_>>() {
            let link = self.place_link(from, *place);
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    // ── Documents and clauses ───────────────────────────────────────────────────────────────────────────────────

    fn home(&self, at: usize) -> view::HomePage {
        let mut groups = Vec::new();
        let mut shown = BTreeSet::new();
        for group in &self.corpus.config.navigation {
            let found: Vec<usize> = group.items.iter().filter_map(|item| self.corpus.find(&item.value)).collect();
            shown.extend(found.iter().copied());
            let documents =
                found.iter().filter_map(|at| self.corpus.entry(*at)).map(|entry| self.card(entry)).collect();
            groups.push(view::Group { title: group.title.clone(), documents });
        }
        let in_publication: BTreeSet<usize> =
            self.corpus.entries.iter().flat_map(|entry| entry.resolution.files.iter().skip(1).copied()).collect();
        let others = self.corpus.papers().filter(|(at, _)| !shown.contains(at) && !in_publication.contains(at));
        let documents: Vec<view::Card> = others.map(|(_, entry)| self.card(entry)).collect();
        if !documents.is_empty() {
            let title = if groups.is_empty() { "Documents" } else { "More documents" };
            groups.push(view::Group { title: title.to_owned(), documents });
        }
        let mut state = self.state(false);
        let words = match self.corpus.entry(at) {
            Some(entry) => state.words(at, &(0..entry.document.pieces.len()), false),
            None => String::new(),
        };
        let shell = self.shell(&[]);
        let link = |wanted: &str| {
            let found = shell.navigation.iter().find(|link| link.words == wanted)?;
            Some(Link { words: found.words.clone(), url: found.url.clone() })
        };
        let (authorities, glossary) = (link("The law"), link("Words"));
        let taxonomies = (0..self.corpus.config.taxonomies.len()).map(|at| self.taxonomy(at)).collect();
        view::HomePage { shell, words: Html::new(&words), groups, taxonomies, authorities, glossary }
    }

    fn document(&self, at: usize) -> Option<view::DocumentPage> {
        let entry = self.corpus.entry(at)?;
        let document = &entry.document;
        let mut state = self.state(entry.role == Role::Pack);
        let mut written = BTreeSet::new();
        let mut items = Vec::new();
        for item in &document.items {
            match item {
                Item::Heading(section) => {
                    let Some(heading) = document.sections.get(*section) else { continue };
                    let referrers = entry.resolution.section_referrers.get(*section).into_iter().flatten();
                    items.push(view::Item::Heading {
                        level: heading.level,
                        id: heading.anchor.clone(),
                        html: Html::new(&state.words(at, &heading.heading, false)),
                        referred_by: self.place_links(Some(at), referrers),
                    });
                }
                Item::Clause(clause) => {
                    items.extend(self.clause(&mut state, at, *clause).map(view::Item::Clause));
                }
                Item::Block(range) => {
                    items.push(view::Item::Block { html: Html::new(&state.words(at, range, false)) });
                }
                Item::DrawIn(reference) => {
                    items.extend(self.drawn(&mut state, entry, *reference, &mut written));
                }
            }
        }
        let mut notes = self.notes(&mut state, &mut written);
        let back = ways_back(&state);
        lead_back(&mut notes, &back);
        for item in &mut items {
            if let view::Item::Drawn { notes, .. } = item {
                lead_back(notes, &back);
            }
        }
        let front = &document.front;
        let terms = entry.resolution.document_terms.iter().filter_map(|term| self.term(*term)).collect();
        let (previous, next) = self.neighbours(at);
        let files = entry
            .resolution
            .files
            .iter()
            .skip(1)
            .map(|file| self.place_link(None, Place { entry: *file, part: PlacePart::Whole }));
        Some(view::DocumentPage {
            shell: self.shell(&[&front.title]),
            document: self.card(entry),
            source: source(entry),
            relations: self.relations(entry),
            terms,
            referred_by: self.place_links(None, &entry.resolution.referrers),
            contents: contents(entry),
            items,
            notes,
            previous,
            next,
            files: files.collect(),
        })
    }

    /// Of a publication in several files: the file before and the file after.
    fn neighbours(&self, at: usize) -> (Option<Link>, Option<Link>) {
        let Some(files) = self.corpus.entries.iter().map(|e| &e.resolution.files).find(|files| files.contains(&at))
        else {
            return (None, None);
        };
        let place = files.iter().position(|file| *file == at).unwrap_or(0);
        let link = |index: Option<usize>| {
            let file = files.get(index?)?;
            let entry = self.corpus.entry(*file)?;
            Some(Link { words: entry.document.front.title.clone(), url: self.page.link_to(&entry.page) })
        };
        (link(place.checked_sub(1)), link(place.checked_add(1)))
    }

    fn relations(&self, entry: &Entry) -> Vec<view::RelationLine> {
        let lines = entry.resolution.relations.iter().filter_map(|(relation, other)| {
            let words = relation.words().to_owned();
            Some(match other {
                Other::Held(other) => {
                    let other = self.corpus.entry(*other)?;
                    let title = other.document.front.title.clone();
                    view::RelationLine { words, title, url: Some(self.page.link_to(&other.page)) }
                }
                Other::NotHeld(title) => view::RelationLine { words, title: title.clone(), url: None },
            })
        });
        lines.collect()
    }

    fn clause(&self, state: &mut PageState<'_>, at: usize, index: usize) -> Option<view::Clause> {
        let entry = self.corpus.entry(at)?;
        let clause = entry.document.clauses.get(index)?;
        let parts = own_parts(entry, index);
        let referrers = parts.iter().filter_map(|part| entry.resolution.clause_referrers.get(*part)).flatten();
        let referrers: Vec<&Place> = referrers
            .filter(|place| place.entry != at || !matches!(place.part, PlacePart::Clause(c) if parts.contains(&c)))
            .collect();
        let terms = entry.resolution.terms.get(index).into_iter().flatten();
        let page = self.corpus.config.clause_pages && entry.role == Role::Document;
        Some(view::Clause {
            id: entry.document.clause_anchor(clause),
            number: entry.document.shown_number(&clause.number),
            label: clause.label.clone(),
            html: Html::new(&state.words(at, &clause.body, true)),
            terms: terms.filter_map(|term| self.term(*term)).collect(),
            referred_by: self.place_links(Some(at), referrers),
            url: state.url(Place { entry: at, part: PlacePart::Clause(index) }),
            page: entry.clause_page(clause).filter(|_| page).map(|page| self.page.link_to(&page)),
        })
    }

    /// The clauses that a pack draws in at one place.
    fn drawn(
        &self,
        state: &mut PageState<'_>,
        pack: &Entry,
        reference: usize,
        written: &mut BTreeSet<(usize, usize)>,
    ) -> Vec<view::Item> {
        let (at, clauses) = match pack.resolution.targets.get(reference).map(|target| &target.to) {
            Some(Goal::Place(Place { entry, part: PlacePart::Clause(clause) })) => (*entry, *clause..=*clause),
            Some(Goal::Clauses(entry, first, last)) => (*entry, *first..=*last),
            _ => return Vec::new(),
        };
        let Some(entry) = self.corpus.entry(at) else { return Vec::new() };
        let whole: BTreeSet<usize> = clauses.map(|clause| entry.document.whole_clause(clause)).collect();
        let drawn = whole.into_iter().filter_map(|index| {
            let mut clause = self.clause(state, at, index)?;
            // On a page with clauses of several documents a number alone is no address.
            clause.id = format!("{}-{}", entry.document.id, clause.id);
            clause.label = None;
            clause.referred_by.clear();
            let source = self.place_link(None, Place { entry: at, part: PlacePart::Clause(index) });
            let notes = self.notes(state, written);
            Some(view::Item::Drawn { clause, source, status_words: self.status_words(entry), notes })
        });
        drawn.collect()
    }

    /// The notes marked on a page and not yet written, with those that they mark in turn.
    fn notes(&self, state: &mut PageState<'_>, written: &mut BTreeSet<(usize, usize)>) -> Vec<view::Note> {
        let mut notes = Vec::new();
        loop {
            let due: Vec<(usize, usize)> =
                state.marked().map(|(key, _)| key).filter(|key| !written.contains(key)).collect();
            if due.is_empty() {
                break;
            }
            for (at, note) in due {
                written.insert((at, note));
                let Some(entry) = self.corpus.entry(at) else { continue };
                let Some(body) = entry.document.notes.get(note).and_then(|note| note.body.clone()) else { continue };
                let number = entry.resolution.note_numbers.get(note).copied().flatten().unwrap_or(0);
                let html = state.words(at, &body, false);
                let id = state.note_id(at, note);
                notes.push((at, view::Note { id, number, html: Html::new(&html), back: Vec::new() }));
            }
        }
        notes.sort_by_key(|(at, note)| (*at, note.number));
        notes.into_iter().map(|(_, note)| note).collect()
    }

    fn clause_page(&self, at: usize, index: usize) -> Option<view::ClausePage> {
        let entry = self.corpus.entry(at)?;
        let document = &entry.document;
        let mut state = self.state(false);
        let clause = self.clause(&mut state, at, index)?;
        let mut notes = self.notes(&mut state, &mut BTreeSet::new());
        lead_back(&mut notes, &ways_back(&state));
        let place = Place { entry: at, part: PlacePart::Clause(index) };
        let citation = self.corpus.citation(place);
        let top: Vec<usize> = document
            .items
            .iter()
            .filter_map(|item| if let Item::Clause(clause) = item { Some(*clause) } else { None })
            .collect();
        let here = top.iter().position(|clause| *clause == index)?;
        let neighbour = |index: Option<usize>| {
            let clause = document.clauses.get(*top.get(index?)?)?;
            let page = entry.clause_page(clause)?;
            Some(Link { words: document.shown_number(&clause.number), url: self.page.link_to(&page) })
        };
        let section = document.clauses.get(index)?.section;
        let trail = document
            .trail(section)
            .into_iter()
            .map(|section| self.place_link(Some(at), Place { entry: at, part: PlacePart::Section(section) }));
        let base = self.corpus.config.base_url.as_deref().unwrap_or_default();
        Some(view::ClausePage {
            shell: self.shell(&[&clause.number, &document.front.short]),
            document: self.card(entry),
            source: source(entry),
            trail: trail.collect(),
            clause,
            notes,
            citation,
            address: format!("{base}{}", self.page),
            previous: neighbour(here.checked_sub(1)),
            next: neighbour(here.checked_add(1)),
        })
    }

    // ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────

    fn term_page(&self, term: TermRef) -> Option<view::TermPage> {
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
                    opening: opening(&entry.plain_text(&clause.body)),
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

    fn authorities(&self) -> view::AuthoritiesPage {
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

    fn authority(&self, cited: &crate::corpus::Cited) -> view::Authority {
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

    fn glossary(&self, at: usize) -> Option<view::GlossaryPage> {
        let entry = self.corpus.entry(at)?;
        let mut state = self.state(false);
        let blocks = entry.document.items.iter().map_while(|item| match item {
            Item::Block(range) => Some(range),
            _ => None,
        });
        let is_list = |range: &&std::ops::Range<usize>| {
            let first = entry.document.pieces.get(range.start);
            matches!(first, Some(crate::document::Piece::Open(crate::document::Element::DefinitionList)))
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

/// A clause and its sub-clauses, by their indices.
fn own_parts(entry: &Entry, clause: usize) -> Vec<usize> {
    let document = &entry.document;
    let sub = |at: &usize| document.clauses.get(*at).is_some_and(|c: &Clause| c.parent.is_some());
    let subs = (clause + 1..document.clauses.len()).take_while(sub);
    std::iter::once(clause).chain(subs).collect()
}

fn source(entry: &Entry) -> Option<view::Source> {
    let source = entry.document.front.source.as_ref()?;
    Some(view::Source { title: source.title.clone(), url: source.url.clone() })
}

/// The headings with the numbers of the clauses under each.
fn contents(entry: &Entry) -> Vec<view::ContentsLine> {
    let document = &entry.document;
    let mut numbers: BTreeMap<usize, (String, String)> = BTreeMap::new();
    for clause in document.clauses.iter().filter(|clause| clause.parent.is_none()) {
        for section in document.trail(clause.section) {
            let number = document.shown_number(&clause.number);
            numbers.entry(section).and_modify(|(_, last)| last.clone_from(&number)).or_insert((number.clone(), number));
        }
    }
    let lines = document.sections.iter().enumerate().map(|(at, section)| view::ContentsLine {
        level: section.level,
        title: section.title.clone(),
        url: format!("#{}", section.anchor),
        clauses: numbers.get(&at).map(
            |(first, last)| {
                if first == last { first.clone() } else { format!("{first} to {last}") }
            },
        ),
    });
    lines.collect()
}

/// The ways back from each note of a page, by the note's id.
fn ways_back(state: &PageState<'_>) -> BTreeMap<String, Vec<Link>> {
    let ways = state.marked().map(|((entry, note), marks)| {
        let links = marks.iter().map(|back| Link { words: back.words.clone(), url: format!("#{}", back.id) });
        (state.note_id(entry, note), links.collect())
    });
    ways.collect()
}

fn lead_back(notes: &mut [view::Note], ways: &BTreeMap<String, Vec<Link>>) {
    for note in notes {
        note.back = ways.get(&note.id).cloned().unwrap_or_default();
    }
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
