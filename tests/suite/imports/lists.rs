//! Items and their labels: on the lines of one paragraph, behind the words that lead to them, and in lists that begin
//! anew.

use clausebook::import::PaperFormat;

use super::docx::Docx;
use super::{clauses_of, imported};

const ITEMS: &str =
    "1.1 Nobody may, in the hall: / (a) smoke; / (b) sing.\n1.1-a (a) smoke;\n1.1-b (b) sing.\n1.2 The end.";

#[test]
fn items_on_the_lines_of_one_paragraph_are_items() {
    for (a, b) in [("a.", "b."), ("a)", "b)"), ("(a)", "(b)")] {
        for lead in ["", "\n"] {
            let text = format!("1.1 Nobody may, in the hall:\n{lead}{a} smoke;\n{b} sing.\n\n1.2 The end.\n");
            assert_eq!(clauses_of(&imported(PaperFormat::Text, text.as_bytes())), ITEMS, "{text}");
            let made = imported(PaperFormat::Markdown, format!("# Rules\n\n{text}").as_bytes());
            assert_eq!(clauses_of(&made), ITEMS, "{text}\n{}", made.text);
        }
        let page = format!(
            "<main><h1>Rules</h1><p>1.1 Nobody may, in the hall:<br>{a} smoke;<br/>{b} sing.</p><p>1.2 The end.</p></main>"
        );
        assert_eq!(clauses_of(&imported(PaperFormat::Html, page.as_bytes())), ITEMS, "{page}");
        let runs = format!(
            "<w:r><w:t>1.1 Nobody may, in the hall:</w:t><w:br/><w:t>{a} smoke;</w:t><w:br/><w:t>{b} sing.</w:t></w:r>"
        );
        let word = Docx::new().title("Rules").raw(&super::docx::pp("", &runs)).p("1.2 The end.");
        assert_eq!(clauses_of(&imported(PaperFormat::Docx, &word.bytes())), ITEMS, "{a}");
    }
    // What only looks like a label at the start of a line is words, and so is a mention.
    let text =
        "1.1 A hall is let as paragraph\n(a) of the schedule says, and a tent under\n(b) of it.\n\n1.2 The end.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert!(made.text.contains("as paragraph (a) of the schedule says, and a tent under (b) of it."), "{}", made.text);
}

#[test]
fn an_item_behind_the_words_that_lead_to_it_is_one() {
    for text in [
        "1.1 Nobody may, in the hall: (a) smoke;\n(b) sing.\n\n1.2 The end.\n",
        "1.1 Nobody may, in the hall: (a) smoke;\n\n(b) sing.\n\n1.2 The end.\n",
    ] {
        for format in [PaperFormat::Text, PaperFormat::Markdown] {
            let made = imported(format, format!("# Rules\n\n{text}").as_bytes());
            assert_eq!(clauses_of(&made), ITEMS, "{format:?} {text}\n{}", made.text);
            assert!(made.report.for_people().contains("(a) within a paragraph begins an item"));
        }
    }
    let text = b"# Rules\n\n1.1 A hirer must (i) sweep, (ii) lock;\n\n(iii) pay.\n\n1.2 As in paragraph (a) of the deed,\n\n(b) is void.\n";
    let made = imported(PaperFormat::Markdown, text);
    assert_eq!(
        clauses_of(&made),
        "1.1 A hirer must / (i) sweep, / (ii) lock; / (iii) pay.\n1.1-i (i) sweep,\n1.1-ii (ii) lock;\n1.1-iii (iii) pay.\n\
         1.2 As in paragraph (a) of the deed, / (b) is void.\n1.2-b (b) is void."
    );
}

#[test]
fn a_label_that_others_are_left_out_before_keeps_its_letter() {
    let text = b"# Rules\n\n1.1 A hirer must:\n\n(a) sweep;\n\n(c) pay.\n\n1.2 Two letters:\n\n(a) one;\n\n(b) two;\n\n(b) three.\n\n1.3 Names:\n\nJ. Smith.\n";
    let made = imported(PaperFormat::Markdown, text);
    assert_eq!(
        clauses_of(&made),
        "1.1 A hirer must: / (a) sweep; / (c) pay.\n1.1-a (a) sweep;\n1.1-c (c) pay.\n1.2 Two letters: / (a) one; / (b) two; / (b) three.\n\
         1.2-a (a) one;\n1.2-b (b) two;\n1.3 Names: / J. Smith."
    );
    assert!(!made.text.contains('['), "no label has other brackets than its own: {}", made.text);
    let report = made.report.for_people();
    assert!(report.contains("(c) follows (a)") && report.contains("label (b) has no place"), "{report}");
}

