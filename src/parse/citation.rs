//! The grammar of a pinpoint: the place in a work that a citation names.
//!
//! Takes the words after an authority's key, in any ordinary form: "s 10(1)(b), (c) and (2)", "paragraph 3 of Schedule
//! 2", "ss 10 to 12". Gives provisions from the outermost division in. Knows no work: whether an Act has regulations is
//! for `resolve` to say.

use std::ops::Range;

use crate::document::{Division, Pinpoint, Provision, Unit};

/// Reads a pinpoint that fills `text`.
pub fn pinpoint(text: &str) -> Option<Pinpoint> {
    let (provisions, end) = prefix(text)?;
    let whole = text.get(end..)?.trim().is_empty();
    whole.then(|| Pinpoint { provisions: provisions.into_iter().map(|(provision, _)| provision).collect() })
}

/// Reads the pinpoint that `text` begins with, as far as it goes: its provisions, each with its place in the text, and
/// where it ends.
pub fn prefix(text: &str) -> Option<(Vec<(Provision, Range<usize>)>, usize)> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut provisions: Vec<(Provision, Range<usize>)> = Vec::new();
    loop {
        let before = provisions.last().map(|(provision, _)| provision.clone());
        let next = reader.attempt(|r| {
            if before.is_some() {
                r.separator()?;
            }
            let start = r.place()?.start;
            let provision = r.provision().or_else(|| r.continuation(before.as_ref()?))?;
            Some((provision, start..r.end()))
        });
        match next {
            Some(next) => provisions.push(next),
            None => break,
        }
    }
    let end = provisions.last().map(|(_, place)| place.end)?;
    Some((provisions, end))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Unit(Unit),
    /// "subsection", "sub-paragraph": what follows in brackets is a level, whatever it is called.
    LevelWord,
    Number(String),
    Level(String),
    Comma,
    And,
    Of,
    To,
    Onwards,
}

/// Words, numbers, levels in brackets and marks, each with its place, up to the first thing that is none of these.
fn tokens(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    while let Some((token, length)) = text.get(at..).and_then(token) {
        tokens.push((token, at..at + length));
        at += length;
        at += text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
    }
    tokens
}

/// The token that `rest` begins with, and its length.
fn token(rest: &str) -> Option<(Token, usize)> {
    let first = rest.chars().next()?;
    match first {
        ',' | ';' => Some((Token::Comma, 1)),
        '–' | '-' => Some((Token::To, first.len_utf8())),
        '(' => {
            let inner = rest.get(1..rest.find(')')?)?;
            let label = inner.trim();
            let sound = (1..=6).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric());
            sound.then(|| (Token::Level(label.to_owned()), inner.len() + 2))
        }
        '0'..='9' => {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
            let number = rest.get(..end)?.trim_end_matches('.');
            Some((Token::Number(number.to_owned()), number.len()))
        }
        _ if first.is_alphabetic() => {
            let end = rest.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(rest.len());
            let word = rest.get(..end)?;
            let dot = usize::from(rest.get(end..)?.starts_with('.'));
            match word.to_lowercase().as_str() {
                "and" | "or" => Some((Token::And, end)),
                "of" => Some((Token::Of, end)),
                "to" => Some((Token::To, end)),
                "et" => {
                    let after = rest.get(end..)?.trim_start().strip_prefix("seq")?;
                    Some((Token::Onwards, rest.len() - after.strip_prefix('.').unwrap_or(after).len()))
                }
                lower => match word_token(lower) {
                    Some(token) => Some((token, end + dot)),
                    None => Some((letter_number(word)?, end)),
                },
            }
        }
        _ => None,
    }
}

/// Whether a word names a unit: "section", "ss", "subsection".
pub fn is_unit(word: &str) -> bool {
    word_token(&word.to_lowercase()).is_some()
}

fn word_token(lower: &str) -> Option<Token> {
    Some(Token::Unit(match lower {
        "s" | "ss" | "sec" | "secs" | "section" | "sections" => Unit::Section,
        "cl" | "cls" | "clause" | "clauses" => Unit::Clause,
        "reg" | "regs" | "regulation" | "regulations" => Unit::Regulation,
        "art" | "arts" | "article" | "articles" => Unit::Article,
        "r" | "rr" | "rule" | "rules" => Unit::Rule,
        "pt" | "pts" | "part" | "parts" => Unit::Part,
        "ch" | "chs" | "chapter" | "chapters" => Unit::Chapter,
        "sch" | "schs" | "sched" | "schedule" | "schedules" => Unit::Schedule,
        "para" | "paras" | "paragraph" | "paragraphs" => Unit::Paragraph,
        "p" | "pp" | "page" | "pages" => Unit::Page,
        "subsection" | "subsections" | "sub-section" | "sub-paragraph" | "subparagraph" | "subs" => {
            return Some(Token::LevelWord);
        }
        _ => return None,
    }))
}

/// Parts and Schedules may be counted in capitals or Roman numerals: "pt IV", "sch A1".
fn letter_number(word: &str) -> Option<Token> {
    (word.len() <= 6 && word.bytes().all(|b| b.is_ascii_uppercase())).then(|| Token::Number(word.to_owned()))
}

