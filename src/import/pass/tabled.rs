//! Clauses that a paper sets in the rows of a table, with their numbers in the first column.
//!
//! Takes the blocks of a paper; puts numbered paragraphs in the place of a table of two columns
//! whose first holds nothing but numbers that follow one another. Such a table is laid out so for
//! the eye: each row is a clause. A table of figures, a list of versions or a list of contents is
//! none. What became of a table, or looks like one of these, is a remark.

use std::collections::BTreeSet;

use super::labels;
use crate::document::Number;
use crate::import::blocks::{self, Block, BlockKind, Label, PaperPlace, TableCells, TextRun};
use crate::import::report::{About, Report};
use crate::parse::{is_quantity, openers};

/// The least words of a clause that has no stop at its end.
const FEW: usize = 6;
/// The most letters of a row that is a heading of the rows below it.
const SHORT: usize = 110;
/// Words above a column of numbers, in small letters and without a stop.
const HEADS: [&str; 14] = [
    "",
    "#",
    "no",
    "nos",
    "nr",
    "number",
    "ref",
    "reference",
    "para",
    "paragraph",
    "clause",
    "rule",
    "section",
    "article",
];

/// The rows of a table as paragraphs, each with its number as its label.
#[derive(Default)]
struct NumberedRows {
    /// The words above the columns.
    head: String,
    blocks: Vec<Block>,
}

/// Puts clauses in the place of tables of them.
pub fn unfold(blocks: &mut Vec<Block>, report: &mut Report) {
    if !blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_))) {
        return;
    }
    let mut known: BTreeSet<Number> = blocks.iter().filter_map(number_of).collect();
    let mut out = Vec::with_capacity(blocks.len());
    // Bookmarks within a table begin in what comes next.
    let mut carried: Vec<String> = Vec::new();
    for mut block in std::mem::take(blocks) {
        carried.append(&mut block.bookmarks);
        let BlockKind::Table(table) = &mut block.kind else {
            block.bookmarks = std::mem::take(&mut carried);
            out.push(block);
            continue;
        };
        let mut cells = paragraphs(table, block.place);
        let caption = Block::new(BlockKind::Paragraph, std::mem::take(&mut table.caption), block.place);
        let caption = Some(caption).filter(|caption| !caption.plain().trim().is_empty());
        match clauses(&cells) {
            Some(rows) if rows.blocks.iter().filter_map(number_of).all(|number| !known.contains(&number)) => {
                say(&block, &rows, report);
                known.extend(rows.blocks.iter().filter_map(number_of));
                let from = out.len();
                out.extend(caption.map(headed));
                out.extend(rows.blocks);
                if let Some(first) = out.get_mut(from) {
                    carried.append(&mut first.bookmarks);
                    first.bookmarks = std::mem::take(&mut carried);
                }
            }
            _ => {
                stay(table, block.place, report);
                let all = cells.iter_mut().flatten().flatten();
                carried.extend(all.flat_map(|paragraph| std::mem::take(&mut paragraph.bookmarks)));
                out.extend(caption.map(|caption| Block { depth: block.depth, ..caption }));
                out.push(block);
            }
        }
    }
    *blocks = out;
}

