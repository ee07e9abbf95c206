//! Marks of notes: which raised figures are some, and where the bodies are.

use clausebook::import::PaperFormat;

use super::docx::{Docx, pp, r, rp};
use super::printed::printed;
use super::programs::{document, is_there, p};
use super::{abouts, clauses_of, imported, missing};

#[test]
fn the_power_of_a_unit_is_no_mark() {
    for unit in ["20 m", "4 km", "9 cm", "12 ft", "£4 per m", "7 mm", "a (sq) m", "3 metres", "5 kg/m", "6 in"] {
        for power in ["²", "<sup>2</sup>"] {
            let text = format!(
                "1.1 A plot{power} is {unit}{power} wide.<sup>1</sup>\n\n1.2 Keys are kept.{power}\n\n<sup>1</sup> One.\n\n{power} Two.\n"
            );
            let text = text.replacen(&format!("plot{power}"), "plot", 1);
            let made = imported(PaperFormat::Text, text.as_bytes());
            assert!(made.text.contains(&format!("{unit}² wide.[^1]")), "{}", made.text);
            assert!(made.text.contains("Keys are kept.[^2]"), "{}", made.text);
        }
    }
    let made = imported(
        PaperFormat::Text,
        "1.1 It is 3 × 10³ or 10² litres for £5m².\n\n1.2 End.¹\n\n¹ One.\n\n² Two.\n\n³ Three.\n".as_bytes(),
    );
    assert!(made.text.contains("3 × 10³ or 10² litres for £5m[^2]."), "{}", made.text);
    // As a printed page has it.
    let page = "1.1 A plot is 20 km2 wide, or 9 cm3, or 4 m².1\n\n1.2 Keys2 are kept by the clerk.3\n\n1   One.\n2   Two.\n3   Three.\n\u{c}";
    let made = imported(PaperFormat::Layout, page.as_bytes());
    assert!(
        made.text.contains("20 km2 wide, or 9 cm3, or 4 m².[^1]") && made.text.contains("Keys[^2] are"),
        "{}",
        made.text
    );
}

#[test]
fn where_notes_are_real_no_other_figure_is_a_mark() {
    let page = "<main><h1>Rules</h1><p>1.1 Rent is £4 per m<sup>2</sup> and R<sup>1</sup> is a rate.<sup><a href=\"#fn1\" id=\"r1\">1</a></sup></p>\
                <p>1.2 Water is free.<sup><a href=\"#fn2\" id=\"r2\">2</a></sup></p><h2>Notes</h2><ol><li id=\"fn1\">Or so. <a href=\"#r1\">↩</a></li>\
                <li id=\"fn2\">If it runs. <a href=\"#r2\">↩</a></li></ol></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(
        made.text.contains("£4 per m² and R¹ is a rate[^1]") || made.text.contains("£4 per m² and R¹ is a rate.[^1]"),
        "{}",
        made.text
    );
    let text = "1.1 Area is 5 m<sup>2</sup> at R<sup>1</sup>.[^1] Also.[^2]\n\n1.2 Two.\n\n[^1]: One.\n[^2]: Two.\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert!(made.text.contains("Area is 5 m² at R¹.[^1] Also.[^2]"), "{}", made.text);
    // A page whose marks are no links has them by their figures.
    let page = "<main><h1>Rules</h1><p>1.1 A plot of 5 m<sup>2</sup> is let.<sup>1</sup></p><p>1.2 Keys.<sup>2</sup></p><h2>Notes</h2>\
                <ol><li>For a year.</li><li>Two of them.</li></ol></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("of 5 m² is let.[^1]") && made.text.contains("Keys.[^2]"), "{}", made.text);
    let (raised, mark) = (rp("<w:vertAlign w:val=\"superscript\"/>", "2"), |id: u32| {
        format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")
    });
    let docx = Docx::new().footnote(2, "One.").footnote(3, "Two.");
    let docx = docx.raw(&pp("", &format!("{}{raised}{}{}", r("1.1 A plot is 20 m"), r(" wide."), mark(2))));
    let docx = docx.raw(&pp("", &format!("{}{}", r("1.2 Keys are kept."), mark(3))));
    let made = imported(PaperFormat::Docx, &docx.bytes());
    assert!(made.text.contains("20 m² wide.[^1]") && made.text.contains("kept.[^2]"), "{}", made.text);
}

