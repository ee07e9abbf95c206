//! Files of a folder that are not read, because their owner said so.
//!
//! Takes the patterns of `ignore` in the settings and the `.gitignore` files of the folder; says
//! which paths they mean, as git would. Looks at nothing outside the folder, so that a copy of it
//! is read as the folder itself is.

use std::io::Read;
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Folder;

/// The name of the file in which git is told what to pass over.
const GITIGNORE: &str = ".gitignore";
/// The most bytes of such a file that are read.
const MOST: u64 = 1 << 20;

/// Patterns of paths that are not read.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    /// Patterns of the settings, over all others.
    settings: Option<Gitignore>,
    /// Patterns of each `.gitignore`, with those of a folder after those of the folder that it is
    /// in.
    of_folders: Vec<Gitignore>,
}

impl Ignored {
    /// Begins with the patterns of the settings. One that is no pattern is reported where the
    /// settings are read.
    pub fn new(patterns: &[String]) -> Self {
        let settings = (!patterns.is_empty()).then(|| matcher("", patterns.iter().map(String::as_str)));
        Ignored { settings, of_folders: Vec::new() }
    }

    /// Adds the patterns of the `.gitignore` in the folder `at`, if it can be read.
    pub fn enter(&mut self, folder: &Folder, at: &str) {
        let path = if at.is_empty() { GITIGNORE.to_owned() } else { format!("{at}/{GITIGNORE}") };
        let mut bytes = Vec::new();
        let read = folder.open(&path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
        if read.is_ok() {
            self.of_folders.push(matcher(at, String::from_utf8_lossy(&bytes).lines()));
        }
    }

    /// Returns whether a path is not read. Whoever asks has asked about the folders that it is in.
    pub fn holds(&self, path: &str, is_folder: bool) -> bool {
        let path = Path::new(path);
        if self.settings.as_ref().is_some_and(|settings| settings.matched(path, is_folder).is_ignore()) {
            return true;
        }
        let above = self.of_folders.iter().rev().filter(|patterns| path.starts_with(patterns.path()));
        let said = above.map(|patterns| patterns.matched(path, is_folder)).find(|said| !said.is_none());
        said.is_some_and(|said| said.is_ignore())
    }

    /// Returns whether a path, or a folder that it is in, is not read.
    pub fn holds_or_above(&self, path: &str) -> bool {
        let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        above.into_iter().any(|folder| self.holds(folder, true)) || self.holds(path, false)
    }
}

/// Returns whether a name is that of a file with such patterns.
pub(super) fn is_gitignore(name: &str) -> bool {
    name == GITIGNORE
}

/// Makes patterns that hold below the folder `at`.
fn matcher<'a>(at: &str, patterns: impl Iterator<Item = &'a str>) -> Gitignore {
    let mut builder = GitignoreBuilder::new(at);
    for pattern in patterns {
        // A line that is no pattern says nothing, to git as well.
        let _ = builder.add_line(None, pattern);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}
