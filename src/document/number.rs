//! The numbers of clauses and their parts.
//!
//! Takes a number as its author wrote it; gives its order, its anchor and its form in print. Never
//! counts.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::roman;

/// One part of a clause's number: `37`, `37A`, `07`, or a letter that leads, as in `A.1`. Parts
/// that differ only in the case of their letters or in zeros before their figures are equal: each
/// is printed as its author wrote it.
#[derive(Clone, Debug)]
pub struct NumberPart {
    digits: Option<u32>,
    zeros: u8,
    letters: String,
}

impl NumberPart {
    fn parse(text: &str) -> Option<Self> {
        let (digits, letters) =
            text.split_at_checked(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))?;
        let one_case = |of: fn(&u8) -> bool| letters.bytes().all(|b| of(&b));
        // Small letters alone are the label of an item, or a word.
        let sound = one_case(u8::is_ascii_uppercase) || !digits.is_empty() && one_case(u8::is_ascii_lowercase);
        // "3rd" is an ordinal.
        let ordinal = ["st", "nd", "rd", "th"].contains(&letters);
        if ordinal || letters.len() > 4 || digits.len() > 6 || !sound || text.is_empty() {
            return None;
        }
        let zeros = digits.len() - digits.trim_start_matches('0').len();
        let zeros = if zeros == digits.len() { zeros.saturating_sub(1) } else { zeros };
        Some(NumberPart { digits: digits.parse().ok(), zeros: u8::try_from(zeros).ok()?, letters: letters.to_owned() })
    }

    fn nth(n: u32) -> Self {
        NumberPart { digits: Some(n), zeros: 0, letters: String::new() }
    }

    /// Returns the letters in capitals, by which parts are compared.
    fn capitals(&self) -> impl Iterator<Item = u8> {
        self.letters.bytes().map(|b| b.to_ascii_uppercase())
    }

    /// Letters as a drafter orders inserted provisions: 37A, 37AA, 37B; and 37ZA is before 37A
    /// (Office of the Parliamentary Counsel, Drafting Guidance, "Numbering of inserted
    /// provisions").
    fn letter_ranks(&self) -> impl Iterator<Item = u8> {
        let last = self.letters.len().saturating_sub(1);
        self.capitals().enumerate().map(move |(at, b)| if b == b'Z' && at < last { 0 } else { b - b'A' + 1 })
    }
}

impl PartialEq for NumberPart {
    fn eq(&self, other: &Self) -> bool {
        self.digits == other.digits && self.letters.eq_ignore_ascii_case(&other.letters)
    }
}

impl Eq for NumberPart {}

impl Hash for NumberPart {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digits.hash(state);
        self.letters.to_ascii_uppercase().hash(state);
    }
}

impl PartialOrd for NumberPart {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NumberPart {
    fn cmp(&self, other: &Self) -> Ordering {
        let digits = |part: &NumberPart| part.digits.unwrap_or(u32::MAX);
        digits(self).cmp(&digits(other)).then_with(|| self.letter_ranks().cmp(other.letter_ranks()))
    }
}

/// The number of a clause or sub-clause: `3.37`, `3.37A`, `A.1`, `17`, `3.37(a)(ii)`; ordered as a
/// lawyer would order them. A number of a series, such as that of a schedule, has the id of the
/// series' heading before it: `schedule-2.3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    series: Option<Arc<str>>,
    parts: Vec<NumberPart>,
    labels: Vec<String>,
}

/// The most parts, and the most labels, that a number has.
const MAX_PARTS: usize = 8;

impl Number {
    /// Reads a number that fills `text`, which may name its series.
    pub fn parse(text: &str) -> Option<Self> {
        Number::parse_alone(text).or_else(|| {
            // An id may have full stops too: the number begins after the first behind which there
            // is one.
            text.match_indices('.').find_map(|(at, _)| {
                let (series, number) = (text.get(..at)?, text.get(at + 1..)?);
                let number = Number::parse_alone(number)?;
                is_series_id(series).then(|| number.in_the_series(Some(&series.into())))
            })
        })
    }

