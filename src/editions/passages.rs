//! The whole clauses of an edition as words.
//!
//! Takes an edition; gives each whole clause with its sub-clauses and the notes marked in it, word
//! by word, with what it cites. A mention of a clause of the same edition is one word, known by the
//! clause and not by its number.

use std::collections::BTreeSet;

use super::words::{ComparedWord, Gap, WordKey};
use super::{ClausePosition, ComparedEdition, EditionFileId, NumberedClause};
use crate::arena::{Id, Table};
use crate::corpus::{Corpus, Entry, EntryId, Goal, Place, PlacePart};
use crate::document::spelling::same_letters;
use crate::document::{ClauseId, Element, Piece, ReferenceId, SectionId, is_inline};

/// The old edition, by the places of its clauses.
pub(super) enum Old {}
/// The new edition, by the places of its clauses.
pub(super) enum New {}
/// Place of a whole clause in the old edition.
pub(super) type OldId = Id<Old>;
/// Place of a whole clause in the new edition.
pub(super) type NewId = Id<New>;

/// A whole clause.
pub(super) struct Passage {
    pub(super) at: ClausePosition,
    /// Number as readers see it.
    pub(super) number: String,
    pub(super) anchor: String,
    /// The author's id.
    pub(super) label: Option<String>,
    /// The innermost heading over it, by file.
    pub(super) section: Option<(EditionFileId, SectionId)>,
    pub(super) body: Vec<ComparedWord>,
    pub(super) notes: Vec<ComparedWord>,
    /// Works and provisions that the clause and its notes cite, as readers see them.
    pub(super) cites: BTreeSet<String>,
}

impl Passage {
    pub(super) fn numbered(&self) -> NumberedClause {
        NumberedClause { at: self.at, number: self.number.clone(), anchor: self.anchor.clone() }
    }

    /// Returns the words of the clause, then those of its notes.
    pub(super) fn all(&self) -> Vec<&ComparedWord> {
        self.body.iter().chain(&self.notes).collect()
    }
}

/// The words of several clauses as if they were one: their bodies, then their notes. Each but the
/// first begins with its number.
pub(super) fn joined(passages: &[&Passage]) -> Vec<ComparedWord> {
    let mut words: Vec<ComparedWord> = Vec::new();
    for passage in passages {
        let start = words.len();
        words.extend(passage.body.iter().cloned());
        if start > 0
            && let Some(first) = words.get_mut(start)
        {
            first.gap = Gap::Clause(passage.number.clone());
        }
    }
    words.extend(passages.iter().flat_map(|passage| passage.notes.iter().cloned()));
    words
}

pub(super) fn read_passages<E>(edition: &ComparedEdition<'_>) -> Table<E, Passage> {
    let mut passages = Vec::new();
    for file in edition.files.ids() {
        let entry = edition.entry(file);
        for (index, clause) in entry.document.whole_clauses() {
            let mut reader =
                PassageReader { edition, entry, words: Vec::new(), pending: String::new(), gap: Gap::None };
            let whole = entry.document.with_heading(clause);
            reader.read(entry.document.pieces(&whole));
            let body = reader.end();
            for note in entry.notes_in(&whole) {
                let Some(note) = entry.document.notes[note].body.as_ref() else { continue };
                reader.gap = Gap::Note;
                reader.read(entry.document.pieces(note));
            }
            passages.push(Passage {
                at: ClausePosition { file, clause: index },
                number: entry.document.clause_number(clause),
                anchor: entry.document.clause_anchor(clause),
                label: clause.label.clone(),
                section: clause.section.map(|section| (file, section)),
                body,
                notes: reader.end(),
                cites: cites(edition.corpus, entry, &whole),
            });
        }
    }
    passages.into()
}

/// Every place in a work that a clause cites, in its notes too.
fn cites(corpus: &Corpus, entry: &Entry, body: &std::ops::Range<usize>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, provisions) in entry.citations_in(body) {
        let authority = &corpus.authorities[at].authority;
        if provisions.is_empty() {
            found.insert(authority.title.clone());
        }
        found.extend(provisions.iter().map(|provision| authority.title_with(std::slice::from_ref(provision))));
    }
    found
}

/// Reads pieces as words.
struct PassageReader<'r, 'a> {
    edition: &'r ComparedEdition<'a>,
    entry: &'a Entry,
    words: Vec<ComparedWord>,
    /// Text that is not yet cut into words, since the next piece may go on with the last.
    pending: String,
    /// Gap before the next word.
    gap: Gap,
}

