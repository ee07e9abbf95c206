//! A reader's own list: gathered, put in order, noted, printed, shown, sent and kept; and harmless whatever an address or a
//! file holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clausebook::date::PartialDate;
use clausebook::disk;
use clausebook::pipeline::publish::{EditionDetails, Outcome, publish};
use clausebook::pipeline::{self, Caches, Hooks, Options};
use clausebook::source::SourceMap;
use fast_qr::{ECL, Mask, Mode, QRBuilder};
use serde_json::{Value, json};

use crate::axe::{Ask, axe, violations};
use crate::browser::{Look, Page, browser};
use crate::copies::{Copy, copy_folder, hosted, library, place};
use crate::paper;

const DONE: &str = "document.querySelector('[data-list][data-state=done]')";
const BUTTONS: &str = "document.querySelectorAll('.mine [data-in]').length > 9";

/// Five clauses of five papers, by their fragments.
const FIVE: &str = "guidance-consultation-2008:3.37;fact-sheet-9:para-13;salford-report-2009:para-34;ncvys-briefing-2008:para-33;\
    nottinghamshire-report-2009:7";

/// Marks an element that an expression finds, and clicks on it.
fn click(page: &Page, found: &str) {
    page.eval::<bool>(&format!(
        "(() => {{ document.querySelectorAll('[data-here]').forEach(e => e.removeAttribute('data-here')); \
         const e = {found}; e.setAttribute('data-here', ''); return true; }})()"
    ));
    page.click("[data-here]");
}

fn button(words: &str) -> String {
    format!(
        "Array.from(document.querySelectorAll('button, a')).find(e => e.textContent.trim() === {words:?} && e.getClientRects().length)"
    )
}

/// The citations of the list that is shown, in its order.
fn citations(page: &Page) -> Vec<String> {
    page.eval("Array.from(document.querySelectorAll('[data-list] ol .from a'), a => a.textContent)")
}

/// Opens a list by its address, and waits until it is shown.
fn open(page: &Page, url: &str) {
    page.go("about:blank");
    page.go(url);
    page.wait_for(DONE);
}

/// From the home page to a printed handout; gives the address of the list and how many actions it took.
fn to_a_handout(page: &Page, address: &dyn Fn(&str) -> String) -> (String, usize) {
    page.go(&address("index.html"));
    let mut actions = 0;
    let mut act = |found: &str| {
        click(page, found);
        actions += 1;
    };
    act("document.querySelector('main input[type=search], #site-search')");
    page.type_words("voluntary sector");
    page.press("Enter");
    page.wait_for("document.querySelector('[data-search-state=done] .result')");
    act(&button("My list"));
    page.wait_for(BUTTONS);
    // The first result of each paper.
    let firsts: Vec<usize> = page.eval(
        "(() => { const seen = new Set(); return Array.from(document.querySelectorAll('.results > li'), (line, at) => { \
         const link = line.querySelector('.result a'); if (!link) return -1; const page = link.href.split('#')[0]; \
         if (seen.has(page)) return -1; seen.add(page); return at; }).filter(at => at >= 0); })()",
    );
    let of_papers = firsts.len().min(5);
    for at in firsts.iter().take(5) {
        act(&format!("document.querySelectorAll('.results > li')[{at}].querySelector('[data-in]')"));
        page.wait_for(&format!("document.querySelectorAll('.results > li')[{at}].querySelector('[data-in=true]')"));
    }
    act(&button("Open my list"));
    page.wait_for(DONE);
    assert_eq!(citations(page).len(), of_papers);
    page.eval::<bool>("(window.print = () => (window.printed = true), true)");
    act("document.querySelector('[data-list] fieldset button')");
    assert!(page.eval::<bool>("window.printed === true"));
    page.wait_for("location.hash.length > 20");
    (page.eval("location.href"), actions + 1)
}

