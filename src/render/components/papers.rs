//! The documents beside a document: those of its group on the home page, in their order.
//!
//! Takes a document; returns the others by the words that cite them, and the one before and after.
//! Documents in no group are a group of their own. A publication of several files counts once.

use std::collections::BTreeSet;

use crate::corpus::{Corpus, EntryId};
use crate::render::context::RenderContext;
use crate::render::view::{Link, PaperLink};

/// The most documents that a page lists.
const MOST: usize = 20;

/// A document among those of its group.
pub struct Papers {
    /// All of the group, itself too; none if they are too many.
    pub papers: Vec<PaperLink>,
    /// Link to the one before.
    pub previous: Option<Link>,
    /// Link to the one after.
    pub next: Option<Link>,
}

/// Returns the documents of the group that a document is in.
pub fn papers(cx: &RenderContext<'_>, at: EntryId) -> Papers {
    let own = cx.corpus.entry(at).resolution.publication.unwrap_or(at);
    let group = group_of(cx.corpus, own);
    let place = group.iter().position(|paper| *paper == own);
    let beside = |index: Option<usize>| {
        let PaperLink { words, url, .. } = link(cx, *group.get(index?)?, own);
        url.is_some().then_some(Link { words, url })
    };
    let previous = beside(place.and_then(|place| place.checked_sub(1)));
    let next = beside(place.and_then(|place| place.checked_add(1)));
    let is_list = (2..=MOST).contains(&group.len()) && place.is_some();
    let papers = if is_list { group.iter().map(|paper| link(cx, *paper, own)).collect() } else { Vec::new() };
    Papers { papers, previous, next }
}

fn link(cx: &RenderContext<'_>, at: EntryId, own: EntryId) -> PaperLink {
    let entry = cx.corpus.entry(at);
    PaperLink {
        words: entry.document.front.short.clone(),
        url: cx.address(&entry.page),
        published: entry.document.front.published.map(|date| cx.strings.date(date)),
        current: at == own,
    }
}

/// The documents of the group of the settings that names a document, or else of those that none
/// names.
fn group_of(corpus: &Corpus, own: EntryId) -> Vec<EntryId> {
    let groups = || corpus.config.navigation.iter();
    let found = groups().map(|group| group.items.iter().filter_map(|item| corpus.find(&item.value)).collect());
    let groups: Vec<Vec<EntryId>> = found.collect();
    if let Some(group) = groups.iter().find(|group| group.contains(&own)) {
        return group.iter().copied().filter(|at| corpus.entry(*at).role.is_paper()).collect();
    }
    let named: BTreeSet<EntryId> = groups.into_iter().flatten().collect();
    let is_file = |at: EntryId| corpus.entry(at).resolution.publication.is_some_and(|first| first != at);
    corpus.papers().map(|(at, _)| at).filter(|at| !named.contains(at) && !is_file(*at)).collect()
}
