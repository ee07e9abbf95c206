//! The addresses that a site has.
//!
//! Takes a document of the corpus; gives each fragment of its page that readers may have kept, with
//! what is there. Gives no address twice, and none that only a script or a way back uses.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Corpus, DocumentRole, Entry, EntryId, Goal, Place, PlacePart, ResolvedTarget};
use crate::config::{TaxonomyId, TermRef};
use crate::document::ledger::{AnchorKind, KnownBy, TextHash};
use crate::document::spelling::same_letters;
use crate::document::{Document, Piece, ReferenceId, SectionId, Within};
use crate::output::{AUTHORITIES_PAGE, OutPath};
use crate::source::Span;

/// An address of a document, and what is there.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The fragment; empty for the page itself.
    pub anchor: String,
    /// Kind of thing at the address.
    pub kind: AnchorKind,
    /// Number that readers know it by: `3.37(a)`; empty for a heading.
    pub number: String,
    /// The fragment of what it is in: of a clause its heading, of a sub-clause, a note or an
    /// author's id the clause.
    pub within: String,
    /// The part of the document that it belongs to.
    pub part: PlacePart,
    /// Range of the pieces that hold its words, if it is known by its words.
    pub body: Option<Range<usize>>,
    /// Span in the source.
    pub span: Span,
}

impl Corpus {
    /// Every address of a document, its page first.
    pub fn anchors(&self, at: EntryId) -> Vec<Anchor> {
        let entry = self.entry(at);
        let mut anchors = anchors_of(entry);
        if entry.role == DocumentRole::Glossary {
            let glossary = Span::new(entry.document.file, 0..0);
            anchors.extend(self.glossary.words.iter().filter(|word| word.entry == at).map(|word| Anchor {
                kind: AnchorKind::Word,
                ..Anchor::of(word.anchor.clone(), PlacePart::Whole, glossary)
            }));
        }
        anchors
    }
}

impl Corpus {
    /// Returns the page of a taxonomy; none of a name that makes no path.
    pub fn taxonomy_page(&self, at: TaxonomyId) -> Option<OutPath> {
        OutPath::new(&format!("{}/index.html", self.config.taxonomies[at].slug))
    }

    /// Returns the page of a term; none of a name that makes no path.
    pub fn term_page(&self, term: TermRef) -> Option<OutPath> {
        let taxonomy = &self.config.taxonomies[term.taxonomy];
        OutPath::new(&format!("{}/{}.html", taxonomy.slug, taxonomy.terms[term.term].slug))
    }
}

/// The addresses that belong to no document: pages of terms, and the works and provisions of the
/// table of authorities.
pub fn site_anchors(corpus: &Corpus) -> Vec<Anchor> {
    let Some(entry) = corpus.entries.iter().next() else { return Vec::new() };
    let mut anchors: Vec<(String, AnchorKind)> = Vec::new();
    for at in corpus.config.taxonomies.ids() {
        let terms = corpus.config.terms_of(at).map(|term| corpus.term_page(term));
        let pages = std::iter::once(corpus.taxonomy_page(at)).chain(terms).flatten();
        anchors.extend(pages.map(|page| (page.to_string(), AnchorKind::Page)));
    }
    if !corpus.authorities.is_empty() {
        anchors.push((AUTHORITIES_PAGE.to_string(), AnchorKind::Page));
    }
    for cited in &corpus.authorities {
        let key = &cited.authority.key;
        anchors.push((format!("{AUTHORITIES_PAGE}#{key}"), AnchorKind::Word));
        let rows = cited.rows();
        let provisions = rows.keys().map(|place| format!("{AUTHORITIES_PAGE}#{key}-{}", place.slug()));
        anchors.extend(provisions.map(|address| (address, AnchorKind::Word)));
    }
    let place = Span::new(entry.document.file, 0..0);
    let of = |(anchor, kind)| Anchor { kind, ..Anchor::of(anchor, PlacePart::Whole, place) };
    anchors.into_iter().map(of).collect()
}

/// The work of the register of which a fragment of the table of authorities,
/// `authorities.html#ca2004-s-10`, is a place.
pub fn work_of<'c>(corpus: &'c Corpus, address: &str) -> Option<&'c str> {
    let fragment = address.strip_prefix(AUTHORITIES_PAGE.as_str())?.strip_prefix('#')?;
    let keys = corpus.authorities.iter().map(|cited| cited.authority.key.as_str());
    let names = |key: &&str| fragment.strip_prefix(*key).is_some_and(|rest| rest.starts_with('-'));
    keys.filter(names).max_by_key(|key| key.len())
}

impl Anchor {
    fn of(anchor: String, part: PlacePart, span: Span) -> Self {
        let (number, within) = (String::new(), String::new());
        Anchor { anchor, kind: AnchorKind::Page, number, within, part, body: None, span }
    }
}

