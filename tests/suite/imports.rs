//! Papers that were not written for clausebook come in with their own numbers, and with every word.

mod commands;
pub mod docx;
mod elsewhere;
mod faces;
mod flush;
mod kinds;
mod lines;
mod lists;
mod marks;
mod pages;
mod printed;
mod programs;
mod rest;
mod rising;
mod seeds;
mod signs;
mod sound;
mod tabled;
mod texts;
mod word;

use std::collections::BTreeMap;

use clausebook::import::{Imported, PaperFormat, import};

use crate::site::TestSite;

/// Imports a paper, or says why not.
fn imported(format: PaperFormat, bytes: &[u8]) -> Imported {
    let first = import(format, "a", bytes).unwrap_or_else(|refusal| panic!("{}", refusal.message));
    let again = import(format, "a", bytes).unwrap();
    assert_eq!(first.text, again.text, "the same file gives the same bytes");
    first
}

/// The clauses that a site makes of an imported text: for each its fragment and its words. The site must be without errors, and what it
/// warns of is in the report.
fn clauses_of(imported: &Imported) -> String {
    let mut site = TestSite::new().file("a.md", &imported.text);
    for picture in &imported.pictures {
        site = site.file(&picture.name, "a picture");
    }
    let built = site.build();
    // What the law is called is for the register of the site.
    let known = ["number-gap", "picture-without-words", "undeclared-authority"];
    let unknown: Vec<&str> = built.codes().into_iter().filter(|code| !known.contains(code)).collect();
    let start: String = imported.text.chars().take(3000).collect();
    assert!(unknown.is_empty(), "{}\n{start}", built.short());
    let rows = built.json("data/clauses.json");
    let rows = rows.as_array().unwrap().iter().filter(|row| row["document"] == "a");
    let line = |row: &serde_json::Value| {
        let url = row["url"].as_str().unwrap();
        let title = row["title"].as_str().map(|title| format!("{title}. ")).unwrap_or_default();
        let text = row["text"].as_str().unwrap().replace('\n', " / ");
        format!("{} {title}{text}", url.strip_prefix("a.html#").unwrap_or(url)).trim_end().to_owned()
    };
    rows.map(line).collect::<Vec<_>>().join("\n")
}

/// The subjects of the remarks, each once.
fn abouts(imported: &Imported) -> Vec<String> {
    let about = |about| serde_json::to_value(about).unwrap().as_str().unwrap().to_owned();
    let mut abouts: Vec<String> = imported.report.remarks.iter().map(|remark| about(remark.about)).collect();
    abouts.sort();
    abouts.dedup();
    abouts
}

/// The words of a text, each with how often it occurs.
fn words(text: &str) -> BTreeMap<String, i64> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// The words that are in one text and not in another.
fn missing(from: &str, other: &str) -> Vec<String> {
    let other = words(other);
    let lost = |(word, count): (String, i64)| (other.get(&word).copied().unwrap_or(0) < count).then_some(word);
    words(from).into_iter().filter_map(lost).collect()
}
