//! Clauses that are drawn in: that they are clauses, and not too many.
//!
//! Takes documents whose mentions are resolved; gives what is wrong with those that draw clauses in. What is drawn in is
//! written once more for each time that it is, so that a short file could make a page without end.

use rayon::prelude::*;

use crate::config::size;
use crate::corpus::{Corpus, Entry, Goal};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Item, Reference};
use crate::source::SourceMap;

/// Checks all that is drawn in.
pub fn check(corpus: &Corpus, sources: &SourceMap, faults: &mut Vec<Diagnostic>) {
    let of_entry = |entry: &Entry| drawn(corpus, entry, sources);
    let found: Vec<Vec<Diagnostic>> = corpus.entries.par_iter().map(of_entry).collect();
    faults.extend(found.into_iter().flatten());
}

fn drawn(corpus: &Corpus, entry: &Entry, sources: &SourceMap) -> Vec<Diagnostic> {
    let limits = &corpus.config.limits;
    let (mut clauses, mut bytes) = (0, 0);
    let mut faults = Vec::new();
    for item in &entry.document.items {
        let Item::DrawIn(at) = item else { continue };
        let (Some(target), Some(reference)) = (entry.resolution.targets.get(*at), entry.document.references.get(*at))
        else {
            continue;
        };
        let Some((from, whole)) = corpus.drawn_in(entry, *at) else {
            if target.to != Goal::Nowhere {
                faults.push(no_clause(reference));
            }
            continue;
        };
        let Some(from) = corpus.entry(from).map(|entry| &*entry.document) else { continue };
        let (Some(first), Some(last)) = (whole.first().copied(), whole.last().copied()) else { continue };
        clauses += whole.len();
        let end = from.clauses.iter().skip(last + 1).find(|clause| clause.parent.is_none());
        let end = end.map(|clause| clause.span.start).or_else(|| Some(sources.get(from.file)?.text.len()));
        bytes += end.unwrap_or_default().saturating_sub(start(from, first)) as u64;
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

/// Returns the byte offset at which the text of a clause begins.
fn start(document: &Document, clause: usize) -> usize {
    document.clauses.get(clause).map_or(0, |clause| clause.span.start)
}

/// Only clauses can be drawn in.
fn no_clause(reference: &Reference) -> Diagnostic {
    let message = format!("`{}` is not a clause", reference.written);
    let fault = Diagnostic::new(Code::MisplacedDrawIn, reference.span, message);
    fault.help("only clauses are drawn in; mention anything else with `[[…]]`")
}
