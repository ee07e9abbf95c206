//! The library in `content/` holds what its sources hold: every clause, list item and note, as counted in the sources
//! in `tests/content/structure.toml`, and every paper, word, work and relation leads where it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clausebook::disk;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;
use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;

use crate::site::{Built, TestSite};

/// The sources, as counted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Structure {
    paper: Vec<Paper>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    id: String,
    /// The words by which the paper names its source.
    source: String,
    section: Vec<Section>,
}

/// A heading and what stands directly under it.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    /// With a `#` for each level, as in Markdown.
    heading: String,
    clauses: Vec<String>,
    /// List items and table rows in a clause, if any.
    items: BTreeMap<String, usize>,
    /// Labels of the notes marked in a clause, if any.
    notes: BTreeMap<String, Vec<String>>,
    /// Items that belong to no clause.
    loose: usize,
}

static STRUCTURE: LazyLock<Structure> =
    LazyLock::new(|| toml::from_str(&fs::read_to_string(place("tests/content/structure.toml")).unwrap()).unwrap());

pub static CONTENT: LazyLock<Built> = LazyLock::new(|| {
    let root = place("content");
    let (mut site, mut faults) = disk::read(&root, SourceMap::new()).unwrap();
    let theme = disk::read_theme(&root, "default", &mut site, &mut faults).unwrap();
    let build = pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &Options::default());
    Built { output: build.output, diagnostics: build.diagnostics, sources: site.sources }.clean()
});

fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// Words with single spaces and straight quotation marks.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(['‘', '’'], "'")
}

/// Splits a page at its headings. Editors' notes are left out.
fn sections(page: &str) -> Vec<Section> {
    let page = Html::parse_document(page);
    let [items, text, number, item, mark] =
        [".items", ".text", ".number", "li, tbody tr", "a[role=doc-noteref]"].map(selector);
    let of_source = |element: &ElementRef<'_>| {
        let above = element.ancestors().filter_map(ElementRef::wrap);
        !above.flat_map(|element| element.value().classes()).any(|class| class == "alert")
    };
    let count = |element: ElementRef<'_>| element.select(&item).filter(of_source).count();
    let mut found = vec![Section::default()];
    for child in page.select(&items).next().unwrap().child_elements() {
        let words = plain(&child.text().collect::<String>());
        let level = child.value().name().strip_prefix('h').and_then(|level| level.parse().ok());
        if let Some(level) = level {
            found.push(Section { heading: format!("{} {words}", "#".repeat(level)), ..Section::default() });
            continue;
        }
        let section = found.last_mut().unwrap();
        if child.value().classes().any(|class| class == "notes") {
            continue;
        } else if !child.value().classes().any(|class| class == "clause") {
            section.loose += count(child);
            continue;
        }
        let number: String = child.select(&number).next().unwrap().text().collect();
        let number = number.trim().trim_start_matches('¶').to_owned();
        let text = child.select(&text).next().unwrap();
        let marks = text.select(&mark).filter(of_source).map(|mark| mark.attr("href").unwrap());
        let notes: Vec<String> = marks.map(|href| href.trim_start_matches("#note-").to_owned()).collect();
        if count(text) > 0 {
            section.items.insert(number.clone(), count(text));
        }
        if !notes.is_empty() {
            section.notes.insert(number.clone(), notes);
        }
        section.clauses.push(number);
    }
    found.retain(|section| *section != Section::default());
    found
}

/// Lists the headings at which a restatement differs from its source.
fn differences(source: &[Section], restated: &[Section]) -> Vec<String> {
    (0..source.len().max(restated.len()))
        .map(|at| (source.get(at), restated.get(at)))
        .filter(|(source, restated)| source != restated)
        .map(|(source, restated)| format!("source   {source:?}\nrestated {restated:?}"))
        .collect()
}

/// Whether an address names a page and an id on it.
fn lands(address: &str) -> bool {
    static IDS: LazyLock<BTreeMap<String, BTreeSet<String>>> =
        LazyLock::new(|| serde_json::from_value(CONTENT.json("data/ids.json")).unwrap());
    let (page, id) = address.split_once('#').unwrap();
    IDS.get(page).is_some_and(|ids| ids.contains(id))
}

