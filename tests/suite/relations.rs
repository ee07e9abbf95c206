//! Relations between documents are shown on both, and a status is never a surprise.

use crate::links::broken_links;
use crate::site::{Built, TestSite};

fn relations(built: &Built, page: &str) -> Vec<String> {
    built.words(page, ".relations li")
}

#[test]
fn a_relation_said_at_one_end_stands_at_both() {
    let built = TestSite::new()
        .paper_with("old", "status = \"superseded\"", "1.1 A.")
        .paper_with("new", "short = \"New\"\nreplaces = \"old\"\nstatus = \"current\"", "1.1 A.")
        .paper_with("note", "supplements = [\"new\"]", "1.1 A.")
        .paper_with("sheet", "summarises = \"new\"", "1.1 A.")
        .build()
        .clean();
    assert_eq!(
        relations(&built, "new.html"),
        ["Replaces old (what changed)", "Supplemented by note", "Summarised by sheet"]
    );
    assert_eq!(relations(&built, "old.html"), ["Replaced by new (what changed)"]);
    assert_eq!(relations(&built, "note.html"), ["Supplements new"]);
    assert_eq!(relations(&built, "sheet.html"), ["Summarises new"]);
    assert_eq!(
        built.words("old.html", ".front .status"),
        ["Out of date This paper is out of date. We keep it for reference. What replaced it"]
    );
    assert_eq!(broken_links(built.output.as_ref().unwrap()), Vec::<String>::new());
}

#[test]
fn papers_published_together_say_so_at_both_ends() {
    let built = TestSite::new()
        .paper("draft", "1.1 A.")
        .paper_with("form", "published-with = [\"draft\", \"A letter\"]", "1.1 A.")
        .build()
        .clean();
    assert_eq!(relations(&built, "draft.html"), ["Published with form"]);
    assert_eq!(relations(&built, "form.html"), ["Published with draft", "Published with A letter"]);
}

#[test]
fn an_author_may_say_the_status_in_words_of_their_own() {
    let note = "Never in force: \"trial\" & error.";
    let front = format!("status = \"draft\"\nstatus-note = '{note}'\nreplaced-by = \"b\"\noutcomes = \"stay-safe\"");
    let built = TestSite::new().paper_with("a", &front, "1.1 A.").paper("b", "1.1 B.").build().clean();
    for page in ["a.html", "a/1.1.html"] {
        let said = built.words(page, ".status").concat();
        assert!(said.starts_with("Draft Never in force: “trial” & error."), "{page}: {said}");
    }
    for page in ["index.html", "outcomes/stay-safe.html"] {
        assert_eq!(built.words(page, ".tag"), ["Draft"], "{page}");
    }
    assert_eq!(built.json("data/documents.json")[0]["status"], "draft");
    // The word of the status is not said twice.
    let front = "status = \"superseded\"\nstatus-note = \"Out of date: it closed in June.\"";
    let built = TestSite::new().paper_with("a", front, "1.1 A.").build().clean();
    for page in ["a.html", "a/1.1.html"] {
        assert_eq!(built.words(page, ".status").concat(), "Out of date It closed in June.", "{page}");
    }
}

#[test]
fn an_editors_reference_is_told_from_the_papers_own() {
    let built = |body: &str| {
        let source = "source = { title = \"The official text\" }";
        let site = TestSite::new().paper_with("a", source, &format!("{body}\n\n1.2 B."));
        site.paper("b", "1.1 Here nothing is restated. See [[a#1.2]].").build()
    };
    for body in [
        "1.1 A. See [[1.2]].",
        "1.1 A. See also paragraph [[b#1.1]].",
        "1.1 A.[^n]\n\n[^n]: See [[1.2]].",
        "1.1 A (See [[1.2|below]]).",
        "1.1 List:\n\n- A. See [[b#1.1]].",
    ] {
        assert_eq!(built(body).codes(), ["added-reference"], "{body}");
    }
    for body in [
        "1.1 As [[1.2]] says, and [[b#1.1]].",
        "1.1 A.\n\n> [!NOTE]\n> Editor's note: see below. See [[1.2]].",
        "1.1 Foresee [[1.2]].",
        "1.1 See the papers of 2008. [[1.2]] goes on.",
    ] {
        assert_eq!(built(body).codes(), Vec::<&str>::new(), "{body}");
    }
}

