//! The views of what became of addresses: what a page keeps for readers who come by an old link, pages that only lead on, and
//! what each edition brought.

use super::page::Builder;
use super::view::{self, Link};
use crate::corpus::history::{Change, Former, GonePage, Heir, Spot};
use crate::document::capital;
use crate::document::ledger::{AnchorKind, MoveKind};
use crate::output::{CHANGES_PAGE, OutPath};

impl Builder<'_> {
    /// The former addresses that a document's page keeps at a spot.
    pub(super) fn formers(&self, at: usize, spot: Spot) -> Vec<view::Former> {
        // No old link leads into an edition in one page.
        let kept = self
            .corpus
            .history
            .documents
            .get(at)
            .filter(|_| !self.medium.is_single())
            .map_or(&[][..], |document| &document.formers);
        let kept = kept.iter().filter(|(where_kept, _)| *where_kept == spot).map(|(_, former)| former);
        self.grouped(kept, spot)
    }

    /// Former addresses as a page shows them: what became of all that had one address stands together.
    fn grouped<'f>(&self, formers: impl Iterator<Item = &'f Former>, spot: Spot) -> Vec<view::Former> {
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
            let line = self.former(former, spot).filter(|_| !is_told);
            match groups.last_mut().filter(|(anchor, _)| *anchor == former.anchor) {
                Some((_, group)) => group.lines.extend(line),
                None => groups.push((&former.anchor, view::Former { id, lines: line.into_iter().collect() })),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The line about a clause's own history.
    pub(super) fn line(&self, at: usize, clause: usize) -> Option<String> {
        let lines = &self.corpus.history.documents.get(at)?.lines;
        lines.iter().find(|(of, _)| *of == clause).map(|(_, line)| line.clone())
    }

    /// What became of an address, in a line; none where nobody needs to be told.
    fn former(&self, former: &Former, spot: Spot) -> Option<view::FormerLine> {
        // At the head of what took it over, an address that readers never see as a number needs no words.
        let at_heir = matches!(spot, Spot::Clause(_) | Spot::Section(_)) && !former.reused;
        let silent =
            matches!(former.was, AnchorKind::Label | AnchorKind::Heading | AnchorKind::Word | AnchorKind::Note);
        if at_heir && silent {
            return None;
        }
        let name = name(former);
        let until = former.since.as_ref().map(|edition| format!("until edition {edition}"));
        let since = former.since.as_ref().map(|edition| format!(" in edition {edition}")).unwrap_or_default();
        let links = || self.heirs(&former.heirs);
        let (words, links) = match former.kind {
            MoveKind::Moved | MoveKind::Renumbered if at_heir => {
                (format!("This was {name}{}", spaced(until)), Vec::new())
            }
            MoveKind::Merged if at_heir => (format!("{name} was merged into this{since}"), Vec::new()),
            MoveKind::Split => (format!("{name} was split{since} into"), links()),
            _ if former.reused && former.heirs.is_empty() => {
                (format!("Another paragraph bore the number {name}{}; it was withdrawn", spaced(until)), Vec::new())
            }
            _ if former.reused => (
                format!("{} {name} was what is now", until.map_or("Before,".to_owned(), |u| capital(&u) + ",")),
                links(),
            ),
            MoveKind::Withdrawn if former.heirs.is_empty() => (format!("{name} was withdrawn{since}"), Vec::new()),
            MoveKind::Withdrawn => (format!("{name} was withdrawn{since}; see"), links()),
            MoveKind::Merged => (format!("{name} was merged{since} into"), links()),
            _ => (format!("{name} is now"), links()),
        };
        Some(view::FormerLine { words: capital(&words), links, reason: former.reason.clone() })
    }

    fn heirs(&self, heirs: &[Heir]) -> Vec<Link> {
        let own = |heir: &Heir| &heir.page == self.page;
        let links = heirs.iter().map(|heir| Link {
            words: if own(heir) { heir.short.clone() } else { heir.citation.clone() },
            url: self.heir_url(heir),
        });
        links.collect()
    }

    fn heir_url(&self, heir: &Heir) -> String {
        let fragment = heir.fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        if &heir.page == self.page { fragment } else { format!("{}{fragment}", self.page.link_to(&heir.page)) }
    }

    /// A page that only leads on.
    pub(super) fn gone(&self, at: usize) -> Option<view::GonePage> {
        let gone: &GonePage = self.corpus.history.gone.get(at)?;
        let whole = gone.whole.iter().filter_map(|former| self.former(former, Spot::End)).collect();
        let forward = gone.forward().map(|heir| match &heir.alone {
            Some(alone) if gone.formers.is_empty() => self.page.link_to(alone),
            _ => self.heir_url(heir),
        });
        let formers = self.grouped(gone.formers.iter(), Spot::End);
        Some(view::GonePage { shell: self.shell(&[&gone.title]), title: gone.title.clone(), whole, forward, formers })
    }

    /// What each edition brought.
    pub(super) fn changes_page(&self) -> view::ChangesPage {
        let editions = self.corpus.history.editions.iter().map(|edition| view::Edition {
            id: edition.anchor(),
            name: edition.name.clone(),
            date: edition.date.as_ref().map(|(words, _)| words.clone()),
            date_iso: edition.date.as_ref().map(|(_, iso)| iso.clone()),
            note: edition.note.clone(),
            first: edition.first,
            documents: edition
                .documents
                .iter()
                .map(|document| view::EditionDocument {
                    document: Link {
                        words: document.document.0.clone(),
                        url: document.document.1.as_ref().map(|page| self.page.link_to(page)).unwrap_or_default(),
                    },
                    changes: document
                        .changes
                        .iter()
                        .map(|(change, clauses)| view::EditionChange {
                            words: change_words(*change).to_owned(),
                            clauses: clauses
                                .iter()
                                .map(|clause| Link { words: clause.short.clone(), url: self.heir_url(clause) })
                                .collect(),
                        })
                        .collect(),
                })
                .collect(),
        });
        view::ChangesPage { shell: self.shell(&["What changed"]), editions: editions.collect() }
    }

    /// The page of changes, if anything was published.
    pub(super) fn changes_path(&self) -> Option<OutPath> {
        Some(CHANGES_PAGE.path()).filter(|_| !self.corpus.history.editions.is_empty())
    }
}

/// How readers call what stood at an address.
fn name(former: &Former) -> String {
    match former.was {
        AnchorKind::Note => format!("note\u{a0}{}", former.number),
        AnchorKind::Heading | AnchorKind::Word => format!("“{}”", former.anchor.replace('-', " ")),
        AnchorKind::Page | AnchorKind::Gone => "this page".to_owned(),
        AnchorKind::Label => format!("{} (“{}”)", former.number, former.anchor.replace('-', " ")),
        AnchorKind::Clause | AnchorKind::SubClause => former.number.clone(),
    }
}

fn change_words(change: Change) -> &'static str {
    match change {
        Change::New => "New",
        Change::Reworded => "Reworded",
        Change::Renumbered => "Renumbered or moved",
        Change::Gone => "Withdrawn",
    }
}

fn spaced(words: Option<String>) -> String {
    words.map(|words| format!(" {words}")).unwrap_or_default()
}
