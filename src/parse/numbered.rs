//! A document in which no clause was found.
//!
//! Takes a parsed body; says which numbers are in it that another `numbering` would read. A paper
//! that becomes a page without clauses must not do so without a word.

use super::markdown::Body;
use super::openers;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Element, Item, Numbering, Piece};
use crate::source::{SourceFile, Span};

/// Reports a document that should have clauses and has none.
pub fn no_clauses(
    file: &SourceFile,
    start: usize,
    body: &Body,
    (numbering, unit): (Numbering, [&str; 2]),
) -> Option<Diagnostic> {
    if numbering == Numbering::None || !body.clauses.is_empty() || body.items.is_empty() {
        return None;
    }
    let titles = body.sections.iter().filter(|section| section.clause.is_none()).map(|section| section.title.as_str());
    let mut numbered = titles.filter(|title| openers::of_heading(title, unit).is_some()).peekable();
    let printed = |title: &str| title.get(openers::of_heading(title, unit)?.place).map(str::to_owned);
    let first = numbered.peek().and_then(|title| printed(title)).unwrap_or_default();
    let (headings, items) = (numbered.count(), items(body));
    let none = "write `numbering = \"none\"` in front matter if it has no numbered clauses";
    let help = if headings > 1 && numbering != Numbering::Headings && headings >= items {
        format!(
            "{headings} headings begin with a number such as {first}: write `numbering = \"headings\"` in front matter"
        )
    } else if items > 1 && numbering != Numbering::Simple {
        format!(
            "{items} items of lists begin with 1., 2.: write `numbering = \"simple\"` in front matter if they are clauses; else {none}"
        )
    } else {
        none.to_owned()
    };
    let text = file.slice(start..file.text.len());
    let first = start + text.len() - text.trim_start().len();
    let end = first + text.trim_start().lines().next().map_or(0, str::len);
    Some(
        Diagnostic::new(Code::NoClauses, Span::new(file.id, first..end), "no clause was found in this document")
            .help(help),
    )
}

/// The number of items in numbered lists that are in nothing else.
fn items(body: &Body) -> usize {
    let blocks = body.items.iter().filter_map(|item| match item {
        Item::Block(range) => body.pieces.get(range.clone()),
        _ => None,
    });
    let lists = blocks.filter(|pieces| matches!(pieces.first(), Some(Piece::Open(Element::List(Some(_))))));
    lists.flatten().filter(|piece| matches!(piece, Piece::Open(Element::Item(_)))).count()
}
