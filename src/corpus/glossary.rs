//! The words that the site explains.
//!
//! Holds each word of `glossary.md` with the clauses that use it. Takes plain text; gives the words that stand in it, whole and
//! in any of their forms, the longest first. Never looks inside other words.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Place;

/// The words and abbreviations of the site.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// Every word, in the author's order.
    pub words: Vec<Word>,
    /// The entry that holds them.
    pub entry: Option<usize>,
    /// The forms of words by their first word: all their words, which word it is, and whether it is an abbreviation.
    by_first: HashMap<String, Vec<(Vec<String>, usize, bool)>>,
    /// Whether any first word begins with these two bytes: most words of a text need no further look.
    openings: Vec<bool>,
}

/// One word of the glossary.
#[derive(Clone, Debug)]
pub struct Word {
    /// The term in full: "Local Safeguarding Children Board".
    pub term: String,
    /// Its abbreviation: "LSCB".
    pub abbreviation: Option<String>,
    /// Its fragment on the glossary's page: `lscb`.
    pub anchor: String,
    /// Its meaning as pieces of the glossary.
    pub meaning: Range<usize>,
    /// The clauses that use it, in the site's order.
    pub uses: Vec<Place>,
}

/// A word found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMatch {
    /// Index into [`Glossary::words`].
    pub word: usize,
    /// Where in the text, in bytes.
    pub range: Range<usize>,
    /// Whether it was the abbreviation that was found.
    pub abbreviated: bool,
}

impl Glossary {
    /// A glossary of these words, defined in this entry.
    pub fn new(words: Vec<Word>, entry: Option<usize>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, usize, bool)>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
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
        let mut openings = vec![false; 1 << 16];
        for first in by_first.keys() {
            let seconds = match first.as_bytes() {
                [_] | [] => 0..=u8::MAX,
                [_, second, ..] => second.to_ascii_lowercase()..=second.to_ascii_lowercase(),
            };
            for second in seconds {
                let at = opening(&[first.bytes().next().unwrap_or_default(), second]);
                openings.get_mut(at).into_iter().for_each(|place| *place = true);
            }
        }
        Glossary { words, entry, by_first, openings }
    }

    /// Whether a word may be the first of a form, by its first two bytes; other letters than those of ASCII may be.
    fn may_open(&self, word: &str) -> bool {
        let bytes = word.as_bytes().get(..2).filter(|bytes| bytes.is_ascii());
        bytes.is_none_or(|bytes| self.openings.get(opening(bytes)).copied().unwrap_or(true))
    }

    /// Every word of the glossary in a text, from left to right, none within another.
    pub fn matches(&self, text: &str) -> Vec<WordMatch> {
        if self.by_first.is_empty() {
            return Vec::new();
        }
        let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        let mut found = Vec::new();
        let mut next = 0;
        while let Some((start, first)) = words.get(next).copied() {
            if !self.may_open(first) {
                next += 1;
                continue;
            }
            let hit = lookup_keys(first).into_iter().find_map(|key| {
                self.by_first.get(&key)?.iter().find_map(|(parts, word, abbreviated)| {
                    let run = words.get(next..next + parts.len())?;
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
            match hit {
                Some((length, hit)) => {
                    found.push(hit);
                    next += length;
                }
                None => next += 1,
            }
        }
        found
    }
}

/// The place of two bytes among `openings`, whatever their case.
fn opening(bytes: &[u8]) -> usize {
    bytes.iter().take(2).fold(0, |at, byte| at << 8 | usize::from(byte.to_ascii_lowercase()))
}

/// Whether two words of one term can have this between them.
fn is_gap(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '/' | ',' | '&' | '.'))
}

/// How a word of a glossary form is kept: as it is if its case is part of it (`PCT`, `eCAF`), else in lower case.
fn fold_word(word: &str) -> String {
    if has_inner_capital(word) { word.to_owned() } else { word.to_lowercase() }
}

fn has_inner_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

fn lookup_keys(written: &str) -> Vec<String> {
    let mut keys = vec![written.to_owned(), written.to_lowercase()];
    for form in [written.to_owned(), written.to_lowercase()] {
        keys.extend(form.strip_suffix("’s").map(str::to_owned));
        keys.extend(form.strip_suffix('s').map(str::to_owned));
    }
    keys.dedup();
    keys
}

/// Whether a written word is a word of a form; the last word of a form may be in the plural or possessive.
fn same_word(part: &str, written: &str, last: bool) -> bool {
    let written = written.replace('’', "'");
    let part = part.replace('’', "'");
    let folded = if has_inner_capital(&part) { written } else { written.to_lowercase() };
    folded == part || last && (folded.strip_suffix("'s") == Some(&part) || folded.strip_suffix('s') == Some(&part))
}
