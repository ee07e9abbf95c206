//! The colours of a copy: what a brand adds to the tokens of `brand/brand.css`, and whether all
//! that is on something else can be read there.
//!
//! Takes that style sheet and the brand; gives a rule of a style sheet, what follows from an accent
//! (links that can be read wherever they are, and the colour of words on the accent), and every
//! fault. Which colours meet is known of the default theme; a theme with other rules keeps to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::config::{Brand, Colour, ColourName, Scheme, TOKENS};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The colour of words on the accent, which no brand sets.
const ON_ACCENT: ColourName = "on-accent";

/// Number of letters in a colour, with its sign.
const FIGURES: usize = "#0b4f8a".len();

/// The least contrast of words: WCAG 2.2, 1.4.3.
const WORDS: f64 = 4.5;
/// The least contrast of what else must be seen: WCAG 2.2, 1.4.11.
const SIGNS: f64 = 3.0;

/// Backgrounds of words and links. The place where a reader has arrived, and words that a search
/// found, are marked.
const GROUNDS: &[ColourName] = &["paper", "surface", "mark"];

/// Tokens with their backgrounds, and the least contrast that each needs there.
const PAIRS: [(ColourName, &[ColourName], f64); 8] = [
    ("ink", GROUNDS, WORDS),
    ("ink-2", GROUNDS, WORDS),
    ("link", GROUNDS, WORDS),
    ("visited", GROUNDS, WORDS),
    ("accent", &["paper"], WORDS),
    ("warn", &["paper", "surface"], WORDS),
    ("edge", &["paper", "surface"], SIGNS),
    ("focus", &["paper", "surface"], SIGNS),
];

/// A colour, and where it was written, if not in the default theme.
type PlacedColour = (Colour, Option<Span>);

/// The colours in force for one scheme.
type Palette = BTreeMap<ColourName, PlacedColour>;

/// The rule that sets what the brand sets, empty if that is nothing; and what cannot be read.
/// `default` is the style sheet of the default theme; `css` that which is in force, with its place
/// if it is another.
pub(super) fn rule(brand: &Brand, default: &str, css: &str, place: Option<Span>) -> (String, Vec<Diagnostic>) {
    let [mut light, mut dark] = Scheme::ALL.map(|scheme| {
        let mut palette = tokens(default, scheme, None);
        palette.extend(tokens(css, scheme, place));
        let own = brand.colours.iter().filter(|((_, of), _)| *of == scheme);
        palette.extend(own.map(|((token, _), written)| (*token, (written.value, Some(written.span)))));
        palette
    });
    let set = |token: ColourName, scheme| brand.colours.contains_key(&(token, scheme));
    let of_accent = follow(brand, &light, &dark);
    for (token, colours) in &of_accent {
        for ((palette, scheme), colour) in [&mut light, &mut dark].into_iter().zip(Scheme::ALL).zip(colours) {
            if !set(token, scheme) {
                palette.insert(token, (*colour, None));
            }
        }
    }
    let mut lines = String::new();
    for token in TOKENS.into_iter().chain([ON_ACCENT]) {
        let changed = Scheme::ALL.into_iter().any(|scheme| set(token, scheme))
            || of_accent.iter().any(|(following, _)| *following == token);
        if let (true, Some((light, _)), Some((dark, _))) = (changed, light.get(token), dark.get(token)) {
            let _a_string_takes_all = writeln!(lines, "  --{token}: var(--light, {light}) var(--dark, {dark});");
        }
    }
    if let Some(font) = &brand.font {
        let _a_string_takes_all = writeln!(lines, "  --font: {font};");
    }
    let faults = [light, dark].iter().flat_map(unreadable).collect();
    (if lines.is_empty() { lines } else { format!("\n:root {{\n{lines}}}\n") }, faults)
}

