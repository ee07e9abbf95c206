//! Percent-encoding of addresses (RFC 3986, 2.1), decoded in one place.
//!
//! Takes a part of an address; returns the text that it encodes. Decodes once, so that `%2520` is
//! `%20` and not a space.

/// Returns a text with each `%XX` decoded, unless the bytes are not UTF-8. A percent sign that
/// begins no escape stays, as in browsers (<https://url.spec.whatwg.org/#percent-decode>).
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let (byte, after) = escape(rest).unwrap_or((*byte, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// Returns a text as a part of an address, in which only letters, figures and `-._~` stay as they
/// are.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Returns whether each percent sign begins an escape.
pub fn is_sound(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' && escape(rest).is_none() {
            return false;
        }
        rest = after;
    }
    true
}

/// The byte that an escape at the start of `rest` encodes, and what follows it.
fn escape(rest: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, after @ ..] = rest else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(high)? << 4 | digit(low)?, after))
}

#[cfg(test)]
mod tests {
    use super::{decoded, is_sound};

    #[test]
    fn a_text_is_decoded_once() {
        for (written, expected) in [
            ("/a%20b", Some("/a b")),
            ("/%252e", Some("/%2e")),
            ("rules%2D2008%2d1", Some("rules-2008-1")),
            ("caf%C3%A9", Some("café")),
            ("%ff", None),
            ("100%", Some("100%")),
            ("100%2", Some("100%2")),
            ("%zz%41", Some("%zzA")),
            ("%%41", Some("%A")),
        ] {
            assert_eq!(decoded(written).as_deref(), expected, "{written}");
        }
        assert!(is_sound("/a%20b") && !is_sound("/%2") && !is_sound("/%zz") && !is_sound("100%"));
    }
}
