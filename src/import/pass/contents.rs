//! Lists of contents, whose items lead to places in the paper and say nothing of their own.
//!
//! Takes the blocks of a paper; leaves such lists out, with the heading above them. A list is one
//! if all its items are links within the paper, and it is under a heading such as "Contents" or
//! repeats the headings of the paper. Lists of plain texts, which have no links, are found by their
//! lines.

use std::collections::HashSet;

use crate::import::blocks::{Block, Label, TextRun};
use crate::import::report::{About, Report};

/// Words above a list of contents, in small letters and without a sign at their end.
const HEADS: [&str; 8] = [
    "contents",
    "table of contents",
    "list of contents",
    "page contents",
    "contents of this page",
    "on this page",
    "in this document",
    "in this section",
];
/// The least items of a list of contents.
const FEW: usize = 2;

/// Leaves out the lists of contents.
pub fn leave_out(blocks: &mut Vec<Block>, report: &mut Report) {
    if !blocks.iter().any(leads_within) {
        return;
    }
    let headings: HashSet<String> = blocks.iter().filter(|block| block.is_heading()).map(letters).collect();
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        if !leads_within(&block) {
            kept.push(block);
            continue;
        }
        let mut items = vec![block];
        while let Some(next) = rest.next_if(leads_within) {
            items.push(next);
        }
        let repeats = || items.iter().filter(|item| headings.contains(&letters(item))).count() * 10 >= items.len() * 9;
        // A heading with nothing else under it is that of the list.
        let alone = rest.peek().is_none_or(Block::is_heading) && repeats();
        let is_headed = kept.last().is_some_and(|last| is_head(last) || alone && last.is_heading() && kept.len() > 1);
        if !is_headed && (items.len() < FEW || !repeats()) {
            kept.append(&mut items);
            continue;
        }
        let says = "a list of contents is left out";
        if let Some(head) = kept.pop().filter(|_| is_headed) {
            report.leave_out(About::Furniture, head.place, says, &head.plain());
        }
        for item in items {
            let printed = match &item.label {
                Label::Printed(printed) => format!("{printed} "),
                _ => String::new(),
            };
            report.leave_out(About::Furniture, item.place, says, &format!("{printed}{}", item.plain()));
        }
    }
    *blocks = kept;
}

fn is_head(block: &Block) -> bool {
    let words = block.plain().trim().trim_end_matches([':', '.']).to_lowercase();
    (block.is_heading() || block.is_text()) && HEADS.contains(&words.as_str())
}

/// Whether all words of a paragraph lead to places within the paper.
fn leads_within(block: &Block) -> bool {
    let mut leads = false;
    let within = |run: &TextRun| match run {
        TextRun::Words { text, link, .. } => {
            let inner = link.as_ref().is_some_and(|link| link.starts_with('#') && link.len() > 1);
            leads |= inner;
            inner || !text.contains(char::is_alphabetic)
        }
        TextRun::Break => true,
        _ => false,
    };
    block.is_text() && block.runs.iter().all(within) && leads
}

/// The letters and figures of a block and of its label.
fn letters(block: &Block) -> String {
    let label = match &block.label {
        Label::Printed(printed) => printed.as_str(),
        _ => "",
    };
    let words = block.plain();
    let own = label.chars().filter(|_| block.is_heading());
    own.chain(words.chars()).filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
