//! Locks on folders.
//!
//! Takes a folder; gives a lock on it where the system can lock one. The system releases the lock
//! of a process that dies.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::DiskError;
use super::place::sweep;

/// Time that a command waits for another that holds the lock.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// An exclusive lock on a folder, where the system can lock one.
#[derive(Debug)]
pub(super) struct FolderLock {
    // Closing the folder releases the lock.
    held: Option<File>,
}

impl FolderLock {
    /// Locks a folder, and waits a short while for another command that holds the lock.
    pub(super) fn take(folder: &Path) -> Result<Self, DiskError> {
        let end = Instant::now() + PATIENCE;
        // A system that cannot open or lock a folder.
        let Ok(handle) = File::open(folder) else { return Ok(FolderLock { held: None }) };
        loop {
            match handle.try_lock() {
                Ok(()) => return Ok(FolderLock { held: Some(handle) }),
                Err(TryLockError::Error(_)) => return Ok(FolderLock { held: None }),
                Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let message = format!("another command is changing the files of `{}`", folder.display());
                    return Err(DiskError::new(message).help("wait until it has ended, then run this command again"));
                }
            }
        }
    }

    /// Deletes new files that commands which died left in `folders`. Without a lock they cannot be
    /// told from those that another command writes now.
    pub(super) fn sweep<'a>(&self, folders: impl IntoIterator<Item = &'a Path>) {
        if self.held.is_some() {
            folders.into_iter().collect::<BTreeSet<_>>().into_iter().for_each(|folder| sweep(folder, None));
        }
    }

    /// Deletes what commands that died left of the new file for one place. Others in its folder may
    /// belong to a journal.
    pub(super) fn sweep_for(&self, place: &Path) {
        if let (Some(_), Some(folder)) = (&self.held, place.parent()) {
            sweep(folder, place.file_name().and_then(|name| name.to_str()));
        }
    }
}
