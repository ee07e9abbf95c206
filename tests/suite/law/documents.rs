//! The law in documents: links in the text, the citations of a clause, the table of authorities and the data.

use std::collections::BTreeSet;
use std::path::Path;

use clausebook::disk;
use clausebook::output::Artefact;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;
use serde_json::{Value, json};

use super::forms::WORKS;
use crate::site::{Built, TestSite};

const LAW: &str = "https://www.legislation.gov.uk/";

fn site() -> TestSite {
    TestSite::new().file("authorities.toml", WORKS)
}

/// The links to the law in the words of a page, as `words → address`; legislation.gov.uk is left out of it.
fn links(built: &Built, page: &str, within: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(&built.text(page));
    let selector = scraper::Selector::parse(&format!("{within} a.law")).unwrap();
    let link = |link: scraper::ElementRef<'_>| {
        let words = link.text().collect::<String>().replace(['\n', '\u{a0}'], " ");
        let address = link.attr("href").unwrap();
        format!("{words} → {}", address.strip_prefix(LAW).unwrap_or(address))
    };
    html.select(&selector).map(link).collect()
}

/// The links of the one clause of a document.
fn links_in(body: &str) -> Vec<String> {
    links(&site().paper("paper", body).build().without_errors(), "paper.html", "main")
}

/// `authority path` of each citation of a clause.
fn cited(built: &Built, document: &str, number: &str) -> Vec<String> {
    let row = built.clause(document, number);
    let citation = |row: &Value| {
        format!("{} {}", row["authority"].as_str().unwrap(), row["path"].as_str().unwrap_or("")).trim_end().to_owned()
    };
    row["citations"].as_array().unwrap().iter().map(citation).collect()
}

// ── Where ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_law_is_recognised_in_text_tables_notes_and_quotations() {
    let built = site()
        .paper(
            "paper",
            "The Children Act 1989 stands before the first clause.\n\n\
             1.1 Under section 10 of the Children Act 2004.[^n]\n\n\
             | Duty | Law |\n| --- | --- |\n| To cooperate | s 11 CA 2004 |\n\n\
             - (a) see section 12(1) of the Children Act 2004\n\n\
             > Section 13 of the Children Act 2004 is quoted.\n\n\
             - an item with s 14 CA 2004\n\n\
             [^n]: Children Act 1989, s 17.",
        )
        .build()
        .clean();
    assert_eq!(
        links(&built, "paper.html", "main"),
        [
            "Children Act 1989 → ukpga/1989/41",
            "section 10 of the Children Act 2004 → ukpga/2004/31/section/10",
            "s 11 CA 2004 → ukpga/2004/31/section/11",
            "section 12(1) of the Children Act 2004 → ukpga/2004/31/section/12#section-12-1",
            "Section 13 of the Children Act 2004 → ukpga/2004/31/section/13",
            "s 14 CA 2004 → ukpga/2004/31/section/14",
            "Children Act 1989, s 17 → ukpga/1989/41/section/17",
        ]
    );
    let all =
        ["ca2004 section/10", "ca2004 section/11", "ca2004 section/12/1", "ca2004 section/13", "ca2004 section/14"];
    let mut wanted: Vec<&str> = all.to_vec();
    wanted.push("ca1989 section/17");
    assert_eq!(cited(&built, "paper", "1.1"), wanted);
    assert_eq!(cited(&built, "paper", "1.1(a)"), ["ca2004 section/12/1"]);
}

#[test]
fn the_law_is_never_recognised_in_headings_code_links_and_pictures() {
    let built = site()
        .file("plan.svg", "<svg/>")
        .paper(
            "paper",
            "## Section 10 of the Children Act 2004\n\n\
             1.1 `section 10 of the Children Act 2004` and [section 11 of the Children Act 2004](https://example.org/)\n\
             and ![Section 12 of the Children Act 2004](plan.svg) and <https://example.org/s10CA2004>.\n\n\
             ```\nsection 13 of the Children Act 2004\n```\n\n\
             1.2 See [[1.1|section 14 of the Children Act 2004]].\n\n\
             1.3 [[youth-matters|section 15 of the Children Act 2004]]",
        )
        .build()
        .clean();
    assert_eq!(
        links(&built, "paper.html", "main"),
        ["section 15 of the Children Act 2004 → authorities.html#youth-matters"],
        "the one link is the author's"
    );
    assert_eq!(cited(&built, "paper", "1.1"), Vec::<String>::new());
    assert!(!built.text("data/clauses.json").contains("ca2004"));
}

