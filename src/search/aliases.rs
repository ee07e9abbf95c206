//! Names for one thing: the long form of an abbreviation, a synonym, the title of an Act.
//!
//! Takes the glossary, its synonyms and the register; gives groups of names, each of which a reader
//! may type and a text may use. Never joins what no author has declared to be one thing.

use super::records::{law_mark, short_titles};
use super::words::words_of;
use crate::corpus::{Corpus, DocumentRole};
use crate::law::AuthorityKind;

/// Source of a group of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AliasOrigin {
    /// A word of the glossary and its abbreviation.
    Glossary,
    /// A row of the glossary's synonyms.
    Synonyms,
    /// A work of the register.
    Law,
}

/// Names for one thing.
#[derive(Clone, Debug)]
pub(super) struct AliasGroup {
    pub(super) origin: AliasOrigin,
    /// Index of the group in its source: the glossary, its synonyms or the register.
    pub(super) place: usize,
    /// The names as words; the first is that of the texts.
    pub(super) names: Vec<Vec<String>>,
    /// The mark under which the index has it; none if its places are to be found by its names.
    pub(super) mark: Option<String>,
}

/// Every group of a site, in the authors' order.
pub(super) fn groups(corpus: &Corpus) -> Vec<AliasGroup> {
    let mut groups = Vec::new();
    for (place, word) in corpus.glossary.words.iter().enumerate() {
        let mut names = vec![words_of(&word.term)];
        if let Some(abbreviation) = &word.abbreviation {
            names.extend([words_of(abbreviation), words_of(&format!("{abbreviation}s"))]);
        }
        // Nothing is gained by a second way to a word that has one name.
        if word.abbreviation.is_some() {
            add(&mut groups, AliasGroup { origin: AliasOrigin::Glossary, place, names, mark: None });
        }
    }
    let glossaries = corpus.entries.iter().filter(|entry| entry.role == DocumentRole::Glossary);
    let synonyms = glossaries.flat_map(|entry| &entry.document.front.synonyms);
    for (place, (name, others)) in synonyms.enumerate() {
        let names = [name].into_iter().chain(others).map(|name| words_of(name)).collect();
        add(&mut groups, AliasGroup { origin: AliasOrigin::Synonyms, place, names, mark: None });
    }
    for (place, cited) in corpus.authorities.iter().enumerate() {
        let authority = &cited.authority;
        let mut names: Vec<Vec<String>> = Vec::new();
        for name in [&authority.title].into_iter().chain(&authority.aliases) {
            let shorter = if matches!(authority.kind, AuthorityKind::Act | AuthorityKind::Bill) {
                short_titles(name)
            } else {
                Vec::new()
            };
            names.extend([name].into_iter().chain(&shorter).map(|name| words_of(name)));
            names.extend(name.strip_prefix("The ").map(words_of));
        }
        let mark = Some(law_mark(&authority.key, ""));
        add(&mut groups, AliasGroup { origin: AliasOrigin::Law, place, names, mark });
    }
    groups
}

/// Adds a group without the names that hold another of its names: where they are, that one is
/// too.
fn add(groups: &mut Vec<AliasGroup>, mut group: AliasGroup) {
    let holds = |long: &[String], short: &[String]| {
        !short.is_empty() && long != short && long.windows(short.len()).any(|run| run == short)
    };
    let all = group.names.clone();
    let mut kept: Vec<Vec<String>> = Vec::new();
    for name in group.names {
        if !name.is_empty() && !kept.contains(&name) && !all.iter().any(|other| holds(&name, other)) {
            kept.push(name);
        }
    }
    group.names = kept;
    if !group.names.is_empty() {
        groups.push(group);
    }
}
