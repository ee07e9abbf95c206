//! Parts of a view that several kinds of page have.

use serde::Serialize;

pub use crate::strings::Words;
pub use crate::strings::language::Language;

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

/// A link: its words and its address, relative to the page it is on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The address; none if nothing leads there, so that only the words are shown.
    pub url: Option<String>,
}

/// Everything that a page has around its own words.
#[derive(Clone, Debug, Serialize)]
pub struct Shell {
    /// From the particular to the general: "3.37 – Guidance 2008 – Site".
    pub title: String,
    /// The site's name.
    pub site: String,
    /// The language of its words (BCP 47).
    pub language: String,
    /// Direction of its writing: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Navigation, which is the same on every page; home comes first.
    pub navigation: Vec<NavigationLink>,
    /// Prefix that makes an address from the site's root relative to this page: empty, or `../`
    /// some times.
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
    /// Name of the body that hosts this copy.
    pub host: Option<String>,
    /// Name of this edition of the site.
    pub edition: Option<String>,
    /// The page of what each edition brought, if any was published.
    pub changes: Option<String>,
    /// Terms on which the site may be copied.
    pub licence: Option<String>,
    /// Address for reports of mistakes.
    pub contact: Option<Link>,
    /// Sentence that says that this page is the site's own, if the site extends another.
    pub local: Option<Words>,
    /// The program and its version.
    pub generator: String,
}

/// A link to a list of the site, in words of the program or of its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListLink {
    /// The words.
    pub words: Words,
    /// The address.
    pub url: String,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationLink {
    /// The words.
    pub words: Words,
    /// The address.
    pub url: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// A document in a few words.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The publication of which it is a part.
    pub publication: Option<Link>,
    /// Words by which it is cited.
    pub short: String,
    /// Address, if it has one here.
    pub url: Option<String>,
    /// Kind: "Statutory guidance".
    pub kind: Option<String>,
    /// Name of the publisher.
    pub issuer: Option<String>,
    /// When, in words.
    pub published: Option<Words>,
    /// When, as ISO 8601 has it.
    pub published_iso: Option<String>,
    /// `draft`, `current`, `superseded` or `withdrawn`.
    pub status: Option<String>,
    /// The status in a word, unless it is current: "Out of date".
    pub status_word: Option<Words>,
    /// The status in a sentence that names nothing else: "This paper is out of date."
    pub status_line: Option<Words>,
    /// Sentence of the status as it follows the word: "It was written before the Act".
    pub status_rest: Option<Words>,
    /// The status in a sentence with what replaced it, unless it is current: it must never be a
    /// surprise.
    pub status_words: Option<Words>,
    /// Number of clauses.
    pub clauses: usize,
    /// Sentence that says that it is the site's own, if the site extends another.
    pub local: Option<Words>,
    /// Language of its words, if it is not that of the site: `tag` and `direction`.
    pub language: Option<Language>,
}

/// The official text that a page restates.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Address, if it has one.
    pub url: Option<String>,
}

/// A line of the contents.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsLine {
    /// 2 to 6.
    pub level: u8,
    /// The heading's words.
    pub title: String,
    /// Address on this page.
    pub url: String,
    /// The numbers of the first and last clause under it, if it has any: "3.33–3.52".
    pub clauses: Option<String>,
    /// Whether all that is under it, in a pack, is for the facilitator.
    pub facilitator: bool,
    /// Headings below it, at any level, in order; only a line of the highest level has any.
    pub inner: Vec<ContentsLine>,
}

/// A document beside others of its group.
#[derive(Clone, Debug, Serialize)]
pub struct PaperLink {
    /// Words by which it is cited.
    pub words: String,
    /// Address.
    pub url: Option<String>,
    /// When it was published, in words.
    pub published: Option<Words>,
    /// Whether it is the one on this page.
    pub current: bool,
}

/// A term with its page.
#[derive(Clone, Debug, Serialize)]
pub struct TermLink {
    /// Key.
    pub slug: String,
    /// Title.
    pub title: String,
    /// It in a sentence.
    pub description: Option<String>,
    /// Address of its page, if it has one here.
    pub url: Option<String>,
    /// Number of clauses that carry it.
    pub count: usize,
}

/// A taxonomy with its terms.
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyList {
    /// Key.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Address of its page, if it has one here.
    pub url: Option<String>,
    /// Terms.
    pub terms: Vec<TermLink>,
}

/// An address that was published and is no longer what it was.
#[derive(Clone, Debug, Serialize)]
pub struct FormerView {
    /// Fragment, unless something else has it now.
    pub id: Option<String>,
    /// Lines that say what became of each that had it; none where nobody needs to be told.
    pub lines: Vec<FormerLine>,
}

/// A line that says what became of an address.
#[derive(Clone, Debug, Serialize)]
pub struct FormerLine {
    /// In words, to be followed by the links.
    pub words: Words,
    /// Links to whatever took it over.
    pub links: Vec<Link>,
    /// Why.
    pub reason: Option<String>,
}

/// A note.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// Fragment: `note-4`.
    pub id: String,
    /// Number on this page, from 1.
    pub number: usize,
    /// Words.
    pub html: Html,
    /// Back to each of its marks: "3.37".
    pub back: Vec<Link>,
    /// Whether it is marked, in a pack, only in words for the facilitator.
    pub facilitator: bool,
    /// Language of its words, if it is not that of the site.
    pub language: Option<Language>,
}

/// A work that a document cites, for paper.
#[derive(Clone, Debug, Serialize)]
pub struct PaperAuthority {
    /// Title.
    pub title: String,
    /// Address, if it has one that answers: of the text of the day for a document that is no longer
    /// in force.
    pub url: Option<String>,
    /// Provisions of it that are cited, in order; first the work as a whole, if it is.
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
