//! Documents to a site: what each borrows from the others.
//!
//! Takes parsed documents, the settings, the register and the names of the files to copy; gives the
//! corpus and what does not fit together. Each step takes the tables of the steps before it and
//! returns its own; [`corpus`] puts the corpus together from all of them at its end. Never edits a
//! document.

mod counterparts;
mod drawn;
mod files;
mod foreign_ids;
mod glossary;
mod links;
mod local_notes;
mod named;
mod neighbours;
mod numbering;
mod terms;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::arena::{Arena, Table};
use crate::cache::Cache;
use crate::config::Config;
use crate::corpus::{
    Cited, CitingPlace, Corpus, DocumentRole, Entry, EntryId, Goal, LocatedCitation, Other, Place, PlacePart, Placed,
    Resolution, ResolvedTarget, WordId, parts_around,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{
    Clause, ClauseId, ClauseRelation, Declared, DocId, Document, MAP, NaturalRun, Note, PACK, Reference, Relation,
    Section, TIMELINE, Within, address_name, is_slug, natural_runs,
};
use crate::output::OutPath;
use crate::source::{Hash, LOCAL_GLOSSARY, OWN_THEME, Origin, SiteText, SourceMap, Span, Written, is_index};
use crate::strings::Strings;
use local_notes::LocalNotes;
use terms::Terms;

/// Site data that resolution needs beside the documents, the settings and the register.
#[derive(Clone, Copy)]
pub struct SiteInputs<'a> {
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

/// A document with its page, to which the others have lent nothing yet.
struct UnresolvedDocument {
    document: Arc<Document>,
    page: OutPath,
    role: DocumentRole,
    annotates: Option<EntryId>,
}

impl Placed for UnresolvedDocument {
    fn document(&self) -> &Document {
        &self.document
    }

    fn annotates(&self) -> Option<EntryId> {
        self.annotates
    }
}

/// The documents of the site, in its order.
type Documents = Table<Entry, UnresolvedDocument>;

/// Puts the site together. `known` is which words of the glossary the clauses of a document use.
pub fn corpus(
    documents: Vec<Arc<Document>>,
    (config, strings): (Arc<Config>, Arc<Strings>),
    declared: Vec<Declared>,
    beside: SiteInputs<'_>,
    known: &Cache<Arc<[(ClauseId, WordId)]>>,
) -> (Corpus, Vec<Diagnostic>) {
    let SiteInputs { clause_relations, assets: files, products, sources } = beside;
    let mut faults = Vec::new();
    let documents = filed(documents, config.upstream.is_some(), &mut faults);
    let mut works = declared;
    works.sort_by(|a, b| a.authority.key.cmp(&b.authority.key));
    let works: Table<Cited, Declared> = works.into();
    let mut by_id = HashMap::new();
    for (at, filed) in documents.pairs() {
        by_id.entry(filed.document.id.to_string()).or_insert(at);
    }
    let mut numberings = numberings(&documents);
    numbering::check(&documents, &numberings, &mut faults);
    let mut local = local_notes::on_clauses(&documents, &mut faults);
    let mut note_numbers = note_numbers(&documents);
    let mut terms = terms::terms(&documents, &config, &mut faults);
    let members = terms::members(&documents, &terms);
    let index = links::Index::new((&documents, &strings), &works, &numberings, &note_numbers, (files, sources));
    let links::Linked { mut targets, assets, named } =
        links::resolve(&index, (files, config.dead_links_denied), &mut faults);
    let mut clause_relations = links::clause_relations(&index, clause_relations, &mut faults);
    let mut referrers = referrers(&documents, &targets);
    let mut neighbours = neighbours::neighbours(&documents, &numberings, &config, &by_id);
    let mut relations = relations(&documents, &by_id, &mut faults);
    let mut counterparts = counterparts::pairs(&documents, &relations, &mut faults);
    let entry = |at: EntryId, filed: &UnresolvedDocument| {
        let SharedNumbering { files, is_shared } = std::mem::take(&mut numberings[at]);
        let first = files.first().copied().filter(|_| is_shared);
        let LocalNotes { entry: notes, on_clauses: local_notes } = std::mem::take(&mut local[at]);
        let Terms { document_terms, clauses: terms } = std::mem::take(&mut terms[at]);
        let Referrers { whole, sections, clauses } = std::mem::take(&mut referrers[at]);
        let resolution = Resolution {
            targets: std::mem::take(&mut targets[at]),
            terms,
            document_terms,
            clause_referrers: clauses,
            clause_relations: std::mem::take(&mut clause_relations[at]),
            section_referrers: sections,
            referrers: whole,
            relations: std::mem::take(&mut relations[at]),
            counterparts: std::mem::take(&mut counterparts[at]),
            note_numbers: std::mem::take(&mut note_numbers[at]),
            publication: first,
            files: if first == Some(at) { files } else { Vec::new() },
            neighbours: std::mem::take(&mut neighbours[at]),
            annotates: filed.annotates,
            notes,
            local_notes,
        };
        Entry { document: filed.document.clone(), page: filed.page.clone(), role: filed.role, resolution }
    };
    let entries: Arena<Entry> = documents.map(entry);
    drawn::check(&entries, &config.limits, sources, &mut faults);
    let authorities = with_citing_places(works, &entries);
    navigation(&config, &documents, &by_id, &mut faults);
    let glossary = Arc::new(glossary::glossary(&entries, known, &mut faults));
    unused_files(&named, (files, products), sources, &mut faults);
    (Corpus { config, strings, entries, by_id, authorities, members, glossary, assets }, faults)
}

/// Documents in the site's order, each with its page. A second document of one name stays, so that
/// what is wrong in it is found too; nothing is published then.
fn filed(mut documents: Vec<Arc<Document>>, extends: bool, faults: &mut Vec<Diagnostic>) -> Documents {
    documents.par_sort_by_cached_key(|document| (natural_order(&document.path), document.path.clone()));
    let mut seen: BTreeMap<DocId, (Span, Arc<str>)> = BTreeMap::new();
    let mut filed = Vec::new();
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
            path if SiteText::of(path) == Some(SiteText::Home) => DocumentRole::Home,
            path if SiteText::of(path) == Some(SiteText::Glossary) => DocumentRole::Glossary,
            LOCAL_GLOSSARY if extends && document.origin == Origin::Own => DocumentRole::Glossary,
            _ => match document.front.kind.as_ref().map(|kind| kind.value.as_str()) {
                Some(PACK) => DocumentRole::Pack,
                Some(TIMELINE) => DocumentRole::Timeline,
                Some(MAP) => DocumentRole::Map,
                _ => DocumentRole::Document,
            },
        };
        let name = if is_index(&document.path) { "index" } else { document.id.as_str() };
        let page_in = |folder: &str| match folder {
            "" => format!("{name}.html"),
            folder => format!("{folder}/{name}.html"),
        };
        let mut path = page_in(document.folder());
        if OutPath::new(&path).is_none() {
            let folders: Option<Vec<String>> = document.folder().split('/').map(address_name).collect();
            let tidy = folders.map(|folders| page_in(&folders.join("/")));
            path = tidy.filter(|tidy| OutPath::new(tidy).is_some()).unwrap_or(path);
        }
        match OutPath::new(&path) {
            Some(page) => filed.push(UnresolvedDocument { document, page, role, annotates: None }),
            None => {
                let why = OutPath::refusal(&path);
                let fault =
                    Diagnostic::new(Code::InvalidId, span, format!("`{path}` cannot be the path of a page: {why}"));
                faults.push(fault.help("rename the file or its folders, or write another `id` in the front matter"));
            }
        }
    }
    local_notes::join(notes, filed.into(), faults)
}

