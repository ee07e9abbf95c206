//! One parsed file.
//!
//! Holds what an author wrote, as typed values with their places: front matter, headings, clauses,
//! notes, mentions. Takes nothing from outside its file and knows nothing outside it; `resolve`
//! adds what other documents lend it.

mod elsewhere;
mod front;
mod ids;
pub mod ledger;
mod letters;
mod number;
mod pieces;
mod printed;
mod series;
pub mod spelling;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use elsewhere::is_of_other_text;
pub use front::{
    ClauseRelation, ClauseRelationKind, FrontMatter, ItemLabels, Numbering, OfficialSource, Relation, SERIES, Status,
};
pub use ids::{address_name, anchor_of, github_anchor, slug_of};
pub use letters::{Alphabetical, NaturalRun, TYPED_AS, alphabetical, natural_runs, plain_letters};
pub use number::{Number, is_first_label, is_inserted_label, is_label, is_next_label, nth_label};
pub use pieces::{Alert, Align, Element, Piece, is_inline};
pub use printed::shown_from_ledger;
pub use series::{bears_label, is_series_label, longest_run, series_id};

use crate::arena::{Arena, Id};
use crate::law::{Authority, Pinpoint};
use crate::output::{is_own_name, is_reserved_name};
use crate::source::{FileId, Key, LazyHash, Origin, Span, Written, folder};

/// The name of a document: `[a-z0-9-]`, 1 to 64 characters, not a name that clausebook or Windows
/// keeps for itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(Arc<str>);

