//! The one pass that makes clauses of blocks, whatever their format.
//!
//! Takes the paper that a reader found; gives it with notes at their marks, torn paragraphs joined,
//! the numbering decided, a role for each block, and references that lead somewhere. Every doubt is
//! a remark of the report.

mod apart;
mod contents;
mod headings;
mod labels;
mod marks;
mod notes;
mod numbers;
mod powers;
mod references;
mod roles;
mod series;
mod spilled;
mod tabled;
mod title;
mod torn;

use std::collections::BTreeMap;

use super::blocks::{Block, BlockKind, Paper, PaperPicture, TextRun};
use super::report::Report;
use crate::document::Numbering;
pub use labels::opener;
pub use numbers::PaperNumbering;
pub use roles::BlockRole;

/// A paper whose blocks have roles.
#[derive(Debug)]
pub struct Shaped {
    /// The title.
    pub title: String,
    /// The author, if the file names one.
    pub author: Option<String>,
    /// The numbering, the words that begin series, and the word for a clause.
    pub found: PaperNumbering,
    /// The blocks with their roles.
    pub blocks: Vec<(Block, BlockRole)>,
    /// The notes by label, in the order of their marks.
    pub notes: Vec<(String, Vec<Vec<TextRun>>)>,
    /// The pictures.
    pub pictures: Vec<PaperPicture>,
}

/// Gives each block of a paper its role.
pub fn shape(mut paper: Paper, name: &str, report: &mut Report) -> Shaped {
    tabled::unfold(&mut paper.blocks, report);
    labels::tidy(&mut paper.blocks, report);
    contents::leave_out(&mut paper.blocks, report);
    let mut notes: BTreeMap<String, Vec<Vec<TextRun>>> = std::mem::take(&mut paper.notes);
    notes::gather(&mut paper, &mut notes, report);
    apart::at_breaks(&mut paper.blocks);
    apart::numbers_alone(&mut paper.blocks, paper.has_pages);
    labels::read(&mut paper.blocks, report);
    apart::items_within(&mut paper.blocks, report);
    if paper.has_pages {
        torn::join(&mut paper.blocks, report);
    } else {
        paper.blocks.retain(|block| !matches!(block.kind, BlockKind::Edge));
    }
    if paper.guesses {
        headings::guess(&mut paper.blocks, report);
    } else if !paper.blocks.iter().any(Block::is_heading) {
        headings::guess_bold(&mut paper.blocks, report);
    }
    let title = title::take(&mut paper, name, report);
    let found = numbers::find(&mut paper.blocks, report);
    let roles = roles::of(&mut paper.blocks, &found, report);
    references::link(&mut paper.blocks, &mut notes, (&roles, &found), report);
    report.numbering = found.numbering_name().to_owned();
    report.clauses = roles.iter().filter(|role| matches!(role, BlockRole::Clause(_))).count();
    let notes = notes::in_order(&paper.blocks, notes, report);
    report.notes = notes.len();
    let blocks = paper.blocks.into_iter().zip(roles).collect();
    Shaped { title, author: paper.author, found, blocks, notes, pictures: paper.pictures }
}

impl PaperNumbering {
    /// Returns the numbering as front matter writes it.
    pub fn numbering_name(&self) -> &'static str {
        match self.numbering {
            Numbering::Decimal => "decimal",
            Numbering::Simple => "simple",
            Numbering::Headings => "headings",
            Numbering::Auto => "auto",
            Numbering::None => "none",
        }
    }
}
