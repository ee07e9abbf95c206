//! Blocks that hold more than one thing: items on the lines of one paragraph, an item behind the
//! words that lead to it, and a number that is alone before its words.
//!
//! Takes blocks; gives more of them, in the same order and with the same words.

use super::labels;
use super::references::words_of;
use crate::document::{is_first_label, is_next_label};
use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::{About, Report};
use crate::import::sentences::is_ended;
use crate::import::text::{names_a_number, starts};

/// The most letters of a label with its signs.
const MOST: usize = 7;

/// Cuts paragraphs at the ends of lines behind which something of its own begins. Other ends of
/// lines become spaces.
pub fn at_breaks(list: &mut Vec<Block>) {
    let mut out = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        if !block.runs.contains(&TextRun::Break) {
            out.push(block);
            continue;
        }
        let lines: Vec<Vec<TextRun>> =
            block.runs.split(|run| *run == TextRun::Break).map(<[TextRun]>::to_vec).collect();
        let texts: Vec<String> = lines.iter().map(|line| blocks::plain(line)).collect();
        let texts: Vec<&str> = texts.iter().map(|text| text.trim()).collect();
        let begins = if block.is_text() { starts(&texts) } else { vec![false; lines.len()] };
        // Items within an item are deeper, unless it is one of them.
        let own = begins.first().is_some_and(|begins| *begins);
        let depth = block.depth + usize::from(block.label != Label::None && !own);
        block.runs = Vec::new();
        let (kind, place) = (block.kind.clone(), block.place);
        for (line, begins) in lines.into_iter().zip(begins) {
            if begins && !block.runs.is_empty() {
                let next = Block { depth, ..Block::new(kind.clone(), Vec::new(), place) };
                out.push(tidied(std::mem::replace(&mut block, next)));
            } else if !block.runs.is_empty() {
                block.runs.push(TextRun::words(" "));
            }
            block.runs.extend(line);
        }
        out.push(tidied(block));
    }
    *list = out;
}

fn tidied(mut block: Block) -> Block {
    block.runs = blocks::tidy(std::mem::take(&mut block.runs));
    block
}

/// Gives a number that is a paragraph of its own to the paragraph below it. Where pages are
/// printed, a figure alone may be one of theirs.
pub fn numbers_alone(list: &mut Vec<Block>, has_pages: bool) {
    let mut out: Vec<Block> = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        let takes = block.is_text() && block.label == Label::None && !block.runs.is_empty();
        if takes
            && let Some(number) =
                out.pop_if(|last| is_number_alone(last, has_pages) && !is_number_alone(&block, has_pages))
        {
            block.label = Label::Printed(number.plain().trim().to_owned());
            block.depth = number.depth;
            block.bookmarks.splice(0..0, number.bookmarks);
        }
        out.push(block);
    }
    *list = out;
}

fn is_number_alone(block: &Block, has_pages: bool) -> bool {
    if !block.is_text() || block.label != Label::None || block.runs.len() != 1 {
        return false;
    }
    let plain = block.plain();
    let words = plain.trim();
    let number = labels::opener(words).filter(|number| number.whole.end == words.len());
    number.is_some_and(|number| number.number.depth() > 1 || number.stopped && !has_pages)
        || words.starts_with('(') && labels::is_of_item(words)
}

/// The most blocks before an item that are looked at.
const NEAR: usize = 40;

/// Makes items of labels that are within the paragraph before an item that follows them: "must (a)
/// lock the door;" before "(b)", with what is in (a) between them.
pub fn items_within(list: &mut Vec<Block>, report: &mut Report) {
    let mut out: Vec<Block> = Vec::with_capacity(list.len());
    for block in std::mem::take(list) {
        if let Some((at, parts)) = holder(&out, &block) {
            for part in parts.iter().skip(1) {
                if let Label::Printed(printed) = &part.label {
                    let says = format!("the label {printed} within a paragraph begins an item");
                    report.add(About::Number, part.place, says, &part.plain());
                }
            }
            out.splice(at..=at, parts);
        }
        out.push(block);
    }
    *list = out;
}

/// The block that holds the labels before that of an item, and its parts.
fn holder(before: &[Block], item: &Block) -> Option<(usize, Vec<Block>)> {
    let Label::Printed(printed) = &item.label else { return None };
    let label = labels::inner(printed).filter(|label| printed.ends_with(')') && !is_first_label(label))?;
    for (at, block) in before.iter().enumerate().rev().take(NEAR).take_while(|(_, block)| block.is_text()) {
        let own = match &block.label {
            Label::Printed(own) => Some(own).filter(|own| labels::is_of_item(own)),
            _ => None,
        };
        if own.and_then(|own| labels::inner(own)).is_some_and(|own| is_next_label(own, label)) {
            return None;
        }
        if let Some(parts) = parts(block, label, (printed.starts_with('('), item.depth)) {
            return Some((at, parts));
        }
        // Nothing is looked for before the clause.
        if own.is_none() && matches!(block.label, Label::Printed(_)) {
            return None;
        }
    }
    None
}

