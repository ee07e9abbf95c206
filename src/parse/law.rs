//! The recogniser: law and other works cited in ordinary words.
//!
//! Takes the words of a paragraph and the register; gives each citation with its place, and each doubt. A closed world:
//! only what the register declares is a citation, only what stands beside a pinpoint is joined to it, and what is in
//! doubt is reported and not linked. Never changes a word.

use std::ops::Range;

use super::citation;
use crate::diagnostic::Code;
use crate::document::{AuthorityKind, Form, Provision, Register, Unit, words_of};

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
}

/// A name of the register in the text, with what it may stand for.
struct Title {
    place: Range<usize>,
    authorities: Vec<usize>,
}

struct Pinpoint {
    provisions: Vec<(Provision, Range<usize>)>,
    place: Range<usize>,
}

/// Finds every citation in a text. `default` is the authority that a bare "section 10" means, if front matter declares one.
pub fn recognise(text: &str, register: &Register, default: Option<usize>) -> Found {
    let words: Vec<(usize, &str)> = words_of(text).collect();
    let mut found = Found::default();
    let mut titles = titles(text, &words, register);
    titles.extend(numbered_instruments(text, &words, register, &titles, &mut found.doubts));
    titles.sort_by_key(|title| title.place.start);
    undeclared(text, &words, &titles, &mut found.doubts);
    let titles = without_doubt(text, titles, register, &mut found.doubts);
    let pinpoints = pinpoints(text, &words, &titles);
    join(text, register, default, titles, pinpoints, &mut found);
    if let Some(default) = default {
        bare_names(text, &words, register, default, &mut found.citations);
    }
    found.citations.sort_by_key(|citation| citation.whole.start);
    found.doubts.sort_by_key(|doubt| doubt.place.start);
    found
}

// ── Titles ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// The names of the register in a text: at each place the longest.
fn titles(text: &str, words: &[(usize, &str)], register: &Register) -> Vec<Title> {
    let mut titles = Vec::new();
    let mut next = 0;
    while let Some((start, first)) = words.get(next).copied() {
        let hit = register.forms(first).iter().find_map(|form| {
            let run = words.get(next..next + form.words.len())?;
            let same = form.words.iter().zip(run).all(|(wanted, (_, written))| same_word(wanted, written, form.exact));
            let close = run.windows(2).all(|pair| match pair {
                [(a, word), (b, _)] => text.get(a + word.len()..*b).is_some_and(is_within_title),
                _ => false,
            });
            let (last, word) = run.last()?;
            (same && close).then(|| (form, last + word.len()))
        });
        if let Some((form, end)) = hit {
            titles.push(Title { place: start..closed(text, start, end), authorities: form.authorities.clone() });
            next += form.words.len();
        } else if let Some((several, used)) = joint_titles(text, words, next, register) {
            titles.extend(several);
            next += used;
        } else {
            next += 1;
        }
    }
    titles
}

fn same_word(wanted: &str, written: &str, exact: bool) -> bool {
    let written = written.replace('’', "'");
    if exact { wanted == written } else { wanted.eq_ignore_ascii_case(&written) }
}

/// Whether what stands between two words of a title can stand there: "Children Act (2004)", "Act, 2004".
fn is_within_title(between: &str) -> bool {
    between.chars().all(|c| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '-' | '–' | '/' | '&' | '.'))
        && !between.contains(". ")
        && between.chars().filter(|c| !c.is_whitespace()).count() <= 2
}

/// With the bracket that a title opened: "(2004)".
fn closed(text: &str, start: usize, end: usize) -> usize {
    let title = text.get(start..end).unwrap_or_default();
    let open = title.matches('(').count() > title.matches(')').count();
    if open && text.get(end..).is_some_and(|rest| rest.starts_with(')')) { end + 1 } else { end }
}

