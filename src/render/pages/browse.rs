//! The page that crosses the first two taxonomies: the terms of the first across, those of the
//! second down.

use crate::config::TermRef;
use crate::corpus::{Member, Place, PlacePart};
use crate::render::components::bounds;
use crate::render::components::terms::{taxonomies, term};
use crate::render::context::RenderContext;
use crate::render::context::shell::shell;
use crate::render::view::{BrowseCell, BrowseDocument, BrowseList, BrowsePage, BrowseRow, BrowseTable, Link};
use crate::strings::phrase;

/// Returns the view of the page.
pub fn view(cx: &RenderContext<'_>) -> BrowsePage {
    let taxonomies = taxonomies(cx);
    let mut lists = Vec::new();
    let mut ids = cx.corpus.config.taxonomies.ids();
    let table = match (ids.next(), ids.next()) {
        (Some(across), Some(down)) => {
            let terms = |of| cx.corpus.config.terms_of(of).filter_map(|own| Some((own, term(cx, own)?)));
            let rows = terms(down).map(|(row, term)| {
                let cells = terms(across).map(|(column, other)| {
                    let members = clauses_with_both(cx, [column, row]);
                    let id = format!("{}-{}", other.slug, term.slug);
                    let url = (!members.is_empty()).then(|| format!("#{id}"));
                    if !members.is_empty() {
                        let title = format!("{}, {}", other.title, term.title);
                        let documents = by_document(cx, [column, row], &members);
                        let rest = Link { words: term.title.clone(), url: term.url.clone() };
                        lists.push(BrowseList { id, title, documents, more: 0, rest });
                    }
                    BrowseCell { count: members.len(), url }
                });
                BrowseRow { term: term.clone(), cells: cells.collect() }
            });
            // A row without a number says nothing.
            let says = |row: &BrowseRow| row.cells.iter().any(|cell| cell.count > 0);
            Some(BrowseTable { rows: rows.filter(says).collect() })
        }
        _ => None,
    };
    bound(cx, &mut lists);
    BrowsePage { shell: shell(cx, &[&cx.text(phrase::BrowseTitle)]), taxonomies, table, lists }
}

/// Cuts each list down to its share of the page.
fn bound(cx: &RenderContext<'_>, lists: &mut [BrowseList]) {
    let lines = |document: &BrowseDocument| 1 + document.clauses.len();
    let length = |list: &BrowseList| list.documents.iter().map(lines).sum::<usize>();
    let share = bounds::share(cx, lists.iter().map(length));
    for list in lists {
        let mut length = 0;
        let shown = list.documents.iter().take_while(|document| {
            length += lines(document);
            length <= share
        });
        let shown = shown.count().max(1);
        list.more = list.documents.len().saturating_sub(shown);
        list.documents.truncate(shown);
    }
}

/// The clauses that carry both of two terms, in the site's order.
fn clauses_with_both(cx: &RenderContext<'_>, of: [TermRef; 2]) -> Vec<Member> {
    let [one, other] = of.map(|term| cx.corpus.members.get(&term).map_or(&[][..], Vec::as_slice));
    one.iter().filter(|member| other.binary_search(member).is_ok()).copied().collect()
}

/// Clauses as links by their numbers, under the documents that they are in.
fn by_document(cx: &RenderContext<'_>, of: [TermRef; 2], members: &[Member]) -> Vec<BrowseDocument> {
    let documents = members.chunk_by(|one, other| one.entry == other.entry).filter_map(|members| {
        let at = members.first()?.entry;
        let entry = cx.corpus.entry(at);
        let is_whole = of.iter().all(|term| entry.resolution.is_of_whole(*term));
        let shown = if is_whole { &[][..] } else { members };
        let place = |member: &Member| Place { entry: at, part: PlacePart::Clause(member.clause) };
        Some(BrowseDocument {
            document: Link { words: entry.document.front.short.clone(), url: cx.address(&entry.page) },
            count: members.len(),
            clauses: shown.iter().map(|member| cx.place_link(Some(at), place(member))).collect(),
        })
    });
    documents.collect()
}
