//! From two folders to one `Site`: a site with what it adds to another.
//!
//! Takes a site's folder, and what its settings name outside it; gives the site with its theme. Of a site that extends
//! another, puts the texts and files of that one beside its own,
//! and says whose each is. Where both have a file of one path, the list at the foot of this header says which stands; any
//! other is a fault, since local words never take the place of those that they are added to. Never writes
//! in the other folder.
//!
//! - Read from both, under two names: settings, register, relations, ledger. What is local is added to what is there.
//! - Read from both: the glossary; the local one gets a page of its own.
//! - The local one alone: the words of the home page and those about this copy, and each file of `theme/`.

use std::path::{Component, Path};

use super::read::{own_role, read, read_theme, take, walk};
use super::{DiskError, Folder};
use crate::config::Beyond;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{LOCAL_GLOSSARY, Name, Origin, Site, SourceMap, Text, UPSTREAM, Written};

/// The file that makes a folder a site.
const SETTINGS: &str = "site.toml";
/// The words that a site explains.
const GLOSSARY: &str = "glossary.md";

/// Reads the site in the folder `root` with all that it names outside it: the site that it extends, and its theme. `beyond`
/// says what its settings name; whether the theme's folder is there is given too. See [`super::read`].
///
/// # Errors
///
/// If one of the folders is there and cannot be read, or if the first holds no `site.toml`.
pub fn read_whole(
    root: &Path,
    previous: SourceMap,
    beyond: impl Fn(&Site) -> Beyond,
) -> Result<(Site, Vec<Diagnostic>, bool), DiskError> {
    let (mut site, mut diagnostics) = read(root, previous)?;
    if let Some(extends) = beyond(&site).extends {
        read_upstream(root, &extends, &mut site, &mut diagnostics)?;
    }
    let theme_found = read_theme(root, &beyond(&site).theme, &mut site, &mut diagnostics)?;
    Ok((site, diagnostics, theme_found))
}

/// Adds to a site the one that it extends, which lies at `extends`, seen from the site's folder `root`.
///
/// What is wrong with that, and each file that would take the place of another, is a diagnostic.
///
/// # Errors
///
/// If the other folder is there and cannot be read.
fn read_upstream(
    root: &Path,
    extends: &Written<String>,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), DiskError> {
    let mut wrong = |message: String, help: &str| {
        diagnostics.push(Diagnostic::new(Code::InvalidUpstream, extends.span, message).help(help));
    };
    let written = Path::new(&extends.value);
    let relative = written.components().all(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    if !relative || extends.value.contains(['\\', ':']) {
        wrong(
            format!("`{}` is not the path of a folder, seen from this site's own", extends.value),
            "write one such as \"../upstream\", with `/` between its parts, so that it is right on every machine",
        );
        return Ok(());
    }
    let path = root.join(written);
    let own = Folder::new(root).map_err(DiskError::when("read", root))?;
    let folder = match Folder::new(&path) {
        Ok(folder) if folder.path.join(SETTINGS).is_file() => folder,
        _ => {
            wrong(
                format!("there is no site at `{}`", extends.value),
                "write the path of a folder that holds a `site.toml`, seen from the folder of this file",
            );
            return Ok(());
        }
    };
    if own.path.starts_with(&folder.path) || folder.path.starts_with(&own.path) {
        wrong(
            format!("`{}` and this site lie one within the other", extends.value),
            "keep the site that is extended in a folder of its own, beside this one",
        );
        return Ok(());
    }
    let files = walk(&folder).map_err(DiskError::when("read", &path))?;
    let shown = extends.value.trim_end_matches('/');
    let mut clashes = Vec::new();
    for path in files.keys() {
        if stands_beside(path) || path == GLOSSARY || is_replaced(path) {
            continue;
        }
        if let Some(file) = site.sources.find(path) {
            let message = format!("`{path}` is a file of the site that this one extends, too");
            let fault = Diagnostic::new(Code::LocalClash, file.start(), message);
            clashes.push(fault.help(
                "local words are added to others and never take their place: rename the file, \
                 or write a note on a clause in `notes/`",
            ));
        }
    }
    diagnostics.extend(clashes);
    set_glossary_aside(site);
    let taken: Vec<String> = site.sources.iter().map(|file| file.path.to_string()).collect();
    let name = |path: &str| {
        let below = if stands_beside(path) { UPSTREAM } else { "" };
        let name = Name { path: format!("{below}{path}"), shown: format!("{shown}/{path}"), origin: Origin::Upstream };
        taken.binary_search(&name.path).is_err().then_some(name)
    };
    // What was published of words that the local ones replace is no concern of this site.
    let replaced = |path: &str| {
        let document = path.strip_prefix("permalinks/").and_then(|name| name.strip_suffix(".txt"));
        document.is_some_and(|document| {
            let path = format!("{document}.md");
            is_replaced(&path) && taken.binary_search(&path).is_ok()
        })
    };
    take(&folder, |path| name(path).filter(|_| !replaced(path)), files, own_role, site, diagnostics);
    Ok(())
}

/// Whether both sites may have a file, and the local one adds to the other.
fn stands_beside(path: &str) -> bool {
    matches!(path, SETTINGS | "authorities.toml" | "relations.toml") || path.starts_with("permalinks/")
}

/// Whether the local file of this path takes the place of the other.
fn is_replaced(path: &str) -> bool {
    matches!(path, "index.md" | "about.md") || path.starts_with("theme/")
}

/// The local glossary is a page of its own, so that links to the other's words stay what they are.
fn set_glossary_aside(site: &mut Site) {
    let Some(file) = site.sources.find(GLOSSARY).filter(|file| file.origin == Origin::Own) else { return };
    let text = Text::new(&file.text);
    site.sources.retain(|path| path != GLOSSARY);
    let name = Name { path: LOCAL_GLOSSARY.to_owned(), shown: GLOSSARY.to_owned(), origin: Origin::Own };
    site.sources.put(name, text);
}
