//! Which words stand in which records, and how much each says of them.
//!
//! Takes the drafts of all documents and the groups of names; gives a vocabulary in which every form of a word has its term,
//! and for each term the records that hold it. The weight of a term in a record is that of BM25 (Robertson and Zaragoza,
//! "The Probabilistic Relevance Framework", 2009, section 3.3.4) without the part that the browser knows better: how rare
//! the term is.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::aliases::{Group, Origin};
use super::records::{Draft, Kind, Record};
use super::words::Stems;

/// How soon repeating a word stops to count: the usual k1 is 1.2, but clauses are short.
const SATURATION: f32 = 0.9;
/// How much the length of a record counts.
const LENGTH: f32 = 0.36;
/// The greatest weight; the least is 1. A finer scale finds nothing that this one does not, and takes more room.
pub(super) const FULL: u8 = 12;
/// Of a word in more than one record in so many, it says little how often it stands in one: it counts once.
const COMMON: usize = 12;

/// What the index holds, before it is cut up.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Every word and mark, in the order in which the browser compares them, with its term.
    pub(super) words: Vec<(String, u32)>,
    /// For each term, the records that hold it, in order. The terms of groups without a mark come last.
    pub(super) terms: Vec<Vec<Posting>>,
    /// For each term, where it stands in those records: as many places each as the posting says.
    pub(super) places: Vec<Vec<u32>>,
    /// The groups, with their names as terms.
    pub(super) groups: Vec<Named>,
    /// For each record, its words as a tenth of the average of all texts.
    pub(super) lengths: Vec<usize>,
}

/// A group of names as the index has it.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) origin: Origin,
    pub(super) place: usize,
    /// The term of all its names.
    pub(super) term: u32,
    /// Each name as terms.
    pub(super) names: Vec<Vec<u32>>,
}

/// A term in a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    /// The record, counted through all drafts.
    pub(super) record: u32,
    /// How much it says, 1 to [`FULL`]; of a title, how many words it has.
    pub(super) weight: u8,
    /// How often it stands there, up to four times; of a heading, its weight.
    pub(super) count: u8,
    /// How many places of it are kept.
    pub(super) places: u32,
}

/// Indexes all drafts.
pub(super) fn index(drafts: &[Arc<Draft>], groups: &[Group], stems: &Stems) -> Postings {
    let vocabulary = vocabulary(drafts, groups, stems);
    let by_name = Names::new(groups, &vocabulary);
    let lengths = drafts.iter().flat_map(|draft| &draft.records).filter(|record| is_text(record.kind));
    let (count, sum) = lengths.fold((0_u32, 0_usize), |(count, sum), record| (count + 1, sum + record.words.len()));
    let average = sum as f32 / count.max(1) as f32;
    let found: Vec<Vec<Vec<Found>>> = drafts
        .par_iter()
        .map(|draft| {
            let terms: Vec<u32> = draft.words.iter().map(|word| vocabulary.term(word)).collect();
            draft.records.iter().map(|record| read(record, &terms, &by_name, average)).collect()
        })
        .collect();
    let mut terms: Vec<Vec<Posting>> = vec![Vec::new(); vocabulary.count + by_name.concepts];
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); terms.len()];
    for (number, record) in (0_u32..).zip(found.into_iter().flatten()) {
        for Found { term, weight, count, at } in record {
            if let (Some(postings), Some(places)) = (terms.get_mut(term as usize), places.get_mut(term as usize)) {
                let kept = u32::try_from(at.len()).unwrap_or(u32::MAX);
                postings.push(Posting { record: number, weight, count, places: kept });
                places.extend(at);
            }
        }
    }
    let records = || drafts.iter().flat_map(|draft| &draft.records);
    let of_text: Vec<bool> = records().map(|record| is_text(record.kind)).collect();
    let is_of_text = |posting: &Posting| of_text.get(posting.record as usize) == Some(&true);
    for postings in terms.iter_mut().filter(|postings| postings.len() > of_text.len() / COMMON) {
        postings.iter_mut().filter(|posting| is_of_text(posting)).for_each(|posting| posting.count = 1);
    }
    let lengths = records().map(|record| (record.words.len() as f32 * 10.0 / average) as usize).collect();
    Postings { words: vocabulary.words, terms, places, groups: by_name.groups, lengths }
}

fn is_text(kind: Kind) -> bool {
    matches!(kind, Kind::Clause | Kind::Passage)
}

/// Every word with its term.
struct Vocabulary {
    words: Vec<(String, u32)>,
    by_word: HashMap<String, u32>,
    count: usize,
}

impl Vocabulary {
    fn term(&self, word: &str) -> u32 {
        self.by_word.get(word).copied().unwrap_or(u32::MAX)
    }
}

