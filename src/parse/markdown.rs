//! Markdown to headings, clauses, notes and mentions.
//!
//! Takes the body of one file; gives what it is made of, and each place where Markdown would read something other than
//! its author meant. Works on the parser's events and their byte ranges, in one pass, without recursion. Never looks at
//! another file, and never decides whether a number is in order.

mod blocks;
mod clauses;
mod headings;
mod law;
mod mentions;
mod sheet;
mod words;
mod written;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use crate::config::Limits;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Align, Clause, DefinedWord, Item, Mark, Note, Numbering, Picture, Piece, Reference, Section, Within,
};
use crate::law::{Pinpoint, Register};
use crate::source::{SourceFile, Span};
pub use mentions::place_of_mention;
use sheet::Sheet;
pub use written::{indentation, numbers_in, numbers_of_place};

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
    /// What looks like a place in a work and names none.
    pub loose: Vec<(Span, Pinpoint)>,
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
    /// The works that its words may cite.
    pub register: &'a Register,
    /// The one that a bare "section 10" means: index into the register.
    pub default: Option<usize>,
    /// Whether HTML is an error.
    pub html_denied: bool,
    /// How much of anything it may have.
    pub limits: &'a Limits,
}

fn parser(file: &SourceFile, start: usize) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    Parser::new_ext(file.slice(start..file.text.len()), options)
}

/// Reads the part of a file after its front matter.
pub fn body(file: &SourceFile, start: usize, reading: Reading<'_>, faults: &mut Vec<Diagnostic>) -> Body {
    let parser = parser(file, start);
    let mut builder = Builder::new(file, reading, faults);
    for (label, definition) in parser.reference_definitions().iter() {
        builder.link_definition(label, start + definition.span.start..start + definition.span.end);
    }
    let events: Vec<(Event<'_>, Range<usize>)> = TextMergeWithOffset::new(parser.into_offset_iter())
        .map(|(event, range)| (event, start + range.start..start + range.end))
        .collect();
    let most = reading.limits.nesting;
    if let Some(place) = too_deep(&events, most) {
        let message = format!("this is nested more than {most} deep");
        let help = "no guidance needs so many quotations and lists inside one another; the most is `nesting` under [limits] in site.toml";
        builder.fault(Code::TooDeep, place, message, help);
        return Body::default();
    }
    builder.read(&events);
    if builder.full { Body::default() } else { builder.finish() }
}

/// The first place with more quotations and lists around it than are read.
fn too_deep(events: &[(Event<'_>, Range<usize>)], most: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for (event, range) in events {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return Some(range.start..range.start);
        }
    }
    None
}

/// Something that is open, and what is to be done when it ends.
#[derive(Debug)]
enum Open {
    /// A paragraph, and what the attributes at its end are for.
    Paragraph { holder: Holder, range: Range<usize> },
    /// A list or another block.
    Block,
    /// A cell of a table.
    Cell,
    /// A top-level list whose items are clauses: it leaves no piece itself.
    ClauseList,
    /// An item that is a clause; whether a paragraph was opened for it that Markdown leaves out.
    ClauseItem { clause: usize, range: Range<usize>, paragraph: bool, fresh: bool },
    /// An item of a list: where its piece stands, its sub-clause, whether nothing of it has been read yet, and whether
    /// words have been read that stand in no paragraph.
    Item { piece: usize, sub: Option<usize>, fresh: bool, words: bool, range: Range<usize> },
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
    main: Sheet,
    notes: Sheet,
    /// Where the event stands that is being read.
    here: Range<usize>,
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
    /// How often each id was made from the words of a heading.
    slugs: BTreeMap<String, u32>,
    /// Where each note stands among the notes, by its label in lower case.
    note_indices: BTreeMap<String, usize>,
    /// Whether there is more of something than is read. Then nothing more is.
    full: bool,
}

impl<'a, 'f> Builder<'a, 'f> {
    fn new(file: &'a SourceFile, reading: Reading<'a>, faults: &'f mut Vec<Diagnostic>) -> Self {
        Builder {
            file,
            reading,
            faults,
            body: Body::default(),
            main: Sheet::default(),
            notes: Sheet::default(),
            here: 0..0,
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
            slugs: BTreeMap::new(),
            note_indices: BTreeMap::new(),
            full: false,
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id, range)
    }

    fn fault(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        let fault = Diagnostic::new(code, self.span(range), message);
        self.faults.push(if help.is_empty() { fault } else { fault.help(help) });
    }

    /// One more of something is to be added to `count` of it. It is called as its setting is.
    fn bound(&mut self, (count, most): (usize, usize), what: &str, place: Range<usize>) {
        if count == most && !self.full {
            self.full = true;
            let message = format!("this document has too many {what}: the most is {most}");
            let help = format!("split it into documents of their own, or raise `{what}` under [limits] in site.toml");
            self.fault(Code::TooMany, place, message, &help);
        }
    }

    fn sheet(&mut self) -> &mut Sheet {
        if self.in_note.is_some() { &mut self.notes } else { &mut self.main }
    }

    fn push(&mut self, piece: Piece) {
        let here = self.here.clone();
        self.sheet().push(piece, here);
    }

    /// Adds a piece that begins or ends a block, and so ends the line before it.
    fn push_block(&mut self, piece: Piece) {
        self.end_line(true);
        self.push(piece);
        self.sheet().begin_line();
    }

    fn position(&self) -> usize {
        if self.in_note.is_some() { self.notes.len() } else { self.main.len() }
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
        while let Some((event, range)) = events.get(at).filter(|_| !self.full) {
            at += 1;
            let range = range.clone();
            self.here = range.clone();
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
                Event::SoftBreak => self.line_break(false, range),
                Event::HardBreak => self.line_break(true, range),
                Event::Rule => self.whole_block(|this| this.push_block(Piece::Rule)),
                Event::TaskListMarker(done) => self.push(Piece::TaskMark(*done)),
                Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
        }
    }

    fn finish(mut self) -> Body {
        let shift = self.main.len();
        // A body is kept for as long as the site is: in no more memory than it needs.
        self.body.pieces = Vec::with_capacity(shift + self.notes.len());
        self.body.pieces.append(&mut self.main.pieces);
        self.body.pieces.append(&mut self.notes.pieces);
        self.body.clauses = exact(self.body.clauses);
        self.body.references = exact(self.body.references);
        for body in self.body.notes.iter_mut().filter_map(|note| note.body.as_mut()) {
            *body = body.start + shift..body.end + shift;
        }
        self.unused_notes();
        self.body
    }
}

/// The same in a piece of memory of just its size.
fn exact<T>(values: Vec<T>) -> Vec<T> {
    let mut kept = Vec::with_capacity(values.len());
    kept.extend(values);
    kept
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
