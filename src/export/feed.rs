//! The sitemap and the feed.
//!
//! Takes the resolved site and its base address; gives XML. Its dates are those of the papers and
//! of the editions: a build has no clock.

use std::fmt::Write as _;

use crate::corpus::history::{EditionChanges, History};
use crate::corpus::{Corpus, Entry};
use crate::date::PartialDate;
use crate::output::{CHANGES_PAGE, HOME_PAGE, NOT_FOUND_PAGE, OutPath};
use crate::strings::phrase;

/// <https://www.sitemaps.org/protocol.html>
pub(super) fn sitemap(base: &str, pages: &[&OutPath]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages.iter().filter(|page| ***page != NOT_FOUND_PAGE) {
        let path = if **page == HOME_PAGE { "" } else { page.as_str() };
        line(&mut xml, format_args!("<url><loc>{}{path}</loc></url>", escaped(base)));
    }
    xml + "</urlset>\n"
}

/// An Atom feed of the documents and of the editions of the site, newest first (RFC 4287).
pub(super) fn atom(corpus: &Corpus, history: &History, base: &str, feed: &str) -> String {
    let config = &corpus.config;
    let base = escaped(base);
    let documents = corpus.papers().filter_map(|(_, entry)| {
        let day = rfc3339(entry.document.front.published?);
        Some((day.clone(), entry.page.as_str(), of_document(corpus, entry, &base, &day)))
    });
    let editions = history.editions.iter().filter_map(|edition| {
        let day = format!("{}T00:00:00Z", whole_day(&edition.date?.to_string()));
        Some((day.clone(), edition.name.as_str(), of_edition(edition, corpus, &base, &day)))
    });
    let mut dated: Vec<(String, &str, String)> = documents.chain(editions).collect();
    dated.sort_by(|(a, one, _), (b, two, _)| (b, one).cmp(&(a, two)));
    let updated = dated.first().map_or("1970-01-01T00:00:00Z", |(day, _, _)| day);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        escaped(&config.language)
    );
    line(&mut xml, format_args!("<id>{base}</id>"));
    line(&mut xml, format_args!("<title>{}</title>", escaped(config.name())));
    if let Some(description) = &config.description {
        line(&mut xml, format_args!("<subtitle>{}</subtitle>", escaped(description)));
    }
    line(&mut xml, format_args!("<link rel=\"self\" href=\"{base}{feed}\"/>"));
    line(&mut xml, format_args!("<link href=\"{base}\"/>"));
    line(&mut xml, format_args!("<author><name>{}</name></author>", escaped(config.host().unwrap_or(config.name()))));
    line(&mut xml, format_args!("<updated>{updated}</updated>"));
    xml.extend(dated.iter().map(|(_, _, entry)| entry.as_str()));
    xml + "</feed>\n"
}

fn of_document(corpus: &Corpus, entry: &Entry, base: &str, day: &str) -> String {
    let (front, page) = (&entry.document.front, &entry.page);
    let mut xml = String::new();
    line(&mut xml, format_args!("<entry>"));
    line(&mut xml, format_args!("<id>{base}{page}</id>"));
    let publication = entry.resolution.publication.map(|first| corpus.entry(first));
    let publication = publication.filter(|_| entry.resolution.files.is_empty());
    let whole = publication.map(|first| format!("{}: ", first.document.front.title)).unwrap_or_default();
    line(&mut xml, format_args!("<title>{}</title>", escaped(&format!("{whole}{}", front.title))));
    line(&mut xml, format_args!("<link href=\"{base}{page}\"/>"));
    if let Some(issuer) = &front.issuer {
        line(&mut xml, format_args!("<author><name>{}</name></author>", escaped(issuer)));
    }
    line(&mut xml, format_args!("<updated>{day}</updated>"));
    line(&mut xml, format_args!("</entry>"));
    xml
}

/// Returns the entry of the feed for an edition, which links to the edition on the page of changes.
fn of_edition(edition: &EditionChanges, corpus: &Corpus, base: &str, day: &str) -> String {
    let title = corpus.strings.text(phrase::FeedEdition { site: corpus.config.name(), edition: &edition.name });
    let address = format!("{base}{CHANGES_PAGE}#{}", escaped(&edition.anchor()));
    let mut xml = String::new();
    line(&mut xml, format_args!("<entry>"));
    line(&mut xml, format_args!("<id>{address}</id>"));
    line(&mut xml, format_args!("<title>{}</title>", escaped(&title)));
    line(&mut xml, format_args!("<link href=\"{address}\"/>"));
    if let Some(note) = &edition.note {
        line(&mut xml, format_args!("<summary>{}</summary>", escaped(note)));
    }
    line(&mut xml, format_args!("<updated>{day}</updated>"));
    line(&mut xml, format_args!("</entry>"));
    xml
}

fn rfc3339(date: PartialDate) -> String {
    format!("{}T00:00:00Z", whole_day(&date.to_string()))
}

/// A day, the first of a month or of a year that is all that is known.
fn whole_day(date: &str) -> String {
    format!(
        "{date}{}",
        match date.len() {
            4 => "-01-01",
            7 => "-01",
            _ => "",
        }
    )
}

pub(super) fn line(xml: &mut String, text: std::fmt::Arguments<'_>) {
    let written = writeln!(xml, "{text}");
    debug_assert!(written.is_ok(), "a String takes every write");
}

/// Text for an element or a quoted attribute of XML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
