//! References that may lead to another text.
//!
//! Takes the words before and behind "paragraph 3.2"; says whether they name a text that is not
//! the one where they are. In doubt they do: a false mention is worse than none.

/// Words that go before a paragraph of the text itself, even behind a comma.
const LEADS: [&str; 40] = [
    "see", "in", "under", "with", "of", "and", "or", "to", "by", "for", "from", "than", "as", "on", "if", "where",
    "when", "until", "unless", "that", "which", "through", "against", "within", "outside", "both", "also", "only",
    "but", "not", "per", "because", "since", "before", "after", "above", "below", "here", "e.g", "i.e",
];

/// Other words that may open a sentence with a capital and name nothing.
const OPENERS: [&str; 34] = [
    "the",
    "a",
    "an",
    "this",
    "these",
    "those",
    "any",
    "each",
    "every",
    "no",
    "all",
    "you",
    "we",
    "they",
    "he",
    "she",
    "it",
    "there",
    "while",
    "once",
    "however",
    "otherwise",
    "then",
    "so",
    "what",
    "who",
    "how",
    "why",
    "such",
    "some",
    "most",
    "members",
    "anyone",
    "nothing",
];

/// Nouns that name a text.
const TEXTS: [&str; 49] = [
    "act",
    "agreement",
    "annex",
    "appendix",
    "article",
    "booklet",
    "byelaws",
    "charter",
    "circular",
    "code",
    "constitution",
    "contract",
    "convention",
    "directive",
    "document",
    "framework",
    "guidance",
    "guide",
    "guidelines",
    "handbook",
    "ibid",
    "instrument",
    "judgment",
    "judgement",
    "law",
    "leaflet",
    "lease",
    "letter",
    "licence",
    "manual",
    "order",
    "paper",
    "policy",
    "procedure",
    "protocol",
    "regulation",
    "regulations",
    "report",
    "rules",
    "schedule",
    "scheme",
    "sorp",
    "standard",
    "standards",
    "statement",
    "statute",
    "strategy",
    "toolkit",
    "decision",
];

/// Words after which a number is one of a clause.
const UNITS: [&str; 10] =
    ["paragraph", "paragraphs", "para", "paras", "clause", "clauses", "section", "sections", "rule", "rules"];

/// Words behind "in the" and "from the" that name no text.
const OTHERWISE: [&str; 10] =
    ["case", "event", "same", "way", "manner", "meantime", "first", "interests", "date", "day"];

/// The most bytes before a reference that are looked at.
const FURTHEST: usize = 400;

fn is_one(word: &str, list: &[&str]) -> bool {
    list.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether the words around a reference name another text. `before` ends where the reference
/// begins, and `behind` begins where its last number ends.
pub fn is_of_other_text(before: &str, behind: &str) -> bool {
    match said_behind(behind) {
        Some(other) => other,
        None => is_named_before(before),
    }
}

/// Whether what is behind a reference names another text, if it names one at all.
fn said_behind(behind: &str) -> Option<bool> {
    let behind = behind.trim_start_matches([',', ' ', '\n', '\u{a0}']);
    if let Some(inner) = behind.strip_prefix('(') {
        return inner.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()).then_some(true);
    }
    let mut words = behind.split_whitespace().map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let (first, second, third) = (words.next()?, words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match first {
        "above" | "below" => Some(false),
        "Schedule" | "Annex" | "Appendix" => Some(true),
        "of" | "to" | "in" | "from" if matches!(second, "this" | "these") => is_one(third, &TEXTS).then_some(false),
        "of" | "to" if !second.starts_with(|c: char| c.is_ascii_digit()) => Some(true),
        "in" | "from" if second == "the" => (!is_one(third, &OTHERWISE)).then_some(true),
        "in" | "from" if matches!(second, "its" | "their" | "that" | "another" | "our") => Some(true),
        "in" | "from" => second.starts_with(char::is_uppercase).then_some(true),
        _ => None,
    }
}

/// Words of the sentence before a reference.
fn sentence_before(before: &str) -> Vec<&str> {
    let from = before.len().saturating_sub(FURTHEST);
    let from = (from..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
    let before = before.get(from..).unwrap_or_default();
    let ends = [". ", "? ", "! ", ".\n", "\n\n"];
    let start = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    let cited = ["ibid. ", "cit. ", "id. "].iter().any(|end| before.ends_with(end));
    if cited {
        return vec!["ibid"];
    }
    before.get(start..).unwrap_or_default().split_whitespace().collect()
}

fn is_named_before(before: &str) -> bool {
    let mut words = sentence_before(before);
    let mut is_apart = false;
    // A bracket or a dash alone, and words that look further back.
    while let Some(last) = words.last().copied() {
        let bare = last.trim_matches(|c: char| !c.is_alphanumeric());
        if last.chars().all(|c| !c.is_alphanumeric()) && !last.contains([')', ']', '”', '’', '"']) {
            is_apart = true;
        } else if !matches!(bare, "at" | "the") || bare != last {
            break;
        }
        words.pop();
    }
    let Some((last, rest)) = words.split_last() else { return false };
    let ended = last.trim_end_matches([',', ';', ':', '–', '—', '(']);
    let is_apart = is_apart || ended.len() < last.len();
    let word = ended.trim_start_matches(['(', '[', '“', '‘', '"', '*', '_']);
    let lower = word.to_lowercase();
    let is_lead = is_one(lower.trim_end_matches('.'), &LEADS);
    if word.ends_with([')', ']', '”', '’', '"', '*', '_', '>']) || word.contains(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if word.starts_with(char::is_uppercase) {
        return !(rest.is_empty() && is_lead);
    }
    if is_lead {
        // "[2010] EWCA Civ 12 in paragraph 3".
        let cited = |word: &&str| word.ends_with(']') || word.contains(|c: char| c.is_ascii_digit());
        return matches!(lower.as_str(), "in" | "at") && rest.last().is_some_and(cited) && !ends_with_number(rest);
    }
    if matches!(lower.as_str(), "its" | "their" | "his" | "her" | "our") {
        return true;
    }
    if is_one(&lower, &TEXTS) {
        let near = rest.iter().rev().take(2);
        return !near.into_iter().any(|word| is_one(word, &["this", "these"]));
    }
    is_apart && names_a_text(&words)
}

/// Whether words end with the number of a clause.
fn ends_with_number(words: &[&str]) -> bool {
    words.iter().rev().nth(1).is_some_and(|word| is_one(word, &UNITS))
}

/// Whether some words of a sentence may name a text: by a capital, a figure or a noun.
fn names_a_text(words: &[&str]) -> bool {
    let mut before = "";
    words.iter().enumerate().any(|(at, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = is_one(before, &UNITS);
        let is_this = is_one(before, &["this", "these"]);
        before = bare;
        let opens = at == 0 && (is_one(bare, &LEADS) || is_one(bare, &OPENERS));
        let is_name = bare.starts_with(char::is_uppercase) && bare != "I" && !opens && !is_one(bare, &UNITS);
        let is_figure = !is_number && bare.contains(|c: char| c.is_ascii_digit());
        is_name || is_figure || word.contains(']') || !is_this && is_one(bare, &TEXTS)
    })
}
