//! A place among the tokens of a text, from which a grammar reads on.
//!
//! Takes tokens and a limit; returns the tokens ahead, and those small parts of a place that need
//! no grammar.

use super::tokens::{Kind, Token, Tokens};

/// Place among the tokens of a text, up to a limit.
pub(super) struct Cursor<'a, 't> {
    tokens: &'a Tokens<'t>,
    /// The index of the next token.
    pub at: usize,
    limit: usize,
}

impl<'a, 't> Cursor<'a, 't> {
    pub fn new(tokens: &'a Tokens<'t>, at: usize, limit: usize) -> Self {
        Cursor { tokens, at, limit }
    }

    /// The token that is `steps` after the next.
    pub fn ahead(&self, steps: usize) -> Token<'t> {
        self.tokens.at(if self.at + steps < self.limit { self.at + steps } else { usize::MAX })
    }

    /// The next token.
    pub fn peek(&self) -> Token<'t> {
        self.ahead(0)
    }

    /// The token before the next.
    pub fn behind(&self) -> Token<'t> {
        self.tokens.before(self.at)
    }

    /// Takes the next token if it is of a kind.
    pub fn takes(&mut self, kind: Kind) -> bool {
        let found = self.peek().kind == kind;
        self.at += usize::from(found);
        found
    }

    /// Takes ", " or "and" or ", and" or "and/or".
    pub fn separator(&mut self) -> Option<()> {
        let comma = self.takes(Kind::Comma);
        let and = self.takes(Kind::And);
        if and && self.peek().kind == Kind::Slash && self.ahead(1).kind == Kind::And {
            self.at += 2;
        }
        (comma || and).then_some(())
    }

    /// Takes levels in brackets: "(1)(b)".
    pub fn levels(&mut self) -> Vec<String> {
        let mut levels = Vec::new();
        while self.peek().kind == Kind::Open && self.ahead(2).kind == Kind::Close && is_level(self.ahead(1).text) {
            levels.push(self.ahead(1).text.to_owned());
            self.at += 3;
        }
        levels
    }

    /// Takes "et seq.", "ff" or "onwards".
    pub fn onwards(&mut self) -> bool {
        let et_seq = self.peek().is_any(&["et"]) && self.ahead(1).is_any(&["seq", "seqq"]);
        let stop = et_seq && self.ahead(2).kind == Kind::Stop;
        let one = self.peek().is_any(&["ff", "onwards"]);
        self.at += usize::from(one) + 2 * usize::from(et_seq) + usize::from(stop);
        one || et_seq
    }

    /// Whether "of" and another division follow: "paragraph 3 of Schedule 2".
    pub fn is_of_another(&self) -> bool {
        let the = usize::from(self.ahead(1).kind == Kind::The);
        self.peek().kind == Kind::Of && matches!(self.ahead(1 + the).kind, Kind::Unit(..) | Kind::Level)
    }
}

/// Whether a label is a level, in brackets after a number: `1`, `1A`, `A1`, `b`, `za`, `iii`.
fn is_level(label: &str) -> bool {
    let letters = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = label.len() - letters.len();
    let inserted = label.trim_start_matches(|c: char| c.is_ascii_uppercase());
    if digits == 0 && !inserted.is_empty() && inserted.bytes().all(|b| b.is_ascii_digit()) {
        return inserted.len() <= 2 && label.len() - inserted.len() <= 2;
    }
    let alphabetic = letters.bytes().all(|b| b.is_ascii_alphabetic());
    let numeral = letters.len() <= 6 && letters.bytes().all(|b| b"ivxlc".contains(&b.to_ascii_lowercase()));
    alphabetic
        && digits <= 3
        && if digits > 0 { letters.len() <= 3 } else { !letters.is_empty() && (letters.len() <= 2 || numeral) }
}
