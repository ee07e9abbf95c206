//! No input breaks clausebook, and no author's words become markup.
//!
//! Texts are made at random from fixed seeds. `TRIALS=20 cargo test robustness` makes twenty times as many, from seeds
//! that differ each time.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clausebook::diagnostic::{self, Code, Format, Severity};
use clausebook::output::Output;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngSeed, TestRunner};

use crate::export::{lost_addresses, well_formed};
use crate::links::{broken_links, repeated_ids};
use crate::markup;
use crate::pages::misplaced_headings;
use crate::site::{Built, REGISTER, SETTINGS, TestSite};

/// Pieces of the grammar, sound and broken, and of what should never work.
const FRAGMENTS: &[&str] = &[
    "[[",
    "]]",
    "[",
    "]",
    "(",
    ")",
    "{#",
    "{.",
    "}",
    "{#id}",
    "{#other .stay-safe}",
    "{.nope}",
    "[^",
    "[^1]",
    "[^b]",
    "[^1]: ",
    "\n\n[^1]: A note. [[1.1]]\n\n",
    "\n\n[^b]: Another [^1].\n\n    More of it.\n\n",
    "|",
    "+++",
    "\n+++\n",
    "- (a) ",
    "\n- (a) one\n  - (i) two\n- (b) three\n",
    "\n\n1. (a) x\n2. (b) y\n",
    "3.38 ",
    "\n\n1.1 ",
    "\n\n1.2 ",
    "\n\n1.3 Text. {#third .stay-safe}\n\n",
    "\n\n1.4 ",
    "\n\nA.1 ",
    "\n\n17. ",
    "\n\n17A. ",
    "1. ",
    "<!--",
    "-->",
    "<!-- c -->",
    "![[",
    "![[b#1.1]]",
    "\n\n![[b#1.1]]\n\n",
    "\n\n![[b#1.1-1.2]]\n\n",
    "> ",
    ">>>>>>>> ",
    "- ",
    "- - - - - ",
    "* ",
    "+ ",
    "((((((((",
    "[[[[[[[[",
    "`",
    "``` ",
    "\n```\n",
    "\n```rust onclick=\"x\"\nfn main() {}\n```\n",
    "    ",
    "***",
    "**bold**",
    "_",
    "~~",
    ": ",
    "\nword\n: meaning\n",
    "\\",
    "&lt;",
    "&#x1f;",
    "&colon;",
    "&amp;",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onclick=\"x",
    "' onclick='x",
    "</div>",
    "<div>",
    "<",
    ">",
    "{{ 1 }}",
    "{% raw %}",
    "[x](javascript:alert(1))",
    "[x](jAvAsCrIpT&colon;alert(1))",
    "[x](//evil)",
    "[x](https://example.org/\"onmouseover=\"a)",
    "[x](<https://example.org/a b>)",
    "![alt \" onerror=\"x](p.png)",
    "[x](p.png)",
    "[x](p.png#a\"onclick=\"b)",
    "[x](p.png#1.1)",
    "\n\n## ",
    "\n\n### Heading {#heading}\n\n",
    "\n\n## Notes\n\n",
    "\n\n## Main\n\n",
    "\n\n## Third [^1]\n\n",
    "\n# ",
    "\n---\n",
    "\n===\n",
    "\n> [!NOTE]\n> ",
    "¶",
    "é",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffe}",
    "漢字",
    "👩‍👧",
    "e\u{301}",
    "\n\n| a | b |\n|---|:-:|\n| c | [[1.1]] |\n\n",
    "\n| [[1.1|x]] |\n",
    "[[ca2004 s 10(1)(b)]]",
    "[[ca2004 s 10(1)(b), (c) and (2)]]",
    "[[ca2004]]",
    "[[plan]]",
    "[[regs2005 s 1]]",
    "[[b#1.1]]",
    "[[b#1.1-1.2|words]]",
    "[[b]]",
    "[[1.1]]",
    "[[1.1|a *b* c]]",
    "[[1.1-1.3]]",
    "[[#third]]",
    "[[#heading]]",
    "[x](b.md#1.1)",
    "[x](b.md#note-1)",
    "[x](#note-1)",
    "[x](#1.1)",
    "[x](index.md)",
    "[x](glossary.md)",
    "[x](mailto:a@example.org)",
    "<https://example.org/>",
    "<a@example.org>",
    "LSCB",
    "Local Safeguarding Children Board",
    "LSCBs’",
    "trust",
    "1.1 million",
    "**1.5** ",
    "\n",
    "\n\n",
    "\n    ",
    "\t",
    " ",
    "  \n",
    "text ",
    "The words. ",
    "“",
    "\"",
    "'",
    "--",
    "...",
    "[x]: y",
    "\n\n[1.2]: /x\n\n",
    "- [ ] ",
    "- [x] ",
    "$x$",
    "^a^",
    "http://x.y",
];

