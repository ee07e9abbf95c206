//! Checks that a bundle opens by a double-click in any folder: unpacked, and as a single page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use zip::ZipArchive;

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, Page, browser};
use crate::copies::place;

/// A folder of the kind that people have.
const FOLDER: &str = "Ma copie – été 2009 (ärger)";

fn bundle(arguments: &[&str], out: &Path) {
    let made = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .arg("bundle")
        .arg(place("content"))
        .args(arguments)
        .arg("--output")
        .arg(out)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// The library's bundle, unpacked in that folder.
fn unpacked() -> &'static Path {
    static COPY: LazyLock<PathBuf> = LazyLock::new(|| {
        let top = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let zip = top.join("handed-on.zip");
        bundle(&[], &zip);
        let folder = top.join(FOLDER);
        let _there_may_be_none = fs::remove_dir_all(&folder);
        ZipArchive::new(fs::File::open(zip).unwrap()).unwrap().extract(&folder).unwrap();
        folder.join("childrens-trusts-a-guidance-library")
    });
    &COPY
}

/// The whole library in one page, alone in a folder.
fn single() -> &'static str {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one page");
        fs::create_dir_all(&folder).unwrap();
        bundle(&["--single"], &folder.join("the library.html"));
        address(&folder.join("the library.html"))
    });
    &PAGE
}

fn address(path: &Path) -> String {
    format!("file://{}", path.display()).replace(' ', "%20")
}

/// Fails if the page says anything, or asks for anything but files beside it.
fn quiet(tab: &Page) {
    assert_eq!(tab.console(), Vec::<String>::new());
    let requests: BTreeSet<String> = tab.requests().into_iter().collect();
    assert!(requests.iter().all(|url| url.starts_with("file://")), "{requests:?}");
}

#[test]
fn the_zip_unpacked_in_a_folder_with_spaces_and_accents_reads_links_and_searches() {
    let Some(browser) = browser() else { return };
    let tab = browser.page(Look::WIDE);
    tab.go(&address(&unpacked().join("index.html")));
    assert!(tab.eval::<bool>(
        "getComputedStyle(document.querySelector('.masthead')).display !== 'inline' && \
        document.querySelector('.logo').naturalWidth > 0"
    ));
    tab.click(".card a[href='guidance-consultation-2008.html']");
    tab.wait_for("document.readyState === 'complete' && document.querySelector('.contents')");
    tab.click("[id='1.13'] a.more");
    tab.wait_for(
        "location.pathname.endsWith('/guidance-consultation-2008/1.13.html') && document.querySelector('.clause')",
    );
    quiet(&tab);
    tab.go(&address(&unpacked().join("search.html")));
    tab.wait_for("!document.querySelector('.find').hidden");
    tab.click("#search-words");
    tab.type_words("pooled budgets");
    tab.press("Enter");
    tab.wait_for("document.querySelector('[data-search-state=done] .result a')");
    tab.click(".result a");
    tab.wait_for("document.querySelector(':target')");
    assert!(tab.eval::<String>("decodeURI(location.href)").contains(FOLDER));
    quiet(&tab);
}

#[test]
fn search_in_the_single_page_finds_a_clause_and_leads_to_it() {
    let Some(browser) = browser() else { return };
    let tab = browser.page(Look::WIDE);
    tab.go(single());
    let found = |words: &str| -> Vec<String> {
        tab.eval::<()>("(i => { i.value = ''; i.focus(); })(document.querySelector('#find-words'))");
        tab.type_words(words);
        tab.wait_for(&format!("document.querySelector('#find-words').value === {words:?}"));
        // The page searches 150 ms after the last letter: of two timers, the browser runs the one that is due first.
        tab.eval(
            "new Promise(done => setTimeout(() => done(Array.from(document.querySelectorAll('[data-results] a'), \
            a => a.getAttribute('href'))), 200))",
        )
    };
    assert_eq!(found("3.37")[0], "#guidance-consultation-2008--3.37");
    assert!(found("relevant partner").iter().any(|place| place.starts_with("#guidance-consultation-2008--")));
    assert!(found("xyzzy").is_empty());
    assert_eq!(tab.eval::<String>("document.querySelector('[data-found]').textContent"), "No places found");
    assert_eq!(found("third sector’s case")[0], "#the-third-sectors-case--title");
    found("3.37");
    tab.press("Tab");
    tab.press("Enter");
    tab.wait_for("document.querySelector('.clause:target')");
    tab.wait_for("(() => { const y = document.querySelector(':target').getBoundingClientRect().top; return y > -2 && y < innerHeight; })()");
    quiet(&tab);
    // An address as the site has it leads on if there is but one such place.
    tab.go("about:blank");
    tab.go(&format!("{}#3.37", single()));
    tab.wait_for("location.hash === '#guidance-consultation-2008--3.37'");
}

#[test]
fn the_single_page_is_accessible_and_fits_every_look_and_reads_without_scripts() {
    let Some(browser) = browser() else { return };
    let tab = browser.page(Look::WIDE);
    tab.go(single());
    // On a desk it is in the middle, and no line is as long as the window.
    assert!(tab.eval::<bool>(
        "(m => m.offsetWidth <= 800 && m.getBoundingClientRect().left > 200)(document.querySelector('main'))"
    ));
    if let Some(axe) = axe() {
        // The whole is long: all but colours of it, and these where everything is that it is built of.
        assert_eq!(violations(&tab, axe, Ask::AllButColours), Vec::<String>::new());
        tab.eval::<()>(
            "document.querySelector('#find-words').value = 'board'; \
            document.querySelector('#find-words').dispatchEvent(new Event('input')), null",
        );
        tab.wait_for("document.querySelector('[data-results] a')");
        tab.eval::<()>(
            "document.querySelectorAll('.part .items > :nth-child(n + 12), .entries > :nth-child(n + 7), \
            .authority ~ .authority ~ .authority').forEach(e => e.remove()), null",
        );
        for look in [Look::WIDE.dark(), Look::NARROW] {
            tab.look(look);
            let mut found = violations(&tab, axe, Ask::All);
            // What was taken out is what some links lead to.
            found.retain(|fault| !fault.starts_with("skip-link"));
            assert_eq!(found, Vec::<String>::new());
        }
    }
    tab.look(Look::NARROW);
    tab.go("about:blank");
    tab.go(single());
    let wider: i32 = tab.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert!(wider <= 0, "{wider} px wider than 320");
    quiet(&tab);
    let tab = browser.page(Look::NO_SCRIPT);
    tab.go(&format!("{}#guidance-consultation-2008--3.37", single()));
    assert!(tab.eval::<bool>("document.querySelector('.clause:target .text').textContent.length > 100"));
    assert!(tab.eval::<bool>("getComputedStyle(document.querySelector('[data-find]')).display === 'none'"));
    assert!(tab.eval::<bool>("getComputedStyle(document.querySelector('.part')).marginTop !== '0px'"));
}