/// The place of a path in the order in which `2-roles.md` is before `10-finance.md`, and
/// `index.md` first in its folder.
fn natural_order(path: &str) -> Vec<(bool, Vec<NaturalRun>)> {
    let index = if is_index(path) { path.rsplit('/').next() } else { None };
    path.split('/').map(|part| (Some(part) != index, natural_runs(part))).collect()
}

/// Documents that share their numbers.
#[derive(Default)]
struct SharedNumbering {
    /// Files in order, the document itself among them.
    files: Vec<EntryId>,
    /// Whether they are a publication, which may have one file.
    is_shared: bool,
}

/// Finds for each document the files of its publication.
fn numberings(documents: &Documents) -> Table<Entry, SharedNumbering> {
    let mut folders: BTreeMap<&str, Vec<EntryId>> = BTreeMap::new();
    for (at, filed) in documents.pairs().filter(|(_, filed)| filed.role != DocumentRole::Notes) {
        folders.entry(filed.document.folder()).or_default().push(at);
    }
    let mut numberings = documents.map(|at, _| SharedNumbering { files: vec![at], is_shared: false });
    for files in folders.into_values() {
        // `index.md` comes first in its folder.
        let first = files.first().map(|first| &documents[*first].document);
        if first.is_some_and(|first| first.front.publication && is_index(&first.path)) {
            for file in &files {
                numberings[*file] = SharedNumbering { files: files.clone(), is_shared: true };
            }
        }
    }
    numberings
}

