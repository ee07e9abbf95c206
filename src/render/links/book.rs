//! Addresses in a book, and all that a book holds.
//!
//! Takes the documents of a book; an address in it is that of a page or of a place on it: in the
//! book, if that holds it; else on the web, if the site has an address there; else there is none,
//! so that only the words remain. Never gives an address that is no URI.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Links;
use super::held::IncludedDocuments;
use crate::book::picture_type;
use crate::corpus::{Cited, Corpus, DocumentRole, EntryId, GlossaryWord, Place};
use crate::document::Piece;
use crate::output::{AUTHORITIES_PAGE, OutPath};

/// A book.
pub struct BookLinks<'a> {
    corpus: &'a Corpus,
    /// Whether it is all of the site.
    is_whole: bool,
    documents: IncludedDocuments<'a>,
    pages: BTreeSet<&'a OutPath>,
    /// Places in it of the clauses that its packs draw in, by their own page and fragment.
    drawn_anchors: BTreeMap<(&'a OutPath, String), (&'a OutPath, String)>,
    /// The lines of the table of authorities and of the glossaries that are in the book, by page
    /// and fragment.
    lines: BTreeSet<(&'a str, String)>,
    /// Pictures that no book can hold.
    unfit: &'a BTreeSet<OutPath>,
}

impl<'a> BookLinks<'a> {
    /// A book of some documents; `is_whole` if they are all. `unfit` are the pictures that no book
    /// can hold.
    pub fn new(corpus: &'a Corpus, entries: &[EntryId], is_whole: bool, unfit: &'a BTreeSet<OutPath>) -> Self {
        let mut held = BookLinks {
            corpus,
            is_whole,
            documents: IncludedDocuments::new(corpus, entries),
            pages: entries.iter().map(|at| &corpus.entry(*at).page).collect(),
            drawn_anchors: BTreeMap::new(),
            lines: BTreeSet::new(),
            unfit,
        };
        entries.iter().for_each(|at| held.draw_in(*at));
        let mut lines = BTreeSet::new();
        for cited in corpus.authorities.iter().filter(|cited| held.cites(cited)) {
            let key = &cited.authority.key;
            lines.insert((AUTHORITIES_PAGE.as_str(), key.clone()));
            let rows = cited.rows().into_iter().filter(|(_, places)| places.iter().any(|at| held.shows(at.place)));
            lines.extend(rows.map(|(provision, _)| (AUTHORITIES_PAGE.as_str(), format!("{key}-{}", provision.slug()))));
        }
        lines.extend(held.words().map(|word| (corpus.entry(word.entry).page.as_str(), word.anchor.clone())));
        held.lines = lines;
        held
    }

    /// Takes note of the clauses that a pack draws in.
    fn draw_in(&mut self, pack: EntryId) {
        let pack = self.corpus.entry(pack);
        for (at, whole) in self.corpus.all_drawn_in(pack) {
            let entry = self.corpus.entry(at);
            let document = &entry.document;
            for (index, clause) in document.clauses.pairs() {
                if whole.contains(&document.whole_clause(index)) {
                    let anchor = document.clause_anchor(clause);
                    let there = format!("{}-{anchor}", document.id);
                    self.drawn_anchors.entry((&entry.page, anchor)).or_insert((&pack.page, there));
                }
            }
        }
    }

