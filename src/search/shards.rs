//! The index cut into scripts that the browser loads as a query needs them.
//!
//! Takes the drafts and their postings; gives files. A shard is as large as its kind says, whatever
//! the size of the site, and is named by what it holds. The format is told in the header of
//! `search.rs`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::VERSION;
use super::aliases::AliasOrigin;
use super::code::{json, number, rising};
use super::excerpts::{self, Whereabouts};
use super::files::{FileWriter, HASH};
use super::postings::{FULL, IndexedGroup, LENGTH, Posting, Postings, RARE, SATURATION};
use super::records::{Draft, EntryList, RecordKind};

/// The most postings of one term that are read for every query: of a term in more records, the
/// weightiest.
const FIRST_TIER: usize = 4096;
/// Number of characters at which a shard of postings is full. Its shard of places is full at twice
/// as many.
const POSTINGS: usize = 16 * 1024;
/// Number of words in a shard of the vocabulary.
const WORDS: usize = 700;
/// An index of fewer characters is one file.
const ONE_FILE: usize = 128 * 1024;
/// The most characters of any other file.
const LARGEST: usize = 48 * 1024;

/// The index of documents that are searched only on request.
#[derive(Serialize)]
pub(super) struct OnRequest {
    /// Name of its first file.
    pub(super) start: String,
    /// Names of the kinds of these documents.
    pub(super) names: Vec<String>,
}

/// An index in files.
pub(super) struct CutIndex {
    /// Name of the first file.
    pub(super) start: String,
    /// Every file: its name, and the script that it is.
    pub(super) files: Vec<(String, String)>,
    /// The pages in its excerpts.
    pub(super) places: Whereabouts,
}

/// The first file: what is where.
#[derive(Serialize)]
struct Start<'a> {
    version: u32,
    /// The constants of the weights: BM25's `k1` and `b`, and the weight that stands for 1.
    k1: f32,
    b: f32,
    full: u8,
    /// The most postings of one term that are in its first list.
    tier: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    on_request: Option<OnRequest>,
    /// The kind of each record.
    records: String,
    words: ShardSet<'a>,
    postings: ShardSet<'a>,
    places: ShardSet<'a>,
    /// The rest of the postings of terms that have many.
    more: ShardSet<'a>,
    excerpts: ShardSet<'a>,
    /// Common words of the language.
    dictionary: ShardSet<'a>,
    /// The ways to narrow a search: key, title, files.
    filters: Vec<(&'a str, &'a str, Vec<String>)>,
    /// Groups of names.
    groups: String,
    /// Several everyday words that mean one thing, the last of them short: see `everyday.rs`.
    everyday: String,
    /// Rows of what else a reader may type for words of the site, cut by their beginnings.
    typed: ShardSet<'a>,
    /// The first beginning in each of these shards.
    letters: Vec<String>,
    /// Number of records from which on a word leads to no other.
    rare: usize,
    /// Number of records from the first entry of the glossary to the last record, and from the
    /// first entry of the law.
    lists: [usize; 2],
    /// Length of each record, in tenths of the average. Only an index in one file has it: the
    /// postings there have counts in place of weights.
    #[serde(skip_serializing_if = "String::is_empty")]
    lengths: String,
}

/// The shards of one kind.
#[derive(Default, Serialize)]
struct ShardSet<'a> {
    /// The first word of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    first: Vec<&'a str>,
    /// The number of the first term or record of each, as rising numbers.
    #[serde(skip_serializing_if = "String::is_empty")]
    starts: String,
    /// The end of each name: five characters a shard.
    #[serde(skip_serializing_if = "String::is_empty")]
    names: String,
    /// Number of files for each shard, if one may be cut into several.
    #[serde(skip_serializing_if = "String::is_empty")]
    files: String,
    /// Contents of the shards until they are moved to files. In an index of one file, those of
    /// words and postings stay here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    data: Vec<String>,
}

/// A way to narrow a search.
pub(super) struct Filter<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    pub(super) options: Vec<FilterOption<'a>>,
}

/// One choice of a filter.
#[derive(Serialize)]
pub(super) struct FilterOption<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    /// The records that have it, as rising numbers.
    pub(super) records: String,
}

