//! A cache whose keys are hashes of all that its values are made from.
//!
//! Takes a key and how the value is made; gives the value. Knows nothing of what depends on what:
//! whatever changes, its key does.

use std::collections::HashMap;
use std::hash::Hasher;
use std::sync::Mutex;

use crate::source::Key;

/// Values from one build to the next. By default nothing is kept.
#[derive(Debug)]
pub struct Cache<V> {
    keeps: bool,
    known: HashMap<Key, V>,
    /// The values that this build asked for.
    used: Mutex<HashMap<Key, V>>,
}

impl<V> Default for Cache<V> {
    fn default() -> Self {
        Cache { keeps: false, known: HashMap::new(), used: Mutex::default() }
    }
}

impl<V: Clone> Cache<V> {
    /// A cache that keeps what it is given.
    pub fn keeping() -> Self {
        Cache { keeps: true, ..Cache::default() }
    }

    /// Whether it keeps anything, so that keys are worth making.
    pub fn keeps(&self) -> bool {
        self.keeps
    }

    /// The value of a key, made if it is not known. Only what is `Ok` is kept.
    pub fn get<E>(&self, key: impl FnOnce() -> Key, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if !self.keeps {
            return make();
        }
        let key = key();
        let value = match self.known.get(&key) {
            Some(value) => value.clone(),
            None => make()?,
        };
        if let Ok(mut used) = self.used.lock() {
            used.insert(key, value.clone());
        }
        Ok(value)
    }

    /// Ends a build: what it did not ask for is dropped.
    pub fn turn(&mut self) {
        if let Ok(used) = self.used.get_mut() {
            self.known = std::mem::take(used);
        }
    }

    /// Ends a build that did not ask for all that the next will: nothing is dropped.
    pub fn grow(&mut self) {
        if let Ok(used) = self.used.get_mut() {
            self.known.extend(used.drain());
        }
    }
}

/// Takes in the parts of a key; a [`Hasher`], so that whatever can be hashed can be part of one.
#[derive(Default)]
pub struct Digest(blake3::Hasher);

impl Digest {
    /// The key of all that was taken in.
    pub fn key(self) -> Key {
        Key::from(*self.0.finalize().as_bytes())
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Not asked for: a key has more bits.
    fn finish(&self) -> u64 {
        0
    }
}

/// The key of one value that can be hashed, such as a tuple of its parts.
pub fn key(parts: impl std::hash::Hash) -> Key {
    let mut digest = Digest::default();
    parts.hash(&mut digest);
    digest.key()
}
