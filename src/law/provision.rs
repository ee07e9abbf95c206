//! Places in a work: provisions, and pinpoints made of them.
//!
//! Holds the units that works are divided into; returns a pinpoint's form in print (OSCOLA) and its
//! slug. Knows no work: the register says what each is divided into.

use std::cmp::Ordering;

use super::words::is_year;

/// A place in an authority, or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pinpoint {
    /// In the order written; at least one.
    pub provisions: Vec<Provision>,
}

/// One provision, or all from one to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provision {
    /// From the outermost division to the innermost: schedule 2, paragraph 3.
    pub divisions: Vec<Division>,
    /// The number of the last one of a range.
    pub to: Option<String>,
    /// Whether "et seq" follows.
    pub onwards: bool,
}

/// A division of a work and its levels: section 10, (1), (b).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Division {
    /// Unit of the division: section, Schedule, paragraph.
    pub unit: Unit,
    /// `10A`
    pub number: String,
    /// `1`, `b`
    pub levels: Vec<String>,
}

impl PartialOrd for Division {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Division {
    fn cmp(&self, other: &Self) -> Ordering {
        let levels =
            |division: &'_ Division| division.levels.iter().map(|level| figure_first(level).0).collect::<Vec<_>>();
        (self.unit, figure_first(&self.number), levels(self))
            .cmp(&(other.unit, figure_first(&other.number), levels(other)))
            .then_with(|| (&self.number, &self.levels).cmp(&(&other.number, &other.levels)))
    }
}

/// A number's figure and the letters after it, so that 10 comes after 9 and 10A after 10.
fn figure_first(number: &str) -> (Option<u32>, &str) {
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (figure, rest) = number.split_at_checked(end).unwrap_or((number, ""));
    (figure.parse().ok(), rest)
}

/// Unit that works are divided into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Section of an Act.
    Section,
    /// Clause of a Bill.
    Clause,
    /// Regulation in a set of Regulations.
    Regulation,
    /// Article of an Order, a Treaty or a Directive.
    Article,
    /// Rule in a set of Rules.
    Rule,
    /// Part of an Act or an instrument.
    Part,
    /// Chapter of a Part, or of a report.
    Chapter,
    /// Schedule, after the sections.
    Schedule,
    /// Paragraph of a Schedule, or of guidance.
    Paragraph,
    /// Page of a publication.
    Page,
    /// Recital before the articles of European Union law.
    Recital,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 11] = [
        Unit::Section,
        Unit::Clause,
        Unit::Regulation,
        Unit::Article,
        Unit::Rule,
        Unit::Part,
        Unit::Chapter,
        Unit::Schedule,
        Unit::Paragraph,
        Unit::Page,
        Unit::Recital,
    ];

    /// The word in paths and data.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Section => "section",
            Unit::Clause => "clause",
            Unit::Regulation => "regulation",
            Unit::Article => "article",
            Unit::Rule => "rule",
            Unit::Part => "part",
            Unit::Chapter => "chapter",
            Unit::Schedule => "schedule",
            Unit::Paragraph => "paragraph",
            Unit::Page => "page",
            Unit::Recital => "recital",
        }
    }

    /// The abbreviation for one and for several (OSCOLA, 4th edition, section 2.4 and the
    /// appendix).
    pub fn abbreviation(self) -> (&'static str, &'static str) {
        match self {
            Unit::Section => ("s", "ss"),
            Unit::Clause => ("cl", "cls"),
            Unit::Regulation => ("reg", "regs"),
            Unit::Article => ("art", "arts"),
            Unit::Rule => ("r", "rr"),
            Unit::Part => ("pt", "pts"),
            Unit::Chapter => ("ch", "chs"),
            Unit::Schedule => ("sch", "schs"),
            Unit::Paragraph => ("para", "paras"),
            Unit::Page => ("p", "pp"),
            Unit::Recital => ("recital", "recitals"),
        }
    }
}

impl Unit {
    /// Whether a division of one kind can be inside one of another.
    pub fn may_hold(self, inner: Unit) -> bool {
        use Unit::{Article, Chapter, Paragraph, Part, Regulation, Rule, Schedule, Section};
        match self {
            Schedule => matches!(inner, Paragraph | Part | Article | Chapter),
            Part => matches!(inner, Chapter | Section | Regulation | Rule | Article | Paragraph),
            Chapter => matches!(inner, Section | Paragraph | Part),
            Section | Regulation | Article | Rule => matches!(inner, Paragraph),
            _ => false,
        }
    }
}

