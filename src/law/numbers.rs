//! Numbers of works: "SI 2005/2149", "2003 c. 17", "15 & 16 Geo. 5 c. 19".
//!
//! Takes tokens; returns the number that begins at one, with the paths of the works that may have
//! it.

use std::ops::Range;

use super::tokens::{Kind, Token, Tokens};

/// A number that names a work.
pub(super) struct WorkNumber {
    pub tokens: Range<usize>,
    /// The token after it without its number in a series.
    bare_end: usize,
    /// Paths of the works that may have it.
    pub paths: Vec<String>,
    /// Whether it is hardly ever a number of a work, so that it is none unless the register has it.
    pub is_rare: bool,
}

/// Returns the number that begins at a token.
pub(super) fn number_at(tokens: &Tokens<'_>, start: usize) -> Option<WorkNumber> {
    match tokens.at(start).kind {
        Kind::Number => chapter(tokens, start).or_else(|| regnal(tokens, start)),
        Kind::Word | Kind::Unit(..) => instrument(tokens, start),
        _ => None,
    }
}

/// The collections of numbered instruments, by the letters before the number. Welsh and Northern
/// Irish ones are numbered among those of the United Kingdom.
const SERIES: [(&str, &[&str]); 5] = [
    ("SI", &["uksi", "wsi", "nisi"]),
    ("SSI", &["ssi"]),
    ("WSI", &["wsi", "uksi"]),
    ("NISI", &["nisi"]),
    ("SR", &["nisr"]),
];

/// "SI 2005/2149", "S.I. 2005 No. 2149 (W. 3)", "SSI 2005/7", "SR 2005/7".
fn instrument(tokens: &Tokens<'_>, start: usize) -> Option<WorkNumber> {
    let (collections, year) = series(tokens, start)?;
    let mut at = year + 1;
    let marks = (at..at + 4).take_while(|at| matches!(tokens.at(*at).kind, Kind::Slash | Kind::Comma | Kind::Stop));
    at += marks.count();
    if tokens.at(at).is_any(&["no", "nos", "number"]) {
        at += 1;
        at += usize::from(tokens.at(at).kind == Kind::Stop);
    }
    let number = tokens.at(at);
    if !tokens.at(year).is_year() || !number.is_figures() {
        return None;
    }
    let paths = collections.iter().map(|kind| format!("{kind}/{}/{}", tokens.at(year).text, number.bare())).collect();
    Some(WorkNumber { tokens: start..with_series(tokens, at + 1), bare_end: at + 1, paths, is_rare: false })
}

/// Returns the paths that a text may stand for if it is the number of a work and nothing else.
pub(super) fn paths_of_number(text: &str) -> Option<Vec<String>> {
    let tokens = Tokens::new(text);
    let number = number_at(&tokens, 0)?;
    (number.tokens.end == tokens.len()).then_some(number.paths)
}

/// Returns the path of the instrument whose number a text begins with, in brackets or after a
/// comma: " (SI 1998/1833)".
pub fn instrument_after(text: &str) -> Option<String> {
    let tokens = Tokens::new(text);
    let start = usize::from(matches!(tokens.at(0).kind, Kind::Open | Kind::Comma));
    let number = instrument(&tokens, start)?;
    let series = tokens.within(number.bare_end..number.tokens.end);
    let letters: String = series.iter().map(|token| token.text).filter(|text| *text != ".").collect();
    let collection = match letters.trim_start_matches('(') {
        letters if letters.starts_with('W') => "wsi/",
        letters if letters.starts_with("NI") => "nisi/",
        _ => "",
    };
    number.paths.iter().find(|path| path.starts_with(collection)).cloned()
}

