//! Dates as papers print them: a year, a month or a day.
//!
//! Parses ISO 8601 and writes dates for people. Never asks a clock.

use std::fmt;

/// Names of the months.
pub const MONTHS: [&str; 12] = [
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

/// Returns whether a number of four figures is rather a year than the number of a provision.
///
/// The longest Act, the Corporation Tax Act 2009, has 1,330 sections; of the Acts still in force
/// that are cited by a year, only a few of the thirteenth century are older than that.
pub fn is_year(number: u32) -> bool {
    (1331..=2099).contains(&number)
}

/// Returns whether some words begin with a month and its year, so that a figure before them is a
/// day.
pub fn begins_with_month(words: &str) -> bool {
    let mut words = words.split_whitespace().map(|word| word.trim_end_matches(['.', ',', ';', ':']));
    let month = words.next().is_some_and(|word| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word)));
    month && words.next().and_then(|word| word.parse().ok()).is_some_and(is_year)
}

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
