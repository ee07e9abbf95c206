//! From a folder to a `Site`.
//!
//! Holds which files belong to a site, which of them are texts, and what a text may hold. Takes a
//! folder; gives texts in UTF-8 with `\n` at the end of each line, hashes of all other files, and a
//! diagnostic for each that cannot be used. Never reads through a link that leads out of the
//! folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::ignored::{Ignored, is_gitignore};
use super::products::is_product;
use super::role::{FileRole, is_brand, is_catalogue, is_passed_over, is_repository_file, is_template, own_role};
use super::texts::{TextFault, text_of};
use super::{DiskError, FileKind, Folder, MARKER, copy_and_hash, journal, theme_folder};
use crate::bundle::signature::{SECRET_KEY_LENGTH, is_secret_key};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileName, Hash, Origin, SETTINGS, Site, SourceMap, Span, THEMES, Text};

/// The most bytes of a picture or another file that is in the folder of the site which is
/// extended: they are held.
const MAX_BORROWED: u64 = 64 << 20;

/// Reads the site in the folder `root`. Its paths keep the ids that they have in `previous`.
///
/// A file that has an error is in the site all the same, so that the error has a place, but with no
/// more of its text than shows it: no stage should parse it.
///
/// # Errors
///
/// If the folder itself cannot be read, or holds no `site.toml`; or if it holds half of a change
/// that cannot be completed.
pub fn read(root: &Path, previous: SourceMap) -> Result<(Site, Vec<Diagnostic>), DiskError> {
    let mut begun = BegunSite::new(root, previous)?;
    begun.read_rest(&[])?;
    Ok((begun.site, begun.faults))
}

/// A site of which only the settings are read, which say what else is to be.
pub(super) struct BegunSite<'a> {
    root: &'a Path,
    folder: Folder,
    pub site: Site,
    pub faults: Vec<Diagnostic>,
}

impl<'a> BegunSite<'a> {
    /// Reads the settings of the site in the folder `root`. Its paths keep the ids that they have
    /// in `previous`.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read, or holds no `site.toml`; or if it holds half of a change that
    /// cannot be completed.
    pub fn new(root: &'a Path, previous: SourceMap) -> Result<Self, DiskError> {
        journal::settle(root)?;
        let (folder, entries) = Folder::new(root)
            .and_then(|folder| folder.entries("").map(|entries| (folder, entries)))
            .map_err(DiskError::when("read", root))?;
        let entry = entries.into_iter().find(|entry| entry.name() == SETTINGS);
        let found = entry.filter(|entry| entry.kind != FileKind::Folder).ok_or_else(|| {
            DiskError::new(format!("`{}` holds no site: it has no `site.toml`", root.display()))
                .help("name the folder that holds it, or make a new site with `clausebook new`")
        })?;
        let mut begun =
            BegunSite { root, folder, site: Site { sources: previous, ..Site::default() }, faults: Vec::new() };
        begun.take(BTreeMap::from([(SETTINGS.to_owned(), Ok(found.kind))]));
        begun.site.sources.retain(|path| path == SETTINGS);
        Ok(begun)
    }

    /// Reads the rest of the site, but for the files that `ignore` means.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn read_rest(&mut self, ignore: &[String]) -> Result<(), DiskError> {
        let mut files = walk_own(&self.folder, ignore).map_err(DiskError::when("read", self.root))?;
        files.remove(SETTINGS);
        self.take(files);
        Ok(())
    }

    fn take(&mut self, files: FilesByPath) {
        take(&FileSource::Folder(&self.folder), own, files, own_role, &mut self.site, &mut self.faults);
    }
}