/// Notes are numbered in the order of their first mention: those in the text before those that only
/// other notes mention. The notes of local notes are numbered after those of the document.
fn note_numbers(documents: &Documents) -> Table<Entry, Table<Note, Option<usize>>> {
    documents.par_map(|_, filed| {
        let before = filed.annotates.map_or(0, |on| documents[on].document.notes_in_order().len());
        let mut numbers = filed.document.notes.map(|_, _| None);
        for (number, note) in filed.document.notes_in_order().into_iter().enumerate() {
            numbers[note] = Some(before + number + 1);
        }
        numbers
    })
}

/// The places that a mention is made from: of one in a note, those where the note is marked.
fn origins(at: EntryId, document: &Document, within: Within) -> Vec<Place> {
    parts_around(document, within).into_iter().map(|part| Place { entry: at, part }).collect()
}

/// Places that mention a document and its parts.
#[derive(Default)]
struct Referrers {
    whole: Vec<Place>,
    sections: Table<Section, Vec<Place>>,
    clauses: Table<Clause, Vec<Place>>,
}

/// Lists, for each place, what mentions it.
fn referrers(
    documents: &Documents,
    targets: &Table<Entry, Table<Reference, ResolvedTarget>>,
) -> Table<Entry, Referrers> {
    let of_entry = |(at, filed): (EntryId, &UnresolvedDocument)| {
        let mut found: Vec<(Place, Place)> = Vec::new();
        for (reference, mention) in filed.document.references.pairs() {
            let goals: Vec<Place> = match &targets[at][reference].to {
                Goal::Place(place) => vec![*place],
                Goal::Clauses(other, first, last) => first
                    .through(*last)
                    .map(|clause| Place { entry: *other, part: PlacePart::Clause(clause) })
                    .collect(),
                _ => continue,
            };
            for origin in origins(at, &filed.document, mention.within) {
                found.extend(goals.iter().filter(|goal| **goal != origin).map(|goal| (*goal, origin)));
            }
        }
        found
    };
    // What the home page and the glossary point to is not thereby relied on.
    let relying = documents.par_pairs().filter(|(_, filed)| filed.role.relies_on_what_it_mentions());
    let mut found: Vec<(Place, Place)> = relying.flat_map_iter(of_entry).collect();
    found.par_sort_unstable();
    found.dedup();
    let mut referrers = documents.map(|_, filed| Referrers {
        whole: Vec::new(),
        sections: filed.document.sections.map(|_, _| Vec::new()),
        clauses: filed.document.clauses.map(|_, _| Vec::new()),
    });
    for (goal, origin) in found {
        let Referrers { whole, sections, clauses } = &mut referrers[goal.entry];
        match goal.part {
            PlacePart::Whole => whole.push(origin),
            PlacePart::Section(section) => sections[section].push(origin),
            PlacePart::Clause(clause) => clauses[clause].push(origin),
        }
    }
    referrers
}

