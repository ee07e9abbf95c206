//! `permalinks/`: the ledger of published addresses, and what people say became of them.
//!
//! Takes the files of that folder; gives rows with their places. A line is an address in an
//! edition: its fields, parted by spaces and `-` where one is empty, are those of [`Published`] in
//! their order. Whether the site still has the address is for `resolve` to say.

mod branches;
mod sums;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::char::is_combining_mark;

use super::table::{TomlTable, with_table};
use crate::arena::Arena;
use crate::date::PartialDate;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::is_slug;
use crate::document::ledger::{
    Address, AnchorKind, ConcurrentEditions, Edition, EditionId, Ledger, Move, MoveKind, Published, SITE_LEDGER,
    Sketch, TextHash,
};
use crate::output::OutPath;
use crate::source::{EDITIONS, MOVES, PERMALINKS, SourceFile, Span, UPSTREAM, Written};
pub use branches::edition_file;
use branches::seal_in;
use sums::{Rows, Sums, kept_text, take_back};
pub use sums::{seal, sum};

/// The start of the name of an edition's own file.
const EDITION_FILE: &str = "edition-";

/// Reads the ledger from the files of its folder; other files are passed over.
pub fn ledger(files: &[&SourceFile]) -> (Ledger, Vec<Diagnostic>) {
    let (mut ledger, mut faults) = (Ledger::default(), Vec::new());
    let path_of = |file: &SourceFile| file.path.strip_prefix(UPSTREAM).unwrap_or(&file.path).to_owned();
    let find = |path: &str| files.iter().find(|file| path_of(file) == path);
    let mut sums = Sums::default();
    let list = find(EDITIONS);
    if let Some(file) = list {
        ledger.editions = editions(file, &mut sums, &mut faults);
        if faults.iter().any(|fault| fault.code == Code::InvalidToml) {
            // Without the list, all else that could be said of the ledger would mislead.
            return (Ledger::default(), faults);
        }
        branches::parents(files, &mut ledger.editions, &mut faults);
        let after = ledger.editions.iter().map(|edition| (edition.seals.as_slice(), edition.after.as_deref()));
        ledger.apart = ConcurrentEditions::new(&after.collect::<Vec<_>>());
    }
    if let Some(file) = find(MOVES) {
        ledger.moves = moves(file, &mut faults);
    }
    let by_name: HashMap<&str, EditionId> =
        ledger.editions.pairs().map(|(at, edition)| (edition.name.as_str(), at)).collect();
    let read = files.par_iter().filter_map(|file| {
        let path = path_of(file);
        let name = path.strip_prefix(PERMALINKS).and_then(|name| name.strip_suffix(".txt"));
        let name = name.filter(|name| is_slug(name) || *name == SITE_LEDGER)?;
        if list.is_none() {
            return list_is_missing(file).map(|fault| (None, vec![fault]));
        }
        let (rows, unlisted, faults) = rows(file, &by_name, &ledger.apart);
        let whole = faults.is_empty() && unlisted.is_empty();
        Some((Some(Rows { document: name.to_owned(), file, rows, unlisted, whole }), faults))
    });
    let read: Vec<(Option<Rows<'_>>, Vec<Diagnostic>)> = read.collect();
    let (read, more): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let read: Vec<Rows<'_>> = read.into_iter().flatten().collect();
    faults.extend(more.into_iter().flatten());
    let folder = list.and_then(|list| list.shown.strip_suffix("editions.toml")).unwrap_or(PERMALINKS);
    let lost: Vec<Diagnostic> = match list {
        Some(list) => files.iter().filter_map(|file| lost(file, list, &ledger.editions)).collect(),
        None => Vec::new(),
    };
    for file in files.iter().filter(|file| lost.iter().any(|fault| fault.span.file == file.id)) {
        // Its rows may be right, and the list is not.
        name_in(file).and_then(|name| by_name.get(name.as_str())).into_iter().for_each(|at| sums.allow_more(*at));
    }
    sums.check(folder, &ledger.editions, &read, &mut faults);
    if let Some(list) = list {
        faults.extend(unlisted(list, &read));
    }
    faults.extend(lost);
    faults.extend(files.iter().filter_map(|file| unknown(file)));
    ledger.documents.extend(read.into_iter().map(|file| (file.document, file.rows)));
    (ledger, faults)
}

/// Warns of a text whose name is none of the ledger's, though it is there: what is in it is not
/// read.
fn unknown(file: &SourceFile) -> Option<Diagnostic> {
    let name = file.path.strip_prefix(PERMALINKS).filter(|name| name.ends_with(".txt") || name.ends_with(".toml"))?;
    let is_rows = name.strip_suffix(".txt").is_some_and(|name| is_slug(name) || name == SITE_LEDGER);
    let is_edition = name.starts_with(EDITION_FILE) && name.ends_with(".toml");
    if is_rows || is_edition || [MOVES, EDITIONS].contains(&&*file.path) {
        return None;
    }
    let fault =
        Diagnostic::new(Code::UnusedFile, file.start(), "this file has no name of the ledger, so it is not read");
    let lower = name.to_ascii_lowercase();
    let help = match lower.rsplit('/').next() {
        Some(near) if near != name => {
            format!("if it is part of the ledger, name it `{PERMALINKS}{near}`; if not, move it out of this folder")
        }
        _ => "move it out of this folder: only `clausebook publish` and your own `moves.toml` belong there".to_owned(),
    };
    Some(fault.help(help))
}

/// Reports a ledger without the list of its editions.
fn list_is_missing(file: &SourceFile) -> Option<Diagnostic> {
    let has_rows = file.text.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let fault = Diagnostic::new(
        Code::DamagedLedger,
        file.start(),
        format!("`{EDITIONS}` is missing, which lists the editions of these rows"),
    );
    has_rows.then(|| fault.help(format!("take `{EDITIONS}` back from your version control")))
}

/// Reports each edition that rows name and the list does not have.
fn unlisted(list: &SourceFile, files: &[Rows<'_>]) -> Vec<Diagnostic> {
    let mut editions: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for file in files {
        for (edition, count) in &file.unlisted {
            editions.entry(edition).or_default().push((&file.document, *count));
        }
    }
    let report = |(edition, rows): (&str, Vec<(&str, usize)>)| {
        let count: usize = rows.iter().map(|(_, count)| count).sum();
        let (noun, verb) = if count == 1 { ("row", "is") } else { ("rows", "are") };
        let place = match rows.as_slice() {
            [(document, _)] => format!("{document}.txt"),
            several => format!("{} files beside it", several.len()),
        };
        let message =
            format!("edition `{edition}` is missing from this list, and {count} {noun} of it {verb} in {place}");
        Diagnostic::new(Code::DamagedLedger, list.start(), message).help(take_back(&list.shown))
    };
    editions.into_iter().map(report).collect()
}

/// Returns the name of an edition from its own file.
fn name_in(file: &SourceFile) -> Option<String> {
    Some(file.text.parse::<toml::Table>().ok()?.get("name")?.as_str()?.to_owned())
}

/// Reports an edition that has a file of its own and is not in the list: somebody joined two
/// branches and kept the list of one. Each branch adds a file of a name that no other has, so git
/// keeps both.
fn lost(file: &SourceFile, list: &SourceFile, editions: &Arena<Edition>) -> Option<Diagnostic> {
    let seal = seal_in(&file.path)?;
    if editions.iter().any(|edition| edition.seals.contains(&seal)) {
        return None;
    }
    let message = "this edition was published, and `editions.toml` does not have it as it was";
    let help = "if you joined two branches, join them again, and keep the lines of both in every file of `permalinks/`; \
                otherwise take `permalinks/` back from your version control";
    Some(Diagnostic::new(Code::DamagedLedger, file.start(), message).help(help).label(list.start(), "the list"))
}

/// The rows of a document, in the order of editions; with the number of those of each edition that
/// is not in the list.
fn rows<'a>(
    file: &'a SourceFile,
    editions: &HashMap<&str, EditionId>,
    apart: &ConcurrentEditions,
) -> (Vec<Published>, BTreeMap<&'a str, usize>, Vec<Diagnostic>) {
    let (mut rows, mut unlisted, mut faults) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let words = line.trim_end();
        let span = Span::new(file.id, start..start + words.len());
        start += line.len();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = words.split(' ').collect();
        if let [_, edition, ..] = fields.as_slice()
            && fields.len() == FIELDS
            && is_edition_name(edition)
            && !editions.contains_key(edition)
        {
            *unlisted.entry(*edition).or_default() += 1;
            continue;
        }
        match row(&fields, span, editions) {
            Ok(row) => rows.push(row),
            Err(why) => faults.push(
                Diagnostic::new(Code::MalformedLedger, span, format!("this is no line of a ledger: {why}"))
                    .help("take the file back from your version control: only `clausebook publish` writes it"),
            ),
        }
    }
    rows.sort_by_key(|row| row.edition);
    let mut rows = without_duplicates(rows);
    branches::part(&mut rows, apart);
    (rows, unlisted, faults)
}

