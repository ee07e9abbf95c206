//! Lists of contents, whose lines lead to pages that a site has not.
//!
//! Takes the lines of a text; returns those that are none of such a list, and reports the rest. A
//! line of contents ends with the number of a page behind dots, or behind a gap under the word
//! "Contents".

use super::lines::ForeignLine;
use crate::import::report::{About, Report};

/// Words above a list of contents.
const HEADS: [&str; 3] = ["contents", "table of contents", "list of contents"];
/// The least lines with dots that are a list of contents.
const FEW: usize = 2;

/// Returns the lines without lists of contents.
pub fn without<'t>(lines: Vec<ForeignLine<'t>>, report: &mut Report) -> Vec<ForeignLine<'t>> {
    let dotted = lines.iter().filter(|line| leads_to_page(line.text).is_some_and(|dots| dots)).count() >= FEW;
    let mut kept: Vec<ForeignLine<'t>> = Vec::with_capacity(lines.len());
    // The place of the heading among the lines that are kept, while its list may begin or go on.
    let mut head: Option<usize> = None;
    let mut below = false;
    for line in lines {
        let words = line.text.trim().trim_end_matches(':').to_lowercase();
        let is_entry = match leads_to_page(line.text) {
            Some(dots) => dots && dotted || below,
            None => below && matches!(words.as_str(), "page" | "page no" | "page no."),
        };
        if is_entry {
            if let Some(heading) = head.take().map(|at| kept.remove(at)) {
                leave_out(&heading, report);
            }
            leave_out(&line, report);
            continue;
        }
        if HEADS.contains(&words.trim_start_matches('#').trim()) {
            (head, below) = (Some(kept.len()), true);
        } else if !words.is_empty() && !line.ends_page {
            (head, below) = (None, false);
        }
        kept.push(line);
    }
    kept
}

fn leave_out(line: &ForeignLine<'_>, report: &mut Report) {
    report.leave_out(About::Furniture, line.place, "a line of a list of contents is left out", line.text);
}

/// Whether a line ends with the number of a page, and whether dots lead to it.
fn leads_to_page(line: &str) -> Option<bool> {
    let line = line.trim();
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let figure = line.len() - before.len();
    if !(1..=4).contains(&figure) || !before.contains(char::is_alphabetic) {
        return None;
    }
    let tail: String = before.chars().rev().take_while(|c| matches!(c, '.' | '…' | ' ' | '\t' | '_')).collect();
    let dots = tail.contains('…') || tail.chars().filter(|c| matches!(c, '.' | '_')).count() > 3;
    (dots || tail.contains('\t') || tail.len() > 2 && tail.trim().is_empty()).then_some(dots)
}
