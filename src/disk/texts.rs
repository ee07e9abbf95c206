//! Bytes of a file to a text, checked before any parser sees it.
//!
//! Takes a file; returns its text with every line end as `\n`, and what no text may hold, by place.
//! Knows no site.

use std::io::{self, Read};
use std::ops::Range;

use crate::config::{MOST_FILE, size};
use crate::diagnostic::{Code, is_bidi_control};

/// The most places in one file that are shown for one fault.
const MAX_SHOWN: usize = 5;

/// Fault in a text, at a place in what is kept of the text.
#[derive(Debug)]
pub(super) struct TextFault {
    pub(super) code: Code,
    pub(super) place: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

impl TextFault {
    fn new(code: Code, place: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        TextFault { code, place, message: message.into(), help: help.into() }
    }
}

/// Reads a text, and checks it before any parser sees it. Of a text that is not UTF-8, what is
/// before the fault is kept; of one that is larger than any may be, nothing. How large it may be in
/// this site is not known yet.
pub(super) fn text_of(file: impl Read) -> io::Result<(String, Vec<TextFault>)> {
    let mut bytes = Vec::new();
    file.take(MOST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_FILE {
        let message = format!("this file is larger than {}, and no text of a site is", size(MOST_FILE));
        let help = "move it out of the site's folder, or split it into documents of their own";
        return Ok((String::new(), vec![TextFault::new(Code::TooLarge, 0..0, message, help)]));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => with_newlines(text),
        Err(error) => return Ok(not_utf8(bytes, error.valid_up_to())),
    };
    let plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b' '..=b'~');
    if text.bytes().all(plain) {
        return Ok((text, Vec::new()));
    }
    let is_control = |c: char| c.is_control() && c != '\t' && c != '\n';
    let mut faults = characters(&text, Code::ControlCharacter, "is a control character", is_control);
    faults.extend(characters(&text, Code::BidiControl, "changes the direction of the text around it", is_bidi_control));
    Ok((text, faults))
}

pub(super) fn with_newlines(text: &str) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns the part to keep of a text whose byte at `bad` is not UTF-8, with the fault. The part is
/// all before that byte and the rest of its line, so that a message can show the line.
fn not_utf8(bytes: &[u8], bad: usize) -> (String, Vec<TextFault>) {
    let (good, rest) = bytes.split_at_checked(bad).unwrap_or((bytes, &[]));
    let mut text = with_newlines(&String::from_utf8_lossy(good));
    let start = text.len();
    let byte = rest.first().copied().unwrap_or_default();
    text.push_str(String::from_utf8_lossy(rest).split(['\r', '\n']).next().unwrap_or_default());
    let place = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
    let message = format!("this file is not UTF-8: it cannot hold the byte 0x{byte:02X}");
    (text, vec![TextFault::new(Code::NotUtf8, place, message, "save it in your editor as UTF-8")])
}

/// The first few places of characters that should not be in a text, and how many more there are.
fn characters(text: &str, code: Code, what: &str, is_one: impl Fn(char) -> bool) -> Vec<TextFault> {
    let mut found = text.char_indices().filter(|(_, c)| is_one(*c));
    let mut faults: Vec<_> = found
        .by_ref()
        .take(MAX_SHOWN)
        .map(|(at, c)| {
            TextFault::new(code, at..at + c.len_utf8(), format!("U+{:04X} {what}", u32::from(c)), "remove it")
        })
        .collect();
    if let (Some(last), more @ 1..) = (faults.last_mut(), found.count()) {
        last.help = format!("remove it, and {more} more in this file");
    }
    faults
}
