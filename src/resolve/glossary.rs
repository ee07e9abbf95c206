//! The glossary: each word with the clauses that use it.
//!
//! Takes the corpus with its documents; gives the words of `glossary.md`. Which of them a document
//! uses is looked up by its text and theirs, since it takes long and seldom changes.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

use rayon::prelude::*;

use crate::arena::Arena;
use crate::cache::{self, Cache};
use crate::corpus::{DocumentRole, Entry, EntryId, Glossary, GlossaryWord, Place, PlacePart, WordId};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Clause, ClauseId, Piece, slug_of};
use crate::source::{Origin, Span};

/// The words that `glossary.md` defines, with the clauses that use them.
pub(super) fn glossary(
    entries: &Arena<Entry>,
    known: &Cache<Arc<[(ClauseId, WordId)]>>,
    faults: &mut Vec<Diagnostic>,
) -> Glossary {
    let mut words = Arena::default();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    // Of a site that extends another, the words of that one come first: theirs is the glossary that
    // the masthead names.
    let mut glossaries: Vec<(EntryId, &Entry)> =
        entries.pairs().filter(|(_, entry)| entry.role == DocumentRole::Glossary).collect();
    glossaries.sort_by_key(|(at, entry)| (entry.document.origin == Origin::Own, *at));
    let Some(first) = glossaries.first().map(|(at, _)| *at) else { return Glossary::default() };
    for (at, entry) in glossaries {
        words_of(entry, at, &mut words, &mut seen, faults);
    }
    let mut glossary = Glossary::new(words, Some(first));
    let forms = cache::key(glossary.words.iter().map(|word| (&word.term, &word.abbreviation)).collect::<Vec<_>>());
    let papers = entries.par_pairs().filter(|(_, entry)| entry.role.is_paper());
    let used = papers.map(|(paper, entry)| {
        // Which clauses a text has depends on the numbering, which may be that of its publication.
        let clauses =
            || entry.document.whole_clauses().map(|(at, clause)| (at, clause.body.clone())).collect::<Vec<_>>();
        let made: Result<_, Infallible> = known.get(
            || cache::key((forms, entry.document.key, &*entry.document.path, clauses())),
            || Ok(words_used(entry, &glossary)),
        );
        (paper, made.unwrap_or_default())
    });
    for (paper, used) in used.collect::<Vec<_>>() {
        for (clause, word) in used.iter() {
            let place = Place { entry: paper, part: PlacePart::Clause(*clause) };
            glossary.words[*word].uses.push(place);
        }
    }
    glossary
}

/// The words that one glossary defines, after those of another, none of which it may define again.
fn words_of(
    entry: &Entry,
    at: EntryId,
    words: &mut Arena<GlossaryWord>,
    seen: &mut BTreeMap<String, Span>,
    faults: &mut Vec<Diagnostic>,
) {
    let mut anchors: BTreeSet<String> = entry.document.sections.iter().map(|section| section.anchor.clone()).collect();
    for defined in &entry.document.words {
        let title = entry.plain_text(&defined.title);
        let (term, abbreviation) = match title.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
            Some((term, abbreviation)) => (term.trim().to_owned(), Some(abbreviation.trim().to_owned())),
            None => (title, None),
        };
        let forms = std::iter::once(&term).chain(&abbreviation).map(|form| form.to_lowercase());
        let first = forms.clone().find_map(|form| seen.get(&form).copied());
        if let Some(first) = first {
            let message = format!("`{term}` is defined twice");
            let fault = Diagnostic::new(Code::DuplicateWord, defined.span, message).label(first, "first defined here");
            faults.push(fault.help("give each word and each abbreviation one place in the glossary"));
            continue;
        }
        seen.extend(forms.map(|form| (form, defined.span)));
        let slug = slug_of(abbreviation.as_deref().unwrap_or(&term));
        let numbered = (1..).map(|n| if n == 1 { slug.clone() } else { format!("{slug}-{n}") });
        let anchor = numbered.into_iter().find(|anchor| anchors.insert(anchor.clone())).unwrap_or_default();
        words.push(GlossaryWord {
            term,
            abbreviation,
            anchor,
            entry: at,
            meaning: defined.meaning.clone(),
            uses: Vec::new(),
        });
    }
}

/// The words of the glossary that each clause of a document uses, as clause and word.
fn words_used(entry: &Entry, glossary: &Glossary) -> Arc<[(ClauseId, WordId)]> {
    let of_clause = |(index, clause): (ClauseId, &Clause)| {
        let texts = entry.document.pieces(&clause.body).iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        });
        let found: BTreeSet<WordId> = texts.flat_map(|text| glossary.matches(text)).map(|found| found.word).collect();
        found.into_iter().map(move |word| (index, word)).collect::<Vec<_>>()
    };
    entry.document.whole_clauses().flat_map(of_clause).collect()
}
