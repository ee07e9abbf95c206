//! How the documents fit together: a drawing of their relations, and the same in words.
//!
//! Takes the resolved site; gives an SVG of the documents in the order of their dates, with a numbered line for each pair
//! that is related, and for each line a sentence. The drawing says nothing that the sentences do not.

use std::collections::{BTreeMap, BTreeSet};

use super::html::Writer;
use super::page::Builder;
use super::view::{Html, Link, Map, MapLine};
use crate::corpus::{Other, Role};
use crate::document::{PartialDate, Relation};

/// A box: a document, or a work that the site does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Held(usize),
    NotHeld(String),
}

/// What is drawn for each pair.
#[derive(Default)]
struct Edge {
    words: Vec<String>,
    /// How many clauses of the one are related to clauses of the other.
    clauses: usize,
}

const BOX_WIDTH: usize = 336;
const BOX_HEIGHT: usize = 52;
const ROW: usize = 84;
const MARGIN: usize = 8;

impl Builder<'_> {
    /// The map of the site's documents.
    pub(super) fn map(&self) -> Map {
        let edges = self.edges();
        let nodes = self.nodes(&edges);
        let mut lines = Vec::new();
        for ((from, to), edge) in &edges {
            let mut words = edge.words.clone();
            if edge.clauses > 0 {
                let plural = if edge.clauses == 1 { "" } else { "s" };
                words.push(format!("has {} paragraph{plural} related to paragraphs of", edge.clauses));
            }
            lines.push(MapLine { from: self.node_link(from), words: words.join(" and "), to: self.node_link(to) });
        }
        Map { drawing: Html::new(&self.drawing(&nodes, &edges)), lines }
    }

    fn edges(&self) -> BTreeMap<(Node, Node), Edge> {
        let mut edges: BTreeMap<(Node, Node), Edge> = BTreeMap::new();
        for (at, entry) in self.corpus.papers().filter(|(_, entry)| entry.role == Role::Document) {
            for (relation, other) in &entry.resolution.relations {
                // Each relation is drawn once, from the end that states it.
                let stated = matches!(relation, Relation::Replaces | Relation::Supplements | Relation::Summarises);
                let (from, relation, to) = match other {
                    Other::Held(other) if stated => (Node::Held(at), *relation, Node::Held(*other)),
                    Other::Held(_) => continue,
                    Other::NotHeld(title) if stated => (Node::Held(at), *relation, Node::NotHeld(title.clone())),
                    Other::NotHeld(title) => (Node::NotHeld(title.clone()), relation.inverse(), Node::Held(at)),
                };
                edges.entry((from, to)).or_default().words.push(relation.words().to_lowercase());
            }
            let mut clauses: BTreeMap<usize, usize> = BTreeMap::new();
            for relations in &entry.resolution.clause_relations {
                let others: BTreeSet<usize> = relations.iter().map(|(_, place)| place.entry).collect();
                others.into_iter().for_each(|other| *clauses.entry(other).or_default() += 1);
            }
            let date = |at: usize| (self.node_date(&Node::Held(at)), at);
            // Each pair is counted from the later document.
            for (other, count) in clauses.into_iter().filter(|(other, _)| date(*other) < date(at)) {
                edges.entry((Node::Held(at), Node::Held(other))).or_default().clauses += count;
            }
        }
        edges
    }

    /// Every document and every work that is related to one, by date.
    fn nodes(&self, edges: &BTreeMap<(Node, Node), Edge>) -> Vec<Node> {
        let mut nodes: Vec<Node> = edges.keys().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
        nodes.sort();
        nodes.dedup();
        nodes.sort_by_key(|node| self.node_date(node));
        nodes
    }

    /// A document's own date; of a work not held, the year in its title.
    fn node_date(&self, node: &Node) -> Option<PartialDate> {
        match node {
            Node::Held(at) => self.corpus.entry(*at)?.document.front.published.map(|date| PartialDate {
                month: Some(date.month.unwrap_or(1)),
                day: Some(date.day.unwrap_or(1)),
                ..date
            }),
            Node::NotHeld(title) => {
                let inner = title.rsplit_once('(')?.1.trim_end_matches(')');
                let (month, year) = inner.rsplit_once(' ').unwrap_or(("", inner));
                let months = (1..=12).find(|month_number| {
                    let date = PartialDate { year: 1, month: Some(*month_number), day: None };
                    date.in_words().starts_with(month) && !month.is_empty()
                });
                Some(PartialDate { year: year.parse().ok()?, month: Some(months.unwrap_or(1)), day: Some(1) })
            }
        }
    }

    fn node_link(&self, node: &Node) -> Link {
        match node {
            Node::Held(at) => {
                let entry = self.corpus.entry(*at);
                Link {
                    words: entry.map(|entry| entry.document.front.short.clone()).unwrap_or_default(),
                    url: entry.map(|entry| self.page.link_to(&entry.page)).unwrap_or_default(),
                }
            }
            Node::NotHeld(title) => Link { words: title.clone(), url: String::new() },
        }
    }

    fn drawing(&self, nodes: &[Node], edges: &BTreeMap<(Node, Node), Edge>) -> String {
        let row = |node: &Node| nodes.iter().position(|other| other == node).unwrap_or(0);
        let widest = edges.keys().map(|(from, to)| row(from).abs_diff(row(to))).max().unwrap_or(0);
        let width = BOX_WIDTH + 2 * MARGIN + 40 + widest * 44;
        let height = nodes.len() * ROW + MARGIN;
        let mut out = Writer::default();
        out.tag("<svg class=\"map\" role=\"img\" aria-label=\"The documents by date, with a numbered line for each pair that is related; the list below says the same in words\"");
        out.attribute("viewBox", &format!("0 0 {width} {height}"));
        out.tag(">");
        for (n, (from, to)) in edges.keys().enumerate() {
            let middle = |node: &Node| row(node) * ROW + MARGIN + BOX_HEIGHT / 2;
            let (start, end) = (middle(from), middle(to));
            let bow = BOX_WIDTH + MARGIN + 40 + row(from).abs_diff(row(to)) * 44;
            let edge = BOX_WIDTH + MARGIN;
            out.tag("<path class=\"line\"");
            out.attribute("d", &format!("M{edge} {start} C{bow} {start} {bow} {end} {edge} {end}"));
            out.tag("/><path class=\"head\"");
            out.attribute("d", &format!("M{edge} {end} l9 -5 v10 z"));
            // The middle of the curve lies three quarters of the way to its bow.
            let (x, y) = (edge + (bow - edge) * 3 / 4, usize::midpoint(start, end));
            out.tag("/><circle class=\"number\" r=\"11\"");
            out.attribute("cx", &x.to_string());
            out.attribute("cy", &y.to_string());
            out.tag("/><text class=\"number\"");
            out.attribute("x", &x.to_string());
            out.attribute("y", &(y + 5).to_string());
            out.tag(">");
            out.text(&(n + 1).to_string());
            out.tag("</text>");
        }
        for (n, node) in nodes.iter().enumerate() {
            self.draw_box(&mut out, node, n * ROW + MARGIN);
        }
        out.tag("</svg>");
        out.finish()
    }

    fn draw_box(&self, out: &mut Writer, node: &Node, top: usize) {
        let Link { words, .. } = self.node_link(node);
        let held = matches!(node, Node::Held(_));
        let second = match node {
            Node::Held(at) => {
                self.corpus.entry(*at).and_then(|entry| entry.document.front.published).map(|d| d.in_words())
            }
            Node::NotHeld(_) => Some("not held here".to_owned()),
        };
        out.tag(if held { "<rect class=\"held\"" } else { "<rect class=\"not-held\"" });
        for (name, value) in [("x", MARGIN), ("y", top), ("width", BOX_WIDTH), ("height", BOX_HEIGHT)] {
            out.attribute(name, &value.to_string());
        }
        out.tag("/><text class=\"title\"");
        out.attribute("x", &(MARGIN + 12).to_string());
        out.attribute("y", &(top + 21).to_string());
        out.tag(">");
        out.text(&shortened(&words));
        out.tag("</text><text");
        out.attribute("x", &(MARGIN + 12).to_string());
        out.attribute("y", &(top + 41).to_string());
        out.tag(">");
        out.text(&second.unwrap_or_default());
        out.tag("</text>");
    }
}

/// The most letters that a box holds.
const BOX_LETTERS: usize = 38;

/// A title cut so that it fits a box; of a work with its date in brackets, the date is kept.
fn shortened(title: &str) -> String {
    if title.chars().count() <= BOX_LETTERS {
        return title.to_owned();
    }
    let date = title.rfind('(').map_or("", |at| title.get(at..).unwrap_or_default());
    let room = BOX_LETTERS.saturating_sub(date.chars().count() + 2);
    let kept: String = title.chars().take(room).collect();
    format!("{}… {date}", kept.rsplit_once(' ').map_or(kept.as_str(), |(kept, _)| kept)).trim_end().to_owned()
}
