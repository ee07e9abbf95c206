//! Numbers within a paragraph, which `LISTNUM` fields count.
//!
//! Takes the instruction of a field; gives the list and the level that it names, and counts the
//! three lists that Word has of its own.

use std::collections::BTreeMap;

use super::numbering::formatted;

/// The levels of a list.
const LEVELS: usize = 9;

/// An instruction such as `LISTNUM LegalDefault \\l 2 \\s 4`.
#[derive(Debug, Default)]
pub struct ListField {
    /// The list, if one is named.
    pub name: Option<String>,
    /// The level, from 0, if one is named.
    pub level: Option<usize>,
    /// The number to begin with.
    start: Option<u32>,
}

impl ListField {
    /// Reads an instruction, if it is that of such a field.
    pub fn of(instruction: &str) -> Option<Self> {
        let mut words = instruction.split_whitespace();
        if !words.next()?.eq_ignore_ascii_case("LISTNUM") {
            return None;
        }
        let mut field = ListField::default();
        while let Some(word) = words.next() {
            match word {
                "\\l" => field.level = words.next().and_then(|n| n.parse::<usize>().ok()?.checked_sub(1)),
                "\\s" => field.start = words.next().and_then(|n| n.parse().ok()),
                name if !name.starts_with('\\') => field.name = Some(name.trim_matches('"').to_owned()),
                _ => {}
            }
        }
        Some(field)
    }
}

/// The form and the signs around the number of each level.
const NUMBERS: [(&str, &str, &str); LEVELS] = [
    ("decimal", "", ")"),
    ("lowerLetter", "", ")"),
    ("lowerRoman", "", ")"),
    ("decimal", "(", ")"),
    ("lowerLetter", "(", ")"),
    ("lowerRoman", "(", ")"),
    ("decimal", "", "."),
    ("lowerLetter", "", "."),
    ("lowerRoman", "", "."),
];
const OUTLINE: [(&str, &str, &str); LEVELS] = [
    ("upperRoman", "", "."),
    ("upperLetter", "", "."),
    ("decimal", "", "."),
    ("lowerLetter", "", ")"),
    ("decimal", "(", ")"),
    ("lowerLetter", "(", ")"),
    ("lowerRoman", "(", ")"),
    ("lowerLetter", "(", ")"),
    ("lowerRoman", "(", ")"),
];

/// Counters of the lists that Word has of its own.
#[derive(Debug, Default)]
pub struct BuiltInLists {
    at: BTreeMap<String, [u32; LEVELS]>,
}

impl BuiltInLists {
    /// Counts a field, and returns its number as Word prints it.
    pub fn count(&mut self, field: &ListField) -> String {
        let name = field.name.as_deref().unwrap_or("NumberDefault").to_lowercase();
        let level = field.level.unwrap_or(0).min(LEVELS - 1);
        let values = self.at.entry(name.clone()).or_default();
        if let Some(value) = values.get_mut(level) {
            *value = field.start.unwrap_or(value.saturating_add(1));
        }
        values.iter_mut().skip(level + 1).for_each(|value| *value = 0);
        let value = values.get(level).copied().unwrap_or(1);
        if name == "legaldefault" {
            let numbers: Vec<String> = values.iter().take(level + 1).map(|value| value.max(&1).to_string()).collect();
            return format!("{}.", numbers.join("."));
        }
        let forms = if name == "outlinedefault" { OUTLINE } else { NUMBERS };
        forms
            .get(level)
            .map_or_else(String::new, |(form, before, behind)| format!("{before}{}{behind}", formatted(value, form)))
    }
}