fn vocabulary(drafts: &[Arc<Draft>], groups: &[Group], stems: &Stems) -> Vocabulary {
    let named = groups.iter().flat_map(|group| group.names.iter().flatten().chain(&group.mark));
    let mut known: HashMap<&str, ()> = HashMap::new();
    known.extend(drafts.iter().flat_map(|draft| &draft.words).chain(named).map(|word| (word.as_str(), ())));
    let mut words: Vec<&str> = known.into_keys().collect();
    // As the browser compares strings: by their UTF-16.
    words.par_sort_unstable_by(|a, b| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
    let keys: Vec<String> = words
        .par_iter()
        .map(|word| if word.starts_with(['#', '@']) { (*word).to_owned() } else { stems.key(word) })
        .collect();
    let mut by_key: HashMap<String, u32> = HashMap::new();
    let mut by_word = HashMap::with_capacity(words.len());
    let mut listed = Vec::with_capacity(words.len());
    for (word, key) in words.into_iter().zip(keys) {
        let next = u32::try_from(by_key.len()).unwrap_or(u32::MAX);
        let term = *by_key.entry(key).or_insert(next);
        by_word.insert(word.to_owned(), term);
        listed.push((word.to_owned(), term));
    }
    Vocabulary { words: listed, by_word, count: by_key.len() }
}

/// The names of groups by their first term.
struct Names {
    by_first: HashMap<u32, Vec<(Vec<u32>, u32)>>,
    groups: Vec<Named>,
    /// How many of their terms are none of the vocabulary.
    concepts: usize,
}

impl Names {
    fn new(groups: &[Group], vocabulary: &Vocabulary) -> Self {
        let mut by_first: HashMap<u32, Vec<(Vec<u32>, u32)>> = HashMap::new();
        let mut named = Vec::new();
        let mut concepts = 0;
        for group in groups {
            let term = match &group.mark {
                Some(mark) => vocabulary.term(mark),
                None => {
                    concepts += 1;
                    u32::try_from(vocabulary.count + concepts - 1).unwrap_or(u32::MAX)
                }
            };
            let mut names: Vec<Vec<u32>> = Vec::new();
            for name in &group.names {
                let name: Vec<u32> = name.iter().map(|word| vocabulary.term(word)).collect();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            for name in names.iter().filter(|_| group.mark.is_none()) {
                by_first.entry(name.first().copied().unwrap_or(u32::MAX)).or_default().push((name.clone(), term));
            }
            named.push(Named { origin: group.origin, place: group.place, term, names });
        }
        Names { by_first, groups: named, concepts }
    }
}

/// A term of one record.
struct Found {
    term: u32,
    weight: u8,
    count: u8,
    /// Its places.
    at: Vec<u32>,
}

fn read(record: &Record, terms: &[u32], names: &Names, average: f32) -> Vec<Found> {
    let word = |local: &u32| terms.get(*local as usize).copied().unwrap_or(u32::MAX);
    let words: Vec<u32> = record.words.iter().map(word).collect();
    let mut places: Vec<(u32, u32)> = words.iter().copied().zip(0..).collect();
    // A word is a place; a name of several words, or a mark, is none, but counts as often as it stands there.
    const NO_PLACE: u32 = u32::MAX;
    for (at, first) in words.iter().enumerate() {
        for (name, term) in names.by_first.get(first).into_iter().flatten() {
            if words.get(at..at + name.len()).is_some_and(|run| run == name.as_slice()) {
                places.push((*term, NO_PLACE));
            }
        }
    }
    let marked: Vec<u32> = record.marks.iter().map(word).collect();
    places.extend(marked.iter().map(|term| (*term, NO_PLACE)));
    places.sort_unstable();
    let mut found = Vec::new();
    let length = 1.0 - LENGTH + LENGTH * words.len() as f32 / average;
    // Of a heading, each word says as much as it fills of it: its weight is how many words there are.
    let words_of_heading = u8::try_from(words.len().clamp(1, 60)).unwrap_or(60);
    for run in places.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((term, _)) = run.first() else { continue };
        let count = run.len() as f32;
        let text = is_text(record.kind);
        let weight = if text { quantised(count / (count + SATURATION * length)) } else { words_of_heading };
        // How often more than this is said makes no difference.
        let count = if text { u8::try_from(run.len().min(4)).unwrap_or(4) } else { weight };
        let at = run.iter().map(|(_, at)| *at).filter(|at| *at != NO_PLACE).collect();
        found.push(Found { term: *term, weight, count, at });
    }
    found
}

fn quantised(weight: f32) -> u8 {
    // Between 0 and 1, so that the cast keeps it.
    ((weight.clamp(0.0, 1.0) * f32::from(FULL)).round() as u8).max(1)
}
