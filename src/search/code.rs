//! Numbers and lists in a shard: as characters of a script's string.
//!
//! Takes numbers and words; gives characters from `#` to `~` without `\`, each of which is one byte
//! and needs no escape. A small number is one character, so that a compressing host packs what is
//! within as it would any text. The script in the browser reads the same.

use serde::Serialize;

/// Number of characters that can be the last digit of a number.
const LAST: usize = 61;
/// Number of characters that can be any other digit.
const MORE: usize = 30;
/// The first character.
const FIRST: u8 = b'#';

/// Adds a number: its digits to the base of 30, lowest first, each but the last from an alphabet of
/// its own.
pub(super) fn number(text: &mut String, mut value: usize) {
    while value >= LAST {
        value -= LAST;
        digit(text, LAST + value % MORE);
        value /= MORE;
    }
    digit(text, value);
}

fn digit(text: &mut String, value: usize) {
    let code = FIRST + u8::try_from(value).unwrap_or(u8::MAX - FIRST);
    text.push(char::from(if code >= b'\\' { code + 1 } else { code }));
}

/// Returns bytes as digits of six bits, lowest first.
pub(super) fn digits(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 1);
    let (mut rest, mut held) = (0, 0);
    for byte in bytes {
        rest |= usize::from(*byte) << held;
        held += 8;
        while held >= 6 {
            digit(&mut text, rest & 63);
            (rest, held) = (rest >> 6, held - 6);
        }
    }
    digit(&mut text, rest);
    text
}

/// Adds rising numbers as the steps between them; the first as it is.
pub(super) fn rising(text: &mut String, values: impl IntoIterator<Item = usize>) {
    let mut before = None;
    for value in values {
        number(text, before.map_or(value, |before: usize| value.saturating_sub(before + 1)));
        before = Some(value);
    }
}

/// Returns a value as JSON.
pub(super) fn json(value: &impl Serialize) -> String {
    // Structs of texts and numbers always serialise.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::number;

    fn read(text: &str) -> Option<usize> {
        let (mut value, mut weight) = (0, 1);
        for byte in text.bytes() {
            let digit = usize::from(byte - b'#' - u8::from(byte > b'\\'));
            value += digit * weight;
            if digit < 61 {
                return Some(value);
            }
            weight *= 30;
        }
        None
    }

    #[test]
    fn a_number_reads_back() {
        for value in (0..5000).chain([55_000, 1_000_000, 123_456_789]) {
            let mut text = String::new();
            number(&mut text, value);
            assert!(text.bytes().all(|b| (b'#'..=b'~').contains(&b) && b != b'\\'), "{text}");
            assert_eq!(read(&text), Some(value), "{text}");
        }
    }
}
