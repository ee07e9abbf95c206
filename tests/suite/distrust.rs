//! Pages distrust themselves: whatever an author wrote, a page runs and loads nothing but the files of its own site, and
//! no script makes markup of words or looks for something by a name that an author can give.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clausebook::output::Output;
use scraper::{ElementRef, Html, Selector};

use crate::content::CONTENT;
use crate::robustness::hostile_site;
use crate::site::Built;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The policy that the manual tells those who host a copy.
fn policy_of_the_manual() -> String {
    let chapter = text("content/manual/hosting.md");
    let clause = chapter.split("\n6.1 ").nth(1).unwrap();
    clause.split("```text\n").nth(1).unwrap().split("\n```").next().unwrap().to_owned()
}

/// The scripts of the site, and the style sheets, icons and pictures, by what asks for them.
const LOADED: [(&str, &str); 4] = [("script", "src"), ("img", "src"), ("link", "href"), ("image", "href")];

/// Lists what a page could run or load from outside the site, as far as its parser sees.
fn trusting(markup: &str, policy: &str) -> Vec<String> {
    let page = Html::parse_document(markup);
    let mut found = Vec::new();
    let head = Selector::parse("head > *").unwrap();
    // Only the encoding stands before it: a policy holds for what comes after it.
    let mut first = page.select(&head).filter(|element| element.attr("charset").is_none());
    let is_policy = |element: ElementRef<'_>| {
        element.attr("http-equiv") == Some("Content-Security-Policy") && element.attr("content") == Some(policy)
    };
    if !first.next().is_some_and(is_policy) {
        found.push("the policy is not first in the head, or another than the manual's".to_owned());
    }
    for element in page.tree.nodes().filter_map(ElementRef::wrap) {
        let name = element.value().name();
        let mut wrong = |what: &str| found.push(format!("<{name}> {what}"));
        let is_data = element.attr("type") == Some("application/ld+json");
        if name == "script" && !is_data && (element.attr("src").is_none() || element.text().next().is_some()) {
            wrong("is inline");
        }
        if ["style", "iframe", "frame", "object", "embed", "applet", "base", "audio", "video", "source"].contains(&name)
        {
            wrong("stands in the page");
        }
        for (attribute, value) in element.value().attrs() {
            if attribute.starts_with("on") || ["style", "srcdoc", "srcset", "formaction", "ping"].contains(&attribute) {
                wrong(&format!("has {attribute}"));
            }
            // By such a name a browser would put the element in the place of what scripts ask the document for.
            if attribute == "name" && !["meta", "input", "form", "button"].contains(&name) {
                wrong(&format!("has the name {value}"));
            }
            if attribute == "http-equiv" && value != "Content-Security-Policy" {
                wrong(&format!("has http-equiv {value}"));
            }
            let loads = LOADED.contains(&(name, attribute));
            let only_names = name == "link"
                && ["canonical", "alternate", "prev", "next"].iter().any(|rel| element.attr("rel") == Some(rel));
            if loads && !only_names && !is_of_the_site(value) {
                wrong(&format!("loads {value}"));
            }
        }
    }
    found
}

/// Whether an address is relative, which stays on the site as far as a browser reads it.
fn is_of_the_site(address: &str) -> bool {
    !address.starts_with(['/', '\\']) && !address.contains(':') && !address.contains(char::is_control)
}

/// The base address of the hostile site, as it stands in a page.
const BASE: &str = "https://example.org/a&#39;&amp;b/";

fn trusting_pages(output: &Output) -> Vec<String> {
    let policy = policy_of_the_manual();
    let mut found = Vec::new();
    let mut pages = 0;
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        pages += 1;
        let markup = std::str::from_utf8(artefact.bytes().unwrap()).unwrap();
        // One page may be shown at any address, and so names its own in full.
        let markup = if path.as_str() == "404.html" { &markup.replace(BASE, "") } else { markup };
        found.extend(trusting(markup, &policy).into_iter().map(|what| format!("{path}: {what}")));
    }
    assert!(pages > 8, "{pages}");
    found
}

