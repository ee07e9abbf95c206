//! Papers of kinds that people have: standing orders, minutes, rules of a society, a policy, byelaws, a report.

use clausebook::import::PaperFormat;

use super::docx::{Docx, pp, r, rp};
use super::{clauses_of, imported, missing};

#[test]
fn standing_orders_whose_letters_have_a_column_have_items() {
    let text = "\
                        UPPER WICK PARISH COUNCIL

1.  RULES OF DEBATE

a   Motions on the agenda are taken in the order in which they appear
    there, unless the Chair of the meeting changes it.

b   A motion that costs more than £4,000*2 is moved by
    (i)  two members; or
    (ii) the clerk.

2.  CONDUCT

a   Nobody keeps another from speaking at a meeting.

b   A person who does so is asked to leave, see standing order 1(b) of
    these orders.

3.  MEETINGS

a   A meeting is open to all.
b   A private one is not.
";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(
        clauses_of(&made).lines().filter(|line| !line.contains(" / ")).collect::<Vec<_>>().join("\n"),
        "1-a (a) Motions on the agenda are taken in the order in which they appear there, unless the Chair of the meeting changes it.\n\
         1-b-i (i) two members; or\n1-b-ii (ii) the clerk.\n2-a (a) Nobody keeps another from speaking at a meeting.\n\
         2-b (b) A person who does so is asked to leave, see standing order 1(b) of these orders.\n3-a (a) A meeting is open to all.\n\
         3-b (b) A private one is not.",
        "{}",
        made.text
    );
    assert!(missing(text, &made.text).is_empty());
    // A letter alone is a word.
    let made = imported(PaperFormat::Text, b"1.1 The end of\na   long line is here.\n\n1.2 I   am it.\n");
    assert!(made.text.contains("The end of a long line is here."), "{}", made.text);
}

#[test]
fn a_column_for_who_acts_is_behind_its_paragraph() {
    let text = "\
Hill Farm Allotments
Minutes of the committee

Present: J. Moss (Chair), P. Rowe (Secretary), L. Eze, T. Hart
Apologies: S. Lyle

1    Matters arising

1.1  Water butts. PR has ordered six of them.               PR

1.2  Gate lock. Two quotes were received, from Bolt
     & Co and from Keysafe. The committee chose the         TH
     second, which is dearer.

2    Finance

2.1  The balance on 31 December was 3,210 pounds.           LE

2.2  The rent of a plot stays as it is.
";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 Water butts. PR has ordered six of them. PR\n\
         1.2 Gate lock. Two quotes were received, from Bolt & Co and from Keysafe. The committee chose the second, which is dearer. TH\n\
         2.1 The balance on 31 December was 3,210 pounds. LE\n2.2 The rent of a plot stays as it is.",
        "{}",
        made.text
    );
    assert!(made.text.contains("T. Hart\n\nApologies: S. Lyle"), "{}", made.text);
    assert!(made.report.for_people().contains("a column at the right"), "{}", made.report.for_people());
    assert!(missing(text, &made.text).is_empty());
}

#[test]
fn lines_in_bold_type_are_headings_where_word_has_no_others() {
    let bold = |words: &str| pp("", &rp("<w:b/>", words));
    let docx = Docx::new()
        .raw(&bold("RULES OF THE MILL LANE CO-OPERATIVE"))
        .p("Registered in 2014")
        .raw(&bold("NAME"))
        .raw(&pp("", &(r("1.") + "<w:r><w:tab/></w:r>" + &r("The name is Mill Lane Co-operative."))))
        .raw(&bold("OBJECTS"))
        .raw(&pp("", &(r("2.") + "<w:r><w:tab/></w:r>" + &r("The objects are:"))))
        .raw(&pp("", &(r("(a)") + "<w:r><w:tab/></w:r>" + &r("to bake bread; and"))))
        .raw(&pp("", &(r("(b)") + "<w:r><w:tab/></w:r>" + &r("to teach baking."))))
        .raw(&bold("MEMBERS"))
        .raw(&pp("", &(r("3.") + "<w:r><w:tab/></w:r>" + &r("Anyone may join, see rule 2."))));
    let made = imported(PaperFormat::Docx, &docx.bytes());
    assert_eq!(
        clauses_of(&made),
        "1 The name is Mill Lane Co-operative.\n2 The objects are: / (a) to bake bread; and / (b) to teach baking.\n\
         2-a (a) to bake bread; and\n2-b (b) to teach baking.\n3 Anyone may join, see rule 2."
    );
    assert!(
        made.text.contains("title = \"RULES OF THE MILL LANE CO-OPERATIVE\"\n") && made.text.contains("\n## MEMBERS\n"),
        "{}",
        made.text
    );
    // Where there are headings, bold words are bold words.
    let docx = Docx::new()
        .headings()
        .styled("Heading1", "Rules")
        .raw(&bold("NAME"))
        .p("Words.")
        .raw(&bold("AIMS"))
        .p("Words.");
    let made = imported(PaperFormat::Docx, &docx.bytes());
    assert!(made.text.contains("\n**NAME**\n"), "{}", made.text);
}

