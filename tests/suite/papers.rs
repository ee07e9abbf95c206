//! Papers that nobody wrote for clausebook: every way in which guidance is numbered and written.
//!
//! A small paper for each form, with the addresses, numbers and words that come of it, and the codes of what is said.

use clausebook::diagnostic::{Code, Severity};

use proptest::prelude::*;

use crate::site::{Built, TestSite};

/// A paper: its name, the keys of its front matter, its text, and what comes of it.
type Paper = (&'static str, &'static str, &'static str, &'static str);

/// Returns a paper's clauses, each with its fragment, number as cited and words; then the codes.
fn comes_of(front: &str, body: &str) -> String {
    let built: Built = TestSite::new()
        .paper_with("other", "numbering = \"decimal\"", "1.1 Of another paper: [[a]].")
        .paper_with("a", front, body)
        .build();
    let said = built.diagnostics.iter().map(|d| match &d.help {
        Some(help) if d.code == Code::NoClauses => format!("[{}: {}: {help}]", d.code, d.message),
        _ => format!("[{}: {}]", d.code, d.message),
    });
    let mut lines: Vec<String> = Vec::new();
    // A site with errors is not built.
    let failed = built.diagnostics.iter().any(|d| d.severity() == Severity::Error);
    let rows = if failed { serde_json::json!([]) } else { built.json("data/clauses.json") };
    for row in rows.as_array().unwrap().iter().filter(|row| row["document"] == "a") {
        let word = |key: &str| row[key].as_str().map(|value| format!(" {key}={value}")).unwrap_or_default();
        let text = row["text"].as_str().unwrap().replace('\n', " / ");
        let (url, number) = (row["url"].as_str().unwrap(), row["number"].as_str().unwrap());
        let named = ["series", "printed", "title"].map(word).concat();
        lines.push(format!("{} {number}{named}: {text}", url.strip_prefix("a.html").unwrap_or(url)));
    }
    lines.extend(said);
    lines.join("\n")
}

