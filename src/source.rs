//! Files, the places in them, and what identifies their bytes.
//!
//! Holds every text that a build reads (content, settings, registers, templates), each with its
//! path, its hash and the starts of its lines. Takes text that is already valid UTF-8; gives spans
//! back as line and column. Never reads a file: `disk` does that.

mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::arena::{Arena, Id};
use sha2::{Digest, Sha256};

pub use paths::{
    EDITIONS, LOCAL_GLOSSARY, MOVES, OWN_THEME, PERMALINKS, REGISTER, RELATIONS, SETTINGS, SiteText, THEMES, UPSTREAM,
    folder, is_index, text_stem,
};

/// Identifies one path for as long as its [`SourceMap`] lives, whatever is read into it.
pub type FileId = Id<SourceFile>;

/// A place in a file, as byte offsets; `start` is the first byte and `end` the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file it is in.
    pub file: FileId,
    /// Offset of its first byte.
    pub start: usize,
    /// Offset of the byte after its last.
    pub end: usize,
}

impl Span {
    /// The place `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span { file, start: range.start, end: range.end }
    }

    /// Returns the span of another range in the same file.
    pub fn with(self, range: Range<usize>) -> Self {
        Span::new(self.file, range)
    }
}

/// A value that an author wrote, with the place where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// Value as read from the text.
    pub value: T,
    /// Byte range of the value in its file.
    pub span: Span,
}

impl<T> Written<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Written { value, span }
    }
}

/// Words to be put in the place of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Byte range to replace; empty for an insertion.
    pub span: Span,
    /// The words.
    pub text: String,
}

/// Tells bytes or values apart, by BLAKE3. A text that others can count again has a [`Hash`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Key(blake3::hash(bytes).into())
    }

    /// Returns the raw bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key that was printed as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        digest_in(text).map(Key)
    }
}

impl From<[u8; 32]> for Key {
    /// The key whose bytes these are, for what was taken in piece by piece.
    fn from(digest: [u8; 32]) -> Self {
        Key(digest)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The SHA-256 of some bytes (FIPS 180-4).
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Hash(Sha256::digest(bytes).into())
    }
}

impl Hash {
    /// Returns the raw bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash that was printed as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        digest_in(text).map(Hash)
    }
}

/// The bytes that `text` shows in hexadecimal digits.
fn digest_in(text: &str) -> Option<[u8; 32]> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = digit(pair.first()?)? << 4 | digit(pair.get(1)?)?;
    }
    Some(bytes)
}

impl From<[u8; 32]> for Hash {
    /// The hash whose bytes these are, for what was hashed piece by piece.
    fn from(digest: [u8; 32]) -> Self {
        Hash(digest)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The SHA-256 of a text, made when somebody first asks for it: only the ledger does.
#[derive(Clone, Debug)]
pub struct LazyHash {
    text: Arc<str>,
    hash: Arc<OnceLock<Hash>>,
}

impl LazyHash {
    /// The hash of `text`, not yet made.
    pub fn of(text: Arc<str>) -> Self {
        LazyHash { text, hash: Arc::default() }
    }

    /// Returns the hash.
    pub fn get(&self) -> Hash {
        *self.hash.get_or_init(|| Hash::of(self.text.as_bytes()))
    }
}

/// Site that a text comes from, if one site extends another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The site's own.
    #[default]
    Own,
    /// That of the site which it extends.
    Upstream,
}

/// Name of a file, and the site that the file comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// Path in the site that is built, which the stages use.
    pub path: String,
    /// Path from the site's folder, for people.
    pub shown: String,
    /// Site that the file comes from.
    pub origin: Origin,
}

impl FileName {
    /// The name of a file of the site itself.
    pub fn own(path: impl Into<String>) -> Self {
        let path = path.into();
        FileName { shown: path.clone(), path, origin: Origin::Own }
    }
}

/// One text that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Id in the map that holds the file.
    pub id: FileId,
    /// Path in the site that is built, with `/` between the parts.
    pub path: Arc<str>,
    /// Path from the site's folder, by which people find the file. It differs from `path` for a
    /// text of the site that this one extends.
    pub shown: Arc<str>,
    /// Site that the text comes from.
    pub origin: Origin,
    /// Text, without a byte-order mark and with `\n` at the end of each line.
    pub text: Arc<str>,
    /// The key of that text.
    pub key: Key,
    line_starts: Arc<[usize]>,
}

