//! A preview shows what a link leads to while the mouse is on the link or in the preview, and is never in the way.

use std::fs;
use std::sync::LazyLock;

use crate::browser::{Look, Page, browser};
use crate::copies::{Copy, hosted, library};
use crate::fonts;

const GUIDANCE: &str = "guidance-consultation-2008.html";

/// A page with links beside and under one another, and with room to scroll.
fn rules() -> &'static Copy {
    static RULES: LazyLock<Copy> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let clauses: String = (2..60).map(|n| format!("1.{n} Rule {n} is about the hall and its keys.\n\n")).collect();
        let clauses = clauses.replace("Rule 9 is", &"Whoever has the keys locks every door and window. ".repeat(7));
        let rules = format!(
            "+++\ntitle = \"Rules\"\n+++\n\n## First\n\n1.1 [[1.4|First]] and [[1.5|second]], of many\\\n[[1.6|Third]]\\\n\
             [[1.7|Fourth]]\\\nlast, with [[1.8|a link that is removed]] and [[1.9|a long one]].\n\n{clauses}"
        );
        fs::write(folder.path().join("site.toml"), "title = \"Rules\"\n").unwrap();
        fs::write(folder.path().join("rules.md"), rules).unwrap();
        Copy::of(folder.path(), "previews", None)
    });
    &RULES
}

/// The links of the first clause by what they lead to.
fn link(number: &str) -> String {
    format!("[id='1.1'] .ref[href='#{number}']")
}

/// The page of rules in each typeface.
fn tabs() -> Vec<(&'static str, Page)> {
    let Some(browser) = browser() else { return Vec::new() };
    let tabs = fonts::tabs(browser, Look::WIDE);
    for (_, tab) in &tabs {
        tab.go(&rules().file("rules.html"));
    }
    tabs
}

/// Waits until the one preview is that of a clause.
fn wait_for_preview(tab: &Page, number: &str) {
    tab.wait_for(&format!(
        "document.querySelectorAll('.preview').length === 1 && \
         document.querySelector('.preview').textContent.startsWith('{number}, ')"
    ));
}

fn is_open(tab: &Page) -> bool {
    tab.eval("Boolean(document.querySelector('.preview'))")
}

/// The edges of the preview in the window: left, top, right, bottom.
fn edges(tab: &Page) -> (f64, f64, f64, f64) {
    tab.eval(
        "(() => { const r = document.querySelector('.preview').getBoundingClientRect(); \
         return [r.left, r.top, r.right, r.bottom]; })()",
    )
}

/// Waits in the page for longer than any of its own delays.
fn let_time_pass(tab: &Page) {
    tab.eval::<()>("new Promise(done => setTimeout(() => done(null), 1200))");
}

#[test]
fn a_link_shows_what_it_leads_to_from_a_folder_until_the_reader_turns_that_off() {
    let Some(browser) = browser() else { return };
    for url in [library().file(GUIDANCE), hosted().http(GUIDANCE)] {
        for (family, page) in fonts::tabs(browser, Look::WIDE) {
            page.go(&url);
            let scripts = || page.requests().into_iter().filter(|request| request.ends_with("data/places.js")).count();
            // On this page, and on another, which a script says the files of.
            page.hover("[id='2.8'] .ref[href='#2.6']");
            wait_for_preview(&page, "2.6");
            let shown: String = page.eval("document.querySelector('.preview').textContent");
            assert!(shown.starts_with("2.6, Draft guidance April 2008"), "{shown}");
            assert_eq!(scripts(), 0);
            page.hover("[id='1.13'] .ref[href='fact-sheet-9.html#para-4']");
            page.wait_for("document.querySelector('.preview')?.textContent.startsWith('¶4, Fact sheet 9')");
            assert_eq!(scripts(), 1);
            // It covers neither its own line nor anything outside the window.
            assert!(
                page.eval::<bool>(
                    "(() => { const p = document.querySelector('.preview').getBoundingClientRect(), \
                     l = document.querySelector(\"[id='1.13'] .ref[href='fact-sheet-9.html#para-4']\").getClientRects()[0]; \
                     return (p.top >= l.bottom || p.bottom <= l.top) && p.left >= 0 && p.right <= innerWidth; })()"
                ),
                "{family}"
            );
            page.press("Escape");
            assert!(!is_open(&page));
            page.hover("[id='2.8'] .ref[href='#2.6']");
            wait_for_preview(&page, "2.6");
            // The mouse goes into it without closing it.
            page.click(".preview button");
            page.wait_for("!document.querySelector('.preview')");
            assert!(!page.eval::<bool>("document.querySelector('[name=previews]').checked"));
            page.hover("[id='2.8'] .ref[href='#2.6']");
            let_time_pass(&page);
            assert!(!is_open(&page));
            assert_eq!(page.console(), Vec::<String>::new());
        }
    }
}