const GLOSSARY: &str =
    "+++\ntitle = \"Words\"\n+++\n\nLocal Safeguarding Children Board (LSCB)\n: A board.\n\ntrust\n: Another.\n";

fn trials(cases: u32) -> ProptestConfig {
    let times: Option<u32> = std::env::var("TRIALS").ok().and_then(|times| times.parse().ok());
    ProptestConfig {
        cases: cases * times.unwrap_or(1),
        failure_persistence: None,
        rng_seed: if times.is_some() { RngSeed::Random } else { RngSeed::Fixed(0x0037) },
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    }
}

/// Result of a check, with what is wrong.
type Verdict = Result<(), String>;

/// Runs `check` over what `strategy` makes, and shows the smallest input for which it finds something wrong.
fn try_all<S: Strategy>(cases: u32, strategy: S, check: impl Fn(S::Value) -> Verdict) {
    let outcome = TestRunner::new(trials(cases)).run(&strategy, |value| check(value).map_err(TestCaseError::fail));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// A site in which a text may name things: a document, a picture, notes, words, the law.
fn surroundings() -> TestSite {
    TestSite::new().base_url("https://example.org/").file("p.png", "picture").file("glossary.md", GLOSSARY).paper(
        "b",
        "## Heading\n\n1.1 Text.[^1]\n\n- (a) sub\n  - (i) deeper {#deeper}\n\n1.2 More [[1.1(a)]].\n\n[^1]: A note.",
    )
}

fn no_internal_error(built: &Built) -> Verdict {
    let internal = built.diagnostics.iter().any(|fault| fault.code == Code::InternalError);
    // Every diagnostic can be shown, at least of as many as a command shows.
    let some = &built.diagnostics[..built.diagnostics.len().min(100)];
    let human = diagnostic::show(some, &built.sources, "", Format::Human { colour: false });
    let shown = some.is_empty() || !human.is_empty();
    if internal || !shown { Err(built.short()) } else { Ok(()) }
}

/// Checks the promises that hold for every site that builds.
pub fn sound(output: &Output) -> Verdict {
    let named =
        |what: &str, found: Vec<String>| if found.is_empty() { Ok(()) } else { Err(format!("{what}: {found:?}")) };
    named("broken links", broken_links(output))?;
    named("repeated ids", repeated_ids(output))?;
    named("foreign markup", markup::foreign(output))?;
    let data = output.iter().filter(|(path, _)| path.as_str().ends_with(".json"));
    let broken =
        data.filter(|(_, artefact)| serde_json::from_slice::<serde_json::Value>(artefact.bytes().unwrap()).is_err());
    named("not JSON", broken.map(|(path, _)| path.to_string()).collect())?;
    named("headings", misplaced_headings(output))?;
    named("lost addresses in data", lost_addresses(output).1)?;
    let xml = output.iter().filter(|(path, _)| path.as_str().ends_with(".xml"));
    for (path, artefact) in xml {
        well_formed(std::str::from_utf8(artefact.bytes().unwrap()).unwrap())
            .map_err(|fault| format!("{path}: {fault}"))?;
    }
    Ok(())
}

/// Checks a site that may not have been built.
fn sound_if_built(built: &Built) -> Verdict {
    no_internal_error(built)?;
    built.output.as_ref().map_or(Ok(()), sound)
}

/// Takes out of a file what is reported as an error there, line by line, until the site builds, and looks at what it
/// builds. Says whether it builds in the end.
fn sound_once_mended(site: &TestSite, path: &str, text: &str) -> Result<bool, String> {
    let mut text = text.to_owned();
    for _ in 0..40 {
        let built = site.clone().file(path, &text).build();
        sound_if_built(&built).map_err(|fault| format!("{fault}\n{text}"))?;
        let mut cut = Vec::new();
        for fault in built.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error) {
            let file = built.sources.file(fault.span.file);
            if &*file.path == path {
                cut.push(fault.span.start..fault.span.end.max(fault.span.start + 1));
            }
        }
        if cut.is_empty() {
            return Ok(built.output.is_some());
        }
        let mut kept = String::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            if !cut.iter().any(|fault| fault.start < range.end && range.start < fault.end) {
                kept.push_str(line);
            }
        }
        text = kept;
    }
    Ok(false)
}

