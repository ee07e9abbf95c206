//! Names of works in a text, by the forms that the register declares.
//!
//! Takes the words of a text and the register; returns each name with every work that has it.

use std::ops::Range;

use super::citation::{Doubt, DoubtKind};
use super::register::{Form, Register};
use super::words::{Word, is_year, overlaps, without_possessive};

/// A name with every work that bears it.
pub(super) struct Name {
    pub place: Range<usize>,
    pub authorities: Vec<usize>,
    pub one_of_several: bool,
}

/// The names of the register in a text: at each place the longest.
pub(super) fn names(text: &str, words: &[Word<'_>], register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut next = 0;
    while let Some((start, first)) = words.get(next).copied() {
        let bare = without_possessive(first);
        let possessive = if bare.len() < first.len() { register.forms(bare) } else { &[] };
        let hit = register.forms(first).iter().chain(possessive).find_map(|form| {
            let run = words.get(next..next + form.words.len())?;
            let last = form.words.len().checked_sub(1)?;
            let same = form.words.iter().zip(run).enumerate().all(|(n, (wanted, (_, written)))| {
                same_word(wanted, written, form.exact)
                    || n == last && same_word(wanted, without_possessive(written), form.exact)
            });
            let close = run.windows(2).all(|pair| match pair {
                [(a, word), (b, next)] => {
                    let between = text.get(a + word.len()..*b);
                    between.is_some_and(|between| is_within_name(between, without_possessive(next), form))
                }
                _ => false,
            });
            let ((at, written), wanted) = (run.last()?, form.words.last()?);
            let whole = if same_word(wanted, written, form.exact) { written } else { without_possessive(written) };
            (same && close).then(|| (form, at + whole.len()))
        });
        if let Some((form, end)) = hit {
            names.push(Name {
                place: start..closed(text, start, end),
                authorities: form.authorities.clone(),
                one_of_several: false,
            });
            next += form.words.len();
        } else if first == "Acts"
            && let Some((several, used)) = joint_names(words, next, register)
            && !overlaps(
                &names,
                |name: &Name| &name.place,
                &(several.first().map_or(start, |name| name.place.start)..start),
            )
        {
            let unknown = several.iter().filter(|name| name.authorities.is_empty());
            doubts.extend(unknown.map(|name| undeclared_at(text, name.place.clone())));
            names.extend(several);
            next += used;
        } else {
            next += 1;
        }
    }
    names
}

fn same_word(wanted: &str, written: &str, exact: bool) -> bool {
    if !wanted.eq_ignore_ascii_case(written) {
        return written.len() > wanted.len()
            && written.contains('’')
            && same_word(wanted, &written.replace('’', "'"), exact);
    }
    // Nothing but capitals tells "CA 2004" from "ca 2004".
    let initials = || wanted.len() > 1 && wanted.bytes().all(|b| b.is_ascii_uppercase());
    wanted == written || !exact && !initials()
}

/// Whether what stands between two words of a name can stand there: "Children Act (2004)", "Act, 2004".
fn is_within_name(between: &str, next: &str, form: &Form) -> bool {
    let may_stand = |c: char| {
        c.is_whitespace()
            || matches!(c, '-' | '–' | '/')
            || is_year(next) && matches!(c, '(' | ',')
            || form.marks.contains(c)
    };
    let ends_sentence = || between.split_once('.').is_some_and(|(_, after)| after.starts_with(char::is_whitespace));
    between.chars().all(may_stand) && between.chars().filter(|c| !c.is_whitespace()).count() <= 3 && !ends_sentence()
}

/// Whether a year after a law's last word belongs to it.
pub(super) fn is_before_year(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '(' | ','))
}

/// With the bracket that a name opened: "(2004)".
pub(super) fn closed(text: &str, start: usize, end: usize) -> usize {
    let name = text.get(start..end).unwrap_or_default();
    let open = name.matches('(').count() > name.matches(')').count();
    if open && text.get(end..).is_some_and(|rest| rest.starts_with(')')) { end + 1 } else { end }
}

/// "Children Acts 1989 and 2004": works whose titles differ in their years alone. `at` is the place of "Acts" in the
/// words; gives the names and how many words after it they use.
fn joint_names(words: &[Word<'_>], at: usize, register: &Register) -> Option<(Vec<Name>, usize)> {
    let after = words.get(at + 1..)?;
    let listed = after
        .iter()
        .take(16)
        .take_while(|(_, word)| is_year(without_possessive(word)) || matches!(*word, "and" | "or"))
        .count();
    let years: Vec<(usize, &str)> = after
        .iter()
        .take(listed)
        .map(|(place, word)| (*place, without_possessive(word)))
        .filter(|(_, word)| is_year(word))
        .collect();
    if years.len() < 2 {
        return None;
    }
    // The longest subject that has an Act of each of the years.
    (at.saturating_sub(12)..at).find_map(|first| {
        let subject = words.get(first..at)?;
        let named = |year: &str| -> Option<&Form> {
            let wanted = || subject.iter().map(|(_, word)| *word).chain(["Act", year]);
            register.forms(subject.first()?.1).iter().find(|form| {
                form.words.len() == subject.len() + 2
                    && form.words.iter().zip(wanted()).all(|(form, wanted)| same_word(form, wanted, false))
            })
        };
        let names = years.iter().enumerate().map(|(n, (place, year))| {
            let from = if n == 0 { subject.first()?.0 } else { *place };
            let authorities = named(year).map_or(Vec::new(), |form| form.authorities.clone());
            Some(Name { place: from..place + year.len(), authorities, one_of_several: true })
        });
        let names: Vec<Name> = names.collect::<Option<_>>()?;
        if names.iter().all(|name| name.authorities.is_empty()) {
            return None;
        }
        let last = years.last()?.0;
        Some((names, 1 + after.iter().take_while(|(place, _)| *place <= last).count()))
    })
}

/// The name whose number in brackets this is: "… Regulations 2005 (SI 2005/2149)".
pub(super) fn bracketed_after<'n>(text: &str, place: &Range<usize>, names: &'n [Name]) -> Option<&'n Name> {
    let before = names.partition_point(|name| name.place.end <= place.start).checked_sub(1)?;
    let name = names.get(before)?;
    let opens = text.get(name.place.end..place.start)?.trim_start() == "(";
    (opens && text.get(place.end..)?.starts_with([')', ' ', ','])).then_some(name)
}

pub(super) fn undeclared_at(text: &str, place: Range<usize>) -> Doubt {
    let title = on_one_line(text, &place);
    Doubt {
        kind: DoubtKind::Undeclared,
        place,
        message: format!("“{title}” looks like a work that authorities.toml does not declare"),
        help: "add a row for it, or an alias to the row it has".to_owned(),
    }
}

pub(super) fn ambiguous(text: &str, place: Range<usize>, authorities: &[usize], register: &Register) -> Doubt {
    let keys = authorities.iter().filter_map(|at| Some(format!("`{}`", register.authorities.get(*at)?.key)));
    let words = on_one_line(text, &place);
    Doubt {
        kind: DoubtKind::Ambiguous,
        message: format!("“{words}” may be {}", keys.collect::<Vec<_>>().join(" or ")),
        help: "write the title in full, or name the work by its key: `[[key s 10]]`".to_owned(),
        place,
    }
}

/// Returns the words at a place with each gap between them one space.
fn on_one_line(text: &str, place: &Range<usize>) -> String {
    text.get(place.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
