//! The grammar of a pinpoint: the place in a work that a citation names.
//!
//! Takes the tokens after an authority's key or beside a title, in any ordinary form: "s 10(1)(b),
//! (c) and (2)", "paragraph 3 of Schedule 2", "ss 10 to 12". Returns provisions from the outermost
//! division in. Knows no work: whether an Act has regulations is for its caller to say.

use std::ops::Range;

use super::cursor::Cursor;
use super::provision::{Division, Pinpoint, Provision, Unit};
use super::tokens::{Kind, Tokens};
use super::words::is_year;
use crate::date::MONTHS;

/// Reads a pinpoint that fills `text`.
pub fn pinpoint(text: &str) -> Option<Pinpoint> {
    let tokens = Tokens::new(text);
    let mut reader = Reader::new(&tokens, 0, tokens.len());
    let mut provisions: Vec<Provision> = Vec::new();
    loop {
        let piece = reader.piece(provisions.last())?;
        provisions.extend(piece.into_iter().map(|(provision, _)| provision));
        if reader.cursor.peek().kind == Kind::End {
            return Some(Pinpoint { provisions: provisions.into_iter().map(Provision::folded).collect() });
        }
        if reader.cursor.takes(Kind::Semicolon) {
            reader.cursor.takes(Kind::And);
        } else {
            reader.cursor.separator()?;
        }
    }
}

/// A provision and its tokens.
pub(super) type PlacedProvision = (Provision, Range<usize>);

/// Greatest number of divisions around another.
const MAX_DEPTH: usize = 5;

/// Part of a pinpoint that is written before "of" and the division around it: "paragraph (b)" in
/// "paragraph (b) of subsection (2)".
enum Inner {
    Division(Division),
    Levels(Vec<String>),
}

/// Reads places from a cursor on.
pub(super) struct Reader<'a, 't> {
    pub cursor: Cursor<'a, 't>,
    /// Whether the last unit read was written as several.
    several: bool,
}

impl<'a, 't> Reader<'a, 't> {
    pub fn new(tokens: &'a Tokens<'t>, at: usize, limit: usize) -> Self {
        Reader { cursor: Cursor::new(tokens, at, limit), several: false }
    }

