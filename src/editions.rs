//! Changes from one edition of a text to another, clause by clause.
//!
//! Takes two editions, each one document or the files of a publication; gives every whole clause of
//! both exactly once, in a [`ClauseChange`]. Pure: the same two texts give the same comparison. It
//! holds no index into a corpus, so that it can be kept from one build to the next. Words outside
//! of clauses are not compared.
//!
//! Clauses are joined by what is known of them (`moves`), by their author's id, by their words, and
//! in the end, if they share but a little, by their number or by a neighbour that is joined
//! (`pairs`). Then each change has one or two classes:
//!
//! | Class | Means |
//! | --- | --- |
//! | unchanged | the same number, words and place |
//! | reworded | other words, or the same words that cite another provision or mean another clause |
//! | renumbered | another number in the same place: a clause inserted before it, say |
//! | moved | out of the order of the others, or from under one heading to under another, where both editions have both |
//! | split | its words now are in several clauses |
//! | merged | the words of several clauses now are in it |
//! | new | nothing before it has its words |
//! | removed | nothing after it has its words |
//!
//! *Reworded* goes with *renumbered*, *moved*, *split* and *merged*, and the others go alone; a
//! clause that moved has its new number without being called renumbered. The order of the others is
//! the longest run of clauses that kept theirs. A mention that follows a clause to its new number
//! is no change of words, nor is another form of a quotation mark.

mod account;
mod changes;
mod duties;
mod order;
mod pairs;
mod passages;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

use rayon::prelude::*;

use crate::arena::{Arena, Id, Table};
use crate::cache::{Cache, key};
use crate::corpus::fingerprint::Fingerprints;
use crate::corpus::history::History;
use crate::corpus::{Corpus, Entry, EntryId, Other};
use crate::document::ledger::AnchorKind;
use crate::document::{ClauseId, Relation};
use crate::output::OutPath;
use crate::source::Key;
pub use account::{flag_words, quiet_words};
pub use changes::{Class, ClauseChange, Flag, FlagKind};
use passages::{New, NewId, Old, OldId, Passage};
pub use words::{Gap, ParagraphRun, RunStatus, WordRun};

/// An edition of a text.
#[derive(Clone, Debug)]
pub struct ComparedEdition<'a> {
    /// The site that holds it.
    pub corpus: &'a Corpus,
    /// Entries that are its files, in order.
    pub files: Arena<EntryId>,
    /// Whether its clauses have addresses, as those of a file in no site have not.
    pub addressed: bool,
}

impl<'a> ComparedEdition<'a> {
    /// A document; with its files, if it is the first of a publication.
    pub fn new(corpus: &'a Corpus, at: EntryId) -> Self {
        let files = &corpus.entry(at).resolution.files;
        let files = if files.is_empty() { std::iter::once(at).collect() } else { files.iter().copied().collect() };
        ComparedEdition { corpus, files, addressed: true }
    }

    /// One of its files.
    pub fn entry(&self, file: EditionFileId) -> &'a Entry {
        self.corpus.entry(self.files[file])
    }
}

/// Place of a file in an edition.
pub type EditionFileId = Id<EntryId>;

/// Position of a whole clause in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClausePosition {
    /// File of the edition.
    pub file: EditionFileId,
    /// Clause of that file.
    pub clause: ClauseId,
}

/// A whole clause of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NumberedClause {
    /// Position in its edition.
    pub at: ClausePosition,
    /// Number as readers see it.
    pub number: String,
    /// Fragment of its address, without `#`.
    pub anchor: String,
}

/// Two editions compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Every whole clause of both, in the order of the new edition; what was removed is where
    /// it was.
    pub changes: Arena<ClauseChange>,
    by_old: BTreeMap<ClausePosition, Id<ClauseChange>>,
    by_new: BTreeMap<ClausePosition, Id<ClauseChange>>,
}

impl Comparison {
    /// Returns the change of a clause of the old edition.
    pub fn of_old(&self, at: ClausePosition) -> Option<&ClauseChange> {
        self.by_old.get(&at).map(|change| &self.changes[*change])
    }

    /// Returns the change that led to a clause of the new edition.
    pub fn of_new(&self, at: ClausePosition) -> Option<&ClauseChange> {
        self.by_new.get(&at).map(|change| &self.changes[*change])
    }

    /// Counts the changes of each class. A change of two classes counts for both.
    pub fn counts(&self) -> impl Iterator<Item = (Class, usize)> {
        Class::ALL.iter().map(|(class, _)| (*class, self.changes.iter().filter(|change| change.is(*class)).count()))
    }

    /// The changes in which there is something of a kind that readers must not miss.
    pub fn flagged(&self, kind: FlagKind) -> impl Iterator<Item = &ClauseChange> {
        self.changes.iter().filter(move |change| change.flags.iter().any(|flag| flag.kind == kind))
    }

