//! All that a template can see of pages that list what the site has: home, terms, authorities, the
//! glossary, search.

use serde::Serialize;

use super::document::ItemView;
use super::shared::{Card, Html, Link, ListLink, NoteView, Shell, TaxonomyList, TermLink, Words};

/// A group of documents on the home page.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The heading over it.
    pub title: Words,
    /// Documents of the group.
    pub documents: Vec<Card>,
    /// Pages on which they are listed, if they are too many for the home page.
    pub sheets: Vec<Link>,
    /// Whether any of them was published by a body or on a day, so that a table says more than
    /// their titles.
    pub table: bool,
    /// Whether the settings fold it.
    pub folded: bool,
    /// The status of all of them in a sentence, if it is the same and none is current.
    pub status: Option<Words>,
    /// Whether each has a status to show of its own.
    pub differ: bool,
}

/// A section of the author's own words on the home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomePart {
    /// Heading.
    pub heading: ItemView,
    /// Items under it, up to the first heading below it.
    pub items: Vec<ItemView>,
    /// Headings below it, each with what is under it.
    pub ways: Vec<HomeWay>,
}

/// A heading within a section of the home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeWay {
    /// Heading.
    pub heading: ItemView,
    /// Items under it.
    pub items: Vec<ItemView>,
}

/// `home.html`
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The author's own words, in order.
    pub items: Vec<ItemView>,
    /// Those of them before the first heading.
    pub opening: Vec<ItemView>,
    /// The rest of them, by headings of the highest level.
    pub parts: Vec<HomePart>,
    /// Their notes.
    pub notes: Vec<NoteView>,
    /// Number of documents in groups that are shown as tables.
    pub papers: usize,
    /// Number of clauses in them.
    pub clauses: usize,
    /// The documents, in the settings' groups; those in none are in a last one.
    pub groups: Vec<GroupView>,
    /// The taxonomies.
    pub taxonomies: Vec<TaxonomyList>,
    /// The page of authorities, if any is declared.
    pub authorities: Option<ListLink>,
    /// The glossary, if there is one.
    pub glossary: Option<ListLink>,
}

/// `papers.html`
#[derive(Clone, Debug, Serialize)]
pub struct PapersPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// From the first document to the last.
    pub words: String,
    /// The group, with those of its documents that are on this sheet.
    pub group: GroupView,
    /// The sheet before it.
    pub previous: Option<Link>,
    /// The sheet after it.
    pub next: Option<Link>,
}

/// `taxonomy.html`
#[derive(Clone, Debug, Serialize)]
pub struct TaxonomyPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The taxonomy.
    pub taxonomy: TaxonomyList,
}

/// `term.html`
#[derive(Clone, Debug, Serialize)]
pub struct TermPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The term.
    pub term: TermLink,
    /// Taxonomy of the term.
    pub taxonomy: Link,
    /// Clauses that carry it, by document.
    pub documents: Vec<TermDocument>,
    /// The page of those before these, if they are too many for one.
    pub previous: Option<Link>,
    /// The page of those after these.
    pub next: Option<Link>,
}

/// The clauses of one document that carry a term.
#[derive(Clone, Debug, Serialize)]
pub struct TermDocument {
    /// The document.
    pub document: Card,
    /// Number of its clauses that carry the term.
    pub count: usize,
    /// Those clauses; none if the whole document carries the term.
    pub clauses: Vec<ClauseLine>,
}

/// A clause in one line.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseLine {
    /// Number as readers see it.
    pub number: String,
    /// Address, if it has one here.
    pub url: Option<String>,
    /// The heading it is under.
    pub heading: Option<String>,
    /// Opening words.
    pub opening: String,
}

/// `browse.html`
#[derive(Clone, Debug, Serialize)]
pub struct BrowsePage {
    /// Everything around the page's own words.
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
    /// Number of clauses that carry both terms.
    pub count: usize,
    /// Address of their list on this page, if there are any.
    pub url: Option<String>,
}

/// The clauses that carry two terms.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseList {
    /// Fragment.
    pub id: String,
    /// The two terms: "Stay safe, Governance".
    pub title: String,
    /// The clauses, by document.
    pub documents: Vec<BrowseDocument>,
    /// Number of further documents, if they are too many for the page.
    pub more: usize,
    /// The second term, whose page has all.
    pub rest: Link,
}

