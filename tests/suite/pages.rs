//! Every page is whole, plain HTML: one title, headings in order, nothing that runs.

use clausebook::output::Output;
use scraper::{Html, Selector};

use crate::content::CONTENT;
use crate::links::{broken_links, repeated_ids};
use crate::markup;
use crate::site::{Built, REGISTER, SETTINGS, TestSite};

/// A site with every kind of page and of block.
fn site() -> TestSite {
    let body = "Before.\n\n## First {#first .be-healthy}\n\n1.1 Text.[^n] As in [[1.2]] and [[ca2004 s 10]]. {#opening}\n\n- (a) one\n  - (i) two\n- plain\n\n\
        | Left | Right |\n|:-----|------:|\n| a [[1.1]] | b |\n\n> quoted\n\n> [!WARNING]\n> Mind.\n\n### Deeper\n\n1.2 ![A ring](pictures/ring.svg) LSCB\n\n\
        ```rust\nfn main() { let x = \"a\"; }\n```\n\n    plain code\n\n1. first\n2. second\n\n- [x] done\n- [ ] not done\n\nword\n: meaning\n\n---\n\nHard\\\nbreak ~~gone~~ **strong** *stress*.\n\n[^n]: The note.";
    TestSite::new()
        .file("authorities.toml", REGISTER)
        .file("pictures/ring.svg", "<svg/>")
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nBefore.\n\nboard (LSCB)\n: A board.\n")
        .paper_with("a", "short = \"A\"\nissuer = \"Department\"\npublished = 2008-04-03\nstatus = \"draft\"\nkind = \"guidance\"\nsource = { title = \"Official\", url = \"https://example.org/\" }", body)
        .file("big/index.md", "+++\ntitle = \"Big\"\npublication = true\n+++\n\n1.1 One.\n")
        .file("big/2-two.md", "+++\ntitle = \"Two\"\n+++\n\n2.1 Two.\n")
        .file("packs/p.md", "+++\ntitle = \"Pack\"\nkind = \"pack\"\n+++\n\n## Welcome\n\nWords.\n\n![[a#1.1]]\n\n![[a#1.2]]\n")
}

fn built() -> Built {
    site().build().clean()
}

/// Every page, by its path.
fn pages(built: &Built) -> Vec<(String, Html)> {
    let output = built.output.as_ref().unwrap();
    let pages = output.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    pages.map(|(path, _)| (path.to_string(), Html::parse_document(&built.text(path.as_str())))).collect()
}

/// Pages on which headings do not begin with the one title, leave a rank out, or are empty; with the ranks.
pub fn misplaced_headings(output: &Output) -> Vec<String> {
    let headings = Selector::parse("h1, h2, h3, h4, h5, h6").unwrap();
    let mut found = Vec::new();
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let page = Html::parse_document(std::str::from_utf8(artefact.bytes().unwrap()).unwrap());
        let levels: Vec<u8> =
            page.select(&headings).map(|heading| heading.value().name().as_bytes()[1] - b'0').collect();
        let one = levels.first() == Some(&1) && levels.iter().filter(|level| **level == 1).count() == 1;
        let steps = levels.windows(2).all(|pair| pair[1] <= pair[0] + 1);
        let empty = page.select(&headings).any(|heading| {
            heading.text().collect::<String>().trim().is_empty()
                && heading.select(&Selector::parse("img").unwrap()).next().is_none()
        });
        if !one || !steps || empty {
            found.push(format!("{path}: {levels:?}{}", if empty { ", one empty" } else { "" }));
        }
    }
    found
}

