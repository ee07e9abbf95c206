//! Mentions to what they name.
//!
//! Takes the mentions of every document as their authors wrote them; gives where each leads and the words it prints, or
//! what is nearest to it. Never guesses: what is not found is reported.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use crate::corpus::{Cited, Corpus, Entry, Goal, Place, PlacePart, Resolved};
use crate::diagnostic::{Code, Diagnostic, worth_a_guess};
use crate::document::{ClauseRelation, ClauseRelationKind, Document, Fragment, Number, Reference, Target, Within};
use crate::law::{Pinpoint, Unit};
use crate::output::OutPath;
use crate::source::{Hash, SourceMap, Span, Written};

/// Finds the target of every mention and every picture, and both ends of every row of `relations.toml`. Returns the files that
/// documents name, whether they can be published or not.
pub fn resolve(
    corpus: &mut Corpus,
    publications: &[Vec<usize>],
    (files, sources): (&BTreeMap<String, Hash>, &SourceMap),
    rows: &[ClauseRelation],
    faults: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let (mut assets, mut named) = (BTreeMap::new(), BTreeSet::new());
    let index = Index::new(corpus, publications, sources);
    let of_entry = |(at, entry): (usize, &Entry)| {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        let mut names = Vec::new();
        let mut asset = |path: &str, span: Span, faults: &mut Vec<Diagnostic>| {
            let (name, hash) = find_file(path, span, files, faults)?;
            names.push(name.to_owned());
            let published = published(name, span, faults)?;
            found.push((path.to_owned(), (published.clone(), *hash)));
            Some(published)
        };
        let targets = entry.document.references.iter().map(|reference| match &reference.target {
            Target::File(path, fragment) => {
                let found = asset(path, reference.span, &mut faults);
                let to = found.map_or(Goal::Nowhere, |path| Goal::Asset(path, fragment.clone()));
                Resolved { to, words: path.clone() }
            }
            _ => index
                .resolve(at, reference, &mut faults)
                .unwrap_or_else(|| Resolved { to: Goal::Nowhere, words: reference.words().to_owned() }),
        });
        let targets: Vec<Resolved> = targets.collect();
        for picture in &entry.document.pictures {
            asset(&picture.path, picture.span, &mut faults);
        }
        (targets, found, names, faults)
    };
    let resolved: Vec<_> = corpus.entries.par_iter().enumerate().map(of_entry).collect();
    let mut found_wrong = Vec::new();
    let related = clause_relations(&index, rows, &mut found_wrong);
    for (entry, (targets, found, names, wrong)) in corpus.entries.iter_mut().zip(resolved) {
        assets.extend(found);
        named.extend(names);
        faults.extend(wrong);
        entry.resolution.targets = targets;
        entry.resolution.clause_relations = vec![Vec::new(); entry.document.clauses.len()];
    }
    faults.extend(found_wrong);
    corpus.assets = assets;
    for (from, kind, to) in related {
        let PlacePart::Clause(clause) = from.part else { continue };
        let entry = corpus.entries.get_mut(from.entry);
        if let Some(relations) = entry.and_then(|entry| entry.resolution.clause_relations.get_mut(clause)) {
            relations.push((kind, to));
        }
    }
    named
}

/// Resolves the relations between clauses. Returns each from both ends, once and in order.
fn clause_relations(
    index: &Index<'_>,
    rows: &[ClauseRelation],
    faults: &mut Vec<Diagnostic>,
) -> BTreeSet<(Place, ClauseRelationKind, Place)> {
    let mut found = BTreeSet::new();
    for row in rows {
        let mut end = |written: &Written<Target>| {
            let reference = Reference {
                target: written.value.clone(),
                written: "this relation".to_owned(),
                span: written.span,
                within: Within::Document,
            };
            match index.resolve(0, &reference, faults)?.to {
                Goal::Place(place @ Place { part: PlacePart::Clause(_), .. }) => Some(place),
                _ => None,
            }
        };
        if let (Some(from), Some(to)) = (end(&row.from), end(&row.to)) {
            found.insert((from, row.kind, to));
            found.insert((to, row.kind.inverse(), from));
        }
    }
    found
}