impl SourceFile {
    /// The whole file as a span.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0..self.text.len())
    }

    /// A span of no length at the file's start, for what is wrong with the file as a whole.
    pub fn start(&self) -> Span {
        Span::new(self.id, 0..0)
    }

    /// Each line with the byte at which it begins.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.line_starts.iter().skip(1).map(|next| next - 1).chain([self.text.len()]);
        self.line_starts.iter().zip(ends).map(|(start, end)| (*start, self.slice(*start..end)))
    }

    /// The line and column of a byte offset, both counted from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..offset.min(self.text.len())).map_or(0, |before| before.chars().count());
        (line.max(1), column + 1)
    }

    /// The text with those of these edits that are of this file; of two that overlap, the later
    /// one.
    pub fn edited<'a>(&self, edits: impl IntoIterator<Item = &'a Edit>) -> String {
        let mut edits: Vec<&Edit> = edits.into_iter().filter(|edit| edit.span.file == self.id).collect();
        // From the end, so that the places before stay true.
        edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
        let mut text = self.text.to_string();
        let mut kept_from = text.len();
        for Edit { span, text: words } in edits {
            if span.end <= kept_from && text.get(span.start..span.end).is_some() {
                text.replace_range(span.start..span.end, words);
                kept_from = span.start;
            }
        }
        text
    }

    /// The text between two offsets; empty if they are not the bounds of characters.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
}

/// A text with what can be known of it alone.
#[derive(Clone, Debug)]
pub struct Text {
    text: Arc<str>,
    key: Key,
    line_starts: Arc<[usize]>,
}

impl Text {
    /// Looks through a text.
    pub fn new(text: &str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Text { text: text.into(), key: Key::of(text.as_bytes()), line_starts }
    }
}

/// Every text of a site, by path.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Arena<SourceFile>,
    by_path: BTreeMap<Arc<str>, FileId>,
    /// Files that are no longer there. They keep their ids, for spans that still name them and in
    /// case they return.
    gone: BTreeSet<FileId>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Adds a text, or puts it in the place of the one that `path` had.
    pub fn insert(&mut self, path: &str, text: &str) -> FileId {
        self.put(FileName::own(path), Text::new(text))
    }

    /// Adds a text with its key and line starts, or replaces the one at its path. The text may
    /// be another site's.
    pub fn put(&mut self, name: FileName, Text { text, key, line_starts }: Text) -> FileId {
        let path: Arc<str> = name.path.into();
        let shown = if *name.shown == *path { path.clone() } else { name.shown.into() };
        let known = self.by_path.get(&path).copied();
        let origin = name.origin;
        let file = |id| SourceFile { id, path: path.clone(), shown, origin, text, key, line_starts };
        let id = match known {
            Some(id) => {
                self.files[id] = file(id);
                id
            }
            None => self.files.push_with(file),
        };
        self.by_path.insert(path, id);
        self.gone.remove(&id);
        id
    }

    /// Forgets the files whose path `keep` does not hold to; one that is inserted again has the id
    /// it had.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.gone.extend(self.files.iter().filter(|file| !keep(&file.path)).map(|file| file.id));
    }

    /// The file with an id that this map gave, or one that it is a copy of.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id]
    }

    /// The file of a place, which may be of another map.
    pub fn file_of(&self, span: Span) -> Option<&SourceFile> {
        self.files.holds(span.file).then(|| &self.files[span.file])
    }

    /// The file at this path.
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.by_path.get(path).filter(|id| !self.gone.contains(id)).map(|id| self.file(*id))
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.by_path.values().filter(|id| !self.gone.contains(id)).map(|id| self.file(*id))
    }

    /// The text at a span.
    pub fn text(&self, span: Span) -> &str {
        self.file_of(span).map_or("", |file| file.slice(span.start..span.end))
    }
}

/// The input of a build, as it was read.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Every text: content, settings, registers, ledger, templates.
    pub sources: SourceMap,
    /// Every other file, by its path below the site's folder, with the hash of its bytes: named,
    /// not loaded.
    pub assets: BTreeMap<String, Hash>,
    /// Paths of assets that nobody need refer to: those that clausebook made for people, and secret
    /// keys.
    pub products: BTreeSet<String>,
    /// Bytes of assets outside the site's folder, in the site that it extends, by path.
    pub borrowed: BTreeMap<String, Arc<[u8]>>,
}

#[cfg(test)]
mod tests {
    use super::SourceMap;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let mut map = SourceMap::new();
        let id = map.insert("a.md", "é1\nx\n");
        let file = map.file(id);
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(2), (1, 2));
        assert_eq!(file.line_column(4), (2, 1));
        assert_eq!(file.line_column(99), (3, 1));
    }

    #[test]
    fn a_path_keeps_its_id() {
        let mut map = SourceMap::new();
        let first = map.insert("a.md", "one");
        map.insert("b.md", "two");
        assert_eq!(map.insert("a.md", "three"), first);
        assert_eq!(map.find("a.md").map(|f| f.text.to_string()).as_deref(), Some("three"));
        map.retain(|path| path != "a.md");
        assert!(map.find("a.md").is_none() && map.iter().count() == 1);
        assert_eq!(map.insert("a.md", "four"), first);
        assert_eq!(map.iter().count(), 2);
    }
}
