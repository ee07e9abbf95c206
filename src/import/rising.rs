//! The numbers that are a paper's own, among all with which its lines or paragraphs begin.
//!
//! Takes candidates in the order of the paper, each with what speaks against it; returns those of
//! the likeliest run that rises. A run without gaps is likelier than a longer one with gaps: "4
//! High Street" and "3.50 for groups" take the place of no clause.

use std::collections::BTreeSet;

use super::sentences::{ends_open, is_ended};
use crate::document::Number;

/// Points for a number.
const WHOLE: i32 = 100;
/// Points off for a gap before a number.
const GAP: i32 = 60;
/// Points off for a gap of many numbers.
const WIDE_GAP: i32 = 80;
/// The most numbers that a small gap leaves out.
const FEW: u32 = 9;
/// The candidates before another that are looked at one by one.
const NEAR: usize = 64;
/// The fewest words of a clause.
const LEAST: usize = 4;
/// The fewest points of the last number of a row of bare figures.
const SURE: i32 = 70;

/// Points off for each doubt of [`NumberDoubts`], in its order.
const POINTS: [i32; 4] = [60, 40, 20, 10];

/// Doubts about a number with which some words begin: a small letter follows it; the words above it
/// lead to something; its own words are few and have no stop; those above it have no stop.
#[derive(Clone, Copy, Debug, Default)]
pub struct NumberDoubts([bool; 4]);

impl NumberDoubts {
    /// Finds the doubts about a number from the words behind it and those above it.
    pub fn of(words: &str, above: Option<&str>) -> Self {
        let (words, above) = (words.trim(), above.unwrap_or_default().trim_end());
        let leads = above.ends_with([':', ',', '–', '—']) || ends_open(above);
        let short = words.split_whitespace().count() < LEAST && !is_ended(words);
        NumberDoubts([words.starts_with(char::is_lowercase), leads, short, !above.is_empty() && !is_ended(above)])
    }

    /// Returns the points that the doubts take off.
    pub fn weight(&self) -> i32 {
        self.0.iter().zip(POINTS).filter(|(found, _)| **found).map(|(_, points)| points).sum()
    }
}

/// Returns the points of each candidate. What most of them have in common is no doubt.
fn points(doubts: &[NumberDoubts]) -> Vec<i32> {
    let mut counts = [0_usize; 4];
    for NumberDoubts(found) in doubts {
        counts.iter_mut().zip(found).for_each(|(count, found)| *count += usize::from(*found));
    }
    let is_rare = counts.map(|count| count * 2 <= doubts.len());
    let off = |NumberDoubts(found): &NumberDoubts| -> i32 {
        let counted = found.iter().zip(is_rare).zip(POINTS);
        counted.filter(|((found, rare), _)| **found && *rare).map(|(_, points)| points).sum()
    };
    doubts.iter().map(|doubts| WHOLE - off(doubts)).collect()
}

/// Numbers of a paper and those among them that are doubtful on their own.
#[derive(Debug, Default)]
pub struct LikelyRun {
    /// The places of the candidates in the likeliest run.
    pub run: BTreeSet<usize>,
    /// The places of those outside it about which there is no doubt of their own.
    pub sound_outside: usize,
}