/// Rows without those that two branches both have. They may differ in what `publish` brings up to
/// date.
fn without_duplicates(rows: Vec<Published>) -> Vec<Published> {
    let mut places = FxHashSet::default();
    if rows.iter().all(|row| places.insert((row.anchor.as_str(), row.edition, row.key.as_str()))) {
        return rows;
    }
    let mut kept: Vec<Published> = Vec::with_capacity(rows.len());
    let mut at = FxHashMap::default();
    for mut row in rows {
        match at.entry((row.edition, kept_text(&row))) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(row);
            }
            Entry::Occupied(place) => {
                let Some(known) = kept.get_mut(*place.get()) else { continue };
                known.words = row.words;
                known.leads.append(&mut row.leads);
            }
        }
    }
    for row in &mut kept {
        row.leads.sort_unstable();
        row.leads.dedup();
    }
    kept
}

/// Number of fields of a row.
const FIELDS: usize = 11;

fn row(fields: &[&str], span: Span, editions: &HashMap<&str, EditionId>) -> Result<Published, &'static str> {
    let Ok([anchor, edition, kind, number, key, page, within, opening, words, sketch, leads]) =
        <[&str; FIELDS]>::try_from(fields)
    else {
        return Err("it does not have eleven fields");
    };
    let text = |field: &str| if field == "-" { String::new() } else { field.to_owned() };
    if page != "-" && OutPath::new(page).is_none() {
        return Err("its page is none that can be published");
    }
    // Ids of headings alone have letters of every script.
    let is_own = |field: &str| is_place(field) && (field.is_ascii() || kind == AnchorKind::Heading.word());
    if !is_own(anchor) || !is_own(key) || !is_place(within) {
        return Err("one of its addresses is none");
    }
    let hash = |field: &str| if field == "-" { Some(TextHash::default()) } else { TextHash::parse(field) };
    let hex = |lead: &str| u16::from_str_radix(lead, 16).ok().filter(|_| lead.len() == 4);
    let leads = if leads == "-" { Some(Vec::new()) } else { leads.split(',').map(hex).collect() };
    Ok(Published {
        anchor: text(anchor),
        edition: *editions.get(edition).ok_or("its edition is none")?,
        kind: AnchorKind::parse(kind).ok_or("there is no such kind of address")?,
        number: text(number),
        key: text(key),
        written_key: None,
        place: (text(page), text(within)),
        opening: hash(opening).ok_or("its first hash is none")?,
        words: hash(words).ok_or("its second hash is none")?,
        sketch: if sketch == "-" { Some(Sketch::default()) } else { Sketch::parse(sketch) }
            .ok_or("its sketch is none")?,
        leads: leads.ok_or("its last field is no list of hashes")?,
        span,
    })
}

