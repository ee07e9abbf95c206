//! Postings: the words of each record, and how much each says of it.
//!
//! Takes the drafts of all documents and the groups of names; gives a vocabulary in which every
//! form of a word has its term, and for each term the records that hold it. The weight of a term in
//! a record is that of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009,
//! section 3.3.4) without the part that the browser knows better: how rare the term is.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::aliases::{AliasGroup, AliasOrigin};
use super::everyday;
use super::families;
use super::records::{Draft, Record, RecordKind};
use super::words::Stems;

/// BM25's k1: the lower it is, the sooner a repeated word stops adding weight. The usual value is
/// 1.2, but clauses are short.
pub(super) const SATURATION: f32 = 0.9;
/// BM25's b: the effect of a record's length on its weights, from 0 (none) to 1.
pub(super) const LENGTH: f32 = 0.36;
/// The greatest weight; the least is 1. A finer scale finds nothing that this one does not, and
/// takes more room.
pub(super) const FULL: u8 = 12;
/// Threshold of a common term, which more than one record in this many holds. Its count in a text
/// is set to 1, since repeats of a common word say little.
const COMMON: usize = 12;

/// Number of records up to which a word that is there is tried as an everyday word, too: whoever
/// types it may mean more.
pub(super) const RARE: usize = 6;

/// Contents of the index before it is cut into shards.
#[derive(Debug, Default)]
pub(super) struct Postings<'a> {
    /// Every word and mark, in the order in which the browser compares them, with its term.
    pub(super) words: Vec<(&'a str, u32)>,
    /// For each term, the records that hold it, in order. The terms of groups without a mark come
    /// last.
    pub(super) postings: Lists<Posting>,
    /// For each term, where it is in those records: as many places each as the posting says.
    pub(super) places: Lists<u32>,
    /// The groups, with their names as terms.
    pub(super) groups: Vec<IndexedGroup>,
    /// Several everyday words that mean one thing, the last of them short, with words of the site.
    pub(super) everyday: String,
    /// Rows of what a reader may type who has not read the texts, by their beginnings: see
    /// `everyday.rs` and `families.rs`.
    pub(super) typed: BTreeMap<String, String>,
    /// Whether the words are English.
    pub(super) is_english: bool,
    /// For each record, its words as a tenth of the average of all texts.
    pub(super) lengths: Vec<usize>,
    /// For each record, whether it is a clause, a passage or an editor's note, and not a title.
    pub(super) of_text: Vec<bool>,
}

/// A list for each term, all in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Lists<T> {
    all: Vec<T>,
    /// End of each list in `all`. A list begins where the one before it ends.
    ends: Vec<usize>,
}

impl<T: Copy + Default> Lists<T> {
    /// Lists of these lengths; each value comes with its list, and those of one list in its order.
    fn new(lengths: Vec<usize>, values: impl Iterator<Item = (usize, T)>) -> Self {
        let mut next = 0;
        let mut ends: Vec<usize> = Vec::with_capacity(lengths.len());
        // First where each begins; it moves to its end as the list fills.
        for length in &lengths {
            ends.push(next);
            next += length;
        }
        let mut all = vec![T::default(); next];
        for (list, value) in values {
            if let Some(end) = ends.get_mut(list)
                && let Some(place) = all.get_mut(*end)
            {
                *place = value;
                *end += 1;
            }
        }
        Lists { all, ends }
    }
}

impl<T> Lists<T> {
    /// Returns the number of lists.
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// Returns the number of values in all lists together.
    pub(super) fn values(&self) -> usize {
        self.all.len()
    }

    fn range(&self, list: usize) -> Range<usize> {
        let start = list.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        start..self.ends.get(list).copied().unwrap_or(start)
    }

    /// One list.
    pub(super) fn get(&self, list: usize) -> &[T] {
        self.all.get(self.range(list)).unwrap_or_default()
    }

    fn get_mut(&mut self, list: usize) -> &mut [T] {
        let range = self.range(list);
        self.all.get_mut(range).unwrap_or_default()
    }
}

/// A group of names as the index has it.
#[derive(Debug)]
pub(super) struct IndexedGroup {
    pub(super) origin: AliasOrigin,
    pub(super) place: usize,
    /// The term of all its names.
    pub(super) term: u32,
    /// Each name as terms.
    pub(super) names: Vec<Vec<u32>>,
}

/// A term in a record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Posting {
    /// The record, counted through all drafts.
    pub(super) record: u32,
    /// Weight of the term in a text, 1 to [`FULL`]. In a title, a heading or an entry, the number
    /// of words there, 1 to 60.
    pub(super) weight: u8,
    /// Number of times that a text has the term, up to 4. In a title, a heading or an entry, the
    /// weight.
    pub(super) count: u8,
    /// Number of places that are kept of the term in the record.
    pub(super) places: u16,
}