/// Finds a file of the site by its name and its hash. The two ways to write an accented letter are one name, since systems
/// change one into the other as they copy files.
fn find_file<'f>(
    path: &str,
    span: Span,
    files: &'f BTreeMap<String, Hash>,
    faults: &mut Vec<Diagnostic>,
) -> Option<(&'f String, &'f Hash)> {
    let alike = || files.iter().find(|(name, _)| !path.is_ascii() && is_same_name(path, name));
    let found = files.get_key_value(path).or_else(alike);
    if found.is_none() {
        let fault = Diagnostic::new(Code::MissingFile, span, format!("the site has no file `{path}`"));
        // One that cannot be published would be the next fault.
        let known = files.keys().map(String::as_str).filter(|name| OutPath::new(name).is_some());
        faults.push(fault.nearest_after(faults, path, known));
    }
    found
}

fn is_same_name(one: &str, other: &str) -> bool {
    !other.is_ascii() && one.nfc().eq(other.nfc())
}

/// Returns the path under which a file of the site is published.
fn published(name: &str, span: Span, faults: &mut Vec<Diagnostic>) -> Option<OutPath> {
    let published = OutPath::new(name);
    if published.is_none() {
        let why = OutPath::refusal(name);
        let message = format!("the file `{name}` cannot be published under its name: {why}");
        faults.push(Diagnostic::new(Code::InvalidId, span, message).help("rename the file or its folder"));
    }
    published
}

/// Lookup of everything that a reference can name.
struct Index<'a> {
    corpus: &'a Corpus,
    sources: &'a SourceMap,
    publications: &'a [Vec<usize>],
    documents: BTreeMap<&'a str, usize>,
    paths: HashMap<&'a str, usize>,
    authorities: BTreeMap<&'a str, usize>,
    /// Clauses of each document by number.
    numbers: Vec<HashMap<&'a Number, usize>>,
    /// Places of each document by id. Made on first use, since few documents are referred to by an
    /// id.
    ids: Vec<OnceLock<BTreeMap<String, PlacePart>>>,
}

/// The clauses of a document by their numbers.
fn numbers(document: &Document) -> HashMap<&Number, usize> {
    let mut numbers = HashMap::with_capacity(document.clauses.len());
    for (clause, c) in document.clauses.iter().enumerate() {
        numbers.entry(&c.number).or_insert(clause);
    }
    numbers
}

/// The places of a document by their ids.
fn ids(document: &Document) -> BTreeMap<String, PlacePart> {
    let sections = document.sections.iter().enumerate();
    let mut ids: BTreeMap<_, _> = sections.map(|(at, s)| (s.anchor.clone(), PlacePart::Section(at))).collect();
    for (clause, c) in document.clauses.iter().enumerate() {
        ids.entry(document.clause_anchor(c)).or_insert(PlacePart::Clause(clause));
        if let Some(label) = &c.label {
            ids.entry(label.clone()).or_insert(PlacePart::Clause(clause));
        }
    }
    ids
}

impl<'a> Index<'a> {
    fn new(corpus: &'a Corpus, publications: &'a [Vec<usize>], sources: &'a SourceMap) -> Self {
        let mut index = Index {
            corpus,
            sources,
            publications,
            documents: BTreeMap::new(),
            paths: HashMap::new(),
            authorities: BTreeMap::new(),
            numbers: corpus.entries.par_iter().map(|entry| numbers(&entry.document)).collect(),
            ids: corpus.entries.iter().map(|_| OnceLock::new()).collect(),
        };
        for (at, cited) in corpus.authorities.iter().enumerate() {
            index.authorities.insert(&cited.authority.key, at);
        }
        for (at, entry) in corpus.entries.iter().enumerate() {
            let document = &entry.document;
            index.documents.insert(document.id.as_str(), at);
            index.paths.insert(&document.path, at);
        }
        index
    }

