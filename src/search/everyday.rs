//! Everyday words, and the words that papers use in their place.
//!
//! Takes the words of a site; gives the rows of a table of English that lead to one of them, so
//! that "kids" finds what is said of children. Never leads to a word that the site does not have,
//! nor away from one that it often has. Knows nothing of what any site is about, which is for the
//! synonyms of its glossary.

use std::collections::{BTreeMap, BTreeSet};

use super::words::beginning;

/// The table, written for this program: on each line everyday words, a colon, and the words of
/// papers, the likeliest first. Several words that mean one thing are tied: `take_part`. The script
/// finds other forms of a word, and of the first of several, by themselves.
const TABLE: &str = include_str!("everyday.txt");

/// A row of the table: words that a reader may type, and those that a site has for them.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Words that a reader may type, each with its term if the site has it.
    typed: Vec<(&'static str, Option<u32>)>,
    meant: Vec<&'a str>,
}

/// Returns the rows that lead to words of a site. `known` gives the term of a word, and the form of
/// it that the site has, if it has any.
pub(super) fn rows<'w>(known: impl Fn(&str) -> Option<(u32, &'w str)>) -> Vec<Row<'w>> {
    let mut rows = Vec::new();
    for (typed, words) in lines() {
        let mut meant: Vec<&str> = Vec::new();
        for (_, word) in words.filter_map(&known) {
            if !meant.contains(&word) {
                meant.push(word);
            }
        }
        if !meant.is_empty() {
            let typed = typed.split(' ').map(|word| (word, known(word).map(|(term, _)| term))).collect();
            rows.push(Row { typed, meant });
        }
    }
    rows
}

/// Adds rows as the index has them, `kid:children young;`, to the words by their beginnings.
///
/// Several words are with the last of them, and, if that has three letters or fewer, in the text
/// that this returns: such a word is in every question. `is_rare` tells whether a site has a term
/// almost nowhere: from any other, no reader is led away. Of the forms of a word that the script
/// finds by itself, only the word is there.
pub(super) fn add(
    rows: &[Row<'_>],
    is_rare: impl Fn(u32) -> bool,
    by_beginning: &mut BTreeMap<String, String>,
) -> String {
    let mut several = String::new();
    for Row { typed, meant } in rows {
        let mut forms = BTreeSet::new();
        let mut kept: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
        for (word, _) in typed.iter().filter(|(_, term)| term.is_none_or(&is_rare)) {
            if !forms.contains(*word) {
                let last = word.rsplit_once('_').map_or(*word, |(_, last)| last);
                let in_shard = !word.contains('_') || last.len() > SHORT;
                kept.entry(in_shard.then(|| beginning(last))).or_default().push(word);
                forms.extend(inflected(word));
            }
        }
        for (beginning, words) in kept {
            let text = match beginning {
                Some(beginning) => by_beginning.entry(beginning.to_owned()).or_default(),
                None => &mut several,
            };
            text.extend([&words.join(" "), ":", &meant.join(" "), ";"]);
        }
    }
    several
}

/// Number of letters up to which the last of several words is too common to be looked up:
/// `inPapers` in `meanings.js`.
const SHORT: usize = 3;

/// Forms of a word, or of the first of several, that the script leads back to it: `inflections` in
/// `words.js`.
fn inflected(words: &str) -> impl Iterator<Item = String> + use<'_> {
    let (word, others) = words.split_at(words.find('_').unwrap_or(words.len()));
    let stem = word.strip_suffix('e').unwrap_or(word);
    let (before_y, ends) = word.strip_suffix('y').map_or((word, ""), |before| (before, "y"));
    let regular = ["s", "es", "ed", "ing"].map(|ending| format!("{word}{ending}{others}"));
    let without_e = ["ed", "ing"].map(|ending| format!("{stem}{ending}{others}"));
    let with_i =
        ["ies", "ied"].iter().filter(move |_| ends == "y").map(move |ending| format!("{before_y}{ending}{others}"));
    regular.into_iter().chain(without_e).chain(with_i)
}

/// The lines of the table.
fn lines() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once(": ")).map(|(typed, meant)| (typed, meant.split(' ')))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{TABLE, add, lines, rows};

    #[test]
    fn each_line_has_everyday_words_that_no_other_has() {
        let mut all = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (typed, meant) = line.split_once(": ").expect(line);
            assert!(line.bytes().all(|byte| byte.is_ascii_lowercase() || b" :_".contains(&byte)), "{line}");
            assert!(!meant.is_empty(), "{line}");
            for word in typed.split(' ') {
                // The script looks for no more than three words together.
                assert!(word.split('_').count() <= 3, "{word} is of more than three words");
                assert!(all.insert(word), "{word} is on two lines");
            }
        }
        assert!(lines().count() > 100);
    }

    #[test]
    fn only_rows_that_lead_to_a_word_of_the_site_are_kept() {
        let known = |word: &str| match word {
            "child" => Some((0, "children")),
            "young" => Some((1, "young")),
            "youngster" | "youngsters" => Some((2, "youngster")),
            _ => None,
        };
        let text = |is_rare: &dyn Fn(u32) -> bool| {
            let mut by_beginning = BTreeMap::new();
            add(&rows(known), is_rare, &mut by_beginning) + &by_beginning.into_values().collect::<String>()
        };
        let kept = text(&|_| false);
        let kids = kept.split(';').find(|row| row.starts_with("kid ")).unwrap();
        assert!(kids.ends_with(":children young") && !kids.contains(" youngster") && !kids.contains(" kids"), "{kids}");
        assert!(!kept.contains("funding") && !kept.contains("board"), "{kept}");
        assert!(text(&|_| true).contains("youngster:children young;"));
    }
    #[test]
    fn several_words_are_with_the_last_of_them_unless_it_is_short() {
        let known = |word: &str| {
            ["voice", "care"].iter().position(|one| *one == word).map(|at| (at as u32, ["voice", "care"][at]))
        };
        let mut by_beginning = BTreeMap::new();
        let several = add(&rows(known), |_| false, &mut by_beginning);
        assert!(several.contains("have_a_say has_a_say a_say:voice;") && !several.contains("look_after"), "{several}");
        assert!(by_beginning["af"].contains("look_after:care;"), "{by_beginning:?}");
        assert!(by_beginning.values().all(|text| !text.contains("a_say")), "{by_beginning:?}");
    }
}
