//! Headings, and the `{#id .term}` after them and after clauses.
//!
//! Takes what stands at the end of a line; gives ids and terms with their places. Whether a term is declared is for
//! `resolve` to say.

use std::ops::Range;

use super::{Builder, Holder, Open};
use crate::diagnostic::{Code, Diagnostic, is_bidi_control};
use crate::document::{Item, Piece, Section, is_author_id, on_one_line, slug_of};
use crate::parse::traps;
use crate::source::{Span, Written};

impl Builder<'_, '_> {
    pub(super) fn heading(
        &mut self,
        level: u8,
        id: Option<&str>,
        classes: &[pulldown_cmark::CowStr<'_>],
        other: bool,
        range: Range<usize>,
    ) {
        let source = self.file.slice(range.clone());
        let first_line = range.start..range.start + source.lines().next().map_or(0, str::len);
        let before = self.section.and_then(|at| self.body.sections.get(at)).map_or(1, |section| section.level);
        if self.underlined(&range) {
            // Its rank was not meant either.
        } else if level == 1 {
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

    /// `---` under a paragraph makes a heading of it.
    pub(super) fn underlined(&mut self, range: &Range<usize>) -> bool {
        let source = self.file.slice(range.clone());
        let underlined = !source.starts_with('#');
        if underlined {
            let first_line = range.start..range.start + source.lines().next().map_or(0, str::len);
            let help = "put a blank line between the paragraph and the rule; write a heading with `##`";
            self.fault(Code::UnderlinedHeading, first_line, "the line below makes a heading of this paragraph", help);
        }
        underlined
    }

    /// The nearest section before that a heading of this level stands under.
    pub(super) fn ancestor_below(&self, level: u8) -> Option<usize> {
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

    pub(super) fn heading_ended(&mut self, section: usize, start: usize) {
        self.end_line(false);
        let end = self.main.len();
        let from = self.body.sections.get(section).map_or(end, |section| section.heading.start);
        let words = self.main.pieces.get(from..end).unwrap_or_default();
        let title = words.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Code(text) => text.as_str(),
            Piece::HardBreak => " ",
            // Where a mention leads is not known yet: its words stand for what it will print.
            Piece::Reference(at) => self.body.references.get(*at).map_or("", |reference| reference.words()),
            _ => "",
        });
        let title: String = title.collect();
        let title = on_one_line(&title);
        // What the parser does not read as attributes it leaves among the words.
        let line = self.file.slice(start..self.file.text.len()).lines().next().unwrap_or_default();
        if title.ends_with('}')
            && let Some(place) = traps::last_attributes(line)
        {
            let written = line.get(place.clone()).unwrap_or_default().to_owned();
            let span = self.span(start + place.start..start + place.end);
            self.faults.push(malformed_attributes(span, &written));
        }
        if title.is_empty() {
            let here = start..start + line.len();
            self.fault(
                Code::HeadingLevel,
                here,
                "this heading has no words",
                "write them after the `#`, or take it out",
            );
        }
        let given = self.body.sections.get(section).is_some_and(|section| !section.anchor.is_empty());
        let anchor = if given { None } else { Some(self.free_anchor(&title)) };
        if let Some(section) = self.body.sections.get_mut(section) {
            section.heading = from..end;
            section.title = title;
            section.anchor = anchor.unwrap_or_else(|| std::mem::take(&mut section.anchor));
        }
    }

    /// An id made from a heading's words that no heading before it has.
    fn free_anchor(&mut self, title: &str) -> String {
        let slug = slug_of(title);
        loop {
            let used = self.slugs.entry(slug.clone()).or_insert(0);
            *used += 1;
            let anchor = if *used == 1 { slug.clone() } else { format!("{slug}-{used}") };
            // The words of one heading may end as the number of another does.
            if anchor == slug || !self.slugs.contains_key(&anchor) {
                return anchor;
            }
        }
    }

    /// Takes `{#id .term}` off the end of the words before, and gives them to what holds those words.
    pub(super) fn attributes(&mut self, holder: Holder, range: &Range<usize>) {
        let Some(Piece::Text(text)) = self.sheet().pieces.last().cloned() else { return };
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
        // Where the author escaped a part of it, it is words and stands otherwise in the file.
        let Some(place) = self.find_in(range, &written).filter(|place| !self.is_escaped(place.start)) else { return };
        self.sheet().cut_words(open);
        let span = self.span(place.clone());
        let clause = match holder {
            _ if self.in_note.is_some() => None,
            Holder::Clause(clause) => Some(clause),
            Holder::Item => self
                .open
                .iter()
                .rev()
                .find_map(|open| match open {
                    Open::Item { sub, .. } => Some(*sub),
                    _ => None,
                })
                .flatten(),
            Holder::Nobody => None,
        };
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

    pub(super) fn check_id(&mut self, id: &str, place: &Range<usize>) -> bool {
        let sound = is_author_id(id);
        if !sound {
            let shown: String = id.chars().filter(|c| !is_bidi_control(*c)).collect();
            let help = "an id is lower-case letters, figures and hyphens, begins with a letter, not with `note-` or `para-`, and is not `main` or `notes`";
            self.fault(Code::InvalidId, place.clone(), format!("`{shown}` cannot be an id"), help);
        }
        sound
    }

    /// Where `written` stands in a range of the file; the range if it is not found.
    pub(super) fn place_of(&self, written: &str, range: &Range<usize>) -> Span {
        let at = self.file.slice(range.clone()).rfind(written);
        self.span(at.map_or(range.clone(), |at| range.start + at..range.start + at + written.len()))
    }

    /// Where `written` first stands in a range of the file.
    pub(super) fn find_in(&self, range: &Range<usize>, written: &str) -> Option<Range<usize>> {
        let at = range.start + self.file.slice(range.clone()).find(written)?;
        Some(at..at + written.len())
    }

    fn is_escaped(&self, at: usize) -> bool {
        at > 0 && self.file.slice(at - 1..at) == "\\"
    }
}

fn malformed_attributes(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(Code::MalformedAttributes, span, format!("`{written}` is not read as an id or a term"))
        .help("write `{#id .term}` with spaces between")
}
