//! Places beside no title: what "section 10" means alone.

use super::holders::names_a_law;
use super::names::Sort;
use super::provision::{Provision, Unit};
use super::runs::Places;
use super::title::Title;
use super::tokens::{Kind, Tokens};
use super::words::is_law;

/// Sentences of a text that name a work other than the default.
pub(super) struct Sentences {
    /// For each sentence, the token after it and whether another work is named in it.
    all: Vec<(usize, bool)>,
}

impl Sentences {
    /// Returns the sentences of a text with these titles.
    pub fn new(tokens: &Tokens<'_>, titles: &[Title], default: usize) -> Self {
        let mut all = Vec::new();
        let (mut next, mut named) = (0, false);
        for at in 0..tokens.len() {
            next += titles.iter().skip(next).take_while(|title| title.tokens.end <= at).count();
            let title = titles.get(next).filter(|title| title.tokens.start <= at);
            named |= match title {
                Some(title) if title.sort == Sort::Holder => names_a_law(tokens, &title.tokens),
                Some(title) => title.authority != Some(default),
                None => is_like_a_title(tokens, at),
            };
            if title.is_none() && ends_sentence(tokens, at) {
                all.push((at + 1, named));
                named = false;
            }
        }
        all.push((tokens.len(), named));
        Sentences { all }
    }

    /// Whether the sentence of a token names a work other than the default.
    pub fn names_another(&self, at: usize) -> bool {
        let own = self.all.partition_point(|(end, _)| *end <= at);
        self.all.get(own).is_some_and(|(_, named)| *named)
    }
}

/// Whether a word ends what may be a title that has not been found to be one: "the Housing Act",
/// "Wales) Act 2014".
fn is_like_a_title(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = tokens.before(at);
    let token = tokens.at(at);
    (is_law(token.bare()) || matches!(token.bare(), "Acts" | "Bill"))
        && (before.kind == Kind::Word && before.is_capital() && at > 0 || tokens.at(at + 1).is_year())
}

/// Whether a mark ends a sentence, and not an abbreviation: a capital follows it.
fn ends_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    let (token, next) = (tokens.at(at), tokens.at(at + 1));
    let mark = token.kind == Kind::Stop || matches!(token.text, "?" | "!");
    let opened = matches!(next.kind, Kind::Quote | Kind::Open | Kind::SquareOpen);
    mark && next.spaced && (next.is_capital() || next.kind == Kind::Barrier || opened)
}

/// Units that laws are divided into, and hardly any other papers.
pub(super) const LAW: [Unit; 6] =
    [Unit::Section, Unit::Regulation, Unit::Article, Unit::Rule, Unit::Clause, Unit::Schedule];

/// The unit of papers themselves.
pub(super) const OWN: [Unit; 1] = [Unit::Paragraph];

/// Whether a pinpoint in one of these units names nothing that it is a place of. "section 2 of this
/// guidance", "section 2 below" and "section 1 Education Act" do.
pub(super) fn stands_alone(tokens: &Tokens<'_>, piece: &Places, units: &[Unit]) -> bool {
    let own = |provision: &Provision| {
        provision.divisions.first().is_some_and(|division| {
            units.contains(&division.unit) && division.number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let end = piece.tokens.end;
    // "section 14, above"
    let comma = usize::from(tokens.at(end).kind == Kind::Comma && is_said_of_paper(tokens, end + 1));
    let (first, second) = (tokens.at(end + comma), tokens.at(end + comma + 1));
    let elsewhere = match first.kind {
        Kind::Of => true,
        Kind::To | Kind::In => second.is_any(&["this", "that", "the", "our", "your"]),
        // A paragraph above is one of the paper's own.
        _ => is_said_of_paper(tokens, end + comma) && units != OWN,
    };
    let title = (end..end + 8).take_while(|at| {
        let token = tokens.at(*at);
        token.is_word() && (token.is_capital() || matches!(token.text, "and" | "of"))
    });
    let titled = title.into_iter().any(|at| is_law(tokens.at(at).text));
    let belongs = tokens.before(piece.tokens.start);
    let belongs = belongs.bare().len() < belongs.text.len();
    let apart = is_set_apart(tokens, piece, units == OWN);
    piece.provisions.iter().all(|(provision, _)| own(provision)) && !elsewhere && !titled && !belongs && !apart
}

/// Whether a token says that a place is one of the paper itself.
fn is_said_of_paper(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.at(at).is_any(&["below", "above", "overleaf", "hereof"])
}

/// Whether places are between commas after what they are of: "The form, section 20, asks". What
/// comes after a comma is taken for no paragraph of the paper, whatever follows: "(Ofsted, 2014,
/// paragraph 2)".
fn is_set_apart(tokens: &Tokens<'_>, piece: &Places, own: bool) -> bool {
    let start = piece.tokens.start;
    let at = start - usize::from(own && start > 0 && tokens.before(start).is_any(&["at", "in"]));
    let holder = tokens.at(at.wrapping_sub(2));
    let closed = matches!(
        tokens.at(piece.tokens.end).kind,
        Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Close | Kind::Colon | Kind::End
    );
    at >= 2
        && tokens.before(at).kind == Kind::Comma
        && (matches!(holder.kind, Kind::Word | Kind::Quote) || holder.is_year())
        && (own || closed)
}