    /// The changes with those in which no word changed put together, as far as they follow one
    /// another and are alike.
    pub fn lines(&self) -> Vec<AccountLine<'_>> {
        let mut lines: Vec<AccountLine<'_>> = Vec::new();
        for change in &self.changes {
            match lines.last_mut() {
                Some(AccountLine::Quiet(run))
                    if change.is_quiet() && run.first().is_some_and(|first| first.classes == change.classes) =>
                {
                    run.push(change);
                }
                _ if change.is_quiet() => lines.push(AccountLine::Quiet(vec![change])),
                _ => lines.push(AccountLine::Change(change)),
            }
        }
        lines
    }

    /// Returns the number of clauses in the old edition, and in the new one.
    pub fn clauses(&self) -> (usize, usize) {
        (self.by_old.len(), self.by_new.len())
    }

    /// Whether nothing at all has changed.
    pub fn is_same(&self) -> bool {
        self.changes.iter().all(|change| change.is(Class::Unchanged))
    }
}

/// A line of an account of changes.
#[derive(Clone, Debug)]
pub enum AccountLine<'c> {
    /// A change that is told in full.
    Change(&'c ClauseChange),
    /// Changes in which no word changed.
    Quiet(Vec<&'c ClauseChange>),
}

/// Moves that are known before two editions are compared. Each is the anchor of an old clause, with
/// the anchors of the new clauses that have its words; none of these if the clause was withdrawn.
pub type KnownMoves = BTreeMap<String, BTreeSet<String>>;

/// Compares two editions.
pub fn align(old: &ComparedEdition<'_>, new: &ComparedEdition<'_>, moves: &KnownMoves) -> Comparison {
    let (old_passages, new_passages) = (passages::read_passages(old), passages::read_passages(new));
    let pairs = pairs::find(&old_passages, &new_passages, moves);
    let order = order::moved_clauses(old, new, (&old_passages, &new_passages), &pairs);
    // Where each change is: after which clause of the new edition, and whether it only was
    // there.
    let mut placed: Vec<((usize, usize), ClauseChange)> = Vec::new();
    for (at, passage) in new_passages.pairs() {
        match pairs.main_of_new(at) {
            Some(main) => {
                let olds = sorted(main, pairs.sources(at));
                let news = sorted(at, pairs.parts(main));
                let first = news.first().copied().unwrap_or(at);
                let change = changed((&old_passages, &olds), (&new_passages, &news), &pairs, order.moved(main));
                placed.push(((first.position() + 1, 0), change));
            }
            None if pairs.is_part(at) => {}
            None => {
                let words = words::whole_run(&passage.all(), RunStatus::Added);
                placed.push((
                    (at.position() + 1, 0),
                    single_change(Class::New, Vec::new(), vec![passage.numbered()], words),
                ));
            }
        }
    }
    let mut last = 0;
    for (at, passage) in old_passages.pairs() {
        match pairs.main_of_old(at) {
            Some(new) if !order.moved(at) => last = new.position() + 1,
            Some(_) => {}
            None if pairs.is_source(at) => {}
            None => {
                let words = words::whole_run(&passage.all(), RunStatus::Removed);
                placed.push((
                    (last, at.position() + 1),
                    single_change(Class::Removed, vec![passage.numbered()], Vec::new(), words),
                ));
            }
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    let mut found = Comparison::default();
    for (_, change) in placed {
        let (olds, news) = (change.old.clone(), change.new.clone());
        let at = found.changes.push(change);
        found.by_old.extend(olds.iter().map(|clause| (clause.at, at)));
        found.by_new.extend(news.iter().map(|clause| (clause.at, at)));
    }
    found
}

fn sorted<I: Copy + Ord>(main: I, others: &[I]) -> Vec<I> {
    let all: BTreeSet<I> = others.iter().copied().chain([main]).collect();
    all.into_iter().collect()
}

fn single_change(
    class: Class,
    old: Vec<NumberedClause>,
    new: Vec<NumberedClause>,
    words: Vec<WordRun>,
) -> ClauseChange {
    ClauseChange { classes: vec![class], old, new, flags: Vec::new(), words, rewritten: false }
}

/// The change of clauses that have one another's words.
fn changed(
    (old_passages, olds): (&Table<Old, Passage>, &[OldId]),
    (new_passages, news): (&Table<New, Passage>, &[NewId]),
    pairs: &pairs::Pairs,
    moved: bool,
) -> ClauseChange {
    let old: Vec<&Passage> = olds.iter().map(|at| &old_passages[*at]).collect();
    let new: Vec<&Passage> = news.iter().map(|at| &new_passages[*at]).collect();
    let (before, after) = (passages::joined(&old), passages::joined(&new));
    let diff = words::diff(&before, &after, |at| pairs.target_of(at), |at| pairs.representative(at));
    let cites = |passages: &[&Passage]| passages.iter().flat_map(|passage| passage.cites.clone()).collect();
    let mut flags = duties::changed(&before, &after, &diff.spans);
    flags.extend(diff.strayed.iter().map(|number| Flag {
        kind: FlagKind::Mention,
        old: Some(number.clone()),
        new: Some(number.clone()),
    }));
    flags.extend(duties::citations(&cites(&old), &cites(&new)));
    let mut classes = Vec::new();
    let renumbered = old.iter().map(|old| &old.number).ne(new.iter().map(|new| &new.number));
    match (old.len(), new.len()) {
        (1, 1) if moved => classes.push(Class::Moved),
        (1, 1) if renumbered => classes.push(Class::Renumbered),
        (1, 1) => {}
        (1, _) => classes.push(Class::Split),
        _ => classes.push(Class::Merged),
    }
    if !diff.same || !flags.is_empty() {
        classes.push(Class::Reworded);
    }
    if classes.is_empty() {
        classes.push(Class::Unchanged);
    }
    let numbered = |passages: &[&Passage]| passages.iter().map(|passage| passage.numbered()).collect();
    let mut change = ClauseChange {
        classes,
        old: numbered(&old),
        new: numbered(&new),
        flags,
        words: Vec::new(),
        rewritten: diff.rewritten,
    };
    if !change.is_quiet() {
        change.words = diff.runs;
    }
    change
}

/// Two documents of a site, of which one replaces the other.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Entry that is replaced.
    pub old: EntryId,
    /// Entry that replaces it.
    pub new: EntryId,
    /// The path of what is published of it, without an ending: `compare/OLD--NEW`.
    pub stem: String,
    /// Result of comparing the two.
    pub comparison: Arc<Comparison>,
}

impl Compared {
    /// Whether a document is one of the two, or a file of one of them.
    pub fn concerns(&self, corpus: &Corpus, at: EntryId) -> bool {
        let publication = corpus.entry(at).resolution.publication;
        [Some(at), publication].into_iter().flatten().any(|at| at == self.old || at == self.new)
    }

    /// Returns the path of its file with an ending, such as `html`. None if that is no valid path.
    pub fn file(&self, ending: &str) -> Option<OutPath> {
        OutPath::new(&format!("{}.{ending}", self.stem))
    }
}

/// Compares every document of a site with each that it replaces, if the site holds it and either
/// has clauses.
pub fn compare_all(
    (corpus, history): (&Corpus, &History),
    fingerprints: &Fingerprints,
    known: &Cache<Arc<Comparison>>,
) -> Vec<Compared> {
    let mut found = Vec::new();
    for (new, entry) in corpus.papers() {
        for (relation, other) in &entry.resolution.relations {
            let (Relation::Replaces, Other::Held(old)) = (relation, other) else { continue };
            if corpus.entry(*old).role.is_paper() {
                found.push((*old, new));
            }
        }
    }
    let compared = found.into_par_iter().map(|(old, new)| {
        let editions = (ComparedEdition::new(corpus, old), ComparedEdition::new(corpus, new));
        let hashes = |edition: &ComparedEdition<'_>| -> Vec<Option<Key>> {
            edition.files.iter().map(|file| fingerprints.entry(*file)).collect()
        };
        let moves = moves(corpus, history, (&editions.0, &editions.1));
        let make = || Ok::<_, Infallible>(Arc::new(align(&editions.0, &editions.1, &moves)));
        let comparison =
            known.get(|| key((hashes(&editions.0), hashes(&editions.1), &moves)), make).unwrap_or_default();
        Compared { old, new, stem: stem(corpus, old, new), comparison }
    });
    compared.filter(|compared| !compared.comparison.changes.is_empty()).collect()
}

/// Returns the moves that the ledger records from clauses of the old edition to clauses of the new
/// one.
fn moves(corpus: &Corpus, history: &History, (old, new): (&ComparedEdition<'_>, &ComparedEdition<'_>)) -> KnownMoves {
    let pages: Vec<&OutPath> = new.files.iter().map(|at| &corpus.entry(*at).page).collect();
    let mut moves = KnownMoves::new();
    let histories = old.files.iter().map(|at| &history.documents[*at]);
    for (_, former) in histories.flat_map(|history| &history.formers) {
        let heirs = former.heirs.iter().filter(|heir| pages.contains(&&heir.page));
        let anchors: BTreeSet<String> = heirs.filter_map(|heir| heir.fragment.clone()).collect();
        if former.was == AnchorKind::Clause && !anchors.is_empty() {
            moves.entry(former.anchor.clone()).or_default().extend(anchors);
        }
    }
    moves
}

/// The longest path without an ending that leaves room for one.
const LONGEST_STEM: usize = OutPath::MAX - ".html".len();

/// `compare/OLD--NEW`; two ids that are too long for one path are cut, and told from others by
/// their hash.
fn stem(corpus: &Corpus, old: EntryId, new: EntryId) -> String {
    let id = |at: EntryId| corpus.entry(at).document.id.as_str();
    let (old, new) = (id(old), id(new));
    let whole = format!("compare/{old}--{new}");
    if whole.len() <= LONGEST_STEM {
        return whole;
    }
    let cut = |id: &str| id.chars().take(40).collect::<String>();
    let hash: String = key((old, new)).to_string().chars().take(16).collect();
    format!("compare/{}--{}--{hash}", cut(old), cut(new))
}
