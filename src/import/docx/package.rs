//! The zip that a document of Word is.
//!
//! Takes bytes; gives the text of a part or the bytes of a picture by its name in the package.
//! Nothing is unpacked to a disk, and no part is read further than its bound.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml;
use crate::import::Refusal;
use crate::import::bounds::{MOST_FILES, MOST_LETTERS, MOST_PICTURES};

/// One relationship of a part.
#[derive(Clone, Debug)]
pub struct PackageRelation {
    /// The last word of its type: `image`, `hyperlink`.
    pub kind: String,
    /// The path in the package, or an address.
    pub target: String,
    /// Whether the target is outside.
    pub external: bool,
}

/// A document's zip.
pub struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes of pictures that may still be read.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens the zip.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let help = "open it in Word, take its password away if it has one, and save it as .docx";
            return Err(Refusal::new("it is a file of an old Word, or one with a password", help));
        }
        let damaged = |_| Refusal::new("it is no whole .docx file", "open it in Word or LibreOffice and save it again");
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MOST_FILES {
            return Err(Refusal::new("it holds more files than any paper has", "save it again in Word"));
        }
        Ok(Package { zip, left: MOST_PICTURES })
    }

    /// Returns the letters of a part, if it is there, and no longer than it may be.
    pub fn text(&mut self, path: &str) -> Option<String> {
        let bytes = self.bytes(path, MOST_LETTERS)?;
        Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned())
    }

    /// Returns the bytes of a picture.
    pub fn picture(&mut self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.bytes(path, self.left)?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Some(bytes)
    }

    fn bytes(&mut self, path: &str, most: u64) -> Option<Vec<u8>> {
        let file = self.zip.by_name(path).ok()?;
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }

    /// Returns the relationships of a part by their ids.
    pub fn relations(&mut self, part: &str) -> BTreeMap<String, PackageRelation> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.text(&format!("{folder}{slash}_rels/{name}.rels")) else { return BTreeMap::new() };
        let Some(tree) = xml::parse(&text) else { return BTreeMap::new() };
        let found = tree.root_element().children().filter(|node| xml::is(*node, "Relationship"));
        let relation = |node: roxmltree::Node<'_, '_>| {
            let (id, kind) = (xml::attribute(node, "Id")?, xml::attribute(node, "Type")?);
            let target = xml::attribute(node, "Target")?;
            let external = xml::attribute(node, "TargetMode") == Some("External");
            let target = if external { target.to_owned() } else { path_in(folder, target) };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            Some((id.to_owned(), PackageRelation { kind, target, external }))
        };
        found.filter_map(relation).collect()
    }
}

/// The path in the package that a target means, seen from a folder.
fn path_in(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