impl PassageReader<'_, '_> {
    fn read(&mut self, pieces: &[Piece]) {
        let mut open: Vec<bool> = Vec::new();
        // Whether a label was written, after which the text goes on in its line.
        let mut labelled = false;
        for piece in pieces {
            match piece {
                Piece::Text(text) | Piece::Code(text) => self.pending.push_str(text),
                Piece::CodeBlock(_, code) => {
                    self.part(Gap::Block);
                    self.pending.push_str(code);
                    self.part(Gap::Block);
                }
                Piece::HardBreak => self.part(Gap::Space),
                Piece::Rule => self.part(Gap::Block),
                Piece::Reference(at) => self.mention(*at),
                Piece::Picture(at) => {
                    let words = &self.entry.document.pictures[*at].words;
                    self.pending.push_str(words);
                }
                Piece::TaskMark(_) | Piece::NoteMark(_) => {}
                Piece::Open(element) => {
                    open.push(is_inline(element));
                    match element {
                        Element::Item(sub) => {
                            self.part(if sub.is_some() { Gap::SubClause } else { Gap::Item });
                            let sub = sub.map(|sub| &self.entry.document.clauses[sub]);
                            if let Some(label) = sub.and_then(|sub| sub.number.labels().last()) {
                                self.word(format!("({label})"), None);
                                self.gap = Gap::Space;
                                labelled = true;
                                continue;
                            }
                        }
                        Element::TableCell(_) => self.part(Gap::Space),
                        _ if is_inline(element) => {}
                        _ => self.part(if labelled { Gap::Space } else { Gap::Block }),
                    }
                }
                Piece::Close => {
                    if open.pop() == Some(false) {
                        self.part(Gap::Block);
                    }
                }
            }
            labelled = false;
        }
    }

    /// Ends a run of text; what comes next is apart from it.
    fn part(&mut self, gap: Gap) {
        self.cut();
        if self.gap.rank() < gap.rank() {
            self.gap = gap;
        }
    }

    /// Cuts the pending text into words: what is between spaces, without the marks before and
    /// after it.
    fn cut(&mut self) {
        let text = std::mem::take(&mut self.pending);
        let text = same_letters(&text);
        let mut rest = &*text;
        while !rest.is_empty() {
            let trimmed = rest.trim_start();
            if trimmed.len() < rest.len() && self.gap.rank() < Gap::Space.rank() {
                self.gap = Gap::Space;
            }
            let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
            let (run, after) = trimmed.split_at_checked(end).unwrap_or((trimmed, ""));
            self.run(run);
            rest = after;
        }
    }

    /// A run of letters and marks without a space.
    fn run(&mut self, run: &str) {
        let starts = run.find(char::is_alphanumeric).unwrap_or(run.len());
        let (before, rest) = run.split_at_checked(starts).unwrap_or((run, ""));
        let ends = rest.rfind(char::is_alphanumeric).map_or(0, |at| {
            let last = rest.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            // A bracket that was opened within the word is closed in it: 3.37(a).
            let open = rest.get(..at).is_some_and(|word| word.matches('(').count() > word.matches(')').count());
            let closed = open && rest.get(at + last..).is_some_and(|rest| rest.starts_with(')'));
            at + last + usize::from(closed)
        });
        let (word, after) = rest.split_at_checked(ends).unwrap_or((rest, ""));
        before.chars().for_each(|mark| self.word(mark.to_string(), None));
        if !word.is_empty() {
            self.word(word.to_owned(), None);
        }
        after.chars().for_each(|mark| self.word(mark.to_string(), None));
    }

    fn word(&mut self, text: String, key: Option<WordKey>) {
        let key = key.unwrap_or_else(|| WordKey::of(&text));
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        self.words.push(ComparedWord { text, gap, key });
    }

    fn mention(&mut self, at: ReferenceId) {
        let target = &self.entry.resolution.targets[at];
        let clause = |entry: EntryId, clause: ClauseId| {
            let file = self.edition.files.find(|file| *file == entry)?;
            let document = &self.edition.entry(file).document;
            let labels = document.clauses[clause].number.labels().to_vec();
            Some((ClausePosition { file, clause: document.whole_clause(clause) }, labels))
        };
        let ends = match target.to {
            Goal::Place(Place { entry, part: PlacePart::Clause(at) }) => clause(entry, at).map(|end| vec![end]),
            Goal::Clauses(entry, first, last) => {
                clause(entry, first).zip(clause(entry, last)).map(|(first, last)| vec![first, last])
            }
            _ => None,
        };
        match ends {
            Some(ends) => {
                self.cut();
                self.word(target.words.clone(), Some(WordKey::Mention(ends)));
            }
            None => self.pending.push_str(&target.words),
        }
    }

    fn end(&mut self) -> Vec<ComparedWord> {
        self.cut();
        let mut words = std::mem::take(&mut self.words);
        if let Some(first) = words.first_mut()
            && first.gap != Gap::Note
        {
            first.gap = Gap::None;
        }
        self.gap = Gap::None;
        words
    }
}
