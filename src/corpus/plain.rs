//! The words of a document as plain text.
//!
//! Takes pieces of a document and what its mentions print; gives text without markup. Two forms:
//! all words on one line, by which the ledger knows a clause again, and a clause's own words on
//! lines, which people copy and programs read. Whatever shows or hands out the words of a clause
//! takes them from here.

use std::ops::Range;

use super::{Entry, ResolvedTarget};
use crate::document::{Alert, Element, Piece, add_gap, add_on_one_line, collapse_spaces, is_inline};

/// A label of a bulleted item, in an outer list and in a list within another.
const BULLETS: [&str; 2] = ["• ", "– "];

/// No word has more bytes on average.
const LONGEST_WORD: usize = 200;

/// Parts the cells of a row.
const CELLS: &str = " | ";

impl Entry {
    /// Returns a clause's own words on lines: each paragraph, item and row on its own, items with
    /// their labels, cells parted. Editor's notes, words that are struck out and the marks of
    /// footnotes are left out.
    pub fn own_words(&self, range: &Range<usize>) -> String {
        lines(self, self.own_ranges(range), true, None)
    }

    /// Returns the same words without blocks of code.
    pub fn own_words_without_code(&self, range: &Range<usize>) -> String {
        lines(self, self.own_ranges(range), false, None)
    }

    /// Returns the first of these words on one line: at least so many, if there are so many.
    pub fn opening_words(&self, range: &Range<usize>, most: usize) -> String {
        collapse_spaces(&lines(self, self.own_ranges(range), true, Some(most)))
    }

    /// Returns the editor's notes in a range of pieces, each on lines, in order.
    pub fn editors_notes(&self, range: &Range<usize>) -> Vec<String> {
        let notes = self.editors_note_ranges(range).into_iter();
        notes.map(|note| lines(self, vec![note], true, None)).filter(|note| !note.is_empty()).collect()
    }

    /// Returns where the editor's notes in a range of pieces are, without what opens and closes
    /// them.
    pub fn editors_note_ranges(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut notes = Vec::new();
        // Where the note began that is open, and how many elements are open in it.
        let mut open: Option<(usize, usize)> = None;
        for (at, piece) in range.clone().zip(self.document.pieces(range)) {
            open = match (open, piece) {
                (None, Piece::Open(Element::Alert(Alert::Note))) => Some((at + 1, 0)),
                (Some((start, depth)), Piece::Open(_)) => Some((start, depth + 1)),
                (Some((start, 0)), Piece::Close) => {
                    notes.push(start..at);
                    None
                }
                (Some((start, depth)), Piece::Close) => Some((start, depth - 1)),
                (open, _) => open,
            };
        }
        notes
    }

    /// Returns the parts of a range of pieces that are no editor's notes.
    pub fn own_ranges(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut own = Vec::new();
        let mut start = range.start;
        for note in self.editors_note_ranges(range) {
            // What opens and closes the note belongs to neither.
            own.push(start..note.start.saturating_sub(1));
            start = note.end + 1;
        }
        own.push(start..range.end);
        own
    }

    /// Returns all words of a range of pieces on one line: blocks parted by a space, mentions by
    /// the words that they print, no note marks.
    pub fn plain_text(&self, range: &Range<usize>) -> String {
        self.text_with(range, |target| &target.words)
    }

    /// Returns the same line with other words for the mentions. The ledger keeps its hash, so that
    /// it must not change.
    pub fn text_with(&self, range: &Range<usize>, words: impl Fn(&ResolvedTarget) -> &str) -> String {
        let lengths = self.document.pieces(range).iter().map(|piece| match piece {
            Piece::Text(words) | Piece::Code(words) => words.len(),
            _ => 1,
        });
        let mut text = String::with_capacity(lengths.sum());
        let mut open: Vec<bool> = Vec::new();
        for piece in self.document.pieces(range) {
            match piece {
                Piece::Text(words) | Piece::Code(words) => add_on_one_line(&mut text, words),
                Piece::CodeBlock(_, code) => add_on_one_line(&mut text, code),
                Piece::HardBreak | Piece::Rule => add_gap(&mut text),
                Piece::Reference(at) => {
                    add_on_one_line(&mut text, words(&self.resolution.targets[*at]));
                }
                Piece::Picture(at) => {
                    add_on_one_line(&mut text, &self.document.pictures[*at].words);
                }
                Piece::TaskMark(_) | Piece::NoteMark(_) => {}
                Piece::Open(element) => {
                    let inline = is_inline(element);
                    if !inline {
                        add_gap(&mut text);
                    }
                    if let Element::Item(Some(sub)) = element
                        && let Some(label) = self.document.clauses[*sub].number.labels().last()
                    {
                        text.push('(');
                        text.push_str(label);
                        text.push_str(") ");
                    }
                    open.push(inline);
                }
                Piece::Close => {
                    if open.pop() == Some(false) {
                        add_gap(&mut text);
                    }
                }
            }
        }
        if text.ends_with(' ') {
            text.pop();
        }
        text
    }
}

