//! Rarer things in the papers of strangers: several marks side by side, comments, counting down, formulas, and a report that
//! cannot be written.

use std::fs;
use std::process::Command;

use clausebook::import::PaperFormat;
use tempfile::TempDir;

use super::docx::{Docx, pp, r};
use super::{abouts, clauses_of, imported};

fn says(made: &clausebook::import::Imported) -> String {
    made.report.remarks.iter().map(|remark| format!("{}: {}\n", remark.says, remark.words)).collect()
}

#[test]
fn marks_side_by_side_and_in_brackets_are_marks() {
    let text = "Rules of the pond\n\n1.1 Keys are kept by the warden.\u{b9} They are brass.\u{b2} \u{b3}\n\n1.2 The fee \u{2074} is paid.\n\n\
                \u{b9} Mrs Smith.\n\u{b2} Some are steel.\n\u{b3} Bought in 2019.\n\u{2074} In cash.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert!(
        made.text.contains("They are brass.[^2][^3]\n") && made.text.contains("The fee[^4] is paid."),
        "{}",
        made.text
    );
    assert_eq!(made.report.notes, 4);
    let page = "<h1>Byelaws</h1><p>1.1 First<sup>[1]</sup> byelaw<sup>2, 3</sup> is here.</p><p>1.2 Second, of 5 m<sup>2</sup>.</p><hr>\
                <p>[1] Note one.</p><p><sup>2</sup> Note two.</p><p><sup>[3]</sup> Note three.</p>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("First[^1] byelaw[^2][^3] is here."), "{}", made.text);
    assert!(made.text.contains("[^1]: Note one.\n") && made.text.contains("[^3]: Note three."), "{}", made.text);
    assert!(made.text.contains("5 m²."), "{}", made.text);
}

#[test]
fn notes_on_one_line_are_parted() {
    let text = "Rules of the pond\n\n1.1 Keys are kept by the warden[1] and the clerk.[2]\n\n1.2 The fee is \u{a3}5 [3] paid on [date].\n\n\
                [1] Mrs Smith, see [9]. [2] Mr Jones.\n[3] Raised from \u{a3}4.\n";
    let made = imported(PaperFormat::Text, text.as_bytes()).text;
    for part in
        ["warden[^1] and the clerk.[^2]\n", "[^1]: Mrs Smith, see \\[9\\].\n", "[^2]: Mr Jones.\n", "[^3]: Raised"]
    {
        assert!(made.contains(part), "{part}\n{made}");
    }
}

#[test]
fn a_rule_of_one_sentence_with_a_mark_at_its_end_is_no_heading() {
    let text = "Rules of the pond\n\n1.1 Keys are kept by the warden, who lives at the gate.\u{b9}\n\n1.2 The fee is paid on Mondays to the \
                clerk.\u{b2}\n\n1 Mrs Smith.\n2 Raised from \u{a3}4.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(made.report.clauses, 2, "{}", made.text);
    assert!(!made.text.contains("## 1"), "{}", made.text);
}

#[test]
fn words_further_out_than_an_item_that_is_not_full_are_of_its_clause() {
    let text = "Rules of the river\n\n1.1 No person shall moor a boat:\n    (a) within 10 m of a weir; or\n    (b) at a place marked so\n\
                unless the Trust has agreed in writing.\n\n1.2 Last rule.\n";
    let made = imported(PaperFormat::Text, text.as_bytes()).text;
    assert!(made.contains("- (b) at a place marked so\n\nunless the Trust has agreed in writing.\n"), "{made}");
}

#[test]
fn comments_of_markdown_are_left_out_and_reported() {
    let text = "# T\n\n<!-- one draft -->\n\n1.1 One <!-- two --> two.\n\n1.2 A <!-- an open one\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert!(made.text.contains("1.1 One two.\n"), "{}", made.text);
    assert!(!made.text.contains("draft"), "{}", made.text);
    let said = says(&made);
    assert!(said.contains("a comment is left out: one draft") && said.contains("a comment is left out: two"), "{said}");
    let left_out: u32 = made.report.remarks.iter().map(|remark| remark.left_out).sum();
    assert_eq!(left_out, 3);
}

#[test]
fn a_list_that_counts_down_keeps_its_figures_and_a_changed_sign_is_said() {
    let page = "<h1>Rules</h1><p>Words before the list, which are long enough to be a paragraph of their own.</p><ol reversed><li>Three \
                is first.</li><li>Two is next.</li><li>One is last.</li></ol><ol reversed start=\"9\"><li>Nine.</li></ol>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    for part in ["3. Three is first.\n", "2) Two is next.\n", "9) Nine."] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
    assert!(says(&made).contains("2. became 2)"), "{}", says(&made));
}

#[test]
fn formulas_and_signs_of_symbol_fonts_are_said() {
    let body = pp("", &r("1.1 The area is "))
        + "<w:p><w:r><w:t>1.2 It is </w:t></w:r><m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\">\
           <m:r><m:t>a+b</m:t></m:r></m:oMath><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r></w:p>"
        + &pp("", &r("1.3 The end."));
    let made = imported(PaperFormat::Docx, &Docx::new().raw(&body).bytes());
    assert!(clauses_of(&made).contains("1.2 It is a+b\u{2713}"), "{}", made.text);
    let said = says(&made);
    assert!(said.contains("a formula is its letters in a row") && said.contains("\u{201c}\u{2713}\u{201d}"), "{said}");
    assert!(abouts(&made).contains(&"left".to_owned()));
}

#[test]
fn a_schedule_whose_numbers_are_a_list_is_said() {
    let text = "# Rules\n\n## 1 Gates\n\n1.1 One rule is here.\n\n1.2 Another rule is here.\n\n## Schedule 1\n\n1. First thing.\n\n2. Second \
                thing.\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert!(says(&made).contains("the 2 numbers under this heading are a list"), "{}", says(&made));
    let before =
        imported(PaperFormat::Markdown, text.replace("1. First", "1.1 First").replace("2. Sec", "1.2 Sec").as_bytes());
    assert!(!says(&before).contains("are a list"), "{}", says(&before));
}

#[test]
fn a_reference_to_a_heading_becomes_a_mention_of_it() {
    let page = "<h1>Rules</h1><h2 id=\"two\">2. Getting a plot</h2><p>2.1 A plot is let, as <a href=\"#two\">section 2</a> says.</p>\
                <p>2.2 It is dug by its member, who may ask others to help with it.</p>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(made.text.contains("## 2. Getting a plot {#head-getting-a-plot}\n"), "{}", made.text);
    assert!(made.text.contains("as [[#head-getting-a-plot|section 2]] says"), "{}", made.text);
    assert!(clauses_of(&made).contains("as section 2 says"), "{}", made.text);
}

#[test]
fn a_report_that_cannot_be_written_leaves_no_text_behind() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), "Rules\n\n1.1 One.\n\n1.2 Two.\n").unwrap();
    fs::write(folder.path().join("report.json"), "mine").unwrap();
    let import = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(["import", "a.txt", "--to", "out"]).args(arguments).current_dir(folder.path()).output().unwrap()
    };
    let output = import(&["--report", "report.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("report.json` exists already"), "{output:?}");
    assert!(!folder.path().join("out/a.md").exists());
    assert_eq!(fs::read_to_string(folder.path().join("report.json")).unwrap(), "mine");
    assert!(import(&["--report", "new/report.json"]).status.success());
    let report = fs::read_to_string(folder.path().join("new/report.json")).unwrap();
    assert!(report.contains("\"left_out\": 0") && folder.path().join("out/a.md").exists(), "{report}");
}
