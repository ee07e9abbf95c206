//! Records that search can find: one for each document, heading, clause, passage outside clauses,
//! editor's note, word and authority.
//!
//! Takes one document of the corpus, or its glossary or register; gives its records with their
//! words. Knows nothing of any other document, so that a document's records can be kept for as long
//! as it and what it borrows stay the same.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::ResultWords;
use super::words::{SearchWord, each_word, words_of};
use crate::arena::Arena;
use crate::corpus::{Corpus, DocumentRole, Entry, EntryId};
use crate::document::spelling::same_letters;
use crate::document::{Clause, ClauseId, Item, SectionId, Status, add_gap, collapse_spaces};
use crate::law::{Authority, Provision};

/// Kind of text that a record makes searchable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordKind {
    /// A document: its titles.
    Document,
    /// A heading, with its level.
    Section(u8),
    /// A clause with its sub-clauses and footnotes.
    Clause,
    /// Words under a heading that belong to no clause.
    Passage,
    /// An editor's note. It follows the clause or passage that it is in.
    Note,
    /// A word of the glossary, or an authority.
    Entry,
}

/// A list of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryList {
    /// The words of the glossary.
    Glossary,
    /// The works of the register.
    Law,
}

/// One record.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) kind: RecordKind,
    /// Words of the record in order: indices into [`Draft::words`].
    pub(super) words: Box<[u32]>,
    /// Further search keys, also indices into [`Draft::words`]: joined words, numbers, law.
    pub(super) marks: Box<[u32]>,
    /// Number as readers see it. For an entry, its title.
    pub(super) number: String,
    /// Fragment of the record's place on its page, without `#`. Empty for the page itself.
    pub(super) fragment: String,
    /// The headings it is under, outermost first; its own is the last.
    pub(super) trail: Vec<String>,
    /// Text for excerpts, with the footnotes at its end.
    pub(super) text: String,
    /// Number of footnotes, and where in the text they begin, as browsers count; nothing if there
    /// are none.
    pub(super) footnotes: Option<(usize, usize)>,
    /// Clause of the document, if the record is of a clause.
    pub(super) clause: Option<ClauseId>,
}

/// The records of one page, before they are put into an index with those of the others.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The list, if it is one and no document.
    pub(super) list: Option<EntryList>,
    /// Short name by which the page is cited.
    pub(super) short: String,
    /// Path of the page.
    pub(super) page: String,
    /// Status of the document; none if it is current.
    pub(super) status: Option<String>,
    /// Whether its records give way to others.
    pub(super) quiet: bool,
    /// Every word and mark of its records, once.
    pub(super) words: WordTable,
    /// Records of the page, in order.
    pub(super) records: Arena<Record>,
}

/// Words by their index, in one text: a text for each would take several times the memory.
#[derive(Clone, Debug, Default)]
pub(super) struct WordTable {
    all: String,
    /// End of each word in `all`, in bytes. A word begins where the one before it ends.
    ends: Vec<u32>,
}

impl WordTable {
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.all.get(start as usize..*end as usize).unwrap_or_default())
    }

    fn push(&mut self, word: &str) -> u32 {
        let at = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.all.push_str(word);
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        at
    }
}

/// The mark of a clause's number: `#3.37a`. Marks are in lower case, as words are. A sub-clause is
/// found in its clause.
pub(super) fn number_mark(number: &str) -> String {
    format!("#{number}").to_lowercase()
}

/// The marks of all the numbers of a clause: `#3.37`. A number of a series has one with its series,
/// `#schedule-2.3`, and one for people who leave that out, `#.3`, which is looked for last.
fn number_marks(clause: &Clause) -> Vec<String> {
    let numbers = std::iter::once(clause.number.clone()).chain(clause.further_numbers());
    let forms = numbers.flat_map(|number| {
        let alone = number.series().map(|_| format!(".{}", number.without_series()));
        std::iter::once(number.to_string()).chain(alone)
    });
    forms.map(|number| number_mark(&number)).collect()
}

/// The marks of the numbers of the notes that are marked in some pieces: `#note-12`.
fn note_marks(entry: &Entry, body: &Range<usize>) -> Vec<String> {
    let own = entry.own_ranges(body);
    let notes = own.iter().flat_map(|own| entry.notes_in(own));
    notes.filter_map(|note| entry.resolution.note_numbers[note]).map(|number| format!("#note-{number}")).collect()
}

/// The mark of an authority, and of a place in it: `@ca2004`, `@ca2004/section/10/1`.
pub(super) fn law_mark(key: &str, path: &str) -> String {
    if path.is_empty() { format!("@{key}") } else { format!("@{key}/{path}").to_lowercase() }
}

/// A draft in the making.
struct DraftWriter {
    draft: Draft,
    known: FxHashMap<Box<str>, u32>,
    /// The words and marks of the record that is being read.
    read: (Vec<u32>, Vec<u32>),
}