/// Cuts the index up. `near` is, for each record, those that have to do with it.
pub(super) fn cut(
    drafts: &[Arc<Draft>],
    near: &[Vec<usize>],
    mut postings: Postings<'_>,
    filters: &[Filter<'_>],
    folder: &str,
    on_request: Option<OnRequest>,
) -> CutIndex {
    let mut files = FileWriter { folder, files: Vec::new() };
    let mut words = vocabulary(&postings.words);
    // A posting is two characters or a little more.
    let size = words.data.iter().map(String::len).sum::<usize>() + 2 * postings.postings.values();
    let mut lengths = String::new();
    let mut terms = if size > ONE_FILE {
        let mut terms = cut_terms(&postings, POSTINGS, |posting| posting.weight);
        words.store('v', &mut files);
        terms.postings.store('p', &mut files);
        terms
    } else {
        postings.lengths.iter().for_each(|length| number(&mut lengths, *length));
        cut_terms(&postings, usize::MAX, |posting| posting.count)
    };
    let groups = groups(&postings.groups);
    let (everyday, by_beginning) = (std::mem::take(&mut postings.everyday), std::mem::take(&mut postings.typed));
    let is_english = postings.is_english;
    drop(postings);
    terms.places.store('x', &mut files);
    terms.more.store_cut("q", &mut files);
    let cut = excerpts::cut(drafts, near);
    let names = files.add_values('t', cut.in_json());
    let places = Whereabouts { folder: folder.to_owned(), names: names.clone(), pages: cut.pages };
    let excerpts = ShardSet { starts: cut.starts, names, ..ShardSet::default() };
    let mut dictionary = ShardSet::default();
    if is_english {
        dictionary.data = super::dictionary::filters();
        dictionary.store('d', &mut files);
    }
    let (mut typed, letters) = cut_typed(by_beginning);
    typed.store('w', &mut files);
    let filters = filters.iter().zip('a'..='z').map(|(filter, letter)| {
        let mut part = ShardSet { data: vec![json(&filter.options)], ..ShardSet::default() };
        part.store_cut(&format!("f{letter}"), &mut files);
        (
            filter.key,
            filter.title,
            (0..part.names.len() / HASH).map(|n| part.name_of(&format!("f{letter}"), n)).collect(),
        )
    });
    let filters = filters.collect();
    let start = Start {
        version: VERSION,
        k1: SATURATION,
        b: LENGTH,
        full: FULL,
        tier: FIRST_TIER,
        on_request,
        records: kinds(drafts),
        words,
        postings: terms.postings,
        places: terms.places,
        more: terms.more,
        excerpts,
        dictionary,
        filters,
        groups,
        everyday,
        typed,
        letters,
        rare: RARE,
        lists: lists(drafts),
        lengths,
    };
    let hash = files.add("index", &json(&start));
    CutIndex { start: format!("{folder}index-{hash}"), files: files.files, places }
}

/// Number of characters at which a shard of what readers may type is full.
const TYPED: usize = 2048;

/// Cuts what readers may type up, between two beginnings. Gives the first in each shard.
fn cut_typed(by_beginning: BTreeMap<String, String>) -> (ShardSet<'static>, Vec<String>) {
    let (mut shards, mut letters) = (ShardSet::default(), Vec::new());
    for (beginning, text) in by_beginning {
        match shards.data.last_mut() {
            Some(last) if last.len() < TYPED => last.push_str(&text),
            _ => {
                letters.push(beginning);
                shards.data.push(text);
            }
        }
    }
    (shards, letters)
}

impl ShardSet<'_> {
    /// Moves what it holds to files named by a letter, their order and their hash.
    fn store(&mut self, letter: char, files: &mut FileWriter<'_>) {
        self.names = files.add_all(letter, std::mem::take(&mut self.data));
    }

    /// Moves the shards to files as `store` does, but cuts each that is longer than [`LARGEST`]
    /// into several files.
    fn store_cut(&mut self, letters: &str, files: &mut FileWriter<'_>) {
        let mut at = 0;
        for data in std::mem::take(&mut self.data) {
            let chars: Vec<char> = data.chars().collect();
            let pieces: Vec<String> = chars.chunks(LARGEST).map(|piece| piece.iter().collect()).collect();
            number(&mut self.files, pieces.len());
            for piece in pieces {
                self.names.push_str(&files.add(&format!("{letters}{at}"), &piece));
                at += 1;
            }
        }
    }

    fn name_of(&self, letters: &str, at: usize) -> String {
        format!("{letters}{at}-{}", self.names.get(at * HASH..(at + 1) * HASH).unwrap_or_default())
    }
}

