//! Rules for tables, in every medium: a header has words, and a table that is too wide for paper
//! says so.
//!
//! Takes pieces from within an element; says whether they hold words, where they end, and of a
//! table the classes by which a style can print it narrower. A cell of the head without words is an
//! ordinary cell, and a head without any is left out. On a screen a wide table scrolls; on paper it
//! must fit, or columns are lost at the edge of the sheet. Writes nothing.

use crate::corpus::Entry;
use crate::document::{Element, Piece};

/// Number of letters, each column's longest word and its margins, fit on a line of A4 in the
/// letters of other tables.
const FITS: usize = 80;
/// Number that fits in small letters, with no word broken.
const FITS_SMALL: usize = 110;
/// Number of letters that the margins of a cell take.
const MARGINS: usize = 3;

/// Returns how many pieces there are up to the close of the element that is open before them, with
/// that close.
pub(super) fn length_to_close(pieces: &[Piece]) -> usize {
    let mut depth = 1;
    let mut length = 0;
    for piece in pieces {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close => depth -= 1,
            _ => {}
        }
        length += 1;
        if depth == 0 {
            break;
        }
    }
    length
}

/// The pieces of the element that is open before these.
fn within(pieces: &[Piece]) -> impl Iterator<Item = &Piece> {
    pieces.iter().take(length_to_close(pieces))
}

/// Whether there are words to read in the element that is open before these pieces.
pub(super) fn has_words(pieces: &[Piece]) -> bool {
    within(pieces).any(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => {
            text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !is_unseen(c))
        }
        Piece::Reference(_) | Piece::NoteMark(_) => true,
        _ => false,
    })
}

/// Returns the words and code in the element that is open before these pieces.
pub(super) fn words_within(pieces: &[Piece]) -> String {
    let words = within(pieces).filter_map(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => Some(text.as_str()),
        _ => None,
    });
    words.collect()
}

/// Letters that take no space: word joiners, breaks that may be, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Returns the classes of a table whose pieces, after the one that opens it, come first in
/// `pieces`.
pub(super) fn classes(source: &Entry, pieces: &[Piece]) -> &'static str {
    match least_width(source, pieces) {
        0..=FITS => "table",
        width if width <= FITS_SMALL => "table wide",
        _ => "table widest",
    }
}

/// Returns how many letters wide a table is at least.
fn least_width(source: &Entry, pieces: &[Piece]) -> usize {
    let mut columns: Vec<usize> = Vec::new();
    let mut column = 0;
    let mut depth = 1_usize;
    let mut cell = String::new();
    for piece in pieces {
        match piece {
            Piece::Open(element) => {
                depth += 1;
                match element {
                    Element::TableHead | Element::TableRow => column = 0,
                    Element::TableCell(_) => cell.clear(),
                    _ => {}
                }
            }
            Piece::Close => {
                depth = depth.saturating_sub(1);
                // The table, a row, a cell.
                match depth {
                    0 => break,
                    2 => {
                        let longest = cell.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
                        match columns.get_mut(column) {
                            Some(width) => *width = longest.max(*width),
                            None => columns.push(longest),
                        }
                        column += 1;
                        cell.clear();
                    }
                    _ => {}
                }
            }
            Piece::Text(words) | Piece::Code(words) => cell.push_str(words),
            Piece::Reference(at) => {
                cell.push_str(&source.resolution.targets[*at].words);
            }
            Piece::HardBreak => cell.push(' '),
            _ => {}
        }
    }
    columns.iter().map(|longest| longest + MARGINS).sum()
}
