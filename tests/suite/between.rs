//! Relations between paragraphs of different documents, and between whole documents.

use crate::site::TestSite;

const DRAFT: &str = "status = \"superseded\"\npublished = 2008-04-03\nreplaced-by = \"Final guidance (November 2008)\"";
const BRIEFING: &str = "published = \"2008-11\"\nsummarises = \"Final guidance (November 2008)\"";

fn two_papers(relations: &str) -> TestSite {
    TestSite::new()
        .paper_with("draft", DRAFT, "1.1 The board meets.\n\n1.2 The board plans.")
        .paper_with("briefing", BRIEFING, "1.1 Boards meet. See [[draft#1.2]].")
        .file("relations.toml", relations)
}

#[test]
fn a_relation_is_shown_at_both_ends_and_in_the_data() {
    let built =
        two_papers("[briefing]\n\"1.1\" = { summarises = [\"draft#1.1\"], differs = \"draft#1.2\" }\n").build().clean();
    let about = |page: &str| built.words(page, ".linked .links");
    assert_eq!(
        about("briefing/1.1.html"),
        [
            "Summarises draft, paragraph 1.1 (draft counterpart)",
            "Differs from draft, paragraph 1.2 (draft counterpart)"
        ]
    );
    assert_eq!(
        [about("draft/1.1.html"), about("draft/1.2.html")].concat(),
        [
            "Summarised by briefing, paragraph 1.1",
            "Differs from briefing, paragraph 1.1",
            "Referred to by briefing, paragraph 1.1"
        ]
    );
    let row = built.clause("briefing", "1.1");
    let references: Vec<(&str, Option<&str>)> = row["references"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reference| (reference["to"].as_str().unwrap(), reference["kind"].as_str()))
        .collect();
    assert_eq!(
        references,
        [("draft.html#1.2", None), ("draft.html#1.1", Some("summarises")), ("draft.html#1.2", Some("differs"))]
    );
    assert_eq!(built.clause("draft", "1.1")["referred_by"][0], "briefing.html#1.1");
}

#[test]
fn a_mention_of_the_draft_of_a_text_not_held_says_so() {
    let built = two_papers("").build().clean();
    assert_eq!(built.words("briefing.html", ".text a.ref"), ["draft, paragraph 1.2 (draft counterpart)"]);
}

