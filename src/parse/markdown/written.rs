//! Places where a file writes the numbers that its mentions, links and rows name.
//!
//! Takes a file and a mention that was read in it; gives the bytes that spell the number, so that
//! they and no others can be changed. Gives nothing where the number is spelt in a way of its own,
//! with entities or escapes. Changes nothing.

use std::ops::Range;

use super::events::parser;
use crate::document::{Fragment, Number, Reference, Target};
use crate::parse::metadata::fences;
use crate::source::{SourceFile, Span};

/// The places of the numbers that a mention or link names, without the labels of sub-clauses: two
/// of a range, else one.
pub fn numbers_in(file: &SourceFile, reference: &Reference) -> Option<Vec<Range<usize>>> {
    let (Target::Place(_, fragment) | Target::Page(_, Some(fragment))) = &reference.target else { return None };
    let Span { start, end, .. } = reference.span;
    let source = file.slice(start..end);
    let target = if reference.written.starts_with("[[") {
        let open = start + source.find("[[")? + 2;
        let inner = file.slice(open..end);
        open..open + inner.find(['|', ']']).unwrap_or(inner.len())
    } else if source.ends_with(')') {
        start + source.rfind("](")? + 2..end
    } else {
        definition(file, source)?
    };
    numbers_of(file, target, fragment)
}

/// The places of the numbers in `DOCUMENT#PLACE` or in a bare place, as data files write them in
/// quotation marks or without.
pub fn numbers_of_place(file: &SourceFile, span: Span, fragment: &Fragment) -> Option<Vec<Range<usize>>> {
    numbers_of(file, span.start..span.end, fragment)
}

/// The definition `[label]: address` of the link `[words][label]`, `[label][]` or `[label]`, after
/// its colon.
fn definition(file: &SourceFile, link: &str) -> Option<Range<usize>> {
    let body = fences(&file.text).map_or(0, |(_, start)| start);
    let inner = link.strip_suffix("[]").unwrap_or(link).strip_suffix(']')?;
    let label = inner.get(inner.rfind('[')? + 1..)?;
    let parser = parser(&file.text, body);
    let place = parser.reference_definitions().get(label)?.span.clone();
    let place = body + place.start..body + place.end;
    let address = file.slice(place.clone()).find("]:")? + 2;
    Some(place.start + address..place.end)
}

/// The numbers of a fragment in a part of the file that writes it, after its last `#` that has
/// them, or from its start.
fn numbers_of(file: &SourceFile, part: Range<usize>, fragment: &Fragment) -> Option<Vec<Range<usize>>> {
    let source = file.slice(part.clone());
    let beginnings = source.rmatch_indices('#').map(|(at, _)| at + 1).chain([0]);
    let found = beginnings.filter_map(|at| {
        let from = part.start + at;
        match fragment {
            Fragment::Number(number) => Some(vec![spelt(file, from..part.end, &number.whole().to_string())?]),
            // The anchor of a clause begins with its number.
            Fragment::Id(id) => {
                let number = Number::parse_anchor(id)?.whole();
                Some(vec![spelt(file, from..part.end, &number.to_string())?])
            }
            Fragment::Range(first, last) => {
                let first = spelt(file, from..part.end, &first.whole().to_string())?;
                let (dash, sign) = file.slice(first.end..part.end).char_indices().find(|(_, c)| "-–".contains(*c))?;
                let after = first.end + dash + sign.len_utf8();
                let last = spelt(file, after..part.end, &last.whole().to_string())?;
                Some(vec![first, last])
            }
        }
    });
    found.into_iter().next()
}

/// The number `wanted`, if the part begins with it, but for spaces, quotation marks and what else
/// may be before an address.
fn spelt(file: &SourceFile, part: Range<usize>, wanted: &str) -> Option<Range<usize>> {
    let source = file.slice(part.clone());
    let rest = source.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<'));
    let ends = rest.strip_prefix(wanted)?;
    let start = part.end - rest.len();
    let whole = !ends.starts_with(|c: char| c.is_alphanumeric())
        && !ends.strip_prefix('.').is_some_and(|after| after.starts_with(|c: char| c.is_alphanumeric()));
    whole.then_some(start..start + wanted.len())
}

/// Returns the changes to the indentation inside the list item at `item` that go with a change of
/// its number from `old` to `new` bytes: Markdown takes what belongs to an item by the column of
/// its first words.
pub fn indentation(file: &SourceFile, item: Range<usize>, old: usize, new: usize) -> Vec<(Range<usize>, String)> {
    let line_start = file.slice(0..item.start).rfind('\n').map_or(0, |newline| newline + 1);
    let before = file.slice(line_start..item.start);
    let after = file.slice(item.start + old + 1..item.end);
    let gap = after.get(..after.len() - after.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
    let column = |number: usize| {
        let marker = before.len() + number + 1;
        let words = gap.bytes().fold(marker, |at, b| if b == b'\t' { at + 4 - at % 4 } else { at + 1 });
        // After more than four spaces code begins; after none, the words are on the next line.
        if gap.is_empty() || words > marker + 4 { marker + 1 } else { words }
    };
    let (column, later) = (column(old), column(new));
    let mut changes = Vec::new();
    let (mut at, mut after_blank) = (item.start, false);
    for line in file.slice(item.clone()).split_inclusive('\n') {
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let blank = line.trim().is_empty();
        if at > item.start && !blank {
            if indentation >= column {
                changes.push((at..at + column.saturating_sub(later), " ".repeat(later.saturating_sub(column))));
            } else if after_blank {
                // Here something begins that is no part of the item.
                break;
            }
        }
        (at, after_blank) = (at + line.len(), blank);
    }
    changes.retain(|(place, spaces)| !(place.is_empty() && spaces.is_empty()));
    changes
}
