//! Whether a copy is still what was handed out.
//!
//! Takes a folder or a zip; compares every file in it with the list that came with it (the manifest
//! of a bundle, or what `build` left in a folder) and gives each that is missing, changed or too
//! much. Follows no link, opens nothing but regular files below the folder, holds no file in
//! memory, and writes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use super::marker::OutputManifest as Marker;
use super::open::open_plain;
use super::verified::{CopyFault, Signed, Verified, located, note_signature, signed_by};
use super::{DiskError, FileKind, Folder, MARKER, copy_and_hash, regular, zipped};
use crate::bundle::expected::Expected;
use crate::bundle::signature::VerifyingKey;
use crate::bundle::{MANIFEST, MAX_FILES, MAX_MANIFEST, MAX_SIGNATURE, Manifest, SIGNATURE};
use crate::litter::{is_litter, is_litter_folder, is_shown};
use crate::source::Hash;

/// Looks through the copy at `path`, which must be what is `expected`.
///
/// # Errors
///
/// If there is no copy that could be looked through: no list, a list that is none, a zip that is
/// none.
pub fn verify(path: &Path, expected: &Expected) -> Result<Verified, DiskError> {
    let key = expected.key.as_ref();
    let mut verified = if path.is_dir() {
        without_litter(verify_folder(path, key)?)
    } else {
        let wanted = |_: &str| false;
        zipped::check_files(path, key, &wanted)?.0
    };
    match &verified.manifest {
        Some(manifest) => {
            let wrong = [
                (CopyFault::OtherSite, expected.is_site(manifest)),
                (CopyFault::OtherEdition, expected.is_edition(manifest)),
            ];
            let wrong = wrong.into_iter().filter(|(_, is_right)| !is_right);
            verified.faults.extend(wrong.map(|(fault, _)| (MANIFEST.to_owned(), fault)));
        }
        None if expected.name.is_some() || expected.edition.is_some() => {
            let message = format!("`{}` was written by `build`, which notes neither name nor edition", path.display());
            return Err(DiskError::new(message).help("make a copy that says what it is with `clausebook bundle`"));
        }
        None => {}
    }
    Ok(verified)
}

/// Sets apart what systems left in a folder that somebody looked at: to get the copy again would
/// not help.
fn without_litter(mut verified: Verified) -> Verified {
    let is_left = |(path, fault): &(String, CopyFault)| {
        let name = path.rsplit('/').next().unwrap_or_default();
        match fault {
            // What a browser would show could mislead a reader, whoever put it there.
            CopyFault::Added => is_litter(name) && !is_shown(name) && !name.contains(char::REPLACEMENT_CHARACTER),
            CopyFault::Unreadable => is_litter_folder(name),
            _ => false,
        }
    };
    let (left, faults) = std::mem::take(&mut verified.faults).into_iter().partition(is_left);
    let left: BTreeSet<(String, CopyFault)> = left;
    Verified { faults, passed_over: left.into_iter().map(|(path, _)| path).collect(), ..verified }
}

fn verify_folder(shown: &Path, key: Option<&VerifyingKey>) -> Result<Verified, DiskError> {
    let folder = Folder::new(shown).map_err(DiskError::when("read", shown))?;
    let small = |name: &str, most: u64| -> Result<Option<Vec<u8>>, DiskError> {
        let unread = |error| DiskError::when("read", &shown.join(name))(error);
        // The name itself must be the file: what a link in its place leads to was not handed out.
        match fs::symlink_metadata(folder.path.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => regular(&found.map_err(unread)?).map_err(unread)?,
        }
        let mut bytes = Vec::new();
        let file = open_plain(&folder, name).map_err(unread)?;
        file.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
        if bytes.len() as u64 > most {
            return Err(DiskError::new(format!("`{}` is too large", shown.join(name).display())));
        }
        Ok(Some(bytes))
    };
    let Some(text) = small(MANIFEST, MAX_MANIFEST)? else {
        return match Marker::of(&folder) {
            Some(_) if key.is_some() => Err(DiskError::new(format!(
                "`{}` was written by `build`, and no such folder is signed",
                shown.display()
            ))
            .help("make a signed copy with `clausebook bundle --sign KEYFILE`")),
            Some(marker) => {
                let files: BTreeMap<&str, (Hash, u64)> =
                    marker.files.iter().map(|(path, found)| (path.as_str(), *found)).collect();
                let faults = compare(&folder, &files, &[MARKER]).map_err(DiskError::when("read", shown))?;
                Ok(Verified {
                    manifest: None,
                    listed: files.len(),
                    faults,
                    signed: Signed::No,
                    passed_over: BTreeSet::new(),
                })
            }
            None => Err(no_list(shown, &folder)),
        };
    };
    let manifest = Manifest::parse(&text).map_err(|why| located(shown, &why))?;
    let signature = small(SIGNATURE, MAX_SIGNATURE)?;
    let signed = signed_by(&text, signature.as_deref(), key);
    let files: BTreeMap<&str, (Hash, u64)> =
        manifest.files.iter().map(|(path, found)| (path.as_str(), *found)).collect();
    let mut faults = compare(&folder, &files, &[MANIFEST, SIGNATURE]).map_err(DiskError::when("read", shown))?;
    note_signature(signed, signature.is_some(), &mut faults);
    Ok(Verified { listed: files.len(), manifest: Some(manifest), faults, signed, passed_over: BTreeSet::new() })
}

