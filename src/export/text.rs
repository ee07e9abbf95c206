//! A document as plain text: its clauses with their numbers, its notes at the end, and the law that
//! it cites.
//!
//! Takes a resolved site and the document or pack that is meant; returns one text, with each
//! paragraph, item and row on a line. A pack has the clauses that it draws in, each by its
//! citation. Pictures, links and terms are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::corpus::{AuthorityId, Corpus, Entry, EntryId, Place, PlacePart, drawn_in};
use crate::document::{ClauseId, Item, NoteId, alphabetical};
use crate::law::{Authority, AuthorityKind, Provision};
use crate::strings::{Strings, phrase};

/// The notes marked so far, and the words around them.
struct MarkedNotes<'a> {
    strings: &'a Strings,
    /// Each note with its entry: a note's number is its place in the list.
    notes: Vec<(EntryId, NoteId)>,
}

/// Returns the document or pack at an entry as plain text.
pub fn text(corpus: &Corpus, at: EntryId) -> String {
    let strings = &*corpus.strings;
    let entry = corpus.entry(at);
    let files = if entry.resolution.files.is_empty() { &[at][..] } else { &entry.resolution.files };
    let (mut parts, mut notes) = (head(entry, strings), MarkedNotes { strings, notes: Vec::new() });
    for file in files {
        parts.extend(body(corpus, *file, corpus.entry(*file), &mut notes));
    }
    let mut printed = 0;
    // A note may mark others.
    while let Some((of, note)) = notes.notes.get(printed).copied() {
        printed += 1;
        if printed == 1 {
            parts.push(heading(&strings.text(phrase::NotesTitle), 2));
        }
        let entry = corpus.entry(of);
        let body = entry.document.notes[note].body.as_ref();
        let own = body.map(|body| marked(of, entry, body, &mut notes)).unwrap_or_default();
        parts.push(format!("[{printed}] {own}"));
    }
    let law = law(corpus, files, &notes.notes);
    if !law.is_empty() {
        parts.push(heading(&strings.text(phrase::TextLaw), 2));
        parts.push(law.join("\n"));
    }
    parts.retain(|part| !part.is_empty());
    // A program that shows nothing but plain text may show a space that does not break as something
    // else.
    (parts.join("\n\n") + "\n").replace('\u{a0}', " ")
}

/// Title, the short title by which it is cited, and the status.
fn head(entry: &Entry, strings: &Strings) -> Vec<String> {
    let front = &entry.document.front;
    let short = Some(&front.short).filter(|short| !short.is_empty() && **short != front.title);
    let cited_as = short.map(|document| strings.text(phrase::TextCitedAs { document }));
    let status = front.status.map(|status| strings.text(phrase::TextStatus { status: &strings.status(status) }));
    let lines: Vec<String> = cited_as.into_iter().chain(status).collect();
    vec![heading(&front.title, 1), lines.join("\n")]
}

fn heading(words: &str, level: u8) -> String {
    let line = match level {
        1 => "=",
        2 => "-",
        _ => return words.to_owned(),
    };
    format!("{words}\n{}", line.repeat(words.chars().count()))
}

/// The headings, clauses and other words of one file, in order.
fn body(corpus: &Corpus, at: EntryId, entry: &Entry, notes: &mut MarkedNotes<'_>) -> Vec<String> {
    let document = &entry.document;
    let mut parts = Vec::new();
    for item in &document.items {
        match item {
            Item::Heading(section) => {
                let section = &document.sections[*section];
                parts.push(heading(&section.title, section.level));
            }
            Item::Clause(clause) => parts.push(clause_words(at, entry, *clause, notes, |number| number)),
            Item::Block(range) => parts.push(marked(at, entry, range, notes)),
            Item::DrawIn(reference) => {
                let Some((from, clauses)) = drawn_in(&corpus.entries, entry, *reference) else { continue };
                let drawn = corpus.entry(from);
                for clause in clauses {
                    let citation = corpus.citation(Place { entry: from, part: PlacePart::Clause(clause) });
                    parts.push(clause_words(from, drawn, clause, notes, |_| citation));
                }
            }
        }
    }
    parts
}

