//! A body's own site, which extends the library: its look and its words, always told apart from those that it is added to.

use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, browser};
use crate::copies::{Copy, copy_folder, place};
use crate::paper::pages;
use crate::search::{ask, search_page};

/// The library of an invented body, `tests/anytown`.
fn anytown() -> &'static Copy {
    static ANYTOWN: LazyLock<Copy> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let (library, site) = (folder.path().join("content"), folder.path().join("tests/anytown"));
        copy_folder(&place("content"), &library);
        copy_folder(&place("tests/anytown"), &site);
        // The library may have changed since its last edition: its words now are one, and somebody looked at the notes.
        let publish = ["publish", library.to_str().unwrap(), "--note", "As it is now.", "--date", "2026-11-25"];
        let published = Command::new(env!("CARGO_BIN_EXE_clausebook")).args(publish).output().unwrap();
        assert!(published.status.success(), "{published:?}");
        let editions = fs::read_to_string(library.join("permalinks/editions.toml")).unwrap();
        let last = editions.lines().filter(|line| line.starts_with("[[edition]]")).count();
        for note in fs::read_dir(site.join("notes")).unwrap() {
            let path = note.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let reviewed = text.lines().find(|line| line.starts_with("reviewed = ")).unwrap();
            fs::write(&path, text.replace(reviewed, &format!("reviewed = \"{last}\""))).unwrap();
        }
        Copy::of(&site, "anytown", None)
    });
    &ANYTOWN
}

#[test]
fn a_local_copy_has_its_own_name_colours_logo_and_navigation() {
    let Some(browser) = browser() else { return };
    let copy = anytown();
    let page = browser.page(Look::WIDE);
    page.go(&copy.file("index.html"));
    assert_eq!(page.eval::<String>("document.querySelector('h1').textContent.trim()"), "Anytown children’s library");
    assert!(page.eval::<bool>("document.querySelector('.logo').naturalWidth > 0"));
    assert!(copy.text("brand/logo.svg").contains("#6a1b4d"));
    let groups: Vec<String> = page.eval("Array.from(document.querySelectorAll('main h2'), h => h.textContent.trim())");
    let at = |wanted: &str| groups.iter().position(|group| group == wanted).unwrap_or_else(|| panic!("{groups:?}"));
    assert!(at("In Anytown") < at("Documents"), "{groups:?}");
    page.go(&copy.file("guidance-consultation-2008.html"));
    let colour: String = page.eval("getComputedStyle(document.querySelector('.ref')).color");
    assert_eq!(colour, "rgb(106, 27, 77)");
    let foot: String = page.eval("document.querySelector('.foot').textContent");
    assert!(foot.contains("This copy is hosted by Anytown Council for Voluntary Service."), "{foot}");
}

#[test]
fn local_words_are_marked_wherever_a_reader_meets_them() {
    let Some(browser) = browser() else { return };
    let copy = anytown();
    let page = browser.page(Look::WIDE);
    let text = |selector: &str| -> String {
        page.eval(&format!("document.querySelector({selector:?})?.textContent.replace(/\\s+/g, ' ').trim() ?? ''"))
    };
    // On the clause that they are on, whether it stands among the others or by itself.
    for at in ["guidance-consultation-2008.html", "guidance-consultation-2008/3.37.html"] {
        page.go(&copy.file(at));
        let note = text("[id='3.37'] > .local-note");
        assert!(note.starts_with("Local note, Anytown Council for Voluntary Service"), "{at}: {note}");
        assert!(note.contains("the AVF pays the fares of small groups"), "{at}: {note}");
        assert!(!text("[id='3.37'] > .text").contains("AVF"), "{at}: the clause itself is as it was");
        // Its own notes stand with those of the page, with numbers of their own.
        let mark: String = page.eval("document.querySelector('.local-note .mark').getAttribute('href').slice(1)");
        assert!(text(&format!("[id='{mark}']")).starts_with("Agreed with the council"), "{at}");
    }
    // On each page that is local, and on none that is not.
    for (at, local) in [
        ("anytown-forum.html", true),
        ("anytown-forum/1.1.html", true),
        ("anytown-evening.html", true),
        ("local-words.html", true),
        ("guidance-consultation-2008.html", false),
        ("guidance-consultation-2008/3.37.html", false),
        ("glossary.html", false),
    ] {
        page.go(&copy.file(at));
        let said = page.eval::<bool>("document.querySelector('main > .local') !== null");
        assert_eq!(said, local, "{at}");
    }
    // In lists: where a clause is said to be mentioned, and in a table of the law.
    page.go(&copy.file("anytown-forum/1.1.html"));
    assert!(text(".linked").contains("Local note on Draft guidance April 2008, paragraph 3.37"));
    page.go(&copy.file("authorities.html"));
    assert!(text("main").contains("Local note on Draft guidance April 2008"));
    // In what search finds, which leads to the note.
    let page = search_page(browser, &copy.file("search.html"));
    assert_eq!(ask(&page, "pays the fares")[0], "guidance-consultation-2008.html#local-3.37");
    let found: String = page.eval("document.querySelector('ol[data-search-results]').textContent");
    assert!(found.contains("Local note on Draft guidance April 2008"), "{found}");
    assert_eq!(ask(&page, "reports back within a fortnight")[0], "anytown-forum.html#1.2");
    let found: String = page.eval("document.querySelector('ol[data-search-results]').textContent");
    assert!(found.contains("Anytown forum (local)"), "{found}");
}

#[test]
fn axe_has_nothing_to_say_of_a_local_copy() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = browser.page(Look::WIDE);
    for at in ["index.html", "fact-sheet-9.html#local-5", "anytown-evening.html"] {
        page.go(&anytown().file(at));
        for look in [Look::WIDE, Look::WIDE.dark(), Look::NARROW] {
            page.look(look);
            assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new(), "{at}");
            let wider: i32 = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(wider, 0, "{at}");
        }
    }
}

#[test]
fn local_notes_are_printed_beside_their_clause() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&anytown().file("guidance-consultation-2008.html"));
    let Some(paper) = pages(&page.pdf()) else { return };
    let text = paper.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Local note, Anytown Council for Voluntary Service In Anytown the AVF pays"), "{text}");
}
