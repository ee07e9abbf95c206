//! `clausebook new`: a small site to start from.
//!
//! Takes the folder; writes the site that `starter/` holds into it, or one of `examples/`, or
//! refuses. Completes the work of an earlier `new` that was stopped there.

use std::path::Path;

use super::arguments::Example;
use super::folder::{settle, shell_word};
use super::{Stop, say_result};
use crate::disk;

/// Files of a site that is part of the program, by their paths.
type SiteTexts = &'static [(&'static str, &'static str)];

/// Files of a folder beside this one, with the settings of git that all sites have.
macro_rules! site {
    ($folder:literal: $($path:literal)*) => {
        &[
            $(($path, include_str!(concat!("../", $folder, "/", $path))),)*
            (".gitattributes", include_str!("../starter/.gitattributes")),
        ]
    };
}

/// The site that explains itself.
const STARTER: SiteTexts = site!("starter":
    "site.toml" "authorities.toml" "index.md" "glossary.md" "rules.md" "constitution.md" "minutes.md" "letter.md"
    "handbook/index.md" "handbook/1-opening.md" "handbook/2-closing.md" "packs/first-evening.md" "pictures/plan.svg"
);
const RULES: SiteTexts = site!("examples/rules": "site.toml" "index.md" "rules.md" "charges.md");
const POLICY: SiteTexts = site!("examples/policy":
    "site.toml" "authorities.toml" "glossary.md" "index.md" "personal-data.md" "data-breach.md"
);
const GUIDANCE: SiteTexts = site!("examples/guidance":
    "site.toml" "authorities.toml" "relations.toml" "index.md" "food-hygiene.md" "one-page.md"
);
const STANDARD: SiteTexts = site!("examples/standard": "site.toml" "index.md" "glossary.md" "labels.md");

/// Makes the small site in a folder.
pub(super) fn new(folder: &Path, from: Option<Example>) -> Result<(), Stop> {
    let texts = match from {
        None => STARTER,
        Some(Example::Rules) => RULES,
        Some(Example::Policy) => POLICY,
        Some(Example::Guidance) => GUIDANCE,
        Some(Example::Standard) => STANDARD,
    };
    let files: Vec<_> = texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    // An earlier `new` may have been stopped here: its change is all of these files.
    let completed = settle(folder)?;
    if !files.iter().all(|(path, _)| completed.contains(path)) {
        disk::create(folder, &files)?;
    }
    let shown = shell_word(folder);
    say_result(&format!("Made a small site in {shown}. Now:"));
    say_result(&format!("  clausebook build {shown}"));
    say_result("and open public/index.html in a browser.");
    Ok(())
}
