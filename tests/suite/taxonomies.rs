//! Terms come down from front matter to headings to clauses, and each term has a page of what carries it.

use serde_json::json;

use crate::links::broken_links;
use crate::site::{SETTINGS, TestSite};

#[test]
fn terms_are_inherited_from_front_matter_headings_and_clauses() {
    let built = TestSite::new()
        .paper_with(
            "a",
            "features = [\"governance\"]",
            "1.1 Plain.\n\n## Under {.be-healthy}\n\n1.2 Inherits.\n\n- (a) sub {.stay-safe}\n  - (i) deeper\n- (b) plain\n\n### Deeper\n\n1.3 Still. {.stay-safe}\n\n- (a) sub\n\n## Beside\n\n1.4 No more.",
        )
        .build()
        .clean();
    let terms = |number: &str| built.clause("a", number)["terms"].clone();
    assert_eq!(terms("1.1"), json!(["governance"]));
    assert_eq!(terms("1.2"), json!(["be-healthy", "governance"]));
    assert_eq!(terms("1.2(a)"), json!(["be-healthy", "stay-safe", "governance"]));
    assert_eq!(terms("1.2(a)(i)"), json!(["be-healthy", "stay-safe", "governance"]));
    assert_eq!(terms("1.2(b)"), json!(["be-healthy", "governance"]));
    assert_eq!(terms("1.3"), json!(["be-healthy", "stay-safe", "governance"]));
    assert_eq!(terms("1.3(a)"), json!(["be-healthy", "stay-safe", "governance"]));
    assert_eq!(terms("1.4"), json!(["governance"]));
    assert_eq!(built.json("data/documents.json")[0]["terms"], json!(["governance"]));
    assert_eq!(built.words("a/1.3.html", ".terms li"), ["Be healthy", "Stay safe", "Governance"]);
}

