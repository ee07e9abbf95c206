//! All that a template can see.
//!
//! Holds the view types, which are the contract with the authors of themes: what is not here cannot change a page. Takes
//! finished words, addresses relative to the page, and markup from `html`; gives values for Tera. Never looks anything up.

mod editions;
mod epub;
mod single;

use serde::Serialize;

pub use editions::*;
pub use epub::*;
pub use single::*;

/// Markup that `render::html` made: the only words that a template prints unescaped.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Html(tera::Value);

impl Html {
    /// Takes markup from the one writer.
    pub(super) fn new(markup: &str) -> Self {
        Html(tera::Value::safe_string(markup))
    }
}

/// A link: its words and its address, relative to the page it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Link {
    /// The words.
    pub words: String,
    /// The address.
    pub url: String,
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
    /// Its address.
    pub url: String,
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

/// A group of documents on the home page.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading over it.
    pub title: String,
    /// Its documents.
    pub documents: Vec<Card>,
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
    /// Its page.
    pub url: String,
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
    /// Its page.
    pub url: String,
    /// Its terms.
    pub terms: Vec<TermLink>,
}

/// `home.html`
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// What is around it.
    pub shell: Shell,
    /// The author's own words, in order.
    pub items: Vec<Item>,
    /// Their notes.
    pub notes: Vec<Note>,
    /// The documents, in the settings' groups; those in none stand in a last one.
    pub groups: Vec<Group>,
    /// The taxonomies.
    pub taxonomies: Vec<TaxonomyList>,
    /// The page of authorities, if any is declared.
    pub authorities: Option<Link>,
    /// The glossary, if there is one.
    pub glossary: Option<Link>,
}

/// `document.html`, `pack.html`, `timeline.html` and `map.html`
#[derive(Clone, Debug, Serialize)]
pub struct DocumentPage {
    /// What is around it.
    pub shell: Shell,
    /// The document in a few words.
    pub document: Card,
    /// What the page says of it to machines: JSON-LD, for a `script` of that type.
    pub structured: Html,
    /// The official text that it restates.
    pub source: Option<Source>,
    /// What it is to other documents.
    pub relations: Vec<RelationLine>,
    /// Terms that hold for all of it.
    pub terms: Vec<TermLink>,
    /// What mentions it as a whole.
    pub referred_by: Vec<Link>,
    /// Its headings, in order.
    pub contents: Vec<ContentsLine>,
    /// What it is made of, in order.
    pub items: Vec<Item>,
    /// Its notes.
    pub notes: Vec<Note>,
    /// Whether all of them are for the facilitator of a pack.
    pub notes_for_facilitator: bool,
    /// Of a publication in several files: the file before and the one after.
    pub previous: Option<Link>,
    /// See `previous`.
    pub next: Option<Link>,
    /// Of a publication's first file: its files in order.
    pub files: Vec<Link>,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// Of a pack, those that its clauses cite, drawn in or its own.
    pub cited_for_participants: Vec<PaperAuthority>,
    /// Of a document of the kind `map`: the documents and their relations.
    pub map: Option<Map>,
    /// The script of what the page refers to on other pages, if it does.
    pub previews: Option<String>,
    /// The page's address as a QR code, if the settings give a base address.
    pub square: Option<Html>,
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

/// How the documents fit together.
#[derive(Clone, Debug, Serialize)]
pub struct Map {
    /// An SVG with a numbered line for each pair that is related.
    pub drawing: Html,
    /// What each line means, in the order of their numbers.
    pub lines: Vec<MapLine>,
}

/// A line of the map in words.
#[derive(Clone, Debug, Serialize)]
pub struct MapLine {
    /// A document; without an address, a work that the site does not hold.
    pub from: Link,
    /// "summarises"
    pub words: String,
    /// The other.
    pub to: Link,
}

/// The official text that a page restates.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// "Replaces …"
#[derive(Clone, Debug, Serialize)]
pub struct RelationLine {
    /// "Replaces"
    pub words: String,
    /// The other document's title.
    pub title: String,
    /// Its address, if the site holds it.
    pub url: Option<String>,
    /// The page of what changed, if the one replaces the other.
    pub changes: Option<String>,
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

/// One thing in a document's order; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Item {
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its fragment.
        id: String,
        /// Its words.
        html: Html,
        /// What mentions it.
        referred_by: Vec<Link>,
        /// Addresses that it took over.
        formers: Vec<Former>,
        /// Whether all that is under it, in a pack, is for the facilitator.
        facilitator: bool,
    },
    /// Addresses of what is no longer here.
    Gone {
        /// The addresses.
        formers: Vec<Former>,
    },
    /// A clause.
    Clause(Clause),
    /// Words that belong to no clause.
    Block {
        /// The words.
        html: Html,
    },
    /// A clause of another document.
    Drawn {
        /// The clause.
        clause: Clause,
        /// Where it stands: "Guidance 2008, paragraph 3.37".
        source: Link,
        /// The status of its document in a word, unless it is current.
        status_words: Option<String>,
        /// Its notes.
        notes: Vec<Note>,
    },
}

