//! A bundle that was not unpacked.
//!
//! Takes a zip that anyone may have made; compares it with the manifest in it, and gives the files
//! that are asked for. What form of zip is read at all, [`container`](crate::bundle::container)
//! says. Unpacks nothing onto the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::DiskError;
use super::open::open_alone;
use super::verified::{CopyFault, Verified, located, note_signature, signed_by};
use crate::bundle::container::{Container, Day};
use crate::bundle::signature::VerifyingKey;
use crate::bundle::{MANIFEST, MAX_MANIFEST, MAX_SIGNATURE, Manifest, SIGNATURE};
use crate::date::PartialDate;
use crate::source::Hash;

/// The most bytes that [`read_bundle`] takes into memory.
const MAX_HELD: u64 = 512 << 20;

/// The files of the bundle at `path` that are `wanted`, by their path in it, if the whole of it is
/// what its manifest says.
///
/// # Errors
///
/// If it is not whole, if it is not signed by `key`, or if what is wanted is more than 512 MiB.
pub fn read_bundle(
    path: &Path,
    key: Option<&VerifyingKey>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(Manifest, BTreeMap<String, Vec<u8>>), DiskError> {
    let (verified, files) = check_files(path, key, wanted)?;
    match (verified.faults.first(), verified.manifest) {
        (None, Some(manifest)) => Ok((manifest, files)),
        _ => Err(DiskError::new(format!("the bundle `{}` is not whole", path.display()))
            .help(format!("`clausebook verify {}` says what is wrong", path.display()))),
    }
}

/// Whether the file at a path is a bundle.
pub(super) fn is_bundle(path: &Path) -> bool {
    name_in_bundle(path).is_some()
}

/// Name of the site that the bundle at a path is a copy of; none if the file is no bundle.
pub(super) fn name_in_bundle(path: &Path) -> Option<String> {
    let mut zip = open(path).ok()?;
    Some(Manifest::parse(&small(&mut zip, MANIFEST, MAX_MANIFEST).ok()??).ok()?.name)
}

/// Compares a bundle with its manifest, and gives the files that are `wanted` and as they should
/// be.
pub(super) fn check_files(
    shown: &Path,
    key: Option<&VerifyingKey>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(Verified, BTreeMap<String, Vec<u8>>), DiskError> {
    let refuse = |why: String| located(shown, &why);
    let file = open_alone(shown).map_err(DiskError::when("read", shown))?;
    let mut zip = Container::open(BufReader::new(file)).map_err(|why| {
        DiskError::new(format!("`{}` is not as `bundle` writes it: {why}", shown.display()))
            .help("get the copy again from where it came from, or unpack it and check the folder")
    })?;
    let text = small(&mut zip, MANIFEST, MAX_MANIFEST).map_err(&refuse)?;
    let text = text.ok_or_else(|| refuse(format!("it has no {MANIFEST}")))?;
    let manifest = Manifest::parse(&text).map_err(&refuse)?;
    if zip.day() != Day::of(manifest.date.as_deref().and_then(PartialDate::parse)) {
        return Err(refuse("its files do not have the day of its edition".to_owned()));
    }
    let signature = small(&mut zip, SIGNATURE, MAX_SIGNATURE).map_err(&refuse)?;
    let signed = signed_by(&text, signature.as_deref(), key);
    let mut faults = BTreeSet::new();
    note_signature(signed, signature.is_some(), &mut faults);
    let mut held = BTreeMap::new();
    let mut room = MAX_HELD;
    let mut present = BTreeSet::new();
    for entry in zip.entries().to_vec() {
        let path = entry.path.as_str();
        let Some((hash, size)) = manifest.files.get(path) else {
            if !matches!(path, MANIFEST | SIGNATURE) {
                faults.insert((path.to_owned(), CopyFault::Added));
            }
            continue;
        };
        present.insert(path.to_owned());
        let packed = if u64::from(entry.size) == *size { zip.packed(&entry).ok().flatten() } else { None };
        match packed.and_then(|packed| packed.unpack()).filter(|bytes| Hash::of(bytes) == *hash) {
            None => drop(faults.insert((path.to_owned(), CopyFault::Changed))),
            Some(bytes) if wanted(path) => {
                let left = room.checked_sub(*size);
                room = left.ok_or_else(|| refuse("it holds more than can be read at once".to_owned()))?;
                held.insert(path.to_owned(), bytes);
            }
            Some(_) => {}
        }
    }
    let missing = manifest.files.keys().filter(|path| !present.contains(path.as_str()));
    faults.extend(missing.map(|path| (path.to_string(), CopyFault::Missing)));
    let passed_over = BTreeSet::new();
    Ok((Verified { listed: manifest.files.len(), manifest: Some(manifest), faults, signed, passed_over }, held))
}

type Zip = Container<BufReader<File>>;

fn open(path: &Path) -> Result<Zip, String> {
    let file = open_alone(path).map_err(|error| error.to_string())?;
    Container::open(BufReader::new(file))
}

/// All of a file that must not be large; nothing if it is not there.
fn small(zip: &mut Zip, path: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
    let Some(entry) = zip.entries().iter().find(|entry| entry.path.as_str() == path).cloned() else { return Ok(None) };
    if u64::from(entry.size) > most {
        return Err(format!("its `{path}` is too large"));
    }
    let packed = zip.packed(&entry).map_err(|error| format!("its `{path}` cannot be read: {error}"))?;
    let bytes = packed.and_then(|packed| packed.unpack());
    bytes.map(Some).ok_or_else(|| format!("its `{path}` is not packed as `bundle` packs it"))
}
