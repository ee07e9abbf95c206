//! From two folders to one `Site`: a site with what it adds to another.
//!
//! Takes a site's folder, and what its settings name outside it; gives the site with its theme. Of
//! a site that extends another, puts the texts and files of that one beside its own, and says whose
//! each is. Where both have a file of one path, the list at the foot of this header says which
//! is; any other is a fault, since local words never take the place of those that they are
//! added to. Never writes in the other folder.
//!
//! - Read from both, under two names: settings, register, relations, ledger. What is local is added
//!   to what is there.
//! - Read from both: the glossary; the local one gets a page of its own.
//! - The local one alone: the words of the home page and those about this copy, and each file of
//!   `theme/`.
//! - Of the other's `theme/`, the files that only give colours, type and logo. Templates, which run
//!   in the build, and the rest of it are read if the settings say so.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path};

use super::read::{BegunSite, FileSource, read_theme, take, walk_own};
use super::role::{is_brand, is_passed_over, own_role};
use super::zipped::read_bundle;
use super::{DiskError, FileKind, Folder, journal};
use crate::bundle::expected::Expected;
use crate::bundle::signature::VerifyingKey;
use crate::bundle::{Manifest, SOURCES};
use crate::config::Extends;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::{ReadSite, Settings};
use crate::source::{
    FileName, LOCAL_GLOSSARY, OWN_THEME, Origin, PERMALINKS, REGISTER, RELATIONS, SETTINGS, Site, SiteText, SourceFile,
    SourceMap, Text, UPSTREAM, Written,
};

/// Reads the site in the folder `root` with all that it names outside it: the site that it extends,
/// and its theme. `settings` parses what names them. See [`super::read`].
///
/// # Errors
///
/// If one of the folders is there and cannot be read, or if the first holds no `site.toml`.
pub fn read_whole(
    root: &Path,
    previous: SourceMap,
    settings: impl Fn(&Site) -> Settings,
) -> Result<ReadSite, DiskError> {
    let mut begun = BegunSite::new(root, previous)?;
    let mut parsed = settings(&begun.site);
    begun.read_rest(&parsed.0.ignore)?;
    let (mut site, mut faults) = (begun.site, begun.faults);
    if let Some(extends) = &parsed.0.extends {
        read_upstream(root, extends, &settings, &mut site, &mut faults)?;
        // Those of the other site are below its own.
        parsed = settings(&site);
    }
    let theme_found = read_theme(root, &parsed.0.theme.0, &mut site, &mut faults)?;
    Ok(ReadSite { site, faults, settings: parsed, theme_found })
}

/// Adds to a site the one that it extends, which is where its settings say, seen from the site's
/// folder `root`.
///
/// What is wrong with that, and each file that would take the place of another, is a diagnostic.
///
/// # Errors
///
/// If the other folder is there and cannot be read.
fn read_upstream(
    root: &Path,
    extends: &Extends,
    settings: impl Fn(&Site) -> Settings,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), DiskError> {
    let written = &extends.site;
    let shown = written.value.trim_end_matches('/');
    let parts = Path::new(shown).components();
    let relative = parts.into_iter().all(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    if !relative || shown.contains(['\\', ':']) {
        let message = format!("`{shown}` is not the path of a folder or a bundle, seen from this site's own");
        let help =
            "write one such as \"../upstream\", with `/` between its parts, so that it is right on every machine";
        diagnostics.push(wrong(written, message, help));
        return Ok(());
    }
    let path = root.join(shown);
    if shown.ends_with(".zip") && path.is_file() {
        match bundle_files(&path, shown, extends) {
            Err(fault) => diagnostics.push(fault),
            Ok((files, unpinned)) => {
                diagnostics.extend(unpinned);
                let listed = files.keys().filter(|path| !path.split('/').any(is_passed_over));
                let listed = listed.map(|path| (path.clone(), Ok(FileKind::File))).collect();
                merge_upstream(site, &FileSource::Bundle(&files), extends, listed, diagnostics);
            }
        }
        return Ok(());
    }
    let own = Folder::new(root).map_err(DiskError::when("read", root))?;
    match upstream_folder(&path, shown, &own, extends) {
        Err(fault) => diagnostics.push(fault),
        Ok(folder) => {
            let ignore = settings(&BegunSite::new(&path, SourceMap::new())?.site).0.ignore;
            let files = walk_own(&folder, &ignore).map_err(DiskError::when("read", &path))?;
            merge_upstream(site, &FileSource::Folder(&folder), extends, files, diagnostics);
        }
    }
    Ok(())
}

fn wrong(place: &Written<String>, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidUpstream, place.span, message).help(help)
}

