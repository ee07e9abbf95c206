//! Search as readers meet it: the page in Chromium, from a folder and over HTTP. The judged queries, with what they should
//! find, are `tests/search`: 3 is exactly it, 2 relevant, 1 marginal. Those of `fresh-*` are by somebody who read the papers and
//! never the engine: weights are found with `fresh-tune`, and `fresh-report` is only reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Browser, Look, Page, browser};
use crate::copies::{Copy, library, place};

/// Script that asks a query by markup that outside checks use too.
const SEARCH: &str = "window.ask = (words, how) => new Promise(done => { \
    const list = document.querySelector('ol[data-search-results]'); \
    const settled = () => { if (list.getAttribute('data-search-state') === 'done') { watch.disconnect(); done( \
        Array.from(list.querySelectorAll(':scope > li > .result > a'), a => a.getAttribute('href'))); } }; \
    const watch = new MutationObserver(settled); watch.observe(list, { attributes: true }); \
    document.querySelector('input[type=search]').value = words; list.setAttribute('data-search-state', 'asked'); \
    document.querySelector('form.find').requestSubmit(); }); null";

/// The page of search of a copy, ready to be asked.
pub fn search_page(browser: &'static Browser, url: &str) -> Page {
    let page = browser.page(Look::WIDE);
    page.go(url);
    page.eval::<()>(SEARCH);
    page
}

/// The addresses that a query finds, in order.
pub fn ask(page: &Page, words: &str) -> Vec<String> {
    page.eval(&format!("ask({})", json!(words)))
}

/// Returns the text of a selected element.
fn text(page: &Page, selector: &str) -> String {
    page.eval(&format!("document.querySelector({}).textContent", json!(selector)))
}

#[derive(Deserialize)]
struct Judged {
    id: String,
    query: String,
    types: Vec<String>,
    grades: BTreeMap<String, u32>,
}

fn judged(set: &str) -> Vec<Judged> {
    serde_json::from_str(&fs::read_to_string(place(&format!("tests/search/{set}.json"))).unwrap()).unwrap()
}

/// A place in a clause counts for the clause.
fn whole_clause(url: &str) -> String {
    let (page, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (kind, number) = fragment.strip_prefix("para-").map_or(("", fragment), |number| ("para-", number));
    let end =
        number.find(|c: char| !(c.is_ascii_digit() || c.is_ascii_uppercase() || c == '.')).unwrap_or(number.len());
    format!("{page}#{kind}{}", &number[..end])
}

/// The discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002), with 2^grade - 1 as gain.
fn gain(grades: impl IntoIterator<Item = u32>) -> f64 {
    grades
        .into_iter()
        .take(10)
        .zip(2_u32..)
        .map(|(grade, n)| f64::from(2_u32.pow(grade) - 1) / f64::from(n).log2())
        .sum()
}

#[derive(Clone, Copy, Default)]
struct Figures {
    queries: f64,
    ndcg: f64,
    /// The first is a clause of the best grade there is.
    best_first: f64,
    /// The first is at least relevant.
    right_first: f64,
}

impl Figures {
    fn add(&mut self, judged: &Judged, found: &[String]) {
        let grade = |url: &String| judged.grades.get(&whole_clause(url)).copied().unwrap_or_default();
        let mut ideal: Vec<u32> = judged.grades.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let first = found.first().map_or(0, grade);
        self.queries += 1.0;
        self.ndcg += gain(found.iter().map(grade)) / gain(ideal.iter().copied());
        self.best_first += f64::from(u8::from(first == ideal[0]));
        self.right_first += f64::from(u8::from(first >= 2));
    }
}

/// The figures of each type of query, in rows.
fn table(figures: &BTreeMap<String, Figures>) -> String {
    let mut table =
        format!("\n{:28} {:>4} {:>8} {:>11} {:>12}\n", "type of query", "n", "nDCG@10", "best first", "right first");
    for (kind, Figures { queries, ndcg, best_first, right_first }) in figures {
        let share = |part: &f64| 100.0 * part / queries;
        writeln!(
            table,
            "{kind:28} {queries:>4} {:>8.3} {:>10.0}% {:>11.0}%",
            ndcg / queries,
            share(best_first),
            share(right_first)
        )
        .unwrap();
    }
    table
}

#[test]
fn judged_queries_find_the_right_clauses_from_a_folder_and_over_http_alike() {
    let Some(browser) = browser() else { return };
    let copy = library();
    let (folder, host) = (copy.file("search.html"), copy.http("search.html"));
    let (folder, host) = (search_page(browser, &folder), search_page(browser, &host));
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for (set, judged) in ["public", "own"].into_iter().flat_map(|set| judged(set).into_iter().map(move |j| (set, j))) {
        let found = ask(&folder, &judged.query);
        assert_eq!(found, ask(&host, &judged.query), "{}", judged.query);
        assert!(!found.is_empty(), "{}: {} finds nothing", judged.id, judged.query);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "{}: {found:?}", judged.query);
        let all = ["all".to_owned(), format!("all {set}")];
        for kind in judged.types.iter().chain(&all) {
            figures.entry(kind.clone()).or_default().add(&judged, &found);
        }
    }
    let table = table(&figures);
    println!("{table}");
    let of = |kind: &str, part: fn(&Figures) -> f64| part(&figures[kind]) / figures[kind].queries;
    for set in ["all", "all public"] {
        assert!(of(set, |f| f.ndcg) >= 0.85, "{table}");
        assert!(of(set, |f| f.right_first) >= 0.88, "{table}");
    }
    assert!(of("question", |f| f.ndcg) >= 0.6, "{table}");
}

