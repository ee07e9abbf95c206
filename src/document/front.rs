//! What a document says of itself: the values between its `+++` lines.

use std::fmt;

use super::Target;
use crate::source::Written;

/// A date as precise as the paper prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12, if it is known.
    pub month: Option<u8>,
    /// The day of the month, if it is known.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Reads `2008`, `2008-04` or `2008-04-03` (ISO 8601).
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let number = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
        };
        let small = |part: Option<&str>| part.map(|p| number(p, 2).and_then(|n| u8::try_from(n).ok()));
        let year = number(parts.next()?, 4)?;
        let (month, day) = (small(parts.next()), small(parts.next()));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let date = PartialDate { year, month: month.flatten(), day: day.flatten() };
        let valid = date.month.is_none_or(|m| (1..=12).contains(&m))
            && date.day.is_none_or(|d| (1..=date.days_in_month()).contains(&d));
        valid.then_some(date)
    }

    fn days_in_month(&self) -> u8 {
        let leap = self.year.is_multiple_of(4) && !self.year.is_multiple_of(100) || self.year.is_multiple_of(400);
        match self.month {
            Some(4 | 6 | 9 | 11) => 30,
            Some(2) if leap => 29,
            Some(2) => 28,
            _ => 31,
        }
    }

    /// The last day of it: of a month or a year, what its writers may have known.
    pub fn last_day(&self) -> PartialDate {
        let month = self.month.unwrap_or(12);
        let whole = PartialDate { year: self.year, month: Some(month), day: None };
        PartialDate { day: Some(self.day.unwrap_or_else(|| whole.days_in_month())), ..whole }
    }

    /// As people write it: 3 April 2008, April 2008, 2008.
    pub fn in_words(&self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = self.month.and_then(|m| MONTHS.get(usize::from(m).checked_sub(1)?));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day}\u{a0}{month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

/// How a document numbers its clauses (authoring.md, section 2; the manual, "Numbers").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// A paragraph that opens with 3.37.
    #[default]
    Decimal,
    /// A top-level list item `17.`
    Simple,
    /// Every top-level paragraph, counted from 1.
    Auto,
    /// No clauses.
    None,
}

/// Where a document stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not yet in force.
    Draft,
    /// In force.
    Current,
    /// Replaced by another.
    Superseded,
    /// Taken back.
    Withdrawn,
}

impl Status {
    /// Every status with the word for it in front matter.
    pub const ALL: [(&'static str, Status); 4] = [
        ("draft", Status::Draft),
        ("current", Status::Current),
        ("superseded", Status::Superseded),
        ("withdrawn", Status::Withdrawn),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Status::ALL.iter().find(|(_, status)| *status == self).map_or("", |(word, _)| word)
    }
}

/// What one document is to another; each has an inverse, shown at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A later edition of it.
    Replaces,
    /// An earlier edition of it.
    ReplacedBy,
    /// To be read with it.
    Supplements,
    /// The other is to be read with this.
    SupplementedBy,
    /// A shorter account of it.
    Summarises,
    /// The other is a shorter account of this.
    SummarisedBy,
}

impl Relation {
    /// Every relation that front matter can state, by its key.
    pub const KEYS: [(&'static str, Relation); 4] = [
        ("replaces", Relation::Replaces),
        ("replaced-by", Relation::ReplacedBy),
        ("supplements", Relation::Supplements),
        ("summarises", Relation::Summarises),
    ];

    /// The same relation seen from the other end.
    pub fn inverse(self) -> Self {
        match self {
            Relation::Replaces => Relation::ReplacedBy,
            Relation::ReplacedBy => Relation::Replaces,
            Relation::Supplements => Relation::SupplementedBy,
            Relation::SupplementedBy => Relation::Supplements,
            Relation::Summarises => Relation::SummarisedBy,
            Relation::SummarisedBy => Relation::Summarises,
        }
    }

    /// The words before the other document's title.
    pub fn words(self) -> &'static str {
        match self {
            Relation::Replaces => "Replaces",
            Relation::ReplacedBy => "Replaced by",
            Relation::Supplements => "Supplements",
            Relation::SupplementedBy => "Supplemented by",
            Relation::Summarises => "Summarises",
            Relation::SummarisedBy => "Summarised by",
        }
    }
}

/// What one clause is to another; each kind has an inverse, shown at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseRelationKind {
    /// It gives the other in short.
    Summarises,
    /// The other gives it in short.
    SummarisedBy,
    /// It brings the other up to date.
    Updates,
    /// The other brings it up to date.
    UpdatedBy,
    /// It repeats words of the other.
    Quotes,
    /// The other repeats words of it.
    QuotedBy,
    /// It does what the other asks.
    Implements,
    /// The other does what it asks.
    ImplementedBy,
    /// The two do not say the same.
    Differs,
    /// The two treat one thing.
    SeeAlso,
}

