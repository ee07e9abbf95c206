//! Code with its grammar's scopes as classes.
//!
//! Takes code and the name of its language; gives markup that syntect made. Grammars are loaded only when a document has
//! code.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The longest line, and the longest block, that is highlighted: a grammar's patterns can take minutes over one line.
const MAX_CODE_LINE: usize = 1_000;
const MAX_CODE: usize = 64 * 1024;

/// Code with spans for a grammar's scopes, if its language is known. The markup is syntect's, which escapes the code.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    if language.is_empty() || code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_CODE_LINE) {
        return None;
    }
    let grammars = GRAMMARS.get_or_init(two_face::syntax::extra_newlines);
    let grammar = grammars.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "c-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, grammars, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