#[test]
fn no_page_of_the_library_trusts_itself() {
    assert_eq!(trusting_pages(CONTENT.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn no_page_of_a_hostile_site_trusts_itself() {
    for words in [
        "\"><script>alert(1)</script><style>*{}</style><img src=//evil onerror=alert(1) name=body>",
        "</title><base href=//evil><meta http-equiv=refresh content=0>",
    ] {
        let built = hostile_site(words).build();
        let Some(output) = &built.output else { panic!("{}", built.short()) };
        assert_eq!(trusting_pages(output), Vec::<String>::new());
    }
}

#[test]
fn a_page_that_trusts_itself_would_be_found() {
    let policy = policy_of_the_manual();
    let page = |head: &str, body: &str| {
        format!(
            "<!doctype html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{head}</head><body>{body}</body></html>"
        )
    };
    assert_eq!(trusting(&page("<script src=\"a/b.js\"></script>", "<p id=\"a\">x</p>"), &policy), Vec::<String>::new());
    for bad in [
        "<script>1</script>",
        "<script src=\"a.js\">1</script>",
        "<script src=\"//evil/a.js\"></script>",
        "<script src=\"https://evil/a.js\"></script>",
        "<style>p{}</style>",
        "<p style=\"color:red\">",
        "<p onclick=\"1\">",
        "<img src=\"\\\\evil\\x\">",
        "<img src=\"a.png\" name=\"body\">",
        "<a name=\"head\"></a>",
        "<iframe></iframe>",
        "<link rel=\"stylesheet\" href=\"https://evil/a.css\">",
        "<meta http-equiv=\"refresh\" content=\"0\">",
    ] {
        assert_ne!(trusting(&page("", bad), &policy), Vec::<String>::new(), "{bad}");
    }
    assert_ne!(trusting(&page("", "").replace("base-uri", "form-uri"), &policy), Vec::<String>::new());
    let late = "<!doctype html><html><head><title>x</title>";
    assert_ne!(trusting(&page("", "").replace("<!doctype html><html><head>", late), &policy), Vec::<String>::new());
}

/// The scripts that a page may run: those of the theme, that of an edition in one page, and that of the preview.
const SCRIPTS: [&str; 40] = [
    "themes/default/static/words.js",
    "themes/default/static/site.js",
    "themes/default/search/again.js",
    "themes/default/search/files.js",
    "themes/default/search/filters.js",
    "themes/default/search/forms.js",
    "themes/default/search/index.js",
    "themes/default/search/markup.js",
    "themes/default/search/meanings.js",
    "themes/default/search/names.js",
    "themes/default/search/numbers.js",
    "themes/default/search/page.js",
    "themes/default/search/phrases.js",
    "themes/default/search/query.js",
    "themes/default/search/questions.js",
    "themes/default/search/rank.js",
    "themes/default/search/results.js",
    "themes/default/search/suggest.js",
    "themes/default/search/weights.js",
    "themes/default/search/words.js",
    "themes/default/static/reading.js",
    "themes/default/reader/address.js",
    "themes/default/reader/aloud.js",
    "themes/default/reader/changes.js",
    "themes/default/reader/clause.js",
    "themes/default/reader/gather.js",
    "themes/default/reader/list.js",
    "themes/default/reader/more.js",
    "themes/default/reader/notes.js",
    "themes/default/reader/parts.js",
    "themes/default/reader/pins.js",
    "themes/default/reader/previews.js",
    "themes/default/reader/records.js",
    "themes/default/reader/saving.js",
    "themes/default/reader/square.js",
    "themes/default/reader/store.js",
    "themes/default/reader/wall.js",
    "themes/default/static/glossary.js",
    "themes/default/single/single.js",
    "src/serve/live.js",
];

/// Ways from a text to markup or to a script.
const FORBIDDEN: [&str; 17] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "setHTML",
    "DOMParser",
    "srcdoc",
    "document.write",
    "eval(",
    "Function(",
    "javascript:",
    "import(",
    "setAttribute(\"on",
    "setAttribute('on",
    "window[",
    "globalThis[",
    "document[",
];

/// Properties of `document` that scripts may use. Any other could be an element of that name.
const ASKED: [&str; 17] = [
    "activeElement",
    "addEventListener",
    "body",
    "createElement",
    "createElementNS",
    "currentScript",
    "documentElement",
    "elementFromPoint",
    "exitFullscreen",
    "fullscreenElement",
    "getElementById",
    "head",
    "hidden",
    "querySelector",
    "querySelectorAll",
    "readyState",
    "title",
];

/// The names behind each `object.`, in code without its comments.
fn asked<'t>(code: &'t str, object: &str) -> BTreeSet<&'t str> {
    let parts = code.split(object).skip(1);
    parts.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect()
}

