//! One file to one value.
//!
//! Takes the text of a file and the settings; gives a [`Document`] and what is wrong in it.
//! Knows no other file: whether a mention leads anywhere is for `resolve` to say.

mod addresses;
pub mod markdown;
mod merge;
pub mod metadata;
mod numbered;
pub mod openers;
mod restated;
mod traps;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DocId, Document, FrontMatter, MAP, Numbering, PACK, SERIES, TIMELINE, address_name};
use crate::law::Register;
use crate::output::kept_for_device;
use crate::source::{
    Key, LOCAL_GLOSSARY, LazyHash, Origin, SiteText, SourceFile, Span, Written, folder, is_index, text_stem,
};
pub use markdown::doubt_code;
use markdown::{Reading, TitleHeading};
pub use merge::unfinished_merge;
pub use traps::is_quantity;

/// Returns the front matter that a publication lends to the texts of its folder, if `index`, the
/// first of them, says that it is one. What is wrong in it is said when it is read as a document.
pub fn publication(index: &SourceFile, config: &Config) -> Option<FrontMatter> {
    let (range, _) = metadata::fences(&index.text)?;
    let (front, ..) = metadata::front_matter(index, range, config, &mut Vec::new());
    front.publication.then_some(front)
}

/// Reads one Markdown file, to which the publication that it belongs to lends front matter. Gives
/// no document if the file has no name that a page can have.
pub fn document(
    file: &SourceFile,
    publication: Option<&FrontMatter>,
    config: &Config,
    register: &Register,
) -> (Option<Document>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let local = config.upstream.is_some() && file.origin == Origin::Own;
    let notes_on = metadata::annotated(file).filter(|_| local);
    let fences = metadata::fences(&file.text);
    let head = fences.as_ref().map_or("", |(range, _)| file.slice(range.clone()));
    let head = Key::of(head.as_bytes());
    // What is wrong if the text begins with no title.
    let mut untitled = None;
    let (mut front, written_id, start) = match fences {
        Some((range, start)) => {
            let (front, id, missing) = metadata::front_matter(file, range, config, &mut faults);
            untitled = missing.map(missing_title);
            (front, id, start)
        }
        // All that notes need to say is said by their numbers.
        None if notes_on.is_some() && !file.text.starts_with(['+', '-']) => (FrontMatter::default(), None, 0),
        None => {
            let (fault, start, is_enough) = missing_front_matter(file);
            if is_enough {
                untitled = Some(fault)
            } else {
                faults.push(fault)
            }
            (FrontMatter::default(), None, start)
        }
    };
    if let Some(outer) = publication {
        inherit(&mut front, outer);
    }
    let pack = is_kind(&front, PACK);
    let numbering = numbering(file, &front, local, &mut faults);
    front.numbering = Some(numbering);
    front.unit.get_or_insert_with(|| config.unit.clone());
    let folder = folder(&file.path);
    let default = default_authority(&front, register, &mut faults);
    let rest = (numbering, pack, folder, default);
    let body = body(file, start, &front, (config, register), (rest, notes_on.is_none()), &mut faults);
    if is_home(file) && front.title.is_empty() {
        front.title.clone_from(&config.title);
        untitled = None;
    }
    take_title(&mut front, body.title.as_ref(), untitled, &mut faults);
    // A reader of a list can tell what is local, too.
    if local && notes_on.is_none() {
        front.short.push_str(" (local)");
    }
    let id = match notes_on {
        Some(document) => notes_id(file, document, &mut faults),
        None => document_id(file, written_id, &mut faults),
    };
    let document = id.map(|id| Document {
        id,
        file: file.id,
        path: file.path.clone(),
        origin: file.origin,
        annotates: notes_on.map(str::to_owned),
        key: file.key,
        hash: LazyHash::of(file.text.clone()),
        head,
        front,
        title_anchor: body.title.and_then(|title| title.anchor),
        pieces: body.pieces,
        items: body.items,
        sections: body.sections,
        clauses: body.clauses,
        notes: body.notes,
        marks: body.marks,
        references: body.references,
        pictures: body.pictures,
        words: body.words,
        loose: body.loose,
    });
    (document, faults)
}

