//! `clausebook compare`: what changed between two files or two sites.
//!
//! Takes two paths and a format; prints every document that is in either, and what became of
//! its clauses.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::ChangesFormat;
use super::folder::{not_there, settle, site_that_holds};
use super::{Stop, could_not_run, print, whole_under_watch};
use crate::arena::Arena;
use crate::config::ClauseUnit;
use crate::corpus::{Corpus, EntryId};
use crate::diagnostic::escape_controls;
use crate::disk;
use crate::editions::{
    AccountLine, Class, ComparedEdition, Comparison, FlagKind, Gap, KnownMoves, NumberedClause, RunStatus, WordRun,
    align, flag_words, quiet_words,
};
use crate::export::comparisons;
use crate::pipeline::{self, Caches, Hooks, Options};
use crate::site::ReadSite;
use crate::source::SourceMap;
use crate::strings::Strings;

/// A document or a site that was named.
struct ComparedSource {
    corpus: Corpus,
    /// The site that it is in, for its limits, and its folder.
    read: ReadSite,
    root: PathBuf,
    /// The entry of the file that was named, if it was one.
    at: Option<EntryId>,
    /// Whether it is in a site.
    held: bool,
}

pub(super) fn compare(old: &Path, new: &Path, format: ChangesFormat) -> Result<(), Stop> {
    for named in [old, new] {
        if !disk::is_there(named) {
            return Err(not_there(named, "name two files or two sites"));
        }
        let folder = if disk::is_folder(named) { Some(named.to_owned()) } else { site_that_holds(named) };
        folder.map_or(Ok(Vec::new()), |folder| settle(&folder))?;
    }
    let (before, after) = match (disk::is_folder(old), disk::is_folder(new)) {
        (true, true) => (site(old)?, site(new)?),
        (false, false) => {
            let (first, second) = (site_that_holds(old), site_that_holds(new));
            (file(old, first.as_deref().or(second.as_deref()))?, file(new, second.as_deref().or(first.as_deref()))?)
        }
        _ => return Err(could_not_run("a file cannot be compared with a folder", "name two files or two sites")),
    };
    let mut same = true;
    if format == ChangesFormat::Csv {
        print(comparisons::HEADS);
    }
    let mut first = true;
    for (one, other) in documents(&before, &after) {
        let editions = (edition(&before, one), edition(&after, other));
        let comparison = whole_under_watch(&after.read, &after.root, "comparing the two", || {
            align(&editions.0, &editions.1, &KnownMoves::new())
        });
        let titles = (title(&before, one), title(&after, other));
        let same_title = titles.0 == titles.1 || one.is_none() || other.is_none();
        let title = if same_title {
            titles.1.or(titles.0)
        } else {
            titles.0.zip(titles.1).map(|(a, b)| format!("{a} → {b}"))
        };
        same = same && comparison.is_same();
        match format {
            ChangesFormat::Human if comparison.is_same() && before.at.is_none() => {}
            ChangesFormat::Human => {
                print(if std::mem::take(&mut first) { "" } else { "\n" });
                let unit = unit(&after, other).or_else(|| unit(&before, one));
                let unit = unit.unwrap_or_else(|| after.corpus.strings.unit());
                print(&human_text(&title.unwrap_or_default(), &comparison, (&after.corpus.strings, &unit)));
            }
            ChangesFormat::Csv => {
                print(&comparisons::rows(&editions.0, &editions.1, &comparison, &after.corpus.strings))
            }
            ChangesFormat::Json => {
                let changes = comparisons::changes(&editions.0, &editions.1, &comparison).join(",");
                let title = serde_json::Value::from(title.unwrap_or_default());
                print(&format!("{{\"changes\":[{changes}],\"title\":{title}}}\n"));
            }
        }
    }
    if same {
        if format == ChangesFormat::Human && before.at.is_none() {
            print("Nothing differs.\n");
        }
        return Ok(());
    }
    Err(Stop::Differs)
}

fn site(folder: &Path) -> Result<ComparedSource, Stop> {
    let read = disk::read_whole(folder, SourceMap::new(), pipeline::settings)?;
    let corpus = resolved(&read, folder);
    Ok(ComparedSource { corpus, read, root: folder.to_owned(), at: None, held: true })
}

