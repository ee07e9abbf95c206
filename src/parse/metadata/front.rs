//! Values of front matter that are more than a word: the official text, the word for a clause, and
//! relations to other documents.
//!
//! Takes the table that an author wrote; gives the values, and reports what is wrong in them.

use super::table::{TomlTable, with_curly_quotes};
use super::web_address;
use crate::config::ClauseUnit;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{OfficialSource, Relation, is_slug};
use crate::source::Written;

/// The official text that a document restates.
pub(super) fn official_source(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Option<OfficialSource> {
    table.table("source", "the source", faults).map(|source| {
        let title = source.required_words("title", faults);
        let url = source.text("url", faults).and_then(|url| web_address(&url, faults));
        source.finish(faults);
        OfficialSource { title, url }
    })
}

/// The word for a clause: one word, or the word for one and the word for several.
pub(super) fn unit(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Option<ClauseUnit> {
    let place = table.place("unit")?;
    let mut words = table.texts("unit", faults).into_iter().map(|word| with_curly_quotes(word.value.trim()));
    match (words.next(), words.next(), words.next()) {
        (Some(one), many, None) if !one.is_empty() => {
            let plural = || if one.ends_with('§') { format!("{one}§") } else { format!("{one}s") };
            let many = many.unwrap_or_else(plural);
            Some(ClauseUnit { one, many })
        }
        _ => {
            let message = "`unit` is the word for a clause";
            let help = "write one word, or the word for one and for several: `unit = [\"rule\", \"rules\"]`";
            faults.push(Diagnostic::new(Code::InvalidValue, place, message).help(help));
            None
        }
    }
}

/// Relations of a document to others, each with what it names.
pub(super) fn relations_of(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Vec<(Relation, Written<String>)> {
    let mut relations = Vec::new();
    for (key, relation) in Relation::KEYS {
        for mut other in table.texts(key, faults) {
            // Not an id, but the title of a work that the site does not hold.
            if !is_slug(&other.value) {
                other.value = with_curly_quotes(&other.value);
            }
            relations.push((relation, other));
        }
    }
    relations
}
