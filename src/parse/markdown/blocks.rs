//! Blocks: paragraphs, quotations, tables and all else that is not in a line.
//!
//! Takes the start and the end of a block; gives its pieces, and to each clause the blocks that
//! belong to it.

use std::ops::Range;

use super::attributes::{self, NO_HOLDER};
use super::clauses::{Clauses, OpeningWords};
use super::context::Context;
use super::headings;
use super::labels;
use super::nesting::{Holder, Nesting, OpenParagraph, Opened};
use super::outline::Outline;
use super::script::Script;
use super::tables;
use crate::document::{ClauseId, Element, Numbering, Piece, Within, is_first_label, is_next_label};

/// Opens a block about which nothing more need be known at its end.
pub fn open(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, element: Element) {
    let start = script.push_block(cx, Piece::Open(element));
    nesting.push(Opened::Block(start));
}

/// Ends a block that began with the piece `start`.
pub fn close(cx: &Context<'_>, nesting: &Nesting, script: &mut Script, outline: &mut Outline, start: usize) {
    script.push_block(cx, Piece::Close);
    if nesting.at_top() {
        outline.add_block(start..script.position());
    }
}

/// Adds a block of HTML as a paragraph of words.
pub fn add_html(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    (shown, range): (&str, &Range<usize>),
) {
    end_words(cx, nesting, script, outline);
    let start = script.push_block(cx, Piece::Open(Element::Paragraph));
    script.push_apart(shown, range.clone());
    close(cx, nesting, script, outline, start);
}

/// Adds a block that is one piece.
pub fn add(cx: &Context<'_>, nesting: &Nesting, script: &mut Script, outline: &mut Outline, piece: Piece) {
    let at = script.push_block(cx, piece);
    if nesting.at_top() {
        outline.add_block(at..at + 1);
    }
}

/// Opens a paragraph of the document's own, and the clause whose number it begins with.
pub fn open_top_paragraph(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    range: &Range<usize>,
) {
    let (mut number, mut holder) = (0, Holder::Nobody);
    if let Some(OpeningWords { opener, place, length }) = outline.clauses.opener(cx, range) {
        number = length;
        let clause = outline.open_clause(cx, opener, place, script.position());
        holder = Holder::Clause(clause);
        script.enter(Within::Clause(clause));
    }
    tables::head_of_lost_table(cx, range);
    if holder == Holder::Nobody && open_labelled(cx, nesting, script, outline, range) {
        return;
    }
    headings::without_space(cx, range);
    let start = script.push_block(cx, Piece::Open(Element::Paragraph));
    nesting.push(Opened::Paragraph(OpenParagraph {
        start,
        range: range.clone(),
        holder,
        number,
        labelled: false,
        implicit: false,
    }));
}

/// Opens a paragraph of a clause that begins with a label, as a sub-clause. Returns whether it
/// does.
fn open_labelled(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    range: &Range<usize>,
) -> bool {
    let (Some(clause), Some(found)) = (outline.clauses.current(), labels::label_at(cx.source(range))) else {
        return false;
    };
    let numbered = matches!(cx.reading.numbering, Numbering::Decimal | Numbering::Simple | Numbering::Headings);
    if !numbered || !labels::opens_sub_clause(&outline.labels, clause, script.position(), found.label) {
        return false;
    }
    let place = range.start + found.place.start..range.start + found.place.end;
    let Outline { clauses, labels, .. } = outline;
    let start = labels::open(cx, script, clauses, labels, (clause, found.label, place));
    let (holder, range) = (labels.last().map_or(Holder::Nobody, Holder::Clause), range.clone());
    nesting.push(Opened::Paragraph(OpenParagraph {
        start,
        range,
        holder,
        number: found.length,
        labelled: true,
        implicit: false,
    }));
    true
}