#[test]
fn fresh_queries_of_people_who_have_not_read_the_papers_find_the_right_clauses() {
    let Some(browser) = browser() else { return };
    let copy = library();
    let page = search_page(browser, &copy.file("search.html"));
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for set in ["fresh-tune", "fresh-report"] {
        for judged in judged(set).iter().filter(|judged| !judged.grades.is_empty()) {
            let found = ask(&page, &judged.query);
            if set == "fresh-tune" && std::env::var_os("EACH").is_some() {
                let grade = |url: &String| judged.grades.get(&whole_clause(url)).copied().unwrap_or_default();
                let grades: Vec<u32> = found.iter().take(10).map(grade).collect();
                println!("{} {:?} {grades:?} {:?}", judged.id, judged.query, found.first());
            }
            for kind in judged.types.iter().chain([&"all".to_owned()]) {
                figures.entry(format!("{set} {kind}")).or_default().add(judged, &found);
            }
        }
    }
    let table = table(&figures);
    println!("{table}");
    let reported = figures["fresh-report all"];
    assert!(reported.ndcg / reported.queries >= 0.73, "{table}");
    assert!(reported.right_first / reported.queries >= 0.72, "{table}");
}

/// Every word of every clause, asked by itself, as the script reads words; gives what is not found.
const EVERY_WORD: &str = "(async () => { const e = ENGINE, s = e.start(), words = new Map(), lost = []; \
    for (let record = 0; record < s.count; record++) if (s.kind[record] === 2) { \
        const shown = await e.show(record); \
        for (const { word } of e.wordsOf(shown.text)) words.set(word, (words.get(word) || new Set()).add(record)); } \
    for (const [word, records] of words) { const { list } = await e.find(word + ' ', { every: true }, 0), all = new Set(list); \
        for (const record of records) if (!all.has(record)) lost.push(word + ' in ' + (await e.show(record)).url); } \
    return [words.size, lost]; })()";

#[test]
fn every_word_of_every_clause_finds_that_clause() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    ask(&page, "first");
    for (engine, least) in [("clausebookSearch", 1900), ("await clausebookSearch.other()", 1500)] {
        let (words, lost): (usize, Vec<String>) = page.eval(&EVERY_WORD.replace("ENGINE", engine));
        assert!(words > least, "{engine}: {words}");
        assert_eq!(lost, Vec::<String>::new());
    }
}

/// Whether what a word finds has it: in a form of the same term, in the clause, above it, or in its law.
const NOTHING_ELSE: &str = "(async () => { const e = clausebookSearch, s = e.start(), wrong = [], seen = new Set(); \
    for (let record = 0; record < s.count; record++) if (s.kind[record] === 2) { \
        for (const { word } of e.wordsOf((await e.show(record)).text)) seen.add(word); } \
    for (const word of seen) { const found = await e.find(word + ' ', { every: true, plainly: true }, 0); \
        const terms = found.slots.flatMap(slot => slot.terms.map(meaning => meaning.term)); \
        const forms = new Set([].concat(...Array.from((await e.formsOf(terms)).values(), set => [...set]))); \
        for (const record of found.list) { const shown = await e.show(record); \
            const words = e.wordsOf([shown.text, shown.short, shown.title, ...shown.trail].join(' ')); \
            const joined = words.slice(1).map((w, i) => words[i].word + w.word); \
            if (![...words.map(w => w.word), ...joined].some(w => forms.has(w)) && !found.jumps.length) wrong.push(word + ' in ' + shown.url); } } \
    return [seen.size, wrong]; })()";

/// Whether a word is taken for a slip of another.
const MENDED: &str = "(async () => { const e = clausebookSearch, mended = []; for (const word of WORDS) { \
    const { instead } = await e.find(word + ' ', {}, 0); if (instead.length) mended.push(instead[0].join(' for ')); } return mended; })()";

#[test]
fn a_word_is_taken_for_no_slip_of_another_but_offered() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    ask(&page, "board");
    // In English, and in Welsh.
    let mut words: Vec<String> =
        "cure junk plant resolving kids laws participating planet border boarders stuff caring rapport \
        cynllun ysgol pobl bwrdd gwasanaethau llais addysg partneriaeth rhieni iechyd ddyletswydd gwaith"
            .split_whitespace()
            .map(str::to_owned)
            .collect();
    let folder = std::env::var("WORDS").unwrap_or_else(|_| "/usr/share/dict".to_owned());
    let lists = ["american-english-small", "british-english-small"].map(|list| Path::new(&folder).join(list));
    let listed: String = lists.iter().filter_map(|list| fs::read_to_string(list).ok()).collect();
    if listed.is_empty() {
        println!("there is no list of words here: only some words are tried");
    }
    let plain = listed.lines().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).step_by(4);
    words.extend(plain.map(str::to_owned));
    for some in words.chunks(2000) {
        let mended: Vec<String> = page.eval(&MENDED.replace("WORDS", &json!(some).to_string()));
        assert_eq!(mended, Vec::<String>::new());
    }
    // It is offered, by a button; a slip is mended, which is said.
    assert_eq!(ask(&page, "cure"), Vec::<String>::new());
    assert_eq!(text(&page, "[data-search-notes]"), "Did you mean: care");
    page.click("[data-search-notes] button");
    page.wait_for("location.search === '?q=care' && document.querySelector('[data-search-state=done] .result')");
    assert!(!ask(&page, "aprenticeships").is_empty());
    assert!(text(&page, "[data-search-notes]").contains("apprenticeships"));
}

