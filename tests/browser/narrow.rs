//! A telephone, or a desk at 400%: the longest words make no page wider than its window, in a wide typeface as in a narrow one.

use std::fs;
use std::process::Command;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, Page, browser};
use crate::copies::Copy;
use crate::fonts;

/// A word that no window of 320 px holds on a line.
const WORD: &str = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";

/// Lists elements that extend past the window.
const WIDER: &str = "(() => { const width = document.documentElement.clientWidth; \
    if (document.documentElement.scrollWidth <= width) return []; \
    return Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > width + 0.5) \
        .slice(0, 6).map(e => `${e.parentElement.className} > ${e.outerHTML.slice(0, 90)}`); })()";

/// A site in which that word is everywhere that an author may put one.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let paper = |front: &str, body: &str| format!("+++\ntitle = \"WORD paper\"\n{front}\n+++\n\n{body}\n");
    let body = "Opening WORD.\n\n## WORD {#h}\n\n1.1 Words of WORD.[^1] See [[k]], [[new#1.2|WORD]], [[new#1.1]] and `WORD`. {.a .b}\n\n\
        - (a) WORD\n- WORD\n\n> WORD\n\n> [!NOTE]\n> WORD\n\n1.2 A table:\n\n| | WORD |\n|---|---|\n| WORD | 1 |\n\n\
        1.3 Another:\n\n| | |\n|---|---|\n| Hall | WORD |\n\n```text\nWORD WORD WORD\n```\n\nWORD\n: WORD\n\n### WORD WORD\n\n1.4 Words.\n\n[^1]: WORD.";
    for (path, text) in [
        (
            "site.toml",
            "title = \"WORD hall\"\nhost = \"WORD\"\nlicence = \"WORD\"\ncontact = \"https://example.org/WORD\"\n\
             [kinds]\nguidance = \"WORD\"\npack = \"WORD pack\"\nmap = \"WORD map\"\ntimeline = \"WORD dates\"\n\
             [taxonomies.t]\ntitle = \"WORD\"\n[taxonomies.t.terms.a]\ntitle = \"WORD\"\ndescription = \"WORD\"\n\
             [taxonomies.u]\ntitle = \"Ages WORD\"\n[taxonomies.u.terms.b]\ntitle = \"WORD\"\n\
             [[navigation]]\ntitle = \"WORD\"\nitems = [\"old\", \"new\"]\n"
                .to_owned(),
        ),
        (
            "authorities.toml",
            "[k]\ntitle = \"WORD report\"\nkind = \"report\"\nurl = \"https://example.org/\"\n".to_owned(),
        ),
        ("index.md", paper("", "WORD.")),
        ("glossary.md", paper("", "WORD hall (LLAN)\n: A WORD.")),
        (
            "old.md",
            paper(
                "short = \"WORD old\"\nissuer = \"WORD\"\nstatus = \"superseded\"\nkind = \"guidance\"\nt = [\"a\"]",
                body,
            ),
        ),
        (
            "new.md",
            paper(
                "short = \"WORD new\"\nreplaces = \"old\"\nsupplements = [\"WORD circular\"]\nkind = \"guidance\"",
                &body.replace("Words of", "The words of").replace("new#1", "old#1"),
            ),
        ),
        ("pack.md", paper("kind = \"pack\"", "## WORD\n\nWORD.\n\n![[old#1.1]]")),
        ("all.md", paper("kind = \"map\"", "WORD.")),
        ("dates.md", paper("kind = \"timeline\"", "## 2008 {#y2008}\n\n- **WORD** [[old]]\n- April: WORD")),
    ] {
        fs::write(folder.path().join(path), text.replace("WORD", WORD)).unwrap();
    }
    folder
}

fn check(tab: &Page, what: &str, wider: &mut Vec<String>) {
    let found: Vec<String> = tab.eval(WIDER);
    wider.extend(found.into_iter().map(|element| format!("{what}: {element}")));
}

#[test]
fn the_longest_word_makes_no_page_wider_than_a_window_of_320_px() {
    let Some(browser) = browser() else { return };
    let folder = site();
    let copy = Copy::of(folder.path(), "narrow", None);
    let one = copy.folder.with_extension("one.html");
    let mut bundle = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    bundle.args(["bundle", "--single"]).arg(folder.path()).arg("--output").arg(&one);
    let made = bundle.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let pages = copy.pages();
    for kind in [
        "404.html",
        "index.html",
        "about.html",
        "browse.html",
        "old/1.1.html",
        "t/a.html",
        "compare/old--new.html",
        "all.html",
    ] {
        assert!(pages.iter().any(|page| page == kind), "{kind} is not among {pages:?}");
    }
    let mut wider = Vec::new();
    for (family, tab) in fonts::tabs(browser, Look::NARROW) {
        for page in &pages {
            tab.go(&copy.file(page));
            check(&tab, &format!("{family}: {page}"), &mut wider);
        }
        tab.go(&format!("file://{}", one.display()));
        check(&tab, &format!("{family}: one page"), &mut wider);
        tab.go(&copy.file(&format!("search.html?q={WORD}")));
        tab.wait_for("document.querySelector('[data-search-state=done] .result')");
        tab.eval::<()>("document.querySelector('.narrow').open = true, null");
        tab.wait_for("document.querySelector('.narrow fieldset')");
        check(&tab, &format!("{family}: search"), &mut wider);
        assert_eq!(tab.eval::<u32>("innerWidth"), 320);
    }
    assert!(wider.is_empty(), "{}", wider.join("\n"));
    // Tables whose heads lack words are read out too.
    if let Some(axe) = axe() {
        let tab = browser.page(Look::NARROW);
        tab.go(&copy.file("old.html"));
        assert!(tab.eval::<bool>(
            "document.querySelector('thead td') && document.querySelectorAll('table:not(:has(thead))').length === 1"
        ));
        assert_eq!(violations(&tab, axe, Ask::All), Vec::<String>::new());
    }
}