/// Returns the likeliest run that rises. Of two that are as likely, the first is in it.
pub fn likeliest(candidates: &[(&Number, NumberDoubts)]) -> LikelyRun {
    let doubts: Vec<NumberDoubts> = candidates.iter().map(|(_, doubts)| *doubts).collect();
    let points = points(&doubts);
    let mut sorted: Vec<&Number> = candidates.iter().map(|(number, _)| *number).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut highest = HighestBelow::new(sorted.len());
    let mut scores: Vec<i32> = Vec::with_capacity(candidates.len());
    let mut before: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut best: Option<(i32, usize)> = None;
    for (at, (number, _)) in candidates.iter().enumerate() {
        let rank = sorted.partition_point(|other| other < number);
        let far = highest.below(rank).map(|(score, from)| (score - WIDE_GAP, Some(from)));
        let (mut score, mut from) = far.filter(|(score, _)| *score > 0).unwrap_or((0, None));
        for near in (at.saturating_sub(NEAR)..at).rev() {
            let Some((own, (other, _))) = scores.get(near).zip(candidates.get(near)) else { continue };
            if *own >= score && *other < *number {
                let with = own - gap(other, number);
                if with >= score && with > 0 {
                    (score, from) = (with, Some(near));
                }
            }
        }
        score = score.saturating_add(points.get(at).copied().unwrap_or_default());
        highest.set(rank, (score, at));
        scores.push(score);
        before.push(from);
        if best.is_none_or(|(best, _)| score > best) {
            best = Some((score, at));
        }
    }
    let previous = |at: &usize| before.get(*at).copied().flatten();
    let run: BTreeSet<usize> = std::iter::successors(best.map(|(_, at)| at), previous).collect();
    let sound = |at: &usize| points.get(*at).is_some_and(|points| *points >= SURE) && !run.contains(at);
    let sound_outside = (0..candidates.len()).filter(sound).count();
    LikelyRun { run, sound_outside }
}

/// Points off for what is left out between two numbers.
fn gap(before: &Number, number: &Number) -> i32 {
    if before.is_followed_by(number) {
        return 0;
    }
    match number.steps_behind(before) {
        Some(steps) if steps > FEW => WIDE_GAP,
        _ => GAP,
    }
}

/// The highest scores by rank, of which the highest below a rank is asked.
struct HighestBelow(Vec<Option<(i32, usize)>>);

impl HighestBelow {
    fn new(ranks: usize) -> Self {
        HighestBelow(vec![None; ranks + 1])
    }

    fn set(&mut self, rank: usize, score: (i32, usize)) {
        let mut at = rank + 1;
        while let Some(highest) = self.0.get_mut(at) {
            if highest.is_none_or(|(other, _)| score.0 > other) {
                *highest = Some(score);
            }
            at += at & at.wrapping_neg();
        }
    }

    fn below(&self, rank: usize) -> Option<(i32, usize)> {
        let mut best: Option<(i32, usize)> = None;
        let mut at = rank;
        while at > 0 {
            let found = self.0.get(at).copied().flatten();
            if found.is_some_and(|(score, _)| best.is_none_or(|(other, _)| score > other)) {
                best = found;
            }
            at &= at - 1;
        }
        best
    }
}

/// Returns the places of bare figures that count up from 1 without a gap: "4 A member pays". A last
/// one about which there is a doubt is none of them.
pub fn counting(candidates: &[(u32, NumberDoubts)]) -> Vec<usize> {
    let doubts: Vec<NumberDoubts> = candidates.iter().map(|(_, doubts)| *doubts).collect();
    let points = points(&doubts);
    // For each figure the best end of a row that counts up to it, with its points.
    let mut ends: Vec<(i32, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    for (at, ((figure, _), own)) in candidates.iter().zip(&points).enumerate() {
        let place = (*figure as usize).checked_sub(1).filter(|place| *place <= ends.len());
        let last = place.and_then(|place| ends.get(place.checked_sub(1)?).copied());
        before.push(last.map(|(_, at)| at));
        let Some(place) = place.filter(|place| *place == 0 || last.is_some()) else { continue };
        let score = own + last.map_or(0, |(score, _)| score);
        match ends.get_mut(place) {
            Some(end) if score > end.0 => *end = (score, at),
            Some(_) => {}
            None => ends.push((score, at)),
        }
    }
    let previous = |at: &usize| before.get(*at).copied().flatten();
    let mut found: Vec<usize> = std::iter::successors(ends.last().map(|(_, at)| *at), previous).collect();
    found.reverse();
    while found.pop_if(|at| points.get(*at).is_some_and(|points| *points < SURE)).is_some() {}
    found
}
