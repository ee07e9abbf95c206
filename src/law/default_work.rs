//! The work that a document's front matter declares as its default: what "section 10" and "the Act" mean in it.

use super::citation::{Citation, Placed};
use super::provision::{Provision, Unit};
use super::register::Register;
use super::titles::Title;
use super::undeclared;
use super::words::{Word, overlaps, without_possessive, words_of};
use super::work::AuthorityKind;

/// Returns the word by which a document calls its default authority: "Act" in "the Act".
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

/// Returns the byte offset at which a citation by a lone pinpoint ends, after "of the Act" if that
/// follows. None if the pinpoint cannot mean the default authority.
pub(super) fn bare(text: &str, register: &Register, authority: usize, pinpoint: &Placed) -> Option<usize> {
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

/// Units that laws are divided into, and hardly any other papers.
pub(super) const LAW: [Unit; 6] =
    [Unit::Section, Unit::Regulation, Unit::Article, Unit::Rule, Unit::Clause, Unit::Schedule];

/// Whether a pinpoint in one of these units names nothing that it is a place of. "section 2 of this guidance", "section 2
/// below" and "section 1 Education Act" do.
pub(super) fn stands_alone(text: &str, pinpoint: &Placed, units: &[Unit]) -> bool {
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
pub(super) fn bare_names(
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
