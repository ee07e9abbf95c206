//! Documents to a site: what each borrows from the others.
//!
//! Takes parsed documents, the settings, the register and the names of the files to copy; gives the corpus and what does
//! not fit together. The order of resolution is the order of the calls in [`corpus`]. Never edits a document.

mod drawn;
mod glossary;
mod links;
mod local_notes;
mod numbering;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::config::{Config, TermRef};
use crate::corpus::{
    Citation, Cited, Citing, Corpus, Entry, Goal, Member, Other, Place, PlacePart, Resolution, Role, parts_around,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    ClauseRelation, Declared, DocId, Document, MAP, PACK, Relation, Run, TIMELINE, Within, is_slug, natural_runs,
};
use crate::output::OutPath;
use crate::source::{Hash, LOCAL_GLOSSARY, Origin, SourceMap, Span, Written};

/// Site data that resolution needs beside the documents, the settings and the register.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// Relations between clauses, as the site declares them.
    pub clause_relations: &'a [ClauseRelation],
    /// The files that are no text, by path.
    pub assets: &'a BTreeMap<String, Hash>,
    /// Paths of the assets that clausebook made for people. It is no fault if no document refers to
    /// one.
    pub products: &'a BTreeSet<String>,
    /// The texts, for places in them.
    pub sources: &'a SourceMap,
}

/// Puts the site together. `known` is which words of the glossary the clauses of a document use.
pub fn corpus(
    documents: Vec<Arc<Document>>,
    config: Arc<Config>,
    declared: Vec<Declared>,
    beside: Beside<'_>,
    known: &Cache<Arc<[(usize, usize)]>>,
) -> (Corpus, Vec<Diagnostic>) {
    let Beside { clause_relations, assets, products, sources } = beside;
    let mut faults = Vec::new();
    let entries = entries(documents, config.upstream.is_some(), &mut faults);
    let authorities = declared.into_iter().map(|Declared { authority, span }| Cited {
        authority,
        declared: span,
        whole: BTreeSet::new(),
        provisions: BTreeMap::new(),
    });
    let mut by_id = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        by_id.entry(entry.document.id.to_string()).or_insert(at);
    }
    let mut corpus = Corpus {
        config,
        entries,
        by_id,
        authorities: authorities.collect(),
        members: BTreeMap::new(),
        glossary: Arc::default(),
        assets: BTreeMap::new(),
        history: Arc::default(),
    };
    corpus.authorities.sort_by(|a, b| a.authority.key.cmp(&b.authority.key));
    let publications = publications(&mut corpus);
    numbering::check(&corpus, &publications, &mut faults);
    number_notes(&mut corpus);
    local_notes::place(&mut corpus, &mut faults);
    terms(&mut corpus, &mut faults);
    let named = links::resolve(&mut corpus, &publications, (assets, sources), clause_relations, &mut faults);
    drawn::check(&corpus, sources, &mut faults);
    refer_back(&mut corpus);
    relations(&mut corpus, &mut faults);
    cite_back(&mut corpus);
    navigation(&corpus, &mut faults);
    corpus.glossary = Arc::new(glossary::glossary(&corpus, known, &mut faults));
    unused_files(&named, (assets, products), sources, &mut faults);
    (corpus, faults)
}