/// Returns the collections in which the number after these tokens may be, and its token.
fn series(tokens: &Tokens<'_>, start: usize) -> Option<(&'static [&'static str], usize)> {
    let first = tokens.at(start);
    if first.text.len() > 4 || !matches!(first.text.as_bytes().first(), Some(b'S' | b'W' | b'N')) {
        return None;
    }
    let mut letters = first.text.to_owned();
    let mut at = start + 1;
    // "S.I." is four tokens.
    while first.text.len() == 1 && tokens.at(at).kind == Kind::Stop && !tokens.at(at).spaced && letters.len() < 4 {
        let next = tokens.at(at + 1);
        at += 1;
        if next.spaced || next.text.len() != 1 || !next.text.bytes().all(|b| b.is_ascii_uppercase()) {
            break;
        }
        letters.push_str(next.text);
        at += 1;
    }
    SERIES.iter().find(|(name, _)| *name == letters).map(|(_, collections)| (*collections, at))
}

/// The token after the number within a series that follows: "(W. 116)", "(N.I. 2)", "(S. 3)".
pub(super) fn with_series(tokens: &Tokens<'_>, at: usize) -> usize {
    if tokens.at(at).kind != Kind::Open {
        return at;
    }
    let mut next = at + 1;
    let mut letters = String::new();
    while next < at + 6 && tokens.at(next).text.bytes().all(|b| b.is_ascii_uppercase() || b == b'.') {
        letters.extend(tokens.at(next).text.chars().filter(char::is_ascii_uppercase));
        next += 1;
    }
    let known = matches!(letters.as_str(), "W" | "C" | "S" | "L" | "NI" | "N" | "CY");
    let ends = tokens.at(next).is_figures() && tokens.at(next + 1).kind == Kind::Close;
    if known && ends { next + 2 } else { at }
}

/// "2003 c. 17", "2005 asp 10", "2018 c. i".
fn chapter(tokens: &Tokens<'_>, start: usize) -> Option<WorkNumber> {
    let year = tokens.at(start);
    let word = tokens.at(start + 1);
    if !year.is_year() || !word.is_word() || word.text.len() > 7 {
        return None;
    }
    let word = word.text.to_ascii_lowercase();
    let (at, number) = chapter_number(tokens, start + 2)?;
    let collections: &[&str] = match word.as_str() {
        "c" | "ch" | "cap" | "chapter" if number.is_figures() => &["ukpga"],
        "c" | "ch" | "cap" | "chapter" => &["ukla"],
        "asp" => &["asp"],
        "anaw" => &["anaw"],
        "asc" => &["asc"],
        "nawm" | "mwa" => &["mwa"],
        "nia" => &["nia"],
        _ => return None,
    };
    let figure = figure(number)?;
    let paths = collections.iter().map(|kind| format!("{kind}/{}/{figure}", year.text)).collect();
    // "in 2003 c. 17 people came"
    let after = tokens.at(at);
    if after.kind == Kind::Word && after.text.starts_with(char::is_lowercase) {
        return None;
    }
    Some(WorkNumber { tokens: start..at, bare_end: at, paths, is_rare: !number.is_figures() })
}

/// The number of a chapter after its "c" and a full stop, and the token after it.
pub(super) fn chapter_number<'t>(tokens: &Tokens<'t>, at: usize) -> Option<(usize, Token<'t>)> {
    let at = at + usize::from(tokens.at(at).kind == Kind::Stop);
    let number = tokens.at(at);
    (figure(number).is_some() && number.text.len() <= 6).then_some((at + 1, number))
}

/// The figure of a chapter: 31, and 1 of "c. i".
pub(super) fn figure(number: Token<'_>) -> Option<u32> {
    if number.is_figures() {
        return number.bare().parse().ok();
    }
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let values: Vec<u32> = number.text.chars().map(value).collect::<Option<_>>()?;
    let total = values.iter().enumerate().fold(0, |sum: i64, (n, value)| {
        let less = values.iter().skip(n + 1).any(|next| next > value);
        sum + if less { -i64::from(*value) } else { i64::from(*value) }
    });
    u32::try_from(total).ok().filter(|total| *total > 0)
}

/// Monarchs as old Acts abbreviate them, and as paths do.
const REIGNS: [(&str, &str); 12] = [
    ("geo", "Geo"),
    ("george", "Geo"),
    ("vict", "Vict"),
    ("vic", "Vict"),
    ("edw", "Edw"),
    ("will", "Will"),
    ("wm", "Will"),
    ("eliz", "Eliz"),
    ("anne", "Ann"),
    ("ann", "Ann"),
    ("cha", "Cha"),
    ("hen", "Hen"),
];

