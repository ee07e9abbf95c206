//! Letters by which two texts are the same words, however they were typed.
//!
//! Takes a text; returns it with each accented letter in one form and without characters that print
//! nothing. Everything that asks whether words are the same asks it of this: comparisons, the
//! ledger, search, and ids made from words.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Characters that print nothing, and only say where a line may or may not break.
const UNPRINTED: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Whether a character prints nothing: those above, and those that join letters or keep them apart.
pub fn is_invisible(c: char) -> bool {
    UNPRINTED.contains(&c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Returns the characters of a text that are not of ASCII.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.bytes().position(|byte| !byte.is_ascii())?;
        let mut letters = rest.get(at..)?.chars();
        let found = letters.next();
        rest = letters.as_str();
        found
    })
}

/// Returns a text without invisible characters, with a plain space for each space of another kind.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.chars().filter(|c| !is_invisible(*c)).map(plain).collect::<String>().into()
}

/// Returns a text as it is compared. A text that has none of these characters, in the form that
/// keyboards write, is as it was.
pub fn same_letters(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(UNPRINTED) && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.into();
    }
    text.chars().filter(|c| !UNPRINTED.contains(c)).nfc().collect::<String>().into()
}

/// Returns the other forms in which the same words may have been written.
pub fn other_forms(written: &str) -> Vec<String> {
    if written.is_ascii() {
        return Vec::new();
    }
    let same = same_letters(written);
    let mut forms = vec![written.to_owned(), same.nfd().collect()];
    forms.dedup();
    forms.retain(|form| *form != same);
    forms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::{other_forms, same_letters};

    #[test]
    fn letters_typed_in_two_ways_are_the_same() {
        assert_eq!(same_letters("cafe\u{301} en\u{ad}ter and/\u{200b}or"), "café enter and/or");
        assert_eq!(same_letters("naïve — “plain”"), "naïve — “plain”");
        assert_eq!(other_forms("plain"), Vec::<String>::new());
        assert_eq!(other_forms("café"), ["cafe\u{301}"]);
        assert_eq!(other_forms("cafe\u{301}"), ["cafe\u{301}"]);
    }

    proptest! {
        #[test]
        fn any_form_of_a_text_is_the_same(text in "[a-zé\u{301}ñÅ\u{30a}ạ가 .’-]{0,40}", at in 0..40_usize) {
            let same = same_letters(&text).into_owned();
            let nfd: String = text.nfd().collect();
            prop_assert_eq!(&same_letters(&nfd), &same);
            prop_assert_eq!(&same_letters(&same), &same);
            // A soft hyphen anywhere between two letters.
            let mut hyphened: Vec<char> = same.chars().collect();
            hyphened.insert(at.min(hyphened.len()), '\u{ad}');
            let hyphened: String = hyphened.into_iter().collect();
            prop_assert_eq!(&same_letters(&hyphened), &same);
            for form in other_forms(&text) {
                prop_assert_eq!(&same_letters(&form), &same);
            }
        }
    }
}
