//! The resolved site.
//!
//! Holds every document with what the others lend it, the register of authorities with what cites
//! them, the terms with their members, and the words. Takes nothing by itself; `resolve` makes it.
//! Read-only from there on: render, search and export read it and change nothing.

pub mod anchors;
mod citations;
pub mod fingerprint;
mod glossary;
pub mod history;
pub mod pins;
mod places;
mod plain;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::arena::{Arena, Id, Table};
use crate::config::{Config, TermRef};
use crate::date::PartialDate;
use crate::diagnostic::nearest;
use crate::document::{
    Clause, ClauseId, ClauseRelationKind, Document, Element, Item, Note, NoteId, Piece, Reference, ReferenceId,
    Relation, Section, SectionId, Status,
};
use crate::law::{Authority, Provision};
use crate::output::OutPath;
use crate::source::{Hash, Span};
use crate::strings::Strings;
pub use citations::{LocatedCitation, parts_around};
pub use glossary::{Glossary, GlossaryWord, WordId, WordMatch};
pub use places::{Placed, citation, citation_from, short_citation};
pub use plain::first_words;

/// Place of a document among those of the site.
pub type EntryId = Id<Entry>;
/// Place of a work in the register.
pub type AuthorityId = Id<Cited>;

/// The whole site.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The settings.
    pub config: Arc<Config>,
    /// The words of the program, in the site's language.
    pub strings: Arc<Strings>,
    /// Every document with what the others lend it, by path; files of a publication in its own
    /// order.
    pub entries: Arena<Entry>,
    /// The entry of each document, by its id.
    pub by_id: HashMap<String, EntryId>,
    /// The register, by key, each with what cites it.
    pub authorities: Arena<Cited>,
    /// The members of each term.
    pub members: BTreeMap<TermRef, Vec<Member>>,
    /// The words of the glossary.
    pub glossary: Arc<Glossary>,
    /// The files that documents refer to, by their path below the site's folder.
    pub assets: BTreeMap<String, (OutPath, Hash)>,
}

/// A document and what the rest of the site lends it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document.
    pub document: Arc<Document>,
    /// Path of the page.
    pub page: OutPath,
    /// Role of the document in the site.
    pub role: DocumentRole,
    /// Links, terms and relations that the document has from the rest of the site.
    pub resolution: Resolution,
}

/// Role of a document in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRole {
    /// The words of the home page.
    Home,
    /// The glossary.
    Glossary,
    /// An induction pack.
    Pack,
    /// Local notes on the clauses of a document of the site that is extended: they are on its
    /// page.
    Notes,
    /// Dates in their order.
    Timeline,
    /// Overview of how the documents fit together.
    Map,
    /// Any other.
    Document,
}

impl DocumentRole {
    /// Whether it is a document for readers: not the home page's words, not the glossary, no notes
    /// on another.
    pub fn is_paper(self) -> bool {
        !matches!(self, DocumentRole::Home | DocumentRole::Glossary | DocumentRole::Notes)
    }

    /// Whether what it mentions is relied on there: not what the home page or the glossary points
    /// to.
    pub fn relies_on_what_it_mentions(self) -> bool {
        !matches!(self, DocumentRole::Home | DocumentRole::Glossary)
    }
}