/// Parses the text of a file after its front matter, which says how its clauses are numbered.
fn body(
    file: &SourceFile,
    start: usize,
    front: &FrontMatter,
    (config, register): (&Config, &Register),
    ((numbering, pack, folder, default), titled): ((Numbering, bool, &str, Option<usize>), bool),
    faults: &mut Vec<Diagnostic>,
) -> markdown::Body {
    let unit = front.unit.clone().unwrap_or_default();
    let series = front.series.clone().unwrap_or_else(|| SERIES.map(str::to_owned).to_vec());
    let reading = Reading {
        numbering,
        unit: [&unit.one, &unit.many],
        series: &series,
        items: front.items.unwrap_or_default(),
        pack,
        folder,
        register,
        default,
        html_denied: config.html_denied,
        dead_links_denied: config.dead_links_denied,
        limits: &config.limits,
        // The home page has the site's title: any other heading is words.
        title: titled.then_some(if is_home(file) { &*config.title } else { &*front.title }),
    };
    let body = markdown::body(file, start, reading, faults);
    if front.source.is_some() {
        restated::added_references(file, (&body.pieces, &body.references), faults);
    }
    let has_title = !front.title.is_empty() || body.title.is_some();
    let clauses = !pack && !front.publication && has_title && metadata::annotated(file).is_none();
    // A file that could not be read has its fault already.
    if clauses && faults.is_empty() {
        faults.extend(numbered::no_clauses(file, start, &body, (numbering, [&unit.one, &unit.many])));
    }
    body
}

/// Gives a document the title that its first heading is, if front matter has none; or reports that
/// it has none at all.
fn take_title(
    front: &mut FrontMatter,
    heading: Option<&TitleHeading>,
    untitled: Option<Diagnostic>,
    faults: &mut Vec<Diagnostic>,
) {
    match heading {
        Some(heading) if front.title.is_empty() => front.title.clone_from(&heading.words),
        _ => faults.extend(untitled),
    }
    if front.short.is_empty() {
        front.short.clone_from(&front.title);
    }
}

/// Returns the work that a bare "section 10" means: index into the register.
fn default_authority(front: &FrontMatter, register: &Register, faults: &mut Vec<Diagnostic>) -> Option<usize> {
    let key = front.default_authority.as_ref()?;
    let found = register.authorities.iter().position(|authority| authority.key == key.value);
    if found.is_none() {
        let message = format!("no authority `{}` is declared", key.value);
        let known = register.authorities.iter().map(|authority| authority.key.as_str());
        faults.push(Diagnostic::new(Code::UnknownAuthority, key.span, message).nearest(&key.value, known));
    }
    found
}

/// Whether a file has the words of the home page.
fn is_home(file: &SourceFile) -> bool {
    SiteText::of(&file.path) == Some(SiteText::Home)
}

fn is_kind(front: &FrontMatter, kind: &str) -> bool {
    front.kind.as_ref().is_some_and(|written| written.value == kind)
}

/// Returns the numbering of a document: the one that it names, or that of its kind.
fn numbering(file: &SourceFile, front: &FrontMatter, local: bool, faults: &mut Vec<Diagnostic>) -> Numbering {
    let own = matches!(SiteText::of(&file.path), Some(SiteText::Home | SiteText::Glossary))
        || local && *file.path == *LOCAL_GLOSSARY;
    if own {
        if front.numbering.is_some_and(|numbering| numbering != Numbering::None) {
            let message = "the home page and the glossary have no clauses";
            let fault = Diagnostic::new(Code::InvalidValue, file.start(), message);
            faults.push(fault.help("remove `numbering` from its front matter"));
        }
        return Numbering::None;
    }
    let unnumbered = [PACK, TIMELINE, MAP].iter().any(|kind| is_kind(front, kind));
    front.numbering.unwrap_or(if unnumbered { Numbering::None } else { Numbering::Decimal })
}

/// Returns the fault of front matter without a title.
fn missing_title(header: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, header, "`title` is missing from front matter")
        .help("add a line `title = …`, or begin the text with a heading `# …`")
}