#[test]
fn five_clauses_are_gathered_ordered_noted_printed_shown_and_sent_from_a_folder_and_below_a_path() {
    let Some(browser) = browser() else { return };
    for (name, address) in [
        ("folder", Box::new(|path: &str| library().file(path)) as Box<dyn Fn(&str) -> String>),
        ("path", Box::new(|path: &str| hosted().http(path))),
    ] {
        let page = browser.page(Look::WIDE);
        let (_, actions) = to_a_handout(&page, &address);
        println!("{name}: {actions} actions from the home page to a printed handout");
        assert!(actions <= 12, "{actions}");
        // Five of five papers; the second comes first by a key, and keeps the focus.
        open(&page, &address(&format!("list.html#{FIVE}")));
        click(&page, &button("Keep it as my list"));
        page.wait_for("document.querySelector('[data-list] .alert').hidden");
        let before = citations(&page);
        assert_eq!(before.len(), 5, "{before:?}");
        assert_eq!(page.eval::<u32>("document.querySelectorAll('ol .text').length"), 5, "{before:?}");
        page.eval::<Value>("document.querySelectorAll('ol .move')[2].focus()");
        page.press("Space");
        page.wait_for("document.querySelector('ol .from a').textContent.startsWith('Fact sheet 9')");
        let moved = citations(&page);
        assert_eq!([&moved[0], &moved[1]], [&before[1], &before[0]]);
        page.wait_for("document.activeElement.matches('li:first-child .move')");
        // A heading and words, which are words whatever they hold.
        click(&page, &button("Heading and words"));
        page.type_words("Welcome <b>all</b>");
        page.press("Tab");
        page.type_words("Ask who was here before.");
        // The address follows what is typed.
        let address_of_list: String = page.eval("new Promise(done => setTimeout(() => done(location.href), 500))");
        // On paper: all for the facilitator; for participants without the words, with room to write.
        if let Some(pages) = paper::pages(&page.pdf()) {
            let whole = pages.join(" ");
            for wanted in ["Welcome <b>all</b>", "Ask who was here before.", &moved[4].replace('\u{a0}', " ")] {
                assert!(whole.contains(wanted), "{wanted}: {whole}");
            }
            for unwanted in ["Heading and words", "Remove", "Name of the list"] {
                assert!(!whole.contains(unwanted), "{unwanted}: {whole}");
            }
            click(&page, "document.querySelector('[name=handout][value=participant]')");
            let whole = paper::pages(&page.pdf()).unwrap().join(" ");
            assert!(whole.contains("Welcome <b>all</b>") && !whole.contains("Ask who was here before."), "{whole}");
            let code = name == "path";
            assert_eq!(whole.contains("This list:"), code, "{whole}");
            if code {
                let ruled: f64 = page.eval("document.querySelectorAll('.mine-square svg path').length");
                assert!(ruled >= 2.0);
            }
        }
        // On a wall, one after the other.
        click(&page, &button("Show on a wall"));
        page.wait_for("document.querySelector('.wall-bar b') && document.querySelector('.wall-bar b').textContent.startsWith('1 / 5')");
        page.press("ArrowRight");
        page.wait_for("document.querySelector('.wall-bar b').textContent.startsWith('2 / 5')");
        page.press("Escape");
        page.wait_for("!document.querySelector('.wall-bar')");
        // It is kept in this browser.
        page.go(&address("list.html"));
        page.wait_for(DONE);
        assert_eq!(citations(&page), moved);
        assert!(page.eval::<bool>("document.querySelector('[data-list] .alert').hidden"));
        // And another reader sees the same by its address, with nothing of it kept.
        let other = browser.page(Look::WIDE);
        open(&other, &address_of_list);
        assert_eq!(citations(&other), moved);
        let words: Vec<String> = other
            .eval("Array.from(document.querySelectorAll('ol h2, ol .own-words'), e => e.textContent).filter(Boolean)");
        assert_eq!(words, ["Welcome <b>all</b>", "Ask who was here before."]);
        assert!(!other.eval::<bool>("document.querySelector('[data-list] .alert').hidden"));
        for page in [&page, &other] {
            assert!(page.console().is_empty(), "{:?}", page.console());
        }
    }
}

