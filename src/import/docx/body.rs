//! The paragraphs of a document of Word, in order.
//!
//! Takes the body; gives its blocks and its title. A paragraph whose end was deleted is held until
//! the next.

use roxmltree::Node;

use super::WordReader;
use super::xml;
use crate::import::blocks::{self, Block, BlockKind, Label, TextRun};
use crate::import::report::About;

/// Elements that only are around paragraphs.
pub const AROUND: [&str; 10] = [
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

/// Blocks that were read.
#[derive(Default)]
pub struct WordBody {
    out: Vec<Block>,
    /// The words of a paragraph whose end was deleted.
    held: Vec<TextRun>,
    title: Option<String>,
    in_box: bool,
}

impl WordBody {
    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.out.push(block);
    }

    /// Returns the blocks, and the title in Word's own style.
    pub fn into_blocks(self) -> (Vec<Block>, Option<String>) {
        (self.out, self.title)
    }
}

impl WordReader<'_> {
    /// Reads the whole body.
    pub(super) fn read_body(&mut self, body: Node<'_, '_>) {
        self.blocks(body);
        let held = std::mem::take(&mut self.body.held);
        if !held.is_empty() {
            self.body.push(Block::new(BlockKind::Paragraph, held, self.remarks.place()));
        }
        // Those behind the last paragraph are of no block.
        self.within.take_bookmarks();
    }

    /// Reads everything below a node.
    fn blocks(&mut self, parent: Node<'_, '_>) {
        let mut open: Vec<Node<'_, '_>> = vec![parent];
        // Depth first, in order.
        while let Some(node) = open.pop() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "bookmarkStart" => self.within.bookmark(node),
                "del" | "moveFrom" => {
                    let words = xml::words(node);
                    self.remarks.leave_out(About::Deleted, "tracked words that were deleted are left out", &words);
                }
                "altChunk" => {
                    self.remarks.add(About::Left, "a file that is put into the document is not read", "");
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
        self.remarks.next_paragraph();
        let properties = xml::child(node, "pPr");
        let mark = properties.and_then(|properties| xml::child(properties, "rPr"));
        let goes_on =
            mark.is_some_and(|mark| xml::child(mark, "del").is_some() || xml::child(mark, "moveFrom").is_some());
        // The number of the paragraph is counted before those that fields count within it.
        let counted = if goes_on { (Label::None, 0) } else { self.counting.paragraph(&self.parts.styles, properties) };
        let mut runs = std::mem::take(&mut self.body.held);
        runs.extend(self.runs(node));
        if goes_on {
            // The end of the paragraph was deleted: its words are before those of the next.
            if !blocks::plain(&runs).ends_with(char::is_whitespace) {
                runs.push(TextRun::words(" "));
            }
            self.body.held = runs;
            return;
        }
        self.place_block(properties, runs, counted);
        self.counting.leave();
        self.boxes(node);
    }

    fn place_block(&mut self, properties: Option<Node<'_, '_>>, runs: Vec<TextRun>, (label, depth): (Label, usize)) {
        let style = self.parts.styles.of_paragraph(properties).map(str::to_owned);
        let words = blocks::plain(&runs);
        let place = self.remarks.place();
        let named = |reader: &Self, is: &dyn Fn(&str) -> bool| {
            style.as_deref().is_some_and(|id| reader.parts.styles.is_named(id, is))
        };
        let contents =
            |name: &str| name == "toc heading" || name.strip_prefix("toc ").is_some_and(|n| n.parse::<u8>().is_ok());
        if named(self, &contents) {
            if !words.trim().is_empty() {
                let says = "the list of contents is left out: each page has its own";
                self.remarks.leave_out(About::Furniture, says, &words);
            }
            return;
        }
        let label = self.worded(label, &runs);
        let depth = if label == Label::None { 0 } else { depth };
        let title = named(self, &|name: &str| name == "title");
        let outline = properties.and_then(|properties| xml::number::<u8>(properties, "outlineLvl"));
        let rank = outline.map(|level| level + 1).filter(|rank| *rank <= 9);
        let rank = rank.or_else(|| style.as_deref().and_then(|id| self.parts.styles.rank(id))).map(|rank| rank.min(6));
        // "Schedule 1", counted, is a heading whatever its style.
        let worded = matches!(&label, Label::Printed(text) if begins_a_series(text));
        let kind = match rank {
            _ if words.trim().is_empty() => BlockKind::Paragraph,
            Some(rank) => BlockKind::Heading(rank),
            None if title => BlockKind::Heading(1),
            None if worded && words.chars().count() < 120 => BlockKind::Heading(1),
            None => BlockKind::Paragraph,
        };
        if title && self.body.title.is_none() && label == Label::None && !words.trim().is_empty() {
            self.body.title = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let bookmarks = self.within.take_bookmarks();
        self.body.push(Block { label, depth, bookmarks, ..Block::new(kind, runs, place) });
    }

    /// The label of a paragraph that has words. One without is counted, and printed as a number
    /// alone: it is no clause.
    fn worded(&mut self, label: Label, runs: &[TextRun]) -> Label {
        if !blocks::plain(runs).trim().is_empty() || runs.iter().any(|run| matches!(run, TextRun::Picture { .. })) {
            return label;
        }
        if let Label::Printed(text) = &label {
            self.remarks.leave_out(About::Number, "a number without words is left out", text);
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
        if self.body.in_box {
            return;
        }
        for node in paragraph.descendants().filter(is_box) {
            let words = xml::words(node);
            self.remarks.add(About::Left, "a text box is behind its paragraph", &words);
            self.body.in_box = true;
            self.blocks(node);
            self.body.in_box = false;
        }
    }
}

fn begins_a_series(label: &str) -> bool {
    let word = label.split_whitespace().next().unwrap_or_default();
    ["schedule", "annex", "appendix", "part", "chapter"].contains(&word.to_lowercase().as_str())
        && label.len() > word.len()
}
