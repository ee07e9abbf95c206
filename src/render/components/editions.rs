//! The editions of a document as its own page and its clauses speak of them: the page of what
//! changed, and for each clause what it was before and what it became.

use crate::corpus::{Corpus, EntryId, Place, PlacePart};
use crate::document::{ClauseId, Relation};
use crate::editions::{Class, ClauseChange, ClausePosition, Compared, ComparedEdition, NumberedClause};
use crate::render::context::RenderContext;
use crate::render::view::{ClauseRelations, Link, Words};
use crate::strings::phrase;

/// An edition as its clauses are shown on a page.
pub struct Side<'a> {
    /// The edition.
    pub edition: ComparedEdition<'a>,
    /// The words by which it is cited, in which it differs from the other.
    pub name: String,
}

/// Returns the old edition of a comparison and the new one.
pub fn sides<'a>(corpus: &'a Corpus, compared: &Compared) -> (Side<'a>, Side<'a>) {
    (side(corpus, compared.old, compared.new), side(corpus, compared.new, compared.old))
}

fn side(corpus: &Corpus, at: EntryId, other: EntryId) -> Side<'_> {
    let (own, other) = (&corpus.entry(at).document, &corpus.entry(other).document);
    let short = &own.front.short;
    let name = if *short == other.front.short { format!("{short} ({})", own.id) } else { short.clone() };
    Side { edition: ComparedEdition::new(corpus, at), name }
}

/// Returns links to clauses of an edition by their numbers.
pub fn number_links(cx: &RenderContext<'_>, side: &Side<'_>, clauses: &[NumberedClause]) -> Vec<Link> {
    let link = |clause: &NumberedClause| {
        let entry = side.edition.files[clause.at.file];
        let place = Place { entry, part: PlacePart::Clause(clause.at.clause) };
        Link { words: clause.number.clone(), url: cx.address_of(place) }
    };
    clauses.iter().map(link).collect()
}

/// Returns the address of the page of what changed between a document and another that it replaces,
/// or that replaces it.
pub fn changes_between(cx: &RenderContext<'_>, at: EntryId, relation: Relation, other: EntryId) -> Option<String> {
    let wanted = match relation {
        Relation::Replaces => (other, at),
        Relation::ReplacedBy => (at, other),
        _ => return None,
    };
    let compared = cx.comparisons.iter().find(|compared| (compared.old, compared.new) == wanted)?;
    cx.address(&compared.file("html")?)
}

/// Returns lines that say what a clause was in the edition before its own, and what it became in
/// the one after.
pub fn history(cx: &RenderContext<'_>, at: EntryId, index: ClauseId) -> Vec<ClauseRelations> {
    let entry = cx.corpus.entry(at);
    let clause = entry.document.whole_clause(index);
    let mut lines = Vec::new();
    for compared in cx.comparisons.iter().filter(|compared| compared.concerns(cx.corpus, at)) {
        let (old, new) = sides(cx.corpus, compared);
        let find = |side: &Side<'_>| {
            let file = side.edition.files.find(|file| *file == at)?;
            Some(ClausePosition { file, clause })
        };
        let before = find(&new).and_then(|at| compared.comparison.of_new(at));
        let after = find(&old).and_then(|at| compared.comparison.of_old(at));
        lines.extend(before.and_then(|change| changes_since(cx, compared, change, &change.old, &old, true)));
        lines.extend(after.and_then(|change| changes_since(cx, compared, change, &change.new, &new, false)));
    }
    lines
}

/// A line of history: where a clause came from, or what it became. `there` is the clauses of the
/// other edition.
fn changes_since(
    cx: &RenderContext<'_>,
    compared: &Compared,
    change: &ClauseChange,
    there: &[NumberedClause],
    side: &Side<'_>,
    came: bool,
) -> Option<ClauseRelations> {
    let numbers: Vec<&str> = there.iter().map(|clause| clause.number.as_str()).collect();
    let words = match numbers.as_slice() {
        [] => side.name.clone(),
        _ if change.is(Class::Unchanged) => side.name.clone(),
        numbers => cx.text(phrase::ToldOf { numbers: &cx.strings.list(numbers), edition: &side.name }),
    };
    // Where no word changed, the comparison shows none: the clause itself is there to be read.
    let url = match number_links(cx, side, there).into_iter().next() {
        Some(link) if change.is_quiet() => link.url,
        _ => cx.address_on(&compared.file("html")?, &change.anchor()),
    };
    let links = vec![Link { words, url }];
    let classes = class_words(cx, change);
    let said = match change.classes.as_slice() {
        [Class::Unchanged | Class::New, ..] if came => cx.say(phrase::ToldSince { change: classes.text() }),
        [Class::Unchanged | Class::Removed, ..] => cx.say(phrase::ToldIn { change: classes.text() }),
        _ if came => cx.say(phrase::ToldFrom { change: classes.text() }),
        [Class::Moved] => cx.say(phrase::ToldTo { change: classes.text() }),
        [Class::Split | Class::Merged, ..] => cx.say(phrase::ToldInto { change: classes.text() }),
        _ => cx.say(phrase::ToldAs { change: classes.text() }),
    };
    Some(ClauseRelations { words: said.capital(), links })
}

/// Returns the classes of a change in words: "renumbered and reworded".
pub fn class_words(cx: &RenderContext<'_>, change: &ClauseChange) -> Words {
    let classes = change.classes.iter().map(|class| class_word(cx, *class));
    Words::joined(classes, &cx.text(phrase::ListLast))
}

/// Returns the word for a class.
pub fn class_word(cx: &RenderContext<'_>, class: Class) -> Words {
    match class {
        Class::Unchanged => cx.say(phrase::ClassUnchanged),
        Class::Renumbered => cx.say(phrase::ClassRenumbered),
        Class::Moved => cx.say(phrase::ClassMoved),
        Class::Split => cx.say(phrase::ClassSplit),
        Class::Merged => cx.say(phrase::ClassMerged),
        Class::Reworded => cx.say(phrase::ClassReworded),
        Class::New => cx.say(phrase::ClassNew),
        Class::Removed => cx.say(phrase::ClassRemoved),
    }
}
