//! Markdown to headings, clauses, notes and mentions.
//!
//! Takes the body of one file; gives what it is made of, and each place where Markdown would read something other than
//! its author meant. Works on the parser's events and their byte ranges, in one pass, without recursion. Never looks at
//! another file, and never decides whether a number is in order.

mod clauses;
mod headings;
mod mentions;
mod words;

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Alert, Align, Clause, DefinedWord, Element, Item, Mark, Note, Numbering, Picture, Piece, Reference, Section, Within,
};
use crate::source::{SourceFile, Span};

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
    if let Some(place) = too_deep(&events) {
        let message = format!("this is nested more than {MAX_NESTING} deep");
        let help = "no guidance needs so many quotations and lists inside one another";
        builder.fault(Code::TooDeep, place, message, help);
        return Body::default();
    }
    builder.read(&events);
    builder.finish()
}

/// The first place with more quotations and lists around it than are read.
fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return Some(range.start..range.start);
        }
    }
    None
}

/// Something that is open, and what is to be done when it ends.
#[derive(Debug)]
enum Open {
    /// A paragraph, and what the attributes at its end are for.
    Paragraph { holder: Holder, start: usize },
    /// A list or another block.
    Block,
    /// A top-level list whose items are clauses: it leaves no piece itself.
    ClauseList,
    /// An item that is a clause; whether a paragraph was opened for it that Markdown leaves out.
    ClauseItem { clause: usize, start: usize, paragraph: bool, fresh: bool },
    /// An item of a list: where its piece stands, its sub-clause, whether nothing of it has been read yet, and whether
    /// words have been read that stand in no paragraph.
    Item { piece: usize, sub: Option<usize>, fresh: bool, words: bool, start: usize },
    /// A heading.
    Heading { section: usize, start: usize },
    /// Inside a line.
    Inline,
    /// A note: its words go apart.
    Note { note: usize, start: usize },
    /// A link or heading that is not kept, only its words.
    Nothing,
}

/// What takes the attributes at the end of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Holder {
    /// The clause that the paragraph opens.
    Clause(usize),
    /// The item whose first paragraph it is, if that has a label.
    Item,
    /// Nothing.
    Nobody,
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
        self.end_words();
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
            Tag::Paragraph => self.inner_paragraph(range),
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
        self.end_words();
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
            Some(Open::Paragraph { holder, start }) => {
                self.attributes(holder, start);
                self.push(Piece::Close);
                self.depth -= 1;
                if self.at_top() {
                    self.top_block_ended();
                }
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
            Some(item @ Open::Item { .. }) => {
                self.open.push(item);
                self.end_words();
                let sub = match self.open.pop() {
                    Some(Open::Item { sub, .. }) => sub,
                    _ => None,
                };
                self.push(Piece::Close);
                self.depth -= 1;
                self.clause_ends(sub);
            }
            Some(item @ Open::ClauseItem { clause, .. }) => {
                self.open.push(item);
                self.end_words();
                self.open.pop();
                self.depth -= 1;
                self.clause_ends(Some(clause));
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
