//! Tables: rows, and cells set as their columns are.
//!
//! Takes the start of a table, a row or a cell; gives its pieces. Reports what a row reads that its
//! author did not mean.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::context::Context;
use super::nesting::{Nesting, Opened};
use super::script::Script;
use crate::diagnostic::Code;
use crate::document::{Align, Element, Piece};
use crate::parse::traps;

/// The columns of the table that is open, and the one that comes next.
#[derive(Debug, Default)]
pub struct Columns {
    alignments: Vec<Align>,
    next: usize,
}

impl Columns {
    fn new(alignments: &[Alignment]) -> Self {
        let alignments = alignments.iter().map(|alignment| match alignment {
            Alignment::None => Align::Plain,
            Alignment::Left => Align::Left,
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::Right,
        });
        Columns { alignments: alignments.collect(), next: 0 }
    }

    fn next(&mut self) -> Align {
        let align = self.alignments.get(self.next).copied().unwrap_or(Align::Plain);
        self.next += 1;
        align
    }
}

/// Opens a table.
pub fn open(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    columns: &mut Columns,
    alignments: &[Alignment],
) {
    *columns = Columns::new(alignments);
    nesting.push(Opened::Block(script.push_block(cx, Piece::Open(Element::Table))));
}

/// Opens a row of the table.
pub fn open_row(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    columns: &mut Columns,
    row: Element,
    range: &Range<usize>,
) {
    if !report_traps(cx, range) {
        lost_cells(cx, columns.alignments.len(), range);
    }
    columns.next = 0;
    nesting.push(Opened::Block(script.push_block(cx, Piece::Open(row))));
}

/// Opens a cell of the row.
pub fn open_cell(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, columns: &mut Columns) {
    script.push_block(cx, Piece::Open(Element::TableCell(columns.next())));
    nesting.push(Opened::Cell);
}

/// Reports a mention or code that a row cuts in two, and a clause that a row was made of. Returns
/// whether a row is cut.
fn report_traps(cx: &Context<'_>, row: &Range<usize>) -> bool {
    let source = cx.source(row);
    let is_cut = pipes_in_mentions(cx, source, row.start);
    if let Some((at, length)) = traps::pipe_in_code(source) {
        let here = row.start + at..row.start + at + length;
        let help = "in a table, write the stroke in code as `\\|`";
        cx.report(Code::PipeInTable, here, "the `|` in this code ends the cell", help);
        return true;
    }
    if !source.contains('|') && traps::opens_clause(source, cx.reading.scheme()) {
        let number = source.split_whitespace().next().unwrap_or_default();
        let message = format!("{number} is inside the table above it and opens no clause");
        let start = row.start + source.len() - source.trim_start().len();
        let here = start..start + number.len();
        cx.report(Code::NumberInsideParagraph, here, message, "put a blank line after the table");
    }
    is_cut
}

fn pipes_in_mentions(cx: &Context<'_>, row: &str, start: usize) -> bool {
    let found = traps::pipes_in_mentions(row);
    let is_cut = !found.is_empty();
    for (at, length) in found {
        let here = start + at..start + at + length;
        let help = "in a table, write a mention without words of its own, or escape the stroke: `\\|`";
        cx.report(Code::PipeInTable, here, "the `|` in this mention ends the cell", help);
    }
    is_cut
}

/// Reports cells that have no column.
fn lost_cells(cx: &Context<'_>, columns: usize, row: &Range<usize>) {
    let source = cx.source(row).trim_end();
    let Some(start) = traps::cells(source).get(columns).map(|cell| cell.start) else { return };
    let lost = source.get(start..).unwrap_or_default().trim_end_matches('|').trim();
    if !lost.is_empty() {
        let at = row.start + start + source.get(start..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let message = format!("this row has more cells than the head of its table, and `{lost}` is not shown");
        let help = "give the head as many cells, or escape a stroke that ends no cell: `\\|`";
        cx.report(Code::LostWords, at..at + lost.len(), message, help);
    }
}

/// Whether a line parts the head of a table from its rows.
pub fn is_rule(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.bytes().all(|b| b" \t|:-".contains(&b))
}

/// Reports a paragraph that would be a table, had its first row not a cell too many.
pub fn head_of_lost_table(cx: &Context<'_>, paragraph: &Range<usize>) {
    let mut lines = cx.source(paragraph).lines();
    if let (Some(head), Some(rule)) = (lines.next(), lines.next())
        && is_rule(rule)
    {
        pipes_in_mentions(cx, head, paragraph.start);
    }
}
