//! Lists and their items: those that are clauses, and those that a label makes sub-clauses.
//!
//! Takes the start and the end of a list or an item, and the first words of an item; gives the
//! clauses and sub-clauses that they are. Reports a list that its author did not mean, and a number
//! that is lost in one.

use std::ops::Range;

use super::blocks;
use super::clauses::{ClauseOpener, Clauses, item_number};
use super::context::Context;
use super::events::Events;
use super::nesting::{ItemCount, ItemWords, LazyCount, Nesting, OpenItem, Opened};
use super::outline::Outline;
use super::script::Script;
use crate::date::is_year;
use crate::diagnostic::Code;
use crate::document::{ClauseId, Element, ItemLabels, Numbering, Piece, Within, is_label, nth_label};
use crate::parse::traps;

/// Opens a list, numbered from `first` if it is.
pub fn open_list(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    first: Option<u64>,
    range: &Range<usize>,
) {
    if let Some(paragraph) = nesting.take_last_paragraph()
        && first == Some(1)
    {
        list_inside_paragraph(cx, paragraph, range);
    }
    // Under a clause that a paragraph opened, a list that begins again has its items.
    let begins_again =
        first == Some(1) && cx.reading.items != ItemLabels::List && matches!(script.within(), Within::Clause(_));
    let simple = cx.reading.numbering == Numbering::Simple && nesting.at_top() && !begins_again;
    if simple && item_number(cx, range).is_some() {
        nesting.push(Opened::ClauseList(LazyCount::default()));
        return;
    }
    year_as_list(cx, first, range);
    let of_clause = (nesting.at_top() || nesting.in_clause_item()) && matches!(script.within(), Within::Clause(_));
    match first.filter(|_| of_clause && cx.reading.items != ItemLabels::List) {
        // The labels are printed: the list is one without figures.
        Some(next) => {
            let start = script.push_block(cx, Piece::Open(Element::List(None)));
            nesting.push(Opened::Items(ItemCount { start, next }));
        }
        None => blocks::open(cx, nesting, script, Element::List(first)),
    }
}

/// Reports a list that begins at a year: a sentence that began with it.
fn year_as_list(cx: &Context<'_>, first: Option<u64>, list: &Range<usize>) {
    let Some(year) = first.filter(|first| u32::try_from(*first).is_ok_and(is_year)) else { return };
    let token = cx.source(list).split_whitespace().next().unwrap_or_default();
    let message = format!("`{token}` at the start of this line begins a list at {year}");
    let help = format!("if the line is a sentence, escape the full stop: `{year}\\.`");
    let start = list.start + cx.source(list).len() - cx.source(list).trim_start().len();
    cx.report(Code::YearAsList, start..start + token.len(), message, &help);
}

/// Reports `1.` at the start of a line that goes on with the paragraph above it, and begins a list.
fn list_inside_paragraph(cx: &Context<'_>, paragraph: Range<usize>, list: &Range<usize>) {
    let close = cx.source(&(paragraph.end..list.start)).bytes().all(|b| b" \t>".contains(&b));
    if close && !cx.source(&paragraph).trim_end().ends_with(':') {
        let source = cx.source(list);
        let token = cx.first_word(list);
        let start = list.start + source.len() - source.trim_start().len();
        let message = format!("`{token}` at the start of this line begins a list in the middle of a paragraph");
        let help = "put a blank line before the list; if the line goes on with the sentence, join it to the line above";
        cx.report(Code::ListInsideParagraph, start..start + token.len(), message, help);
    }
}

/// Opens an item, and the clause that it is.
pub fn open_item(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    range: &Range<usize>,
) {
    if nesting.in_clause_list() {
        if let Some((number, length)) = item_number(cx, range) {
            let place = range.start..range.start + length;
            let number = nesting.count_lazily(number);
            let clause = outline.open_clause(cx, ClauseOpener::plain(number), place, script.position());
            script.enter(Within::Clause(clause));
            nesting.push(Opened::ClauseItem { clause, range: range.clone(), words: ItemWords::Awaited });
            return;
        }
        malformed_number(cx, range);
    }
    let piece = script.push_block(cx, Piece::Open(Element::Item(None)));
    if nesting.in_top_list() && cx.reading.numbering == Numbering::Decimal {
        number_in_item(cx, range);
    }
    let outside = script.within();
    let sub = counted_item(cx, nesting, script, &mut outline.clauses, (piece, range));
    nesting.push(Opened::Item(OpenItem { piece, range: range.clone(), sub, words: ItemWords::Awaited, outside }));
}