/// Everything that one document borrows from the others. It holds no spans, so that a blank line
/// added to one document changes the resolution of none.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// Resolved target of each mention.
    pub targets: Table<Reference, ResolvedTarget>,
    /// The terms of each clause, its headings' and its document's among them.
    pub terms: Table<Clause, Vec<TermRef>>,
    /// The terms of the whole document.
    pub document_terms: Vec<TermRef>,
    /// Places that mention each clause, in the site's order.
    pub clause_referrers: Table<Clause, Vec<Place>>,
    /// Relations of each clause to clauses of other documents, from the rows of `relations.toml`
    /// about either of the two.
    pub clause_relations: Table<Clause, Vec<(ClauseRelationKind, Place)>>,
    /// Places that mention each heading.
    pub section_referrers: Table<Section, Vec<Place>>,
    /// Places that mention the document as a whole.
    pub referrers: Vec<Place>,
    /// Relations to other documents, both those that this document declares and those that they
    /// declare.
    pub relations: Vec<(Relation, Other)>,
    /// The clauses of the documents that it restates, or that restate it, by the clause that has
    /// the same number here.
    pub counterparts: BTreeMap<ClauseId, Vec<(Relation, Place)>>,
    /// The number of each note: the order of first mention, from 1; none for a note that is never
    /// mentioned.
    pub note_numbers: Table<Note, Option<usize>>,
    /// First file of the publication that this file is part of, which may be this file itself.
    pub publication: Option<EntryId>,
    /// Files of the publication in order, if this is its first file; else empty.
    pub files: Vec<EntryId>,
    /// The documents beside it on the home page.
    pub neighbours: Neighbours,
    /// Document that these local notes are on; none unless this is a file of local notes.
    pub annotates: Option<EntryId>,
    /// Entry that holds the local notes on this document.
    pub notes: Option<EntryId>,
    /// Notes on clauses of this document: for the clause, the note among that entry's clauses.
    pub local_notes: BTreeMap<ClauseId, ClauseId>,
}

impl Resolution {
    /// Whether a term is carried by the whole document, so that its head says it once for all
    /// clauses.
    pub fn is_of_whole(&self, term: TermRef) -> bool {
        self.document_terms.binary_search(&term).is_ok()
    }
}

/// The documents beside a document in its group on the home page, or among those in no group.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// All of the group, itself too; empty if it has no other, or too many to list.
    pub group: Arc<[EntryId]>,
    /// The one before.
    pub previous: Option<EntryId>,
    /// The one after.
    pub next: Option<EntryId>,
}

/// The other end of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// A document of the site.
    Held(EntryId),
    /// The title of a work that the site does not hold.
    NotHeld(String),
}

/// Resolved target of a mention, and the words it prints if its author gave none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedTarget {
    /// Goal that the mention leads to.
    pub to: Goal,
    /// The words.
    pub words: String,
}

/// Goal of a mention: a part of the site, an authority, a file, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A place of the site.
    Place(Place),
    /// All clauses of a document from one to another.
    Clauses(EntryId, ClauseId, ClauseId),
    /// A note of a document.
    Note(EntryId, NoteId),
    /// An authority, at these provisions of it.
    Authority(AuthorityId, Vec<Provision>),
    /// A file of the site that is copied, and a place in it that its own kind of file knows.
    Asset(OutPath, Option<String>),
    /// Nothing; a diagnostic says so.
    Nowhere,
}

/// A document, heading or clause of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Entry of the document.
    pub entry: EntryId,
    /// Part of that document.
    pub part: PlacePart,
}

/// Part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlacePart {
    /// All of it.
    Whole,
    /// A heading.
    Section(SectionId),
    /// A clause.
    Clause(ClauseId),
}

/// Clause that carries a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Entry of its document.
    pub entry: EntryId,
    /// Clause of that document.
    pub clause: ClauseId,
}

/// An authority and what cites it.
#[derive(Clone, Debug)]
pub struct Cited {
    /// Row of the register for the work.
    pub authority: Authority,
    /// Span of that row in the register.
    pub declared: Span,
    /// Places that cite the work without a pinpoint.
    pub whole: BTreeSet<CitingPlace>,
    /// Places that cite each provision of the work.
    pub provisions: BTreeMap<Provision, BTreeSet<CitingPlace>>,
}

impl Cited {
    /// Returns whether any document that counts cites the work.
    pub fn is_cited(&self) -> bool {
        !self.whole.is_empty() || self.provisions.values().any(|citing| !citing.is_empty())
    }

    /// Returns whether the table of authorities lists a provision: one that only an uncounted
    /// document cites has no row.
    pub fn has_row(&self, provision: &Provision) -> bool {
        self.provisions.contains_key(provision) || self.rows().contains_key(provision)
    }