/// Returns the number of records from the first entry of the glossary to the end, and from the
/// first entry of the law to the end. 0 if the site lacks the list.
fn lists(drafts: &[Arc<Draft>]) -> [usize; 2] {
    let lists: Vec<&Arc<Draft>> = drafts.iter().filter(|draft| draft.list.is_some()).collect();
    let from = |list: EntryList| {
        let first = lists.iter().position(|draft| draft.list == Some(list));
        first.map_or(0, |first| lists.iter().skip(first).map(|draft| draft.records.len()).sum())
    };
    [from(EntryList::Glossary), from(EntryList::Law)]
}

/// The kinds of all records: 0 a document, 1 one that gives way, 2 to 6 a heading of that level, 7
/// a passage, 8 an entry, 9 an editor's note, from 10 on that many clauses less 9.
fn kinds(drafts: &[Arc<Draft>]) -> String {
    let mut text = String::new();
    let mut clauses = 0;
    for draft in drafts {
        for record in &draft.records {
            if record.kind == RecordKind::Clause {
                clauses += 1;
                continue;
            }
            flush(&mut text, &mut clauses);
            number(
                &mut text,
                match record.kind {
                    RecordKind::Document => usize::from(draft.quiet),
                    RecordKind::Section(level) => usize::from(level.clamp(2, 6)),
                    RecordKind::Passage => 7,
                    RecordKind::Entry | RecordKind::Clause => 8,
                    RecordKind::Note => 9,
                },
            );
        }
    }
    flush(&mut text, &mut clauses);
    text
}

fn flush(text: &mut String, clauses: &mut usize) {
    if *clauses > 0 {
        number(text, 9 + *clauses);
        *clauses = 0;
    }
}

/// Number of terms whose place is written as one character.
const ONE_CHARACTER: usize = 61;

/// The terms of all names: the most used, then the others, each rising. Then for each group where
/// it comes from; how far its place there and its term are beyond those of the group before it; and
/// its names: how many, and for each how many terms and which of these.
fn groups(groups: &[IndexedGroup]) -> String {
    let mut uses: HashMap<u32, usize> = HashMap::new();
    for term in groups.iter().flat_map(|group| group.names.iter().flatten()) {
        *uses.entry(*term).or_default() += 1;
    }
    let mut terms: Vec<u32> = uses.keys().copied().collect();
    terms.sort_by_key(|term| (std::cmp::Reverse(uses.get(term)), *term));
    let (often, seldom) = terms.split_at_mut(ONE_CHARACTER.min(uses.len()));
    often.sort_unstable();
    seldom.sort_unstable();
    let mut text = String::new();
    for part in [often, seldom] {
        number(&mut text, part.len());
        rising(&mut text, part.iter().map(|term| *term as usize));
    }
    let places: HashMap<u32, usize> = terms.iter().copied().zip(0..).collect();
    let (mut next_place, mut next_term) = ([0; 3], [0; 3]);
    for group in groups {
        let origin = match group.origin {
            AliasOrigin::Glossary => 0,
            AliasOrigin::Synonyms => 1,
            AliasOrigin::Law => 2,
        };
        number(&mut text, origin);
        // Places rise, and so do terms: those of works in the order of their keys, all others as
        // they were made.
        for (value, next) in [(group.place, &mut next_place), (group.term as usize, &mut next_term)] {
            if let Some(next) = next.get_mut(origin) {
                number(&mut text, value.saturating_sub(*next));
                *next = value + 1;
            }
        }
        number(&mut text, group.names.len());
        for name in &group.names {
            number(&mut text, name.len());
            name.iter().for_each(|term| number(&mut text, places.get(term).copied().unwrap_or_default()));
        }
    }
    text
}

/// Front-coded words: each a capital, for how many characters it shares with the one before it, and
/// the rest of it. After them their terms: 0 for the next new one, else how far back it is.
fn vocabulary<'a>(words: &[(&'a str, u32)]) -> ShardSet<'a> {
    let mut part = ShardSet::default();
    let mut next = 0;
    for shard in words.chunks(WORDS) {
        let (mut text, mut terms) = (String::new(), String::new());
        let mut before: Vec<char> = Vec::new();
        number(&mut part.starts, next as usize);
        part.first.extend(shard.first().map(|(word, _)| *word));
        for (word, term) in shard {
            let chars: Vec<char> = word.chars().collect();
            // At most 25 units of UTF-16, as the browser counts, and none of a character that has
            // two.
            let shared = before.iter().zip(&chars).take_while(|(a, b)| a == b && a.len_utf16() == 1).count().min(25);
            text.push(char::from(b'A' + u8::try_from(shared).unwrap_or_default()));
            text.extend(chars.get(shared..).unwrap_or_default());
            number(&mut terms, if *term == next { 0 } else { (next - term) as usize });
            next = next.max(term + 1);
            before = chars;
        }
        let mut data = String::new();
        number(&mut data, terms.len());
        part.data.push(data + &terms + &text);
    }
    part
}

