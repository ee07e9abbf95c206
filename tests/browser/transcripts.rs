//! Transcripts: what a screen reader is given of pages of the starter, as text in the order of reading.
//!
//! `SNAPSHOTS=overwrite cargo test --test browser transcripts` writes the texts anew: read them as a listener would. They
//! are of the starter, so that only a change of the theme or of the starter changes them.

use std::collections::HashMap;
use std::{env, fs};

use serde_json::{Value, json};

use crate::browser::{Look, Page, browser};
use crate::copies::{Copy, place};

/// The pages, with the most lines that are kept of each, and what to wait for.
const PAGES: [(&str, &str, usize, &str); 6] = [
    ("home", "index.html", 200, "true"),
    ("document", "rules.html", 70, "document.querySelector('.followed')"),
    ("clause", "rules/2.1.html", 200, "document.querySelector('.tools')"),
    ("search", "search.html?q=hall", 60, "document.querySelector('[data-search-state=done] .result')"),
    ("list", "list.html#rules:1.1,2.1", 90, "document.querySelector('[data-state=done]')"),
    ("pack", "packs/first-evening.html", 90, "document.querySelector('.followed')"),
];

/// Places that a reader can jump to, by their role.
const LANDMARKS: [&str; 8] =
    ["banner", "complementary", "contentinfo", "doc-endnotes", "main", "navigation", "region", "search"];

/// Further roles that a reader is told; what is in one that has a name is not told again.
const TOLD: [&str; 16] = [
    "button",
    "cell",
    "checkbox",
    "columnheader",
    "combobox",
    "doc-backlink",
    "doc-noteref",
    "fold",
    "heading",
    "image",
    "link",
    "radio",
    "rowheader",
    "searchbox",
    "term",
    "textbox",
];

/// Roles that hold others, and are told even without a name.
const HOLDERS: [&str; 6] = ["figure", "list", "note", "row", "status", "table"];

/// A line of a transcript: how deep it is, and what is said.
type Line = (usize, String);

/// The nodes of an accessibility tree by their ids.
struct Tree(HashMap<String, Value>);

impl Tree {
    fn of(page: &Page) -> (Self, Value) {
        page.call("Accessibility.enable", json!({}));
        let nodes = page.call("Accessibility.getFullAXTree", json!({}))["nodes"].take();
        let nodes = nodes.as_array().unwrap().clone();
        let root = nodes[0].clone();
        (Tree(nodes.into_iter().map(|node| (node["nodeId"].as_str().unwrap().to_owned(), node)).collect()), root)
    }

    fn children(&self, node: &Value) -> impl Iterator<Item = &Value> {
        let ids = node["childIds"].as_array().cloned().unwrap_or_default();
        ids.into_iter().filter_map(|id| self.0.get(id.as_str()?))
    }
}

