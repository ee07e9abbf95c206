//! The grammar of a pinpoint: the place in a work that a citation names.
//!
//! Takes the words after an authority's key, in any ordinary form: "s 10(1)(b), (c) and (2)", "paragraph 3 of Schedule
//! 2", "ss 10 to 12". Gives provisions from the outermost division in. Knows no work: whether an Act has regulations is
//! for its caller to say.

use std::ops::Range;

use super::provision::{Division, Pinpoint, Provision, Unit};
use super::words::is_year;

/// Reads a pinpoint that fills `text`.
pub fn pinpoint(text: &str) -> Option<Pinpoint> {
    let (provisions, end) = prefix(text)?;
    let whole = text.get(end..)?.trim().is_empty();
    whole.then(|| Pinpoint { provisions: provisions.into_iter().map(|(provision, _)| provision).collect() })
}

/// A provision and its place in the text.
type PlacedProvision = (Provision, Range<usize>);

/// Reads the pinpoint that `text` begins with, as far as it goes: its provisions, each with its place in the text, and
/// where it ends.
pub fn prefix(text: &str) -> Option<(Vec<PlacedProvision>, usize)> {
    let mut reader = Reader::new(text);
    let mut provisions: Vec<PlacedProvision> = Vec::new();
    loop {
        let before = provisions.last().map(|(provision, _)| provision.clone());
        let next = reader.attempt(|r| {
            if before.is_some() {
                r.separator()?;
            }
            let start = r.place()?.start;
            r.provisions(0).or_else(|| Some(vec![(r.continuation(before.as_ref()?)?, start..r.end())]))
        });
        match next {
            Some(next) => provisions.extend(next),
            None => break,
        }
    }
    let end = provisions.last().map(|(_, place)| place.end)?;
    Some((provisions, end))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A unit, and whether it is written as several.
    Unit(Unit, bool),
    /// "subsection", "sub-paragraph": what follows in brackets is a level, whatever it is called.
    LevelWord,
    /// `10`, `10ZA`, `3.4`
    Number(String),
    /// `IV`: the number of a Part, a Chapter or a Schedule.
    Letters(String),
    Level(String),
    Comma,
    /// Parts places in a list, and never a place from what it lies in.
    Semicolon,
    And,
    Of,
    To,
    Onwards,
}

/// The token that `rest` begins with, and its length.
fn token(rest: &str) -> Option<(Token, usize)> {
    let first = rest.chars().next()?;
    match first {
        ',' => Some((Token::Comma, 1)),
        ';' => Some((Token::Semicolon, 1)),
        '&' => Some((Token::And, 1)),
        '–' | '-' => Some((Token::To, first.len_utf8())),
        '(' => {
            let end = rest.bytes().take(16).position(|b| b == b')')?;
            let label = rest.get(1..end)?.trim();
            is_level(label).then(|| (Token::Level(label.to_owned()), end + 1))
        }
        '0'..='9' => {
            // "3.4" is one number, "3." is one at the end of a sentence, and "3..4" is none.
            let follows = |at: usize| rest.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
            let in_number = |(at, byte): &(usize, u8)| byte.is_ascii_digit() || *byte == b'.' && follows(*at);
            let figures = rest.bytes().enumerate().take_while(in_number).count();
            let letters = rest.get(figures..)?.chars().take_while(|c| c.is_alphanumeric()).collect::<String>();
            let capitals = letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase());
            let one = letters.len() == 1 && letters.bytes().all(|b| b.is_ascii_lowercase());
            let length = match letters.as_str() {
                "ff" => figures,
                // "10th" is no number of a section.
                _ if capitals || one => figures + letters.len(),
                _ => return None,
            };
            Some((Token::Number(rest.get(..length)?.to_owned()), length))
        }
        _ if first.is_alphabetic() => {
            let end = rest.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(rest.len());
            let word = rest.get(..end)?;
            match word.to_lowercase().as_str() {
                "and" | "or" => Some((Token::And, end)),
                "of" => Some((Token::Of, end)),
                "to" => Some((Token::To, end)),
                "ff" | "onwards" => Some((Token::Onwards, end)),
                "et" => {
                    let after = rest.get(end..)?.trim_start().strip_prefix("seq")?;
                    Some((Token::Onwards, rest.len() - after.strip_prefix('.').unwrap_or(after).len()))
                }
                lower => match word_token(lower) {
                    Some(token) => {
                        // "s. 10" is an abbreviation; a whole word ends with its last letter.
                        let dot = lower.len() <= 5 && rest.get(end..)?.starts_with('.');
                        Some((token, end + usize::from(dot && is_abbreviation(lower))))
                    }
                    None => letter_number(rest),
                },
            }
        }
        _ => None,
    }
}

