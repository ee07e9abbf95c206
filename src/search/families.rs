//! Families of words: "resolve" and "resolution", which no stemmer takes for forms of one.
//!
//! Takes the words of a site; gives the members of families that lead to one of them. Leads neither
//! to a word that the site does not have, nor away from one that it often has.

use std::collections::{BTreeMap, BTreeSet};

use super::words::beginning;

/// The table: on each line a word and others of its family, which share three letters with it.
/// Made by the test `make_the_table` below.
const TABLE: &str = include_str!("families.txt");

/// A member of a family that a reader may type, and the word of the site that it leads to.
#[derive(Debug)]
pub(super) struct FamilyMember<'a> {
    typed: &'static str,
    /// The term of what is typed, if the site has that too.
    term: Option<u32>,
    word: &'a str,
}

/// Returns the members of families that lead to words of a site. `known` gives the term of a word,
/// and the form of it that the site has.
pub(super) fn members<'w>(known: impl Fn(&str) -> Option<(u32, &'w str)>) -> Vec<FamilyMember<'w>> {
    let mut members = Vec::new();
    for (one, other) in pairs() {
        let (of_one, of_other) = (known(one), known(other));
        for (typed, own, meant) in [(one, of_one, of_other), (other, of_other, of_one)] {
            let term = own.map(|(term, _)| term);
            if let Some((_, word)) = meant.filter(|(meant, _)| term != Some(*meant)) {
                members.push(FamilyMember { typed, term, word });
            }
        }
    }
    members
}

/// Adds members as the index has them, `resolution 5ve;`, to the words by their beginnings.
///
/// Each is how many letters of the word it lacks at the end, a digit to the base of 36, and what it
/// has there. `is_rare` tells whether a site has a term almost nowhere: from any other, no reader
/// is led away.
pub(super) fn add(
    members: &[FamilyMember<'_>],
    is_rare: impl Fn(u32) -> bool,
    by_beginning: &mut BTreeMap<String, String>,
) {
    let mut families: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for FamilyMember { typed, word, .. } in members.iter().filter(|member| member.term.is_none_or(&is_rare)) {
        families.entry(word).or_default().insert(typed);
    }
    for (word, members) in families {
        let text = by_beginning.entry(beginning(word).to_owned()).or_default();
        text.push_str(word);
        for member in members {
            let shared = word.chars().zip(member.chars()).take_while(|(a, b)| a == b).count();
            let lacking = u32::try_from(word.chars().count() - shared).ok();
            if let Some(lacking) = lacking.and_then(|lacking| char::from_digit(lacking, 36)) {
                text.extend([' ', lacking].into_iter().chain(member.chars().skip(shared)));
            }
        }
        text.push(';');
    }
}

/// The pairs of the table.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let mut words = line.split(' ');
        let first = words.next().unwrap_or_default();
        words.map(move |other| (first, other))
    })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "one of the tests reads WordNet and writes the table")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fmt::Write as _;
    use std::path::Path;
    use std::{env, fs};

    use super::super::words::Stems;
    use super::{add, members, pairs};

    /// Whether two words share three letters at their beginning.
    fn share_a_beginning(one: &str, other: &str) -> bool {
        one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count() >= 3
    }

    #[test]
    fn words_of_a_family_are_no_forms_of_one() {
        let stems = Stems::new("en");
        let all: BTreeSet<_> = pairs().collect();
        for pair in [("resolution", "resolve"), ("decide", "decision"), ("analyze", "analysis")] {
            assert!(all.contains(&pair) || all.contains(&(pair.1, pair.0)), "{pair:?}");
        }
        for (one, other) in &all {
            assert!(share_a_beginning(one, other) && stems.key(one) != stems.key(other), "{one} {other}");
        }
        assert!(all.len() > 1000, "{}", all.len());
    }

    #[test]
    fn a_family_leads_to_words_of_the_site_from_what_it_seldom_has() {
        let known = |word: &str| match word {
            "resolution" => Some((0, "resolution")),
            "decide" => Some((1, "decided")),
            "decision" => Some((2, "decisions")),
            _ => None,
        };
        let members = members(known);
        let text = |is_rare: &dyn Fn(u32) -> bool| {
            let mut by_beginning = BTreeMap::new();
            add(&members, is_rare, &mut by_beginning);
            by_beginning.into_values().collect::<String>()
        };
        let kept = text(&|_| false);
        assert!(kept == "decided 3sive;resolution 5ve;", "{kept}");
        let kept = text(&|term| term == 2);
        assert!(kept.starts_with("decided 3sion 3sive;") && !kept.contains("decisions "), "{kept}");
    }

    /// `WORDNET=FOLDER WORDS=FOLDER cargo test --lib make_the_table -- --ignored`, with the files of
    /// WordNet 3.0 and Debian's small lists of words.
    #[test]
    #[ignore = "it writes the table"]
    fn make_the_table() {
        let folder = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
        let (words, wordnet) = (folder("WORDS", "/usr/share/dict"), folder("WORDNET", "/usr/share/wordnet"));
        let lists = ["american-english-small", "british-english-small"];
        let lists = lists.map(|list| fs::read_to_string(Path::new(&words).join(list)).unwrap());
        let common: BTreeSet<&str> = lists.iter().flat_map(|list| list.lines()).collect();
        // Each set of synonyms: its lemmas, and those of other sets from which a lemma derives.
        let mut sets = BTreeMap::new();
        for (part, letter) in [("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")] {
            let data = fs::read(Path::new(&wordnet).join(format!("data.{part}"))).unwrap();
            for line in String::from_utf8_lossy(&data).lines().filter(|line| !line.starts_with("  ")) {
                let fields: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
                let count = usize::from_str_radix(&fields[3], 16).unwrap();
                let lemmas: Vec<String> =
                    (0..count).map(|n| fields[4 + 2 * n].split('(').next().unwrap().to_owned()).collect();
                let links = fields[5 + 2 * count..].chunks(4).take(fields[4 + 2 * count].parse().unwrap());
                let derived = links.filter(|link| ["+", "\\"].contains(&link[0].as_str()));
                let links: Vec<_> = derived
                    .map(|link| {
                        let (from, to) = link[3].split_at(2);
                        let number = |hex: &str| usize::from_str_radix(hex, 16).unwrap();
                        ((link[2].replace('s', "a"), link[1].clone()), number(from), number(to))
                    })
                    .collect();
                sets.insert((letter.to_owned(), fields[0].clone()), (lemmas, links));
            }
        }
        let stems = Stems::new("en");
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (lemmas, links) in sets.values() {
            for (to, from, at) in links {
                let (Some(one), Some((others, _))) = (lemmas.get(from.wrapping_sub(1)), sets.get(to)) else { continue };
                let Some(other) = others.get(at.wrapping_sub(1)) else { continue };
                let is_common = |word: &str| common.contains(word) && word.bytes().all(|b| b.is_ascii_lowercase());
                let apart = share_a_beginning(one, other) && stems.key(one) != stems.key(other);
                if one < other && is_common(one) && is_common(other) && apart {
                    found.entry(one).or_default().insert(other);
                }
            }
        }
        let header = super::TABLE.split_inclusive('\n').take_while(|line| line.starts_with('#'));
        let mut table: String = header.collect();
        for (word, family) in found {
            writeln!(table, "{word} {}", family.into_iter().collect::<Vec<_>>().join(" ")).unwrap();
        }
        fs::write("src/search/families.txt", table).unwrap();
    }
}
