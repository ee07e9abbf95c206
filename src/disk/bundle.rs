//! From an `Output` to one file that can be handed on.
//!
//! Holds how a bundle is written: a zip that is the same for the same site, on every system and
//! with any number of threads. Takes pages as they are made, and compresses each at once. Puts the
//! finished file in its place in one step. Never takes the place of what is not a bundle, and never
//! writes through a link.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::folder_lock::FolderLock;
use super::open::open_alone;
use super::place::NewFile;
use super::read::open_source;
use super::{DiskError, Folder};
use crate::book::PACKAGE;
use crate::bundle::container::{self, Day, MAX_FILE, Packed};
use crate::bundle::{BundlePath, Identity, MANIFEST, Manifest, clash};
use crate::output::{Artefact, OutPath, Output};
use crate::source::Hash;

/// Size of a bundle that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// Number of files in the bundle.
    pub files: usize,
    /// Size of the bundle in bytes.
    pub bytes: u64,
}

/// File that a bundle holds beside the site.
pub enum ExtraFile {
    /// A text of the site as it was read.
    Text(String),
    /// A file of the site as it is there, by its path below the site's folder, with the hash that
    /// it had.
    Copied(String, Hash),
}

/// A bundle in the making.
pub struct Bundling<'a> {
    site: Folder,
    place: FilePlace<'a>,
    identity: &'a Identity,
    made: Mutex<BTreeMap<BundlePath, BundledFile>>,
}

/// A file as it will be in the zip.
struct BundledFile {
    hash: Hash,
    size: u64,
    packed: Packed,
}

impl<'a> Bundling<'a> {
    /// Makes ready to write the bundle `out` of the site in `root`. A bundle of another site is
    /// replaced only if `is_named`: if somebody named this file.
    ///
    /// # Errors
    ///
    /// If there is something else at its place.
    pub fn new(root: &Path, out: &'a Path, identity: &'a Identity, is_named: bool) -> Result<Self, DiskError> {
        let site = Folder::new(root).map_err(DiskError::when("read", root))?;
        let is_ours =
            |path: &Path| super::zipped::name_in_bundle(path).is_some_and(|name| is_named || name == identity.name);
        let place = FilePlace::new(out, &is_ours, if is_named { "a bundle" } else { "a bundle of this site" })?;
        Ok(Bundling { site, place, identity, made: Mutex::default() })
    }

    /// Compresses a file as soon as it is made, and gives what is to be remembered of it. One that
    /// cannot be added is given back as it is: [`Bundling::add_all`] meets it again, and says why.
    pub fn keep(&self, path: &OutPath, artefact: Artefact) -> Artefact {
        match &artefact {
            Artefact::Made(bytes) if self.add(path.as_str(), bytes).is_ok() => {
                Artefact::Kept { hash: Hash::of(bytes), size: bytes.len() as u64 }
            }
            _ => artefact,
        }
    }

    /// Adds the files that are only copied, and `extra` ones by their path in the bundle.
    ///
    /// # Errors
    ///
    /// If one cannot be read, is no longer what it was, or has a name that no bundle can hold.
    pub fn add_all(&self, output: &Output, extra: &BTreeMap<String, ExtraFile>) -> Result<(), DiskError> {
        let files: Vec<(&OutPath, &Artefact)> = output.iter().collect();
        files.par_iter().try_for_each(|(path, artefact)| match artefact {
            Artefact::Made(bytes) => self.add(path.as_str(), bytes),
            Artefact::Copied { from, hash } => self.add(path.as_str(), &self.copied(from, *hash)?),
            Artefact::Kept { .. } => Ok(()),
        })?;
        let extra: Vec<(&String, &ExtraFile)> = extra.iter().collect();
        extra.par_iter().try_for_each(|(path, file)| match file {
            ExtraFile::Text(text) => self.add(path, text.as_bytes()),
            ExtraFile::Copied(from, hash) => self.add(path, &self.copied(from, *hash)?),
        })?;
        match clash(self.files().keys()) {
            None => Ok(()),
            Some((one, other)) => Err(twins(one.as_str(), other.as_str())),
        }
    }

    /// The hash and the size of everything so far.
    pub fn files(&self) -> BTreeMap<BundlePath, (Hash, u64)> {
        let made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        made.iter().map(|(path, made)| (path.clone(), (made.hash, made.size))).collect()
    }

    /// Writes the bundle, with its manifest and the signature of that.
    ///
    /// # Errors
    ///
    /// If the disk refuses. What was at its place is then still there.
    pub fn finish(self, manifest: &Manifest, signature: Option<&str>) -> Result<Bundled, DiskError> {
        self.add(MANIFEST, manifest.text().as_bytes())?;
        if let Some(signature) = signature {
            self.add(crate::bundle::SIGNATURE, signature.as_bytes())?;
        }
        let made = self.made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let files = made.len();
        let packed = made.into_iter().map(|(path, made)| (path, made.packed));
        let (top, day) = (self.identity.folder(), Day::of(self.identity.date));
        let bytes = self.place.write(|file| container::write(BufWriter::new(file), &top, day, packed))?;
        Ok(Bundled { files, bytes })
    }

