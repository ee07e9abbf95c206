//! The role of each block in the text that is made.
//!
//! Takes blocks and the numbering; gives clauses, sub-clauses, items with their depth, and headings
//! whose ranks are closed up.

use std::collections::BTreeSet;

use super::labels;
use super::numbers::PaperNumbering;
use crate::document::{Number, Numbering, is_first_label, is_next_label};
use crate::import::blocks::{Block, BlockKind, Label};
use crate::import::bounds::DEEPEST;
use crate::import::report::{About, Report};
use crate::parse::openers;

/// The role of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockRole {
    /// A clause, with its number as addresses have it.
    Clause(Number),
    /// A sub-clause at a depth, with its label and its number.
    Sub(usize, String, Number),
    /// An item at a depth, whose label, if it has one, must not be read as that of a sub-clause.
    Item(usize),
    /// An item at a depth outside any clause, with its label.
    Lettered(usize),
    /// An item at a depth with a figure that Markdown counts, and the sign behind it. Two lists
    /// beside one another have different signs.
    Counted(usize, u32, char),
    /// A heading of a rank in the text.
    Heading(u8),
    /// Words, or a table, or code.
    Plain,
    /// Words with a label that is none, whatever the lists around them.
    Flush,
    /// Words printed boldly, since their number would make a clause of a heading.
    Bold,
}

/// A list that is open.
#[derive(Clone, Debug)]
struct ListEntry {
    label: Option<String>,
    counted: Option<(u32, char)>,
    depth: usize,
    colon: bool,
    /// Whether its words end so that an item beside it must follow.
    goes_on: bool,
}

/// Gives each block its role.
pub fn of(blocks: &mut [Block], found: &PaperNumbering, report: &mut Report) -> Vec<BlockRole> {
    head_lines(blocks, found);
    let mut ranks = Ranks::of(blocks);
    let mut lists = ListState { open: Vec::new(), clause: None, used: BTreeSet::new(), is_broken: false };
    let mut roles = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let role = match (&block.kind, found.clauses.get(&at)) {
            (BlockKind::Heading(rank), clause) => {
                // Ranks go on through all headings, whatever becomes of them.
                let rank = ranks.closed(*rank);
                lists.enter(clause.map(in_series));
                match clause {
                    Some(_) => BlockRole::Heading(rank),
                    None if found.numbering == Numbering::Headings && is_unplaced(block) => BlockRole::Bold,
                    None => BlockRole::Heading(rank),
                }
            }
            (BlockKind::Paragraph, Some(clause)) => {
                let number = in_series(clause);
                lists.enter(Some(number.clone()));
                BlockRole::Clause(number)
            }
            (BlockKind::Paragraph, None) => lists.role((block, at), found, report),
            _ => {
                lists.open.clear();
                BlockRole::Plain
            }
        };
        let role = match (role, found.clauses.get(&at)) {
            (BlockRole::Heading(rank), Some(clause)) => {
                // A clause that is a heading keeps its rank with its block.
                ranks.clauses.push((at, rank));
                BlockRole::Clause(in_series(clause))
            }
            (role, _) => role,
        };
        roles.push(role);
    }
    for (at, rank) in ranks.clauses {
        if let Some(block) = blocks.get_mut(at) {
            block.kind = BlockKind::Heading(rank);
        }
    }
    roles
}

fn in_series(clause: &super::numbers::ClauseNumber) -> Number {
    let series = clause.series.as_deref().map(Into::into);
    clause.number.clone().in_the_series(series.as_ref())
}

/// Whether a heading that is no clause would be read as one.
fn is_unplaced(block: &Block) -> bool {
    let text = match &block.label {
        Label::Printed(printed) => format!("{printed} {}", block.plain()),
        _ => block.plain(),
    };
    labels::opener(&text).is_some_and(|opener| !openers::is_doubtful(&opener, &text))
}

/// Makes headings of lines such as "i) Partnerships" that are alone before a clause. Their labels
/// count through the paper; one that does not is of an item whose list has lost the others.
fn head_lines(blocks: &mut [Block], found: &PaperNumbering) {
    let mut rank = 1;
    let mut last: Option<String> = None;
    for at in 0..blocks.len() {
        let is_item = |block: Option<&Block>| block.is_some_and(|block| block.is_text() && block.label != Label::None);
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let alone = !is_item(before) || at.checked_sub(1).is_some_and(|before| found.clauses.contains_key(&before));
        let opens = found.clauses.contains_key(&(at + 1)) && !found.clauses.contains_key(&at);
        let Some(block) = blocks.get_mut(at) else { continue };
        if let BlockKind::Heading(other) = block.kind {
            rank = other.saturating_add(1).min(6);
            last = None;
            continue;
        }
        let words = block.plain();
        let Label::Printed(printed) = &block.label else { continue };
        let label = labels::inner(printed).filter(|_| labels::is_of_item(printed)).map(str::to_owned);
        let Some(label) = label.filter(|_| alone && opens && is_head_line(&words)) else { continue };
        if is_first_label(&label) || last.as_ref().is_some_and(|last| is_next_label(last, &label)) {
            block.kind = BlockKind::Heading(rank);
            last = Some(label);
        }
    }
}

