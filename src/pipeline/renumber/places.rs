//! Every place that must change with the numbers.
//!
//! Takes the resolved site and the new numbers; gives the bytes that spell the old ones: at the
//! clauses, in mentions and links, in `relations.toml` and in the new addresses of `moves.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::RenumberRefusal;
use super::numbers::{CorpusClause, Numbers};
use super::rows::LedgerStanding;
use crate::corpus::{Corpus, Entry, Goal, Place, PlacePart};
use crate::diagnostic;
use crate::document::ledger::{Address, Move};
use crate::document::{Clause, ClauseRelation, Fragment, Number, Numbering, Reference, Target};
use crate::parse::markdown;
use crate::source::{Edit, SourceFile, SourceMap, Span};

/// The places that have been found.
pub(super) struct NumberPlaces<'a> {
    corpus: &'a Corpus,
    numbers: &'a Numbers<'a>,
    sources: &'a SourceMap,
    edits: Vec<Edit>,
    mentions: BTreeMap<String, usize>,
}

impl<'a> NumberPlaces<'a> {
    pub(super) fn new(corpus: &'a Corpus, numbers: &'a Numbers<'a>, sources: &'a SourceMap) -> Self {
        NumberPlaces { corpus, numbers, sources, edits: Vec::new(), mentions: BTreeMap::new() }
    }

    /// The edits, each once, by file and place, and how many mentions change in each file.
    pub(super) fn finish(mut self) -> (Vec<Edit>, BTreeMap<String, usize>) {
        let path = |edit: &Edit| self.sources.file(edit.span.file).path.clone();
        self.edits.sort_by_cached_key(|edit| (path(edit), edit.clone()));
        self.edits.dedup();
        (self.edits, self.mentions)
    }

    /// The numbers at the beginnings of the clauses, and the indentation that hangs on them.
    pub(super) fn clauses(&mut self) {
        for (place, clause, new) in self.numbers.changes() {
            let entry = self.corpus.entry(place.entry);
            let file = self.sources.file(entry.document.file);
            let (old, new) = (clause.number.without_series().to_string(), new.without_series().to_string());
            let start = clause.span.start;
            self.edits.push(Edit { span: clause.span.with(start..start + old.len()), text: new.clone() });
            // Only a number without letters makes an item of a list for Markdown.
            let item = |number: &str| number.bytes().all(|b| b.is_ascii_digit());
            if entry.document.numbering() == Numbering::Simple && item(&old) && item(&new) {
                let inside = start..end_of(entry, clause, file);
                for (place, text) in markdown::indentation(file, inside, old.len(), new.len()) {
                    self.edits.push(Edit { span: clause.span.with(place), text });
                }
            }
        }
    }

    /// Changes the numbers in mentions and links.
    pub(super) fn mentions(&mut self) -> Result<(), RenumberRefusal> {
        for entry in &self.corpus.entries {
            let file = self.sources.file(entry.document.file);
            for (reference, target) in entry.document.references.iter().zip(&entry.resolution.targets) {
                let ends = self.ends(reference, &target.to);
                let Some(fragment) = fragment_of(&reference.target).filter(|_| self.any_changes(&ends)) else {
                    continue;
                };
                let found = markdown::numbers_in(file, reference);
                self.change(file, reference.span, fragment, &ends, found)?;
            }
        }
        Ok(())
    }

    /// Both ends of each row of `relations.toml`.
    pub(super) fn relations(&mut self, rows: &[ClauseRelation]) -> Result<(), RenumberRefusal> {
        rows.iter().flat_map(|row| [&row.from, &row.to]).try_for_each(|end| {
            let Target::Place(Some(id), fragment) = &end.value else { return Ok(()) };
            self.change_row(id, fragment, end.span)
        })
    }

    /// The new addresses in `moves.toml`; `after` is what has left its address then. Gives the rows
    /// that would lead from an address to itself.
    pub(super) fn moves(&mut self, moves: &[Move], after: &LedgerStanding<'_>) -> Result<Vec<Span>, RenumberRefusal> {
        let mut idle = Vec::new();
        for row in moves {
            for to in &row.to {
                let Some(number) = number_of_anchor(&to.value.anchor) else { continue };
                let Address { document, anchor, .. } = &to.value;
                self.change_row(document, &Fragment::Id(anchor.clone()), to.span)?;
                let place = self.numbers.find(document, &number);
                let Some(new) = place.and_then(|place| self.numbers.of(place)) else { continue };
                let rest = anchor.strip_prefix(&number.anchor()).unwrap_or_default();
                let new = after.bearer(document, &new.anchor(), rest);
                if row.from.iter().all(|from| (&from.value.document, &from.value.anchor) == (document, &new.anchor)) {
                    idle.push(to.span);
                } else {
                    self.change_ordinal(&new, to.span);
                }
            }
        }
        Ok(idle)
    }

