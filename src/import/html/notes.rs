//! The notes of a page: marks that lead to items of a list of notes, and those items.

use std::collections::BTreeMap;

use ego_tree::{NodeRef, Tree};

use super::tree::{self, PageElement, PageNode};
use crate::import::blocks::TextRun;

/// The notes by the ids of their bodies.
#[derive(Debug, Default)]
pub struct PageNotes {
    /// The label of each body, by its id.
    labels: BTreeMap<String, String>,
    bodies: BTreeMap<String, Vec<Vec<TextRun>>>,
}

impl PageNotes {
    /// Finds the bodies: what has an id and is in a list of notes. They are labelled in their
    /// order.
    pub fn of(page: &Tree<PageNode>) -> Self {
        let mut notes = PageNotes::default();
        for node in page.root().descendants() {
            let PageNode::Element(element) = node.value() else { continue };
            let Some(id) = element.id().filter(|_| matches!(element.name(), "li" | "p" | "div" | "aside")) else {
                continue;
            };
            let in_notes = node.ancestors().take(4).any(|outer| tree::element(outer).is_some_and(is_list_of_notes));
            let nested = node.ancestors().take(4).any(|outer| {
                tree::element(outer).and_then(|outer| outer.id()).is_some_and(|id| notes.labels.contains_key(id))
            });
            if in_notes && !nested && !is_list_of_notes(element) && !notes.labels.contains_key(id) {
                let label = (notes.labels.len() + 1).to_string();
                notes.labels.insert(id.to_owned(), label);
            }
        }
        notes
    }

    /// Returns whether an id is that of a note's body.
    pub fn is_body(&self, id: &str) -> bool {
        self.labels.contains_key(id)
    }

    /// Returns the label of the note that an element marks.
    pub fn mark(&self, element: NodeRef<'_, PageNode>) -> Option<String> {
        let target = |element: &PageElement| {
            let id = element.attr("href")?.strip_prefix('#')?;
            self.labels.get(id).cloned()
        };
        let value = tree::element(element)?;
        if value.name() == "a" {
            return target(value);
        }
        let mut links = element.descendants().filter_map(|node| tree::element(node));
        links.find(|inner| inner.name() == "a").and_then(target)
    }

    /// Returns whether an element leads from a note back to its mark.
    pub fn leads_back(&self, element: NodeRef<'_, PageNode>) -> bool {
        let Some(value) = tree::element(element) else { return false };
        if value.name() != "a" {
            return false;
        }
        let class = value.attr("class").unwrap_or_default();
        let href = value.attr("href").unwrap_or_default();
        let words = tree::words(element);
        let arrow = words.trim().trim_end_matches('\u{fe0e}').chars().all(|c| matches!(c, '↩' | '↑' | '^' | '⏎'));
        href.starts_with('#')
            && (class.contains("reverse") || class.contains("back") || href.starts_with("#fnref") || arrow)
    }

    /// Keeps the words of a body.
    pub fn keep(&mut self, id: &str, runs: Vec<TextRun>) {
        if let Some(label) = self.labels.get(id) {
            self.bodies.insert(label.clone(), vec![runs]);
        }
    }

    /// Returns the bodies by their labels.
    pub fn into_bodies(self) -> BTreeMap<String, Vec<Vec<TextRun>>> {
        self.bodies
    }
}

fn is_list_of_notes(element: &PageElement) -> bool {
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    let role = element.attr("role").unwrap_or_default();
    let id = element.id().unwrap_or_default();
    class.contains("footnotes")
        || class.contains("endnotes")
        || role == "doc-endnotes"
        || matches!(id, "footnotes" | "endnotes")
}
