//! Clauses, and the numbers that open them.
//!
//! Takes the place of a paragraph or an item; gives the clause with the number its author wrote, or
//! says why it is none.

use std::ops::Range;

use super::context::Context;
use super::spaces::report_invisible;
use crate::arena::Arena;
use crate::diagnostic::Code;
use crate::document::{
    Clause, ClauseId, Number, Numbering, SectionId, is_first_label, is_inserted_label, is_next_label,
};
use crate::parse::{openers, traps};
use crate::source::Written;

/// The clauses read so far, and the one being read.
#[derive(Debug, Default)]
pub struct Clauses {
    list: Arena<Clause>,
    current: Option<ClauseId>,
    /// The number of clauses so far, where the paper prints none.
    count: u32,
}

/// The number of a clause, with what is printed before it.
#[derive(Clone, Debug)]
pub struct ClauseOpener {
    /// The number; the first of several.
    pub number: Number,
    /// The last number, if there are several.
    pub through: Option<Number>,
    /// The word or sign before it.
    pub word: String,
}

impl ClauseOpener {
    /// A number with nothing around it.
    pub fn plain(number: Number) -> Self {
        ClauseOpener { number, through: None, word: String::new() }
    }
}

/// The start of a paragraph that opens a clause.
#[derive(Clone, Debug)]
pub struct OpeningWords {
    /// The number.
    pub opener: ClauseOpener,
    /// Place of the number.
    pub place: Range<usize>,
    /// Bytes of the paragraph's words that print it.
    pub length: usize,
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

    /// Returns the number at the start of a paragraph, if it opens a clause.
    pub fn opener(&mut self, cx: &Context<'_>, paragraph: &Range<usize>) -> Option<OpeningWords> {
        match cx.reading.numbering {
            Numbering::Decimal | Numbering::Simple => self.printed_opener(cx, paragraph),
            Numbering::Auto => {
                self.count += 1;
                let opener = ClauseOpener::plain(Number::nth(self.count));
                Some(OpeningWords { opener, place: paragraph.start..paragraph.start, length: 0 })
            }
            Numbering::Headings | Numbering::None => None,
        }
    }

    /// Reads the number that a paragraph begins with, or says why it opens no clause.
    fn printed_opener(&self, cx: &Context<'_>, paragraph: &Range<usize>) -> Option<OpeningWords> {
        let source = cx.source(paragraph);
        if is_amount(cx, paragraph) {
            return None;
        }
        let Some(found) = openers::of_paragraph(source, cx.reading.numbering, cx.reading.unit) else {
            malformed_number(cx, paragraph);
            report_invisible(cx, paragraph);
            return None;
        };
        let place = paragraph.start + found.figures.start..paragraph.start + found.figures.end;
        let length = found.place.len() + openers::parting_dash(source.get(found.whole.end..).unwrap_or_default());
        // A time or a date opens no clause where the numbers have no place for it.
        let goes_on = || self.last().is_some_and(|last| last.without_series().is_followed_by(&found.number));
        // "Section 4.2 Members" opens one where the clause before has that word too.
        let is_alike = |last: &Clause| last.word.eq_ignore_ascii_case(found.word);
        let fits = || goes_on() || found.loose && self.last_whole().is_none_or(is_alike);
        if (found.loose || openers::is_doubtful(&found, source)) && !fits() {
            return None;
        }
        let opener = ClauseOpener { number: found.number, through: found.through, word: found.word.to_owned() };
        Some(OpeningWords { opener, place, length })
    }

    /// The last clause that is no sub-clause.
    fn last_whole(&self) -> Option<&Clause> {
        self.list.iter().rev().find(|clause| clause.parent.is_none())
    }

    /// The number of the last clause that is no sub-clause.
    fn last(&self) -> Option<&Number> {
        self.last_whole().map(|clause| clause.through.as_ref().unwrap_or(&clause.number))
    }

    /// Returns whether a label may be that of the next sub-clause of `parent`.
    pub fn goes_on_with(&self, parent: ClauseId, label: &str) -> bool {
        let last = self.list.iter().rev().find(|clause| clause.parent == Some(parent));
        let last = last.and_then(|clause| clause.number.labels().last());
        last.map_or(is_first_label(label), |last| is_next_label(last, label) || is_inserted_label(last, label))
    }

    /// Returns the heading of the clause being read, if it has one.
    pub fn heading(&self) -> Option<SectionId> {
        self.list[self.current?].heading
    }

