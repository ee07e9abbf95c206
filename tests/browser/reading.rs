//! Reading features: position, notes, previews, copying, choices, and use without scripts.

use crate::browser::{Look, Page, browser};
use crate::copies::{BASE_URL, hosted, library};
use crate::fonts;

/// A number is never parted from its unit.
const CITATION: &str = "Draft guidance April 2008, paragraph\u{a0}3.37";

const GUIDANCE: &str = "guidance-consultation-2008.html";

/// Catches what is copied.
const CATCH: &str =
    "navigator.clipboard.writeText = words => { window.copied = words; return Promise.resolve(); }; null";

/// A paragraph with a note.
const MARK: &str = "[id='1.13'] .mark";

fn focused(page: &Page) -> String {
    page.eval("document.activeElement.className || document.activeElement.localName")
}

#[test]
fn contents_are_open_where_there_is_room_and_say_where_the_reader_is() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file(&format!("{GUIDANCE}#3.37")));
    page.wait_for(
        "document.querySelector('.contents [aria-current=location]')?.textContent === \
         '3.37–3.38 The third and private sectors'",
    );
    assert!(page.eval::<bool>("document.querySelector('.contents details').open"));
    page.eval::<()>("document.getElementById('1.1').scrollIntoView(), null");
    page.wait_for("document.querySelector('.contents [aria-current]').textContent.endsWith('Introduction')");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.contents [aria-current]').length"), 1);
    let page = browser.page(Look::NARROW);
    page.go(&library().file(GUIDANCE));
    assert!(!page.eval::<bool>("document.querySelector('.contents details').open"));
}

#[test]
fn notes_stand_beside_their_clause_on_wide_screens_out_of_the_way_of_keys_and_screen_readers() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file(GUIDANCE));
    page.wait_for("document.querySelector('[id=\"1.13\"] > .side')");
    let beside = "(() => { const c = document.getElementById('1.13'), s = c.querySelector('.side').getBoundingClientRect(), \
        t = c.querySelector('.text').getBoundingClientRect(), r = c.getBoundingClientRect(); \
        return s.left >= t.right && s.right <= document.documentElement.clientWidth && s.top >= r.top - 1 && s.bottom <= r.bottom + 1; })()";
    assert!(page.eval::<bool>(beside));
    assert!(page.eval::<bool>(
        "Array.from(document.querySelectorAll('.side')).every(s => s.getAttribute('aria-hidden') === 'true' && \
         !s.querySelector('[id]') && Array.from(s.querySelectorAll('a')).every(a => a.tabIndex === -1))"
    ));
    // As many as there are clauses with notes, and the notes themselves are all still at the end.
    assert!(page.eval::<bool>(
        "document.querySelectorAll('.side').length === new Set(Array.from(document.querySelectorAll('.items > .clause .text .mark'), m => m.closest('.clause').id)).size"
    ));
    page.look(Look::NARROW);
    assert!(page.eval::<bool>("getComputedStyle(document.querySelector('.side')).display === 'none'"));
}

#[test]
fn a_note_opens_under_its_paragraph_on_narrow_screens_and_gives_the_focus_back() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::NARROW);
    page.go(&library().file(GUIDANCE));
    page.click(MARK);
    page.wait_for("document.activeElement.className === 'opened'");
    assert_eq!(page.eval::<String>("document.activeElement.getAttribute('aria-label')"), "Note 2");
    assert!(page.eval::<bool>("document.activeElement.closest('.clause').id === '1.13'"));
    assert!(page.eval::<String>("document.activeElement.textContent").contains("‘relevant partners’"));
    page.press("Escape");
    assert_eq!(focused(&page), "mark");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.opened').length"), 0);
    page.press("Enter");
    page.wait_for("document.querySelector('.opened')");
    page.click(".opened > button");
    assert_eq!(focused(&page), "mark");
    // With a key held, the link is followed as any other.
    let held = format!(
        "document.querySelector(\"{MARK}\").dispatchEvent(new MouseEvent('click', {{ bubbles: true, cancelable: true, ctrlKey: true }}))"
    );
    assert!(page.eval::<bool>(&held), "the click was taken");
}

