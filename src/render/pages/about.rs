//! The page about this copy.

use crate::corpus::EntryId;
use crate::render::components::body::body;
use crate::render::components::contents::contents;
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{AboutPage, ContentsLine};
use crate::strings::{Words, phrase};

/// The level of the headings of the theme's own sections.
const LEVEL: u8 = 2;

/// Returns the view of the page, with the author's own words if there are any: those of the
/// document at an entry.
pub fn view(cx: &RenderContext<'_>, at: Option<EntryId>) -> AboutPage {
    let entry = at.map(|at| cx.corpus.entry(at));
    let title = entry.map_or_else(|| cx.say(phrase::AboutTitle), |entry| Words::own(&entry.document.front.title));
    let own = at.map(|at| body(cx, at)).unwrap_or_default();
    AboutPage {
        shell: shell(cx, &[title.text()]),
        title,
        contents: entry.map(|entry| with_own_sections(cx, contents(cx, entry))).unwrap_or_default(),
        items: own.items,
        notes: own.notes,
    }
}

/// The author's headings, then those of the sections that every such page has.
fn with_own_sections(cx: &RenderContext<'_>, mut lines: Vec<ContentsLine>) -> Vec<ContentsLine> {
    let own = [("#Files", cx.say(phrase::AboutFiles)), ("#Accessibility", cx.say(phrase::AboutAccessibility))];
    lines.extend(own.map(|(url, title)| ContentsLine {
        level: LEVEL,
        title: title.text().to_owned(),
        url: url.to_owned(),
        clauses: None,
        facilitator: false,
        inner: Vec::new(),
    }));
    lines
}
