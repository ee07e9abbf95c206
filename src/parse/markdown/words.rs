//! Words in a line, code, HTML, tables and notes.
//!
//! Takes the parser's words with their places; gives pieces. HTML is never kept as HTML: it is shown as text.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind};

use super::{Builder, Open};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Align, Element, Mark, Note, Number, Numbering, Piece, notes_in_order};
use crate::parse::traps;

impl Builder<'_, '_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let may_have_label = self.first_words_of_item();
        self.before_inline();
        let mut text = text;
        if let Some(number) = self.strip.take() {
            text = text.strip_prefix(number.as_str()).unwrap_or(text).trim_start();
        }
        if may_have_label {
            let length = self.label(text, &range);
            text = text.get(length..).unwrap_or_default();
        }
        let source = self.file.slice(range.clone());
        for (at, label) in traps::undefined_marks(&self.file.text, &range) {
            let here = at..at + label.len() + 3;
            let message = format!("the note `{label}` is not defined");
            let help = format!("write it, on a line of its own: `[^{label}]: …`");
            self.fault(Code::UndefinedFootnote, here, message, &help);
        }
        if !self.in_cell()
            && let Some(at) = traps::loose_brackets(&self.file.text, &range)
        {
            let here = at..at + 2;
            let help = "close it with `]]`, on the same line; if the brackets are meant, escape them: `\\[\\[`";
            self.fault(Code::MalformedReference, here, "this mention is not closed, or names nothing", help);
        }
        if let Some(here) = traps::loose_marker(&self.file.text, &range) {
            let message =
                format!("`{}` makes no box here, so that its words belong to the text", self.file.slice(here.clone()));
            let help = "put `>` and the marker alone on the first line of a block of its own; if it is no marker, escape it: `\\[`";
            self.fault(Code::MisplacedBox, here, message, help);
        }
        for place in traps::attributes_inside(source) {
            let written = source.get(place.clone()).unwrap_or_default().to_owned();
            let here = range.start + place.start..range.start + place.end;
            let help =
                "attributes stand at the end of a clause's first paragraph, of an item with a label or of a heading";
            self.fault(Code::MalformedAttributes, here, format!("`{written}` stands in the middle of a line"), help);
        }
        if !text.is_empty() {
            self.push_words(text);
        }
    }

    pub(super) fn push_words(&mut self, words: &str) {
        let here = self.here.clone();
        self.sheet().push_words(words, here);
    }

    pub(super) fn line_break(&mut self, meant: bool, range: Range<usize>) {
        self.number_after_break(&range);
        if matches!(self.sheet().pieces.last(), Some(Piece::Open(Element::Paragraph))) {
            // After a number that stands alone on its line there is nothing to break.
        } else if meant {
            self.push(Piece::HardBreak);
        } else {
            self.push_words("\n");
        }
    }

    pub(super) fn in_top_paragraph(&self) -> bool {
        matches!(self.open.last(), Some(Open::Paragraph { .. }))
    }

    pub(super) fn in_cell(&self) -> bool {
        self.open.iter().rev().any(|open| matches!(open, Open::Cell))
    }

    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        // A comment is between authors.
        if html.starts_with("<!--") {
            return;
        }
        self.before_inline();
        // What is opened is reported; what closes it again would be the same fault.
        if !html.starts_with("</") {
            self.raw_html(range);
        }
        self.push(Piece::Text(html.to_owned()));
    }

    pub(super) fn raw_html(&mut self, range: Range<usize>) {
        let help = "write it in Markdown; if the brackets are meant, escape them: `\\<`";
        if self.reading.html_denied {
            self.fault(Code::DeniedHtml, range, "this site takes no HTML", help);
        } else {
            self.fault(Code::RawHtml, range, "HTML is shown as text", help);
        }
    }

    pub(super) fn html_block(&mut self, range: Range<usize>) {
        let source = self.file.slice(range.clone());
        if let Some((at, length)) = traps::number_in_html(source, self.reading.numbering) {
            let here = range.start + at..range.start + at + length;
            let help = "put a blank line between the HTML or comment and the clause";
            self.fault(Code::NumberAfterHtml, here, "what stands in the same block as HTML opens no clause", help);
            return;
        }
        let shown = traps::without_comments(source);
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        self.raw_html(range.start..range.start + source.lines().next().map_or(0, str::len));
        let shown = shown.to_owned();
        self.whole_block(|this| {
            this.push_block(Piece::Open(Element::Paragraph));
            this.push(Piece::Text(shown));
            this.push_block(Piece::Close);
        });
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, code: String, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => {
                self.number_in_open_fence(&range);
                info.split([' ', ',', '{']).next().unwrap_or_default().to_owned()
            }
            CodeBlockKind::Indented => {
                let line = code.trim_start().lines().next().unwrap_or_default();
                if traps::opens_clause(line, self.reading.numbering) {
                    let token = line.split_whitespace().next().unwrap_or_default();
                    let here = self.find_in(&range, token).unwrap_or(range.start..range.start);
                    let message = format!("four spaces before {token} make code of this paragraph");
                    self.fault(Code::NumberInCode, here, message, "begin the line with the number");
                }
                String::new()
            }
        };
        self.whole_block(|this| this.push_block(Piece::CodeBlock(language.into(), code.into())));
    }

    /// A fence that is never closed makes code of every clause that follows.
    fn number_in_open_fence(&mut self, range: &Range<usize>) {
        let source = self.file.slice(range.clone());
        let fence: String = source.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        let mut lines = source.split_inclusive('\n');
        let opening = lines.next().map_or(0, str::len);
        if lines.next_back().is_some_and(|last| last.trim_start_matches([' ', '>']).starts_with(&fence)) {
            return;
        }
        if let Some((at, number)) =
            traps::first_opener(source.get(opening..).unwrap_or_default(), self.reading.numbering)
        {
            let here = range.start + opening + at..range.start + opening + at + number.len();
            let message = format!("{number} stands in code, since the fence above it is never closed");
            self.fault(Code::NumberInCode, here, message, &format!("close the code with a line `{fence}`"));
        }
    }

    pub(super) fn number_in_definition(&mut self, range: Range<usize>) {
        let line = self.file.slice(range.clone()).to_owned();
        if traps::opens_clause(&line, self.reading.numbering) {
            let token = line.split_whitespace().next().unwrap_or_default();
            let message = format!("the line below begins with `:` and makes a word to be defined of {token}");
            let help = "join that line to the one above, or escape the colon: `\\:`";
            self.fault(Code::NumberInDefinition, range.start..range.start + token.len(), message, help);
        }
    }

    pub(super) fn link_definition(&mut self, label: &str, range: Range<usize>) {
        let fits = Number::parse(label).is_some_and(|number| match self.reading.numbering {
            Numbering::Decimal => number.depth() > 1,
            Numbering::Simple => true,
            Numbering::Auto | Numbering::None => false,
        });
        if fits {
            let message = format!("`[{label}]:` defines the address of a link and is not shown");
            let help = format!("begin the clause with {label}, without brackets and colon");
            self.fault(Code::NumberInLinkDefinition, range.start..range.start + label.len() + 3, message, &help);
        }
    }

    pub(super) fn columns(&mut self, alignments: &[Alignment]) {
        self.alignments = alignments
            .iter()
            .map(|alignment| match alignment {
                Alignment::None => Align::Plain,
                Alignment::Left => Align::Left,
                Alignment::Center => Align::Centre,
                Alignment::Right => Align::Right,
            })
            .collect();
    }

    pub(super) fn row(&mut self, element: Element, range: Range<usize>) {
        let source = self.file.slice(range.clone());
        self.pipes_in_mentions(source, range.start);
        if !source.contains('|') && traps::opens_clause(source, self.reading.numbering) {
            let number = source.split_whitespace().next().unwrap_or_default();
            let message = format!("{number} stands inside the table above it and opens no clause");
            let start = range.start + source.len() - source.trim_start().len();
            let here = start..start + number.len();
            self.fault(Code::NumberInsideParagraph, here, message, "put a blank line after the table");
        }
        self.column = 0;
        self.open_block(element);
    }

    fn pipes_in_mentions(&mut self, row: &str, start: usize) {
        for (at, length) in traps::pipes_in_mentions(row) {
            let here = start + at..start + at + length;
            let help = "in a table, write a mention without words of its own, or escape the stroke: `\\|`";
            self.fault(Code::PipeInTable, here, "the `|` in this mention ends the cell", help);
        }
    }

    /// A paragraph that would be a table, had its first row not a cell too many.
    pub(super) fn head_of_lost_table(&mut self, range: &Range<usize>) {
        let source = self.file.slice(range.clone());
        let mut lines = source.lines();
        let (Some(head), Some(rule)) = (lines.next(), lines.next()) else { return };
        if rule.contains('|') && rule.contains('-') && rule.bytes().all(|b| b" \t|:-".contains(&b)) {
            self.pipes_in_mentions(head, range.start);
        }
    }

    pub(super) fn cell(&mut self) {
        let align = self.alignments.get(self.column).copied().unwrap_or(Align::Plain);
        self.column += 1;
        self.open_block(Element::TableCell(align));
        self.open.pop();
        self.open.push(Open::Cell);
    }

    pub(super) fn note(&mut self, label: &str, range: &Range<usize>) -> usize {
        let key = label.to_lowercase();
        self.note_indices.get(&key).copied().unwrap_or_else(|| {
            let sound =
                (1..=64).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !sound {
                let help = "a note's label is letters, figures and hyphens";
                self.fault(Code::InvalidId, range.clone(), format!("`{label}` cannot label a note"), help);
            }
            let at = self.body.notes.len();
            self.bound((at, self.reading.limits.notes), "notes", range.clone());
            self.note_indices.insert(key, at);
            self.body.notes.push(Note { label: label.to_owned(), body: None, span: self.span(range.clone()) });
            at
        })
    }

    pub(super) fn mark(&mut self, label: &str, range: Range<usize>) {
        self.before_inline();
        let note = self.note(label, &range);
        self.push(Piece::NoteMark(self.body.marks.len()));
        self.body.marks.push(Mark { note, span: self.span(range), within: self.within() });
    }

    pub(super) fn note_definition(&mut self, label: &str, range: Range<usize>) {
        let here = range.start..range.start + label.len() + 4;
        let note = self.note(label, &here);
        let span = self.span(here.clone());
        if let Some(known) = self.body.notes.get_mut(note) {
            if known.body.is_some() {
                let first = known.span;
                let fault =
                    Diagnostic::new(Code::DuplicateFootnote, span, format!("the note `{label}` is defined twice"));
                self.faults.push(fault.label(first, "first defined here").help("give one of them another label"));
            } else {
                known.span = span;
            }
        }
        self.in_note = Some(note);
        self.open.push(Open::Note { note, start: self.notes.len() });
    }

    pub(super) fn unused_notes(&mut self) {
        let marked: BTreeSet<usize> = notes_in_order(&self.body.marks).into_iter().collect();
        for (at, note) in self.body.notes.iter().enumerate() {
            if note.body.is_some() && !marked.contains(&at) {
                let message = format!("the note `{}` is never cited", note.label);
                let help = format!("cite it with `[^{}]`, or take it out", note.label);
                self.faults.push(Diagnostic::new(Code::UnusedFootnote, note.span, message).help(help));
            }
        }
    }
}
