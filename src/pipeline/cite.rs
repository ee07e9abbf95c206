//! Citations that the recogniser finds in one text, for `clausebook cite`.
//!
//! Takes a text, the register and a day; gives each citation with its work, its provisions and
//! their addresses, and each doubt.

use serde::Serialize;

use crate::date::PartialDate;
use crate::diagnostic::Code;
use crate::law::{self, Register};
use crate::parse::doubt_code;

/// Citations and doubts found in a text.
#[derive(Debug, Serialize)]
pub struct CiteReport {
    /// The citations, from left to right.
    pub citations: Vec<CitedWork>,
    /// Doubtful words, and citations that do not fit their work.
    pub diagnostics: Vec<CiteDoubt>,
    /// Titles that are like the words of a text that cites nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Near>,
}

/// A title that is like the words of a text.
#[derive(Debug, Serialize)]
pub struct Near {
    /// The title, or the alias.
    pub title: String,
    /// Key of the work, if the register has it.
    pub key: Option<String>,
}

/// A work cited.
#[derive(Debug, Serialize)]
pub struct CitedWork {
    /// Key of the work in the register.
    pub key: String,
    /// Path of the work at legislation.gov.uk.
    pub work: Option<String>,
    /// Title of the work.
    pub title: String,
    /// The words that cite it.
    pub text: String,
    /// As OSCOLA prints it.
    pub oscola: String,
    /// Address of the work.
    pub url: Option<String>,
    /// Address of the version of the work on the day that was asked for.
    pub as_at_url: Option<String>,
    /// The places in it; both ends of a range.
    pub provisions: Vec<CitedPlace>,
}

/// A place in a work.
#[derive(Debug, Serialize)]
pub struct CitedPlace {
    /// `section/10/1/b`
    pub path: String,
    /// `s 10(1)(b)`
    pub pinpoint: String,
    /// Address of the place.
    pub url: Option<String>,
    /// Address of the version of the place on the day that was asked for.
    pub as_at_url: Option<String>,
}

/// Words that cannot be taken for a citation, or that do not fit their work.
#[derive(Debug, Serialize)]
pub struct CiteDoubt {
    /// The diagnostic's code.
    pub code: &'static str,
    /// Description of the problem, in a sentence.
    pub message: String,
    /// The words.
    pub text: String,
}

/// Finds what a text cites.
pub fn cite(text: &str, register: &Register, day: Option<PartialDate>) -> CiteReport {
    let found = law::recognise(text, register, None);
    let mut report = CiteReport { citations: Vec::new(), diagnostics: Vec::new(), near: Vec::new() };
    let words = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for doubt in found.doubts {
        report.diagnostics.push(CiteDoubt {
            code: doubt_code(doubt.kind).as_str(),
            message: doubt.message,
            text: words(doubt.place),
        });
    }
    for citation in found.citations {
        let Some(authority) = register.authorities.get(citation.authority) else { continue };
        let of_day = |address: Option<String>| address.filter(|_| day.is_some() && authority.work.is_some());
        let all: Vec<_> = citation.provisions.into_iter().map(|(provision, _)| provision).collect();
        let stray = all.iter().find_map(|provision| authority.misfit(provision));
        if let Some(unit) = stray {
            report.diagnostics.push(CiteDoubt {
                code: Code::UnitMismatch.as_str(),
                message: format!("{} has no {}s", authority.title, unit.word()),
                text: words(citation.whole.clone()),
            });
        }
        // What does not fit is not taken for a place in the work.
        let all = if stray.is_some() { Vec::new() } else { all };
        let oscola = authority.title_with(&all).replace('\u{a0}', " ");
        let ends = all.iter().flat_map(|provision| std::iter::once(provision.clone()).chain(provision.other_end()));
        let provisions = ends.map(|provision| CitedPlace {
            path: authority.path(&provision),
            pinpoint: crate::law::Provision { to: None, ..provision.clone() }.shown().replace('\u{a0}', " "),
            url: authority.provision_address(&provision),
            as_at_url: of_day(authority.provision_address_at(&provision, day)),
        });
        report.citations.push(CitedWork {
            key: authority.key.clone(),
            work: authority.work.clone(),
            title: authority.title.clone(),
            text: words(citation.whole),
            oscola,
            url: authority.address(),
            as_at_url: of_day(authority.address_at(day)),
            provisions: provisions.collect(),
        });
    }
    if report.citations.is_empty() {
        report.near = near(text, register);
    }
    report
}

/// The most titles that are said to be near.
const MOST_NEAR: usize = 3;

/// The titles that are most like the words of a text: those of the register first, then those of
/// Acts that the program knows.
fn near(text: &str, register: &Register) -> Vec<Near> {
    let words = significant(text);
    let mut found: Vec<(u32, bool, Near)> = Vec::new();
    let mut add = |title: &str, key: Option<&str>| {
        let likeness = likeness(&words, &significant(title));
        if likeness >= 75 {
            found.push((likeness, key.is_none(), Near { title: title.to_owned(), key: key.map(str::to_owned) }));
        }
    };
    for authority in &register.authorities {
        for name in std::iter::once(&authority.title).chain(&authority.aliases) {
            add(name, Some(&authority.key));
        }
    }
    law::known_titles()
        .into_iter()
        .filter(|title| register.undated(&[*title]).is_empty())
        .for_each(|title| add(title, None));
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, &a.2.title).cmp(&(b.1, &b.2.title))));
    found.dedup_by(|a, b| a.2.title == b.2.title);
    found.into_iter().take(MOST_NEAR).map(|(_, _, near)| near).collect()
}

/// The words of a text that tell one title from another.
fn significant(text: &str) -> Vec<String> {
    let small = ["of", "the", "and", "in", "to", "for", "s", "ss", "section", "sections", "reg", "regulation", "act"];
    law::words_of(text)
        .map(|(_, word)| word.to_lowercase().replace('’', "'"))
        .filter(|word| !small.contains(&word.as_str()))
        .collect()
}

/// The share of a title's words, in a hundred, that a text has, or words like them. A word that is
/// only like one counts less.
fn likeness(text: &[String], title: &[String]) -> u32 {
    let share = |word: &String| {
        let figures = word.starts_with(|c: char| c.is_ascii_digit());
        let best = text.iter().map(|other| match () {
            () if other == word => 100,
            () if figures || other.len() < 4 => 0,
            () if strsim::jaro_winkler(other, word) >= 0.9 => 90,
            () => 0,
        });
        best.max().unwrap_or(0)
    };
    let total: u32 = title.iter().map(share).sum();
    u32::try_from(title.len()).ok().filter(|count| *count > 0).map_or(0, |count| total / count)
}
