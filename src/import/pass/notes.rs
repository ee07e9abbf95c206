//! Notes: their marks in the words, and their bodies at the feet of pages.
//!
//! Takes blocks and the notes that the format itself has; makes `Note` runs of raised figures,
//! moves the bodies that are among the blocks to the notes, and puts together a body whose parts
//! are apart. Where figures begin again on each page, the notes are numbered through.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{self, is_figure};
use super::{apart, spilled};
use crate::import::blocks::{self, Block, BlockKind, Label, Paper, PaperPlace, TextRun};
use crate::import::report::{About, Report};

/// Notes by label, each with its paragraphs.
type NoteBodies = BTreeMap<String, Vec<Vec<TextRun>>>;

/// Finds marks and bodies.
pub fn gather(paper: &mut Paper, notes: &mut NoteBodies, report: &mut Report) {
    // What the format itself says of notes is not guessed again.
    let mut open_marks = notes.is_empty().then(OpenMarks::default);
    let mut marks: BTreeSet<String> = notes.keys().cloned().collect();
    apart::notes_within(&mut paper.blocks);
    if paper.bare_marks {
        spilled::join(&mut paper.blocks, report);
    }
    let mut feet = if paper.bare_marks { marks::feet(&paper.blocks) } else { BTreeSet::new() };
    marks::set(paper, &mut feet, &mut marks, report);
    let blocks = std::mem::take(&mut paper.blocks);
    let mut after_edge = false;
    // A note whose label is alone, or whose words end in an address in the next paragraph.
    let mut open: Option<String> = None;
    for (at, mut block) in blocks.into_iter().enumerate() {
        if matches!(block.kind, BlockKind::Edge) {
            after_edge = true;
            paper.blocks.push(block);
            continue;
        }
        let at_foot = after_edge || open.is_some();
        if let Some(label) = body_label(&block, &marks, at_foot, feet.contains(&at))
            && (!notes.contains_key(&label) || open_marks.as_ref().is_some_and(|marks| marks.has(&label)))
        {
            drop_label(&mut block, &label);
            let label = match &mut open_marks {
                Some(marks) => marks.close(label, notes, &mut paper.blocks),
                None => label,
            };
            let body = std::mem::take(&mut block.runs);
            open = is_open(&body).then(|| label.clone());
            notes.insert(label, vec![body]);
            continue;
        }
        if let Some(label) = open.take()
            && block.is_text()
            && block.label == Label::None
            && (notes.get(&label).is_some_and(|body| body.iter().all(Vec::is_empty)) || is_address(&block.runs))
        {
            let body = notes.entry(label).or_default();
            body.retain(|part| !part.is_empty());
            match body.last_mut() {
                Some(last) => {
                    last.push(TextRun::words(" "));
                    last.append(&mut block.runs);
                }
                None => body.push(block.runs),
            }
            continue;
        }
        after_edge = false;
        if feet.contains(&at) && !marks.is_empty() {
            say_unmarked(&block, report);
        }
        if let Some(marks) = &mut open_marks {
            marks.see(&mut block, paper.blocks.len());
        }
        paper.blocks.push(block);
    }
    unmark(paper, notes, report);
    drop_heading(paper, notes, report);
    if open_marks.is_some_and(|marks| marks.begin_again) {
        number_through(paper, notes, report);
    }
}

/// Words of a heading under which a paper has its notes and nothing else.
const HEADINGS: [&str; 4] = ["notes", "footnotes", "endnotes", "notes and references"];

/// Leaves out the heading of the notes, if nothing else was under it.
fn drop_heading(paper: &mut Paper, notes: &NoteBodies, report: &mut Report) {
    while paper.blocks.pop_if(|block| matches!(block.kind, BlockKind::Edge) && !notes.is_empty()).is_some() {}
    let is_heading = |block: &mut Block| {
        let words = block.plain().trim().trim_end_matches(':').to_lowercase();
        (block.is_heading() || block.is_text()) && HEADINGS.contains(&words.as_str())
    };
    if !notes.is_empty()
        && let Some(heading) = paper.blocks.pop_if(is_heading)
    {
        report.leave_out(About::Furniture, heading.place, "the heading of the notes is left out", &heading.plain());
    }
}

/// Marks whose notes are still to come: for each figure the places of the blocks that have it.
#[derive(Default)]
struct OpenMarks {
    places: BTreeMap<String, BTreeSet<usize>>,
    begin_again: bool,
}

impl OpenMarks {
    fn has(&self, label: &str) -> bool {
        self.places.contains_key(label)
    }

    fn see(&mut self, block: &mut Block, at: usize) {
        for run in all_runs(block) {
            if let TextRun::Note(label) = run {
                self.places.entry(label.clone()).or_default().insert(at);
            }
        }
    }

    /// Returns the label of the note to which the open marks of a figure lead. If there is a note
    /// of that figure already, the marks get a label of their own.
    fn close(&mut self, figure: String, notes: &NoteBodies, blocks: &mut [Block]) -> String {
        let places = self.places.remove(&figure).unwrap_or_default();
        if !notes.contains_key(&figure) {
            return figure;
        }
        self.begin_again = true;
        let label = format!("{figure}~{}", notes.len());
        for at in places {
            let Some(block) = blocks.get_mut(at) else { continue };
            for run in all_runs(block) {
                if matches!(run, TextRun::Note(other) if *other == figure) {
                    *run = TextRun::Note(label.clone());
                }
            }
        }
        label
    }
}

