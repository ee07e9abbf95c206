//! Opening of files that someone named or listed.
//!
//! Takes a path; gives the file if it is a regular one, reached through no link where it is in a
//! folder of a stranger. Never opens a pipe or a device.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::{Folder, regular, without_link};

/// Opens a file that someone named, if it is a regular one.
pub(super) fn open_alone(path: &Path) -> io::Result<File> {
    let path = fs::canonicalize(path)?;
    regular(&fs::symlink_metadata(&path)?)?;
    let file = without_link().read(true).open(&path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Opens a regular file below the folder, through no link.
pub(super) fn open_plain(folder: &Folder, path: &str) -> io::Result<File> {
    let file = folder.open_without_links(Path::new(path))?;
    regular(&file.metadata()?)?;
    Ok(file)
}