struct TermShards {
    postings: ShardSet<'static>,
    places: ShardSet<'static>,
    more: ShardSet<'static>,
}

/// Cuts the terms up. A shard of postings: two lengths; how many records hold each of its terms;
/// then, from the term with most to that with fewest, their records, and then their weights. The
/// places in a twin of it.
fn cut_terms(index: &Postings<'_>, largest: usize, weight: impl Fn(&Posting) -> u8) -> TermShards {
    let mut all = TermShards { postings: ShardSet::default(), places: ShardSet::default(), more: ShardSet::default() };
    let (mut counts, mut places) = (String::new(), String::new());
    let mut shard: Vec<Cow<'_, [Posting]>> = Vec::new();
    let (mut starts, mut many) = (Vec::new(), Vec::new());
    let (mut start, mut size) = (0, 0);
    let last = index.postings.count().saturating_sub(1);
    for term in 0..index.postings.count() {
        let postings = index.postings.get(term);
        number(&mut counts, postings.len());
        if postings.len() > FIRST_TIER {
            let (first, rest) = split_by_rank(postings, &index.of_text);
            let (mut steps, mut weights) = (String::new(), String::new());
            add(&rest, &weight, &mut steps, &mut weights);
            all.more.data.push(steps + &weights);
            many.push(term);
            number(&mut places, 0);
            shard.push(first.into());
        } else {
            let own = term_places(postings, index.places.get(term));
            number(&mut places, own.len());
            places.push_str(&own);
            shard.push(postings.into());
        }
        size += 1 + 2 * postings.len().min(FIRST_TIER);
        if size > largest || places.len() > largest.saturating_mul(2) || term == last {
            starts.push(start);
            (start, size) = (term + 1, 0);
            // Lists of like density are together, which a compressing host packs better. The sort
            // is stable.
            shard.sort_by_key(|postings| std::cmp::Reverse(postings.len()));
            let (mut records, mut weights, mut text) = (String::new(), String::new(), String::new());
            for postings in std::mem::take(&mut shard) {
                add(&postings, &weight, &mut records, &mut weights);
            }
            number(&mut text, counts.len());
            number(&mut text, records.len());
            all.postings.data.push(text + &std::mem::take(&mut counts) + &records + &weights);
            all.places.data.push(std::mem::take(&mut places));
        }
    }
    rising(&mut all.postings.starts, starts);
    rising(&mut all.more.starts, many);
    all
}

fn add(postings: &[Posting], weight: impl Fn(&Posting) -> u8, records: &mut String, weights: &mut String) {
    rising(records, postings.iter().map(|posting| posting.record as usize));
    for posting in postings {
        number(weights, usize::from(weight(posting)));
    }
}

/// The postings of a term that come first, and the rest, each in the order of their records.
fn split_by_rank(postings: &[Posting], of_text: &[bool]) -> (Vec<Posting>, Vec<Posting>) {
    let mut by_weight: Vec<&Posting> = postings.iter().collect();
    // Titles come first: what they say holds for all that is under them.
    by_weight.sort_by_key(|posting| {
        let is_of_text = of_text.get(posting.record as usize) == Some(&true);
        (is_of_text, std::cmp::Reverse(posting.weight), posting.record)
    });
    let (first, rest) = by_weight.split_at(FIRST_TIER.min(by_weight.len()));
    let in_order = |some: &[&Posting]| {
        let mut some: Vec<Posting> = some.iter().map(|posting| **posting).collect();
        some.sort_by_key(|posting| posting.record);
        some
    };
    (in_order(first), in_order(rest))
}

/// For each posting, how many places there are, and these as rising numbers.
fn term_places(postings: &[Posting], places: &[u32]) -> String {
    let mut text = String::new();
    let mut at = 0;
    for posting in postings {
        let end = at + usize::from(posting.places);
        number(&mut text, posting.places.into());
        rising(&mut text, places.get(at..end).unwrap_or_default().iter().map(|place| *place as usize));
        at = end;
    }
    text
}
