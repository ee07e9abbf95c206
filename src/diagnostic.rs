//! Diagnostics: faults, their places, and how to fix them.
//!
//! Holds the diagnostic, the register of codes, and the three forms in which diagnostics are shown:
//! human, short and JSON. Takes spans; gives text. Never prints, and never decides what is wrong:
//! the stages do that.

use std::fmt;
use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use serde_json::json;

use crate::source::{SourceMap, Span};

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The site is written; `--deny warnings` makes it an error.
    Warning,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Declares every code once: its name, its severity. What each means is in the manual,
/// `content/manual/diagnostics.md`.
macro_rules! codes {
    ($($variant:ident $severity:ident $name:literal)*) => {
        /// The stable name of one kind of fault. Each has a clause in the manual, with an example
        /// that raises it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $name] $variant),* }

        impl Code {
            /// Every code, in the manual's order.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name that is printed and that `clausebook explain` takes.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Whether it stops the build.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    // Files
    NotUtf8 Error "not-utf8"
    UnreadableSource Error "unreadable-source"
    TooLarge Error "too-large"
    ControlCharacter Error "control-character"
    BidiControl Warning "bidi-control"
    UnusedFile Warning "unused-file"
    MissingFile Error "missing-file"
    PathClash Error "path-clash"
    UnfinishedMerge Error "unfinished-merge"
    SecretKey Error "secret-key"
    // Settings and front matter
    InvalidToml Error "invalid-toml"
    UnknownKey Error "unknown-key"
    MissingKey Error "missing-key"
    InvalidValue Error "invalid-value"
    MissingFrontMatter Error "missing-front-matter"
    InvalidId Error "invalid-id"
    DuplicateId Error "duplicate-id"
    UnknownKind Error "unknown-kind"
    UnknownDocument Error "unknown-document"
    UnknownTerm Error "unknown-term"
    DuplicateTerm Error "duplicate-term"
    DeniedHtml Error "denied-html"
    InvalidYaml Error "invalid-yaml"
    UnreadKey Warning "unread-key"
    // Numbers and clauses
    MalformedNumber Error "malformed-number"
    QuantityAsNumber Error "quantity-as-number"
    DuplicateNumber Error "duplicate-number"
    NumberOutOfOrder Error "number-out-of-order"
    NumberGap Warning "number-gap"
    NumberInsideParagraph Error "number-inside-paragraph"
    ListInsideParagraph Warning "list-inside-paragraph"
    YearAsList Warning "year-as-list"
    NoClauses Warning "no-clauses"
    NoCounterpart Warning "no-counterpart"
    NumberInCode Error "number-in-code"
    NumberInDefinition Error "number-in-definition"
    NumberInLinkDefinition Error "number-in-link-definition"
    NumberAfterHtml Error "number-after-html"
    UnderlinedHeading Error "underlined-heading"
    HeadingLevel Warning "heading-level"
    MalformedLabel Error "malformed-label"
    MalformedAttributes Error "malformed-attributes"
    DuplicateAnchor Error "duplicate-anchor"
    TooDeep Error "too-deep"
    TooMany Error "too-many"
    // References
    MalformedReference Error "malformed-reference"
    UnresolvedReference Error "unresolved-reference"
    PipeInTable Error "pipe-in-table"
    MisplacedDrawIn Error "misplaced-draw-in"
    BrokenLink Error "broken-link"
    UnsafeUrl Error "unsafe-url"
    RemotePicture Error "remote-picture"
    DeadLink Warning "dead-link"
    PictureWithoutWords Warning "picture-without-words"
    RawHtml Warning "raw-html"
    UnfitPicture Warning "unfit-picture"
    LostWords Warning "lost-words"
    MarkupAsText Warning "markup-as-text"
    ForeignMarkup Warning "foreign-markup"
    AddedReference Warning "added-reference"
    // Notes and words
    UndefinedFootnote Error "undefined-footnote"
    UnusedFootnote Warning "unused-footnote"
    DuplicateFootnote Error "duplicate-footnote"
    DuplicateWord Error "duplicate-word"
    MisplacedBox Warning "misplaced-box"
    OutsideNote Warning "outside-note"
    // The law
    UnknownAuthority Error "unknown-authority"
    MalformedPinpoint Error "malformed-pinpoint"
    UnitMismatch Warning "unit-mismatch"
    UndeclaredAuthority Warning "undeclared-authority"
    AmbiguousAuthority Warning "ambiguous-authority"
    ChapterMismatch Warning "chapter-mismatch"
    // Addresses that were published
    LostPermalink Error "lost-permalink"
    ReusedPermalink Error "reused-permalink"
    ChangedTarget Error "changed-target"
    SpuriousMove Error "spurious-move"
    MoveNotFinal Error "move-not-final"
    UnlikeTarget Error "unlike-target"
    MalformedLedger Error "malformed-ledger"
    DamagedLedger Error "damaged-ledger"
    // Themes
    UnknownTheme Error "unknown-theme"
    TemplateError Error "template-error"
    PaleAccent Error "pale-accent"
    LargeLogo Warning "large-logo"
    LowContrast Error "low-contrast"
    UnusedTemplate Warning "unused-template"
    InvalidWords Error "invalid-words"
    // clausebook itself
    InternalError Error "internal-error"
    TooSlow Error "too-slow"
    TooMuchMemory Error "too-much-memory"
    // Sites that extend another
    InvalidUpstream Error "invalid-upstream"
    LocalClash Error "local-clash"
    MisplacedLocalWords Error "misplaced-local-words"
    UnmatchedLocalNote Error "unmatched-local-note"
    OutdatedLocalNote Warning "outdated-local-note"
    UnreviewedLocalNotes Warning "unreviewed-local-notes"
    UnpinnedUpstream Warning "unpinned-upstream"
    UnusedTheme Warning "unused-theme"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kind of fault.
    pub code: Code,
    /// One sentence, without a full stop.
    pub message: String,
    /// Byte range of the fault.
    pub span: Span,
    /// Second places, each with a few words: "first numbered here".
    pub labels: Vec<(Span, String)>,
    /// Advice on how to fix it, if we know.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of `code` at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), span, labels: Vec::new(), help: None }
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, words: impl Into<String>) -> Self {
        self.labels.push((span, words.into()));
        self
    }

    /// Adds how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean …?" if one of `known` is near to `written`.
    #[must_use]
    pub fn nearest<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(found) => self.help(format!("did you mean `{found}`?")),
            None => self,
        }
    }

    /// Adds a guess as [`nearest`](Self::nearest) does, if one is [worth it](worth_a_guess) after
    /// the faults in `found`.
    #[must_use]
    pub fn nearest_after<'a>(
        self,
        found: &[Diagnostic],
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        if may_suggest(found) { self.nearest(written, known) } else { self }
    }

    /// Returns the severity, which depends on the code alone.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Number of faults of one document after which no more guesses are made.
