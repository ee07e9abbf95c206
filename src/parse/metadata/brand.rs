//! `theme.toml`: what a theme says of the look of a copy.
//!
//! Takes one file; gives its values and every fault found. Never lets through a colour that cannot be read on paper.

use super::table::{Table, with_table};
use crate::config::{Brand, Colour, LEAST_CONTRAST};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;

/// Reads `theme.toml`.
pub fn brand(file: &SourceFile) -> (Brand, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let brand = with_table(file, 0..file.text.len(), "the theme", &mut faults, |table, faults| {
        // What the theme is, for those who choose one.
        table.words("description", faults);
        Brand {
            name: table.words("name", faults),
            logo_words: table.words("logo-words", faults),
            accent: colour(table, "accent", Colour::PAPER, faults),
            accent_dark: colour(table, "accent-dark", Colour::PAPER_DARK, faults),
            font: font(table, faults),
            footer: table.words("footer", faults),
            host: table.words("host", faults),
        }
    });
    (brand.unwrap_or_default(), faults)
}

fn colour(table: &Table<'_>, key: &'static str, paper: Colour, faults: &mut Vec<Diagnostic>) -> Option<Colour> {
    let written = table.text(key, faults)?;
    let Some(colour) = Colour::read(&written.value) else {
        let message = format!("`{}` is not a colour", written.value);
        let help = "write six figures after a #, such as \"#0b4f8a\"";
        faults.push(Diagnostic::new(Code::InvalidValue, written.span, message).help(help));
        return None;
    };
    let contrast = colour.contrast(paper);
    if contrast >= LEAST_CONTRAST {
        return Some(colour);
    }
    // Rounded down: 4.49 is not 4.5.
    let shown = (contrast * 100.0).floor() / 100.0;
    let message = format!("`{colour}` cannot be read: its contrast on paper of the colour {paper} is {shown} to 1");
    let help = format!("4.5 to 1 is the least; the nearest shade that has it is \"{}\"", colour.readable_on(&[paper]));
    faults.push(Diagnostic::new(Code::PaleAccent, written.span, message).help(help));
    None
}

/// A list of typefaces. It goes into a style sheet, so it may hold nothing that ends a value there.
fn font(table: &Table<'_>, faults: &mut Vec<Diagnostic>) -> Option<String> {
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
