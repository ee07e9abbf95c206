//! Roles of the files in a site's folder.
//!
//! Takes a path below the folder; gives whether it is read as a text, copied as it is, or passed
//! over. Opens nothing.

use crate::litter::{is_litter, is_litter_folder};
use crate::source::{OWN_THEME, PERMALINKS, text_stem};

/// Names without their endings, in lower case, by which repositories say something of themselves
/// and no paper is called.
const REPOSITORY: [&str; 19] = [
    "readme",
    "contributing",
    "contributors",
    "changelog",
    "changes",
    "license",
    "licence",
    "copying",
    "copyright",
    "notice",
    "authors",
    "security",
    "code_of_conduct",
    "code-of-conduct",
    "codeowners",
    "governance",
    "maintainers",
    "support",
    "funding",
];

/// Endings of files that tell programs how to build, check or publish a repository.
const TOOLS: [&str; 17] = [
    ".yml", ".yaml", ".json", ".json5", ".jsonc", ".lock", ".js", ".cjs", ".mjs", ".ts", ".py", ".rb", ".sh", ".cfg",
    ".ini", ".nix", ".gemspec",
];

/// Returns whether a file beside the settings is about the repository that it is in, and no part of
/// the site.
pub(super) fn is_repository_file(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    let is_named = REPOSITORY.contains(&stem) || TOOLS.iter().any(|ending| lower.ends_with(ending));
    !path.contains('/') && (is_named || !path.contains('.'))
}

/// Returns the role of a file in the site's own folder.
pub(super) fn own_role(path: &str) -> Option<FileRole> {
    let text = text_stem(path).is_some() && !is_repository_text(path)
        || path.ends_with(".toml")
        || path.starts_with(PERMALINKS) && path.ends_with(".txt")
        || path.strip_prefix(OWN_THEME).is_some_and(is_brand)
        || is_template(path, "theme/templates/");
    Some(if text { FileRole::Text } else { FileRole::Asset })
}

/// Returns whether a text is about a repository: a capital at its head tells `README.md` from
/// `support.md`.
fn is_repository_text(path: &str) -> bool {
    is_repository_file(path) && path.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The texts by which a theme makes a copy look like someone's own.
pub(super) fn is_brand(path: &str) -> bool {
    matches!(path, "brand.css" | "logo.svg" | "epub.css")
}

pub(super) fn is_template(path: &str, folder: &str) -> bool {
    path.starts_with(folder) && (path.ends_with(".html") || path.ends_with(".xhtml"))
}

/// Whether a file of a theme is a catalogue of words.
pub(super) fn is_catalogue(path: &str) -> bool {
    path.starts_with("strings/") && path.ends_with(".toml")
}

/// Role of a file: a text to read, or an asset to copy.
pub(super) enum FileRole {
    Text,
    Asset,
}

/// Hidden files, and what systems and editors leave.
pub(super) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || is_litter(name) || is_litter_folder(name)
}
