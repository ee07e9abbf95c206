//! The settings of a site.
//!
//! Holds what `site.toml` says, as typed values. Takes nothing; `parse::metadata` reads it. Never
//! holds anything that a command line can change without the content changing, but for the base
//! address.

mod brand;
mod limits;

use crate::arena::{Arena, Id};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Written};
pub use brand::{Brand, Colour, ColourName, Scheme, TOKENS};
pub use limits::{Limits, MOST_FILE, size};

/// The word for a clause, such as "paragraph" or "rule".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClauseUnit {
    /// One of them.
    pub one: String,
    /// Several.
    pub many: String,
}

impl Default for ClauseUnit {
    fn default() -> Self {
        ClauseUnit { one: "paragraph".to_owned(), many: "paragraphs".to_owned() }
    }
}

/// The settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// The site that this one extends.
    pub extends: Option<Extends>,
    /// Name and edition of the site that this one extends, once that is read.
    pub upstream: Option<Upstream>,
    /// One sentence about it, for the feed.
    pub description: Option<String>,
    /// Name of the body that hosts this copy.
    pub host: Option<String>,
    /// Name of this edition of the site.
    pub edition: Option<String>,
    /// Terms on which the site may be copied.
    pub licence: Option<String>,
    /// Address for reports of mistakes: an e-mail address, or an address on the web.
    pub contact: Option<String>,
    /// Branding of this copy: its name, its host and its look.
    pub brand: Brand,
    /// Address of the site on the web, with a slash at its end. Only the feed, the sitemap and
    /// canonical links use it.
    pub base_url: Option<String>,
    /// The language of its words (BCP 47).
    pub language: String,
    /// The name of its theme, with its place if the settings name one.
    pub theme: (String, Option<Span>),
    /// The word for a clause in documents that name no other.
    pub unit: ClauseUnit,
    /// Whether each clause has a page of its own.
    pub clause_pages: bool,
    /// Whether the site has published editions, with the place that says so.
    pub has_editions: Option<Span>,
    /// Kinds that a document may be of: key and title, in order.
    pub kinds: Vec<(String, String)>,
    /// The taxonomies, in order.
    pub taxonomies: Arena<Taxonomy>,
    /// The groups of documents on the home page, in order.
    pub navigation: Vec<Navigation>,
    /// The kinds of documents that give way to others in the results of a search.
    pub quiet_kinds: Vec<String>,
    /// The kinds of documents that are searched only on request, or if nothing else is found.
    pub on_request_kinds: Vec<String>,
    /// For which servers there is a map of pages that moved.
    pub redirects: Vec<RedirectMap>,
    /// Whether HTML in a document is an error, and not only shown as text.
    pub html_denied: bool,
    /// Whether a link or a mention that leads nowhere is an error, and not only printed as words.
    pub dead_links_denied: bool,
    /// Limits on the sizes, the time and the memory that the site may ask for.
    pub limits: Limits,
    /// Patterns of files in the site's folder that are not read, as git writes them.
    pub ignore: Vec<String>,
    /// Formats in which each text is also published compressed, for servers that can send it so.
    pub compress: Vec<Compression>,
}

/// A format in which browsers take compressed texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

impl Compression {
    /// Every one with its name in the settings, which is also the ending of its files.
    pub const NAMES: [(&str, Compression); 2] = [("gz", Compression::Gzip), ("br", Compression::Brotli)];
}

/// Site to extend, and the checks that it must pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// The path of its folder, or of a bundle with its sources, from the site's folder.
    pub site: Written<String>,
    /// The public key by which that bundle must be signed.
    pub key: Option<Written<String>>,
    /// The name of the site that it must be a copy of.
    pub name: Option<Written<String>>,
    /// Earliest edition of that site to accept.
    pub edition: Option<Written<String>>,
    /// Whether its theme is used whole: templates and scripts, which run in the build and in the
    /// pages of this site. Its colours and its logo are used in any case.
    pub theme: Option<bool>,
}

impl Extends {
    /// Warns that the other site has a theme that is not used, since nobody has said that it may
    /// run here.
    pub fn unused_theme(&self, has: &str) -> Diagnostic {
        let message = format!("the site at `{}` {has}, which this site does not use", self.site.value);
        let help = "write `theme = true` under [extends] to let its templates and scripts run in your site, or \
                    `theme = false` to leave them out";
        Diagnostic::new(Code::UnusedTheme, self.site.span, message).help(help)
    }
}