#[test]
fn a_relation_said_at_both_ends_stands_once_at_each() {
    let built = TestSite::new()
        .paper_with("old", "replaced-by = \"new\"", "1.1 A.")
        .paper_with("new", "replaces = \"old\"", "1.1 A.")
        .build()
        .clean();
    assert_eq!(relations(&built, "new.html"), ["Replaces old (what changed)"]);
    assert_eq!(relations(&built, "old.html"), ["Replaced by new (what changed)"]);
}

#[test]
fn a_work_that_the_site_does_not_hold_is_named_without_a_link() {
    let built = TestSite::new()
        .paper_with("a", "status = \"superseded\"\nreplaced-by = \"The Guidance of November 2008\"\nsupplements = [\"b\", \"Working Together\"]", "1.1 A.")
        .paper("b", "1.1 B.")
        .build()
        .clean();
    assert_eq!(
        relations(&built, "a.html"),
        ["Replaced by The Guidance of November 2008", "Supplements b", "Supplements Working Together"]
    );
    assert_eq!(built.find("a.html", ".relations cite").len(), 2);
    assert_eq!(
        built.words("a.html", ".front .status"),
        ["Out of date This paper is out of date. We keep it for reference. What replaced it"]
    );
}

#[test]
fn what_looks_like_an_id_and_is_none_is_an_error_with_the_nearest() {
    let built = TestSite::new()
        .paper_with("guidance-2008", "", "1.1 A.")
        .paper_with("a", "replaces = \"guidance-208\"", "1.1 A.")
        .build();
    assert_eq!(built.codes(), ["unknown-document"]);
    assert!(built.short().contains("did you mean `guidance-2008`?"), "{}", built.short());
}

#[test]
fn a_document_is_nothing_to_itself() {
    let built = TestSite::new().paper_with("a", "replaces = \"a\"", "1.1 A.").build();
    assert!(built.output.is_none(), "{:?}", relations(&built, "a.html"));
}

#[test]
fn the_status_stands_wherever_the_document_is_met() {
    for (status, words) in [
        ("draft", Some(("Draft", "This is a draft and not in force."))),
        ("superseded", Some(("Out of date", "This paper is out of date. We keep it for reference."))),
        ("withdrawn", Some(("Withdrawn", "This paper was withdrawn. We keep it for reference."))),
        ("current", None),
    ] {
        let built = TestSite::new()
            .paper_with("a", &format!("status = \"{status}\"\noutcomes = \"stay-safe\""), "1.1 A.")
            .build()
            .clean();
        for page in ["a.html", "a/1.1.html", "index.html", "outcomes/stay-safe.html"] {
            let wanted: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            assert_eq!(built.words(page, ".tag"), wanted, "{status} on {page}");
        }
        for page in ["a.html", "a/1.1.html"] {
            let wanted: Vec<String> = words.iter().map(|(word, line)| format!("{word} {line}")).collect();
            assert_eq!(built.words(page, ".status"), wanted, "{status} on {page}");
        }
        assert_eq!(built.json("data/documents.json")[0]["status"], status);
    }
    let built = TestSite::new().paper_with("a", "status = \"old\"", "1.1 A.").build();
    assert_eq!(built.codes(), ["invalid-value"]);
}

#[test]
fn a_page_says_what_it_restates() {
    let source = "source = { title = \"The official text\", url = \"https://example.org/official\" }";
    let built = TestSite::new().paper_with("a", source, "1.1 A.").build().clean();
    for page in ["a.html", "a/1.1.html"] {
        assert_eq!(built.find(page, "a[href='https://example.org/official']").len(), 1, "{page}");
    }
    for url in ["javascript:alert(1)", "ftp://x", "//x", "https://a b", "data:x"] {
        let built = TestSite::new()
            .paper_with("a", &format!("source = {{ title = \"T\", url = \"{url}\" }}"), "1.1 A.")
            .build();
        assert_eq!(built.codes(), ["unsafe-url"], "{url}");
    }
}
