//! Changes of a work that its register row reports: "s 10 amended by the Children and Families Act
//! 2014".
//!
//! Takes the words of a row; returns the provisions that they begin with. Says of a provision
//! whether a change concerns it.

use super::pinpoint::Reader;
use super::provision::Provision;
use super::tokens::{Kind, Tokens};

/// A change of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The provisions that were changed; none if the work as a whole was.
    pub provisions: Vec<Provision>,
    /// The words that say so.
    pub words: String,
}

impl Change {
    /// Reads the words of a row.
    pub fn new(words: &str) -> Self {
        let tokens = Tokens::new(words);
        let mut reader = Reader::new(&tokens, 0, tokens.len());
        let mut provisions: Vec<Provision> = Vec::new();
        while let Some(piece) = reader.piece(None) {
            provisions.extend(piece.into_iter().map(|(provision, _)| provision.folded()));
            if !reader.cursor.takes(Kind::Semicolon) && reader.cursor.separator().is_none() {
                break;
            }
        }
        Change { provisions, words: words.to_owned() }
    }

    /// Whether it concerns a provision, or the work as a whole if none is given.
    pub fn concerns(&self, provision: Option<&Provision>) -> bool {
        let Some(provision) = provision else { return self.provisions.is_empty() };
        self.provisions.is_empty() || self.provisions.iter().any(|changed| overlap(changed, provision))
    }
}

/// Whether one of two provisions, each of which may be a range, is in the other.
fn overlap(one: &Provision, other: &Provision) -> bool {
    let ends = |range: &Provision| [Some(range.one_end()), range.other_end()].into_iter().flatten().collect::<Vec<_>>();
    let touches = |a: &Provision, b: &Provision| {
        a.divisions.iter().zip(&b.divisions).all(|(a, b)| {
            (a.unit, &a.number) == (b.unit, &b.number) && a.levels.iter().zip(&b.levels).all(|(a, b)| a == b)
        })
    };
    let between = |range: &Provision, end: &Provision| {
        range.to.is_some() && range.other_end().is_some_and(|last| range.one_end() <= *end && *end <= last)
    };
    let (mine, theirs) = (ends(one), ends(other));
    mine.iter().any(|a| theirs.iter().any(|b| touches(a, b)))
        || theirs.iter().any(|end| between(one, end))
        || mine.iter().any(|end| between(other, end))
}
