//! Surveys of the folders that a site is read from.
//!
//! Takes the paths of folders and files; returns each file and folder in them with its identity,
//! its size and its times. Two surveys differ wherever a file was written, or a folder was replaced
//! by another of the same name. Opens no file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Folder;
use super::read::walk_with_folders;

/// Files and folders by their canonical paths, as they were when somebody looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    seen: BTreeMap<PathBuf, PathState>,
}

/// State of one path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PathState {
    /// A folder whose entries are in the survey too, so that only its identity counts.
    Folder(FileIdentity),
    /// A file, or a folder that cannot be listed.
    File(FileIdentity, u64, Option<SystemTime>),
    /// A name that leads nowhere.
    Nothing,
}

/// Number of the device, number of the file on it, and time of its last change, contents or not.
///
/// On systems that do not number their files, the time when it was made.
type FileIdentity = (u64, u64, Option<SystemTime>);

/// Looks at everything in some folders, and at single files.
pub fn survey(places: &[PathBuf]) -> Survey {
    let mut seen = BTreeMap::new();
    for place in places {
        let Ok(place) = fs::canonicalize(place) else { continue };
        if !place.is_dir() {
            seen.insert(place.clone(), state(&place));
            continue;
        }
        let Ok(folder) = Folder::new(&place) else { continue };
        let Ok((files, folders)) = walk_with_folders(&folder) else { continue };
        seen.extend(files.into_keys().map(|name| place.join(name)).map(|path| (path.clone(), state(&path))));
        for path in folders.into_iter().map(|name| if name.is_empty() { place.clone() } else { place.join(name) }) {
            let found = fs::metadata(&path).map_or(PathState::Nothing, |found| PathState::Folder(number(&found)));
            seen.insert(path, found);
        }
    }
    Survey { seen }
}

impl Survey {
    /// Returns the folders, and the files among `places`: what a system has to be asked about to
    /// hear of every change.
    pub fn watched<'a>(&'a self, places: &'a [PathBuf]) -> impl Iterator<Item = &'a Path> {
        let is_place = |path: &PathBuf| places.iter().any(|place| fs::canonicalize(place).is_ok_and(|at| at == *path));
        let watched = self.seen.iter().filter(move |(path, seen)| match seen {
            PathState::Folder(_) => true,
            PathState::File(..) => is_place(path),
            PathState::Nothing => false,
        });
        watched.map(|(path, _)| path.as_path())
    }

    /// Returns whether both found the same folders.
    pub fn has_folders_of(&self, other: &Survey) -> bool {
        let folders = |survey: &Survey| -> Vec<(PathBuf, PathState)> {
            let folders = survey.seen.iter().filter(|(_, seen)| matches!(seen, PathState::Folder(_)));
            folders.map(|(path, seen)| (path.clone(), seen.clone())).collect()
        };
        folders(self) == folders(other)
    }

    /// Returns the paths at which this survey and another differ.
    pub fn differences(&self, other: &Survey) -> BTreeSet<PathBuf> {
        let only = |one: &Survey, other: &Survey| -> Vec<PathBuf> {
            let differ = one.seen.iter().filter(|(path, seen)| other.seen.get(*path) != Some(seen));
            differ.map(|(path, _)| path.clone()).collect()
        };
        only(self, other).into_iter().chain(only(other, self)).collect()
    }
}

/// Follows a link, since a site may read through it.
fn state(path: &Path) -> PathState {
    fs::metadata(path)
        .map_or(PathState::Nothing, |found| PathState::File(identity(&found), found.len(), found.modified().ok()))
}

/// Identity of a folder, which entries that come and go must not change.
fn number(found: &Metadata) -> FileIdentity {
    let (device, number, _) = identity(found);
    (device, number, found.created().ok())
}

#[cfg(unix)]
fn identity(found: &Metadata) -> FileIdentity {
    use std::os::unix::fs::MetadataExt;
    use std::time::Duration;
    let changed = u64::try_from(found.ctime()).ok().zip(u32::try_from(found.ctime_nsec()).ok());
    let changed = changed.and_then(|(seconds, part)| SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, part)));
    (found.dev(), found.ino(), changed)
}

#[cfg(not(unix))]
fn identity(found: &Metadata) -> FileIdentity {
    (0, 0, found.created().ok())
}
