//! The house keeps its floors: a file imports only what the table in the header of `lib.rs` lets it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of code in one file; past them it becomes a folder, split by noun.
const MAX_LINES: usize = 400;

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file below `src`, by its path there.
fn files() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![source_folder()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(source_folder()).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The floor of each file, and what it may import: floors by number, files by name.
fn table(files: &BTreeMap<String, String>) -> BTreeMap<String, (u8, Vec<String>)> {
    let rows = files["lib.rs"].lines().filter_map(|line| line.strip_prefix("//! | ")?.strip_suffix(" |"));
    let rows = rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let floor = cells.get(1)?.parse().ok()?;
        Some((cells[0].to_owned(), (floor, cells.get(2)?.split_whitespace().map(str::to_owned).collect())))
    });
    rows.collect()
}

/// The modules that a file names with `crate::` or `clausebook::`, outside comments and tests.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, root) in line.match_indices("crate::").chain(line.match_indices("clausebook::")) {
            let rest = &line[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => {
                    found.extend(group.split(['{', ',', '}', ' ']).filter(|n| !n.is_empty()).map(str::to_owned))
                }
                None => found.push(rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap().to_owned()),
            }
        }
    }
    found
}

#[test]
fn every_file_stands_in_the_table_and_imports_only_downwards() {
    let files = files();
    let table = table(&files);
    for (file, text) in &files {
        let (floor, allowed) = table.get(file).unwrap_or_else(|| panic!("{file} is not in the table of lib.rs"));
        for module in imports(text) {
            let imported = format!("{module}.rs");
            let Some((below, _)) = table.get(&imported) else { continue };
            let own_parent = file.starts_with(&format!("{module}/")) || imported == *file;
            let may = allowed.iter().any(|name| *name == below.to_string() || *name == module);
            assert!(own_parent || may, "{file} (floor {floor}) may not import {module} (floor {below})");
        }
    }
    for file in table.keys() {
        assert!(files.contains_key(file), "{file} is in the table of lib.rs and not in src");
    }
}

#[test]
fn every_file_says_first_what_it_holds() {
    for (file, text) in files() {
        assert!(text.starts_with("//! "), "{file} has no header");
    }
}

#[test]
fn no_file_is_long() {
    for (file, text) in files() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count();
        assert!(lines <= MAX_LINES, "{file} has {lines} lines of code");
    }
}
