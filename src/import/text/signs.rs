//! Signs of markup in a plain text: those that are meant, and all others, which are words.
//!
//! Takes one paragraph; gives it as Markdown in which only the signs that are meant are none of its
//! words, and names these, so that each can be reported. A text that was never Markdown has
//! stars between figures, blanks such as `<name>` and lines to write on: nothing is lost of them.

/// A paragraph whose signs are told apart.
#[derive(Debug, Default)]
pub struct SignedText {
    /// The paragraph as Markdown.
    pub text: String,
    /// The signs that are read, each with what is said of it and the words that it is around.
    pub read: Vec<(&'static str, String)>,
}

/// Signs that a kind of text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Those of a plain text, in which people write `**bold**`, and programs `<sup>1</sup>`.
    Plain,
    /// None: what a page prints is printed.
    Printed,
}

/// Letters that Markdown reads as signs.
const SPECIAL: [char; 10] = ['\\', '`', '*', '_', '[', ']', '<', '&', '~', '!'];
/// Tags that come in pairs and change the look of words.
const PAIRS: [&str; 10] = ["b", "strong", "i", "em", "u", "s", "del", "sup", "sub", "small"];
/// Tags that are alone.
const ALONE: [&str; 2] = ["br", "input"];
/// The most letters of a tag.
const LONGEST: usize = 80;
/// Beginnings of addresses that a link leads to.
const ADDRESSES: [&str; 5] = ["http://", "https://", "mailto:", "www.", "#"];

/// Tells the signs of a paragraph apart.
pub fn apart(paragraph: &str, signs: Signs) -> SignedText {
    let letters: Vec<(usize, char)> = paragraph.char_indices().collect();
    let mut signed = SignedText::default();
    let mut meant = vec![false; letters.len()];
    angles(paragraph, &letters, signs, (&mut meant, &mut signed.read));
    if signs == Signs::Plain {
        brackets(paragraph, &letters, (&mut meant, &mut signed.read));
        stars(paragraph, &letters, (&mut meant, &mut signed.read));
    }
    for ((_, c), meant) in letters.into_iter().zip(meant) {
        if SPECIAL.contains(&c) && !meant {
            signed.text.push('\\');
        }
        signed.text.push(c);
    }
    signed
}

/// The letters that are meant, and what is said of them.
type MeantSigns<'a> = (&'a mut [bool], &'a mut Vec<(&'static str, String)>);

fn mean(meant: &mut [bool], from: usize, to: usize) {
    meant.iter_mut().take(to).skip(from).for_each(|meant| *meant = true);
}

/// The letter of a byte.
fn letter_at(letters: &[(usize, char)], byte: usize) -> usize {
    letters.partition_point(|(at, _)| *at < byte)
}

/// Finds addresses between angle brackets, tags in pairs, and ends of lines.
fn angles(text: &str, letters: &[(usize, char)], signs: Signs, (meant, read): MeantSigns<'_>) {
    // Tags that are open, each with its name and the bytes of it.
    let mut open: Vec<(String, usize, usize)> = Vec::new();
    for (from, _) in text.match_indices('<') {
        let rest = text.get(from..).unwrap_or_default();
        let Some(end) = rest.char_indices().take(LONGEST * 2).find(|(_, c)| *c == '>').map(|(at, _)| at) else {
            continue;
        };
        let inner = rest.get(1..end).unwrap_or_default();
        let to = from + end + 1;
        let places = (letter_at(letters, from), letter_at(letters, to));
        if is_address(inner) {
            mean(meant, places.0, places.1);
            read.push(("the angle brackets around an address are no words", inner.to_owned()));
            continue;
        }
        if signs == Signs::Printed || inner.len() > LONGEST {
            continue;
        }
        let name = inner.trim_end_matches('/').trim().to_ascii_lowercase();
        let bare = name.split_whitespace().next().unwrap_or_default();
        if ALONE.contains(&bare) && (bare == name || bare == "input" && inner.contains('=')) {
            mean(meant, places.0, places.1);
            read.push(("a tag is read as markup", text.get(from..to).unwrap_or_default().to_owned()));
        } else if PAIRS.contains(&name.as_str()) && !inner.contains('/') {
            open.push((name, from, to));
        } else if let Some(at) =
            name.strip_prefix('/').and_then(|name| open.iter().rposition(|(other, ..)| other == name))
        {
            let (_, begin, begun) = open.swap_remove(at);
            open.truncate(at);
            if text.get(begun..from).is_some_and(|words| !words.trim().is_empty()) {
                mean(meant, letter_at(letters, begin), letter_at(letters, begun));
                mean(meant, places.0, places.1);
                read.push(("two tags are read as markup", text.get(begin..to).unwrap_or_default().to_owned()));
            }
        }
    }
}

