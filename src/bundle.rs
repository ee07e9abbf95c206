//! Bundles: all that a copy says of itself.
//!
//! Holds the manifest of a bundle, the words for whoever unpacks it, the names that may be in
//! one, its signature and its container. Takes what a build made; gives texts and bytes. Reads a
//! manifest as something that a stranger wrote: within bounds, and refused with its line and
//! column. Touches no file.

pub mod container;
pub mod expected;
pub mod signature;
mod start_here;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::date::PartialDate;
use crate::diagnostic::is_bidi_control;
use crate::document::slug_of;
use crate::output::{file_stem, kept_for_device};
use crate::source::Hash;
pub use start_here::start_here;

/// The list of everything in a bundle.
pub const MANIFEST: &str = "MANIFEST.json";
/// The signature of the manifest, and so of everything.
pub const SIGNATURE: &str = "MANIFEST.json.minisig";
/// The words for whoever unpacks it.
pub const START_HERE: &str = "START-HERE.txt";
/// Folder for the site's own sources, if the bundle has them.
pub const SOURCES: &str = "source/";

/// The most files in a bundle.
pub const MAX_FILES: usize = 500_000;
/// The most bytes in a manifest.
pub const MAX_MANIFEST: u64 = 128 << 20;
/// The most bytes in a signature, or in a key.
pub const MAX_SIGNATURE: u64 = 8 << 10;

/// The form of the manifest. A later one that means something else has another number.
const FORM: u32 = 1;

/// The path of a file in a bundle: relative, plain parts with `/` between them, that every system
/// can unpack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct BundlePath(String);

impl BundlePath {
    /// The longest path: with the folder that someone unpacks into, it must fit what Windows
    /// allows.
    const MAX: usize = 180;

    /// Takes `path` if every system reads one plain file in it, the same in all.
    pub fn new(path: &str) -> Option<Self> {
        Self::refusal(path).is_none().then(|| BundlePath(path.to_owned()))
    }

    /// Says why [`BundlePath::new`] refuses a path, for a message.
    pub fn refusal(path: &str) -> Option<String> {
        if path.len() > Self::MAX {
            return Some(format!("it has more than {} bytes", Self::MAX));
        }
        if path.contains(is_unseen) {
            return Some("it has a character that cannot be seen".to_owned());
        }
        if let Some(c) = path.chars().find(|c| !is_nfc(c.encode_utf8(&mut [0; 4]))) {
            return Some(format!("`{c}` in it is written in another way by some programs"));
        }
        // Some programs write such a letter as one when they unpack it, and then the file has
        // another name.
        if !is_nfc(path) {
            return Some("a letter and its accent are two characters in it: write them as one".to_owned());
        }
        path.split('/').find_map(|part| {
            // `unzip` takes a number behind a semicolon for a version, and leaves it out.
            let has_version = part.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(';');
            let is_plain = !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with(['.', ' '])
                && !has_version
                && !part.contains(|c: char| "\\:*?\"<>|".contains(c));
            let rule = "it may not have `\\ : * ? \" < > |`, or begin or end with a full stop";
            if is_plain { kept_for_device(part) } else { Some(rule.to_owned()) }
        })
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what it is to systems that ignore case.
    fn folded(&self) -> String {
        let large = self.0.chars().flat_map(char::to_uppercase);
        large.flat_map(char::to_lowercase).nfc().collect()
    }
}

/// Whether a character is drawn as nothing or turns the text, so that two names look the same.
/// Those that are drawn as nothing are the `Default_Ignorable_Code_Point`s of Unicode.
fn is_unseen(c: char) -> bool {
    let is_ignorable = matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}');
    c.is_control() || is_bidi_control(c) || is_ignorable
}

/// Finds two paths of which some systems unpack only one: they are the same once folded, or one is
/// a folder of the other.
pub fn clash<'p>(paths: impl Iterator<Item = &'p BundlePath>) -> Option<(&'p BundlePath, &'p BundlePath)> {
    let mut folded = BTreeMap::new();
    for path in paths {
        if let Some(other) = folded.insert(path.folded(), path) {
            return Some((other, path));
        }
    }
    let folder = |path: &String| path.match_indices('/').find_map(|(at, _)| folded.get(path.get(..at)?));
    folded.iter().find_map(|(path, inside)| Some((*folder(path)?, *inside)))
}

impl TryFrom<String> for BundlePath {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        let shown: String = path.chars().take(80).collect();
        BundlePath::new(&path).ok_or_else(|| format!("`{shown}` is not the name of a file inside the bundle"))
    }
}

impl fmt::Display for BundlePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for BundlePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Name, edition and day of the site that a bundle is a copy of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The site's name.
    pub name: String,
    /// Edition of the site, if it has one.
    pub edition: Option<String>,
    /// The day of the edition, if its author gave one.
    pub date: Option<PartialDate>,
}

impl Identity {
    /// The one folder in which everything is.
    pub fn folder(&self) -> String {
        file_stem(slug_of(&self.name))
    }

    /// The name of its file, without an ending, if nobody chooses another.
    pub fn file_stem(&self) -> String {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let edition = self.edition.as_deref().map(|name| name.replace(|c| !plain(c), "-"));
        let edition = edition.map_or(String::new(), |name| format!("-edition-{}", name.trim_matches(['.', '-'])));
        self.folder() + &edition
    }
}

