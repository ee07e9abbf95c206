//! Numbers and anchors: that each clause has an address, and no two have the same.
//!
//! Takes documents as their authors numbered them; gives what is repeated, out of order or left out. Never counts anew:
//! numbers are the author's.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Documents, Filed, Numbering};
use crate::arena::Table;
use crate::corpus::{Entry, EntryId, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Clause, ClauseId, Document, Number, is_next_label};
use crate::source::Span;

/// Checks the numbers of each publication and the anchors of each page.
pub(super) fn check(documents: &Documents, numberings: &Table<Entry, Numbering>, faults: &mut Vec<Diagnostic>) {
    let of_publication = |(at, numbering): (EntryId, &Numbering)| {
        let mut faults = Vec::new();
        // A publication is checked once, when its first file comes; notes have the numbers of another.
        let is_notes = documents[at].role == Role::Notes;
        if numbering.files.first() == Some(&at) && !is_notes {
            let files = numbering.files.iter().map(|file| &*documents[*file].document);
            // Where the paper prints no numbers, each file is counted by itself.
            let (alone, together): (Vec<&Document>, Vec<&Document>) = files.partition(|file| file.counts_by_itself());
            numbers(&together, &mut faults);
            alone.into_iter().for_each(|file| numbers(&[file], &mut faults));
        }
        faults
    };
    let of_page = |(_, filed): (EntryId, &Filed)| {
        let mut faults = Vec::new();
        anchors(&filed.document, &mut faults);
        faults
    };
    faults.par_extend(numberings.par_pairs().flat_map_iter(of_publication));
    faults.par_extend(documents.par_pairs().flat_map_iter(of_page));
}

/// Numbers are unique and rise; a gap is a warning.
fn numbers(files: &[&Document], faults: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<&Number, Span> = FxHashMap::default();
    let mut before: Option<&Clause> = None;
    let mut labels: BTreeMap<Option<ClauseId>, &Clause> = BTreeMap::new();
    for clause in files.iter().flat_map(|document| &document.clauses) {
        if let Some(first) = seen.get(&clause.number) {
            let message = format!("the number {} is used twice", clause.number);
            let fault =
                Diagnostic::new(Code::DuplicateNumber, clause.span, message).label(*first, "first numbered here");
            faults.push(fault.help("a number is an address: give one of the two another, such as 3.37A"));
            continue;
        }
        seen.insert(&clause.number, clause.span);
        if clause.parent.is_some() {
            label(&mut labels, clause, faults);
            continue;
        }
        labels.clear();
        if let Some(before) = before {
            step(before, clause, faults);
        }
        if before.is_none_or(|before| before.number < clause.number) {
            before = Some(clause);
        }
    }
}

/// The labels of items under one clause follow one another: (a), (b), (c).
fn label<'a>(labels: &mut BTreeMap<Option<ClauseId>, &'a Clause>, clause: &'a Clause, faults: &mut Vec<Diagnostic>) {
    let of = |clause: &Clause| clause.number.labels().last().cloned().unwrap_or_default();
    let here = of(clause);
    let Some(before) = labels.insert(clause.parent, clause) else { return };
    // A second list may begin anew, in another style.
    let begins = ["a", "A", "i", "1"].contains(&here.as_str());
    if !begins && !is_next_label(&of(before), &here) {
        let message = format!("({here}) follows ({}): a label is left out", of(before));
        faults.push(
            Diagnostic::new(Code::NumberGap, clause.span, message)
                .label(before.span, "the label before")
                .help("if the paper leaves it out too, say so in an item \"[Not used]\""),
        );
    }
}

fn step(before: &Clause, clause: &Clause, faults: &mut Vec<Diagnostic>) {
    if clause.number < before.number {
        let message = format!("{} comes after {}", clause.number, before.number);
        faults.push(
            Diagnostic::new(Code::NumberOutOfOrder, clause.span, message)
                .label(before.span, "the higher number stands here")
                .help("numbers rise through a document; if this is no clause, escape it: `3\\.5`"),
        );
    } else if !before.number.is_followed_by(&clause.number) {
        let message = format!("{} follows {}: a number is left out", clause.number, before.number);
        faults.push(
            Diagnostic::new(Code::NumberGap, clause.span, message)
                .label(before.span, "the number before")
                .help("if the paper leaves it out too, say so in a clause \"[Not used]\"; if this is no clause, escape it: `3\\.5`"),
        );
    }
}

/// No id stands twice on a page.
fn anchors(document: &Document, faults: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let sections = document.sections.iter().map(|section| (section.anchor.as_str(), section.span));
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
