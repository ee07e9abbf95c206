//! Figures that the default theme reaches: the text first, what a reader must pass before it, and how much of the window
//! is used. Each is measured in a wide typeface and in a narrow one.

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, Page, browser};
use crate::copies::library;
use crate::fonts;

const GUIDANCE: &str = "guidance-consultation-2008.html";

/// Papers with numbered clauses.
const PAPERS: [&str; 5] = [
    GUIDANCE,
    "fact-sheet-9.html",
    "ncvys-briefing-2008.html",
    "nottinghamshire-report-2009.html",
    "salford-report-2009.html",
];

/// A window in which a clause is shown on a wall.
const WALL: Look = Look { height: 720, ..Look::WIDE };

#[test]
fn the_first_clause_begins_high_on_a_desk_and_on_a_telephone() {
    let Some(browser) = browser() else { return };
    for (look, most) in [(Look::WIDE, 520.0), (Look::NARROW, 700.0)] {
        for (family, page) in fonts::tabs(browser, look) {
            page.go(&library().file(GUIDANCE));
            let top: f64 = page.eval("document.querySelector('.clause').getBoundingClientRect().top");
            println!("{family}, {} px wide: the first clause begins at {top:.0} px", look.width);
            assert!(top <= most, "{family}, {}: {top}", look.width);
        }
    }
}

#[test]
fn the_title_block_names_what_replaced_the_paper_once_and_home_says_once_that_papers_are_out_of_date() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file(GUIDANCE));
    let named: usize = page.eval("document.querySelector('.front').textContent.split('(November 2008)').length - 1");
    assert_eq!(named, 1);
    page.click(".status a");
    page.wait_for("document.querySelector('.about-paper').open");
    page.go(&library().file("index.html"));
    let said: usize =
        page.eval("(document.querySelector('main').textContent.match(/out of date|superseded/gi) || []).length");
    assert_eq!(said, 1);
}

#[test]
fn what_a_clause_is_linked_with_takes_at_most_an_eighth_of_its_height() {
    let Some(browser) = browser() else { return };
    // How far the line below the words reaches beyond them, of all clauses of a paper.
    let share = "(() => { let [all, own] = [0, 0]; \
        for (const clause of document.querySelectorAll('.items > .clause')) { \
            const more = clause.querySelector('.more'), text = clause.querySelector('.text').getBoundingClientRect(); \
            all += clause.getBoundingClientRect().height; \
            if (more) own += Math.max(0, more.getBoundingClientRect().bottom - text.bottom); } \
        return 100 * own / all; })()";
    for look in [Look::WIDE, Look::MIDDLE, Look::NARROW] {
        for (family, page) in fonts::tabs(browser, look) {
            for paper in PAPERS {
                page.go(&library().file(paper));
                let share: f64 = page.eval(share);
                println!("{family}, {} px wide, {paper}: {share:.1}%", look.width);
                assert!(share <= 12.0, "{family}, {}, {paper}: {share}", look.width);
            }
        }
    }
}

#[test]
fn at_a_clause_a_window_shows_much_of_the_contents_and_of_the_text() {
    let Some(browser) = browser() else { return };
    let entries = "(() => { const nav = document.querySelector('.contents').getBoundingClientRect(); \
        return Array.from(document.querySelectorAll('.contents .headings a')).filter(link => { \
            const line = link.getBoundingClientRect(); \
            return line.height && line.top >= nav.top - 1 && line.bottom <= Math.min(nav.bottom, innerHeight) + 1; }).length; })()";
    let lines = "(() => { let count = 0; \
        for (const text of document.querySelectorAll('.items > .clause > .text')) { \
            const range = document.createRange(), seen = new Set(); range.selectNodeContents(text); \
            for (const line of range.getClientRects()) { \
                if (line.top >= 0 && line.bottom <= innerHeight && line.width > 2 && line.height < 40) \
                    seen.add(Math.round((line.top + line.bottom) / 20)); } \
            count += seen.size; } \
        return count; })()";
    for (family, page) in fonts::tabs(browser, Look::WIDE) {
        page.go(&library().file(&format!("{GUIDANCE}#3.37")));
        page.wait_for("document.querySelector('.contents [aria-current=location]')?.textContent.startsWith('3.37')");
        let (entries, lines): (usize, usize) = (page.eval(entries), page.eval(lines));
        println!("{family}: {entries} entries of the contents and {lines} lines of clauses");
        assert!(entries >= 22, "{family}: {entries}");
        assert!(lines >= 27, "{family}: {lines}");
        // The column says which paper it is, and leads to the others; numbers come first.
        let column: String = page.eval("document.querySelector('.contents').innerText.replace(/\\s+/g, ' ')");
        assert!(
            column.trim_start().starts_with("Draft guidance April 2008 Other papers Next 1.1–1.16 Section 1"),
            "{column}"
        );
    }
}