/// The rows of `data/clauses.json` that are whole clauses or sub-clauses of a paper, by their addresses.
fn clauses_of_papers() -> BTreeMap<String, serde_json::Value> {
    let papers: BTreeSet<&str> = STRUCTURE.paper.iter().map(|paper| paper.id.as_str()).collect();
    let rows: Vec<serde_json::Value> = serde_json::from_value(CONTENT.json("data/clauses.json")).unwrap();
    rows.into_iter()
        .filter(|row| papers.contains(row["document"].as_str().unwrap()))
        .map(|row| (row["url"].as_str().unwrap().to_owned(), row))
        .collect()
}

/// The paragraph of a page that says what the page restates.
fn restates(page: &str) -> Option<String> {
    let paragraphs = CONTENT.words(page, "p");
    paragraphs.iter().map(|words| plain(words)).find(|words| words.starts_with("This page restates "))
}

#[test]
fn every_clause_item_and_note_of_the_sources_is_restated() {
    for paper in &STRUCTURE.paper {
        let restated = sections(&CONTENT.text(&format!("{}.html", paper.id)));
        let differences = differences(&paper.section, &restated);
        assert!(differences.is_empty(), "{}\n{}", paper.id, differences.join("\n"));
    }
}

#[test]
fn the_list_of_the_sources_is_whole() {
    let whole = |id: &str| {
        let paper = STRUCTURE.paper.iter().find(|paper| paper.id == id).unwrap();
        let clauses: usize = paper.section.iter().map(|section| section.clauses.len()).sum();
        let items: usize = paper.section.iter().flat_map(|section| section.items.values()).sum();
        let notes = paper.section.iter().flat_map(|section| section.notes.values().flatten());
        (clauses, items, notes.map(|label| label.parse().unwrap()).collect::<Vec<usize>>())
    };
    assert_eq!(whole("consultation-paper-2008"), (7, 0, vec![]));
    assert_eq!(whole("guidance-consultation-2008"), (86, 29, (1..=17).collect()));
    assert_eq!(whole("consultation-form-2008"), (11, 0, vec![]));
    assert_eq!(whole("ncvys-briefing-2008"), (35, 24 + 7, (1..=11).collect()));
    assert_eq!(whole("nottinghamshire-report-2009"), (28, 40, vec![]));
    assert_eq!(whole("fact-sheet-9"), (13, 0, vec![]));
    assert_eq!(whole("salford-report-2009"), (46, 134 + 13, vec![]));
    assert_eq!(STRUCTURE.paper.len(), 7);
}

#[test]
fn what_a_restatement_leaves_out_would_be_found() {
    let page = |body: &str| {
        let site = TestSite::new().paper_with("a", "numbering = \"auto\"", body);
        sections(&site.build().clean().text("a.html"))
    };
    let whole = "- Loose\n\n## One\n\nWords.[^1]\n\n- a\n  1. b\n  2. c\n\n> [!NOTE]\n> Editor's note:\n> - d\n\n\
                 ### Two\n\nMore.\n\n| H | E |\n|---|---|\n| e | f |\n\n[^1]: Note.\n\n    - g\n";
    let source = [
        Section { loose: 1, ..Section::default() },
        Section {
            heading: "## One".to_owned(),
            clauses: vec!["1".to_owned()],
            items: [("1".to_owned(), 3)].into(),
            notes: [("1".to_owned(), vec!["1".to_owned()])].into(),
            ..Section::default()
        },
        Section {
            heading: "### Two".to_owned(),
            clauses: vec!["2".to_owned()],
            items: [("2".to_owned(), 1)].into(),
            ..Section::default()
        },
    ];
    assert_eq!(differences(&source, &page(whole)), Vec::<String>::new());
    for (part, instead) in [
        ("- Loose\n\n", ""),
        ("  2. c\n", ""),
        ("| e | f |\n", ""),
        ("[^1]\n\n- a", "\n\n- a[^1]\n\n- h\n\nThen.\n\n"),
        ("### Two", "## Two"),
        ("More.", "More.\n\nAnd more."),
        ("\n\nMore.", ""),
    ] {
        assert!(whole.contains(part), "{part}");
        assert_ne!(differences(&source, &page(&whole.replace(part, instead))), Vec::<String>::new(), "{part}");
    }
}

#[test]
fn every_note_marked_in_a_paper_is_there_to_read_and_no_other() {
    for paper in &STRUCTURE.paper {
        let page = format!("{}.html", paper.id);
        let marked = paper.section.iter().flat_map(|section| section.notes.values().flatten());
        let wanted: Vec<String> = marked.map(|label| format!("note-{label}")).collect();
        let document = Html::parse_document(&CONTENT.text(&page));
        let note = selector(".notes > ol > li");
        let notes: Vec<&str> = document.select(&note).map(|note| note.attr("id").unwrap()).collect();
        assert_eq!(notes, wanted, "{page}");
        for words in CONTENT.words(&page, ".notes > ol > li > .text") {
            assert!(!words.is_empty(), "{page}");
        }
    }
}

