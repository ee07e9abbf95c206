//! Short lines of a text that may be headings.
//!
//! Takes the blocks of a format that knows no headings; makes headings of short lines without an
//! end before longer words, and says so of each.

use super::labels;
use crate::import::blocks::{Block, BlockKind, Label};
use crate::import::report::{About, Report};

/// The most letters of a heading.
const SHORT: usize = 110;
/// Words so long are no heading.
const LONG: usize = 60;

/// Makes headings of lines that look like some.
pub fn guess(blocks: &mut [Block], report: &mut Report) {
    let numbered = numbers_rise(blocks);
    let found: Vec<usize> = (0..blocks.len()).filter(|at| is_heading(blocks, *at, numbered)).collect();
    for at in found {
        let Some(block) = blocks.get_mut(at) else { continue };
        let rank = match &block.label {
            Label::Printed(printed) => {
                labels::opener(&format!("{printed} x")).map_or(1, |opener| opener.number.depth())
            }
            _ => 1,
        };
        block.kind = BlockKind::Heading(u8::try_from(rank).unwrap_or(6).min(6));
        report.add(About::Heading, block.place, "a short line is taken for a heading", &block.plain());
    }
}

/// Whether the short lines that begin with a number rise through the paper, so that they are its
/// headings.
fn numbers_rise(blocks: &[Block]) -> bool {
    let numbers: Vec<_> = (0..blocks.len())
        .filter(|at| is_short(blocks, *at))
        .filter_map(|at| match &blocks.get(at)?.label {
            Label::Printed(printed) => Some(labels::opener(&format!("{printed} x"))?.number.clone()),
            _ => None,
        })
        .collect();
    numbers.len() > 1 && numbers.windows(2).all(|two| matches!(two, [a, b] if a < b))
}

fn is_short(blocks: &[Block], at: usize) -> bool {
    let Some(block) = blocks.get(at).filter(|block| block.is_text() && block.label != Label::Bullet) else {
        return false;
    };
    let words = block.plain();
    let capital = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let stopped = words.trim_end_matches(['-', '–', '—']).ends_with(['.', ',', ';', ':', '…']);
    capital && words.contains(char::is_alphabetic) && words.chars().count() <= SHORT && !stopped && !is_date(&words)
}

fn is_heading(blocks: &[Block], at: usize, numbered: bool) -> bool {
    if !is_short(blocks, at) {
        return false;
    }
    let (Some(block), Some(next)) = (blocks.get(at), blocks.get(at + 1)) else { return false };
    let printed = matches!(&block.label, Label::Printed(printed) if !labels::is_of_item(printed));
    if block.label != Label::None && !(printed && numbered) {
        return false;
    }
    // What has a number is a heading if words of its own follow it, or deeper numbers.
    let body = next.is_text() && (next.plain().chars().count() >= LONG || next.label != Label::None);
    let before_heading = is_short(blocks, at + 1)
        && blocks.get(at + 2).is_some_and(|after| after.is_text() && after.plain().chars().count() >= LONG);
    body || before_heading && next.label == Label::None && block.plain().chars().count() < LONG || printed
}

/// Whether a line is a date and nothing else: "November 2008", "21 January 2009".
fn is_date(words: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
    let is_figure = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4;
    let months = words.iter().filter(|word| MONTHS.contains(*word)).count();
    (2..=3).contains(&words.len())
        && months == 1
        && words.iter().filter(|word| is_figure(word)).count() + 1 == words.len()
}
