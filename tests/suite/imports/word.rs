//! Numbered papers of Word with all that Word can do to them: every number, label, note and reference.

use clausebook::import::{PaperFormat, import};

use super::docx::{Docx, field, pp, r, rp};
use super::{abouts, clauses_of, imported};

/// A document: its name, how it is made, the clauses that come of it, words of the text, and what the report is about.
struct Case {
    name: &'static str,
    docx: Docx,
    clauses: &'static str,
    text: &'static [&'static str],
    about: &'static [&'static str],
}

fn case(name: &'static str, docx: Docx, clauses: &'static str) -> Case {
    Case { name, docx, clauses, text: &[], about: &[] }
}

impl Case {
    fn text(mut self, text: &'static [&'static str]) -> Self {
        self.text = text;
        self
    }

    fn about(mut self, about: &'static [&'static str]) -> Self {
        self.about = about;
        self
    }
}

const LEGAL: [(&str, &str); 4] =
    [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")];

/// A mark that names a place.
fn bookmark(name: &str) -> String {
    format!("<w:bookmarkStart w:id=\"1\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"1\"/>")
}

fn check(cases: Vec<Case>) {
    let mut wrong = String::new();
    for case in cases {
        let made = imported(PaperFormat::Docx, &case.docx.bytes());
        let clauses = clauses_of(&made);
        if clauses != case.clauses {
            wrong.push_str(&format!(
                "── {}: found\n{clauses}\n── wanted\n{}\n── of\n{}\n",
                case.name, case.clauses, made.text
            ));
        }
        for part in case.text.iter().filter(|part| !made.text.contains(**part)) {
            wrong.push_str(&format!("── {}: no {part:?} in\n{}\n", case.name, made.text));
        }
        let abouts = abouts(&made);
        if abouts != case.about {
            wrong.push_str(&format!(
                "── {}: says {abouts:?}, wanted {:?}\n{}",
                case.name,
                case.about,
                made.report.for_people()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn numbers_are_counted_as_word_counts_them() {
    let start = |n: u32| format!("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{n}\"/></w:lvlOverride>");
    let tie = |style: &str| format!("<w:pStyle w:val=\"{style}\"/>");
    check(vec![
        case(
            "levels under headings",
            Docx::new().headings().list(1, &LEGAL).title("Rules")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Scope")))
                .num(1, 1, "First words.").num(1, 1, "A member may:").num(1, 2, "speak;").num(1, 2, "vote, unless:")
                .num(1, 3, "absent; or").num(1, 3, "paid.")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Money")))
                .num(1, 1, "Fees are due."),
            "1.1 First words.\n1.2 A member may: / (a) speak; / (b) vote, unless: / (i) absent; or / (ii) paid.\n1.2-a (a) speak;\n\
             1.2-b (b) vote, unless: / (i) absent; or / (ii) paid.\n1.2-b-i (i) absent; or\n1.2-b-ii (ii) paid.\n2.1 Fees are due.",
        )
        .text(&["## 1. Scope", "## 2. Money"]),
        case(
            "one level",
            Docx::new().list(1, &[("decimal", "%1.")]).title("Rules").num(1, 0, "One is one.").num(1, 0, "Two is two.").num(1, 0, "Three."),
            "1 One is one.\n2 Two is two.\n3 Three.",
        )
        .text(&["numbering = \"simple\""]),
        case(
            "a start of its own",
            Docx::new().list_with(1, &[("decimal", "%1.", "<w:start w:val=\"17\"/>")]).title("Rules")
                .num(1, 0, "One is one.").num(1, 0, "Two is two.").num(1, 0, "Three."),
            "17 One is one.\n18 Two is two.\n19 Three.",
        ),
        case(
            "a list that goes on in another of its definition",
            Docx::new().list(1, &[("decimal", "%1.")]).again(2, 1, "").title("Rules")
                .num(1, 0, "One is one.").num(1, 0, "Two is two.").p("Words between.").num(2, 0, "Three goes on."),
            "1 One is one.\n2 Two is two. / Words between.\n3 Three goes on.",
        ),
        case(
            "a start override",
            Docx::new().headings().list(1, &[("decimal", "%1.")]).again(2, 1, &start(1)).title("Rules")
                .num(1, 0, "One is one.").num(1, 0, "Two is two.").styled("Heading1", "Schedule 1: Fees")
                .num(2, 0, "Again one.").num(2, 0, "Again two."),
            "1 One is one.\n2 Two is two.\nschedule-1.1 Again one.\nschedule-1.2 Again two.",
        )
        .about(&["series"]),
        case(
            "an override that begins further on",
            Docx::new().list(1, &[("decimal", "%1.")]).again(2, 1, &start(10)).title("Rules")
                .num(1, 0, "One is one.").num(1, 0, "Two is two.").num(2, 0, "Ten begins.").num(2, 0, "Eleven."),
            "1 One is one.\n2 Two is two.\n10 Ten begins.\n11 Eleven.",
        )
        .about(&["gap"]),
        case(
            "a level that never begins again",
            Docx::new().headings().list_with(1, &[("decimal", "%1", ""), ("decimal", "%1.%2", "<w:lvlRestart w:val=\"0\"/>")]).title("Rules")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Scope")))
                .num(1, 1, "First.").num(1, 1, "Second.")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Money")))
                .num(1, 1, "Third."),
            "1.1 First.\n1.2 Second.\n2.3 Third.",
        )
        .about(&["gap"]),
        case(
            "styles that carry the numbers",
            Docx::new()
                .list_with(1, &[("decimal", "%1", &tie("Heading1")), ("decimal", "%1.%2", &tie("Clause")), ("lowerLetter", "(%3)", &tie("Sub"))])
                .style("Heading1", "heading 1", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                .style("Clause", "Clause", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>")
                .style("Sub", "Sub", "<w:basedOn w:val=\"Clause\"/><w:pPr><w:numPr><w:ilvl w:val=\"2\"/></w:numPr></w:pPr>")
                .title("Rules").styled("Heading1", "Scope").styled("Clause", "A member may:").styled("Sub", "speak;").styled("Sub", "vote.")
                .styled("Heading1", "Money").styled("Clause", "Fees are due."),
            "1.1 A member may: / (a) speak; / (b) vote.\n1.1-a (a) speak;\n1.1-b (b) vote.\n2.1 Fees are due.",
        )
        .text(&["## 1 Scope"]),
        case(
            "a style whose number one paragraph does without",
            Docx::new().list_with(1, &[("decimal", "%1.", &tie("Clause"))])
                .style("Clause", "Clause", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>").title("Rules")
                .styled("Clause", "One is one.").styled("Clause", "Two is two.")
                .raw(&pp("<w:pStyle w:val=\"Clause\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", &r("No number.")))
                .styled("Clause", "Three."),
            "1 One is one.\n2 Two is two. / No number.\n3 Three.",
        ),
        case(
            "a style of lists that lends its levels",
            Docx::new().list(1, &[("decimal", "%1.")])
                .define("<w:abstractNum w:abstractNumId=\"7\"><w:numStyleLink w:val=\"Legal\"/></w:abstractNum>").again(7, 7, "")
                .style("Legal", "Legal", "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>").title("Rules")
                .num(7, 0, "One is one.").num(7, 0, "Two is two.").num(7, 0, "Three."),
            "1 One is one.\n2 Two is two.\n3 Three.",
        ),
        case(
            "capitals, Roman numerals and zeros",
            Docx::new().list(1, &[("upperLetter", "%1"), ("decimal", "%1.%2")]).title("Rules")
                .num(1, 0, "One part of these rules:").num(1, 1, "First of A.").num(1, 1, "Second of A.")
                .num(1, 0, "Next part of these rules:").num(1, 1, "First of B."),
            "A.1 First of A.\nA.2 Second of A. / B Next part of these rules:\nB.1 First of B.",
        )
        .about(&["escaped"]),
        case(
            "a legal level counts in figures",
            Docx::new().headings().list_with(1, &[("upperRoman", "%1", ""), ("decimal", "%1.%2", "<w:isLgl/>")]).title("Rules")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Scope")))
                .num(1, 1, "First.").num(1, 1, "Second."),
            "1.1 First.\n1.2 Second.",
        )
        .text(&["## I Scope"]),
        case(
            "a word before the number",
            Docx::new().list(1, &[("decimal", "Rule %1.")]).title("Rules").num(1, 0, "One is one.").num(1, 0, "Two is two.").num(1, 0, "Three."),
            "1 One is one.\n2 Two is two.\n3 Three.",
        )
        .text(&["unit = \"rule\"", "Rule 2. Two"]),
        case(
            "schedules that are counted",
            Docx::new().list(1, &[("decimal", "%1.")]).list(2, &[("decimal", "Schedule %1"), ("decimal", "%2.")]).title("Rules")
                .num(1, 0, "One is one.").num(1, 0, "Two is two.").num(2, 0, "Fees").num(2, 1, "A pound.").num(2, 1, "Two pounds.")
                .num(2, 0, "Forms").num(2, 1, "A form."),
            "1 One is one.\n2 Two is two.\nschedule-1.1 A pound.\nschedule-1.2 Two pounds.\nschedule-2.1 A form.",
        )
        .about(&["series"]),
        case(
            "numbers that somebody typed",
            Docx::new().headings().title("Rules").styled("Heading1", "1. Scope")
                .raw(&pp("", &format!("{}<w:r><w:tab/></w:r>{}", rp("<w:b/>", "1.1"), r("First words."))))
                .p("1.2\u{a0}Second words:").p("(a) speak;").p("(b) vote."),
            "1.1 First words.\n1.2 Second words: / (a) speak; / (b) vote.\n1.2-a (a) speak;\n1.2-b (b) vote.",
        ),
        case(
            "headings that are the clauses",
            Docx::new().headings().list(1, &[("decimal", "%1"), ("decimal", "%1.%2")]).title("Rules")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Meetings")))
                .raw(&pp("<w:pStyle w:val=\"Heading2\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>", &r("Quorum")))
                .p("Five members.")
                .raw(&pp("<w:pStyle w:val=\"Heading2\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>", &r("Chair")))
                .p("Chosen yearly."),
            "1 Meetings.\n1.1 Quorum. Five members.\n1.2 Chair. Chosen yearly.",
        )
        .text(&["numbering = \"headings\"", "### 1.1 Quorum"]),
        case(
            "the whole number before each label",
            Docx::new().headings().list(1, &[("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%1.%2(%3)")]).title("Rules")
                .raw(&pp("<w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>", &r("Scope")))
                .num(1, 1, "A member may:").num(1, 2, "speak;").num(1, 2, "vote.").num(1, 1, "Then rest."),
            "1.1 A member may: / (a) speak; / (b) vote.\n1.1-a (a) speak;\n1.1-b (b) vote.\n1.2 Then rest.",
        ),
        case(
            "bullets within a clause",
            Docx::new().list(1, &[("decimal", "%1.")]).list(2, &[("bullet", "\u{f0b7}"), ("bullet", "o")]).title("Rules")
                .num(1, 0, "These are due:").num(2, 0, "fees").num(2, 1, "small ones").num(2, 0, "keys").num(1, 0, "Two.").num(1, 0, "Three."),
            "1 These are due: / • fees / – small ones / • keys\n2 Two.\n3 Three.",
        )
        .text(&["- fees\n  - small ones\n- keys"]),
    ]);
}

#[test]
fn notes_references_and_changes_of_word_come_in() {
    let rules = || Docx::new().list(1, &[("decimal", "%1.")]).title("Rules");
    let note = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let deleted = "<w:del w:id=\"9\" w:author=\"Ann\"><w:r><w:delText>four</w:delText></w:r></w:del>";
    let inserted = format!("<w:ins w:id=\"8\" w:author=\"Ann\">{}</w:ins>", r("five"));
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", pp("", &r(text)));
    let picture = "<w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"P\" descr=\"The hall\"/><a:blip r:embed=\"p1\"/></wp:inline></w:drawing></w:r>";
    check(vec![
        case(
            "footnotes",
            rules()
                .footnote(0, "separator")
                .footnote(2, "A note.")
                .footnote(3, "Another.")
                .num_runs(1, 0, &(r("One") + &note("footnote", 2) + &r(" is one.")))
                .num(1, 0, "Two is two.")
                .num_runs(1, 0, &(r("Three.") + &note("footnote", 3))),
            "1 One is one.\n2 Two is two.\n3 Three.",
        )
        .text(&["One[^1] is one.", "Three.[^2]", "[^1]: A note.", "[^2]: Another."]),
        case(
            "endnotes beside footnotes",
            rules()
                .footnote(2, "At the foot.")
                .endnote(2, "At the end.")
                .num_runs(1, 0, &(r("One.") + &note("endnote", 2)))
                .num_runs(1, 0, &(r("Two.") + &note("footnote", 2)))
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .text(&["[^1]: At the end.", "[^2]: At the foot."]),
        case(
            "a field that names a clause",
            rules().num(1, 0, "One is one.").num_runs(1, 0, &(bookmark("_Ref1") + &r("Two is two."))).num_runs(
                1,
                0,
                &(r("See paragraph ") + &field(" REF _Ref1 \\r \\h ", "2") + &r(".")),
            ),
            "1 One is one.\n2 Two is two.\n3 See paragraph 2.",
        )
        .text(&["See paragraph [[2]]."]),
        case(
            "a simple field that names a sub-clause",
            Docx::new()
                .headings()
                .list(1, &LEGAL)
                .title("Rules")
                .p("Scope")
                .num(1, 1, "A member may:")
                .num_runs(1, 2, &(bookmark("_Ref2") + &r("speak.")))
                .num_runs(
                    1,
                    1,
                    &(r("See ")
                        + &format!("<w:fldSimple w:instr=\"REF _Ref2 \\w\">{}</w:fldSimple>", r("1.1(a)"))
                        + &r(".")),
                ),
            "1.1 A member may: / (a) speak.\n1.1-a (a) speak.\n1.2 See 1.1(a).",
        )
        .text(&["See [[1.1(a)]]."]),
        case(
            "fields that count within a paragraph",
            rules()
                .num_runs(
                    1,
                    0,
                    &(r("A hirer may ")
                        + &field("LISTNUM NumberDefault \\l 4", "")
                        + &r(" sing, or ")
                        + &field(" LISTNUM NumberDefault \\l 4 ", "")
                        + &r(" dance.")),
                )
                .num_runs(1, 0, &(r("A guest may ") + &field("LISTNUM NumberDefault \\l 5 \\s 3", "") + &r(" sit.")))
                .num_runs(1, 0, &(r("See ") + &field("LISTNUM LegalDefault \\l 2", "") + &r(" here."))),
            "1 A hirer may (1) sing, or (2) dance.\n2 A guest may (c) sit.\n3 See 1.1. here.",
        )
        .about(&["number"]),
        case(
            "fields that count below their paragraph",
            Docx::new()
                .list(1, &[("decimal", "%1."), ("lowerLetter", "(%2)")])
                .title("Rules")
                .num_runs(
                    1,
                    0,
                    &(r("A hirer may ")
                        + &field("LISTNUM", "")
                        + &r(" sing, or ")
                        + &field("LISTNUM", "")
                        + &r(" dance.")),
                )
                .num_runs(1, 0, &(r("A guest may ") + &field("LISTNUM", "") + &r(" sit.")))
                .num(1, 0, "Three."),
            "1 A hirer may (a) sing, or (b) dance.\n2 A guest may (a) sit.\n3 Three.",
        )
        .about(&["number"]),
        case(
            "a field that repeats the words of a clause",
            rules()
                .num_runs(1, 0, &(bookmark("Quorum") + &r("Five members are a quorum.")))
                .num(1, 0, "Two.")
                .num_runs(
                    1,
                    0,
                    &(r("As in ")
                        + &field(" REF Quorum \\h ", "the rule on a quorum")
                        + &r(" on page ")
                        + &field(" PAGEREF Quorum \\h ", "1")
                        + &r(".")),
                ),
            "1 Five members are a quorum.\n2 Two.\n3 As in the rule on a quorum on page 1.",
        )
        .text(&["As in [[1|the rule on a quorum]] on page 1."]),
        case(
            "a title that Word made of the name of a file",
            Docx::new()
                .list(1, &[("decimal", "%1.")])
                .style("Title", "Title", "")
                .title("Microsoft Word - rules v3 FINAL.doc")
                .styled("Title", "The rules")
                .num(1, 0, "One.")
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .text(&["title = \"The rules\"\n"])
        .about(&["heading"]),
        case(
            "a title in the properties that the first page does not have",
            Docx::new()
                .list(1, &[("decimal", "%1.")])
                .style("Title", "Title", "")
                .title("Template for rules")
                .styled("Title", "The rules")
                .num(1, 0, "One.")
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .text(&["title = \"Template for rules\"\n", "## The rules"])
        .about(&["heading"]),
        case(
            "a field that leads nowhere",
            rules().num(1, 0, "One.").num(1, 0, "Two.").num_runs(
                1,
                0,
                &(r("See ") + &field(" REF _Gone \\r ", "9") + &r(".")),
            ),
            "1 One.\n2 Two.\n3 See 9.",
        )
        .about(&["reference"]),
        case(
            "words that mention a clause",
            rules().num(1, 0, "One.").num(1, 0, "Two.").num(
                1,
                0,
                "Under paragraphs 1 and 2, and section 2 of the Halls Act, sing.",
            ),
            "1 One.\n2 Two.\n3 Under paragraphs 1 and 2, and section 2 of the Halls Act, sing.",
        )
        .text(&["Under paragraphs [[1]] and [[2]], and section 2 of the Halls Act"])
        .about(&["reference"]),
        case(
            "a link to the web and one to a bookmark",
            rules()
                .address("l1", "https://example.org/a")
                .num_runs(1, 0, &(bookmark("here") + &r("One.")))
                .num_runs(1, 0, &format!("<w:hyperlink r:id=\"l1\">{}</w:hyperlink>", r("The web")))
                .num_runs(1, 0, &format!("<w:hyperlink w:anchor=\"here\">{}</w:hyperlink>", r("the first"))),
            "1 One.\n2 The web\n3 the first",
        )
        .text(&["[The web](https://example.org/a)", "[[1|the first]]"]),
        case(
            "tracked words",
            rules()
                .num_runs(1, 0, &(r("A quorum is ") + deleted + &inserted + &r(".")))
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 A quorum is five.\n2 Two.\n3 Three.",
        )
        .about(&["deleted", "inserted"]),
        case(
            "a deleted end of a paragraph",
            rules()
                .num(1, 0, "One.")
                .raw(&pp(
                    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"4\"/></w:rPr>",
                    &r("Two and"),
                ))
                .num(1, 0, "its end.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two and its end.\n3 Three.",
        ),
        case(
            "a deleted paragraph is not counted",
            rules()
                .num(1, 0, "One.")
                .raw(&pp(
                    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del w:id=\"4\"/></w:rPr>",
                    deleted,
                ))
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .about(&["deleted"]),
        case(
            "comments",
            rules()
                .comment(3, "Is this so?")
                .num_runs(1, 0, &(r("One.") + "<w:r><w:commentReference w:id=\"3\"/></w:r>"))
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .about(&["comment"]),
        case(
            "cells that span",
            rules().num(1, 0, "One.").num(1, 0, "Two.").num(1, 0, "Three:").raw(&format!(
                "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
                cell("", "Room"),
                cell("<w:gridSpan w:val=\"2\"/>", "Fee"),
                cell("<w:vMerge w:val=\"restart\"/>", "Big"),
                cell("", "1|2"),
                cell("", "3"),
                cell("<w:vMerge/>", ""),
                cell("", "4"),
                cell("", "5"),
            )),
            "1 One.\n2 Two.\n3 Three: / Room | Fee | / Big | 1|2 | 3 /  | 4 | 5",
        )
        .text(&["| Room | Fee |  |", "| Big | 1\\|2 | 3 |", "|  | 4 | 5 |"])
        .about(&["table"]),
        case(
            "pictures",
            rules()
                .part("p1", "image", "media/image1.png", b"\x89PNG\r\n\x1a\nrest")
                .num_runs(1, 0, &(r("One.") + picture))
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One. The hall\n2 Two.\n3 Three.",
        )
        .text(&["![The hall](a-1.png)"])
        .about(&["picture"]),
        case(
            "a picture that no browser shows",
            rules()
                .part("p1", "image", "media/image1.emf", b"EMF")
                .num_runs(1, 0, &(r("One.") + picture))
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .about(&["picture"]),
        case(
            "a title in its own style, and a list of contents",
            Docx::new()
                .list(1, &[("decimal", "%1.")])
                .style("Title", "Title", "")
                .style("TOC1", "toc 1", "")
                .styled("Title", "The rules")
                .styled("TOC1", "One 1")
                .num(1, 0, "One.")
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        )
        .text(&["title = \"The rules\"\n"])
        .about(&["furniture"]),
        case(
            "a title that says what the first line says",
            rules().p("RULES").num(1, 0, "One.").num(1, 0, "Two.").num(1, 0, "Three."),
            "1 One.\n2 Two.\n3 Three.",
        ),
        case(
            "emphasis that is split",
            rules()
                .num_runs(
                    1,
                    0,
                    &(rp("<w:b/>", "Bo") + &rp("<w:b/>", "ld ") + &rp("<w:i/>", "slant") + &r(" plain *star* [b]")),
                )
                .num(1, 0, "Two.")
                .num(1, 0, "Three."),
            "1 Bold slant plain *star* [b]\n2 Two.\n3 Three.",
        )
        .text(&["**Bold** *slant* plain \\*star\\* \\[b\\]"]),
        case(
            "what looks like a number",
            rules()
                .num(1, 0, "One.")
                .num(1, 0, "Two.")
                .num(1, 0, "Three.")
                .p("10.30 am is early.")
                .p("2008. That year.")
                .p("- dash.")
                .p("(see above)"),
            "1 One.\n2 Two.\n3 Three. / 10.30 am is early. / 2008. That year. / - dash. / (see above)",
        )
        .about(&["escaped"]),
        case(
            "a number twice",
            Docx::new().title("Rules").p("1.1 One.").p("1.2 Two.").p("1.2 Two again.").p("1.3 Three."),
            "1.1 One.\n1.2 Two. / 1.2 Two again.\n1.3 Three.",
        )
        .about(&["number"]),
    ]);
}

#[test]
fn hostile_documents_are_refused() {
    let refused = |bytes: &[u8]| import(PaperFormat::Docx, "a", bytes).map(|made| made.text).unwrap_err().message;
    assert!(refused(b"no zip").contains("no whole .docx"));
    assert!(refused(&[0xd0, 0xcf, 0x11, 0xe0, 1, 2]).contains("old Word"));
    let entity = "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:p>&x;</w:p>";
    assert!(refused(&Docx::new().raw(entity).bytes()).contains("cannot be read"));
    let deep = "<w:sdt><w:sdtContent>".repeat(50_000) + &"</w:sdtContent></w:sdt>".repeat(50_000);
    assert!(refused(&Docx::new().raw(&deep).bytes()).contains("cannot be read"));
    let nested = "<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">";
    assert!(
        refused(&Docx::new().raw(&format!("<!DOCTYPE w [{nested}]><w:p>&c;</w:p>")).bytes()).contains("cannot be read")
    );
    // A part that is small in the zip and large out of it.
    let large = Docx::new().raw(&" ".repeat(40 << 20)).bytes();
    assert!(large.len() < 48 << 20 && refused(&large).contains("cannot be read"));
    let many =
        (0..6000).fold(Docx::new(), |docx, n| docx.part(&format!("p{n}"), "image", &format!("media/{n}.png"), b""));
    assert!(refused(&many.bytes()).contains("more files"));
    // A cell that would be wider than any table.
    let wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>\
                <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert!(imported(PaperFormat::Docx, &Docx::new().raw(wide).bytes()).text.len() < 4000);
    // A path that leads out of the package names nothing.
    let picture = "<w:r><w:drawing><a:blip r:embed=\"p1\"/></w:drawing></w:r>";
    let out = Docx::new().part("p1", "image", "../../../../etc/passwd.png", b"x").raw(&pp("", &(r("One.") + picture)));
    assert!(imported(PaperFormat::Docx, &out.bytes()).pictures.is_empty());
}