/// Adds to a site the theme `name`, from the folder `themes` beside the site's own, and says
/// whether it is there.
///
/// Paths of the theme begin with `../themes/NAME/`. Only `theme.toml`, `brand.css`, `logo.svg`,
/// templates, catalogues of words and `static/` are read.
///
/// # Errors
///
/// If the theme is there and cannot be read.
pub fn read_theme(
    root: &Path,
    name: &str,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<bool, DiskError> {
    let root = Folder::new(root).map_err(DiskError::when("read", root))?.path;
    let shown = Path::new("themes").join(name);
    let Some(folder) = theme_folder(&root, name).map_err(DiskError::when("read the theme", &shown))? else {
        return Ok(false);
    };
    let files = walk(&folder).map_err(DiskError::when("read the theme", &shown))?;
    let role = |path: &str| {
        // Not folders, but what is in their place: a link, a pipe.
        if matches!(path, "static" | "templates" | "strings") {
            return Some(FileRole::Asset);
        }
        if path == "theme.toml" || is_brand(path) || is_template(path, "templates/") || is_catalogue(path) {
            Some(FileRole::Text)
        } else {
            path.starts_with("static/").then_some(FileRole::Asset)
        }
    };
    take(
        &FileSource::Folder(&folder),
        |path| Some(FileName::own(format!("{THEMES}{name}/{path}"))),
        files,
        role,
        site,
        diagnostics,
    );
    Ok(true)
}

/// A file of the site's own folder is called what it is.
fn own(path: &str) -> Option<FileName> {
    Some(FileName::own(path))
}

/// Reads again the files at these paths, which are whole and have no link in them; gives whether
/// that was enough: not if one is a folder, or was one, or does not belong to the site's own
/// folder. Then everything must be read again.
///
/// # Errors
///
/// If the folder itself cannot be read.
pub fn reread(
    root: &Path,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
    paths: &BTreeSet<PathBuf>,
    ignore: &[String],
) -> Result<bool, DiskError> {
    let folder = Folder::new(root).map_err(DiskError::when("read", root))?;
    if journal::is_begun(&folder) {
        return Ok(false);
    }
    let ignored = ignored_in(&folder, ignore, paths);
    let mut files = BTreeMap::new();
    for path in paths {
        let Some(name) = name_in(&folder.path, path) else { return Ok(false) };
        // The settings and such files say what else is to be read.
        if name.split('/').next_back().is_some_and(|last| last == SETTINGS || is_gitignore(last)) {
            return Ok(false);
        }
        if name.split('/').any(is_passed_over) || in_built_site(&folder, &name) || ignored.holds_or_above(&name) {
            continue;
        }
        let within = format!("{name}/");
        let held_files = || site.sources.iter().any(|file| file.path.starts_with(&within));
        match std::fs::symlink_metadata(path) {
            Ok(found) if found.is_dir() || held_files() => return Ok(false),
            Ok(found) => drop(files.insert(name, Ok(if found.is_file() { FileKind::File } else { FileKind::Special }))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if name == SETTINGS || site.sources.find(&name).is_none() && held_files() {
                    return Ok(false);
                }
                site.assets.remove(&name);
                site.products.remove(&name);
                remove_faults_of(site, diagnostics, &name);
                site.sources.retain(|path| path != name);
            }
            Err(error) => drop(files.insert(name, Err(error))),
        }
    }
    for name in files.keys() {
        site.assets.remove(name);
        site.products.remove(name);
        remove_faults_of(site, diagnostics, name);
    }
    take(&FileSource::Folder(&folder), own, files, own_role, site, diagnostics);
    Ok(true)
}

/// Returns what is not read of the folders that some paths are in.
fn ignored_in(folder: &Folder, ignore: &[String], paths: &BTreeSet<PathBuf>) -> Ignored {
    let mut ignored = Ignored::new(ignore);
    let names = paths.iter().filter_map(|path| name_in(&folder.path, path));
    let mut folders: BTreeSet<String> = BTreeSet::from([String::new()]);
    for name in names {
        folders.extend(name.match_indices('/').filter_map(|(at, _)| name.get(..at)).map(str::to_owned));
    }
    folders.iter().for_each(|at| ignored.enter(folder, at));
    ignored
}

/// Removes the faults of a file.
fn remove_faults_of(site: &Site, diagnostics: &mut Vec<Diagnostic>, name: &str) {
    if let Some(id) = site.sources.find(name).map(|file| file.id) {
        diagnostics.retain(|fault| fault.span.file != id);
    }
}

/// The name of a file below the site's folder, with `/` between its parts.
pub fn name_in_site(root: &Path, path: &Path) -> Option<String> {
    name_in(&std::fs::canonicalize(root).ok()?, path)
}

fn name_in(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok().filter(|below| !below.as_os_str().is_empty())?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Whether a file is in a built site inside its own source.
fn in_built_site(folder: &Folder, name: &str) -> bool {
    Path::new(name).ancestors().skip(1).any(|at| at != Path::new("") && folder.path.join(at).join(MARKER).exists())
}

/// The text of a file that someone named, which may be in no site.
///
/// # Errors
///
/// If it cannot be read, or is no text.
pub fn read_alone(path: &Path) -> Result<String, DiskError> {
    let open = || {
        let whole = std::fs::canonicalize(path)?;
        let parts = whole.parent().zip(whole.file_name().and_then(|name| name.to_str()));
        let (folder, name) = parts.ok_or(io::ErrorKind::InvalidFilename)?;
        text_of(Folder::new(folder)?.open(name)?)
    };
    let (text, faults) = open().map_err(DiskError::when("read", path))?;
    match faults.into_iter().next() {
        Some(fault) => Err(DiskError::new(format!("`{}`: {}", path.display(), fault.message)).help(fault.help)),
        None => Ok(text),
    }
}

/// The bytes of a file that is to be copied, by the path that [`read`] or [`read_theme`] gave it.
///
/// # Errors
///
/// If it cannot be read, or is no longer there.
pub fn read_copied(root: &Path, path: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_source(&Folder::new(root)?, path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file by the path that `read` or `read_theme` gave it.
pub(super) fn open_source(site: &Folder, path: &str) -> io::Result<File> {
    match path.strip_prefix(THEMES).and_then(|rest| rest.split_once('/')) {
        Some((name, below)) => theme_folder(&site.path, name)?.ok_or(io::ErrorKind::NotFound)?.open(below),
        None => site.open(path),
    }
}

/// Files by their paths below a folder, with an error in place of what cannot be read.
pub(super) type FilesByPath = BTreeMap<String, io::Result<FileKind>>;

/// Returns every file below the folder.
pub(super) fn walk(folder: &Folder) -> io::Result<FilesByPath> {
    Ok(walk_with_folders(folder)?.0)
}

/// Returns every file below the folder of a site that its owner wants to be read.
pub(super) fn walk_own(folder: &Folder, ignore: &[String]) -> io::Result<FilesByPath> {
    Ok(walk_without(folder, Some(Ignored::new(ignore)))?.0)
}

/// Returns every file below the folder, and the folders that hold them, itself by an empty path.
pub(super) fn walk_with_folders(folder: &Folder) -> io::Result<(FilesByPath, Vec<String>)> {
    walk_without(folder, None)
}

fn walk_without(folder: &Folder, mut ignored: Option<Ignored>) -> io::Result<(FilesByPath, Vec<String>)> {
    let (mut found, mut listed) = (BTreeMap::new(), Vec::new());
    let mut folders = vec![String::new()];
    while let Some(at) = folders.pop() {
        let entries = match folder.entries(&at) {
            Ok(entries) => entries,
            Err(error) if at.is_empty() => return Err(error),
            Err(error) => {
                found.insert(at, Err(error));
                continue;
            }
        };
        // A built site inside its own source is no part of it.
        if !at.is_empty() && entries.iter().any(|entry| entry.name() == MARKER) {
            continue;
        }
        if let Some(ignored) = &mut ignored
            && entries.iter().any(|entry| is_gitignore(entry.name()))
        {
            ignored.enter(folder, &at);
        }
        listed.push(at);
        for entry in entries.into_iter().filter(|entry| !is_passed_over(entry.name())) {
            if ignored.as_ref().is_some_and(|ignored| ignored.holds(&entry.path, entry.kind == FileKind::Folder)) {
                continue;
            }
            match entry.kind {
                FileKind::Folder => folders.push(entry.path),
                FileKind::Unnamable => drop(found.insert(entry.path, Err(io::Error::other("its name is not UTF-8")))),
                FileKind::File | FileKind::Special => drop(found.insert(entry.path, Ok(entry.kind))),
            }
        }
    }
    Ok((found, listed))
}

/// Folder or bundle that files are read from.
pub(super) enum FileSource<'a> {
    /// A folder.
    Folder(&'a Folder),
    /// A bundle that is whole: its files are held.
    Bundle(&'a BTreeMap<String, Vec<u8>>),
}

impl FileSource<'_> {
    fn open(&self, path: &str, kind: FileKind) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            FileSource::Folder(folder) => Box::new(folder.open_listed(path, kind)?),
            FileSource::Bundle(files) => Box::new(files.get(path).ok_or(io::ErrorKind::NotFound)?.as_slice()),
        })
    }

    /// Whether a file is one that clausebook made.
    fn has_product(&self, path: &str, kind: FileKind) -> bool {
        match self {
            FileSource::Folder(folder) => kind == FileKind::File && is_product(&folder.path.join(path)),
            FileSource::Bundle(_) => false,
        }
    }
}

/// Reads `files` of a folder into the site, in path order, each under its name if it has one; gives
/// the paths that are now among the sources.
pub(super) fn take(
    from: &FileSource<'_>,
    name: impl Fn(&str) -> Option<FileName> + Sync,
    files: BTreeMap<String, io::Result<FileKind>>,
    role: impl Fn(&str) -> Option<FileRole> + Sync,
    site: &mut Site,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let read = |(path, found): (String, io::Result<FileKind>)| {
        let name = name(&path)?;
        let taken = found.and_then(|kind| taken(from, &path, kind, role(&path), name.origin));
        Some((name, taken))
    };
    let taken: Vec<(FileName, io::Result<Option<ReadOutcome>>)> = files.into_par_iter().filter_map(read).collect();
    let mut sources = BTreeSet::new();
    for (name, taken) in taken {
        let key = name.path.clone();
        match taken {
            Ok(None) => continue,
            Ok(Some(ReadOutcome::Text(text, faults))) => {
                let id = site.sources.put(name, text);
                diagnostics.extend(faults.into_iter().map(|fault| {
                    Diagnostic::new(fault.code, Span::new(id, fault.place), fault.message).help(fault.help)
                }));
            }
            Ok(Some(ReadOutcome::Asset { hash, borrowed, is_product })) => {
                site.assets.insert(key.clone(), hash);
                if is_product {
                    site.products.insert(key.clone());
                }
                site.borrowed.extend(borrowed.map(|bytes| (key.clone(), bytes.into())));
                // Without text, but with a place that a diagnostic can name.
                site.sources.put(name, Text::new(""));
            }
            Ok(Some(ReadOutcome::SecretKey)) => {
                let id = site.sources.put(name, Text::new(""));
                // It is there for links that lead to it, and nobody should be told to make one.
                site.assets.insert(key.clone(), Hash::of(&[]));
                site.products.insert(key.clone());
                let message = "this is a secret key: whoever has it can sign in your name";
                let fault = Diagnostic::new(Code::SecretKey, Span::new(id, 0..0), message);
                diagnostics.push(fault.help("move it out of the site's folder, to where only you can read it"));
            }
            Err(error) => {
                let id = site.sources.put(name, Text::new(""));
                let message = format!("this file cannot be read: {error}");
                diagnostics.push(Diagnostic::new(Code::UnreadableSource, Span::new(id, 0..0), message));
            }
        }
        sources.insert(key);
    }
    sources
}

/// Reads a file as what it is read as.
fn taken(
    from: &FileSource<'_>,
    path: &str,
    kind: FileKind,
    role: Option<FileRole>,
    origin: Origin,
) -> io::Result<Option<ReadOutcome>> {
    let Some(role) = role else { return Ok(None) };
    Ok(Some(match role {
        FileRole::Text => {
            let (text, faults) = text_of(from.open(path, kind)?)?;
            ReadOutcome::Text(Text::new(&text), faults)
        }
        FileRole::Asset if origin == Origin::Upstream => {
            let mut bytes = Vec::new();
            let (hash, _) = copy_and_hash(&mut from.open(path, kind)?.take(MAX_BORROWED), &mut bytes)?;
            if bytes.len() as u64 == MAX_BORROWED {
                return Err(io::Error::other("it is larger than 64 MiB"));
            }
            if is_secret_key(&bytes) {
                return Ok(Some(ReadOutcome::SecretKey));
            }
            ReadOutcome::Asset { hash, borrowed: Some(bytes), is_product: is_repository_file(path) }
        }
        FileRole::Asset => {
            let (mut file, mut start) = (from.open(path, kind)?, Vec::new());
            file.by_ref().take(SECRET_KEY_LENGTH as u64).read_to_end(&mut start)?;
            if is_secret_key(&start) {
                return Ok(Some(ReadOutcome::SecretKey));
            }
            let (hash, _) = copy_and_hash(&mut start.as_slice().chain(file), io::sink())?;
            let is_product = is_repository_file(path) || from.has_product(path, kind);
            ReadOutcome::Asset { hash, borrowed: None, is_product }
        }
    }))
}

/// Result of reading a file.
enum ReadOutcome {
    Text(Text, Vec<TextFault>),
    Asset {
        hash: Hash,
        /// Bytes of the file, if it is outside the site's folder.
        borrowed: Option<Vec<u8>>,
        /// Whether clausebook made it.
        is_product: bool,
    },
    /// A key that must not be published.
    SecretKey,
}
