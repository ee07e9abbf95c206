//! Attachment: which title each run of places belongs to.
//!
//! Takes the titles of a text and its runs; returns citations, and pinpoints that name no work. A
//! run that directly follows a title belongs to it, and one before "of the" belongs to the title
//! after it. Between two titles it is cut at its last unit. What a work cannot have is never joined
//! to it by a list.

use super::bonds::{Bond, bond_after, bond_before, follows_a_name, is_elsewhere, is_of_a_paper};
use super::citation::{Citation, Found};
use super::default_work::{LAW, OWN, Sentences, stands_alone};
use super::names::Sort;
use super::provision::{Pinpoint, Unit};
use super::register::Register;
use super::runs::{Places, Run, note, read};
use super::title::Title;
use super::tokens::{Kind, Tokens};
use super::work::{Authority, AuthorityKind};

/// The text that runs are joined in, and what may be cited.
pub(super) struct Scene<'a, 't> {
    pub tokens: &'a Tokens<'t>,
    pub register: &'a Register,
    pub default: Option<usize>,
    pub titles: &'a [Title],
}

/// Joins each run to the title that it belongs to, and lets titles without one cite the whole work.
pub(super) fn join(scene: &Scene<'_, '_>, runs: Vec<Run>, found: &mut Found) {
    let beside: Vec<Beside> = runs.iter().map(|run| Beside::of(scene, run)).collect();
    let claims = claims(scene, &runs, &beside);
    let sentences = scene.default.map(|default| Sentences::new(scene.tokens, scene.titles, default));
    let mut used = vec![false; scene.titles.len()];
    for (n, (run, beside)) in runs.into_iter().zip(beside).enumerate() {
        if beside.before.is_none() && beside.after.is_none() {
            run.pieces.into_iter().for_each(|piece| lone(scene, piece, sentences.as_ref(), found));
            continue;
        }
        let free = Beside { before: beside.before.filter(|(_, at)| used.get(*at) == Some(&false)), ..beside };
        if let (Some((_, at)), None, None) = (beside.before, free.before, beside.after) {
            second(scene, scene.titles.get(at), run, found);
            continue;
        }
        let (before, after) = match share(scene, &run, free, claims.get(n + 1).copied().flatten()) {
            Share::Nobody => (Vec::new(), Vec::new()),
            Share::Before => (run.pieces, Vec::new()),
            Share::After => (Vec::new(), run.pieces),
            Share::Both(at) => parts(scene.tokens, &run, at),
            Share::First(at) => (parts(scene.tokens, &run, at).0, Vec::new()),
        };
        for (at, pieces) in [(free.before, before), (free.after, after)] {
            if let Some((_, at)) = at
                && let (Some(title), Some(used)) = (scene.titles.get(at), used.get_mut(at))
                && !pieces.is_empty()
            {
                *used = cite(scene, title, pieces, found);
            }
        }
    }
    for (title, used) in scene.titles.iter().zip(used) {
        if let Some(authority) = title.authority.filter(|_| !used && title.sort != Sort::Holder) {
            let (whole, title) = (title.place.clone(), Some(title.place.clone()));
            found.citations.push(Citation { authority, whole, title, provisions: Vec::new() });
        }
    }
}

/// Cites a title that has its run with a second one, if this closely follows it and is a place that
/// the work may have: "Article 6 of the UK GDPR, recital 47".
fn second(scene: &Scene<'_, '_>, title: Option<&Title>, run: Run, found: &mut Found) {
    let tokens = scene.tokens;
    let Some(title) = title.filter(|title| title.sort != Sort::OneOfSeveral) else { return };
    let (Some(authority), Some(index)) = (authority(scene, Some(title)), title.authority) else { return };
    let is_closed = matches!(
        tokens.at(run.end()).kind,
        Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Colon | Kind::Close | Kind::SquareClose | Kind::End
    );
    // A paragraph or a chapter after a comma may be one of the paper.
    let is_own = |piece: &Places| match piece.unit() {
        Some(Unit::Chapter | Unit::Page | Unit::Clause) | None => false,
        Some(Unit::Paragraph) => authority.unit == Some(Unit::Paragraph),
        Some(_) => authority.unit.is_some() && fits(authority, piece),
    };
    if is_closed && !is_elsewhere(tokens, &run) && run.pieces.iter().all(is_own) {
        found.citations.push(citation(tokens, index, run.pieces, None));
    }
}