/// Whether words with a label may be a heading.
fn is_head_line(words: &str) -> bool {
    let short = words.chars().count() <= 80 && !words.ends_with(['.', ';', ':', ',']);
    let unfinished = words.ends_with(" and") || words.ends_with(" or");
    short && !unfinished && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// The ranks of headings, closed up: the highest is 2, and none is more than one below that before
/// it.
struct Ranks {
    used: BTreeSet<u8>,
    last: u8,
    clauses: Vec<(usize, u8)>,
}

impl Ranks {
    fn of(blocks: &[Block]) -> Self {
        let used = blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading(rank) => Some(rank),
            _ => None,
        });
        Ranks { used: used.collect(), last: 1, clauses: Vec::new() }
    }

    fn closed(&mut self, rank: u8) -> u8 {
        let above = self.used.iter().filter(|other| **other < rank).count();
        let rank = u8::try_from(above + 2).unwrap_or(6).min(6).min(self.last + 1);
        self.last = rank;
        rank
    }
}

/// The lists that are open, and the clause that they are in.
struct ListState {
    open: Vec<ListEntry>,
    clause: Option<Number>,
    used: BTreeSet<Number>,
    /// Whether a paragraph is between the lists and what comes: nothing goes deeper than it then.
    is_broken: bool,
}

impl ListState {
    fn enter(&mut self, clause: Option<Number>) {
        self.open.clear();
        self.used.clear();
        self.clause = clause;
    }

    fn role(&mut self, (block, at): (&Block, usize), found: &PaperNumbering, report: &mut Report) -> BlockRole {
        match &block.label {
            Label::None if block.depth > 0 && !self.open.is_empty() => BlockRole::Plain,
            Label::None => {
                // The labels of a list may go on behind a paragraph.
                self.open.truncate(1);
                self.is_broken = true;
                BlockRole::Plain
            }
            Label::Bullet => BlockRole::Item(self.bullet(block)),
            Label::Printed(printed) => {
                let sub = labels::inner(printed).filter(|_| labels::is_of_item(printed)).map(str::to_owned);
                match sub.or_else(|| self.label_of_whole(printed)) {
                    Some(label) => self.labelled(block, &label, report),
                    None => self.counted((block, printed), found, (report, found.unplaced.contains(&at))),
                }
            }
        }
    }

    /// The last label of a number that is printed whole, "1.1(a)", under its clause.
    fn label_of_whole(&self, printed: &str) -> Option<String> {
        let number = Number::parse(printed.trim_end_matches('.'))?;
        let clause = self.clause.as_ref()?.without_series();
        (number.whole() == clause).then(|| number.labels().last().cloned()).flatten()
    }

    fn push(&mut self, level: usize, entry: ListEntry) -> usize {
        let level = if std::mem::take(&mut self.is_broken) { 0 } else { level.min(DEEPEST - 1).min(self.open.len()) };
        self.open.truncate(level);
        self.open.push(entry);
        level
    }

    fn bullet(&mut self, block: &Block) -> usize {
        let entry = entry(block, None, None);
        let is_bullet = |open: &ListEntry| open.label.is_none() && open.counted.is_none();
        if let Some(level) = self.open.iter().rposition(|open| is_bullet(open) && open.depth == block.depth) {
            return self.push(level, entry);
        }
        // Where a program has set the first item further out than the rest, its semicolon tells
        // that they are one list.
        if let Some(level) =
            self.open.iter().rposition(|open| is_bullet(open) && open.goes_on && open.depth < block.depth)
        {
            return self.push(level, entry);
        }
        let within = self.open.iter().rposition(|open| {
            open.depth < block.depth || open.depth == block.depth && open.label.is_some() && open.colon
        });
        self.push(within.map_or(0, |level| level + 1), entry)
    }

    /// The level of a label that follows one of an open list, or that a list may begin with.
    fn level_in_order(&self, block: &Block, label: &str) -> Option<usize> {
        let deeper = self.open.last().is_some_and(|open| open.depth < block.depth) && is_first_label(label);
        let follows = |open: &ListEntry| open.label.as_deref().is_some_and(|before| is_next_label(before, label));
        match self.open.iter().rposition(follows) {
            Some(level) if !deeper => Some(level),
            _ if is_first_label(label) => {
                // A list that begins again beside one of its own kind is in the item before.
                let holder = self.open.iter().rposition(|open| open.label.is_some() || open.depth < block.depth);
                Some(holder.map_or(0, |at| at + 1))
            }
            _ => None,
        }
    }

