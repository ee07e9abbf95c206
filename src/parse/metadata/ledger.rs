//! `permalinks/`: the ledger of published addresses, and what people say became of them.
//!
//! Takes the files of that folder; gives rows with their places. A line is an address in an edition: its fields, parted by
//! spaces and `-` where one is empty, are those of [`Published`] in their order. Whether the site still has the address is
//! for `resolve` to say.

use std::collections::HashMap;

use rayon::prelude::*;

use super::table::{Table, with_table};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::is_slug;
use crate::document::ledger::{
    Address, AnchorKind, Edition, Ledger, Move, MoveKind, Published, SITE_LEDGER, Sketch, TextHash,
};
use crate::output::OutPath;
use crate::source::{SourceFile, Span, UPSTREAM, Written};

/// The folder of the ledger below the site's folder.
pub const PERMALINKS: &str = "permalinks/";
/// What people say became of addresses.
pub const MOVES: &str = "permalinks/moves.toml";
/// The editions.
pub const EDITIONS: &str = "permalinks/editions.toml";

/// Reads the ledger from the files of its folder; other files are passed over.
pub fn ledger(files: &[&SourceFile]) -> (Ledger, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut ledger = Ledger::default();
    let path_of = |file: &SourceFile| file.path.strip_prefix(UPSTREAM).unwrap_or(&file.path).to_owned();
    let find = |path: &str| files.iter().find(|file| path_of(file) == path);
    if let Some(file) = find(EDITIONS) {
        ledger.editions = editions(file, &mut faults);
    }
    if let Some(file) = find(MOVES) {
        ledger.moves = moves(file, &mut faults);
    }
    let by_name: HashMap<&str, usize> =
        ledger.editions.iter().enumerate().map(|(at, edition)| (edition.name.as_str(), at)).collect();
    let read = |file: &&SourceFile| {
        let path = path_of(file);
        let name = path.strip_prefix(PERMALINKS).and_then(|name| name.strip_suffix(".txt"));
        let name = name.filter(|name| is_slug(name) || *name == SITE_LEDGER)?;
        Some((name.to_owned(), rows(file, &by_name)))
    };
    let read: Vec<_> = files.par_iter().filter_map(read).collect();
    for (name, (rows, more)) in read {
        ledger.documents.insert(name, rows);
        faults.extend(more);
    }
    (ledger, faults)
}

/// The rows of a document, in the order of editions.
fn rows(file: &SourceFile, editions: &HashMap<&str, usize>) -> (Vec<Published>, Vec<Diagnostic>) {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let words = line.trim_end();
        let span = Span::new(file.id, start..start + words.len());
        start += line.len();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        match row(words, span, editions) {
            Ok(row) => rows.push(row),
            Err(why) => faults.push(
                Diagnostic::new(Code::MalformedLedger, span, format!("this is no line of a ledger: {why}"))
                    .help("take the file back from your version control: only `clausebook publish` writes it"),
            ),
        }
    }
    rows.sort_by_key(|row| row.edition);
    (rows, faults)
}

fn row(line: &str, span: Span, editions: &HashMap<&str, usize>) -> Result<Published, &'static str> {
    let fields: Vec<&str> = line.split(' ').collect();
    let Ok([anchor, edition, kind, number, key, page, within, opening, words, sketch, leads]) =
        <[&str; 11]>::try_from(fields)
    else {
        return Err("it does not have eleven fields");
    };
    let text = |field: &str| if field == "-" { String::new() } else { field.to_owned() };
    if page != "-" && OutPath::new(page).is_none() {
        return Err("its page is none that can be published");
    }
    if ![anchor, key, within].into_iter().all(is_place) {
        return Err("one of its addresses is none");
    }
    let hash = |field: &str| if field == "-" { Some(TextHash::default()) } else { TextHash::parse(field) };
    let hex = |lead: &str| u16::from_str_radix(lead, 16).ok().filter(|_| lead.len() == 4);
    let leads = if leads == "-" { Some(Vec::new()) } else { leads.split(',').map(hex).collect() };
    Ok(Published {
        anchor: text(anchor),
        edition: *editions.get(edition).ok_or("`editions.toml` does not name its edition")?,
        kind: AnchorKind::parse(kind).ok_or("there is no such kind of address")?,
        number: text(number),
        key: text(key),
        place: (text(page), text(within)),
        opening: hash(opening).ok_or("its first hash is none")?,
        words: hash(words).ok_or("its second hash is none")?,
        sketch: if sketch == "-" { Some(Sketch::default()) } else { Sketch::parse(sketch) }
            .ok_or("its sketch is none")?,
        leads: leads.ok_or("its last field is no list of hashes")?,
        span,
    })
}

