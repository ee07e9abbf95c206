//! SVG pictures that a book can hold.
//!
//! Takes the bytes of a picture; returns why a book cannot have it. Books are checked by their
//! readers' programs and by shops, which refuse one with a script, with anything from outside it,
//! or with markup that SVG 1.1 does not know; and a book has no policy that would stop what runs in
//! a picture. Changes no picture.

use std::collections::BTreeSet;

use roxmltree::{Attribute, Document, Error, Node, NodeType, ParsingOptions};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The most nodes of a picture: one with more is a burden for every reader.
const MOST_NODES: u32 = 1 << 20;

/// Elements that may be drawn (SVG 1.1, appendix L), without scripts and without what only old
/// players of animations know.
const ELEMENTS: &str = "a animate animateColor animateMotion animateTransform circle clipPath color-profile cursor defs desc ellipse \
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight \
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight \
    feSpecularLighting feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata \
    mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tref tspan use \
    view";

/// Attributes that one of them may have (SVG 1.1, appendix M).
const ATTRIBUTES: &str = "accumulate additive alignment-baseline amplitude attributeName attributeType azimuth baseFrequency \
    baseProfile baseline-shift begin bias by calcMode class clip clip-path clip-rule clipPathUnits color color-interpolation \
    color-interpolation-filters color-profile color-rendering contentScriptType contentStyleType cursor cx cy d diffuseConstant \
    direction display divisor dominant-baseline dur dx dy edgeMode elevation enable-background end exponent \
    externalResourcesRequired fill fill-opacity fill-rule filter filterRes filterUnits flood-color flood-opacity focusable \
    font-family font-size font-size-adjust font-stretch font-style font-variant font-weight format from fx fy \
    glyph-orientation-horizontal glyph-orientation-vertical gradientTransform gradientUnits height href id image-rendering in \
    in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes lang lengthAdjust \
    letter-spacing lighting-color limitingConeAngle local marker-end marker-mid marker-start markerHeight markerUnits \
    markerWidth mask maskContentUnits maskUnits max media method min mode name numOctaves offset opacity operator order orient \
    origin overflow path pathLength patternContentUnits patternTransform patternUnits pointer-events points pointsAtX pointsAtY \
    pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rendering-intent repeatCount repeatDur \
    requiredExtensions requiredFeatures restart result role rotate rx ry scale seed shape-rendering slope spacing \
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke \
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style \
    surfaceScale systemLanguage tabindex tableValues target targetX targetY text-anchor text-decoration text-rendering \
    textLength title to transform type unicode-bidi values version viewBox viewTarget visibility width word-spacing \
    writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan";

/// Attributes without which an element is not whole.
const REQUIRED: [(&str, &[&str]); 22] = [
    ("animate", &["attributeName"]),
    ("animateColor", &["attributeName"]),
    ("animateTransform", &["attributeName"]),
    ("circle", &["r"]),
    ("color-profile", &["name"]),
    ("ellipse", &["rx", "ry"]),
    ("feBlend", &["in2"]),
    ("feComposite", &["in2"]),
    ("feConvolveMatrix", &["kernelMatrix", "order"]),
    ("feDisplacementMap", &["in2"]),
    ("feFuncA", &["type"]),
    ("feFuncB", &["type"]),
    ("feFuncG", &["type"]),
    ("feFuncR", &["type"]),
    ("foreignObject", &["height", "width"]),
    ("image", &["height", "width"]),
    ("path", &["d"]),
    ("polygon", &["points"]),
    ("polyline", &["points"]),
    ("rect", &["height", "width"]),
    ("set", &["attributeName"]),
    ("stop", &["offset"]),
];

/// Returns why a book cannot hold a picture, with the line where there is one.
pub fn unfit(picture: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(picture) else { return Some("it is not UTF-8".to_owned()) };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(encoding) = declared_encoding(text).filter(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
        return Some(format!("its first line says that it is {encoding}, and only UTF-8 is read everywhere"));
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(Error::DtdDetected) => return Some("it has a line `<!DOCTYPE …>`, which can be deleted".to_owned()),
        Err(error) => return Some(format!("it is not well-formed XML: {error}")),
    };
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Some("its outermost element is not `svg` of the namespace of SVG".to_owned());
    }
    let mut ids = BTreeSet::new();
    for node in document.root().descendants() {
        if let Some(id) = node.attribute("id").filter(|_| node.tag_name().namespace() == Some(SVG)) {
            if !is_name(id) {
                return Some(at(&document, node, &format!("`{id}` is no id")));
            }
            if !ids.insert(id) {
                return Some(at(&document, node, &format!("two elements have the id `{id}`")));
            }
        }
    }
    let wrong = document.root().descendants().find_map(|node| Some((node, wrong_in(node, &ids)?)));
    wrong.map(|(node, wrong)| at(&document, node, &wrong))
}

fn at(document: &Document<'_>, node: Node<'_, '_>, wrong: &str) -> String {
    format!("{wrong} (line {})", document.text_pos_at(node.range().start).row)
}

