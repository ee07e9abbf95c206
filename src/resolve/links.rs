//! Mentions to what they name.
//!
//! Takes the mentions of every document as their authors wrote them; gives where each leads and the
//! words it prints, or what is nearest to it. Never guesses: what is not found is reported.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::files::{files_of_page, find_file, is_same_name, published};
use super::foreign_ids::ForeignIds;
use super::named::{ids, numbers};
use super::{Documents, SharedNumbering, UnresolvedDocument};
use crate::arena::Table;
use crate::corpus::{
    AuthorityId, Cited, Entry, EntryId, Goal, Place, PlacePart, ResolvedTarget, citation, citation_from, short_citation,
};
use crate::diagnostic::{Code, Diagnostic, may_suggest};
use crate::document::{
    Clause, ClauseId, ClauseRelation, ClauseRelationKind, Declared, Document, Fragment, Note, Number, Reference,
    Target, Within,
};
use crate::law::Pinpoint;
use crate::output::OutPath;
use crate::percent;
use crate::source::{Hash, SourceMap, Span, Written};
use crate::strings::Strings;

/// Mentions with what they lead to.
pub(super) struct Linked {
    /// Resolved target of each mention of each document.
    pub(super) targets: Table<Entry, Table<Reference, ResolvedTarget>>,
    /// Files to publish, by the path that documents name, each with its own.
    pub(super) assets: BTreeMap<String, (OutPath, Hash)>,
    /// Files that documents name, whether they can be published or not.
    pub(super) named: BTreeSet<String>,
}

/// Finds the target of every mention and every picture.
pub(super) fn resolve(
    index: &Index<'_>,
    (files, denied): (&BTreeMap<String, Hash>, bool),
    faults: &mut Vec<Diagnostic>,
) -> Linked {
    let (mut assets, mut named) = (BTreeMap::new(), BTreeSet::new());
    let of_document = |at: EntryId, filed: &UnresolvedDocument| {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        let mut names = Vec::new();
        let mut asset = |path: &str, span: Span, faults: &mut Vec<Diagnostic>| {
            let (name, hash) = find_file(path, span, files, faults)?;
            names.push(name.to_owned());
            let published = published(name, span, faults)?;
            found.push((path.to_owned(), (published.clone(), *hash)));
            Some(published)
        };
        let targets = filed.document.references.map(|_, reference| {
            let found = match &reference.target {
                Target::File(path, fragment) => match index.page(path).filter(|_| !files.contains_key(path)) {
                    Some(to) => index.of_page((at, to), fragment.as_deref(), reference, &mut faults),
                    None => {
                        let found = asset(path, reference.span, &mut faults);
                        let to = found.map_or(Goal::Nowhere, |path| Goal::Asset(path, fragment.clone()));
                        Some(ResolvedTarget { to, words: path.clone() })
                    }
                },
                _ => index.resolve(Some(at), reference, &mut faults),
            };
            found.unwrap_or_else(|| ResolvedTarget { to: Goal::Nowhere, words: reference.words().to_owned() })
        });
        for picture in &filed.document.pictures {
            asset(&picture.path, picture.span, &mut faults);
        }
        if !denied {
            faults.iter_mut().for_each(|fault| soften(fault, index.sources));
        }
        (targets, found, names, faults)
    };
    let resolved = index.documents.par_map(of_document).into_iter().map(|(targets, found, names, wrong)| {
        assets.extend(found);
        named.extend(names);
        faults.extend(wrong);
        targets
    });
    let targets = resolved.collect();
    Linked { targets, assets, named }
}

/// Makes a warning of a link, a mention or a picture that leads nowhere. What draws a clause in
/// stays an error: without the clause nothing is there.
fn soften(fault: &mut Diagnostic, sources: &SourceMap) {
    let dead =
        matches!(fault.code, Code::MissingFile | Code::UnresolvedReference | Code::UnknownAuthority | Code::InvalidId);
    if dead && !sources.text(fault.span).starts_with("![[") {
        fault.code = Code::DeadLink;
    }
}

