//! The only code that touches the file system, at both ends of a build.
//!
//! Holds the one way in which a file is opened, and what is wrong when a folder cannot be used.
//! Takes a folder and gives the [`Site`](crate::source::Site) in it (`read`); takes an
//! [`Output`](crate::output::Output) and makes a folder of it, whole or not at all (`write`); takes
//! edits and makes them in the site's own texts (`amend`), of which a `journal` is kept. Never
//! opens what is outside the folder it was given, never waits on a pipe or a device, and never
//! deletes what it did not write.

// `clippy.toml` forbids `std::fs` to the rest of the crate: this is the door that it leaves.
#![allow(clippy::disallowed_methods)]

mod amend;
mod bundle;
mod folder_lock;
mod foreign;
mod ignored;
mod journal;
mod lock;
mod marker;
mod memory;
mod open;
mod place;
mod processor;
mod products;
mod read;
mod role;
mod save;
mod survey;
mod target;
mod texts;
mod upstream;
mod verified;
mod verify;
mod write;
mod zipped;

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::litter;
use crate::source::Hash;

pub use amend::{Amended, amend, amended};
pub use bundle::{Bundled, Bundling, ExtraFile, check_alone, write_book, write_key, write_single_file};
pub use foreign::{list, print_pdf, print_pdf_boxes, read_beside, read_foreign, read_listed, write_new};
pub use journal::{JournalOutcome, settle};
pub use lock::{SiteLock, lock};
pub use memory::{memory_taken, memory_there};
pub use processor::processor_time;
pub use read::{name_in_site, read, read_alone, read_copied, read_theme, reread};
pub use save::{add, create, save};
pub use survey::{Survey, survey};
pub use upstream::read_whole;
pub use verified::{CopyFault, Signed, Verified};
pub use verify::verify;
pub use write::{WriteReport, Writing, check_output, check_site, is_built, write};
pub use zipped::read_bundle;

/// The file at the top of an output folder that says who wrote it, and lists what was written.
const MARKER: &str = ".clausebook";

/// Why a folder could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskError {
    /// One sentence, without a full stop, that names the path.
    pub message: String,
    /// Advice on how to fix it, if we know.
    pub help: Option<String>,
}

impl DiskError {
    fn new(message: impl Into<String>) -> Self {
        DiskError { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says of an error what could not be done, and to which path.
    fn when(action: &str, path: &Path) -> impl FnOnce(io::Error) -> DiskError {
        move |error| DiskError::new(format!("cannot {action} `{}`: {error}", path.display()))
    }
}

/// The path of a folder, with no link in it.
///
/// # Errors
///
/// If there is no such folder.
pub fn canonical(folder: &Path) -> Result<PathBuf, DiskError> {
    Folder::new(folder).map(|folder| folder.path).map_err(DiskError::when("read", folder))
}

/// Whether there is anything at a path.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether there is a folder at a path.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is a link at a path.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Whether there is a regular file at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DiskError {}

/// File or folder that is directly in a folder.
#[derive(Debug)]
struct FolderEntry {
    /// Path below the [`Folder`], with `/` between the parts.
    path: String,
    kind: FileKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Folder,
    File,
    /// A link, a pipe, a socket or a device.
    Special,
    /// Anything whose name is not UTF-8, so that its path is not its true one.
    Unnamable,
}

impl FolderEntry {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is something that systems leave in every folder, and nothing that a browser
    /// shows.
    fn is_litter(&self) -> bool {
        match self.kind {
            FileKind::File => litter::is_litter(self.name()) && !litter::is_shown(self.name()),
            FileKind::Folder => litter::is_litter_folder(self.name()),
            FileKind::Special | FileKind::Unnamable => false,
        }
    }
}

/// A folder, by its canonical path, and what is below it.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// The folder itself, so that it need not be found for each file in it.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    handle: File,
}

impl Folder {
    /// Opens the folder that `path` names. The path may come from a site, so what is there is
    /// looked at first: to open a pipe is to wait until another program writes to it.
    fn new(path: &Path) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        if !fs::symlink_metadata(&path)?.is_dir() {
            return Err(not_a_folder());
        }
        Ok(Folder {
            #[cfg(any(target_os = "linux", target_os = "android"))]
            handle: open_folder(&path)?,
            path,
        })
    }

