//! The numbers and labels that are printed before the words of blocks.
//!
//! Takes blocks as they were read; moves `1.1`, `Rule 12.` and `(a)` from their words to their
//! labels.

use std::collections::BTreeMap;

use crate::document::{is_first_label, is_label};
use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};
use crate::import::rising::{self, NumberDoubts};
use crate::import::text::bare_figure;
use crate::parse::openers::{self, Opener};

/// Words before a number that `openers` does not know without the `unit` of a document.
pub const UNITS: [[&str; 2]; 4] = [["Paragraph", "Para"], ["Standing Order", "By-law"], ["Byelaw", "Bylaw"], ["", ""]];

/// The least paragraphs that begin with bare figures for these to be numbers.
const FEW: usize = 3;

/// Tidies the runs of all blocks, and drops paragraphs and items without words.
pub fn tidy(blocks: &mut Vec<Block>, report: &mut Report) {
    for block in blocks.iter_mut() {
        block.runs = blocks::tidy(std::mem::take(&mut block.runs));
        if let BlockKind::Table(table) = &mut block.kind {
            for cell in table.rows.iter_mut().flatten() {
                *cell = blocks::tidy(std::mem::take(cell));
            }
        }
    }
    blocks.retain(|block| {
        let bare = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && block.label == Label::None;
        !(bare && block.runs.is_empty() && block.bookmarks.is_empty())
    });
    // A bookmark in an empty paragraph is before the next.
    let mut carried: Vec<String> = Vec::new();
    let leads: Vec<bool> = (1..=blocks.len()).map(|next| blocks.get(next).is_some_and(begins_items)).collect();
    let mut kept = Vec::with_capacity(blocks.len());
    for (mut block, leads) in std::mem::take(blocks).into_iter().zip(leads) {
        carried.append(&mut block.bookmarks);
        block.bookmarks = std::mem::take(&mut carried);
        if is_empty(&block) && !(leads && matches!(block.label, Label::Printed(_))) {
            carried = std::mem::take(&mut block.bookmarks);
            if let Label::Printed(printed) = &block.label {
                report.leave_out(About::Number, block.place, "a number without words is left out", printed);
            }
        } else {
            kept.push(block);
        }
    }
    *blocks = kept;
}

/// Whether a block is the first item of what is above it: "(1)" below "2."
fn begins_items(block: &Block) -> bool {
    let plain = block.plain();
    let words = match &block.label {
        Label::Printed(printed) => printed.as_str(),
        _ => plain.split_whitespace().next().unwrap_or_default(),
    };
    block.is_text() && words.starts_with('(') && inner(words).is_some_and(is_first_label)
}

/// Whether a block is a paragraph or an item without words. Markdown has no place for such an item
/// under a paragraph. A clause, or `(a)`, may have its words in the items below it.
fn is_empty(block: &Block) -> bool {
    let is_kept = |printed: &str| {
        let alone = format!("{printed} x");
        let is_clause = |opener: Opener<'_>| opener.number.depth() > 1 || !opener.word.is_empty();
        is_of_item(printed) || opener(&alone).is_none_or(is_clause)
    };
    let words = matches!(&block.label, Label::Printed(printed) if is_kept(printed));
    block.is_text() && block.runs.is_empty() && !words
}

/// Reads the number that a text opens with, whatever word is before it.
pub fn opener(text: &str) -> Option<Opener<'_>> {
    UNITS.into_iter().find_map(|unit| openers::opener(text, unit))
}

/// Moves printed numbers and labels out of the words of blocks.
pub fn read(blocks: &mut [Block], report: &mut Report) {
    part_glued(blocks);
    let bare = bare_numbers(blocks, report);
    for (at, block) in blocks.iter_mut().enumerate() {
        let readable = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
        if readable {
            part_from_dash(block);
        }
        if !readable || matches!(block.label, Label::Printed(_)) {
            continue;
        }
        let heading = block.is_heading();
        let Some(TextRun::Words { text, link: None, .. }) = block.runs.first() else { continue };
        let alone = block.runs.len() > 1;
        let length = printed(text, heading, alone).or_else(|| bare.get(&at).copied());
        let Some(length) = length else { continue };
        let Some((label, rest)) = text.split_at_checked(length) else { continue };
        let (label, rest) = (label.trim().to_owned(), rest.trim_start().to_owned());
        block.label = Label::Printed(label);
        if rest.is_empty() {
            block.runs.remove(0);
            if let Some(TextRun::Words { text, .. }) = block.runs.first_mut() {
                *text = text.trim_start().to_owned();
            }
        } else if let Some(TextRun::Words { text, .. }) = block.runs.first_mut() {
            *text = rest;
        }
    }
}

