//! Whatever is wrong is reported, at its place, and the manual says what it means: all at once, never one at a time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clausebook::bundle::signature;
use clausebook::diagnostic::{self, Code, Format, is_bidi_control};
use clausebook::disk;
use clausebook::pipeline::{self, Options};
use clausebook::source::SourceMap;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::site::{Built, REGISTER, SETTINGS, TestSite};

// ── The manual ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Codes whose fault lies in bytes, in the file system, in time or in clausebook, where no example of text can show it.
const WITHOUT_EXAMPLE: [Code; 12] = [
    Code::SecretKey,
    Code::NotUtf8,
    Code::UnreadableSource,
    Code::TooLarge,
    Code::ControlCharacter,
    Code::BidiControl,
    // Only books are concerned.
    Code::UnfitPicture,
    Code::LargeLogo,
    Code::InternalError,
    Code::TooSlow,
    Code::TooMuchMemory,
    Code::UnpinnedUpstream,
];

/// A clause of the manual about a code.
#[derive(Debug, Default)]
struct Entry {
    number: String,
    name: String,
    severity: String,
    id: String,
    raises: Vec<String>,
    builds: Vec<String>,
}

fn chapters() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/manual");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    files
}

/// The text of a chapter after its front matter.
fn text_of(chapter: &Path) -> String {
    let text = fs::read_to_string(chapter).unwrap();
    text.split_once("\n+++\n").map_or(text.clone(), |(_, body)| body.to_owned())
}

/// The fenced blocks of a chapter: what stands on the fence, and the block.
fn blocks(chapter: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for event in Parser::new(chapter) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                found.push((info.to_string(), String::new()));
                open = true;
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            Event::Text(text) if open => found.last_mut().unwrap().1.push_str(&text),
            _ => {}
        }
    }
    found
}

/// The clauses of the chapter on diagnostics.
fn entries() -> Vec<Entry> {
    let chapter = text_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/manual/diagnostics.md"));
    let mut found: Vec<Entry> = Vec::new();
    let mut depth = 0;
    for (event, range) in Parser::new(&chapter).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                let source = &chapter[range.clone()];
                match tag {
                    Tag::Paragraph if depth == 1 && source.starts_with(|c: char| c.is_ascii_digit()) => {
                        found.push(entry(source.trim()));
                    }
                    Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                        let block = blocks(source).swap_remove(0).1;
                        match (&*info, found.last_mut()) {
                            ("markdown raises", Some(entry)) => entry.raises.push(block),
                            ("markdown builds", Some(entry)) => entry.builds.push(block),
                            other => panic!("a block that is no example: {other:?}"),
                        }
                    }
                    _ => {}
                }
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    found
}

/// Reads ``1.1 **`not-utf8`** (error). Words. {#not-utf8}``.
fn entry(paragraph: &str) -> Entry {
    let parts = || {
        let (number, rest) = paragraph.split_once(" **`")?;
        let (name, rest) = rest.split_once("`** (")?;
        let (severity, words) = rest.split_once("). ")?;
        let (words, id) = words.strip_suffix('}')?.rsplit_once("{#")?;
        let sentences = words.split_whitespace().filter(|word| word.ends_with('.')).count();
        assert!((2..=5).contains(&sentences), "{name} is explained in {sentences} sentences");
        Some((number, name, severity, id))
    };
    let (number, name, severity, id) = parts().unwrap_or_else(|| panic!("not a clause about a code: {paragraph}"));
    let text = str::to_owned;
    Entry { number: text(number), name: text(name), severity: text(severity), id: text(id), ..Entry::default() }
}

/// A small site as the manual writes it: the body of `paper.md`, then files, each after a line `=== PATH`.
struct Example {
    /// Path, text, and the first line of it that the example writes.
    files: Vec<(String, String, usize)>,
}

impl Example {
    fn read(block: &str) -> Self {
        let mut files = vec![("paper.md".to_owned(), String::new(), 1)];
        for line in block.split_inclusive('\n') {
            match line.strip_prefix("=== ") {
                Some(path) => files.push((path.trim().to_owned(), String::new(), 1)),
                None => files.last_mut().unwrap().1.push_str(line),
            }
        }
        let (_, paper, first) = &mut files[0];
        if paper.trim().is_empty() {
            files.remove(0);
        } else if !paper.starts_with("+++") {
            paper.insert_str(0, "+++\ntitle = \"Paper\"\n+++\n\n");
            *first = 5;
        }
        Example { files }
    }

    fn build(&self) -> Built {
        self.files.iter().fold(TestSite::new(), |site, (path, text, _)| site.file(path, text)).build()
    }

    /// Whether a line of a file is one that the example writes.
    fn has(&self, path: &str, line: usize) -> bool {
        self.files
            .iter()
            .any(|(own, text, first)| own == path && (*first..=text.lines().count().max(1)).contains(&line))
    }
}

#[test]
fn the_manual_has_a_clause_for_each_code_in_order() {
    let entries = entries();
    let written: Vec<_> = entries.iter().map(|e| (e.name.as_str(), e.severity.as_str(), e.id.as_str())).collect();
    let codes: Vec<_> = Code::ALL.iter().map(|c| (c.as_str(), c.severity().as_str(), c.as_str())).collect();
    assert_eq!(written, codes);
}

#[test]
fn the_manual_shows_how_each_fault_is_raised_and_mended() {
    let without: BTreeSet<&str> = WITHOUT_EXAMPLE.iter().map(|code| code.as_str()).collect();
    for entry in entries() {
        let wanted = usize::from(!without.contains(entry.name.as_str()));
        assert_eq!((entry.raises.len(), entry.builds.len()), (wanted, wanted), "examples of {}", entry.name);
    }
}

