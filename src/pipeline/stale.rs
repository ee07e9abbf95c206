//! Works of law that nobody has checked for some time, and what rests on them.
//!
//! Takes a corpus and a day; gives each work that is cited and was not checked since, with the
//! places that cite it.

use serde::Serialize;

use crate::corpus::{CitingPlace, Corpus};
use crate::date::PartialDate;

/// A work that was not checked since a day.
#[derive(Debug, Serialize)]
pub struct Stale {
    /// Key of the work in the register.
    pub key: String,
    /// Title of the work.
    pub title: String,
    /// The day on which it was checked last, as the register writes it; none if the register does
    /// not say.
    pub checked: Option<String>,
    /// Places that cite it: "Guidance 2008, paragraph 3.37".
    pub cited: Vec<String>,
}

/// Returns the works of law that are cited and were not checked on or after a day.
pub fn stale(corpus: &Corpus, since: PartialDate) -> Vec<Stale> {
    let works = corpus.authorities.iter().filter(|cited| {
        let authority = &cited.authority;
        let checked = authority.checked.is_some_and(|checked| checked.last_day() >= since);
        (authority.kind.is_law() || authority.work.is_some()) && cited.is_cited() && !checked
    });
    let works = works.map(|cited| {
        let mut places: Vec<&CitingPlace> = cited.provisions.values().chain([&cited.whole]).flatten().collect();
        places.sort();
        places.dedup_by_key(|citing| citing.place);
        Stale {
            key: cited.authority.key.clone(),
            title: cited.authority.title.clone(),
            checked: cited.authority.checked.map(|checked| checked.to_string()),
            cited: places.into_iter().map(|citing| corpus.citation(citing.place).replace('\u{a0}', " ")).collect(),
        }
    });
    works.collect()
}
