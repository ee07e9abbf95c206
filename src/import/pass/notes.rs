//! Notes: their marks in the words, and their bodies at the feet of pages.
//!
//! Takes blocks and the notes that the format itself has; makes `Note` runs of raised figures,
//! moves the bodies that are among the blocks to the notes, and puts together a body whose parts
//! are apart. Where figures begin again on each page, the notes are numbered through.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::blocks::{self, Block, BlockKind, Label, Paper, PaperPlace, TextRun};
use crate::import::report::{About, Report};
use crate::import::text::begins_with_number;

/// Notes by label, each with its paragraphs.
type NoteBodies = BTreeMap<String, Vec<Vec<TextRun>>>;

/// Finds marks and bodies.
pub fn gather(paper: &mut Paper, notes: &mut NoteBodies, report: &mut Report) {
    // What the format itself says of notes is not guessed again.
    let mut open_marks = notes.is_empty().then(OpenMarks::default);
    let marks = mark(paper, notes, report);
    let feet = if paper.bare_marks { feet(&paper.blocks) } else { BTreeSet::new() };
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
        if let Some(marks) = &mut open_marks {
            marks.see(&mut block, paper.blocks.len());
        }
        paper.blocks.push(block);
    }
    unmark(paper, notes, report);
    if open_marks.is_some_and(|marks| marks.begin_again) {
        number_through(paper, notes, report);
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

/// Makes marks of raised figures within words, and returns their labels. What begins a paragraph is
/// the label of a body.
fn mark(paper: &mut Paper, notes: &NoteBodies, report: &mut Report) -> BTreeSet<String> {
    let mut marks: BTreeSet<String> = notes.keys().cloned().collect();
    let mut next = 1u32;
    // Only a figure with which a paragraph begins can be a mark elsewhere.
    let mut pages = figures_at_feet(&paper.blocks).into_iter();
    let mut bodies = pages.next().unwrap_or_default();
    for block in &mut paper.blocks {
        if matches!(block.kind, BlockKind::Edge) {
            bodies = pages.next().unwrap_or_default();
            // The figures begin again with the notes of this page.
            if bodies.first() == Some(&1) && !bodies.contains(&next) {
                next = 1;
            }
        }
        if let BlockKind::Table(table) = &mut block.kind {
            for cell in table.rows.iter_mut().flatten() {
                mark_runs(cell, &mut marks, false);
            }
            continue;
        }
        mark_runs(&mut block.runs, &mut marks, true);
        if paper.bare_marks {
            while bodies.contains(&next) && mark_bare(&mut block.runs, next) {
                report.add(
                    About::Note,
                    block.place,
                    format!("the figure {next} behind a word is the mark of a note"),
                    "",
                );
                marks.insert(next.to_string());
                next += 1;
            }
        }
    }
    marks
}

/// The figures of the notes at the feet of pages, page by page if they begin again there.
fn figures_at_feet(blocks: &[Block]) -> Vec<BTreeSet<u32>> {
    let feet = feet(blocks);
    let mut pages = vec![BTreeSet::new()];
    for (at, block) in blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Edge) {
            pages.push(BTreeSet::new());
        } else if let (true, Some(figure), Some(page)) = (feet.contains(&at), first_figure(block), pages.last_mut()) {
            page.insert(figure);
        }
    }
    if pages.iter().filter(|figures| figures.contains(&1)).count() > 1 {
        return pages;
    }
    // Where figures go on through the paper, a body may be pages behind its mark.
    let all: BTreeSet<u32> = pages.iter().flatten().copied().collect();
    pages.iter().map(|_| all.clone()).collect()
}

