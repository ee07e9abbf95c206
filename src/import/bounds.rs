//! Bounds of an import, since a file may be made to take all of a machine.

use super::Refusal;
use super::blocks::{Paper, PaperPlace};
use super::report::{About, Report};
use crate::config::{Limits, size};

/// The most bytes of a file.
pub const MOST_BYTES: usize = 64 << 20;
/// The most bytes of the letters of a text, a page, or a part of a document.
pub const MOST_LETTERS: u64 = 32 << 20;
/// The most bytes of the boxes of the words of a PDF.
pub const MOST_BOXES: u64 = 256 << 20;
/// The most bytes of all pictures of a document.
pub const MOST_PICTURES: u64 = 256 << 20;
/// The most nodes of a part of a document.
pub const MOST_NODES: u32 = 4_000_000;
/// The most files in a document.
pub const MOST_FILES: usize = 5_000;
/// The most blocks of a paper.
pub const MOST_BLOCKS: usize = 200_000;
/// The deepest list.
pub const DEEPEST: usize = 8;

/// Refuses a file that is larger than a reader takes.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::new("the file is larger than 64 MB", "cut it into papers and import each of them"));
    }
    Ok(())
}

/// Refuses a paper that has more blocks than a site can hold in one document.
pub(crate) fn check_blocks(paper: &Paper) -> Result<(), Refusal> {
    if paper.blocks.len() > MOST_BLOCKS {
        return Err(Refusal::new(
            "the file has more than 200,000 paragraphs",
            "cut it into papers and import each of them",
        ));
    }
    Ok(())
}

/// Says of a text that a site does not read it whole unless its settings say so.
pub(crate) fn check_limits(text: &str, report: &mut Report) {
    let limits = Limits::default();
    let longest = text.split('\n').map(str::len).max().unwrap_or(0) as u64;
    let length = text.len() as u64;
    let rows = [
        (raised(length, limits.file), "the text is longer than a text may be", size(limits.file), "file"),
        (raised(longest, limits.line), "a line of the text is longer than a line may be", size(limits.line), "line"),
        (
            (report.notes > limits.notes).then(|| report.notes.to_string()),
            "the text has more notes than a text may have",
            limits.notes.to_string(),
            "notes",
        ),
    ];
    for (value, what, most, key) in rows {
        let Some(value) = value else { continue };
        let says = format!(
            "{what}, which is {most}: cut the paper, or write `{key} = {value}` under `[limits]` in `site.toml`"
        );
        report.add(About::Limit, PaperPlace::default(), says, "");
    }
}

/// Returns the value of a limit in `site.toml` for a length that is above it: whole MiB.
pub fn raised(length: u64, limit: u64) -> Option<String> {
    (length > limit).then(|| format!("\"{} MiB\"", length.div_ceil(1 << 20)))
}