/// Puts a space for the dash between the number of a clause and the label of its first item, as
/// statutes print them: "2.—(1) Nobody".
fn part_from_dash(block: &mut Block) {
    let Some(TextRun::Words { text, .. }) = block.runs.first_mut() else { return };
    if matches!(&block.label, Label::Printed(_))
        && let Some(item) = text.trim_start().strip_prefix(['—', '–']).filter(|item| item.trim_start().starts_with('('))
    {
        *text = item.trim_start().to_owned();
        return;
    }
    let figures = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(figures..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_uppercase());
    let dash = rest.strip_prefix('.').and_then(|rest| rest.trim_start().strip_prefix(['—', '–']));
    if let Some(item) = dash.map(str::trim_start).filter(|item| figures > 0 && item.starts_with('(')) {
        let number = text.get(..text.len() - rest.len() + 1).unwrap_or_default();
        *text = format!("{number} {item}");
    }
}

/// Puts a space behind the numbers of headings that have none, as an office program exports them:
/// "1.1Scope". One alone may be a name.
fn part_glued(blocks: &mut [Block]) {
    let glued = |block: &Block| {
        let TextRun::Words { text, .. } = block.runs.first().filter(|_| block.is_heading())? else { return None };
        let length = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let mut rest = text.get(length..)?.chars();
        let is_word = rest.next().is_some_and(char::is_uppercase) && rest.next().is_some_and(char::is_lowercase);
        (is_word && text.starts_with(|c: char| c.is_ascii_digit())).then_some(length)
    };
    let found: Vec<(usize, usize)> =
        blocks.iter().enumerate().filter_map(|(at, block)| Some((at, glued(block)?))).collect();
    for (at, length) in found.iter().filter(|_| found.len() > 1) {
        if let Some(TextRun::Words { text, .. }) = blocks.get_mut(*at).and_then(|block| block.runs.first_mut()) {
            text.insert(*length, ' ');
        }
    }
}

/// The paragraphs that begin with bare figures which count up from 1: "2 Members pay." For each its
/// place, and the bytes of its figure.
fn bare_numbers(blocks: &[Block], report: &mut Report) -> BTreeMap<usize, usize> {
    let mut candidates: Vec<(u32, NumberDoubts)> = Vec::new();
    let mut places: Vec<usize> = Vec::new();
    let mut above: Option<String> = None;
    for (at, block) in blocks.iter().enumerate() {
        let plain = block.plain();
        if block.is_text()
            && block.label == Label::None
            && let Some((figure, words)) = bare_figure(&plain)
        {
            candidates.push((figure, NumberDoubts::of(words, above.as_deref())));
            places.push(at);
        }
        above = block.is_text().then_some(plain);
    }
    let run = rising::counting(&candidates);
    if run.len() < FEW {
        return BTreeMap::new();
    }
    for (n, (figure, _)) in candidates.iter().enumerate() {
        let Some(block) = places.get(n).and_then(|at| blocks.get(*at)) else { continue };
        if run.len() >= *figure as usize && !run.contains(&n) {
            let says = format!("the {figure} before these words is taken for no number, since another {figure} is one");
            report.add(About::Number, block.place, says, &block.plain());
        }
    }
    let length = |n: usize| Some((*places.get(n)?, candidates.get(n)?.0.to_string().len()));
    run.into_iter().filter_map(length).collect()
}

/// The bytes of the number or label that a text begins with. `more` says that other runs follow it.
fn printed(text: &str, heading: bool, more: bool) -> Option<usize> {
    if let Some(opener) = opener(text) {
        let after = text.get(opener.whole.end..)?.trim_start();
        let wordless = after.is_empty() && !more;
        let sentence = after.starts_with(|c: char| c.is_lowercase() || "(,;".contains(c));
        let named = !opener.word.is_empty();
        let many = opener.number.depth() > 1 || opener.through.is_some();
        let fits = match (heading, named) {
            (true, _) => true,
            (false, true) => opener.stopped || !sentence,
            (false, false) => many || opener.stopped,
        };
        return (fits && (heading || !wordless)).then_some(opener.whole.end);
    }
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let inner = word.trim_start_matches('(').trim_end_matches([')', '.']);
    let closed = word.ends_with(')') && (word.starts_with('(') || !inner.is_empty());
    let stopped = word.ends_with('.') && inner.len() < 4 && inner.len() + 1 == word.len();
    let words = !rest.trim().is_empty() || more;
    (is_label(inner) && (closed || stopped) && words).then_some(word.len())
}

/// Returns the label within a printed one: `a` of `(a)`, `a)` and `a.`
pub fn inner(printed: &str) -> Option<&str> {
    let inner = printed.trim_start_matches('(').trim_end_matches([')', '.']);
    (inner.len() < printed.len() && is_label(inner)).then_some(inner)
}

/// Returns whether a printed label can only be one of an item: `(a)`, `a)`, `(1)`, `i.`
pub fn is_of_item(printed: &str) -> bool {
    inner(printed).is_some_and(|inner| {
        printed.starts_with('(')
            || printed.ends_with(')') && !inner.starts_with(|c: char| c.is_ascii_digit())
            || inner.starts_with(char::is_alphabetic)
    })
}
