//! Letters in a column of their own, as standing orders print the labels of their items: "a   Vote
//! by hand".
//!
//! Takes a text; gives it with a bracket behind such letters, if they follow one another at one
//! indent. A letter alone is a word.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::document::{is_first_label, is_label, is_next_label};
use crate::import::bounds::DEEPEST;

/// A line that may begin with a letter in a column of its own.
struct LetteredLine<'t> {
    line: usize,
    indent: usize,
    label: &'t str,
}

/// Returns a text with brackets behind its letters.
pub fn bracketed(text: &str) -> Cow<'_, str> {
    let found = found(text);
    if found.is_empty() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + found.len());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let label = lettered(line).filter(|_| found.contains(&at));
        match label.and_then(|(indent, label)| line.split_at_checked(indent + label.len())) {
            Some((head, tail)) => out.extend([head, ")", tail]),
            None => out.push_str(line),
        }
    }
    out.into()
}

/// The lines whose letters are those of lists.
fn found(text: &str) -> BTreeSet<usize> {
    let lines = text.split_inclusive('\n').enumerate();
    let lines =
        lines.filter_map(|(line, words)| lettered(words).map(|(indent, label)| LetteredLine { line, indent, label }));
    let mut found = BTreeSet::new();
    // The lists that are open: each with its last line.
    let mut open: Vec<LetteredLine<'_>> = Vec::new();
    for line in lines {
        let next = |last: &LetteredLine<'_>| last.indent == line.indent && is_next_label(last.label, line.label);
        if let Some(at) = open.iter().rposition(next) {
            open.truncate(at + 1);
            if let Some(last) = open.last_mut() {
                found.extend([last.line, line.line]);
                *last = line;
            }
        } else if is_first_label(line.label) {
            open.retain(|last| last.indent < line.indent);
            open.push(line);
            if open.len() > DEEPEST {
                open.remove(0);
            }
        }
    }
    found
}

/// The indent and the label of a line that begins with small letters and a gap.
fn lettered(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches(' ');
    let label = words.get(..words.find([' ', '\t'])?)?;
    let gap = words.get(label.len()..)?;
    let wide = gap.starts_with("  ") || gap.starts_with('\t');
    let small = !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase());
    (small && is_label(label) && wide && !gap.trim().is_empty()).then(|| (line.len() - words.len(), label))
}