/// The titles beside a run, by their indices, with how close they are.
#[derive(Clone, Copy)]
struct Beside {
    before: Option<(Bond, usize)>,
    after: Option<(Bond, usize)>,
}

/// The most titles that are looked at for one that a run follows.
const MOST_BRACKETED: usize = 4;

impl Beside {
    fn of(scene: &Scene<'_, '_>, run: &Run) -> Self {
        let (titles, tokens) = (scene.titles, scene.tokens);
        let after = titles.partition_point(|title| title.tokens.start < run.end());
        let to = |at: usize| bond_after(tokens, run, titles.get(at)?);
        // Titles within the brackets after another are passed over; a number there is at odds with
        // it.
        let is_title = |at: usize| titles.get(at).is_some_and(|title| title.sort == Sort::Title);
        let mut nearest = (after.saturating_sub(MOST_BRACKETED)..after).rev();
        let from = |at: usize| bond_before(tokens, titles.get(at)?, run.start());
        let before = nearest.find_map(|at| match from(at) {
            None if is_title(at) => None,
            bond => Some(bond.map(|bond| (bond, at))),
        });
        let before = before.flatten();
        Beside { before, after: to(after).map(|bond| (bond, after)) }
    }
}

/// For each run, the title before it if it would have the run or a part of it. From the last to the
/// first, since the answer may depend on the run after.
fn claims(scene: &Scene<'_, '_>, runs: &[Run], beside: &[Beside]) -> Vec<Option<usize>> {
    let mut claims = vec![None; runs.len()];
    let mut later = None;
    for ((run, beside), claim) in runs.iter().zip(beside).zip(&mut claims).rev() {
        if matches!(share(scene, run, *beside, later), Share::Before | Share::Both(_) | Share::First(_)) {
            *claim = beside.before.map(|(_, at)| at);
        }
        later = *claim;
    }
    claims
}

/// Owner of a run: one of the titles beside it, both, or neither.
enum Share {
    Nobody,
    Before,
    After,
    /// The title before it has what is before a token, and the title after it the rest.
    Both(usize),
    /// The title before it has what is before a token, and something else the rest.
    First(usize),
}

/// Shares a run out between the titles beside it. `later` is the title that has the next run.
fn share(scene: &Scene<'_, '_>, run: &Run, beside: Beside, later: Option<usize>) -> Share {
    let title = |at: usize| scene.titles.get(at);
    match (beside.before, beside.after) {
        (None, None) => Share::Nobody,
        (None, Some((Bond::Comma, _))) if follows_a_name(scene.tokens, run) => Share::Nobody,
        (None, Some(_)) => Share::After,
        (Some(_), None) if is_elsewhere(scene.tokens, run) => {
            cut(scene, run, None, beside.before).map_or(Share::Nobody, Share::First)
        }
        (Some((_, at)), None)
            if authority(scene, title(at)).is_some_and(|authority| authority.kind.is_law())
                && title(at).is_some_and(|title| is_of_a_paper(scene.tokens, title, run)) =>
        {
            Share::Nobody
        }
        (Some(_), None | Some((Bond::Comma, _))) => Share::Before,
        // The title after it has a run of its own.
        (Some(_), Some((Bond::Beside, at))) if later == Some(at) => Share::Before,
        // "Children Act 1989, s 17, s 117 (MHA 1983)": the brackets are about the last place alone.
        (Some(_), Some((Bond::Bracketed, _))) => cut(scene, run, None, None).map_or(Share::Before, Share::Both),
        (Some((near, _)), Some((bond, at))) => match cut(scene, run, title(at), beside.before) {
            Some(at) => Share::Both(at),
            None if bond == Bond::Beside && near <= bond => Share::Before,
            None => Share::After,
        },
    }
}