    /// The `~2` at the end of an address in quotation marks, for the second provision that has it.
    fn change_ordinal(&mut self, address: &Address, span: Span) {
        let written = self.sources.text(span);
        let bare = written.trim_end_matches(['"', '\'']).trim_end();
        let start = bare.rfind('~').unwrap_or(bare.len());
        let ordinal = if address.nth > 1 { format!("~{}", address.nth) } else { String::new() };
        if bare.get(start..) != Some(ordinal.as_str()) {
            let place = span.start + start..span.start + bare.len();
            self.edits.push(Edit { span: span.with(place), text: ordinal });
        }
    }

    /// A place in a data file.
    fn change_row(&mut self, id: &str, fragment: &Fragment, span: Span) -> Result<(), RenumberRefusal> {
        let file = self.sources.file(span.file);
        let find = |number: &Number| self.numbers.find(id, number);
        let ends = match fragment {
            Fragment::Number(number) => vec![find(number)],
            Fragment::Range(first, last) => vec![find(first), find(last)],
            Fragment::Id(anchor) => vec![number_of_anchor(anchor).and_then(|number| find(&number))],
        };
        let ends: Vec<CorpusClause> = ends.into_iter().flatten().collect();
        if !self.any_changes(&ends) {
            return Ok(());
        }
        let found = markdown::numbers_of_place(file, span, fragment);
        self.change(file, span, fragment, &ends, found)
    }

    /// The clauses that a mention names by their numbers: two for a range, none for an id.
    fn ends(&self, reference: &Reference, goal: &Goal) -> Vec<CorpusClause> {
        match (fragment_of(&reference.target), goal) {
            (Some(fragment), Goal::Place(Place { entry, part: PlacePart::Clause(clause) })) => {
                let document = &self.corpus.entry(*entry).document;
                let by_number = match fragment {
                    Fragment::Id(id) => document.clause_anchor(&document.clauses[*clause]) == *id,
                    _ => true,
                };
                by_number.then_some(CorpusClause { entry: *entry, clause: *clause }).into_iter().collect()
            }
            (Some(_), Goal::Clauses(entry, first, last)) => {
                [first, last].map(|clause| CorpusClause { entry: *entry, clause: *clause }).into()
            }
            _ => Vec::new(),
        }
    }

    fn any_changes(&self, ends: &[CorpusClause]) -> bool {
        ends.iter().any(|end| self.numbers.of(*end).is_some())
    }

    /// Changes the numbers that were found at a place that names `ends`.
    fn change(
        &mut self,
        file: &SourceFile,
        span: Span,
        fragment: &Fragment,
        ends: &[CorpusClause],
        found: Option<Vec<Range<usize>>>,
    ) -> Result<(), RenumberRefusal> {
        let Some(found) = found.filter(|found| found.len() == ends.len()) else {
            let at = diagnostic::place_of(span, self.sources, "");
            let named = match fragment {
                Fragment::Number(number) => number.to_string(),
                Fragment::Range(first, last) => format!("{first}-{last}"),
                Fragment::Id(id) => id.clone(),
            };
            let message =
                format!("{at}: the number in this mention of {named} is spelt in a way that cannot be changed");
            return Err(RenumberRefusal::new(
                message,
                "write it plainly, without escapes, as `[[3.38]]` or `[words](#3.38)`",
            ));
        };
        for (place, end) in found.into_iter().zip(ends) {
            if let Some(new) = self.numbers.of(*end) {
                self.edits.push(Edit { span: span.with(place), text: new.to_string() });
            }
        }
        *self.mentions.entry(file.path.to_string()).or_default() += 1;
        Ok(())
    }
}

/// The place that a mention names, of this document or another.
fn fragment_of(target: &Target) -> Option<&Fragment> {
    match target {
        Target::Place(_, fragment) | Target::Page(_, Some(fragment)) => Some(fragment),
        _ => None,
    }
}

/// The number in the anchor of a clause or sub-clause: `3.38` in `3.38-a`.
pub(super) fn number_of_anchor(anchor: &str) -> Option<Number> {
    Some(Number::parse_anchor(anchor)?.whole())
}

/// Returns the byte at which a clause ends in its file: at the next clause or heading, or at the
/// end of the file.
fn end_of(entry: &Entry, clause: &Clause, file: &SourceFile) -> usize {
    let document = &entry.document;
    let clauses = document.whole_clauses().map(|(_, other)| other.span.start);
    let starts = clauses.chain(document.sections.iter().map(|section| section.span.start));
    starts.filter(|start| *start > clause.span.start).min().unwrap_or(file.text.len())
}