/// Whether words between angle brackets are an address of the web or of mail.
fn is_address(inner: &str) -> bool {
    let web = ["http://", "https://"].iter().any(|scheme| inner.len() > scheme.len() && inner.starts_with(scheme));
    let mail = || {
        let sound =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.+".contains(c));
        let ends = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.ends_with(|c: char| c.is_ascii_alphanumeric())
        };
        inner.split_once('@').is_some_and(|(who, host)| {
            sound(who) && sound(host) && !host.contains(['_', '+']) && ends(who) && ends(host) && !host.contains("..")
        })
    };
    !inner.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<') && (web || mail())
}

/// Finds links: words in square brackets before an address in round ones.
fn brackets(text: &str, letters: &[(usize, char)], (meant, read): MeantSigns<'_>) {
    for (middle, _) in text.match_indices("](") {
        let address = text.get(middle + 2..).unwrap_or_default();
        let Some(end) =
            address.find([')', ' ', '(']).filter(|end| address.get(*end..).is_some_and(|rest| rest.starts_with(')')))
        else {
            continue;
        };
        let address = address.get(..end).unwrap_or_default();
        let before = text.get(..middle).unwrap_or_default();
        let Some(begin) =
            before.rfind(['[', ']']).filter(|at| before.get(*at..).is_some_and(|rest| rest.starts_with('[')))
        else {
            continue;
        };
        let leads = ADDRESSES.iter().any(|start| address.to_ascii_lowercase().starts_with(start));
        if leads
            && !before.get(begin + 1..).unwrap_or_default().trim().is_empty()
            && !address.contains(['<', '>', '\\'])
        {
            let to = middle + 2 + end + 1;
            mean(meant, letter_at(letters, begin), letter_at(letters, begin + 1));
            mean(meant, letter_at(letters, middle), letter_at(letters, to));
            read.push(("a link in brackets is read as one", text.get(begin..to).unwrap_or_default().to_owned()));
        }
    }
}

/// Stars one after another: the first letter, how many, and whether they may open or close.
struct StarRun {
    at: usize,
    length: usize,
    opens: bool,
    closes: bool,
}

/// Finds pairs of stars around words.
fn stars(text: &str, letters: &[(usize, char)], (meant, read): MeantSigns<'_>) {
    let letter = |at: usize| letters.get(at).map(|(_, c)| *c);
    let mut runs: Vec<StarRun> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let length = letters.iter().skip(at).take_while(|(_, c)| *c == '*').count();
        if length == 0 {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(letter);
        let after = letter(at + length);
        let is_open_sign = |c: char| "“‘\"'([<".contains(c);
        let free_before = before.is_none_or(|c| c.is_whitespace() || "“‘\"'([—–>/".contains(c));
        let free_after = after.is_none_or(|c| !c.is_alphanumeric() || is_raised(c));
        let opens = free_before && after.is_some_and(|c| c.is_alphanumeric() || is_open_sign(c));
        let closes = free_after && before.is_some_and(|c| c.is_alphanumeric() || ".,;:!?)]”’\"'>%".contains(c));
        runs.push(StarRun { at, length, opens, closes });
        at += length;
    }
    let mut open: Option<&StarRun> = None;
    for run in &runs {
        let Some(begin) = open.filter(|begin| run.closes && begin.length == run.length) else {
            // A run that fits nowhere parts what is before it from what is behind it.
            open = (run.opens && run.length <= 3).then_some(run);
            continue;
        };
        let byte = |at: usize| letters.get(at).map_or(text.len(), |(byte, _)| *byte);
        let words = text.get(byte(begin.at + begin.length)..byte(run.at)).unwrap_or_default();
        // "5 *3 or 6*" is a sum; "**1.1**" is a number in bold type.
        let sound =
            begin.length > 1 || words.contains(char::is_alphabetic) && !words.starts_with(|c: char| c.is_ascii_digit());
        if sound {
            mean(meant, begin.at, begin.at + begin.length);
            mean(meant, run.at, run.at + run.length);
            let says = if run.length == 1 {
                "stars around words are read as italic"
            } else {
                "stars around words are read as bold"
            };
            read.push((says, text.get(byte(begin.at)..byte(run.at + run.length)).unwrap_or_default().to_owned()));
        }
        open = None;
    }
}

fn is_raised(c: char) -> bool {
    crate::import::inline::raised_digit(c).is_some()
}