/// The cells of a table as paragraphs.
fn paragraphs(table: &mut TableCells, place: PaperPlace) -> Vec<Vec<Vec<Block>>> {
    if !table.paragraphs.is_empty() {
        return std::mem::take(&mut table.paragraphs);
    }
    let cell = |runs: &Vec<TextRun>| vec![Block::new(BlockKind::Paragraph, runs.clone(), place)];
    if table.rows.iter().any(|row| row.len() > 2) {
        return Vec::new();
    }
    table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// Says what became of a table.
fn say(table: &Block, rows: &NumberedRows, report: &mut Report) {
    let words = rows.blocks.first().map(Block::plain).unwrap_or_default();
    let mut numbers = rows.blocks.iter().filter_map(number_of);
    if let Some(first) = numbers.next() {
        let last = numbers.next_back().unwrap_or_else(|| first.clone());
        let says = format!("the rows of a table became paragraphs with the numbers {first} to {last}");
        report.add(About::Table, table.place, says, &words);
    }
    if !rows.head.is_empty() {
        report.leave_out(About::Furniture, table.place, "the words above the columns are left out", &rows.head);
    }
}

/// Says of a table that it stays one, and whether it may hold clauses.
fn stay(table: &TableCells, place: PaperPlace, report: &mut Report) {
    let words = |cell: usize| table.rows.first().and_then(|row| row.get(cell)).map(|cell| blocks::plain(cell));
    if let Some((first, last)) = counted(&table.rows) {
        let says = format!(
            "the first column of a table counts from {first} to {last}, and it stays a table: if its rows are clauses, \
             make each a paragraph that begins with its number"
        );
        report.add(About::Table, place, says, &words(1).unwrap_or_default());
    } else {
        report.tell(About::Table, place, "a table stays a table", &words(0).unwrap_or_default());
    }
}

/// The number of several parts that a block begins with.
fn number_of(block: &Block) -> Option<Number> {
    let text = match &block.label {
        Label::Printed(printed) => format!("{printed} x"),
        _ => block.plain(),
    };
    labels::opener(text.trim()).map(|opener| opener.number).filter(|number| number.depth() > 1)
}

/// The rows as numbered paragraphs, if they are some.
fn clauses(rows: &[Vec<Vec<Block>>]) -> Option<NumberedRows> {
    let mut made = NumberedRows::default();
    let mut last: Option<Number> = None;
    let (mut clauses, mut sentences) = (0, 0);
    for row in rows {
        let (first, second) = two(row)?;
        let (printed, words) = (words_of(first), words_of(second));
        if let Some(number) = number(&printed, &words) {
            if words.is_empty() || last.as_ref().is_some_and(|last| !last.is_followed_by(&number)) {
                return None;
            }
            if number.depth() > 1 {
                clauses += 1;
                sentences += usize::from(is_sentence(&words));
            }
            last = Some(number);
            push(&mut made.blocks, printed, first, second);
        } else if printed.is_empty() && (words.is_empty() || last.is_some()) {
            made.blocks.extend(second.iter().cloned());
        } else if labels::is_of_item(&printed) && !words.is_empty() && last.is_some() {
            push(&mut made.blocks, printed, first, second);
        } else if words.is_empty() && !is_head(&printed) {
            made.blocks.extend(first.iter().cloned().map(headed));
        } else if last.is_none() && made.head.is_empty() && is_head(&printed) {
            made.head = format!("{printed} {words}").trim().to_owned();
        } else {
            return None;
        }
    }
    (clauses > 1 && sentences * 2 > clauses).then_some(made)
}

/// The first and the last number of a column that counts the rows of a table whose second
/// column has sentences: a person may have meant clauses.
fn counted(rows: &[Vec<Vec<TextRun>>]) -> Option<(Number, Number)> {
    let plain = |cell: Option<&Vec<TextRun>>| cell.map_or_else(String::new, |cell| blocks::plain(cell));
    let mut found: Vec<Number> = Vec::new();
    let mut sentences = 0;
    for row in rows {
        let (printed, words) = (plain(row.first()), plain(row.get(1)));
        let Some(number) = number(printed.trim(), words.trim()) else { continue };
        if found.last().is_some_and(|last| !last.is_followed_by(&number)) {
            return None;
        }
        found.push(number);
        sentences += usize::from(is_sentence(words.trim()));
    }
    let (first, last) = (found.first()?.clone(), found.last()?.clone());
    (found.len() > 2 && sentences * 2 > found.len() && found.len() + 1 >= rows.len()).then_some((first, last))
}

/// The number that a cell is, before the words beside it.
fn number(printed: &str, words: &str) -> Option<Number> {
    let found = labels::opener(printed).filter(|found| found.whole.end == printed.len() && found.through.is_none())?;
    let text = format!("{printed} {words}");
    (!openers::is_doubtful(&found, &text) && !is_quantity(&text)).then_some(found.number)
}

/// The two cells of a row. None if there are more with words.
fn two(row: &[Vec<Block>]) -> Option<(&[Block], &[Block])> {
    let cell = |at: usize| row.get(at).map_or(&[][..], Vec::as_slice);
    let is_blank = |cell: &Vec<Block>| cell.iter().all(|block| block.runs.is_empty() && block.label == Label::None);
    row.iter().skip(2).all(is_blank).then(|| (cell(0), cell(1)))
}

/// The labels and the words of a cell.
fn words_of(cell: &[Block]) -> String {
    let mut words = Vec::new();
    for block in cell {
        if let Label::Printed(printed) = &block.label {
            words.push(printed.clone());
        }
        words.extend(block.plain().split_whitespace().map(str::to_owned));
        // What is shown and has no words is not to be taken for nothing.
        let shown = block.runs.iter().any(|run| matches!(run, TextRun::Picture { .. } | TextRun::Note(_)));
        words.extend(shown.then(|| "\u{fffc}".to_owned()));
    }
    words.join(" ")
}

fn is_head(printed: &str) -> bool {
    HEADS.contains(&printed.trim_end_matches(['.', ':']).to_lowercase().as_str())
}

fn is_sentence(words: &str) -> bool {
    words.ends_with(['.', ';', ':', '?', '!']) || words.split_whitespace().nth(FEW - 1).is_some()
}

/// A row across both columns: a heading, if it is short.
fn headed(block: Block) -> Block {
    let words = block.plain();
    let short = words.chars().count() <= SHORT && !words.trim_end().ends_with(['.', ';', ':', ',']);
    let kind = if short && !words.trim().is_empty() { BlockKind::Heading(3) } else { block.kind };
    Block { kind, ..block }
}

/// Adds a clause or an item: the paragraphs of its second cell, the first with the label in the
/// first cell.
fn push(blocks: &mut Vec<Block>, printed: String, first: &[Block], second: &[Block]) {
    let from = blocks.len();
    let begins = |block: &&Block| block.label != Label::None || !block.runs.is_empty();
    blocks.extend(second.iter().skip_while(|block| !begins(block)).cloned());
    let label = Label::Printed(printed);
    let place = first.first().map(|block| block.place).unwrap_or_default();
    match blocks.get_mut(from).filter(|block| block.is_text() && block.label == Label::None) {
        Some(block) => (block.label, block.depth) = (label, 0),
        // The clause begins with a list.
        None => blocks.insert(from, Block { label, ..Block::new(BlockKind::Paragraph, Vec::new(), place) }),
    }
    if let Some(block) = blocks.get_mut(from) {
        let bookmarks = first.iter().flat_map(|block| block.bookmarks.iter().cloned());
        block.bookmarks.extend(bookmarks);
    }
}
