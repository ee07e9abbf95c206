//! The documents beside each document: those of its group on the home page, in their order.
//!
//! Takes the documents and the settings' groups; returns for each document the others of its group.
//! Documents in no group are a group of their own. A publication of several files counts once, by
//! its first, and each of its files has what that has.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Documents, SharedNumbering};
use crate::arena::Table;
use crate::config::Config;
use crate::corpus::{Entry, EntryId, Neighbours};

/// The most documents of a group that each of them lists.
const MOST: usize = 20;

/// Returns the neighbours of each document.
pub(super) fn neighbours(
    documents: &Documents,
    numberings: &Table<Entry, SharedNumbering>,
    config: &Config,
    by_id: &HashMap<String, EntryId>,
) -> Table<Entry, Neighbours> {
    let is_paper = |at: &EntryId| documents[*at].role.is_paper();
    let mut named = documents.map(|_, _| false);
    let mut groups: Vec<Vec<EntryId>> = Vec::new();
    for group in &config.navigation {
        let items: Vec<EntryId> = group.items.iter().filter_map(|item| by_id.get(&item.value).copied()).collect();
        items.iter().for_each(|at| named[*at] = true);
        groups.push(items.into_iter().filter(is_paper).collect());
    }
    let is_alone = |at: &EntryId| !named[*at] && whole(numberings, *at) == *at;
    groups.push(documents.pairs().map(|(at, _)| at).filter(is_paper).filter(is_alone).collect());
    let mut found: Table<Entry, Option<Neighbours>> = documents.map(|_, _| None);
    for group in &groups {
        let list: Arc<[EntryId]> =
            if (2..=MOST).contains(&group.len()) { group.as_slice().into() } else { Arc::default() };
        let before = std::iter::once(None).chain(group.iter().copied().map(Some));
        let after = group.iter().skip(1).copied().map(Some).chain([None]);
        for ((at, previous), next) in group.iter().zip(before).zip(after) {
            found[*at].get_or_insert(Neighbours { group: list.clone(), previous, next });
        }
    }
    documents.map(|at, _| found[whole(numberings, at)].clone().unwrap_or_default())
}

/// The first file of the publication that a document is in, or itself.
fn whole(numberings: &Table<Entry, SharedNumbering>, at: EntryId) -> EntryId {
    let SharedNumbering { files, is_shared } = &numberings[at];
    files.first().copied().filter(|_| *is_shared).unwrap_or(at)
}