/// The number of stops of the Tab key before 3.37.
const STOPS: &str = "(() => { const number = document.getElementById('3.37').querySelector('.number a'); \
    const isFolded = e => { const fold = e.parentElement.closest('details:not([open])'); return fold && e.closest('summary')?.parentElement !== fold; }; \
    return Array.from(document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')).filter(e => \
        e.tabIndex >= 0 && e.getClientRects().length && !isFolded(e) && (e.compareDocumentPosition(number) & 4)).length; })()";

#[test]
fn a_clause_is_reached_with_few_keys_and_no_link_is_lost_on_the_way() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file(&format!("{GUIDANCE}#3.37")));
    let stops: usize = page.eval(STOPS);
    println!("{stops} stops of the Tab key before 3.37");
    assert!(stops <= 120, "{stops}");
    // Down and up lead from number to number.
    let at = |page: &Page| page.eval::<String>("document.activeElement.textContent");
    page.eval::<()>("document.querySelector('[id=\"1.12\"] > .number a').focus(), null");
    page.press("ArrowDown");
    assert_eq!(at(&page), "1.13");
    page.press("ArrowUp");
    page.press("ArrowUp");
    assert_eq!(at(&page), "1.11");
    // Within a clause, Tab leads to each of its links, and then to the next number.
    let inside: usize = page.eval(
        "document.querySelectorAll('[id=\"1.11\"] :is(a[href]:not(.number a), button)').length - \
        document.querySelectorAll('[id=\"1.11\"] .side a').length",
    );
    for _ in 0..inside {
        page.press("Tab");
        assert!(page.eval::<bool>("Boolean(document.activeElement.closest('[id=\"1.11\"]'))"));
    }
    page.press("Tab");
    assert_eq!(at(&page), "1.12");
}

#[test]
fn a_clause_is_found_from_home_and_its_citation_copied_in_eight_keys() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("index.html"));
    let mut keys = 0;
    let mut press = |key: &str| {
        page.press(key);
        keys += 1;
    };
    // The first link leads to the field; the number itself is typed.
    press("Tab");
    press("Enter");
    page.wait_for("document.activeElement.type === 'search'");
    page.type_words("3.37");
    press("Enter");
    page.wait_for("document.querySelector('[data-search-state=done]') && document.activeElement.localName === 'h1'");
    press("Tab");
    assert!(page.eval::<bool>("Boolean(document.activeElement.closest('.result'))"), "the first result is next");
    press("Enter");
    page.wait_for("location.hash === '#3.37' && document.querySelector('.copy-link')");
    page.eval::<()>(
        "navigator.clipboard.writeText = words => { window.copied = words; return Promise.resolve(); }, null",
    );
    for _ in 0..4 {
        press("Tab");
        if page.eval::<bool>("document.activeElement.className === 'copy-link'") {
            break;
        }
    }
    press("Enter");
    page.wait_for("window.copied");
    assert_eq!(page.eval::<String>("window.copied"), "Draft guidance April 2008, paragraph\u{a0}3.37");
    println!("{keys} keys");
    assert!(keys <= 8, "{keys}");
}

