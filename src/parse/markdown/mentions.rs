//! Mentions, links, pictures, and clauses drawn in.
//!
//! Takes what stands between brackets; gives what it names, as written. Addresses are limited to what a page may carry:
//! http, https, mailto, and files of the site.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Builder, Open, matching_end};
use crate::diagnostic::{Code, is_bidi_control};
use crate::document::{Element, Fragment, Item, Number, Picture, Piece, Reference, Target, on_one_line};
use crate::law;
use crate::percent;

impl Builder<'_, '_> {
    pub(super) fn refer(&mut self, target: Target, written: &str, range: Range<usize>) -> usize {
        self.body.references.push(Reference {
            target,
            written: written.to_owned(),
            span: self.span(range),
            within: self.within(),
        });
        self.body.references.len() - 1
    }

    /// What stands between `[[` and `]]`.
    pub(super) fn mention(&mut self, written: &str, range: Range<usize>) -> Option<usize> {
        let written = on_one_line(&written.replace('\\', ""));
        let place = written.split_once('#').map(|(document, rest)| (document.trim_end(), rest.trim_start()));
        let target = match place {
            Some((document, rest)) => fragment(rest)
                .map(|fragment| Target::Place((!document.is_empty()).then(|| document.to_owned()), fragment)),
            None => match fragment(&written) {
                Some(fragment @ (Fragment::Number(_) | Fragment::Range(_, _))) => Some(Target::Place(None, fragment)),
                _ => match written.split_once(' ') {
                    Some((key, rest)) => match law::pinpoint(rest) {
                        Some(pinpoint) => Some(Target::Work(key.to_owned(), pinpoint)),
                        None => {
                            let message = format!("`{rest}` is not a place in a work");
                            let help = "write one such as `s 10(1)(b)`, `sch 2 para 3` or `reg 4`";
                            self.fault(Code::MalformedPinpoint, range, message, help);
                            return None;
                        }
                    },
                    None => {
                        // No name has brackets: this is a number that went wrong.
                        let name = !written.is_empty() && !written.contains(['(', ')']);
                        name.then(|| Target::Name(written.clone()))
                    }
                },
            },
        };
        if target.is_none() {
            let help = "write `[[3.37]]`, `[[3.37(a)-3.37(c)]]`, `[[#id]]`, `[[document]]`, `[[document#3.37]]` or `[[key s 10]]`";
            self.fault(Code::MalformedReference, range.clone(), format!("`[[{written}]]` names nothing"), help);
        }
        target.map(|target| self.refer(target, &format!("[[{written}]]"), range))
    }

    pub(super) fn link(&mut self, kind: LinkType, url: &str, range: Range<usize>) {
        let reference = match kind {
            LinkType::WikiLink { .. } => self.mention(url, range),
            LinkType::Email => return self.open_inline(Element::Link(format!("mailto:{url}"))),
            _ => match address(url, self.reading.folder) {
                Address::Web(url) => return self.open_inline(Element::Link(url)),
                Address::Here(rest) => {
                    let target = fragment(&rest).map(|fragment| Target::Place(None, fragment));
                    self.refer_or_report(target, url, range)
                }
                Address::File(path, rest) => self.refer_or_report(file_target(path, rest), url, range),
                Address::Unsafe => {
                    let help = "link to http, https and mailto addresses, or to a file of the site";
                    self.fault(Code::UnsafeUrl, range, format!("`{url}` is not an address that may be linked"), help);
                    None
                }
                Address::NotUtf8 => {
                    self.not_utf8(url, range);
                    None
                }
                Address::Outside if url.trim().is_empty() => {
                    self.fault(
                        Code::BrokenLink,
                        range,
                        "this link has no address",
                        "write one between the round brackets",
                    );
                    None
                }
                Address::Outside => {
                    let help = "write the path from this file's folder: `../packs/first-day.md`";
                    self.fault(Code::BrokenLink, range, format!("`{url}` does not name a file of the site"), help);
                    None
                }
            },
        };
        match reference {
            Some(reference) => self.open_inline(Element::Reference(reference)),
            None => {
                self.before_inline();
                self.open.push(Open::Nothing);
            }
        }
    }

    /// A link to a place of the site, unless what stands after `#` can be no place.
    fn refer_or_report(&mut self, target: Option<Target>, url: &str, range: Range<usize>) -> Option<usize> {
        if target.is_none() {
            let message = format!("`{url}` leads nowhere");
            self.fault(Code::BrokenLink, range.clone(), message, "name an id after `#`");
        }
        target.map(|target| self.refer(target, url, range))
    }

    fn not_utf8(&mut self, url: &str, range: Range<usize>) {
        let message = format!("the percent signs in `{url}` encode no UTF-8");
        let help = "write the name of the file as it is, or encode it as UTF-8: `é` is `%C3%A9`";
        self.fault(Code::BrokenLink, range, message, help);
    }

