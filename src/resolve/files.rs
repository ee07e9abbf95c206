//! Files of the site that its documents name.
//!
//! Takes the path that a document writes; gives the file and the path under which it is published,
//! or reports that there is none. Reads no file: their hashes are known.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::output::OutPath;
use crate::source::{Hash, Span};

/// Finds a file of the site by its name and its hash. The two ways to write an accented letter are
/// one name, since systems change one into the other as they copy files.
pub fn find_file<'f>(
    path: &str,
    span: Span,
    files: &'f BTreeMap<String, Hash>,
    faults: &mut Vec<Diagnostic>,
) -> Option<(&'f String, &'f Hash)> {
    let alike = || files.iter().find(|(name, _)| !path.is_ascii() && is_same_name(path, name));
    let found = files.get_key_value(path).or_else(alike);
    if found.is_none() {
        let fault = Diagnostic::new(Code::MissingFile, span, format!("the site has no file `{path}`"));
        // One that cannot be published would be the next fault.
        let known = files.keys().map(String::as_str).filter(|name| OutPath::new(name).is_some());
        faults.push(fault.nearest_after(faults, path, known));
    }
    found
}

/// Returns the texts that another program would publish at a path such as `rules.html`, `rules` or
/// `guide`, a folder with an index.
pub fn files_of_page(path: &str) -> [String; 4] {
    let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
    let below = if stem.is_empty() { String::new() } else { format!("{stem}/") };
    [format!("{stem}.md"), format!("{stem}.markdown"), format!("{below}index.md"), format!("{below}README.md")]
}

/// Returns whether two names are one, however their accented letters are written.
pub fn is_same_name(one: &str, other: &str) -> bool {
    !other.is_ascii() && one.nfc().eq(other.nfc())
}

/// Returns the path under which a file of the site is published.
pub fn published(name: &str, span: Span, faults: &mut Vec<Diagnostic>) -> Option<OutPath> {
    let published = OutPath::new(name);
    if published.is_none() {
        let why = OutPath::refusal(name);
        let message = format!("the file `{name}` cannot be published under its name: {why}");
        faults.push(Diagnostic::new(Code::InvalidId, span, message).help("rename the file or its folder"));
    }
    published
}
