//! Short lines of a text that may be headings.
//!
//! Takes the blocks of a format that knows no headings; makes headings of short lines without an
//! end before longer words, and says so of each. In other formats lines in bold type may be some.

use std::collections::{BTreeMap, BTreeSet};

use super::labels;
use crate::date::MONTHS;
use crate::document::{Number, is_first_label, is_next_label, is_series_label};
use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};

/// The most letters of a heading.
const SHORT: usize = 110;
/// Words so long are no heading.
const LONG: usize = 60;

/// Makes headings of lines that look like some.
pub fn guess(blocks: &mut [Block], report: &mut Report) {
    let depths = heading_depths(blocks);
    let capitals = capital_labels(blocks);
    let found: Vec<usize> =
        (0..blocks.len()).filter(|at| capitals.contains(at) || is_heading(blocks, *at, &depths)).collect();
    for at in found {
        let Some(block) = blocks.get_mut(at) else { continue };
        let rank = match &block.label {
            Label::Printed(_) => depth_of(block).unwrap_or(1),
            _ => 1,
        };
        block.kind = BlockKind::Heading(u8::try_from(rank).unwrap_or(6).min(6));
        report.add(About::Heading, block.place, "a short line is taken for a heading", &block.plain());
    }
}

/// Makes headings of short lines in bold type, in a paper that has no other. The first line is that
/// of the paper.
pub fn guess_bold(blocks: &mut [Block], report: &mut Report) {
    let is_bold = |at: usize| {
        is_short(blocks, at) && blocks.get(at).is_some_and(|block| block.label == Label::None && all_bold(&block.runs))
    };
    let has_words = |at: usize| blocks.get(at).is_some_and(|next| !next.is_text() || !all_bold(&next.runs));
    let found: Vec<usize> = (0..blocks.len()).filter(|at| is_bold(*at) && (*at == 0 || has_words(*at + 1))).collect();
    if found.iter().filter(|at| **at > 0).count() < 2 {
        return;
    }
    for at in found {
        let Some(block) = blocks.get_mut(at) else { continue };
        block.kind = BlockKind::Heading(if at == 0 { 1 } else { 2 });
        report.add(About::Heading, block.place, "a short line in bold type is taken for a heading", &block.plain());
    }
}

fn all_bold(runs: &[TextRun]) -> bool {
    let is_bold = |run: &TextRun| match run {
        TextRun::Words { text, style, .. } => style.strong || text.trim().is_empty(),
        _ => false,
    };
    !runs.is_empty() && runs.iter().all(is_bold)
}

/// The number of a block that may be a clause or a heading, and not an item.
fn number_of(block: &Block) -> Option<Number> {
    match &block.label {
        Label::Printed(printed) if block.is_text() && !labels::is_of_item(printed) => {
            labels::opener(&format!("{printed} x")).map(|opener| opener.number)
        }
        _ => None,
    }
}

fn depth_of(block: &Block) -> Option<usize> {
    number_of(block).map(|number| number.depth())
}

/// The places of short lines with capital labels that count through the paper, each with words or
/// items below it: "I. Name", "II. Aims".
fn capital_labels(blocks: &[Block]) -> BTreeSet<usize> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(label) = capital_label(block) else { continue };
        let follows = found.last().map_or(is_first_label(&label), |(_, last)| is_next_label(last, &label));
        let has_body = blocks.get(at + 1).is_some_and(|next| !next.is_heading() && capital_label(next).is_none());
        if !follows || !has_body || !is_short(blocks, at) {
            return BTreeSet::new();
        }
        found.push((at, label));
    }
    if found.len() < 2 { BTreeSet::new() } else { found.into_iter().map(|(at, _)| at).collect() }
}

/// The capital label of a paragraph: the II of "II. Aims".
fn capital_label(block: &Block) -> Option<String> {
    let Label::Printed(printed) = &block.label else { return None };
    let label = printed.strip_suffix('.').or_else(|| printed.strip_suffix(')')).filter(|_| block.is_text())?;
    label.bytes().all(|b| b.is_ascii_uppercase()).then(|| label.to_owned())
}

