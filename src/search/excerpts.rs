//! The part of each record that readers see: its number, headings and text, cut into shards.
//!
//! Takes the drafts, and for each record those that have to do with it; gives JSON. A shard is
//! small, because a page of results needs ten of them.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::code::{json, rising};
use super::records::{Draft, RecordKind};

/// The least and the most bytes of text that make a shard of excerpts; between them, an equal part
/// of the whole.
const EXCERPTS: (usize, usize) = (2560, 8 * 1024);
/// Into how many shards of excerpts a site is cut, if that makes none too small or too large.
const EXCERPT_SHARDS: usize = 200;
/// Page, number, fragment, headings, text, and the records of clauses that have to do with it.
type Excerpt<'a> = (usize, &'a str, &'a str, &'a [String], &'a str, &'a [usize]);

/// A shard of excerpts: its pages, and its records.
#[derive(Default, Serialize)]
struct Excerpts<'a> {
    pages: Vec<(&'a str, &'a str, &'a str)>,
    records: Vec<Excerpt<'a>>,
}

/// Cuts the records of all drafts up. Gives the number of the first record of each shard, as rising
/// numbers, and the shards.
pub(super) fn shards(drafts: &[Arc<Draft>], near: &[Vec<usize>]) -> (String, Vec<String>) {
    let size = |draft: &Arc<Draft>| draft.records.iter().map(|record| record.text.len() + 64).sum::<usize>();
    let whole: usize = drafts.iter().map(size).sum();
    let largest = (whole / EXCERPT_SHARDS).clamp(EXCERPTS.0, EXCERPTS.1);
    let mut shards = Vec::new();
    let mut shard = Excerpts::default();
    let (mut bytes, mut record_number) = (0, 0);
    let mut starts = vec![0];
    for draft in drafts {
        let page = (draft.short.as_str(), draft.page.as_str(), draft.status.as_deref().unwrap_or_default());
        for record in &draft.records {
            if bytes > 0 && bytes + record.text.len() > largest {
                shards.push(std::mem::take(&mut shard));
                starts.push(record_number);
                bytes = 0;
            }
            if shard.pages.last() != Some(&page) {
                shard.pages.push(page);
            }
            let at = shard.pages.len() - 1;
            // Of headings and documents the titles are all there is.
            let text = match record.kind {
                RecordKind::Document | RecordKind::Section(_) => "",
                _ => record.text.as_str(),
            };
            let near = near.get(record_number).map_or(&[][..], Vec::as_slice);
            shard.records.push((at, &record.number, &record.fragment, &record.trail, text, near));
            bytes += record.text.len() + 64;
            record_number += 1;
        }
    }
    shards.push(shard);
    let mut text = String::new();
    rising(&mut text, starts);
    (text, shards.par_iter().map(json).collect())
}
