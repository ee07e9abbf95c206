//! Comparisons as data: a table of old and new numbers (RFC 4180), and all of it as JSON.
//!
//! Takes a comparison of two editions; gives texts. A cell never begins with a sign that a
//! spreadsheet takes for a formula.

use serde::Serialize;

use super::{json, lines};
use crate::corpus::{Corpus, Place, PlacePart};
use crate::editions::{
    ClauseChange, ClausePosition, Compared, ComparedEdition, Comparison, Gap, NumberedClause, WordRun, flag_words,
};
use crate::output::{Artefact, OutPath};
use crate::strings::Strings;

// The keys of a row are in the order of the alphabet, which is the order of the fields here.

#[derive(Serialize)]
struct ChangeRow<'a> {
    change: Vec<&'static str>,
    flags: Vec<FlagRow<'a>>,
    new: Vec<ComparedClauseRow<'a>>,
    old: Vec<ComparedClauseRow<'a>>,
    words: Vec<WordsRow>,
}

#[derive(Serialize)]
struct FlagRow<'a> {
    kind: &'static str,
    new: Option<&'a str>,
    old: Option<&'a str>,
}

#[derive(Serialize)]
struct ComparedClauseRow<'a> {
    number: &'a str,
    url: String,
}

#[derive(Serialize)]
struct WordsRow {
    is: &'static str,
    text: String,
}

/// The files of a comparison.
pub fn files(corpus: &Corpus, compared: &Compared) -> Vec<(OutPath, Artefact)> {
    let (old, new) = (ComparedEdition::new(corpus, compared.old), ComparedEdition::new(corpus, compared.new));
    let table =
        compared.file("csv").map(|path| (path, Artefact::text(csv(&old, &new, &compared.comparison, &corpus.strings))));
    let rows = changes(&old, &new, &compared.comparison);
    let data = compared.file("json").map(|path| (path, lines('[', rows.iter().map(String::as_str), ']')));
    table.into_iter().chain(data).collect()
}

/// A change as JSON, for each.
pub fn changes(old: &ComparedEdition<'_>, new: &ComparedEdition<'_>, comparison: &Comparison) -> Vec<String> {
    let row = |change: &ClauseChange| {
        let flags = change.flags.iter().map(|flag| FlagRow {
            kind: flag.kind.as_str(),
            new: flag.new.as_deref(),
            old: flag.old.as_deref(),
        });
        json(&ChangeRow {
            change: change.classes.iter().map(|class| class.as_str()).collect(),
            flags: flags.collect(),
            new: clauses(new, &change.new),
            old: clauses(old, &change.old),
            words: change
                .words
                .iter()
                .enumerate()
                .map(|(at, run)| WordsRow { is: run.is.as_str(), text: text_of(run, at == 0) })
                .collect(),
        })
    };
    comparison.changes.iter().map(row).collect()
}

fn clauses<'c>(edition: &ComparedEdition<'_>, clauses: &'c [NumberedClause]) -> Vec<ComparedClauseRow<'c>> {
    clauses.iter().map(|clause| ComparedClauseRow { number: &clause.number, url: url(edition, clause) }).collect()
}

fn url(edition: &ComparedEdition<'_>, clause: &NumberedClause) -> String {
    let ClausePosition { file, clause } = clause.at;
    let place = Place { entry: edition.files[file], part: PlacePart::Clause(clause) };
    if edition.addressed { edition.corpus.url(place) } else { String::new() }
}

/// The words of a run, each paragraph after the first parted from the last by a line's end.
fn text_of(run: &WordRun, first: bool) -> String {
    let mut text = String::new();
    for (at, part) in run.parts.iter().enumerate() {
        match part.gap {
            Gap::None => {}
            Gap::Space => text.push(' '),
            _ if at == 0 && first => {}
            _ => text.push('\n'),
        }
        text.push_str(&part.text);
    }
    text
}

/// The first line of the table.
pub const HEADS: &str = "old,new,change,old url,new url,flags\r\n";

/// The old numbers beside the new, a line for each pair.
pub fn csv(old: &ComparedEdition<'_>, new: &ComparedEdition<'_>, comparison: &Comparison, strings: &Strings) -> String {
    format!("{HEADS}{}", rows(old, new, comparison, strings))
}

/// The rows of that table.
pub fn rows(
    old: &ComparedEdition<'_>,
    new: &ComparedEdition<'_>,
    comparison: &Comparison,
    strings: &Strings,
) -> String {
    let mut table = String::new();
    for change in &comparison.changes {
        let flags: Vec<String> = change.flags.iter().map(|flag| flag_words(strings, flag).to_string()).collect();
        let (flags, classes) = (flags.join("; ").replace('\u{a0}', " "), change.class_words());
        for at in 0..change.old.len().max(change.new.len()) {
            // Of several clauses that became one, each has a line with it; and the other way about.
            let of = |clauses: &[NumberedClause]| clauses.get(at).or(clauses.last()).cloned();
            let (before, after) = (of(&change.old), of(&change.new));
            let number =
                |clause: &Option<NumberedClause>| clause.as_ref().map(|c| c.number.clone()).unwrap_or_default();
            let address = |edition: &ComparedEdition<'_>, clause: &Option<NumberedClause>| {
                clause.as_ref().map(|clause| url(edition, clause)).unwrap_or_default()
            };
            let cells = [
                number(&before),
                number(&after),
                classes.clone(),
                address(old, &before),
                address(new, &after),
                flags.clone(),
            ];
            table.push_str(&cells.map(|cell| cell_of(&cell)).join(","));
            table.push_str("\r\n");
        }
    }
    table
}

fn cell_of(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