impl DocId {
    /// Takes `text` if it is a name that a document may have.
    pub fn new(text: &str) -> Option<Self> {
        let fits = is_slug(text) && !is_own_name(text) && !is_reserved_name(text);
        fits.then(|| DocId(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of a document that draws clauses of others in.
pub const PACK: &str = "pack";
/// The kind of a document that lists dates in their order, and is drawn as a line of them.
pub const TIMELINE: &str = "timeline";
/// The kind of a document that is followed by a map of all documents.
pub const MAP: &str = "map";

/// Whether `text` can be a document, a term or a key: `[a-z0-9-]`, 1 to 64 characters, a hyphen at
/// neither end.
pub fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether `text` can be an id that an author gives: like a slug, with full stops and low lines
/// within, as pandoc writes them. It begins with a letter and is not of a form that clausebook
/// gives by itself (`note-4`, `para-7`) or that a page has (`main`, `notes`).
pub fn is_author_id(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'_');
    (1..=64).contains(&text.len())
        && text.bytes().all(fits)
        && !text.ends_with(['-', '.'])
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !["note-", "noteref-", "para-"].iter().any(|own| text.starts_with(own))
        && !["main", "notes"].contains(&text)
}

/// A work as the register of a site declares it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The work.
    pub authority: Authority,
    /// Place of its row in the register.
    pub span: Span,
}

/// Collapses runs of white space to one space each, and trims the ends.
pub fn collapse_spaces(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    add_on_one_line(&mut line, words.trim());
    line
}

/// Adds words to a line, without a gap where it has one already.
pub fn add_on_one_line(line: &mut String, words: &str) {
    // Most words are as they should be.
    if has_single_spaces(words) {
        let after_gap = line.is_empty() || line.ends_with(' ');
        line.push_str(words.strip_prefix(' ').filter(|_| after_gap).unwrap_or(words));
        return;
    }
    if words.starts_with(char::is_whitespace) {
        add_gap(line);
    }
    for (n, word) in words.split_whitespace().enumerate() {
        if n > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    if words.ends_with(char::is_whitespace) {
        add_gap(line);
    }
}

/// Whether words have no white space but single spaces.
fn has_single_spaces(words: &str) -> bool {
    let mut after_gap = false;
    if words.is_ascii() {
        return words.bytes().all(|byte| {
            let gap = byte == b' ';
            let is_other = (b'\t'..=b'\r').contains(&byte) || gap && after_gap;
            after_gap = gap;
            !is_other
        });
    }
    words.chars().all(|c| {
        let follows_gap = std::mem::replace(&mut after_gap, c.is_whitespace());
        !after_gap || c == ' ' && !follows_gap
    })
}

/// Adds a gap to a line, unless it has none to part or one already.
pub fn add_gap(line: &mut String) {
    if !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

/// Words with a capital at their head.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Joins words as prose: "3.36", "3.36 and 3.37", "3.36, 3.37 and 3.38".
pub fn join_with_and(words: &[&str]) -> String {
    match words {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// Place of a clause or sub-clause in its document.
pub type ClauseId = Id<Clause>;
/// Place of a heading, with what is under it, in its document.
pub type SectionId = Id<Section>;
/// Place of a note in its document.
pub type NoteId = Id<Note>;
/// Place of a note's mark in its document.
pub type MarkId = Id<Mark>;
/// Place of a mention in its document.
pub type ReferenceId = Id<Reference>;
/// Place of a picture in its document.
pub type PictureId = Id<Picture>;

/// One thing in a document's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A heading.
    Heading(SectionId),
    /// A clause.
    Clause(ClauseId),
    /// Words that belong to no clause.
    Block(Range<usize>),
    /// A clause of another document, drawn in.
    DrawIn(ReferenceId),
}

/// A heading and what is under it.
#[derive(Clone, Debug)]
pub struct Section {
    /// 2 to 6, as in Markdown and HTML.
    pub level: u8,
    /// Words of the heading, as a range of pieces.
    pub heading: Range<usize>,
    /// Title as plain text, on one line.
    pub title: String,
    /// Fragment that links to the heading: the author's id, or one made from the title.
    pub anchor: String,
    /// The section it is in.
    pub parent: Option<SectionId>,
    /// The series of numbers that begins with it.
    pub series: Option<Series>,
    /// The clause whose heading it is: then its fragment is that of the clause.
    pub clause: Option<ClauseId>,
    /// Terms that hold for every clause under it.
    pub terms: Vec<Written<String>>,
    /// Byte range of the heading's first line.
    pub span: Span,
}

/// A series of numbers of its own, such as that of a schedule.
#[derive(Clone, Debug)]
pub struct Series {
    /// The id that is before its numbers: `schedule-2`.
    pub id: Arc<str>,
    /// The name that readers see: "Schedule 2".
    pub name: String,
}

/// A numbered paragraph with everything that belongs to it, or an item with a label inside one.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Number, with the labels of a sub-clause: `3.37(a)`.
    pub number: Number,
    /// The last of the numbers that it has, if it has several: 1.5 of "1.2–1.5 Not used".
    pub through: Option<Number>,
    /// The word or sign printed before its number: "Rule", "§"; often empty.
    pub word: String,
    /// Heading of the clause alone, where headings have the numbers.
    pub heading: Option<SectionId>,
    /// The author's id.
    pub label: Option<String>,
    /// The section it is in.
    pub section: Option<SectionId>,
    /// For a sub-clause, the clause it belongs to.
    pub parent: Option<ClauseId>,
    /// The author's terms on it.
    pub terms: Vec<Written<String>>,
    /// Range of its pieces. The range of a sub-clause is inside its parent's.
    pub body: Range<usize>,
    /// Byte range of the number or label; empty where the paper prints no numbers.
    pub span: Span,
}

/// A footnote.
#[derive(Clone, Debug)]
pub struct Note {
    /// Label that the author gave it: `4` for `[^4]`.
    pub label: String,
    /// Range of its pieces; none if the note is cited and never defined.
    pub body: Option<Range<usize>>,
    /// Byte range of `[^4]:` at its definition, or of its first mark if it has no definition.
    pub span: Span,
}

/// A mention of something, as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `[[3.37]]`, `[[#third-sector]]`, `[[guidance-2008#3.37]]`: a place, in this document if none
    /// is named.
    Place(Option<String>, Fragment),
    /// `[[guidance-2008]]` or `[[ca2004]]`: a document or an authority.
    Name(String),
    /// `[[ca2004 s 10(1)(b)]]`: an authority and a pinpoint in it.
    Work(String, Pinpoint),
    /// `[words](packs/first-day.md#aims)`: a document by its path below the site's folder, and a
    /// place in it.
    Page(String, Option<Fragment>),
    /// `[words](forms/reply.pdf#page=2)`: a file to be copied, and what is after `#`.
    File(String, Option<String>),
}

/// The part of a mention after `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// A clause by its number.
    Number(Number),
    /// All clauses between two numbers, both among them.
    Range(Number, Number),
    /// An id, the author's or clausebook's own.
    Id(String),
}

/// A mention, where it is.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Place, document, work or file that it names.
    pub target: Target,
    /// As it was written, for messages.
    pub written: String,
    /// Byte range of the mention.
    pub span: Span,
    /// Part of the document that holds it.
    pub within: Within,
}

impl Reference {
    /// Returns the text as written, without the brackets of a mention.
    pub fn words(&self) -> &str {
        self.written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(&self.written)
    }
}

/// Part of a document that directly holds a mention or a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Within {
    /// A clause or sub-clause.
    Clause(ClauseId),
    /// A heading, or words under it that belong to no clause.
    Section(SectionId),
    /// A note.
    Note(NoteId),
    /// The document, before its first heading.
    Document,
}

/// The mark of a note, where it is.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The note that is marked.
    pub note: NoteId,
    /// Byte range of the mark.
    pub span: Span,
    /// Part of the document that holds it.
    pub within: Within,
}

/// A word that a definition list defines.
#[derive(Clone, Debug)]
pub struct DefinedWord {
    /// The word, as pieces.
    pub title: Range<usize>,
    /// Meaning, as a range of pieces. The range covers all the meanings if there are several.
    pub meaning: Range<usize>,
    /// Byte range of the word.
    pub span: Span,
}

