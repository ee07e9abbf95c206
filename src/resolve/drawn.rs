//! Clauses that are drawn in: that they are clauses, and not too many.
//!
//! Takes documents whose mentions are resolved; gives what is wrong with those that draw clauses
//! in. What is drawn in is written once more for each time that it is, so that a short file could
//! make a page without end.

use rayon::prelude::*;

use crate::arena::Arena;
use crate::config::{Limits, size};
use crate::corpus::{Entry, Goal, drawn_in};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Item, Reference};
use crate::source::SourceMap;

/// Checks all that is drawn in.
pub fn check(entries: &Arena<Entry>, limits: &Limits, sources: &SourceMap, faults: &mut Vec<Diagnostic>) {
    let found = entries.par_pairs().flat_map_iter(|(_, entry)| drawn(entries, entry, limits, sources));
    faults.par_extend(found);
}

fn drawn(entries: &Arena<Entry>, entry: &Entry, limits: &Limits, sources: &SourceMap) -> Vec<Diagnostic> {
    let (mut clauses, mut bytes) = (0, 0);
    let mut faults = Vec::new();
    for item in &entry.document.items {
        let Item::DrawIn(at) = item else { continue };
        let reference = &entry.document.references[*at];
        let Some((from, whole)) = drawn_in(entries, entry, *at) else {
            if entry.resolution.targets[*at].to != Goal::Nowhere {
                faults.push(no_clause(reference));
            }
            continue;
        };
        let from = &entries[from].document;
        let (Some(first), Some(last)) = (whole.first().copied(), whole.last().copied()) else { continue };
        clauses += whole.len();
        let end =
            from.clauses.after(last).find(|(_, clause)| clause.parent.is_none()).map(|(_, clause)| clause.span.start);
        let end = end.unwrap_or_else(|| sources.file(from.file).text.len());
        bytes += end.saturating_sub(from.clauses[first].span.start) as u64;
        let (what, setting) = if clauses > limits.draw_ins {
            (format!("too many clauses are drawn in: the most is {}", limits.draw_ins), "draw-ins")
        } else if bytes > limits.drawn_text {
            (format!("too much text is drawn in: the most is {}", size(limits.drawn_text)), "drawn-text")
        } else {
            continue;
        };
        let fault = Diagnostic::new(Code::TooMany, reference.span, format!("with this, {what}"));
        faults.push(fault.help(format!("split the document, or raise `{setting}` under [limits] in site.toml")));
        break;
    }
    faults
}

/// Only clauses can be drawn in.
fn no_clause(reference: &Reference) -> Diagnostic {
    let message = format!("`{}` is not a clause", reference.written);
    let fault = Diagnostic::new(Code::MisplacedDrawIn, reference.span, message);
    fault.help("only clauses are drawn in; mention anything else with `[[…]]`")
}
