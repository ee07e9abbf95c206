//! Sub-clauses whose labels are at the left edge: `(a) Text` as a paragraph or a line of a
//! clause.
//!
//! Takes the start of a paragraph or of a line; gives the list and the item that Markdown does not
//! make of it. Labels that follow one another are one list; one that begins anew, such as (i) after
//! (a), is a list inside the item before it.

use std::ops::Range;

use super::clauses::Clauses;
use super::context::Context;
use super::script::Script;
use crate::document::{ClauseId, Element, Piece, Within, is_first_label, is_label, is_next_label};

/// The sub-clauses that are still open at the end of the text, outermost first, and the place where
/// they end.
#[derive(Debug, Default)]
pub struct Labels {
    open: Vec<(String, ClauseId)>,
    /// The clause that they are in.
    clause: Option<ClauseId>,
    /// The piece after their last one.
    end: usize,
}

impl Labels {
    /// Returns the sub-clause whose words were opened last.
    pub fn last(&self) -> Option<ClauseId> {
        self.open.last().map(|(_, sub)| *sub)
    }

    /// Returns the labels that may be gone on with: those after which nothing else has been read.
    fn still_open(&self, clause: ClauseId, position: usize) -> &[(String, ClauseId)] {
        let goes_on = self.clause == Some(clause) && self.end == position;
        if goes_on { &self.open } else { &[] }
    }

    /// Returns the number of lists in which a label goes on, if it does: its own, and those around
    /// it. One more than are open if it begins a list inside the last item; none if it does
    /// neither.
    fn depth(&self, clause: ClauseId, position: usize, label: &str) -> Option<usize> {
        let open = self.still_open(clause, position);
        let next = open.iter().rposition(|(before, _)| is_next_label(before, label));
        next.map(|at| at + 1).or_else(|| is_first_label(label).then_some(open.len() + 1))
    }
}

/// Reads the label at the start of some words: returns it with the bytes that it and the gap behind
/// it take.
pub fn label_at(words: &str) -> Option<(&str, usize)> {
    let (label, rest) = words.strip_prefix('(')?.split_once(')')?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    let sound = is_label(label) && gap > 0 && !rest.trim().is_empty();
    sound.then_some((label, label.len() + 2 + gap))
}

/// Returns whether the label of a line that follows `before` in the same paragraph is one, and not
/// part of a sentence. `labelled` says whether that paragraph has a label itself.
pub fn is_label_of_line(labels: &Labels, (clause, labelled): (ClauseId, bool), before: &str, label: &str) -> bool {
    let before = before.trim_end();
    let stopped =
        before.ends_with([':', ';', '.', ',', '—', '–']) || before.ends_with(" and") || before.ends_with(" or");
    if labelled && labels.open.iter().any(|(last, _)| is_next_label(last, label)) {
        return true;
    }
    let position = if labelled { labels.end } else { usize::MAX };
    stopped && labels.depth(clause, position, label).is_some()
}

/// Opens the item of a label whose bytes are at `place`, with a paragraph in it. Returns the piece
/// that the paragraph is.
pub fn open(
    cx: &Context<'_>,
    script: &mut Script,
    clauses: &mut Clauses,
    labels: &mut Labels,
    (clause, label, place): (ClauseId, &str, Range<usize>),
) -> usize {
    let depth = labels.depth(clause, script.position(), label);
    let mut open = labels.still_open(clause, script.position()).to_vec();
    // A label out of order is still one: `resolve` says that something is left out.
    let depth = depth.unwrap_or(open.len().max(1));
    let new_list = depth > open.len();
    // The ends of the lists that go on are taken back: the innermost that does keeps its items'
    // ends.
    let ends = if new_list { 2 * open.len() } else { 2 * depth - 1 };
    script.take_back(ends);
    open.truncate(depth - 1);
    if new_list {
        script.push_block(cx, Piece::Open(Element::List(None)));
    }
    let item = script.push_block(cx, Piece::Open(Element::Item(None)));
    let parent = open.last().map_or(clause, |(_, sub)| *sub);
    let sub = clauses.open_sub(cx, parent, label, place, item);
    script.make_sub_clause(item, sub);
    open.push((label.to_owned(), sub));
    labels.open = open;
    labels.clause = Some(clause);
    script.push_block(cx, Piece::Open(Element::Paragraph))
}

/// Closes the lists of labels after their paragraph has ended; what follows is in the clause again.
pub fn close(cx: &Context<'_>, script: &mut Script, clauses: &mut Clauses, labels: &mut Labels) {
    for (_, sub) in labels.open.iter().rev() {
        script.push_block(cx, Piece::Close);
        clauses.end(*sub, script.position());
        script.push_block(cx, Piece::Close);
    }
    labels.end = script.position();
    if let Some(clause) = labels.clause {
        script.enter(Within::Clause(clause));
    }
}