    pub(super) fn picture(&mut self, url: &str, words: &str, range: Range<usize>) {
        self.before_inline();
        let words = on_one_line(words);
        if words.is_empty() {
            let help = "say in the square brackets what it shows: `![The five outcomes as a ring](ring.svg)`";
            self.fault(
                Code::PictureWithoutWords,
                range.clone(),
                "this picture has no words for those who do not see it",
                help,
            );
        }
        match address(url, self.reading.folder) {
            Address::File(path, None) => {
                self.body.pictures.push(Picture { path, words, span: self.span(range) });
                self.push(Piece::Picture(self.body.pictures.len() - 1));
            }
            Address::Web(_) => {
                let help = "put the picture into the site's folder: a copy of the site must work without a network";
                self.fault(Code::RemotePicture, range, "this picture lies on another site", help);
            }
            Address::Unsafe => {
                self.fault(Code::UnsafeUrl, range, "this is not an address of a picture", "name a file of the site");
            }
            Address::NotUtf8 => self.not_utf8(url, range),
            Address::File(..) | Address::Here(_) | Address::Outside => {
                let help = "write the path from this file's folder: `pictures/ring.svg`";
                self.fault(Code::BrokenLink, range, format!("`{url}` does not name a file of the site"), help);
            }
        }
    }

    /// `![[guidance-2008#3.37]]` alone in a paragraph of a pack. Gives the index of the paragraph's end.
    pub(super) fn draw_in(&mut self, events: &[(Event<'_>, Range<usize>)], paragraph: usize) -> Option<usize> {
        let (Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }), range) =
            events.get(paragraph + 1)?
        else {
            return None;
        };
        let end = matching_end(events, paragraph + 1) + 1;
        if !self.reading.pack || !matches!(events.get(end)?.0, Event::End(TagEnd::Paragraph)) {
            return None;
        }
        if let Some(reference) = self.mention(dest_url, range.clone()) {
            self.body.items.push(Item::DrawIn(reference));
        }
        // What follows belongs to no clause.
        self.clause = None;
        Some(end)
    }

    pub(super) fn misplaced_draw_in(&mut self, top: bool, range: Range<usize>) {
        let (message, help) = if !self.reading.pack {
            (
                "only a pack draws clauses in",
                "write `kind = \"pack\"` in front matter, or mention the clause with `[[…]]`",
            )
        } else if top {
            ("a clause is drawn in on a line of its own", "put a blank line before and after it")
        } else {
            ("a clause cannot be drawn in here", "put it on a line of its own, outside lists, tables and quotations")
        };
        self.fault(Code::MisplacedDrawIn, range, message, help);
    }
}

/// What stands after `#` in a mention.
fn fragment(written: &str) -> Option<Fragment> {
    if let Some(number) = Number::parse(written) {
        return Some(Fragment::Number(number));
    }
    if let Some((first, last)) = written.split_once(['-', '–'])
        && let (Some(first), Some(last)) = (Number::parse(first.trim()), Number::parse(last.trim()))
    {
        return Some(Fragment::Range(first, last));
    }
    let sound = (1..=80).contains(&written.len())
        && written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    sound.then(|| Fragment::Id(written.to_owned()))
}

/// `DOCUMENT#PLACE`, as data files name a place.
pub fn place_of_mention(written: &str) -> Option<Target> {
    let (document, rest) = written.split_once('#')?;
    let document = document.trim();
    Some(Target::Place((!document.is_empty()).then(|| document.to_owned()), fragment(rest.trim())?))
}

/// A document or another file, unless what stands after `#` cannot be a place in it.
fn file_target(path: String, rest: Option<String>) -> Option<Target> {
    match (path.ends_with(".md"), rest) {
        (true, None) => Some(Target::Page(path, None)),
        (true, Some(rest)) => Some(Target::Page(path, Some(fragment(&rest)?))),
        (false, rest) => {
            let sound = |rest: &String| rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~=&".contains(&b));
            rest.as_ref().is_none_or(sound).then(|| Target::File(path, rest.clone()))
        }
    }
}

/// What the address in a link leads to.
enum Address {
    /// Another site.
    Web(String),
    /// A place on the same page.
    Here(String),
    /// A file of the site, by its path below the site's folder, and what stands after `#`.
    File(String, Option<String>),
    /// A scheme that a page must not carry.
    Unsafe,
    /// No file of the site.
    Outside,
    /// An address whose escapes are no text.
    NotUtf8,
}

fn address(url: &str, folder: &str) -> Address {
    let url = url.trim();
    if url.contains(|c: char| c.is_control() || is_bidi_control(c)) {
        return Address::Unsafe;
    }
    if let Some(rest) = url.strip_prefix('#') {
        return percent::decoded(rest).map_or(Address::NotUtf8, Address::Here);
    }
    if let Some((scheme, rest)) = url.split_once(':')
        && !scheme.contains('/')
    {
        let web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && rest.starts_with("//");
        let sound = web || scheme.eq_ignore_ascii_case("mailto");
        return if sound { Address::Web(url.to_owned()) } else { Address::Unsafe };
    }
    if url.is_empty() || url.starts_with('/') || url.contains(['?', '\\']) {
        return Address::Outside;
    }
    let (path, rest) = match url.split_once('#') {
        Some((path, rest)) => match percent::decoded(rest) {
            Some(rest) => (path, Some(rest)),
            None => return Address::NotUtf8,
        },
        None => (url, None),
    };
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in path.split('/') {
        // Decoded part by part, for an encoded slash parts nothing.
        let Some(part) = percent::decoded(part) else { return Address::NotUtf8 };
        if part.contains(|c: char| matches!(c, '/' | '\\') || c.is_control() || is_bidi_control(c)) {
            return Address::Outside;
        }
        match part.as_str() {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Address::Outside,
            ".." => {}
            _ => parts.push(part),
        }
    }
    Address::File(parts.join("/"), rest)
}
