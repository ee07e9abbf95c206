//! The title of a paper: from its properties, its first heading, or the name of its file.

use crate::import::blocks::{BlockKind, Label, Paper};
use crate::import::report::{About, Report};

/// The most letters of a title.
const MOST: usize = 200;
/// The most letters of a first line that is one.
const SHORT: usize = 160;

/// Takes the title. A first block that says the same is no longer in the text.
pub fn take(paper: &mut Paper, name: &str, report: &mut Report) -> String {
    let words = |paper: &Paper, at: usize| {
        let block = paper.blocks.get(at)?;
        let plain = block.plain();
        let sound = block.label == Label::None && !plain.trim().is_empty() && plain.chars().count() <= MOST;
        sound.then(|| plain.trim().to_owned())
    };
    let given = paper.title.take().map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let given = given.filter(|title| !title.is_empty() && title.chars().count() <= MOST);
    let first = words(paper, 0);
    let is_heading = paper.blocks.first().is_some_and(|block| block.is_heading());
    let has_rank = |rank: u8| move |kind: &BlockKind| matches!(kind, BlockKind::Heading(other) if *other <= rank);
    let second_top = paper.blocks.iter().skip(1).filter(|block| has_rank(1)(&block.kind)).count();
    match (given, first) {
        (Some(title), Some(first)) if same(&title, &first) => {
            paper.blocks.remove(0);
            title
        }
        (Some(title), _) => title,
        (None, Some(first)) if is_heading && (second_top == 0 || paper.guesses) => {
            paper.blocks.remove(0);
            first
        }
        (None, _) => {
            let capitals = |words: &String| {
                words.split_whitespace().count() >= 3
                    && words.chars().any(char::is_uppercase)
                    && !words.chars().any(char::is_lowercase)
            };
            let upper = (0..6).rev().find_map(|at| words(paper, at).filter(capitals));
            let upper = upper.or_else(|| {
                let begins = |words: &String| words.starts_with(char::is_uppercase) && words.chars().count() <= SHORT;
                words(paper, 0).filter(|words| !words.ends_with(['.', ':', ';', ',']) && begins(words))
            });
            let heading =
                (0..paper.blocks.len()).find(|at| paper.blocks.get(*at).is_some_and(|block| block.is_heading()));
            let title = upper.filter(|_| paper.guesses).or_else(|| heading.and_then(|at| words(paper, at)));
            let title = title.unwrap_or_else(|| spoken(name));
            let place = paper.blocks.first().map(|block| block.place).unwrap_or_default();
            // The words are in the text once: a first line that is the title is no paragraph.
            if words(paper, 0).as_ref() == Some(&title) {
                paper.blocks.remove(0);
            }
            report.add(
                About::Heading,
                place,
                "the paper names no title; it has this one until you write another",
                &title,
            );
            title
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other)
}

/// The name of a file as words.
fn spoken(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Paper".to_owned(),
    }
}
