//! The views of two editions compared: their own page, and the line of history of each clause.
//!
//! Takes comparisons; gives changes in the order of the new edition, with runs of clauses in which no word changed folded,
//! and the numbers of both. What went and what came is said in words beside its form.

use super::html::Writer;
use super::page::Builder;
use super::previews::first_words;
use super::view::{self, Html, Link};
use crate::compare::{Change, Class, ClauseAt, Compared, Edition, FlagKind, Gap, Is, Line, Numbered, Run, quiet_words};
use crate::corpus::{Entry, Place, PlacePart};
use crate::document::{Relation, capital, in_a_row};

/// How many words are shown of a clause that only moved.
const MOVED_WORDS: usize = 30;

/// An edition as its clauses are shown on a page.
struct Side<'a> {
    edition: Edition<'a>,
    /// How it is cited.
    name: String,
}

impl Builder<'_> {
    fn side(&self, at: usize, other: usize) -> Side<'_> {
        let front = |at: usize| self.corpus.entry(at).map(|entry| (&entry.document.front, &entry.document.id));
        let name = match (front(at), front(other)) {
            (Some((own, _)), Some((other, _))) if own.short != other.short => own.short.clone(),
            (Some((own, id)), _) => format!("{} ({id})", own.short),
            _ => String::new(),
        };
        Side { edition: Edition::new(self.corpus, at), name }
    }

    pub(super) fn compared(&self, at: usize) -> Option<view::ComparePage> {
        let compared = self.comparisons.get(at)?;
        let comparison = &compared.comparison;
        let (old, new) = (self.side(compared.old, compared.new), self.side(compared.new, compared.old));
        let title = format!("What changed from {} to {}", old.name, new.name);
        let (old_card, new_card) = (self.corpus.entry(compared.old)?, self.corpus.entry(compared.new)?);
        let counts = comparison.counts().filter(|(_, count)| *count > 0);
        let kinds = [
            (FlagKind::Duty, "A duty word changed in"),
            (FlagKind::Citation, "A citation changed in"),
            (FlagKind::Mention, "A mention leads elsewhere in"),
        ];
        let flagged = kinds.map(|(kind, words)| view::ClauseRelations {
            words: words.to_owned(),
            links: comparison.flagged(kind).map(place_of).collect(),
        });
        let file = |ending| compared.file(ending).map(|path| self.page.link_to(&path)).unwrap_or_default();
        Some(view::ComparePage {
            shell: self.shell(&[&title]),
            title,
            old: self.card(old_card),
            new: self.card(new_card),
            counts: counts.map(|(class, count)| view::Count { words: class.as_str().to_owned(), count }).collect(),
            flagged: flagged.into_iter().filter(|flagged| !flagged.links.is_empty()).collect(),
            changes: self.changes(compared, &old, &new),
            concordance: comparison.changes.iter().map(|change| self.row(&old, &new, change)).collect(),
            csv: file("csv"),
            json: file("json"),
        })
    }

    /// The changes, each under the heading of the new edition; what is folded needs none.
    fn changes(&self, compared: &Compared, old: &Side<'_>, new: &Side<'_>) -> Vec<view::CompareItem> {
        let mut items = Vec::new();
        let mut heading = None;
        for line in compared.comparison.lines() {
            let change = match line {
                Line::Change(change) => change,
                Line::Quiet(run) => {
                    let rows = run.iter().map(|change| self.row(old, new, change)).collect();
                    items.push(view::CompareItem::Quiet { words: quiet_words(&run), rows });
                    continue;
                }
            };
            // A clause that is gone stands where it stood, which may be under no heading of the new edition.
            let side = if change.new.is_empty() { old } else { new };
            let title = change.new.first().or(change.old.first()).and_then(|clause| heading_of(side, clause.at));
            if let Some(title) = title.filter(|title| heading.as_ref() != Some(title)) {
                items.push(view::CompareItem::Heading { title: title.clone() });
                heading = Some(title);
            }
            items.push(view::CompareItem::Change(view::Change {
                id: change.anchor(),
                words: capital(&change.class_words()),
                class: change.classes.first().map(|class| class.as_str().to_owned()).unwrap_or_default(),
                old: self.links(old, &change.old),
                new: self.links(new, &change.new),
                flags: change.flags.iter().map(|flag| capital(&flag.words())).collect(),
                texts: texts(change),
            }));
        }
        items
    }

    fn row(&self, old: &Side<'_>, new: &Side<'_>, change: &Change) -> view::ConcordanceRow {
        view::ConcordanceRow {
            old: self.links(old, &change.old),
            new: self.links(new, &change.new),
            words: change.class_words(),
            url: Some(format!("#{}", change.anchor())).filter(|_| !change.is_quiet()),
        }
    }

    /// Links to clauses by their numbers.
    fn links(&self, side: &Side<'_>, clauses: &[Numbered]) -> Vec<Link> {
        let link = |clause: &Numbered| {
            let entry = *side.edition.files.get(clause.at.file)?;
            let place = Place { entry, part: PlacePart::Clause(clause.at.clause) };
            Some(Link { words: clause.number.clone(), url: self.state(false).url(place) })
        };
        clauses.iter().filter_map(link).collect()
    }

    /// The page of what changed between a document and another that it replaces, or that replaces it.
    pub(super) fn changes_between(&self, at: usize, relation: Relation, other: usize) -> Option<String> {
        let wanted = match relation {
            Relation::Replaces => (other, at),
            Relation::ReplacedBy => (at, other),
            _ => return None,
        };
        let compared = self.comparisons.iter().find(|compared| (compared.old, compared.new) == wanted)?;
        Some(self.link_to(&compared.file("html")?)).filter(|url| !url.is_empty())
    }

    /// What a clause was in the edition before its own, and what it became in the one after.
    pub(super) fn history(&self, at: usize, index: usize) -> Vec<view::ClauseRelations> {
        let whole = |entry: &Entry| entry.document.whole_clause(index);
        let Some(clause) = self.corpus.entry(at).map(whole) else { return Vec::new() };
        let mut lines = Vec::new();
        for compared in self.comparisons.iter().filter(|compared| compared.concerns(self.corpus, at)) {
            let (old, new) = (self.side(compared.old, compared.new), self.side(compared.new, compared.old));
            let find = |side: &Side<'_>| {
                let file = side.edition.files.iter().position(|file| *file == at)?;
                Some(ClauseAt { file, clause })
            };
            let before = find(&new).and_then(|at| compared.comparison.of_new(at));
            let after = find(&old).and_then(|at| compared.comparison.of_old(at));
            lines.extend(before.and_then(|change| self.told(compared, change, &change.old, &old, true)));
            lines.extend(after.and_then(|change| self.told(compared, change, &change.new, &new, false)));
        }
        lines
    }

    /// A line of history: where a clause came from, or what it became. `there` is the clauses of the other edition.
    fn told(
        &self,
        compared: &Compared,
        change: &Change,
        there: &[Numbered],
        side: &Side<'_>,
        came: bool,
    ) -> Option<view::ClauseRelations> {
        let preposition = match change.classes.as_slice() {
            [Class::Unchanged | Class::New, ..] if came => "since",
            [Class::Unchanged | Class::Removed, ..] => "in",
            _ if came => "from",
            [Class::Moved] => "to",
            [Class::Split | Class::Merged, ..] => "into",
            _ => "as",
        };
        let numbers: Vec<&str> = there.iter().map(|clause| clause.number.as_str()).collect();
        let words = match numbers.as_slice() {
            [] => side.name.clone(),
            _ if change.is(Class::Unchanged) => side.name.clone(),
            numbers => format!("{} of {}", in_a_row(numbers), side.name),
        };
        let place = || Some(self.medium.link(self.page, &compared.file("html")?, Some(&change.anchor())));
        // Where no word changed, the comparison shows none: the clause itself is there to be read.
        let url = match self.links(side, there).into_iter().next() {
            Some(link) if change.is_quiet() => link.url,
            _ => place()?,
        };
        let links = vec![Link { words, url }];
        Some(view::ClauseRelations { words: format!("{} {preposition}", capital(&change.class_words())), links })
    }
}