/// Whether a field can be an address that a page has had, in full or on its page. What no build
/// would have written could become an id or a link of a page that only tells what became of it.
fn is_place(field: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "._-/#~".contains(c);
    field.chars().all(fits) && !field.starts_with('/') && !field.contains("..") && !field.contains("//")
}

/// A row as a line of the ledger.
pub fn line(row: &Published, edition: &str) -> String {
    fields(row, edition).join(" ")
}

/// The fields of a line of the ledger.
fn fields(row: &Published, edition: &str) -> [String; FIELDS] {
    let field = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let hash = |hash: TextHash| if hash == TextHash::default() { "-".to_owned() } else { hash.to_string() };
    let leads: Vec<String> = row.leads.iter().map(|lead| format!("{lead:04x}")).collect();
    let sketch = if row.sketch == Sketch::default() { "-".to_owned() } else { row.sketch.to_string() };
    [
        field(&row.anchor),
        edition.to_owned(),
        row.kind.word().to_owned(),
        field(&row.number),
        field(row.written_key.as_ref().unwrap_or(&row.key)),
        field(&row.place.0),
        field(&row.place.1),
        hash(row.opening),
        hash(row.words),
        sketch,
        field(&leads.join(",")),
    ]
}

/// Whether `name` can be the name of an edition: it is in each of its lines.
pub fn is_edition_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
    (1..=32).contains(&name.len()) && name.bytes().all(fits) && name != "-"
}

