//! The parts of a page: its title, its main part, and what belongs to the site around it.

use ego_tree::{NodeRef, Tree};

use super::tree::{self, PageElement, PageNode};
use crate::import::blocks::PaperPlace;
use crate::import::report::{About, Report};

/// Words in the class of what belongs to the site.
const OF_SITE: [&str; 17] = [
    "feedback",
    "breadcrumb",
    "cookie",
    "sidebar",
    "share",
    "sharing",
    "menu",
    "pagination",
    "related",
    "skip-link",
    "back-to-top",
    "screen-reader",
    "visually-hidden",
    "site-header",
    "site-footer",
    "comment-respond",
    "print-link",
];

/// Returns whether an element is never seen, or is no words.
pub fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "head"
            | "iframe"
            | "object"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "button"
            | "select"
            | "textarea"
    )
}

/// Returns whether an element that is not read may hold words of the paper.
pub fn may_hold_words(name: &str) -> bool {
    !matches!(name, "script" | "style" | "noscript" | "template" | "head")
}

/// Returns whether a node is a button that opens what is below a heading, and holds its words.
pub fn is_button_of_heading(node: NodeRef<'_, PageNode>) -> bool {
    let is_heading = |outer: NodeRef<'_, PageNode>| {
        tree::element(outer).is_some_and(|outer| matches!(outer.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    };
    tree::element(node).is_some_and(|element| element.name() == "button") && node.ancestors().take(3).any(is_heading)
}

/// Returns whether an element belongs to the site and not to the paper.
pub fn is_furniture(element: &PageElement) -> bool {
    let named = matches!(element.name(), "nav");
    let role = matches!(element.attr("role"), Some("navigation" | "banner" | "contentinfo" | "search"));
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    let classed = class.split_whitespace().any(|class| OF_SITE.iter().any(|word| class.contains(word)));
    let hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true");
    named || role || classed || hidden
}

/// Returns whether an element may hold the number of the words behind it and nothing else.
pub fn holds_a_number(element: &PageElement) -> bool {
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    let mut parts = class.split(|c: char| !c.is_ascii_alphanumeric());
    element.name() == "dt"
        || parts.any(|part| ["number", "num", "nr", "no", "numbering"].iter().any(|end| part.ends_with(end)))
}

/// The most nodes of a comment that are asked for its id.
const NEAR: usize = 6;

/// Returns the words of a comment that a program for documents has exported, or of its mark.
pub fn comment(node: NodeRef<'_, PageNode>) -> Option<String> {
    let is_of = |node: NodeRef<'_, PageNode>, start: &str| {
        let id = tree::element(node).and_then(PageElement::id).and_then(|id| id.strip_prefix(start));
        id.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let (name, start) = (tree::element(node)?.name(), ["cmnt_ref", "cmnt"]);
    let of_comment = match name {
        "sup" => node.descendants().take(NEAR).any(|inner| is_of(inner, start[0])),
        "p" => node.descendants().take(NEAR).any(|inner| is_of(inner, start[1])),
        _ => false,
    };
    of_comment.then(|| tree::words(node))
}

/// Returns the title in the head of a page, without the name of the site.
pub fn title(page: &Tree<PageNode>) -> Option<String> {
    let is_title = |element: &PageElement| {
        let class = element.attr("class").unwrap_or_default();
        element.name() == "p" && class.split_whitespace().any(|class| matches!(class, "title" | "MsoTitle"))
    };
    let mut headings = page.root().descendants().filter(|node| tree::element(*node).is_some_and(|e| e.name() == "h1"));
    let heading = headings.next();
    let several = headings.next().is_some();
    // The first of several sections is no title.
    let is_section = |heading: NodeRef<'_, PageNode>| {
        several && tree::words(heading).trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    let has_title = find(page, &|element| element.name() == "title").is_some();
    let heading = heading.filter(|heading| !(has_title && is_section(*heading)));
    let first = find(page, &is_title).or(heading);
    let words = |element: NodeRef<'_, PageNode>| tree::words(element).split_whitespace().collect::<Vec<_>>().join(" ");
    let heading = first.map(words).filter(|words| !words.is_empty());
    heading.or_else(|| {
        let title = words(find(page, &|element| element.name() == "title")?);
        let own = [" | ", " – ", " — ", " - "]
            .iter()
            .find_map(|gap| title.split_once(gap).map(|(own, _)| own.trim().to_owned()));
        own.or(Some(title)).filter(|title| !title.is_empty())
    })
}

/// Returns the part of a page that is the paper. Words outside it are reported.
pub fn main_part<'p>(page: &'p Tree<PageNode>, report: &mut Report) -> NodeRef<'p, PageNode> {
    let parts: [&dyn Fn(&PageElement) -> bool; 6] = [
        &|element| element.name() == "main",
        &|element| element.attr("role") == Some("main"),
        &|element| element.name() == "article",
        &|element| element.attr("class").is_some_and(|class| class.contains("entry-content")),
        &|element| element.id() == Some("content"),
        &|element| element.name() == "body",
    ];
    let main = parts.iter().find_map(|is| find(page, is).filter(|part| !tree::words(*part).trim().is_empty()));
    let main = main.unwrap_or_else(|| page.root());
    let mut outside = String::new();
    let mut skipped = None;
    for edge in page.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if skipped.is_none() => match node.value() {
                _ if node.id() == main.id() => skipped = Some(node.id()),
                PageNode::Element(element) if is_unseen(element.name()) => skipped = Some(node.id()),
                PageNode::Text(text) => {
                    outside.push_str(text);
                    outside.push(' ');
                }
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) if skipped == Some(node.id()) => skipped = None,
            _ => {}
        }
    }
    if !outside.trim().is_empty() {
        report.leave_out(
            About::Furniture,
            PaperPlace::default(),
            "what is around the paper on its page is left out",
            &outside,
        );
    }
    main
}

fn find<'p>(page: &'p Tree<PageNode>, is: &dyn Fn(&PageElement) -> bool) -> Option<NodeRef<'p, PageNode>> {
    page.root().descendants().find(|node| tree::element(*node).is_some_and(is))
}