/// A small site made of words that clash: with one another, with the language of scripts, with what has a meaning here.
fn any_site() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = proptest::sample::select(vec![
        "board",
        "boards",
        "Board’s",
        "co-operate",
        "cooperate",
        "organisation",
        "organizations",
        "constructor",
        "__proto__",
        "toString",
        "children",
        "childhood",
        "section",
        "para",
        "ten",
        "naïve",
        "Straße",
        "œuvre",
        "ﬁnance",
        "Łukasz’s",
        "Søren",
        "ĐẶNG",
        "Guðrún-Þóra",
        "STRAẞE",
        "ıħŧŋĸ",
        "well-being",
        "wellbeing",
        "LSCB",
        "o’clock",
        "x",
        "hasOwnProperty",
        "then",
        "İstanbul",
        "日本語",
        "مجلس",
        "ℌ",
        "é",
        "s",
        "the",
        "of",
        "&amp;",
        "\\<b>",
        "“quoted”",
        "42",
        "2004",
        "a1",
        "ᾳ",
        "ǅ",
        "𝒳",
        "e\u{301}",
    ]);
    let clause = proptest::collection::vec(word, 1..12).prop_map(|words| words.join(" "));
    proptest::collection::vec(proptest::collection::vec(clause, 1..8), 1..4)
}

fn write_site(root: &Path, papers: &[Vec<String>]) {
    fs::create_dir_all(root).unwrap();
    for old in fs::read_dir(root).unwrap() {
        fs::remove_file(old.unwrap().path()).unwrap();
    }
    let put = |name: &str, text: &str| fs::write(root.join(name), text).unwrap();
    put("site.toml", "title = \"Edited\"\n");
    put("index.md", "+++\ntitle = \"Edited\"\n+++\n\nWords.\n");
    put(
        "glossary.md",
        "+++\ntitle = \"Words\"\n\n[synonyms]\nboard = [\"then\"]\n+++\n\nLocal Board (LSCB)\n: A board.\n",
    );
    for (at, clauses) in papers.iter().enumerate() {
        let mut body = format!("+++\ntitle = \"Paper {at}\"\n+++\n\n## Heading {at}\n");
        for (n, clause) in clauses.iter().enumerate() {
            write!(body, "\n1.{} {clause}\n", n + 1).unwrap();
        }
        put(&format!("paper-{at}.md"), &body);
    }
}

#[test]
fn index_and_query_agree_after_every_edit() {
    let Some(browser) = browser() else { return };
    let mut runner = TestRunner::deterministic();
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("edited-source");
    let mut papers = any_site().new_tree(&mut runner).unwrap().current();
    for edit in 0..12 {
        // A paper is taken out, put in or changed.
        let new = any_site().new_tree(&mut runner).unwrap().current();
        match edit % 3 {
            0 => papers = new,
            1 => papers.extend(new.into_iter().take(1)),
            _ => papers[0] = new[0].clone(),
        }
        write_site(&root, &papers);
        let copy = Copy::of(&root, &format!("edited-{}", edit % 2), None);
        let page = search_page(browser, &copy.file("search.html"));
        ask(&page, "board");
        let (_, lost): (usize, Vec<String>) = page.eval(&EVERY_WORD.replace("ENGINE", "clausebookSearch"));
        assert_eq!(lost, Vec::<String>::new(), "{papers:#?}");
        let (_, wrong): (usize, Vec<String>) = page.eval(NOTHING_ELSE);
        assert_eq!(wrong, Vec::<String>::new(), "{papers:#?}");
        assert_eq!(page.console(), Vec::<String>::new());
    }
}

#[test]
fn hostile_words_neither_break_nor_inject() {
    let Some(browser) = browser() else { return };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-source");
    let hostile = "\\<img src=x onerror=alert(1)> \\_\\_proto\\_\\_ constructor `<script>alert(1)</script>` \\\"quoted\\\" &lt;b&gt;";
    write_site(&root, &[vec![hostile.to_owned(), "toString valueOf hasOwnProperty then".to_owned()]]);
    let copy = Copy::of(&root, "hostile", None);
    let page = search_page(browser, &copy.file("search.html"));
    let long = "word ".repeat(2000) + &"x".repeat(10_000);
    let queries = [
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty then",
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "\"",
        "\"\"",
        "“",
        "“ ”",
        "\u{202e}board\u{202c}",
        "\u{0}",
        "\\",
        "%",
        "((((((",
        "s 10(((",
        "3.37(a)(b)(c)(d)",
        "#",
        "@",
        "#1.1",
        "@ca2004",
        "javascript:alert(1)",
        "${alert(1)}",
        "../../etc/passwd",
        "¶",
        "1.1.1.1.1.1.1",
        &long,
        "\u{1f600}",
        "\u{fdfd}",
        "e\u{301}\u{301}\u{301}",
        "&lt;b&gt;",
        "' or 1=1",
        "s",
        "\t\n",
    ];
    let check = |what: &str| {
        let strange: Vec<String> = page.eval(
            "Array.from(document.querySelectorAll('[data-search] *'), e => e.localName).filter(name => !['form', 'label', 'div', \
             'input', 'button', 'p', 'details', 'summary', 'ul', 'ol', 'li', 'a', 'span', 'mark', 'fieldset', 'legend', 'h1', 'h2', 'section', 'b'].includes(name))",
        );
        assert_eq!(strange, Vec::<String>::new(), "{what}");
        assert_eq!(page.console(), Vec::<String>::new(), "{what}");
        let elsewhere: Vec<String> = page.requests().into_iter().filter(|url| !url.starts_with("file://")).collect();
        assert_eq!(elsewhere, Vec::<String>::new(), "{what}");
    };
    for query in queries {
        if !query.trim_matches(['\t', '\n']).is_empty() {
            ask(&page, query);
        }
        check(query);
    }
    // A lone surrogate cannot be said in Rust.
    page.eval::<Value>("ask('\\ud800 board \\udfff')");
    check("lone surrogates");
    assert_eq!(ask(&page, "__proto__"), ["paper-0.html#1.1"]);
    let shown = text(&page, ".excerpt");
    assert!(shown.contains("<img src=x onerror=alert(1)> __proto__"), "{shown}");
    assert_eq!(ask(&page, "hasOwnProperty"), ["paper-0.html#1.2"]);
}