/// Files of a bundle by their paths below the site's folder, with a warning if its key could be
/// for other bundles.
type BundleFiles = (BTreeMap<String, Vec<u8>>, Option<Diagnostic>);

/// Returns the sources in the bundle that a site extends, if it is the one that is expected.
fn bundle_files(
    path: &Path,
    shown: &str,
    Extends { site: written, key, name, edition, .. }: &Extends,
) -> Result<BundleFiles, Diagnostic> {
    let no_key = "write the line that is in the file of the public key, which begins with RW";
    let signer = key
        .as_ref()
        .map(|key| VerifyingKey::read(&key.value).ok_or_else(|| wrong(key, "this is no public key", no_key)));
    let signer = signer.transpose()?;
    let read = read_bundle(path, signer.as_ref(), &|path| path.starts_with(SOURCES));
    let (manifest, files) = read.map_err(|DiskError { message, help }| {
        wrong(written, message, help.as_deref().unwrap_or("ask who gave you the bundle for another copy"))
    })?;
    let asked = |written: &Option<Written<String>>| written.as_ref().map(|written| written.value.clone());
    let expected = Expected { key: signer, name: asked(name), edition: asked(edition) };
    if let Some(name) = name.as_ref().filter(|_| !expected.is_site(&manifest)) {
        let message = format!("the bundle `{shown}` is a copy of {}, not of {}", manifest.name, name.value);
        return Err(wrong(name, message, "ask for a bundle of the site that you extend, or change the name"));
    }
    if let Some(edition) = edition.as_ref().filter(|_| !expected.is_edition(&manifest)) {
        let found = manifest.edition.as_ref().map_or("no edition".to_owned(), |edition| format!("edition {edition}"));
        let later = if expected.is_in_order() { " or later" } else { "" };
        let message = format!("the bundle `{shown}` is {found}, not {}{later}", edition.value);
        return Err(wrong(edition, message, "ask for a newer bundle, or change the edition"));
    }
    let inner = |(path, bytes): (String, Vec<u8>)| Some((path.strip_prefix(SOURCES)?.to_owned(), bytes));
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().filter_map(inner).collect();
    if !files.contains_key(SETTINGS) {
        let help = "ask for one that was made by `clausebook bundle --with-sources`";
        return Err(wrong(written, format!("the bundle `{shown}` has no sources, on which a site could build"), help));
    }
    Ok((files, key.as_ref().and_then(|key| unpinned(key, &expected, &manifest))))
}

/// Returns the folder of the site that the site in the folder `own` extends.
fn upstream_folder(
    path: &Path,
    shown: &str,
    own: &Folder,
    Extends { site: written, key, name, edition, .. }: &Extends,
) -> Result<Folder, Diagnostic> {
    if let Some(key) = key {
        let help = "name a bundle, or remove the line: whoever can change a folder can change all of it";
        return Err(wrong(key, "only a bundle is signed, and this is a folder", help));
    }
    if let Some(asked) = name.as_ref().or(edition.as_ref()) {
        let help = "name a bundle, or remove the line: a folder is read as it is";
        return Err(wrong(asked, "only a bundle is asked for its name and edition, and this is a folder", help));
    }
    let folder = Folder::new(path).ok().filter(|folder| folder.path.join(SETTINGS).is_file()).ok_or_else(|| {
        let help =
            "write the path of a folder that holds a `site.toml`, or of a bundle, seen from the folder of this file";
        wrong(written, format!("there is no site at `{shown}`"), help)
    })?;
    if own.path.starts_with(&folder.path) || folder.path.starts_with(&own.path) {
        let help = "keep the site that is extended in a folder of its own, beside this one";
        return Err(wrong(written, format!("one of `{shown}` and this site is inside the other"), help));
    }
    if journal::is_begun(&folder) {
        let help = format!("run `clausebook check {}` first: it completes the change", path.display());
        let message = format!("a command was stopped while it changed the site at `{shown}`");
        return Err(wrong(written, message, &help));
    }
    Ok(folder)
}

