//! From edits to the files of a site that a person wrote.
//!
//! Holds how a text is changed where it is: only at the bytes of its edits, so that line
//! endings, a byte-order mark and all that was not edited stay as they are. Takes edits of texts
//! that were read; refuses if a file is no longer what was read. All files of a change take their
//! places, or none does.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::lock::{SiteLock, changed};
use super::place::NewFile;
use super::texts::with_newlines;
use super::{DiskError, Folder, journal};
use crate::source::{Edit, SourceFile, SourceMap};

/// A file of the site as it is, and as it is to be.
#[derive(Clone, Debug)]
pub struct Amended {
    /// Path below the site's folder.
    pub path: String,
    /// Whole content of the file; empty if it is not there.
    pub before: String,
    /// Whole content, edited.
    pub after: String,
    /// Path of the file, with no link in it.
    place: PathBuf,
    /// Whether it is there.
    is_there: bool,
}

/// Reads the files that `edits` are of, in the order of their paths, and edits what was read.
/// Writes nothing.
///
/// # Errors
///
/// If a file cannot be read, or is not what it was when `sources` were read.
pub fn amended(root: &Path, sources: &SourceMap, edits: &[Edit]) -> Result<Vec<Amended>, DiskError> {
    let folder = Folder::new(root).map_err(DiskError::when("read", root))?;
    let has_edits = |file: &&SourceFile| edits.iter().any(|edit| edit.span.file == file.id);
    let amend = |file: &SourceFile| {
        let shown = root.join(&*file.shown);
        let mut is_there = false;
        let mut before = String::new();
        let mut place = folder.path.join(&*file.shown);
        if !file.text.is_empty() || place.exists() {
            let mut open = folder.open(&file.shown).map_err(DiskError::when("read", &shown))?;
            open.read_to_string(&mut before).map_err(DiskError::when("read", &shown))?;
            is_there = true;
            place = fs::canonicalize(&place).map_err(DiskError::when("read", &shown))?;
        }
        if text_of(&before) != *file.text {
            return Err(changed(&shown));
        }
        let after = edited(&before, edits.iter().filter(|edit| edit.span.file == file.id).collect());
        Ok(Amended { path: file.shown.to_string(), before, after, place, is_there })
    };
    sources.iter().filter(has_edits).map(amend).collect()
}

/// Writes the files that [`amended`] returned, of a site that was read as `sources` under this
/// lock.
///
/// # Errors
///
/// If the disk refuses, or if a text of the site has changed since. Then no file is changed, or the
/// next command completes the change.
pub fn amend(lock: &SiteLock, files: &[Amended], sources: &SourceMap) -> Result<(), DiskError> {
    let root = &lock.root;
    lock.sweep(files.iter().map(|file| file.place.as_path()));
    let new = files.iter().map(|file| file.write(root)).collect::<Result<_, _>>()?;
    lock.check_unchanged(sources)?;
    for file in files {
        let now = match fs::read(&file.place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !file.is_there => Vec::new(),
            read => read.map_err(DiskError::when("read", &root.join(&file.path)))?,
        };
        if now != file.before.as_bytes() {
            return Err(changed(&root.join(&file.path)));
        }
    }
    journal::put(&lock.folder, new)
}

impl Amended {
    /// Writes it beside its place.
    fn write(&self, root: &Path) -> Result<NewFile, DiskError> {
        let shown = root.join(&self.path);
        if self.is_there {
            // Whoever may not write the file may not put another in its place.
            OpenOptions::new().append(true).open(&self.place).map_err(DiskError::when("write", &shown))?;
        } else if let Some(folder) = self.place.parent() {
            fs::create_dir_all(folder).map_err(DiskError::when("write", &shown))?;
        }
        NewFile::write(shown, self.place.clone(), self.after.as_bytes())
    }
}

/// Returns a file's text as the sources hold it: without a byte-order mark, and with `\n` at the
/// ends of lines.
fn text_of(file: &str) -> String {
    with_newlines(file.strip_prefix('\u{feff}').unwrap_or(file))
}

/// Edits a file at the places that its text, without the byte-order mark and with `\n` at the ends
/// of lines, has them.
fn edited(file: &str, mut edits: Vec<&Edit>) -> String {
    let windows = file.contains("\r\n");
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edits = edits.into_iter().peekable();
    let mut after = String::with_capacity(file.len());
    let mark = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut at, mut skip_to) = (0, 0);
    let mut characters = file.char_indices().peekable();
    loop {
        let here = characters.peek().copied();
        let in_text = here.is_none_or(|(offset, _)| offset >= mark);
        while in_text && edits.peek().is_some_and(|edit| edit.span.start <= at) {
            let Some(edit) = edits.next() else { break };
            after.push_str(&if windows { edit.text.replace('\n', "\r\n") } else { edit.text.clone() });
            skip_to = skip_to.max(edit.span.end);
        }
        let Some((offset, character)) = characters.next() else { return after };
        if !in_text || at >= skip_to {
            after.push(character);
        }
        // `\r\n` is one byte of the text.
        let first_of_two = character == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
        if offset >= mark && !first_of_two {
            at += if character == '\r' { 1 } else { character.len_utf8() };
        }
    }
}
