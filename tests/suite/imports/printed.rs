//! Printed pages, as `pdftotext` lays them out: notes at their feet, heads and feet that are furniture, columns.

use std::fs;
use std::process::Command;

use clausebook::import::PaperFormat;
use tempfile::TempDir;

use super::programs::{document, is_there, p};
use super::{abouts, clauses_of, imported, missing};

#[test]
fn a_mark_behind_a_short_word_or_a_missing_one_hides_no_other() {
    let pages = "1.1 A hall is1 open to all, and the2 keeper of it has the key of the door.\n\n1.2 In 20083 a hedge was set, see No.5 there, for \
                 a field.5\n1 With a roof.\n2 With a key,\n  and with a lamp.\n3 Ibid, page 5\n4 Nobody marks this.\n5 Ibid, page 5\n\u{c}\
                 1.3 The end of6 the paper is here.\n6 Ibid, page 5\n\u{c}1.4 Nothing more.\n";
    let made = imported(PaperFormat::Layout, pages.as_bytes());
    for part in [
        "A hall is[^1] open to all, and the[^2] keeper",
        "In 2008[^3] a hedge was set, see No.5 there, for a field.[^5]",
        "The end of[^6] the paper",
        "[^2]: With a key, and with a lamp.\n",
        "[^3]: Ibid, page 5\n",
        "[^6]: Ibid, page 5\n",
    ] {
        assert!(made.text.contains(part), "{part}\n{}\n{}", made.text, made.report.for_people());
    }
    assert_eq!(made.report.notes, 5);
    assert!(made.text.contains("Nobody marks this."), "what no mark leads to stays words: {}", made.text);
}

#[test]
fn only_what_repeats_with_its_page_is_furniture() {
    let page = |n: u32, words: &str, foot: &str| format!("The Council | {n}\n\n{words}\n\n{foot}\n{n}\n\u{c}");
    let text = page(7, "1.1 First of all it is said what a hall is.", "See the map of the hall.")
        + &page(8, "1.2 Then it is said who keeps it.", "The list has 40 names.")
        + &page(9, "1.3 Then it is said who pays for it.", "The list has 42 names.")
        + &page(10, "1.4 Then it is said who cleans it.", "The list has 47 names.");
    let made = imported(PaperFormat::Layout, text.as_bytes());
    assert!(missing("See the map of the hall. The list has 40 names 42 47", &made.text).is_empty(), "{}", made.text);
    let left: Vec<&str> = made.report.remarks.iter().filter(|r| r.left_out > 0).map(|r| r.words.as_str()).collect();
    assert_eq!(
        left,
        ["The Council | 7", "7", "The Council | 8", "8", "The Council | 9", "9", "The Council | 10", "10"]
    );
}

#[test]
fn a_page_in_two_columns_is_read_one_after_the_other() {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for n in 1..=5 {
        left.push(format!("{n}. The keeper of the hall opens it"));
        left.push(format!("on day {n} for all who have asked."));
        right.push(format!("{}. Whoever has asked to come in", n + 5));
        right.push(format!("has to pay before day {} ends.", n + 5));
    }
    let mut text = "              Rules of the hall and of the field behind it, for all\n\n".to_owned();
    for (left, right) in left.iter().zip(&right) {
        text.push_str(&format!("{left:<40}   {right}\n"));
    }
    let made = imported(PaperFormat::Layout, format!("{text}\u{c}").as_bytes());
    let clauses = clauses_of(&made);
    assert_eq!(clauses.lines().count(), 10, "{}", made.text);
    assert!(
        clauses.contains("5 The keeper of the hall opens it on day 5 for all who have asked.\n6 Whoever has"),
        "{clauses}"
    );
    assert!(made.report.for_people().contains("two columns"));
    // Short cells are those of a table.
    let rows: String = (1..=9).map(|n| format!("Room {n}                    {n}0 pounds\n")).collect();
    let made = imported(PaperFormat::Layout, format!("1.1 First.\n\n1.2 Fees:\n\n{rows}\n\u{c}1.3 Last.\n").as_bytes());
    assert!(!made.report.for_people().contains("two columns"), "{}", made.report.for_people());
}