/// The token at which a run between two titles is cut: the last unit after a comma or "and". Units
/// before it that only the title after the run can have go with it.
fn cut(scene: &Scene<'_, '_>, run: &Run, after: Option<&Title>, before: Option<(Bond, usize)>) -> Option<usize> {
    let tokens = scene.tokens;
    let can_begin = |at: usize| {
        let listed = matches!(tokens.before(at).kind, Kind::Comma | Kind::And);
        let unit = matches!(tokens.at(at).kind, Kind::Unit(..) | Kind::Level);
        // A paragraph without its Schedule is a place only in what is divided into paragraphs.
        listed && unit && (after.is_none() || !is_bare_paragraph(tokens, at, run.end()) || has_paragraphs(scene, after))
    };
    let mut at = (run.start() + 1..run.end()).rev().find(|at| can_begin(*at))?;
    let unit_fits =
        |title: Option<&Title>, piece: &Places| authority(scene, title).is_none_or(|authority| fits(authority, piece));
    let earlier = before.and_then(|(_, at)| scene.titles.get(at));
    for piece in run.pieces.iter().rev() {
        if piece.tokens.end >= at {
            continue;
        }
        let belongs_after = after.is_some()
            && piece.tokens.start > run.start()
            && !unit_fits(earlier, piece)
            && authority(scene, after).is_some_and(|authority| fits(authority, piece));
        if !belongs_after {
            break;
        }
        at = piece.tokens.start;
    }
    Some(at)
}

fn authority<'a>(scene: &Scene<'a, '_>, title: Option<&Title>) -> Option<&'a Authority> {
    scene.register.row(title?.authority)
}

fn is_bare_paragraph(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let first = read(tokens, at, end).pieces.into_iter().next();
    first.and_then(|piece| piece.unit()) == Some(Unit::Paragraph)
}

fn has_paragraphs(scene: &Scene<'_, '_>, title: Option<&Title>) -> bool {
    authority(scene, title).is_some_and(|authority| authority.unit == Some(Unit::Paragraph) || !authority.kind.is_law())
}

/// The two parts of a run that is cut at a token.
fn parts(tokens: &Tokens<'_>, run: &Run, at: usize) -> (Vec<Places>, Vec<Places>) {
    // What joins the two is of neither.
    let joints =
        (run.start()..at).rev().take_while(|at| matches!(tokens.at(*at).kind, Kind::Comma | Kind::And)).count();
    (read(tokens, run.start(), at - joints).pieces, read(tokens, at, run.end()).pieces)
}

/// Whether a work may have some places.
fn fits(authority: &Authority, piece: &Places) -> bool {
    piece.provisions.iter().all(|(provision, _)| authority.misfit(provision).is_none())
}

/// Cites a title with the places beside it that its work may have. Returns whether it may have any.
fn cite(scene: &Scene<'_, '_>, title: &Title, mut pieces: Vec<Places>, found: &mut Found) -> bool {
    let (Some(authority), Some(index)) = (authority(scene, Some(title)), title.authority) else { return true };
    // A pinpoint beside two titles is in doubt.
    if title.sort == Sort::OneOfSeveral {
        return false;
    }
    signs(scene.tokens, authority, &mut pieces);
    // The Chapters of an Act begin again in each Part: one alone is a chapter of the statute book.
    if authority.kind == AuthorityKind::Act {
        pieces.retain(|piece| piece.unit() != Some(Unit::Chapter));
    }
    let is_before = pieces.first().is_some_and(|piece| piece.tokens.end <= title.tokens.start);
    // One place alone is bound to its title whatever it is, and reported if it does not fit.
    if let [_, _, ..] = pieces.as_slice() {
        if is_before {
            let stray = pieces.iter().rposition(|piece| !fits(authority, piece));
            pieces.drain(..stray.map_or(0, |stray| stray + 1));
        } else {
            let stray = pieces.iter().position(|piece| !fits(authority, piece));
            pieces.truncate(stray.unwrap_or(pieces.len()));
        }
    }
    let pieces: Vec<Places> =
        pieces.into_iter().flat_map(|piece| with_contents(scene.tokens, authority, piece)).collect();
    let is_taken = !pieces.is_empty();
    let mut groups: Vec<Vec<Places>> = Vec::new();
    for piece in pieces {
        match groups.last_mut() {
            Some(group) if !piece.apart => group.push(piece),
            _ => groups.push(vec![piece]),
        }
    }
    // What is between the title and its place keeps its own link.
    let first = groups.first().and_then(|group| group.first()).map_or(0, |piece| piece.tokens.start);
    let next = scene.titles.partition_point(|other| other.tokens.start < title.tokens.end);
    let is_parted = is_taken && scene.titles.get(next).is_some_and(|other| other.tokens.end <= first);
    if is_parted {
        found.citations.push(citation(scene.tokens, index, Vec::new(), Some(title)));
    }
    let beside = if is_before { groups.len().saturating_sub(1) } else { 0 };
    for (n, group) in groups.into_iter().enumerate() {
        found.citations.push(citation(scene.tokens, index, group, (n == beside && !is_parted).then_some(title)));
    }
    is_taken
}

