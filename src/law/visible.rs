//! Characters that nobody sees: soft hyphens, word joiners and zero-width spaces.
//!
//! Takes a text; returns it without them, and the way back to the places of the text as it was.

use std::ops::Range;

use memchr::memchr3_iter;

/// A text without invisible characters.
pub(super) struct Visible {
    pub text: String,
    /// For each place after which characters were left out, it and their length so far.
    left_out: Vec<(usize, usize)>,
}

impl Visible {
    /// The text without invisible characters, if it has any.
    pub fn new(text: &str) -> Option<Self> {
        // The bytes with which these characters begin.
        let mut may_begin = memchr3_iter(0xc2, 0xe2, 0xef, text.as_bytes());
        if !may_begin.any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(is_invisible))) {
            return None;
        }
        let mut visible = Visible { text: String::with_capacity(text.len()), left_out: Vec::new() };
        let mut length = 0;
        for c in text.chars() {
            if is_invisible(c) {
                length += c.len_utf8();
                match visible.left_out.last_mut() {
                    Some((at, total)) if *at == visible.text.len() => *total = length,
                    _ => visible.left_out.push((visible.text.len(), length)),
                }
            } else {
                visible.text.push(c);
            }
        }
        Some(visible)
    }

    /// The place in the text as it was of a place in the text without them.
    pub fn back(&self, place: &Range<usize>) -> Range<usize> {
        let before = |at: usize, inclusive: bool| {
            let count = self.left_out.partition_point(|(place, _)| if inclusive { *place <= at } else { *place < at });
            count.checked_sub(1).and_then(|last| self.left_out.get(last)).map_or(0, |(_, length)| *length)
        };
        place.start + before(place.start, true)..place.end + before(place.end, false)
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}
