//! The reader of pages of the web.
//!
//! Takes a page; gives the blocks of its main part. Menus, heads and feet of the site are
//! furniture. Lists are counted as browsers count them, unless their items print numbers of their
//! own. Nothing is fetched: a picture is left out, and said so.

mod inlines;
mod notes;
mod page;
mod tables;
mod tree;

use ego_tree::NodeRef;
use ego_tree::iter::Edge;

use super::Refusal;
use super::blocks::{Block, BlockKind, Label, Paper, PaperPlace, TableCells, TextRun};
use super::pictures::{self, PictureShelf};
use super::report::{About, Report};
use super::text::{begins_with_number, is_number};
use crate::roman;
use inlines::Inlines;
use notes::PageNotes;
use tables::TableRows;
use tree::{PageElement, PageNode};

/// The most tags that may be open at once: a parser of pages asks for all of them again and again.
const DEEPEST: i64 = 1_000;

/// Reads a page.
pub fn read(text: &str, shelf: &mut PictureShelf<'_>, report: &mut Report) -> Result<Paper, Refusal> {
    if is_too_deep(text) {
        return Err(Refusal::new("its tags are nested too deep", "save it again as a plain page, or as .docx"));
    }
    let page = tree::parse(text);
    let mut paper = Paper { title: page::title(&page), ..Paper::default() };
    let root = page::main_part(&page, report);
    let mut notes = PageNotes::of(&page);
    let mut reader = PageReader::new(report, &mut notes, shelf);
    reader.walk(root);
    paper.blocks = reader.out;
    let linked = notes.are_linked();
    paper.notes = notes.into_bodies();
    paper.marks_are_known = linked && !paper.notes.is_empty();
    Ok(paper)
}

/// Reads the blocks of a piece of markup within another text.
pub fn fragment(text: &str, shelf: &mut PictureShelf<'_>, report: &mut Report) -> Vec<Block> {
    if is_too_deep(text) {
        let words = text.split(['<', '>']).step_by(2).collect::<Vec<_>>().join(" ");
        report.add(About::Left, PaperPlace::default(), "markup that is nested too deep became words", &words);
        return vec![Block::new(BlockKind::Paragraph, vec![TextRun::words(words)], PaperPlace::default())];
    }
    let page = tree::parse(text);
    let mut notes = PageNotes::default();
    let mut reader = PageReader::new(report, &mut notes, shelf);
    reader.walk(page.root());
    reader.out
}

fn is_too_deep(text: &str) -> bool {
    let mut depth = 0i64;
    text.match_indices('<').any(|(at, _)| {
        let tag = text.get(at + 1..).unwrap_or_default();
        let name: String =
            tag.trim_start_matches('/').chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        let closed_by_others = [
            "p", "li", "td", "th", "tr", "dt", "dd", "br", "img", "input", "meta", "link", "hr", "option", "col",
            "path",
        ];
        if name.is_empty() || closed_by_others.contains(&name.to_ascii_lowercase().as_str()) {
            return false;
        }
        depth += if tag.starts_with('/') { -1 } else { 1 };
        depth = depth.max(0);
        depth > DEEPEST
    })
}

/// A list that is open.
struct OpenList {
    /// The next figure and the form of figures, if it counts.
    next: Option<i64>,
    form: char,
    /// Whether it counts down.
    reversed: bool,
}

/// Blocks that are being read.
struct PageReader<'r, 's> {
    report: &'r mut Report,
    notes: &'r mut PageNotes,
    shelf: &'r mut PictureShelf<'s>,
    out: Vec<Block>,
    inlines: Inlines,
    lists: Vec<OpenList>,
    label: Label,
    kind: BlockKind,
    bookmarks: Vec<String>,
    line: u32,
}

impl<'r, 's> PageReader<'r, 's> {
    fn new(report: &'r mut Report, notes: &'r mut PageNotes, shelf: &'r mut PictureShelf<'s>) -> Self {
        PageReader {
            report,
            notes,
            shelf,
            out: Vec::new(),
            inlines: Inlines::default(),
            lists: Vec::new(),
            label: Label::None,
            kind: BlockKind::Paragraph,
            bookmarks: Vec::new(),
            line: 1,
        }
    }

