//! All that a page is made from, as a hash.
//!
//! Takes the page that is to be made; gives a hash that differs whenever its view would. Whoever lets a view show more of
//! the site adds it here: `tests/suite/rebuild.rs` finds what was forgotten.

use super::{Ground, Subject};
use crate::cache::key;
use crate::config::TermRef;
use crate::corpus::fingerprint::{of_counts, of_places};
use crate::corpus::{Corpus, Place, PlacePart};
use crate::output::OutPath;
use crate::source::Hash;

/// The hash of all that a page is made from.
pub(super) fn of(ground: Ground<'_>, subject: Subject, path: &OutPath) -> Hash {
    let Ground { corpus, fingerprints, theme, .. } = ground;
    let own = match subject {
        Subject::Document(at) | Subject::Clause(at, _) => key((fingerprints.entry(at), counts(corpus, at))),
        // A card says how many clauses its document has.
        Subject::Home(at) => {
            let clauses: Vec<usize> = corpus.entries.iter().map(|e| e.document.whole_clauses().count()).collect();
            key((at.and_then(|at| fingerprints.entry(at)), clauses, of_counts(corpus, corpus.members.keys())))
        }
        Subject::Taxonomy(_) => of_counts(corpus, corpus.members.keys()),
        Subject::Term(term) => of_term(ground, term),
        Subject::Authorities => {
            let rows = corpus.authorities.iter().map(|cited| {
                let citing = || cited.provisions.values().chain([&cited.whole]).flatten();
                let notes: Vec<_> = citing().map(|citing| note(corpus, citing.place.entry, citing.note)).collect();
                let lengths: Vec<usize> = cited.provisions.values().map(|citing| citing.len()).collect();
                let provisions: Vec<_> = cited.provisions.keys().collect();
                key((provisions, lengths, of_places(corpus, citing().map(|citing| &citing.place)), notes))
            });
            key(rows.collect::<Vec<_>>())
        }
        Subject::Glossary(at) => {
            let uses = corpus.glossary.words.iter().map(|word| of_places(corpus, &word.uses));
            key((fingerprints.entry(at), uses.collect::<Vec<_>>()))
        }
        Subject::NotFound => key(()),
    };
    key((theme.key(), fingerprints.site, path.as_str(), own))
}

/// How many clauses carry each term that stands on a document's page, or on that of one that it draws in.
fn counts(corpus: &Corpus, at: usize) -> Hash {
    let Some(entry) = corpus.entry(at) else { return key(()) };
    if entry.document.front.kind.as_ref().is_some_and(|kind| kind.value == crate::document::PACK) {
        return of_counts(corpus, corpus.members.keys());
    }
    of_counts(corpus, entry.resolution.terms.iter().flatten().chain(&entry.resolution.document_terms))
}

/// A term's page shows the opening words of every clause, and the headings over them.
fn of_term(ground: Ground<'_>, term: TermRef) -> Hash {
    let Ground { corpus, fingerprints, .. } = ground;
    let members = corpus.members.get(&term).into_iter().flatten();
    let members: Vec<_> = members.map(|member| (member.entry, member.clause)).collect();
    let places: Vec<Place> =
        members.iter().map(|(entry, clause)| Place { entry: *entry, part: PlacePart::Clause(*clause) }).collect();
    let mut entries: Vec<usize> = members.iter().map(|(entry, _)| *entry).collect();
    entries.dedup();
    let entries: Vec<_> = entries.into_iter().map(|at| fingerprints.entry(at)).collect();
    key((of_counts(corpus, corpus.members.keys()), of_places(corpus, &places), entries))
}

/// A note of a document as it is cited: by its number and label.
fn note(corpus: &Corpus, entry: usize, note: Option<usize>) -> Option<(usize, &str)> {
    let (entry, note) = (corpus.entry(entry)?, note?);
    let number = entry.resolution.note_numbers.get(note).copied().flatten()?;
    Some((number, entry.document.notes.get(note)?.label.as_str()))
}