fn all_runs(block: &mut Block) -> impl Iterator<Item = &mut TextRun> {
    let cells = match &mut block.kind {
        BlockKind::Table(table) => Some(table.rows.iter_mut().flatten().flatten()),
        _ => None,
    };
    block.runs.iter_mut().chain(cells.into_iter().flatten())
}

/// Gives the notes figures in the order of their marks.
fn number_through(paper: &mut Paper, notes: &mut NoteBodies, report: &mut Report) {
    let mut figures: BTreeMap<String, String> = BTreeMap::new();
    for block in &mut paper.blocks {
        for run in all_runs(block) {
            if let TextRun::Note(label) = run {
                let next = (figures.len() + 1).to_string();
                *label = figures.entry(std::mem::take(label)).or_insert(next).clone();
            }
        }
    }
    let mut next = figures.len();
    for (label, body) in std::mem::take(notes) {
        let figure = figures.get(&label).cloned().unwrap_or_else(|| {
            next += 1;
            next.to_string()
        });
        notes.insert(figure, body);
    }
    let says = "the figures of notes begin again; the notes are numbered through";
    report.add(About::Note, PaperPlace::default(), says, "");
}

/// The label of the note whose body a block begins, if it is one. `counted` says that its figure is
/// one of those that count up at the foot of a page.
fn body_label(block: &Block, marks: &BTreeSet<String>, at_foot: bool, counted: bool) -> Option<String> {
    if !block.is_text() || block.label != Label::None {
        return None;
    }
    let Some(TextRun::Words { text, style, .. }) = block.runs.first() else { return None };
    let word = text.trim().trim_matches(['[', ']', '(', ')']);
    let alone = block.runs.len() == 1 && is_figure(word);
    if style.raised && is_figure(word) || alone && at_foot {
        return Some(word.to_owned()).filter(|label| marks.contains(label));
    }
    let first = word.split_whitespace().next()?.trim_start_matches('[').trim_end_matches(']');
    (counted && is_figure(first) && marks.contains(first)).then(|| first.to_owned())
}

/// Reports a paragraph that is counted with the notes at the foot of its page, and has no mark.
fn say_unmarked(block: &Block, report: &mut Report) {
    let words = block.plain();
    let figure = words.split_whitespace().next().unwrap_or_default().to_owned();
    let says =
        format!("this looks like note {figure}, whose mark was not found: look for a figure that ends in {figure}");
    report.add(About::Note, block.place, says, &words);
}

fn drop_label(block: &mut Block, label: &str) {
    if let Some(TextRun::Words { text, .. }) = block.runs.first_mut() {
        let rest = text.trim_start();
        let bracketed = rest.strip_prefix('[').and_then(|rest| rest.strip_prefix(label)?.strip_prefix(']'));
        *text = bracketed.or_else(|| rest.strip_prefix(label)).unwrap_or(rest).trim_start().to_owned();
    }
    block.runs = blocks::tidy(std::mem::take(&mut block.runs));
}

/// Returns whether the words of a note go on in the next paragraph.
fn is_open(body: &[TextRun]) -> bool {
    body.is_empty() || !blocks::plain(body).trim_end().ends_with(['.', '?', '!', '”', ')']) && !ends_in_address(body)
}

fn ends_in_address(runs: &[TextRun]) -> bool {
    blocks::plain(runs).split_whitespace().last().is_some_and(|word| word.contains("://") || word.starts_with("www."))
}

/// Returns whether a paragraph is an address and nothing else.
fn is_address(runs: &[TextRun]) -> bool {
    let plain = blocks::plain(runs);
    plain.split_whitespace().count() == 1 && ends_in_address(runs)
}

/// Makes raised figures again of marks to which there is no note, and words again of bodies without
/// a mark.
fn unmark(paper: &mut Paper, notes: &NoteBodies, report: &mut Report) {
    for block in &mut paper.blocks {
        let place = block.place;
        for run in block.runs.iter_mut() {
            undo(run, notes, place, report);
        }
        if let BlockKind::Table(table) = &mut block.kind {
            table.rows.iter_mut().flatten().flatten().for_each(|run| undo(run, notes, place, report));
        }
    }
}

fn undo(run: &mut TextRun, notes: &NoteBodies, place: PaperPlace, report: &mut Report) {
    if let TextRun::Note(label) = run
        && !notes.contains_key(label)
    {
        report.add(About::Note, place, format!("the raised {label} has no note"), "");
        let style = blocks::RunStyle { raised: true, ..blocks::RunStyle::default() };
        *run = TextRun::Words { text: std::mem::take(label), style, link: None };
    }
}

/// Returns the notes in the order of their marks; those without a mark are reported, and go last.
pub fn in_order(blocks: &[Block], mut notes: NoteBodies, report: &mut Report) -> Vec<(String, Vec<Vec<TextRun>>)> {
    let mut ordered = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for block in blocks {
        let cells = match &block.kind {
            BlockKind::Table(table) => table.rows.iter().flatten().flatten().collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        for run in block.runs.iter().chain(cells) {
            if let TextRun::Note(label) = run {
                seen.push(label.clone());
            }
        }
    }
    for label in seen {
        if let Some(body) = notes.remove(&label) {
            ordered.push((label, body));
        }
    }
    for (label, body) in notes {
        let words: Vec<String> = body.iter().map(|part| blocks::plain(part)).collect();
        report.leave_out(
            About::Note,
            PaperPlace::default(),
            format!("note {label} has no mark and is left out"),
            &words.join(" "),
        );
    }
    ordered
}