impl DraftWriter {
    fn new(short: &str, page: &str) -> Self {
        let draft = Draft { short: short.to_owned(), page: page.to_owned(), ..Draft::default() };
        DraftWriter { draft, known: FxHashMap::default(), read: Default::default() }
    }

    fn id(&mut self, word: &str) -> u32 {
        if let Some(id) = self.known.get(word) {
            return *id;
        }
        let id = self.draft.words.push(word);
        self.known.insert(word.into(), id);
        id
    }

    /// Adds a record and gives it for what else it has.
    fn add(&mut self, kind: RecordKind, text: String, marks: &[String]) -> &mut Record {
        let (mut words, mut joined) = std::mem::take(&mut self.read);
        words.clear();
        joined.clear();
        // Shown as it is compared: the places of its words are then those that the script counts.
        let text = same_letters(&text).into_owned();
        each_word(&text, |word| match word {
            SearchWord::Plain(word) => words.push(self.id(word)),
            SearchWord::Joined(word) => joined.push(self.id(word)),
        });
        joined.extend(marks.iter().map(|mark| self.id(mark)));
        let at = self.draft.records.push(Record {
            kind,
            words: words.as_slice().into(),
            marks: joined.as_slice().into(),
            number: String::new(),
            fragment: String::new(),
            trail: Vec::new(),
            text,
            footnotes: None,
            clause: None,
        });
        self.read = (words, joined);
        &mut self.draft.records[at]
    }
}

/// The records of a document.
pub(super) fn of_document(corpus: &Corpus, at: EntryId, quiet: bool, names: &ResultWords) -> Draft {
    let entry = corpus.entry(at);
    let document = &entry.document;
    let mut writer = DraftWriter::new(&corpus.short(at), entry.page.as_str());
    writer.draft.quiet = quiet;
    let status = document.front.status.filter(|status| *status != Status::Current);
    writer.draft.status = status.map(|status| names.of_status(status).to_owned());
    // What it is cited by fills its record; the words of its title count besides.
    if document.annotates.is_none() {
        let title = words_of(&document.front.title);
        writer.add(RecordKind::Document, document.front.short.clone(), &title).number.clone_from(&document.front.title);
    }
    let mut section = None;
    for item in &document.items {
        match item {
            Item::Heading(index) => {
                let heading = &document.sections[*index];
                section = Some(*index);
                // "3.2 Section 1: …": a paper may number its headings.
                let numbered = heading.title.split_whitespace().next().map(|first| first.trim_end_matches('.'));
                let numbered = numbered.filter(|first| first.starts_with(|c: char| c.is_ascii_digit()));
                let marks: Vec<String> = numbered.into_iter().map(number_mark).collect();
                let record = writer.add(RecordKind::Section(heading.level), heading.title.clone(), &marks);
                record.fragment.clone_from(&heading.anchor);
                record.trail = trail(entry, section);
            }
            Item::Clause(index) => {
                let clause = &document.clauses[*index];
                let mut marks = number_marks(clause);
                marks.extend(law_marks(corpus, entry, &entry.own_ranges(&document.with_heading(clause))));
                marks.extend(note_marks(entry, &clause.body));
                let found_at = FoundAt {
                    number: document.clause_number(clause),
                    fragment: document.clause_anchor(clause),
                    trail: trail(entry, clause.heading.or(clause.section)),
                };
                let title = document.clause_title(clause).map(|title| format!("{title}. ")).unwrap_or_default();
                let (text, footnotes) = text_with_footnotes(entry, title, &clause.body);
                let record = writer.add(RecordKind::Clause, text, &marks);
                record.place(&found_at);
                record.footnotes = footnotes;
                record.clause = Some(*index);
                editors_notes(&mut writer, names, corpus, entry, &clause.body, &found_at);
            }
            Item::Block(range) => {
                let heading = section.map(|section| &document.sections[section]);
                let found_at = FoundAt {
                    number: String::new(),
                    fragment: heading.map(|heading| heading.anchor.clone()).unwrap_or_default(),
                    trail: trail(entry, section),
                };
                let (text, _) = text_with_footnotes(entry, String::new(), range);
                if !text.is_empty() {
                    let marks = law_marks(corpus, entry, &entry.own_ranges(range));
                    writer.add(RecordKind::Passage, text, &marks).place(&found_at);
                }
                editors_notes(&mut writer, names, corpus, entry, range, &found_at);
            }
            // It is found where it is.
            Item::DrawIn(_) => {}
        }
    }
    writer.draft
}

