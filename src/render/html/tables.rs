//! The one rule for heads of tables, in every medium: a header has words.
//!
//! Takes pieces from within an element; says whether they hold words, and where they end. A cell of the head without words
//! is an ordinary cell, and a head without any is left out. Writes nothing.

use crate::document::Piece;

/// Returns how many pieces there are up to the close of the element that is open before them, with that close.
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

/// Whether there are words to read in the element that is open before these pieces.
pub(super) fn has_words(pieces: &[Piece]) -> bool {
    let within = pieces.get(..length_to_close(pieces)).unwrap_or_default();
    within.iter().any(|piece| match piece {
        Piece::Text(text) | Piece::Code(text) => {
            text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !is_unseen(c))
        }
        Piece::Reference(_) | Piece::NoteMark(_) => true,
        _ => false,
    })
}

/// Letters that take no space: word joiners, breaks that may be, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
