//! Clauses that a paper sets in a table, with their numbers in the first column.

use clausebook::import::PaperFormat;

use super::docx::{Docx, field, pp, r};
use super::{abouts, clauses_of, imported};

/// A cell of paragraphs.
fn cell(paragraphs: &[String]) -> String {
    format!("<w:tc>{}</w:tc>", paragraphs.concat())
}

/// A table whose cells have one paragraph of words each.
fn table(rows: &[&[&str]]) -> String {
    let row = |row: &&[&str]| {
        let cells: String = row.iter().map(|words| cell(&[pp("", &r(words))])).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

const RULES: &[&[&str]] = &[
    &["No.", "Rule"],
    &["1", "Keys"],
    &["1.1", "The caretaker keeps the keys."],
    &["1.2", "A hirer may:"],
    &["(a)", "borrow a key; and"],
    &["(b)", "keep it for a day."],
    &["", "A key that is lost is paid for."],
    &["Money", ""],
    &["1.3", "Fees are due on the day of the hire."],
    &["2", "Noise"],
    &["2.1", "Music ends at eleven."],
];

const CLAUSES: &str = "1.1 The caretaker keeps the keys.\n\
    1.2 A hirer may: / (a) borrow a key; and / (b) keep it for a day. / A key that is lost is paid for.\n\
    1.2-a (a) borrow a key; and\n1.2-b (b) keep it for a day.\n\
    1.3 Fees are due on the day of the hire.\n2.1 Music ends at eleven.";

#[test]
fn rows_that_are_numbered_become_clauses_whatever_the_format() {
    let html = |rows: &[&[&str]]| {
        let row =
            |row: &&[&str]| format!("<tr>{}</tr>", row.iter().map(|w| format!("<td>{w}</td>")).collect::<String>());
        format!("<main><h1>Rules</h1><table>{}</table></main>", rows.iter().map(row).collect::<String>())
    };
    let markdown = |rows: &[&[&str]]| {
        let row = |row: &&[&str]| format!("| {} |\n", row.join(" | "));
        let lines: Vec<String> = rows.iter().map(row).collect();
        format!("# Rules\n\n{}| --- | --- |\n{}", lines[0], lines[1..].concat())
    };
    let docx = Docx::new().title("Rules").raw(&table(RULES)).p("Made in 2008.").bytes();
    for (format, bytes) in [
        (PaperFormat::Docx, docx),
        (PaperFormat::Html, html(RULES).into_bytes()),
        (PaperFormat::Markdown, markdown(RULES).into_bytes()),
    ] {
        let made = imported(format, &bytes);
        let clauses = clauses_of(&made);
        let clauses = clauses.strip_suffix(" / Made in 2008.").unwrap_or(&clauses);
        assert_eq!(clauses, CLAUSES, "{format:?}\n{}", made.text);
        for heading in ["## 1 Keys\n", "### Money\n", "## 2 Noise\n"] {
            assert!(made.text.contains(heading), "{format:?} {heading}\n{}", made.text);
        }
        let said = made.report.for_people();
        assert!(said.contains("the rows of a table became paragraphs with the numbers 1.1 to 2.1"), "{said}");
        assert!(said.contains("the words above the columns are left out, 2 words: “No. Rule”"), "{said}");
    }
}

#[test]
fn a_cell_keeps_its_paragraphs_numbers_and_bookmarks() {
    let numbered = |level: u32, words: &str| {
        let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
        pp(&properties, &if words.is_empty() { String::new() } else { r(words) })
    };
    let mark = "<w:bookmarkStart w:id=\"1\" w:name=\"_Ref1\"/><w:bookmarkEnd w:id=\"1\"/>";
    let row = |first: &[String], second: &[String]| format!("<w:tr>{}{}</w:tr>", cell(first), cell(second));
    let rows = [
        row(&[numbered(0, "")], &[pp("", &r("Keys"))]),
        row(&[numbered(1, "")], &[pp("", &r("The caretaker keeps the keys.")), pp("", &r("So it was decided."))]),
        row(&[numbered(1, "")], &[numbered(2, "a list;"), numbered(2, "without words before it.")]),
        row(
            &[pp("", mark), numbered(1, "")],
            &[pp("", ""), pp("", &(r("See ") + &field("REF _Ref1 \\r", "1.3") + &r(".")))],
        ),
        row(&[numbered(1, "")], &[pp("", &r("3 members are a quorum."))]),
    ];
    let docx = Docx::new()
        .title("Rules")
        .list(1, &[("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")])
        .raw(&format!("<w:tbl>{}</w:tbl>", rows.concat()))
        .raw(&pp("", &(r("As in ") + &field("REF _Ref1 \\r", "1.3") + &r("."))));
    let made = imported(PaperFormat::Docx, &docx.bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 The caretaker keeps the keys. / So it was decided.\n\
         1.2 (a) a list; / (b) without words before it.\n1.2-a (a) a list;\n1.2-b (b) without words before it.\n\
         1.3 See 1.3.\n1.4 3 members are a quorum. / As in 1.3."
    );
    assert!(made.text.contains("As in [[1.3]]."), "{}", made.text);
    assert_eq!(abouts(&made), ["table"]);
}

#[test]
fn a_page_keeps_the_paragraphs_of_its_cells() {
    let page = "<main><h1>Rules</h1><table><caption>Of the hall</caption><tr><th>Para</th><th></th></tr>\
        <tr><td><strong>1.1</strong></td><td><p>A hirer may:</p><ol type=\"a\"><li>sing;</li><li>dance.</li></ol><p>Both end at ten.</p></td></tr>\
        <tr><td id=\"x\">1.2</td><td>As in <a href=\"#x\">1.2</a>.</td></tr></table></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 A hirer may: / (a) sing; / (b) dance. / Both end at ten.\n1.1-a (a) sing;\n1.1-b (b) dance.\n1.2 As in 1.2."
    );
    assert!(made.text.contains("## Of the hall\n"), "{}", made.text);
}

#[test]
fn tables_of_other_things_stay_tables() {
    let stays = |rows: &[&[&str]], more: &[&str]| {
        let docx = Docx::new().title("Rules").raw(&table(rows));
        let docx = more.iter().fold(docx, |docx, words| docx.p(words));
        let made = imported(PaperFormat::Docx, &docx.bytes());
        let last = rows.last().unwrap().join(" | ");
        assert!(made.text.contains(&format!("| {last} |")), "{rows:?}\n{}", made.text);
        made.report.for_people().contains("make each a paragraph that begins with its number")
    };
    // Versions, a list of contents, quantities, a form: nobody means clauses.
    assert!(!stays(&[&["Version", "Date"], &["1.0", "May 2008"], &["1.1", "June 2009"], &["1.2", "July 2010"]], &[]));
    assert!(!stays(&[&["1.1", "Keys"], &["1.2", "Fees"], &["1.3", "Noise"]], &[]));
    assert!(!stays(&[&["1.1", "litres of milk"], &["1.2", "litres of water"]], &[]));
    assert!(!stays(&[&["Name", "Fee"], &["Hall", "5"]], &[]));
    // What may be meant so is said.
    let sentence = "The caretaker keeps all the keys.";
    assert!(stays(&[&["1", sentence], &["2", sentence], &["3", sentence]], &[]));
    assert!(stays(&[&["1.1", sentence, "Ann"], &["1.2", sentence, "Bob"], &["1.3", sentence, "Col"]], &[]));
    assert!(stays(&[&["Version", "Change"], &["1.0", sentence], &["1.1", sentence], &["1.2", sentence]], &[]));
    assert!(stays(&[&["1.1", sentence], &["1.2", sentence], &["1.3", sentence]], &["1.1 One.", "1.2 Two."]));
    // A number that is left out, or is twice.
    assert!(!stays(&[&["1.1", sentence], &["1.3", sentence], &["1.4", sentence]], &[]));
    assert!(!stays(&[&["1.1", sentence], &["1.1", sentence], &["1.2", sentence]], &[]));
}

#[test]
fn every_table_that_stays_one_is_in_the_report() {
    let made = imported(
        PaperFormat::Markdown,
        b"# Rules\n\n1.1 First.\n\n1.2 Fees:\n\n| Hall | Fee |\n| --- | --- |\n| Big | Ten |\n\n| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n",
    );
    assert!(
        made.report.for_people().contains("a table stays a table, 2 times: “Hall”, “A”"),
        "{}",
        made.report.for_people()
    );
}
