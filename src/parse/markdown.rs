//! Markdown to headings, clauses, notes and mentions.
//!
//! Takes the body of one file; gives what it is made of, and each place where Markdown would read something other than
//! its author meant. Works on the parser's events and their byte ranges, in one pass, without recursion. Never looks at
//! another file, and never decides whether a number is in order.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::citation;
use super::traps;
use crate::diagnostic::{Code, Diagnostic, is_bidi_control};
use crate::document::{
    Alert, Align, Clause, DefinedWord, Element, Fragment, Item, Mark, Note, Number, Numbering, Picture, Piece,
    Reference, Section, Target, Within, is_author_id, is_label, slug_of,
};
use crate::source::{SourceFile, Span, Written};

/// What a body is made of.
#[derive(Debug, Default)]
pub struct Body {
    /// See [`Document`](crate::document::Document), whose fields these become.
    pub pieces: Vec<Piece>,
    /// Its order.
    pub items: Vec<Item>,
    /// Its headings.
    pub sections: Vec<Section>,
    /// Its clauses and sub-clauses.
    pub clauses: Vec<Clause>,
    /// Its notes.
    pub notes: Vec<Note>,
    /// The marks of its notes.
    pub marks: Vec<Mark>,
    /// Its mentions.
    pub references: Vec<Reference>,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// The words that it defines.
    pub words: Vec<DefinedWord>,
}

/// How a body is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// How its clauses are numbered.
    pub numbering: Numbering,
    /// Whether clauses of other documents may be drawn in.
    pub pack: bool,
    /// The folder of its file below the site's folder.
    pub folder: &'a str,
}

/// The deepest nesting of quotations and lists that is read.
const MAX_NESTING: usize = 64;