const MOST_GUESSES: usize = 50;

/// Whether to say what may have been meant by one more fault. To look through all names for each of
/// thousands, which nobody fixes one by one, would take longer than anyone waits.
pub fn may_suggest(found: &[Diagnostic]) -> bool {
    found.len() < MOST_GUESSES
}

/// The one of `known` that is most like `written`, if any is like it; the first in order among
/// equals.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let likeness = strsim::jaro_winkler(&lower, &name.to_lowercase());
        if likeness > best.map_or(0.8, |(most, _)| most) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Puts diagnostics in the order of path and place, and drops exact repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, sources: &SourceMap) {
    let path = |d: &Diagnostic| sources.file_of(d.span).map(|file| file.path.clone());
    diagnostics
        .sort_by(|a, b| (path(a), a.span.start, a.code, &a.message).cmp(&(path(b), b.span.start, b.code, &b.message)));
    diagnostics.dedup();
}

/// Format in which diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the source line and the place marked; coloured or not.
    Human {
        /// Whether to colour.
        colour: bool,
    },
    /// One line each, `path:line:col: severity[code]: message`, as editors read.
    Short,
    /// One JSON object a line.
    Json,
}

/// All diagnostics as text, in the order given. `root` is put before each path.
pub fn show(diagnostics: &[Diagnostic], sources: &SourceMap, root: &str, format: Format) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let written = match format {
            Format::Human { colour } => writeln!(out, "{}\n", human(diagnostic, sources, root, colour)),
            Format::Short => writeln!(out, "{}", short(diagnostic, sources, root)),
            Format::Json => writeln!(out, "{}", as_json(diagnostic, sources, root)),
        };
        debug_assert!(written.is_ok(), "a String takes every write");
    }
    out
}

fn path_of(span: Span, sources: &SourceMap, root: &str) -> String {
    let path = sources.file_of(span).map_or("?", |file| &file.shown);
    // A theme is beside the site's folder: `content/../themes/x` is `themes/x`.
    let shown = match (path.strip_prefix("../"), root.rsplit_once('/')) {
        (Some(beside), None) if !matches!(root, "" | "." | "..") => beside.to_owned(),
        (Some(beside), Some((parent, last))) if !matches!(last, "." | "..") => format!("{parent}/{beside}"),
        _ if root.is_empty() => path.to_owned(),
        _ => format!("{root}/{path}"),
    };
    escape_controls(&shown)
}

fn place(span: Span, sources: &SourceMap) -> (usize, usize) {
    sources.file_of(span).map_or((1, 1), |file| file.line_column(span.start))
}

