//! Two texts word by word.
//!
//! Takes the words of an old and of a new text; gives what stayed, what went and what came, in runs
//! that can be read: two changes with next to nothing between them are one, and where little stayed
//! the old and the new are given whole.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::ClausePosition;

/// Gap before a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// The start of a paragraph.
    Block,
    /// The start of an item of a list.
    Item,
    /// The start of a sub-clause; its label is the first word.
    SubClause,
    /// The start of a note.
    Note,
    /// The start of another clause, with its number.
    Clause(String),
}

impl Gap {
    /// The greater gap counts where two meet.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Gap::None => 0,
            Gap::Space => 1,
            Gap::Block => 2,
            Gap::Item | Gap::SubClause => 3,
            Gap::Note => 4,
            Gap::Clause(_) => 5,
        }
    }
}

/// A word, or a mark such as a comma.
#[derive(Clone, Debug)]
pub(super) struct ComparedWord {
    pub(super) text: String,
    pub(super) gap: Gap,
    pub(super) key: WordKey,
}

impl ComparedWord {
    /// Whether it is more than a mark.
    pub(super) fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }
}

/// Key by which two words are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WordKey {
    /// Letters of the word. All forms of a quotation mark are one.
    Letters(String),
    /// The clauses that a mention leads to, and the sub-clauses in them.
    Mention(Vec<(ClausePosition, Vec<String>)>),
    /// Mention in the old text of a clause that the new one lacks.
    Gone,
}

impl WordKey {
    pub(super) fn of(text: &str) -> Self {
        let plain = |c| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            c => c,
        };
        WordKey::Letters(text.chars().map(plain).collect())
    }
}

/// Whether words stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunStatus {
    /// They are in both texts.
    Same,
    /// Only the old text has them.
    Removed,
    /// Only the new one has them.
    Added,
}

impl RunStatus {
    /// The word for it in data.
    pub fn as_str(self) -> &'static str {
        match self {
            RunStatus::Same => "same",
            RunStatus::Removed => "removed",
            RunStatus::Added => "added",
        }
    }
}

/// Words that stayed, went or came together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRun {
    /// Whether the words stayed, went or came.
    pub is: RunStatus,
    /// The words, in a part for each paragraph.
    pub parts: Vec<ParagraphRun>,
}

/// Words of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParagraphRun {
    /// Gap before the first word.
    pub gap: Gap,
    /// The words.
    pub text: String,
}

/// A stretch of two texts.
#[derive(Clone, Debug)]
pub(super) struct TextSpan {
    pub(super) same: bool,
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Result of comparing two texts word by word.
pub(super) struct Diff {
    /// Whether no word differs.
    pub(super) same: bool,
    /// Whether so little stayed that old and new are given whole.
    pub(super) rewritten: bool,
    pub(super) runs: Vec<WordRun>,
    /// The stretches as they were found, before any were joined.
    pub(super) spans: Vec<TextSpan>,
    /// Mentions that read as they did and lead to another clause.
    pub(super) strayed: Vec<String>,
}

/// The most words of a text that is compared word by word.
const MOST_WORDS: usize = 8_000;

/// Compares two texts. `went` says where a clause of the old edition went; `stands_for`, which
/// clause of the new one a mention of it is taken to mean.
pub(super) fn diff(
    old: &[ComparedWord],
    new: &[ComparedWord],
    went: impl Fn(ClausePosition) -> Option<ClausePosition>,
    stands_for: impl Fn(ClausePosition) -> ClausePosition,
) -> Diff {
    let before: Vec<WordKey> = old.iter().map(|word| followed_key(&word.key, &went)).collect();
    let after: Vec<WordKey> = new.iter().map(|word| followed_key(&word.key, |at| Some(stands_for(at)))).collect();
    let mut spans = if before == after {
        vec![TextSpan { same: true, old: 0..old.len(), new: 0..new.len() }]
    } else if old.len().max(new.len()) > MOST_WORDS {
        vec![TextSpan { same: false, old: 0..old.len(), new: 0..new.len() }]
    } else {
        spans(&before, &after)
    };
    let mut strayed = Vec::new();
    for span in spans.iter_mut().filter(|span| !span.same) {
        let (gone, come) = (cut(old, &span.old), cut(new, &span.new));
        if gone.iter().map(|word| &word.text).eq(come.iter().map(|word| &word.text)) {
            span.same = true;
            strayed.extend(
                come.iter().filter(|word| !matches!(word.key, WordKey::Letters(_))).map(|word| word.text.clone()),
            );
        }
    }
    let same = spans.iter().all(|span| span.same);
    let count = |words: &[ComparedWord]| words.iter().filter(|word| word.is_word()).count();
    let stayed: usize = spans.iter().filter(|span| span.same).map(|span| count(cut(new, &span.new))).sum();
    let rewritten = !same && stayed * 3 < count(old).max(count(new));
    let shown = if rewritten {
        vec![TextSpan { same: false, old: 0..old.len(), new: 0..new.len() }]
    } else {
        readable(&spans, new)
    };
    let mut runs = Vec::new();
    for span in &shown {
        let sides = if span.same {
            vec![(RunStatus::Same, cut(new, &span.new))]
        } else {
            vec![(RunStatus::Removed, cut(old, &span.old)), (RunStatus::Added, cut(new, &span.new))]
        };
        for (is, words) in sides {
            runs.extend(whole_run(&words.iter().collect::<Vec<_>>(), is));
        }
    }
    Diff { same, rewritten, runs, spans, strayed }
}

fn cut<'w>(words: &'w [ComparedWord], range: &Range<usize>) -> &'w [ComparedWord] {
    words.get(range.clone()).unwrap_or_default()
}

