//! The numbering of a paper, decided from the numbers that it prints.
//!
//! Takes blocks with their labels; gives the numbering, the words that begin series, the word for a
//! clause, and the number of each block that is a clause. The likeliest rising run of numbers is
//! right; a number outside it has no place, and is said so.

use std::collections::{BTreeMap, BTreeSet};

use super::labels;
use super::series::{self, NumberedBlock, SeriesHead};
use crate::document::{Number, Numbering};
use crate::import::blocks::{Block, BlockKind, Label};
use crate::import::report::{About, Report};
use crate::import::rising::{LikelyRun, NumberDoubts, likeliest};
use crate::parse::{is_quantity, openers};

/// The least numbers of a paper that may have clauses.
const FEW: usize = 3;
/// The most letters of a numbered line that is a heading.
const SHORT: usize = 110;

/// The number of a clause.
#[derive(Clone, Debug)]
pub struct ClauseNumber {
    /// The number as it is printed.
    pub number: Number,
    /// The id of the series that it is in.
    pub series: Option<String>,
}

/// The numbering of a paper.
#[derive(Clone, Debug)]
pub struct PaperNumbering {
    /// The numbering.
    pub numbering: Numbering,
    /// The words that begin series, if front matter must name them.
    pub series: Option<Vec<String>>,
    /// The word for a clause, if it is not "paragraph".
    pub unit: Option<String>,
    /// The places of blocks whose numbers have no place in the order.
    pub unplaced: BTreeSet<usize>,
    /// The clauses by the place of their blocks.
    pub clauses: BTreeMap<usize, ClauseNumber>,
}

/// Decides the numbering.
pub fn find(blocks: &mut [Block], report: &mut Report) -> PaperNumbering {
    let all = candidates(blocks);
    let mut heads = series::heads(blocks);
    let mut numbering = mode(&all, &heads, blocks);
    let simple: Vec<&NumberedBlock> = all.iter().filter(|found| fits(found, Numbering::Simple)).collect();
    if numbering == Numbering::None
        && prose(blocks) <= simple.len()
        && simple.len() >= FEW
        && series::of_every_heading(&mut heads, &simple)
    {
        numbering = Numbering::Simple;
    }
    if numbering == Numbering::Decimal {
        promote(blocks, &all);
        heads = series::heads(blocks);
    }
    if numbering == Numbering::Headings {
        // "Rule 2" is a clause there, and begins no series.
        for head in heads.iter_mut().filter(|head| all.iter().any(|found| found.at == head.at)) {
            head.word.clear();
        }
    }
    let chosen: Vec<&NumberedBlock> = all.iter().filter(|found| fits(found, numbering)).collect();
    let words = series::words(&chosen, &heads);
    let ids = series::ids(&heads, &words);
    let mut groups: BTreeMap<Option<usize>, Vec<&NumberedBlock>> = BTreeMap::new();
    for found in chosen {
        groups.entry(series::at(&heads, &words, found)).or_default().push(found);
    }
    if numbering == Numbering::None {
        say_none(blocks, &all, report);
    }
    let (mut clauses, mut unplaced) = (BTreeMap::new(), BTreeSet::new());
    for (head, group) in groups {
        let series = head.and_then(|head| ids.get(head).cloned().flatten());
        let run = likely_run(&group).run;
        let mut last: Option<&Number> = None;
        for (at, found) in group.iter().enumerate() {
            let Some(block) = blocks.get(found.at) else { continue };
            if !run.contains(&at) {
                let says =
                    format!("the number {} has no place among those around it, and opens no clause", found.number);
                report.add(About::Number, block.place, says, &block.plain());
                unplaced.insert(found.at);
                continue;
            }
            if let Some(last) = last.filter(|last| !last.is_followed_by(&found.number)) {
                report.add(
                    About::Gap,
                    block.place,
                    format!("{} follows {last}: the numbers between them are not there", found.number),
                    &block.plain(),
                );
            }
            last = Some(&found.number);
            clauses.insert(found.at, ClauseNumber { number: found.number.clone(), series: series.clone() });
        }
        if let Some(series) = &series {
            let head = head.and_then(|head| blocks.get(heads.get(head)?.at));
            let place = head.map(|head| head.place).unwrap_or_default();
            let words = head.map(Block::plain).unwrap_or_default();
            report.add(About::Series, place, format!("numbers begin again: series `{series}`"), &words);
        }
    }
    if numbering == Numbering::Decimal {
        say_lists(blocks, &all, (&heads, &words), report);
    }
    let unit = unit(&all, &clauses);
    let is_used = |word: &String| heads.iter().any(|head| head.word == *word);
    let named = words.iter().any(|word| !series::is_known(word));
    let series = named.then(|| words.into_iter().filter(is_used).collect());
    PaperNumbering { numbering, series, unit, unplaced, clauses }
}

