//! Notes of printed pages that go on at the foot of the next page.
//!
//! Takes the blocks of a paper with the edges of its pages; puts what is at the foot of a page and
//! begins nothing behind the note of the page before that has no end.

use std::ops::Range;

use super::marks;
use crate::import::blocks::{Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};
use crate::import::sentences::ends_open;

/// Joins the parts of notes.
pub fn join(blocks: &mut Vec<Block>, report: &mut Report) {
    let feet = marks::feet(blocks);
    let pages = pages(blocks);
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for two in pages.windows(2) {
        let [page, next] = two else { continue };
        let Some(last) = feet.range(page.clone()).next_back() else { continue };
        let note = last + feet_behind(blocks, *last, page);
        let end = feet.range(next.clone()).next().copied().unwrap_or(next.end);
        let Some(part) = end.checked_sub(1).filter(|part| *part > next.start) else { continue };
        if goes_on(blocks, note, part) {
            moves.push((note, part));
        }
    }
    for (note, part) in moves.iter().rev() {
        let moved = blocks.remove(*part);
        report.tell(About::Joined, moved.place, "the rest of a note is joined with it", &moved.plain());
        if let Some(note) = blocks.get_mut(*note) {
            note.runs.push(TextRun::words(" "));
            note.runs.extend(moved.runs);
        }
    }
}

/// The ranges of the blocks of each page.
fn pages(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut from = 0;
    for (at, block) in blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Edge) {
            pages.push(from..at);
            from = at + 1;
        }
    }
    pages.push(from..blocks.len());
    pages
}

/// The number of blocks of a page behind the last note that begins there.
fn feet_behind(blocks: &[Block], last: usize, page: &Range<usize>) -> usize {
    blocks.get(last + 1..page.end).map_or(0, <[Block]>::len)
}

/// Whether a block is the rest of a note that has no end.
fn goes_on(blocks: &[Block], begun: usize, rest: usize) -> bool {
    let is_words = |block: &&Block| block.is_text() && block.label == Label::None;
    let words = |at: usize| blocks.get(at).filter(is_words).map(Block::plain);
    let (Some(first), Some(second)) = (words(begun), words(rest)) else { return false };
    let ended =
        |words: &str| words.trim_end().trim_end_matches(['”', '’', '"', ')']).ends_with(['.', '?', '!', ':', ';']);
    let small = second.trim_start_matches(['(', '“', '‘', '"']).starts_with(char::is_lowercase);
    // What is above it on its page is whole, so that it is no part of that.
    let above = rest.checked_sub(1).and_then(|above| blocks.get(above)).map(Block::plain);
    let whole = above.is_some_and(|above| ended(&above));
    !ended(&first) && whole && (small || ends_open(&first))
}