/// The depths at which lines with numbers are headings: most of them are short, and most of these
/// have words of their own, or deeper numbers, below them. Elsewhere a short line is a clause whose
/// writer has left its stop out.
fn heading_depths(blocks: &[Block]) -> BTreeSet<usize> {
    if !numbers_rise(blocks) {
        return BTreeSet::new();
    }
    // For each depth: all lines, those that are short, and those of them that have words below.
    let mut counts: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(depth) = depth_of(block) else { continue };
        let (all, short, heads) = counts.entry(depth).or_default();
        *all += 1;
        if is_short(blocks, at) {
            *short += 1;
            *heads += usize::from(has_body(blocks, at, depth));
        }
    }
    let is_of_headings =
        |(_, (all, short, heads)): &(usize, (usize, usize, usize))| short * 2 > *all && heads * 2 >= *short;
    counts.into_iter().filter(is_of_headings).map(|(depth, _)| depth).collect()
}

fn has_body(blocks: &[Block], at: usize, depth: usize) -> bool {
    blocks.get(at + 1).is_some_and(|next| {
        let deeper = depth_of(next).is_some_and(|below| below > depth);
        deeper || next.label == Label::None && !next.is_heading()
    })
}

/// Whether the short lines that begin with a number rise through the paper, so that they are its
/// headings.
fn numbers_rise(blocks: &[Block]) -> bool {
    let short = (0..blocks.len()).filter(|at| is_short(blocks, *at));
    let numbers: Vec<Number> = short.filter_map(|at| number_of(blocks.get(at)?)).collect();
    numbers.len() > 1 && numbers.windows(2).all(|two| matches!(two, [a, b] if a < b))
}

fn is_short(blocks: &[Block], at: usize) -> bool {
    let Some(block) = blocks.get(at).filter(|block| block.is_text() && block.label != Label::Bullet) else {
        return false;
    };
    // A mark behind the stop is no end of the sentence.
    let is_mark = |run: &&TextRun| matches!(run, TextRun::Words { style, .. } if style.raised);
    let marks = block.runs.iter().rev().take_while(is_mark).count();
    let words = blocks::plain(block.runs.get(..block.runs.len() - marks).unwrap_or_default());
    let words = words.trim_end();
    let capital = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let stopped = words.trim_end_matches(['-', '–', '—']).ends_with(['.', ',', ';', ':', '…']);
    !says_more(words)
        && capital
        && words.contains(char::is_alphabetic)
        && words.chars().count() <= SHORT
        && !stopped
        && !is_date(words)
}

/// Whether a line such as "Present: the chair" or "Apologies: A. Baker, C. Dunn" says more than its
/// heading. "Part 2: Members" is one.
fn says_more(words: &str) -> bool {
    words.split_once(": ").is_some_and(|(before, rest)| {
        let labelled = before.split_whitespace().last().is_some_and(is_series_label);
        rest.starts_with(char::is_lowercase) || !labelled && rest.contains([',', '.'])
    })
}

fn is_heading(blocks: &[Block], at: usize, depths: &BTreeSet<usize>) -> bool {
    if !is_short(blocks, at) {
        return false;
    }
    let (Some(block), Some(next)) = (blocks.get(at), blocks.get(at + 1)) else { return false };
    let printed = depth_of(block).is_some_and(|depth| depths.contains(&depth));
    if block.label != Label::None && !printed {
        return false;
    }
    // What has a number is a heading if words of its own follow it, or deeper numbers.
    let table = matches!(next.kind, BlockKind::Table(_));
    let body = table || next.is_text() && (next.plain().chars().count() >= LONG || next.label != Label::None);
    let before_heading = is_short(blocks, at + 1)
        && blocks.get(at + 2).is_some_and(|after| after.is_text() && after.plain().chars().count() >= LONG);
    body || before_heading && next.label == Label::None && block.plain().chars().count() < LONG || printed
}

/// Whether a line is a date and nothing else: "November 2008", "21 January 2009".
fn is_date(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
    let is_figure = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4;
    let months = words.iter().filter(|word| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))).count();
    (2..=3).contains(&words.len())
        && months == 1
        && words.iter().filter(|word| is_figure(word)).count() + 1 == words.len()
}
