//! The journal of a change to several files of a site, so that the change is made whole or not at
//! all.
//!
//! Holds the list of a change: each file with the hash of what it held and of what it is to hold.
//! Takes new files that are written beside their places; puts the list in place in one step, then
//! each file, then removes the list. Takes a site in which a command was stopped between those
//! steps; completes the change, or takes it back if no file was replaced yet.
//!
//! A journal may come from a stranger, with the site that it is in. It is obeyed only where it
//! names texts below the site, through no link and in no hidden folder, whose old and new bytes are
//! just those that it lists: so it can do no more than whoever sent the files.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::folder_lock::FolderLock;
use super::open::open_plain;
use super::place::{NewFile, hidden, sync_folders};
use super::role::{FileRole, is_passed_over, own_role};
use super::{DiskError, Folder, copy_and_hash, is_there, sync_folder};
use crate::config::MOST_FILE;
use crate::source::Hash;

/// Name of the journal in the folder of a site.
const JOURNAL: &str = ".clausebook-journal";
/// First line of a journal.
const HEADER: &str = "clausebook journal 1";
/// Opening of the last line, which holds the hash of all lines before it.
const END: &str = "end ";
/// File that `new` writes for git, the only hidden one that a journal may name.
const GIT_ATTRIBUTES: &str = ".gitattributes";
/// Size limit of a journal, in bytes.
const MAX_JOURNAL: u64 = 16 << 20;
/// Greatest number of files that a message names.
const MAX_NAMED: usize = 3;

/// Result of looking for a change that was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalOutcome {
    /// There was none.
    Nothing,
    /// All of its files are in place now: their paths below the site's folder.
    Completed(Vec<String>),
    /// None of the files had been replaced, and the new ones were deleted.
    TakenBack,
}

/// One file of a change.
struct Step {
    /// Path below the site's folder, with `/` between the parts.
    path: String,
    /// Hash of the file before the change; none if there was no file.
    old: Option<Hash>,
    new: Hash,
    /// Number in the hidden name of the new file.
    number: u32,
}

/// Progress of a step.
enum StepState {
    /// The place holds the new bytes.
    Done,
    /// The place holds the old bytes, and the new file waits beside it.
    Ready,
    /// The place holds the new bytes or others, and so does not need the step.
    Over,
    /// The step can no longer be taken: a person changed the place, or the new file is gone.
    Lost,
}

/// Puts new files in their places in the site `root`: all of them, or none.
///
/// # Errors
///
/// If the disk refuses. Then no file is changed, or the help says that the next command completes
/// the change.
pub(super) fn put(root: &Folder, files: Vec<NewFile>) -> Result<(), DiskError> {
    if files.len() < 2 {
        return NewFile::put(files);
    }
    let steps = files.iter().map(|file| Step::of(root, file)).collect::<Result<Vec<_>, _>>()?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.place.parent()).collect();
    sync(&folders)?;
    let place = place(root);
    let begin = NewFile::write(place.clone(), place.clone(), text(&steps).as_bytes());
    let begin = begin.and_then(|journal| NewFile::rename(vec![journal]));
    begin.and_then(|_| sync(&BTreeSet::from([root.path.as_path()]))).inspect_err(|_| drop(fs::remove_file(&place)))?;
    for (at, file) in files.iter().enumerate() {
        let Err(error) = fs::rename(&file.path, &file.place) else { continue };
        let error = DiskError::when("write", &file.shown)(error);
        // As long as nothing has changed, the journal is the only thing to undo.
        if at == 0 && fs::remove_file(&place).is_ok() {
            return Err(error.help("nothing has been changed"));
        }
        files.into_iter().for_each(NewFile::leave);
        return Err(error.help("the change is half made; the next command that reads the site completes it"));
    }
    sync_folders(folders.into_iter())?;
    // A journal of a finished change says nothing: the next command removes it if this one cannot.
    let _ = fs::remove_file(&place);
    sync_folders([root.path.as_path()].into_iter())
}

