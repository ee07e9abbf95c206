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
use crate::document::{ClauseId, Element, Piece, Within, is_first_label, is_inserted_label, is_label, is_next_label};

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
        let follows = |before: &str| is_next_label(before, label) || is_inserted_label(before, label);
        let next = open.iter().rposition(|(before, _)| follows(before));
        next.map(|at| at + 1).or_else(|| is_first_label(label).then_some(open.len() + 1))
    }
}

/// A label at the start of some words.
#[derive(Clone, Debug)]
pub struct PrintedLabel<'t> {
    /// The label without its brackets.
    pub label: &'t str,
    /// Bytes of the words that print it, with its brackets.
    pub place: Range<usize>,
    /// Bytes of what is printed of it, with the gap behind it, where emphasis has no signs.
    pub length: usize,
}

/// Reads the label at the start of some words: `(a)`, also in bold. What has the form of one
/// only after another label, such as (ab), is for the caller to judge.
pub fn label_at(words: &str) -> Option<PrintedLabel<'_>> {
    let marks = ["**", "__"].into_iter().find(|marks| words.starts_with(marks)).unwrap_or_default();
    let (label, rest) = words.strip_prefix(marks)?.strip_prefix('(')?.split_once(')')?;
    let rest = rest.strip_prefix(marks)?;
    let gap = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    let pair = label.len() == 2 && label.bytes().all(|b| b.is_ascii_alphabetic());
    let sound = (is_label(label) || pair) && gap > 0 && !rest.trim().is_empty();
    let place = marks.len()..marks.len() + label.len() + 2;
    sound.then_some(PrintedLabel { label, length: place.len() + gap, place })
}

/// Returns whether a label opens a sub-clause of this clause here: whether it is one by itself, or
/// goes on with the last of them.
pub fn opens_sub_clause(labels: &Labels, clause: ClauseId, position: usize, label: &str) -> bool {
    is_label(label) || labels.depth(clause, position, label).is_some()
}

/// Returns whether the label of a line that follows `before` in the same paragraph is one, and not
/// part of a sentence. `labelled` says whether that paragraph has a label itself.
pub fn is_label_of_line(labels: &Labels, (clause, labelled): (ClauseId, bool), before: &str, label: &str) -> bool {
    let before = before.trim_end();
    let stopped =
        before.ends_with([':', ';', '.', ',', '—', '–']) || before.ends_with(" and") || before.ends_with(" or");
    let follows = |last: &str| is_next_label(last, label) || is_inserted_label(last, label);
    if labelled && labels.open.iter().any(|(last, _)| follows(last)) {
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
