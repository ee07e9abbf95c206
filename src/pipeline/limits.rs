//! Texts that are too large for a parser.
//!
//! Takes the texts of a site and its limits; gives a fault for each text that passes one, before anything parses it.

use crate::config::{Limits, size};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, SourceMap, UPSTREAM};

/// What is too large among the texts of a site, but for its settings: what they may be cannot be set by them.
pub(super) fn too_large(sources: &SourceMap, limits: &Limits) -> Vec<Diagnostic> {
    let settings = |path: &str| path.strip_prefix(UPSTREAM).unwrap_or(path) == super::SETTINGS;
    let files = sources.iter().filter(|file| !settings(&file.path));
    files.filter_map(|file| text_too_large(file, limits)).collect()
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