/// Resolves the relations between clauses. Lists each at both ends, once and in order.
pub(super) fn clause_relations(
    index: &Index<'_>,
    rows: &[ClauseRelation],
    faults: &mut Vec<Diagnostic>,
) -> Table<Entry, Table<Clause, Vec<(ClauseRelationKind, Place)>>> {
    let (mut found, mut wrong) = (BTreeSet::new(), Vec::new());
    for row in rows {
        let mut end = |written: &Written<Target>| {
            let reference = Reference {
                target: written.value.clone(),
                written: "this relation".to_owned(),
                span: written.span,
                within: Within::Document,
            };
            match index.resolve(None, &reference, &mut wrong)?.to {
                Goal::Place(Place { entry, part: PlacePart::Clause(clause) }) => Some((entry, clause)),
                _ => {
                    let message = "this relation names a range or a heading, not a clause";
                    let fault = Diagnostic::new(Code::MalformedReference, written.span, message);
                    wrong.push(fault.help("name each clause by itself: `guidance-2008#3.37`"));
                    None
                }
            }
        };
        if let (Some(from), Some(to)) = (end(&row.from), end(&row.to)) {
            found.insert((from, row.kind, to));
            found.insert((to, row.kind.inverse(), from));
        }
    }
    faults.extend(wrong);
    let mut relations = index.documents.map(|_, filed| filed.document.clauses.map(|_, _| Vec::new()));
    for ((entry, clause), kind, (other, part)) in found {
        relations[entry][clause].push((kind, Place { entry: other, part: PlacePart::Clause(part) }));
    }
    relations
}

/// Lookup of everything that a reference can name.
pub(super) struct Index<'a> {
    documents: &'a Documents,
    strings: &'a Strings,
    works: &'a Table<Cited, Declared>,
    numberings: &'a Table<Entry, SharedNumbering>,
    note_numbers: &'a Table<Entry, Table<Note, Option<usize>>>,
    sources: &'a SourceMap,
    by_id: BTreeMap<&'a str, EntryId>,
    by_path: HashMap<&'a str, EntryId>,
    by_key: BTreeMap<&'a str, AuthorityId>,
    /// Clauses of each document by number.
    numbers: Table<Entry, HashMap<Number, ClauseId>>,
    /// Places of each document by id. Made on first use, since few documents are referred to by an
    /// id.
    ids: Table<Entry, OnceLock<BTreeMap<String, PlacePart>>>,
    /// Places of each document by the ids that other programs would give its headings.
    foreign_ids: Table<Entry, OnceLock<ForeignIds>>,
    /// The files that are no texts.
    files: &'a BTreeMap<String, Hash>,
}

impl<'a> Index<'a> {
    pub(super) fn new(
        (documents, strings): (&'a Documents, &'a Strings),
        works: &'a Table<Cited, Declared>,
        numberings: &'a Table<Entry, SharedNumbering>,
        note_numbers: &'a Table<Entry, Table<Note, Option<usize>>>,
        (files, sources): (&'a BTreeMap<String, Hash>, &'a SourceMap),
    ) -> Self {
        Index {
            documents,
            strings,
            works,
            numberings,
            note_numbers,
            sources,
            files,
            by_id: documents.pairs().map(|(at, filed)| (filed.document.id.as_str(), at)).collect(),
            by_path: documents.pairs().map(|(at, filed)| (&*filed.document.path, at)).collect(),
            by_key: works.pairs().map(|(at, declared)| (declared.authority.key.as_str(), at)).collect(),
            numbers: documents.par_map(|_, filed| numbers(&filed.document)),
            ids: documents.map(|_, _| OnceLock::new()),
            foreign_ids: documents.map(|_, _| OnceLock::new()),
        }
    }