    /// Reads the fragment of a clause's address: `3.37-a-ii`, `schedule-2.3-a`.
    pub fn parse_anchor(anchor: &str) -> Option<Self> {
        let after_series = anchor.rfind('.').unwrap_or(0);
        let labels_at = anchor.get(after_series..)?.find('-').map_or(anchor.len(), |at| after_series + at);
        let (number, labels) = anchor.split_at_checked(labels_at)?;
        let mut number = Number::parse(number)?;
        for label in labels.split('-').skip(1) {
            number = names_item(label).then(|| number.child(label))?;
        }
        Some(number)
    }

    /// Reads a number that fills `text` and names no series.
    fn parse_alone(text: &str) -> Option<Self> {
        let labels_at = text.find('(').unwrap_or(text.len());
        let (main, rest) = text.split_at_checked(labels_at)?;
        let parts: Vec<NumberPart> = main.split('.').map(NumberPart::parse).collect::<Option<_>>()?;
        if parts.len() > MAX_PARTS || parts.iter().skip(1).any(|part| part.digits.is_none()) {
            return None;
        }
        if parts.len() == 1 && parts.first().is_some_and(|part| part.digits.is_none()) {
            return None;
        }
        let mut labels = Vec::new();
        let mut rest = rest;
        while let Some(inner) = rest.strip_prefix('(') {
            let (label, after) = inner.split_once(')')?;
            if !names_item(label) || labels.len() == MAX_PARTS {
                return None;
            }
            labels.push(label.to_owned());
            rest = after;
        }
        rest.is_empty().then_some(Number { series: None, parts, labels })
    }

    /// The `n`th clause of a document that prints no numbers.
    pub fn nth(n: u32) -> Self {
        Number { series: None, parts: vec![NumberPart::nth(n)], labels: Vec::new() }
    }

    /// Puts the number into a series, named by the id of its heading, or into none.
    #[must_use]
    pub fn in_the_series(mut self, series: Option<&Arc<str>>) -> Self {
        self.series = series.cloned();
        self
    }

    /// Puts the number into the series of another one.
    #[must_use]
    pub fn in_series_of(mut self, other: &Number) -> Self {
        self.series.clone_from(&other.series);
        self
    }

    /// Returns the id of the heading whose series the number belongs to.
    pub fn series(&self) -> Option<&str> {
        self.series.as_deref()
    }

    /// Returns the number as it is printed where its series is clear.
    #[must_use]
    pub fn without_series(&self) -> Self {
        Number { series: None, ..self.clone() }
    }

    /// The number of the item labelled `(label)` under this one.
    #[must_use]
    pub fn child(&self, label: &str) -> Self {
        let mut child = self.clone();
        child.labels.push(label.to_owned());
        child
    }

    /// Returns the number of parts: two for 3.37.
    pub fn depth(&self) -> usize {
        self.parts.len()
    }

    /// The labels of a sub-clause, outermost first: `a`, `ii`.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Whether `next` may come straight after this number with nothing left out between them.
    pub fn is_followed_by(&self, next: &Number) -> bool {
        if self.series != next.series {
            return true;
        }
        let same = self.parts.iter().zip(&next.parts).take_while(|(a, b)| a == b).count();
        let opens = |parts: &[NumberPart]| {
            parts.iter().all(|part| matches!(part.digits, Some(0 | 1)) && part.letters.len() <= 1)
        };
        let (before, after) = (self.parts.get(same), next.parts.get(same));
        let rest = next.parts.get(same + 1..).unwrap_or_default();
        match (before, after) {
            (None, Some(_)) => opens(next.parts.get(same..).unwrap_or_default()),
            (Some(a), Some(b)) if a.digits == b.digits => is_next_letter(&a.letters, &b.letters) && opens(rest),
            (Some(a), Some(b)) => match (a.digits, b.digits) {
                (Some(m), Some(n)) => m.checked_add(1) == Some(n) && opens(rest),
                // From the numbered part of a paper to its annexes.
                (Some(_), None) => b.letters == "A" && opens(rest),
                _ => false,
            },
            (_, None) => false,
        }
    }