#[test]
fn words_flush_below_items_of_a_text_are_no_part_of_the_last() {
    let expected = "1.1 Whoever: / (a) breaks a window or a door of the hall with a ball or with a stone; or / (b) leaves the gate open, / \
                    must pay for the damage.\n1.1-a (a) breaks a window or a door of the hall with a ball or with a stone; or\n\
                    1.1-b (b) leaves the gate open,\n\
                    1.2 The hall is let by the hour to whoever asks for it in writing before the day of the letting.\n1.3 The end.";
    let rest = "1.2 The hall is let by the hour to whoever asks\nfor it in writing before the day of the letting.\n\n1.3 The end.\n";
    for (format, items) in [
        (
            PaperFormat::Text,
            "1.1 Whoever:\n(a) breaks a window or a door of the hall\nwith a ball or with a stone; or\n(b) leaves the gate open,\n\
             must pay for the damage.\n\n",
        ),
        (
            PaperFormat::Text,
            "1.1 Whoever:\n\n(a) breaks a window or a door of the hall\nwith a ball or with a stone; or\n\n(b) leaves the gate open,\n\n\
             must pay for the damage.\n\n",
        ),
        (
            PaperFormat::Layout,
            "1.1 Whoever:\n    (a)  breaks a window or a door of the hall\n         with a ball or with a stone; or\n\
             \x20   (b)  leaves the gate open,\nmust pay for the damage.\n\n",
        ),
    ] {
        let made = imported(format, format!("{items}{rest}").as_bytes());
        assert_eq!(clauses_of(&made), expected, "{format:?}\n{}\n{}", made.text, made.report.for_people());
    }
    // What an item goes on with stays its own.
    let text = "1.1 A hirer:\n(a) sweeps the floor of the hall and of the room\nbehind it, and\n(b) pays.\n\n1.2 The hall is let by the hour to all.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert!(made.text.contains("- (a) sweeps the floor of the hall and of the room behind it, and\n"), "{}", made.text);
}

#[test]
fn a_clause_without_a_stop_is_no_heading() {
    let text = "Rules\n\n1. Members\n\n1.1 Members pay a fee by the first of May\n\n1.2 The chair may let a member off.\n\n\
                1.3 Nobody pays twice\n\n2. Meetings\n\n2.1 A meeting is open to all.\n\n2.2 Five members are a quorum\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 Members pay a fee by the first of May\n1.2 The chair may let a member off.\n1.3 Nobody pays twice\n\
         2.1 A meeting is open to all.\n2.2 Five members are a quorum"
    );
    assert!(made.text.contains("## 1. Members\n") && made.text.contains("## 2. Meetings\n"), "{}", made.text);
    // Neither is one without a stop behind its number.
    let text = "Rules of the club\n\n1 Members pay a fee\n\n2 The chair may let a member off.\n\n3 Nobody pays twice\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(clauses_of(&made), "1 Members pay a fee\n2 The chair may let a member off.\n3 Nobody pays twice");
    let lines = "Rules of the club\n\n1 Members pay a fee\n2 The chair may let a member off\n3 Nobody pays twice\n";
    let made = imported(PaperFormat::Text, lines.as_bytes());
    assert_eq!(clauses_of(&made), "1 Members pay a fee\n2 The chair may let a member off\n3 Nobody pays twice");
    // Lines with words of their own below them are headings.
    let words = "The quorum of a meeting is five of those who have paid a fee in this year.";
    let text = format!("Rules\n\n1.1 Quorum\n\n{words}\n\n1.2 Chair\n\n{words}\n");
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(clauses_of(&made), format!("1.1 Quorum. {words}\n1.2 Chair. {words}"));
    assert!(abouts(&made).contains(&"heading".to_owned()));
}

