//! The marks of notes: raised figures, and figures at the ends of words as a PDF prints them.
//!
//! Takes blocks; makes `Note` runs of the figures that mark notes. A bare figure is a mark only if
//! a paragraph at the foot of a page begins with it, and only in the longest run of such figures
//! that rises: "Act 2" among the words is none. Where the format itself says which marks are real,
//! no other figure is one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::powers::is_power;
use crate::date::is_year;
use crate::document::longest_run;
use crate::import::blocks::{self, Block, BlockKind, Label, Paper, TextRun};
use crate::import::report::{About, Report};
use crate::import::text::begins_with_number;

/// Short words behind which a figure is theirs, and no mark.
const BEFORE_FIGURES: [&str; 16] =
    ["no", "nos", "p", "pp", "s", "ss", "c", "cl", "r", "rr", "reg", "para", "art", "vol", "fig", "ch"];

/// Makes marks of figures, and adds their labels. What begins a paragraph is the label of a body.
/// `feet` are the places of paragraphs that are bodies by their figures.
pub fn set(paper: &mut Paper, feet: &mut BTreeSet<usize>, marks: &mut BTreeSet<String>, report: &mut Report) {
    if !paper.marks_are_known {
        for block in &mut paper.blocks {
            match &mut block.kind {
                BlockKind::Table(table) => {
                    table.rows.iter_mut().flatten().for_each(|cell| set_raised(cell, marks, false));
                }
                _ => set_raised(&mut block.runs, marks, true),
            }
        }
        if paper.bare_marks && !feet.is_empty() {
            set_bare(&mut paper.blocks, feet, marks, report);
        }
        set_bracketed(&mut paper.blocks, feet, marks);
    }
    paper.blocks.iter_mut().for_each(|block| drop_brackets(&mut block.runs));
}

/// Makes marks of figures in square brackets, if paragraphs behind all of them begin with the same,
/// one after another. These are bodies too.
fn set_bracketed(blocks: &mut [Block], feet: &mut BTreeSet<usize>, marks: &mut BTreeSet<String>) {
    let body = |block: &Block| {
        let plain = block.plain();
        let (figure, words) = plain.trim_start().strip_prefix('[')?.split_once(']')?;
        let sound = is_figure(figure) && figure.len() < 4 && !words.trim().is_empty() && block.label == Label::None;
        sound.then(|| figure.parse::<u32>().ok())?
    };
    let bodies: Vec<(usize, u32)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| Some((at, body(block).filter(|_| block.is_text())?)))
        .collect();
    let (Some((first, _)), Some((last, _))) = (bodies.first().copied(), bodies.last().copied()) else { return };
    let together = last - first < 2 * bodies.len();
    let rise = bodies.windows(2).all(|two| matches!(two, [(_, a), (_, b)] if a < b));
    if !together || !rise {
        return;
    }
    let figures: BTreeSet<u32> = bodies.iter().map(|(_, figure)| *figure).collect();
    let raised = |figure: &u32| marks.contains(&figure.to_string());
    feet.extend(bodies.iter().filter(|(_, figure)| raised(figure)).map(|(at, _)| *at));
    let mut found: BTreeSet<u32> = BTreeSet::new();
    for block in blocks.iter_mut().take(first) {
        let mut runs = Vec::with_capacity(block.runs.len());
        for run in std::mem::take(&mut block.runs) {
            cut_bracketed(run, &figures, &mut found, &mut runs);
        }
        block.runs = runs;
    }
    feet.extend(bodies.iter().filter(|(_, figure)| found.contains(figure)).map(|(at, _)| *at));
    marks.extend(found.iter().map(u32::to_string));
}

/// Cuts the marks out of one run.
fn cut_bracketed(run: TextRun, figures: &BTreeSet<u32>, found: &mut BTreeSet<u32>, runs: &mut Vec<TextRun>) {
    let TextRun::Words { text, style, link: None } = &run else { return runs.push(run) };
    let part = |text: &str| TextRun::Words { text: text.to_owned(), style: *style, link: None };
    let mut done = 0;
    for (at, _) in text.match_indices('[') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let figure = rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(0)).unwrap_or_default();
        let closes = rest.get(figure.len()..).is_some_and(|rest| rest.starts_with(']'));
        let known = figure.parse().ok().filter(|known| closes && is_figure(figure) && figures.contains(known));
        if let Some(known) = known.filter(|_| at > 0) {
            found.insert(known);
            runs.push(part(text.get(done..at).unwrap_or_default().trim_end()));
            runs.push(TextRun::Note(figure.to_owned()));
            done = at + figure.len() + 2;
        }
    }
    runs.push(part(text.get(done..).unwrap_or_default()));
}

