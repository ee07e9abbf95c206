//! `clausebook new`: a small site to start from.
//!
//! Takes the folder; writes the site that `starter/` holds into it, or refuses. Completes the work
//! of an earlier `new` that was stopped there.

use std::path::Path;

use super::folder::{settle, shell_word};
use super::{Stop, say};
use crate::disk;

/// The site that `new` makes.
const STARTER: &[(&str, &str)] = &[
    ("site.toml", include_str!("../starter/site.toml")),
    ("authorities.toml", include_str!("../starter/authorities.toml")),
    ("index.md", include_str!("../starter/index.md")),
    ("glossary.md", include_str!("../starter/glossary.md")),
    ("rules.md", include_str!("../starter/rules.md")),
    ("constitution.md", include_str!("../starter/constitution.md")),
    ("minutes.md", include_str!("../starter/minutes.md")),
    ("letter.md", include_str!("../starter/letter.md")),
    ("handbook/index.md", include_str!("../starter/handbook/index.md")),
    ("handbook/1-opening.md", include_str!("../starter/handbook/1-opening.md")),
    ("handbook/2-closing.md", include_str!("../starter/handbook/2-closing.md")),
    ("packs/first-evening.md", include_str!("../starter/packs/first-evening.md")),
    ("pictures/plan.svg", include_str!("../starter/pictures/plan.svg")),
    (".gitattributes", include_str!("../starter/.gitattributes")),
];

/// Makes the small site in a folder.
pub(super) fn new(folder: &Path) -> Result<(), Stop> {
    let files: Vec<_> = STARTER.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    // An earlier `new` may have been stopped here: its change is all of these files.
    let completed = settle(folder)?;
    if !files.iter().all(|(path, _)| completed.contains(path)) {
        disk::create(folder, &files)?;
    }
    let shown = shell_word(folder);
    say(&format!("Made a small site in {shown}. Now:"));
    say(&format!("  clausebook build {shown}"));
    say("and open public/index.html in a browser.");
    Ok(())
}