/// Completes or takes back a change of the site in `root` that was stopped. Waits for one that is
/// being made.
///
/// # Errors
///
/// If another command is changing the site, if the journal is damaged, if files of the change were
/// edited since, or if the disk refuses.
pub fn settle(root: &Path) -> Result<JournalOutcome, DiskError> {
    if !is_there(&root.join(JOURNAL)) {
        return Ok(JournalOutcome::Nothing);
    }
    let folder = Folder::new(root).map_err(DiskError::when("read", root))?;
    let _lock = FolderLock::take(&folder.path)?;
    // The command that held the lock may have come to its end.
    if !is_begun(&folder) {
        return Ok(JournalOutcome::Nothing);
    }
    let place = root.join(JOURNAL);
    let Some(steps) = read(&folder).map_err(DiskError::when("read", &place))? else {
        return Err(DiskError::new(format!("`{}` is damaged, or clausebook did not write it", place.display()))
            .help("compare the site's files with a copy, then delete that file"));
    };
    let mut ready = Vec::new();
    let mut lost = Vec::new();
    let (mut done, mut over) = (0, 0);
    for step in &steps {
        match step.state(&folder).map_err(DiskError::when("read", &root.join(&step.path)))? {
            StepState::Done => done += 1,
            StepState::Over => over += 1,
            StepState::Ready => ready.push(step),
            StepState::Lost => lost.push(format!("`{}`", step.path)),
        }
    }
    let complete = lost.is_empty() && done + over > 0;
    if complete {
        for step in &ready {
            let (from, to) = (step.hidden(&folder), folder.path.join(&step.path));
            fs::rename(from, to).map_err(|error| unfinished(root, &step.path, &error))?;
        }
        let folders = ready.iter().map(|step| folder.path.join(&step.path)).collect::<Vec<_>>();
        sync(&folders.iter().filter_map(|place| place.parent()).collect())?;
    } else if done > 0 {
        let more = if lost.len() > MAX_NAMED { " and others" } else { "" };
        let named = lost.into_iter().take(MAX_NAMED).collect::<Vec<_>>().join(", ");
        let message = format!(
            "a command was stopped while it changed `{}`, and since then {named}{more} changed",
            root.display()
        );
        return Err(DiskError::new(message)
            .help(format!("put the site's files back from a copy, then delete `{}`", place.display())));
    }
    for step in &steps {
        if step.new_file(&folder).is_ok_and(|hash| hash == Some(step.new)) {
            let _ = fs::remove_file(step.hidden(&folder));
        }
    }
    fs::remove_file(self::place(&folder)).map_err(DiskError::when("delete", &place))?;
    let paths = steps.into_iter().map(|step| step.path);
    Ok(if complete { JournalOutcome::Completed(paths.collect()) } else { JournalOutcome::TakenBack })
}

/// Whether a command was stopped while it changed the site in this folder, or is changing it now.
pub(super) fn is_begun(folder: &Folder) -> bool {
    is_there(&place(folder))
}

/// Path of the journal of the site in a folder.
pub(super) fn place(folder: &Folder) -> PathBuf {
    folder.path.join(JOURNAL)
}

fn unfinished(root: &Path, path: &str, error: &io::Error) -> DiskError {
    let message =
        format!("a command was stopped while it changed `{}`, and `{path}` cannot be written: {error}", root.display());
    DiskError::new(message).help("run this again as someone who may write there: it completes the change first")
}

fn sync(folders: &BTreeSet<&Path>) -> Result<(), DiskError> {
    folders.iter().try_for_each(|folder| sync_folder(folder).map_err(DiskError::when("write", folder)))
}

impl Step {
    fn of(root: &Folder, file: &NewFile) -> Result<Self, DiskError> {
        let unread = |error| DiskError::when("read", &file.shown)(error);
        let below = file.place.strip_prefix(&root.path).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
        let path = below.ok_or_else(|| DiskError::new(format!("`{}` is not in the site", file.shown.display())))?;
        let old = hash_of(root, &path).map_err(unread)?;
        if old.is_some() {
            // Whoever may not write the file may not put another in its place.
            let writable = fs::OpenOptions::new().append(true).open(&file.place);
            writable.map_err(DiskError::when("write", &file.shown))?;
        }
        let mut step = Step { path, old, new: Hash::of(&[]), number: std::process::id() };
        step.new = step.new_file(root).map_err(unread)?.unwrap_or(step.new);
        Ok(step)
    }