impl Division {
    /// Returns the division that a number (or none) and levels mean after this one, in a list that
    /// repeats only what differs: "12", "(c)". None if they cannot go on from it: the number is a
    /// year, or no level here has the form of the new one.
    pub fn continued(&self, number: Option<&str>, levels: Vec<String>) -> Option<Division> {
        let mut next = self.clone();
        match number {
            // "section 10, 2008 …" goes on with a year.
            Some(number) if is_year(number) => return None,
            Some(number) => {
                number.clone_into(&mut next.number);
                next.levels = levels;
            }
            None => {
                // "(c)" after "10(1)(b)" replaces a letter, "(2)" a figure.
                let depth = next.depth_of(levels.first()?)?;
                next.levels.truncate(depth);
                next.levels.extend(levels);
            }
        }
        Some(next)
    }
}

/// Form in which levels are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counting {
    Figures,
    Capitals,
    Letters,
    /// "(i)" and "(ii)", below a letter.
    Numerals,
}

impl Division {
    /// Returns the depth of a level in a list: of "(b)" after "(1)(a)(i)", that of the letter.
    fn depth_of(&self, level: &str) -> Option<usize> {
        let numeral = level.bytes().all(|b| b"ivx".contains(&b));
        let wanted = counting(level);
        let letter = level.bytes().next();
        (0..self.levels.len()).rev().find(|depth| match self.counting_at(*depth) {
            Some(Counting::Numerals) => numeral,
            // "(i)" goes on from "(h)".
            Some(Counting::Letters) if numeral && level.len() == 1 => {
                let before = self.levels.get(*depth).and_then(|before| before.bytes().next());
                before.is_some_and(|before| letter.is_some_and(|letter| before < letter))
            }
            here => here == Some(wanted),
        })
    }

    fn counting_at(&self, depth: usize) -> Option<Counting> {
        let level = self.levels.get(depth)?;
        let numeral = level.bytes().all(|b| b"ivx".contains(&b));
        let below_a_letter = depth.checked_sub(1).and_then(|above| self.counting_at(above)) == Some(Counting::Letters);
        Some(if numeral && (below_a_letter || level.len() > 1) { Counting::Numerals } else { counting(level) })
    }
}

fn counting(level: &str) -> Counting {
    match level.chars().next() {
        Some('0'..='9') => Counting::Figures,
        Some('A'..='Z') => Counting::Capitals,
        _ => Counting::Letters,
    }
}

impl Provision {
    /// The end of its fragment on the page of authorities: `s-10-1-b`. Letters keep their case: 10A
    /// is not 10a.
    pub fn slug(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for division in &self.divisions {
            parts.push(division.unit.abbreviation().0.to_owned());
            parts.extend(Some(&division.number).filter(|number| !number.is_empty()).cloned());
            parts.extend(division.levels.iter().cloned());
        }
        parts.extend(self.to.iter().map(|to| format!("to-{}", to.replace('(', "-").replace(')', ""))));
        parts.extend(self.onwards.then(|| "onwards".to_owned()));
        parts.join("-")
    }

    /// Returns the provision with a paragraph of an article as a level of that: "paragraph 2 of
    /// Article 8" is Article 8(2).
    pub(super) fn folded(mut self) -> Provision {
        if let [.., holder, Division { unit: Unit::Paragraph, number, levels }] = self.divisions.as_mut_slice()
            && matches!(holder.unit, Unit::Article | Unit::Regulation | Unit::Rule)
            && holder.levels.is_empty()
        {
            holder.levels.push(std::mem::take(number));
            holder.levels.append(levels);
            self.divisions.pop();
            if let Some(to) = self.to.as_mut().filter(|to| !to.starts_with('(')) {
                let end = to.find('(').unwrap_or(to.len());
                to.insert(end, ')');
                to.insert(0, '(');
            }
        }
        self
    }

    /// The first end of a range, as a provision of its own; of what is no range, itself.
    pub fn one_end(&self) -> Provision {
        Provision { to: None, onwards: false, ..self.clone() }
    }

    /// The other end of a range, as a provision of its own.
    pub fn other_end(&self) -> Option<Provision> {
        let to = self.to.as_ref()?;
        let mut end = Provision { to: None, ..self.clone() };
        let last = end.divisions.last_mut()?;
        let (number, levels) = to.split_at_checked(to.find('(').unwrap_or(to.len()))?;
        let mut levels: Vec<String> = levels.split(['(', ')']).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        if number.is_empty() {
            // `10(1)(a)–(c)`: the last level alone differs.
            last.levels.pop();
            last.levels.append(&mut levels);
        } else {
            number.clone_into(&mut last.number);
            last.levels = levels;
        }
        Some(end)
    }

    /// As OSCOLA prints it: `s 10(1)(b)`, `ss 10–12`, `sch 2 para 3`.
    pub fn shown(&self) -> String {
        // Of one section only the levels differ: `s 10(1)(a)–(c)`.
        self.shown_as(self.to.as_ref().is_some_and(|to| !to.starts_with('(')))
    }