#[test]
fn the_papers_and_nothing_else_say_which_source_they_restate() {
    let rows = CONTENT.json("data/documents.json");
    let rows = rows.as_array().unwrap();
    let restating = rows.iter().filter(|row| restates(row["url"].as_str().unwrap()).is_some());
    let restating: BTreeSet<&str> = restating.map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(restating, STRUCTURE.paper.iter().map(|paper| paper.id.as_str()).collect());
    for paper in &STRUCTURE.paper {
        let row = rows.iter().find(|row| row["id"] == *paper.id).unwrap();
        assert!(["draft", "superseded"].contains(&row["status"].as_str().unwrap()), "{}", paper.id);
        let own = [format!("{}.html", paper.id), format!("{}/", paper.id)];
        let pages = CONTENT.output.as_ref().unwrap().iter().map(|(path, _)| path.as_str());
        let pages: Vec<&str> = pages.filter(|page| own.iter().any(|own| page.starts_with(own))).collect();
        let clauses: usize = paper.section.iter().map(|section| section.clauses.len()).sum();
        assert_eq!(pages.len(), 1 + clauses, "{}", paper.id);
        for page in pages {
            let said = restates(page).unwrap_or_else(|| panic!("{page} does not say that it restates"));
            assert!(said.contains(&paper.source), "{page}: {said}");
        }
    }
}

#[test]
fn at_least_150_relations_lead_from_one_paper_to_another() {
    let clauses = clauses_of_papers();
    let mut between: BTreeSet<[&str; 3]> = BTreeSet::new();
    for (from, row) in &clauses {
        for reference in row["references"].as_array().unwrap() {
            let (Some(kind), to) = (reference["kind"].as_str(), reference["to"].as_str().unwrap()) else { continue };
            let other = clauses.get(to).unwrap_or_else(|| panic!("{from} {kind} {to}, which is no clause of a paper"));
            assert!(lands(from) && lands(to), "{from} {kind} {to}");
            assert!(other["referred_by"].as_array().unwrap().contains(&from.as_str().into()), "{from} {kind} {to}");
            if row["document"] != other["document"] {
                // "Differs" and "see also" hold both ways and stand at both ends: once is enough.
                let from = from.as_str();
                between.insert([kind, from.min(to), from.max(to)]);
            }
        }
    }
    assert!(between.len() >= 150, "{}", between.len());
}

#[test]
fn each_of_at_least_100_words_leads_to_the_clause_that_explains_it() {
    let page = Html::parse_document(&CONTENT.text("glossary.html"));
    let clauses = clauses_of_papers();
    let [word, meaning, reference] = ["dt", "dd", "a.ref"].map(selector);
    let words: Vec<String> = page.select(&word).map(|word| word.text().collect()).collect();
    let meanings: Vec<ElementRef<'_>> = page.select(&meaning).collect();
    assert!(words.len() >= 100, "{}", words.len());
    assert_eq!(words.len(), meanings.len());
    for (word, meaning) in words.iter().zip(meanings) {
        let see: Vec<&str> = meaning.select(&reference).map(|reference| reference.attr("href").unwrap()).collect();
        assert!(meaning.text().collect::<String>().contains("See ") && !see.is_empty(), "{word} leads nowhere");
        assert!(see.iter().any(|address| clauses.contains_key(*address)), "{word} leads to no clause: {see:?}");
        assert!(see.iter().all(|address| lands(address)), "{word}: {see:?}");
    }
}

#[test]
fn every_work_in_the_register_is_cited_or_what_a_cited_bill_became() {
    let register: toml::Table = fs::read_to_string(place("content/authorities.toml")).unwrap().parse().unwrap();
    let rows = CONTENT.json("data/authorities.json");
    let mut reached = BTreeSet::new();
    for row in rows.as_array().unwrap() {
        let cited = row["cited"].as_array().unwrap().iter().flat_map(|cited| cited["clauses"].as_array().unwrap());
        let cited: Vec<&str> = cited.map(|clause| clause.as_str().unwrap()).collect();
        assert!(cited.iter().all(|address| lands(address)), "{}: {cited:?}", row["key"]);
        if !cited.is_empty() {
            let key = row["key"].as_str().unwrap();
            reached.insert(key);
            reached.extend(register[key].get("became").and_then(toml::Value::as_str));
        }
    }
    assert_eq!(register.keys().map(String::as_str).collect::<BTreeSet<_>>(), reached);
}