/// `1`, `1A`, `b`, `za`, `iii`: what stands in brackets after a number.
fn is_level(label: &str) -> bool {
    let digits = label.bytes().take_while(u8::is_ascii_digit).count();
    let letters = label.get(digits..).unwrap_or_default();
    let alphabetic = letters.bytes().all(|b| b.is_ascii_alphabetic());
    let numeral = letters.len() <= 6 && letters.bytes().all(|b| b"ivxlc".contains(&b.to_ascii_lowercase()));
    alphabetic
        && digits <= 3
        && if digits > 0 { letters.len() <= 3 } else { !letters.is_empty() && (letters.len() <= 2 || numeral) }
}

/// Whether a word names a unit: "section", "ss", "subsection".
pub fn is_unit(word: &str) -> bool {
    // Asked of every word of a site, so without a copy of most.
    word.len() <= 14
        && word.bytes().next().is_some_and(|first| b"scrap".contains(&first.to_ascii_lowercase()))
        && word_token(&word.to_lowercase()).is_some()
}

fn is_abbreviation(lower: &str) -> bool {
    !matches!(lower, "part" | "parts" | "rule" | "rules" | "page" | "pages")
}

fn word_token(lower: &str) -> Option<Token> {
    let one = |unit| Some(Token::Unit(unit, false));
    let several = |unit| Some(Token::Unit(unit, true));
    match lower {
        "s" | "sec" | "section" => one(Unit::Section),
        "ss" | "secs" | "sections" => several(Unit::Section),
        "cl" | "clause" => one(Unit::Clause),
        "cls" | "clauses" => several(Unit::Clause),
        "reg" | "regulation" => one(Unit::Regulation),
        "regs" | "regulations" => several(Unit::Regulation),
        "art" | "article" => one(Unit::Article),
        "arts" | "articles" => several(Unit::Article),
        "r" | "rule" => one(Unit::Rule),
        "rr" | "rules" => several(Unit::Rule),
        "pt" | "part" => one(Unit::Part),
        "pts" | "parts" => several(Unit::Part),
        "ch" | "chapter" => one(Unit::Chapter),
        "chs" | "chapters" => several(Unit::Chapter),
        "sch" | "sched" | "schedule" => one(Unit::Schedule),
        "schs" | "scheds" | "schedules" => several(Unit::Schedule),
        "para" | "paragraph" => one(Unit::Paragraph),
        "paras" | "paragraphs" => several(Unit::Paragraph),
        "p" | "page" => one(Unit::Page),
        "pp" | "pages" => several(Unit::Page),
        "subsection" | "subsections" | "sub-section" | "sub-sections" | "subs" | "sub-s" | "sub-paragraph"
        | "sub-paragraphs" | "subparagraph" | "subparagraphs" | "sub-para" | "sub-paras" | "subpara" | "subparas" => {
            Some(Token::LevelWord)
        }
        _ => None,
    }
}

/// "pt IV", "sch A1", "s A1".
fn letter_number(rest: &str) -> Option<(Token, usize)> {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let figures = word.get(letters..)?;
    if figures.is_empty() {
        let numeral = word.bytes().all(|b| b"IVXLC".contains(&b));
        // "IVA" is a Part put in after Part IV.
        let inserted = word.len() >= 2 && word.strip_suffix(['A', 'B', 'C']).is_some_and(is_numeral);
        return (word.len() <= 6 && (numeral || inserted || word.len() == 1))
            .then(|| (Token::Letters(word.to_owned()), end));
    }
    let sound = letters <= 2 && figures.len() <= 3 && figures.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| (Token::Number(word.to_owned()), end))
}

fn is_numeral(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Greatest number of divisions around another.
const MAX_DEPTH: usize = 5;

/// A text as tokens, read as far as they are asked for: words, numbers, levels in brackets and marks.
struct Reader<'t> {
    text: &'t str,
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
}