fn editions(file: &SourceFile, sums: &mut Sums, faults: &mut Vec<Diagnostic>) -> Arena<Edition> {
    let mut editions: Arena<Edition> = Arena::default();
    with_table(file, 0..file.text.len(), "the editions", faults, |table, faults| {
        for row in table.tables("edition", "an edition", faults) {
            let name = row.required_text("name", faults);
            let date = row.date("date", faults);
            let note = row.words("note", faults);
            let clause_pages = row.flag("clause-pages", faults).unwrap_or(false);
            let rows = row.texts("rows", faults);
            row.finish(faults);
            let Some(name) = name else { continue };
            let seals = Vec::from_iter((!rows.is_empty()).then(|| seal(rows.iter().map(|sum| sum.value.as_str()))));
            let known = editions.find(|edition| edition.name == name.value);
            if let Some(at) = known.filter(|at| !(seals.is_empty() && editions[*at].seals.is_empty())) {
                let edition = &mut editions[at];
                if seals.is_empty() || edition.seals.is_empty() {
                    // One branch published with a program that wrote no sums.
                    sums.allow_more(at);
                }
                edition.seals.extend(seals);
                join(edition, date, note, clause_pages);
                sums.add(at, &rows, faults);
                continue;
            }
            if !is_edition_name(&name.value) || known.is_some() {
                let message = format!("`{}` cannot be the name of an edition here", name.value);
                let fault = Diagnostic::new(Code::InvalidValue, name.span, message);
                faults.push(
                    fault.help(
                        "a name is up to 32 letters, figures, full stops and hyphens, and is given to one edition",
                    ),
                );
                continue;
            }
            let (origin, span) = (file.origin, name.span);
            let at =
                editions.push(Edition { name: name.value, date, note, clause_pages, seals, after: None, origin, span });
            sums.add(at, &rows, faults);
        }
    });
    editions
}

/// Joins an edition with another of its name, which another branch published: it has the later day
/// and both notes.
fn join(edition: &mut Edition, date: Option<PartialDate>, note: Option<String>, clause_pages: bool) {
    edition.date = edition.date.max(date);
    edition.clause_pages |= clause_pages;
    match (&mut edition.note, note) {
        (Some(one), Some(other)) if *one != other => {
            one.push(' ');
            one.push_str(&other);
        }
        (Some(_), _) => {}
        (none, other) => *none = other,
    }
}

fn moves(file: &SourceFile, faults: &mut Vec<Diagnostic>) -> Vec<Move> {
    let mut moves = Vec::new();
    with_table(file, 0..file.text.len(), "the moves", faults, |table, faults| {
        for (kind, word) in MoveKind::WORDS {
            for row in table.tables(word, "what became of an address", faults) {
                moves.extend(parse_move(kind, &row, faults));
                row.finish(faults);
            }
        }
    });
    moves
}

fn parse_move(kind: MoveKind, row: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Option<Move> {
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
    let span = from.first().map_or(row.header, |from| from.span);
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
