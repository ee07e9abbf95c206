//! Papers from outside on their way into a site.
//!
//! Takes the path of a file that someone named; gives its bytes, or what `pdftotext` prints of it.
//! Takes new files; writes those that are not there yet, and nothing over anything. Never reads
//! more than it is told to.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::lock::lock;
use super::open::open_alone;
use super::place::NewFile;
use super::read::{read_copied, walk};
use super::{DiskError, Folder, is_there};

/// The program that prints the words of a PDF.
const PRINTS_PDF: &str = "pdftotext";
/// The longest time that it may take.
const LONGEST: Duration = Duration::from_secs(120);

/// Reads a file that someone named, if it has no more than `most` bytes.
///
/// # Errors
///
/// If it cannot be read, or is larger.
pub fn read_foreign(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    let file = open_alone(path).map_err(DiskError::when("read", path))?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(DiskError::when("read", path))?;
    if bytes.len() as u64 > most {
        return Err(DiskError::new(format!("`{}` is larger than {} MB", path.display(), most >> 20))
            .help("cut it into papers and import each of them"));
    }
    Ok(bytes)
}

/// Returns the bytes of a file in a folder or below it, if it is one and has no more than `most`. A
/// link that leads out of the folder is followed by nobody.
pub fn read_beside(folder: &Path, path: &str, most: u64) -> Option<Vec<u8>> {
    let folder = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
    let whole = fs::canonicalize(folder.join(path)).ok()?;
    if !whole.starts_with(&folder) {
        return None;
    }
    read_foreign(&whole, most).ok()
}

/// Returns what `pdftotext` prints of a PDF, as far as `most` bytes.
///
/// # Errors
///
/// If the program is not installed, fails, or takes too long.
pub fn print_pdf(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    print_pdf_as("-layout", path, most)
}

/// Returns the boxes of the words of a PDF, as `pdftotext` prints them.
///
/// # Errors
///
/// If the program is not installed, fails, takes too long, or prints more than `most` bytes.
pub fn print_pdf_boxes(path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    print_pdf_as("-bbox", path, most)
}

fn print_pdf_as(form: &str, path: &Path, most: u64) -> Result<Vec<u8>, DiskError> {
    let whole = fs::canonicalize(path).map_err(DiskError::when("read", path))?;
    let mut command = Command::new(PRINTS_PDF);
    command.args([form, "-enc", "UTF-8"]).arg(&whole).arg("-");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        let message = format!("cannot read `{}`: `{PRINTS_PDF}` does not start: {error}", path.display());
        DiskError::new(message)
            .help("install `pdftotext`, which is in the package poppler-utils, or save the paper as .docx or .html")
    })?;
    let out = child.stdout.take();
    let reader = thread::spawn(move || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        out.map(|out| out.take(most).read_to_end(&mut bytes)).transpose()?;
        Ok(bytes)
    });
    let begun = Instant::now();
    while !reader.is_finished() && begun.elapsed() < LONGEST {
        thread::sleep(Duration::from_millis(5));
    }
    let late = !reader.is_finished();
    if late {
        let _ = child.kill();
    }
    let read = reader.join().map_err(|_| io::Error::other("the reader failed")).and_then(|read| read);
    if read.as_ref().is_ok_and(|bytes| bytes.len() as u64 == most) {
        let _ = child.kill();
        let _ = child.wait();
        return Err(DiskError::new(format!("the words of `{}` are more than {} MB", path.display(), most >> 20)));
    }
    let ended = child.wait();
    let bytes = read.map_err(DiskError::when("read", path))?;
    if late || !ended.is_ok_and(|status| status.success()) {
        let why = if late { "takes too long" } else { "fails" };
        return Err(DiskError::new(format!("`{PRINTS_PDF}` {why} with `{}`", path.display()))
            .help("a PDF with a password or a damaged one cannot be read: save the paper as .docx or .html"));
    }
    Ok(bytes)
}

/// Writes files into a folder, which is made if it is not there: all of them, or none. The whole
/// path of a file leads out of the folder. Nothing is written over.
///
/// # Errors
///
/// If there is something in the place of one, or if the disk refuses.
pub fn write_new(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), DiskError> {
    fs::create_dir_all(folder).map_err(DiskError::when("make the folder", folder))?;
    let lock = lock(folder)?;
    let place = |path: &String| lock.folder.path.join(path);
    if let Some((taken, _)) = files.iter().find(|(path, _)| is_there(&place(path))) {
        return Err(DiskError::new(format!(
            "`{}` exists already, and nothing is written over",
            folder.join(taken).display()
        ))
        .help("delete or rename it first, or name another folder with `--to`"));
    }
    let write = |(path, bytes): &(String, Vec<u8>)| {
        let place = place(path);
        if let Some(outer) = place.parent().filter(|_| Path::new(path).is_absolute()) {
            fs::create_dir_all(outer).map_err(DiskError::when("make the folder", outer))?;
        }
        NewFile::write(folder.join(path), place, bytes)
    };
    let new = files.iter().map(write).collect::<Result<Vec<_>, _>>()?;
    let mut done: Vec<PathBuf> = Vec::new();
    for file in &new {
        // A name of its own for the same file: unlike a renaming, it fails if there is something by
        // now.
        let put = match fs::hard_link(&file.path, &file.place) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported && !is_there(&file.place) => {
                fs::copy(&file.path, &file.place).map(drop)
            }
            put => put,
        };
        if let Err(error) = put {
            done.iter().for_each(|place| drop(fs::remove_file(place)));
            return Err(DiskError::when("write", &file.shown)(error));
        }
        done.push(file.place.clone());
    }
    Ok(())
}

/// Lists the files in a folder that may become a site, by their paths below it.
///
/// # Errors
///
/// If it cannot be read.
pub fn list(folder: &Path) -> Result<Vec<String>, DiskError> {
    let opened = Folder::new(folder).map_err(DiskError::when("read", folder))?;
    Ok(walk(&opened).map_err(DiskError::when("read", folder))?.into_keys().collect())
}

/// Reads a file of a folder that was listed.
///
/// # Errors
///
/// If it cannot be read.
pub fn read_listed(folder: &Path, path: &str) -> Result<Vec<u8>, DiskError> {
    read_copied(folder, path).map_err(DiskError::when("read", &folder.join(path)))
}
