//! Roles of headings: those that begin a series of numbers, and those that are clauses.
//!
//! Takes the events of a whole document, before any of them is read: whether "Article 5" is a
//! clause or a series is told by the headings under it. Gives a role for each heading at the top of
//! the document, in order.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::context::Context;
use super::events::{Events, Spanned};
use crate::document::{Number, Numbering, is_series_label};
use crate::parse::openers;

/// The role of a heading.
#[derive(Clone, Debug)]
pub enum Role {
    /// A heading of clauses or of other words.
    Plain,
    /// A heading under which numbers begin again: the words that name the series, "Schedule 2".
    Series(String),
    /// A clause, where headings have the numbers.
    Clause(HeadingNumber),
}

/// The number of a heading.
#[derive(Clone, Debug)]
pub struct HeadingNumber {
    /// The number.
    pub number: Number,
    /// The last number, if there are several.
    pub through: Option<Number>,
    /// The word before it.
    pub word: String,
    /// The number as it is written.
    pub figures: String,
    /// Bytes of the heading's words that print it.
    pub length: usize,
}

/// Returns the roles of the headings at the top of a document.
pub fn headings(cx: &Context<'_>, events: &[Spanned<'_>]) -> Vec<Role> {
    let found = top_headings(events);
    let is_numbered = cx.reading.numbering == Numbering::Headings;
    let mut last: Option<Number> = None;
    let mut roles = Vec::with_capacity(found.len());
    for (at, (level, words)) in found.iter().enumerate() {
        let number = openers::of_heading(words, cx.reading.unit).filter(|_| is_numbered);
        let number = number.filter(|opener| {
            !openers::is_doubtful(opener, words)
                || last.as_ref().is_some_and(|last| last.is_followed_by(&opener.number))
        });
        let series = series_name(words, cx.reading.series, number.is_none());
        let role = match (series, number) {
            (Some(series), None) => Role::Series(series.to_owned()),
            (Some(series), Some(opener)) if !is_unit(cx, opener.word) && has_numbers_below(cx, &found, at, *level) => {
                Role::Series(series.to_owned())
            }
            (_, Some(opener)) => {
                last = Some(opener.number.clone());
                let word = opener.word.to_owned();
                let (figures, length) = (words.get(opener.figures).unwrap_or_default().to_owned(), opener.place.end);
                Role::Clause(HeadingNumber { number: opener.number, through: opener.through, word, figures, length })
            }
            (None, None) => Role::Plain,
        };
        if matches!(role, Role::Series(_)) {
            last = None;
        }
        roles.push(role);
    }
    roles
}

fn is_unit(cx: &Context<'_>, word: &str) -> bool {
    cx.reading.unit.iter().any(|unit| unit.eq_ignore_ascii_case(word))
}

/// Returns whether a heading deeper than `level` has a number before the next one that is not
/// deeper.
fn has_numbers_below(cx: &Context<'_>, headings: &[(u8, String)], at: usize, level: u8) -> bool {
    let below = headings.iter().skip(at + 1).take_while(|(deeper, _)| *deeper > level);
    below.into_iter().any(|(_, words)| openers::of_heading(words, cx.reading.unit).is_some())
}

/// The headings that are in nothing else, each with its level and its words.
fn top_headings(events: &[Spanned<'_>]) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut events = Events::new(events);
    while let Some((event, _)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                found.push((*level as u8, events.words_to_end()));
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The sign by which a document says that every heading begins a series.
const EVERY_HEADING: &str = "*";

/// The words that name the series of a heading: "Schedule 2" of "Schedule 2: Meetings". A label is
/// a figure with or without letters, one or two letters, or a Roman numeral. Where every heading
/// begins a series, they are all its words.
fn series_name<'t>(words: &'t str, series: &[String], unnumbered: bool) -> Option<&'t str> {
    let words = words.trim();
    let every = || unnumbered && series.iter().any(|word| word == EVERY_HEADING) && !words.is_empty();
    labelled_series(words, series).or_else(|| every().then_some(words))
}

fn labelled_series<'t>(words: &'t str, series: &[String]) -> Option<&'t str> {
    series.iter().find_map(|word| {
        let head = words.get(..word.len()).filter(|head| !word.is_empty() && head.eq_ignore_ascii_case(word))?;
        let rest = words.get(head.len()..)?;
        let label = rest.trim_start();
        let gap = rest.len() - label.len();
        let length = label.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(label.len());
        let label = label.get(..length).filter(|label| gap > 0 && is_series_label(label))?;
        words.get(..head.len() + gap + label.len())
    })
}

/// Returns the place of a number that a heading is written with.
pub fn number_place(cx: &Context<'_>, heading: &Range<usize>, figures: &str) -> Range<usize> {
    cx.find(heading, figures).unwrap_or(heading.start..heading.start)
}
