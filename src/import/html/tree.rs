//! The tree of a page, as `html5ever` builds it.
//!
//! Takes a page; gives its nodes in an `ego_tree`, which no walk and no end needs recursion for.
//! Comments and instructions of the page are in no tree.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use ego_tree::{NodeId, NodeRef, Tree};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, QualName};

/// One node.
#[derive(Debug)]
pub enum PageNode {
    /// The page, or the content of a template.
    Root,
    /// A comment or an instruction.
    Unseen,
    /// Words.
    Text(String),
    /// An element.
    Element(PageElement),
}

/// An element with its attributes.
#[derive(Debug)]
pub struct PageElement {
    name: String,
    attributes: Vec<(String, String)>,
}

impl PageElement {
    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the value of an attribute.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Returns the id.
    pub fn id(&self) -> Option<&str> {
        self.attr("id")
    }
}

/// Returns the element that a node is.
pub fn element<'t>(node: NodeRef<'t, PageNode>) -> Option<&'t PageElement> {
    match node.value() {
        PageNode::Element(element) => Some(element),
        _ => None,
    }
}

/// Returns the words below a node.
pub fn words(node: NodeRef<'_, PageNode>) -> String {
    let text = |node: NodeRef<'_, PageNode>| match node.value() {
        PageNode::Text(text) => Some(text.clone()),
        _ => None,
    };
    node.descendants().filter_map(text).collect()
}

/// The most nodes of an element that is asked for a few words.
pub const FEW_NODES: usize = 60;
/// The most letters of these words.
const FEW_LETTERS: usize = 200;

/// Returns the words below a node, if they are few: elements in one another are asked again and
/// again.
pub fn few_words(node: NodeRef<'_, PageNode>) -> Option<String> {
    let mut words = String::new();
    for (count, inner) in node.descendants().enumerate() {
        if let PageNode::Text(text) = inner.value() {
            if words.len() + text.len() > FEW_LETTERS {
                return None;
            }
            words.push_str(text);
        }
        if count > FEW_NODES {
            return None;
        }
    }
    Some(words)
}

/// Reads a page. What its style raises is an element `sup`, as if it had been marked up so.
pub fn parse(text: &str) -> Tree<PageNode> {
    let sink = Sink { tree: RefCell::new(Tree::new(PageNode::Root)), raised: raised_classes(text) };
    html5ever::parse_document(sink, html5ever::ParseOpts::default()).one(text)
}

/// The words by which a style raises letters.
const RAISED: &str = "vertical-align:super";
/// The most letters of the rule of a class.
const LONGEST_RULE: usize = 400;

/// The classes whose letters the style of a page raises: `.c5{vertical-align:super}`.
fn raised_classes(text: &str) -> HashSet<String> {
    let mut classes = HashSet::new();
    for (at, _) in text.match_indices(RAISED) {
        let before = text.get(..at).unwrap_or_default();
        let begin = before.char_indices().rev().take(LONGEST_RULE).last().map_or(0, |(begin, _)| begin);
        let Some((selector, rule)) = before.get(begin..).and_then(|near| near.rsplit_once('{')) else { continue };
        let name = selector.rsplit('.').next().unwrap_or_default().trim_end();
        let is_name = !name.is_empty()
            && name.len() <= 40
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        if is_name && selector.contains('.') && !rule.contains('}') {
            classes.insert(name.to_owned());
        }
    }
    classes
}

/// The tree while it is built.
struct Sink {
    tree: RefCell<Tree<PageNode>>,
    /// The classes whose letters are raised.
    raised: HashSet<String>,
}

/// A node of the tree, with the name that it has if it is an element.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

impl Sink {
    fn add(&self, node: PageNode, name: QualName) -> Handle {
        Handle { id: self.tree.borrow_mut().orphan(node).id(), name: Rc::new(name) }
    }

    fn unnamed(&self, node: PageNode) -> Handle {
        self.add(node, QualName::new(None, html5ever::ns!(), html5ever::local_name!("")))
    }

    /// Adds a child at the end of a parent, or before a sibling. Words beside words are one.
    fn place(&self, at: NodeId, before: bool, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        let beside = tree.get(at).and_then(|node| if before { node.prev_sibling() } else { node.last_child() });
        let beside = beside.map(|node| node.id());
        let id = match child {
            NodeOrText::AppendText(text) => {
                if let Some(mut node) = beside.and_then(|id| tree.get_mut(id))
                    && let PageNode::Text(words) = node.value()
                {
                    words.push_str(&text);
                    return;
                }
                tree.orphan(PageNode::Text(text.to_string())).id()
            }
            NodeOrText::AppendNode(handle) => handle.id,
        };
        if let Some(mut node) = tree.get_mut(id) {
            node.detach();
        }
        if let Some(mut node) = tree.get_mut(at) {
            if before {
                node.insert_id_before(id)
            } else {
                node.append_id(id)
            };
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree<PageNode>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self::Output {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        let name = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        Handle { id: self.tree.borrow().root().id(), name: Rc::new(name) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let pair = |attribute: Attribute| (attribute.name.local.to_string(), attribute.value.to_string());
        let attributes: Vec<(String, String)> = attributes.into_iter().map(pair).collect();
        let raises = |(key, value): &(String, String)| match key.as_str() {
            "class" => value.split_whitespace().any(|class| self.raised.contains(class)),
            "style" => value.replace(' ', "").contains(RAISED),
            _ => false,
        };
        let is_raised = &*name.local == "span" && attributes.iter().any(raises);
        let own = if is_raised { "sup".to_owned() } else { name.local.to_string() };
        self.add(PageNode::Element(PageElement { name: own, attributes }), name)
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.unnamed(PageNode::Unseen)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.unnamed(PageNode::Unseen)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(parent.id, false, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().get(element.id).is_some_and(|node| node.parent().is_some());
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.place(sibling.id, true, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(mut node) = tree.get_mut(target.id) else { return };
        let PageNode::Element(element) = node.value() else { return };
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if element.attr(&name).is_none() {
                element.attributes.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        if let Some(mut node) = self.tree.borrow_mut().get_mut(target.id) {
            node.detach();
        }
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        if let Some(mut parent) = self.tree.borrow_mut().get_mut(parent.id) {
            parent.reparent_from_id_append(node.id);
        }
    }
}
