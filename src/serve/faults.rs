//! Faults of a site for the panel of the preview.
//!
//! Takes diagnostics with the texts that they are in; returns the lines that the panel shows.

use std::path::Path;

use serde::Serialize;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::source::SourceMap;

/// The most faults that the panel lists.
const MOST_SHOWN: usize = 50;

/// Faults for the panel.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Faults {
    pub(super) faults: Vec<FaultLine>,
    /// Whether the pages are those of an older build.
    pub(super) stale: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FaultLine {
    pub(super) place: String,
    pub(super) severity: &'static str,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Returns the first faults of a build; `stale` if the pages are those of an older one.
pub(super) fn faults_of(faults: &[Diagnostic], sources: &SourceMap, root: &Path, stale: bool) -> Faults {
    let root = diagnostic::shown_root(root);
    let line = |fault: &Diagnostic| FaultLine {
        place: diagnostic::place_of(fault.span, sources, &root),
        severity: fault.severity().as_str(),
        code: fault.code.as_str().to_owned(),
        message: diagnostic::escape_controls(&fault.message),
        help: fault.help.clone(),
    };
    // Errors first: they are why the pages are old.
    let (errors, warnings): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        faults.iter().partition(|fault| fault.severity() == Severity::Error);
    let faults = errors.into_iter().chain(warnings).take(MOST_SHOWN).map(line).collect();
    Faults { faults, stale }
}
