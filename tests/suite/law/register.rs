//! A register that fills itself, and that says when it was looked at last.

use crate::cli::Desk;
use crate::site::TestSite;

const ACT: &str = "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n";

fn desk(body: &str, register: Option<&str>) -> Desk {
    let desk = Desk::new();
    desk.site("site", body);
    if let Some(register) = register {
        desk.put("site/authorities.toml", register);
    }
    desk
}

fn text(desk: &Desk, path: &str) -> String {
    std::fs::read_to_string(desk.path(path)).unwrap()
}

// ── The world that the program knows ────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_title_without_a_row_has_the_row_to_paste() {
    let built = TestSite::new().file("authorities.toml", ACT).paper("paper", "1.1 See the Charities Act 2011.").build();
    let [fault] = built.diagnostics.as_slice() else { panic!("{}", built.short()) };
    let wanted = "[ca2011]\ntitle = \"Charities Act 2011\"\nkind = \"act\"\nwork = \"ukpga/2011/25\"";
    assert!(fault.help.as_ref().unwrap().ends_with(wanted), "{:?}", fault.help);
    // With that row it is a link.
    let register = format!("{ACT}\n{wanted}\n");
    let built = TestSite::new()
        .file("authorities.toml", &register)
        .paper("paper", "1.1 See the Charities Act 2011.")
        .build()
        .clean();
    assert!(built.text("paper.html").contains("https://www.legislation.gov.uk/ukpga/2011/25\""));
}

#[test]
fn what_the_program_knows_is_not_linked_until_a_row_declares_it() {
    let built = TestSite::new()
        .file("authorities.toml", ACT)
        .paper("paper", "1.1 Section 1 of the Charities Act 2011.")
        .build();
    assert!(!built.text("paper.html").contains("ukpga/2011"));
}

#[test]
fn a_site_without_a_register_is_told_that_works_are_named() {
    let body = "1.1 Section 1 of the Charities Act 2011 and the Equality Act 2010.\n\n1.2 The Charities Act 2011.";
    let wanted = "2 works of law are named and not linked: `clausebook check --suggest` makes a register\n";
    let desk = desk(body, None);
    for line in ["check site", "build site --output out"] {
        let done = desk.run(line);
        assert!(done.status == 0 && done.stderr.ends_with(wanted), "{}", done.stderr);
        assert!(!done.stderr.contains("warning"), "{}", done.stderr);
    }
    // Who has one is told where each stands.
    desk.put("site/authorities.toml", ACT);
    assert!(!desk.run("check site").stderr.contains("makes a register"));
    assert!(!self::desk("1.1 No law.", None).run("check site").stderr.contains("makes a register"));
}