fn no_list(shown: &Path, folder: &Folder) -> DiskError {
    let error = DiskError::new(format!("`{}` holds no copy: it has no {MANIFEST}", shown.display()));
    let entries = folder.entries("").unwrap_or_default();
    let inside = entries.iter().filter(|entry| entry.kind == FileKind::Folder);
    let mut inside = inside.filter(|entry| open_plain(folder, &format!("{}/{MANIFEST}", entry.path)).is_ok());
    match (inside.next(), inside.next()) {
        (Some(one), None) => error.help(format!("did you mean `{}`?", shown.join(&one.path).display())),
        _ => error.help("name the folder that was unpacked, the zip, or a folder that `build` wrote"),
    }
}

/// Compares every file of a folder with a list. `unlisted` are there with the list.
fn compare(
    folder: &Folder,
    files: &BTreeMap<&str, (Hash, u64)>,
    unlisted: &[&str],
) -> io::Result<BTreeSet<(String, CopyFault)>> {
    let mut faults = BTreeSet::new();
    let mut present = BTreeSet::new();
    let mut folders = vec![String::new()];
    while let Some(at) = folders.pop() {
        let entries = match folder.entries(&at) {
            Ok(entries) => entries,
            Err(error) if at.is_empty() => return Err(error),
            Err(_) => {
                faults.insert((at, CopyFault::Unreadable));
                continue;
            }
        };
        for entry in entries {
            let is_listed = files.contains_key(entry.path.as_str());
            match entry.kind {
                FileKind::Folder => folders.push(entry.path),
                FileKind::File if is_listed => drop(present.insert(entry.path)),
                FileKind::File if unlisted.contains(&entry.path.as_str()) => {}
                FileKind::File | FileKind::Unnamable => drop(faults.insert((entry.path, CopyFault::Added))),
                FileKind::Special => {
                    let found = fs::symlink_metadata(folder.path.join(&entry.path));
                    let fault =
                        if found.is_ok_and(|found| found.is_symlink()) { CopyFault::Link } else { CopyFault::Special };
                    faults.insert((entry.path, fault));
                }
            }
        }
        if faults.len() + present.len() > 2 * MAX_FILES {
            return Err(io::Error::other("it holds more files than any copy"));
        }
    }
    let looked_at: Vec<(&str, &(Hash, u64))> = files.iter().map(|(path, found)| (*path, found)).collect();
    let wrong = looked_at.into_par_iter().filter_map(|(path, (hash, size))| {
        if !present.contains(path) {
            let is_said =
                [CopyFault::Link, CopyFault::Special].iter().any(|fault| faults.contains(&(path.to_owned(), *fault)));
            return (!is_said).then(|| (path.to_owned(), CopyFault::Missing));
        }
        let fault = match is_as_listed(folder, path, *hash, *size) {
            Ok(true) => return None,
            Ok(false) => CopyFault::Changed,
            Err(_) => CopyFault::Unreadable,
        };
        Some((path.to_owned(), fault))
    });
    let wrong: Vec<_> = wrong.collect();
    faults.extend(wrong);
    Ok(faults)
}

fn is_as_listed(folder: &Folder, path: &str, hash: Hash, size: u64) -> io::Result<bool> {
    let file = open_plain(folder, path)?;
    // Of a file that grows while it is read, no more than one byte too many.
    Ok(file.metadata()?.len() == size && copy_and_hash(&mut file.take(size + 1), io::sink())? == (hash, size))
}