#[test]
fn letters_with_strokes_are_found_as_they_are_typed_and_shown_as_they_are_written() {
    let Some(browser) = browser() else { return };
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("strokes-source");
    let names = "Łukasz and Søren chair the board; Đặng keeps the keys in Łódź, Straße 1, with Þórður of Æbeltoft and Zoe\u{308}.";
    write_site(&root, &[vec![names.to_owned(), "Kadıköy, Għajn and Guðrún.".to_owned()]]);
    let copy = Copy::of(&root, "strokes", None);
    let one = copy.folder.with_extension("one.html");
    let mut bundle = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    assert!(
        bundle.args(["bundle", "--single"]).arg(&root).arg("--output").arg(&one).output().unwrap().status.success()
    );
    let page = search_page(browser, &copy.file("search.html"));
    let single = browser.page(Look::WIDE);
    single.go(&format!("file://{}", one.display()));
    for (typed, written, number) in [
        ("Lukasz", "Łukasz", "1.1"),
        ("Soren", "Søren", "1.1"),
        ("søren", "Søren", "1.1"),
        ("Dang", "Đặng", "1.1"),
        ("Lodz", "Łódź", "1.1"),
        ("strasse", "Straße", "1.1"),
        ("Thordur", "Þórður", "1.1"),
        ("aebeltoft", "Æbeltoft", "1.1"),
        ("zoe", "Zoe\u{308}", "1.1"),
        ("kadikoy", "Kadıköy", "1.2"),
        ("ghajn", "Għajn", "1.2"),
        ("Gudrun", "Guðrún", "1.2"),
    ] {
        assert_eq!(ask(&page, typed), [format!("paper-0.html#{number}")], "{typed}");
        // Search keeps a letter and its accent as one character, however they are typed: readers see the same word.
        assert_eq!(text(&page, ".excerpt mark"), written.nfc().collect::<String>());
        single.eval::<()>(&format!(
            "(i => {{ i.value = {}; i.dispatchEvent(new Event('input')); }})(document.querySelector('#find-words'))",
            json!(typed)
        ));
        single.wait_for(&format!(
            "document.querySelector('[data-results] a')?.getAttribute('href') === '#paper-0--{number}'"
        ));
        single.eval::<()>("document.querySelector('[data-results]').textContent = '', null");
    }
    // Everything else of the text is as it was.
    ask(&page, "zoe");
    assert_eq!(text(&page, ".excerpt"), names.nfc().collect::<String>());
}

/// A copy of the library with something wrong with some of its index.
fn damaged(name: &str, damage: impl Fn(&str) -> Option<Option<String>>) -> Copy {
    // What was damaged by an earlier run would not be replaced.
    let _there_may_be_none = fs::remove_dir_all(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
    let copy = library().copied(name);
    for file in fs::read_dir(copy.folder.join("search")).unwrap().map(|file| file.unwrap().path()) {
        match damage(file.file_name().unwrap().to_str().unwrap()) {
            Some(Some(text)) => fs::write(file, text).unwrap(),
            Some(None) if file.is_dir() => fs::remove_dir_all(file).unwrap(),
            Some(None) => fs::remove_file(file).unwrap(),
            None => {}
        }
    }
    copy
}

#[test]
fn a_missing_or_damaged_shard_is_named_and_the_rest_is_shown() {
    let Some(browser) = browser() else { return };
    let whole = search_page(browser, &library().file("search.html"));
    ask(&whole, "third sector");
    let asked = whole.requests();
    let shard = asked.iter().filter_map(|url| url.split("/search/t").nth(1)?.split('-').next()).next_back().unwrap();
    let copy = damaged("missing-shard", |file| file.starts_with(&format!("t{shard}-")).then_some(None));
    let page = search_page(browser, &copy.file("search.html"));
    let mut named = false;
    for query in ["third sector", "safeguarding", "commissioning", "parents", "schools", "board"] {
        let (all, found) = (ask(&whole, query), ask(&page, query));
        assert!(!found.is_empty(), "{query}");
        if text(&page, "[data-search-notes]").contains(&format!("could not be read (t{shard})")) {
            named = true;
            assert!(found.len() <= all.len(), "{query}");
        }
    }
    assert!(named, "the missing shard holds none of the best results of any query");
    let copy =
        damaged("cut-shard", |file| file.starts_with("x0-").then(|| Some("clausebookShard(\"x0\",\"~~~".to_owned())));
    let page = search_page(browser, &copy.file("search.html"));
    assert!(!ask(&page, "\"third sector\"").is_empty());
    assert!(text(&page, "[data-search-notes]").contains("could not be read (x0)"));
    let copy = damaged("no-index", |file| file.starts_with("index-").then_some(None));
    let page = search_page(browser, &copy.file("search.html"));
    assert_eq!(ask(&page, "board"), Vec::<String>::new());
    page.wait_for("document.querySelector('[role=status]').textContent.includes('could not be read')");
    assert!(page.eval::<bool>("document.querySelector('[data-search-lists]').offsetHeight > 0"));
}

#[test]
fn without_a_script_the_page_offers_the_lists() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::NO_SCRIPT);
    page.go(&library().file("search.html?q=board"));
    assert!(page.eval::<bool>("Array.from(document.querySelectorAll('[data-search-lists] a')).length >= 6"));
    assert!(page.eval::<bool>("document.querySelector('[data-search-lists]').offsetHeight > 0"));
    assert!(page.eval::<bool>("document.querySelector('form.find').offsetHeight === 0"));
}

