//! Words of the program among those of an author: titles of alerts, labels of tables and of marks.
//!
//! Takes the page's context and the document that is written; writes them in the language of the
//! site, and says so where the document is in another.

use super::writer::HtmlWriter;
use crate::corpus::Entry;
use crate::document::{Alert, Element, Piece};
use crate::render::context::RenderContext;
use crate::strings::language::direction;
use crate::strings::phrase;

/// Opens an alert, up to its own words. An editor's note says itself that it is a note.
pub(super) fn open_alert(cx: &RenderContext<'_>, source: &Entry, out: &mut HtmlWriter, alert: Alert, rest: &[Piece]) {
    let (open, title) = match alert {
        Alert::Note => ("<div class=\"alert note\"", cx.say(phrase::AlertNote)),
        Alert::Tip => ("<div class=\"alert tip\"", cx.say(phrase::AlertTip)),
        Alert::Important => ("<div class=\"alert important\"", cx.say(phrase::AlertImportant)),
        Alert::Warning => ("<div class=\"alert warning\"", cx.say(phrase::AlertWarning)),
        Alert::Caution => ("<div class=\"alert caution\"", cx.say(phrase::AlertCaution)),
    };
    out.tag(open);
    out.tag(" role=\"note\">\n");
    if alert == Alert::Note && is_editors_note(cx, rest) {
        return;
    }
    out.tag("<p class=\"alert-title\"");
    language(cx, source, out);
    out.tag(">");
    title.write(out);
    out.tag("</p>\n");
}

/// Whether the words of an alert begin with those that mark a note of the editors.
fn is_editors_note(cx: &RenderContext<'_>, words: &[Piece]) -> bool {
    let straight = |text: &str| text.replace('’', "'");
    let [Piece::Open(Element::Paragraph), Piece::Text(text), ..] = words else { return false };
    straight(text).starts_with(&straight(&cx.text(phrase::SearchEditorsNote)))
}

/// Writes the label of a table, by its number on the page.
pub(super) fn table_label(cx: &RenderContext<'_>, out: &mut HtmlWriter, number: usize) {
    let number = &number.to_string();
    let label = match cx.links.name(cx.page) {
        Some(document) => cx.text(phrase::TableOfLabel { number, document }),
        None => cx.text(phrase::TableLabel { number }),
    };
    out.attribute("aria-label", &label);
}

/// Writes the label of the mark of a note.
pub(super) fn mark_label(cx: &RenderContext<'_>, source: &Entry, out: &mut HtmlWriter, number: usize) {
    language(cx, source, out);
    out.attribute("aria-label", &cx.text(phrase::NotesMarkLabel { number: &number.to_string() }));
}

/// Writes the language of the site in a tag that is open within a document of another language.
fn language(cx: &RenderContext<'_>, source: &Entry, out: &mut HtmlWriter) {
    if cx.language(source).is_some() {
        let language = &cx.corpus.config.language;
        out.attribute("lang", language);
        out.attribute("dir", direction(language));
    }
}

/// Opens an abbreviation, with the words that it stands for.
pub(super) fn open_abbreviation(out: &mut HtmlWriter, title: &str) -> (&'static str, &'static str) {
    out.tag("<abbr");
    out.attribute("title", title);
    (">", "</abbr>")
}