#[test]
fn a_note_is_kept_under_its_clause_and_on_the_page_of_the_list() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    page.go(&library().file("guidance-consultation-2008.html#3.37"));
    click(&page, &button("My list"));
    page.wait_for("document.querySelector('[id=\"3.37\"] > .mine')");
    click(&page, "document.querySelector('[id=\"3.37\"] > .mine [aria-expanded]')");
    page.type_words("Ours, <i>too</i>");
    page.wait_for(
        "(localStorage.getItem(Object.keys(localStorage).find(k => k.endsWith(' notes'))) || '').includes('too</i>')",
    );
    page.go(&library().file("guidance-consultation-2008/3.37.html"));
    page.wait_for("document.querySelector('.mine-note') && document.querySelector('.mine-note').textContent.includes('Ours, <i>too</i>')");
    page.go(&library().file("list.html"));
    page.wait_for("document.querySelector('.mine-notes li')");
    assert_eq!(page.eval::<String>("document.querySelector('.mine-notes .mine-note').textContent"), "Ours, <i>too</i>");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('[data-list] i').length"), 0);
    // Nothing is on a page but one button until a list is used.
    let other = browser.page(Look::WIDE);
    other.go(&library().file("guidance-consultation-2008.html"));
    other.wait_for("document.querySelector('.masthead nav button')");
    let loaded: u32 = other.eval("document.querySelectorAll('script[src*=\"gather\"], script[src*=\"list\"], link[href*=\"list\"], .mine').length");
    assert_eq!(loaded, 0);
    assert!(page.console().is_empty() && other.console().is_empty());
}

/// The list of twenty clauses of five papers, in turn.
const TWENTY: &str = "(async () => { const papers = ['guidance-consultation-2008', 'fact-sheet-9', 'salford-report-2009', \
    'ncvys-briefing-2008', 'nottinghamshire-report-2009']; const marks = await new Promise(done => { \
    const s = document.createElement('script'); s.src = 'data/pins/guidance-consultation-2008.js'; \
    const old = window.clausebookShard; window.clausebookShard = (n, d) => { old(n, d); if (n.startsWith('pins/')) done(Object.keys(d.clauses)); }; \
    document.head.append(s); }); const some = marks.filter(a => /^3\\.\\d\\d$/.test(a)); \
    return Array.from({ length: 20 }, (_, i) => [papers[i % 5], i % 5 === 0 ? some[i] : (i % 5 === 4 ? '' : 'para-') + (i % 5 === 1 ? (i - i % 5) / 5 + 10 : 11 + (i - i % 5) / 5)]).map(([d, a]) => d + ':' + a).join(';'); })()";

#[test]
fn twenty_clauses_fit_into_three_hundred_characters_and_with_notes_into_two_thousand() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    open(&page, &library().file(&format!("list.html#{FIVE}")));
    let twenty: String = page.eval(TWENTY);
    open(&page, &library().file(&format!("list.html#{twenty}")));
    page.wait_for("location.hash.includes('@')");
    let bare: usize = page.eval("('list.html' + location.hash).length");
    let unknown: Vec<String> = page.eval("Array.from(document.querySelectorAll('ol > li'), li => li.querySelector('.text') ? '' : li.textContent).filter(Boolean)");
    assert_eq!(unknown, Vec::<String>::new());
    let words = "(() => { const said = 'Read this aloud and ask each group what it would change in its own borough. Who decides? Who pays for it? What if a partner says no to the plan and leaves'.split(' '); \
        document.querySelectorAll('.mine-edit').forEach((box, at) => { const [head, own] = [box.querySelector('input'), box.querySelector('textarea')]; \
        head.value = 'Part ' + (at + 1) + ': ' + said.slice(at, at + 3).join(' '); own.value = said.slice(at).concat(said.slice(0, at)).slice(0, 14).join(' ') + '.'; \
        own.dispatchEvent(new Event('input', { bubbles: true })); }); return true; })()";
    page.eval::<bool>(words);
    page.wait_for("location.hash.includes(';=')");
    let noted: usize =
        page.eval("new Promise(done => setTimeout(() => done(('list.html' + location.hash).length), 500))");
    println!("twenty clauses: {bare} characters; with headings and words: {noted}");
    assert!(bare <= 300 && noted <= 2000, "{bare}, {noted}");
}