#[test]
fn the_address_keeps_a_search_with_its_choices() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    ask(&page, "third sector");
    page.click(".narrow summary");
    page.wait_for("document.querySelector('.narrow fieldset')");
    page.click("#filter-document-guidance-consultation-2008");
    page.wait_for("location.search.includes('document=guidance-consultation-2008')");
    page.wait_for("document.querySelector('[data-search-state=done]')");
    let address: String = page.eval("location.href");
    let hrefs = "Array.from(document.querySelectorAll('.result a'), a => a.getAttribute('href'))";
    let found: BTreeSet<String> = page.eval(hrefs);
    assert!(
        !found.is_empty() && found.iter().all(|url| url.starts_with("guidance-consultation-2008.html#")),
        "{found:?}"
    );
    // The same address, opened elsewhere, shows the same; its count is that of the choice.
    let other = browser.page(Look::WIDE);
    other.go(&address);
    other.wait_for("document.querySelector('[data-search-state=done]')");
    assert_eq!(other.eval::<BTreeSet<String>>(hrefs), found);
    assert!(other.eval::<bool>("document.querySelector('#filter-document-guidance-consultation-2008').checked"));
    let counted: usize = other.eval(
        "Number(document.querySelector('#filter-document-guidance-consultation-2008').parentNode.querySelector('.facts').textContent)",
    );
    assert!(counted >= found.len(), "{counted}");
}

#[test]
fn search_works_by_keyboard_alone_and_says_what_it_found() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("search.html"));
    for _ in 0..20 {
        if page.eval::<bool>("document.activeElement.type === 'search'") {
            break;
        }
        page.press("Tab");
    }
    page.type_words("3.37");
    page.wait_for("document.querySelector('[data-search-state=done] .result')");
    // Enter asks, and does not leave the page.
    page.press("Enter");
    page.wait_for("document.querySelector('[data-search-state=done] .result')");
    assert!(page.eval::<bool>("location.pathname.endsWith('/search.html') && location.search === '?q=3.37'"));
    page.wait_for("document.querySelector('[role=status]').textContent.includes('paragraph')");
    for _ in 0..6 {
        page.press("Tab");
        if page.eval::<bool>("Boolean(document.activeElement.closest('.result'))") {
            break;
        }
    }
    page.press("Enter");
    page.wait_for("location.pathname.endsWith('/guidance-consultation-2008.html') && location.hash === '#3.37'");
}

#[test]
fn words_and_headings_are_suggested_while_typing_and_nothing_more_is_loaded() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = search_page(browser, &library().file("search.html"));
    let options = "Array.from(document.querySelectorAll('[role=option]'), e => e.textContent)";
    let typed = |words: &str| {
        page.eval::<()>("document.querySelector('input[type=search]').value = '', null");
        page.eval::<()>("document.querySelector('input[type=search]').focus(), null");
        page.type_words(words);
        page.wait_for("document.querySelector('[role=combobox][aria-expanded=true]')");
        page.eval::<Vec<String>>(options)
    };
    let words = typed("commiss");
    assert!(words.contains(&"commissioning".to_owned()) || words.contains(&"commission".to_owned()), "{words:?}");
    assert!(words.contains(&"Joint commissioning".to_owned()), "{words:?}");
    // All of it comes from what the search itself has read.
    let requests = page.requests().len();
    page.eval::<Value>("clausebookSearch.find('commiss', { typing: true }, 10).then(() => null)");
    assert_eq!(page.requests().len(), requests);
    assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new());
    // By keyboard: down and up mark one, which a screen reader is told; Escape closes; Enter takes what is marked.
    let active =
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent || ''";
    page.press("ArrowDown");
    assert_eq!(page.eval::<String>(active), words[0]);
    assert_eq!(page.eval::<usize>("document.querySelectorAll('[aria-selected=true] mark').length"), 1);
    page.press("ArrowUp");
    assert_eq!(page.eval::<String>(active), "");
    page.press("ArrowUp");
    assert_eq!(page.eval::<String>(active), *words.last().unwrap());
    page.press("Escape");
    assert_eq!(page.eval::<Vec<String>>(options), Vec::<String>::new());
    assert_eq!(page.eval::<String>("document.activeElement.value"), "commiss");
    let words = typed("joint commiss");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for(&format!("new URLSearchParams(location.search).get('q') === {}", json!(words[0])));
    assert!(page.eval::<bool>("document.activeElement.type === 'search' && !document.querySelector('[role=option]')"));
    // By a click; the field keeps the focus.
    let words = typed("safeg");
    page.click("#suggestion-0");
    page.wait_for(&format!("document.activeElement.value === {}", json!(words[0])));
    // Enter without a choice asks what was typed, and what is marked up in a word stays words.
    typed("boa");
    page.press("Enter");
    page.wait_for("location.search === '?q=boa' && !document.querySelector('[role=option]')");
}

