//! Pictures of pages. `SCREENSHOTS=overwrite cargo test --test browser screenshots` makes those of README anew;
//! `LOOK=folder PAGES="index.html" cargo test --test browser look` puts pages in every look, and on paper, into a folder; with `SITE=tests/anytown`, those of another site.

use std::io::Write;
use std::path::Path;
use std::{env, fs, thread, time};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::browser::{Look, Page, browser};
use crate::copies::{Copy, hosted, library, place};

/// The pictures of README: name, page, height.
const PICTURES: [(&str, &str, u32); 4] = [
    ("home", "index.html", 640),
    ("document", "guidance-consultation-2008.html#3.37", 640),
    ("clause", "guidance-consultation-2008/3.37.html", 640),
    ("search", "search.html?q=information+sharing", 640),
];

/// The most bytes in a picture.
const MOST: usize = 120_000;

/// The commonest colours of a picture, and of each point the nearest of them: a third of the bytes, and the same to the eye.
const FEW_COLOURS: &str = "(async () => { const picture = new Image(); picture.src = 'data:image/png;base64,PICTURE'; \
    await picture.decode(); const canvas = document.createElement('canvas'); \
    [canvas.width, canvas.height] = [picture.width, picture.height]; \
    const drawn = canvas.getContext('2d', { alpha: false }); drawn.drawImage(picture, 0, 0); \
    const words = new Uint32Array(drawn.getImageData(0, 0, canvas.width, canvas.height).data.buffer); \
    const count = new Map(); for (const word of words) count.set(word, (count.get(word) || 0) + 1); \
    const most = Array.from(count).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 48).map(([word]) => word); \
    const far = (a, b) => [0, 8, 16].reduce((sum, at) => sum + ((a >> at & 255) - (b >> at & 255)) ** 2, 0); \
    for (const word of count.keys()) \
        count.set(word, most.reduce((best, own, at) => far(word, own) < far(word, most[best]) ? at : best, 0)); \
    let points = ''; for (const word of words) points += String.fromCharCode(count.get(word)); \
    return [canvas.width, most, btoa(points)]; })()";

/// Redraws a picture in few colours, as PNG with a palette.
fn in_few_colours(tab: &Page, picture: &[u8]) -> Vec<u8> {
    tab.go("about:blank");
    let script = FEW_COLOURS.replace("PICTURE", &BASE64_STANDARD.encode(picture));
    let (width, colours, points): (usize, Vec<u32>, String) = tab.eval(&script);
    let points = BASE64_STANDARD.decode(points).unwrap();
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in points.chunks(width) {
        rows.write_all(&[0]).unwrap();
        rows.write_all(row).unwrap();
    }
    let side = |length: usize| u32::try_from(length).unwrap().to_be_bytes();
    let header = [&side(width)[..], &side(points.len() / width), &[8, 3, 0, 0, 0]].concat();
    let colours: Vec<u8> = colours.iter().flat_map(|colour| colour.to_le_bytes().into_iter().take(3)).collect();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in
        [(b"IHDR", header), (b"PLTE", colours), (b"IDAT", rows.finish().unwrap()), (b"IEND", Vec::new())]
    {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(&data);
        png.extend([&side(data.len())[..], kind, &data, &sum.sum().to_be_bytes()].concat());
    }
    png
}

/// A picture of a page that has come to rest.
fn picture(tab: &Page, url: &str) -> Vec<u8> {
    tab.go("about:blank");
    tab.go(url);
    tab.wait_for("!location.search || document.querySelector('[data-search-state=done] .result')");
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
            let full = picture(&tab, &library().file(page));
            fs::write(&file, in_few_colours(&tab, &full)).unwrap();
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
