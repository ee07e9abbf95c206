//! Map of the documents: a drawing of their relations, and the same in words.
//!
//! Takes the resolved site; gives an SVG of the documents in the order of their dates, with a
//! numbered line for each pair that is related, and for each line a sentence. The drawing says
//! nothing that the sentences do not.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, DocumentRole, EntryId, Other};
use crate::date::PartialDate;
use crate::document::{Relation, alphabetical};
use crate::render::context::RenderContext;
use crate::render::html::HtmlWriter;
use crate::render::view::{Html, Link, Map, MapLine, Words};
use crate::strings::phrase;

/// A box: a document, or a work that the site does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Held(EntryId),
    NotHeld(String),
}

/// A line of the drawing, between two boxes.
#[derive(Default)]
struct Edge {
    relations: Vec<Relation>,
    /// Number of clauses of the one that are related to clauses of the other.
    clauses: usize,
}

const BOX_WIDTH: usize = 336;
const BOX_HEIGHT: usize = 70;
const ROW: usize = 100;
const MARGIN: usize = 8;

/// Returns the map of the site's documents.
pub fn map(cx: &RenderContext<'_>) -> Map {
    let edges = edges(cx);
    let nodes = nodes(cx, &edges);
    let row = |node: &Node| nodes.iter().position(|other| other == node).unwrap_or(0);
    let mut edges: Vec<((Node, Node), Edge)> = edges.into_iter().collect();
    // Numbered from the top of the drawing.
    edges.sort_by_key(|((from, to), _)| (row(from).min(row(to)), row(from).max(row(to)), row(from)));
    let mut lines = Vec::new();
    for ((from, to), edge) in &edges {
        let mut words: Vec<Words> =
            edge.relations.iter().filter_map(|relation| relation_label(cx, *relation)).collect();
        if edge.clauses > 0 {
            words.push(cx.say(phrase::MapRelated { count: edge.clauses }));
        }
        let words = Words::joined(words, &cx.text(phrase::ListLast));
        lines.push(MapLine { from: node_link(cx, from), words, to: node_link(cx, to) });
    }
    let pairs: Vec<(usize, usize)> = edges.iter().map(|((from, to), _)| (row(from), row(to))).collect();
    Map { drawing: Html::new(&drawing(cx, &nodes, &pairs)), lines }
}

/// The words between the ends of a line that is drawn from the end that states the relation.
fn relation_label(cx: &RenderContext<'_>, relation: Relation) -> Option<Words> {
    match relation {
        Relation::Replaces => Some(cx.say(phrase::MapReplaces)),
        Relation::Supplements => Some(cx.say(phrase::MapSupplements)),
        Relation::Summarises => Some(cx.say(phrase::MapSummarises)),
        Relation::Restates => Some(cx.say(phrase::MapRestates)),
        Relation::PublishedWith => Some(cx.say(phrase::MapPublishedWith)),
        Relation::ReplacedBy | Relation::SupplementedBy | Relation::SummarisedBy | Relation::RestatedBy => None,
    }
}

fn edges(cx: &RenderContext<'_>) -> BTreeMap<(Node, Node), Edge> {
    let corpus = cx.corpus;
    let mut edges: BTreeMap<(Node, Node), Edge> = BTreeMap::new();
    for (at, entry) in corpus.papers().filter(|(_, entry)| entry.role == DocumentRole::Document) {
        for (relation, other) in &entry.resolution.relations {
            // Each relation is drawn once, from the end that states it.
            let stated = relation_label(cx, *relation).is_some();
            let (from, relation, to) = match other {
                // It is the same from both ends, so it is drawn from the first of them.
                Other::Held(other) if *relation == Relation::PublishedWith && *other < at => continue,
                Other::Held(other) if stated => (Node::Held(at), *relation, Node::Held(*other)),
                Other::Held(_) => continue,
                Other::NotHeld(title) if stated => (Node::Held(at), *relation, Node::NotHeld(title.clone())),
                Other::NotHeld(title) => (Node::NotHeld(title.clone()), relation.inverse(), Node::Held(at)),
            };
            edges.entry((from, to)).or_default().relations.push(relation);
        }
        let mut clauses: BTreeMap<EntryId, usize> = BTreeMap::new();
        for relations in &entry.resolution.clause_relations {
            let others: BTreeSet<EntryId> = relations.iter().map(|(_, place)| place.entry).collect();
            others.into_iter().for_each(|other| *clauses.entry(other).or_default() += 1);
        }
        let date = |at: EntryId| (node_date(cx, &Node::Held(at)), at);
        // Each pair is counted from the later document.
        for (other, count) in clauses.into_iter().filter(|(other, _)| date(*other) < date(at)) {
            edges.entry((Node::Held(at), Node::Held(other))).or_default().clauses += count;
        }
    }
    add_replaced_works(corpus, &mut edges);
    edges
}

