//! Numbers that clauses have now, with those that they get.
//!
//! Takes the resolved site and what is asked; gives the new number of each clause, or says why it
//! cannot have it.

use std::collections::{BTreeMap, BTreeSet};

use super::{NumberChange, RenumberRefusal};
use crate::corpus::{Corpus, EntryId};
use crate::diagnostic;
use crate::document::{Clause, ClauseId, Number, Numbering};

/// A clause, by its place in the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CorpusClause {
    /// Entry of its document.
    pub(super) entry: EntryId,
    /// Clause of that document.
    pub(super) clause: ClauseId,
}

/// The new numbers.
pub(super) struct Numbers<'a> {
    corpus: &'a Corpus,
    /// The files that share the numbering.
    pub(super) files: Vec<EntryId>,
    new: BTreeMap<CorpusClause, Number>,
    /// The clauses that get new numbers, in the document's order.
    order: Vec<CorpusClause>,
}

impl<'a> Numbers<'a> {
    /// Works out the numbers of a change to the clause `number` of the document `id`.
    pub(super) fn new(
        corpus: &'a Corpus,
        id: &str,
        number: &Number,
        change: &NumberChange,
    ) -> Result<Self, RenumberRefusal> {
        let at = corpus.find(id).ok_or_else(|| {
            let known = corpus.entries.iter().map(|entry| entry.document.id.as_str());
            let near = diagnostic::nearest(id, known).map(|near| format!("did you mean `{near}`?"));
            RenumberRefusal::new(format!("no document is named `{id}`"), near.unwrap_or_default())
        })?;
        let files = files_of(corpus, at);
        let mut numbers = Numbers { corpus, files, new: BTreeMap::new(), order: Vec::new() };
        let place = numbers.find_clause(at, number)?;
        match change {
            NumberChange::Insert => numbers.insert(number)?,
            NumberChange::To(new) => numbers.give_number(place, number, new)?,
        }
        numbers.refuse_rows()?;
        Ok(numbers)
    }

    /// No new number, in a corpus of the same documents.
    pub(super) fn none(corpus: &'a Corpus) -> Self {
        Numbers { corpus, files: Vec::new(), new: BTreeMap::new(), order: Vec::new() }
    }

    /// The clause that is to be renumbered.
    fn find_clause(&self, at: EntryId, number: &Number) -> Result<CorpusClause, RenumberRefusal> {
        let found = self.series().find(|(_, clause)| clause.number == *number).map(|(place, _)| place);
        if let Some(place) = found {
            return Ok(place);
        }
        let document = &self.corpus.entry(at).document;
        let id = &document.id;
        if !number.labels().is_empty() {
            let message = format!("{number} is a sub-clause: only whole clauses are renumbered");
            return Err(RenumberRefusal::new(
                message,
                "change its label by hand; a clause keeps its labels when it is renumbered",
            ));
        }
        Err(match document.numbering() {
            Numbering::Auto => RenumberRefusal::new(
                format!("the clauses of `{id}` are counted, not numbered"),
                "write the new paragraph where it belongs: those behind it are counted anew; mention them by an id, `{#quorum}`, which stays",
            ),
            Numbering::None => RenumberRefusal::new(
                format!("`{id}` has no numbered clauses"),
                "name a document whose front matter says `numbering = \"decimal\"` or `\"simple\"`",
            ),
            Numbering::Decimal | Numbering::Simple | Numbering::Headings => {
                let known: Vec<String> = self.series().map(|(_, clause)| clause.number.to_string()).collect();
                let near = diagnostic::nearest(&number.to_string(), known.iter().map(String::as_str));
                let help = near.map(|near| format!("did you mean {near}?")).unwrap_or_default();
                RenumberRefusal::new(format!("`{id}` has no clause {number}"), help)
            }
        })
    }

    /// Refuses to change a clause that has several numbers.
    fn refuse_rows(&self) -> Result<(), RenumberRefusal> {
        match self.changes().find(|(_, clause, _)| clause.through.is_some()) {
            Some((_, clause, _)) => {
                let message = format!("the clause at {} has several numbers", clause.number);
                Err(RenumberRefusal::new(message, "change its numbers by hand first"))
            }
            None => Ok(()),
        }
    }

    /// The whole clauses that share the numbering, in order.
    fn series(&self) -> impl Iterator<Item = (CorpusClause, &'a Clause)> {
        let entries = self.files.iter().map(|at| (*at, self.corpus.entry(*at)));
        entries.flat_map(|(entry, e)| {
            e.document.whole_clauses().map(move |(clause, c)| (CorpusClause { entry, clause }, c))
        })
    }

