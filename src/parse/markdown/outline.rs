//! The order of a document: its headings, its clauses, what is drawn in, and the blocks that belong to no clause.
//!
//! Takes what is read at the top of the document, outside lists, quotations and notes; gives each block to the clause
//! that it belongs to. Returns the place that the words which follow are in.

use std::ops::Range;

use super::clauses::Clauses;
use super::context::Context;
use super::headings::Sections;
use crate::arena::Arena;
use crate::document::{Clause, ClauseId, Item, Number, ReferenceId, Section, Within};

/// The order, with what it names.
#[derive(Debug, Default)]
pub struct Outline {
    /// The sections.
    pub sections: Sections,
    /// The clauses.
    pub clauses: Clauses,
    order: Vec<Item>,
}

impl Outline {
    /// Opens a clause; returns its id.
    pub fn open_clause(&mut self, cx: &Context<'_>, number: Number, place: Range<usize>, first: usize) -> ClauseId {
        let clause = self.clauses.open(cx, number, self.sections.current(), place, first);
        self.order.push(Item::Clause(clause));
        clause
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
