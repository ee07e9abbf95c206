//! Definition lists: the words that they define, and their meanings.
//!
//! Takes the start and the end of a word or a meaning; gives its pieces, and where they are for the
//! glossary.

use std::ops::Range;

use super::context::Context;
use super::nesting::{Nesting, Opened};
use super::script::Script;
use crate::diagnostic::Code;
use crate::document::{DefinedWord, Element, Piece};
use crate::parse::traps;

/// The words defined so far.
#[derive(Debug, Default)]
pub struct Definitions {
    words: Vec<DefinedWord>,
}

impl Definitions {
    /// Returns all words.
    pub fn finish(self) -> Vec<DefinedWord> {
        self.words
    }
}

/// Opens a word to be defined.
pub fn open_word(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    definitions: &mut Definitions,
    range: &Range<usize>,
) {
    number_in_word(cx, range);
    script.push_block(cx, Piece::Open(Element::DefinitionTerm));
    let first = script.position();
    definitions.words.push(DefinedWord { title: first..first, meaning: first..first, span: cx.span(range) });
    nesting.push(Opened::Term);
}

/// Ends a word to be defined, which is not a citation.
pub fn close_word(cx: &Context<'_>, script: &mut Script, definitions: &mut Definitions) {
    script.end_title();
    if let Some(word) = definitions.words.last_mut() {
        word.title.end = script.position();
    }
    script.push_block(cx, Piece::Close);
}

/// Opens a meaning of the last word.
pub fn open_meaning(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    definitions: &mut Definitions,
    range: &Range<usize>,
) {
    let line = cx.source(range).lines().next().unwrap_or_default();
    // What closes a block is told by what opens it.
    if line.starts_with("::") && !line.trim_matches([':', ' ']).is_empty() {
        let line = range.start..range.start + line.len();
        let message =
            "a line that begins with `:::` is for another program, and makes a meaning of the line above here";
        let help = "write a box as `> [!NOTE]`, or remove the line";
        cx.report(Code::ForeignMarkup, line, message, help);
    }
    let first = script.push_block(cx, Piece::Open(Element::Definition));
    if let Some(word) = definitions.words.last_mut().filter(|word| word.meaning.is_empty()) {
        word.meaning = first..first;
    }
    nesting.push(Opened::Meaning);
}

/// Ends a meaning of the last word.
pub fn close_meaning(cx: &Context<'_>, script: &mut Script, definitions: &mut Definitions) {
    script.push_block(cx, Piece::Close);
    if let Some(word) = definitions.words.last_mut() {
        word.meaning.end = script.position();
    }
}

/// Reports a clause that the colon below it makes a word to be defined.
fn number_in_word(cx: &Context<'_>, range: &Range<usize>) {
    let line = cx.source(range);
    let below = cx.source(&(range.end..cx.text.len())).trim_start();
    // A block of another program is reported as such.
    if traps::opens_clause(line, cx.reading.scheme()) && !below.starts_with(":::") {
        let token = line.split_whitespace().next().unwrap_or_default();
        let message = format!("the line below begins with `:` and makes a word to be defined of {token}");
        let help = "join that line to the one above, or escape the colon: `\\:`";
        cx.report(Code::NumberInDefinition, range.start..range.start + token.len(), message, help);
    }
}
