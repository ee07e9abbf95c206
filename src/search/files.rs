//! The files of an index: scripts named by what they hold.
//!
//! Takes names and contents; gives scripts, each a call with the two. A page from a folder may load
//! nothing but classic scripts. Knows nothing of what is within, which is a text or JSON.

use rayon::prelude::*;
use serde::Serialize;

use super::code::json;
use crate::cache::key;

/// The script of a value that is not part of an index.
pub(super) fn script_of(name: &str, value: &impl Serialize) -> String {
    script(name, &json(value))
}

/// Number of characters at the end of a file's name that are a hash of its contents.
pub(super) const HASH: usize = 5;

/// The files of an index in the making, in a folder.
pub(super) struct FileWriter<'a> {
    /// Path of the folder below that of all indexes, with its slash.
    pub(super) folder: &'a str,
    /// Every file so far: its name, and the script that it is.
    pub(super) files: Vec<(String, String)>,
}

impl FileWriter<'_> {
    /// Adds a file and returns the hash at the end of its name.
    pub(super) fn add(&mut self, name: &str, data: &str) -> String {
        let name = format!("{}{name}", self.folder);
        let script = script(&name, &json(&data));
        let hash = short_hash(&script);
        self.files.push((format!("{name}-{hash}"), script));
        hash
    }

    /// Adds files named by a letter and their order. Returns the hashes of their names, one after
    /// the other.
    pub(super) fn add_all(&mut self, letter: char, contents: Vec<String>) -> String {
        self.add_values(letter, contents.into_par_iter().map(|data| json(&data)))
    }

    /// Adds files of values in JSON, which a script may hold as they are.
    pub(super) fn add_values(&mut self, letter: char, values: impl IndexedParallelIterator<Item = String>) -> String {
        let made = values.enumerate().map(|(at, value)| {
            let name = format!("{}{letter}{at}", self.folder);
            let script = script(&name, &value);
            (name, short_hash(&script), script)
        });
        let mut hashes = String::new();
        for (name, hash, script) in made.collect::<Vec<_>>() {
            hashes.push_str(&hash);
            self.files.push((format!("{name}-{hash}"), script));
        }
        hashes
    }
}

/// A script that calls a function of the page with its name and what it holds, in JSON.
fn script(name: &str, value: &str) -> String {
    ["clausebookShard(", &json(&name), ",", value, ");\n"].concat()
}

/// The first bits of a key, in figures and lower-case letters.
fn short_hash(text: &str) -> String {
    let mut value = key(text).bytes().iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte));
    let mut name = String::new();
    for _ in 0..HASH {
        name.push(char::from_digit(u32::try_from(value % 36).unwrap_or_default(), 36).unwrap_or('0'));
        value /= 36;
    }
    name
}
