//! Markdown to headings, clauses, notes and mentions.
//!
//! Takes the body of one file; gives what it is made of, and each place where Markdown would read
//! something other than its author meant. Works on the parser's events and their byte ranges, in
//! one pass, without recursion. Never looks at another file, and never decides whether a number is
//! in order.
//!
//! The loop below gives each event to the states that it concerns. No state knows another one of
//! them, and none does more than its file says: `nesting` what is open, `script` the words being
//! written, `outline` the order of headings and clauses, then `notes`, `definitions` and `tables`.

mod attributes;
mod bare;
mod blocks;
mod body;
mod citations;
mod clauses;
mod context;
mod definitions;
mod events;
mod habits;
mod headings;
mod inlines;
mod items;
mod labels;
mod leftovers;
mod links;
mod nesting;
mod notes;
mod outline;
mod plan;
mod ranks;
mod raw;
mod script;
mod sheet;
mod spaces;
mod tables;
mod written;

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Alert, Element, Piece, Within};
use crate::source::SourceFile;
pub use body::{Body, TitleHeading};
pub use citations::doubt_code;
use context::Context;
pub use context::Reading;
use definitions::Definitions;
use events::{Events, Spanned};
use nesting::{ItemCount, Nesting, Opened};
use notes::Notes;
use outline::Outline;
use plan::Role;
use script::Script;
use tables::Columns;
pub use written::{indentation, numbers_in, numbers_of_place};

/// The states of the parser.
#[derive(Default)]
struct ParserStates {
    nesting: Nesting,
    script: Script,
    outline: Outline,
    notes: Notes,
    definitions: Definitions,
    columns: Columns,
    /// The roles of the headings that are still to be read.
    roles: VecDeque<Role>,
}

/// Parses the part of a file after its front matter.
pub fn body(file: &SourceFile, start: usize, reading: Reading<'_>, faults: &mut Vec<Diagnostic>) -> Body {
    let text = spaces::plain(&file.text);
    let cx = Context::new(file, &text, reading, faults);
    let parser = events::parser(&text, start);
    let definitions = links::definitions(&parser, start);
    let mut events = events::collect(parser, start);
    links::unused_definitions(&cx, definitions, &events);
    let most = reading.limits.nesting;
    if let Some(place) = events::too_deep(&events, most) {
        let message = format!("this is nested more than {most} deep");
        let help = "no guidance needs so many quotations and lists inside one another; the most is `nesting` under [limits] in site.toml";
        cx.report(Code::TooDeep, place, message, help);
        return Body::default();
    }
    let title = habits::take_title(&cx, &mut events);
    let events = habits::changed(&cx, events);
    let states = read(&cx, &events);
    if cx.is_full() { Body::default() } else { Body { title, ..finish(&cx, states) } }
}

/// Gives each event to the states that it concerns.
fn read(cx: &Context<'_>, events: &[Spanned<'_>]) -> ParserStates {
    let mut states = ParserStates { roles: plan::headings(cx, events).into(), ..ParserStates::default() };
    states.outline.sections.keep_ids(events);
    let mut events = Events::new(events);
    while !cx.is_full()
        && let Some((event, range)) = events.next()
    {
        let ParserStates { nesting, script, outline, notes, .. } = &mut states;
        match event {
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) => {
                let element = if *tag == Tag::Strong { Element::Strong } else { Element::Emphasis };
                inlines::open_emphasis(cx, nesting, script, &mut outline.clauses, (element, &mut events));
            }
            Event::Start(Tag::Strikethrough) => inlines::open(cx, nesting, script, Element::Strikethrough),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                links::lost_title(cx, title, range);
                links::open(cx, nesting, script, (*link_type, dest_url), range, &mut events);
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                links::lost_title(cx, title, range);
                links::add_picture(cx, nesting, script, (*link_type, dest_url), range, &events.words_to_end());
            }
            Event::Start(tag) => start_block(cx, &mut states, tag, range, &mut events),
            Event::End(_) => end(cx, &mut states),
            Event::Text(text) => inlines::text(cx, nesting, script, &mut outline.clauses, text, range),
            Event::Code(code) => inlines::add(cx, nesting, script, Piece::Code(code.to_string())),
            Event::InlineHtml(html) => inlines::html(cx, nesting, script, (html, range), &events),
            Event::FootnoteReference(label) => {
                inlines::begin(cx, nesting, script);
                script.push_mark(notes.find(cx, label, range.clone()), cx.span(range));
            }
            Event::SoftBreak => inlines::line_break(cx, nesting, script, outline, (false, range)),
            Event::HardBreak => inlines::line_break(cx, nesting, script, outline, (true, range)),
            Event::TaskListMarker(done) => script.push(Piece::TaskMark(*done)),
            Event::Rule => {
                blocks::end_words(cx, nesting, script, outline);
                blocks::add(cx, nesting, script, outline, Piece::Rule);
            }
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }
    states
}