#[test]
fn axe_has_nothing_to_say_of_results_and_filters() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW] {
        let page = browser.page(look);
        for query in
            ["third sector&document=fact-sheet-9", "aprenticeships", "s 10 ca 2004", "qqqqq", "\"duty to cooperate\""]
        {
            page.go(&library().http(&format!("search.html?q={}", query.replace(' ', "+"))));
            page.wait_for("document.querySelector('[data-search-state=done]')");
            page.eval::<()>("document.querySelector('.narrow').open = true, null");
            page.wait_for(
                "document.querySelector('.narrow fieldset, .narrow button') || !document.querySelector('.result')",
            );
            page.wait_for("document.querySelector('[role=status]').textContent.length > 5");
            assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new(), "{query}");
            assert!(
                page.eval::<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                "{query}"
            );
        }
    }
}

#[test]
fn what_the_field_means_by_a_number_an_abbreviation_and_a_name_comes_first() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    for (query, first) in [
        ("3.37", "guidance-consultation-2008.html#3.37"),
        ("para 3.37", "guidance-consultation-2008.html#3.37"),
        ("guidance 3.37", "guidance-consultation-2008.html#3.37"),
        ("nottinghamshire 24(b)", "nottinghamshire-report-2009.html#24-b"),
        ("1.1", "consultation-paper-2008.html#1.1"),
        ("s 10(4)(g)", "guidance-consultation-2008.html#2.9"),
        ("ca 2004 s17", "guidance-consultation-2008.html#3.21"),
        ("learning & skills act 2000", "guidance-consultation-2008.html#1.13"),
    ] {
        assert_eq!(ask(&page, query).first().map(String::as_str), Some(first), "{query}");
    }
    let places = |page: &Page| {
        page.eval::<Vec<String>>(
            "Array.from(document.querySelectorAll('[data-search-places] a'), a => a.getAttribute('href'))",
        )
    };
    for (query, named) in [
        ("LSCB", "glossary.html#lscb"),
        ("local safeguarding children boards", "glossary.html#lscb"),
        ("children act 2004", "authorities.html#ca2004"),
        ("fact sheet 9", "fact-sheet-9.html"),
        ("draft guidance april 2008", "guidance-consultation-2008.html"),
    ] {
        ask(&page, query);
        assert!(places(&page).contains(&named.to_owned()), "{query}: {:?}", places(&page));
    }
    // An abbreviation finds its long form; the reader's own words alone can be had.
    let with = ask(&page, "charity");
    assert!(text(&page, "[data-search-notes]").contains("We also searched for"));
    page.click("[data-search-notes] button");
    page.wait_for("document.querySelector('[data-search-notes]').textContent.includes('exact words')");
    page.wait_for("document.querySelector('[data-search-state=done]')");
    assert_ne!(with, ask(&page, "charity"));
    // What papers say for an everyday word is tried, and named.
    let page = search_page(browser, &library().file("search.html"));
    assert!(!ask(&page, "kids").is_empty());
    assert!(text(&page, "[data-search-notes]").starts_with("No paragraph has “kids”.We also searched for child"));
    // Several words that mean one thing are tried together, in other forms too.
    ask(&page, "merging budgets");
    assert!(text(&page, "[data-search-notes]").contains("pool"), "{}", text(&page, "[data-search-notes]"));
    assert!(ask(&page, "merging budgets").contains(&"guidance-consultation-2008.html#3.27".to_owned()));
    ask(&page, "school behavior");
    assert!(ask(&page, "behaviour").iter().any(|url| ask(&page, "behavior").contains(url)));
}

#[test]
fn what_the_site_does_not_have_is_said() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    let notes = |page: &Page| text(page, "[data-search-notes]");
    // A number or a place in the law is not looked for word by word.
    for place in ["section 47", "47.3", "page 17", "s 47(2)(b)"] {
        assert_eq!(ask(&page, place), Vec::<String>::new(), "{place}");
        assert_eq!(notes(&page), format!("No paragraph is or cites {place}."));
    }
    assert!(!ask(&page, "section 47 of the plan").is_empty());
    assert!(notes(&page).starts_with("No paragraph is or cites section 47."), "{}", notes(&page));
    // What a paper calls its own parts is found, though no law has it.
    assert!(!ask(&page, "section 3").is_empty());
    // Words that are nowhere are named, unless others were tried for a slip, which is said.
    for (query, lacking) in
        [("babies and toddlers", "“babies”, “toddlers”"), ("ofsted", "“ofsted”"), ("resolving", "“resolving”")]
    {
        assert!(!ask(&page, query).is_empty());
        assert!(notes(&page).starts_with(&format!("No paragraph has {lacking}.")), "{query}: {}", notes(&page));
    }
    for query in ["aprenticeships", "board", "plan of the board"] {
        ask(&page, query);
        assert!(
            !notes(&page).contains("No paragraph has “board") && !notes(&page).contains("has “plan"),
            "{}",
            notes(&page)
        );
    }
    // A short word is no beginning of another.
    assert_eq!(ask(&page, "loo"), Vec::<String>::new());
}