/// "Children Acts 1989 and 2004": works whose titles differ in their years alone. Gives them and the words used.
fn joint_titles<'t>(
    text: &str,
    words: &[(usize, &str)],
    at: usize,
    register: &'t Register,
) -> Option<(Vec<Title>, usize)> {
    let acts = words.iter().skip(at).take(12).position(|(_, word)| *word == "Acts")? + at;
    let (start, _) = *words.get(at)?;
    let years: Vec<(usize, &str)> = words
        .iter()
        .skip(acts + 1)
        .take_while(|(_, word)| is_year(word) || *word == "and")
        .filter(|(_, word)| is_year(word))
        .copied()
        .collect();
    if years.len() < 2 {
        return None;
    }
    let subject: Vec<&str> = words.get(at..acts)?.iter().map(|(_, word)| *word).collect();
    let named = |year: &str| -> Option<&'t Form> {
        let mut wanted: Vec<&str> = subject.clone();
        wanted.extend(["Act", year]);
        let same = |form: &&Form| {
            form.words.len() == wanted.len()
                && form.words.iter().zip(&wanted).all(|(form, wanted)| same_word(form, wanted, false))
        };
        register.forms(subject.first()?).iter().find(same)
    };
    let mut titles = Vec::new();
    for (n, (place, year)) in years.iter().enumerate() {
        let from = if n == 0 { start } else { *place };
        titles.push(Title { place: from..place + year.len(), authorities: named(year)?.authorities.clone() });
    }
    let last = years.last()?.0;
    let used = words.iter().skip(at).take_while(|(place, _)| *place <= last).count();
    text.get(start..last)?;
    Some((titles, used))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && (word.starts_with('1') || word.starts_with("20"))
}