    /// Back to where it was unless `read` gives something.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.cursor.at;
        let found = read(self);
        if found.is_none() {
            self.cursor.at = start;
        }
        found
    }

    /// Reads a place and the list that goes on from it without another unit: "ss 10, 11(1) and
    /// (2)". Of a list that went on before it, `before` is the last place.
    pub fn piece(&mut self, before: Option<&Provision>) -> Option<Vec<PlacedProvision>> {
        let start = self.cursor.at;
        let first = self.provisions(0).or_else(|| {
            let next = self.attempt(|r| r.continuation(before?))?;
            Some(vec![(next, start..self.cursor.at)])
        })?;
        Some(self.with_list(first))
    }

    /// Reads a place whose unit its work leaves unsaid: "CPR 1.1(2)", "at [35]".
    pub fn unsaid(&mut self, unit: Unit) -> Option<Vec<PlacedProvision>> {
        let start = self.cursor.at;
        let first = self.attempt(|r| {
            r.several = true;
            let division = Division { unit, number: r.number(unit)?, levels: r.cursor.levels() };
            Some(r.ended(vec![division]))
        })?;
        Some(self.with_list(vec![(first, start..self.cursor.at)]))
    }

    fn with_list(&mut self, mut found: Vec<PlacedProvision>) -> Vec<PlacedProvision> {
        while let Some(next) = self.attempt(|r| {
            r.cursor.separator()?;
            let (before, start) = (&found.last()?.0, r.cursor.at);
            let next = r.continuation(before)?;
            Some((next, start..r.cursor.at))
        }) {
            found.push(next);
        }
        found
    }

    fn provisions(&mut self, depth: usize) -> Option<Vec<PlacedProvision>> {
        self.attempt(|r| r.inner_first(depth)).or_else(|| self.attempt(|r| Some(vec![r.outer_first(depth)?])))
    }

    fn unit(&mut self) -> Option<Unit> {
        let token = self.cursor.peek();
        let Kind::Unit(unit, several) = token.kind else { return None };
        self.several = several;
        self.cursor.at += 1;
        // "s. 10" is an abbreviation; a whole word ends with its last letter.
        if is_abbreviation(token.text) && self.cursor.peek().kind == Kind::Stop && !self.cursor.peek().spaced {
            self.cursor.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self, unit: Unit) -> Option<String> {
        let next = self.cursor.peek();
        if unit == Unit::Paragraph
            && next.kind == Kind::SquareOpen
            && self.cursor.ahead(1).is_figures()
            && !is_year(self.cursor.ahead(1).text)
            && self.cursor.ahead(2).kind == Kind::SquareClose
        {
            let number = self.cursor.ahead(1).text.to_owned();
            self.cursor.at += 3;
            return Some(number);
        }
        let sound = match next.kind {
            Kind::Number => is_number(next.text),
            _ => is_letter_number(next.text, unit),
        };
        self.cursor.at += usize::from(sound);
        sound.then(|| next.text.to_owned())
    }

    /// "sch 2 para 3(1)", "section 10 (1) (b)", "ss 10–12".
    fn outer_first(&mut self, depth: usize) -> Option<PlacedProvision> {
        let start = self.cursor.at;
        let mut divisions = vec![self.division()?];
        while let Some(outer) = divisions.last().map(|outer| outer.unit)
            && divisions.len() <= MAX_DEPTH
            && let Some(inner) = self.attempt(|r| {
                // After "of" a comma ends the division around a place.
                let _ = depth == 0 && r.cursor.takes(Kind::Comma);
                r.division().filter(|inner| outer.may_hold(inner.unit) && !r.cursor.is_of_another())
            })
        {
            divisions.push(inner);
        }
        if let Some(levels) = self.attempt(|r| r.named_levels(depth)) {
            divisions.last_mut()?.levels.extend(levels);
        }
        Some((self.ended(divisions), start..self.cursor.at))
    }

    /// Reads levels with their word after a number: "section 42, subsection (2)".
    fn named_levels(&mut self, depth: usize) -> Option<Vec<String>> {
        let _ = depth == 0 && self.cursor.takes(Kind::Comma);
        let word = self.cursor.takes(Kind::Level) || self.cursor.takes(Kind::Unit(Unit::Paragraph, false));
        let levels = if word { self.cursor.levels() } else { Vec::new() };
        (!levels.is_empty() && !self.cursor.is_of_another()).then_some(levels)
    }

    fn division(&mut self) -> Option<Division> {
        let before = self.cursor.behind();
        let unit = self.unit()?;
        if let Some(number) = self.number(unit) {
            return Some(Division { unit, number, levels: self.cursor.levels() });
        }
        // "the Schedule to the …", "Schedule, para 3": an instrument may have one that has no
        // number.
        let comma = usize::from(self.cursor.peek().kind == Kind::Comma);
        let alone = matches!(before.kind, Kind::The)
            && matches!(self.cursor.peek().kind, Kind::To | Kind::Of | Kind::In)
            || matches!(self.cursor.ahead(comma).kind, Kind::Unit(Unit::Paragraph, _)) && !is_ordinal(before.text);
        (unit == Unit::Schedule && !self.several && alone).then(|| Division {
            unit,
            number: String::new(),
            levels: Vec::new(),
        })
    }

    /// "paragraph (b) of subsection (2) of section 10", "paragraphs 3 and 4 of Schedule 2", "para
    /// 3, sch 2".
    fn inner_first(&mut self, depth: usize) -> Option<Vec<PlacedProvision>> {
        let unit = if self.cursor.takes(Kind::Level) { None } else { Some(self.unit()?) };
        let several = unit.is_none() || self.several;
        let mut inner = vec![self.inner(unit)?];
        while let Some(next) = self.attempt(|r| {
            r.cursor.separator()?;
            let next = r.inner(unit)?;
            (several || matches!(next.0, Inner::Levels(_))).then_some(next)
        }) {
            inner.push(next);
        }
        if !self.holds(unit, inner.len()) || depth > MAX_DEPTH {
            return None;
        }
        let outer = self.provisions(depth + 1)?;
        let [(Provision { divisions: outer, to: None, onwards: false }, _)] = outer.as_slice() else { return None };
        let (end, last) = (self.cursor.at, inner.len() - 1);
        let placed = inner.into_iter().enumerate().map(|(n, (inner, to, place))| {
            let mut divisions = outer.clone();
            let holder = divisions.last_mut()?;
            match inner {
                Inner::Levels(levels) => holder.levels.extend(levels),
                Inner::Division(division) if holder.unit.may_hold(division.unit) => divisions.push(division),
                Inner::Division(_) => return None,
            }
            // The words of the outer division are beside the last.
            let end = if n == last { end } else { place.end };
            Some((Provision { divisions: numbered_through(divisions), to, onwards: false }, place.start..end))
        });
        placed.collect()
    }

    /// Whether "of" or, after one paragraph, a comma leads to the division around what was read.
    fn holds(&mut self, unit: Option<Unit>, count: usize) -> bool {
        if self.cursor.takes(Kind::Of) {
            // "of the Schedule", and of no other division.
            if self.cursor.peek().kind == Kind::The
                && matches!(self.cursor.ahead(1).kind, Kind::Unit(Unit::Schedule, false))
            {
                self.cursor.at += 1;
            }
            return true;
        }
        let schedule = matches!(self.cursor.ahead(1).kind, Kind::Unit(Unit::Schedule, _));
        unit == Some(Unit::Paragraph) && count == 1 && schedule && self.cursor.takes(Kind::Comma)
    }

    fn inner(&mut self, unit: Option<Unit>) -> Option<(Inner, Option<String>, Range<usize>)> {
        let start = self.cursor.at;
        let number = unit.and_then(|unit| Some((unit, self.number(unit)?)));
        let levels = self.cursor.levels();
        let inner = match number {
            Some((unit, number)) => Inner::Division(Division { unit, number, levels }),
            None if !levels.is_empty() => Inner::Levels(levels),
            None => return None,
        };
        let to = self.other_end(unit.unwrap_or(Unit::Part));
        Some((inner, to, start..self.cursor.at))
    }

    /// A range's other end, or "et seq".
    fn ended(&mut self, divisions: Vec<Division>) -> Provision {
        let to = divisions.last().and_then(|last| self.other_end(last.unit));
        Provision { divisions: numbered_through(divisions), to, onwards: self.cursor.onwards() }
    }

    /// "–12", "to (c)"
    fn other_end(&mut self, unit: Unit) -> Option<String> {
        self.attempt(|r| {
            (r.cursor.takes(Kind::To) || r.cursor.takes(Kind::Dash)).then_some(())?;
            let unit = r.unit().unwrap_or(unit);
            let number = r.number(unit).filter(|number| !is_year(number) && !r.is_in_date()).unwrap_or_default();
            let levels = r.cursor.levels().iter().map(|level| format!("({level})")).collect::<String>();
            Some(number + &levels).filter(|end| !end.is_empty())
        })
    }

    /// Parses a later item of a list, which repeats only what differs from the item before: "(c)",
    /// "12", "subsection (3)".
    fn continuation(&mut self, before: &Provision) -> Option<Provision> {
        let mut divisions = before.divisions.clone();
        let last = divisions.last_mut()?;
        let number = if self.cursor.takes(Kind::Level) { None } else { self.number(last.unit) };
        // "section 10 and 17 others" goes on with a number of things.
        if number.is_some() && (self.counts_things() || self.is_in_date()) {
            return None;
        }
        *last = last.continued(number.as_deref(), self.cursor.levels())?;
        // "subsection (3) of section 11" is a place of its own.
        (!self.cursor.is_of_another()).then(|| self.ended(divisions))
    }

    /// Whether the number just read is the day of a date: "section 9, 10 May 2015".
    fn is_in_date(&self) -> bool {
        let day = self.cursor.behind();
        day.is_figures()
            && day.text.len() <= 2
            && MONTHS.iter().any(|month| {
                let word = self.cursor.peek().text;
                word == *month || word.len() >= 3 && word.len() <= 4 && month.starts_with(word)
            })
    }

    /// Whether the number just read has a word after it that it may count, where one section was
    /// announced.
    fn counts_things(&self) -> bool {
        let word = self.cursor.peek();
        let small = word.is_any(&["of", "and", "or", "to", "in", "under", "et", "ff"]);
        !self.several && word.is_word() && word.text.starts_with(char::is_lowercase) && !small
    }
}

