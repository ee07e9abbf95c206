//! Printed pages: as many as the text needs, with clauses whole and notes and sources kept.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::browser::{Look, Page, browser, must_not_be_missing};
use crate::copies::{BASE_URL, Copy, hosted};

/// The most words of a clause that stays on one page.
const WHOLE_WORDS: usize = 120;

/// Puts a sign before the first word and after the last of every clause of up to `WHOLE_WORDS` words.
const SIGNS: &str = "Array.from(document.querySelectorAll('.clause')).filter(c => !c.classList.contains('long')).map((c, at) => { \
    const t = c.querySelector('.text'), walk = document.createTreeWalker(t, NodeFilter.SHOW_TEXT); let first, last; \
    while (walk.nextNode()) if (walk.currentNode.data.trim() && !walk.currentNode.parentElement.closest('.source, .status, .note-list')) { first = first || walk.currentNode; last = walk.currentNode; } \
    first.data = `QA${at}Z ` + first.data.trimStart(); last.data = last.data.trimEnd() + ` QE${at}Z`; return at; }).length";

/// The text of each page; nothing where it cannot be read and nobody insists.
pub fn pages(pdf: &[u8]) -> Option<Vec<String>> {
    let mut command = Command::new("pdftotext");
    let started = command.args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        must_not_be_missing("pdftotext was not found: install the package `poppler-utils`");
        return None;
    };
    let (mut stdin, pdf) = (child.stdin.take().unwrap(), pdf.to_vec());
    let writer = std::thread::spawn(move || stdin.write_all(&pdf));
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    writer.join().unwrap().unwrap();
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    Some(pages.map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

fn printed(page: &Page, path: &str) -> Option<(usize, Vec<String>)> {
    page.go(&hosted().http(path));
    let signs = page.eval(SIGNS);
    Some((signs, pages(&page.pdf())?))
}

/// The clauses that begin on one page and end on another.
fn split(signs: usize, pages: &[String]) -> Vec<usize> {
    let on = |sign: &str| pages.iter().position(|page| page.contains(sign));
    let whole = |at: &usize| {
        let (first, last) = (on(&format!("QA{at}Z")), on(&format!("QE{at}Z")));
        assert!(first.is_some() && last.is_some(), "clause {at} is not on paper");
        first == last
    };
    (0..signs).filter(|at| !whole(at)).collect()
}

#[test]
fn a_document_prints_with_its_clauses_whole_its_notes_and_its_source() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE.dark());
    let Some((signs, pages)) = printed(&page, "guidance-consultation-2008.html") else { return };
    assert!((20..=30).contains(&pages.len()), "{} pages", pages.len());
    assert!(signs > 50, "{signs} clauses of up to {WHOLE_WORDS} words");
    assert_eq!(split(signs, &pages), Vec::<usize>::new());
    // The title, the status, who published it, what it restates and where it is.
    for wanted in ["statutory guidance on inter", "never in force", "3 April 2008", "This page restates", BASE_URL] {
        assert!(pages[0].contains(wanted), "{wanted}: {}", pages[0]);
    }
    // The contents with the paragraphs under each heading, and at the end the law with the paragraphs that cite it.
    assert!(
        pages[0].contains("Contents 1.1–1.16 Section 1: Children’s Trusts: driving step changes in delivery"),
        "{}",
        pages[0]
    );
    let whole = pages.join(" ");
    let law = whole.rsplit("Legislation and other sources").next().expect("the law is on paper");
    for wanted in ["2008-04-03): 1.3; s 10: 1.3, 1.4, 1.7", "s 10(4)(g): 2.9", "National Indicator Set: 1.2, 1.9, 2.4"]
    {
        // Text is read without the hyphens at which lines end.
        assert!(law.replace('-', "").contains(&wanted.replace('-', "")), "{wanted}: {law}");
    }
    let notes: u32 = page.eval("document.querySelectorAll('.note-list > li').length");
    let printed = whole.split(" Notes 1. ").nth(1).expect("the notes are on paper");
    assert!((2..=notes).all(|note| printed.contains(&format!(" {note}. "))), "{printed}");
    // An address is on paper once: that of a work in the table of law.
    let joined = whole.replace(' ', "");
    for address in ["https://www.legislation.gov.uk/ukpga/2004/31", "conDetails.cfm?consultationId=1544"] {
        assert_eq!(joined.matches(address).count(), 1, "{address}");
    }
    let plain = law.replace('-', "");
    assert!(plain.contains("Children Act 2004 (https://www.legislation.gov.uk/ukpga/2004/31/20080403): 1.3"), "{law}");
    // Every page has its number, and the running title.
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "{page}");
        assert!(page.contains("Draft guidance April 2008 – Children’s Trusts: a guidance library"), "{page}");
    }
    for gone in ["Skip to", "Referred to by", "by itself", "Same as my device", "Back to 3.", "Browse"] {
        assert!(!whole.contains(gone), "{gone}");
    }
}

