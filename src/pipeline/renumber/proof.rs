//! That a change of numbers changes nothing else.
//!
//! Takes the site, the resolved site and the edits; builds the site again from the edited texts and
//! compares: the same words in the same order, each clause with the number that it should have,
//! each mention and each row at the clause it was at.

use super::numbers::{CorpusClause, Numbers};
use super::places::number_of_anchor;
use super::{NumberedSite, RenumberRefusal, numbered};
use crate::corpus::{Corpus, Entry, EntryId};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::ledger::{Address, Ledger};
use crate::pipeline::Resolved;
use crate::site::ReadSite;
use crate::source::{Edit, RELATIONS, Site, SourceMap};

/// Refuses edits that do more or less than they should.
pub(super) fn check(
    read: &ReadSite,
    (faults, ledger): (&[Diagnostic], &Ledger),
    before: &Corpus,
    numbers: &Numbers<'_>,
    edits: &[Edit],
) -> Result<(), RenumberRefusal> {
    let site = &read.site;
    let read = ReadSite { site: edited(site, edits), ..read.clone() };
    let edited = &read.site;
    let NumberedSite { resolved: Resolved { corpus: after, faults: later, .. }, ledger: moved, .. } = numbered(&read);
    let disorder = |faults: &[Diagnostic]| faults.iter().filter(|f| f.code == Code::NumberOutOfOrder).count();
    let errors = later.iter().filter(|fault| fault.severity() == Severity::Error);
    let mut errors = errors.filter(|fault| fault.code != Code::NumberOutOfOrder || disorder(&later) > disorder(faults));
    if let Some(error) = errors.next() {
        let at = diagnostic::place_of(error.span, &edited.sources, "");
        let message = format!("the site would then have an error at {at}: {}", error.message);
        let in_rows = edited.sources.find(RELATIONS).is_some_and(|file| file.id == error.span.file);
        return Err(RenumberRefusal::new(message, if in_rows { ONE_ROW } else { BY_HAND }));
    }
    if before.entries.len() != after.entries.len() {
        return Err(RenumberRefusal::new("the site would then have other documents", ""));
    }
    for ((at, old), new) in before.entries.pairs().zip(&after.entries) {
        same_document(at, old, new, numbers, &site.sources)?;
    }
    let (old, new) = (&ledger.moves, moved?.moves);
    let later = Numbers::none(&after);
    let find = |numbers: &Numbers<'_>, to: &Address| numbers.find(&to.document, &number_of_anchor(&to.anchor)?);
    for (old, new) in old.iter().flat_map(|row| &row.to).zip(new.iter().flat_map(|row| &row.to)) {
        let (was, is) = (find(numbers, &old.value), find(&later, &new.value));
        if was != is {
            let at = diagnostic::place_of(old.span, &site.sources, "");
            return Err(RenumberRefusal::new(format!("{at}: this row would then lead to another clause"), BY_HAND));
        }
    }
    Ok(())
}

/// The site with its edited texts.
fn edited(site: &Site, edits: &[Edit]) -> Site {
    let mut edited = site.clone();
    for file in site.sources.iter().filter(|file| edits.iter().any(|edit| edit.span.file == file.id)) {
        edited.sources.insert(&file.path, &file.edited(edits));
    }
    edited
}

const ONE_ROW: &str = "in relations.toml, write all of a clause in one row: `\"3.38\" = { … }`";
const BY_HAND: &str = "write it in a plainer form, or change it by hand first";

fn same_document(
    at: EntryId,
    old: &Entry,
    new: &Entry,
    numbers: &Numbers<'_>,
    sources: &SourceMap,
) -> Result<(), RenumberRefusal> {
    let path = &old.document.path;
    let (was, is) = (&old.document, &new.document);
    if was.pieces != is.pieces || was.items != is.items || was.clauses.len() != is.clauses.len() {
        let message = format!("Markdown would read {path} in another way then");
        return Err(RenumberRefusal::new(
            message,
            "look at how lists are indented below the clauses that get new numbers",
        ));
    }
    for ((clause, was), is) in was.clauses.pairs().zip(&is.clauses) {
        let number = numbers.of(CorpusClause { entry: at, clause }).map_or_else(|| was.number.whole(), Clone::clone);
        if is.number.whole() != number || is.number.labels() != was.number.labels() || is.label != was.label {
            return Err(RenumberRefusal::new(format!("{path}: {} would not become {number}", was.number), BY_HAND));
        }
    }
    let targets = old.resolution.targets.iter().zip(&new.resolution.targets);
    for (reference, (was, is)) in was.references.iter().zip(targets) {
        if was.to != is.to {
            let at = diagnostic::place_of(reference.span, sources, "");
            let message = format!("{at}: `{}` would then lead to another clause", reference.written);
            return Err(RenumberRefusal::new(message, BY_HAND));
        }
    }
    if old.resolution.targets.len() != new.resolution.targets.len()
        || old.resolution.clause_relations != new.resolution.clause_relations
    {
        let message = format!("what {path} is to other documents would change");
        return Err(RenumberRefusal::new(message, ONE_ROW));
    }
    Ok(())
}
