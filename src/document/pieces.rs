//! The pieces of a body: openings, words and closings in a flat sequence.
//!
//! Holds values alone; takes and returns nothing. Knows of no clause: a clause is a range of these.

use super::{ClauseId, MarkId, PictureId, ReferenceId, SectionId};

/// One event in a body, such as an opening, a closing or text. A body is a flat sequence, so that
/// no nesting needs recursion.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Something begins.
    Open(Element),
    /// The innermost open thing ends.
    Close,
    /// Words; a line break among them is only the author's.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A block of code with the language the author named.
    CodeBlock(Box<str>, Box<str>),
    /// A line break that is meant.
    HardBreak,
    /// A rule between paragraphs.
    Rule,
    /// A box that is ticked or not.
    TaskMark(bool),
    /// The mark of a note.
    NoteMark(MarkId),
    /// A mention that prints its own words.
    Reference(ReferenceId),
    /// A picture.
    Picture(PictureId),
}

/// Element of a body that opens and closes, with other pieces in between.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// Stress.
    Emphasis,
    /// Strong stress.
    Strong,
    /// Struck out.
    Strikethrough,
    /// Set high, as in m².
    Superscript,
    /// Set low, as in H₂O.
    Subscript,
    /// Abbreviation, with the words that it stands for.
    Abbreviation(String),
    /// A list; numbered from the figure, if any.
    List(Option<u64>),
    /// An item; a sub-clause if it has a label.
    Item(Option<ClauseId>),
    /// A quotation.
    Quotation,
    /// A quotation of one of the five kinds that GitHub draws as a box.
    Alert(Alert),
    /// A table.
    Table,
    /// The row of a table's heads.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell, with its alignment.
    TableCell(Align),
    /// A list of words and their meanings.
    DefinitionList,
    /// A word.
    DefinitionTerm,
    /// Meaning of the word before it.
    Definition,
    /// A link to another site: a checked http, https or mailto address.
    Link(String),
    /// A mention with the author's own words.
    Reference(ReferenceId),
    /// A heading without a number among the words of a clause that has one.
    Heading(SectionId),
}

/// Whether an element is in a line of text.
pub fn is_inline(element: &Element) -> bool {
    matches!(
        element,
        Element::Emphasis
            | Element::Strong
            | Element::Strikethrough
            | Element::Superscript
            | Element::Subscript
            | Element::Abbreviation(_)
            | Element::Link(_)
            | Element::Reference(_)
    )
}

/// The five kinds of box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`: an editor's note, whose words are not those of the clause that it is in.
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Alert {
    /// The title of the box.
    pub fn title(self) -> &'static str {
        match self {
            Alert::Note => "Note",
            Alert::Tip => "Tip",
            Alert::Important => "Important",
            Alert::Warning => "Warning",
            Alert::Caution => "Caution",
        }
    }
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the page is.
    Plain,
    /// To the left.
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}