    /// Gives a clause its heading, with the author's id and terms.
    pub fn give_heading(
        &mut self,
        clause: ClauseId,
        heading: SectionId,
        label: Option<String>,
        terms: Vec<Written<String>>,
    ) {
        let clause = &mut self.list[clause];
        (clause.heading, clause.label, clause.terms) = (Some(heading), label, terms);
    }

    /// Begins the words of a clause after its heading, at the piece `first`.
    pub fn begin_words(&mut self, clause: ClauseId, first: usize) {
        self.list[clause].body = first..first;
    }

    /// Opens a clause whose number is at `place` and whose first piece is `first`; returns its id.
    pub fn open(
        &mut self,
        cx: &Context<'_>,
        opener: ClauseOpener,
        section: Option<SectionId>,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        let clause = self.add(cx, (opener, None), section, place, first);
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
        self.add(cx, (ClauseOpener::plain(number), Some(parent)), section, place, first)
    }

    fn add(
        &mut self,
        cx: &Context<'_>,
        (opener, parent): (ClauseOpener, Option<ClauseId>),
        section: Option<SectionId>,
        place: Range<usize>,
        first: usize,
    ) -> ClauseId {
        cx.bound((self.list.len(), cx.reading.limits.clauses), "clauses", place.clone());
        let (span, body) = (cx.span(&place), first..first);
        let ClauseOpener { number, through, word } = opener;
        let (label, heading, terms) = (None, None, Vec::new());
        self.list.push(Clause { number, through, word, heading, label, section, parent, terms, body, span })
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

/// Reports an amount at the start of a paragraph, "3.5 million", that would be a clause's number.
/// Returns whether there is one.
fn is_amount(cx: &Context<'_>, paragraph: &Range<usize>) -> bool {
    let source = cx.source(paragraph);
    let token = source.split_whitespace().next().unwrap_or_default();
    let amount =
        cx.reading.numbering == Numbering::Decimal && traps::looks_like_decimal(token) && traps::is_quantity(source);
    if amount {
        let message = format!("`{token}` at the start of a paragraph would be a clause's number");
        let help = format!("escape it: `{}`", token.replacen('.', "\\.", 1));
        cx.report(Code::QuantityAsNumber, paragraph.start..paragraph.start + token.len(), message, &help);
    }
    amount
}

/// Reports what looks like a number at the start of a paragraph and is none.
fn malformed_number(cx: &Context<'_>, paragraph: &Range<usize>) {
    let token = cx.first_word(paragraph);
    let looks_like_one = match cx.reading.numbering {
        Numbering::Decimal => traps::looks_like_decimal(token),
        Numbering::Simple => traps::lacks_space(token),
        _ => false,
    };
    if !looks_like_one {
        return;
    }
    let here = paragraph.start..paragraph.start + token.len();
    let message = format!("`{token}` is not a clause's number");
    let escaped = token.replacen('.', "\\.", 1);
    let help = format!(
        "write it as 3.37, 3.37A or 3.37.1 with a space after it, and a sub-clause as a list item `- (a)`; if it is no number, escape it: `{escaped}`"
    );
    cx.report(Code::MalformedNumber, here, message, &help);
}

/// Returns the number of a top-level item `17. Text`, read from the file, and the bytes that print
/// it.
pub fn item_number(cx: &Context<'_>, item: &Range<usize>) -> Option<(Number, usize)> {
    let token = cx.source(item).split_whitespace().next()?;
    Some((Number::parse(token.strip_suffix(['.', ')'])?)?, token.len()))
}

/// Reports `3.38` at the start of a line that goes on with the paragraph, item, quotation or note
/// above it. A number that a sentence merely wraps to is told from it by what is around it, and by
/// the number of the clause being read.
pub fn number_after_break(cx: &Context<'_>, current: Option<&Number>, line_break: &Range<usize>) {
    let rest = cx.source(&(line_break.start..cx.file.text.len()));
    let Some((_, line)) = rest.split_once('\n') else { return };
    let start = cx.file.text.len() - line.len();
    let line = line.lines().next().unwrap_or_default();
    let sentence = cx.source(&(0..start)).trim_end().lines().next_back().unwrap_or_default();
    let Some(number) = traps::number_at_line_start(line, sentence, cx.reading.scheme(), current) else { return };
    let at = start + line.len() - line.trim_start().len();
    let message = format!("{number} is inside what is above it and opens no clause");
    let help = "put a blank line before it; if it is part of the sentence, join it to the line above";
    cx.report(Code::NumberInsideParagraph, at..at + number.len(), message, help);
}
