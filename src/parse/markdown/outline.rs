//! The order of a document: its headings, its clauses, what is drawn in, and the blocks that belong
//! to no clause.
//!
//! Takes what is read at the top of the document, outside lists, quotations and notes; gives each
//! block to the clause that it belongs to. Returns the place that the words which follow are in.

use std::ops::Range;

use super::clauses::{ClauseOpener, Clauses};
use super::context::Context;
use super::headings::{OpenHeading, Sections};
use super::labels::Labels;
use super::plan::HeadingNumber;
use crate::arena::Arena;
use crate::document::{Clause, ClauseId, Item, ReferenceId, Section, Within};

/// The order, with what it names.
#[derive(Debug, Default)]
pub struct Outline {
    /// The sections.
    pub sections: Sections,
    /// The clauses.
    pub clauses: Clauses,
    /// The sub-clauses whose labels are at the left edge.
    pub labels: Labels,
    order: Vec<Item>,
}

impl Outline {
    /// Opens a clause; returns its id.
    pub fn open_clause(
        &mut self,
        cx: &Context<'_>,
        opener: ClauseOpener,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        let opener = ClauseOpener { number: self.sections.in_series(opener.number), ..opener };
        let through = opener.through.map(|through| self.sections.in_series(through));
        let clause = self.clauses.open(cx, ClauseOpener { through, ..opener }, self.sections.current(), place, first);
        self.order.push(Item::Clause(clause));
        clause
    }

    /// Opens the clause whose heading has just begun; returns its id.
    pub fn open_heading_clause(
        &mut self,
        cx: &Context<'_>,
        heading: &mut OpenHeading,
        number: HeadingNumber,
        place: Range<usize>,
    ) -> ClauseId {
        let HeadingNumber { number, through, word, length, .. } = number;
        let (number, section) = (self.sections.in_series(number), self.sections.outer());
        let through = through.map(|through| self.sections.in_series(through));
        let opener = ClauseOpener { number, through, word };
        let fragment = opener.number.anchor();
        let clause = self.clauses.open(cx, opener, section, place, 0);
        let (id, terms) = self.sections.make_clause(heading, (clause, fragment), length);
        self.clauses.give_heading(clause, heading.section(), id, terms);
        self.order.push(Item::Clause(clause));
        clause
    }

    /// Returns whether a heading without a number, of this rank, is among the words of the clause
    /// being read: one that is not above the heading of that clause.
    pub fn is_within_clause(&self, rank: u8) -> bool {
        self.clauses.heading().is_some_and(|section| rank >= self.sections.rank(section))
    }

    /// Begins the section of a heading, outside any clause.
    pub fn begin_section(&mut self) -> Within {
        self.clauses.leave();
        self.order.extend(self.sections.current().map(Item::Heading));
        self.section()
    }

    /// Adds what is drawn in: a mention. What follows is in no clause.
    pub fn draw_in(&mut self, reference: Option<ReferenceId>) -> Within {
        self.order.extend(reference.map(Item::DrawIn));
        self.clauses.leave();
        self.section()
    }

    fn section(&self) -> Within {
        self.sections.current().map_or(Within::Document, Within::Section)
    }

    /// Gives a finished block to the clause being read, or lets it be by itself.
    pub fn add_block(&mut self, pieces: Range<usize>) {
        match self.clauses.current() {
            Some(clause) => self.clauses.end(clause, pieces.end),
            None => self.order.push(Item::Block(pieces)),
        }
    }

    /// Returns the order, the sections and the clauses.
    pub fn finish(self) -> (Vec<Item>, Arena<Section>, Arena<Clause>) {
        (self.order, self.sections.finish(), self.clauses.finish())
    }
}
