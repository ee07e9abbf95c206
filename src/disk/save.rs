//! Texts of a site that clausebook itself writes: the ledger.
//!
//! Takes texts by their path below the site's folder; puts each in the place of what was there, whole or not at all. Never
//! writes through a link, and never outside the folder.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process;

use super::{DiskError, Folder};

/// Writes `files` below the folder `root`. All are put on the disk under other names first, so that a full disk changes
/// nothing; then each takes its place in one step, in the order given.
///
/// # Errors
///
/// If a folder or a file is not what it seems, or if the disk refuses.
pub fn save(root: &Path, files: &[(String, String)]) -> Result<(), DiskError> {
    let folder = Folder::new(root).map_err(DiskError::when("write to", root))?;
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    let done = files.iter().try_for_each(|(path, text)| put_beside(&folder, path, text, &mut ready)).and_then(|()| {
        ready.iter().try_for_each(|(new, path)| fs::rename(new, path).map_err(DiskError::when("write", path)))
    });
    if done.is_err() {
        for (new, _) in &ready {
            // What took its place already is no longer there.
            let _ = fs::remove_file(new);
        }
    }
    done
}

/// Puts a text on the disk beside the file whose place it will take.
fn put_beside(folder: &Folder, path: &str, text: &str, ready: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), DiskError> {
    let target = folder.path.join(path);
    let parent = target.parent().unwrap_or(&folder.path);
    fs::create_dir_all(parent).map_err(DiskError::when("make the folder", parent))?;
    let true_parent = fs::canonicalize(parent).map_err(DiskError::when("read", parent))?;
    if true_parent != parent || fs::symlink_metadata(&target).is_ok_and(|found| !found.is_file()) {
        return Err(DiskError::new(format!("`{}` is a link, or in one, and is not written", target.display()))
            .help("put a folder and a file of its own in its place"));
    }
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let new = parent.join(format!(".{name}.clausebook-new-{}", process::id()));
    ready.push((new.clone(), target));
    let wrong = || DiskError::when("write", &new);
    let mut file = fs::File::create(&new).map_err(wrong())?;
    file.write_all(text.as_bytes()).map_err(wrong())?;
    file.sync_all().map_err(wrong())
}
