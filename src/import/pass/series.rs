//! Series of numbers of their own, which headings such as "Part A" begin.
//!
//! Takes blocks and those that have numbers; gives the words that begin series, the heading whose
//! series a number is in, and the ids that clausebook will give to the series.

use std::collections::BTreeMap;

use crate::document::{Number, bears_label, is_series_label, series_id};
use crate::import::blocks::{Block, BlockKind, Label};
use crate::import::rising::NumberDoubts;

/// The sign in place of a word by which every heading begins a series.
pub const EVERY: &str = "*";

/// Words that begin a series without being named in front matter.
const KNOWN: [&str; 4] = ["Schedule", "Annex", "Appendix", "Article"];

/// Returns whether a word begins a series without being named in front matter.
pub fn is_known(word: &str) -> bool {
    KNOWN.contains(&word)
}

/// A block that has a number.
pub struct NumberedBlock {
    /// The place of the block.
    pub at: usize,
    /// The number.
    pub number: Number,
    /// The doubts about it.
    pub doubts: NumberDoubts,
    /// The word before it.
    pub word: String,
    /// Whether the block is a heading.
    pub heading: bool,
    /// The depth of its list.
    pub depth: usize,
    /// The rank of the heading, or none that a heading has.
    pub rank: u8,
}

/// A heading that may begin a series.
pub struct SeriesHead {
    /// The place of its block.
    pub at: usize,
    rank: u8,
    /// The word that begins the series; empty for a heading that only ends one.
    pub word: String,
    /// The word and the label, as printed; or all words, where every heading begins a series.
    name: String,
    /// All words.
    words: String,
    /// The label, by which a number such as B.1 needs no series.
    label: String,
}

/// Returns the headings of a paper. Each ends the series of those of its rank or below.
pub fn heads(blocks: &[Block]) -> Vec<SeriesHead> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Heading(rank) = block.kind else { continue };
        let words = match &block.label {
            Label::Printed(printed) => format!("{printed} {}", block.plain()),
            _ => block.plain(),
        };
        let (word, name, label) = Default::default();
        let mut head = SeriesHead { at, rank, word, name, words: words.clone(), label };
        let mut parts = words.split_whitespace();
        if let (Some(word), Some(label)) = (parts.next(), parts.next()) {
            let label: String = label.chars().take_while(char::is_ascii_alphanumeric).collect();
            let alphabetic = word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase);
            if alphabetic && is_series_label(&label) {
                head.name = format!("{word} {label}");
                let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(word));
                head.word = known.map_or(word.to_owned(), |known| (*known).to_owned());
                head.label = label;
            }
        }
        found.push(head);
    }
    found
}

/// Makes each heading begin a series, if numbers begin again under headings of any name: most are
/// straight below their heading, and each series counts from one.
pub fn of_every_heading(heads: &mut [SeriesHead], chosen: &[&NumberedBlock]) -> bool {
    let mut groups: BTreeMap<usize, Vec<&NumberedBlock>> = BTreeMap::new();
    for found in chosen {
        let Some(at) = heads.partition_point(|head| head.at < found.at).checked_sub(1) else { return false };
        groups.entry(at).or_default().push(found);
    }
    let close = |(at, group): &(&usize, &Vec<&NumberedBlock>)| {
        heads.get(**at).zip(group.first()).is_some_and(|(head, first)| head.at + 1 == first.at)
    };
    let counts = |group: &Vec<&NumberedBlock>| {
        let first = group.first().is_some_and(|first| first.number == Number::nth(1));
        first && group.windows(2).all(|two| matches!(two, [a, b] if a.number.is_followed_by(&b.number)))
    };
    let every = groups.len() > 1 && groups.iter().filter(close).count() == groups.len() && groups.values().all(counts);
    if every {
        for head in heads.iter_mut() {
            (head.word, head.label) = (EVERY.to_owned(), String::new());
            head.name.clone_from(&head.words);
        }
    }
    every
}

/// Returns the words that begin series: those that are known, and those under whose headings
/// numbers begin again.
pub fn words(chosen: &[&NumberedBlock], heads: &[SeriesHead]) -> Vec<String> {
    if heads.first().is_some_and(|head| head.word == EVERY) {
        return vec![EVERY.to_owned()];
    }
    let mut words: Vec<String> = KNOWN.iter().map(|word| (*word).to_owned()).collect();
    let mut highest: BTreeMap<Option<usize>, &Number> = BTreeMap::new();
    let mut before = 0;
    for found in chosen {
        let series = at(heads, &words, found);
        let again = highest.get(&series).is_some_and(|highest| found.number <= **highest);
        let between = heads.iter().rev().find(|head| (before..found.at).contains(&head.at) && !head.word.is_empty());
        if let Some(head) = between.filter(|head| again && !words.contains(&head.word)) {
            words.push(head.word.clone());
        }
        let series = at(heads, &words, found);
        let highest = highest.entry(series).or_insert(&found.number);
        *highest = (*highest).max(&found.number);
        before = found.at;
    }
    words
}

/// Returns the place of the heading whose series a number is in.
pub fn at(heads: &[SeriesHead], words: &[String], found: &NumberedBlock) -> Option<usize> {
    let end = heads.partition_point(|head| head.at < found.at);
    let mut rank = found.rank;
    for (place, head) in heads.get(..end)?.iter().enumerate().rev() {
        if head.rank >= rank {
            continue;
        }
        rank = head.rank;
        if words.contains(&head.word) {
            let has_label = bears_label(&found.number, &head.label);
            return (!has_label).then_some(place);
        }
    }
    None
}

/// Returns the id of the series that each heading begins, as clausebook makes it of the text: a
/// series within another has its id before its own, and one that comes again is counted.
pub fn ids(heads: &[SeriesHead], words: &[String]) -> Vec<Option<String>> {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let mut open: Vec<(u8, Option<String>)> = Vec::new();
    let mut ids = Vec::with_capacity(heads.len());
    for head in heads {
        while open.last().is_some_and(|(rank, _)| *rank >= head.rank) {
            open.pop();
        }
        let id = words.contains(&head.word).then(|| {
            let outer = open.iter().rev().find_map(|(_, id)| id.as_deref());
            let id = series_id(&head.name, None, outer);
            let times = used.entry(id.clone()).or_default();
            *times += 1;
            if *times == 1 { id } else { format!("{id}-{times}") }
        });
        open.push((head.rank, id.clone()));
        ids.push(id);
    }
    ids
}
