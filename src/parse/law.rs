//! The recogniser: law and other works cited in ordinary words.
//!
//! Takes the words of a paragraph and the register; gives each citation with its place, and each doubt. A closed world:
//! only what the register declares is a citation, only what stands beside a pinpoint is joined to it, and what is in
//! doubt is reported and not linked. Never changes a word.

use std::ops::Range;

mod instruments;
mod titles;
mod undeclared;

use self::titles::Title;
use super::citation;
use crate::diagnostic::Code;
use crate::document::{AuthorityKind, Pinpoint, Provision, Register, Unit, words_of};

/// What stands in a text in the place of something that is no words of it, such as a link or code: nothing is joined
/// across it.
pub const BARRIER: char = '\u{fffc}';

/// A work cited, with the places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Index into [`Register::authorities`].
    pub authority: usize,
    /// All of it: "section 10(1) of the Children Act 2004".
    pub whole: Range<usize>,
    /// The words that name the work, if any do.
    pub title: Option<Range<usize>>,
    /// The provisions, each with its place.
    pub provisions: Vec<(Provision, Range<usize>)>,
}

/// What looks like a citation and cannot be taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The kind of fault.
    pub code: Code,
    /// Where.
    pub place: Range<usize>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The citations, from left to right, none within another.
    pub citations: Vec<Citation>,
    /// The doubts, from left to right.
    pub doubts: Vec<Doubt>,
    /// What looks like a place in a work and names none, from left to right.
    pub loose: Vec<(Pinpoint, Range<usize>)>,
}

/// A word of the text and where it begins.
type Word<'t> = (usize, &'t str);

/// A pinpoint where it stands.
struct Placed {
    provisions: Vec<(Provision, Range<usize>)>,
    place: Range<usize>,
}

/// Finds every citation in a text. `default` is the authority that a bare "section 10" means, if front matter declares one.
pub fn recognise(text: &str, register: &Register, default: Option<usize>) -> Found {
    let words: Vec<Word<'_>> = words_of(text).collect();
    let mut found = Found::default();
    let titles = titles::find(text, &words, register, &mut found.doubts);
    let pinpoints = pinpoints(text, &words, &titles);
    join(text, register, default, &titles, pinpoints, &mut found);
    found.citations.sort_by_key(|citation| citation.whole.start);
    // A place in the note of another is words of that one: "section 10 (see section 11) of the Children Act 2004".
    let mut end = 0;
    found.citations.retain(|citation| {
        let is_free = citation.whole.start >= end;
        if is_free {
            end = citation.whole.end;
        }
        is_free
    });
    if let Some(default) = default {
        bare_names(text, &words, register, default, &titles, &mut found.citations);
        found.citations.sort_by_key(|citation| citation.whole.start);
    }
    found.doubts.sort_by_key(|doubt| doubt.place.start);
    found
}

/// Whether one of `places`, which stand in order, shares a letter with `place`.
fn overlaps<T>(places: &[T], range: impl Fn(&T) -> &Range<usize>, place: &Range<usize>) -> bool {
    let next = places.partition_point(|other| range(other).end <= place.start);
    places.get(next).is_some_and(|other| range(other).start < place.end)
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (word.starts_with('1') || word.starts_with("20"))
}

/// A word without a possessive's ending: "2004's" is 2004.
fn without_possessive(word: &str) -> &str {
    if !word.ends_with('s') {
        return word;
    }
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’')
}

// ── Pinpoints ───────────────────────────────────────────────────────────────────────────────────────────────────

