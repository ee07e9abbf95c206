//! A bundle that was not unpacked.
//!
//! Takes a zip that anyone may have made; compares it with the manifest in it, and gives the files that are asked for. Takes
//! nothing into memory before it knows how much that is. Refuses what two readers of a zip could read in two ways: names
//! that come twice, entries that overlap, data before the first and after the last. Unpacks nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::read::{ArchiveOffset, Config};
use zip::{CompressionMethod, ZipArchive};

use super::verify::{Fault, Verified, located, note_signature, open_alone, signed_by};
use super::{DiskError, pour};
use crate::bundle::signature::Key;
use crate::bundle::{MANIFEST, MAX_FILES, MAX_MANIFEST, MAX_SIGNATURE, Manifest, SIGNATURE};

/// The most bytes of a zip's own list of what is in it.
const MAX_DIRECTORY: u64 = 256 << 20;
/// The most bytes that all files may have together.
const MAX_BYTES: u64 = 8 << 30;
/// The most bytes that [`read_bundle`] takes into memory.
const MAX_HELD: u64 = 512 << 20;
/// A file that is larger than this may not be more than [`MAX_RATIO`] times as large as what it was compressed to.
const SMALL: u64 = 1 << 20;
/// Text compresses to a tenth, tables to a thirtieth; only what was made for it to less.
const MAX_RATIO: u64 = 250;