#[test]
fn a_search_says_what_it_found_in_a_heading_and_in_the_title_of_the_page() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("search.html?q=seat+on+the+board"));
    page.wait_for("document.querySelector('[data-search-state=done]') && document.activeElement.localName === 'h1'");
    let heading: String = page.eval("document.querySelector('h1').textContent");
    let said = heading.split_once(" paragraphs have all your words, ");
    assert!(said.is_some_and(|(_, rest)| rest.ends_with(" have similar ones")), "{heading}");
    assert!(page.eval::<String>("document.title").starts_with("seat on the board – Search"));
    // Results are headings with links, each address once, and a rule is where those with some of the words begin.
    assert!(page.eval::<bool>("document.querySelectorAll('.results > li > h2.result > a').length === 10"));
    page.click(".narrow summary");
    page.wait_for("document.querySelector('.narrow fieldset')");
    // Filters are beside the results, a few of a group; what is chosen can be taken back.
    assert!(page.eval::<bool>(
        "document.querySelector('.narrow').getBoundingClientRect().right < document.querySelector('.results').getBoundingClientRect().left"
    ));
    assert!(page.eval::<bool>(
        "Array.from(document.querySelectorAll('.narrow fieldset')).every(f => f.querySelectorAll('label').length <= 6)"
    ));
    page.click(".narrow input");
    page.wait_for("document.querySelector('.chosen button')");
    page.click(".chosen button");
    page.wait_for("document.querySelector('.chosen').hidden && document.querySelector('[data-search-state=done]')");
}

/// A page of each kind that every library has.
const PAGES: [&str; 12] = [
    GUIDANCE,
    "guidance-consultation-2008/3.37.html",
    "authorities.html",
    "glossary.html",
    "changes.html",
    "404.html",
    "search.html?q=board",
    "outcomes/stay-safe.html",
    "outcomes/index.html",
    "about.html",
    "packs/first-day.html",
    "timeline.html",
];

#[test]
fn no_page_leaves_the_right_of_a_wide_window_empty() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let right = "Math.max(...Array.from(document.querySelectorAll('main :is(p, li, dd, td, h1, h2, h3, input, a)'), e => e.getBoundingClientRect().right)) / document.documentElement.clientWidth";
    for path in PAGES.into_iter().chain(["index.html", "browse.html"]) {
        page.go(&library().file(path));
        page.wait_for("!location.search || document.querySelector('.result')");
        let right: f64 = page.eval(right);
        println!("{path}: words reach {:.0}% of the width", 100.0 * right);
        assert!(right >= 0.6, "{path}: {right}");
    }
}

/// The left edge of the text that a page has most of, in CSS pixels from the edge of its band.
const LEFT_EDGE: &str = "(() => { const lines = new Map(); \
    for (const words of document.querySelectorAll('main :is(h1, h2, p, .text, dt)')) { \
        if (words.closest('nav, aside, .aside, .narrow, .from, .facts, .number, .counted, .drawn, .ways, table') || !words.innerText?.trim()) continue; \
        const range = document.createRange(); range.selectNodeContents(words); \
        const left = Math.round(range.getBoundingClientRect().left - document.querySelector('.masthead .wrap').getBoundingClientRect().left); \
        lines.set(left, (lines.get(left) || 0) + 1); } \
    return Array.from(lines).sort((a, b) => b[1] - a[1])[0][0]; })()";

#[test]
fn all_text_begins_at_one_left_edge_on_a_desk() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let mut edges = Vec::new();
    for path in PAGES.into_iter().chain(["fit-together.html", "what-changed.html", "manual/themes.html"]) {
        page.go(&library().file(path));
        page.wait_for("!location.search || document.querySelector('.result')");
        let left: i32 = page.eval(LEFT_EDGE);
        println!("{path}: {left}");
        edges.push((left, path));
    }
    let (least, most) = (edges.iter().min().unwrap(), edges.iter().max().unwrap());
    assert!(most.0 - least.0 <= 2, "{edges:?}");
}

