//! Headings, and the sections that they begin.
//!
//! Takes a heading of the document's own, from its start to its end; gives the section with its id,
//! or the one made from its words. Reports a rank that is left out, and what makes a heading of a
//! paragraph.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::attributes::{is_id, malformed};
use super::context::Context;
use super::events::Spanned;
use super::labels::label_at;
use super::plan::Role;
use crate::arena::Arena;
use crate::diagnostic::Code;
use crate::document::{
    ClauseId, Number, Numbering, Section, SectionId, Series, anchor_of, bears_label, collapse_spaces, series_id,
};
use crate::parse::traps;
use crate::source::Written;

/// A heading whose words are being read.
#[derive(Debug)]
pub struct OpenHeading {
    section: SectionId,
    /// The author's id.
    id: Option<String>,
    /// The name of the series that it begins.
    series: Option<String>,
    /// Offset of the first byte.
    start: usize,
    /// Bytes of its words that print a number.
    number: usize,
    /// Index of its first piece, if it is among the words of a clause.
    inner: Option<usize>,
}

impl OpenHeading {
    /// Returns the bytes at the start of its words that print the number of a clause.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Returns its first piece, if it is among the words of a clause.
    pub fn inner(&self) -> Option<usize> {
        self.inner
    }

    /// Returns its section.
    pub fn section(&self) -> SectionId {
        self.section
    }
}

/// The sections read so far.
#[derive(Debug, Default)]
pub struct Sections {
    list: Arena<Section>,
    /// The last section and those that it is in, outermost first.
    trail: Vec<Rank>,
    /// The times that each id was made from the words of a heading.
    slugs: BTreeMap<String, u32>,
    /// The ids that are made from words so far, and those that authors gave to any heading.
    taken: BTreeSet<String>,
    /// Whether a heading had the rank of the title.
    has_first_rank: bool,
    /// The ids of series.
    series: BTreeMap<String, u32>,
}

/// The rank of an open section.
#[derive(Debug)]
struct Rank {
    /// Number of signs that its author wrote.
    written: u8,
    /// Rank on the page.
    level: u8,
    section: SectionId,
}

impl Sections {
    /// Returns the section that words are in now.
    pub fn current(&self) -> Option<SectionId> {
        self.trail.last().map(|rank| rank.section)
    }