/// The corpus of a site, whatever is wrong in it: what two editions say can be compared before
/// either is right.
fn resolved(read: &ReadSite, root: &Path) -> Corpus {
    whole_under_watch(read, root, "resolving the links of the site", || {
        let loaded = pipeline::load(read, &Options::default(), Hooks::default());
        pipeline::resolve(loaded, &mut Caches::default(), Hooks::default()).corpus
    })
}

/// A file, in the site that lends it its settings.
fn file(path: &Path, home: Option<&Path>) -> Result<ComparedSource, Stop> {
    let text = disk::read_alone(path)?;
    let mut read = match home {
        Some(home) => disk::read_whole(home, SourceMap::new(), pipeline::settings)?,
        None => ReadSite::default(),
    };
    let site = &mut read.site;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let whole = path
        .parent()
        .and_then(|folder| disk::canonical(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok());
    let held = home.zip(whole).and_then(|(home, folder)| disk::name_in_site(home, &folder.join(name)));
    let held = held.filter(|held| site.sources.find(held).is_some());
    let is_held = held.is_some();
    let place = held.unwrap_or_else(|| {
        // In no site: it is read as if it was in this one, under a name that no other file has.
        let place = (0..).map(|n| format!("compared-{n}.md")).find(|place| site.sources.find(place).is_none());
        let place = place.unwrap_or_default();
        site.sources.insert(&place, &text);
        place
    });
    let root = home.unwrap_or(Path::new("."));
    let corpus = resolved(&read, root);
    let at = corpus.entries.find(|entry| *entry.document.path == *place);
    let at =
        at.ok_or_else(|| could_not_run(format!("`{}` is no document", path.display()), "name two Markdown files"))?;
    Ok(ComparedSource { corpus, read, root: root.to_owned(), at: Some(at), held: is_held })
}

/// The documents that are compared: the two that were named, or those of one id; in the order of
/// the new site.
fn documents(old: &ComparedSource, new: &ComparedSource) -> Vec<(Option<EntryId>, Option<EntryId>)> {
    if old.at.is_some() || new.at.is_some() {
        return vec![(old.at, new.at)];
    }
    let papers = |named: &ComparedSource| -> Vec<(EntryId, String)> {
        let papers = named.corpus.papers().filter(|(_, entry)| {
            // A file of a publication is compared with it.
            entry.resolution.publication.is_none() || !entry.resolution.files.is_empty()
        });
        papers.map(|(at, entry)| (at, entry.document.id.to_string())).collect()
    };
    let (before, after) = (papers(old), papers(new));
    let find = |papers: &[(EntryId, String)], id: &str| papers.iter().find(|(_, other)| other == id).map(|(at, _)| *at);
    let kept: BTreeSet<&String> = after.iter().map(|(_, id)| id).collect();
    let gone = before.iter().filter(|(_, id)| !kept.contains(id)).map(|(at, _)| (Some(*at), None));
    after.iter().map(|(at, id)| (find(&before, id), Some(*at))).chain(gone).collect()
}

fn edition(named: &ComparedSource, at: Option<EntryId>) -> ComparedEdition<'_> {
    match at {
        // A file that was named is meant by itself.
        Some(at) if named.at.is_some() => {
            ComparedEdition { corpus: &named.corpus, files: std::iter::once(at).collect(), addressed: named.held }
        }
        Some(at) => ComparedEdition::new(&named.corpus, at),
        None => ComparedEdition { corpus: &named.corpus, files: Arena::default(), addressed: true },
    }
}

fn title(named: &ComparedSource, at: Option<EntryId>) -> Option<String> {
    let document = &named.corpus.entry(at?).document;
    Some(if document.front.short.is_empty() { document.id.to_string() } else { document.front.short.clone() })
}

/// A document's word for a clause.
fn unit(named: &ComparedSource, at: Option<EntryId>) -> Option<ClauseUnit> {
    named.corpus.entry(at?).document.front.unit.clone()
}