/// A document as a manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestDocument {
    /// Id of the document.
    pub id: String,
    /// Title of the document.
    pub title: String,
    /// Status of this edition of the document, if its author says: `draft`, `in-force` and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// The list of everything in a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// See [`Identity::name`].
    pub name: String,
    /// See [`Identity::edition`].
    pub edition: Option<String>,
    /// See [`Identity::date`]; here as it was written.
    pub date: Option<String>,
    /// The version of clausebook that made it.
    pub clausebook: String,
    /// The documents.
    pub documents: Vec<ManifestDocument>,
    /// The hash and the size of each file but the manifest itself and its signature.
    pub files: BTreeMap<BundlePath, (Hash, u64)>,
}

/// The manifest as it is written. The order of the fields is that of the file.
#[derive(Serialize, Deserialize)]
struct ManifestText {
    bundle: u32,
    name: String,
    #[serde(default)]
    edition: Option<String>,
    #[serde(default)]
    date: Option<String>,
    clausebook: String,
    #[serde(default)]
    documents: Vec<ManifestDocument>,
    files: Vec<FileRow>,
}

#[derive(Serialize, Deserialize)]
struct FileRow {
    path: BundlePath,
    size: u64,
    #[serde(with = "hexadecimal")]
    sha256: Hash,
}

mod hexadecimal {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    use crate::source::Hash;

    pub(super) fn serialize<S: Serializer>(hash: &Hash, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Hash, D::Error> {
        let text = String::deserialize(from)?;
        Hash::parse(&text).ok_or_else(|| de::Error::custom("a SHA-256 has 64 hexadecimal figures"))
    }
}

impl Manifest {
    /// The manifest of what is at these paths.
    pub fn new(
        identity: &Identity,
        documents: Vec<ManifestDocument>,
        files: BTreeMap<BundlePath, (Hash, u64)>,
    ) -> Self {
        Manifest {
            name: identity.name.clone(),
            edition: identity.edition.clone(),
            date: identity.date.map(|date| date.to_string()),
            clausebook: env!("CARGO_PKG_VERSION").to_owned(),
            documents,
            files,
        }
    }

    /// The manifest as JSON: indented, in the order of paths.
    pub fn text(&self) -> String {
        let rows = self.files.iter();
        let text = ManifestText {
            bundle: FORM,
            name: self.name.clone(),
            edition: self.edition.clone(),
            date: self.date.clone(),
            clausebook: self.clausebook.clone(),
            documents: self.documents.clone(),
            files: rows
                .map(|(path, (sha256, size))| FileRow { path: path.clone(), size: *size, sha256: *sha256 })
                .collect(),
        };
        serde_json::to_string_pretty(&text).unwrap_or_default() + "\n"
    }

    /// Reads a manifest that anyone may have written.
    ///
    /// # Errors
    ///
    /// If it is none: what is wrong, with the line and the column where the text itself is.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        let read: ManifestText = serde_json::from_slice(text).map_err(|error| {
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            format!("{MANIFEST}:{}:{}: {reason}", error.line(), error.column())
        })?;
        if read.bundle != FORM {
            return Err(format!("{MANIFEST}: a manifest of form {} is for a later clausebook", read.bundle));
        }
        if read.files.len() > MAX_FILES {
            return Err(format!("{MANIFEST}: it lists more than {MAX_FILES} files"));
        }
        let mut files = BTreeMap::new();
        for FileRow { path, size, sha256 } in read.files {
            let shown = path.to_string();
            if matches!(path.as_str(), MANIFEST | SIGNATURE) || files.insert(path, (sha256, size)).is_some() {
                return Err(format!("{MANIFEST}: it lists `{shown}` twice, or as a part of itself"));
            }
        }
        Ok(Manifest {
            name: read.name,
            edition: read.edition,
            date: read.date,
            clausebook: read.clausebook,
            documents: read.documents,
            files,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BundlePath, clash};

    #[test]
    fn a_path_leads_to_one_plain_file_below_the_folder() {
        for path in ["index.html", "a/3.37.html", "source/Été à part.md", "START-HERE.txt", "a;1.png"] {
            assert!(BundlePath::new(path).is_some(), "{path}");
        }
        let hostile = [
            "",
            "/a",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".git/x",
            "c:/x",
            "a\\b",
            "NUL",
            "a/Com1.txt",
            "a. ",
            "a\nb",
            "nul .txt",
            "a.html;1",
            "a;/b",
            "conin$",
            "com¹.txt",
            "source/e\u{301}.md",
            "a\u{200d}b.md",
            "gpj.\u{202e}md",
        ];
        for path in hostile {
            assert!(BundlePath::new(path).is_none(), "{path}");
        }
        assert!(BundlePath::new(&"a".repeat(181)).is_none());
    }

    #[test]
    fn paths_that_meet_on_some_system_are_found() {
        let meet = |one: &str, other: &str| {
            let paths = [one, "between.txt", other].map(|path| BundlePath::new(path).unwrap());
            clash(paths.iter()).is_some()
        };
        for (one, other) in [
            ("a/B.txt", "A/b.txt"),
            ("\u{e9}.md", "\u{c9}.md"),
            ("stra\u{df}e", "STRASSE"),
            ("a", "a/b"),
            ("A/b/c", "a/B"),
            ("ſ", "s"),
        ] {
            assert!(meet(one, other) && meet(other, one), "{one} {other}");
        }
        for (one, other) in [("a/b", "A/c"), ("a.txt", "a/txt"), ("ab/c", "a")] {
            assert!(!meet(one, other), "{one} {other}");
        }
    }
}