/// Documents in the site's order, each with its page. A second document of one name stays, so that what is wrong in it
/// is found too; nothing is published then.
fn entries(mut documents: Vec<Arc<Document>>, extends: bool, faults: &mut Vec<Diagnostic>) -> Vec<Entry> {
    documents.par_sort_by_cached_key(|document| (natural_order(&document.path), document.path.clone()));
    let mut seen: BTreeMap<DocId, (Span, Arc<str>)> = BTreeMap::new();
    let mut entries = Vec::new();
    let mut notes = Vec::new();
    for document in documents {
        if document.annotates.is_some() {
            notes.push(document);
            continue;
        }
        let span = Span::new(document.file, 0..0);
        if let Some((first, path)) = seen.get(&document.id) {
            let message = format!("two documents are named `{}`: this one and {path}", document.id);
            faults.push(
                Diagnostic::new(Code::DuplicateId, span, message)
                    .label(*first, "the other")
                    .help("rename one, or write `id = \"…\"` in its front matter: names are unique in the site, whatever the folder"),
            );
        } else {
            seen.insert(document.id.clone(), (span, document.path.clone()));
        }
        let role = match &*document.path {
            "index.md" => Role::Home,
            "glossary.md" => Role::Glossary,
            LOCAL_GLOSSARY if extends && document.origin == Origin::Own => Role::Glossary,
            _ => match document.front.kind.as_ref().map(|kind| kind.value.as_str()) {
                Some(PACK) => Role::Pack,
                Some(TIMELINE) => Role::Timeline,
                Some(MAP) => Role::Map,
                _ => Role::Document,
            },
        };
        let name = if document.path.ends_with("index.md") { "index" } else { document.id.as_str() };
        let path = match document.folder() {
            "" => format!("{name}.html"),
            folder => format!("{folder}/{name}.html"),
        };
        match OutPath::new(&path).filter(|_| path.len() <= OutPath::MAX_PAGE) {
            Some(page) => entries.push(Entry { document, page, role, resolution: Resolution::default() }),
            None => {
                let why = match path.len() {
                    ..=OutPath::MAX_PAGE => OutPath::refusal(&path),
                    _ => format!("it has more than {} characters", OutPath::MAX_PAGE),
                };
                let fault =
                    Diagnostic::new(Code::InvalidId, span, format!("`{path}` cannot be the path of a page: {why}"));
                faults.push(fault.help("rename the file or its folders, or write another `id` in the front matter"));
            }
        }
    }
    local_notes::join(notes, &mut entries, faults);
    entries
}

/// The place of a path in the order in which `2-roles.md` stands before `10-finance.md`, and `index.md` first in its folder.
fn natural_order(path: &str) -> Vec<(bool, Vec<Run>)> {
    path.split('/').map(|part| (part != "index.md", natural_runs(part))).collect()
}

