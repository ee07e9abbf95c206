//! From an `Output` to a folder.
//!
//! Holds which folders may be replaced, the marker that lists what a build wrote, and the steps by
//! which a new build takes the place of an old one. Takes a whole output; gives back what was
//! written. Never changes a file that a reader can see, and never deletes one that a build did not
//! write.
//!
//! Beside the folder `NAME`, under a lock on `.NAME.clausebook-lock`, the new site is built as
//! `.NAME.clausebook-new-PID` and exchanged with the old one in a single step. Where the system has
//! no such step there are two, and what is at `.NAME.clausebook-old-PID` between them is put back
//! by the next run.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::marker::{self, OutputManifest, written_by_us};
use super::place::keep_mode;
use super::read::open_source;
use super::target::TargetFolder;
use super::{DiskError, Folder, MARKER, copy_and_hash, regular, sync_folder, without_link};
use crate::output::{Artefact, OutPath, Output};
use crate::source::{Hash, Key};

/// Time to wait for a write that is under way when a build is given up.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the system can put a whole tree on the disk in one call, much quicker than one for each
/// file.
const SETTLES_AT_ONCE: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Size of a site that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Number of files in the site.
    pub files: usize,
    /// Total size of the files in bytes.
    pub bytes: u64,
    /// Number of files that were not in the last build, or had other bytes there.
    pub changed: usize,
}

/// Whether `write` may make or replace the folder `out` for the site in `root`.
///
/// # Errors
///
/// If it may not: the error says why.
pub fn check_output(root: &Path, out: &Path) -> Result<(), DiskError> {
    let target = TargetFolder::new(root, out)?;
    if target.parent.exists() {
        let _lock = Lock::take(&target)?;
        target.may_be_deleted(&written_by_us(&target.path, out)?)?;
    }
    Ok(())
}

/// Whether the folder `out` holds no other site than the one in `root`, for a build that was not
/// told to write there. A folder whose marker does not say is taken.
///
/// # Errors
///
/// If it holds another site.
pub fn check_site(root: &Path, out: &Path) -> Result<(), DiskError> {
    let target = TargetFolder::new(root, out)?;
    match marker::site_of(&target.path) {
        Some(site) if site != target.site => {
            let shown = out.display();
            let message = format!("`{shown}` holds another site, which was not built from `{}`", root.display());
            Err(DiskError::new(message)
                .help(format!("name another folder with `--output`, or replace that site with `--output {shown}`")))
        }
        _ => Ok(()),
    }
}

/// Writes `output` as the folder `out`, in the place of what an earlier build left there, whole or
/// not at all.
///
/// # Errors
///
/// If the folder is not one that may be replaced, if another build is writing it, if a copied file
/// is no longer what it was when it was read, or if the disk refuses. The folder then holds what it
/// held.
pub fn write(output: &Output, root: &Path, out: &Path) -> Result<WriteReport, DiskError> {
    Writing::new(root, out)?.complete(output, None, None)
}

/// Whether the folder `out` still holds, whole and unchanged, what was built from `inputs`; and how
/// many files that is. Not if a dead build left something beside it, which the next one has to
/// sweep.
pub fn is_built(root: &Path, out: &Path, inputs: Key) -> Option<usize> {
    let target = TargetFolder::new(root, out).ok()?;
    left_behind(&target).ok()?.is_empty().then_some(())?;
    marker::holds(&target.path, inputs)
}

/// A site that is being written while it is made, so that its pages need not all be in memory.
/// Nothing is touched before the first page comes, and nothing that a reader can see before
/// [`Writing::finish`].
pub struct Writing<'a> {
    site: Folder,
    target: TargetFolder<'a>,
    begun: OnceLock<Result<StartedWriting, DiskError>>,
    /// Held by whoever puts a file into the new site, and at the end by whoever deletes it.
    gate: RwLock<()>,
}

/// State of a writer from its first page on.
struct StartedWriting {
    lock: Lock,
    old: OutputManifest,
    new: Scratch,
    /// The folders of the new site that are made.
    folders: Mutex<HashSet<PathBuf>>,
}

impl<'a> Writing<'a> {
    /// Makes ready to write the folder `out` for the site in `root`.
    ///
    /// # Errors
    ///
    /// If its place alone says that it must not be replaced.
    pub fn new(root: &Path, out: &'a Path) -> Result<Self, DiskError> {
        let site = Folder::new(root).map_err(DiskError::when("read", root))?;
        let target = TargetFolder::new(root, out)?;
        Ok(Writing { site, target, begun: OnceLock::new(), gate: RwLock::new(()) })
    }

