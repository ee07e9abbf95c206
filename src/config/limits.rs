//! Limits of what a site may ask for, so that no file, broken or hostile, takes a computer's whole
//! time or memory.
//!
//! Holds the limits that the settings may set, each with its default: more than any guidance needs.
//! Takes nothing; the stages and the watchdog hold to them.

/// The most bytes that a text may ever have, whatever the settings say: a text is read before they
/// are known.
pub const MOST_FILE: u64 = 64 << 20;

/// `[limits]` of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes in a text.
    pub file: u64,
    /// The most bytes in a line of it.
    pub line: u64,
    /// The deepest nesting of quotations and lists.
    pub nesting: usize,
    /// The most notes in a document.
    pub notes: usize,
    /// The most clauses in a document, sub-clauses among them.
    pub clauses: usize,
    /// The most clauses that are drawn into a pack, and the most bytes that they may have together.
    pub draw_ins: usize,
    /// See `draw_ins`.
    pub drawn_text: u64,
    /// Seconds that it may take to read a document or to make a page.
    pub seconds: u64,
    /// Bytes by which the program may grow meanwhile; none for a limit that suits the computer.
    pub memory: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file: 4 << 20,
            line: 1 << 20,
            nesting: 64,
            notes: 10_000,
            clauses: 50_000,
            draw_ins: 5_000,
            drawn_text: 8 << 20,
            seconds: 10,
            memory: None,
        }
    }
}

/// A number of bytes as the settings have it: `4 MiB`.
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        bytes if bytes >= 1 << 30 && bytes.is_multiple_of(1 << 30) => (1 << 30, "GiB"),
        bytes if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => (1 << 20, "MiB"),
        _ => (1 << 10, "KiB"),
    };
    format!("{} {name}", bytes / unit)
}