    /// `first` and what is behind it goes one up, as far as the first gap.
    fn insert(&mut self, first: &Number) -> Result<(), RenumberRefusal> {
        let steps: BTreeSet<u32> = self.series().filter_map(|(_, clause)| clause.number.steps_behind(first)).collect();
        let gap = (0..).find(|step| !steps.contains(step)).unwrap_or(u32::MAX);
        let moved: Vec<(CorpusClause, &Clause)> = self
            .series()
            .filter(|(_, clause)| clause.number.steps_behind(first).is_some_and(|step| step < gap))
            .collect();
        for (place, clause) in moved {
            let Some(new) = clause.number.one_further(first) else {
                let message = format!("no number follows {}", clause.number);
                return Err(RenumberRefusal::new(
                    message,
                    "give some clauses before it other numbers with `--to` first",
                ));
            };
            self.new.insert(place, new);
            self.order.push(place);
        }
        Ok(())
    }

    /// One clause gets a number that is free and is between those of its neighbours.
    fn give_number(&mut self, place: CorpusClause, old: &Number, new: &Number) -> Result<(), RenumberRefusal> {
        let document = &self.corpus.entry(place.entry).document;
        let id = &document.id;
        if new == old {
            return Err(RenumberRefusal::new(format!("{old} has this number already"), ""));
        }
        let fits = match document.numbering() {
            Numbering::Simple => new.depth() == 1,
            Numbering::Headings => true,
            // "Rule 12" has one part in any numbering.
            _ => new.depth() > 1 || old.depth() == 1,
        } && new.series() == old.series();
        if !new.labels().is_empty() || !fits {
            let message = format!("{new} cannot be the number of a clause of `{id}`");
            return Err(RenumberRefusal::new(message, format!("write a number of the same form as {old}")));
        }
        let series: Vec<(CorpusClause, &Clause)> =
            self.series().filter(|(_, clause)| clause.number.series() == new.series()).collect();
        if series.iter().any(|(_, clause)| clause.number == *new) {
            let help = format!("make room for it first: `clausebook renumber {id} {new} --insert`");
            return Err(RenumberRefusal::new(format!("{new} is the number of another clause"), help));
        }
        let at = series.iter().position(|(other, _)| *other == place).unwrap_or_default();
        let number = |at: Option<usize>| at.and_then(|at| series.get(at)).map(|(_, clause)| &clause.number);
        let (before, after) = (number(at.checked_sub(1)), number(at.checked_add(1)));
        if before.is_some_and(|before| before >= new) || after.is_some_and(|after| after <= new) {
            let neighbours = match (before, after) {
                (Some(before), Some(after)) => format!("between {before} and {after}"),
                (Some(before), None) => format!("after {before}"),
                (None, Some(after)) => format!("before {after}"),
                (None, None) => "alone".to_owned(),
            };
            let message =
                format!("{old} cannot become {new} where it is, {neighbours}: numbers rise through a document");
            let help =
                format!("move the clause to where {new} belongs, and give it the number then; or choose one that fits");
            return Err(RenumberRefusal::new(message, help));
        }
        self.new.insert(place, new.clone());
        self.order.push(place);
        Ok(())
    }

    /// The new number of the clause that a clause or sub-clause belongs to, if it gets one.
    pub(super) fn of(&self, place: CorpusClause) -> Option<&Number> {
        let document = &self.corpus.entry(place.entry).document;
        self.new.get(&CorpusClause { clause: document.whole_clause(place.clause), ..place })
    }

    /// Each clause that gets a new number, with the old and the new one, in the document's order.
    pub(super) fn changes(&self) -> impl Iterator<Item = (CorpusClause, &Clause, &Number)> {
        self.order.iter().filter_map(|place| {
            let clause = &self.corpus.entry(place.entry).document.clauses[place.clause];
            Some((*place, clause, self.new.get(place)?))
        })
    }

    /// The clause that a data file means by a document and a number: one of its file, else of
    /// another that shares its numbering.
    pub(super) fn find(&self, id: &str, number: &Number) -> Option<CorpusClause> {
        let at = self.corpus.find(id)?;
        std::iter::once(at).chain(files_of(self.corpus, at)).find_map(|entry| {
            let clauses = &self.corpus.entry(entry).document.clauses;
            Some(CorpusClause { entry, clause: clauses.find(|clause| clause.number == *number)? })
        })
    }
}

/// The files that share a numbering with a document, in order; not those whose paragraphs are
/// counted, each by itself.
fn files_of(corpus: &Corpus, at: EntryId) -> Vec<EntryId> {
    let first = corpus.entry(at).resolution.publication;
    let files = first.map_or(vec![at], |first| corpus.entry(first).resolution.files.clone());
    let counted = |file: &EntryId| corpus.entry(*file).document.counts_by_itself();
    files.into_iter().filter(|file| !counted(file)).collect()
}
