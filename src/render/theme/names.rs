//! A script with short names: what its makers call things is for those who read it in the theme.
//!
//! Takes a script of the default theme, written with a semicolon after each statement; gives one
//! that does the same, without comments and white space. A name that the script itself declares is
//! another one wherever it stands for a variable, the same in all of it, and one that the script
//! has nowhere else. So it need not be known which of two variables of one name is meant. Names of
//! properties, and whatever is not seen to be declared, stay as they are. Only `build.rs` calls it.

use std::collections::{BTreeMap, BTreeSet};

/// Words that are no names.
const KEYWORDS: &str = "async await break catch class const constructor continue default delete do else export extends \
    false finally for function get if import in instanceof let new null of return set static super switch this throw \
    true try typeof undefined var void while yield";

/// A part of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ScriptToken<'a> {
    text: &'a str,
    kind: TokenKind,
    /// Whether a line ends before it.
    is_first_of_line: bool,
}

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    /// A string, a template or a pattern.
    Literal,
    /// A sign.
    Sign,
    /// A number, a keyword or the name of a property.
    Word,
    /// A name that stands for a variable.
    Name,
    /// The name of a property and of a variable at once: `{ name }`.
    Both,
}

/// Returns a script with short names; as it is, if it has a template with names in it.
pub(super) fn shortened(script: &str) -> String {
    let Some(mut tokens) = tokens(script) else { return script.to_owned() };
    tell_names(&mut tokens);
    let names = short_names(&tokens);
    let mut text = String::with_capacity(script.len());
    let mut before = ScriptToken { text: ";", kind: TokenKind::Sign, is_first_of_line: false };
    // For each bracket that is open, whether what it holds declares variables just now, and whether
    // it is of `if`, `for` or `while`.
    let mut open = vec![(false, false)];
    let mut after_head = false;
    for (at, token) in tokens.iter().enumerate() {
        // Nothing ends where a block does, but for a loop that has nothing in it.
        if token.text == ";" && !after_head && tokens.get(at + 1).is_some_and(|next| next.text == "}") {
            continue;
        }
        after_head = false;
        let is_declaration = matches!(token.text, "const" | "let");
        if matches!(before.text, ";" | "{" | "}") {
            // One declaration after another is one of both.
            if is_declaration
                && before.text == ";"
                && open.last().is_some_and(|(declares, _)| *declares)
                && text.pop().is_some()
            {
                text.push(',');
                before = ScriptToken { text: ",", ..before };
                continue;
            }
            if let Some((declares, _)) = open.last_mut() {
                *declares = is_declaration;
            }
        }
        match token.text {
            "(" | "[" | "{" => open.push((false, matches!(before.text, "if" | "for" | "while"))),
            ")" | "]" | "}" => after_head = open.pop().is_some_and(|(_, is_head)| is_head),
            _ => {}
        }
        let own = match (token.kind, names.get(token.text)) {
            (TokenKind::Name, Some(short)) => short.clone(),
            (TokenKind::Both, Some(short)) => format!("{}:{short}", token.text),
            // What is declared once and never changed may be declared as what changes.
            _ if token.text == "const" => "let".to_owned(),
            _ if is_value(token, before.text, "true") => "!0".to_owned(),
            _ if is_value(token, before.text, "false") => "!1".to_owned(),
            _ => token.text.to_owned(),
        };
        let is_word = |c: Option<char>| c.is_some_and(is_of_word);
        let (last, first) = (text.chars().next_back(), own.chars().next());
        if token.is_first_of_line && ends_statement(before.text) && !goes_on(token.text) {
            text.push('\n');
        } else if is_word(last) && is_word(first) || last == first && matches!(last, Some('+' | '-')) {
            text.push(' ');
        }
        text.push_str(&own);
        before = *token;
    }
    text.push('\n');
    text
}

/// Whether a token is a value that has a name of its own, and no property.
fn is_value(token: &ScriptToken<'_>, before: &str, value: &str) -> bool {
    token.text == value && token.kind == TokenKind::Word && before != "."
}

/// Whether a statement may end with a token where a line does, without a semicolon.
fn ends_statement(token: &str) -> bool {
    !matches!(token, ";" | "{" | "," | "(" | "[" | "=" | "=>" | "?" | ":" | "&" | "|" | "+" | "..." | ".")
}