#[test]
fn a_register_is_made_and_the_site_builds_with_it() {
    let body = "1.1 Section 149 of the Equality Act 2010, and the Charities Act 2011.\n\n\
                1.2 The Human Rights Act and the Unknown Act 1999. SI 2005/7 and the Housing Act too.";
    let desk = desk(body, None);
    let done = desk.run("check site --suggest --apply");
    assert!(done.stderr.contains("Wrote 5 proposals into 1 file\n"), "{}", done.stderr);
    insta::assert_snapshot!(text(&desk, "site/authorities.toml"), @r#"
    [ea2010]
    title = "Equality Act 2010"
    kind = "act"
    work = "ukpga/2010/15"

    [ca2011]
    title = "Charities Act 2011"
    kind = "act"
    work = "ukpga/2011/25"

    [hra1998]
    title = "Human Rights Act 1998"
    kind = "act"
    work = "ukpga/1998/42"
    aliases = ["Human Rights Act"]

    [ua1999]
    title = "Unknown Act 1999"
    kind = "act"

    [uksi-2005-7]
    title = "SI 2005/7"
    kind = "instrument"
    work = "uksi/2005/7"
    "#);
    assert_eq!(desk.run("check site").status, 0);
    let again = desk.run("check site --suggest").stdout;
    assert!(!again.contains("row"), "{again}");
}

// ── Proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────

const BODY: &str = "1.1 Of the Children Act 2004 we mean section 10 here. Section 11 is another's.\n\n\
    1.2 See paragraph 1.1 and paragraph 9.9, and (Paragraph 1.1) too.\n\n\
    | Who | Law |\n| --- | --- |\n| All | by the Children Act 2004 under section 17 |\n| Some | paragraph 1.1 |\n\n\
    1.3 The Children Act 2004 and the Charities Act 2011 have section 12, and paragraph 1.2 of the Charities Act 2011.";

#[test]
fn a_paragraph_that_may_be_of_another_text_is_not_proposed() {
    let body = "1.1 One.\n\n1.2 The Ofsted handbook, paragraph 1.1, says so.\n\n1.3 It is in CC3 (2015), paragraph 1.1.\n\n\
                1.4 Take paragraph 1.1 from the handbook.\n\n1.5 Paragraph 1.1 applies.";
    let list = desk(body, Some(ACT)).run("check site --suggest").stdout;
    let lines: Vec<&str> = list.lines().filter(|line| line.contains("is a paragraph of this document")).collect();
    assert_eq!(lines.len(), 1, "{list}");
    assert!(lines[0].contains("“Paragraph 1.1”"), "{list}");
}

#[test]
fn only_what_is_sure_is_proposed_and_the_patch_builds_in_tables_too() {
    let desk = desk(BODY, Some(ACT));
    let done = desk.run("check site --suggest");
    let (list, patch) = done.stdout.split_once("--- ").unwrap();
    insta::assert_snapshot!(list, @r"
    site/paper.md:5:38: “section 10” names no work; if it is one of Children Act 2004, write `[[ca2004 s 10|section 10]]`
    site/paper.md:7:9: “paragraph 1.1” is a paragraph of this document: write `paragraph [[1.1]]`
    site/paper.md:7:47: “Paragraph 1.1” is a paragraph of this document: write `Paragraph [[1.1]]`
    site/paper.md:11:40: “section 17” names no work; if it is one of Children Act 2004, write `[[ca2004 s 17\|section 17]]`
    site/paper.md:12:10: “paragraph 1.1” is a paragraph of this document: write `paragraph [[1.1]]`
    site/paper.md:14:35: “Charities Act 2011” would be a link with a row `[ca2011]` in authorities.toml
    ");
    desk.put("patch", &format!("--- {patch}"));
    let applied =
        std::process::Command::new("patch").args(["-p1", "-i", "../patch"]).current_dir(desk.path("site")).output();
    if let Ok(applied) = applied {
        assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stdout));
        let patched = desk.tree("site");
        let other = self::desk(BODY, Some(ACT));
        assert_eq!(other.run("check site --suggest --apply").status, 0);
        let names = ["authorities.toml", "paper.md"];
        for name in names {
            assert_eq!(patched[name], other.tree("site")[name], "{name}");
        }
        assert_eq!(desk.run("build site --output out").status, 0);
        assert!(text(&desk, "site/paper.md").contains("[[ca2004 s 17\\|section 17]]"));
        let page = text(&desk, "out/paper.html");
        assert!(page.contains("/ukpga/2004/31/section/17\""), "the mention in the table is a link");
    }
}

#[test]
fn a_place_that_may_be_one_of_a_paper_is_not_proposed() {
    for text in [
        "The Children Act 2004 is explained in section 3.",
        "Section 3 explains the Children Act 2004.",
        "Section 4 sets out what the Children Act 2004 says.",
        "Turn to section 5 for more about the Children Act 2004.",
        "The lease, section 4, follows the Children Act 2004.",
        "Under the Children Act 2004 guidance is given in section 3.",
        "A claim under section 2 was settled before the Children Act 2004 was passed.",
        "The Children Act 2004 replaced section 29 of the old Act.",
        "In Smith v Jones, paragraph 1.2.",
        "The SEND Code, paragraph 1.2, says so.",
        "According to Working Together, paragraph 1.2, so.",
        "So it is (Ofsted, 2014, paragraph 1.2).",
        "The 2006 edition, at paragraph 1.2, said.",
    ] {
        let desk = desk(&format!("1.1 {text}\n\n1.2 Words."), Some(ACT));
        assert_eq!(desk.run("check site --suggest").stdout, "", "{text}");
    }
    for text in ["Under the Children Act 2004 the duty in section 3 is owed.", "See paragraph 1.2."] {
        let desk = desk(&format!("1.1 {text}\n\n1.2 Words."), Some(ACT));
        assert!(desk.run("check site --suggest").stdout.contains("write `"), "{text}");
    }
}

