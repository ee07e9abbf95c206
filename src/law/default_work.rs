//! Places that stand beside no title: what "section 10" means alone.

use super::provision::{Provision, Unit};
use super::runs::Piece;
use super::tokens::{Kind, Tokens};
use super::words::is_law;

/// Units that laws are divided into, and hardly any other papers.
pub(super) const LAW: [Unit; 6] =
    [Unit::Section, Unit::Regulation, Unit::Article, Unit::Rule, Unit::Clause, Unit::Schedule];

/// The unit of papers themselves.
pub(super) const OWN: [Unit; 1] = [Unit::Paragraph];

/// Whether a pinpoint in one of these units names nothing that it is a place of. "section 2 of this guidance", "section 2
/// below" and "section 1 Education Act" do.
pub(super) fn stands_alone(tokens: &Tokens<'_>, piece: &Piece, units: &[Unit]) -> bool {
    let own = |provision: &Provision| {
        provision.divisions.first().is_some_and(|division| {
            units.contains(&division.unit) && division.number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let end = piece.tokens.end;
    let (first, second) = (tokens.at(end), tokens.at(end + 1));
    let elsewhere = match first.kind {
        Kind::Of => true,
        Kind::To | Kind::In => second.is_any(&["this", "that", "the", "our", "your"]),
        // A paragraph above is one of the paper's own.
        _ => first.is_any(&["below", "above", "overleaf"]) && units != OWN,
    };
    let title = (end..end + 8).take_while(|at| {
        let token = tokens.at(*at);
        token.is_word() && (token.is_capital() || matches!(token.text, "and" | "of"))
    });
    let titled = title.into_iter().any(|at| is_law(tokens.at(at).text));
    let belongs = tokens.before(piece.tokens.start);
    let belongs = belongs.bare().len() < belongs.text.len();
    piece.provisions.iter().all(|(provision, _)| own(provision)) && !elsewhere && !titled && !belongs
}
