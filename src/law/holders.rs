//! Words that a place beside them belongs to, and that name no work of the register: "this Act",
//! "ibid", "Annex B", "our club rules".
//!
//! Takes the tokens of a text and the names found in it; adds such words as names, so that what is
//! a place of theirs is given to no other. "the Act" is the work that front matter declares as the
//! default, if its kind is of that name.

use std::ops::Range;

use super::names::{Name, Sort};
use super::provision::Unit;
use super::register::Register;
use super::tokens::{Kind, Tokens};
use super::words::overlaps;
use super::work::AuthorityKind;

/// Words that call a work by its kind, after "the".
const KINDS: [&str; 10] =
    ["Act", "Acts", "Regulations", "Order", "Rules", "Measure", "Bill", "Code", "Directive", "Convention"];

/// Papers that have places of their own, after "this" or "our".
const PAPERS: [&str; 44] = [
    "agreement",
    "annex",
    "appendix",
    "articles",
    "booklet",
    "bylaws",
    "byelaws",
    "chapter",
    "charter",
    "checklist",
    "circular",
    "code",
    "constitution",
    "contract",
    "deed",
    "document",
    "form",
    "framework",
    "guidance",
    "guide",
    "handbook",
    "leaflet",
    "lease",
    "letter",
    "licence",
    "manual",
    "memorandum",
    "note",
    "notice",
    "pack",
    "paper",
    "part",
    "plan",
    "policy",
    "procedure",
    "procedures",
    "protocol",
    "report",
    "rules",
    "scheme",
    "section",
    "standard",
    "statement",
    "strategy",
];

/// Adds the holders of a text to the names found in it.
pub(super) fn holders(tokens: &Tokens<'_>, register: &Register, default: Option<usize>, names: &mut Vec<Name>) {
    let own = default.and_then(|default| Some((default, bare_name(register, default)?)));
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let Some((end, sort, authority)) = holder(tokens, at, own) else { continue };
        if !overlaps(names, |name| &name.tokens, &(at..end)) {
            found.push(Name::new(tokens, at..end, authority.into_iter().collect(), sort));
        }
    }
    if !found.is_empty() {
        found.dedup_by(|next, before| next.tokens.start < before.tokens.end);
        names.extend(found);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// Whether a word may begin a holder: asked of every word of a site.
fn may_begin(word: &str) -> bool {
    let first = word.as_bytes().first();
    let may = matches!(first, Some(b't' | b'T' | b's' | b'i' | b'I' | b'a' | b'A' | b'o' | b'O' | b'y' | b'Y'));
    may && (3..=8).contains(&word.len())
}

/// The token after a holder that begins at a token, its sort, and the work that it means.
fn holder(tokens: &Tokens<'_>, at: usize, own: Option<(usize, &'static str)>) -> Option<(usize, Sort, Option<usize>)> {
    let first = tokens.at(at);
    if first.kind != Kind::The && !(first.kind == Kind::Word && may_begin(first.text)) {
        return None;
    }
    let said = first.kind == Kind::The
        || first.kind == Kind::Word && first.is_any(&["this", "that", "these", "those", "said"]);
    let kind = tokens.at(at + 1);
    if said && KINDS.contains(&kind.bare()) {
        // "the Act 2004", "the Act of Settlement" and "the Bill Smith of before" are others.
        let next = tokens.at(at + 2);
        let other = next.kind == Kind::Of || next.kind == Kind::Number || next.is_word() && next.is_capital();
        let means =
            own.filter(|(_, name)| *name == kind.bare() && (first.kind == Kind::The || first.is_any(&["this"])));
        let sort = if means.is_some() && first.kind == Kind::The { Sort::Title } else { Sort::Holder };
        return (!other).then_some((at + 2, sort, means.map(|(default, _)| default)));
    }
    if first.is_any(&["ibid", "ibidem"]) {
        return Some((at + 1, Sort::Holder, None));
    }
    if first.is_any(&["annex", "annexe", "appendix"]) {
        let label = tokens.at(at + 1);
        let sound = label.kind == Kind::Number || label.is_capital() && label.text.len() <= 4;
        return sound.then_some((at + 2, Sort::Holder, None));
    }
    if first.is_any(&["this", "our", "your", "their", "its", "these"]) {
        let words = (at + 1..at + 5).take_while(|next| tokens.at(*next).is_word());
        // "this section", and not "our section 7".
        let is_paper = |at: &usize| PAPERS.contains(&tokens.at(*at).text) && tokens.at(at + 1).kind != Kind::Number;
        return words.filter(is_paper).last().map(|last| (last + 1, Sort::Holder, None));
    }
    None
}

/// Returns the word by which a document calls its default authority: "Act" in "the Act".
fn bare_name(register: &Register, authority: usize) -> Option<&'static str> {
    let authority = register.row(Some(authority))?;
    match (authority.kind, authority.unit) {
        (AuthorityKind::Act, _) => Some("Act"),
        (AuthorityKind::Bill, _) => Some("Bill"),
        (AuthorityKind::Instrument, Some(Unit::Regulation)) => Some("Regulations"),
        (AuthorityKind::Instrument, Some(Unit::Article)) => Some("Order"),
        (AuthorityKind::Instrument, Some(Unit::Rule)) => Some("Rules"),
        _ => None,
    }
}

/// Whether a holder is words for some law: "that Act", "the Regulations", "ibid"; "this guidance"
/// is not.
pub(super) fn names_a_law(tokens: &Tokens<'_>, holder: &Range<usize>) -> bool {
    let last = tokens.before(holder.end);
    KINDS.contains(&last.bare()) || last.is_any(&["ibid", "ibidem"])
}
