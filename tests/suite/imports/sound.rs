//! Items of lists, words that are struck out and letters in any encoding stay what they are.

use clausebook::import::{Imported, PaperFormat};

use super::{clauses_of, imported};

fn text(paper: &str) -> String {
    imported(PaperFormat::Text, paper.as_bytes()).text
}

fn says(made: &Imported) -> String {
    made.report.remarks.iter().map(|remark| format!("{}\n", remark.says)).collect()
}

#[test]
fn the_last_item_of_a_list_between_two_clauses_is_no_heading() {
    let list = "1. a chair\n\n2. a secretary\n\n3. a treasurer";
    let paper =
        format!("Rules of the club\n\n1 Name\n\n1.1 One.\n\n2 Meetings\n\n2.1 There is:\n\n{list}\n\n2.2 Votes.\n");
    let made = text(&paper);
    assert!(made.contains("3. a treasurer") && !made.contains("# 3. a treasurer"), "{made}");
    assert!(made.contains("## 2 Meetings"), "{made}");
    // Of two numbers alone, the one whose clauses follow is a heading, even if it has no words below the other.
    let made = text("Rules of the club\n\n1. Aims\n\n2. Members\n\n2.1 One.\n\n2.2 Two.\n\n3. Money\n\n3.1 Three.\n");
    assert!(made.contains("# 2. Members") && made.contains("# 3. Money"), "{made}");
}

#[test]
fn items_of_a_page_and_of_markdown_are_no_headings() {
    let page = "<h1>T</h1><h2>1 Name</h2><p>1.1 One.</p><h2>2 Meetings</h2><p>2.1 There is:</p>\
                <ol><li>a chair</li><li>a secretary</li><li>a treasurer</li></ol><p>2.2 Votes.</p>";
    let markdown = "# T\n\n## 1 Name\n\n1.1 One.\n\n## 2 Meetings\n\n2.1 There is:\n\n1. a chair\n2. a secretary\n3. a treasurer\n\n2.2 Votes.\n";
    for (format, paper) in [(PaperFormat::Html, page), (PaperFormat::Markdown, markdown)] {
        let made = imported(format, paper.as_bytes()).text;
        assert!(made.contains("\n## 2 Meetings") && !made.contains("# 3."), "{made}");
    }
}

#[test]
fn what_is_struck_or_bold_stays_so_beside_signs() {
    for (paper, expected) in [
        ("<p>1.1 Pay <s>£50</s> £65.</p>", "Pay ~~£50~~ £65."),
        ("<p>1.1 Pay <del>20%</del> or <b>£5</b>, not <i>€6</i>.</p>", "Pay ~~20%~~ or **£5**, not *€6*."),
        ("<p>1.1 re<s>start</s>ed and a<b>b</b>c.</p>", "re~~start~~ed and a**b**c."),
        ("<p>1.1 (<s>£50</s>) and “<b>$5</b>”.</p>", "(~~£50~~) and “**$5**”."),
    ] {
        let made = imported(PaperFormat::Html, paper.as_bytes()).text;
        assert!(made.contains(expected), "{paper}: {made}");
    }
}

#[test]
fn one_bad_byte_does_not_change_the_encoding_and_a_guess_is_said() {
    let made =
        imported(PaperFormat::Text, b"1.1 Caf\xc3\xa9 \xc2\xa35 \xe2\x80\x93 ok.\n\n1.2 Bad \xff byte.\n\n1.3 End.\n");
    assert!(made.text.contains("Café £5 – ok.") && made.text.contains("Bad \u{fffd} byte."), "{}", made.text);
    assert!(says(&made).contains("no letters of UTF-8"), "{}", says(&made));
    let made = imported(PaperFormat::Text, b"1.1 Caf\xe9 \xa35 ok.\n\n1.2 Two.\n\n1.3 End.\n");
    assert!(made.text.contains("Café £5 ok."), "{}", made.text);
    assert!(says(&made).contains("read as Windows-1252"), "{}", says(&made));
}

#[test]
fn a_schedule_right_below_a_full_line_is_a_heading() {
    let rule = "A list of the things that are kept in the shed behind the hall, by name.";
    let paper = format!(
        "Rules of the site\n\n1. {rule}\n\n2. {rule}\nSchedule 1\n\n1. {rule}\n\n2. {rule}\nSCHEDULE 2\n\n1. {rule}\n\n2. {rule}\n"
    );
    let made = text(&paper);
    assert!(made.contains("# Schedule 1\n") && made.contains("# SCHEDULE 2\n"), "{made}");
    // A sentence goes on, whatever it begins with.
    let made = text(
        "1.1 The fees and the days of each are in the lists that stand behind it. See\nSchedule 1 of the Act.\n\n1.2 Two.\n\n1.3 Three.\n",
    );
    assert!(made.contains("See Schedule 1 of the Act."), "{made}");
}

#[test]
fn a_date_at_the_start_of_a_line_is_no_clause() {
    let page = "<p>1 One rule.</p><p>2 Two rule. The next meeting is on</p><p>3 May 2025</p><p>3 Three rule.</p><p>4 Four rule.</p>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(clauses_of(&made).contains("3 Three rule.") && made.text.contains("3 May 2025"), "{}", made.text);
}

#[test]
fn a_note_at_the_foot_of_a_page_whose_mark_is_not_found_is_a_doubt() {
    let page = "Rules of the hall\n\n1.1 The treasurer1 takes the fee of £122 a year.\n\n1.2 The fee of a day is less.\n\n\
                1 A member of the committee.\n\n2 Paid on the day.\n\u{c}1.3 Nobody else takes it.\n";
    let made = imported(PaperFormat::Layout, page.replace("£122", "122 pounds").as_bytes());
    assert!(made.text.contains("treasurer[^1]"), "{}", made.text);
    assert!(says(&made).contains("looks like note 2"), "{}", says(&made));
    // Where one price alone can have the mark, it has it, and a person is asked to look.
    let made = imported(PaperFormat::Layout, page.as_bytes());
    assert!(made.text.contains("fee of £12[^2] a year") && made.text.contains("[^2]: Paid"), "{}", made.text);
    assert!(says(&made).contains("the 2 behind a price is taken for the mark"), "{}", says(&made));
    let two = page.replace("of a day is less", "of a day is £32");
    let made = imported(PaperFormat::Layout, two.as_bytes());
    assert!(made.text.contains("£122 a year") && made.text.contains("is £32."), "{}", made.text);
    assert!(says(&made).contains("looks like note 2"), "{}", says(&made));
}