/// "15 & 16 Geo. 5 c. 19", "1 Edw. 8 & 1 Geo. 6 c. 6": the years of a reign, or of two, and a
/// chapter.
fn regnal(tokens: &Tokens<'_>, start: usize) -> Option<WorkNumber> {
    let (reign, years, mut at) = reign(tokens, start)?;
    let mut path = reign;
    let mut session = years;
    if tokens.at(at).kind == Kind::And
        && let Some((second, years, after)) = self::reign(tokens, at + 1)
    {
        path = format!("{path}and{years}{second}");
        at = after;
    }
    session.push('/');
    at += usize::from(tokens.at(at).kind == Kind::Comma);
    if !tokens.at(at).is_any(&["c", "ch", "cap", "chapter"]) {
        return None;
    }
    let (end, number) = chapter_number(tokens, at + 1)?;
    let rest = format!("{path}/{session}{}", figure(number)?);
    let paths = ["ukpga", "ukla", "apgb", "aep"].iter().map(|kind| format!("{kind}/{rest}")).collect();
    Some(WorkNumber { tokens: start..end, bare_end: end, paths, is_rare: false })
}

/// A reign as paths write it, its years joined by hyphens, and the token after it.
fn reign(tokens: &Tokens<'_>, start: usize) -> Option<(String, String, usize)> {
    let mut at = start;
    let mut years: Vec<&str> = Vec::new();
    while tokens.at(at).is_figures() && tokens.at(at).text.len() <= 2 && years.len() < 4 {
        years.push(tokens.at(at).text);
        at += 1;
        if matches!(tokens.at(at).kind, Kind::And | Kind::Comma | Kind::Dash) && tokens.at(at + 1).is_figures() {
            at += 1;
        }
    }
    let monarch = tokens.at(at);
    let (_, name) = REIGNS.iter().find(|(word, _)| monarch.text.eq_ignore_ascii_case(word))?;
    if years.is_empty() || !monarch.is_capital() {
        return None;
    }
    at += 1;
    at += usize::from(tokens.at(at).kind == Kind::Stop);
    let number = tokens.at(at);
    let numbered = number.is_figures() && number.text.len() == 1;
    at += usize::from(numbered);
    let reign = if numbered { format!("{name}{}", number.text) } else { (*name).to_owned() };
    Some((reign, years.join("-"), at))
}

/// Returns the token after the place of a judgment in a series of reports that begins at a token:
/// ", [2014] AC 896", " [2014] 2 All ER 585", ", (1998) 23 EHRR 413".
pub(super) fn report(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let start = at + usize::from(tokens.at(at).kind == Kind::Comma);
    let close = match tokens.at(start).kind {
        Kind::SquareOpen => Kind::SquareClose,
        Kind::Open => Kind::Close,
        _ => return None,
    };
    if !tokens.at(start + 1).is_year() || tokens.at(start + 2).kind != close {
        return None;
    }
    let volume = usize::from(tokens.at(start + 3).is_figures());
    // A year in round brackets says nothing without a volume.
    if close == Kind::Close && volume == 0 {
        return None;
    }
    let name = start + 3 + volume;
    let words = (name..name + 10).take_while(|at| {
        let token = tokens.at(*at);
        token.is_word() && token.is_capital() || matches!(token.kind, Kind::Stop | Kind::And | Kind::Quote)
    });
    let end = name + words.count();
    // A neutral citation is the name of a judgment, which may be another.
    let neutral = ["UK", "EW", "CSI", "CSO", "NIC", "NIQ", "NIK", "HCJ"];
    let is_neutral =
        tokens.at(name).text.len() >= 4 && neutral.iter().any(|court| tokens.at(name).text.starts_with(court));
    (end > name && !is_neutral && tokens.at(end).is_figures()).then_some(end + 1)
}
