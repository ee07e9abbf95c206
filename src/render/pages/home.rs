//! The home page: the author's own words, and the documents in groups.

use std::collections::BTreeSet;

use crate::corpus::EntryId;
use crate::render::components::body::body;
use crate::render::components::cards::cards;
use crate::render::components::terms::taxonomies;
use crate::render::context::RenderContext;
use crate::render::context::shell::{authorities_link, glossary_link, shell};
use crate::render::strings::{Words, phrase};
use crate::render::view::{GroupView, HomePage};

/// Returns the view of the page, with the words of the document at an entry if there are any.
pub fn view(cx: &RenderContext<'_>, at: Option<EntryId>) -> HomePage {
    let own = at.map(|at| body(cx, at)).unwrap_or_default();
    HomePage {
        shell: shell(cx, &[]),
        items: own.items,
        notes: own.notes,
        groups: groups(cx),
        taxonomies: taxonomies(cx),
        authorities: authorities_link(cx),
        glossary: glossary_link(cx),
    }
}

/// Returns the documents in the settings' groups; those in none are in a last one.
pub fn groups(cx: &RenderContext<'_>) -> Vec<GroupView> {
    let corpus = cx.corpus;
    let mut groups = Vec::new();
    let mut shown = BTreeSet::new();
    for group in &corpus.config.navigation {
        let found: Vec<EntryId> = group.items.iter().filter_map(|item| corpus.find(&item.value)).collect();
        shown.extend(found.iter().copied());
        groups.push(GroupView { title: Words::own(&group.title), documents: cards(cx, found) });
    }
    // The first file of a publication stands for all.
    shown.extend(corpus.entries.iter().flat_map(|entry| entry.resolution.files.iter().skip(1).copied()));
    let others = cards(cx, corpus.papers().map(|(at, _)| at).filter(|at| !shown.contains(at)));
    if !others.is_empty() {
        let title = if groups.is_empty() { cx.say(phrase::HomeDocuments) } else { cx.say(phrase::HomeMore) };
        groups.push(GroupView { title, documents: others });
    }
    groups
}