/// Resolves the relations between documents, and lists each at both ends.
fn relations(
    documents: &Documents,
    by_id: &HashMap<String, EntryId>,
    faults: &mut Vec<Diagnostic>,
) -> Table<Entry, Vec<(Relation, Other)>> {
    let mut held: BTreeSet<(EntryId, Relation, EntryId)> = BTreeSet::new();
    let mut not_held: Vec<(EntryId, Relation, String)> = Vec::new();
    let mut unknown = Vec::new();
    for (at, filed) in documents.pairs() {
        for (relation, other) in &filed.document.front.relations {
            match by_id.get(&other.value).copied() {
                Some(found) if found == at => {
                    let message = format!("`{}` is this document itself", other.value);
                    let fault = Diagnostic::new(Code::UnknownDocument, other.span, message);
                    faults.push(fault.help("name the other document"));
                }
                Some(found) => {
                    held.insert((at, *relation, found));
                    held.insert((found, relation.inverse(), at));
                }
                // Words with a space or a capital are the title of a work that the site does not
                // hold.
                None if !is_slug(&other.value) => not_held.push((at, *relation, other.value.clone())),
                None => unknown.push(unknown_document(documents, other, &unknown)),
            }
        }
    }
    faults.extend(unknown);
    let mut relations = documents.map(|_, _| Vec::new());
    for (at, relation, other) in held {
        relations[at].push((relation, Other::Held(other)));
    }
    for (at, relation, title) in not_held {
        relations[at].push((relation, Other::NotHeld(title)));
    }
    relations.iter_mut().for_each(|relations| relations.sort_by_key(|(relation, _)| *relation));
    relations
}

fn unknown_document(documents: &Documents, written: &Written<String>, found: &[Diagnostic]) -> Diagnostic {
    let message = format!("the site has no document `{}`", written.value);
    Diagnostic::new(Code::UnknownDocument, written.span, message)
        .help("write a document's id, or the title of a work that the site does not hold")
        .nearest_after(found, &written.value, documents.iter().map(|filed| filed.document.id.as_str()))
}

fn navigation(config: &Config, documents: &Documents, by_id: &HashMap<String, EntryId>, faults: &mut Vec<Diagnostic>) {
    let mut unknown = Vec::new();
    for item in config.navigation.iter().flat_map(|group| &group.items) {
        if !by_id.contains_key(&item.value) {
            unknown.push(unknown_document(documents, item, &unknown));
        }
    }
    faults.extend(unknown);
}

/// Lists, for each work and each of its provisions, what cites it.
fn with_citing_places(works: Table<Cited, Declared>, entries: &Arena<Entry>) -> Arena<Cited> {
    let uncited = |Declared { authority, span }: Declared| Cited {
        authority,
        declared: span,
        whole: BTreeSet::new(),
        provisions: BTreeMap::new(),
    };
    let mut authorities: Arena<Cited> = works.into_iter().map(uncited).collect();
    for (at, entry) in entries.pairs() {
        if !entry.role.relies_on_what_it_mentions() || !entry.document.front.counts_citations() {
            continue;
        }
        for LocatedCitation { authority, provisions, within } in entry.citations() {
            let cited = &mut authorities[authority];
            let note = match within {
                Within::Note(note) => Some(note),
                _ => None,
            };
            let places = origins(at, &entry.document, within);
            let citing: Vec<CitingPlace> = places.into_iter().map(|place| CitingPlace { place, note }).collect();
            if provisions.is_empty() {
                cited.whole.extend(&citing);
            }
            for provision in provisions {
                cited.provisions.entry(provision.clone()).or_default().extend(&citing);
            }
        }
    }
    authorities
}

/// Files that no document refers to are not published, which their author may not expect. Nobody
/// expects it of `products`, which clausebook itself put into the folder.
fn unused_files(
    named: &BTreeSet<String>,
    (assets, products): (&BTreeMap<String, Hash>, &BTreeSet<String>),
    sources: &SourceMap,
    faults: &mut Vec<Diagnostic>,
) {
    for path in assets.keys().filter(|path| !named.contains(*path) && !products.contains(*path)) {
        if path.starts_with(OWN_THEME) || path.starts_with("../") {
            continue;
        }
        if let Some(file) = sources.find(path) {
            let message = "no document refers to this file, so it is not published";
            let fault = Diagnostic::new(Code::UnusedFile, file.start(), message);
            faults.push(fault.help("link to it from a document, or move it out of the site's folder"));
        }
    }
}
