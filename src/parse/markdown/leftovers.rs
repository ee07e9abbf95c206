//! Markup that its author meant, and that Markdown leaves as words.
//!
//! Takes words that the parser left as they were, with their place; reports what in them looks like
//! emphasis, a list, a table, a link or a note, and the blocks of other programs. Changes nothing:
//! the words are printed as they are.

use std::ops::Range;

use memchr::memchr3;

use super::context::Context;
use super::tables::is_rule;
use crate::diagnostic::Code;
use crate::document::is_label;
use crate::parse::traps::{is_box, is_escaped, pipes_in_mentions};

/// The signs that people write before the items of a list.
const BULLETS: [char; 10] = ['•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '⁃'];

/// Reports what some words hold. `in_cell` says whether a cell of a table holds them.
pub fn report(cx: &Context<'_>, in_cell: bool, range: &Range<usize>) {
    let words = cx.source(range);
    // Few words have any of these signs, for which eight searches look.
    let has_any = |[first, second, third]: [u8; 3]| memchr3(first, second, third, words.as_bytes()).is_some();
    if has_any(*b"[]*") || has_any(*b"_{^") {
        in_line(cx, words, range.start);
        foreign_within(cx, words, range.start);
    }
    let Some(line) = Line::at(cx, range).filter(|_| !in_cell) else { return };
    list(cx, &line);
    row(cx, &line);
    foreign(cx, &line);
}

/// A line of a text whose first words are at a place.
struct Line<'a> {
    /// The words up to the end of the line.
    words: &'a str,
    /// The line before it, if that belongs to the same paragraph.
    before: Option<&'a str>,
    /// The line after it.
    after: &'a str,
    /// Offset of the words in the file.
    start: usize,
}

impl<'a> Line<'a> {
    /// Returns the line that words begin, if they do.
    fn at(cx: &Context<'a>, range: &Range<usize>) -> Option<Self> {
        // Only what is passed over is looked at, since a line may have thousands of words.
        let above = cx.source(&(0..range.start)).trim_end_matches([' ', '\t', '>']);
        let above = match above.strip_suffix('\n') {
            Some(above) => above,
            None if above.is_empty() => "",
            None => return None,
        };
        let mut lines = cx.source(&(range.start..cx.file.text.len())).split('\n');
        let bare = |line: &'a str| line.trim_start_matches([' ', '\t', '>']);
        let before = above.rsplit('\n').next().map(bare).filter(|line| !line.trim().is_empty());
        let words = lines.next()?;
        Some(Line { words, before, after: lines.next().map_or("", bare), start: range.start })
    }
}

fn warn(cx: &Context<'_>, range: Range<usize>, message: &str, help: &str) {
    cx.report(Code::MarkupAsText, range, message, help);
}

/// Reports lines that look like items of a list, at the first of them.
fn list(cx: &Context<'_>, line: &Line<'_>) {
    let bullet = |words: &str| {
        let first = words.chars().next().filter(|c| BULLETS.contains(c))?;
        let rest = words.get(first.len_utf8()..)?;
        (!rest.trim().is_empty()).then_some(first.len_utf8())
    };
    if let Some(length) = bullet(line.words) {
        if line.before.and_then(bullet).is_none() {
            let help = "begin each item with `- ` on a line of its own, after a blank line";
            warn(cx, line.start..line.start + length, "this sign makes no list: the line goes on in a paragraph", help);
        }
        return;
    }
    let Some(length) = lettered(line.words) else { return };
    let begins = line.before.is_none_or(|before| before.trim_end().ends_with(':'));
    if begins {
        let token = line.words.get(..length).unwrap_or_default();
        let message = format!("`{token}` makes no item of a list: the line goes on in a paragraph");
        let label = token.trim_end_matches(['.', ')']);
        let help = format!("write a sub-clause as `- ({label}) …`; if it is no label, escape it: `{label}\\{}`", {
            token.get(label.len()..).unwrap_or_default()
        });
        warn(cx, line.start..line.start + length, &message, &help);
    }
}