/// Adds a line between two works that the site does not hold, where the register says that the one
/// replaced the other and each is related to a document.
fn add_replaced_works(corpus: &Corpus, edges: &mut BTreeMap<(Node, Node), Edge>) {
    let related: BTreeSet<&Node> = edges.keys().flat_map(|(from, to)| [from, to]).collect();
    let of_work = |key: &str| {
        let authority = &corpus.authorities.iter().find(|cited| cited.authority.key == key)?.authority;
        let is_named = |title: &str| title.rsplit_once(" (").map_or(title, |(title, _)| title) == authority.title;
        let node = related.iter().find(|node| matches!(node, Node::NotHeld(title) if is_named(title)));
        node.map(|node| (*node).clone())
    };
    let replaced = corpus.authorities.iter().map(|cited| &cited.authority).flat_map(|authority| {
        let from = of_work(&authority.key).filter(|_| !authority.replaces.is_empty());
        authority.replaces.iter().filter_map(move |key| Some((from.clone()?, key)))
    });
    let pairs: Vec<(Node, Node)> = replaced.filter_map(|(from, key)| Some((from, of_work(key)?))).collect();
    for pair in pairs {
        edges.entry(pair).or_default().relations.push(Relation::Replaces);
    }
}

/// Every document and every work that is related to one, by date.
fn nodes(cx: &RenderContext<'_>, edges: &BTreeMap<(Node, Node), Edge>) -> Vec<Node> {
    let mut nodes: Vec<Node> = edges.keys().flat_map(|(from, to)| [from.clone(), to.clone()]).collect();
    nodes.sort();
    nodes.dedup();
    // Of one month, the work that others speak of comes before them.
    nodes.sort_by_cached_key(|node| match node {
        Node::NotHeld(title) => (node_date(cx, node), false, Some(alphabetical(title))),
        Node::Held(_) => (node_date(cx, node), true, None),
    });
    nodes
}

/// A document's own date; of a work not held, the year in its title.
fn node_date(cx: &RenderContext<'_>, node: &Node) -> Option<PartialDate> {
    match node {
        Node::Held(at) => cx.corpus.entry(*at).document.front.published.map(|date| PartialDate {
            month: Some(date.month.unwrap_or(1)),
            day: Some(date.day.unwrap_or(1)),
            ..date
        }),
        Node::NotHeld(title) => {
            let inner = title.rsplit_once('(')?.1.trim_end_matches(')');
            let (month, year) = inner.rsplit_once(' ').unwrap_or(("", inner));
            let month = cx.strings.month(month).unwrap_or(1);
            Some(PartialDate { year: year.parse().ok()?, month: Some(month), day: Some(1) })
        }
    }
}

fn node_link(cx: &RenderContext<'_>, node: &Node) -> Link {
    let url = match node {
        Node::Held(at) => cx.address(&cx.corpus.entry(*at).page),
        Node::NotHeld(_) => None,
    };
    Link { words: node_words(cx.corpus, node), url }
}

fn node_words(corpus: &Corpus, node: &Node) -> String {
    match node {
        Node::Held(at) => corpus.entry(*at).document.front.short.clone(),
        Node::NotHeld(title) => title.clone(),
    }
}

