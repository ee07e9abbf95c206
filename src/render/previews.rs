//! Previews: the first words of each place that a page leads to.
//!
//! Takes a document; gives a script of all that its page refers to on other pages, since pages that
//! are opened from a folder may not read one another. The page loads it when a mouse first rests on
//! a link.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::components::cards::status_word;
use super::links::Links as _;
use super::links::site::SiteLinks;
use crate::cache::{Cache, key};
use crate::corpus::fingerprint::Fingerprints;
use crate::corpus::{Corpus, Entry, EntryId, Goal, Place, PlacePart, first_words};
use crate::output::{ABOUT_PAGE, Artefact, OutPath};
use crate::strings::Strings;

/// Number of words that are shown of a place.
const WORDS: usize = 60;

/// A place in a few words. Its fields are short because there are hundreds in a file.
#[derive(Serialize)]
struct Preview {
    /// Number, heading, or title of the document.
    n: String,
    /// Words by which its document is cited.
    d: String,
    /// The status of its document in a word, unless it is current.
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<String>,
    /// First words.
    t: String,
    /// Number of notes.
    #[serde(skip_serializing_if = "is_none")]
    m: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Returns the scripts of all pages that refer to others, each with its path. `known` is those that
/// are the same as they were.
pub fn scripts(
    corpus: &Corpus,
    strings: &Strings,
    fingerprints: &Fingerprints,
    known: &Cache<Artefact>,
) -> Vec<(OutPath, Artefact)> {
    let made = corpus.entries.par_pairs().filter_map(|(at, entry)| {
        let places = places(corpus, entry);
        let path = path(entry).filter(|_| !places.is_empty())?;
        let inputs = || {
            let others: BTreeSet<EntryId> = places.iter().map(|place| place.entry).collect();
            let others: Vec<_> = others.into_iter().map(|other| fingerprints.entry(other)).collect();
            key((fingerprints.entry(at), others, strings.key()))
        };
        let script = known.get(inputs, || script(corpus, strings, entry, &places).map(Artefact::text).ok_or(()));
        Some((path, script.ok()?))
    });
    made.collect()
}

/// Script of the places that a page refers to, by the address that its links have.
fn script(corpus: &Corpus, strings: &Strings, entry: &Entry, places: &[Place]) -> Option<String> {
    let previews = places.iter().filter_map(|place| {
        let (page, fragment) = corpus.address(*place);
        Some((SiteLinks.address(&entry.page, page, fragment.as_deref())?, preview(corpus, strings, *place)?))
    });
    let json = serde_json::to_string(&previews.collect::<BTreeMap<String, Preview>>()).ok()?;
    Some(format!("window.clausebookReferences = {json};\n"))
}

/// Returns the path of the script of a document's page, if that refers to another. The pages of the
/// home's words, of words and about the copy have none.
pub fn address(corpus: &Corpus, entry: &Entry) -> Option<OutPath> {
    path(entry).filter(|_| !places(corpus, entry).is_empty())
}

fn path(entry: &Entry) -> Option<OutPath> {
    if !entry.role.is_paper() || entry.page == ABOUT_PAGE {
        return None;
    }
    OutPath::new(&format!("{}.refs.js", entry.page.as_str().strip_suffix(".html")?))
}

/// Every place on other pages that a page links to.
fn places(corpus: &Corpus, entry: &Entry) -> Vec<Place> {
    let resolution = &entry.resolution;
    let mut places: Vec<Place> = resolution.targets.iter().filter_map(|target| goal(&target.to)).collect();
    // What a clause is linked with is on its own page, if it has one.
    if !corpus.has_clause_pages(entry) {
        places.extend(resolution.clause_relations.iter().flatten().map(|(_, place)| *place));
        places.extend(resolution.clause_referrers.iter().flatten());
    }
    places.extend(resolution.section_referrers.iter().flatten());
    places.extend(&resolution.referrers);
    // The links of a drawn clause are on this page too: to where it is from, and to what it
    // mentions.
    for (from, clauses) in corpus.all_drawn_in(entry) {
        let of = corpus.entry(from);
        for index in clauses {
            let clause = &of.document.clauses[index];
            places.push(Place { entry: from, part: PlacePart::Clause(index) });
            let mentioned = of.references_in(&clause.body).into_iter();
            places.extend(mentioned.filter_map(|at| goal(&of.resolution.targets[at].to)));
        }
    }
    places.retain(|place| corpus.entry(place.entry).page != entry.page);
    places
}

fn goal(goal: &Goal) -> Option<Place> {
    match goal {
        Goal::Place(place) => Some(*place),
        Goal::Clauses(entry, first, _) => Some(Place { entry: *entry, part: PlacePart::Clause(*first) }),
        _ => None,
    }
}

fn preview(corpus: &Corpus, strings: &Strings, place: Place) -> Option<Preview> {
    let entry = corpus.entry(place.entry);
    let document = &entry.document;
    let clause = match place.part {
        PlacePart::Clause(clause) => Some(clause),
        PlacePart::Section(section) => {
            let mut clauses = document.whole_clauses();
            clauses.find(|(_, clause)| document.trail(clause.section).contains(&section)).map(|(at, _)| at)
        }
        PlacePart::Whole => document.whole_clauses().next().map(|(at, _)| at),
    };
    let clause = clause.map(|clause| &document.clauses[clause]);
    let notes = clause.filter(|_| matches!(place.part, PlacePart::Clause(_)));
    Some(Preview {
        n: match place.part {
            PlacePart::Whole => document.front.title.clone(),
            _ => corpus.short_citation(place),
        },
        d: document.front.short.clone(),
        s: status_word(strings, entry).map(|words| words.to_string()),
        t: clause.map_or(String::new(), |clause| first_words(&entry.opening_words(&clause.body, WORDS + 4), WORDS)),
        m: notes.map_or(0, |clause| entry.notes_in(&document.with_heading(clause)).len()),
    })
}
