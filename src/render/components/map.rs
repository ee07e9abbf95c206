//! Map of the documents: a drawing of what replaces, supplements or summarises what, the relations
//! in words, and a table of how many paragraphs of each are related to paragraphs of each.
//!
//! Takes the resolved site; gives boxes in columns by date, with a numbered line for each pair, and
//! a sentence for each line. The drawing says nothing that the sentences do not.

mod drawing;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use self::drawing::{MapBox, drawing};
use crate::corpus::{Corpus, DocumentRole, Entry, EntryId, Other};
use crate::date::PartialDate;
use crate::document::{Relation, alphabetical};
use crate::render::context::RenderContext;
use crate::render::view::{Html, Link, Map, MapLine, MapRow, MapTable, Words};
use crate::strings::phrase;

/// A box: a document, or a work that the site does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Held(EntryId),
    NotHeld(String),
}

/// The most columns of the drawing.
const COLUMNS: usize = 3;

/// Returns the map of the site's documents.
pub fn map(cx: &RenderContext<'_>) -> Map {
    let edges = edges(cx);
    let nodes = nodes(cx, edges.iter().filter(|(_, relations)| relations.iter().any(is_drawn)));
    let row = |node: &Node| nodes.iter().position(|other| other == node).unwrap_or(usize::MAX);
    let mut edges: Vec<((Node, Node), Vec<Relation>)> = edges.into_iter().collect();
    // Numbered from the oldest.
    edges.sort_by_key(|((from, to), _)| (row(from).min(row(to)), row(from).max(row(to)), row(from)));
    let (mut pairs, mut lines, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for ((from, to), relations) in &edges {
        let (drawn, told): (Vec<Relation>, Vec<Relation>) = relations.iter().partition(|relation| is_drawn(relation));
        if !drawn.is_empty() {
            pairs.push((row(from), row(to)));
            lines.push(line(cx, from, &drawn, to));
        }
        if !told.is_empty() {
            others.push(line(cx, from, &told, to));
        }
    }
    let drawing = drawing(&cx.text(phrase::MapDrawingLabel), &boxes(cx, &nodes), &pairs);
    Map { drawing: Html::new(&drawing), lines, others, table: table(cx) }
}

/// Whether the drawing has a line for a relation.
fn is_drawn(relation: &Relation) -> bool {
    matches!(relation, Relation::Replaces | Relation::Supplements | Relation::Summarises)
}

/// A line of the map in words.
fn line(cx: &RenderContext<'_>, from: &Node, relations: &[Relation], to: &Node) -> MapLine {
    let words: Vec<Words> = relations.iter().filter_map(|relation| relation_label(cx, *relation)).collect();
    let words = Words::joined(words, &cx.text(phrase::ListLast));
    MapLine { from: node_link(cx, from), words, to: node_link(cx, to) }
}

/// Boxes in three columns at most, parted where most time is between the dates.
fn boxes(cx: &RenderContext<'_>, nodes: &[Node]) -> Vec<MapBox> {
    let months = |node: &Node| {
        node_date(cx, node).map_or(0, |date| u32::from(date.year) * 12 + u32::from(date.month.unwrap_or(1)))
    };
    let months: Vec<u32> = nodes.iter().map(months).collect();
    let mut gaps: Vec<(Reverse<u32>, usize)> = Vec::new();
    for (at, (one, next)) in months.iter().zip(months.iter().skip(1)).enumerate() {
        gaps.extend(next.checked_sub(*one).filter(|gap| *gap > 0).map(|gap| (Reverse(gap), at + 1)));
    }
    gaps.sort();
    gaps.truncate(COLUMNS - 1);
    let column = |at: usize| gaps.iter().filter(|(_, first)| *first <= at).count();
    nodes.iter().enumerate().map(|(at, node)| map_box(cx, node, column(at))).collect()
}

fn map_box(cx: &RenderContext<'_>, node: &Node, column: usize) -> MapBox {
    let words = node_words(cx.corpus, node);
    let (title, date) = match node {
        Node::Held(at) => {
            let date = cx.corpus.entry(*at).document.front.published;
            (words, date.map(|date| cx.strings.date(date).to_string()).unwrap_or_default())
        }
        Node::NotHeld(_) => match words.rsplit_once(" (") {
            Some((title, date)) => {
                let date = date.trim_end_matches(')');
                (title.to_owned(), cx.text(phrase::MapNotHeldOf { date }))
            }
            None => (words, cx.text(phrase::MapNotHeld)),
        },
    };
    MapBox { title, date, is_held: matches!(node, Node::Held(_)), column }
}

/// Counts of the clauses of each document that are related to clauses of each.
fn table(cx: &RenderContext<'_>) -> Option<MapTable> {
    let mut counts: BTreeMap<(EntryId, EntryId), usize> = BTreeMap::new();
    for (at, entry) in documents(cx.corpus) {
        for relations in &entry.resolution.clause_relations {
            let others: BTreeSet<EntryId> = relations.iter().map(|(_, place)| place.entry).collect();
            others.into_iter().for_each(|other| *counts.entry((at, other)).or_default() += 1);
        }
    }
    let mut papers: Vec<EntryId> = counts.keys().flat_map(|(one, other)| [*one, *other]).collect();
    papers.sort_by_key(|at| (node_date(cx, &Node::Held(*at)), *at));
    papers.dedup();
    let link = |at: &EntryId| node_link(cx, &Node::Held(*at));
    let row = |at: &EntryId| {
        let cells = papers.iter().map(|other| counts.get(&(*at, *other)).copied().unwrap_or(0));
        MapRow { paper: link(at), cells: cells.collect() }
    };
    let rows: Vec<MapRow> = papers.iter().map(row).collect();
    (!rows.is_empty()).then(|| MapTable { papers: papers.iter().map(link).collect(), rows })
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

/// The papers that are documents and no pages about them.
fn documents(corpus: &Corpus) -> impl Iterator<Item = (EntryId, &Entry)> {
    corpus.papers().filter(|(_, entry)| entry.role == DocumentRole::Document)
}

/// Relations between documents, each pair from the end that states it.
type Edges = BTreeMap<(Node, Node), Vec<Relation>>;

fn edges(cx: &RenderContext<'_>) -> Edges {
    let mut edges = Edges::new();
    for (at, entry) in documents(cx.corpus) {
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
            edges.entry((from, to)).or_default().push(relation);
        }
    }
    add_replaced_works(cx.corpus, &mut edges);
    edges
}

/// Adds a line between two works that the site does not hold, where the register says that the one
/// replaced the other and each is related to a document.
fn add_replaced_works(corpus: &Corpus, edges: &mut Edges) {
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
        edges.entry(pair).or_default().push(Relation::Replaces);
    }
}

/// Both ends of pairs, each once, by date.
fn nodes<'a>(cx: &RenderContext<'_>, edges: impl Iterator<Item = (&'a (Node, Node), &'a Vec<Relation>)>) -> Vec<Node> {
    let mut nodes: Vec<Node> = edges.flat_map(|((from, to), _)| [from.clone(), to.clone()]).collect();
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