/// Indexes all drafts.
pub(super) fn index<'a>(drafts: &'a [Arc<Draft>], groups: &'a [AliasGroup], stems: &Stems) -> Postings<'a> {
    let vocabulary = vocabulary(drafts, groups, stems);
    let by_name = GroupNames::new(groups, &vocabulary);
    let lengths = drafts.iter().flat_map(|draft| &draft.records).filter(|record| is_text(record.kind));
    let (count, sum) = lengths.fold((0_u32, 0_usize), |(count, sum), record| (count + 1, sum + record.words.len()));
    let average = sum as f32 / count.max(1) as f32;
    let mut first = 0_u32;
    let firsts: Vec<u32> = drafts
        .iter()
        .map(|draft| {
            let own = first;
            first += u32::try_from(draft.records.len()).unwrap_or(u32::MAX);
            own
        })
        .collect();
    let read: Vec<DraftTerms> = drafts
        .par_iter()
        .zip(firsts)
        .map_init(DraftReader::default, |reader, (draft, first)| {
            let terms: Vec<u32> = draft.words.iter().map(|word| vocabulary.term(word)).collect();
            draft.records.iter().for_each(|record| reader.record(record, &terms, &by_name, average));
            reader.take(first)
        })
        .collect();
    let count = vocabulary.count + by_name.concepts;
    let mut lengths = (vec![0; count], vec![0; count]);
    for found in read.iter().flat_map(|read| &read.found) {
        let term = found.term as usize;
        if let (Some(postings), Some(places)) = (lengths.0.get_mut(term), lengths.1.get_mut(term)) {
            *postings += 1;
            *places += usize::from(found.places);
        }
    }
    let mut postings = Lists::new(lengths.0, read.iter().flat_map(DraftTerms::postings));
    let places = read.iter().flat_map(|read| {
        let terms = read.found.iter().flat_map(|found| std::iter::repeat_n(found.term as usize, found.places.into()));
        terms.zip(read.places.iter().copied())
    });
    let places = Lists::new(lengths.1, places);
    drop(read);
    let records = || drafts.iter().flat_map(|draft| &draft.records);
    let of_text: Vec<bool> = records().map(|record| is_text(record.kind)).collect();
    for term in (0..count).filter(|term| postings.get(*term).len() > of_text.len() / COMMON).collect::<Vec<_>>() {
        let is_of_text = |posting: &&mut Posting| of_text.get(posting.record as usize) == Some(&true);
        postings.get_mut(term).iter_mut().filter(is_of_text).for_each(|posting| posting.count = 1);
    }
    let lengths = records().map(|record| (record.words.len() as f32 * 10.0 / average) as usize).collect();
    let is_rare = |term: u32| postings.get(term as usize).len() <= RARE;
    let mut typed = BTreeMap::new();
    let everyday = everyday::add(&vocabulary.everyday, is_rare, &mut typed);
    families::add(&vocabulary.families, is_rare, &mut typed);
    let words = vocabulary.words;
    Postings {
        words,
        postings,
        places,
        groups: by_name.groups,
        everyday,
        typed,
        is_english: stems.is_english(),
        lengths,
        of_text,
    }
}

fn is_text(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Clause | RecordKind::Passage | RecordKind::Note)
}

/// Every word with its term.
struct Vocabulary<'a> {
    words: Vec<(&'a str, u32)>,
    by_word: FxHashMap<&'a str, u32>,
    count: usize,
    everyday: Vec<everyday::Row<'a>>,
    families: Vec<families::FamilyMember<'a>>,
}

impl Vocabulary<'_> {
    fn term(&self, word: &str) -> u32 {
        self.by_word.get(word).copied().unwrap_or(u32::MAX)
    }
}

fn vocabulary<'a>(drafts: &'a [Arc<Draft>], groups: &'a [AliasGroup], stems: &Stems) -> Vocabulary<'a> {
    let named = groups.iter().flat_map(|group| group.names.iter().flatten().chain(&group.mark));
    let known: FxHashSet<&str> =
        drafts.iter().flat_map(|draft| draft.words.iter()).chain(named.map(String::as_str)).collect();
    let mut words: Vec<&str> = known.into_iter().collect();
    // As the browser compares strings: by their UTF-16.
    words.par_sort_unstable_by(|a, b| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
    let keys: Vec<String> = words
        .par_iter()
        .map(|word| if word.starts_with(['#', '@']) { (*word).to_owned() } else { stems.key(word) })
        .collect();
    let mut by_key: FxHashMap<String, u32> = FxHashMap::default();
    let mut by_word = FxHashMap::with_capacity_and_hasher(words.len(), FxBuildHasher);
    let mut listed = Vec::with_capacity(words.len());
    // The first form of each term.
    let mut forms = Vec::new();
    for (word, key) in words.into_iter().zip(keys) {
        let next = u32::try_from(by_key.len()).unwrap_or(u32::MAX);
        let term = *by_key.entry(key).or_insert_with(|| {
            forms.push(word);
            next
        });
        by_word.insert(word, term);
        listed.push((word, term));
    }
    let known = |word: &str| {
        let term = *by_key.get(&stems.key(word))?;
        Some((term, *forms.get(term as usize)?))
    };
    let (mut everyday, mut families) = (Vec::new(), Vec::new());
    if stems.is_english() {
        everyday = everyday::rows(known);
        families = families::members(known);
    }
    Vocabulary { words: listed, by_word, count: by_key.len(), everyday, families }
}

/// The names of groups by their first term.
struct GroupNames {
    by_first: FxHashMap<u32, Vec<(Vec<u32>, u32)>>,
    groups: Vec<IndexedGroup>,
    /// Number of groups without a mark. Each has a term of its own, after those of the vocabulary.
    concepts: usize,
}

impl GroupNames {
    fn new(groups: &[AliasGroup], vocabulary: &Vocabulary<'_>) -> Self {
        let mut by_first: FxHashMap<u32, Vec<(Vec<u32>, u32)>> = FxHashMap::default();
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
            named.push(IndexedGroup { origin: group.origin, place: group.place, term, names });
        }
        GroupNames { by_first, groups: named, concepts }
    }
}