/// "SI 2005/2149", "S.I. 2005 No. 2149", "SSI 2005/7", "WSI 2005/7".
fn numbered_instruments(
    text: &str,
    words: &[(usize, &str)],
    register: &Register,
    titles: &[Title],
    doubts: &mut Vec<Doubt>,
) -> Vec<Title> {
    let mut found = Vec::new();
    for (n, (start, word)) in words.iter().enumerate() {
        // "S.I." is two words of one letter each.
        let (collection, used) = match (*word, words.get(n + 1).map(|(_, word)| *word)) {
            ("SI", _) => ("uksi", 1),
            ("SSI", _) => ("ssi", 1),
            ("WSI", _) => ("wsi", 1),
            ("S", Some("I")) if text.get(start + 1..).is_some_and(|rest| rest.starts_with(".I")) => ("uksi", 2),
            _ => continue,
        };
        let mut rest = words.iter().skip(n + used);
        let Some((_, year)) = rest.next().filter(|(_, word)| is_year(word)) else { continue };
        let mut number = rest.next();
        if number.is_some_and(|(_, word)| ["no", "nos", "number"].contains(&word.to_lowercase().as_str())) {
            number = rest.next();
        }
        let Some((place, number)) = number.filter(|(_, word)| word.bytes().all(|b| b.is_ascii_digit())) else {
            continue;
        };
        let end = place + number.len();
        let whole = *start..end;
        let apart =
            text.get(whole.clone()).is_none_or(|words| words.contains([BARRIER, ';']) || words.contains(". \n"));
        if apart || titles.iter().any(|title| overlap(&title.place, &whole)) {
            continue;
        }
        match register.work(&format!("{collection}/{year}/{number}")) {
            Some(authority) => found.push(Title { place: whole, authorities: vec![authority] }),
            None => doubts.push(undeclared_at(text, whole)),
        }
    }
    found
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
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
fn undeclared(text: &str, words: &[(usize, &str)], titles: &[Title], doubts: &mut Vec<Doubt>) {
    for (n, (place, word)) in words.iter().enumerate() {
        let law = matches!(*word, "Act" | "Regulations" | "Order" | "Rules" | "Measure");
        let end = match words.get(n + 1) {
            Some((year_at, year)) if law && is_year(year) => {
                let between = text.get(place + word.len()..*year_at).unwrap_or_default();
                if !is_within_title(between) {
                    continue;
                }
                closed(text, *place, year_at + year.len())
            }
            _ if *word == "Bill" => place + word.len(),
            _ => continue,
        };
        let names = capitals_before(text, words, n);
        let enough = if *word == "Bill" { names.count >= 2 } else { names.count >= 1 };
        let whole = names.start..end.max(place + word.len());
        if enough && !titles.iter().any(|title| overlap(&title.place, &whole)) {
            doubts.push(undeclared_at(text, whole));
        }
    }
}

struct Capitals {
    start: usize,
    count: usize,
}

/// The run of capitalised words before a word, with the small words that titles have between them.
fn capitals_before(text: &str, words: &[(usize, &str)], at: usize) -> Capitals {
    let mut run = Capitals { start: words.get(at).map_or(0, |(place, _)| *place), count: 0 };
    let mut after = run.start;
    for (place, word) in words.iter().take(at).rev() {
        let between = text.get(place + word.len()..after).unwrap_or_default();
        let capital = word.starts_with(char::is_uppercase);
        let small = matches!(*word, "and" | "of" | "the" | "for" | "in" | "to" | "on" | "with" | "etc");
        if !(capital || small) || !between.chars().all(|c| c.is_whitespace() || "(),-–&".contains(c)) {
            break;
        }
        after = *place;
        // A sentence may begin with "The", and a citation with the unit of a pinpoint.
        if capital && !matches!(*word, "The" | "See" | "Under" | "In" | "Section" | "Schedule" | "Regulation" | "Part")
        {
            run.start = *place;
            run.count += 1;
        }
    }
    run
}

/// Titles that name one work, each with the chapter or number that stands after it in brackets.
fn without_doubt(text: &str, titles: Vec<Title>, register: &Register, doubts: &mut Vec<Doubt>) -> Vec<Title> {
    let mut kept: Vec<Title> = Vec::new();
    for mut title in titles {
        if let [_, _, ..] = title.authorities.as_slice() {
            let keys =
                title.authorities.iter().filter_map(|at| Some(format!("`{}`", register.authorities.get(*at)?.key)));
            let words = text.get(title.place.clone()).unwrap_or_default();
            doubts.push(Doubt {
                code: Code::AmbiguousAuthority,
                message: format!("“{words}” may be {}", keys.collect::<Vec<_>>().join(" or ")),
                help: "write the title in full, or name the work by its key: `[[key s 10]]`".to_owned(),
                place: title.place,
            });
            continue;
        }
        // A number in brackets after the title of the same work belongs to it.
        if let Some(before) = kept.last_mut()
            && before.authorities == title.authorities
            && text.get(before.place.end..title.place.start).is_some_and(|between| between.trim_start() == "(")
            && text.get(title.place.end..).is_some_and(|rest| rest.starts_with(')'))
        {
            before.place.end = title.place.end + 1;
            continue;
        }
        let authority = title.authorities.first().and_then(|at| register.authorities.get(*at));
        if let Some((end, chapter)) = chapter_after(text, title.place.end)
            && let Some(known) = authority.and_then(|authority| authority.chapter.as_deref())
            && authority.is_some_and(|authority| authority.kind == AuthorityKind::Act)
        {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            if digits(known) == chapter {
                title.place.end = end;
            } else {
                doubts.push(Doubt {
                    code: Code::ChapterMismatch,
                    place: title.place.end..end,
                    message: format!("the register says {known}, not c. {chapter}"),
                    help: "mend the text or the register".to_owned(),
                });
            }
        }
        kept.push(title);
    }
    kept
}

/// "(c. 31)" after a title: where it ends, and the figure.
fn chapter_after(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = text.get(at..)?;
    let inner = rest.trim_start().strip_prefix('(')?;
    let (chapter, _) = inner.split_once(')')?;
    let figure = chapter.trim().strip_prefix('c')?.trim_start_matches(['.', ' ', '\u{a0}']);
    let sound = !figure.is_empty() && figure.len() <= 4 && figure.bytes().all(|b| b.is_ascii_digit());
    let length = rest.len() - inner.len() + chapter.len() + 1;
    sound.then(|| (at + length, figure.to_owned()))
}

// ── Pinpoints ───────────────────────────────────────────────────────────────────────────────────────────────────

/// What may be a place in a work, wherever a word names a unit, outside the titles.
fn pinpoints(text: &str, words: &[(usize, &str)], titles: &[Title]) -> Vec<Pinpoint> {
    let mut found: Vec<Pinpoint> = Vec::new();
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
            found.push(Pinpoint { provisions: provisions.collect(), place: *start..start + end });
        }
    }
    found
}

fn begins_with_unit(word: &str) -> bool {
    let letters = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    word.get(..letters).is_some_and(citation::is_unit)
}