/// Takes away the brackets around marks.
fn drop_brackets(runs: &mut [TextRun]) {
    for at in 1..runs.len().saturating_sub(1) {
        let Some([TextRun::Words { text: before, .. }, TextRun::Note(_), TextRun::Words { text: after, .. }]) =
            runs.get_mut(at - 1..=at + 1)
        else {
            continue;
        };
        if before.ends_with('[') && after.starts_with(']') {
            before.pop();
            after.remove(0);
        }
    }
}

fn set_raised(runs: &mut Vec<TextRun>, marks: &mut BTreeSet<String>, keep_first: bool) {
    let mut first = keep_first;
    let mut before = String::new();
    let mut set: Vec<TextRun> = Vec::with_capacity(runs.len());
    let mut rest = std::mem::take(runs).into_iter().peekable();
    while let Some(run) = rest.next() {
        let after = match rest.peek() {
            Some(TextRun::Words { text, .. }) => text.as_str(),
            _ => "",
        };
        let words = blocks::plain(std::slice::from_ref(&run));
        let figures = match &run {
            TextRun::Words { text, style, .. } if style.raised => raised_figures(text),
            _ => Vec::new(),
        };
        let keeps = figures.is_empty() || std::mem::take(&mut first) || is_power(&before, words.trim(), after);
        first &= !figures.is_empty();
        if keeps {
            set.push(run);
        } else {
            // "The keys \u{b9} are": no gap is before a mark.
            if let Some(TextRun::Words { text, .. }) = set.last_mut()
                && text.ends_with(' ')
                && !text.trim().is_empty()
            {
                text.truncate(text.trim_end().len());
            }
            marks.extend(figures.iter().map(|figure| (*figure).to_owned()));
            set.extend(figures.into_iter().map(|figure| TextRun::Note(figure.to_owned())));
            if words.ends_with(' ') {
                set.push(TextRun::words(" "));
            }
        }
        before.push_str(&words);
    }
    *runs = set;
}

/// The figures of a raised run, which may be in brackets or several: "1", "[1]", "2 3". None if
/// there is something else among them.
fn raised_figures(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| c.is_whitespace() || ",;".contains(c)).filter(|part| !part.is_empty());
    let figures: Vec<&str> = parts.map(|part| part.trim_matches(['[', ']', '(', ')'])).collect();
    if figures.iter().all(|figure| is_figure(figure)) { figures } else { Vec::new() }
}

/// A figure behind a word, with its place.
struct BareMark {
    figure: u32,
    block: usize,
    /// The row and the cell, in a table.
    cell: Option<(usize, usize)>,
    run: usize,
    from: usize,
    /// Whether it is behind the figures of a price.
    of_price: bool,
}

impl BareMark {
    /// Returns where it is in the order of the paper.
    fn place(&self) -> (usize, Option<(usize, usize)>, usize, usize) {
        (self.block, self.cell, self.run, self.from)
    }
}

