//! A new edition of a site: what `clausebook publish` adds to the ledger.
//!
//! Takes the resolved site, the ledger with which it agrees, and what its maker says of the
//! edition; gives the files of `permalinks/` as they are to be. Writes nothing, and knows no clock:
//! the day is told.

use std::fmt::Write as _;

use crate::corpus::Corpus;
use crate::corpus::history::{ChangeKind, DocumentChanges};
use crate::date::PartialDate;
use crate::document::join_with_and;
use crate::document::ledger::{Edition, EditionId, Ledger, Published, SITE_LEDGER, TextHash};
use crate::parse::metadata::ledger::{edition_file, line, seal, sum};
use crate::permalinks;
use crate::source::SETTINGS;
use crate::source::{EDITIONS, Edit, Hash, Origin, PERMALINKS, SourceFile, SourceMap, Span};

/// Details of a new edition, from its maker.
#[derive(Clone, Debug)]
pub struct EditionDetails {
    /// Name of the edition; the next whole number if there is none.
    pub name: Option<String>,
    /// Day of the edition.
    pub date: PartialDate,
    /// Note on what is new in it, for readers.
    pub note: Option<String>,
}

/// Outcome of publishing an edition.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The ledger says all that there is.
    Nothing,
    /// Words changed, and nobody said what of: a note to start from.
    NeedsNote(String),
    /// The name is taken.
    NameTaken(String),
    /// The edition, with the files to write, by their path below the site's folder.
    Edition {
        /// Name of the edition; none if no words are new, and only leads of mentions, sums or the
        /// settings were brought up to date.
        name: Option<String>,
        /// Number of rows added to the ledger, one for each address that is new or changed.
        rows: usize,
        /// The files, in the order in which they are to be written: no row may name an edition that
        /// is not there yet.
        files: Vec<(String, String)>,
    },
}

/// Works an edition out. `sources` are the texts of the site, for the file of editions as it is.
pub fn publish(corpus: &Corpus, published: &Ledger, sources: &SourceMap, wanted: &EditionDetails) -> Outcome {
    let name = wanted.name.clone().unwrap_or_else(|| next_name(published));
    if published.own().any(|(_, edition)| edition.name == name) {
        return Outcome::NameTaken(name);
    }
    let Some(place) = corpus.entries.iter().next().map(|entry| Span::new(entry.document.file, 0..0)) else {
        return Outcome::Nothing;
    };
    let clause_pages = corpus.config.clause_pages;
    let (date, note) = (Some(wanted.date), wanted.note.clone());
    let (seals, after, origin) = (Vec::new(), None, Origin::Own);
    let edition = Edition { name: name.clone(), date, note, clause_pages, seals, after, origin, span: place };
    let (mut next, is_edition) =
        permalinks::with_edition(corpus, published, edition).unwrap_or_else(|| (published.clone(), false));
    let theirs = |id: &str| match corpus.find(id).map(|at| corpus.entry(at)) {
        Some(entry) => entry.document.origin == Origin::Upstream,
        None => id != SITE_LEDGER && rows_of(published, id).first().is_some_and(|row| is_borrowed(published, row)),
    };
    // What is new in the site that is extended is for its own makers to publish.
    for (id, rows) in next.documents.iter_mut().filter(|(id, _)| theirs(id)) {
        *rows = rows_of(published, id).to_vec();
    }
    next.documents.retain(|_, rows| !rows.is_empty());
    let has_more = |(id, rows): (&String, &Vec<Published>)| rows.len() > rows_of(published, id).len();
    let is_edition = is_edition && next.documents.iter().any(has_more);
    let has_editions = is_edition || published.own().next().is_some();
    if is_edition && wanted.note.is_none() {
        let history = permalinks::check(corpus, &next, &mut Vec::new());
        let changes = history.editions.first().map(|edition| edition.documents.as_slice()).unwrap_or_default();
        if !changes.is_empty() {
            return Outcome::NeedsNote(draft(changes));
        }
    }
    let mut files = Vec::new();
    let known = published.own().map(|(_, edition)| edition);
    let mut sealed: Vec<(TextHash, &str)> =
        known.flat_map(|edition| edition.seals.iter().map(|seal| (*seal, edition.name.as_str()))).collect();
    let mut list = EDITIONS_HEAD.to_owned();
    if let Some(file) = sources.find(EDITIONS) {
        let summed = unsummed(file, published, &next);
        list = file.edited(&summed.iter().map(|(edit, ..)| edit.clone()).collect::<Vec<_>>());
        sealed.extend(summed.into_iter().map(|(_, seal, name)| (seal, name)));
    }
    let mut own_files: Vec<(String, String)> =
        sealed.iter().map(|(seal, name)| (edition_file(*seal), edition_text(name, &[]))).collect();
    if is_edition {
        let sums = next.editions.ids().next_back().map_or(Vec::new(), |at| sums(&next, at));
        own_files.push((edition_file(sum_of_rows(&sums)), edition_text(&name, &last_seals(published, &sealed))));
        list = format!("{}\n\n{}", list.trim_end(), edition_row(&name, wanted, clause_pages, &sums));
    }
    if has_editions && sources.find(EDITIONS).is_none_or(|file| *file.text != list) {
        files.push((EDITIONS.to_owned(), list));
    }
    let mut rows = 0;
    for (id, now) in &next.documents {
        let before = rows_of(published, id);
        if now.as_slice() != before {
            rows += now.len() - before.len();
            files.push((format!("{PERMALINKS}{id}.txt"), text(now, &next)));
        }
    }
    files.extend(own_files.into_iter().filter(|(path, _)| sources.find(path).is_none()));
    let settings = sources.find(SETTINGS).filter(|_| has_editions && corpus.config.has_editions.is_none());
    files.extend(settings.and_then(|file| Some((SETTINGS.to_owned(), with_editions(&file.text)?))));
    if files.is_empty() { Outcome::Nothing } else { Outcome::Edition { name: is_edition.then_some(name), rows, files } }
}

