//! Files that commands make for people and put into the current folder, which may be that of a
//! site.
//!
//! Takes a path; says by what is in the file, and not by its name, whether clausebook made it: a
//! bundle, a book, an edition in one page, a public key. Reads no more of it than that needs.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zip::ZipArchive;

use super::open::open_alone;
use super::zipped::is_bundle;
use crate::book::PACKAGE;
use crate::bundle::MAX_SIGNATURE;
use crate::bundle::signature::VerifyingKey;
use crate::output::MADE_BY;

/// Within so many bytes from its beginning a page says who made it.
const START: u64 = 4 << 10;
/// The most bytes of a book, and of what it says of itself.
const MAX_BOOK: u64 = 1 << 30;
const MAX_PACKAGE: u64 = 16 << 20;

/// Returns whether clausebook made the file at a path.
pub(super) fn is_product(path: &Path) -> bool {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("zip") => is_bundle(path),
        Some("epub") => open_alone(path).and_then(is_book).unwrap_or(false),
        Some("pub") => open_alone(path).is_ok_and(is_public_key),
        Some("html") => open_alone(path).and_then(|file| names_generator(file.take(START))).unwrap_or(false),
        _ => false,
    }
}

/// Returns whether a file is a book that clausebook made.
fn is_book(file: File) -> io::Result<bool> {
    if file.metadata()?.len() > MAX_BOOK {
        return Ok(false);
    }
    let mut book = ZipArchive::new(file).map_err(io::Error::other)?;
    let package = book.by_name(PACKAGE).map_err(io::Error::other)?;
    names_generator(package.take(MAX_PACKAGE))
}

/// Returns whether a file is the public half of a key.
fn is_public_key(file: File) -> bool {
    let mut text = String::new();
    let read = file.take(MAX_SIGNATURE).read_to_string(&mut text);
    read.is_ok() && text.starts_with("untrusted comment:") && VerifyingKey::read(&text).is_some()
}

fn names_generator(mut text: impl Read) -> io::Result<bool> {
    let mut bytes = Vec::new();
    text.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).contains(MADE_BY))
}