/// Returns the first words of a text, with a sign if more follow.
pub fn first_words(text: &str, most: usize) -> String {
    let mut gaps = text.match_indices(' ').map(|(at, _)| at);
    let end = most.checked_sub(1).and_then(|last| gaps.nth(last));
    match end.and_then(|end| text.get(..end)) {
        // Two words more take no more room than the sign.
        Some(first) if gaps.nth(1).is_some() => format!("{} …", first.trim_end_matches([',', ';', ':'])),
        _ => text.to_owned(),
    }
}

/// An element that is open while lines are written.
enum OpenElement {
    /// One within a line.
    Inline,
    /// A list, with the number of its next item if its items are numbered.
    List(Option<u64>),
    /// A row, and whether a cell of it was begun.
    Row(bool),
    /// An item of a list.
    Item,
    /// Any other block.
    Block,
}

/// Writes ranges of pieces on lines, with blocks of code or without, up to so many words.
fn lines(entry: &Entry, ranges: Vec<Range<usize>>, code: bool, most: Option<usize>) -> String {
    let mut writer = PlainWriter::default();
    // How many elements are open within struck out words, with that of the words.
    let mut struck = 0_usize;
    for piece in ranges.iter().flat_map(|range| entry.document.pieces(range)) {
        if most.is_some_and(|most| writer.has_words(most)) {
            break;
        }
        match piece {
            Piece::Open(element) if struck > 0 || *element == Element::Strikethrough => struck += 1,
            Piece::Close if struck > 0 => {
                struck -= 1;
                writer.gap = writer.line.ends_with(' ');
            }
            _ if struck > 0 => {}
            Piece::Text(words) | Piece::Code(words) => writer.add(words),
            Piece::CodeBlock(_, text) => {
                writer.end();
                for line in text.lines().filter(|_| code) {
                    writer.line.push_str(line);
                    writer.end();
                }
            }
            Piece::HardBreak | Piece::Rule => writer.end(),
            Piece::Reference(at) => {
                writer.add(&entry.resolution.targets[*at].words);
            }
            Piece::Picture(at) => {
                writer.add(&entry.document.pictures[*at].words);
            }
            Piece::TaskMark(done) => writer.replace_label(if *done { "☑ " } else { "☐ " }),
            Piece::NoteMark(_) => {}
            Piece::Open(element) => {
                let label = match element {
                    Element::Item(Some(sub)) => {
                        entry.document.clauses[*sub].number.labels().last().map(|label| format!("({label}) "))
                    }
                    _ => None,
                };
                writer.open(element, label);
            }
            Piece::Close => writer.close(),
        }
    }
    writer.finish()
}

/// Plain text while it is written, line by line.
#[derive(Default)]
struct PlainWriter {
    done: String,
    line: String,
    /// Length in bytes of an item's label at the start of the line: the first paragraph of the item
    /// goes on after it.
    label: usize,
    open: Vec<OpenElement>,
    /// Whether the line ends in a space because the words after it were struck out.
    gap: bool,
    /// The number of words of the lines that are done.
    done_words: WordCount,
    /// The number of words of the line.
    line_words: WordCount,
}

/// The number of words in a text that grows, of which no letter is looked at twice.
#[derive(Default)]
struct WordCount {
    /// Bytes of the text that were looked at.
    seen: usize,
    words: usize,
    /// Whether that ends within a word.
    in_word: bool,
}