    fn begun(&self) -> Result<&StartedWriting, DiskError> {
        let begin = || {
            let target = &self.target;
            fs::create_dir_all(&target.parent).map_err(DiskError::when("make the folder", &target.parent))?;
            let lock = Lock::take(target)?;
            sweep(target)?;
            let old = written_by_us(&target.path, target.shown)?;
            target.may_be_deleted(&old)?;
            let new = Scratch::make(target)?;
            Ok(StartedWriting { lock, old, folders: Mutex::new(HashSet::from([new.path.clone()])), new })
        };
        self.begun.get_or_init(begin).as_ref().map_err(Clone::clone)
    }

    /// Writes a file as soon as it is made, and returns what is to be remembered of it.
    ///
    /// # Errors
    ///
    /// If it cannot be written: then the other pages need not be made.
    pub fn keep(&self, path: &OutPath, artefact: Artefact) -> Result<Artefact, DiskError> {
        let Artefact::Made(bytes) = &artefact else { return Ok(artefact) };
        let (hash, size) = (Hash::of(bytes), bytes.len() as u64);
        let _gate = self.gate.read();
        self.begun().and_then(|begun| self.put(begun, path, hash, &artefact))?;
        Ok(Artefact::Kept { hash, size })
    }

    /// Deletes what was kept so far, for a process that is about to end although its threads are
    /// still at work: none of them keeps anything from now on. What cannot be deleted in a moment
    /// is deleted by the next run.
    pub fn abandon(&self) {
        let end = Instant::now() + PATIENCE;
        let gate = loop {
            match self.gate.try_write() {
                Err(TryLockError::WouldBlock) if Instant::now() < end => thread::sleep(PATIENCE / 100),
                Err(TryLockError::WouldBlock) => return,
                Err(TryLockError::Poisoned(gate)) => break gate.into_inner(),
                Ok(gate) => break gate,
            }
        };
        if let Some(Ok(begun)) = self.begun.get() {
            let _ = fs::remove_dir_all(&begun.new.path);
            begun.lock.remove();
        }
        // Never opened again.
        std::mem::forget(gate);
    }

    /// Writes what is not yet kept and puts the new site in the place of the old one. `inputs` is
    /// what it was built from, if a build from the same need not be made.
    ///
    /// # Errors
    ///
    /// See [`write()`]. The folder then holds what it held.
    pub fn finish(self, output: &Output, inputs: Option<Key>) -> Result<WriteReport, DiskError> {
        let site = self.target.site;
        self.complete(output, inputs, Some(site))
    }

    fn complete(self, output: &Output, inputs: Option<Key>, site: Option<Hash>) -> Result<WriteReport, DiskError> {
        let begun = self.begun()?;
        let files: Vec<(&OutPath, &Artefact)> = output.iter().collect();
        let write = |(path, artefact): &(&OutPath, &Artefact)| {
            let (hash, size) = match artefact {
                Artefact::Made(bytes) => {
                    let hash = Hash::of(bytes);
                    (hash, self.put(begun, path, hash, artefact)?)
                }
                Artefact::Copied { hash, .. } => (*hash, self.put(begun, path, *hash, artefact)?),
                Artefact::Kept { hash, size } => (*hash, *size),
            };
            Ok((path.to_string(), (hash, size)))
        };
        let files: Result<_, DiskError> = files.par_iter().map(write).collect();
        let manifest = OutputManifest::new(inputs, site, files?);
        let is_new = |(path, (hash, _)): &(&String, &(Hash, u64))| {
            begun.old.files.get(path.as_str()).is_none_or(|(known, _)| known != hash)
        };
        let report = WriteReport {
            files: manifest.files.len(),
            bytes: manifest.files.values().map(|(_, size)| size).sum(),
            changed: manifest.files.iter().filter(is_new).count(),
        };
        // Written under another name first, so that a marker is whole if it is there at all.
        let new = &begun.new.path;
        let part = new.join(".clausebook-part");
        let marked = fs::write(&part, manifest.text()).and_then(|()| fs::rename(&part, new.join(MARKER)));
        marked.and_then(|()| settle(new, &manifest)).map_err(DiskError::when("write", self.target.shown))?;
        self.publish()?;
        Ok(report)
    }

