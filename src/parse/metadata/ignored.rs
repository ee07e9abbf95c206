//! `ignore` in the settings.
//!
//! Takes the settings; gives the patterns of files that are not read, each of which git would
//! understand.

use ignore::gitignore::GitignoreBuilder;

use super::table::TomlTable;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Written;

/// `ignore`: patterns of files that are not read.
pub(super) fn patterns(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut patterns = Vec::new();
    for Written { value, span } in table.texts("ignore", faults) {
        if let Err(error) = GitignoreBuilder::new("").add_line(None, &value) {
            let message = format!("`{value}` is no pattern of files: {error}");
            let fault = Diagnostic::new(Code::InvalidValue, span, message);
            faults.push(fault.help("write one as in `.gitignore`, such as \"drafts/**\" or \"*.tmp\""));
            continue;
        }
        patterns.push(value);
    }
    patterns
}