    /// The words of the glossary that the book explains.
    pub fn words(&self) -> impl Iterator<Item = &'a GlossaryWord> {
        self.corpus.glossary.words.iter().filter(|word| self.explains(word))
    }

    /// Whether a picture cannot be in a book.
    pub fn leaves_out(&self, picture: &OutPath) -> bool {
        self.unfit.contains(picture)
    }

    /// The pictures that the book's documents show, by their path, each with the one below the
    /// site's folder.
    pub fn pictures(&self) -> Vec<(OutPath, String)> {
        let mut found = BTreeMap::new();
        for (at, entry) in self.corpus.entries.pairs() {
            let document = &entry.document;
            let all = self.is_whole || self.documents.has(at) || entry.role == DocumentRole::Glossary;
            let clauses = document.clauses.pairs().filter(|(clause, _)| self.documents.draws_in(at, *clause));
            let bodies: Vec<&Range<usize>> = clauses.map(|(_, clause)| &clause.body).collect();
            // A note may mark another: those of all notes are taken.
            let notes = document.notes.iter().filter(|_| !bodies.is_empty()).filter_map(|note| note.body.as_ref());
            let pieces = bodies.iter().copied().chain(notes).flat_map(|range| document.pieces(range));
            let pieces = if all { document.pieces.iter().collect::<Vec<_>>() } else { pieces.collect() };
            for piece in pieces {
                let Piece::Picture(picture) = piece else { continue };
                let picture = &document.pictures[*picture];
                let Some((path, _)) = self.corpus.assets.get(&picture.path) else { continue };
                if picture_type(path).is_some() {
                    found.insert(path.clone(), picture.path.clone());
                }
            }
        }
        found.into_iter().collect()
    }

    fn holds(&self, page: &OutPath, fragment: Option<&str>) -> bool {
        let mut glossaries = self.corpus.entries.iter().filter(|entry| entry.role == DocumentRole::Glossary);
        let is_list = *page == AUTHORITIES_PAGE || glossaries.any(|entry| entry.page == *page);
        match fragment {
            _ if !is_list => self.pages.contains(page),
            Some(fragment) if !self.is_whole => self.lines.contains(&(page.as_str(), fragment.to_owned())),
            _ => self.is_whole,
        }
    }
}

impl Links for BookLinks<'_> {
    fn address(&self, from: &OutPath, page: &OutPath, fragment: Option<&str>) -> Option<String> {
        if self.holds(page, fragment) {
            return Some(link_in_book(from, page, fragment));
        }
        let drawn = fragment.and_then(|fragment| self.drawn_anchors.get(&(page, fragment.to_owned())));
        if let Some((pack, there)) = drawn {
            return Some(link_in_book(from, pack, Some(there)));
        }
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        web_address(&format!("{}{page}{fragment}", self.corpus.config.base_url.as_ref()?))
    }

    fn elsewhere(&self, url: &str) -> Option<String> {
        web_address(url)
    }

    /// Readers of books need not know every kind of picture.
    fn picture(&self, from: &OutPath, picture: &OutPath) -> Option<String> {
        let is_shown = picture_type(picture).is_some() && !self.leaves_out(picture);
        is_shown.then(|| from.link_to(picture))
    }

    fn note_mark_type(&self) -> Option<&'static str> {
        Some("noteref")
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn shows(&self, place: Place) -> bool {
        self.documents.shows(place)
    }

    fn cites(&self, cited: &Cited) -> bool {
        self.is_whole || self.documents.cites(cited)
    }

    fn explains(&self, word: &GlossaryWord) -> bool {
        self.is_whole || word.uses.iter().any(|place| self.shows(*place))
    }

    fn has_clause_pages(&self) -> bool {
        false
    }
}

fn link_in_book(from: &OutPath, page: &OutPath, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) if from == page => format!("#{fragment}"),
        Some(fragment) => format!("{}#{fragment}", file(&from.link_to(page))),
        None => file(&from.link_to(page)),
    }
}

/// The file in a book of a page of the site.
pub fn file(page: &str) -> String {
    format!("{}.xhtml", page.strip_suffix(".html").unwrap_or(page))
}

/// Characters that need no escape in a URI, besides letters and figures (RFC 3986, 2.2 and 2.3,
/// without brackets).
const PLAIN: &[u8] = b"-._~:/?#@!$&'()*+,;=";

/// A web or mail address as a URI, in which other characters are written as `%20`; nothing if it
/// has no host.
///
/// Browsers fix what is not a URI; programs that read books refuse it.
pub fn web_address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once(':')?;
    let (host, rest) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
        None => ("", rest),
    };
    let is_mail = scheme.eq_ignore_ascii_case("mailto");
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let named = name.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c)) && !name.starts_with(['.', '-']);
    let sound = named && !name.is_empty() && !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    if !sound && !is_mail || is_mail && rest.is_empty() {
        return None;
    }
    let mut uri = format!("{}:", scheme.to_ascii_lowercase());
    if !is_mail {
        uri.push_str("//");
        uri.push_str(host);
    }
    let mut fragments = 0;
    for (at, byte) in rest.bytes().enumerate() {
        fragments += usize::from(byte == b'#');
        let escape = rest.as_bytes().get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        // What a `#` begins has none in it.
        let plain = byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) && !(byte == b'#' && fragments > 1);
        if plain || byte == b'%' && escape {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(uri)
}