#[test]
fn a_short_page_has_no_strip_below_its_foot() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("404.html"));
    assert!(page.eval::<bool>("document.body.getBoundingClientRect().bottom < innerHeight"), "the page is not short");
    let colour =
        |of: &str| page.eval::<String>(&format!("getComputedStyle(document.querySelector('{of}')).backgroundColor"));
    assert_eq!(colour("html"), colour(".foot"));
}

#[test]
fn the_tools_of_a_clause_take_two_rows_on_a_telephone_and_counts_say_of_what() {
    let Some(browser) = browser() else { return };
    for (family, page) in fonts::tabs(browser, Look::NARROW) {
        page.go(&library().file("guidance-consultation-2008/3.37.html"));
        page.wait_for("document.querySelector('.body .tools button')");
        let rows: usize =
            page.eval("new Set(Array.from(document.querySelectorAll('.body .tools button'), b => Math.round(b.getBoundingClientRect().top))).size");
        assert!(rows <= 2, "{family}: {rows} rows");
        page.go(&library().file("index.html"));
        let count: String =
            page.eval("getComputedStyle(document.querySelector('.papers td.right'), '::before').content");
        assert!(count.contains("Paragraphs"), "{family}: {count}");
    }
}

#[test]
fn the_glossary_has_letters_and_a_field_and_folds_where_words_are_used() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("glossary.html"));
    let height: u32 = page.eval("document.documentElement.scrollHeight");
    println!("the glossary is {height} px high");
    assert!(height < 20_000, "{height}");
    assert!(page.eval::<bool>("document.querySelectorAll('.index a').length > 15"));
    page.click("#glossary-filter");
    page.type_words("lscb");
    page.wait_for("document.querySelectorAll('.entries > div:not([hidden])').length === 1");
    assert!(page.eval::<String>("document.querySelector('.filter [role=status]').textContent").starts_with('1'));
}

#[test]
fn a_clause_on_a_wall_never_scrolls_and_keys_lead_on_from_a_folder() {
    let Some(browser) = browser() else { return };
    let page = browser.page(WALL);
    let clauses: Vec<String> =
        library().pages().into_iter().filter(|page| page.starts_with("guidance-consultation-2008/")).collect();
    assert_eq!(clauses.len(), 86);
    // Nothing is cut: all of the words are in the window, or in parts that the arrows lead to.
    let fits = "(() => { const root = document.documentElement, text = document.querySelector('.clause > .text'); \
        const parts = /of (\\d+)/.exec(document.querySelector('.wall-bar [role=status]').textContent); \
        return [root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth, \
            (parts ? Number(parts[1]) : 1) * text.clientHeight + 4 >= text.scrollHeight, parts ? Number(parts[1]) : 1]; })()";
    let mut in_parts = 0;
    for clause in &clauses {
        page.go(&format!("{}#wall", library().file(clause)));
        page.wait_for(
            "document.querySelector('.wall-bar [role=status]') && document.activeElement.localName === 'button'",
        );
        let (still, whole, parts): (bool, bool, usize) = page.eval(fits);
        assert!(still && whole, "{clause}: {still} {whole} {parts}");
        in_parts += usize::from(parts > 1);
    }
    println!("{in_parts} of {} clauses are in parts at 1280 × 720", clauses.len());
    page.go(&library().file("guidance-consultation-2008/3.37.html"));
    page.click(".body .tools button");
    page.wait_for("document.querySelector('.wall-bar') && document.activeElement.closest('.wall-bar')");
    if let Some(axe) = axe() {
        assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new());
    }
    let size =
        |page: &Page| page.eval::<f64>("parseFloat(getComputedStyle(document.querySelector('.clause')).fontSize)");
    let before = size(&page);
    page.press("ArrowDown");
    assert!(size(&page) < before);
    page.press("ArrowUp");
    page.press("Escape");
    page.wait_for("!document.querySelector('.wall-bar')");
    page.go(&format!("{}#wall", library().file("guidance-consultation-2008/3.37.html")));
    page.wait_for("document.querySelector('.wall-bar') && document.activeElement.localName === 'button'");
    page.press("ArrowRight");
    page.wait_for("location.pathname.endsWith('/3.38.html') && document.querySelector('.wall-bar')");
}