/// What may be a place in a work, wherever a word names a unit, outside the titles.
fn pinpoints(text: &str, words: &[Word<'_>], titles: &[Title]) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut titles = titles.iter().peekable();
    for (start, word) in words {
        while titles.peek().is_some_and(|title| title.place.end <= *start) {
            titles.next();
        }
        let in_title = titles.peek().is_some_and(|title| title.place.contains(start));
        let in_pinpoint = found.last().is_some_and(|last| last.place.end > *start);
        if in_title || in_pinpoint || !begins_with_unit(word) {
            continue;
        }
        // A pinpoint ends where a title begins: "sections 10 and 12, Children Act 2004".
        let limit = titles.peek().map_or(text.len(), |title| title.place.start);
        if let Some((provisions, end)) = text.get(*start..limit).and_then(citation::prefix) {
            let provisions = provisions.into_iter().map(|(p, place)| (p, start + place.start..start + place.end));
            found.push(Placed { provisions: provisions.collect(), place: *start..start + end });
        }
    }
    found
}

fn begins_with_unit(word: &str) -> bool {
    let letters = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    word.get(..letters).is_some_and(citation::is_unit)
}

// ── Pinpoints and titles ────────────────────────────────────────────────────────────────────────────────────────

/// How close a pinpoint stands to a title, from the closest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    /// "section 10 of the …", "… (section 10)"
    Said,
    /// "s 10 …", "… s 10"
    Beside,
    /// "section 10, …", "…, section 10"
    Comma,
}

/// Joins each pinpoint to the title beside it, and lets titles without one stand for the whole work.
fn join(
    text: &str,
    register: &Register,
    default: Option<usize>,
    titles: &[Title],
    pinpoints: Vec<Placed>,
    found: &mut Found,
) {
    let citations = &mut found.citations;
    let mut used = vec![false; titles.len()];
    for mut group in grouped(text, pinpoints) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let (start, end) = (first.place.start, last.place.end);
        let after = titles.partition_point(|title| title.place.start < end);
        let before = after.checked_sub(1).filter(|at| titles.get(*at).is_some_and(|title| title.place.end <= start));
        let bond_after = titles.get(after).and_then(|title| bond_after(text.get(end..title.place.start)?));
        let bond_before = before.and_then(|at| bond_before(text, titles.get(at)?.place.end, start, end));
        let free = |at: usize| used.get(at) == Some(&false);
        let to_after = bond_after.filter(|_| free(after)).map(|bond| (bond, after));
        let to_before = before.and_then(|at| Some((bond_before.filter(|_| free(at))?, at)));
        let chosen = match (to_before, to_after) {
            (Some(before), Some(after)) if before.0 <= after.0 && after.0 != Bond::Said => Some(before.1),
            (before, after) => after.or(before).map(|(_, at)| at),
        };
        if let Some(at) = chosen
            && let Some(title) = titles.get(at)
        {
            // A pinpoint beside two titles is in doubt.
            if title.one_of_several {
                continue;
            }
            if let Some(used) = used.get_mut(at) {
                *used = true;
            }
            let Some(authority) = title.authority else { continue };
            let beside =
                if title.place.start >= end { group.pop() } else { (!group.is_empty()).then(|| group.remove(0)) };
            let Some(beside) = beside else { continue };
            let whole = beside.place.start.min(title.place.start)..beside.place.end.max(title.place.end);
            let title = Some(title.place.clone());
            citations.push(Citation { authority, whole, title, provisions: beside.provisions });
            citations.extend(group.into_iter().map(|pinpoint| Citation {
                authority,
                whole: pinpoint.place,
                title: None,
                provisions: pinpoint.provisions,
            }));
        } else if bond_after.is_none() && bond_before.is_none() {
            for pinpoint in group {
                let bare = default.and_then(|default| Some((default, bare(text, register, default, &pinpoint)?)));
                if let Some((authority, end)) = bare {
                    let whole = pinpoint.place.start..end;
                    citations.push(Citation { authority, whole, title: None, provisions: pinpoint.provisions });
                } else if stands_alone(text, &pinpoint, &LAW) {
                    let provisions = pinpoint.provisions.into_iter().map(|(provision, _)| provision).collect();
                    found.loose.push((Pinpoint { provisions }, pinpoint.place));
                }
            }
        }
    }
    for (title, used) in titles.iter().zip(used) {
        if let Some(authority) = title.authority.filter(|_| !used) {
            let (whole, title) = (title.place.clone(), Some(title.place.clone()));
            citations.push(Citation { authority, whole, title, provisions: Vec::new() });
        }
    }
}

