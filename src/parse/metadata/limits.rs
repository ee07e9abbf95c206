//! `[limits]` of the settings.
//!
//! Takes the table of the settings; returns the limits. Those of a site that is extended are not
//! asked for: who builds a site says how much it may take.

use super::table::TomlTable;
use crate::config::{Limits, MOST_FILE};
use crate::diagnostic::Diagnostic;

/// The most that may be asked for of anything that is counted.
const MOST: u64 = 1_000_000;
/// A day: whoever waits longer has no limit in mind.
const MOST_SECONDS: u64 = 86_400;
/// More memory than a computer has.
const MOST_MEMORY: u64 = 1 << 40;

/// Reads the limits; what is not set is as by default.
pub(super) fn limits(settings: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Limits {
    let mut limits = Limits::default();
    let Some(table) = settings.table("limits", "the limits", faults) else { return limits };
    let count = |key: &str, limit: &mut usize, faults: &mut Vec<Diagnostic>| {
        if let Some(count) = table.count(key, MOST, faults) {
            *limit = usize::try_from(count).unwrap_or(usize::MAX);
        }
    };
    count("nesting", &mut limits.nesting, faults);
    count("notes", &mut limits.notes, faults);
    count("clauses", &mut limits.clauses, faults);
    count("draw-ins", &mut limits.draw_ins, faults);
    let size = |key: &str, limit: &mut u64, faults: &mut Vec<Diagnostic>| {
        *limit = table.size(key, MOST_FILE, faults).unwrap_or(*limit);
    };
    size("file", &mut limits.file, faults);
    size("line", &mut limits.line, faults);
    size("drawn-text", &mut limits.drawn_text, faults);
    limits.seconds = table.count("seconds", MOST_SECONDS, faults).unwrap_or(limits.seconds);
    limits.memory = table.size("memory", MOST_MEMORY, faults).or(limits.memory);
    table.finish(faults);
    limits
}