    /// Returns the number of steps from `first` to this number in the series of `first`. 3.40 is
    /// two steps behind 3.38, and so are 3.40A and 3.40.1, which follow it wherever it goes. None
    /// for a number before `first` or of another series.
    pub fn steps_behind(&self, first: &Number) -> Option<u32> {
        let (own, first) = self.in_series(first)?;
        let (own_letters, first_letters) = (own.letters.to_ascii_uppercase(), first.letters.to_ascii_uppercase());
        match (first_letters.as_bytes().split_last(), first_letters.len()) {
            (None, _) => own.digits?.checked_sub(first.digits?),
            (Some((last, head)), length) => {
                let letters = own_letters.as_bytes();
                let letter = letters.strip_prefix(head)?.first()?;
                // 37ZA is no suffix of 37Z: it is before 37A.
                let follows = letters.len() == length || *letter != b'Z';
                (own.digits == first.digits && follows).then(|| letter.checked_sub(*last).map(u32::from))?
            }
        }
    }

    /// The number that it has when `first` and all behind it go one step further: 3.39A for 3.38A
    /// behind 3.38, 3.38B behind 3.38A. None if it is not behind `first`, or if there is no
    /// such number.
    pub fn one_further(&self, first: &Number) -> Option<Number> {
        self.steps_behind(first)?;
        let (own, of) = self.in_series(first)?;
        let part = match of.letters.len().checked_sub(1) {
            None => NumberPart { digits: Some(own.digits?.checked_add(1)?), ..own.clone() },
            Some(at) => {
                let step = |(place, letter): (usize, char)| match letter {
                    'Z' | 'z' if place == at => None,
                    _ if place == at => Some(char::from(u8::try_from(letter).ok()? + 1)),
                    _ => Some(letter),
                };
                NumberPart { letters: own.letters.chars().enumerate().map(step).collect::<Option<_>>()?, ..own.clone() }
            }
        };
        let mut further = self.clone();
        *further.parts.get_mut(first.depth().checked_sub(1)?)? = part;
        // What is too long to be read is no number.
        (Number::parse(&further.to_string()).as_ref() == Some(&further)).then_some(further)
    }

    /// Returns the part of this number in the place of the last part of `first`, and that last
    /// part. None unless the parts before that place are the same in both numbers.
    fn in_series<'a>(&'a self, first: &'a Number) -> Option<(&'a NumberPart, &'a NumberPart)> {
        if self.series != first.series {
            return None;
        }
        let (last, head) = first.parts.split_last()?;
        Some((self.parts.strip_prefix(head)?.first()?, last))
    }

    /// The number without the labels of a sub-clause.
    #[must_use]
    pub fn whole(&self) -> Self {
        Number { labels: Vec::new(), ..self.clone() }
    }

    /// The fragment under which the clause is found on its page: `3.37`, `3.37-a-ii`,
    /// `schedule-2.3`.
    pub fn anchor(&self) -> String {
        let mut anchor = String::new();
        // A text takes whatever is written to it.
        let _ = self.write_parts(&mut anchor);
        for label in &self.labels {
            anchor.push('-');
            anchor.push_str(label);
        }
        anchor
    }

    fn write_parts(&self, to: &mut impl fmt::Write) -> fmt::Result {
        if let Some(series) = &self.series {
            write!(to, "{series}.")?;
        }
        for (at, part) in self.parts.iter().enumerate() {
            if at > 0 {
                to.write_char('.')?;
            }
            if let Some(digits) = part.digits {
                (0..part.zeros).try_for_each(|_| to.write_char('0'))?;
                write!(to, "{digits}")?;
            }
            to.write_str(&part.letters)?;
        }
        Ok(())
    }
}

/// Whether `text` can be the id of a series: letters of any script, with figures and hyphens among
/// them.
fn is_series_id(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.starts_with(char::is_alphabetic) && text.chars().all(fits) && !text.starts_with("local-")
}

