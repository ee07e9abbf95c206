//! Figures at the starts of lines take the place of no clause, and headings are parted from what is above them.

use clausebook::import::PaperFormat;

use super::{clauses_of, imported};

#[test]
fn addresses_prices_and_times_take_the_place_of_no_clause() {
    let paper = "Rules\n\n1.1 One rule.\n\n1.2 The fee is:\n\n1.50 for adults\n\n3.50 for groups\n\n1.3 Opening times:\n\n9.00 to 10.30\n\n2.1 Two.\n";
    let page = format!(
        "<main><h1>Rules</h1>{}</main>",
        paper.split("\n\n").skip(1).map(|words| format!("<p>{words}</p>")).collect::<String>()
    );
    for (format, paper) in [(PaperFormat::Text, paper), (PaperFormat::Html, &page)] {
        let made = imported(format, paper.as_bytes());
        let clauses = clauses_of(&made);
        let numbers: Vec<&str> = clauses.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(numbers, ["1.1", "1.2", "1.3", "2.1"], "{clauses}");
        let said: Vec<&str> = made.report.remarks.iter().map(|remark| remark.says.as_str()).collect();
        for number in ["1.50", "3.50", "9.00"] {
            assert!(said.iter().any(|says| says.starts_with(&format!("the number {number} has no place"))), "{said:?}");
        }
    }
}

#[test]
fn of_two_bare_figures_that_are_the_same_the_one_that_begins_a_sentence_is_a_number() {
    let paper = "Rules\n\n1 One rule is here.\n\n2 Two rule is here.\n\n3 Write to:\n\n4 High Street\n\nLeeds\n\n4 Four rule is about the meeting on\n\n5 May 2025\n\n5 Five is the last.\n";
    let page = format!(
        "<main><h1>Rules</h1>{}</main>",
        paper.split("\n\n").skip(1).map(|words| format!("<p>{words}</p>")).collect::<String>()
    );
    for (format, paper) in [(PaperFormat::Text, paper), (PaperFormat::Html, &page)] {
        let made = imported(format, paper.as_bytes());
        let clauses = clauses_of(&made);
        let begins: Vec<String> =
            clauses.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(begins, ["1 One", "2 Two", "3 Write", "4 Four", "5 Five"], "{clauses}");
        let doubts = made.report.remarks.iter().filter(|remark| remark.says.contains("is taken for no number"));
        assert_eq!(doubts.count(), 2);
    }
}

#[test]
fn a_number_within_a_sentence_that_wraps_begins_nothing() {
    let paper = "Rules\n\n1.1 The keeper of the pond has it from the club and under\n1.4 Metres of water nobody may swim in it by day or night.\n1.2 Second rule [not used]\n1.3 a rule with a small letter.\n1.4 The fourth.\n";
    let found = clauses_of(&imported(PaperFormat::Text, paper.as_bytes()));
    let numbers: Vec<&str> = found.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(numbers, ["1.1", "1.2", "1.3", "1.4"], "{found}");
    assert!(found.contains("under 1.4 Metres of water"), "{found}");
}

#[test]
fn gaps_of_a_paper_stay_where_nothing_else_rises() {
    let paper = "Rules\n\n3.1 The first rule is here.\n\n3.4 The second rule is here.\n\n5.12 The third rule is here.\n\n7.40 The fourth rule is here.\n";
    let made = imported(PaperFormat::Text, paper.as_bytes());
    assert_eq!(made.report.clauses, 4, "{}", made.text);
}

#[test]
fn a_heading_right_below_a_full_line_is_one() {
    let rule = |n: u32| format!("{n}. The rule is about the gate and who keeps the key of it by night.\n");
    let paper = format!(
        "Rules of the site\n\n{}Letting the hall\n\n{}Fees\n{}{}",
        rule(1),
        rule(2),
        rule(3),
        "The committee may let the pond and feed the fish that are in it by day.\nWho pays\nWhoever lets the pond pays the clerk for it, and keeps the paper of it.\n"
    );
    let made = imported(PaperFormat::Text, paper.as_bytes());
    for heading in ["Letting the hall", "Fees", "Who pays"] {
        assert!(made.text.contains(&format!("\n## {heading}\n")), "{heading}: {}", made.text);
        let said = made.report.remarks.iter().any(|remark| remark.words == heading && remark.doubt);
        assert!(said, "{heading}");
    }
    assert!(clauses_of(&made).contains("1 The rule is about the gate and who keeps the key of it by night.\n"));
}
