//! Pictures to look at: `LOOK=folder cargo test --test browser look` makes them, of the pages in PAGES, each in every look.

use std::{env, fs};

use crate::browser::{Look, browser};
use crate::copies::{hosted, library};

#[test]
fn look() {
    let Some(folder) = env::var_os("LOOK") else { return };
    let Some(browser) = browser() else { return };
    let pages = env::var("PAGES").unwrap_or_default();
    for page in pages.split_whitespace() {
        for (name, look) in [("1280", Look::WIDE), ("768", Look::MIDDLE), ("320", Look::NARROW)] {
            for look in [look, look.dark()] {
                let tab = browser.page(look);
                tab.go(&library().file(page));
                let file = format!("{}-{name}-{}", page.replace(['/', '#'], "_"), look.scheme);
                std::thread::sleep(std::time::Duration::from_millis(200));
                fs::write(std::path::Path::new(&folder).join(format!("{file}.png")), tab.screenshot()).unwrap();
            }
        }
        let tab = browser.page(Look::WIDE);
        tab.go(&hosted().http(page));
        fs::write(std::path::Path::new(&folder).join(format!("{}.pdf", page.replace(['/', '#'], "_"))), tab.pdf())
            .unwrap();
    }
}
