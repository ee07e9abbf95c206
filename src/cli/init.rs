//! `clausebook init`: a folder of texts as a site.
//!
//! Takes a folder; writes its `site.toml`, changes nothing else, and prints what each text looks
//! like.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::folder::shell_word;
use super::import::{id_of, is_foreign};
use super::{Stop, could_not_run, print, print_json, say_result};
use crate::disk;
use crate::document::capital;
use crate::import;
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
    for path in files.iter().filter(|path| path.ends_with(".md")) {
        let bytes = disk::read_listed(folder, path)?;
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
    let papers = imported(&files);
    let ignored = if papers.is_empty() {
        String::new()
    } else {
        format!(
            "# The papers that the texts were made of, which are not published.\nignore = {}\n",
            toml::Value::from(papers)
        )
    };
    let text = format!("# The settings of the site.\n\ntitle = {}\n{ignored}", toml::Value::from(title_of(folder)));
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

/// The papers of a folder that `import` made texts of, which are beside them.
fn imported(files: &[String]) -> Vec<String> {
    let is_paper = |path: &&String| {
        let path = Path::new(path.as_str());
        let text = path.with_file_name(format!("{}.md", id_of(path)));
        is_foreign(path) && files.iter().any(|file| Path::new(file) == text)
    };
    // A sign in a name would be a pattern.
    let is_plain = |path: &&String| !path.contains(['*', '?', '[', ']', '{', '}', '!', '#', '\\']);
    files.iter().filter(is_paper).filter(is_plain).cloned().collect()
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
