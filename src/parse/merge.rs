//! Marks that git leaves in a text where it could not join two branches.
//!
//! Takes a text of the site; gives a fault at the first mark in it. Blocks of code in Markdown may
//! show marks: no others of a text that is finished begin a line.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::metadata::fences;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Span, text_stem};

/// Marks of git, each at the start of a line. `=======` is not looked for: in Markdown it
/// underlines a heading.
const MARKS: [&str; 3] = ["<<<<<<<", "|||||||", ">>>>>>>"];

/// Reports the first mark of a merge that nobody finished.
pub fn unfinished_merge(file: &SourceFile) -> Option<Diagnostic> {
    let of_line = |(start, line): (usize, &str)| is_mark(line.trim_end()).then(|| start..start + line.trim_end().len());
    let mut marks: Vec<Range<usize>> = file.lines().filter_map(of_line).collect();
    if !marks.is_empty() && text_stem(&file.path).is_some() {
        let code = blocks_of_code(&file.text);
        marks.retain(|mark| !code.iter().any(|block| block.contains(&mark.start)));
    }
    let place = Span::new(file.id, marks.into_iter().next()?);
    let fault =
        Diagnostic::new(Code::UnfinishedMerge, place, "git could not join two branches here, and left its marks");
    Some(fault.help(
        "keep what you need of both sides, and delete the lines that begin with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`",
    ))
}

/// Returns whether a line is a mark, or begins with one and a space.
fn is_mark(line: &str) -> bool {
    let rest = MARKS.iter().find_map(|mark| line.strip_prefix(mark));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Returns the places of the blocks of code in a Markdown file.
fn blocks_of_code(text: &str) -> Vec<Range<usize>> {
    let start = fences(text).map_or(0, |(_, start)| start);
    let events = Parser::new_ext(text.get(start..).unwrap_or_default(), Options::empty()).into_offset_iter();
    let blocks = events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
    blocks.map(|(_, place)| place.start + start..place.end + start).collect()
}