    /// Goes through all that is below a node.
    fn walk(&mut self, root: NodeRef<'_, PageNode>) {
        let mut skipped = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skipped.is_none() => {
                    if !self.open(node) {
                        skipped = Some(node.id());
                    }
                }
                Edge::Close(node) => {
                    if skipped == Some(node.id()) {
                        skipped = None;
                    } else if skipped.is_none() {
                        self.close(node);
                    }
                }
                Edge::Open(_) => {}
            }
        }
        self.flush();
    }

    fn place(&self) -> PaperPlace {
        PaperPlace { page: 0, line: self.line }
    }

    fn flush(&mut self) {
        let runs = self.inlines.take();
        let blank = runs.iter().all(|run| matches!(run, TextRun::Words { text, .. } if text.trim().is_empty()));
        if blank {
            return;
        }
        let mut label = std::mem::take(&mut self.label);
        // What the item prints itself is its number.
        let printed = super::blocks::plain(&runs);
        if label != Label::None && begins_with_number(printed.trim()) {
            label = Label::None;
        }
        let depth = match label {
            Label::None if self.lists.is_empty() || begins_with_number(printed.trim()) => 0,
            Label::None => 1,
            _ => self.lists.len().saturating_sub(1),
        };
        let bookmarks = std::mem::take(&mut self.bookmarks);
        let kind = self.kind.clone();
        let place = self.place();
        self.out.push(Block { label, depth, bookmarks, ..Block::new(kind, runs, place) });
        self.line += 1;
    }

    /// Returns whether an element is to be read, and not furniture or the body of a note.
    fn enters(&mut self, whole: NodeRef<'_, PageNode>) -> bool {
        let Some(element) = tree::element(whole) else { return true };
        if page::is_furniture(element) {
            let words: String = tree::words(whole);
            if !words.trim().is_empty() {
                let place = self.place();
                self.report.leave_out(
                    About::Furniture,
                    place,
                    "a menu or another part of the site is left out",
                    &words,
                );
            }
            return false;
        }
        if let Some(words) = page::comment(whole) {
            let place = self.place();
            self.report.leave_out(About::Comment, place, "a comment is left out", &words);
            return false;
        }
        if self.notes.is_body(whole) {
            let runs = inlines::of(whole, self.notes);
            self.notes.keep(whole, runs);
            return false;
        }
        if let Some(id) = element.id() {
            if inlines::is_block(element.name()) {
                self.flush();
            }
            self.bookmarks.push(id.to_owned());
        }
        true
    }

    /// Takes the start of a node; returns whether what is in it is to be read.
    fn open(&mut self, node: NodeRef<'_, PageNode>) -> bool {
        let element = match node.value() {
            PageNode::Text(text) => {
                self.inlines.text(text);
                return true;
            }
            PageNode::Element(element) => element,
            PageNode::Root => return true,
            PageNode::Unseen => return false,
        };
        let name = element.name();
        if page::is_unseen(name) && !page::is_button_of_heading(node) {
            if page::may_hold_words(name) && !tree::words(node).trim().is_empty() {
                let (place, words) = (self.place(), tree::words(node));
                self.report.leave_out(About::Left, place, format!("a `{name}` of the page is left out"), &words);
            }
            return false;
        }
        let whole = node;
        if !self.enters(whole) {
            return false;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let rank = name.trim_start_matches('h').parse().unwrap_or(6);
                self.kind = BlockKind::Heading(rank);
            }
            "ol" | "ul" | "menu" => {
                self.flush();
                self.lists.push(list(name, element, whole));
            }
            "li" => {
                self.flush();
                self.label = self.item(element.attr("value").and_then(|value| value.parse().ok()));
            }
            "table" => {
                self.flush();
                if let Some(rows) = tables::rows(whole, self.notes) {
                    let place = self.place();
                    if rows.spans {
                        self.report.add(About::Table, place, "cells that span others are followed by empty ones", "");
                    }
                    for picture in whole.descendants().filter_map(tree::element).filter(|inner| inner.name() == "img") {
                        let words = picture.attr("alt").unwrap_or_default();
                        self.report.leave_out(About::Picture, place, "a picture in a table is left out", words);
                    }
                    let paragraphs = self.paragraphs(&rows);
                    let table = TableCells { rows: rows.rows, paragraphs, caption: rows.caption };
                    self.out.push(Block::new(BlockKind::Table(table), Vec::new(), place));
                    self.line += 1;
                    return false;
                }
            }
            "pre" => {
                self.flush();
                let code: String = tree::words(whole);
                let place = self.place();
                self.out.push(Block::new(BlockKind::Code(code), Vec::new(), place));
                return false;
            }
            "img" => self.picture(element),
            "sup" | "a" if self.notes.mark(whole).is_some() => {
                if let Some(label) = self.notes.mark(whole) {
                    self.inlines.push(TextRun::Note(label));
                }
                return false;
            }
            _ if inlines::is_block(name) => self.flush(),
            _ => {}
        }
        if page::holds_a_number(element) && self.take_number(whole) {
            return false;
        }
        self.inlines.open(name, element);
        true
    }

    /// Takes the number of the words that follow, if an element is that and nothing else.
    fn take_number(&mut self, element: NodeRef<'_, PageNode>) -> bool {
        let Some(words) = tree::few_words(element).filter(|words| is_number(words.trim())) else { return false };
        let takes = self.inlines.is_empty();
        if takes {
            self.label = Label::Printed(words.trim().to_owned());
        }
        takes
    }

    /// The paragraphs in the cells of a table of two columns.
    fn paragraphs(&mut self, table: &TableRows<'_>) -> Vec<Vec<Vec<Block>>> {
        if table.cells.iter().any(|row| row.len() > 2) {
            return Vec::new();
        }
        // What is to be said of the cells is said of their words.
        let mut unsaid = Report::default();
        let mut none = PictureShelf::new("", &|_| None);
        let mut cell = |cell: &Option<NodeRef<'_, PageNode>>| {
            let mut reader = PageReader::new(&mut unsaid, self.notes, &mut none);
            reader.line = self.line;
            cell.iter().for_each(|cell| reader.walk(*cell));
            reader.out
        };
        table.cells.iter().map(|row| row.iter().map(&mut cell).collect()).collect()
    }

    fn close(&mut self, node: NodeRef<'_, PageNode>) {
        let PageNode::Element(element) = node.value() else { return };
        let name = element.name();
        self.inlines.close(name);
        // "PART 1" and "Introduction" are parted by their looks alone.
        if page::holds_a_number(element) && !self.inlines.is_empty() {
            self.inlines.text(" ");
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.kind = BlockKind::Paragraph;
            }
            "ol" | "ul" | "menu" => {
                self.flush();
                self.lists.pop();
            }
            "li" => {
                self.flush();
                self.label = Label::None;
            }
            _ if inlines::is_block(name) => self.flush(),
            _ => {}
        }
    }

    /// Takes a picture that is in the page or beside it; of another, the report tells.
    fn picture(&mut self, element: &PageElement) {
        let words = element.attr("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let place = self.place();
        let Some(file) = element.attr("src").and_then(|address| self.shelf.take(address.trim())) else {
            let says = "a picture is left out: it is not in the folder of the page, or in a form that is not shown";
            self.report.leave_out(About::Picture, place, says, &words);
            return;
        };
        pictures::tell(self.report, place, &words);
        self.inlines.push(TextRun::words(" "));
        self.inlines.push(TextRun::Picture { file, words });
    }

    fn item(&mut self, value: Option<i64>) -> Label {
        let Some(list) = self.lists.last_mut() else { return Label::Bullet };
        let Some(n) = value.or(list.next) else { return Label::Bullet };
        list.next = Some(n.saturating_add(if list.reversed { -1 } else { 1 }));
        Label::Printed(counted(n, list.form))
    }
}

