//! Articles of a treaty that is a Schedule to an Act.
//!
//! Takes the path of the Act and a place in it; returns the path of the page with the article, and
//! the levels within that page. Holds the one treaty that guidance cites by its articles, the
//! Convention in Schedule 1 to the Human Rights Act 1998. Of other treaties the page is that of the
//! Schedule: legislation.gov.uk has none for an article.

use super::provision::{Division, Unit};

/// Path of the Human Rights Act 1998.
const HUMAN_RIGHTS_ACT: &str = "ukpga/1998/42";

/// Articles of each Part of its Schedule 1, by the Part's numerals. Each is a chapter of the Part,
/// counted from one: 1 and 13 of the Convention, and 15, are not in the Act.
const ARTICLES: [(&str, &str, &[&str]); 2] = [
    ("I", "1", &["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14", "16", "17", "18"]),
    ("II", "2", &["1", "2", "3"]),
];

/// Returns the path of the page of an article in a Schedule, and the levels within the page. None
/// if the divisions are no such article.
pub(super) fn article_page(work: &str, divisions: &[Division]) -> Option<(String, Vec<String>)> {
    let schedule = divisions.iter().position(|division| division.unit == Unit::Schedule)?;
    let inner = divisions.get(schedule..)?;
    let article = inner.iter().find(|division| division.unit == Unit::Article)?;
    let number = &inner.first()?.number;
    let page = if number.is_empty() { "schedule".to_owned() } else { format!("schedule/{number}") };
    let part = inner.iter().find(|division| division.unit == Unit::Part).map_or("I", |part| &part.number);
    let Some((part, chapter)) = chapter(part, &article.number).filter(|_| work == HUMAN_RIGHTS_ACT && number == "1")
    else {
        return Some((page, Vec::new()));
    };
    let page = format!("{page}/part/{part}/chapter/{chapter}");
    match article.levels.split_first() {
        Some((paragraph, levels)) => Some((format!("{page}/paragraph/{paragraph}"), levels.to_vec())),
        None => Some((page, Vec::new())),
    }
}

/// Returns the Part in which an article is, and its place there.
fn chapter(part: &str, article: &str) -> Option<(&'static str, usize)> {
    let (numeral, _, articles) =
        ARTICLES.iter().find(|(numeral, figure, _)| part.eq_ignore_ascii_case(numeral) || part == *figure)?;
    Some((numeral, articles.iter().position(|other| *other == article)? + 1))
}