fn words(node: &Value, field: &str) -> String {
    node[field]["value"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn property(node: &Value, name: &str) -> Value {
    let properties = node["properties"].as_array().into_iter().flatten();
    properties.filter(|property| property["name"] == name).map(|property| property["value"]["value"].clone()).collect()
}

/// The ordinary name of a role.
fn role(node: &Value) -> String {
    match words(node, "role").as_str() {
        "DisclosureTriangle" | "DisclosureTriangleGrouped" => "fold".to_owned(),
        "img" => "image".to_owned(),
        "gridcell" => "cell".to_owned(),
        other => other.to_owned(),
    }
}

/// Words that are said of a node before its content: its role, level, name, states and description.
fn said(node: &Value, role: &str) -> String {
    let mut said = role.to_owned();
    if let Some(level) = property(node, "level")[0].as_u64() {
        said += &format!(" {level}");
    }
    let name = words(node, "name");
    if !name.is_empty() {
        said += &format!(" “{name}”");
    }
    match &property(node, "expanded")[0] {
        Value::Bool(open) if role != "combobox" => said += if *open { ", open" } else { ", closed" },
        _ => {}
    }
    if property(node, "checked")[0] == "true" {
        said += ", chosen";
    }
    let described = words(node, "description");
    if !described.is_empty() {
        said += &format!(" ({described})");
    }
    said
}

/// Adds the lines of a node and of what is in it.
fn listen(tree: &Tree, node: &Value, depth: usize, lines: &mut Vec<Line>) {
    let role = role(node);
    let is_shown = node["ignored"] != true;
    if role == "StaticText" {
        let text = words(node, "name");
        match lines.last_mut() {
            _ if text.is_empty() || !is_shown => {}
            // Words that follow one another are one sentence to the listener.
            Some((of, before)) if *of == depth && before.starts_with('“') => {
                let before_end = before.trim_end_matches('”').to_owned();
                *before = format!("{before_end} {text}”");
            }
            _ => lines.push((depth, format!("“{text}”"))),
        }
        return;
    }
    if role == "listitem" {
        let own = lines.len();
        lines.push((depth, "•".to_owned()));
        tree.children(node).for_each(|child| listen(tree, child, depth, lines));
        let first = if lines.len() > own + 1 { lines.remove(own + 1).1 } else { String::new() };
        lines[own].1 += &format!(" {first}");
        return;
    }
    if role == "Legend" {
        return;
    }
    let name = words(node, "name");
    let is_told = TOLD.contains(&role.as_str());
    let is_named_group = role == "group" && !name.is_empty();
    let holds = LANDMARKS.contains(&role.as_str()) || HOLDERS.contains(&role.as_str()) || is_named_group;
    if !is_shown || !(is_told || holds) {
        tree.children(node).for_each(|child| listen(tree, child, depth, lines));
        return;
    }
    let own = lines.len();
    lines.push((depth, said(node, &role)));
    tree.children(node).for_each(|child| listen(tree, child, depth + 1, lines));
    if is_told && !name.is_empty() {
        // What a name holds already is heard with it; a link in a heading is the heading's.
        let inner: Vec<Line> = lines.drain(own + 1..).collect();
        let is_link = matches!(inner.as_slice(), [(_, link)] if *link == format!("link “{name}”"));
        if role == "heading" && is_link {
            lines[own].1 = lines[own].1.replacen(" “", " link “", 1);
        } else if role == "rowheader" || role == "cell" {
            lines.extend(inner.into_iter().filter(|(_, line)| !line.starts_with('“')));
        }
    } else if role == "status" && lines.len() == own + 1 {
        lines.pop();
    }
}

/// The transcript of a page as it now is.
fn transcript(page: &Page, most: usize) -> String {
    let (tree, root) = Tree::of(page);
    let mut lines = vec![(0, format!("page “{}”", words(&root, "name")))];
    tree.children(&root).for_each(|child| listen(&tree, child, 0, &mut lines));
    let rest = lines.len().saturating_sub(most);
    let mut text: String =
        lines.iter().take(most).map(|(depth, line)| format!("{}{line}\n", "  ".repeat(*depth))).collect();
    if rest > 0 {
        text += "…\n";
    }
    text
}

#[test]
fn transcripts_of_pages_are_what_was_read_and_found_good() {
    let Some(browser) = browser() else { return };
    let site = Copy::of(&place("src/starter"), "listened-to", None);
    let overwrite = env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite");
    let mut differing = Vec::new();
    for (name, path, most, ready) in PAGES {
        let page = browser.page(Look::WIDE);
        page.go(&site.file(path));
        page.wait_for(ready);
        let heard = transcript(&page, most);
        let file = place(&format!("tests/browser/transcripts/{name}.txt"));
        if overwrite {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &heard).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != heard {
            differing.push(format!("{name}:\n{heard}"));
        }
    }
    assert!(
        differing.is_empty(),
        "transcripts differ; if they read well, `SNAPSHOTS=overwrite cargo test --test browser transcripts`:\n{}",
        differing.join("\n")
    );
}

#[test]
fn a_listener_hears_names_of_places_and_no_empty_or_doubled_thing() {
    let Some(browser) = browser() else { return };
    let library = crate::copies::library();
    for path in [
        "index.html",
        "guidance-consultation-2008.html",
        "guidance-consultation-2008/3.37.html",
        "search.html?q=seat+on+the+board",
        "packs/first-day.html",
        "authorities.html",
        "glossary.html",
        "fit-together.html",
        "about.html",
    ] {
        let page = browser.page(Look::WIDE);
        page.go(&library.file(path));
        page.wait_for("!location.search || document.querySelector('[data-search-state=done] .result')");
        let heard = transcript(&page, usize::MAX);
        let lines: Vec<&str> = heard.lines().map(str::trim).collect();
        let mut faults: Vec<String> = Vec::new();
        for (line, next) in lines.iter().zip(lines.iter().skip(1).chain([&""])) {
            let is = |role: &str| *line == role;
            if ["link", "button", "heading", "image", "fold", "region", "navigation", "complementary"]
                .into_iter()
                .any(is)
            {
                faults.push(format!("without a name: {line}"));
            }
            let is_more = line.contains("and 1 more") || line.contains("“more”");
            let is_doubled = line == next && line.len() > 6 && !line.starts_with("cell") && !line.starts_with("link");
            if is_more || is_doubled {
                faults.push(format!("noise: {line}"));
            }
        }
        for landmark in ["main", "banner", "contentinfo"] {
            if lines.iter().filter(|line| line.split(' ').next() == Some(landmark)).count() != 1 {
                faults.push(format!("not once: {landmark}"));
            }
        }
        let mut navigations: Vec<&&str> = lines.iter().filter(|line| line.starts_with("navigation")).collect();
        navigations.sort();
        let all = navigations.len();
        navigations.dedup();
        if navigations.len() < all {
            faults.push(format!("two of one name among {navigations:?}"));
        }
        assert!(faults.is_empty(), "{path}:\n{}\n{heard}", faults.join("\n"));
    }
    // Each clause of a document is a heading, below the one that it is under.
    let page = browser.page(Look::WIDE);
    page.go(&library.file("guidance-consultation-2008.html"));
    assert!(transcript(&page, usize::MAX).contains("heading 5 link “3.37”"));
}
