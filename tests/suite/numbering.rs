//! Clauses keep the numbers that their authors gave them, and each has an address.

use crate::links::{broken_links, repeated_ids};
use crate::site::{Built, SETTINGS, TestSite};

/// The numbers of a document in `data/clauses.json`, in order.
fn numbers(built: &Built, document: &str) -> Vec<String> {
    let rows = built.json("data/clauses.json");
    let rows = rows.as_array().unwrap().iter().filter(|row| row["document"] == document);
    rows.map(|row| row["number"].as_str().unwrap().to_owned()).collect()
}

fn urls(built: &Built) -> Vec<String> {
    built
        .json("data/clauses.json")
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["url"].as_str().unwrap().to_owned())
        .collect()
}

fn clean(body: &str) -> Built {
    TestSite::new().paper("a", body).build().clean()
}

fn with_front(front: &str, body: &str) -> Built {
    TestSite::new().paper_with("a", front, body).build()
}

#[test]
fn a_decimal_number_at_the_start_of_a_paragraph_opens_a_clause() {
    let built = clean(
        "## One\n\n1.1 First.\n\nIts second paragraph.\n\n1.2 Second.\n\n1.2A Inserted.\n\n1.2B Inserted.\n\n1.3 Third.\n\n1.3.1 Deeper.\n\n2.1 Next.\n\nA.1 Annex.\n\nA.2 Annex.",
    );
    assert_eq!(numbers(&built, "a"), ["1.1", "1.2", "1.2A", "1.2B", "1.3", "1.3.1", "2.1", "A.1", "A.2"]);
    assert_eq!(built.clause("a", "1.1")["text"], "First.\nIts second paragraph.");
    // The number is shown once: by the theme, not with the words.
    assert_eq!(built.words("a.html", "[id='1.1'] .text"), ["First. Its second paragraph."]);
    assert_eq!(built.words("a.html", "[id='1.1'] .number"), ["1.1"]);
}

#[test]
fn a_clause_owns_everything_up_to_the_next_one_or_a_heading() {
    let built = clean(
        "Before.\n\n1.1 First.\n\n> Quotation.\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n- item\n\n---\n\n## Heading\n\nBetween.\n\n1.2 Second.",
    );
    assert_eq!(built.clause("a", "1.1")["text"], "First.\nQuotation.\na | b\nc | d\ncode\n• item");
    assert_eq!(built.clause("a", "1.2")["text"], "Second.");
    assert_eq!(built.words("a.html", ".words"), ["Before.", "Between."]);
}

#[test]
fn a_simple_number_is_read_from_the_source_and_never_recounted() {
    let built = with_front(
        "numbering = \"simple\"",
        "17. First.\n18. Second\n    on two lines.\n\n    And a paragraph.\n\n18A. Inserted.\n\n19. Third.",
    )
    .clean();
    assert_eq!(numbers(&built, "a"), ["17", "18", "18A", "19"]);
    assert_eq!(urls(&built), ["a.html#17", "a.html#18", "a.html#18A", "a.html#19"]);
    assert_eq!(built.clause("a", "18")["text"], "Second on two lines.\nAnd a paragraph.");
    // A list whose items all bear the figure of the first counts up, as it does for every other reader of Markdown.
    let ones = with_front("numbering = \"simple\"", "1. First.\n1. Second.\n1. Third.").clean();
    assert_eq!(numbers(&ones, "a"), ["1", "2", "3"]);
    // An item among clauses whose number is none would be in no clause, and on no page.
    let long = with_front("numbering = \"simple\"", "17. First.\n1234567. Second.\n18. Third.");
    assert_eq!(long.codes(), ["malformed-number"]);
    let padded = with_front("numbering = \"simple\"", "17. First.\n018. Second.").clean();
    assert_eq!(numbers(&padded, "a"), ["17", "018"]);
}

#[test]
fn a_list_of_clauses_may_be_broken_by_headings_and_loose_or_tight() {
    let body =
        "## A\n\n1. One. {#one .stay-safe}\n\n2. Two. {#two}\n\n   More.\n\n## B\n\n3. Three. {#three}\n4. Four.";
    let built = with_front("numbering = \"simple\"", body).clean();
    assert_eq!(numbers(&built, "a"), ["1", "2", "3", "4"]);
    for (number, label) in [("1", "one"), ("2", "two"), ("3", "three")] {
        assert_eq!(built.clause("a", number)["label"], label);
    }
    assert_eq!(built.clause("a", "1")["terms"], serde_json::json!(["stay-safe"]));
    assert_eq!(built.clause("a", "1")["text"], "One.");
    assert_eq!(built.clause("a", "2")["text"], "Two.\nMore.");
}

