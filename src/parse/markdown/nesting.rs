//! The blocks and inline elements that are open around the words being read.
//!
//! Holds for each what is to be known when it ends. Knows only what is open: never what has been
//! read before.

use std::ops::Range;

use super::headings::OpenHeading;
use crate::document::{ClauseId, NoteId, Number, Within};

/// Something open.
#[derive(Debug)]
pub enum Opened {
    /// A paragraph.
    Paragraph(OpenParagraph),
    /// A quotation, a list, a table or a row: the piece that it began with.
    Block(usize),
    /// A numbered list whose items are sub-clauses.
    Items(ItemCount),
    /// A cell of a table.
    Cell,
    /// A word to be defined.
    Term,
    /// The meaning of a word.
    Meaning,
    /// A heading inside a quotation or a list, which is printed as a paragraph.
    InnerHeading,
    /// A top-level list whose items are clauses: it has no piece itself.
    ClauseList(LazyCount),
    /// An item that is a clause: it has no piece itself.
    ClauseItem {
        /// The clause.
        clause: ClauseId,
        /// Range in the file.
        range: Range<usize>,
        /// The words that are in no paragraph of the parser's: they get one.
        words: ItemWords,
    },
    /// An item of a list.
    Item(OpenItem),
    /// A heading.
    Heading(OpenHeading),
    /// An element in a line.
    Inline,
    /// A link, or a mention with words of its own.
    Link,
    /// An element of HTML in a line, by its name.
    Html(&'static str),
    /// A note.
    Note {
        /// The note.
        note: NoteId,
        /// The piece that it begins with.
        start: usize,
        /// The place that the text goes on in.
        outside: Within,
    },
    /// A link that is not kept, only its words.
    Nothing,
}

/// An open paragraph.
#[derive(Debug)]
pub struct OpenParagraph {
    /// The piece that it began with.
    pub start: usize,
    /// Range in the file.
    pub range: Range<usize>,
    /// The holder of the attributes at its end.
    pub holder: Holder,
    /// Bytes of words at its start that print the number or label that it opens.
    pub number: usize,
    /// Whether it is in a list that its label has made.
    pub labelled: bool,
    /// Whether it is not the parser's: words of an item of a tight list.
    pub implicit: bool,
}

/// The items of a list of clauses so far, to number those that all have the figure of the first.
#[derive(Debug, Default)]
pub struct LazyCount {
    first: Option<Number>,
    items: u32,
}

impl LazyCount {
    fn next(&mut self, number: Number) -> Number {
        let first = self.first.get_or_insert_with(|| number.clone());
        let further = (0..self.items).try_fold(first.clone(), |last, _| last.one_further(first));
        self.items += 1;
        let lazy = number == *first && matches!(first.to_string().as_str(), "0" | "1");
        further.filter(|_| lazy).unwrap_or(number)
    }
}

/// A numbered list whose items are sub-clauses.
#[derive(Debug)]
pub struct ItemCount {
    /// The piece that it began with.
    pub start: usize,
    /// The figure of the next item.
    pub next: u64,
}

/// An open item of a list.
#[derive(Debug)]
pub struct OpenItem {
    /// The piece that it began with.
    pub piece: usize,
    /// Range in the file.
    pub range: Range<usize>,
    /// The sub-clause that it is, if it has a label.
    pub sub: Option<ClauseId>,
    /// The words that are in no paragraph.
    pub words: ItemWords,
    /// The place that the list is in.
    pub outside: Within,
}

impl OpenItem {
    fn begin_words(&mut self, words: ItemWords) -> Beginning {
        let before = std::mem::replace(&mut self.words, words);
        if before == ItemWords::Awaited { Beginning::Item } else { Beginning::Nothing }
    }
}

/// The words of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ItemWords {
    /// None has been read: a label may come.
    Awaited,
    /// Some are being read that are in no paragraph.
    Begun,
    /// Some have been read.
    Ended,
}

/// The holder of the attributes at the end of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holder {
    /// The clause that the paragraph opens.
    Clause(ClauseId),
    /// The item whose first paragraph it is, if that has a label.
    Item,
    /// Nothing.
    Nobody,
}

/// The beginning of something with its first words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Beginning {
    /// An item, whose label may be here.
    Item,
    /// The paragraph of an item that is a clause, which Markdown leaves out.
    Paragraph,
    /// Nothing.
    Nothing,
}

/// The stack of all that is open, outermost first.
#[derive(Debug, Default)]
pub struct Nesting {
    open: Vec<Opened>,
    /// The range of the paragraph that was opened last, until a list follows.
    paragraph: Option<Range<usize>>,
}

impl Nesting {
    /// Opens something.
    pub fn push(&mut self, open: Opened) {
        if let Opened::Paragraph(paragraph) = &open {
            self.paragraph = Some(paragraph.range.clone());
        }
        self.open.push(open);
    }

    /// Closes what was opened last.
    pub fn pop(&mut self) -> Option<Opened> {
        self.open.pop()
    }

    /// Returns whether nothing is open, so that a block is one of the document's own.
    pub fn at_top(&self) -> bool {
        self.open.is_empty()
    }

    /// Returns whether words are in a heading, or in a paragraph that is in nothing else.
    pub fn in_top_line(&self) -> bool {
        matches!(
            self.open.as_slice(),
            [Opened::Heading(_), ..] | [Opened::Paragraph(_)] | [Opened::Note { .. }, Opened::Paragraph(_)]
        )
    }

    /// Returns whether an item that begins now is in a top-level list.
    pub fn in_top_list(&self) -> bool {
        matches!(self.open.as_slice(), [Opened::Block(_) | Opened::Items(_)])
    }