fn is_next_letter(before: &str, after: &str) -> bool {
    match (before.to_ascii_uppercase().as_bytes(), after.to_ascii_uppercase().as_bytes()) {
        ([], [b'A']) => true,
        ([a], [b]) => a + 1 == *b,
        // Letters inserted among letters follow no fixed step.
        _ => true,
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_parts(f)?;
        self.labels.iter().try_for_each(|label| write!(f, "({label})"))
    }
}

/// Whether `text` can label an item: a letter (once or doubled), a Roman numeral or a figure.
pub fn is_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = |case: fn(&u8) -> bool| match bytes {
        [a] => case(a),
        [a, b] => a == b && case(a),
        _ => false,
    };
    let figure = (1..=3).contains(&text.len()) && bytes.iter().all(u8::is_ascii_digit) && !text.starts_with('0');
    figure
        || letters(u8::is_ascii_lowercase)
        || letters(u8::is_ascii_uppercase)
        || roman::value(text).is_some_and(|n| n < MOST_NUMERALS)
}

/// Whether a mention may name an item by `text`: by a label, or by one that was put in later.
fn names_item(text: &str) -> bool {
    is_label(text) || is_pair(text)
}

/// Whether `text` is two different letters of one case, as the label (ab) of an item that was put
/// in between (aa) and (b).
fn is_pair(text: &str) -> bool {
    let lower = |letter: &u8| letter.is_ascii_lowercase();
    let upper = |letter: &u8| letter.is_ascii_uppercase();
    matches!(text.as_bytes(), [a, b] if a != b && (lower(a) && lower(b) || upper(a) && upper(b)))
}

/// Whether `text` labels an item only because of the label before it: (ab) after (aa), or after (a)
/// where (aa) is gone. By itself it may be a word, such as (or).
pub fn is_inserted_label(before: &str, text: &str) -> bool {
    let near = matches!(
        (before.as_bytes(), text.as_bytes()),
        ([a], [b, c]) if a == b && matches!(c.to_ascii_lowercase(), b'b'..=b'd')
    );
    is_pair(text) && (near || is_next_label(before, text))
}

/// The `n`th label from `a` or `1`: a letter, then a doubled letter, or a figure. None after the
/// last.
pub fn nth_label(n: u64, letters: bool) -> Option<String> {
    let label = if letters {
        let letter = char::from(b'a' + u8::try_from(n.checked_sub(1)? % 26).ok()?);
        String::from(letter).repeat(usize::try_from((n - 1) / 26).ok()?.checked_add(1).filter(|times| *times <= 2)?)
    } else {
        n.to_string()
    };
    is_label(&label).then_some(label)
}

/// Whether a list may begin with a label.
pub fn is_first_label(label: &str) -> bool {
    ["a", "A", "i", "I", "1"].contains(&label)
}

/// Whether one label may come straight after another in a list. A label can be read in more than
/// one way: (i) follows (h) as a letter, and comes before (ii) as a numeral.
pub fn is_next_label(before: &str, after: &str) -> bool {
    let figure = || Some(before.parse::<u32>().ok()?.saturating_add(1) == after.parse::<u32>().ok()?);
    let letters = || match (before.as_bytes(), after.as_bytes()) {
        ([a], [b]) => *a < b'z' && a + 1 == *b,
        ([b'z'], [b'a', b'a']) | ([b'Z'], [b'A', b'A']) => true,
        // (ab) put in after (aa).
        ([a, b], [c, d]) if a == c => b + 1 == *d,
        ([a, _], [b, _]) => a + 1 == *b,
        // (aa) put in after (a), and (b) after it.
        ([a], [b, c]) => a == b && b == c,
        ([a, _], [b]) => a + 1 == *b,
        _ => false,
    };
    let numerals = || {
        let value = |label: &str| roman::value(&label.to_ascii_lowercase()).filter(|n| *n < MOST_NUMERALS);
        value(before).zip(value(after)).is_some_and(|(before, after)| before + 1 == after)
    };
    figure() == Some(true) || letters() || numerals()
}

