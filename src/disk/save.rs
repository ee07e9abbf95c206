//! Texts that clausebook writes into a site: the ledger, a file of a theme to start from, a site to
//! start from.
//!
//! Takes texts by their path below the site's folder; puts all of them in the place of what was
//! there, or none. Never writes through a link, and nothing outside the site's folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::lock::{SiteLock, lock};
use super::place::{NewFile, is_temporary_name};
use super::{DiskError, Folder, is_there, journal};
use crate::source::SourceMap;

/// Writes `files` below the folder of a site that was read as `sources` under this lock: all of
/// them, or none. A command that is stopped halfway leaves a journal, by which the next one
/// completes the change.
///
/// # Errors
///
/// If a folder or a file is not what it seems, if a text of the site was changed since it was read,
/// or if the disk refuses.
pub fn save(lock: &SiteLock, files: &[(String, String)], sources: &SourceMap) -> Result<(), DiskError> {
    put(lock, files, &|| lock.check_unchanged(sources))
}

/// Writes files below the folder of a site, if the check still passes once they are on the disk.
fn put(
    lock: &SiteLock,
    files: &[(String, String)],
    check: &dyn Fn() -> Result<(), DiskError>,
) -> Result<(), DiskError> {
    let mut made = NewFolders::default();
    let places =
        files.iter().map(|(path, _)| place_of(&lock.folder, path, &mut made)).collect::<Result<Vec<_>, _>>()?;
    lock.sweep(places.iter().map(PathBuf::as_path));
    let write = |((path, text), place): (&(String, String), PathBuf)| {
        let shown = lock.root.join(path);
        let text = as_before(&place, text).map_err(DiskError::when("read", &shown))?;
        NewFile::write(shown, place, text.as_bytes())
    };
    let new = files.iter().zip(places).map(write).collect::<Result<_, _>>()?;
    check()?;
    journal::put(&lock.folder, new)?;
    made.keep();
    Ok(())
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
    let mut made = NewFolders::default();
    let place = place_of(&lock.folder, path, &mut made)?;
    lock.sweep([place.as_path()]);
    if place.exists() {
        let message = format!("`{}` exists already", lock.root.join(path).display());
        return Err(DiskError::new(message).help("change that, or delete it first to start anew"));
    }
    NewFile::put(vec![NewFile::write(lock.root.join(path), place, text.as_bytes())?])?;
    made.keep();
    Ok(())
}

/// Makes a new folder with these files in it, each by its path below the folder: all of them, or
/// none.
///
/// # Errors
///
/// If there is something in the folder already, or if the disk refuses.
pub fn create(folder: &Path, files: &[(String, String)]) -> Result<(), DiskError> {
    let is_ours = |path: &Path| files.iter().any(|(file, _)| folder.join(file).starts_with(path));
    if is_there(folder) && !is_empty(folder, &is_ours) {
        return Err(DiskError::new(format!("`{}` exists and is not an empty folder", folder.display()))
            .help("name a folder that does not exist yet"));
    }
    let mut made = NewFolders::default();
    made.make(folder).map_err(DiskError::when("make the folder", folder))?;
    put(&lock(folder)?, files, &|| Ok(()))?;
    made.keep();
    Ok(())
}

/// Whether a folder holds nothing but folders that `is_ours` names and that are empty too, and new
/// files of a dead command.
fn is_empty(folder: &Path, is_ours: &dyn Fn(&Path) -> bool) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.all(|entry| {
        entry.is_ok_and(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => is_ours(&entry.path()) && is_empty(&entry.path(), is_ours),
            Ok(kind) => kind.is_file() && is_temporary_name(&entry.file_name()),
            Err(_) => false,
        })
    })
}

/// Folders that were made for new files, and are removed if they stay empty.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    /// Makes a folder with those above it.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let above: Vec<&Path> = folder.ancestors().take_while(|above| !is_there(above)).collect();
        let above = above.into_iter().filter(|above| !above.as_os_str().is_empty());
        for folder in above.collect::<Vec<_>>().into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        // One that holds something stays.
        self.0.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

/// The place of a file, with the folder that it is in.
fn place_of(folder: &Folder, path: &str, made: &mut NewFolders) -> Result<PathBuf, DiskError> {
    let place = folder.path.join(path);
    let parent = place.parent().unwrap_or(&folder.path);
    made.make(parent).map_err(DiskError::when("make the folder", parent))?;
    let true_parent = fs::canonicalize(parent).map_err(DiskError::when("read", parent))?;
    if true_parent != parent || fs::symlink_metadata(&place).is_ok_and(|found| !found.is_file()) {
        return Err(DiskError::new(format!("`{}` is a link, or in one, and is not written", place.display()))
            .help("put a folder and a file of its own in its place"));
    }
    Ok(place)
}