fn numberings() -> impl Strategy<Value = &'static str> {
    select(&["decimal", "simple", "auto", "none"][..])
}

fn fragments(most: usize) -> impl Strategy<Value = String> {
    vec(select(FRAGMENTS), 1..most).prop_map(|fragments| fragments.concat())
}

fn paper(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"A\"\n{front}\n+++\n\n{body}\n")
}

#[test]
fn arbitrary_texts_do_not_break_it() {
    let anything = prop_oneof![
        vec(any::<u8>(), 0..400).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        any::<String>(),
        vec(select(FRAGMENTS), 0..60).prop_map(|fragments| fragments.concat()),
    ];
    let site = TestSite::new();
    try_all(120, (anything, numberings(), any::<bool>()), |(text, numbering, front)| {
        let front_line = format!("numbering = \"{numbering}\"");
        let text = if front { paper(&front_line, &text) } else { text };
        for path in ["a.md", "index.md", "glossary.md"] {
            sound_if_built(&site.clone().file(path, &text).build())?;
        }
        Ok(())
    });
}

#[test]
fn arbitrary_settings_and_registers_do_not_break_it() {
    let value = prop_oneof![
        any::<String>().prop_map(|text| format!("{text:?}")),
        any::<i64>().prop_map(|n| n.to_string()),
        Just("true".to_owned()),
        Just("2008-04-03".to_owned()),
        Just("{ title = \"x\", url = \"https://example.org/\" }".to_owned()),
        Just("[\"a\", \"b\"]".to_owned()),
        Just("[[[[[[[[]]]]]]]]".to_owned()),
        "[ -~]{0,20}".prop_map(|text| format!("'{}'", text.replace('\'', ""))),
    ];
    let key = prop_oneof![
        select(
            &[
                "title",
                "short",
                "id",
                "kind",
                "issuer",
                "published",
                "status",
                "source",
                "numbering",
                "publication",
                "replaces",
                "replaced-by",
                "supplements",
                "summarises",
                "outcomes",
                "features",
                "base-url",
                "language",
                "theme",
                "clause-pages",
                "host",
                "description",
                "work",
                "url",
                "unit",
                "made",
                "became",
                "part-map",
                "part-numerals",
                "aliases",
                "archived",
                "chapter",
            ][..]
        )
        .prop_map(str::to_owned),
        "[a-z-]{1,8}",
    ];
    let header = select(
        &[
            "",
            "[kinds]",
            "[a]",
            "[taxonomies.x]",
            "[taxonomies.x.terms.y]",
            "[[navigation]]",
            "[[[",
            "[a.b]",
            "[\"\\u0000\"]",
        ][..],
    );
    let line = prop_oneof![
        (key, value).prop_map(|(key, value)| format!("{key} = {value}")),
        header.prop_map(str::to_owned),
        any::<String>()
    ];
    let toml = vec(line, 0..8).prop_map(|lines| lines.join("\n"));
    let site = surroundings();
    try_all(200, (toml, 0..4usize), |(toml, place)| {
        let site = match place {
            0 => site.clone().file("site.toml", &toml),
            1 => site.clone().file("site.toml", &format!("{SETTINGS}\n{toml}")),
            2 => site.clone().file("authorities.toml", &format!("{REGISTER}\n{toml}")),
            _ => site.clone().file("a.md", &paper(&toml, "1.1 Text.")),
        };
        sound_if_built(&site.build())
    });
}