#[test]
fn a_row_is_written_for_no_slip_and_has_the_number_beside_its_title() {
    let body = "1.1 The Childrens Act 1989, the Human Rights Act 1989 and the Public Order Act 1936.\n\n\
                1.2 The Working Time Regulations 1998 (SI 1998/1833), reg 4. The Care Regulations 2001, SI 2001/7 (W. 3), \
                and Wales) Act 2014.";
    let desk = desk(body, None);
    let done = desk.run("check site --suggest --apply");
    for wanted in [
        "site/paper.md:5:9: “Childrens Act 1989” may be a slip: near is “Children Act 1989”. No row is written for it\n",
        "“Human Rights Act 1989” may be a slip: near is “Human Rights Act 1998”.",
        "Wrote 3 proposals into 1 file\n",
        "Rows to which you add `work` or `url`: `[poa1936]`\n",
    ] {
        assert!(done.stderr.contains(wanted), "{wanted}\n{}", done.stderr);
    }
    insta::assert_snapshot!(text(&desk, "site/authorities.toml"), @r#"
    [poa1936]
    title = "Public Order Act 1936"
    kind = "act"

    [wtr1998]
    title = "Working Time Regulations 1998"
    kind = "instrument"
    work = "uksi/1998/1833"

    [cr2001]
    title = "Care Regulations 2001"
    kind = "instrument"
    work = "wsi/2001/7"
    "#);
    // A slip is said beside its words too.
    let built = TestSite::new().file("authorities.toml", ACT).paper("paper", "1.1 See the Childrens Act 1989.").build();
    let [fault] = built.diagnostics.as_slice() else { panic!("{}", built.short()) };
    assert!(fault.help.as_ref().unwrap().starts_with("near is “Children Act 1989”: correct"), "{:?}", fault.help);
}

#[test]
fn a_number_alone_has_the_row_of_the_work_that_it_is_of() {
    let body = "1.1 2006 c. 21, s 4 and SI 1998/1833, reg 4.\n\n1.2 SI 2006/1705 (W. 163).";
    let desk = desk(body, None);
    let done = desk.run("check site --suggest --apply");
    let wanted = "Rows to which you add `title`: `[uksi-1998-1833]`, `[wsi-2006-1705]`\n";
    assert!(done.stderr.contains(wanted), "{}", done.stderr);
    insta::assert_snapshot!(text(&desk, "site/authorities.toml"), @r#"
    [ca2006]
    title = "Childcare Act 2006"
    kind = "act"
    work = "ukpga/2006/21"

    [uksi-1998-1833]
    title = "SI 1998/1833"
    kind = "instrument"
    work = "uksi/1998/1833"

    [wsi-2006-1705]
    title = "SI 2006/1705 (W. 163)"
    kind = "instrument"
    work = "wsi/2006/1705"
    "#);
    assert_eq!(desk.run("build site --output out").status, 0);
    let page = text(&desk, "out/paper.html");
    for path in ["ukpga/2006/21/section/4\"", "uksi/1998/1833/regulation/4\"", "wsi/2006/1705\""] {
        assert!(page.contains(path), "{path}");
    }
}

#[test]
fn two_titles_that_would_have_one_key_have_two() {
    let body = "1.1 The Elm Act 1999 and the Ash Act 1999.\n\n1.2 The Elder Act 1999.";
    let desk = desk(body, Some(ACT));
    let done = desk.run("check site");
    for key in ["[ea1999]", "[aa1999]", "[ea1999-2]"] {
        assert_eq!(done.stderr.matches(key).count(), 1, "{key}: {}", done.stderr);
    }
    desk.run("check site --suggest --apply");
    assert_eq!(desk.run("check site").status, 0);
}

#[test]
fn the_patch_of_files_with_carriage_returns_is_applied() {
    let desk = desk("1.1 Words.", Some(&ACT.replace('\n', "\r\n")));
    let paper = text(&desk, "site/paper.md").replace("Words.", BODY.strip_prefix("1.1 ").unwrap());
    let paper = format!("\u{feff}{}", paper.replace('\n', "\r\n"));
    desk.put("site/paper.md", &paper);
    let done = desk.run("check site --suggest");
    let (_, patch) = done.stdout.split_once("--- ").unwrap();
    desk.put("patch", &format!("--- {patch}"));
    let applied =
        std::process::Command::new("patch").args(["-p1", "-i", "../patch"]).current_dir(desk.path("site")).output();
    if let Ok(applied) = applied {
        assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stdout));
        for name in ["authorities.toml", "paper.md"] {
            let text = text(&desk, &format!("site/{name}"));
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
        }
        assert!(text(&desk, "site/paper.md").contains("[[ca2004 s 17\\|section 17]]"));
        assert_eq!(desk.run("build site --output out").status, 0);
    }
}

