//! The styles of a document: which are headings, and which carry numbers.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::xml;

/// The longest chain of styles that rest on one another.
const LONGEST: usize = 20;

/// One style.
#[derive(Clone, Debug, Default)]
struct NamedStyle {
    name: String,
    base: Option<String>,
    list: Option<String>,
    level: Option<usize>,
    outline: Option<u8>,
    strong: Option<bool>,
    emphasis: Option<bool>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, NamedStyle>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// Reads the part.
    pub fn of(tree: &Document<'_>) -> Self {
        let mut styles = Styles::default();
        for node in tree.root_element().children().filter(|node| xml::is(*node, "style")) {
            let Some(id) = xml::attribute(node, "styleId") else { continue };
            let (paragraph, run) = (xml::child(node, "pPr"), xml::child(node, "rPr"));
            let numbers = paragraph.and_then(|paragraph| xml::child(paragraph, "numPr"));
            let style = NamedStyle {
                name: xml::value(node, "name").unwrap_or(id).to_lowercase(),
                base: xml::value(node, "basedOn").map(str::to_owned),
                list: numbers.and_then(|numbers| xml::value(numbers, "numId")).map(str::to_owned),
                level: numbers.and_then(|numbers| xml::number(numbers, "ilvl")),
                outline: paragraph.and_then(|paragraph| xml::number(paragraph, "outlineLvl")),
                strong: xml::is_on(run, "b"),
                emphasis: xml::is_on(run, "i"),
            };
            let usual = xml::attribute(node, "default").is_some_and(|on| on == "1" || on == "true");
            if usual && xml::attribute(node, "type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), style);
        }
        styles
    }

    /// Returns the id of the style that a paragraph has.
    pub fn of_paragraph<'a>(&'a self, properties: Option<Node<'a, '_>>) -> Option<&'a str> {
        properties.and_then(|properties| xml::value(properties, "pStyle")).or(self.usual.as_deref())
    }

    /// The style and those that it rests on, nearest first.
    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, &'a NamedStyle)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.styles.get(id)?;
            next = style.base.as_deref();
            Some((id, style))
        })
        .take(LONGEST)
    }

    /// Returns the rank of the heading that a style makes.
    pub fn rank(&self, id: &str) -> Option<u8> {
        self.chain(id).find_map(|(_, style)| {
            let named = style.name.strip_prefix("heading ").and_then(|rank| rank.parse::<u8>().ok());
            named
                .filter(|rank| (1..=9).contains(rank))
                .or_else(|| style.outline.filter(|level| *level < 9).map(|level| level + 1))
        })
    }

    /// Returns whether a style, or one that it rests on, has a name.
    pub fn is_named(&self, id: &str, is: &dyn Fn(&str) -> bool) -> bool {
        self.chain(id).any(|(_, style)| is(&style.name))
    }

    /// Returns the list of a style, with the level if the style says it, and the id of the style
    /// that names the list.
    pub fn list<'a>(&'a self, id: &'a str) -> Option<(&'a str, Option<usize>, &'a str)> {
        let level = self.chain(id).find_map(|(_, style)| style.level);
        self.chain(id).find_map(|(id, style)| Some((style.list.as_deref()?, level, id)))
    }

    /// Returns whether a style of letters is bold, and whether it is italic.
    pub fn letters(&self, id: &str) -> (bool, bool) {
        let strong = self.chain(id).find_map(|(_, style)| style.strong).unwrap_or(false);
        (strong, self.chain(id).find_map(|(_, style)| style.emphasis).unwrap_or(false))
    }
}
