//! The words of one paragraph of Markdown, as runs.
//!
//! Takes one paragraph without its label; reads emphasis, links, code and small markup (`<b>`,
//! `<sup>`) in it. Raised digits of Unicode are digits of the raised style. A tag without an end is
//! words. Nothing in it can open a block.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::blocks::{RunStyle, TextRun, plain, tidy};

/// A letter that prints nothing, behind which nothing opens a block.
const GUARD: char = '\u{2060}';

/// Reads the runs of one paragraph.
pub fn runs(paragraph: &str) -> Vec<TextRun> {
    let guarded = format!("{GUARD}{}", paragraph.replace(['\n', '\r'], " "));
    let events = Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH);
    let mut reading = Inline::default();
    for event in events {
        reading.take(event);
    }
    tidy(reading.take_runs())
}

/// Runs that are being read from events.
#[derive(Default)]
pub struct Inline {
    /// The runs so far.
    pub runs: Vec<TextRun>,
    style: RunStyle,
    link: Option<String>,
    /// The tags that are open: the name of each, its markup, and the place of the run behind it.
    tags: Vec<(String, String, usize)>,
    /// The file of the picture whose words are being read, and the place of their first run.
    picture: Option<(String, usize)>,
    /// The words of comments, which are left out.
    comments: Vec<String>,
}

impl Inline {
    /// Ends a paragraph, and returns its runs.
    pub fn take_runs(&mut self) -> Vec<TextRun> {
        for (name, html, at) in std::mem::take(&mut self.tags).into_iter().rev() {
            if let Some(on) = style_of(&name, &mut self.style) {
                *on = false;
            }
            for run in self.runs.iter_mut().skip(at) {
                if let TextRun::Words { style, .. } = run
                    && let Some(on) = style_of(&name, style)
                {
                    *on = false;
                }
            }
            self.runs.insert(at.min(self.runs.len()), TextRun::words(html));
        }
        std::mem::take(&mut self.runs)
    }

    /// Takes one event that is in a paragraph.
    pub fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.turn(&tag, true),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.words(&text),
            Event::Code(text) => {
                let style = RunStyle { code: true, ..self.style };
                self.runs.push(TextRun::Words { text: text.to_string(), style, link: self.link.clone() });
            }
            Event::SoftBreak | Event::HardBreak => self.runs.push(TextRun::Break),
            Event::InlineHtml(html) | Event::Html(html) => self.markup(&html),
            Event::FootnoteReference(label) => self.runs.push(TextRun::Note(label.to_string())),
            _ => {}
        }
    }

    fn turn(&mut self, tag: &Tag<'_>, on: bool) {
        match tag {
            Tag::Strong => self.style.strong = on,
            Tag::Emphasis => self.style.emphasis = on,
            Tag::Strikethrough => self.style.struck = on,
            Tag::Link { dest_url, link_type: LinkType::Email, .. } => self.link = Some(format!("mailto:{dest_url}")),
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strikethrough => self.style.struck = false,
            TagEnd::Link => self.link = None,
            _ => {}
        }
    }

    /// Begins a picture, whose words follow.
    pub fn open_picture(&mut self, file: String) {
        self.picture = Some((file, self.runs.len()));
    }

    /// Ends a picture, and returns its words.
    pub fn close_picture(&mut self) -> Option<String> {
        let (file, from) = self.picture.take()?;
        let inner: Vec<TextRun> = self.runs.drain(from.min(self.runs.len())..).collect();
        let words = plain(&inner).trim().to_owned();
        self.runs.push(TextRun::Picture { file, words: words.clone() });
        Some(words)
    }

    /// Returns the words of the comments since they were last asked for.
    pub fn take_comments(&mut self) -> Vec<String> {
        std::mem::take(&mut self.comments)
    }

    /// Takes words as they are.
    pub fn words(&mut self, text: &str) {
        let mut plain = String::new();
        let mut raised = String::new();
        for c in text.chars().filter(|c| *c != GUARD) {
            match raised_digit(c) {
                Some(digit) => {
                    self.push(&mut plain, self.style);
                    raised.push(digit);
                }
                None => {
                    self.push(&mut raised, RunStyle { raised: true, ..self.style });
                    plain.push(c);
                }
            }
        }
        self.push(&mut raised, RunStyle { raised: true, ..self.style });
        self.push(&mut plain, self.style);
    }

    fn push(&mut self, text: &mut String, style: RunStyle) {
        if !text.is_empty() {
            self.runs.push(TextRun::Words { text: std::mem::take(text), style, link: self.link.clone() });
        }
    }

    /// Takes a tag of markup: it changes the style, breaks the line, or is words like any other.
    fn markup(&mut self, html: &str) {
        if let Some(comment) = html.strip_prefix("<!--").and_then(|rest| rest.trim_end().strip_suffix("-->")) {
            return self.comments.push(comment.trim().to_owned());
        }
        let inner = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        let (closes, name) = inner.strip_prefix('/').map_or((false, inner), |name| (true, name));
        let name = name.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "br" => self.runs.push(TextRun::Break),
            "input" => {}
            "b" | "strong" | "i" | "em" | "s" | "del" | "sup" | "sub" | "u" | "span" | "small" | "font" | "a"
            | "abbr" | "p" | "div" => self.tag(name, html, closes),
            _ => self.words(html),
        }
    }

    fn tag(&mut self, name: String, html: &str, closes: bool) {
        let on = style_of(&name, &mut self.style);
        if !closes {
            if let Some(on) = on {
                *on = true;
            }
            self.tags.push((name, html.to_owned(), self.runs.len()));
            return;
        }
        let Some(at) = self.tags.iter().rposition(|(open, ..)| *open == name) else { return self.words(html) };
        if let Some(on) = on {
            *on = false;
        }
        self.tags.remove(at);
    }
}

/// The part of a style that a tag turns on, if it does.
fn style_of<'s>(name: &str, style: &'s mut RunStyle) -> Option<&'s mut bool> {
    match name {
        "b" | "strong" => Some(&mut style.strong),
        "i" | "em" => Some(&mut style.emphasis),
        "s" | "del" => Some(&mut style.struck),
        "sup" => Some(&mut style.raised),
        _ => None,
    }
}

/// Raised digits of Unicode, from nought.
const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Returns the digit that a raised one of Unicode is.
pub fn raised_digit(c: char) -> Option<char> {
    let at = RAISED_DIGITS.iter().position(|digit| *digit == c)?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

/// Returns the raised digit of Unicode that is a digit.
pub fn raised_of(digit: char) -> Option<char> {
    RAISED_DIGITS.get(usize::try_from(digit.to_digit(10)?).ok()?).copied()
}
