//! Citations in the words of a line.
//!
//! Takes the pieces of a finished line; gives the places in it that cite a work, and the same words
//! with mentions there. Never looks into code or links, and never changes a word.

use std::ops::Range;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Element, Piece, ReferenceId, Target};
use crate::law::{self, BARRIER, DoubtKind, Found, Pinpoint};

/// A line as one text.
pub struct TextLine {
    /// Each piece with its place in the file and, if it is words that may cite, where it begins in
    /// the text.
    pieces: Vec<(Piece, Range<usize>, Option<usize>)>,
    text: String,
}

/// A part of a line that cites a work.
pub struct CitedWords {
    /// Range in the line.
    pub range: Range<usize>,
    /// The work, and the place in it.
    pub target: Target,
    /// Words of the line.
    pub written: String,
    /// Place in the file.
    pub place: Range<usize>,
}

impl TextLine {
    /// Joins the pieces of a line.
    pub fn new(pieces: Vec<(Piece, Range<usize>)>) -> Self {
        let mut line = TextLine { pieces: Vec::with_capacity(pieces.len()), text: String::new() };
        let mut linked = 0usize;
        let mut open: Vec<bool> = Vec::new();
        for (piece, place) in pieces {
            let mut start = None;
            match &piece {
                Piece::Text(words) if linked == 0 => {
                    start = Some(line.text.len());
                    line.text.push_str(words);
                }
                Piece::Open(element) => {
                    let link = matches!(element, Element::Link(_) | Element::Reference(_));
                    open.push(link);
                    if link {
                        linked += 1;
                        line.text.push(BARRIER);
                    }
                }
                Piece::Close => {
                    if open.pop() == Some(true) {
                        linked -= 1;
                    }
                }
                // A note's mark parts nothing.
                Piece::NoteMark(_) | Piece::Text(_) => {}
                _ => line.text.push(BARRIER),
            }
            line.pieces.push((piece, place, start));
        }
        line
    }

    /// Finds the citations of a line, reports what is doubtful, and returns the provisions that
    /// name no work apart.
    pub fn citations(&self, cx: &Context<'_>) -> (Vec<CitedWords>, Vec<(Range<usize>, Pinpoint)>) {
        let (register, default) = (cx.reading.register, cx.reading.default);
        let mut short = cx.short.borrow_mut();
        let Found { citations, doubts, loose } = law::recognise_after(&self.text, register, default, &mut short);
        if citations.is_empty() && doubts.is_empty() && loose.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let places = WordPlaces::new(cx, self);
        for doubt in doubts {
            let span = cx.span(&places.find(&doubt.place));
            cx.add(Diagnostic::new(doubt_code(doubt.kind), span, doubt.message).help(doubt.help));
        }
        let loose = loose.into_iter().map(|(pinpoint, place)| (places.find(&place), pinpoint)).collect();
        let mut found = Vec::new();
        for citation in citations {
            let Some(authority) = cx.reading.register.authorities.get(citation.authority) else { continue };
            for (target, range) in targets(&authority.key, citation) {
                let written = self.text.get(range.clone()).unwrap_or_default().to_owned();
                found.push(CitedWords { target, written, place: places.find(&range), range });
            }
        }
        (found, loose)
    }

    /// Returns the pieces again, with the mentions in them. `links` are in order, each with its
    /// mention.
    pub fn with_mentions(self, links: &[(Range<usize>, ReferenceId)]) -> Vec<Piece> {
        let mut written = Vec::with_capacity(self.pieces.len());
        for (piece, _, start) in self.pieces {
            match (piece, start) {
                (Piece::Text(words), Some(start)) if !links.is_empty() => put_words(&mut written, &words, start, links),
                (piece, _) => written.push(piece),
            }
        }
        written
    }
}

/// Returns the parts of a citation that lead somewhere, each with its target.
fn targets(key: &str, citation: law::Citation) -> Vec<(Target, Range<usize>)> {
    if citation.provisions.is_empty() {
        return vec![(Target::Name(key.to_owned()), citation.whole)];
    }
    let whole = citation.whole;
    let last = citation.provisions.len() - 1;
    let parts = citation.provisions.into_iter().enumerate().map(|(n, (provision, mut place))| {
        // The title goes with the provision that is beside it.
        if n == 0 {
            place.start = place.start.min(whole.start);
        }
        if n == last {
            place.end = place.end.max(whole.end);
        }
        (Target::Work(key.to_owned(), Pinpoint { provisions: vec![provision] }), place)
    });
    parts.collect()
}

