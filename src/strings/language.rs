//! Facts about languages: the direction of their writing and the classes of their plurals.
//!
//! Takes a language tag (BCP 47); returns what Unicode CLDR says of it, as far as it is known here.
//! A language that is not known is written from left to right and has the plural of English.

use std::fmt;

use serde::Serialize;

/// Languages that are written from right to left, and their scripts.
const RIGHT_TO_LEFT: [&str; 24] = [
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc", "mzn", "ps", "rhg", "sd", "syr", "ug",
    "ur", "yi", "arab", "hebr", "syrc", "thaa", "adlm",
];

/// The language of words, where it is not that of what is around them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Language {
    /// Tag (BCP 47).
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

impl Language {
    /// Returns a language by its tag.
    pub fn new(tag: &str) -> Self {
        Language { tag: tag.to_owned(), direction: direction(tag) }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

/// Returns the language of a tag without its country: `en` of `en-GB`.
pub fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// Returns the direction of a language's writing. A script that the tag names counts for more than
/// the language.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let script = tag.split('-').skip(1).find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let decides = script.or_else(|| tag.split('-').next()).unwrap_or_default();
    if RIGHT_TO_LEFT.contains(&decides) { "rtl" } else { "ltr" }
}

/// Returns the class of a number in a language (Unicode CLDR, cardinal plural rules for whole
/// numbers).
pub fn plural(language: &str, count: usize) -> &'static str {
    let (tens, hundreds) = (count % 10, count % 100);
    let teens = (11..=14).contains(&hundreds);
    match primary(language).as_str() {
        "cy" => match count {
            0 => "zero",
            1 => "one",
            2 => "two",
            3 => "few",
            6 => "many",
            _ => "other",
        },
        "ga" => match count {
            1 => "one",
            2 => "two",
            3..=6 => "few",
            7..=10 => "many",
            _ => "other",
        },
        "gd" => match count {
            1 | 11 => "one",
            2 | 12 => "two",
            3..=10 | 13..=19 => "few",
            _ => "other",
        },
        "ar" => match (count, hundreds) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "pl" if count == 1 => "one",
        "pl" | "ru" | "uk" if (2..=4).contains(&tens) && !teens => "few",
        "ru" | "uk" if tens == 1 && hundreds != 11 => "one",
        "pl" | "ru" | "uk" => "many",
        "fr" | "pt" | "hi" | "bn" | "fa" | "pa" if count < 2 => "one",
        "ja" | "ko" | "zh" | "vi" | "th" | "yo" => "other",
        _ if count == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::{direction, plural};

    #[test]
    fn a_script_decides_the_direction_before_a_language() {
        for (tag, wanted) in
            [("en-GB", "ltr"), ("ar", "rtl"), ("UR-PK", "rtl"), ("pa-Arab", "rtl"), ("ks-Deva", "ltr"), ("he", "rtl")]
        {
            assert_eq!(direction(tag), wanted, "{tag}");
        }
    }

    #[test]
    fn plurals_are_those_of_their_language() {
        let classes = |language, counts: &[usize]| counts.iter().map(|n| plural(language, *n)).collect::<Vec<_>>();
        assert_eq!(classes("cy", &[0, 1, 2, 3, 4, 6, 7]), ["zero", "one", "two", "few", "other", "many", "other"]);
        assert_eq!(classes("en-GB", &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(classes("pl", &[1, 2, 5, 12, 22, 21]), ["one", "few", "many", "many", "few", "many"]);
        assert_eq!(classes("ru", &[1, 11, 21, 3, 13]), ["one", "many", "one", "few", "many"]);
        assert_eq!(classes("ar", &[0, 1, 2, 105, 111, 100]), ["zero", "one", "two", "few", "many", "other"]);
    }
}
