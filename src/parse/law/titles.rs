//! The names of works in a text.
//!
//! Takes the words of a text and the register; gives each name with the work that it stands for, and each doubt. A name in
//! doubt keeps its place, so that no pinpoint beside it is joined to another work.

use std::ops::Range;

use super::{BARRIER, Doubt, Word, is_year, overlaps, without_possessive};
use crate::diagnostic::Code;
use crate::document::{Authority, AuthorityKind, Form, Register};
use crate::parse::citation;

/// A name in the text.
pub struct Title {
    /// Where it stands.
    pub place: Range<usize>,
    /// The work; none if it is in doubt.
    pub authority: Option<usize>,
    /// Whether it is one of several that share words: no pinpoint beside them is of one alone.
    pub one_of_several: bool,
}

/// A name with every work that bears it.
struct Name {
    place: Range<usize>,
    authorities: Vec<usize>,
    one_of_several: bool,
}

/// Every name of a work in a text, in order, none within another.
pub fn find(text: &str, words: &[Word<'_>], register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Title> {
    let mut names = names(text, words, register, doubts);
    numbered_instruments(text, words, register, &mut names, doubts);
    undeclared(text, words, &mut names, doubts);
    undated(text, words, register, &mut names, doubts);
    names.into_iter().fold(Vec::new(), |mut titles, name| {
        settle(text, name, register, &mut titles, doubts);
        titles
    })
}

/// The names of the register in a text: at each place the longest.
fn names(text: &str, words: &[Word<'_>], register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Name> {
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
    // Nothing but capitals tells "CA 2004" from "ca 2004".
    let initials = wanted.len() > 1 && wanted.bytes().all(|b| b.is_ascii_uppercase());
    let same = |written: &str| if exact || initials { wanted == written } else { wanted.eq_ignore_ascii_case(written) };
    if written.contains('’') { same(&written.replace('’', "'")) } else { same(written) }
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
fn is_before_year(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '(' | ','))
}

/// With the bracket that a name opened: "(2004)".
fn closed(text: &str, start: usize, end: usize) -> usize {
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

// ── Instruments by their numbers ────────────────────────────────────────────────────────────────────────────────

/// "SI 2005/2149", "S.I. 2005 No. 2149 (W. 3)", "SSI 2005/7", "SR 2005/7".
fn numbered_instruments(
    text: &str,
    words: &[Word<'_>],
    register: &Register,
    names: &mut Vec<Name>,
    doubts: &mut Vec<Doubt>,
) {
    let mut found: Vec<Name> = Vec::new();
    for (n, (start, word)) in words.iter().enumerate() {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        let Some((collections, used)) = text.get(*start..).and_then(collections) else { continue };
        let rest = words.get(n + used..).unwrap_or_default();
        let Some((_, year)) = rest.first().filter(|(_, word)| is_year(word)) else { continue };
        let skipped =
            rest.get(1).is_some_and(|(_, word)| ["no", "nos", "number"].contains(&word.to_lowercase().as_str()));
        let number = rest.get(if skipped { 2 } else { 1 });
        let Some((place, number)) = number.map(|(place, word)| (*place, without_possessive(word))) else { continue };
        let whole = *start..place + number.len();
        let inside = text.get(start + word.len()..place).unwrap_or_default();
        let near = inside.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '.' | '/' | ','));
        if !near || !number.bytes().all(|b| b.is_ascii_digit()) || overlaps(names, |name| &name.place, &whole) {
            continue;
        }
        let authority = collections.iter().find_map(|kind| register.work(&format!("{kind}/{year}/{number}")));
        let end = with_series(text, whole.end);
        if authority.is_none() && bracketed_after(text, &whole, names).is_none() {
            doubts.push(undeclared_at(text, whole.clone()));
        }
        found.push(Name {
            place: whole.start..end,
            authorities: authority.into_iter().collect(),
            one_of_several: false,
        });
    }
    names.extend(found);
    names.sort_by_key(|name| name.place.start);
}

/// The collections of numbered instruments, by what stands before the number. Welsh and Northern Irish ones are numbered
/// among those of the United Kingdom.
const SERIES: [(&str, &[&str]); 5] = [
    ("SI", &["uksi", "wsi", "nisi"]),
    ("SSI", &["ssi"]),
    ("WSI", &["wsi", "uksi"]),
    ("NISI", &["nisi"]),
    ("SR", &["nisr"]),
];

/// The collections in which a number may lie before which `written` stands, and how many words name them: "S.I." is two.
fn collections(written: &str) -> Option<(&'static [&'static str], usize)> {
    let end = written.find(|c: char| !(c.is_ascii_uppercase() || c == '.')).unwrap_or(written.len());
    let head = written.get(..end).filter(|head| head.len() <= 8)?;
    let letters: String = head.chars().filter(|c| *c != '.').collect();
    let (_, collections) = SERIES.iter().find(|(name, _)| *name == letters)?;
    Some((*collections, if head.contains('.') { letters.len() } else { 1 }))
}

