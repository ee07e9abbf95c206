//! Things that a document mentions by their ids, in the order in which it first does.

use std::collections::BTreeMap;

/// Ids in the order of their first mention, found in the same time however many there are.
#[derive(Debug)]
pub struct Mentioned<I> {
    order: Vec<I>,
    places: BTreeMap<I, usize>,
}

impl<I> Default for Mentioned<I> {
    fn default() -> Self {
        Mentioned { order: Vec::new(), places: BTreeMap::new() }
    }
}

impl<I: Clone + Ord> Mentioned<I> {
    /// Mentions an id, and returns its place among all, from 0.
    pub fn mention(&mut self, id: I) -> usize {
        *self.places.entry(id).or_insert_with_key(|id| {
            self.order.push(id.clone());
            self.order.len() - 1
        })
    }

    /// Returns the place of an id that was mentioned.
    pub fn place(&self, id: &I) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Returns the ids in order.
    pub fn into_order(self) -> Vec<I> {
        self.order
    }
}
