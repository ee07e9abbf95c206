//! The number that opens a clause, in every form in which papers print it.
//!
//! Takes the first words of a paragraph, an item or a heading; gives the number with what is
//! printed around it: `1.1`, `1.1.`, `1.1)`, `**1.1**`, `Rule 12.`, `§ 5a`, `1.2–1.5`. Knows no
//! clause: whether a number has a place here is for the caller.

use std::ops::Range;

use crate::date::{MONTHS, is_year};
use crate::document::{Number, Numbering};

/// Words before a number that need no `unit` in front matter, where a heading or a stop shows that
/// the number is one.
const WORDS: [&str; 5] = ["article", "section", "clause", "regulation", "rule"];
/// The sign of a section, which is always followed by a number.
const SIGN: &str = "§";
/// The most numbers that one clause has.
const MOST_IN_ROW: usize = 200;

/// A number as a paper prints it.
#[derive(Clone, Debug)]
pub struct Opener<'t> {
    /// The number.
    pub number: Number,
    /// The last of the numbers that the clause has, if it has several.
    pub through: Option<Number>,
    /// The word or sign before it, as printed.
    pub word: &'t str,
    /// Bytes of the number, or of the numbers of a row.
    pub figures: Range<usize>,
    /// Bytes of the word, the number and its stop, without emphasis.
    pub place: Range<usize>,
    /// Bytes of all this with the emphasis around it.
    pub whole: Range<usize>,
    /// Whether a full stop, a bracket or a colon follows the number.
    pub stopped: bool,
    /// Whether nothing but its parts and a capital behind it show that it is no reference: "Clause
    /// 1.06 Members".
    pub loose: bool,
}

impl Opener<'_> {
    /// Returns whether the number alone is emphasised.
    pub fn is_emphasised(&self) -> bool {
        self.place != self.whole
    }
}

/// Returns the bytes after a number that part it from its words: " – " of "4.1 – Quorum". None
/// where a figure follows, as in "3 – 5 members".
pub fn parting_dash(after: &str) -> usize {
    let trimmed = after.trim_start();
    let rest = trimmed.strip_prefix(['–', '—', '-']).filter(|_| trimmed.len() < after.len());
    let words = rest.filter(|rest| rest.starts_with(char::is_whitespace)).map_or("", str::trim_start);
    if words.is_empty() || words.starts_with(|c: char| c.is_ascii_digit()) { 0 } else { after.len() - words.len() }
}

/// Reads the number at the start of `text`. `unit` is the document's words for one clause and for
/// several.
pub fn opener<'t>(text: &'t str, unit: [&str; 2]) -> Option<Opener<'t>> {
    let marks = ["**", "__", "*", "_"].into_iter().find(|marks| text.starts_with(marks)).unwrap_or_default();
    let inner = text.strip_prefix(marks)?;
    let start = marks.len();
    let (word, gap) = word_before(inner, unit);
    let number_at = word.len() + gap;
    let rest = inner.get(number_at..)?;
    let token = rest.get(..rest.find(char::is_whitespace).unwrap_or(rest.len()))?;
    let token =
        if marks.is_empty() { token } else { token.find(marks).and_then(|at| token.get(..at)).unwrap_or(token) };
    let (number, through, length, stopped) = numbers(rest, token)?;
    let end = start + number_at + length;
    let after = text.get(end..)?;
    let (whole, after) = match after.strip_prefix(marks).filter(|_| !marks.is_empty()) {
        Some(after) => (0..end + marks.len(), after),
        // The emphasis goes on with the clause's first words.
        None => (start..end, after),
    };
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return None;
    }
    let figures = start + number_at..end - usize::from(stopped);
    Some(Opener { number, through, word: word.trim_end(), figures, place: start..end, whole, stopped, loose: false })
}

/// The word or sign before a number, and the length of the gap behind it.
fn word_before<'t>(text: &'t str, unit: [&str; 2]) -> (&'t str, usize) {
    let known = WORDS.into_iter().chain(unit).chain(["§§", SIGN]).filter(|word| !word.is_empty());
    for word in known {
        let Some((head, rest)) = text.split_at_checked(word.len()) else { continue };
        let number = rest.trim_start();
        let gap = rest.len() - number.len();
        // Few words have a number behind them.
        if (gap > 0 || word.starts_with(SIGN))
            && number.starts_with(|c: char| c.is_ascii_digit())
            && head.to_lowercase() == word.to_lowercase()
        {
            return (head, gap);
        }
    }
    ("", 0)
}

