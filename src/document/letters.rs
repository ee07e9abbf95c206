//! Letters as people type them, and lists as people sort them.
//!
//! Takes a text; gives it without capitals, accents and strokes, and a key that sorts it among
//! others. The search index and the scripts that search fold letters alike: a test holds the
//! scripts to the table. Never makes an id: those are published, and stay what they are.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::spelling::same_letters;

/// Lower-case letters that Unicode takes for letters of their own, each with the letters that
/// people type for it. Sorted.
pub const TYPED_AS: [(char, &str); 34] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĸ', "k"),
    ('ł', "l"),
    ('ŋ', "n"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ƀ', "b"),
    ('ƙ', "k"),
    ('ƚ', "l"),
    ('ƴ', "y"),
    ('ƶ', "z"),
    ('ǥ', "g"),
    ('ȼ', "c"),
    ('ɇ', "e"),
    ('ɉ', "j"),
    ('ɍ', "r"),
    ('ɏ', "y"),
    ('ɓ', "b"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ɨ', "i"),
    ('ɫ', "l"),
    ('ɵ', "o"),
    ('ʉ', "u"),
    ('ⱡ', "l"),
    ('ⱥ', "a"),
    ('ⱦ', "t"),
];

/// Folds a text to what people type for it: lower case, without accents and strokes, ligatures in
/// their parts.
pub fn plain_letters(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|b| b.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    let lower = same_letters(text).nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    if !lower.chars().any(|c| typed_form(c).is_some()) {
        return lower.into();
    }
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match typed_form(c) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(c),
        }
    }
    plain.into()
}

fn typed_form(letter: char) -> Option<&'static str> {
    if letter < 'ß' {
        return None;
    }
    let at = TYPED_AS.binary_search_by_key(&letter, |(written, _)| *written).ok()?;
    TYPED_AS.get(at).map(|(_, letters)| *letters)
}

/// A run of figures as its number, or a run of other letters.
pub type NaturalRun = (Option<u64>, String);

/// Cuts a text into runs of figures and of other letters, these folded: `2-roles` sorts before
/// `10-finance`.
pub fn natural_runs(text: &str) -> Vec<NaturalRun> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let figures = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != figures).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(match run.parse() {
            Ok(number) if figures => (Some(number), String::new()),
            _ => (None, plain_letters(run).into_owned()),
        });
        rest = after;
    }
    runs
}

/// The place of words in a list for people. Of words that differ in case, accents or marks alone,
/// the code points decide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alphabetical {
    /// Figures sort before letters.
    runs: Vec<(bool, NaturalRun)>,
    written: String,
}

/// Returns the key that sorts words alphabetically: case, accents and apostrophes do not count,
/// other marks part words, and "Part 2" comes before "Part 10".
pub fn alphabetical(words: &str) -> Alphabetical {
    let mut plain = String::new();
    for c in plain_letters(words).chars() {
        if c.is_alphanumeric() {
            plain.push(c);
        } else if !matches!(c, '\'' | '’') && !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    let runs = natural_runs(plain.trim_end());
    Alphabetical { runs: runs.into_iter().map(|run| (run.0.is_none(), run)).collect(), written: words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{TYPED_AS, alphabetical, plain_letters};

    #[test]
    fn letters_are_found_as_they_are_typed() {
        for (text, expected) in [
            ("Łukasz and Søren", "lukasz and soren"),
            ("Đặng keeps Łódź", "dang keeps lodz"),
            ("Þórður, Guðrún", "thordur, gudrun"),
            ("STRAẞE, Straße", "strasse, strasse"),
            ("Æsop’s œuvre", "aesop’s oeuvre"),
            ("Kadıköy İstanbul", "kadikoy istanbul"),
            ("Ħal Għaxaq, Ŧ, Ŋ", "hal ghaxaq, t, n"),
            ("Zoë", "zoe"),
            ("Zoe\u{308} may en\u{ad}ter and/\u{200b}or", "zoe may enter and/or"),
            ("Ɓ Ɗ Ƙ", "b d k"),
        ] {
            assert_eq!(plain_letters(text), expected);
        }
        assert!(TYPED_AS.is_sorted_by(|(one, _), (two, _)| one < two));
        for (letter, typed) in TYPED_AS {
            assert!(letter.is_lowercase() && typed.bytes().all(|b| b.is_ascii_lowercase()), "{letter}");
        }
    }

    #[test]
    fn words_sort_as_people_expect() {
        let sorted = [
            "2 keys",
            "2012 Act",
            "Apple report",
            "Children Act 1989",
            "Children Act 2004",
            "Children and young people",
            "Children’s Plan",
            "children's rights",
            "echo report",
            "Élan report",
            "eland",
            "Łódź",
            "London",
            "Part 2",
            "Part 2A",
            "Part 10",
            "“Quoted”",
            "resume",
            "résumé",
            "Résumés",
            "zoo",
            "Zoo report",
            "Ωmega",
        ];
        for pair in sorted.windows(2) {
            assert!(alphabetical(pair[0]) < alphabetical(pair[1]), "{pair:?}");
        }
        assert!(alphabetical("") < alphabetical("a"));
        let long = "9".repeat(40);
        assert!(alphabetical(&long) < alphabetical(&long.replace('9', "a")));
    }
}
