//! Lists the files in a folder, and checks that one build wrote it whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clausebook::source::Hash;

/// The file in which a build lists what it wrote.
pub const MARKER: &str = ".clausebook";

/// Every file below a folder, with what it holds.
pub fn tree(top: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

/// The marker that a build writes beside these files: the hash and size of each.
pub fn marker(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    format!("clausebook output 1\n{}", list(files)).into_bytes()
}

fn list(files: &BTreeMap<String, Vec<u8>>) -> String {
    let files = files.iter().filter(|(path, _)| *path != MARKER);
    files.map(|(path, bytes)| format!("{} {} {path}\n", Hash::of(bytes), bytes.len())).collect()
}

/// Whether a folder holds just what its marker lists; what the site was built from stands on the marker's first line.
pub fn is_whole(files: &BTreeMap<String, Vec<u8>>) -> bool {
    let marker = String::from_utf8(files[MARKER].clone()).unwrap();
    let (header, listed) = marker.split_once('\n').unwrap();
    header.starts_with("clausebook output 1") && listed == list(files)
}

/// The names in a folder, but for those that are to be there.
pub fn litter(folder: &Path, expected: &[&str]) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !expected.contains(&name.as_str())).collect()
}
