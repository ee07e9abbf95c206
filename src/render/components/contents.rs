//! The contents of a document: its headings, with the numbers of the clauses under each.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{DocumentRole, Entry};
use crate::document::{Item, SectionId};
use crate::render::context::RenderContext;
use crate::render::view::ContentsLine;
use crate::strings::phrase;

/// Returns a line for each heading of the highest level, with those below it within it.
pub fn contents(cx: &RenderContext<'_>, entry: &Entry) -> Vec<ContentsLine> {
    let document = &entry.document;
    let facilitators = facilitators_sections(entry);
    let mut numbers: BTreeMap<SectionId, (String, String)> = BTreeMap::new();
    for (_, clause) in document.whole_clauses() {
        for section in document.trail(clause.section) {
            let number = document.printed_number(clause);
            numbers.entry(section).and_modify(|(_, last)| last.clone_from(&number)).or_insert((number.clone(), number));
        }
    }
    let lines = document.sections.pairs().map(|(at, section)| ContentsLine {
        level: section.level,
        title: match section.clause.map(|clause| &document.clauses[clause]) {
            Some(clause) => format!("{} {}", document.printed_number(clause), section.title).trim_end().to_owned(),
            None => section.title.clone(),
        },
        url: format!("#{}", cx.id(&section.anchor)),
        clauses: numbers
            .get(&at)
            .map(|(first, last)| if first == last { first.clone() } else { cx.text(phrase::ListSpan { first, last }) }),
        facilitator: facilitators.contains(&at),
        inner: Vec::new(),
    });
    let highest = document.sections.iter().map(|section| section.level).min();
    let mut folded: Vec<ContentsLine> = Vec::new();
    for line in lines {
        match folded.last_mut().filter(|_| Some(line.level) > highest) {
            Some(outer) => outer.inner.push(line),
            None => folded.push(line),
        }
    }
    folded
}

/// Returns the sections of a pack under which there is nothing for participants: no clause, drawn
/// in or its own.
pub fn facilitators_sections(entry: &Entry) -> BTreeSet<SectionId> {
    let document = &entry.document;
    let mut sections: BTreeSet<SectionId> =
        document.sections.ids().filter(|_| entry.role == DocumentRole::Pack).collect();
    let mut current = None;
    for item in &document.items {
        match item {
            Item::Heading(section) => current = Some(*section),
            Item::Clause(_) | Item::DrawIn(_) => {
                document.trail(current).iter().for_each(|shared| {
                    sections.remove(shared);
                });
            }
            Item::Block(_) => {}
        }
    }
    sections
}
