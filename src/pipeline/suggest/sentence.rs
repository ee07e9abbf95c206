//! The sentence around a place in a text.
//!
//! Takes the text of a file and a span in it; finds the ends of the sentence, and says what its
//! words speak of. Knows no work.

use std::ops::Range;

use crate::law;
use crate::source::Span;

/// Whether words before the first mention of a sentence make it one of that work: "Under the …".
pub(super) fn opens(words: &str) -> bool {
    let mut words: Vec<&str> = law::words_of(words).map(|(_, word)| word).collect();
    // The number of a clause, and the article of the title.
    words.retain(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let the = words.pop_if(|word| word.eq_ignore_ascii_case("the"));
    let [only] = words.as_slice() else { return false };
    let leads = ["under", "of", "by", "in"].iter().any(|lead| lead.eq_ignore_ascii_case(only));
    leads && (the.is_some() || !words.is_empty())
}

/// The words of a sentence behind the number or the mark that it may begin with.
pub(super) fn without_number(words: &str) -> &str {
    let mut rest = words.trim_start();
    while let Some(first) = rest.split_whitespace().next() {
        let is_mark = first.starts_with(|c: char| c.is_ascii_digit() || "-*#>(".contains(c));
        if !is_mark || first.starts_with('(') && first.len() > 5 || first == "(" {
            break;
        }
        rest = rest.get(first.len()..).unwrap_or_default().trim_start();
    }
    rest
}

/// Whether words between a title and a place speak of a paper: "guidance is given in".
pub(super) fn speaks_of_a_paper(words: &str) -> bool {
    const WORDS: [&str; 24] = [
        "this",
        "our",
        "their",
        "see",
        "guidance",
        "guide",
        "paper",
        "document",
        "policy",
        "lease",
        "form",
        "report",
        "code",
        "explained",
        "explain",
        "explains",
        "described",
        "discussed",
        "covered",
        "summarised",
        "turn",
        "old",
        "former",
        "annex",
    ];
    law::words_of(words).any(|(_, word)| WORDS.iter().any(|other| other.eq_ignore_ascii_case(word)))
}

/// The nearest place between characters that is not after another.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    (at.saturating_sub(3)..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The longest sentence that is looked through, on each side of a place in it.
const LONGEST_SENTENCE: usize = 2_000;

/// The sentence around a span, within its paragraph; none if it is very long.
pub(super) fn sentence(text: &str, span: Span) -> Option<Range<usize>> {
    let ends = [". ", ".\n", "? ", "! ", "\n\n", ";", "|"];
    let from = boundary(text, span.start.saturating_sub(LONGEST_SENTENCE));
    let to = boundary(text, (span.end + LONGEST_SENTENCE).min(text.len()));
    let (before, after) = (text.get(from..span.start)?, text.get(span.end..to)?);
    let start = ends.iter().filter_map(|end| before.rfind(end).map(|at| from + at + end.len())).max();
    let end = ends.iter().filter_map(|end| after.find(end)).min().map(|end| span.end + end);
    let start = start.or((from == 0).then_some(0))?;
    Some(start..end.or((to == text.len()).then_some(to))?)
}

/// Whether a span is in a table: its line begins with a bar, or a line of bars and dashes is near
/// it in its block.
pub(super) fn is_in_table(text: &str, span: Span) -> bool {
    let from = boundary(text, span.start.saturating_sub(LONGEST_SENTENCE));
    let before = text.get(from..span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let block = before.rsplit("\n\n").next().unwrap_or_default();
    let rule = |line: &str| line.contains('-') && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '>' | '\t'));
    let rest = text.get(span.end..).unwrap_or_default().lines().take(3);
    line.trim_start_matches(['>', ' ']).starts_with('|')
        || block.lines().chain(rest).any(|line| line.contains('|') && rule(line))
}