/// The places of the paragraphs at the ends of pages that begin with figures that count up: the
/// bodies of notes. One paragraph may be between two of them, and behind the last.
fn feet(blocks: &[Block]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let (mut below, mut between, mut open) = (None, 0, true);
    for (at, block) in blocks.iter().enumerate().rev() {
        if matches!(block.kind, BlockKind::Edge) {
            (below, between, open) = (None, 0, true);
            continue;
        }
        let figure = first_figure(block);
        open = open && block.is_text() && !(figure.is_none() && begins_with_number(&block.plain()));
        match figure {
            Some(figure) if open && below.is_none_or(|below| figure + 1 == below) => {
                found.insert(at);
                (below, between) = (Some(figure), 0);
            }
            Some(_) => open = false,
            None => {
                between += 1;
                open = open && between < 2;
            }
        }
    }
    found
}

/// The figure that is the first word of a paragraph.
fn first_figure(block: &Block) -> Option<u32> {
    let plain = block.plain();
    let word = plain.split_whitespace().next().filter(|word| is_figure(word))?;
    word.parse().ok().filter(|_| block.is_text())
}

fn mark_runs(runs: &mut [TextRun], marks: &mut BTreeSet<String>, keep_first: bool) {
    let mut first = keep_first;
    for run in runs {
        if let TextRun::Words { text, style, .. } = run
            && style.raised
            && is_figure(text.trim())
        {
            if !std::mem::take(&mut first) {
                let label = text.trim().to_owned();
                marks.insert(label.clone());
                *run = TextRun::Note(label);
            }
        } else {
            first = false;
        }
    }
}

/// Cuts the mark `next` off the end of a word, as `pdftotext` prints it: "partners1 and".
fn mark_bare(runs: &mut Vec<TextRun>, next: u32) -> bool {
    let figure = next.to_string();
    for at in 0..runs.len() {
        let Some(TextRun::Words { text, style, link: None }) = runs.get(at) else { continue };
        let found = text.match_indices(&figure).find_map(|(from, _)| {
            let before = text.get(..from)?.chars().next_back()?;
            let after = text.get(from + figure.len()..)?;
            let word = before.is_alphabetic() || matches!(before, '.' | ',' | ')' | '”' | '’' | '"');
            // "1.1" and "2,500" are numbers.
            let digits = text.get(..from)?.trim_end_matches(['.', ',']).ends_with(|c: char| c.is_ascii_digit());
            let letters = text.get(..from)?.chars().rev().take_while(|c| c.is_alphabetic()).count();
            let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ".,;:)".contains(c));
            // A word such as H1 or A4 is none with a mark.
            (word && !digits && (letters > 2 || !before.is_alphabetic()) && ends).then_some(from)
        });
        let Some(from) = found else { continue };
        let (style, text) = (*style, text.clone());
        let part = |text: &str| TextRun::Words { text: text.to_owned(), style, link: None };
        let (head, tail) = (text.get(..from).unwrap_or_default(), text.get(from + figure.len()..).unwrap_or_default());
        runs.splice(at..=at, [part(head), TextRun::Note(figure), part(tail)]);
        return true;
    }
    false
}

fn is_figure(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The label of the note whose body a block begins, if it is one. `counted` says that its figure is
/// one of those that count up at the foot of a page.
fn body_label(block: &Block, marks: &BTreeSet<String>, at_foot: bool, counted: bool) -> Option<String> {
    if !block.is_text() || block.label != Label::None {
        return None;
    }
    let Some(TextRun::Words { text, style, .. }) = block.runs.first() else { return None };
    let word = text.trim();
    let alone = block.runs.len() == 1 && is_figure(word);
    if style.raised && is_figure(word) || alone && at_foot {
        return Some(word.to_owned()).filter(|label| marks.contains(label));
    }
    let first = word.split_whitespace().next()?;
    (counted && is_figure(first) && marks.contains(first)).then(|| first.to_owned())
}

fn drop_label(block: &mut Block, label: &str) {
    if let Some(TextRun::Words { text, .. }) = block.runs.first_mut() {
        let rest = text.trim_start();
        *text = rest.strip_prefix(label).unwrap_or(rest).trim_start().to_owned();
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