/// Returns the sums of published editions that have none yet, each to be written behind the name of
/// its edition, with their seal and that name.
fn unsummed<'a>(file: &SourceFile, published: &'a Ledger, next: &Ledger) -> Vec<(Edit, TextHash, &'a str)> {
    let edits = published.own().filter(|(_, edition)| edition.seals.is_empty()).filter_map(|(at, edition)| {
        let line = file.text.get(..edition.span.start)?.rsplit('\n').next()?;
        let rest = file.text.get(edition.span.end..)?;
        let end = edition.span.end + rest.find('\n').unwrap_or(rest.len());
        let sums = sums(next, at);
        // Of a list on one line, nothing can be put into the next.
        let fits = line.trim_start().starts_with("name") && !sums.is_empty();
        let edit = Edit { span: Span::new(file.id, end..end), text: format!("\n{}", rows_line(&sums)) };
        fits.then(|| (edit, sum_of_rows(&sums), edition.name.as_str()))
    });
    edits.collect()
}

fn sum_of_rows(sums: &[String]) -> TextHash {
    seal(sums.iter().map(String::as_str))
}

/// Seals of the editions after which a new one is published: the last, and those of which that did
/// not know.
fn last_seals(published: &Ledger, sealed: &[(TextHash, &str)]) -> Vec<TextHash> {
    let last = published.editions.ids().next_back();
    let is_last = |at: EditionId| last.is_some_and(|last| at == last || published.apart.are(at, last));
    let of_last = published.own().filter(|(at, _)| is_last(*at));
    let names: Vec<&str> = of_last.map(|(_, edition)| edition.name.as_str()).collect();
    sealed.iter().filter(|(_, name)| names.contains(name)).map(|(seal, _)| *seal).collect()
}

/// The text of an edition's own file.
fn edition_text(name: &str, after: &[TextHash]) -> String {
    let quoted: Vec<String> = after.iter().map(|seal| format!("\"{seal}\"")).collect();
    let after = if quoted.is_empty() { String::new() } else { format!("after = [{}]\n", quoted.join(", ")) };
    format!("{EDITION_HEAD}name = {}\n{after}", toml::Value::String(name.to_owned()))
}

/// The sums of the rows that an edition has, by document.
fn sums(ledger: &Ledger, edition: EditionId) -> Vec<String> {
    let of_document = |(id, rows): (&String, &Vec<Published>)| {
        let mut rows = rows.iter().filter(|row| row.edition == edition).peekable();
        rows.peek().is_some().then(|| sum(id, rows))
    };
    ledger.documents.iter().filter_map(of_document).collect()
}

fn rows_line(sums: &[String]) -> String {
    let quoted: Vec<String> = sums.iter().map(|sum| format!("\"{sum}\"")).collect();
    format!("rows = [{}]", quoted.join(", "))
}

