//! Lines of a text: what begins something of its own, what goes on, and what is a heading.

use clausebook::import::PaperFormat;

use super::{clauses_of, imported, missing};

/// Imports lines as a plain text and as a printed page, and compares the clauses.
fn check(text: &str, expected: &str) {
    for format in [PaperFormat::Text, PaperFormat::Layout] {
        let made = imported(format, text.as_bytes());
        assert_eq!(clauses_of(&made), expected, "{format:?}\n{text}\n{}\n{}", made.text, made.report.for_people());
    }
}

#[test]
fn the_next_number_or_label_of_a_series_begins_a_line_whatever_is_above_it() {
    for (text, expected) in [
        (
            "Rules\n\n1. Money in\n1.1 All money is banked.\n1.2 Two people count it.\n2. Money out\n2.1 Limits are set.\n",
            "1.1 All money is banked.\n1.2 Two people count it.\n2.1 Limits are set.",
        ),
        (
            "Rules\n\n1.1 A receipt is written by\n(a) the clerk, or\n(b) the chair.\n\n1.2 It is kept in\n(i) the safe and\n(ii) the book.\n",
            "1.1 A receipt is written by / (a) the clerk, or / (b) the chair.\n1.1-a (a) the clerk, or\n1.1-b (b) the chair.\n\
             1.2 It is kept in / (i) the safe and / (ii) the book.\n1.2-i (i) the safe and\n1.2-ii (ii) the book.",
        ),
        (
            "Rules\n\n1.1 A member is bound by this section\n1.2 A guest is not a member of\n(a) the club, or\n(b) its board.\n",
            "1.1 A member is bound by this section\n1.2 A guest is not a member of / (a) the club, or / (b) its board.\n\
             1.2-a (a) the club, or\n1.2-b (b) its board.",
        ),
        (
            "Hill Street Charity: finance rules\n1. Money in\n1.1 All is banked.\n1.2 Nobody takes more than\n2.5 per cent of it.\n",
            "1.1 All is banked.\n1.2 Nobody takes more than 2.5 per cent of it.",
        ),
        // What the words above name begins nothing.
        (
            "Rules\n\n1.1 Keys are kept.\n\n1.2 Two people, by rule\n1.1 above, count the keys and\nthe rest as in paragraph\n(a) below.\n\n1.3 The end.\n",
            "1.1 Keys are kept.\n1.2 Two people, by rule 1.1 above, count the keys and the rest as in paragraph (a) below.\n1.3 The end.",
        ),
    ] {
        check(text, expected);
    }
    // A break within a paragraph of a page is the end of a line.
    let page = "<main><h1>Rules</h1><p>1.1 A receipt is written by<br>(a) the clerk, or<br>(b) the chair.</p><p>1.2 The end.</p></main>";
    let made = imported(PaperFormat::Html, page.as_bytes());
    assert!(
        made.text.contains("1.1 A receipt is written by\n\n- (a) the clerk, or\n- (b) the chair.\n"),
        "{}",
        made.text
    );
}

#[test]
fn a_heading_is_not_joined_to_the_sentence_below_it() {
    let text = "Harbour Trust\n\n1. Welcome\nThe chair welcomed all.\n\n2. Minutes of the last meeting\nThe minutes were agreed.\n\
                ACTION: AB to sign.\n\n3. Money in\n\nThe clerk had banked it all by then.\n\n4. Any other business\nThe fair is in June.\n";
    check(
        text,
        "1 Welcome. The chair welcomed all.\n2 Minutes of the last meeting. The minutes were agreed. / ACTION: AB to sign.\n\
         3 Money in. The clerk had banked it all by then.\n4 Any other business. The fair is in June.",
    );
    // Lines that are full go on, and the last line of a paragraph is short.
    let text = "Rules of the harbour\n\n1.1 The trustees talked about the roof for a long time, and asked\nClerk Baker to write to the builder about it \
                again, whom the\nTrust had paid.\nThe chair agreed.\n\n1.2 The end.\n";
    check(
        text,
        "1.1 The trustees talked about the roof for a long time, and asked Clerk Baker to write to the builder about it again, whom the Trust had \
         paid. / The chair agreed.\n1.2 The end.",
    );
}

