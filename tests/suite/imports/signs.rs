//! Signs in plain texts: what nobody meant as markup is words, and what is read as markup is in the report.

use std::collections::BTreeMap;

use clausebook::import::report::About;
use clausebook::import::{Imported, PaperFormat, import};

use super::{clauses_of, imported};
use crate::site::TestSite;

/// Clauses of a text of two, the first of which has some words.
fn first(format: PaperFormat, words: &str) -> String {
    let made = imported(format, format!("1.1 {words}\n\n1.2 The end.\n").as_bytes());
    let clauses = clauses_of(&made);
    clauses.lines().next().unwrap().strip_prefix("1.1 ").unwrap().to_owned()
}

#[test]
fn signs_that_nobody_meant_are_words_of_a_text() {
    for words in [
        "Each is 2*3*4 and 5*x*y, on 3*4*2026; see 01*. * See note.",
        "In force is x5*6*7y. From 4*4 to 5*5 and from *5 or 6* on.",
        "Press <i> then <b>, <Name>, <p> or <sub> for <name of hall>; if x<y and z>w then a<b>c.",
        "Use a_b and _c_ and __d__ and f(x)_i_ and `x` and ``y`` and Smith`s key.",
        "As [Name](of charity) says, see [a](b), ![x](y.png) and [1].",
        "Write x^2, H~2~O, ~~gone~~, &amp; and &copy; in C:\\new\\_x or on a line ____ or ***.",
        "A sum * of two ** stars.",
    ] {
        for format in [PaperFormat::Text, PaperFormat::Layout] {
            assert_eq!(first(format, words), words, "{format:?}");
        }
    }
    // A page prints what it prints, whatever a text may mean.
    let words = "The **two** *stars* and <b>tags</b> of [a page](https://example.org).";
    assert_eq!(first(PaperFormat::Layout, words), words);
}

#[test]
fn signs_that_are_meant_are_read_and_reported() {
    for (words, read, remarks) in [
        ("A **bold** and an *italic* word.", "A **bold** and an *italic* word.", 2),
        ("A <b>bold</b> and an <em>italic</em> word.", "A **bold** and an *italic* word.", 2),
        ("See [the guide](https://example.org/a_b).", "See [the guide](<https://example.org/a_b>).", 1),
        ("See <https://example.org/a_b> or <hall@example.org>.", "<https://example.org/a_b> or <hall@example.org>.", 2),
        ("One line<br>and another.", "One line and another.", 1),
        ("*Rules of the hall (2005)* says so.", "*Rules of the hall (2005)* says so.", 1),
    ] {
        let made = imported(PaperFormat::Text, format!("1.1 {words}\n\n1.2 The end.\n").as_bytes());
        assert!(made.text.contains(read), "{words}\n{}", made.text);
        let told = made.report.remarks.iter().filter(|remark| remark.about == About::Markup);
        assert_eq!(told.filter(|remark| !remark.doubt).count(), remarks, "{words}\n{}", made.report.for_people());
    }
}

#[test]
fn stars_beside_figures_of_markdown_are_words_and_a_tag_without_an_end_too() {
    for (words, expected, doubts) in [
        ("It is 2*3*4 wide and 5*x*y long.", "It is 2*3*4 wide and 5*x*y long.", 2),
        ("It is 2**3**4 wide.", "It is 2**3**4 wide.", 1),
        ("An un*usual*ly *great* **hall** of *5 rooms*.", "An unusually great hall of 5 rooms.", 0),
        ("Press <i> then 3, and <b>pay</b>.", "Press <i> then 3, and pay.", 0),
        ("In `2*3*4` all is kept.", "In 2*3*4 all is kept.", 0),
    ] {
        let made = imported(PaperFormat::Markdown, format!("1.1 {words}\n\n1.2 The end.\n").as_bytes());
        assert_eq!(clauses_of(&made).lines().next(), Some(&*format!("1.1 {expected}")), "{words}\n{}", made.text);
        let found = made.report.remarks.iter().filter(|remark| remark.about == About::Escaped).count();
        assert_eq!(found, doubts, "{words}\n{}", made.report.for_people());
    }
    // What is open in a paragraph is not open in the next.
    let made = imported(PaperFormat::Markdown, b"1.1 Press <b> here.\n\n1.2 The end.\n");
    assert!(made.text.contains("\n1.2 The end."), "{}", made.text);
}

