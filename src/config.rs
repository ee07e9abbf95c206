//! The settings of a site.
//!
//! Holds what `site.toml` says, as typed values. Takes nothing; `parse::metadata` reads it. Never holds anything that a
//! command line can change without the content changing, but for the base address.

mod brand;
mod limits;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Written};
pub use brand::{Brand, Colour, Scheme, TOKENS, Token};
pub use limits::{Limits, MOST_FILE, size};

/// The settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// The site that this one extends.
    pub extends: Option<Extends>,
    /// What that site says of itself, once it is read.
    pub upstream: Option<Upstream>,
    /// One sentence about it, for the feed.
    pub description: Option<String>,
    /// Who hosts this copy.
    pub host: Option<String>,
    /// Which edition of the site this is.
    pub edition: Option<String>,
    /// On what terms it may be copied.
    pub licence: Option<String>,
    /// Where to report a mistake: an e-mail address, or an address on the web.
    pub contact: Option<String>,
    /// Whose copy this is to look like.
    pub brand: Brand,
    /// Where the site will be found, with a slash at its end: for the feed, the sitemap and canonical links alone.
    pub base_url: Option<String>,
    /// The language of its words (BCP 47).
    pub language: String,
    /// The name of its theme, with its place if the settings name one.
    pub theme: (String, Option<Span>),
    /// Whether each clause has a page of its own.
    pub clause_pages: bool,
    /// Whether the site has published editions, with the place that says so.
    pub has_editions: Option<Span>,
    /// What a document may be: key and title, in order.
    pub kinds: Vec<(String, String)>,
    /// The taxonomies, in order.
    pub taxonomies: Vec<Taxonomy>,
    /// The groups of documents on the home page, in order.
    pub navigation: Vec<Navigation>,
    /// The kinds of documents that give way to others in the results of a search.
    pub quiet_kinds: Vec<String>,
    /// For which servers there is a map of pages that moved.
    pub redirects: Vec<RedirectMap>,
    /// Whether HTML in a document is an error, and not only shown as text.
    pub html_denied: bool,
    /// How much the site may ask for.
    pub limits: Limits,
    /// In what formats a text lies compressed beside itself, for servers that send it so.
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

/// Where the site lies that another extends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// The path of its folder, or of a bundle with its sources, from the site's folder.
    pub site: Written<String>,
    /// The public key by which that bundle must be signed.
    pub key: Option<Written<String>>,
    /// The name of the site that it must be a copy of.
    pub name: Option<Written<String>>,
    /// Its least edition.
    pub edition: Option<Written<String>>,
    /// Whether its theme is used whole: templates and scripts, which run in the build and in the pages of this site. Its
    /// colours and its logo are used in any case.
    pub theme: Option<bool>,
}

impl Extends {
    /// Warns that the other site has a theme that is not used, since nobody has said that it may run here.
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
    /// Its name.
    pub title: String,
    /// Which edition of it this is, as its settings say.
    pub edition: Option<String>,
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
            clause_pages: true,
            has_editions: None,
            kinds: Vec::new(),
            taxonomies: Vec::new(),
            navigation: Vec::new(),
            quiet_kinds: Vec::new(),
            redirects: Vec::new(),
            html_denied: false,
            limits: Limits::default(),
            compress: Vec::new(),
        }
    }
}

/// A way of sorting clauses: outcomes, essential features.
#[derive(Clone, Debug)]
pub struct Taxonomy {
    /// Its key, and the folder of its pages.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its terms, in the author's order.
    pub terms: Vec<Term>,
    /// Where it is declared.
    pub span: Span,
}

/// One term of a taxonomy.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its key, unique across taxonomies, and the name of its page.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// It in a sentence.
    pub description: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A group of documents on the home page.
#[derive(Clone, Debug)]
pub struct Navigation {
    /// The heading over it.
    pub title: String,
    /// Ids of documents.
    pub items: Vec<Written<String>>,
}

impl Config {
    /// What the site is called on this copy.
    pub fn name(&self) -> &str {
        self.brand.name.as_ref().unwrap_or(&self.title)
    }

    /// Who hosts this copy: as the settings say, or else the theme.
    pub fn host(&self) -> Option<&str> {
        self.host.as_ref().or(self.brand.host.as_ref()).map(String::as_str)
    }

    /// Whose local words are: who hosts the copy, or else the name of the site.
    pub fn local_body(&self) -> &str {
        self.host().unwrap_or(&self.title)
    }

    /// The taxonomy and the term with this slug, as indices.
    pub fn term(&self, slug: &str) -> Option<TermRef> {
        self.taxonomies.iter().enumerate().find_map(|(taxonomy, t)| {
            t.terms.iter().position(|term| term.slug == slug).map(|term| TermRef { taxonomy, term })
        })
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
    /// Index into [`Config::taxonomies`].
    pub taxonomy: usize,
    /// Index into [`Taxonomy::terms`].
    pub term: usize,
}