/// The site that another extends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upstream {
    /// Name of the site.
    pub title: String,
    /// Edition of the site, as its settings say.
    pub edition: Option<String>,
    /// Language of its words (BCP 47).
    pub language: String,
}

/// A server that can answer with a redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectMap {
    /// `_redirects`, which Netlify, Cloudflare Pages and others read.
    Netlify,
    /// A file for `Include` in Apache's settings of the folder.
    Apache,
    /// A file for `include` in the `http` block of nginx.
    Nginx,
}

impl RedirectMap {
    /// Every one with its name in the settings.
    pub const NAMES: [(&str, RedirectMap); 3] =
        [("netlify", RedirectMap::Netlify), ("apache", RedirectMap::Apache), ("nginx", RedirectMap::Nginx)];
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: String::new(),
            extends: None,
            upstream: None,
            description: None,
            host: None,
            edition: None,
            licence: None,
            contact: None,
            brand: Brand::default(),
            base_url: None,
            language: "en-GB".to_owned(),
            theme: ("default".to_owned(), None),
            unit: ClauseUnit::default(),
            clause_pages: true,
            has_editions: None,
            kinds: Vec::new(),
            taxonomies: Arena::default(),
            navigation: Vec::new(),
            quiet_kinds: Vec::new(),
            on_request_kinds: Vec::new(),
            redirects: Vec::new(),
            html_denied: false,
            dead_links_denied: true,
            ignore: Vec::new(),
            limits: Limits::default(),
            compress: Vec::new(),
        }
    }
}

/// Place of a taxonomy in the settings.
pub type TaxonomyId = Id<Taxonomy>;

/// A way of sorting clauses: outcomes, essential features.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Key of the taxonomy, and the folder of its pages.
    pub slug: String,
    /// Title of the taxonomy.
    pub title: String,
    /// Terms of the taxonomy, in the author's order.
    pub terms: Arena<Term>,
    /// Place of the declaration, for messages.
    pub span: Span,
}

/// One term of a taxonomy.
#[derive(Clone, Debug)]
pub struct Term {
    /// Key of the term, unique across taxonomies, and the name of its page.
    pub slug: String,
    /// Title of the term.
    pub title: String,
    /// Description of the term in a sentence.
    pub description: Option<String>,
    /// Place of the declaration, for messages.
    pub span: Span,
}

/// A group of documents on the home page.
#[derive(Clone, Debug)]
pub struct Navigation {
    /// The heading over it.
    pub title: String,
    /// Ids of documents.
    pub items: Vec<Written<String>>,
    /// Whether the home page has it folded.
    pub folded: bool,
}

impl Config {
    /// Returns the name of the site on this copy: the brand's, or else the site's title.
    pub fn name(&self) -> &str {
        self.brand.name.as_ref().unwrap_or(&self.title)
    }

    /// Returns the name of the body that hosts this copy: from the settings, or else from the
    /// brand.
    pub fn host(&self) -> Option<&str> {
        self.host.as_ref().or(self.brand.host.as_ref()).map(String::as_str)
    }

    /// Returns the name of the body that local notes and pages are from: the host of the copy, or
    /// else the site's title.
    pub fn local_body(&self) -> &str {
        self.host().unwrap_or(&self.title)
    }

    /// The term with this slug.
    pub fn find_term(&self, slug: &str) -> Option<TermRef> {
        self.taxonomies
            .pairs()
            .find_map(|(taxonomy, t)| t.terms.find(|term| term.slug == slug).map(|term| TermRef { taxonomy, term }))
    }

    /// The term as it is declared.
    pub fn term(&self, at: TermRef) -> &Term {
        &self.taxonomies[at.taxonomy].terms[at.term]
    }

    /// The terms of a taxonomy, in order.
    pub fn terms_of(&self, taxonomy: TaxonomyId) -> impl Iterator<Item = TermRef> + use<> {
        self.taxonomies[taxonomy].terms.ids().map(move |term| TermRef { taxonomy, term })
    }

    /// The slugs of all terms.
    pub fn term_slugs(&self) -> impl Iterator<Item = &str> {
        self.taxonomies.iter().flat_map(|t| t.terms.iter().map(|term| term.slug.as_str()))
    }

    /// The title of a kind.
    pub fn kind_title(&self, kind: &str) -> Option<&str> {
        self.kinds.iter().find(|(key, _)| key == kind).map(|(_, title)| title.as_str())
    }
}

/// A term, by its taxonomy's place and its own: in the order of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermRef {
    /// Taxonomy of the term.
    pub taxonomy: TaxonomyId,
    /// Place of the term in that taxonomy.
    pub term: Id<Term>,
}