/// Addresses that somebody sends who means harm, or that a post has torn.
fn hostile_addresses() -> Vec<String> {
    let deflated = |text: &str| {
        format!(
            "guidance-consultation-2008:3.37;!{}",
            text.replace('%', "%25").replace('"', "%22").replace('<', "%3C").replace(' ', "%20")
        )
    };
    let mut all: Vec<String> = [
        "<script>alert(1)</script>",
        "%3Cimg%20src=x%20onerror=alert(1)%3E",
        "javascript:alert(1)",
        "a:javascript:alert(1)",
        "//evil.example/x:1",
        "https://evil.example/list:1.1",
        "../../etc/passwd:1",
        "__proto__:1",
        "constructor:1",
        "a:__proto__",
        "guidance-consultation-2008:__proto__",
        "guidance-consultation-2008:constructor",
        "guidance-consultation-2008:toString",
        "guidance-consultation-2008:3.37~zzzzzz",
        "guidance-consultation-2008:3.37~",
        "guidance-consultation-2008:3.37;@zzz",
        "guidance-consultation-2008:3.37;@__prot",
        "Z:1",
        "A:1",
        "A:A:A",
        "B:1;A:2",
        ":::",
        ";;;;",
        ",,,,",
        "@",
        "=",
        "!",
        "~",
        "guidance-consultation-2008:",
        "guidance-consultation-2008:%",
        "guidance-consultation-2008:%00",
        "guidance-consultation-2008:%E0%A4%A",
        "guidance-consultation-2008:%0A3.37",
        "guidance-consultation-2008:3.37;=",
        "guidance-consultation-2008:3.37;=!!!!",
        "guidance-consultation-2008:3.37;=AAAA",
        "guidance-consultation-2008:3.37;=%%%",
        "guidance-consultation-2008:3.37;!%",
        "guidance-consultation-2008:3.37;!%E2%80%AE%E2%81%A6evil",
        "guidance-consultation-2008:%22%20onclick=alert(1)",
        "guidance-consultation-2008:'%3E%3Cb%3E",
        "GUIDANCE:3.37",
        "no-such-paper:1.1,1.2,1.3",
        "guidance-consultation-2008:99.99",
        "guidance-consultation-2008:3.37%23wall",
        "wall",
        "3.37",
        "\u{202e}:1",
        "guidance-consultation-2008:3.37:3.38:3.39",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(deflated("T\u{1e}<img src=x onerror=alert(1)>\u{1f}<script>alert(1)</script>"));
    all.push(deflated("T\u{1e}\"><svg onload=alert(1)>\u{1f}{{ x }} [[a]]"));
    all.push(format!("guidance-consultation-2008:{}", "3.37,".repeat(5000)));
    all.push("a".repeat(100_000));
    all.push(format!("{}:1", "a".repeat(5000)));
    all.push(format!("guidance-consultation-2008:3.37;={}", "A".repeat(25_000)));
    all.push((0..400).map(|n| format!("paper-{n}:1")).collect::<Vec<_>>().join(";"));
    all
}

fn hostile_files() -> Vec<String> {
    let item = |d: &str, a: &str, t: &str| json!({ "d": d, "a": a, "t": t, "w": t, "e": t, "h": t });
    let list = |items: Value| json!({ "clausebook": "list", "title": "T", "items": items }).to_string();
    let mut all = [
        "",
        "{",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{\"items\":7}",
        "{\"items\":[null,1,[],{}]}",
        "{\"notes\":{}}",
        "<html>",
        "\u{0}\u{1}",
        "{\"__proto__\":{\"items\":[]}}",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(list(json!([item("guidance-consultation-2008", "3.37", "<img src=x onerror=alert(1)>")])));
    all.push(list(json!([item("../../x", "<b>", "x"), item("guidance-consultation-2008", "\" onload=alert(1)", "x")])));
    all.push(list(json!([item("guidance-consultation-2008", "3.37", &"x".repeat(500_000))])));
    all.push(list(json!((0..5000).map(|_| item("guidance-consultation-2008", "3.38", "x")).collect::<Vec<_>>())));
    all.push(list(json!([{ "d": { "toString": 1 }, "a": ["3.37"], "t": {}, "w": [] }])));
    all.push("[".repeat(200_000));
    all.push("x".repeat(3_000_000));
    all
}

/// Lists what is wrong with the page after something hostile.
fn harm(page: &Page, root: &str) -> Vec<String> {
    let mut found = Vec::new();
    let state: Value = page.eval(
        "({ harmed: Boolean(window.harmed), items: document.querySelectorAll('[data-list] ol > li').length, address: location.href, \
         strange: Array.from(document.querySelectorAll('[data-list] :is(script, img, iframe, b b, [onclick], [onerror], [onload], a[href^=\"javascript\"])')).length, \
         outside: Array.from(document.querySelectorAll('[data-list] a[href]')).filter(a => !a.href.startsWith(document.querySelector('script[src$=\"site.js\"]').src.replace('static/site.js', ''))).length, \
         longest: Math.max(0, ...Array.from(document.querySelectorAll('[data-list] h2, [data-list] .own-words'), e => e.textContent.length)), \
         polluted: ({}).items !== undefined })",
    );
    if state["harmed"] == true || state["strange"] != 0 || state["outside"] != 0 || state["polluted"] == true {
        found.push(state.to_string());
    }
    if state["items"].as_u64() > Some(200) || state["longest"].as_u64() > Some(4000) {
        found.push(format!("too much: {state}"));
    }
    if !state["address"].as_str().unwrap_or_default().starts_with(root) {
        found.push(format!("elsewhere: {state}"));
    }
    found.extend(
        page.requests()
            .into_iter()
            .filter(|url| !url.starts_with(root) && !url.starts_with("data:") && !url.starts_with("about:")),
    );
    found.extend(page.console());
    found
}

#[test]
fn sixty_hostile_addresses_and_files_do_nothing() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    let root = library().file("");
    let (addresses, files) = (hostile_addresses(), hostile_files());
    assert!(addresses.len() + files.len() >= 60, "{} and {}", addresses.len(), files.len());
    page.call(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "window.alert = () => (window.harmed = true)" }),
    );
    for address in &addresses {
        page.forget();
        open(&page, &library().file(&format!("list.html#{address}")));
        assert_eq!(harm(&page, &root), Vec::<String>::new(), "{}", address.chars().take(200).collect::<String>());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-lists");
    fs::create_dir_all(&folder).unwrap();
    for (at, text) in files.iter().enumerate() {
        let path = folder.join(format!("{at}.json"));
        fs::write(&path, text).unwrap();
        page.forget();
        open(&page, &library().file("list.html"));
        for nth in 0..2 {
            let input = page.call(
                "Runtime.evaluate",
                json!({ "expression": format!("document.querySelectorAll('input[type=file]')[{nth}]") }),
            );
            let id = input["result"]["objectId"].clone();
            page.call("DOM.setFileInputFiles", json!({ "files": [path], "objectId": id }));
            page.eval::<bool>("new Promise(done => setTimeout(() => done(true), 150))");
            assert_eq!(harm(&page, &root), Vec::<String>::new(), "{}", text.chars().take(200).collect::<String>());
        }
        page.eval::<Value>("localStorage.clear()");
    }
    println!("{} addresses and {} files", addresses.len(), files.len());
}

#[test]
fn a_list_saved_as_a_pack_is_taken_in_by_the_builder() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    open(
        &page,
        &library().file(&format!(
            "list.html#{FIVE};!For%20%22us%22%1E1.1%20One%20%5B%5Bno%5D%5D%1FSay:%20%3Cb%3Ehi%3C/b%3E%20and%20*more*"
        )),
    );
    page.eval::<bool>("(() => { const old = URL.createObjectURL; URL.createObjectURL = (blob) => { window.saved = blob; return old.call(URL, blob); }; return true; })()");
    click(&page, &button("Save as a pack"));
    page.wait_for("window.saved");
    let text: String = page.eval("window.saved.text()");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("with-a-pack");
    let _absent = fs::remove_dir_all(&folder);
    copy_folder(&place("content"), &folder);
    fs::write(folder.join("packs/for-us.md"), &text).unwrap();
    let read = disk::read_whole(&folder, SourceMap::new(), pipeline::settings).unwrap();
    let build = pipeline::build(&read, &Options::default());
    let about: Vec<_> = build.diagnostics.iter().map(|fault| format!("{:?} {}", fault.code, fault.message)).collect();
    let output = build.output.unwrap_or_else(|| panic!("{about:?}\n{text}"));
    assert!(about.is_empty(), "{about:?}\n{text}");
    let pack = String::from_utf8(output.get("packs/for-us.html").unwrap().bytes().unwrap().to_vec()).unwrap();
    for wanted in ["1.1 One [[no]]", "Say: &lt;b&gt;hi&lt;/b&gt; and *more*", "class=\"drawn\""] {
        assert!(pack.contains(wanted), "{wanted}\n{text}");
    }
    assert_eq!(pack.matches("class=\"drawn\"").count(), 5);
}