/// The words of the glossary, and the works of the register.
pub(super) fn of_lists(corpus: &Corpus, authorities_page: &str, names: &ResultWords) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, entry) in corpus.entries.pairs().filter(|(_, entry)| entry.role == DocumentRole::Glossary) {
        let mut writer = DraftWriter::new(&entry.document.front.title, entry.page.as_str());
        writer.draft.list = Some(EntryList::Glossary);
        for word in corpus.glossary.words.iter().filter(|word| word.entry == at) {
            let title = match &word.abbreviation {
                Some(abbreviation) => format!("{} ({abbreviation})", word.term),
                None => word.term.clone(),
            };
            let meaning = entry.plain_text(&word.meaning);
            // A word is found by its names; what it means is found where the papers say it.
            let record = writer.add(RecordKind::Entry, title.clone(), &[]);
            record.number = title;
            record.text = meaning;
            record.fragment.clone_from(&word.anchor);
        }
        drafts.push(writer.draft);
    }
    if !corpus.authorities.is_empty() {
        let mut writer = DraftWriter::new(&names.law, authorities_page);
        writer.draft.list = Some(EntryList::Law);
        for cited in &corpus.authorities {
            let authority = &cited.authority;
            let marks = [law_mark(&authority.key, "")];
            let record = writer.add(RecordKind::Entry, authority.title.clone(), &marks);
            record.number.clone_from(&authority.title);
            record.text = authority.chapter.clone().unwrap_or_default();
            record.fragment.clone_from(&authority.key);
        }
        drafts.push(writer.draft);
    }
    drafts
}

fn trail(entry: &Entry, section: Option<SectionId>) -> Vec<String> {
    entry.trail(section).into_iter().map(|section| section.title.clone()).collect()
}

/// The place to which a result leads.
struct FoundAt {
    number: String,
    fragment: String,
    trail: Vec<String>,
}

impl Record {
    fn place(&mut self, at: &FoundAt) {
        self.number.clone_from(&at.number);
        self.fragment.clone_from(&at.fragment);
        self.trail.clone_from(&at.trail);
    }
}

/// Adds a record for each editor's note in some pieces, at the place of these.
fn editors_notes(
    writer: &mut DraftWriter,
    names: &ResultWords,
    corpus: &Corpus,
    entry: &Entry,
    range: &Range<usize>,
    at: &FoundAt,
) {
    let labels = [names.editors_note.replace('’', "'"), names.editors_note.clone()];
    for note in entry.editors_note_ranges(range) {
        let text = collapse_spaces(&entry.own_words_without_code(&note));
        let shown =
            labels.iter().find_map(|label| text.strip_prefix(label.as_str())).unwrap_or(&text).trim().to_owned();
        let marks = law_marks(corpus, entry, std::slice::from_ref(&note));
        let record = writer.add(RecordKind::Note, shown, &marks);
        record.place(at);
    }
}

/// The own words of some pieces after their title, and the footnotes marked there; how many these
/// are, and where they begin.
fn text_with_footnotes(entry: &Entry, title: String, range: &Range<usize>) -> (String, Option<(usize, usize)>) {
    // Nobody looks for words in blocks of code, which are examples for a machine: settings,
    // checksums, markup.
    let mut text = title + &collapse_spaces(&entry.own_words_without_code(range));
    let notes: Vec<_> = entry.own_ranges(range).iter().flat_map(|own| entry.notes_in(own)).collect();
    let footnotes = (!notes.is_empty()).then(|| (notes.len(), same_letters(&text).encode_utf16().count()));
    for note in notes {
        if let Some(body) = entry.document.notes[note].body.as_ref() {
            add_gap(&mut text);
            text.push_str(&collapse_spaces(&entry.own_words_without_code(body)));
        }
    }
    (text, footnotes)
}

/// The law that some pieces cite, in their notes too: each work, and each provision with what it
/// is in.
fn law_marks(corpus: &Corpus, entry: &Entry, ranges: &[Range<usize>]) -> Vec<String> {
    let mut marks = Vec::new();
    for (authority, provisions) in ranges.iter().flat_map(|range| entry.citations_in(range)) {
        let authority = &corpus.authorities[authority].authority;
        marks.push(law_mark(&authority.key, ""));
        for provision in provisions {
            let ends = [Some(provision.clone()), provision.other_end()];
            for path in ends.iter().flatten().flat_map(|end| paths(authority, end)) {
                marks.push(law_mark(&authority.key, &path));
            }
        }
    }
    marks.sort();
    marks.dedup();
    marks
}

/// The path of a provision and of each that it is in: `section/10/1`, `section/10`.
fn paths(authority: &Authority, provision: &Provision) -> Vec<String> {
    let mut found = Vec::new();
    let mut inner = provision.one_end();
    while !inner.divisions.is_empty() {
        found.push(authority.path(&inner));
        if inner.divisions.last_mut().and_then(|last| last.levels.pop()).is_none() {
            inner.divisions.pop();
        }
    }
    found
}

/// Every form of a work's title under which a reader may look for it: "CA 2004", "CA 04".
pub(super) fn short_titles(title: &str) -> Vec<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let Some((year, names)) = words.split_last() else { return Vec::new() };
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) || names.len() < 2 {
        return Vec::new();
    }
    let initials: String = names
        .iter()
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter_map(|name| name.chars().next())
        .collect();
    vec![format!("{initials} {year}"), format!("{initials} {}", year.get(2..).unwrap_or_default())]
}