/// The entries that share a numbering with each entry, itself among them, in order.
fn publications(corpus: &mut Corpus) -> Vec<Vec<usize>> {
    let mut folders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in corpus.entries.iter().enumerate().filter(|(_, entry)| entry.role != Role::Notes) {
        folders.entry(entry.document.folder().to_owned()).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = (0..corpus.entries.len()).map(|at| vec![at]).collect();
    for files in folders.into_values() {
        // `index.md` comes first in its folder.
        let Some(first) = files.first().copied() else { continue };
        let shares = corpus
            .entry(first)
            .is_some_and(|entry| entry.document.front.publication && entry.document.path.ends_with("index.md"));
        if !shares {
            continue;
        }
        for file in &files {
            if let (Some(group), Some(entry)) = (groups.get_mut(*file), corpus.entries.get_mut(*file)) {
                group.clone_from(&files);
                entry.resolution.publication = Some(first);
            }
        }
        if let Some(entry) = corpus.entries.get_mut(first) {
            entry.resolution.files = files;
        }
    }
    groups
}

/// Notes are numbered in the order of their first mention: those in the text before those that only other notes mention.
fn number_notes(corpus: &mut Corpus) {
    corpus.entries.par_iter_mut().for_each(|entry| {
        let mut numbers = vec![None; entry.document.notes.len()];
        for (number, note) in entry.document.notes_in_order().into_iter().enumerate() {
            if let Some(place) = numbers.get_mut(note) {
                *place = Some(number + 1);
            }
        }
        entry.resolution.note_numbers = numbers;
    });
}

/// Terms come down from front matter to headings to clauses to sub-clauses.
fn terms(corpus: &mut Corpus, faults: &mut Vec<Diagnostic>) {
    let config = corpus.config.clone();
    let of_entries: Vec<_> = corpus.entries.par_iter_mut().map(|entry| terms_of(entry, &config)).collect();
    for (entry, (members, more)) in of_entries.into_iter().enumerate() {
        for (term, clause) in members {
            corpus.members.entry(term).or_default().push(Member { entry, clause });
        }
        faults.extend(more);
    }
}

/// Passes terms down in one document. Returns pairs of a term and a clause to list under it (by
/// index), and the errors found.
fn terms_of(entry: &mut Entry, config: &Config) -> (Vec<(TermRef, usize)>, Vec<Diagnostic>) {
    let (mut members, mut faults) = (Vec::new(), Vec::new());
    let document = &entry.document;
    let whole = find_terms(&document.front.terms, config, &mut Vec::new());
    let of_section: Vec<Vec<TermRef>> =
        document.sections.iter().map(|section| find_terms(&section.terms, config, &mut faults)).collect();
    let mut of_clause: Vec<Vec<TermRef>> = Vec::new();
    for (index, clause) in document.clauses.iter().enumerate() {
        let above: Vec<TermRef> = match clause.parent {
            Some(parent) => of_clause.get(parent).cloned().unwrap_or_default(),
            None => {
                let trail = document.trail(clause.section);
                let sections = trail.iter().filter_map(|section| of_section.get(*section)).flatten();
                whole.iter().chain(sections).copied().collect()
            }
        };
        let mut terms = find_terms(&clause.terms, config, &mut faults);
        terms.extend(&above);
        terms.sort();
        terms.dedup();
        // A sub-clause is listed under a term only if its clause is not.
        let listed = terms.iter().filter(|term| clause.parent.is_none() || !above.contains(term));
        members.extend(listed.map(|term| (*term, index)));
        of_clause.push(terms);
    }
    entry.resolution.terms = of_clause;
    entry.resolution.document_terms = whole;
    (members, faults)
}

fn find_terms(written: &[Written<String>], config: &Config, faults: &mut Vec<Diagnostic>) -> Vec<TermRef> {
    let mut found = Vec::new();
    for term in written {
        match config.term(&term.value) {
            Some(term) => found.push(term),
            None => {
                let message = format!("no taxonomy has a term `{}`", term.value);
                let fault = Diagnostic::new(Code::UnknownTerm, term.span, message)
                    .help("declare it in site.toml, under the terms of a taxonomy")
                    .nearest_after(faults, &term.value, config.term_slugs());
                faults.push(fault);
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The places that a mention is made from: of one in a note, those where the note is marked.
fn origins(at: usize, document: &Document, within: Within) -> Vec<Place> {
    parts_around(document, within).into_iter().map(|part| Place { entry: at, part }).collect()
}

/// Lists, for each place, what mentions it.
fn refer_back(corpus: &mut Corpus) {
    let of_entry = |(at, entry): (usize, &Entry)| {
        let mut referrers: Vec<(Place, Place)> = Vec::new();
        for (reference, target) in entry.document.references.iter().zip(&entry.resolution.targets) {
            let goals: Vec<Place> = match &target.to {
                Goal::Place(place) => vec![*place],
                Goal::Clauses(other, first, last) => {
                    (*first..=*last).map(|c| Place { entry: *other, part: PlacePart::Clause(c) }).collect()
                }
                _ => continue,
            };
            for origin in origins(at, &entry.document, reference.within) {
                referrers.extend(goals.iter().filter(|goal| **goal != origin).map(|goal| (*goal, origin)));
            }
        }
        referrers
    };
    // What the home page and the glossary point to is not thereby relied on.
    let relying = corpus.entries.par_iter().enumerate().filter(|(_, e)| e.role.relies_on_what_it_mentions());
    let mut referrers: Vec<(Place, Place)> = relying.flat_map_iter(of_entry).collect();
    referrers.par_sort_unstable();
    referrers.dedup();
    corpus.entries.par_iter_mut().for_each(|entry| {
        entry.resolution.clause_referrers = vec![Vec::new(); entry.document.clauses.len()];
        entry.resolution.section_referrers = vec![Vec::new(); entry.document.sections.len()];
    });
    for (goal, origin) in referrers {
        let Some(entry) = corpus.entries.get_mut(goal.entry) else { continue };
        let list = match goal.part {
            PlacePart::Whole => Some(&mut entry.resolution.referrers),
            PlacePart::Section(section) => entry.resolution.section_referrers.get_mut(section),
            PlacePart::Clause(clause) => entry.resolution.clause_referrers.get_mut(clause),
        };
        if let Some(list) = list {
            list.push(origin);
        }
    }
}

/// Resolves the relations between documents, and adds each to the entries at both ends.
fn relations(corpus: &mut Corpus, faults: &mut Vec<Diagnostic>) {
    let mut found: BTreeSet<(usize, Relation, usize)> = BTreeSet::new();
    let mut not_held: Vec<(usize, Relation, String)> = Vec::new();
    let mut unknown = Vec::new();
    for (at, entry) in corpus.entries.iter().enumerate() {
        for (relation, other) in &entry.document.front.relations {
            match corpus.find(&other.value) {
                Some(held) if held == at => {
                    let message = format!("`{}` is this document itself", other.value);
                    let fault = Diagnostic::new(Code::UnknownDocument, other.span, message);
                    faults.push(fault.help("name the other document"));
                }
                Some(held) => {
                    found.insert((at, *relation, held));
                    found.insert((held, relation.inverse(), at));
                }
                // Words with a space or a capital are the title of a work that the site does not hold.
                None if !is_slug(&other.value) => not_held.push((at, *relation, other.value.clone())),
                None => unknown.push(unknown_document(corpus, other, &unknown)),
            }
        }
    }
    faults.extend(unknown);
    for (at, relation, other) in found {
        if let Some(entry) = corpus.entries.get_mut(at) {
            entry.resolution.relations.push((relation, Other::Held(other)));
        }
    }
    for (at, relation, title) in not_held {
        if let Some(entry) = corpus.entries.get_mut(at) {
            entry.resolution.relations.push((relation, Other::NotHeld(title)));
        }
    }
    for entry in &mut corpus.entries {
        entry.resolution.relations.sort_by_key(|(relation, _)| *relation);
    }
}

fn unknown_document(corpus: &Corpus, written: &Written<String>, found: &[Diagnostic]) -> Diagnostic {
    let message = format!("the site has no document `{}`", written.value);
    Diagnostic::new(Code::UnknownDocument, written.span, message)
        .help("write a document's id, or the title of a work that the site does not hold")
        .nearest_after(found, &written.value, corpus.entries.iter().map(|entry| entry.document.id.as_str()))
}

fn navigation(corpus: &Corpus, faults: &mut Vec<Diagnostic>) {
    let mut unknown = Vec::new();
    for item in corpus.config.navigation.iter().flat_map(|group| &group.items) {
        if corpus.find(&item.value).is_none() {
            unknown.push(unknown_document(corpus, item, &unknown));
        }
    }
    faults.extend(unknown);
}

/// Lists, for each authority and each of its provisions, what cites it.
fn cite_back(corpus: &mut Corpus) {
    for (at, entry) in corpus.entries.iter().enumerate() {
        if !entry.role.relies_on_what_it_mentions() || !entry.document.front.counts_citations() {
            continue;
        }
        for Citation { authority, provisions, within } in entry.citations() {
            let Some(cited) = corpus.authorities.get_mut(authority) else { continue };
            let note = match within {
                Within::Note(note) => Some(note),
                _ => None,
            };
            let places = origins(at, &entry.document, within);
            let citing: Vec<Citing> = places.into_iter().map(|place| Citing { place, note }).collect();
            if provisions.is_empty() {
                cited.whole.extend(&citing);
            }
            for provision in provisions {
                cited.provisions.entry(provision.clone()).or_default().extend(&citing);
            }
        }
    }
}

/// Files that no document refers to are not published, which their author may not expect. Nobody expects it of `products`,
/// which clausebook itself put into the folder.
fn unused_files(
    named: &BTreeSet<String>,
    (assets, products): (&BTreeMap<String, Hash>, &BTreeSet<String>),
    sources: &SourceMap,
    faults: &mut Vec<Diagnostic>,
) {
    for path in assets.keys().filter(|path| !named.contains(*path) && !products.contains(*path)) {
        if path.starts_with("theme/") || path.starts_with("../") {
            continue;
        }
        if let Some(file) = sources.find(path) {
            let message = "no document refers to this file, so it is not published";
            let fault = Diagnostic::new(Code::UnusedFile, file.start(), message);
            faults.push(fault.help("link to it from a document, or take it out of the site's folder"));
        }
    }
}