/// The notes that readers meet, in order, by the marks of a document.
pub fn notes_in_order(marks: &Arena<Mark>) -> Vec<NoteId> {
    let mut order: Vec<NoteId> = Vec::new();
    let mut seen: BTreeSet<NoteId> = BTreeSet::new();
    let mut within: BTreeMap<NoteId, Vec<NoteId>> = BTreeMap::new();
    for mark in marks {
        match mark.within {
            Within::Note(note) => within.entry(note).or_default().push(mark.note),
            _ if seen.insert(mark.note) => order.push(mark.note),
            _ => {}
        }
    }
    let mut next = 0;
    while let Some(note) = order.get(next).copied() {
        let inner = within.get(&note).into_iter().flatten();
        order.extend(inner.filter(|note| seen.insert(**note)).copied().collect::<Vec<_>>());
        next += 1;
    }
    order
}

/// A picture, where it is.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Path of the picture's file below the site's folder.
    pub path: String,
    /// Alternative text, for people who do not see the picture.
    pub words: String,
    /// Byte range of the picture in the text.
    pub span: Span,
}

/// One Markdown file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Id by which mentions name the document.
    pub id: DocId,
    /// The file it was read from.
    pub file: FileId,
    /// The path of that file in the site that is built.
    pub path: Arc<str>,
    /// Site that the document comes from: this one, or the one that it extends.
    pub origin: Origin,
    /// Name of the document whose clauses the notes are about; only local notes have one.
    pub annotates: Option<String>,
    /// The key of that file's text.
    pub key: Key,
    /// The hash of that text, which the ledger keeps.
    pub hash: LazyHash,
    /// The key of what is between its `+++` lines, all of which may be shown on any page.
    pub head: Key,
    /// Front matter: the values between its `+++` lines.
    pub front: FrontMatter,
    /// The author's id of the heading that is the title.
    pub title_anchor: Option<String>,
    /// Pieces of the body: first those of the text, then those of the notes.
    pub pieces: Vec<Piece>,
    /// Headings, clauses and other parts, in the order of the file.
    pub items: Vec<Item>,
    /// Headings with their sections, in order.
    pub sections: Arena<Section>,
    /// Clauses and sub-clauses, in order.
    pub clauses: Arena<Clause>,
    /// Notes, in the order in which the file first names them.
    pub notes: Arena<Note>,
    /// The marks of its notes, in order.
    pub marks: Arena<Mark>,
    /// Mentions of clauses, documents and authorities, in order.
    pub references: Arena<Reference>,
    /// Pictures, in order.
    pub pictures: Arena<Picture>,
    /// The words that its definition lists define, in order.
    pub words: Vec<DefinedWord>,
    /// Pinpoints that name no work, such as a bare "section 10"; we propose links for them.
    pub loose: Vec<(Span, Pinpoint)>,
}

impl Document {
    /// The pieces in a range; none if the range is not of this document.
    pub fn pieces(&self, range: &Range<usize>) -> &[Piece] {
        self.pieces.get(range.clone()).unwrap_or_default()
    }

    /// The clauses that are no sub-clauses, with their ids.
    pub fn whole_clauses(&self) -> impl Iterator<Item = (ClauseId, &Clause)> {
        self.clauses.pairs().filter(|(_, clause)| clause.parent.is_none())
    }

    /// The notes that readers meet, in order: those marked in the text, then those marked in these,
    /// and so on.
    pub fn notes_in_order(&self) -> Vec<NoteId> {
        notes_in_order(&self.marks)
    }

    /// The folder of the file below the site's folder, without a slash at its end; empty at the
    /// top.
    pub fn folder(&self) -> &str {
        folder(&self.path)
    }

    /// Returns how the clauses are numbered: `Decimal` if the front matter does not say.
    pub fn numbering(&self) -> Numbering {
        self.front.numbering.unwrap_or_default()
    }

    /// Whether the paper prints no numbers, so that clausebook counts.
    pub fn counts_by_itself(&self) -> bool {
        self.numbering() == Numbering::Auto
    }

    /// The headings a section is under, outermost first, itself last.
    pub fn trail(&self, section: Option<SectionId>) -> Vec<SectionId> {
        let mut trail = Vec::new();
        let mut next = section;
        while let Some(at) = next {
            trail.push(at);
            // A parent always comes before its child, which bounds this loop.
            next = self.sections[at].parent.filter(|parent| *parent < at);
        }
        trail.reverse();
        trail
    }

    /// The clause that a clause or sub-clause belongs to in the end: itself, unless it is a
    /// sub-clause.
    pub fn whole_clause(&self, clause: ClauseId) -> ClauseId {
        let mut at = clause;
        while let Some(parent) = self.clauses[at].parent.filter(|parent| *parent < at) {
            at = parent;
        }
        at
    }

    /// The fragment of a clause: `3.37`, `3.37-a`; `para-7` where the paper prints no numbers,
    /// `local-3.37` of a local note.
    pub fn clause_anchor(&self, clause: &Clause) -> String {
        match self.numbering() {
            _ if self.annotates.is_some() => format!("local-{}", clause.number.anchor()),
            Numbering::Auto => format!("para-{}", clause.number.anchor()),
            _ => clause.number.anchor(),
        }
    }

    /// Returns the part of a note's fragment after `note-`: the label in lower case, with `local-`
    /// before it in local notes.
    pub fn note_key(&self, note: NoteId) -> String {
        let label = self.notes[note].label.to_lowercase();
        if self.annotates.is_some() { format!("local-{label}") } else { label }
    }
}