/// Returns the length of `a.`, `b)` or `iv.` at the start of a line that goes on with words.
fn lettered(words: &str) -> Option<usize> {
    let token = words.split_whitespace().next()?;
    let label = token.strip_suffix(['.', ')'])?;
    let rest = words.get(token.len()..)?.trim_start();
    let letters = label.bytes().all(|b| b.is_ascii_lowercase()) && is_label(label);
    // "i. e." and "p. 4" are no labels.
    let abbreviation = rest.split_whitespace().next()?;
    let next_is_short = abbreviation.len() == 2 && abbreviation.ends_with('.');
    let is_page = label == "p" && rest.starts_with(|c: char| c.is_ascii_digit());
    (letters && !next_is_short && !is_page).then_some(token.len())
}

/// Reports rows of bars that make no table, at the first of them.
fn row(cx: &Context<'_>, line: &Line<'_>) {
    if !line.words.contains('|') {
        return;
    }
    let is_row = |words: &str| words.starts_with('|') && words.trim_end().len() > 2 && words.matches('|').count() > 1;
    let begins = !line.before.is_some_and(|before| is_row(before) || is_rule(before));
    let headed = is_rule(line.after);
    // Two lines with the same bars between words are rows too.
    let cells = |words: &str| words.matches(" | ").count();
    let paired = !headed && line.before.is_none() && cells(line.words) > 0 && cells(line.words) == cells(line.after);
    // What cuts a mention in two says so itself.
    let begins = begins && pipes_in_mentions(line.words).is_empty();
    if begins && (is_row(line.words) && !is_rule(line.words) || headed || paired) {
        let help = "put a line `|---|---|` after the first row, with as many parts as the row has cells, and a blank line before it";
        let end = line.start + line.words.trim_end().len();
        warn(cx, line.start..end, "these rows make no table, so that their bars are printed", help);
    }
}

/// Reports emphasis, links and notes that stayed text, each kind once.
fn in_line(cx: &Context<'_>, words: &str, start: usize) {
    let first = |written: &str| {
        let mut places = words.match_indices(written).map(|(at, _)| start + at);
        places.find(|at| !is_escaped(&cx.file.text, *at)).map(|at| at..at + written.len())
    };
    if let Some(place) = first("^[") {
        let help = "write a mark `[^a]`, and the note on a line of its own: `[^a]: …`";
        warn(cx, place, "this makes no note: its words are printed here", help);
    }
    // What another program was to put into the address is named by itself.
    let is_plain = |place: &Range<usize>| {
        let after = cx.source(&(place.end..cx.file.text.len()));
        !cx.source(&(0..place.start)).ends_with(']') && !after.trim_start().starts_with(['{', '<'])
    };
    if let Some(place) = first("](").filter(is_plain) {
        let help = "a link has no other link or mention in it, and no space in its address: `[words](address)`";
        warn(cx, place, "this makes no link, so that its brackets are printed", help);
    }
    if let Some(place) = first("][") {
        let help = "define it on a line of its own, `[label]: address`; if the brackets are meant, escape them: `\\[`";
        warn(cx, place, "the address of this link is defined nowhere, so that its brackets are printed", help);
    }
    if let Some((place, end)) = emphasis(words).filter(|(place, _)| !is_escaped(&cx.file.text, start + place.start)) {
        let sign = words.get(place.clone()).unwrap_or_default();
        let message = format!("`{sign}` makes no emphasis here and is printed");
        let help = if end {
            "put a space after its end, or take the signs away; if they are meant, escape them with `\\`"
        } else {
            "close it in the same paragraph, or take it away; if it is meant, escape it with `\\`"
        };
        warn(cx, start + place.start..start + place.end, &message, help);
    }
}

/// Finds signs that would open emphasis and do not. Says also whether others are where it was to
/// end.
fn emphasis(words: &str) -> Option<(Range<usize>, bool)> {
    let mut at = 0;
    // The first place of each sign where emphasis could begin, by its length.
    let mut opened: Vec<(&str, Range<usize>)> = Vec::new();
    while let Some(next) = words.get(at..).and_then(|rest| rest.find(['*', '_'])) {
        let start = at + next;
        let rest = words.get(start..)?;
        let sign = rest.chars().next()?;
        let length = rest.len() - rest.trim_start_matches(sign).len();
        let run = rest.get(..length)?;
        let (before, after) = (words.get(..start)?.chars().next_back(), rest.get(length..)?.chars().next());
        let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let closes = match sign {
            '*' => !spaced(before),
            // A low line within a word is a part of it.
            _ => before.is_some_and(|c| !c.is_whitespace() && !c.is_alphanumeric()),
        };
        if closes && let Some((_, place)) = opened.iter().find(|(open, _)| *open == run) {
            return Some((place.clone(), true));
        }
        let opens = !spaced(after) && before.is_none_or(|c| c.is_whitespace() || "([“‘\"'".contains(c));
        if opens && length <= 3 && opened.iter().all(|(open, _)| *open != run) {
            opened.push((run, start..start + length));
        }
        at = start + length;
    }
    let unclosed = opened.into_iter().find(|(run, _)| *run == "**");
    unclosed.map(|(_, place)| (place, false))
}

