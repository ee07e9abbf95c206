//! Words as search takes them, and the forms that belong to one word.
//!
//! Takes a text; gives its words as the index holds them and as the script in the browser makes
//! them of a query: the two must agree letter by letter, and a test in the browser holds them to
//! it. Never decides what a word weighs.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::document::plain_letters;

/// The longest word that is kept, in characters: what follows is cut off, in the browser too.
const MAX_LENGTH: usize = 64;

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchWord<'a> {
    /// A run of letters and figures, in lower case, without accents, strokes, apostrophes or an
    /// English genitive.
    Plain(&'a str),
    /// The words on both sides of hyphens, as one: "wellbeing", after the words of "well-being".
    Joined(&'a str),
}

/// Gives every word of a text in its order.
pub(super) fn each_word(text: &str, mut take: impl FnMut(SearchWord<'_>)) {
    let folded = plain_letters(text);
    let mut chars = folded.char_indices().peekable();
    let mut word = String::new();
    let mut joined = String::new();
    let mut parts = 0;
    while let Some((_, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        word.clear();
        word.push(c);
        // The word up to its end; then whether a hyphen ties it to the next.
        let mut tied = false;
        while let Some((at, c)) = chars.peek().copied() {
            let next_is_letter = || {
                folded.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
            };
            if c.is_alphanumeric() {
                word.push(c);
            } else if is_apostrophe(c) && next_is_letter() {
                word.push('\'');
            } else {
                tied = is_hyphen(c) && next_is_letter();
                break;
            }
            chars.next();
        }
        let plain = plain(&word);
        take(SearchWord::Plain(&plain));
        joined.push_str(&plain);
        parts += 1;
        if !tied {
            if parts > 1 {
                take(SearchWord::Joined(cut(&joined)));
            }
            joined.clear();
            parts = 0;
        }
    }
}

/// The words of a name, in order.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| {
        if let SearchWord::Plain(word) = word {
            words.push(word.to_owned());
        }
    });
    words
}

/// The first two letters of a word, which its other forms share.
pub(super) fn beginning(word: &str) -> &str {
    word.char_indices().nth(2).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐')
}

/// A word without its genitive and its apostrophes.
fn plain(word: &str) -> Cow<'_, str> {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if word.contains('\'') { cut(&word.replace('\'', "")).to_owned().into() } else { cut(word).into() }
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(MAX_LENGTH).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// Stemmer that tells which words are forms of one: the Snowball stemmer of the site's language, if
/// there is one. In English, British and American spellings are folded together first.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    english: bool,
}

impl Stems {
    /// The stems of a language (BCP 47).
    pub(super) fn new(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let algorithm = match primary.as_str() {
            "ca" => Some(Algorithm::Catalan),
            "cs" => Some(Algorithm::Czech),
            "da" => Some(Algorithm::Danish),
            "de" => Some(Algorithm::German),
            "en" => Some(Algorithm::English),
            "es" => Some(Algorithm::Spanish),
            "fi" => Some(Algorithm::Finnish),
            "fr" => Some(Algorithm::French),
            "ga" => Some(Algorithm::Irish),
            "hu" => Some(Algorithm::Hungarian),
            "it" => Some(Algorithm::Italian),
            "nb" | "nn" | "no" => Some(Algorithm::Norwegian),
            "nl" => Some(Algorithm::Dutch),
            "pl" => Some(Algorithm::Polish),
            "pt" => Some(Algorithm::Portuguese),
            "ro" => Some(Algorithm::Romanian),
            "sv" => Some(Algorithm::Swedish),
            "tr" => Some(Algorithm::Turkish),
            _ => None,
        };
        Stems { stemmer: algorithm.map(Stemmer::create), english: primary == "en" }
    }

    /// Returns whether the words are English.
    pub(super) fn is_english(&self) -> bool {
        self.english
    }

    /// Returns the stem that all forms of a word share. Without a stemmer this is the word itself.
    pub(super) fn key(&self, word: &str) -> String {
        let Some(stemmer) = &self.stemmer else { return word.to_owned() };
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_number {
            return word.to_owned();
        }
        if !self.english {
            return stemmer.stem(word).into_owned();
        }
        match stands_apart(word) {
            Some(key) => key.to_owned(),
            None => stemmer.stem(&one_spelling(word)).into_owned(),
        }
    }
}

/// Key of an English word that the stemmer joins with another of another meaning: "police" with
/// "policy", "house" with "housing". No stem has an asterisk.
fn stands_apart(word: &str) -> Option<&'static str> {
    Some(match word {
        "policy" | "policies" => "policy*",
        "housing" => "housing*",
        "author" | "authors" | "authored" => "author*",
        "import" | "imports" | "imported" | "importing" => "import*",
        "organ" | "organs" => "organ*",
        "object" | "objects" => "object*",
        "news" => "news*",
        "custom" | "customs" | "customary" => "custom*",
        "depart" | "departs" | "departed" | "departing" => "depart*",
        "universe" | "universal" | "universally" => "universal*",
        "experiment" | "experiments" | "experimental" => "experiment*",
        "several" => "several*",
        _ => return None,
    })
}