#[test]
fn nothing_is_joined_across_code_links_pictures_and_hard_breaks() {
    for between in ["`x`", "[x](https://example.org/)", "![x](plan.svg)", "[[1.1]]"] {
        let body = format!("1.1 Section 10 of {between} the Children Act 2004. Section 11 {between} CA 2004.");
        let site = if body.contains("plan.svg") { site().file("plan.svg", "<svg/>") } else { site() };
        let built = site.paper("paper", &body).build().clean();
        let found = links(&built, "paper.html", "main");
        assert_eq!(found, ["Children Act 2004 → ukpga/2004/31", "CA 2004 → ukpga/2004/31"], "{between}");
    }
    assert_eq!(links_in("1.1 Section 10 of the\\\nChildren Act 2004."), ["Children Act 2004 → ukpga/2004/31"]);
    // Two paragraphs and two cells are two texts.
    assert_eq!(links_in("1.1 Section 10 of the\n\nChildren Act 2004."), ["Children Act 2004 → ukpga/2004/31"]);
    assert_eq!(
        links_in("1.1 A table.\n\n| Section 10 of the | Children Act 2004 |\n| --- | --- |\n| s 11 | CA 2004 |"),
        ["Children Act 2004 → ukpga/2004/31", "CA 2004 → ukpga/2004/31"]
    );
}

#[test]
fn marks_in_the_middle_part_nothing() {
    let whole = "ukpga/2004/31/section/10#section-10-1";
    assert_eq!(
        links_in("1.1 Section\u{a0}10(1)\nof the\nChildren\u{a0}Act 2004 says so."),
        [format!("Section 10(1) of the Children Act 2004 → {whole}")]
    );
    // A link cannot hold a part of what is in italics, so that there is one on each side.
    assert_eq!(
        links_in("1.1 Section 10(1) of the *Children Act 2004* says so."),
        [format!("Section 10(1) of the → {whole}"), format!("Children Act 2004 → {whole}")]
    );
    assert_eq!(
        links_in("1.1 *Section 10(1)* of the Children Act **2004**."),
        [format!("Section 10(1) → {whole}"), format!("of the Children Act → {whole}"), format!("2004 → {whole}"),]
    );
    assert_eq!(
        links_in("1.1 Section 10(1)[^n] of the Children Act 2004.\n\n[^n]: A note."),
        [format!("Section 10(1) → {whole}"), format!("of the Children Act 2004 → {whole}")]
    );
    assert_eq!(
        links_in("1.1 Section 10(1) of the “Children Act 2004” and the Children Act 2004's duty."),
        [format!("Section 10(1) of the “Children Act 2004 → {whole}"), "Children Act 2004 → ukpga/2004/31".to_owned()]
    );
    assert_eq!(
        links_in("1.1 Section 10\\(1\\) of the Children Act&nbsp;2004."),
        [format!("Section 10(1) of the Children Act 2004 → {whole}")]
    );
}

#[test]
fn each_provision_of_a_list_is_a_link_of_its_own() {
    assert_eq!(
        links_in("1.1 Sections 10(1)(a), (b) and 11 of the Children Act 2004."),
        [
            "Sections 10(1)(a) → ukpga/2004/31/section/10#section-10-1-a",
            "(b) → ukpga/2004/31/section/10#section-10-1-b",
            "11 of the Children Act 2004 → ukpga/2004/31/section/11",
        ]
    );
    assert_eq!(
        links_in("1.1 The Children Acts 1989 and 2004."),
        ["Children Acts 1989 → ukpga/1989/41", "2004 → ukpga/2004/31"]
    );
}

