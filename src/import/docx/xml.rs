//! Parts of a document as trees, and what is asked of their nodes.
//!
//! Names are compared without their namespaces: Word writes one of two sets of them. No entity of a
//! part's own is read.

use roxmltree::{Document, Node, ParsingOptions};

use crate::import::bounds::MOST_NODES;

/// The deepest node of a part that is read.
const DEEPEST: u32 = 200;

/// Parses a part. None if it is no sound XML, has a document type, or is too large or too deep.
pub fn parse(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let tree = Document::parse_with_options(text, options).ok()?;
    (!is_too_deep(&tree)).then_some(tree)
}

/// Whether a node is so deep that to ask for those around each of its words would take the square
/// of the part's length.
fn is_too_deep(tree: &Document<'_>) -> bool {
    let mut depth = 0u32;
    let mut next = Some(tree.root_element());
    while let Some(node) = next {
        if depth > DEEPEST {
            return true;
        }
        next = node.first_child();
        if next.is_some() {
            depth += 1;
            continue;
        }
        let mut at = Some(node);
        while let Some(node) = at {
            next = node.next_sibling();
            if next.is_some() {
                break;
            }
            at = node.parent();
            depth = depth.saturating_sub(1);
        }
    }
    false
}

/// Returns whether a node is an element of a name.
pub fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// Returns the first child of a name.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// Returns an attribute by its name without its namespace.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Returns the attribute `val` of a child.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Returns the attribute `val` of a child as a number.
pub fn number<T: std::str::FromStr>(node: Node<'_, '_>, name: &str) -> Option<T> {
    value(node, name)?.parse().ok()
}

/// Returns whether a property is there and not switched off.
pub fn is_on(properties: Option<Node<'_, '_>>, name: &str) -> Option<bool> {
    let property = child(properties?, name)?;
    Some(!matches!(attribute(property, "val"), Some("0" | "false" | "off" | "none")))
}

/// Returns all words below a node.
pub fn words(node: Node<'_, '_>) -> String {
    let mut words = String::new();
    for inner in node.descendants() {
        if is(inner, "t") || is(inner, "delText") {
            words.push_str(inner.text().unwrap_or_default());
        } else if is(inner, "p") || is(inner, "tab") || is(inner, "br") {
            words.push(' ');
        }
    }
    words.trim().to_owned()
}