#[test]
fn lines_with_capital_labels_that_count_are_headings() {
    for labels in [["I.", "II.", "III."], ["A.", "B.", "C."]] {
        let [one, two, three] = labels;
        let text = format!(
            "RULES OF THE CLUB\n\n{one} NAME\n\nThe name is the Harbour Club.\n\n{two} AIMS\n\n(1) To row.\n(2) To sail.\n\n{three} MEMBERS\n\n\
             (1) Anyone who rows.\n(2) Anyone who sails.\n"
        );
        let made = imported(PaperFormat::Text, text.as_bytes());
        for part in [format!("\n## {one} NAME\n"), format!("\n## {two} AIMS\n\n- (1) To row.\n- (2) To sail.\n")] {
            assert!(made.text.contains(&part), "{part}\n{}", made.text);
        }
        clauses_of(&made);
    }
    // Items are none.
    let made =
        imported(PaperFormat::Text, b"Rules\n\nBring:\n\nA. a rope\n\nB. a lamp\n\nAnd come early to the hall.\n");
    assert!(!made.text.contains("## B"), "{}", made.text);
}

#[test]
fn an_item_whose_list_has_lost_its_first_is_no_heading() {
    let text = "Rules\n\n1.1 A receipt is written by the clerk (see the book), or\n\n(b) The trustees in the order of their names\n\n1.2 The end.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert!(!made.text.contains("## (b)"), "{}", made.text);
    assert!(missing(text, &made.text).is_empty());
}

#[test]
fn numbers_that_begin_again_under_headings_of_any_name_are_series() {
    let text = "# Rules\n\n## Members\n\n1. Anyone may join.\n\n2. A member pays a fee.\n\n3. Nobody pays twice.\n\n## Meetings\n\n\
                1. A meeting is open to all.\n\n2. Five are a quorum: see rule 1.\n\n## Money\n\n1. All money is banked.\n\n2. Two count it.\n";
    let expected = "members.1 Anyone may join.\nmembers.2 A member pays a fee.\nmembers.3 Nobody pays twice.\nmeetings.1 A meeting is open to all.\n\
                    meetings.2 Five are a quorum: see rule 1.\nmoney.1 All money is banked.\nmoney.2 Two count it.";
    for (format, text) in [
        (PaperFormat::Markdown, text.to_owned()),
        (PaperFormat::Text, text.to_owned()),
        (PaperFormat::Html, page_of(text)),
    ] {
        let made = imported(format, text.as_bytes());
        assert_eq!(clauses_of(&made), expected, "{format:?}\n{}\n{}", made.text, made.report.for_people());
        assert!(made.text.contains("series = [\"*\"]\n"), "{}", made.text);
    }
    // Steps below words of their own are lists.
    let text = "# Guide\n\n## Before\n\nDo this before you come to the hall:\n\n1. Ring.\n2. Pay.\n\n## After\n\nDo this when you go:\n\n1. Sweep.\n2. Lock.\n";
    let made = imported(PaperFormat::Markdown, text.as_bytes());
    assert_eq!((clauses_of(&made).as_str(), made.report.numbering.as_str()), ("", "none"), "{}", made.text);
}

/// Headings and numbered lists as a page.
fn page_of(text: &str) -> String {
    let mut page = "<main>".to_owned();
    let mut in_list = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let item = line.split_once(". ").filter(|(n, _)| n.parse::<u32>().is_ok());
        if in_list && item.is_none() {
            page.push_str("</ol>");
        }
        if !in_list && item.is_some() {
            page.push_str("<ol>");
        }
        in_list = item.is_some();
        let words = line.trim_start_matches(['#', ' ']);
        match item {
            Some((_, words)) => page.push_str(&format!("<li>{words}</li>")),
            None if line.starts_with("## ") => page.push_str(&format!("<h2>{words}</h2>")),
            None => page.push_str(&format!("<h1>{words}</h1>")),
        }
    }
    page + "</ol></main>"
}

#[test]
fn numbers_without_a_gap_before_their_words_are_numbers() {
    let text = "Rules\n\n1.Money\n1.1All money is banked.\n1.2A receipt is written by:\n(a)the clerk; or\n(b)the chair.\n1.3Two people count it.\n";
    check(
        text,
        "1.1 All money is banked.\n1.2 A receipt is written by: / (a) the clerk; or / (b) the chair.\n1.2-a (a) the clerk; or\n\
         1.2-b (b) the chair.\n1.3 Two people count it.",
    );
    let made = imported(PaperFormat::Text, b"1.1 The 4.5Volt lamp.\n\n1.2 The 3.1Release of it.\n");
    assert!(made.text.contains("The 4.5Volt lamp."), "{}", made.text);
}