/// Writes some words that begin at `start` of their line, with the mentions in them.
fn put_words(pieces: &mut Vec<Piece>, words: &str, start: usize, links: &[(Range<usize>, ReferenceId)]) {
    let end = start + words.len();
    let mut written = start;
    let text = |from: usize, to: usize| {
        let words = words.get(from - start..to - start).filter(|words| !words.is_empty())?;
        Some(Piece::Text(words.to_owned()))
    };
    for (range, reference) in links.iter().filter(|(range, _)| range.start < end && range.end > start) {
        let (from, to) = (range.start.max(start), range.end.min(end));
        // A link that goes on in the next piece, such as a title in italics, ends before the space
        // between.
        let inner = words.get(from - start..to - start).unwrap_or_default();
        let (from, to) = (from + inner.len() - inner.trim_start().len(), from + inner.trim_end().len());
        if from < to && from >= written {
            pieces.extend(text(written, from));
            pieces.push(Piece::Open(Element::Reference(*reference)));
            pieces.extend(text(from, to));
            pieces.push(Piece::Close);
            written = to;
        }
    }
    pieces.extend(text(written, end));
}

/// The places in the file of the words of a line.
struct WordPlaces<'l> {
    words: Vec<WordPlace<'l>>,
}

/// Some words of a line.
struct WordPlace<'l> {
    /// The words.
    words: &'l str,
    /// Byte offset of the words in the line.
    start: usize,
    /// Their place in the file.
    place: &'l Range<usize>,
    /// The source text of that place.
    source: &'l str,
    /// The number of bytes that are as in the file from the start on.
    alike_before: usize,
    /// The number of bytes that are as in the file up to the end.
    alike_after: usize,
}

impl<'l> WordPlaces<'l> {
    fn new(cx: &'l Context<'_>, line: &'l TextLine) -> Self {
        let words = line.pieces.iter().filter_map(|(piece, place, start)| match (piece, start) {
            (Piece::Text(words), Some(start)) => {
                let source = cx.source(place);
                let same = |pair: &(u8, u8)| pair.0 == pair.1;
                let alike_before = words.bytes().zip(source.bytes()).take_while(same).count();
                let alike_after = words.bytes().rev().zip(source.bytes().rev()).take_while(same).count();
                Some(WordPlace { words, start: *start, place, source, alike_before, alike_after })
            }
            _ => None,
        });
        WordPlaces { words: words.collect() }
    }

    /// Returns the place in the file of a range of the line, as near as the parser's events tell.
    fn find(&self, range: &Range<usize>) -> Range<usize> {
        let within = |placed: &&WordPlace<'_>| (placed.start..placed.start + placed.words.len()).contains(&range.start);
        self.words.iter().find(within).map_or(0..0, |placed| placed.place_of(range))
    }
}

impl WordPlace<'_> {
    fn place_of(&self, range: &Range<usize>) -> Range<usize> {
        let (words, place) = (self.words, self.place);
        let from = range.start - self.start;
        let wanted = words.get(from..(range.end - self.start).min(words.len())).unwrap_or_default();
        // Mostly they are in the file as they are in the text, at least up to where something is
        // escaped, or from there on.
        if from + wanted.len() <= self.alike_before {
            return place.start + from..place.start + from + wanted.len();
        }
        if words.len() - from <= self.alike_after {
            let at = place.end - (words.len() - from);
            return at..at + wanted.len();
        }
        // The piece may have the same words more than once.
        let before = words.get(..from).map_or(0, |before| before.matches(wanted).count());
        let at = self.source.match_indices(wanted).nth(before).map(|(at, _)| place.start + at);
        at.map_or(place.clone(), |at| at..at + wanted.len())
    }
}

/// Returns the diagnostic that a doubt of the recogniser is.
pub fn doubt_code(doubt: DoubtKind) -> Code {
    match doubt {
        DoubtKind::Undeclared => Code::UndeclaredAuthority,
        DoubtKind::Ambiguous => Code::AmbiguousAuthority,
        DoubtKind::Mismatch => Code::ChapterMismatch,
    }
}