/// Begins a block.
fn start_block(
    cx: &Context<'_>,
    states: &mut ParserStates,
    tag: &Tag<'_>,
    range: &Range<usize>,
    events: &mut Events<'_, '_>,
) {
    let ParserStates { nesting, script, outline, notes, definitions, columns, roles } = states;
    if nesting.at_top() {
        notes.left(cx, range);
    }
    // Neither a note nor a comment in HTML ends the words of the item that it is in.
    if !matches!(tag, Tag::FootnoteDefinition(_) | Tag::HtmlBlock) {
        blocks::end_words(cx, nesting, script, outline);
    }
    match tag {
        Tag::Paragraph if nesting.at_top() => match events.draw_in(cx.reading.pack) {
            Some((address, range)) => {
                let reference = links::mention(cx, script, address, &range);
                script.enter(outline.draw_in(reference));
            }
            None => blocks::open_top_paragraph(cx, nesting, script, outline, range),
        },
        Tag::Paragraph => blocks::open_inner_paragraph(cx, nesting, script, outline, range),
        Tag::Heading { .. } if events.is_empty_within() => {
            headings::without_words(cx, range);
            if nesting.at_top() {
                roles.pop_front();
            }
            nesting.push(Opened::Nothing);
        }
        Tag::Heading { level, id, classes, attrs } if nesting.at_top() => {
            let attributes = (id.as_deref(), classes.as_slice(), !attrs.is_empty());
            let role = roles.pop_front().unwrap_or(Role::Plain);
            ranks::open(cx, nesting, script, outline, (*level as u8, attributes, range, role));
        }
        // A heading inside a quotation or a list has no place in the contents.
        Tag::Heading { .. } => {
            headings::doubtful_underline(cx, range);
            script.push_block(cx, Piece::Open(Element::Paragraph));
            script.push(Piece::Open(Element::Strong));
            nesting.push(Opened::InnerHeading);
        }
        Tag::List(first) => items::open_list(cx, nesting, script, *first, range),
        Tag::Item => items::open_item(cx, nesting, script, outline, range),
        Tag::FootnoteDefinition(label) => {
            let note = notes.begin(cx, label, range);
            let outside = script.enter(Within::Note(note));
            nesting.push(Opened::Note { note, start: script.position(), outside });
        }
        Tag::BlockQuote(kind) => blocks::open(cx, nesting, script, quotation(*kind)),
        Tag::Table(alignments) => tables::open(cx, nesting, script, columns, alignments),
        Tag::TableHead => tables::open_row(cx, nesting, script, columns, Element::TableHead, range),
        Tag::TableRow => tables::open_row(cx, nesting, script, columns, Element::TableRow, range),
        Tag::TableCell => tables::open_cell(cx, nesting, script, columns),
        Tag::DefinitionList => blocks::open(cx, nesting, script, Element::DefinitionList),
        Tag::DefinitionListTitle => definitions::open_word(cx, nesting, script, definitions, range),
        Tag::DefinitionListDefinition => definitions::open_meaning(cx, nesting, script, definitions, range),
        Tag::CodeBlock(kind) => {
            let code = raw::code(cx, kind, events.words_to_end(), range);
            blocks::add(cx, nesting, script, outline, code);
        }
        Tag::HtmlBlock => {
            events.words_to_end();
            if let Some(shown) = raw::html(cx, range) {
                blocks::add_html(cx, nesting, script, outline, (&shown, range));
            }
        }
        // Elements in a line, and extensions that are off.
        Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough
        | Tag::Link { .. }
        | Tag::Image { .. }
        | Tag::Superscript
        | Tag::Subscript
        | Tag::MetadataBlock(_) => nesting.push(Opened::Nothing),
    }
}

fn quotation(kind: Option<BlockQuoteKind>) -> Element {
    Element::Alert(match kind {
        None => return Element::Quotation,
        Some(BlockQuoteKind::Note) => Alert::Note,
        Some(BlockQuoteKind::Tip) => Alert::Tip,
        Some(BlockQuoteKind::Important) => Alert::Important,
        Some(BlockQuoteKind::Warning) => Alert::Warning,
        Some(BlockQuoteKind::Caution) => Alert::Caution,
    })
}

/// Ends what was begun last.
fn end(cx: &Context<'_>, states: &mut ParserStates) {
    let ParserStates { nesting, script, outline, notes, definitions, .. } = states;
    blocks::end_words(cx, nesting, script, outline);
    match nesting.pop() {
        Some(Opened::Inline | Opened::Link | Opened::Html(_)) => script.push(Piece::Close),
        Some(Opened::Paragraph(paragraph)) => blocks::close_paragraph(cx, nesting, script, outline, &paragraph),
        Some(Opened::Block(start) | Opened::Items(ItemCount { start, .. })) => {
            blocks::close(cx, nesting, script, outline, start);
        }
        Some(Opened::Heading(heading)) => ranks::close(cx, script, outline, heading),
        Some(Opened::InnerHeading) => {
            script.push(Piece::Close);
            script.push_block(cx, Piece::Close);
        }
        Some(Opened::Item(item)) => items::close_item(cx, script, &mut outline.clauses, item),
        Some(Opened::ClauseItem { clause, .. }) => outline.clauses.end(clause, script.position()),
        Some(Opened::Cell) => {
            script.push_block(cx, Piece::Close);
        }
        Some(Opened::Term) => definitions::close_word(cx, script, definitions),
        Some(Opened::Meaning) => definitions::close_meaning(cx, script, definitions),
        Some(Opened::Note { note, start, outside }) => {
            notes.end(note, start..script.position());
            script.enter(outside);
        }
        Some(Opened::ClauseList(_) | Opened::Nothing) | None => {}
    }
}

/// Puts the body together.
fn finish(cx: &Context<'_>, states: ParserStates) -> Body {
    let (text, notes, mentions) = states.script.finish();
    let (items, sections, clauses) = states.outline.finish();
    let before = text.len();
    // A body is kept for as long as the site is: in no more memory than it needs.
    Body {
        title: None,
        pieces: exact([text, notes]),
        items,
        sections,
        clauses: clauses.tight(),
        notes: states.notes.finish(cx, &mentions.marks, before),
        marks: mentions.marks,
        references: mentions.references.tight(),
        pictures: mentions.pictures,
        words: states.definitions.finish(),
        loose: mentions.loose,
    }
}

/// Joins lists in a piece of memory of just their size.
fn exact<T, const N: usize>(lists: [Vec<T>; N]) -> Vec<T> {
    let mut kept = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for mut list in lists {
        kept.append(&mut list);
    }
    kept
}
