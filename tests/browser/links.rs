//! Every link lands: each address and each fragment of each page, and in the browser from a folder and over HTTP below a
//! sub-path.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

use crate::browser::{Look, browser};
use crate::copies::{Copy, library};

/// Each page's links within the site, as pages and fragments from the site's root.
fn links(copy: &Copy) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let linking = Selector::parse("a[href]").unwrap();
    let pages = copy.pages().into_iter().map(|page| {
        let html = Html::parse_document(&copy.text(&page));
        let hrefs = html.select(&linking).filter_map(|link| link.attr("href")).filter(|href| !href.contains(':'));
        let links = hrefs.map(|href| {
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            let mut parts: Vec<&str> = page.split('/').collect();
            if !path.is_empty() {
                parts.pop();
                for part in path.split('/') {
                    match part {
                        ".." => parts.truncate(parts.len() - 1),
                        part => parts.push(part),
                    }
                }
            }
            (parts.join("/"), fragment.to_owned())
        });
        let links = links.collect();
        (page, links)
    });
    pages.collect()
}

/// The links of a copy that lead nowhere in its folder.
pub fn lost(copy: &Copy) -> Vec<String> {
    let ids: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&copy.text("data/ids.json")).unwrap();
    let mut lost = Vec::new();
    let mut count = 0;
    for (page, links) in links(copy) {
        for (path, fragment) in links {
            count += 1;
            let lands = match ids.get(&path) {
                Some(ids) => fragment.is_empty() || ids.contains(&fragment),
                None => fragment.is_empty() && copy.folder.join(&path).is_file(),
            };
            if !lands {
                lost.push(format!("{page}: {path}#{fragment}"));
            }
        }
    }
    assert!(count > 4000, "{count} links");
    lost
}

#[test]
fn every_link_and_fragment_of_every_page_lands_in_the_folder() {
    assert_eq!(lost(library()), Vec::<String>::new());
}

#[test]
fn links_are_followed_in_the_browser_from_a_folder_and_over_http() {
    let Some(browser) = browser() else { return };
    let all: BTreeSet<(String, String)> = links(library()).into_values().flatten().collect();
    // One in a hundred, with and without a fragment, spread over all pages.
    let sample: Vec<_> = all.iter().step_by(all.len() / 60).collect();
    let tab = browser.page(Look::MIDDLE);
    for address in [|page: &str| library().file(page), |page: &str| library().http(page)] {
        for (page, fragment) in &sample {
            let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
            tab.go("about:blank");
            tab.go(&address(&format!("{page}{hash}")));
            assert!(tab.eval::<bool>("!!document.querySelector('h1')"), "{page} is no page");
            if !fragment.is_empty() {
                // The browser scrolls there when it has laid the page out.
                let shown = "(() => { const t = document.querySelector(':target'); if (!t) return false; \
                    const y = t.getBoundingClientRect().top; return y > -2 && y < innerHeight; })()";
                tab.wait_for(shown);
            }
        }
    }
}
