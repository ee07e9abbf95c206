//! The order in which a reader comes to the documents: that of the home page, each publication with
//! all of its files.

use std::collections::BTreeSet;

use crate::corpus::{Corpus, EntryId};
use crate::strings::{Strings, Words, phrase};

/// Documents that are together, under a title if they have one.
pub struct ReadingGroup {
    /// The title.
    pub title: Option<Words>,
    /// The documents, by their entries.
    pub entries: Vec<EntryId>,
}

/// Returns the documents of the site in the settings' groups, each once; those in none come last.
pub fn reading_order(corpus: &Corpus, strings: &Strings) -> Vec<ReadingGroup> {
    let mut taken = BTreeSet::new();
    let mut take = |title: Option<Words>, documents: Vec<EntryId>| {
        let files = documents.into_iter().flat_map(|at| with_files(corpus, at));
        ReadingGroup { title, entries: files.filter(|at| taken.insert(*at)).collect() }
    };
    let is_paper = |at: &EntryId| corpus.entry(*at).role.is_paper();
    let mut groups = Vec::new();
    for group in &corpus.config.navigation {
        let items = group.items.iter().filter_map(|item| corpus.find(&item.value));
        groups.push(take(Some(Words::own(&group.title)), items.filter(is_paper).collect()));
    }
    let title = groups.first().map(|_| strings.say(phrase::HomeMore));
    groups.push(take(title, corpus.papers().map(|(at, _)| at).collect()));
    groups.retain(|group| !group.entries.is_empty());
    groups
}

/// Returns a document with the other files of its publication, if it is the first.
pub fn with_files(corpus: &Corpus, at: EntryId) -> Vec<EntryId> {
    let files = &corpus.entry(at).resolution.files;
    if files.is_empty() { vec![at] } else { files.clone() }
}