#[test]
fn a_clause_is_copied_as_an_address_a_citation_or_a_quotation() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let copied = |selector: &str| {
        page.eval::<()>(CATCH);
        page.click(selector);
        page.wait_for("document.querySelector('.said').textContent === 'Copied'");
        page.eval::<String>("window.copied")
    };
    page.go(&library().file(GUIDANCE));
    assert_eq!(copied("[id='3.37'] .copy-link"), CITATION);
    page.go(&hosted().http(GUIDANCE));
    assert_eq!(copied("[id='3.37'] .copy-link"), format!("{BASE_URL}{GUIDANCE}#3.37"));
    page.go(&hosted().http("guidance-consultation-2008/3.37.html"));
    let address = format!("{BASE_URL}guidance-consultation-2008/3.37.html");
    assert_eq!(copied(".body .tools button:nth-child(2)"), address);
    assert_eq!(copied(".body .tools button:nth-child(3)"), CITATION);
    let quotation = copied(".body .tools button:nth-child(4)");
    assert!(quotation.starts_with("“Governance arrangements and budget pooling"), "{quotation}");
    assert!(quotation.contains(&format!("closely engaged.”\n{CITATION}\n")), "{quotation}");
    for said in [
        "(consultation draft)",
        "\nA draft, never in force. ",
        "\nRestated by Children’s Trusts: a guidance library ",
        "\nEdition: 2, ",
    ] {
        assert!(quotation.contains(said), "{said}: {quotation}");
    }
    assert!(quotation.ends_with(&format!("\n{address}")), "{quotation}");
    // What is copied is what programs are given: items on lines, no note of an editor, and no address where none is known.
    page.go(&library().file("guidance-consultation-2008/1.7.html"));
    let quotation = copied(".body .tools button:nth-child(3)");
    assert!(quotation.starts_with("“This guidance is issued under") && !quotation.contains("Editor"), "{quotation}");
    assert!(quotation.contains("Building Bright Futures.”\n") && !quotation.contains("http"), "{quotation}");
    page.go(&library().file("guidance-consultation-2008/1.2.html"));
    let quotation = copied(".body .tools button:nth-child(3)");
    assert!(quotation.contains(" about:\n• whether life") && quotation.contains("; and\n• how local"), "{quotation}");
    page.go(&hosted().http("guidance-consultation-2008/3.37.html"));
    // Where the browser refuses, a field holds the words, selected.
    page.eval::<()>("navigator.clipboard.writeText = () => Promise.reject(new Error('no')); null");
    page.click(".body .tools button:nth-child(3)");
    page.wait_for("document.activeElement.className === 'refused'");
    assert_eq!(page.eval::<String>("getSelection().toString() || document.activeElement.value"), CITATION);
}

#[test]
fn the_scheme_is_the_readers_own_and_is_kept() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::NARROW);
    let choose = |scheme: &str| {
        page.eval::<()>(&format!(
            "(s => {{ s.value = '{scheme}'; s.dispatchEvent(new Event('change')); }})(document.querySelector('[name=scheme]'))"
        ));
    };
    let paper = |page: &Page| page.eval::<String>("getComputedStyle(document.body).backgroundColor");
    page.go(&library().file("index.html"));
    assert_eq!(paper(&page), "rgb(255, 255, 255)");
    choose("dark");
    page.go(&library().file(GUIDANCE));
    assert_eq!(paper(&page), "rgb(21, 24, 28)");
    assert!(page.eval::<bool>("document.querySelector('[name=scheme]').value === 'dark'"));
    assert!(page.eval::<Vec<String>>("Object.keys(localStorage)").iter().all(|key| key.contains("guidance library")));
    choose("system");
    assert_eq!(paper(&page), "rgb(255, 255, 255)");
    page.look(Look::NARROW.dark());
    assert_eq!(paper(&page), "rgb(21, 24, 28)");
}

