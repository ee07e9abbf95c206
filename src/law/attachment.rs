//! Attachment: which title each pinpoint beside it belongs to.
//!
//! Takes the titles of a text and its pinpoints; returns citations, and pinpoints that name no work.

use super::citation::{BARRIER, Citation, Found, Placed};
use super::default_work::{LAW, bare, stands_alone};
use super::pinpoint;
use super::provision::Pinpoint;
use super::register::Register;
use super::titles::Title;
use super::words::{Word, is_quote};

// ── Pinpoints ───────────────────────────────────────────────────────────────────────────────────────────────────

/// Finds every pinpoint outside the titles: a possible place in a work, wherever a word names a
/// unit.
pub(super) fn pinpoints(text: &str, words: &[Word<'_>], titles: &[Title]) -> Vec<Placed> {
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
        if let Some((provisions, end)) = text.get(*start..limit).and_then(pinpoint::prefix) {
            let provisions = provisions.into_iter().map(|(p, place)| (p, start + place.start..start + place.end));
            found.push(Placed { provisions: provisions.collect(), place: *start..start + end });
        }
    }
    found
}

fn begins_with_unit(word: &str) -> bool {
    let letters = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    word.get(..letters).is_some_and(pinpoint::is_unit)
}

// ── Pinpoints and titles ────────────────────────────────────────────────────────────────────────────────────────

/// Closeness of a pinpoint to a title, from the closest.
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
pub(super) fn join(
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

/// Returns the bond of a pinpoint to the title after it, by the words between the two.
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

/// Returns the bond of a pinpoint to the title before it, by the text between the two. None if the
/// words after the pinpoint make it a place in something else: "the Children Act 2004, section 2 of
/// this guidance".
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
