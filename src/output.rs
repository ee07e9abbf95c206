//! Files that will be published, by path.
//!
//! Holds the finished files of a build. Takes paths made from validated ids and bytes made by a
//! product; gives them in path order. Never writes one: `disk` does that.

mod pages;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::source::{Hash, Site};
pub use pages::{
    ABOUT_PAGE, AUTHORITIES_PAGE, BROWSE_PAGE, CHANGES_PAGE, FEED, HOME_PAGE, LIST_PAGE, NOT_FOUND_PAGE, OwnPage, PINS,
    PLACES, SEARCH_PAGE, is_own_name,
};

/// Name of their maker that a single page and a book have near their beginning, by which clausebook
/// knows them again.
pub const MADE_BY: &str = "name=\"generator\" content=\"clausebook ";

/// A path in the output: parts of `[a-z0-9._-]` with `/` between them, relative, without `.` or
/// `..` as a part.
///
/// That traversal, reserved names and twins that differ by case cannot be written down is what
/// makes writing safe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// The longest path that is published: so that a copy fits below a folder of a computer with a
    /// 260-character limit.
    pub const MAX: usize = 120;

    /// Takes `path` if it is safe on every file system that a copy may be put on.
    pub fn new(path: &str) -> Option<Self> {
        let part = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !is_reserved_name(stem_of(part))
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
        };
        (path.len() <= Self::MAX && path.split('/').all(part)).then(|| OutPath(path.into()))
    }

    /// Says why [`OutPath::new`] refuses a path, for a message: every page that is not published
    /// has one.
    pub fn refusal(path: &str) -> String {
        let reserved = path.split('/').find_map(kept_for_device);
        match reserved {
            _ if path.len() > Self::MAX => format!("it has more than {} characters", Self::MAX),
            Some(why) => why,
            None => "it may have lower-case letters, figures, hyphens and full stops only".to_owned(),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The relative address that leads from this page to `target`, always naming a file.
    pub fn link_to(&self, target: &OutPath) -> String {
        let from: Vec<&str> = self.0.split('/').collect();
        let to: Vec<&str> = target.0.split('/').collect();
        let folders = from.len().saturating_sub(1).min(to.len().saturating_sub(1));
        let shared = from.iter().zip(&to).take(folders).take_while(|(a, b)| a == b).count();
        let up = "../".repeat(from.len().saturating_sub(1).saturating_sub(shared));
        up + &to.into_iter().skip(shared).collect::<Vec<_>>().join("/")
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for OutPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A part of a path up to its first full stop.
fn stem_of(part: &str) -> &str {
    part.split_once('.').map_or(part, |(first, _)| first)
}

/// Returns a slug as the name of a file without its ending: one that Windows keeps for a device
/// gets a word after it.
pub fn file_stem(slug: String) -> String {
    if is_reserved_name(&slug) { slug + "-site" } else { slug }
}

/// Says that Windows keeps the name of a file or a folder for a device, if it does.
pub fn kept_for_device(name: &str) -> Option<String> {
    let stem = stem_of(name).trim_end();
    is_reserved_name(&stem.to_lowercase()).then(|| format!("Windows keeps the name `{stem}` for a device"))
}

/// Whether Windows keeps this name for a device, with any ending (Microsoft, "Naming Files, Paths,
/// and Namespaces").
pub fn is_reserved_name(stem: &str) -> bool {
    matches!(stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(|number| {
            let mut digits = number.chars();
            digits.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c)) && digits.next().is_none()
        })
}

/// Content of one output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artefact {
    /// Bytes that a product made.
    Made(Arc<[u8]>),
    /// A file of the site to be copied as it is: its path below the site's folder, and the hash it
    /// had when it was read.
    Copied {
        /// Path below the site's folder.
        from: String,
        /// Hash of the file when it was read.
        hash: Hash,
    },
    /// Bytes that a product made and that were handed on at once: they are in the folder that is
    /// being written.
    Kept {
        /// Hash of the bytes.
        hash: Hash,
        /// Number of bytes.
        size: u64,
    },
}

impl Artefact {
    /// An artefact of text.
    pub fn text(text: impl Into<String>) -> Self {
        Artefact::Made(text.into().into_bytes().into())
    }

    /// A file of the site as it is; its bytes, if it is in another's folder.
    pub fn copied(site: &Site, path: &str, hash: Hash) -> Self {
        match site.borrowed.get(path) {
            Some(bytes) => Artefact::Made(bytes.clone()),
            None => Artefact::Copied { from: path.to_owned(), hash },
        }
    }

    /// The bytes, if a product made them.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Artefact::Made(bytes) => Some(bytes),
            Artefact::Copied { .. } | Artefact::Kept { .. } => None,
        }
    }
}

/// A whole site, ready to be written or served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    artefacts: BTreeMap<OutPath, Artefact>,
}

impl Output {
    /// Adds a file. Gives it back if the path is taken, for the caller to report: nothing is
    /// replaced in silence.
    pub fn add(&mut self, path: OutPath, artefact: Artefact) -> Result<(), (OutPath, Artefact)> {
        if self.artefacts.contains_key(&path) {
            return Err((path, artefact));
        }
        self.artefacts.insert(path, artefact);
        Ok(())
    }

    /// The file at a path.
    pub fn get(&self, path: &str) -> Option<&Artefact> {
        self.artefacts.get(path)
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Artefact)> {
        self.artefacts.iter()
    }

    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.artefacts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.artefacts.is_empty()
    }
}

/// The media type of a file, by the ending of its name.
pub fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::OutPath;

    fn link(from: &str, to: &str) -> String {
        match (OutPath::new(from), OutPath::new(to)) {
            (Some(from), Some(to)) => from.link_to(&to),
            _ => unreachable!(),
        }
    }

    #[test]
    fn links_are_relative_and_name_a_file() {
        assert_eq!(link("a.html", "b.html"), "b.html");
        assert_eq!(link("a/3.37.html", "a.html"), "../a.html");
        assert_eq!(link("a/3.37.html", "a/3.38.html"), "3.38.html");
        assert_eq!(link("a.html", "a/3.37.html"), "a/3.37.html");
        assert_eq!(link("a/b/c.html", "x/y.html"), "../../x/y.html");
    }

    #[test]
    fn unsafe_paths_cannot_be_made() {
        for path in ["", "/a", "../a", "a/../b", "a//b", ".a", "A.html", "con.html", "a/com1", "a ", "a\\b", "é"] {
            assert_eq!(OutPath::new(path), None, "{path}");
        }
    }
}