fn check(papers: &[Paper]) {
    let mut wrong = String::new();
    for (name, front, body, wanted) in papers {
        let got = comes_of(front, body);
        if got != *wanted {
            wrong.push_str(&format!("── {name}\n{body}\n── found\n{got}\n── wanted\n{wanted}\n\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_way_of_numbering_has_its_addresses() {
    check(&PAPERS);
}

const PAPERS: [Paper; 120] = [
    ("plain number", "", "1.1 First.\n\n1.2 Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    ("full stop behind the number", "", "1.1. First.\n\n1.2. Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    ("bracket behind the number", "", "1.1) First.\n\n1.2) Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    ("bold number", "", "**1.1** First.\n\n**1.2** Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    ("bold number with its stop", "", "**1.1.** First.\n\n**1.2.** Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    (
        "bold number and first words",
        "",
        "**1.1 Keys.** First.\n\n**1.2 Doors.** Second.",
        "#1.1 1.1: Keys. First.\n#1.2 1.2: Doors. Second.",
    ),
    ("number in emphasis", "", "*1.1* First.\n\n_1.2_ Second.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    ("number alone on its line", "", "1.1\nFirst.\n\n1.2\nSecond.", "#1.1 1.1: First.\n#1.2 1.2: Second."),
    (
        "capital letter behind the number",
        "",
        "3.37 First.\n\n3.37A Second.",
        "#3.37 3.37: First.\n#3.37A 3.37A: Second.",
    ),
    ("small letter behind the number", "", "3.37 First.\n\n3.37a Second.", "#3.37 3.37: First.\n#3.37a 3.37a: Second."),
    (
        "one number with both letters",
        "",
        "3.37A First.\n\n3.37a Second.",
        "[duplicate-number: the number 3.37a is used twice]",
    ),
    (
        "zeros",
        "",
        "1.01 First.\n\n1.02 Second.\n\n1.10 Third.\n\n[[1.2]] leads to 1.02.",
        "#1.01 1.01: First.\n#1.02 1.02: Second.\n#1.10 1.10: Third. / 1.02 leads to 1.02.\n[number-gap: 1.10 follows 1.02: a number is left out]",
    ),
    (
        "from nought",
        "",
        "0.1 Before.\n\n1.0 First.\n\n1.1 Second.",
        "#0.1 0.1: Before.\n#1.0 1.0: First.\n#1.1 1.1: Second.",
    ),
    ("letter that leads", "", "A.1 First.\n\nA.2 Second.", "#A.1 A.1: First.\n#A.2 A.2: Second."),
    (
        "deep numbers",
        "",
        "1.1 First.\n\n1.1.1 Deeper.\n\n1.1.1.1 Deepest.\n\n1.2 Second.",
        "#1.1 1.1: First.\n#1.1.1 1.1.1: Deeper.\n#1.1.1.1 1.1.1.1: Deepest.\n#1.2 1.2: Second.",
    ),
    (
        "row of numbers",
        "",
        "1.1 First.\n\n1.2–1.5 Not used.\n\n1.6 Last: see [[1.4]].",
        "#1.1 1.1: First.\n#1.2 1.2: Not used.\n#1.6 1.6: Last: see 1.2–1.5.",
    ),
    (
        "row with a hyphen",
        "",
        "1.1 First.\n\n1.2-1.3 Not used.\n\n1.4 Last.",
        "#1.1 1.1: First.\n#1.2 1.2: Not used.\n#1.4 1.4: Last.",
    ),
    (
        "row with spaces",
        "",
        "1.1 First.\n\n1.2 – 1.3 Not used.\n\n1.4 Last.",
        "#1.1 1.1: First.\n#1.2 1.2: Not used.\n#1.4 1.4: Last.",
    ),
    (
        "sign of a section",
        "",
        "§ 1 First.\n\n§ 1a Inserted.\n\n§ 2 Second.",
        "#1 1 printed=§\u{a0}1: First.\n#1a 1a printed=§\u{a0}1a: Inserted.\n#2 2 printed=§\u{a0}2: Second.",
    ),
    (
        "sign without a space",
        "",
        "§1 First.\n\n§2 Second.",
        "#1 1 printed=§\u{a0}1: First.\n#2 2 printed=§\u{a0}2: Second.",
    ),
    (
        "word before the number",
        "unit = \"rule\"",
        "Rule 1 First.\n\nRule 2. Second.\n\nRule 3 applies to guests, as rule 2 does.",
        "#1 1 printed=Rule\u{a0}1: First.\n#2 2 printed=Rule\u{a0}2: Second. / Rule 3 applies to guests, as rule 2 does.",
    ),
    (
        "word of the list with a stop",
        "",
        "Section 1. First.\n\nSection 2. Second.\n\nSection 2 of the Act says more.",
        "#1 1 printed=Section\u{a0}1: First.\n#2 2 printed=Section\u{a0}2: Second. / Section 2 of the Act says more.",
    ),
    (
        "bold word and number",
        "",
        "**Clause 1** First.\n\n**Clause 2** Second.",
        "#1 1 printed=Clause\u{a0}1: First.\n#2 2 printed=Clause\u{a0}2: Second.",
    ),
    ("simple list", "numbering = \"simple\"", "1. First.\n2. Second.", "#1 1: First.\n#2 2: Second."),
    ("simple list with brackets", "numbering = \"simple\"", "1) First.\n2) Second.", "#1 1: First.\n#2 2: Second."),
    (
        "lazy list",
        "numbering = \"simple\"",
        "1. First.\n1. Second.\n1. Third.",
        "#1 1: First.\n#2 2: Second.\n#3 3: Third.",
    ),
    (
        "list of sevens",
        "numbering = \"simple\"",
        "7. First.\n7. Second.",
        "[duplicate-number: the number 7 is used twice]",
    ),
    (
        "simple number with a letter",
        "numbering = \"simple\"",
        "17. First.\n\n17A. Inserted.\n\n18. Second.",
        "#17 17: First.\n#17A 17A: Inserted.\n#18 18: Second.",
    ),
    ("simple bold", "numbering = \"simple\"", "**1.** First.\n\n**2.** Second.", "#1 1: First.\n#2 2: Second."),
    (
        "simple row",
        "numbering = \"simple\"",
        "1. First.\n\n2–4. Not used.\n\n5. Last.",
        "#1 1: First.\n#2 2: Not used.\n#5 5: Last.",
    ),
    (
        "unit of the paper",
        "unit = [\"rule\", \"rules\"]\nshort = \"Rules\"",
        "1.1 First.\n\n1.2 See [[other#1.1]].",
        "#1.1 1.1: First.\n#1.2 1.2: See other, paragraph 1.1.",
    ),
    (
        "numbers with the unit in citations",
        "unit = \"standing order\"\nnumbering = \"simple\"",
        "1. First.\n2. Second, like [[1]].",
        "#1 1: First.\n#2 2: Second, like 1.",
    ),
    (
        "headings that bear numbers",
        "numbering = \"headings\"",
        "## 1 Name\n\nThe name.\n\n## 2 Aims\n\nThe aims.\n\n### 2.1 First aim\n\nTo do.",
        "#1 1 title=Name: The name.\n#2 2 title=Aims: The aims.\n#2.1 2.1 title=First aim: To do.",
    ),
    (
        "headings with stops",
        "numbering = \"headings\"",
        "## 1. Name\n\nThe name.\n\n## 2. Aims\n\nThe aims.",
        "#1 1 title=Name: The name.\n#2 2 title=Aims: The aims.",
    ),
    (
        "heading with only deeper ones under it",
        "numbering = \"headings\"",
        "## 4 Meetings\n\n### 4.1 Quorum\n\nFive.\n\n### 4.2 Chair\n\nOne.",
        "#4 4 title=Meetings: \n#4.1 4.1 title=Quorum: Five.\n#4.2 4.2 title=Chair: One.",
    ),
    (
        "headings with words",
        "numbering = \"headings\"",
        "## Rule 1. Name\n\nThe name.\n\n## Rule 2. Aims\n\nThe aims.",
        "#1 1 printed=Rule\u{a0}1 title=Name: The name.\n#2 2 printed=Rule\u{a0}2 title=Aims: The aims.",
    ),
    (
        "headings with the sign",
        "numbering = \"headings\"",
        "## § 1 Name\n\nThe name.\n\n## § 1a Seat\n\nThe seat.",
        "#1 1 printed=§\u{a0}1 title=Name: The name.\n#1a 1a printed=§\u{a0}1a title=Seat: The seat.",
    ),
    (
        "heading in bold",
        "numbering = \"headings\"",
        "## **1.1** Name\n\nThe name.\n\n## **1.2 Aims**\n\nThe aims.",
        "#1.1 1.1 title=Name: The name.\n#1.2 1.2 title=Aims: The aims.",
    ),
    (
        "heading without words",
        "numbering = \"headings\"",
        "## 1\n\nThe name.\n\n## 2\n\nThe aims.",
        "#1 1: The name.\n#2 2: The aims.",
    ),
    (
        "heading without a number among the words of a clause",
        "numbering = \"headings\"",
        "## 1 Name\n\nThe name.\n\n### Why\n\nBecause.\n\n## 2 Aims\n\nThe aims.\n\n## History\n\nOld.",
        "#1 1 title=Name: The name. / Why / Because.\n#2 2 title=Aims: The aims. / History / Old.",
    ),
    (
        "articles that are clauses",
        "numbering = \"headings\"",
        "## Article 1 Name\n\nThe name.\n\n## Article 2 Aims\n\nThe aims.",
        "#1 1 printed=Article\u{a0}1 title=Name: The name.\n#2 2 printed=Article\u{a0}2 title=Aims: The aims.",
    ),
    (
        "year in a heading",
        "numbering = \"headings\"",
        "## 1 Name\n\nThe name.\n\n## 2008 in review\n\nA year.",
        "#1 1 title=Name: The name. / 2008 in review / A year.",
    ),
    (
        "id on a heading that is a clause",
        "numbering = \"headings\"",
        "## 1 Name {#name}\n\nThe name.\n\n## 2 Aims\n\nSee [[#name]] and [[1]].",
        "#1 1 title=Name: The name.\n#2 2 title=Aims: See 1 and 1.",
    ),
    (
        "numbered headings without the key",
        "",
        "## 4.1 Quorum\n\nFive.\n\n## 4.2 Chair\n\nOne.",
        "[no-clauses: no clause was found in this document: 2 headings begin with a number such as 4.1: write `numbering = \"headings\"` in front matter]",
    ),
    (
        "series of schedules",
        "numbering = \"simple\"",
        "1. First.\n2. Second.\n\n## Schedule 1\n\n1. Of the schedule.\n\n## Schedule 2\n\n1. Another.\n2. See [[schedule-1.1]] and [[2]].",
        "#1 1: First.\n#2 2: Second.\n#schedule-1.1 1 series=Schedule 1: Of the schedule.\n#schedule-2.1 1 series=Schedule 2: Another.\n#schedule-2.2 2 series=Schedule 2: See Schedule 1, paragraph 1 and 2.",
    ),
    (
        "series with a longer heading",
        "",
        "1.1 First.\n\n## Annex B: Forms\n\n1.1 A form.\n\nSee [[annex-b.1.1]].",
        "#1.1 1.1: First.\n#annex-b.1.1 1.1 series=Annex B: A form. / See Annex B, paragraph 1.1.",
    ),
    (
        "series with an id",
        "numbering = \"simple\"",
        "1. First.\n\n## Schedule 2 {#money}\n\n1. Of money: [[money.1]].",
        "#1 1: First.\n#money.1 1 series=Schedule 2: Of money: Schedule 2, paragraph 1.",
    ),
    (
        "series with Roman labels",
        "numbering = \"headings\"\nunit = \"section\"",
        "## Article I: Name\n\n### Section 1. Name\n\nThe name.\n\n## Article II: Members\n\n### Section 1. Who\n\nAll.",
        "#article-i.1 1 series=Article I printed=Section\u{a0}1 title=Name: The name.\n#article-ii.1 1 series=Article II printed=Section\u{a0}1 title=Who: All.",
    ),
    (
        "series within a series",
        "series = [\"Schedule\", \"Part\"]\nnumbering = \"simple\"",
        "## Schedule 1\n\n### Part 1\n\n1. First.\n\n### Part 2\n\n1. Second.\n\n## Schedule 2\n\n### Part 1\n\n1. Third.",
        "#schedule-1-part-1.1 1 series=Schedule 1, Part 1: First.\n#schedule-1-part-2.1 1 series=Schedule 1, Part 2: Second.\n#schedule-2-part-1.1 1 series=Schedule 2, Part 1: Third.",
    ),
    (
        "series of another word",
        "series = [\"Part\"]\nnumbering = \"simple\"",
        "## Part One of it\n\n1. First.\n\n## Part 2\n\n1. Second.",
        "#1 1: First.\n#part-2.1 1 series=Part 2: Second.",
    ),
    (
        "series of every heading",
        "series = [\"*\"]\nnumbering = \"simple\"",
        "## General\n\n1. First.\n1. Second.\n\n## Fees\n\n1. Third: see [[general.2]].",
        "#general.1 1 series=General: First.\n#general.2 2 series=General: Second.\n#fees.1 1 series=Fees: Third: see General, paragraph 2.",
    ),
    (
        "series turned off",
        "series = []\nnumbering = \"simple\"",
        "## Schedule 1\n\n1. First.\n\n## Schedule 2\n\n2. Second.",
        "#1 1: First.\n#2 2: Second.",
    ),
    (
        "number that bears the label of its annex",
        "",
        "1.1 First.\n\n## Annex A\n\nA.1 Of the annex.",
        "#1.1 1.1: First.\n#A.1 A.1: Of the annex.",
    ),
    (
        "numbers that begin again under another heading",
        "numbering = \"simple\"",
        "## Section one\n\n1. First.\n2. Second.\n\n## Section two\n\n1. Again.\n2. Again.\n3. More.",
        "[duplicate-number: the number 1 is used twice]",
    ),
    (
        "range in a series",
        "numbering = \"simple\"",
        "## Schedule 1\n\n1. First.\n2. Second.\n3. See [[schedule-1.1–2]].",
        "#schedule-1.1 1 series=Schedule 1: First.\n#schedule-1.2 2 series=Schedule 1: Second.\n#schedule-1.3 3 series=Schedule 1: See Schedule 1, paragraphs 1–2.",
    ),
    ("items of a numbered list", "", "1.1 Bring:\n\n1. keys\n2. cups", "#1.1 1.1: Bring: / 1. keys / 2. cups"),
    (
        "items that are figures",
        "items = \"(1)\"",
        "1.1 Bring:\n\n1. keys\n2. cups: not [[1.1(1)]]",
        "#1.1 1.1: Bring: / (1) keys / (2) cups: not 1.1(1)\n#1.1-1 1.1(1): (1) keys\n#1.1-2 1.1(2): (2) cups: not 1.1(1)",
    ),
    (
        "items that are letters",
        "items = \"(a)\"",
        "1.1 Bring:\n\n1. keys\n2. cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "items of simple clauses",
        "items = \"(a)\"\nnumbering = \"simple\"",
        "1. Bring:\n\n   1. keys\n   2. cups\n\n2. Leave.",
        "#1 1: Bring: / (a) keys / (b) cups\n#1-a 1(a): (a) keys\n#1-b 1(b): (b) cups\n#2 2: Leave.",
    ),
    (
        "labels as items",
        "",
        "1.1 Bring:\n\n- (a) keys\n- (b) cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "labels with a bracket",
        "",
        "1.1 Bring:\n\n- a) keys\n- b) cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "labels with a stop",
        "",
        "1.1 Bring:\n\n- a. keys\n- b. cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "no label",
        "",
        "1.1 Beware of:\n\n- e. coli\n- a.m. and p.m.",
        "#1.1 1.1: Beware of: / \u{2022} e. coli / \u{2022} a.m. and p.m.",
    ),
    (
        "labels as paragraphs",
        "",
        "1.1 Bring:\n\n(a) keys\n\n(b) cups\n\n1.2 Leave.",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups\n#1.2 1.2: Leave.",
    ),
    (
        "labels as lines",
        "",
        "1.1 Bring:\n(a) keys;\n(b) cups.\n\n1.2 Leave.",
        "#1.1 1.1: Bring: / (a) keys; / (b) cups.\n#1.1-a 1.1(a): (a) keys;\n#1.1-b 1.1(b): (b) cups.\n#1.2 1.2: Leave.",
    ),
    (
        "labels as lines of one paragraph of their own",
        "",
        "1.1 Bring:\n\n(a) keys\n(b) cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "labels with an indent",
        "",
        "1.1 Bring:\n\n   (a) keys\n\n   (b) cups",
        "#1.1 1.1: Bring: / (a) keys / (b) cups\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "labels within labels",
        "",
        "1.1 Bring:\n\n(a) keys:\n\n(i) of doors\n\n(ii) of cars\n\n(b) cups",
        "#1.1 1.1: Bring: / (a) keys: / (i) of doors / (ii) of cars / (b) cups\n#1.1-a 1.1(a): (a) keys: / (i) of doors / (ii) of cars\n#1.1-a-i 1.1(a)(i): (i) of doors\n#1.1-a-ii 1.1(a)(ii): (ii) of cars\n#1.1-b 1.1(b): (b) cups",
    ),
    (
        "Roman labels in capitals",
        "",
        "1.1 Bring:\n\n- (I) keys\n- (II) cups\n- (III) tea\n- (IV) milk",
        "#1.1 1.1: Bring: / (I) keys / (II) cups / (III) tea / (IV) milk\n#1.1-I 1.1(I): (I) keys\n#1.1-II 1.1(II): (II) cups\n#1.1-III 1.1(III): (III) tea\n#1.1-IV 1.1(IV): (IV) milk",
    ),
    (
        "bracket that goes on with a sentence",
        "",
        "1.1 Bring what is named in\n(a) above and nothing else.",
        "#1.1 1.1: Bring what is named in (a) above and nothing else.",
    ),
    (
        "words after labels",
        "",
        "1.1 Bring:\n\n(a) keys\n\n(b) cups\n\nand nothing else.",
        "#1.1 1.1: Bring: / (a) keys / (b) cups / and nothing else.\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups",
    ),
    ("label in front of a paper", "", "(a) Nothing holds this.\n\n1.1 First.", "#1.1 1.1: First."),
    (
        "ordinals are no numbers",
        "numbering = \"headings\"",
        "## 1 A\n\nx\n\n## 2 B\n\n### 3rd party\n\nx\n\n## 4th of May\n\nx",
        "#1 1 title=A: x\n#2 2 title=B: 3rd party / x / 4th of May / x",
    ),
    (
        "a list of labels without a colon",
        "",
        "1.1 A member may\n(a) vote\n(b) speak",
        "#1.1 1.1: A member may / (a) vote / (b) speak\n#1.1-a 1.1(a): (a) vote\n#1.1-b 1.1(b): (b) speak",
    ),
    (
        "a series in another script",
        "series = [\"*\"]\nnumbering = \"simple\"",
        "## Членство\n\n1. E\n\n## Собрания\n\n1. F: [[членство.1]]",
        "#членство.1 1 series=Членство: E\n#собрания.1 1 series=Собрания: F: Членство, paragraph 1",
    ),
    (
        "a heading without a space behind its number",
        "numbering = \"headings\"",
        "## 1. One\n\nx\n\n## 2.Two\n\nx",
        "[malformed-number: `2.Two` is not a clause's number]",
    ),
    (
        "an item without a space",
        "numbering = \"simple\"",
        "1. One\n\n2.Two",
        "[malformed-number: `2.Two` is not a clause's number]",
    ),
    (
        "items under clauses with words",
        "numbering = \"simple\"\nunit = \"rule\"\nitems = \"(a)\"",
        "Rule 1. Name.\n\nRule 2. Members may:\n\n1. vote;\n2. stand.",
        "#1 1 printed=Rule\u{a0}1: Name.\n#2 2 printed=Rule\u{a0}2: Members may: / (a) vote; / (b) stand.\n#2-a 2(a): (a) vote;\n#2-b 2(b): (b) stand.",
    ),
    (
        "a row that is cited as it is printed",
        "",
        "1.1 One.\n\n1.2–1.4 Not used.\n\n1.5 See [[1.2-1.4]].",
        "#1.1 1.1: One.\n#1.2 1.2: Not used.\n#1.5 1.5: See 1.2–1.4.",
    ),
    (
        "anchors of GitHub on numbered headings",
        "numbering = \"headings\"",
        "## 1. Membership\n\nSee [q](#2-quorum).\n\n## 2. Quorum\n\nFive.",
        "#1 1 title=Membership: See q.\n#2 2 title=Quorum: Five.",
    ),
    (
        "a block of another program under words",
        "",
        "1.1 A.\n\nPara.\n\n::: warning\nWords\n:::",
        "#1.1 1.1: A. / Para. / :: warning Words / ::\n[foreign-markup: a line that begins with `:::` is for another program, and makes a meaning of the line above here]",
    ),
    (
        "labels in code",
        "",
        "1.1 A:\n\n    (a) four spaces",
        "[number-in-code: four spaces before (a) make code of this paragraph]",
    ),
    (
        "labels in items of a tight list",
        "numbering = \"simple\"",
        "1. Objects\n   (a) to relieve need;\n   (b) to teach.\n2. Powers",
        "#1 1: Objects / (a) to relieve need; / (b) to teach.\n#1-a 1(a): (a) to relieve need;\n#1-b 1(b): (b) to teach.\n#2 2: Powers",
    ),
    (
        "labels and a list in an item of a tight list",
        "numbering = \"simple\"",
        "1. Objects:\n   (a) need;\n   (b) more.\n   - one\n\n   Then.\n2. Powers",
        "#1 1: Objects: / (a) need; / (b) more. / • one / Then.\n#1-a 1(a): (a) need;\n#1-b 1(b): (b) more.\n#2 2: Powers",
    ),
    (
        "a heading above that of the clause",
        "numbering = \"headings\"",
        "### 1 Name\n\nThe name.\n\n## Annexes\n\nOld.\n\n### 2 Aims\n\nThe aims.",
        "#1 1 title=Name: The name.\n#2 2 title=Aims: The aims.\n[heading-level: this heading is of rank 3 under one of rank 1]",
    ),
    (
        "time at the start",
        "",
        "1.1 First.\n\n10.30 am is when we begin.\n\n1.2 Second.",
        "#1.1 1.1: First. / 10.30 am is when we begin.\n#1.2 1.2: Second.",
    ),
    (
        "date at the start",
        "",
        "1.1 First.\n\n1.5.2008 was the day.\n\n1.2 Second.",
        "#1.1 1.1: First. / 1.5.2008 was the day.\n#1.2 1.2: Second.",
    ),
    (
        "time that is a number",
        "",
        "10.29 First.\n\n10.30 am is meant as a time, and is a clause.",
        "#10.29 10.29: First.\n#10.30 10.30: am is meant as a time, and is a clause.",
    ),
    (
        "year that begins a list",
        "",
        "1.1 It began.\n\n2008. That was the year.",
        "#1.1 1.1: It began. / 2008. That was the year.\n[year-as-list: `2008.` at the start of this line begins a list at 2008]",
    ),
    (
        "amount at the start",
        "",
        "1.1 First.\n\n2.5% of it.",
        "[quantity-as-number: `2.5%` at the start of a paragraph would be a clause's number]",
    ),
    (
        "one number too high",
        "",
        "1.1 a\n\n11.2 b\n\n1.3 c\n\n1.4 d",
        "[number-out-of-order: 11.2 comes between 1.1 and 1.3]",
    ),
    ("one number too low", "", "1.1 a\n\n1.2 b\n\n0.3 c\n\n1.4 d", "[number-out-of-order: 0.3 comes after 1.2]"),
    ("a number used twice", "", "1.1 a\n\n1.2 b\n\n1.2 c\n\n1.4 d", "[duplicate-number: the number 1.2 is used twice]"),
    (
        "a number left out",
        "",
        "1.1 a\n\n1.3 b",
        "#1.1 1.1: a\n#1.3 1.3: b\n[number-gap: 1.3 follows 1.1: a number is left out]",
    ),
    ("the first is wrong", "", "9.1 a\n\n1.2 b\n\n1.3 c", "[number-out-of-order: 9.1 comes before 1.2]"),
    (
        "no-break space behind a number",
        "",
        "1.1\u{a0}First.\n\n1.2\u{2003}Second.\n\n1.3\u{2009}Third.\n\n1.4\tFourth.",
        "#1.1 1.1: First.\n#1.2 1.2: Second.\n#1.3 1.3: Third.\n#1.4 1.4: Fourth.",
    ),
    (
        "no-break space behind markers",
        "",
        "##\u{a0}Rooms\n\n1.1 Bring:\n\n-\u{a0}keys\n-\u{2003}cups",
        "#1.1 1.1: Bring: / \u{2022} keys / \u{2022} cups",
    ),
    (
        "no-break space behind a label",
        "",
        "1.1 Bring:\n\n- (a)\u{a0}keys\n- (b)\u{2009}cups\n\n(c)\u{202f}tea",
        "#1.1 1.1: Bring: / (a) keys / (b) cups / (c) tea\n#1.1-a 1.1(a): (a) keys\n#1.1-b 1.1(b): (b) cups\n#1.1-c 1.1(c): (c) tea",
    ),
    (
        "invisible before a number",
        "",
        "\u{200b}1.1 First.\n\n\u{feff}1.2 Second.\n\n\u{2060}1.3\u{200b} Third.",
        "#1.1 1.1: First.\n#1.2 1.2: Second.\n#1.3 1.3: Third.",
    ),
    (
        "invisible inside a number",
        "",
        "1.\u{200b}1 First.\n\n1.2 Second.",
        "[malformed-number: an invisible character (U+200B) is in the number `1.1`]",
    ),
    ("invisible before a heading", "", "\u{200b}## Rooms\n\n1.1 First.", "#1.1 1.1: First."),
    (
        "spaces in a mention",
        "",
        "1.1 First.\n\n1.2 See [[\u{a0}1.1\u{200b}]] and [[1.1\u{2009}]].",
        "#1.1 1.1: First.\n#1.2 1.2: See 1.1 and 1.1.",
    ),
    ("space behind a note", "", "1.1 First.[^a]\n\n[^a]:\u{a0}A note.", "#1.1 1.1: First."),
    (
        "simple list with no-break spaces",
        "numbering = \"simple\"",
        "1.\u{a0}First.\n2.\u{2003}Second.",
        "#1 1: First.\n#2 2: Second.",
    ),
    (
        "tab behind a heading's number",
        "numbering = \"headings\"",
        "## 1\tName\n\nThe name.",
        "#1 1 title=Name: The name.",
    ),
    (
        "code keeps its spaces",
        "",
        "1.1 Type:\n\n```\n#\u{a0}comment\n-\u{a0}item\n```",
        "#1.1 1.1: Type: / #\u{a0}comment / -\u{a0}item",
    ),
    (
        "labels that were put in later",
        "",
        "1.1 A member may:\n\n- (a) speak,\n- (aa) ask,\n- (ab) answer,\n- (b) vote: see [[1.1(ab)]].\n- (or) both.",
        "#1.1 1.1: A member may: / (a) speak, / (aa) ask, / (ab) answer, / (b) vote: see 1.1(ab). / • (or) both.\n#1.1-a 1.1(a): (a) speak,\n#1.1-aa 1.1(aa): (aa) ask,\n#1.1-ab 1.1(ab): (ab) answer,\n#1.1-b 1.1(b): (b) vote: see 1.1(ab).",
    ),
    (
        "labels that were put in later at the left edge",
        "",
        "1.1 A member may:\n\n(a) speak,\n\n(ab) answer,\n\n(b) vote.\n\n(or) both.",
        "#1.1 1.1: A member may: / (a) speak, / (ab) answer, / (b) vote. / (or) both.\n#1.1-a 1.1(a): (a) speak,\n#1.1-ab 1.1(ab): (ab) answer,\n#1.1-b 1.1(b): (b) vote.\n[number-gap: (ab) follows (a): a label is left out]",
    ),
    (
        "bold labels",
        "",
        "1.1 A member may:\n\n- **(a)** speak,\n- **(b)** *vote*.\n\n1.2 And:\n\n**(a)** ask,\n\n**(b)** answer.",
        "#1.1 1.1: A member may: / (a) speak, / (b) vote.\n#1.1-a 1.1(a): (a) speak,\n#1.1-b 1.1(b): (b) vote.\n#1.2 1.2: And: / (a) ask, / (b) answer.\n#1.2-a 1.2(a): (a) ask,\n#1.2-b 1.2(b): (b) answer.",
    ),
    (
        "dash behind a number",
        "numbering = \"headings\"",
        "## 1 – Name\n\nThe name.\n\n## Rule 2 - Aims\n\n### 2.1 — Keys\n\nThe keys.",
        "#1 1 title=Name: The name.\n#2 2 printed=Rule\u{a0}2 title=Aims: \n#2.1 2.1 title=Keys: The keys.",
    ),
    (
        "dash behind a paragraph's number",
        "",
        "1.1 – First.\n\n**1.2** — Second.\n\n1.3 - 5 members are a quorum.",
        "#1.1 1.1: First.\n#1.2 1.2: Second.\n#1.3 1.3: - 5 members are a quorum.",
    ),
    (
        "word before a number without a stop",
        "",
        "Clause 1.06 Members vote.\n\nClause 1.07 The chair counts.\n\nClause 1.06 says who.",
        "#1.06 1.06 printed=Clause\u{a0}1.06: Members vote.\n#1.07 1.07 printed=Clause\u{a0}1.07: The chair counts. / Clause 1.06 says who.",
    ),
    (
        "word before a number in a sentence",
        "",
        "1.1 Members vote.\n\nSection 4.2 Elections is no clause here.",
        "#1.1 1.1: Members vote. / Section 4.2 Elections is no clause here.",
    ),
    (
        "date with the figure of a clause",
        "numbering = \"simple\"",
        "1. First.\n\n2. May 2008 was the month.\n\n2. Second.\n\n3. Third.",
        "[duplicate-number: the number 2 is used twice]",
    ),
    (
        "chapters with bare numbers among rules with a sign",
        "numbering = \"headings\"\nunit = \"§\"",
        "## 1. Chapter\n\n### § 1 Name\n\nThe name.\n\n## 2. Chapter\n\n### § 2 Aims\n\nThe aims.",
        "#1 1 printed=§\u{a0}1 title=Name: The name.\n#2 2 printed=§\u{a0}2 title=Aims: The aims.",
    ),
    (
        "series whose headings have the rank of their rules",
        "numbering = \"headings\"",
        "## 1 Name\n\nThe name.\n\n## Annex 1\n\n## 1 Keys\n\nThe keys.\n\n## 2 Doors\n\nThe doors.\n\n## Annex 2\n\n## 1 Fees\n\nThe fees.",
        "#1 1 title=Name: The name.\n#annex-1.1 1 series=Annex 1 title=Keys: The keys.\n#annex-1.2 2 series=Annex 1 title=Doors: The doors.\n#annex-2.1 1 series=Annex 2 title=Fees: The fees.",
    ),
    ("underlined heading", "", "Rooms\n-----\n\n1.1 First.", "#1.1 1.1: First."),
    (
        "nothing is numbered",
        "",
        "Only words.",
        "[no-clauses: no clause was found in this document: write `numbering = \"none\"` in front matter if it has no numbered clauses]",
    ),
    (
        "a list that another numbering reads",
        "",
        "1. First.\n2. Second.\n3. Third.",
        "[no-clauses: no clause was found in this document: 3 items of lists begin with 1., 2.: write `numbering = \"simple\"` in front matter if they are clauses; else write `numbering = \"none\"` in front matter if it has no numbered clauses]",
    ),
    ("no clauses are wanted", "numbering = \"none\"", "Only words.", ""),
];

/// Rules with a chapter that is nothing but the heading of its rules.
const CHAPTER: &str = "## 1 Meetings\n\n### 1.1 Quorum\n\nFive members are a quorum.\n\n### 1.2 Chair\n\n- (a) One is elected.\n\n## 2 Fees\n\nThere are none.";

#[test]
fn a_chapter_is_drawn_in_with_its_rules() {
    let built = TestSite::empty()
        .file("site.toml", "title = \"Site\"\n[kinds]\npack = \"Packs\"\n")
        .paper_with("a", "numbering = \"headings\"", CHAPTER)
        .file("p.md", "+++\ntitle = \"P\"\nkind = \"pack\"\n+++\n\n![[a#1]]\n\nAnd\n\n![[a#2]]\n")
        .build()
        .clean();
    let titles = built.find("p.html", ".drawn .title").concat();
    let order = ["Meetings", "Quorum", "Chair", "Fees"].map(|title| titles.find(title));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{titles}");
}

#[test]
fn a_quotation_begins_with_the_title_of_its_clause() {
    let built = TestSite::new().paper_with("a", "numbering = \"headings\"\nunit = \"rule\"", CHAPTER).build().clean();
    let page = built.text("a/1.1.html");
    assert!(page.contains("data-quotation=\"“Quorum\nFive members are a quorum.”\n"), "{page}");
    let page = built.text("a/1.html");
    assert!(page.contains("data-quotation=\"“Meetings”\n"), "{page}");
}

/// The number of a clause in a series that rises: `3.1`, `17`, or that of a heading.
fn written(form: usize, n: u32) -> String {
    match form {
        0 => format!("{}.{} Words {n}.\n\n", 1 + n / 7, 1 + n % 7),
        1 => format!("{}. Words {n}.\n\n", n + 1),
        2 => format!("## {} Words {n}\n\nMore.\n\n", n + 1),
        _ => format!("**{}.{}** Words {n}.\n\n", 1 + n / 7, 1 + n % 7),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(trials()))]

    /// One changed number in a rising series is one error, whatever the numbering and wherever it stands.
    #[test]
    fn one_changed_number_is_one_error(
        form in 0_usize..4,
        many in 3_u32..24,
        at in any::<prop::sample::Index>(),
        other in 0_u32..40,
    ) {
        let front = ["", "numbering = \"simple\"", "numbering = \"headings\"", ""][form];
        let at = u32::try_from(at.index(many as usize)).unwrap();
        let body: String = (0..many).map(|n| written(form, if n == at { other } else { n })).collect();
        let built = TestSite::new().paper_with("a", front, &body).build();
        let errors = built.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
        prop_assert!(errors <= 1, "{body}\n{}", built.short());
    }
}

/// Number of random papers to try: `PAPERS=20000` tries more.
fn trials() -> u32 {
    std::env::var("PAPERS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(128)
}
