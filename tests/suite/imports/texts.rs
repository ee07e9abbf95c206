//! Plain texts, and what `pdftotext` prints: pages, notes at their feet, and paragraphs that both tear.

use clausebook::import::PaperFormat;

use super::{abouts, clauses_of, imported, missing};

const PAPER: &str = "\
Guidance on halls

Section 1: Opening

- 1.1 A hall is opened by its keeper<sup>1</sup>, who must see that nobody is left

---

<sup>1</sup> A keeper is whoever has the key.

outside in the rain. The keeper writes down the time.

- 1.2 The keeper may refuse:
  - a) dogs; and
  - b) noise.

Section 2: Closing

1.1 The hall is closed at ten: see paragraph 1.2 above.

1.2 Lights are switched off by who-
ever leaves last. Whoever stays pays\u{b2}.

---

\u{b2} The fee is at:

<http://example.org/fees>
";

#[test]
fn the_label_of_a_series_may_have_a_letter_behind_its_figure() {
    let paper = "# Rules\n\n## Schedule 4\n\n1. The first.\n\n2. The second.\n\n## Schedule 4A\n\n1. Another first.\n\n2. Another second.\n";
    let found = clauses_of(&imported(PaperFormat::Markdown, paper.as_bytes()));
    assert!(found.contains("schedule-4.1 The first") && found.contains("schedule-4a.2 Another"), "{found}");
}

#[test]
fn torn_paragraphs_notes_and_series_of_a_text_are_put_right() {
    let made = imported(PaperFormat::Text, PAPER.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "section-1.1.1 A hall is opened by its keeper, who must see that nobody is left outside in the rain. The keeper writes down the time.\n\
         section-1.1.2 The keeper may refuse: / (a) dogs; and / (b) noise.\nsection-1.1.2-a (a) dogs; and\nsection-1.1.2-b (b) noise.\n\
         section-2.1.1 The hall is closed at ten: see paragraph 1.2 above.\nsection-2.1.2 Lights are switched off by whoever leaves last. Whoever stays pays."
    );
    assert!(
        made.text.contains("keeper[^1], who") && made.text.contains("[^1]: A keeper is whoever has the key."),
        "{}",
        made.text
    );
    assert!(
        made.text.contains("pays[^2].") && made.text.contains("[^2]: The fee is at: <http://example.org/fees>"),
        "{}",
        made.text
    );
    assert!(missing("outside in the rain keeper dogs noise fees", &made.text).is_empty());
    assert_eq!(abouts(&made), ["heading", "hyphen", "joined", "markup", "reference", "series"]);
}

#[test]
fn heads_and_feet_of_pages_are_furniture() {
    let page = |n: u32, words: &str| format!("Town Council: guidance\n\n{words}\n\n{n}\n\u{c}");
    let text = page(1, "1.1 The first clause says how a hall1 looks and goes on")
        + &page(2, "to the end of its sentence.\n\n1.2 The second clause is short.\n\n1 A hall has a roof.")
        + &page(3, "1.3 The third clause ends the paper.");
    let made = imported(PaperFormat::Layout, text.as_bytes());
    assert_eq!(
        clauses_of(&made),
        "1.1 The first clause says how a hall looks and goes on to the end of its sentence.\n1.2 The second clause is short.\n\
         1.3 The third clause ends the paper."
    );
    assert!(made.text.contains("hall[^1] looks") && made.text.contains("[^1]: A hall has a roof."), "{}", made.text);
    assert_eq!(abouts(&made), ["furniture", "heading", "joined", "note"], "{}", made.report.for_people());
    let left: u32 = made.report.remarks.iter().map(|remark| remark.left_out).sum();
    assert_eq!(left, 3 * 4, "a head of three words and a figure on each page");
}

#[test]
fn texts_in_old_letters_are_read() {
    let made = imported(PaperFormat::Text, b"1.1 \x93Caf\xe9\x94 is open.\r\n\r\n1.2 It closes.\r\n");
    assert_eq!(clauses_of(&made), "1.1 “Café” is open.\n1.2 It closes.");
    let text = "1.1 Café is open.\n\n1.2 It closes.\n";
    let of_windows: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let made = imported(PaperFormat::Text, &of_windows);
    assert_eq!(clauses_of(&made), "1.1 Café is open.\n1.2 It closes.");
    // A page says in its head what its letters are.
    let page = b"<meta charset=\"iso-8859-2\"><main><h1>T</h1><p>1.1 \xa3\xf3d\xbc.</p><p>1.2 B.</p></main>";
    assert_eq!(clauses_of(&imported(PaperFormat::Html, page)), "1.1 Łódź.\n1.2 B.");
    // Signs that turn the letters around them are no words.
    let made =
        imported(PaperFormat::Text, "1.1 \u{202e}Turned\u{202c} words.\n\n1.2 \u{2066}More\u{2069}.\n".as_bytes());
    assert_eq!(clauses_of(&made), "1.1 Turned words.\n1.2 More.");
}

#[test]
fn a_paper_without_numbers_has_no_clauses() {
    let made = imported(
        PaperFormat::Text,
        b"Why halls?\n\nA hall is a room for all, and this sheet says why it is kept.\n\n1. One\n2. Two\n\n1. Again\n",
    );
    assert!(made.text.contains("numbering = \"none\""), "{}", made.text);
    assert_eq!(clauses_of(&made), "");
}

#[test]
fn notes_that_begin_again_on_each_page_are_numbered_through() {
    let text = "1.1 A hall<sup>1</sup> has a keeper<sup>2</sup>.\n\n---\n\n<sup>1</sup> With a roof.\n\n<sup>2</sup> With a key.\n\n\
                1.2 A field<sup>1</sup> has none, and a hedge<sup>1</sup>.\n\n---\n\n<sup>1</sup> Without a roof.\n\n1.3 The end.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    for part in [
        "hall[^1] has a keeper[^2].",
        "field[^3] has none, and a hedge[^3].",
        "[^2]: With a key.",
        "[^3]: Without a roof.",
    ] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
    assert_eq!((made.report.notes, abouts(&made)), (3, ["heading", "markup", "note"].map(str::to_owned).to_vec()));
    // As `pdftotext` prints them.
    let pages = "1.1 A hall1 has a keeper.2\n\n1 With a roof.\n2 With a key.\n\u{c}1.2 A field1 has none.\n\n1 Without a roof.\n\u{c}\
                 1.3 The end of the paper.\n";
    let made = imported(PaperFormat::Layout, pages.as_bytes());
    for part in ["hall[^1] has a keeper.[^2]", "field[^3] has none.", "[^1]: With a roof.", "[^3]: Without a roof."] {
        assert!(made.text.contains(part), "{part}\n{}", made.text);
    }
    // A mark that is repeated leads to the same note, and a figure with nothing to mark it is words.
    let text = "1.1 A hall<sup>1</sup>.\n\n<sup>1</sup> With a roof.\n\n1.2 A field<sup>1</sup>.\n\n1.3 The end.\n";
    let made = imported(PaperFormat::Text, text.as_bytes());
    assert!(made.text.contains("A field[^1].") && made.report.notes == 1, "{}", made.text);
}
