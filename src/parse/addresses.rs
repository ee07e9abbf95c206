//! The grammar of mentions and addresses.
//!
//! Takes what an author wrote between brackets; gives what it names. Addresses are limited to what
//! a page may carry: http, https, mailto, and files of the site. Looks nothing up.

use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::is_bidi_control;
use crate::document::spelling::visible;
use crate::document::{Fragment, Number, Target};
use crate::law;
use crate::percent;
use crate::source::text_stem;

/// The reason why a mention names nothing.
pub enum Malformed {
    /// Text after the key of a work that is no place in it.
    Pinpoint(String),
    /// It has no form that a mention can have.
    Mention,
}

/// Parses what is between `[[` and `]]`.
pub fn mention(written: &str) -> Result<Target, Malformed> {
    let written = visible(written);
    let written = written.trim();
    if let Some((document, rest)) = written.split_once('#') {
        return place(document.trim_end(), rest.trim_start()).ok_or(Malformed::Mention);
    }
    if let Some(fragment @ (Fragment::Number(_) | Fragment::Range(_, _))) = fragment(written) {
        return Ok(Target::Place(None, fragment));
    }
    if let Some((key, rest)) = written.split_once(' ') {
        let pinpoint = law::pinpoint(rest).ok_or_else(|| Malformed::Pinpoint(rest.to_owned()))?;
        return Ok(Target::Work(key.to_owned(), pinpoint));
    }
    // No name has brackets: this is a number that went wrong.
    let name = !written.is_empty() && !written.contains(['(', ')']);
    name.then(|| Target::Name(written.to_owned())).ok_or(Malformed::Mention)
}

/// Parses `DOCUMENT#PLACE`, as data files name a place.
pub fn place_of_mention(written: &str) -> Option<Target> {
    let (document, rest) = written.split_once('#')?;
    place(document.trim(), rest.trim())
}

fn place(document: &str, rest: &str) -> Option<Target> {
    Some(Target::Place((!document.is_empty()).then(|| document.to_owned()), fragment(rest)?))
}

/// Parses what follows `#` in a mention.
pub fn fragment(written: &str) -> Option<Fragment> {
    if let Some(number) = Number::parse(written) {
        return Some(Fragment::Number(number));
    }
    // The last number of a range is of the series of the first.
    if let Some((first, last)) = written.rsplit_once(['-', '–'])
        && let (Some(first), Some(last)) = (Number::parse(first.trim()), Number::parse(last.trim()))
    {
        let last = last.in_series_of(&first);
        // `schedule-2.3-1` is the address of a sub-clause.
        if first.series().is_none() || first < last {
            return Some(Fragment::Range(first, last));
        }
    }
    let fits = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '.' | '_');
    let sound = (1..=200).contains(&written.chars().count()) && written.chars().all(fits);
    sound.then(|| Fragment::Id(written.to_owned()))
}

/// The target of the address in a link.
pub enum LinkAddress {
    /// Another site.
    Web(String),
    /// A place on the same page.
    Here(String),
    /// A file of the site, by its path below the site's folder, and what follows `#`.
    File(String, Option<String>),
    /// A scheme that a page must not carry.
    Unsafe,
    /// No file of the site.
    Outside,
    /// An address whose escapes are no text.
    NotUtf8,
}

/// Parses an address that is written in a file of `folder`.
pub fn address(url: &str, folder: &str) -> LinkAddress {
    let url = url.trim();
    if url.contains(|c: char| c.is_control() || is_bidi_control(c)) {
        return LinkAddress::Unsafe;
    }
    if let Some(rest) = url.strip_prefix('#') {
        return percent::decoded(rest).map_or(LinkAddress::NotUtf8, LinkAddress::Here);
    }
    if let Some((scheme, rest)) = url.split_once(':')
        && !scheme.contains('/')
    {
        let web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && rest.starts_with("//");
        let plain = |c: char| c.is_ascii_digit() || "+-.()*#;=".contains(c) || c.is_ascii_alphabetic();
        // The shortest that one calls for help have three figures.
        let phone = scheme.eq_ignore_ascii_case("tel") && rest.matches(|c: char| c.is_ascii_digit()).count() >= 3;
        let sound = web || scheme.eq_ignore_ascii_case("mailto") || phone && rest.chars().all(plain);
        return if sound { LinkAddress::Web(url.to_owned()) } else { LinkAddress::Unsafe };
    }
    if url.is_empty() || url.starts_with("//") || url.contains(['?', '\\']) {
        return LinkAddress::Outside;
    }
    // One stroke at its head is the site's folder, as for a repository.
    let (url, folder) = url.strip_prefix('/').map_or((url, folder), |url| (url, ""));
    let (path, rest) = match url.split_once('#') {
        Some((path, rest)) => match percent::decoded(rest) {
            Some(rest) => (path, Some(rest)),
            None => return LinkAddress::NotUtf8,
        },
        None => (url, None),
    };
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in path.split('/') {
        // Decoded part by part, for an encoded slash parts nothing.
        let Some(part) = percent::decoded(part) else { return LinkAddress::NotUtf8 };
        if part.contains(|c: char| matches!(c, '/' | '\\') || c.is_control() || is_bidi_control(c)) {
            return LinkAddress::Outside;
        }
        match part.as_str() {
            "" | "." => {}
            ".." if parts.pop().is_none() => return LinkAddress::Outside,
            ".." => {}
            _ => parts.push(part),
        }
    }
    LinkAddress::File(parts.join("/"), rest)
}

/// Returns the target that a file is, unless what follows `#` cannot be a place in it.
pub fn file(path: String, rest: Option<String>) -> Option<Target> {
    match (text_stem(&path).is_some(), rest) {
        (true, None) => Some(Target::Page(path, None)),
        (true, Some(rest)) => Some(Target::Page(path, Some(fragment(&rest)?))),
        (false, rest) => {
            let sound = |rest: &String| rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~=&".contains(&b));
            rest.as_ref().is_none_or(sound).then(|| Target::File(path, rest.clone()))
        }
    }
}
