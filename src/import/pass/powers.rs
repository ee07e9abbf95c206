//! Figures that are the power of what is before them, and no mark of a note: m², 10³.
//!
//! Takes the words before a figure and behind it; knows no note.

/// Units of length, behind which 2 or 3 is a power.
const UNITS: [&str; 24] = [
    "m",
    "mm",
    "cm",
    "dm",
    "km",
    "µm",
    "μm",
    "nm",
    "ft",
    "yd",
    "mi",
    "metre",
    "metres",
    "meter",
    "meters",
    "kilometre",
    "kilometres",
    "centimetre",
    "centimetres",
    "foot",
    "feet",
    "inch",
    "yard",
    "mile",
];
/// Units that are words too, so that a figure is before them.
const WORDS: [&str; 2] = ["in", "mi"];
/// Signs of money, behind which "5m" is a sum.
const MONEY: [char; 4] = ['£', '$', '€', '¥'];

/// Returns whether a figure is the power of the unit or of the ten before it.
pub fn is_power(before: &str, figure: &str, after: &str) -> bool {
    let letters = before.len() - before.trim_end_matches(char::is_alphabetic).len();
    let (rest, unit) = before.split_at_checked(before.len() - letters).unwrap_or((before, ""));
    if unit.is_empty() {
        return is_power_of_ten(before, figure, after);
    }
    if !matches!(figure, "2" | "3") {
        return false;
    }
    let close = rest.trim_end();
    let counted = close.ends_with(|c: char| c.is_ascii_digit());
    if WORDS.contains(&unit) || unit == "s" {
        return counted && unit != "s" || unit == "s" && rest.ends_with('/');
    }
    let of_money = rest.len() == close.len() && counted && {
        let sum = close.trim_end_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
        sum.ends_with(MONEY)
    };
    UNITS.contains(&unit) && !of_money && !rest.ends_with(['\'', '’', '-'])
}

/// Whether a figure is that of 10³: a ten of its own before it, and words of the sentence behind.
fn is_power_of_ten(before: &str, figure: &str, after: &str) -> bool {
    let Some(rest) = before.strip_suffix("10") else { return false };
    let times = rest.trim_end().ends_with(['×', '*', '·', 'x']);
    let goes_on = after.strip_prefix(' ').is_some_and(|after| after.starts_with(char::is_lowercase));
    let alone = rest.is_empty() || rest.ends_with(|c: char| c.is_whitespace() || "(/×*·".contains(c));
    alone && figure != "1" && (times || goes_on)
}
