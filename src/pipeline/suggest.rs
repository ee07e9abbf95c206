//! Where a mention or a row of the register would make a link.
//!
//! Takes parsed documents, the register and what was found wrong; gives a proposal for each pinpoint that names no work
//! and for each work that no row declares, and all of them as a patch. Proposes only: a person decides.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use similar::TextDiff;

use super::REGISTER;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Target, on_one_line};
use crate::law::{Pinpoint, Register};
use crate::source::{self, FileId, SourceMap, Span};

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The words that would become a link.
    pub span: Span,
    /// Advice on what to do, in a sentence.
    pub message: String,
    edit: Option<Edit>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Edit {
    /// Words in the place of the span's.
    Replace(String),
    /// A row at the end of the register.
    Row(String),
}

/// A proposal for each place that could be a link, in the order of files and places.
pub fn suggestions(
    documents: &[Arc<Document>],
    register: &Register,
    faults: &[Diagnostic],
    sources: &SourceMap,
) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for document in documents {
        for (span, pinpoint) in &document.loose {
            found.push(loose(document, *span, pinpoint, register, sources));
        }
    }
    let mut keys: BTreeSet<String> = register.authorities.iter().map(|authority| authority.key.clone()).collect();
    let mut titles: BTreeSet<String> = BTreeSet::new();
    for fault in faults.iter().filter(|fault| fault.code == Code::UndeclaredAuthority) {
        let title = on_one_line(sources.text(fault.span));
        // One row serves every place that names the work.
        if titles.insert(title.clone()) {
            let key = free_key(&title, &mut keys);
            let row = format!("[{key}]\ntitle = {}\nkind = \"{}\"\n", quoted(&title), kind_of(&title));
            let message = format!("“{title}” would be a link with a row `[{key}]` in {REGISTER}");
            found.push(Suggestion { span: fault.span, message, edit: Some(Edit::Row(row)) });
        }
    }
    let path = |span: &Span| sources.file(span.file).path.clone();
    found.sort_by_key(|suggestion| (path(&suggestion.span), suggestion.span.start));
    found
}

/// A pinpoint that names no work: perhaps one of the work that was cited last before it and has such places.
fn loose(document: &Document, span: Span, pinpoint: &Pinpoint, register: &Register, sources: &SourceMap) -> Suggestion {
    let written = on_one_line(sources.text(span));
    let before = document.references.iter().filter(|reference| reference.span.start < span.start);
    let mut cited = before.filter_map(|reference| match &reference.target {
        Target::Work(key, _) | Target::Name(key) => register.find(key),
        _ => None,
    });
    let fits = |authority: &&crate::law::Authority| {
        pinpoint.provisions.iter().all(|provision| authority.unit.is_some() && authority.misfit(provision).is_none())
    };
    let shown = pinpoint.shown().replace(['\u{a0}', '–'], " ").replace("  ", " ");
    match cited.rfind(fits) {
        Some(authority) => {
            let mention = format!("[[{} {shown}|{written}]]", authority.key);
            let message = format!("“{written}” names no work; if it is one of {}, write `{mention}`", authority.title);
            Suggestion { span, message, edit: Some(Edit::Replace(mention)) }
        }
        None => {
            let message = format!("“{written}” names no work: write `[[KEY {shown}|{written}]]` if it is law");
            Suggestion { span, message, edit: None }
        }
    }
}

/// A key made of a title's initials and year that no row has: `ea1996`.
fn free_key(title: &str, keys: &mut BTreeSet<String>) -> String {
    let initials = title.split(|c: char| !c.is_alphanumeric()).filter_map(|word| {
        let first = word.chars().next()?;
        if first.is_ascii_digit() {
            Some(word.to_owned())
        } else {
            first.is_uppercase().then(|| first.to_lowercase().to_string())
        }
    });
    let stem: String = initials.collect::<String>().chars().filter(char::is_ascii_alphanumeric).take(48).collect();
    let stem = if stem.is_empty() { "work".to_owned() } else { stem };
    let key = (1..).map(|n| if n == 1 { stem.clone() } else { format!("{stem}-{n}") }).find(|key| !keys.contains(key));
    let key = key.unwrap_or(stem);
    keys.insert(key.clone());
    key
}

fn kind_of(title: &str) -> &'static str {
    let has = |word: &str| title.split_whitespace().any(|other| other == word);
    match () {
        () if has("Bill") => "bill",
        () if has("Act") || has("Measure") => "act",
        () => "instrument",
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The proposals as a unified diff, which `patch -p1` takes. `root` is put before each path.
pub fn patch(suggestions: &[Suggestion], sources: &SourceMap, root: &str) -> String {
    let mut texts: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut edits: BTreeMap<FileId, Vec<source::Edit>> = BTreeMap::new();
    let mut rows = String::new();
    for suggestion in suggestions {
        match &suggestion.edit {
            Some(Edit::Replace(words)) => {
                let edit = source::Edit { span: suggestion.span, text: words.clone() };
                edits.entry(suggestion.span.file).or_default().push(edit);
            }
            Some(Edit::Row(row)) => rows.push_str(&format!("\n{row}")),
            None => {}
        }
    }
    for (file, edits) in edits {
        let file = sources.file(file);
        texts.insert(file.path.to_string(), (file.text.to_string(), file.edited(&edits)));
    }
    if !rows.is_empty() {
        let old = sources.find(REGISTER).map(|file| file.text.to_string()).unwrap_or_default();
        let new =
            format!("{}{rows}", if old.is_empty() || old.ends_with('\n') { old.clone() } else { format!("{old}\n") });
        texts.insert(REGISTER.to_owned(), (old, new));
    }
    let texts = texts.iter().map(|(path, (old, new))| (path.as_str(), old.as_str(), new.as_str()));
    unified(texts, root)
}

/// Texts by their paths, as they are and as they are to be, as a unified diff. `root` is put before each path.
pub fn unified<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>, root: &str) -> String {
    let mut patch = String::new();
    for (path, old, new) in texts {
        let path = if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") };
        let diff = TextDiff::from_lines(old, new);
        patch.push_str(&diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string());
    }
    patch
}