    /// Keeps the ids that headings have from their authors, so that none is made of the words of
    /// another.
    pub fn keep_ids(&mut self, events: &[Spanned<'_>]) {
        self.taken.extend(events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
            _ => None,
        }));
    }

    /// Returns the section that the last one is in.
    pub fn outer(&self) -> Option<SectionId> {
        self.trail.iter().rev().nth(1).map(|rank| rank.section)
    }

    /// Returns the number in the series that it is in, unless it has the label of that series
    /// itself.
    pub fn in_series(&self, number: Number) -> Number {
        match self.series_around(self.current()) {
            Some(series) if !bears_label(&number, &series.name) => number.in_the_series(Some(&series.id)),
            _ => number,
        }
    }

    /// Returns the rank that the author wrote of a section in which words may be, and of any other
    /// its rank on the page.
    pub fn rank(&self, section: SectionId) -> u8 {
        let open = self.trail.iter().find(|rank| rank.section == section);
        open.map_or(self.list[section].level, |rank| rank.written)
    }

    /// Returns the clause whose heading a section is.
    pub fn clause(&self, section: SectionId) -> Option<ClauseId> {
        self.list[section].clause
    }

    /// Makes an open heading one among the words of a clause, whose pieces begin at `first`.
    pub fn make_inner(&mut self, heading: &mut OpenHeading, first: usize) {
        heading.inner = Some(first);
        self.list[heading.section].heading = first..first;
    }

    /// Makes an open heading that of a clause with this fragment, whose number is the first
    /// `length` bytes of its words. Returns the author's id and terms, which are the clause's.
    pub fn make_clause(
        &mut self,
        heading: &mut OpenHeading,
        (clause, fragment): (ClauseId, String),
        length: usize,
    ) -> (Option<String>, Vec<Written<String>>) {
        heading.number = length;
        let section = &mut self.list[heading.section];
        (section.clause, section.anchor) = (Some(clause), fragment);
        (heading.id.take(), section.terms.clone())
    }

    /// Begins a section with a heading whose pieces begin at `first`. `written` are its id and its
    /// terms; `other` says whether there are more attributes than these.
    pub fn begin(
        &mut self,
        cx: &Context<'_>,
        level: u8,
        (written_id, written_terms, other): (Option<&str>, &[CowStr<'_>], bool),
        (range, role): (&Range<usize>, &Role),
        first: usize,
    ) -> OpenHeading {
        let first_line = first_line(cx, range);
        let before = self.trail.last().map_or(1, |rank| rank.written);
        if doubtful_underline(cx, range) {
            // Its rank was not meant either.
        } else if level == 1 {
            if !std::mem::replace(&mut self.has_first_rank, true) {
                let help = "the title is in front matter, or in the first heading; begin others with `##`";
                let message = "a heading in the text has the rank of the title";
                cx.report(Code::HeadingLevel, first_line.clone(), message, help);
            }
        } else if level > before + 1 {
            let message = format!("this heading is of rank {level} under one of rank {before}");
            let help = format!("write it with {}: no rank may be left out", "#".repeat(usize::from(before) + 1));
            cx.report(Code::HeadingLevel, first_line.clone(), message, &help);
        }
        if other {
            let help = "after a heading, `{#id .term}` is all that is read";
            cx.report(Code::MalformedAttributes, first_line.clone(), "these attributes are not read", help);
        }
        let id = written_id.filter(|id| is_id(cx, id, first_line.clone())).map(str::to_owned);
        let term = |term: &CowStr<'_>| Written::new(term.to_string(), cx.last(&first_line, term));
        let terms = written_terms.iter().map(term).collect();
        let written = level;
        while self.trail.pop_if(|above| above.written >= written).is_some() {}
        let parent = self.current();
        // On the page no rank is left out.
        let level = self.trail.last().map_or(2, |above| (above.level + 1).min(6));
        let (title, anchor) = (String::new(), String::new());
        let (span, (series, clause)) = (cx.span(&first_line), (None, None));
        let section = Section { level, heading: first..first, title, anchor, parent, series, clause, terms, span };
        let section = self.list.push(section);
        self.trail.push(Rank { written, level, section });
        let series = if let Role::Series(name) = role { Some(collapse_spaces(name)) } else { None };
        OpenHeading { section, id, series, start: range.start, number: 0, inner: None }
    }

    /// Ends a heading with these words before the piece `end`.
    pub fn end(&mut self, cx: &Context<'_>, heading: OpenHeading, words: &str, end: usize) {
        let OpenHeading { section, id, series, start, number, .. } = heading;
        let title = collapse_spaces(words);
        // What the parser does not read as attributes it leaves among the words.
        let line = cx.first_line(&(start..cx.file.text.len()));
        if title.ends_with('}')
            && let Some(place) = traps::last_attributes(line)
        {
            let place = start + place.start..start + place.end;
            cx.add(malformed(cx.span(&place), cx.source(&place)));
        }
        if title.is_empty() && number == 0 {
            report_empty(cx, start..start + line.len());
        }
        let series = series.map(|name| self.begin_series(section, name, id.as_deref()));
        // That of a clause is known already.
        let known = Some(self.list[section].anchor.clone()).filter(|anchor| !anchor.is_empty());
        let anchor = known.or(id).unwrap_or_else(|| self.free_anchor(&title));
        let section = &mut self.list[section];
        section.heading.end = end;
        (section.title, section.anchor, section.series) = (title, anchor, series);
    }

    fn begin_series(&mut self, section: SectionId, name: String, given: Option<&str>) -> Series {
        let outer = self.series_around(self.list[section].parent);
        let id = series_id(&name, given, outer.map(|outer| &*outer.id));
        let name = outer.map_or(name.clone(), |outer| format!("{}, {name}", outer.name));
        let used = self.series.entry(id.clone()).or_insert(0);
        *used += 1;
        let id = if *used == 1 { id } else { format!("{id}-{used}") };
        Series { id: id.into(), name }
    }

    /// The series that a section is in.
    fn series_around(&self, section: Option<SectionId>) -> Option<&Series> {
        let outward = std::iter::successors(section, |section| self.list[*section].parent);
        outward.filter_map(|section| self.list[section].series.as_ref()).next()
    }

    /// Makes an id from a heading's words that no heading before it has.
    fn free_anchor(&mut self, title: &str) -> String {
        let slug = anchor_of(title);
        let used = self.slugs.entry(slug.clone()).or_insert(0);
        loop {
            *used += 1;
            let anchor = if *used == 1 { slug.clone() } else { format!("{slug}-{used}") };
            // The words of one heading may end as the number of another does.
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }

    /// Returns all sections.
    pub fn finish(self) -> Arena<Section> {
        self.list
    }
}

/// Reports a heading that has no words, and which is left out.
pub fn without_words(cx: &Context<'_>, range: &Range<usize>) {
    report_empty(cx, first_line(cx, range));
}

fn report_empty(cx: &Context<'_>, here: Range<usize>) {
    let help = "write them after the `#`, or remove it";
    cx.report(Code::HeadingLevel, here, "this heading has no words", help);
}

/// Reports `---` under a paragraph that may be no heading: one of several lines, a sentence, or the
/// words of a clause, whose number the heading would take. Returns whether there is such a doubt.
pub fn doubtful_underline(cx: &Context<'_>, range: &Range<usize>) -> bool {
    let source = cx.source(range).trim_end();
    if source.starts_with('#') {
        return false;
    }
    let words = source.rsplit_once('\n').map_or(source, |(words, _)| words).trim_end();
    let sentence = words.contains('\n') || words.ends_with(['.', ',', ';', ':']);
    let counted = sentence && cx.reading.numbering == Numbering::Auto;
    let clause = counted || traps::opens_clause(words, cx.reading.scheme()) || label_at(words).is_some();
    let message = "the line below makes a heading of this paragraph";
    let help = "put a blank line between the paragraph and the rule; write a heading with `##`";
    if clause || sentence {
        let code = if clause { Code::UnderlinedHeading } else { Code::HeadingLevel };
        cx.report(code, first_line(cx, range), message, help);
    }
    clause || sentence
}

/// Reports `##Text` at the start of a paragraph, which is no heading.
pub fn without_space(cx: &Context<'_>, paragraph: &Range<usize>) {
    let source = cx.source(paragraph);
    let words = source.trim_start_matches('#');
    let marks = source.len() - words.len();
    let numbered = cx.reading.numbering == Numbering::Headings && words.starts_with(|c: char| c.is_ascii_digit());
    if (2..=6).contains(&marks) && (words.starts_with(char::is_alphabetic) || numbered) {
        let help = "put a space after it; if it is no heading, escape it: `\\#`";
        let here = paragraph.start..paragraph.start + marks;
        cx.report(Code::HeadingLevel, here, "without a space after it, this makes no heading", help);
    }
}

fn first_line(cx: &Context<'_>, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + cx.first_line(range).len()
}
