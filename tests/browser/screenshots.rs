//! Pictures of pages. `SCREENSHOTS=overwrite cargo test --test browser screenshots` makes those of README anew;
//! `LOOK=folder PAGES="index.html" cargo test --test browser look` puts pages in every look, and on paper, into a folder; with `SITE=tests/anytown`, those of another site.

use std::path::Path;
use std::{env, fs, thread, time};

use crate::browser::{Look, Page, browser};
use crate::copies::{Copy, hosted, library, place};

/// The pictures of README: name, page, height.
const PICTURES: [(&str, &str, u32); 2] = [
    ("guidance", "guidance-consultation-2008.html#1.13", 640),
    ("clause", "guidance-consultation-2008/3.37.html", 720),
];

/// The most bytes in a picture.
const MOST: usize = 250 * 1024;

/// A picture of a page that has come to rest.
fn picture(tab: &Page, url: &str) -> Vec<u8> {
    tab.go("about:blank");
    tab.go(url);
    thread::sleep(time::Duration::from_millis(300));
    tab.screenshot()
}

#[test]
fn screenshots() {
    let Some(browser) = browser() else { return };
    let overwrite = env::var_os("SCREENSHOTS").is_some_and(|mode| mode == "overwrite");
    for (name, page, height) in PICTURES {
        let file = place(&format!("tests/screenshots/{name}.png"));
        if overwrite {
            let tab = browser.page(Look { height, ..Look::WIDE });
            fs::write(&file, picture(&tab, &library().file(page))).unwrap();
        }
        let size = fs::metadata(&file).unwrap().len();
        assert!(size <= MOST as u64, "{name} has {size} bytes");
        assert!(fs::read_to_string(place("README.md")).unwrap().contains(&format!("tests/screenshots/{name}.png")));
    }
}

#[test]
fn look() {
    let (Some(folder), Some(browser)) = (env::var_os("LOOK"), browser()) else { return };
    let other = env::var("SITE").ok().map(|site| Copy::of(&place(&site), "looked-at", None));
    for page in env::var("PAGES").unwrap_or_default().split_whitespace() {
        let name = page.replace(['/', '#'], "_");
        let put = |ending: &str, bytes: Vec<u8>| {
            fs::write(Path::new(&folder).join(format!("{name}-{ending}")), bytes).unwrap()
        };
        for look in [Look::WIDE, Look::MIDDLE, Look::NARROW] {
            for look in [look, look.dark()] {
                let tab = browser.page(look);
                put(
                    &format!("{}-{}.png", look.width, look.scheme),
                    picture(&tab, &other.as_ref().unwrap_or(library()).file(page)),
                );
            }
        }
        let tab = browser.page(Look::WIDE);
        tab.go(&other.as_ref().unwrap_or(hosted()).http(page));
        put("paper.pdf", tab.pdf());
    }
}
