//! What begins and what ends: blocks and elements in a line.
//!
//! Takes the parser's openings and closings; gives pieces, and to each clause the blocks that belong to it.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Tag, TagEnd};

use super::{Builder, Open};
use crate::document::{Alert, DefinedWord, Element, Item, Piece};

impl Builder<'_, '_> {
    /// A block that has no inside for us.
    pub(super) fn whole_block(&mut self, write: impl FnOnce(&mut Self)) {
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
    pub(super) fn top_block_ended(&mut self) {
        let end = self.main.len();
        match self.clause.and_then(|clause| self.body.clauses.get_mut(clause)) {
            Some(clause) => clause.body.end = end,
            None if self.block_start < end => self.body.items.push(Item::Block(self.block_start..end)),
            None => {}
        }
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.inner_paragraph(range),
            Tag::Heading { level, id, classes, attrs } if self.at_top() => {
                self.heading(*level as u8, id.as_deref(), classes, !attrs.is_empty(), range);
            }
            // A heading inside a quotation or a list has no place in the contents.
            Tag::Heading { .. } => {
                self.underlined(&range);
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
                self.end_line(true);
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

    pub(super) fn open_block(&mut self, element: Element) {
        self.end_words();
        if self.at_top() {
            self.block_start = self.position();
        }
        self.push_block(Piece::Open(element));
        self.open.push(Open::Block);
        self.depth += 1;
    }

    pub(super) fn open_inline(&mut self, element: Element) {
        self.before_inline();
        self.push(Piece::Open(element));
        self.open.push(Open::Inline);
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::DefinitionListTitle {
            // A word that is defined is not a citation.
            self.end_line(false);
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
            Some(Open::Paragraph { holder, range }) => {
                self.attributes(holder, &range);
                self.push_block(Piece::Close);
                self.depth -= 1;
                if self.at_top() {
                    self.top_block_ended();
                }
            }
            Some(Open::Block | Open::Cell) => {
                self.push_block(Piece::Close);
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
                self.push_block(Piece::Close);
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
                let end = self.notes.len();
                if let Some(note) = self.body.notes.get_mut(note) {
                    note.body = Some(start..end);
                }
                self.in_note = None;
            }
            Some(Open::Nothing) | None => {}
        }
    }
}