    /// Compresses one file.
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), DiskError> {
        let Some(name) = BundlePath::new(path) else {
            let why = BundlePath::refusal(path).unwrap_or_default();
            return Err(
                DiskError::new(format!("the file `{path}` cannot be in a bundle: {why}")).help("rename the file")
            );
        };
        let packed = Packed::new(bytes).ok_or_else(|| {
            DiskError::new(format!("`{path}` is larger than {} MiB, the most that a bundle can hold", MAX_FILE >> 20))
                .help("put it on the web, and link to it")
        })?;
        let file = BundledFile { hash: Hash::of(bytes), size: bytes.len() as u64, packed };
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match made.insert(name, file) {
            None => Ok(()),
            Some(_) => Err(twins(path, path)),
        }
    }

    /// The bytes of a file of the site, if they are what they were when it was read.
    fn copied(&self, from: &str, expected: Hash) -> Result<Vec<u8>, DiskError> {
        let mut bytes = Vec::new();
        let read = open_source(&self.site, from).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map_err(DiskError::when("read", Path::new(from)))?;
        if Hash::of(&bytes) != expected {
            let message = format!("`{from}` was changed while the site was built");
            return Err(DiskError::new(message).help("make the bundle again"));
        }
        Ok(bytes)
    }
}

fn twins(one: &str, other: &str) -> DiskError {
    DiskError::new(format!(
        "`{one}` and `{other}` cannot be in one bundle, since some systems would keep only one of them"
    ))
    .help("rename one of them, or its folder")
}

/// Writes a text as a file by itself, such as an edition in one page. What is at its place must
/// have all `marks` among its first words.
///
/// # Errors
///
/// If there is something else at its place, or if the disk refuses.
pub fn write_single_file(out: &Path, text: &str, marks: &[&str]) -> Result<u64, DiskError> {
    place_alone(out, marks)?.write(|file| io::Write::write_all(file, text.as_bytes()))
}

/// Whether [`write_single_file`] may write there, before anything is made.
///
/// # Errors
///
/// If it may not: the error says why.
pub fn check_alone(out: &Path, marks: &[&str]) -> Result<(), DiskError> {
    place_alone(out, marks).map(drop)
}

fn place_alone<'a>(out: &'a Path, marks: &[&str]) -> Result<FilePlace<'a>, DiskError> {
    let start = |path: &Path| {
        let mut start = Vec::new();
        open_alone(path).and_then(|file| file.take(4 << 10).read_to_end(&mut start)).ok().map(|_| start)
    };
    FilePlace::new(out, &|path| has_all(start(path), marks), "a page that clausebook made of this site")
}

/// Writes a packed book. The package document of a book at its place must have all `marks`.
///
/// # Errors
///
/// If there is something else at its place, or if the disk refuses.
pub fn write_book(out: &Path, bytes: &[u8], marks: &[&str]) -> Result<u64, DiskError> {
    let package = |path: &Path| {
        let mut package = Vec::new();
        let mut zip = zip::ZipArchive::new(BufReader::new(open_alone(path).ok()?)).ok()?;
        zip.by_name(PACKAGE).ok()?.take(1 << 20).read_to_end(&mut package).ok()?;
        Some(package)
    };
    let place = FilePlace::new(out, &|path| has_all(package(path), marks), "a book that clausebook made of this site")?;
    place.write(|file| io::Write::write_all(file, bytes))
}

/// Whether some bytes have all marks in them.
fn has_all(bytes: Option<Vec<u8>>, marks: &[&str]) -> bool {
    bytes.is_some_and(|bytes| {
        let text = String::from_utf8_lossy(&bytes);
        marks.iter().all(|mark| text.contains(mark))
    })
}

/// Writes a secret key as a new file that nobody else may read.
///
/// # Errors
///
/// If there is anything at its place, or if the disk refuses.
pub fn write_key(out: &Path, text: &str) -> Result<(), DiskError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(out).and_then(|mut file| {
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(DiskError::when("write", out))
}

/// The place of a file that a command makes for people.
struct FilePlace<'a> {
    shown: &'a Path,
    path: PathBuf,
}

impl<'a> FilePlace<'a> {
    /// Takes `shown` if nothing is there but what an earlier run made, which `is_ours` says of a
    /// regular file.
    fn new(shown: &'a Path, is_ours: &dyn Fn(&Path) -> bool, what: &str) -> Result<Self, DiskError> {
        let refuse = |why: &str| {
            DiskError::new(format!("`{}` cannot be written: {why}", shown.display()))
                .help("name another file with `--output`")
        };
        let absolute = std::path::absolute(shown).map_err(|error| refuse(&error.to_string()))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            return Err(refuse("it is not the name of a file"));
        };
        let parent =
            fs::canonicalize(parent).map_err(|error| refuse(&format!("its folder cannot be used: {error}")))?;
        let path = parent.join(name);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => return Err(refuse("it is a link")),
            Ok(found) if !found.is_file() => return Err(refuse("it is there and is not a file")),
            Ok(_) if !is_ours(&path) => return Err(refuse(&format!("it is there and is not {what}"))),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refuse(&error.to_string())),
            _ => {}
        }
        Ok(FilePlace { shown, path })
    }

    /// Puts what `fill` writes there in one step; gives its size.
    fn write(&self, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<u64, DiskError> {
        let folder = self.path.parent().unwrap_or(&self.path);
        let lock = FolderLock::take(folder)?;
        lock.sweep_for(&self.path);
        let new = NewFile::filled(self.shown.to_owned(), self.path.clone(), fill)?;
        NewFile::put(vec![new])?;
        fs::metadata(&self.path).map(|found| found.len()).map_err(DiskError::when("read", self.shown))
    }
}