/// Whether a token goes on with the statement of the line before.
fn goes_on(token: &str) -> bool {
    matches!(token, ")" | "}" | "]" | "." | "," | ";" | "?" | ":" | "&" | "|" | "+" | "=" | "*" | "<" | ">")
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Cuts a script into tokens. None, if it has a template with names in it.
fn tokens(script: &str) -> Option<Vec<ScriptToken<'_>>> {
    let mut tokens: Vec<ScriptToken<'_>> = Vec::new();
    let mut rest = script;
    let mut is_first_of_line = false;
    while let Some(c) = rest.chars().next() {
        let before = tokens.last().map_or("", |token| token.text);
        let (length, kind) = if c.is_whitespace() || rest.starts_with("//") || rest.starts_with("/*") {
            let length = match rest.get(..2) {
                Some("//") => rest.find('\n').unwrap_or(rest.len()),
                Some("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
                _ => c.len_utf8(),
            };
            is_first_of_line |= c == '\n';
            rest = rest.get(length..)?;
            continue;
        } else if matches!(c, '\'' | '"' | '`') {
            (literal(rest, c), TokenKind::Literal)
        } else if c == '/' && !before.ends_with(|c| is_of_word(c) || matches!(c, ')' | ']' | '}')) {
            (pattern(rest), TokenKind::Literal)
        } else if is_of_word(c) {
            (rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()), TokenKind::Word)
        } else {
            let long = ["...", "=>", "++", "--"].into_iter().find(|long| rest.starts_with(long));
            (long.map_or(c.len_utf8(), str::len), TokenKind::Sign)
        };
        let (text, after) = rest.split_at_checked(length)?;
        if c == '`' && text.contains("${") {
            return None;
        }
        tokens.push(ScriptToken { text, kind, is_first_of_line });
        (rest, is_first_of_line) = (after, false);
    }
    Some(tokens)
}

/// Length of the string or template at the beginning of a text.
fn literal(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let inside = text.char_indices().skip(1);
    let mut ends = inside.filter(|(_, c)| {
        let ends = *c == quote && !escaped;
        escaped = !escaped && *c == '\\';
        ends
    });
    ends.next().map_or(text.len(), |(at, _)| at + 1)
}

/// Length of the pattern at the beginning of a text, with its flags.
fn pattern(text: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = text.get(at + 1..).unwrap_or_default();
                return at + 1 + flags.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(flags.len());
            }
            _ => {}
        }
    }
    text.len()
}

/// Tells which words are names of variables.
fn tell_names(tokens: &mut [ScriptToken<'_>]) {
    let keywords: BTreeSet<&str> = KEYWORDS.split_whitespace().collect();
    // What is open, innermost last: whether it is an object or a pattern of one; a class.
    let mut open: Vec<(bool, bool)> = Vec::new();
    for at in 0..tokens.len() {
        let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.text);
        let (two_before, before) = (text(at.checked_sub(2)), text(at.checked_sub(1)));
        let (own, after) = (text(Some(at)), text(at.checked_add(1)));
        let (is_object, is_class) = open.last().copied().unwrap_or_default();
        match own {
            "{" => {
                let is_class = matches!(two_before, "class" | "extends");
                let starts = matches!(
                    before,
                    "(" | "," | "=" | ":" | "?" | "[" | "return" | "const" | "let" | "..." | "|" | "&"
                );
                open.push((starts && !is_class, is_class));
            }
            "(" | "[" => open.push((false, false)),
            ")" | "]" | "}" => {
                open.pop();
            }
            _ => {}
        }
        let Some(token) = tokens.get_mut(at) else { continue };
        let is_name = token.kind == TokenKind::Word
            && !own.starts_with(|c: char| c.is_ascii_digit())
            && !keywords.contains(own)
            && before != ".";
        let is_first = matches!(before, "{" | ",") && is_object;
        if !is_name || is_first && matches!(after, ":" | "(") || is_class && after == "(" {
            continue;
        }
        token.kind = if is_first && matches!(after, "," | "}" | "=") { TokenKind::Both } else { TokenKind::Name };
    }
}

