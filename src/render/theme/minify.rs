//! Scripts, style sheets and templates of the default theme as they are published or run: without
//! comments and without the white space that no browser needs.
//!
//! Takes a text of the theme, which is written as its style has it; returns one that does the same.
//! Only `build.rs` calls it: a build of a site finds the short texts in the program.

/// A script of the default theme without indentation, comments, and the spaces around most signs.
pub(super) fn squeezed(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    for line in minified(script).lines() {
        squeeze_line(&mut kept, line);
        kept.push('\n');
    }
    kept
}

/// Adds a line of a script without the spaces beside signs, but for those in strings, templates and
/// patterns. A sign after which a slash begins a pattern is no end of a value.
fn squeeze_line(kept: &mut String, line: &str) {
    const SIGNS: &str = "=?:<>&|,{}()[];*!";
    let mut inside = None;
    let mut escaped = false;
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        match inside {
            Some(end) => {
                if !escaped && c == end {
                    inside = None;
                }
                escaped = !escaped && c == '\\';
            }
            None if matches!(c, '"' | '\'' | '`') => inside = Some(c),
            None if c == '/'
                && kept.trim_end().ends_with(['(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';']) =>
            {
                inside = Some('/');
            }
            None if c == ' ' => {
                let beside = |c: Option<char>| c.is_some_and(|c| SIGNS.contains(c));
                if beside(kept.chars().next_back()) || beside(letters.peek().copied()) {
                    continue;
                }
            }
            None => {}
        }
        kept.push(c);
    }
}

/// A script or a style sheet of the default theme without its indentation and the comments that
/// have lines of their own: what only its makers need. The default theme has no line within a
/// string; a theme of someone else's may, and is published as it is.
fn minified(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        in_comment |= line.starts_with("/*") && (!line.contains("*/") || line.ends_with("*/"));
        if !in_comment && !line.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}

/// Returns a template without indentation and empty lines: those of the default theme have none
/// within words.
pub(super) fn minified_template(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a style sheet without comments and without the white space that no browser needs.
pub(super) fn minified_style(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in minified(text).lines() {
        let declaration = line.strip_suffix(';').and_then(|line| line.split_once(": "));
        match declaration {
            Some((name, "")) => kept.extend([name, ": ;"]),
            Some((name, value)) => {
                let mut value = value.replace(" 0.", " .").replace("(0.", "(.");
                if !value.contains('"') {
                    value = value.replace(", ", ",");
                }
                kept.extend([
                    name,
                    ":",
                    value.strip_prefix('0').filter(|rest| rest.starts_with('.')).unwrap_or(&value),
                    ";",
                ]);
            }
            None if line == "}" => {
                // The last declaration of a rule needs no end.
                kept.truncate(kept.trim_end_matches(';').len());
                kept.push('}');
            }
            None => {
                let mut line = line.to_owned();
                for spaced in [" {", ", ", " > ", " ~ ", " + ", ": "] {
                    line = line.replace(spaced, spaced.trim());
                }
                kept.push_str(&line);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{minified_style, minified_template, squeezed};

    #[test]
    fn a_script_keeps_what_its_browser_needs() {
        let script =
            "/* Not this,\n   nor this. */\n(function () {\n  var one = two ? \"a , b\" : /x = y/;\n})(CATALOGUE);\n";
        assert_eq!(squeezed(script), "(function(){\nvar one=two?\"a , b\":/x = y/;\n})(CATALOGUE);\n");
    }

    #[test]
    fn a_style_keeps_what_its_browser_needs() {
        let style = "/* Not this. */\na > b {\n  margin: 0.5rem, 0;\n  content: \"a, b\";\n}\n";
        assert_eq!(minified_style(style), "a>b{margin:.5rem,0;content:\"a, b\"}");
    }

    #[test]
    fn a_template_loses_the_white_space_around_its_lines() {
        assert_eq!(
            minified_template("<ul>\n  {%- for a in b %}\n\n  <li>{{ a }} c</li>\n"),
            "<ul>\n{%- for a in b %}\n<li>{{ a }} c</li>"
        );
    }
}