/// Pinpoints that share one title: "section 10 of, and Schedule 2 to, the …", "section 10 (plans) and section 11 of the …".
fn grouped(text: &str, pinpoints: Vec<Placed>) -> Vec<Vec<Placed>> {
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    for pinpoint in pinpoints {
        let gap = groups.last().and_then(|group| text.get(group.last()?.place.end..pinpoint.place.start));
        match groups.last_mut() {
            Some(group) if gap.is_some_and(shares_title) => group.push(pinpoint),
            _ => groups.push(vec![pinpoint]),
        }
    }
    groups
}

fn shares_title(gap: &str) -> bool {
    let rest = without_note(gap);
    let mut words: Vec<&str> =
        rest.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let linked = matches!(words.first(), Some(&("of" | "to"))).then(|| words.remove(0)).is_some();
    matches!(words.as_slice(), ["and" | "or"]) && (linked || rest.len() < gap.len())
}

/// Without what stands in round brackets at its start: "section 10 (cooperation) of the …".
fn without_note(between: &str) -> &str {
    let note = between.trim_start().strip_prefix('(').and_then(|inner| {
        let end = inner.char_indices().take(120).find(|(_, c)| matches!(*c, '(' | ')' | BARRIER))?;
        inner.get(end.0..)?.strip_prefix(')')
    });
    note.unwrap_or(between)
}

/// How a pinpoint is bound to the title after it by the words between the two.
fn bond_after(between: &str) -> Option<Bond> {
    let rest = without_note(between);
    let noted = rest.len() < between.len();
    let comma = rest.contains(',');
    let trimmed = rest.trim_matches(|c: char| c.is_whitespace() || c == ',' || is_quote(c));
    if trimmed.len() > 16 {
        return None;
    }
    let lower = trimmed.to_lowercase();
    let mut words = lower.split_whitespace().map(|word| word.trim_end_matches(','));
    match (words.next(), words.next(), words.next()) {
        (None, ..) if noted || between.is_empty() => None,
        (None, ..) => Some(if comma { Bond::Comma } else { Bond::Beside }),
        (Some("the"), None, _) if !comma && !noted => Some(Bond::Beside),
        (Some("of" | "in" | "to" | "under"), None | Some("the"), None) => Some(Bond::Said),
        _ => None,
    }
}

/// How a pinpoint is bound to the title before it by what stands between the two. What follows it may say that it is a
/// place in something else: "the Children Act 2004, section 2 of this guidance".
fn bond_before(text: &str, title: usize, start: usize, end: usize) -> Option<Bond> {
    let between = text.get(title..start)?;
    let between = between.strip_prefix("'s").or_else(|| between.strip_prefix("’s")).unwrap_or(between);
    let bond = match between.trim_matches(|c: char| c.is_whitespace() || is_quote(c)) {
        "" if !between.is_empty() => Bond::Beside,
        "(" => Bond::Said,
        "," | ":" | "–" | "-" => Bond::Comma,
        _ => return None,
    };
    let mut words = text.get(end..)?.split_whitespace();
    let elsewhere = match (words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
        ("of", next) => next != "which",
        ("to" | "in", next) => {
            matches!(next, "this" | "that" | "our" | "your")
                || next == "the" && text.get(start..)?.starts_with(['S', 's'])
        }
        (word, _) => matches!(word.trim_end_matches(['.', ',', ')', ';']), "below" | "above" | "overleaf"),
    };
    (!elsewhere).then_some(bond)
}

// ── The default authority ───────────────────────────────────────────────────────────────────────────────────────

/// What a document calls its default authority: "the Act".
fn bare_name(register: &Register, authority: usize) -> Option<&'static str> {
    let authority = register.authorities.get(authority)?;
    match (authority.kind, authority.unit) {
        (AuthorityKind::Act, _) => Some("Act"),
        (AuthorityKind::Bill, _) => Some("Bill"),
        (AuthorityKind::Instrument, Some(Unit::Regulation)) => Some("Regulations"),
        (AuthorityKind::Instrument, Some(Unit::Article)) => Some("Order"),
        (AuthorityKind::Instrument, Some(Unit::Rule)) => Some("Rules"),
        _ => None,
    }
}

