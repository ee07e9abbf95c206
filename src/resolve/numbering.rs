//! Numbers and anchors: that each clause has an address, and no two have the same.
//!
//! Takes documents as their authors numbered them; gives what is repeated, out of order or left
//! out. Never counts anew: numbers are the author's.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Documents, SharedNumbering, UnresolvedDocument};
use crate::arena::Table;
use crate::corpus::{DocumentRole, Entry, EntryId};
use crate::date::begins_with_month;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Clause, ClauseId, Document, Number, Piece, SectionId, is_first_label, is_next_label, longest_run,
};
use crate::source::{FileId, Span};

/// Checks the numbers of each publication and the anchors of each page.
pub(super) fn check(documents: &Documents, numberings: &Table<Entry, SharedNumbering>, faults: &mut Vec<Diagnostic>) {
    let of_publication = |(at, numbering): (EntryId, &SharedNumbering)| {
        let mut faults = Vec::new();
        // A publication is checked once, when its first file comes; notes have the numbers of
        // another.
        let is_notes = documents[at].role == DocumentRole::Notes;
        if numbering.files.first() == Some(&at) && !is_notes {
            let files = numbering.files.iter().map(|file| &*documents[*file].document);
            // Where the paper prints no numbers, each file is counted by itself.
            let (alone, together): (Vec<&Document>, Vec<&Document>) = files.partition(|file| file.counts_by_itself());
            numbers(&together, &mut faults);
            alone.into_iter().for_each(|file| numbers(&[file], &mut faults));
        }
        faults
    };
    let of_page = |(_, filed): (EntryId, &UnresolvedDocument)| {
        let mut faults = Vec::new();
        anchors(&filed.document, &mut faults);
        faults
    };
    faults.par_extend(numberings.par_pairs().flat_map_iter(of_publication));
    faults.par_extend(documents.par_pairs().flat_map_iter(of_page));
}

/// Numbers are unique and rise in each series; a gap is a warning. The longest run that rises is
/// right: what is outside it is a fault, once.
fn numbers(files: &[&Document], faults: &mut Vec<Diagnostic>) {
    let mut series: BTreeMap<Option<&str>, Vec<DocumentClause<'_>>> = BTreeMap::new();
    for document in files {
        for (at, clause) in document.whole_clauses() {
            series.entry(clause.number.series()).or_default().push(DocumentClause { document, at, clause });
        }
    }
    for clauses in series.values() {
        let ends: Vec<(&Number, &Number)> = clauses.iter().map(|one| (one.number(), one.last())).collect();
        let run = longest_run(&ends);
        outside(clauses, &run, faults);
        steps(clauses, &run, faults);
        for numbered in clauses.iter().enumerate().filter(|(at, _)| run.contains(at)).map(|(_, numbered)| numbered) {
            sub_clauses(numbered, faults);
        }
    }
}

/// A clause with the document that it is in.
#[derive(Clone, Copy)]
struct DocumentClause<'a> {
    document: &'a Document,
    at: ClauseId,
    clause: &'a Clause,
}

impl<'a> DocumentClause<'a> {
    fn number(&self) -> &'a Number {
        &self.clause.number
    }

    /// Returns whether its number and its first words are rather a date: "3. May 2008".
    fn reads_as_date(&self) -> bool {
        let day: Option<u32> = self.number().to_string().parse().ok();
        let pieces = self.document.pieces.get(self.clause.body.clone()).unwrap_or_default();
        let words = pieces.iter().find_map(|piece| match piece {
            Piece::Text(words) => Some(words.as_str()),
            _ => None,
        });
        day.is_some_and(|day| (1..32).contains(&day)) && words.is_some_and(begins_with_month)
    }

    fn last(&self) -> &'a Number {
        self.clause.through.as_ref().unwrap_or(&self.clause.number)
    }
}

