//! Lines of a text that are the rows of a table, with spaces between its columns.
//!
//! Takes lines between which none is empty; gives those that are rows, with their cells. Columns
//! are parted by places at which every line has spaces. A list whose labels are in a column of
//! their own is none.

use std::ops::Range;

use super::lines::{self, ForeignLine};

/// Spaces between two columns.
const GAP: usize = 3;
/// Dots that lead to a value.
const DOTS: &str = "....";
/// The most letters of a value behind dots.
const VALUE: usize = 24;
/// The furthest letter of a line that is looked at.
const WIDE: usize = 400;

/// Returns whether a line has words in more than one column.
pub fn has_gap(line: &str) -> bool {
    line.trim().contains("   ")
}

/// Lines that are rows: their range, and the cells of each.
pub type RowsAmongLines<'t> = (Range<usize>, Vec<Vec<&'t str>>);

/// Returns the first lines among others that are rows. All of them may be; else each row has words
/// in more than one column, behind the number or the sign that it may begin with.
pub fn first<'t>(chunk: &[&ForeignLine<'t>]) -> Option<RowsAmongLines<'t>> {
    if let Some(rows) = of(chunk) {
        return Some((0..chunk.len(), rows));
    }
    if let Some(found) = dotted(chunk) {
        return Some(found);
    }
    let is_row = |line: &&ForeignLine<'_>| is_row(line.text);
    let mut from = 0;
    while from < chunk.len() {
        let rest = chunk.get(from..).unwrap_or_default();
        let rows = rest.iter().take_while(|line| is_row(line) || lines::is_rule(line.text)).count();
        let found = chunk.get(from..from + rows).and_then(of);
        match found.filter(|_| rest.first().is_some_and(is_row)) {
            Some(cells) => return Some((from..from + rows, cells)),
            None => from += rows.max(1),
        }
    }
    None
}

/// The first lines among others in which dots lead from words to a value: "Adult ...... 60.00".
fn dotted<'t>(chunk: &[&ForeignLine<'t>]) -> Option<RowsAmongLines<'t>> {
    let from = chunk.iter().position(|line| leader(line.text).is_some())?;
    let cells: Vec<Vec<&str>> = chunk.iter().skip(from).map_while(|line| leader(line.text).map(Vec::from)).collect();
    (cells.len() > 1).then(|| (from..from + cells.len(), cells))
}

/// The words before and behind the dots of a line.
fn leader(line: &str) -> Option<[&str; 2]> {
    let (words, value) = line.trim().split_once(DOTS)?;
    let value = value.trim_start_matches(['.', ' ']);
    let words = words.trim_end();
    let sound =
        words.contains(char::is_alphabetic) && value.chars().any(char::is_alphanumeric) && !value.contains(DOTS);
    (sound && value.chars().count() <= VALUE).then_some([words, value])
}

/// Returns whether a line may be a row: it has words in more than one column behind its number.
pub fn is_row(line: &str) -> bool {
    has_gap(behind_label(line))
}

/// The words of a line behind its number, its label or its sign.
fn behind_label(line: &str) -> &str {
    let words = line.trim();
    let (first, rest) = words.split_once("  ").unwrap_or((words, ""));
    let is_label = lines::is_number(first) || lines::after_bullet(&format!("{first} x")).is_some();
    if is_label { rest } else { words }
}

/// The cells of lines, if they are rows. A rule between them is no row.
fn of<'t>(chunk: &[&ForeignLine<'t>]) -> Option<Vec<Vec<&'t str>>> {
    let rows: Vec<&'t str> = chunk.iter().map(|line| line.text).filter(|text| !lines::is_rule(text)).collect();
    if rows.len() < 2 || !rows.iter().any(|row| has_gap(row)) || rows.iter().any(|row| row.len() > WIDE) {
        return None;
    }
    let mut filled: Vec<bool> = Vec::new();
    for row in &rows {
        let letters = row.chars().count();
        filled.resize(filled.len().max(letters), false);
        filled.iter_mut().zip(row.chars()).for_each(|(filled, c)| *filled |= c != ' ');
    }
    let columns = columns(&filled);
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| cut(row, &columns)).collect();
    let worded = |row: &&Vec<&str>| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let many = cells.iter().filter(worded).count() * 3 >= cells.len() * 2;
    let labels = || {
        let mut first = cells.iter().filter_map(|row| row.first()).filter(|cell| !cell.is_empty());
        columns.len() == 2
            && first.all(|cell| lines::is_number(cell) || lines::after_bullet(&format!("{cell} x")).is_some())
    };
    (columns.len() > 1 && many && !labels()).then_some(cells)
}

/// The letters at which columns begin.
fn columns(filled: &[bool]) -> Vec<usize> {
    let mut begins = Vec::new();
    let mut empty = GAP;
    for (at, filled) in filled.iter().enumerate() {
        if *filled && empty >= GAP {
            begins.push(at);
        }
        empty = if *filled { 0 } else { empty + 1 };
    }
    begins
}

fn cut<'t>(row: &'t str, columns: &[usize]) -> Vec<&'t str> {
    let byte = |letter: usize| row.char_indices().nth(letter).map_or(row.len(), |(at, _)| at);
    let ends = columns.iter().skip(1).copied().chain([usize::MAX]);
    columns.iter().zip(ends).map(|(from, to)| row.get(byte(*from)..byte(to)).unwrap_or_default().trim()).collect()
}