/// With the number within a series that follows: "(W. 116)".
fn with_series(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let series = rest.trim_start().strip_prefix('(').and_then(|inner| {
        let close = inner.bytes().take(10).position(|b| b == b')')?;
        let (letters, figure) = inner.get(..close)?.split_once(['.', ' '])?;
        let figure = figure.trim_matches(['.', ' ', '\u{a0}']);
        let sound = matches!(letters, "W" | "C" | "S" | "L" | "NI" | "N") && !figure.is_empty();
        (sound && figure.bytes().all(|b| b.is_ascii_digit())).then(|| rest.len() - inner.len() + close + 1)
    });
    end + series.unwrap_or(0)
}

/// The name whose number in brackets this is: "… Regulations 2005 (SI 2005/2149)".
fn bracketed_after<'n>(text: &str, place: &Range<usize>, names: &'n [Name]) -> Option<&'n Name> {
    let before = names.partition_point(|name| name.place.end <= place.start).checked_sub(1)?;
    let name = names.get(before)?;
    let opens = text.get(name.place.end..place.start)?.trim_start() == "(";
    (opens && text.get(place.end..)?.starts_with([')', ' ', ','])).then_some(name)
}

// ── What looks like a name ──────────────────────────────────────────────────────────────────────────────────────

/// Whether a word ends the title of a law.
pub fn is_law(word: &str) -> bool {
    matches!(word, "Act" | "Regulations" | "Order" | "Rules" | "Measure")
}

