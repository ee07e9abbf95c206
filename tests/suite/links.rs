//! Every link in the output lands: on a file of it, and on an id of that file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clausebook::disk;
use clausebook::output::{Artefact, Output};
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;
use scraper::{Html, Selector};

use crate::site::TestSite;

/// Lists broken links as `page: address`.
pub fn broken_links(output: &Output) -> Vec<String> {
    let pages: BTreeMap<String, Html> = output
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .map(|(path, artefact)| {
            let text = String::from_utf8(artefact.bytes().unwrap().to_vec()).unwrap();
            (path.to_string(), Html::parse_document(&text))
        })
        .collect();
    let any_id = Selector::parse("[id]").unwrap();
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, page)| (path.as_str(), page.select(&any_id).map(|element| element.attr("id").unwrap()).collect()))
        .collect();
    let linking = Selector::parse("[href], [src]").unwrap();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for element in page.select(&linking) {
            let address = element.attr("href").or(element.attr("src")).unwrap();
            if address.contains("://") || address.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = address.split_once('#').unwrap_or((address, ""));
            // What a search is for is no part of the path.
            let file = file.split('?').next().unwrap();
            let target = if file.is_empty() { path.clone() } else { join(path, file) };
            let there = output.get(&target).is_some();
            let page = target.ends_with(".html");
            let lands =
                fragment.is_empty() || !page || ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment));
            if !there || !lands || address.is_empty() {
                broken.push(format!("{path}: {address}"));
            }
        }
    }
    broken
}

/// The path to which a relative address leads from a page.
pub fn join(page: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{relative} leads out of the site"),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Ids that stand twice on a page, as `page: id`.
pub fn repeated_ids(output: &Output) -> Vec<String> {
    let any_id = Selector::parse("[id]").unwrap();
    let mut repeated = Vec::new();
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let page = Html::parse_document(std::str::from_utf8(artefact.bytes().unwrap()).unwrap());
        let mut seen = BTreeSet::new();
        for element in page.select(&any_id) {
            let id = element.attr("id").unwrap().to_owned();
            if !seen.insert(id.clone()) {
                repeated.push(format!("{path}: {id}"));
            }
        }
    }
    repeated
}

fn content() -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (mut site, mut faults) = disk::read(&root, SourceMap::new()).unwrap();
    let theme = disk::read_theme(&root, "default", &mut site, &mut faults).unwrap();
    let build = pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &Options::default());
    assert!(build.diagnostics.is_empty(), "{:#?}", build.diagnostics);
    build.output.unwrap()
}

#[test]
fn every_link_of_the_content_lands() {
    let output = content();
    assert_eq!(broken_links(&output), Vec::<String>::new());
    assert_eq!(repeated_ids(&output), Vec::<String>::new());
}

#[test]
fn the_guidance_has_its_86_clauses_in_order() {
    let output = content();
    let rows: serde_json::Value =
        serde_json::from_slice(output.get("data/clauses.json").and_then(Artefact::bytes).unwrap()).unwrap();
    let numbers: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["document"] == "guidance-consultation-2008")
        .map(|row| row["number"].as_str().unwrap())
        .collect();
    let wanted: Vec<String> = [(1, 16), (2, 18), (3, 52)]
        .iter()
        .flat_map(|(section, last)| (1..=*last).map(move |clause| format!("{section}.{clause}")))
        .collect();
    assert_eq!(numbers, wanted);
}

#[test]
fn the_data_file_of_ids_lists_what_stands_on_each_page() {
    let output = content();
    let ids: BTreeMap<String, Vec<String>> =
        serde_json::from_slice(output.get("data/ids.json").and_then(Artefact::bytes).unwrap()).unwrap();
    let any_id = Selector::parse("[id]").unwrap();
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let page = Html::parse_document(std::str::from_utf8(artefact.bytes().unwrap()).unwrap());
        let found: Vec<&str> = page.select(&any_id).map(|element| element.attr("id").unwrap()).collect();
        assert_eq!(ids[path.as_str()], found, "{path}");
    }
}

#[test]
fn a_broken_link_would_be_found() {
    let built = TestSite::new().paper("a", "1.1 See [[b#1.1]].").paper("b", "1.1 Text.").build().clean();
    let output = built.output.unwrap();
    assert_eq!(broken_links(&output), Vec::<String>::new());
    let mut cut = Output::default();
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str() != "b.html") {
        cut.add(path.clone(), artefact.clone()).unwrap();
    }
    assert!(broken_links(&cut).contains(&"a.html: b.html#1.1".to_owned()));
}