/// The encoding that the first line of an XML file names.
fn declared_encoding(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    value.split(['"', '\'']).nth(1)
}

/// Whether an id is a name of XML without a colon, in the letters that all programs agree on.
fn is_name(id: &str) -> bool {
    let mut letters = id.chars();
    letters.next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn wrong_in(node: Node<'_, '_>, ids: &BTreeSet<&str>) -> Option<String> {
    match node.node_type() {
        NodeType::PI => {
            let instruction = node.pi().filter(|instruction| instruction.target == "xml-stylesheet")?;
            return Some(format!("it asks for a style sheet by `<?{}`", instruction.target));
        }
        NodeType::Element => {}
        _ => return None,
    }
    let name = node.tag_name().name();
    match node.tag_name().namespace() {
        Some(SVG) => {}
        Some(XHTML) => return Some(format!("it has HTML within: `{name}`")),
        None => return Some(format!("the element `{name}` is not of SVG")),
        // What drawing programs keep for themselves.
        Some(_) => return None,
    }
    if name == "script" {
        return Some("it has a script".to_owned());
    }
    if !is_among(name, ELEMENTS) {
        return Some(format!("SVG has no element `{name}`, or books may not hold it"));
    }
    let required = REQUIRED.iter().find(|(element, _)| *element == name).map_or(&[][..], |(_, required)| required);
    if let Some(missing) = required.iter().find(|required| node.attribute(**required).is_none()) {
        return Some(format!("`{name}` has no `{missing}`"));
    }
    let is_titled =
        || node.children().any(|child| child.has_tag_name((SVG, "title"))) || node.has_attribute((XLINK, "title"));
    if name == "a" && !is_titled() {
        return Some("a link in it has no `title` that says where it leads".to_owned());
    }
    if name == "style"
        && let Some(outside) = outside_of_style(&text_of(node), ids)
    {
        return Some(outside);
    }
    node.attributes().find_map(|attribute| wrong_attribute(name, &attribute, ids))
}

fn text_of(node: Node<'_, '_>) -> String {
    node.children().filter_map(|child| child.text()).collect()
}

fn is_among(name: &str, names: &str) -> bool {
    names.split_whitespace().any(|known| known == name)
}

fn wrong_attribute(element: &str, attribute: &Attribute<'_, '_>, ids: &BTreeSet<&str>) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    let is_reference = match attribute.namespace() {
        None if begins(name, "on") => {
            return Some(format!("`{name}` runs a script"));
        }
        None if !is_among(name, ATTRIBUTES) && !name.starts_with("data-") && !name.starts_with("aria-") => {
            return Some(format!("SVG has no attribute `{name}`"));
        }
        None => name == "href",
        Some(XLINK) => name == "href",
        Some(XML) if name == "base" => return Some("it has an address of its own: `xml:base`".to_owned()),
        Some(_) => return None,
    };
    if is_reference {
        return outside(element, value.trim(), ids);
    }
    if name == "attributeName" && (value.trim_start().starts_with("on") || value.contains("href")) {
        return Some(format!("an animation changes `{value}`"));
    }
    outside_of_style(value, ids)
}

/// Whether a text begins with another, in capitals or small letters.
fn begins(text: &str, start: &str) -> bool {
    text.split_at_checked(start.len()).is_some_and(|(found, _)| found.eq_ignore_ascii_case(start))
}

/// Whether an address leads out of the picture.
fn outside(element: &str, address: &str, ids: &BTreeSet<&str>) -> Option<String> {
    if let Some(id) = address.strip_prefix('#') {
        return (!ids.contains(id)).then(|| format!("it refers to `#{id}`, which it does not have"));
    }
    let is_link = element == "a" && ["https://", "http://", "mailto:"].into_iter().any(|start| begins(address, start));
    let is_picture = matches!(element, "image" | "feImage") && begins(address, "data:image/");
    (!is_link && !is_picture).then(|| format!("it refers to `{}`, which is outside it", shortened(address)))
}

/// Whether a style, or the value of an attribute, refers to anything outside the picture.
fn outside_of_style(style: &str, ids: &BTreeSet<&str>) -> Option<String> {
    let lower = style.to_ascii_lowercase();
    // An escape in a style can write `url` otherwise.
    if lower.contains("@import") || lower.contains('\\') && (lower.contains('{') || lower.contains(':')) {
        return Some("its style asks for another, or has a `\\`".to_owned());
    }
    let mut rest = style;
    while let Some(start) = rest.to_ascii_lowercase().find("url(") {
        rest = rest.get(start + 4..).unwrap_or_default();
        let address = rest.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        if let Some(outside) = outside("", address, ids) {
            return Some(outside);
        }
    }
    None
}

fn shortened(address: &str) -> String {
    const MOST: usize = 60;
    match address.char_indices().nth(MOST) {
        Some(_) => address.chars().take(MOST).chain(['…']).collect(),
        None => address.to_owned(),
    }
}
