//! The page about this copy.

use crate::corpus::EntryId;
use crate::render::components::body::body;
use crate::render::components::contents::contents;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::AboutPage;
use crate::strings::{Words, phrase};

/// Returns the view of the page, with the author's own words if there are any: those of the
/// document at an entry.
pub fn view(cx: &RenderContext<'_>, at: Option<EntryId>) -> AboutPage {
    let entry = at.map(|at| cx.corpus.entry(at));
    let title = entry.map_or_else(|| cx.say(phrase::AboutTitle), |entry| Words::own(&entry.document.front.title));
    let own = at.map(|at| body(cx, at)).unwrap_or_default();
    AboutPage {
        shell: shell(cx, &[title.text()]),
        title,
        contents: entry.map(|entry| contents(cx, entry)).unwrap_or_default(),
        items: own.items,
        notes: own.notes,
    }
}