#[test]
fn a_doubt_stands_at_its_words() {
    let built = site()
        .paper(
            "paper",
            "1.1 Under section 1 of the *Unknown*\nAct 2001 and under the 2004 Act,[^n] with regulation 3 of the Children\n\
             Act 2004 (c. 31).\n\n[^n]: The Children Act 2004 (c. 38).",
        )
        .build()
        .without_errors();
    insta::assert_snapshot!(built.short(), @r#"
    paper.md:6:29: warning[undeclared-authority]: “Unknown Act 2001” looks like a work that the register does not declare (add a row for it, or an alias to the row it has: [ua2001] title = "Unknown Act 2001" kind = "act")
    paper.md:7:20: warning[ambiguous-authority]: “the 2004 Act” may be `ca2004` or `cpa2004` (write the title in full, or name the work by its key: `[[key s 10]]`)
    paper.md:7:43: warning[unit-mismatch]: Children Act 2004 has no regulations (the work alone is linked; fix the pinpoint, or say in the register what its `unit` is)
    paper.md:10:29: warning[chapter-mismatch]: the register says c. 31, not c. 38 (correct the text or the register)
    "#);
}

// ── The default authority ───────────────────────────────────────────────────────────────────────────────────────────

fn with_default(key: &str, body: &str) -> Vec<String> {
    let front = format!("default-authority = \"{key}\"");
    links(&site().paper_with("paper", &front, body).build().without_errors(), "paper.html", "main")
}

#[test]
fn a_bare_section_is_of_the_default_authority_where_front_matter_names_one() {
    let section = |words: &str, place: &str| vec![format!("{words} → ukpga/2004/31{place}")];
    for (text, words, place) in [
        ("Section 10 applies.", "Section 10", "/section/10"),
        ("The duty in s 10(1)(b).", "s 10(1)(b)", "/section/10#section-10-1-b"),
        ("See subsection (2) of section 10.", "subsection (2) of section 10", "/section/10#section-10-2"),
        ("See section 10 of the Act.", "section 10 of the Act", "/section/10"),
        ("See section 10 in the Act’s text.", "section 10 in the Act", "/section/10"),
        ("See Schedule 1.", "Schedule 1", "/schedule/1"),
        (
            "See paragraph 3 of Schedule 1 to the Act.",
            "paragraph 3 of Schedule 1 to the Act",
            "/schedule/1/paragraph/3",
        ),
        ("See Part 2 of the Act.", "Part 2 of the Act", "/part/2"),
        ("Section 17 placements.", "Section 17", "/section/17"),
        ("The Act says so.", "The Act", ""),
        ("It is the Act's purpose.", "the Act", ""),
    ] {
        assert_eq!(with_default("ca2004", &format!("1.1 {text}")), section(words, place), "{text}");
        assert_eq!(links_in(&format!("1.1 {text}")), Vec::<String>::new(), "without a default: {text}");
    }
    assert_eq!(
        with_default("cypp-regs-2005", "1.1 Under regulation 4 of the Regulations, and the Regulations."),
        ["regulation 4 of the Regulations → uksi/2005/2149/regulation/4", "the Regulations → uksi/2005/2149",]
    );
    assert_eq!(
        with_default("proceedings-order-1991", "1.1 Article 5 of the Order."),
        ["Article 5 of the Order → uksi/1991/1677/article/5"]
    );
    // A Bill has no address but its place in the table.
    assert_eq!(
        with_default("esb2007", "1.1 Clause 4 of the Bill."),
        ["Clause 4 of the Bill → authorities.html#esb2007"]
    );
}

#[test]
fn what_is_of_something_else_is_not_of_the_default_authority() {
    for text in [
        "Section 2 of this guidance.",
        "Section 2 in this guidance.",
        "See section 2 below.",
        "The guidance's section 2.",
        "Section 1 of that Act.",
        "Section 1 of the Housing Act.",
        "Section 1 Housing Act.",
        "Part 3.",
        "Part I played.",
        "Chapter 2.",
        "Paragraph 4.",
        "Regulation 4.",
        "Regulation 4 of the Regulations.",
        "Section 4 of the Regulations.",
        "Section A of the form.",
        "Schedule A meeting.",
        "Section ten.",
        "The Act of Settlement.",
        "An Act.",
        "This Act.",
        "They act.",
        "The Regulations.",
        "The Bill Smith Hall.",
    ] {
        assert_eq!(with_default("ca2004", &format!("1.1 {text}")), Vec::<String>::new(), "{text}");
    }
    // Once its sentence names another work, whatever it is called, a place is not of the default.
    for text in [
        "Under the Housing Act 1996 the duty is in section 193.",
        "Under the Housing Act the duty is in section 193.",
        "The duty is in section 193; the Unknown Widgets Act 2013 has none.",
        "The Unknown Act 2013 replaced section 29 of that Act; section 3 of it applies.",
        "Under the Regulations the duty is in section 9.",
        "Of those under Wales) Act 2014, section 9 is one.",
        "Section 14, above.",
        "It is said (section 15, overleaf).",
        "The form, section 20, asks.",
        "See the form, section 20.",
    ] {
        assert_eq!(with_default("ca2004", &format!("1.1 {text}")), Vec::<String>::new(), "{text}");
    }
    // In the next sentence, and beside the default itself or the paper's own words, it is.
    for (text, count) in [
        ("The Housing Act 1996 is old. Section 10 is not.", 1),
        ("Under the Children Act 2004 the duty is in section 10.", 2),
        ("This guidance explains section 10.", 1),
        ("In this case, section 10 applies.", 1),
        ("Under sections 9, section 10, and section 11 they must.", 3),
    ] {
        assert_eq!(with_default("ca2004", &format!("1.1 {text}")).len(), count, "{text}");
    }
    // Another work that is named takes what stands beside it, even if it is in doubt.
    assert_eq!(
        with_default("ca2004", "1.1 Section 17 of the Children Act 1989. Section 1 of the Unknown Act 2001."),
        ["Section 17 of the Children Act 1989 → ukpga/1989/41/section/17"]
    );
    assert_eq!(with_default("ca2004", "1.1 Section 1 of the 2004 Act."), Vec::<String>::new());
}

#[test]
fn a_default_authority_must_be_declared_and_comes_down_from_a_publication() {
    let built = site().paper_with("paper", "default-authority = \"ca2040\"", "1.1 Section 10.").build();
    assert_eq!(built.codes(), ["unknown-authority"], "{}", built.short());
    let built = site()
        .file("book/index.md", "+++\ntitle = \"Book\"\npublication = true\ndefault-authority = \"ca2004\"\n+++\n")
        .file("book/one.md", "+++\ntitle = \"One\"\n+++\n\n1.1 Section 10.\n")
        .file("book/two.md", "+++\ntitle = \"Two\"\ndefault-authority = \"ca1989\"\n+++\n\n2.1 Section 17.\n")
        .build()
        .clean();
    assert_eq!(links(&built, "book/one.html", "main"), ["Section 10 → ukpga/2004/31/section/10"]);
    assert_eq!(links(&built, "book/two.html", "main"), ["Section 17 → ukpga/1989/41/section/17"]);
}

// ── The text of the day ─────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_paper_that_is_no_longer_in_force_links_to_the_law_of_its_day_and_one_that_is_to_the_law_as_it_stands() {
    let body = "1.1 Under section 10(1) of the Children Act 2004.";
    let day = "ukpga/2004/31/section/10/2008-04-03#section-10-1";
    let now = "ukpga/2004/31/section/10#section-10-1";
    for (status, text) in [
        ("status = \"superseded\"\n", day),
        ("status = \"withdrawn\"\n", day),
        ("status = \"current\"\n", now),
        ("status = \"draft\"\n", now),
        ("", now),
    ] {
        let built = site().paper_with("paper", &format!("{status}published = 2008-04-03"), body).build().clean();
        for page in ["paper.html", "paper/1.1.html"] {
            let found = links(&built, page, "main");
            let first = format!("section 10(1) of the Children Act 2004 → {text}");
            assert_eq!(found.first(), Some(&first), "{status} {page}");
        }
        // Beside the clause both are offered, whichever its words lead to.
        let beside = built.find("paper/1.1.html", ".linked .links").join("").replace("&nbsp;", " ");
        for address in [day, now] {
            assert!(beside.contains(&format!("href=\"{LAW}{address}\"")), "{status}: {address}");
        }
        assert!(beside.contains("as at 3 April 2008") && beside.contains("as it is now"), "{status}");
        let row = &built.clause("paper", "1.1")["citations"][0];
        assert_eq!(row["url"], format!("{LAW}{now}"));
        assert_eq!(row["as_at_url"], format!("{LAW}{day}"));
    }
}

