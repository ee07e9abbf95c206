//! The file START-HERE.txt, for whoever unpacks a bundle.
//!
//! Takes the facts of a copy and the words of the site's language; returns short lines that end as
//! those of Windows do, which every system shows.

use super::{Identity, MANIFEST};
use crate::config::Config;
use crate::strings::{Strings, phrase};

/// The most characters of a line.
const WIDTH: usize = 74;

/// Returns the words for whoever unpacks a bundle.
pub fn start_here(
    (identity, config): (&Identity, &Config),
    strings: &Strings,
    has_sources: bool,
    is_signed: bool,
) -> String {
    let mut lines = vec![identity.name.clone(), "=".repeat(identity.name.chars().count().min(72)), String::new()];
    let edition = match (&identity.edition, identity.date) {
        (Some(name), Some(date)) => Some(format!("{name}, {}", strings.date(date)).replace('\u{a0}', " ")),
        (Some(name), None) => Some(name.clone()),
        (None, _) => None,
    };
    let filled = |value: &Option<String>, line: fn(&Strings, &str) -> String| {
        value.as_ref().map(|value| line(strings, value)).unwrap_or_default()
    };
    let mut paragraph = |indent: &str, words: String| lines.extend(wrapped(&words, indent));
    paragraph("", strings.text(phrase::StartReadTitle));
    paragraph("", String::new());
    paragraph("1. ", strings.text(phrase::StartUnpack));
    paragraph("   ", strings.text(phrase::StartWindows));
    paragraph("   ", strings.text(phrase::StartMac));
    paragraph("2. ", strings.text(phrase::StartOpen));
    paragraph("3. ", strings.text(phrase::StartClick));
    paragraph("", String::new());
    paragraph("", strings.text(phrase::StartOffline));
    paragraph("", String::new());
    paragraph("", strings.text(phrase::StartAboutTitle));
    paragraph("", String::new());
    let rows = [
        filled(&edition, |strings, edition| strings.text(phrase::StartEdition { edition })),
        filled(&config.host, |strings, host| strings.text(phrase::StartHost { host })),
        filled(&config.contact, |strings, contact| strings.text(phrase::StartContact { contact })),
        filled(&config.licence, |strings, licence| strings.text(phrase::StartLicence { licence })),
        filled(&config.base_url, |strings, address| strings.text(phrase::StartWebsite { address })),
        strings.text(phrase::StartMade { version: env!("CARGO_PKG_VERSION") }),
    ];
    rows.into_iter().filter(|row| !row.is_empty()).for_each(|row| paragraph("", row));
    paragraph("", String::new());
    paragraph("", strings.text(phrase::StartCheckTitle));
    paragraph("", String::new());
    paragraph("", strings.text(phrase::StartCheck { manifest: MANIFEST }));
    paragraph("", String::new());
    paragraph("    ", format!("clausebook verify {}", identity.folder()));
    if is_signed {
        paragraph("", String::new());
        paragraph("", strings.text(phrase::StartSigned { option: "--key" }));
    }
    if has_sources {
        paragraph("", String::new());
        paragraph("", strings.text(phrase::StartSourceTitle));
        paragraph("", String::new());
        paragraph("", strings.text(phrase::StartSource));
    }
    lines.join("\r\n") + "\r\n"
}

/// Breaks words into lines. The first begins with the indent, and the others with as many spaces.
fn wrapped(words: &str, indent: &str) -> Vec<String> {
    let mut lines = vec![indent.to_owned()];
    let hanging = " ".repeat(indent.len());
    for word in words.split(' ') {
        let Some(line) = lines.last_mut() else { continue };
        let is_first = line.len() == indent.len();
        if !is_first && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{hanging}{word}"));
        } else {
            line.push_str(if is_first { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