fn set_bare(blocks: &mut [Block], feet: &BTreeSet<usize>, marks: &mut BTreeSet<String>, report: &mut Report) {
    let mut found: Vec<BareMark> = Vec::new();
    for (range, mut figures) in stretches(blocks, feet) {
        // A figure that is raised somewhere has its mark.
        figures.retain(|figure| !marks.contains(&figure.to_string()));
        let of_block = |at: usize| blocks.get(at).map(|block| candidates(block, at, &figures)).unwrap_or_default();
        let body = range.clone();
        let here: Vec<BareMark> = range.filter(|at| !feet.contains(at)).flat_map(of_block).collect();
        let run = longest_run(&here.iter().map(|mark| (&mark.figure, &mark.figure)).collect::<Vec<_>>());
        let mut here: Vec<BareMark> =
            here.into_iter().enumerate().filter(|(at, _)| run.contains(at)).map(|(_, mark)| mark).collect();
        let missing = figures.iter().filter(|figure| here.iter().all(|mark| mark.figure != **figure));
        for figure in missing.copied().collect::<Vec<u32>>() {
            // Between the marks before it and behind it, one price alone ends in the figure.
            let at = here.partition_point(|mark| mark.figure < figure);
            let before = at.checked_sub(1).and_then(|before| here.get(before)).map(BareMark::place);
            let behind = here.get(at).map(BareMark::place);
            let between = |mark: &BareMark| {
                before.is_none_or(|before| before < mark.place()) && behind.is_none_or(|behind| mark.place() < behind)
            };
            let of_block = |at: usize| blocks.get(at).map(|block| prices(block, at, figure)).unwrap_or_default();
            let prices = body.clone().filter(|at| !feet.contains(at)).flat_map(of_block);
            let mut prices: Vec<BareMark> = prices.filter(between).collect();
            if let (Some(price), true) = (prices.pop(), prices.is_empty()) {
                here.insert(at, price);
            }
        }
        found.extend(here);
    }
    // From the last to the first, so that the places of the others stay right.
    for mark in found.iter().rev() {
        let Some(block) = blocks.get_mut(mark.block) else { continue };
        cut(block, mark);
        marks.insert(mark.figure.to_string());
    }
    for mark in found {
        let place = blocks.get(mark.block).map(|block| block.place).unwrap_or_default();
        if mark.of_price {
            let says = format!("the {} behind a price is taken for the mark of a note: compare it", mark.figure);
            report.add(About::Note, place, says, &mark.figure.to_string());
            continue;
        }
        let says = "a figure behind a word is the mark of a note";
        report.tell(About::Note, place, says, &mark.figure.to_string());
    }
}

/// Stretches of blocks, each with the figures of its notes: pages, if the figures begin again
/// there; else the paper, since a body may be pages behind its mark.
fn stretches(blocks: &[Block], feet: &BTreeSet<usize>) -> Vec<(Range<usize>, BTreeSet<u32>)> {
    let mut pages = vec![(0..blocks.len(), BTreeSet::new())];
    for (at, block) in blocks.iter().enumerate() {
        let Some((range, figures)) = pages.last_mut() else { continue };
        if matches!(block.kind, BlockKind::Edge) {
            range.end = at;
            pages.push((at..blocks.len(), BTreeSet::new()));
        } else if let (true, Some(figure)) = (feet.contains(&at), first_figure(block)) {
            figures.insert(figure);
        }
    }
    if pages.iter().filter(|(_, figures)| figures.contains(&1)).count() > 1 {
        return pages;
    }
    vec![(0..blocks.len(), pages.into_iter().flat_map(|(_, figures)| figures).collect())]
}

