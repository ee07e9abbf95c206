//! New files on their way into the places of old ones.
//!
//! Takes the place of a file and what it is to hold. Writes that beside it, onto the disk, under a
//! hidden name which nothing reads as a source; then puts each in its place in one step, so that
//! whoever reads finds the old file or the new one, whatever stops the command (`journal` does so
//! for several at once). Never writes through a link, and leaves nothing behind but for one run of
//! a command that died.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::{DiskError, sync_folder};

/// Part of the hidden name of a new file, between the name of its place and the number of the
/// process.
const MARK: &str = ".clausebook-new-";

/// Path of the new file for a place, as the process with this number writes it.
pub(super) fn hidden(place: &Path, number: u32) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}{MARK}{number}"))
}

/// Name of the place for which a file with this name was written.
fn place_of(name: &OsStr) -> Option<&str> {
    let (place, number) = name.to_str()?.strip_prefix('.')?.rsplit_once(MARK)?;
    number.parse::<u32>().is_ok().then_some(place)
}

/// Whether this is the hidden name of a new file.
pub(super) fn is_temporary_name(name: &OsStr) -> bool {
    place_of(name).is_some()
}

/// Deletes new files that were never put in their places, of one name or of any. What cannot be
/// deleted stays: nothing reads it.
pub(super) fn sweep(folder: &Path, of: Option<&str>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = place_of(&name).is_some_and(|place| of.is_none_or(|wanted| wanted == place));
        if ours && entry.file_type().is_ok_and(|found| found.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file that is written beside the one that it is to replace, and deleted if it does not come
/// to that.
///
/// It has the mode of the file whose place it takes.
pub(super) struct NewFile {
    /// The path of its place as people know it.
    pub(super) shown: PathBuf,
    pub(super) place: PathBuf,
    /// The path where it is written.
    pub(super) path: PathBuf,
}

impl NewFile {
    /// Writes `bytes`, for the file at `place`.
    pub(super) fn write(shown: PathBuf, place: PathBuf, bytes: &[u8]) -> Result<Self, DiskError> {
        Self::filled(shown, place, |file| file.write_all(bytes))
    }

    /// Calls `fill` to write the content, for the file at `place`.
    pub(super) fn filled(
        shown: PathBuf,
        place: PathBuf,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<Self, DiskError> {
        if place.file_name().is_none() {
            return Err(DiskError::new(format!("`{}` is no file", shown.display())));
        }
        let path = hidden(&place, process::id());
        let unwritten = DiskError::when("write", &shown);
        // Only a file that was not there: a link of this name could lead anywhere.
        let mut file = match new_file(&path, &place) {
            Ok(file) => file,
            Err(error) => return Err(unwritten(error)),
        };
        let new = NewFile { shown: shown.clone(), place, path };
        let write = || {
            fill(&mut file)?;
            keep_mode(&new.place, &new.path)?;
            file.sync_all()
        };
        write().map_err(unwritten)?;
        Ok(new)
    }

    /// Puts all in their places, in the order given, and waits until the disk holds them.
    pub(super) fn put(files: Vec<Self>) -> Result<(), DiskError> {
        let folders = Self::rename(files)?;
        sync_folders(folders.iter().map(PathBuf::as_path))
    }

    /// Puts all in their places, in the order given. Returns the folders of these.
    pub(super) fn rename(files: Vec<Self>) -> Result<BTreeSet<PathBuf>, DiskError> {
        let mut done: Vec<String> = Vec::new();
        let mut folders = BTreeSet::new();
        for file in files {
            if let Err(error) = fs::rename(&file.path, &file.place) {
                let help = match done.as_slice() {
                    [] => "nothing has been changed".to_owned(),
                    done => format!("these files were changed before it: {}", done.join(", ")),
                };
                return Err(DiskError::when("write", &file.shown)(error).help(help));
            }
            done.push(file.shown.display().to_string());
            folders.extend(file.place.parent().map(Path::to_owned));
        }
        Ok(folders)
    }

    /// Leaves the file where it is, for the command that will put it in its place.
    pub(super) fn leave(self) {
        std::mem::forget(self);
    }
}

/// Waits until the disk holds the names in folders where every new file is in its place.
pub(super) fn sync_folders<'a>(mut folders: impl Iterator<Item = &'a Path>) -> Result<(), DiskError> {
    folders.try_for_each(|folder| {
        sync_folder(folder).map_err(|error| {
            let message =
                format!("the change in `{}` is made, but the disk does not confirm it: {error}", folder.display());
            DiskError::new(message)
                .help("do not run the command again; check the disk, and that the change is still there")
        })
    })
}

/// Creates a file that nobody may read who may not read the one that it is to replace.
#[cfg(unix)]
fn new_file(path: &Path, place: &Path) -> io::Result<File> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
    let mut options = fs::OpenOptions::new();
    if let Ok(old) = fs::symlink_metadata(place) {
        options.mode(old.mode() & 0o666);
    }
    options.write(true).create_new(true).open(path)
}

#[cfg(not(unix))]
fn new_file(path: &Path, _: &Path) -> io::Result<File> {
    File::create_new(path)
}

/// Gives a new file or folder the mode of the old one that it replaces, if there is one of its
/// kind, and its group where the system allows that.
#[cfg(unix)]
pub(super) fn keep_mode(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (Ok(old), now) = (fs::symlink_metadata(old), fs::symlink_metadata(new)?) else { return Ok(()) };
    if old.file_type() != now.file_type() {
        return Ok(());
    }
    if old.gid() != now.gid() {
        let _ = chown(new, None, Some(old.gid()));
    }
    if old.mode() == now.mode() { Ok(()) } else { fs::set_permissions(new, old.permissions()) }
}

#[cfg(not(unix))]
pub(super) fn keep_mode(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Gone already if it was put in its place.
        let _: io::Result<()> = fs::remove_file(&self.path);
    }
}
