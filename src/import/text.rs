//! The reader of plain texts, and of what `pdftotext` makes of a PDF.
//!
//! Takes the letters of a file; gives blocks. Lines are put together to paragraphs, signs and
//! numbers at their starts begin blocks of their own, and what repeats at the heads and feet of
//! pages is furniture. A little Markdown is understood, since many texts have some: `#` headings,
//! rules, and the signs that `signs` knows.

mod asides;
mod columns;
mod contents;
mod feet;
mod furniture;
mod glued;
mod lettered;
mod lines;
mod rows;
mod signs;
mod starts;

use std::collections::{BTreeSet, HashSet};

use super::blocks::{Block, BlockKind, Label, Paper, PaperPlace, TextRun};
use super::inline;
use super::report::{About, Report};
pub use lines::is_number;
use lines::{FootPart, ForeignLine, LineType, Wrapping};
use signs::Signs;
pub use starts::{CLAUSE_WORDS, bare_figure, begins_with_number, names_a_number, starts};

/// Spaces by which a line of a page is further out than the one above it.
const OUTDENT: usize = 3;

/// Reads a text. Form feeds end pages. `printed` says that no sign of it is markup. There, and in a
/// text with pages, figures at the ends of words may be marks of notes.
pub fn read(text: &str, printed: bool, report: &mut Report) -> Paper {
    let layout = printed || text.contains('\u{c}');
    let text = glued::apart(text);
    let text = lettered::bracketed(&text);
    let lines = furniture::without(lines::of(&text), report);
    let lines = contents::without(lines, report);
    let lines = if layout { feet::by_type(columns::apart(lines, report)) } else { lines };
    let mut begun = if layout { feet::first_lines(&lines) } else { BTreeSet::new() };
    let place = |line: &ForeignLine<'_>| (line.place.page, line.place.line);
    let of_notes =
        |line: &ForeignLine<'_>| line.ends_page || line.foot != FootPart::None || begun.contains(&place(line));
    let own: Vec<Option<&str>> = lines.iter().map(|line| (!of_notes(line)).then_some(line.text)).collect();
    let places =
        |found: Vec<usize>| found.into_iter().filter_map(|at| lines.get(at).map(place)).collect::<BTreeSet<_>>();
    let (counted, within) = (places(starts::counted(&own)), places(starts::within_sentences(&own)));
    begun.extend(counted);
    let (wrapping, column) = (Wrapping::of(&lines), asides::column(&lines));
    let mut reader = TextReader { wrapping, column, begun, within, layout, printed, out: Vec::new(), report };
    let mut chunk: Vec<&ForeignLine<'_>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        // A rule below the head of a table parts nothing.
        let within = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| rows::has_gap(line.text));
        let of_table = within(at.checked_sub(1)) && within(Some(at + 1));
        let edge = line.ends_page || lines::is_rule(line.text) && !of_table;
        let is_blank = line.text.trim().is_empty();
        let in_note = chunk.last().is_some_and(|last| last.foot != FootPart::None);
        let parts = match line.foot {
            FootPart::Begins => true,
            FootPart::GoesOn => !in_note,
            FootPart::None => edge || is_blank || in_note,
        };
        if parts {
            reader.take(&chunk);
            chunk.clear();
        }
        if !edge && !is_blank {
            chunk.push(line);
        }
        if edge {
            reader.out.push(Block::new(BlockKind::Edge, Vec::new(), line.place));
        }
    }
    reader.take(&chunk);
    let blocks = reader.out;
    let guesses = blocks.iter().filter(|block| block.is_heading()).count() < 3;
    Paper { blocks, guesses, has_pages: true, bare_marks: layout, ..Paper::default() }
}

/// Blocks that are being read from lines.
struct TextReader<'r> {
    wrapping: Wrapping,
    /// The letter at which a column at the right begins.
    column: Option<usize>,
    /// The places of the lines that begin notes, or whose bare figures count through the text.
    begun: BTreeSet<(u32, u32)>,
    /// The places of the lines whose numbers are within a sentence.
    within: BTreeSet<(u32, u32)>,
    /// Whether the lines are those of pages.
    layout: bool,
    /// Whether no sign is markup.
    printed: bool,
    out: Vec<Block>,
    report: &'r mut Report,
}

