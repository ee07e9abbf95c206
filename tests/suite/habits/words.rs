//! A random paper loses no word: each is on the page, and in the data if it is a clause's; or a message names it.
//!
//! `PAPERS=5000 cargo test --test suite habits` tries as many papers.

use std::fmt::Write as _;

use clausebook::diagnostic::{Code, Severity};
use scraper::{Html, Selector};

use crate::site::{Built, TestSite};

/// The papers that are tried if nothing else is asked for.
const TRIALS: u64 = 150;

/// Words as a child could write them, and how they came about.
struct Writer {
    seed: u64,
    words: usize,
    text: String,
    /// Notes that are marked and not yet written.
    notes: Vec<usize>,
    clauses: usize,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let seed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        Writer { seed, words: 0, text: String::new(), notes: Vec::new(), clauses: 0 }
    }

    fn below(&mut self, most: u64) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed % most
    }

    fn one_of<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts[self.below(parts.len() as u64) as usize]
    }

    /// A word that stands nowhere else.
    fn word(&mut self) -> String {
        self.words += 1;
        format!("q{}z", self.words)
    }

    fn space(&mut self) -> &'static str {
        self.one_of(&[" ", " ", " ", " ", "  ", "\u{a0}", "\u{2003}", "\u{202f}", "\t"])
    }

    /// Words in a line, with elements and traps.
    fn line(&mut self) -> String {
        let mut line = self.word();
        for _ in 0..self.below(6) {
            line.push_str(self.space());
            let (a, b) = (self.word(), self.word());
            let part = match self.below(26) {
                0 => format!("*{a} {b}*"),
                1 => format!("**{a}** {b}"),
                2 => format!("**{a}:**{b}"),
                3 => format!("`{a}` {b}"),
                4 => format!("[{a}](https://example.org/{b})"),
                5 => format!("[[{a}]](https://example.org/{b})"),
                6 => format!("[{a}](https://example.org/ \"{b}\")"),
                7 => format!("[{a}][{b}]"),
                8 => format!("^[{a} {b}]"),
                9 => format!("{a}<br>{b}"),
                10 => format!("{a}<sup>{b}</sup>"),
                11 => format!("<abbr title=\"{a}\">{b}</abbr>"),
                12 => format!("https://example.org/{a}--{b}."),
                13 => format!("{a}@example.org {b}"),
                14 => format!("{{{{< {a} {b} >}}}}"),
                15 => format!("_{a}:_{b}"),
                16 => format!("\"{a}\" -- '{b}'..."),
                17 => format!("<b>{a}</b> {b}"),
                18 => format!("\\*{a}\\_ &amp; {b}"),
                19 => format!("[{a} {b}]"),
                20 => format!("[{a}]({b} x)"),
                21 => format!("<!-- x -->{a} {b}"),
                22 => {
                    let note = self.words;
                    self.notes.push(note);
                    format!("{a}[^N_{note}] {b}")
                }
                23 => format!("{a}:: {b} | x"),
                24 => format!("<https://example.org/{a}> {b}"),
                _ => format!("{a} {b}"),
            };
            line.push_str(&part);
        }
        line
    }

    fn block(&mut self) {
        let line = self.line();
        let block = match self.below(24) {
            0..=5 => line,
            6 => {
                let marks = self.one_of(&["##", "###", "####"]);
                format!("{marks} {line}")
            }
            7 => format!("- {line}\n- {}\n  - {}", self.line(), self.line()),
            8 => format!("1. {line}\n2. {}", self.line()),
            9 => format!("> {line}\n> {}", self.line()),
            10 => format!("> [!TIP] {}\n> {line}", self.word()),
            11 => format!("> [!NOTE]\n> {line}"),
            12 => format!("```rust\nlet {} = \"{}\";\n```", self.word(), self.word()),
            13 => {
                let cell = |w: &mut Writer| w.word();
                let (a, b, c, d, e) = (cell(self), cell(self), cell(self), cell(self), cell(self));
                let more = if self.below(2) == 0 { format!(" {e} |") } else { String::new() };
                format!("| {a} | {b} |\n|---|---|\n| {c} | {d} |{more}")
            }
            14 => format!("| {} | {} |\n| {} | {} |", self.word(), self.word(), self.word(), self.word()),
            15 => format!("• {line}\n• {}", self.word()),
            16 => format!("a. {line}\nb. {}", self.word()),
            17 => format!("!!! note \"{}\"\n    {line}", self.word()),
            18 => format!("::: tip\n{line}\n:::"),
            19 => format!("{}\n: {line}", self.word()),
            20 => format!("    {}", self.word()),
            21 => format!("<div>\n{}\n</div>", self.word()),
            22 => {
                let note = self.words;
                format!("{}[^m{note}]\n\n[^m{note}]: {line}\n\n  {}", self.word(), self.word())
            }
            _ => format!("{line}  \n{}", self.line()),
        };
        if self.below(3) == 0 && block.starts_with('q') {
            self.clauses += 1;
            let gap = self.one_of(&[" ", "  "]);
            write!(self.text, "1.{}{gap}", self.clauses).unwrap();
        }
        writeln!(self.text, "{block}\n").unwrap();
    }

    fn paper(mut self) -> (String, usize) {
        self.text.push_str("# Title\n\n");
        for _ in 0..=self.below(12) {
            self.block();
        }
        for note in std::mem::take(&mut self.notes) {
            let word = self.word();
            writeln!(self.text, "[^N_{note}]: {word}\n").unwrap();
        }
        (self.text, self.words)
    }
}

