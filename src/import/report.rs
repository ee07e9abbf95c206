//! The report of an import: every doubt, with its place and its first words.
//!
//! Takes what readers and the pass remark; gives lines for people, the doubts first, and JSON for
//! programs. Never reprints a paragraph.

use std::collections::BTreeMap;

use serde::Serialize;

use super::blocks::PaperPlace;

/// Subjects of remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A running head, a foot, or the number of a page, which is left out.
    Furniture,
    /// Two parts of a paragraph that a page or a note had torn, which are joined.
    Joined,
    /// A hyphen at the end of a line.
    Hyphen,
    /// Words that look like a number and are none.
    Escaped,
    /// Signs that are read as markup, and are no words.
    Markup,
    /// A number that has no place in the order of the others.
    Number,
    /// A number that the paper leaves out.
    Gap,
    /// A series of numbers of its own.
    Series,
    /// A line that is taken for a heading, or the other way round.
    Heading,
    /// A note without a mark, or a mark without a note.
    Note,
    /// A reference that became a mention, or could not.
    Reference,
    /// A link that leads nowhere in the site.
    Link,
    /// Words that somebody put in.
    Inserted,
    /// Words that somebody deleted.
    Deleted,
    /// A comment.
    Comment,
    /// A picture.
    Picture,
    /// A table.
    Table,
    /// A length that is above a limit of sites.
    Limit,
    /// Letters whose encoding is guessed.
    Letters,
    /// Something that this format can hold and a text cannot.
    Left,
}

/// One remark.
#[derive(Clone, Debug, Serialize)]
pub struct Remark {
    /// The subject.
    pub about: About,
    /// The page, if pages are known.
    #[serde(skip_serializing_if = "is_nought")]
    pub page: u32,
    /// The line, or the number of the paragraph.
    #[serde(skip_serializing_if = "is_nought")]
    pub line: u32,
    /// One sentence for people.
    pub says: String,
    /// The first words that it is about.
    pub words: String,
    /// Whether a person has to look at it.
    pub doubt: bool,
    /// The number of words that are left out.
    pub left_out: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_nought(n: &u32) -> bool {
    *n == 0
}

/// The report of one file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The numbering that was found.
    pub numbering: String,
    /// The number of clauses.
    pub clauses: usize,
    /// The number of notes at their marks.
    pub notes: usize,
    /// The remarks, in the order of the paper.
    pub remarks: Vec<Remark>,
}

/// The most letters of a paper that a remark repeats.
const MOST_LETTERS: usize = 60;

/// Returns the first words of a text.
pub fn first_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace().take(8) {
        let gap = usize::from(!words.is_empty());
        if words.chars().count() + gap + word.chars().count() > MOST_LETTERS {
            if words.is_empty() {
                words.extend(word.chars().take(MOST_LETTERS));
            }
            break;
        }
        if gap > 0 {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

impl Report {
    /// Adds a doubt about some words.
    pub fn add(&mut self, about: About, place: PaperPlace, says: impl Into<String>, words: &str) {
        let (words, says) = (first_words(words), says.into());
        self.remarks.push(Remark { about, page: place.page, line: place.line, says, words, doubt: true, left_out: 0 });
    }

    /// Adds a remark about words of which there is no doubt.
    pub fn tell(&mut self, about: About, place: PaperPlace, says: impl Into<String>, words: &str) {
        self.add(about, place, says, words);
        if let Some(last) = self.remarks.last_mut() {
            last.doubt = false;
        }
    }

    /// Adds a doubt about words that are left out of the text.
    pub fn leave_out(&mut self, about: About, place: PaperPlace, says: impl Into<String>, words: &str) {
        self.add(about, place, says, words);
        if let Some(last) = self.remarks.last_mut() {
            last.left_out = u32::try_from(words.split_whitespace().count()).unwrap_or(u32::MAX);
            // What repeats on pages or around them is looked at as one.
            last.doubt = about != About::Furniture;
        }
    }

    /// Returns the remarks for people: a line for each doubt, then one for all that say the same.
    pub fn for_people(&self) -> String {
        let mut text = String::new();
        let doubts: Vec<&Remark> = self.remarks.iter().filter(|remark| remark.doubt).collect();
        if !doubts.is_empty() {
            let plural = if doubts.len() == 1 { "" } else { "s" };
            text.push_str(&format!("  {} doubt{plural}:\n", doubts.len()));
        }
        for doubt in doubts {
            let quoted = if doubt.words.is_empty() { String::new() } else { format!(": {}", quoted(&doubt.words)) };
            text.push_str(&format!("    {}{}{quoted}\n", place_of(doubt), doubt.says));
        }
        let mut groups: Vec<Vec<&Remark>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for remark in self.remarks.iter().filter(|remark| !remark.doubt) {
            let at = *places.entry(&remark.says).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(remark),
                None => groups.push(vec![remark]),
            }
        }
        if !groups.is_empty() {
            text.push_str("  Without doubt:\n");
        }
        for group in groups {
            text.push_str(&format!("    {}\n", group_line(&group)));
        }
        text
    }
}

/// The most words that the line of several remarks quotes.
const MOST_QUOTED: usize = 3;

/// One line for remarks that say the same.
fn group_line(group: &[&Remark]) -> String {
    let Some((first, rest)) = group.split_first() else { return String::new() };
    let mut shown: Vec<&str> = Vec::new();
    for remark in group {
        if !remark.words.is_empty() && !shown.contains(&remark.words.as_str()) && shown.len() < MOST_QUOTED {
            shown.push(&remark.words);
        }
    }
    let words: Vec<String> = shown.into_iter().map(quoted).collect();
    let words = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    let left_out: u32 = group.iter().map(|remark| remark.left_out).fold(0, u32::saturating_add);
    let times = if rest.is_empty() { String::new() } else { format!(", {} times", group.len()) };
    let left = match left_out {
        0 => String::new(),
        1 => ", one word".to_owned(),
        n => format!(", {n} words"),
    };
    format!("{}{}{times}{left}{words}", place_of(first), first.says)
}

fn quoted(words: &str) -> String {
    format!("\u{201c}{words}\u{201d}")
}

/// The place of a remark, with a colon.
fn place_of(remark: &Remark) -> String {
    let page = if remark.page > 0 { format!("page {}, ", remark.page) } else { String::new() };
    let line = if remark.line > 0 { format!("line {}: ", remark.line) } else { String::new() };
    format!("{page}{line}")
}