/// The colours of one scheme in a style sheet, in which each has a line
/// `--ink: var(--light, #1b1f24) var(--dark, #e8ebee);`.
fn tokens(css: &str, scheme: Scheme, place: Option<Span>) -> Palette {
    let mut palette = Palette::new();
    let mut start = 0;
    let opening = if scheme == Scheme::Light { "var(--light, " } else { "var(--dark, " };
    for line in css.split_inclusive('\n') {
        let name = line.trim_start().strip_prefix("--").and_then(|rest| rest.split(':').next());
        let token = TOKENS.into_iter().find(|token| Some(*token) == name);
        let at = line.find(opening).map(|at| at + opening.len());
        if let (Some(token), Some(at)) = (token, at)
            && let Some(colour) = line.get(at..at + FIGURES).and_then(Colour::read)
        {
            palette.insert(token, (colour, place.map(|file| file.with(start + at..start + at + FIGURES))));
        }
        start += line.len();
    }
    palette
}

/// Colours that follow from an accent, if there is one: it, links and the words on it, on light
/// paper and on dark.
fn follow(brand: &Brand, light: &Palette, dark: &Palette) -> Vec<(ColourName, [Colour; 2])> {
    let accent = |scheme| brand.colours.get(&("accent", scheme)).map(|written| written.value);
    let readable =
        |colour: Colour, palette: &Palette| colour.shade(&grounds(palette, GROUNDS, WORDS)).unwrap_or(colour);
    let (on_light, on_dark) = match (accent(Scheme::Light), accent(Scheme::Dark)) {
        (Some(on_light), Some(on_dark)) => (on_light, on_dark),
        (Some(on_light), None) => (on_light, readable(on_light, dark)),
        (None, Some(on_dark)) => (readable(on_dark, light), on_dark),
        (None, None) => return Vec::new(),
    };
    vec![
        ("accent", [on_light, on_dark]),
        ("link", [readable(on_light, light), readable(on_dark, dark)]),
        (ON_ACCENT, [on_light.opposite(), on_dark.opposite()]),
    ]
}

/// The colours of what something is on, each with the contrast that it needs there.
fn grounds(palette: &Palette, on: &[ColourName], least: f64) -> Vec<(Colour, f64)> {
    on.iter().filter_map(|token| Some((palette.get(token)?.0, least))).collect()
}

/// Colours that do not stand out from their background: reported where someone wrote the one or the
/// other, once for each.
fn unreadable(palette: &Palette) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    for (token, on, least) in PAIRS {
        let Some((colour, place)) = palette.get(token) else { continue };
        let met = on.iter().filter_map(|ground| Some((*ground, palette.get(ground)?)));
        let met = met.map(|(ground, (below, below_place))| (colour.contrast(*below), ground, below, below_place));
        let Some((contrast, ground, below, below_place)) =
            met.filter(|(contrast, ..)| *contrast < least).min_by(|(one, ..), (other, ..)| one.total_cmp(other))
        else {
            continue;
        };
        // Rounded down: 4.49 is not 4.5.
        let ratio = (contrast * 100.0).floor() / 100.0;
        let cannot = if least < WORDS { "seen" } else { "read" };
        let (span, message, shade) = match (place, below_place) {
            (Some(span), _) => (
                span,
                format!(
                    "`{colour}` cannot be {cannot}: its contrast on {ground} of the colour {below} is {ratio} to 1"
                ),
                colour.shade(&grounds(palette, on, least)),
            ),
            (None, Some(span)) => {
                let above = PAIRS.iter().filter(|(_, on, _)| on.contains(&ground));
                let above = above.filter_map(|(token, _, least)| Some((palette.get(token)?.0, *least)));
                (
                    span,
                    format!(
                        "{token} cannot be {cannot} on `{below}`: the contrast of its colour {colour} is {ratio} to 1"
                    ),
                    below.shade(&above.collect::<Vec<_>>()),
                )
            }
            (None, None) => continue,
        };
        if faults.iter().any(|fault| fault.span == *span) {
            continue;
        }
        let nearest = match shade {
            Some(shade) => format!("the nearest shade that has it is \"{shade}\""),
            None => "no shade has it with all that meets it here, so change the other colours too".to_owned(),
        };
        let code = if token == "accent" { Code::PaleAccent } else { Code::LowContrast };
        faults.push(Diagnostic::new(code, *span, message).help(format!("{least} to 1 is the least; {nearest}")));
    }
    faults
}
