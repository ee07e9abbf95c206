//! `clausebook import`: papers that were not written for clausebook, as texts of a site.
//!
//! Takes files; writes a Markdown text for each with its pictures, and reports every doubt.
//! Nothing is written over.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::arguments::Import;
use super::folder::shell_word;
use super::{Stop, could_not_run, count, print, say, say_result};
use crate::disk;
use crate::import::{self, Imported, PaperFormat, bounds, report::Report};
use crate::source::SETTINGS;

/// Names of files that mean something of their own in a site.
const KEPT: [&str; 6] = ["index", "glossary", "timeline", "about", "map", "readme"];

/// The report of a file, for programs.
#[derive(Serialize)]
struct Told<'a> {
    file: String,
    text: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

/// Imports files.
pub(super) fn run(arguments: &Import) -> Result<(), Stop> {
    let folder = folder(arguments.to.as_deref());
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut papers: Vec<(&Path, String, Imported)> = Vec::new();
    for path in &arguments.files {
        let imported = read(path)?;
        let name = format!("{}.md", id_of(path));
        if files.iter().any(|(other, _)| *other == name) {
            let help = "import one of them at a time, each into a folder of its own";
            return Err(could_not_run(format!("two files would be written as `{name}`"), help));
        }
        files.push((name.clone(), imported.text.clone().into_bytes()));
        files.extend(imported.pictures.iter().map(|picture| (picture.name.clone(), picture.bytes.clone())));
        papers.push((path, name, imported));
    }
    for (path, name, imported) in &papers {
        let report = &imported.report;
        let (clauses, notes) = (count(report.clauses, "clause"), count(report.notes, "note"));
        let shown = folder.join(name);
        say_result(&format!("{} → {}: {}, {clauses}, {notes}", path.display(), shown.display(), numbering(report)));
        report.for_people().lines().for_each(say);
    }
    let mut written: Vec<(String, Vec<u8>)> = if arguments.dry_run { Vec::new() } else { files.clone() };
    if let Some(report) = &arguments.report {
        let told: Vec<Told<'_>> = papers
            .iter()
            .map(|(path, name, imported)| Told {
                file: path.display().to_string(),
                text: name,
                report: &imported.report,
            })
            .collect();
        let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
        text.push('\n');
        let whole = std::path::absolute(report).unwrap_or_else(|_| report.clone());
        written.push((whole.to_string_lossy().into_owned(), text.into_bytes()));
    }
    if !arguments.dry_run {
        disk::write_new(&folder, &written)?;
    } else {
        papers.iter().for_each(|(_, _, imported)| print(&imported.text));
        // The report alone.
        if !written.is_empty() {
            disk::write_new(Path::new("."), &written)?;
        }
    }
    if !arguments.dry_run {
        let shown = folder.display();
        say_result(&format!("Wrote {} into {shown}", count(files.len(), "file")));
        if !disk::is_file(&folder.join(SETTINGS)) {
            say_result(&format!("Next: `clausebook init {}` makes a site of it.", shell_word(&folder)));
        }
        let beside = papers.iter().map(|(path, ..)| *path).filter(|path| is_foreign(path));
        for path in beside.chain(arguments.report.as_deref()).filter(|path| is_in_site(path, &folder)) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            say(&format!("`{name}` is in the folder of the site: name it under `ignore` in `{SETTINGS}`, or move it."));
        }
    }
    Ok(())
}

/// Whether a file is in the folder of a site, into which its text is written.
fn is_in_site(path: &Path, folder: &Path) -> bool {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_folder = |parent| disk::canonical(folder).is_ok_and(|folder| folder == parent);
    disk::is_file(&folder.join(SETTINGS)) && disk::canonical(parent).is_ok_and(is_folder)
}

fn numbering(report: &Report) -> String {
    match report.numbering.as_str() {
        "none" => "no numbers that could be clauses".to_owned(),
        numbering => format!("numbering \u{201c}{numbering}\u{201d}"),
    }
}

/// The folder to write into: the one that is named, the site here, or the folder here.
fn folder(named: Option<&Path>) -> PathBuf {
    let here = Path::new(".");
    match named {
        Some(named) => named.to_owned(),
        None if !disk::is_file(&here.join(SETTINGS)) && disk::is_file(&Path::new("content").join(SETTINGS)) => {
            PathBuf::from("content")
        }
        None => here.to_owned(),
    }
}

/// Returns the id of the document that a file becomes: the letters of its name.
pub(super) fn id_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut id = import::id_of(&stem);
    if id.is_empty() {
        id.push_str("paper");
    }
    if KEPT.contains(&id.as_str()) {
        id.push_str("-paper");
    }
    id
}

/// Returns whether a file is in a format that is read and that no site has as a text.
pub(super) fn is_foreign(path: &Path) -> bool {
    matches!(ending(path).as_str(), "docx" | "docm" | "html" | "htm" | "xhtml" | "txt" | "text" | "pdf")
}

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn read(path: &Path) -> Result<Imported, Stop> {
    let ending = ending(path);
    let most = bounds::MOST_BYTES as u64;
    let (format, bytes) = match ending.as_str() {
        "docx" | "docm" => (PaperFormat::Docx, disk::read_foreign(path, most)?),
        "html" | "htm" | "xhtml" => (PaperFormat::Html, disk::read_foreign(path, most)?),
        "md" | "markdown" => (PaperFormat::Markdown, disk::read_foreign(path, most)?),
        "txt" | "text" => (PaperFormat::Text, disk::read_foreign(path, most)?),
        "pdf" => {
            let bytes = disk::print_pdf(path, bounds::MOST_LETTERS)?;
            if !bytes.iter().any(u8::is_ascii_alphanumeric) {
                let help = "recognise its words first, for instance with `ocrmypdf`, or ask its author for the file that it was made from";
                return Err(could_not_run(format!("`{}` holds pictures of pages and no words", path.display()), help));
            }
            let boxes = disk::print_pdf_boxes(path, bounds::MOST_BOXES).unwrap_or_default();
            let text = import::with_type(&String::from_utf8_lossy(&bytes), &String::from_utf8_lossy(&boxes));
            (PaperFormat::Layout, text.into_bytes())
        }
        _ => return Err(unknown(path, &ending)),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |picture: &str| disk::read_beside(folder, picture, most);
    import::import_with(format, &id_of(path), &bytes, &beside).map_err(|refusal| {
        could_not_run(format!("`{}` cannot be imported: {}", path.display(), refusal.message), &refusal.help)
    })
}

fn unknown(path: &Path, ending: &str) -> Stop {
    let help = match ending {
        "doc" | "odt" | "rtf" | "pages" => "open it in Word or LibreOffice, save it as .docx, and import that",
        "" => "name a file that ends in .docx, .html, .md, .txt or .pdf",
        _ => "save it as .docx, .html, .md, .txt or .pdf, and import that",
    };
    could_not_run(format!("`{}` is in no format that `import` reads", path.display()), help)
}
