//! A book as one file of EPUB 3: a zip with a list of what is in it.
//!
//! Takes a book and the bytes of its pictures; gives the bytes of the file. The same book gives the
//! same bytes: files are in the order of their names and have one day, the first that a zip can
//! name.

use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::feed::{escaped, line};
use crate::book::{Book, BookMetadata, Chapter, ChapterRole, PACKAGE, picture_type};
use crate::output::MADE_BY;

/// Media type, by which every program knows that the file is a book. It is stored first and
/// uncompressed.
const MIMETYPE: &str = "application/epub+zip";

/// The folder in the zip with all that the book is made of.
const FOLDER: &str = "EPUB";

/// Folder in it for the chapters, with the pictures beside them.
const TEXT: &str = "text";

const CONTAINER: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"#;

/// Packs a book. `pictures` are the bytes of its pictures, in their order.
///
/// # Errors
///
/// If the book is larger than a zip can be.
pub fn pack(book: &Book, pictures: &[Vec<u8>]) -> io::Result<Vec<u8>> {
    let package = package(book);
    let mut files: Vec<(String, &[u8])> = vec![
        ("META-INF/container.xml".to_owned(), CONTAINER.as_bytes()),
        (PACKAGE.to_owned(), package.as_bytes()),
        (format!("{FOLDER}/epub.css"), book.style.as_bytes()),
    ];
    files.extend(book.chapters.iter().map(|page| (format!("{FOLDER}/{}", page.path), page.markup.as_bytes())));
    let pictures = book.pictures.iter().zip(pictures);
    files.extend(pictures.map(|((path, _), bytes)| (format!("{FOLDER}/{TEXT}/{path}"), bytes.as_slice())));
    files.sort();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    let packed = stored.compression_method(CompressionMethod::Deflated);
    zip.start_file("mimetype", stored)?;
    zip.write_all(MIMETYPE.as_bytes())?;
    for (path, bytes) in files {
        zip.start_file(path, packed)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The package document: what the book says of itself, its files, and their order.
fn package(book: &Book) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let language = escaped(&book.facts.language);
    line(
        &mut xml,
        format_args!(
            "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">"
        ),
    );
    facts(&mut xml, book);
    line(&mut xml, format_args!("<manifest>"));
    for (at, page) in book.chapters.iter().enumerate() {
        let properties = match properties(page).as_slice() {
            [] => String::new(),
            found => format!(" properties=\"{}\"", found.join(" ")),
        };
        let path = escaped(&page.path);
        line(
            &mut xml,
            format_args!("<item id=\"page-{at}\" href=\"{path}\" media-type=\"application/xhtml+xml\"{properties}/>"),
        );
    }
    line(&mut xml, format_args!("<item id=\"style\" href=\"epub.css\" media-type=\"text/css\"/>"));
    for (at, (path, _)) in book.pictures.iter().enumerate() {
        if let Some(kind) = picture_type(path) {
            line(&mut xml, format_args!("<item id=\"picture-{at}\" href=\"{TEXT}/{path}\" media-type=\"{kind}\"/>"));
        }
    }
    line(&mut xml, format_args!("</manifest>"));
    line(&mut xml, format_args!("<spine>"));
    (0..book.chapters.len()).for_each(|at| line(&mut xml, format_args!("<itemref idref=\"page-{at}\"/>")));
    line(&mut xml, format_args!("</spine>"));
    line(&mut xml, format_args!("</package>"));
    xml
}

fn properties(page: &Chapter) -> Vec<&'static str> {
    let contents = (page.role == ChapterRole::Contents).then_some("nav");
    contents.into_iter().chain(page.is_drawn.then_some("svg")).collect()
}

fn facts(xml: &mut String, book: &Book) {
    let BookMetadata {
        title,
        language,
        identifier,
        modified,
        date,
        publisher,
        source,
        description,
        rights,
        accessibility,
    } = &book.facts;
    line(xml, format_args!("<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"));
    line(xml, format_args!("<dc:identifier id=\"id\">{}</dc:identifier>", escaped(identifier)));
    let known = [
        ("title", Some(title)),
        ("language", Some(language)),
        ("date", date.as_ref()),
        ("publisher", publisher.as_ref()),
        ("source", source.as_ref()),
        ("description", description.as_ref()),
        ("rights", rights.as_ref()),
    ];
    for (name, words) in known {
        if let Some(words) = words {
            line(xml, format_args!("<dc:{name}>{}</dc:{name}>", escaped(words)));
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    line(xml, format_args!("<meta {MADE_BY}{version}\"/>"));
    let mut meta = |property: &str, words: &str| {
        line(xml, format_args!("<meta property=\"{property}\">{words}</meta>"));
    };
    meta("dcterms:modified", &format!("{modified}T00:00:00Z"));
    let seen = !book.pictures.is_empty() || book.chapters.iter().any(|page| page.is_drawn);
    meta("schema:accessMode", "textual");
    if seen {
        meta("schema:accessMode", "visual");
    }
    meta("schema:accessModeSufficient", "textual");
    for feature in ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"] {
        meta("schema:accessibilityFeature", feature);
    }
    if seen {
        meta("schema:accessibilityFeature", "alternativeText");
    }
    meta("schema:accessibilityHazard", "none");
    meta("schema:accessibilitySummary", accessibility);
    line(xml, format_args!("</metadata>"));
}
