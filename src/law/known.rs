//! The table of Acts that the program knows: short titles and their paths at legislation.gov.uk.
//!
//! Takes words; returns the path of the Act that they name. Serves proposals and doubts alone: what no register declares is
//! never linked. Its facts and their licence are described at the head of `acts.txt`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::tokens::{Kind, Tokens};

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
    table().get(&key(&tokens, 0..tokens.len()))
}

/// The titles of the table, in no order.
pub fn known_titles() -> impl Iterator<Item = &'static str> {
    table().values().map(|act| act.title.as_str())
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
    starts.find(|at| table().contains_key(&key(tokens, *at..end)))
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

fn table() -> &'static HashMap<String, KnownAct> {
    static TABLE: OnceLock<HashMap<String, KnownAct>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut head = "";
        let mut table = HashMap::new();
        for line in include_str!("acts.txt").lines().filter(|line| !line.starts_with('#')) {
            let Some((number, title)) = line.split_once(' ') else {
                head = line;
                continue;
            };
            let year = head.rsplit('/').next().unwrap_or(head);
            let title = title.strip_prefix('=').map_or_else(|| format!("{title} Act {year}"), str::to_owned);
            let tokens = Tokens::new(&title);
            let key = key(&tokens, 0..tokens.len());
            table.insert(key, KnownAct { work: format!("{head}/{number}"), title });
        }
        table
    })
}
