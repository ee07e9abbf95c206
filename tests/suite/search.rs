//! Parts of search: files that a page may load from a folder, and the words that authors declare.

use std::fs;
use std::path::Path;

use clausebook::document::TYPED_AS;
use clausebook::output::Output;

use crate::site::TestSite;

fn shards(output: &Output) -> Vec<(String, String)> {
    let files = output.iter().filter(|(path, _)| path.as_str().starts_with("search/"));
    files.map(|(path, file)| (path.to_string(), String::from_utf8(file.bytes().unwrap().to_vec()).unwrap())).collect()
}

fn library() -> TestSite {
    let mut site = TestSite::new().file(
        "glossary.md",
        "+++\ntitle = \"Words\"\n\n[synonyms]\nboard = [\"panel\"]\n+++\n\nLocal Board (LB)\n: A board.\n",
    );
    for paper in 0..40 {
        let clauses: String =
            (1..30).map(|n| format!("1.{n} Clause {n} of paper {paper} on the board and s 10 CA 2004.\n\n")).collect();
        site = site.paper(&format!("paper-{paper}"), &clauses);
    }
    site
}

#[test]
fn every_shard_is_one_call_with_a_value_named_by_what_it_holds() {
    let output = library().build().clean().output.unwrap();
    let shards = shards(&output);
    assert!(shards.len() > 10, "{}", shards.len());
    for (path, script) in &shards {
        let name = path.strip_prefix("search/").unwrap().strip_suffix(".js").unwrap();
        let (name, hash) = name.split_once('-').unwrap();
        assert!(hash.len() == 5 && hash.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{path}");
        let call = script.strip_prefix("clausebookShard(").and_then(|call| call.strip_suffix(");\n")).unwrap();
        let arguments: (String, serde_json::Value) = serde_json::from_str(&format!("[{call}]")).unwrap();
        assert_eq!(arguments.0, name);
        assert_eq!(arguments.1.is_object(), name.starts_with('t'), "{path}");
        assert!(script.len() < 256 * 1024, "{path} has {} bytes", script.len());
    }
    // A changed clause gives new names to what it changes, and to nothing else.
    let changed = library().paper("paper-7", "1.1 Something else.").build().clean().output.unwrap();
    let changed: Vec<_> = self::shards(&changed);
    let kept = shards.iter().filter(|shard| changed.contains(shard)).count();
    assert!(kept > 0 && kept < shards.len());
    assert!(changed.iter().all(|(path, script)| shards.iter().all(|(old, text)| old != path || text == script)));
}

#[test]
fn the_page_of_search_names_the_first_file_and_loads_nothing_that_a_folder_forbids() {
    let output = library().build().clean().output.unwrap();
    let page = String::from_utf8(output.get("search.html").unwrap().bytes().unwrap().to_vec()).unwrap();
    let start = page.split("data-search-index=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(output.get(start).is_some(), "{start}");
    for forbidden in ["type=\"module\"", "integrity=", "crossorigin", "fetch(", "import(", "innerHTML", "Worker("] {
        let script = output.get("static/search.js").unwrap().bytes().unwrap();
        let script = String::from_utf8(script.to_vec()).unwrap();
        assert!(!page.contains(forbidden) && !script.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn synonyms_stand_in_the_glossary_and_nowhere_else() {
    let table = "[synonyms]\nboard = [\"panel\"]";
    let built = TestSite::new().paper_with("paper", table, "1.1 A clause.").build();
    insta::assert_snapshot!(built.short(), @"paper.md:3:2: error[unknown-key]: there is no key `synonyms` in front matter");
    let glossary = "+++\ntitle = \"Words\"\n[synonyms]\nboard = 7\n+++\n\nBoard\n: It.\n";
    let built = TestSite::new().file("glossary.md", glossary).build();
    insta::assert_snapshot!(built.short(), @"glossary.md:4:9: error[invalid-value]: `board` must be a text on one line, in quotation marks, neither empty nor with control characters");
}

#[test]
fn only_a_declared_kind_gives_way_or_is_searched_on_request() {
    let settings = format!("{}\n[search]\non-request = [\"guidanse\"]\n", crate::site::SETTINGS);
    assert_eq!(TestSite::new().file("site.toml", &settings).build().codes(), ["unknown-kind"]);
    let settings = settings.replace("on-request", "quiet");
    let built = TestSite::new().file("site.toml", &settings).build();
    assert!(
        built.short().contains("error[unknown-kind]: no kind `guidanse` is declared in site.toml"),
        "{}",
        built.short()
    );
    let settings = settings.replace("guidanse", "guidance").replace("quiet", "quite");
    let built = TestSite::new().file("site.toml", &settings).build();
    assert!(built.short().contains("there is no key `quite` in the settings of search"), "{}", built.short());
}

/// A site with a paper and a manual, which is searched on request.
fn with_manual(papers: bool) -> Output {
    let settings = "title = \"Site\"\n[kinds]\nmanual = \"Handbook\"\nrules = \"Rules\"\n\n[search]\non-request = [\"manual\", \"rules\"]\n";
    let site = TestSite::empty()
        .file("site.toml", settings)
        .paper_with("how", "kind = \"manual\"", "1.1 Wipe the whiteboard.")
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nBoard\n: A board.\n");
    let site = if papers { site.paper("paper", "2.2 The board meets.") } else { site };
    site.build().clean().output.unwrap()
}

#[test]
fn what_is_searched_on_request_has_an_index_of_its_own() {
    let output = with_manual(true);
    let files = shards(&output);
    let of = |words: &str| -> Vec<&str> {
        files.iter().filter(|(_, script)| script.contains(words)).map(|(path, _)| path.as_str()).collect()
    };
    let manual = of("hiteboard");
    assert!(!manual.is_empty() && manual.iter().all(|path| path.starts_with("search/on-request/")), "{manual:?}");
    let paper = of("The board meets");
    assert!(!paper.is_empty() && paper.iter().all(|path| !path.starts_with("search/on-request/")), "{paper:?}");
    // Only a kind of which there is a document is named.
    let (_, start) = files.iter().find(|(path, _)| path.starts_with("search/index-")).unwrap();
    assert!(start.contains("Handbook") && !start.contains("Rules"), "{start}");
    let named = start.split("on-request/index-").nth(1).unwrap();
    let named = format!("search/on-request/index-{}.js", &named[..5]);
    assert!(files.iter().any(|(path, _)| *path == named), "{named}");
    // A site of manuals alone finds them as any.
    let files = shards(&with_manual(false));
    assert!(files.iter().all(|(path, _)| !path.contains("on-request")));
    assert!(files.iter().any(|(_, script)| script.contains("hiteboard")));
}

#[test]
fn scripts_that_search_fold_letters_by_the_table_of_the_index() {
    let table = TYPED_AS.map(|(letter, typed)| format!("{letter}{typed}")).join(",");
    for script in ["search/words.js", "single/single.js"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(script);
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(&format!("'{table}'")) || text.contains(&format!("\"{table}\"")), "{script}: {table}");
    }
}
