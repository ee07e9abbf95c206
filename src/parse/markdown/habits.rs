//! Ways of writing that are common and that the parser does not know, made into events that it has.
//!
//! Takes the events of a file; changes those of `[[words]](address)`, of `> [!NOTE] Title`, and
//! removes the heading that is the title. Each change keeps every word and the order of places.
//! Reports nothing.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::body::TitleHeading;
use super::context::Context;
use super::events::{Events, Spanned};
use crate::diagnostic::is_bidi_control;
use crate::document::collapse_spaces;

/// Removes the first heading, if it is the title that front matter has, or if front matter has
/// none and either nothing is before it or no other has its rank.
pub fn take_title(cx: &Context<'_>, events: &mut Vec<Spanned<'_>>) -> Option<TitleHeading> {
    let first = |(event, _): &Spanned<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
    let start = events.iter().position(first)?;
    let (before, from) = events.split_at_checked(start)?;
    let Event::Start(Tag::Heading { level: HeadingLevel::H1, id: anchor, .. }) = &from.first()?.0 else { return None };
    // Comments and badges may be before it.
    let aside = |(event, _): &Spanned<'_>| {
        matches!(event, Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::End(TagEnd::HtmlBlock))
    };
    let others = from.iter().skip(1);
    let is_alone = || {
        let ranks =
            |(event, _): &Spanned<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        !others.clone().any(ranks)
    };
    let at_top = before.iter().fold(0i64, |depth, (event, _)| match event {
        Event::Start(_) => depth + 1,
        Event::End(_) => depth - 1,
        _ => depth,
    }) == 0;
    if !at_top || cx.reading.title?.is_empty() && !before.iter().all(aside) && !is_alone() {
        return None;
    }
    let anchor = anchor.clone();
    let mut ahead = Events::new(from);
    ahead.next();
    let words = collapse_spaces(&ahead.words_to_end()).replace(|c: char| c.is_control() || is_bidi_control(c), "");
    let wanted = cx.reading.title?;
    if words.is_empty() || !wanted.is_empty() && words.to_lowercase() != wanted.to_lowercase() {
        return None;
    }
    let end = events.len() - ahead.left();
    // The mark of a note in it is lost, and that note reported.
    events.drain(start..end);
    Some(TitleHeading { words, anchor: anchor.map(|anchor| anchor.to_string()) })
}

/// Changes the events of ways of writing that the parser does not know.
pub fn changed<'a>(cx: &Context<'a>, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let mut changed: Vec<Spanned<'a>> = Vec::with_capacity(events.len());
    for (event, range) in events {
        match event {
            Event::Text(text) => {
                if let Some(rest) = link_in_brackets(cx, &mut changed, &text, &range) {
                    if !rest.is_empty() {
                        changed.push((Event::Text(rest), range));
                    }
                } else if let Some(rest) = titled_box(&mut changed, &text, &range) {
                    changed.extend(rest);
                } else {
                    changed.push((Event::Text(text), range));
                }
            }
            // After a title alone on its line, the words of the box begin anew.
            Event::SoftBreak | Event::HardBreak
                if matches!(changed.last(), Some((Event::Start(Tag::Paragraph), _))) && is_boxed(&changed) => {}
            Event::End(TagEnd::Paragraph)
                if matches!(changed.last(), Some((Event::Start(Tag::Paragraph), _))) && is_boxed(&changed) =>
            {
                changed.pop();
            }
            event => changed.push((event, range)),
        }
    }
    changed
}

/// Whether the paragraph that has just begun is the second of a box.
fn is_boxed(changed: &[Spanned<'_>]) -> bool {
    matches!(changed, [.., (Event::End(TagEnd::Paragraph), _), _])
}

/// Makes a link in brackets of a mention that has just ended, if an address in round brackets
/// follows. Returns the words after.
fn link_in_brackets<'a>(
    cx: &Context<'a>,
    changed: &mut Vec<Spanned<'a>>,
    text: &CowStr<'a>,
    range: &std::ops::Range<usize>,
) -> Option<CowStr<'a>> {
    let [.., start, _, (Event::End(TagEnd::Link), _)] = changed.as_mut_slice() else { return None };
    let (Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }), whole) = &*start else {
        return None;
    };
    let whole = whole.clone();
    let (address, rest) = text.strip_prefix('(')?.split_once(')')?;
    let written = cx.source(range).strip_prefix('(')?.split_once(')')?.0;
    let sound = whole.end == range.start && !written.is_empty() && !written.contains(char::is_whitespace);
    // What the text has in print may differ from what the file has.
    if !sound || address.is_empty() {
        return None;
    }
    let link = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: written.to_owned().into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    let inner = whole.start + 1..range.start + written.len() + 2;
    *start = (Event::Start(link), inner);
    let at = changed.len() - 3;
    changed.insert(at, (Event::Text(CowStr::Borrowed("[")), whole.start..whole.start + 1));
    let rest = format!("]{rest}");
    Some(rest.into())
}

/// Makes a box of a quotation that has just begun with a marker and more words. Returns the events
/// that go on.
fn titled_box<'a>(
    changed: &mut [Spanned<'a>],
    text: &CowStr<'a>,
    range: &std::ops::Range<usize>,
) -> Option<Vec<Spanned<'a>>> {
    let [.., (Event::Start(Tag::BlockQuote(kind @ None)), _), (Event::Start(Tag::Paragraph), paragraph)] = changed
    else {
        return None;
    };
    let (marker, title) = text.strip_prefix("[!")?.split_once(']')?;
    let known = [
        ("note", BlockQuoteKind::Note),
        ("tip", BlockQuoteKind::Tip),
        ("important", BlockQuoteKind::Important),
        ("warning", BlockQuoteKind::Warning),
        ("caution", BlockQuoteKind::Caution),
    ];
    let found = known.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(marker))?.1;
    if !title.starts_with([' ', '\t']) || title.trim().is_empty() {
        return None;
    }
    *kind = Some(found);
    let place = range.start + marker.len() + 3..range.end;
    let title: CowStr<'a> = title.trim().to_owned().into();
    Some(vec![
        (Event::Start(Tag::Strong), place.clone()),
        (Event::Text(title), place.clone()),
        (Event::End(TagEnd::Strong), place.clone()),
        (Event::End(TagEnd::Paragraph), place),
        (Event::Start(Tag::Paragraph), paragraph.clone()),
    ])
}
