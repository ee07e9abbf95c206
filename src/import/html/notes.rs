//! The notes of a page: marks that lead to their bodies, and the bodies.
//!
//! Takes a page; says which links are marks and which elements are bodies. A body is an item of a
//! list of notes. Elsewhere a link of a figure leads to it, and it leads back, has the id of a
//! note, or is under a heading such as "Notes".

use std::collections::{BTreeMap, HashMap, HashSet};

use ego_tree::{NodeId, NodeRef, Tree};

use super::tree::{self, PageElement, PageNode};
use crate::import::blocks::{RunStyle, TextRun};

/// Words of a heading under which notes are.
const HEADINGS: [&str; 6] = ["notes", "footnotes", "endnotes", "foot notes", "end notes", "notes and references"];
/// Beginnings of the ids of notes, without a line before them.
const IDS: [&str; 9] = ["fn", "ftn", "footnote", "endnote", "note", "edn", "cite_note", "sdfootnote", "sdendnote"];
/// The most elements that are asked whether they hold a node.
const NEAR: usize = 4;

/// The notes of a page.
#[derive(Debug, Default)]
pub struct PageNotes {
    /// The label of the body that an id leads to.
    labels: HashMap<String, String>,
    /// The label of each body, and the figure that its mark prints.
    elements: HashMap<NodeId, (String, String)>,
    /// The ids at the marks, to which bodies lead back.
    marks: HashSet<String>,
    bodies: BTreeMap<String, Vec<Vec<TextRun>>>,
    /// Whether figures that lead nowhere are the marks.
    by_figure: bool,
}

/// A link to a place within the page.
struct InnerLink<'p> {
    at: usize,
    node: NodeRef<'p, PageNode>,
    target: &'p str,
}

/// The elements of a page in order.
struct PageIndex<'p> {
    /// The place and the element of each id.
    ids: HashMap<&'p str, (usize, NodeRef<'p, PageNode>)>,
    links: Vec<InnerLink<'p>>,
    /// The places of headings, each with whether notes are under it.
    headings: Vec<(usize, bool)>,
    /// The figures that are raised and lead nowhere.
    raised: HashSet<String>,
    /// The lists that count, in order.
    lists: Vec<(usize, NodeRef<'p, PageNode>)>,
}

impl<'p> PageIndex<'p> {
    fn of(page: &'p Tree<PageNode>) -> Self {
        let (ids, raised) = (HashMap::new(), HashSet::new());
        let mut index = PageIndex { ids, links: Vec::new(), headings: Vec::new(), raised, lists: Vec::new() };
        for (at, node) in page.root().descendants().enumerate() {
            let Some(element) = tree::element(node) else { continue };
            let name = element.name();
            let anchor = element.attr("name").filter(|_| name == "a");
            for id in element.id().into_iter().chain(anchor) {
                index.ids.entry(id).or_insert((at, node));
            }
            match name {
                "a" => {
                    if let Some(target) = element.attr("href").and_then(|href| href.trim().strip_prefix('#')) {
                        index.links.push(InnerLink { at, node, target });
                    }
                }
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let words = tree::few_words(node).unwrap_or_default().to_lowercase();
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    index.headings.push((at, HEADINGS.contains(&words.trim_end_matches(':'))));
                }
                "sup" => index.raised.extend(tree::few_words(node).map(|words| words.trim().to_owned())),
                "ol" => index.lists.push((at, node)),
                _ => {}
            }
        }
        index
    }

    /// Whether a place is under a heading such as "Notes".
    fn is_under_notes(&self, at: usize) -> bool {
        let behind = self.headings.partition_point(|(heading, _)| *heading < at);
        behind.checked_sub(1).and_then(|last| self.headings.get(last)).is_some_and(|(_, notes)| *notes)
    }
}

impl PageNotes {
    /// Finds the bodies, which are labelled in their order.
    pub fn of(page: &Tree<PageNode>) -> Self {
        let mut notes = PageNotes::default();
        for node in page.root().descendants() {
            let PageNode::Element(element) = node.value() else { continue };
            let Some(id) = element.id().filter(|_| matches!(element.name(), "li" | "p" | "div" | "aside")) else {
                continue;
            };
            let in_notes = node.ancestors().take(NEAR).any(|outer| tree::element(outer).is_some_and(is_list_of_notes));
            let nested = node.ancestors().take(NEAR).any(|outer| notes.elements.contains_key(&outer.id()));
            if in_notes && !nested && !is_list_of_notes(element) && !notes.labels.contains_key(id) {
                let figure = (notes.elements.len() + 1).to_string();
                notes.add(id, node, if element.name() == "li" { "" } else { &figure });
            }
        }
        let index = PageIndex::of(page);
        notes.find_linked(&index);
        notes.find_counted(&index);
        notes
    }