    fn resolve(&self, from: usize, reference: &Reference, faults: &mut Vec<Diagnostic>) -> Option<Resolved> {
        match &reference.target {
            Target::Place(None, fragment) => self.place(from, self.home(from), fragment, reference, faults),
            Target::Place(Some(document), fragment) => {
                let Some(to) = self.documents.get(document.as_str()) else {
                    let fault = self.unresolved(reference, document, faults);
                    faults.push(fault);
                    return None;
                };
                self.place(from, *to, fragment, reference, faults)
            }
            Target::Name(name) => self.name(name, reference, faults),
            Target::Work(key, pinpoint) => self.work(key, pinpoint, reference, faults),
            // Found among the files, not among the documents.
            Target::File(..) => None,
            Target::Page(path, fragment) => {
                let Some(to) = self.paths.get(path.as_str()).copied() else {
                    // A text that is there and is no document has a fault of its own, which says so.
                    let alike = || self.sources.iter().any(|file| !path.is_ascii() && is_same_name(path, &file.path));
                    if self.sources.find(path).is_some() || alike() {
                        return None;
                    }
                    let message = format!("the site has no document at `{path}`");
                    let known = self.corpus.entries.iter().map(|entry| &*entry.document.path);
                    let fault = Diagnostic::new(Code::MissingFile, reference.span, message);
                    let fault = fault.nearest_after(faults, path, known);
                    faults.push(fault);
                    return None;
                };
                match fragment {
                    Some(fragment) => self.place(from, to, fragment, reference, faults),
                    None => Some(self.to_place(from, Place { entry: to, part: PlacePart::Whole })),
                }
            }
        }
    }

    /// The places of a document by their ids.
    fn ids(&self, at: usize) -> Option<&BTreeMap<String, PlacePart>> {
        let document = &self.entry(at)?.document;
        Some(self.ids.get(at)?.get_or_init(|| ids(document)))
    }

