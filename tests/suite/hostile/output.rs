//! Obstacles where the output is to go. See also `writing` and `cli`.

use std::fs;
use std::path::Path;

use super::Case;
use crate::folder::MARKER;

pub fn cases() -> Vec<Case> {
    let refused = |name: &str, words: &'static str, prepare: fn(&Path)| Case::refused(name, words).prepare(prepare);
    let mut cases = vec![
        refused("a page that a person changed", "public", |top| {
            fs::write(top.join("public/index.html"), "mine").unwrap()
        }),
        refused("a file that a person added", "public", |top| fs::write(top.join("public/mine.txt"), "mine").unwrap()),
        refused("a folder that clausebook did not write", "public", |top| {
            fs::remove_file(top.join("public").join(MARKER)).unwrap()
        }),
        refused("a list that is cut off", "public", |top| {
            fs::write(top.join("public").join(MARKER), "clausebook").unwrap()
        }),
        refused("a list that is no text", "public", |top| {
            fs::write(top.join("public").join(MARKER), b"\xff\0").unwrap()
        }),
        Case::inert("a list that names what lies above").prepare(|top| {
            let path = top.join("public").join(MARKER);
            let list = fs::read_to_string(&path).unwrap();
            let line = format!("{} 6 ../content/site.toml\n", "0".repeat(64));
            fs::write(path, list + &line).unwrap();
        }),
        refused("a file where the folder is to be", "public", |top| {
            fs::remove_dir_all(top.join("public")).unwrap();
            fs::write(top.join("public"), "mine").unwrap();
        }),
        refused("no settings", "site.toml", |top| fs::remove_file(top.join("content/site.toml")).unwrap()),
        refused("no site", "content", |top| fs::remove_dir_all(top.join("content")).unwrap()),
    ];
    if cfg!(unix) {
        cases.extend(links());
    }
    cases
}

#[cfg(not(unix))]
fn links() -> Vec<Case> {
    Vec::new()
}

#[cfg(unix)]
fn links() -> Vec<Case> {
    use std::os::unix::fs::symlink;
    vec![
        Case::refused("a link where the folder is to be", "public").prepare(|top| {
            fs::rename(top.join("public"), top.join("elsewhere")).unwrap();
            symlink("elsewhere", top.join("public")).unwrap();
        }),
        Case::refused("a link to the site where the folder is to be", "public").prepare(|top| {
            fs::remove_dir_all(top.join("public")).unwrap();
            symlink("content", top.join("public")).unwrap();
        }),
        Case::refused("a list that is a link", "public").prepare(|top| {
            let list = top.join("public").join(MARKER);
            fs::rename(&list, top.join("list")).unwrap();
            symlink("../list", list).unwrap();
        }),
    ]
}