fn undeclared_at(text: &str, place: Range<usize>) -> Doubt {
    let title = text.get(place.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    Doubt {
        code: Code::UndeclaredAuthority,
        place,
        message: format!("“{title}” looks like a work that authorities.toml does not declare"),
        help: "add a row for it, or an alias to the row it has".to_owned(),
    }
}

/// What looks like the title of a law and is not in the register: capitals before "Act 2004", "Regulations 2005", "Bill".
/// A name of the register that is only a part of such a title is none.
fn undeclared(text: &str, words: &[Word<'_>], names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (n, (place, written)) in words.iter().enumerate() {
        let word = without_possessive(written);
        let (law, bill) = (is_law(word) || word == "Acts", word == "Bill");
        if !law && !bill {
            continue;
        }
        let next = words.get(n + 1).map(|(at, next)| (*at, without_possessive(next)));
        let end = match next {
            Some((at, year))
                if law && is_year(year) && text.get(place + word.len()..at).is_some_and(is_before_year) =>
            {
                closed(text, *place, at + year.len())
            }
            // "Bill Smith" is a man.
            Some((at, next)) if bill => {
                let gap = text.get(place + word.len()..at).unwrap_or_default();
                if gap.chars().all(char::is_whitespace) && next.starts_with(char::is_uppercase) {
                    continue;
                }
                place + word.len()
            }
            None if bill => place + word.len(),
            _ => continue,
        };
        let at = names.partition_point(|name| name.place.end <= *place);
        let own = names.get(at).filter(|name| name.place.start < end);
        let floor = at.checked_sub(1).and_then(|before| names.get(before)).map_or(0, |name| name.place.end);
        let whole = match own {
            // A longer name of the register.
            Some(name) if name.place.end > end => continue,
            Some(name) if name.place.end == end => {
                let first = words.partition_point(|(place, _)| *place < name.place.start);
                let longer = capitals_before(text, words, first, floor, true);
                if name.one_of_several || longer.count == 0 {
                    continue;
                }
                longer.start..end
            }
            // "Environmental Information Regulations 1992", where the register has those of another year.
            Some(name) => name.place.start..end,
            None => {
                let run = capitals_before(text, words, n, floor, false);
                if run.count < if bill { 2 } else { 1 } {
                    continue;
                }
                // "Children Act 2004 (Children’s Services) Regulations 2005"
                let begun = at.checked_sub(1).and_then(|before| names.get(before)).filter(|name| {
                    law && text.get(name.place.end..run.start).is_some_and(|gap| matches!(gap.trim(), "" | "("))
                });
                begun.map_or(run.start, |name| name.place.start)..end
            }
        };
        doubts.push(undeclared_at(text, whole.clone()));
        found.push(whole);
    }
    if !found.is_empty() {
        give_way(names, found);
    }
}

/// Lets names give way to places of which they are a part.
fn give_way(names: &mut Vec<Name>, places: Vec<Range<usize>>) {
    names.retain(|name| !overlaps(&places, |place| place, &name.place));
    names.extend(places.into_iter().map(|place| Name { place, authorities: Vec::new(), one_of_several: false }));
    names.sort_by_key(|name| name.place.start);
}

struct Capitals {
    start: usize,
    count: usize,
}

/// The most words that a title is looked for in.
const LONGEST_TITLE: usize = 24;

/// The run of capitalised words before a word, with the small words that titles have between them, but not over `floor`.
/// Before a name of the register (`closely`) a word must stand closer to be taken for a part of it.
fn capitals_before(text: &str, words: &[Word<'_>], at: usize, floor: usize, closely: bool) -> Capitals {
    let mut run = Capitals { start: words.get(at).map_or(0, |(place, _)| *place), count: 0 };
    let mut after = run.start;
    for (n, (place, word)) in words.iter().enumerate().take(at).rev().take(LONGEST_TITLE) {
        let between = text.get(place + word.len()..after).unwrap_or_default();
        let marks = if closely { "-–" } else { "(),-–&" };
        let numbered = *word == "No" && between.trim() == ".";
        let capital = word.starts_with(char::is_uppercase);
        let small =
            matches!(*word, "and" | "of" | "for") || !closely && matches!(*word, "in" | "to" | "on" | "with" | "etc");
        let figure = !closely && word.len() <= 2 && words.get(n.wrapping_sub(1)).is_some_and(|(_, no)| *no == "No");
        let joined = between.chars().all(|c| c.is_whitespace() || marks.contains(c)) || numbered;
        // "Children, Act 2004" is no title, though one may have commas further on.
        let apart = run.count == 0 && between.contains(',');
        if apart
            || *place < floor
            || !(capital || small || figure)
            || !joined
            || capital && begins_otherwise(words, n, closely)
        {
            break;
        }
        after = *place;
        if capital {
            run.start = *place;
            run.count += 1;
        }
    }
    run
}

/// Whether a capital stands here for another reason than that a title has it: a sentence or a pinpoint begins, or ends,
/// or another title does.
fn begins_otherwise(words: &[Word<'_>], at: usize, closely: bool) -> bool {
    let Some((_, word)) = words.get(at) else { return true };
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(_, word)| *word);
    let numeral = word.len() <= 6 && word.bytes().all(|b| b.is_ascii_uppercase()) && citation::is_unit(before);
    let opener = matches!(
        *word,
        "The"
            | "A"
            | "An"
            | "This"
            | "That"
            | "These"
            | "See"
            | "Under"
            | "In"
            | "By"
            | "From"
            | "For"
            | "Of"
            | "To"
            | "On"
            | "At"
            | "With"
            | "Since"
            | "Following"
            | "When"
            | "While"
            | "If"
            | "As"
            | "And"
            | "Or"
            | "But"
            | "Both"
            | "Each"
            | "Every"
            | "Also"
            | "Section"
            | "Sections"
            | "Act"
            | "Acts"
    );
    // "Every Child Matters" begins a title with such a word, but such a title has no year.
    opener || numeral || citation::is_unit(word) || closely && without_possessive(word).len() < word.len()
}

/// "the Children Act", which may be that of 1989 or that of 2004; "the Human Rights Act".
fn undated(text: &str, words: &[Word<'_>], register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found = Vec::new();
    for (n, (place, written)) in words.iter().enumerate() {
        let word = without_possessive(written);
        let end = place + word.len();
        if !is_law(word) || overlaps(names, |name| &name.place, &(*place..end)) {
            continue;
        }
        let floor = names.partition_point(|name| name.place.end <= *place).checked_sub(1);
        let floor = floor.and_then(|before| names.get(before)).map_or(0, |name| name.place.end);
        let run = capitals_before(text, words, n, floor, false);
        let first = words.partition_point(|(place, _)| *place < run.start);
        let longest = (first..n).find_map(|first| {
            let title: Vec<&str> = words.get(first..=n)?.iter().map(|(_, word)| without_possessive(word)).collect();
            let known = register.undated(&title);
            (!known.is_empty()).then_some((first, known))
        });
        if let Some((first, known)) = longest {
            let place = words.get(first).map_or(run.start, |(place, _)| *place)..end;
            doubts.push(match known {
                [only] => {
                    let title = register.authorities.get(*only).map_or("", |authority| &authority.title);
                    let help = format!("write “{title}”, or make the short form an alias of it");
                    Doubt { help, ..undeclared_at(text, place.clone()) }
                }
                several => ambiguous(text, place.clone(), several, register),
            });
            found.push(place);
        } else if word == "Act" && run.count >= 2 && !names_more(text, words, n) {
            let place = run.start..end;
            doubts.push(undeclared_at(text, place.clone()));
            found.push(place);
        }
    }
    if !found.is_empty() {
        give_way(names, found);
    }
}

/// Whether a word with a capital follows directly, so that the name goes on.
fn names_more(text: &str, words: &[Word<'_>], at: usize) -> bool {
    let (Some((place, word)), Some((next_at, next))) = (words.get(at), words.get(at + 1)) else { return false };
    let gap = text.get(place + word.len()..*next_at).unwrap_or_default();
    gap.chars().all(char::is_whitespace) && next.starts_with(char::is_uppercase)
}

// ── Which work a name means ─────────────────────────────────────────────────────────────────────────────────────

fn ambiguous(text: &str, place: Range<usize>, authorities: &[usize], register: &Register) -> Doubt {
    let keys = authorities.iter().filter_map(|at| Some(format!("`{}`", register.authorities.get(*at)?.key)));
    let words = text.get(place.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    Doubt {
        code: Code::AmbiguousAuthority,
        message: format!("“{words}” may be {}", keys.collect::<Vec<_>>().join(" or ")),
        help: "write the title in full, or name the work by its key: `[[key s 10]]`".to_owned(),
        place,
    }
}

/// Adds a name as the title of one work, with the chapter or number that stands after it in brackets.
fn settle(text: &str, name: Name, register: &Register, titles: &mut Vec<Title>, doubts: &mut Vec<Doubt>) {
    let Name { mut place, authorities, one_of_several } = name;
    if let Some(title) = titles.last_mut()
        && let Some(known) = title.authority.and_then(|at| register.authorities.get(at))
        && text.get(title.place.end..place.start).is_some_and(|between| between.trim_start() == "(")
        && text.get(place.clone()).and_then(collections).is_some()
        && authorities.len() < 2
    {
        // A number in brackets after the title of the same work belongs to it.
        if authorities.first().copied() == title.authority
            && text.get(place.end..).is_some_and(|rest| rest.starts_with(')'))
        {
            title.place.end = place.end + 1;
            return;
        }
        let number = text.get(place.clone()).unwrap_or_default();
        if known.kind == AuthorityKind::Instrument {
            let said = known.work.as_deref().unwrap_or("otherwise");
            doubts.push(mismatch(place.clone(), format!("the register says {said}, not {number}")));
            titles.push(Title { place, authority: None, one_of_several });
            return;
        }
    }
    let authority = match authorities.as_slice() {
        [] => None,
        [only] => Some(*only),
        several => {
            doubts.push(ambiguous(text, place.clone(), several, register));
            None
        }
    };
    if let Some(authority) = authority.and_then(|at| register.authorities.get(at))
        && let Some(known) = chapter(authority)
        && let Some((end, written)) = chapter_after(text, place.end)
    {
        if known == written {
            place.end = end;
        } else {
            let said = authority.chapter.clone().unwrap_or(format!("c. {known}"));
            let blank = text.get(place.end..end).map_or(0, |words| words.len() - words.trim_start().len());
            doubts.push(mismatch(place.end + blank..end, format!("the register says {said}, not c. {written}")));
        }
    }
    titles.push(Title { place, authority, one_of_several });
}

fn mismatch(place: Range<usize>, message: String) -> Doubt {
    Doubt { code: Code::ChapterMismatch, place, message, help: "mend the text or the register".to_owned() }
}

/// The figure of an Act's chapter, if the register knows it.
fn chapter(authority: &Authority) -> Option<String> {
    let given = authority.chapter.as_deref().or_else(|| authority.work.as_deref()?.rsplit('/').next())?;
    let digits: String = given.chars().filter(char::is_ascii_digit).collect();
    (authority.kind == AuthorityKind::Act && !digits.is_empty()).then_some(digits)
}

/// "(c. 31)", "(Chapter 31)", "c 31" after a title: where it ends, and the figure.
fn chapter_after(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    let words = rest.trim_start();
    let inner = words.strip_prefix('(');
    let words = inner.unwrap_or(words);
    let length = words.len().min(24);
    let head: String = words.chars().take(length).take_while(|c| *c != BARRIER).collect();
    let mut figures = head.char_indices().skip_while(|(_, c)| !c.is_ascii_digit());
    let start = figures.next()?.0;
    let end = figures.find(|(_, c)| !c.is_ascii_digit()).map_or(head.len(), |(end, _)| end);
    let (before, figure) = (head.get(..start)?, head.get(start..end)?);
    let word = before.trim_matches(|c: char| c.is_whitespace() || c == '.').to_lowercase();
    let known = matches!(word.as_str(), "c" | "ch" | "chapter" | "cap" | "asp" | "anaw" | "asc" | "nawm");
    let ends = match inner {
        Some(_) => head.get(end..)?.trim_start().starts_with(')'),
        // Without brackets a chapter of the Act may be meant, unless it is "c."
        None => word == "c" && !head.get(end..)?.starts_with(|c: char| c.is_alphanumeric()),
    };
    let close = inner.map_or(0, |_| head.get(end..).and_then(|tail| Some(tail.find(')')? + 1)).unwrap_or(0));
    (known && ends && figure.len() <= 4).then(|| (at + rest.len() - words.len() + end + close, figure.to_owned()))
}
