//! No violation of WCAG 2.2 AA or of best practice.

use crate::axe::{axe, violations};
use crate::browser::{Look, browser};
use crate::copies::library;

#[test]
fn the_home_page_is_accessible() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("index.html"));
    assert_eq!(violations(&page, axe), Vec::<String>::new());
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("index.html"));
    page.eval::<String>("document.documentElement.lang = ''");
    let found = violations(&page, axe);
    assert!(found.iter().any(|line| line.starts_with("html-has-lang")), "{found:?}");
}