#[test]
fn lists_of_a_large_site_are_on_several_sheets_and_leave_what_no_page_can_hold_to_search() {
    let mut site = TestSite::new()
        .file("authorities.toml", REGISTER)
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nboard (LSCB)\n: A board.\n");
    let clauses: String = (1..8)
        .map(|n| format!("1.{n} The board, under section 10 of the Children Act 2004. {{.governance}}\n\n"))
        .collect();
    for n in 0..405 {
        site = site.paper_with(&format!("p{n:03}"), "outcomes = [\"be-healthy\"]", &clauses);
    }
    let built = site.build().clean();
    let (home, first, last) = ("index.html", "papers.1.html", "papers.1.2.html");
    assert_eq!(built.words(home, "li.card"), ["p000 to p399", "p400 to p404"]);
    assert_eq!(built.find(first, ".card a").len(), 400);
    assert_eq!(built.words(last, ".card a").len(), 5);
    assert_eq!(built.words(last, "h1"), ["p400 to p404"]);
    assert_eq!(built.words(first, "[rel=next]"), ["Next: p400 to p404"]);
    assert_eq!(built.words(last, "[rel=prev]"), ["Previous: p000 to p399"]);
    // A topic says how many there are in all on each of its sheets.
    for (page, documents) in [("outcomes/be-healthy.html", 400), ("outcomes/be-healthy.2.html", 5)] {
        assert_eq!(built.find(page, ".body h2").len(), documents);
        assert_eq!(built.words(page, ".title .facts"), ["2835 paragraphs"]);
    }
    assert_eq!(built.words("outcomes/be-healthy.html", "[rel=next]"), ["Next: p400 to p404"]);
    // The fold says how many places there are, and what is not listed is a search away.
    for (page, search) in [("glossary.html", "search.html?q=board"), ("authorities.html", "?q=s%2010%20Children%20Act")]
    {
        let all: Vec<String> =
            built.words(page, "details.links").into_iter().filter(|fold| fold.contains("2835")).collect();
        assert_eq!(all.len(), 1, "{page}: {all:?}");
        assert!(built.find(page, &format!("details.links a[href*='{search}']")).len() == 1, "{page}");
    }
    // Two topics crossed lead to the page of one of them for the rest.
    let crossed = built.words("browse.html", ".pairs li:last-child");
    assert!(crossed.iter().any(|line| line.ends_with(" more: see all on Governance")), "{crossed:?}");
    let output = built.output.as_ref().unwrap();
    let large = output.iter().filter(|(path, file)| {
        path.as_str().ends_with(".html") && file.bytes().is_some_and(|bytes| bytes.len() > 300_000)
    });
    assert_eq!(large.map(|(path, _)| path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(broken_links(output), Vec::<String>::new());
    assert_eq!(misplaced_headings(output), Vec::<String>::new());
}

#[test]
fn every_page_has_one_title_and_skips_no_heading() {
    let built = built();
    assert!(pages(&built).len() > 12);
    assert_eq!(misplaced_headings(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn every_page_says_what_it_is_and_lets_nothing_run() {
    let built = built();
    for (path, page) in pages(&built) {
        let one = |selector: &str| {
            let selector = Selector::parse(selector).unwrap();
            let found: Vec<_> = page.select(&selector).collect();
            assert_eq!(found.len(), 1, "{path}: {selector:?}");
            found[0]
        };
        let policy = one("meta[http-equiv='Content-Security-Policy']").attr("content").unwrap().to_owned();
        assert!(policy.contains("default-src 'none'") || policy.contains("default-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(one("html").attr("lang"), Some("en-GB"));
        one("meta[charset=utf-8]");
        one("main[id=main]");
        one("nav[aria-label=Site]");
        assert!(one("title").text().collect::<String>().ends_with("Site"));
        let script = Selector::parse("script:not([type='application/ld+json'])").unwrap();
        let scripts: Vec<_> = page.select(&script).collect();
        let names = scripts.iter().map(|script| script.attr("src").unwrap().trim_start_matches("../"));
        // Besides the script of all pages, one for those of a kind.
        let kind = one("body").attr("class").unwrap().split(' ').next().unwrap();
        let expected: &[&str] = match (path.as_str(), kind) {
            ("search.html", _) => &["static/site.js", "static/search.js"],
            ("list.html", _) => &["static/site.js", "static/list.js"],
            ("glossary.html", _) => &["static/site.js", "static/glossary.js"],
            (_, "document") => &["static/site.js", "static/reading.js"],
            (_, "single") => &["static/site.js", "static/clause.js"],
            _ => &["static/site.js"],
        };
        assert_eq!(names.collect::<Vec<_>>(), expected, "{path}");
        assert!(scripts.iter().all(|script| script.text().next().is_none()), "{path}");
        for none in ["style", "[style]", "iframe", "base"] {
            assert_eq!(page.select(&Selector::parse(none).unwrap()).count(), 0, "{path}: {none}");
        }
        assert!(built.text(&path).starts_with("<!doctype html>\n"));
    }
    let output = built.output.as_ref().unwrap();
    assert_eq!(markup::foreign(output), Vec::<String>::new());
    assert_eq!(broken_links(output), Vec::<String>::new());
    assert_eq!(repeated_ids(output), Vec::<String>::new());
}

#[test]
fn every_address_on_a_page_is_relative_and_names_a_file() {
    let linking = Selector::parse("[href], [src]").unwrap();
    for (path, page) in pages(&built()) {
        for element in page.select(&linking) {
            let address = element.attr("href").or(element.attr("src")).unwrap();
            if address.starts_with("https://") || address.starts_with('#') {
                continue;
            }
            let file = address.split('#').next().unwrap().rsplit('/').next().unwrap();
            assert!(file.contains('.') && file != ".." && !address.starts_with('/'), "{path}: {address}");
        }
    }
}

#[test]
fn the_home_page_shows_its_own_words_and_every_list() {
    let settings = format!("{SETTINGS}\n[[navigation]]\ntitle = \"First of all\"\nitems = [\"p\", \"a\"]\n");
    let built = site()
        .file("site.toml", &settings)
        .file("index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome to [[a]].\n\n## How to cite\n\nBy [[a#1.1]].[^n]\n\n- a list\n\n[^n]: A note.\n")
        .build()
        .clean();
    assert_eq!(built.words("index.html", "h1"), ["Site"]);
    assert_eq!(built.words("index.html", ".card a"), ["Pack", "A", "Big"]);
    assert_eq!(
        built.words("index.html", "h2").iter().filter(|h| *h == "First of all" || *h == "More documents").count(),
        2
    );
    let words = built.words("index.html", "main").concat();
    for wanted in [
        "Be healthy",
        "Governance",
        "2 paragraphs",
        "Department",
        "3 April 2008",
        "Paragraphs",
        "Legislation",
        "Glossary",
    ] {
        assert!(words.contains(wanted), "{wanted}");
    }
    assert!(built.words("index.html", "h2[id]").contains(&"How to cite".to_owned()));
    assert_eq!(built.words("index.html", ".note-list .text"), ["A note."]);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn a_site_without_words_of_its_own_has_a_home_page_all_the_same() {
    let built = TestSite::empty()
        .file("site.toml", "title = \"Bare\"\n")
        .file("a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 Text.\n")
        .build();
    assert_eq!(built.words("index.html", ".card a"), ["A"]);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn the_page_for_what_is_not_there_leads_to_every_list() {
    let built = site().base_url("https://example.org/trusts/").build().clean();
    assert_eq!(built.words("404.html", "h1"), ["This page is not here"]);
    assert_eq!(
        built.words("404.html", "main ul a"),
        ["Home", "Browse", "Legislation", "Glossary", "About", "Outcomes", "Features"]
    );
}

#[test]
fn the_same_links_come_in_the_same_order_on_every_page() {
    let built = built();
    for (path, _) in pages(&built) {
        assert_eq!(
            built.words(&path, "nav[aria-label=Site] a"),
            ["Home", "Browse", "Legislation", "Glossary", "About"],
            "{path}"
        );
    }
    assert_eq!(built.words("browse.html", "a[aria-current=page]"), ["Browse"]);
}

#[test]
fn tables_alerts_lists_and_definitions_are_written_as_such() {
    let built = built();
    assert_eq!(built.words("a.html", "th[scope=col]"), ["Left", "Right"]);
    assert_eq!(built.words("a.html", "td.right, th.right"), ["Right", "b"]);
    assert_eq!(built.find("a.html", ".table[role=region][tabindex='0'][aria-label='Table 1']").len(), 1);
    assert_eq!(built.words("a.html", ".alert.warning"), ["Warning Mind."]);
    assert_eq!(built.words("a.html", "blockquote"), ["quoted"]);
    assert_eq!(built.words("a.html", "[id='1.2'] ol li"), ["first", "second"]);
    assert_eq!(built.words("a.html", "[id='1.2'] dt"), ["word"]);
    assert_eq!(built.words("a.html", "[id='1.2'] del"), ["gone"]);
    assert!(built.words("a.html", "[id='1.2'] li").contains(&"☑ done".to_owned()));
    for alert in ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"] {
        let built =
            TestSite::new().paper("a", &format!("1.1 Text.\n\n> [!{alert}]\n> Words.\n>\n> - list")).build().clean();
        assert_eq!(built.find("a.html", &format!(".alert.{}[role=note]", alert.to_lowercase())).len(), 1, "{alert}");
    }
}

#[test]
fn code_of_each_language_is_highlighted_and_none_of_its_letters_is_lost() {
    let languages = "rust c java js go swift php css python ruby sh toml yaml nginx haskell sql json html";
    let code = "[a]\nkey: 1\nb = \"s\\\" t\" # it's\n-- <a b='c'> <!-- d --> /* e\nf */ if true for let class x 'y'\n";
    for language in languages.split(' ') {
        let built = TestSite::new().paper("a", &format!("1.1 See:\n\n```{language}\n{code}```")).build().clean();
        let html = built.text("a.html");
        let shown = html.split(&format!("language-{language}\">")).nth(1).unwrap().split("</code>").next().unwrap();
        assert!(shown.contains("<span class=\"c-"), "{language}: {shown}");
        let text = scraper::Html::parse_fragment(shown).root_element().text().collect::<String>();
        assert_eq!(text, code, "{language}");
    }
}

#[test]
fn code_is_highlighted_with_classes_of_its_own() {
    let built = built();
    assert_eq!(built.words("a.html", "pre code.language-rust"), ["fn main() { let x = \"a\"; }"]);
    assert!(!built.find("a.html", "pre .c-keyword, pre .c-storage").is_empty());
    assert_eq!(built.words("a.html", "pre code:not([class])"), ["plain code"]);
    let odd = TestSite::new().paper("a", "1.1 Text.\n\n```nothing-known\n<b>&amp;\"\n```\n\n```toml\ntitle = \"<b>\"\n```\n\n```rust,ignore {#x .y}\nlet a = \"<i>\";\n```").build().clean();
    assert_eq!(odd.words("a.html", "pre"), ["<b>&amp;\"", "title = \"<b>\"", "let a = \"<i>\";"]);
    assert_eq!(odd.find("a.html", "pre code.language-rust").len(), 1);
    // The default theme gives them a look.
    assert!(built.text("static/style.css").contains(".c-"));
}

#[test]
fn pictures_are_copied_and_shown_with_their_words() {
    let built = built();
    let sources = |page: &str| -> Vec<String> {
        let pictures = built.find(page, "img[alt='A ring']");
        pictures
            .iter()
            .map(|picture| picture.split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(sources("a.html"), ["pictures/ring.svg"]);
    assert_eq!(sources("a/1.2.html"), ["../pictures/ring.svg"]);
    assert_eq!(sources("packs/p.html"), ["../pictures/ring.svg"]);
    assert!(built.output.as_ref().unwrap().get("pictures/ring.svg").is_some());
    assert!(built.clause("a", "1.2")["text"].as_str().unwrap().starts_with("A ring LSCB"));
    let fault = |text: &str| {
        TestSite::new().file("r.png", "").paper("a", &format!("1.1 Text [r](r.png). {text}")).build().codes()
    };
    assert_eq!(fault("![x](https://example.org/x.png)"), ["remote-picture"]);
    assert_eq!(fault("![x](none.png)"), ["missing-file"]);
    assert_eq!(fault("![](r.png)"), ["picture-without-words"]);
    assert_eq!(fault("![x](../r.png)"), ["broken-link"]);
    assert_eq!(fault(""), Vec::<&str>::new());
}

#[test]
fn html_is_shown_as_text() {
    let built = TestSite::new().paper("a", "1.1 A <b>bold</b> word.\n\n<div class=\"x\">\nblock\n</div>\n\n<!-- a comment -->\n\n1.2 B <!-- another --> C.").build();
    assert_eq!(built.codes(), ["raw-html", "raw-html"]);
    assert_eq!(built.words("a.html", "[id='1.1'] .text"), ["A <b>bold</b> word. <div class=\"x\"> block </div>"]);
    assert_eq!(built.words("a.html", "[id='1.2'] .text"), ["B C."]);
}

#[test]
fn the_contents_name_the_clauses_under_each_heading() {
    let built = TestSite::new()
        .paper("a", "## One\n\n1.1 A.\n\n### Sub\n\n1.2 A.\n\n1.3 A.\n\n## Two\n\nNone.")
        .build()
        .clean();
    assert_eq!(built.words("a.html", ".contents li"), ["1.1–1.3 One 1.2–1.3 Sub", "1.2–1.3 Sub", "Two"]);
    let bare = TestSite::new().paper("a", "1.1 A.").build().clean();
    assert_eq!(bare.find("a.html", ".contents"), Vec::<String>::new());
}

#[test]
fn titles_go_from_the_particular_to_the_general() {
    let built = built();
    let title = |page: &str| built.words(page, "title").concat();
    assert_eq!(title("index.html"), "Site");
    assert_eq!(title("a.html"), "a – Site");
    assert_eq!(title("a/1.1.html"), "1.1 – A – Site");
    assert_eq!(title("outcomes/stay-safe.html"), "Stay safe – Outcomes – Site");
}

#[test]
fn who_hosts_a_copy_stands_on_every_page() {
    let built = site().file("site.toml", &format!("host = \"Example <Council>\"\n{SETTINGS}")).build().clean();
    for (path, _) in pages(&built) {
        assert!(built.words(&path, "footer").concat().contains("This copy is hosted by Example <Council>."), "{path}");
    }
}

#[test]
fn absolute_addresses_come_from_the_base_address_alone() {
    let plain = built();
    for (path, page) in pages(&plain) {
        assert_eq!(page.select(&Selector::parse("link[rel=canonical]").unwrap()).count(), 0, "{path}");
    }
    let based = site().base_url("https://example.org/trusts/").build().clean();
    assert_eq!(based.find("a/1.1.html", "link[rel=canonical][href='https://example.org/trusts/a/1.1.html']").len(), 1);
    assert!(based.words("a/1.1.html", ".address").concat().ends_with("https://example.org/trusts/a/1.1.html"));
    assert_eq!(broken_links(based.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn a_page_is_small_for_what_it_says() {
    let built = built();
    for (path, page) in pages(&built) {
        let text: String = page.root_element().text().collect();
        assert!(built.text(&path).len() <= 3 * text.len() + 10 * 1024, "{path}");
    }
    assert!(built.text("a/1.1.html").len() <= 8 * 1024);
    assert!(built.text("static/style.css").len() <= 24 * 1024);
}

/// The modules that the path of a QR code draws, row by row, with those that are clear around them.
fn modules(path: &str, side: usize) -> Vec<Vec<bool>> {
    let mut modules = vec![vec![false; side]; side];
    for row in path.split('M').filter(|row| !row.is_empty()) {
        let start = row.find(['h', 'm']).unwrap_or(row.len());
        let (x, y) = row[..start].split_once(' ').unwrap();
        let (mut x, y): (usize, usize) = (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
        let steps = &row[start..];
        let mut at = 0;
        while at < steps.len() {
            let dark = steps.as_bytes()[at] == b'h';
            let end = steps[at + 1..].find(['h', 'm']).map_or(steps.len(), |end| at + 1 + end);
            let length: usize = steps[at + 1..end].trim_end_matches(" 0").parse().unwrap();
            modules[y][x..x + length].fill(dark);
            x += length;
            at = end;
        }
    }
    modules
}

#[test]
fn the_address_of_a_clause_and_of_a_pack_is_a_square_for_paper_if_the_site_knows_its_own() {
    let base = "https://example.org/trusts/";
    let based = site().base_url(base).build().clean();
    for page in ["a/1.1.html", "packs/p.html"] {
        let code = fast_qr::QRBuilder::new(format!("{base}{page}")).ecl(fast_qr::ECL::M).build().unwrap();
        let side = code.size + 8;
        let squares = based.find(page, &format!(".paper > svg.square[viewBox='0 0 {side} {side}'] > path[stroke]"));
        assert_eq!(squares.len(), 1, "{page}");
        let path = squares[0].split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let drawn = modules(path, side);
        for y in 0..side {
            for x in 0..side {
                let inside = (4..4 + code.size).contains(&x) && (4..4 + code.size).contains(&y);
                assert_eq!(drawn[y][x], inside && code[y - 4][x - 4].value(), "{page}: {x} {y}");
            }
        }
    }
    assert_eq!(based.find("a.html", ".square"), Vec::<String>::new());
    assert_eq!(built().find("a/1.1.html", ".square"), Vec::<String>::new());
}

#[test]
fn a_page_says_what_it_is_to_those_who_list_it() {
    let built = built();
    let content = |page: &str, property: &str| {
        let found = built.find(page, &format!("meta[property='{property}']"));
        found.first().map(|meta| meta.split("content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
    };
    assert_eq!(content("a.html", "og:title").unwrap(), "a – Site");
    assert_eq!(content("a.html", "og:site_name").unwrap(), "Site");
    assert_eq!(
        content("a.html", "og:description").unwrap(),
        "Guidance. Department, 3&nbsp;April 2008. This is a draft and not in force."
    );
    assert!(content("a/1.1.html", "og:description").unwrap().starts_with("Text. As in 1.2 and"));
    assert_eq!(content("outcomes/be-healthy.html", "og:description"), None);
    let data = built.words("a/1.1.html", "script[type='application/ld+json']").concat();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!((&data["@type"], &data["name"]), (&"CreativeWork".into(), &"A, paragraph 1.1".into()));
    assert_eq!(data["isPartOf"]["@type"], "Report");
}

#[test]
fn a_clause_of_more_than_120_words_may_be_broken_on_paper() {
    let words = |count: usize| vec!["word"; count].join(" ");
    let built = TestSite::new().paper("a", &format!("1.1 {}\n\n1.2 {}", words(120), words(121))).build().clean();
    assert_eq!(built.find("a.html", ".clause:not(.long)").len(), 1);
    assert_eq!(built.find("a.html", ".clause.long[id='1.2']").len(), 1);
}

/// Returns the quotation that a clause's page offers to copy.
fn quotation(built: &Built, page: &str) -> String {
    let page = Html::parse_document(&built.text(page));
    let selector = Selector::parse("[data-quotation]").unwrap();
    page.select(&selector).next().unwrap().attr("data-quotation").unwrap().to_owned()
}

#[test]
fn a_quotation_holds_the_words_of_the_clause_then_where_they_are_from() {
    let front = "short = \"Paper A\"\nissuer = \"The Department\"\npublished = 2008-04-03\nstatus = \"draft\"\nsource = { title = \"Official\" }";
    let body =
        "1.1 \"Two\" of:[^n]\n\n- (a) these & 1 < 2\n- (b) others\n\n> [!NOTE]\n> Editor's note: no.\n\n[^n]: Neither.";
    let settings = format!("edition = \"Second\"\n{SETTINGS}");
    let site = TestSite::new().file("site.toml", &settings).paper_with("a", front, body).paper("b", "1.1 Own words.");
    let built = site.clone().base_url("https://example.org/t/").build().clean();
    assert_eq!(
        quotation(&built, "a/1.1.html").replace('\u{a0}', " ").lines().collect::<Vec<_>>(),
        [
            "““Two” of:",
            "(a) these & 1 < 2",
            "(b) others”",
            "Paper A, paragraph 1.1",
            "a, The Department, 3 April 2008",
            "This is a draft and not in force.",
            "Restated by Site in its own words; the official text prevails.",
            "Edition: Second",
            "https://example.org/t/a/1.1.html",
        ]
    );
    // What is not known is not said.
    let built = site.build().clean();
    assert_eq!(
        quotation(&built, "b/1.1.html").replace('\u{a0}', " "),
        "“Own words.”\nb, paragraph 1.1\nb\nFrom Site\nEdition: Second"
    );
}

#[test]
fn a_quotation_has_no_labels_or_marks_without_words() {
    let body = "1.1 Bring:\n\n- a coat\n- ~~a hat~~\n- > [!NOTE]\n  > Of the editor.\n- ~~a cup~~ a glass\n\n1. ~~Run.~~\n2. Walk.\n\n1.2 ~~All of this.~~";
    let built = TestSite::new().paper("a", body).build();
    let quoted = quotation(&built, "a/1.1.html");
    assert!(quoted.starts_with("“Bring:\n• a coat\n• a glass\n2. Walk.”\n"), "{quoted}");
    let quoted = quotation(&built, "a/1.2.html");
    assert!(!quoted.contains('“') && quoted.contains("1.2"), "{quoted}");
}

#[test]
fn every_quotation_of_the_library_has_the_words_of_its_clause_and_no_note() {
    let built = &*CONTENT;
    let rows = built.json("data/clauses.json");
    let (mut quoted, mut with_notes) = (0, 0);
    for row in rows.as_array().unwrap().iter().filter(|row| row["parent"].is_null()) {
        let url = row["url"].as_str().unwrap();
        let (page, fragment) = url.split_once('#').unwrap();
        let page = format!("{}/{}.html", page.strip_suffix(".html").unwrap(), fragment.to_lowercase());
        let words = quotation(built, &page);
        let text = row["text"].as_str().unwrap();
        assert!(words.starts_with(&format!("“{text}”\n")), "{url}: {words}");
        // No cell runs into the next, and no item into the one before it.
        let notes = row["notes_by_editor"].as_array().unwrap();
        let blocks = built.words(&page, ".clause .text :is(li, tr, p)").len();
        assert!(blocks == 1 || text.lines().count() > 1 || !notes.is_empty(), "{url}: {text}");
        quoted += 1;
        with_notes += usize::from(!notes.is_empty());
        assert_eq!(notes.len(), built.find(&page, ".clause .alert.note").len(), "{url}");
        for note in notes {
            assert!(!words.contains(note.as_str().unwrap()) && note.as_str().unwrap().starts_with("Editor’s note: "));
        }
    }
    assert!(quoted > 500 && with_notes == 57, "{quoted} {with_notes}");
}

#[test]
fn a_heading_of_a_pack_with_nothing_for_participants_is_marked() {
    let built = TestSite::new()
        .paper("a", "1.1 Text.")
        .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n## Aims\n\nWords.\n\n## Work\n\n### Alone\n\nWords.\n\n### Together\n\nWords.\n\n![[a#1.1]]\n\n## Answers\n\n### More\n\nWords.\n")
        .build()
        .clean();
    assert_eq!(built.words("p.html", ".items .facilitator"), ["Aims", "Alone", "Answers", "More"]);
    assert_eq!(built.words("p.html", ".contents .facilitator > a"), ["Aims", "Alone", "Answers", "More"]);
    assert_eq!(built.find("a.html", ".facilitator"), Vec::<String>::new());
}

#[test]
fn an_address_is_printed_once_and_that_of_a_work_in_the_table_of_law() {
    let site = TestSite::new().paper_with(
        "a",
        "published = 2008-04-03\nstatus = \"superseded\"",
        "1.1 See [[ca2004 s 10]] and [[ca2004]], [there](https://example.com/x) and [again](https://example.com/x).",
    );
    let built = site.build().clean();
    let law = "Children Act 2004: 1.1; s 10: 1.1";
    let act = "https://www.legislation.gov.uk/ukpga/2004/31/2008-04-03";
    for page in ["a.html", "a/1.1.html"] {
        assert_eq!(built.words(page, ".cited li").concat().replace('\u{a0}', " "), law, "{page}");
        // The style gives the address of each link that is neither of these, such as that of a work.
        assert_eq!(built.words(page, &format!(".cited a[href='{act}']:not(.law, .again)")), ["Children Act 2004"]);
        assert_eq!(built.words(page, ".text a.again"), ["again"], "{page}");
        assert_eq!(built.words(page, ".text a[href^=http]:not(.law, .again)"), ["there"], "{page}");
    }
}

#[test]
fn a_note_that_only_words_for_the_facilitator_mark_is_marked_as_theirs() {
    let pack = |body: &str| {
        let front = "+++\ntitle = \"P\"\nkind = \"pack\"\nnumbering = \"decimal\"\n+++\n\n";
        TestSite::new().paper("a", "1.1 Text.[^x]\n\n[^x]: X.").file("p.md", &format!("{front}{body}")).build().clean()
    };
    let built = pack(
        "## Aims[^h]\n\nWords.[^w][^both]\n\n## Work[^s]\n\n1.1 Mine.[^both]\n\n![[a#1.1]]\n\n\
         [^h]: H.\n\n[^w]: W.[^inner][^two]\n\n[^both]: Both.[^two]\n\n[^s]: S.\n\n[^inner]: Inner.\n\n[^two]: Two.",
    );
    assert_eq!(built.words("p.html", ".notes .facilitator .text"), ["H.", "W.56", "Inner."]);
    assert_eq!(built.find("p.html", ".notes.facilitator"), Vec::<String>::new());
    assert_eq!(built.find("p.html", ".drawn .facilitator"), Vec::<String>::new());
    // With nothing else in it, the section is theirs, too.
    let built = pack("Words.[^w]\n\n![[a#1.1]]\n\n[^w]: W.");
    assert_eq!(built.find("p.html", "section.notes.facilitator").len(), 1);
    // In other documents, all words are for everyone.
    assert_eq!(built.find("a.html", ".facilitator"), Vec::<String>::new());
}

#[test]
fn an_address_that_only_the_facilitator_has_before_is_printed_for_participants() {
    let link = |words: &str, path: &str| format!("[{words}](https://example.com/{path})");
    let drawn = format!("1.1 {}, {} and {}.", link("first", "x"), link("new", "y"), link("next", "x"));
    let body = format!(
        "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n{} and {}.\n\n![[a#1.1]]\n",
        link("l", "x"),
        link("m", "x")
    );
    let built = TestSite::new().paper("a", &drawn).file("p.md", &body).build().clean();
    assert_eq!(built.words("p.html", "a.again-for-facilitator"), ["first"]);
    assert_eq!(built.words("p.html", "a.again"), ["m", "next"]);
    assert_eq!(built.words("a.html", "a.again"), ["next"]);
}

#[test]
fn an_address_that_is_the_words_of_its_link_is_not_printed_after_them() {
    let body = "1.1 <https://example.org/x>, [www.example.org](https://www.example.org/), [example.org/y](http://example.org/y), \
        [`example.org/code`](https://example.org/code), [else](https://example.org/x) and [example.org](https://example.org/z).";
    let built = TestSite::new().paper("a", body).build().clean();
    assert_eq!(
        built.words("a.html", ".text a.again"),
        ["https://example.org/x", "www.example.org", "example.org/y", "example.org/code", "else"]
    );
}

#[test]
fn a_table_says_whether_it_is_too_wide_for_paper() {
    let table = |columns: usize, word: &str| {
        let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
        let body = format!("1.1 A table:\n\n{}{}{}", row("a"), row("---"), row(word));
        let built = TestSite::new().paper("a", &body).build().clean();
        let page = built.text("a.html");
        format!("table{}", page.split("<div class=\"table").nth(1).unwrap().split('"').next().unwrap())
    };
    assert_eq!(table(4, "yes or no, in many words, which wrap in their cell"), "table");
    assert_eq!(table(12, "yes"), "table");
    assert_eq!(table(6, "responsibilities"), "table widest");
    assert_eq!(table(5, "responsibilities"), "table wide");
    assert_eq!(table(30, "yes"), "table widest");
}
