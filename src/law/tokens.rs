//! A text as tokens: its words and marks with their places and kinds, made once.
//!
//! Takes a text; returns tokens that can be asked for at any place, before the first and after the
//! last too. Knows units and small words, and no work.

use std::ops::Range;

use super::citation::BARRIER;
use super::provision::Unit;
use super::words::{is_year, without_possessive, word_length};

/// Kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word that names a unit, and whether it is written as several: "section", "ss", "§".
    Unit(Unit, bool),
    /// "subsection", "sub-paragraph": what follows in brackets is a level, whatever it is called.
    Level,
    /// "and", "or", "&"
    And,
    /// "of"
    Of,
    /// "to"
    To,
    /// "in", "under"
    In,
    /// "the"
    The,
    /// Any other word.
    Word,
    /// A number, or a word that begins with a figure: `10`, `10ZA`, `3.4`, `2004's`.
    Number,
    Comma,
    Semicolon,
    Stop,
    Colon,
    /// A hyphen or a dash of any length, and two hyphens.
    Dash,
    Slash,
    Quote,
    Open,
    Close,
    SquareOpen,
    SquareClose,
    /// [`BARRIER`]
    Barrier,
    /// Any other mark.
    Mark,
    /// Before the first token and after the last.
    End,
}

/// Word or mark of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub kind: Kind,
    pub text: &'t str,
    pub start: usize,
    /// Whether there is space before it.
    pub spaced: bool,
}

impl<'t> Token<'t> {
    /// Returns the byte after it.
    pub fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is a word or a number.
    pub fn is_word(self) -> bool {
        use Kind::{And, In, Level, Number, Of, The, To, Unit, Word};
        matches!(self.kind, Unit(..) | Level | And | Of | To | In | The | Word | Number)
    }

    /// Returns its text without the ending of a possessive.
    pub fn bare(self) -> &'t str {
        without_possessive(self.text)
    }

    /// Whether it is a year in which an Act may have been passed.
    pub fn is_year(self) -> bool {
        self.kind == Kind::Number && is_year(self.bare())
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is figures alone.
    pub fn is_figures(self) -> bool {
        self.kind == Kind::Number && self.bare().bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether it is one of some words, whatever its capitals.
    pub fn is_any(self, words: &[&str]) -> bool {
        words.iter().any(|word| word.eq_ignore_ascii_case(self.text))
    }
}

/// The most tokens that are looked through for the end of brackets.
const LONGEST_BRACKETS: usize = 40;

/// A text and its tokens.
pub(super) struct Tokens<'t> {
    text: &'t str,
    all: Vec<Token<'t>>,
}

impl<'t> Tokens<'t> {
    /// Reads a text.
    pub fn new(text: &'t str) -> Self {
        let mut all = Vec::with_capacity(text.len() / 5 + 4);
        let mut rest = text;
        let mut spaced = true;
        while let Some(first) = rest.chars().next() {
            let start = text.len() - rest.len();
            if first.is_whitespace() {
                spaced = true;
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            let (mut kind, length) = token(rest, first);
            let Some((text, after)) = rest.split_at_checked(length) else { break };
            rest = after;
            // The section of "cross-section" is none.
            if matches!(kind, Kind::Unit(..)) && !spaced && first.is_alphabetic() && text.len() > 4 {
                let hyphened = all.last().is_some_and(|before: &Token<'_>| before.kind == Kind::Dash);
                kind = if hyphened { Kind::Word } else { kind };
            }
            all.push(Token { kind, text, start, spaced });
            spaced = false;
        }
        Tokens { text, all }
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The token at an index.
    pub fn at(&self, index: usize) -> Token<'t> {
        let end = Token { kind: Kind::End, text: "", start: self.text.len(), spaced: true };
        self.all.get(index).copied().unwrap_or(end)
    }

    /// The token before an index.
    pub fn before(&self, index: usize) -> Token<'t> {
        self.at(index.wrapping_sub(1))
    }

    /// Some tokens.
    pub fn within(&self, range: Range<usize>) -> &[Token<'t>] {
        self.all.get(range).unwrap_or_default()
    }

    /// The bytes of some tokens.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let (first, last) = (self.at(range.start), self.before(range.end));
        first.start..last.end().max(first.start)
    }

