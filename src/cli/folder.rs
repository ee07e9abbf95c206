//! The folder of the site that a command is about.
//!
//! Takes what the command line names; finds the site, and settles what a command that was stopped
//! began there.

use std::path::{Component, Path, PathBuf};

use super::{Stop, Talk, could_not_run, count, say, talk};
use crate::disk::{self, JournalOutcome};
use crate::source::SETTINGS;

/// Makes a folder the current one, in which the command is then given.
pub(super) fn enter(folder: &Path) -> Result<(), Stop> {
    let wrong = |error| could_not_run(format!("cannot enter the folder `{}`: {error}", folder.display()), "");
    std::env::set_current_dir(folder).map_err(wrong)
}

/// Finds the folder of the site that is meant, and settles what a command that was stopped began
/// there.
pub(super) fn site_folder(named: Option<&Path>) -> Result<PathBuf, Stop> {
    find_settled_site(named).map(|(root, _)| root)
}

/// Finds the folder of the site that is meant, and settles what a command that was stopped began
/// there. Returns with it the paths of the files whose change was completed now.
pub(super) fn find_settled_site(named: Option<&Path>) -> Result<(PathBuf, Vec<String>), Stop> {
    let found = find_site(named);
    if found.is_err() {
        // `new` may have been stopped before it made the first file, which is that of the settings.
        for folder in named.map_or(vec![Path::new("."), Path::new("content")], |named| vec![named]) {
            settle(folder)?;
        }
    }
    let root = found?;
    if talk() == Talk::All {
        say(&format!("Site: {}", root.display()));
    }
    let completed = settle(&root)?;
    Ok((root, completed))
}

/// Completes or takes back a change that was stopped, and says so. Returns the paths of the files
/// if it was completed.
pub(super) fn settle(root: &Path) -> Result<Vec<String>, Stop> {
    let shown = root.display();
    match disk::settle(root)? {
        JournalOutcome::Nothing => Ok(Vec::new()),
        JournalOutcome::Completed(files) => {
            let counted = count(files.len(), "file");
            say(&format!("A command was stopped while it changed {shown}. Its change of {counted} is complete now."));
            Ok(files)
        }
        JournalOutcome::TakenBack => {
            say(&format!("A command was stopped before it changed {shown}. What it left has been removed."));
            Ok(Vec::new())
        }
    }
}

/// Returns the folder of the site that holds a file, which need not be there.
pub(super) fn site_that_holds(file: &Path) -> Option<PathBuf> {
    let named = |folder: &&Path| disk::is_file(&folder.join(SETTINGS));
    // As it was named, so that what is said of its files is short.
    if file.components().all(|part| part != Component::ParentDir) {
        let mut above = file.ancestors().skip(1).map(|folder| if folder == "" { Path::new(".") } else { folder });
        if let Some(folder) = above.find(named) {
            return Some(folder.to_owned());
        }
    }
    let file = disk::canonical(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))
        .ok()?;
    file.ancestors().find(named).map(Path::to_owned)
}

/// Says that there is nothing at a path.
pub(super) fn not_there(named: &Path, help: &str) -> Stop {
    could_not_run(format!("there is no file or folder `{}`", named.display()), help)
}

/// Finds the folder of the site that is meant.
fn find_site(named: Option<&Path>) -> Result<PathBuf, Stop> {
    let holds_site = |folder: &Path| disk::is_file(&folder.join(SETTINGS));
    let help = "name the folder that holds the site's `site.toml`, or make a small site with `clausebook new my-site`";
    match named {
        Some(named) if holds_site(named) => Ok(named.to_owned()),
        // A text stands for the site that it is in.
        Some(named) if disk::is_file(named) => site_that_holds(named).ok_or_else(|| {
            could_not_run(format!("`{}` is in no site: no folder above it has a `{SETTINGS}`", named.display()), help)
        }),
        Some(named) if !disk::is_there(named) => Err(not_there(named, help)),
        Some(named) => Err(could_not_run(format!("`{}` holds no site: it has no `{SETTINGS}`", named.display()), help)),
        None if holds_site(Path::new(".")) => Ok(PathBuf::from(".")),
        None if holds_site(Path::new("content")) => Ok(PathBuf::from("content")),
        None => above().ok_or_else(|| {
            let places = "neither this folder, nor `content`, nor a folder above";
            could_not_run(format!("there is no site here: {places} has a `{SETTINGS}`"), help)
        }),
    }
}

/// Returns the nearest folder above the current one that holds a site, as a path from there.
fn above() -> Option<PathBuf> {
    let here = disk::canonical(Path::new(".")).ok()?;
    let mut shown = PathBuf::new();
    here.ancestors().skip(1).find_map(|folder| {
        shown.push("..");
        disk::is_file(&folder.join(SETTINGS)).then(|| shown.clone())
    })
}

/// Returns the place that is written if none is named: in the current folder, or at the top of the
/// site if the command, which named no site, was given in a folder of it.
pub(super) fn default_output(root: &Path, named: Option<&Path>, name: &str) -> PathBuf {
    if named.is_none() && root.starts_with("..") { root.join(name) } else { PathBuf::from(name) }
}

/// Returns a path as a word of a command that can be pasted into a shell of this system.
pub(super) fn shell_word(path: &Path) -> String {
    let shown = path.display().to_string();
    // Else a command takes it for an option.
    let shown = if shown.starts_with('-') { format!("./{shown}") } else { shown };
    let is_plain = |c: char| c.is_alphanumeric() || "/._-~:+,@".contains(c) || cfg!(windows) && c == '\\';
    if shown.chars().all(is_plain) {
        shown
    } else if cfg!(windows) {
        format!("\"{shown}\"")
    } else {
        format!("'{}'", shown.replace('\'', r"'\''"))
    }
}