/// Makes an item of a numbered list the sub-clause that `items` says it is.
fn counted_item(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    clauses: &mut Clauses,
    (piece, range): (usize, &Range<usize>),
) -> Option<ClauseId> {
    let Within::Clause(parent) = script.within() else { return None };
    let count = nesting.list_of_items()?;
    let label = nth_label(count.next, cx.reading.items == ItemLabels::Letters)?;
    count.next = count.next.saturating_add(1);
    let token = cx.source(range).split_whitespace().next().map_or(0, str::len);
    let sub = clauses.open_sub(cx, parent, &label, range.start..range.start + token, piece);
    script.make_sub_clause(piece, sub);
    Some(sub)
}

/// Reports the number of an item among clauses that is none, such as `1234567.`
fn malformed_number(cx: &Context<'_>, item: &Range<usize>) {
    let token = cx.first_word(item);
    let message = format!("`{token}` is not a clause's number");
    let help = "write it with at most six figures";
    cx.report(Code::MalformedNumber, item.start..item.start + token.len(), message, help);
}

fn number_in_item(cx: &Context<'_>, item: &Range<usize>) {
    if let Some((at, number)) = traps::number_in_item(cx.source(item)) {
        let here = item.start + at..item.start + at + number.len();
        let message = format!("{number} is in a list and opens no clause");
        let help = "move it out of the list: begin the paragraph with the number";
        cx.report(Code::MalformedNumber, here, message, help);
    }
}

/// Ends an item, and the sub-clause that it is.
pub fn close_item(cx: &Context<'_>, script: &mut Script, clauses: &mut Clauses, item: OpenItem) {
    script.enter(item.outside);
    script.push_block(cx, Piece::Close);
    if let Some(sub) = item.sub {
        clauses.end(sub, script.position());
    }
}

/// Reads `(a)` at the start of an item's words and makes the item a sub-clause. Returns the words
/// after it.
pub fn take_label<'t>(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    clauses: &mut Clauses,
    words: &'t str,
    range: &Range<usize>,
) -> &'t str {
    let Some((label, length)) = label_of_item(words) else { return words };
    let rest = words.get(length..).unwrap_or_default();
    if matches!(script.within(), Within::Note(_)) || nesting.item().is_some_and(|item| item.sub.is_some()) {
        return words;
    }
    let place = range.start..range.start + length;
    let joined = !rest.is_empty() && !rest.starts_with(char::is_whitespace);
    if joined && !is_label(label) {
        return words;
    }
    if joined {
        let message = format!("no space follows the label ({label})");
        cx.report(Code::MalformedLabel, place, message, "put a space after it");
        return words;
    }
    let (Some(item), Within::Clause(parent)) = (nesting.item(), script.within()) else { return words };
    // "e. coli" and "(or) both" have no label.
    if !(clauses.goes_on_with(parent, label) || words.starts_with('(') && is_label(label)) {
        return words;
    }
    let sub = clauses.open_sub(cx, parent, label, place, item.piece);
    item.sub = Some(sub);
    script.make_sub_clause(item.piece, sub);
    rest.trim_start()
}

/// Reads a bold label, with which an item begins, and makes the item a sub-clause. Takes the events
/// of the label if it does.
pub fn take_bold_label(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    clauses: &mut Clauses,
    events: &mut Events<'_, '_>,
) -> bool {
    let Some((label, range)) = events.words_alone() else { return false };
    let whole = label_of_item(&format!("{label} ")).is_some_and(|(_, length)| length == label.len());
    let taken = whole && take_label(cx, nesting, script, clauses, &format!("{label} "), &range).is_empty();
    if taken {
        events.words_to_end();
    }
    taken
}

/// The label of an item, and the bytes that print it: `(a)`, `a)`, `a.`
fn label_of_item(words: &str) -> Option<(&str, usize)> {
    if let Some((label, _)) = words.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let pair = label.len() == 2 && label.bytes().all(|b| b.is_ascii_alphabetic());
        return (is_label(label) || pair).then_some((label, label.len() + 2));
    }
    let (label, rest) = words.split_at_checked(words.find(['.', ')'])?)?;
    let spaced = rest.get(1..)?.starts_with(char::is_whitespace);
    let letters = label.bytes().all(|b| b.is_ascii_lowercase());
    (spaced && letters && is_label(label)).then_some((label, label.len() + 1))
}
