//! Code with what it is made of as classes.
//!
//! Takes code and the name of its language; writes it with a span for each comment, string, keyword, name and constant. Reads
//! each letter once or twice, so that to highlight code takes less time than to write the rest of its page. Code of a
//! language without a row in [`languages`] is written plain.

mod languages;

use languages::{CONSTANTS, Keys, LANGUAGES, Language, NAMING, Quote, SWITCHES};

use super::writer::Writer;

const COMMENT: &str = "<span class=\"c-comment\">";
const STRING: &str = "<span class=\"c-string\">";
const KEYWORD: &str = "<span class=\"c-keyword\">";
const ENTITY: &str = "<span class=\"c-entity\">";
const CONSTANT: &str = "<span class=\"c-constant\">";

/// Writes code, highlighted if its language is known.
pub(super) fn write(out: &mut Writer, language: &str, code: &str) {
    let name = language.to_ascii_lowercase();
    let Some(language) = LANGUAGES.iter().find(|language| language.names.contains(&name.as_str())) else {
        return out.text(code);
    };
    let mut reader = Reader { language, code, at: 0, plain: 0, line_start: true, names: false, in_tag: false, out };
    while reader.at < code.len() {
        reader.next();
    }
    reader.write_plain();
}

/// Code while it is read.
struct Reader<'c, 'o> {
    language: &'static Language,
    code: &'c str,
    /// Offset of what is read next.
    at: usize,
    /// Offset of what is not yet written, up to which all is.
    plain: usize,
    /// Whether nothing but spaces stands before it in its line.
    line_start: bool,
    /// Whether the last word was one after which a name follows.
    names: bool,
    /// Whether a tag is open.
    in_tag: bool,
    out: &'o mut Writer,
}