#[test]
fn the_first_key_leads_to_the_text_and_focus_shows_on_everything() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file(GUIDANCE));
    page.press("Tab");
    assert_eq!(focused(&page), "skip");
    assert!(page.eval::<bool>("document.activeElement.getBoundingClientRect().height > 24"));
    for _ in 0..25 {
        page.press("Tab");
        let shown: (bool, bool) = page.eval(
            "(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect(); \
             return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, r.top >= 0 && r.bottom <= innerHeight]; })()",
        );
        assert_eq!(shown, (true, true), "{}", page.eval::<String>("document.activeElement.outerHTML"));
    }
}

#[test]
fn a_contrast_theme_shows_the_clause_that_an_address_names() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look { contrast: true, ..Look::WIDE });
    page.go(&library().file(&format!("{GUIDANCE}#3.37")));
    let outline: String =
        page.eval("getComputedStyle(document.querySelector('.clause:target > .number')).outlineStyle");
    assert_eq!(outline, "solid");
    assert!(page.eval::<bool>("matchMedia('(forced-colors: active)').matches"));
}

#[test]
fn without_a_script_everything_is_there_but_what_needs_one() {
    let Some(browser) = browser() else { return };
    let words = "Array.from(document.querySelectorAll('.front > :not(.tools), .clause > .text, .items .words, .items h2, .note-list'), \
        e => { const c = e.cloneNode(true); c.querySelectorAll('.copy-link, .opened').forEach(x => x.remove()); return c.textContent.replace(/\\s+/g, ' ').trim(); })";
    let (with, without) = (browser.page(Look::WIDE), browser.page(Look::NO_SCRIPT));
    for path in [GUIDANCE, "guidance-consultation-2008/1.13.html", "packs/first-day.html", "timeline.html"] {
        with.go(&library().file(path));
        without.go(&library().file(path));
        let read: Vec<String> = without.eval(words);
        assert_eq!(read, with.eval::<Vec<String>>(words), "{path}");
        assert!(!read.is_empty());
        // Nothing that would do nothing.
        let dead = "Array.from(document.querySelectorAll('button, input, select, [hidden]:not(form), .side, .preview'), \
            element => element.closest('form[hidden]') ? 0 : 1).reduce((a, b) => a + b, 0)";
        assert_eq!(without.eval::<u32>(dead), 0, "{path}");
        assert_eq!(without.eval::<u32>("document.querySelectorAll('nav[aria-label=Site] a').length"), 6, "{path}");
    }
    // Contents fold and unfold, a mark leads to its note and the note back.
    without.go(&library().file(GUIDANCE));
    without.click(".contents summary");
    assert!(without.eval::<bool>("document.querySelector('.contents details').open"));
    without.click(MARK);
    without.wait_for("location.hash === '#note-2'");
    without.click(".note-list > :target .back a");
    without.wait_for("location.hash.startsWith('#noteref-2')");
    assert_eq!(without.console(), Vec::<String>::new());
}

#[test]
fn a_home_page_that_lost_its_style_sheet_says_what_to_do() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("index.html"));
    let hint = "getComputedStyle(document.querySelector('.hint')).display";
    assert_eq!(page.eval::<String>(hint), "none");
    page.eval::<()>("document.querySelectorAll('link[rel=stylesheet]').forEach(link => link.remove())");
    assert_eq!(page.eval::<String>(hint), "block");
}

#[test]
fn wider_spacing_of_the_reader_s_own_makes_nothing_wider_than_the_window() {
    let Some(browser) = browser() else { return };
    // WCAG 2.2, 1.4.12.
    let space = "(() => { const s = new CSSStyleSheet(); s.replaceSync('* { line-height: 1.5 !important; \
        letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'); \
        document.adoptedStyleSheets.push(s); return document.documentElement.scrollWidth - document.documentElement.clientWidth; })()";
    for (family, page) in fonts::tabs(browser, Look::NARROW) {
        for path in
            ["index.html", GUIDANCE, "guidance-consultation-2008/3.37.html", "packs/first-day.html", "browse.html"]
        {
            page.go(&library().file(path));
            assert_eq!(page.eval::<i32>(space), 0, "{family}: {path}");
            assert!(page.eval::<bool>("getComputedStyle(document.querySelector('p')).letterSpacing !== 'normal'"));
        }
    }
}
