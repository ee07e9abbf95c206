//! One file to one value.
//!
//! Takes the text of a file and the settings; gives a [`Document`](crate::document::Document) and what is wrong in it.
//! Knows no other file: whether a mention leads anywhere is for `resolve` to say.

pub mod citation;
pub mod markdown;
pub mod metadata;
mod traps;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DocId, Document, FrontMatter, Numbering, PACK};
use crate::source::{SourceFile, Span, Written};
use markdown::Reading;

/// Reads one Markdown file. `publication` is the `index.md` of its folder, which may lend it front matter. Gives no document
/// if the file has no name that a page can bear.
pub fn document(
    file: &SourceFile,
    publication: Option<&SourceFile>,
    config: &Config,
) -> (Option<Document>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let (mut front, written_id, start) = match metadata::fences(&file.text) {
        Some((range, start)) => {
            let (front, id) = metadata::front_matter(file, range, config, &mut faults);
            (front, id, start)
        }
        None => {
            faults.push(
                Diagnostic::new(Code::MissingFrontMatter, file.start(), "this file has no front matter")
                    .help("begin it with a line `+++`, a line `title = \"…\"` and another line `+++`"),
            );
            (FrontMatter::default(), None, 0)
        }
    };
    if let Some(index) = publication
        && let Some((range, _)) = metadata::fences(&index.text)
    {
        let (outer, _) = metadata::front_matter(index, range, config, &mut Vec::new());
        if outer.publication {
            inherit(&mut front, outer);
        }
    }
    let pack = front.kind.as_ref().is_some_and(|kind| kind.value == PACK);
    let own = ["index", "glossary"].contains(&file.path.strip_suffix(".md").unwrap_or_default());
    let numbering = front.numbering.unwrap_or(if pack || own { Numbering::None } else { Numbering::Decimal });
    front.numbering = Some(numbering);
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let body = markdown::body(file, start, Reading { numbering, pack, folder }, &mut faults);
    let id = document_id(file, written_id, &mut faults);
    let document = id.map(|id| Document {
        id,
        file: file.id,
        path: file.path.clone(),
        hash: file.hash,
        front,
        pieces: body.pieces,
        items: body.items,
        sections: body.sections,
        clauses: body.clauses,
        notes: body.notes,
        marks: body.marks,
        references: body.references,
        pictures: body.pictures,
        words: body.words,
    });
    (document, faults)
}

/// A file of a publication says itself only what differs from the publication.
fn inherit(front: &mut FrontMatter, outer: FrontMatter) {
    if front.short == front.title {
        front.short = outer.short;
    }
    front.kind = front.kind.take().or(outer.kind);
    front.issuer = front.issuer.take().or(outer.issuer);
    front.published = front.published.or(outer.published);
    front.status = front.status.or(outer.status);
    front.source = front.source.take().or(outer.source);
    front.numbering = front.numbering.or(outer.numbering);
    if front.terms.is_empty() {
        front.terms = outer.terms;
    }
}

/// The id that the author chose, or the file's name; of an `index.md`, the name of its folder.
fn document_id(file: &SourceFile, written: Option<Written<String>>, faults: &mut Vec<Diagnostic>) -> Option<DocId> {
    let path = file.path.strip_suffix(".md").unwrap_or(&file.path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or(path);
    let (name, span) = match &written {
        Some(id) => (id.value.as_str(), id.span),
        None => (name, Span::new(file.id, 0..0)),
    };
    let id = DocId::new(name);
    if id.is_none() {
        let message = format!("`{name}` cannot name a document");
        let help =
            if written.is_some() { "choose" } else { "rename the file, or write `id = \"…\"` in front matter:" };
        faults.push(Diagnostic::new(Code::InvalidId, span, message).help(format!(
            "{help} lower-case letters, figures and hyphens, at most 64, and not a name of clausebook's own pages"
        )));
    }
    id
}
