//! Blocks: paragraphs, quotations, tables and all else that is not in a line.
//!
//! Takes the start and the end of a block; gives its pieces, and to each clause the blocks that belong to it.

use std::ops::Range;

use super::attributes::{self, NO_HOLDER};
use super::clauses::{Clauses, paragraph_with_label};
use super::context::Context;
use super::headings;
use super::nesting::{Holder, Nesting, OpenParagraph, Opened};
use super::outline::Outline;
use super::script::Script;
use super::tables;
use crate::document::{ClauseId, Element, Piece, Within};

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
    let mut number = 0..0;
    let mut holder = Holder::Nobody;
    if let Some((opener, length)) = outline.clauses.opener(cx, range) {
        number = range.start..range.start + length;
        let clause = outline.open_clause(cx, opener, number.clone(), script.position());
        holder = Holder::Clause(clause);
        script.enter(Within::Clause(clause));
    }
    tables::head_of_lost_table(cx, range);
    if holder == Holder::Nobody && outline.clauses.current().is_some() {
        paragraph_with_label(cx, range);
    }
    headings::without_space(cx, range);
    let start = script.push_block(cx, Piece::Open(Element::Paragraph));
    nesting.push(Opened::Paragraph(OpenParagraph { start, range: range.clone(), holder, number }));
}

/// Opens a paragraph inside an item, a quotation or a note.
pub fn open_inner_paragraph(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, range: &Range<usize>) {
    let start = script.push_block(cx, Piece::Open(Element::Paragraph));
    let holder = nesting.holder_of_paragraph();
    nesting.push(Opened::Paragraph(OpenParagraph { start, range: range.clone(), holder, number: 0..0 }));
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
    take_attributes(cx, script, &mut outline.clauses, clause, &paragraph.range);
    close(cx, nesting, script, outline, paragraph.start);
}

/// Ends the words of an item that are in no paragraph of the parser's, if the item is what is open. Each block that begins
/// in the item does so, and its end.
pub fn end_words(cx: &Context<'_>, nesting: &mut Nesting, script: &mut Script, clauses: &mut Clauses) {
    let Some((holder, range)) = nesting.end_words() else { return };
    take_attributes(cx, script, clauses, nesting.clause_of(holder), &range);
    // The words of an item that is a clause have been given a paragraph.
    if matches!(holder, Holder::Clause(_)) {
        script.push_block(cx, Piece::Close);
    }
}

/// Takes `{#id .term}` off the end of the words before, and gives them to the clause whose words they are.
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