    /// The words of a byte range, with each gap between them one space.
    pub fn on_one_line(&self, place: &Range<usize>) -> String {
        self.text.get(place.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns the token after the round brackets that open at a token.
    pub fn after_brackets(&self, at: usize) -> Option<usize> {
        let mut depth = 0usize;
        for next in at..at + LONGEST_BRACKETS {
            match self.at(next).kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Semicolon | Kind::Barrier | Kind::End => return None,
                _ => {}
            }
            if depth == 0 {
                return (next > at).then_some(next + 1);
            }
        }
        None
    }

    /// Whether each of some tokens is of one of these kinds.
    pub fn are(&self, range: Range<usize>, kinds: &[Kind]) -> bool {
        self.within(range).iter().all(|token| kinds.contains(&token.kind))
    }
}

/// The token that `rest` begins with, and its length.
fn token(rest: &str, first: char) -> (Kind, usize) {
    let one = |kind| (kind, first.len_utf8());
    match first {
        '0'..='9' => (Kind::Number, number_length(rest)),
        ',' => one(Kind::Comma),
        ';' => one(Kind::Semicolon),
        '.' => one(Kind::Stop),
        ':' => one(Kind::Colon),
        '/' => one(Kind::Slash),
        '(' => one(Kind::Open),
        ')' => one(Kind::Close),
        '[' => one(Kind::SquareOpen),
        ']' => one(Kind::SquareClose),
        '&' => one(Kind::And),
        '-' => (Kind::Dash, if rest.starts_with("--") { 2 } else { 1 }),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => one(Kind::Dash),
        '"' | '\'' | '“' | '”' | '‘' | '’' => one(Kind::Quote),
        '§' if rest.starts_with("§§") => (Kind::Unit(Unit::Section, true), 2 * first.len_utf8()),
        '§' => one(Kind::Unit(Unit::Section, false)),
        BARRIER => one(Kind::Barrier),
        _ if first.is_alphanumeric() => word(rest),
        _ => one(Kind::Mark),
    }
}

/// Returns the length of a number: "3.4" and "3A.9" are one, "3." at the end of a sentence is one
/// and a mark, and "10ff" is one and a word.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let follows = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    let in_number = |(at, byte): &(usize, u8)| byte.is_ascii_digit() || *byte == b'.' && follows(*at);
    let figures = rest.bytes().enumerate().take_while(in_number).count();
    let letters = rest.get(figures..).map_or(0, word_length);
    let end = figures + letters;
    let capitals = (1..=2).contains(&letters)
        && bytes.get(figures..end).is_some_and(|letters| letters.iter().all(u8::is_ascii_uppercase));
    match rest.get(figures..end) {
        Some("ff") => figures,
        _ if capitals && bytes.get(end) == Some(&b'.') && follows(end) => {
            end + 1 + rest.bytes().skip(end + 1).take_while(u8::is_ascii_digit).count()
        }
        _ => end,
    }
}

/// The word that `rest` begins with. "s17" is two.
fn word(rest: &str) -> (Kind, usize) {
    let length = word_length(rest);
    let text = rest.get(..length).unwrap_or(rest);
    let units = units_like(text);
    if units.is_empty() {
        return (small_word(text).unwrap_or(Kind::Word), length);
    }
    if let Some(letters) = text.bytes().position(|b| b.is_ascii_digit())
        && let Some(unit) = text.get(..letters).and_then(|word| unit(units, word))
    {
        return (unit, letters);
    }
    if text.eq_ignore_ascii_case("sub")
        && let Some(dash) = rest.get(length..).and_then(|rest| rest.chars().next())
        && matches!(dash, '-' | '\u{2010}' | '\u{2011}')
    {
        let from = length + dash.len_utf8();
        let second = rest.get(from..).unwrap_or_default();
        let second = second.get(..word_length(second)).unwrap_or_default();
        if LEVELS.iter().any(|word| word.eq_ignore_ascii_case(second)) {
            return (Kind::Level, from + second.len());
        }
    }
    (small_word(text).or_else(|| unit(units, text)).unwrap_or(Kind::Word), length)
}

