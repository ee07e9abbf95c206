//! Every page of the library: accessible in every look (light, dark, contrast theme, narrow), quiet, and never wider than its window. Where `CI` is `true` that is
//! every one; elsewhere, of the clauses by themselves, one in ten.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, Page, browser};
use crate::copies::library;

/// The most requests for one page.
const MAX_REQUESTS: usize = 6;

/// Structure of a page: each element in its parent, with its class, once.
const STRUCTURE: &str = "Array.from(new Set(Array.from(document.querySelectorAll('body *'), e => \
    `${e.parentElement.localName} ${e.parentElement.className} ${e.localName} ${e.getAttribute('class')}`))).sort()";

/// Whether the checks of each single page are asked for: `EVERY_PAGE=1`.
fn wants_every_page() -> bool {
    std::env::var_os("EVERY_PAGE").is_some()
}

/// Every page; of the clauses by themselves, which are hundreds and built alike, one in `step`.
fn pages(step: usize) -> Vec<String> {
    let (clauses, mut pages): (Vec<String>, Vec<String>) = library().pages().into_iter().partition(|page| {
        page.rsplit_once('/').is_some_and(|(folder, _)| library().folder.join(format!("{folder}.html")).is_file())
    });
    pages.extend(clauses.into_iter().step_by(step));
    assert!(pages.len() > 70, "{} pages", pages.len());
    pages
}

/// Does something with every page in two tabs at a time; gives what it found, in order.
fn on_every_page(pages: &[String], look: Look, work: impl Fn(&Page, &str, &mut Vec<String>) + Sync) -> Vec<String> {
    let Some(browser) = browser() else { return Vec::new() };
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let tab = browser.page(look);
                while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut faults = Vec::new();
                    work(&tab, page, &mut faults);
                    found.lock().unwrap().extend(faults.into_iter().map(|fault| format!("{page}: {fault}")));
                }
            });
        }
    });
    found.into_inner().unwrap().into_iter().collect()
}

/// Reports console messages and requests that a page should not make.
fn noise(tab: &Page, root: &str, faults: &mut Vec<String>) {
    faults.extend(tab.console());
    let requests: BTreeSet<String> = tab.requests().into_iter().collect();
    faults.extend(requests.iter().filter(|request| !request.starts_with(root)).cloned());
    if requests.len() > MAX_REQUESTS {
        faults.push(format!("{} requests: {requests:?}", requests.len()));
    }
}

#[test]
fn every_page_is_accessible_in_light_and_dark_and_narrow_and_quiet_from_a_folder() {
    let (Some(_), Some(axe)) = (browser(), axe()) else { return };
    let root = library().file("");
    let built = Mutex::new(BTreeSet::new());
    let faults = on_every_page(&pages(if wants_every_page() { 1 } else { 10 }), Look::WIDE, |tab, page, faults| {
        tab.look(Look::WIDE);
        tab.go(&library().file(page));
        noise(tab, &root, faults);
        // Of pages that are built alike, as hundreds of clauses by themselves are, one is checked in every look.
        let is_new = built.lock().unwrap().insert(tab.eval::<Vec<String>>(STRUCTURE));
        let alike = !is_new && !wants_every_page();
        let looks = [
            ("light", Look::WIDE),
            ("dark", Look::WIDE.dark()),
            ("contrast", Look { contrast: true, ..Look::WIDE }),
            ("narrow", Look::NARROW),
        ];
        for (name, look) in looks.into_iter().take(if alike { 1 } else { 4 }) {
            tab.look(look);
            let ask = if alike { Ask::AllButColours } else { Ask::All };
            faults.extend(violations(tab, axe, ask).into_iter().map(|fault| format!("{name}: {fault}")));
        }
        tab.look(Look::NARROW);
        let wider: i32 = tab.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if wider > 0 {
            faults.push(format!("{wider} px wider than 320"));
        }
        tab.forget();
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_search_with_filters_and_a_clause_on_a_wall_are_accessible_in_every_look() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let looks = [Look::WIDE, Look::WIDE.dark(), Look { contrast: true, ..Look::WIDE }, Look::NARROW];
    for (path, open, is_open) in [
        ("search.html?q=seat+on+the+board", ".narrow summary", "document.querySelector('.narrow fieldset')"),
        ("guidance-consultation-2008/3.37.html", ".body .tools button", "document.querySelector('.wall-bar')"),
    ] {
        let page = browser.page(Look::WIDE);
        page.go(&library().file(path));
        page.wait_for("!location.search || document.querySelector('[data-search-state=done] .result')");
        page.click(open);
        page.wait_for(is_open);
        for look in looks {
            page.look(look);
            let found = violations(&page, axe, Ask::All);
            assert!(found.is_empty(), "{path}, {} px, {}, {}: {found:#?}", look.width, look.scheme, look.contrast);
        }
    }
}

#[test]
fn in_a_contrast_theme_the_focus_and_the_current_heading_are_seen_whole() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look { contrast: true, ..Look::WIDE });
    page.go(&library().file("guidance-consultation-2008.html#3.37"));
    page.wait_for("document.querySelector('.contents [aria-current=location]')");
    // How far an outline reaches beyond the column that scrolls, which would cut it.
    let cut = "(() => { const link = document.activeElement, style = getComputedStyle(link), \
        column = document.querySelector('.contents').getBoundingClientRect(), own = link.getBoundingClientRect(); \
        const reach = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth); \
        return [style.outlineStyle, Math.max(column.left - own.left + reach, own.right + reach - column.right)]; })()";
    page.press("Tab");
    page.eval::<()>("document.querySelector('.contents [aria-current=location]').focus(), null");
    let (style, cut): (String, f64) = page.eval(cut);
    assert!(style == "solid" && cut <= 0.5, "{style}, {cut} px are cut");
    // The heading that a search moves the focus to has an outline, where shadows are gone.
    page.go(&library().file("search.html?q=board"));
    page.wait_for("document.querySelector('[data-search-state=done]') && document.activeElement.localName === 'h1'");
    assert_eq!(page.eval::<String>("getComputedStyle(document.activeElement).outlineStyle"), "solid");
    // The button on the band of the home page has an edge, where the colour behind its words is gone.
    page.go(&library().file("index.html"));
    let edge: String = page.eval(
        "(s => s.borderTopWidth + ' ' + s.borderTopStyle)(getComputedStyle(document.querySelector('.hero button')))",
    );
    assert_eq!(edge, "1px solid");
}

#[test]
fn pages_are_quiet_over_http() {
    let Some(_) = browser() else { return };
    let root = library().http("");
    let pages = pages(10);
    let faults = on_every_page(&pages, Look::NARROW, |tab, page, faults| {
        tab.go(&library().http(page));
        noise(tab, &root, faults);
        tab.forget();
    });
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("index.html"));
    page.eval::<String>("document.documentElement.lang = ''");
    page.eval::<String>("document.querySelector('main p').style.color = '#aaa'");
    let found = violations(&page, axe, Ask::All);
    for rule in ["html-has-lang", "color-contrast"] {
        assert!(found.iter().any(|line| line.starts_with(rule)), "{found:?}");
    }
}
