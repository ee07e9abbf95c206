//! What a theme's `theme.toml` adds to the tokens of `brand/brand.css`.
//!
//! Takes the settings of the brand; gives a rule of a style sheet, and what follows from an accent: links that can be read
//! wherever they stand, and the colour of words that stand on the accent.

use std::fmt::Write as _;

use crate::config::{Brand, Colour};

/// The rule that sets what the brand sets; empty if that is nothing.
pub(super) fn rule(brand: &Brand) -> String {
    let mut lines = String::new();
    for (token, light, dark) in colours(brand) {
        let _a_string_takes_all = writeln!(lines, "  --{token}: var(--light, {light}) var(--dark, {dark});");
    }
    if let Some(font) = &brand.font {
        let _a_string_takes_all = writeln!(lines, "  --font: {font};");
    }
    if lines.is_empty() { lines } else { format!("\n:root {{\n{lines}}}\n") }
}

fn colours(brand: &Brand) -> Vec<(&'static str, Colour, Colour)> {
    let papers = [Colour::PAPER, Colour::MARK];
    let dark_papers = [Colour::PAPER_DARK, Colour::MARK_DARK];
    let Some(light) = brand.accent.or(brand.accent_dark.map(|dark| dark.readable_on(&papers))) else {
        return Vec::new();
    };
    let dark = brand.accent_dark.unwrap_or_else(|| light.readable_on(&dark_papers));
    vec![
        ("link", light.readable_on(&papers), dark.readable_on(&dark_papers)),
        ("accent", light, dark),
        ("on-accent", light.opposite(), dark.opposite()),
    ]
}
