//! Locks on folders: one command at a time changes the files in them.
//!
//! A command that changes a site's own texts takes a [`SiteLock`] before it reads them and holds it
//! until they are written: no other command can change them in between. The system releases the
//! lock of a process that dies. Some systems and network disks cannot lock a folder, and an editor
//! takes no lock: so the texts are also compared with what was read, just before new files take
//! their places.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::folder_lock::FolderLock;
use super::role::{FileRole, is_passed_over, own_role};
use super::texts::text_of;
use super::{DiskError, Folder, journal};
use crate::source::{Origin, SourceFile, SourceMap};

/// An exclusive lock on the texts of a site.
#[derive(Debug)]
pub struct SiteLock {
    /// The site's folder, as people named it.
    pub(super) root: PathBuf,
    pub(super) folder: Folder,
    lock: FolderLock,
}

/// Locks a site. Take the lock before you read the site, and hold it until its texts are written.
///
/// # Errors
///
/// If there is no such folder, if another command holds the lock for longer than a few seconds, or
/// if one was stopped while it changed the site: call [`settle`](super::settle) first.
pub fn lock(root: &Path) -> Result<SiteLock, DiskError> {
    let folder = Folder::new(root).map_err(DiskError::when("read", root))?;
    let lock = FolderLock::take(&folder.path)?;
    if journal::is_begun(&folder) {
        let message = format!("a command was stopped just now while it changed the files of `{}`", root.display());
        return Err(DiskError::new(message).help("run this command again: it settles that first"));
    }
    Ok(SiteLock { root: root.to_owned(), folder, lock })
}

impl SiteLock {
    /// Deletes what commands that died left beside the files in these places, and beside the
    /// journal.
    pub(super) fn sweep<'a>(&self, places: impl IntoIterator<Item = &'a Path>) {
        self.lock.sweep_for(&journal::place(&self.folder));
        self.lock.sweep(places.into_iter().filter_map(Path::parent));
    }

    /// Checks that the site's own texts are what they were when `sources` were read, and that no
    /// file has come into the ledger.
    pub(super) fn check_unchanged(&self, sources: &SourceMap) -> Result<(), DiskError> {
        for file in sources.iter().filter(|file| is_own_text(file)) {
            if self.text_now(&file.shown) != *file.text {
                return Err(changed(&self.root.join(&*file.shown)));
            }
        }
        let ledger = match self.folder.entries("permalinks") {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            entries => entries.map_err(DiskError::when("read", &self.root.join("permalinks")))?,
        };
        let is_new = |path: &str| matches!(own_role(path), Some(FileRole::Text)) && sources.find(path).is_none();
        match ledger.into_iter().find(|entry| !is_passed_over(entry.name()) && is_new(&entry.path)) {
            Some(entry) => Err(changed(&self.root.join(&entry.path))),
            None => Ok(()),
        }
    }

    /// Reads a file as a source is read: what cannot be read is empty.
    fn text_now(&self, path: &str) -> String {
        let read = self.folder.open(path).and_then(text_of);
        read.map(|(text, _)| text).unwrap_or_default()
    }
}

fn is_own_text(file: &SourceFile) -> bool {
    file.origin == Origin::Own
        && !file.shown.starts_with("../")
        && matches!(own_role(&file.shown), Some(FileRole::Text))
}

pub(super) fn changed(shown: &Path) -> DiskError {
    DiskError::new(format!("`{}` was changed while it was being read", shown.display()))
        .help("nothing was written: run the command again")
}
