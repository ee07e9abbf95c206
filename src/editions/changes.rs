//! The outcome of a comparison for a clause: kinds of change, and flags that readers must not miss.
//!
//! Holds values, with the words for each in data and messages. Compares nothing.

use super::{NumberedClause, WordRun};

/// Kind of change that a clause went through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Number, words and place are as they were.
    Unchanged,
    /// Another number in the same place.
    Renumbered,
    /// Another place.
    Moved,
    /// One clause became several.
    Split,
    /// Several became one.
    Merged,
    /// Other words.
    Reworded,
    /// It has no forerunner.
    New,
    /// It has no successor.
    Removed,
}

impl Class {
    /// Every class with its word.
    pub const ALL: [(Class, &'static str); 8] = [
        (Class::Unchanged, "unchanged"),
        (Class::Renumbered, "renumbered"),
        (Class::Moved, "moved"),
        (Class::Split, "split"),
        (Class::Merged, "merged"),
        (Class::Reworded, "reworded"),
        (Class::New, "new"),
        (Class::Removed, "removed"),
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Class::ALL.iter().find(|(class, _)| *class == self).map_or("", |(_, word)| word)
    }
}

/// Kind of change in the words that readers must not miss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagKind {
    /// A word that says how binding a thing is.
    Duty,
    /// A provision of a work that is cited.
    Citation,
    /// A mention of a clause whose number is now that of another.
    Mention,
}

impl FlagKind {
    /// The word for it in data.
    pub fn as_str(self) -> &'static str {
        match self {
            FlagKind::Duty => "duty",
            FlagKind::Citation => "citation",
            FlagKind::Mention => "mention",
        }
    }
}

/// A change that readers must not miss. Both sides are set if the new one took the old one's place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flag {
    /// Kind of thing that changed.
    pub kind: FlagKind,
    /// Old words: "should", "Children Act 2004, s 10". None if the thing was added.
    pub old: Option<String>,
    /// New words. None if the thing was removed.
    pub new: Option<String>,
}

/// Outcome of the comparison for one clause, or for several that share their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseChange {
    /// Classes of the change, in the order of [`Class`].
    pub classes: Vec<Class>,
    /// The clauses of the old edition: several if they were merged, none if it is new.
    pub old: Vec<NumberedClause>,
    /// The clauses of the new one.
    pub new: Vec<NumberedClause>,
    /// Flags for parts of the change that readers must not miss.
    pub flags: Vec<Flag>,
    /// Words of the clauses, in runs that stayed, went or came. Empty if the change is quiet
    /// ([`ClauseChange::is_quiet`]).
    pub words: Vec<WordRun>,
    /// Whether so little stayed that old and new are given whole.
    pub rewritten: bool,
}

impl ClauseChange {
    /// Whether it is of a class.
    pub fn is(&self, class: Class) -> bool {
        self.classes.contains(&class)
    }

    /// Returns the fragment on the page of the comparison: that of the new clause, or `was-3.36` if
    /// there is none.
    pub fn anchor(&self) -> String {
        match (self.new.first(), self.old.first()) {
            (Some(new), _) => new.anchor.clone(),
            (None, Some(old)) => format!("was-{}", old.anchor),
            (None, None) => String::new(),
        }
    }

    /// Returns the classes in words: "renumbered and reworded".
    pub fn class_words(&self) -> String {
        self.classes.iter().map(|class| class.as_str()).collect::<Vec<_>>().join(" and ")
    }

    /// Whether no word and nothing that readers must not miss has changed in it, and it is
    /// where it was.
    pub fn is_quiet(&self) -> bool {
        self.flags.is_empty() && matches!(self.classes.as_slice(), [Class::Unchanged | Class::Renumbered])
    }
}
