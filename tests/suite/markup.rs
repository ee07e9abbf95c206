//! Checks that pages have only the elements and attributes of the default theme and of the one
//! writer. Scripts are in the head: the theme's own files, and data, which nothing runs.

use clausebook::output::Output;
use scraper::{ElementRef, Html, Node};

/// Every element of the default theme and of the writer.
const ELEMENTS: [&str; 57] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "kbd",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "title",
    "tr",
];

/// Every attribute of them; `ul` is the one element too many for the line above.
const ATTRIBUTES: [&str; 33] = [
    "alt",
    "aria-current",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "data-cite",
    "data-of",
    "data-quotation",
    "data-previews",
    "data-search-lists",
    "datetime",
    "height",
    "href",
    "http-equiv",
    "id",
    "lang",
    "media",
    "name",
    "open",
    "property",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
    "value",
    "width",
];

/// Markup that one frame allows.
struct Frame {
    /// The frame's name, and the attribute by which it is known.
    name: &'static str,
    mark: (&'static str, &'static str),
    elements: &'static [&'static str],
    attributes: &'static [&'static str],
}

/// The field of search, a QR code, and what the pages of search and of a reader's list fill.
const FRAMES: [Frame; 4] = [
    Frame {
        name: "form",
        mark: ("class", "search"),
        elements: &["form", "div", "p", "label", "input", "button"],
        attributes: &[
            "aria-describedby",
            "aria-label",
            "class",
            "role",
            "action",
            "method",
            "hidden",
            "for",
            "id",
            "type",
            "name",
        ],
    },
    Frame {
        name: "svg",
        mark: ("class", "square"),
        elements: &["svg", "path"],
        attributes: &["class", "role", "aria-hidden", "viewBox", "fill", "stroke", "d"],
    },
    Frame {
        name: "div",
        mark: ("data-search", ""),
        elements: &["div", "form", "label", "input", "button", "p", "details", "summary", "ul", "ol", "h1"],
        attributes: &[
            "aria-label",
            "class",
            "role",
            "action",
            "method",
            "hidden",
            "for",
            "id",
            "type",
            "name",
            "autocomplete",
            "spellcheck",
            "data-search",
            "data-search-index",
            "data-search-status",
            "data-search-notes",
            "data-search-filters",
            "data-search-places",
            "data-search-results",
            "data-search-state",
            "data-search-more",
            "data-search-heading",
            "data-search-chosen",
            "data-search-scope",
            "tabindex",
        ],
    },
    Frame {
        name: "div",
        mark: ("data-list", ""),
        elements: &["div", "header", "h1", "p"],
        attributes: &[
            "class",
            "hidden",
            "tabindex",
            "data-list",
            "data-list-total",
            "data-list-parts",
            "data-list-kept",
            "data-list-not-kept",
            "data-list-notes-kept",
            "data-list-notes-none",
        ],
    },
];

/// Whether an element is one of the theme's frames or stands in it, with attributes of the theme.
fn is_framed(element: ElementRef<'_>) -> bool {
    let within = |frame: &Frame| {
        let (attribute, value) = frame.mark;
        let mut frames = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        frames.any(|outer| outer.value().name() == frame.name && outer.attr(attribute) == Some(value))
    };
    let element = element.value();
    FRAMES.iter().any(|frame @ Frame { elements, attributes, .. }| {
        elements.contains(&element.name())
            && within(frame)
            && element.attrs().all(|(attribute, _)| attributes.contains(&attribute))
    })
}

/// Addresses that a page may carry, but for relative ones.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Lists markup of an output that no template has, as `page: what`.
pub fn foreign(output: &Output) -> Vec<String> {
    let mut found = Vec::new();
    for (path, artefact) in output.iter().filter(|(path, _)| path.as_str().ends_with(".html")) {
        let text = std::str::from_utf8(artefact.bytes().unwrap()).unwrap();
        found.extend(foreign_in(text).into_iter().map(|what| format!("{path}: {what}")));
    }
    found
}