/// Reports the clauses that are not in the run. A series that begins again under a heading is one
/// fault.
fn outside(clauses: &[DocumentClause<'_>], run: &BTreeSet<usize>, faults: &mut Vec<Diagnostic>) {
    let known: FxHashMap<&Number, &DocumentClause<'_>> =
        run.iter().filter_map(|at| clauses.get(*at)).map(|numbered| (numbered.number(), numbered)).collect();
    let mut begun: BTreeSet<(FileId, Option<SectionId>)> = BTreeSet::new();
    let mut seen: FxHashMap<&Number, &DocumentClause<'_>> = FxHashMap::default();
    for (at, numbered) in clauses.iter().enumerate().filter(|(at, _)| !run.contains(at)) {
        let number = numbered.number();
        let other = known.get(number).or_else(|| seen.get(number)).copied();
        seen.entry(number).or_insert(numbered);
        let place = (numbered.document.file, numbered.clause.section);
        if begun.contains(&place) {
            continue;
        }
        let Some(other) = other else {
            faults.push(out_of_order(clauses, run, at, numbered));
            continue;
        };
        let again = clauses.get(at + 1).is_some_and(|next| {
            let same_section = |clause: &Clause| clause.section == numbered.clause.section;
            let repeated = known.get(next.number()).or_else(|| seen.get(next.number()));
            same_section(next.clause) && repeated.is_some_and(|before| !same_section(before.clause))
        });
        if again {
            begun.insert(place);
        }
        // Of a date and a clause with one figure, the date is the fault.
        let is_date = !again && other.reads_as_date() && !numbered.reads_as_date();
        let (odd, sound) = if is_date { (other, numbered) } else { (numbered, other) };
        let fault = twice(odd, sound, again);
        faults.push(if is_date {
            fault.help(format!("if it is a date, escape its stop: `{number}\\.`"))
        } else {
            fault
        });
    }
}

/// The fault of a number that another clause has; `again` says whether those that follow repeat
/// numbers too.
fn twice(numbered: &DocumentClause<'_>, other: &DocumentClause<'_>, again: bool) -> Diagnostic {
    let message = format!("the number {} is used twice", numbered.number());
    let fault = Diagnostic::new(Code::DuplicateNumber, numbered.clause.span, message)
        .label(other.clause.span, "first numbered here");
    let sections = &numbered.document.sections;
    let heading = numbered.clause.section.map(|section| &sections[section]);
    match heading.filter(|_| again) {
        Some(heading) => {
            let word: String = heading.title.chars().take_while(|c| c.is_alphabetic()).collect();
            fault.help(format!(
                "numbers begin again under “{}”: if they are a series of their own, write `series = [\"{word}\"]` in front matter; else give them other numbers",
                heading.title
            ))
        }
        None => fault.help("a number is an address: give one of the two another, such as 3.37A"),
    }
}

/// The fault of a number that does not rise with those around it.
fn out_of_order(
    clauses: &[DocumentClause<'_>],
    run: &BTreeSet<usize>,
    at: usize,
    numbered: &DocumentClause<'_>,
) -> Diagnostic {
    let number = numbered.number();
    let before = run.range(..at).next_back().and_then(|at| clauses.get(*at));
    let after = run.range(at..).next().and_then(|at| clauses.get(*at));
    let (message, other) = match (before, after) {
        (Some(before), _) if number < before.last() => {
            (format!("{number} comes after {}", before.last()), Some(before))
        }
        (Some(before), Some(after)) => {
            (format!("{number} comes between {} and {}", before.last(), after.number()), Some(before))
        }
        (None, Some(after)) => (format!("{number} comes before {}", after.number()), Some(after)),
        _ => (format!("{number} is out of order"), None),
    };
    let fault = Diagnostic::new(Code::NumberOutOfOrder, numbered.clause.span, message);
    let fault = other.map_or(fault.clone(), |other| fault.label(other.clause.span, "this number is in order"));
    fault.help("numbers rise through a document; if this is no clause, escape it: `3\\.5`")
}

/// Reports what is left out between the clauses of the run, unless a clause outside it is
/// there, or has a number there.
fn steps(clauses: &[DocumentClause<'_>], run: &BTreeSet<usize>, faults: &mut Vec<Diagnostic>) {
    let others = clauses.iter().enumerate().filter(|(at, _)| !run.contains(at));
    let others: BTreeSet<&Number> = others.map(|(_, numbered)| numbered.number()).collect();
    for (from, to) in run.iter().zip(run.iter().skip(1)) {
        let (Some(before), Some(clause)) = (clauses.get(*from), clauses.get(*to)) else { continue };
        let between = others.range::<Number, _>(before.last()..clause.number()).next().is_some();
        let known = to - from > 1 || between;
        if known || before.last().is_followed_by(clause.number()) {
            continue;
        }
        let message = format!("{} follows {}: a number is left out", clause.number(), before.last());
        let fault = Diagnostic::new(Code::NumberGap, clause.clause.span, message);
        faults.push(fault.label(before.clause.span, "the number before").help(
            "if the paper leaves it out too, say so in a clause \"[Not used]\"; if this is no clause, escape it: `3\\.5`",
        ));
    }
}

/// Checks the labels of the sub-clauses of a clause: each is used once, and they follow one
/// another.
fn sub_clauses(numbered: &DocumentClause<'_>, faults: &mut Vec<Diagnostic>) {
    let after = numbered.document.clauses.after(numbered.at).map(|(_, clause)| clause);
    let mut labels: BTreeMap<Option<ClauseId>, &Clause> = BTreeMap::new();
    let mut seen: FxHashMap<&Number, Span> = FxHashMap::default();
    for clause in after.take_while(|clause| clause.parent.is_some()) {
        match seen.get(&clause.number) {
            Some(first) => {
                let message = format!("the number {} is used twice", clause.number);
                let fault =
                    Diagnostic::new(Code::DuplicateNumber, clause.span, message).label(*first, "first numbered here");
                faults.push(fault.help("a number is an address: give one of the two another label"));
            }
            None => {
                seen.insert(&clause.number, clause.span);
                label(&mut labels, clause, faults);
            }
        }
    }
}

/// The labels of items under one clause follow one another: (a), (b), (c).
fn label<'a>(labels: &mut BTreeMap<Option<ClauseId>, &'a Clause>, clause: &'a Clause, faults: &mut Vec<Diagnostic>) {
    let of = |clause: &Clause| clause.number.labels().last().cloned().unwrap_or_default();
    let here = of(clause);
    let Some(before) = labels.insert(clause.parent, clause) else { return };
    // A second list may begin anew, in another style.
    if !is_first_label(&here) && !is_next_label(&of(before), &here) {
        let message = format!("({here}) follows ({}): a label is left out", of(before));
        faults.push(
            Diagnostic::new(Code::NumberGap, clause.span, message)
                .label(before.span, "the label before")
                .help("if the paper leaves it out too, say so in an item \"[Not used]\""),
        );
    }
}

/// No id occurs twice on a page.
fn anchors(document: &Document, faults: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let sections = document.sections.iter().filter(|section| section.clause.is_none());
    let sections = sections.map(|section| (section.anchor.as_str(), section.span));
    let labels = document.clauses.iter().filter_map(|clause| Some((clause.label.as_deref()?, clause.span)));
    for (anchor, span) in sections.chain(labels) {
        if let Some(first) = seen.get(anchor) {
            let message = format!("the id `{anchor}` is used twice on this page");
            let fault = Diagnostic::new(Code::DuplicateAnchor, span, message).label(*first, "first used here");
            faults.push(fault.help("an id is an address: choose another"));
        } else {
            seen.insert(anchor, span);
        }
    }
}
