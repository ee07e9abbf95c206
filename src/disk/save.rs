//! Files that clausebook writes by themselves: the texts of the ledger, a file of a theme to start from, and books.
//!
//! Takes texts by their path below the site's folder, or the bytes of one file; puts each in the place of what was there, whole
//! or not at all. Never writes through a link, and no text of the site outside its folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::lock::{FolderLock, SiteLock};
use super::place::NewFile;
use super::{DiskError, Folder};
use crate::source::SourceMap;

/// Writes `files` below the folder of a site that was read as `sources` under this lock. All are put on the disk under other
/// names first, so that a full disk changes nothing; then each takes its place in one step, in the order given.
///
/// # Errors
///
/// If a folder or a file is not what it seems, if a text of the site was changed since it was read, or if the disk refuses.
pub fn save(lock: &SiteLock, files: &[(String, String)], sources: &SourceMap) -> Result<(), DiskError> {
    let places = files.iter().map(|(path, _)| place_of(&lock.folder, path)).collect::<Result<Vec<_>, _>>()?;
    lock.sweep(places.iter().map(PathBuf::as_path));
    let write = |((path, text), place): (&(String, String), PathBuf)| {
        let shown = lock.root.join(path);
        let text = as_before(&place, text).map_err(DiskError::when("read", &shown))?;
        NewFile::write(shown, place, text.as_bytes(), None)
    };
    let new = files.iter().zip(places).map(write).collect::<Result<_, _>>()?;
    lock.check_unchanged(sources)?;
    NewFile::put(new)
}

/// A text with the line endings and the byte-order mark of the file that is in its place.
fn as_before(place: &Path, text: &str) -> io::Result<String> {
    let before = match fs::read(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(text.to_owned()),
        before => before?,
    };
    let windows = before.windows(2).any(|two| two == b"\r\n");
    let mark = if before.starts_with("\u{feff}".as_bytes()) { "\u{feff}" } else { "" };
    Ok(format!("{mark}{}", if windows { text.replace('\n', "\r\n") } else { text.to_owned() }))
}

/// Writes one file below the folder of a site that is not there yet.
///
/// # Errors
///
/// As [`save`], and if there is anything in its place.
pub fn add(lock: &SiteLock, path: &str, text: &str) -> Result<(), DiskError> {
    let place = place_of(&lock.folder, path)?;
    lock.sweep([place.as_path()]);
    if place.exists() {
        let message = format!("`{}` exists already", lock.root.join(path).display());
        return Err(DiskError::new(message).help("change that, or delete it first to start anew"));
    }
    NewFile::put(vec![NewFile::write(lock.root.join(path), place, text.as_bytes(), None)?])
}

/// Writes one file, in a folder that is there: beside the place first, then into it in one step.
///
/// # Errors
///
/// If something else than a file is in the place, or if the disk refuses.
pub fn save_file(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = Folder::new(parent).map_err(DiskError::when("write to", parent))?.path;
    let Some(name) = path.file_name() else { return Err(DiskError::new(format!("`{}` is no file", path.display()))) };
    let place = folder.join(name);
    if fs::symlink_metadata(&place).is_ok_and(|found| !found.is_file()) {
        return Err(DiskError::new(format!("`{}` is there and is not a file of its own", path.display()))
            .help("name another file, or take away what is there"));
    }
    let lock = FolderLock::take(&folder)?;
    lock.sweep([folder.as_path()]);
    NewFile::put(vec![NewFile::write(path.to_owned(), place, bytes, None)?])
}

/// The place of a file, with the folder that it lies in.
fn place_of(folder: &Folder, path: &str) -> Result<PathBuf, DiskError> {
    let place = folder.path.join(path);
    let parent = place.parent().unwrap_or(&folder.path);
    fs::create_dir_all(parent).map_err(DiskError::when("make the folder", parent))?;
    let true_parent = fs::canonicalize(parent).map_err(DiskError::when("read", parent))?;
    if true_parent != parent || fs::symlink_metadata(&place).is_ok_and(|found| !found.is_file()) {
        return Err(DiskError::new(format!("`{}` is a link, or in one, and is not written", place.display()))
            .help("put a folder and a file of its own in its place"));
    }
    Ok(place)
}
