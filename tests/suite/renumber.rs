//! A clause gets another number, and every mention of it with it: nothing else changes, and no mention leads elsewhere.

mod series;

use std::collections::BTreeMap;

use clausebook::diagnostic;
use clausebook::document::Number;
use clausebook::pipeline::renumber::{NumberChange, Renumbering, pasted, renumber};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::site::{Built, TestSite};

const INSERT: NumberChange = NumberChange::Insert;

fn n(number: &str) -> Number {
    Number::parse(number).unwrap_or_else(|| panic!("{number} is no number"))
}

fn to(number: &str) -> NumberChange {
    NumberChange::To(n(number))
}

/// Applies a change: returns the site with its edits and the report, or why it was refused.
fn changed(site: &TestSite, id: &str, number: &str, change: &NumberChange) -> Result<(TestSite, Renumbering), String> {
    let refused = |refusal: clausebook::pipeline::renumber::RenumberRefusal| {
        let faults = refusal.faults.iter().map(|fault| format!("\n  {}: {}", fault.code, fault.message));
        format!("{} ({}){}", refusal.message, refusal.help, faults.collect::<String>())
    };
    let found = renumber(&site.read_whole(), (id, &n(number)), change).map_err(refused)?;
    let mut after = site.clone();
    for file in found.sources.iter().filter(|file| found.edits.iter().any(|edit| edit.span.file == file.id)) {
        after = after.file(&file.path, &file.edited(&found.edits));
    }
    Ok((after, found))
}

/// The lines that a change made, and what else it told. The site then builds.
fn shown(site: &TestSite, id: &str, number: &str, change: &NumberChange) -> String {
    if let Ok((after, _)) = changed(site, id, number, change) {
        after.build().without_errors();
    }
    shown_unpublished(site, id, number, change)
}

/// Shows a change whose ledger still lacks rows.
fn shown_unpublished(site: &TestSite, id: &str, number: &str, change: &NumberChange) -> String {
    let (after, found) = match changed(site, id, number, change) {
        Ok(done) => done,
        Err(refusal) => return format!("refused: {refusal}"),
    };
    let mut shown = String::new();
    for path in site.paths() {
        let (old, new) = (site.source(path), after.source(path));
        assert_eq!(old.lines().count(), new.lines().count(), "{path}");
        for (at, (old, new)) in old.lines().zip(new.lines()).enumerate().filter(|(_, (old, new))| old != new) {
            shown += &format!("{path}:{}: {old}\n  {new}\n", at + 1);
        }
    }
    for (span, new) in &found.unsure {
        let at = diagnostic::place_of(*span, &found.sources, "");
        shown += &format!("unsure: {at}: {} (now {new})\n", found.sources.text(*span));
    }
    for span in &found.idle {
        shown += &format!("idle: {}\n", diagnostic::place_of(*span, &found.sources, ""));
    }
    shown
}

fn board() -> TestSite {
    TestSite::new().paper(
        "rules",
        "3.37 The board meets.\n\n3.38 It has a chair. {#chair}\n\n- (a) The chair votes.\n\n3.38A Put in later.\n\n3.39 It has a clerk.\n\n3.41 It has a seal.",
    )
}

