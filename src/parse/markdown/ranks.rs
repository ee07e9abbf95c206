//! Headings as they are met: sections, clauses that have a heading, and headings among the words of
//! a clause.
//!
//! Takes the start and the end of a heading at the top of a document, with its role; puts it where
//! it belongs.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::context::Context;
use super::headings::OpenHeading;
use super::nesting::{Nesting, Opened};
use super::outline::Outline;
use super::plan::{self, HeadingNumber, Role};
use super::script::Script;
use crate::diagnostic::Code;
use crate::document::{Element, Numbering, Piece, Within};
use crate::parse::traps;

/// The attributes that the Markdown parser has read of a heading: the id, the terms, and whether
/// there are others.
type Attributes<'a> = (Option<&'a str>, &'a [CowStr<'a>], bool);

/// Opens a heading of the document's own: a section, the heading of a clause, or one among the
/// words of a clause.
pub fn open(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    outline: &mut Outline,
    (level, attributes, range, role): (u8, Attributes<'_>, &Range<usize>, Role),
) {
    let level = match &role {
        Role::Clause(HeadingNumber { outer: Some(outer), .. }) => outer + 1,
        _ => level,
    };
    let token = cx.source(range).trim_start_matches(['#', ' ']).split_whitespace().next().unwrap_or_default();
    if matches!(role, Role::Plain) && cx.reading.numbering == Numbering::Headings && traps::lacks_space(token) {
        let message = format!("`{token}` is not a clause's number");
        let here = cx.find(range, token).unwrap_or_else(|| range.clone());
        cx.report(Code::MalformedNumber, here, message, "put a space after the number");
    }
    let within = matches!(role, Role::Plain) && outline.is_within_clause(level);
    let mut heading = outline.sections.begin(cx, level, attributes, (range, &role), script.position());
    match role {
        Role::Clause(number) => {
            outline.clauses.leave();
            let place = plan::number_place(cx, range, &number.figures);
            let clause = outline.open_heading_clause(cx, &mut heading, number, place);
            script.enter(Within::Clause(clause));
        }
        Role::Plain if within => {
            script.push_block(cx, Piece::Open(Element::Heading(heading.section())));
            outline.sections.make_inner(&mut heading, script.position());
        }
        Role::Plain | Role::Series(_) => {
            script.enter(outline.begin_section());
        }
    }
    nesting.push(Opened::Heading(heading));
}

/// Closes a heading, and begins the words of the clause that it is the heading of.
pub fn close(cx: &Context<'_>, script: &mut Script, outline: &mut Outline, heading: OpenHeading) {
    script.cut_start(heading.number());
    let words = script.end_title();
    let end = script.position();
    let (clause, inner) = (outline.sections.clause(heading.section()), heading.inner());
    outline.sections.end(cx, heading, &words, end);
    if let Some(clause) = clause {
        outline.clauses.begin_words(clause, end);
    }
    if let Some(first) = inner {
        script.push_block(cx, Piece::Close);
        outline.add_block(first - 1..script.position());
    }
}
