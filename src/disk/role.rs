//! Roles of the files in a site's folder.
//!
//! Takes a path below the folder; gives whether it is read as a text, copied as it is, or passed over. Opens nothing.

use crate::litter::{is_litter, is_litter_folder};

/// Returns the role of a file in the site's own folder.
pub(super) fn own_role(path: &str) -> Option<Role> {
    let text = path.ends_with(".md")
        || path.ends_with(".toml")
        || path.starts_with("permalinks/") && path.ends_with(".txt")
        || path.strip_prefix("theme/").is_some_and(is_brand)
        || is_template(path, "theme/templates/");
    Some(if text { Role::Text } else { Role::Asset })
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
pub(super) enum Role {
    Text,
    Asset,
}

/// Hidden files, and what systems and editors leave.
pub(super) fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || is_litter(name) || is_litter_folder(name)
}
