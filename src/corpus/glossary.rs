//! The words of the glossary, and where they are in a text.
//!
//! Takes the words that the glossary defines; gives every one in a text, by each of its forms.
//! Never decides which of them is shown.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

use super::{EntryId, Place};
use crate::arena::{Arena, Id};

/// Place of a word in the glossary.
pub type WordId = Id<GlossaryWord>;

/// The words and abbreviations of the site.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// Every word, in the author's order.
    pub words: Arena<GlossaryWord>,
    /// The entry that holds the first of them.
    pub entry: Option<EntryId>,
    /// The forms of words by their first word: all their words, which word it is, and whether it is
    /// an abbreviation.
    by_first: FxHashMap<String, Vec<(Vec<String>, WordId, bool)>>,
    /// Whether any first word begins with these three letters: most words of a text need no further
    /// look.
    openings: Vec<bool>,
    /// Number of words in the longest form.
    longest: usize,
}

/// One word of the glossary.
#[derive(Clone, Debug)]
pub struct GlossaryWord {
    /// The term in full: "Local Safeguarding Children Board".
    pub term: String,
    /// Abbreviation of the term: "LSCB".
    pub abbreviation: Option<String>,
    /// Fragment on the glossary's page: `lscb`.
    pub anchor: String,
    /// The entry that defines it.
    pub entry: EntryId,
    /// Range of that entry's pieces that hold the meaning.
    pub meaning: Range<usize>,
    /// The clauses that use it, in the site's order.
    pub uses: Vec<Place>,
}

/// A word found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMatch {
    /// The word.
    pub word: WordId,
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Whether it was the abbreviation that was found.
    pub abbreviated: bool,
}

impl Glossary {
    /// A glossary of these words, defined in this entry.
    pub fn new(words: Arena<GlossaryWord>, entry: Option<EntryId>) -> Self {
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, WordId, bool)>> = FxHashMap::default();
        for (at, word) in words.pairs() {
            let forms = std::iter::once((&word.term, false)).chain(word.abbreviation.iter().map(|form| (form, true)));
            for (form, abbreviated) in forms {
                let parts: Vec<String> = form.unicode_words().map(fold_word).collect();
                if let Some(first) = parts.first() {
                    by_first.entry(first.clone()).or_default().push((parts, at, abbreviated));
                }
            }
        }
        // The longest form wins: "Local Safeguarding Children Board" before "Local".
        for forms in by_first.values_mut() {
            forms.sort_by_key(|(parts, at, _)| (std::cmp::Reverse(parts.len()), *at));
        }
        let mut openings = vec![false; 1 << 15];
        for first in by_first.keys() {
            let letters = opening(first);
            // What a short word of a form is written with at its end may be in the place of a
            // letter that it lacks.
            let longer = 5 * 3_usize.saturating_sub(first.len());
            let all = openings.get_mut(letters..letters + (1 << longer));
            all.into_iter().flatten().for_each(|place| *place = true);
        }
        let longest = by_first.values().flatten().map(|(parts, _, _)| parts.len()).max().unwrap_or_default();
        Glossary { words, entry, by_first, openings, longest }
    }

    /// Whether a word may be the first of a form, by its first letters; other letters than those of
    /// ASCII may be.
    fn may_open(&self, word: &str) -> bool {
        let is_ascii = word.bytes().take(3).all(|byte| byte.is_ascii());
        !is_ascii || self.openings.get(opening(word)).copied().unwrap_or(true)
    }

    /// Every word of the glossary in a text, from left to right, none within another.
    pub fn matches(&self, text: &str) -> Vec<WordMatch> {
        if self.by_first.is_empty() {
            return Vec::new();
        }
        let mut words = words_of(text);
        // Words that were looked at and not yet passed: to begin anew in the text would be to look
        // through all the rest of it.
        let mut ahead: VecDeque<(usize, &str)> = VecDeque::new();
        let mut found = Vec::new();
        let mut run: Vec<(usize, &str)> = Vec::new();
        while let Some((start, first)) = ahead.pop_front().or_else(|| words.next()) {
            if !self.may_open(first) {
                continue;
            }
            let lower = first.to_lowercase();
            run.clear();
            let hit = lookup_keys(first, &lower).into_iter().flatten().find_map(|key| {
                self.by_first.get(key)?.iter().find_map(|(parts, word, abbreviated)| {
                    if run.is_empty() {
                        let wanted = (self.longest - 1).saturating_sub(ahead.len());
                        ahead.extend(words.by_ref().take(wanted));
                        run.extend(std::iter::once((start, first)).chain(ahead.iter().copied()));
                    }
                    let run = run.get(..parts.len())?;
                    let fits = parts
                        .iter()
                        .zip(run)
                        .enumerate()
                        .all(|(n, (part, (_, written)))| same_word(part, written, n + 1 == parts.len()));
                    let close = run.windows(2).all(|pair| match pair {
                        [(a, word), (b, _)] => text.get(a + word.len()..*b).is_some_and(is_gap),
                        _ => false,
                    });
                    let (last, written) = run.last()?;
                    (fits && close).then(|| {
                        (
                            parts.len(),
                            WordMatch { word: *word, range: start..last + written.len(), abbreviated: *abbreviated },
                        )
                    })
                })
            });
            if let Some((length, hit)) = hit {
                found.push(hit);
                ahead.drain(..(length - 1).min(ahead.len()));
            }
        }
        found
    }
}

