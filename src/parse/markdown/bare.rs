//! Bare addresses in a text: of the web, and of mail.
//!
//! Takes words; puts a link round each address in them, as GitHub Flavored Markdown finds addresses
//! (its section on autolinks). Looks at each letter a few times at most, and leaves words alone
//! that are in a link already.

use std::ops::Range;

use memchr::{memchr2, memmem};

use super::context::Context;
use super::nesting::Nesting;
use super::script::Script;
use crate::document::{Element, Piece};
use crate::parse::addresses::{LinkAddress, address};

/// A bare address.
#[derive(Debug, PartialEq)]
struct Bare {
    /// Place in the text.
    range: Range<usize>,
    /// Text before it in a link: `mailto:`, or `http://` before `www.`.
    scheme: &'static str,
}

/// Adds words to the line, with a link round each bare address in them.
pub fn push_words(cx: &Context<'_>, nesting: &Nesting, script: &mut Script, words: &str, range: &Range<usize>) {
    let shown = addresses(words);
    if shown.is_empty() || nesting.in_link() {
        return script.push_words(words, range);
    }
    let source = cx.source(range);
    let written = addresses(source);
    if shown.len() != written.len() {
        return script.push_words(words, range);
    }
    let (mut done, mut at) = (0, range.start);
    for (shown, written) in shown.into_iter().zip(written) {
        let [before, printed] = [done..shown.range.start, shown.range.clone()].map(|part| words.get(part));
        let (before, printed) = (before.unwrap_or_default(), printed.unwrap_or_default());
        let spelt = source.get(written.range.clone()).unwrap_or_default();
        // In print a dash is two hyphens, but not in an address.
        let spelt = if spelt.contains(['&', '\\']) { printed } else { spelt };
        let place = range.start + written.range.start..range.start + written.range.end;
        let LinkAddress::Web(url) = address(&format!("{}{spelt}", shown.scheme), cx.reading.folder) else { continue };
        if !before.is_empty() {
            script.push_words(before, &(at..place.start));
        }
        script.push(Piece::Open(Element::Link(url)));
        script.push_apart(spelt, place.clone());
        script.push(Piece::Close);
        (done, at) = (shown.range.end, place.end);
    }
    let rest = words.get(done..).unwrap_or_default();
    if !rest.is_empty() {
        script.push_words(rest, &(at..range.end));
    }
}

/// Finds the bare addresses of a text, in order.
fn addresses(text: &str) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    // Few words have any of these, and most have many a `w`.
    if memchr2(b'@', b':', text.as_bytes()).is_none() && memmem::find(text.as_bytes(), b"www.").is_none() {
        return found;
    }
    let mut at = 0;
    // What has none of these letters has no address.
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['@', ':', 'w'])) {
        let here = at + next;
        let after = found.last().map_or(0, |last| last.range.end);
        let address = match text.as_bytes().get(here) {
            Some(b'@') => mail(text, here, after),
            Some(b':') => web(text, here, after),
            _ => www(text, here),
        };
        at = match &address {
            Some(address) => address.range.end.max(here + 1),
            None => here + 1,
        };
        found.extend(address);
    }
    found
}

/// Returns the web address whose scheme ends at `colon`.
fn web(text: &str, colon: usize, after: usize) -> Option<Bare> {
    let before = text.get(after..colon)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
    let start = colon - scheme.len();
    let rest = text.get(colon..)?.strip_prefix("://")?;
    if joins(text.get(after..start)?) {
        return None;
    }
    let length = host_and_path(rest)?;
    Some(Bare { range: start..colon + 3 + length, scheme: "" })
}

/// Returns the address that begins with `www.` at `start`.
fn www(text: &str, start: usize) -> Option<Bare> {
    let rest = text.get(start..)?;
    if !rest.starts_with("www.") || joins(text.get(..start)?) {
        return None;
    }
    let length = host_and_path(rest)?;
    // A name needs more than `www.` and one part.
    let host = rest.get(..length)?.split('/').next()?;
    (host.matches('.').count() >= 2).then_some(Bare { range: start..start + length, scheme: "http://" })
}

/// Whether an address cannot begin after these words: it would be a part of the last one.
fn joins(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ':' | '@' | '-'))
}

/// Returns the length of a host and what follows it, up to what ends an address.
fn host_and_path(rest: &str) -> Option<usize> {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>[]{}\"\\`|“”«»。，、）；」".contains(c);
    let end = rest.find(ends).unwrap_or(rest.len());
    let whole = rest.get(..end)?;
    let host_end = whole.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(whole.len());
    let host = whole.get(..host_end)?.trim_end_matches('.');
    let parts = || host.split('.');
    let sound = parts().count() >= 2 && parts().all(|part| !part.is_empty());
    if !sound {
        return None;
    }
    Some(without_end_marks(whole))
}

/// Returns the length of an address without the marks at its end that belong to the sentence.
fn without_end_marks(address: &str) -> usize {
    let mut end = address.len();
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    for (at, c) in address.char_indices().rev() {
        match c {
            ')' if closed > opened => closed -= 1,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’' | '‘' | '…' => {}
            _ => break,
        }
        end = at;
    }
    end
}

/// Returns the mail address round the `@` at `at`, after the byte `after`.
fn mail(text: &str, at: usize, after: usize) -> Option<Bare> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let before = text.get(after..at)?;
    let start = after + before.trim_end_matches(name).len();
    let start = at - text.get(start..at)?.trim_start_matches('.').len();
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let rest = text.get(at + 1..)?;
    let end = rest.find(|c: char| !host(c)).unwrap_or(rest.len());
    let whole = rest.get(..end)?.trim_end_matches(['.', '-', '_']);
    let last = whole.rsplit('.').next()?;
    let sound = start < at
        && whole.contains('.')
        && whole.split('.').all(|part| !part.is_empty())
        && last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !rest.get(whole.len()..)?.starts_with(['@', '/'])
        && !joins(text.get(..start)?);
    sound.then(|| Bare { range: start..at + 1 + whole.len(), scheme: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://example.org/a.", vec!["https://example.org/a"]),
            ("(https://example.org/a_(b)) and", vec!["https://example.org/a_(b)"]),
            ("(see http://example.org/a?b=c&d=1).", vec!["http://example.org/a?b=c&d=1"]),
            ("www.example.org, a@example.org.", vec!["www.example.org", "a@example.org"]),
            ("a.b+c@mail.example.org; x@y", vec!["a.b+c@mail.example.org"]),
            ("“https://example.org/”", vec!["https://example.org/"]),
            ("xhttps://example.org http://x www.a", vec![]),
            ("git@github.com:a/b.git is none @all", vec!["git@github.com"]),
            ("Time 10:30, awww.example", vec![]),
            ("https://example.org/ü!", vec!["https://example.org/ü"]),
            ("https://a.org https://b.org", vec!["https://a.org", "https://b.org"]),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().filter_map(|bare| text.get(bare.range)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
