//! Notes are numbered by first mention, keep their addresses, and lead back to their marks.

use crate::links::{broken_links, repeated_ids};
use crate::site::{Built, TestSite};

/// Every note of a page: its number, id, words and ways back.
fn notes(built: &Built, page: &str) -> Vec<String> {
    let items = built.find(page, ".note-list > li");
    let texts = built.words(page, ".note-list > li > .text");
    let lines = items.iter().zip(texts).map(|(item, text)| {
        let attribute =
            |name: &str| item.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        format!("{} {} {text}", attribute("value"), attribute("id"))
    });
    lines.collect()
}

fn back(built: &Built, page: &str, id: &str) -> Vec<String> {
    built.words(page, &format!("[id='{id}'] a[role=doc-backlink]"))
}

fn sound(built: &Built) {
    let output = built.output.as_ref().unwrap();
    assert_eq!(broken_links(output), Vec::<String>::new());
    assert_eq!(repeated_ids(output), Vec::<String>::new());
}

#[test]
fn notes_are_numbered_by_first_mention_and_keep_their_labels_in_their_addresses() {
    let built = TestSite::new()
        .paper("a", "1.1 One[^b] and two[^4].\n\n1.2 Again[^b], and three[^a].\n\n[^4]: Four.\n[^a]: A.\n[^b]: B.")
        .build()
        .clean();
    assert_eq!(notes(&built, "a.html"), ["1 note-b B.", "2 note-4 Four.", "3 note-a A."]);
    assert_eq!(built.words("a.html", "a[role=doc-noteref]"), ["1", "2", "1", "3"]);
    assert_eq!(built.clause("a", "1.2")["notes"], serde_json::json!(["b", "a"]));
    sound(&built);
}

#[test]
fn a_note_cited_often_leads_back_to_each_of_its_marks() {
    let built = TestSite::new()
        .paper(
            "a",
            "Before.[^n]\n\n## Heading[^n]\n\n1.1 One[^n], and[^n].\n\n- (a) sub[^n]\n\n1.2 Two.[^n]\n\n[^n]: Note.",
        )
        .build()
        .clean();
    assert_eq!(notes(&built, "a.html"), ["1 note-n Note."]);
    assert_eq!(
        back(&built, "a.html", "note-n"),
        ["Back to the text", "Back to Heading", "Back to 1.1", "Back to 1.1", "Back to 1.1(a)", "Back to 1.2"]
    );
    assert_eq!(built.find("a.html", "[role=doc-noteref]").len(), 6);
    // A mark is a link with a name, never a bare digit.
    assert!(built.find("a.html", "[role=doc-noteref]").iter().all(|mark| mark.contains("aria-label=\"Note 1\"")));
    sound(&built);
}

#[test]
fn a_clause_by_itself_has_its_notes_under_their_own_numbers() {
    let built = TestSite::new()
        .paper("a", "1.1 One.[^x][^n]\n\n1.2 Two.[^n][^y]\n\n1.3 None.\n\n[^x]: X.\n[^n]: N.\n[^y]: Y.")
        .build()
        .clean();
    assert_eq!(notes(&built, "a/1.2.html"), ["2 note-n N.", "3 note-y Y."]);
    assert_eq!(back(&built, "a/1.2.html", "note-n"), ["Back to 1.2"]);
    assert_eq!(built.find("a/1.3.html", ".notes"), Vec::<String>::new());
    sound(&built);
}

#[test]
fn a_note_may_cite_a_note() {
    let built = TestSite::new()
        .paper("a", "1.1 One.[^x]\n\n1.2 Two.[^z]\n\n[^x]: X, see[^y].\n[^y]: Y, see[^x].\n[^z]: Z.")
        .build()
        .clean();
    assert_eq!(notes(&built, "a.html"), ["1 note-x X, see3.", "2 note-z Z.", "3 note-y Y, see1."]);
    assert_eq!(notes(&built, "a/1.1.html"), ["1 note-x X, see3.", "3 note-y Y, see1."]);
    sound(&built);
}

#[test]
fn a_note_holds_whatever_a_text_holds() {
    let built = TestSite::new()
        .paper("a", "1.1 One.[^x]\n\n[^x]: First paragraph.\n\n    - (a) a list\n    - more\n\n    > quoted\n\n    | a | b |\n    |---|---|\n    | c | d |\n\n    ```\n    code\n    ```\n\n    Last, [[1.1]].\n\n1.2 Not in the note.")
        .build()
        .clean();
    assert_eq!(
        built.words("a.html", ".note-list .text"),
        ["First paragraph. (a) a list more quoted ab cd code Last, 1.1."]
    );
    assert_eq!(built.clause("a", "1.1")["text"], "One.");
    assert_eq!(built.clause("a", "1.2")["text"], "Not in the note.");
    sound(&built);
}

