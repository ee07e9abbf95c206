//! Everyday words, and the words that papers use in their place.
//!
//! Takes the words of a site; gives the rows of a table of English that lead to one of them, so
//! that "kids" finds what is said of children. Never leads to a word that the site does not have,
//! nor away from one that it often has. Knows nothing of what any site is about, which is for the
//! synonyms of its glossary.

/// The table, written for this program: on each line everyday words, a colon, and the words of
/// papers, the likeliest first. Several words that mean one thing are tied: `take_part`.
const TABLE: &str = include_str!("everyday.txt");

/// A row of the table: words that a reader may type, and those that a site has for them.
#[derive(Debug)]
pub(super) struct Row<'a> {
    typed: &'static str,
    meant: Vec<&'a str>,
}

/// Returns the rows that lead to words of a site. `known` gives the form of a word that the site
/// has, if it has any.
pub(super) fn rows<'w>(known: impl Fn(&str) -> Option<&'w str>) -> Vec<Row<'w>> {
    let mut rows = Vec::new();
    for (typed, words) in lines() {
        let mut meant: Vec<&str> = Vec::new();
        for word in words.filter_map(&known) {
            if !meant.contains(&word) {
                meant.push(word);
            }
        }
        if !meant.is_empty() {
            rows.push(Row { typed, meant });
        }
    }
    rows
}

/// Returns rows as the index has them, in one text: `kid kids:children young;…`. `is_rare` tells
/// whether a site has a word nowhere or almost nowhere: from any other, no reader is led away.
pub(super) fn text(rows: &[Row<'_>], is_rare: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    for Row { typed, meant } in rows {
        let typed: Vec<&str> = typed.split(' ').filter(|word| is_rare(word)).collect();
        if !typed.is_empty() {
            text.extend([&typed.join(" "), ":", &meant.join(" "), ";"]);
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

    use super::{TABLE, lines, rows, text};

    #[test]
    fn each_line_has_everyday_words_that_no_other_has() {
        let mut all = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (typed, meant) = line.split_once(": ").expect(line);
            assert!(line.bytes().all(|byte| byte.is_ascii_lowercase() || b" :_".contains(&byte)), "{line}");
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
        let kept = text(&rows(known), |word| known(word).is_none());
        let kids = kept.split(';').find(|row| row.starts_with("kid ")).unwrap();
        assert!(kids.ends_with(":children young") && !kids.contains(" youngster "), "{kids}");
        assert!(!kept.contains("funding") && !kept.contains("board"), "{kept}");
    }
}