#[test]
fn proposals_are_read_by_programs_too() {
    let desk = desk("1.1 Of the Children Act 2004 we mean section 10 here.\n\n1.2 The Charities Act 2011.", Some(ACT));
    let done = desk.run("check site --suggest --format json");
    let rows: Vec<serde_json::Value> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let proposals: Vec<_> = rows.iter().filter(|row| row["code"].is_null()).collect();
    assert_eq!(proposals[0]["replacement"], "[[ca2004 s 10|section 10]]");
    assert_eq!((&proposals[0]["path"], &proposals[0]["line"]), (&"site/paper.md".into(), &5.into()));
    assert!(proposals[1]["row"].as_str().unwrap().starts_with("[ca2011]\n"));
    assert_eq!(proposals.len(), 2);
    // The row in a warning keeps its lines.
    let help = rows.iter().find_map(|row| row["help"].as_str()).unwrap();
    assert!(help.contains("\n[ca2011]\n") && !help.contains('\u{fffd}'), "{help}");
}

#[test]
fn a_text_that_cites_nothing_has_its_near_titles_named() {
    let desk = desk("1.1 Words.", Some(ACT));
    for (text, near) in [
        ("s 10 of the Childrens Act of 2004", "help: near is “Children Act 2004”, `ca2004`\n"),
        ("the charities act 2011", "help: near is “Charities Act 2011”, which has no row\n"),
    ] {
        let done = desk.run_in("", ["cite", text, "site"]);
        assert!(done.stderr.contains(near), "{}", done.stderr);
    }
    assert!(!desk.run_in("", ["cite", "Nothing of the kind.", "site"]).stderr.contains("near"));
    assert!(!desk.run_in("", ["cite", "Children Act 2004", "site"]).stderr.contains("near"));
}

// ── Currency ────────────────────────────────────────────────────────────────────────────────────────────────────────

const DATED: &str = "[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"act\"\nwork = \"ukpga/2004/31\"\n\
    checked = 2020-05-01\nchanged = [\"s 10 amended by the Deregulation Act 2015\", \"ss 12 to 14 repealed\"]\n\n\
    [ca2011]\ntitle = \"Charities Act 2011\"\nkind = \"act\"\nwork = \"ukpga/2011/25\"\n\n\
    [ea2010]\ntitle = \"Equality Act 2010\"\nkind = \"act\"\nwork = \"ukpga/2010/15\"\nchecked = \"2020-06\"\n";

#[test]
fn a_change_that_the_register_knows_is_said_beside_the_link() {
    let body = "1.1 Section 10(1) of the Children Act 2004.\n\n1.2 Section 13 of the Children Act 2004.\n\n\
                1.3 Section 11 of the Children Act 2004.\n\n1.4 The Children Act 2004.";
    let built = TestSite::new().file("authorities.toml", DATED).paper("paper", body).build().clean();
    let beside = |number: &str| built.words(&format!("paper/{number}.html"), ".linked").join(" ");
    assert!(beside("1.1").contains("[s 10 amended by the Deregulation Act 2015]"), "{}", beside("1.1"));
    assert!(beside("1.2").contains("[ss 12 to 14 repealed]"), "{}", beside("1.2"));
    assert!(!beside("1.3").contains('[') && !beside("1.4").contains('['));
    let law = built.words("authorities.html", "#ca2004 .facts").join(" | ");
    assert_eq!(
        law,
        "Not checked since 1 May 2020. | Changed: s 10 amended by the Deregulation Act 2015; ss 12 to 14 repealed."
    );
}

#[test]
fn works_that_were_not_checked_for_long_are_listed_with_what_rests_on_them() {
    let desk = desk("1.1 Section 10 of the Children Act 2004.\n\n1.2 The Charities Act 2011.", Some(DATED));
    insta::assert_snapshot!(desk.run("check site --stale 12").shown(), @"
    exit status 0
    ── standard output ──
    Children Act 2004 (`ca2004`): not checked since 2020-05-01
      Paper, paragraph 1.1
    Charities Act 2011 (`ca2011`): never checked
      Paper, paragraph 1.2
    ── standard error ──
    2 works of law not checked for 12 months
    ");
    // The Children Act was checked within so long a time, and the Charities Act never.
    let done = desk.run("check site --stale 600 --format json");
    assert!(done.stdout.contains("\"key\":\"ca2011\"") && !done.stdout.contains("ca2004"), "{}", done.stdout);
    assert_eq!(desk.run("check site --stale 4000000000").status, 2);
}

#[test]
fn the_examples_of_the_manual_cite_something_in_the_content() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(root.join("content/manual/writing.md")).unwrap();
    let examples: Vec<&str> =
        manual.split("clausebook cite \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!examples.is_empty());
    let desk = Desk::new();
    for example in examples {
        let done = desk.run_in("", ["cite", example, root.join("content").to_str().unwrap()]);
        assert!(done.status == 0 && done.stdout.contains("legislation.gov.uk"), "{example}: {}", done.shown());
    }
}