#[test]
fn whatever_builds_is_sound() {
    let (site, built) = (surroundings(), Cell::new(0));
    try_all(250, (fragments(40), numberings(), any::<bool>()), |(body, numbering, pack)| {
        let front = format!("numbering = \"{numbering}\"{}", if pack { "\nkind = \"pack\"" } else { "" });
        built.set(built.get() + u32::from(sound_once_mended(&site, "a.md", &paper(&front, &body))?));
        Ok(())
    });
    assert!(built.get() > 150, "only {} sites were built", built.get());
}

#[test]
fn whatever_builds_of_a_home_page_or_a_glossary_is_sound() {
    let (site, built) = (surroundings(), Cell::new(0));
    try_all(40, (fragments(30), any::<bool>(), numberings()), |(body, home, numbering)| {
        let path = if home { "index.md" } else { "glossary.md" };
        let text = paper(&format!("numbering = \"{numbering}\""), &body);
        built.set(built.get() + u32::from(sound_once_mended(&site, path, &text)?));
        Ok(())
    });
    assert!(built.get() > 8, "only {} sites were built", built.get());
}

/// The documents of the repository's own site, with their paths.
fn real_documents() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut folders = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index, usize),
    Duplicate(Index, usize),
    Swap(Index, Index),
    Insert(Index, &'static str),
    DeleteLine(Index),
    SwapLines(Index, Index),
    Nest(Index, char, usize),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let mutation = prop_oneof![
        1 => (any::<Index>(), 1..40usize).prop_map(|(at, length)| Mutation::Delete(at, length)),
        1 => (any::<Index>(), 1..60usize).prop_map(|(at, length)| Mutation::Duplicate(at, length)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        5 => (any::<Index>(), select(FRAGMENTS)).prop_map(|(at, fragment)| Mutation::Insert(at, fragment)),
        1 => any::<Index>().prop_map(Mutation::DeleteLine),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mutation::SwapLines(a, b)),
        1 => (any::<Index>(), select(&['>', '-', '(', '[', '*', '`', '!', ':', '|', '#', '\\', '{', '\n'][..]), 1..200usize)
            .prop_map(|(at, mark, times)| Mutation::Nest(at, mark, times)),
    ];
    vec(mutation, 1..12)
}

/// A text with mutations made one after the other.
fn mutate(mut text: String, mutations: &[Mutation]) -> String {
    for mutation in mutations {
        let mut letters: Vec<char> = text.chars().collect();
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        if letters.is_empty() {
            break;
        }
        match mutation {
            Mutation::Delete(at, length) => {
                let at = at.index(letters.len());
                letters.drain(at..(at + length).min(letters.len()));
                text = letters.into_iter().collect();
            }
            Mutation::Duplicate(at, length) => {
                let at = at.index(letters.len());
                let again: Vec<char> = letters[at..(at + length).min(letters.len())].to_vec();
                letters.splice(at..at, again);
                text = letters.into_iter().collect();
            }
            Mutation::Swap(a, b) => {
                let (a, b) = (a.index(letters.len()), b.index(letters.len()));
                letters.swap(a, b);
                text = letters.into_iter().collect();
            }
            Mutation::Insert(at, fragment) => {
                let at = at.index(letters.len());
                letters.splice(at..at, fragment.chars());
                text = letters.into_iter().collect();
            }
            Mutation::DeleteLine(at) => {
                lines.remove(at.index(lines.len()));
                text = lines.concat();
            }
            Mutation::SwapLines(a, b) => {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
                text = lines.concat();
            }
            Mutation::Nest(at, mark, times) => {
                let at = at.index(letters.len());
                letters.splice(at..at, std::iter::repeat_n(*mark, *times));
                text = letters.into_iter().collect();
            }
        }
    }
    text
}