/// Terms and places in the records of one draft. There is about one [`RecordTerm`] for each word of
/// the site, so nothing is stored twice.
struct DraftTerms {
    /// The number of its first record.
    first: u32,
    /// The terms of its records, record by record.
    found: Box<[RecordTerm]>,
    /// End of each record's terms in `found`.
    ends: Box<[u32]>,
    /// The places of all of them, in the same order.
    places: Box<[u32]>,
}

/// A term in a record: a [`Posting`] without its record.
#[derive(Clone, Copy)]
struct RecordTerm {
    term: u32,
    places: u16,
    weight: u8,
    count: u8,
}

impl DraftTerms {
    /// Each posting with its term.
    fn postings(&self) -> impl Iterator<Item = (usize, Posting)> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).zip(self.first..).flat_map(|((start, end), record)| {
            let found = self.found.get(start as usize..*end as usize).unwrap_or_default();
            found.iter().map(move |RecordTerm { term, places, weight, count }| {
                (*term as usize, Posting { record, weight: *weight, count: *count, places: *places })
            })
        })
    }
}

/// Reads the records of one draft after another.
#[derive(Default)]
struct DraftReader {
    found: Vec<RecordTerm>,
    ends: Vec<u32>,
    places: Vec<u32>,
    /// The terms of a record with their places, while it is read.
    terms: Vec<(u32, u32)>,
    /// Terms of the record's words, in order.
    words: Vec<u32>,
}

/// Placeholder for the place of a term that has none: a mark, or a group that is found by one of
/// its names.
const NO_PLACE: u32 = u32::MAX;

impl DraftReader {
    /// Returns what was read since the last call, and forgets it. `first` is the number of the
    /// first record.
    fn take(&mut self, first: u32) -> DraftTerms {
        let read = DraftTerms {
            first,
            found: self.found.as_slice().into(),
            ends: self.ends.as_slice().into(),
            places: self.places.as_slice().into(),
        };
        self.found.clear();
        self.ends.clear();
        self.places.clear();
        read
    }

    fn record(&mut self, record: &Record, terms: &[u32], names: &GroupNames, average: f32) {
        let word = |local: &u32| terms.get(*local as usize).copied().unwrap_or(u32::MAX);
        self.words.clear();
        self.words.extend(record.words.iter().map(word));
        self.terms.clear();
        self.terms.extend(self.words.iter().copied().zip(0..));
        for (at, first) in self.words.iter().enumerate() {
            for (name, term) in names.by_first.get(first).into_iter().flatten() {
                if self.words.get(at..at + name.len()).is_some_and(|run| run == name.as_slice()) {
                    self.terms.push((*term, NO_PLACE));
                }
            }
        }
        self.terms.extend(record.marks.iter().map(|mark| (word(mark), NO_PLACE)));
        self.terms.sort_unstable();
        let length = 1.0 - LENGTH + LENGTH * self.words.len() as f32 / average;
        let text = is_text(record.kind);
        // Of a heading, each word says as much as it fills of it: its weight is how many words
        // there are.
        let words_of_heading = u8::try_from(self.words.len().clamp(1, 60)).unwrap_or(60);
        for run in self.terms.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((term, _)) = run.first() else { continue };
            let count = run.len() as f32;
            let weight = if text { quantised(count / (count + SATURATION * length)) } else { words_of_heading };
            // How often more than this is said makes no difference.
            let count = if text { u8::try_from(run.len().min(4)).unwrap_or(4) } else { weight };
            let at = run.iter().map(|(_, at)| *at).filter(|at| *at != NO_PLACE).take(u16::MAX.into());
            let before = self.places.len();
            self.places.extend(at);
            let places = u16::try_from(self.places.len() - before).unwrap_or(u16::MAX);
            self.found.push(RecordTerm { term: *term, places, weight, count });
        }
        self.ends.push(u32::try_from(self.found.len()).unwrap_or(u32::MAX));
    }
}

fn quantised(weight: f32) -> u8 {
    // Between 0 and 1, so that the cast keeps it.
    ((weight.clamp(0.0, 1.0) * f32::from(FULL)).round() as u8).max(1)
}