/// The clauses of one document, by their numbers.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseDocument {
    /// The document.
    pub document: Link,
    /// Number of its clauses that carry both.
    pub count: usize,
    /// Those clauses; none if the whole document carries both.
    pub clauses: Vec<Link>,
}

/// `authorities.html`
#[derive(Clone, Debug, Serialize)]
pub struct AuthoritiesPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The authorities, by kind.
    pub kinds: Vec<AuthorityKindView>,
}

/// Authorities of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorityKindView {
    /// "Acts"; last, "Not cited".
    pub title: Words,
    /// Fragment.
    pub id: String,
    /// A sentence about those that are not cited.
    pub words: Option<Words>,
    /// The authorities, by title.
    pub authorities: Vec<AuthorityView>,
}

/// An Act, instrument or publication with what cites it.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorityView {
    /// Fragment, which is its key.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address, if it has one that answers.
    pub url: Option<String>,
    /// The address that the papers print, if it no longer answers; `url` is then that of a kept
    /// copy.
    pub printed: Option<String>,
    /// `c. 31`
    pub chapter: Option<String>,
    /// When it was made, in words.
    pub made: Option<Words>,
    /// The Act that a Bill became.
    pub became: Option<Link>,
    /// The Bills that became this Act.
    pub formerly: Vec<Link>,
    /// The day on which somebody last checked what cites it, in words.
    pub checked: Option<Words>,
    /// Changes in it that the register knows of.
    pub changes: Option<String>,
    /// Links to the places that cite it as a whole.
    pub cited: Vec<Link>,
    /// Number of further places, if they are too many for the page.
    pub more: usize,
    /// Address of a search that finds them.
    pub search: String,
    /// Provisions of it that are cited, in order.
    pub provisions: Vec<ProvisionView>,
    /// The fragments of provisions that were cited once.
    pub formers: Vec<String>,
}

/// A provision with what cites it.
#[derive(Clone, Debug, Serialize)]
pub struct ProvisionView {
    /// Fragment: `ca2004-s-10-1-b`.
    pub id: String,
    /// `s 10(1)(b)`
    pub shown: String,
    /// Address, if the work has one.
    pub url: Option<String>,
    /// Links to the places that cite it.
    pub cited: Vec<Link>,
    /// Number of further places, if they are too many for the page.
    pub more: usize,
    /// Address of a search that finds them.
    pub search: String,
}

/// `glossary.html`
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Title.
    pub title: String,
    /// Letters that its words begin with, if it is long and in the order of the alphabet.
    pub letters: Vec<Link>,
    /// Parts of it, in order.
    pub parts: Vec<GlossaryPart>,
    /// Notes.
    pub notes: Vec<NoteView>,
}

/// One thing in the glossary's order; `type` says which.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum GlossaryPart {
    /// A heading.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Fragment.
        id: String,
        /// Words.
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
        words: Vec<WordView>,
    },
}

/// A letter over the words that begin with it.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// Letter.
    pub words: String,
    /// Fragment.
    pub id: String,
}

/// A word of the glossary.
#[derive(Clone, Debug, Serialize)]
pub struct WordView {
    /// Letter that it is the first word of, with the fragment: `L`, `Letter-L`.
    pub letter: Option<LetterView>,
    /// Fragment: `lscb`.
    pub id: String,
    /// The term in full.
    pub term: String,
    /// Abbreviation.
    pub abbreviation: Option<String>,
    /// Meaning.
    pub meaning: Html,
    /// The clauses that use it.
    pub uses: Vec<Link>,
    /// Number of further clauses, if they are too many for the page.
    pub more: usize,
    /// Address of a search that finds them.
    pub search: String,
}

/// `search.html`
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// The first file of the index, for the script.
    pub index: Option<String>,
    /// Every list of the site, for who has no script or finds nothing.
    pub lists: Vec<ListLink>,
}

/// `list.html`
#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    /// Everything around the page's own words.
    pub shell: Shell,
}

/// `404.html`
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundPage {
    /// Everything around the page's own words.
    pub shell: Shell,
    /// Every list of the site, for who follows a link that leads nowhere.
    pub lists: Vec<ListLink>,
}
