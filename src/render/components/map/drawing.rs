//! Drawing of the map: boxes in columns, the oldest on the left, and numbered lines between them.
//!
//! Takes boxes by their columns and pairs of them; gives an SVG. All is in whole numbers, so that
//! no rounding differs between machines.

use std::collections::BTreeMap;

use crate::render::html::HtmlWriter;

/// A box: a document, or a work that the site does not hold.
pub struct MapBox {
    /// Title.
    pub title: String,
    /// Date, or that it is not held.
    pub date: String,
    /// Whether the site holds it.
    pub is_held: bool,
    /// Column, from the left.
    pub column: usize,
}

const BOX_WIDTH: i32 = 244;
const BOX_HEIGHT: i32 = 94;
const GAP: i32 = 72;
const ROW: i32 = 118;
const MARGIN: i32 = 2;
/// Reach of a line between two boxes of one column, with its number.
const BOW: i32 = 52;

/// The most letters in a line of a box, and the most lines of a title.
const LINE_LETTERS: usize = 23;
const TITLE_LINES: usize = 3;

/// Distance between the ends of two lines at one side of a box.
const BETWEEN_ENDS: i32 = 18;

/// A point of the drawing.
type Point = (i32, i32);

/// A cubic curve: its ends, and what pulls at them.
type Curve = [Point; 4];

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BoxSide {
    Left,
    Right,
}

/// A box in its place.
#[derive(Clone, Copy, Default)]
struct Spot {
    column: usize,
    x: i32,
    y: i32,
}

impl Spot {
    fn middle(self) -> i32 {
        self.y + BOX_HEIGHT / 2
    }

    fn edge(self, side: BoxSide) -> i32 {
        if side == BoxSide::Left { self.x } else { self.x + BOX_WIDTH }
    }
}

/// Returns the drawing, with a label: each pair has a line from the first box to the second.
pub fn drawing(label: &str, boxes: &[MapBox], pairs: &[(usize, usize)]) -> String {
    let spots = spots(boxes);
    let columns = boxes.iter().map(|own| own.column + 1).max().and_then(|most| i32::try_from(most).ok()).unwrap_or(1);
    let spot = |at: usize| spots.get(at).copied().unwrap_or_default();
    let ends = ends(pairs, &spot);
    let line = |((from, to), [leaves, arrives]): (&(usize, usize), &[(i32, BoxSide); 2])| {
        (curves(&spots, spot(*from), spot(*to), [*leaves, *arrives]), arrives.1)
    };
    let lines: Vec<(Vec<Curve>, BoxSide)> = pairs.iter().zip(&ends).map(line).collect();
    let bows = pairs.iter().any(|(from, to)| spot(*from).column == spot(*to).column);
    let width = columns * BOX_WIDTH + (columns - 1) * GAP + 2 * MARGIN + if bows { BOW } else { 0 };
    let height = spots.iter().map(|spot| spot.y + BOX_HEIGHT).max().unwrap_or(0) + MARGIN;
    let mut out = HtmlWriter::default();
    out.tag(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" role=\"img\" fill=\"currentColor\" font-size=\"15\"",
    );
    out.attribute("aria-label", label);
    out.attribute("viewBox", &format!("0 0 {width} {height}"));
    out.tag(">");
    for (curves, side) in &lines {
        draw_line(&mut out, curves, *side);
    }
    for (n, (x, y)) in places_of_numbers(&lines).into_iter().enumerate() {
        out.tag("<circle class=\"number\" fill=\"var(--paper)\" stroke=\"currentColor\" r=\"11\"");
        out.attribute("cx", &x.to_string());
        out.attribute("cy", &y.to_string());
        out.tag("/>");
        draw_text(&mut out, "<text class=\"number\" text-anchor=\"middle\"", (x, y + 5), &(n + 1).to_string());
    }
    for (own, spot) in boxes.iter().zip(&spots) {
        draw_box(&mut out, own, *spot);
    }
    out.tag("</svg>");
    out.finish()
}

