//! Everyday words, and the words that papers use in their place.
//!
//! Takes the words of a site; gives the rows of a table of English that lead to one of them, so
//! that "kids" finds what is said of children. Never leads to a word that the site does not have,
//! nor away from one that it has. Knows nothing of what any site is about: that is for the synonyms
//! of its glossary.

/// The table, written for this program: on each line everyday words, a colon, and the words of
/// papers, the likeliest first.
const TABLE: &str = include_str!("everyday.txt");

/// Returns the rows that lead to words of a site, in one text: `kid kids:children young;…`.
/// `known` gives the form of a word that the site has, if it has any.
pub(super) fn rows<'w>(known: impl Fn(&str) -> Option<&'w str>) -> String {
    let mut text = String::new();
    for (typed, meant) in lines() {
        let typed: Vec<&str> = typed.split(' ').filter(|word| known(word).is_none()).collect();
        let mut words: Vec<&str> = Vec::new();
        for word in meant.filter_map(&known) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if !typed.is_empty() && !words.is_empty() {
            text.extend([&typed.join(" "), ":", &words.join(" "), ";"]);
        }
    }
    text
}

/// The lines of the table.
fn lines() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once(": ")).map(|(typed, meant)| (typed, meant.split(' ')))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TABLE, lines, rows};

    #[test]
    fn each_line_has_everyday_words_that_no_other_has() {
        let mut all = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (typed, meant) = line.split_once(": ").expect(line);
            assert!(line.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b':'), "{line}");
            assert!(!meant.is_empty(), "{line}");
            for word in typed.split(' ') {
                assert!(all.insert(word), "{word} is on two lines");
            }
        }
        assert!(lines().count() > 100);
    }

    #[test]
    fn only_rows_that_lead_to_a_word_of_the_site_are_kept() {
        let known = |word: &str| match word {
            "child" => Some("children"),
            "young" | "youngster" => Some("young"),
            _ => None,
        };
        let kept = rows(known);
        let kids = kept.split(';').find(|row| row.starts_with("kid ")).unwrap();
        assert!(kids.ends_with(":children young") && !kids.contains(" youngster "), "{kids}");
        assert!(!kept.contains("funding") && !kept.contains("board"), "{kept}");
    }
}
