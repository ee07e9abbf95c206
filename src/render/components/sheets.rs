//! Sheets of lists that are too long for one page: the documents of a group of the home page, and
//! the clauses that carry a term.
//!
//! Takes the resolved site; gives what is on each sheet, and the path of its page. Makes no view.

use std::collections::BTreeSet;

use crate::config::{Navigation, TermRef};
use crate::corpus::{Corpus, EntryId, Member};
use crate::output::OutPath;
use crate::render::context::RenderContext;
use crate::strings::phrase;

/// Number of lines on a sheet: documents, or their clauses.
const SHEET: usize = 400;

/// Returns the documents in the settings' groups; those in none are in a last one.
pub fn groups(corpus: &Corpus) -> Vec<(Option<&Navigation>, Vec<EntryId>)> {
    let mut groups = Vec::new();
    let mut shown = BTreeSet::new();
    for group in &corpus.config.navigation {
        let found: Vec<EntryId> = group.items.iter().filter_map(|item| corpus.find(&item.value)).collect();
        shown.extend(found.iter().copied());
        groups.push((Some(group), found));
    }
    // The first file of a publication stands for all.
    shown.extend(corpus.entries.iter().flat_map(|entry| entry.resolution.files.iter().skip(1).copied()));
    let others: Vec<EntryId> = corpus.papers().map(|(at, _)| at).filter(|at| !shown.contains(at)).collect();
    if !others.is_empty() {
        groups.push((None, others));
    }
    groups
}

/// Returns the number of a group that has sheets, and of each of them: the subjects of pages.
pub fn of_groups(corpus: &Corpus) -> Vec<(usize, usize)> {
    let groups = groups(corpus).into_iter().enumerate();
    groups.flat_map(|(group, (_, entries))| (0..of_group(entries).len()).map(move |sheet| (group, sheet))).collect()
}

/// Returns the sheets of a group; none of one that the home page can list.
pub fn of_group(entries: Vec<EntryId>) -> Vec<Vec<EntryId>> {
    let sheets = cut(entries, |_| 1);
    if sheets.len() > 1 { sheets } else { Vec::new() }
}

/// Returns the page of a sheet of a group: `papers.1.html`, then `papers.1.2.html`.
pub fn page_of_group(group: usize, sheet: usize) -> Option<OutPath> {
    OutPath::new(&format!("papers.{}.html", group + 1)).and_then(|first| page_of_sheet(first, sheet))
}

/// Returns the clauses that carry a term, by sheet and by document, in the site's order.
pub fn of_term(corpus: &Corpus, of: TermRef) -> Vec<Vec<&[Member]>> {
    let members = corpus.members.get(&of).map_or(&[][..], Vec::as_slice);
    let by_document = members.chunk_by(|one, other| one.entry == other.entry).collect();
    cut(by_document, |members| 1 + shown(corpus, of, members).len())
}

/// Returns those clauses of a document that are listed: none if all of it carries the term.
pub fn shown<'m>(corpus: &Corpus, of: TermRef, members: &'m [Member]) -> &'m [Member] {
    let is_whole = |member: &Member| corpus.entry(member.entry).resolution.is_of_whole(of);
    if members.first().is_some_and(is_whole) { &[] } else { members }
}

/// Returns the page of one of a term's sheets; none of a name that makes no path.
pub fn page_of_term(corpus: &Corpus, of: TermRef, sheet: usize) -> Option<OutPath> {
    corpus.term_page(of).and_then(|first| page_of_sheet(first, sheet))
}

/// Returns the words for a sheet: from its first document to its last.
pub fn span(cx: &RenderContext<'_>, first: EntryId, last: EntryId) -> String {
    let short = |at: EntryId| &cx.corpus.entry(at).document.front.short;
    cx.text(phrase::ListRange { first: short(first), last: short(last) })
}

/// The page of a sheet after the first, whose page is given: `health.2.html`.
fn page_of_sheet(first: OutPath, sheet: usize) -> Option<OutPath> {
    match sheet {
        0 => Some(first),
        _ => OutPath::new(&format!("{}.{}.html", first.as_str().strip_suffix(".html")?, sheet + 1)),
    }
}

/// Cuts things of some weights into sheets, in their order: a sheet is full at [`SHEET`]. There is
/// always one.
fn cut<T>(things: Vec<T>, weight: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut sheets = vec![Vec::new()];
    let mut full = 0;
    for thing in things {
        let own = weight(&thing);
        if full > 0 && full + own > SHEET {
            sheets.push(Vec::new());
            full = 0;
        }
        full += own;
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(thing);
        }
    }
    sheets
}
