//! Paragraphs that a page or a note has torn.
//!
//! Takes blocks among which the bodies of notes no longer are; joins two paragraphs if the first
//! has no end and the second no beginning, and drops the edges of pages.

use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};
use crate::import::text::ends_open;

/// A paragraph that is at least so long is no heading.
const LONG: usize = 60;

/// Joins what belongs together.
pub fn join(list: &mut Vec<Block>, report: &mut Report) {
    let mut joined: Vec<Block> = Vec::with_capacity(list.len());
    let mut edge = false;
    for block in list.drain(..) {
        if matches!(block.kind, BlockKind::Edge) {
            edge = true;
            continue;
        }
        match joined.last_mut() {
            Some(last) if is_torn(last, &block, edge) => {
                let says = "joined with what is before it, from which a page, a note or a line had torn it";
                report.add(About::Joined, block.place, says, &block.plain());
                let gap = if last.plain().ends_with('-') { "" } else { " " };
                last.runs.push(TextRun::words(gap));
                last.runs.extend(block.runs);
                last.runs = blocks::tidy(std::mem::take(&mut last.runs));
                last.bookmarks.extend(block.bookmarks);
            }
            _ => joined.push(block),
        }
        edge = false;
    }
    *list = joined;
}

fn is_torn(first: &Block, second: &Block, edge: bool) -> bool {
    if !first.is_text() || !second.is_text() || second.label != Label::None || second.depth > first.depth + 1 {
        return false;
    }
    let (before, after) = (first.plain(), second.plain());
    let (before, after) = (before.trim_end(), after.trim_start());
    let ended = before.trim_end_matches(['”', '’', '"', '\'', ')', '*']).ends_with(['.', '!', '?', ':', ';']);
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let address_before = last.contains("://") || last.contains('@') || last.starts_with("www.");
    if before.is_empty() || after.is_empty() || ended || address_before {
        return false;
    }
    let small = after.trim_start_matches(['(', '“', '‘', '"']).starts_with(char::is_lowercase);
    let address = after.contains("://") && !after.contains(' ') || after.starts_with("www.");
    let long = before.chars().count() >= LONG || matches!(first.label, Label::Printed(_));
    // Two lines of a letterhead are no sentence.
    let sentence = after.trim_end_matches(['”', '’', '"', ')']).ends_with(['.', '?', '!', ':', ';']);
    let stands_alone = before.chars().count() < LONG && before.starts_with(char::is_uppercase) && !ends_open(before);
    // "EXECUTIVE SUMMARY:" begins something of its own.
    let sentence = sentence && after.contains(char::is_lowercase) && after.split_whitespace().count() >= 4;
    small && !(stands_alone && first.label == Label::None)
        || address && long
        || long && ends_open(before) && sentence
        || long && sentence && (edge || before.chars().count() >= 2 * LONG)
}
