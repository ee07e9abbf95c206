//! The events of the Markdown parser, with their places in the file.
//!
//! Takes the text of a file after its front matter; gives the events in order, and what is between
//! a start and its end.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::raw::{self, InlineHtml};

/// The most elements of HTML that are open in one another in a line.
const MOST_OPEN: usize = 4;
/// The most events within an element of HTML in a line.
const MOST_WITHIN: usize = 100;

/// An event and its byte range in the file.
pub type Spanned<'a> = (Event<'a>, Range<usize>);

/// Creates the Markdown parser of a text from the byte `start`, with the extensions that clausebook
/// has.
pub fn parser(text: &str, start: usize) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    Parser::new_ext(text.get(start..).unwrap_or_default(), options)
}

/// Collects the events of a parser that began at the byte `start`.
pub fn collect(parser: Parser<'_>, start: usize) -> Vec<Spanned<'_>> {
    TextMergeWithOffset::new(parser.into_offset_iter())
        .map(|(event, range)| (event, start + range.start..start + range.end))
        .collect()
}

/// Finds the first place that has more quotations and lists around it than `most`.
pub fn too_deep(events: &[Spanned<'_>], most: usize) -> Option<Range<usize>> {
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

/// The events that are still to be read.
pub struct Events<'e, 'a> {
    rest: &'e [Spanned<'a>],
}

impl<'e, 'a> Events<'e, 'a> {
    /// Begins with the first of some events.
    pub fn new(events: &'e [Spanned<'a>]) -> Self {
        Events { rest: events }
    }

    /// Returns the number of events that are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Returns whether what began with the last event ends with the next.
    pub fn is_empty_within(&self) -> bool {
        matches!(self.rest.first(), Some((Event::End(_), _)))
    }

    /// Returns the words of an element that has just begun, if it holds nothing but them.
    pub fn words_alone(&self) -> Option<(&'e str, Range<usize>)> {
        match self.rest {
            [(Event::Text(words), range), (Event::End(_), _), ..] => Some((words, range.clone())),
            _ => None,
        }
    }

    /// Returns whether an element of HTML that has just begun in a line ends within what it began
    /// in, after others that began in it have ended.
    pub fn ends_html(&self, name: &'static str) -> bool {
        let mut open: Vec<&str> = vec![name];
        let mut depth = 0usize;
        // Nobody sets a whole text high or low.
        for (event, _) in self.rest.iter().take(MOST_WITHIN) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return false,
                Event::End(_) => depth -= 1,
                Event::InlineHtml(html) if depth == 0 => match raw::inline(html) {
                    Some(InlineHtml::Open(_, name)) if open.len() < MOST_OPEN => open.push(name),
                    Some(InlineHtml::Open(..)) => return false,
                    Some(InlineHtml::Close(name)) => {
                        if open.pop() != Some(name) {
                            return false;
                        }
                        if open.is_empty() {
                            return true;
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        false
    }

    /// Takes the next event.
    pub fn next(&mut self) -> Option<&'e Spanned<'a>> {
        let (next, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(next)
    }

    /// Takes all events up to the end of what began with the last one, and returns its words.
    pub fn words_to_end(&mut self) -> String {
        let mut words = String::new();
        let mut depth = 0usize;
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) => words.push_str(text),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                // HTML is shown as text, but for comments and for what Markdown cannot write.
                Event::InlineHtml(html) => match raw::inline(html) {
                    Some(InlineHtml::Break) => words.push(' '),
                    Some(_) => {}
                    None if html.starts_with("<!--") => {}
                    None => words.push_str(html),
                },
                _ => {}
            }
        }
        words
    }

    /// Takes `![[guidance-2008#3.37]]` and the end of the paragraph that has just begun, if the
    /// paragraph is nothing else and clauses may be drawn in. Returns the address and its range.
    pub fn draw_in(&mut self, allowed: bool) -> Option<(&'e str, Range<usize>)> {
        let mut ahead = Events { rest: self.rest };
        let (Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }), range) = ahead.next()?
        else {
            return None;
        };
        ahead.words_to_end();
        if !allowed || !matches!(ahead.next()?.0, Event::End(TagEnd::Paragraph)) {
            return None;
        }
        *self = ahead;
        Some((dest_url, range.clone()))
    }
}