    fn add(&mut self, id: &str, body: NodeRef<'_, PageNode>, figure: &str) {
        let label = (self.elements.len() + 1).to_string();
        self.labels.insert(id.to_owned(), label.clone());
        self.elements.insert(body.id(), (label, figure.to_owned()));
    }

    /// Finds bodies by the links that lead to them.
    fn find_linked(&mut self, index: &PageIndex<'_>) {
        // The ids that marks lead to, so that a body holds one alone.
        let mut found: Vec<(&InnerLink<'_>, NodeRef<'_, PageNode>, String)> = Vec::new();
        let mut targets: HashSet<NodeId> = HashSet::new();
        for link in &index.links {
            let Some(figure) = tree::few_words(link.node).and_then(|words| figure_of(&words)) else { continue };
            let Some((at, target)) = index.ids.get(link.target).copied().filter(|(at, _)| *at > link.at) else {
                continue;
            };
            if self.labels.contains_key(link.target) {
                continue;
            }
            let Some(body) = block_of(target) else { continue };
            let is_note = is_id_of_note(link.target) || index.is_under_notes(at) || leads_to(body, link.node);
            if is_note && !holds(body, link.node) {
                targets.insert(target.id());
                found.push((link, target, figure));
            }
        }
        for (link, target, figure) in found {
            let Some(body) = block_of(target).map(|body| whole_of(body, &targets)) else { continue };
            self.marks.extend(ids_around(link.node));
            if let Some((label, _)) = self.elements.get(&body.id()) {
                self.labels.insert(link.target.to_owned(), label.clone());
            } else {
                self.add(link.target, body, &figure);
            }
        }
    }

    /// Finds the items of a counted list under a heading such as "Notes", where no mark is a link.
    fn find_counted(&mut self, index: &PageIndex<'_>) {
        if !self.elements.is_empty() {
            return;
        }
        for (_, list) in index.lists.iter().filter(|(at, _)| index.is_under_notes(*at)) {
            let items = list.children().filter(|item| tree::element(*item).is_some_and(|item| item.name() == "li"));
            for (n, item) in (1..).zip(items) {
                if index.raised.contains(&n.to_string()) {
                    self.by_figure = true;
                    self.add(&format!(" {n}"), item, "");
                }
            }
            if !self.elements.is_empty() {
                return;
            }
        }
    }

    /// Returns whether an element is the body of a note.
    pub fn is_body(&self, element: NodeRef<'_, PageNode>) -> bool {
        self.elements.contains_key(&element.id())
    }

    /// Returns the label of the note that an element marks.
    pub fn mark(&self, element: NodeRef<'_, PageNode>) -> Option<String> {
        let target = |element: &PageElement| self.labels.get(element.attr("href")?.trim().strip_prefix('#')?).cloned();
        let value = tree::element(element)?;
        if value.name() == "a" {
            return target(value);
        }
        // Of several marks each is a link of its own.
        let mut links =
            element.descendants().take(tree::FEW_NODES).filter_map(tree::element).filter(|inner| inner.name() == "a");
        let only = links.next().filter(|_| links.next().is_none())?;
        target(only)
    }

    /// Returns whether an element leads from a note back to its mark.
    pub fn leads_back(&self, element: NodeRef<'_, PageNode>) -> bool {
        let Some(value) = tree::element(element).filter(|value| value.name() == "a") else { return false };
        let Some(target) = value.attr("href").and_then(|href| href.trim().strip_prefix('#')) else { return false };
        let class = value.attr("class").unwrap_or_default();
        let words = tree::words(element);
        let arrow = words.trim().trim_end_matches('\u{fe0e}').chars().all(|c| matches!(c, '↩' | '↑' | '^' | '⏎'));
        class.contains("reverse")
            || class.contains("back")
            || target.starts_with("fnref")
            || self.marks.contains(target)
            || arrow
    }

    /// Keeps the words of a body, without the figure that is printed before them.
    pub fn keep(&mut self, element: NodeRef<'_, PageNode>, mut runs: Vec<TextRun>) {
        if let Some((label, figure)) = self.elements.get(&element.id()) {
            let is_item = tree::element(element).is_some_and(|element| element.name() == "li");
            drop_figure(&mut runs, figure, is_item);
            self.bodies.insert(label.clone(), vec![runs]);
        }
    }

