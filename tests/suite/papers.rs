//! Papers that nobody wrote for clausebook: every way in which guidance is numbered and written.
//!
//! A small paper for each form, with the addresses, numbers and words that come of it, and the codes of what is said.

use crate::site::{Built, TestSite};

/// A paper: its name, the keys of its front matter, its text, and what comes of it.
type Paper = (&'static str, &'static str, &'static str, &'static str);

/// What comes of a paper: for each clause its fragment, its number as it is cited, and its words; then the codes.
fn comes_of(front: &str, body: &str) -> String {
    let built: Built = TestSite::new()
        .paper_with("other", "numbering = \"decimal\"", "1.1 Of another paper: [[a]].")
        .paper_with("a", front, body)
        .build();
    let codes = built.codes().join(" ");
    // A site with errors has pages all the same, but no data is promised.
    let rows = built.json("data/clauses.json");
    let mut lines = Vec::new();
    for row in rows.as_array().unwrap().iter().filter(|row| row["document"] == "a") {
        let word = |key: &str| row[key].as_str().map(|value| format!(" {key}={value}")).unwrap_or_default();
        let text = row["text"].as_str().unwrap().replace('\n', " / ");
        let (url, number) = (row["url"].as_str().unwrap(), row["number"].as_str().unwrap());
        let named = ["series", "printed", "title"].map(word).concat();
        lines.push(format!("{} {number}{named}: {text}", url.strip_prefix("a.html").unwrap_or(url)));
    }
    if !codes.is_empty() {
        lines.push(format!("[{codes}]"));
    }
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

const PAPERS: [Paper; 95] = [
    ("plain number", "", "1.1 First.\n\n1.2 Second.", ""),
    ("full stop behind the number", "", "1.1. First.\n\n1.2. Second.", ""),
    ("bracket behind the number", "", "1.1) First.\n\n1.2) Second.", ""),
    ("bold number", "", "**1.1** First.\n\n**1.2** Second.", ""),
    ("bold number with its stop", "", "**1.1.** First.\n\n**1.2.** Second.", ""),
    ("bold number and first words", "", "**1.1 Keys.** First.\n\n**1.2 Doors.** Second.", ""),
    ("number in emphasis", "", "*1.1* First.\n\n_1.2_ Second.", ""),
    ("number alone on its line", "", "1.1\nFirst.\n\n1.2\nSecond.", ""),
    ("capital letter behind the number", "", "3.37 First.\n\n3.37A Second.", ""),
    ("small letter behind the number", "", "3.37 First.\n\n3.37a Second.", ""),
    ("one number with both letters", "", "3.37A First.\n\n3.37a Second.", ""),
    ("zeros", "", "1.01 First.\n\n1.02 Second.\n\n1.10 Third.\n\n[[1.2]] leads to 1.02.", ""),
    ("from nought", "", "0.1 Before.\n\n1.0 First.\n\n1.1 Second.", ""),
    ("letter that leads", "", "A.1 First.\n\nA.2 Second.", ""),
    ("deep numbers", "", "1.1 First.\n\n1.1.1 Deeper.\n\n1.1.1.1 Deepest.\n\n1.2 Second.", ""),
    ("row of numbers", "", "1.1 First.\n\n1.2–1.5 Not used.\n\n1.6 Last: see [[1.4]].", ""),
    ("row with a hyphen", "", "1.1 First.\n\n1.2-1.3 Not used.\n\n1.4 Last.", ""),
    ("row with spaces", "", "1.1 First.\n\n1.2 – 1.3 Not used.\n\n1.4 Last.", ""),
    ("sign of a section", "", "§ 1 First.\n\n§ 1a Inserted.\n\n§ 2 Second.", ""),
    ("sign without a space", "", "§1 First.\n\n§2 Second.", ""),
    ("word before the number", "unit = \"rule\"", "Rule 1 First.\n\nRule 2. Second.\n\nRule 3 applies to guests, as rule 2 does.", ""),
    ("word of the list with a stop", "", "Section 1. First.\n\nSection 2. Second.\n\nSection 2 of the Act says more.", ""),
    ("bold word and number", "", "**Clause 1** First.\n\n**Clause 2** Second.", ""),
    ("simple list", "numbering = \"simple\"", "1. First.\n2. Second.", ""),
    ("simple list with brackets", "numbering = \"simple\"", "1) First.\n2) Second.", ""),
    ("lazy list", "numbering = \"simple\"", "1. First.\n1. Second.\n1. Third.", ""),
    ("lazy list from seven", "numbering = \"simple\"", "7. First.\n7. Second.", ""),
    ("simple number with a letter", "numbering = \"simple\"", "17. First.\n\n17A. Inserted.\n\n18. Second.", ""),
    ("simple bold", "numbering = \"simple\"", "**1.** First.\n\n**2.** Second.", ""),
    ("simple row", "numbering = \"simple\"", "1. First.\n\n2–4. Not used.\n\n5. Last.", ""),
    ("unit of the paper", "unit = [\"rule\", \"rules\"]\nshort = \"Rules\"", "1.1 First.\n\n1.2 See [[other#1.1]].", ""),
    ("numbers with the unit in citations", "unit = \"standing order\"\nnumbering = \"simple\"", "1. First.\n2. Second, like [[1]].", ""),
    ("headings that bear numbers", "numbering = \"headings\"", "## 1 Name\n\nThe name.\n\n## 2 Aims\n\nThe aims.\n\n### 2.1 First aim\n\nTo do.", ""),
    ("headings with stops", "numbering = \"headings\"", "## 1. Name\n\nThe name.\n\n## 2. Aims\n\nThe aims.", ""),
    ("heading with only deeper ones under it", "numbering = \"headings\"", "## 4 Meetings\n\n### 4.1 Quorum\n\nFive.\n\n### 4.2 Chair\n\nOne.", ""),
    ("headings with words", "numbering = \"headings\"", "## Rule 1. Name\n\nThe name.\n\n## Rule 2. Aims\n\nThe aims.", ""),
    ("headings with the sign", "numbering = \"headings\"", "## § 1 Name\n\nThe name.\n\n## § 1a Seat\n\nThe seat.", ""),
    ("heading in bold", "numbering = \"headings\"", "## **1.1** Name\n\nThe name.\n\n## **1.2 Aims**\n\nThe aims.", ""),
    ("heading without words", "numbering = \"headings\"", "## 1\n\nThe name.\n\n## 2\n\nThe aims.", ""),
    ("heading without a number among the words of a clause", "numbering = \"headings\"", "## 1 Name\n\nThe name.\n\n### Why\n\nBecause.\n\n## 2 Aims\n\nThe aims.\n\n## History\n\nOld.", ""),
    ("articles that are clauses", "numbering = \"headings\"", "## Article 1 Name\n\nThe name.\n\n## Article 2 Aims\n\nThe aims.", ""),
    ("year in a heading", "numbering = \"headings\"", "## 1 Name\n\nThe name.\n\n## 2008 in review\n\nA year.", ""),
    ("id on a heading that is a clause", "numbering = \"headings\"", "## 1 Name {#name}\n\nThe name.\n\n## 2 Aims\n\nSee [[#name]] and [[1]].", ""),
    ("numbered headings without the key", "", "## 4.1 Quorum\n\nFive.\n\n## 4.2 Chair\n\nOne.", ""),
    ("series of schedules", "numbering = \"simple\"", "1. First.\n2. Second.\n\n## Schedule 1\n\n1. Of the schedule.\n\n## Schedule 2\n\n1. Another.\n2. See [[schedule-1.1]] and [[2]].", ""),
    ("series with a longer heading", "", "1.1 First.\n\n## Annex B: Forms\n\n1.1 A form.\n\nSee [[annex-b.1.1]].", ""),
    ("series with an id", "numbering = \"simple\"", "1. First.\n\n## Schedule 2 {#money}\n\n1. Of money: [[money.1]].", ""),
    ("series with Roman labels", "numbering = \"headings\"\nunit = \"section\"", "## Article I: Name\n\n### Section 1. Name\n\nThe name.\n\n## Article II: Members\n\n### Section 1. Who\n\nAll.", ""),
    ("series within a series", "series = [\"Schedule\", \"Part\"]\nnumbering = \"simple\"", "## Schedule 1\n\n### Part 1\n\n1. First.\n\n### Part 2\n\n1. Second.\n\n## Schedule 2\n\n### Part 1\n\n1. Third.", ""),
    ("series of another word", "series = [\"Part\"]\nnumbering = \"simple\"", "## Part One of it\n\n1. First.\n\n## Part 2\n\n1. Second.", ""),
    ("series turned off", "series = []\nnumbering = \"simple\"", "## Schedule 1\n\n1. First.\n\n## Schedule 2\n\n2. Second.", ""),
    ("number that bears the label of its annex", "", "1.1 First.\n\n## Annex A\n\nA.1 Of the annex.", ""),
    ("numbers that begin again under another heading", "numbering = \"simple\"", "## Section one\n\n1. First.\n2. Second.\n\n## Section two\n\n1. Again.\n2. Again.\n3. More.", ""),
    ("range in a series", "numbering = \"simple\"", "## Schedule 1\n\n1. First.\n2. Second.\n3. See [[schedule-1.1-schedule-1.2]].", ""),
    ("items of a numbered list", "", "1.1 Bring:\n\n1. keys\n2. cups", ""),
    ("items that are figures", "items = \"(1)\"", "1.1 Bring:\n\n1. keys\n2. cups: not [[1.1(1)]]", ""),
    ("items that are letters", "items = \"(a)\"", "1.1 Bring:\n\n1. keys\n2. cups", ""),
    ("items of simple clauses", "items = \"(a)\"\nnumbering = \"simple\"", "1. Bring:\n\n   1. keys\n   2. cups\n\n2. Leave.", ""),
    ("labels as items", "", "1.1 Bring:\n\n- (a) keys\n- (b) cups", ""),
    ("labels with a bracket", "", "1.1 Bring:\n\n- a) keys\n- b) cups", ""),
    ("labels with a stop", "", "1.1 Bring:\n\n- a. keys\n- b. cups", ""),
    ("no label", "", "1.1 Beware of:\n\n- e. coli\n- a.m. and p.m.", ""),
    ("labels as paragraphs", "", "1.1 Bring:\n\n(a) keys\n\n(b) cups\n\n1.2 Leave.", ""),
    ("labels as lines", "", "1.1 Bring:\n(a) keys;\n(b) cups.\n\n1.2 Leave.", ""),
    ("labels as lines of one paragraph of their own", "", "1.1 Bring:\n\n(a) keys\n(b) cups", ""),
    ("labels with an indent", "", "1.1 Bring:\n\n   (a) keys\n\n   (b) cups", ""),
    ("labels within labels", "", "1.1 Bring:\n\n(a) keys:\n\n(i) of doors\n\n(ii) of cars\n\n(b) cups", ""),
    ("Roman labels in capitals", "", "1.1 Bring:\n\n- (I) keys\n- (II) cups\n- (III) tea\n- (IV) milk", ""),
    ("bracket that goes on with a sentence", "", "1.1 Bring what is named in\n(a) above and nothing else.", ""),
    ("words after labels", "", "1.1 Bring:\n\n(a) keys\n\n(b) cups\n\nand nothing else.", ""),
    ("label in front of a paper", "", "(a) Nothing holds this.\n\n1.1 First.", ""),
    ("time at the start", "", "1.1 First.\n\n10.30 am is when we begin.\n\n1.2 Second.", ""),
    ("date at the start", "", "1.1 First.\n\n1.5.2008 was the day.\n\n1.2 Second.", ""),
    ("time that is a number", "", "10.29 First.\n\n10.30 am is meant as a time, and is a clause.", ""),
    ("year that begins a list", "", "1.1 It began.\n\n2008. That was the year.", ""),
    ("amount at the start", "", "1.1 First.\n\n2.5% of it.", ""),
    ("one number too high", "", "1.1 a\n\n11.2 b\n\n1.3 c\n\n1.4 d", ""),
    ("one number too low", "", "1.1 a\n\n1.2 b\n\n0.3 c\n\n1.4 d", ""),
    ("a number used twice", "", "1.1 a\n\n1.2 b\n\n1.2 c\n\n1.4 d", ""),
    ("a number left out", "", "1.1 a\n\n1.3 b", ""),
    ("the first is wrong", "", "9.1 a\n\n1.2 b\n\n1.3 c", ""),
    ("no-break space behind a number", "", "1.1\u{a0}First.\n\n1.2\u{2003}Second.\n\n1.3\u{2009}Third.\n\n1.4\tFourth.", ""),
    ("no-break space behind markers", "", "##\u{a0}Rooms\n\n1.1 Bring:\n\n-\u{a0}keys\n-\u{2003}cups", ""),
    ("no-break space behind a label", "", "1.1 Bring:\n\n- (a)\u{a0}keys\n- (b)\u{2009}cups\n\n(c)\u{202f}tea", ""),
    ("invisible before a number", "", "\u{200b}1.1 First.\n\n\u{feff}1.2 Second.\n\n\u{2060}1.3\u{200b} Third.", ""),
    ("invisible inside a number", "", "1.\u{200b}1 First.\n\n1.2 Second.", ""),
    ("invisible before a heading", "", "\u{200b}## Rooms\n\n1.1 First.", ""),
    ("spaces in a mention", "", "1.1 First.\n\n1.2 See [[\u{a0}1.1\u{200b}]] and [[1.1\u{2009}]].", ""),
    ("space behind a note", "", "1.1 First.[^a]\n\n[^a]:\u{a0}A note.", ""),
    ("simple list with no-break spaces", "numbering = \"simple\"", "1.\u{a0}First.\n2.\u{2003}Second.", ""),
    ("tab behind a heading's number", "numbering = \"headings\"", "## 1\tName\n\nThe name.", ""),
    ("code keeps its spaces", "", "1.1 Type:\n\n```\n#\u{a0}comment\n-\u{a0}item\n```", ""),
    ("nothing is numbered", "", "Only words.", ""),
    ("a list that another numbering reads", "", "1. First.\n2. Second.\n3. Third.", ""),
    ("no clauses are wanted", "numbering = \"none\"", "Only words.", ""),
];