#[test]
fn a_day_that_is_known_in_part_is_its_last_and_one_that_is_not_known_is_none() {
    let body = "1.1 Under section 10 of the Children Act 2004.";
    for (published, day) in [("2008-04", "2008-04-30"), ("2008", "2008-12-31"), ("2008-02", "2008-02-29")] {
        let front = format!("status = \"superseded\"\npublished = \"{published}\"");
        let built = site().paper_with("paper", &front, body).build().clean();
        let row = &built.clause("paper", "1.1")["citations"][0];
        assert_eq!(row["as_at_url"], format!("{LAW}ukpga/2004/31/section/10/{day}"));
    }
    let built = site().paper_with("paper", "status = \"superseded\"", body).build().clean();
    assert_eq!(built.clause("paper", "1.1")["citations"][0]["as_at_url"], Value::Null);
    assert_eq!(links(&built, "paper.html", "main"), ["section 10 of the Children Act 2004 → ukpga/2004/31/section/10"]);
}

#[test]
fn only_legislation_has_a_text_of_the_day() {
    let body = "1.1 See UNCRC, art 12, and Youth Matters.";
    let built = site().paper_with("paper", "status = \"superseded\"\npublished = 2008-04-03", body).build().clean();
    assert_eq!(
        links(&built, "paper.html", "main"),
        [
            "UNCRC, art 12 → https://www.ohchr.org/convention-rights-child",
            "Youth Matters → authorities.html#youth-matters",
        ]
    );
    assert!(!built.text("paper.html").contains("as at"));
    for row in built.clause("paper", "1.1")["citations"].as_array().unwrap() {
        assert_eq!(row["as_at_url"], Value::Null);
    }
}

