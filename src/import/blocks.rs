//! The list of blocks that every reader makes of a paper, whatever its format.
//!
//! Holds a block (a paragraph, a heading, a table) with its label as printed or as counted, its
//! depth, its runs of words, and the place that a report names. Knows no format, and nothing of
//! what clausebook makes of a paper.

use std::collections::BTreeMap;

/// Style in which a run of words is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunStyle {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Struck out.
    pub struck: bool,
    /// Above the line, as the mark of a note.
    pub raised: bool,
    /// Type of one width.
    pub code: bool,
}

/// One run of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRun {
    /// Words in one style, which may lead somewhere: to an address, or to a bookmark after `#`.
    Words {
        /// The words.
        text: String,
        /// Their style.
        style: RunStyle,
        /// The place that they lead to.
        link: Option<String>,
    },
    /// The end of a line within a paragraph.
    Break,
    /// The mark of a note, by its label.
    Note(String),
    /// Words of a field that names a bookmark.
    Field {
        /// The words, as they were last worked out.
        words: String,
        /// The bookmark.
        to: String,
    },
    /// A mention of a clause: its address as clausebook writes it, and the words to show if they
    /// differ.
    Mention {
        /// The address.
        to: String,
        /// The words.
        words: String,
    },
    /// A picture, by the name of its file beside the text.
    Picture {
        /// The file's name.
        file: String,
        /// The words for those who do not see it.
        words: String,
    },
}

impl TextRun {
    /// Makes a run of plain words.
    pub fn words(text: impl Into<String>) -> Self {
        TextRun::Words { text: text.into(), style: RunStyle::default(), link: None }
    }
}

/// The place of a block in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaperPlace {
    /// The page, from 1; 0 where pages are not known.
    pub page: u32,
    /// The line of a text, or the number of the paragraph.
    pub line: u32,
}

/// A mark before a block's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Label {
    /// Nothing.
    #[default]
    None,
    /// The sign of an item.
    Bullet,
    /// A number or a label, as printed: `1.1`, `(a)`, `Rule 12.`
    Printed(String),
}

/// The cells of a table, row by row.
#[derive(Clone, Debug, Default)]
pub struct TableCells {
    /// The rows; each cell has the runs of its words.
    pub rows: Vec<Vec<Vec<TextRun>>>,
    /// Paragraphs in the cells of a table of two columns, in a format that has paragraphs there.
    pub paragraphs: Vec<Vec<Vec<Block>>>,
    /// The words above it that are of the table.
    pub caption: Vec<TextRun>,
}

impl From<Vec<Vec<Vec<TextRun>>>> for TableCells {
    fn from(rows: Vec<Vec<Vec<TextRun>>>) -> Self {
        TableCells { rows, ..TableCells::default() }
    }
}

/// Kinds of blocks.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// A paragraph, or an item if it has a label.
    Paragraph,
    /// A heading of a rank, from 1.
    Heading(u8),
    /// A table.
    Table(TableCells),
    /// Lines to be kept as they are.
    Code(String),
    /// The end of a page, or a rule across it.
    Edge,
}

/// One block of a paper.
#[derive(Clone, Debug)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// The mark before its words.
    pub label: Label,
    /// The depth of its list, from 0.
    pub depth: usize,
    /// The words.
    pub runs: Vec<TextRun>,
    /// The bookmarks that begin in it.
    pub bookmarks: Vec<String>,
    /// The place in the file.
    pub place: PaperPlace,
}

impl Block {
    /// Makes a block without a label.
    pub fn new(kind: BlockKind, runs: Vec<TextRun>, place: PaperPlace) -> Self {
        Block { kind, label: Label::None, depth: 0, runs, bookmarks: Vec::new(), place }
    }

    /// Returns the words of the block, without its label.
    pub fn plain(&self) -> String {
        plain(&self.runs)
    }

    /// Returns whether the block is a paragraph or an item.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph)
    }

    /// Returns whether the block is a heading.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

/// Returns the words of some runs.
pub fn plain(runs: &[TextRun]) -> String {
    let mut words = String::new();
    for run in runs {
        match run {
            TextRun::Words { text, .. } => words.push_str(text),
            TextRun::Break => words.push(' '),
            TextRun::Field { words: shown, .. } | TextRun::Mention { words: shown, .. } => words.push_str(shown),
            TextRun::Note(_) | TextRun::Picture { .. } => {}
        }
    }
    words
}

/// Whether a letter prints nothing, or only turns those around it.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Puts runs of one style together, makes one space of several, and takes away those at the ends.
pub fn tidy(runs: Vec<TextRun>) -> Vec<TextRun> {
    let mut tidied: Vec<TextRun> = Vec::with_capacity(runs.len());
    for run in runs {
        match (tidied.last_mut(), run) {
            (Some(TextRun::Words { text, style, link }), TextRun::Words { text: more, style: other, link: to })
                if *link == to && (*style == other || more.trim().is_empty() && link.is_none()) =>
            {
                text.push_str(&more)
            }
            (_, run) => tidied.push(run),
        }
    }
    let mut open = true;
    for run in &mut tidied {
        match run {
            TextRun::Words { text, .. } => {
                let mut kept = String::with_capacity(text.len());
                for c in text.chars().filter(|c| !is_unseen(*c)) {
                    let c = if c.is_whitespace() || c.is_control() { ' ' } else { c };
                    if c != ' ' || !open {
                        kept.push(c);
                    }
                    open = c == ' ';
                }
                *text = kept;
            }
            TextRun::Break => open = true,
            _ => open = false,
        }
    }
    while let Some(TextRun::Words { text, .. }) = tidied.last_mut() {
        let length = text.trim_end().len();
        text.truncate(length);
        if length > 0 {
            break;
        }
        tidied.pop();
    }
    while matches!(tidied.last(), Some(TextRun::Break)) {
        tidied.pop();
    }
    let from = tidied.iter().position(|run| !matches!(run, TextRun::Break)).unwrap_or(tidied.len());
    tidied.drain(..from);
    tidied.retain(|run| !matches!(run, TextRun::Words { text, .. } if text.is_empty()));
    tidied
}

/// A picture that is beside the text.
#[derive(Clone, Debug)]
pub struct PaperPicture {
    /// The name of its file.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A paper as a reader found it.
#[derive(Debug, Default)]
pub struct Paper {
    /// The title in the file's own properties.
    pub title: Option<String>,
    /// The author there.
    pub author: Option<String>,
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// The notes that the format itself has, by label.
    pub notes: BTreeMap<String, Vec<Vec<TextRun>>>,
    /// The pictures.
    pub pictures: Vec<PaperPicture>,
    /// Whether the format knows no headings, so that short lines may be some.
    pub guesses: bool,
    /// Whether the format prints pages, which may tear a paragraph. In the others a paragraph ends
    /// where its writer ended it.
    pub has_pages: bool,
    /// Whether the format itself says which figures are marks of notes, so that no other is one.
    pub marks_are_known: bool,
    /// Whether the mark of a note may be a bare figure at the end of a word.
    pub bare_marks: bool,
}