#[test]
fn a_note_defined_among_clauses_does_not_end_one() {
    let built = TestSite::new().paper("a", "1.1 One.[^x]\n\n[^x]: Note.\n\nStill 1.1.\n\n1.2 Two.").build().clean();
    assert_eq!(built.clause("a", "1.1")["text"], "One.\nStill 1.1.");
    let inside = TestSite::new()
        .paper(
            "a",
            "1.1 One.[^x][^y]\n\n> quoted\n>\n> [^x]: In a quotation.\n\n- item\n\n  [^y]: In a list.\n\n1.2 Two.",
        )
        .build()
        .clean();
    assert_eq!(notes(&inside, "a.html"), ["1 note-x In a quotation.", "2 note-y In a list."]);
    assert_eq!(inside.clause("a", "1.1")["text"], "One.\nquoted\n• item");
    sound(&inside);
}

#[test]
fn a_note_defined_in_a_quotation_of_a_note_does_not_end_that_note() {
    let built = TestSite::new()
        .paper(
            "a",
            "1.1 One.[^x][^y]\n\n[^x]: Words.\n\n    > quoted\n    >\n    > [^y]: Inner.\n\n    Last.\n\n1.2 Two.",
        )
        .build()
        .clean();
    assert_eq!(notes(&built, "a.html"), ["1 note-x Words. quoted Inner. Last.", "2 note-y Inner."]);
    assert_eq!(built.clause("a", "1.1")["text"], "One.");
    assert_eq!(built.clause("a", "1.2")["text"], "Two.");
    sound(&built);
}

#[test]
fn undefined_is_an_error_and_unused_a_warning() {
    let built =
        TestSite::new().paper("a", "1.1 One.[^nope] And `[^code]` and \\[^escaped].\n\n[^unused]: Note.").build();
    insta::assert_snapshot!(built.short(), @"
    a.md:6:9: error[undefined-footnote]: the note `nope` is not defined (write it, on a line of its own: `[^nope]: …`)
    a.md:8:1: warning[unused-footnote]: the note `unused` is never cited (cite it with `[^unused]`, or remove it)
    ");
    let twice = TestSite::new().paper("a", "1.1 One.[^x]\n\n[^x]: A.\n\n[^x]: B.").build();
    assert_eq!(twice.codes(), ["duplicate-footnote"]);
}

#[test]
fn a_link_to_a_note_that_is_on_no_page_is_reported() {
    let built = TestSite::new().paper("a", "1.1 See [the note](#note-x).\n\n[^x]: Never cited.").build();
    assert!(built.output.is_none(), "{}", built.short());
}

#[test]
fn labels_that_differ_in_case_alone_are_one_note_on_one_address() {
    let built = TestSite::new().paper("a", "1.1 One[^Note] and[^note].\n\n[^NOTE]: The note.").build().clean();
    assert_eq!(built.words("a.html", "[role=doc-noteref]"), ["1", "1"]);
    sound(&built);
}

#[test]
fn a_label_that_is_no_address_is_refused() {
    for label in ["a b", "a.b", "é", "<b>", "\"x"] {
        let built = TestSite::new().paper("a", &format!("1.1 One[^{label}].\n\n[^{label}]: The note.")).build();
        assert!(built.output.is_none(), "{label}: {}", built.short());
    }
}

#[test]
fn notes_of_drawn_in_clauses_stand_with_them() {
    let built = TestSite::new()
        .paper_with("a", "short = \"A\"", "1.1 One.[^1]\n\n1.2 Two.[^1][^2]\n\n[^1]: First of a.\n[^2]: Second of a.")
        .paper_with("b", "short = \"B\"", "1.1 One.[^1]\n\n[^1]: First of b.")
        .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\nOwn.[^1]\n\n![[a#1.2]]\n\n![[b#1.1]]\n\n![[a#1.1]]\n\n[^1]: Own note.\n")
        .build()
        .clean();
    assert_eq!(built.words("p.html", ".note-list .text"), ["First of a.", "Second of a.", "First of b.", "Own note."]);
    // Marked in both drawn clauses, and written once.
    assert_eq!(back(&built, "p.html", "note-a-1"), ["Back to 1.2", "Back to 1.1"]);
    sound(&built);
}

#[test]
fn notes_on_the_home_page_and_in_the_glossary_have_a_place() {
    let note = "Words.[^n]\n\n[^n]: The note.\n";
    let built = TestSite::new()
        .file("index.md", &format!("+++\ntitle = \"Home\"\n+++\n\n{note}"))
        .file(
            "glossary.md",
            &format!("+++\ntitle = \"Words\"\n+++\n\n{note}\nboard\n: A board.[^m]\n\n[^m]: Another note.\n"),
        )
        .build()
        .clean();
    sound(&built);
    assert_eq!(built.words("index.html", ".note-list .text"), ["The note."]);
    assert_eq!(built.words("glossary.html", ".note-list .text"), ["The note.", "Another note."]);
}

#[test]
fn notes_that_only_cite_one_another_are_cited_by_nobody() {
    for notes in ["[^x]: Itself[^x].", "[^x]: Y[^y].\n[^y]: X[^x]."] {
        let built = TestSite::new().paper("a", &format!("1.1 Text.\n\n{notes}")).build();
        assert!(
            built.codes().iter().all(|code| *code == "unused-footnote") && !built.codes().is_empty(),
            "{}",
            built.short()
        );
        let linked = TestSite::new().paper("a", &format!("1.1 See [it](#note-x).\n\n{notes}")).build();
        assert!(linked.output.is_none(), "{notes}");
    }
}