impl TextReader<'_> {
    /// Makes blocks of lines between which none is empty: of the rows of a table among them, and of
    /// all others.
    fn take(&mut self, chunk: &[&ForeignLine<'_>]) {
        if chunk.first().is_some_and(|line| line.foot != FootPart::None) {
            return self.note(chunk);
        }
        if chunk.len() > 1 && chunk.iter().filter(|line| line.text.trim().contains('\t')).count() * 2 > chunk.len() {
            let rows = chunk.iter().map(|line| line.text.trim_end().split('\t').collect()).collect();
            return self.table(chunk, rows, "lines with tabs became a table");
        }
        let mut rest = chunk;
        while let Some((range, rows)) = rows::first(rest) {
            self.lines(rest.get(..range.start).unwrap_or_default());
            self.table(rest.get(range.start..).unwrap_or_default(), rows, "lines in columns became a table");
            rest = rest.get(range.end..).unwrap_or_default();
        }
        self.lines(rest);
    }

    /// Makes one block of the lines of a note.
    fn note(&mut self, lines: &[&ForeignLine<'_>]) {
        let mut open: Option<OpenBlock> = None;
        for line in lines {
            match &mut open {
                Some(open) => join(open, line, &self.wrapping.words, self.report),
                None => open = Some(LineStart::Words.opens(line)),
            }
        }
        self.flush(open);
    }

    fn table(&mut self, lines: &[&ForeignLine<'_>], rows: Vec<Vec<&str>>, says: &str) {
        let Some(first) = lines.first() else { return };
        let rows: Vec<Vec<_>> =
            rows.into_iter().map(|row| row.into_iter().map(|cell| self.runs(cell, first.place)).collect()).collect();
        self.report.add(About::Table, first.place, says, first.text);
        self.out.push(Block::new(BlockKind::Table(rows.into()), Vec::new(), first.place));
    }

    /// The runs of some words. What is read of their signs is reported.
    fn runs(&mut self, text: &str, place: PaperPlace) -> Vec<TextRun> {
        let signed = signs::apart(text, if self.printed { Signs::Printed } else { Signs::Plain });
        for (says, words) in signed.read {
            self.report.tell(About::Markup, place, says, &words);
        }
        inline::runs(&signed.text)
    }

    fn lines(&mut self, chunk: &[&ForeignLine<'_>]) {
        let cut: Vec<_> = chunk.iter().map(|line| cut_line(line, self.column)).collect();
        let texts: Vec<&str> = cut.iter().map(|(line, _)| line.text.trim()).collect();
        let mut open: Option<OpenBlock> = None;
        let starts = starts::starts(&texts);
        for (at, ((line, aside), numbered)) in cut.iter().zip(starts.iter().copied()).enumerate() {
            let is_head = self.is_head(line, cut.get(at + 1).map(|(next, _)| next).zip(starts.get(at + 1)));
            let place = (line.place.page, line.place.line);
            let numbered = numbered && !self.within.contains(&place) || self.begun.contains(&place);
            let start = LineStart::of(line, numbered);
            let joins = open.as_ref().is_some_and(|open| {
                let is_closed = is_head && open.text.ends_with(['.', '?', '!']);
                let is_words = matches!(start, LineStart::Words) && matches!(open.kind, BlockKind::Paragraph);
                // A heading in large type goes on in the same type.
                if let (LineType::Large(_), LineStart::Heading(rank, _)) = (line.face, &start) {
                    return matches!(open.kind, BlockKind::Heading(open) if open == *rank) && !numbered;
                }
                is_words && (self.within.contains(&place) || !is_closed && self.joins(open, line))
            });
            match &mut open {
                Some(open) if joins => {
                    open.inner = Some(line.indent);
                    join(open, line, &self.wrapping.words, self.report);
                    open.end = line.end();
                }
                _ => {
                    self.flush(open.take());
                    open = Some(start.opens(line));
                }
            }
            if let Some(open) = &mut open {
                open.asides.extend(aside.clone());
            }
        }
        self.flush(open);
    }

    /// Whether a line may be a heading below a whole sentence: it is the last of its lines, or
    /// something of its own begins with the next one.
    fn is_head(&self, line: &ForeignLine<'_>, next: Option<(&ForeignLine<'_>, &bool)>) -> bool {
        let text = line.text.trim();
        let is_last = next.is_none_or(|(next, starts)| {
            let words = next.text.trim();
            *starts || lines::after_bullet(words).is_some() || self.wrapping.ends_early(line, words)
        });
        is_last && lines::may_be_head(text) || next.is_none() && lines::is_head(text)
    }

    /// Whether a line of words goes on with the block above it.
    fn joins(&self, open: &OpenBlock, line: &ForeignLine<'_>) -> bool {
        // Where a page is laid out, the figure of a note is alone on the line above its words.
        if self.layout && lines::is_figure_alone(&open.text) {
            return true;
        }
        // A line further out than those above it begins something of its own.
        let outdented = self.layout && open.inner.is_some_and(|inner| line.indent + OUTDENT <= inner);
        let figure = self.layout && lines::is_figure_alone(line.text);
        let goes_on = self.wrapping.joins((&open.text, open.end), line.text)
            || !self.printed && open.text.matches("**").count() % 2 == 1;
        let flush = open.is_item() && self.wrapping.is_flush((open.indent, open.end, &open.text), line);
        // A sentence further in than the number of its paragraph is of the paragraph, and so is a
        // line as far in as the one above it.
        let hanging = line.indent > open.indent + 1
            && (open.text.ends_with(['.', '?', '!']) || open.inner == Some(line.indent))
            && (open.label == Label::Bullet || starts::begins_with_number(&open.text));
        hanging || goes_on && !figure && !outdented && !flush
    }

    fn flush(&mut self, open: Option<OpenBlock>) {
        if let Some(OpenBlock { kind, label, depth, mut text, place, asides, .. }) = open {
            for aside in asides {
                let says = "words in a column at the right are behind those of their paragraph";
                self.report.add(About::Table, place, says, &aside);
                text.push(' ');
                text.push_str(&aside);
            }
            let runs = self.runs(&text, place);
            self.out.push(Block { label, depth, ..Block::new(kind, runs, place) });
        }
    }
}

/// A block whose lines are being put together.
struct OpenBlock {
    kind: BlockKind,
    label: Label,
    depth: usize,
    text: String,
    place: PaperPlace,
    /// The indent of its first line.
    indent: usize,
    /// The length of its last line.
    end: usize,
    /// The indent of its last line, if it has more than one.
    inner: Option<usize>,
    /// The words beside it in a column at the right.
    asides: Vec<String>,
}

impl OpenBlock {
    /// Whether its first words are the sign or the label of an item.
    fn is_item(&self) -> bool {
        self.label == Label::Bullet || starts::begins_with_label(&self.text)
    }
}

/// A line without the words in a column at the right, and these.
fn cut_line<'t>(line: &ForeignLine<'t>, column: Option<usize>) -> (ForeignLine<'t>, Option<String>) {
    match column.and_then(|column| asides::cut(line.text, column)) {
        Some((text, aside)) => (ForeignLine { text, ..line.clone() }, Some(aside.to_owned())),
        None => (line.clone(), None),
    }
}

/// Puts a line behind those of its paragraph, without the hyphen that broke a word if the whole
/// word occurs elsewhere.
fn join(open: &mut OpenBlock, line: &ForeignLine<'_>, words: &HashSet<String>, report: &mut Report) {
    let next = line.text.trim();
    let last = open.text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let Some(head) = last.strip_suffix('-').filter(|head| head.ends_with(char::is_alphabetic)) else {
        open.text.push(' ');
        open.text.push_str(next);
        return;
    };
    if !next.starts_with(char::is_lowercase) {
        let gap = if next.starts_with(char::is_alphanumeric) { "" } else { " " };
        open.text.push_str(gap);
        open.text.push_str(next);
        return;
    }
    let tail = lines::bare(next.split_whitespace().next().unwrap_or_default());
    let whole = format!("{}{tail}", lines::bare(head));
    let undone = words.contains(&whole.to_lowercase());
    let says =
        if undone { "a hyphen at the end of a line was undone" } else { "a hyphen at the end of a line was kept" };
    let word = format!("{head}-{tail}");
    match undone {
        true => report.tell(About::Hyphen, line.place, says, &word),
        false => report.add(About::Hyphen, line.place, says, &word),
    }
    if undone {
        open.text.pop();
    }
    open.text.push_str(next);
}

/// Block that the first signs of a line begin.
enum LineStart<'t> {
    Words,
    Heading(u8, &'t str),
    Bullet(usize, &'t str),
    Printed(&'t str),
}

impl<'t> LineStart<'t> {
    fn of(line: &ForeignLine<'t>, numbered: bool) -> Self {
        let text = line.text.trim();
        let hashes = text.len() - text.trim_start_matches('#').len();
        if (1..=6).contains(&hashes)
            && let Some(words) = text.get(hashes..).filter(|rest| rest.starts_with(' '))
        {
            let rank = u8::try_from(hashes).unwrap_or(6);
            return LineStart::Heading(rank, words.trim().trim_end_matches('#').trim_end());
        }
        if let LineType::Large(rank) = line.face {
            return LineStart::Heading(rank, text);
        }
        if let Some(words) = lines::after_bullet(text) {
            return LineStart::Bullet(line.indent / 2, words);
        }
        if numbered { LineStart::Printed(text) } else { LineStart::Words }
    }

    fn opens(&self, line: &ForeignLine<'_>) -> OpenBlock {
        let (kind, label, depth, text) = match self {
            LineStart::Words => (BlockKind::Paragraph, Label::None, 0, line.text.trim()),
            LineStart::Heading(rank, words) => (BlockKind::Heading(*rank), Label::None, 0, *words),
            LineStart::Bullet(depth, words) => (BlockKind::Paragraph, Label::Bullet, *depth, *words),
            LineStart::Printed(words) => (BlockKind::Paragraph, Label::None, 0, *words),
        };
        let (indent, end) = (line.indent, line.end());
        OpenBlock {
            kind,
            label,
            depth,
            text: text.to_owned(),
            place: line.place,
            indent,
            end,
            inner: None,
            asides: Vec::new(),
        }
    }
}