/// The words of a text that a writer made.
fn made(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('q').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let figures = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        (figures > 0 && rest[figures..].starts_with('z')).then(|| &text[at..at + figures + 2])
    })
}

/// Returns the text that a selector finds on a page, with its `href`, `title` and `alt` values.
fn shown(page: &Html, selector: &str) -> String {
    let mut words = String::new();
    for element in page.select(&Selector::parse(selector).unwrap()) {
        for node in element.descendants() {
            match node.value() {
                scraper::Node::Text(text) => write!(words, "{} ", &**text).unwrap(),
                scraper::Node::Element(element) => {
                    let values = element.attrs().filter(|(name, _)| matches!(*name, "href" | "title" | "alt"));
                    values.for_each(|(_, value)| write!(words, " {value} ").unwrap());
                }
                _ => {}
            }
        }
        words.push(' ');
    }
    words
}

/// Whether a message names a word, or stands at it.
fn is_named(built: &Built, word: &str) -> bool {
    built.diagnostics.iter().any(|fault| {
        let holds = |text: &str| made(text).any(|found| found == word);
        // A note that nothing marks is told by its label.
        let note = fault.code == Code::UnusedFootnote;
        let text = built.sources.find("paper.md").filter(|_| note).map_or("", |file| &file.text[fault.span.start..]);
        let line = text.lines().next().unwrap_or_default();
        holds(&fault.message) || holds(built.sources.text(fault.span)) || holds(line)
    })
}

#[test]
fn no_word_of_a_paper_is_lost_in_silence() {
    let trials = std::env::var("PAPERS").ok().and_then(|trials| trials.parse().ok()).unwrap_or(TRIALS);
    let mut whole = 0;
    for seed in 1..=trials {
        let (text, words) = Writer::new(seed).paper();
        let built = TestSite::empty().file("site.toml", "title = \"Site\"\n").file("paper.md", &text).build();
        if built.diagnostics.iter().any(|fault| fault.severity() == Severity::Error) {
            continue;
        }
        whole += 1;
        let page = Html::parse_document(&built.text("paper.html"));
        let on_page = shown(&page, "main");
        let found: std::collections::HashSet<&str> = made(&on_page).collect();
        let lost: Vec<String> = (1..=words).map(|n| format!("q{n}z")).filter(|w| !found.contains(w.as_str())).collect();
        let lost: Vec<String> =
            lost.into_iter().filter(|word| text.contains(word.as_str()) && !is_named(&built, word)).collect();
        assert!(lost.is_empty(), "paper {seed} has lost {lost:?}:\n{text}\n{}", built.short());
        // Words of a clause are those of the data, but for notes, whose place is the page, and addresses.
        let data = built.text("data/clauses.json");
        let in_data: std::collections::HashSet<&str> = made(&data).collect();
        let mut clauses = String::new();
        for element in page.select(&Selector::parse(".clause > .text").unwrap()) {
            element.text().for_each(|text| write!(clauses, "{text} ").unwrap());
        }
        let lost: Vec<&str> = made(&clauses).filter(|word| !in_data.contains(word)).collect();
        assert!(lost.is_empty(), "the data of paper {seed} has lost {lost:?}:\n{text}\n{data}");
    }
    assert!(whole * 2 > trials, "{whole} of {trials} papers could be built");
}
