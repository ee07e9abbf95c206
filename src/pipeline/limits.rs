//! Limits of a site that hold for its texts as a whole.
//!
//! Takes the texts of a site and its limits; gives a fault for each text that is too large, before
//! anything parses it, and how much of the limits of one document work on the whole site may take.

use crate::config::{Limits, size};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SETTINGS, Site, SourceFile, SourceMap, UPSTREAM};
use crate::underway::{Task, TaskGuard, TaskKind, UnderWay};

/// Returns a diagnostic for each text of a site that is too large. The settings are left out: they
/// set the limits, and cannot set their own.
pub(super) fn too_large(sources: &SourceMap, limits: &Limits) -> Vec<Diagnostic> {
    let settings = |path: &str| path.strip_prefix(UPSTREAM).unwrap_or(path) == SETTINGS;
    let files = sources.iter().filter(|file| !settings(&file.path));
    files.filter_map(|file| text_too_large(file, limits)).collect()
}

/// Returns how many documents of the largest size the texts of a site would make; at least one.
/// Work on the whole site may take that many times the time and memory of one document.
pub(super) fn shares(sources: &SourceMap, limits: &Limits) -> u64 {
    let bytes: u64 = sources.iter().map(|file| file.text.len() as u64).sum();
    bytes.div_ceil(limits.file.max(1)).max(1)
}

/// Lists some work on the whole site as under way, if anyone is to know.
pub fn begin_whole<'a>(
    under_way: Option<&'a UnderWay>,
    site: &Site,
    limits: &Limits,
    doing: &'static str,
) -> Option<TaskGuard<'a>> {
    let settings = site.sources.find(SETTINGS).or_else(|| site.sources.iter().next())?;
    let piece = Task::new(TaskKind::Whole(doing), settings.start()).with_shares(shares(&site.sources, limits));
    under_way.map(|under_way| under_way.begin(piece))
}

/// Whether a text is too large, or a line of it.
pub(super) fn text_too_large(file: &SourceFile, limits: &Limits) -> Option<Diagnostic> {
    let length = |text: &str| text.len() as u64;
    if length(&file.text) > limits.file {
        let message = format!("this file is larger than {}", size(limits.file));
        let help = "split it into documents of their own, or raise `file` under [limits] in site.toml";
        return Some(Diagnostic::new(Code::TooLarge, file.start(), message).help(help));
    }
    // Most files are shorter than any line may be.
    if length(&file.text) <= limits.line {
        return None;
    }
    let mut start = 0;
    for line in file.text.split('\n') {
        if length(line) > limits.line {
            let message = format!("this line is longer than {}", size(limits.line));
            let help = "break it, or raise `line` under [limits] in site.toml";
            return Some(Diagnostic::new(Code::TooLarge, file.span().with(start..start), message).help(help));
        }
        start += line.len() + 1;
    }
    None
}
