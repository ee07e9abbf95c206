//! The view of the page that crosses the first two taxonomies: outcomes across, features down.

use std::collections::BTreeMap;

use super::page::Builder;
use super::view::{self, Link};
use crate::config::TermRef;
use crate::corpus::{Member, Place, PlacePart};

impl Builder<'_> {
    pub(super) fn browse(&self) -> view::BrowsePage {
        let taxonomies: Vec<view::TaxonomyList> =
            (0..self.corpus.config.taxonomies.len()).map(|at| self.taxonomy(at)).collect();
        let mut lists = Vec::new();
        let table = match taxonomies.as_slice() {
            [across, down, ..] => {
                let rows = down.terms.iter().enumerate().map(|(row, term)| {
                    let cells = across.terms.iter().enumerate().map(|(column, other)| {
                        let members =
                            self.in_both(TermRef { taxonomy: 0, term: column }, TermRef { taxonomy: 1, term: row });
                        let id = format!("{}-{}", other.slug, term.slug);
                        let cell = view::BrowseCell { count: members.len(), url: format!("#{id}") };
                        if !members.is_empty() {
                            let title = format!("{}, {}", other.title, term.title);
                            lists.push(view::BrowseList { id, title, documents: self.by_document(&members) });
                        }
                        cell
                    });
                    view::BrowseRow { term: term.clone(), cells: cells.collect() }
                });
                Some(view::BrowseTable { rows: rows.collect() })
            }
            _ => None,
        };
        view::BrowsePage { shell: self.shell(&["Browse"]), taxonomies, table, lists }
    }

    /// The clauses that carry both of two terms.
    fn in_both(&self, one: TermRef, other: TermRef) -> Vec<Member> {
        let members = |term| self.corpus.members.get(&term).map_or(&[][..], Vec::as_slice);
        // They stand in the site's order.
        members(one).iter().filter(|member| members(other).binary_search(member).is_ok()).copied().collect()
    }

    /// Clauses as links by their numbers, under the documents that they stand in.
    fn by_document(&self, members: &[Member]) -> Vec<view::BrowseDocument> {
        let mut documents: BTreeMap<usize, view::BrowseDocument> = BTreeMap::new();
        for member in members {
            let Some(entry) = self.corpus.entry(member.entry) else { continue };
            let document = documents.entry(member.entry).or_insert_with(|| view::BrowseDocument {
                document: Link { words: entry.document.front.short.clone(), url: self.page.link_to(&entry.page) },
                clauses: Vec::new(),
            });
            let place = Place { entry: member.entry, part: PlacePart::Clause(member.clause) };
            document.clauses.push(self.place_link(Some(member.entry), place));
        }
        documents.into_values().collect()
    }
}
