//! Lists whose places have a type.
//!
//! Takes values; gives each an id by which it is found without asking whether it is there. An id is
//! made only by pushing a value or by going through a list, so that an id of a clause is no number
//! and no id of a note. Never takes a value out. This is the only file that may index.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

use rayon::prelude::*;

/// The place of a `T` in its arena, and of what tables beside the arena hold about it.
pub struct Id<T> {
    at: u32,
    of: PhantomData<fn() -> T>,
}

/// Values of every `T` of an arena, by its id.
pub struct Table<T, V> {
    values: Vec<V>,
    of: PhantomData<fn() -> T>,
}

/// List that gives each value its id.
pub type Arena<T> = Table<T, T>;

impl<T> Id<T> {
    fn new(at: usize) -> Self {
        // Memory ends long before.
        Id { at: u32::try_from(at).unwrap_or(u32::MAX), of: PhantomData }
    }

    /// Returns the number of values before it.
    pub fn position(self) -> usize {
        self.at as usize
    }

    /// Returns the id before it; none of the first.
    pub fn previous(self) -> Option<Self> {
        Some(Id { at: self.at.checked_sub(1)?, of: PhantomData })
    }

    /// Returns every id from this one to another, both among them.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.at..=last.at).map(|at| Id { at, of: PhantomData })
    }
}

impl<T> Arena<T> {
    /// Adds a value, and returns its id.
    pub fn push(&mut self, value: T) -> Id<T> {
        self.push_with(|_| value)
    }

    /// Adds a value that holds its own id.
    pub fn push_with(&mut self, make: impl FnOnce(Id<T>) -> T) -> Id<T> {
        let id = Id::new(self.values.len());
        self.values.push(make(id));
        id
    }
}

impl<T, V> Table<T, V> {
    /// Returns the table in no more memory than it needs.
    #[must_use]
    pub fn tight(mut self) -> Self {
        self.values.shrink_to_fit();
        self
    }

    /// Returns the number of values.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether an id, which may come from another list of the same kind, has a value here.
    pub fn holds(&self, id: Id<T>) -> bool {
        id.position() < self.values.len()
    }

    /// Returns all ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + Clone + use<T, V> {
        (0..self.values.len()).map(Id::new)
    }

    /// Returns all values, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, V> {
        self.values.iter()
    }

    /// Returns all values to be changed, in order.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, V> {
        self.values.iter_mut()
    }

    /// Returns each value with its id, in order.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &V)> + ExactSizeIterator + Clone {
        self.values.iter().enumerate().map(|(at, value)| (Id::new(at), value))
    }

    /// Returns the id after one; none of the last.
    pub fn next(&self, id: Id<T>) -> Option<Id<T>> {
        let next = id.position() + 1;
        (next < self.values.len()).then(|| Id::new(next))
    }

    /// Returns what comes before an id, in order.
    pub fn before(&self, id: Id<T>) -> impl DoubleEndedIterator<Item = (Id<T>, &V)> {
        self.values.iter().take(id.position()).enumerate().map(|(at, value)| (Id::new(at), value))
    }

    /// Returns what comes after an id, in order.
    pub fn after(&self, id: Id<T>) -> impl Iterator<Item = (Id<T>, &V)> {
        self.values.iter().enumerate().skip(id.position() + 1).map(|(at, value)| (Id::new(at), value))
    }

    /// Returns the values alone.
    pub fn as_slice(&self) -> &[V] {
        &self.values
    }

    /// Returns the id of the first value that fits.
    pub fn find(&self, fits: impl FnMut(&V) -> bool) -> Option<Id<T>> {
        self.values.iter().position(fits).map(Id::new)
    }

    /// Makes a table of the same ids.
    pub fn map<'a, W>(&'a self, mut make: impl FnMut(Id<T>, &'a V) -> W) -> Table<T, W> {
        self.pairs().map(|(id, value)| make(id, value)).collect()
    }
}

impl<T, V: Sync> Table<T, V> {
    /// Returns each value with its id, to be worked on in parallel.
    pub fn par_pairs(&self) -> impl IndexedParallelIterator<Item = (Id<T>, &V)> {
        self.values.par_iter().enumerate().map(|(at, value)| (Id::new(at), value))
    }

    /// Makes a table of the same ids, in parallel.
    pub fn par_map<'a, W: Send>(&'a self, make: impl Fn(Id<T>, &'a V) -> W + Sync + Send) -> Table<T, W> {
        Table { values: self.par_pairs().map(|(id, value)| make(id, value)).collect(), of: PhantomData }
    }
}

impl<T, V> Index<Id<T>> for Table<T, V> {
    type Output = V;

    #[expect(clippy::indexing_slicing, reason = "an id comes from the arena that the table is of")]
    fn index(&self, id: Id<T>) -> &V {
        &self.values[id.position()]
    }
}

impl<T, V> IndexMut<Id<T>> for Table<T, V> {
    #[expect(clippy::indexing_slicing, reason = "an id comes from the arena that the table is of")]
    fn index_mut(&mut self, id: Id<T>) -> &mut V {
        &mut self.values[id.position()]
    }
}

impl<T, V> FromIterator<V> for Table<T, V> {
    fn from_iter<I: IntoIterator<Item = V>>(values: I) -> Self {
        Table { values: values.into_iter().collect(), of: PhantomData }
    }
}

impl<T, V> From<Vec<V>> for Table<T, V> {
    fn from(values: Vec<V>) -> Self {
        Table { values, of: PhantomData }
    }
}

impl<T, V> IntoIterator for Table<T, V> {
    type Item = V;
    type IntoIter = std::vec::IntoIter<V>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, T, V> IntoIterator for &'a Table<T, V> {
    type Item = &'a V;
    type IntoIter = std::slice::Iter<'a, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, V> Default for Table<T, V> {
    fn default() -> Self {
        Table { values: Vec::new(), of: PhantomData }
    }
}

impl<T, V: Clone> Clone for Table<T, V> {
    fn clone(&self) -> Self {
        Table { values: self.values.clone(), of: PhantomData }
    }
}

impl<T, V: fmt::Debug> fmt::Debug for Table<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values.fmt(f)
    }
}

impl<T, V: PartialEq> PartialEq for Table<T, V> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl<T, V: Eq> Eq for Table<T, V> {}

impl<T, V: Hash> Hash for Table<T, V> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.values.hash(to);
    }
}

// What is derived would ask the same of `T`.

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.at.fmt(f)
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.at.hash(to);
    }
}