#[test]
fn a_list_is_accessible_in_every_look_and_no_wider_than_its_window() {
    let (Some(browser), Some(axe)) = (browser(), axe()) else { return };
    let page = browser.page(Look::WIDE);
    open(&page, &library().file(&format!("list.html#{FIVE}")));
    click(&page, &button("Heading and words"));
    page.type_words("Welcome");
    for (name, look) in [
        ("light", Look::WIDE),
        ("dark", Look::WIDE.dark()),
        ("contrast", Look { contrast: true, ..Look::WIDE }),
        ("middle", Look::MIDDLE),
        ("narrow", Look::NARROW),
    ] {
        page.look(look);
        assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new(), "{name}");
        let wider: i32 = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(wider <= 0, "{name}: {wider} px wider");
    }
    // And so is a paper that shows its buttons.
    for look in [Look::WIDE, Look::NARROW] {
        page.look(look);
        page.go(&library().file("fact-sheet-9.html#para-13"));
        if page.eval::<u32>("document.querySelectorAll('.mine').length") == 0 {
            click(&page, &button("My list"));
        }
        page.wait_for("document.querySelectorAll('.mine').length > 5");
        assert_eq!(violations(&page, axe, Ask::All), Vec::<String>::new());
        let wider: i32 = page.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(wider <= 0, "{wider} px wider");
    }
}