#[test]
fn a_quoted_phrase_is_exact_and_other_forms_of_it_are_offered() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    for (query, has, other) in [
        ("\"relevant partner\"", "relevant partner", "relevant partners"),
        ("“relevant partners”", "relevant partners", "relevant partner"),
    ] {
        assert!(!ask(&page, query).is_empty());
        let texts: Vec<String> = page.eval(&format!(
            "(async () => {{ const e = clausebookSearch, {{ list }} = await e.find({}, {{}}, 0); \
             return Promise.all(list.map(async record => e.wordsOf((await e.show(record)).text).map(w => w.word).join(' '))); }})()",
            json!(query)
        ));
        assert!(texts.iter().all(|text| format!(" {text} ").contains(&format!(" {has} "))), "{query}: {texts:?}");
        let notes = text(&page, "[data-search-notes]");
        assert!(notes.starts_with(&format!("Did you mean: {other}")), "{notes}");
    }
    page.click("[data-search-notes] button");
    page.wait_for("new URLSearchParams(location.search).get('q') === '“relevant partner”'");
    // What is nowhere in these forms is found in others, which is said.
    assert!(!ask(&page, "\"step changed\"").is_empty());
    assert!(text(&page, "[data-search-notes]").contains("No paragraph has just these words."));
}

#[test]
fn minus_leaves_out_words_numbers_and_phrases() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    ask(&page, "board");
    for (query, out) in [
        ("\"every child matters\" -2004", "2004"),
        ("laming -2009", "2009"),
        ("trust board -executive", "executive"),
        ("trust board -\"executive\"", "executive"),
        ("obesity -\"physical activity\"", "physical activity"),
        ("obesity -“physical activity”", "physical activity"),
        ("board -\"the board", "the board"),
    ] {
        let with = query.split(" -").next().unwrap();
        let having: Vec<String> = page.eval(&format!(
            "(async () => {{ const urls = []; for (const query of {}) {{ const {{ list }} = await clausebookSearch.find(query, {{ every: true }}, 0); \
             const texts = await Promise.all(list.map(clausebookSearch.start().show)); \
             urls.push(list.length + ' ' + texts.filter(shown => clausebookSearch.wordsOf(shown.text).map(w => w.word).join(' ').includes({})).length); }} return urls; }})()",
            json!([with, query]),
            json!(out),
        ));
        let counts: Vec<Vec<usize>> =
            having.iter().map(|both| both.split(' ').map(|n| n.parse().unwrap()).collect()).collect();
        println!("{query}: {counts:?}");
        assert!(counts[0][1] > 0 && counts[1][1] == 0 && counts[1][0] > 0, "{query}: {counts:?}");
    }
}

/// Counts of results: those told as having the words and as similar, and those that have them in the text or above.
const HAVING: &str = "(async () => { const e = clausebookSearch, s = e.start(), { list, own: same, similar, tokens } = await e.find(QUERY, {}, 0); \
    const forms = await Promise.all(tokens.map(async token => { const term = await s.lookup(token.word); return (await s.formsOf([term])).get(term); })); \
    const shown = await Promise.all(list.slice(0, same + similar).map(s.show)); \
    const having = shown.map(one => { const words = e.wordsOf([one.text, one.short, ...one.trail].join(' ')); \
        return forms.every(own => words.some(({ word }) => own.has(word))); }); \
    return [same, similar, having.filter(Boolean).length, having.slice(0, same).filter(Boolean).length]; })()";

#[test]
fn whatever_has_the_word_comes_before_what_has_similar_ones_and_each_is_counted() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    let heading = |page: &Page| text(page, "[data-search-heading]");
    for word in ["obesity", "charity", "sport", "kids", "money", "boss", "inspection"] {
        ask(&page, word);
        let [same, similar, having, first]: [usize; 4] = page.eval(&HAVING.replace("QUERY", &json!(word).to_string()));
        assert_eq!((having, first), (same, same), "{word}");
        let said = match (same, heading(&page)) {
            (0, said) => said == format!("{similar} paragraphs have similar words"),
            (1, said) => said == format!("1 paragraph has your word, {similar} have similar ones"),
            (_, said) => said == format!("{same} paragraphs have your word, {similar} have similar ones"),
        };
        assert!(said && similar > 0, "{word}: {}", heading(&page));
    }
    // A rule is where those with similar words begin; the words are named, each once.
    ask(&page, "obesity");
    assert_eq!(
        page.eval::<String>("document.querySelector('.results > :nth-child(2).split').textContent"),
        "20 have similar ones"
    );
    for query in ["obesity", "seat on the board", "charity"] {
        ask(&page, query);
        let notes = text(&page, "[data-search-notes]");
        let names = notes.strip_prefix("We also searched for ").and_then(|rest| rest.split_once('.')).unwrap().0;
        let names: Vec<&str> = names.split(", ").collect();
        assert!(names.len() > 1 && names.iter().collect::<BTreeSet<_>>().len() == names.len(), "{names:?}");
    }
    // A word that nothing has is not said to be had.
    ask(&page, "qqqqq board");
    assert!(heading(&page).ends_with(" paragraphs have some of your words"), "{}", heading(&page));
}

