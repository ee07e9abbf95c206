//! Paragraphs and items that open clauses, and items that are sub-clauses.
//!
//! Takes a paragraph's or an item's place; gives the clause with the number its author wrote, or says why it is none.

use std::ops::Range;

use super::{Builder, Holder, Open};
use crate::diagnostic::Code;
use crate::document::{Clause, Element, Item, Number, Numbering, Piece, is_label};
use crate::parse::traps;
use crate::source::Span;

impl Builder<'_, '_> {
    pub(super) fn top_paragraph(&mut self, range: Range<usize>) {
        let source = self.file.slice(range.clone());
        let opener = match self.reading.numbering {
            Numbering::Decimal => self.decimal_opener(source, &range),
            Numbering::Simple => self.simple_opener(source, &range),
            Numbering::Auto => {
                self.count += 1;
                Some((Number::nth(self.count), 0))
            }
            Numbering::None => None,
        };
        let opens = opener.map(|(number, length)| {
            let span = range.start..range.start + length;
            self.strip = (length > 0).then(|| self.file.slice(span.clone()).to_owned());
            self.open_clause(number, self.span(span))
        });
        self.head_of_lost_table(&range);
        self.paragraph_with_label(opens.is_some(), source, &range);
        self.heading_without_space(source, &range);
        self.last_paragraph = Some(range.clone());
        self.block_start = self.position();
        self.push_block(Piece::Open(Element::Paragraph));
        let holder = opens.map_or(Holder::Nobody, Holder::Clause);
        self.open.push(Open::Paragraph { holder, range });
        self.depth += 1;
    }

