//! A comparison in the words of the site's language, for pages, data and the command line.

use super::{Class, ClauseChange, Flag, FlagKind, NumberedClause};
use crate::config::ClauseUnit;
use crate::strings::{Strings, Words, phrase};

/// Returns a change that readers must not miss, in words. Nothing without either side.
pub fn flag_words(strings: &Strings, flag: &Flag) -> Words {
    match (flag.kind, flag.old.as_deref(), flag.new.as_deref()) {
        (FlagKind::Duty, Some(old), Some(new)) => strings.say(phrase::FlagDutyChanged { old, new }),
        (FlagKind::Duty, Some(old), None) => strings.say(phrase::FlagDutyRemoved { old }),
        (FlagKind::Duty, None, Some(new)) => strings.say(phrase::FlagDutyAdded { new }),
        (FlagKind::Citation, Some(old), Some(new)) => strings.say(phrase::FlagCitationChanged { old, new }),
        (FlagKind::Citation, Some(old), None) => strings.say(phrase::FlagCitationRemoved { old }),
        (FlagKind::Citation, None, Some(new)) => strings.say(phrase::FlagCitationAdded { new }),
        (FlagKind::Mention, old, new) => strings.say(phrase::FlagMention { number: new.or(old).unwrap_or_default() }),
        (_, None, None) => Words::own(""),
    }
}

/// Returns a run of changes in which no word changed, in words: "12 paragraphs unchanged: 3.4 to
/// 3.15". `unit` is the document's word for a clause.
pub fn quiet_words(strings: &Strings, changes: &[&ClauseChange], unit: &ClauseUnit) -> Words {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Words::own("") };
    let span = |side: fn(&ClauseChange) -> &[NumberedClause]| {
        let number =
            |change: &ClauseChange| side(change).first().map(|clause| clause.number.clone()).unwrap_or_default();
        let (first, last) = (&number(first), &number(last));
        if first == last { first.clone() } else { strings.text(phrase::ListRange { first, last }) }
    };
    let (old, new, count) = (&span(|change| &change.old), &span(|change| &change.new), changes.len());
    if *unit != strings.unit() {
        let unit = if count == 1 { &unit.one } else { &unit.many };
        return if first.is(Class::Renumbered) {
            strings.say(phrase::CompareQuietRenumberedUnits { count, unit, old, new })
        } else {
            strings.say(phrase::CompareQuietUnits { count, unit, numbers: new })
        };
    }
    if first.is(Class::Renumbered) {
        strings.say(phrase::CompareQuietRenumbered { count, old, new })
    } else {
        strings.say(phrase::CompareQuiet { count, numbers: new })
    }
}