/// Names that a script declares, each with another: the shortest for the most used.
fn short_names(tokens: &[ScriptToken<'_>]) -> BTreeMap<String, String> {
    let mut declared: BTreeSet<&str> = BTreeSet::new();
    // The places of what is open, and whether the declaration of a variable is just before it.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", text);
        let declares = matches!(before, "const" | "let" | "function" | "class");
        let (after, next) = (text(at + 1), text(at + 2));
        match token.text {
            "(" | "[" | "{" => open.push((at, declares || before == "catch")),
            ")" | "]" | "}" => {
                let (from, is_pattern) = open.pop().unwrap_or_default();
                let opener = from.checked_sub(1).and_then(|before| tokens.get(before));
                let is_method = token.text == ")" && after == "{" && opener.is_some_and(is_method_name);
                if is_pattern || after == "=>" || is_method {
                    let within = tokens.get(from..at).unwrap_or_default().iter();
                    declared.extend(within.filter(|token| is_variable(token)).map(|token| token.text));
                }
            }
            name if is_variable(token)
                && (declares || after == "=>" || before == "," && after == "=" && next != "=") =>
            {
                declared.insert(name);
            }
            _ => {}
        }
    }
    // What a parameter is by default may be a word of the browser's: these begin so.
    declared.retain(|name| {
        !matches!(*name, "document" | "window" | "Array" | "Infinity" | "Map" | "Math" | "Object" | "Set")
    });
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for token in tokens {
        if is_variable(token) && declared.contains(token.text) {
            *uses.entry(token.text).or_default() += 1;
        } else if token.kind != TokenKind::Literal {
            kept.insert(token.text);
        }
    }
    let mut by_use: Vec<(&str, usize)> = uses.into_iter().collect();
    by_use.sort_by_key(|(name, uses)| (std::cmp::Reverse(*uses), *name));
    let mut short = (0..)
        .map(name_of)
        .filter(|name| !kept.contains(name.as_str()) && !KEYWORDS.split(' ').any(|word| word == name));
    by_use.into_iter().map(|(name, _)| (name.to_owned(), short.next().unwrap_or_default())).collect()
}

fn is_variable(token: &ScriptToken<'_>) -> bool {
    matches!(token.kind, TokenKind::Name | TokenKind::Both)
}

/// Whether a token before a bracket with names is that of a method.
fn is_method_name(token: &ScriptToken<'_>) -> bool {
    token.kind == TokenKind::Word && !matches!(token.text, "if" | "for" | "while" | "switch")
}

/// A name for a number: a to Z, aa, ba and on.
fn name_of(mut number: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.extend(LETTERS.get(number % LETTERS.len()).map(|letter| char::from(*letter)));
        number /= LETTERS.len();
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{name_of, shortened};

    #[test]
    fn a_script_with_short_names_does_the_same() {
        for (script, expected) in [
            ("const word = 1;\nlet other = word + 1; /* Not this. */\n", "let a=1,b=a+1;\n"),
            // A property is no variable; both at once are told apart.
            ("const word = { word: 1, at };\nword.word = word;", "let a={word:1,at};a.word=a;\n"),
            ("const take = ({ word, at = 2 }) => ({ word, at });", "let c=({word:b,at:a=2})=>({word:b,at:a});\n"),
            // Only what follows a declaration is joined to it.
            ("const one = 1;\nif (one) { let two = 2; }\nlet three = 3;", "let a=1;if(a){let c=2}\nlet b=3;\n"),
            (
                "for (let at = 0; at < 9; at++) go();\nconst one = () => { const two = 1; };",
                "for(let a=0;a<9;a++)go();let b=()=>{let c=1};\n",
            ),
            ("{ for (;;); }\nif (on) { go(); }", "{for(;;);}\nif(on){go()}\n"),
            ("let on = true;\nreturn false;", "let a=!0;return!1;\n"),
            // What is not declared stays, and no name is given twice.
            ("const value = a(b.value, Math.max(c));", "let d=a(b.value,Math.max(c));\n"),
            // Strings, patterns and divisions.
            (
                "const half = word => word / 2 / 'word'.length + /[/] word/g.test(`word`);",
                "let b=a=>a/2/'word'.length+/[/] word/g.test(`word`);\n",
            ),
            // Signs that would become another, and a line that ends a statement.
            ("let up = 1;\nup = up++ + +up\nup--\n", "let a=1;a=a++ + +a\na--\n"),
            (
                "class Reader { constructor(text, at = 0) { this.at = at; } next(count) { return this.list(count); } }",
                "class c{constructor(d,a=0){this.at=a}next(b){return this.list(b)}}\n",
            ),
            ("for (const [key, value] of list) if (key) value();", "for(let[a,b]of list)if(a)b();\n"),
            ("try { x(); } catch (error) { y(error); }", "try{x()}catch(a){y(a)}\n"),
            ("const one = 1, two = one ? one : 2;\nlet { at: three } = window;", "let a=1,c=a?a:2,{at:b}=window;\n"),
        ] {
            assert_eq!(shortened(script), expected, "{script}");
        }
        let template = "const word = 1; `${word}`;";
        assert_eq!(shortened(template), template);
    }

    #[test]
    fn no_two_names_are_the_same() {
        let names: std::collections::BTreeSet<String> = (0..5000).map(name_of).collect();
        assert_eq!(names.len(), 5000);
        assert_eq!([name_of(0), name_of(51), name_of(52)], ["a", "Z", "aa"]);
    }
}
