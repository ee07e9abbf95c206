//! Paragraphs that a page or a note has torn.
//!
//! Takes blocks among which the bodies of notes no longer are; joins two paragraphs if the first
//! has no end and the second no beginning, and drops the edges of pages. Only plain texts and PDFs
//! have such paragraphs.

use super::labels::is_of_item;
use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};
use crate::import::sentences::ends_open;

/// A paragraph that is at least so long is no heading.
const LONG: usize = 60;

/// A block that the next one may belong to.
struct LastBlock {
    block: Block,
    /// Words of the block, so that they are not put together again for each part of it.
    words: String,
    /// Whether parts were joined to it.
    has_parts: bool,
}

impl LastBlock {
    fn of(block: Block) -> Self {
        let words = if block.is_text() { block.plain() } else { String::new() };
        LastBlock { block, words, has_parts: false }
    }

    fn join(&mut self, next: Block, words: &str) {
        let gap = if self.words.ends_with('-') { "" } else { " " };
        self.words.push_str(gap);
        self.words.push_str(words);
        self.block.runs.push(TextRun::words(gap));
        self.block.runs.extend(next.runs);
        self.block.bookmarks.extend(next.bookmarks);
        self.has_parts = true;
    }

    fn whole(mut self) -> Block {
        if self.has_parts {
            self.block.runs = blocks::tidy(self.block.runs);
        }
        self.block
    }
}

/// Joins what belongs together.
pub fn join(list: &mut Vec<Block>, report: &mut Report) {
    let mut joined: Vec<Block> = Vec::with_capacity(list.len());
    let mut last: Option<LastBlock> = None;
    let mut edge = false;
    for block in list.drain(..) {
        if matches!(block.kind, BlockKind::Edge) {
            edge = true;
            continue;
        }
        let words = block.plain();
        match &mut last {
            Some(last) if is_torn(last, (&block, &words), edge) => {
                let says = "joined with what is before it, from which a page, a note or a line had torn it";
                report.add(About::Joined, block.place, says, &words);
                last.join(block, &words);
            }
            _ => joined.extend(last.replace(LastBlock::of(block)).map(LastBlock::whole)),
        }
        edge = false;
    }
    joined.extend(last.map(LastBlock::whole));
    *list = joined;
}

fn is_torn(last: &LastBlock, (second, after): (&Block, &str), edge: bool) -> bool {
    let (first, before) = (&last.block, last.words.as_str());
    if !first.is_text() || !second.is_text() || second.label != Label::None || second.depth > first.depth + 1 {
        return false;
    }
    // Below an item only a page tears: words that are flush there are of what the item is in.
    let (before, after) = (before.trim_end(), after.trim_start());
    let is_item =
        first.label == Label::Bullet || matches!(&first.label, Label::Printed(printed) if is_of_item(printed));
    if is_item && !edge && !ends_open(before) {
        return false;
    }
    let ended = before.trim_end_matches(['”', '’', '"', '\'', ')', '*']).ends_with(['.', '!', '?', ':', ';']);
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let address_before = last.contains("://") || last.contains('@') || last.starts_with("www.");
    if before.is_empty() || after.is_empty() || ended || address_before {
        return false;
    }
    let small = after.trim_start_matches(['(', '“', '‘', '"']).starts_with(char::is_lowercase);
    let address = after.contains("://") && !after.contains(' ') || after.starts_with("www.");
    let has = |letters: usize| before.chars().nth(letters - 1).is_some();
    let long = has(LONG) || matches!(first.label, Label::Printed(_));
    // Two lines of a letterhead are no sentence.
    let sentence = after.trim_end_matches(['”', '’', '"', ')']).ends_with(['.', '?', '!', ':', ';']);
    let stands_alone = !has(LONG) && before.starts_with(char::is_uppercase) && !ends_open(before);
    // "EXECUTIVE SUMMARY:" begins something of its own.
    let sentence = sentence && after.contains(char::is_lowercase) && after.split_whitespace().count() >= 4;
    small && !(stands_alone && first.label == Label::None)
        || address && long
        // "1. Money in" before a sentence is its heading.
        || (edge || has(LONG)) && ends_open(before) && sentence
        || long && sentence && (edge || has(2 * LONG))
}