/// A label within words: the run, the bytes of the label there, and the label itself.
type InnerLabel = (usize, std::ops::Range<usize>, String);

/// The parts of a block that ends with items, before an item of a label that follows theirs.
fn parts(block: &Block, label: &str, (bracketed, depth): (bool, usize)) -> Option<Vec<Block>> {
    let mut chain: Vec<InnerLabel> = Vec::new();
    let mut next = label.to_owned();
    for found in inner_labels(block, bracketed).into_iter().rev() {
        if is_next_label(&found.2, &next) {
            next.clone_from(&found.2);
            chain.push(found);
        }
    }
    chain.reverse();
    chain.first().filter(|(_, _, label)| is_first_label(label))?;
    let mut parts = vec![Block { runs: Vec::new(), ..block.clone() }];
    let mut marks = chain.into_iter().peekable();
    for (at, run) in block.runs.iter().enumerate() {
        let TextRun::Words { text, style, link } = run else {
            parts.last_mut()?.runs.push(run.clone());
            continue;
        };
        let mut done = 0;
        let words = |text: &str| TextRun::Words { text: text.to_owned(), style: *style, link: link.clone() };
        while let Some((_, range, _)) = marks.next_if(|(run, ..)| *run == at) {
            parts.last_mut()?.runs.push(words(text.get(done..range.start)?));
            let label = Label::Printed(text.get(range.clone())?.to_owned());
            parts.push(Block { label, depth, ..Block::new(BlockKind::Paragraph, Vec::new(), block.place) });
            done = range.end;
        }
        parts.last_mut()?.runs.push(words(text.get(done..)?));
    }
    let parts: Vec<Block> = parts.into_iter().map(tidied).collect();
    // Each part has words, but a clause may begin with its first item: "2. (1) Nobody".
    let (first, rest) = parts.split_first()?;
    let leads = !first.runs.is_empty() || matches!(&first.label, Label::Printed(own) if !labels::is_of_item(own));
    (leads && rest.iter().all(|part| !part.runs.is_empty())).then_some(parts)
}

/// The labels within the words of a block, behind a space and before one.
fn inner_labels(block: &Block, bracketed: bool) -> Vec<InnerLabel> {
    let mut found = Vec::new();
    let mut before = String::new();
    for (run, words) in block.runs.iter().enumerate() {
        let TextRun::Words { text, link: None, .. } = words else { continue };
        for (at, word) in words_of(text) {
            let inner = labels::inner(word).filter(|_| word.len() <= MOST && word.ends_with(')'));
            if let Some(inner) = inner.filter(|_| word.starts_with('(') == bracketed && !names_a_number(&before)) {
                found.push((run, at..at + word.len(), inner.to_owned()));
            }
            word.clone_into(&mut before);
        }
    }
    found
}

/// Cuts paragraphs that hold several notes with figures in square brackets: "[1] The keeper. [2]
/// The chair."
pub fn notes_within(list: &mut Vec<Block>) {
    let mut out = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        let mut figure = match block.runs.first() {
            Some(TextRun::Words { text, .. }) if block.is_text() && block.label == Label::None => bracketed(text),
            _ => None,
        };
        while let Some((next, (run, at))) =
            figure.and_then(|figure| Some((figure + 1, note_within(&block, figure + 1)?)))
        {
            let mut rest = block.runs.split_off(run);
            if let Some(TextRun::Words { text, style, link }) = rest.first_mut() {
                let own = text.split_off(at);
                let before = std::mem::replace(text, own);
                block.runs.push(TextRun::Words { text: before, style: *style, link: link.clone() });
            }
            let behind = Block::new(BlockKind::Paragraph, rest, block.place);
            out.push(tidied(std::mem::replace(&mut block, behind)));
            figure = Some(next);
        }
        out.push(block);
    }
    *list = out;
}

/// The figure in square brackets that a text begins with.
fn bracketed(text: &str) -> Option<u32> {
    let (figure, _) = text.trim_start().strip_prefix('[')?.split_once("] ")?;
    figure.parse().ok().filter(|_| figure.len() < 4)
}

/// The run and the byte at which a note of a figure begins behind the sentence of another.
fn note_within(block: &Block, figure: u32) -> Option<(usize, usize)> {
    let sign = format!("[{figure}] ");
    block.runs.iter().enumerate().find_map(|(run, words)| {
        let TextRun::Words { text, link: None, .. } = words else { return None };
        let ends = |at: &usize| text.get(..*at).is_some_and(|before| is_ended(before) && before.ends_with(' '));
        Some((run, text.match_indices(&sign).map(|(at, _)| at).find(ends)?))
    })
}