    /// Finds what a mention leads to, from a document or from none.
    fn resolve(
        &self,
        from: Option<EntryId>,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ResolvedTarget> {
        match &reference.target {
            Target::Place(None, fragment) => self.place(from, self.home(from?), fragment, reference, faults),
            Target::Place(Some(document), fragment) => {
                let Some(to) = self.by_id.get(document.as_str()) else {
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
                // Systems write accented letters in two ways as they copy files.
                let alike =
                    || self.documents.find(|filed| !path.is_ascii() && is_same_name(path, &filed.document.path));
                let Some(to) = self.by_path.get(path.as_str()).copied().or_else(alike) else {
                    if self.files.contains_key(path) {
                        let message = format!("`{path}` is a file of the repository, and no page of the site");
                        let help = "give it another name, or link to its address on the web";
                        faults.push(Diagnostic::new(Code::MissingFile, reference.span, message).help(help));
                        return None;
                    }
                    // A text that is there and is no document has a fault of its own, which says
                    // so.
                    let alike = || self.sources.iter().any(|file| !path.is_ascii() && is_same_name(path, &file.path));
                    if self.sources.find(path).is_some() || alike() {
                        return None;
                    }
                    let message = format!("the site has no document at `{path}`");
                    let known = self.documents.iter().map(|filed| &*filed.document.path);
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

    /// The document that another program would publish at a path: as `rules.html`, `rules` or
    /// `guide`, a folder with an index.
    fn page(&self, path: &str) -> Option<EntryId> {
        files_of_page(path).iter().find_map(|file| self.by_path.get(file.as_str()).copied())
    }

    /// The place in such a document that a link names.
    fn of_page(
        &self,
        (from, to): (EntryId, EntryId),
        fragment: Option<&str>,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ResolvedTarget> {
        let whole = Place { entry: to, part: PlacePart::Whole };
        let Some(written) = fragment else { return Some(self.to_place(Some(from), whole)) };
        let number = Number::parse(written).map(Fragment::Number);
        let fragment = number.unwrap_or_else(|| Fragment::Id(written.to_owned()));
        self.place(Some(from), to, &fragment, reference, faults)
    }

    /// The places of a document by their ids.
    fn ids(&self, at: EntryId) -> &BTreeMap<String, PlacePart> {
        self.ids[at].get_or_init(|| ids(self.document(at)))
    }

    fn document(&self, at: EntryId) -> &'a Document {
        &self.documents[at].document
    }

    /// The document whose numbers an author means who names none: of local notes, that which they
    /// are on.
    fn home(&self, at: EntryId) -> EntryId {
        self.documents[at].annotates.unwrap_or(at)
    }

    /// Whether two documents share a numbering, so that a bare number is enough.
    fn same_publication(&self, a: EntryId, b: EntryId) -> bool {
        self.numberings[self.home(a)].files.contains(&b)
    }

    fn place(
        &self,
        from: Option<EntryId>,
        to: EntryId,
        fragment: &Fragment,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ResolvedTarget> {
        // A number that this file does not have may be in another file of the same publication.
        let files = std::iter::once(to).chain(self.numberings[to].files.iter().copied().filter(|file| *file != to));
        for file in files {
            let found = match fragment {
                Fragment::Number(number) => {
                    let clause = self.numbers[file].get(number).copied();
                    clause.map(|clause| self.to_place(from, Place { entry: file, part: PlacePart::Clause(clause) }))
                }
                Fragment::Id(id) => {
                    self.ids(file).get(id).map(|part| self.to_place(from, Place { entry: file, part: *part }))
                }
                Fragment::Range(first, last) => self.range(from, file, first, last),
            };
            if found.is_some() {
                return found;
            }
        }
        if let Fragment::Id(id) = fragment
            && let Some(label) = id.strip_prefix("note-")
            && let Some(note) = self.document(to).notes.find(|n| n.label.eq_ignore_ascii_case(label))
            // A note that nothing marks is not on the page.
            && self.note_numbers[to][note].is_some()
        {
            return Some(ResolvedTarget { to: Goal::Note(to, note), words: format!("note {label}") });
        }
        if let Some(part) = self.foreign_place(to, reference) {
            return Some(self.to_place(from, Place { entry: to, part }));
        }
        let fault = self.missing_place((from, to), fragment, reference, faults);
        faults.push(fault);
        None
    }

    /// The heading that a link names by the id which another program would give it.
    fn foreign_place(&self, to: EntryId, reference: &Reference) -> Option<PlacePart> {
        if reference.written.starts_with("[[") {
            return None;
        }
        let (_, id) = reference.written.rsplit_once('#')?;
        let ids = self.foreign_ids[to].get_or_init(|| ForeignIds::new(&self.documents[to].document));
        ids.find(&percent::decoded(id)?)
    }

    fn to_place(&self, from: Option<EntryId>, place: Place) -> ResolvedTarget {
        let near = |from: EntryId| {
            place.entry == from || self.same_publication(from, place.entry) && place.part != PlacePart::Whole
        };
        let words = match from {
            Some(from) if near(from) => short_citation(self.documents, place),
            Some(from) => citation_from(self.documents, self.strings, from, place),
            None => citation(self.documents, self.strings, place),
        };
        ResolvedTarget { to: Goal::Place(place), words }
    }

    fn range(&self, from: Option<EntryId>, to: EntryId, first: &Number, last: &Number) -> Option<ResolvedTarget> {
        let numbers = &self.numbers[to];
        let (start, end) = (*numbers.get(first)?, *numbers.get(last)?);
        // A row of numbers is one clause.
        if start == end && self.document(to).clauses[start].through.is_some() {
            return Some(self.to_place(from, Place { entry: to, part: PlacePart::Clause(start) }));
        }
        if start >= end {
            return None;
        }
        let document = self.document(to);
        let near = from.is_some_and(|from| to == from || self.same_publication(from, to));
        let words = if !near {
            format!("{}, {}", document.front.short, document.cited_numbers(first, last))
        } else if first.series().is_some() {
            document.cited_numbers(first, last)
        } else {
            format!("{}–{last}", document.shown_number(first))
        };
        Some(ResolvedTarget { to: Goal::Clauses(to, start, end), words })
    }

    fn name(&self, name: &str, reference: &Reference, faults: &mut Vec<Diagnostic>) -> Option<ResolvedTarget> {
        if let Some(document) = self.by_id.get(name) {
            let place = Place { entry: *document, part: PlacePart::Whole };
            return Some(ResolvedTarget {
                to: Goal::Place(place),
                words: citation(self.documents, self.strings, place),
            });
        }
        if let Some(authority) = self.by_key.get(name) {
            let title = self.works[*authority].authority.title.clone();
            return Some(ResolvedTarget { to: Goal::Authority(*authority, Vec::new()), words: title });
        }
        let fault = self.unresolved(reference, name, faults);
        faults.push(fault);
        None
    }

    fn work(
        &self,
        key: &str,
        pinpoint: &Pinpoint,
        reference: &Reference,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<ResolvedTarget> {
        let Some(at) = self.by_key.get(key).copied() else {
            let message = format!("no authority `{key}` is declared");
            let fault = Diagnostic::new(Code::UnknownAuthority, reference.span, message)
                .help("add a row for it to authorities.toml")
                .nearest_after(faults, key, self.by_key.keys().copied());
            faults.push(fault);
            return None;
        };
        let Declared { authority, span } = &self.works[at];
        let words = authority.title_with(&pinpoint.provisions);
        let stray = pinpoint.provisions.iter().find_map(|provision| authority.misfit(provision));
        if let Some(unit) = stray {
            let message = format!("{} has no {}s", authority.title, unit.word());
            let fault =
                Diagnostic::new(Code::UnitMismatch, reference.span, message).label(*span, "the work is declared here");
            faults.push(
                fault.help("the work alone is linked; fix the pinpoint, or say in the register what its `unit` is"),
            );
            return Some(ResolvedTarget { to: Goal::Authority(at, Vec::new()), words });
        }
        Some(ResolvedTarget { to: Goal::Authority(at, pinpoint.provisions.clone()), words })
    }

    fn unresolved(&self, reference: &Reference, name: &str, found: &[Diagnostic]) -> Diagnostic {
        if self.by_key.contains_key(name) {
            let message = format!("`{}` leads nowhere: `{name}` is a work, not a document", reference.written);
            let help = format!("a place in a work follows a space: `[[{name} s 10]]`");
            return Diagnostic::new(Code::UnresolvedReference, reference.span, message).help(help);
        }
        let message = format!("`{}` leads nowhere: no document or authority is named `{name}`", reference.written);
        let known = self.by_id.keys().chain(self.by_key.keys()).copied();
        Diagnostic::new(Code::UnresolvedReference, reference.span, message).nearest_after(found, name, known)
    }

    /// Returns the error for a place that a document lacks. It suggests the nearest place there,
    /// unless `found` is already long.
    fn missing_place(
        &self,
        (from, to): (Option<EntryId>, EntryId),
        fragment: &Fragment,
        reference: &Reference,
        found: &[Diagnostic],
    ) -> Diagnostic {
        let document = &self.document(to).id;
        let wanted = match fragment {
            Fragment::Number(number) => number.to_string(),
            Fragment::Range(first, last) => format!("{first}-{last}"),
            Fragment::Id(id) => id.clone(),
        };
        let message = format!("`{}` leads nowhere: {document} has no {wanted}", reference.written);
        let fault = Diagnostic::new(Code::UnresolvedReference, reference.span, message);
        if let Fragment::Range(first, last) = fragment {
            let lacks = |number: &&Number| !self.numbers[to].contains_key(*number);
            return match [first, last].into_iter().find(lacks) {
                Some(number) => fault.help(format!("{document} has no {number}")),
                None => fault.help("write the lower number first"),
            };
        }
        if !may_suggest(found) {
            return fault;
        }
        // The number as it is in another document is a better guess than a number like it in
        // this one.
        if let Fragment::Number(number) = fragment
            && from == Some(to)
            && let Some(other) = self.numbers.find(|numbers| numbers.contains_key(number))
        {
            return fault.help(format!("did you mean `[[{}#{number}]]`?", self.document(other).id));
        }
        let mut numbers: Vec<&Number> = self.numbers[to].keys().collect();
        numbers.sort();
        let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
        let ids = self.ids(to).keys();
        fault.nearest(&wanted, numbers.iter().chain(ids).map(String::as_str))
    }
}