/// The words of a text with their places, as Unicode divides a text into words (UAX 29). None goes
/// over a space. Most of what is between two spaces is one of ASCII, for which no table is asked.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let mut several: Option<(usize, UnicodeWordIndices<'_>)> = None;
    std::iter::from_fn(move || {
        loop {
            if let Some((start, words)) = &mut several {
                match words.next() {
                    Some((at, word)) => return Some((*start + at, word)),
                    None => several = None,
                }
            }
            let start = next;
            let rest = text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
            let letters = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let is_mark = |byte: &&u8| byte.is_ascii_punctuation() && **byte != b'_';
            let length = letters + rest.iter().skip(letters).take_while(is_mark).count();
            if rest.get(length).is_none_or(|byte| *byte == b' ') {
                next = start + length + 1;
                if letters > 0 {
                    return Some((start, text.get(start..start + letters)?));
                }
            } else {
                let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
                next = start + length + 1;
                several = Some((start, text.get(start..start + length)?.unicode_word_indices()));
            }
        }
    })
}

/// The place of a word's first three letters among `openings`, whatever their case.
fn opening(word: &str) -> usize {
    let letter = |byte: u8| if byte.is_ascii_alphabetic() { usize::from(byte & 31) } else { 0 };
    word.bytes().chain([0; 3]).take(3).fold(0, |at, byte| at << 5 | letter(byte))
}

/// Whether two words of one term can have this between them.
fn is_gap(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '/' | ',' | '&' | '.'))
}

/// Folds a word of a glossary form for lookup: unchanged if its case is part of it (`PCT`, `eCAF`),
/// else in lower case.
fn fold_word(word: &str) -> String {
    if has_inner_capital(word) { word.to_owned() } else { word.to_lowercase() }
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

/// Returns the keys under which a form that begins with a written word may be indexed. `lower` is
/// the word in lower case.
fn lookup_keys<'a>(written: &'a str, lower: &'a str) -> [Option<&'a str>; 6] {
    let [genitive, plural] = ["’s", "s"];
    [
        Some(written),
        Some(lower),
        written.strip_suffix(genitive),
        written.strip_suffix(plural),
        lower.strip_suffix(genitive),
        lower.strip_suffix(plural),
    ]
}

/// Whether a written word is a word of a form; the last word of a form may be in the plural or
/// possessive.
fn same_word(part: &str, written: &str, last: bool) -> bool {
    let written = written.replace('’', "'");
    let part = part.replace('’', "'");
    let folded = if has_inner_capital(&part) { written } else { written.to_lowercase() };
    folded == part || last && (folded.strip_suffix("'s") == Some(&part) || folded.strip_suffix('s') == Some(&part))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::is_combining_mark;
    use unicode_segmentation::UnicodeSegmentation;

    use super::words_of;

    proptest! {
        #[test]
        fn words_are_those_of_unicode(text in "([a-zA-Z0-9 ]|[ .,:;'’_-]|\\PC|[\u{300}\u{200d}\u{ad}\t\n]){0,40}") {
            // A mark above a space is no word with the space here.
            prop_assume!(!text.split(' ').skip(1).any(|part| part.starts_with(is_combining_mark)));
            let words: Vec<_> = words_of(&text).collect();
            let expected: Vec<_> = text.unicode_word_indices().collect();
            prop_assert_eq!(words, expected);
        }
    }
}
