//! The table of Acts that the program knows: short titles and their paths at legislation.gov.uk.
//!
//! Takes words; returns the path of the Act that they name. Serves proposals and doubts alone: what
//! no register declares is never linked. Its facts and their licence are described at the head of
//! `acts.txt`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::register::Register;
use super::tokens::{Kind, Tokens};
use super::words::is_year;

/// An Act of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAct {
    /// Short title.
    pub title: String,
    /// Path at legislation.gov.uk: `ukpga/2004/31`.
    pub work: String,
}

/// Returns the Act whose short title, but for capitals and marks, is these words.
pub fn known_act(title: &str) -> Option<&'static KnownAct> {
    let tokens = Tokens::new(title);
    table().dated.get(&key(&tokens, 0..tokens.len()))
}

/// Returns the one Act whose short title without its year is these words; none if two years have
/// one.
pub(super) fn known_act_without_year(title: &str) -> Option<&'static KnownAct> {
    let tokens = Tokens::new(title);
    let dated = table().undated.get(&key(&tokens, 0..tokens.len()))?.as_ref()?;
    table().dated.get(dated)
}

/// Returns the Act whose path is one of these.
pub(super) fn known_act_at(paths: &[String]) -> Option<&'static KnownAct> {
    let dated = paths.iter().find_map(|path| table().works.get(path))?;
    table().dated.get(dated)
}

/// Years of which the table has every Act of the United Kingdom's parliament.
const COMPLETE: std::ops::RangeInclusive<u32> = 1970..=2024;

/// Returns the title that these words are so like that they may be a slip of it, where they are
/// none themselves: one of the same year, or the same but for its year, where an Act of this year
/// would be in the table.
pub fn near_title(title: &str, register: &Register) -> Option<String> {
    let (name, year) = parted(title)?;
    if known_act(title).is_some() {
        return None;
    }
    let complete = year.parse().is_ok_and(|year: u32| COMPLETE.contains(&year))
        && !["(scotland)", "(northern ireland)", "(wales)"].iter().any(|place| name.contains(place))
        && name.ends_with(" act");
    // In a short title two letters make another.
    let most = if name.len() < 16 { 1 } else { 2 };
    let is_near = |other: &str| {
        let Some((their_name, their_year)) = other.rsplit_once(' ') else { return false };
        // Most titles are put aside before any is copied.
        if their_year != year {
            return complete && their_name.eq_ignore_ascii_case(&name);
        }
        // A curly apostrophe has two bytes more, and an article four.
        their_name.len().abs_diff(name.len()) <= most + 6
            && parted(other).is_some_and(|(their_name, _)| {
                their_name != name && strsim::damerau_levenshtein(&their_name, &name) <= most
            })
    };
    let distance = |title: &str| title.rsplit_once(' ').map(|(_, theirs)| strsim::damerau_levenshtein(theirs, year));
    let own = register.authorities.iter().map(|authority| authority.title.as_str());
    let all = own.chain(table().beside(&name, year)).filter(|title| is_near(title));
    all.min_by_key(|title| (distance(title), *title)).map(str::to_owned)
}

/// The name of a title in small letters without its article, and its year.
fn parted(title: &str) -> Option<(String, &str)> {
    let (name, year) = title.rsplit_once(' ')?;
    let name = name.to_lowercase().replace('’', "'");
    is_year(year).then(|| (name.strip_prefix("the ").unwrap_or(&name).to_owned(), year))
}

/// The titles of the table, in the order of their letters.
pub fn known_titles() -> Vec<&'static str> {
    let mut titles: Vec<&str> = table().dated.values().map(|act| act.title.as_str()).collect();
    titles.sort_unstable();
    titles
}

/// The first token within `starts` from which the words up to `end` are the title of an Act.
pub(super) fn longer_title(tokens: &Tokens<'_>, starts: Range<usize>, end: usize) -> Option<usize> {
    // No title of the table has more words and marks.
    let from = starts.start.max(end.saturating_sub(40));
    let stop = tokens
        .within(from..starts.end)
        .iter()
        .rposition(|token| matches!(token.kind, Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Barrier));
    let from = stop.map_or(from, |stop| from + stop + 1);
    let mut starts = (from..starts.end).filter(|at| tokens.at(*at).is_word() && tokens.at(*at).is_capital());
    starts.find(|at| table().dated.contains_key(&key(tokens, *at..end)))
}

/// Words of a title without capitals and marks.
fn key(tokens: &Tokens<'_>, range: Range<usize>) -> String {
    let mut key = String::new();
    for token in tokens.within(range).iter().filter(|token| token.is_word()) {
        let text = if token.kind == Kind::And && token.text == "&" { "and" } else { token.bare() };
        key.extend(text.chars().filter(|c| *c != '’' && *c != '\'').flat_map(char::to_lowercase));
        key.push(' ');
    }
    key
}

/// The Acts by the keys of their titles.
#[derive(Default)]
struct ActTable {
    dated: HashMap<String, KnownAct>,
    /// For each title without its year, the one with it; none if there are several.
    undated: HashMap<String, Option<String>>,
    /// The keys by the paths of the Acts.
    works: HashMap<String, String>,
    /// The keys by the years of the Acts, and by their names without the year.
    years: HashMap<String, Vec<String>>,
    names: HashMap<String, Vec<String>>,
}

impl ActTable {
    /// Returns the titles of one year, and those of one name.
    fn beside(&self, name: &str, year: &str) -> impl Iterator<Item = &str> {
        let keys = self.years.get(year).into_iter().chain(self.names.get(name)).flatten();
        keys.filter_map(|key| Some(self.dated.get(key)?.title.as_str()))
    }
}

fn table() -> &'static ActTable {
    static TABLE: OnceLock<ActTable> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut head = "";
        let mut table = ActTable::default();
        for line in include_str!("acts.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((number, title)) = line.split_once(' ') else {
                head = line;
                continue;
            };
            let year = head.rsplit('/').next().unwrap_or(head);
            let title = title.strip_prefix('=').map_or_else(|| format!("{title} Act {year}"), str::to_owned);
            let tokens = Tokens::new(&title);
            let dated = key(&tokens, 0..tokens.len());
            let undated = key(&tokens, 0..tokens.len().saturating_sub(1));
            let one = |known: &mut Option<String>| *known = None;
            table.undated.entry(undated).and_modify(one).or_insert_with(|| Some(dated.clone()));
            let work = format!("{head}/{number}");
            table.works.insert(work.clone(), dated.clone());
            if let Some((name, year)) = parted(&title) {
                table.years.entry(year.to_owned()).or_default().push(dated.clone());
                table.names.entry(name).or_default().push(dated.clone());
            }
            table.dated.insert(dated, KnownAct { work, title });
        }
        table
    })
}