    /// Puts one file into the new site: the old one, if that holds these bytes. Returns its size.
    fn put(&self, begun: &StartedWriting, path: &OutPath, hash: Hash, artefact: &Artefact) -> Result<u64, DiskError> {
        let path = path.as_str();
        let (old, place) = (self.target.path.join(path), begun.new.path.join(path));
        let shown = self.target.shown.join(path);
        if let Some(folder) = place.parent() {
            self.make_folder(begun, folder).map_err(DiskError::when("write", &shown))?;
        }
        let known = begun.old.files.get(path);
        if let Some((_, size)) = known.filter(|(known, _)| *known == hash)
            && fs::hard_link(&old, &place).is_ok()
        {
            // Its size and its time say nothing of a file that a disk has damaged.
            if is_as_made(&place, artefact, hash).unwrap_or(false) {
                return Ok(*size);
            }
            fs::remove_file(&place).map_err(DiskError::when("write", &shown))?;
        }
        let size = write_file(artefact, hash, &self.site, &place, &shown)?;
        if known.is_some() {
            keep_mode(&old, &place).map_err(DiskError::when("write", &shown))?;
        }
        Ok(size)
    }

    /// Makes a folder of the new site with those above it, each with the mode of the old one.
    fn make_folder(&self, begun: &StartedWriting, folder: &Path) -> io::Result<()> {
        let mut made = begun.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !made.contains(*folder)).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            if let Ok(below) = folder.strip_prefix(&begun.new.path) {
                keep_mode(&self.target.path.join(below), folder)?;
            }
            made.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Puts the new site in its place, and the old one out of it.
    fn publish(mut self) -> Result<(), DiskError> {
        match self.begun.take() {
            Some(Ok(StartedWriting { lock: _lock, new, .. })) => publish(new, &self.target),
            Some(Err(error)) => Err(error),
            None => Ok(()),
        }
    }
}

/// The right to write one folder. The system takes it from a process that dies.
struct Lock {
    path: PathBuf,
    // Held, not read: closing it is what gives the right back.
    _file: File,
}