#[test]
fn room_is_made_up_to_the_first_gap() {
    insta::assert_snapshot!(shown(&board(), "rules", "3.38", &INSERT), @"
    rules.md:8: 3.38 It has a chair. {#chair}
      3.39 It has a chair. {#chair}
    rules.md:12: 3.38A Put in later.
      3.39A Put in later.
    rules.md:14: 3.39 It has a clerk.
      3.40 It has a clerk.
    ");
    insta::assert_snapshot!(shown(&board(), "rules", "3.41", &INSERT), @"
    rules.md:16: 3.41 It has a seal.
      3.42 It has a seal.
    ");
    insta::assert_snapshot!(shown(&board(), "rules", "3.38A", &INSERT), @"
    rules.md:12: 3.38A Put in later.
      3.38B Put in later.
    ");
}

#[test]
fn one_clause_gets_a_free_number_between_its_neighbours() {
    insta::assert_snapshot!(shown(&board(), "rules", "3.41", &to("3.40")), @"
    rules.md:16: 3.41 It has a seal.
      3.40 It has a seal.
    ");
    insta::assert_snapshot!(shown(&board(), "rules", "3.38A", &to("3.38B")), @"
    rules.md:12: 3.38A Put in later.
      3.38B Put in later.
    ");
    insta::assert_snapshot!(shown(&board(), "rules", "3.38A", &to("3.38.1")), @"
    rules.md:12: 3.38A Put in later.
      3.38.1 Put in later.
    ");
}

#[test]
fn every_form_of_mention_changes() {
    let rules = board().source("rules.md").replace(
        "It has a seal.",
        "It has a seal. See [[3.38]], [[3.38(a)]], [[3.38-3.39]], [x](#3.38-a), [x](#3.39), [[#3.39]], [[#chair]].",
    );
    let site = board().file("rules.md", &rules).paper(
        "other",
        "1.1 See [[rules#3.38]], [[ rules # 3.38(a) | a vote ]], [[rules#3.37-3.39]], [[rules#3.38–3.41|a range]].\n\n\
         1.2 By id: [[rules#chair]]. By link: [words](rules.md#3.38), [words](<rules.md#3.38-a> \"3.38\"), [a *b*](rules.md#3.37).\n\n\
         1.3 By label: [words][here], [here][], [here].[^n]\n\n| One |\n| --- |\n| [[rules#3.39]] |\n\n\
         [here]: rules.md#3.39 \"The clerk, 3.39\"\n\n[^n]: As [[rules#3.39]] says, *[[rules#3.38]]*.",
    );
    let site = site
        .file(
            "pack.md",
            "+++\ntitle = \"Pack\"\nkind = \"pack\"\n+++\n\n![[rules#3.38]]\n\n![[rules#3.38-3.41]]\n\n![[other#1.1]]\n",
        )
        .file("glossary.md", "+++\ntitle = \"Words\"\n+++\n\nChair\n: Who leads. See [[rules#3.38]].\n")
        .file(
            "relations.toml",
            "[rules]\n\"3.38\" = { quotes = [\"other#1.1\", \"other#1.2\"] } # not 3.38 here\n'3.39' = { see-also = 'other#1.1' }\n\n\
             [other.\"1.2\"]\nsummarises = [\"rules#3.38\", \"rules#3.38(a)\",\"rules#3.41\"]\n",
        );
    insta::assert_snapshot!(shown(&site, "rules", "3.38", &INSERT), @r#"
    glossary.md:6: : Who leads. See [[rules#3.38]].
      : Who leads. See [[rules#3.39]].
    other.md:6: 1.1 See [[rules#3.38]], [[ rules # 3.38(a) | a vote ]], [[rules#3.37-3.39]], [[rules#3.38–3.41|a range]].
      1.1 See [[rules#3.39]], [[ rules # 3.39(a) | a vote ]], [[rules#3.37-3.40]], [[rules#3.39–3.41|a range]].
    other.md:8: 1.2 By id: [[rules#chair]]. By link: [words](rules.md#3.38), [words](<rules.md#3.38-a> "3.38"), [a *b*](rules.md#3.37).
      1.2 By id: [[rules#chair]]. By link: [words](rules.md#3.39), [words](<rules.md#3.39-a> "3.38"), [a *b*](rules.md#3.37).
    other.md:14: | [[rules#3.39]] |
      | [[rules#3.40]] |
    other.md:16: [here]: rules.md#3.39 "The clerk, 3.39"
      [here]: rules.md#3.40 "The clerk, 3.39"
    other.md:18: [^n]: As [[rules#3.39]] says, *[[rules#3.38]]*.
      [^n]: As [[rules#3.40]] says, *[[rules#3.39]]*.
    pack.md:6: ![[rules#3.38]]
      ![[rules#3.39]]
    pack.md:8: ![[rules#3.38-3.41]]
      ![[rules#3.39-3.41]]
    relations.toml:2: "3.38" = { quotes = ["other#1.1", "other#1.2"] } # not 3.38 here
      "3.39" = { quotes = ["other#1.1", "other#1.2"] } # not 3.38 here
    relations.toml:3: '3.39' = { see-also = 'other#1.1' }
      '3.40' = { see-also = 'other#1.1' }
    relations.toml:6: summarises = ["rules#3.38", "rules#3.38(a)","rules#3.41"]
      summarises = ["rules#3.39", "rules#3.39(a)","rules#3.41"]
    rules.md:8: 3.38 It has a chair. {#chair}
      3.39 It has a chair. {#chair}
    rules.md:12: 3.38A Put in later.
      3.39A Put in later.
    rules.md:14: 3.39 It has a clerk.
      3.40 It has a clerk.
    rules.md:16: 3.41 It has a seal. See [[3.38]], [[3.38(a)]], [[3.38-3.39]], [x](#3.38-a), [x](#3.39), [[#3.39]], [[#chair]].
      3.41 It has a seal. See [[3.39]], [[3.39(a)]], [[3.39-3.40]], [x](#3.39-a), [x](#3.40), [[#3.40]], [[#chair]].
    unsure: other.md:8:89: 3.38 (now 3.39)
    "#);
}

#[test]
fn the_files_of_a_publication_are_numbered_together() {
    let site = TestSite::new()
        .file("book/index.md", "+++\ntitle = \"Book\"\npublication = true\nnumbering = \"decimal\"\n+++\n")
        .file("book/1-one.md", "+++\ntitle = \"One\"\n+++\n\n1.1 A. See [[1.2]], [[1.3]].\n\n1.2 B.\n")
        .file(
            "book/2-two.md",
            "+++\ntitle = \"Two\"\n+++\n\n1.3 C. See [[1.2]], [[1-one#1.3]], [x](1-one.md#1.2).\n\n2.1 D.\n",
        );
    insta::assert_snapshot!(shown(&site, "index", "1.2", &INSERT), @r#"refused: `index` has no numbered clauses (name a document whose front matter says `numbering = "decimal"` or `"simple"`)"#);
    insta::assert_snapshot!(shown(&site, "book", "1.2", &INSERT), @"
    book/1-one.md:5: 1.1 A. See [[1.2]], [[1.3]].
      1.1 A. See [[1.3]], [[1.4]].
    book/1-one.md:7: 1.2 B.
      1.3 B.
    book/2-two.md:5: 1.3 C. See [[1.2]], [[1-one#1.3]], [x](1-one.md#1.2).
      1.4 C. See [[1.3]], [[1-one#1.4]], [x](1-one.md#1.3).
    ");
    assert_eq!(shown(&site, "2-two", "1.2", &INSERT), shown(&site, "book", "1.2", &INSERT));
}

#[test]
fn numbers_of_a_simple_list_take_what_is_inside_the_items_along() {
    let front = "numbering = \"simple\"";
    let text = "8. Eight. See [[9]].\n\n9. Nine,\nlazily.\n\n   - (a) In nine.\n\n     More.\n\n   ```\n   code\n   ```\n\n9A. Later.\n\n10. Ten. See [[9(a)]].\n\n    - (a) In ten.\n\n[^n]: A note.\n\n    More of it.";
    let site = TestSite::new().paper_with("rota", front, &text.replace("Eight.", "Eight.[^n]"));
    insta::assert_snapshot!(shown(&site, "rota", "8", &INSERT), @"
    rota.md:6: 8. Eight.[^n] See [[9]].
      9. Eight.[^n] See [[10]].
    rota.md:8: 9. Nine,
      10. Nine,
    rota.md:11:    - (a) In nine.
          - (a) In nine.
    rota.md:13:      More.
            More.
    rota.md:15:    ```
          ```
    rota.md:16:    code
          code
    rota.md:17:    ```
          ```
    rota.md:19: 9A. Later.
      10A. Later.
    rota.md:21: 10. Ten. See [[9(a)]].
      11. Ten. See [[10(a)]].
    ");
    // And back.
    let (after, _) = changed(&site, "rota", "8", &INSERT).unwrap();
    let mut back = after;
    for (from, number) in [("9", "8"), ("10", "9"), ("10A", "9A"), ("11", "10")] {
        back = changed(&back, "rota", from, &to(number)).unwrap().0;
    }
    assert_eq!(back.source("rota.md"), site.source("rota.md"));
    // With a tab the words stay in their column.
    let site = TestSite::new().paper_with("rota", front, "9.\tNine.\n\n\t- (a) In nine.\n\n\tMore.");
    insta::assert_snapshot!(shown(&site, "rota", "9", &INSERT), @"
    rota.md:6: 9.	Nine.
      10.	Nine.
    ");
}

#[test]
fn words_that_may_mean_a_clause_are_listed_and_left() {
    let site = board()
        .paper("other", "1.1 See paragraphs 3.37, 3.38 and 3.39 of the rules. It cost £3.38, or 3.38 million.\n\n1.2 [[rules#chair|Clause 3.38]] says so; [[rules#3.38|as 3.38]] does. Section 3.38 of another paper.")
        .paper("own", "3.38 The 3.38 of this paper. As paragraph 3.38 says.");
    let rules = site.source("rules.md").replace(
        "It has a clerk.",
        "It has a clerk. See 3.38(a), para 3.38. It costs £3.38, 3.38% of 13.38, or 3.38.1; `3.38` is code.",
    );
    insta::assert_snapshot!(shown(&site.file("rules.md", &rules), "rules", "3.38", &INSERT), @"
    other.md:8: 1.2 [[rules#chair|Clause 3.38]] says so; [[rules#3.38|as 3.38]] does. Section 3.38 of another paper.
      1.2 [[rules#chair|Clause 3.38]] says so; [[rules#3.39|as 3.38]] does. Section 3.38 of another paper.
    rules.md:8: 3.38 It has a chair. {#chair}
      3.39 It has a chair. {#chair}
    rules.md:12: 3.38A Put in later.
      3.39A Put in later.
    rules.md:14: 3.39 It has a clerk. See 3.38(a), para 3.38. It costs £3.38, 3.38% of 13.38, or 3.38.1; `3.38` is code.
      3.40 It has a clerk. See 3.38(a), para 3.38. It costs £3.38, 3.38% of 13.38, or 3.38.1; `3.38` is code.
    unsure: other.md:6:26: 3.38 (now 3.39)
    unsure: other.md:6:35: 3.39 (now 3.40)
    unsure: other.md:8:26: 3.38 (now 3.39)
    unsure: other.md:8:58: 3.38 (now 3.39)
    unsure: rules.md:14:26: 3.38 (now 3.39)
    unsure: rules.md:14:40: 3.38 (now 3.39)
    unsure: rules.md:14:90: 3.38 (now 3.39)
    ");
    let simple = TestSite::new().paper_with(
        "rota",
        "numbering = \"simple\"",
        "1. One of 1.\n\n2. As paragraph 1 says, 1 is one.",
    );
    insta::assert_snapshot!(shown(&simple, "rota", "1", &INSERT), @"
    rota.md:6: 1. One of 1.
      2. One of 1.
    rota.md:8: 2. As paragraph 1 says, 1 is one.
      3. As paragraph 1 says, 1 is one.
    unsure: rota.md:8:17: 1 (now 2)
    ");
}

#[test]
fn what_cannot_be_renumbered_is_refused_with_a_way_out() {
    let site = board()
        .paper_with("counted", "numbering = \"auto\"", "One.\n\nTwo.")
        .paper_with("plain", "numbering = \"none\"", "Words.")
        .paper_with("rota", "numbering = \"simple\"", "1. One.\n\n2. Two.");
    let mut lines = Vec::new();
    for (id, number, change) in [
        ("rule", "3.38", INSERT),
        ("rules", "3.40", INSERT),
        ("rules", "3.38(a)", INSERT),
        ("counted", "1", INSERT),
        ("plain", "1.1", INSERT),
        ("rules", "3.38", to("3.38")),
        ("rules", "3.38", to("3.39")),
        ("rules", "3.38", to("3.40")),
        ("rules", "3.37", to("3.38B")),
        ("rules", "3.38", to("38")),
        ("rules", "3.38", to("3.38(b)")),
        ("rota", "1", to("1.1")),
    ] {
        lines.push(format!("{id} {number}: {}", shown(&site, id, number, &change)));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    rule 3.38: refused: no document is named `rule` (did you mean `rules`?)
    rules 3.40: refused: `rules` has no clause 3.40 (did you mean 3.41?)
    rules 3.38(a): refused: 3.38(a) is a sub-clause: only whole clauses are renumbered (change its label by hand; a clause keeps its labels when it is renumbered)
    counted 1: refused: the clauses of `counted` are counted, not numbered (write the new paragraph where it belongs: those behind it are counted anew; mention them by an id, `{#quorum}`, which stays)
    plain 1.1: refused: `plain` has no numbered clauses (name a document whose front matter says `numbering = "decimal"` or `"simple"`)
    rules 3.38: refused: 3.38 has this number already ()
    rules 3.38: refused: 3.39 is the number of another clause (make room for it first: `clausebook renumber rules 3.39 --insert`)
    rules 3.38: refused: 3.38 cannot become 3.40 where it is, between 3.37 and 3.38A: numbers rise through a document (move the clause to where 3.40 belongs, and give it the number then; or choose one that fits)
    rules 3.37: refused: 3.37 cannot become 3.38B where it is, before 3.38: numbers rise through a document (move the clause to where 3.38B belongs, and give it the number then; or choose one that fits)
    rules 3.38: refused: 38 cannot be the number of a clause of `rules` (write a number of the same form as 3.38)
    rules 3.38: refused: 3.38(b) cannot be the number of a clause of `rules` (write a number of the same form as 3.38)
    rota 1: refused: 1.1 cannot be the number of a clause of `rota` (write a number of the same form as 1)
    "#);
}

#[test]
fn a_site_with_errors_is_left_alone() {
    let site = board().paper("other", "1.1 See [[rules#3.99]].");
    insta::assert_snapshot!(shown(&site, "rules", "3.38", &INSERT), @"
    refused: the site has errors (fix them first: what leads nowhere now would lead to the wrong clause then)
      unresolved-reference: `[[rules#3.99]]` leads nowhere: rules has no 3.99
    ");
    let site = TestSite::new().paper("rules", "3.1 New.\n\n3.1 Old. See [[3.1]].");
    insta::assert_snapshot!(shown(&site, "rules", "3.1", &INSERT), @"
    refused: the site has errors (make room first, and write the new clause then: while two clauses have one number, nobody can tell which is meant)
      duplicate-number: the number 3.1 is used twice
    ");
}

#[test]
fn a_clause_that_was_moved_gets_the_number_of_its_new_place() {
    let site = TestSite::new().paper("rules", "3.1 One. See [[3.2]].\n\n3.3 Three.\n\n3.2 Two.\n\n3.5 Five.");
    insta::assert_snapshot!(shown(&site, "rules", "3.2", &to("3.4")), @"
    rules.md:6: 3.1 One. See [[3.2]].
      3.1 One. See [[3.4]].
    rules.md:10: 3.2 Two.
      3.4 Two.
    ");
    insta::assert_snapshot!(shown(&site, "rules", "3.3", &INSERT), @"
    refused: the site has errors (fix them first: what leads nowhere now would lead to the wrong clause then)
      number-out-of-order: 3.3 comes between 3.1 and 3.2
    ");
}

#[test]
fn what_would_be_more_than_a_change_of_numbers_is_refused() {
    // A number spelt with an escape; a row of relations in two parts; letters that end.
    let escaped = TestSite::new().paper("rules", "3.1 One.\n\n3.2 Two. See [[3\\.1]].");
    insta::assert_snapshot!(shown(&escaped, "rules", "3.1", &INSERT), @"refused: rules.md:8:14: the number in this mention of 3.1 is spelt in a way that cannot be changed (write it plainly, without escapes, as `[[3.38]]` or `[words](#3.38)`)");
    let parts = TestSite::new()
        .paper("rules", "3.1 One.\n\n3.2 Two.")
        .paper("other", "1.1 One.\n\n1.2 Two.")
        .file("relations.toml", "[rules]\n\"3.1\".quotes = [\"other#1.1\"]\n\"3.1\".updates = [\"other#1.2\"]\n");
    insta::assert_snapshot!(shown(&parts, "rules", "3.1", &INSERT), @r#"refused: the site would then have an error at relations.toml:3:1: `this relation` leads nowhere: rules has no 3.1 (in relations.toml, write all of a clause in one row: `"3.38" = { … }`)"#);
    let letters = TestSite::new().paper("rules", "3.1 One.\n\n3.1Z Last.");
    insta::assert_snapshot!(shown(&letters, "rules", "3.1Z", &INSERT), @"refused: no number follows 3.1Z (give some clauses before it other numbers with `--to` first)");
    let letters = TestSite::new().paper("rules", "3.1 One.\n\n3.1Y One.\n\n3.1YA Two.");
    insta::assert_snapshot!(shown(&letters, "rules", "3.1Y", &INSERT), @"refused: the site would then have an error at rules.md:8:1: 3.1Z comes between 3.1 and 3.1ZA (write it in a plainer form, or change it by hand first)");
    // An item of a list that would become a paragraph, so that what is inside it would become code.
    let list = TestSite::new().paper_with(
        "rota",
        "numbering = \"simple\"",
        "1. One.\n\n2. Two.\n\n       - Deep.\n\n     More.",
    );
    insta::assert_snapshot!(shown(&list, "rota", "2", &to("1A")), @"refused: Markdown would read rota.md in another way then (look at how lists are indented below the clauses that get new numbers)");
}

/// The site after a change, with the rows that it asked for.
fn with_rows(site: &TestSite, id: &str, number: &str, change: &NumberChange) -> TestSite {
    let (after, mut found) = changed(site, id, number, change).unwrap();
    found.write_rows();
    let moves = found.sources.find("permalinks/moves.toml").unwrap();
    after.file("permalinks/moves.toml", &moves.edited(&found.edits))
}

fn rows(site: &TestSite, number: &str) -> String {
    pasted(&changed(site, "rules", number, &INSERT).unwrap().1.rows)
}

#[test]
fn rows_tell_of_what_was_published_and_of_nothing_else() {
    assert_eq!(rows(&board(), "3.38"), "");
    let first = board().published();
    insta::assert_snapshot!(rows(&first, "3.38"), @r#"
    [[renumbered]]
    from = "rules#3.39"
    to = "rules#3.40"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38A"
    to = "rules#3.39A"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38"
    to = "rules#3.39~2"
    reason = "A clause was inserted before it."
    "#);
    let second = with_rows(&first, "rules", "3.38", &INSERT);
    second.build().without_errors();
    // Before that is published, another change leads the rows on; a new one is needed for 3.41 alone.
    insta::assert_snapshot!(rows(&second, "3.39"), @r#"
    [[renumbered]]
    from = "rules#3.41"
    to = "rules#3.42"
    reason = "A clause was inserted before it."
    "#);
    insta::assert_snapshot!(shown_unpublished(&second, "rules", "3.39", &INSERT), @r#"
    permalinks/moves.toml:3: to = "rules#3.40"
      to = "rules#3.41~2"
    permalinks/moves.toml:8: to = "rules#3.39A"
      to = "rules#3.40A"
    permalinks/moves.toml:13: to = "rules#3.39~2"
      to = "rules#3.40"
    rules.md:8: 3.39 It has a chair. {#chair}
      3.40 It has a chair. {#chair}
    rules.md:12: 3.39A Put in later.
      3.40A Put in later.
    rules.md:14: 3.40 It has a clerk.
      3.41 It has a clerk.
    rules.md:16: 3.41 It has a seal.
      3.42 It has a seal.
    "#);
    let again = with_rows(&second, "rules", "3.39", &INSERT);
    again.build().without_errors();
    // And back: those rows say nothing any more.
    insta::assert_snapshot!(shown_unpublished(&second, "rules", "3.39", &to("3.38")), @r#"
    permalinks/moves.toml:13: to = "rules#3.39~2"
      to = "rules#3.38~2"
    rules.md:8: 3.39 It has a chair. {#chair}
      3.38 It has a chair. {#chair}
    idle: permalinks/moves.toml:13:6
    "#);
    // The new clause has the old address. Once it is published, it is the second that had it.
    let second =
        second.edit("rules.md", "3.39 It has a chair.", "3.38 A quorum is five.\n\n3.39 It has a chair.").published();
    insta::assert_snapshot!(rows(&second, "3.38"), @r#"
    [[renumbered]]
    from = "rules#3.41"
    to = "rules#3.42"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.40"
    to = "rules#3.41~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.39A"
    to = "rules#3.40A"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.39~2"
    to = "rules#3.40~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38~2"
    to = "rules#3.39~3"
    reason = "A clause was inserted before it."
    "#);
    let third = with_rows(&second, "rules", "3.38", &INSERT);
    third.build().without_errors();
    insta::assert_snapshot!(third.source("permalinks/moves.toml"), @r#"
    [[renumbered]]
    from = "rules#3.39"
    to = "rules#3.41~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38A"
    to = "rules#3.40A"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38"
    to = "rules#3.40~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.41"
    to = "rules#3.42"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.40"
    to = "rules#3.41~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.39A"
    to = "rules#3.40A"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.39~2"
    to = "rules#3.40~2"
    reason = "A clause was inserted before it."

    [[renumbered]]
    from = "rules#3.38~2"
    to = "rules#3.39~3"
    reason = "A clause was inserted before it."
    "#);
}

#[test]
fn a_clause_that_mentions_two_in_a_row_is_not_taken_for_one_that_was_forgotten() {
    let site = board().paper("other", "1.1 See [[rules#3.38]] and [[rules#3.39]].").published();
    with_rows(&site, "rules", "3.38", &INSERT).build().without_errors();
    // What was forgotten is found all the same.
    let forgotten = with_rows(&site, "rules", "3.38", &INSERT)
        .edit("rules.md", "3.39 It has a chair.", "3.38 A quorum is five.\n\n3.39 It has a chair.")
        .edit("other.md", "[[rules#3.39]] and [[rules#3.40]]", "[[rules#3.38]] and [[rules#3.39]]");
    assert!(forgotten.build().codes().contains(&"changed-target"));
}

#[test]
fn rows_that_are_there_lead_to_the_new_numbers() {
    let clerk = "3.39 It has a clerk.\n\n- (a) The clerk writes the minutes.\n\n";
    let site = board().edit("rules.md", "3.39 It has a clerk.\n\n", clerk).published();
    let site = site.edit("rules.md", clerk, "").file(
        "permalinks/moves.toml",
        "# 3.38\n[[split]]\nfrom = [\"rules#3.39\"]\nto = ['rules#3.38-a', \"rules#3.38(a)\", \"rules#chair\"] # 3.38\nreason = \"3.38\"\n",
    );
    insta::assert_snapshot!(shown_unpublished(&site, "rules", "3.38", &INSERT), @r#"
    permalinks/moves.toml:4: to = ['rules#3.38-a', "rules#3.38(a)", "rules#chair"] # 3.38
      to = ['rules#3.39-a~2', "rules#3.39(a)~2", "rules#chair"] # 3.38
    rules.md:8: 3.38 It has a chair. {#chair}
      3.39 It has a chair. {#chair}
    rules.md:12: 3.38A Put in later.
      3.39A Put in later.
    "#);
    // The address of a part counts by itself: another (a) had that of 3.39(a).
    let after = with_rows(&site, "rules", "3.38", &INSERT).build();
    assert!(!after.codes().contains(&"move-not-final"), "{}", after.short());
    let broken = board().file("permalinks/moves.toml", "[[renumbered\n");
    insta::assert_snapshot!(shown(&broken, "rules", "3.38", &INSERT), @"
    refused: the ledger of published addresses has errors (fix it first)
      invalid-toml: this is not TOML: unclosed array table, expected `]]`
    ");
}

/// Random choices, from random bytes; the first of all once they are used up.
struct Dice<'a>(std::slice::Iter<'a, u8>);

impl Dice<'_> {
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }
}

/// A clause of a random site.
struct Made {
    number: Number,
    /// A word that no other clause has.
    word: String,
    /// Whether it has a sub-clause (a), whose word is this one with an `a` behind it.
    sub: bool,
}

/// A file of a random site.
struct Paper {
    id: &'static str,
    path: &'static str,
    simple: bool,
    clauses: Vec<Made>,
}

/// Numbers that rise by steps, over gaps, to letters and to further parts.
fn numbers(dice: &mut Dice<'_>, simple: bool, first: &str) -> Vec<Number> {
    let mut found = vec![n(first)];
    for _ in 0..3 + dice.below(9) {
        let last = found.last().unwrap().to_string();
        let stem = last.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let (head, figure) =
            stem.rsplit_once('.').map_or((String::new(), stem), |(head, figure)| (format!("{head}."), figure));
        let figure: u32 = figure.parse().unwrap();
        let next = match dice.below(8) {
            0..=3 => format!("{head}{}", figure + 1),
            4 => format!("{head}{}", figure + 2),
            5 if last == stem => format!("{last}A"),
            5 => format!("{stem}{}", char::from(last.as_bytes()[last.len() - 1] + 1)),
            6 if !simple => format!("{last}.1"),
            _ if !simple => format!("{}.1", head.split('.').next().unwrap().parse::<u32>().unwrap() + 1),
            _ => format!("{}", figure + 1),
        };
        if n(&next) > *found.last().unwrap() {
            found.push(n(&next));
        }
    }
    found
}

fn papers(dice: &mut Dice<'_>) -> Vec<Paper> {
    let mut papers = Vec::new();
    for (id, path, simple, first) in [
        ("acorn", "acorn.md", false, "1.1"),
        ("beech", "beech.md", true, "8"),
        ("cedar", "cedar.md", false, "3.8"),
        ("one", "larch/one.md", false, "1.1"),
        ("two", "larch/two.md", false, "20.1"),
    ] {
        let numbers = numbers(dice, simple, first);
        let made = |(at, number): (usize, Number)| {
            let letter = char::from(b'a' + u8::try_from(at).unwrap());
            Made { number, word: format!("{id}word{letter}"), sub: dice.one_in(3) }
        };
        let clauses = numbers.into_iter().enumerate().map(made).collect();
        papers.push(Paper { id, path, simple, clauses });
    }
    papers
}

/// A mention of a random clause, in a random form, as one paper would write it; and the definition that it needs.
fn mention(dice: &mut Dice<'_>, papers: &[Paper], from: &Paper) -> (String, String) {
    let to = &papers[dice.below(papers.len())];
    let at = dice.below(to.clauses.len());
    let clause = &to.clauses[at];
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let name = if to.id == from.id && dice.one_in(2) { String::new() } else { format!("{}#", to.id) };
    let path = match (folder(from.path).as_str(), to.path) {
        _ if to.id == from.id && dice.one_in(2) => String::new(),
        ("", path) => path.to_owned(),
        (_, path) => format!("../{path}"),
    };
    let (label, part) = if clause.sub && dice.one_in(2) { ("(a)", "-a") } else { ("", "") };
    let number = &clause.number;
    let last = &to.clauses[at + dice.below(to.clauses.len() - at)].number;
    match dice.below(8) {
        0 if last != number => (format!("[[{name}{number}-{last}]]"), String::new()),
        1 if last != number => (format!("[[{name}{number} – {last}|several]]"), String::new()),
        2 => (format!("[[{name}{number}{label}|some words]]"), String::new()),
        3 => (format!("[words *here*]({path}#{number}{part})"), String::new()),
        4 => (format!("[words](<{path}#{number}{part}> \"A title\")"), String::new()),
        5 => (format!("[words][{}{part}]", clause.word), format!("[{}{part}]: {path}#{number}{part}\n", clause.word)),
        6 if !name.is_empty() => (format!("[[ {} #  {number}{part} ]]", to.id), String::new()),
        _ => (format!("[[{name}{number}{label}]]"), String::new()),
    }
}

fn random_site(dice: &mut Dice<'_>) -> (TestSite, Vec<Paper>) {
    let papers = papers(dice);
    let mut site = TestSite::new()
        .file("larch/index.md", "+++\ntitle = \"Larch\"\npublication = true\nnumbering = \"decimal\"\n+++\n");
    for paper in &papers {
        let numbering = if paper.simple { "numbering = \"simple\"\n" } else { "" };
        let mut text = format!("+++\ntitle = \"{}\"\n{numbering}+++\n\n", paper.id);
        let mut ends = Vec::new();
        let mut noted = 0;
        for clause in &paper.clauses {
            let mut more = |dice: &mut Dice<'_>| {
                let mut words = String::new();
                for _ in 0..dice.below(3) {
                    let (mention, definition) = mention(dice, &papers, paper);
                    if dice.one_in(4) {
                        noted += 1;
                        words += &format!(" noted[^{noted}]");
                        ends.push(format!("[^{noted}]: As {mention} has it.\n"));
                    } else {
                        words += &format!(" and  {mention}");
                    }
                    ends.push(definition);
                }
                words
            };
            let stop = if paper.simple { "." } else { "" };
            let opening = format!("{}{stop} ", clause.number);
            text += &format!("{opening}{}{}\n\n", clause.word, more(dice));
            if clause.sub {
                let item = paper.simple && clause.number.to_string().bytes().all(|b| b.is_ascii_digit());
                let indent = " ".repeat(if item { opening.len() } else { 0 });
                text += &format!("{indent}- (a) {}a{}\n\n", clause.word, more(dice));
            }
        }
        // One label is defined once.
        ends.sort();
        ends.dedup_by_key(|end| end.split("]:").next().unwrap().to_owned());
        site = site.file(paper.path, &(text + &ends.join("\n")));
    }
    let place = |dice: &mut Dice<'_>| {
        let paper = &papers[dice.below(papers.len())];
        (paper.id, &paper.clauses[dice.below(paper.clauses.len())].number)
    };
    let mut pack = "+++\ntitle = \"Pack\"\nkind = \"pack\"\n+++\n".to_owned();
    let mut glossary = "+++\ntitle = \"Words\"\n+++\n".to_owned();
    let mut rows: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for at in 0..4 {
        let (id, number) = place(dice);
        pack += &format!("\n![[{id}#{number}]]\n");
        let (id, number) = place(dice);
        glossary += &format!("\nTerm {at}x\n: Its meaning. See [[{id}#{number}]].\n");
        let ((id, number), (other, with)) = (place(dice), place(dice));
        rows.entry(id).or_default().insert(number.to_string(), format!("{{ quotes = [ '{other}#{with}' ] }}"));
    }
    let mut relations = String::new();
    for (id, rows) in rows {
        relations += &format!("[{id}]\n");
        rows.into_iter().for_each(|(number, row)| relations += &format!("\"{number}\" = {row}\n"));
    }
    site = site.file("pack.md", &pack).file("glossary.md", &glossary).file("relations.toml", &relations);
    (site, papers)
}

/// Words of the clauses that each page links to or draws in, in order, whatever their numbers.
fn leads(built: &Built) -> BTreeMap<String, Vec<String>> {
    let rows = built.json("data/clauses.json");
    let is_own = |word: &&str| word.contains("word") && *word != "words";
    let words =
        |row: &serde_json::Value| row["text"].as_str().unwrap().split_whitespace().find(is_own).unwrap().to_owned();
    let by_url: BTreeMap<String, String> =
        rows.as_array().unwrap().iter().map(|row| (row["url"].as_str().unwrap().to_owned(), words(row))).collect();
    let mut found = BTreeMap::new();
    for page in ["acorn", "beech", "cedar", "larch/one", "larch/two", "pack", "glossary"].map(|p| format!("{p}.html")) {
        let html = scraper::Html::parse_document(&built.text(&page));
        let links = scraper::Selector::parse("main a[href]").unwrap();
        let led = html.select(&links).filter_map(|link| {
            let href = link.attr("href").unwrap();
            let url = match (href.strip_prefix('#'), href.strip_prefix("../")) {
                (Some(fragment), _) => format!("{page}#{fragment}"),
                (_, Some(above)) => above.to_owned(),
                _ if page.contains('/') => format!("larch/{href}"),
                _ => href.to_owned(),
            };
            by_url.get(&url).cloned()
        });
        let mut words: Vec<String> = led.collect();
        words.extend(built.words(&page, "main").join(" ").split(' ').filter(is_own).map(str::to_owned));
        found.insert(page, words);
    }
    let relations = rows.as_array().unwrap().iter().map(|row| {
        let to = row["references"].as_array().unwrap().iter().filter(|other| other["kind"].is_string());
        let to: Vec<&str> = to.map(|other| by_url[other["to"].as_str().unwrap()].as_str()).collect();
        format!("{} {}", words(row), to.join(" "))
    });
    found.insert("relations".to_owned(), relations.collect());
    found
}

/// Fails unless two texts differ in nothing but these numbers, and the indentation inside the items of a simple list.
fn only_numbers_differ(old: &str, new: &str, numbers: &[(String, String)], simple: bool) -> Result<(), TestCaseError> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '.';
    prop_assert_eq!(old.lines().count(), new.lines().count());
    for (old, new) in old.lines().zip(new.lines()) {
        let (old, new) = if simple { (old.trim_start_matches(' '), new.trim_start_matches(' ')) } else { (old, new) };
        let (olds, news): (Vec<&str>, Vec<&str>) =
            (old.split_inclusive(|c| !part(c)).collect(), new.split_inclusive(|c| !part(c)).collect());
        prop_assert_eq!(olds.len(), news.len(), "{} / {}", old, new);
        for (old, new) in olds.into_iter().zip(news).filter(|(old, new)| old != new) {
            let known = numbers.iter().any(|(from, to)| {
                old.strip_prefix(from.as_str()).is_some_and(|rest| new.strip_prefix(to.as_str()) == Some(rest))
            });
            prop_assert!(known, "{} became {}", old, new);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_mention_leads_to_the_clause_it_led_to(rolls in proptest::collection::vec(any::<u8>(), 2000), choice in any::<[u8; 8]>()) {
        let (site, papers) = random_site(&mut Dice(rolls.iter()));
        let mut dice = Dice(choice.iter());
        let built = site.build().without_errors();
        let before = leads(&built);
        let paper = &papers[dice.below(papers.len())];
        let at = dice.below(paper.clauses.len());
        let asked = paper.clauses[at].number.to_string();
        let series: Vec<&Number> = papers.iter()
            .filter(|other| other.id == paper.id || other.path.starts_with("larch") && paper.path.starts_with("larch"))
            .flat_map(|paper| paper.clauses.iter().map(|clause| &clause.number))
            .collect();
        let at = series.iter().position(|number| **number == n(&asked)).unwrap();
        let (change, possible) = if dice.one_in(3) {
            let other = series[dice.below(series.len())].to_string();
            let plain = |number: &str| number.trim_end_matches(|c: char| c.is_ascii_uppercase()).to_owned();
            let (own, beside) = (plain(&asked), plain(&other));
            let new = n(&[format!("{own}A"), format!("{asked}.7"), format!("{beside}B"), other, format!("{beside}9")][dice.below(5)]);
            let form = if paper.simple { new.depth() == 1 } else { new.depth() > 1 };
            let rises = (at == 0 || *series[at - 1] < new) && (at + 1 == series.len() || new < *series[at + 1]);
            // Between `9.` and `9A.`, what is inside may or may not be read as it was: then it is refused.
            let item = |number: &Number| number.to_string().bytes().all(|b| b.is_ascii_digit());
            let inside = paper.clauses.iter().any(|clause| clause.number == n(&asked) && clause.sub);
            let in_doubt = paper.simple && inside && item(&n(&asked)) != item(&new);
            let possible = form && rises && !series.contains(&&new);
            (NumberChange::To(new), if in_doubt { None } else { Some(possible) })
        } else {
            (INSERT, Some(true))
        };
        let done = changed(&site, paper.id, &asked, &change);
        let as_expected = possible.is_none_or(|possible| possible == done.is_ok());
        prop_assert!(as_expected, "{} {:?} among {:?}: {:?}", asked, change, series, done.err());
        let Ok((after, found)) = done else { return Ok(()) };
        let built = after.build().without_errors();
        prop_assert_eq!(&before, &leads(&built));
        let numbers: Vec<(String, String)> =
            found.clauses.iter().map(|(old, new)| (old.to_string(), new.to_string())).collect();
        for path in site.paths() {
            let simple = path == "beech.md" && paper.simple;
            only_numbers_differ(site.source(path), after.source(path), &numbers, simple)?;
        }
        // The number that was asked for is free, and what did not change is no longer than the run up to a gap.
        prop_assert!(!found.clauses.iter().any(|(_, new)| *new == n(&asked)));
        prop_assert!(found.clauses.iter().any(|(old, _)| *old == n(&asked)));
        // With its rows, a published site keeps every address, and so it does after one more change.
        let published = with_rows(&site.clone().published(), paper.id, &asked, &change);
        published.build().without_errors();
        let (_, last) = &found.clauses[dice.below(found.clauses.len())];
        with_rows(&published, paper.id, &last.to_string(), &INSERT).build().without_errors();
        let mut back = after;
        for (old, new) in &found.clauses {
            back = changed(&back, paper.id, &new.to_string(), &NumberChange::To(old.clone())).map_err(TestCaseError::fail)?.0;
        }
        for path in site.paths() {
            prop_assert_eq!(site.source(path), back.source(path));
        }
    }
}
