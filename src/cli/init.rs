//! `clausebook init`: a folder of texts as a site.
//!
//! Takes a folder; writes its `site.toml`, changes nothing else, and prints what each text looks
//! like.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::folder::shell_word;
use super::import::{id_of, is_foreign};
use super::{Stop, could_not_run, print, print_json, say_result};
use crate::config::Limits;
use crate::disk;
use crate::document::capital;
use crate::import::{self, bounds};
use crate::source::SETTINGS;

/// Makes a site of a folder.
pub(super) fn init(folder: Option<&Path>, json: bool) -> Result<(), Stop> {
    let folder = folder.unwrap_or(Path::new("."));
    if !disk::is_folder(folder) {
        return Err(could_not_run(format!("there is no folder `{}`", folder.display()), "name a folder of texts"));
    }
    if disk::is_there(&folder.join(SETTINGS)) {
        let message = format!("`{}` is a site already: it has a `{SETTINGS}`", folder.display());
        return Err(could_not_run(message, "run `clausebook check` on it"));
    }
    let files = disk::list(folder)?;
    let (mut rows, mut values): (Vec<[String; 5]>, _) = (Vec::new(), Vec::new());
    let mut longest = 0;
    for path in files.iter().filter(|path| path.ends_with(".md")) {
        let bytes = disk::read_listed(folder, path)?;
        longest = longest.max(bytes.len() as u64);
        let beside = Path::new(path).parent().unwrap_or(Path::new(""));
        let has_file = |link: &str| {
            let link = link.trim_start_matches("./");
            files.iter().any(|file| Path::new(file) == beside.join(link))
        };
        let seen = import::survey(&String::from_utf8_lossy(&bytes), &has_file);
        values.push(json!({
            "file": path, "numbering": seen.numbering, "clauses": seen.clauses, "links_to_fix": seen.links,
            "front_matter": seen.has_front_matter,
        }));
        let front = if seen.has_front_matter { "yes" } else { "no" };
        rows.push([path.clone(), seen.numbering, seen.clauses.to_string(), seen.links.to_string(), front.to_owned()]);
    }
    let text = settings(folder, &files, longest);
    disk::write_new(folder, &[(SETTINGS.to_owned(), text.into_bytes())])?;
    if json {
        print_json(&values)?;
    } else {
        print(&table(&rows));
    }
    let shown = shell_word(folder);
    say_result(&format!("Wrote {}. Nothing else was changed.", folder.join(SETTINGS).display()));
    say_result(&format!("Next: `clausebook check {shown}`, then `clausebook serve {shown} --open`."));
    Ok(())
}

/// The settings of a folder with some files, of which the longest text has some bytes.
fn settings(folder: &Path, files: &[String], longest: u64) -> String {
    let mut papers = imported(files);
    papers.extend(files.iter().filter(|path| is_plain(path) && is_report(folder, path)).cloned());
    let ignored = if papers.is_empty() {
        String::new()
    } else {
        format!(
            "# The papers that the texts were made of, and reports of it, which are not published.\nignore = {}\n",
            toml::Value::from(papers)
        )
    };
    let limits = bounds::raised(longest, Limits::default().file)
        .map(|value| format!("\n# A text is longer than a site reads without being told.\n[limits]\nfile = {value}\n"));
    let title = toml::Value::from(title_of(folder));
    format!("# The settings of the site.\n\ntitle = {title}\n{ignored}{}", limits.unwrap_or_default())
}

/// The papers of a folder that `import` made texts of, which are beside them.
fn imported(files: &[String]) -> Vec<String> {
    let is_paper = |path: &&String| {
        let path = Path::new(path.as_str());
        let text = path.with_file_name(format!("{}.md", id_of(path)));
        is_foreign(path) && files.iter().any(|file| Path::new(file) == text)
    };
    files.iter().filter(is_paper).filter(|path| is_plain(path)).cloned().collect()
}

/// Whether a path may be named under `ignore` as it is: a sign in it would be a pattern.
fn is_plain(path: &str) -> bool {
    !path.contains(['*', '?', '[', ']', '{', '}', '!', '#', '\\'])
}

/// Whether a file is a report of `import`.
fn is_report(folder: &Path, path: &str) -> bool {
    let is_one = |value: &serde_json::Value| {
        let row = value.get(0);
        row.is_some_and(|row| ["file", "text", "remarks"].iter().all(|key| row.get(key).is_some()))
    };
    path.ends_with(".json")
        && disk::read_listed(folder, path)
            .is_ok_and(|bytes| serde_json::from_slice(&bytes).is_ok_and(|value| is_one(&value)))
}

/// The name of a folder as words.
fn title_of(folder: &Path) -> String {
    let whole = disk::canonical(folder).unwrap_or_else(|_| PathBuf::from(folder));
    let name = whole.file_name().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
    let title = capital(name.trim());
    if title.is_empty() { "Papers".to_owned() } else { title }
}

fn table(rows: &[[String; 5]]) -> String {
    let heads = ["file", "numbering", "clauses", "links to fix", "front matter"].map(str::to_owned);
    let all: Vec<&[String; 5]> = std::iter::once(&heads).chain(rows).collect();
    let width =
        |at: usize| all.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |row: &[String; 5]| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    all.into_iter().map(line).collect()
}
