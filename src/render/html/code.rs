//! Code with what its grammar says of it as classes.
//!
//! Takes code and the name of its language; writes it with a span for each comment, string, keyword, name and constant, and
//! none for what the default theme shows no differently. Grammars are loaded only when a document has code.

use std::sync::OnceLock;

use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::writer::Writer;

/// The longest line, and the longest block, that is highlighted: a grammar's patterns can take minutes over one line.
const MAX_CODE_LINE: usize = 1_000;
const MAX_CODE: usize = 64 * 1024;

/// The kinds of scope that are shown, by the first part of their name, with the tag of each.
const SHOWN: [(&str, &str); 6] = [
    ("comment", "<span class=\"c-comment\">"),
    ("string", "<span class=\"c-string\">"),
    ("keyword", "<span class=\"c-keyword\">"),
    ("storage", "<span class=\"c-keyword\">"),
    ("entity", "<span class=\"c-entity\">"),
    ("constant", "<span class=\"c-constant\">"),
];

/// Writes code, highlighted if its language is known.
pub(super) fn write(out: &mut Writer, language: &str, code: &str) {
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
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    if language.is_empty() || code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_CODE_LINE) {
        return None;
    }
    let grammars = GRAMMARS.get_or_init(two_face::syntax::extra_newlines);
    let mut state = ParseState::new(grammars.find_syntax_by_token(language)?);
    let mut scopes = ScopeStack::new();
    let mut parts: Vec<(Option<&'static str>, String)> = Vec::new();
    let mut add = |scopes: &ScopeStack, words: &str| {
        let tag = tag(scopes);
        match parts.last_mut() {
            _ if words.is_empty() => {}
            Some((last, part)) if *last == tag => part.push_str(words),
            _ => parts.push((tag, words.to_owned())),
        }
    };
    for line in LinesWithEndings::from(code) {
        let mut written = 0;
        for (at, change) in state.parse_line(line, grammars).ok()? {
            add(&scopes, line.get(written..at)?);
            scopes.apply(&change).ok()?;
            written = at;
        }
        add(&scopes, line.get(written..)?);
    }
    Some(parts)
}

/// The tag of the outermost scope that is shown.
fn tag(scopes: &ScopeStack) -> Option<&'static str> {
    scopes.as_slice().iter().find_map(|scope| {
        let name = scope.build_string();
        let kind = name.split('.').next()?;
        SHOWN.iter().find(|(shown, _)| *shown == kind).map(|(_, tag)| *tag)
    })
}