/// A change on the page of the comparison, by its new number.
fn place_of(change: &Change) -> Link {
    let clause = change.new.first().or(change.old.first());
    Link { words: clause.map(|clause| clause.number.clone()).unwrap_or_default(), url: format!("#{}", change.anchor()) }
}

fn heading_of(side: &Side<'_>, at: ClauseAt) -> Option<String> {
    let document = &side.edition.entry(at.file)?.document;
    let section = document.clauses.get(at.clause)?.section?;
    document.sections.get(section).map(|section| section.title.clone())
}

/// The words of a change: of a clause that only moved, its first.
fn texts(change: &Change) -> Vec<view::ChangeText> {
    let is_whole = change.rewritten || change.is(Class::New) || change.is(Class::Removed);
    if is_whole {
        let text = |run: &Run| {
            let title = if run.is == Is::Removed { "Before" } else { "Now" };
            let title = Some(title.to_owned()).filter(|_| change.rewritten);
            view::ChangeText { title, html: markup(std::slice::from_ref(run), false) }
        };
        return change.words.iter().map(text).collect();
    }
    if change.classes == [Class::Moved] {
        let parts = change.words.iter().flat_map(|run| &run.parts).map(|part| part.text.as_str());
        let mut writer = Writer::default();
        writer.tag("<p>");
        writer.text(&first_words(&parts.collect::<Vec<_>>().join(" "), MOVED_WORDS));
        writer.tag("</p>\n");
        return vec![view::ChangeText { title: None, html: Html::new(&writer.finish()) }];
    }
    vec![view::ChangeText { title: None, html: markup(&change.words, true) }]
}

