//! The folder of the site that a command is about.
//!
//! Takes what the command line names; finds the site, and settles what a command that was stopped began there.

use std::path::{Path, PathBuf};

use super::{Stop, could_not_run, count, say};
use crate::disk::{self, Settled};
use crate::pipeline::SETTINGS;

/// Finds the folder of the site that is meant, and settles what a command that was stopped began there.
pub(super) fn site_folder(named: Option<&Path>) -> Result<PathBuf, Stop> {
    let root = find_site(named)?;
    settle(&root)?;
    Ok(root)
}

/// Completes or takes back a change that was stopped, and says so. Returns whether the change was completed.
pub(super) fn settle(root: &Path) -> Result<bool, Stop> {
    let shown = root.display();
    let settled = disk::settle(root)?;
    match settled {
        Settled::Nothing => {}
        Settled::Completed(files) => {
            let files = count(files, "file");
            say(&format!("A command was stopped while it changed {shown}. Its change of {files} is complete now."));
        }
        Settled::TakenBack => {
            say(&format!("A command was stopped before it changed {shown}. What it left has been removed."))
        }
    }
    Ok(matches!(settled, Settled::Completed(_)))
}

/// Finds the folder of the site that is meant.
pub(super) fn find_site(named: Option<&Path>) -> Result<PathBuf, Stop> {
    let holds_site = |folder: &Path| disk::is_file(&folder.join(SETTINGS));
    let help = "name the folder that holds the site's `site.toml`, or make a small site with `clausebook new my-site`";
    match named {
        Some(named) if holds_site(named) => Ok(named.to_owned()),
        Some(named) => Err(could_not_run(format!("`{}` holds no site: it has no `{SETTINGS}`", named.display()), help)),
        None if holds_site(Path::new(".")) => Ok(PathBuf::from(".")),
        None if holds_site(Path::new("content")) => Ok(PathBuf::from("content")),
        None => Err(could_not_run(
            format!("there is no site here: neither this folder nor `content` has a `{SETTINGS}`"),
            help,
        )),
    }
}