impl WordCount {
    /// Returns the number of words in a text that begins as the last one did.
    fn of(&mut self, text: &str) -> usize {
        for c in text.get(self.seen..).unwrap_or_default().chars() {
            let in_word = !c.is_whitespace();
            self.words += usize::from(in_word && !self.in_word);
            self.in_word = in_word;
        }
        self.seen = text.len();
        self.words
    }
}

impl PlainWriter {
    fn add(&mut self, words: &str) {
        if std::mem::take(&mut self.gap) && words.starts_with(['.', ',', ';', ':', '!', '?', ')', '’', '”']) {
            self.shorten(self.line.trim_end().len().max(self.label));
        }
        add_on_one_line(&mut self.line, words);
    }

    /// Cuts the line off.
    fn shorten(&mut self, length: usize) {
        self.line.truncate(length);
        self.line_words = WordCount::default();
    }

    fn has_words(&mut self, most: usize) -> bool {
        // A line without a space would be counted anew for each piece of it.
        if self.done.len() + self.line.len() > most.saturating_mul(LONGEST_WORD) {
            return true;
        }
        let last_is_whole = self.line.ends_with(' ') || self.line.is_empty();
        let words = self.done_words.of(&self.done) + self.line_words.of(&self.line);
        words > most || words == most && last_is_whole
    }

    /// Ends the line, unless it holds nothing but a label so far.
    fn end(&mut self) {
        if self.line.len() > self.label {
            self.end_with_label();
        }
    }

    fn end_with_label(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if !self.done.is_empty() {
                self.done.push('\n');
            }
            self.done.push_str(line);
        }
        self.shorten(0);
        self.label = 0;
    }

    fn start_with(&mut self, label: &str) {
        self.end_with_label();
        self.line.push_str(label);
        self.label = self.line.len();
    }

    /// Puts another label in the place of the one that the line begins with.
    fn replace_label(&mut self, label: &str) {
        if self.line.len() > self.label {
            return self.line.push_str(label);
        }
        self.shorten(0);
        self.line.push_str(label);
        self.label = self.line.len();
    }

    fn open(&mut self, element: &Element, label: Option<String>) {
        let open = match element {
            _ if is_inline(element) => OpenElement::Inline,
            Element::List(first) => {
                self.end();
                OpenElement::List(*first)
            }
            Element::Item(_) => {
                let own = self.item_label();
                self.start_with(&label.unwrap_or(own));
                OpenElement::Item
            }
            Element::TableHead | Element::TableRow => {
                self.end();
                OpenElement::Row(false)
            }
            Element::TableCell(_) => {
                if let Some(OpenElement::Row(begun)) = self.open.last_mut()
                    && std::mem::replace(begun, true)
                {
                    self.shorten(self.line.trim_end().len());
                    self.line.push_str(CELLS);
                }
                // The row ends the line.
                OpenElement::Inline
            }
            Element::Alert(alert) => {
                match alert {
                    Alert::Note => self.end(),
                    alert => self.start_with(&format!("{}: ", alert.title())),
                }
                OpenElement::Block
            }
            _ => {
                self.end();
                OpenElement::Block
            }
        };
        self.open.push(open);
    }

    /// Returns the label that a page draws before an item that has none of its own.
    fn item_label(&mut self) -> String {
        let depth = self.open.iter().filter(|open| matches!(open, OpenElement::List(_))).count();
        match self.open.last_mut() {
            Some(OpenElement::List(Some(next))) => {
                let label = format!("{next}. ");
                *next = next.saturating_add(1);
                label
            }
            _ => BULLETS.get(depth.saturating_sub(1)).or(BULLETS.last()).copied().unwrap_or_default().to_owned(),
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(OpenElement::Row(_)) => {
                // A row whose cells are all empty is no line.
                if self.line.chars().all(|c| c == '|' || c.is_whitespace()) {
                    self.shorten(0);
                }
                self.end();
            }
            // All words of the item were left out.
            Some(OpenElement::Item) if self.line.len() <= self.label => {
                self.shorten(0);
                self.label = 0;
            }
            Some(OpenElement::Item | OpenElement::Block | OpenElement::List(_)) => self.end(),
            Some(OpenElement::Inline) | None => {}
        }
    }

    fn finish(mut self) -> String {
        self.end_with_label();
        self.done
    }
}
