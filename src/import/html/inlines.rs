//! Words within the blocks of a page: emphasis, links and breaks.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;

use super::notes::PageNotes;
use super::page;
use super::tree::{PageElement, PageNode};
use crate::import::blocks::{RunStyle, TextRun};
use crate::percent;

/// Elements that begin a block.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "body",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "details",
    "summary",
    "address",
    "fieldset",
    "legend",
    "center",
    "td",
    "th",
    "tr",
    "tbody",
    "thead",
    "caption",
    "hgroup",
    "hr",
    "table",
    "header",
    "footer",
    "form",
];

/// Returns whether an element begins a block.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
        || matches!(name, "li" | "ol" | "ul" | "menu" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Runs that are being read.
#[derive(Default)]
pub struct Inlines {
    runs: Vec<TextRun>,
    strong: u32,
    emphasis: u32,
    struck: u32,
    raised: u32,
    code: u32,
    links: Vec<Option<String>>,
}

impl Inlines {
    /// Returns the runs so far, and begins anew.
    pub fn take(&mut self) -> Vec<TextRun> {
        std::mem::take(&mut self.runs)
    }

    /// Returns whether there are no words yet.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| matches!(run, TextRun::Words { text, .. } if text.trim().is_empty()))
    }

    /// Adds a run.
    pub fn push(&mut self, run: TextRun) {
        self.runs.push(run);
    }

    /// Adds words.
    pub fn text(&mut self, text: &str) {
        let style = RunStyle {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            struck: self.struck > 0,
            raised: self.raised > 0,
            code: self.code > 0,
        };
        let link = self.links.last().cloned().flatten();
        self.runs.push(TextRun::Words { text: text.to_owned(), style, link });
    }

    /// Takes the start of an element.
    pub fn open(&mut self, name: &str, element: &PageElement) {
        match name {
            "b" | "strong" | "dt" | "summary" => self.strong += 1,
            "i" | "em" | "cite" => self.emphasis += 1,
            "s" | "del" | "strike" => self.struck += 1,
            "sup" => self.raised += 1,
            "code" | "kbd" | "samp" => self.code += 1,
            "a" => self.links.push(element.attr("href").map(|href| address(href.trim()))),
            "br" => self.runs.push(TextRun::Break),
            _ => {}
        }
    }

    /// Takes the end of an element.
    pub fn close(&mut self, name: &str) {
        let less = |count: &mut u32| *count = count.saturating_sub(1);
        match name {
            "b" | "strong" | "dt" | "summary" => less(&mut self.strong),
            "i" | "em" | "cite" => less(&mut self.emphasis),
            "s" | "del" | "strike" => less(&mut self.struck),
            "sup" => less(&mut self.raised),
            "code" | "kbd" | "samp" => less(&mut self.code),
            "a" => drop(self.links.pop()),
            _ => {}
        }
    }
}

/// The address to which a link leads, without the page of a search engine between.
fn address(href: &str) -> String {
    let query = href.strip_prefix("https://www.google.com/url?").unwrap_or_default();
    let real = query.split('&').find_map(|part| percent::decoded(part.strip_prefix("q=")?));
    real.filter(|real| real.starts_with("http")).unwrap_or_else(|| href.to_owned())
}

/// Returns the runs of all that is in an element, whose blocks are parted by spaces.
pub fn of(root: NodeRef<'_, PageNode>, notes: &PageNotes) -> Vec<TextRun> {
    let mut inlines = Inlines::default();
    let mut skipped = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                PageNode::Text(text) => inlines.text(text),
                PageNode::Element(element) => {
                    let name = element.name();
                    let whole = Some(node);
                    let mark = whole.filter(|_| matches!(name, "sup" | "a")).and_then(|whole| notes.mark(whole));
                    let back = whole.is_some_and(|whole| notes.leads_back(whole));
                    if let Some(label) = mark.filter(|_| !back) {
                        inlines.push(TextRun::Note(label));
                        skipped = Some(node.id());
                    } else if back || page::is_unseen(name) {
                        skipped = Some(node.id());
                    } else {
                        if is_block(name) {
                            inlines.push(TextRun::words(" "));
                        }
                        inlines.open(name, element);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if skipped == Some(node.id()) {
                    skipped = None;
                } else if skipped.is_none()
                    && let PageNode::Element(element) = node.value()
                {
                    inlines.close(element.name());
                }
            }
            Edge::Open(_) => {}
        }
    }
    crate::import::blocks::tidy(inlines.take())
}