/// Warns of a key without a name and an edition: its owner may have signed other sites, and older
/// editions of this one.
fn unpinned(key: &Written<String>, expected: &Expected, manifest: &Manifest) -> Option<Diagnostic> {
    let name = expected.name.is_none().then(|| ("site", format!("`name = \"{}\"`", manifest.name)));
    let edition = manifest.edition.as_ref().filter(|_| expected.edition.is_none());
    let edition = edition.map(|edition| ("edition", format!("`edition = \"{edition}\"`")));
    let (what, lines): (Vec<&str>, Vec<String>) = name.into_iter().chain(edition).unzip();
    let message = format!("any {} that this key signed would be accepted", what.join(" and any "));
    let help = format!("to accept only this one, add {}", lines.join(" and "));
    (!what.is_empty()).then(|| Diagnostic::new(Code::UnpinnedUpstream, key.span, message).help(help))
}

/// Puts the files of the other site under those of a site.
fn merge_upstream(
    site: &mut Site,
    from: &FileSource<'_>,
    extends: &Extends,
    mut files: BTreeMap<String, io::Result<FileKind>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let shown = extends.site.value.trim_end_matches('/');
    if extends.theme != Some(true) {
        let all = files.len();
        files.retain(|path, _| !path.starts_with(OWN_THEME) || is_look(path));
        if files.len() < all && extends.theme.is_none() {
            diagnostics.push(extends.unused_theme("has templates or other files in `theme/`"));
        }
    }
    let mut clashes = Vec::new();
    for path in files.keys() {
        if may_be_in_both(path) || SiteText::of(path) == Some(SiteText::Glossary) || is_replaced(path) {
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
    let own_pages: Vec<SiteText> = site.sources.iter().filter_map(|file| SiteText::of(&file.path)).collect();
    files.retain(|path, _| {
        !is_page_of_its_own(path) || !SiteText::of(path).is_some_and(|page| own_pages.contains(&page))
    });
    let taken: Vec<String> = site.sources.iter().map(|file| file.path.to_string()).collect();
    let name = |path: &str| {
        let below = if may_be_in_both(path) { UPSTREAM } else { "" };
        let name =
            FileName { path: format!("{below}{path}"), shown: format!("{shown}/{path}"), origin: Origin::Upstream };
        taken.binary_search(&name.path).is_err().then_some(name)
    };
    take(from, name, files, own_role, site, diagnostics);
}

/// Whether both sites may have a file, and the local one adds to the other.
fn may_be_in_both(path: &str) -> bool {
    matches!(path, SETTINGS | REGISTER | RELATIONS) || path.starts_with(PERMALINKS) || path.starts_with("strings/")
}

/// Whether the local file of this path takes the place of the other.
fn is_replaced(path: &str) -> bool {
    is_page_of_its_own(path) || path.starts_with(OWN_THEME)
}

/// Whether a text is the home page or the one about the copy, of which a site has one each.
fn is_page_of_its_own(path: &str) -> bool {
    matches!(SiteText::of(path), Some(SiteText::Home | SiteText::About))
}

/// Whether a file of a theme does no more than give a copy its colours, its type and its logo.
fn is_look(path: &str) -> bool {
    path.strip_prefix(OWN_THEME).is_some_and(|file| file == "theme.toml" || is_brand(file))
}

/// The local glossary is a page of its own, so that links to the other's words stay what they are.
fn set_glossary_aside(site: &mut Site) {
    let is_own =
        |file: &&SourceFile| file.origin == Origin::Own && SiteText::of(&file.path) == Some(SiteText::Glossary);
    let Some(file) = site.sources.iter().find(is_own) else { return };
    let (text, shown) = (Text::new(&file.text), file.path.to_string());
    site.sources.retain(|path| path != shown);
    site.sources.put(FileName { path: LOCAL_GLOSSARY.to_owned(), shown, origin: Origin::Own }, text);
}
