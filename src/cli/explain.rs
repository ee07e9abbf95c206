//! `clausebook explain`: what the manual says of a diagnostic.
//!
//! Takes a code; prints the clause of the manual about it, or lists all codes.

use serde_json::json;

use super::{Stop, could_not_run, print, print_json};
use crate::config::Config;
use crate::diagnostic::{self, Code};
use crate::law::Register;
use crate::parse;
use crate::source::SourceMap;

/// The manual's chapter on diagnostics.
const DIAGNOSTICS: &str = include_str!("../../content/manual/diagnostics.md");

pub(super) fn explain(code: Option<&str>, json: bool) -> Result<(), Stop> {
    let named = |code: &Code| json!({ "code": code.as_str(), "severity": code.severity().as_str() });
    let Some(name) = code else {
        if json {
            return print_json(&Code::ALL.iter().map(named).collect::<Vec<_>>());
        }
        let lines = Code::ALL.iter().map(|code| format!("{:<28}{}\n", code.as_str(), code.severity().as_str()));
        print(&lines.collect::<String>());
        return Ok(());
    };
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let known = diagnostic::nearest(name, Code::ALL.iter().map(|code| code.as_str()));
        let help =
            known.map_or("`clausebook explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(could_not_run(format!("there is no diagnostic `{name}`"), &help));
    };
    let clause = clause_of_manual(code.as_str()).ok_or_else(|| {
        could_not_run(format!("the manual has no clause about `{name}`"), "this is a fault of clausebook")
    })?;
    if json {
        let mut found = named(code);
        if let Some(fields) = found.as_object_mut() {
            fields.insert("explanation".to_owned(), clause.into());
        }
        return print_json(&found);
    }
    print(&format!("{} [{}]\n\n{clause}\n", code.severity().as_str(), code));
    Ok(())
}

/// The Markdown of the manual's clause with this id.
fn clause_of_manual(id: &str) -> Option<String> {
    let mut sources = SourceMap::new();
    let file = sources.insert("manual/diagnostics.md", DIAGNOSTICS);
    let file = sources.file(file);
    let (document, _) = parse::document(file, None, &Config::default(), &Register::default());
    let document = document?;
    let clause = document.clauses.iter().find(|clause| clause.label.as_deref() == Some(id))?;
    let starts = document
        .whole_clauses()
        .map(|(_, clause)| clause.span.start)
        .chain(document.sections.iter().map(|s| s.span.start));
    let end = starts.filter(|start| *start > clause.span.start).min().unwrap_or(file.text.len());
    let text = file.slice(clause.span.start..end).trim_end();
    let (before, after) = text.split_once(&format!("{{#{id}}}"))?;
    Some(format!("{}{after}", before.trim_end()))
}