/// Runs of words as paragraphs; with `marked`, what went and what came is marked as such.
fn markup(runs: &[Run], marked: bool) -> Html {
    let mut writer = Writer::default();
    let mut open = false;
    let mut last: Option<&Run> = None;
    for run in runs {
        let (opening, words, closing) = match run.is {
            Is::Removed if marked => ("<del>", "removed: ", "</del>"),
            Is::Added if marked => ("<ins>", "added: ", "</ins>"),
            _ => ("", "", ""),
        };
        // What came stands beside what went in its place, in one paragraph, and is parted from it by a space.
        let gone = last.filter(|last| last.is == Is::Removed && run.is == Is::Added);
        let beside = gone.is_some_and(|gone| {
            let gap = |run: &Run| run.parts.first().map(|part| part.gap.clone());
            gap(run) == Some(Gap::None) || gone.parts.len() == 1 && gap(gone) == gap(run)
        });
        for (at, part) in run.parts.iter().enumerate() {
            match &part.gap {
                _ if open && at == 0 && beside => writer.tag(" "),
                Gap::Space if open => writer.tag(" "),
                Gap::None if open => {}
                gap => {
                    writer.tag(if open { "</p>\n" } else { "" });
                    writer.tag(match gap {
                        Gap::Item => "<p class=\"item\">",
                        Gap::SubClause => "<p class=\"part\">",
                        _ => "<p>",
                    });
                    match gap {
                        Gap::Note => writer.tag("<b>Note:</b> "),
                        Gap::Clause(number) => {
                            writer.tag("<b>");
                            writer.text(number);
                            writer.tag("</b> ");
                        }
                        _ => {}
                    }
                    open = true;
                }
            }
            writer.tag(opening);
            if at == 0 && !words.is_empty() {
                writer.tag("<span class=\"said\">");
                writer.tag(words);
                writer.tag("</span>");
            }
            writer.text(&part.text);
            writer.tag(closing);
        }
        last = Some(run);
    }
    writer.tag(if open { "</p>\n" } else { "" });
    Html::new(&writer.finish())
}