// ── Data and the table of authorities ───────────────────────────────────────────────────────────────────────────────

fn paper_of_all_sorts() -> Built {
    site()
        .paper_with(
            "old",
            "status = \"superseded\"\npublished = 2008-04-03\nshort = \"Old\"",
            "1.1 Section 10(1)(b) of the Children Act 2004.\n\n1.2 Sections 10 to 12 of the Children Act 2004.[^n]\n\n\
             1.3 The Children Act 2004 alone.\n\n1.4 Every Child Matters.[^n]\n\n\
             [^n]: Children Act 2004, s 10(1)(b), and SI 2005/2149, reg 4.",
        )
        .paper("new", "1.1 [[ca2004 s 10(1)(b)]]\n\n- (a) s 9 CA 2004\n- (b) s 10(1)(b) CA 2004")
        .build()
        .clean()
}

#[test]
fn the_citations_of_a_clause_are_data() {
    let built = paper_of_all_sorts();
    let provision = |key: &str, pinpoint: &str, path: &str, now: &str, day: &str| {
        json!({ "authority": key, "pinpoint": pinpoint, "path": path, "to": null,
            "url": format!("{LAW}{now}"), "as_at_url": format!("{LAW}{day}") })
    };
    let ten = provision(
        "ca2004",
        "s 10(1)(b)",
        "section/10/1/b",
        "ukpga/2004/31/section/10#section-10-1-b",
        "ukpga/2004/31/section/10/2008-04-03#section-10-1-b",
    );
    let four = provision(
        "cypp-regs-2005",
        "reg 4",
        "regulation/4",
        "uksi/2005/2149/regulation/4",
        "uksi/2005/2149/regulation/4/2008-04-03",
    );
    let mut range = provision(
        "ca2004",
        "ss 10–12",
        "section/10",
        "ukpga/2004/31/section/10",
        "ukpga/2004/31/section/10/2008-04-03",
    );
    range["to"] = json!("section/12");
    assert_eq!(built.clause("old", "1.1")["citations"], json!([ten]));
    // What a note cites, each clause cites that marks it.
    assert_eq!(built.clause("old", "1.2")["citations"], json!([range, ten, four]));
    assert_eq!(
        built.clause("old", "1.3")["citations"],
        json!([{ "authority": "ca2004", "pinpoint": null, "path": null, "to": null,
            "url": format!("{LAW}ukpga/2004/31"), "as_at_url": format!("{LAW}ukpga/2004/31/2008-04-03") }])
    );
    let every = json!({ "authority": "every-child-matters", "pinpoint": null, "path": null, "to": null,
        "url": "https://webarchive.nationalarchives.gov.uk/every-child-matters", "as_at_url": null });
    assert_eq!(built.clause("old", "1.4")["citations"], json!([every, ten, four]));
    assert_eq!(cited(&built, "new", "1.1"), ["ca2004 section/10/1/b", "ca2004 section/9"]);
    assert_eq!(cited(&built, "new", "1.1(b)"), ["ca2004 section/10/1/b"]);
}

