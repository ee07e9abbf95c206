//! Blocks of code and of HTML.
//!
//! Takes their source; gives what is shown of it. Reports the clauses that are lost in them.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::context::Context;
use super::labels::label_at;
use crate::diagnostic::Code;
use crate::document::{Element, Piece, collapse_spaces, is_first_label};
use crate::parse::traps;

/// HTML in a line that Markdown has no other way to write.
#[derive(Debug, PartialEq)]
pub enum InlineHtml {
    /// A line break.
    Break,
    /// The start of an element, with its name.
    Open(Element, &'static str),
    /// The end of an element.
    Close(&'static str),
}

/// Reads a tag that is kept: `<br>`, `<sup>`, `<sub>`, and `<abbr>` with a title, each without
/// anything more.
pub fn inline(tag: &str) -> Option<InlineHtml> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?.trim_end();
    let lower = inner.to_ascii_lowercase();
    Some(match lower.as_str() {
        "br" | "br/" | "br /" => InlineHtml::Break,
        "sup" => InlineHtml::Open(Element::Superscript, "sup"),
        "sub" => InlineHtml::Open(Element::Subscript, "sub"),
        "/sup" => InlineHtml::Close("sup"),
        "/sub" => InlineHtml::Close("sub"),
        "/abbr" => InlineHtml::Close("abbr"),
        _ => {
            lower.strip_prefix("abbr")?.trim_start().strip_prefix("title")?;
            let (_, value) = inner.split_once('=')?;
            let value = value.trim();
            let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote).filter(|v| !v.contains(quote));
            let title = quoted('"').or_else(|| quoted('\''))?;
            // An entity would have to be read.
            let sound = !title.trim().is_empty() && !title.contains('&');
            sound.then(|| InlineHtml::Open(Element::Abbreviation(collapse_spaces(title)), "abbr"))?
        }
    })
}

/// Reports HTML, which is never kept as such.
pub fn report_html(cx: &Context<'_>, range: Range<usize>) {
    let (code, message) = if cx.reading.html_denied {
        (Code::DeniedHtml, "this site takes no HTML")
    } else {
        (Code::RawHtml, "HTML is shown as text")
    };
    cx.report(code, range, message, "write it in Markdown; if the brackets are meant, escape them: `\\<`");
}

/// Returns what is shown of a block of HTML: its source without comments, if anything is left.
pub fn html(cx: &Context<'_>, range: &Range<usize>) -> Option<String> {
    let source = cx.source(range);
    if let Some((at, length)) = traps::number_in_html(source, cx.reading.scheme()) {
        let here = range.start + at..range.start + at + length;
        let help = "put a blank line between the HTML or comment and the clause";
        cx.report(Code::NumberAfterHtml, here, "what is in the same block as HTML opens no clause", help);
        return None;
    }
    let shown = traps::without_comments(source).trim().to_owned();
    // A break between blocks parts what is parted already.
    if shown.split_whitespace().all(|tag| inline(tag) == Some(InlineHtml::Break)) {
        return None;
    }
    report_html(cx, range.start..range.start + source.lines().next().map_or(0, str::len));
    Some(shown)
}

/// Returns the piece that a block of code is, in the language that its author named.
pub fn code(cx: &Context<'_>, kind: &CodeBlockKind<'_>, code: String, range: &Range<usize>) -> Piece {
    let language = match kind {
        CodeBlockKind::Fenced(info) => {
            number_in_open_fence(cx, range);
            info.split_once([' ', ',', '{']).map_or(&**info, |(first, _)| first)
        }
        CodeBlockKind::Indented => {
            number_in_indented_code(cx, &code, range);
            ""
        }
    };
    Piece::CodeBlock(language.into(), code.into())
}

fn number_in_indented_code(cx: &Context<'_>, code: &str, range: &Range<usize>) {
    let line = code.trim_start().lines().next().unwrap_or_default();
    if traps::opens_clause(line, cx.reading.scheme()) {
        let token = line.split_whitespace().next().unwrap_or_default();
        let here = cx.find(range, token).unwrap_or(range.start..range.start);
        let message = format!("four spaces before {token} make code of this paragraph");
        cx.report(Code::NumberInCode, here, message, "begin the line with the number");
    } else if let Some(label) = label_at(line).map(|found| found.label).filter(|label| is_first_label(label)) {
        let written = format!("({label})");
        let here = cx.find(range, &written).unwrap_or(range.start..range.start);
        let message = format!("four spaces before {written} make code of this paragraph");
        cx.report(Code::NumberInCode, here, message, "begin the line with the label, or make it an item: `- (a)`");
    }
}

/// Reports the first clause in a block of code whose fence is never closed, so that every clause
/// that follows is in it.
fn number_in_open_fence(cx: &Context<'_>, range: &Range<usize>) {
    let source = cx.source(range);
    let fence: String = source.chars().take_while(|c| matches!(c, '`' | '~')).collect();
    let closes = |line: &str| line.trim_start_matches([' ', '>']).starts_with(&fence);
    let (opening, code) = source.split_once('\n').unwrap_or((source, ""));
    if code.lines().next_back().is_some_and(closes) {
        return;
    }
    if let Some((at, number)) = traps::first_opener(code, cx.reading.scheme()) {
        let start = range.start + opening.len() + 1 + at;
        let message = format!("{number} is in code, since the fence above it is never closed");
        let help = format!("close the code with a line `{fence}`");
        cx.report(Code::NumberInCode, start..start + number.len(), message, &help);
    }
}