#[test]
fn without_script_a_list_promises_nothing() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::NO_SCRIPT);
    page.go(&library().file("list.html"));
    let words: String = page.eval("document.querySelector('main').innerText");
    assert!(words.contains("needs a browser in which scripts run"), "{words}");
    assert!(!page.eval::<bool>("Boolean(document.querySelector('main button'))"));
    let _same: &Copy = library();
}

#[test]
fn the_code_of_a_list_is_one_that_telephones_read() {
    let Some(browser) = browser() else { return };
    let page = browser.page(Look::WIDE);
    open(&page, &library().file(&format!("list.html#{FIVE}")));
    click(&page, &button("Show on a wall"));
    page.wait_for("clausebook.more");
    let masks = [
        Mask::Checkerboard,
        Mask::HorizontalLines,
        Mask::VerticalLines,
        Mask::DiagonalLines,
        Mask::LargeCheckerboard,
        Mask::Fields,
        Mask::Diamonds,
        Mask::Meadow,
    ];
    for length in [1, 30, 77, 78, 134, 160, 230, 271, 300, 460, 640, 858] {
        let text: String = "https://example.org/list.html#guidance-2008:3.37,3.38;fact-sheet-9:13;@0a1b2c;="
            .chars()
            .cycle()
            .take(length)
            .collect();
        // Each dark module is a square of the second path, four modules in.
        let path: String = page.eval(&format!("clausebook.more.squareOf({text:?}).lastChild.getAttribute('d')"));
        let dark: BTreeSet<(usize, usize)> = path
            .split('M')
            .skip(1)
            .map(|square| {
                let (x, y) = square.split_once('h').unwrap().0.split_once(' ').unwrap();
                (x.parse::<usize>().unwrap() - 4, y.parse::<usize>().unwrap() - 4)
            })
            .collect();
        let is_another = |mask: Mask| {
            let code = QRBuilder::new(text.as_str()).ecl(ECL::L).mode(Mode::Byte).mask(mask).build().unwrap();
            let module = |x: usize, y: usize| code[y][x].value();
            let all = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
            all.filter(|(x, y)| module(*x, *y)).collect::<BTreeSet<_>>() == dark
        };
        assert!(masks.into_iter().any(is_another), "{length} characters");
    }
    assert!(page.eval::<bool>("clausebook.more.squareOf('x'.repeat(859)) === null"));
}

