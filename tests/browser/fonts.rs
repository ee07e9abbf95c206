//! Two typefaces, one wide and one narrow: a computer shows pages in the fonts that it has, and lines end elsewhere in each.
//!
//! A page is opened in one of them whatever else the computer has. Where one is missing the test fails where `CI` is
//! `true`, and says elsewhere that it was not run.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::{Browser, Look, Page, must_not_be_missing};

/// The wide one and the narrow one, each with the package that Debian has it in.
const TYPEFACES: [(&str, &str); 2] =
    [("DejaVu Sans", "fonts-dejavu-core"), ("Liberation Sans Narrow", "fonts-liberation")];

/// A tab for each typeface, in which every page is shown in it; with the name of the typeface.
pub fn tabs(browser: &'static Browser, look: Look) -> Vec<(&'static str, Page)> {
    let tabs = TYPEFACES.iter().filter_map(|(family, package)| {
        let tab = browser.page(look);
        if !is_installed(&tab, family) {
            must_not_be_missing(&format!("the font {family} was not found: install the package `{package}`"));
            return None;
        }
        // The brand's typeface is one token of its style sheet.
        let source = format!(
            "(() => {{ const sheet = new CSSStyleSheet(); \
             sheet.replaceSync(':root {{ --font: \"{family}\", monospace !important }}'); \
             document.adoptedStyleSheets = [sheet]; }})()"
        );
        tab.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        Some((*family, tab))
    });
    tabs.collect()
}

/// Longest wait for a new browser to show words in a typeface.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether the browser shows words in a typeface that is asked for.
fn is_installed(tab: &Page, family: &str) -> bool {
    tab.eval::<()>(&format!(
        "document.body.style.fontFamily = '\"{family}\", monospace'; document.body.textContent = 'Words'; null"
    ));
    tab.call("CSS.enable", json!({}));
    let until = Instant::now() + PATIENCE;
    let shown = loop {
        let root = tab.call("DOM.getDocument", json!({}))["root"]["nodeId"].clone();
        let body = tab.call("DOM.querySelector", json!({ "nodeId": root, "selector": "body" }))["nodeId"].clone();
        let fonts = tab.call("CSS.getPlatformFontsForNode", json!({ "nodeId": body }));
        let fonts = fonts["fonts"].as_array().cloned().unwrap_or_default();
        // Before anything is painted there are none.
        if !fonts.is_empty() || Instant::now() > until {
            break fonts.iter().any(|font| font["familyName"] == family);
        }
        thread::sleep(Duration::from_millis(20));
    };
    tab.call("CSS.disable", json!({}));
    shown
}