/// A Part or a Chapter with its places, if brackets after it hold some and nothing else: "Chapter
/// III (Articles 12 to 23) of the …".
fn with_contents(tokens: &Tokens<'_>, authority: &Authority, piece: Places) -> impl Iterator<Item = Places> {
    let inner = || {
        matches!(piece.unit()?, Unit::Part | Unit::Chapter).then_some(())?;
        let open = Some(piece.tokens.end).filter(|open| tokens.at(*open).kind == Kind::Open)?;
        let close = note(tokens, open)?.checked_sub(1)?;
        let [inner] = <[Places; 1]>::try_from(read(tokens, open + 1, close).pieces).ok()?;
        let units = [Unit::Section, Unit::Article, Unit::Regulation, Unit::Rule];
        let is_whole = inner.tokens == (open + 1..close) && inner.unit().is_some_and(|unit| units.contains(&unit));
        (is_whole && fits(authority, &inner)).then_some(inner)
    };
    let inner = inner();
    std::iter::once(piece).chain(inner)
}

/// Returns the citation of a work with some places, and the title beside them.
fn citation(tokens: &Tokens<'_>, authority: usize, pieces: Vec<Places>, title: Option<&Title>) -> Citation {
    let places = pieces.iter().map(|piece| tokens.bytes(&piece.tokens)).chain(title.map(|title| title.place.clone()));
    let whole =
        places.reduce(|whole, place| whole.start.min(place.start)..whole.end.max(place.end)).unwrap_or_default();
    let provisions = pieces.into_iter().flat_map(|piece| piece.provisions);
    let provisions = provisions.map(|(provision, place)| (provision, tokens.bytes(&place))).collect();
    Citation { authority, whole, title: title.map(|title| title.place.clone()), provisions }
}

/// Lets "§" mean the unit of the work.
fn signs(tokens: &Tokens<'_>, authority: &Authority, pieces: &mut [Places]) {
    let Some(unit) = authority.unit else { return };
    for piece in pieces.iter_mut().filter(|piece| tokens.at(piece.tokens.start).text.starts_with('§')) {
        for first in piece.provisions.iter_mut().filter_map(|(provision, _)| provision.divisions.first_mut()) {
            first.unit = unit;
        }
    }
}

/// Adds places beside no title: they are in the default work, or name no work. In a sentence that
/// names another work they are not in the default.
fn lone(scene: &Scene<'_, '_>, piece: Places, sentences: Option<&Sentences>, found: &mut Found) {
    let own = scene.register.row(scene.default).and_then(|default| default.unit);
    let own: Vec<Unit> = own.into_iter().chain([Unit::Schedule]).collect();
    match scene.default {
        Some(default)
            if stands_alone(scene.tokens, &piece, &own)
                && sentences.is_none_or(|sentences| !sentences.names_another(piece.tokens.start)) =>
        {
            found.citations.push(citation(scene.tokens, default, vec![piece], None));
        }
        _ if stands_alone(scene.tokens, &piece, &LAW) || stands_alone(scene.tokens, &piece, &OWN) => {
            let place = scene.tokens.bytes(&piece.tokens);
            let provisions = piece.provisions.into_iter().map(|(provision, _)| provision).collect();
            found.loose.push((Pinpoint { provisions }, place));
        }
        _ => {}
    }
}