/// Marks of other programs at the start of a line, each with what it is.
const BLOCKS: [(&str, &str); 5] = [
    ("!!! ", "a box of MkDocs"),
    ("??? ", "a box of MkDocs"),
    ("???+ ", "a box of MkDocs"),
    (":::", "a block of Pandoc, Docusaurus and others"),
    ("{:", "attributes of kramdown"),
];

/// Marks by which other programs know where the contents go.
const CONTENTS: [&str; 4] = ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}"];

/// Marks of other programs within a line, each with what it is.
const INLINE: [(&str, &str); 4] = [
    ("{{<", "a shortcode of Hugo"),
    ("{{%", "a shortcode of Hugo"),
    ("{%", "a tag of Liquid, as Jekyll has them"),
    ("{{", "a value that another program puts in"),
];

/// Reports a block of another program.
fn foreign(cx: &Context<'_>, line: &Line<'_>) {
    unknown_box(cx, line);
    let alone = line.words.trim_end();
    if CONTENTS.iter().any(|mark| mark.eq_ignore_ascii_case(alone)) {
        let message = format!("`{alone}` is where another program puts the contents, and is printed as it is");
        let help = "remove it: each page has its contents; if it is meant, escape it: `\\[`";
        cx.report(Code::ForeignMarkup, line.start..line.start + alone.len(), message, help);
        return;
    }
    let Some((mark, what)) = BLOCKS.iter().find(|(mark, _)| line.words.starts_with(mark)) else { return };
    // What closes a block is told by what opens it.
    let rest = line.words.get(mark.len()..).unwrap_or_default().trim_start_matches(':').trim();
    if rest.is_empty() {
        return;
    }
    let shown = line.words.trim_end();
    let message = format!("`{}` is {what}, and its words are printed as they are", shortened(shown));
    let help = "write a box as `> [!NOTE]` with its words on the lines below, each after `>`; remove other marks";
    cx.report(Code::ForeignMarkup, line.start..line.start + shown.len(), message, help);
}

/// Reports a box of a name that is none of ours, whose marker is printed.
fn unknown_box(cx: &Context<'_>, line: &Line<'_>) {
    let named = line.words.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
    let Some((name, after)) = named else { return };
    let in_quotation = cx.source(&(0..line.start)).trim_end_matches(' ').ends_with('>');
    let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    if in_quotation && word && !is_box(name) && !after.starts_with(['(', '[', ':']) {
        let message = format!("no box is called `{name}`, so that its marker is printed");
        let help = "write one of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`";
        cx.report(Code::ForeignMarkup, line.start..line.start + name.len() + 3, message, help);
    }
}

/// Reports the first mark of another program among some words.
fn foreign_within(cx: &Context<'_>, words: &str, start: usize) {
    let Some(at) = words.find("{{").into_iter().chain(words.find("{%")).min() else { return };
    if is_escaped(&cx.file.text, start + at) {
        return;
    }
    let rest = words.get(at..).unwrap_or_default();
    let Some((_, what)) = INLINE.iter().find(|(mark, _)| rest.starts_with(mark)) else { return };
    let length = rest.find('}').map_or(rest.len(), |end| end + rest.get(end..).map_or(1, closing));
    let shown = rest.get(..length).unwrap_or(rest);
    let message = format!("`{}` is {what}, and is printed as it is", shortened(shown));
    let help = "write its words out, or remove it; if it is meant, put it in backticks";
    cx.report(Code::ForeignMarkup, start + at..start + at + length, message, help);
}

fn closing(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches('}').len()
}

/// Returns the first words of some, so that a message stays on its line.
fn shortened(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.by_ref().take(40).collect();
    if letters.next().is_some() { format!("{first}…") } else { first }
}