#[test]
fn a_clause_prints_on_one_side_with_its_citation_its_notes_and_its_address_as_a_square() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    for clause in ["3.37", "2.17"] {
        let path = format!("guidance-consultation-2008/{clause}.html");
        let Some((_, pages)) = printed(&page, &path) else { return };
        assert_eq!(pages.len(), 1, "{clause}");
        let citation = format!("Draft guidance April 2008, paragraph {clause}");
        for wanted in [citation.as_str(), "never in force", &format!("{BASE_URL}{path}")] {
            // Text is read without the hyphens at which lines end.
            let plain = |text: &str| text.replace(['-', ' ', '\u{a0}'], "");
            assert!(plain(&pages[0]).contains(&plain(wanted)), "{wanted}: {}", pages[0]);
        }
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        let square: (f64, f64) = page.eval(
            "(() => { const r = document.querySelector('.square').getBoundingClientRect(); return [r.width, r.height]; })()",
        );
        let millimetres = square.0 * 25.4 / 96.0;
        assert!((29.9..30.1).contains(&millimetres) && square.0 == square.1, "{square:?}");
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        if clause == "2.17" {
            assert!(pages[0].contains("Notes 10."), "{}", pages[0]);
        }
    }
}

#[test]
fn a_pack_prints_as_a_handout_for_the_facilitator_or_for_those_who_take_part() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let Some((signs, pages)) = printed(&page, "packs/first-day.html") else { return };
    assert!((4..=9).contains(&pages.len()), "{} pages", pages.len());
    assert_eq!(split(signs, &pages), Vec::<usize>::new());
    let whole = pages.join(" ");
    for wanted in [
        "A first day with Children",
        "From Draft guidance April 2008, paragraph 1.3",
        "Out of date",
        "This pack is for someone who leads",
        "Contents Before you begin",
        "ukpga/2004/31): Draft guidance April 2008, paragraph 1.3; s 10: Draft guidance April 2008, paragraph 1.3",
    ] {
        assert!(whole.replace('\u{a0}', " ").contains(wanted), "{wanted}: {whole}");
    }
    page.click("[name=handout][value=participant]");
    let Some(pages) = self::pages(&page.pdf()) else { return };
    let handout = pages.join(" ");
    assert!(
        handout.contains("From Draft guidance April 2008, paragraph 1.3")
            && !handout.contains("This pack is for someone who leads")
    );
    assert_eq!(split(signs, &pages), Vec::<usize>::new());
}

/// The headings that are printed, each with whether anything is printed under it before the next of its level or above.
const HEADINGS: &str = "(() => { const seen = e => e.getClientRects().length > 0 && e.textContent.trim() !== ''; \
    const all = Array.from(document.querySelectorAll('.items > *, .cited > *')).flatMap(e => e.matches('section') ? Array.from(e.children) : [e]).filter(seen); \
    const level = e => /^H[2-6]$/.test(e.tagName) ? +e.tagName[1] : 0; \
    return all.map((e, at) => [e, at]).filter(([e]) => level(e)).map(([e, at]) => { \
        const end = all.findIndex((other, n) => n > at && level(other) && level(other) <= level(e)); \
        return [e.textContent.trim(), all.slice(at + 1, end < 0 ? all.length : end).some(other => !level(other))]; }); })()";