/// Removes the Part of a Schedule around a paragraph: its paragraphs are numbered through the
/// Parts.
fn numbered_through(divisions: Vec<Division>) -> Vec<Division> {
    match divisions.as_slice() {
        [schedule, between @ .., paragraph]
            if (schedule.unit, paragraph.unit) == (Unit::Schedule, Unit::Paragraph)
                && !between.iter().any(|division| division.unit == Unit::Article) =>
        {
            vec![schedule.clone(), paragraph.clone()]
        }
        _ => divisions,
    }
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 5 && !["part", "parts", "rule", "rules", "page", "pages"].iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// "10", "10ZA", "3.4", "3A.9", "12a"; not "10th".
fn is_number(text: &str) -> bool {
    let (part, rule) = text.split_once('.').unwrap_or((text, ""));
    // The letter of "3A.9" is before the point.
    let is_inserted = part.ends_with(|c: char| c.is_ascii_uppercase()) && rule.bytes().all(|b| b.is_ascii_digit());
    let text = if is_inserted { part } else { text };
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let capitals = letters.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase());
    capitals || letters.len() == 1 && letters.bytes().all(|b| b.is_ascii_lowercase())
}

/// "s A1"; "pt IV", "sch A" of those units that are counted so.
fn is_letter_number(word: &str, unit: Unit) -> bool {
    let figures = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - figures.len();
    if letters > 0 && !figures.is_empty() {
        return letters <= 2 && figures.len() <= 3 && figures.bytes().all(|b| b.is_ascii_digit());
    }
    let is_numeral = |word: &str| !word.is_empty() && word.bytes().all(|b| b"IVXLC".contains(&b));
    // "IVA" is a Part put in after Part IV.
    let inserted = || word.len() >= 2 && word.strip_suffix(['A', 'B', 'C']).is_some_and(is_numeral);
    matches!(unit, Unit::Part | Unit::Chapter | Unit::Schedule)
        && figures.is_empty()
        && word.len() <= 6
        && (is_numeral(word) || word.len() == 1 || inserted())
}

/// "First", "twentieth": words that count Schedules in Acts of old.
pub(super) fn is_ordinal(word: &str) -> bool {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    word.len() >= 5 && ORDINALS.iter().any(|ordinal| ordinal.eq_ignore_ascii_case(word))
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
            ("s 10(1)(a)(i), s 10(1)(b)", "s 10(1)(a)(i) and (b)"),
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