#[test]
fn a_preview_of_another_page_is_of_a_document_a_heading_a_clause_a_part_of_it_or_a_word() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let long = "Whoever has the keys locks every door and each of the windows too. ".repeat(60);
    for (path, text) in [
        ("site.toml", "title = \"Rules\"\nclause-pages = false\n".to_owned()),
        ("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nHall\n: The big room.\n".to_owned()),
        (
            "in/rules.md",
            "+++\ntitle = \"The rules\"\nshort = \"Rules\"\nstatus = \"draft\"\n+++\n\n1.1 [[other]], [[other#keys]], \
             [[other#1.1]], [[other#1.40]], [[other#1.1(b)]], [[other#1.1(b)(ii)]] and the hall.\n"
                .to_owned(),
        ),
        (
            "other.md",
            format!(
                "+++\ntitle = \"Other rules\"\nshort = \"Others\"\nstatus = \"draft\"\n+++\n\n## Keys {{#keys}}\n\n\
                 1.1 The keys.[^1]\n\n- (a) one\n- (b) two\n  - (i) red\n  - (ii) blue\n- (c) three\n\n{}[^1]: A note.\n",
                (2..60).map(|n| format!("1.{n} Rule {n}. {long}\n\n")).collect::<String>()
            ),
        ),
    ] {
        fs::create_dir_all(folder.path().join("in")).unwrap();
        fs::write(folder.path().join(path), text).unwrap();
    }
    let page = browser.page(Look::WIDE);
    page.go(&Copy::of(folder.path(), "other-page", None).file("in/rules.html"));
    let keys = "Draft|The keys. (a) one (b) two (i) red (ii) blue (c) three";
    for (link, wanted) in [
        ("../other.html", format!("Other rules, Others|{keys}")),
        ("../other.html#keys", format!("Keys, Others|{keys}")),
        ("../other.html#1.1", format!("1.1, Others|{keys}|1 note")),
        ("../other.html#1.40", "1.40, Others|Draft|Rule 40. Whoever has the keys locks".to_owned()),
        ("../other.html#1.1-b", "1.1(b), Others|Draft|(b) two (i) red (ii) blue".to_owned()),
        ("../other.html#1.1-b-ii", "1.1(b)(ii), Others|Draft|(ii) blue (c) three".to_owned()),
        ("../glossary.html#hall", "Hall, Words|The big room.".to_owned()),
    ] {
        page.move_mouse((1.0, 1.0));
        page.wait_for("!document.querySelector('.preview')");
        page.hover(&format!(".items a[href='{link}']"));
        page.wait_for("document.querySelector('.preview')");
        let shown: String =
            page.eval("Array.from(document.querySelectorAll('.preview p'), p => p.textContent).join('|')");
        assert!(shown == wanted || link.ends_with("1.40") && shown.starts_with(&wanted), "{link}: {shown}");
    }
    assert_eq!(page.console(), Vec::<String>::new());
}

#[test]
fn a_page_that_scrolls_under_a_still_mouse_closes_a_preview_and_opens_that_of_the_link_now_there() {
    for (family, tab) in tabs() {
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        // The fourth link comes to where the first was; it begins where that begins.
        let ((_, first), (x, fourth)) = (tab.middle(&link("1.4")), tab.middle(&link("1.7")));
        tab.move_mouse((x, first));
        wait_for_preview(&tab, "1.4");
        tab.eval::<()>(&format!("scrollBy({{ top: {}, behavior: 'instant' }}), null", fourth - first));
        wait_for_preview(&tab, "1.7");
        // Nothing is there.
        tab.eval::<()>("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }), null");
        tab.wait_for("!document.querySelector('.preview')");
        let_time_pass(&tab);
        assert!(!is_open(&tab), "{family}");
    }
}

