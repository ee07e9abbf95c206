//! Code with what it is made of as classes.
//!
//! Takes code and the name of its language; writes it with a span for each comment, string,
//! keyword, name and constant. Reads code by small grammars of a few plain patterns, so that to
//! highlight it takes less time than to write the rest of its page. Code of a language without a
//! row in [`languages`] is written plain.

mod grammars;
mod languages;

use std::sync::OnceLock;

use grammars::Grammars;
use syntect::parsing::{ParseState, ScopeStack};
use syntect::util::LinesWithEndings;

use super::writer::HtmlWriter;

/// The longest line, and the longest block, that is highlighted.
const MAX_CODE_LINE: usize = 1_000;
const MAX_CODE: usize = 64 * 1024;

/// Writes code, highlighted if its language is known.
pub(super) fn write(out: &mut HtmlWriter, language: &str, code: &str) {
    match highlighted(language, code) {
        Some(parts) => {
            for (tag, part) in parts {
                tag.into_iter().for_each(|tag| out.tag(tag));
                out.text(&part);
                tag.into_iter().for_each(|_| out.tag("</span>"));
            }
        }
        None => out.text(code),
    }
}

/// Code in parts, each with the tag of what it is.
fn highlighted(language: &str, code: &str) -> Option<Vec<(Option<&'static str>, String)>> {
    static GRAMMARS: OnceLock<Option<Grammars>> = OnceLock::new();
    if language.is_empty() || code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_CODE_LINE) {
        return None;
    }
    let grammars = GRAMMARS.get_or_init(Grammars::new).as_ref()?;
    let mut state = ParseState::new(grammars.set.find_syntax_by_extension(&language.to_ascii_lowercase())?);
    let mut scopes = ScopeStack::new();
    let mut parts: Vec<(Option<&'static str>, String)> = Vec::new();
    let mut add = |scopes: &ScopeStack, words: &str| {
        let tag = grammars.tag(scopes);
        match parts.last_mut() {
            _ if words.is_empty() => {}
            Some((last, part)) if *last == tag => part.push_str(words),
            _ => parts.push((tag, words.to_owned())),
        }
    };
    for line in LinesWithEndings::from(code) {
        let mut written = 0;
        for (at, change) in state.parse_line(line, &grammars.set).ok()? {
            add(&scopes, line.get(written..at)?);
            scopes.apply(&change).ok()?;
            written = at;
        }
        add(&scopes, line.get(written..)?);
    }
    Some(parts)
}
