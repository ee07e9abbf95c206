//! Papers that were not written for clausebook, as texts that it reads.
//!
//! Takes the bytes of a file; gives one Markdown text, the pictures that are beside it, and a
//! report of every doubt. A reader for each format makes one list of blocks ([`blocks`]), and one
//! pass (`pass`) makes clauses of it, which `write` prints. Reads and writes no file, and trusts
//! nothing that a file says of itself.

pub mod blocks;
pub mod bounds;
mod docx;
mod html;
mod inline;
mod markdown;
mod pass;
mod pictures;
mod printed;
pub mod report;
mod rising;
mod sentences;
mod survey;
mod text;
mod write;

use std::borrow::Cow;

use crate::document::slug_of;
use crate::output::OutPath;
use blocks::{PaperPicture, PaperPlace};
pub use pictures::FilesBeside;
use pictures::PictureShelf;
pub use printed::with_type;
use report::{About, Report};
pub use survey::{Seen, survey};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperFormat {
    /// A document of Word.
    Docx,
    /// A page of the web.
    Html,
    /// Markdown.
    Markdown,
    /// A plain text.
    Text,
    /// Text that `pdftotext -layout` prints of a PDF, with the signs of its type if this is known.
    Layout,
}

/// Text, pictures and report that were made of a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The text, with its front matter.
    pub text: String,
    /// The pictures beside it.
    pub pictures: Vec<PaperPicture>,
    /// The report.
    pub report: Report,
}

/// The reason why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// One sentence, without a full stop, that does not name the file.
    pub message: String,
    /// Advice, if there is some.
    pub help: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Refusal { message: message.into(), help: help.into() }
    }
}

/// Makes a text of the bytes of a file that has no other beside it.
///
/// # Errors
///
/// If the bytes are not of the format, or more than a reader takes.
pub fn import(format: PaperFormat, name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    import_with(format, name, bytes, &|_| None)
}

/// Makes a text of the bytes of a file. `name` is that of the file without its ending, which
/// pictures and a paper without a title are named after. `beside` reads the pictures that a page or
/// a text shows.
///
/// # Errors
///
/// If the bytes are not of the format, or more than a reader takes.
pub fn import_with(
    format: PaperFormat,
    name: &str,
    bytes: &[u8],
    beside: FilesBeside<'_>,
) -> Result<Imported, Refusal> {
    bounds::check(bytes)?;
    let mut report = Report::default();
    let mut shelf = PictureShelf::new(name, beside);
    let mut paper = match format {
        PaperFormat::Docx => docx::read(bytes, name, &mut report)?,
        PaperFormat::Html => html::read(&letters(bytes, true, &mut report), &mut shelf, &mut report)?,
        PaperFormat::Markdown => markdown::read(&letters(bytes, false, &mut report), &mut shelf, &mut report),
        PaperFormat::Text => text::read(&letters(bytes, false, &mut report), false, &mut report),
        PaperFormat::Layout => text::read(&letters(bytes, false, &mut report), true, &mut report),
    };
    paper.pictures.append(&mut shelf.pictures);
    bounds::check_blocks(&paper)?;
    let shaped = pass::shape(paper, name, &mut report);
    let text = write::write(&shaped, &mut report);
    bounds::check_limits(&text, &mut report);
    report.remarks.sort_by_key(|remark| (remark.page, remark.line));
    Ok(Imported { text, pictures: shaped.pictures, report })
}

/// Returns the id of a document that has the letters of a name.
pub fn id_of(name: &str) -> String {
    let id = slug_of(name);
    // An id begins with a letter.
    match id.strip_prefix("about-") {
        Some(rest) if !name.to_lowercase().starts_with("about") => format!("paper-{rest}"),
        // A system keeps some names for itself: `con`, `nul`.
        _ if !id.is_empty() && OutPath::new(&format!("{id}.html")).is_none() => format!("paper-{id}"),
        _ => id,
    }
}

/// The letters of a file: UTF-8, UTF-16 with its mark, or else what a page says of itself. A file
/// that says nothing is of Windows-1252, as browsers read it, unless most of its letters are UTF-8.
/// A guess is a doubt.
fn letters<'a>(bytes: &'a [u8], is_page: bool, report: &mut Report) -> Cow<'a, str> {
    let (mut text, encoding, wrong) = encoding_rs::UTF_8.decode(bytes);
    if wrong && encoding == encoding_rs::UTF_8 {
        let named = declared(bytes).filter(|_| is_page);
        let bad = text.matches(char::REPLACEMENT_CHARACTER).count();
        let good = text.chars().filter(|c| !c.is_ascii()).count() - bad;
        let guess = named.unwrap_or(if good > bad { encoding } else { encoding_rs::WINDOWS_1252 });
        if guess != encoding {
            text = guess.decode(bytes).0;
        }
        if named.is_none() {
            let says = if guess == encoding {
                format!("{bad} bytes are no letters of UTF-8, and are \u{fffd} in the text")
            } else {
                "the file does not say how its letters are written: they are read as Windows-1252".to_owned()
            };
            let line = text.lines().position(|line| line.contains(|c: char| !c.is_ascii())).unwrap_or_default();
            let words = text.lines().nth(line).unwrap_or_default();
            let place = PaperPlace { page: 0, line: u32::try_from(line + 1).unwrap_or_default() };
            report.add(About::Letters, place, says, words);
        }
    }
    if text.contains(['\r', '\0']) {
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "").into()
    } else {
        text
    }
}

/// The encoding that the head of a page names.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, label) = head.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
    encoding_rs::Encoding::for_label(label.get(..end)?.as_bytes())
}
