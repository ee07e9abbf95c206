//! The home page: the author's own words, and the documents in groups. A group of very many has
//! sheets, which are pages of their own.

use crate::config::Navigation;
use crate::corpus::EntryId;
use crate::document::Status;
use crate::render::components::body::body;
use crate::render::components::cards::cards;
use crate::render::components::sheets;
use crate::render::components::terms::taxonomies;
use crate::render::context::RenderContext;
use crate::render::context::shell::{authorities_link, glossary_link, shell};
use crate::render::view::{GroupView, HomePage, HomePart, HomeWay, ItemView, Link, PapersPage};
use crate::strings::{Words, phrase};

/// Returns the view of the page, with the words of the document at an entry if there are any.
pub fn view(cx: &RenderContext<'_>, at: Option<EntryId>) -> HomePage {
    let own = at.map(|at| body(cx, at)).unwrap_or_default();
    let groups = sheets::groups(cx.corpus).into_iter().enumerate().map(|(at, (group, entries))| {
        let view = group_of(cx, group, &entries);
        GroupView { sheets: sheet_links(cx, at, entries), ..view }
    });
    let groups: Vec<GroupView> = groups.collect();
    let tabled = || groups.iter().filter(|group| group.table).flat_map(|group| &group.documents);
    let (opening, parts) = parts(&own.items);
    HomePage {
        shell: shell(cx, &[]),
        opening,
        parts,
        items: own.items,
        notes: own.notes,
        papers: tabled().count(),
        clauses: tabled().map(|document| document.clauses).sum(),
        groups,
        taxonomies: taxonomies(cx),
        authorities: authorities_link(cx),
        glossary: glossary_link(cx),
    }
}

/// Returns the documents in the settings' groups; those in none are in a last one.
pub fn groups(cx: &RenderContext<'_>) -> Vec<GroupView> {
    let groups = sheets::groups(cx.corpus).into_iter();
    groups.map(|(group, entries)| group_of(cx, group, &entries)).collect()
}

fn group_of(cx: &RenderContext<'_>, group: Option<&Navigation>, entries: &[EntryId]) -> GroupView {
    let title = match group {
        Some(group) => Words::own(&group.title),
        None if cx.corpus.config.navigation.is_empty() => cx.say(phrase::HomeDocuments),
        None => cx.say(phrase::HomeMore),
    };
    group_view(cx, title, group.is_some_and(|group| group.folded), entries)
}

fn sheet_links(cx: &RenderContext<'_>, group: usize, entries: Vec<EntryId>) -> Vec<Link> {
    let links = sheets::of_group(entries).into_iter().enumerate().filter_map(|(sheet, entries)| {
        let words = sheets::span(cx, *entries.first()?, *entries.last()?);
        Some(Link { words, url: cx.address(&sheets::page_of_group(group, sheet)?) })
    });
    links.collect()
}

/// Returns the view of a sheet of a group.
pub fn sheet(cx: &RenderContext<'_>, group: usize, sheet: usize) -> Option<PapersPage> {
    let (own, entries) = sheets::groups(cx.corpus).into_iter().nth(group)?;
    let links = sheet_links(cx, group, entries.clone());
    let link = |at: Option<usize>| links.get(at?).cloned();
    let view = group_of(cx, own, sheets::of_group(entries).get(sheet)?);
    let words = link(Some(sheet))?.words;
    Some(PapersPage {
        shell: shell(cx, &[&words, view.title.text()]),
        words,
        previous: link(sheet.checked_sub(1)),
        next: link(sheet.checked_add(1)),
        group: view,
    })
}

/// Returns documents under a title, with what is true of all of them.
pub fn group_view(cx: &RenderContext<'_>, title: Words, folded: bool, entries: &[EntryId]) -> GroupView {
    let mut documents = cards(cx, entries.iter().copied());
    let statuses: Vec<Option<Status>> = entries.iter().map(|at| cx.corpus.entry(*at).document.front.status).collect();
    let is_most = |own: &Option<Status>| 2 * statuses.iter().filter(|status| *status == own).count() > statuses.len();
    let most = statuses.iter().find(|own| is_most(own)).copied().flatten().filter(|_| statuses.len() > 1);
    let shared = match most {
        Some(Status::Draft) => Some(cx.say(phrase::HomeDraft)),
        Some(Status::Superseded) => Some(cx.say(phrase::HomeSuperseded)),
        Some(Status::Withdrawn) => Some(cx.say(phrase::HomeWithdrawn)),
        Some(Status::Current) | None => None,
    };
    // It is said once for all that have it; those that differ say their own.
    for (document, _) in documents.iter_mut().zip(&statuses).filter(|(_, own)| shared.is_some() && **own == most) {
        document.status_word = None;
    }
    GroupView {
        title,
        table: documents.iter().any(|document| document.issuer.is_some() || document.published.is_some()),
        folded,
        differ: documents.iter().any(|document| document.status_word.is_some()),
        status: shared,
        documents,
        sheets: Vec::new(),
    }
}

/// The author's words before the first heading, and the sections after it.
fn parts(items: &[ItemView]) -> (Vec<ItemView>, Vec<HomePart>) {
    let level = |item: &ItemView| if let ItemView::Heading { level, .. } = item { Some(*level) } else { None };
    let highest = items.iter().filter_map(level).min();
    let (mut opening, mut parts) = (Vec::new(), Vec::<HomePart>::new());
    for item in items {
        match (level(item), parts.last_mut()) {
            (Some(own), _) if Some(own) == highest => {
                parts.push(HomePart { heading: item.clone(), items: Vec::new(), ways: Vec::new() });
            }
            (Some(_), Some(part)) => part.ways.push(HomeWay { heading: item.clone(), items: Vec::new() }),
            (None, Some(part)) => match part.ways.last_mut() {
                Some(way) => way.items.push(item.clone()),
                None => part.items.push(item.clone()),
            },
            (_, None) => opening.push(item.clone()),
        }
    }
    (opening, parts)
}