/// Lists a page's markup that no template has.
fn foreign_in(markup: &str) -> Vec<String> {
    let page = Html::parse_document(markup);
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Comment(comment) => found.push(format!("<!--{}-->", &**comment)),
            Node::ProcessingInstruction(_) => found.push("<?".to_owned()),
            Node::Text(text) if text.contains('\0') => found.push("a NUL".to_owned()),
            Node::Element(element) if element.name() == "script" => {
                let text: String = ElementRef::wrap(node).into_iter().flat_map(|script| script.text()).collect();
                let in_head = node.parent().and_then(|parent| parent.value().as_element().map(|e| e.name() == "head"));
                let data = element.attrs().collect::<Vec<_>>() == [("type", "application/ld+json")];
                let sound = !text.contains('<') && serde_json::from_str::<serde_json::Value>(&text).is_ok();
                let own = element.attrs().collect::<Vec<_>>();
                let scripts = ["words", "site", "search", "reading", "clause", "glossary", "list"]
                    .map(|name| format!("static/{name}.js"));
                let is_own = |path: &str| scripts.iter().any(|own| path.ends_with(own.as_str()));
                let deferred = own.iter().all(|(name, _)| ["src", "defer"].contains(name));
                let source = element.attr("src").is_some_and(|path| is_own(path) && may_be_linked(path));
                let own = deferred && source;
                if own && text.is_empty() && in_head == Some(true) {
                    continue;
                }
                if !data || !sound || in_head != Some(true) {
                    found.push(format!("<script>{text}"));
                }
            }
            Node::Element(_) if ElementRef::wrap(node).is_some_and(is_framed) => {}
            Node::Element(element) => {
                if element.name() != "ul" && !ELEMENTS.contains(&element.name()) {
                    found.push(format!("<{}>", element.name()));
                }
                for (name, value) in element.attrs() {
                    if !ATTRIBUTES.contains(&name) {
                        found.push(format!("<{} {name}=\"{value}\">", element.name()));
                    }
                    if ["href", "src"].contains(&name) && !may_be_linked(value) {
                        found.push(format!("<{} {name}=\"{value}\">", element.name()));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// As a browser reads an address: without the blanks and controls around it, and without the line breaks in it.
fn may_be_linked(address: &str) -> bool {
    let address: String = address.trim_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "").replace('\\', "/");
    match address.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => {
            SCHEMES.contains(&scheme.to_lowercase().as_str())
                && (scheme.eq_ignore_ascii_case("mailto") || rest.starts_with("//"))
        }
        _ => !address.starts_with('/'),
    }
}

#[test]
fn foreign_markup_would_be_found() {
    let wrap = |body: &str| {
        format!("<!doctype html><html lang=\"en\"><head><title>t</title></head><body>{body}</body></html>")
    };
    for bad in [
        "<script>1</script>",
        "<p onclick=\"1\">",
        "<p style=\"color:red\">",
        "<style>p{}</style>",
        "<iframe></iframe>",
        "<svg></svg>",
        "<svg class=\"square\"><script>1</script></svg>",
        "<svg class=\"square\" onload=\"1\"></svg>",
        "<svg class=\"square\"><a href=\"javascript:1\"></a></svg>",
        "<path class=\"square\">",
        "<math></math>",
        "<a href=\"javascript:1\">x</a>",
        "<a href=\" \tjava\nscript:1\">x</a>",
        "<a href=\"//host/x\">x</a>",
        "<a href=\"\\\\host\\x\">x</a>",
        "<a href=\"data:text/html,x\">x</a>",
        "<img src=\"vbscript:x\">",
        "<form>",
        "<form class=\"search\" onsubmit=\"1\">",
        "<div data-search=\"\" onclick=\"1\">",
        "<div data-search=\"\"><iframe></iframe></div>",
        "<div data-search-index=\"x\">",
        "<script src=\"static/site.js\"></script>",
        "<input>",
        "<!-- c -->",
        "<object></object>",
        "<base href=\"https://example.org/\">",
        "<a href=\"https:evil\">x</a>",
    ] {
        assert_ne!(foreign_in(&wrap(bad)), Vec::<String>::new(), "{bad}");
    }
    for good in [
        "<p class=\"a\">x</p>",
        "<a href=\"a.html#1.1\">x</a>",
        "<a href=\"https://example.org/?a:b\">x</a>",
        "<a href=\"mailto:a@b.c\">x</a>",
    ] {
        assert_eq!(foreign_in(&wrap(good)), Vec::<String>::new(), "{good}");
    }
    let data =
        |text: &str| format!("<head><title>t</title><script type=\"application/ld+json\">{text}</script></head>");
    assert_eq!(foreign_in(&data("{\"name\":\"\\u003cb>\"}")), Vec::<String>::new());
    for bad in ["alert(1)", "{\"name\":\"<!--\"}", "{} <script>", "{}</script><script>1"] {
        assert_ne!(foreign_in(&data(bad)), Vec::<String>::new(), "{bad}");
    }
}
