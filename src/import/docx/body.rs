//! The paragraphs and tables of a document of Word.

use roxmltree::Node;

use super::WordReader;
use super::xml;
use crate::import::blocks::{self, Block, BlockKind, Label, TableCells, TextRun};
use crate::import::report::About;

/// The most cells of a row.
const MOST_CELLS: usize = 200;

/// Elements that only are around paragraphs.
const AROUND: [&str; 10] = [
    "sdt",
    "sdtContent",
    "customXml",
    "ins",
    "moveTo",
    "smartTag",
    "AlternateContent",
    "Choice",
    "body",
    "txbxContent",
];

impl WordReader<'_> {
    /// Reads everything below a node.
    pub(super) fn blocks(&mut self, parent: Node<'_, '_>) {
        let mut open: Vec<Node<'_, '_>> = vec![parent];
        // Depth first, in order.
        while let Some(node) = open.pop() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "bookmarkStart" => self.bookmarks.extend(xml::attribute(node, "name").map(str::to_owned)),
                "del" | "moveFrom" => {
                    let (place, words) = (self.place(), xml::words(node));
                    self.report.leave_out(
                        About::Deleted,
                        place,
                        "tracked words that were deleted are left out",
                        &words,
                    );
                }
                "altChunk" => {
                    let place = self.place();
                    self.report.add(About::Left, place, "a file that is put into the document is not read", "");
                }
                name if node == parent || AROUND.contains(&name) => {
                    let inner: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
                    open.extend(inner.into_iter().rev());
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        self.line += 1;
        let properties = xml::child(node, "pPr");
        let mark = properties.and_then(|properties| xml::child(properties, "rPr"));
        let goes_on =
            mark.is_some_and(|mark| xml::child(mark, "del").is_some() || xml::child(mark, "moveFrom").is_some());
        // The number of the paragraph is counted before those that fields count within it.
        let counted = if goes_on { (Label::None, 0) } else { self.label(properties) };
        let mut runs = std::mem::take(&mut self.held);
        runs.extend(self.runs(node));
        if goes_on {
            // The end of the paragraph was deleted: its words are before those of the next.
            if !blocks::plain(&runs).ends_with(char::is_whitespace) {
                runs.push(TextRun::words(" "));
            }
            self.held = runs;
            return;
        }
        self.place_block(properties, runs, counted);
        self.list = None;
        self.boxes(node);
    }

    fn place_block(&mut self, properties: Option<Node<'_, '_>>, runs: Vec<TextRun>, (label, depth): (Label, usize)) {
        let style = self.styles.of_paragraph(properties).map(str::to_owned);
        let words = blocks::plain(&runs);
        let place = self.place();
        let named = |reader: &Self, is: &dyn Fn(&str) -> bool| {
            style.as_deref().is_some_and(|id| reader.styles.is_named(id, is))
        };
        let contents =
            |name: &str| name == "toc heading" || name.strip_prefix("toc ").is_some_and(|n| n.parse::<u8>().is_ok());
        if named(self, &contents) {
            if !words.trim().is_empty() {
                self.report.leave_out(
                    About::Furniture,
                    place,
                    "the list of contents is left out: each page has its own",
                    &words,
                );
            }
            return;
        }
        let label = self.worded(label, &runs);
        let depth = if label == Label::None { 0 } else { depth };
        let title = named(self, &|name: &str| name == "title");
        let outline = properties.and_then(|properties| xml::number::<u8>(properties, "outlineLvl"));
        let rank = outline.map(|level| level + 1).filter(|rank| *rank <= 9);
        let rank = rank.or_else(|| style.as_deref().and_then(|id| self.styles.rank(id))).map(|rank| rank.min(6));
        // "Schedule 1", counted, is a heading whatever its style.
        let worded = matches!(&label, Label::Printed(text) if begins_a_series(text));
        let kind = match rank {
            _ if words.trim().is_empty() => BlockKind::Paragraph,
            Some(rank) => BlockKind::Heading(rank),
            None if title => BlockKind::Heading(1),
            None if worded && words.chars().count() < 120 => BlockKind::Heading(1),
            None => BlockKind::Paragraph,
        };
        if title && self.title.is_none() && label == Label::None && !words.trim().is_empty() {
            self.title = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let bookmarks = std::mem::take(&mut self.bookmarks);
        self.out.push(Block { label, depth, bookmarks, ..Block::new(kind, runs, place) });
    }

    /// Counts the paragraph, if it is in a list.
    fn label(&mut self, properties: Option<Node<'_, '_>>) -> (Label, usize) {
        let style = self.styles.of_paragraph(properties);
        let own = properties.and_then(|properties| xml::child(properties, "numPr"));
        let of_style = style.and_then(|id| self.styles.list(id));
        let list = own.and_then(|own| xml::value(own, "numId")).or(of_style.map(|(list, _, _)| list));
        let Some(list) = list.filter(|list| *list != "0").map(str::to_owned) else { return (Label::None, 0) };
        let tied = || {
            let id = style?;
            self.numbering.level_of_style(&list, id).or_else(|| self.numbering.level_of_style(&list, of_style?.2))
        };
        let own_level = own.and_then(|own| xml::number::<usize>(own, "ilvl"));
        let level = own_level.or_else(tied).or(of_style.and_then(|(_, level, _)| level)).unwrap_or(0).min(8);
        let label = self.numbering.count(&mut self.counters, &list, level);
        let depth = self.numbering.depth(&list, level);
        self.list = Some((list, level));
        (label, depth)
    }

    /// The label of a paragraph that has words. One without is counted, and printed as a number
    /// alone: it is no clause.
    fn worded(&mut self, label: Label, runs: &[TextRun]) -> Label {
        if !blocks::plain(runs).trim().is_empty() || runs.iter().any(|run| matches!(run, TextRun::Picture { .. })) {
            return label;
        }
        if let Label::Printed(text) = &label {
            let place = self.place();
            self.report.leave_out(About::Number, place, "a number without words is left out", text);
        }
        Label::None
    }

    /// The paragraphs of text boxes are behind the paragraph that holds them.
    fn boxes(&mut self, paragraph: Node<'_, '_>) {
        let is_box = |node: &Node<'_, '_>| {
            let within = node.ancestors().skip(1).take_while(|other| *other != paragraph);
            xml::is(*node, "txbxContent")
                && !within.into_iter().any(|other| xml::is(other, "Fallback") || xml::is(other, "txbxContent"))
        };
        if self.in_box {
            return;
        }
        for node in paragraph.descendants().filter(is_box) {
            let (place, words) = (self.place(), xml::words(node));
            self.report.add(About::Left, place, "a text box is behind its paragraph", &words);
            self.in_box = true;
            self.blocks(node);
            self.in_box = false;
        }
    }

    fn table(&mut self, node: Node<'_, '_>) {
        let place = self.place();
        let mut rows = Vec::new();
        let mut spans = false;
        for row in inside(node, "tr") {
            let properties = xml::child(row, "trPr");
            if properties.is_some_and(|properties| xml::child(properties, "del").is_some()) {
                self.report.leave_out(
                    About::Deleted,
                    place,
                    "a tracked row that was deleted is left out",
                    &xml::words(row),
                );
                continue;
            }
            let mut cells: Vec<Vec<TextRun>> = Vec::new();
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
        if spans {
            self.report.add(
                About::Table,
                place,
                "cells that span others are followed by empty ones",
                &xml::words(node),
            );
        }
        match rows.as_mut_slice() {
            // A frame around words is no table.
            [only] if only.len() == 1 => {
                let runs = only.pop().unwrap_or_default();
                self.report.add(About::Table, place, "a table of one cell became a paragraph", &blocks::plain(&runs));
                self.out.push(Block::new(BlockKind::Paragraph, runs, place));
            }
            [] => {}
            _ => self.out.push(Block::new(BlockKind::Table(TableCells { rows }), Vec::new(), place)),
        }
    }

    /// The words of a cell, whose paragraphs are counted like others, and parted by spaces.
    fn cell(&mut self, cell: Node<'_, '_>) -> Vec<TextRun> {
        let mut runs: Vec<TextRun> = Vec::new();
        let nested = cell.descendants().skip(1).any(|node| xml::is(node, "tbl"));
        if nested {
            let place = self.place();
            self.report.add(About::Table, place, "a table within a cell became words", &xml::words(cell));
        }
        let is_here = |node: &Node<'_, '_>| {
            xml::is(*node, "p")
                && !node.ancestors().any(|other| matches!(other.tag_name().name(), "txbxContent" | "Fallback"))
        };
        for paragraph in cell.descendants().filter(is_here) {
            self.line += 1;
            let properties = xml::child(paragraph, "pPr");
            let (label, _) = self.label(properties);
            let words = self.runs(paragraph);
            self.list = None;
            let label = self.worded(label, &words);
            if !runs.is_empty() && !words.is_empty() {
                runs.push(TextRun::words(" "));
            }
            match label {
                Label::Printed(text) => runs.push(TextRun::words(format!("{text} "))),
                Label::Bullet => runs.push(TextRun::words("• ")),
                Label::None => {}
            }
            runs.extend(words);
        }
        runs
    }
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

fn begins_a_series(label: &str) -> bool {
    let word = label.split_whitespace().next().unwrap_or_default();
    ["schedule", "annex", "appendix", "part", "chapter"].contains(&word.to_lowercase().as_str())
        && label.len() > word.len()
}
