//! Links to the documents beside a document.
//!
//! Takes a document; returns those of its group by the words that cite them, and the one before and
//! after.

use crate::corpus::{EntryId, Neighbours};
use crate::render::context::RenderContext;
use crate::render::view::{Link, PaperLink};

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
    let resolution = &cx.corpus.entry(at).resolution;
    let own = resolution.publication.unwrap_or(at);
    let Neighbours { group, previous, next } = &resolution.neighbours;
    let beside = |paper: EntryId| {
        let PaperLink { words, url, .. } = link(cx, paper, own);
        url.is_some().then_some(Link { words, url })
    };
    Papers {
        papers: group.iter().map(|paper| link(cx, *paper, own)).collect(),
        previous: previous.and_then(beside),
        next: next.and_then(beside),
    }
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
