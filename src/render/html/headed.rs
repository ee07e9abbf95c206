//! Clauses that have a heading of their own, and those that have several numbers.

use super::{HtmlWriter, PageState, words};
use crate::corpus::EntryId;
use crate::document::Clause;

/// Returns the words of a clause, after its own heading if it has one. Words of the glossary lead
/// there at their first use.
pub fn clause_words(state: &mut PageState<'_>, entry: EntryId, clause: &Clause) -> String {
    let cx = state.cx;
    let source = cx.corpus.entry(entry);
    let mut out = HtmlWriter::default();
    for further in clause.further_numbers() {
        let id = cx.id(&state.id_among(source, &further.anchor()));
        if state.ids.insert(id.clone()) {
            out.tag("<span");
            out.attribute("id", &id);
            out.tag("></span>");
        }
    }
    let heading = clause.heading.map(|heading| &source.document.sections[heading]);
    let heading = heading.filter(|section| !section.title.is_empty());
    let title = heading.map(|section| words(state, entry, &section.heading, false));
    if let (Some(section), Some(title)) = (heading, title) {
        let (open, close) = heading_tags(section.level);
        out.tag(open);
        out.attribute("class", "title");
        out.tag(">");
        let out = out.finish() + &title + close;
        return out + &words(state, entry, &clause.body, true);
    }
    out.finish() + &words(state, entry, &clause.body, true)
}

/// The tags of a heading of this level, the first of them still open; no rank is that of the page's
/// own title.
pub(super) fn heading_tags(level: u8) -> (&'static str, &'static str) {
    match level {
        ..=2 => ("<h2", "</h2>\n"),
        3 => ("<h3", "</h3>\n"),
        4 => ("<h4", "</h4>\n"),
        5 => ("<h5", "</h5>\n"),
        _ => ("<h6", "</h6>\n"),
    }
}