    /// A paragraph of a judgment as OSCOLA prints it: `[35]`, `[35]–[37]`; none of any other place.
    pub fn in_brackets(&self) -> Option<String> {
        let [Division { unit: Unit::Paragraph, number, levels }] = self.divisions.as_slice() else { return None };
        let plain = levels.is_empty() && !self.onwards && !self.to.as_ref().is_some_and(|to| to.contains('('));
        let to = self.to.as_ref().map(|to| format!("–[{to}]")).unwrap_or_default();
        plain.then(|| format!("[{number}]{to}"))
    }

    /// As OSCOLA prints it, with the unit of its innermost division for one or for several.
    fn shown_as(&self, several: bool) -> String {
        let last = self.divisions.len().saturating_sub(1);
        let mut parts: Vec<String> = Vec::new();
        for (at, division) in self.divisions.iter().enumerate() {
            let (one, more) = division.unit.abbreviation();
            let unit = if several && at == last { more } else { one };
            let levels: String = division.levels.iter().map(|level| format!("({level})")).collect();
            // The number never parts from its unit at the end of a line.
            // An instrument's one Schedule has no number.
            let gap = if division.number.is_empty() { "" } else { "\u{a0}" };
            parts.push(format!("{unit}{gap}{}{levels}", division.number));
        }
        let mut shown = parts.join("\u{a0}");
        if let Some(to) = &self.to {
            shown.push('–');
            shown.push_str(to);
        }
        if self.onwards {
            shown.push_str(" et seq");
        }
        shown
    }
}

impl Pinpoint {
    /// As OSCOLA prints it: `s 10(1)(b), (c) and (2)`.
    pub fn shown(&self) -> String {
        self.shown_parts().into_iter().flat_map(|(mark, part)| [mark.to_owned(), part]).collect()
    }

    /// Each provision as OSCOLA prints it in a list, where what follows repeats only what differs:
    /// `s 10(1)(b)`, `(c)`, `(2)`; with the mark or the word that parts it from the one before.
    pub fn shown_parts(&self) -> Vec<(&'static str, String)> {
        let mut parts: Vec<(&'static str, String)> = Vec::new();
        let mut before: Option<&Provision> = None;
        for (at, provision) in self.provisions.iter().enumerate() {
            let after = before.and_then(|before| provision.shown_after(before));
            let mark = match before {
                None => "",
                Some(_) if at + 1 == self.provisions.len() => " and ",
                // After a comma it would be taken for a place in the one before: `s 10; para 3`.
                Some(before) if after.is_none() && before.is_joined_by_a_comma_to(provision) => "; ",
                Some(_) => ", ",
            };
            let part = after.unwrap_or_else(|| {
                let rest = self.provisions.get(at..).unwrap_or_default();
                let list = rest.windows(2).map_while(|pair| match pair {
                    [one, next] => next.shown_after(one).map(|_| one.number() != next.number()),
                    _ => None,
                });
                if list.into_iter().any(|differs| differs) { provision.shown_as(true) } else { provision.shown() }
            });
            parts.push((mark, part));
            before = Some(provision);
        }
        parts
    }
}

impl Provision {
    fn number(&self) -> Option<&str> {
        self.divisions.last().map(|division| division.number.as_str())
    }

    /// Whether, with a comma between them, the two would be read as one place: "s 10, para 3",
    /// "para 3, sch 2".
    fn is_joined_by_a_comma_to(&self, next: &Provision) -> bool {
        let (Some(mine), Some(theirs)) = (self.divisions.last(), next.divisions.first()) else { return false };
        mine.unit.may_hold(theirs.unit) || (mine.unit, theirs.unit) == (Unit::Paragraph, Unit::Schedule)
    }

    /// Returns the short form to print after `before` in a list. None if the two are not divisions
    /// of one kind in the same place, or if readers would take the short form for another
    /// provision.
    fn shown_after(&self, before: &Provision) -> Option<String> {
        let (mine, theirs) = (self.divisions.last()?, before.divisions.last()?);
        let rest_is_same = self.divisions.len() == before.divisions.len()
            && self.divisions.iter().rev().skip(1).eq(before.divisions.iter().rev().skip(1));
        if !rest_is_same || mine.unit != theirs.unit {
            return None;
        }
        let same = mine.levels.iter().zip(&theirs.levels).take_while(|(a, b)| a == b).count();
        let number = (mine.number != theirs.number).then_some(mine.number.as_str());
        let differing = mine.levels.get(if number.is_some() { 0 } else { same }..).unwrap_or_default();
        if theirs.continued(number, differing.to_vec()).as_ref() != Some(mine) {
            return None;
        }
        let levels: String = differing.iter().map(|level| format!("({level})")).collect();
        let to = self.to.as_ref().map(|to| format!("–{to}")).unwrap_or_default();
        Some(number.unwrap_or_default().to_owned() + &levels + &to + if self.onwards { " et seq" } else { "" })
    }
}