    fn entry(&self, at: usize) -> Option<&'a Entry> {
        self.corpus.entry(at)
    }

    /// The document whose numbers an author means who names none: of local notes, that which they are on.
    fn home(&self, at: usize) -> usize {
        self.entry(at).and_then(|entry| entry.resolution.annotates).unwrap_or(at)
    }

    /// Whether two documents share a numbering, so that a bare number is enough.
    fn same_publication(&self, a: usize, b: usize) -> bool {
        self.publications.get(self.home(a)).is_some_and(|group| group.contains(&b))
    }

    fn place(
        &self,
        from: usize,
        to: usize,
        fragment: &Fragment,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Resolved> {
        // A number that this file does not have may stand in another file of the same publication.
        let group = self.publications.get(to).map(Vec::as_slice).unwrap_or_default();
        let files = std::iter::once(to).chain(group.iter().copied().filter(|file| *file != to));
        for file in files {
            let found = match fragment {
                Fragment::Number(number) => {
                    let clause = self.numbers.get(file)?.get(number).copied();
                    clause.map(|clause| self.to_place(from, Place { entry: file, part: PlacePart::Clause(clause) }))
                }
                Fragment::Id(id) => {
                    self.ids(file)?.get(id).map(|part| self.to_place(from, Place { entry: file, part: *part }))
                }
                Fragment::Range(first, last) => self.range(from, file, first, last),
            };
            if found.is_some() {
                return found;
            }
        }
        if let Fragment::Id(id) = fragment
            && let Some(label) = id.strip_prefix("note-")
            && let Some(entry) = self.entry(to)
            && let Some(note) = entry.document.notes.iter().position(|n| n.label.eq_ignore_ascii_case(label))
            // A note that nothing marks is not on the page.
            && entry.resolution.note_numbers.get(note).is_some_and(Option::is_some)
        {
            return Some(Resolved { to: Goal::Note(to, note), words: format!("note {label}") });
        }
        let fault = self.missing_place((from, to), fragment, reference, faults);
        faults.push(fault);
        None
    }

    fn to_place(&self, from: usize, place: Place) -> Resolved {
        let near = place.entry == from || self.same_publication(from, place.entry) && place.part != PlacePart::Whole;
        let words = if near { self.corpus.short_citation(place) } else { self.corpus.citation_from(from, place) };
        Resolved { to: Goal::Place(place), words }
    }

    fn range(&self, from: usize, to: usize, first: &Number, last: &Number) -> Option<Resolved> {
        let numbers = self.numbers.get(to)?;
        let (start, end) = (*numbers.get(first)?, *numbers.get(last)?);
        if start >= end {
            return None;
        }
        let document = &self.entry(to)?.document;
        let words = if to == from || self.same_publication(from, to) {
            format!("{}–{}", document.shown_number(first), last)
        } else {
            format!("{}, paragraphs\u{a0}{first}–{last}", document.front.short)
        };
        Some(Resolved { to: Goal::Clauses(to, start, end), words })
    }

    fn name(&self, name: &str, reference: &Reference, faults: &mut Vec<Diagnostic>) -> Option<Resolved> {
        if let Some(document) = self.documents.get(name) {
            let place = Place { entry: *document, part: PlacePart::Whole };
            return Some(Resolved { to: Goal::Place(place), words: self.corpus.citation(place) });
        }
        if let Some(authority) = self.authorities.get(name) {
            let title = self.authority(*authority)?.authority.title.clone();
            return Some(Resolved { to: Goal::Authority(*authority, Vec::new()), words: title });
        }
        let fault = self.unresolved(reference, name, faults);
        faults.push(fault);
        None
    }

    fn authority(&self, at: usize) -> Option<&'a Cited> {
        self.corpus.authorities.get(at)
    }

    fn work(
        &self,
        key: &str,
        pinpoint: &Pinpoint,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Resolved> {
        let Some(at) = self.authorities.get(key).copied() else {
            let message = format!("no authority `{key}` is declared");
            let fault = Diagnostic::new(Code::UnknownAuthority, reference.span, message)
                .help("add a row for it to authorities.toml")
                .nearest_after(faults, key, self.authorities.keys().copied());
            faults.push(fault);
            return None;
        };
        let cited = self.authority(at)?;
        let authority = &cited.authority;
        let words = format!("{}, {}", authority.title, pinpoint.shown());
        let stray = pinpoint.provisions.iter().find_map(|provision| authority.misfit(provision));
        if let Some(unit) = stray {
            let message = format!("{} has no {}", authority.title, plural(unit));
            let fault = Diagnostic::new(Code::UnitMismatch, reference.span, message)
                .label(cited.declared, "the work is declared here");
            faults.push(
                fault.help("the work alone is linked; mend the pinpoint, or say in the register what its `unit` is"),
            );
            return Some(Resolved { to: Goal::Authority(at, Vec::new()), words });
        }
        Some(Resolved { to: Goal::Authority(at, pinpoint.provisions.clone()), words })
    }

    fn unresolved(&self, reference: &Reference, name: &str, found: &[Diagnostic]) -> Diagnostic {
        if self.authorities.contains_key(name) {
            let message = format!("`{}` leads nowhere: `{name}` is a work, not a document", reference.written);
            let help = format!("a place in a work follows a space: `[[{name} s 10]]`");
            return Diagnostic::new(Code::UnresolvedReference, reference.span, message).help(help);
        }
        let message = format!("`{}` leads nowhere: no document or authority is named `{name}`", reference.written);
        let known = self.documents.keys().chain(self.authorities.keys()).copied();
        Diagnostic::new(Code::UnresolvedReference, reference.span, message).nearest_after(found, name, known)
    }

    /// Returns the error for a place that a document lacks. It suggests the nearest place there,
    /// unless `found` is already long.
    fn missing_place(
        &self,
        (from, to): (usize, usize),
        fragment: &Fragment,
        reference: &Reference,
        found: &[Diagnostic],
    ) -> Diagnostic {
        let document = self.entry(to).map_or("", |entry| entry.document.id.as_str());
        let wanted = match fragment {
            Fragment::Number(number) => number.to_string(),
            Fragment::Range(first, last) => format!("{first}-{last}"),
            Fragment::Id(id) => id.clone(),
        };
        let message = format!("`{}` leads nowhere: {document} has no {wanted}", reference.written);
        let fault = Diagnostic::new(Code::UnresolvedReference, reference.span, message);
        if let Fragment::Range(first, last) = fragment {
            let numbers = self.numbers.get(to);
            let lacks = |number: &&Number| numbers.is_none_or(|numbers| !numbers.contains_key(*number));
            return match [first, last].into_iter().find(lacks) {
                Some(number) => fault.help(format!("{document} has no {number}")),
                None => fault.help("write the lower number first"),
            };
        }
        if !worth_a_guess(found) {
            return fault;
        }
        // The number as it stands in another document is a better guess than a number like it in this one.
        if let Fragment::Number(number) = fragment
            && from == to
        {
            let elsewhere = self.numbers.iter().position(|numbers| numbers.contains_key(number));
            if let Some(other) = elsewhere.and_then(|other| self.entry(other)) {
                return fault.help(format!("did you mean `[[{}#{number}]]`?", other.document.id));
            }
        }
        let mut numbers: Vec<&Number> = self.numbers.get(to).into_iter().flat_map(|n| n.keys().copied()).collect();
        numbers.sort();
        let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
        let ids = self.ids(to).into_iter().flat_map(|ids| ids.keys());
        fault.nearest(&wanted, numbers.iter().chain(ids).map(String::as_str))
    }
}

fn plural(unit: Unit) -> String {
    format!("{}s", unit.word())
}