#[test]
fn the_works_with_what_cites_them_are_data() {
    let built = paper_of_all_sorts();
    let rows = built.json("data/authorities.json");
    let row = |key: &str| rows.as_array().unwrap().iter().find(|row| row["key"] == key).unwrap();
    let act = row("ca2004");
    assert_eq!(act["kind"], "act");
    assert_eq!(act["url"], format!("{LAW}ukpga/2004/31"));
    let cited: Vec<(&str, Vec<&str>)> = act["cited"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let clauses = row["clauses"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
            (row["pinpoint"].as_str().unwrap_or("all"), clauses)
        })
        .collect();
    let ten = vec!["new.html#1.1", "old.html#1.1", "old.html#1.2", "old.html#1.4"];
    assert_eq!(
        cited,
        [
            ("all", vec!["old.html#1.3"]),
            ("s 9", vec!["new.html#1.1"]),
            ("ss 10–12", vec!["old.html#1.2"]),
            ("s 10(1)(b)", ten),
        ]
    );
    assert_eq!(row("cypp-regs-2005")["cited"][0]["clauses"], json!(["old.html#1.2", "old.html#1.4"]));
    // What nothing cites is there all the same.
    assert_eq!(row("ca1989")["cited"], json!([]));
    assert_eq!(rows.as_array().unwrap().len(), WORKS.matches("\n[").count());
}

#[test]
fn the_table_lists_every_provision_with_the_clauses_and_notes_that_cite_it() {
    let built = paper_of_all_sorts();
    let provision = |id: &str| built.words("authorities.html", &format!("#{id} a")).join(" | ");
    assert_eq!(
        provision("ca2004-s-10-1-b"),
        "s 10(1)(b) | new, paragraph 1.1 | Old, paragraph 1.1 | Old, paragraph 1.2, note 1 | Old, paragraph 1.4, note 1"
    );
    assert_eq!(provision("ca2004-s-9"), "s 9 | new, paragraph 1.1");
    assert_eq!(provision("cypp-regs-2005-reg-4"), "reg 4 | Old, paragraph 1.2, note 1 | Old, paragraph 1.4, note 1");
    // A section lists what relies on any part of it, or on a range that it begins or ends.
    assert_eq!(
        provision("ca2004-s-10"),
        "s 10 | new, paragraph 1.1 | Old, paragraph 1.1 | Old, paragraph 1.2 | Old, paragraph 1.2, note 1 | Old, paragraph 1.4, note 1"
    );
    assert_eq!(built.words("authorities.html", "#ca2004 > .links a"), ["Old, paragraph 1.3"]);
    let order: Vec<String> = built.find("authorities.html", "#ca2004 .provisions > li");
    let ids: Vec<&str> = order.iter().map(|item| item.split('"').nth(1).unwrap()).collect();
    assert_eq!(ids, ["ca2004-s-9", "ca2004-s-10", "ca2004-s-10-to-12", "ca2004-s-10-1-b", "ca2004-s-12"]);
    assert_eq!(
        built.words("authorities.html", "main h2"),
        ["Acts", "Statutory instruments", "Reports and plans", "Not cited"]
    );
    // Works of every other kind are declared, and none of them is cited.
    let uncited = built.words("authorities.html", "main h3");
    assert!(uncited.len() >= 5, "{uncited:?}");
}

#[test]
fn a_clause_leads_to_the_table_and_the_table_to_the_clause() {
    let built = paper_of_all_sorts();
    let beside = built.find("old/1.1.html", ".linked .links").join("");
    assert!(beside.contains("href=\"../authorities.html#ca2004-s-10-1-b\""), "{beside}");
    let back = built.find("authorities.html", "#ca2004-s-10-1-b a").join("\n");
    for address in ["old.html#1.1", "old.html#note-n", "new.html#1.1"] {
        assert!(back.contains(&format!("href=\"{address}\"")), "{address}: {back}");
    }
}

#[test]
fn an_address_that_is_dead_is_shown_as_text_beside_the_link_to_a_kept_copy() {
    let built = site().paper("paper", "1.1 Every Child Matters.").build().clean();
    let kept = "https://webarchive.nationalarchives.gov.uk/every-child-matters";
    let dead = "http://www.everychildmatters.gov.uk";
    let entry = built.find("authorities.html", "#every-child-matters").join("");
    assert!(entry.contains(&format!("href=\"{kept}\"")), "{entry}");
    assert!(entry.contains(dead) && !entry.contains(&format!("href=\"{dead}")), "{entry}");
    assert_eq!(links(&built, "paper.html", "main"), [format!("Every Child Matters → {kept}")]);
    assert!(!built.text("paper.html").contains(dead));
}

