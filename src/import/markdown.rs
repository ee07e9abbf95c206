//! The reader of Markdown that was written for another program.
//!
//! Takes a text; gives blocks. Front matter of either kind lends the title. Markup in it is read as
//! that of a page.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::blocks::{Block, BlockKind, Label, Paper, PaperPlace, TableCells, TextRun};
use super::html;
use super::inline::{self, Inline};
use super::pictures::{self, PictureShelf};
use super::report::{About, Report};

/// State of the reading of a text.
#[derive(Default)]
struct MarkdownReader {
    out: Vec<Block>,
    inline: Inline,
    /// The lists that are open: the next figure of each, if it counts.
    lists: Vec<Option<u64>>,
    label: Label,
    heading: Option<u8>,
    table: Option<TableCells>,
    /// The columns of the table, and the cells of its row that are beyond them.
    columns: usize,
    beyond: Vec<String>,
    code: Option<String>,
    markup: String,
    note: Option<String>,
    place: PaperPlace,
}

/// The pictures beside a text, and its report.
type ShelfAndReport<'a, 's> = (&'a mut PictureShelf<'s>, &'a mut Report);

/// Reads a text.
pub fn read(text: &str, shelf: &mut PictureShelf<'_>, report: &mut Report) -> Paper {
    let (head, body) = front_matter(text);
    let mut paper = Paper::default();
    for line in head.lines() {
        let Some((key, value)) = line.split_once(['=', ':']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        match key.trim() {
            "title" if !value.is_empty() => paper.title = Some(value),
            "author" | "issuer" if !value.is_empty() && !value.starts_with(['[', '{']) => paper.author = Some(value),
            key if !key.is_empty() && !matches!(key, "numbering" | "series" | "unit") => {
                report.leave_out(
                    About::Left,
                    PaperPlace { page: 0, line: 1 },
                    format!("the key `{key}` of the front matter is left out"),
                    &value,
                );
            }
            _ => {}
        }
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reading = MarkdownReader::default();
    let before = text.len() - body.len();
    let lines_before = text.get(..before).unwrap_or_default().matches('\n').count();
    let (mut seen, mut line) = (0, lines_before);
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        if range.start > seen {
            line += body.get(seen..range.start).unwrap_or_default().matches('\n').count();
            seen = range.start;
        }
        reading.place.line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        if matches!(event, Event::Start(Tag::TableRow)) {
            reading.beyond = cells_beyond(body.get(range).unwrap_or_default(), reading.columns);
        } else if let Some(stars) = stars_of_a_sum(&event, body, &range) {
            reading.inline.words(stars);
            if matches!(event, Event::Start(_)) {
                let says = "stars beside a figure are words: put spaces around them if they are to be emphasis";
                report.add(About::Escaped, reading.place, says, word_around(body, &range));
            }
            continue;
        }
        reading.take(event, &mut paper, (shelf, report));
        for comment in reading.inline.take_comments() {
            report.leave_out(About::Comment, reading.place, "a comment is left out", &comment);
        }
    }
    reading.flush(&mut paper);
    paper.blocks = reading.out;
    paper.marks_are_known = !paper.notes.is_empty();
    paper
}

/// The stars of an event that begins or ends emphasis, if they are within a word and beside a
/// figure: "2*3*4" is a sum.
fn stars_of_a_sum<'t>(event: &Event<'_>, body: &'t str, range: &Range<usize>) -> Option<&'t str> {
    let length = match event {
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => 2,
        _ => return None,
    };
    let before = body.get(..range.start)?.chars().next_back()?;
    let after = body.get(range.end..)?.chars().next()?;
    let inner = body.get(range.start + length..range.end.checked_sub(length)?)?;
    let around = [Some(before), inner.chars().next(), inner.chars().next_back(), Some(after)];
    let within = before.is_alphanumeric() && after.is_alphanumeric();
    let figure = around.into_iter().flatten().any(|c| c.is_ascii_digit());
    let stars = body.get(range.start..range.start + length)?;
    (within && figure && stars.starts_with('*')).then_some(stars)
}

/// The word that holds a range of a text.
fn word_around<'t>(body: &'t str, range: &Range<usize>) -> &'t str {
    let from = body.get(..range.start).and_then(|before| before.rfind(char::is_whitespace)).map_or(0, |at| at + 1);
    let rest = body.get(range.end..).unwrap_or_default();
    let to = range.end + rest.find(char::is_whitespace).unwrap_or(rest.len());
    body.get(from..to).unwrap_or_default()
}

/// The cells of a row that are beyond the columns of its table, which the parser leaves out.
fn cells_beyond(row: &str, columns: usize) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match cells.last_mut() {
            Some(cell) if c != '|' || escaped => cell.push(c),
            _ => cells.push(String::new()),
        }
        escaped = c == '\\' && !escaped;
    }
    cells.drain(..columns.min(cells.len()));
    cells.retain(|cell| !cell.trim().is_empty());
    cells
}

/// Cuts off the front matter between `+++` or `---`.
fn front_matter(text: &str) -> (&str, &str) {
    for fence in ["+++\n", "---\n"] {
        let Some(rest) = text.strip_prefix(fence) else { continue };
        if let Some((head, body)) = rest.split_once(&format!("\n{fence}")) {
            return (head, body);
        }
    }
    ("", text)
}