#[test]
fn an_example_of_a_fault_raises_it_and_nothing_else_where_the_example_has_it() {
    let mut wrong = String::new();
    for entry in entries() {
        for block in &entry.raises {
            let example = Example::read(block);
            let built = example.build();
            let right = |d: &clausebook::diagnostic::Diagnostic| {
                let file = built.sources.file(d.span.file);
                d.code.as_str() == entry.name && example.has(&file.shown, file.line_column(d.span.start).0)
            };
            if built.diagnostics.is_empty() || !built.diagnostics.iter().all(right) {
                wrong.push_str(&format!("── {} {}\n{}", entry.number, entry.name, built.short()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn an_example_of_the_manual_that_is_said_to_build_does_so_without_a_word() {
    let mut wrong = String::new();
    let mut built = 0;
    for chapter in chapters() {
        for (info, block) in blocks(&text_of(&chapter)) {
            match info.as_str() {
                "markdown builds" => {
                    let site = Example::read(&block).build();
                    built += 1;
                    if !site.diagnostics.is_empty() {
                        wrong.push_str(&format!("── {}\n{block}\n{}", chapter.display(), site.short()));
                    }
                }
                "markdown raises" => assert!(chapter.ends_with("diagnostics.md"), "{block}"),
                other => assert!(!other.starts_with("markdown "), "`{other}` is neither `raises` nor `builds`"),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(built >= Code::ALL.len() - WITHOUT_EXAMPLE.len());
}

#[test]
fn explain_prints_the_clause_of_the_manual_with_its_examples() {
    for entry in entries() {
        let run = Command::new(env!("CARGO_BIN_EXE_clausebook")).args(["explain", &entry.name]).output().unwrap();
        assert!(run.status.success(), "{}", entry.name);
        let text = String::from_utf8(run.stdout).unwrap();
        let start = format!("{} [{}]\n\n{} **`{}`**", entry.severity, entry.name, entry.number, entry.name);
        assert!(text.starts_with(&start), "{text}");
        assert!(!text.contains(&format!("{{#{}}}", entry.id)), "the id is for links: {text}");
        for block in entry.raises.iter().chain(&entry.builds) {
            assert!(text.contains(block.as_str()), "{text}");
        }
        let fences = text.lines().filter(|line| line.starts_with("```")).count();
        assert_eq!(fences, 2 * (entry.raises.len() + entry.builds.len()), "{text}");
        let end = if entry.builds.is_empty() { "." } else { "```" };
        assert!(text.trim_end().ends_with(end), "what follows is no part of it: {text}");
    }
}

// ── Traps: where Markdown reads something other than the author of a clause meant ───────────────────────────────────

/// The places and codes of what is wrong with a document, counted from the first line of its body.
fn found(numbering: &str, body: &str) -> String {
    let front = format!("+++\ntitle = \"Paper\"\nnumbering = \"{numbering}\"\n+++\n");
    let places = |built: &Built| {
        let place = |d: &diagnostic::Diagnostic| {
            let (line, column) = built.sources.file(d.span.file).line_column(d.span.start);
            format!("{}:{column} {}", line - 4, d.code)
        };
        // A trap is shown here without the clauses that the document would have.
        let traps = built.diagnostics.iter().filter(|d| d.code != Code::NoClauses);
        traps.map(place).collect::<Vec<_>>().join(", ")
    };
    let text = format!("{front}{body}");
    let built = TestSite::new().file("paper.md", &text).build();
    let first = places(&built);
    // Whether the file ends with a line break says nothing.
    let ended = places(&TestSite::new().file("paper.md", &format!("{text}\n")).build());
    assert_eq!(first, ended, "{body}");
    // Nor does the editor that it was saved in.
    let windows = format!("\u{feff}{}\r\n", text.replace('\n', "\r\n"));
    assert_eq!(first, places(&on_disk(&[("paper.md", windows.as_bytes())])), "{body}");
    first
}

/// Builds a site from these files in a folder of its own.
fn on_disk(files: &[(&str, &[u8])]) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let own = [("site.toml", SETTINGS.as_bytes()), ("authorities.toml", REGISTER.as_bytes())];
    for (path, bytes) in own.iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let (site, read) = disk::read(folder.path(), SourceMap::new()).unwrap();
    let build = pipeline::build(&pipeline::read_site(site.clone(), read, false), &Options::default());
    Built { output: build.output, diagnostics: build.diagnostics, sources: site.sources }
}

#[track_caller]
fn check(traps: &[(&str, &str, &str, &str)]) {
    let mut wrong = String::new();
    for (name, numbering, body, wanted) in traps {
        let got = found(numbering, body);
        if got != *wanted {
            wrong.push_str(&format!("── {name} ({numbering})\n{body}\n   found: {got}\n  wanted: {wanted}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_trap_is_reported_at_its_place() {
    check(&[
        ("no blank line between two clauses", "decimal", "3.37 Budgets.\n3.38 Staff.", "2:1 number-inside-paragraph"),
        (
            "… and a third",
            "decimal",
            "3.37 Budgets.\n3.38 Staff.\n3.39 Rooms.",
            "2:1 number-inside-paragraph, 3:1 number-inside-paragraph",
        ),
        ("… indented", "decimal", "3.37 Budgets.\n  3.38 Staff.", "2:3 number-inside-paragraph"),
        ("… indented like code", "decimal", "3.37 Budgets.\n     3.38 Staff.", "2:6 number-inside-paragraph"),
        ("… in small letters", "decimal", "3.37 Budgets.\n3.38 staff.", "2:1 number-inside-paragraph"),
        ("… with a letter", "decimal", "3.37 Budgets.\n3.37A Staff.", "2:1 number-inside-paragraph"),
        ("… in an annex", "decimal", "A.1 Budgets.\nA.2 Staff.", "2:1 number-inside-paragraph"),
        ("… after a hard break", "decimal", "3.37 Budgets.\\\n3.38 Staff.", "2:1 number-inside-paragraph"),
        ("… after attributes", "decimal", "3.37 Budgets. {#budgets}\n3.38 Staff.", "2:1 number-inside-paragraph"),
        (
            "… after a note's mark",
            "decimal",
            "3.37 Budgets.[^1]\n3.38 Staff.\n\n[^1]: Note.",
            "2:1 number-inside-paragraph",
        ),
        ("… under words without a number", "decimal", "Introduction\n3.37 Budgets.", "2:1 number-inside-paragraph"),
        (
            "… under a list",
            "decimal",
            "3.37 Budgets:\n\n- (a) one\n- (b) two\n3.38 Staff.",
            "5:1 number-inside-paragraph",
        ),
        (
            "… under a loose list",
            "decimal",
            "3.37 Budgets:\n\n- (a) one\n\n- (b) two\n3.38 Staff.",
            "6:1 number-inside-paragraph",
        ),
        ("… under a quotation", "decimal", "3.37 Budgets:\n\n> Words.\n3.38 Staff.", "4:1 number-inside-paragraph"),
        (
            "… under an alert",
            "decimal",
            "3.37 Budgets:\n\n> [!NOTE]\n> Words.\n3.38 Staff.",
            "5:1 number-inside-paragraph",
        ),
        ("… under a note", "decimal", "3.37 Budgets.[^1]\n\n[^1]: Note.\n3.38 Staff.", "4:1 number-inside-paragraph"),
        (
            "… under a table",
            "decimal",
            "3.37 Budgets:\n\n| a | b |\n| - | - |\n| c | d |\n3.38 Staff.",
            "6:1 number-inside-paragraph",
        ),
        ("… in simple numbering", "simple", "17. Budgets.\n\nMore.\n18. Staff.", "4:1 number-inside-paragraph"),
        ("… with a letter in simple numbering", "simple", "17. Budgets.\n17A. Staff.", "2:1 number-inside-paragraph"),
        (
            "a wrapped line that begins `1. `",
            "decimal",
            "3.37 The hall stands at number\n1. It is old.",
            "2:1 list-inside-paragraph",
        ),
        ("… indented", "decimal", "3.37 The hall stands at number\n   1. It is old.", "2:4 list-inside-paragraph"),
        ("… without numbers", "none", "The hall stands at number\n1. It is old.", "2:1 list-inside-paragraph"),
        ("… in automatic numbering", "auto", "The hall stands at number\n1. It is old.", "2:1 list-inside-paragraph"),
        (
            "… in a quotation",
            "decimal",
            "3.37 Where:\n\n> the hall at number\n> 1. It is old.",
            "4:3 list-inside-paragraph",
        ),
        (
            "… in a note",
            "decimal",
            "3.37 Where.[^1]\n\n[^1]: The hall at number\n1. It is old.",
            "4:1 list-inside-paragraph",
        ),
        ("a paragraph followed by hyphens", "decimal", "3.37 Budgets.\n---", "1:1 underlined-heading"),
        ("… by one hyphen", "decimal", "3.37 Budgets.\n-", "1:1 underlined-heading"),
        ("… indented", "decimal", "3.37 Budgets.\n  ---  ", "1:1 underlined-heading"),
        ("… of two lines", "decimal", "3.37 Budgets\nand staff.\n---\n\n3.38 Rooms.", "1:1 underlined-heading"),
        ("… in automatic numbering", "auto", "Budgets.\n---", "1:1 underlined-heading"),
        ("… in a quotation", "decimal", "3.37 Budgets:\n\n> Words.\n> ---", "3:3 heading-level"),
        ("… in an item", "decimal", "3.37 Budgets:\n\n- (a) one\n  ---", "3:3 underlined-heading"),
        ("… in simple numbering", "simple", "17. Budgets.\n    ---", "1:5 heading-level"),
        ("… of two lines in no clause", "decimal", "Budgets\nand staff\n---\n\n3.38 Rooms.", "1:1 heading-level"),
        ("a paragraph followed by equals signs", "decimal", "3.37 Budgets.\n===", "1:1 underlined-heading"),
        ("four spaces before a number", "decimal", "3.37 Budgets.\n\n    3.38 Staff.", "3:5 number-in-code"),
        ("… a tab", "decimal", "3.37 Budgets.\n\n\t3.38 Staff.", "3:2 number-in-code"),
        ("… at the start", "decimal", "    3.37 Budgets.", "1:5 number-in-code"),
        ("… in simple numbering", "simple", "Budgets.\n\n    17. Staff.", "3:5 number-in-code"),
        ("… a fence that is not closed", "decimal", "3.37 Budgets.\n\n```\nCode\n\n3.38 Staff.", "6:1 number-in-code"),
        ("a colon under a clause", "decimal", "3.37 Deposit\n: twenty pounds", "1:1 number-in-definition"),
        ("… after a blank line", "decimal", "3.37 Deposit\n\n: twenty pounds", "1:1 number-in-definition"),
        ("… in simple numbering", "simple", "17A. Deposit\n: twenty pounds", "1:1 number-in-definition"),
        ("… of tildes", "decimal", "3.37 Budgets.\n\n~~~\nCode\n```\n\n3.38 Staff.", "7:1 number-in-code"),
        ("… closed too short", "decimal", "3.37 Budgets.\n\n````\nCode\n```\n\n3.38 Staff.", "7:1 number-in-code"),
        ("… in simple numbering", "simple", "17. Budgets.\n\n```\nCode\n\n18. Staff.", "6:1 number-in-code"),
        ("a comment before a number", "decimal", "3.37 Budgets.\n\n<!-- ask --> 3.38 Staff.", "3:14 number-after-html"),
        ("… indented", "decimal", "  <!-- ask -->   3.38 Staff.", "1:18 number-after-html"),
        ("… other HTML on the line above", "decimal", "3.37 Budgets.\n\n<div>\n3.38 Staff.", "4:1 number-after-html"),
        (
            "… a comment that is not closed",
            "decimal",
            "3.37 Budgets.\n\n<!-- ask\n\n3.38 Staff.",
            "5:1 number-after-html",
        ),
        ("… in simple numbering", "simple", "<!-- ask --> 17. Staff.", "1:14 number-after-html"),
        ("… in automatic numbering", "auto", "<!-- ask --> Staff.", "1:14 number-after-html"),
        ("a gap in one list", "simple", "17. Budgets.\n19. Staff.", "2:1 number-gap"),
        ("… in a loose list", "simple", "17. Budgets.\n\n19. Staff.", "3:1 number-gap"),
        ("… backwards", "simple", "17. Budgets.\n16. Staff.", "1:1 number-out-of-order"),
        ("… twice", "simple", "17. Budgets.\n17. Staff.", "2:1 duplicate-number"),
        ("… all ones", "simple", "1. Budgets.\n1. Staff.\n1. Rooms.", ""),
        (
            "a clause that defines a link",
            "decimal",
            "3.37 Budgets.\n\n[3.38]: Withdrawn",
            "3:1 number-in-link-definition",
        ),
        ("… at the start", "decimal", "[3.37]: Withdrawn", "1:1 number-in-link-definition"),
        ("… indented", "decimal", "3.37 Budgets.\n\n  [3.38]: Withdrawn", "3:3 number-in-link-definition"),
        ("… in a quotation", "decimal", "3.37 Budgets.\n\n> [3.38]: Withdrawn", "3:3 number-in-link-definition"),
        ("… in simple numbering", "simple", "17. Budgets.\n\n[18]: Withdrawn", "3:1 number-in-link-definition"),
        ("a note that is not defined", "decimal", "3.37 Budgets.[^nope]", "1:14 undefined-footnote"),
        ("… alone", "decimal", "[^nope]", "1:1 undefined-footnote"),
        ("… twice", "decimal", "3.37 Budgets[^a] and staff.[^b]", "1:13 undefined-footnote, 1:28 undefined-footnote"),
        ("… on a second line", "decimal", "3.37 Budgets\nand staff.[^nope]", "2:11 undefined-footnote"),
        ("… in an item", "decimal", "3.37 Budgets:\n\n- (a) staff[^nope]", "3:12 undefined-footnote"),
        ("… in a heading", "decimal", "## Budgets[^nope]\n\n3.37 Staff.", "1:11 undefined-footnote"),
        (
            "… in a table",
            "decimal",
            "3.37 Budgets:\n\n| a | b |\n| - | - |\n| c[^nope] | d |",
            "5:4 undefined-footnote",
        ),
        ("… in a quotation", "decimal", "3.37 Budgets:\n\n> Words.[^nope]", "3:9 undefined-footnote"),
        ("… in emphasis", "decimal", "3.37 Budgets *and staff[^nope]*", "1:24 undefined-footnote"),
        ("… in a note", "decimal", "3.37 Budgets.[^1]\n\n[^1]: Note.[^nope]", "3:12 undefined-footnote"),
        ("… in a link", "decimal", "3.37 [Budgets[^nope]](https://example.org/)", "1:14 undefined-footnote"),
        ("… in automatic numbering", "auto", "Budgets.[^nope]", "1:9 undefined-footnote"),
        (
            "… whose definition lacks its colon",
            "decimal",
            "3.37 Budgets.[^1]\n\n[^1] Note.",
            "1:14 undefined-footnote, 3:1 undefined-footnote",
        ),
        (
            "a stroke in a table's mention",
            "decimal",
            "3.37 See:\n\n| a | b |\n| - | - |\n| [[3.37|here]] | d |",
            "5:3 pipe-in-table",
        ),
        ("… in the head", "decimal", "3.37 See:\n\n| [[3.37|here]] | b |\n| - | - |\n| c | d |", "3:3 pipe-in-table"),
        (
            "… in the last cell",
            "decimal",
            "3.37 See:\n\n| a | b |\n| - | - |\n| c | [[3.37|here]] |",
            "5:7 pipe-in-table",
        ),
        ("… without outer strokes", "decimal", "3.37 See:\n\na | b\n- | -\nc | [[3.37|here]]", "5:5 pipe-in-table"),
        (
            "… in a quotation",
            "decimal",
            "3.37 See:\n\n> | a | b |\n> | - | - |\n> | [[3.37|here]] | d |",
            "5:5 pipe-in-table",
        ),
        (
            "… two in a row",
            "decimal",
            "3.37 See:\n\n| a | b |\n| - | - |\n| [[3.37|x]] | [[3.37|y]] |",
            "5:3 pipe-in-table, 5:16 pipe-in-table",
        ),
        ("a label that begins a paragraph", "decimal", "3.37 Bring:\n\n(a) keys", ""),
        ("a label left out", "decimal", "3.37 Bring:\n\n- (a) keys\n- (c) a torch", "4:3 number-gap"),
        (
            "… of the inner ones",
            "decimal",
            "3.37 Bring:\n\n- (a) keys:\n  - (i) front\n  - (iii) back",
            "5:5 number-gap",
        ),
        ("a label used twice", "decimal", "3.37 Bring:\n\n- (a) keys\n- (a) a torch", "4:3 duplicate-number"),
        ("a heading without a space", "decimal", "##Keys\n\n3.37 Staff.", "1:1 heading-level"),
        ("attributes inside a line", "decimal", "3.37 Keys {#keys} are kept.", "1:11 malformed-attributes"),
        ("a work named like a document", "decimal", "3.37 See [[ca2004#s-10]].", "1:10 unresolved-reference"),
    ]);
}

#[test]
fn innocent_text_is_no_trap() {
    let innocent = [
        (
            "a wrapped line that begins with a number",
            "decimal",
            "3.37 The council set out in\n3.5 of the paper what it wants.",
        ),
        ("… in brackets", "decimal", "3.37 The council (see\n3.5 and 3.6) agrees."),
        ("… as an amount", "decimal", "3.37 The roof needs much slate:\n2.5 tonnes in all."),
        ("… in simple numbering", "simple", "17. The hall was built in\n    1908 and let since."),
        ("a number that is escaped", "decimal", "3.37 Budgets.\n3\\.38 Staff."),
        ("a list after a colon", "decimal", "3.37 Bring:\n1. keys\n2. a torch"),
        ("a list after a blank line", "decimal", "3.37 Bring these\n\n1. keys\n2. a torch"),
        ("a list of bullets", "decimal", "3.37 Bring\n- keys\n- a torch"),
        ("an inner list", "decimal", "3.37 Bring:\n\n1. keys:\n   1. front door\n   2. kitchen"),
        ("an inner list without a colon", "decimal", "3.37 Bring:\n\n- keys\n  1. front door\n  2. kitchen"),
        ("an inner list of a clause that is an item", "simple", "17. Bring keys\n    1. front door\n    2. kitchen"),
        ("words defined in automatic numbering", "auto", "Budgets.\n\nDeposit\n: Twenty pounds."),
        ("words defined in an item", "simple", "17. Deposit\n    : Twenty pounds."),
        ("a year at the start of a line", "decimal", "3.37 The hall was built in\n1908. It is old."),
        ("a rule after a blank line in a quotation", "decimal", "3.37 The paper says:\n\n> Words.\n>\n> ---"),
        ("a rule after a list", "decimal", "3.37 Bring:\n\n- keys\n\n---\n\n3.38 Staff."),
        ("a rule straight after a list", "decimal", "3.37 Bring:\n\n- keys\n---\n\n3.38 Staff."),
        ("a rule straight after a heading", "decimal", "## Keys\n---\n\n3.38 Staff."),
        ("an empty item", "decimal", "3.37 Bring:\n\n-\n- keys"),
        ("a rule after a blank line", "decimal", "3.37 Budgets.\n\n---\n\n3.38 Staff."),
        ("a rule of stars", "decimal", "3.37 Budgets.\n***\n\n3.38 Staff."),
        ("a table's rule", "decimal", "3.37 Budgets:\n\na | b\n--- | ---\nc | d"),
        ("a heading", "decimal", "## Budgets - and staff -\n\n3.37 Staff."),
        ("code without a number", "decimal", "3.37 Type:\n\n    clausebook build"),
        ("a number in fenced code", "decimal", "3.37 Write:\n\n```\n3.38 Staff.\n```\n\n3.38 Staff."),
        ("… with tildes", "decimal", "3.37 Write:\n\n~~~\n```\n3.38 Staff.\n~~~"),
        ("… with a longer fence", "decimal", "3.37 Write:\n\n````\n```\n3.38 Staff.\n```\n````"),
        ("… closed by a longer fence", "decimal", "3.37 Write:\n\n```\n3.38 Staff.\n`````  "),
        ("… with an indented fence", "decimal", "3.37 Write:\n\n  ```\n  3.38 Staff.\n  ```"),
        ("… in an item", "decimal", "3.37 Write:\n\n- (a) this\n\n  ```\n  3.38 Staff.\n  ```"),
        ("… in a quotation", "decimal", "3.37 Write:\n\n> ```\n> 3.38 Staff.\n> ```"),
        ("… with words on the fence", "decimal", "3.37 Write:\n\n```markdown builds\n3.38 Staff.\n```"),
        ("a fence that is not closed and holds no number", "decimal", "3.37 Write:\n\n```\nclausebook build"),
        ("a number in a code span", "decimal", "3.37 Write\n`3.38 Staff.`"),
        ("a figure in indented code", "decimal", "3.37 Type:\n\n    2.5 tonnes"),
        ("words defined without a number", "decimal", "Deposit\n: Twenty pounds.\n\n3.37 Budgets."),
        ("a colon inside a line", "decimal", "3.37 Deposit\nof: twenty pounds"),
        ("a colon that is escaped", "decimal", "3.37 Deposit\n\\: twenty pounds"),
        ("a comment by itself", "decimal", "3.37 Budgets.\n\n<!-- 3.38 Staff. -->\n\n3.38 Rooms."),
        ("a clause that is commented out", "decimal", "3.37 Budgets.\n\n<!--\n3.38 Staff.\n-->\n\n3.38 Rooms."),
        (
            "clauses that are commented out",
            "decimal",
            "3.37 Budgets.\n\n<!--\n3.38 Staff.\n\n3.39 Keys.\n-->\n\n3.38 Rooms.",
        ),
        (
            "a clause that is commented out on one line with another",
            "decimal",
            "3.37 Budgets.\n\n<!-- a --> <!-- 3.38 Staff. -->",
        ),
        ("a comment in an item", "decimal", "3.37 Bring:\n\n- (a) keys\n\n  <!-- 3.38 Staff. -->\n\n- (b) a torch"),
        ("a comment inside a paragraph", "decimal", "3.37 Budgets <!-- and\n3.38 Staff. --> are planned."),
        ("a comment after the number", "decimal", "3.37 <!-- ask --> Budgets."),
        ("a comment at the end", "decimal", "3.37 Budgets. <!-- ask -->\n\n3.38 Staff."),
        ("a comment on the line above", "decimal", "3.37 Budgets.\n\n<!-- ask -->\n3.38 Staff."),
        ("a comment over lines above", "decimal", "<!--\nask\n-->\n3.38 Staff."),
        ("… in automatic numbering", "auto", "<!-- ask -->\nStaff."),
        ("a comment in automatic numbering", "auto", "Budgets.\n\n<!-- ask -->\n\nStaff."),
        ("a comment over lines in automatic numbering", "auto", "Budgets.\n\n<!--\nask\n-->\n\nStaff."),
        ("a list without a gap", "simple", "17. Budgets.\n18. Staff.\n19. Rooms."),
        ("clauses with letters", "simple", "17. Budgets.\n\n17A. Staff.\n\n18. Rooms."),
        ("a list inside a clause", "simple", "17. Bring:\n    1. keys\n    2. a torch\n18. Staff."),
        ("two lists of a paper without numbers", "none", "First:\n\n3. keys\n\nThen:\n\n7. a torch"),
        ("a link's address", "decimal", "3.37 See [the paper][paper].\n\n[paper]: https://example.org/"),
        ("a link's address by number", "decimal", "3.37 See [1].\n\n[1]: https://example.org/"),
        ("a mark that is escaped", "decimal", "3.37 Write \\[^nope]."),
        ("… at the start of a paragraph", "decimal", "\\[^nope] is a mark."),
        ("… at the start of a clause", "decimal", "3.37 \\[^nope] is a mark."),
        ("… after emphasis", "decimal", "3.37 *See* \\[^nope]."),
        ("… straight after emphasis", "decimal", "3.37 *See*\\[^nope]."),
        ("… in a table", "decimal", "3.37 See:\n\n| a | b |\n| - | - |\n| \\[^nope] | d |"),
        ("… in a heading", "decimal", "## \\[^nope] is a mark\n\n3.37 Staff."),
        ("… in a link", "decimal", "3.37 [\\[^nope]](https://example.org/)"),
        ("… in a note", "decimal", "3.37 Budgets.[^1]\n\n[^1]: \\[^nope] is a mark."),
        ("a mark in code", "decimal", "3.37 Write `[^nope]` for a note."),
        ("a note that is defined", "decimal", "3.37 Budgets.[^Nope]\n\n[^nope]: Note."),
        ("a caret in brackets", "decimal", "3.37 Ten [^] and [^ two]."),
        ("a mention in a table", "decimal", "3.37 See:\n\n| a | b |\n| - | - |\n| [[3.37]] | [[3.37]] |"),
        ("a stroke that is escaped", "decimal", "3.37 See:\n\n| a | b |\n| - | - |\n| [[3.37\\|here]] | d |"),
        ("a stroke in a mention outside a table", "decimal", "3.37 See [[3.37|here]]."),
        ("brackets that are escaped", "decimal", "3.37 Write \\[\\[3.37\\|here\\]\\]."),
        ("… at the start", "decimal", "\\[\\[3.37 is how a mention begins."),
        (
            "labels from (a) to (k)",
            "decimal",
            "3.37 Bring:\n\n- (a) a\n- (b) b\n- (c) c\n- (d) d\n- (e) e\n- (f) f\n- (g) g\n- (h) h\n- (i) i\n- (j) j\n- (k) k",
        ),
        (
            "labels from (i) to (vi)",
            "decimal",
            "3.37 Bring:\n\n- (i) a\n- (ii) b\n- (iii) c\n- (iv) d\n- (v) e\n- (vi) f",
        ),
        ("labels of figures", "decimal", "3.37 Bring:\n\n- (1) a\n- (2) b\n- (3) c"),
        ("a label put in later", "decimal", "3.37 Bring:\n\n- (a) a\n- (aa) b\n- (b) c"),
        ("labels in each clause", "decimal", "3.37 Bring:\n\n- (a) a\n- (b) b\n\n3.38 Leave:\n\n- (a) a\n- (b) b"),
        ("labels in each item", "decimal", "3.37 Bring:\n\n- (a) a:\n  - (i) b\n  - (ii) c\n- (b) d:\n  - (i) e"),
        ("labels that go on after words", "decimal", "3.37 Bring:\n\n- (a) a\n\nand either\n\n- (b) b\n- (c) c"),
        ("brackets at the start of a paragraph", "decimal", "3.37 Bring:\n\n(See the list.)\n\n(a list)"),
        ("a sign before a figure", "decimal", "3.37 Keys.\n\n#1 is the front door."),
        ("curly brackets", "decimal", "3.37 Write {name} and { .x } and \\{#id}."),
        ("curly brackets in code", "decimal", "3.37 Write `{#id}` after it."),
        ("a number inside a paper without numbers", "none", "Words.\n3.37 Budgets.\n3.38 Staff."),
        ("a time at the start of a line", "decimal", "3.37 The hall opens at\n9.30 each morning."),
    ];
    let traps: Vec<_> = innocent.iter().map(|(name, numbering, body)| (*name, *numbering, *body, "")).collect();
    check(&traps);
}

#[test]
fn front_matter_that_is_none_is_one_fault() {
    for text in [
        "---\ntitle: Rules\n\n1.1 Keys.\n",
        "\n+++\ntitle = \"Rules\"\n+++\n\n1.1 Keys.\n",
        "+++\ntitle = \"Rules\"\n\n1.1 Keys.\n",
        "++++\ntitle = \"Rules\"\n++++\n\n1.1 Keys.\n",
        "1.1 Keys.\n",
        "",
    ] {
        let built = TestSite::new().file("rules.md", text).build();
        assert_eq!(built.codes(), ["missing-front-matter"], "{text}\n{}", built.short());
    }
    for text in [
        "+++\ntitle = \"Rules\"\n+++\n",
        "+++\ntitle = \"Rules\"\n+++",
        "+++  \ntitle = \"Rules\"\nnumbering = \"none\"\n+++  \n\n---\n\n+++\n",
    ] {
        TestSite::new().file("rules.md", text).build().clean();
    }
}

// ── What no example can show ────────────────────────────────────────────────────────────────────────────────────────

/// The codes that reading a file with these bytes raises.
fn read_codes(bytes: impl AsRef<[u8]>) -> Vec<&'static str> {
    let paper = [b"+++\ntitle = \"Paper\"\nnumbering = \"none\"\n+++\n\n", bytes.as_ref(), b"\n"].concat();
    let built = on_disk(&[("paper.md", &paper)]);
    for fault in &built.diagnostics {
        let file = built.sources.file(fault.span.file);
        assert_eq!(&*file.path, "paper.md");
    }
    built.codes()
}

#[test]
fn a_text_that_is_not_utf_8_is_told_from_one_that_is() {
    for bytes in [&b"Caf\xe9"[..], b"\xff\xfeC\0a\0", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"Caf\xc3"] {
        assert_eq!(read_codes(bytes), ["not-utf8"], "{bytes:?}");
    }
    for text in ["Café", "£10", "“Trust”", "\u{fffd}", "\u{10ffff}", "🏠"] {
        assert_eq!(read_codes(text), [""; 0], "{text:?}");
    }
}

#[test]
fn a_control_character_is_told_from_what_only_looks_empty() {
    let controls = (0..=0x1f).chain(0x7f..=0x9f).filter_map(char::from_u32);
    for c in controls.filter(|c| !matches!(c, '\t' | '\n' | '\r')) {
        assert_eq!(read_codes(format!("a{c}b")), ["control-character"], "{c:?}");
    }
    for text in ["a\tb", "a\r\nb", "a\rb", "a\u{a0}b", "a\u{ad}b", "a\u{200b}b", "a\u{200d}b", "e\u{301}"] {
        assert_eq!(read_codes(text), [""; 0], "{text:?}");
    }
}

#[test]
fn a_character_that_turns_the_text_is_told_from_letters_that_run_so() {
    let turning = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    for c in turning.chars() {
        assert_eq!(read_codes(format!("a{c}b")), ["bidi-control"], "{c:?}");
    }
    assert_eq!(read_codes("אמון ילדים, ثقة الأطفال"), [""; 0]);
}

#[test]
fn a_text_may_be_as_large_as_the_manual_says_and_no_larger() {
    let codes = |bytes: Vec<u8>| on_disk(&[("notes.toml", &bytes)]).codes();
    let line = [vec![b'#'; (1 << 20) - 1], vec![b'\n']].concat();
    assert_eq!(codes(line.repeat(4)), [""; 0]);
    assert_eq!(codes([line.repeat(4), vec![b'#']].concat()), ["too-large"]);
    assert_eq!(codes(vec![b'#'; 1 << 20]), [""; 0]);
    assert_eq!(codes(vec![b'#'; (1 << 20) + 1]), ["too-large"]);
}

#[test]
fn a_secret_key_is_never_published() {
    let password = || Some("ours".to_owned());
    for (secret, public, _) in [signature::new_key(None).unwrap(), signature::new_key(password()).unwrap()] {
        let secret_crlf = format!("\u{feff}{}", secret.replace('\n', "\r\n"));
        let paper = b"+++\ntitle = \"Paper\"\n+++\n\n1.1 The [key](our.key) and [another](a/other.txt).\n";
        let files: [(&str, &[u8]); 4] = [
            ("our.key", secret.as_bytes()),
            ("our.key.pub", public.as_bytes()),
            ("a/other.txt", secret_crlf.as_bytes()),
            ("paper.md", paper),
        ];
        assert_eq!(on_disk(&files).codes(), ["secret-key", "secret-key"]);
        // What nobody links to is no less secret; nobody need link to the public key.
        assert_eq!(on_disk(&files[..2]).codes(), ["secret-key"]);
        assert_eq!(on_disk(&files[1..2]).codes(), [""; 0]);
        let signature = format!("{public}trusted comment: none\nAAAA\n");
        assert_eq!(on_disk(&[("sig.txt", signature.as_bytes())]).codes(), ["unused-file"]);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_is_told_from_a_link_inside_the_site() {
    let codes = |target: &str| {
        let top = tempfile::tempdir().unwrap();
        let site = top.path().join("content");
        fs::create_dir(&site).unwrap();
        fs::write(site.join("site.toml"), SETTINGS).unwrap();
        // What mentions such a file is right until that can be read.
        fs::write(site.join("paper.md"), "+++\ntitle = \"Paper\"\n+++\n\n1.1 See [[linked]].\n").unwrap();
        fs::write(top.path().join("secret.md"), "+++\ntitle = \"Secret\"\n+++\n").unwrap();
        std::os::unix::fs::symlink(target, site.join("linked.md")).unwrap();
        let (site, read) = disk::read(&site, SourceMap::new()).unwrap();
        let codes: Vec<_> = pipeline::build(&pipeline::read_site(site.clone(), read, false), &Options::default())
            .diagnostics
            .iter()
            .map(|d| d.code)
            .collect();
        codes
    };
    assert_eq!(codes("paper.md"), []);
    for target in ["../secret.md", "nowhere.md", "linked.md", "/etc/hostname", "."] {
        assert_eq!(codes(target), [Code::UnreadableSource], "{target}");
    }
}

// ── All of it at once, in three forms ───────────────────────────────────────────────────────────────────────────────

/// A site with a fault of each stage and of each of its files.
fn poor_site() -> Built {
    let settings = SETTINGS.replace("title = \"Site\"", "title = \"Site\"\nthem = \"plain\"");
    let settings = format!("{settings}\n[[navigation]]\ntitle = \"Papers\"\nitems = [\"rules\", \"ruels-2001\"]\n");
    on_disk(&[
        ("site.toml", settings.as_bytes()),
        ("authorities.toml", b"[ca2004]\ntitle = \"Children Act 2004\"\nkind = \"akt\"\n"),
        ("index.md", b"+++\ntitle = \"Home\"\n+++\n\nSee [[ruels]].\n"),
        ("glossary.md", b"+++\ntitle = \"Words\"\n+++\n\nHall\n: The house.\n\nhall\n: The room.\n"),
        ("latin.md", b"+++\ntitle = \"Caf\xe9\"\n+++\n"),
        ("letter.md", b"Dear members,\n"),
        ("broken.md", b"+++\ntitle = \"Broken\n+++\n"),
        ("letters/may.md", b"+++\ntitle = \"Letter of May\"\n+++\n"),
        ("minutes/may.md", b"+++\ntitle = \"Minutes of May\"\n+++\n"),
        ("pictures/old.png", b"\x89PNG"),
        (
            "rules.md",
            b"+++\ntitle = \"Rules\"\nkind = \"guidence\"\npublished = \"May\"\n+++\n\n\
              # Hiring\n\n1.1 Keys.\n1.2 Lost keys. {#keys .stay-saef}\n\n1.4 See [[1.3]] and [[#kyes]].[^a]\n\n\
              1.4 <b>Rooms</b> and ![](plan.png).\n\n[^b]: Note.\n",
        ),
        ("theme/templates/clause.html", b"<p>\n{{ citation }\n</p>\n"),
    ])
}

#[test]
fn everything_is_reported_in_one_run_by_path_and_place() {
    let built = poor_site();
    assert!(built.output.is_none());
    insta::assert_snapshot!(built.short(), @r#"
    authorities.toml:3:8: error[invalid-value]: `kind` must be one of "act", "instrument", "bill", "eu", "case", "guidance", "report", "other"
    broken.md:2:16: error[invalid-toml]: this is not TOML: invalid basic string, expected `"` (TOML is described at toml.io)
    glossary.md:8:1: error[duplicate-word]: `hall` is defined twice (give each word and each abbreviation one place in the glossary)
    index.md:5:5: error[unresolved-reference]: `[[ruels]]` leads nowhere: no document or authority is named `ruels` (did you mean `rules`?)
    latin.md:2:13: error[not-utf8]: this file is not UTF-8: it cannot hold the byte 0xE9 (save it in your editor as UTF-8)
    letter.md:1:1: error[missing-front-matter]: this file has no front matter (begin it with a heading `# …`, or with a line `+++`, a line `title = "…"` and another line `+++`)
    minutes/may.md:1:1: error[duplicate-id]: two documents are named `may`: this one and letters/may.md (rename one, or write `id = "…"` in its front matter: names are unique in the site, whatever the folder)
    pictures/old.png:1:1: warning[unused-file]: no document refers to this file, so it is not published (link to it from a document, or move it out of the site's folder)
    rules.md:3:8: error[unknown-kind]: no kind `guidence` is declared in site.toml (did you mean `guidance`?)
    rules.md:4:13: error[invalid-value]: `published` must be a date: 2008-04-03, "2008-04" or "2008"
    rules.md:7:1: warning[heading-level]: a heading in the text has the rank of the title (the title is in front matter, or in the first heading; begin others with `##`)
    rules.md:10:1: error[number-inside-paragraph]: 1.2 is inside what is above it and opens no clause (put a blank line before it; if it is part of the sentence, join it to the line above)
    rules.md:10:23: error[unknown-term]: no taxonomy has a term `stay-saef` (did you mean `stay-safe`?)
    rules.md:12:1: warning[number-gap]: 1.4 follows 1.1: a number is left out (if the paper leaves it out too, say so in a clause "[Not used]"; if this is no clause, escape it: `3\.5`)
    rules.md:12:9: error[unresolved-reference]: `[[1.3]]` leads nowhere: rules has no 1.3 (did you mean `1.1`?)
    rules.md:12:21: error[unresolved-reference]: `[[#kyes]]` leads nowhere: rules has no kyes (did you mean `keys`?)
    rules.md:12:31: error[undefined-footnote]: the note `a` is not defined (write it, on a line of its own: `[^a]: …`)
    rules.md:14:1: error[duplicate-number]: the number 1.4 is used twice (a number is an address: give one of the two another, such as 3.37A)
    rules.md:14:5: warning[raw-html]: HTML is shown as text (write it in Markdown; if the brackets are meant, escape them: `\<`)
    rules.md:14:22: error[missing-file]: the site has no file `plan.png`
    rules.md:14:22: warning[picture-without-words]: this picture has no words for those who do not see it (say in the square brackets what it shows: `![The five outcomes as a ring](ring.svg)`)
    rules.md:16:1: warning[unused-footnote]: the note `b` is never cited (cite it with `[^b]`, or remove it)
    site.toml:2:1: error[unknown-key]: there is no key `them` in the settings (did you mean `theme`?)
    site.toml:22:19: error[unknown-document]: the site has no document `ruels-2001` (did you mean `rules`?)
    theme/templates/clause.html:2:13: error[template-error]: Found `}` but expected }}
    "#);
    let places: Vec<_> =
        built.diagnostics.iter().map(|d| (built.sources.file(d.span.file).path.clone(), d.span.start)).collect();
    assert!(places.is_sorted());
    assert_eq!(built.short(), poor_site().short(), "the same twice");
}

#[test]
fn people_see_the_line_the_place_and_the_help() {
    let site = TestSite::new();
    let one =
        site.clone().paper("rules", "1.1 Keys are kept by the caretaker.\n\n1.1 A lost key costs £10, see [[1.11]].");
    insta::assert_snapshot!(one.build().human(), @r#"
    error[duplicate-number]: the number 1.1 is used twice
     --> rules.md:8:1
      |
    8 | 1.1 A lost key costs £10, see [[1.11]].
      | ^^^
      |
     ::: rules.md:6:1
      |
    6 | 1.1 Keys are kept by the caretaker.
      | --- first numbered here
      |
      = help: a number is an address: give one of the two another, such as 3.37A

    error[unresolved-reference]: `[[1.11]]` leads nowhere: rules has no 1.11
     --> rules.md:8:31
      |
    8 | 1.1 A lost key costs £10, see [[1.11]].
      |                               ^^^^^^^^
      |
      = help: did you mean `1.1`?
    "#);
    // Under letters that are not ASCII, in a file of no words, and over more than one line.
    let wide = site.clone().paper("rules", "1.1 Café £ “x” [[1.9]].\n\n1.2 First\nline.\n---").file("old.png", "");
    insta::assert_snapshot!(wide.build().human(), @r#"
    warning[unused-file]: no document refers to this file, so it is not published
     --> old.png:1:1
      |
    1 |
      | ^
      |
      = help: link to it from a document, or move it out of the site's folder

    error[unresolved-reference]: `[[1.9]]` leads nowhere: rules has no 1.9
     --> rules.md:6:16
      |
    6 | 1.1 Café £ “x” [[1.9]].
      |                ^^^^^^^
      |
      = help: did you mean `1.1`?

    error[underlined-heading]: the line below makes a heading of this paragraph
     --> rules.md:8:1
      |
    8 | 1.2 First
      | ^^^^^^^^^
      |
      = help: put a blank line between the paragraph and the rule; write a heading with `##`
    "#);
}

#[test]
fn programs_get_an_object_a_line() {
    let built = poor_site();
    let text = diagnostic::show(&built.diagnostics, &built.sources, "content", Format::Json);
    let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), built.diagnostics.len());
    for (row, fault) in rows.iter().zip(&built.diagnostics) {
        let file = built.sources.file(fault.span.file);
        let (line, column) = file.line_column(fault.span.start);
        assert_eq!(row["code"], fault.code.as_str());
        assert_eq!(row["severity"], fault.severity().as_str());
        assert_eq!(row["message"], fault.message.as_str());
        assert_eq!(row["help"], serde_json::json!(fault.help));
        assert_eq!(row["path"], format!("content/{}", file.path));
        assert_eq!((row["line"].as_u64(), row["column"].as_u64()), (Some(line as u64), Some(column as u64)));
        assert_eq!(row["labels"].as_array().unwrap().len(), fault.labels.len());
    }
    let twice = rows.iter().find(|row| row["code"] == "duplicate-number").unwrap();
    assert_eq!(twice["labels"][0]["message"], "first numbered here");
    assert_eq!(twice["labels"][0]["line"], 12);
}

#[test]
fn the_place_is_counted_in_characters_from_one() {
    let built = TestSite::new().paper("rules", "1.1 Café £ 🏠 [[1.9]].").build();
    assert!(built.short().starts_with("rules.md:6:14: error[unresolved-reference]: "), "{}", built.short());
    // The mark stands under the place that is named.
    let human = built.human();
    let line = human.lines().find(|line| line.contains("Café")).unwrap();
    let mark = human.lines().find(|line| line.contains('^')).unwrap();
    let before = |line: &str, wanted: char| line.chars().take_while(|c| *c != wanted).collect::<String>();
    // The house is two columns wide on a terminal.
    assert_eq!(before(line, '[').chars().count() + 1, before(mark, '^').chars().count(), "{human}");
}

#[test]
fn nothing_that_is_shown_can_fool_a_terminal() {
    let hostile = "\u{1b}[31m\u{7}\u{9b}2J\u{202e}\u{2066}\u{200f}";
    let body =
        format!("1.1 See [[no{hostile}where]]{hostile} and [^x{hostile}].\n\n1.2 [[ca2004 {hostile}]] {{#x{hostile}}}");
    let built = TestSite::new()
        .paper("rules", &body)
        .paper_with("other", &format!("kind = \"guid{hostile}ance\""), "")
        .paper_with("third", "kind = \"guid\\u001b\\u202eance\"\nstatus = \"\\u009b\"\n\"ke\\u202ey\" = 1", "")
        .file(&format!("o{hostile}ld.png"), "")
        .file("two\nlines.png", "")
        .build();
    assert!(built.diagnostics.len() >= 6, "{}", built.short());
    let json = diagnostic::show(&built.diagnostics, &built.sources, "", Format::Json);
    for text in [built.short(), built.human(), json] {
        let bad = text.chars().find(|c| c.is_control() && *c != '\n' || is_bidi_control(*c));
        assert_eq!(bad, None, "{text:?}");
    }
    assert_eq!(built.short().lines().count(), built.diagnostics.len(), "one line each");
    // Colour is the one thing that clausebook sends to a terminal, and it is its own.
    let colour = diagnostic::show(&built.diagnostics, &built.sources, "", Format::Human { colour: true });
    assert!(!colour.contains("[31m\u{7}") && !colour.contains('\u{202e}'));
}

#[test]
fn a_long_line_is_shown_in_part() {
    for before in [0, 100, 5_000, 200_000] {
        let body = format!("1.1 {}[[1.9]]{}", "word ".repeat(before / 5), " word".repeat(100_000));
        let human = TestSite::new().paper("rules", &body).build().human();
        assert!(human.contains(&format!("rules.md:6:{}", 5 + before)), "{}", human.len());
        let longest = human.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= 400, "{before} before the place: a line of {longest}");
        assert!(human.contains("[[1.9]]"), "{before} before the place: it is not shown");
    }
}

#[test]
fn help_names_what_is_nearest() {
    let help = |site: TestSite, code: Code| {
        let built = site.build();
        let fault = built.diagnostics.iter().find(|d| d.code == code).unwrap_or_else(|| panic!("{}", built.short()));
        fault.help.clone().unwrap_or_default()
    };
    let near =
        |body: &str, code| help(TestSite::new().paper("rules", body).paper("guidance-2008", "3.37 Budgets."), code);
    let with = |front: &str, code| help(TestSite::new().paper_with("rules", front, ""), code);
    let meant = |name: &str| format!("did you mean `{name}`?");
    assert_eq!(near("1.1 Keys.\n\n1.2 See [[1.11]].", Code::UnresolvedReference), meant("1.1"));
    assert_eq!(
        near("1.1 Keys. {#lost-keys}\n\n1.2 See [[#lost-kyes]].", Code::UnresolvedReference),
        meant("lost-keys")
    );
    assert_eq!(near("1.1 See [[3.37]].", Code::UnresolvedReference), meant("[[guidance-2008#3.37]]"));
    assert_eq!(near("1.1 See [[guidance-2080]].", Code::UnresolvedReference), meant("guidance-2008"));
    assert_eq!(near("1.1 See [[guidance-2008#3.73]].", Code::UnresolvedReference), meant("3.37"));
    assert_eq!(near("1.1 See [[ca2040 s 10]].", Code::UnknownAuthority), meant("ca2004"));
    assert_eq!(near("1.1 See [it](guidance-2080.md).", Code::MissingFile), meant("guidance-2008.md"));
    assert_eq!(near("1.1 Keys. {.be-heathly}", Code::UnknownTerm), meant("be-healthy"));
    assert_eq!(with("outcomes = \"stay-saef\"", Code::UnknownTerm), meant("stay-safe"));
    assert_eq!(with("kind = \"guidence\"", Code::UnknownKind), meant("guidance"));
    assert_eq!(with("publishd = 2008", Code::UnknownKey), meant("published"));
    assert_eq!(with("replaces = \"idnex\"", Code::UnknownDocument), meant("index"));
    // What is like nothing is not likened to anything.
    assert!(!near("1.1 See [[zzzz]].", Code::UnresolvedReference).contains("did you mean"));
    assert!(!with("qqqq = 1", Code::UnknownKey).contains("did you mean"));
}
