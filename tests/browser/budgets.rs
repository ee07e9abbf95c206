//! Size limits of pages; the test prints the actual sizes.

use std::fs;
use std::path::PathBuf;

use scraper::Html;

use crate::browser::{Look, browser};
use crate::copies::{Copy, hosted, library};

const KIB: usize = 1024;

/// The most that the QR code of an address adds to a page, which only a hosted copy has.
const SQUARE: usize = 2 * KIB + 512;

/// The heaviest pages by how much of what they may weigh they do.
fn heaviest(copy: &Copy) -> Vec<(usize, String, usize, usize)> {
    let pages = copy.pages().into_iter().map(|page| {
        let html = copy.text(&page);
        let text: String = Html::parse_document(&html).root_element().text().collect();
        // Only the page of a clause has a square.
        let may = 3 * text.len() + 8 * KIB + if html.contains("class=\"square\"") { SQUARE } else { 0 };
        (100 * html.len() / may, page, html.len(), may)
    });
    let mut pages: Vec<_> = pages.collect();
    pages.sort_by(|a, b| b.cmp(a));
    pages
}

#[test]
fn pages_style_and_script_keep_their_budgets() {
    let size = |names: &[&str]| -> usize { names.iter().map(|name| library().text(name).len()).sum() };
    for (names, most) in [
        (&["static/style.css"][..], 24 * KIB),
        (&["static/site.js", "static/reading.js"], 16 * KIB),
        (&["static/site.js", "static/clause.js"], 16 * KIB),
        (&["static/search.js"], 40 * KIB),
        (&["static/gather.js"], 13 * KIB),
        (&["static/list.js"], 19 * KIB),
        (&["static/more.js"], 9 * KIB),
        (&["static/aloud.js"], 3 * KIB),
        (&["guidance-consultation-2008.html"], 120 * KIB),
    ] {
        let size = size(names);
        println!("{names:?}: {size} of {most} bytes");
        assert!(size <= most, "{names:?} have {size} bytes");
    }
    for copy in [library(), hosted()] {
        let pages = heaviest(copy);
        for (part, page, size, may) in pages.iter().take(5) {
            println!("{page}: {size} of {may} bytes, {part}%");
        }
        let over: Vec<_> = pages.iter().filter(|(part, ..)| *part >= 100).collect();
        assert!(over.is_empty(), "{over:?}");
    }
    // The budget is that of the papers: the manual comes with the program.
    let mut files = library().files();
    let manual = library().folder.join("manual");
    let of_manual = |path: &PathBuf| {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let is_pins = path.parent().is_some_and(|folder| folder.ends_with("data/pins"));
        path.starts_with(&manual) || is_pins && manual.join(format!("{name}.html")).is_file()
    };
    files.retain(|path| !of_manual(path));
    let size: u64 = files.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    println!("the library: {} files, {} KiB", files.len(), size / 1024);
    assert!(size < 5 << 20 && files.len() < 600, "{} files, {size} bytes", files.len());
}

#[test]
fn the_longest_document_is_painted_on_a_slow_processor() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look { slow: 6, ..Look::WIDE });
    page.go(&library().file("guidance-consultation-2008.html"));
    page.wait_for("performance.getEntriesByName('first-contentful-paint').length");
    let paint: f64 = page.eval("performance.getEntriesByName('first-contentful-paint')[0].startTime");
    // Said and not held: how long it takes depends on what else this computer does.
    println!("first paint of the longest document, six times slower: {paint:.0} ms");
}