/// Part of a pinpoint that is written before "of" and the division around it: "paragraph (b)" in
/// "paragraph (b) of subsection (2)".
enum Inner {
    Division(Division),
    Levels(Vec<String>),
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Reader { text, tokens: Vec::new(), at: 0 }
    }

    /// The next token and its place.
    fn next(&mut self) -> Option<&(Token, Range<usize>)> {
        if self.at == self.tokens.len() {
            let from = self.tokens.last().map_or(0, |(_, place)| place.end);
            let rest = self.text.get(from..)?;
            let words = rest.trim_start();
            let start = from + rest.len() - words.len();
            let (token, length) = token(words)?;
            self.tokens.push((token, start..start + length));
        }
        self.tokens.get(self.at)
    }

    /// Returns the byte range of the next token, without taking the token.
    fn place(&mut self) -> Option<Range<usize>> {
        self.next().map(|(_, place)| place.clone())
    }

    /// Returns the byte offset after the last token that was read.
    fn end(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(0, |(_, place)| place.end)
    }

    fn take_if<T>(&mut self, wanted: impl Fn(&Token) -> Option<T>) -> Option<T> {
        let found = wanted(&self.next()?.0)?;
        self.at += 1;
        Some(found)
    }

    fn unit(&mut self) -> Option<(Unit, bool)> {
        self.take_if(|token| if let Token::Unit(unit, several) = token { Some((*unit, *several)) } else { None })
    }

    fn number(&mut self, unit: Unit) -> Option<String> {
        self.take_if(|token| match token {
            Token::Number(number) => Some(number.clone()),
            Token::Letters(number) if matches!(unit, Unit::Part | Unit::Chapter | Unit::Schedule) => {
                Some(number.clone())
            }
            _ => None,
        })
    }

    fn levels(&mut self) -> Vec<String> {
        let mut levels = Vec::new();
        while let Some(level) =
            self.take_if(|token| if let Token::Level(level) = token { Some(level.clone()) } else { None })
        {
            levels.push(level);
        }
        levels
    }

    fn is(&mut self, wanted: &Token) -> bool {
        self.take_if(|token| (token == wanted).then_some(())).is_some()
    }

    /// ", " or "; " or "and" or ", and".
    fn separator(&mut self) -> Option<()> {
        let comma = self.is(&Token::Comma) || self.is(&Token::Semicolon);
        let and = self.is(&Token::And);
        (comma || and).then_some(())
    }

    /// Back to where it was unless `read` gives something.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn provisions(&mut self, depth: usize) -> Option<Vec<PlacedProvision>> {
        self.attempt(|r| r.inner_first(depth)).or_else(|| self.attempt(|r| Some(vec![r.outer_first()?])))
    }

    /// "sch 2 para 3(1)", "section 10 (1) (b)", "ss 10–12".
    fn outer_first(&mut self) -> Option<PlacedProvision> {
        let start = self.place()?.start;
        let mut divisions = vec![self.division()?];
        while let Some(outer) = divisions.last().map(|outer| outer.unit)
            && divisions.len() <= MAX_DEPTH
            && let Some(inner) = self.attempt(|r| {
                r.is(&Token::Comma);
                r.division().filter(|inner| outer.may_hold(inner.unit))
            })
        {
            divisions.push(inner);
        }
        let provision = self.ended(divisions);
        Some((provision, start..self.end()))
    }

    fn division(&mut self) -> Option<Division> {
        let (unit, _) = self.unit()?;
        Some(Division { unit, number: self.number(unit)?, levels: self.levels() })
    }

    /// "paragraph (b) of subsection (2) of section 10", "paragraphs 3 and 4 of Schedule 2", "para 3, sch 2".
    fn inner_first(&mut self, depth: usize) -> Option<Vec<PlacedProvision>> {
        let unit = if self.is(&Token::LevelWord) { None } else { Some(self.unit()?) };
        let mut inner = vec![self.inner(unit.map(|(unit, _)| unit))?];
        let several = unit.is_none_or(|(_, several)| several);
        while let Some(next) = self.attempt(|r| {
            r.separator()?;
            let next = r.inner(unit.map(|(unit, _)| unit))?;
            (several || matches!(next.0, Inner::Levels(_))).then_some(next)
        }) {
            inner.push(next);
        }
        let of = self.is(&Token::Of)
            || unit.is_some_and(|(unit, _)| unit == Unit::Paragraph)
                && matches!(inner.as_slice(), [(Inner::Division(_), ..)])
                && self
                    .attempt(|r| {
                        (r.is(&Token::Comma) && matches!(r.next(), Some((Token::Unit(Unit::Schedule, _), _))))
                            .then_some(())
                    })
                    .is_some();
        if !of || depth > MAX_DEPTH {
            return None;
        }
        let outer = self.provisions(depth + 1)?;
        let [(Provision { divisions: outer, to: None, onwards: false }, _)] = outer.as_slice() else { return None };
        let end = self.end();
        let last = inner.len() - 1;
        let placed = inner.into_iter().enumerate().map(|(n, (inner, to, place))| {
            let mut divisions = outer.clone();
            let holder = divisions.last_mut()?;
            match inner {
                Inner::Levels(levels) => holder.levels.extend(levels),
                Inner::Division(division) if holder.unit.may_hold(division.unit) => divisions.push(division),
                Inner::Division(_) => return None,
            }
            // The words of the outer division stand beside the last.
            let end = if n == last { end } else { place.end };
            Some((Provision { divisions, to, onwards: false }, place.start..end))
        });
        placed.collect()
    }

    fn inner(&mut self, unit: Option<Unit>) -> Option<(Inner, Option<String>, Range<usize>)> {
        let start = self.place()?.start;
        let number = unit.and_then(|unit| Some((unit, self.number(unit)?)));
        let levels = self.levels();
        let inner = match number {
            Some((unit, number)) => Inner::Division(Division { unit, number, levels }),
            None if !levels.is_empty() => Inner::Levels(levels),
            None => return None,
        };
        let to = self.other_end();
        Some((inner, to, start..self.end()))
    }

    /// A range's other end, or "et seq".
    fn ended(&mut self, divisions: Vec<Division>) -> Provision {
        let to = self.other_end();
        Provision { divisions, to, onwards: self.is(&Token::Onwards) }
    }

    /// "–12", "to (c)"
    fn other_end(&mut self) -> Option<String> {
        self.attempt(|r| {
            r.is(&Token::To).then_some(())?;
            let unit = r.unit().map_or(Unit::Part, |(unit, _)| unit);
            let number = r.number(unit).filter(|number| !is_year(number)).unwrap_or_default();
            let levels = r.levels().iter().map(|level| format!("({level})")).collect::<String>();
            Some(number + &levels).filter(|end| !end.is_empty())
        })
    }

    /// Parses a later item of a list, which repeats only what differs from the item before: "(c)",
    /// "12".
    fn continuation(&mut self, before: &Provision) -> Option<Provision> {
        let mut divisions = before.divisions.clone();
        let last = divisions.last_mut()?;
        let number = self.number(last.unit);
        // "section 10 and 17 others" goes on with a number of things.
        if number.is_some() && self.counts_things() {
            return None;
        }
        *last = last.continued(number.as_deref(), self.levels())?;
        Some(self.ended(divisions))
    }

    /// Whether the number just read has a word after it that it may count, where one section was announced.
    fn counts_things(&self) -> bool {
        let announced =
            self.tokens.get(..self.at).unwrap_or_default().iter().rev().find_map(|(token, _)| match token {
                Token::Unit(_, several) => Some(*several),
                _ => None,
            });
        let after = self.text.get(self.end()..).unwrap_or_default().trim_start();
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        let word = after.get(..end).unwrap_or_default();
        announced == Some(false)
            && word.starts_with(char::is_lowercase)
            && !matches!(word, "of" | "and" | "or" | "to" | "in" | "under" | "et" | "ff")
    }
}