/// The files of the bundle at `path` that are `wanted`, by their path in it, if the whole of it is what its manifest says.
///
/// # Errors
///
/// If it is not whole, if it is not signed by `key`, or if what is wanted is more than 512 MiB.
pub fn read_bundle(
    path: &Path,
    key: Option<&Key>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(Manifest, BTreeMap<String, Vec<u8>>), DiskError> {
    let (verified, files) = look_through(path, key, wanted)?;
    match (verified.faults.first(), verified.manifest) {
        (None, Some(manifest)) => Ok((manifest, files)),
        _ => Err(DiskError::new(format!("the bundle `{}` is not whole", path.display()))
            .help(format!("`clausebook verify {}` says what is wrong", path.display()))),
    }
}

/// Whether the file at a path is a bundle, so that another may take its place.
pub(super) fn is_bundle(path: &Path) -> bool {
    let read = || Zip::open(path).ok()?.manifest().ok();
    read().is_some()
}

/// Compares a bundle with its manifest, and gives the files that are `wanted` and as they should be.
pub(super) fn look_through(
    shown: &Path,
    key: Option<&Key>,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<(Verified, BTreeMap<String, Vec<u8>>), DiskError> {
    let refuse = |why: String| located(shown, &why);
    let mut zip = Zip::open(shown).map_err(&refuse)?;
    let text = zip.manifest().map_err(&refuse)?;
    let manifest = Manifest::parse(&text).map_err(&refuse)?;
    let signature = match zip.find(SIGNATURE) {
        Some(entry) => Some(zip.small(&entry, MAX_SIGNATURE).map_err(&refuse)?),
        None => None,
    };
    let signed = signed_by(&text, signature.as_deref(), key);
    let mut faults = BTreeSet::new();
    note_signature(signed, signature.is_some(), &mut faults);
    let mut held = BTreeMap::new();
    let mut room = MAX_HELD;
    let mut present = BTreeSet::new();
    for entry in zip.entries.clone() {
        let path = entry.path.as_str();
        let Some((hash, size)) = manifest.files.get(path) else {
            if entry.is_link {
                faults.insert((entry.path, Fault::Link));
            } else if !matches!(path, MANIFEST | SIGNATURE) {
                faults.insert((entry.path, Fault::Added));
            }
            continue;
        };
        present.insert(entry.path.clone());
        if entry.is_link {
            faults.insert((entry.path, Fault::Link));
        } else if entry.size != *size {
            faults.insert((entry.path, Fault::Changed));
        } else if wanted(path) {
            room =
                room.checked_sub(*size).ok_or_else(|| refuse("it holds more than can be read at once".to_owned()))?;
            let mut bytes = Vec::new();
            match zip.pour(&entry, &mut bytes) {
                Ok(read) if read == (*hash, *size) => drop(held.insert(entry.path, bytes)),
                _ => drop(faults.insert((entry.path, Fault::Changed))),
            }
        } else if !zip.pour(&entry, io::sink()).is_ok_and(|read| read == (*hash, *size)) {
            faults.insert((entry.path, Fault::Changed));
        }
    }
    let missing = manifest.files.keys().filter(|path| !present.contains(path.as_str()));
    faults.extend(missing.map(|path| (path.to_string(), Fault::Missing)));
    Ok((Verified { listed: manifest.files.len(), manifest: Some(manifest), faults, signed }, held))
}

/// A zip whose own list was read and makes sense.
struct Zip {
    archive: ZipArchive<BufReader<File>>,
    entries: Vec<ZipEntry>,
}

/// A file in a zip.
#[derive(Clone)]
struct ZipEntry {
    index: usize,
    /// Its path below the folder in which everything lies; all of its name if it lies elsewhere.
    path: String,
    size: u64,
    is_link: bool,
}

impl Zip {
    /// Opens a zip, and refuses one that could be read in two ways, or that would be too large to read.
    fn open(path: &Path) -> Result<Self, String> {
        let mut file = open_alone(path).map_err(|error| error.to_string())?;
        let (count, start) = end_of(&mut file).map_err(|error| error.to_string())??;
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let no_zip = |error: zip::result::ZipError| format!("it is no sound zip ({error})");
        let mut archive = ZipArchive::with_config(config, BufReader::new(file)).map_err(no_zip)?;
        if archive.has_duplicate_names() {
            return Err("two files in it have one name".to_owned());
        }
        if archive.len() as u64 != count || archive.central_directory_start() != start {
            return Err("it has two lists of what is in it".to_owned());
        }
        archive.validate_header_consistency().map_err(no_zip)?;
        let mut entries = Vec::new();
        let mut bytes: u64 = 0;
        let mut first = u64::MAX;
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(no_zip)?;
            first = first.min(file.header_start());
            let name = file.name().map_err(no_zip)?.into_owned();
            if file.is_dir() && file.size() == 0 {
                continue;
            }
            let sound = matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
            if file.encrypted() || !sound {
                return Err(format!("`{name}` in it is encrypted, or compressed in a way that bundles are not"));
            }
            bytes = bytes.saturating_add(file.size());
            if bytes > MAX_BYTES || file.size() > SMALL && file.size() / MAX_RATIO > file.compressed_size() {
                return Err(format!("`{name}` in it would be unpacked to far more than a bundle holds"));
            }
            entries.push(ZipEntry { index, size: file.size(), is_link: file.is_symlink(), path: name });
        }
        if first != 0 {
            return Err("something stands before its first file".to_owned());
        }
        let mut zip = Zip { archive, entries };
        zip.enter();
        Ok(zip)
    }

    /// Goes into the folder that holds the manifest.
    fn enter(&mut self) {
        let top = self.entries.iter().filter_map(|entry| entry.path.strip_suffix(MANIFEST)?.strip_suffix('/'));
        let Some(top) = top.filter(|top| !top.contains('/')).min().map(|top| format!("{top}/")) else { return };
        for entry in &mut self.entries {
            // What lies beside the folder gets a path that no manifest can list.
            entry.path = match entry.path.strip_prefix(&top) {
                Some(path) => path.to_owned(),
                None => format!("../{}", entry.path),
            };
        }
    }

    fn find(&self, path: &str) -> Option<ZipEntry> {
        self.entries.iter().find(|entry| entry.path == path && !entry.is_link).cloned()
    }

    fn manifest(&mut self) -> Result<Vec<u8>, String> {
        let entry = self.find(MANIFEST).ok_or_else(|| format!("it has no {MANIFEST}"))?;
        self.small(&entry, MAX_MANIFEST)
    }

    /// All of a file that must not be large.
    fn small(&mut self, entry: &ZipEntry, most: u64) -> Result<Vec<u8>, String> {
        if entry.size > most {
            return Err(format!("its `{}` is too large", entry.path));
        }
        let mut bytes = Vec::new();
        self.pour(entry, &mut bytes).map_err(|error| format!("its `{}` cannot be read: {error}", entry.path))?;
        Ok(bytes)
    }

    /// Unpacks a file into `to`, and no more of it than its size and one byte.
    fn pour(&mut self, entry: &ZipEntry, to: impl io::Write) -> io::Result<(crate::source::Hash, u64)> {
        let file = self.archive.by_index(entry.index).map_err(io::Error::other)?;
        pour(&mut file.take(entry.size.saturating_add(1)), to)
    }
}

/// How many files a zip says it has, and where its list of them begins. The list must end where the file ends, and must not
/// be larger than one may be, before anybody reads it.
fn end_of(file: &mut File) -> io::Result<Result<(u64, u64), String>> {
    const END: usize = 22;
    const LARGE_END: usize = 56;
    const LOCATOR: usize = 20;
    let size = file.seek(SeekFrom::End(0))?;
    let mut end = [0; LARGE_END + LOCATOR + END];
    let known = usize::try_from(size).unwrap_or(usize::MAX).min(end.len());
    let (_, tail) = end.split_at_mut(LARGE_END + LOCATOR + END - known);
    file.seek(SeekFrom::End(-i64::try_from(known).unwrap_or(0)))?;
    file.read_exact(tail)?;
    file.rewind()?;
    let number = |at: usize, bytes: usize| {
        let digits = end.get(at..at + bytes).unwrap_or_default();
        digits.iter().rev().fold(0, |number: u64, digit| number << 8 | u64::from(*digit))
    };
    let small = LARGE_END + LOCATOR;
    let is_end = number(small, 4) == 0x0605_4b50 && number(small + 20, 2) == 0 && size >= END as u64;
    if !is_end {
        return Ok(Err("it is no zip, or something stands after its end".to_owned()));
    }
    let is_large = number(LARGE_END, 4) == 0x0706_4b50 && number(0, 4) == 0x0606_4b50;
    let (count, length, start, at) = if is_large {
        (number(32, 8), number(40, 8), number(48, 8), size.saturating_sub((small + END) as u64))
    } else {
        (number(small + 10, 2), number(small + 12, 4), number(small + 16, 4), size.saturating_sub(END as u64))
    };
    Ok(if start.checked_add(length) != Some(at) {
        Err("something stands between its files and its end".to_owned())
    } else if count > MAX_FILES as u64 || length > MAX_DIRECTORY {
        Err(format!("it holds more than {MAX_FILES} files"))
    } else {
        Ok((count, start))
    })
}
