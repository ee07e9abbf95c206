//! Ids that other programs would give to the headings of a document.
//!
//! Takes a document; gives the heading that a link written for another program means. Of two
//! headings that are alike but for what is between their letters, it gives neither.

use std::collections::HashMap;

use crate::corpus::PlacePart;
use crate::document::{Document, github_anchor};

/// Headings by the ids that other programs give them.
#[derive(Default)]
pub struct ForeignIds {
    /// By that of GitHub.
    github: HashMap<String, PlacePart>,
    /// By letters and figures alone, whatever a program puts between them; nothing where two
    /// headings have the same.
    letters: HashMap<String, Option<PlacePart>>,
}

impl ForeignIds {
    /// Gives the headings of a document such ids.
    pub fn new(document: &Document) -> Self {
        let mut ids = ForeignIds::default();
        let mut used: HashMap<String, u32> = HashMap::new();
        let title = std::iter::once((document.front.title.clone(), PlacePart::Whole));
        // Other programs take the number of a clause for words of its heading.
        let sections = document.sections.pairs().map(|(at, section)| match section.clause {
            Some(clause) => {
                let number = document.printed_number(&document.clauses[clause]);
                (format!("{number} {}", section.title), PlacePart::Clause(clause))
            }
            None => (section.title.clone(), PlacePart::Section(at)),
        });
        for (words, part) in title.chain(sections) {
            let id = github_anchor(words.trim());
            let before = used.entry(id.clone()).or_insert(0);
            let numbered = if *before == 0 { id.clone() } else { format!("{id}-{before}") };
            *before += 1;
            ids.github.entry(numbered).or_insert(part);
            ids.letters.entry(letters_of(&id)).and_modify(|part| *part = None).or_insert(Some(part));
        }
        ids
    }

    /// Finds the heading that an id means.
    pub fn find(&self, id: &str) -> Option<PlacePart> {
        let id = id.to_lowercase();
        let alike = || self.letters.get(&letters_of(&id)).copied().flatten().filter(|_| !letters_of(&id).is_empty());
        self.github.get(&id).copied().or_else(alike)
    }
}

fn letters_of(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).collect()
}
