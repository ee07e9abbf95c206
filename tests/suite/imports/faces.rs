//! Notes at the feet of printed pages, and headings, told by their type, a rule, or their figures.

use clausebook::import::{PaperFormat, with_type};

use super::{clauses_of, imported};

/// Lines of a page as `pdftotext` prints their boxes: the distance from the top and the height of each, and its words, of
/// which those behind `^` are raised.
fn boxes(pages: &[&[(u32, u32, &str)]]) -> String {
    let mut out = String::new();
    for page in pages {
        out.push_str("<page width=\"595\" height=\"842\">\n");
        for (top, height, words) in *page {
            for (left, word) in (72..).zip(words.replace('^', " ^").split_whitespace()) {
                let (letters, height) =
                    word.strip_prefix('^').map_or((word, *height), |raised| (raised, height * 58 / 100));
                let letters = letters.replace('&', "&amp;").replace('<', "&lt;");
                let bottom = top + height;
                out.push_str(&format!(
                    "    <word xMin=\"{left}.0\" yMin=\"{top}.0\" xMax=\"{left}.5\" yMax=\"{bottom}.0\">{letters}</word>\n"
                ));
            }
        }
        out.push_str("</page>\n");
    }
    out
}

const LAYOUT: &str = "\
Hall rules
1. Letting
    1.1 The hall is let under the Charities Act 20111 by the trustees to any group
        that asks for it & pays, and the fee is £122 for each hour, as paragraph 1.13
        says, or £40.50 < 50 for an evening that the

 Note of the trustees: it was amended by the Act of 2022, which came into force in
1

stages over the years.
2
    Paid on the day and
by no other day than
2 May.
3 See the
\u{c}        trustees have named.
    1.2 Keys are returned, and the area is 5 m2 wide.

poster.
";

const BOXES: [&[(u32, u32, &str)]; 2] = [
    &[
        (40, 24, "Hall rules"),
        (80, 18, "1. Letting"),
        (110, 14, "1.1 The hall is let under the Charities Act 2011^1 by the trustees to any group"),
        (125, 14, "that asks for it & pays, and the fee is £12^2 for each hour, as paragraph 1.1^3"),
        (140, 14, "says, or £40.50 < 50 for an evening that the"),
        (700, 11, "^1 Note of the trustees: it was amended by the Act of 2022, which came into force in"),
        (712, 11, "stages over the years."),
        (724, 11, "^2 Paid on the day and"),
        (736, 11, "by no other day than"),
        (748, 11, "2 May."),
        (760, 11, "^3 See the"),
    ],
    &[
        (40, 14, "trustees have named."),
        (55, 14, "1.2 Keys are returned, and the area is 5 m^2 wide."),
        (760, 11, "poster."),
    ],
];

#[test]
fn the_type_of_a_page_tells_its_notes_marks_and_headings() {
    let text = with_type(LAYOUT, &boxes(&BOXES));
    let made = imported(PaperFormat::Layout, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 The hall is let under the Charities Act 2011 by the trustees to any group that asks for it & pays, and the fee is \
         £12 for each hour, as paragraph 1.1 says, or £40.50 < 50 for an evening that the trustees have named.\n\
         1.2 Keys are returned, and the area is 5 m² wide."
    );
    for part in [
        "title = \"Hall rules\"",
        "\n## 1. Letting\n",
        "Act 2011[^1] by",
        "£12[^2] for",
        "1.1]][^3] says",
        "5 m² wide",
        "[^1]: Note of the trustees: it was amended by the Act of 2022, which came into force in stages over the years.\n",
        "[^2]: Paid on the day and by no other day than 2 May.\n",
        "[^3]: See the poster.\n",
    ] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
    assert!(!made.text.contains(['\u{1e}', '\u{1f}']), "{}", made.text);
}

#[test]
fn boxes_that_are_of_another_text_change_nothing() {
    let other = boxes(&[&[(10, 12, "Quite another paper, of which no line is here.")]]);
    for boxes in ["", "<word", "<page >\n<word xMin=\"1\" yMin=\"NaN\" xMax=\"\" yMax=\"9e99\">x</word>", &other] {
        assert_eq!(with_type(LAYOUT, boxes), LAYOUT, "{boxes}");
    }
}

#[test]
fn of_two_lines_with_the_figure_of_a_note_the_one_behind_a_whole_sentence_begins_it() {
    let paper = "Hall rules\n\n1.1 The hall is let by the trustees to any group that asks and the clerk1 keeps\na diary of the groups \
                 which have asked for it, and the keys2 of it, and they have\n\n1 Mrs Smith of the High Street, who has kept the diary \
                 since the summer of the\n1998 season, and before.\n2 They were cut in the town on\n2 May 1998 and are brass, all of \
                 them, and one is\nlost.\n\u{c}been let in by the trustees.\n\n1.2 The fee is paid3 by the group on the day.\n\n3 In \
                 cash.\n";
    let ruled = paper.replace("have\n\n1", "have\n__________\n1").replace("day.\n\n3", "day.\n__________\n3");
    for format in [PaperFormat::Layout, PaperFormat::Text] {
        for paper in [paper, &ruled] {
            let made = imported(format, paper.as_bytes()).text;
            for part in [
                "and they have been let in by the trustees.\n",
                "[^1]: Mrs Smith of the High Street, who has kept the diary since the summer of the 1998 season, and before.\n",
                "[^2]: They were cut in the town on 2 May 1998 and are brass, all of them, and one is lost.\n",
                "[^3]: In cash.\n",
            ] {
                assert!(made.contains(part), "{part}\n{made}");
            }
        }
    }
}

#[test]
fn a_note_below_a_rule_goes_on_below_the_rule_of_the_next_page() {
    let paper = "Hall rules\n\n1.1 The hall is let by the trustees to any group that asks and the clerk1 keeps\na diary of the groups \
                 which have asked for it, and the keys2 of it, and they have\n__________\n1 Mrs Smith of the High Street, who has kept \
                 the diary since the summer of the\n  1998 season, and before, and who is\n\u{c}been let in by the trustees.\n\n1.2 The \
                 fee is paid3 by the group on the day.\n__________\n  also the chair of it.\n2 They are brass.\n3 In cash.\n";
    let made = imported(PaperFormat::Layout, paper.as_bytes());
    assert!(made.text.contains("1998 season, and before, and who is also the chair of it.\n"), "{}", made.text);
    assert!(clauses_of(&made).ends_with("1.2 The fee is paid by the group on the day."), "{}", made.text);
}