/// The likeliest run of the numbers of a series.
fn likely_run(group: &[&NumberedBlock]) -> LikelyRun {
    likeliest(&group.iter().map(|found| (&found.number, found.doubts)).collect::<Vec<_>>())
}

fn candidates(blocks: &[Block]) -> Vec<NumberedBlock> {
    let mut found = Vec::new();
    let mut last: Option<String> = None;
    for (at, block) in blocks.iter().enumerate() {
        let above = std::mem::replace(&mut last, block.is_text().then(|| block.plain()));
        let Label::Printed(printed) = &block.label else { continue };
        if labels::is_of_item(printed) {
            continue;
        }
        let words = block.plain();
        let text = format!("{printed} {words}");
        let alone = format!("{printed} x");
        let Some(opener) = labels::opener(&alone) else { continue };
        if openers::is_doubtful(&opener, &text) || is_quantity(&text) {
            continue;
        }
        let word = opener.word.to_owned();
        let rank = match block.kind {
            BlockKind::Heading(rank) => rank,
            _ => u8::MAX,
        };
        let doubts = NumberDoubts::of(&words, above.as_deref());
        found.push(NumberedBlock {
            at,
            doubts,
            number: opener.number,
            word,
            heading: block.is_heading(),
            depth: block.depth,
            rank,
        });
    }
    // Beside "Section 1." and "Section 2." a bare "1." is an item of a list.
    let of_paragraph = |found: &&NumberedBlock| !found.heading && found.number.depth() == 1;
    let named = found.iter().filter(of_paragraph).filter(|found| !found.word.is_empty()).count();
    let bare = found.iter().filter(of_paragraph).count() - named;
    if named > 1 && named > bare {
        found.retain(|found| !of_paragraph(&found) || !found.word.is_empty());
    }
    found
}

fn fits(found: &NumberedBlock, numbering: Numbering) -> bool {
    match numbering {
        Numbering::Decimal => !found.heading && found.number.depth() > 1,
        Numbering::Simple => !found.heading && found.number.depth() == 1 && found.depth == 0,
        Numbering::Headings => found.heading,
        Numbering::Auto | Numbering::None => false,
    }
}

/// Chooses the numbering under which most of what has a number is a clause.
fn mode(all: &[NumberedBlock], heads: &[SeriesHead], blocks: &[Block]) -> Numbering {
    let count = |numbering| all.iter().filter(|found| fits(found, numbering)).count();
    let decimal = all.iter().filter(|found| !found.heading && found.number.depth() > 1).count();
    let (simple, headings) = (count(Numbering::Simple), count(Numbering::Headings));
    // The numbers that have a place, and those without one about which there is no doubt.
    let placed = |numbering| {
        let chosen: Vec<&NumberedBlock> = all.iter().filter(|found| fits(found, numbering)).collect();
        let words = series::words(&chosen, heads);
        let mut groups: BTreeMap<Option<usize>, Vec<&NumberedBlock>> = BTreeMap::new();
        for found in &chosen {
            groups.entry(series::at(heads, &words, found)).or_default().push(found);
        }
        let runs: Vec<LikelyRun> = groups.values().map(|group| likely_run(group)).collect();
        let placed: usize = runs.iter().map(|run| run.run.len()).sum();
        let outside: usize = runs.iter().map(|run| run.sound_outside).sum();
        (placed, outside)
    };
    let tenths = |numbering| {
        let (placed, outside) = placed(numbering);
        placed * 10 / (placed + outside).max(1)
    };
    // Of a few numbers, one may be of something else.
    let is_simple = || {
        let (placed, outside) = placed(Numbering::Simple);
        tenths(Numbering::Simple) >= 9 || placed > FEW && outside < 2
    };
    let prose = prose(blocks);
    if decimal > 0 && decimal * 2 >= headings && tenths(Numbering::Decimal) >= 6 {
        Numbering::Decimal
    } else if simple >= 3 && simple >= headings && prose <= 2 * simple && is_simple() {
        Numbering::Simple
    } else if headings >= 2 && tenths(Numbering::Headings) >= 6 {
        Numbering::Headings
    } else {
        Numbering::None
    }
}

