//! Paragraphs of Word, of pages and of Markdown stay as they were written: no page tears them.

use clausebook::import::PaperFormat;

use super::docx::Docx;
use super::{abouts, clauses_of, imported};

/// Checks that words which stand flush after two items are no part of the second.
fn check(format: PaperFormat, bytes: &[u8]) {
    let made = imported(format, bytes);
    assert!(
        made.text.contains("- (b) leaves the gate open,\n\nmust pay for the damage.\n"),
        "{format:?}\n{}\n{}",
        made.text,
        made.report.for_people()
    );
    assert_eq!(
        clauses_of(&made),
        "1.1 Whoever: / (a) breaks a window; or / (b) leaves the gate open, / must pay for the damage.\n\
         1.1-a (a) breaks a window; or\n1.1-b (b) leaves the gate open,\n1.2 The end.",
        "{format:?}"
    );
    assert!(!abouts(&made).contains(&"joined".to_owned()), "{format:?}\n{}", made.report.for_people());
}

#[test]
fn words_that_stand_flush_after_items_are_no_part_of_the_last() {
    let parts = ["1.1 Whoever:", "(a) breaks a window; or", "(b) leaves the gate open,", "must pay for the damage."];
    let word = parts.iter().fold(Docx::new().headings().title("Rules"), |docx, part| docx.p(part));
    check(PaperFormat::Docx, &word.p("1.2 The end.").bytes());
    let paragraphs: String = parts.iter().map(|part| format!("<p>{part}</p>")).collect();
    check(PaperFormat::Html, format!("<main><h1>Rules</h1>{paragraphs}<p>1.2 The end.</p></main>").as_bytes());
    check(
        PaperFormat::Html,
        b"<main><h1>Rules</h1><p>1.1 Whoever:</p><ol type=\"a\"><li>breaks a window; or</li><li>leaves the gate open,</li></ol>\
          <p>must pay for the damage.</p><p>1.2 The end.</p></main>",
    );
    check(PaperFormat::Markdown, format!("# Rules\n\n{}\n\n1.2 The end.\n", parts.join("\n\n")).as_bytes());
    check(
        PaperFormat::Markdown,
        b"# Rules\n\n1.1 Whoever:\n\n- (a) breaks a window; or\n- (b) leaves the gate open,\n\nmust pay for the damage.\n\n1.2 The end.\n",
    );
}

#[test]
fn words_after_a_table_or_a_rule_stay_behind_it() {
    let made = imported(
        PaperFormat::Html,
        b"<main><h1>Rules</h1><p>1.1 First.</p><p>1.2 Next, and</p><table><tr><th>Hall</th><th>Fee</th></tr>\
          <tr><td>Big</td><td>Ten</td></tr></table><p>then more.</p></main>",
    );
    assert!(
        made.text.contains("1.2 Next, and\n\n| Hall | Fee |\n| --- | --- |\n| Big | Ten |\n\nthen more.\n"),
        "{}",
        made.text
    );
    let made = imported(PaperFormat::Markdown, b"# Rules\n\n1.1 First.\n\n1.2 Next, and\n\n---\n\nthen more.\n");
    assert!(made.text.contains("1.2 Next, and\n\nthen more.\n"), "{}", made.text);
}