fn followed_key(key: &WordKey, follow: impl Fn(ClausePosition) -> Option<ClausePosition>) -> WordKey {
    let WordKey::Mention(ends) = key else { return key.clone() };
    let ends: Option<Vec<_>> = ends.iter().map(|(at, labels)| Some((follow(*at)?, labels.clone()))).collect();
    ends.map_or(WordKey::Gone, WordKey::Mention)
}

fn spans(before: &[WordKey], after: &[WordKey]) -> Vec<TextSpan> {
    let mut spans: Vec<TextSpan> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, before, after) {
        let same = op.tag() == DiffTag::Equal;
        match spans.last_mut() {
            Some(last) if last.same == same => {
                last.old.end = op.old_range().end;
                last.new.end = op.new_range().end;
            }
            _ => spans.push(TextSpan { same, old: op.old_range(), new: op.new_range() }),
        }
    }
    spans
}

/// Words that mean little by themselves.
const SMALL_WORDS: [&str; 40] = [
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have", "in", "into",
    "is", "it", "its", "not", "of", "on", "or", "so", "such", "than", "that", "the", "their", "them", "these", "they",
    "this", "those", "to", "was", "were", "which", "with",
];

/// The fewest words that part two changes.
const FEWEST_BETWEEN: usize = 3;

/// Joins changes with next to nothing between them.
fn readable(spans: &[TextSpan], new: &[ComparedWord]) -> Vec<TextSpan> {
    let mut joined: Vec<TextSpan> = Vec::new();
    let mut rest = spans.iter().peekable();
    while let Some(span) = rest.next() {
        let before = joined.last().filter(|_| span.same).map(|last| last.old.len() + last.new.len());
        match (before, rest.peek()) {
            (Some(before), Some(after)) if is_slight(cut(new, &span.new), before, after) => {
                let after = rest.next();
                if let (Some(last), Some(after)) = (joined.last_mut(), after) {
                    last.old.end = after.old.end;
                    last.new.end = after.new.end;
                }
            }
            _ => joined.push(span.clone()),
        }
    }
    joined
}

/// Whether words that stayed are too few to be told from the changes around them.
fn is_slight(words: &[ComparedWord], before: usize, after: &TextSpan) -> bool {
    let words: Vec<String> = words.iter().filter(|w| w.is_word()).map(|word| word.text.to_lowercase()).collect();
    let content = words.iter().filter(|word| !SMALL_WORDS.contains(&word.as_str())).count();
    let around = before.min(after.old.len() + after.new.len());
    words.len() < FEWEST_BETWEEN
        || content == 0
        || content < 2 && words.len() < 2 * FEWEST_BETWEEN && around > 4
        || words.len() * 5 < around
}

/// A whole text as one run; none if it has no words.
pub(super) fn whole_run(words: &[&ComparedWord], is: RunStatus) -> Vec<WordRun> {
    let mut parts: Vec<ParagraphRun> = Vec::new();
    for word in words {
        match parts.last_mut() {
            Some(part) if word.gap.rank() <= Gap::Space.rank() => {
                if word.gap == Gap::Space {
                    part.text.push(' ');
                }
                part.text.push_str(&word.text);
            }
            _ => parts.push(ParagraphRun { gap: word.gap.clone(), text: word.text.clone() }),
        }
    }
    if parts.is_empty() { Vec::new() } else { vec![WordRun { is, parts }] }
}