impl ClauseRelationKind {
    /// The kinds that an author states: the word in `relations.toml`, and its inverse.
    pub const STATED: [(ClauseRelationKind, &'static str, ClauseRelationKind); 6] = [
        (ClauseRelationKind::Summarises, "summarises", ClauseRelationKind::SummarisedBy),
        (ClauseRelationKind::Updates, "updates", ClauseRelationKind::UpdatedBy),
        (ClauseRelationKind::Quotes, "quotes", ClauseRelationKind::QuotedBy),
        (ClauseRelationKind::Implements, "implements", ClauseRelationKind::ImplementedBy),
        (ClauseRelationKind::Differs, "differs", ClauseRelationKind::Differs),
        (ClauseRelationKind::SeeAlso, "see-also", ClauseRelationKind::SeeAlso),
    ];

    /// The same relation seen from the other end.
    pub fn inverse(self) -> Self {
        let other = Self::STATED.iter().find_map(|(stated, _, inverse)| match self {
            _ if self == *stated => Some(*inverse),
            _ if self == *inverse => Some(*stated),
            _ => None,
        });
        other.unwrap_or(self)
    }

    /// The word in data.
    pub fn word(self) -> &'static str {
        match self {
            ClauseRelationKind::Summarises => "summarises",
            ClauseRelationKind::SummarisedBy => "summarised-by",
            ClauseRelationKind::Updates => "updates",
            ClauseRelationKind::UpdatedBy => "updated-by",
            ClauseRelationKind::Quotes => "quotes",
            ClauseRelationKind::QuotedBy => "quoted-by",
            ClauseRelationKind::Implements => "implements",
            ClauseRelationKind::ImplementedBy => "implemented-by",
            ClauseRelationKind::Differs => "differs",
            ClauseRelationKind::SeeAlso => "see-also",
        }
    }

    /// The words before the other clause's citation.
    pub fn words(self) -> &'static str {
        match self {
            ClauseRelationKind::Summarises => "Summarises",
            ClauseRelationKind::SummarisedBy => "Summarised by",
            ClauseRelationKind::Updates => "Updates",
            ClauseRelationKind::UpdatedBy => "Updated by",
            ClauseRelationKind::Quotes => "Quotes",
            ClauseRelationKind::QuotedBy => "Quoted by",
            ClauseRelationKind::Implements => "Implements",
            ClauseRelationKind::ImplementedBy => "Implemented by",
            ClauseRelationKind::Differs => "Differs from",
            ClauseRelationKind::SeeAlso => "See also",
        }
    }
}

/// A row of `relations.toml`.
#[derive(Clone, Debug)]
pub struct ClauseRelation {
    /// The clause that stands in the relation.
    pub from: Written<Target>,
    /// Which.
    pub kind: ClauseRelationKind,
    /// The other clause.
    pub to: Written<Target>,
}

/// The official text that a page restates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialSource {
    /// Its title.
    pub title: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// What stands between the `+++` lines.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// The title.
    pub title: String,
    /// How the document is cited; the title if nothing shorter is given.
    pub short: String,
    /// A key of `[kinds]` in the settings.
    pub kind: Option<Written<String>>,
    /// Who published it.
    pub issuer: Option<String>,
    /// When.
    pub published: Option<PartialDate>,
    /// Where it stands in its life.
    pub status: Option<Status>,
    /// What it is to other documents: ids, or titles of works that the site does not hold.
    pub relations: Vec<(Relation, Written<String>)>,
    /// The official text it restates.
    pub source: Option<OfficialSource>,
    /// The key of the work that a bare "section 10" means.
    pub default_authority: Option<Written<String>>,
    /// Whether what it cites counts in the table of authorities, if it says so.
    pub cited: Option<bool>,
    /// How its clauses are numbered, if it says so.
    pub numbering: Option<Numbering>,
    /// Whether its folder is a publication that shares one numbering.
    pub publication: bool,
    /// Terms that hold for the whole document.
    pub terms: Vec<Written<String>>,
    /// Of the glossary: words with others that mean the same.
    pub synonyms: Vec<(String, Vec<String>)>,
    /// Of local notes: the edition of the site that is extended with which they were last compared.
    pub reviewed: Option<Written<String>>,
}

impl FrontMatter {
    /// Returns whether what the document cites counts in the table of authorities: examples do not.
    pub fn counts_citations(&self) -> bool {
        self.cited != Some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn dates_are_as_precise_as_they_are_written() {
        let words = |text| PartialDate::parse(text).map(|date| date.in_words().replace('\u{a0}', " "));
        assert_eq!(words("2008-04-03").as_deref(), Some("3 April 2008"));
        assert_eq!(words("2008-04").as_deref(), Some("April 2008"));
        assert_eq!(words("2008").as_deref(), Some("2008"));
        assert_eq!(words("2008-02-29").as_deref(), Some("29 February 2008"));
        for text in ["2007-02-29", "2008-13", "2008-4", "08", "2008-04-03-01", "2008--"] {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