    /// The level of a label whose list leaves labels out: that of the list in which it comes later,
    /// or one of its own. A letter with a full stop may begin a name.
    fn level_out_of_order(&self, block: &Block, label: &str) -> Option<usize> {
        let closed = matches!(&block.label, Label::Printed(printed) if printed.ends_with(')'));
        let later = |open: &ListEntry| open.label.as_deref().is_some_and(|before| is_later(before, label));
        let within = || self.open.iter().rposition(|open| open.depth < block.depth).map_or(0, |at| at + 1);
        closed.then(|| self.open.iter().rposition(later).unwrap_or_else(within))
    }

    fn labelled(&mut self, block: &Block, label: &str, report: &mut Report) -> BlockRole {
        let in_order = self.level_in_order(block, label);
        let level = in_order.or_else(|| self.level_out_of_order(block, label));
        let level = if self.is_broken { level.map(|_| 0) } else { level };
        let parents_labelled = |level: usize, open: &[ListEntry]| {
            open.len() >= level && open.iter().take(level).all(|open| open.label.is_some())
        };
        let number = level.filter(|level| parents_labelled(*level, &self.open)).and_then(|level| {
            let parents = self.open.iter().take(level).filter_map(|open| open.label.as_deref());
            let clause = self.clause.clone()?;
            Some(parents.fold(clause, |number, label| number.child(label)).child(label))
        });
        let before = level.and_then(|level| self.open.get(level)?.label.clone());
        let level = self.push(level.unwrap_or(0), entry(block, Some(label), None));
        match number {
            Some(number) if self.used.insert(number.clone()) => {
                if in_order.is_none() {
                    let before = before.map_or("no other".to_owned(), |before| format!("({before})"));
                    report.add(
                        About::Gap,
                        block.place,
                        format!("({label}) follows {before}: the labels between them are not there"),
                        &block.plain(),
                    );
                }
                BlockRole::Sub(level, label.to_owned(), number)
            }
            _ if self.clause.is_none() => BlockRole::Lettered(level),
            _ => {
                let says = format!("the label ({label}) has no place in its clause, and is words");
                report.add(About::Number, block.place, says, &block.plain());
                BlockRole::Flush
            }
        }
    }

    fn counted(
        &mut self,
        (block, printed): (&Block, &str),
        found: &PaperNumbering,
        (report, is_said): (&mut Report, bool),
    ) -> BlockRole {
        let figure = printed.trim_end_matches(['.', ')']);
        let n = figure.parse::<u32>().ok().filter(|n| *n < 1000 && figure.len() < printed.len());
        let same = self.open.iter().rposition(|open| open.counted.is_some() && open.depth == block.depth);
        let within = self.open.iter().rposition(|open| open.depth < block.depth);
        let level = same.or(within.map(|at| at + 1)).unwrap_or(0);
        let free = found.numbering != Numbering::Simple || level > 0;
        let Some(n) = n.filter(|_| free) else {
            self.open.clear();
            let says = format!("{printed} looks like a number of a clause or an item and is none here: it is words");
            if !is_said {
                report.add(About::Escaped, block.place, says, &block.plain());
            }
            return BlockRole::Plain;
        };
        // Behind a paragraph a list may begin with any figure.
        let before = same.filter(|_| !self.is_broken).and_then(|at| self.open.get(at)?.counted);
        let own = if printed.ends_with(')') { ')' } else { '.' };
        let sign = match before {
            Some((before, sign)) if before + 1 == n => sign,
            Some((before, sign)) => {
                if n > 1 {
                    report.add(About::Gap, block.place, format!("{n} follows {before} in a list"), &block.plain());
                }
                if sign == '.' { ')' } else { '.' }
            }
            None => own,
        };
        if sign != own {
            let says = "the sign behind a figure is another, so that two lists are not one";
            report.tell(About::Escaped, block.place, says, &format!("{printed} became {n}{sign}"));
        }
        BlockRole::Counted(self.push(level, entry(block, None, Some((n, sign)))), n, sign)
    }
}

/// Whether a label comes later in a list than another of its kind.
fn is_later(before: &str, label: &str) -> bool {
    let figure = |label: &str| label.parse::<u32>().ok();
    match (figure(before), figure(label), before.as_bytes(), label.as_bytes()) {
        (Some(before), Some(label), ..) => before < label,
        (None, None, [before], [label]) => before < label && before.is_ascii_lowercase() == label.is_ascii_lowercase(),
        _ => false,
    }
}

fn entry(block: &Block, label: Option<&str>, counted: Option<(u32, char)>) -> ListEntry {
    let words = block.plain();
    let words = words.trim_end();
    let goes_on = words.ends_with([';', ',']);
    ListEntry { label: label.map(str::to_owned), counted, depth: block.depth, colon: words.ends_with(':'), goes_on }
}