#[test]
fn a_result_in_an_editors_note_says_so_and_gives_way_to_a_clause() {
    let Some(browser) = browser() else { return };
    let page = search_page(browser, &library().file("search.html"));
    let excerpts = "Array.from(document.querySelectorAll('.results .excerpt'), e => e.textContent)";
    // Words of the note alone.
    let found = ask(&page, "\"evidently a slip for getting\"");
    assert_eq!(found, ["guidance-consultation-2008.html#2.8"]);
    let shown: Vec<String> = page.eval(excerpts);
    assert!(shown[0].starts_with("Editor’s note: “not getting” is evidently a slip"), "{shown:?}");
    assert_eq!(text(&page, ".results .excerpt b"), "Editor’s note:");
    // Words of the clause: what is shown is the clause.
    let found = ask(&page, "robust and effective arrangements under the duty to cooperate");
    assert_eq!(found.first().map(String::as_str), Some("guidance-consultation-2008.html#1.7"));
    let shown: Vec<String> = page.eval(excerpts);
    assert!(!shown[0].starts_with("Editor’s note:") && !shown[0].contains("as the draft prints it"), "{shown:?}");
    // Of two that have the words, the one that has them in its own text comes first; each clause comes once.
    for query in ["supplements the guidance of 2005", "the draft guidance lists six points", "evidently a slip"] {
        let found = ask(&page, query);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "{query}: {found:?}");
    }
    ask(&page, "supplements the guidance of 2005");
    let shown: Vec<String> = page.eval(excerpts);
    assert!(!shown[0].starts_with("Editor’s note:"), "{shown:?}");
}

#[test]
fn the_manual_is_searched_when_a_reader_asks_or_nothing_else_is_found() {
    let Some(browser) = browser() else { return };
    let copy = library();
    let page = search_page(browser, &copy.file("search.html"));
    let heading = |page: &Page| text(page, "[data-search-heading]");
    let of_manual = |found: &[String]| {
        found.iter().filter(|url| copy.text(url.split('#').next().unwrap()).contains("Manual")).count()
    };
    let loaded = |page: &Page| page.requests().iter().any(|url| url.contains("/on-request/"));
    // Words of the papers find papers, and nothing of the manual is loaded.
    let papers = ask(&page, "board");
    assert!(papers.len() == 10 && !loaded(&page), "{papers:?}");
    assert_eq!(text(&page, "[data-search-scope]").trim(), "Search in Manual too");
    // Whoever asks has both: the papers first. By keyboard, and said aloud.
    page.eval::<()>("document.querySelector('[data-search-scope] input').focus(), null");
    page.press("Space");
    page.wait_for("location.search.includes('wide=yes')");
    page.wait_for("document.querySelector('#wider + li') && document.querySelector('[data-search-state=done]')");
    page.wait_for("/paragraphs? in Manual$/.test(document.querySelector('[role=status]').textContent)");
    assert!(page.eval::<bool>("document.activeElement.type === 'checkbox'"));
    let both = ask(&page, "board");
    assert_eq!(both[..10], papers);
    assert!(both.len() > 10 && loaded(&page), "{both:?}");
    assert!(page.eval::<bool>("document.querySelector('[data-search-notes] a').getAttribute('href') === '#wider'"));
    assert!(heading(&page).ends_with(" in Manual"), "{}", heading(&page));
    // The address keeps it.
    let other = browser.page(Look::WIDE);
    other.go(&page.eval::<String>("location.href"));
    other.wait_for("document.querySelector('#wider + li')");
    // What only the manual has is found without asking; so is a number that no paper has.
    let page = search_page(browser, &copy.http("search.html"));
    for query in ["diagnostics", "ledger", "10.4"] {
        let found = ask(&page, query);
        assert!(!found.is_empty(), "{query}");
        assert!(found.iter().any(|url| !papers.contains(url)) && of_manual(&found) > 0, "{query}: {found:?}");
    }
    assert!(heading(&page).contains("Manual"), "{}", heading(&page));
    // Without its index, the papers are found and the reader is told.
    let copy = damaged("no-manual", |file| (file == "on-request").then_some(None));
    let page = search_page(browser, &copy.file("search.html?wide=yes"));
    assert_eq!(ask(&page, "board"), papers);
    assert!(text(&page, "[data-search-notes]").contains("could not be read (on-request/index)"));
}

#[test]
fn a_first_search_moves_little() {
    let Some(browser) = browser() else { return };
    let copy = library();
    let sizes = browser.page(Look::WIDE);
    // Of a slip, common words are read too, to tell that it is none of them.
    for query in ["who has to be consulted on the plan?", "aprenticeships in the area"] {
        let page = browser.page(Look { slow: 6, ..Look::WIDE });
        page.go(&copy.http("search.html"));
        page.eval::<()>(SEARCH);
        // The index comes with the focus, while a reader types.
        page.eval::<()>("document.querySelector('input[type=search]').focus(), null");
        page.wait_for("clausebookSearch.start()");
        let took: f64 = page.eval(&format!(
            "(async () => {{ const from = performance.now(); await ask({}); return performance.now() - from; }})()",
            json!(query)
        ));
        let mut moved = BTreeMap::new();
        for url in &page.requests() {
            let path = url.strip_prefix(&copy.http("")).unwrap_or_default().split('?').next().unwrap_or_default();
            let script = format!(
                "new Response(new Blob([{}]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer().then(b => b.byteLength)",
                json!(copy.text(path))
            );
            moved.insert(path.to_owned(), sizes.eval::<usize>(&script));
        }
        let whole: usize = moved.values().sum();
        println!(
            "a first search: {whole} bytes (gzip) in {} files; answered in {took:.0} ms at a sixth of the speed: {moved:#?}",
            moved.len()
        );
        // With the words of its script in the language of the site.
        assert!(whole <= 95_000, "{query}: {moved:#?}");
    }
}
