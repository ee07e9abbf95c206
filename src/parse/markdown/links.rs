//! Mentions, links, pictures, and clauses drawn in.
//!
//! Takes their addresses with their places; gives what they name as mentions, and reports those
//! that name nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::context::Context;
use super::events::{Events, Spanned};
use super::inlines;
use super::nesting::{Nesting, Opened};
use super::script::Script;
use crate::diagnostic::Code;
use crate::document::{Element, Number, Numbering, Picture, Piece, ReferenceId, Target, collapse_spaces};
use crate::parse::addresses::{self, LinkAddress, Malformed, address};

/// Opens a link, or adds a mention that has no words of its own. Of a link that leads nowhere only
/// the words are kept.
pub fn open(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    (kind, url): (LinkType, &str),
    range: &Range<usize>,
    events: &mut Events<'_, '_>,
) {
    inlines::begin(cx, nesting, script);
    if matches!(kind, LinkType::WikiLink { has_pothole: false }) {
        events.words_to_end();
        match mention(cx, script, url, range) {
            Some(reference) => script.push(Piece::Reference(reference)),
            None => script.push_apart(cx.source(range), range.clone()),
        }
        return;
    }
    match link(cx, script, kind, url, range) {
        Some(element) => {
            inlines::begin(cx, nesting, script);
            script.push(Piece::Open(element));
            nesting.push(Opened::Link);
        }
        None => nesting.push(Opened::Nothing),
    }
}

/// Reports words of a link or a picture that browsers show only under a pointer.
pub fn lost_title(cx: &Context<'_>, title: &str, range: &Range<usize>) {
    if !title.trim().is_empty() {
        let message = format!("the title of this link, `{}`, is not shown", collapse_spaces(title));
        let help = "most readers would never see it: say it in the text";
        cx.report(Code::LostWords, range.clone(), message, help);
    }
}

/// Adds a picture with these words to the line, or reports a clause that cannot be drawn in here.
pub fn add_picture(
    cx: &Context<'_>,
    nesting: &mut Nesting,
    script: &mut Script,
    (kind, url): (LinkType, &str),
    range: &Range<usize>,
    words: &str,
) {
    if matches!(kind, LinkType::WikiLink { .. }) {
        return misplaced_draw_in(cx, nesting.in_top_line(), range);
    }
    inlines::begin(cx, nesting, script);
    picture(cx, nesting, script, (url, words), range);
}

/// Records a mention, which is what is between `[[` and `]]`; returns its index.
pub fn mention(cx: &Context<'_>, script: &mut Script, written: &str, range: &Range<usize>) -> Option<ReferenceId> {
    let written = collapse_spaces(&written.replace('\\', ""));
    match addresses::mention(&written) {
        Ok(target) => Some(script.refer(cx, target, format!("[[{written}]]"), range)),
        Err(Malformed::Pinpoint(rest)) => {
            let message = format!("`{rest}` is not a place in a work");
            let help = "write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`";
            cx.report_dead(Code::MalformedPinpoint, range.clone(), message, help);
            None
        }
        Err(Malformed::Mention) => {
            let help = "write `[[3.37]]`, `[[3.37(a)-3.37(c)]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`";
            cx.report_dead(Code::MalformedReference, range.clone(), format!("`[[{written}]]` names nothing"), help);
            None
        }
    }
}

/// Returns the element that a link opens.
fn link(cx: &Context<'_>, script: &mut Script, kind: LinkType, url: &str, range: &Range<usize>) -> Option<Element> {
    let target = match kind {
        LinkType::WikiLink { .. } => return mention(cx, script, url, range).map(Element::Reference),
        LinkType::Email => return Some(Element::Link(format!("mailto:{url}"))),
        _ => match address(url, cx.reading.folder) {
            LinkAddress::Web(url) => return Some(Element::Link(url)),
            LinkAddress::Here(rest) => addresses::fragment(&rest).map(|fragment| Target::Place(None, fragment)),
            LinkAddress::File(path, rest) => addresses::file(path, rest),
            refused => {
                report_refused(cx, &refused, url, range);
                return None;
            }
        },
    };
    match target {
        Some(target) => Some(Element::Reference(script.refer(cx, target, url.to_owned(), range))),
        None => {
            let message = format!("`{url}` leads nowhere");
            cx.report_dead(Code::BrokenLink, range.clone(), message, "name an id after `#`");
            None
        }
    }
}

fn report_refused(cx: &Context<'_>, address: &LinkAddress, url: &str, range: &Range<usize>) {
    let (code, message, help) = match address {
        LinkAddress::Unsafe => (
            Code::UnsafeUrl,
            format!("`{url}` is not an address that may be linked"),
            "link to http, https and mailto addresses, or to a file of the site",
        ),
        LinkAddress::NotUtf8 => return report_not_utf8(cx, url, range),
        _ if url.trim().is_empty() => {
            (Code::BrokenLink, "this link has no address".to_owned(), "write one between the round brackets")
        }
        _ => (
            Code::BrokenLink,
            format!("`{url}` does not name a file of the site"),
            "write the path from this file's folder: `../packs/first-day.md`",
        ),
    };
    cx.report_dead(code, range.clone(), message, help);
}

fn report_not_utf8(cx: &Context<'_>, url: &str, range: &Range<usize>) {
    let message = format!("the percent signs in `{url}` encode no UTF-8");
    let help = "write the name of the file as it is, or encode it as UTF-8: `é` is `%C3%A9`";
    cx.report_dead(Code::BrokenLink, range.clone(), message, help);
}

