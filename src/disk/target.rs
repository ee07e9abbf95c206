//! The folder that a build writes.
//!
//! Holds which places may be an output folder, which site may be written there, and the names of
//! what a build puts beside it. Takes paths as people name them; refuses with a reason. Writes
//! nothing.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::marker::OutputManifest;
use super::read::walk;
use super::{DiskError, Folder, MARKER, is_there};
use crate::source::Hash;

/// A folder that may be made or replaced.
pub(super) struct TargetFolder<'a> {
    /// The folder as it was named, for messages.
    pub(super) shown: &'a Path,
    /// Path of the folder, with no link in it.
    pub(super) path: PathBuf,
    /// The path of the folder it is in.
    pub(super) parent: PathBuf,
    name: OsString,
    /// Hash of the path from there to the site's folder, by which a marker tells sites apart. A
    /// hash, since the output is handed out and the path may reveal the maker's computer.
    pub(super) site: Hash,
}

impl<'a> TargetFolder<'a> {
    /// Accepts `out` unless its place alone says that it must not be replaced, whatever is in it.
    pub(super) fn new(root: &Path, shown: &'a Path) -> Result<Self, DiskError> {
        let refuse = |why: &str| {
            DiskError::new(format!("`{}` cannot be the output folder: {why}", shown.display()))
                .help("name a folder of its own with `--output`, such as `public`")
        };
        let root = fs::canonicalize(root).map_err(DiskError::when("read", root))?;
        let absolute = std::path::absolute(shown).map_err(|error| refuse(&error.to_string()))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(refuse("it is not the name of a folder inside another"));
        };
        let parent = canonical(parent).map_err(|error| refuse(&error.to_string()))?;
        let site = Hash::of(relative(&parent, &root).as_encoded_bytes());
        let target = TargetFolder { shown, path: parent.join(name), parent, name: name.to_owned(), site };
        match fs::symlink_metadata(&target.path) {
            Ok(found) if found.is_symlink() => return Err(refuse("it is a link")),
            Ok(found) if !found.is_dir() => return Err(refuse("it is not a folder")),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refuse(&error.to_string())),
            _ => {}
        }
        if is_part(&root, &target.path) {
            return Err(refuse("it is part of the site"));
        }
        let here = std::env::current_dir().ok();
        let home = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
        let kept = [(Some(root), "the site"), (here, "the current folder"), (home, "your home folder")];
        let find = |is_it: &dyn Fn(&Path) -> bool| {
            kept.iter().find(|(kept, _)| kept.as_deref().is_some_and(is_it)).map(|(_, what)| *what)
        };
        if let Some(what) = find(&|kept| is_same(&target.path, kept)) {
            return Err(refuse(&format!("it is {what}")));
        }
        if let Some(what) = find(&|kept| kept.ancestors().any(|above| is_same(&target.path, above))) {
            return Err(refuse(&format!("{what} is inside it")));
        }
        Ok(target)
    }

    /// Refuses an old site that the system would not let us delete: it could be exchanged, and
    /// would then be beside the new one for ever.
    #[cfg(unix)]
    pub(super) fn may_be_deleted(&self, old: &OutputManifest) -> Result<(), DiskError> {
        for folder in old.folders().into_iter().chain([""]) {
            use rustix::fs::{Access, access};
            if let Err(error @ (rustix::io::Errno::ACCESS | rustix::io::Errno::ROFS)) =
                access(self.path.join(folder), Access::WRITE_OK | Access::EXEC_OK)
            {
                return Err(DiskError::when("replace what is in", &self.shown.join(folder))(error.into())
                    .help("make it a folder that you may write to, or name another with `--output`"));
            }
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn may_be_deleted(&self, _: &OutputManifest) -> Result<(), DiskError> {
        Ok(())
    }

    /// The path of `.NAME.clausebook-WHAT` beside it.
    pub(super) fn sibling(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".clausebook-");
        name.push(what);
        self.parent.join(name)
    }
}

/// Folders of a site that a command may make later.
const OF_SITE: [&str; 2] = ["permalinks", "theme"];

/// Whether a folder is one from which the site in `root` is read: it is below it, and holds a file
/// that no build made.
fn is_part(root: &Path, folder: &Path) -> bool {
    let Ok(below) = folder.strip_prefix(root) else { return false };
    let holds_files = || {
        let files = Folder::new(folder).ok().filter(|folder| !is_there(&folder.path.join(MARKER)));
        files.and_then(|files| walk(&files).ok()).is_some_and(|files| !files.is_empty())
    };
    let is_hidden = below.iter().any(|part| part.to_str().is_some_and(|part| part.starts_with('.')));
    OF_SITE.iter().any(|name| below == Path::new(name)) || !is_same(root, folder) && !is_hidden && holds_files()
}

/// The path with its links followed, though its last parts need not exist yet.
fn canonical(path: &Path) -> io::Result<PathBuf> {
    let there = path.ancestors().find(|above| fs::symlink_metadata(above).is_ok()).ok_or(io::ErrorKind::NotFound)?;
    let missing = path.strip_prefix(there).unwrap_or(Path::new(""));
    if missing.components().any(|part| part == Component::ParentDir) {
        return Err(io::Error::other("its path leads back out of a folder that does not exist"));
    }
    Ok(fs::canonicalize(there)?.components().chain(missing.components()).collect())
}

/// Path that leads from one folder to another, with `/` between its parts.
fn relative(from: &Path, to: &Path) -> OsString {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| OsStr::new(".."));
    let down = to.components().skip(shared).map(Component::as_os_str);
    up.chain(down).collect::<Vec<_>>().join(OsStr::new("/"))
}

/// Whether two paths are those of one folder, by whatever names it is reached.
fn is_same(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) {
        use std::os::unix::fs::MetadataExt;
        return (a.dev(), a.ino()) == (b.dev(), b.ino());
    }
    a == b
}