    /// Returns the provisions as the table of authorities lists them. A citation of section
    /// 10(1)(b) is listed under section 10 as well, and a citation of sections 10 to 12 under both
    /// ends of the range.
    pub fn rows(&self) -> BTreeMap<Provision, BTreeSet<CitingPlace>> {
        let mut rows = self.provisions.clone();
        for (provision, citing) in &self.provisions {
            let ends = provision.other_end().into_iter().flat_map(|end| [provision.one_end(), end]);
            let wholes: Vec<_> =
                ends.chain([provision.clone()]).map(|end| without_levels(&end).unwrap_or(end)).collect();
            for whole in wholes {
                rows.entry(whole).or_default().extend(citing);
            }
        }
        rows
    }
}

/// The section, regulation or paragraph of which a provision names a part.
fn without_levels(provision: &Provision) -> Option<Provision> {
    let mut whole = provision.one_end();
    let levels = std::mem::take(&mut whole.divisions.last_mut()?.levels);
    (!levels.is_empty()).then_some(whole)
}

/// Place that cites an authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CitingPlace {
    /// The document, heading or clause.
    pub place: Place,
    /// The note marked there, if the citation is in one.
    pub note: Option<NoteId>,
}

impl Corpus {
    /// The entry of a document.
    pub fn find(&self, id: &str) -> Option<EntryId> {
        self.by_id.get(id).copied()
    }

    /// Returns whether there is a document that cites works only as examples.
    pub fn has_examples(&self) -> bool {
        self.entries.iter().any(|entry| !entry.document.front.counts_citations())
    }

    /// The document at an entry, with what the rest of the site lends it.
    pub fn entry(&self, at: EntryId) -> &Entry {
        &self.entries[at]
    }

    /// Returns all that a pack draws in, place by place: clauses, each whole, with their entry.
    pub fn all_drawn_in(&self, pack: &Entry) -> impl Iterator<Item = (EntryId, BTreeSet<ClauseId>)> {
        pack.document.items.iter().filter_map(|item| match item {
            Item::DrawIn(reference) => drawn_in(&self.entries, pack, *reference),
            _ => None,
        })
    }

    /// Whether each clause of a document has a page of its own.
    pub fn has_clause_pages(&self, entry: &Entry) -> bool {
        self.config.clause_pages && entry.role == DocumentRole::Document
    }

    /// The document for readers with this id, or the id that is nearest to it.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn paper(&self, id: &str) -> Result<EntryId, Option<&str>> {
        let found = self.find(id).filter(|at| self.entry(*at).role.is_paper());
        found.ok_or_else(|| nearest(id, self.papers().map(|(_, entry)| entry.document.id.as_str())))
    }

    /// The entries that are documents for readers, with their ids: not the home page's words, not
    /// the glossary.
    pub fn papers(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries.pairs().filter(|(_, entry)| entry.role.is_paper())
    }

    /// Returns the entry of the home page's own words, if the site has any.
    pub fn home(&self) -> Option<EntryId> {
        self.entries.find(|entry| entry.role == DocumentRole::Home)
    }
}

/// The clauses that a pack draws in at one place, each whole, with their entry. With a clause whose
/// heading has no words of its own, those under its heading are drawn in.
pub fn drawn_in(entries: &Arena<Entry>, pack: &Entry, reference: ReferenceId) -> Option<(EntryId, BTreeSet<ClauseId>)> {
    let (at, first, last) = match pack.resolution.targets[reference].to {
        Goal::Place(Place { entry, part: PlacePart::Clause(clause) }) => (entry, clause, clause),
        Goal::Clauses(entry, first, last) => (entry, first, last),
        _ => return None,
    };
    let document = &entries[at].document;
    let mut clauses: BTreeSet<ClauseId> = first.through(last).map(|clause| document.whole_clause(clause)).collect();
    if let Some(last) = clauses.last().copied() {
        clauses.extend(below(document, last));
    }
    Some((at, clauses))
}