/// Why no front matter was found, where the text begins all the same, and whether a title at its
/// head is enough.
fn missing_front_matter(file: &SourceFile) -> (Diagnostic, usize, bool) {
    let text: &str = &file.text;
    let first = text.lines().next().unwrap_or_default().trim_end();
    let fault = |message: &str| Diagnostic::new(Code::MissingFrontMatter, file.start(), message);
    if first == "+++" {
        let fault = fault("the front matter is not closed");
        return (fault.help("write a second line `+++` after it"), text.len(), false);
    }
    if first == "---" && !text.lines().nth(1).unwrap_or_default().trim().is_empty() {
        return (fault("the front matter is not closed").help("write a second line `---` after it"), text.len(), false);
    }
    let blank = text.len() - text.trim_start().len();
    if text.trim_start().starts_with("+++") {
        let after = text.match_indices("\n+++").nth(1).map_or(text.len(), |(at, _)| at + 4);
        return (
            fault("something is before the front matter").help("begin the file with its line `+++`"),
            after.max(blank),
            false,
        );
    }
    let help = "begin it with a heading `# …`, or with a line `+++`, a line `title = \"…\"` and another line `+++`";
    (fault("this file has no front matter").help(help), 0, true)
}

/// A file of a publication says itself only what differs from the publication.
fn inherit(front: &mut FrontMatter, outer: &FrontMatter) {
    if front.short == front.title {
        front.short.clone_from(&outer.short);
    }
    front.kind = front.kind.take().or_else(|| outer.kind.clone());
    front.issuer = front.issuer.take().or_else(|| outer.issuer.clone());
    front.published = front.published.or(outer.published);
    front.status = front.status.or(outer.status);
    front.source = front.source.take().or_else(|| outer.source.clone());
    front.numbering = front.numbering.or(outer.numbering);
    front.unit = front.unit.take().or_else(|| outer.unit.clone());
    front.series = front.series.take().or_else(|| outer.series.clone());
    front.items = front.items.or(outer.items);
    front.default_authority = front.default_authority.take().or_else(|| outer.default_authority.clone());
    front.cited = front.cited.or(outer.cited);
    front.language = front.language.take().or_else(|| outer.language.clone());
    if front.terms.is_empty() {
        front.terms.clone_from(&outer.terms);
    }
}

/// The id of local notes, which have no page: that of their document, so that they can be in the
/// ledger.
fn notes_id(file: &SourceFile, document: &str, faults: &mut Vec<Diagnostic>) -> Option<DocId> {
    let id = DocId::new(&format!("notes-{document}"));
    if id.is_none() {
        let message = format!("`{document}` is no document on which there can be notes");
        let fault = Diagnostic::new(Code::UnmatchedLocalNote, file.start(), message);
        faults.push(fault.help("name the file by the id of a document of at most 58 letters"));
    }
    id
}

/// The id that the author chose, or the file's name; of an `index.md`, the name of its folder.
fn document_id(file: &SourceFile, written: Option<Written<String>>, faults: &mut Vec<Diagnostic>) -> Option<DocId> {
    let path = text_stem(&file.path).unwrap_or(&file.path);
    let path = if is_index(&file.path) && path.contains('/') { folder(path) } else { path };
    let name = path.rsplit('/').next().unwrap_or(path);
    let (name, span) = match &written {
        Some(id) => (id.value.as_str(), id.span),
        None => (name, Span::new(file.id, 0..0)),
    };
    // The name of a file that other programs keep may have capitals, spaces and low lines.
    let made = || DocId::new(&address_name(name).filter(|_| written.is_none())?);
    let id = DocId::new(name).or_else(made);
    if id.is_none() {
        let why = kept_for_device(name).map(|why| format!(": {why}")).unwrap_or_default();
        let message = format!("`{name}` cannot name a document{why}");
        let help =
            if written.is_some() { "choose" } else { "rename the file, or write `id = \"…\"` in front matter:" };
        faults.push(Diagnostic::new(Code::InvalidId, span, message).help(format!(
            "{help} lower-case letters, figures and hyphens, at most 64, and not a name of clausebook's own pages"
        )));
    }
    id
}