/// The library with one text changed.
fn library_with(path: &str, from: &str, to: &str) -> Built {
    let (mut site, mut faults) = disk::read(&place("content"), SourceMap::new()).unwrap();
    let theme = disk::read_theme(&place("content"), "default", &mut site, &mut faults).unwrap();
    let text = site.sources.find(path).unwrap().text.to_string();
    assert!(text.contains(from), "{path} has no {from:?}");
    site.sources.insert(path, &text.replace(from, to));
    let build = pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &Options::default());
    Built { output: build.output, diagnostics: build.diagnostics, sources: site.sources }
}

#[test]
fn the_library_is_published_and_loses_no_address() {
    let built = CONTENT.words("changes.html", "h2");
    assert_eq!(built.last().map(String::as_str), Some("Edition 1, 24 November 2026"));
    assert_eq!(built.len(), 2);
    // A clause under another number, an item gone, a heading with another id, a note with another label, a term renamed.
    let papers = "guidance-consultation-2008.md";
    for (path, from, to) in [
        (papers, "\n3.52 ", "\n3.53 "),
        (papers, "{#third-and-private-sectors", "{#other-sectors"),
        ("guidance-consultation-2008.md", "[^1]", "[^one]"),
        ("site.toml", "terms.stay-safe]", "terms.safe]"),
    ] {
        let built = library_with(path, from, to);
        assert!(built.output.is_none() && built.codes().contains(&"lost-permalink"), "{from:?}:\n{}", built.short());
    }
}

#[test]
fn the_manual_is_no_citation_of_the_law() {
    let rows = CONTENT.json("data/authorities.json");
    let citing = rows.as_array().unwrap().iter().flat_map(|row| row["cited"].as_array().unwrap());
    let citing: Vec<&str> =
        citing.flat_map(|cited| cited["clauses"].as_array().unwrap()).map(|clause| clause.as_str().unwrap()).collect();
    assert!(citing.len() > 100 && citing.iter().all(|url| !url.starts_with("manual/")), "{citing:?}");
    assert_eq!(
        CONTENT.words("authorities.html", "[id=kind-not-cited] ~ .authority h3"),
        ["Apprenticeships, Skills, Children and Learning Act 2009", "Education and Skills Act 2008"]
    );
}

/// The fewest words in a row that say a sentence is its source's.
const RUN: usize = 12;

fn words_as_compared(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'").replace("co-op", "coop").replace("well-being", "wellbeing");
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.trim_matches('\''));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The sources are not ours to publish, so this runs where they are beside the repository.
#[test]
fn no_clause_shares_a_run_of_words_with_its_source_but_names() {
    let Ok(folder) = fs::read_dir(place("../shared/seeds")) else {
        eprintln!("SKIPPED: the sources are not beside the repository");
        return;
    };
    let mut runs = BTreeSet::new();
    for file in folder {
        let words = words_as_compared(&fs::read_to_string(file.unwrap().path()).unwrap());
        runs.extend(words.windows(RUN).map(<[String]>::to_vec));
    }
    assert!(runs.len() > 15_000, "{}", runs.len());
    let names: BTreeMap<String, BTreeSet<String>> =
        toml::from_str(&fs::read_to_string(place("tests/content/names.toml")).unwrap()).unwrap();
    let mut shared = BTreeSet::new();
    for clause in CONTENT.json("data/clauses.json").as_array().unwrap() {
        let words = words_as_compared(clause["text"].as_str().unwrap());
        let mut is_shared = vec![false; words.len()];
        for (at, run) in words.windows(RUN).enumerate() {
            if runs.contains(run) {
                is_shared[at..at + RUN].fill(true);
            }
        }
        let pairs: Vec<(&String, bool)> = words.iter().zip(is_shared).collect();
        let longest = pairs.chunk_by(|one, other| one.1 == other.1).filter(|run| run[0].1);
        shared.extend(longest.map(|run| run.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")));
    }
    let shown = |runs: &BTreeSet<String>| runs.iter().cloned().collect::<Vec<_>>().join("\n");
    assert_eq!(shown(&shared), shown(&names["runs"]));
}
