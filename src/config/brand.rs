//! Whose copy this is to look like: a name, a logo's words, an accent, a typeface, a line for the foot.
//!
//! Holds what `theme.toml` says, as typed values, and the arithmetic of contrast. Takes colours; gives the ratio of two
//! (WCAG 2.2, "contrast ratio") and the nearest shade that can be read. Never holds a colour that cannot.

use std::fmt;

/// The least contrast of an accent on paper: WCAG 2.2, 1.4.3.
pub const LEAST_CONTRAST: f64 = 4.5;

/// What a theme says of the look of a copy.
#[derive(Clone, Debug, Default, Hash)]
pub struct Brand {
    /// The name at the top of every page, in place of the site's title.
    pub name: Option<String>,
    /// The words of its logo, unless the name beside it says the same.
    pub logo_words: Option<String>,
    /// The colour of links and bars on light paper.
    pub accent: Option<Colour>,
    /// The same on dark paper.
    pub accent_dark: Option<Colour>,
    /// The list of typefaces, as CSS has it.
    pub font: Option<String>,
    /// A line for the foot of every page.
    pub footer: Option<String>,
    /// Who hosts this copy, if the settings do not say.
    pub host: Option<String>,
}

impl Brand {
    /// This brand, with what it leaves out taken from another.
    #[must_use]
    pub fn over(self, below: Brand) -> Brand {
        Brand {
            name: self.name.or(below.name),
            logo_words: self.logo_words.or(below.logo_words),
            accent: self.accent.or(below.accent),
            accent_dark: self.accent_dark.or(below.accent_dark),
            font: self.font.or(below.font),
            footer: self.footer.or(below.footer),
            host: self.host.or(below.host),
        }
    }
}

/// A colour of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Light paper.
    pub const PAPER: Colour = Colour([0xff, 0xff, 0xff]);
    /// Dark paper.
    pub const PAPER_DARK: Colour = Colour([0x15, 0x18, 0x1c]);
    /// What stands on light paper behind a match or a target: of all that lies behind a link the nearest to it.
    pub const MARK: Colour = Colour([0xff, 0xf0, 0xb3]);
    /// The same on dark paper.
    pub const MARK_DARK: Colour = Colour([0x4d, 0x3f, 0x00]);
    const BLACK: Colour = Colour([0, 0, 0]);

    /// Reads `#0b4f8a`.
    pub fn read(written: &str) -> Option<Colour> {
        let figures = written.strip_prefix('#').filter(|figures| figures.len() == 6 && figures.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(figures.get(at..at + 2)?, 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// How light it is, from 0 to 1: WCAG 2.2, "relative luminance".
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

    /// The nearest shade of this colour that can be read on all of `papers`, which are all light or all dark.
    pub fn readable_on(self, papers: &[Colour]) -> Colour {
        let light = papers.iter().all(|paper| paper.luminance() > 0.18);
        let end = if light { Colour::BLACK } else { Colour::PAPER };
        let mut shades = (0..=255).map(|step| self.towards(end, step));
        let sound = |shade: &Colour| papers.iter().all(|paper| shade.contrast(*paper) >= LEAST_CONTRAST);
        shades.find(sound).unwrap_or(end)
    }

    /// The colour on this one that is read better: white, or nearly black.
    pub fn opposite(self) -> Colour {
        let dark = Colour([0x10, 0x14, 0x18]);
        if self.contrast(Colour::PAPER) >= self.contrast(dark) { Colour::PAPER } else { dark }
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
        assert_eq!(colour("#777777").readable_on(&[Colour::PAPER]).to_string(), "#767676");
        assert_eq!(colour("#767676").readable_on(&[Colour::PAPER]).to_string(), "#767676");
        assert_eq!(colour("#0b4f8a").opposite(), Colour::PAPER);
        assert_eq!(Colour::read("#12345"), None);
        assert_eq!(Colour::read("#12345ü"), None);
    }
}