impl MarkdownReader {
    fn flush(&mut self, paper: &mut Paper) {
        let runs = self.inline.take_runs();
        let label = std::mem::take(&mut self.label);
        if runs.is_empty() && label == Label::None {
            return;
        }
        if let Some(note) = &self.note {
            paper.notes.entry(note.clone()).or_default().push(super::blocks::tidy(runs));
            return;
        }
        let kind = self.heading.map_or(BlockKind::Paragraph, BlockKind::Heading);
        let depth = match label {
            Label::None => usize::from(!self.lists.is_empty()),
            _ => self.lists.len().saturating_sub(1),
        };
        self.out.push(Block { label, depth, ..Block::new(kind, runs, self.place) });
    }

    fn take(&mut self, event: Event<'_>, paper: &mut Paper, (shelf, report): ShelfAndReport<'_, '_>) {
        match event {
            Event::Start(tag) => self.start(tag, paper, (shelf, report)),
            Event::End(end) => self.end(end, paper, (shelf, report)),
            Event::Html(text) => self.markup.push_str(&text),
            Event::Text(text) if self.code.is_some() => {
                if let Some(code) = &mut self.code {
                    code.push_str(&text);
                }
            }
            Event::Rule => {
                self.flush(paper);
                self.out.push(Block::new(BlockKind::Edge, Vec::new(), self.place));
            }
            event => self.inline.take(event),
        }
    }

    fn start(&mut self, tag: Tag<'_>, paper: &mut Paper, (shelf, report): ShelfAndReport<'_, '_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush(paper);
                self.heading = Some(rank(level));
            }
            Tag::List(start) => {
                self.flush(paper);
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush(paper);
                self.label = match self.lists.last_mut() {
                    Some(Some(n)) => {
                        let label = Label::Printed(format!("{n}."));
                        *n += 1;
                        label
                    }
                    _ => Label::Bullet,
                };
            }
            Tag::Table(columns) => {
                self.flush(paper);
                self.columns = columns.len();
                self.table = Some(TableCells::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::CodeBlock(kind) => {
                self.flush(paper);
                self.code = Some(String::new());
                if let CodeBlockKind::Fenced(word) = kind
                    && !word.is_empty()
                {
                    report.leave_out(About::Left, self.place, "the language of a block of code is left out", &word);
                }
            }
            Tag::FootnoteDefinition(label) => {
                self.flush(paper);
                self.note = Some(label.to_string());
            }
            Tag::BlockQuote(_) => {
                self.flush(paper);
                report.add(About::Left, self.place, "a quotation or box became paragraphs", "");
            }
            Tag::Image { dest_url, .. } => match shelf.take(&dest_url) {
                Some(file) => self.inline.open_picture(file),
                None => {
                    let says = "a picture is left out, and its words stay: it is not in the folder of the text, or in \
                                a form that is not shown";
                    report.add(About::Picture, self.place, says, &dest_url);
                }
            },
            tag => self.inline.take(Event::Start(tag)),
        }
    }

    fn end(&mut self, end: TagEnd, paper: &mut Paper, (shelf, report): ShelfAndReport<'_, '_>) {
        match end {
            TagEnd::Heading(_) => {
                self.flush(paper);
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush(paper);
                self.lists.pop();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) => self.flush(paper),
            TagEnd::TableCell => {
                let runs = self.inline.take_runs();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.push(runs);
                }
            }
            TagEnd::TableRow => {
                let beyond: Vec<_> = self.beyond.drain(..).map(|cell| inline::runs(&cell)).collect();
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.extend(beyond);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.out.push(Block::new(BlockKind::Table(table), Vec::new(), self.place));
                }
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.out.push(Block::new(BlockKind::Code(code), Vec::new(), self.place));
                }
            }
            TagEnd::FootnoteDefinition => {
                self.flush(paper);
                self.note = None;
            }
            TagEnd::HtmlBlock => {
                let markup = std::mem::take(&mut self.markup);
                for part in markup.split("<!--").skip(1) {
                    let comment = part.split_once("-->").map_or(part, |(comment, _)| comment).trim();
                    report.leave_out(About::Comment, self.place, "a comment is left out", comment);
                }
                let mut inner = html::fragment(&markup, shelf, report);
                inner.iter_mut().for_each(|block| block.place = self.place);
                self.out.append(&mut inner);
            }
            TagEnd::Image => {
                if let Some(words) = self.inline.close_picture() {
                    pictures::tell(report, self.place, &words);
                }
            }
            end => self.inline.take(Event::End(end)),
        }
    }
}

fn rank(level: HeadingLevel) -> u8 {
    level as u8
}

/// Returns the words of some runs of a text that is looked at.
pub fn links(text: &str) -> Vec<String> {
    let mut report = Report::default();
    let paper = read(text, &mut PictureShelf::new("", &|_| None), &mut report);
    let runs = paper.blocks.into_iter().flat_map(|block| {
        let cells = match block.kind {
            BlockKind::Table(table) => table.rows.into_iter().flatten().flatten().collect(),
            _ => Vec::new(),
        };
        block.runs.into_iter().chain(cells)
    });
    let link = |run: TextRun| match run {
        TextRun::Words { link, .. } => link,
        _ => None,
    };
    runs.filter_map(link).collect()
}