/// Words that may follow "sub-".
const LEVELS: [&str; 7] = ["section", "sections", "s", "paragraph", "paragraphs", "para", "paras"];

/// The kind of a word that joins others.
fn small_word(word: &str) -> Option<Kind> {
    match word.len() {
        2 if word.eq_ignore_ascii_case("of") => Some(Kind::Of),
        2 if word.eq_ignore_ascii_case("to") => Some(Kind::To),
        2 if word.eq_ignore_ascii_case("in") => Some(Kind::In),
        2 if word.eq_ignore_ascii_case("or") => Some(Kind::And),
        3 if word.eq_ignore_ascii_case("the") => Some(Kind::The),
        3 if word.eq_ignore_ascii_case("and") => Some(Kind::And),
        5 if word.eq_ignore_ascii_case("under") => Some(Kind::In),
        _ => None,
    }
}

/// Words of units by their first letter.
const UNITS: [(u8, &[(&str, Kind)]); 5] = {
    use Kind::{Level, Unit as U};
    use Unit::{Article, Chapter, Clause, Page, Paragraph, Part, Recital, Regulation, Rule, Schedule, Section};
    [
        (
            b's',
            &[
                ("s", U(Section, false)),
                ("ss", U(Section, true)),
                ("sec", U(Section, false)),
                ("secs", U(Section, true)),
                ("section", U(Section, false)),
                ("sections", U(Section, true)),
                ("sch", U(Schedule, false)),
                ("schs", U(Schedule, true)),
                ("sched", U(Schedule, false)),
                ("scheds", U(Schedule, true)),
                ("schedule", U(Schedule, false)),
                ("schedules", U(Schedule, true)),
                ("subs", Level),
                ("subsection", Level),
                ("subsections", Level),
                ("subpara", Level),
                ("subparas", Level),
                ("subparagraph", Level),
                ("subparagraphs", Level),
            ],
        ),
        (
            b'c',
            &[
                ("cl", U(Clause, false)),
                ("cls", U(Clause, true)),
                ("clause", U(Clause, false)),
                ("clauses", U(Clause, true)),
                ("ch", U(Chapter, false)),
                ("chs", U(Chapter, true)),
                ("chapter", U(Chapter, false)),
                ("chapters", U(Chapter, true)),
            ],
        ),
        (
            b'r',
            &[
                ("r", U(Rule, false)),
                ("rr", U(Rule, true)),
                ("rule", U(Rule, false)),
                ("rules", U(Rule, true)),
                ("reg", U(Regulation, false)),
                ("regs", U(Regulation, true)),
                ("regulation", U(Regulation, false)),
                ("regulations", U(Regulation, true)),
                ("recital", U(Recital, false)),
                ("recitals", U(Recital, true)),
            ],
        ),
        (
            b'a',
            &[
                ("art", U(Article, false)),
                ("arts", U(Article, true)),
                ("article", U(Article, false)),
                ("articles", U(Article, true)),
            ],
        ),
        (
            b'p',
            &[
                ("pt", U(Part, false)),
                ("pts", U(Part, true)),
                ("part", U(Part, false)),
                ("parts", U(Part, true)),
                ("para", U(Paragraph, false)),
                ("paras", U(Paragraph, true)),
                ("paragraph", U(Paragraph, false)),
                ("paragraphs", U(Paragraph, true)),
                ("p", U(Page, false)),
                ("pp", U(Page, true)),
                ("page", U(Page, false)),
                ("pages", U(Page, true)),
                ("point", Level),
                ("points", Level),
            ],
        ),
    ]
};

/// The words of units that begin with the letter of a word.
fn units_like(word: &str) -> &'static [(&'static str, Kind)] {
    let first = word.as_bytes().first().map(u8::to_ascii_lowercase);
    UNITS.iter().find(|(letter, _)| Some(*letter) == first).map_or(&[], |(_, units)| *units)
}

/// The unit that a word names, or that it is a word for a level.
fn unit(units: &[(&str, Kind)], word: &str) -> Option<Kind> {
    units.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| *kind)
}