#[cfg(test)]
mod tests {
    use super::pinpoint;

    fn shown(text: &str) -> Option<String> {
        pinpoint(text).map(|p| p.shown().replace('\u{a0}', " "))
    }

    #[test]
    fn ordinary_forms_become_oscola_forms() {
        for (written, wanted) in [
            ("s 10(1)(b)", "s 10(1)(b)"),
            ("section 10 (1) (b)", "s 10(1)(b)"),
            ("s.10(1)(b)", "s 10(1)(b)"),
            ("sections 10 to 12", "ss 10–12"),
            ("ss 10-12", "ss 10–12"),
            ("s 10(1)(b), (c) and (2)", "s 10(1)(b), (c) and (2)"),
            ("ss 10, 12 and 14(1)", "ss 10, 12 and 14(1)"),
            ("paragraph (b) of subsection (2) of section 10", "s 10(2)(b)"),
            ("subsection (2) of section 10", "s 10(2)"),
            ("paragraph 3 of Schedule 2", "sch 2 para 3"),
            ("Schedule 2, paragraph 3", "sch 2 para 3"),
            ("regulation 4", "reg 4"),
            ("rule 3.4", "r 3.4"),
            ("s 10 et seq", "s 10 et seq"),
            ("s 10A", "s 10A"),
            ("pt IV", "pt IV"),
            ("s 10, sch 2", "s 10 and sch 2"),
            ("pp 3-5", "pp 3–5"),
            ("s 10(1)(a) to (c)", "s 10(1)(a)–(c)"),
            ("subsections (2) and (3) of section 10", "s 10(2) and (3)"),
            ("paragraphs 3 and 4 of Schedule 2", "sch 2 paras 3 and 4"),
            ("para 3, sch 2", "sch 2 para 3"),
            ("s 10ff", "s 10 et seq"),
            ("sch A1 para 4", "sch A1 para 4"),
            // As it is shown it is read as what it was.
            ("s 10; para 3; s 12", "s 10; para 3 and s 12"),
            ("para 3; sch 2, s 4", "para 3; sch 2 and s 4"),
            ("s 10(1)(a)(i), s 10(1)(b)", "s 10(1)(a)(i) and s 10(1)(b)"),
            ("s 10, s 2008", "s 10 and s 2008"),
            ("s 10, s 10(1)", "s 10 and s 10(1)"),
        ] {
            assert_eq!(shown(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn other_words_are_no_pinpoint() {
        for text in [
            "",
            "10",
            "s",
            "s (1)",
            "section ten",
            "s 10(",
            "s 10()",
            "s 10 of",
            "s 10,",
            "see s 10",
            "s 10 §",
            "of",
            "s 10th",
            "s 10(duty)",
            "s 10..5",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