#[test]
fn lines_in_columns_are_rows_of_a_table() {
    let text = "Minutes\n\nIn attendance:  the Clerk, and 14 members of the public\n\n1.1  The following was paid by the clerk:\n\n\
                \x20    Payee            Amount\n     ------------------------\n     A. Gardener      120.00\n     Water company     45.10\n\n\
                1.2  The balance was agreed.\n     It is 30 pounds.\n\n* * *\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    let rows = "1.1 The following was paid by the clerk:\n\n| Payee | Amount |\n| --- | --- |\n| A. Gardener | 120.00 |\n| Water company | 45.10 |\n\n\
                1.2 The balance was agreed. It is 30 pounds.\n";
    assert!(made.text.ends_with(rows), "{}", made.text);
    assert!(made.text.contains("\nIn attendance: the Clerk"), "{}", made.text);
    assert_eq!(clauses_of(&made).lines().count(), 2);
    // Labels in a column of their own are those of items.
    let text = "1.1  Nobody may:\n\n     (a)     smoke;\n     (b)     sing.\n\n1.2  The end.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 Nobody may: / (a) smoke; / (b) sing.\n1.1-a (a) smoke;\n1.1-b (b) sing.\n1.2 The end."
    );
}

#[test]
fn a_table_among_the_lines_of_a_paragraph_is_one() {
    for rows in [
        "Role                 Limit        Who signs\nTreasurer            £500         Chair\nTwo trustees         £900         Both\n",
        "Role                 Limit\nTreasurer            £500\nTwo trustees         £900\n",
    ] {
        let text = format!(
            "1.      Money\n1.1     Limits are in the table.\n{rows}A paragraph behind the table.\n1.2     The end.\n"
        );
        for format in [PaperFormat::Text, PaperFormat::Layout] {
            let made = imported(format, text.as_bytes());
            for part in [
                "1.1 Limits are in the table.\n\n| Role | Limit |",
                "| Two trustees | £900 |",
                "\n\nA paragraph behind the table.\n\n1.2 The end.",
            ] {
                assert!(made.text.contains(part), "{part}\n{}", made.text);
            }
        }
    }
    // Numbers and signs in a column of their own are none of a table.
    let text =
        "1.      Money\n1.1     Nobody may:\n(a)     take it;\n(b)     lend it.\n•       Or so.\n1.2     The end.\n";
    let made = imported(PaperFormat::Layout, text.as_bytes());
    assert!(!made.text.contains('|'), "{}", made.text);
}

#[test]
fn notes_at_the_feet_of_columns_are_those_of_their_column() {
    let lines: [(&str, &str); 10] = [
        ("1. The keeper of the hall opens it", "4. Whoever has asked to come in"),
        ("on a day1 for all who have asked.", "has to pay before the day2 ends."),
        ("2. The keeper of the hall shuts it", "5. Whoever has not asked for it"),
        ("at ten for all who have not left.", "has to leave before that day ends."),
        ("3. The keeper of the hall cleans it", "6. Whoever has left a thing there"),
        ("in the week, and for this is paid", "has to ask for it before the week"),
        ("by those who have asked for it then.", "ends, or it is given to the poor."),
        ("", ""),
        ("1   Each day but a Sunday it is so", "2   By the clock of the old tower"),
        ("    as the council said in that year.", "    which is wound by the keeper."),
    ];
    let text: String = lines.iter().map(|(left, right)| format!("{left:<40}   {right}\n")).collect();
    let made = imported(PaperFormat::Layout, format!("{text}\u{c}").as_bytes());
    assert_eq!((made.report.clauses, made.report.notes), (6, 2), "{}\n{}", made.text, made.report.for_people());
    for part in [
        "on a day[^1] for",
        "the day[^2] ends.",
        "[^1]: Each day but a Sunday it is so as the council said in that year.\n",
    ] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
}

#[test]
fn a_list_of_contents_is_left_out() {
    let body = "1. Halls\n\n1.1 A hall is let by the hour to whoever asks for it.\n\n1.2 The end of the hall.\n\n2. Fields\n\n\
                2.1 A field is let by the day to whoever asks for it.\n\n2.2 It has 3 gates and in all 12\n\n2.3 The end.\n";
    let clauses = "1.1 A hall is let by the hour to whoever asks for it.\n1.2 The end of the hall.\n\
                   2.1 A field is let by the day to whoever asks for it.\n2.2 It has 3 gates and in all 12\n2.3 The end.";
    for (contents, left_out) in [
        (
            "Table of Contents\n\n  1. Halls ........ 2\n  1.1 A hall ....... 2\n\n  2. Fields ........ 3\n\n",
            3 + 4 + 5 + 4,
        ),
        ("Contents\nPage\n1. Halls        2\n2. Fields      3\n\n", 1 + 1 + 3 + 3),
    ] {
        let made = imported(PaperFormat::Text, format!("The rules of the trust\n\n{contents}{body}").as_bytes());
        assert_eq!(clauses_of(&made), clauses, "{}\n{}", made.text, made.report.for_people());
        assert!(!made.text.contains("ontents") && made.text.contains("## 2. Fields\n"), "{}", made.text);
        assert_eq!(made.report.remarks.iter().map(|remark| remark.left_out).sum::<u32>(), left_out);
    }
}