    /// Lists the folder `at` below this one, in no order.
    fn entries(&self, at: &str) -> io::Result<Vec<FolderEntry>> {
        let entry = |entry: fs::DirEntry| {
            let name = entry.file_name();
            let known = entry.file_type()?;
            let kind = match name.to_str() {
                None => FileKind::Unnamable,
                Some(_) if known.is_dir() => FileKind::Folder,
                Some(_) if known.is_file() => FileKind::File,
                Some(_) => FileKind::Special,
            };
            let slash = if at.is_empty() { "" } else { "/" };
            Ok(FolderEntry { path: format!("{at}{slash}{}", name.to_string_lossy()), kind })
        };
        fs::read_dir(self.path.join(at))?.map(|found| found.and_then(entry)).collect()
    }

    /// Opens a regular file below the folder. A link may lead to it if it does not lead out of the
    /// folder.
    fn open(&self, path: &str) -> io::Result<File> {
        let target = fs::canonicalize(self.path.join(path))?;
        let below = target
            .strip_prefix(&self.path)
            .map_err(|_| io::Error::other("it is a link that leads out of the folder"))?;
        // Asked before opening, since to open a device can already do something; and after, since
        // it may have changed.
        regular(&fs::symlink_metadata(&target)?)?;
        let file = self.open_without_links(below)?;
        regular(&file.metadata()?)?;
        Ok(file)
    }

    /// Opens a file that [`Folder::entries`] has just listed, which need not be looked for if it is
    /// a regular one.
    fn open_listed(&self, path: &str, kind: FileKind) -> io::Result<File> {
        if kind == FileKind::File
            && let Ok(file) = self.open_without_links(Path::new(path))
        {
            regular(&file.metadata()?)?;
            return Ok(file);
        }
        self.open(path)
    }

    /// Opens `path`, through no link: whatever was put there since its links were followed cannot
    /// lead out.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn open_without_links(&self, path: &Path) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        use rustix::io::Errno;
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let within = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
        match openat2(&self.handle, path, flags, Mode::empty(), within) {
            // An old kernel, or a sandbox that does not know the call.
            Err(Errno::NOSYS | Errno::PERM) => without_link().read(true).open(self.path.join(path)),
            opened => Ok(File::from(opened?)),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn open_without_links(&self, path: &Path) -> io::Result<File> {
        without_link().read(true).open(self.path.join(path))
    }
}

fn regular(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        Err(io::Error::other("it is a link to a folder, and only links to files are followed"))
    } else {
        Err(io::Error::other("it is not a file but a pipe, a socket, a device or a link"))
    }
}

/// Options that open no link and do not wait for the other end of a pipe, where the system knows
/// how.
#[cfg(unix)]
fn without_link() -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn without_link() -> OpenOptions {
    OpenOptions::new()
}

fn not_a_folder() -> io::Error {
    io::Error::other("it is not a folder but a file, a pipe, a device or a link")
}

/// Opens a folder, and nothing else that was put in its place since it was looked at.
#[cfg(unix)]
fn open_folder(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Waits until the disk holds the names in a folder, where the system lets one wait for that.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    open_folder(path)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Copies `from` to its end into `to`; gives the hash of the bytes and how many there were.
fn copy_and_hash(from: &mut impl io::Read, to: impl Write) -> io::Result<(Hash, u64)> {
    let mut to = Hashing { to, hasher: Sha256::new() };
    let size = io::copy(from, &mut to)?;
    to.flush()?;
    Ok((Hash::from(<[u8; 32]>::from(to.hasher.finalize())), size))
}

/// Hashes what passes through it.
struct Hashing<W> {
    to: W,
    hasher: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.hasher.update(bytes.get(..taken).unwrap_or(bytes));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The folder of the theme `name` beside the site whose canonical path is `root`, if there is one.
///
/// It must truly be there: a link in its place could lead anywhere, and what is there would be
/// published.
fn theme_folder(root: &Path, name: &str) -> io::Result<Option<Folder>> {
    let one_part = Path::new(name).components().eq([std::path::Component::Normal(name.as_ref())]);
    let Some(themes) = root.parent().map(|parent| parent.join("themes")).filter(|_| one_part) else {
        return Ok(None);
    };
    let path = themes.join(name);
    match fs::symlink_metadata(&path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
        Ok(_) => match Folder::new(&path)? {
            folder if folder.path == path => Ok(Some(folder)),
            _ => Err(not_a_folder()),
        },
    }
}