#[test]
fn mutated_real_documents_do_not_break_it() {
    let documents = real_documents();
    assert!(documents.len() > 5);
    let (site, built) = (surroundings(), Cell::new(0));
    let made = (any::<Index>(), any::<Index>(), mutations(), numberings());
    try_all(120, made, |(document, start, mutations, numbering)| {
        let (_, text) = &documents[document.index(documents.len())];
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let first = start.index(lines.len());
        let some = lines[first..lines.len().min(first + 40)].concat();
        let text = paper(&format!("numbering = \"{numbering}\""), &mutate(some, &mutations));
        built.set(built.get() + u32::from(sound_once_mended(&site, "a.md", &text)?));
        // With its front matter mutated, too.
        sound_if_built(&site.clone().file("a.md", &mutate(text, &mutations)).build())
    });
    assert!(built.get() > 60, "only {} sites were built", built.get());
}

/// Attacks that an author, or a sender of a text, may try.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onmouseover=\"alert(1)",
    "</title><script>1</script>",
    "</p></div></main><iframe>",
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "]]>",
    "{{ 7*7 }}",
    "{% include \"x\" %}",
    "{# c #}",
    "&lt;script&gt;",
    "&#60;b&#62;",
    "javascript:alert(1)",
    "<svg onload=alert(1)>",
    "<math><mi xlink:href=\"data:x\">",
    "<a href=x>",
    "<style>*{}</style>",
    "<base href=//evil>",
    "<meta http-equiv=refresh>",
];

/// As a text of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// As plain words of Markdown: HTML among them is shown as text.
pub fn hostile_site(words: &str) -> TestSite {
    let toml = quoted(words);
    let settings = format!(
        "title = {toml}\nhost = {toml}\ndescription = {toml}\nbase-url = \"https://example.org/a'&b/\"\n\
        [kinds]\nguidance = {toml}\npack = {toml}\n\
        [taxonomies.outcomes]\ntitle = {toml}\n[taxonomies.outcomes.terms.be-healthy]\ntitle = {toml}\ndescription = {toml}\n\
        [[navigation]]\ntitle = {toml}\nitems = [\"a\"]\n"
    );
    let register = format!(
        "[ca2004]\ntitle = {toml}\nkind = \"act\"\nwork = \"ukpga/2004/31\"\nchapter = {toml}\naliases = [{toml}]\nbecame = \"plan\"\n\
        [ca2004.part-map]\n\"1\" = {toml}\n\
        [plan]\ntitle = {toml}\nkind = \"report\"\nurl = {}\n",
        quoted(&format!("https://example.org/{}", words.replace(' ', "")))
    );
    let front = format!(
        "title = {toml}\nshort = {toml}\nissuer = {toml}\nkind = \"guidance\"\nstatus = \"superseded\"\nreplaced-by = {}\nsupplements = \"b\"\n\
        outcomes = [\"be-healthy\"]\nsource = {{ title = {toml}, url = {} }}",
        quoted(&format!("A {words}")),
        quoted(&format!("https://example.org/{}", words.replace(' ', "")))
    );
    let escaped: String =
        words.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect();
    let body = format!(
        "Before {words} and {escaped}.\n\n## Heading {escaped}\n\n1.1 {escaped}[^n] *{escaped}* [{escaped}](b.md) [[b|{escaped}]] [[ca2004 pt 1]] [[plan]] \
        ![{escaped}](p.png \"{escaped}\") [{escaped}](<https://example.org/{}> \"{escaped}\") `{}`\n\n- (a) {escaped}\n\n| {escaped} | b |\n|---|---|\n| {escaped} | c |\n\n\
        > [!NOTE]\n> {escaped}\n\n```{}\n{words}\n```\n\n```html\n{words}\n```\n\n```rust\n// {words}\nfn main() {{ let x = \"{words}\"; }}\n```\n\n\
        1.2 See [[1.1]] and {escaped}.\n\n[^n]: {escaped} [[ca2004 s 10(1)(b)]]\n",
        words.replace(['<', '>'], "").replace(' ', ""),
        words.replace('`', ""),
        words.replace([' ', '`'], ""),
    );
    TestSite::empty()
        .file("site.toml", &settings)
        .file("authorities.toml", &register)
        .file("index.md", &format!("+++\ntitle = {toml}\n+++\n\nHome {escaped}.\n"))
        .file("glossary.md", &format!("+++\ntitle = {toml}\n+++\n\nWord {escaped} (LSCB)\n: Meaning {escaped}.\n"))
        .file("p.png", "")
        .file("a.md", &format!("+++\n{front}\n+++\n\n{body}"))
        .file("b.md", &format!("+++\ntitle = {toml}\n+++\n\n1.1 LSCB. See [[a#1.1]], [[a]].\n"))
        .file(
            "packs/p.md",
            &format!("+++\ntitle = {toml}\nkind = \"pack\"\n+++\n\n## {escaped}\n\n{escaped}\n\n![[a#1.1]]\n"),
        )
}