    /// Returns whether all marks are links, so that no other figure is one.
    pub fn are_linked(&self) -> bool {
        !self.by_figure
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

/// The figure or sign that the words of a mark are: "1" of "[footnote 1]".
fn figure_of(words: &str) -> Option<String> {
    let lower = words.trim().trim_matches(['[', ']', '(', ')']).to_lowercase();
    let bare = ["footnote", "endnote", "note", "fn"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let bare = bare.trim();
    let figure = (1..=4).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    (figure || matches!(bare, "*" | "**" | "***" | "†" | "‡")).then(|| bare.to_owned())
}

fn is_id_of_note(id: &str) -> bool {
    let id = id.trim_start_matches('_').to_ascii_lowercase();
    // "note-1" and "fn:1", but not "noted" or "fnref1".
    IDS.iter().filter_map(|start| id.strip_prefix(start)).any(|rest| {
        rest.trim_start_matches(['-', '_', ':', '.']).starts_with(|c: char| c.is_ascii_digit())
            || rest.starts_with("t1")
    })
}

/// The nearest block that holds a node.
fn block_of(node: NodeRef<'_, PageNode>) -> Option<NodeRef<'_, PageNode>> {
    let is_block = |node: &NodeRef<'_, PageNode>| {
        tree::element(*node)
            .is_some_and(|element| matches!(element.name(), "li" | "p" | "div" | "aside" | "dd" | "section"))
    };
    std::iter::once(node).chain(node.ancestors()).take(NEAR).find(is_block)
}

/// The whole of a body: what is around its paragraph, if that holds no other body.
fn whole_of<'p>(body: NodeRef<'p, PageNode>, targets: &HashSet<NodeId>) -> NodeRef<'p, PageNode> {
    let Some(outer) = body.parent() else { return body };
    let is_frame = tree::element(outer).is_some_and(|outer| matches!(outer.name(), "li" | "div" | "aside" | "dd"));
    let own = || {
        let inner = outer.descendants();
        let is_heading = |node: NodeRef<'_, PageNode>| {
            tree::element(node).is_some_and(|element| matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        };
        let mut count = 0;
        inner.take(MOST_NODES + 1).all(|node| {
            count += 1;
            count <= MOST_NODES && !is_heading(node) && (!targets.contains(&node.id()) || holds(body, node))
        })
    };
    if is_frame && own() { outer } else { body }
}

/// The most nodes of the body of a note.
const MOST_NODES: usize = 400;

fn holds(outer: NodeRef<'_, PageNode>, node: NodeRef<'_, PageNode>) -> bool {
    outer.id() == node.id() || node.ancestors().any(|ancestor| ancestor.id() == outer.id())
}

/// The ids of a mark and of what is close around it or before it.
fn ids_around(mark: NodeRef<'_, PageNode>) -> Vec<String> {
    let is_small = |node: &NodeRef<'_, PageNode>| {
        tree::element(*node).is_some_and(|element| matches!(element.name(), "sup" | "span" | "b" | "a"))
    };
    let around: Vec<NodeRef<'_, PageNode>> =
        std::iter::once(mark).chain(mark.ancestors().take(2).take_while(is_small)).collect();
    let before = around.iter().filter_map(|node| node.prev_sibling()).filter(is_small);
    let nodes = around.iter().copied().chain(mark.descendants().take(NEAR)).chain(before);
    let elements = nodes.filter_map(tree::element);
    elements.flat_map(|element| element.id().into_iter().chain(element.attr("name"))).map(str::to_owned).collect()
}

/// Whether a body has a link back to a mark.
fn leads_to(body: NodeRef<'_, PageNode>, mark: NodeRef<'_, PageNode>) -> bool {
    let ids = ids_around(mark);
    let back = |element: &PageElement| {
        element
            .attr("href")
            .and_then(|href| href.trim().strip_prefix('#'))
            .is_some_and(|to| ids.iter().any(|id| id == to))
    };
    body.descendants().take(MOST_NODES).filter_map(tree::element).any(back)
}

/// Takes away the figure of the mark that a body prints before its words. A list prints the figures
/// of its items itself.
fn drop_figure(runs: &mut Vec<TextRun>, figure: &str, is_item: bool) {
    let Some(TextRun::Words { text, style: RunStyle { raised, .. }, .. }) = runs.first_mut() else { return };
    if figure.is_empty() {
        return;
    }
    let rest = text.trim_start();
    let bracketed = [format!("[{figure}]"), format!("({figure})")];
    let found = bracketed.iter().find_map(|label| rest.strip_prefix(label.as_str()));
    let rest = found.or_else(|| {
        let rest = rest.strip_prefix(figure)?;
        (*raised || !is_item && rest.starts_with(['.', ')', ' ', ':']))
            .then(|| rest.trim_start_matches(['.', ')', ':']))
    });
    if let Some(rest) = rest.map(|rest| rest.trim_start().to_owned()) {
        *text = rest;
        *runs = crate::import::blocks::tidy(std::mem::take(runs));
    }
}