#[test]
fn a_page_of_byelaws_has_no_empty_heading_and_what_its_style_raises_is_raised() {
    let page = "<html><head><style>.c4{color:#000}.c5{font-size:8pt;vertical-align:super}</style></head><body><h1>Harbour byelaws</h1>\
                <p>Made by the port.</p><h2>Arrangement of byelaws</h2><ol><li><a href=\"#b1\">Citation</a></li><li><a href=\"#b2\">Vessels</a></li></ol>\
                <h2 id=\"b1\">1. Citation</h2><p>(1) These are the harbour byelaws.</p><p>(2) The harbour is 2 km<span class=\"c5\">2</span> large.</p>\
                <h2 id=\"b2\">2. Vessels</h2><p>(1) A vessel is slow,<span style=\"vertical-align: super\">1</span> or it waits.</p>\
                <h2>Notes</h2><p><sup>1</sup> At most 5 knots.</p></body></html>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    for part in [
        "Made by the port.\n\n## 1. Citation\n",
        "is 2 km² large.",
        "A vessel is slow,[^1] or it waits.",
        "[^1]: At most 5 knots.",
    ] {
        assert!(made.text.contains(part), "{part}\n{}\n{}", made.text, made.report.for_people());
    }
    assert!(!made.text.contains("Arrangement"), "{}", made.text);
}

#[test]
fn a_report_of_pages_keeps_its_last_heading_and_marks_behind_a_space() {
    let text = "\
1       Summary
1.1     The number of journeys by bus fell in each of the last five years, as those said
who gave evidence to it. See paragraph 2.1 below.1
2       Evidence
2.1     The number of journeys by bus fell in each of the last five years, as those said
who gave evidence to it. 2

1   Minutes, item 3.
2   Report, page 4.
\u{c}3       Recommendations
The committee recommends two things to those who run the buses of the town and of the county.

Appendix A: Fares

Year             Journeys      Fare
2024             2,700,000     £2.50
2025             2,400,000     £3.00
";
    let made = imported(PaperFormat::Layout, text.as_bytes());
    for part in [
        "\n## 3 Recommendations\n",
        "paragraph [[2.1]] below.[^1]",
        "who gave evidence to it.[^2]",
        "[^2]: Report, page 4.",
        "\n## Appendix A: Fares\n\n| Year | Journeys | Fare |",
    ] {
        assert!(made.text.contains(part), "{part}\n{}\n{}", made.text, made.report.for_people());
    }
    assert_eq!(clauses_of(&made).lines().count(), 2);
}

#[test]
fn a_paper_in_two_languages_keeps_both() {
    let text = "\
POLISI IAITH / LANGUAGE POLICY

Rhan 1: Cyffredinol / Part 1: General

1.1 Mae'r polisi hwn yn gymwys i'r holl staff.
    This policy applies to all staff.

1.2 Rhaid ateb pob llythyr:
    Every letter is answered:

    (a) o fewn 10 diwrnod; / within 10 days;
    (b) gan aelod o staff. / by a member of staff.

Rhan 2: Cyfarfodydd / Part 2: Meetings

2.1 Cedwir cofnodion, gweler paragraff 1.2 uchod.
    Minutes are kept, see paragraph 1.2 above.
";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 Mae’r polisi hwn yn gymwys i’r holl staff. This policy applies to all staff.\n\
         1.2 Rhaid ateb pob llythyr: / Every letter is answered: / (a) o fewn 10 diwrnod; / within 10 days; / (b) gan aelod o staff. / by a member of staff.\n\
         1.2-a (a) o fewn 10 diwrnod; / within 10 days;\n1.2-b (b) gan aelod o staff. / by a member of staff.\n\
         2.1 Cedwir cofnodion, gweler paragraff 1.2 uchod. Minutes are kept, see paragraph 1.2 above.",
        "{}",
        made.text
    );
}

#[test]
fn rules_whose_bare_figures_count_through_the_text_are_clauses() {
    let text = "HILLTOP CLUB\n\nNAME\n1 The club is called the Hilltop Club.\n\nMEMBERS\n2 Membership is open to all.\n\
                3 A member whose fee is unpaid on\n1 May ceases to be one.\n4 Fees are fixed by the board, and are:\n\
                Adult......................£60.00\nJunior.....................£25.00\n\n5 The end.\n";
    for format in [PaperFormat::Text, PaperFormat::Layout] {
        let made = imported(format, text.as_bytes());
        let clauses = clauses_of(&made);
        assert!(
            clauses.starts_with(
                "1 The club is called the Hilltop Club.\n2 Membership is open to all.\n3 A member whose fee is unpaid on 1 May ceases to be one.\n4 Fees are"
            ),
            "{clauses}\n{}",
            made.text
        );
        assert!(made.text.contains("| Adult | £60.00 |\n| --- | --- |\n| Junior | £25.00 |"), "{}", made.text);
        assert!(made.text.contains("\n## MEMBERS\n"), "{}", made.text);
    }
}
