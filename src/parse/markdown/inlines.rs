//! Words and elements in a line.
//!
//! Takes the parser's words with their places; gives pieces. HTML is never kept as HTML: it is
//! shown as text.

use std::ops::Range;

use memchr::memchr2;

use super::attributes::NO_HOLDER;
use super::bare;
use super::blocks;
use super::clauses::{Clauses, number_after_break};
use super::context::Context;
use super::events::Events;
use super::items::{take_bold_label, take_label};
use super::leftovers;
use super::nesting::{Beginning, Nesting, Opened};
use super::outline::Outline;
use super::raw::{self, InlineHtml, report_html};
use super::script::Script;
use crate::diagnostic::Code;
use crate::document::{Element, Piece};
use crate::parse::traps;

/// Begins words, or goes on with them; opens the paragraph of a clause that is an item of a tight
/// list. Returns whether they may begin with a label.
pub fn begin(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script) -> bool {
    let beginning = nesting.begin_words();
    if beginning == Beginning::Paragraph {
        script.push_block(cx, Piece::Open(Element::Paragraph));
    }
    beginning == Beginning::Item
}

/// Opens emphasis in the line, unless it makes an item's label bold and no more.
pub fn open_emphasis(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    clauses: &mut Clauses,
    (element, events): (Element, &mut Events<'_, '_>),
) {
    let first = begin(cx, nesting, script) && element == Element::Strong;
    if first && take_bold_label(cx, nesting, script, clauses, events) {
        return;
    }
    script.push(Piece::Open(element));
    nesting.push(Opened::Inline);
}

/// Opens an element in the line.
pub fn open(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, element: Element) {
    begin(cx, nesting, script);
    script.push(Piece::Open(element));
    nesting.push(Opened::Inline);
}

/// Adds a piece that has no inside to the line.
pub fn add(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, piece: Piece) {
    begin(cx, nesting, script);
    script.push(piece);
}

/// Adds words, without the number of their clause and the label of their item.
pub fn text(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    clauses: &mut Clauses,
    text: &str,
    range: &Range<usize>,
) {
    let labelled = begin(cx, nesting, script);
    let mut words = text;
    if labelled {
        words = take_label(cx, nesting, script, clauses, words, range);
    }
    // Behind a bold label is the gap before the first words.
    if matches!(script.last(), Some(Piece::Open(Element::Item(Some(_)) | Element::Paragraph))) {
        words = words.trim_start();
    }
    report_traps(cx, nesting.in_cell(), range);
    if !words.is_empty() {
        bare::push_words(cx, nesting, script, words, range);
    }
}

/// Reports what Markdown left as words and its author did not mean as such.
fn report_traps(cx: &Context<'_>, in_cell: bool, range: &Range<usize>) {
    let text: &str = &cx.file.text;
    leftovers::report(cx, in_cell, range);
    if memchr2(b'[', b'{', cx.source(range).as_bytes()).is_none() {
        return;
    }
    for (at, label) in traps::undefined_marks(text, range) {
        let here = at..at + label.len() + 3;
        let message = format!("the note `{label}` is not defined");
        let help = format!("write it, on a line of its own: `[^{label}]: …`");
        cx.report(Code::UndefinedFootnote, here, message, &help);
    }
    if !in_cell && let Some(at) = traps::loose_brackets(text, range) {
        let help = "close it with `]]`, on the same line; if the brackets are meant, escape them: `\\[\\[`";
        let message = "this mention is not closed, or names nothing";
        cx.report(Code::MalformedReference, at..at + 2, message, help);
    }
    if let Some(here) = traps::loose_marker(text, range) {
        let marker = cx.source(&here);
        let message = format!("`{marker}` makes no box here, so that its words belong to the text");
        let help = "put `>` and the marker alone on the first line of a block of its own; if it is no marker, escape it: `\\[`";
        cx.report(Code::MisplacedBox, here, message, help);
    }
    for place in traps::attributes_inside(cx.source(range)) {
        let here = range.start + place.start..range.start + place.end;
        // The words behind a backslash begin a piece of their own.
        if traps::is_escaped(text, here.start) {
            continue;
        }
        let message = format!("`{}` is in the middle of a line", cx.source(&here));
        cx.report(Code::MalformedAttributes, here, message, NO_HOLDER);
    }
}

/// Breaks the line, as its author meant if `meant`. A line of a clause that begins with a label is
/// a sub-clause.
pub fn line_break(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    (meant, range): (bool, &Range<usize>),
) {
    if blocks::break_at_label(cx, nesting, script, outline, range) {
        return;
    }
    number_after_break(cx, outline.clauses.current_number(), range);
    if matches!(script.last(), Some(Piece::Open(Element::Paragraph))) {
        // After a number that is alone on its line there is nothing to break.
    } else if meant {
        script.push(Piece::HardBreak);
    } else {
        script.push_words("\n", range);
    }
}

/// Adds HTML as text, but for comments, which are between authors, and for what Markdown has no
/// other way to write.
pub fn html(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    (html, range): (&str, &Range<usize>),
    events: &Events<'_, '_>,
) {
    if html.starts_with("<!--") {
        return;
    }
    match raw::inline(html) {
        Some(InlineHtml::Break) => return add(cx, nesting, script, Piece::HardBreak),
        Some(InlineHtml::Open(element, name)) if events.ends_html(name) => {
            begin(cx, nesting, script);
            script.push(Piece::Open(element));
            return nesting.push(Opened::Html(name));
        }
        Some(InlineHtml::Close(name)) if nesting.in_html(name) => {
            nesting.pop();
            return script.push(Piece::Close);
        }
        _ => {}
    }
    begin(cx, nesting, script);
    // What is opened is reported; what closes it again would be the same fault.
    if !html.starts_with("</") {
        report_html(cx, range.clone());
    }
    script.push_apart(html, range.clone());
}
