//! Numbers of clauses as readers see them: alone, beside their words, and in citations.
//!
//! Takes a clause and its document; returns its number with its series, its unit, and the word that
//! is printed before it.

use std::ops::Range;

use super::{Clause, Document, Number, Numbering};

impl Clause {
    /// Returns its first number, as shown, with its last one if it has several.
    fn with_last(&self, number: String) -> String {
        match &self.through {
            Some(last) => format!("{number}–{}", last.without_series()),
            None => number,
        }
    }

    /// Returns the numbers that it has after its first.
    pub fn further_numbers(&self) -> Vec<Number> {
        let Some(through) = &self.through else { return Vec::new() };
        let next = |number: &Number| number.one_further(&self.number).filter(|next| next <= through);
        std::iter::successors(next(&self.number), next).collect()
    }
}

impl Document {
    /// Returns the pieces of a clause with those of its heading before them.
    pub fn with_heading(&self, clause: &Clause) -> Range<usize> {
        let heading = clause.heading.map(|heading| &self.sections[heading]);
        heading.map_or(clause.body.start, |section| section.heading.start)..clause.body.end
    }

    /// Returns the words of a clause's heading, if it has one of its own.
    pub fn clause_title(&self, clause: &Clause) -> Option<&str> {
        let heading = &self.sections[clause.heading?];
        (!heading.title.is_empty()).then_some(heading.title.as_str())
    }

    /// Returns the number as readers see it anywhere: `3.37`, `¶7` where the paper prints no
    /// numbers, "Schedule 2, paragraph 3".
    pub fn shown_number(&self, number: &Number) -> String {
        match (self.numbering(), number.series()) {
            (Numbering::Auto, _) => format!("¶{number}"),
            (_, Some(_)) => self.cited_number(number),
            (_, None) => number.to_string(),
        }
    }

    /// Returns the number of a clause as readers see it anywhere; all the numbers that it has:
    /// `1.2–1.5`.
    pub fn clause_number(&self, clause: &Clause) -> String {
        clause.with_last(self.shown_number(&clause.number))
    }

    /// Returns the number of a clause as the ledger keeps it, without a space: `schedule-2.3`.
    pub fn kept_number(&self, clause: &Clause) -> String {
        match self.numbering() {
            Numbering::Auto => self.clause_number(clause),
            _ => clause.with_last(clause.number.to_string()),
        }
    }

    /// Returns the number of a clause as it is printed beside its words: without its series, with
    /// the word before it.
    pub fn printed_number(&self, clause: &Clause) -> String {
        let number = clause.with_last(self.shown_number(&clause.number.without_series()));
        match clause.word.as_str() {
            "" => number,
            word => format!("{word}\u{a0}{number}"),
        }
    }

    /// Returns the number as a citation gives it: "paragraph 3.37", "rule 12", "Schedule 2,
    /// paragraph 3".
    pub fn cited_number(&self, number: &Number) -> String {
        let unit = self.front.unit.clone().unwrap_or_default().one;
        let cited = format!("{unit}\u{a0}{}", number.without_series());
        match number.series() {
            Some(series) => format!("{}, {cited}", self.series_name(series)),
            None => cited,
        }
    }

    /// Returns all the numbers of a clause as a citation gives them: "paragraph 3.37", "paragraphs
    /// 1.2–1.5".
    pub fn cited_clause(&self, clause: &Clause) -> String {
        match &clause.through {
            Some(last) => self.cited_numbers(&clause.number, last),
            None => self.cited_number(&clause.number),
        }
    }

    /// Returns a range of numbers as a citation gives it: "paragraphs 3.37–3.40", "Schedule 2,
    /// paragraphs 3–5".
    pub fn cited_numbers(&self, first: &Number, last: &Number) -> String {
        let unit = self.front.unit.clone().unwrap_or_default().many;
        let series = first.series().map(|series| format!("{}, ", self.series_name(series))).unwrap_or_default();
        format!("{series}{unit}\u{a0}{}–{}", first.without_series(), last.without_series())
    }

    /// Returns the name of a series by its id.
    pub fn series_name<'s>(&'s self, id: &'s str) -> &'s str {
        let series = self.sections.iter().filter_map(|section| section.series.as_ref());
        series.into_iter().find(|series| &*series.id == id).map_or(id, |series| &series.name)
    }
}

/// Returns a number that the ledger kept as readers see it.
pub fn shown_from_ledger(document: &Document, kept: &str) -> String {
    match Number::parse(kept) {
        Some(number) if number.series().is_some() => document.cited_number(&number),
        _ => kept.to_owned(),
    }
}
