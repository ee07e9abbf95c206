//! A document that restates another: readers see each clause beside the one of its number.

use crate::links::{broken_links, repeated_ids};
use crate::site::TestSite;

const OFFICIAL: &str = "1.1 A deposit is payable upon booking.[^1]\n\n1.2 Keys are to be returned:\n\n- (a) forthwith; and\n\
                        - (b) in person (see [[1.1]]).\n\n| Key | Fee |\n| --- | --- |\n| Hall | 5 |\n\n[^1]: Twenty pounds.\n";
const PLAIN: &str = "1.1 You pay a deposit when you book.[^1]\n\n1.2 Bring the key back:\n\n- (a) at once;\n- (b) yourself.\n\n\
                     [^1]: See the list of fees.\n";

fn pair() -> TestSite {
    TestSite::new().paper("official", OFFICIAL).paper_with("plain", "restates = \"official\"", PLAIN)
}

#[test]
fn both_documents_show_the_other_beside_each_clause() {
    let built = pair().build().clean();
    assert_eq!(
        built.words("plain.html", "#\\31\\.1 .counterpart"),
        ["Official text: official, paragraph 1.1 A deposit is payable upon booking.1 Twenty pounds. Back to 1.1"]
    );
    assert_eq!(
        built.words("official.html", "#\\31\\.2 .counterpart"),
        ["In plain words: plain, paragraph 1.2 Bring the key back: (a) at once; (b) yourself."]
    );
    assert_eq!(built.words("plain.html", ".counterpart-choice legend"), ["Official text"]);
    assert_eq!(built.words("official.html", ".counterpart-choice legend"), ["In plain words"]);
    assert_eq!(built.words("plain.html", ".relations li"), ["Restates official"]);
    assert_eq!(built.words("official.html", ".relations li"), ["Restated by plain"]);
    // A clause by itself has both, too.
    assert_eq!(built.words("plain/1.2.html", ".counterpart .source"), ["Official text: official, paragraph 1.2"]);
    assert_eq!(built.words("official/1.1.html", ".counterpart .source"), ["In plain words: plain, paragraph 1.1"]);
    // Every id is of one place, and every link leads somewhere.
    let output = built.output.as_ref().unwrap();
    assert_eq!((broken_links(output), repeated_ids(output)), (Vec::new(), Vec::new()));
    // The words of a clause are its own.
    let row = built.clause("plain", "1.2");
    assert_eq!(row["restates"], serde_json::json!(["official.html#1.2"]));
    assert!(!row["text"].as_str().unwrap().contains("forthwith"));
    assert!(built.clause("official", "1.2").get("restates").is_none());
}

#[test]
fn each_table_of_a_page_has_a_label_of_its_own() {
    let table = "\n\n| Key | Fee |\n| --- | --- |\n| Hall | 5 |\n\n";
    let built = pair()
        .edit("plain.md", "Bring the key back:", &format!("Bring it back.{table}So:"))
        .edit("official.md", "[^1]: Twenty", &format!("1.3 Noise.{table}[^1]: Twenty"))
        .edit("plain.md", "[^1]: See", &format!("1.3 Be quiet.{table}[^1]: See"))
        .build()
        .clean();
    for (page, tables) in [("plain.html", 4), ("official.html", 4), ("plain/1.2.html", 2), ("official/1.3.html", 2)] {
        let found = scraper::Html::parse_document(&built.text(page));
        let region = scraper::Selector::parse(".table").unwrap();
        let labels: Vec<&str> = found.select(&region).map(|table| table.attr("aria-label").unwrap()).collect();
        let wanted: Vec<String> = (1..=tables).map(|n| format!("Table {n}")).collect();
        assert_eq!(labels, wanted, "{page}");
    }
}

#[test]
fn clauses_without_a_counterpart_are_named() {
    let built = pair()
        .edit("official.md", "[^1]: Twenty", "1.3 Noise ceases.\n\n2.1 Fees rise.\n\n[^1]: Twenty")
        .edit("plain.md", "[^1]: See", "1.4 Be kind.\n\n[^1]: See")
        .build()
        .without_errors();
    let said: Vec<String> =
        built.short().lines().filter(|line| line.contains("no-counterpart")).map(str::to_owned).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("plain.md:3:")
            && said[0].contains("2 clauses of `official` have no counterpart here: 1.3 and 2.1"),
        "{said:?}"
    );
    assert!(said[1].contains("1.4 has no counterpart in `official`, which this document restates"), "{said:?}");
}

#[test]
fn numbers_of_a_series_are_paired_within_it() {
    let official = "1.1 One.\n\n## Schedule 1\n\n1.1 Fees.\n";
    let plain = "1.1 First.\n\n## Schedule 1\n\n1.1 What it costs.\n";
    let built = TestSite::new().paper("official", official).paper_with("plain", "restates = \"official\"", plain);
    let built = built.build().clean();
    let beside = built.words("plain.html", ".counterpart .wording");
    assert_eq!(beside, ["One.", "Fees."]);
}

#[test]
fn what_is_not_there_is_an_error_and_what_the_site_does_not_hold_is_only_named() {
    let built = TestSite::new().paper_with("plain", "restates = \"offical\"", "1.1 One.").build();
    assert_eq!(built.codes(), ["unknown-document"]);
    let built = TestSite::new().paper_with("plain", "restates = \"The Act of 1998\"", "1.1 One.").build().clean();
    assert_eq!(built.words("plain.html", ".relations li"), ["Restates The Act of 1998"]);
    assert!(!built.text("plain.html").contains("counterpart"));
}

#[test]
fn several_restatements_are_one_below_the_other() {
    let built =
        pair().paper_with("cymraeg", "restates = \"official\"\nlanguage = \"cy\"", "1.1 Blaendal.\n\n1.2 Allwedd.");
    let built = built.build().clean();
    assert_eq!(built.words("official.html", "#\\31\\.1 .counterpart .source").len(), 2);
    assert_eq!(built.words("official.html", "#\\31\\.1 .counterpart [lang=cy]"), ["Blaendal."]);
    assert_eq!(repeated_ids(built.output.as_ref().unwrap()), Vec::<String>::new());
}