#[test]
fn a_bill_leads_to_the_act_that_it_became() {
    let built = site().paper("paper", "1.1 Clause 4 of the Education and Skills Bill.").build().clean();
    let entry = built.find("authorities.html", "#esb2007").join("");
    assert!(entry.contains("href=\"#esa2008\"") && entry.contains("Education and Skills Act 2008"), "{entry}");
    assert_eq!(
        links(&built, "paper.html", "main"),
        ["Clause 4 of the Education and Skills Bill → authorities.html#esb2007"]
    );
}

// ── The content ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn section_10_of_the_children_act_lists_every_clause_of_the_guidance_that_relies_on_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (mut site, mut faults) = disk::read(&root, SourceMap::new()).unwrap();
    let theme = disk::read_theme(&root, "default", &mut site, &mut faults).unwrap();
    let output =
        pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &Options::default()).output.unwrap();
    let data =
        |path: &str| -> Value { serde_json::from_slice(output.get(path).and_then(Artefact::bytes).unwrap()).unwrap() };
    let of_section_10 = |pinpoint: &str| {
        let rest = pinpoint.trim_start_matches("ss ").trim_start_matches("s ");
        rest == "10" || rest.starts_with("10(") || rest.starts_with("10–")
    };
    // What the table says.
    let authorities = data("data/authorities.json");
    let act = authorities.as_array().unwrap().iter().find(|row| row["key"] == "ca2004").unwrap();
    let listed: BTreeSet<&str> = act["cited"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["pinpoint"].as_str().is_some_and(of_section_10))
        .flat_map(|row| row["clauses"].as_array().unwrap())
        .filter_map(|url| url.as_str()?.strip_prefix("guidance-consultation-2008.html#"))
        .collect();
    // What the source says: every clause in whose words, or in a note of which, section 10 is named.
    let text = &site.sources.find("guidance-consultation-2008.md").unwrap().text;
    let names = |words: &str| {
        let words = words.replace('\n', " ");
        ["ca2004 s 10(", "ca2004 s 10]", "ca2004 s 10|", "ca2004 ss 10", "ection 10 ", "ection 10(", "s 10 CA"]
            .iter()
            .any(|form| words.contains(form))
    };
    let mut relying: BTreeSet<String> = BTreeSet::new();
    let notes: Vec<&str> = text.split("\n[^").skip(1).collect();
    let note_names = |mark: &str| {
        notes.iter().any(|note| note.starts_with(&format!("{mark}]:")) && names(note.split("\n\n").next().unwrap()))
    };
    let mut clause = None;
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.starts_with("[^")) {
        let number = paragraph.split(' ').next().unwrap();
        if number.contains('.') && number.starts_with(|c: char| c.is_ascii_digit()) {
            clause = Some(number.to_owned());
        } else if paragraph.starts_with('#') {
            clause = None;
        }
        let marks = paragraph.split("[^").skip(1).filter_map(|rest| rest.split(']').next());
        if let Some(clause) = &clause
            && (names(paragraph) || marks.into_iter().any(note_names))
        {
            relying.insert(clause.clone());
        }
    }
    assert!(relying.len() >= 5, "{relying:?}");
    let missing: Vec<&String> = relying.iter().filter(|number| !listed.contains(number.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "listed: {listed:?}");
    // And no other.
    let whole = |anchor: &str| anchor.split('-').next().unwrap().to_owned();
    let strays: Vec<&&str> = listed.iter().filter(|anchor| !relying.contains(&whole(anchor))).collect();
    assert_eq!(strays, Vec::<&&str>::new());
}

#[test]
fn the_documents_of_2008_say_as_at_their_day() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (mut site, mut faults) = disk::read(&root, SourceMap::new()).unwrap();
    let theme = disk::read_theme(&root, "default", &mut site, &mut faults).unwrap();
    let output =
        pipeline::build(&pipeline::read_site(site.clone(), faults, theme), &Options::default()).output.unwrap();
    let text = |path: &str| String::from_utf8(output.get(path).and_then(Artefact::bytes).unwrap().to_vec()).unwrap();
    let page = text("guidance-consultation-2008.html") + &text("guidance-consultation-2008/1.3.html");
    assert!(page.contains("/ukpga/2004/31/section/10/2008-"), "the text of its day");
    assert!(
        page.contains("/ukpga/2004/31/section/10#section-10-1") || page.contains("/ukpga/2004/31/section/10\""),
        "and the present one"
    );
}
