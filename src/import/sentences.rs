//! The ends of sentences, as far as words tell them.
//!
//! Takes words; says whether a sentence ends with them, or can not. Knows no language but English.

/// Words with which no sentence and no heading ends.
const OPEN_WORDS: [&str; 22] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "that", "the", "their",
    "to", "which", "with", "will", "its",
];

/// Returns whether a text ends with a word that ends no sentence.
pub fn ends_open(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    OPEN_WORDS.contains(&last.to_lowercase().as_str())
}

/// Returns whether a sign ends some words, as it ends a sentence or leads to items.
pub fn is_ended(text: &str) -> bool {
    text.trim_end().trim_end_matches(['”', '’', '"', '\'', ')', ']', '*']).ends_with(['.', '?', '!', ';', ':'])
}