#[test]
fn no_words_of_an_author_become_markup_wherever_they_stand() {
    for words in HOSTILE {
        let built = hostile_site(words).build();
        let Some(output) = &built.output else { panic!("{words}:\n{}", built.short()) };
        assert_eq!(sound(output), Ok(()), "{words}");
        for page in [
            "a.html",
            "a/1.1.html",
            "b.html",
            "index.html",
            "glossary.html",
            "authorities.html",
            "packs/p.html",
            "outcomes/be-healthy.html",
        ] {
            // They are still there to be read.
            let text: String = built.words(page, "html").concat().split_whitespace().collect();
            let wanted: String = words.split_whitespace().collect::<String>().replace("--", "");
            let alike =
                |text: &str| text.replace(['“', '”', '"'], "\"").replace(['’', '‘'], "'").replace(['–', '-'], "");
            assert!(alike(&text).contains(&alike(&wanted)), "{page} has lost {words}: {text}");
        }
    }
}

#[test]
fn a_short_text_repeated_is_read_in_good_time() {
    let repeated = [
        "[^",
        "[[",
        "![[",
        "[",
        "![",
        "](",
        "{#",
        "{#a",
        "`",
        "` ``",
        "*",
        "*a ",
        "**a_",
        "~~",
        "<",
        "<!--",
        "<a ",
        "<!",
        "&",
        "\\",
        "|",
        "| [[",
        "> ",
        "- ",
        "-\n",
        "1. ",
        "#",
        "# \n",
        "\n\n## a",
        "\n\n1.1 ",
        "*a* ",
        "[^1] ",
        "[a](b) ",
        "[[1.1]] ",
        "x\n: y\n\n",
        "[a]: b\n",
        "\n\n[^1]: x",
        "(",
        "((",
        "\"",
        "'",
        "\t",
        ":",
        "a\n",
        "|-",
        "|-|\n",
        "3.1 ",
        "\n3.1 A",
    ];
    for text in repeated {
        for before in ["1.1 ", "| a | b |\n|---|---|\n| "] {
            let body = format!("{before}{}", text.repeat(20_000 / text.len()));
            let site = TestSite::new().paper("a", &body);
            let start = Instant::now();
            assert_eq!(no_internal_error(&site.build()), Ok(()));
            let taken = start.elapsed();
            assert!(taken < Duration::from_secs(5), "{before}{text} repeated took {taken:?}");
        }
    }
}