/// The number of paragraphs without a label.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.is_text() && block.label == Label::None).count()
}

/// Says why a paper has no clauses although it prints numbers.
fn say_none(blocks: &[Block], all: &[NumberedBlock], report: &mut Report) {
    if all.len() < FEW {
        return;
    }
    let Some((first, place)) = all.first().and_then(|first| Some((first, blocks.get(first.at)?.place))) else { return };
    let placed = likely_run(&all.iter().collect::<Vec<_>>()).run.len();
    let says = format!(
        "no clauses were made: of {} numbers, from {} on, {placed} rise one after another; if the others begin again \
         under headings, give each heading a word and a letter, such as \u{201c}Part A\u{201d}",
        all.len(),
        first.number
    );
    report.add(About::Number, place, says, &blocks.get(first.at).map(Block::plain).unwrap_or_default());
}

/// Says of each schedule and the like that its numbers are a list, since the clauses of the paper
/// have numbers of several parts.
fn say_lists(blocks: &[Block], all: &[NumberedBlock], (heads, words): (&[SeriesHead], &[String]), report: &mut Report) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let single = |found: &&NumberedBlock| {
        let is_paragraph = blocks.get(found.at).is_some_and(Block::is_text);
        is_paragraph && found.number.depth() == 1 && found.depth == 0
    };
    for head in all.iter().filter(single).filter_map(|found| series::at(heads, words, found)) {
        *counts.entry(head).or_default() += 1;
    }
    for (head, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        let Some(block) = heads.get(head).and_then(|head| blocks.get(head.at)) else { continue };
        let says = format!(
            "the {count} numbers under this heading are a list and have no addresses: \
             write 1.1, 1.2 if each is to have one"
        );
        report.add(About::Series, block.place, says, &block.plain());
    }
}

/// The word before the number of most clauses, in small letters.
fn unit(all: &[NumberedBlock], clauses: &BTreeMap<usize, ClauseNumber>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for found in all.iter().filter(|found| clauses.contains_key(&found.at)) {
        *counts.entry(found.word.to_lowercase()).or_default() += 1;
    }
    let (word, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > clauses.len() && !word.is_empty() && !word.starts_with('§') && word != "paragraph").then_some(word)
}

/// Returns the first part of a number: the 2 of 2.1.
fn first_part(number: &Number) -> String {
    number.to_string().split('.').next().unwrap_or_default().to_owned()
}

/// Makes headings of short lines with a number of one part, where clauses have more. Each has such
/// clauses below it, or goes on counting behind one that has.
fn promote(blocks: &mut [Block], all: &[NumberedBlock]) {
    let mut last: Option<&Number> = None;
    // The last number of several parts.
    let mut before: Option<&Number> = None;
    for (n, found) in all.iter().enumerate() {
        if found.number.depth() > 1 {
            before = Some(&found.number);
        }
        if found.number.depth() != 1 || found.depth != 0 {
            continue;
        }
        let below = all.get(n + 1).filter(|below| below.at == found.at + 1);
        let above = n.checked_sub(1).and_then(|n| all.get(n)).filter(|above| above.at + 1 == found.at);
        let next = below.map(|below| &below.number).filter(|number| number.depth() > 1);
        // Between 2.1 and 2.2 there is no heading of this rank, whatever its number.
        let between =
            before.zip(next).is_some_and(|(before, next)| first_part(before) == first_part(next) && before < next);
        // One that is beside another of its kind is an item of a list.
        let beside = [above, below].into_iter().flatten().any(|other| other.number.depth() == 1);
        let followed = next.is_some_and(|next| !between && (!beside || first_part(next) == first_part(&found.number)));
        let goes_on = !beside && !between && last.is_some_and(|last| last.is_followed_by(&found.number));
        let Some(block) = blocks.get_mut(found.at) else { continue };
        let words = block.plain();
        let short = words.chars().count() <= SHORT && !words.ends_with(['.', ';', ':', ',']);
        if short && (followed || goes_on) && !found.heading {
            block.kind = BlockKind::Heading(1);
        }
        if block.is_heading() {
            last = Some(&found.number);
        }
    }
}
