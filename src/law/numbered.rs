//! Names of works that are numbers.
//!
//! Takes the tokens of a text and the register; adds each number to the names of the text. A number
//! that no row has is a doubt.

use std::ops::Range;

use super::citation::Doubt;
use super::names::{Name, Sort, undeclared_with_row};
use super::numbers::{WorkNumber, number_at};
use super::register::Register;
use super::tokens::{Kind, Tokens};
use super::words::overlaps;

/// Adds the numbers of a text to the names found in it.
pub(super) fn numbers(tokens: &Tokens<'_>, register: &Register, names: &mut Vec<Name>, doubts: &mut Vec<Doubt>) {
    let mut found: Vec<Name> = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        let free = |number: &WorkNumber| !overlaps(names, |name| &name.tokens, &number.tokens);
        let Some(number) = number_at(tokens, next).filter(free) else {
            next += 1;
            continue;
        };
        next = number.tokens.end;
        let authority = number.paths.iter().find_map(|path| register.work(path));
        let place = tokens.bytes(&number.tokens);
        if authority.is_none() && !repeats(tokens, &number.tokens, names) {
            if number.is_rare {
                continue;
            }
            doubts.push(undeclared_with_row(tokens, place, register));
        }
        found.push(Name::new(tokens, number.tokens, authority.into_iter().collect(), Sort::Number));
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// Whether a number is in brackets after a name, and so repeats its work or is at odds with it.
fn repeats(tokens: &Tokens<'_>, number: &Range<usize>, names: &[Name]) -> bool {
    let bracketed = tokens.before(number.start).kind == Kind::Open;
    bracketed && names.iter().any(|name| name.tokens.end + 1 == number.start)
}