/// Where a pinpoint that stands alone ends, if it can mean the default authority.
fn bare(text: &str, register: &Register, authority: usize, pinpoint: &Placed) -> Option<usize> {
    let name = bare_name(register, authority);
    let unit = register.authorities.get(authority)?.unit;
    let rest = text.get(pinpoint.place.end..)?;
    let mut next = spaced_words(rest);
    let (first, second, third, fourth) = (next.next(), next.next(), next.next(), next.next());
    // "section 10 of the Act" means it, whatever it is a place of; "of the Regulations 2005" means others.
    if let (Some((_, "of" | "to" | "in" | "under")), Some((_, "the" | "this")), Some((at, word))) =
        (first, second, third)
        && name == Some(without_possessive(word))
        && !fourth.is_some_and(|(_, word)| word.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some(pinpoint.place.end + at + without_possessive(word).len());
    }
    let own: Vec<Unit> = unit.into_iter().chain([Unit::Schedule]).collect();
    stands_alone(text, pinpoint, &own).then_some(pinpoint.place.end)
}

/// What a law is divided into, and hardly any other paper.
const LAW: [Unit; 6] = [Unit::Section, Unit::Regulation, Unit::Article, Unit::Rule, Unit::Clause, Unit::Schedule];

/// Whether a pinpoint in one of these units names nothing that it is a place of. "section 2 of this guidance", "section 2
/// below" and "section 1 Education Act" do.
fn stands_alone(text: &str, pinpoint: &Placed, units: &[Unit]) -> bool {
    let own = |provision: &Provision| {
        provision.divisions.first().is_some_and(|division| {
            units.contains(&division.unit) && division.number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let rest = text.get(pinpoint.place.end..).unwrap_or_default();
    let mut next = spaced_words(rest);
    let elsewhere = match (next.next(), next.next()) {
        (Some((_, "of" | "below" | "above" | "overleaf")), _) => true,
        (Some((_, "to" | "in" | "under")), Some((_, second))) => {
            matches!(second, "this" | "that" | "the" | "our" | "your")
        }
        _ => false,
    };
    let title = words_of(rest)
        .take(8)
        .take_while(|(_, word)| word.starts_with(char::is_uppercase) || matches!(*word, "and" | "of"));
    let titled = title.map(|(_, word)| word).any(undeclared::is_law);
    let before = text.get(..pinpoint.place.start).unwrap_or_default().trim_end();
    let belongs = before.ends_with("'s") || before.ends_with("’s");
    pinpoint.provisions.iter().all(|(provision, _)| own(provision)) && !elsewhere && !titled && !belongs
}

/// The words that a text begins with, as long as nothing but spaces parts them.
fn spaced_words(text: &str) -> impl Iterator<Item = Word<'_>> {
    words_of(text).scan(0, |from, (at, word)| {
        let blank = text.get(*from..at)?.chars().all(char::is_whitespace);
        *from = at + word.len();
        blank.then_some((at, word))
    })
}

/// "the Act", where front matter says which.
fn bare_names(
    text: &str,
    words: &[Word<'_>],
    register: &Register,
    default: usize,
    titles: &[Title],
    citations: &mut Vec<Citation>,
) {
    let Some(name) = bare_name(register, default) else { return };
    let mut found = Vec::new();
    let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.chars().all(char::is_whitespace));
    for pair in words.windows(2) {
        let [(start, "the" | "The"), (place, written)] = pair else { continue };
        let word = without_possessive(written);
        let end = place + word.len();
        if word != name || !blank(start + 3, *place) {
            continue;
        }
        // "the Act 2004", "the Act of Settlement" and "the Bill Smith of before" are others.
        let rest = text.get(end..).unwrap_or_default();
        let next = words_of(rest).next().filter(|(at, _)| blank(end, end + at));
        let other = next.is_some_and(|(_, next)| {
            next == "of" || next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        });
        let whole = *start..end;
        if !other && !overlaps(citations, |c| &c.whole, &whole) && !overlaps(titles, |t| &t.place, &whole) {
            found.push(Citation { authority: default, title: Some(whole.clone()), whole, provisions: Vec::new() });
        }
    }
    citations.extend(found);
}