/// Reads the part of a file after its front matter.
pub fn body(file: &SourceFile, start: usize, reading: Reading<'_>, faults: &mut Vec<Diagnostic>) -> Body {
    if let Some(at) = too_deep(file, start) {
        faults.push(
            Diagnostic::new(
                Code::TooDeep,
                Span::new(file.id, at..at),
                format!("this line is nested more than {MAX_NESTING} deep"),
            )
            .help("no guidance needs so many quotations and lists inside one another"),
        );
        return Body::default();
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let parser = Parser::new_ext(file.slice(start..file.text.len()), options);
    let mut builder = Builder::new(file, reading, faults);
    for (label, definition) in parser.reference_definitions().iter() {
        builder.link_definition(label, start + definition.span.start..start + definition.span.end);
    }
    let events: Vec<(Event<'_>, Range<usize>)> = TextMergeWithOffset::new(parser.into_offset_iter())
        .map(|(event, range)| (event, start + range.start..start + range.end))
        .collect();
    builder.read(&events);
    builder.finish()
}

/// The start of the first line that opens more quotations and lists than are read.
fn too_deep(file: &SourceFile, start: usize) -> Option<usize> {
    let mut at = start;
    for line in file.slice(start..file.text.len()).split_inclusive('\n') {
        let markers = line.bytes().take_while(|b| b" \t>-*+0123456789.)".contains(b)).filter(|b| b">-*+.)".contains(b));
        let marks = line.trim();
        // A line of nothing but marks is a rule.
        let rule = marks.bytes().all(|b| b == b'-' || b == b'*' || b == b' ') || marks.bytes().all(|b| b == b'.');
        if !rule && markers.count() > MAX_NESTING {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// Something that is open, and what is to be done when it ends.
#[derive(Debug)]
enum Open {
    /// A top-level paragraph; of a clause, its first one.
    Paragraph { opens: Option<usize>, start: usize },
    /// A list or another block.
    Block,
    /// A top-level list whose items are clauses: it leaves no piece itself.
    ClauseList,
    /// An item that is a clause; whether a paragraph was opened for it that Markdown leaves out.
    ClauseItem { clause: usize, start: usize, paragraph: bool, fresh: bool },
    /// An item of a list: where its piece stands, its sub-clause, and whether nothing of it has been read yet.
    Item { piece: usize, sub: Option<usize>, fresh: bool, start: usize },
    /// A heading.
    Heading { section: usize, start: usize },
    /// Inside a line.
    Inline,
    /// A note: its words go apart.
    Note { note: usize, start: usize },
    /// A link or heading that is not kept, only its words.
    Nothing,
}

struct Builder<'a, 'f> {
    file: &'a SourceFile,
    reading: Reading<'a>,
    faults: &'f mut Vec<Diagnostic>,
    body: Body,
    note_pieces: Vec<Piece>,
    open: Vec<Open>,
    /// How many of `open` are blocks that hold others.
    depth: usize,
    in_note: Option<usize>,
    section: Option<usize>,
    clause: Option<usize>,
    block_start: usize,
    /// Bytes of a clause's number that are still to be taken off the text that follows.
    strip: Option<String>,
    /// The paragraph that ended last, in the file: to see what follows it without a blank line.
    last_paragraph: Option<Range<usize>>,
    /// Clauses counted so far where the paper prints no numbers.
    count: u32,
    /// Of the table that is open: how its columns are set, and the one that comes next.
    alignments: Vec<Align>,
    column: usize,
}

impl<'a, 'f> Builder<'a, 'f> {
    fn new(file: &'a SourceFile, reading: Reading<'a>, faults: &'f mut Vec<Diagnostic>) -> Self {
        Builder {
            file,
            reading,
            faults,
            body: Body::default(),
            note_pieces: Vec::new(),
            open: Vec::new(),
            depth: 0,
            in_note: None,
            section: None,
            clause: None,
            block_start: 0,
            strip: None,
            last_paragraph: None,
            count: 0,
            alignments: Vec::new(),
            column: 0,
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id, range)
    }

    fn fault(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        let fault = Diagnostic::new(code, self.span(range), message);
        self.faults.push(if help.is_empty() { fault } else { fault.help(help) });
    }

    fn push(&mut self, piece: Piece) {
        if self.in_note.is_some() { self.note_pieces.push(piece) } else { self.body.pieces.push(piece) }
    }

    fn position(&self) -> usize {
        if self.in_note.is_some() { self.note_pieces.len() } else { self.body.pieces.len() }
    }

    fn within(&self) -> Within {
        if let Some(note) = self.in_note {
            return Within::Note(note);
        }
        let innermost = self.open.iter().rev().find_map(|open| match open {
            Open::Heading { section, .. } => Some(Within::Section(*section)),
            Open::Item { sub: Some(clause), .. } => Some(Within::Clause(*clause)),
            _ => None,
        });
        innermost
            .or_else(|| self.clause.map(Within::Clause))
            .or_else(|| self.section.map(Within::Section))
            .unwrap_or(Within::Document)
    }

    fn at_top(&self) -> bool {
        self.depth == 0 && self.in_note.is_none()
    }

    // ── The pass ────────────────────────────────────────────────────────────────────────────────────────────────

    fn read(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += 1;
            let range = range.clone();
            match event {
                Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                    let end = matching_end(events, at - 1);
                    let inner = events.get(at..end).unwrap_or_default();
                    if matches!(link_type, LinkType::WikiLink { .. }) {
                        let alone = self.at_top() || self.depth == 1 && self.in_top_paragraph();
                        self.misplaced_draw_in(alone, range);
                    } else {
                        self.picture(dest_url, &words_of(inner), range);
                    }
                    at = end + 1;
                }
                Event::Start(Tag::Paragraph) if self.at_top() => {
                    if let Some(end) = self.draw_in(events, at - 1) {
                        at = end + 1;
                    } else {
                        self.top_paragraph(range);
                    }
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = matching_end(events, at - 1);
                    let code = words_of(events.get(at..end).unwrap_or_default());
                    self.code_block(kind, code, range);
                    at = end + 1;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = matching_end(events, at - 1);
                    self.html_block(range);
                    at = end + 1;
                }
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, dest_url, .. }) => {
                    let end = matching_end(events, at - 1);
                    self.before_inline();
                    if let Some(reference) = self.mention(dest_url, range) {
                        self.push(Piece::Reference(reference));
                    }
                    at = end + 1;
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => self.text(text, range),
                Event::Code(code) => {
                    self.before_inline();
                    self.push(Piece::Code(code.to_string()));
                }
                Event::InlineHtml(html) => self.inline_html(html, range),
                Event::FootnoteReference(label) => self.mark(label, range),
                Event::SoftBreak => self.line_break(Piece::SoftBreak),
                Event::HardBreak => self.line_break(Piece::HardBreak),
                Event::Rule => self.whole_block(|this| this.push(Piece::Rule)),
                Event::TaskListMarker(done) => self.push(Piece::TaskMark(*done)),
                Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
        }
    }

    fn finish(mut self) -> Body {
        let shift = self.body.pieces.len();
        self.body.pieces.append(&mut self.note_pieces);
        for body in self.body.notes.iter_mut().filter_map(|note| note.body.as_mut()) {
            *body = body.start + shift..body.end + shift;
        }
        self.unused_notes();
        self.body
    }

    /// A block that has no inside for us.
    fn whole_block(&mut self, write: impl FnOnce(&mut Self)) {
        self.close_clause_paragraph();
        let top = self.at_top();
        if top {
            self.block_start = self.position();
        }
        write(self);
        if top {
            self.top_block_ended();
        }
    }

    /// Gives a finished top-level block to the clause it belongs to, or lets it stand by itself.
    fn top_block_ended(&mut self) {
        let end = self.body.pieces.len();
        match self.clause.and_then(|clause| self.body.clauses.get_mut(clause)) {
            Some(clause) => clause.body.end = end,
            None if self.block_start < end => self.body.items.push(Item::Block(self.block_start..end)),
            None => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.unfresh();
                self.open_block(Element::Paragraph);
            }
            Tag::Heading { level, id, classes, attrs } if self.at_top() => {
                self.heading(*level as u8, id.as_deref(), classes, !attrs.is_empty(), range);
            }
            // A heading inside a quotation or a list has no place in the contents.
            Tag::Heading { .. } => {
                self.open_block(Element::Paragraph);
                self.push(Piece::Open(Element::Strong));
                self.open.push(Open::Inline);
            }
            Tag::List(first) => self.list(*first, range),
            Tag::Item => self.item(range),
            Tag::FootnoteDefinition(label) => self.note_definition(label, range),
            Tag::BlockQuote(kind) => self.open_block(match kind {
                None => Element::Quotation,
                Some(BlockQuoteKind::Note) => Element::Alert(Alert::Note),
                Some(BlockQuoteKind::Tip) => Element::Alert(Alert::Tip),
                Some(BlockQuoteKind::Important) => Element::Alert(Alert::Important),
                Some(BlockQuoteKind::Warning) => Element::Alert(Alert::Warning),
                Some(BlockQuoteKind::Caution) => Element::Alert(Alert::Caution),
            }),
            Tag::Table(alignments) => {
                self.open_block(Element::Table);
                self.columns(alignments);
            }
            Tag::TableHead => self.row(Element::TableHead, range),
            Tag::TableRow => self.row(Element::TableRow, range),
            Tag::TableCell => self.cell(),
            Tag::DefinitionList => self.open_block(Element::DefinitionList),
            Tag::DefinitionListTitle => {
                self.number_in_definition(range.clone());
                self.open_block(Element::DefinitionTerm);
                let at = self.position();
                self.body.words.push(DefinedWord { title: at..at, meaning: at..at, span: self.span(range) });
            }
            Tag::DefinitionListDefinition => {
                let at = self.position();
                self.open_block(Element::Definition);
                if let Some(word) = self.body.words.last_mut().filter(|word| word.meaning.is_empty()) {
                    word.meaning = at..at;
                }
            }
            Tag::Emphasis => self.open_inline(Element::Emphasis),
            Tag::Strong => self.open_inline(Element::Strong),
            Tag::Strikethrough => self.open_inline(Element::Strikethrough),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url, range),
            // Options that are off.
            Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_)
            | Tag::Image { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock => self.open.push(Open::Nothing),
        }
    }

    fn open_block(&mut self, element: Element) {
        self.close_clause_paragraph();
        if self.at_top() {
            self.block_start = self.position();
        }
        self.push(Piece::Open(element));
        self.open.push(Open::Block);
        self.depth += 1;
    }

    fn open_inline(&mut self, element: Element) {
        self.before_inline();
        self.push(Piece::Open(element));
        self.open.push(Open::Inline);
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::DefinitionListTitle {
            let end = self.position();
            self.body.words.last_mut().into_iter().for_each(|word| word.title.end = end);
        }
        if let TagEnd::Heading(_) = tag
            && matches!(self.open.last(), Some(Open::Inline))
        {
            self.push(Piece::Close);
            self.open.pop();
        }
        match self.open.pop() {
            Some(Open::Paragraph { opens, start }) => {
                self.attributes(opens, start);
                self.push(Piece::Close);
                self.depth -= 1;
                self.top_block_ended();
            }
            Some(Open::Block) => {
                self.push(Piece::Close);
                self.depth -= 1;
                if tag == TagEnd::DefinitionListDefinition {
                    let end = self.position();
                    self.body.words.last_mut().into_iter().for_each(|word| word.meaning.end = end);
                }
                if self.at_top() {
                    self.top_block_ended();
                }
            }
            Some(Open::Inline) => self.push(Piece::Close),
            Some(Open::Item { piece, sub, start, .. }) => {
                if self.in_note.is_none() {
                    self.item_attributes(piece, sub, start);
                }
                self.push(Piece::Close);
                self.depth -= 1;
                let end = self.position();
                if let Some(clause) = sub.and_then(|sub| self.body.clauses.get_mut(sub)) {
                    clause.body.end = end;
                }
            }
            Some(Open::ClauseItem { clause, start, paragraph, fresh }) => {
                self.open.push(Open::ClauseItem { clause, start, paragraph, fresh });
                self.close_clause_paragraph();
                self.open.pop();
                self.depth -= 1;
                let end = self.position();
                if let Some(clause) = self.body.clauses.get_mut(clause) {
                    clause.body.end = end;
                }
            }
            Some(Open::ClauseList) => self.depth -= 1,
            Some(Open::Heading { section, start }) => self.heading_ended(section, start),
            Some(Open::Note { note, start }) => {
                let end = self.note_pieces.len();
                if let Some(note) = self.body.notes.get_mut(note) {
                    note.body = Some(start..end);
                }
                self.in_note = None;
            }
            Some(Open::Nothing) | None => {}
        }
    }

    // ── Paragraphs and clauses ──────────────────────────────────────────────────────────────────────────────────

    fn top_paragraph(&mut self, range: Range<usize>) {
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
        self.number_inside(&range);
        self.last_paragraph = Some(range.clone());
        self.block_start = self.position();
        self.push(Piece::Open(Element::Paragraph));
        self.open.push(Open::Paragraph { opens, start: range.start });
        self.depth += 1;
    }

    /// The number at the start of a paragraph and its length, if it opens a clause.
    fn decimal_opener(&mut self, source: &str, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = source.split_whitespace().next().unwrap_or_default();
        let here = range.start..range.start + token.len();
        if let Some(emphasised) = traps::emphasised_number(token) {
            let message = format!("the number {emphasised} stands in emphasis, so that it opens no clause");
            self.fault(Code::MalformedNumber, here, message, "write the number plain; the page prints it bold");
            return None;
        }
        if !traps::looks_like_decimal(token) {
            return None;
        }
        if traps::is_quantity(source) {
            let escaped = token.replacen('.', "\\.", 1);
            let message = format!("`{token}` at the start of a paragraph would be a clause's number");
            self.fault(Code::QuantityAsNumber, here, message, &format!("escape it: `{escaped}`"));
            return None;
        }
        match Number::parse(token).filter(|number| number.labels().is_empty()) {
            Some(number) => Some((number, token.len())),
            None => {
                let message = format!("`{token}` is not a clause's number");
                let escaped = token.replacen('.', "\\.", 1);
                let help = format!(
                    "write it as 3.37, 3.37A or 3.37.1 with a space after it, and a sub-clause as a list item `- (a)`; if it is no number, escape it: `{escaped}`"
                );
                self.fault(Code::MalformedNumber, here, message, &help);
                None
            }
        }
    }

    /// `17A. Text`: a number that Markdown does not read as a list.
    fn simple_opener(&mut self, source: &str, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = source.split_whitespace().next()?;
        if let Some(emphasised) = traps::emphasised_number(token) {
            let here = range.start..range.start + token.len();
            let message = format!("the number {emphasised} stands in emphasis, so that it opens no clause");
            self.fault(Code::MalformedNumber, here, message, "write the number plain; the page prints it bold");
            return None;
        }
        let number = traps::simple_number(token)?;
        Some((number, token.len()))
    }

    fn open_clause(&mut self, number: Number, span: Span) -> usize {
        let at = self.body.clauses.len();
        let start = self.body.pieces.len();
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

    /// `3.38` on the line after 3.37, with no blank line between: one paragraph.
    fn number_inside(&mut self, range: &Range<usize>) {
        let current = self.clause.and_then(|at| self.body.clauses.get(at)).map(|clause| clause.number.clone());
        let source = self.file.slice(range.clone());
        for (at, number) in traps::numbers_inside(source, self.reading.numbering, current.as_ref()) {
            let here = range.start + at..range.start + at + number.len();
            let message = format!("{number} stands inside the paragraph above it and opens no clause");
            let help = "put a blank line before it; if it is part of the sentence, join it to the line above";
            self.fault(Code::NumberInsideParagraph, here, message, help);
        }
    }

    // ── Lists ───────────────────────────────────────────────────────────────────────────────────────────────────

    fn list(&mut self, first: Option<u64>, range: Range<usize>) {
        self.list_inside_paragraph(first, &range);
        if self.reading.numbering == Numbering::Simple && self.at_top() && self.item_number(&range).is_some() {
            self.open.push(Open::ClauseList);
            self.depth += 1;
            return;
        }
        self.open_block(Element::List(first));
    }

    /// The number of a top-level item `17. Text`, read from the file.
    fn item_number(&self, range: &Range<usize>) -> Option<(Number, usize)> {
        let token = self.file.slice(range.clone()).split_whitespace().next()?;
        Some((Number::parse(token.strip_suffix('.')?)?, token.len()))
    }

    fn list_inside_paragraph(&mut self, first: Option<u64>, range: &Range<usize>) {
        let Some(paragraph) = self.last_paragraph.take() else { return };
        let between = self.file.slice(paragraph.end..range.start);
        let words = self.file.slice(paragraph).trim_end();
        if first == Some(1) && between.trim().is_empty() && !between.contains('\n') && !words.ends_with(':') {
            let token = self.file.slice(range.clone()).split_whitespace().next().unwrap_or_default();
            let here = range.start..range.start + token.len();
            let message = format!("`{token}` at the start of this line begins a list in the middle of a paragraph");
            let help =
                "put a blank line before the list; if the line goes on with the sentence, join it to the line above";
            self.fault(Code::ListInsideParagraph, here, message, help);
        }
    }

    fn item(&mut self, range: Range<usize>) {
        if matches!(self.open.last(), Some(Open::ClauseList)) {
            if let Some((number, length)) = self.item_number(&range) {
                let span = self.span(range.start..range.start + length);
                let clause = self.open_clause(number, span);
                self.open.push(Open::ClauseItem { clause, start: range.start, paragraph: false, fresh: true });
                self.number_inside(&range);
                self.depth += 1;
                return;
            }
            // Unreachable for a list that Markdown numbers, but no input may lose words.
            self.open.push(Open::Nothing);
            return;
        }
        let piece = self.position();
        self.push(Piece::Open(Element::Item(None)));
        self.number_in_item(&range);
        self.open.push(Open::Item { piece, sub: None, fresh: true, start: range.start });
        self.depth += 1;
    }

    fn number_in_item(&mut self, range: &Range<usize>) {
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

    /// Something of an item's own line has been read: its label can stand here no more.
    fn unfresh(&mut self) {
        if let Some(Open::ClauseItem { fresh, .. }) = self.open.last_mut() {
            *fresh = false;
        }
    }

    /// Before words in a line: opens the paragraph of a clause that is an item of a tight list.
    fn before_inline(&mut self) {
        if let Some(Open::ClauseItem { paragraph, .. }) = self.open.last_mut()
            && !*paragraph
        {
            *paragraph = true;
            self.push(Piece::Open(Element::Paragraph));
        }
    }

    /// Before a block, or at an item's end: closes that paragraph again.
    fn close_clause_paragraph(&mut self) {
        let Some(Open::ClauseItem { clause, start, paragraph, .. }) = self.open.last_mut() else { return };
        if !std::mem::take(paragraph) {
            return;
        }
        let (clause, start) = (*clause, *start);
        self.attributes(Some(clause), start);
        self.push(Piece::Close);
    }

    /// Reads `(a)` at the start of an item's words and makes the item a sub-clause.
    fn label(&mut self, text: &str, range: &Range<usize>) -> usize {
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
        let outer = self.open.iter().rev().skip(1).find_map(|open| match open {
            Open::Item { sub, .. } => *sub,
            _ => None,
        });
        let Some(parent) = outer.or(self.clause) else { return 0 };
        let Some(above) = self.body.clauses.get(parent) else { return 0 };
        let (number, section) = (above.number.child(label), above.section);
        let at = self.body.clauses.len();
        let Some(Open::Item { piece, sub, .. }) = self.open.last_mut() else { return 0 };
        *sub = Some(at);
        let piece = *piece;
        if let Some(Piece::Open(Element::Item(sub))) = self.body.pieces.get_mut(piece) {
            *sub = Some(at);
        }
        self.body.clauses.push(Clause {
            number,
            label: None,
            section,
            parent: Some(parent),
            terms: Vec::new(),
            body: piece..piece,
            span: Span::new(self.file.id, range.start..range.start + length),
        });
        length + rest.len() - rest.trim_start().len()
    }

    // ── Headings ────────────────────────────────────────────────────────────────────────────────────────────────

    fn heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        classes: &[pulldown_cmark::CowStr<'_>],
        other: bool,
        range: Range<usize>,
    ) {
        let source = self.file.slice(range.clone());
        let first_line = range.start..range.start + source.lines().next().map_or(0, str::len);
        if !source.starts_with('#') && source.trim_end().ends_with('-') {
            let help = "put a blank line between the paragraph and the rule; write a heading with `##`";
            self.fault(
                Code::UnderlinedHeading,
                first_line.clone(),
                "the line of hyphens below makes a heading of this paragraph",
                help,
            );
        }
        let before = self.section.and_then(|at| self.body.sections.get(at)).map_or(1, |section| section.level);
        if level == 1 {
            let help = "the title stands in front matter; begin headings in the text with `##`";
            self.fault(Code::HeadingLevel, first_line.clone(), "a heading in the text has the rank of the title", help);
        } else if level > before + 1 {
            let message = format!("this heading is of rank {level} under one of rank {before}");
            let help = format!("write it with {}: no rank may be left out", "#".repeat(usize::from(before) + 1));
            self.fault(Code::HeadingLevel, first_line.clone(), message, &help);
        }
        if other {
            let help = "after a heading, `{#id .term}` is all that is read";
            self.fault(Code::MalformedAttributes, first_line.clone(), "these attributes are not read", help);
        }
        let parent = self.ancestor_below(level);
        let section = self.body.sections.len();
        let anchor = id.filter(|id| self.check_id(id, &first_line)).map(str::to_owned).unwrap_or_default();
        let span = self.span(first_line.clone());
        let terms =
            classes.iter().map(|class| Written::new(class.to_string(), self.place_of(class, &first_line))).collect();
        let start = self.position();
        self.body.sections.push(Section {
            level: level.max(2),
            heading: start..start,
            title: String::new(),
            anchor,
            parent,
            terms,
            span,
        });
        self.body.items.push(Item::Heading(section));
        self.section = Some(section);
        self.clause = None;
        self.open.push(Open::Heading { section, start: range.start });
    }

    /// The nearest section before that a heading of this level stands under.
    fn ancestor_below(&self, level: u8) -> Option<usize> {
        let mut next = self.section;
        while let Some(at) = next {
            let section = self.body.sections.get(at)?;
            if section.level < level {
                return Some(at);
            }
            next = section.parent;
        }
        None
    }

    fn heading_ended(&mut self, section: usize, start: usize) {
        let end = self.body.pieces.len();
        let from = self.body.sections.get(section).map_or(end, |section| section.heading.start);
        let words = self.body.pieces.get(from..end).unwrap_or_default();
        let title = words.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Code(text) => text.as_str(),
            Piece::SoftBreak | Piece::HardBreak => " ",
            _ => "",
        });
        let title: String = title.collect();
        let title = title.trim().to_owned();
        if let Some(at) = title.find("{#").or_else(|| title.find("{.")) {
            let here = self.span(start..start);
            let written = title.get(at..).unwrap_or_default().to_owned();
            self.faults.push(malformed_attributes(here, &written));
        }
        let used: BTreeSet<&str> = self.body.sections.iter().map(|section| section.anchor.as_str()).collect();
        let slug = slug_of(&title);
        let free = (1..)
            .map(|n| if n == 1 { slug.clone() } else { format!("{slug}-{n}") })
            .find(|slug| !used.contains(slug.as_str()));
        if let Some(section) = self.body.sections.get_mut(section) {
            section.heading = from..end;
            section.title = title;
            if section.anchor.is_empty() {
                section.anchor = free.unwrap_or(slug);
            }
        }
    }

    // ── Attributes ──────────────────────────────────────────────────────────────────────────────────────────────

    /// Takes `{#id .term}` off the end of the words before, and gives them to a clause.
    fn attributes(&mut self, clause: Option<usize>, start: usize) {
        let pieces = if self.in_note.is_some() { &self.note_pieces } else { &self.body.pieces };
        let Some(Piece::Text(text)) = pieces.last() else { return };
        let trimmed = text.trim_end();
        if !trimmed.ends_with('}') {
            return;
        }
        let Some(open) =
            trimmed.rfind('{').filter(|at| trimmed.get(at + 1..).is_some_and(|rest| rest.starts_with(['#', '.'])))
        else {
            return;
        };
        let written = trimmed.get(open..).unwrap_or_default().to_owned();
        let place = self.find_after(start, &written);
        // `\{#id}` is words.
        if place.start > 0 && self.file.slice(place.start - 1..place.start) == "\\" {
            return;
        }
        let kept = trimmed.get(..open).unwrap_or_default().trim_end().to_owned();
        let pieces = if self.in_note.is_some() { &mut self.note_pieces } else { &mut self.body.pieces };
        pieces.pop();
        if !kept.is_empty() {
            pieces.push(Piece::Text(kept));
        }
        let span = self.span(place.clone());
        let Some(clause) = clause else {
            self.faults.push(malformed_attributes(span, &written).help(
                "attributes stand at the end of a clause's first paragraph, of an item with a label or of a heading",
            ));
            return;
        };
        let inner = written.trim_start_matches('{').trim_end_matches('}');
        for token in inner.split_whitespace() {
            let at = self.place_of(token, &place);
            if let Some(id) = token.strip_prefix('#') {
                let again = self.body.clauses.get(clause).is_some_and(|clause| clause.label.is_some());
                if again {
                    self.faults.push(malformed_attributes(at, token).help("one clause takes one id"));
                } else if self.check_id(id, &(at.start..at.end))
                    && let Some(clause) = self.body.clauses.get_mut(clause)
                {
                    clause.label = Some(id.to_owned());
                }
            } else if let Some(term) = token.strip_prefix('.').filter(|term| !term.is_empty()) {
                if let Some(clause) = self.body.clauses.get_mut(clause) {
                    clause.terms.push(Written::new(term.to_owned(), at));
                }
            } else {
                self.faults.push(malformed_attributes(at, token));
            }
        }
    }

    /// The attributes of an item, if its words are the last thing read: those before an inner list were taken there.
    fn item_attributes(&mut self, piece: usize, sub: Option<usize>, start: usize) {
        let inline = self
            .body
            .pieces
            .get(piece + 1..)
            .unwrap_or_default()
            .iter()
            .all(|piece| !matches!(piece, Piece::Open(element) if !crate::document::is_inline(element)));
        if inline {
            self.attributes(sub, start);
        }
    }

    fn check_id(&mut self, id: &str, place: &Range<usize>) -> bool {
        let sound = is_author_id(id);
        if !sound {
            let shown: String = id.chars().filter(|c| !is_bidi_control(*c)).collect();
            let help = "an id is lower-case letters, figures and hyphens, begins with a letter, and not with `note-` or `para-`";
            self.fault(Code::InvalidId, place.clone(), format!("`{shown}` cannot be an id"), help);
        }
        sound
    }

    /// Where `written` stands in a range of the file; the range if it is not found.
    fn place_of(&self, written: &str, range: &Range<usize>) -> Span {
        let at = self.file.slice(range.clone()).rfind(written);
        self.span(at.map_or(range.clone(), |at| range.start + at..range.start + at + written.len()))
    }

    fn find_after(&self, start: usize, written: &str) -> Range<usize> {
        let at = self.file.slice(start..self.file.text.len()).find(written);
        at.map_or(start..start, |at| start + at..start + at + written.len())
    }

    // ── Words in a line ─────────────────────────────────────────────────────────────────────────────────────────

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.before_inline();
        let mut text = text;
        if let Some(number) = self.strip.take() {
            text = text.strip_prefix(number.as_str()).unwrap_or(text).trim_start();
        }
        if let Some(Open::Item { fresh, .. }) = self.open.last_mut()
            && std::mem::take(fresh)
        {
            let length = self.label(text, &range);
            text = text.get(length..).unwrap_or_default();
        } else if let [.., Open::Item { fresh: fresh @ true, .. }, Open::Block] = self.open.as_mut_slice() {
            // An item of a loose list: its words stand in a paragraph.
            *fresh = false;
            let block = self.open.pop();
            let length = self.label(text, &range);
            self.open.extend(block);
            text = text.get(length..).unwrap_or_default();
        }
        let source = self.file.slice(range.clone());
        for (at, label) in traps::undefined_marks(source) {
            let here = range.start + at..range.start + at + label.len() + 3;
            let message = format!("the note `{label}` is not defined");
            let help = format!("write it, on a line of its own: `[^{label}]: …`");
            self.fault(Code::UndefinedFootnote, here, message, &help);
        }
        if !self.in_cell()
            && let Some(at) = traps::loose_brackets(source)
        {
            let here = range.start + at..range.start + at + 2;
            let help = "close it with `]]`, on the same line; if the brackets are meant, escape them: `\\[\\[`";
            self.fault(Code::MalformedReference, here, "this mention is not closed, or names nothing", help);
        }
        if !text.is_empty() {
            self.push(Piece::Text(text.to_owned()));
        }
    }

    fn line_break(&mut self, piece: Piece) {
        // After a number that stands alone on its line there is nothing to break.
        let empty = matches!(self.body.pieces.last(), Some(Piece::Open(Element::Paragraph)));
        if !empty || self.in_note.is_some() {
            self.push(piece);
        }
    }

    fn in_top_paragraph(&self) -> bool {
        matches!(self.open.last(), Some(Open::Paragraph { .. }))
    }

    fn in_cell(&self) -> bool {
        self.open.len() >= 2
            && self.body.pieces.iter().rev().find_map(|piece| match piece {
                Piece::Open(Element::TableCell(_)) => Some(true),
                Piece::Open(element) if !crate::document::is_inline(element) => Some(false),
                _ => None,
            }) == Some(true)
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        // A comment is between authors.
        if html.starts_with("<!--") {
            return;
        }
        self.before_inline();
        self.raw_html(range);
        self.push(Piece::Text(html.to_owned()));
    }

    fn raw_html(&mut self, range: Range<usize>) {
        let help = "write it in Markdown; if the brackets are meant, escape them: `\\<`";
        self.fault(Code::RawHtml, range, "HTML is shown as text", help);
    }

    fn html_block(&mut self, range: Range<usize>) {
        let source = self.file.slice(range.clone());
        if let Some((at, length)) = traps::number_in_html(source, self.reading.numbering) {
            let here = range.start + at..range.start + at + length;
            let help = "put a blank line between the HTML or comment and the clause";
            self.fault(Code::NumberAfterHtml, here, "what stands in the same block as HTML opens no clause", help);
        }
        let shown = traps::without_comments(source);
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        self.raw_html(range.start..range.start + source.lines().next().map_or(0, str::len));
        let shown = shown.to_owned();
        self.whole_block(|this| {
            this.push(Piece::Open(Element::Paragraph));
            this.push(Piece::Text(shown));
            this.push(Piece::Close);
        });
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, code: String, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
            CodeBlockKind::Indented => {
                let line = code.trim_start().lines().next().unwrap_or_default();
                if traps::opens_clause(line, self.reading.numbering) {
                    let token = line.split_whitespace().next().unwrap_or_default();
                    let here = self.find_after(range.start, token);
                    let message = format!("four spaces before {token} make code of this paragraph");
                    self.fault(Code::NumberInCode, here, message, "begin the line with the number");
                }
                String::new()
            }
        };
        self.whole_block(|this| this.push(Piece::CodeBlock(language, code)));
    }

    fn number_in_definition(&mut self, range: Range<usize>) {
        let line = self.file.slice(range.clone()).to_owned();
        if traps::opens_clause(&line, self.reading.numbering) {
            let token = line.split_whitespace().next().unwrap_or_default();
            let message = format!("the line below begins with `:` and makes a word to be defined of {token}");
            let help = "join that line to the one above, or escape the colon: `\\:`";
            self.fault(Code::NumberInDefinition, range.start..range.start + token.len(), message, help);
        }
    }

    fn link_definition(&mut self, label: &str, range: Range<usize>) {
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

    // ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────────

    fn columns(&mut self, alignments: &[Alignment]) {
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

    fn row(&mut self, element: Element, range: Range<usize>) {
        let source = self.file.slice(range.clone());
        if let Some((at, length)) = traps::pipe_in_mention(source) {
            let here = range.start + at..range.start + at + length;
            let help = "in a table, write a mention without words of its own, or escape the stroke: `\\|`";
            self.fault(Code::PipeInTable, here, "the `|` in this mention ends the cell", help);
        }
        self.column = 0;
        self.open_block(element);
    }

    fn cell(&mut self) {
        let align = self.alignments.get(self.column).copied().unwrap_or(Align::Plain);
        self.column += 1;
        self.open_block(Element::TableCell(align));
    }

    // ── Notes ───────────────────────────────────────────────────────────────────────────────────────────────────

    fn note(&mut self, label: &str, range: &Range<usize>) -> usize {
        let known = self.body.notes.iter().position(|note| note.label.eq_ignore_ascii_case(label));
        known.unwrap_or_else(|| {
            let sound =
                (1..=64).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !sound {
                let help = "a note's label is letters, figures and hyphens";
                self.fault(Code::InvalidId, range.clone(), format!("`{label}` cannot label a note"), help);
            }
            self.body.notes.push(Note { label: label.to_owned(), body: None, span: self.span(range.clone()) });
            self.body.notes.len() - 1
        })
    }

    fn mark(&mut self, label: &str, range: Range<usize>) {
        self.before_inline();
        let note = self.note(label, &range);
        self.body.marks.push(Mark { note, span: self.span(range), within: self.within() });
        self.push(Piece::NoteMark(note));
    }

    fn note_definition(&mut self, label: &str, range: Range<usize>) {
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
        self.open.push(Open::Note { note, start: self.note_pieces.len() });
    }

    fn unused_notes(&mut self) {
        for (at, note) in self.body.notes.iter().enumerate() {
            if note.body.is_some() && !self.body.marks.iter().any(|mark| mark.note == at) {
                let message = format!("the note `{}` is never cited", note.label);
                let help = format!("cite it with `[^{}]`, or take it out", note.label);
                self.faults.push(Diagnostic::new(Code::UnusedFootnote, note.span, message).help(help));
            }
        }
    }

    // ── Mentions, links, pictures ───────────────────────────────────────────────────────────────────────────────

    fn refer(&mut self, target: Target, written: &str, range: Range<usize>) -> usize {
        self.body.references.push(Reference {
            target,
            written: written.to_owned(),
            span: self.span(range),
            within: self.within(),
        });
        self.body.references.len() - 1
    }

    /// What stands between `[[` and `]]`.
    fn mention(&mut self, written: &str, range: Range<usize>) -> Option<usize> {
        let written = written.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ");
        let target = match written.split_once('#') {
            Some((document, rest)) => fragment(rest)
                .map(|fragment| Target::Place((!document.is_empty()).then(|| document.to_owned()), fragment)),
            None => match fragment(&written) {
                Some(fragment @ (Fragment::Number(_) | Fragment::Range(_, _))) => Some(Target::Place(None, fragment)),
                _ => match written.split_once(' ') {
                    Some((key, rest)) => match citation::pinpoint(rest) {
                        Some(pinpoint) => Some(Target::Work(key.to_owned(), pinpoint)),
                        None => {
                            let message = format!("`{rest}` is not a place in a work");
                            let help = "write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`";
                            self.fault(Code::MalformedPinpoint, range, message, help);
                            return None;
                        }
                    },
                    None => (!written.is_empty()).then(|| Target::Name(written.clone())),
                },
            },
        };
        if target.is_none() {
            let help = "write `[[3.37]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`";
            self.fault(Code::MalformedReference, range.clone(), format!("`[[{written}]]` names nothing"), help);
        }
        target.map(|target| self.refer(target, &written, range))
    }

    fn link(&mut self, kind: LinkType, url: &str, range: Range<usize>) {
        let reference = match kind {
            LinkType::WikiLink { .. } => self.mention(url, range),
            LinkType::Email => return self.open_inline(Element::Link(format!("mailto:{url}"))),
            _ => match address(url, self.reading.folder) {
                Address::Web(url) => return self.open_inline(Element::Link(url)),
                Address::Here(rest) => match fragment(&rest) {
                    Some(fragment) => Some(self.refer(Target::Place(None, fragment), url, range)),
                    None => {
                        self.fault(Code::BrokenLink, range, format!("`{url}` leads nowhere"), "name an id after `#`");
                        None
                    }
                },
                Address::File(path, rest) => {
                    Some(self.refer(Target::File(path, rest.as_deref().and_then(fragment)), url, range))
                }
                Address::Unsafe => {
                    let help = "link to http, https and mailto addresses, or to a file of the site";
                    self.fault(Code::UnsafeUrl, range, format!("`{url}` is not an address that may be linked"), help);
                    None
                }
                Address::Outside => {
                    let help = "write the path from this file's folder: `../packs/first-day.md`";
                    self.fault(Code::BrokenLink, range, format!("`{url}` does not name a file of the site"), help);
                    None
                }
            },
        };
        match reference {
            Some(reference) => self.open_inline(Element::Reference(reference)),
            None => {
                self.before_inline();
                self.open.push(Open::Nothing);
            }
        }
    }

    fn picture(&mut self, url: &str, words: &str, range: Range<usize>) {
        self.before_inline();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            let help = "say in the square brackets what it shows: `![The five outcomes as a ring](ring.svg)`";
            self.fault(
                Code::PictureWithoutWords,
                range.clone(),
                "this picture has no words for those who do not see it",
                help,
            );
        }
        match address(url, self.reading.folder) {
            Address::File(path, None) => {
                self.body.pictures.push(Picture { path, words, span: self.span(range) });
                self.push(Piece::Picture(self.body.pictures.len() - 1));
            }
            Address::Web(_) => {
                let help = "put the picture into the site's folder: a copy of the site must work without a network";
                self.fault(Code::RemotePicture, range, "this picture lies on another site", help);
            }
            Address::Unsafe => {
                self.fault(Code::UnsafeUrl, range, "this is not an address of a picture", "name a file of the site");
            }
            Address::File(..) | Address::Here(_) | Address::Outside => {
                let help = "write the path from this file's folder: `pictures/ring.svg`";
                self.fault(Code::BrokenLink, range, format!("`{url}` does not name a file of the site"), help);
            }
        }
    }

    /// `![[guidance-2008#3.37]]` alone in a paragraph of a pack. Gives the index of the paragraph's end.
    fn draw_in(&mut self, events: &[(Event<'_>, Range<usize>)], paragraph: usize) -> Option<usize> {
        let (Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }), range) =
            events.get(paragraph + 1)?
        else {
            return None;
        };
        let end = matching_end(events, paragraph + 1) + 1;
        if !self.reading.pack || !matches!(events.get(end)?.0, Event::End(TagEnd::Paragraph)) {
            return None;
        }
        if let Some(reference) = self.mention(dest_url, range.clone()) {
            self.body.items.push(Item::DrawIn(reference));
        }
        // What follows belongs to no clause.
        self.clause = None;
        Some(end)
    }

    fn misplaced_draw_in(&mut self, top: bool, range: Range<usize>) {
        let (message, help) = if !self.reading.pack {
            (
                "only a pack draws clauses in",
                "write `kind = \"pack\"` in front matter, or mention the clause with `[[…]]`",
            )
        } else if top {
            ("a clause is drawn in on a line of its own", "put a blank line before and after it")
        } else {
            ("a clause cannot be drawn in here", "put it on a line of its own, outside lists, tables and quotations")
        };
        self.fault(Code::MisplacedDrawIn, range, message, help);
    }
}