/// Boxes in rows, and a line for each pair of rows.
fn drawing(cx: &RenderContext<'_>, nodes: &[Node], pairs: &[(usize, usize)]) -> String {
    let widest = pairs.iter().map(|(from, to)| from.abs_diff(*to)).max().unwrap_or(0);
    let width = BOX_WIDTH + 2 * MARGIN + 40 + widest * 44;
    let height = nodes.len() * ROW + MARGIN;
    let mut out = HtmlWriter::default();
    out.tag("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" role=\"img\"");
    out.attribute("aria-label", &cx.text(phrase::MapDrawingLabel));
    out.attribute("viewBox", &format!("0 0 {width} {height}"));
    out.tag(">");
    let curves: Vec<Curve> = pairs.iter().map(|(from, to)| Curve::new(*from, *to)).collect();
    for curve in &curves {
        let Curve { start, end, bow } = *curve;
        out.tag("<path class=\"line\"");
        out.attribute("d", &format!("M{EDGE} {start} C{bow} {start} {bow} {end} {EDGE} {end}"));
        out.tag("/><path class=\"head\"");
        out.attribute("d", &format!("M{EDGE} {end} l9 -5 v10 z"));
        out.tag("/>");
    }
    for (n, (x, y)) in places_of_numbers(&curves).into_iter().enumerate() {
        out.tag("<circle class=\"number\" r=\"11\"");
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
        draw_box(cx, &mut out, node, n * ROW + MARGIN);
    }
    out.tag("</svg>");
    out.finish()
}

fn draw_box(cx: &RenderContext<'_>, out: &mut HtmlWriter, node: &Node, top: usize) {
    let words = node_words(cx.corpus, node);
    let (class, title, date) = match node {
        Node::Held(at) => {
            let date = cx.corpus.entry(*at).document.front.published;
            ("held", words, date.map(|date| cx.strings.date(date).to_string()).unwrap_or_default())
        }
        Node::NotHeld(_) => match words.rsplit_once(" (") {
            Some((title, date)) => {
                let date = date.trim_end_matches(')');
                ("not-held", title.to_owned(), cx.text(phrase::MapNotHeldOf { date }))
            }
            None => ("not-held", words, cx.text(phrase::MapNotHeld)),
        },
    };
    out.tag("<rect");
    out.attribute("class", class);
    for (name, value) in [("x", MARGIN), ("y", top), ("width", BOX_WIDTH), ("height", BOX_HEIGHT)] {
        out.attribute(name, &value.to_string());
    }
    out.tag("/>");
    let mut lines: Vec<(&'static str, String)> = wrap_in_two(&title).into_iter().map(|line| ("title", line)).collect();
    lines.push(("date", date));
    // Two lines are in the middle of a box that holds three.
    let first = top + if lines.len() > 2 { 20 } else { 31 };
    for (n, (class, line)) in lines.iter().enumerate() {
        out.tag("<text");
        out.attribute("class", class);
        out.attribute("x", &(MARGIN + 12).to_string());
        out.attribute("y", &(first + n * 20).to_string());
        out.tag(">");
        out.text(line);
        out.tag("</text>");
    }
}

/// The right edge of the boxes, where the lines begin and end.
const EDGE: usize = BOX_WIDTH + MARGIN;

/// A line between two boxes: a cubic curve that bows to the right.
struct Curve {
    start: usize,
    end: usize,
    bow: usize,
}

impl Curve {
    fn new(from: usize, to: usize) -> Self {
        let middle = |row: usize| row * ROW + MARGIN + BOX_HEIGHT / 2;
        Curve { start: middle(from), end: middle(to), bow: EDGE + 40 + from.abs_diff(to) * 44 }
    }

    /// The point so many tenths of the way along it.
    fn point(&self, tenths: usize) -> (usize, usize) {
        let (t, s) = (tenths, 10 - tenths);
        // In thousandths, so that no rounding differs between machines.
        let x = EDGE + (self.bow - EDGE) * 3 * t * s * 10 / 1000;
        let y = (self.start * (s * s * s + 3 * s * s * t) + self.end * (3 * s * t * t + t * t * t)) / 1000;
        (x, y)
    }
}

/// A place on each line for its number: the middle, or as near to it as no other number is.
fn places_of_numbers(curves: &[Curve]) -> Vec<(usize, usize)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for curve in curves {
        let free = |(x, y): &(usize, usize)| places.iter().all(|(a, b)| x.abs_diff(*a) + y.abs_diff(*b) > 26);
        let place = [5, 4, 6, 3, 7, 2, 8].into_iter().map(|tenths| curve.point(tenths)).find(free);
        places.push(place.unwrap_or_else(|| curve.point(5)));
    }
    places
}

/// The most letters in a line of a box.
const LINE_LETTERS: usize = 40;

/// A title in a line or two; what does not fit is left out.
fn wrap_in_two(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split(' ') {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > LINE_LETTERS {
            if lines.len() == 2 {
                lines.last_mut().into_iter().for_each(|line| line.push('…'));
                return lines;
            }
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