/// A clause.
#[derive(Clone, Debug, Serialize)]
pub struct Clause {
    /// Its fragment on its document's page: `3.37`, `para-7`.
    pub id: String,
    /// Its number as readers see it: `3.37`, `¶7`.
    pub number: String,
    /// The author's id for it, which is an address too.
    pub label: Option<String>,
    /// Its words.
    pub html: Html,
    /// Whether it has so many words that paper may break it.
    pub long: bool,
    /// Its terms.
    pub terms: Vec<TermLink>,
    /// What it is to clauses of other documents, by kind.
    pub relations: Vec<ClauseRelations>,
    /// What it was in the edition before, and what it became in the one after: "Reworded from" 3.36.
    pub history: Vec<ClauseRelations>,
    /// What it cites, in its notes too.
    pub citations: Vec<Citation>,
    /// What mentions it, its sub-clauses among it.
    pub referred_by: Vec<Link>,
    /// Its address on its document's page.
    pub url: String,
    /// Its page by itself, if it has one.
    pub page: Option<String>,
    /// Addresses that it took over, and what bore its own before it.
    pub formers: Vec<Former>,
    /// What happened to it since the first edition of the site, in a line.
    pub since: Option<String>,
    /// The note of the body whose copy this is.
    pub local: Option<LocalNote>,
}

/// A local note on a clause.
#[derive(Clone, Debug, Serialize)]
pub struct LocalNote {
    /// Its fragment: `local-3.37`.
    pub id: String,
    /// Whose it is: "Local note, Anytown CVS".
    pub title: String,
    /// Its words.
    pub html: Html,
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

/// What a clause is to others, in one way.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseRelations {
    /// "Summarises"
    pub words: String,
    /// The others.
    pub links: Vec<Link>,
}

/// A work that a clause cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// "Children Act 2004, s 10(1)(b)"
    pub words: String,
    /// Its place in the table of authorities.
    pub url: String,
    /// The text as it now stands, if the work is legislation.
    pub now: Option<String>,
    /// The text on the document's day: "as at 3 April 2008".
    pub then: Option<Link>,
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

/// `clause.html`
#[derive(Clone, Debug, Serialize)]
pub struct ClausePage {
    /// What is around it.
    pub shell: Shell,
    /// Its document in a few words.
    pub document: Card,
    /// The official text that its document restates.
    pub source: Option<Source>,
    /// The headings it stands under, outermost first.
    pub trail: Vec<Link>,
    /// The clause.
    pub clause: Clause,
    /// Its notes.
    pub notes: Vec<Note>,
    /// "Guidance 2008, paragraph 3.37"
    pub citation: String,
    /// What "Copy as quotation" copies: the clause's own words, then where they are from, each on its line.
    pub quotation: String,
    /// Its address to hand out: absolute if there is a base address, else from the site's root.
    pub address: String,
    /// The works that it cites, for paper.
    pub cited: Vec<PaperAuthority>,
    /// The address as a QR code, if there is a base address.
    pub square: Option<Html>,
    /// What the page says of the clause to machines: JSON-LD, for a `script` of that type.
    pub structured: Html,
    /// The clause before it.
    pub previous: Option<Link>,
    /// The clause after it.
    pub next: Option<Link>,
}

/// `taxonomy.html`
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyPage {
    /// What is around it.
    pub shell: Shell,
    /// The taxonomy.
    pub taxonomy: TaxonomyList,
}

/// `term.html`
#[derive(Clone, Debug, Serialize)]
pub struct TermPage {
    /// What is around it.
    pub shell: Shell,
    /// The term.
    pub term: TermLink,
    /// Its taxonomy.
    pub taxonomy: Link,
    /// Its clauses, by document.
    pub documents: Vec<TermDocument>,
}

/// The clauses of one document that carry a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermDocument {
    /// The document.
    pub document: Card,
    /// Its clauses.
    pub clauses: Vec<ClauseLine>,
}

/// A clause in one line.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseLine {
    /// Its number as readers see it.
    pub number: String,
    /// Its address.
    pub url: String,
    /// The heading it stands under.
    pub heading: Option<String>,
    /// Its opening words.
    pub opening: String,
}

