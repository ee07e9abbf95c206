//! The numbers of paragraphs and of fields within them, as they are counted one after another.
//!
//! Takes paragraphs in order; gives each its label and its depth. Alone counts, so that a number
//! depends on nothing but what was counted before it.

use roxmltree::Node;

use super::listnum::{BuiltInLists, ListField};
use super::numbering::{Counters, WordLists};
use super::styles::Styles;
use super::xml;
use crate::import::blocks::Label;

/// The lists of a document, and how far each is counted.
#[derive(Debug)]
pub struct WordCounting {
    lists: WordLists,
    counters: Counters,
    built_in: BuiltInLists,
    /// The list of the paragraph that is read, and its level there.
    open: Option<(String, usize)>,
}

impl WordCounting {
    /// Begins to count.
    pub fn new(lists: WordLists) -> Self {
        WordCounting { lists, counters: Counters::default(), built_in: BuiltInLists::default(), open: None }
    }

    /// Counts a paragraph, if it is in a list, and returns its label and its depth.
    pub fn paragraph(&mut self, styles: &Styles, properties: Option<Node<'_, '_>>) -> (Label, usize) {
        let style = styles.of_paragraph(properties);
        let own = properties.and_then(|properties| xml::child(properties, "numPr"));
        let of_style = style.and_then(|id| styles.list(id));
        let list = own.and_then(|own| xml::value(own, "numId")).or(of_style.map(|(list, _, _)| list));
        let Some(list) = list.filter(|list| *list != "0").map(str::to_owned) else { return (Label::None, 0) };
        let tied = || {
            let id = style?;
            self.lists.level_of_style(&list, id).or_else(|| self.lists.level_of_style(&list, of_style?.2))
        };
        let own_level = own.and_then(|own| xml::number::<usize>(own, "ilvl"));
        let level = own_level.or_else(tied).or(of_style.and_then(|(_, level, _)| level)).unwrap_or(0).min(8);
        let label = self.lists.count(&mut self.counters, &list, level);
        let depth = self.lists.depth(&list, level);
        self.open = Some((list, level));
        (label, depth)
    }

    /// Leaves the paragraph.
    pub fn leave(&mut self) {
        self.open = None;
    }

    /// Counts a field within the paragraph, and returns its number: in the list that it names, or
    /// below the paragraph in its own.
    pub fn field(&mut self, field: &ListField) -> String {
        let named = field.name.as_deref().and_then(|name| self.lists.list_named(name));
        let own = self.open.clone().filter(|_| field.name.is_none());
        let list = named.map(|list| (list, 0)).or_else(|| own.map(|(list, level)| (list, level + 1)));
        let Some((list, level)) = list else { return self.built_in.count(field) };
        match self.lists.count(&mut self.counters, &list, field.level.unwrap_or(level).min(8)) {
            Label::Printed(text) => text,
            Label::None | Label::Bullet => String::new(),
        }
    }
}