impl Lock {
    fn take(target: &TargetFolder<'_>) -> Result<Self, DiskError> {
        let path = target.sibling("lock");
        loop {
            let file = without_link()
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(DiskError::when("write beside", &target.path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => {
                    let message = format!("another build is writing `{}`", target.shown.display());
                    return Err(DiskError::new(message).help("wait until it is done, then build again"));
                }
                Err(fs::TryLockError::Error(error)) => return Err(DiskError::when("lock", &target.path)(error)),
            }
            // Between opening and locking, the holder before us may have removed the file: then we
            // hold a name that nobody else will look at.
            if is_at(&file, &path) {
                return Ok(Lock { path, _file: file });
            }
        }
    }
}

impl Lock {
    /// Removes the file, while it is still held. Where we could not tell that it had been, it
    /// stays.
    fn remove(&self) {
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |found: &fs::Metadata| (found.dev(), found.ino());
    matches!((file.metadata(), fs::symlink_metadata(path)), (Ok(a), Ok(b)) if place(&a) == place(&b))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Ends what dead builds began: puts back an old site that was moved from its place, and deletes
/// their folders.
fn sweep(target: &TargetFolder<'_>) -> Result<(), DiskError> {
    for (was_published, path) in left_behind(target).map_err(DiskError::when("read", &target.parent))? {
        if was_published && !target.path.exists() {
            fs::rename(&path, &target.path).map_err(DiskError::when("put back", target.shown))?;
            continue;
        }
        // Without a whole marker it was never published. With one it may have been, and someone may
        // have put a file there.
        if Folder::new(&path).is_ok_and(|folder| OutputManifest::of(&folder).is_some()) {
            written_by_us(&path, &path)?;
        }
        fs::remove_dir_all(&path).map_err(DiskError::when("delete", &path))?;
    }
    Ok(())
}

/// The folders of builds beside a target, each with whether it is an old site that was moved from
/// its place.
fn left_behind(target: &TargetFolder<'_>) -> io::Result<Vec<(bool, PathBuf)>> {
    let prefix = target.sibling("");
    let prefix = prefix.file_name().unwrap_or_default().as_encoded_bytes();
    let mut found = Vec::new();
    for entry in fs::read_dir(&target.parent)? {
        let entry = entry?;
        let name = entry.file_name();
        let rest = name.as_encoded_bytes().strip_prefix(prefix).and_then(|rest| std::str::from_utf8(rest).ok());
        let Some((kind, number)) = rest.and_then(|rest| rest.split_once('-')) else { continue };
        let ours = matches!(kind, "new" | "old") && number.parse::<u32>().is_ok();
        if ours && entry.file_type().is_ok_and(|found| found.is_dir()) {
            found.push((kind == "old", entry.path()));
        }
    }
    Ok(found)
}

/// A folder that is deleted at the end, whatever it then holds: a new site that failed, or the old
/// one.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn make(target: &TargetFolder<'_>) -> Result<Self, DiskError> {
        let path = target.sibling(&format!("new-{}", process::id()));
        let beside = || DiskError::when("write beside", &target.path);
        fs::create_dir(&path).map_err(beside())?;
        let scratch = Scratch { path };
        keep_mode(&target.path, &scratch.path).map_err(beside())?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted by the next run.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Whether a file holds what an artefact is.
fn is_as_made(path: &Path, artefact: &Artefact, hash: Hash) -> io::Result<bool> {
    regular(&fs::symlink_metadata(path)?)?;
    let mut file = without_link().read(true).open(path)?;
    let Artefact::Made(bytes) = artefact else { return Ok(copy_and_hash(&mut file, io::sink())?.0 == hash) };
    let mut found = Vec::with_capacity(bytes.len() + 1);
    file.take(bytes.len() as u64 + 1).read_to_end(&mut found)?;
    Ok(*found == **bytes)
}

/// Writes one file of the new site; gives its size.
fn write_file(
    artefact: &Artefact,
    expected: Hash,
    site: &Folder,
    place: &Path,
    shown: &Path,
) -> Result<u64, DiskError> {
    let unwritten = || DiskError::when("write", shown);
    let mut file = File::create_new(place).map_err(unwritten())?;
    let size = match artefact {
        Artefact::Made(bytes) => file.write_all(bytes).map(|()| bytes.len() as u64).map_err(unwritten())?,
        Artefact::Copied { from, .. } => {
            let mut source = open_source(site, from).map_err(DiskError::when("read", Path::new(from)))?;
            let (hash, size) =
                copy_and_hash(&mut source, &mut file).map_err(DiskError::when("copy", Path::new(from)))?;
            if hash != expected {
                let message = format!("`{from}` was changed while the site was built");
                return Err(DiskError::new(message).help("build again"));
            }
            size
        }
        // Written when it was made.
        Artefact::Kept { size, .. } => *size,
    };
    if !SETTLES_AT_ONCE {
        file.sync_all().map_err(unwritten())?;
    }
    Ok(size)
}

/// Waits until the disk holds the new tree.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn settle(tree: &Path, _: &OutputManifest) -> io::Result<()> {
    Ok(rustix::fs::syncfs(super::open_folder(tree)?)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn settle(tree: &Path, manifest: &OutputManifest) -> io::Result<()> {
    // Windows lets only those flush a file who may write it.
    fs::OpenOptions::new().append(true).open(tree.join(MARKER))?.sync_all()?;
    manifest.folders().into_iter().chain([""]).try_for_each(|folder| sync_folder(&tree.join(folder)))
}

/// Puts the new site in its place, and the old one out of it.
fn publish(new: Scratch, target: &TargetFolder<'_>) -> Result<(), DiskError> {
    let failed = |error| {
        DiskError::when("replace", target.shown)(error)
            .help("if a disk is mounted there, or a program holds it open, name a folder inside it")
    };
    let aside = target.sibling(&format!("old-{}", process::id()));
    if target.path.exists() {
        exchange(&new.path, &target.path, &aside).map_err(failed)?;
        // If someone changed the old site while the new one was built, they get it back.
        if let Err(refusal) = written_by_us(&new.path, target.shown) {
            if let Err(error) = exchange(&new.path, &target.path, &aside) {
                std::mem::forget(new);
                return Err(failed(error));
            }
            return Err(refusal);
        }
    } else {
        // This fails if a folder that is not empty was put there just now.
        fs::rename(&new.path, &target.path).map_err(failed)?;
    }
    sync_folder(&target.parent).map_err(failed)
}

/// Exchanges two folders in one step, or in three with `aside` between them if the file system has
/// no such step.
fn exchange(new: &Path, out: &Path, aside: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    fs::rename(out, aside)?;
    if let Err(error) = fs::rename(new, out) {
        fs::rename(aside, out)?;
        return Err(error);
    }
    fs::rename(aside, new)
}
