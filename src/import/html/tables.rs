//! The tables of a page.

use ego_tree::NodeRef;

use super::inlines;
use super::notes::PageNotes;
use super::tree::{self, PageNode};
use crate::import::blocks::TextRun;

/// The most cells that one cell spans.
const MOST_SPAN: usize = 100;

/// A table, and whether cells of it span others.
pub struct TableRows<'p> {
    /// The words of the cells.
    pub rows: Vec<Vec<Vec<TextRun>>>,
    /// The cells; none where another cell still is.
    pub cells: Vec<Vec<Option<NodeRef<'p, PageNode>>>>,
    /// Whether there are spans.
    pub spans: bool,
    /// The words above it.
    pub caption: Vec<TextRun>,
}

/// Reads a table. None if it only frames other blocks: it has one cell in each row, or tables in
/// its cells.
pub fn rows<'p>(table: NodeRef<'p, PageNode>, notes: &PageNotes) -> Option<TableRows<'p>> {
    let mut found: Vec<Vec<Vec<TextRun>>> = Vec::new();
    let mut places: Vec<Vec<Option<NodeRef<'p, PageNode>>>> = Vec::new();
    // The rows in which a cell above still is, for each column.
    let mut standing: Vec<usize> = Vec::new();
    let mut spans = false;
    let named = |element: NodeRef<'_, PageNode>, name: &str| {
        tree::element(element).is_some_and(|element| element.name() == name)
    };
    let inner = || table.descendants().skip(1);
    if inner().any(|element| named(element, "table")) {
        return None;
    }
    for row in inner().filter(|element| named(*element, "tr")) {
        let mut cells: Vec<Vec<TextRun>> = Vec::new();
        let mut here = Vec::new();
        for cell in row.children().filter(|cell| named(*cell, "td") || named(*cell, "th")) {
            fill(&mut cells, &mut standing);
            let span = |name: &str| {
                tree::element(cell)
                    .and_then(|cell| cell.attr(name))
                    .and_then(|span| span.parse().ok())
                    .unwrap_or(1usize)
                    .clamp(1, MOST_SPAN)
            };
            let (across, down) = (span("colspan"), span("rowspan"));
            spans |= across > 1 || down > 1;
            let at = cells.len();
            here.resize(at, None);
            here.push(Some(cell));
            cells.push(inlines::of(cell, notes));
            cells.resize(at + across, Vec::new());
            standing.resize(standing.len().max(at + across), 0);
            standing.iter_mut().skip(at).take(across).for_each(|rows| *rows = down - 1);
            if cells.len() > 2 * MOST_SPAN {
                break;
            }
        }
        fill(&mut cells, &mut standing);
        found.push(cells);
        places.push(here);
    }
    let caption = inner().find(|element| named(*element, "caption"));
    let caption = caption.map(|caption| inlines::of(caption, notes)).unwrap_or_default();
    let is_frame = found.iter().all(|row| row.len() <= 1);
    let has_words =
        table.descendants().any(|node| matches!(node.value(), PageNode::Text(text) if !text.trim().is_empty()));
    (!is_frame && has_words).then_some(TableRows { rows: found, cells: places, spans, caption })
}

/// Puts empty cells where a cell of a row above still is.
fn fill(cells: &mut Vec<Vec<TextRun>>, standing: &mut [usize]) {
    while let Some(rows) = standing.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(Vec::new());
    }
}
