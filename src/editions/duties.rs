//! Changes that readers must not miss: words that say how binding a thing is, and provisions cited.
//!
//! Takes two texts and which of their words stayed; gives each duty word and each citation that
//! came, went, or took the place of another.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{ComparedWord, TextSpan};
use super::{Flag, FlagKind};

/// The forms of duty words, the longer before the shorter, each with the name under which it is
/// told. Other words may not be between its own.
const DUTIES: [(&[&str], &str); 27] = [
    (&["must", "not"], "must not"),
    (&["must"], "must"),
    (&["shall", "not"], "shall not"),
    (&["shall"], "shall"),
    (&["should", "not"], "should not"),
    (&["should"], "should"),
    (&["may", "not"], "may not"),
    (&["may"], "may"),
    (&["need", "not"], "need not"),
    (&["is", "not", "required", "to"], "not required to"),
    (&["are", "not", "required", "to"], "not required to"),
    (&["not", "be", "required", "to"], "not required to"),
    (&["is", "required", "to"], "required to"),
    (&["are", "required", "to"], "required to"),
    (&["be", "required", "to"], "required to"),
    (&["have", "regard"], "have regard"),
    (&["has", "regard"], "have regard"),
    (&["had", "regard"], "have regard"),
    (&["having", "regard"], "have regard"),
    (&["have", "due", "regard"], "have due regard"),
    (&["has", "due", "regard"], "have due regard"),
    (&["having", "due", "regard"], "have due regard"),
    (&["have", "particular", "regard"], "have particular regard"),
    (&["has", "particular", "regard"], "have particular regard"),
    (&["having", "particular", "regard"], "have particular regard"),
    (&["is", "under", "a", "duty"], "under a duty"),
    (&["are", "under", "a", "duty"], "under a duty"),
];

/// Names of duty words.
type DutyNames = Vec<&'static str>;

/// A duty word of a text.
struct Duty {
    name: &'static str,
    start: usize,
    length: usize,
}

/// Every duty word, in order.
fn duties(words: &[ComparedWord]) -> Vec<Duty> {
    let mut found = Vec::new();
    let mut rest = words;
    while let [_, after @ ..] = rest {
        let form = DUTIES.iter().find(|(form, _)| {
            let fits = |(wanted, word): (&&str, &ComparedWord)| *wanted == word.text.to_lowercase();
            rest.len() >= form.len() && form.iter().zip(rest).all(fits) && !is_month(rest)
        });
        match form {
            Some((form, name)) => {
                found.push(Duty { name, start: words.len() - rest.len(), length: form.len() });
                rest = rest.split_at_checked(form.len()).map_or(after, |(_, after)| after);
            }
            None => rest = after,
        }
    }
    found
}

/// Whether a text goes on with the month of May.
fn is_month(words: &[ComparedWord]) -> bool {
    words.first().is_some_and(|word| word.text == "May")
}

/// Outcome of a comparison for each word of the two texts.
struct WordOutcomes {
    /// Position of each old word in the new text; none if it did not stay.
    stays: Vec<Option<usize>>,
    /// Index of the changed span that holds each old word; none if the word stayed.
    old: Vec<Option<usize>>,
    /// Index of the changed span that holds each new word; none if the word stayed.
    new: Vec<Option<usize>>,
}

impl WordOutcomes {
    fn of(spans: &[TextSpan]) -> Self {
        let mut fates = WordOutcomes { stays: Vec::new(), old: Vec::new(), new: Vec::new() };
        for (at, span) in spans.iter().enumerate() {
            let change = Some(at).filter(|_| !span.same);
            fates
                .stays
                .extend(span.old.clone().enumerate().map(|(n, _)| Some(span.new.start + n).filter(|_| span.same)));
            fates.old.extend(span.old.clone().map(|_| change));
            fates.new.extend(span.new.clone().map(|_| change));
        }
        fates
    }

    fn stays(&self, old: usize) -> Option<usize> {
        self.stays.get(old).copied().flatten()
    }
}

/// The first change that a duty word is in.
fn change(changes: &[Option<usize>], duty: &Duty) -> Option<usize> {
    changes.get(duty.start..duty.start + duty.length)?.iter().copied().flatten().next()
}

/// The duty words that came, went, or took the place of others.
pub(super) fn changed(before: &[ComparedWord], after: &[ComparedWord], spans: &[TextSpan]) -> Vec<Flag> {
    let fates = WordOutcomes::of(spans);
    let mut new: BTreeMap<usize, Duty> = duties(after).into_iter().map(|duty| (duty.start, duty)).collect();
    let mut old = duties(before);
    old.retain(|old| {
        let stayed = fates.stays(old.start).filter(|start| {
            let same = new.get(start).is_some_and(|new| (new.name, new.length) == (old.name, old.length));
            same && (0..old.length).all(|word| fates.stays(old.start + word) == Some(start + word))
        });
        stayed.is_none_or(|start| new.remove(&start).is_none())
    });
    // Those that share a word, as “must” and “must not” do, or are in one change, belong
    // together.
    let mut together: BTreeMap<(usize, usize), (DutyNames, DutyNames)> = BTreeMap::new();
    let place_of_new = |new: &Duty| (change(&fates.new, new).unwrap_or(usize::MAX), 0);
    for old in &old {
        let words = (old.start..old.start + old.length).filter_map(|word| fates.stays(word));
        let mut shared = words.filter_map(|word| {
            new.range(..=word).next_back().map(|(_, new)| new).filter(|new| word < new.start + new.length)
        });
        let own = || (change(&fates.old, old).unwrap_or(usize::MAX), old.start);
        let place = match shared.next() {
            Some(new) => place_of_new(new),
            None => change(&fates.old, old).map_or_else(own, |change| (change, 0)),
        };
        together.entry(place).or_default().0.push(old.name);
    }
    for new in new.values() {
        together.entry(place_of_new(new)).or_default().1.push(new.name);
    }
    let mut flags = BTreeSet::new();
    for (mut old, mut new) in together.into_values() {
        // A change of many words may hold one duty twice over: what both sides say is no change.
        old.retain(|name| match new.iter().position(|other| other == name) {
            Some(at) => {
                new.remove(at);
                false
            }
            None => true,
        });
        let both = old.len() == new.len();
        let flag = |old: Option<&&str>, new: Option<&&str>| Flag {
            kind: FlagKind::Duty,
            old: old.map(ToString::to_string),
            new: new.map(ToString::to_string),
        };
        if both {
            flags.extend(old.iter().zip(&new).map(|(old, new)| flag(Some(old), Some(new))));
        } else {
            flags.extend(old.iter().map(|old| flag(Some(old), None)));
            flags.extend(new.iter().map(|new| flag(None, Some(new))));
        }
    }
    flags.into_iter().collect()
}

/// The provisions that came, went, or took the place of others.
pub(super) fn citations(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Vec<Flag> {
    let gone: Vec<&String> = old.difference(new).collect();
    let come: Vec<&String> = new.difference(old).collect();
    let flag = |old: Option<&String>, new: Option<&String>| Flag {
        kind: FlagKind::Citation,
        old: old.cloned(),
        new: new.cloned(),
    };
    if let ([gone], [come]) = (gone.as_slice(), come.as_slice()) {
        return vec![flag(Some(gone), Some(come))];
    }
    let gone = gone.into_iter().map(|old| flag(Some(old), None));
    gone.chain(come.into_iter().map(|new| flag(None, Some(new)))).collect()
}
