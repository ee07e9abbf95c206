//! Addresses that were published and are no longer what they were, as a page keeps them for readers who come by an old link.

use crate::corpus::EntryId;
use crate::corpus::history::{Former, Heir, Spot};
use crate::document::ledger::{AnchorKind, MoveKind};
use crate::document::{ClauseId, capital};
use crate::render::context::Context;
use crate::render::view::{self, Link};

/// Returns the former addresses that a document's page keeps at a spot.
pub fn formers(cx: &Context<'_>, at: EntryId, spot: Spot) -> Vec<view::Former> {
    let formers = &cx.corpus.history.documents[at].formers;
    let kept = formers.iter().filter(|_| cx.links.keeps_former_addresses());
    grouped(cx, kept.filter(|(where_kept, _)| *where_kept == spot).map(|(_, former)| former), spot)
}

/// Returns former addresses as a page shows them: what became of all that had one address stands together.
pub fn grouped<'f>(cx: &Context<'_>, formers: impl Iterator<Item = &'f Former>, spot: Spot) -> Vec<view::Former> {
    let mut groups: Vec<(&str, view::Former)> = Vec::new();
    let mut formers = formers.peekable();
    while let Some(former) = formers.next() {
        let id = (!former.reused).then(|| former.anchor.clone());
        // An id that an author gave needs no words just before those about its clause.
        let is_told = former.was == AnchorKind::Label
            && id.is_some()
            && formers.peek().is_some_and(|next| {
                next.was == AnchorKind::Clause
                    && !next.reused
                    && (&next.number, next.kind, &next.heirs) == (&former.number, former.kind, &former.heirs)
            });
        let line = former_line(cx, former, spot).filter(|_| !is_told);
        match groups.last_mut().filter(|(anchor, _)| *anchor == former.anchor) {
            Some((_, group)) => group.lines.extend(line),
            None => groups.push((&former.anchor, view::Former { id, lines: line.into_iter().collect() })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns the line about a clause's own history.
pub fn line(cx: &Context<'_>, at: EntryId, clause: ClauseId) -> Option<String> {
    let lines = &cx.corpus.history.documents[at].lines;
    lines.iter().find(|(of, _)| *of == clause).map(|(_, line)| line.clone())
}

/// Returns a line that says what became of an address; none where nobody needs to be told.
pub fn former_line(cx: &Context<'_>, former: &Former, spot: Spot) -> Option<view::FormerLine> {
    // At the head of what took it over, an address that readers never see as a number needs no words.
    let at_heir = matches!(spot, Spot::Clause(_) | Spot::Section(_)) && !former.reused;
    let silent = matches!(former.was, AnchorKind::Label | AnchorKind::Heading | AnchorKind::Word | AnchorKind::Note);
    if at_heir && silent {
        return None;
    }
    let name = name(former);
    let until = former.since.as_ref().map(|edition| format!("until edition {edition}"));
    let since = former.since.as_ref().map(|edition| format!(" in edition {edition}")).unwrap_or_default();
    let links = || heirs(cx, &former.heirs);
    let (words, links) = match former.kind {
        MoveKind::Moved | MoveKind::Renumbered if at_heir => (format!("This was {name}{}", spaced(until)), Vec::new()),
        MoveKind::Merged if at_heir => (format!("{name} was merged into this{since}"), Vec::new()),
        MoveKind::Split => (format!("{name} was split{since} into"), links()),
        _ if former.reused && former.heirs.is_empty() => {
            (format!("Another paragraph bore the number {name}{}; it was withdrawn", spaced(until)), Vec::new())
        }
        _ if former.reused => {
            (format!("{} {name} was what is now", until.map_or("Before,".to_owned(), |u| capital(&u) + ",")), links())
        }
        MoveKind::Withdrawn if former.heirs.is_empty() => (format!("{name} was withdrawn{since}"), Vec::new()),
        MoveKind::Withdrawn => (format!("{name} was withdrawn{since}; see"), links()),
        MoveKind::Merged => (format!("{name} was merged{since} into"), links()),
        _ => (format!("{name} is now"), links()),
    };
    Some(view::FormerLine { words: capital(&words), links, reason: former.reason.clone() })
}

fn heirs(cx: &Context<'_>, heirs: &[Heir]) -> Vec<Link> {
    let own = |heir: &Heir| &heir.page == cx.page;
    let links = heirs.iter().map(|heir| Link {
        words: if own(heir) { heir.short.clone() } else { heir.citation.clone() },
        url: heir_address(cx, heir),
    });
    links.collect()
}

/// Returns the address of what took another over; none of the page that it is asked on.
pub fn heir_address(cx: &Context<'_>, heir: &Heir) -> Option<String> {
    match &heir.fragment {
        Some(fragment) => cx.address_on(&heir.page, fragment),
        None => cx.address(&heir.page).filter(|_| heir.page != *cx.page),
    }
}

/// Name by which readers know what stood at an address.
fn name(former: &Former) -> String {
    match former.was {
        AnchorKind::Note => format!("note\u{a0}{}", former.number),
        AnchorKind::Heading | AnchorKind::Word => format!("“{}”", former.anchor.replace('-', " ")),
        AnchorKind::Page | AnchorKind::Gone => "this page".to_owned(),
        AnchorKind::Label => format!("{} (“{}”)", former.number, former.anchor.replace('-', " ")),
        AnchorKind::Clause | AnchorKind::SubClause => former.number.clone(),
    }
}

fn spaced(words: Option<String>) -> String {
    words.map(|words| format!(" {words}")).unwrap_or_default()
}