/// Returns the places of the paragraphs at the ends of pages that begin with figures that count up:
/// the bodies of notes. One paragraph may be between two of them, and behind the last.
pub fn feet(blocks: &[Block]) -> BTreeSet<usize> {
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

/// The figures of a block that may be marks, as `pdftotext` prints them: "partners1 and".
fn candidates(block: &Block, at: usize, figures: &BTreeSet<u32>) -> Vec<BareMark> {
    let mut found = Vec::new();
    for (cell, run, words) in runs_of(block) {
        let TextRun::Words { text, link: None, .. } = words else { continue };
        let mut begun = 0;
        while let Some(from) = text.get(begun..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
            let from = begun + from;
            let rest = text.get(from..).unwrap_or_default();
            let end = from + rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            // "In 20083 the" has the mark 3 behind a year.
            let year = rest.get(..4).and_then(|year| year.parse::<u32>().ok()).filter(|year| is_year(*year));
            let from = if year.is_some() && (5..=6).contains(&(end - from)) { from + 4 } else { from };
            begun = end;
            let figure = text.get(from..end).filter(|figure| is_figure(figure) && !figure.starts_with('0'));
            let Some(figure) = figure.and_then(|figure| figure.parse().ok()) else { continue };
            let (before, after) = (text.get(..from).unwrap_or_default(), text.get(end..).unwrap_or_default());
            // Behind a space a mark is the last of its paragraph, and behind its stop.
            let apart = || {
                after.is_empty()
                    && cell.is_none()
                    && before.ends_with([' '])
                    && before.trim_end().ends_with(['.', '?', '!'])
            };
            let is_mark = (is_behind_word(before, year.is_some()) || apart()) && is_at_end(after);
            if figures.contains(&figure) && is_mark && !is_power(before, &figure.to_string(), after) {
                found.push(BareMark { figure, block: at, cell, run, from, of_price: false });
            }
        }
    }
    found
}

/// The prices of a block that end in a figure which may be a mark: £12 with the mark 2 is printed
/// as £122, and £40.50 with the mark 3 as £40.503.
fn prices(block: &Block, at: usize, figure: u32) -> Vec<BareMark> {
    let mut found = Vec::new();
    let mark = figure.to_string();
    for (cell, run, words) in runs_of(block) {
        let TextRun::Words { text, link: None, .. } = words else { continue };
        for (sign, _) in text.match_indices(['£', '$', '€']) {
            let rest = text.get(sign..).unwrap_or_default();
            let start = sign + rest.chars().next().map_or(0, char::len_utf8);
            let rest = text.get(start..).unwrap_or_default();
            let length = rest.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c))).unwrap_or(rest.len());
            let price = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ',']);
            let Some(own) = price.strip_suffix(&mark).filter(|own| own.ends_with(|c: char| c.is_ascii_digit())) else {
                continue;
            };
            let parted = |sign: char| own.rsplit_once(sign).map(|(_, last)| last.len());
            let whole = parted('.').is_none_or(|pence| pence == 2) && parted(',').is_none_or(|last| last >= 3);
            if whole && is_at_end(rest.get(price.len()..).unwrap_or_default()) {
                found.push(BareMark { figure, block: at, cell, run, from: start + own.len(), of_price: true });
            }
        }
    }
    found
}

/// The runs of a paragraph or of the cells of a table, each with its row and cell and its place.
fn runs_of(block: &Block) -> impl Iterator<Item = (Option<(usize, usize)>, usize, &TextRun)> {
    let rows = match &block.kind {
        BlockKind::Table(table) => table.rows.as_slice(),
        _ => &[],
    };
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| cells.iter().enumerate().map(move |(at, runs)| (Some((row, at)), runs.as_slice())));
    let own = block.is_text().then_some((None, block.runs.as_slice()));
    own.into_iter().chain(cells).flat_map(|(cell, runs)| runs.iter().enumerate().map(move |(at, run)| (cell, at, run)))
}

/// Whether a figure behind some words may be a mark.
fn is_behind_word(before: &str, is_year: bool) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    if is_year {
        return true;
    }
    if !last.is_alphabetic() {
        // "1.1" and "2,500" are numbers, and so is "No.5".
        let inner = before.trim_end_matches(['.', ',', ':']);
        let short = BEFORE_FIGURES.contains(&last_word(inner).to_lowercase().as_str()) && last == '.';
        return ".,;:)]?!”’\"'%".contains(last) && !inner.ends_with(|c: char| c.is_ascii_digit()) && !short;
    }
    // A word such as H1 or A4 is none with a mark.
    let word = last_word(before);
    let letters = word.chars().count();
    letters > 2 || letters == 2 && word.chars().all(char::is_lowercase) && !BEFORE_FIGURES.contains(&word)
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

fn is_at_end(after: &str) -> bool {
    after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ".,;:)]?!”’\"—–".contains(c))
}

/// Makes a mark of a figure.
fn cut(block: &mut Block, mark: &BareMark) {
    let figure = mark.figure.to_string();
    let runs = match (&mut block.kind, mark.cell) {
        (BlockKind::Table(table), Some((row, cell))) => table.rows.get_mut(row).and_then(|row| row.get_mut(cell)),
        _ => Some(&mut block.runs),
    };
    let Some(runs) = runs else { return };
    let Some(TextRun::Words { text, style, link: None }) = runs.get(mark.run) else { return };
    let part = |text: &str| TextRun::Words { text: text.to_owned(), style: *style, link: None };
    let head = part(text.get(..mark.from).unwrap_or_default().trim_end());
    let tail = part(text.get(mark.from + figure.len()..).unwrap_or_default());
    runs.splice(mark.run..=mark.run, [head, TextRun::Note(figure), tail]);
}

/// Returns whether a text is the figure of a note.
pub fn is_figure(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}
