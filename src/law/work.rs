//! Acts, instruments and other works that may be cited.
//!
//! Holds a row of the register; returns the address of a work and of a provision in it at
//! legislation.gov.uk, and a provision's path for data.

use std::collections::BTreeMap;

use super::change::Change;
use super::convention::article_page;
use super::provision::{Division, Pinpoint, Provision, Unit};
use crate::date::PartialDate;
use crate::roman;

/// Kind of work that an authority is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorityKind {
    /// An Act of a parliament or assembly.
    Act,
    /// A statutory instrument.
    Instrument,
    /// A Bill.
    Bill,
    /// A treaty, regulation, directive or decision of the European Union.
    Eu,
    /// A judgment.
    Case,
    /// Guidance.
    Guidance,
    /// A report, White Paper, Green Paper, plan or strategy.
    Report,
    /// Anything else.
    Other,
}

impl AuthorityKind {
    /// Every kind with its word in the register.
    pub const ALL: [(&'static str, AuthorityKind); 8] = [
        ("act", AuthorityKind::Act),
        ("instrument", AuthorityKind::Instrument),
        ("bill", AuthorityKind::Bill),
        ("eu", AuthorityKind::Eu),
        ("case", AuthorityKind::Case),
        ("guidance", AuthorityKind::Guidance),
        ("report", AuthorityKind::Report),
        ("other", AuthorityKind::Other),
    ];

    /// Whether it is law, or would be if it were passed.
    pub fn is_law(self) -> bool {
        matches!(self, AuthorityKind::Act | AuthorityKind::Bill | AuthorityKind::Instrument | AuthorityKind::Eu)
    }

    /// The word in the register and in data.
    pub fn word(self) -> &'static str {
        AuthorityKind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// A row of the register, `authorities.toml`.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The name by which authors cite it.
    pub key: String,
    /// Title of the work.
    pub title: String,
    /// Kind of the work.
    pub kind: AuthorityKind,
    /// Path at legislation.gov.uk: `ukpga/2004/31`.
    pub work: Option<String>,
    /// The address of a work that is not legislation.
    pub url: Option<String>,
    /// `c. 31`, or the number of an instrument.
    pub chapter: Option<String>,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// Unit that the work is divided into.
    pub unit: Option<Unit>,
    /// Numbers of Parts in paths, by their printed numbers, where the two differ: `10A` → `XA`.
    pub part_map: BTreeMap<String, String>,
    /// Whether its Parts are counted in Roman numerals.
    pub roman_parts: bool,
    /// When it was made or published.
    pub made: Option<PartialDate>,
    /// The key of the Act that a Bill became.
    pub became: Option<String>,
    /// Keys of the works that it replaced.
    pub replaces: Vec<String>,
    /// Address of an archived copy, if the work's own address no longer answers.
    pub archived: Option<String>,
    /// The day on which somebody last checked that what cites it is still right.
    pub checked: Option<PartialDate>,
    /// Changes in it that are known.
    pub changes: Vec<Change>,
}

impl Authority {
    /// Returns a work with this key, title and kind, of which nothing else is known.
    pub fn new(key: &str, title: &str, kind: AuthorityKind) -> Self {
        Authority {
            key: key.to_owned(),
            title: title.to_owned(),
            kind,
            work: None,
            url: None,
            chapter: None,
            aliases: Vec::new(),
            unit: None,
            part_map: BTreeMap::new(),
            roman_parts: false,
            made: None,
            became: None,
            replaces: Vec::new(),
            archived: None,
            checked: None,
            changes: Vec::new(),
        }
    }

    /// The address of the work, if it has one: of a work whose own address no longer answers, that
    /// of a kept copy.
    pub fn address(&self) -> Option<String> {
        self.address_at(None)
    }

    /// The address of the work as it was on a day.
    pub fn address_at(&self, day: Option<PartialDate>) -> Option<String> {
        match &self.work {
            Some(work) => Some(format!("https://www.legislation.gov.uk/{work}{}", version(day))),
            None => self.archived.clone().or_else(|| self.url.clone()),
        }
    }

    /// The address of a provision: the page of the outermost division that has one, with a fragment
    /// for the levels within it, as legislation.gov.uk builds them. Of a work that is elsewhere,
    /// the address of the work.
    pub fn provision_address(&self, provision: &Provision) -> Option<String> {
        self.provision_address_at(provision, None)
    }

