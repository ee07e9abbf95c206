//! Recognition adds links, and changes nothing that a reader sees.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use clausebook::diagnostic::Severity;
use clausebook::law::Register;
use clausebook::law::recognise;
use proptest::prelude::*;
use scraper::{Html, Selector};

use super::forms::{WORKS, register};
use crate::site::{Built, TestSite};

/// Pieces of which texts about the law are made, and of which they are not.
fn piece() -> impl Strategy<Value = String> {
    let law = prop::sample::select(vec![
        "section 10",
        "Section 10(1)(b)",
        "s.17",
        "ss 10-12",
        "sections 10 to 12",
        "reg 4",
        "regulation 4(1)",
        "Part III",
        "Schedule 2",
        "paragraph 3 of",
        "subsections (2) and (3) of",
        "(c)",
        "10A",
        "et seq",
        "article 5",
        "rule 3.4",
        "the Children Act 2004",
        "Children Act 1989",
        "CA 2004",
        "the 2004 Act",
        "the Children Acts 1989 and 2004",
        "Children Act (2004)",
        "Children",
        "Act",
        "Acts",
        "2004",
        "1989",
        "Regulations 2005",
        "Order 2005",
        "Bill",
        "the Education and Skills Bill",
        "SI 2005/2149",
        "S.I. 2005 No. 2149",
        "SI",
        "(SI 2005/2149)",
        "(c. 31)",
        "(c. 38)",
        "UNCRC",
        "Directive 95/46/EC",
        "Every Child Matters",
        "Children Act 2004 (Children’s Services) Regulations 2005",
        "the Unknown Act 2001",
        "the Act",
        "of the Act",
        "of this guidance",
        "children’s",
        "Children's",
    ])
    .prop_map(str::to_owned);
    let other = prop::sample::select(vec![
        "of the",
        "of",
        "the",
        "and",
        "to",
        "in",
        "or",
        ",",
        ";",
        ".",
        "(",
        ")",
        "’s",
        "“",
        "”",
        "–",
        "\u{a0}",
        "\n",
        "*x*",
        "**Act**",
        "*Children Act 2004*",
        "`s 10`",
        "`code`",
        "[x](https://example.org/)",
        "[[1.1]]",
        "[^n]",
        "&amp;",
        "\\*",
        "\\[",
        "<b>",
        "| x |",
        "~",
        "é",
        "🏠",
        "ﬁ",
        "İ",
        "ẞ",
        "10",
        "(1)",
        "\\\n",
        "# ",
        "> ",
        "- ",
    ])
    .prop_map(str::to_owned);
    prop_oneof![6 => law, 3 => other, 1 => "\\PC{0,12}"]
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec((piece(), prop::bool::weighted(0.8)), 0..24))
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect())
}

/// Front matter of papers in force and of those whose law is shown as at a day.
const FRONTS: [&str; 2] = ["", "status = \"superseded\"\npublished = 2008-04-03\n"];

/// Texts of one site: a build takes longer than reading a text, so that each build reads many.
const TOGETHER: u32 = 16;

/// A text, with the work that its places belong to by default.
type Paper = (String, Option<&'static str>);

fn paper() -> impl Strategy<Value = Paper> {
    (text(), prop::option::of(prop::sample::select(vec!["ca2004", "cypp-regs-2005", "esb2007"])))
}

/// The id of a paper: its place among the texts, and in `FRONTS`.
fn id(text: usize, front: usize) -> String {
    format!("paper-{text}-{front}")
}

/// Builds the texts with a register, each with each front matter. Those with errors are left out, and named.
fn built(papers: &[Paper], register: &str) -> (Built, BTreeSet<String>) {
    let mut site = TestSite::new().file("authorities.toml", register);
    for (n, (body, default)) in papers.iter().enumerate() {
        let body = format!("1.1 Start {body}\n\n| Cell |\n| --- |\n| {} |\n\n[^n]: {}", cell(body), cell(body));
        for (k, front) in FRONTS.iter().enumerate() {
            let default = default.filter(|_| !register.is_empty());
            let default = default.map(|key| format!("default-authority = \"{key}\"\n")).unwrap_or_default();
            site = site.paper_with(&id(n, k), &format!("{front}{default}"), &body);
        }
    }
    let mut refused = BTreeSet::new();
    loop {
        let built = site.build();
        let errors = built.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error);
        let wrong: BTreeSet<_> = errors.map(|fault| built.sources.file(fault.span.file).path.to_string()).collect();
        if wrong.is_empty() {
            assert!(built.output.is_some());
            return (built, refused);
        }
        for path in wrong {
            site = site.without(&path);
            refused.insert(path);
        }
    }
}

/// Words that can stand in a cell and in a note of one line.
fn cell(body: &str) -> String {
    body.replace(['\n', '|'], " ").replace("[^n]", "")
}

