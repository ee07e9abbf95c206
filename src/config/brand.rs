//! Brand of a copy: a name, a logo's words, colours, a typeface, a line for the
//! foot.
//!
//! Holds what the settings and `theme.toml` say, as typed values, and the arithmetic of contrast.
//! Takes colours; gives the ratio of two (WCAG 2.2, "contrast ratio") and the nearest shade that
//! can be read. Never says which are on which: the default theme does (`render/brand.rs`).

use std::collections::BTreeMap;
use std::fmt;

use crate::source::Written;

/// Name, host and look of a copy, as the site or a theme sets them.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The name at the top of every page, in place of the site's title.
    pub name: Option<String>,
    /// The words of its logo, unless the name beside it says the same.
    pub logo_words: Option<String>,
    /// The colours that differ from those of `brand.css`.
    pub colours: BTreeMap<(ColourName, Scheme), Written<Colour>>,
    /// The list of typefaces, as CSS has it.
    pub font: Option<String>,
    /// A line for the foot of every page.
    pub footer: Option<String>,
    /// Name of the body that hosts this copy, if the settings do not say.
    pub host: Option<String>,
}

impl Brand {
    /// Returns the colours and the typeface alone, without a name.
    pub fn look(self) -> Brand {
        Brand { colours: self.colours, font: self.font, ..Brand::default() }
    }

    /// This brand, with what it leaves out taken from another.
    #[must_use]
    pub fn over(self, below: Brand) -> Brand {
        let mut colours = below.colours;
        colours.extend(self.colours);
        Brand {
            name: self.name.or(below.name),
            logo_words: self.logo_words.or(below.logo_words),
            colours,
            font: self.font.or(below.font),
            footer: self.footer.or(below.footer),
            host: self.host.or(below.host),
        }
    }
}

/// The name of a colour in `brand.css`, without its hyphens.
pub type ColourName = &'static str;

/// The colours that a brand may set. The colour of words on the accent follows from the accent.
pub const TOKENS: [ColourName; 12] =
    ["paper", "surface", "ink", "ink-2", "link", "visited", "accent", "warn", "edge", "line", "focus", "mark"];

/// Colour scheme that a page is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// Light paper.
    Light,
    /// Dark paper.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Scheme; 2] = [Scheme::Light, Scheme::Dark];
}

/// A colour of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

impl Colour {
    const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
    const BLACK: Colour = Colour([0, 0, 0]);

    /// Reads `#0b4f8a`.
    pub fn read(written: &str) -> Option<Colour> {
        let figures = written.strip_prefix('#').filter(|figures| figures.len() == 6 && figures.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(figures.get(at..at + 2)?, 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// Returns the relative luminance of the colour, from 0 to 1, as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two colours, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The nearest shade of this colour that has, with each of `others`, at least the contrast
    /// beside it; if there is one.
    pub fn shade(self, others: &[(Colour, f64)]) -> Option<Colour> {
        let sound = |shade: &Colour| others.iter().all(|(other, least)| shade.contrast(*other) >= *least);
        let towards = |end: Colour| {
            let mut shades = (0..=255).map(move |step| (step, self.towards(end, step)));
            shades.find(|(_, shade)| sound(shade))
        };
        let nearest = [Colour::BLACK, Colour::WHITE].into_iter().filter_map(towards).min_by_key(|(step, _)| *step);
        nearest.map(|(_, shade)| shade)
    }

    /// The colour on this one that is read better: white, or nearly black.
    pub fn opposite(self) -> Colour {
        let dark = Colour([0x10, 0x14, 0x18]);
        if self.contrast(Colour::WHITE) >= self.contrast(dark) { Colour::WHITE } else { dark }
    }

    /// This colour, `step` parts of 255 on the way to another.
    fn towards(self, end: Colour, step: u16) -> Colour {
        let mix = |from: u8, to: u8| {
            let mixed = (u16::from(from) * (255 - step) + u16::from(to) * step) / 255;
            u8::try_from(mixed).unwrap_or(to)
        };
        let (Colour([r, g, b]), Colour([to_r, to_g, to_b])) = (self, end);
        Colour([mix(r, to_r), mix(g, to_g), mix(b, to_b)])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let colour = |written| Colour::read(written).unwrap();
        let rounded = |a, b| (colour(a).contrast(colour(b)) * 100.0).round();
        assert_eq!(rounded("#ffffff", "#000000"), 2100.0);
        assert_eq!(rounded("#767676", "#ffffff"), 454.0);
        assert_eq!(rounded("#777777", "#ffffff"), 448.0);
        let shade = |a, others: &[Colour]| {
            let others: Vec<_> = others.iter().map(|other| (*other, 4.5)).collect();
            colour(a).shade(&others).map(|shade| shade.to_string())
        };
        assert_eq!(shade("#777777", &[Colour::WHITE]).unwrap(), "#767676");
        assert_eq!(shade("#767676", &[Colour::WHITE]).unwrap(), "#767676");
        assert_eq!(shade("#767676", &[Colour::WHITE, Colour::BLACK, colour("#808080")]), None);
        assert_eq!(colour("#0b4f8a").opposite(), Colour::WHITE);
        assert_eq!(Colour::read("#12345"), None);
        assert_eq!(Colour::read("#12345ü"), None);
    }
}
