//! The bundle that somebody expects: whose signature it has, of which site, and from which edition
//! on.
//!
//! Holds how names and editions are compared. Takes what was asked for and what a manifest says;
//! gives whether they agree. A signature binds every byte to a key. It does not say which of its
//! owner's sites and editions a bundle should be.

use std::cmp::Ordering;

use super::signature::VerifyingKey;
use super::{Manifest, is_unseen};
use crate::document::spelling::same_letters;

/// The bundle that somebody expects. What is not set is not asked.
#[derive(Default)]
pub struct Expected {
    /// The key that must have signed it.
    pub key: Option<VerifyingKey>,
    /// The name of its site.
    pub name: Option<String>,
    /// The least edition.
    pub edition: Option<String>,
}

impl Expected {
    /// Whether a bundle is of the site that is expected.
    pub fn is_site(&self, manifest: &Manifest) -> bool {
        self.name.as_ref().is_none_or(|name| plain(name) == plain(&manifest.name))
    }

    /// Whether a bundle is of the least edition that is expected, or of a later one.
    pub fn is_edition(&self, manifest: &Manifest) -> bool {
        let found = manifest.edition.as_deref();
        self.edition.as_ref().is_none_or(|least| found.is_some_and(|found| is_from(found, least)))
    }

    /// Whether the least edition is in an order with others, so that a later one would do too.
    pub fn is_in_order(&self) -> bool {
        self.edition.as_deref().and_then(numbers).is_some()
    }
}

/// A name as a keyboard writes it, in one form and without characters that nobody sees, since that
/// of a site has the quotation marks of print.
fn plain(name: &str) -> String {
    let seen: String = same_letters(name).chars().filter(|c| !is_unseen(*c)).collect();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}

/// Whether an edition is `least` or a later one. Numbers, with or without full stops and hyphens
/// between them, are in order; no other names are, and must be the same.
fn is_from(found: &str, least: &str) -> bool {
    match (numbers(found), numbers(least)) {
        (Some(found), Some(least)) => order(&found, &least).is_ge(),
        _ => found.trim() == least.trim(),
    }
}

/// Splits "2.1" or "2026-11" into its numbers, each without leading zeros.
fn numbers(edition: &str) -> Option<Vec<&str>> {
    let parts = edition.trim().split(['.', '-']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.map(|part| digits(part).then(|| part.trim_start_matches('0'))).collect()
}

/// Compares part by part. A part that is missing is 0, so that 2 and 2.0 are one edition.
fn order(one: &[&str], other: &[&str]) -> Ordering {
    let part =
        |parts: &[&str], at: usize| parts.get(at).map_or((0, String::new()), |part| (part.len(), (*part).to_owned()));
    let orders = (0..one.len().max(other.len())).map(|at| part(one, at).cmp(&part(other, at)));
    orders.fold(Ordering::Equal, Ordering::then)
}

#[cfg(test)]
mod tests {
    use super::{is_from, plain};

    #[test]
    fn a_name_is_the_same_however_it_was_typed() {
        for name in
            ["Café  rules", "Cafe\u{301} rules", "Ca\u{ad}fé\u{200b} ru\u{2060}les", "\u{202a}Café rules\u{202c}"]
        {
            assert_eq!(plain(name), "Café rules", "{name:?}");
        }
        assert_ne!(plain("Cafe rules"), "Café rules");
    }

    #[test]
    fn editions_that_are_numbers_are_in_order_and_no_others() {
        for (found, least) in [
            ("3", "3"),
            ("10", "9"),
            ("2.10", "2.9"),
            ("2.1", "2"),
            ("2", "2.0"),
            ("03", "3"),
            ("2026-11", "2026-05"),
            ("2027", "2026-11-30"),
            ("99999999999999999999999", "99999999999999999999998"),
            ("Spring print", " Spring print"),
        ] {
            assert!(is_from(found, least), "{found} {least}");
        }
        for (found, least) in [
            ("2", "3"),
            ("9", "10"),
            ("2.9", "2.10"),
            ("2", "2.1"),
            ("Spring print", "Autumn print"),
            ("3", "draft"),
            ("draft 4", "3"),
            ("4a", "3"),
            ("-4", "3"),
            ("4.", "3"),
            ("", "0"),
        ] {
            assert!(!is_from(found, least), "{found} {least}");
        }
    }
}