/// Ends the paragraph being read at a line that begins with a label, and opens the sub-clause of
/// that label. Returns whether the line does.
pub fn break_at_label(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    line_break: &Range<usize>,
) -> bool {
    let numbered = matches!(cx.reading.numbering, Numbering::Decimal | Numbering::Simple | Numbering::Headings);
    let (Some(clause), true) = (outline.clauses.current(), numbered) else { return false };
    let Some((words, labelled)) = nesting.line_of_clause() else { return false };
    let after = cx.source(&(line_break.end..words.end));
    let indentation = after.len() - after.trim_start_matches([' ', '\t']).len();
    let line = after.trim_start().lines().next().unwrap_or_default();
    let Some(found) = labels::label_at(line) else { return false };
    let label = found.label;
    let before = cx.source(&(words.start..line_break.start));
    // A list whose next line goes on with the next label is one, whatever is before it.
    let next = after.trim_start().split_once('\n').and_then(|(_, rest)| labels::label_at(rest.trim_start()));
    let list = is_first_label(label) && next.is_some_and(|next| is_next_label(label, next.label));
    if !list && !labels::is_label_of_line(&outline.labels, (clause, labelled), before, label) {
        return false;
    }
    let paragraph = nesting.pop_paragraph(false);
    let implicit = paragraph.as_ref().is_none_or(|paragraph| paragraph.implicit);
    match paragraph {
        Some(paragraph) => close_paragraph(cx, nesting, script, outline, &paragraph),
        None => end_words(cx, nesting, script, outline),
    }
    let at = line_break.end + indentation;
    let place = at + found.place.start..at + found.place.end;
    let Outline { clauses, labels, .. } = outline;
    let start = labels::open(cx, script, clauses, labels, (clause, label, place));
    let (holder, range) = (labels.last().map_or(Holder::Nobody, Holder::Clause), at..words.end);
    nesting.push(Opened::Paragraph(OpenParagraph {
        start,
        range,
        holder,
        number: found.length,
        labelled: true,
        implicit,
    }));
    true
}

/// Opens a paragraph inside an item, a quotation or a note.
pub fn open_inner_paragraph(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    range: &Range<usize>,
) {
    let holder = nesting.holder_of_paragraph();
    if holder == Holder::Nobody && nesting.in_clause_item() && open_labelled(cx, nesting, script, outline, range) {
        return;
    }
    let start = script.push_block(cx, Piece::Open(Element::Paragraph));
    nesting.push(Opened::Paragraph(OpenParagraph {
        start,
        range: range.clone(),
        holder,
        number: 0,
        labelled: false,
        implicit: false,
    }));
}

/// Ends a paragraph, after its attributes.
pub fn close_paragraph(
    cx: &Context<'_>,
    nesting: &Nesting,
    script: &mut Script,
    outline: &mut Outline,
    paragraph: &OpenParagraph,
) {
    let clause = nesting.clause_of(paragraph.holder);
    script.cut_start(paragraph.number);
    take_attributes(cx, script, &mut outline.clauses, clause, &paragraph.range);
    if paragraph.labelled {
        script.push_block(cx, Piece::Close);
        let Outline { clauses, labels, .. } = outline;
        labels::close(cx, script, clauses, labels);
        if nesting.at_top() {
            outline.add_block(paragraph.start..script.position());
        }
        return;
    }
    close(cx, nesting, script, outline, paragraph.start);
}

/// Ends the words of an item that are in no paragraph of the parser's, if the item is what is open.
/// Each block that begins in the item does so, and its end.
pub fn end_words(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, outline: &mut Outline) {
    if let Some(paragraph) = nesting.pop_paragraph(true) {
        close_paragraph(cx, nesting, script, outline, &paragraph);
        return;
    }
    let Some((holder, range)) = nesting.end_words() else { return };
    take_attributes(cx, script, &mut outline.clauses, nesting.clause_of(holder), &range);
    // The words of an item that is a clause have been given a paragraph.
    if matches!(holder, Holder::Clause(_)) {
        script.push_block(cx, Piece::Close);
    }
}

/// Takes `{#id .term}` off the end of the words before, and gives them to the clause whose words
/// they are.
fn take_attributes(
    cx: &Context<'_>,
    script: &mut Script,
    clauses: &mut Clauses,
    clause: Option<ClauseId>,
    range: &Range<usize>,
) {
    let Some(Piece::Text(words)) = script.last() else { return };
    let Some((length, place)) = attributes::at_end(cx, words, range) else { return };
    script.cut_words(length);
    match clause {
        Some(clause) => attributes::give(cx, clauses.clause_mut(clause), &place),
        None => cx.add(attributes::malformed(cx.span(&place), cx.source(&place)).help(NO_HOLDER)),
    }
}
