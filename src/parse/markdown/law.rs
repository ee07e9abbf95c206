//! Citations in the words of a line.
//!
//! Takes a finished line of pieces; gives the same words, those that cite a work as mentions of it. Never looks into code
//! or links, and never changes a word.

use std::ops::Range;

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::document::{Element, Piece, Target};
use crate::law::{self, BARRIER, Citation, Pinpoint};
use crate::parse::doubt_code;

/// A line as one text, and where each of its pieces begins in it.
struct Line {
    pieces: Vec<(Piece, Range<usize>)>,
    text: String,
    /// Of each piece of words that may cite, where it begins in the text.
    starts: Vec<Option<usize>>,
    /// Of each piece of words, how many bytes are as in the file from its start on, and how many up to its end.
    alike: Vec<(usize, usize)>,
}

impl Line {
    fn new(pieces: Vec<(Piece, Range<usize>)>, file: &str) -> Self {
        let alike = pieces.iter().map(|(piece, place)| match piece {
            Piece::Text(words) => alike(words, file.get(place.clone()).unwrap_or_default()),
            _ => (0, 0),
        });
        let alike = alike.collect();
        let mut line = Line { starts: Vec::with_capacity(pieces.len()), pieces, alike, text: String::new() };
        let mut linked = 0usize;
        let mut open: Vec<bool> = Vec::new();
        for (piece, _) in &line.pieces {
            let mut start = None;
            match piece {
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
            line.starts.push(start);
        }
        line
    }

    /// The place in the file of a range of the text, as near as the parser's events tell.
    fn place(&self, range: &Range<usize>, file: &str) -> Range<usize> {
        let found =
            self.starts.iter().zip(&self.pieces).zip(&self.alike).find_map(|((start, (piece, place)), alike)| {
                let Piece::Text(words) = piece else { return None };
                let start = (*start)?;
                (start..start + words.len()).contains(&range.start).then_some((start, words, place, *alike))
            });
        let Some((start, words, place, (before, after))) = found else { return 0..0 };
        let from = range.start - start;
        let wanted = words.get(from..(range.end - start).min(words.len())).unwrap_or_default();
        let source = file.get(place.clone()).unwrap_or_default();
        // Mostly they stand in the file as they do in the text, at least up to where something is escaped, or from there on.
        if from + wanted.len() <= before {
            return place.start + from..place.start + from + wanted.len();
        }
        if words.len() - from <= after {
            let at = place.end - (words.len() - from);
            return at..at + wanted.len();
        }
        // Its words may stand in the piece more than once.
        let before = words.get(..from).map_or(0, |before| before.matches(wanted).count());
        let at = source.match_indices(wanted).nth(before).map(|(at, _)| place.start + at);
        at.map_or(place.clone(), |at| at..at + wanted.len())
    }
}

/// How many bytes of some words are as in the file from the start on, and how many up to the end.
fn alike(words: &str, source: &str) -> (usize, usize) {
    let same = |pair: &(u8, u8)| pair.0 == pair.1;
    let before = words.bytes().zip(source.bytes()).take_while(same).count();
    let after = words.bytes().rev().zip(source.bytes().rev()).take_while(same).count();
    (before, after)
}

impl Builder<'_, '_> {
    /// Ends a line: what cites a work in it becomes a mention of that work.
    pub(super) fn end_line(&mut self, cites: bool) {
        if !cites || self.reading.register.is_empty() {
            return self.sheet().begin_line();
        }
        let line = Line::new(self.sheet().take_line(), &self.file.text);
        let found = law::recognise(&line.text, self.reading.register, self.reading.default);
        for doubt in found.doubts {
            let span = self.span(line.place(&doubt.place, &self.file.text));
            self.faults.push(Diagnostic::new(doubt_code(doubt.kind), span, doubt.message).help(doubt.help));
        }
        for (pinpoint, place) in found.loose {
            let span = self.span(line.place(&place, &self.file.text));
            self.body.loose.push((span, pinpoint));
        }
        let mut links: Vec<(Range<usize>, usize)> = Vec::new();
        for citation in found.citations {
            links.extend(self.links_of(citation, &line));
        }
        links.sort_by_key(|(range, _)| range.start);
        self.write_line(line, &links);
    }

    /// The parts of a citation that lead somewhere, each with the mention that it becomes.
    fn links_of(&mut self, citation: Citation, line: &Line) -> Vec<(Range<usize>, usize)> {
        let Some(authority) = self.reading.register.authorities.get(citation.authority) else { return Vec::new() };
        let key = authority.key.clone();
        let last = citation.provisions.len().saturating_sub(1);
        if citation.provisions.is_empty() {
            return vec![self.cite(Target::Name(key), citation.whole, line)];
        }
        let mut links = Vec::new();
        for (n, (provision, mut place)) in citation.provisions.into_iter().enumerate() {
            // The title goes with the provision that stands beside it.
            if n == 0 {
                place.start = place.start.min(citation.whole.start);
            }
            if n == last {
                place.end = place.end.max(citation.whole.end);
            }
            let pinpoint = Pinpoint { provisions: vec![provision] };
            links.push(self.cite(Target::Work(key.clone(), pinpoint), place, line));
        }
        links
    }

    fn cite(&mut self, target: Target, range: Range<usize>, line: &Line) -> (Range<usize>, usize) {
        let written = line.text.get(range.clone()).unwrap_or_default().to_owned();
        let place = line.place(&range, &self.file.text);
        (range, self.refer(target, &written, place))
    }

    /// Writes the line again, with the mentions in it.
    fn write_line(&mut self, line: Line, links: &[(Range<usize>, usize)]) {
        for ((piece, place), start) in line.pieces.into_iter().zip(line.starts) {
            let (Piece::Text(words), Some(start)) = (&piece, start) else {
                self.sheet().push(piece, place);
                continue;
            };
            let end = start + words.len();
            let mut written = start;
            let mut put = |from: usize, to: usize, reference: Option<usize>| {
                let Some(words) = words.get(from - start..to - start).filter(|words| !words.is_empty()) else { return };
                let sheet = self.sheet();
                if let Some(reference) = reference {
                    sheet.push(Piece::Open(Element::Reference(reference)), place.clone());
                    sheet.push(Piece::Text(words.to_owned()), place.clone());
                    sheet.push(Piece::Close, place.clone());
                } else {
                    sheet.push(Piece::Text(words.to_owned()), place.clone());
                }
            };
            for (range, reference) in links.iter().filter(|(range, _)| range.start < end && range.end > start) {
                let (from, to) = (range.start.max(start), range.end.min(end));
                // A link that goes on in the next piece, such as a title in italics, ends before the space between.
                let inner = words.get(from - start..to - start).unwrap_or_default();
                let (from, to) = (from + inner.len() - inner.trim_start().len(), from + inner.trim_end().len());
                if from < to && from >= written {
                    put(written, from, None);
                    put(from, to, Some(*reference));
                    written = to;
                }
            }
            put(written, end, None);
        }
        self.sheet().begin_line();
    }
}
