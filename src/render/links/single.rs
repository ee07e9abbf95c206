//! Addresses in an edition in one page: each page of the site is a section of it, and its ids begin
//! with that section's.
//!
//! Takes the pages that are parts of it and its pictures; an address of anything else is that of
//! the site, if it is known.

use std::collections::BTreeMap;

use super::Links;
use super::held::IncludedDocuments;
use crate::corpus::{Cited, Place};
use crate::output::OutPath;

/// A page of the site that is a part of an edition in one page.
pub struct SinglePart {
    /// The id of its section, with which the ids in it begin.
    pub id: String,
    /// The words by which readers tell it from the others.
    pub name: String,
}

/// An edition in one page.
pub struct SingleLinks<'a> {
    /// The documents in it.
    pub documents: IncludedDocuments<'a>,
    /// The parts, by the page of the site that each would be.
    pub parts: BTreeMap<OutPath, SinglePart>,
    /// The address of the site, for what is not in the page.
    pub base: Option<String>,
    /// The data address of each picture.
    pub pictures: BTreeMap<OutPath, String>,
}

impl Links for SingleLinks<'_> {
    fn address(&self, _from: &OutPath, page: &OutPath, fragment: Option<&str>) -> Option<String> {
        match (self.parts.get(page), fragment) {
            (Some(_), Some(fragment)) => Some(format!("#{}", self.id(page, fragment))),
            (Some(part), None) => Some(format!("#{}", part.id)),
            (None, fragment) => {
                let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                self.base.as_ref().map(|base| format!("{base}{page}{fragment}"))
            }
        }
    }

    fn id(&self, page: &OutPath, id: &str) -> String {
        match self.parts.get(page) {
            Some(part) => format!("{}--{id}", part.id),
            None => id.to_owned(),
        }
    }

    fn name(&self, page: &OutPath) -> Option<&str> {
        self.parts.get(page).map(|part| part.name.as_str())
    }

    fn picture(&self, _from: &OutPath, picture: &OutPath) -> Option<String> {
        self.pictures.get(picture).cloned()
    }

    fn shows(&self, place: Place) -> bool {
        self.documents.shows(place)
    }

    fn cites(&self, cited: &Cited) -> bool {
        self.documents.cites(cited)
    }

    fn has_clause_pages(&self) -> bool {
        false
    }

    fn keeps_former_addresses(&self) -> bool {
        false
    }
}
