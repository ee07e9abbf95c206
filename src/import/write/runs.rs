//! The runs of a paragraph as Markdown.

use crate::import::blocks::{PaperPlace, RunStyle, TextRun};
use crate::import::report::{About, Report};

/// Surroundings of the runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inside {
    /// A paragraph or an item.
    #[default]
    Paragraph,
    /// A heading, which is one line.
    Heading,
    /// A cell of a table.
    Cell,
}

/// Writes some runs.
pub fn text(runs: &[TextRun], inside: Inside, place: PaperPlace, report: &mut Report) -> String {
    let mut out = String::new();
    // Runs of one style, which are between one pair of marks.
    let mut group = (RunStyle::default(), String::new());
    for run in runs {
        if let TextRun::Words { text, style, link } = run {
            let raised = if style.raised { raised(text) } else { None };
            let text = raised.as_ref().unwrap_or(text);
            let style = RunStyle { raised: false, ..*style };
            if style != group.0 || style.code {
                close(&mut out, &mut group, text.chars().next(), inside);
                group.0 = style;
            }
            words(&mut group.1, text, style, link.as_deref(), place, report);
            continue;
        }
        close(&mut out, &mut group, Some(if matches!(run, TextRun::Break) { ' ' } else { '[' }), inside);
        match run {
            TextRun::Words { .. } => {}
            TextRun::Break => {
                let kept = out.trim_end().len();
                out.truncate(kept);
                out.push(' ');
            }
            TextRun::Note(label) => out.push_str(&format!("[^{}]", super::note_label(label))),
            TextRun::Field { words, .. } => out.push_str(&escaped(words)),
            TextRun::Mention { to, words } => mention(&mut out, to, words, inside),
            TextRun::Picture { file, words } => {
                let words = escaped(words);
                out.push_str(&format!("![{}]({file})", words.trim()));
            }
        }
    }
    close(&mut out, &mut group, None, inside);
    let out = out.trim().to_owned();
    let out = match out.strip_suffix('}') {
        // Curly brackets at the end are attributes.
        Some(head) if out.contains('{') && inside != Inside::Cell => format!("{head}\\}}"),
        _ => out,
    };
    if inside == Inside::Cell { bars(&out) } else { out }
}

/// Raised figures as letters of their own, so that m² is not m2. None for other words.
fn raised(text: &str) -> Option<String> {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let letter = |c: char| match c {
        '-' | '−' | '–' => Some('⁻'),
        '+' => Some('⁺'),
        'n' => Some('ⁿ'),
        'i' => Some('ⁱ'),
        ' ' => Some(' '),
        c => digits.get(usize::try_from(c.to_digit(10)?).ok()?).copied(),
    };
    text.chars().map(letter).collect()
}

/// Writes a group of runs between the marks of its style. `next` is the letter behind it.
fn close(out: &mut String, (style, text): &mut (RunStyle, String), next: Option<char>, inside: Inside) {
    let text = std::mem::take(text);
    let core = text.trim();
    let lead = if text.starts_with(' ') && !out.ends_with(' ') { " " } else { "" };
    if core.is_empty() {
        out.push_str(lead);
        return;
    }
    let tail = if text.ends_with(' ') { " " } else { "" };
    let emphasis = match (style.strong && inside != Inside::Heading, style.emphasis) {
        _ if style.code => "",
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    // Marks work beside a letter, and beside a sign that has no letter at its other side
    // (CommonMark 0.31, 6.2); else the words are without.
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = if lead.is_empty() { out.chars().next_back() } else { Some(' ') };
    let after = if tail.is_empty() { next } else { Some(' ') };
    let opens = is_letter(core.chars().next()) || !is_letter(before);
    let closes = is_letter(core.chars().next_back()) || !is_letter(after);
    let sound = opens && closes && !out.ends_with(['*', '~']);
    let emphasis = if sound { emphasis } else { "" };
    let struck = if style.struck && sound { "~~" } else { "" };
    out.push_str(&format!("{lead}{struck}{emphasis}{core}{emphasis}{struck}{tail}"));
}

/// Escapes the bars of a cell that are not escaped yet.
fn bars(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '|' && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

fn mention(out: &mut String, to: &str, words: &str, inside: Inside) {
    let (lead, core) = words.split_at_checked(words.len() - words.trim_start().len()).unwrap_or(("", words));
    let tail = core.get(core.trim_end().len()..).unwrap_or_default();
    let core = core.trim();
    out.push_str(lead);
    // "paragraph 3.2": the word stays outside the brackets.
    match core.strip_suffix(to) {
        Some("") => out.push_str(&format!("[[{to}]]")),
        Some(before) if before.ends_with(' ') => out.push_str(&format!("{}[[{to}]]", escaped(before))),
        _ => {
            let bar = if inside == Inside::Cell { "\\|" } else { "|" };
            let shown: String = core.chars().filter(|c| !matches!(c, '[' | ']' | '|')).collect();
            out.push_str(&format!("[[{to}{bar}{shown}]]"));
        }
    }
    out.push_str(tail);
}

/// Writes the words of one run without the marks of its style.
fn words(out: &mut String, text: &str, style: RunStyle, link: Option<&str>, place: PaperPlace, report: &mut Report) {
    let core = text.trim();
    if core.is_empty() {
        out.push_str(if text.is_empty() { "" } else { " " });
        return;
    }
    let safe = link.filter(|link| is_safe(link));
    if let (Some(link), None) = (link, safe) {
        report.add(
            About::Link,
            place,
            format!("the link to `{}` leads nowhere from here, and is words", shown(link)),
            core,
        );
    }
    let mut inner = if style.code { code(core) } else { escaped(core) };
    if let Some(link) = safe {
        let same = link == core || link.strip_prefix("mailto:") == Some(core);
        inner = if same { format!("<{core}>") } else { format!("[{inner}]({})", address(link)) };
    }
    let gap = |at: bool| if at { " " } else { "" };
    out.push_str(&format!("{}{inner}{}", gap(text.starts_with(' ')), gap(text.ends_with(' '))));
}

fn shown(link: &str) -> String {
    link.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Whether an address leads out of the site in a way that every browser takes.
fn is_safe(link: &str) -> bool {
    let lower = link.to_ascii_lowercase();
    let schemes = lower.starts_with("http://") || lower.starts_with("https://");
    let host = lower.split("://").nth(1).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let mail = lower.strip_prefix("mailto:").is_some_and(|to| to.contains('@') && !to.contains(['?', '%']));
    let plain = link.len() < 2000
        && !link.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\`|{}^[]".contains(c));
    plain && (schemes && host || mail)
}

fn address(link: &str) -> String {
    if link.contains(['(', ')', '*', '_']) { format!("<{link}>") } else { link.to_owned() }
}

fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Escapes the signs within words that Markdown or clausebook would read.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let letters: Vec<char> = text.chars().collect();
    for (at, c) in letters.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let escape = match c {
            '\\' | '`' | '*' | '[' | '{' => true,
            ']' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '<' => after.is_ascii_alphabetic() || "/!?".contains(after),
            '&' => after.is_ascii_alphabetic() || after == '#',
            // One is enough to strike words out; that of an address opens nothing.
            '~' => !(before == '/' && after.is_alphanumeric()),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
