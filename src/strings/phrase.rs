//! A type for each key of the English catalogue, made when the program is built. Its fields are the
//! words in braces.

/// A key with the words that fill it.
pub trait Phrase {
    /// The key in catalogues.
    const KEY: &'static str;

    /// Returns the number on which the form of a plural depends.
    fn count(&self) -> Option<usize> {
        None
    }

    /// Returns a word in braces.
    fn word(&self, _hole: &str) -> Option<&str> {
        None
    }
}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