/// `browse.html`
#[derive(Clone, Debug, Serialize)]
pub struct BrowsePage {
    /// What is around it.
    pub shell: Shell,
    /// Every taxonomy.
    pub taxonomies: Vec<TaxonomyList>,
    /// The first taxonomy across, the second down, if there are two.
    pub table: Option<BrowseTable>,
    /// The clauses of each cell that has any.
    pub lists: Vec<BrowseList>,
}

/// Two taxonomies crossed.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseTable {
    /// A row for each term of the second.
    pub rows: Vec<BrowseRow>,
}

/// A row of the table.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseRow {
    /// The term of the second taxonomy.
    pub term: TermLink,
    /// A cell for each term of the first.
    pub cells: Vec<BrowseCell>,
}

/// A cell of the table.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseCell {
    /// How many clauses carry both terms.
    pub count: usize,
    /// Where they are listed on this page, if there are any.
    pub url: String,
}

/// The clauses that carry two terms.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseList {
    /// Its fragment.
    pub id: String,
    /// The two terms: "Stay safe, Governance".
    pub title: String,
    /// The clauses, by document.
    pub documents: Vec<BrowseDocument>,
}

/// The clauses of one document, by their numbers.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseDocument {
    /// The document.
    pub document: Link,
    /// Its clauses.
    pub clauses: Vec<Link>,
}

/// `about.html`
#[derive(Clone, Debug, Serialize)]
pub struct AboutPage {
    /// What is around it.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// The headings of the author's own words, in order.
    pub contents: Vec<ContentsLine>,
    /// The author's own words; without any, the theme has some.
    pub items: Vec<Item>,
    /// Their notes.
    pub notes: Vec<Note>,
}

/// `authorities.html`
#[derive(Clone, Debug, Serialize)]
pub struct AuthoritiesPage {
    /// What is around it.
    pub shell: Shell,
    /// The authorities, by kind.
    pub kinds: Vec<AuthorityKind>,
}

/// Authorities of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorityKind {
    /// "Acts"; last, "Not cited".
    pub title: String,
    /// Its fragment.
    pub id: String,
    /// A sentence about those that are not cited.
    pub words: Option<String>,
    /// The authorities, by title.
    pub authorities: Vec<Authority>,
}

/// An Act, instrument or publication with what cites it.
#[derive(Clone, Debug, Serialize)]
pub struct Authority {
    /// Its fragment: its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address, if it has one that answers.
    pub url: Option<String>,
    /// The address that the papers print, if it no longer answers; `url` is then that of a kept copy.
    pub printed: Option<String>,
    /// `c. 31`
    pub chapter: Option<String>,
    /// When it was made, in words.
    pub made: Option<String>,
    /// The Act that a Bill became.
    pub became: Option<Link>,
    /// What cites it as a whole.
    pub cited: Vec<Link>,
    /// Its provisions that are cited, in order.
    pub provisions: Vec<Provision>,
    /// The fragments of provisions that were cited once.
    pub formers: Vec<String>,
}

/// A provision with what cites it.
#[derive(Clone, Debug, Serialize)]
pub struct Provision {
    /// Its fragment: `ca2004-s-10-1-b`.
    pub id: String,
    /// `s 10(1)(b)`
    pub shown: String,
    /// Its address, if the work has one.
    pub url: Option<String>,
    /// What cites it.
    pub cited: Vec<Link>,
}

/// `glossary.html`
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryPage {
    /// What is around it.
    pub shell: Shell,
    /// Its title.
    pub title: String,
    /// What it is made of, in order.
    pub parts: Vec<GlossaryPart>,
    /// Its notes.
    pub notes: Vec<Note>,
}

/// One thing in the glossary's order; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum GlossaryPart {
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its fragment.
        id: String,
        /// Its words.
        html: Html,
    },
    /// Other words.
    Block {
        /// The words.
        html: Html,
    },
    /// A list of words with their meanings.
    Words {
        /// The words, in the author's order.
        words: Vec<Word>,
    },
}

/// A word of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// Its fragment: `lscb`.
    pub id: String,
    /// The term in full.
    pub term: String,
    /// Its abbreviation.
    pub abbreviation: Option<String>,
    /// Its meaning.
    pub meaning: Html,
    /// The clauses that use it.
    pub uses: Vec<Link>,
}

/// `search.html`
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// What is around it.
    pub shell: Shell,
    /// The first file of the index, for the script.
    pub index: Option<String>,
    /// Every list of the site, for who has no script or finds nothing.
    pub lists: Vec<Link>,
}

/// `404.html`
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// What is around it.
    pub shell: Shell,
    /// Every list of the site, for who follows a link that leads nowhere.
    pub lists: Vec<Link>,
}