/// The words of a page, without what stands beside them: the list of citations, and the table of law for paper.
fn words(page: &Html) -> Vec<String> {
    static PLACES: LazyLock<Selector> = LazyLock::new(|| {
        let places = "main p, main td, main th, main li p, .items h2, main h3, main pre, main blockquote";
        Selector::parse(places).unwrap()
    });
    let lines = page.select(&PLACES).map(|element| {
        let words: String = element.text().collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    lines.filter(|line| !line.starts_with("Cites") && !line.contains("as at")).collect()
}

/// The words of all clauses in the data. Links to the law are left out of the markup, not out of the words.
fn texts(built: &Built) -> Vec<String> {
    let rows = built.json("data/clauses.json");
    rows.as_array().unwrap().iter().map(|row| row["text"].to_string()).collect()
}

/// Fails unless an address may stand in a link to the law.
fn sound(address: &str, declared: &BTreeSet<String>) -> bool {
    address.starts_with("https://www.legislation.gov.uk/")
        || declared.contains(address)
        || address.trim_start_matches("../").starts_with("authorities.html#")
}

fn declared(register: &Register) -> BTreeSet<String> {
    let rows = register.authorities.iter();
    rows.flat_map(|row| row.url.iter().chain(&row.archived)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(256).div_ceil(TOGETHER), ..ProptestConfig::default() })]

    #[test]
    fn recognition_never_changes_the_words(papers in prop::collection::vec(paper(), TOGETHER as usize)) {
        static DECLARED: LazyLock<BTreeSet<String>> = LazyLock::new(|| declared(&register()));
        static LAW: LazyLock<Selector> = LazyLock::new(|| Selector::parse("a.law").unwrap());
        let (without, refused) = built(&papers, "");
        let (with, also) = built(&papers, WORKS);
        prop_assert_eq!(&refused, &also, "{}\n{}", without.short(), with.short());
        prop_assert!(!with.codes().contains(&"internal-error"));
        prop_assert_eq!(texts(&without), texts(&with));
        let ids = (0..papers.len()).flat_map(|n| (0..FRONTS.len()).map(move |k| id(n, k)));
        for id in ids.filter(|id| !refused.contains(&format!("{id}.md"))) {
            let path = format!("{id}.html");
            let page = Html::parse_document(&with.text(&path));
            prop_assert_eq!(words(&Html::parse_document(&without.text(&path))), words(&page), "{}", path);
            for link in page.select(&LAW) {
                let address = link.attr("href").unwrap();
                prop_assert!(sound(address, &DECLARED), "{}", address);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(4096), ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_stands_in_order_and_apart(body in text(), default in prop::option::of(0usize..16)) {
        let register = register();
        let found = recognise(&body, &register, default);
        let mut end = 0;
        for citation in &found.citations {
            prop_assert!(citation.whole.start >= end, "one in another: {:?}", found.citations);
            prop_assert!(citation.whole.start < citation.whole.end);
            prop_assert!(body.get(citation.whole.clone()).is_some(), "not between characters");
            prop_assert!(citation.authority < register.authorities.len());
            end = citation.whole.end;
            let inside = |place: &std::ops::Range<usize>| {
                body.get(place.clone()).is_some() && citation.whole.start <= place.start && place.end <= citation.whole.end
            };
            prop_assert!(citation.title.iter().all(inside));
            let mut last = citation.whole.start;
            for (provision, place) in &citation.provisions {
                prop_assert!(inside(place) && place.start >= last && place.start < place.end);
                prop_assert!(!provision.divisions.is_empty());
                last = place.end;
            }
        }
        for doubt in &found.doubts {
            prop_assert!(body.get(doubt.place.clone()).is_some_and(|words| !words.trim().is_empty()));
            prop_assert!(!doubt.message.is_empty() && !doubt.help.is_empty());
        }
    }

    #[test]
    fn any_text_at_all_can_be_read(body in "\\PC{0,200}", default in prop::option::of(0usize..16)) {
        recognise(&body, &register(), default);
    }
}

/// The recogniser takes time in proportion to the text, whatever stands in it.
#[test]
fn no_text_takes_long() {
    let register = register();
    for unit in [
        "part ",
        "s ( ",
        "s 1 of ",
        "s 1, ",
        "(1)",
        "subsection (1) of ",
        "Bill ",
        "Act ",
        "Act 2004 ",
        "A Act 2004 ",
        "Children ",
        "Children Act 2004 ",
        "Children Act 2004 (",
        "Children Acts 1989 and 2004 ",
        "Acts 1989 1989 ",
        "SI 2005/2149 ",
        "S.I. 2005 ",
        "SI 2005/1 (",
        "the Act ",
        "s 10 CA 2004, ",
        "s 10 of the ",
        "CA 2004 and s 10 ",
        "Children and ",
        "No. 1 ",
        "section 10 (",
        "’s ",
        "\u{fffc}",
        "Unknown Thing Act 1999 (UTA) ",
        "CA 2004 (as amended by ",
        "CA 2004 (“the 2004 Act” or “A 2004”), ",
        "A Act 2004 (b) Order ",
        "CA 2004 (x), s 1 ",
        "2006 c. 21 ",
    ] {
        let text = unit.repeat(400_000 / unit.len());
        let started = std::time::Instant::now();
        recognise(&text, &register, Some(1));
        let took = started.elapsed();
        assert!(took.as_secs() < 60, "{unit:?} takes {took:?}");
    }
}

#[test]
fn an_undated_title_with_a_year_holds_one_citation() {
    // Found by the property test: a bare pinpoint of the default authority lay within that of the instrument named after it.
    let register = register();
    for default in (0..16).map(Some).chain([None]) {
        let found = recognise("section 10 of the Regulations 2005,", &register, default);
        let mut end = 0;
        for citation in &found.citations {
            assert!(citation.whole.start >= end, "{default:?}: {:?}", found.citations);
            end = citation.whole.end;
        }
    }
}