#[test]
fn no_heading_is_empty_in_the_print_of_a_pack_for_participants() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let (mut all, mut shared) = (0, 0);
    for pack in ["first-day", "safeguarding-and-the-lscb", "the-third-sectors-case", "who-sits-on-the-board"] {
        page.go(&hosted().http(&format!("packs/{pack}.html")));
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        let leaders: Vec<(String, bool)> = page.eval(HEADINGS);
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        page.click("[name=handout][value=participant]");
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        let headings: Vec<(String, bool)> = page.eval(HEADINGS);
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        let empty: Vec<&(String, bool)> = headings.iter().chain(&leaders).filter(|(_, filled)| !filled).collect();
        assert!(empty.is_empty(), "{pack}: {empty:?}");
        (all, shared) = (all + leaders.len(), shared + headings.len());
        // Neither the text nor the contents have those that are left out.
        let Some(pages) = pages(&page.pdf()) else { return };
        let whole = pages.join(" ");
        for (heading, _) in leaders.iter().filter(|heading| !headings.contains(heading)) {
            assert!(!whole.contains(heading.as_str()), "{pack}: {heading}");
        }
        assert!(headings.iter().all(|(heading, _)| whole.contains(heading.as_str())), "{pack}: {whole}");
    }
    println!("{shared} of {all} headings are for participants");
    assert!(shared > 15 && all - shared > 15, "{shared} of {all}");
}

#[test]
fn every_cell_of_a_wide_table_is_on_paper() {
    let Some(browser) = browser() else { return };
    let words =
        ["Safeguarding", "responsibilities", "multidisciplinary", "Nottinghamshire", "representation", "yes", "no"];
    let mut text = "+++\ntitle = \"Tables\"\n+++\n".to_owned();
    let mut cells = Vec::new();
    for (number, columns) in [4, 7, 12, 16].into_iter().enumerate() {
        text.push_str(&format!(
            "\n1.{} A table:\n\n{}\n{}\n",
            number + 1,
            "| Head ".repeat(columns) + "|",
            "| --- ".repeat(columns) + "|"
        ));
        for row in 0..3 {
            let row =
                (0..columns).map(|column| format!("q{number}r{row}c{column}z {}", words[(row + column) % words.len()]));
            let row: Vec<String> = row.collect();
            text.push_str(&format!("| {} |\n", row.join(" | ")));
            cells.extend(row);
        }
    }
    let desk = tempfile::tempdir().unwrap();
    let root = desk.path().join("site");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("site.toml"), "title = \"Wide\"\n").unwrap();
    std::fs::write(root.join("a.md"), text).unwrap();
    let copy = Copy::of(&root, "wide-tables", None);
    let page = browser.page(Look::WIDE);
    for path in ["a.html", "a/1.4.html"] {
        page.go(&copy.http(path));
        let Some(pages) = pages(&page.pdf()) else { return };
        // Where a word is broken, its parts are on two lines of its cell: letters are counted, in any order.
        let printed: String = pages.concat().split_whitespace().collect();
        let wanted: Vec<&String> = cells.iter().filter(|cell| path == "a.html" || cell.starts_with("q3")).collect();
        let count = |text: &str, letter: char| text.chars().filter(|c| *c == letter).count();
        for letter in ('a'..='z').chain('0'..='9') {
            let all: usize = wanted.iter().map(|cell| count(cell, letter)).sum();
            assert!(
                count(&printed, letter) >= all,
                "{path}: {letter} is {} times on paper, not {all}",
                count(&printed, letter)
            );
        }
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
        // A4 without its margins is 170 mm wide.
        page.call(
            "Emulation.setDeviceMetricsOverride",
            serde_json::json!({ "width": 642, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
        );
        let beyond: i32 = page.eval("Math.max(...Array.from(document.querySelectorAll('td, th'), c => c.getBoundingClientRect().right)) - document.documentElement.clientWidth");
        assert!(beyond <= 0, "{path}: {beyond} px beyond the edge");
        let cut: usize = page.eval(
            "Array.from(document.querySelectorAll('td, th')).filter(c => c.scrollWidth > c.clientWidth + 1).length",
        );
        assert_eq!(cut, 0, "{path}");
        page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "" }));
        page.look(Look::WIDE);
    }
}

