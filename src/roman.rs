//! Roman numerals, as parts of laws, items of lists and pages of prefaces are counted.
//!
//! Takes numbers and gives numerals, or the other way round. Knows no document.

/// Values of signs, from the largest on.
const SIGNS: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// The first number that has no numeral in these signs.
const END: u32 = 4000;

/// Returns the numeral of a number, in capitals: XIV for 14. Of 0, and of what no numeral can
/// write, returns figures.
pub fn numeral(n: u32) -> String {
    if n == 0 || n >= END {
        return n.to_string();
    }
    let (mut left, mut text) = (n, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// Returns the number that a numeral writes, if it is in letters of one case and written as
/// [`numeral`] does: 9 for "ix", nothing for "viiii".
pub fn value(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    if upper != text && text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let (mut rest, mut sum) = (upper.as_str(), 0_u32);
    for (value, sign) in SIGNS {
        while let Some(after) = rest.strip_prefix(sign) {
            (rest, sum) = (after, sum.checked_add(value).filter(|sum| *sum < END)?);
        }
    }
    (sum > 0 && rest.is_empty() && numeral(sum) == upper).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::{END, numeral, value};

    #[test]
    fn every_number_is_read_back_from_its_numeral() {
        for n in 1..END {
            let text = numeral(n);
            assert_eq!((value(&text), value(&text.to_lowercase())), (Some(n), Some(n)), "{text}");
        }
        assert_eq!([14, 40, 1999].map(numeral), ["XIV", "XL", "MCMXCIX"]);
        assert_eq!([0, END].map(numeral), ["0", "4000"]);
    }

    #[test]
    fn what_is_no_numeral_has_no_value() {
        for text in ["", "viiii", "iX", "ivx", "IC", "a", "1", "mmmm", "é", "vx"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