/// Whether a field can be an address that a page has had, in full or on its page. What no build would have written could
/// become an id or a link of a page that only tells what became of it.
fn is_place(field: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"._-/#~".contains(&b);
    field.bytes().all(fits) && !field.starts_with('/') && !field.contains("..") && !field.contains("//")
}

/// A row as a line of the ledger.
pub fn line(row: &Published, edition: &str) -> String {
    let field = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let hash = |hash: TextHash| if hash == TextHash::default() { "-".to_owned() } else { hash.to_string() };
    let leads: Vec<String> = row.leads.iter().map(|lead| format!("{lead:04x}")).collect();
    let sketch = if row.sketch == Sketch::default() { "-".to_owned() } else { row.sketch.to_string() };
    let fields = [
        field(&row.anchor),
        edition.to_owned(),
        row.kind.word().to_owned(),
        field(&row.number),
        field(&row.key),
        field(&row.place.0),
        field(&row.place.1),
        hash(row.opening),
        hash(row.words),
        sketch,
        field(&leads.join(",")),
    ];
    fields.join(" ")
}

/// Whether `name` can be the name of an edition: it stands in each of its lines.
pub fn is_edition_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    (1..=32).contains(&name.len()) && name.bytes().all(fits) && name != "-"
}

fn editions(file: &SourceFile, faults: &mut Vec<Diagnostic>) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    with_table(file, 0..file.text.len(), "the editions", faults, |table, faults| {
        for row in table.tables("edition", "an edition", faults) {
            let name = row.required_text("name", faults);
            let date = row.date("date", faults);
            let note = row.words("note", faults);
            let clause_pages = row.flag("clause-pages", faults).unwrap_or(false);
            row.finish(faults);
            let Some(name) = name else { continue };
            if !is_edition_name(&name.value) || editions.iter().any(|edition| edition.name == name.value) {
                let message = format!("`{}` cannot be the name of an edition here", name.value);
                let fault = Diagnostic::new(Code::InvalidValue, name.span, message);
                faults.push(fault.help("a name is up to 32 letters, figures, full stops and hyphens, and stands once"));
                continue;
            }
            editions.push(Edition { name: name.value, date, note, clause_pages, origin: file.origin, span: name.span });
        }
    });
    editions
}

fn moves(file: &SourceFile, faults: &mut Vec<Diagnostic>) -> Vec<Move> {
    let mut moves = Vec::new();
    with_table(file, 0..file.text.len(), "the moves", faults, |table, faults| {
        for (kind, word) in MoveKind::WORDS {
            for row in table.tables(word, "what became of an address", faults) {
                moves.extend(one_move(kind, &row, faults));
                row.finish(faults);
            }
        }
    });
    moves
}

fn one_move(kind: MoveKind, row: &Table<'_>, faults: &mut Vec<Diagnostic>) -> Option<Move> {
    let from = row.texts("from", faults);
    let to = row.texts("to", faults);
    let reason = row.words("reason", faults);
    let was = row.text("was", faults);
    let mut addresses = |texts: &[Written<String>]| -> Vec<Written<Address>> {
        let read = texts.iter().filter_map(|text| match Address::parse(&text.value) {
            Some(address) => Some(Written::new(address, text.span)),
            None => {
                let message = format!("`{}` is no address", text.value);
                let fault = Diagnostic::new(Code::InvalidValue, text.span, message);
                faults.push(fault.help("write a document and a place in it: `guidance-2008#3.37`"));
                None
            }
        });
        read.collect()
    };
    let (read_from, read_to) = (addresses(&from), addresses(&to));
    let span = from.first().map_or(row.header(), |from| from.span);
    let mut lacks = |what: &str, example: &str| {
        let message = format!("a `[[{}]]` needs {what}", kind.word());
        faults.push(Diagnostic::new(Code::MissingKey, span, message).help(format!("write {example}")));
    };
    let (froms, tos) = (from.len(), to.len());
    match kind {
        _ if froms == 0 => lacks("what it happened to", "`from = \"guidance-2008#3.37\"`"),
        MoveKind::Moved | MoveKind::Renumbered if tos != 1 || froms != 1 => {
            lacks("one address in `from` and one in `to`", "a row for each")
        }
        MoveKind::Split if tos < 2 || froms != 1 => lacks("one address in `from` and several in `to`", "all its parts"),
        MoveKind::Merged if tos != 1 => lacks("one address in `to`", "the one that took the others over"),
        MoveKind::Reworded if tos > 0 || froms != 1 || was.is_none() => {
            lacks("one address in `from`, no `to`, and `was`", "the row as the message proposed it")
        }
        _ if reason.is_none() => lacks("a reason that readers will see", "`reason = \"…\"`"),
        _ => return Some(Move { kind, from: read_from, to: read_to, reason, was, span }),
    }
    None
}
