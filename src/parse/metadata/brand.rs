//! The look of a copy as it is declared: in `[brand]` of the settings, and by a theme in
//! `theme.toml`, with the same keys.
//!
//! Takes a table; gives its values and every fault found. Whether a colour can be read depends on
//! the others, and is found when all layers of a theme are together.

use std::collections::BTreeMap;

use super::table::{TomlTable, with_table};
use crate::config::{Brand, Colour, ColourName, Scheme, TOKENS};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Written};

/// Reads `theme.toml`.
pub fn brand(file: &SourceFile) -> (Brand, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let brand = with_table(file, 0..file.text.len(), "the theme", &mut faults, |table, faults| {
        // What the theme is, for those who choose one.
        table.words("description", faults);
        let host = table.words("host", faults);
        Brand { host, ..values(table, faults) }
    });
    (brand.unwrap_or_default(), faults)
}

/// Reads the keys that the settings and a theme have in common.
pub(super) fn values(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Brand {
    let name = table.words("name", faults);
    let logo_words = table.words("logo-words", faults);
    let colours = colours(table, faults);
    Brand { name, logo_words, colours, font: font(table, faults), footer: table.words("footer", faults), host: None }
}

fn colours(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> BTreeMap<(ColourName, Scheme), Written<Colour>> {
    let mut colours = BTreeMap::new();
    for token in TOKENS {
        for scheme in Scheme::ALL {
            let key = if scheme == Scheme::Dark { format!("{token}-dark") } else { token.to_owned() };
            let Some(written) = table.text(&key, faults) else { continue };
            if let Some(colour) = Colour::read(&written.value) {
                colours.insert((token, scheme), Written::new(colour, written.span));
                continue;
            }
            let message = format!("`{}` is not a colour", written.value);
            let help = "write six figures after a #, such as \"#0b4f8a\"";
            faults.push(Diagnostic::new(Code::InvalidValue, written.span, message).help(help));
        }
    }
    colours
}

/// A list of typefaces. It goes into a style sheet, so it may hold nothing that ends a value there.
fn font(table: &TomlTable<'_>, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let written = table.text("font", faults)?;
    let sound = |c: char| c.is_alphanumeric() || " ,-_'\"".contains(c);
    let closed = |quote: char| written.value.matches(quote).count() % 2 == 0;
    if !written.value.trim().is_empty() && written.value.chars().all(sound) && closed('"') && closed('\'') {
        return Some(written.value);
    }
    let message = format!("`{}` is not a list of typefaces", written.value);
    let help = "write names with commas between them, such as \"Georgia, 'Times New Roman', serif\"";
    faults.push(Diagnostic::new(Code::InvalidValue, written.span, message).help(help));
    None
}