#[test]
fn a_paper_without_numbers_is_counted_by_paragraph() {
    let body = "First.\n\n- a list\n- of its\n\n## Heading\n\nSecond.\n\n> quoted\n\n| a |\n|---|\n| b |\n\nThird: 3.5 million. {#third}";
    let built = with_front("numbering = \"auto\"", body).clean();
    assert_eq!(numbers(&built, "a"), ["1", "2", "3"]);
    assert_eq!(urls(&built), ["a.html#para-1", "a.html#para-2", "a.html#para-3"]);
    assert_eq!(built.words("a.html", ".clause > .number"), ["¶1", "¶2", "¶3"]);
    assert_eq!(built.clause("a", "1")["text"], "First.\n• a list\n• of its");
    assert_eq!(built.clause("a", "2")["text"], "Second.\nquoted\na\nb");
    assert_eq!(built.find("a.html", "[id=third]").len(), 1);
    assert!(built.output.as_ref().unwrap().get("a/para-3.html").is_some());
}

#[test]
fn without_numbering_there_are_no_clauses() {
    let built = with_front("numbering = \"none\"", "3.37 Words.\n\n17. A list.\n18. Of two.").clean();
    assert_eq!(numbers(&built, "a"), Vec::<String>::new());
    assert_eq!(built.words("a.html", ".words").concat(), "3.37 Words. A list. Of two.");
    assert_eq!(built.find("a.html", "ol[start='17']").len(), 1);
}

