//! The context of the parser: what all of it only reads, and the one place where faults go.
//!
//! Holds the file and the settings that apply to it. Every state takes it by reference; none keeps
//! it.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::config::Limits;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ItemLabels, Numbering};
use crate::law::{Register, ShortNames};
use crate::source::{SourceFile, Span};

/// The settings that a body is parsed with.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The numbering of its clauses.
    pub numbering: Numbering,
    /// The words for one clause and for several.
    pub unit: [&'a str; 2],
    /// Words that begin the heading of a series of numbers.
    pub series: &'a [String],
    /// The labels of the items of numbered lists.
    pub items: ItemLabels,
    /// Whether clauses of other documents may be drawn in.
    pub pack: bool,
    /// The folder of its file below the site's folder.
    pub folder: &'a str,
    /// The works that its words may cite.
    pub register: &'a Register,
    /// The work that a bare "section 10" means: index into the register.
    pub default: Option<usize>,
    /// Whether HTML is an error.
    pub html_denied: bool,
    /// Whether a link that leads nowhere is an error.
    pub dead_links_denied: bool,
    /// The most that it may have of anything.
    pub limits: &'a Limits,
    /// The title in front matter, empty if a heading gives it; none of a text that has no title.
    pub title: Option<&'a str>,
}

impl<'a> Reading<'a> {
    /// Returns what tells the number of a clause from other figures.
    pub fn scheme(&self) -> (Numbering, [&'a str; 2]) {
        (self.numbering, self.unit)
    }
}

/// The file being parsed, its settings, and the list of its faults.
pub struct Context<'a> {
    /// The file.
    pub file: &'a SourceFile,
    /// Text of the file, with plain spaces where lines begin. It has the length of the file.
    pub text: &'a str,
    /// The settings.
    pub reading: Reading<'a>,
    /// The short names that the file has defined so far for the works that it cites.
    pub short: RefCell<ShortNames>,
    faults: RefCell<&'a mut Vec<Diagnostic>>,
    full: Cell<bool>,
}

impl<'a> Context<'a> {
    /// Creates the context of one file, whose faults go to `faults`.
    pub fn new(file: &'a SourceFile, text: &'a str, reading: Reading<'a>, faults: &'a mut Vec<Diagnostic>) -> Self {
        let (short, faults) = (RefCell::default(), RefCell::new(faults));
        Context { file, text, reading, short, faults, full: Cell::new(false) }
    }

    /// Returns the span of a range of the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file.id, range.clone())
    }

    /// Returns the source text of a range of the file.
    pub fn source(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Returns the first word of a range; empty if there is none.
    pub fn first_word(&self, range: &Range<usize>) -> &'a str {
        self.source(range).split_whitespace().next().unwrap_or_default()
    }

    /// Returns the first line of a range; empty if there is none.
    pub fn first_line(&self, range: &Range<usize>) -> &'a str {
        self.source(range).lines().next().unwrap_or_default()
    }

    /// Finds where `written` first occurs in a range of the file.
    pub fn find(&self, range: &Range<usize>, written: &str) -> Option<Range<usize>> {
        let at = range.start + self.source(range).find(written)?;
        Some(at..at + written.len())
    }

    /// Returns the span of the last `written` in a range of the file; that of the range if there is
    /// none.
    pub fn last(&self, range: &Range<usize>, written: &str) -> Span {
        let at = self.source(range).rfind(written).map(|at| range.start + at);
        self.span(&at.map_or(range.clone(), |at| at..at + written.len()))
    }

    /// Reports a fault, with how to fix it.
    pub fn report(&self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        self.add(Diagnostic::new(code, self.span(&range), message).help(help));
    }

    /// Reports a link, a mention or a picture that leads nowhere, as severely as the settings say.
    pub fn report_dead(&self, code: Code, range: Range<usize>, message: impl Into<String>, help: &str) {
        let code = if self.reading.dead_links_denied { code } else { Code::DeadLink };
        self.report(code, range, message, help);
    }

    /// Adds a fault that has more to say than [`report`](Self::report) takes.
    pub fn add(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    /// Reports, once, that there are too many of something if there are `count` before one more is
    /// added. `what` is the name of its setting.
    pub fn bound(&self, (count, most): (usize, usize), what: &str, place: Range<usize>) {
        if count == most && !self.full.replace(true) {
            let message = format!("this document has too many {what}: the most is {most}");
            let help = format!("split it into documents of their own, or raise `{what}` under [limits] in site.toml");
            self.report(Code::TooMany, place, message, &help);
        }
    }

    /// Returns whether there is more of something than a document may have, so that no more is
    /// parsed.
    pub fn is_full(&self) -> bool {
        self.full.get()
    }
}
