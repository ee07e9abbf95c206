//! Which view a page is made from, and what every page has.
//!
//! Takes the resolved site and the page that is to be made; gives its view. Whatever depends on the rest of the site is
//! looked up here, so that no template has to.

use std::collections::{BTreeSet, HashSet};

use super::html::PageState;
use super::medium::Medium;
use super::theme::{Making, Theme};
use super::view::{self, Link};
use super::{Subject, path, theme};
use crate::compare::Compared;
use crate::config::TermRef;
use crate::corpus::{Corpus, Entry, Other, Place, Role};
use crate::diagnostic::Diagnostic;
use crate::document::{Relation, Status};
use crate::output::{ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, FEED, HOME_PAGE, NOT_FOUND_PAGE, OutPath, SEARCH_PAGE};
use crate::source::Origin;

/// Makes views for one page.
pub(super) struct Builder<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) comparisons: &'a [Compared],
    pub(super) page: &'a OutPath,
    /// The first file of the search index.
    pub(super) index: Option<&'a OutPath>,
    /// The page of dates in their order.
    pub(super) timeline: Option<&'a OutPath>,
    /// What the page is a part of.
    pub(super) medium: Medium<'a>,
}

impl Builder<'_> {
    pub(super) fn render(
        &self,
        subject: Subject,
        theme: &Theme,
        making: Making<'_>,
    ) -> Result<String, Box<Diagnostic>> {
        match subject {
            Subject::Home(at) => theme.page("home.html", &self.home(at), making),
            Subject::Document(at) => {
                let template = match self.corpus.entry(at).map(|entry| entry.role) {
                    Some(Role::Pack) => "pack.html",
                    Some(Role::Timeline) => "timeline.html",
                    Some(Role::Map) => "map.html",
                    _ => "document.html",
                };
                theme.page(template, &self.document(at), making)
            }
            Subject::Clause(at, clause) => theme.page("clause.html", &self.clause_page(at, clause), making),
            Subject::Taxonomy(at) => {
                let taxonomy = self.taxonomy(at);
                let shell = self.shell(&[&taxonomy.title]);
                theme.page("taxonomy.html", &view::TaxonomyPage { shell, taxonomy }, making)
            }
            Subject::Term(term) => theme.page("term.html", &self.term_page(term), making),
            Subject::Browse => theme.page("browse.html", &self.browse(), making),
            Subject::About(at) => theme.page("about.html", &self.about(at), making),
            Subject::Authorities => theme.page("authorities.html", &self.authorities(), making),
            Subject::Glossary(at) => theme.page("glossary.html", &self.glossary(at), making),
            Subject::Changes => theme.page("changes.html", &self.changes_page(), making),
            Subject::Gone(at) => theme.page("gone.html", &self.gone(at), making),
            Subject::Compared(at) => theme.page("compare.html", &self.compared(at), making),
            Subject::Search => theme.page("search.html", &self.search(), making),
            Subject::NotFound => {
                let shell = self.shell(&["Page not found"]);
                let lists = self.lists(&shell);
                theme.page("not-found.html", &view::NotFoundPage { shell, lists }, making)
            }
        }
    }

    fn search(&self) -> view::SearchPage {
        // The page's own field stands in the text.
        let shell = view::Shell { search: None, ..self.shell(&["Search"]) };
        let lists = self.lists(&shell);
        view::SearchPage { shell, index: self.index.map(ToString::to_string), lists }
    }

    /// Every list of the site.
    fn lists(&self, shell: &view::Shell) -> Vec<Link> {
        let lists = shell.navigation.iter().map(|link| Link { words: link.words.clone(), url: link.url.clone() });
        let taxonomies = (0..self.corpus.config.taxonomies.len()).filter_map(|at| {
            let path = path(self.corpus, Subject::Taxonomy(at))?;
            let words = self.corpus.config.taxonomies.get(at)?.title.clone();
            Some(Link { words, url: format!("{}{path}", shell.root) })
        });
        lists.chain(taxonomies).collect()
    }

    /// `titles` go from the particular to the general; the site's name comes last.
    pub(super) fn shell(&self, titles: &[&str]) -> view::Shell {
        let config = &self.corpus.config;
        // A host shows the page for what is not found at any depth: there only an absolute address leads home.
        let absolute = config.base_url.as_ref().filter(|_| *self.page == NOT_FOUND_PAGE);
        let link = |path: &OutPath| match absolute {
            Some(base) => format!("{base}{path}"),
            None => self.page.link_to(path),
        };
        let mut navigation = Vec::new();
        let mut add = |words: &str, path: Option<OutPath>| {
            if let Some(path) = path {
                let current = &path == self.page;
                navigation.push(view::NavigationLink { words: words.to_owned(), url: link(&path), current });
            }
        };
        add("Home", Some(HOME_PAGE.path()));
        add("Browse", Some(BROWSE_PAGE.path()).filter(|_| !config.taxonomies.is_empty()));
        if !self.corpus.authorities.is_empty() {
            add("The law", Some(AUTHORITIES_PAGE.path()));
        }
        let glossary = self.corpus.glossary.entry.and_then(|at| self.corpus.entry(at));
        add("Words", glossary.map(|entry| entry.page.clone()));
        add("Timeline", self.timeline.cloned());
        add("About", Some(ABOUT_PAGE.path()));
        let canonical = config.base_url.as_ref().map(|base| match self.page {
            page if *page == HOME_PAGE => base.clone(),
            page => format!("{base}{page}"),
        });
        let brand = &config.brand;
        let site = config.name();
        let root = absolute.cloned().unwrap_or_else(|| "../".repeat(self.page.as_str().matches('/').count()));
        let contact = config.contact.as_ref().map(|contact| Link {
            words: contact.clone(),
            url: if contact.contains("://") { contact.clone() } else { format!("mailto:{contact}") },
        });
        let feed = config.base_url.as_ref().map(|_| FEED.path());
        view::Shell {
            title: titles.iter().copied().chain([site]).collect::<Vec<_>>().join(" – "),
            site: site.to_owned(),
            language: config.language.clone(),
            navigation,
            description: None,
            search: self.index.map(|_| link(&SEARCH_PAGE.path())),
            logo: Link {
                words: brand.logo_words.clone().unwrap_or_default(),
                url: format!("{root}brand/{}", theme::LOGO),
            },
            footer: brand.footer.clone(),
            about: format!("{root}{ABOUT_PAGE}"),
            root,
            canonical,
            feed: feed.map(|feed| link(&feed)),
            host: config.host().map(str::to_owned),
            edition: self.corpus.edition(),
            changes: self.changes_path().map(|path| link(&path)),
            licence: config.licence.clone(),
            contact,
            local: self.corpus.config.upstream.as_ref().and_then(|_| self.local(self.own_entry()?)),
            generator: concat!("clausebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// The entry whose page this is.
    fn own_entry(&self) -> Option<&Entry> {
        self.corpus.entries.iter().find(|entry| entry.page == *self.page && entry.role != Role::Notes)
    }

    /// Of a site that extends another, the words by which a reader can tell a page that is its own.
    pub(super) fn local(&self, entry: &Entry) -> Option<String> {
        let config = &self.corpus.config;
        let upstream = config.upstream.as_ref().filter(|_| entry.document.origin == Origin::Own)?;
        Some(format!("Local page of {}. It is no part of {}.", config.local_body(), upstream.title))
    }

    pub(super) fn state(&self, mixed: bool) -> PageState<'_> {
        PageState::new(self.corpus, self.page, mixed).within(self.medium)
    }

    /// The address of a page from this one; empty if nothing leads there.
    pub(super) fn link_to(&self, page: &OutPath) -> String {
        self.medium.link(self.page, page, None)
    }

    /// An address elsewhere, as it may stand here.
    pub(super) fn elsewhere(&self, url: Option<String>) -> Option<String> {
        self.medium.elsewhere(&url?)
    }

    pub(super) fn card(&self, entry: &Entry) -> view::Card {
        let front = &entry.document.front;
        let kind = front.kind.as_ref();
        view::Card {
            id: entry.document.id.to_string(),
            title: front.title.clone(),
            publication: self.publication(entry),
            short: front.short.clone(),
            url: self.link_to(&entry.page),
            kind: kind.and_then(|kind| self.corpus.config.kind_title(&kind.value)).map(str::to_owned),
            issuer: front.issuer.clone(),
            published: front.published.map(|date| date.in_words()),
            published_iso: front.published.map(|date| date.to_string()),
            status: front.status.map(|status| status.as_str().to_owned()),
            status_words: self.status_words(entry),
            clauses: self.clauses_of(entry),
            local: self.local(entry),
        }
    }

    /// What a document is, who published it and when, and its status.
    pub(super) fn in_a_sentence(&self, entry: &Entry) -> Option<String> {
        let card = self.card(entry);
        let published = [card.issuer, card.published].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let parts = [card.kind, Some(published), card.status_words].into_iter().flatten();
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(". "))
    }

    /// The publication of which a document is a part.
    pub(super) fn publication(&self, entry: &Entry) -> Option<Link> {
        let first = self.corpus.entry(entry.resolution.publication?)?;
        let part = entry.resolution.files.is_empty();
        let title = first.document.front.title.clone();
        part.then(|| Link { words: title, url: self.link_to(&first.page) })
    }

    /// How many clauses a document has; the first file of a publication stands for all.
    fn clauses_of(&self, entry: &Entry) -> usize {
        let files = entry.resolution.files.iter().filter_map(|file| self.corpus.entry(*file));
        let of_files: usize = files.map(|file| file.document.whole_clauses().count()).sum();
        if entry.resolution.files.is_empty() { entry.document.whole_clauses().count() } else { of_files }
    }

    /// The status in a word, where a sentence would stand under every clause.
    pub(super) fn status_word(&self, entry: &Entry) -> Option<String> {
        let word = match entry.document.front.status? {
            Status::Current => return None,
            Status::Draft => "Draft",
            Status::Superseded => "Superseded",
            Status::Withdrawn => "Withdrawn",
        };
        Some(word.to_owned())
    }

    /// The status in a sentence, unless it is current or not said.
    pub(super) fn status_words(&self, entry: &Entry) -> Option<String> {
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

    pub(super) fn term(&self, term: TermRef) -> Option<view::TermLink> {
        let declared = self.corpus.config.taxonomies.get(term.taxonomy)?.terms.get(term.term)?;
        Some(view::TermLink {
            slug: declared.slug.clone(),
            title: declared.title.clone(),
            description: declared.description.clone(),
            url: self.link_to(&path(self.corpus, Subject::Term(term))?),
            count: self.corpus.members.get(&term).map_or(0, Vec::len),
        })
    }

    /// A link to the page of a taxonomy, by its title.
    pub(super) fn taxonomy_link(&self, at: usize) -> Link {
        let declared = self.corpus.config.taxonomies.get(at);
        Link {
            words: declared.map(|taxonomy| taxonomy.title.clone()).unwrap_or_default(),
            url: path(self.corpus, Subject::Taxonomy(at)).map(|path| self.link_to(&path)).unwrap_or_default(),
        }
    }

    pub(super) fn taxonomy(&self, at: usize) -> view::TaxonomyList {
        let declared = self.corpus.config.taxonomies.get(at);
        let Link { words: title, url } = self.taxonomy_link(at);
        let terms = 0..declared.map_or(0, |taxonomy| taxonomy.terms.len());
        view::TaxonomyList {
            slug: declared.map(|taxonomy| taxonomy.slug.clone()).unwrap_or_default(),
            title,
            url,
            terms: terms.filter_map(|term| self.term(TermRef { taxonomy: at, term })).collect(),
        }
    }

    /// A link to a place: by number from its own document, by full citation from another.
    pub(super) fn place_link(&self, from: Option<usize>, place: Place) -> Link {
        let words = match from {
            Some(from) if from == place.entry => self.corpus.short_citation(place),
            _ => self.corpus.citation(place),
        };
        Link { words, url: self.state(false).url(place) }
    }

    pub(super) fn place_links<'p>(
        &self,
        from: Option<usize>,
        places: impl IntoIterator<Item = &'p Place>,
    ) -> Vec<Link> {
        let mut seen = HashSet::new();
        let links = places.into_iter().collect::<BTreeSet<_>>().into_iter().map(|place| self.place_link(from, *place));
        links.filter(|link| seen.insert(link.clone())).collect()
    }
}