    /// The address of a provision as it was on a day.
    pub fn provision_address_at(&self, provision: &Provision, day: Option<PartialDate>) -> Option<String> {
        let address = self.address()?;
        let Some(work) = &self.work else { return Some(address) };
        if let Some((page, levels)) = article_page(work, &provision.divisions) {
            let steps = page.split('/').map(str::to_owned).chain(levels.iter().cloned());
            let fragment = format!("#{}", steps.collect::<Vec<_>>().join("-"));
            let fragment = if levels.is_empty() { "" } else { &fragment };
            return Some(format!("{address}/{page}{}{fragment}", version(day)));
        }
        // A section is numbered through its Act: the Part around it is no step of its path.
        let last = provision.divisions.len().checked_sub(1)?;
        let own = provision.divisions.iter().position(|d| Some(d.unit) == self.unit);
        let divisions = provision.divisions.get(own.unwrap_or(0)..=last)?;
        let mut path = String::new();
        let mut fragment: Vec<String> = Vec::new();
        for division in divisions {
            // Recitals are in the introductory text, which is one page.
            if division.unit == Unit::Recital {
                return Some(address + "/introduction" + &version(day));
            }
            let steps = self.steps(division);
            path.extend(steps.iter().flat_map(|step| ["/", step]));
            fragment.extend(steps);
        }
        path.push_str(&version(day));
        let levels = &provision.divisions.last()?.levels;
        if levels.is_empty() {
            return Some(address + &path);
        }
        fragment.extend(levels.iter().cloned());
        Some(format!("{address}{path}#{}", fragment.join("-")))
    }

    /// The address of a provision, or of the whole work if none is named, as it was on a day.
    pub fn cited_address(&self, provision: Option<&Provision>, day: Option<PartialDate>) -> Option<String> {
        match provision {
            Some(provision) => self.provision_address_at(provision, day),
            None => self.address_at(day),
        }
    }

    /// Returns the known changes of a provision, or of the whole work if none is named: "s 10
    /// amended by …".
    pub fn changed(&self, provision: Option<&Provision>) -> Vec<&str> {
        let changes = self.changes.iter().filter(|change| change.concerns(provision));
        changes.map(|change| change.words.as_str()).collect()
    }

    /// The title with places in it, as OSCOLA prints them: `Children Act 2004, s 10`, `[2018] UKSC
    /// 49 [35]`.
    pub fn title_with(&self, provisions: &[Provision]) -> String {
        let parts = self.shown_parts(provisions).into_iter().flat_map(|(mark, part)| [mark.to_owned(), part]);
        std::iter::once(self.title.clone()).chain(parts).collect()
    }

    /// Each of some places as OSCOLA prints it after the title, with the mark before it. Paragraphs
    /// of a judgment are in square brackets.
    pub fn shown_parts(&self, provisions: &[Provision]) -> Vec<(&'static str, String)> {
        let bracketed: Option<Vec<String>> = provisions.iter().map(Provision::in_brackets).collect();
        if let Some(bracketed) = bracketed.filter(|_| self.kind == AuthorityKind::Case) {
            let last = bracketed.len().saturating_sub(1);
            let mark = |at| match at {
                0 => " ",
                at if at == last => " and ",
                _ => ", ",
            };
            return bracketed.into_iter().enumerate().map(|(at, shown)| (mark(at), shown)).collect();
        }
        let parts = Pinpoint { provisions: provisions.to_vec() }.shown_parts();
        parts.into_iter().map(|(mark, shown)| (if mark.is_empty() { ", " } else { mark }, shown)).collect()
    }

    /// A division that a work of this kind does not have, if a provision names one.
    pub fn misfit(&self, provision: &Provision) -> Option<Unit> {
        let own = self.unit?;
        let first = provision.divisions.first()?.unit;
        let fits = first == own
            || if self.kind.is_law() {
                matches!(first, Unit::Schedule | Unit::Part | Unit::Chapter)
            } else {
                !matches!(first, Unit::Regulation | Unit::Article | Unit::Rule | Unit::Recital)
            }
            || first == Unit::Recital && self.kind == AuthorityKind::Eu;
        (!fits).then_some(first)
    }

    /// The path of a provision for data: `section/10/1/b`; of a range, its first.
    pub fn path(&self, provision: &Provision) -> String {
        let mut parts: Vec<String> = Vec::new();
        for division in &provision.divisions {
            parts.extend(self.steps(division));
            parts.extend(division.levels.iter().cloned());
        }
        parts.join("/")
    }

    /// The steps of a division in a path: its unit, and its number if it has one.
    fn steps(&self, division: &Division) -> Vec<String> {
        let number = Some(self.path_number(division)).filter(|number| !number.is_empty());
        std::iter::once(division.unit.word().to_owned()).chain(number).collect()
    }

    fn path_number(&self, division: &Division) -> String {
        if division.unit != Unit::Part {
            return division.number.clone();
        }
        if let Some(mapped) = self.part_map.get(&division.number) {
            return mapped.clone();
        }
        let end = division.number.find(|c: char| !c.is_ascii_digit()).unwrap_or(division.number.len());
        match (self.roman_parts, division.number.split_at_checked(end)) {
            (true, Some((digits, letters))) => match digits.parse() {
                Ok(n) => roman::numeral(n) + letters,
                Err(_) => division.number.clone(),
            },
            _ => division.number.clone(),
        }
    }
}

/// The end of an address that asks legislation.gov.uk for the text of a day.
fn version(day: Option<PartialDate>) -> String {
    day.map(|day| format!("/{}", day.last_day())).unwrap_or_default()
}