#[test]
fn the_page_of_a_term_lists_its_clauses_by_document() {
    let built = TestSite::new()
        .paper_with("a", "", "## Head {.stay-safe}\n\n1.1 A clause whose words are many and go on and on for so long that no list would want them all of it, not even this.\n\n- (a) sub")
        .paper_with("b", "status = \"superseded\"", "1.1 Other.\n\n1.2 Has it. {.stay-safe}\n\n- (a) has it too {.stay-safe}\n\n1.3 Not.\n\n- (a) only this {.stay-safe}")
        .paper_with("c", "outcomes = \"stay-safe\"", "1.1 One.\n\n1.2 Two.")
        .build()
        .clean();
    assert_eq!(built.words("outcomes/stay-safe.html", "h1"), ["Stay safe"]);
    assert_eq!(built.words("outcomes/stay-safe.html", "main h2"), ["a", "b Out of date", "c"]);
    // A document that carries it as a whole is listed once.
    assert_eq!(built.words("outcomes/stay-safe.html", ".body > .facts"), ["All 2 paragraphs"]);
    // A sub-clause is listed only if its clause is not.
    assert_eq!(built.words("outcomes/stay-safe.html", ".lines .number"), ["1.1", "1.2", "1.3(a)"]);
    let opening = &built.words("outcomes/stay-safe.html", ".lines p")[0];
    assert!(opening.starts_with("Head A clause whose") && opening.ends_with(" …"), "{opening}");
    assert_eq!(built.words("outcomes/stay-safe.html", "main .title > .facts"), ["5 paragraphs"]);
    assert_eq!(built.words("outcomes/index.html", ".lines b"), ["Be healthy", "Stay safe"]);
    assert_eq!(built.words("outcomes/index.html", ".lines .facts"), ["0 paragraphs", "5 paragraphs"]);
    assert!(built.output.as_ref().unwrap().get("outcomes/be-healthy.html").is_some());
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn the_terms_of_a_whole_document_are_said_once_on_its_page() {
    let built = TestSite::new()
        .file("site.toml", &format!("clause-pages = false\n{SETTINGS}"))
        .paper_with("a", "features = [\"governance\"]", "1.1 Plain.\n\n1.2 More. {.stay-safe}")
        .build()
        .clean();
    assert_eq!(built.words("a.html", ".terms li"), ["Governance", "Stay safe"]);
    assert_eq!(built.words("browse.html", ".pairs li"), ["a: 1.2"]);
    let whole = TestSite::new()
        .paper_with("a", "features = [\"governance\"]\noutcomes = [\"stay-safe\"]", "1.1 Plain.\n\n1.2 More.")
        .build()
        .clean();
    assert_eq!(whole.words("browse.html", ".pairs li"), ["a, all 2 paragraphs"]);
}

#[test]
fn an_unknown_term_is_an_error_that_names_the_nearest() {
    let built = TestSite::new()
        .paper_with(
            "a",
            "outcomes = [\"stay-save\"]\nfeatures = \"be-healthy\"",
            "## H {.governanse}\n\n1.1 A. {.stay_safe}\n\n- (a) b {.zzz}",
        )
        .build();
    insta::assert_snapshot!(built.short(), @"
    a.md:3:13: error[unknown-term]: the taxonomy `outcomes` has no term `stay-save` (did you mean `stay-safe`?)
    a.md:4:12: error[unknown-term]: the taxonomy `features` has no term `be-healthy`
    a.md:7:8: error[unknown-term]: no taxonomy has a term `governanse` (did you mean `governance`?)
    a.md:9:9: error[unknown-term]: no taxonomy has a term `stay_safe` (did you mean `stay-safe`?)
    a.md:11:10: error[unknown-term]: no taxonomy has a term `zzz` (declare it in site.toml, under the terms of a taxonomy)
    ");
}

#[test]
fn terms_are_unique_across_taxonomies() {
    let settings = format!("{SETTINGS}\n[taxonomies.features.terms.stay-safe]\ntitle = \"Again\"\n");
    let built = TestSite::new().file("site.toml", &settings).build();
    assert_eq!(built.codes(), ["duplicate-term"]);
}

#[test]
fn a_taxonomy_that_is_not_declared_is_no_key() {
    let built = TestSite::new().paper_with("a", "outcome = [\"stay-safe\"]", "1.1 A.").build();
    assert_eq!(built.codes(), ["unknown-key"]);
    assert!(built.short().contains("did you mean `outcomes`?"), "{}", built.short());
}

#[test]
fn what_would_be_published_at_the_place_of_a_term_is_refused() {
    let built = TestSite::new().file("outcomes/stay-safe.md", "+++\ntitle = \"T\"\n+++\n\n1.1 A.\n").build();
    assert_eq!(built.codes(), ["path-clash"], "{}", built.short());
    let built = TestSite::new().file("outcomes/index.md", "+++\ntitle = \"T\"\n+++\n\n1.1 A.\n").build();
    assert_eq!(built.codes(), ["path-clash"], "{}", built.short());
}

#[test]
fn two_taxonomies_are_crossed_and_each_count_leads_to_its_clauses() {
    let built = TestSite::new()
        .paper("a", "1.1 A. {.stay-safe .governance}\n\n1.2 B. {.stay-safe}\n\n1.3 C. {.governance}")
        .paper("b", "1.1 D. {.stay-safe .governance}")
        .build()
        .clean();
    assert_eq!(built.words("browse.html", "thead th"), ["Be healthy", "Stay safe"]);
    assert_eq!(built.words("browse.html", "tbody th"), ["Governance"]);
    assert_eq!(built.words("browse.html", "td"), ["", "", "2"]);
    assert_eq!(built.find("browse.html", "td a[href='#stay-safe-governance']").len(), 1);
    assert_eq!(built.words("browse.html", "h3[id=stay-safe-governance] + ul li"), ["a: 1.1", "b: 1.1"]);
    let one = "title = \"One\"\n[taxonomies.outcomes]\ntitle = \"Outcomes\"\n[taxonomies.outcomes.terms.well]\ntitle = \"Well\"\n";
    let one = TestSite::empty().file("site.toml", one).paper("a", "1.1 A.").build();
    assert_eq!(one.words("browse.html", "li"), ["Home", "Browse", "About", "Well 0"]);
    assert_eq!(one.find("browse.html", "table"), Vec::<String>::new());
}