impl Entry {
    /// The words of an anchor on one line, by which it is known again. A mention that prints a
    /// number counts as the same word whatever the number, for the number of another clause is not
    /// among the words of this one.
    pub fn kept_words(&self, anchor: &Anchor) -> String {
        same_letters(&typed_words(self, anchor)).into_owned()
    }

    /// The hashes by which the ledger may know the words of an anchor.
    pub fn known_by(&self, anchor: &Anchor) -> KnownBy {
        KnownBy::new(&typed_words(self, anchor))
    }

    /// The mentions in an anchor's words, with the places that they lead to.
    pub fn mention_targets(&self, anchor: &Anchor) -> Vec<(ReferenceId, Place)> {
        let Some(body) = &anchor.body else { return Vec::new() };
        let places = self.document.pieces(body).iter().filter_map(|piece| {
            let Piece::Reference(at) = piece else { return None };
            match self.resolution.targets[*at].to {
                Goal::Place(place) => Some((*at, place)),
                Goal::Clauses(entry, first, _) => Some((*at, Place { entry, part: PlacePart::Clause(first) })),
                _ => None,
            }
        });
        places.collect()
    }
}

/// Returns the hashes under which the words of each whole clause are published, by its fragment.
pub fn words_of_clauses(entry: &Entry) -> BTreeMap<String, TextHash> {
    let anchors = anchors_of(entry).into_iter().filter(|anchor| anchor.kind == AnchorKind::Clause);
    anchors.map(|anchor| (anchor.anchor.clone(), TextHash::of(&entry.kept_words(&anchor)))).collect()
}

fn heading(document: &Document, section: Option<SectionId>) -> String {
    section.map(|section| document.sections[section].anchor.clone()).unwrap_or_default()
}

fn anchors_of(entry: &Entry) -> Vec<Anchor> {
    let document = &entry.document;
    let mut anchors = vec![Anchor::of(String::new(), PlacePart::Whole, Span::new(document.file, 0..0))];
    for (at, section) in document.sections.pairs().filter(|(_, section)| section.clause.is_none()) {
        let part = PlacePart::Section(at);
        anchors.push(Anchor { kind: AnchorKind::Heading, ..Anchor::of(section.anchor.clone(), part, section.span) });
    }
    for (at, clause) in document.clauses.pairs() {
        let anchor = document.clause_anchor(clause);
        let parent = clause.parent.map(|parent| &document.clauses[parent]);
        let within = match parent {
            Some(parent) => document.clause_anchor(parent),
            None => heading(document, clause.section),
        };
        let kind = if parent.is_some() { AnchorKind::SubClause } else { AnchorKind::Clause };
        let body = Some(document.with_heading(clause));
        let number = document.kept_number(clause);
        let part = PlacePart::Clause(at);
        for further in clause.further_numbers() {
            let of_number = Anchor::of(further.anchor(), part, clause.span);
            let (number, body) = (further.to_string(), body.clone());
            anchors.push(Anchor { kind: AnchorKind::Label, number, within: anchor.clone(), body, ..of_number });
        }
        if let Some(label) = &clause.label {
            let (number, body) = (number.clone(), body.clone());
            let of_label = Anchor::of(label.clone(), part, clause.span);
            anchors.push(Anchor { kind: AnchorKind::Label, number, within: anchor.clone(), body, ..of_label });
        }
        anchors.push(Anchor { kind, number, within, body, ..Anchor::of(anchor, part, clause.span) });
    }
    for (at, note) in document.notes.pairs() {
        let Some(body) = &note.body else { continue };
        let mark = document.marks.iter().find(|mark| mark.note == at);
        let (part, within) = match mark.map(|mark| mark.within) {
            Some(Within::Clause(clause)) => {
                (PlacePart::Clause(clause), document.clause_anchor(&document.clauses[clause]))
            }
            Some(Within::Section(section)) => (PlacePart::Section(section), heading(document, Some(section))),
            Some(_) => (PlacePart::Whole, String::new()),
            // A note that nothing marks is not printed.
            None => continue,
        };
        let key = if document.annotates.is_some() { document.note_key(at) } else { note.label.clone() };
        anchors.push(Anchor {
            kind: AnchorKind::Note,
            number: note.label.clone(),
            within,
            body: Some(body.clone()),
            ..Anchor::of(format!("note-{key}"), part, note.span)
        });
    }
    anchors
}

fn typed_words(entry: &Entry, anchor: &Anchor) -> String {
    fn words(target: &ResolvedTarget) -> &str {
        match target.to {
            Goal::Place(_) | Goal::Clauses(..) | Goal::Note(..) => "§",
            _ => &target.words,
        }
    }
    anchor.body.as_ref().map(|body| entry.text_with(body, words)).unwrap_or_default()
}