fn malformed_attributes(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::MalformedAttributes, span, format!("`{written}` is not read as an id or a term"))
        .help("write `{#id .term}` with spaces between")
}

/// The index of the event that ends what begins at `start`; the last one if there is none.
fn matching_end(events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 1 => return at,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

fn words_of(events: &[(Event<'_>, Range<usize>)]) -> String {
    let words = events.iter().map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text.as_ref(),
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    words.collect()
}

/// What stands after `#` in a mention.
fn fragment(written: &str) -> Option<Fragment> {
    if let Some(number) = Number::parse(written) {
        return Some(Fragment::Number(number));
    }
    if let Some((first, last)) = written.split_once(['-', '–'])
        && let (Some(first), Some(last)) = (Number::parse(first.trim()), Number::parse(last.trim()))
    {
        return Some(Fragment::Range(first, last));
    }
    let sound = (1..=80).contains(&written.len())
        && written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    sound.then(|| Fragment::Id(written.to_owned()))
}

/// What the address in a link leads to.
enum Address {
    /// Another site.
    Web(String),
    /// A place on the same page.
    Here(String),
    /// A file of the site, by its path below the site's folder, and what stands after `#`.
    File(String, Option<String>),
    /// A scheme that a page must not carry.
    Unsafe,
    /// No file of the site.
    Outside,
}

fn address(url: &str, folder: &str) -> Address {
    let url = url.trim();
    if url.contains(|c: char| c.is_control() || is_bidi_control(c)) {
        return Address::Unsafe;
    }
    if let Some(rest) = url.strip_prefix('#') {
        return Address::Here(rest.to_owned());
    }
    if let Some((scheme, rest)) = url.split_once(':')
        && !scheme.contains('/')
    {
        let web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && rest.starts_with("//");
        let sound = web || scheme.eq_ignore_ascii_case("mailto");
        return if sound { Address::Web(url.to_owned()) } else { Address::Unsafe };
    }
    if url.is_empty() || url.starts_with('/') || url.contains(['?', '\\']) {
        return Address::Outside;
    }
    let (path, rest) = match url.split_once('#') {
        Some((path, rest)) => (path, Some(rest.to_owned())),
        None => (url, None),
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Address::Outside,
            ".." => {}
            _ => parts.push(part),
        }
    }
    Address::File(parts.join("/").replace("%20", " "), rest)
}