/// The first number that no list of sub-clauses comes to: XL would be a numeral of it.
const MOST_NUMERALS: u32 = 40;

#[cfg(test)]
mod tests {
    use super::Number;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn numbers_are_read_and_printed_alike() {
        for text in
            ["3.37", "3.37A", "3.37a", "1.01", "0.1", "0", "A.1", "17", "3.37(a)(ii)", "7(1)", "schedule-2.3(a)"]
        {
            assert_eq!(n(text).to_string(), text);
        }
        for text in
            ["", "A", "3.", ".3", "3..7", "3.37aB", "3.a", "a.", "3.37()", "3.37(a", "3.37(see)", "3.37 ", "3rd", "1st"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        for (text, anchor) in
            [("3.37(a)(ii)", "3.37-a-ii"), ("schedule-2.3(a)", "schedule-2.3-a"), ("a-b.1.2A", "a-b.1.2A")]
        {
            assert_eq!(n(text).anchor(), anchor);
            assert_eq!(Number::parse_anchor(anchor), Some(n(text)));
        }
        assert_eq!(n("schedule-2.3").series(), Some("schedule-2"));
    }

    #[test]
    fn numbers_are_equal_whatever_their_case_and_zeros() {
        for (a, b) in [("3.37A", "3.37a"), ("1.01", "1.1"), ("01", "1")] {
            assert_eq!(n(a), n(b));
        }
        assert_ne!(n("schedule-1.1"), n("schedule-2.1"));
        assert_ne!(n("schedule-1.1"), n("1"));
    }

    #[test]
    fn numbers_are_ordered_as_a_lawyer_orders_them() {
        let sorted = ["2.18", "3.1", "3.2", "3.10", "3.37", "3.37ZA", "3.37A", "3.37AA", "3.37B", "3.38", "4.1", "A.1"];
        for pair in sorted.windows(2) {
            assert!(n(pair[0]) < n(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn what_follows_a_number_goes_with_it() {
        for (number, first, steps, further) in [
            ("3.38", "3.38", Some(0), Some("3.39")),
            ("3.40", "3.38", Some(2), Some("3.41")),
            ("3.38A", "3.38", Some(0), Some("3.39A")),
            ("3.38ZA.2", "3.38", Some(0), Some("3.39ZA.2")),
            ("3.37A", "3.38", None, None),
            ("4.38", "3.38", None, None),
            ("A.9", "A.2", Some(7), Some("A.10")),
            ("17", "9", Some(8), Some("18")),
            ("3.38B", "3.38A", Some(1), Some("3.38C")),
            ("3.38AA", "3.38A", Some(0), Some("3.38BA")),
            ("3.38AB", "3.38AA", Some(1), Some("3.38AC")),
            ("3.38", "3.38A", None, None),
            ("3.39A", "3.38A", None, None),
            ("3.38Z", "3.38A", Some(25), None),
            ("3.38ZA", "3.38A", None, None),
            ("3.38.2", "3.38.1", Some(1), Some("3.38.3")),
            ("3.999999", "3.1", Some(999_998), None),
        ] {
            assert_eq!(n(number).steps_behind(&n(first)), steps, "{number} behind {first}");
            assert_eq!(
                n(number).one_further(&n(first)).map(|n| n.to_string()).as_deref(),
                further,
                "{number}, {first}"
            );
        }
    }

    #[test]
    fn a_gap_is_told_from_a_step() {
        for (a, b) in [
            ("3.1", "3.2"),
            ("3.52", "4.1"),
            ("3.37", "3.37A"),
            ("3.37A", "3.38"),
            ("3.37", "3.37.1"),
            ("9", "10"),
            ("5.2", "A.1"),
        ] {
            assert!(n(a).is_followed_by(&n(b)), "{a} then {b}");
        }
        for (a, b) in [("3.1", "3.3"), ("17", "19"), ("3.9", "5.1"), ("3.37A", "3.37C"), ("3.1", "4.2")] {
            assert!(!n(a).is_followed_by(&n(b)), "{a} then {b}");
        }
    }
}