/// Reads one number, or the first and last of a row, at the start of `rest`, whose first word is
/// `token`. Returns them with the bytes that they and their stop take, and whether there is a stop.
fn numbers(rest: &str, token: &str) -> Option<(Number, Option<Number>, usize, bool)> {
    if let Some((first, last, length)) = row(rest, token) {
        let stopped = rest.get(..length)?.ends_with(['.', ')', ':']);
        return Some((first, Some(last), length, stopped));
    }
    let bare = token.strip_suffix(['.', ')', ':']).unwrap_or(token);
    let number = Number::parse(bare).filter(|number| number.labels().is_empty() && number.series().is_none())?;
    Some((number, None, token.len(), bare.len() < token.len()))
}

/// Reads `1.2–1.5`, also with spaces around the dash.
fn row(rest: &str, token: &str) -> Option<(Number, Number, usize)> {
    let (first, last, length) = match token.split_once(['–', '-']) {
        Some((first, last)) => (first, last, token.len()),
        None => {
            let after = rest.get(token.len()..)?.strip_prefix(" – ")?;
            let last = after.split_whitespace().next()?;
            (token, last, token.len() + " – ".len() + last.len())
        }
    };
    let last = last.strip_suffix(['.', ')', ':']).unwrap_or(last);
    let (first, last) = (Number::parse(first)?, Number::parse(last)?);
    let sound = first.labels().is_empty() && last.labels().is_empty() && first.series().is_none();
    let steps = last.steps_behind(&first)?;
    let many = (1..MOST_IN_ROW).contains(&usize::try_from(steps).ok()?) && first.depth() == last.depth();
    (sound && many).then_some((first, last, length))
}

/// Reads the number that opens a paragraph in a document of this numbering; not that of a list
/// item, which Markdown reads.
pub fn of_paragraph<'t>(text: &'t str, numbering: Numbering, unit: [&str; 2]) -> Option<Opener<'t>> {
    let mut opener = opener(text, unit)?;
    let after = text.get(opener.whole.end..)?.trim_start();
    let word = opener.word;
    let named = word.starts_with(SIGN) || unit.iter().any(|unit| unit.eq_ignore_ascii_case(word));
    // "Section 3 of the Act says" is a sentence.
    let sentence = after.starts_with(|c: char| c.is_lowercase() || "(,;".contains(c));
    let alone = opener.stopped || opener.is_emphasised() || after.is_empty();
    let several = !word.is_empty() && opener.number.depth() > 1 && !sentence;
    opener.loose = several && !alone && !named;
    let fits = match numbering {
        _ if !word.is_empty() => alone || (named || several) && !sentence,
        Numbering::Decimal => opener.number.depth() > 1,
        Numbering::Simple => opener.number.depth() == 1 && (opener.stopped || opener.through.is_some()),
        Numbering::Headings | Numbering::Auto | Numbering::None => false,
    };
    let clauses = matches!(numbering, Numbering::Decimal | Numbering::Simple);
    (clauses && fits).then_some(opener)
}

/// Words after a figure that make a time of it.
const TIMES: [&str; 10] = ["am", "pm", "a.m", "p.m", "noon", "midnight", "hours", "hrs", "o’clock", "o'clock"];

/// Returns whether what looks like a number is rather a time, a date or a year: "10.30 am",
/// "1.5.2008", "1 May 2008", "2008.".
pub fn is_doubtful(opener: &Opener<'_>, text: &str) -> bool {
    let number = opener.number.to_string();
    let mut after = text.get(opener.whole.end..).unwrap_or_default().split_whitespace();
    let next = after.next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':']).to_lowercase();
    let figures: Vec<u32> = number.split('.').filter_map(|part| part.parse().ok()).collect();
    match figures.as_slice() {
        [first] => {
            let month = MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&next));
            let year = after.next().and_then(|word| word.trim_end_matches(['.', ',', ';']).parse().ok());
            opener.word.is_empty() && (is_year(*first) || month && *first < 32 && year.is_some_and(is_year))
        }
        [hour, minute] => *hour < 25 && *minute < 60 && TIMES.contains(&next.as_str()),
        [day, month, last] => *day < 32 && *month < 13 && is_year(*last),
        _ => false,
    }
}

/// Reads the number at the start of a heading's words: `4.1.1 Quorum`, `Rule 12. Quorum`.
pub fn of_heading<'t>(words: &'t str, unit: [&str; 2]) -> Option<Opener<'t>> {
    opener(words, unit)
}