struct Reader<'a> {
    tokens: &'a [(Token, Range<usize>)],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// Where the next token stands.
    fn place(&self) -> Option<&Range<usize>> {
        self.tokens.get(self.at).map(|(_, place)| place)
    }

    /// Where the last token that was read ends.
    fn end(&self) -> usize {
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(0, |(_, place)| place.end)
    }

    fn take_if<T>(&mut self, wanted: impl Fn(&Token) -> Option<T>) -> Option<T> {
        let found = wanted(self.peek()?)?;
        self.at += 1;
        Some(found)
    }

    fn unit(&mut self) -> Option<Unit> {
        self.take_if(|token| if let Token::Unit(unit) = token { Some(*unit) } else { None })
    }

    fn number(&mut self) -> Option<String> {
        self.take_if(|token| if let Token::Number(number) = token { Some(number.clone()) } else { None })
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

    /// ", " or "and" or ", and".
    fn separator(&mut self) -> Option<()> {
        let comma = self.is(&Token::Comma);
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

    fn provision(&mut self) -> Option<Provision> {
        self.attempt(|r| r.inner_first()).or_else(|| self.attempt(|r| r.outer_first()))
    }

    /// "sch 2 para 3(1)", "section 10 (1) (b)", "ss 10–12".
    fn outer_first(&mut self) -> Option<Provision> {
        let mut divisions = vec![self.division()?];
        while let Some(outer) = divisions.last().map(|outer| outer.unit)
            && let Some(inner) = self.attempt(|r| {
                r.is(&Token::Comma);
                r.division().filter(|inner| may_hold(outer, inner.unit))
            })
        {
            divisions.push(inner);
        }
        Some(self.ended(divisions))
    }

    fn division(&mut self) -> Option<Division> {
        let unit = self.unit()?;
        Some(Division { unit, number: self.number()?, levels: self.levels() })
    }

    /// "paragraph (b) of subsection (2) of section 10", "paragraph 3 of Schedule 2".
    fn inner_first(&mut self) -> Option<Provision> {
        let mut levels: Vec<Vec<String>> = Vec::new();
        let mut divisions: Vec<Division> = Vec::new();
        let mut inner = false;
        loop {
            let level_word = self.is(&Token::LevelWord);
            let unit = if level_word { None } else { Some(self.unit()?) };
            match self.number() {
                Some(number) => {
                    let mut all = self.levels();
                    all.extend(std::mem::take(&mut levels).into_iter().rev().flatten());
                    divisions.push(Division { unit: unit?, number, levels: all });
                    if !self.is(&Token::Of) {
                        break;
                    }
                    inner = true;
                }
                None => {
                    let found = self.levels();
                    if found.is_empty() || !self.is(&Token::Of) {
                        return None;
                    }
                    levels.push(found);
                    inner = true;
                }
            }
        }
        divisions.reverse();
        let nested = divisions.windows(2).all(|pair| match pair {
            [outer, inner] => may_hold(outer.unit, inner.unit),
            _ => false,
        });
        (inner && nested).then(|| self.ended(divisions))
    }

    /// A range's other end, or "et seq".
    fn ended(&mut self, divisions: Vec<Division>) -> Provision {
        let to = self.attempt(|r| {
            r.is(&Token::To).then_some(())?;
            r.unit();
            r.number()
                .map(|number| number + &r.levels().iter().map(|level| format!("({level})")).collect::<String>())
                .or_else(|| r.levels().first().map(|level| format!("({level})")))
        });
        Provision { divisions, to, onwards: self.is(&Token::Onwards) }
    }

    /// What follows in a list and repeats only what differs: "(c)", "12".
    fn continuation(&mut self, before: &Provision) -> Option<Provision> {
        let mut divisions = before.divisions.clone();
        let last = divisions.last_mut()?;
        if let Some(number) = self.number() {
            // "section 10, 2008 …" goes on with a year, not with a section.
            if number.len() == 4 && (number.starts_with("19") || number.starts_with("20")) {
                return None;
            }
            last.number = number;
            last.levels = self.levels();
        } else {
            let levels = self.levels();
            let first = levels.first()?;
            // "(c)" after "10(1)(b)" stands where a letter stood, "(2)" where a figure did.
            let depth = last.levels.iter().rposition(|level| same_form(level, first))?;
            last.levels.truncate(depth);
            last.levels.extend(levels);
        }
        Some(self.ended(divisions))
    }
}

fn same_form(a: &str, b: &str) -> bool {
    let form = |text: &str| {
        let first = text.bytes().next().unwrap_or(b' ');
        (first.is_ascii_digit(), first.is_ascii_uppercase())
    };
    form(a) == form(b)
}

/// Whether a division of one kind can stand inside one of another.
fn may_hold(outer: Unit, inner: Unit) -> bool {
    use Unit::{Article, Chapter, Paragraph, Part, Regulation, Rule, Schedule, Section};
    match outer {
        Schedule => matches!(inner, Paragraph | Part | Article | Chapter),
        Part => matches!(inner, Chapter | Section | Regulation | Rule | Article | Paragraph),
        Chapter => matches!(inner, Section | Paragraph | Part),
        Section | Regulation | Article | Rule => matches!(inner, Paragraph),
        _ => false,
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
        ] {
            assert_eq!(shown(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn other_words_are_no_pinpoint() {
        for text in
            ["", "10", "s", "s (1)", "section ten", "s 10(", "s 10()", "s 10 of", "s 10,", "see s 10", "s 10 §", "of"]
        {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