/// Adds a picture to the line, if it is a file of the site.
fn picture(cx: &Context<'_>, nesting: &Nesting, script: &mut Script, (url, words): (&str, &str), range: &Range<usize>) {
    let words = collapse_spaces(words);
    if words.is_empty() {
        let message = "this picture has no words for those who do not see it";
        let help = "say in the square brackets what it shows: `![The five outcomes as a ring](ring.svg)`";
        cx.report(Code::PictureWithoutWords, range.clone(), message, help);
    }
    let (code, message, help) = match address(url, cx.reading.folder) {
        LinkAddress::File(path, None) => return script.push_picture(Picture { path, words, span: cx.span(range) }),
        LinkAddress::Web(_) => (
            Code::RemotePicture,
            "this picture is on another site".to_owned(),
            "put the picture into the site's folder: a copy of the site must work without a network",
        ),
        LinkAddress::Unsafe => {
            (Code::UnsafeUrl, "this is not an address of a picture".to_owned(), "name a file of the site")
        }
        LinkAddress::NotUtf8 => {
            report_not_utf8(cx, url, range);
            return script.push_apart(&words, range.clone());
        }
        LinkAddress::File(..) | LinkAddress::Here(_) | LinkAddress::Outside => (
            Code::BrokenLink,
            format!("`{url}` does not name a file of the site"),
            "write the path from this file's folder: `pictures/ring.svg`",
        ),
    };
    cx.report_dead(code, range.clone(), message, help);
    // Its words are in its place, and lead to it where that is a place on the web.
    let link = match address(url, cx.reading.folder) {
        LinkAddress::Web(url) if !nesting.in_link() => Some(url),
        _ => None,
    };
    let Some(url) = link else { return script.push_apart(&words, range.clone()) };
    script.push(Piece::Open(Element::Link(url)));
    script.push_apart(&words, range.clone());
    script.push(Piece::Close);
}

/// Reports `![[…]]` where nothing is drawn in. `top` says whether it is in a paragraph of the
/// document's own.
fn misplaced_draw_in(cx: &Context<'_>, top: bool, range: &Range<usize>) {
    let (message, help) = if !cx.reading.pack {
        ("only a pack draws clauses in", "write `kind = \"pack\"` in front matter, or mention the clause with `[[…]]`")
    } else if top {
        ("a clause is drawn in on a line of its own", "put a blank line before and after it")
    } else {
        ("a clause cannot be drawn in here", "put it on a line of its own, outside lists, tables and quotations")
    };
    cx.report(Code::MisplacedDrawIn, range.clone(), message, help);
}

/// The definition of an address: `[label]: address "title"`.
pub struct LinkDefinition {
    label: String,
    address: String,
    title: String,
    range: Range<usize>,
}

/// Returns the definitions of addresses in a text that is parsed from the byte `start`.
pub fn definitions(parser: &Parser<'_>, start: usize) -> Vec<LinkDefinition> {
    let found = parser.reference_definitions().iter();
    let mut definitions: Vec<LinkDefinition> = found
        .map(|(label, found)| LinkDefinition {
            label: label.to_owned(),
            address: found.dest.to_string(),
            title: found.title.as_deref().unwrap_or_default().to_owned(),
            range: start + found.span.start..start + found.span.end,
        })
        .collect();
    definitions.sort_by_key(|definition| definition.range.start);
    definitions
}

/// Reports what is lost in definitions that no link uses: the number of a clause, words that have
/// the form of a definition, and a title.
pub fn unused_definitions(cx: &Context<'_>, definitions: Vec<LinkDefinition>, events: &[Spanned<'_>]) {
    if definitions.is_empty() {
        return;
    }
    let key = |label: &str| collapse_spaces(label).to_lowercase();
    let used: BTreeSet<String> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) if !id.is_empty() => Some(key(id)),
            _ => None,
        })
        .collect();
    for definition in definitions.into_iter().filter(|definition| !used.contains(&key(&definition.label))) {
        let LinkDefinition { label, address, title, range } = definition;
        if number_in_definition(cx, &label, &range) {
            continue;
        }
        let is_address = address.contains(['/', '.', '#', ':', '@']);
        if !is_address || !title.trim().is_empty() {
            let message = format!("`[{label}]:` defines the address of a link that is nowhere, and is not shown");
            let help = "remove it, or use it: `[words][label]`; if it is no definition, escape it: `\\[`";
            let end = range.start + cx.source(&range).trim_end().len();
            cx.report(Code::LostWords, range.start..end, message, help);
        }
    }
}

/// Reports a clause's number that defines the address of a link: `[3.37]: …`. Returns whether it
/// does.
fn number_in_definition(cx: &Context<'_>, label: &str, range: &Range<usize>) -> bool {
    let number = Number::parse(label).filter(|number| number.series().is_none());
    let fits = number.is_some_and(|number| match cx.reading.numbering {
        Numbering::Decimal => number.depth() > 1,
        Numbering::Simple => true,
        Numbering::Headings | Numbering::Auto | Numbering::None => false,
    });
    if fits {
        let message = format!("`[{label}]:` defines the address of a link and is not shown");
        let help = format!("begin the clause with {label}, without brackets and colon");
        let here = range.start..range.start + label.len() + 3;
        cx.report(Code::NumberInLinkDefinition, here, message, &help);
    }
    fits
}
