//! Words that may name a clause by its old number and are no mention.
//!
//! Takes the texts and the new numbers; gives the places where a person must look: "paragraph 3.38"
//! in running text, and the words that an author gave to a mention. Changes none of them, since
//! nobody but a reader can tell what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::numbers::{CorpusClause, Numbers};
use crate::corpus::{Corpus, Entry, Goal, Place, PlacePart};
use crate::document::Number;
use crate::parse::is_quantity;
use crate::source::{Edit, SourceFile, SourceMap, Span};

/// Words after which a number is that of a clause.
const LEADS: [&str; 8] = ["paragraph", "paragraphs", "para", "paras", "clause", "clauses", "point", "points"];

/// The places, with the number that the clause has now; in the order of files and places.
pub(super) fn doubtful_numbers(
    corpus: &Corpus,
    numbers: &Numbers<'_>,
    edits: &[Edit],
    sources: &SourceMap,
) -> Vec<(Span, Number)> {
    let new: BTreeMap<&Number, &Number> = numbers.changes().map(|(_, clause, new)| (&clause.number, new)).collect();
    let mut found = Vec::new();
    for (at, entry) in corpus.entries.pairs() {
        let file = sources.file(entry.document.file);
        let (own, around) = (numbers.files.contains(&at), NearbyPlaces::new(entry, numbers, edits));
        let own_numbers: BTreeSet<&Number> = entry.document.clauses.iter().map(|clause| &clause.number).collect();
        for (place, number) in numbers_in_words(file) {
            let Some(new) = new.get(&number) else { continue };
            let (before, after) = (file.slice(0..place.start), file.slice(place.start..file.text.len()));
            let led = follows_lead(before);
            let names = match around.reference(&place) {
                Some(to_a_changed_clause) => to_a_changed_clause,
                // A figure alone is a clause's only where no amount could be meant.
                None if own => led || number.depth() > 1 && !is_amount(before, after),
                None => led && !own_numbers.contains(&number),
            };
            if names && !around.is_known(&place) {
                found.push((Span::new(file.id, place), (*new).clone()));
            }
        }
    }
    found.sort_by_cached_key(|(span, _)| (sources.file(span.file).path.clone(), span.start));
    found
}

/// Known places in one document, with which a number in its words is compared.
struct NearbyPlaces<'a> {
    /// Places that change, and the numbers of clauses.
    known: Vec<Span>,
    /// Mentions, and whether each leads to a clause that gets a new number.
    mentions: Vec<(&'a Span, bool)>,
}

impl<'a> NearbyPlaces<'a> {
    fn new(entry: &'a Entry, numbers: &Numbers<'_>, edits: &[Edit]) -> Self {
        let document = &entry.document;
        let edited = edits.iter().map(|edit| edit.span).filter(|span| span.file == document.file);
        let changed = |goal: &Goal| match goal {
            Goal::Place(Place { entry, part: PlacePart::Clause(clause) }) => {
                numbers.of(CorpusClause { entry: *entry, clause: *clause }).is_some()
            }
            Goal::Clauses(entry, first, last) => [first, last]
                .iter()
                .any(|clause| numbers.of(CorpusClause { entry: *entry, clause: **clause }).is_some()),
            _ => false,
        };
        let mentions = document.references.iter().zip(&entry.resolution.targets);
        NearbyPlaces {
            known: edited.chain(document.clauses.iter().map(|clause| clause.span)).collect(),
            mentions: mentions.map(|(reference, target)| (&reference.span, changed(&target.to))).collect(),
        }
    }

    fn is_known(&self, place: &Range<usize>) -> bool {
        self.known.iter().any(|span| span.start < place.end && place.start < span.end)
    }

    /// Whether the mention around a place leads to a clause that gets a new number; none if there
    /// is no mention.
    fn reference(&self, place: &Range<usize>) -> Option<bool> {
        let around = |span: &Span| span.start <= place.start && place.end <= span.end;
        self.mentions.iter().find(|(span, _)| around(span)).map(|(_, changed)| *changed)
    }
}

/// Every number without labels in a text, with its place: `3.38` in "3.38(a)," and not in "13.38"
/// or "3.38b".
fn numbers_in_words(file: &SourceFile) -> impl Iterator<Item = (Range<usize>, Number)> {
    let part = |c: char| c.is_alphanumeric() || c == '.';
    let pieces = file.text.split_inclusive(move |c: char| !part(c));
    let with_starts = pieces.scan(0, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((start, piece))
    });
    with_starts.filter_map(move |(start, piece)| {
        let written = piece.trim_end_matches(|c: char| !part(c)).trim_end_matches('.');
        Some((start..start + written.len(), Number::parse(written)?))
    })
}

/// Whether words end with "paragraph", or with "paragraphs 3.37 and".
fn follows_lead(before: &str) -> bool {
    let words = before.split_whitespace().rev().take(8).map(|word| word.trim_end_matches([',', ';', '–', '-']));
    let joins = |word: &str| matches!(word, "and" | "or" | "to" | "–" | "-" | "") || Number::parse(word).is_some();
    let mut words = words.skip_while(|word| joins(word));
    // "paragraphs 3.37–" and "paragraphs [[3.37]]–" go on in the word itself.
    words.next().is_some_and(|word| {
        let bare = word.trim_start_matches(['(', '[', '“', '‘', '"', '*', '_']);
        LEADS.contains(&bare.to_lowercase().as_str()) || bare == "¶"
    })
}

/// Whether a figure counts or measures: "£3.38", "3.38 million".
fn is_amount(before: &str, after: &str) -> bool {
    before.ends_with(['£', '$', '€']) || is_quantity(after)
}
