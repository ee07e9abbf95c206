//! Ids made from words.
//!
//! Takes the words of a heading, of a word or of a name; gives an id for a page of ours, or the one
//! that GitHub would make. Ids are published, so that what is made of the same words never changes.
//! Knows of no other id: whoever asks keeps two from being alike.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::letters::plain_letters;
use super::{is_author_id, spelling};

/// The longest id made from words.
const MAX_SLUG: usize = 64;

/// An id made from words: letters without their accents, in lower case, with hyphens between the
/// words, however the words are typed. Ids are published: it folds no more letters than it ever
/// did.
pub fn slug_of(words: &str) -> String {
    let slug = folded(words);
    if is_author_id(&slug) { slug } else { format!("about-{slug}").trim_end_matches('-').to_owned() }
}

/// Returns the name that a file or folder has in addresses: its letters without accents, in lower
/// case, with hyphens for spaces, low lines and other signs that names ordinarily have. None for a
/// name that is long, or that has other signs.
pub fn address_name(name: &str) -> Option<String> {
    let ordinary = |c: char| c.is_alphanumeric() || is_combining_mark(c) || " _-.,&()'’+".contains(c);
    let sound = name.len() <= MAX_SLUG && name.starts_with(char::is_alphanumeric) && name.chars().all(ordinary);
    Some(folded(name)).filter(|slug| sound && !slug.is_empty())
}

/// Letters without accents, in lower case, with a hyphen for each run of what is neither letter nor
/// figure.
fn folded(words: &str) -> String {
    let words = spelling::same_letters(words);
    if words.is_ascii() {
        return hyphened(words.chars());
    }
    hyphened(words.nfkd().filter(|c| !is_combining_mark(*c) && *c != '’'))
}

/// Letters and figures in lower case, with a hyphen for each run of others but apostrophes.
fn hyphened(letters: impl Iterator<Item = char>) -> String {
    let mut slug = String::new();
    for c in letters.filter(|c| *c != '\'') {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == MAX_SLUG {
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// An id made from the words of a heading in any script. Words whose letters all fold to those of
/// ASCII have the id that [`slug_of`] makes; others keep their letters, in lower case.
pub fn anchor_of(words: &str) -> String {
    let words = spelling::same_letters(words);
    let foreign = |c: char| c.is_alphanumeric() && !c.is_ascii_alphanumeric();
    if words.is_ascii() || !words.nfkd().filter(|c| !is_combining_mark(*c)).any(foreign) {
        let slug = slug_of(&words);
        return if slug == "about" && !words.is_ascii() { "section".to_owned() } else { slug };
    }
    let mut anchor = String::new();
    let mut length = 0;
    for c in words.nfc().filter(|c| !matches!(c, '\'' | '’')) {
        let typed = c.to_string();
        let typed = plain_letters(&typed);
        let after_letter = anchor.ends_with(|c: char| !c.is_ascii());
        if !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_alphanumeric()) {
            anchor.push_str(&typed);
        } else if c.is_alphanumeric() || is_combining_mark(c) && after_letter {
            anchor.extend(c.to_lowercase());
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
        length += 1;
        if length == MAX_SLUG {
            break;
        }
    }
    let anchor = anchor.trim_end_matches('-');
    let sound = anchor.starts_with(char::is_alphabetic) && (!anchor.is_ascii() || is_author_id(anchor));
    if sound { anchor.to_owned() } else { format!("section-{anchor}") }
}

/// The id that GitHub would give a heading with these words, by which links to it are often
/// written.
pub fn github_anchor(words: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') || is_combining_mark(*c);
    words.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}