/// The clauses under the heading that is all of a clause; none of one that has words.
fn below(document: &Document, clause: ClauseId) -> impl Iterator<Item = ClauseId> {
    let heading = document.clauses[clause].heading.filter(|_| document.clauses[clause].body.is_empty());
    let within = move |section: Option<SectionId>| document.trail(section).into_iter().any(|at| Some(at) == heading);
    let after = document.clauses.after(clause).filter(|(_, other)| other.parent.is_none());
    let inside = after.take_while(move |(_, other)| heading.is_some() && within(other.heading.or(other.section)));
    inside.map(|(at, _)| at)
}

/// The page by itself of the clause with this fragment on a document's page.
pub fn page_of_clause(page: &str, anchor: &str) -> Option<OutPath> {
    let folder = page.strip_suffix(".html")?;
    let folder = folder.strip_suffix("/index").unwrap_or(folder);
    OutPath::new(&format!("{folder}/{}.html", in_ascii(&anchor.to_lowercase())))
}

/// A fragment as a part of a path: letters of other scripts by their numbers in Unicode, since not
/// every system can hold them.
fn in_ascii(anchor: &str) -> String {
    let written = |c: char| if c.is_ascii() { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    anchor.chars().map(written).collect()
}

impl Entry {
    /// The page of one clause by itself: `guidance-2008/3.37.html`; none for a sub-clause, which
    /// is on that of its clause.
    pub fn clause_page(&self, clause: &Clause) -> Option<OutPath> {
        if !clause.number.labels().is_empty() {
            return None;
        }
        page_of_clause(self.page.as_str(), &self.document.clause_anchor(clause))
    }

    /// Whether the document is of one of some kinds.
    pub fn is_of(&self, kinds: &[String]) -> bool {
        self.document.front.kind.as_ref().is_some_and(|kind| kinds.contains(&kind.value))
    }

    /// The notes marked in a range of pieces, each once, in order.
    pub fn notes_in(&self, range: &Range<usize>) -> Vec<NoteId> {
        let (mut notes, mut known) = (Vec::new(), BTreeSet::new());
        for piece in self.document.pieces(range) {
            if let Piece::NoteMark(mark) = piece {
                let note = self.document.marks[*mark].note;
                notes.extend(known.insert(note).then_some(note));
            }
        }
        notes
    }

    /// The mentions in a range of pieces and in the notes marked there, in order.
    pub fn references_in(&self, range: &Range<usize>) -> Vec<ReferenceId> {
        let mut found = Vec::new();
        let mut take = |range: &Range<usize>| {
            found.extend(self.document.pieces(range).iter().filter_map(|piece| match piece {
                Piece::Reference(at) | Piece::Open(Element::Reference(at)) => Some(*at),
                _ => None,
            }));
        };
        take(range);
        for note in self.notes_in(range) {
            self.document.notes[note].body.iter().for_each(&mut take);
        }
        found
    }

    /// The titles of the headings a clause is under, outermost first.
    pub fn trail(&self, section: Option<SectionId>) -> Vec<&Section> {
        self.document.trail(section).into_iter().map(|at| &self.document.sections[at]).collect()
    }

    /// The day whose text of the law the document's citations lead to: its own day if it is no
    /// longer in force, else none, for the text as it is now.
    pub fn law_as_at(&self) -> Option<PartialDate> {
        // A draft that was replaced is past, too.
        let replaced = self.resolution.relations.iter().any(|(relation, _)| *relation == Relation::ReplacedBy);
        let past = replaced || matches!(self.document.front.status, Some(Status::Superseded | Status::Withdrawn));
        self.document.front.published.filter(|_| past)
    }

    /// Whether the paper prints no numbers, so that clausebook counts.
    pub fn counts_by_itself(&self) -> bool {
        self.document.counts_by_itself()
    }
}