/// A paper of forty clauses on four pages, with sixteen notes: long ones, short ones, citations and addresses.
fn paper_with_notes() -> (String, String) {
    const WHO: [&str; 5] = ["The hirer", "A trustee", "The caretaker", "Each volunteer", "The committee"];
    const DOES: [&str; 4] = ["must tell", "should ask", "may write to", "will meet"];
    const WHOM: [&str; 3] = ["the chair of it", "the bank", "whoever booked"];
    let sentence = |n: usize| format!("{} {} {} on day {n} of the month.", WHO[n % 5], DOES[n / 2 % 4], WHOM[n % 3]);
    let (mut body, mut words, mut notes) = (String::new(), String::new(), 0);
    for clause in 0..40 {
        let number = format!("{}.{}", clause / 8 + 1, clause % 8 + 1);
        let mut sentences: Vec<String> = (0..5).map(|n| sentence(clause * 7 + n)).collect();
        let mut marked = sentences.clone();
        if clause % 5 < 2 {
            notes += 1;
            let note = match notes % 4 {
                0 => sentence(clause * 7 + 5),
                1 => format!("{} {} {}", sentence(clause), sentence(clause + 1), sentence(clause + 2)),
                2 => "Charities Act 2011, section 10".to_owned(),
                _ => "See http://example.org/rules/guide.html".to_owned(),
            };
            let mark = format!(
                "<text:note text:note-class=\"footnote\"><text:note-citation>{notes}</text:note-citation>\
                 <text:note-body>{}</text:note-body></text:note>",
                p(&note)
            );
            // Behind words of two letters, of three, and behind a stop.
            marked[2] = match notes % 3 {
                0 => format!("{}{mark}", sentences[2]),
                1 => sentences[2].replacen(" of ", &format!(" of{mark} "), 1),
                _ => sentences[2].replacen(" the ", &format!(" the{mark} "), 1),
            };
            sentences.push(note);
        }
        words.push_str(&format!("{number} {}\n", sentences.join(" ")));
        body.push_str(&p(&format!("{number} {}", marked.join(" "))));
    }
    (document("", &body), words)
}

/// Returns the text that `pdftotext` finds in the PDF that LibreOffice prints of a paper.
pub fn printed(paper: &str) -> String {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("paper.fodt"), paper).unwrap();
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    command
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(folder.path().join("paper.fodt"));
    assert!(command.output().unwrap().status.success());
    let output =
        Command::new("pdftotext").args(["-layout", "paper.pdf", "-"]).current_dir(folder.path()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_pdf_with_footnotes_keeps_each_of_them_and_every_word() {
    if !is_there("soffice", "--version") || !is_there("pdftotext", "-v") {
        return;
    }
    let (paper, words) = paper_with_notes();
    let made = imported(PaperFormat::Layout, printed(&paper).as_bytes());
    assert_eq!((made.report.clauses, made.report.notes), (40, 16), "{}\n{}", made.text, made.report.for_people());
    for n in 1..=16 {
        assert!(made.text.contains(&format!("\n[^{n}]: ")), "{n}\n{}", made.text);
    }
    let body = made.text.splitn(3, "+++").nth(2).unwrap().replace("[^", " ");
    assert_eq!(missing(&words, &body), Vec::<String>::new(), "{}", made.report.for_people());
    let left: Vec<&str> = made.report.remarks.iter().filter(|r| r.left_out > 0).map(|r| r.words.as_str()).collect();
    assert!(left.iter().all(|words| words.starts_with("Village Hall Trust") || words.starts_with("Page ")), "{left:?}");
}
