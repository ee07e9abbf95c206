//! The marker of an output folder: what a build wrote there.
//!
//! Holds the list of files with their hashes, what the site was built from, and which site it is.
//! Takes a folder; says whether it still holds just that. Never writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

use super::{DiskError, FileKind, Folder, FolderEntry, MARKER, copy_and_hash};
use crate::source::{Hash, Key};

/// Start of the first line of a marker.
const HEADER: &str = "clausebook output 1";
/// Name of the site's hash in that line.
const SITE: &str = "site";
/// The most files that are named when a folder is refused.
const MAX_NAMED: usize = 5;

/// List of the files that a build wrote, as its marker holds it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OutputManifest {
    /// Key of all that the site was built from, if nothing was wrong with it. A build from the
    /// same would be the same.
    pub(super) inputs: Option<Key>,
    /// Hash of the path from the output's parent to the site's folder. Tells apart two sites that
    /// are built into one folder, and stays the same when both folders are moved or the site gets
    /// another title.
    pub(super) site: Option<Hash>,
    /// The hash and the size of each file, by path.
    pub(super) files: BTreeMap<String, (Hash, u64)>,
    /// When the marker was last written to: a listed file that was changed later is not what the
    /// list says.
    written: Option<SystemTime>,
}

impl OutputManifest {
    /// The manifest of a site that is about to be published.
    pub(super) fn new(inputs: Option<Key>, site: Option<Hash>, files: BTreeMap<String, (Hash, u64)>) -> Self {
        OutputManifest { inputs, site, files, written: None }
    }

    /// The manifest in a folder, unless there is none that is whole.
    pub(super) fn of(folder: &Folder) -> Option<Self> {
        let mut text = String::new();
        let mut file = folder.open(MARKER).ok()?;
        file.read_to_string(&mut text).ok()?;
        let (header, list) = text.split_once('\n')?;
        let mut words: Vec<&str> = header.strip_prefix(HEADER)?.split(' ').collect();
        let mut site = None;
        if let [.., SITE, hash] = words.as_slice() {
            site = Some(Hash::parse(hash)?);
            words.truncate(words.len() - 2);
        }
        let inputs = match words.as_slice() {
            [""] => None,
            ["", key] => Some(Key::parse(key)?),
            _ => return None,
        };
        let files = list.lines().map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (hash, size) = (Hash::parse(parts.next()?)?, parts.next()?.parse().ok()?);
            Some((parts.next()?.to_owned(), (hash, size)))
        });
        let written = file.metadata().and_then(|found| found.modified()).ok();
        Some(OutputManifest { inputs, site, files: files.collect::<Option<_>>()?, written })
    }

    pub(super) fn text(&self) -> String {
        let inputs = self.inputs.map(|inputs| format!(" {inputs}"));
        let site = self.site.map(|site| format!(" {SITE} {site}"));
        let header = [Some(HEADER.to_owned()), inputs, site].into_iter().flatten().collect::<String>();
        self.files.iter().fold(header + "\n", |mut text, (path, (hash, size))| {
            let written = writeln!(text, "{hash} {size} {path}");
            debug_assert!(written.is_ok(), "a String takes every write");
            text
        })
    }

    /// Whether a listed file is what the list says.
    fn is_kept(&self, folder: &Folder, path: &str, hash: Hash, size: u64, look: Precision) -> io::Result<bool> {
        let found = fs::symlink_metadata(folder.path.join(path))?;
        let before = matches!((found.modified(), self.written), (Ok(changed), Some(written)) if changed < written);
        Ok(found.len() == size
            && (look == Precision::Glance && before || copy_and_hash(&mut folder.open(path)?, io::sink())?.0 == hash))
    }

    /// Every folder that a listed file is in.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        fn above<'a>(path: &&'a str) -> Option<&'a str> {
            path.rsplit_once('/').map(|(folder, _)| folder)
        }
        self.files.keys().flat_map(|path| std::iter::successors(above(&path.as_str()), above)).collect()
    }
}

/// Precision with which files are compared with their list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    /// A file of the right size that was last changed before the list was made is not read.
    Glance,
    /// Every file is read: a disk can damage one without a trace, and a copy can keep its time.
    Whole,
}

