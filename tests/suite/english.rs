//! The English of the library: short sentences, words that people use, and restatements that keep the duties and the
//! figures of their sources, as counted in `tests/content/duties.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};
use serde::Deserialize;

use crate::content::CONTENT;
use crate::house::prose;

/// The most words of a sentence outside lists and tables.
const MAX_SENTENCE: usize = 25;
/// Words that say how binding a thing is.
const DUTIES: [&str; 10] = ["must", "should", "shall", "may", "might", "will", "would", "could", "can", "cannot"];

/// Duty words and figures of a source, and how often it has each, by paper and clause.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    /// Duty words in the source: "should 2, will 1".
    #[serde(default)]
    duties: String,
    /// Numbers in the source, without those of list items.
    #[serde(default)]
    figures: String,
    /// The duty words of the restatement, where they are not those of the source.
    restated: Option<String>,
    /// The numbers of the restatement, where they are not those of the source.
    restated_figures: Option<String>,
    /// Why.
    reason: Option<String>,
}

fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The duty words of a text, as the table has them.
fn duties(text: &str) -> String {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let count = |duty: &str| words.iter().filter(|word| **word == duty).count();
    let found = DUTIES.iter().map(|duty| (duty, count(duty))).filter(|(_, count)| *count > 0);
    found.map(|(duty, count)| format!("{duty} {count}")).collect::<Vec<_>>().join(", ")
}

/// The numbers of a text, each once, as the table has them: without labels of items, addresses and their like.
fn figures(text: &str) -> String {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let label = line.trim_start().split(' ').next().unwrap_or_default();
        let is_label =
            label.trim_matches(['(', ')', '.']).chars().all(|c| c.is_ascii_digit()) && label.ends_with([')', '.']);
        let line = if is_label { &line.trim_start()[label.len()..] } else { line };
        for word in line.split_whitespace().filter(|word| !word.contains(['@', '/']) && !word.starts_with("www.")) {
            let numbers = word.split(|c: char| !c.is_ascii_digit());
            found.extend(numbers.filter(|number| !number.is_empty()).map(str::to_owned));
        }
    }
    found.into_iter().collect::<Vec<_>>().join(" ")
}

