//! References of an editor's own among the words of a paper that a document restates.
//!
//! Takes the body of a document that names the text it restates; reports each "See [[2.2]]" in it
//! that is in no editor's note. The paper's own references are part of its sentences, and are not
//! reported.

use crate::arena::Arena;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Element, Piece, Reference, Target};
use crate::source::SourceFile;

/// Words that may come between "See" and the number.
const BETWEEN: [&str; 5] = ["also", "paragraph", "paragraphs", "section", "note"];

/// Reports references that the restated paper does not have.
pub fn added_references(
    file: &SourceFile,
    (pieces, references): (&[Piece], &Arena<Reference>),
    faults: &mut Vec<Diagnostic>,
) {
    // For each open element, whether it is an editor's note.
    let mut open: Vec<bool> = Vec::new();
    let mut notes = 0_usize;
    for piece in pieces {
        let mention = match piece {
            Piece::Open(element) => {
                let is_note = matches!(element, Element::Alert(_));
                notes += usize::from(is_note);
                open.push(is_note);
                if let Element::Reference(mention) = element { Some(*mention) } else { None }
            }
            Piece::Close => {
                notes -= usize::from(open.pop().unwrap_or(false));
                None
            }
            Piece::Reference(mention) => Some(*mention),
            _ => None,
        };
        let Some(mention) = mention.filter(|_| notes == 0) else { continue };
        let reference = &references[mention];
        let is_place = matches!(reference.target, Target::Place(..) | Target::Page(..));
        if is_place && follows_see(file.slice(0..reference.span.start)) {
            let message = format!("`{}` is no part of the paper that this restates", reference.written);
            let fault = Diagnostic::new(Code::AddedReference, reference.span, message);
            faults.push(fault.help(
                "put it into `relations.toml` as `see-also`, or into an editor's note; if the paper itself refers to \
                 it, make it part of the sentence",
            ));
        }
    }
}

/// Whether a text ends with "See", or with "See paragraph" and the like.
fn follows_see(text: &str) -> bool {
    let mut rest = text.trim_end();
    while let Some(before) = BETWEEN.iter().find_map(|word| rest.strip_suffix(word)) {
        rest = before.trim_end();
    }
    rest.strip_suffix("See").is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}
