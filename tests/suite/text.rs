//! A document as plain text has every word of its clauses, by their numbers, with notes and law at the end.

use crate::cli::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("site/site.toml", "title = \"A site\"\n[kinds]\npack = \"Pack\"\n");
    desk.put(
        "site/authorities.toml",
        "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n\n\
         [plan]\ntitle = \"The Plan\"\nkind = \"report\"\n",
    );
    desk.put("site/index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n");
    desk.put(
        "site/paper.md",
        "+++\ntitle = \"The paper & more\"\nshort = \"Paper 2008\"\nstatus = \"superseded\"\n+++\n\n## Part one\n\n\
         1.1 The Board reads the Children Act 2004, s 10(1).[^a] ~~Not so.~~\n\n> [!NOTE]\n> The Board has another name now.\n\n\
         ### Within it\n\n1.2 See [[1.1]] and *these*:\n\n- (a) the first; or\n- (b) the second.[^b]\n\n\
         | Month | Clause |\n| --- | --- |\n| May | [[1.1]] |\n\n[^a]: With a note on [[plan]].[^b]\n[^b]: Its own.\n",
    );
    desk.put(
        "site/pack.md",
        "+++\ntitle = \"The pack\"\nkind = \"pack\"\n+++\n\n## Aims\n\nRead this:\n\n![[paper#1.1]]\n",
    );
    desk
}

#[test]
fn a_document_and_a_pack_are_printed_with_notes_and_law() {
    let desk = desk();
    insta::assert_snapshot!(desk.run("text site --of paper").ends_with(0).stdout, @r"
    The paper & more
    ================

    Cited as: Paper 2008
    Status: out of date

    Part one
    --------

    1.1 The Board reads the Children Act 2004, s 10(1). [1]
    Editor’s note: The Board has another name now.

    Within it

    1.2 See 1.1 and these:
    (a) the first; or
    (b) the second.
    Month | Clause
    May | 1.1
    Notes: [2]

    Notes
    -----

    [1] With a note on The Plan. [2]

    [2] Its own.

    Legislation and other works cited
    ---------------------------------

    Children Act 2004: s 10(1) <https://www.legislation.gov.uk/ukpga/2004/31>
    The Plan
    ");
    insta::assert_snapshot!(desk.run("text site --of pack").ends_with(0).stdout, @r"
    The pack
    ========

    Aims
    ----

    Read this:

    Paper 2008, paragraph 1.1 The Board reads the Children Act 2004, s 10(1). [1]
    Editor’s note: The Board has another name now.

    Notes
    -----

    [1] With a note on The Plan. [2]

    [2] Its own.

    Legislation and other works cited
    ---------------------------------

    Children Act 2004: s 10(1) <https://www.legislation.gov.uk/ukpga/2004/31>
    The Plan
    ");
}

#[test]
fn what_cannot_be_printed_is_said() {
    let desk = desk();
    let done = desk.run("text site --of papers").ends_with(2);
    assert!(done.stdout.is_empty() && done.stderr.contains("did you mean `paper`?"), "{}", done.shown());
    desk.put("site/paper.md", "+++\ntitle = \"A\"\n+++\n\n1.1 See [[9.9]].\n");
    let done = desk.run("text site --of paper").ends_with(1);
    assert!(done.stdout.is_empty() && done.stderr.contains("unresolved-reference"), "{}", done.shown());
}

#[test]
fn the_words_around_those_of_a_paper_are_those_of_the_sites_language() {
    let desk = desk();
    desk.put("site/site.toml", "title = \"A site\"\nlanguage = \"cy\"\n[kinds]\npack = \"Pack\"\n");
    let text = desk.run("text site --of paper").ends_with(0).stdout;
    for words in [
        "fel: Paper 2008\n",
        "Statws: wedi dyddio\n",
        "Nodyn y golygydd: The Board",
        "\n\nNodiadau\n",
        "Deddfwriaeth a gwaith arall",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["Cited as", "Status", "Editor", "Notes", "Legislation"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_note_on_a_clauses_own_heading_is_the_clauses() {
    let desk = desk();
    desk.put(
        "site/headed.md",
        "+++\ntitle = \"Headed\"\nnumbering = \"headings\"\n+++\n\n## 1 Meetings[^a]\n\nAs below.\n\n\
         [^a]: See the Children Act 2004, s 11.\n",
    );
    let text = desk.run("text site --of headed").ends_with(0).stdout;
    assert!(text.contains("1 Meetings [1]\nAs below.\n\nNotes\n"), "{text}");
    assert!(text.contains("Children Act 2004: s 11 <"), "{text}");
    desk.run("build site --output out").ends_with(0);
    let rows: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("out/data/clauses.json")).unwrap()).unwrap();
    let row = rows.as_array().unwrap().iter().find(|row| row["document"] == "headed").unwrap();
    let cited: Vec<&str> =
        row["citations"].as_array().unwrap().iter().map(|c| c["pinpoint"].as_str().unwrap()).collect();
    assert_eq!(cited, ["s 11"]);
}
