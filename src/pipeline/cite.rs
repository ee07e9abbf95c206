//! What the recogniser makes of one text, for `clausebook cite`.
//!
//! Takes a text, the register and a day; gives each citation with its work, its provisions and their addresses, and each
//! doubt.

use serde::Serialize;

use crate::date::PartialDate;
use crate::diagnostic::Code;
use crate::law::{self, Pinpoint, Register};
use crate::parse::doubt_code;

/// Citations and doubts found in a text.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The citations, from left to right.
    pub citations: Vec<Citation>,
    /// Doubtful words, and citations that do not fit their work.
    pub diagnostics: Vec<Doubt>,
}

/// A work cited.
#[derive(Debug, Serialize)]
pub struct Citation {
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
    pub provisions: Vec<Provision>,
}

/// A place in a work.
#[derive(Debug, Serialize)]
pub struct Provision {
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
pub struct Doubt {
    /// The diagnostic's code.
    pub code: &'static str,
    /// Description of the problem, in a sentence.
    pub message: String,
    /// The words.
    pub text: String,
}

/// Finds what a text cites.
pub fn cite(text: &str, register: &Register, day: Option<PartialDate>) -> Report {
    let found = law::recognise(text, register, None);
    let mut report = Report { citations: Vec::new(), diagnostics: Vec::new() };
    let words = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for doubt in found.doubts {
        report.diagnostics.push(Doubt {
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
            report.diagnostics.push(Doubt {
                code: Code::UnitMismatch.as_str(),
                message: format!("{} has no {}s", authority.title, unit.word()),
                text: words(citation.whole.clone()),
            });
        }
        // What does not fit is not taken for a place in the work.
        let all = if stray.is_some() { Vec::new() } else { all };
        let pinpoint = Pinpoint { provisions: all.clone() }.shown().replace('\u{a0}', " ");
        let ends = all.iter().flat_map(|provision| std::iter::once(provision.clone()).chain(provision.other_end()));
        let provisions = ends.map(|provision| Provision {
            path: authority.path(&provision),
            pinpoint: crate::law::Provision { to: None, ..provision.clone() }.shown().replace('\u{a0}', " "),
            url: authority.provision_address(&provision),
            as_at_url: of_day(authority.provision_address_at(&provision, day)),
        });
        report.citations.push(Citation {
            key: authority.key.clone(),
            work: authority.work.clone(),
            title: authority.title.clone(),
            text: words(citation.whole),
            oscola: if pinpoint.is_empty() {
                authority.title.clone()
            } else {
                format!("{}, {pinpoint}", authority.title)
            },
            url: authority.address(),
            as_at_url: of_day(authority.address_at(day)),
            provisions: provisions.collect(),
        });
    }
    report
}