/// Random texts of ordinary words, figures and signs.
struct SignWriter {
    seed: u64,
    words: usize,
}

impl SignWriter {
    fn below(&mut self, most: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed % most as u64).unwrap()
    }

    fn part(&mut self) -> String {
        const SIGNS: [&str; 44] = [
            "*", "**", "***", "_", "__", "[", "]", "<", ">", "^", "`", "``", "2*3*4", "3 * 4", "x_y", "_c_", "[a](b)",
            "[1]", "<b>", "</b>", "<i>", "<name>", "<p>", "x^2", "~", "~~", "\\", "|", "&amp;", "#", "=", "+", "!",
            "(*)", "{x}", "$x$", "--", "...", ":", "1.", "(a)", "-", "<3", "\"",
        ];
        if self.below(5) < 2 {
            self.words += 1;
            return format!("q{}z", self.words);
        }
        SIGNS[self.below(SIGNS.len())].to_owned()
    }

    fn line(&mut self) -> String {
        let mut line = format!("Word {}", self.part());
        for _ in 0..self.below(9) {
            if self.below(3) > 0 {
                line.push(' ');
            }
            let part = self.part();
            line.push_str(&part);
        }
        line
    }
}

/// Letters of a text that can be seen, each with how often it is there.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    text.chars().filter(|c| !c.is_whitespace()).for_each(|c| *letters.entry(c).or_default() += 1);
    letters
}

/// The letters of the signs that the report of a paper names.
fn named(made: &Imported) -> BTreeMap<char, usize> {
    let mut signs = String::new();
    for remark in made.report.remarks.iter().filter(|remark| remark.about == About::Markup) {
        let words = &remark.words;
        let stars = words.len() - words.trim_start_matches('*').len();
        signs.push_str(&"*".repeat(2 * stars));
        if let Some((tag, _)) = words.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            signs.push_str(&format!("<{tag}></{tag}>"));
        }
    }
    letters(&signs)
}

#[test]
fn every_letter_of_a_text_is_on_its_page_or_in_its_report() {
    let papers = std::env::var("SIGNS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(300);
    let mut writer = SignWriter { seed: 88_172_645_463_325_252, words: 0 };
    let mut site = TestSite::new();
    let mut all: Vec<(Vec<String>, Imported)> = Vec::new();
    for at in 0..papers {
        let lines: Vec<String> = (0..3).map(|_| writer.line()).collect();
        let numbered = lines.iter().zip(1..).map(|(line, n)| format!("1.{n} {line}\n\n")).collect::<String>();
        let made = import(PaperFormat::Text, "a", format!("Rules of signs\n\n{numbered}").as_bytes()).unwrap();
        site = site.file(&format!("p{at}.md"), &made.text);
        all.push((lines, made));
    }
    let built = site.build();
    let rows = built.json("data/clauses.json");
    let mut plain = 0;
    for (at, (lines, made)) in all.iter().enumerate() {
        let of_paper = |row: &&serde_json::Value| row["document"] == format!("p{at}");
        let shown: Vec<&str> =
            rows.as_array().unwrap().iter().filter(of_paper).map(|row| row["text"].as_str().unwrap()).collect();
        // A page sets dots, dashes and quotation marks as a printer does.
        let spaces = |text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.replace('…', "...").replace('—', "---").replace('–', "--");
            text.replace(['“', '”'], "\"").replace(['‘', '’'], "'")
        };
        let marked = made.report.remarks.iter().any(|remark| remark.about == About::Markup);
        if !marked {
            plain += 1;
            assert_eq!(
                shown.iter().map(|text| spaces(text)).collect::<Vec<_>>(),
                lines.iter().map(|line| spaces(line)).collect::<Vec<_>>(),
                "{}\n{}",
                made.text,
                built.short()
            );
            continue;
        }
        let (before, after, named) = (letters(&lines.concat()), letters(&spaces(&shown.concat())), named(made));
        for (letter, count) in before {
            let found = after.get(&letter).copied().unwrap_or(0) + named.get(&letter).copied().unwrap_or(0);
            assert!(found >= count, "{letter} is lost in {lines:?}\n{}\n{}", made.text, made.report.for_people());
        }
    }
    assert!(plain * 2 > papers, "{plain} of {papers} papers have no markup");
}