#[test]
fn restatements_keep_the_duties_and_the_figures_of_their_sources() {
    let table = fs::read_to_string(top("tests/content/duties.toml")).unwrap();
    let table: BTreeMap<String, BTreeMap<String, Counted>> = toml::from_str(&table).unwrap();
    let rows = CONTENT.json("data/clauses.json");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in rows.as_array().unwrap() {
        let Some(paper) = table.get(row["document"].as_str().unwrap()) else { continue };
        let number = row["number"].as_str().unwrap().trim_start_matches('¶');
        let Some(counted) = paper.get(number) else {
            // Parts of a clause are counted with it.
            assert!(!row["parent"].is_null(), "{number} is not counted");
            continue;
        };
        seen += 1;
        let text = row["text"].as_str().unwrap();
        let differs = counted.restated.is_some() || counted.restated_figures.is_some();
        assert_eq!(differs, counted.reason.is_some(), "{number}: a difference has a reason");
        let wanted = counted.restated.as_ref().unwrap_or(&counted.duties);
        let wanted_figures = counted.restated_figures.as_ref().unwrap_or(&counted.figures);
        for (wanted, found) in [(wanted, duties(text)), (wanted_figures, figures(text))] {
            if *wanted != found {
                wrong.push(format!("{} {number}: {wanted:?} in the table, {found:?} here", row["document"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(seen, table.values().map(BTreeMap::len).sum::<usize>());
}

#[test]
fn no_duty_of_a_source_is_lost_and_none_is_added() {
    let table = fs::read_to_string(top("tests/content/duties.toml")).unwrap();
    let table: BTreeMap<String, BTreeMap<String, Counted>> = toml::from_str(&table).unwrap();
    let kinds = |duties: &str| -> BTreeSet<String> {
        duties.split(", ").filter_map(|duty| duty.split(' ').next()).map(str::to_owned).collect()
    };
    // "Can" and "could" say what is possible. The others bind, permit or foretell.
    let binding = |duties: &str| {
        let mut kinds = kinds(duties);
        kinds.retain(|kind| !["can", "cannot", "could", "would"].contains(&kind.as_str()));
        kinds
    };
    for (paper, clauses) in &table {
        for (number, counted) in clauses {
            let Some(restated) = &counted.restated else { continue };
            assert_eq!(binding(&counted.duties), binding(restated), "{paper} {number}");
        }
    }
}

/// The texts of the library, by their paths.
fn texts() -> BTreeMap<String, String> {
    let (mut folders, mut found) = (vec![top("content")], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let name = path.strip_prefix(top("")).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found.insert("README.md".to_owned(), fs::read_to_string(top("README.md")).unwrap());
    found
}

/// A line of Markdown as readers see its words: a mention is one word, a title as well; marks of notes, pictures and braces
/// are none.
fn printed(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '{', '!']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let end = |close: &str| found.find(close).map(|at| at + close.len());
        let (words, length) = if found.starts_with("[[") {
            let inner = end("]]").map_or("", |end| &found[2..end - 2]);
            (inner.rsplit('|').next().unwrap_or_default().replace(' ', "-"), end("]]"))
        } else if found.starts_with("[^") || found.starts_with("![") {
            (String::new(), end("]"))
        } else if found.starts_with('{') {
            (String::new(), end("}"))
        } else {
            (found.chars().take(1).collect(), Some(1))
        };
        out.push_str(&words);
        rest = &found[length.unwrap_or(1).min(found.len())..];
    }
    out + rest
}

/// The sentences of a text in Markdown outside lists, tables, headings and notes of the papers, each with its line.
fn sentences(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = vec![(1, String::new())];
    let mut in_item = false;
    for (at, line) in text.lines().enumerate() {
        let start = line.trim_start_matches(['>', ' ']);
        let figures = start.chars().take_while(char::is_ascii_digit).count();
        let opens_item = start.starts_with("- ") || figures > 0 && start[figures..].starts_with(". ");
        // The clauses of a paper are items at the left edge; they have sentences.
        let is_clause = opens_item && figures > 0 && line.starts_with(|c: char| c.is_ascii_digit());
        in_item = opens_item && !is_clause || in_item && !start.is_empty() && !is_clause;
        if start.is_empty() || start.starts_with(['|', '#', ':']) || start.starts_with("[^") || opens_item {
            found.push((at + 1, String::new()));
        }
        if in_item || start.starts_with(['|', '#']) || start.starts_with("[^") {
            continue;
        }
        for word in printed(start).split_whitespace() {
            let (line, sentence) = found.last_mut().unwrap();
            if sentence.is_empty() {
                *line = at + 1;
            }
            if word.contains(char::is_alphanumeric) {
                sentence.push_str(word);
                sentence.push(' ');
            }
            if word.trim_end_matches([')', '"', '*', '\'', ']']).ends_with(['.', '?', '!', ';', ':']) {
                found.push((at + 1, String::new()));
            }
        }
    }
    found
}

#[test]
fn sentences_have_at_most_25_words() {
    let mut long = Vec::new();
    for (name, text) in texts() {
        let text = prose(&text);
        let body = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
        let skipped = body.map_or(0, |(head, _)| head.lines().count() + 2);
        for (line, sentence) in sentences(body.map_or(text.as_str(), |(_, body)| body)) {
            let count = sentence.split_whitespace().count();
            if count > MAX_SENTENCE {
                long.push(format!("{name}:{}: {count} words: {sentence}", line + skipped));
            }
        }
    }
    assert!(long.is_empty(), "{} of them:\n{}", long.len(), long.join("\n"));
}

#[test]
fn where_two_papers_disagree_a_note_under_each_of_the_paragraphs_says_so() {
    let rows = CONTENT.json("data/clauses.json");
    let alert = Selector::parse(".alert.note a[href]").unwrap();
    let mut told = BTreeSet::new();
    for row in rows.as_array().unwrap() {
        let url = row["url"].as_str().unwrap();
        for reference in row["references"].as_array().unwrap() {
            if reference["kind"].as_str() != Some("differs") {
                continue;
            }
            let to = reference["to"].as_str().unwrap();
            // By itself on its page, which is what people print and send.
            let (page, number) = url.split_once('#').unwrap();
            let by_itself = format!("{}/{number}.html", page.trim_end_matches(".html"));
            let html = Html::parse_document(&CONTENT.text(&by_itself));
            let links: Vec<&str> = html.select(&alert).map(|link| link.attr("href").unwrap()).collect();
            let leads =
                |link: &&str| link.trim_start_matches("../").trim_start_matches("./") == to || to.ends_with(*link);
            assert!(links.iter().any(leads), "{by_itself} has no note about {to}: {links:?}");
            told.insert(url.to_owned());
        }
    }
    assert!(told.len() >= 46, "{}", told.len());
}
