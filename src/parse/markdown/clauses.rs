//! Clauses, and the numbers that open them.
//!
//! Takes the place of a paragraph or an item; gives the clause with the number its author wrote, or says why it is none.

use std::ops::Range;

use super::context::Context;
use crate::arena::Arena;
use crate::diagnostic::Code;
use crate::document::{Clause, ClauseId, Number, Numbering, SectionId, is_label};
use crate::parse::traps;

/// The clauses read so far, and the one being read.
#[derive(Debug, Default)]
pub struct Clauses {
    list: Arena<Clause>,
    current: Option<ClauseId>,
    /// The number of clauses so far, where the paper prints none.
    count: u32,
}

impl Clauses {
    /// Returns the clause being read.
    pub fn current(&self) -> Option<ClauseId> {
        self.current
    }

    /// Returns the number of the clause being read.
    pub fn current_number(&self) -> Option<&Number> {
        self.current.map(|clause| &self.list[clause].number)
    }

    /// Returns a clause or sub-clause, to be changed.
    pub fn clause_mut(&mut self, clause: ClauseId) -> &mut Clause {
        &mut self.list[clause]
    }

    /// Returns the number at the start of a paragraph and its length, if it opens a clause.
    pub fn opener(&mut self, cx: &Context<'_>, paragraph: &Range<usize>) -> Option<(Number, usize)> {
        match cx.reading.numbering {
            Numbering::Decimal => decimal_opener(cx, paragraph),
            Numbering::Simple => simple_opener(cx, paragraph),
            Numbering::Auto => {
                self.count += 1;
                Some((Number::nth(self.count), 0))
            }
            Numbering::None => None,
        }
    }

    /// Opens a clause whose number is at `place` and whose first piece is `first`; returns its id.
    pub fn open(
        &mut self,
        cx: &Context<'_>,
        number: Number,
        section: Option<SectionId>,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        let clause = self.add(cx, (number, None), section, place, first);
        self.current = Some(clause);
        clause
    }

    /// Opens the sub-clause of `parent` with a label at `place`; returns its id.
    pub fn open_sub(
        &mut self,
        cx: &Context<'_>,
        parent: ClauseId,
        label: &str,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        let above = &self.list[parent];
        let (number, section) = (above.number.child(label), above.section);
        self.add(cx, (number, Some(parent)), section, place, first)
    }

    fn add(
        &mut self,
        cx: &Context<'_>,
        (number, parent): (Number, Option<ClauseId>),
        section: Option<SectionId>,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        cx.bound((self.list.len(), cx.reading.limits.clauses), "clauses", place.clone());
        let (span, body) = (cx.span(&place), first..first);
        self.list.push(Clause { number, label: None, section, parent, terms: Vec::new(), body, span })
    }

    /// Ends a clause or sub-clause, as far as it has been read, before the piece `end`.
    pub fn end(&mut self, clause: ClauseId, end: usize) {
        self.list[clause].body.end = end;
    }

    /// Leaves the clause being read: what follows is not part of it.
    pub fn leave(&mut self) {
        self.current = None;
    }

    /// Returns all clauses.
    pub fn finish(self) -> Arena<Clause> {
        self.list
    }
}

fn decimal_opener(cx: &Context<'_>, paragraph: &Range<usize>) -> Option<(Number, usize)> {
    let source = cx.source(paragraph);
    let token = source.split_whitespace().next().unwrap_or_default();
    let here = paragraph.start..paragraph.start + token.len();
    if is_emphasised_number(cx, token, &here) || !traps::looks_like_decimal(token) {
        return None;
    }
    let escaped = token.replacen('.', "\\.", 1);
    if traps::is_quantity(source) {
        let message = format!("`{token}` at the start of a paragraph would be a clause's number");
        cx.report(Code::QuantityAsNumber, here, message, &format!("escape it: `{escaped}`"));
        return None;
    }
    let number = Number::parse(token).filter(|number| number.labels().is_empty());
    if number.is_none() {
        let message = format!("`{token}` is not a clause's number");
        let help = format!(
            "write it as 3.37, 3.37A or 3.37.1 with a space after it, and a sub-clause as a list item `- (a)`; if it is no number, escape it: `{escaped}`"
        );
        cx.report(Code::MalformedNumber, here, message, &help);
    }
    number.map(|number| (number, token.len()))
}

/// Reads `17A. Text`: a number that Markdown does not read as a list.
fn simple_opener(cx: &Context<'_>, paragraph: &Range<usize>) -> Option<(Number, usize)> {
    let token = cx.source(paragraph).split_whitespace().next()?;
    if is_emphasised_number(cx, token, &(paragraph.start..paragraph.start + token.len())) {
        return None;
    }
    Some((traps::simple_number(token)?, token.len()))
}

/// Returns whether a paragraph opens with a number in emphasis, which is reported and opens no clause.
fn is_emphasised_number(cx: &Context<'_>, token: &str, here: &Range<usize>) -> bool {
    let emphasised = traps::emphasised_number(token);
    if let Some(number) = emphasised {
        let message = format!("the number {number} stands in emphasis, so that it opens no clause");
        cx.report(Code::MalformedNumber, here.clone(), message, "write the number plain; the page prints it bold");
    }
    emphasised.is_some()
}

/// Returns the number of a top-level item `17. Text`, read from the file.
pub fn item_number(cx: &Context<'_>, item: &Range<usize>) -> Option<(Number, usize)> {
    let token = cx.source(item).split_whitespace().next()?;
    Some((Number::parse(token.strip_suffix('.')?)?, token.len()))
}

/// Reports `(a) Text` as a paragraph of a clause: a sub-clause is an item of a list.
pub fn paragraph_with_label(cx: &Context<'_>, paragraph: &Range<usize>) {
    let label = cx.source(paragraph).strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let numbered = matches!(cx.reading.numbering, Numbering::Decimal | Numbering::Simple);
    if let Some((label, rest)) = label
        && is_label(label)
        && rest.starts_with(' ')
        && !rest.trim().is_empty()
        && numbered
    {
        let here = paragraph.start..paragraph.start + label.len() + 2;
        let message = format!("({label}) at the start of a paragraph is no sub-clause");
        let help = format!("make it an item of a list: `- ({label}) …`; if it is no label, escape it: `\\({label})`");
        cx.report(Code::MalformedLabel, here, message, &help);
    }
}

/// Reports `3.38` at the start of a line that goes on with the paragraph, item, quotation or note above it. A number that
/// a sentence merely wraps to is told from it by what is around it, and by the number of the clause being read.
pub fn number_after_break(cx: &Context<'_>, current: Option<&Number>, line_break: &Range<usize>) {
    let rest = cx.source(&(line_break.start..cx.file.text.len()));
    let Some((_, line)) = rest.split_once('\n') else { return };
    let start = cx.file.text.len() - line.len();
    let line = line.lines().next().unwrap_or_default();
    let sentence = cx.source(&(0..start)).trim_end().lines().next_back().unwrap_or_default();
    let Some(number) = traps::number_at_line_start(line, sentence, cx.reading.numbering, current) else { return };
    let at = start + line.len() - line.trim_start().len();
    let message = format!("{number} stands inside what is above it and opens no clause");
    let help = "put a blank line before it; if it is part of the sentence, join it to the line above";
    cx.report(Code::NumberInsideParagraph, at..at + number.len(), message, help);
}