/// A place for each box: the columns side by side, the short ones in the middle of the tallest.
fn spots(boxes: &[MapBox]) -> Vec<Spot> {
    let mut rows: BTreeMap<usize, i32> = BTreeMap::new();
    for own in boxes {
        *rows.entry(own.column).or_default() += 1;
    }
    let most = rows.values().copied().max().unwrap_or(0);
    let mut next: BTreeMap<usize, i32> = BTreeMap::new();
    let place = |own: &MapBox| {
        let row = next.entry(own.column).or_default();
        let free = most - rows.get(&own.column).copied().unwrap_or(0);
        let y = MARGIN + free * ROW / 2 + *row * ROW;
        *row += 1;
        let left = i32::try_from(own.column).unwrap_or(0) * (BOX_WIDTH + GAP);
        Spot { column: own.column, x: MARGIN + left, y }
    };
    boxes.iter().map(place).collect()
}

/// The side at which each line leaves its box and the side at which it arrives, with the heights.
fn ends(pairs: &[(usize, usize)], spot: &impl Fn(usize) -> Spot) -> Vec<[(i32, BoxSide); 2]> {
    let sides = |from: usize, to: usize| match spot(from).column.cmp(&spot(to).column) {
        std::cmp::Ordering::Less => [BoxSide::Right, BoxSide::Left],
        std::cmp::Ordering::Equal => [BoxSide::Right, BoxSide::Right],
        std::cmp::Ordering::Greater => [BoxSide::Left, BoxSide::Right],
    };
    // The lines at each side of a box, by where they come from.
    let mut at: BTreeMap<(usize, BoxSide), Vec<(i32, usize)>> = BTreeMap::new();
    for (line, (from, to)) in pairs.iter().enumerate() {
        let [leaves, arrives] = sides(*from, *to);
        at.entry((*from, leaves)).or_default().push((spot(*to).y, line));
        at.entry((*to, arrives)).or_default().push((spot(*from).y, line));
    }
    at.values_mut().for_each(|lines| lines.sort());
    let height = |own: usize, side: BoxSide, line: usize| {
        let lines = at.get(&(own, side)).map_or(&[][..], Vec::as_slice);
        let place = lines.iter().position(|(_, other)| *other == line).unwrap_or(0);
        let half = |count: usize| i32::try_from(count).unwrap_or(0);
        let from_middle = (2 * half(place) + 1 - half(lines.len())) * BETWEEN_ENDS / 2;
        spot(own).middle() + from_middle.clamp(4 - BOX_HEIGHT / 2, BOX_HEIGHT / 2 - 4)
    };
    let both = pairs.iter().enumerate().map(|(line, (from, to))| {
        let [leaves, arrives] = sides(*from, *to);
        [(height(*from, leaves, line), leaves), (height(*to, arrives, line), arrives)]
    });
    both.collect()
}

/// The curves of a line. One that passes a column goes between two boxes of it.
fn curves(spots: &[Spot], from: Spot, to: Spot, [leaves, arrives]: [(i32, BoxSide); 2]) -> Vec<Curve> {
    let start = (from.edge(leaves.1), leaves.0);
    let end = (to.edge(arrives.1), arrives.0);
    if from.column == to.column {
        let bow = start.0 + BOW - 8;
        return vec![[start, (bow, start.1), (bow, end.1), end]];
    }
    if from.column.abs_diff(to.column) == 1 {
        return vec![bend(start, end)];
    }
    let passed = from.column.min(to.column) + 1;
    let middle = (start.1 + end.1) / 2;
    let tops = spots.iter().filter(|spot| spot.column == passed);
    let between = tops.flat_map(|spot| [spot.y - (ROW - BOX_HEIGHT) / 2, spot.y + BOX_HEIGHT + (ROW - BOX_HEIGHT) / 2]);
    let y = between.filter(|y| *y > 0).min_by_key(|y| (y.abs_diff(middle), *y)).unwrap_or(middle);
    let left = MARGIN + i32::try_from(passed).unwrap_or(0) * (BOX_WIDTH + GAP);
    let (enters, exits) = if from.column > to.column { (left + BOX_WIDTH, left) } else { (left, left + BOX_WIDTH) };
    let (enters, exits) = ((enters, y), (exits, y));
    vec![bend(start, enters), [enters, enters, exits, exits], bend(exits, end)]
}

