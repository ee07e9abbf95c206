//! The files of an index: scripts named by what they hold.
//!
//! Takes names and contents; gives scripts, each a call with the two. A page from a folder may load
//! nothing but classic scripts. Knows nothing of what is within.

use rayon::prelude::*;

use super::code::json;
use crate::cache::key;

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
        let script = script(&name, data);
        let hash = short_hash(&script);
        self.files.push((format!("{name}-{hash}"), script));
        hash
    }

    /// Adds files named by a letter and their order. Returns the hashes of their names, one after
    /// the other.
    pub(super) fn add_all(&mut self, letter: char, contents: Vec<String>) -> String {
        let made = contents.into_par_iter().enumerate().map(|(at, data)| {
            let name = format!("{}{letter}{at}", self.folder);
            let script = script(&name, &data);
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

/// A script that calls a function of the page with its name and what it holds.
fn script(name: &str, data: &str) -> String {
    ["clausebookShard(", &json(&name), ",", &json(&data), ");\n"].concat()
}

/// The first bits of a hash, in figures and lower-case letters.
fn short_hash(text: &str) -> String {
    let mut value = key(text).bytes().iter().take(8).fold(0, |value, byte| value << 8 | u64::from(*byte));
    let mut name = String::new();
    for _ in 0..HASH {
        name.push(char::from_digit(u32::try_from(value % 36).unwrap_or_default(), 36).unwrap_or('0'));
        value /= 36;
    }
    name
}
