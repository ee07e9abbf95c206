//! The tables of a document of Word.
//!
//! Takes a table; gives its rows. Of two columns it also gives the paragraphs, which may be
//! clauses.

use roxmltree::Node;

use super::body::AROUND;
use super::{WordReader, xml};
use crate::import::blocks::{self, Block, BlockKind, Label, TableCells, TextRun};
use crate::import::report::About;

/// The most cells of a row.
const MOST_CELLS: usize = 200;

impl WordReader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, node: Node<'_, '_>) {
        let place = self.remarks.place();
        let mut rows = Vec::new();
        let mut spans = false;
        for row in inside(node, "tr") {
            let properties = xml::child(row, "trPr");
            if properties.is_some_and(|properties| xml::child(properties, "del").is_some()) {
                let says = "a tracked row that was deleted is left out";
                self.remarks.leave_out_at(place, About::Deleted, says, &xml::words(row));
                continue;
            }
            let mut cells: Vec<Vec<Block>> = Vec::new();
            let before = properties.and_then(|properties| xml::number::<usize>(properties, "gridBefore")).unwrap_or(0);
            cells.resize(before.min(MOST_CELLS), Vec::new());
            for cell in inside(row, "tc") {
                let properties = xml::child(cell, "tcPr");
                let span = properties.and_then(|properties| xml::number::<usize>(properties, "gridSpan")).unwrap_or(1);
                let merged = properties.and_then(|properties| xml::child(properties, "vMerge"));
                spans |= span > 1 || merged.is_some();
                cells.push(self.cell(cell));
                let width = (cells.len() + span.saturating_sub(1)).min(MOST_CELLS);
                cells.resize(width.max(cells.len()), Vec::new());
            }
            rows.push(cells);
        }
        let mut paragraphs = rows;
        let is_blank = |cell: &Vec<Block>| cell.iter().all(|block| block.runs.is_empty() && block.label == Label::None);
        let has_two = paragraphs.iter().all(|row| row.iter().skip(2).all(is_blank));
        let flat_row = |row: &Vec<Vec<Block>>| row.iter().map(|cell| flat(cell)).collect();
        let mut rows: Vec<Vec<Vec<TextRun>>> = paragraphs.iter().map(flat_row).collect();
        if !has_two || paragraphs.len() < 2 {
            let all = paragraphs.iter_mut().flatten().flatten();
            self.within.carry_bookmarks(all.flat_map(|block| std::mem::take(&mut block.bookmarks)).collect());
            paragraphs.clear();
        }
        if spans {
            let says = "cells that span others are followed by empty ones";
            self.remarks.add_at(place, About::Table, says, &xml::words(node));
        }
        match rows.as_mut_slice() {
            // A frame around words is no table.
            [only] if only.len() == 1 => {
                let runs = only.pop().unwrap_or_default();
                let says = "a table of one cell became a paragraph";
                self.remarks.add_at(place, About::Table, says, &blocks::plain(&runs));
                self.body.push(Block::new(BlockKind::Paragraph, runs, place));
            }
            [] => {}
            _ => self.body.push(Block::new(
                BlockKind::Table(TableCells { rows, paragraphs, ..TableCells::default() }),
                Vec::new(),
                place,
            )),
        }
    }

    /// Reads the paragraphs of a cell, which are counted like others.
    fn cell(&mut self, cell: Node<'_, '_>) -> Vec<Block> {
        let nested = cell.descendants().skip(1).any(|node| xml::is(node, "tbl"));
        if nested {
            self.remarks.add(About::Table, "a table within a cell became words", &xml::words(cell));
        }
        let is_here = |node: &Node<'_, '_>| {
            xml::is(*node, "p")
                && !node.ancestors().any(|other| matches!(other.tag_name().name(), "txbxContent" | "Fallback"))
        };
        let mut read = Vec::new();
        for paragraph in cell.descendants().filter(is_here) {
            self.remarks.next_paragraph();
            let (label, depth) = self.counting.paragraph(&self.parts.styles, xml::child(paragraph, "pPr"));
            let runs = self.runs(paragraph);
            self.counting.leave();
            let bookmarks = self.within.take_bookmarks();
            read.push(Block {
                label,
                depth,
                bookmarks,
                ..Block::new(BlockKind::Paragraph, runs, self.remarks.place())
            });
        }
        read
    }
}

/// The words of a cell, whose paragraphs are parted by spaces. A number that is alone in its cell
/// is what the cell says.
fn flat(cell: &[Block]) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    for paragraph in cell {
        let blank = paragraph.plain().trim().is_empty();
        if !runs.is_empty() && !paragraph.runs.is_empty() {
            runs.push(TextRun::words(" "));
        }
        match &paragraph.label {
            Label::Printed(text) => runs.push(TextRun::words(format!("{text} "))),
            Label::Bullet if !blank => runs.push(TextRun::words("• ")),
            Label::Bullet | Label::None => {}
        }
        runs.extend(paragraph.runs.iter().cloned());
    }
    runs
}

/// The rows of a table or the cells of a row, also within controls and tracked insertions.
fn inside<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'a, 'i>> = node.children().filter(Node::is_element).collect();
    open.reverse();
    while let Some(node) = open.pop() {
        if xml::is(node, name) {
            found.push(node);
        } else if AROUND.contains(&node.tag_name().name()) {
            let inner: Vec<_> = node.children().filter(Node::is_element).collect();
            open.extend(inner.into_iter().rev());
        }
    }
    found
}