    /// `##Text` is no heading.
    fn heading_without_space(&mut self, source: &str, range: &Range<usize>) {
        let marks = source.len() - source.trim_start_matches('#').len();
        let letter = source.get(marks..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        if (2..=6).contains(&marks) && letter {
            let help = "put a space after it; if it is no heading, escape it: `\\#`";
            let here = range.start..range.start + marks;
            self.fault(Code::HeadingLevel, here, "without a space after it, this makes no heading", help);
        }
    }

    /// `(a) Text` as a paragraph of its own: a sub-clause is an item of a list.
    fn paragraph_with_label(&mut self, opens: bool, source: &str, range: &Range<usize>) {
        let label = source.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let Some((label, rest)) = label.filter(|(label, rest)| is_label(label) && rest.starts_with(' ')) else {
            return;
        };
        let numbered = matches!(self.reading.numbering, Numbering::Decimal | Numbering::Simple);
        if numbered && !opens && self.clause.is_some() && !rest.trim().is_empty() {
            let here = range.start..range.start + label.len() + 2;
            let message = format!("({label}) at the start of a paragraph is no sub-clause");
            let help =
                format!("make it an item of a list: `- ({label}) …`; if it is no label, escape it: `\\({label})`");
            self.fault(Code::MalformedLabel, here, message, &help);
        }
    }

    /// The number at the start of a paragraph and its length, if it opens a clause.
    pub(super) fn decimal_opener(&mut self, source: &str, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = source.split_whitespace().next().unwrap_or_default();
        let here = range.start..range.start + token.len();
        if self.is_emphasised_number(token, &here) || !traps::looks_like_decimal(token) {
            return None;
        }
        let escaped = token.replacen('.', "\\.", 1);
        if traps::is_quantity(source) {
            let message = format!("`{token}` at the start of a paragraph would be a clause's number");
            self.fault(Code::QuantityAsNumber, here, message, &format!("escape it: `{escaped}`"));
            return None;
        }
        match Number::parse(token).filter(|number| number.labels().is_empty()) {
            Some(number) => Some((number, token.len())),
            None => {
                let message = format!("`{token}` is not a clause's number");
                let help = format!(
                    "write it as 3.37, 3.37A or 3.37.1 with a space after it, and a sub-clause as a list item `- (a)`; if it is no number, escape it: `{escaped}`"
                );
                self.fault(Code::MalformedNumber, here, message, &help);
                None
            }
        }
    }

    /// `17A. Text`: a number that Markdown does not read as a list.
    pub(super) fn simple_opener(&mut self, source: &str, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = source.split_whitespace().next()?;
        if self.is_emphasised_number(token, &(range.start..range.start + token.len())) {
            return None;
        }
        let number = traps::simple_number(token)?;
        Some((number, token.len()))
    }

    /// Whether a paragraph opens with a number in emphasis, which is reported and opens no clause.
    fn is_emphasised_number(&mut self, token: &str, here: &Range<usize>) -> bool {
        let Some(emphasised) = traps::emphasised_number(token) else { return false };
        let message = format!("the number {emphasised} stands in emphasis, so that it opens no clause");
        self.fault(Code::MalformedNumber, here.clone(), message, "write the number plain; the page prints it bold");
        true
    }

    pub(super) fn open_clause(&mut self, number: Number, span: Span) -> usize {
        let at = self.body.clauses.len();
        let start = self.main.len();
        self.bound((at, self.reading.limits.clauses), "clauses", span.start..span.end);
        self.body.clauses.push(Clause {
            number,
            label: None,
            section: self.section,
            parent: None,
            terms: Vec::new(),
            body: start..start,
            span,
        });
        self.body.items.push(Item::Clause(at));
        self.clause = Some(at);
        at
    }

    /// `3.38` at the start of a line that goes on with the paragraph, item, quotation or note above it. A number that a
    /// sentence merely wraps to is told from it by what stands round it.
    pub(super) fn number_after_break(&mut self, line_break: &Range<usize>) {
        let text: &str = &self.file.text;
        let Some(newline) = text.get(line_break.start..).and_then(|rest| rest.find('\n')) else { return };
        let start = line_break.start + newline + 1;
        let (before, after) = text.split_at_checked(start).unwrap_or_default();
        let line = after.lines().next().unwrap_or_default();
        let current = self.clause.and_then(|at| self.body.clauses.get(at)).map(|clause| &clause.number);
        let sentence = before.trim_end().lines().next_back().unwrap_or_default();
        let Some(number) = traps::number_at_line_start(line, sentence, self.reading.numbering, current) else { return };
        let at = start + line.len() - line.trim_start().len();
        let message = format!("{number} stands inside what is above it and opens no clause");
        let help = "put a blank line before it; if it is part of the sentence, join it to the line above";
        self.fault(Code::NumberInsideParagraph, at..at + number.len(), message, help);
    }

    pub(super) fn list(&mut self, first: Option<u64>, range: Range<usize>) {
        self.list_inside_paragraph(first, &range);
        if self.reading.numbering == Numbering::Simple && self.at_top() && self.item_number(&range).is_some() {
            self.open.push(Open::ClauseList);
            self.depth += 1;
            return;
        }
        self.open_block(Element::List(first));
    }

    /// The number of a top-level item `17. Text`, read from the file.
    pub(super) fn item_number(&self, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = self.file.slice(range.clone()).split_whitespace().next()?;
        Some((Number::parse(token.strip_suffix('.')?)?, token.len()))
    }

    pub(super) fn list_inside_paragraph(&mut self, first: Option<u64>, range: &Range<usize>) {
        let Some(paragraph) = self.last_paragraph.take() else { return };
        let between = self.file.slice(paragraph.end..range.start);
        let words = self.file.slice(paragraph).trim_end();
        let close = between.bytes().all(|b| b" \t>".contains(&b));
        if first == Some(1) && close && !words.ends_with(':') {
            let source = self.file.slice(range.clone());
            let token = source.split_whitespace().next().unwrap_or_default();
            let start = range.start + source.len() - source.trim_start().len();
            let here = start..start + token.len();
            let message = format!("`{token}` at the start of this line begins a list in the middle of a paragraph");
            let help =
                "put a blank line before the list; if the line goes on with the sentence, join it to the line above";
            self.fault(Code::ListInsideParagraph, here, message, help);
        }
    }

    pub(super) fn item(&mut self, range: Range<usize>) {
        if matches!(self.open.last(), Some(Open::ClauseList)) {
            if let Some((number, length)) = self.item_number(&range) {
                let span = self.span(range.start..range.start + length);
                let clause = self.open_clause(number, span);
                self.open.push(Open::ClauseItem { clause, range, paragraph: false, fresh: true });
                self.depth += 1;
                return;
            }
            // Unreachable for a list that Markdown numbers, but no input may lose words.
            self.open.push(Open::Nothing);
            return;
        }
        let piece = self.position();
        self.push_block(Piece::Open(Element::Item(None)));
        self.number_in_item(&range);
        self.open.push(Open::Item { piece, sub: None, fresh: true, words: false, range });
        self.depth += 1;
    }

    pub(super) fn number_in_item(&mut self, range: &Range<usize>) {
        let top = self.depth == 1 && self.in_note.is_none();
        if !top || self.reading.numbering != Numbering::Decimal {
            return;
        }
        let source = self.file.slice(range.clone());
        if let Some((at, number)) = traps::number_in_item(source) {
            let here = range.start + at..range.start + at + number.len();
            let message = format!("{number} stands in a list and opens no clause");
            self.fault(
                Code::MalformedNumber,
                here,
                message,
                "take it out of the list: begin the paragraph with the number",
            );
        }
    }

    /// A paragraph inside an item, a quotation, a note or a cell.
    pub(super) fn inner_paragraph(&mut self, range: Range<usize>) {
        let holder = match self.open.last_mut() {
            Some(Open::ClauseItem { clause, fresh: fresh @ true, .. }) => {
                *fresh = false;
                Holder::Clause(*clause)
            }
            Some(Open::Item { fresh: true, .. }) => Holder::Item,
            _ => Holder::Nobody,
        };
        self.open_block(Element::Paragraph);
        self.open.pop();
        self.last_paragraph = Some(range.clone());
        self.open.push(Open::Paragraph { holder, range });
    }

    /// Whether these are the first words of an item, where its label stands; only once for each item.
    pub(super) fn first_words_of_item(&mut self) -> bool {
        match self.open.as_mut_slice() {
            [.., Open::Item { fresh, .. }]
            | [.., Open::Item { fresh, .. }, Open::Paragraph { holder: Holder::Item, .. }] => std::mem::take(fresh),
            _ => false,
        }
    }

    /// Before words in a line: opens the paragraph of a clause that is an item of a tight list.
    pub(super) fn before_inline(&mut self) {
        self.first_words_of_item();
        match self.open.last_mut() {
            Some(Open::ClauseItem { paragraph: paragraph @ false, .. }) => {
                *paragraph = true;
                self.push_block(Piece::Open(Element::Paragraph));
            }
            Some(Open::Item { words, .. }) => *words = true,
            _ => {}
        }
    }

    /// Before a block, or at an item's end: ends the words of an item that stand in no paragraph of the parser's.
    pub(super) fn end_words(&mut self) {
        match self.open.last_mut() {
            Some(Open::ClauseItem { clause, range, paragraph: paragraph @ true, fresh }) => {
                (*paragraph, *fresh) = (false, false);
                let (clause, range) = (*clause, range.clone());
                self.attributes(Holder::Clause(clause), &range);
                self.push_block(Piece::Close);
            }
            Some(Open::Item { words: words @ true, range, .. }) => {
                *words = false;
                let range = range.clone();
                self.attributes(Holder::Item, &range);
            }
            _ => {}
        }
    }

    /// What a clause or sub-clause holds ends here.
    pub(super) fn clause_ends(&mut self, clause: Option<usize>) {
        let end = self.main.len();
        if let Some(clause) = clause.and_then(|clause| self.body.clauses.get_mut(clause)) {
            clause.body.end = end;
        }
    }

    /// Reads `(a)` at the start of an item's words and makes the item a sub-clause.
    pub(super) fn label(&mut self, text: &str, range: &Range<usize>) -> usize {
        let Some(label) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) else { return 0 };
        let (label, rest) = label;
        if !is_label(label) || self.in_note.is_some() {
            return 0;
        }
        let length = label.len() + 2;
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            let here = range.start..range.start + length;
            self.fault(
                Code::MalformedLabel,
                here,
                format!("no space follows the label ({label})"),
                "put a space after it",
            );
            return 0;
        }
        let Some(item) = self.open.iter().rposition(|open| matches!(open, Open::Item { .. })) else { return 0 };
        let outer = self.open.iter().take(item).rev().find_map(|open| match open {
            Open::Item { sub, .. } => *sub,
            _ => None,
        });
        let Some(parent) = outer.or(self.clause) else { return 0 };
        let Some(above) = self.body.clauses.get(parent) else { return 0 };
        let (number, section) = (above.number.child(label), above.section);
        let at = self.body.clauses.len();
        let place = range.start..range.start + length;
        self.bound((at, self.reading.limits.clauses), "clauses", place.clone());
        let Some(Open::Item { piece, sub, .. }) = self.open.get_mut(item) else { return 0 };
        *sub = Some(at);
        let piece = *piece;
        if let Some(Piece::Open(Element::Item(sub))) = self.main.pieces.get_mut(piece) {
            *sub = Some(at);
        }
        self.body.clauses.push(Clause {
            number,
            label: None,
            section,
            parent: Some(parent),
            terms: Vec::new(),
            body: piece..piece,
            span: Span::new(self.file.id, place),
        });
        length + rest.len() - rest.trim_start().len()
    }
}