#[test]
fn a_labelled_item_is_a_sub_clause_and_depth_is_nesting() {
    let built = clean(
        "1.1 First:\n\n- (a) one {#first .stay-safe}\n  - (i) deeper\n  - (ii) deeper still\n- (b) two\n- plain\n\n1.2 Second\n\n- (i) Roman\n- (ii) Roman\n\nand\n\n- (A) capital\n- (B) capital\n\n1.3 Third\n\n- (1) figure\n- (2) figure",
    );
    assert_eq!(
        numbers(&built, "a"),
        [
            "1.1",
            "1.1(a)",
            "1.1(a)(i)",
            "1.1(a)(ii)",
            "1.1(b)",
            "1.2",
            "1.2(i)",
            "1.2(ii)",
            "1.2(A)",
            "1.2(B)",
            "1.3",
            "1.3(1)",
            "1.3(2)"
        ]
    );
    assert_eq!(built.clause("a", "1.1(a)(ii)")["url"], "a.html#1.1-a-ii");
    assert_eq!(built.clause("a", "1.1(a)(ii)")["parent"], "1.1(a)");
    assert_eq!(built.clause("a", "1.1(a)")["label"], "first");
    assert_eq!(built.clause("a", "1.1(a)")["text"], "(a) one\n(i) deeper\n(ii) deeper still");
    assert_eq!(built.words("a.html", "[id='1.1-b']"), ["(b) two"]);
    assert_eq!(built.find("a.html", "[id='first']").len(), 1);
    assert_eq!(repeated_ids(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn words_in_brackets_are_no_labels() {
    let built = clean("1.1 First:\n\n- (see below) one\n- (ab) two\n- (xl) three\n- *(a)* four");
    assert_eq!(numbers(&built, "a"), ["1.1"]);
}

#[test]
fn numbers_are_unique_and_rise_and_a_gap_is_a_warning() {
    let body = "1.1 A.\n\n1.1 B.\n\n1.3 C.\n\n1.2 D.\n\n1.4 E.";
    insta::assert_snapshot!(TestSite::new().paper("a", body).build().short(), @r#"
    a.md:8:1: error[duplicate-number]: the number 1.1 is used twice (a number is an address: give one of the two another, such as 3.37A)
    a.md:10:1: error[number-out-of-order]: 1.3 comes between 1.1 and 1.2 (numbers rise through a document; if this is no clause, escape it: `3\.5`)
    "#);
    let fine = TestSite::new().paper("a", "1.1 A.\n\n1.1A B.\n\n1.2 C.\n\n2.1 D.").build();
    assert_eq!(fine.codes(), Vec::<&str>::new());
    let gap = TestSite::new().paper("a", "1.1 A.\n\n1.3 B.").build();
    assert_eq!(gap.codes(), ["number-gap"]);
    assert!(gap.output.is_some());
}

#[test]
fn sub_clauses_may_not_repeat_a_label() {
    let built = TestSite::new().paper("a", "1.1 A:\n\n- (a) one\n- (a) two").build();
    assert_eq!(built.codes(), ["duplicate-number"]);
    assert!(built.human().contains("first numbered here"));
}

#[test]
fn a_number_inserted_before_the_first_letter_is_in_order() {
    clean("3.37 A.\n\n3.37ZA B.\n\n3.37A C.\n\n3.37AA D.\n\n3.37B E.\n\n3.38 F.");
}

#[test]
fn a_publication_in_several_files_shares_one_numbering() {
    let file = |title: &str, body: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{body}\n");
    let site = TestSite::new()
        .file("big/index.md", "+++\ntitle = \"Big guidance\"\nshort = \"Big\"\npublication = true\nkind = \"guidance\"\nstatus = \"draft\"\n+++\n\n1.1 First, see [[3.1]] and [[10.1]].\n")
        .file("big/2-scope.md", &file("Scope", "2.1 Second, see [[1.1]]."))
        .file("big/3-law.md", &file("Law", "3.1 Third, see [[2.1]] and [[1.1-1.1]]."))
        .file("big/10-end.md", &file("End", "10.1 Last, see [[3-law#3.1]] and [[3.1]]."));
    let mut built = site.clone().build();
    // Only the range that names one clause twice is a fault.
    assert_eq!(built.codes(), ["number-gap", "unresolved-reference"], "{}", built.short());
    built = site
        .file(
            "big/3-law.md",
            &file("Law", "3.1 Third, see [[2.1]].\n\n4.1 x\n\n5.1 x\n\n6.1 x\n\n7.1 x\n\n8.1 x\n\n9.1 x"),
        )
        .build()
        .clean();
    assert_eq!(built.words("big/index.html", ".text a[href]"), ["3.1", "10.1"]);
    assert_eq!(built.find("big/index.html", ".text a[href]")[0], "<a class=\"ref\" href=\"3-law.html#3.1\">3.1</a>");
    assert_eq!(built.words("big/10-end.html", ".text a[href]"), ["3.1", "3.1"]);
    assert!(built.output.as_ref().unwrap().get("big/1.1.html").is_some());
    assert!(built.output.as_ref().unwrap().get("big/2-scope/2.1.html").is_some());
    // What the publication says of itself holds for its files; they are one work.
    assert_eq!(built.words("big/2-scope.html", ".status").len(), 1);
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn a_number_repeated_in_another_file_of_a_publication_is_an_error() {
    let built = TestSite::new()
        .file("big/index.md", "+++\ntitle = \"Big\"\npublication = true\n+++\n\n1.1 First.\n")
        .file("big/2-scope.md", "+++\ntitle = \"Scope\"\n+++\n\n1.1 Again.\n")
        .build();
    assert_eq!(built.codes(), ["duplicate-number"]);
    insta::assert_snapshot!(built.human(), @"
    error[duplicate-number]: the number 1.1 is used twice
     --> big/2-scope.md:5:1
      |
    5 | 1.1 Again.
      | ^^^
      |
     ::: big/index.md:6:1
      |
    6 | 1.1 First.
      | --- first numbered here
      |
      = help: a number is an address: give one of the two another, such as 3.37A
    ");
    // Any other folder is just a folder.
    TestSite::new()
        .file("x/a.md", "+++\ntitle = \"A\"\n+++\n\n1.1 A.\n")
        .file("x/b.md", "+++\ntitle = \"B\"\n+++\n\n1.1 B.\n")
        .build()
        .clean();
}

#[test]
fn files_of_a_publication_come_in_natural_order() {
    let file = |n: usize| format!("+++\ntitle = \"Part {n}\"\n+++\n\n{n}.1 Text.\n");
    let mut site =
        TestSite::new().file("big/index.md", "+++\ntitle = \"Big\"\npublication = true\n+++\n\nAll of it.\n");
    for n in 1..=11 {
        site = site.file(&format!("big/{n}-part.md"), &file(n));
    }
    let built = site.build().clean();
    let parts: Vec<String> = built.words("big/index.html", ".items ol li");
    assert_eq!(parts, (1..=11).map(|n| format!("Part {n}")).collect::<Vec<_>>());
    assert_eq!(built.words("big/2-part.html", ".onward li"), ["Previous: Part 1", "Next: Part 3"]);
}

#[test]
fn the_first_file_of_a_publication_lends_what_it_says_whatever_its_name() {
    for first in ["index.md", "index.markdown", "README.md"] {
        let built = TestSite::new()
            .file(
                &format!("guide/{first}"),
                "+++\ntitle = \"Guide\"\npublication = true\nissuer = \"The Board\"\nstatus = \"withdrawn\"\n+++\n\n1.1 All.\n",
            )
            .file("guide/one.md", "+++\ntitle = \"One\"\n+++\n\n1.2 Words.\n")
            .build()
            .without_errors();
        let documents = built.json("data/documents.json");
        let one = documents.as_array().unwrap().iter().find(|document| document["id"] == "one").unwrap();
        assert_eq!((&one["status"], &one["issuer"]), (&"withdrawn".into(), &"The Board".into()), "{first}");
    }
}

#[test]
fn every_clause_has_the_addresses_that_are_promised() {
    let built = TestSite::new()
        .file("packs/p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\nWords.\n")
        .file("folder/b.md", "+++\ntitle = \"B\"\n+++\n\n3.37A Text.\n")
        .paper("a", "3.37 Text. {#third-sector}\n\n- (a) one\n  - (ii) two\n\nA.1 Annex.")
        .build()
        .without_errors();
    let output = built.output.as_ref().unwrap();
    for page in ["a.html", "a/3.37.html", "a/a.1.html", "folder/b.html", "folder/b/3.37a.html", "packs/p.html"] {
        assert!(output.get(page).is_some(), "{page}");
    }
    for id in ["3.37", "3.37-a", "3.37-a-ii", "third-sector", "A.1"] {
        assert_eq!(built.find("a.html", &format!("[id='{id}']")).len(), 1, "{id}");
    }
    // The alias stands on the clause itself.
    assert_eq!(built.find("a.html", "[id='3.37'] [id='third-sector'], [id='3.37'][id='third-sector']").len(), 1);
    // A clause by itself leads back to its place.
    assert!(built.find("a/3.37.html", "a[href='../a.html#3.37']").len() == 1);
    assert_eq!(built.words("a/3.37.html", "title"), ["3.37 – a – Site"]);
}

#[test]
fn clause_pages_can_be_left_out() {
    let settings = SETTINGS.replacen("\n\n", "\nclause-pages = false\n\n", 1);
    let built = TestSite::new().file("site.toml", &settings).paper("a", "1.1 Text.").build().clean();
    let output = built.output.as_ref().unwrap();
    assert!(output.get("a.html").is_some());
    assert!(output.get("a/1.1.html").is_none());
    assert_eq!(built.find("a.html", "a[href*='1.1.html']"), Vec::<String>::new());
    assert_eq!(broken_links(output), Vec::<String>::new());
}

#[test]
fn clause_pages_lead_from_one_to_the_next() {
    let built = clean("## One\n\n1.1 A.\n\n- (a) sub\n\n### Deeper\n\n1.2 B.\n\n1.3 C.");
    assert_eq!(built.words("a/1.2.html", ".onward li"), ["Previous: 1.1", "Read it in place", "Next: 1.3"]);
    assert_eq!(built.words("a/1.1.html", ".onward li"), ["Read it in place", "Next: 1.2"]);
    assert_eq!(built.words("a/1.2.html", ".trail li"), ["One", "Deeper"]);
    assert!(built.output.as_ref().unwrap().get("a/1.1-a.html").is_none());
}

#[test]
fn two_documents_may_not_have_one_name() {
    let built = TestSite::new().paper("a", "1.1 A.").file("x/a.md", "+++\ntitle = \"B\"\n+++\n\n1.1 B.\n").build();
    assert_eq!(built.codes(), ["duplicate-id"]);
    let built = TestSite::new()
        .paper("a", "1.1 A.")
        .file("x/a.md", "+++\ntitle = \"B\"\nid = \"b\"\n+++\n\n1.1 B.\n")
        .build()
        .clean();
    assert_eq!(urls(&built), ["a.html#1.1", "x/b.html#1.1"]);
}

#[test]
fn an_id_may_stand_only_once_on_a_page() {
    let clash = |body: &str| TestSite::new().paper("a", body).build().codes();
    assert_eq!(clash("1.1 A. {#x}\n\n1.2 B. {#x}"), ["duplicate-anchor"]);
    assert_eq!(clash("## H {#x}\n\n1.1 A. {#x}"), ["duplicate-anchor"]);
    assert_eq!(clash("## H {#x}\n\n1.1 A:\n\n- (a) b {#x}"), ["duplicate-anchor"]);
    assert_eq!(clash("## Same\n\n1.1 A.\n\n## Same\n\n1.2 B."), Vec::<&str>::new());
    assert_eq!(clash("## Same\n\n1.1 A.\n\n## Same 2\n\n1.2 B.\n\n## Same\n\n1.3 C."), Vec::<&str>::new());
    assert_eq!(clash("## H {#main}\n\n1.1 A."), ["invalid-id"]);
    assert_eq!(clash("1.1 A. {#note-1}"), ["invalid-id"]);
}

#[test]
fn a_label_repeated_in_a_counted_clause_is_an_error_too() {
    for numbering in ["auto", "simple"] {
        let built = with_front(
            &format!("numbering = \"{numbering}\""),
            "1. One:\n\n   - (a) one\n   - (a) two\n\nWords:\n\n- (a) one\n- (a) two",
        );
        assert!(built.codes().contains(&"duplicate-number"), "{numbering}: {}", built.short());
    }
}