/// A place as `path:line:col`.
pub fn place_of(span: Span, sources: &SourceMap, root: &str) -> String {
    let (line, column) = place(span, sources);
    format!("{}:{line}:{column}", path_of(span, sources, root))
}

fn short(d: &Diagnostic, sources: &SourceMap, root: &str) -> String {
    let at = place_of(d.span, sources, root);
    let help =
        d.help.as_ref().map(|help| format!(" ({})", escape_controls(&help.replace('\n', " ")))).unwrap_or_default();
    format!("{at}: {}[{}]: {}{help}", d.severity().as_str(), d.code, escape_controls(&d.message))
}

fn as_json(d: &Diagnostic, sources: &SourceMap, root: &str) -> String {
    let labels = d.labels.iter().map(|(span, words)| {
        let (line, column) = place(*span, sources);
        json!({ "path": path_of(*span, sources, root), "line": line, "column": column, "message": escape_controls(words) })
    });
    let labels: Vec<_> = labels.collect();
    let (line, column) = place(d.span, sources);
    json!({
        "code": d.code.as_str(), "severity": d.severity().as_str(), "message": escape_controls(&d.message),
        "path": path_of(d.span, sources, root), "line": line, "column": column,
        "start": d.span.start, "end": d.span.end, "labels": labels, "help": d.help.as_deref().map(escape_lines),
    })
    .to_string()
}

/// The longest source line that is drawn whole; of a longer one the end is cut, so that a page
/// without line breaks does not fill a terminal.
const DRAWN_LINE: usize = 240;

fn human(d: &Diagnostic, sources: &SourceMap, root: &str, colour: bool) -> String {
    let level = match d.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let windows: Vec<_> = std::iter::once((d.span, None))
        .chain(d.labels.iter().map(|(span, words)| (*span, Some(escape_controls(words)))))
        .map(|(span, words)| (Window::of(span, sources), path_of(span, sources, root), words))
        .collect();
    let message = escape_controls(&d.message);
    let help = d.help.as_deref().map(escape_lines);
    let mut group = level.primary_title(message.as_str()).id(d.code.as_str()).elements(windows.iter().map(
        |(window, path, words)| {
            let kind = if words.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
            let mark = kind.span(window.mark.clone()).label(words.as_deref());
            Snippet::source(window.text.as_str()).line_start(window.line).path(path.as_str()).annotation(mark)
        },
    ));
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let groups: [Group<'_>; 1] = [group];
    renderer.decor_style(DecorStyle::Ascii).render(&groups)
}

/// The one source line that a span begins in, cut round the span, with the span's place in it.
struct Window {
    text: String,
    line: usize,
    mark: std::ops::Range<usize>,
}

impl Window {
    fn of(span: Span, sources: &SourceMap) -> Self {
        let Some(file) = sources.file_of(span) else {
            return Window { text: String::new(), line: 1, mark: 0..0 };
        };
        let (line, column) = file.line_column(span.start);
        let before = file.slice(0..span.start).rfind('\n').map_or(0, |at| at + 1);
        let whole = file.slice(before..file.text.len()).lines().next().unwrap_or_default();
        // Columns are kept true: what is before the mark is always drawn, unless it is very
        // long.
        let text: String = whole.chars().take((column + DRAWN_LINE / 2).max(DRAWN_LINE)).map(tame_char).collect();
        let start = text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
        let marked = file.slice(span.start..span.end).lines().next().unwrap_or_default().chars().count();
        let end = text.char_indices().nth(column - 1 + marked).map_or(text.len(), |(at, _)| at);
        Window { text, line, mark: start..end.max(start) }
    }
}

/// Returns a character that is safe to show on a terminal in place of `c`. Control and
/// bidirectional characters become a mark, since either can make a terminal show what is not there
/// (Trojan Source, CVE-2021-42574). A tab becomes a space.
fn tame_char(c: char) -> char {
    if c == '\t' {
        ' '
    } else if c.is_control() || is_bidi_control(c) {
        '\u{fffd}'
    } else {
        c
    }
}

/// Returns help as [`escape_controls`] does, with its line breaks: a row has several lines.
fn escape_lines(help: &str) -> String {
    help.split('\n').map(escape_controls).collect::<Vec<_>>().join("\n")
}

/// A text without what could make a terminal show what is not there.
pub fn escape_controls(text: &str) -> String {
    text.chars().map(tame_char).collect()
}

/// Returns the folder `root` as messages print it before a file's path: without slashes at its end,
/// and empty for `.`.
pub fn shown_root(root: &Path) -> String {
    match root.to_string_lossy().trim_end_matches('/') {
        "." => String::new(),
        root => root.to_owned(),
    }
}

/// Whether a character changes the direction of the text around it (Unicode Standard Annex 9).
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
