//! New files on their way into the places of old ones.
//!
//! Takes the place of a file and what it is to hold. Writes that beside it, onto the disk, under a hidden name which nothing
//! reads as a source; then puts each in its place in one step, so that whoever reads finds the old file or the new one,
//! whatever stops the command. Never writes through a link, and leaves nothing behind but for one run of a command that died.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use super::{DiskError, sync_folder};

/// What stands in the hidden name of a new file between that of its place and the number of the process.
const MARK: &str = ".clausebook-new-";

/// Deletes new files that were never put in their places. What cannot be deleted stays: nothing reads it.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let number = name.to_str().filter(|name| name.starts_with('.')).and_then(|name| name.rsplit_once(MARK));
        let ours = number.is_some_and(|(_, number)| number.parse::<u32>().is_ok());
        if ours && entry.file_type().is_ok_and(|found| found.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A file that is written beside the one whose place it is to take, and deleted if it does not come to that.
pub(super) struct NewFile {
    /// The path of its place as people know it.
    shown: PathBuf,
    place: PathBuf,
    path: PathBuf,
}

impl NewFile {
    /// Writes `bytes`, for the file at `place`.
    pub(super) fn write(
        shown: PathBuf,
        place: PathBuf,
        bytes: &[u8],
        permissions: Option<Permissions>,
    ) -> Result<Self, DiskError> {
        Self::filled(shown, place, permissions, |file| file.write_all(bytes))
    }

    /// The same, of a file that `fill` writes.
    pub(super) fn filled(
        shown: PathBuf,
        place: PathBuf,
        permissions: Option<Permissions>,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<Self, DiskError> {
        let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
            return Err(DiskError::new(format!("`{}` is no file", shown.display())));
        };
        let path = folder.join(format!(".{}{MARK}{}", name.to_string_lossy(), process::id()));
        let unwritten = DiskError::when("write", &shown);
        // Only a file that was not there: a link of this name could lead anywhere.
        let mut file = match File::create_new(&path) {
            Ok(file) => file,
            Err(error) => return Err(unwritten(error)),
        };
        let new = NewFile { shown: shown.clone(), place, path };
        let write = || {
            fill(&mut file)?;
            if let Some(permissions) = permissions {
                file.set_permissions(permissions)?;
            }
            file.sync_all()
        };
        write().map_err(unwritten)?;
        Ok(new)
    }

    /// Puts all in their places, in the order given.
    pub(super) fn put(files: Vec<Self>) -> Result<(), DiskError> {
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
        let settle = |folder: &PathBuf| sync_folder(folder).map_err(DiskError::when("write", folder));
        folders.iter().try_for_each(settle)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Gone already if it was put in its place.
        let _: io::Result<()> = fs::remove_file(&self.path);
    }
}