/// Publishes what is in a folder as its next edition.
fn publish_folder(folder: &Path) {
    let read = disk::read_whole(folder, SourceMap::new(), pipeline::settings).unwrap();
    let mut caches = Caches::default();
    let resolved =
        pipeline::resolve(pipeline::load(&read, &Options::default(), Hooks::default()), &mut caches, Hooks::default());
    let date = PartialDate::parse("2026-11-24").unwrap();
    let wanted = EditionDetails { name: None, date, note: Some("Words.".to_owned()) };
    let Outcome::Edition { files, .. } = publish(&resolved.corpus, &resolved.ledger, &read.site.sources, &wanted)
    else {
        panic!("there is nothing to publish: {:?}", resolved.faults);
    };
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn a_list_and_notes_of_one_edition_say_in_the_next_what_became_of_each_clause() {
    let Some(browser) = browser() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-editions");
    let _absent = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("permalinks")).unwrap();
    let clauses = [
        "1.1 The board meets in March, and its members choose a chair for the year.",
        "1.2 The secretary keeps the minutes, and sends them to members within a week.",
        "1.3 The treasurer keeps the accounts, and shows them to anyone who asks.",
        "1.4 The hall is let by the hour. Whoever hires it leaves it clean and locked.",
        "1.5 Keys are kept at the shop, and signed for in the book on the counter.",
        "1.6 A lost key is paid for by whoever lost it, at what a new lock costs.",
        "1.7 Dogs are welcome in the yard on a lead, and nowhere else.",
    ];
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let paper = |clauses: &[&str]| format!("+++\ntitle = \"Rules\"\n+++\n\n{}\n", clauses.join("\n\n"));
    write("site.toml", "title = \"Hall\"\n");
    write("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n");
    write("rules.md", &paper(&clauses));
    publish_folder(&folder);
    let first = Copy::of(&folder, "two-editions-first", None);
    write(
        "rules.md",
        &paper(&[
            clauses[0],
            &clauses[1].replace("within a week", "within ten days"),
            "1.3 Chairs are stacked at the end of each evening by those who used them last.",
            "1.4A The hall is let by the hour.",
            "1.4B Whoever hires it leaves it clean and locked.",
            "1.5 Post for the hall goes to the secretary, who opens it at the next meeting.",
            &format!("{} {}", clauses[5], "Keys are kept at the shop, and signed for in the book on the counter."),
            "1.7 The yard is swept on the first Saturday of every month by whoever comes.",
            &clauses[2].replace("1.3", "1.8"),
        ]),
    );
    write(
        "permalinks/moves.toml",
        "[[renumbered]]\nfrom = \"rules#1.3\"\nto = \"rules#1.8\"\nreason = \"Later.\"\n\n\
         [[split]]\nfrom = \"rules#1.4\"\nto = [\"rules#1.4A\", \"rules#1.4B\"]\nreason = \"Two.\"\n\n\
         [[merged]]\nfrom = \"rules#1.5\"\nto = \"rules#1.6\"\nreason = \"One.\"\n\n\
         [[withdrawn]]\nfrom = \"rules#1.7\"\nreason = \"No more dogs.\"\n",
    );
    let second = Copy::of(&folder, "two-editions-second", None);
    let page = browser.page(Look::WIDE);
    // The reader keeps all seven, and a note on two of them.
    page.go(&first.file("rules.html"));
    click(&page, &button("My list"));
    page.wait_for("document.querySelectorAll('.clause [data-in=false]').length === 7");
    for at in 0..7 {
        click(&page, &format!("document.querySelectorAll('.clause [data-in]')[{at}]"));
        page.wait_for(&format!("document.querySelectorAll('.clause [data-in]')[{at}].dataset.in === 'true'"));
    }
    for at in [2, 6] {
        click(&page, &format!("document.querySelectorAll('.clause .mine [aria-expanded]')[{at}]"));
        page.type_words("Ours");
        page.wait_for(&format!("document.querySelectorAll('.mine-note')[{at}].textContent.includes('Ours')"));
    }
    page.go(&first.file("list.html"));
    page.wait_for(DONE);
    page.wait_for("location.hash.includes('@')");
    let fragment: String = page.eval("location.hash");
    assert!(page.eval::<bool>("!document.querySelector('.mine-said')"));
    let told = |page: &Page| -> Vec<(String, Vec<String>, String)> {
        page.eval(
            "Array.from(document.querySelectorAll('[data-list] > ol > li'), li => [li.querySelector('.from').textContent, \
             Array.from(li.querySelectorAll('.text'), t => t.textContent.slice(0, 12)), \
             li.querySelector('.mine-said') ? li.querySelector('.mine-said').firstChild.data : ''])",
        )
    };
    let expected = |found: &[(String, Vec<String>, String)]| {
        let short: Vec<String> = found
            .iter()
            .map(|(from, texts, said)| format!("{} | {} | {said}", from.replace('\u{a0}', " "), texts.join(" / ")))
            .collect();
        assert_eq!(
            short,
            [
                "Rules, paragraph 1.1 | The board me | ",
                "Rules, paragraph 1.2 | The secretar | It has been reworded since you chose it.",
                "Rules, paragraph 1.8 | The treasure | It was 1.3 when you chose it.",
                "Rules, paragraph 1.4A | The hall is  / Whoever hire | It was 1.4 when you chose it, and is now several paragraphs.",
                "Rules, paragraph 1.6 | A lost key i | It was 1.5 when you chose it, and is now part of this paragraph. It has been reworded since you chose it.",
                "Rules, paragraph 1.6 | A lost key i | It has been reworded since you chose it.",
                "rules, 1.7 |  | It has been withdrawn since you chose it.",
            ]
        );
    };
    // Kept in the browser: copies of one site have one store.
    page.go(&second.file("list.html"));
    page.wait_for(DONE);
    expected(&told(&page));
    page.wait_for("document.querySelectorAll('.mine-notes li').length === 2");
    let notes: Vec<String> = page.eval("Array.from(document.querySelectorAll('.mine-notes li'), li => li.textContent)");
    assert!(notes[0].contains("1.8") && notes[0].contains("It was 1.3 when you chose it."), "{notes:?}");
    assert!(notes[1].contains("1.7") && notes[1].contains("It has been withdrawn"), "{notes:?}");
    // The note that moved is under its clause.
    page.go(&second.file("rules.html"));
    page.wait_for("document.querySelector('.mine-note em')");
    let under: String = page.eval("document.querySelector('.mine-note em').closest('.clause').id");
    assert_eq!(under, "1.8");
    // By its address, to another reader.
    let other = browser.page(Look::WIDE);
    open(&other, &second.file(&format!("list.html{fragment}")));
    expected(&told(&other));
    // What was accepted is as it is now.
    click(&other, &button("Keep it as it is now"));
    other.wait_for("document.querySelectorAll('.mine-said').length === 5");
    assert!(page.console().is_empty() && other.console().is_empty(), "{:?}{:?}", page.console(), other.console());
}