/// Returns the manifest of an earlier build in the folder; an empty one if the folder is empty or
/// absent. Anything else in the folder is an error, and so is a file that was changed since, so
/// that nothing that a person made is ever deleted.
///
/// Files that systems leave in a folder are not a person's work: they are deleted with the old
/// site.
pub(super) fn written_by_us(path: &Path, shown: &Path) -> Result<OutputManifest, DiskError> {
    survey(path, shown, Precision::Glance).map(|survey| survey.manifest)
}

/// A folder, compared with its marker.
#[derive(Default)]
struct Examined {
    manifest: OutputManifest,
    /// Number of the listed files that are there.
    present: usize,
    /// Whether there are files that systems leave.
    has_litter: bool,
}

fn survey(path: &Path, shown: &Path, look: Precision) -> Result<Examined, DiskError> {
    if matches!(fs::symlink_metadata(path), Err(error) if error.kind() == io::ErrorKind::NotFound) {
        return Ok(Examined::default());
    }
    let unreadable = |error| DiskError::when("read", shown)(error);
    let folder = Folder::new(path).map_err(unreadable)?;
    let marker = OutputManifest::of(&folder);
    let marked = marker.is_some();
    let manifest = marker.unwrap_or_default();
    let ours = manifest.folders();
    let mut foreign = BTreeSet::new();
    let mut listed = Vec::new();
    let mut has_litter = false;
    let mut folders = vec![String::new()];
    while let Some(at) = folders.pop() {
        for entry in folder.entries(&at).map_err(unreadable)? {
            let is_litter = entry.is_litter();
            let FolderEntry { path, kind } = entry;
            match (kind, manifest.files.get(&path)) {
                // A person may have put something into a folder that a system made: it is looked
                // through.
                (FileKind::Folder, _) if is_litter => {
                    has_litter = true;
                    folders.push(path);
                }
                (FileKind::File, None) if is_litter => has_litter = true,
                (FileKind::Folder, _) if ours.contains(path.as_str()) => folders.push(path),
                (FileKind::File, None) if marked && path == MARKER => {}
                (FileKind::File, Some((hash, size))) => listed.push((path, *hash, *size)),
                _ => drop(foreign.insert(format!("`{path}`"))),
            }
        }
    }
    let present = listed.len();
    let compare = |(path, hash, size): (String, Hash, u64)| match manifest.is_kept(&folder, &path, hash, size, look) {
        Ok(true) => None,
        Ok(false) => Some(Ok(format!("`{path}` (changed)"))),
        Err(error) => Some(Err(DiskError::when("read", &shown.join(&path))(error))),
    };
    let changed: Vec<Result<String, DiskError>> = match look {
        // Also done while pages are made, by a thread that must not begin another page before it
        // has an answer.
        Precision::Glance => listed.into_iter().filter_map(compare).collect(),
        Precision::Whole => listed.into_par_iter().filter_map(compare).collect(),
    };
    foreign.extend(changed.into_iter().collect::<Result<Vec<_>, _>>()?);
    if foreign.is_empty() {
        return Ok(Examined { manifest, present, has_litter });
    }
    let named: Vec<_> = foreign.iter().take(MAX_NAMED).map(String::as_str).collect();
    let more = match foreign.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("`{}` holds what clausebook did not write: {}{more}", shown.display(), named.join(", "));
    Err(DiskError::new(message).help("move that out, or delete the folder yourself"))
}

/// Whether the folder still holds, whole and unchanged, what a build made from these inputs; and
/// how many files.
pub(super) fn holds(path: &Path, inputs: Key) -> Option<usize> {
    let known = OutputManifest::of(&Folder::new(path).ok()?)?;
    if known.inputs != Some(inputs) {
        return None;
    }
    let Examined { manifest, present, has_litter } = survey(path, path, Precision::Whole).ok()?;
    (manifest.inputs == Some(inputs) && present == manifest.files.len() && !has_litter).then_some(present)
}

/// Hash of the site that the output in a folder was built from, if its marker says.
pub(super) fn site_of(path: &Path) -> Option<Hash> {
    OutputManifest::of(&Folder::new(path).ok()?)?.site
}