    /// Path of the new file, which waits under a hidden name.
    fn hidden(&self, root: &Folder) -> PathBuf {
        hidden(&root.path.join(&self.path), self.number)
    }

    /// Hash of the new file, if it is there.
    fn new_file(&self, root: &Folder) -> io::Result<Option<Hash>> {
        match self.hidden(root).strip_prefix(&root.path).ok().and_then(Path::to_str) {
            Some(path) => hash_of(root, &path.replace('\\', "/")),
            None => Ok(None),
        }
    }

    fn state(&self, root: &Folder) -> io::Result<StepState> {
        let waits = self.new_file(root)? == Some(self.new);
        let now = hash_of(root, &self.path)?;
        Ok(match now {
            now if now == Some(self.new) && now == self.old => StepState::Over,
            Some(now) if now == self.new => StepState::Done,
            now if now == self.old && waits => StepState::Ready,
            now if now == self.old || waits => StepState::Lost,
            _ => StepState::Over,
        })
    }
}

/// Hash of a regular file below the site, reached through no link; none if there is nothing at the
/// path.
fn hash_of(root: &Folder, path: &str) -> io::Result<Option<Hash>> {
    let place = root.path.join(path);
    let parent = place.parent().unwrap_or(&root.path);
    if is_there(parent) && fs::canonicalize(parent)? != parent {
        return Err(io::Error::other("it is in a folder that is a link"));
    }
    match open_plain(root, path) {
        // No text of a site is larger, whoever wrote the journal.
        Ok(file) if file.metadata()?.len() > MOST_FILE => Err(io::Error::other("it is larger than 64 MiB")),
        Ok(mut file) => Ok(Some(copy_and_hash(&mut file, io::sink())?.0)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a journal may name this path: a text of the site, and no hidden one.
fn is_ours(path: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && !is_passed_over(part) && !part.contains(['\\', ':', '\0']);
    let is_text = matches!(own_role(path), Some(FileRole::Text)) || path.ends_with(".svg");
    path == GIT_ATTRIBUTES || is_text && path.split('/').all(is_plain)
}

fn text(steps: &[Step]) -> String {
    let mut text = format!("{HEADER}\n");
    for Step { path, old, new, number } in steps {
        let old = old.map_or_else(|| "-".to_owned(), |hash| hash.to_string());
        let written = writeln!(text, "{old} {new} {number} {path}");
        debug_assert!(written.is_ok(), "a String takes every write");
    }
    format!("{text}{END}{}\n", Hash::of(text.as_bytes()))
}

/// Parses the journal in a folder; none if it is not whole, or names what it must not.
fn read(root: &Folder) -> io::Result<Option<Vec<Step>>> {
    let mut bytes = Vec::new();
    open_plain(root, JOURNAL)?.take(MAX_JOURNAL).read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).ok().and_then(|text| parse(&text)))
}

fn parse(text: &str) -> Option<Vec<Step>> {
    let (before, hash) = text.strip_suffix('\n')?.rsplit_once(END)?;
    if Hash::parse(hash)? != Hash::of(before.as_bytes()) {
        return None;
    }
    let mut lines = before.lines();
    if lines.next()? != HEADER {
        return None;
    }
    let step = |line: &str| {
        let mut parts = line.splitn(4, ' ');
        let old = match parts.next()? {
            "-" => None,
            hash => Some(Hash::parse(hash)?),
        };
        let (new, number) = (Hash::parse(parts.next()?)?, parts.next()?.parse().ok()?);
        let path = parts.next().filter(|path| is_ours(path))?.to_owned();
        Some(Step { path, old, new, number })
    };
    let steps: Vec<Step> = lines.map(step).collect::<Option<_>>()?;
    let paths: BTreeSet<&str> = steps.iter().map(|step| step.path.as_str()).collect();
    (paths.len() == steps.len()).then_some(steps)
}