/// A clause by its number, or by what `named` makes of that.
fn clause_words(
    at: EntryId,
    entry: &Entry,
    clause: ClauseId,
    notes: &mut MarkedNotes<'_>,
    named: impl FnOnce(String) -> String,
) -> String {
    let found = &entry.document.clauses[clause];
    let number = named(entry.document.printed_number(found));
    // A heading of its own is beside the number, and the words below.
    let heading = entry.document.clause_title(found).map(|title| {
        let range = entry.document.with_heading(found).start..found.body.start;
        format!("{number} {title}{}\n", marks(at, entry, &range, notes))
    });
    let words = marked(at, entry, &found.body, notes);
    match heading {
        Some(heading) => (heading + &words).trim_end().to_owned(),
        None => format!("{number} {words}"),
    }
}

/// The words of a range of pieces, with the editor's notes after them and the numbers of the notes
/// that are marked there.
fn marked(at: EntryId, entry: &Entry, range: &Range<usize>, notes: &mut MarkedNotes<'_>) -> String {
    let mut words = entry.own_words(range);
    let marks = marks(at, entry, range, notes);
    if !marks.is_empty() && words.contains('\n') {
        words.push_str(&format!("\n{}", notes.strings.text(phrase::TextMarks)));
    }
    words.push_str(&marks);
    for note in entry.editors_notes(range) {
        words.push_str(&format!("\n{} {note}", notes.strings.text(phrase::SearchEditorsNote)));
    }
    words.trim_start().to_owned()
}

/// The numbers of the notes that are marked in a range of pieces.
fn marks(at: EntryId, entry: &Entry, range: &Range<usize>, notes: &mut MarkedNotes<'_>) -> String {
    let number_of = |note: NoteId| {
        let known = notes.notes.iter().position(|known| *known == (at, note));
        1 + known.unwrap_or_else(|| {
            notes.notes.push((at, note));
            notes.notes.len() - 1
        })
    };
    entry.notes_in(range).into_iter().map(number_of).map(|number| format!(" [{number}]")).collect()
}

/// A line for each work that is cited, with its provisions and its address.
fn law(corpus: &Corpus, files: &[EntryId], notes: &[(EntryId, NoteId)]) -> Vec<String> {
    let mut cited: BTreeMap<AuthorityId, BTreeSet<Provision>> = BTreeMap::new();
    let mut add =
        |(work, provisions): (AuthorityId, &[Provision])| cited.entry(work).or_default().extend(provisions.to_vec());
    let entries: Vec<&Entry> = files.iter().map(|at| corpus.entry(*at)).collect();
    for entry in &entries {
        entry.citations().for_each(|citation| add((citation.authority, citation.provisions)));
        for (from, clauses) in corpus.all_drawn_in(entry) {
            let drawn = corpus.entry(from);
            let bodies = clauses.into_iter().map(|clause| &drawn.document.clauses[clause]);
            bodies.for_each(|clause| drawn.citations_in(&drawn.document.with_heading(clause)).for_each(&mut add));
        }
    }
    for (at, note) in notes {
        let entry = corpus.entry(*at);
        let body = entry.document.notes[*note].body.as_ref();
        body.into_iter().for_each(|body| entry.citations_in(body).for_each(&mut add));
    }
    let day = entries.first().and_then(|entry| entry.law_as_at());
    let mut works: Vec<_> =
        cited.into_iter().map(|(work, provisions)| (&corpus.authorities[work].authority, provisions)).collect();
    works.sort_by_cached_key(|(authority, _)| {
        let kind = AuthorityKind::ALL.iter().position(|(_, kind)| *kind == authority.kind);
        (kind, alphabetical(&authority.title))
    });
    let line = |(authority, provisions): (&Authority, BTreeSet<Provision>)| {
        let places: Vec<String> = provisions.iter().map(Provision::shown).collect();
        let places = if places.is_empty() { String::new() } else { format!(": {}", places.join("; ")) };
        let address = authority.address_at(day).map_or(String::new(), |address| format!(" <{address}>"));
        format!("{}{places}{address}", authority.title)
    };
    works.into_iter().map(line).collect()
}