/// Lists ways in which a script could run text or mistake an element for its own value.
fn risks(script: &str) -> Vec<String> {
    let mut found: Vec<String> =
        FORBIDDEN.iter().filter(|words| script.contains(**words)).map(|words| (*words).to_owned()).collect();
    let asked_of = |object: &str, known: &[&str]| -> Vec<String> {
        asked(script, object)
            .into_iter()
            .filter(|name| !known.contains(name))
            .map(|name| format!("{object}{name}"))
            .collect()
    };
    found.extend(asked_of("document.", &ASKED));
    // An id has no capital letter within a word, so that none can be this name.
    found.extend(asked_of(
        "window.",
        &["clausebookReferences", "clausebookSearch", "clausebookShard", "clausebookWords", "print"],
    ));
    for timer in ["setTimeout(", "setInterval("] {
        let texts = script.split(timer).skip(1).filter(|rest| rest.trim_start().starts_with(['"', '\'', '`']));
        found.extend(texts.map(|_| format!("{timer} of a text")));
    }
    found
}

#[test]
fn no_script_makes_markup_of_words_or_looks_things_up_by_name() {
    for path in SCRIPTS {
        let script = text(path);
        assert_eq!(risks(&script), Vec::<String>::new(), "{path}");
        let writes = script.contains("textContent") || script.contains("append(");
        // The words of the others write nothing themselves.
        let silent = [
            "address",
            "again",
            "changes",
            "forms",
            "index",
            "meanings",
            "more",
            "names",
            "numbers",
            "parts",
            "phrases",
            "pins",
            "query",
            "questions",
            "rank",
            "saving",
            "weights",
            "words",
        ];
        assert_eq!(writes, !silent.iter().any(|name| path.ends_with(&format!("{name}.js"))), "{path}");
    }
    // All scripts of the theme were looked at, and no page has another.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "js") {
                assert!(SCRIPTS.iter().any(|known| path.ends_with(known)), "{}", path.display());
            }
        }
    }
    for bad in [
        "x.innerHTML = y",
        "document.write(x)",
        "eval(x)",
        "new Function(x)",
        "setTimeout('x', 1)",
        "window[name]",
        "document.forms",
        "document.results",
        "window.results",
    ] {
        assert_ne!(risks(bad), Vec::<String>::new(), "{bad}");
    }
}

/// The data scripts of a page and of search hold one assignment or call each, of nothing but data.
#[test]
fn a_script_made_from_words_holds_data_alone() {
    let hostile = hostile_site("</script><script>alert(1)</script>'${1}-->").build();
    let both: [&Built; 2] = [&CONTENT, &hostile];
    for built in both {
        let output = built.output.as_ref().unwrap_or_else(|| panic!("{}", built.short()));
        let mut seen = 0;
        for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".js")) {
            let script = std::str::from_utf8(artefact.bytes().unwrap()).unwrap();
            let script = script.trim_end().strip_suffix(';').unwrap_or(script);
            let data = match script.strip_prefix("window.clausebookReferences = ") {
                Some(data) => format!("[{data}]"),
                None => match script.strip_prefix("clausebookShard(").and_then(|call| call.strip_suffix(')')) {
                    Some(arguments) => format!("[{arguments}]"),
                    None => {
                        assert!(path.as_str().starts_with("static/"), "{path}");
                        continue;
                    }
                },
            };
            seen += 1;
            assert!(serde_json::from_str::<serde_json::Value>(&data).is_ok(), "{path}");
        }
        assert!(seen > 1, "{seen}");
    }
}