#[test]
fn ordinary_words_in_a_table_of_ten_columns_are_whole_on_paper() {
    let Some(browser) = browser() else { return };
    let words = ["information", "governance", "responsible", "statement", "third sector", "7763"];
    let row = |at: usize| {
        (0..10).map(|column| format!("| {} ", words[(at + column) % words.len()])).collect::<String>() + "|\n"
    };
    let head = format!("{}|\n{}|\n", "| Head ".repeat(10), "| --- ".repeat(10));
    let text = format!("+++\ntitle = \"Tables\"\n+++\n\n1.1 A table:\n\n{head}{}", (0..9).map(row).collect::<String>());
    let desk = tempfile::tempdir().unwrap();
    let root = desk.path().join("site");
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("site.toml"), "title = \"Wide\"\n").unwrap();
    std::fs::write(root.join("a.md"), text).unwrap();
    let page = browser.page(Look::WIDE);
    page.go(&Copy::of(&root, "ten-columns", None).file("a.html"));
    let Some(pages) = pages(&page.pdf()) else { return };
    let printed = pages.concat();
    let rows: String = (0..9).map(row).collect();
    for word in ["information", "governance", "responsible", "statement"] {
        assert_eq!(printed.matches(word).count(), rows.matches(word).count(), "{word}: {printed}");
    }
}

/// Whether two texts are on one page.
fn together(pages: &[String], one: &str, other: &str) -> bool {
    pages.iter().any(|page| page.contains(one) && page.contains(other))
}

#[test]
fn contents_and_boxes_of_a_pack_stay_whole_and_the_foot_leads_nowhere_on_paper() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let Some((_, guidance)) = printed(&page, "guidance-consultation-2008.html") else { return };
    let works = |page: &String| page.contains("Legislation and other sources");
    assert!(works(&guidance[0]) && !works(&guidance[1]), "{:?}", &guidance[..2]);
    let Some((_, pack)) = printed(&page, "packs/first-day.html") else { return };
    assert!(together(&pack, "Welcome and aims: 15 minutes", "Closing round: 10 minutes"), "{pack:?}");
    for page in [guidance.last(), pack.last()] {
        let page = page.map(String::as_str).unwrap_or_default();
        assert!(page.contains("Made with") && !page.contains("What changed") && !page.contains("Help, and"), "{page}");
    }
}

#[test]
fn the_table_of_law_prints_the_address_of_each_work_once() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&hosted().http("authorities.html"));
    let works: Vec<String> =
        page.eval("Array.from(document.querySelectorAll('.authority h3 a'), a => a.getAttribute('href'))");
    assert!(works.len() > 10, "{works:?}");
    let Some(pages) = pages(&page.pdf()) else { return };
    let printed: String = pages.concat().split_whitespace().collect();
    for work in works {
        let printed = printed.matches(&format!("({work})")).count();
        assert_eq!(printed, 1, "{work}");
    }
    assert_eq!(printed.matches("legislation.gov.uk/ukpga/2004/31").count(), 1);
}

#[test]
fn paper_is_the_same_without_a_script_but_for_the_running_title() {
    let Some(browser) = browser() else { return };
    for path in ["packs/first-day.html", "guidance-consultation-2008/3.37.html", "salford-report-2009.html"] {
        let text = |look: Look| -> Option<(String, Vec<String>)> {
            let page = browser.page(look);
            page.go(&hosted().http(path));
            let head: String =
                page.eval("JSON.parse(document.documentElement.style.getPropertyValue('--running') || '\"\"')");
            let pages = pages(&page.pdf())?;
            let pages = pages.iter().map(|page| page.strip_prefix(&head).unwrap_or(page).trim().to_owned()).collect();
            Some((head, pages))
        };
        let (Some((with, scripted)), Some((without, plain))) = (text(Look::WIDE), text(Look::NO_SCRIPT)) else {
            return;
        };
        assert!(with.ends_with("a guidance library") && without.is_empty(), "{with} {without}");
        assert_eq!(scripted, plain, "{path}");
    }
}

#[test]
fn on_paper_a_clause_is_as_wide_as_the_sheet() {
    let Some(browser) = browser() else { return };
    // A sheet of A4 is wider than a tablet's margin of numbers, beside which links have a column.
    let page = browser.page(Look { width: 794, ..Look::WIDE });
    page.go(&hosted().http("guidance-consultation-2008.html"));
    page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
    let narrow: Vec<String> = page.eval(
        "Array.from(document.querySelectorAll('.items > .clause')).filter(clause => \
         clause.getBoundingClientRect().right - clause.querySelector('.text').getBoundingClientRect().right > 2).map(e => e.id)",
    );
    assert_eq!(narrow, Vec::<String>::new());
}
