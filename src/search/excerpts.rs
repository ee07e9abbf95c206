//! The part of each record that readers see: its number, headings and text, cut into shards.
//!
//! Takes the drafts, and for each record those that have to do with it; gives JSON, and in which
//! shards each page is. A shard is small, because a page of results needs ten of them. Previews of
//! links read the same shards, so that the text of a clause is written once for both.

use std::sync::Arc;

use rayon::prelude::*;
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::code::{json, rising};
use super::records::{Draft, Record, RecordKind};

/// The least and the most bytes of text that make a shard of excerpts; between them, an equal part
/// of the whole.
const EXCERPTS: (usize, usize) = (2560, 8 * 1024);
/// Into how many shards of excerpts a site is cut, if that makes none too small or too large.
const EXCERPT_SHARDS: usize = 200;

/// A shard of excerpts: its pages, the headings that records are under, and its records.
#[derive(Default, Serialize)]
struct Excerpts<'a> {
    /// Short name, address and status of each page.
    pages: Vec<(&'a str, &'a str, &'a str)>,
    /// Headings, outermost first.
    under: Vec<&'a [String]>,
    records: Vec<Excerpt<'a>>,
}

/// A record in its shard.
struct Excerpt<'a> {
    page: usize,
    trail: usize,
    record: &'a Record,
    /// The records of clauses that have to do with it.
    near: &'a [usize],
}

impl Serialize for Excerpt<'_> {
    /// Page, number, fragment, headings, text; and unless they are empty, the records that it has
    /// to do with, the number of its footnotes, and where in the text these begin. A fragment that
    /// is the number is 0.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Excerpt { page, trail, record, near } = self;
        let mut list = to.serialize_seq(None)?;
        list.serialize_element(page)?;
        list.serialize_element(&record.number)?;
        match record.fragment.as_str() {
            "" => list.serialize_element("")?,
            own if own == record.number => list.serialize_element(&0)?,
            other => list.serialize_element(&format!("#{other}"))?,
        }
        list.serialize_element(trail)?;
        // Of headings and documents the titles are all there is.
        list.serialize_element(match record.kind {
            RecordKind::Document | RecordKind::Section(_) => "",
            _ => record.text.as_str(),
        })?;
        if !near.is_empty() || record.footnotes.is_some() {
            list.serialize_element(near)?;
        }
        if let Some((count, from)) = record.footnotes {
            list.serialize_element(&count)?;
            list.serialize_element(&from)?;
        }
        list.end()
    }
}

/// The excerpts of an index, cut up.
pub(super) struct CutExcerpts<'a> {
    /// The number of the first record of each shard, as rising numbers.
    pub(super) starts: String,
    shards: Vec<Excerpts<'a>>,
    /// The pages in each shard, in their order: see [`Whereabouts::pages`].
    pub(super) pages: String,
}

impl CutExcerpts<'_> {
    /// Returns the shards in JSON, each made as it is asked for.
    pub(super) fn in_json(&self) -> impl IndexedParallelIterator<Item = String> {
        self.shards.par_iter().map(json)
    }
}

/// Places of the excerpts of an index: what a preview looks a page up in.
#[derive(Serialize)]
pub(super) struct Whereabouts {
    /// Folder of the index below that of all indexes, with its slash.
    pub(super) folder: String,
    /// The end of each file's name: five characters a shard.
    pub(super) names: String,
    /// The pages in each shard, a comma between one shard and the next. Each is a capital, for how
    /// many characters it shares with the one before it, and the rest of its path without the
    /// ending. The first may be `+`: the page that the shard before ended with goes on.
    pub(super) pages: String,
}

/// Cuts the records of all drafts up.
pub(super) fn cut<'a>(drafts: &'a [Arc<Draft>], near: &'a [Vec<usize>]) -> CutExcerpts<'a> {
    let size = |draft: &Arc<Draft>| draft.records.iter().map(|record| record.text.len() + 64).sum::<usize>();
    let whole: usize = drafts.iter().map(size).sum();
    let largest = (whole / EXCERPT_SHARDS).clamp(EXCERPTS.0, EXCERPTS.1);
    let mut shards = vec![Excerpts::default()];
    let (mut bytes, mut record_number) = (0, 0);
    let (mut starts, mut pages) = (vec![0], String::new());
    let mut last = "";
    for draft in drafts {
        let page = (draft.short.as_str(), draft.page.as_str(), draft.status.as_deref().unwrap_or_default());
        let mut is_begun = false;
        for record in &draft.records {
            if bytes > 0 && bytes + record.text.len() > largest {
                shards.push(Excerpts::default());
                starts.push(record_number);
                pages.push_str(if is_begun { ",+" } else { "," });
                bytes = 0;
            }
            if !is_begun {
                add_page(&mut pages, last, &draft.page);
                (last, is_begun) = (&draft.page, true);
            }
            let Some(shard) = shards.last_mut() else { continue };
            if shard.pages.last() != Some(&page) {
                shard.pages.push(page);
            }
            if shard.under.last() != Some(&&*record.trail) {
                shard.under.push(&record.trail);
            }
            shard.records.push(Excerpt {
                page: shard.pages.len() - 1,
                trail: shard.under.len() - 1,
                record,
                near: near.get(record_number).map_or(&[][..], Vec::as_slice),
            });
            bytes += record.text.len() + 64;
            record_number += 1;
        }
    }
    let mut text = String::new();
    rising(&mut text, starts);
    CutExcerpts { starts: text, shards, pages }
}

/// Adds a page to those in a shard. `last` is the one before it.
fn add_page(pages: &mut String, last: &str, page: &str) {
    let stem = page.strip_suffix(".html").unwrap_or(page);
    // Paths have no capitals, and are ASCII.
    let shared = last.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count().min(25);
    pages.push(char::from(b'A' + u8::try_from(shared).unwrap_or_default()));
    pages.push_str(stem.get(shared..).unwrap_or_default());
}