impl<'c> Reader<'c, '_> {
    fn rest(&self) -> &'c str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.code.get(..self.at)?.chars().next_back()
    }

    /// Reads a comment, a string, a number, a word or one letter.
    fn next(&mut self) {
        let rest = self.rest();
        let (was_start, named) = (self.line_start, std::mem::take(&mut self.names));
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() {
            self.line_start |= first == '\n';
            self.names = named;
            self.at += first.len_utf8();
            return;
        }
        self.line_start = false;
        if let Some(length) = self.comment(rest) {
            self.take(COMMENT, length);
        } else if let Some(length) = self.string(rest) {
            let is_key = self.language.keys == Keys::Quoted && followed_by(rest.get(length..), ':');
            self.take(if is_key { ENTITY } else { STRING }, length);
        } else if self.language.keys == Keys::Tags && (first == '<' || self.in_tag) {
            self.tag(rest, first);
        } else if was_start && self.key(rest) {
        } else if self.language.keys == Keys::Tags {
            self.at += first.len_utf8();
        } else if first.is_ascii_digit() {
            self.take(CONSTANT, number(rest));
        } else if first.is_alphabetic() || first == '_' {
            self.word(rest, named);
        } else {
            self.at += first.len_utf8();
        }
    }

    /// The length of a comment that begins here.
    fn comment(&self, rest: &str) -> Option<usize> {
        if let Some((open, close)) = self.language.block
            && let Some(inner) = rest.strip_prefix(open)
        {
            return Some(inner.find(close).map_or(rest.len(), |end| open.len() + end + close.len()));
        }
        let begins = |mark: &&&str| {
            // Elsewhere `#` may count, or be a colour.
            rest.starts_with(**mark) && (**mark != "#" || self.before().is_none_or(char::is_whitespace))
        };
        self.language.line.iter().find(begins)?;
        Some(line_length(rest))
    }

    /// The length of a string that begins here.
    fn string(&self, rest: &str) -> Option<usize> {
        if self.language.keys == Keys::Tags && !self.in_tag {
            return None;
        }
        let quote = self.language.quotes.iter().find(|quote| rest.starts_with(quote.mark))?;
        let before = self.before();
        let joined = quote.mark == "'" && before.is_some_and(char::is_alphanumeric);
        // One letter between apostrophes.
        let is_letter = before == Some('\'') && rest.strip_prefix('"').is_some_and(|after| after.starts_with('\''));
        string_length(rest, quote).filter(|_| !joined && !is_letter)
    }

    /// Reads a part of a tag: its name, the name of an attribute, or a letter.
    fn tag(&mut self, rest: &str, first: char) {
        if first == '<' {
            let name = rest.trim_start_matches(['<', '/']);
            self.at += rest.len() - name.len();
            let length = word_length(name, true);
            self.in_tag = length > 0;
            self.take(ENTITY, length);
        } else if first.is_alphabetic() {
            self.take(ENTITY, word_length(rest, true));
        } else {
            self.in_tag = first != '>';
            self.at += first.len_utf8();
        }
    }

    /// Reads the key that begins a line, if one does.
    fn key(&mut self, rest: &str) -> bool {
        let length = word_length(rest, true);
        let after = rest.get(length..);
        match self.language.keys {
            Keys::Equals if rest.starts_with('[') => {
                let name = rest.trim_start_matches('[');
                let open = rest.len() - name.len();
                let Some(end) = name.find(']').filter(|end| *end < line_length(name)) else { return false };
                // A row of a list may begin so, too.
                if name.get(..end).is_none_or(|name| name.contains(['"', ',', ' '])) {
                    return false;
                }
                self.at += open;
                self.take(ENTITY, end);
                true
            }
            Keys::Equals if length > 0 && followed_by(after, '=') => {
                self.take(ENTITY, length);
                true
            }
            Keys::Colon => {
                let item = rest.strip_prefix("- ").map_or(rest, str::trim_start);
                let length = word_length(item, true);
                if length == 0 || !followed_by(item.get(length..), ':') {
                    return false;
                }
                self.at += rest.len() - item.len();
                self.take(ENTITY, length);
                true
            }
            Keys::First if length > 0 => {
                self.take(KEYWORD, length);
                true
            }
            _ => false,
        }
    }

    /// Reads a word; `named` says whether the one before gives it as a name.
    fn word(&mut self, rest: &str, named: bool) {
        let length = word_length(rest, false);
        let word = rest.get(..length).unwrap_or_default();
        let lower = word.to_ascii_lowercase();
        let known = if self.language.any_case { lower.as_str() } else { word };
        let is_setting = matches!(self.language.keys, Keys::Equals | Keys::Colon | Keys::First);
        let is_constant = CONSTANTS.contains(&lower.as_str()) || is_setting && SWITCHES.contains(&lower.as_str());
        if self.language.keywords.split_whitespace().any(|keyword| keyword == known) {
            self.names = NAMING.contains(&lower.as_str());
            self.take(KEYWORD, length);
        } else if named {
            self.take(ENTITY, length);
        } else if is_constant {
            self.take(CONSTANT, length);
        } else {
            self.at += length;
        }
    }

    /// Takes the next bytes as something that is shown.
    fn take(&mut self, tag: &'static str, length: usize) {
        if length == 0 {
            return;
        }
        self.write_plain();
        let end = (self.at + length).min(self.code.len());
        self.out.tag(tag);
        self.out.text(self.code.get(self.at..end).unwrap_or_default());
        self.out.tag("</span>");
        (self.at, self.plain) = (end, end);
    }

    fn write_plain(&mut self) {
        self.out.text(self.code.get(self.plain..self.at).unwrap_or_default());
        self.plain = self.at;
    }
}

fn line_length(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

fn followed_by(rest: Option<&str>, sign: char) -> bool {
    rest.is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(sign))
}

/// The length of a word; with hyphens, full stops and colons in it where keys and tags have them.
fn word_length(rest: &str, key: bool) -> usize {
    let fits = |c: char| c.is_alphanumeric() || c == '_' || key && matches!(c, '-' | '.');
    rest.find(|c: char| !fits(c)).unwrap_or(rest.len())
}

fn number(rest: &str) -> usize {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).unwrap_or(rest.len());
    let whole = rest.get(..end).unwrap_or_default();
    // Two full stops are a range, and the last one ends a sentence.
    whole.find("..").unwrap_or_else(|| whole.trim_end_matches('.').len())
}

/// The length of a string with its marks, if it ends.
fn string_length(rest: &str, quote: &Quote) -> Option<usize> {
    let start = quote.mark.len();
    let most = if quote.lines { rest.len() } else { line_length(rest) };
    let mut at = start;
    loop {
        let inner = rest.get(at..most)?;
        let next = inner.find(quote.mark)?;
        let before = rest.get(start..at + next)?;
        let slashes = before.bytes().rev().take_while(|b| *b == b'\\').count();
        if !quote.escapes || slashes % 2 == 0 {
            return Some(at + next + start);
        }
        at += next + start;
    }
}