/// A curve that leaves and arrives level.
fn bend(start: Point, end: Point) -> Curve {
    let middle = (start.0 + end.0) / 2;
    [start, (middle, start.1), (middle, end.1), end]
}

fn draw_line(out: &mut HtmlWriter, curves: &[Curve], arrives: BoxSide) {
    let mut path = String::new();
    let mut tip = (0, 0);
    for [start, one, other, end] in curves {
        if path.is_empty() {
            path = format!("M{} {}", start.0, start.1);
        }
        path += &format!(" C{} {} {} {} {} {}", one.0, one.1, other.0, other.1, end.0, end.1);
        tip = *end;
    }
    out.tag("<path class=\"line\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"");
    out.attribute("d", &path);
    out.tag("/><path class=\"head\"");
    let back = if arrives == BoxSide::Right { 9 } else { -9 };
    out.attribute("d", &format!("M{} {} l{back} -5 v10 z", tip.0, tip.1));
    out.tag("/>");
}

/// The point so many tenths of the way along a curve.
fn point([start, one, other, end]: Curve, tenths: i32) -> Point {
    let (t, s) = (tenths, 10 - tenths);
    let along =
        |a: i32, b: i32, c: i32, d: i32| (s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d) / 1000;
    (along(start.0, one.0, other.0, end.0), along(start.1, one.1, other.1, end.1))
}

/// A place on each line for its number: the middle, or as near to it as no other number is.
fn places_of_numbers(lines: &[(Vec<Curve>, BoxSide)]) -> Vec<Point> {
    let mut places: Vec<Point> = Vec::new();
    for (curves, _) in lines {
        let Some(first) = curves.first() else { continue };
        let free = |(x, y): &Point| places.iter().all(|(a, b)| x.abs_diff(*a) + y.abs_diff(*b) > 26);
        let place = [5, 4, 6, 3, 7, 2, 8].into_iter().map(|tenths| point(*first, tenths)).find(free);
        places.push(place.unwrap_or_else(|| point(*first, 5)));
    }
    places
}

fn draw_box(out: &mut HtmlWriter, own: &MapBox, spot: Spot) {
    out.tag("<rect fill=\"var(--paper)\" stroke=\"currentColor\"");
    out.tag(if own.is_held { " class=\"held\"" } else { " class=\"not-held\" stroke-dasharray=\"6 4\"" });
    for (name, value) in [("x", spot.x), ("y", spot.y), ("width", BOX_WIDTH), ("height", BOX_HEIGHT)] {
        out.attribute(name, &value.to_string());
    }
    out.tag("/>");
    let titles = wrapped(&own.title);
    let lines = i32::try_from(titles.len()).unwrap_or(0) + i32::from(!own.date.is_empty());
    // All lines together are in the middle of the box.
    let mut y = spot.middle() - lines * 10 + 15;
    let titles = titles.iter().map(|line| ("<text class=\"title\" font-weight=\"bold\"", line));
    for (tag, line) in titles.chain([("<text class=\"date\"", &own.date)]) {
        draw_text(out, tag, (spot.x + 12, y), line);
        y += 20;
    }
}

fn draw_text(out: &mut HtmlWriter, tag: &'static str, (x, y): Point, words: &str) {
    if words.is_empty() {
        return;
    }
    out.tag(tag);
    out.attribute("x", &x.to_string());
    out.attribute("y", &y.to_string());
    out.tag(">");
    out.text(words);
    out.tag("</text>");
}

/// A title in a few lines; what does not fit is left out.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split(' ') {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > LINE_LETTERS {
            if lines.len() == TITLE_LINES {
                lines.last_mut().into_iter().for_each(|line| line.push('…'));
                return lines;
            }
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
