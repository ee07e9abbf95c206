//! The text that is made: front matter, clauses, lists, tables and notes in clausebook's Markdown.
//!
//! Takes a paper whose blocks have roles. Whatever Markdown or clausebook would read as a sign is
//! escaped, so that the words of the page are those of the paper.

mod escape;
mod runs;

use super::blocks::{self, Block, BlockKind, Label, TableCells, TextRun};
use super::pass::{BlockRole, Shaped};
use super::report::{About, Report};
use crate::document::Numbering;

/// Writes the text.
pub fn write(shaped: &Shaped, report: &mut Report) -> String {
    let mut out = front_matter(shaped);
    let mut in_list = false;
    let mut sign_before = None;
    // The width of the sign of each item that is open.
    let mut widths: Vec<usize> = Vec::new();
    for (block, role) in &shaped.blocks {
        let mut text = String::new();
        let is_item =
            matches!(role, BlockRole::Item(_) | BlockRole::Lettered(_) | BlockRole::Sub(..) | BlockRole::Counted(..));
        match (&block.kind, role) {
            (BlockKind::Table(table), _) => table_text(&mut text, table, block, report),
            (BlockKind::Code(code), _) => code_text(&mut text, code),
            (_, role) => {
                let indent = indent(&mut widths, role, in_list);
                block_text(&mut text, block, role, (&indent, in_list, shaped.found.numbering), report);
            }
        }
        if text.is_empty() {
            continue;
        }
        let sign = match role {
            BlockRole::Counted(_, _, sign) => Some(*sign),
            _ => None,
        };
        let begins_anew = sign.is_some() && sign_before.is_some() && sign != sign_before;
        if !(in_list && is_item) || begins_anew {
            out.push('\n');
        }
        sign_before = sign;
        out.push_str(&text);
        out.push('\n');
        in_list = is_item;
    }
    for (label, body) in &shaped.notes {
        out.push_str(&format!("\n[^{}]:", note_label(label)));
        for (n, part) in body.iter().enumerate() {
            let text = runs::text(part, Default::default(), blocks::PaperPlace::default(), report);
            let text = escape::start(&text, Numbering::None);
            out.push_str(&if n == 0 { format!(" {text}\n") } else { format!("\n    {text}\n") });
        }
    }
    out
}

/// The label of a note as clausebook reads it.
pub fn note_label(label: &str) -> String {
    label.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn front_matter(shaped: &Shaped) -> String {
    let string = |text: &str| toml::Value::from(text.replace(char::is_control, " ")).to_string();
    let mut out = format!("+++\ntitle = {}\n", string(&shaped.title));
    if let Some(author) = &shaped.author {
        out.push_str(&format!("issuer = {}\n", string(author)));
    }
    out.push_str(&format!("numbering = \"{}\"\n", shaped.found.numbering_name()));
    if let Some(unit) = &shaped.found.unit {
        out.push_str(&format!("unit = {}\n", string(unit)));
    }
    if let Some(series) = &shaped.found.series {
        let words: Vec<String> = series.iter().map(|word| string(word)).collect();
        out.push_str(&format!("series = [{}]\n", words.join(", ")));
    }
    out.push_str("+++\n");
    out
}

/// The spaces before an item: as many as the signs of those around it take. A paragraph in a list
/// is in its first item.
fn indent(widths: &mut Vec<usize>, role: &BlockRole, in_list: bool) -> String {
    if !in_list {
        widths.clear();
    }
    let (level, width) = match role {
        BlockRole::Item(level) | BlockRole::Lettered(level) | BlockRole::Sub(level, ..) => (*level, 2),
        BlockRole::Counted(level, n, _) => (*level, n.to_string().len() + 2),
        _ => return " ".repeat(widths.first().copied().unwrap_or(0)),
    };
    widths.truncate(level);
    let spaces = widths.iter().sum();
    widths.push(width);
    " ".repeat(spaces)
}

fn block_text(
    out: &mut String,
    block: &Block,
    role: &BlockRole,
    (indent, in_list, numbering): (&str, bool, Numbering),
    report: &mut Report,
) {
    let inside = match role {
        BlockRole::Heading(_) => runs::Inside::Heading,
        BlockRole::Clause(_) if block.is_heading() => runs::Inside::Heading,
        _ => runs::Inside::Paragraph,
    };
    let words = runs::text(&block.runs, inside, block.place, report);
    let printed = match &block.label {
        Label::Printed(printed) => printed.as_str(),
        _ => "",
    };
    let gap = if printed.is_empty() || words.is_empty() { "" } else { " " };
    let whole = || escape::start(&format!("{}{gap}{words}", runs::escaped(printed)), numbering);
    match role {
        BlockRole::Heading(rank) => {
            let hashes = "#".repeat(usize::from(*rank));
            out.push_str(&format!("{hashes} {printed}{gap}{words}"));
            // A heading that is mentioned has an id.
            out.extend(block.bookmarks.first().map(|id| format!(" {{#{id}}}")));
        }
        BlockRole::Clause(_) => match block.kind {
            BlockKind::Heading(rank) => {
                let hashes = "#".repeat(usize::from(rank));
                out.push_str(&format!("{hashes} {printed}{gap}{words}"));
            }
            _ if numbering == Numbering::Simple && !printed.ends_with(['.', ')']) => {
                out.push_str(&format!("{printed}.{gap}{words}"));
            }
            _ => out.push_str(&format!("{printed}{gap}{words}")),
        },
        BlockRole::Sub(_, label, _) => out.push_str(&format!("{indent}- ({label}) {words}")),
        BlockRole::Lettered(_) => out.push_str(&format!("{indent}- {printed}{gap}{words}")),
        BlockRole::Item(_) => {
            let text = escape::start_of_item(&format!("{}{gap}{words}", runs::escaped(printed)), numbering);
            out.push_str(&format!("{indent}- {text}"));
        }
        BlockRole::Counted(_, n, sign) => {
            out.push_str(&format!("{indent}{n}{sign} {}", escape::start_of_item(&words, numbering)))
        }
        BlockRole::Plain if block.depth > 0 && in_list => out.push_str(&format!("{indent}{}", whole())),
        BlockRole::Plain | BlockRole::Flush => out.push_str(&whole()),
        BlockRole::Bold => out.push_str(&format!("**{}{gap}{words}**", escape::stop(printed))),
    }
}

fn code_text(out: &mut String, code: &str) {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.push_str(&format!("{fence}text\n{}\n{fence}", code.trim_end_matches('\n')));
}

fn table_text(out: &mut String, table: &TableCells, block: &Block, report: &mut Report) {
    let width = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    for (n, row) in table.rows.iter().enumerate() {
        out.push('|');
        for at in 0..width {
            let empty: &[TextRun] = &[];
            let cell = row.get(at).map_or(empty, Vec::as_slice);
            let text = runs::text(cell, runs::Inside::Cell, block.place, report);
            out.push_str(&format!(" {text} |"));
        }
        if n == 0 {
            out.push_str(&format!("\n|{}", " --- |".repeat(width)));
        }
        if n + 1 < table.rows.len() {
            out.push('\n');
        }
    }
    if table.rows.iter().any(|row| row.len() < width) {
        report.add(About::Table, block.place, "rows of the table differ in length; empty cells were put in", "");
    }
}