#[test]
fn a_preview_covers_a_neighbour_only_while_the_mouse_is_in_it() {
    for (family, tab) in tabs() {
        let (x, y) = tab.middle(&link("1.4"));
        let (_, below) = tab.middle(&link("1.6"));
        let covered = format!("Boolean(document.elementFromPoint({x}, {below}).closest('.preview'))");
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        assert!(tab.eval::<bool>(&covered), "{family}: there is nothing to cover");
        // Away from it: it is gone with the mouse, whatever else takes its time.
        tab.move_mouse((x, y - 40.0));
        assert!(!is_open(&tab), "{family}");
        tab.hover(&link("1.6"));
        wait_for_preview(&tab, "1.6");
        // To a neighbour on the same line.
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        tab.move_mouse(tab.middle(&link("1.5")));
        wait_for_preview(&tab, "1.5");
        // Into it, along a way that leaves the link; and to stay there.
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        let (_, top, right, bottom) = edges(&tab);
        let outside = (right - 100.0, top - 12.0);
        tab.move_mouse(outside);
        assert!(is_open(&tab), "{family}");
        tab.move_mouse((right - 60.0, top + 20.0));
        let_time_pass(&tab);
        assert!(is_open(&tab) && tab.eval::<bool>(&covered), "{family}");
        tab.move_mouse((right - 60.0, bottom + 40.0));
        tab.wait_for("!document.querySelector('.preview')");
        // One who stops on the way goes nowhere.
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        tab.move_mouse(outside);
        tab.wait_for("!document.querySelector('.preview')");
    }
}

#[test]
fn a_preview_closes_when_the_window_changes_or_its_link_goes_and_escape_holds() {
    for (family, tab) in tabs() {
        let remembered = "window.shown = document.querySelector('.preview'); null";
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        tab.eval::<()>(remembered);
        tab.look(Look { width: 1000, ..Look::WIDE });
        tab.wait_for("!window.shown.isConnected");
        tab.look(Look::WIDE);
        // What is above it grows, and it goes down with its link.
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        tab.eval::<()>(remembered);
        tab.eval::<()>("document.querySelector('h1').style.paddingTop = '300px', null");
        tab.wait_for("!window.shown.isConnected");
        tab.hover(&link("1.8"));
        wait_for_preview(&tab, "1.8");
        tab.eval::<()>(&format!("document.querySelector({:?}).remove(), null", link("1.8")));
        tab.wait_for("!document.querySelector('.preview')");
        tab.hover(&link("1.4"));
        wait_for_preview(&tab, "1.4");
        tab.press("Escape");
        let_time_pass(&tab);
        assert!(!is_open(&tab), "{family}");
        assert_eq!(tab.console(), Vec::<String>::new());
    }
}

#[test]
fn a_preview_fits_in_a_small_window_and_goes_when_it_is_parted_from_its_link() {
    for (family, tab) in tabs() {
        tab.look(Look { width: 683, height: 384, ..Look::WIDE });
        for middle in [60, 190, 330] {
            let place = format!("document.querySelector({:?}).getBoundingClientRect().top", link("1.9"));
            tab.eval::<()>(&format!(
                "document.body.style.paddingTop = '400px', \
                 scrollBy({{ top: {place} - {middle}, behavior: 'instant' }}), null"
            ));
            tab.move_mouse((0.0, 0.0));
            tab.wait_for("!document.querySelector('.preview')");
            tab.move_mouse(tab.middle(&link("1.9")));
            wait_for_preview(&tab, "1.9");
            let (_, top, _, bottom) = edges(&tab);
            assert!(top >= 0.0 && bottom <= 384.0, "{family}, {middle}: {top} to {bottom}");
            // All its words can be reached.
            let hides: bool = tab.eval(
                "(() => { const d = document.querySelector('.preview div'); \
                 return d.scrollHeight > d.clientHeight && getComputedStyle(d).overflowY !== 'auto'; })()",
            );
            assert!(!hides, "{family}, {middle}");
        }
        tab.look(Look::WIDE);
        tab.hover(&link("1.6"));
        wait_for_preview(&tab, "1.6");
        // What is above the link grows by so little that the mouse is still on it.
        tab.eval::<()>(
            "window.shown = document.querySelector('.preview'), \
             document.querySelector('h1').style.paddingTop = '5px', null",
        );
        tab.wait_for("!window.shown.isConnected");
        wait_for_preview(&tab, "1.6");
        assert_eq!(tab.console(), Vec::<String>::new(), "{family}");
    }
}
