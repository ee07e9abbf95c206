//! Whatever is wrong is reported, at its place, and the manual says what it means: all at once, never one at a time.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clausebook::diagnostic::{self, Code, Format, is_bidi_control};
use clausebook::disk;
use clausebook::source::SourceMap;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::site::{Built, TestSite};

// ── The manual ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Codes whose fault lies in bytes, in the file system or in clausebook, where no example of text can show it.
const WITHOUT_EXAMPLE: [Code; 6] = [
    Code::NotUtf8,
    Code::UnreadableSource,
    Code::TooLarge,
    Code::ControlCharacter,
    Code::BidiControl,
    Code::InternalError,
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
        let sentences = words.matches(['.', '?', '!']).count();
        assert!((2..=9).contains(&sentences), "{name} is explained in {sentences} sentences");
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
        self.files.iter().any(|(own, text, first)| own == path && (*first..=text.lines().count().max(1)).contains(&line))
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
                let file = built.sources.get(d.span.file).unwrap();
                d.code.as_str() == entry.name && example.has(&file.path, file.line_column(d.span.start).0)
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
        assert!(!text.contains("\n## "), "the next section is no part of it: {text}");
    }
}