/// British and American spellings as one. It need not be the spelling of either: only the same for
/// both.
fn one_spelling(word: &str) -> Cow<'_, str> {
    let mut spelled: Cow<'_, str> = word.into();
    if word.len() < 5 || !word.is_ascii() {
        return spelled;
    }
    // "organisation", "prioritising", "analyse".
    for (british, american) in [
        ("isation", "ization"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("yses", "yzes"),
        ("ysing", "yzing"),
        ("isations", "izations"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("mme", "m"),
        ("mmes", "ms"),
        ("ogue", "og"),
        ("ogues", "ogs"),
        ("fence", "fense"),
        ("fences", "fenses"),
        ("cence", "cense"),
        ("cences", "censes"),
        ("dgement", "dgment"),
        ("dgements", "dgments"),
        ("fil", "fill"),
        ("fils", "fills"),
        ("rol", "roll"),
        ("rols", "rolls"),
        ("olment", "ollment"),
        ("olments", "ollments"),
        ("ilment", "illment"),
        ("ageing", "aging"),
        ("keable", "kable"),
    ] {
        // Most words are told apart by their last letter.
        if british.as_bytes().last() == word.as_bytes().last()
            && let Some(stem) = word.strip_suffix(british).filter(|stem| stem.len() > 1)
        {
            spelled = format!("{stem}{american}").into();
            break;
        }
    }
    // "behaviour", "favourable", "neighbourhood"; but not "hour", "four" or "source".
    if let Some(at) = spelled.find("our").filter(|at| *at >= 3)
        && spelled.as_bytes().get(at - 1).is_some_and(|before| b"bdgilmnpv".contains(before))
    {
        spelled =
            format!("{}or{}", spelled.get(..at).unwrap_or_default(), spelled.get(at + 3..).unwrap_or_default()).into();
    }
    // "counselling", "travelled".
    for ending in ["ing", "ed", "er", "ers", "or", "ors"] {
        if let Some(stem) =
            spelled.strip_suffix(ending).and_then(|stem| stem.strip_suffix("ll")).filter(|s| s.len() > 4)
        {
            spelled = format!("{stem}l{ending}").into();
            break;
        }
    }
    // "paediatric", "foetal".
    if spelled.contains("ae") || spelled.contains("oe") {
        spelled = spelled.replace("ae", "e").replace("oe", "e").into();
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::{SearchWord, Stems, each_word};

    fn words(text: &str) -> String {
        let mut found = Vec::new();
        each_word(text, |word| match word {
            SearchWord::Plain(word) => found.push(word.to_owned()),
            SearchWord::Joined(word) => found.push(format!("+{word}")),
        });
        found.join(" ")
    }

    #[test]
    fn words_are_runs_of_letters_and_figures() {
        for (text, expected) in [
            ("Children’s Trusts' aims", "children trusts aims"),
            ("well-being, co-operate", "well being +wellbeing co operate +cooperate"),
            ("a 14-19 partner - not joined", "a 14 19 +1419 partner not joined"),
            ("Café naïve ﬁne ½", "cafe naive fine 1 2"),
            ("Łukasz’s Straße", "lukasz strasse"),
            ("o’clock rock'n'roll", "oclock rocknroll"),
            ("e.g. s.10(1)(b)", "e g s 10 1 b"),
            ("", ""),
            ("’s - '", "s"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(words(&"é".repeat(100)), "e".repeat(64));
    }

    #[test]
    fn forms_of_one_word_share_a_key() {
        let stems = Stems::new("en-GB");
        for forms in [
            &["organisation", "organization", "organisations", "organise", "organizing"][..],
            &["behaviour", "behavior", "behaviours"],
            &["centre", "center", "centres"],
            &["programme", "program", "programmes"],
            &["counselling", "counseling"],
            &["partner", "partners"],
            &["commissioning", "commissioned", "commission", "commissions"],
            &["judgement", "judgment"],
            &["paediatric", "pediatric"],
            &["enrolment", "enrollment"],
            &["licence", "license"],
            &["neighbourhood", "neighborhood"],
        ] {
            let keys: Vec<String> = forms.iter().map(|form| stems.key(form)).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{forms:?} {keys:?}");
        }
        for (one, other) in [
            ("police", "policy"),
            ("house", "housing"),
            ("authority", "authors"),
            ("important", "imports"),
            ("hour", "hor"),
            ("source", "sorce"),
            ("course", "corse"),
            ("plan", "plane"),
            ("four", "for"),
        ] {
            assert_ne!(stems.key(one), stems.key(other), "{one} {other}");
        }
        assert_eq!(Stems::new("xx").key("children"), "children");
    }
}