#[test]
fn lists_of_word_outside_clauses_begin_where_they_say() {
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride>";
    let again = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let docx =
        Docx::new().headings().title("Sheet").list(1, &[("decimal", "%1.")]).again(2, 1, start).again(3, 1, again);
    let docx = docx.styled("Heading1", "First").num(1, 0, "One").num(1, 0, "Two").num(2, 0, "Five").num(2, 0, "Six");
    let docx =
        docx.styled("Heading1", "Then").p("Words.").num(3, 0, "Again").p("Words.").num(3, 0, "On").num(1, 0, "More");
    let made = imported(PaperFormat::Docx, &docx.bytes());
    let expected =
        "## First\n\n1. One\n2. Two\n\n5) Five\n6) Six\n\n## Then\n\nWords.\n\n1. Again\n\nWords.\n\n2. On\n3. More\n";
    assert!(made.text.ends_with(expected), "{}", made.text);
    assert!(!made.text.contains('\\'), "{}", made.text);
    assert_eq!(clauses_of(&made), "");
}

#[test]
fn a_word_with_a_stop_is_no_label() {
    let text = b"# Rules\n\n1.1 First.\n\n1.2 Second.\n\nEnd. All of it.\n\nc. 1900.\n\n(see) there.\n";
    let made = imported(PaperFormat::Markdown, text);
    for part in ["\nEnd. All of it.\n", "\nc\\. 1900.\n", "\n(see) there.\n"] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
}

#[test]
fn a_part_that_comes_again_begins_a_series_of_its_own() {
    let part = "### Part A\n\n1.1 First.\n\n1.2 See paragraph 1.1.\n\n";
    let text = format!("# Rules\n\n## Halls\n\n{part}## Fields\n\n{part}## Schedule 2\n\n{part}");
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "part-a.1.1 First.\npart-a.1.2 See paragraph 1.1.\npart-a-2.1.1 First.\npart-a-2.1.2 See paragraph 1.1.\n\
         schedule-2-part-a.1.1 First.\nschedule-2-part-a.1.2 See paragraph 1.1.",
        "{}\n{}",
        made.text,
        made.report.for_people()
    );
    for mention in ["[[part-a.1.1|1.1]]", "[[part-a-2.1.1|1.1]]", "[[schedule-2-part-a.1.1|1.1]]"] {
        assert!(made.text.contains(mention), "{mention}\n{}", made.text);
    }
    // Where numbers begin again under headings without a letter, the report says why there are no clauses.
    let again = "1.1 First.\n\n1.2 Second.\n\n";
    let text = format!("# Rules\n\n## Halls\n\n{again}## Fields\n\n{again}## Tents\n\n{again}");
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert!(
        made.report.for_people().contains("of 6 numbers, from 1.1 on, 2 rise one after another"),
        "{}",
        made.report.for_people()
    );
}

#[test]
fn a_clause_that_begins_with_its_first_item_has_it() {
    for (number, first) in [("2.", "(1)"), ("2.\u{2014}", "(1)"), ("2. \u{2013} ", "(1)")] {
        let text = format!(
            "# Byelaws\n\n1. No dogs.\n\n{number} {first} Nobody may take away:\n\n(a) a seat; or\n\n(b) turf.\n\n(2) Nobody may camp.\n\n\
             3. No fires.\n\n4. No noise.\n"
        );
        let text = text.replace("\u{2014} ", "\u{2014}").replace("  ", " ");
        // Markdown has lists of its own, so that this is a text.
        let made = imported(PaperFormat::Text, text.as_bytes());
        assert_eq!(
            clauses_of(&made),
            "1 No dogs.\n2 (1) Nobody may take away: / (a) a seat; or / (b) turf. / (2) Nobody may camp.\n\
             2-1 (1) Nobody may take away: / (a) a seat; or / (b) turf.\n2-1-a (a) a seat; or\n2-1-b (b) turf.\n2-2 (2) Nobody may camp.\n\
             3 No fires.\n4 No noise.",
            "{}",
            made.text
        );
    }
}

#[test]
fn a_text_that_import_wrote_is_read_as_it_was() {
    let text = "+++\ntitle = \"Byelaws\"\nnumbering = \"simple\"\n+++\n\n1. No dogs.\n\n2.\n\n- (1) No fires.\n- (2) No tents:\n  - (a) by day; or\n  \
                - (b) by night.\n\n3. The end.\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert_eq!(made.text, text, "{}", made.report.for_people());
}

#[test]
fn sections_on_the_lines_of_one_paragraph_are_clauses() {
    let text = b"# Constitution\n\n## Article I\n\n**Section 1.** Anyone may join.\n**Section 2.** A member pays.\n\n## Article II\n\n\
                 **Section 1.** There is a chair.\n**Section 2.** A quorum is three:\n\n1. of ten; or\n2. of twelve.\n";
    let made = imported(PaperFormat::Markdown, text);
    assert_eq!(
        clauses_of(&made),
        "article-i.1 Anyone may join.\narticle-i.2 A member pays.\narticle-ii.1 There is a chair.\narticle-ii.2 A quorum is three: / 1. of ten; or / 2. of twelve.",
        "{}",
        made.text
    );
}
