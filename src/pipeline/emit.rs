//! The last value of a build: what is published.
//!
//! Takes a resolved site and what was rendered of it; gives every file of the output by its path,
//! and everything that is wrong, in the order of files and places.

use std::collections::BTreeMap;

use super::suggest::Suggestion;
use super::{Rendered, Resolved, has_errors};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::output::{Artefact, OutPath, Output};
use crate::source::{REGISTER, SETTINGS, Site, SourceFile, Span};

/// Result of a build.
#[derive(Debug)]
pub struct Build {
    /// The site, if nothing stopped it.
    pub output: Option<Output>,
    /// Everything that is wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Proposals for links that a mention or a row of the register would make.
    pub suggestions: Vec<Suggestion>,
    /// Number of documents for readers.
    pub documents: usize,
    /// Number of whole clauses in those documents.
    pub clauses: usize,
}

/// Puts what was rendered together; `of_pages` is what is wrong in the theme and in what it made.
/// There is no output if anything is an error.
pub fn emit(resolved: Resolved<'_>, of_pages: Vec<Diagnostic>, rendered: Option<Rendered>) -> Build {
    let (documents, clauses) = resolved.counts();
    let mut of_paths = Vec::new();
    let output = rendered.map(|rendered| assemble(&resolved, rendered, &mut of_paths));
    let Resolved { site, corpus, suggestions, faults, .. } = resolved;
    let faults = [faults, of_pages, of_paths].concat();
    // What no one will read again is given back while the caller goes on.
    rayon::spawn(move || drop(corpus));
    let diagnostics = sorted(site, faults);
    Build { output: output.filter(|_| !has_errors(&diagnostics)), diagnostics, suggestions, documents, clauses }
}

/// Sorts what is wrong by place, without what is only a consequence of something else.
pub fn sorted(site: &Site, mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    remove_consequences(site, &mut faults);
    diagnostic::sort(&mut faults, &site.sources);
    faults
}

/// Removes what is only a consequence of a file that could not be read: every term of settings
/// that are no TOML, or too large, would be reported as unknown wherever it is. If the system lets
/// us read a file no more, nothing is said of what it may hold, least of all that it is withdrawn.
fn remove_consequences(site: &Site, faults: &mut Vec<Diagnostic>) {
    if faults.iter().any(|fault| fault.code == Code::UnreadableSource) {
        faults.retain(|fault| fault.code == Code::UnreadableSource);
        return;
    }
    let broken = |path: &str| {
        let file = site.sources.find(path).map(|file| file.id);
        let unread = |fault: &Diagnostic| fault.severity() == Severity::Error && Some(fault.span.file) == file;
        faults.iter().any(|fault| unread(fault) && matches!(fault.code, Code::InvalidToml | Code::TooLarge))
    };
    let (settings, register) = (broken(SETTINGS), broken(REGISTER));
    faults.retain(|fault| match fault.code {
        Code::UnknownTerm | Code::UnknownKind | Code::UnknownKey => !settings,
        Code::UnknownAuthority | Code::UnresolvedReference | Code::UndeclaredAuthority => !register,
        _ => true,
    });
}

/// Gathers what the products made; two sources for one path are a fault.
fn assemble(resolved: &Resolved<'_>, rendered: Rendered, faults: &mut Vec<Diagnostic>) -> Output {
    faults.extend(rendered.faults);
    let mut output = Output::default();
    let fallback = resolved.site.sources.find(SETTINGS).map(SourceFile::start);
    let mut origins: BTreeMap<OutPath, Option<Span>> = BTreeMap::new();
    let mut add = |path: OutPath, artefact: Artefact, origin: Option<Span>, faults: &mut Vec<Diagnostic>| {
        let Err((path, _)) = output.add(path.clone(), artefact) else {
            origins.insert(path, origin);
            return;
        };
        let other = origins.get(&path).copied().flatten();
        if let Some(span) = origin.or(other).or(fallback) {
            let fault = Diagnostic::new(Code::PathClash, span, format!("two things would be published as `{path}`"));
            let fault = match other.filter(|_| origin.is_some()) {
                Some(other) => fault.label(other, "the other comes from here"),
                None => fault,
            };
            faults.push(fault.help("rename one of them, or its folder"));
        }
    };
    for page in rendered.pages {
        add(page.path, page.made.0, page.origin, faults);
    }
    for (path, artefact) in rendered.data {
        add(path, artefact, None, faults);
    }
    for (name, artefact) in rendered.theme_files {
        match OutPath::new(&name) {
            Some(path) => add(path, artefact, None, faults),
            None => faults.extend(fallback.map(|span| {
                let why = OutPath::refusal(&name);
                let message = format!("the theme's file `{name}` cannot be published under its name: {why}");
                Diagnostic::new(Code::InvalidId, span, message).help("rename the file or its folder")
            })),
        }
    }
    for (from, (path, hash)) in &resolved.corpus.assets {
        let origin = resolved.site.sources.find(from).map(SourceFile::start);
        add(path.clone(), Artefact::copied(resolved.site, from, *hash), origin, faults);
    }
    output
}
