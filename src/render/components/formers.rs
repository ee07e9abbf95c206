//! Addresses that were published and are no longer what they were, as a page keeps them for readers
//! who come by an old link.

use crate::corpus::EntryId;
use crate::corpus::history::{FormerAddress, FormerPlace, Since, Successor};
use crate::document::ClauseId;
use crate::document::ledger::{AnchorKind, MoveKind};
use crate::render::context::RenderContext;
use crate::render::view::{self, Link, Words};
use crate::strings::phrase;

/// Returns the former addresses that a document's page keeps at a spot.
pub fn formers(cx: &RenderContext<'_>, at: EntryId, spot: FormerPlace) -> Vec<view::FormerView> {
    let formers = &cx.history.documents[at].formers;
    let kept = formers.iter().filter(|_| cx.links.keeps_former_addresses());
    grouped(cx, kept.filter(|(where_kept, _)| *where_kept == spot).map(|(_, former)| former), spot)
}

/// Returns former addresses as a page shows them: what became of all that had one address is
/// together.
pub fn grouped<'f>(
    cx: &RenderContext<'_>,
    formers: impl Iterator<Item = &'f FormerAddress>,
    spot: FormerPlace,
) -> Vec<view::FormerView> {
    let mut groups: Vec<(&str, view::FormerView)> = Vec::new();
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
            None => groups.push((&former.anchor, view::FormerView { id, lines: line.into_iter().collect() })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Returns the line about a clause's own history.
pub fn line(cx: &RenderContext<'_>, at: EntryId, clause: ClauseId) -> Option<Words> {
    let lines = &cx.history.documents[at].lines;
    let (_, changes) = lines.iter().find(|(of, _)| *of == clause)?;
    let words = changes.iter().map(|change| match change {
        Since::New(edition) => cx.text(phrase::SinceNew { edition }),
        Since::Number(edition) => cx.text(phrase::SinceNumber { edition }),
        Since::Reworded(edition) => cx.text(phrase::SinceReworded { edition }),
    });
    let changes = words.collect::<Vec<_>>().join(&cx.text(phrase::ListGroup));
    Some(cx.say(phrase::SinceLine { changes: &changes }).capital())
}

/// Returns a line that says what became of an address; none where nobody needs to be told.
pub fn former_line(cx: &RenderContext<'_>, former: &FormerAddress, spot: FormerPlace) -> Option<view::FormerLine> {
    // At the head of what took it over, an address that readers never see as a number needs no
    // words.
    let at_heir = matches!(spot, FormerPlace::Clause(_) | FormerPlace::Section(_)) && !former.reused;
    let silent = matches!(former.was, AnchorKind::Label | AnchorKind::Heading | AnchorKind::Word | AnchorKind::Note);
    if at_heir && silent {
        return None;
    }
    let name = &name(cx, former);
    let since = former.since.as_deref();
    // With the edition from which on it is so, if that is known.
    macro_rules! said {
        ($plain:ident, $dated:ident) => {
            match since {
                Some(edition) => cx.say(phrase::$dated { name, edition }),
                None => cx.say(phrase::$plain { name }),
            }
        };
    }
    let links = || successor_links(cx, &former.heirs);
    let (words, links) = match former.kind {
        MoveKind::Moved | MoveKind::Renumbered if at_heir => (said!(FormerWas, FormerWasUntil), Vec::new()),
        MoveKind::Merged if at_heir => (said!(FormerMergedHere, FormerMergedHereSince), Vec::new()),
        MoveKind::Split => (said!(FormerSplit, FormerSplitSince), links()),
        _ if former.reused && former.heirs.is_empty() => {
            (said!(FormerNumberWithdrawn, FormerNumberWithdrawnUntil), Vec::new())
        }
        _ if former.reused => (said!(FormerNumberPassed, FormerNumberPassedUntil), links()),
        MoveKind::Withdrawn if former.heirs.is_empty() => (said!(FormerWithdrawn, FormerWithdrawnSince), Vec::new()),
        MoveKind::Withdrawn => (said!(FormerWithdrawnSee, FormerWithdrawnSeeSince), links()),
        MoveKind::Merged => (said!(FormerMerged, FormerMergedSince), links()),
        _ => (cx.say(phrase::FormerNow { name }), links()),
    };
    Some(view::FormerLine { words: words.capital(), links, reason: former.reason.clone() })
}

fn successor_links(cx: &RenderContext<'_>, heirs: &[Successor]) -> Vec<Link> {
    let own = |heir: &Successor| &heir.page == cx.page;
    let links = heirs.iter().map(|heir| Link {
        words: if own(heir) { heir.short.clone() } else { heir.citation.clone() },
        url: successor_address(cx, heir),
    });
    links.collect()
}

/// Returns the address of what took another over; none of the page that it is asked on.
pub fn successor_address(cx: &RenderContext<'_>, heir: &Successor) -> Option<String> {
    match &heir.fragment {
        Some(fragment) => cx.address_on(&heir.page, fragment),
        None => cx.address(&heir.page).filter(|_| heir.page != *cx.page),
    }
}

/// Name by which readers know what was at an address.
fn name(cx: &RenderContext<'_>, former: &FormerAddress) -> String {
    let words = former.anchor.replace('-', " ");
    match former.was {
        AnchorKind::Note => cx.text(phrase::FormerNote { number: &former.number }),
        AnchorKind::Heading | AnchorKind::Word => cx.text(phrase::CitationQuoted { words: &words }),
        AnchorKind::Page | AnchorKind::Gone => cx.text(phrase::FormerPage),
        AnchorKind::Label => cx.text(phrase::FormerLabel { number: &former.number, words: &words }),
        AnchorKind::Clause | AnchorKind::SubClause => former.number.clone(),
    }
}