fn list(name: &str, element: &PageElement, whole: NodeRef<'_, PageNode>) -> OpenList {
    let reversed = element.attr("reversed").is_some();
    let is_item = |node: &NodeRef<'_, PageNode>| tree::element(*node).is_some_and(|inner| inner.name() == "li");
    let items = || i64::try_from(whole.children().filter(is_item).count()).unwrap_or(1);
    let start = element.attr("start").and_then(|start| start.parse().ok());
    let start = start.unwrap_or_else(|| if reversed { items() } else { 1 });
    let class = element.attr("class").unwrap_or_default();
    let style = element.attr("style").unwrap_or_default().replace(' ', "");
    let bare = style.contains("list-style:none") || style.contains("list-style-type:none");
    let counts = name == "ol" && !bare && !class.contains("legislative");
    let of_style =
        [("lower-alpha", 'a'), ("lower-latin", 'a'), ("upper-alpha", 'A'), ("lower-roman", 'i'), ("upper-roman", 'I')];
    let form =
        of_style.iter().find(|(word, _)| style.contains(&format!("list-style-type:{word}"))).map(|(_, form)| *form);
    let form = form.or_else(|| element.attr("type").and_then(|form| form.chars().next())).unwrap_or('1');
    OpenList { next: counts.then_some(start), form, reversed }
}

/// The figure of an item as browsers print it.
fn counted(n: i64, form: char) -> String {
    let positive = u64::try_from(n).ok().filter(|n| *n > 0);
    let letters = |upper: bool| {
        let label = crate::document::nth_label(positive?, true)?;
        Some(if upper { label.to_uppercase() } else { label })
    };
    let roman = || Some(roman::numeral(u32::try_from(positive?).ok()?));
    let figure = match form {
        'a' => letters(false),
        'A' => letters(true),
        'i' => roman().map(|roman| roman.to_lowercase()),
        'I' => roman(),
        _ => None,
    };
    format!("{}.", figure.unwrap_or_else(|| n.to_string()))
}