/// Returns the settings with the line by which the loss of the whole ledger is noticed; nothing if
/// they already say otherwise.
fn with_editions(settings: &str) -> Option<String> {
    let mut wanted: toml::Table = settings.parse().ok()?;
    let has_none = wanted.insert("has-editions".to_owned(), toml::Value::Boolean(true)).is_none();
    let is_title =
        |line: &str| line.trim_start().strip_prefix("title").is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut at = 0;
    let after_title = settings.split_inclusive('\n').find_map(|line| {
        at += line.len();
        is_title(line).then_some(at)
    });
    // The line of a title may be in a table, or in a text of several lines. The top of the file is
    // in neither.
    let written = [after_title, Some(0)].into_iter().flatten().filter_map(|at| {
        let (before, after) = settings.split_at_checked(at)?;
        let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        Some(format!("{before}{end}{HAS_EDITIONS}{after}"))
    });
    let keeps_meaning = |text: &String| text.parse().is_ok_and(|read: toml::Table| read == wanted);
    written.filter(|_| has_none).find(keeps_meaning)
}

const HAS_EDITIONS: &str = "has-editions = true   # written by `clausebook publish`: permalinks/ must not be lost\n";

const EDITION_HEAD: &str = "# Written by `clausebook publish`, and never changed. By this file `check` notices if a merge loses the edition.\n";

const EDITIONS_HEAD: &str =
    "# The editions of this site, the oldest first: written by `clausebook publish`. A note may be reworded.
# `rows` are sums of the rows that an edition has in the files beside this one, by which `check` finds those that are lost.";

const LEDGER_HEAD: &str =
    "# Every address of this document that was ever published, and in which edition it got the words it had. Written by
# `clausebook publish`, and kept for ever: what became of an address that is gone stands in moves.toml.
";

/// Reports whether a row is of an edition of the site that is extended.
fn is_borrowed(ledger: &Ledger, row: &Published) -> bool {
    ledger.editions[row.edition].origin == Origin::Upstream
}

fn rows_of<'a>(ledger: &'a Ledger, id: &str) -> &'a [Published] {
    ledger.documents.get(id).map_or(&[], Vec::as_slice)
}

/// A ledger as it is written: a line for each row, in the order of addresses, so that two branches
/// can be merged. Rows of editions that are borrowed are elsewhere.
fn text(rows: &[Published], ledger: &Ledger) -> String {
    let mut rows: Vec<&Published> = rows.iter().filter(|row| !is_borrowed(ledger, row)).collect();
    rows.sort_by(|a, b| (&a.anchor, a.edition, &a.key).cmp(&(&b.anchor, b.edition, &b.key)));
    let mut text = LEDGER_HEAD.to_owned();
    for row in rows {
        text.push_str(&line(row, &ledger.editions[row.edition].name));
        text.push('\n');
    }
    text
}

/// The lines of an edition. The first, the last and one between them have a mark that no other
/// edition has: so git, which looks for lines that two branches have in common, keeps the lines of
/// each edition together.
fn edition_row(name: &str, wanted: &EditionDetails, clause_pages: bool, sums: &[String]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    // A whole day is a date of TOML, anything less a text.
    let date = wanted.date.to_string();
    let date = if wanted.date.day.is_some() { date } else { quoted(&date) };
    let (name, rows) = (quoted(name), rows_line(sums));
    let mut more = String::new();
    if let Some(note) = &wanted.note {
        let _ = writeln!(more, "note = {}", quoted(note));
    }
    if clause_pages {
        more.push_str("clause-pages = true\n");
    }
    let mark = TextHash::of_source(Hash::of(format!("{name}\n{date}\n{more}{rows}").as_bytes()));
    format!("[[edition]] # {mark}\nname = {name}\ndate = {date} # {mark}\n{more}{rows} # {mark}\n")
}

fn next_name(ledger: &Ledger) -> String {
    let numbers = ledger.own().filter_map(|(_, edition)| edition.name.parse::<u32>().ok());
    (numbers.max().unwrap_or(0).saturating_add(1)).to_string()
}

/// Drafts a note on what changed, with a sentence for each document.
fn draft(documents: &[DocumentChanges]) -> String {
    let sentences = documents.iter().map(|document| {
        let parts = document.changes.iter().map(|(change, clauses)| {
            let numbers: Vec<&str> = clauses.iter().map(|clause| clause.short.as_str()).collect();
            let verb = match change {
                ChangeKind::New => "new",
                ChangeKind::Reworded => "reworded",
                ChangeKind::Renumbered => "renumbered",
                ChangeKind::Gone => "withdrawn",
            };
            format!("{verb} {}", listed(&numbers))
        });
        format!("{}: {}.", document.document.0, parts.collect::<Vec<_>>().join("; "))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// "3.1, 3.4 and 3.7"; of very many, the first and how many more.
fn listed(numbers: &[&str]) -> String {
    const MOST: usize = 12;
    match numbers.split_at_checked(MOST) {
        Some((shown, more)) if !more.is_empty() => format!("{} and {} more", shown.join(", "), more.len()),
        _ => join_with_and(numbers),
    }
}