#[test]
fn both_ends_of_a_relation_are_checked() {
    let built = two_papers(
        "[briefing]\n\"1.9\" = { updates = \"draft#1.1\" }\n\"1.1\" = { updats = \"draft#1.1\", quotes = [\"draft#1.7\", \"draft\"] }\n\n[brifing]\n\"1.1\" = { quotes = \"draft#1.1\" }\n",
    )
    .build();
    insta::assert_snapshot!(built.short(), @"
    relations.toml:2:1: error[unresolved-reference]: `this relation` leads nowhere: briefing has no 1.9 (did you mean `1.1`?)
    relations.toml:3:11: error[unknown-key]: there is no key `updats` in the relations of a clause (did you mean `updates`?)
    relations.toml:3:43: error[unresolved-reference]: `this relation` leads nowhere: draft has no 1.7 (did you mean `1.1`?)
    relations.toml:3:56: error[malformed-reference]: `draft` names no clause (write a document and a clause: `guidance-2008#3.37`)
    relations.toml:6:1: error[unresolved-reference]: `this relation` leads nowhere: no document or authority is named `brifing` (did you mean `briefing`?)
    ");
}

#[test]
fn a_relation_is_to_one_clause() {
    let site = two_papers("[briefing]\n\"1.1\" = { summarises = [\"draft#1.1-1.2\", \"draft#plans\"] }\n");
    let built = site.edit("draft.md", "\n1.2", "\n## Plans {#plans}\n\n1.2").build();
    insta::assert_snapshot!(built.short(), @"
    relations.toml:2:25: error[malformed-reference]: this relation names a range or a heading, not a clause (name each clause by itself: `guidance-2008#3.37`)
    relations.toml:2:42: error[malformed-reference]: this relation names a range or a heading, not a clause (name each clause by itself: `guidance-2008#3.37`)
    ");
}

#[test]
fn a_map_draws_each_pair_once_and_says_it_in_words() {
    let built = two_papers("[briefing]\n\"1.1\" = { summarises = [\"draft#1.1\"], see-also = \"draft#1.2\" }\n")
        .file("site.toml", &crate::site::SETTINGS.replace("[kinds]", "[kinds]\nmap = \"Map\""))
        .paper_with("together", "kind = \"map\"", "How it fits.")
        .build()
        .clean();
    assert_eq!(
        built.words("together.html", ".map-lines li"),
        [
            "Final guidance (November 2008) (not held here) replaces draft",
            "briefing summarises Final guidance (November 2008) (not held here)",
        ]
    );
    // Paragraphs are counted in a table, from both ends; what is none is blank.
    let table = built.words("together.html", ".crossed :is(th, td)");
    assert_eq!(table, ["", "draft", "briefing", "draft", "", "2", "briefing", "1", ""]);
    assert_eq!(built.words("together.html", "svg.map text.title"), ["draft", "Final guidance", "briefing"]);
    assert_eq!(built.find("together.html", "svg.map path.line").len(), 2);
}

#[test]
fn a_map_is_drawn_under_the_heading_map_or_else_after_the_text() {
    let order = |text: &str| {
        let site = two_papers("[briefing]\n\"1.1\" = { summarises = \"draft#1.1\" }\n")
            .file("site.toml", &crate::site::SETTINGS.replace("[kinds]", "[kinds]\nmap = \"Map\""));
        let built = site.paper_with("together", "kind = \"map\"", text).build().clean();
        assert_eq!(built.find("together.html", "svg.map").len(), 1);
        built.find("together.html", ".items > h2, .items > figure, .items > .words").concat()
    };
    let under = order("## One {#one}\n\nFirst.\n\n## Drawn {#map}\n\nSecond.\n\n## Two {#two}\n\nThird.");
    let at = |page: &str, part: &str| page.find(part).unwrap_or_else(|| panic!("no {part}: {page}"));
    assert!(at(&under, "id=\"map\"") < at(&under, "<figure") && at(&under, "<figure") < at(&under, "Second."));
    let after = order("## One {#one}\n\nFirst.");
    assert!(at(&after, "First.") < at(&after, "<figure"));
}

#[test]
fn what_nobody_issued_or_dated_is_a_page_and_no_paper() {
    let settings = "title = \"Site\"\n[[navigation]]\ntitle = \"All\"\nitems = [\"dated\", \"issued\", \"own\"]\n";
    let built = TestSite::new()
        .file("site.toml", settings)
        .paper_with("dated", "published = 2008-01-01", "1.1 See [[own]].")
        .paper_with("issued", "issuer = \"A council\"", "1.1 See [[own]] and [[dated]].")
        .paper("own", "1.1 See [[issued]] and [[own]].")
        .build();
    for (page, papers, about) in [
        ("dated.html", "Other papers", "About this paper"),
        ("issued.html", "Other papers", "About this paper"),
        ("own.html", "Other pages", "About this page"),
    ] {
        assert_eq!(built.words(page, ".others summary"), [papers], "{page}");
        assert_eq!(built.words(page, ".about-paper > summary"), [about], "{page}");
    }
}

#[test]
fn a_map_shows_what_was_published_together_and_what_works_not_held_replaced() {
    let front = "supplements = \"First guidance (2005)\"\nreplaced-by = \"Final guidance (November 2008)\"";
    let site = |register: &str| {
        TestSite::new()
            .file("site.toml", &crate::site::SETTINGS.replace("[kinds]", "[kinds]\nmap = \"Map\""))
            .file("authorities.toml", register)
            .paper_with("together", "kind = \"map\"", "How it fits.")
            .paper_with("draft", front, "1.1 [[old]], [[new]], [[other]].")
            .paper_with("form", "published-with = \"draft\"", "1.1 A.")
            .build()
    };
    let register = "[old]\ntitle = \"First guidance\"\nkind = \"guidance\"\n\n[other]\ntitle = \"Other\"\n\
                    kind = \"guidance\"\n\n[new]\ntitle = \"Final guidance\"\nkind = \"guidance\"\n\
                    replaces = [\"old\", \"other\"]\n";
    let built = site(register).clean();
    assert_eq!(
        built.words("together.html", ".map-lines li"),
        [
            "draft supplements First guidance (2005) (not held here)",
            "Final guidance (November 2008) (not held here) replaces draft",
            "Final guidance (November 2008) (not held here) replaces First guidance (2005) (not held here)",
        ]
    );
    // What is told and not drawn.
    assert_eq!(built.words("together.html", ".map-others li"), ["draft was published with form"]);
    // Three columns, the oldest at the left.
    let boxes = built.find("together.html", "svg.map rect");
    let left = |one: &String| one.split(" x=\"").nth(1).unwrap().split('"').next().unwrap().parse::<u32>().unwrap();
    let columns: Vec<u32> = boxes.iter().map(left).collect();
    assert!(
        columns.len() == 3 && columns.is_sorted() && columns[0] < columns[1] && columns[1] < columns[2],
        "{columns:?}"
    );
    let built = site(&register.replace("\"other\"]", "\"othr\"]"));
    assert_eq!(built.codes(), ["unknown-authority"]);
}

#[test]
fn a_timeline_is_a_list_that_needs_no_drawing_to_be_read() {
    let built = TestSite::new()
        .file("site.toml", &crate::site::SETTINGS.replace("[kinds]", "[kinds]\ntimeline = \"Timeline\""))
        .paper("a", "1.1 A clause.")
        .paper_with("dates", "kind = \"timeline\"", "## 2008\n\n- **3 April 2008** The draft is issued. [[a#1.1]]")
        .build()
        .clean();
    assert_eq!(
        built.words("dates.html", "body.timeline .items li"),
        ["3 April 2008 The draft is issued. a, paragraph 1.1"]
    );
}