    /// Returns whether an item that begins now is a clause.
    pub fn in_clause_list(&self) -> bool {
        matches!(self.open.last(), Some(Opened::ClauseList(_)))
    }

    /// Returns the number of an item of the list of clauses: counted if it has the figure of the
    /// first item again.
    pub fn count_lazily(&mut self, number: Number) -> Number {
        match self.open.last_mut() {
            Some(Opened::ClauseList(count)) => count.next(number),
            _ => number,
        }
    }

    /// Returns whether words are in a cell of a table.
    pub fn in_cell(&self) -> bool {
        let inline = |open: &&Opened| matches!(open, Opened::Inline | Opened::Link | Opened::Html(_) | Opened::Nothing);
        matches!(self.open.iter().rev().find(|open| !inline(open)), Some(Opened::Cell))
    }

    /// Returns whether words are in a link.
    pub fn in_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Opened::Link))
    }

    /// Returns whether the element of HTML that was opened last is of this name.
    pub fn in_html(&self, name: &str) -> bool {
        matches!(self.open.last(), Some(Opened::Html(open)) if *open == name)
    }

    /// Takes the range of the last paragraph, unless a list has taken it before.
    pub fn take_last_paragraph(&mut self) -> Option<Range<usize>> {
        self.paragraph.take()
    }

    /// Returns the range of the words of a clause whose line is being read, and whether they have a
    /// label: a paragraph of the document's own, or one of an item that is a clause.
    pub fn line_of_clause(&self) -> Option<(Range<usize>, bool)> {
        match self.open.as_slice() {
            [Opened::Paragraph(paragraph)]
            | [Opened::ClauseList(_), Opened::ClauseItem { .. }, Opened::Paragraph(paragraph)] => {
                Some((paragraph.range.clone(), paragraph.labelled))
            }
            [Opened::ClauseList(_), Opened::ClauseItem { range, words: ItemWords::Begun, .. }] => {
                Some((range.clone(), false))
            }
            _ => None,
        }
    }

    /// Takes the paragraph that was opened last, if it is that; only one of our own if `implicit`.
    pub fn pop_paragraph(&mut self, implicit: bool) -> Option<OpenParagraph> {
        let fits = |open: &mut Opened| matches!(open, Opened::Paragraph(paragraph) if paragraph.implicit || !implicit);
        match self.open.pop_if(fits)? {
            Opened::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        }
    }

    /// Returns whether a paragraph that begins now is in an item that is a clause, and in nothing
    /// else.
    pub fn in_clause_item(&self) -> bool {
        matches!(self.open.as_slice(), [Opened::ClauseList(_), Opened::ClauseItem { .. }])
    }

    /// Returns the numbered list of a clause that an item begins in, if it is directly in the
    /// clause.
    pub fn list_of_items(&mut self) -> Option<&mut ItemCount> {
        match self.open.as_mut_slice() {
            [Opened::Items(count)] | [Opened::ClauseList(_), Opened::ClauseItem { .. }, Opened::Items(count)] => {
                Some(count)
            }
            _ => None,
        }
    }

    /// Begins words, or goes on with them; returns what begins with them.
    pub fn begin_words(&mut self) -> Beginning {
        match self.open.as_mut_slice() {
            [.., Opened::Item(item)] => item.begin_words(ItemWords::Begun),
            [.., Opened::Item(item), Opened::Paragraph(OpenParagraph { holder: Holder::Item, .. })] => {
                item.begin_words(ItemWords::Ended)
            }
            [.., Opened::ClauseItem { words, .. }] if *words != ItemWords::Begun => {
                *words = ItemWords::Begun;
                Beginning::Paragraph
            }
            _ => Beginning::Nothing,
        }
    }

    /// Ends the words of an item that are in no paragraph of the parser's. Returns what holds their
    /// attributes and the range of the item, if there are any.
    pub fn end_words(&mut self) -> Option<(Holder, Range<usize>)> {
        let (words, holder, range) = match self.open.last_mut()? {
            Opened::Item(item) => (&mut item.words, Holder::Item, &item.range),
            Opened::ClauseItem { clause, range, words } => (words, Holder::Clause(*clause), &*range),
            _ => return None,
        };
        if *words != ItemWords::Begun {
            return None;
        }
        *words = ItemWords::Ended;
        Some((holder, range.clone()))
    }

    /// Returns the holder of the attributes of a paragraph that begins now inside something.
    pub fn holder_of_paragraph(&mut self) -> Holder {
        match self.open.last_mut() {
            Some(Opened::ClauseItem { clause, words: words @ ItemWords::Awaited, .. }) => {
                *words = ItemWords::Ended;
                Holder::Clause(*clause)
            }
            Some(Opened::Item(OpenItem { words: ItemWords::Awaited, .. })) => Holder::Item,
            _ => Holder::Nobody,
        }
    }

    /// Returns the clause that a holder is, of attributes at the end of a paragraph that has just
    /// been closed.
    pub fn clause_of(&self, holder: Holder) -> Option<ClauseId> {
        match (holder, self.open.last()) {
            (Holder::Clause(clause), _) => Some(clause),
            (Holder::Item, Some(Opened::Item(item))) => item.sub,
            _ => None,
        }
    }

    /// Returns the item whose first words are being read.
    pub fn item(&mut self) -> Option<&mut OpenItem> {
        match self.open.as_mut_slice() {
            [.., Opened::Item(item)] | [.., Opened::Item(item), Opened::Paragraph(_)] => Some(item),
            _ => None,
        }
    }
}
