//! Pictures of a page or a text: those in its own words, and files beside it.
//!
//! Takes the address of a picture as a page writes it; gives the name of its file beside the text
//! that is made. Nothing is fetched, no path leads out of the folder of the paper, and what does
//! not begin as a picture does is none.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::blocks::{PaperPicture, PaperPlace};
use super::bounds::MOST_PICTURES;
use super::report::{About, Report};
use crate::percent;

/// Returns the bytes of a file by its path from the folder of the paper.
pub type FilesBeside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// The pictures of a paper while it is read.
pub struct PictureShelf<'a> {
    name: &'a str,
    beside: FilesBeside<'a>,
    /// The pictures so far.
    pub pictures: Vec<PaperPicture>,
    /// The file of each path, or of data, that was asked for.
    files: BTreeMap<String, String>,
    left: u64,
}

impl<'a> PictureShelf<'a> {
    /// Makes an empty shelf for a paper of a name.
    pub fn new(name: &'a str, beside: FilesBeside<'a>) -> Self {
        PictureShelf { name, beside, pictures: Vec::new(), files: BTreeMap::new(), left: MOST_PICTURES }
    }

    /// Takes the picture of an address, if it is there, and returns the name of its file.
    pub fn take(&mut self, address: &str) -> Option<String> {
        let data = address.strip_prefix("data:");
        let key = if data.is_some() { address.to_owned() } else { path_of(address)? };
        if let Some(file) = self.files.get(&key) {
            return Some(file.clone());
        }
        let bytes = match data {
            Some(data) => STANDARD.decode(data.split_once(";base64,")?.1.trim()).ok()?,
            None => (self.beside)(&key)?,
        };
        let ending = ending_of(&bytes)?;
        self.left = self.left.checked_sub(bytes.len() as u64)?;
        let file = format!("{}-{}.{ending}", self.name, self.pictures.len() + 1);
        self.pictures.push(PaperPicture { name: file.clone(), bytes });
        self.files.insert(key, file.clone());
        Some(file)
    }
}

/// The path that an address means, if it leads to a file in the folder of the paper or below it.
fn path_of(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let path = percent::decoded(path)?;
    let path = path.trim_start_matches("./");
    let is_sound = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    path.split('/').all(is_sound).then(|| path.to_owned())
}

/// Returns the ending of the file of a picture that browsers show.
pub fn ending_of(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some("jpg")
    } else if bytes.starts_with(b"GIF8") {
        Some("gif")
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("webp")
    } else {
        None
    }
}

/// Reports a picture that is taken. One without words is a doubt.
pub fn tell(report: &mut Report, place: PaperPlace, words: &str) {
    if words.trim().is_empty() {
        report.add(About::Picture, place, "a picture has no words for those who do not see it", words);
    } else {
        report.tell(About::Picture, place, "a picture is beside the text", words);
    }
}