/// A comparison for people.
fn human_text(title: &str, comparison: &Comparison, (strings, unit): (&Strings, &ClauseUnit)) -> String {
    let (before, after) = comparison.clauses();
    let plain = ClauseUnit::default();
    let shown = if *unit == strings.unit() { &plain } else { unit };
    let count = |n: usize| format!("{n} {}", escape_controls(if n == 1 { &shown.one } else { &shown.many }));
    let mut text = format!("{}\n{} before, {after} now: ", escape_controls(title), count(before));
    let counts = comparison.counts().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(class, count)| format!("{count} {}", class.as_str())).collect();
    text.push_str(&counts.join(", "));
    text.push('\n');
    for (kind, words) in [
        (FlagKind::Duty, "A duty word changed in"),
        (FlagKind::Citation, "A citation changed in"),
        (FlagKind::Mention, "A mention leads elsewhere in"),
    ] {
        let flagged = comparison.flagged(kind).count();
        if flagged > 0 {
            text.push_str(&format!("{words} {}\n", count(flagged)));
        }
    }
    for line in comparison.lines() {
        match line {
            AccountLine::Quiet(run) => {
                text.push_str(&format!("\n{}\n", escape_controls(quiet_words(strings, &run, unit).text())))
            }
            AccountLine::Change(change) => {
                let numbers = |clauses: &[NumberedClause]| {
                    clauses.iter().map(|clause| clause.number.as_str()).collect::<Vec<_>>().join(", ")
                };
                let (old, new) = (numbers(&change.old), numbers(&change.new));
                let numbers = match (old.as_str(), new.as_str()) {
                    (old, "") => old.to_owned(),
                    ("", new) => new.to_owned(),
                    (old, new) if old == new => new.to_owned(),
                    (old, new) => format!("{old} → {new}"),
                };
                text.push_str(&format!("\n{numbers}: {}\n", change.class_words()));
                for flag in &change.flags {
                    text.push_str(&format!("  ! {}\n", escape_controls(flag_words(strings, flag).text())));
                }
                let whole = change.is(Class::New) || change.is(Class::Removed) || change.rewritten;
                text.push_str(&words(&change.words, whole));
            }
        }
    }
    text
}

/// Number of unchanged words to show on each side of a change.
const BESIDE: usize = 8;

/// The words of a change, with a mark for each that went or came; what stayed is cut to what is
/// beside a change.
fn words(runs: &[WordRun], whole: bool) -> String {
    let mut text = String::new();
    for (at, run) in runs.iter().enumerate() {
        let mut words = String::new();
        for (n, part) in run.parts.iter().enumerate() {
            match &part.gap {
                Gap::None => {}
                Gap::Space => words.push(' '),
                _ if n + at == 0 => {}
                Gap::Clause(number) => words.push_str(&format!(" ¶ {number} ")),
                _ => words.push_str(" ¶ "),
            }
            words.push_str(&part.text);
        }
        let space = if words.starts_with(' ') { " " } else { "" };
        let (open, close) = match run.is {
            RunStatus::Same => ("", ""),
            RunStatus::Removed => ("[-", "-]"),
            RunStatus::Added => ("{+", "+}"),
        };
        let shown = match run.is {
            RunStatus::Same if !whole => shortened(words.trim_start(), at > 0, at + 1 < runs.len()),
            _ => words.trim_start().to_owned(),
        };
        text.push_str(&format!("{space}{open}{shown}{close}"));
    }
    format!("  {}\n", escape_controls(&text))
}

/// The first and last few words of a long text that is after a change, before one, or both.
fn shortened(text: &str, after: bool, before: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = if after || before { (after, before) } else { (true, false) };
    let kept = BESIDE * (usize::from(head) + usize::from(tail));
    if words.len() <= kept + 2 {
        return text.to_owned();
    }
    let first = words.get(..BESIDE).filter(|_| head).map(|words| words.join(" "));
    let last = words.get(words.len() - BESIDE..).filter(|_| tail).map(|words| words.join(" "));
    match (first, last) {
        (Some(first), Some(last)) => format!("{first} … {last}"),
        (Some(first), None) => format!("{first} …"),
        (None, last) => format!("… {}", last.unwrap_or_default()),
    }
}
