//! The works that a document cites, and where.
//!
//! Takes a document with where its mentions lead; returns each citation with the provisions it
//! names and the place it is in. Whoever asks what a clause or a document cites asks here.

use std::ops::Range;

use super::{AuthorityId, Entry, Goal, PlacePart};
use crate::document::{Document, ReferenceId, Within};
use crate::law::Provision;

/// A citation, where its author wrote it.
#[derive(Clone, Copy, Debug)]
pub struct LocatedCitation<'a> {
    /// The work.
    pub authority: AuthorityId,
    /// The provisions of it; empty for the work as a whole.
    pub provisions: &'a [Provision],
    /// Part of the document that it is in.
    pub within: Within,
}

impl Entry {
    /// Returns every citation of the document, in its order.
    pub fn citations(&self) -> impl Iterator<Item = LocatedCitation<'_>> {
        self.document.references.pairs().filter_map(|(at, reference)| {
            let (authority, provisions) = cited(self, at)?;
            Some(LocatedCitation { authority, provisions, within: reference.within })
        })
    }

    /// Returns the works that a range of pieces cites, in the notes marked there too: each with the
    /// provisions.
    pub fn citations_in(&self, range: &Range<usize>) -> impl Iterator<Item = (AuthorityId, &[Provision])> {
        self.references_in(range).into_iter().filter_map(|reference| cited(self, reference))
    }
}

/// Returns the work that a mention cites, with its provisions.
fn cited(entry: &Entry, reference: ReferenceId) -> Option<(AuthorityId, &[Provision])> {
    match &entry.resolution.targets[reference].to {
        Goal::Authority(authority, provisions) => Some((*authority, provisions)),
        _ => None,
    }
}

/// Returns the parts of a document that something is in; a note is wherever it is marked,
/// but for marks in notes.
pub fn parts_around(document: &Document, within: Within) -> Vec<PlacePart> {
    let part = |within: Within| match within {
        Within::Clause(clause) => Some(PlacePart::Clause(clause)),
        Within::Section(section) => Some(PlacePart::Section(section)),
        Within::Document => Some(PlacePart::Whole),
        Within::Note(_) => None,
    };
    match within {
        Within::Note(note) => {
            document.marks.iter().filter(|mark| mark.note == note).filter_map(|mark| part(mark.within)).collect()
        }
        within => part(within).into_iter().collect(),
    }
}