/// Joins each pinpoint to the title beside it, and lets titles without one stand for the whole work.
fn join(
    text: &str,
    register: &Register,
    default: Option<usize>,
    titles: Vec<Title>,
    pinpoints: Vec<Pinpoint>,
    found: &mut Found,
) {
    let mut used = vec![false; titles.len()];
    for pinpoint in pinpoints {
        let after = titles.iter().position(|title| {
            title.place.start >= pinpoint.place.end
                && text.get(pinpoint.place.end..title.place.start).is_some_and(leads_to_title)
        });
        let before = titles.iter().rposition(|title| {
            title.place.end <= pinpoint.place.start
                && text.get(title.place.end..pinpoint.place.start).is_some_and(follows_title)
        });
        let beside =
            after.filter(|at| used.get(*at) == Some(&false)).or(before.filter(|at| used.get(*at) == Some(&false)));
        if let Some(title) = beside.and_then(|at| titles.get(at)) {
            if let Some(used) = beside.and_then(|at| used.get_mut(at)) {
                *used = true;
            }
            let Some(authority) = title.authorities.first().copied() else { continue };
            let whole = pinpoint.place.start.min(title.place.start)..pinpoint.place.end.max(title.place.end);
            found.citations.push(Citation {
                authority,
                whole,
                title: Some(title.place.clone()),
                provisions: pinpoint.provisions,
            });
        } else if let Some(authority) = default.filter(|_| after.is_none() && before.is_none())
            && let Some(end) = bare(text, register, authority, &pinpoint)
        {
            let whole = pinpoint.place.start..end;
            found.citations.push(Citation { authority, whole, title: None, provisions: pinpoint.provisions });
        }
    }
    for (title, used) in titles.into_iter().zip(used) {
        if let Some(authority) = title.authorities.first().copied().filter(|_| !used) {
            let whole = title.place.clone();
            found.citations.push(Citation { authority, whole, title: Some(title.place), provisions: Vec::new() });
        }
    }
}

/// "of the", "in", ", " or nothing, between a pinpoint and the title after it.
fn leads_to_title(between: &str) -> bool {
    let mut words = between.trim_start_matches([',', ' ']).split_whitespace();
    let first = words.next();
    let rest: Vec<&str> = words.collect();
    match first {
        None => between.chars().all(|c| c.is_whitespace() || c == ',') && !between.is_empty(),
        Some("of" | "in" | "to" | "under" | "from" | "by") => matches!(rest.as_slice(), [] | ["the"]),
        Some("the") => rest.is_empty(),
        Some(_) => false,
    }
}

/// A comma, a space or an opening bracket, between a title and the pinpoint after it.
fn follows_title(between: &str) -> bool {
    matches!(between.trim(), "" | "," | "(") && !between.is_empty()
}

/// Where a pinpoint that stands alone ends, if it can mean the default authority.
fn bare(text: &str, register: &Register, authority: usize, pinpoint: &Pinpoint) -> Option<usize> {
    let authority = register.authorities.get(authority)?;
    let own = |provision: &Provision| {
        let first = provision.divisions.first().map(|division| division.unit);
        first.is_some() && (first == authority.unit || first == Some(Unit::Schedule))
    };
    if !pinpoint.provisions.iter().all(|(provision, _)| own(provision)) {
        return None;
    }
    let rest = text.get(pinpoint.place.end..)?;
    let mut words = words_of(rest);
    let (first, second, third) = (words.next(), words.next(), words.next());
    let adjoins = |word: Option<(usize, &str)>| {
        word.is_some_and(|(at, _)| rest.get(..at).is_some_and(|gap| gap.trim().is_empty()))
    };
    match (first, second, third) {
        // "section 10 of the Act" means it; "section 2 of this guidance" and "section 1 of the Education Act" do not.
        (
            Some((_, "of" | "to" | "in")),
            Some((_, "the" | "that")),
            Some((at, act @ ("Act" | "Bill" | "Regulations" | "Order"))),
        ) => Some(pinpoint.place.end + at + act.len()),
        (Some((at, "of" | "to")), ..) if adjoins(Some((at, ""))) => None,
        _ => Some(pinpoint.place.end),
    }
}

/// "the Act", where front matter says which.
fn bare_names(text: &str, words: &[(usize, &str)], register: &Register, default: usize, citations: &mut Vec<Citation>) {
    let name = match register.authorities.get(default).map(|authority| authority.kind) {
        Some(AuthorityKind::Act) => "Act",
        Some(AuthorityKind::Bill) => "Bill",
        Some(AuthorityKind::Instrument) => "Regulations",
        _ => return,
    };
    for (n, (place, word)) in words.iter().enumerate() {
        let article = n.checked_sub(1).and_then(|before| words.get(before));
        let Some((start, _)) = article.filter(|(_, word)| matches!(*word, "the" | "The")) else { continue };
        let followed_by_year = words.get(n + 1).is_some_and(|(_, next)| is_year(next));
        let whole = *start..place + word.len();
        let adjoins = text.get(whole.clone()).is_some_and(|words| words.split_whitespace().count() == 2);
        if *word == name && !followed_by_year && adjoins && !citations.iter().any(|c| overlap(&c.whole, &whole)) {
            citations.push(Citation { authority: default, title: Some(whole.clone()), whole, provisions: Vec::new() });
        }
    }
}
