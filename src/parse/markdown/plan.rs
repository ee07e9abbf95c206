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
use crate::parse::openers::{self, Opener};

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
    /// The rank of the heading of its series, if its own says that it is not under that.
    pub outer: Option<u8>,
}

/// Returns the roles of the headings at the top of a document.
pub fn headings(cx: &Context<'_>, events: &[Spanned<'_>]) -> Vec<Role> {
    let found = top_headings(events);
    let is_numbered = cx.reading.numbering == Numbering::Headings;
    // Where rules are headed "§ 5", "1. Abschnitt" is the heading of some of them.
    let bears_unit = |opener: &Opener<'_>| opener.word.starts_with('§') || is_unit(cx, opener.word);
    let openers = || found.iter().filter_map(|(_, words)| openers::of_heading(words, cx.reading.unit));
    let is_named = is_numbered && openers().any(|opener| opener.number.depth() == 1 && bears_unit(&opener));
    let mut last: Option<Number> = None;
    let mut roles = Vec::with_capacity(found.len());
    for (at, (level, words)) in found.iter().enumerate() {
        let number = openers::of_heading(words, cx.reading.unit).filter(|_| is_numbered);
        let number = number.filter(|opener| !(is_named && opener.number.depth() == 1 && opener.word.is_empty()));
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
                let figures = words.get(opener.figures).unwrap_or_default().to_owned();
                let length =
                    opener.place.end + openers::parting_dash(words.get(opener.whole.end..).unwrap_or_default());
                Role::Clause(HeadingNumber {
                    number: opener.number,
                    through: opener.through,
                    word,
                    figures,
                    length,
                    outer: None,
                })
            }
            (None, None) => Role::Plain,
        };
        if matches!(role, Role::Series(_)) {
            last = None;
        }
        roles.push(role);
    }
    begin_again(&found, &mut roles);
    roles
}

/// Puts clauses into the series whose heading is before them, although their ranks do not say so:
/// "## Annex 1", "## 1 Keys". Their numbers show it, which begin at 1 once more in the document.
fn begin_again(found: &[(u8, String)], roles: &mut [Role]) {
    let first = |role: &Role| matches!(role, Role::Clause(clause) if clause.number == Number::nth(1));
    let begins_once = roles.iter().filter(|role| first(role)).count() < 2;
    if begins_once {
        return;
    }
    // The series that the last heading began, and the rank and number of its last clause.
    let mut series: Option<u8> = None;
    let mut last: Option<(u8, Number)> = None;
    for ((rank, _), role) in found.iter().zip(roles) {
        let begins = first(role);
        match role {
            Role::Series(_) => (series, last) = (Some(*rank), None),
            Role::Plain if series.is_some_and(|outer| *rank > outer) && last.is_some() => {}
            Role::Plain => (series, last) = (None, None),
            Role::Clause(clause) => {
                let goes_on = match &last {
                    None => begins,
                    Some((before, number)) => before == rank && *number < clause.number,
                };
                match series.filter(|outer| goes_on && rank <= outer) {
                    Some(outer) => {
                        clause.outer = Some(outer);
                        last = Some((*rank, clause.number.clone()));
                    }
                    // Under its heading by its rank, it is in the series already.
                    None if series.is_some_and(|outer| *rank > outer) => {}
                    None => (series, last) = (None, None),
                }
            }
        }
    }
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