#[test]
fn notes_on_a_line_each_are_all_read() {
    for (one, two, three) in [("[1]", "[2]", "[3]"), ("¹", "²", "³"), ("<sup>1</sup>", "<sup>2</sup>", "<sup>3</sup>")]
    {
        let text = format!(
            "Rules\n\n1.1 One rule.{one}\n\n1.2 Two rules,{two} and a third.{three}\n\n{one} The first note\nruns on.\n{two} The second note.\n{three} The third.\n"
        );
        let made = imported(PaperFormat::Text, text.as_bytes());
        for part in [
            "One rule.[^1]",
            "Two rules,[^2] and a third.[^3]",
            "[^1]: The first note runs on.\n",
            "[^2]: The second note.\n",
            "[^3]: The third.\n",
        ] {
            assert!(made.text.contains(part), "{part}\n{}\n{}", made.text, made.report.for_people());
        }
        assert_eq!((clauses_of(&made).lines().count(), made.report.notes), (2, 3));
    }
}

#[test]
fn a_mark_in_a_table_of_a_printed_page_is_one() {
    let page = "1.1 The roles1 are these:\n\nRole             Limit      Who signs\nTreasurer2       £500       Chair\nTwo trustees     £900       Both\n\n\
                1   By the deed.\n2   Chosen in May.\n\u{c}1.2 The end.\n";
    let made = imported(PaperFormat::Layout, page.as_bytes());
    assert!(
        made.text.contains("| Treasurer[^2] | £500 | Chair |") && made.text.contains("[^2]: Chosen in May."),
        "{}",
        made.text
    );
}

#[test]
fn a_note_that_goes_on_at_the_foot_of_the_next_page_is_whole() {
    let page = "1.1 The hall1 is open to all who ask for it.\n\n1   The hall is the old one that was built by\n    the first trustees in the year of the\n\u{c}\
                1.2 The field2 is open to all.\n\n    great storm and was then rebuilt.\n\n2   The field is behind it.\n\u{c}1.3 The end of it.\n";
    let made = imported(PaperFormat::Layout, page.as_bytes());
    for part in [
        "[^1]: The hall is the old one that was built by the first trustees in the year of the great storm and was then rebuilt.\n",
        "1.2 The field[^2] is open to all.\n\n1.3",
    ] {
        assert!(made.text.contains(part), "{part}\n{}\n{}", made.text, made.report.for_people());
    }
    // Words of the page that its edge has torn are none of a note.
    let page = "1.1 The hall1 is open to all who ask.\n\n1   It is old\n\u{c}1.2 The field is open to all who live in the town and to\n\u{c}those who do not, said the clerk.\n";
    let made = imported(PaperFormat::Layout, page.as_bytes());
    assert!(
        made.text.contains("[^1]: It is old\n") && made.text.contains("town and to those who do not"),
        "{}",
        made.text
    );
}

#[test]
fn long_notes_of_a_pdf_that_run_over_pages_are_whole() {
    if !is_there("soffice", "--version") || !is_there("pdftotext", "-v") {
        return;
    }
    let sentence =
        |n: usize| format!("The keeper of room {n} writes down who came in, who went out, and when that was.");
    let long: Vec<String> = (0..40).map(|n| format!("whoever keeps room {n} tells the next keeper of it")).collect();
    let note = format!("As was said, {}.", long.join(", and "));
    let mut body = String::new();
    for clause in 1..=9 {
        let words: Vec<String> = (0..6).map(|n| sentence(clause * 10 + n)).collect();
        let mark = if clause == 7 {
            format!(
                "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>",
                p(&note)
            )
        } else {
            String::new()
        };
        body.push_str(&p(&format!("1.{clause} {}{mark}", words.join(" "))));
    }
    let printed = printed(&document("", &body));
    let made = imported(PaperFormat::Layout, printed.as_bytes());
    assert_eq!((made.report.clauses, made.report.notes), (9, 1), "{printed}\n{}", made.text);
    assert!(made.text.contains(&format!("[^1]: {note}\n")), "{}\n{printed}", made.text);
    assert!(missing(&note, &made.text).is_empty() && !abouts(&made).is_empty());
}
