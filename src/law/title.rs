//! A title in a text: a name, settled on one work.

use std::ops::Range;

use super::names::{Name, Sort};
use super::provision::Unit;
use super::register::Register;
use super::tokens::{Kind, Tokens};
use super::work::AuthorityKind;

/// A name in the text.
pub(super) struct Title {
    /// Byte range of the name in the text.
    pub place: Range<usize>,
    /// Tokens of the name, with what goes with it: "(c. 31)", "(“the 2004 Act”)", "(as amended)".
    pub tokens: Range<usize>,
    /// The work; none if it is in doubt.
    pub authority: Option<usize>,
    /// Sort of the name.
    pub sort: Sort,
    /// The unit that need not be said after the name: "CPR 1.1", "[2018] UKSC 49 at [35]".
    pub unsaid: Option<Unit>,
}

impl Title {
    pub fn new(name: Name, authority: Option<usize>, register: &Register) -> Self {
        let known = register.row(authority);
        let unsaid = known.and_then(|known| match (known.kind, known.unit) {
            (AuthorityKind::Case, _) => Some(Unit::Paragraph),
            (AuthorityKind::Instrument, Some(Unit::Rule)) => Some(Unit::Rule),
            _ => None,
        });
        Title { place: name.place, tokens: name.tokens, authority, sort: name.sort, unsaid }
    }
}

/// "(as amended)", ", as amended,", " as amended", and not "as amended by …".
pub(super) fn as_amended(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let lead = usize::from(matches!(tokens.at(at).kind, Kind::Open | Kind::Comma));
    let words = tokens.at(at + lead).is_any(&["as"]) && tokens.at(at + lead + 1).is_any(&["amended", "modified"]);
    let next = tokens.at(at + lead + 2);
    match tokens.at(at).kind {
        Kind::Open => (words && next.kind == Kind::Close).then_some(at + 4),
        // The comma after it is for what follows.
        _ => (words && !next.is_any(&["by", "from"])).then_some(at + lead + 2),
    }
}
