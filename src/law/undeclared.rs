//! What looks like the title of a law and is not in the register.
//!
//! Takes the words of a text and the names found in it; gives a doubt for each title that no row declares. A name that is
//! only a part of such a title gives way to it.

use std::ops::Range;

use super::citation::Doubt;
use super::names::{Name, ambiguous, closed, is_before_year, undeclared_at};
use super::pinpoint;
use super::register::Register;
use super::words::{Word, is_year, overlaps, without_possessive};

/// Whether a word ends the title of a law.
pub fn is_law(word: &str) -> bool {
    matches!(word, "Act" | "Regulations" | "Order" | "Rules" | "Measure")
}

/// Reports what looks like the title of a law and is not in the register: capitals before "Act
/// 2004", "Regulations 2005", "Bill". Removes a name of the register that is only a part of such a
/// title.
pub fn undeclared(text: &str, words: &[Word<'_>], names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (n, (place, written)) in words.iter().enumerate() {
        if !written.starts_with(['A', 'B', 'M', 'O', 'R']) {
            continue;
        }
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
    let numeral = word.len() <= 6 && word.bytes().all(|b| b.is_ascii_uppercase()) && pinpoint::is_unit(before);
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
    opener || numeral || pinpoint::is_unit(word) || closely && without_possessive(word).len() < word.len()
}

/// "the Children Act", which may be that of 1989 or that of 2004; "the Human Rights Act".
pub fn undated(text: &str, words: &[Word<'_>], register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found = Vec::new();
    for (n, (place, written)) in words.iter().enumerate() {
        if !written.starts_with(['A', 'B', 'M', 'O', 'R']) {
            continue;
        }
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
