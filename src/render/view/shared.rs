//! Parts of a view that several kinds of page have.

use serde::Serialize;

/// Markup that `render::html` made: the only words that a template prints unescaped.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Html(tera::Value);

impl Html {
    /// Takes markup from the one writer.
    pub(in crate::render) fn new(markup: &str) -> Self {
        Html(tera::Value::safe_string(markup))
    }
}

/// A link: its words and its address, relative to the page it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The address; none if nothing leads there, so that only the words are shown.
    pub url: Option<String>,
}

/// What every page has around its own words.
#[derive(Clone, Debug, Serialize)]
pub struct Shell {
    /// From the particular to the general: "3.37 – Guidance 2008 – Site".
    pub title: String,
    /// The site's name.
    pub site: String,
    /// The language of its words (BCP 47).
    pub language: String,
    /// The same links in the same order on every page; home comes first.
    pub navigation: Vec<NavigationLink>,
    /// What stands before an address from the site's root, to make it relative to this page: empty, or `../` some times.
    pub root: String,
    /// The absolute address of this page, if the settings give a base address.
    pub canonical: Option<String>,
    /// The address of the feed, if there is one.
    pub feed: Option<String>,
    /// The page in a sentence, for lists of search results and for messages that hold its address.
    pub description: Option<String>,
    /// The page of search, if the site has one.
    pub search: Option<String>,
    /// The logo, beside the name; its words are empty if they would only say the name again.
    pub logo: Link,
    /// A line for the foot, from the theme.
    pub footer: Option<String>,
    /// The page about this copy.
    pub about: String,
    /// Who hosts this copy.
    pub host: Option<String>,
    /// Which edition of the site this is.
    pub edition: Option<String>,
    /// The page of what each edition brought, if any was published.
    pub changes: Option<String>,
    /// On what terms it may be copied.
    pub licence: Option<String>,
    /// Where to report a mistake.
    pub contact: Option<Link>,
    /// Of a site that extends another: that this page is its own.
    pub local: Option<String>,
    /// The program and its version.
    pub generator: String,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationLink {
    /// The words.
    pub words: String,
    /// The address.
    pub url: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// A document in a few words.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The publication of which it is a part.
    pub publication: Option<Link>,
    /// How it is cited.
    pub short: String,
    /// Its address, if it has one here.
    pub url: Option<String>,
    /// What it is: "Statutory guidance".
    pub kind: Option<String>,
    /// Who published it.
    pub issuer: Option<String>,
    /// When, in words.
    pub published: Option<String>,
    /// When, as ISO 8601 has it.
    pub published_iso: Option<String>,
    /// `draft`, `current`, `superseded` or `withdrawn`.
    pub status: Option<String>,
    /// The status in a sentence, unless it is current: it must never be a surprise.
    pub status_words: Option<String>,
    /// How many clauses it has.
    pub clauses: usize,
    /// Of a site that extends another: that it is its own.
    pub local: Option<String>,
}

/// The official text that a page restates.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// A line of the contents.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsLine {
    /// 2 to 6.
    pub level: u8,
    /// The heading's words.
    pub title: String,
    /// Its address on this page.
    pub url: String,
    /// The numbers of the first and last clause under it, if it has any: "3.33 to 3.52".
    pub clauses: Option<String>,
    /// Whether all that is under it, in a pack, is for the facilitator.
    pub facilitator: bool,
}

/// A term with its page.
#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    /// Its key.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// It in a sentence.
    pub description: Option<String>,
    /// Its page, if it has one here.
    pub url: Option<String>,
    /// How many clauses carry it.
    pub count: usize,
}

/// A taxonomy with its terms.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyList {
    /// Its key.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its page, if it has one here.
    pub url: Option<String>,
    /// Its terms.
    pub terms: Vec<TermLink>,
}

/// An address that was published and is no longer what it was.
#[derive(Clone, Debug, Serialize)]
pub struct Former {
    /// Its fragment, unless something else bears it now.
    pub id: Option<String>,
    /// What became of each that had it; none where nobody needs to be told.
    pub lines: Vec<FormerLine>,
}

/// What became of an address.
#[derive(Clone, Debug, Serialize)]
pub struct FormerLine {
    /// In words, to be followed by the links.
    pub words: String,
    /// What took it over.
    pub links: Vec<Link>,
    /// Why.
    pub reason: Option<String>,
}

/// A note.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// Its fragment: `note-4`.
    pub id: String,
    /// Its number on this page, from 1.
    pub number: usize,
    /// Its words.
    pub html: Html,
    /// Back to each of its marks: "3.37".
    pub back: Vec<Link>,
    /// Whether it is marked, in a pack, only in words for the facilitator.
    pub facilitator: bool,
}

/// A work that a document cites, for paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperAuthority {
    /// Its title.
    pub title: String,
    /// Its address, if it has one that answers: of a document no longer in force, the text of its day.
    pub url: Option<String>,
    /// Its provisions that are cited, in order; first the work as a whole, if it is.
    pub provisions: Vec<PaperProvision>,
}

/// A provision that a document cites, for paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperProvision {
    /// `s 10(1)(b)`; none for the work as a whole.
    pub shown: Option<String>,
    /// The paragraphs that cite it: "3.37, 3.38".
    pub places: String,
}
